"""A till from its opening to its corte: whose it is, what is counted, what was expected, how it is sealed."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios, hoy_de, piezas_de
from sqlalchemy import select

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db import motor
from lerdo_desk.db.fallos import MENSAJES
from lerdo_desk.hacienda import turnos
from lerdo_desk.hacienda.modelos import Caja, Corte, Turno
from lerdo_desk.modules.caja import service as caja

FONDO = Decimal("500.00")


def negado(codigo: str, que) -> None:
    with pytest.raises(ErrorDeUso) as negativa:
        que()
    assert str(negativa.value) == MENSAJES[codigo]


def cajas(runner) -> dict[str, int]:
    with motor.sesion(runner.motor, escribe=False) as sesion:
        return {clave: i for clave, i in sesion.execute(select(Caja.clave, Caja.id).order_by(Caja.clave))}


def abrir(runner, caja_id: int, fondo: Decimal = FONDO, turno_id: str | None = None):
    orden = turnos.Apertura(turno_id or str(uuid.uuid4()), caja_id, fondo)
    return runner.ejecutar(caja.abrir_turno, orden).valor


def contar(runner, turno_id: str, *piezas: tuple[str, int]):
    arqueo = turnos.Arqueo(turno_id, tuple((Decimal(d), n) for d, n in piezas))
    return runner.ejecutar(caja.contar, arqueo).valor


def cerrar(runner, turno_id: str, motivo: str = ""):
    return runner.ejecutar(caja.cerrar_turno, turnos.Cierre(turno_id, motivo)).valor


def asignar(base, clave: str, cajero: str, permitida: bool = True, desde=None) -> None:
    orden = caja.AsignacionDeCaja(clave, cajero, desde or hoy_de(base), permitida)
    base.entrar("sara.supervisora").ejecutar(caja.asignar_caja, orden)


def test_a_till_opens_for_whom_it_was_assigned_to(base):
    ana, claves = base.entrar(), list(cajas(base.entrar()).items())
    situacion = ana.ejecutar(caja.situacion, caja.Nada()).valor
    assert [c.clave for c in situacion.cajas] == [claves[0][0]]
    assert situacion.turno is None

    negado("LD132", lambda: abrir(ana, claves[1][1]))
    turno = abrir(ana, claves[0][1])

    assert (turno.caja, turno.fondo, turno.recibos, turno.contado) == (claves[0][0], FONDO, 0, False)
    assert ana.ejecutar(caja.situacion, caja.Nada()).valor.turno == turno


def test_the_last_dated_row_of_an_assignment_decides(base):
    ana = base.entrar()
    clave, numero = next(iter(cajas(ana).items()))
    asignar(base, clave, "ana.cajera", permitida=False, desde=hoy_de(base) + timedelta(days=1))
    assert ana.ejecutar(caja.situacion, caja.Nada()).valor.cajas, "tomorrow's row does not rule today"
    asignar(base, clave, "ana.cajera", permitida=False)
    assert ana.ejecutar(caja.situacion, caja.Nada()).valor.cajas == ()
    negado("LD132", lambda: abrir(ana, numero))
    asignar(base, clave, "ana.cajera")
    abrir(ana, numero)


def test_a_till_that_is_taken_and_a_second_turno_are_refused(base):
    ana, beto = base.entrar(), base.entrar("beto.cajero")
    (primera, suya), (segunda, de_beto), *_ = cajas(ana).items()
    asignar(base, primera, "beto.cajero")
    asignar(base, segunda, "ana.cajera")
    turno = abrir(ana, suya)

    negado("LD130", lambda: abrir(beto, suya))
    negado("LD131", lambda: abrir(ana, de_beto))
    negado("LD131", lambda: abrir(ana, suya, turno_id=turno.id))
    abrir(beto, de_beto)

    contar(ana, turno.id, ("500", 1))
    negado("LD131", lambda: abrir(ana, suya))
    cerrar(ana, turno.id)
    abrir(ana, suya)


def test_the_fund_is_an_amount_of_money_that_fits_in_a_drawer(base):
    ana = base.entrar()
    numero = next(iter(cajas(ana).values()))
    for fondo in ("-0.01", "1000000.00", "NaN", "Infinity"):
        with pytest.raises(ErrorDeUso) as negativa:
            abrir(ana, numero, Decimal(fondo))
        assert negativa.value.campo == "fondo"
    abrir(ana, numero, turnos.FONDO_MAXIMO)


def test_before_the_count_nobody_is_told_what_is_expected(base):
    ana = base.entrar()
    turno = abrir_caja(ana)
    negado("LD134", lambda: ana.ejecutar(caja.resultado, turnos.Cierre(turno.id)))
    negado("LD134", lambda: cerrar(ana, turno.id, "sin contar"))


def test_expected_is_the_fund_and_the_cash_and_the_corte_says_it_all(base):
    predios = crear_predios(base, cuantos=2, anios=1)
    ana = base.entrar()
    turno = abrir_caja(ana)
    ordenes = [cobro_de(ana, turno.id, p.cuenta_id, "5000.00") for p in predios]
    for orden in ordenes:
        ana.ejecutar(caja.cobrar, orden)
    cobrado = sum(o.total for o in ordenes)

    contado = ana.ejecutar(caja.contar, turnos.Arqueo(turno.id, piezas_de(FONDO + cobrado))).valor
    assert contado.esperado == FONDO + cobrado
    assert ana.ejecutar(caja.resultado, turnos.Cierre(turno.id)).valor == contado
    corte = cerrar(ana, turno.id, "centavos sin moneda")

    assert (corte.fondo, corte.esperado, corte.contado) == (FONDO, contado.esperado, contado.contado)
    assert corte.diferencia == contado.diferencia
    assert [r.total for r in corte.recibos] == [o.total for o in ordenes]
    assert [(f.forma, f.importe) for f in corte.por_forma] == [("01", cobrado)]
    assert sum(e.importe for e in corte.por_ente) == cobrado
    assert sum(c.importe for c in corte.por_concepto) == cobrado
    assert [(t.primer_folio, t.ultimo_folio) for t in corte.series] == [(1, 2)]


def test_after_the_count_the_till_charges_nothing_more(base):
    [predio] = crear_predios(base, anios=1)
    ana = base.entrar()
    turno = abrir_caja(ana)
    orden = cobro_de(ana, turno.id, predio.cuenta_id)
    contar(ana, turno.id, ("500", 1))
    assert ana.ejecutar(caja.situacion, caja.Nada()).valor.turno.contado

    negado("LD111", lambda: ana.ejecutar(caja.cobrar, orden))
    cerrar(ana, turno.id)
    negado("LD111", lambda: ana.ejecutar(caja.cobrar, orden))
    with pytest.raises(ErrorDeUso, match="El turno no es suyo"):
        base.entrar("beto.cajero").ejecutar(caja.cobrar, orden)


def test_a_till_is_counted_once_and_closed_once(base):
    ana = base.entrar()
    turno = abrir_caja(ana)
    contar(ana, turno.id, ("500", 1))
    negado("LD136", lambda: contar(ana, turno.id, ("200", 2), ("100", 1)))
    cerrar(ana, turno.id)
    with pytest.raises(ErrorDeUso):
        cerrar(ana, turno.id)
    with pytest.raises(ErrorDeUso):
        contar(ana, turno.id, ("500", 1))


def test_a_count_of_pieces_that_do_not_exist_is_told_beside_its_field(base):
    ana = base.entrar()
    turno = abrir_caja(ana)
    for piezas in ((), (("3", 1),), (("500", -1),), (("500", 100_001),), (("500", 1), ("500", 1))):
        with pytest.raises(ErrorDeUso) as negativa:
            contar(ana, turno.id, *piezas)
        assert negativa.value.campo == "piezas"
    assert contar(ana, turno.id, ("500", 1)).diferencia == 0


def test_a_difference_needs_its_reason(base):
    ana = base.entrar()
    for piezas, diferencia in ((("200", 2), "-100.00"), (("1000", 1), "500.00")):
        turno = abrir_caja(ana)
        assert contar(ana, turno.id, piezas).diferencia == Decimal(diferencia)
        for vacio in ("", "   "):
            with pytest.raises(ErrorDeUso, match="escriba el motivo"):
                cerrar(ana, turno.id, vacio)

        corte = cerrar(ana, turno.id, "  se entregó  de más ")

        assert (corte.diferencia, corte.motivo) == (Decimal(diferencia), "se entregó de más")


def test_nobody_counts_or_closes_the_till_of_another(base):
    ana, beto = base.entrar(), base.entrar("beto.cajero")
    turno = abrir_caja(ana)
    negado("LD111", lambda: contar(beto, turno.id, ("500", 1)))
    contar(ana, turno.id, ("500", 1))
    negado("LD111", lambda: cerrar(beto, turno.id))
    cerrar(ana, turno.id)


def test_the_numbers_of_a_till_s_cortes_are_consecutive_and_their_hashes_chained(base):
    ana, beto = base.entrar(), base.entrar("beto.cajero")
    for n in range(3):
        turno = abrir_caja(ana)
        contar(ana, turno.id, ("500", 1))
        assert cerrar(ana, turno.id).numero == n + 1
    turno = abrir_caja(beto)
    contar(beto, turno.id, ("500", 1))
    assert cerrar(beto, turno.id).numero == 1

    with motor.sesion(ana.motor, escribe=False) as sesion:
        cortes = sesion.scalars(
            select(Corte)
            .join(Turno, Turno.id == Corte.turno_id)
            .where(Turno.usuario == "ana.cajera")
            .order_by(Corte.numero)
        ).all()
    assert [c.hash_previo for c in cortes] == ["", cortes[0].hash, cortes[1].hash]
    assert len({c.hash for c in cortes}) == 3
    assert all(len(c.hash) == 64 for c in cortes)
