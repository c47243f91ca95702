"""What an account owes today and what has been paid of it, as far as the profile may read."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from lerdo_desk.base.calendario import hora_local
from lerdo_desk.core import registry
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda import adeudos, sellados
from lerdo_desk.hacienda.adeudos import Adeudo
from lerdo_desk.hacienda.documentos import EstadoRecibo
from lerdo_desk.hacienda.modelos import Caja, Cargo, Concepto, Recibo, Renglon, Serie, Turno
from lerdo_desk.modules.predial.service.padron import CuentaPedida
from lerdo_desk.modules.predial.service.permisos import VER_ADEUDOS, VER_PAGOS, VER_RECIBOS


@dataclass(frozen=True)
class ReciboVisto:
    """A receipt that paid something of the account: ``importe`` is the pesos of this account in it."""

    etiqueta: str
    cuando: datetime
    importe: Decimal
    caja: str
    estado: EstadoRecibo
    reversa: bool
    pagador: str
    cajero: str


@dataclass(frozen=True)
class PagoVisto:
    """What was paid of one debt on one day, in pesos: all that the ledger tells who may read no receipt."""

    fecha: date
    concepto: str
    ejercicio: int
    importe: Decimal


@use_case(VER_ADEUDOS)
def adeudos_de(ctx: Context, orden: CuentaPedida) -> Adeudo:
    """Give everything that an account owes today, line by line with its article, oldest first."""
    cuentas = adeudos.consultar(ctx.session, ctx.hoy, [orden.cuenta_id], registry.liquidadores())
    return cuentas[orden.cuenta_id]


@use_case(VER_RECIBOS)
def recibos_de(ctx: Context, orden: CuentaPedida) -> tuple[ReciboVisto, ...]:
    """List the receipts and reversals that touch an account, the last one first."""
    suyo = (
        select(Renglon.recibo_id, func.sum(Renglon.importe).label("importe"))
        .join(Cargo, Cargo.id == Renglon.cargo_id)
        .where(Cargo.cuenta_id == orden.cuenta_id)
        .group_by(Renglon.recibo_id)
        .subquery()
    )
    original, reversa = aliased(Recibo), aliased(Recibo)
    filas = ctx.session.execute(
        select(
            Recibo,
            suyo.c.importe,
            Serie.clave.label("serie"),
            Caja.nombre.label("caja"),
            original.turno_id.label("turno_original"),
            reversa.turno_id.label("turno_reversa"),
        )
        .join(suyo, suyo.c.recibo_id == Recibo.id)
        .join(Serie, Serie.id == Recibo.serie_id)
        .join(Turno, Turno.id == Recibo.turno_id)
        .join(Caja, Caja.id == Turno.caja_id)
        .outerjoin(original, original.id == Recibo.reversa_de)
        .outerjoin(reversa, reversa.reversa_de == Recibo.id)
        .order_by(Recibo.creado.desc(), Recibo.folio.desc())
    )
    return tuple(
        ReciboVisto(
            f"{f.serie}-{f.Recibo.folio}",
            hora_local(f.Recibo.creado, ctx.zona),
            f.importe,
            f.caja,
            sellados.estado(
                f.Recibo.turno_id,
                f.turno_original or f.turno_reversa,
                es_reversa=f.Recibo.tipo == "REVERSA",
            ),
            f.Recibo.tipo == "REVERSA",
            f.Recibo.pagador,
            f.Recibo.usuario,
        )
        for f in filas
    )


@use_case(VER_PAGOS)
def pagos_de(ctx: Context, orden: CuentaPedida) -> tuple[PagoVisto, ...]:
    """List what was paid of each debt by day, the last one first; what was undone that day is left out."""
    filas = ctx.session.execute(
        select(
            Renglon.fecha_pago,
            Concepto.nombre,
            Cargo.ejercicio,
            func.sum(Renglon.importe).label("importe"),
        )
        .join(Cargo, Cargo.id == Renglon.cargo_id)
        .join(Concepto, Concepto.id == Cargo.concepto_id)
        .where(Cargo.cuenta_id == orden.cuenta_id)
        .group_by(Renglon.fecha_pago, Cargo.id, Concepto.nombre, Cargo.ejercicio)
        .order_by(Renglon.fecha_pago.desc(), Cargo.ejercicio.desc())
    )
    return tuple(PagoVisto(f.fecha_pago, f.nombre, f.ejercicio, f.importe) for f in filas if f.importe)
