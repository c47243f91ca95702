import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from lerdo_desk.base.errores import Cancelado, ErrorDeEntorno, ErrorDeUso
from lerdo_desk.config import Configuracion, Impresion
from lerdo_desk.ui import tokens
from lerdo_desk.ui.a11y import sin_nombre
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.messages import Banner, ErrorDialog
from lerdo_desk.ui.pages import Page, Pagina
from lerdo_desk.ui.progress import BusyLine
from lerdo_desk.ui.window import SIN_PAGINAS, Entorno, Ventana


class PaginaDePrueba(Page):
    """A page that writes down what happens to it."""

    def __init__(self, servicios, clave, diario):
        super().__init__()
        self.servicios, self.clave, self.diario = servicios, clave, diario
        self.campo = QLineEdit()
        self.campo.setAccessibleName("Campo")
        QVBoxLayout(self).addWidget(self.campo)
        accion = Action(
            "hacer", f"Hacer {clave}", "check", "F12", None, lambda: diario.append(f"F12 {clave}")
        )
        self.acciones = ActionSet(self, servicios.runner, [accion])
        diario.append(f"nace {clave}")

    def al_entrar(self):
        self.diario.append(f"entra {self.clave}")
        self.campo.setFocus()

    def al_salir(self):
        self.diario.append(f"sale {self.clave}")


@pytest.fixture
def diario():
    return []


@pytest.fixture
def abrir(qtbot, jobs, diario, tmp_path):
    def hacer(*, runner=None, capacitacion=False, ancho=1366):
        def pagina(clave, direccion, caso=None, abajo=False):
            return Pagina(
                clave,
                clave.title(),
                "home",
                direccion,
                lambda s: PaginaDePrueba(s, clave, diario),
                caso,
                abajo,
            )

        paginas = [
            pagina("cobro", "Caja"),
            pagina("turno", "Caja"),
            pagina("predial", "Predial", caso="predial.ver"),
            Pagina("simple", "Simple", "home", "Simple", lambda s: QLabel("sin nada")),
            pagina("sistema", "Sistema", abajo=True),
        ]
        config = Configuracion(url="sqlite:///x", impresion={"recibo": Impresion(carpeta=tmp_path / "papel")})
        entorno = Entorno("Municipio de Prueba", "Base local", "Cajera", capacitacion, "0.0")
        ventana = Ventana(jobs, runner or jobs.runner, config, paginas, entorno)
        ventana.resize(ancho, 728)
        qtbot.addWidget(ventana)
        with qtbot.waitActive(ventana):
            ventana.show()
            ventana.activateWindow()
        return ventana

    return hacer


def test_a_page_is_made_when_it_is_first_shown_and_only_then(abrir, diario):
    ventana = abrir()
    assert diario == ["nace cobro", "entra cobro"]
    ventana.ir("turno")
    ventana.ir("cobro")
    assert diario[2:] == ["sale cobro", "nace turno", "entra turno", "sale turno", "entra cobro"]
    assert ventana.widget_de("predial") is None


def test_a_page_that_may_not_be_seen_is_not_there(abrir, runner_que_prohibe):
    ventana = abrir(runner=runner_que_prohibe("predial.ver"))
    with pytest.raises(KeyError):
        ventana.ir("predial")
    with pytest.raises(KeyError):
        ventana._lateral.boton("predial")


def test_a_person_without_any_page_is_told_so_and_can_still_leave(qtbot, jobs):
    entorno = Entorno("Municipio de Prueba", "Base local", "Nadie")
    ventana = Ventana(jobs, jobs.runner, Configuracion(url="sqlite:///x"), [], entorno)
    qtbot.addWidget(ventana)
    with qtbot.waitActive(ventana):
        ventana.show()
        ventana.activateWindow()
    dicho = [r.text() for r in ventana.findChildren(QLabel) if r.isVisible()]
    assert set(SIN_PAGINAS) <= set(dicho)
    assert ventana.focusWidget() is ventana._superior.persona
    assert ventana.pagina_actual() == "" and sin_nombre(ventana) == []


