"""Flow of a paper: horizontal bands of known height are shared among pages before anything is drawn.

Knowing the pages first is what lets each one say "Página 1 de 3". A band never breaks; a table's head
is repeated where its rows go on. Heights in millimetres.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lerdo_desk.reports.pdf import Hoja

Pinta = Callable[[Hoja, float], None]
"""Draws a band whose top edge lies at the given y."""


@dataclass(frozen=True)
class Banda:
    """A strip across the page; ``cabeza`` is the table head its page shows above it, and may have its own.

    ``con_la_que_sigue`` keeps a title from standing alone at the foot of a page; a ``vacia`` one is dropped
    where a page begins.
    """

    alto: float
    pinta: Pinta
    cabeza: "Banda | None" = None
    con_la_que_sigue: bool = False
    vacia: bool = False


def hueco(alto: float) -> Banda:
    """Give a gap between bands, in millimetres."""
    return Banda(alto, lambda hoja, y: None, vacia=True)


def compaginar(bandas: Sequence[Banda], alto: float, alto_ultima: float | None = None) -> list[list[Banda]]:
    """Share bands among pages of ``alto``; the last page holds ``alto_ultima`` at most, its foot is taken.

    Gives at least one page. A band taller than a page gets a page of its own.
    """
    ultima = alto if alto_ultima is None else alto_ultima
    paginas: list[list[Banda]] = []
    grupos = _grupos(bandas)
    while grupos:
        if grupos[0][0].vacia:
            grupos.pop(0)
            continue
        pagina: list[Banda] = []
        while grupos and (not pagina or _alto(pagina) + _alto_nuevo(pagina, grupos[0]) <= alto):
            _agregar(pagina, grupos.pop(0))
        paginas.append(pagina)
    if not paginas:
        return [[]]
    if _alto(paginas[-1]) > ultima:
        paginas[-1:] = _apartar(paginas[-1], ultima)
    return paginas


def pintar(hoja: Hoja, bandas: Sequence[Banda], y: float) -> float:
    """Draw the bands of one page one below the other from ``y``; give where they end."""
    for banda in bandas:
        banda.pinta(hoja, y)
        y += banda.alto
    return y


def _alto(bandas: Sequence[Banda]) -> float:
    return sum(banda.alto for banda in bandas)


def _grupos(bandas: Sequence[Banda]) -> list[list[Banda]]:
    """Tie each title to what follows it."""
    grupos: list[list[Banda]] = []
    abierto = False
    for banda in bandas:
        if abierto:
            grupos[-1].append(banda)
        else:
            grupos.append([banda])
        abierto = banda.con_la_que_sigue
    return grupos


def _agregar(pagina: list[Banda], grupo: Sequence[Banda]) -> None:
    """Put a group on a page, with its head above it where the page does not show that head yet."""
    for banda in grupo:
        cabeza = banda.cabeza
        if cabeza is not None and not any(puesta is cabeza for puesta in pagina):
            _agregar(pagina, [cabeza])
        pagina.append(banda)


def _alto_nuevo(pagina: Sequence[Banda], grupo: Sequence[Banda]) -> float:
    copia = list(pagina)
    _agregar(copia, grupo)
    return _alto(copia) - _alto(pagina)


def _apartar(pagina: list[Banda], ultima: float) -> list[list[Banda]]:
    """Cut the end of a page off: a quarter of it, no more than fits the last page, one band at least."""
    suficiente = _alto(pagina) / 4
    cabezas = [banda.cabeza for banda in pagina if banda.cabeza is not None]
    sueltas = [banda for banda in pagina if not any(banda is cabeza for cabeza in cabezas)]
    grupos = _grupos(sueltas)
    cola = [grupos.pop()]
    while grupos and _alto_de(cola) < suficiente and _alto_de([grupos[-1], *cola]) <= ultima:
        cola.insert(0, grupos.pop())
    partes = [[banda for grupo in mitad for banda in grupo] for mitad in (grupos, cola)]
    return [_con_cabezas(parte) for parte in partes if parte]


def _alto_de(grupos: Sequence[Sequence[Banda]]) -> float:
    return _alto(_con_cabezas([banda for grupo in grupos for banda in grupo]))


def _con_cabezas(bandas: Sequence[Banda]) -> list[Banda]:
    pagina: list[Banda] = []
    _agregar(pagina, bandas)
    return pagina
