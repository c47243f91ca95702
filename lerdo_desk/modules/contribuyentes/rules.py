"""Who may be the same person: names that look alike, and how sure two records make us, in words.

Pure: records come in, pairs and reasons go out. Names are compared as ``normaliza`` writes them (capitals, no
accents). Whether two words differ by one letter is the caller's: the search of accounts uses the same.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations

from lerdo_desk.base.claves import RFC_GENERICOS

UnaLetra = Callable[[str, str], bool]
Par = tuple[int, int]
"""Two ids, the smaller first: the older record."""

MINIMO = 3
"""Points below which two records are not told to be alike."""
_MAXIMO = 10
_SEGURO, _PROBABLE = 8, 4
_RAIZ = 10
"""Characters of an RFC without its homoclave: those of the name and of the day of birth (SAT)."""
_LETRAS_MINIMAS = 6
"""Shorter names are compared only whole: one letter is too much of them."""


@dataclass(frozen=True)
class Registro:
    """A record as it is compared; ``nombre`` is normalised."""

    id: int
    nombre: str
    tipo: str
    rfc: str | None = None
    curp: str | None = None


@dataclass(frozen=True)
class Parecido:
    """How alike two records are, 0 to 10, and why, each reason in words."""

    puntos: int
    motivos: tuple[str, ...]

    @property
    def grado(self) -> str:
        """Say the points in a word."""
        if self.puntos >= _SEGURO:
            return "Casi seguro"
        return "Probable" if self.puntos >= _PROBABLE else "Posible"


def parecido(uno: Registro, otro: Registro, una_letra: UnaLetra) -> Parecido | None:
    """Say how alike two records are; None when what differs weighs more than what is equal."""
    partes = (
        _por_curp(uno.curp, otro.curp),
        _por_rfc(uno.rfc, otro.rfc),
        _por_nombre(uno.nombre, otro.nombre, una_letra),
        (-3, "Una es persona física y la otra moral") if uno.tipo != otro.tipo else (0, ""),
    )
    puntos = sum(p for p, _ in partes)
    if puntos < MINIMO:
        return None
    return Parecido(min(puntos, _MAXIMO), tuple(motivo for _, motivo in partes if motivo))


def _por_curp(una: str | None, otra: str | None) -> tuple[int, str]:
    if not una or not otra:
        return 0, ""
    return (6, "Misma CURP") if una == otra else (-5, "CURP distinta")


def _por_rfc(uno: str | None, otro: str | None) -> tuple[int, str]:
    if not uno or not otro or {uno, otro} & RFC_GENERICOS:
        return 0, ""
    if uno == otro:
        return 4, "Mismo RFC"
    if len(uno) == len(otro) and uno[:_RAIZ] == otro[:_RAIZ]:
        return 1, "RFC igual salvo la homoclave"
    return -3, "RFC distinto"


def _por_nombre(uno: str, otro: str, una_letra: UnaLetra) -> tuple[int, str]:
    if uno == otro:
        return 4, "Mismo nombre"
    if sorted(uno.split()) == sorted(otro.split()):
        return 3, "Mismo nombre en otro orden"
    if min(len(uno), len(otro)) >= _LETRAS_MINIMAS and una_letra(_junto(uno), _junto(otro)):
        return 3, "Nombre con una letra distinta"
    return 0, ""


def pares_por_nombre(nombres: Iterable[tuple[int, str]], una_letra: UnaLetra) -> frozenset[Par]:
    """Give the pairs of ids whose names are the same, in another order, or one letter apart.

    Of many records with one name each is paired with the oldest. One wrong letter leaves one half of a name
    whole, so only names that share a half are compared: linear in the names, quadratic inside each block.
    """
    iguales: dict[str, list[int]] = defaultdict(list)
    for identidad, nombre in nombres:
        if nombre:
            iguales[nombre].append(identidad)
    primero = {nombre: min(ids) for nombre, ids in iguales.items()}
    pares = {_par(primero[nombre], i) for nombre, ids in iguales.items() for i in ids if i != primero[nombre]}
    pares |= _en_otro_orden(primero)
    pares |= _a_una_letra(primero, una_letra)
    return frozenset(pares)


def _en_otro_orden(primero: dict[str, int]) -> set[Par]:
    revueltos: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for nombre, identidad in primero.items():
        revueltos[tuple(sorted(nombre.split()))].append(identidad)
    return {_par(a, b) for ids in revueltos.values() for a, b in combinations(ids, 2)}


def _a_una_letra(primero: dict[str, int], una_letra: UnaLetra) -> set[Par]:
    bloques: dict[tuple[str, str], list[str]] = defaultdict(list)
    for nombre in primero:
        if len(nombre) >= _LETRAS_MINIMAS:
            for clave in _mitades(_junto(nombre)):
                bloques[clave].append(nombre)
    pares = set()
    for en_bloque in bloques.values():
        for a, b in combinations(en_bloque, 2):
            junto_a, junto_b = _junto(a), _junto(b)
            if abs(len(junto_a) - len(junto_b)) <= 1 and una_letra(junto_a, junto_b):
                pares.add(_par(primero[a], primero[b]))
    return pares


def _mitades(nombre: str) -> set[tuple[str, str]]:
    """Give the keys of a name: its halves, cut so that any other one letter apart shares a key with it.

    Both cuts of an odd length, and for an ending also the one before: a letter more, less, or swapped over
    the cut leaves the rest in another place.
    """
    largo = len(nombre)
    comienzos = {nombre[:corte] for corte in (largo // 2, (largo + 1) // 2)}
    finales = {nombre[largo - corte :] for corte in ((largo - 1) // 2, largo // 2)}
    return {("comienza", c) for c in comienzos} | {("termina", f) for f in finales}


def _junto(nombre: str) -> str:
    return nombre.replace(" ", "")


def _par(uno: int, otro: int) -> Par:
    return (uno, otro) if uno < otro else (otro, uno)
