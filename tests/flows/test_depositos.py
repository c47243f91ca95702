"""From a verified corte to the bank: handed over and received by two people, deposited whole and once."""

import uuid
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from apoyo import abrir_caja, crear_predios, hoy_de
from sqlalchemy import BigInteger, literal, select, text
from tesoreria import FONDO, TRANSFERENCIA, Oficina, cobrar_en, firmar_paso, hacer_corte, montar_oficina
from ventanilla import consulta

from lerdo_desk.base.calendario import micros
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pedido
from lerdo_desk.db import motor
from lerdo_desk.hacienda import depositos, entregas
from lerdo_desk.hacienda.antiguedad import dias_desde
from lerdo_desk.modules.ingresos import service

CERO = Decimal("0.00")


@pytest.fixture
def oficina(base):
    return montar_oficina(base)


def negado(dice: str, hacer, campo: str | None = None) -> None:
    with pytest.raises(ErrorDeUso) as negativa:
        hacer()
    assert dice in str(negativa.value)
    if campo is not None:
        assert negativa.value.campo == campo


def cuentas(teo) -> tuple[depositos.Cuenta, ...]:
    return teo.ejecutar(service.cuentas_bancarias, service.Nada()).valor.cuentas


def por_depositar(teo, ente_id: int) -> tuple[depositos.PorDepositar, ...]:
    return teo.ejecutar(service.por_depositar, service.DeEnte(ente_id)).valor


def ficha_de(oficina, elegidos, **otros) -> depositos.FichaNueva:
    cuenta = cuentas(oficina.teo)[0]
    suma = sum((p.atomo.importe for p in elegidos), CERO)
    atomos = tuple(p.atomo for p in elegidos)
    nueva = depositos.FichaNueva(str(uuid.uuid4()), cuenta.id, "F-100", hoy_de(oficina.base), suma, atomos)
    return replace(nueva, **otros)


def lista(runner, caso=service.sin_depositar):
    return runner.ejecutar(caso, Pedido(totales=True)).valor


def test_a_corte_goes_to_tesoreria_by_two_signatures_and_the_act_has_both_names(oficina):
    ana, teo, turno = oficina.ana, oficina.teo, oficina.turno
    orden = service.Entrega(turno, " B-17 ", "S-0099")
    negado("sin verificar", lambda: ana.ejecutar(service.entregar_corte, orden))
    oficina.verificar()
    negado("bolsa", lambda: ana.ejecutar(service.entregar_corte, service.Entrega(turno, "", "S")), "bolsa")
    negado("sello", lambda: ana.ejecutar(service.entregar_corte, service.Entrega(turno, "B", " ")), "sello")
    negado("verificado", lambda: teo.ejecutar(service.recibir_corte, service.Recepcion(turno)))
    negado("no es suyo", lambda: oficina.beto.ejecutar(service.entregar_corte, orden))

    acta = ana.ejecutar(service.entregar_corte, orden).valor
    assert (acta.bolsa, acta.sello, acta.entrega, acta.recibe) == (
        "B-17",
        "S-0099",
        "Ana Cajera de Prueba",
        "",
    )
    [(total, diferencia)] = consulta(
        oficina.base,
        f"SELECT total, contado - esperado FROM hacienda_corte WHERE turno_id = '{turno}'",
    )
    assert diferencia <= -2000
    entregado = Decimal(total + diferencia) / 100
    assert sum(f.importe for f in acta.por_forma) == sum(e.importe for e in acta.por_ente) == entregado
    [contado] = consulta(
        oficina.base,
        f"SELECT contado FROM hacienda_corte WHERE turno_id = '{turno}'",
    )[0]
    efectivo = {f.forma: f.importe for f in acta.por_forma}["01"]
    assert efectivo == Decimal(contado) / 100 - FONDO, "cash = counted - fund"
    assert [f.forma for f in acta.por_forma] == ["01", "02", "04"]

    negado("entregado", lambda: ana.ejecutar(service.entregar_corte, orden))
    recibida = teo.ejecutar(service.recibir_corte, service.Recepcion(turno)).valor
    assert (recibida.entrega, recibida.recibe) == ("Ana Cajera de Prueba", "Teo Tesorero de Prueba")
    assert ana.ejecutar(service.acta_de_entrega, service.UnActa(turno)).valor == recibida
    negado("no es suyo", lambda: oficina.beto.ejecutar(service.acta_de_entrega, service.UnActa(turno)))


