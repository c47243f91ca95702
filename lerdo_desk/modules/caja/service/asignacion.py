"""Who may open which till or channel: the dated rows, how they stand today, and one more of them."""

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
from lerdo_desk.modules.caja.service.turno import VENTANILLA, Nada

CAJERO, TESORERO = "cajero", "tesorero"
_DE_QUIEN = {CAJERO: "de cajero", TESORERO: "de Tesorería, que lleva los canales"}


@dataclass(frozen=True)
class AsignacionDeCaja:
    """The order to let a login open a till or channel from a day on, or to stop it."""

    caja: str
    cajero: str
    desde: date
    permitida: bool


@dataclass(frozen=True)
class CajaListada:
    """A till, or a channel (``tipo`` other than VENTANILLA), as a list names it."""

    clave: str
    nombre: str
    tipo: str = VENTANILLA

    @property
    def perfil(self) -> str:
        """Give the profile that opens it: cashiers sit at tills, the tesorero keeps the channels."""
        return CAJERO if self.tipo == VENTANILLA else TESORERO


@dataclass(frozen=True)
class Cajero:
    """A person with an active account of a profile that opens tills or channels."""

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
    """Every till and channel, who may open each kind, how each pair that has a row stands, and the day."""

    cajas: tuple[CajaListada, ...]
    cajeros: tuple[Cajero, ...]
    asignadas: tuple[Asignada, ...]
    hoy: date
    tesoreros: tuple[Cajero, ...] = ()

    def personas_de(self, clave: str) -> tuple[Cajero, ...]:
        """List who may be let into a till or channel."""
        perfil = next((c.perfil for c in self.cajas if c.clave == clave), CAJERO)
        return self.cajeros if perfil == CAJERO else self.tesoreros


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
        select(Caja.clave, Caja.nombre, Caja.tipo, CajaAsignacion)
        .join(CajaAsignacion, CajaAsignacion.caja_id == Caja.id)
        .order_by(Caja.clave, CajaAsignacion.cajero)
    )
    asignadas = [
        Asignada(
            CajaListada(clave, nombre, tipo),
            Cajero(login, nombres.get(login, login)),
            *reglas([f.CajaAsignacion for f in grupo], ctx.hoy),
        )
        for (clave, nombre, tipo, login), grupo in groupby(
            filas, key=lambda f: (f.clave, f.nombre, f.tipo, f.CajaAsignacion.cajero)
        )
    ]
    todas = ctx.session.execute(select(Caja.clave, Caja.nombre, Caja.tipo).order_by(Caja.clave))
    cajeros, tesoreros = (
        tuple(Cajero(p.login, p.nombre) for p in personas if p.activo and p.perfil == perfil)
        for perfil in (CAJERO, TESORERO)
    )
    return Asignaciones(
        tuple(CajaListada(f.clave, f.nombre, f.tipo) for f in todas),
        cajeros,
        tuple(asignadas),
        ctx.hoy,
        tesoreros,
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
    """Write one more dated row of who may open a till or channel; the last one decides.

    Raises ErrorDeUso for one that does not exist, a day out of range, or a login that is to be let in and
    is not of the profile that opens it.
    """
    fila = ctx.session.execute(select(Caja.id, Caja.tipo).where(Caja.clave == orden.caja)).first()
    if fila is None:
        raise ErrorDeUso(f"No hay una caja «{orden.caja}»; elija una de la lista.", "caja")
    desde = fecha(orden.desde, ctx.hoy, campo="desde")
    perfil = CajaListada(orden.caja, "", fila.tipo).perfil
    if orden.permitida and orden.cajero not in _activos(ctx, perfil):
        raise ErrorDeUso(
            f"«{orden.cajero}» no tiene una cuenta activa {_DE_QUIEN[perfil]}; elija una de la lista.",
            "cajero",
        )
    suya = (CajaAsignacion.caja_id == fila.id, CajaAsignacion.cajero == orden.cajero)
    n = ctx.session.scalar(select(func.coalesce(func.max(CajaAsignacion.n), 0)).where(*suya)) or 0
    ctx.session.execute(
        insert(CajaAsignacion).values(
            caja_id=fila.id, cajero=orden.cajero, n=n + 1, desde=desde, permitida=int(orden.permitida)
        )
    )


def _activos(ctx: Context, perfil: str) -> frozenset[str]:
    return frozenset(p.login for p in usuarios.listar(ctx.session) if p.activo and p.perfil == perfil)
