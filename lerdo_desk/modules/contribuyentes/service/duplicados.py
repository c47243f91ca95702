"""Records that may be the same person: found by RFC, CURP and name, told with points and reasons."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from lerdo_desk.base.claves import RFC_GENERICOS
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda.busquedas import a_una_letra
from lerdo_desk.hacienda.modelos import Contribuyente, Cuenta
from lerdo_desk.hacienda.personas import Persona, contactos
from lerdo_desk.modules.contribuyentes import rules
from lerdo_desk.modules.contribuyentes.service.permisos import VER
from lerdo_desk.modules.contribuyentes.service.uniones import equivalentes, representantes

T = TypeVar("T")
LIMITE = 500
"""Pairs shown at most, the surest first: after joining those the rest comes up."""
_LOTE = 500
"""Ids asked at once."""


@dataclass(frozen=True)
class Nada:
    """An order without data."""


@dataclass(frozen=True)
class Duplicado:
    """Two records that may be one person, the older first, with why, and how many accounts each has."""

    uno: Persona
    otro: Persona
    parecido: rules.Parecido
    cuentas_de_uno: int
    cuentas_de_otro: int


@dataclass(frozen=True)
class Duplicados:
    """The surest pairs, and how many there are in all."""

    pares: tuple[Duplicado, ...]
    total: int


@dataclass(frozen=True)
class Par:
    """The question of two records side by side."""

    uno_id: int
    otro_id: int


@dataclass(frozen=True)
class Lado:
    """One of two records that are compared; ``unidos``: records that were joined to it before."""

    persona: Persona
    contactos: dict[str, str]
    cuentas: int
    unidos: int


@use_case(VER)
def duplicados(ctx: Context, _orden: Nada) -> Duplicados:
    """Give the pairs of records that may be the same person, the surest first."""
    pares = _candidatos(ctx.session)
    fichas = _personas(ctx.session, {i for par in pares for i in par})
    registros = {i: _registro(p, nombre) for i, (p, nombre) in fichas.items()}
    juzgados = (((a, b), rules.parecido(registros[a], registros[b], a_una_letra)) for a, b in pares)
    hallados = [(par, p) for par, p in juzgados if p is not None]
    hallados.sort(key=lambda h: (-h[1].puntos, registros[h[0][0]].nombre, h[0]))
    primeros = hallados[:LIMITE]
    cuentas = _cuentas(ctx.session, {i for par, _ in primeros for i in par})
    return Duplicados(
        tuple(
            Duplicado(fichas[a][0], fichas[b][0], p, cuentas.get(a, 0), cuentas.get(b, 0))
            for (a, b), p in primeros
        ),
        len(hallados),
    )


@use_case(VER)
def comparar(ctx: Context, orden: Par) -> tuple[Lado, Lado]:
    """Give two records side by side; ErrorDeUso when one does not exist."""
    pedidos = (orden.uno_id, orden.otro_id)
    fichas = _personas(ctx.session, pedidos)
    if len(fichas) != len(pedidos):
        raise ErrorDeUso("Uno de los dos registros no existe; búsquelos de nuevo.")
    suyos = {i: equivalentes(ctx.session, i) for i in pedidos}
    cuentas = _cuentas(ctx.session, {i for ids in suyos.values() for i in ids})
    como_llegar = contactos(ctx.session, pedidos)
    uno, otro = (
        Lado(
            fichas[i][0],
            como_llegar.get(i, {}),
            sum(cuentas.get(e, 0) for e in suyos[i]),
            len(suyos[i]) - 1,
        )
        for i in pedidos
    )
    return uno, otro


def _candidatos(session: Session) -> list[rules.Par]:
    """Give the pairs that share an RFC, a CURP or (nearly) a name, each told by who stands for it today."""
    crudos: set[rules.Par] = set()
    for columna in (Contribuyente.rfc, Contribuyente.curp):
        crudos |= _con_la_misma(session, columna)
    nombres = session.execute(
        select(Contribuyente.id, func.normaliza(Contribuyente.nombre)).order_by(Contribuyente.id)
    )
    crudos |= rules.pares_por_nombre(((f[0], f[1]) for f in nombres), a_una_letra)
    quien = _por_lotes({i for par in crudos for i in par}, lambda ids: representantes(session, ids))
    vivos = {(min(quien[a], quien[b]), max(quien[a], quien[b])) for a, b in crudos}
    return sorted((a, b) for a, b in vivos if a != b)


def _con_la_misma(session: Session, columna: InstrumentedAttribute[str | None]) -> set[rules.Par]:
    """Pair each record with the oldest one of the same key."""
    repetidas = (
        select(columna.label("clave"), func.min(Contribuyente.id).label("primero"))
        .where(columna.is_not(None), columna != "", columna.not_in(RFC_GENERICOS))
        .group_by(columna)
        .having(func.count() > 1)
        .subquery()
    )
    filas = session.execute(
        select(repetidas.c.primero, Contribuyente.id)
        .join(repetidas, repetidas.c.clave == columna)
        .where(Contribuyente.id != repetidas.c.primero)
    )
    return {(int(f[0]), int(f[1])) for f in filas}


def _personas(session: Session, ids: Iterable[int]) -> dict[int, tuple[Persona, str]]:
    """Read records with their normalised names."""
    p = Contribuyente

    def leer(lote: list[int]) -> dict[int, tuple[Persona, str]]:
        filas = session.execute(
            select(p.id, p.nombre, p.tipo, p.rfc, p.curp, func.normaliza(p.nombre).label("plano")).where(
                p.id.in_(lote)
            )
        )
        return {f.id: (Persona(f.id, f.nombre, f.tipo, f.rfc, f.curp), f.plano) for f in filas}

    return _por_lotes(ids, leer)


def _registro(persona: Persona, plano: str) -> rules.Registro:
    return rules.Registro(persona.id, plano, persona.tipo, persona.rfc, persona.curp)


def _cuentas(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """Count the accounts of some records."""

    def leer(lote: list[int]) -> dict[int, int]:
        filas = session.execute(
            select(Cuenta.titular_id, func.count())
            .where(Cuenta.titular_id.in_(lote))
            .group_by(Cuenta.titular_id)
        )
        return {int(f[0]): int(f[1]) for f in filas}

    return _por_lotes(ids, leer)


def _por_lotes(ids: Iterable[int], leer: Callable[[list[int]], dict[int, T]]) -> dict[int, T]:
    """Read by parts: neither database takes any number of parameters."""
    todos = sorted(set(ids))
    leidos: dict[int, T] = {}
    for inicio in range(0, len(todos), _LOTE):
        leidos |= leer(todos[inicio : inicio + _LOTE])
    return leidos
