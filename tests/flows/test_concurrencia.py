"""Two at once: one debt, one attempt, one till; whoever loses reads a sentence, nothing is charged twice."""

import threading
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios
from asientos import copiar
from sqlalchemy import text

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.use_cases import Runner
from lerdo_desk.db import motor
from lerdo_desk.db.fallos import MENSAJES
from lerdo_desk.hacienda import cobros, turnos
from lerdo_desk.modules.caja import service as caja

YA_PAGADO = "Ese adeudo ya se pagó, en todo o en parte; consulte la cuenta de nuevo."


def a_la_vez(*tareas: Callable[[], object]) -> list[object]:
    """Run tasks from one starting line and give what each returned, or the refusal it got."""
    salida = threading.Barrier(len(tareas))

    def correr(tarea: Callable[[], object]) -> object:
        salida.wait()
        try:
            return tarea()
        except ErrorDeUso as negativa:
            return negativa

    with ThreadPoolExecutor(len(tareas)) as hilos:
        return list(hilos.map(correr, tareas))


def cobrar(cajero: Runner, orden: cobros.Cobro) -> Callable[[], cobros.Cobrado]:
    return lambda: cajero.ejecutar(caja.cobrar, orden).valor


def cobrado(cajeros: Sequence[Runner]) -> tuple[int, Decimal]:
    """Count receipts and pesos over the tills of some cashiers."""
    recibos, total = 0, Decimal("0.00")
    for cajero in cajeros:
        with motor.sesion(cajero.motor, escribe=False) as sesion:
            consulta = "SELECT count(*), coalesce(sum(total), 0) FROM hacienda_recibo WHERE usuario = :u"
            n, centavos = sesion.execute(text(consulta), {"u": cajero.actor.usuario}).one()
        recibos, total = recibos + n, total + Decimal(int(centavos)) / 100
    return recibos, total


def test_two_cashiers_on_one_debt_one_wins_and_the_other_is_told(base):
    predios = crear_predios(base, cuantos=6, anios=1)
    ana, beto = base.entrar(), base.entrar("beto.cajero")
    tillas = {ana: abrir_caja(ana).id, beto: abrir_caja(beto).id}
    total = Decimal("0.00")
    for predio in predios:
        ordenes = {c: cobro_de(c, tillas[c], predio.cuenta_id) for c in (ana, beto)}
        total += ordenes[ana].total

        hechos = a_la_vez(*(cobrar(c, orden) for c, orden in ordenes.items()))

        perdidos = [str(h) for h in hechos if isinstance(h, ErrorDeUso)]
        assert perdidos == [YA_PAGADO]
    assert cobrado((ana, beto)) == (6, total)


def test_one_attempt_from_two_threads_is_one_operation(base):
    [predio] = crear_predios(base, anios=2)
    ana, otra = base.entrar(), base.entrar()
    orden = cobro_de(ana, abrir_caja(ana).id, predio.cuenta_id)

    hechos = a_la_vez(*(cobrar(c, orden) for c in (ana, otra, ana, otra)))

    assert len({(h.operacion, h.recibos, h.total) for h in hechos}) == 1
    assert sorted(h.repetida for h in hechos) == [False, True, True, True]
    assert cobrado((ana,)) == (1, orden.total)


def test_one_attempt_executed_again_gives_the_same_receipts_even_after_the_till_is_closed(base):
    predios = crear_predios(base, cuantos=2, anios=1)
    ana = base.entrar()
    turno = abrir_caja(ana)
    suyas = [cobro_de(ana, turno.id, p.cuenta_id) for p in predios]
    total = sum(o.total for o in suyas)
    orden = replace(
        suyas[0], cargos=suyas[0].cargos + suyas[1].cargos, pagos=(cobros.PagoDado("01", total + 50),)
    )
    primero = cobrar(ana, orden)()
    ana.ejecutar(caja.contar, turnos.Arqueo(turno.id, ((Decimal("500"), 1),)))
    ana.ejecutar(caja.cerrar_turno, turnos.Cierre(turno.id, "lo demás se depositó"))

    segundo = cobrar(ana, orden)()

    assert segundo == replace(primero, repetida=True)
    assert len(segundo.recibos) == 2
    assert segundo.cambio == Decimal("50.00")


