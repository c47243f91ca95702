"""The sheet every paper is drawn on: embedded fonts, text measured in millimetres, the same bytes each time.

Coordinates are millimetres from the top left corner; ``y`` of a text is its baseline. Text is drawn on the
canvas, never parsed: ``<b>`` and ``=1+1`` come out as they were written. The papers' colours live here (the
screen's live in ``ui.tokens``, which ``reports`` may not know).
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from math import atan2, cos, degrees, hypot
from threading import Lock
from typing import Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from lerdo_desk.base.errores import ErrorDeEntorno
from lerdo_desk.recursos import ruta

MM = 72 / 25.4
"""Points in a millimetre."""

TINTA = "#17242B"
APAGADO = "#55656E"
ACENTO = "#0B6E75"
RAYA = "#DFE5E9"
FONDO = "#EEF3F5"
AVISO = "#8A5300"
AVISO_FONDO = "#FDF0D7"
ALERTA = "#B3261E"
ALERTA_FONDO = "#FCE8E6"
BIEN = "#1A6B3C"
BIEN_FONDO = "#E3F3E9"
NEGRO = "#000000"
BLANCO = "#FFFFFF"
MARCA = "#E9ECEE"
"""Grey of the watermark: light enough to read through, dark enough for a photocopy."""

NORMAL, SEMI, FUERTE = "Papel-Normal", "Papel-Semi", "Papel-Fuerte"
_ARCHIVOS = {
    NORMAL: "SourceSans3_400Regular.ttf",
    SEMI: "SourceSans3_600SemiBold.ttf",
    FUERTE: "SourceSans3_700Bold.ttf",
}
_PUNTOS = "…"
_SIN_FIGURA = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# ReportLab reads a font with one cursor for all: subsets cut by two threads at once come out broken.
_candado_de_fuentes = Lock()

Lado = Literal["izquierda", "centro", "derecha"]
Rect = tuple[float, float, float, float]
"""x, y (top), width, height in millimetres."""


@dataclass(frozen=True)
class Estilo:
    """How a text looks: font, size in points, colour."""

    fuente: str = NORMAL
    tam: float = 9.5
    color: str = TINTA


@dataclass(frozen=True)
class Papel:
    """A paper size in millimetres."""

    ancho: float
    alto: float


MEDIA_CARTA = Papel(216, 140)
CARTA = Papel(216, 279)


@cache
def registrar_fuentes() -> None:
    """Load the three weights of the papers' font, once per process.

    Raises ErrorDeEntorno when a font file is missing or broken.
    """
    with _candado_de_fuentes:
        for nombre, archivo in _ARCHIVOS.items():
            try:
                pdfmetrics.registerFont(TTFont(nombre, str(ruta("fonts", "source-sans-3", archivo))))
            except (OSError, TTFError) as error:
                raise ErrorDeEntorno(
                    "Falta el tipo de letra de los recibos. Instale de nuevo el programa.", str(error)
                ) from error


def limpio(texto: str) -> str:
    """Give one printable line: composed accents, spaces for line ends, � for what no font can draw."""
    if texto.isascii() and texto.isprintable():
        return texto
    renglon = unicodedata.normalize("NFC", " ".join(texto.splitlines())).replace("\t", " ")
    return "".join("\ufffd" if unicodedata.category(letra) in _SIN_FIGURA else letra for letra in renglon)


def ancho_de(texto: str, estilo: Estilo) -> float:
    """Measure a text in millimetres."""
    registrar_fuentes()
    return float(pdfmetrics.stringWidth(texto, estilo.fuente, estilo.tam)) / MM


def recortar(texto: str, estilo: Estilo, ancho: float) -> str:
    """Give the text, or as much of its beginning as fits in ``ancho`` millimetres and an ellipsis."""
    texto = limpio(texto)
    if ancho_de(texto, estilo) <= ancho:
        return texto
    bajo, alto = 0, len(texto)
    while bajo < alto:
        medio = (bajo + alto + 1) // 2
        if ancho_de(texto[:medio] + _PUNTOS, estilo) <= ancho:
            bajo = medio
        else:
            alto = medio - 1
    return texto[:bajo].rstrip() + _PUNTOS


def ajustar(texto: str, estilo: Estilo, ancho: float, minimo: float = 7.0) -> tuple[str, Estilo]:
    """Shrink a text down to ``minimo`` points so that it fits in ``ancho`` millimetres; then cut it short."""
    texto = limpio(texto)
    medida = ancho_de(texto, estilo)
    if medida <= ancho:
        return texto, estilo
    # Tenths of a point, rounded down: the shrunk text must not be a hair too wide.
    justo = int(estilo.tam * ancho / medida * 10) / 10
    chico = replace(estilo, tam=max(min(minimo, estilo.tam), justo))
    return recortar(texto, chico, ancho), chico


def partir(texto: str, estilo: Estilo, ancho: float, maximo: int | None = None) -> tuple[str, ...]:
    """Break a text into lines of at most ``ancho`` millimetres; an ellipsis ends the last of ``maximo``.

    A word wider than the line is broken anywhere.
    """
    lineas: list[str] = []
    actual = ""
    for palabra in limpio(texto).split():
        junto = f"{actual} {palabra}" if actual else palabra
        if ancho_de(junto, estilo) <= ancho:
            actual = junto
            continue
        if actual:
            lineas.append(actual)
        *enteros, actual = _trozos(palabra, estilo, ancho)
        lineas.extend(enteros)
    if actual:
        lineas.append(actual)
    if maximo is not None and len(lineas) > maximo:
        resto = " ".join(lineas[maximo - 1 :])
        lineas = [*lineas[: maximo - 1], recortar(resto, estilo, ancho)]
    return tuple(lineas)


def _trozos(palabra: str, estilo: Estilo, ancho: float) -> list[str]:
    trozos = [""]
    for letra in palabra:
        if trozos[-1] and ancho_de(trozos[-1] + letra, estilo) > ancho:
            trozos.append("")
        trozos[-1] += letra
    return trozos


class Hoja:
    """A PDF under way: pages of one size, drawn in millimetres, closed into deterministic bytes."""

    def __init__(self, papel: Papel, titulo: str, autor: str) -> None:
        registrar_fuentes()
        self.papel = papel
        self._salida = BytesIO()
        # invariant: no dates and no random id, so the same receipt gives the same bytes on any day.
        self._lienzo = Canvas(
            self._salida,
            pagesize=(papel.ancho * MM, papel.alto * MM),
            invariant=1,
            pageCompression=1,
            lang="es-MX",
            initialFontName=NORMAL,  # else every page names Helvetica, which is not embedded
        )
        self._lienzo.setTitle(limpio(titulo))
        self._lienzo.setAuthor(limpio(autor))
        self._lienzo.setCreator("Lerdo Desk")

    def texto(self, x: float, y: float, texto: str, estilo: Estilo, lado: Lado = "izquierda") -> None:
        """Draw one line whose left end, middle or right end lies at ``x``."""
        lienzo = self._lienzo
        lienzo.setFont(estilo.fuente, estilo.tam)
        lienzo.setFillColor(_color(estilo.color))
        pinta = {
            "izquierda": lienzo.drawString,
            "centro": lienzo.drawCentredString,
            "derecha": lienzo.drawRightString,
        }[lado]
        pinta(x * MM, self._arriba(y), limpio(texto))

    def linea(self, x1: float, x2: float, y: float, color: str = RAYA, grueso: float = 0.2) -> None:
        """Draw a horizontal line; ``grueso`` in millimetres."""
        self._lienzo.setStrokeColor(_color(color))
        self._lienzo.setLineWidth(grueso * MM)
        self._lienzo.line(x1 * MM, self._arriba(y), x2 * MM, self._arriba(y))

    def bloque(self, rect: Rect, color: str, radio: float = 0.0) -> None:
        """Fill a rectangle, with round corners of ``radio`` millimetres."""
        x, y, ancho, alto = rect
        esquina = (x * MM, self._arriba(y + alto), ancho * MM, alto * MM)
        self._lienzo.setFillColor(_color(color))
        if radio:
            self._lienzo.roundRect(*esquina, radio * MM, stroke=0, fill=1)
        else:
            self._lienzo.rect(*esquina, stroke=0, fill=1)

    def mancha(self, rects: Sequence[Rect], color: str = NEGRO) -> None:
        """Fill many rectangles as one path, so that no hairline shows between neighbours."""
        trazo = self._lienzo.beginPath()
        for x, y, ancho, alto in rects:
            trazo.rect(x * MM, self._arriba(y + alto), ancho * MM, alto * MM)
        self._lienzo.setFillColor(_color(color))
        self._lienzo.drawPath(trazo, stroke=0, fill=1)

    def marca_de_agua(self, texto: str) -> None:
        """Write a text across the page, under everything that is drawn after it."""
        ancho, alto = self.papel.ancho, self.papel.alto
        unidad = Estilo(FUERTE, 1, MARCA)
        giro = 0.55 * atan2(alto, ancho)
        largo = min(0.72 * hypot(ancho, alto), 0.88 * ancho / cos(giro))
        estilo = replace(unidad, tam=largo / ancho_de(texto, unidad))
        self._lienzo.saveState()
        # Flatter than the diagonal and above the middle, to stay clear of the codes at the foot.
        self._lienzo.translate(ancho * MM / 2, self._arriba(0.46 * alto))
        self._lienzo.rotate(degrees(giro))
        self._lienzo.setFont(estilo.fuente, estilo.tam)
        self._lienzo.setFillColor(_color(estilo.color))
        self._lienzo.drawCentredString(0, -estilo.tam / 3, texto)
        self._lienzo.restoreState()

    def pagina(self) -> None:
        """End the page and begin the next."""
        self._lienzo.showPage()

    def bytes(self) -> bytes:
        """Close the paper and give its PDF; the page under way must have been ended."""
        with _candado_de_fuentes:
            self._lienzo.save()
        return self._salida.getvalue()

    def _arriba(self, y: float) -> float:
        """Turn millimetres from the top into PDF points from the bottom."""
        return (self.papel.alto - y) * MM


@cache
def _color(tono: str) -> Color:
    return HexColor(tono)
