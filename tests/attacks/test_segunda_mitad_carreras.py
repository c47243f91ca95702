"""Two connections at once from the till to the bank, on PostgreSQL: what is not seen yet is waited for."""

import json
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from apoyo import cobro_de, hoy_de
from asientos import (
    Asiento,
    Ventanilla,
    asentar,
    borrador,
    copiar,
    filas,
    intentar,
    leer,
    meter,
    montar,
    rechazado,
    uno,
)
from canales import canal_de, en_csv, importar, tesorero_con_canales
from sqlalchemy import text
from tesoreria import montar_oficina

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.use_cases import Runner
from lerdo_desk.db import motor
from lerdo_desk.db.fallos import MENSAJES
from lerdo_desk.hacienda import entregas
from lerdo_desk.hacienda.ordenes import NuevaOrden
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.ordenes import service as ordenes

HORA = 3_600_000_000
pytestmark = pytest.mark.postgresql


@pytest.fixture(scope="module")
def v(request, plantillas, tmp_path_factory) -> Iterator[Ventanilla]:
    base = copiar("postgresql", plantillas, request, tmp_path_factory.mktemp("carreras"))
    montada = montar(base)
    yield montada
    montada.dueno.dispose()
    base.cerrar()


def mientras(primero: Runner, escribir: Callable[[Any], object], otro: Callable[[], object]) -> object:
    """Leave a transaction open while somebody else writes, commit it, and give what the other got."""
    empezo = threading.Event()

    def correr() -> object:
        empezo.set()
        try:
            return otro()
        except ErrorDeUso as negativa:
            return str(negativa)

    with ThreadPoolExecutor(1) as hilo, motor.sesion(primero.motor, escribe=True) as sesion:
        escribir(sesion)
        segundo = hilo.submit(correr)
        empezo.wait()
        threading.Event().wait(0.4)  # long enough to reach the row or the end
        sesion.commit()
        return segundo.result(timeout=20)


def test_a_part_does_not_slip_under_a_slip_that_is_being_sealed(crear_base):
    oficina = montar_oficina(crear_base("postgresql"))
    oficina.a_tesoreria()
    otra = oficina.base.entrar("teo.tesorero")
    with motor.sesion(oficina.teo.motor, escribe=False) as sesion:
        uno_, dos = (
            next(a._asdict() | {"importe": int(a.importe * 100)} for a in entregas.dinero(sesion, turno))
            for turno in (oficina.turno, oficina.turno_de_beto)
        )
    ficha = str(uuid.uuid4())

    def sellar(sesion: Any) -> None:
        asentar(sesion, "hacienda_ficha_corte", uno_ | {"ficha_id": ficha})
        banco = filas(
            sesion, "SELECT id FROM hacienda_cuenta_bancaria WHERE ente_id = :e", e=uno_["ente_id"]
        )[0]["id"]
        hoy = hoy_de(oficina.base).isoformat()
        datos = {"id": ficha, "cuenta_bancaria_id": banco, "folio": "F-1", "fecha": hoy}
        asentar(sesion, "hacienda_ficha", datos | {"importe": uno_["importe"]})

    def colar() -> None:
        with motor.sesion(otra.motor, escribe=True) as sesion:
            asentar(sesion, "hacienda_ficha_corte", dos | {"ficha_id": ficha})
            threading.Event().wait(0.8)
            sesion.commit()

    assert mientras(oficina.teo, sellar, colar) == MENSAJES["LD172"]
    assert uno(oficina.teo, "SELECT count(*) FROM hacienda_ficha_corte") == 1