def test_an_attempt_that_was_used_is_refused_with_other_content(base):
    predios = crear_predios(base, cuantos=2, anios=1)
    ana = base.entrar()
    turno = abrir_caja(ana)
    orden = cobro_de(ana, turno.id, predios[0].cuenta_id)
    otra = cobro_de(ana, turno.id, predios[1].cuenta_id)
    cobrar(ana, orden)()
    mas_dinero = (cobros.PagoDado("01", orden.total + 100),)
    for distinta in (
        replace(otra, intento=orden.intento),
        replace(orden, pagos=mas_dinero),
        replace(orden, pagador="Otra Persona"),
    ):
        with pytest.raises(ErrorDeUso, match="ya se usó con otros datos"):
            cobrar(ana, distinta)()
    assert cobrado((ana,)) == (1, orden.total)


def test_one_attempt_with_two_contents_at_once_charges_one_of_them(base):
    predios = crear_predios(base, cuantos=2, anios=1)
    ana, otra = base.entrar(), base.entrar()
    turno = abrir_caja(ana)
    ordenes = [cobro_de(ana, turno.id, p.cuenta_id) for p in predios]
    segunda = replace(ordenes[1], intento=ordenes[0].intento)

    hechos = a_la_vez(cobrar(ana, ordenes[0]), cobrar(otra, segunda))

    perdidos = [str(h) for h in hechos if isinstance(h, ErrorDeUso)]
    assert len(perdidos) == 1
    assert perdidos[0] in (MENSAJES["LD110"], cobros_ya_usado())
    assert cobrado((ana,))[0] == 1


def cobros_ya_usado() -> str:
    return "Ese intento de cobro ya se usó con otros datos; consulte la cuenta y cobre de nuevo."


def test_several_debts_asked_in_any_order_never_lock_each_other(base):
    predios = crear_predios(base, cuantos=4, anios=2)
    ana, beto = base.entrar(), base.entrar("beto.cajero")
    turno, de_beto = abrir_caja(ana).id, abrir_caja(beto).id

    def todo(cajero: Runner, turno_id: str, al_reves: bool) -> Callable[[], cobros.Cobrado]:
        suyas = [cobro_de(cajero, turno_id, p.cuenta_id) for p in predios]
        cargos = tuple(c for o in (suyas[::-1] if al_reves else suyas) for c in o.cargos)
        pago = cobros.PagoDado("01", sum((o.total for o in suyas), Decimal("0.00")))
        return cobrar(cajero, cobros.Cobro(str(uuid.uuid4()), turno_id, "", cargos, (pago,)))

    hechos = a_la_vez(todo(ana, turno, False), todo(beto, de_beto, True))

    assert [str(h) for h in hechos if isinstance(h, ErrorDeUso)] == [YA_PAGADO]
    assert cobrado((ana, beto))[0] == 4


def test_a_corte_never_misses_a_receipt_that_is_charged_meanwhile(base):
    predios = crear_predios(base, cuantos=5, anios=1)
    ana, otra = base.entrar(), base.entrar()
    for predio in predios:
        turno = abrir_caja(ana)
        orden = cobro_de(ana, turno.id, predio.cuenta_id)

        def cerrar(turno_id: str = turno.id) -> object:
            otra.ejecutar(caja.contar, turnos.Arqueo(turno_id, ((Decimal("500"), 1),)))
            return otra.ejecutar(caja.cerrar_turno, turnos.Cierre(turno_id, "lo que haya")).valor

        cobro, corte = a_la_vez(cobrar(ana, orden), cerrar)

        if isinstance(cobro, ErrorDeUso):
            assert str(cobro) == MENSAJES["LD111"]
            assert corte.recibos == ()
            assert corte.esperado == Decimal("500.00")
        else:
            assert [r.total for r in corte.recibos] == [orden.total]
            assert corte.esperado == Decimal("500.00") + orden.total


def test_two_people_do_not_open_one_till_and_one_person_does_not_open_two(base):
    ana, otra = base.entrar(), base.entrar()
    numero = ana.ejecutar(caja.situacion, caja.Nada()).valor.cajas[0].id

    def abrir(quien: Runner) -> Callable[[], object]:
        orden = turnos.Apertura(str(uuid.uuid4()), numero, Decimal("0.00"))
        return lambda: quien.ejecutar(caja.abrir_turno, orden).valor

    hechos = a_la_vez(abrir(ana), abrir(otra), abrir(ana))

    negados = [str(h) for h in hechos if isinstance(h, ErrorDeUso)]
    assert negados == [MENSAJES["LD131"]] * 2


