import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from lerdo_desk.config import Configuracion
from lerdo_desk.ui.dialogs import Dialog
from lerdo_desk.ui.form import MoneyField
from lerdo_desk.ui.notes import Banner
from lerdo_desk.ui.pages import Page, Pagina
from lerdo_desk.ui.scanner import Scanner
from lerdo_desk.ui.window import Entorno, Ventana

CODIGO = "R1|10012|A|000000123|000000123456|ABCDEF012345"
ENTER = Qt.Key.Key_Return


class Reloj:
    """A second hand that the test moves."""

    def __init__(self):
        self.ahora = 0.0

    def __call__(self, _tecla):
        return self.ahora


def teclear(ventana, reloj, texto, paso, final=ENTER):
    """Type on the window of the system, as a keyboard does: seconds between keys, then Enter or Tab."""
    for letra in texto:
        reloj.ahora += paso
        QTest.keyClick(ventana.windowHandle(), letra)
    if final is not None:
        reloj.ahora += paso
        QTest.keyClick(ventana.windowHandle(), final)


@pytest.fixture
def sala(qtbot):
    """A window with fields and a default-like button that writes down each Enter, and its scanner."""

    class Sala(QWidget):
        def __init__(self):
            super().__init__()
            self.reloj, self.leidos, self.pulsados = Reloj(), [], []
            self.campo, self.monto, self.nota = QLineEdit(), MoneyField(), QPlainTextEdit()
            boton = QPushButton("Cobrar")
            boton.clicked.connect(lambda: self.pulsados.append("boton"))
            self.campo.returnPressed.connect(lambda: self.pulsados.append("enter"))
            self.monto.returnPressed.connect(lambda: self.pulsados.append("enter"))
            caja = QVBoxLayout(self)
            for parte in (self.campo, self.monto, self.nota, boton):
                caja.addWidget(parte)
            self.lector = Scanner(self, self.reloj)
            self.lector.leido.connect(self.leidos.append)

    hecha = Sala()
    qtbot.addWidget(hecha)
    with qtbot.waitActive(hecha):
        hecha.show()
        hecha.activateWindow()
    hecha.lector.vigilar(hecha.windowHandle())
    hecha.campo.setFocus()
    return hecha


@pytest.mark.parametrize("final", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_scan_leaves_the_field_clean_and_its_enter_presses_nothing(sala, final):
    teclear(sala, sala.reloj, CODIGO, 0.004, final)
    assert sala.leidos == [CODIGO]
    assert sala.campo.text() == "" and sala.pulsados == []
    assert sala.campo.hasFocus()


@pytest.mark.parametrize("paso", [0.110, 0.060, 0.036])
def test_a_person_who_types_only_writes(sala, paso):
    teclear(sala, sala.reloj, "pena munoz", paso)
    assert sala.leidos == [] and sala.campo.text() == "pena munoz" and sala.pulsados == ["enter"]


def test_five_quick_letters_are_no_scan_and_six_are(sala):
    teclear(sala, sala.reloj, "12345", 0.004)
    assert sala.leidos == [] and sala.campo.text() == "12345"
    sala.campo.clear()
    teclear(sala, sala.reloj, "123456", 0.004)
    assert sala.leidos == ["123456"] and sala.campo.text() == ""


def test_a_scan_over_a_selected_amount_leaves_the_amount_selected(sala):
    sala.monto.setFocus()
    sala.monto.setText("500")
    sala.monto.selectAll()
    teclear(sala, sala.reloj, "0123456789012", 0.004)
    assert sala.leidos == ["0123456789012"]
    assert (sala.monto.text(), sala.monto.selectedText()) == ("500", "500")


def test_what_was_typed_before_a_pause_stays_and_is_no_part_of_the_code(sala):
    teclear(sala, sala.reloj, "abc", 0.004, None)
    sala.reloj.ahora += 0.101
    oidos = []
    sala.campo.textEdited.connect(oidos.append)
    teclear(sala, sala.reloj, "R1-000123", 0.004)
    assert sala.leidos == ["R1-000123"] and sala.campo.text() == "abc"
    assert oidos[-1] == "abc"


def test_a_scan_in_a_long_text_or_without_a_field_is_taken_too(sala):
    sala.nota.setFocus()
    sala.nota.setPlainText("motivo")
    teclear(sala, sala.reloj, "R1-000123", 0.004)
    assert sala.nota.toPlainText() == "motivo"
    sala.findChild(QPushButton).setFocus()
    teclear(sala, sala.reloj, "R1-000124", 0.004)
    assert sala.leidos == ["R1-000123", "R1-000124"] and sala.pulsados == []


def test_a_late_enter_a_key_held_down_and_an_order_end_no_scan(sala):
    teclear(sala, sala.reloj, "1234567", 0.004, None)
    sala.reloj.ahora += 0.2
    QTest.keyClick(sala.windowHandle(), ENTER)
    for _ in range(8):
        sala.reloj.ahora += 0.03
        repetida = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", True)
        QGuiApplication.sendEvent(sala.windowHandle(), repetida)
    QTest.keyClick(sala.windowHandle(), ENTER)
    teclear(sala, sala.reloj, "123456", 0.004, None)
    QTest.keyClick(sala.windowHandle(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(sala.windowHandle(), ENTER)
    assert sala.leidos == []


class PaginaQueLee(Page):
    """Knows the codes that begin with R."""

    def __init__(self, servicios):
        super().__init__()
        self.leidos = []
        self.campo = QLineEdit()
        self.campo.setAccessibleName("Campo")
        QVBoxLayout(self).addWidget(self.campo)

    def al_entrar(self):
        self.campo.setFocus()

    def al_escanear(self, codigo):
        self.leidos.append(codigo)
        return codigo.startswith("R")


@pytest.fixture
def ventana(qtbot, jobs):
    paginas = [Pagina("cobro", "Cobro", "home", "Caja", PaginaQueLee)]
    hecha = Ventana(jobs, jobs.runner, Configuracion("sqlite:///x"), paginas, Entorno("M", "Base", "Cajera"))
    hecha.reloj = Reloj()
    hecha.resguardo.lector._cuando = hecha.reloj
    qtbot.addWidget(hecha)
    with qtbot.waitActive(hecha):
        hecha.show()
        hecha.activateWindow()
    return hecha


def test_the_page_shown_takes_the_code_and_an_unknown_one_is_named(ventana):
    teclear(ventana, ventana.reloj, "R1-000123", 0.004)
    assert ventana.widget_de("cobro").leidos == ["R1-000123"] and ventana._toasts.vivos() == []
    teclear(ventana, ventana.reloj, "7501055300075", 0.004)
    assert [t.texto for t in ventana._toasts.vivos()] == [
        "Ese código no es de un recibo ni de una orden: 7501055300075"
    ]


def test_while_a_dialog_is_open_a_scan_does_nothing_but_say_so(ventana, qtbot):
    dialogo = Dialog("Cobrar", ventana)
    campo, aceptar = QLineEdit("500"), QPushButton("Cobrar")
    dialogo.caja.addWidget(campo)
    dialogo.caja.addWidget(aceptar)
    aceptar.setDefault(True)
    aceptar.clicked.connect(dialogo.accept)
    dialogo.open()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is dialogo.windowHandle())
    campo.setFocus()
    teclear(dialogo, ventana.reloj, "R1-000123", 0.004)
    assert dialogo.isVisible() and campo.text() == "500"
    assert ventana.widget_de("cobro").leidos == []
    assert "termine o cierre primero «Cobrar»" in dialogo.findChild(Banner).texto()
    dialogo.reject()
