"""What flow tests need to begin: an account with debts, an open till, a charge as a cashier makes it."""

import uuid
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import insert, select, text

from lerdo_desk.base.calendario import fecha_local
from lerdo_desk.core.use_cases import Runner
from lerdo_desk.db import motor
from lerdo_desk.hacienda import cobros, turnos
from lerdo_desk.hacienda.modelos import Contribuyente, Cuenta, Ente
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.predial import service as predial
from lerdo_desk.modules.predial.models import Predio, Propietario, Valor


@dataclass(frozen=True)
class Predial:
    """An account made by a test."""

    cuenta_id: int
    clave: str


def hoy_de(base) -> int:
    """Give the municipality's day as the database sees it."""
    dueno = base.motor_del_dueno()
    with motor.sesion(dueno, escribe=False) as sesion:
        ahora, zona = sesion.execute(text("SELECT ahora(), zona_horaria FROM hacienda_municipio")).one()
    dueno.dispose()
    return fecha_local(int(ahora), zona)


def crear_predios(base, cuantos: int = 1, anios: int = 2, valor: str = "450000.00") -> list[Predial]:
    """Register properties that owe this ejercicio and ``anios - 1`` before it, emitted by the treasurer."""
    dueno, hoy, hechos = base.motor_del_dueno(), hoy_de(base), []
    with motor.transaccion(dueno) as sesion:
        ente = sesion.scalars(select(Ente.id).order_by(Ente.id).limit(1)).one()
        for n in range(1, cuantos + 1):
            clave = clave_de(base, n)
            persona = sesion.execute(
                insert(Contribuyente)
                .values(nombre=f"Peña Muñoz Persona {n}", tipo="F")
                .returning(Contribuyente.id)
            ).scalar_one()
            cuenta = sesion.execute(
                insert(Cuenta)
                .values(
                    ente_id=ente,
                    modulo="predial",
                    clave=clave,
                    titular_id=persona,
                    titular=f"Peña Muñoz Persona {n}",
                    domicilio=f"Calle Inventada {n}, Colonia Ficticia",
                )
                .returning(Cuenta.id)
            ).scalar_one()
            sesion.execute(
                insert(Predio).values(
                    cuenta_id=cuenta,
                    tipo="URBANO",
                    uso="HABITACIONAL",
                    estado="ACTIVA",
                    calle="Calle Inventada",
                    numero=str(n),
                    colonia="Colonia Ficticia",
                    codigo_postal="00000",
                    superficie_cm2=1_600_000,
                    emitir_desde=hoy.year - anios + 1,
                )
            )
            sesion.execute(
                insert(Propietario).values(
                    cuenta_id=cuenta, version=1, n=1, contribuyente_id=persona, participacion=1_000_000
                )
            )
            sesion.execute(
                insert(Valor).values(
                    cuenta_id=cuenta,
                    ejercicio=hoy.year - anios + 1,
                    version=1,
                    terreno=Decimal(valor),
                    construccion=Decimal("0.00"),
                    origen="ALTA",
                )
            )
            hechos.append(Predial(cuenta, clave))
    dueno.dispose()
    tesorero = base.entrar("teo.tesorero")
    for ejercicio in range(hoy.year - anios + 1, hoy.year + 1):
        tesorero.ejecutar(predial.emitir, predial.Emision(ejercicio))
    return hechos


def clave_de(base, n: int) -> str:
    """Make the n-th clave with the groups of the municipality's pack."""
    dueno = base.motor_del_dueno()
    with motor.sesion(dueno, escribe=False) as sesion:
        grupos = [
            int(g) for g in sesion.scalar(text("SELECT grupos_clave FROM hacienda_municipio")).split("-")
        ]
    dueno.dispose()
    digitos, partes = str(n).zfill(sum(grupos)), []
    for largo in grupos:
        partes.append(digitos[:largo])
        digitos = digitos[largo:]
    return "-".join(partes)


def abrir_caja(cajero: Runner, fondo: str = "500.00") -> turnos.TurnoAbierto:
    """Open the first till that the cashier may open."""
    situacion = cajero.ejecutar(caja.situacion, caja.Nada()).valor
    pesos = Decimal(fondo)
    orden = turnos.Apertura(str(uuid.uuid4()), situacion.cajas[0].id, pesos, piezas_de(pesos))
    return cajero.ejecutar(caja.abrir_turno, orden).valor


def cobro_de(cajero: Runner, turno_id: str, cuenta_id: int, recibido: str | None = None) -> cobros.Cobro:
    """Ask what an account owes and make the order to charge all of it in cash."""
    estado = cajero.ejecutar(caja.consultar, caja.Consulta(cuenta_id)).valor
    dichos = tuple(cobros.CargoDicho(cuenta_id, c.cargo_id, c.total) for c in estado.cargos)
    total = sum((c.total for c in dichos), Decimal("0.00"))
    pago = cobros.PagoDado("01", Decimal(recibido) if recibido else total)
    return cobros.Cobro(str(uuid.uuid4()), turno_id, estado.titular, dichos, (pago,))


def piezas_de(pesos: Decimal) -> tuple[tuple[Decimal, int], ...]:
    """Count an amount with the fewest pieces; what is under the smallest coin is left."""
    resto, piezas = pesos, []
    for denominacion in turnos.DENOMINACIONES:
        cuantas = int(resto // denominacion)
        piezas.append((denominacion, cuantas))
        resto -= denominacion * cuantas
    return tuple(piezas)