def test_the_list_shows_each_person_what_waits_for_them(oficina):
    oficina.verificar(oficina.turno)
    suyas = lista(oficina.ana, service.ver_entregas)
    assert [f[-1] for f in suyas.filas] == [oficina.turno]
    todas = lista(oficina.teo, service.ver_entregas)
    assert [f[-1] for f in todas.filas] == [oficina.turno, oficina.turno_de_beto]
    assert dict(todas.sumas)["importe"] == _entregable(oficina.base)
    auditor = oficina.base.entrar("aldo.auditor")
    assert lista(auditor, service.ver_entregas).filas == todas.filas
    assert not auditor.puede(service.recibir_corte)
    assert not oficina.sara.puede(service.recibir_corte)


def _entregable(base) -> Decimal:
    """Give the pesos of all receipts and what was over or short, straight from the tables."""
    [[total]] = consulta(base, "SELECT sum(total) FROM hacienda_recibo")
    [[diferencia]] = consulta(base, "SELECT sum(contado - esperado) FROM hacienda_corte")
    assert diferencia < 0
    return Decimal(total + diferencia) / 100


def test_a_slip_takes_whole_atoms_to_the_centavo_once_and_nothing_is_left(oficina):
    base, teo = oficina.base, oficina.teo
    propio = cuentas(teo)[0].ente_id
    todo = lista(teo)
    assert [f[todo_col("dias")] for f in todo.filas] == [0] * 5
    assert dict(todo.sumas)["importe"] == _entregable(base)
    assert por_depositar(teo, propio) == (), "Tesorería holds nothing yet"
    oficina.a_tesoreria()

    esperan = por_depositar(teo, propio)
    assert sum(p.atomo.importe for p in esperan) == dict(todo.sumas)["importe"]
    efectivo = [p for p in esperan if p.atomo.forma == "01"]
    resto = [p for p in esperan if p.atomo.forma != "01"]
    buena = ficha_de(oficina, efectivo)
    hoy = hoy_de(base)
    malas = (
        ("un centavo", {"importe": buena.importe + Decimal("0.01")}, "deben ser iguales", "importe"),
        ("sin folio", {"folio": "  "}, "folio", "folio"),
        ("mañana", {"fecha": hoy + timedelta(days=1)}, "posterior a hoy", "fecha"),
        ("nada", {"importe": CERO, "atomos": ()}, "importe", "importe"),
        ("sin marcar", {"atomos": ()}, "Marque", "atomos"),
    )
    for _que, cambio, dice, campo in malas:
        mala = replace(buena, **cambio)
        negado(dice, lambda mala=mala: teo.ejecutar(service.depositar, mala), campo)
    a_medias = buena.atomos[0]._replace(importe=buena.atomos[0].importe - 1)
    parcial = replace(buena, importe=buena.importe - 1, atomos=(a_medias, *buena.atomos[1:]))
    negado("no coincide con los cortes", lambda: teo.ejecutar(service.depositar, parcial))
    ajena = next(c for c in cuentas(teo) if c.ente_id != propio)
    negado("no coincide", lambda: teo.ejecutar(service.depositar, replace(buena, cuenta_id=ajena.id)))
    assert consulta(base, "SELECT count(*) FROM hacienda_ficha_corte") == [(0,)]

    hecha = teo.ejecutar(service.depositar, buena).valor
    assert teo.ejecutar(service.depositar, buena).valor == hecha, "a retry keeps one slip"
    assert (hecha.importe, len(hecha.partes), hecha.registro) == (buena.importe, 2, "Teo Tesorero de Prueba")
    negado("ya tiene una ficha", lambda: teo.ejecutar(service.depositar, ficha_de(oficina, resto)), "folio")
    otra_vez = replace(buena, id=str(uuid.uuid4()), folio="F-101")
    negado("ya estaba registrado", lambda: teo.ejecutar(service.depositar, otra_vez))
    assert por_depositar(teo, propio) == tuple(resto)

    teo.ejecutar(service.depositar, ficha_de(oficina, resto, folio="F-102"))
    assert lista(teo).filas == ()
    relacion = teo.ejecutar(service.relacion_de_fichas, service.Dias(hoy, hoy)).valor
    assert [f.folio for f in relacion.fichas] == ["F-100", "F-102"]
    assert relacion.total == dict(todo.sumas)["importe"]
    assert dict(lista(teo, service.fichas).sumas)["importe"] == relacion.total
    auditor = oficina.base.entrar("aldo.auditor")
    assert len(lista(auditor, service.fichas).filas) == 2
    assert not auditor.puede(service.depositar)


