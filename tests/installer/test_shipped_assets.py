"""The fonts and icons that are shipped: complete, licensed, and fit for paper and screen."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFont

from lerdo_desk.recursos import ruta

FUENTES = sorted(ruta("fonts").rglob("*.ttf"))
ICONOS = sorted(ruta("icons").glob("*.svg"))
ESPANOL = "ÁÉÍÓÚÜÑáéíóúüñ¿¡$“”‘’–—−•…ºª°§%"


def test_the_two_families_are_there_with_their_licences() -> None:
    nombres = {fuente.stem for fuente in FUENTES}
    inter = {f"Inter_{peso}" for peso in ("400Regular", "500Medium", "600SemiBold", "700Bold")}
    source = {f"SourceSans3_{peso}" for peso in ("400Regular", "600SemiBold", "700Bold")}
    assert inter | source <= nombres
    for familia in {fuente.parent for fuente in FUENTES}:
        assert "SIL OPEN FONT LICENSE" in (familia / "LICENSE_FONT").read_text(encoding="utf-8")


@pytest.mark.parametrize("fuente", FUENTES, ids=lambda ruta: ruta.stem)
def test_every_font_can_be_embedded_and_writes_spanish(fuente: Path) -> None:
    letra = TTFont(fuente.stem, str(fuente))
    assert [signo for signo in ESPANOL if ord(signo) not in letra.face.charToGlyph] == []


@pytest.mark.parametrize(
    "fuente", [f for f in FUENTES if f.stem.startswith("SourceSans3")], ids=lambda ruta: ruta.stem
)
def test_money_lines_up_on_paper_because_all_digits_are_equally_wide(fuente: Path) -> None:
    letra = TTFont(fuente.stem, str(fuente))
    assert len({letra.face.charWidths[ord(cifra)] for cifra in "0123456789"}) == 1


def test_every_icon_takes_its_colour_from_the_theme_and_the_set_is_licensed() -> None:
    assert len(ICONOS) >= 65
    for icono in ICONOS:
        dibujo = ET.fromstring(icono.read_text(encoding="utf-8"))
        assert dibujo.get("viewBox") == "0 0 24 24", icono.name
        assert dibujo.get("stroke") == "currentColor", icono.name
    assert "MIT License" in (ruta("icons") / "LICENSE").read_text(encoding="utf-8")
