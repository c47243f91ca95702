"""Giving money back by hand: only what was charged, once, in the form it came and with a signature."""

import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from apoyo import abrir_caja, cobro_de, piezas_de
from asientos import Asiento, Fila, Ventanilla, asentar, copiar, intentar, leer, montar, rechazado
from municipio_de_prueba import AMBAS
from sqlalchemy import text
from sqlalchemy.orm import Session

from lerdo_desk.core.use_cases import Runner
from lerdo_desk.db import motor
from lerdo_desk.hacienda import cobros, turnos
from lerdo_desk.modules.caja import service as caja

Ataque = Callable[[Session, Asiento, "Mostrador"], None]
ATAQUES: dict[str, tuple[str, Ataque]] = {}
DOS_DIAS = 172_800_000_000


def ataque(codigo: str) -> Callable[[Ataque], Ataque]:
    """Register a way to spoil the rows of a reversal, with the code the ledger must answer."""

    def registrar(funcion: Ataque) -> Ataque:
        ATAQUES[funcion.__name__] = (codigo, funcion)
        return funcion

    return registrar


@dataclass
class Mostrador:
    """What a cashier has who wants to give money back: receipts and requests, signed and not."""

    v: Ventanilla
    ana: Runner
    recibo: str
    devuelto: str
    reversa: str
    firmada: str

    def pedir(self, recibo: str, cajero: Runner | None = None) -> str:
        """Ask for a cancellation by hand: the program asks for none that it knows cannot be."""
        pedida = solicitud_a_mano(self, 3_600_000_000) | {"objeto": recibo}
        intentar(cajero or self.ana, lambda suya: asentar(suya, "core_solicitud", pedida))
        return str(pedida["id"])

    def pedir_y_firmar(self, recibo: str, cajero: Runner | None = None, aprueba: bool = True) -> str:
        """Ask and let the supervisor answer on her own connection."""
        solicitud = self.pedir(recibo, cajero)
        self.v.sara.ejecutar(caja.firmar_cancelacion, caja.Firma(solicitud, aprueba))
        return solicitud

    def contraria(self, recibo: str, solicitud: str) -> Asiento:
        """Give the exact opposite of a receipt, as rows."""
        with motor.sesion(self.v.dueno, escribe=False) as sesion:
            original = leer(sesion, recibo)
        a = original.otro()
        for fila in a.renglones:
            fila |= {"importe": -fila["importe"], "reversa_de": recibo}
        for fila in a.pagos:
            fila |= {"importe": -fila["importe"], "recibido": -fila["importe"], "cambio": 0}
        a.recibo |= {"tipo": "REVERSA", "reversa_de": recibo, "solicitud_id": solicitud}
        a.recibo["total"] = -original.recibo["total"]
        a.operacion |= {"tipo": "CANCELACION", "total": -original.recibo["total"]}
        return a


@pytest.fixture(scope="module", params=AMBAS)
def m(request, plantillas, tmp_path_factory) -> Iterator[Mostrador]:
    base = copiar(request.param, plantillas, request, tmp_path_factory.mktemp("reversa"))
    v = montar(base)
    ana = v.ana
    orden = cobro_de(ana, v.turno.id, v.predios[3].cuenta_id)
    devuelto = ana.ejecutar(caja.cobrar, orden).valor.recibos[0]
    ana.ejecutar(caja.contar, turnos.Arqueo(v.turno.id, piezas_de(Decimal("500.00"))))
    ana.ejecutar(caja.cerrar_turno, turnos.Cierre(v.turno.id, "lo demás se depositó"))
    v.turno = abrir_caja(ana)
    orden = cobro_de(ana, v.turno.id, v.predios[4].cuenta_id)
    mixto = (cobros.PagoDado("03", Decimal("100.00"), "SPEI 1"), cobros.PagoDado("01", orden.total))
    recibo = ana.ejecutar(caja.cobrar, replace(orden, pagos=mixto)).valor.recibos[0]
    orden = cobro_de(ana, v.turno.id, v.predios[5].cuenta_id)
    segundo = ana.ejecutar(caja.cobrar, orden).valor.recibos[0]
    montado = Mostrador(v, ana, recibo, segundo, "", "")
    montado.firmada = montado.pedir_y_firmar(recibo)
    cancelacion = caja.Cancelacion(str(uuid.uuid4()), segundo, montado.pedir_y_firmar(segundo))
    montado.reversa = ana.ejecutar(caja.cancelar, cancelacion).valor
    v.parametros["de otro turno"] = devuelto
    for nombre, cuales in (("rezagos", slice(0, 2)), ("del año", slice(2, 3))):
        v.parametros[nombre] = cobrar_parte(ana, v.turno.id, v.predios[6].cuenta_id, cuales)
    yield montado
    v.dueno.dispose()
    base.cerrar()


