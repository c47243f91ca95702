"""The paper of an order: one page, the same bytes each time, bars that a 203 dpi head prints readable."""

import subprocess
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
import zxingcpp
from PIL import Image

from lerdo_desk.hacienda.documentos import Membrete
from lerdo_desk.hacienda.ordenes_vista import OrdenVista, PapelDeOrden
from lerdo_desk.reports.orden import dibujar

ORDEN = OrdenVista(
    *(1, "11002100000042", 1, "Municipio de Prueba", "11-0021", "Cédula catastral"),
    descripcion="Cédula del predio 001-002-003",
    cantidad=1,
    base=None,
    importe=Decimal("293.28"),
    memoria="2.5 UMA de $117.31 por cédula × 1 = $293.28",
    fundamento="Ley de Ingresos de Prueba, art. 7",
    pagador="Peña Muñoz Ñandú",
    domicilio="Calle Inventada 1",
    vence=date(2026, 12, 22),
    estado="VIGENTE",
    motivo="",
    emitio="ana.cajera",
    emitida=0,
    libre=False,
    ejemplo=True,
)
PAPEL = PapelDeOrden(
    ORDEN,
    datetime(2026, 11, 22, 11, 42),  # noqa: DTZ001 — local already
    Membrete("Municipio de Prueba", "Tesorería", "MDP850615QA9", "Calle Uno 1", "000", "Leyenda"),
    ("Caja Uno (Palacio)", "Caja Dos (Mercado)"),
    capacitacion=True,
)


def correr(programa, *opciones, entrada):
    return subprocess.run([programa, *opciones], input=entrada, capture_output=True, check=True).stdout


def texto(pdf):
    return correr("pdftotext", "-layout", "-", "-", entrada=pdf).decode()


def test_it_says_how_much_until_when_of_what_law_and_where():
    dicho = texto(dibujar(PAPEL))
    for frase in (
        "11 0021 00000042",
        "$293.28",
        "Doscientos noventa y tres pesos 28/100",
        "Se paga hasta el 22 de diciembre de 2026",
        "2.5 UMA de $117.31",
        "Fundamento: Ley de Ingresos de Prueba, art. 7",
        "Dónde pagar: Caja Uno (Palacio), Caja Dos (Mercado).",
        "Peña Muñoz Ñandú",
        "CAPACITACIÓN – SIN VALOR",
        "EJEMPLO – NO OFICIAL",
        "Esta orden no es un recibo",
    ):
        assert frase in dicho, frase
    assert dicho.count("\f") == 1
    assert dibujar(PAPEL) == dibujar(PAPEL)


@pytest.mark.parametrize(
    ("estado", "frase"),
    [("CANCELADA", "CANCELADA: no se"), ("VENCIDA", "VENCIDA: pida"), ("PAGADA", "PAGADA: no se paga")],
)
def test_an_order_that_cannot_be_paid_says_so_across_the_page(estado, frase):
    assert frase not in texto(dibujar(PAPEL))
    assert frase in texto(dibujar(replace(PAPEL, orden=replace(ORDEN, estado=estado))))


@pytest.mark.parametrize("folio", ["11002100000042", "00000000000001", "99999999999999"])
def test_its_bars_are_read_at_203_dots_per_inch(folio):
    pdf = dibujar(replace(PAPEL, orden=replace(ORDEN, folio=folio)))
    png = correr("pdftoppm", "-r", "203", "-mono", "-png", "-singlefile", "-", entrada=pdf)
    with Image.open(BytesIO(png)) as imagen:
        leidos = [c.text for c in zxingcpp.read_barcodes(imagen.convert("L"))]
    assert leidos == [folio]


def test_the_longest_texts_stay_on_one_page():
    largo = replace(
        ORDEN,
        pagador="Ñ" * 200,
        domicilio="Calle " * 33,
        descripcion="palabra " * 25,
        fundamento="artículo " * 60,
        importe=Decimal("99999999999.99"),
    )
    dicho = texto(dibujar(replace(PAPEL, orden=largo, cajas=tuple(f"Caja {n}" for n in range(80)))))
    assert dicho.count("\f") == 1
    assert "novecientos noventa y nueve pesos 99/100 M.N.)" in " ".join(dicho.split())
