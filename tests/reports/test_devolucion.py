"""The returned workbook: bad rows alone, bad cells coloured and explained; mended, it loads as it is."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
from archivos import padron_grande as grande
from archivos import planos

from lerdo_desk.core import lectores
from lerdo_desk.core.hojas import leer
from lerdo_desk.core.importacion import DATO_DE_MAS, QUE_CORREGIR, SIN_VALOR, Campo, Plano, mapear, revisar
from lerdo_desk.reports.devolucion import devolver

HOY = date(2026, 11, 22)
PLANO = Plano(
    (
        Campo("clave", "Clave", True, lectores.clave_catastral((2, 2))),
        Campo("valor", "Valor", True, lectores.pesos),
        Campo("alta", "Alta", True, lectores.fecha),
        Campo("nota", "Nota", False, lectores.texto(20)),
    ),
    ("clave",),
)
ENCABEZADOS = ("Nota", "Clave", "Ajena", "Alta", "Valor")


def _revisar(contenido, plano=PLANO):
    hoja = leer(contenido, "x")
    trabajo = revisar(hoja, plano, mapear(plano, hoja.encabezados), HOY)
    while True:
        try:
            next(trabajo)
        except StopIteration as fin:
            return hoja, fin.value


def _libro(*filas):
    libro = openpyxl.Workbook()
    for fila in filas:
        libro.active.append(fila)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _malo():
    return _libro(
        ENCABEZADOS,
        ("'=buena", "0101", 1, HOY, 10),
        ("nota", "0102", 7, date(2020, 2, 29), Decimal("-5.25")),
        (None, "12", "0099", "31/02/2026", 10),
        ("=1+1", "0103", None, HOY, 1),
        ("a", "0104", 123456789012345, HOY, 1),
        ("b", "0104", None, HOY, "mil"),
    )


def test_only_the_bad_rows_return_with_their_cells_coloured_and_explained():
    hoja, revision = _revisar(_malo())
    assert (revision.leidas, len(revision.buenas), len(revision.malas)) == (6, 1, 5)
    vuelta = openpyxl.load_workbook(io.BytesIO(devolver(revision, hoja.encabezados))).active
    assert [c.value for c in vuelta[1]] == [*ENCABEZADOS, QUE_CORREGIR]
    assert vuelta.max_row == 6
    malas = {c.coordinate: c.comment.text for f in vuelta.iter_rows(min_row=2) for c in f if c.comment}
    assert sorted(malas) == ["A4", "B3", "B5", "B6", "D3", "E2", "E6"]
    assert malas["E2"] == "La cantidad no puede ser negativa; escríbala sin el signo menos."
    for lugar, frase in malas.items():
        assert vuelta[lugar].fill.fgColor.rgb == "00FFD9D4"
        assert frase in vuelta.cell(vuelta[lugar].row, 6).value
    limpias = [c for f in vuelta.iter_rows(min_row=2, max_col=5) for c in f if c.coordinate not in malas]
    assert all(c.fill.fill_type is None for c in limpias)


def test_values_keep_their_type_and_text_is_never_a_formula():
    hoja, revision = _revisar(_malo())
    vuelta = openpyxl.load_workbook(io.BytesIO(devolver(revision, hoja.encabezados))).active
    assert [c.value for c in vuelta[2]][:5] == ["nota", "0102", 7, vuelta["D2"].value, -5.25]
    assert vuelta["D2"].value.date() == date(2020, 2, 29)
    assert (vuelta["C3"].value, vuelta["C3"].data_type) == ("0099", "s")
    assert vuelta["C5"].value == 123456789012345
    peligrosa = _revisar(b"Clave,Nota,Valor,Alta\n01,=1+1,1,22/11/2026\n")
    celda = openpyxl.load_workbook(io.BytesIO(devolver(peligrosa[1], peligrosa[0].encabezados))).active["B2"]
    assert (celda.value, celda.data_type, celda.quotePrefix) == ("=1+1", "s", True)


def test_loaded_again_without_mending_it_says_the_same_and_returns_the_same_columns():
    hoja, revision = _revisar(_malo())
    otra_hoja, otra = _revisar(devolver(revision, hoja.encabezados))
    assert otra_hoja.encabezados == (*ENCABEZADOS, QUE_CORREGIR)
    assert [{e.columna for e in m.errores} for m in otra.malas] == [
        {e.columna for e in m.errores} for m in revision.malas
    ]
    assert otra.malas[2].valores[0] == SIN_VALOR  # what could not be read never comes back as an empty cell
    tercera = openpyxl.load_workbook(io.BytesIO(devolver(otra, otra_hoja.encabezados))).active
    assert [c.value for c in tercera[1]] == [*ENCABEZADOS, QUE_CORREGIR]


def test_mended_it_loads_whole():
    hoja, revision = _revisar(_malo())
    libro = openpyxl.load_workbook(io.BytesIO(devolver(revision, hoja.encabezados)))
    vuelta = libro.active
    mendados = {"E2": 5.25, "B3": "0120", "D3": "28/02/2026", "A4": "dos", "B6": "0105", "E6": 1000}
    for lugar, valor in mendados.items():
        vuelta[lugar] = valor
    salida = io.BytesIO()
    libro.save(salida)
    _, otra = _revisar(salida.getvalue())
    assert otra.malas == []
    assert [b["clave"] for b in otra.buenas] == ["01-02", "01-20", "01-03", "01-04", "01-05"]
    assert otra.buenas[0]["valor"] == Decimal("5.25")


def test_cells_beyond_the_headings_return_under_a_heading_of_their_own_and_stay_bad_until_emptied():
    hoja, revision = _revisar(b"Clave,Valor,Alta\n0101,1,500,22/11/2026\n")
    contenido = devolver(revision, hoja.encabezados)
    otra_hoja, otra = _revisar(contenido)
    assert otra_hoja.encabezados == ("Clave", "Valor", "Alta", f"{DATO_DE_MAS} 1", QUE_CORREGIR)
    assert 3 in {e.columna for e in otra.malas[0].errores}
    libro = openpyxl.load_workbook(io.BytesIO(contenido))
    libro.active["B2"], libro.active["C2"], libro.active["D2"] = 1500, "22/11/2026", None
    salida = io.BytesIO()
    libro.save(salida)
    assert _revisar(salida.getvalue())[1].malas == []


def test_the_bad_rows_of_a_big_file_come_back_one_by_one_and_are_as_bad():
    lote = grande.cuentas(2000)
    hoja, revision = _revisar(grande.en_xlsx(lote), planos.de_cuentas())
    _, otra = _revisar(devolver(revision, hoja.encabezados), planos.de_cuentas())
    assert otra.leidas == len(lote.malas) == len(otra.malas) == 100
    assert [m.valores[:13] for m in otra.malas] == [m.valores for m in revision.malas]
