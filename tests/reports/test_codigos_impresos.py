"""QR and Code 128 as drawn: checked against other makers and other readers."""

from itertools import groupby

import muestras_papel as m
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.barcode.code128 import _patterns

from lerdo_desk.reports import barras, qr
from lerdo_desk.reports.pdf import CARTA, Hoja

IMPRIMIBLE = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=12)


def _modulos(texto):
    """Give the bars as a string of modules, 1 for a bar."""
    trozos = [barras._anchos(s) for s in barras.simbolos(texto)]
    anchos = [a for trozo in trozos for a in trozo]
    return "".join("10"[n % 2] * a for n, a in enumerate(anchos))


def test_the_symbols_of_a_known_text_are_those_of_the_standard():
    # Start B, R, A, -, to set C, 20, 41, 17, check, stop.
    datos = (104, 50, 33, 13, 99, 20, 41, 17)
    suma = (104 + sum(n * d for n, d in enumerate(datos))) % 103
    assert barras.simbolos("RA-204117") == (*datos, suma, 106)


def test_a_text_of_figures_alone_goes_in_pairs():
    assert barras.simbolos("12345678")[:5] == (105, 12, 34, 56, 78)
    assert barras.simbolos("123")[:4] == (104, 17, 18, 19)


@settings(deadline=None)
@given(IMPRIMIBLE)
def test_every_symbol_is_eleven_modules_and_the_stop_thirteen(texto):
    modulos = _modulos(texto)
    assert len(modulos) == 11 * (len(barras.simbolos(texto)) - 1) + 13
    assert barras.ancho_barras(texto, 0.5) == len(modulos) * 0.5
    assert max(len(list(grupo)) for _, grupo in groupby(modulos)) <= 4


def test_the_table_of_widths_is_the_one_another_maker_uses():
    for simbolo in range(107):
        suyo = tuple("abcd".index(letra.lower()) + 1 for letra in _patterns[simbolo])
        assert barras._anchos(simbolo) == suyo


@pytest.mark.parametrize("malo", ["", "Ñ", "a\n", "\x7f"])
def test_what_code_128_cannot_say_is_refused(malo):
    with pytest.raises(ValueError, match="ASCII"):
        barras.simbolos(malo)


@settings(max_examples=12, deadline=None)
@given(IMPRIMIBLE.filter(lambda t: t.strip() == t))
def test_a_reader_decodes_whatever_was_printed(tmp_path_factory, texto):
    hoja = Hoja(CARTA, "Prueba", "Prueba")
    barras.dibujar_barras(hoja, texto, (20, 20, 0.375, 12))
    qr.dibujar_qr(hoja, texto, 20, 60, 0.75)
    hoja.pagina()
    imagen = m.rasterizar(hoja.bytes(), tmp_path_factory.mktemp("codigos"), "-mono")[0]
    assert m.leer_codigos(imagen) == {"Code128": texto, "QRCode": texto}


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_the_rectangles_cover_exactly_the_dark_modules(texto):
    filas = qr.matriz(texto)
    cubiertos = [
        (c + dx, f + dy)
        for c, f, ancho, alto in qr.manchas(filas)
        for dx in range(ancho)
        for dy in range(alto)
    ]
    assert len(cubiertos) == len(set(cubiertos))
    assert set(cubiertos) == {(c, f) for f, fila in enumerate(filas) for c, v in enumerate(fila) if v}


def test_the_rectangles_are_fewer_than_the_runs_of_each_row():
    filas = qr.matriz("R1|10012|A|000204117|000000623519|008J4CT4ANK7")
    tramos = sum(len(qr._tramos(fila)) for fila in filas)
    assert len(qr.manchas(filas)) < tramos


def test_the_size_of_a_qr_depends_on_its_length_alone():
    tamanos = {len(qr.matriz(f"R1|10012|A|{n:09d}|{n:012d}|008J4CT4ANK7")) for n in (1, 204117, 999999999)}
    assert tamanos == {33}


def test_the_mask_is_fixed():
    texto = "R1|10012|A|000204117|000000623519|008J4CT4ANK7"
    assert qr.matriz(texto) == tuple(
        bytes(fila) for fila in segno.make_qr(texto, error="m", mask=4, boost_error=False).matrix
    )