def cobrar_parte(ana: Runner, turno_id: str, cuenta_id: int, cuales: slice) -> str:
    """Charge some of the debts of an account; the ones before them were charged already."""
    orden = cobro_de(ana, turno_id, cuenta_id)
    cargos = orden.cargos[cuales] or orden.cargos
    pago = cobros.PagoDado("01", sum((c.total for c in cargos), Decimal("0.00")))
    return ana.ejecutar(caja.cobrar, replace(orden, cargos=cargos, pagos=(pago,))).valor.recibos[0]


# What is given back.


@ataque("LD122")
def devolver_solo_parte_de_los_renglones(s, a, m):
    a.renglones.pop()
    a.solo(*a.renglones)
    a.escribir(s)


@ataque("LD122")
def devolver_de_un_renglon_mas_de_lo_que_decia(s, a, m):
    a.renglones[0]["importe"] -= 1
    a.escribir(s)


@ataque("LD122")
def devolver_lo_de_otro_adeudo(s, a, m):
    a.renglones[0]["cargo_id"] = a.renglones[-1]["cargo_id"]
    a.escribir(s)


@ataque("LD122")
def devolver_con_otras_palabras(s, a, m):
    a.renglones[0]["texto"] = "Bonificación"
    a.escribir(s)


@ataque("LD122")
def devolver_un_recargo_como_si_fuera_principal(s, a, m):
    next(f for f in a.renglones if f["clase"] == "recargo")["clase"] = "principal"
    a.escribir(s)


@ataque("LD122")
def devolver_de_otro_concepto(s, a, m):
    distintos = {f["concepto_id"] for f in a.renglones} - {a.renglones[0]["concepto_id"]}
    a.renglones[0]["concepto_id"] = distintos.pop()
    a.escribir(s)


@ataque("LD122")
def agregar_un_cobro_a_la_devolucion(s, a, m):
    nuevo = a.renglones[0] | {"n": 99, "reversa_de": None, "clase": "principal"}
    a.renglones.append(nuevo | {"importe": -a.renglones[0]["importe"]})
    a.recibo["total"] += a.renglones[-1]["importe"]
    a.pagos[0] |= {
        "importe": a.pagos[0]["importe"] + a.renglones[-1]["importe"],
        "recibido": a.pagos[0]["recibido"] + a.renglones[-1]["importe"],
    }
    a.operacion["total"] = a.recibo["total"]
    a.escribir(s)


@ataque("LD122")
def devolver_en_efectivo_lo_que_llego_por_transferencia(s, a, m):
    for fila in a.pagos:
        fila["forma"] = "01"
    a.escribir(s)


