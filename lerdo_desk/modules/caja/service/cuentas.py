"""Accounts as they stand today: found while one types, and opened with everything they owe."""

from dataclasses import dataclass
from decimal import Decimal

from lerdo_desk.base.entrada import busqueda
from lerdo_desk.core import registry
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda import adeudos, busquedas
from lerdo_desk.hacienda.adeudos import AdeudoCargo
from lerdo_desk.modules.caja.service.permisos import CONSULTAR, VER_CUENTAS


@dataclass(frozen=True)
class Buscar:
    """A search as it is typed."""

    texto: str


@dataclass(frozen=True)
class Hallado:
    """One result: the account and the pesos it owes today (None when its law cannot be applied)."""

    cuenta_id: int
    modulo: str
    clave: str
    titular: str
    domicilio: str
    adeudo: Decimal | None
    vencidos: int


@dataclass(frozen=True)
class Consulta:
    """The account whose debts are asked."""

    cuenta_id: int


@dataclass(frozen=True)
class EstadoDeCuenta:
    """An account with its card and everything it owes today, oldest first."""

    cuenta_id: int
    modulo: str
    modulo_nombre: str
    clave: str
    titular: str
    domicilio: str
    ficha: tuple[tuple[str, str], ...]
    cargos: tuple[AdeudoCargo, ...]


@use_case(CONSULTAR)
def buscar(ctx: Context, orden: Buscar) -> tuple[Hallado, ...]:
    """Find accounts by clave, name or street, with what each owes today."""
    hallazgos = busquedas.buscar(ctx.session, busqueda(orden.texto))
    if not hallazgos:
        return ()
    debidos = adeudos.consultar(
        ctx.session, ctx.hoy, [h.cuenta_id for h in hallazgos], registry.liquidadores()
    )
    return tuple(
        Hallado(
            h.cuenta_id,
            h.modulo,
            h.clave,
            h.titular,
            h.domicilio,
            debidos[h.cuenta_id].total,
            sum(c.vencido for c in debidos[h.cuenta_id].cargos),
        )
        for h in hallazgos
    )


@use_case(CONSULTAR)
def consultar(ctx: Context, orden: Consulta) -> EstadoDeCuenta:
    """Give an account's card and its debts as of today, line by line with their articles."""
    return _estado(ctx, orden)


@use_case(VER_CUENTAS)
def ver_cuenta(ctx: Context, orden: Consulta) -> EstadoDeCuenta:
    """Give the same to whoever looks at accounts and charges none: the page of those without a till."""
    return _estado(ctx, orden)


def _estado(ctx: Context, orden: Consulta) -> EstadoDeCuenta:
    adeudo = adeudos.consultar(ctx.session, ctx.hoy, [orden.cuenta_id], registry.liquidadores())[
        orden.cuenta_id
    ]
    modulo = next(m for m in registry.modulos() if m.clave == adeudo.cuenta.modulo)
    pares = modulo.ficha(ctx.session, orden.cuenta_id) if modulo.ficha else ()
    c = adeudo.cuenta
    return EstadoDeCuenta(
        c.id, c.modulo, modulo.nombre, c.clave, c.titular, c.domicilio, pares, adeudo.cargos
    )
