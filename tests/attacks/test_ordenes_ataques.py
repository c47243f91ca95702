"""A cashier with SQL and their own connection: no order or cargo of another amount, unsigned or elsewhere."""

import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios, hoy_de
from asientos import Fila, asentar, borrador, copiar, filas, intentar, rechazado
from municipio_de_prueba import AMBAS, BaseDePrueba
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.use_cases import Runner
from lerdo_desk.db import motor
from lerdo_desk.hacienda.ordenes import NuevaOrden
from lerdo_desk.modules.ordenes import service as ordenes

PARTES = ("cuenta", "orden", "cargo")
DEL_SERVIDOR = ("id", "usuario", "creado", "busqueda")


@dataclass
class Escena:
    """A cashier with an open till, a supervisor, a predial account, and what it takes to lie about them."""

    base: BaseDePrueba
    ana: Runner
    beto: Runner
    sara: Runner
    dueno: Engine
    turno: str
    predial: int
    hoy: date

    def borrador(self, concepto: str = "11-0021") -> dict[str, Fila]:
        """Give the rows that the program would write for an order, without leaving them written."""
        with motor.sesion(self.ana.motor, escribe=True) as sesion:
            folio = ordenes.ordenes.emitir(sesion, self.hoy, NuevaOrden(concepto, "Peña Inventada"))
            [cuenta] = filas(sesion, "SELECT * FROM hacienda_cuenta WHERE clave = :f", f=folio)
            partes = {"cuenta": cuenta}
            for parte in ("orden", "cargo"):
                [partes[parte]] = filas(
                    sesion, f"SELECT * FROM hacienda_{parte} WHERE cuenta_id = :c", c=cuenta["id"]
                )
            # The person must stay: only the rows of the order are rolled back with this transaction.
            partes["cuenta"]["titular_id"] = self._alguien()
        return {p: {c: v for c, v in fila.items() if c not in DEL_SERVIDOR} for p, fila in partes.items()}

    def _alguien(self) -> object:
        with motor.sesion(self.dueno, escribe=False) as sesion:
            return sesion.execute(text("SELECT min(id) FROM hacienda_contribuyente")).scalar_one()

    def uno(self, consulta: str, **datos: object) -> object:
        with motor.sesion(self.dueno, escribe=False) as sesion:
            return sesion.execute(text(consulta), datos).scalar_one()

    def cuantos(self) -> list[object]:
        return [self.uno(f"SELECT count(*) FROM hacienda_{parte}") for parte in PARTES]


@pytest.fixture(scope="module", params=AMBAS)
def escena(request, plantillas, tmp_path_factory):
    base = copiar(request.param, plantillas, request, tmp_path_factory.mktemp("ordenes"))
    [predio] = crear_predios(base, anios=1)
    ana, beto, sara = (base.entrar(q) for q in ("ana.cajera", "beto.cajero", "sara.supervisora"))
    turno = abrir_caja(ana).id
    montada = Escena(base, ana, beto, sara, base.motor_del_dueno(), turno, predio.cuenta_id, hoy_de(base))
    yield montada
    montada.dueno.dispose()
    base.cerrar()


def escribir(partes: dict[str, Fila], cuenta_id: object = None) -> Callable[[Session], None]:
    """Send account, order and cargo, or hang the last two on an account that exists."""

    def hacer(sesion: Session) -> None:
        suya = cuenta_id
        if suya is None:
            asentar(sesion, "hacienda_cuenta", partes["cuenta"])
            clave = partes["cuenta"]["clave"]
            suya = sesion.execute(
                text("SELECT id FROM hacienda_cuenta WHERE clave = :c"), {"c": clave}
            ).scalar_one()
        for parte in ("orden", "cargo"):
            if parte in partes:
                asentar(sesion, f"hacienda_{parte}", partes[parte] | {"cuenta_id": suya})

    return hacer


def rechaza(escena: Escena, codigo: str, partes: dict[str, Fila], cuenta_id: object = None) -> None:
    antes = escena.cuantos()
    with rechazado(codigo):
        intentar(escena.ana, escribir(partes, cuenta_id))
    assert escena.cuantos() == antes


def test_the_rows_unspoiled_are_taken(escena):
    antes = escena.cuantos()
    intentar(escena.ana, escribir(escena.borrador()))
    assert escena.cuantos() == [n + 1 for n in antes]


