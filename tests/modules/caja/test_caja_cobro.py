"""Several accounts, forms of payment, misspelt searches and scans at the window, by keys alone."""

import pytest
from apoyo import abrir_caja, crear_predios
from municipio_de_prueba import VALLE
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import text
from ventanilla import CTRL, ENTER, F12, consulta, recibos

from lerdo_desk.base.dinero import formato, pesos
from lerdo_desk.db import motor
from lerdo_desk.hacienda.cobros import Cobro
from lerdo_desk.modules.caja.screens.done import DoneDialog
from lerdo_desk.modules.caja.screens.payment import PaymentDialog
from lerdo_desk.ui.a11y import sin_nombre

ALT = Qt.KeyboardModifier.AltModifier
TECLA = Qt.Key


def _sentar(base, sentar):
    abrir_caja(base.entrar())
    sentada = sentar(base)
    sentada.hasta(lambda: sentada.caja.paso == "calle")
    return sentada


@pytest.fixture
def tres(municipio):
    return crear_predios(municipio, cuantos=3, anios=3)


@pytest.fixture
def ana(municipio, tres, sentar):
    """A cashier whose till is open, with three accounts in the padrón."""
    return _sentar(municipio, sentar)


@pytest.fixture
def varias(ana):
    """The same with two accounts gathered in one payment."""
    ana.abre_cuenta("pena")
    ana.tecla(TECLA.Key_F2)
    ana.tecla(TECLA.Key_Down)
    ana.tecla(ENTER, CTRL)
    ana.hasta(lambda: len(ana.calle.encargo) == 2)
    return ana


def _metodo(ana, pago, letra, clave):
    ana.tecla(letra, ALT)
    ana.hasta(lambda: pago.pagos.metodo.clave() == clave)


def _mismo_titular(base, cuentas):
    """Give some accounts to the holder of the first one, as the padrón would."""
    dueno = base.motor_del_dueno()
    ids = ", ".join(str(c.cuenta_id) for c in cuentas)
    with motor.transaccion(dueno) as sesion:
        disparadores = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'hacienda_cuenta'"
        )
        for nombre in sesion.execute(text(disparadores)).scalars().all():
            sesion.execute(text(f"DROP TRIGGER {nombre}"))
        sesion.execute(
            text(
                "UPDATE hacienda_cuenta SET (titular_id, titular) = (SELECT titular_id, titular FROM"
                f" hacienda_cuenta WHERE id = {cuentas[0].cuenta_id}) WHERE id IN ({ids})"
            )
        )
    dueno.dispose()


def test_predial_is_paid_with_three_control_keys_and_two_data(ana, tres):
    pulsadas = []

    def control(tecla):
        pulsadas.append(tecla)
        ana.tecla(tecla)

    ana.escribe(tres[0].clave)
    ana.hasta(ana.resultados)
    control(ENTER)
    ana.hasta(ana.calle.con_detalle)
    control(F12)
    pago = ana.dialogo(PaymentDialog)
    ana.escribe("99000")
    control(ENTER)
    assert ana.dialogo(DoneDialog).vista.cambio() == formato(pesos("99000") - pago.total)
    assert len(pulsadas) == 3


def test_accounts_are_gathered_summed_and_taken_out_by_keys(varias):
    ana = varias
    uno, otro = ana.calle.encargo.partes()
    assert ana.total() == formato(uno.total + otro.total)
    assert "en 2 cuentas" in ana.textos()
    assert ana.calle.canasta.isVisible()
    ana.calle.canasta.tabla.setFocus()
    ana.tecla(TECLA.Key_Up)
    assert ana.calle.cuenta.cuenta.cuenta_id == uno.cuenta.cuenta_id
    ana.tecla(TECLA.Key_Delete)
    assert ana.total() == formato(otro.total)
    assert not ana.calle.canasta.isVisible()
    assert ana.calle.cuenta.cuenta.cuenta_id == otro.cuenta.cuenta_id


def test_what_was_marked_in_each_account_is_kept_while_one_looks_at_another(varias):
    ana = varias
    uno, otro = ana.calle.encargo.partes()
    ana.calle.canasta.tabla.setFocus()
    ana.tecla(TECLA.Key_Up)
    ana.calle.cuenta.enfocar()
    ana.calle.cuenta.tabla.elegir(2)
    ana.tecla(TECLA.Key_Space)
    assert len(ana.calle.cuenta.marcados()) == 2
    ana.calle.canasta.tabla.setFocus()
    ana.tecla(TECLA.Key_Down)
    assert len(ana.calle.cuenta.marcados()) == 3
    ana.tecla(TECLA.Key_Up)
    assert len(ana.calle.cuenta.marcados()) == 2
    assert ana.total() == formato(uno.total + otro.total - uno.cargos[2].total)


