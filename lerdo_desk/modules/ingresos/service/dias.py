"""The days of revenue: how each one of a month stands, closing one, and opening it again."""

from dataclasses import dataclass
from datetime import date

from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda import dias as ledger
from lerdo_desk.hacienda.dias import Mes
from lerdo_desk.modules.ingresos.service.permisos import CERRAR_DIA, VER_DIAS
from lerdo_desk.modules.ingresos.service.personas import nombres


@dataclass(frozen=True)
class DelMes:
    """Which month is asked for; None is the current one."""

    anio: int | None = None
    mes: int | None = None


@dataclass(frozen=True)
class MesVisto:
    """A month, the day it is, and the municipality's time zone."""

    mes: Mes
    hoy: date
    zona: str


@dataclass(frozen=True)
class CierreDeDia:
    """The order to close a day."""

    fecha: date


@dataclass(frozen=True)
class Reapertura:
    """The order to open a closed day again, with its reason."""

    fecha: date
    motivo: str


@use_case(VER_DIAS)
def dias_del_mes(ctx: Context, orden: DelMes) -> MesVisto:
    """Give the days of a month with their turnos, and what of earlier days stops them."""
    anio, mes = orden.anio or ctx.hoy.year, orden.mes or ctx.hoy.month
    return MesVisto(ledger.mes(ctx.session, anio, mes, ctx.hoy, nombres(ctx)), ctx.hoy, ctx.zona)


@use_case(CERRAR_DIA)
def cerrar_dia(ctx: Context, orden: CierreDeDia) -> None:
    """Close a day; ErrorDeUso that says what stops it and who has to do it."""
    ledger.cerrar(ctx.session, ctx.hoy, orden.fecha, nombres(ctx))


@use_case(CERRAR_DIA)
def reabrir_dia(ctx: Context, orden: Reapertura) -> None:
    """Open a closed day again; ErrorDeUso (``motivo``) when no reason is written."""
    ledger.reabrir(ctx.session, orden.fecha, orden.motivo)
