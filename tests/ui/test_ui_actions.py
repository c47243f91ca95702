import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from lerdo_desk.ui.actions import Action, ActionSet


@pytest.fixture
def hechos():
    return []


def conjunto(pagina, runner, hechos, prefijo=""):
    return ActionSet(
        pagina,
        runner,
        [
            Action(
                "cobrar", "&Cobrar", "cash", "F12", "caso.cobrar", lambda: hechos.append(f"{prefijo}cobrar")
            ),
            Action("buscar", "Buscar", "search", "F2", None, lambda: hechos.append(f"{prefijo}buscar")),
            Action("ayuda", "Ayuda", "", "F1", None, lambda: hechos.append("ayuda"), en_barra=False),
        ],
    )


@pytest.fixture
def pagina(qtbot):
    hecha = QWidget()
    QVBoxLayout(hecha)
    qtbot.addWidget(hecha)
    with qtbot.waitActive(hecha):
        hecha.show()
        hecha.activateWindow()
    return hecha


def test_a_key_does_its_action_only_while_the_page_is_active(pagina, runner, hechos):
    acciones = conjunto(pagina, runner, hechos)
    QTest.keyClick(pagina, Qt.Key.Key_F12)
    assert hechos == []
    acciones.activar(True)
    QTest.keyClick(pagina, Qt.Key.Key_F12)
    assert hechos == ["cobrar"]
    acciones.activar(False)
    QTest.keyClick(pagina, Qt.Key.Key_F12)
    assert hechos == ["cobrar"]


def test_the_same_key_in_two_pages_belongs_to_the_one_shown(qtbot, runner, hechos):
    pila = QStackedWidget()
    qtbot.addWidget(pila)
    paginas = [QWidget(), QWidget()]
    juegos = [conjunto(p, runner, hechos, f"{n}-") for n, p in enumerate(paginas)]
    for p in paginas:
        pila.addWidget(p)
    with qtbot.waitActive(pila):
        pila.show()
        pila.activateWindow()
    for numero in (0, 1):
        pila.setCurrentIndex(numero)
        juegos[1 - numero].activar(False)
        juegos[numero].activar(True)
        QTest.keyClick(pila, Qt.Key.Key_F12)
    assert hechos == ["0-cobrar", "1-cobrar"]


def test_what_the_person_may_not_do_is_hidden_and_dead(pagina, runner_que_prohibe, hechos):
    acciones = conjunto(pagina, runner_que_prohibe("caso.cobrar"), hechos)
    boton = acciones.boton("cobrar", "primary")
    pagina.layout().addWidget(boton)
    acciones.activar(True)
    QTest.keyClick(pagina, Qt.Key.Key_F12)
    assert hechos == []
    assert not boton.isVisible() and not boton.isEnabled()
    assert not acciones["cobrar"].isVisible()
    assert not acciones.puede("cobrar") and acciones.puede("buscar")
    assert acciones.teclas() == (("F2", "Buscar"),)


def test_a_button_does_the_action_and_shows_its_key(pagina, runner, hechos):
    acciones = conjunto(pagina, runner, hechos)
    boton = acciones.boton("cobrar", "primary", grande=True)
    pagina.layout().addWidget(boton)
    acciones.activar(True)
    QTest.mouseClick(boton, Qt.MouseButton.LeftButton)
    assert hechos == ["cobrar"]
    assert boton.text().endswith("F12") and boton.accessibleName() == "Cobrar"


def test_a_disabled_action_says_why_and_leaves_the_status_bar(pagina, runner, hechos, qtbot):
    acciones = conjunto(pagina, runner, hechos)
    boton = acciones.boton("cobrar")
    pagina.layout().addWidget(boton)
    acciones.activar(True)
    with qtbot.waitSignal(acciones.cambiaron):
        acciones.habilitar("cobrar", False, "Falta dinero")
    QTest.keyClick(pagina, Qt.Key.Key_F12)
    assert hechos == []
    assert not boton.isEnabled() and boton.toolTip() == "Falta dinero"
    assert boton.accessibleDescription() == "Falta dinero"
    assert acciones.teclas() == (("F2", "Buscar"),)
    acciones.habilitar("cobrar", True)
    QTest.keyClick(pagina, Qt.Key.Key_F12)
    assert hechos == ["cobrar"] and boton.toolTip() == ""


def test_the_status_bar_names_the_keys_without_mnemonics(pagina, runner, hechos):
    assert conjunto(pagina, runner, hechos).teclas() == (("F12", "Cobrar"), ("F2", "Buscar"))


def test_a_key_held_down_acts_once(pagina, runner, hechos):
    assert not conjunto(pagina, runner, hechos)["cobrar"].autoRepeat()
