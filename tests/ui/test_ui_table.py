from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from lerdo_desk.ui import tokens
from lerdo_desk.ui.columns import NADA, Column, TupleModel
from lerdo_desk.ui.table import Table, TableFooter

COLUMNAS = (
    Column("concepto", "Concepto", estira=True),
    Column("vence", "Vence", tipo="fecha", tono=lambda f: "bad" if f[1] < date(2026, 1, 1) else "text"),
    Column("importe", "Importe", tipo="dinero"),
)
FILAS = [
    ("Impuesto predial 2024", date(2024, 1, 31), Decimal("1246.80"), "id-1"),
    ("Impuesto predial 2026", date(2026, 1, 31), Decimal("-187.17"), "id-2"),
    ("Recargos", date(2026, 1, 31), None, "id-3"),
]


@pytest.fixture
def tabla(qtbot):
    hecha = Table(COLUMNAS, nombre="Adeudos", marcable=True, nombre_de_fila=lambda f: f[0])
    qtbot.addWidget(hecha)
    hecha.resize(700, 300)
    hecha.poner(FILAS, marcadas=[0])
    hecha.show()
    qtbot.waitExposed(hecha)
    return hecha


@pytest.mark.parametrize("marcable", [True, False])
def test_the_model_keeps_qts_rules(qtmodeltester, qtbot, marcable):
    modelo = TupleModel(COLUMNAS, marcable=marcable)
    modelo.poner(FILAS, hay_mas=False)
    qtmodeltester.check(modelo, force_py=True)
    modelo.agregar(FILAS)
    assert modelo.rowCount() == 6
    qtmodeltester.check(modelo, force_py=True)


def test_values_are_written_as_the_guide_says(tabla):
    textos = [[tabla.modelo.index(f, c).data() for c in (1, 2, 3)] for f in range(3)]
    assert textos[0] == ["Impuesto predial 2024", "31/01/2024", "1,246.80"]
    assert textos[1][2] == "−187.17"
    assert textos[2][2] == NADA == "–"


@pytest.mark.parametrize(
    ("columna", "valor", "texto"),
    [
        (Column("a", "A", "dinero"), Decimal(0), "–"),
        (Column("a", "A", "dinero"), Decimal("1234567.50"), "1,234,567.50"),
        (Column("a", "A", "entero"), 1234567, "1,234,567"),
        (Column("a", "A", "entero"), -3, "−3"),
        (Column("a", "A"), "", "–"),
        (Column("a", "A"), 2026, "2026"),
    ],
)
def test_each_kind_of_value_has_its_way_of_writing(columna, valor, texto):
    assert columna.texto(valor) == texto


def test_figures_and_their_titles_stand_at_the_right(tabla):
    derecha = Qt.AlignmentFlag.AlignRight
    modelo, lado = tabla.modelo, Qt.ItemDataRole.TextAlignmentRole
    assert modelo.index(0, 3).data(lado) & derecha
    assert modelo.headerData(3, Qt.Orientation.Horizontal, lado) & derecha
    assert not modelo.index(0, 1).data(lado) & derecha


def test_nothing_can_be_edited(tabla):
    indice = tabla.modelo.index(0, 1)
    assert not indice.flags() & Qt.ItemFlag.ItemIsEditable
    assert not tabla.modelo.setData(indice, "otra cosa", Qt.ItemDataRole.EditRole)
    assert indice.data() == "Impuesto predial 2024"


def test_space_checks_the_row_wherever_the_cursor_stands(tabla, qtbot):
    tabla.elegir(1)
    tabla.setCurrentIndex(tabla.modelo.index(1, 3))
    with qtbot.waitSignal(tabla.marcas):
        QTest.keyClick(tabla, Qt.Key.Key_Space)
    assert [f[3] for f in tabla.marcadas()] == ["id-1", "id-2"]
    QTest.keyClick(tabla, Qt.Key.Key_Space)
    assert [f[3] for f in tabla.marcadas()] == ["id-1"]


