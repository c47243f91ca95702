"""QR symbols with a fixed mask, drawn as merged rectangles in one path.

Choosing the best of the eight masks is four fifths of the cost of a symbol (3.4 ms against 0.7) and every
reader takes any of them, so the mask is fixed. Error correction M, never raised: the size depends on the
length alone.
"""

import segno

from lerdo_desk.reports.pdf import Hoja, Rect

QUIETO = 4
"""Modules of white that a reader wants around the symbol; the caller leaves them."""

_MASCARA = 4


def matriz(texto: str) -> tuple[bytes, ...]:
    """Give the rows of a symbol, 1 for a dark module; raises ValueError for a text too long for a QR."""
    simbolo = segno.make_qr(texto, error="m", mask=_MASCARA, boost_error=False)
    return tuple(bytes(fila) for fila in simbolo.matrix)


def manchas(filas: tuple[bytes, ...]) -> tuple[tuple[int, int, int, int], ...]:
    """Cover the dark modules with few rectangles: runs along each row, joined with equal runs above.

    Each one is column, row, width, height in modules.
    """
    abiertas: dict[tuple[int, int], int] = {}
    listas: list[tuple[int, int, int, int]] = []
    for n, fila in enumerate((*filas, bytes(len(filas)))):
        tramos = _tramos(fila)
        for tramo in [t for t in abiertas if t not in tramos]:
            desde = abiertas.pop(tramo)
            listas.append((tramo[0], desde, tramo[1], n - desde))
        for tramo in tramos:
            abiertas.setdefault(tramo, n)
    return tuple(listas)


def _tramos(fila: bytes) -> set[tuple[int, int]]:
    """Give the runs of dark modules of a row as (column, width)."""
    tramos: set[tuple[int, int]] = set()
    inicio = fila.find(1)
    while inicio >= 0:
        fin = fila.find(0, inicio)
        fin = len(fila) if fin < 0 else fin
        tramos.add((inicio, fin - inicio))
        inicio = fila.find(1, fin)
    return tramos


def dibujar_qr(hoja: Hoja, texto: str, x: float, y: float, modulo: float) -> float:
    """Draw a QR with its top left corner at x, y and modules of ``modulo`` mm; give its side in mm."""
    filas = matriz(texto)
    rects: list[Rect] = [
        (x + c * modulo, y + f * modulo, ancho * modulo, alto * modulo)
        for c, f, ancho, alto in manchas(filas)
    ]
    hoja.mancha(rects)
    return len(filas) * modulo
