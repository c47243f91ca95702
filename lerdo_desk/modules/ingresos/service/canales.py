"""The channels of a tesorero: which may be opened, the turno of the day, its count and its corte."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda import turnos
from lerdo_desk.hacienda.externos import PAPEL, VENTANILLA
from lerdo_desk.hacienda.modelos import Caja, Pago, Recibo, Serie
from lerdo_desk.modules.ingresos.service.permisos_canales import SITUACION, TURNO_DE_CANAL
from lerdo_desk.modules.ingresos.service.personas import Nada

_CERO = Decimal("0.00")
_SIN_EFECTIVO = ((turnos.DENOMINACIONES[0], 0),)
"""The count of a channel that holds no cash."""


@dataclass(frozen=True)
class Canales:
    """What a tesorero finds: the open turno of a channel and its kind, and the channels that may be opened.

    ``efectivo``: the open channel holds cash that has to be counted before its corte.
    """

    turno: turnos.TurnoAbierto | None
    tipo: str
    efectivo: bool
    canales: tuple[turnos.CajaPermitida, ...]
    hoy: date


@dataclass(frozen=True)
class EnCanal:
    """In which channel something is done, and the id of the turno to open there if none is open.

    ``caja_id`` 0: the channel that is open, or else the first one that may be opened.
    """

    turno_id: str
    caja_id: int = 0


@use_case(SITUACION)
def mis_canales(ctx: Context, _orden: Nada) -> Canales:
    """Give the tesorero's open turno of a channel, and the channels that may be opened today."""
    abierto = turnos.abierto(ctx.session, ctx.actor.usuario, ctx.ahora, ctx.hoy)
    todas = turnos.permitidas(ctx.session, ctx.actor.usuario, ctx.hoy)
    tipo = "" if abierto is None else _tipo(ctx, abierto.caja_id)
    efectivo = abierto is not None and tipo == PAPEL and _con_efectivo(ctx, abierto.id)
    return Canales(abierto, tipo, efectivo, tuple(c for c in todas if c.tipo != VENTANILLA), ctx.hoy)


@use_case(TURNO_DE_CANAL)
def contar_canal(ctx: Context, orden: turnos.Arqueo) -> turnos.Resultado:
    """Count the cash of a block of paper receipts; only now the expected cash is told."""
    _exigir_canal(ctx, orden.turno_id)
    return turnos.contar(ctx.session, orden)


@use_case(TURNO_DE_CANAL)
def cerrar_canal(ctx: Context, orden: turnos.Cierre) -> turnos.Resultado:
    """Make the corte of a channel's turno; one without cash is counted as nothing by the same act.

    Raises ErrorDeUso when there is cash that nobody counted, or a difference without its reason (``motivo``).
    """
    turno = _exigir_canal(ctx, orden.turno_id)
    if not turno.contado:
        if _con_efectivo(ctx, turno.id):
            raise ErrorDeUso("Ese talonario tiene efectivo; cuéntelo por denominación antes del corte.")
        turnos.contar(ctx.session, turnos.Arqueo(turno.id, _SIN_EFECTIVO))
    contado = turnos.resultado(ctx.session, turno.id)
    limpia = replace(orden, motivo=texto(orden.motivo, campo="motivo"))
    if contado.diferencia and not limpia.motivo:
        raise ErrorDeUso("El conteo no coincide con lo esperado; escriba el motivo.", "motivo")
    turnos.cerrar(ctx.session, limpia)
    return contado


def turno_en(ctx: Context, donde: EnCanal, ente_id: int = 0) -> str:
    """Give the caller's open turno of a channel; where none is open, open it with no fund.

    ``ente_id``: the channel must have a serie of it. Raises ErrorDeUso when another channel is open, the
    open turno was counted or has lasted too long, or there is no channel to open.
    """
    abierto = turnos.abierto(ctx.session, ctx.actor.usuario, ctx.ahora, ctx.hoy)
    if abierto is None:
        caja_id = donde.caja_id or _primero(ctx, ente_id)
        turnos.abrir(ctx.session, ctx.hoy, ctx.estacion, turnos.Apertura(donde.turno_id, caja_id, _CERO))
        return donde.turno_id
    if donde.caja_id not in (0, abierto.caja_id) or _tipo(ctx, abierto.caja_id) == VENTANILLA:
        raise ErrorDeUso(f"Tiene abierto el turno de «{abierto.caja_nombre}»; haga su corte antes de seguir.")
    if abierto.vencido:
        raise ErrorDeUso(
            f"El turno de «{abierto.caja_nombre}» es de otro día; haga su corte antes de seguir."
        )
    if abierto.contado:
        raise ErrorDeUso(f"El turno de «{abierto.caja_nombre}» ya se contó; haga su corte antes de seguir.")
    return abierto.id


def _primero(ctx: Context, ente_id: int) -> int:
    series = select(Serie.caja_id)
    con_serie = set(ctx.session.scalars(series.where(Serie.ente_id == ente_id) if ente_id else series))
    for caja in turnos.permitidas(ctx.session, ctx.actor.usuario, ctx.hoy):
        if caja.tipo != VENTANILLA and caja.id in con_serie:
            return caja.id
    raise ErrorDeUso("No tiene un canal asignado donde hacerlo; pida a un supervisor que le asigne uno.")


def _exigir_canal(ctx: Context, turno_id: str) -> turnos.TurnoAbierto:
    abierto = turnos.abierto(ctx.session, ctx.actor.usuario, ctx.ahora, ctx.hoy)
    if abierto is None or abierto.id != turno_id or _tipo(ctx, abierto.caja_id) == VENTANILLA:
        raise ErrorDeUso("Ese turno no es de un canal suyo o ya tiene corte; actualice la pantalla.")
    return abierto


def _tipo(ctx: Context, caja_id: int) -> str:
    return ctx.session.scalars(select(Caja.tipo).where(Caja.id == caja_id)).one()


def _con_efectivo(ctx: Context, turno_id: str) -> bool:
    """Tell whether a turno took or gave cash, without saying how much."""
    movido = (
        select(Pago.recibo_id)
        .join(Recibo, Recibo.id == Pago.recibo_id)
        .where(Recibo.turno_id == turno_id, Pago.forma == "01")
        .limit(1)
    )
    return ctx.session.scalar(movido) is not None