ORDENES_FALSAS = {
    "a centavo less": lambda e, p: p["orden"].update(importe=p["orden"]["importe"] - 1),
    "another quantity for the same amount": lambda e, p: p["orden"].update(cantidad=2),
    "a number that leaves a gap": lambda e, p: (
        p["orden"].update(consecutivo=p["orden"]["consecutivo"] + 1),
        p["cuenta"].update(clave=f"{int(p['cuenta']['clave']) + 1:014d}"),
    ),
    "a folio of another concepto": lambda e, p: p["cuenta"].update(clave="11002000009999"),
    "a folio with a made-up number": lambda e, p: p["cuenta"].update(clave="11002100009999"),
    "the tariff of another concepto": lambda e, p: p["orden"].update(
        parametro_id=e.uno("SELECT max(id) FROM hacienda_parametro WHERE variante = '11-0020'")
    ),
    "the tariff of another year": lambda e, p: p["orden"].update(
        parametro_id=e.uno("SELECT min(id) FROM hacienda_parametro WHERE variante = '11-0021'")
    ),
    "the UMA of another year": lambda e, p: p["orden"].update(
        uma_id=e.uno("SELECT min(id) FROM hacienda_parametro WHERE clave = 'uma'")
    ),
    "no UMA": lambda e, p: p["orden"].update(uma_id=None),
    "the last day already past": lambda e, p: p["orden"].update(vence=e.hoy - timedelta(days=1)),
    "the last day too far away": lambda e, p: p["orden"].update(vence=e.hoy + timedelta(days=400)),
    "a signature that does not exist": lambda e, p: p["orden"].update(
        parametro_id=None, uma_id=None, solicitud_id=str(uuid.uuid4())
    ),
    "another ente's account": lambda e, p: p["cuenta"].update(
        ente_id=e.uno("SELECT max(id) FROM hacienda_ente")
    ),
    "an account of predial": lambda e, p: p["cuenta"].update(modulo="predial"),
}


@pytest.mark.parametrize("mentira", ORDENES_FALSAS)
def test_an_order_is_refused_with(escena, mentira):
    partes = escena.borrador()
    ORDENES_FALSAS[mentira](escena, partes)
    rechaza(escena, "LD163" if partes["cuenta"]["modulo"] == "predial" else "LD161", partes)


CARGOS_FALSOS = {
    "a centavo less than its order": lambda e, p: p["cargo"].update(importe=p["cargo"]["importe"] - 1),
    "another last day": lambda e, p: p["cargo"].update(vence=e.hoy + timedelta(days=90)),
    "another concepto": lambda e, p: p["cargo"].update(
        concepto_id=e.uno("SELECT id FROM hacienda_concepto WHERE departamento = '11' AND clave = '0020'")
    ),
    "no tariff": lambda e, p: p["cargo"].update(parametro_id=None),
    "the origin of an emission": lambda e, p: p["cargo"].update(origen="EMISION"),
    "the origin of an inherited debt": lambda e, p: p["cargo"].update(origen="HEREDADO"),
    "no order at all": lambda e, p: p.pop("orden"),
}


@pytest.mark.parametrize("mentira", CARGOS_FALSOS)
def test_a_cargo_is_refused_with(escena, mentira):
    partes = escena.borrador()
    CARGOS_FALSOS[mentira](escena, partes)
    rechaza(escena, "LD162", partes)


def test_an_order_bears_one_cargo(escena):
    folio = escena.ana.ejecutar(ordenes.emitir, NuevaOrden("11-0021", "Peña Inventada")).valor
    cuenta = escena.uno("SELECT id FROM hacienda_cuenta WHERE clave = :f", f=folio)
    cargo = escena.borrador()["cargo"] | {"referencia": "otra vez"}
    rechaza(escena, "LD162", {"cargo": cargo}, cuenta)


def test_a_predial_account_takes_no_order_and_no_cargo_from_a_cashier(escena):
    partes = escena.borrador()
    rechaza(escena, "LD161", {"orden": partes["orden"]}, escena.predial)
    for origen in ("ORDEN", "EMISION", "HEREDADO"):
        rechaza(escena, "LD162", {"cargo": partes["cargo"] | {"origen": origen}}, escena.predial)
    for papel in ("SALDO_A_FAVOR", "INDEMNIZACION_CHEQUE"):
        concepto = escena.uno("SELECT min(id) FROM hacienda_concepto WHERE papel = :p", p=papel)
        cargo = partes["cargo"] | {"concepto_id": concepto, "parametro_id": None}
        rechaza(escena, "LD162", {"cargo": cargo}, escena.predial)


def pedida(escena: Escena, quien: Runner, importe: str, concepto: str = "02-0002") -> str:
    peticion = ordenes.PeticionDeFirma(str(uuid.uuid4()), concepto, Decimal(importe), "Según el tabulador")
    quien.ejecutar(ordenes.pedir_firma, peticion)
    return peticion.solicitud_id


def libre(escena: Escena, solicitud: str) -> dict[str, Fila]:
    """Give the rows of a free amount of 100 pesos under a signature, good or not."""
    partes = escena.borrador()
    concepto = escena.uno("SELECT id FROM hacienda_concepto WHERE departamento = '02' AND clave = '0002'")
    numero = (
        int(
            str(
                escena.uno(
                    "SELECT coalesce(max(consecutivo), 0) FROM hacienda_orden WHERE concepto_id = :c",
                    c=concepto,
                )
            )
        )
        + 1
    )
    partes["cuenta"]["clave"] = f"020002{numero:08d}"
    for parte in ("orden", "cargo"):
        partes[parte] |= {"concepto_id": concepto, "importe": 10_000, "parametro_id": None}
    partes["orden"] |= {"consecutivo": numero, "uma_id": None, "solicitud_id": solicitud}
    return partes


