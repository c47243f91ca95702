"""The database goes away in the middle of a charge: the same order again charges exactly once."""

import psycopg
import pytest
from apoyo import abrir_caja, cobro_de, crear_predios
from municipio_de_prueba import VALLE
from sqlalchemy import text

from lerdo_desk.base.errores import ErrorDeEntorno
from lerdo_desk.db import motor
from lerdo_desk.hacienda import cobros
from lerdo_desk.modules.caja import service as caja

pytestmark = pytest.mark.postgresql


def cuantos_recibos(base) -> int:
    dueno = base.motor_del_dueno()
    with motor.sesion(dueno, escribe=False) as sesion:
        recibos = sesion.scalar(text("SELECT count(*) FROM hacienda_recibo"))
    dueno.dispose()
    return recibos


def cortar(base, login: str) -> int:
    """Kill every connection of a person, as a cable pulled or a server restarted does."""
    with psycopg.connect(base.url, user="postgres", autocommit=True) as conexion:
        consulta = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE usename = %s"
        return conexion.execute(consulta, (login,)).fetchone()[0]


def reintentar(runner, orden):
    """Press «Reintentar» while the answer is that there is no connection: dead ones are found one by one."""
    for _ in range(5):
        try:
            return runner.ejecutar(caja.cobrar, orden).valor
        except ErrorDeEntorno:
            continue
    pytest.fail("the connection never came back")


def test_cut_before_the_receipt_is_sealed_then_the_same_attempt_charges_once(crear_base, monkeypatch):
    base = crear_base("postgresql")
    [predio] = crear_predios(base)
    ana = base.entrar()
    orden = cobro_de(ana, abrir_caja(ana).id, predio.cuenta_id)
    bloquear = cobros.bloquear

    def bloquear_y_cortar(session, ids):
        bloquear(session, ids)
        assert cortar(base, "ana.cajera")

    monkeypatch.setattr(cobros, "bloquear", bloquear_y_cortar)
    with pytest.raises(ErrorDeEntorno, match="reintente la misma, no otra"):
        ana.ejecutar(caja.cobrar, orden)
    assert cuantos_recibos(base) == 0

    monkeypatch.setattr(cobros, "bloquear", bloquear)
    assert not ana.ejecutar(caja.cobrar, orden).valor.repetida
    assert cuantos_recibos(base) == 1


def test_cut_after_the_commit_then_the_same_attempt_gives_the_same_receipt(crear_base):
    base = crear_base("postgresql")
    [predio] = crear_predios(base)
    ana = base.entrar()
    orden = cobro_de(ana, abrir_caja(ana).id, predio.cuenta_id)
    primera = ana.ejecutar(caja.cobrar, orden).valor
    cortar(base, "ana.cajera")
    otra = reintentar(ana, orden)
    assert otra.repetida
    assert otra.recibos == primera.recibos
    assert cuantos_recibos(base) == 1


def test_a_server_that_stops_and_comes_back_loses_nothing(crear_base, servidores):
    base = crear_base("postgresql", VALLE)
    [predio] = crear_predios(base)
    ana = base.entrar()
    orden = cobro_de(ana, abrir_caja(ana).id, predio.cuenta_id)
    servidor = servidores(VALLE.name)
    servidor.apagar("fast")
    with pytest.raises(ErrorDeEntorno):
        ana.ejecutar(caja.cobrar, orden)
    with pytest.raises(ErrorDeEntorno):
        base.entrar("beto.cajero")
    servidor.prender()

    assert not reintentar(ana, orden).repetida
    assert cuantos_recibos(base) == 1