def test_a_click_anywhere_in_the_check_cell_toggles_it_once(tabla):
    donde = tabla.visualRect(tabla.modelo.index(2, 0)).topLeft() + QPoint(3, 3)
    QTest.mouseClick(tabla.viewport(), Qt.MouseButton.LeftButton, pos=donde)
    assert [f[3] for f in tabla.marcadas()] == ["id-1", "id-3"]
    QTest.mouseClick(tabla.viewport(), Qt.MouseButton.LeftButton, pos=donde)
    assert [f[3] for f in tabla.marcadas()] == ["id-1"]


def test_enter_opens_the_row_with_what_travels_unseen(tabla, qtbot):
    tabla.elegir(1)
    with qtbot.waitSignal(tabla.abierta) as abierta:
        QTest.keyClick(tabla, Qt.Key.Key_Return)
    assert abierta.args == [FILAS[1]]
    assert tabla.actual() == FILAS[1]


def test_marking_many_says_so_once_and_new_rows_forget_the_marks(tabla, qtbot):
    avisos = []
    tabla.marcas.connect(lambda: avisos.append(tabla.modelo.numeros_marcados()))
    tabla.marcar(range(3))
    tabla.marcar(range(3))
    assert avisos == [frozenset({0, 1, 2})]
    tabla.poner(FILAS[:1])
    assert tabla.marcadas() == ()


def test_a_screen_reader_hears_the_row_and_its_state(tabla):
    dicho = Qt.ItemDataRole.AccessibleTextRole
    assert tabla.modelo.index(0, 0).data(dicho) == "Impuesto predial 2024, marcado"
    assert tabla.modelo.index(1, 0).data(dicho) == "Impuesto predial 2026, sin marcar"
    assert tabla.modelo.index(0, 3).data(dicho) == "Impuesto predial 2024, Importe: 1,246.80"
    assert tabla.accessibleName() == "Adeudos"


def test_a_column_may_say_more_than_its_text():
    vencido = Column("v", "Vence", "fecha", decir=lambda f: "31/01/2024, vencido")
    modelo = TupleModel([vencido], nombre=lambda f: "Predial")
    modelo.poner([(date(2024, 1, 31),)])
    assert (
        modelo.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Predial, Vence: 31/01/2024, vencido"
    )


def test_the_end_of_the_list_asks_for_the_next_page_once(tabla, qtbot):
    pedidos = []
    tabla.pide_mas.connect(lambda: pedidos.append(1))
    tabla.poner(FILAS * 200, hay_mas=True)
    tabla.scrollToBottom()
    qtbot.waitUntil(lambda: len(pedidos) == 1)
    tabla.agregar(FILAS * 200)
    tabla.scrollToBottom()
    qtbot.wait(50)
    assert len(pedidos) == 1
    assert tabla.modelo.rowCount() == 1200


def test_all_rows_are_equally_high_and_figures_stay_inside(tabla):
    assert {tabla.rowHeight(n) for n in range(3)} == {tokens.M.fila}
    assert tabla.horizontalScrollBar().maximum() == 0


def test_the_chosen_row_is_painted_with_its_bar(tabla, qtbot):
    tabla.elegir(0)
    zona = tabla.visualRect(tabla.modelo.index(0, 0))
    foto = tabla.viewport().grab(zona).toImage()
    assert foto.pixelColor(1, zona.height() // 2).name().upper() == tokens.CLARO.primary
    assert foto.pixelColor(8, zona.height() // 2).name().upper() == tokens.CLARO.primary_soft


def test_the_footer_counts_and_sums_all_rows(qtbot):
    pie = TableFooter()
    qtbot.addWidget(pie)
    pie.poner("61,302 cuentas", [("Importe", "$1.00"), ("Recargos", "$2.00")])
    assert pie._cuenta.text() == "61,302 cuentas"
    assert pie._sumas.text() == "Importe $1.00    Recargos $2.00"
