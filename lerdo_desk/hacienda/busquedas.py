"""Finds accounts of every dirección in one table, by clave, name or street, while the cashier types.

``parecidas`` is for words misspelt by one letter: each is cut in halves, because one error leaves one half
whole (a swap over the cut leaves neither, so the word swapped there is looked for too). What holds a half is
then compared in full: Damerau-Levenshtein distance of at most one (optimal string alignment).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import Session

from lerdo_desk.hacienda.modelos import Cuenta

LIMITE = 25
CANDIDATAS = 4000
"""Accounts that are compared in full at most: enough for a common surname among 60,000 accounts."""
_LETRAS_MINIMAS = 3
_LETRAS_DE_COMIENZO = 5
"""A word this long may also be the misspelt beginning of another; a shorter one would resemble too many."""


@dataclass(frozen=True)
class Hallazgo:
    """One account that matches, as a row of results shows it."""

    cuenta_id: int
    modulo: str
    clave: str
    titular: str
    domicilio: str


def buscar(session: Session, palabras: Sequence[str], limite: int = LIMITE) -> tuple[Hallazgo, ...]:
    """Give the accounts that hold every word (already normalised), those whose clave begins so first.

    Each word must begin a word of clave, name or street; an empty search finds nothing.
    """
    if not palabras:
        return ()
    filas = session.execute(
        select(Cuenta.id, Cuenta.modulo, Cuenta.clave, Cuenta.titular, Cuenta.domicilio)
        .where(and_(*(_empieza_palabra(p) for p in palabras)))
        .order_by(
            case((Cuenta.busqueda.startswith(" ".join(palabras), autoescape=True), 0), else_=1),
            Cuenta.titular,
            Cuenta.id,
        )
        .limit(limite)
    )
    return tuple(Hallazgo(f.id, f.modulo, f.clave, f.titular, f.domicilio) for f in filas)


def parecidas(session: Session, palabras: Sequence[str], limite: int = LIMITE) -> tuple[Hallazgo, ...]:
    """Give the accounts that hold every word (already normalised) with at most one wrong letter in each.

    Words with figures must be exact: a clave with one wrong figure is another person's. First it looks for
    one misspelt word among right ones, and only when there is none for several.
    """
    dudosas = [p for p in palabras if _corregible(p)]
    if not dudosas:
        return ()
    una = or_(*(and_(_a_medias(p), *(_empieza_palabra(q) for q in palabras if q != p)) for p in dudosas))
    halladas = _comparadas(session, palabras, una, limite)
    if halladas or len(dudosas) == 1:
        return halladas
    todas = and_(*(_a_medias(p) if p in dudosas else _empieza_palabra(p) for p in palabras))
    return _comparadas(session, palabras, todas, limite)


def _comparadas(
    session: Session, palabras: Sequence[str], condicion: ColumnElement[bool], limite: int
) -> tuple[Hallazgo, ...]:
    """Compare in full the accounts that may match; whole words before beginnings, then by name."""
    filas = session.execute(
        select(Cuenta.id, Cuenta.modulo, Cuenta.clave, Cuenta.titular, Cuenta.domicilio, Cuenta.busqueda)
        .where(condicion)
        .limit(CANDIDATAS)
    )
    buenas = []
    for f in filas:
        grado = _parecido(palabras, f.busqueda.split())
        if grado is not None:
            buenas.append((grado, f.titular, f.id, f))
    buenas.sort(key=lambda b: b[:3])
    return tuple(Hallazgo(f.id, f.modulo, f.clave, f.titular, f.domicilio) for _, _, _, f in buenas[:limite])


def _parecido(palabras: Sequence[str], otras: Sequence[str]) -> int | None:
    """Say how an account resembles the words: 0 by whole words, 1 by beginnings too, None not at all."""
    peor = 0
    for palabra in palabras:
        grados = [g for otra in otras if (g := _grado(palabra, otra)) is not None]
        if not grados:
            return None
        peor = max(peor, min(grados))
    return peor


@lru_cache(maxsize=65_536)
def _grado(palabra: str, otra: str) -> int | None:
    """Compare one typed word with one of an account: 0 alike, 1 alike in its beginning, None otherwise."""
    if otra.startswith(palabra):
        return 0
    if not _corregible(palabra):
        return None
    if a_una_letra(palabra, otra):
        return 0
    largo = len(palabra)
    if largo < _LETRAS_DE_COMIENZO:
        return None
    return 1 if any(a_una_letra(palabra, otra[:n]) for n in (largo - 1, largo, largo + 1)) else None


def a_una_letra(una: str, otra: str) -> bool:
    """Say whether two words differ by at most one letter changed, left out, added, or swapped with the next.

    Damerau-Levenshtein distance (optimal string alignment) of at most 1, in one pass.
    """
    if una == otra:
        return True
    if abs(len(una) - len(otra)) > 1:
        return False
    i = next((n for n, (a, b) in enumerate(zip(una, otra, strict=False)) if a != b), min(len(una), len(otra)))
    if len(una) == len(otra):
        cruzadas = una[i : i + 2] == otra[i : i + 2][::-1] and una[i + 2 :] == otra[i + 2 :]
        return una[i + 1 :] == otra[i + 1 :] or cruzadas
    larga, corta = (una, otra) if len(una) > len(otra) else (otra, una)
    return larga[i + 1 :] == corta[i:]


def _corregible(palabra: str) -> bool:
    return len(palabra) >= _LETRAS_MINIMAS and palabra.isalpha()


def _a_medias(palabra: str) -> ColumnElement[bool]:
    """Hold one half of a word, or the word with the letters at the cut swapped."""
    corte = len(palabra) // 2
    cruzada = palabra[: corte - 1] + palabra[corte] + palabra[corte - 1] + palabra[corte + 1 :]
    return or_(
        _empieza_palabra(palabra[:corte]),
        Cuenta.busqueda.contains(palabra[corte:], autoescape=True),
        _empieza_palabra(cruzada),
    )


def _empieza_palabra(palabra: str) -> ColumnElement[bool]:
    # Two plain LIKEs, so that a trigram index serves where the server has one.
    alguna = Cuenta.busqueda.contains(f" {palabra}", autoescape=True)
    return or_(Cuenta.busqueda.startswith(palabra, autoescape=True), alguna)
