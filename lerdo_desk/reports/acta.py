"""Half a letter for the small acts of the till: the head, the data of who and when, and what flows below."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from lerdo_desk.base.dinero import formato, formato_columna
from lerdo_desk.hacienda.documentos import Membrete
from lerdo_desk.reports.bandas import Banda, compaginar, hueco, pintar
from lerdo_desk.reports.membrete import ALTO, SIN_VALOR, Rotulo, dibujar_membrete
from lerdo_desk.reports.pdf import APAGADO, MEDIA_CARTA, SEMI, Estilo, Hoja, ajustar, partir
from lerdo_desk.reports.tabla import Columna, tabla

MARGEN = 14.0
"""White at each side of the sheet, in millimetres."""

FIN = MEDIA_CARTA.ancho - MARGEN

_ANCHO = FIN - MARGEN
_ARRIBA = 9.0
_INICIO = _ARRIBA + ALTO + 1.5
_LIMITE = 133.0
_ANCHOS = (40.0, 34.0, 74.0, 40.0)  # the third holds a whole name

_ETIQUETA = Estilo(tam=7.5, color=APAGADO)
_DATO = Estilo(SEMI, 10)
_TEXTO = Estilo(tam=9)


@dataclass(frozen=True)
class Titulo:
    """What an act is called, its number (may be empty), and whether it was made in training."""

    clase: str
    numero: str
    capacitacion: bool


def dibujar(membrete: Membrete, titulo: Titulo, bandas: Sequence[Banda]) -> bytes:
    """Draw an act as a PDF of as many half letters as it needs; the same act gives the same bytes.

    Raises ErrorDeEntorno when the papers' fonts are missing.
    """
    hoja = Hoja(MEDIA_CARTA, f"{titulo.clase.capitalize()} {titulo.numero}".strip(), membrete.nombre)
    paginas = compaginar(bandas, _LIMITE - _INICIO)
    for n, pagina in enumerate(paginas, 1):
        if titulo.capacitacion:
            hoja.marca_de_agua(SIN_VALOR)
        nota = f"página {n} de {len(paginas)}"
        rotulo = Rotulo(titulo.clase, titulo.numero, nota, titulo.capacitacion)
        dibujar_membrete(hoja, membrete, rotulo, MARGEN, _ARRIBA)
        pintar(hoja, pagina, _INICIO)
        hoja.pagina()
    return hoja.bytes()


def datos(pares: Sequence[tuple[str, str]]) -> list[Banda]:
    """Lay out labelled values, four to a row; the third of a row is the widest."""
    renglones = [pares[n : n + len(_ANCHOS)] for n in range(0, len(pares), len(_ANCHOS))]
    return [*(Banda(8.6, partial(_pintar_datos, renglon)) for renglon in renglones), hueco(1.5)]


def _pintar_datos(renglon: Sequence[tuple[str, str]], hoja: Hoja, y: float) -> None:
    x = MARGEN
    for (etiqueta, valor), ancho in zip(renglon, _ANCHOS, strict=False):
        hoja.texto(x, y + 3.0, etiqueta, _ETIQUETA)
        hoja.texto(x, y + 7.0, *ajustar(valor or "–", _DATO, ancho - 3))
        x += ancho


def importes(titulo: str, que: str, pares: Sequence[tuple[str, Decimal]]) -> list[Banda]:
    """Lay out amounts in pesos by name, with their sum."""
    columnas = (Columna(que, MARGEN, 130), Columna("Importe", FIN, 45, "derecha"))
    suma = sum((importe for _, importe in pares), Decimal("0.00"))
    filas = [(nombre, formato_columna(importe)) for nombre, importe in pares]
    return tabla(titulo, columnas, filas, ("Suma", formato(suma)))


def parrafo(texto: str, estilo: Estilo = _TEXTO) -> list[Banda]:
    """Lay out a text over the whole width."""
    return [Banda(4.0, partial(_pintar_linea, linea, estilo)) for linea in partir(texto, estilo, _ANCHO)]


def _pintar_linea(linea: str, estilo: Estilo, hoja: Hoja, y: float) -> None:
    hoja.texto(MARGEN, y + 3.2, linea, estilo)