def test_several_accounts_give_a_receipt_each_and_each_paper_its_own_state(varias, municipio, tmp_path):
    ana = varias
    ana.tecla(F12)
    pago = ana.dialogo(PaymentDialog)
    assert "Salen 2 recibos, uno por cuenta" in ana.textos()
    assert not pago.modo.uno.isEnabled()
    ana.tecla(ENTER)
    hecho = ana.dialogo(DoneDialog)
    ana.hasta(lambda: ana.calle.papel.estado == "impreso")
    lineas = [linea.texto() for linea in hecho.vista.lista.lineas]
    assert len(lineas) == recibos(municipio) == 2
    assert len(set(lineas)) == 2
    assert all("Recibo CAP-" in linea and "Impreso" in linea for linea in lineas)
    assert len(list((tmp_path / "ana.cajera" / "recibo").iterdir())) == 2
    assert len(ana.calle.encargo) == 0


def test_one_receipt_for_all_is_offered_once_the_payer_is_named(varias, municipio):
    ana = varias
    ana.tecla(F12)
    pago = ana.dialogo(PaymentDialog)
    ana.tecla(TECLA.Key_N, ALT)
    ana.hasta(pago.modo.pagador.hasFocus)
    ana.escribe("Quien Paga")
    assert pago.modo.uno.isEnabled()
    ana.tecla(TECLA.Key_U, ALT)
    ana.hasta(pago.modo.uno.isChecked)
    assert "El recibo se imprime" in ana.textos()
    ana.tecla(ENTER)
    ana.dialogo(DoneDialog)
    assert consulta(municipio, "SELECT cuentas, pagador FROM hacienda_recibo") == [(2, "Quien Paga")]


def test_other_debts_of_the_same_person_are_added_with_one_key(municipio, tres, sentar):
    _mismo_titular(municipio, tres)
    ana = _sentar(municipio, sentar)
    ana.abre_cuenta(tres[0].clave)
    assert "También debe: " in ana.textos()
    assert all(p.clave in ana.calle.cuenta.otras.texto() for p in tres[1:])
    ana.escribe("+")
    ana.hasta(lambda: len(ana.calle.encargo) == 3)
    assert not ana.calle.cuenta.otras.isVisible()
    ana.tecla(F12)
    pago = ana.dialogo(PaymentDialog)
    assert pago.modo.pagador.text() == pago.titular
    assert pago.modo.uno.isEnabled()


def test_a_mixed_payment_is_a_list_of_parts_until_nothing_is_missing(ana, municipio):
    ana.abre_cuenta("pena")
    ana.tecla(F12)
    pago = ana.dialogo(PaymentDialog)
    ana.escribe("100")
    ana.tecla(TECLA.Key_A, ALT)
    ana.hasta(lambda: len(pago.pagos.tomados) == 1)
    _metodo(ana, pago, TECLA.Key_C, "02")
    ana.escribe("Banco Ficticio")
    pago.pagos.cheque.numero.setFocus()
    ana.escribe("0012")
    pago.recibido.setFocus()
    ana.escribe("200")
    ana.tecla(TECLA.Key_A, ALT)
    ana.hasta(lambda: len(pago.pagos.tomados) == 2)
    assert pago.cambio.dice() == ("Cambio", "$0.00") or pago.cambio.dice()[0] == "Cambio"
    _metodo(ana, pago, TECLA.Key_T, "tarjeta")
    assert pago.recibido.text() == formato(pago.total - 300)[1:]
    ana.escribe("1234")
    ana.tecla(TECLA.Key_Tab)
    ana.escribe("998877")
    assert sin_nombre(pago) == []
    ana.tecla(ENTER)
    ana.dialogo(DoneDialog)
    [orden] = (o for o in ana.runner.ordenes if isinstance(o, Cobro))
    assert [(p.forma, p.recibido) for p in orden.pagos] == [
        ("01", pesos("100")),
        ("02", pesos("200")),
        ("04", orden.total - 300),
    ]
    assert recibos(municipio) == 1
    assert "cheque nominativo $200.00" in ana.textos()


def test_wrong_data_is_said_beside_its_field_and_nothing_typed_is_lost(ana, municipio):
    ana.abre_cuenta("pena")
    ana.tecla(F12)
    pago = ana.dialogo(PaymentDialog)
    _metodo(ana, pago, TECLA.Key_T, "tarjeta")
    ana.escribe("12")
    ana.tecla(ENTER)
    tarjeta = pago.pagos.tarjeta
    assert "cuatro dígitos" in tarjeta.campos["ultimos"].error()
    assert tarjeta.ultimos.text() == "12"
    ana.escribe("34")
    ana.tecla(ENTER)
    assert "autorización" in tarjeta.campos["autorizacion"].error()
    pago.recibido.setFocus()
    ana.escribe("999999")
    assert "el cambio sólo sale de efectivo" in pago.campo.error()
    assert not pago.boton.isEnabled()
    _metodo(ana, pago, TECLA.Key_F, "03")
    ana.escribe("Banco Ficticio")
    pago.pagos.transferencia.numero.setText("RASTREO-1")
    pago.pagos.transferencia.fecha.setText("31/12/2199")
    ana.tecla(ENTER)
    assert pago.pagos.transferencia.campos["fecha"].error()
    _metodo(ana, pago, TECLA.Key_T, "tarjeta")
    assert (tarjeta.ultimos.text(), tarjeta.monto.text()) == ("1234", "999999")
    assert recibos(municipio) == 0