def todo_col(clave: str) -> int:
    return [c.clave for c in service.SIN_DEPOSITAR.columnas].index(clave)


def test_what_python_says_of_an_atom_is_what_the_database_says(base):
    oficina = montar_oficina(base)
    with motor.sesion(oficina.teo.motor, escribe=False) as sesion:
        suyos = entregas.dinero(sesion, oficina.turno) + entregas.dinero(sesion, oficina.turno_de_beto)
    if base.en_servidor:
        for a in suyos:
            dice = consulta(base, f"SELECT dinero_de_corte('{a.turno_id}', {a.ente_id}, '{a.forma}')")
            assert dice == [(int(a.importe * 100),)]
    assert {(a.turno_id, a.forma) for a in suyos} == {
        (oficina.turno, "01"),
        (oficina.turno, "02"),
        (oficina.turno, "04"),
        (oficina.turno_de_beto, "01"),
        (oficina.turno_de_beto, "03"),
    }


def test_who_gave_the_money_never_receives_it(oficina):
    oficina.verificar()
    firmar_paso(oficina.sara, oficina.turno, "ENTREGADO", "B", "S")
    negado("Su perfil", lambda: _recibir(oficina.sara, oficina.turno))
    negado("Su perfil", lambda: _recibir(oficina.ana, oficina.turno))
    assert _recibir(oficina.teo, oficina.turno).recibe == "Teo Tesorero de Prueba"


def _recibir(quien, turno):
    return quien.ejecutar(service.recibir_corte, service.Recepcion(turno)).valor


def test_less_than_nothing_is_a_debit_of_the_bank_and_without_cash_there_is_no_bag(base):
    ana, beto = base.entrar(), base.entrar("beto.cajero")
    sara, teo = base.entrar("sara.supervisora"), base.entrar("teo.tesorero")
    corto, sin_efectivo = abrir_caja(ana).id, abrir_caja(beto).id
    [predio] = crear_predios(base, anios=1)
    cobrar_en(beto, sin_efectivo, predio.cuenta_id, hoy_de(base), [(TRANSFERENCIA, None)])
    hacer_corte(ana, corto, "-20.00")
    hacer_corte(beto, sin_efectivo)
    oficina = Oficina(base, ana, beto, sara, teo, corto, sin_efectivo)
    oficina.verificar()
    acta = beto.ejecutar(service.entregar_corte, service.Entrega(sin_efectivo)).valor
    assert (acta.bolsa, acta.sello) == ("", ""), "the act says nothing of a bag"
    assert [f.forma for f in acta.por_forma] == [TRANSFERENCIA]
    teo.ejecutar(service.recibir_corte, service.Recepcion(sin_efectivo))
    acta = ana.ejecutar(service.entregar_corte, service.Entrega(corto, "B", "S")).valor
    assert [f.importe for f in acta.por_forma] == [Decimal("-20.00")]
    teo.ejecutar(service.recibir_corte, service.Recepcion(corto))

    esperan = por_depositar(teo, cuentas(teo)[0].ente_id)
    negativo = [p for p in esperan if p.atomo.importe < 0]
    hecha = teo.ejecutar(service.depositar, ficha_de(oficina, negativo)).valor
    assert hecha.importe == Decimal("-20.00")
    resto = [p for p in esperan if p not in negativo]
    assert por_depositar(teo, cuentas(teo)[0].ente_id) == tuple(resto)


def test_days_are_counted_by_the_calendar_of_the_municipality(base):
    hoy, teo = hoy_de(base), base.entrar("teo.tesorero")
    with motor.sesion(teo.motor, escribe=False) as sesion:
        zona = ZoneInfo(sesion.scalar(text("SELECT zona_horaria FROM hacienda_municipio")))
        for dias in (0, 1, 2, 400):
            primero = micros(datetime.combine(hoy - timedelta(days=dias), time(), zona))
            dicho = sesion.scalar(select(dias_desde(literal(primero, BigInteger))))
            antes = sesion.scalar(select(dias_desde(literal(primero - 1, BigInteger))))
            assert (dicho, antes) == (dias, dias + 1)
