"""The input gate, on the way out: what a spreadsheet, a PDF and a disk receive is harmless."""

import csv
import io
import re
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph

from lerdo_desk.base import entrada

CUALQUIERA = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("v", "segura"),
    [
        ("=1+1", "'=1+1"),
        ("+52 871", "'+52 871"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "' =1"),
        ("\rx", "' x"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("José Núñez", "José Núñez"),
        ("a=b", "a=b"),
        ("12345678901234567890", "12345678901234567890"),
        ("Ana\nLuz\r\nPaz", "Ana Luz Paz"),
        ("x\ud800y\x00z\u202e", "x�y�z�"),
        ("", ""),
    ],
)
def test_a_cell_never_starts_a_formula_nor_holds_what_cannot_be_written(v, segura):
    assert entrada.celda(v) == segura


def test_a_cell_for_a_quoted_xlsx_takes_no_apostrophe():
    assert entrada.celda("=1+1", prefijo=False) == "=1+1"


def test_a_cell_too_long_is_cut_with_a_visible_mark():
    assert entrada.celda("a" * 32_767) == "a" * 32_767
    cortada = entrada.celda("a" * 32_768)
    assert len(cortada) == 32_767
    assert cortada.endswith("… (texto cortado)")


@pytest.mark.parametrize("malo", [5, None, Decimal(1), float("nan"), datetime(2026, 1, 1, tzinfo=UTC)])
def test_only_text_passes_through_the_text_cell(malo):
    with pytest.raises(TypeError):
        entrada.celda(malo)


@given(CUALQUIERA)
def test_any_text_survives_csv_and_xlsx_as_text(v):
    segura = entrada.celda(v)
    assert not segura.startswith(("=", "+", "-", "@", "\t", "\r"))
    hoja = io.StringIO(newline="")
    csv.writer(hoja).writerow([segura])
    assert next(csv.reader(io.StringIO(hoja.getvalue(), newline="")), [""]) == [segura]


def test_the_worst_texts_come_back_equal_from_a_real_workbook():
    textos = [entrada.celda(v) for v in ("=1+1", "x\ud800y", "a\x00b", "12345678901234567890", "b" * 40_000)]
    libro = openpyxl.Workbook()
    libro.active.append(textos)
    archivo = io.BytesIO()
    libro.save(archivo)
    libro.close()
    leido = openpyxl.load_workbook(io.BytesIO(archivo.getvalue()))
    assert [(c.value, c.data_type) for c in leido.active[1]] == [(t, "s") for t in textos]
    leido.close()


@pytest.mark.parametrize(
    "v",
    [
        *("Juan <b>Perez", '<img src="file:///etc/passwd"/>', '<img src="http://127.0.0.1/x"/>'),
        *("A & B &amp; C", '<font color="white">oculto</font>', "</para>", "<!-- x", "\x00 \ud800"),
    ],
)
def test_markup_in_a_name_is_drawn_as_plain_text(v):
    parrafo = Paragraph(entrada.pdf_texto(v), getSampleStyleSheet()["Normal"])
    dibujado = "".join(f.text for f in parrafo.frags)
    assert dibujado == v.replace("\x00", "�").replace("\ud800", "�")
    assert len({(f.fontName, f.textColor) for f in parrafo.frags}) == 1
    assert parrafo.wrap(400, 400)[1] > 0


@given(CUALQUIERA)
def test_pdf_text_holds_no_open_markup(v):
    seguro = entrada.pdf_texto(v)
    assert "<" not in seguro
    assert not re.search(r"&(?!amp;|lt;|gt;)", seguro)
    seguro.encode("utf-8")


@pytest.mark.parametrize(
    ("nombre", "seguro"),
    [
        ("Corte Peña 3º.pdf", "Corte_Pena_3_.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\win.ini", "win.ini"),
        ("C:recibo.pdf", "C_recibo.pdf"),
        ("recibo.pdf:oculto", "recibo.pdf_oculto"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("Com1.tar.gz", "_Com1.tar.gz"),
        ("LPT9", "_LPT9"),
        ("conteo.pdf", "conteo.pdf"),
        ("..", "archivo"),
        ("", "archivo"),
        ("carpeta/", "archivo"),
        ("-rf.txt", "rf.txt"),
        (".bashrc", "bashrc"),
        ("a.pdf. .", "a.pdf._"),
        ("x\x00y\u202efdp.exe", "x_y_fdp.exe"),
    ],
)
def test_a_file_name_is_only_a_safe_base_name(nombre, seguro):
    assert entrada.archivo(nombre) == seguro


def test_a_long_file_name_keeps_its_extension():
    assert entrada.archivo("a" * 300 + ".pdf") == "a" * 76 + ".pdf"
    assert entrada.archivo("a." + "b" * 300) == "a." + "b" * 78
    assert entrada.archivo("a" * 79 + "." + "b" * 300) == "a" * 79


@given(CUALQUIERA | st.text("./\\-aCONonum1 ", max_size=120))
def test_a_safe_file_name_is_safe_again(nombre):
    seguro = entrada.archivo(nombre)
    assert re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,79}", seguro)
    assert not seguro.endswith(".")
    assert not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)", seguro)
    assert entrada.archivo(seguro) == seguro
