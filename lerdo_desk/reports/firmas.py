"""The lines where people sign a paper, each with a name already there or a blank to fill in by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from lerdo_desk.reports.bandas import Banda
from lerdo_desk.reports.pdf import APAGADO, TINTA, Estilo, Hoja, ajustar

_NOMBRE = Estilo(tam=9)
_PAPEL = Estilo(tam=7.5, color=APAGADO)


@dataclass(frozen=True)
class Firma:
    """A line to sign: where it begins, its width (millimetres), who signs (empty: unknown) and as what."""

    x: float
    ancho: float
    nombre: str
    papel: str


def firmas(lineas: Sequence[Firma], aire: float = 17.0) -> Banda:
    """Give the lines side by side with ``aire`` millimetres above to sign in."""
    return Banda(aire + 10, partial(_pintar, lineas, aire))


def _pintar(lineas: Sequence[Firma], aire: float, hoja: Hoja, y: float) -> None:
    for firma in lineas:
        centro = firma.x + firma.ancho / 2
        hoja.linea(firma.x, firma.x + firma.ancho, y + aire, TINTA, 0.25)
        nombre = firma.nombre or "Nombre y firma"
        hoja.texto(centro, y + aire + 4, *ajustar(nombre, _NOMBRE, firma.ancho), "centro")
        hoja.texto(centro, y + aire + 8, firma.papel, _PAPEL, "centro")