def test_one_receipt_is_cancelled_by_one_of_two_attempts(base):
    [predio] = crear_predios(base, anios=1)
    ana, otra, sara = base.entrar(), base.entrar(), base.entrar("sara.supervisora")
    turno = abrir_caja(ana)
    recibo = cobrar(ana, cobro_de(ana, turno.id, predio.cuenta_id))().recibos[0]
    firmadas = []
    for _ in range(2):
        peticion = caja.PeticionDeCancelacion(str(uuid.uuid4()), recibo, "se cobró a otra persona")
        ana.ejecutar(caja.pedir_cancelacion, peticion)
        sara.ejecutar(caja.firmar_cancelacion, caja.Firma(peticion.solicitud_id, True))
        firmadas.append(peticion.solicitud_id)

    def cancelar(quien: Runner, solicitud: str) -> Callable[[], object]:
        orden = caja.Cancelacion(str(uuid.uuid4()), recibo, solicitud)
        return lambda: quien.ejecutar(caja.cancelar, orden).valor

    hechos = a_la_vez(*(cancelar(q, s) for q, s in zip((ana, otra), firmadas, strict=True)))

    perdidos = [str(h) for h in hechos if isinstance(h, ErrorDeUso)]
    assert perdidos == ["Ese recibo ya está cancelado; no hay nada más que devolver."]
    assert cobrado((ana,)) == (2, Decimal("0.00"))


@pytest.mark.postgresql
@pytest.mark.parametrize("nivel", ["REPEATABLE READ", "SERIALIZABLE"])
def test_the_program_does_not_charge_under_another_isolation(crear_base, nivel):
    base = crear_base("postgresql")
    [predio] = crear_predios(base, anios=1)
    ana = base.entrar()
    orden = cobro_de(ana, abrir_caja(ana).id, predio.cuenta_id)
    ana.motor = ana.motor.execution_options(isolation_level=nivel)

    with pytest.raises(ErrorDeUso) as negativa:
        ana.ejecutar(caja.cobrar, orden)

    assert str(negativa.value) == MENSAJES["LD000"]
    assert cobrado((ana,)) == (0, Decimal("0.00"))


@pytest.mark.parametrize(
    ("recibido", "dice"),
    [
        ("NaN", "no es una cantidad"),
        ("Infinity", "no es una cantidad"),
        ("100.001", "no es una cantidad"),
        ("1E+20", "no puede pasar de"),
        ("-5.00", "mayor que cero"),
        ("0.00", "mayor que cero"),
        ("0.01", "Falta dinero"),
    ],
)
def test_money_that_is_no_money_is_told_and_nothing_is_charged(ventanilla_sola, recibido, dice):
    ana, orden = ventanilla_sola
    with pytest.raises(ErrorDeUso, match=dice) as negativa:
        cobrar(ana, replace(orden, pagos=(cobros.PagoDado("01", Decimal(recibido)),)))()
    assert negativa.value.campo == "recibido"
    assert cobrado((ana,)) == (0, Decimal("0.00"))


@pytest.fixture(scope="module")
def ventanilla_sola(plantillas, tmp_path_factory, request):
    """One till on SQLite: what is refused here never reaches a database."""
    base = copiar("sqlite", plantillas, request, tmp_path_factory.mktemp("sola"))
    [predio] = crear_predios(base, anios=1)
    ana = base.entrar()
    yield ana, cobro_de(ana, abrir_caja(ana).id, predio.cuenta_id)
    base.cerrar()


def test_change_comes_only_from_cash_and_a_form_must_be_known(ventanilla_sola):
    ana, orden = ventanilla_sola
    with pytest.raises(ErrorDeUso, match="el cambio sólo sale de efectivo"):
        cobrar(ana, replace(orden, pagos=(cobros.PagoDado("03", orden.total + 1, "Banco · 1 · hoy"),)))()
    with pytest.raises(ErrorDeUso, match="La forma de pago «99» no se conoce"):
        cobrar(ana, replace(orden, pagos=(cobros.PagoDado("99", orden.total),)))()
    with pytest.raises(ErrorDeUso, match="ya no es"):
        mas = tuple(replace(c, total=c.total - 1) for c in orden.cargos)
        cobrar(ana, replace(orden, cargos=mas))()
    with pytest.raises(ErrorDeUso, match="dos veces en el mismo cobro"):
        cobrar(ana, replace(orden, cargos=orden.cargos * 2))()
    with pytest.raises(ErrorDeUso, match="No eligió ningún adeudo"):
        cobrar(ana, replace(orden, cargos=()))()
