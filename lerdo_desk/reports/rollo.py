"""The narrow paper of a roll printer: strips of black text, one under the other, as long as they need.

A 203 dpi head has no greys and 8 dots in a millimetre: everything is black, and what a machine must read
lies on multiples of 0.125 mm. All lengths here are millimetres.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil

from lerdo_desk.reports.bandas import Banda, compaginar, hueco, pintar
from lerdo_desk.reports.barras import ancho_barras, dibujar_barras
from lerdo_desk.reports.pdf import (
    BLANCO,
    FUERTE,
    MM,
    NEGRO,
    NORMAL,
    SEMI,
    Estilo,
    Hoja,
    Lado,
    Papel,
    Rect,
    ajustar,
    ancho_de,
    limpio,
    partir,
)
from lerdo_desk.reports.qr import QUIETO, dibujar_qr, matriz

PUNTO = 0.125
"""The side of a dot of the head."""

_MAXIMO = 3000.0  # a PDF page may not pass 5 m; nobody tears off three
_INTERLINEA = 1.2
_SANGRIA = 2.5
_ARRIBA, _ABAJO = 3.0, 6.0
_MODULOS_QR = (0.75, 0.625, 0.5)
_MODULOS_BARRAS = (0.375, 0.25)
_QUIETO_BARRAS = 10
_ALTO_BARRAS = 12.0
_CORTA = 8  # letters
_LEGIBLE = 9.0  # points: white letters on black fill up when they are smaller


_Trozo = tuple[float, str, Estilo, Lado]


@dataclass(frozen=True)
class Rollo:
    """A roll: its width and what of it the head reaches, in millimetres; its letters, in points."""

    ancho: float
    imprimible: float
    normal: Estilo
    chico: Estilo
    medio: Estilo
    grande: Estilo

    @property
    def margen(self) -> float:
        """Give the white at each side, which the head does not reach."""
        return (self.ancho - self.imprimible) / 2

    @property
    def fin(self) -> float:
        """Give the x of the right end of the text."""
        return self.ancho - self.margen

    @property
    def negrita(self) -> Estilo:
        """Give the heavier letter of the same size."""
        return Estilo(SEMI, self.normal.tam, NEGRO)


def _letras(normal: float, chico: float, medio: float, grande: float) -> tuple[Estilo, ...]:
    return (
        Estilo(NORMAL, normal, NEGRO),
        Estilo(NORMAL, chico, NEGRO),
        Estilo(FUERTE, medio, NEGRO),
        Estilo(FUERTE, grande, NEGRO),
    )


DE_80 = Rollo(80.0, 72.0, *_letras(9.5, 7.5, 12.0, 15.0))
DE_58 = Rollo(58.0, 48.0, *_letras(8.0, 7.0, 10.5, 13.0))


def alto_de(estilo: Estilo) -> float:
    """Give the height of a line of text."""
    return estilo.tam / MM * _INTERLINEA


def _renglones(texto: str, estilo: Estilo, ancho: float) -> tuple[str, ...]:
    """Break a text into lines, none of them a citation or an abbreviation alone."""
    lineas = partir(texto, estilo, ancho)
    if len(lineas) < 2 or len(lineas[-1]) > _CORTA or " " not in lineas[-2]:
        return lineas
    antes, palabra = lineas[-2].rsplit(" ", 1)
    ultima = f"{palabra} {lineas[-1]}"
    return (*lineas[:-2], antes, ultima) if ancho_de(ultima, estilo) <= ancho else lineas


def parrafo(
    rollo: Rollo, texto: str, estilo: Estilo, lado: Lado = "izquierda", sangria: float = 0.0
) -> list[Banda]:
    """Give a text in as many lines as it needs; no lines for an empty one."""
    x = {"izquierda": rollo.margen + sangria, "centro": rollo.ancho / 2, "derecha": rollo.fin}[lado]
    return [
        Banda(alto_de(estilo), partial(_pintar_linea, ((x, linea, estilo, lado),)))
        for linea in _renglones(texto, estilo, rollo.imprimible - sangria)
    ]


def par(rollo: Rollo, texto: str, cifra: str, estilo: Estilo, *, dentro: bool = False) -> list[Banda]:
    """Give a text with its figure at the right of its last line; ``dentro`` sets it in from the margin.

    Where the figure leaves no room for a whole word, it goes alone on the last line.
    """
    x = rollo.margen + (_SANGRIA if dentro else 0.0)
    cifra, de_cifra = ajustar(cifra, estilo, rollo.imprimible)
    libre = rollo.fin - x - ancho_de(cifra, de_cifra) - 2
    if any(ancho_de(palabra, estilo) > libre for palabra in limpio(texto).split()):
        lineas: tuple[str, ...] = (*_renglones(texto, estilo, rollo.fin - x), "")
    else:
        lineas = _renglones(texto, estilo, libre) or ("",)
    bandas = [
        Banda(alto_de(estilo), partial(_pintar_linea, ((x, linea, estilo, "izquierda"),)), None, True)
        for linea in lineas[:-1]
    ]
    ultima: tuple[_Trozo, ...] = (
        (x, lineas[-1], estilo, "izquierda"),
        (rollo.fin, cifra, de_cifra, "derecha"),
    )
    return [*bandas, Banda(alto_de(estilo), partial(_pintar_linea, ultima))]


def _pintar_linea(trozos: Sequence[_Trozo], hoja: Hoja, y: float) -> None:
    for x, texto, estilo, lado in trozos:
        hoja.texto(x, y + 0.8 * alto_de(estilo), texto, estilo, lado)


def raya(rollo: Rollo) -> Banda:
    """Give a dotted rule with air above and below."""
    puntos = int(rollo.imprimible)  # one each millimetre
    return Banda(3.0, partial(_pintar_raya, rollo, puntos))


def _pintar_raya(rollo: Rollo, puntos: int, hoja: Hoja, y: float) -> None:
    lado = 2 * PUNTO
    arriba = a_puntos(y + 1.375)
    hoja.mancha([(a_puntos(rollo.margen + n), arriba, lado, lado) for n in range(puntos)])


def cartel(rollo: Rollo, texto: str, estilo: Estilo, *, lleno: bool = True) -> Banda:
    """Give a boxed notice in the middle: white on black and in one line if it can, or framed."""
    ancho = rollo.imprimible - 4
    letra = Estilo(estilo.fuente, estilo.tam, BLANCO if lleno else NEGRO)
    entero, chica = ajustar(texto, letra, ancho, _LEGIBLE)
    if lleno and entero == texto:
        letra = chica
    lineas = _renglones(texto, letra, ancho)
    alto = alto_de(letra) * len(lineas) + 2.0
    return Banda(alto + 1.5, partial(_pintar_cartel, rollo, lineas, letra, alto))


def _pintar_cartel(
    rollo: Rollo, lineas: Sequence[str], letra: Estilo, alto: float, hoja: Hoja, y: float
) -> None:
    caja: Rect = (rollo.margen, a_puntos(y), rollo.imprimible, a_puntos(alto))
    hoja.bloque(caja, NEGRO)
    if letra.color == NEGRO:
        filo = 3 * PUNTO
        hoja.bloque((caja[0] + filo, caja[1] + filo, caja[2] - 2 * filo, caja[3] - 2 * filo), BLANCO)
    for n, linea in enumerate(lineas):
        hoja.texto(rollo.ancho / 2, y + 1.0 + alto_de(letra) * (n + 0.8), linea, letra, "centro")


def a_puntos(medida: float) -> float:
    """Round a length up to whole dots of the head."""
    return ceil(round(medida / PUNTO, 6)) * PUNTO


def qr(rollo: Rollo, texto: str) -> list[Banda]:
    """Give a QR in the middle with its white around, in the largest modules that fit; none if none fits."""
    lado = len(matriz(texto))
    for modulo in _MODULOS_QR:
        if (lado + 2 * QUIETO) * modulo <= rollo.ancho and lado * modulo <= rollo.imprimible:
            alto = (lado + 2 * QUIETO) * modulo
            x = a_puntos((rollo.ancho - lado * modulo) / 2)
            return [Banda(alto + PUNTO, partial(_pintar_qr, texto, x, modulo))]
    return []


def _pintar_qr(texto: str, x: float, modulo: float, hoja: Hoja, y: float) -> None:
    dibujar_qr(hoja, texto, x, a_puntos(y + QUIETO * modulo), modulo)


def barras(rollo: Rollo, texto: str) -> list[Banda]:
    """Give a Code 128 and its text in the middle, in the widest bars that fit; nothing where none fit."""
    for modulo in _MODULOS_BARRAS:
        ancho = ancho_barras(texto, modulo)
        if ancho + 2 * _QUIETO_BARRAS * modulo <= rollo.ancho and ancho <= rollo.imprimible:
            x = a_puntos((rollo.ancho - ancho) / 2)
            pinta = partial(_pintar_barras, texto, x, modulo)
            return [
                hueco(1.5),
                Banda(_ALTO_BARRAS + 1.0, pinta),
                *parrafo(rollo, texto, rollo.chico, "centro"),
            ]
    return []


def _pintar_barras(texto: str, x: float, modulo: float, hoja: Hoja, y: float) -> None:
    dibujar_barras(hoja, texto, (x, a_puntos(y), modulo, _ALTO_BARRAS))


def cortar(rollo: Rollo, bandas: Sequence[Banda], titulo: str, autor: str) -> bytes:
    """Draw the strips as a PDF whose page is exactly as long as they are; the same strips, the same bytes.

    Raises ErrorDeEntorno when the papers' fonts are missing.
    """
    paginas = compaginar(bandas, _MAXIMO)
    largo = max(sum(banda.alto for banda in pagina) for pagina in paginas)
    hoja = Hoja(Papel(rollo.ancho, float(ceil(_ARRIBA + largo + _ABAJO))), titulo, autor)
    for pagina in paginas:
        pintar(hoja, pagina, _ARRIBA)
        hoja.pagina()
    return hoja.bytes()
