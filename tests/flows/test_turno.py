"""A till from its opening to its corte: whose it is, what is counted, what was expected, how it is sealed."""

import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios, hoy_de, piezas_de
from municipio_de_prueba import VALLE
from sqlalchemy import select

from lerdo_desk.base.calendario import micros
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db import motor
from lerdo_desk.db.fallos import MENSAJES
from lerdo_desk.hacienda import turnos
from lerdo_desk.hacienda.modelos import Caja, Corte, Turno
from lerdo_desk.hacienda.paquete import leer
from lerdo_desk.modules.caja import service as caja

FONDO = Decimal("500.00")


class Reloj:
    """The clock of the embedded database, moved by hand."""

    def __init__(self, inicio: int) -> None:
        self.micros = inicio

    def __call__(self) -> int:
        self.micros += 1
        return self.micros


def negado(codigo: str, que) -> None:
    with pytest.raises(ErrorDeUso) as negativa:
        que()
    assert str(negativa.value) == MENSAJES[codigo]


def cajas(runner) -> dict[str, int]:
    with motor.sesion(runner.motor, escribe=False) as sesion:
        return {clave: i for clave, i in sesion.execute(select(Caja.clave, Caja.id).order_by(Caja.clave))}


def abrir(runner, caja_id: int, fondo: Decimal = FONDO, turno_id: str | None = None):
    orden = turnos.Apertura(turno_id or str(uuid.uuid4()), caja_id, fondo, piezas_de(fondo))
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
    quinientos = ((Decimal("500"), 1),)
    for fondo, piezas in (
        *((Decimal(n), quinientos) for n in ("-0.01", "1000000.00", "NaN", "Infinity")),
        (FONDO, ()),
        (FONDO, ((Decimal("200"), 2),)),
    ):
        with pytest.raises(ErrorDeUso) as negativa:
            ana.ejecutar(caja.abrir_turno, turnos.Apertura(str(uuid.uuid4()), numero, fondo, piezas))
        assert negativa.value.campo == "fondo"
    with pytest.raises(ErrorDeUso, match="No hay billetes ni monedas"):
        ana.ejecutar(
            caja.abrir_turno,
            turnos.Apertura(str(uuid.uuid4()), numero, Decimal("3.00"), ((Decimal("3"), 1),)),
        )
    abrir(ana, numero, Decimal("999999.90"))


def test_the_fund_is_proposed_as_it_was_made_up_the_last_time_and_is_no_count_of_the_closing(base):
    ana = base.entrar()
    turno = abrir(ana, next(iter(cajas(ana).values())), Decimal("350.00"))
    negado("LD134", lambda: ana.ejecutar(caja.resultado, turnos.Cierre(turno.id)))
    assert not ana.ejecutar(caja.situacion, caja.Nada()).valor.turno.contado
    contar(ana, turno.id, ("200", 1), ("100", 1), ("50", 1))
    corte = cerrar(ana, turno.id)
    assert [c.total for c in corte.conteos] == [Decimal("350.00")]
    [suya] = ana.ejecutar(caja.situacion, caja.Nada()).valor.cajas
    assert suya.fondo == ((Decimal("200"), 1), (Decimal("100"), 1), (Decimal("50"), 1))


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


def test_a_recount_is_a_second_signed_row_and_the_last_one_decides(base):
    ana = base.entrar()
    turno = abrir_caja(ana)
    primero = contar(ana, turno.id, ("200", 2))
    assert (primero.vez, primero.diferencia) == (1, Decimal("-100.00"))
    otra_vez = turnos.Arqueo(turno.id, ((Decimal("500"), 1),), vez=1)
    negado("LD136", lambda: ana.ejecutar(caja.contar, otra_vez))
    segundo = contar(ana, turno.id, ("200", 2), ("100", 1))
    assert (segundo.vez, segundo.diferencia) == (2, Decimal("0.00"))
    negado("LD136", lambda: ana.ejecutar(caja.contar, turnos.Arqueo(turno.id, otra_vez.piezas, vez=4)))

    corte = cerrar(ana, turno.id)

    assert [(c.vez, c.total) for c in corte.conteos] == [(1, Decimal("400.00")), (2, FONDO)]
    assert [(c.denominacion, c.piezas) for c in corte.conteo] == [(Decimal("200"), 2), (Decimal("100"), 1)]
    assert (corte.contado, corte.diferencia) == (FONDO, Decimal("0.00"))