@ataque("LD122")
def devolver_dos_veces_la_misma_parte(s, a, m):
    # Both parts exist in the original, but the cash one only once.
    transferida, efectivo = sorted(a.pagos, key=lambda f: f["forma"] == "01")
    mitad = {c: (transferida["importe"] + efectivo["importe"]) // 2 for c in ("importe", "recibido")}
    a.pagos = [efectivo | mitad | {"n": 1}, efectivo | mitad | {"n": 2}]
    a.pagos[1] |= {c: a.recibo["total"] - mitad["importe"] for c in ("importe", "recibido")}
    a.escribir(s)


@ataque("LD122")
def devolver_de_paso_un_renglon_de_otro_recibo(s, a, m):
    rezagos, del_anio = (str(m.v.parametros[n]) for n in ("rezagos", "del año"))
    a = m.contraria(del_anio, m.pedir_y_firmar(del_anio))
    ajenos = m.contraria(rezagos, "").renglones
    ajeno = next(f for f in ajenos if f["clase"] == "principal" and f["n"] > len(a.renglones))
    suyos = {"recibo_id": a.recibo["id"]}
    otra_vez = {"n": 99, "importe": -ajeno["importe"], "reversa_de": None}
    a.renglones += [ajeno | suyos, ajeno | suyos | otra_vez]
    a.escribir(s)


@ataque("LD112")
def devolver_todo_en_un_solo_pago(s, a, m):
    a.pagos.pop()
    a.escribir(s)


@ataque("LD121")
def dar_cambio_al_devolver(s, a, m):
    efectivo = next(f for f in a.pagos if f["forma"] == "01")
    efectivo |= {"cambio": 100, "recibido": efectivo["importe"] + 100}
    a.escribir(s)


@ataque("LD122")
def devolver_dos_veces_el_mismo_recibo(s, a, m):
    otra = m.contraria(m.devuelto, m.pedir_y_firmar(m.devuelto))
    otra.escribir(s)


@ataque("LD122")
def cancelar_una_cancelacion(s, a, m):
    otra = m.contraria(m.reversa, m.pedir_y_firmar(m.reversa))
    otra.escribir(s)


@ataque("LD122")
def cancelar_un_recibo_de_un_turno_ya_cerrado(s, a, m):
    viejo = str(m.v.parametros["de otro turno"])
    otra = m.contraria(viejo, m.pedir_y_firmar(viejo))
    otra.recibo["turno_id"] = otra.operacion["turno_id"] = m.v.turno.id
    otra.escribir(s)


@ataque("LD111")
def cancelar_un_recibo_en_su_turno_ya_cerrado(s, a, m):
    viejo = str(m.v.parametros["de otro turno"])
    m.contraria(viejo, m.pedir_y_firmar(viejo)).escribir(s)


# With whose signature.


@ataque("LD140")
def cancelar_sin_que_nadie_firme(s, a, m):
    a.recibo["solicitud_id"] = m.pedir(m.recibo)
    a.escribir(s)


@ataque("LD140")
def cancelar_con_una_solicitud_que_no_existe(s, a, m):
    a.recibo["solicitud_id"] = str(uuid.uuid4())
    a.escribir(s)


@ataque("LD140")
def cancelar_con_una_solicitud_rechazada(s, a, m):
    a.recibo["solicitud_id"] = m.pedir_y_firmar(m.recibo, aprueba=False)
    a.escribir(s)


@ataque("LD140")
def cancelar_con_la_firma_de_otro_recibo(s, a, m):
    a.recibo["solicitud_id"] = m.pedir_y_firmar(m.v.sellado)
    a.escribir(s)


@ataque("LD140")
def cancelar_con_la_solicitud_de_otra_persona(s, a, m):
    a.recibo["solicitud_id"] = m.pedir_y_firmar(m.recibo, m.v.beto)
    a.escribir(s)


@ataque("LD140")
def cancelar_con_la_firma_de_otro_acto(s, a, m):
    otra = solicitud_a_mano(m) | {"acto": "caja.otro_acto"}
    intentar(m.ana, lambda suya: asentar(suya, "core_solicitud", otra))
    firma = {"solicitud_id": otra["id"], "decision": "APROBADA", "nota": ""}
    intentar(m.v.sara, lambda suya: asentar(suya, "core_resolucion", firma))
    a.recibo["solicitud_id"] = otra["id"]
    a.escribir(s)


def solicitud_a_mano(m: Mostrador, micros: int = 60_000_000) -> Fila:
    with motor.sesion(m.ana.motor, escribe=False) as sesion:
        ahora = sesion.execute(text("SELECT ahora()")).scalar_one()
    return {
        "id": str(uuid.uuid4()),
        "acto": "caja.cancelar_recibo",
        "modulo": "caja",
        "objeto": m.recibo,
        "motivo": "porque así conviene",
        "orden": "{}",
        "vence": ahora + micros,
    }


@pytest.mark.parametrize("nombre", ATAQUES)
def test_the_ledger_refuses(m, nombre):
    codigo, atacar = ATAQUES[nombre]
    movimientos = ("hacienda_renglon", "hacienda_pago", "hacienda_recibo", "hacienda_operacion", "series")
    huella = m.v.huella()
    antes = {tabla: huella[tabla] for tabla in movimientos}
    preparada = m.contraria(m.recibo, m.firmada)
    previa: list[Callable[[Session], None]] = []

    class Pospuesta:
        """Requests are made first, on their own; the rows are sent afterwards in one transaction."""

        def execute(self, *que: object) -> None:
            previa.append(lambda s: s.execute(*que))

    atacar(Pospuesta(), preparada, m)
    with rechazado(codigo):
        intentar(m.ana, lambda s: [enviar(s) for enviar in previa])

    huella = m.v.huella()
    assert {tabla: huella[tabla] for tabla in movimientos} == antes


def test_the_exact_opposite_with_a_signature_passes(m):
    with motor.sesion(m.ana.motor, escribe=True) as sesion:
        m.contraria(m.recibo, m.firmada).escribir(sesion)


def test_when_a_request_expires_it_is_not_signed_and_its_signature_gives_nothing_back(m):
    firmada, sin_firmar = (solicitud_a_mano(m, micros=2_000_000) for _ in range(2))
    for solicitud in (firmada, sin_firmar):
        intentar(m.ana, lambda s, una=solicitud: asentar(s, "core_solicitud", una))
    m.v.sara.ejecutar(caja.firmar_cancelacion, caja.Firma(str(firmada["id"]), True))
    time.sleep(2.1)

    with rechazado("LD140"):
        intentar(m.ana, m.contraria(m.recibo, str(firmada["id"])).escribir)
    with rechazado("LD143"):
        intentar(m.v.sara, lambda s: asentar(s, "core_resolucion", firma(sin_firmar["id"])))


# Who signs, and when.


def firma(solicitud: object) -> Fila:
    return {"solicitud_id": solicitud, "decision": "APROBADA", "nota": ""}


def test_nobody_signs_what_they_asked_for(m):
    propia = solicitud_a_mano(m)

    def pedir_y_firmar(s: Session) -> None:
        asentar(s, "core_solicitud", propia)
        asentar(s, "core_resolucion", firma(propia["id"]))

    with rechazado("LD141"):
        intentar(m.v.dueno, pedir_y_firmar)


def test_only_a_supervisor_signs(m):
    with rechazado("LD142"):
        intentar(m.v.dueno, lambda s: asentar(s, "core_resolucion", firma(m.pedir(m.recibo))))


def test_a_request_is_answered_once(m):
    with rechazado("LD143"):
        intentar(m.v.sara, lambda s: asentar(s, "core_resolucion", firma(m.firmada)))


def test_a_request_that_nobody_made_is_not_answered(m):
    with rechazado("LD143"):
        intentar(m.v.sara, lambda s: asentar(s, "core_resolucion", firma(str(uuid.uuid4()))))


@pytest.mark.parametrize("micros", [-1, DOS_DIAS + 60_000_000])
def test_a_request_lives_two_days_at_most_and_not_in_the_past(m, micros):
    with rechazado("LD143"):
        intentar(m.ana, lambda s: asentar(s, "core_solicitud", solicitud_a_mano(m, micros)))


# The paper.


def impresion(recibo: str, n: int = 1) -> Fila:
    return {"recibo_id": recibo, "n": n, "estacion": "a mano"}


def test_the_receipt_of_another_cashier_is_not_printed(m):
    with rechazado("LD124"):
        intentar(m.ana, lambda s: asentar(s, "hacienda_impresion", impresion(m.v.sellado_de_beto)))


def test_a_receipt_that_does_not_exist_is_not_printed(m):
    with rechazado("LD124"):
        intentar(m.v.sara, lambda s: asentar(s, "hacienda_impresion", impresion(str(uuid.uuid4()))))


@pytest.mark.parametrize("n", [2, 30_000])
def test_no_copy_is_counted_before_its_turn(m, n):
    with rechazado("LD125"):
        intentar(m.ana, lambda s: asentar(s, "hacienda_impresion", impresion(m.recibo, n)))


def test_a_supervisor_prints_the_receipt_of_any_cashier(m):
    intentar(m.v.sara, lambda s: asentar(s, "hacienda_impresion", impresion(m.v.sellado_de_beto)))
    papel = m.v.beto.ejecutar(caja.preparar_impresion, caja.Impresion(m.v.sellado_de_beto)).valor
    assert papel.copia == 1
