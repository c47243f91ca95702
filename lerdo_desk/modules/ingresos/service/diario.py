"""The diario de ingresos of a day or of a range of days."""

from dataclasses import dataclass
from datetime import date

from lerdo_desk.base.entrada import fecha
from lerdo_desk.core import registry
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda import diario as ledger
from lerdo_desk.hacienda.diario import Diario, Rango
from lerdo_desk.modules.ingresos.service.permisos import VER_DIARIO
from lerdo_desk.modules.ingresos.service.personas import nombres


@dataclass(frozen=True)
class DelDiario:
    """The days that are asked for, both included; None is today."""

    desde: date | None = None
    hasta: date | None = None


@use_case(VER_DIARIO)
def ver_diario(ctx: Context, orden: DelDiario) -> Diario:
    """Give the diario of some days; ErrorDeUso when they are in the wrong order or too many."""
    desde = fecha(orden.desde or ctx.hoy, ctx.hoy, campo="desde")
    hasta = fecha(orden.hasta or ctx.hoy, ctx.hoy, campo="hasta")
    direcciones = {m.clave: m.nombre for m in registry.modulos()}
    return ledger.diario(ctx.session, Rango(desde, hasta), direcciones, nombres(ctx))