def test_a_part_already_taken_can_be_taken_out(ana):
    ana.abre_cuenta("pena")
    ana.tecla(F12)
    pago = ana.dialogo(PaymentDialog)
    ana.escribe("100")
    ana.tecla(TECLA.Key_A, ALT)
    ana.hasta(lambda: pago.pagos.tomados)
    [quitar] = pago.pagos._lista.findChildren(type(pago.boton))
    assert quitar.accessibleName() == "Quitar efectivo de $100.00"
    quitar.click()
    assert pago.pagos.tomados == ()
    assert pago.recibido.text() == formato(pago.total)[1:]


def test_an_older_overdue_debt_cannot_be_unmarked_and_the_screen_says_why(ana):
    ana.abre_cuenta("pena")
    viejo = ana.calle.cuenta.marcados()[0]
    ana.tecla(TECLA.Key_Space)
    assert len(ana.calle.cuenta.marcados()) == 3
    assert f"{viejo.ejercicio} se cobra primero" in ana.calle.cuenta.aviso()
    ana.calle.cuenta.todo.click()
    assert ana.calle.cuenta.marcados() == ()
    ana.calle.cuenta.tabla.elegir(1)
    ana.calle.cuenta.enfocar()
    ana.tecla(TECLA.Key_Space)
    assert [c.ejercicio for c in ana.calle.cuenta.marcados()] == [viejo.ejercicio, viejo.ejercicio + 1]


def test_where_the_law_allows_a_debt_to_wait_the_reason_is_asked_before_charging(crear_base, sentar):
    base = crear_base("sqlite", VALLE)
    crear_predios(base, anios=3)
    ana = _sentar(base, sentar)
    ana.abre_cuenta("pena")
    ana.tecla(TECLA.Key_Space)
    assert len(ana.calle.cuenta.marcados()) == 2
    assert "se le pedirá el motivo" in ana.calle.cuenta.aviso()
    ana.tecla(F12)
    pago = ana.dialogo(PaymentDialog)
    assert pago.focusWidget() is pago.modo.motivo
    assert pago.boton.text().strip() == "Escriba el motivo"
    ana.tecla(ENTER)
    assert recibos(base) == 0
    ana.escribe("Litigio en curso")
    ana.tecla(ENTER)
    ana.dialogo(DoneDialog)
    assert consulta(base, "SELECT nota FROM hacienda_operacion") == [("Litigio en curso",)]


def test_a_misspelt_name_says_what_it_found_instead(ana):
    ana.escribe("penz")
    ana.hasta(ana.resultados)
    assert "No hay «penz»; parecidos:" in ana.textos()
    ana.tecla(TECLA.Key_Backspace)
    ana.hasta(lambda: "parecidos" not in ana.textos())
    assert ana.resultados()


def test_a_folio_that_leads_nowhere_is_said_where_the_results_would_be(ana):
    ana.escribe("12345678901234")
    ana.hasta(lambda: "No hay una orden de pago con el folio" in ana.textos())
    assert not ana.resultados()
    assert "No hay nada que cobrar" in ana.textos()


def test_a_scan_opens_its_account_from_anywhere_and_nothing_else(ana, tres):
    assert ana.caja.al_escanear(tres[1].clave)
    ana.hasta(ana.calle.con_detalle)
    assert ana.calle.cuenta.cuenta.clave == tres[1].clave
    assert ana.caja.al_escanear("ESTO-NO-ES-NADA")
    ana.hasta(lambda: "Nada con esas letras" in ana.textos())
    assert ana.calle.cuenta.cuenta.clave == tres[1].clave


def test_the_folio_of_a_receipt_leads_to_its_account_and_says_that_it_is_paid(ana):
    ana.abre_cuenta("pena")
    clave = ana.calle.cuenta.cuenta.clave
    ana.tecla(F12)
    ana.dialogo(PaymentDialog)
    ana.tecla(ENTER)
    ana.dialogo(DoneDialog)
    ana.hasta(lambda: ana.calle.papel.estado == "impreso")
    etiqueta = ana.calle.papel.papeles[0].recibo.etiqueta
    ana.qtbot.wait(600)
    ana.tecla(ENTER)
    ana.sin_dialogo()
    ana.escribe(etiqueta.lower())
    ana.hasta(lambda: f"El recibo {etiqueta} del" in ana.textos())
    assert "ya está pagado" in ana.textos()
    [hallado] = ana.resultados()
    assert hallado.detalle.startswith(clave)


def test_letters_typed_fast_at_the_search_are_not_lost_to_the_plus_key(ana):
    QTest.keyClicks(ana.calle.buscador.campo, "a+b")
    assert ana.calle.buscador.campo.text() == "a+b"
