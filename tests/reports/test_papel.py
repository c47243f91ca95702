"""The sheet and its flow: text that fits, bands that share pages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lerdo_desk.base.errores import ErrorDeEntorno
from lerdo_desk.reports import pdf
from lerdo_desk.reports.bandas import Banda, compaginar, hueco
from lerdo_desk.reports.pdf import Estilo, ajustar, ancho_de, limpio, partir, recortar

ESTILO = Estilo(tam=10)
TEXTOS = st.text(min_size=0, max_size=120)


def banda(alto, **otros):
    return Banda(alto, lambda hoja, y: None, **otros)


def altos(paginas):
    return [sum(b.alto for b in pagina) for pagina in paginas]


@settings(deadline=None)
@given(TEXTOS, st.floats(5, 80))
def test_a_text_is_never_wider_than_its_place(texto, ancho):
    for escrito, estilo in (ajustar(texto, ESTILO, ancho), (recortar(texto, ESTILO, ancho), ESTILO)):
        assert ancho_de(escrito, estilo) <= ancho + 1e-6
        assert escrito == limpio(texto) or escrito.endswith("…")


@settings(deadline=None)
@given(TEXTOS, st.floats(5, 80))
def test_breaking_a_text_loses_nothing_and_keeps_to_the_width(texto, ancho):
    lineas = partir(texto, ESTILO, ancho)
    assert "".join("".join(lineas).split()) == "".join(limpio(texto).split())
    assert all(ancho_de(linea, ESTILO) <= ancho for linea in lineas)


def test_a_text_limited_in_lines_ends_in_an_ellipsis_only_when_it_was_cut():
    assert partir("uno dos", ESTILO, 100, 2) == ("uno dos",)
    cortado = partir("palabra " * 40, ESTILO, 40, 2)
    assert len(cortado) == 2
    assert cortado[1].endswith("…")


def test_a_text_shrinks_before_it_is_cut():
    texto, estilo = ajustar("María Guadalupe Fernández", ESTILO, 35)
    assert texto == "María Guadalupe Fernández"
    assert 7 <= estilo.tam < 10
    texto, estilo = ajustar("María Guadalupe Fernández", ESTILO, 10)
    assert texto.endswith("…")
    assert estilo.tam == 7


def test_the_figures_of_every_weight_are_equally_wide():
    for fuente in (pdf.NORMAL, pdf.SEMI, pdf.FUERTE):
        assert len({ancho_de(cifra, Estilo(fuente, 10)) for cifra in "0123456789"}) == 1


def test_a_missing_font_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "ruta", tmp_path.joinpath)
    with pytest.raises(ErrorDeEntorno, match="Instale de nuevo"):
        pdf.registrar_fuentes.__wrapped__()


def test_bands_fill_pages_in_order():
    bandas = [banda(10) for _ in range(7)]
    paginas = compaginar(bandas, 35)
    assert altos(paginas) == [30, 30, 10]
    assert [b for pagina in paginas for b in pagina] == bandas


@settings(deadline=None)
@given(st.lists(st.integers(1, 12), max_size=60), st.integers(12, 40), st.integers(12, 40))
def test_no_band_is_lost_and_the_last_page_leaves_room_for_its_foot(medidas, alto, ultima):
    bandas = [banda(medida) for medida in medidas]
    paginas = compaginar(bandas, alto, min(alto, ultima))
    assert [b for pagina in paginas for b in pagina] == bandas
    assert all(medida <= alto for medida in altos(paginas))
    assert altos(paginas)[-1] <= min(alto, ultima)
    assert all(pagina for pagina in paginas) or not bandas


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(20, 60), st.integers(15, 60))
def test_a_table_head_stands_once_on_each_page_with_rows(filas, alto, ultima):
    cabeza = banda(5)
    paginas = compaginar([banda(4, cabeza=cabeza) for _ in range(filas)], alto, min(alto, ultima))
    for pagina in paginas:
        assert pagina[0] is cabeza
        assert sum(b is cabeza for b in pagina) == 1
    assert sum(len(pagina) - 1 for pagina in paginas) == filas
    assert all(medida <= alto for medida in altos(paginas))
    assert altos(paginas)[-1] <= min(alto, ultima)


def test_a_title_never_stands_alone_at_the_foot():
    titulo = banda(5, con_la_que_sigue=True)
    paginas = compaginar([banda(20), titulo, banda(10)], 30)
    assert paginas[1][0] is titulo


def test_a_gap_makes_no_page_of_its_own():
    assert len(compaginar([banda(28), hueco(5)], 30)) == 1
    paginas = compaginar([banda(28), hueco(5), banda(10)], 30)
    assert altos(paginas) == [28, 10]
