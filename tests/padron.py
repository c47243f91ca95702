"""Properties that are registered and not yet charged, as they stand before an emission."""

from decimal import Decimal

from apoyo import clave_de, hoy_de
from sqlalchemy import insert, select

from lerdo_desk.db import motor
from lerdo_desk.hacienda.modelos import Contribuyente, Cuenta, Ente
from lerdo_desk.modules.predial.models import Predio, Valor


def registrar(
    base, cuantos: int, *, con_valor: bool = True, tipo: str = "URBANO", desde: int = 500
) -> list[int]:
    """Register properties of this ejercicio without their charge; ``desde`` numbers their claves."""
    dueno, hoy, cuentas = base.motor_del_dueno(), hoy_de(base), []
    claves = [clave_de(base, desde + n) for n in range(cuantos)]
    with motor.transaccion(dueno) as sesion:
        ente = sesion.scalars(select(Ente.id).order_by(Ente.id).limit(1)).one()
        nuevo = insert(Contribuyente).values(nombre="Persona Sin Cargo", tipo="F").returning(Contribuyente.id)
        persona = sesion.execute(nuevo).scalar_one()
        for clave in claves:
            datos = {"ente_id": ente, "modulo": "predial", "clave": clave, "titular_id": persona}
            datos |= {"titular": "Persona Sin Cargo", "domicilio": f"Calle Inventada {clave}"}
            cuenta = sesion.execute(insert(Cuenta).values(datos).returning(Cuenta.id)).scalar_one()
            sesion.execute(insert(Predio).values(_predio(cuenta, tipo, hoy.year)))
            if con_valor:
                sesion.execute(insert(Valor).values(_valor(cuenta, hoy.year)))
            cuentas.append(cuenta)
    dueno.dispose()
    return cuentas


def _predio(cuenta: int, tipo: str, ejercicio: int) -> dict[str, object]:
    lugar = {
        "calle": "Calle Inventada",
        "numero": "1",
        "colonia": "Colonia Ficticia",
        "codigo_postal": "00000",
    }
    clase = {"tipo": tipo, "uso": "HABITACIONAL", "estado": "ACTIVA", "superficie_cm2": 1_600_000}
    return {"cuenta_id": cuenta, "emitir_desde": ejercicio} | lugar | clase


def _valor(cuenta: int, ejercicio: int) -> dict[str, object]:
    dinero = {"terreno": Decimal("450000.00"), "construccion": Decimal("0.00")}
    return {"cuenta_id": cuenta, "ejercicio": ejercicio, "version": 1, "origen": "ALTA"} | dinero
