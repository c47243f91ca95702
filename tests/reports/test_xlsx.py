"""Spreadsheets: amounts are numbers, dates are dates, text is never a formula."""

import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import muestras_papel as m
import openpyxl
import pytest

from lerdo_desk.reports.xlsx import Columna, exportar, recibos_del_corte

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")']


def _abrir(contenido):
    return openpyxl.load_workbook(io.BytesIO(contenido)).active


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_looks_like_a_formula_is_written_as_text(formula):
    contenido = exportar([Columna(formula)], [[formula]], formula)
    hoja = _abrir(contenido)
    for fila in (1, 2, 3):
        celda = hoja.cell(fila, 1)
        assert celda.data_type == "s"
        assert celda.quotePrefix
        assert celda.value == formula.replace("\t", " ")
    xml = zipfile.ZipFile(io.BytesIO(contenido)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml
    assert "<f " not in xml


def test_each_type_of_column_keeps_its_type():
    columnas = [
        Columna("Texto"),
        Columna("Entero", "entero"),
        Columna("Pesos", "pesos"),
        Columna("Fecha", "fecha"),
        Columna("Hora", "hora"),
    ]
    fila = [
        "00123",
        204117,
        Decimal("6235.19"),
        date(2026, 11, 22),
        datetime(2026, 11, 22, 11, 42, tzinfo=UTC),
    ]
    hoja = _abrir(exportar(columnas, [fila, [None] * 5], "Muestra"))
    assert hoja["A1"].value == "Muestra"
    assert [c.value for c in hoja[2]] == ["Texto", "Entero", "Pesos", "Fecha", "Hora"]
    texto, entero, pesos, fecha, hora = hoja[3]
    assert (texto.value, texto.data_type) == ("00123", "s")
    assert (entero.value, entero.data_type) == (204117, "n")
    assert (Decimal(str(pesos.value)), pesos.data_type) == (Decimal("6235.19"), "n")
    assert pesos.number_format.startswith("#,##0.00")
    assert fecha.value.isoformat() == "2026-11-22T00:00:00"
    assert fecha.number_format == "dd/mm/yyyy"
    assert hora.value.isoformat() == "2026-11-22T11:42:00"
    assert hoja.freeze_panes == "A3"


def test_a_large_amount_keeps_its_centavos():
    hoja = _abrir(exportar([Columna("Pesos", "pesos")], [[Decimal("99999999999.99")]], "Muestra"))
    assert f"{hoja['A3'].value:.2f}" == "99999999999.99"


@pytest.mark.parametrize(
    ("tipo", "valor"),
    [
        ("pesos", 1.5),
        ("pesos", 1),
        ("pesos", "1.50"),
        ("entero", True),
        ("entero", "1"),
        ("texto", 1),
        ("fecha", "hoy"),
    ],
)
def test_a_value_of_another_type_is_refused(tipo, valor):
    with pytest.raises(TypeError, match="never"):
        exportar([Columna("Columna", tipo)], [[valor]], "Muestra")


def test_a_row_with_other_cells_than_columns_is_refused():
    with pytest.raises(ValueError, match="zip"):
        exportar([Columna("Una")], [["a", "b"]], "Muestra")


def test_no_character_and_no_length_stops_the_workbook():
    hoja = _abrir(
        exportar([Columna("A")], [["Ana\x00\x0bLuz"], ["x" * 40_000], ["Ñandú 😀"]], "[mal]:*?/\\" * 9)
    )
    assert hoja["A3"].value == "Ana��Luz"
    assert len(hoja["A4"].value) == 32_767
    assert hoja["A5"].value == "Ñandú 😀"
    assert len(hoja.title) <= 31


def test_the_receipts_of_a_corte_are_listed_one_a_row():
    recibos = m.listados(50)
    malo = recibos[1]._replace(pagador="=1+1")
    hoja = _abrir(recibos_del_corte(m.corte((recibos[0], malo, *recibos[2:]))))
    assert hoja["A1"].value == "Recibos del corte 123, caja 03"
    assert hoja.max_row == 52
    fila = hoja[4]
    assert [c.value for c in fila][1:5] == ["A", 204001, "=1+1", "Predial 010-123-0001"]
    assert fila[3].data_type == "s"
    assert sum(Decimal(str(hoja.cell(n, 6).value)) for n in range(3, 53)) == sum(r.total for r in recibos)
