import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lerdo_desk.ui import tokens
from lerdo_desk.ui.search import Result, SearchBox

RESULTADOS = [
    Result("c1", "Peña Muñoz José", "U-014582 · Av. Hidalgo 214", "$6,235.19", "bad"),
    Result("c2", "Peña Murillo Rogelio", "R-003341 · Ej. San Jacinto", "Al corriente", "ok"),
]


@pytest.fixture
def caja(qtbot):
    hecha = SearchBox(
        "Cuenta o nombre", nombre="Buscar cuenta", vacio=("Escriba para buscar", "Por clave o nombre.")
    )
    qtbot.addWidget(hecha)
    hecha.resize(306, 400)
    hecha.show()
    qtbot.waitExposed(hecha)
    return hecha


@pytest.fixture
def elegidos(caja):
    lista = []
    caja.elegido.connect(lista.append)
    return lista


def test_each_letter_asks_at_once(caja):
    pedidos = []
    caja.buscar.connect(pedidos.append)
    QTest.keyClicks(caja.campo, "pen")
    assert pedidos == ["p", "pe", "pen"]


def test_the_answer_fills_the_list_and_its_count(caja):
    caja.campo.setText("peña")
    caja.mostrar(RESULTADOS, de="peña")
    assert caja.lista.isVisible()
    assert caja._cuenta.text() == "2 resultados"
    assert caja._ayuda.text() == "Enter abre · ↑↓ recorre"
    assert caja.lista.currentIndex().row() == 0


@pytest.mark.parametrize(("total", "cuenta"), [(1, "1 resultado"), (3120, "Primeros 1 de 3,120")])
def test_the_count_tells_how_many_there_are(caja, total, cuenta):
    caja.campo.setText("peña")
    caja.mostrar(RESULTADOS[:1], de="peña", total=total)
    assert caja._cuenta.text() == cuenta


def test_the_answer_to_an_older_text_is_thrown_away(caja):
    caja.campo.setText("peña m")
    caja.mostrar(RESULTADOS, de="peña")
    assert not caja.lista.isVisible()


def test_arrows_move_and_enter_opens_without_leaving_the_field(caja, elegidos):
    caja.campo.setText("peña")
    caja.mostrar(RESULTADOS, de="peña")
    QTest.keyClick(caja.campo, Qt.Key.Key_Down)
    QTest.keyClick(caja.campo, Qt.Key.Key_Return)
    assert elegidos == ["c2"]
    QTest.keyClick(caja.campo, Qt.Key.Key_Up)
    QTest.keyClick(caja.campo, Qt.Key.Key_Enter)
    assert elegidos == ["c2", "c1"]


def test_a_click_opens(caja, elegidos, qtbot):
    caja.campo.setText("peña")
    caja.mostrar(RESULTADOS, de="peña")
    donde = caja.lista.visualRect(caja.lista.model().index(1, 0)).center()
    QTest.mouseClick(caja.lista.viewport(), Qt.MouseButton.LeftButton, pos=donde)
    assert elegidos == ["c2"]


def test_an_enter_that_comes_before_the_answer_waits_for_it(caja, elegidos):
    QTest.keyClicks(caja.campo, "U-014582")
    QTest.keyClick(caja.campo, Qt.Key.Key_Return)
    assert elegidos == []
    caja.mostrar(RESULTADOS[:1], de="U-014582")
    assert elegidos == ["c1"]


def test_a_hasty_enter_never_chooses_among_several(caja, elegidos):
    QTest.keyClicks(caja.campo, "penas")
    QTest.keyClick(caja.campo, Qt.Key.Key_Return)
    caja.mostrar(RESULTADOS, de="penas")
    assert elegidos == []
    QTest.keyClick(caja.campo, Qt.Key.Key_Return)
    assert elegidos == ["c1"]


def test_typing_on_forgets_the_hasty_enter(caja, elegidos):
    QTest.keyClicks(caja.campo, "U-0")
    QTest.keyClick(caja.campo, Qt.Key.Key_Return)
    QTest.keyClicks(caja.campo, "1")
    caja.mostrar(RESULTADOS[:1], de="U-01")
    assert elegidos == []


def test_enter_on_an_old_list_does_not_open_what_no_longer_answers(caja, elegidos):
    caja.campo.setText("peña")
    caja.mostrar(RESULTADOS[:1], de="peña")
    QTest.keyClicks(caja.campo, " mu")
    QTest.keyClick(caja.campo, Qt.Key.Key_Return)
    assert elegidos == []


def test_nothing_found_says_so_with_what_to_do(caja):
    caja.campo.setText("zzz")
    caja.mostrar([], de="zzz")
    assert caja._cuenta.text() == "Sin resultados"
    assert caja._estado._titulo.text() == "Nada con esas letras"
    assert "«zzz»" in caja._estado._frase.text()


def test_escape_empties_the_field_and_brings_the_first_words_back(caja):
    caja.campo.setText("zzz")
    caja.mostrar([], de="zzz")
    QTest.keyClick(caja.campo, Qt.Key.Key_Escape)
    assert caja.campo.text() == ""
    assert caja._estado._titulo.text() == "Escriba para buscar"
    assert caja._cuenta.text() == ""


def test_a_result_is_read_aloud_whole(caja):
    caja.campo.setText("p")
    caja.mostrar(RESULTADOS, de="p")
    dicho = caja.lista.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert dicho == "Peña Muñoz José, $6,235.19, U-014582 · Av. Hidalgo 214"
    assert caja.lista.accessibleName() == "Resultados de buscar cuenta"


def test_rows_are_58_high_and_never_scroll_sideways(caja):
    caja.campo.setText("p")
    caja.mostrar([Result(n, "Nombre muy largo " * 9, "Domicilio " * 30, "$1.00") for n in range(50)], de="p")
    assert caja.lista.visualRect(caja.lista.model().index(0, 0)).height() == tokens.M.fila_resultado
    assert caja.lista.horizontalScrollBar().maximum() == 0


def test_the_chosen_result_is_painted_with_its_bar(caja, qtbot):
    caja.campo.setText("p")
    caja.mostrar(RESULTADOS, de="p")
    zona = caja.lista.visualRect(caja.lista.model().index(0, 0))
    foto = caja.lista.viewport().grab(zona).toImage()
    medio = zona.height() // 2
    assert foto.pixelColor(3, medio).name().upper() == tokens.CLARO.primary
    assert foto.pixelColor(zona.width() // 2, 6).name().upper() == tokens.CLARO.primary_soft