def test_a_till_is_closed_once_and_then_counted_no_more(base):
    ana = base.entrar()
    turno = abrir_caja(ana)
    contar(ana, turno.id, ("500", 1))
    cerrar(ana, turno.id)
    with pytest.raises(ErrorDeUso):
        cerrar(ana, turno.id)
    negado("LD133", lambda: contar(ana, turno.id, ("500", 1)))


def test_a_corte_whose_answer_was_lost_is_read_again_by_its_cashier_only(base):
    ana, beto = base.entrar(), base.entrar("beto.cajero")
    with pytest.raises(ErrorDeUso, match="Todavía no hay un corte suyo"):
        ana.ejecutar(caja.mi_corte, caja.CorteDe())
    turno = abrir_caja(ana)
    contar(ana, turno.id, ("500", 1))
    corte = cerrar(ana, turno.id)

    assert ana.ejecutar(caja.mi_corte, caja.CorteDe(turno.id)).valor == corte
    assert ana.ejecutar(caja.mi_corte, caja.CorteDe()).valor == corte
    for de_quien in (turno.id, ""):
        with pytest.raises(ErrorDeUso, match="Todavía no hay un corte suyo"):
            beto.ejecutar(caja.mi_corte, caja.CorteDe(de_quien))


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


HORA = 3_600_000_000


def de_noche(crear_base):
    """Give a base of a 24 h caja with its clock at 22:30 local, and the runner of its cashier."""
    reloj = Reloj(micros(datetime(2026, 11, 20, 22, 30, tzinfo=ZoneInfo("America/Tijuana"))))
    base = crear_base("sqlite", VALLE, reloj)
    [caja_24] = [c.clave for c in leer(VALLE).cajas if c.horas == 24]
    asignar(base, caja_24, "ana.cajera", desde=date(2026, 1, 1))
    predios = crear_predios(base, cuantos=3, anios=1)
    return reloj, predios, base.entrar(), caja_24


def test_a_caja_of_24_hours_crosses_midnight_and_its_corte_is_split_by_date(crear_base):
    reloj, predios, ana, clave = de_noche(crear_base)
    turno = abrir(ana, cajas(ana)[clave])
    totales = []
    for predio in predios:
        orden = cobro_de(ana, turno.id, predio.cuenta_id)
        totales.append(orden.total)
        ana.ejecutar(caja.cobrar, orden)
        reloj.micros += HORA
    abierto = ana.ejecutar(caja.situacion, caja.Nada()).valor.turno
    assert (abierto.fecha, abierto.vencido) == (date(2026, 11, 20), False)

    ana.ejecutar(caja.contar, turnos.Arqueo(turno.id, ((Decimal("500"), 1),)))
    corte = cerrar(ana, turno.id, "lo cobrado se depositó")

    assert [(f.fecha.day, f.recibos, f.importe) for f in corte.por_fecha] == [
        (20, 2, totales[0] + totales[1]),
        (21, 1, totales[2]),
    ]


def test_a_turno_past_its_length_charges_nothing_and_can_only_be_closed(crear_base):
    reloj, predios, ana, clave = de_noche(crear_base)
    turno = abrir(ana, cajas(ana)[clave])
    reloj.micros += 24 * HORA + 60_000_000
    assert ana.ejecutar(caja.situacion, caja.Nada()).valor.turno.vencido
    negado("LD138", lambda: ana.ejecutar(caja.cobrar, cobro_de(ana, turno.id, predios[0].cuenta_id)))
    negado("LD131", lambda: abrir(ana, cajas(ana)[clave]))

    assert contar(ana, turno.id, ("500", 1)).diferencia == 0
    cerrar(ana, turno.id)
    abrir(ana, cajas(ana)[clave])