def test_the_same_key_serves_the_page_that_is_shown(abrir, diario):
    ventana = abrir()
    QTest.keyClick(ventana, Qt.Key.Key_F12)
    ventana.ir("turno")
    QTest.keyClick(ventana, Qt.Key.Key_F12)
    assert [d for d in diario if d.startswith("F12")] == ["F12 cobro", "F12 turno"]


def test_the_status_bar_shows_the_keys_of_the_page(abrir):
    ventana = abrir()
    assert ventana._estado.teclas() == (("F12", "Hacer cobro"),)
    ventana.ir("turno")
    assert ventana._estado.teclas() == (("F12", "Hacer turno"),)
    ventana.widget_de("turno").acciones.habilitar("hacer", False, "Abra la caja")
    assert ventana._estado.teclas() == ()
    ventana.ir("simple")
    assert ventana._estado.teclas() == ()


def test_control_and_a_number_goes_to_a_page(abrir):
    ventana = abrir()
    QTest.keyClick(ventana, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert ventana.pagina_actual() == "turno"
    assert ventana.windowTitle() == "Lerdo Desk · Turno"
    assert ventana._superior.titulo() == "Turno"


def test_a_click_in_the_sidebar_goes_to_the_page_and_marks_it(abrir):
    ventana = abrir(ancho=1600)
    for clave in ("predial", "predial", "sistema"):
        QTest.mouseClick(ventana._lateral.boton(clave), Qt.MouseButton.LeftButton)
        assert ventana.pagina_actual() == clave
        marcadas = [
            c
            for c in ("cobro", "turno", "predial", "simple", "sistema")
            if ventana._lateral.boton(c).isChecked()
        ]
        assert marcadas == [clave]


def test_the_sidebar_folds_by_itself_below_1500_pixels(abrir):
    ventana = abrir(ancho=1366)
    assert ventana._lateral.corta and ventana._lateral.width() == 60
    assert ventana._lateral.boton("cobro").toolTip() == "Cobro"
    ventana.resize(1600, 800)
    assert not ventana._lateral.corta and ventana._lateral.width() == 208


def test_the_persons_choice_of_sidebar_outlives_a_resize(abrir):
    ventana = abrir(ancho=1366)
    QTest.mouseClick(ventana._lateral._doblar, Qt.MouseButton.LeftButton)
    assert not ventana._lateral.corta
    ventana.resize(1400, 728)
    assert not ventana._lateral.corta


def test_the_arrows_move_in_the_sidebar(abrir):
    ventana = abrir()
    ventana._lateral.boton("cobro").setFocus()
    QTest.keyClick(ventana._lateral.boton("cobro"), Qt.Key.Key_Down)
    assert ventana._lateral.boton("turno").hasFocus()
    QTest.keyClick(ventana._lateral.boton("turno"), Qt.Key.Key_Space)
    assert ventana.pagina_actual() == "turno"


def test_the_first_focus_is_the_main_field_never_the_sidebar(abrir):
    ventana = abrir()
    assert ventana.focusWidget() is ventana.widget_de("cobro").campo


def test_training_is_told_across_the_window(abrir):
    assert abrir(capacitacion=True).findChild(Banner).texto().startswith("CAPACITACIÓN")
    assert abrir().findChildren(Banner) == []


def test_the_till_the_server_and_waiting_things_are_shown(abrir):
    ventana = abrir()
    assert not ventana._superior.caja.isVisible()
    ventana.servicios.caja("Caja 03 abierta · fondo $1,500.00", "ok")
    assert ventana._superior.caja.isVisible()
    assert ventana._superior.caja.accessibleName() == "Caja 03 abierta · fondo $1,500.00"
    ventana.estado_de_servidor("Sin conexión", False)
    assert ventana._estado._servidor.texto() == "Sin conexión"
    ventana.insignia("predial", "7")
    assert ventana._lateral.boton("predial").accessibleDescription() == "7 pendientes"


def test_errors_take_the_form_that_suits_them(abrir, qtbot):
    ventana = abrir()
    ventana.servicios.error(ErrorDeUso("El recibo ya está cancelado."))
    ventana.servicios.error(Cancelado())
    assert ventana._toasts.vivos()[0].texto == "El recibo ya está cancelado."
    assert not ventana.findChildren(ErrorDialog)
    ventana.servicios.error(ErrorDeEntorno("No hay conexión."))
    dialogo = ventana.findChild(ErrorDialog)
    assert dialogo.isVisible()
    dialogo.reject()


def test_a_toast_keeps_off_the_strip_that_the_page_reserves(abrir):
    ventana = abrir()
    ventana.widget_de("cobro").reserva_abajo = 120
    toast = ventana.servicios.avisar("Guardado.")
    assert toast.geometry().bottom() < ventana._centro.height() - 120


def test_the_theme_button_and_the_menu_change_the_theme(abrir, tema_claro):
    ventana = abrir()
    QTest.mouseClick(ventana._superior.tema, Qt.MouseButton.LeftButton)
    assert tema_claro.paleta is tokens.OSCURO
    opciones = {a.text(): a for a in ventana._superior.persona.menu().actions()}
    opciones["Tema: alto contraste"].trigger()
    assert tema_claro.paleta is tokens.ALTO


def test_the_menu_ends_the_session(abrir, qtbot):
    ventana = abrir()
    salir = next(a for a in ventana._superior.persona.menu().actions() if a.text() == "Cerrar sesión")
    with qtbot.waitSignal(ventana.salir):
        salir.trigger()


def test_long_work_shows_the_busy_line(abrir, qtbot, jobs, fallar):
    ventana, puerta = abrir(), threading.Event()
    linea = ventana.findChild(BusyLine)
    jobs.hacer(lambda: puerta.wait(5), lambda _: None, fallar)
    assert not linea.isVisible()
    qtbot.waitUntil(linea.isVisible)
    puerta.set()
    qtbot.waitUntil(lambda: not linea.isVisible())


def test_closing_waits_until_what_is_being_saved_is_saved(abrir, qtbot, jobs, fallar):
    ventana, puerta, orden = abrir(), threading.Event(), []
    ventana.cerrada.connect(lambda: orden.append("cerrada"))
    jobs.escribir(None, lambda a, c: puerta.wait(5), lambda _: orden.append("guardado"), fallar)
    assert not ventana.close() and not ventana.close()
    assert ventana.isVisible() and len(ventana._toasts.vivos()) == 1
    puerta.set()
    qtbot.waitUntil(lambda: orden == ["guardado", "cerrada"])
    assert not ventana.isVisible()


def test_printing_goes_through_a_thread_to_where_the_station_says(abrir, qtbot, tmp_path, fallar):
    ventana, hecho = abrir(), []
    ventana.servicios.imprimir("recibo", b"%PDF-1.7", "CAP-1.pdf", hecho.append, fallar)
    qtbot.waitUntil(lambda: bool(hecho))
    assert (tmp_path / "papel" / "CAP-1.pdf").read_bytes() == b"%PDF-1.7"


@pytest.mark.parametrize("capacitacion", [True, False])
def test_a_screen_reader_can_name_everything_that_takes_the_focus(abrir, capacitacion):
    ventana = abrir(capacitacion=capacitacion)
    ventana.avisar("No hay papel.", "bad", ("Reimprimir", print))
    ventana.mostrar_error(ErrorDeEntorno("No hay conexión."))
    assert sin_nombre(ventana) == []


def test_the_audit_finds_what_has_no_name(qtbot):
    raiz = QWidget()
    qtbot.addWidget(raiz)
    QLineEdit(raiz).setObjectName("mudo")
    assert sin_nombre(raiz) == ["QLineEdit(mudo)"]


def test_the_window_fits_the_smallest_screen(abrir):
    ventana = abrir()
    assert ventana.minimumSizeHint().width() <= 1280
    assert ventana.minimumSizeHint().height() <= 700
    assert (ventana.width(), ventana.height()) == (1366, 728)