def test_a_saldo_is_not_given_back_while_its_receipt_is_reversed(v):
    teo = tesorero_con_canales(v.base)
    pago = en_csv([["S-1", v.predios[2].clave, "500.00", hoy_de(v.base), "04"]])
    importar(teo, canal_de(teo, "WEB"), pago)
    saldo = uno(v.dueno, "SELECT cargo_id FROM hacienda_saldo")
    recibo = uno(v.dueno, "SELECT recibo_id FROM hacienda_saldo WHERE cargo_id = :s", s=saldo)
    solicitud = str(uuid.uuid4())
    pedida = {
        "id": solicitud,
        "acto": "caja.cancelar_recibo",
        "modulo": "caja",
        "objeto": recibo,
        "motivo": "a mano",
    }
    meter(teo, "core_solicitud", **pedida, orden="{}", vence=uno(teo, "SELECT ahora()") + HORA)
    v.sara.ejecutar(caja.firmar_cancelacion, caja.Firma(solicitud, True))
    a = contraria(v, recibo, solicitud)
    otra = v.base.entrar("teo.tesorero")
    importe = uno(v.dueno, "SELECT importe FROM hacienda_saldo WHERE cargo_id = :s", s=saldo)
    uso = {"cargo_id": saldo, "n": 1, "importe": importe, "recibo_id": None, "nota": "Oficio 1"}

    dicho = mientras(teo, lambda s: asentar(s, "hacienda_saldo_uso", uso), lambda: intentar(otra, a.escribir))

    assert dicho == MENSAJES["LD129"]


def contraria(v, recibo: str, solicitud: str) -> Asiento:
    """Give the exact opposite of a receipt, as rows."""
    with motor.sesion(v.dueno, escribe=False) as sesion:
        a = leer(sesion, recibo).otro()
    for fila in a.renglones:
        fila |= {"importe": -fila["importe"], "reversa_de": recibo}
    for fila in a.pagos:
        fila |= {"importe": -fila["importe"], "recibido": -fila["importe"], "cambio": 0}
    total = -a.recibo["total"]
    a.recibo |= {"tipo": "REVERSA", "reversa_de": recibo, "solicitud_id": solicitud, "total": total}
    a.operacion |= {"tipo": "CANCELACION", "total": total}
    return a


def test_an_order_is_not_cancelled_between_the_look_and_the_lock_of_who_pays_it(v):
    folio = v.ana.ejecutar(ordenes.emitir, NuevaOrden("11-0021", "Peña Inventada")).valor
    cuenta = uno(v.dueno, "SELECT id FROM hacienda_cuenta WHERE clave = :f", f=folio)
    a = borrador(v.base, v.ana, cobro_de(v.ana, v.turno.id, cuenta)).otro()
    [renglon] = a.renglones
    columnas = ", ".join(renglon)
    # One statement: the foreign keys are asked at its end, half a second after the trigger looked.
    lento = (
        f"INSERT INTO hacienda_renglon ({columnas}) SELECT {', '.join(f'x.{c}' for c in renglon)} "
        "FROM json_populate_record(NULL::hacienda_renglon, CAST(:fila AS json)) x, generate_series(1, 2) i "
        "WHERE i = 1 OR pg_sleep(1)::text IS NULL"
    )
    empezo = threading.Event()

    def pagar() -> object:
        try:
            with motor.sesion(v.ana.motor, escribe=True) as sesion:
                empezo.set()
                sesion.execute(text(lento), {"fila": json.dumps(renglon, default=str)})
                for pago in a.pagos:
                    asentar(sesion, "hacienda_pago", pago)
                asentar(sesion, "hacienda_recibo", a.recibo)
                asentar(sesion, "hacienda_operacion", a.operacion)
                sesion.commit()
        except ErrorDeUso as negativa:
            return str(negativa)
        return None

    with ThreadPoolExecutor(1) as hilo:
        pagada = hilo.submit(pagar)
        empezo.wait()
        threading.Event().wait(0.3)
        evento = {"cuenta_id": cuenta, "n": 1, "estado": "CANCELADA", "motivo": "La pidió dos veces"}
        with rechazado("LD160"):
            meter(v.sara, "hacienda_orden_evento", **evento)
        assert pagada.result(timeout=20) is None
