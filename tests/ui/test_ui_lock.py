import threading

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout

from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.config import Configuracion
from lerdo_desk.ui.a11y import sin_nombre
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.dialogs import Dialog
from lerdo_desk.ui.links import Enlaces
from lerdo_desk.ui.messages import ErrorDialog
from lerdo_desk.ui.pages import Page, Pagina
from lerdo_desk.ui.window import Entorno, Ventana

FRASE, SECRETO = "la frase de la cajera", "Adeudo de Juana Inventada: $1,250.00"
CONTROL = Qt.KeyboardModifier.ControlModifier


class PaginaConSecreto(Page):
    """Shows something that nobody else may read, and has a key."""

    def __init__(self, servicios):
        super().__init__()
        self.pulsadas = []
        self.campo = QLineEdit()
        self.campo.setAccessibleName("Campo")
        caja = QVBoxLayout(self)
        caja.addWidget(QLabel(SECRETO))
        caja.addWidget(self.campo)
        self.acciones = ActionSet(
            self,
            servicios.runner,
            [Action("x", "Cobrar", "cash", "F12", None, lambda: self.pulsadas.append(1))],
        )

    def al_entrar(self):
        self.campo.setFocus()


@pytest.fixture
def sala(qtbot, jobs):
    """A window whose clock the test moves and whose password is FRASE."""

    def comprobar(frase):
        if frase == "sin red":
            raise ErrorDeEntorno("No hay conexión con la base de datos; revise la red.")
        if frase != FRASE:
            raise ErrorDeUso("Usuario o contraseña incorrectos; revíselos.", "frase")

    paginas = [
        Pagina("cobro", "Cobro", "home", "Caja", PaginaConSecreto),
        Pagina("otra", "Otra", "home", "Caja", lambda _s: QLabel("otra")),
    ]
    ventana = Ventana(
        jobs,
        jobs.runner,
        Configuracion("sqlite:///x", bloqueo_minutos=2),
        paginas,
        Entorno("M", "B", "Cajera"),
        Enlaces(comprobar=comprobar),
    )
    ventana.ahora = 0.0
    ventana.candado = ventana.resguardo.candado
    ventana.candado._reloj = lambda: ventana.ahora
    ventana.candado.poner_minutos(2)
    qtbot.addWidget(ventana)
    with qtbot.waitActive(ventana):
        ventana.show()
        ventana.activateWindow()
    return ventana


def pasar(ventana, segundos):
    ventana.ahora += segundos
    ventana.candado.mirar()


def abrir(ventana, frase=FRASE):
    ventana.resguardo.pagina.frase.setText(frase)
    QTest.keyClick(ventana.resguardo.pagina.frase, Qt.Key.Key_Return)


def legible(raiz):
    """Collect what a screen reader finds visible below a window."""
    dichos, interfaz = [], QAccessible.queryAccessibleInterface(raiz)
    pendientes = [interfaz]
    while pendientes:
        actual = pendientes.pop()
        if actual.state().invisible and actual is not interfaz:
            continue
        dichos += [actual.text(QAccessible.Text.Name), actual.text(QAccessible.Text.Value)]
        pendientes += [h for n in range(actual.childCount()) if (h := actual.child(n)) is not None]
    return "\n".join(filter(None, dichos))


def test_two_idle_minutes_lock_after_a_warning_of_thirty_seconds(sala):
    pasar(sala, 89)
    assert sala.candado.aviso() == "" and not sala.candado.activo
    pasar(sala, 1)
    assert "se bloqueará en 30 s" in sala.candado.aviso()
    pasar(sala, 20)
    assert "en 10 s" in sala.candado.aviso()
    pasar(sala, 10)
    assert sala.candado.activo and sala.candado.aviso() == ""
    assert sala.resguardo.pagina.motivo() == "Se bloqueó porque pasaron 2 minutos sin actividad."


@pytest.mark.parametrize("senal", ["tecla", "raton"])
def test_a_sign_of_life_takes_the_warning_away_and_begins_anew(sala, senal):
    pasar(sala, 100)
    assert sala.candado.aviso()
    if senal == "tecla":
        QTest.keyClick(sala.windowHandle(), "a")
    else:
        QTest.mouseMove(sala.windowHandle(), QPoint(40, 40))
        QTest.mouseMove(sala.windowHandle(), QPoint(80, 80))
        QApplication.processEvents()
    assert sala.candado.aviso() == ""
    pasar(sala, 89)
    assert not sala.candado.activo and sala.candado.aviso() == ""


def test_what_was_on_screen_is_neither_seen_nor_spoken(sala):
    assert SECRETO in legible(sala)
    QTest.keyClick(sala, Qt.Key.Key_L, CONTROL)
    assert sala.candado.activo
    assert SECRETO not in legible(sala) and "Sesión bloqueada" in legible(sala)
    assert not sala.widget_de("cobro").isVisible()
    assert sin_nombre(sala.resguardo.pagina) == []
    assert sala.focusWidget() is sala.resguardo.pagina.frase


