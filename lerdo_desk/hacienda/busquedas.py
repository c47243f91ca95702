"""Finds accounts of every dirección in one table, by clave, name or street, while the cashier types."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import Session

from lerdo_desk.hacienda.modelos import Cuenta

LIMITE = 25


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


def _empieza_palabra(palabra: str) -> ColumnElement[bool]:
    # Two plain LIKEs, so that a trigram index serves where the server has one.
    alguna = Cuenta.busqueda.contains(f" {palabra}", autoescape=True)
    return or_(Cuenta.busqueda.startswith(palabra, autoescape=True), alguna)
