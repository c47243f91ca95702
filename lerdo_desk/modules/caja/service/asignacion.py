"""Which cashier may open which till: the dated rows, how they stand today, and one more of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import func, insert, select

from lerdo_desk.base.entrada import fecha
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import usuarios
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda.modelos import Caja, CajaAsignacion
from lerdo_desk.modules.caja.service.permisos import ASIGNAR, CONSULTAR, VER_ASIGNACIONES
from lerdo_desk.modules.caja.service.turno import Nada

CAJERO = "cajero"


@dataclass(frozen=True)
class AsignacionDeCaja:
    """The order to let a login open a till from a day on, or to stop it."""

    caja: str
    cajero: str
    desde: date
    permitida: bool


@dataclass(frozen=True)
class CajaListada:
    """A till as a list names it."""

    clave: str
    nombre: str


@dataclass(frozen=True)
class Cajero:
    """A person with an active account of cashier."""

    login: str
    nombre: str


class Regla(NamedTuple):
    """What is decided from a day on."""

    desde: date
    permitida: bool


@dataclass(frozen=True)
class Asignada:
    """A till and a login: the rule in force today, and the next one that changes it."""

    caja: CajaListada
    cajero: Cajero
    vigente: Regla | None
    siguiente: Regla | None


@dataclass(frozen=True)
class Asignaciones:
    """Every till, every cashier, how each pair that has a row stands, and the day it is."""

    cajas: tuple[CajaListada, ...]
    cajeros: tuple[Cajero, ...]
    asignadas: tuple[Asignada, ...]
    hoy: date


@use_case(CONSULTAR)
def cajas(ctx: Context, _orden: Nada) -> tuple[str, ...]:
    """List the keys of every till."""
    return tuple(ctx.session.scalars(select(Caja.clave).order_by(Caja.clave)))


@use_case(VER_ASIGNACIONES)
def asignaciones(ctx: Context, _orden: Nada) -> Asignaciones:
    """Say who may open which till today, and what is already written for later."""
    personas = usuarios.listar(ctx.session)
    nombres = {p.login: p.nombre for p in personas}
    filas = ctx.session.execute(
        select(Caja.clave, Caja.nombre, CajaAsignacion)
        .join(CajaAsignacion, CajaAsignacion.caja_id == Caja.id)
        .order_by(Caja.clave, CajaAsignacion.cajero)
    )
    asignadas = [
        Asignada(
            CajaListada(clave, nombre),
            Cajero(login, nombres.get(login, login)),
            *reglas([f.CajaAsignacion for f in grupo], ctx.hoy),
        )
        for (clave, nombre, login), grupo in groupby(
            filas, key=lambda f: (f.clave, f.nombre, f.CajaAsignacion.cajero)
        )
    ]
    todas = ctx.session.execute(select(Caja.clave, Caja.nombre).order_by(Caja.clave))
    return Asignaciones(
        tuple(CajaListada(f.clave, f.nombre) for f in todas),
        tuple(Cajero(p.login, p.nombre) for p in personas if p.activo and p.perfil == CAJERO),
        tuple(asignadas),
        ctx.hoy,
    )


def reglas(filas: Sequence[CajaAsignacion], hoy: date) -> tuple[Regla | None, Regla | None]:
    """Give what is in force today for one till and login, and what changes it next (None: nothing).

    As the ledger's lock reads them: of the rows that have begun, the one written last decides, whatever day
    it names.
    """
    deciden = _que_deciden(filas)
    pasadas = [r for r in deciden if r.desde <= hoy]
    vigente = pasadas[-1] if pasadas else None
    puede = vigente is not None and vigente.permitida
    siguiente = next((r for r in deciden if r.desde > hoy and r.permitida is not puede), None)
    return vigente, siguiente


def _que_deciden(filas: Iterable[CajaAsignacion]) -> list[Regla]:
    """Leave out the rows that a later one overrides before they begin; the rest by their days."""
    deciden: list[Regla] = []
    mayor = 0
    for f in sorted(filas, key=lambda f: (f.desde, f.n)):
        if f.n < mayor:
            continue
        mayor = f.n
        if deciden and deciden[-1].desde == f.desde:
            deciden.pop()
        deciden.append(Regla(f.desde, bool(f.permitida)))
    return deciden


@use_case(ASIGNAR)
def asignar_caja(ctx: Context, orden: AsignacionDeCaja) -> None:
    """Write one more dated row of who may open a till; the last one decides.

    Raises ErrorDeUso for a till that does not exist, a day out of range, or a login that is to be let in and
    is no cashier's.
    """
    caja_id = ctx.session.scalar(select(Caja.id).where(Caja.clave == orden.caja))
    if caja_id is None:
        raise ErrorDeUso(f"No hay una caja «{orden.caja}»; elija una de la lista.", "caja")
    desde = fecha(orden.desde, ctx.hoy, campo="desde")
    if orden.permitida and orden.cajero not in _cajeros(ctx):
        raise ErrorDeUso(
            f"«{orden.cajero}» no tiene una cuenta activa de cajero; elija una de la lista.", "cajero"
        )
    suya = (CajaAsignacion.caja_id == caja_id, CajaAsignacion.cajero == orden.cajero)
    n = ctx.session.scalar(select(func.coalesce(func.max(CajaAsignacion.n), 0)).where(*suya)) or 0
    ctx.session.execute(
        insert(CajaAsignacion).values(
            caja_id=caja_id, cajero=orden.cajero, n=n + 1, desde=desde, permitida=int(orden.permitida)
        )
    )


def _cajeros(ctx: Context) -> frozenset[str]:
    return frozenset(p.login for p in usuarios.listar(ctx.session) if p.activo and p.perfil == CAJERO)
