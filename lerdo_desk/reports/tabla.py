"""A titled table over the whole width of a paper: its rows are bands, its head is repeated overleaf."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from lerdo_desk.reports.bandas import Banda, hueco
from lerdo_desk.reports.pdf import APAGADO, FONDO, SEMI, Estilo, Hoja, Lado, ajustar

ALTO_TITULO = 6.4
TITULO = Estilo(SEMI, 11)

_CABEZA = Estilo(SEMI, 8, APAGADO)
_CELDA = Estilo(tam=9)
_SUMA = Estilo(SEMI, 9)
_ALTO_CABEZA = 5.4
_ALTO_FILA = 4.6
_HUECO = 2.5
_SANGRIA = 1.5


@dataclass(frozen=True)
class Columna:
    """A column: its heading, the x of its edge, the width its texts may take, its side (millimetres)."""

    titulo: str
    x: float
    ancho: float
    lado: Lado = "izquierda"


def tabla(
    titulo: str,
    columnas: Sequence[Columna],
    filas: Sequence[Sequence[str]],
    suma: Sequence[str] | None = None,
) -> list[Banda]:
    """Lay out a table as bands; ``suma`` is a last row in bold. Cells too long shrink, then are cut short."""
    cabeza = Banda(_ALTO_CABEZA, partial(_pintar_cabeza, columnas))
    bandas = [Banda(ALTO_TITULO, partial(_pintar_titulo, columnas, titulo), con_la_que_sigue=True)]
    # The last row goes with its sum: a sum alone overleaf would be the sum of nothing.
    con_suma = len(filas) - 1 if suma is not None else -1
    bandas.extend(
        Banda(_ALTO_FILA, partial(_pintar_fila, columnas, fila, _CELDA), cabeza, n == con_suma)
        for n, fila in enumerate(filas)
    )
    if suma is not None:
        bandas.append(Banda(_ALTO_FILA, partial(_pintar_fila, columnas, suma, _SUMA), cabeza))
    return [*bandas, hueco(_HUECO)]


def _orillas(columnas: Sequence[Columna]) -> tuple[float, float]:
    return columnas[0].x, columnas[-1].x


def _pintar_titulo(columnas: Sequence[Columna], titulo: str, hoja: Hoja, y: float) -> None:
    hoja.texto(columnas[0].x, y + 4.2, titulo, TITULO)


def _pintar_cabeza(columnas: Sequence[Columna], hoja: Hoja, y: float) -> None:
    inicio, fin = _orillas(columnas)
    hoja.bloque((inicio - _SANGRIA, y, fin - inicio + 2 * _SANGRIA, 5), FONDO)
    for columna in columnas:
        hoja.texto(columna.x, y + 3.6, columna.titulo, _CABEZA, columna.lado)


def _pintar_fila(
    columnas: Sequence[Columna], fila: Sequence[str], estilo: Estilo, hoja: Hoja, y: float
) -> None:
    for columna, celda in zip(columnas, fila, strict=True):
        hoja.texto(columna.x, y + 3.4, *ajustar(celda, estilo, columna.ancho), columna.lado)
    hoja.linea(*_orillas(columnas), y + _ALTO_FILA)
