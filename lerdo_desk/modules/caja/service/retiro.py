"""Dropping cash to the vault: the cashier asks, who receives it signs on the spot, the drop is written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from lerdo_desk.base.dinero import a_centavos
from lerdo_desk.base.entrada import dinero, texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import solicitudes
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda import sellados_corte, turnos
from lerdo_desk.hacienda.documentos import ActaDeRetiro
from lerdo_desk.hacienda.modelos_ingresos import Retiro
from lerdo_desk.modules.caja.service.permisos import PEDIR_RETIRO, RECIBIR_RETIRO, RETIRAR

ACTO = "caja.retiro"
_UNA_HORA = 3_600_000_000


@dataclass(frozen=True)
class FirmaDeRetiro:
    """The order to sign, as whoever receives it, for the cash of one drop."""

    solicitud_id: str


@use_case(PEDIR_RETIRO)
def pedir_retiro(ctx: Context, orden: turnos.PeticionDeRetiro) -> str:
    """Ask somebody to receive cash from one's own open till; it expires in an hour.

    What the till holds is not compared here: an answer without a signature would let the cashier find out,
    amount by amount, how much cash is expected.
    """
    limpia = _limpia(orden)
    if turnos.de(ctx.session, ctx.actor.usuario) != limpia.turno_id:
        raise ErrorDeUso("El turno no es suyo o ya no está abierto; actualice con F5.")
    datos = {
        "turno_id": limpia.turno_id,
        "importe": a_centavos(limpia.importe),
        "bolsa": limpia.bolsa,
    }
    solicitudes.pedir(
        ctx.session,
        solicitudes.Solicitud(
            id=limpia.solicitud_id,
            acto=ACTO,
            modulo="caja",
            objeto=limpia.turno_id,
            motivo=f"Retiro de efectivo en la bolsa {limpia.bolsa}",
            orden=json.dumps(datos, ensure_ascii=False),
            vence=ctx.ahora + _UNA_HORA,
        ),
    )
    return limpia.solicitud_id


@use_case(RECIBIR_RETIRO)
def recibir_retiro(ctx: Context, orden: FirmaDeRetiro) -> None:
    """Sign for the cash of a drop, on the connection of whoever receives it; their name stays with it."""
    if solicitudes.ver(ctx.session, orden.solicitud_id).acto != ACTO:
        raise ErrorDeUso("Esa solicitud no es de un retiro de efectivo; pídalo de nuevo.")
    solicitudes.resolver(ctx.session, orden.solicitud_id, "APROBADA", ctx.actor.nombre)


@use_case(RETIRAR, repetible=True)
def retirar(ctx: Context, orden: turnos.PeticionDeRetiro) -> ActaDeRetiro:
    """Write the drop that another person has signed for, and give it as its paper prints it."""
    limpia = _limpia(orden)
    pedida = ctx.session.scalar(
        select(solicitudes.Solicitud.orden).where(solicitudes.Solicitud.id == limpia.solicitud_id)
    )
    if pedida is not None and json.loads(pedida).get("bolsa") != limpia.bolsa:
        raise ErrorDeUso("La bolsa no es la que se firmó; pida el retiro de nuevo.", "bolsa")
    n = turnos.retirar(ctx.session, limpia)
    return sellados_corte.acta_de_retiro(
        ctx.session, limpia.turno_id, n, ctx.actor.nombre, receptores(ctx.session, limpia.turno_id)
    )


def receptores(
    session: Session, turno_id: str, nombres: Mapping[str, str] | None = None
) -> sellados_corte.Receptores:
    """Say who signed for each drop of a turno, by the id of its solicitud."""
    filas = session.execute(
        select(Retiro.solicitud_id, solicitudes.Resolucion.usuario, solicitudes.Resolucion.nota)
        .join(solicitudes.Resolucion, solicitudes.Resolucion.solicitud_id == Retiro.solicitud_id)
        .where(Retiro.turno_id == turno_id)
    )
    return {f.solicitud_id: (nombres or {}).get(f.usuario) or f.nota or f.usuario for f in filas}


def _limpia(orden: turnos.PeticionDeRetiro) -> turnos.PeticionDeRetiro:
    importe = dinero(orden.importe, campo="importe")
    bolsa = texto(orden.bolsa, largo=40, campo="bolsa")
    if importe <= Decimal("0.00"):
        raise ErrorDeUso("Escriba cuánto efectivo retira.", "importe")
    if not bolsa:
        raise ErrorDeUso("Escriba el número de la bolsa.", "bolsa")
    return replace(orden, importe=importe, bolsa=bolsa)