def test_no_key_works_below_and_esc_does_nothing(sala):
    sala.resguardo.bloquear()
    for tecla, con in ((Qt.Key.Key_F12, None), (Qt.Key.Key_2, CONTROL), (Qt.Key.Key_Escape, None)):
        QTest.keyClick(sala, tecla, con or Qt.KeyboardModifier.NoModifier)
    assert sala.candado.activo and sala.pagina_actual() == "cobro"
    assert sala.widget_de("cobro").pulsadas == []
    abrir(sala)
    assert sala.resguardo.pagina.frase.text() == ""


@pytest.mark.parametrize(
    "frase, dicho", [("otra", "Usuario o contraseña incorrectos; revíselos."), ("sin red", "No hay conexión")]
)
def test_another_password_does_not_open_and_is_told_in_words(sala, qtbot, frase, dicho):
    sala.resguardo.bloquear()
    abrir(sala, frase)
    qtbot.waitUntil(lambda: sala.resguardo.pagina.campo.error() != "")
    assert sala.candado.activo and sala.resguardo.pagina.campo.error().startswith(dicho)
    sala.resguardo.pagina.frase.undo()
    assert sala.resguardo.pagina.frase.text() == ""
    abrir(sala)
    qtbot.waitUntil(lambda: not sala.candado.activo)


def test_an_empty_password_is_not_even_tried(sala):
    sala.resguardo.bloquear()
    abrir(sala, "")
    assert sala.resguardo.pagina.campo.error() == "Escriba su contraseña."


def test_the_same_password_brings_back_page_focus_and_keys(sala, qtbot):
    sala.widget_de("cobro").campo.setText("borrador")
    sala.resguardo.bloquear()
    abrir(sala)
    qtbot.waitUntil(lambda: not sala.candado.activo)
    assert sala.widget_de("cobro").isVisible() and sala.widget_de("cobro").campo.text() == "borrador"
    assert sala.focusWidget() is sala.widget_de("cobro").campo
    QTest.keyClick(sala, Qt.Key.Key_F12)
    assert sala.widget_de("cobro").pulsadas == [1]


@pytest.fixture
def dialogos(sala, qtbot):
    """A dialog over the window and another over it, each with a draft."""
    hechos, encima = [], sala
    for n in (1, 2):
        dialogo = Dialog(f"Dialogo {n}", encima)
        dialogo.campo = QLineEdit(f"borrador {n}")
        dialogo.caja.addWidget(dialogo.campo)
        dialogo.open()
        qtbot.waitUntil(lambda d=dialogo: QGuiApplication.focusWindow() is d.windowHandle())
        hechos.append(dialogo)
        encima = dialogo
    yield hechos
    for dialogo in reversed(hechos):
        dialogo.reject()


def test_dialogs_do_not_stop_the_lock_and_come_back_as_they_were(sala, dialogos, qtbot):
    oidos = []
    for dialogo in dialogos:
        dialogo.finished.connect(oidos.append)
    pasar(sala, 100)
    assert sala.candado.aviso() and sala.candado._aviso.parent() is dialogos[1]
    QTest.keyClick(dialogos[1].windowHandle(), Qt.Key.Key_L, CONTROL)
    assert sala.candado.activo and not any(d.isVisible() for d in dialogos) and oidos == []
    abrir(sala)
    qtbot.waitUntil(lambda: not sala.candado.activo)
    assert all(d.isVisible() and d.isModal() for d in dialogos)
    assert [d.campo.text() for d in dialogos] == ["borrador 1", "borrador 2"]
    assert QApplication.activeModalWidget() is dialogos[1]


def test_a_dialog_whose_work_ends_meanwhile_does_not_come_back(sala, dialogos, qtbot):
    sala.resguardo.bloquear()
    dialogos[1].accept()
    abrir(sala)
    qtbot.waitUntil(lambda: not sala.candado.activo)
    assert dialogos[0].isVisible() and not dialogos[1].isVisible()


def test_work_goes_on_and_what_it_says_waits(sala, qtbot, jobs, fallar):
    puerta, hecho = threading.Event(), []
    jobs.escribir(None, lambda a, c: puerta.wait(5), hecho.append, fallar)
    sala.resguardo.bloquear()
    puerta.set()
    qtbot.waitUntil(lambda: hecho == [True])
    sala.avisar("Se cobró.", "ok")
    sala.mostrar_error(ErrorDeEntorno("No hay papel."))
    suelto = Dialog("Cobrado", sala)
    suelto.open()
    qtbot.waitUntil(lambda: not suelto.isVisible())
    assert sala._toasts.vivos() == [] and sala.findChildren(ErrorDialog) == []
    abrir(sala)
    qtbot.waitUntil(lambda: not sala.candado.activo)
    assert [t.texto for t in sala._toasts.vivos()] == ["Se cobró."]
    assert suelto.isVisible() and suelto.windowOpacity() == 1.0
    sala.findChild(ErrorDialog).reject()
    suelto.reject()


def test_the_way_out_is_to_end_the_session(sala, qtbot):
    sala.resguardo.bloquear()
    with qtbot.waitSignal(sala.salir):
        sala.resguardo.pagina.fuera.click()
    assert sala.candado.activo and SECRETO not in legible(sala)
    siguiente = QLabel("Iniciar sesión")
    qtbot.addWidget(siguiente)
    with qtbot.waitExposed(siguiente):
        siguiente.show()
    QApplication.processEvents()
    assert siguiente.isVisible()
