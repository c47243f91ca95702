"""The payment dialog when things go wrong: too little, too much, twice, without an answer, without paper."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios
from municipio_de_prueba import VALLE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from ventanilla import CTRL, DIA, ENTER, F12, Reloj, consulta, recibos

from lerdo_desk.base.dinero import formato, pesos
from lerdo_desk.hacienda.cobros import Cobro
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.done import DoneDialog
from lerdo_desk.modules.caja.screens.payment import PaymentDialog
from lerdo_desk.modules.caja.screens.ticket import sugeridos


@pytest.fixture
def pago(ana):
    """The payment dialog of everything owed."""
    ana.abre_cuenta()
    ana.tecla(F12)
    return ana.dialogo(PaymentDialog)


@pytest.mark.parametrize(
    ("total", "esperados"),
    [
        ("6235.19", ("6240", "6300", "6500", "7000")),
        ("85.50", ("90", "100", "500", "1000")),
        ("1000.00", ()),
        ("999.00", ("1000",)),
        ("0.01", ("10", "100", "500", "1000")),
    ],
)
def test_quick_amounts_are_what_a_person_would_hand_over(total, esperados):
    assert sugeridos(pesos(total)) == tuple(pesos(e) for e in esperados)


def test_the_amount_starts_exact_and_selected_so_typing_replaces_it(ana, pago):
    assert pago.recibido.text() == formato(pago.total)[1:]
    ana.escribe("99000")
    assert pago.recibido.text() == "99000"
    assert pago.cambio.dice() == ("Cambio: revise lo recibido", formato(pesos("99000") - pago.total))


def test_with_too_little_money_the_button_says_how_much_is_missing(ana, pago, municipio):
    ana.escribe("1")
    falta = formato(pago.total - 1)
    assert pago.cambio.dice() == ("Falta", falta)
    assert pago.boton.text().strip() == f"Falta dinero: {falta}"
    assert not pago.boton.isEnabled()
    ana.tecla(ENTER)
    ana.qtbot.wait(200)
    assert recibos(municipio) == 0
    assert pago.isVisible()


@pytest.mark.parametrize("escrito", ["-50", "nan", "1e9", "abc", "$"])
def test_what_is_no_amount_is_refused_as_it_is_typed(ana, pago, escrito):
    ana.escribe(escrito)
    assert set(pago.recibido.text()) <= set("0123456789,.")


def test_an_amount_that_cannot_be_is_explained_below_the_field(ana, pago, municipio):
    ana.escribe("999999999999")
    assert "máximo" in pago.campo.error()
    assert not pago.boton.isEnabled()
    ana.tecla(ENTER)
    ana.qtbot.wait(200)
    assert recibos(municipio) == 0
    assert pago.recibido.text() == "999999999999"
    ana.tecla(Qt.Key.Key_A, CTRL)
    ana.escribe("99000")
    assert pago.campo.error() == ""


def test_a_second_press_of_cobrar_charges_once_and_leaves_the_change_on_screen(ana, pago, municipio):
    for _ in range(3):
        QTest.keyClick(pago.recibido, ENTER)
    pago.boton.click()
    pago._cobrar()
    hecho = ana.dialogo(DoneDialog)
    ana.tecla(ENTER)
    assert hecho.isVisible()
    ana.hasta(lambda: ana.calle.papel.estado == "impreso")
    assert recibos(municipio) == 1
    assert sum(isinstance(o, Cobro) for o in ana.runner.ordenes) == 1


def test_while_it_charges_neither_esc_nor_the_mouse_closes_the_dialog(ana, pago):
    pago.boton.click()
    pago.reject()
    pago.volver.click()
    assert pago.isVisible()
    ana.dialogo(DoneDialog)


def test_the_change_is_the_biggest_thing_and_stays_until_the_next_account(ana, pago):
    ana.escribe("99000")
    cambio = formato(pesos("99000") - pago.total)
    ana.tecla(ENTER)
    assert ana.dialogo(DoneDialog).vista.cambio() == cambio
    ana.qtbot.wait(600)
    ana.tecla(ENTER)
    ana.sin_dialogo()
    assert ana.calle.ultimo.cambio() == cambio
    assert cambio in ana.textos()


def test_esc_in_the_payment_keeps_the_selection(ana, pago):
    ana.tecla(Qt.Key.Key_Escape)
    ana.sin_dialogo()
    assert len(ana.calle.cuenta.marcados()) == 3
    assert not ana.calle.por_verificar()


def test_an_answer_lost_after_the_commit_is_verified_with_the_same_order(ana, pago, municipio):
    ana.runner.despues.append(service.cobrar)
    ana.tecla(ENTER)
    ana.hasta(lambda: pago.por_verificar)
    assert recibos(municipio) == 1
    assert "No vuelva a cobrar" in pago.nota.texto()
    assert "Reintentar" in pago.boton.text()
    assert pago.recibido.isReadOnly()
    ana.tecla(ENTER)
    hecho = ana.dialogo(DoneDialog)
    assert "no se cobró otra vez" in ana.textos()
    assert hecho.vista.cambio() == "$0.00"
    uno, otro = (o for o in ana.runner.ordenes if isinstance(o, Cobro))
    assert uno is otro
    assert recibos(municipio) == 1


def test_an_answer_lost_before_the_commit_is_charged_once_on_retry(ana, pago, municipio):
    ana.runner.antes.append(service.cobrar)
    ana.tecla(ENTER)
    ana.hasta(lambda: pago.por_verificar)
    assert recibos(municipio) == 0
    ana.tecla(ENTER)
    ana.dialogo(DoneDialog)
    assert recibos(municipio) == 1


def test_a_charge_to_verify_may_be_left_but_never_forgotten(ana, pago, municipio):
    ana.runner.despues.append(service.cobrar)
    ana.tecla(ENTER)
    ana.hasta(lambda: pago.por_verificar)
    ana.tecla(Qt.Key.Key_Escape)
    ana.sin_dialogo()
    assert "Cobro por verificar" in ana.textos()
    ana.tecla(F12, CTRL)
    assert ana.caja.paso == "calle"
    ana.hasta(lambda: "antes de cerrar la caja" in ana.textos())
    ana.tecla(F12)
    assert ana.dialogo(PaymentDialog) is pago
    ana.tecla(ENTER)
    ana.dialogo(DoneDialog)
    assert recibos(municipio) == 1
    assert not ana.calle.por_verificar()


def test_what_somebody_else_has_charged_meanwhile_is_said_beside_the_total(ana, pago, municipio, predio):
    beto = municipio.entrar("beto.cajero")
    beto.ejecutar(service.cobrar, cobro_de(beto, abrir_caja(beto).id, predio.cuenta_id))
    ana.escribe("99000")
    ana.tecla(ENTER)
    ana.hasta(lambda: "ya se pagó" in pago.nota.texto())
    assert pago.recibido.text() == "99000"
    assert not pago.boton.isEnabled()
    ana.tecla(ENTER)
    ana.sin_dialogo()
    ana.hasta(lambda: "Al corriente" in ana.textos())
    assert recibos(municipio) == 1


def test_a_debt_that_grew_is_quoted_again_and_what_was_typed_stays(crear_base, sentar):
    # A till of 24 hours two minutes before the day on which one more month of recargos begins.
    reloj = Reloj(int(datetime(2026, 8, 15, 23, 58, tzinfo=ZoneInfo("America/Tijuana")).timestamp()) * 10**6)
    base = crear_base("sqlite", VALLE, reloj=reloj)
    crear_predios(base, anios=3)
    abrir_caja(base.entrar("beto.cajero"))
    ana = sentar(base, "beto.cajero")
    ana.hasta(lambda: ana.caja.paso == "calle")
    ana.abre_cuenta()
    ana.tecla(F12)
    pago = ana.dialogo(PaymentDialog)
    antes = pago.total
    ana.escribe("99000")
    reloj.micros += DIA // 720
    ana.tecla(ENTER)
    ana.hasta(lambda: "ya no es $" in pago.nota.texto())
    assert recibos(base) == 0
    ana.tecla(ENTER)
    ana.hasta(lambda: pago.total > antes)
    assert pago.recibido.text() == "99000"
    assert pago.nota.texto() == ""
    ana.tecla(ENTER)
    ana.dialogo(DoneDialog)
    assert recibos(base) == 1


def test_a_dead_printer_never_undoes_the_charge(ana, pago, municipio, tmp_path):
    carpeta = tmp_path / "ana.cajera" / "recibo"
    carpeta.parent.mkdir(parents=True, exist_ok=True)
    carpeta.write_text("a file where the folder should be")
    ana.tecla(ENTER)
    hecho = ana.dialogo(DoneDialog)
    ana.hasta(lambda: ana.calle.papel.estado == "fallo")
    assert recibos(municipio) == 1
    assert "El cobro está registrado" in hecho.vista.linea.texto()
    assert "No se pudo guardar" in hecho.vista.linea.texto()

    carpeta.unlink()
    hecho.vista.linea.boton.click()
    ana.hasta(lambda: ana.calle.papel.estado == "impreso")
    assert "COPIA 1" in hecho.vista.linea.texto()
    [papel] = carpeta.iterdir()
    assert papel.name.endswith("-copia1.pdf")
    assert consulta(municipio, "SELECT count(*) FROM hacienda_impresion") == [(2,)]


def test_a_failed_paper_calls_when_another_account_is_open(ana, pago, municipio, tmp_path):
    carpeta = tmp_path / "ana.cajera" / "recibo"
    ana.tecla(ENTER)
    ana.dialogo(DoneDialog)
    ana.hasta(lambda: ana.calle.papel.estado == "impreso")
    ana.qtbot.wait(600)
    ana.tecla(ENTER)
    ana.sin_dialogo()
    ana.busca("pena")
    ana.tecla(ENTER)
    ana.hasta(lambda: "Esta cuenta no debe nada" in ana.textos())
    for papel in carpeta.iterdir():
        papel.unlink()
    carpeta.rmdir()
    carpeta.write_text("a file where the folder should be")
    ana.calle.papel.imprimir()
    ana.hasta(lambda: "No se pudo guardar" in ana.textos())
