"""Charging: the money is taken and sealed once, and its receipt goes to paper as often as asked."""

from dataclasses import dataclass, replace

from sqlalchemy import func, insert, select

from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import registry
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda import cobros, modelos, sellados
from lerdo_desk.hacienda.documentos import ReciboSellado
from lerdo_desk.modules.caja.service.permisos import COBRAR, IMPRIMIR

MOTIVO_MINIMO = 5
"""Letters that a reason must have."""


@use_case(COBRAR, repetible=True)
def cobrar(ctx: Context, orden: cobros.Cobro) -> cobros.Cobrado:
    """Charge what the person was told, all or nothing; the same attempt twice gives the same receipts."""
    motivo = texto(orden.motivo, campo="motivo")
    if motivo and len(motivo) < MOTIVO_MINIMO:
        raise ErrorDeUso("Escriba el motivo para dejar atrás un adeudo con al menos 5 letras.", "motivo")
    limpia = replace(orden, pagador=texto(orden.pagador, campo="pagador"), motivo=motivo)
    return cobros.cobrar(ctx.session, ctx.hoy, limpia, registry.liquidadores())


@dataclass(frozen=True)
class Impresion:
    """The receipt to put on paper."""

    recibo_id: str


@dataclass(frozen=True)
class PorImprimir:
    """A sealed receipt and which copy this paper is: 0 the original, 1 the first copy."""

    recibo: ReciboSellado
    copia: int


@use_case(IMPRIMIR)
def preparar_impresion(ctx: Context, orden: Impresion) -> PorImprimir:
    """Count one more paper of a sealed receipt and give its content."""
    recibo = sellados.recibo(ctx.session, orden.recibo_id, ctx.actor.nombre)
    hechas = (
        ctx.session.scalar(
            select(func.coalesce(func.max(modelos.Impresion.n), 0)).where(
                modelos.Impresion.recibo_id == orden.recibo_id
            )
        )
        or 0
    )
    ctx.session.execute(
        insert(modelos.Impresion).values(recibo_id=orden.recibo_id, n=hechas + 1, estacion=ctx.estacion)
    )
    return PorImprimir(recibo, hechas)
