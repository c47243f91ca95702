import re
from pathlib import Path

import pytest

import lerdo_desk
from lerdo_desk.ui import tokens

CASA = Path(lerdo_desk.__file__).parent
SALA = sorted((CASA / "ui").glob("*.py"))
PANTALLAS = sorted((CASA / "modules").glob("*/screens*.py")) + sorted(
    (CASA / "modules").glob("*/screens/*.py")
)
COLOR = re.compile(r"#[0-9A-Fa-f]{3}(?:[0-9A-Fa-f]{3}){0,1}(?:[0-9A-Fa-f]{2})?\b|\brgba?\(|QColor\(\s*\d")
MEDIDA = re.compile(
    r"\b[1-9]\d*(?:px|pt)\b"
    r"|set(?:Fixed|Minimum|Maximum)(?:Size|Width|Height)\([^)\n]*\b[2-9]\d*\b"
    r"|set(?:Spacing|ContentsMargins|IconSize|PointSize|PixelSize)\([^)\n]*\b[1-9]\d*\b"
    r"|\bQSize\([^)\n]*\b[1-9]\d*\b|\bresize\(\s*\d"
)


def sin_docstrings(texto):
    return re.sub(r'""".*?"""', "", texto, flags=re.DOTALL) if "$surface" not in texto else texto


@pytest.mark.parametrize("paleta", tokens.PALETAS.values(), ids=tokens.PALETAS)
def test_every_pair_of_a_palette_has_the_contrast_it_needs(paleta):
    assert len(tokens.PARES) >= 25
    assert tokens.faltas(paleta) == []


def test_contrast_is_that_of_wcag():
    assert tokens.contraste("#000000", "#FFFFFF") == pytest.approx(21)
    assert tokens.contraste("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert tokens.contraste("#123456", "#123456") == 1


def test_a_pale_accent_is_refused_with_its_name():
    palida = tokens.CLARO._replace(primary="#9FD9DC")
    assert any(falta.startswith("on_primary on primary: ") for falta in tokens.faltas(palida))


def test_the_numbers_of_the_guide_are_kept():
    m = tokens.M
    assert (m.xs, m.s, m.m, m.l, m.xl, m.xxl) == (4, 8, 12, 16, 24, 32)
    assert (m.control_chico, m.control, m.control_grande) == (28, 34, 44)
    assert (m.lateral, m.lateral_corta, m.contraer_bajo, m.panel_izquierdo) == (208, 60, 1500, 332)
    assert (m.fila_compacta, m.fila, m.fila_amplia, m.dialogo) == (28, 34, 42, 560)
    assert (m.login_ancho, m.login_alto, m.radio, m.radio_tarjeta) == (780, 460, 6, 10)
    assert tokens.LETRA["display"] == (26, 600)
    assert tokens.CLARO.primary == "#0B6E75"


@pytest.mark.parametrize("archivo", SALA + PANTALLAS, ids=lambda a: str(a.relative_to(CASA)))
def test_no_other_room_holds_a_colour(archivo):
    if archivo.name != "tokens.py":
        assert COLOR.findall(archivo.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("archivo", SALA, ids=lambda a: a.name)
def test_no_other_room_of_the_shell_holds_a_size(archivo):
    if archivo.name != "tokens.py":
        assert MEDIDA.findall(sin_docstrings(archivo.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("muestra", ['"#FFF"', "QColor(255, 0, 0)", "rgba(0,0,0,1)", "'#11223344'"])
def test_the_search_for_colours_would_find_one(muestra):
    assert COLOR.search(muestra)


@pytest.mark.parametrize(
    "muestra", ["padding: 12px", "x.setFixedWidth(340)", "c.setContentsMargins(0, 8, 0, 0)", "QSize(16, 16)"]
)
def test_the_search_for_sizes_would_find_one(muestra):
    assert MEDIDA.search(muestra)