def test_a_free_amount_is_taken_only_under_the_signature_of_that_very_thing(escena):
    firmar = escena.sara.ejecutar
    sin_firma = pedida(escena, escena.ana, "100.00")
    rechaza(escena, "LD161", libre(escena, sin_firma))
    firmar(ordenes.firmar, ordenes.Firma(sin_firma, aprueba=False))
    rechaza(escena, "LD161", libre(escena, sin_firma))
    for importe, concepto in (("99.99", "02-0002"), ("100.00", "20-0001")):
        otra = pedida(escena, escena.ana, importe, concepto)
        firmar(ordenes.firmar, ordenes.Firma(otra))
        rechaza(escena, "LD161", libre(escena, otra))
    ajena = pedida(escena, escena.beto, "100.00")
    firmar(ordenes.firmar, ordenes.Firma(ajena))
    rechaza(escena, "LD161", libre(escena, ajena))

    buena = pedida(escena, escena.ana, "100.00")
    firmar(ordenes.firmar, ordenes.Firma(buena))
    intentar(escena.ana, escribir(libre(escena, buena)))
    antes = escena.cuantos()
    with pytest.raises(ErrorDeUso):
        intentar(escena.ana, escribir(libre(escena, buena)))
    assert escena.cuantos() == antes


def test_an_order_with_neither_tariff_nor_signature_is_refused(escena):
    partes, antes = escena.borrador(), escena.cuantos()
    partes["orden"] |= {"parametro_id": None, "uma_id": None, "solicitud_id": None}
    with pytest.raises(ErrorDeUso, match="fuera de lo que la base admite"):
        intentar(escena.ana, escribir(partes))
    assert escena.cuantos() == antes


def test_a_cashier_does_not_sign_with_sql(escena):
    solicitud = pedida(escena, escena.beto, "100.00")
    firma = {"solicitud_id": solicitud, "decision": "APROBADA", "nota": ""}
    with pytest.raises(ErrorDeUso):
        intentar(escena.ana, lambda s: asentar(s, "core_resolucion", firma))
    assert escena.uno("SELECT count(*) FROM core_resolucion WHERE solicitud_id = :s", s=solicitud) == 0


def test_what_was_cancelled_is_not_charged_and_what_was_charged_is_not_cancelled(escena):
    def cuenta_de(folio: str) -> int:
        return int(str(escena.uno("SELECT id FROM hacienda_cuenta WHERE clave = :f", f=folio)))

    cancelada, pagada = (
        escena.ana.ejecutar(ordenes.emitir, NuevaOrden("11-0020", "Peña Inventada")).valor for _ in range(2)
    )
    cobro = borrador(escena.base, escena.ana, cobro_de(escena.ana, escena.turno, cuenta_de(cancelada)))
    escena.sara.ejecutar(ordenes.cancelar, ordenes.Cancelacion(cancelada, "La pidió dos veces"))
    with rechazado("LD160"):
        intentar(escena.ana, cobro.otro().escribir)

    cobro = borrador(escena.base, escena.ana, cobro_de(escena.ana, escena.turno, cuenta_de(pagada)))
    con_rebaja = cobro.otro()
    [principal] = con_rebaja.renglones
    con_rebaja.solo(
        principal, principal | {"clase": "descuento", "importe": -1, "base": principal["importe"]}
    )
    with rechazado("LD119"):
        intentar(escena.ana, con_rebaja.escribir)
    intentar(escena.ana, cobro.otro().escribir)
    evento = {"cuenta_id": cuenta_de(pagada), "n": 1, "estado": "CANCELADA", "motivo": "Porque sí"}
    with rechazado("LD160"):
        intentar(escena.sara, lambda s: asentar(s, "hacienda_orden_evento", evento))


def test_the_act_of_a_request_says_what_was_asked(escena):
    solicitud = pedida(escena, escena.ana, "100.00")
    orden = json.loads(str(escena.uno("SELECT orden FROM core_solicitud WHERE id = :s", s=solicitud)))
    assert orden == {"concepto": "02-0002", "importe": 10_000}


@pytest.mark.postgresql
def test_a_folio_without_its_order_is_not_left_behind(crear_base):
    base = crear_base("postgresql")
    crear_predios(base, anios=1)
    ana = base.entrar()
    with rechazado("LD163"), motor.sesion(ana.motor, escribe=True) as sesion:
        consulta = "SELECT departamento || clave AS c, ente_id FROM hacienda_concepto LIMIT 1"
        concepto = sesion.execute(text(consulta)).one()
        persona = sesion.execute(text("SELECT min(id) FROM hacienda_contribuyente")).scalar()
        asentar(
            sesion,
            "hacienda_cuenta",
            {
                "ente_id": concepto.ente_id,
                "modulo": "ordenes",
                "clave": f"{concepto.c}00000001",
                "titular_id": persona,
                "titular": "Nadie",
                "domicilio": "",
            },
        )
        sesion.commit()
