import threading
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from lerdo_desk.base.errores import Cancelado, ErrorDeUso
from lerdo_desk.config import Configuracion
from lerdo_desk.ui.a11y import sin_nombre
from lerdo_desk.ui.links import Enlaces
from lerdo_desk.ui.signature import MISMA, SignDialog
from lerdo_desk.ui.window import Entorno, Ventana

FRASE = "frase muy secreta de sara"
LINEAS = ("Recibo CAP-000012 por $1,250.00", "Motivo: error en la cuenta")


@pytest.fixture
def pedir(qtbot, jobs):
    """Open the dialog from a window whose database answers as the test says."""
    abiertas = SimpleNamespace(pedidos=[], listo=[], fallo=[])

    def hacer(responder):
        def firmar(login, frase, caso, orden):
            abiertas.pedidos.append((login, frase, caso, orden))
            return SimpleNamespace(valor=responder(), tablas=frozenset({"recibos"}))

        ventana = Ventana(
            jobs,
            jobs.runner,
            Configuracion("sqlite:///x"),
            [],
            Entorno("M", "B", "Cajera"),
            Enlaces(firmar=firmar),
        )
        qtbot.addWidget(ventana)
        with qtbot.waitActive(ventana):
            ventana.show()
            ventana.activateWindow()
        abiertas.ventana = ventana
        abiertas.dialogo = ventana.servicios.firmar(
            "Cancelar el recibo", LINEAS, "caso", "orden", abiertas.listo.append, abiertas.fallo.append
        )
        assert isinstance(abiertas.dialogo, SignDialog)
        return abiertas

    return hacer


def escribir(dialogo, login, frase):
    dialogo.usuario.setText(login)
    dialogo.usuario.setFocus()
    QTest.keyClick(dialogo.usuario, Qt.Key.Key_Return)
    dialogo.frase.setText(frase)
    QTest.keyClick(dialogo.frase, Qt.Key.Key_Return)


def test_two_enters_sign_and_the_lists_hear_of_it(pedir, qtbot, jobs):
    firma, tocadas = pedir(lambda: "firmado"), []
    jobs.tocadas.connect(tocadas.append)
    dialogo = firma.dialogo
    dialogo.usuario.setText(" Sara.Supervisora ")
    QTest.keyClick(dialogo.usuario, Qt.Key.Key_Return)
    assert dialogo.focusWidget() is dialogo.frase and dialogo.form.campos["frase"].error() == ""
    dialogo.frase.setText(FRASE)
    QTest.keyClick(dialogo.frase, Qt.Key.Key_Return)
    assert dialogo.frase.text() == ""
    qtbot.waitUntil(lambda: firma.listo == ["firmado"])
    assert firma.pedidos == [("sara.supervisora", FRASE, "caso", "orden")]
    assert tocadas == [frozenset({"recibos"})] and firma.fallo == []


def test_who_has_the_session_may_not_sign_and_nothing_is_tried(pedir):
    firma = pedir(lambda: "no")
    firma.dialogo.usuario.setText("PRUEBA")
    QTest.keyClick(firma.dialogo.usuario, Qt.Key.Key_Return)
    assert firma.dialogo.form.campos["usuario"].error() == MISMA
    assert firma.pedidos == []


def test_an_empty_field_is_asked_for(pedir):
    dialogo = pedir(lambda: "no").dialogo
    QTest.keyClick(dialogo.usuario, Qt.Key.Key_Return)
    assert dialogo.form.campos["usuario"].error().startswith("Escriba el usuario")
    dialogo.usuario.setText("sara")
    dialogo.frase.setFocus()
    QTest.keyClick(dialogo.frase, Qt.Key.Key_Return)
    assert dialogo.form.campos["frase"].error().startswith("Escriba la contraseña")


@pytest.mark.parametrize("campo", ["frase", None])
def test_what_the_database_refuses_stands_in_the_dialog_and_the_phrase_is_gone(pedir, qtbot, campo, caplog):
    def rechazar():
        raise ErrorDeUso("Usuario o contraseña incorrectos; revíselos.", campo)

    firma = pedir(rechazar)
    escribir(firma.dialogo, "sara", FRASE)
    qtbot.waitUntil(firma.dialogo.boton.isEnabled)
    dichos = [firma.dialogo.form._general.texto(), firma.dialogo.form.campos["frase"].error()]
    assert "Usuario o contraseña incorrectos; revíselos." in dichos
    assert firma.dialogo.focusWidget() is firma.dialogo.frase and firma.dialogo.usuario.text() == "sara"
    escritos = [c.text() for c in firma.ventana.findChildren(QLineEdit)]
    firma.dialogo.frase.undo()
    assert FRASE not in escritos and firma.dialogo.frase.text() == "" and FRASE not in caplog.text


def test_while_it_is_signed_nothing_is_pressed_twice_nor_left(pedir, qtbot):
    puerta = threading.Event()
    firma = pedir(lambda: puerta.wait(5))
    escribir(firma.dialogo, "sara", FRASE)
    firma.dialogo.boton.click()
    firma.dialogo.reject()
    assert firma.dialogo.isVisible() and firma.fallo == []
    puerta.set()
    qtbot.waitUntil(lambda: firma.listo == [True])
    assert len(firma.pedidos) == 1


def test_esc_gives_up_and_says_that_nobody_signed(pedir):
    firma = pedir(lambda: "no")
    firma.dialogo.frase.setText(FRASE)
    QTest.keyClick(firma.dialogo, Qt.Key.Key_Escape)
    assert [type(e) for e in firma.fallo] == [Cancelado] and firma.listo == []


def test_everything_in_the_dialog_has_a_name(pedir):
    assert sin_nombre(pedir(lambda: "no").dialogo) == []
