import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from lerdo_desk.base.errores import Cancelado, ErrorDeEntorno, ErrorDeUso
from lerdo_desk.ui import messages
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.dialogs import Dialog, Scrim
from lerdo_desk.ui.messages import Banner, ErrorDialog, Note, Toasts, explicar


@pytest.fixture
def fondo(qtbot):
    widget = QWidget()
    widget.resize(900, 600)
    QVBoxLayout(widget)
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    return widget


def romper_con_dato(dato):
    raise KeyError(dato)


def test_what_the_person_can_put_right_is_told_as_it_is():
    dicho = explicar(ErrorDeUso("El recibo A-204117 ya está cancelado.", "folio"))
    assert (dicho.frase, dicho.tono, dicho.detalle) == ("El recibo A-204117 ya está cancelado.", "warn", "")


def test_a_failing_server_brings_the_detail_for_support():
    dicho = explicar(ErrorDeEntorno("No hay conexión con el servidor.", "connection refused"))
    assert (dicho.frase, dicho.tono, dicho.detalle) == (
        "No hay conexión con el servidor.",
        "bad",
        "connection refused",
    )


def test_cancelling_is_no_failure():
    dicho = explicar(Cancelado())
    assert dicho.tono == "info" and "no se guardó nada" in dicho.frase


def test_an_unknown_error_says_where_it_rose_and_never_what_was_read():
    with pytest.raises(KeyError) as capturado:
        romper_con_dato("PEÑA MUÑOZ JOSÉ, RFC PEMJ800101")
    try:
        raise RuntimeError("otra cosa privada") from capturado.value
    except RuntimeError as error:
        dicho = explicar(error)
    assert "Sistemas" in dicho.frase
    assert "RuntimeError" in dicho.detalle and "KeyError" in dicho.detalle
    assert "test_ui_messages.py" in dicho.detalle and "romper_con_dato" in dicho.detalle
    assert "PEÑA" not in dicho.detalle and "privada" not in dicho.detalle
    assert "/work" not in dicho.detalle


def test_good_news_go_by_themselves_and_errors_stay(fondo, qtbot, monkeypatch):
    monkeypatch.setattr(messages, "AVISO_MS", 60)
    avisos = Toasts(fondo)
    bueno, malo = avisos.avisar("Guardado."), avisos.avisar("No hay papel.", "bad")
    assert avisos.vivos() == [bueno, malo]
    qtbot.waitUntil(lambda: avisos.vivos() == [malo])
    qtbot.wait(120)
    assert avisos.vivos() == [malo]


def test_a_toast_stands_5_seconds_as_the_guide_says():
    assert messages.AVISO_MS == 5000


def test_toasts_stack_in_the_corner_above_what_must_stay_visible(fondo):
    avisos = Toasts(fondo, lambda: 100)
    uno, dos = (
        avisos.avisar("Uno."),
        avisos.avisar("Dos, con un texto más largo que ocupa dos renglones enteros."),
    )
    assert dos.geometry().bottom() < 500 and dos.geometry().right() < 900
    assert uno.geometry().bottom() < dos.geometry().top()
    fondo.resize(1200, 700)
    assert dos.geometry().right() > 1100


def test_no_more_than_three_toasts_at_once(fondo):
    avisos = Toasts(fondo)
    for numero in range(5):
        avisos.avisar(f"Aviso {numero}.", "bad")
    assert [toast.texto for toast in avisos.vivos()] == ["Aviso 2.", "Aviso 3.", "Aviso 4."]


def test_the_action_of_a_toast_acts_and_closes_it(fondo):
    hechos = []
    avisos = Toasts(fondo)
    toast = avisos.avisar("No hay papel.", "bad", ("Reimprimir", lambda: hechos.append(1)))
    boton = next(b for b in toast.findChildren(Button) if b.accessibleName() == "Reimprimir")
    QTest.mouseClick(boton, Qt.MouseButton.LeftButton)
    assert hechos == [1] and avisos.vivos() == []


def test_a_long_message_is_shown_whole(fondo):
    toast = Toasts(fondo).avisar("Una frase larga que no cabe en un renglón. " * 4, "warn")
    assert toast.height() >= toast.layout().heightForWidth(toast.width())


def test_a_note_hides_when_it_has_nothing_to_say(fondo, qtbot):
    nota = Note("Falta la UMA del ejercicio.", "warn")
    fondo.layout().addWidget(nota)
    qtbot.waitUntil(nota.isVisible)
    assert nota.accessibleName() == "Falta la UMA del ejercicio."
    nota.poner("", "warn")
    assert not nota.isVisible()
    nota.poner("Otra vez.", "bad")
    assert nota.isVisible() and nota.property("tono") == "bad"
    assert Banner("CAPACITACIÓN").property("clase") == "banner"


def test_the_error_dialog_copies_its_detail(fondo, qtbot):
    dialogo = ErrorDialog(ErrorDeEntorno("No hay conexión.", "timeout 15 s"), fondo)
    dialogo.open()
    qtbot.waitExposed(dialogo)
    QTest.mouseClick(dialogo.copiar, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "timeout 15 s"
    assert dialogo.copiar.accessibleName() == "Detalle copiado"
    QTest.keyClick(dialogo, Qt.Key.Key_Escape)
    assert not dialogo.isVisible()


def test_a_dialog_veils_the_window_and_gives_the_focus_back(fondo, qtbot):
    campo = QLineEdit()
    fondo.layout().addWidget(campo)
    campo.setFocus()
    dialogo = Dialog("Cobrar", fondo)
    dialogo.botones(Button("Cobrar", "primary"))
    dialogo.open()
    qtbot.waitExposed(dialogo)
    velos = fondo.findChildren(Scrim)
    assert len(velos) == 1 and velos[0].size() == fondo.size()
    fondo.resize(1000, 500)
    assert velos[0].size() == fondo.size()
    assert dialogo.width() >= 560 and dialogo.isModal()
    dialogo.reject()
    qtbot.waitUntil(lambda: not fondo.findChildren(Scrim))
    assert fondo.focusWidget() is campo


def test_enter_accepts_with_the_primary_button_and_escape_goes_back(fondo, qtbot):
    pulsados = []
    cobrar = Button("Cobrar", "primary")
    cobrar.clicked.connect(lambda: pulsados.append("cobrar"))
    dialogo = Dialog("Cobrar", fondo)
    dialogo.caja.addWidget(QLineEdit())
    dialogo.botones(cobrar, Button("Borrar", "danger"))
    dialogo.rejected.connect(lambda: pulsados.append("volver"))
    dialogo.open()
    qtbot.waitExposed(dialogo)
    QTest.keyClick(dialogo.findChild(QLineEdit), Qt.Key.Key_Return)
    QTest.keyClick(dialogo, Qt.Key.Key_Escape)
    assert pulsados == ["cobrar", "volver"]
