"""The cashier's turno: what they find on entering, opening the till, the blind count and the corte."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda import sellados_corte, turnos
from lerdo_desk.hacienda.documentos import CorteSellado, CorteX
from lerdo_desk.hacienda.modelos import Corte
from lerdo_desk.modules.caja.service.permisos import MI_TURNO, TURNO
from lerdo_desk.modules.caja.service.retiro import receptores

VENTANILLA = "VENTANILLA"


@dataclass(frozen=True)
class Nada:
    """An order with nothing to say."""


@dataclass(frozen=True)
class Situacion:
    """What a cashier finds on entering: their open turno, or the tills they may open."""

    turno: turnos.TurnoAbierto | None
    cajas: tuple[turnos.CajaPermitida, ...]
    hoy: date


@dataclass(frozen=True)
class CorteDe:
    """The turno whose corte is asked for; empty: one's own last corte."""

    turno_id: str = ""


@use_case(MI_TURNO)
def situacion(ctx: Context, _orden: Nada) -> Situacion:
    """Give the cashier's open turno, or the tills they may open today; channels open elsewhere."""
    turno = turnos.abierto(ctx.session, ctx.actor.usuario, ctx.ahora, ctx.hoy)
    permitidas = turnos.permitidas(ctx.session, ctx.actor.usuario, ctx.hoy)
    return Situacion(turno, tuple(c for c in permitidas if c.tipo == VENTANILLA), ctx.hoy)


@use_case(TURNO)
def abrir_turno(ctx: Context, orden: turnos.Apertura) -> turnos.TurnoAbierto:
    """Open a till with its fund, counted by denomination."""
    turnos.abrir(ctx.session, ctx.hoy, ctx.estacion, orden)
    abierto = turnos.abierto(ctx.session, ctx.actor.usuario, ctx.ahora, ctx.hoy)
    if abierto is None:
        raise ErrorDeUso("El turno no quedó abierto; intente de nuevo.")
    return abierto


@use_case(TURNO)
def contar(ctx: Context, orden: turnos.Arqueo) -> turnos.Resultado:
    """Confirm a blind count, or a recount; only now the expected cash is told."""
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
    return papel_del_corte(ctx.session, orden.turno_id, {ctx.actor.usuario: ctx.actor.nombre})


@use_case(MI_TURNO)
def mi_corte(ctx: Context, orden: CorteDe) -> CorteSellado:
    """Give one's own corte again, to print what never came out; ErrorDeUso when there is none."""
    consulta = select(Corte.turno_id).where(Corte.usuario == ctx.actor.usuario)
    if orden.turno_id:
        consulta = consulta.where(Corte.turno_id == orden.turno_id)
    suyo = ctx.session.scalar(consulta.order_by(Corte.creado.desc()).limit(1))
    if suyo is None:
        raise ErrorDeUso("Todavía no hay un corte suyo que imprimir; cierre primero su turno.")
    return papel_del_corte(ctx.session, suyo, {ctx.actor.usuario: ctx.actor.nombre})


@use_case(MI_TURNO)
def corte_x(ctx: Context, _orden: Nada) -> CorteX:
    """Say how one's own open turno stands, without its cash until the blind count is confirmed."""
    turno = turnos.abierto(ctx.session, ctx.actor.usuario, ctx.ahora, ctx.hoy)
    if turno is None:
        raise ErrorDeUso("No tiene un turno abierto; abra su caja primero.")
    return sellados_corte.corte_x(
        ctx.session,
        turno.id,
        ctx.ahora,
        cajero=ctx.actor.nombre,
        entero=turno.contado,
        receptores=receptores(ctx.session, turno.id),
    )


def papel_del_corte(session: Session, turno_id: str, nombres: Mapping[str, str]) -> CorteSellado:
    """Read a corte back with the names that are known."""
    return sellados_corte.corte(session, turno_id, nombres, receptores(session, turno_id, nombres))
