"""The cashier's turno: what they find on entering, opening the till, the blind count and the corte."""

from dataclasses import dataclass, replace
from datetime import date

from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda import sellados, turnos
from lerdo_desk.hacienda.documentos import CorteSellado
from lerdo_desk.modules.caja.service.permisos import MI_TURNO, TURNO


@dataclass(frozen=True)
class Nada:
    """An order with nothing to say."""


@dataclass(frozen=True)
class Situacion:
    """What a cashier finds on entering: their open turno, or the tills they may open."""

    turno: turnos.TurnoAbierto | None
    cajas: tuple[turnos.CajaPermitida, ...]
    hoy: date


@use_case(MI_TURNO)
def situacion(ctx: Context, _orden: Nada) -> Situacion:
    """Give the cashier's open turno, or the tills they may open today."""
    turno = turnos.abierto(ctx.session, ctx.actor.usuario)
    return Situacion(turno, turnos.permitidas(ctx.session, ctx.actor.usuario, ctx.hoy), ctx.hoy)


@use_case(TURNO)
def abrir_turno(ctx: Context, orden: turnos.Apertura) -> turnos.TurnoAbierto:
    """Open a till with its fund."""
    turnos.abrir(ctx.session, ctx.hoy, ctx.estacion, orden)
    abierto = turnos.abierto(ctx.session, ctx.actor.usuario)
    if abierto is None:
        raise ErrorDeUso("El turno no quedó abierto; intente de nuevo.")
    return abierto


@use_case(TURNO)
def contar(ctx: Context, orden: turnos.Arqueo) -> turnos.Resultado:
    """Confirm the blind count; only now the expected cash is told."""
    return turnos.contar(ctx.session, orden)


@use_case(MI_TURNO)
def resultado(ctx: Context, orden: turnos.Cierre) -> turnos.Resultado:
    """Give again the result of a count that was confirmed but not yet closed."""
    return turnos.resultado(ctx.session, orden.turno_id)


@use_case(TURNO)
def cerrar_turno(ctx: Context, orden: turnos.Cierre) -> CorteSellado:
    """Make the corte and give it as the paper prints it."""
    limpia = replace(orden, motivo=texto(orden.motivo, campo="motivo"))
    turnos.cerrar(ctx.session, limpia)
    return sellados.corte(ctx.session, orden.turno_id, ctx.actor.nombre)
