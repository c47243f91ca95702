"""The receipts of the cashier's open turno, newest first, and how a scanned or typed label is told apart."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from lerdo_desk.base.calendario import hora_local
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda import sellados, turnos
from lerdo_desk.hacienda.documentos import EstadoRecibo, PagoSellado
from lerdo_desk.hacienda.formas import FORMAS
from lerdo_desk.hacienda.modelos import Impresion, Pago, Recibo, Serie
from lerdo_desk.modules.caja.service.permisos import MI_TURNO
from lerdo_desk.modules.caja.service.turno import Nada

_BARRAS = re.compile(r"R?(?P<serie>[A-Z0-9]+(?:-[A-Z0-9]+)*)-(?P<folio>\d{1,9})", re.ASCII)


@dataclass(frozen=True)
class ReciboDelTurno:
    """One receipt of the turno: its label, local hour, whose it is, pesos, and how it stands.

    ``reversa_de`` is the label that a reversal cancels; ``copias`` how many papers were made of it.
    """

    id: str
    etiqueta: str
    hora: datetime
    pagador: str
    cuenta: str
    total: Decimal
    estado: EstadoRecibo
    reversa_de: str
    pagos: tuple[PagoSellado, ...]
    copias: int

    @property
    def cancelable(self) -> bool:
        """Tell whether it may still be cancelled: a charge that nothing has undone."""
        return not self.estado and not self.reversa_de


@use_case(MI_TURNO)
def recibos_del_turno(ctx: Context, _orden: Nada) -> tuple[ReciboDelTurno, ...]:
    """List the receipts of one's own open turno, newest first; nothing when there is no open turno."""
    turno_id = turnos.de(ctx.session, ctx.actor.usuario)
    if turno_id is None:
        return ()
    original, reversa, su_serie = aliased(Recibo), aliased(Recibo), aliased(Serie)
    filas = ctx.session.execute(
        select(
            Recibo,
            Serie.clave.label("serie"),
            original.folio.label("folio_original"),
            original.turno_id.label("turno_original"),
            su_serie.clave.label("serie_original"),
            reversa.turno_id.label("turno_reversa"),
            sellados.reversado(Recibo.id).label("reversado"),
        )
        .join(Serie, Serie.id == Recibo.serie_id)
        .outerjoin(original, original.id == Recibo.reversa_de)
        .outerjoin(su_serie, su_serie.id == original.serie_id)
        .outerjoin(reversa, reversa.reversa_de == Recibo.id)
        .where(Recibo.turno_id == turno_id)
        .order_by(Recibo.creado.desc(), Serie.clave, Recibo.folio.desc())
    ).all()
    pagos, copias = _pagos(ctx, turno_id), _copias(ctx, turno_id)
    return tuple(
        ReciboDelTurno(
            id=f.Recibo.id,
            etiqueta=f"{f.serie}-{f.Recibo.folio}",
            hora=hora_local(f.Recibo.creado, ctx.zona),
            pagador=f.Recibo.pagador,
            cuenta=f.Recibo.cuenta_etiqueta,
            total=f.Recibo.total,
            estado=sellados.estado(
                turno_id,
                f.turno_original or f.turno_reversa or f.reversado,
                es_reversa=f.Recibo.tipo == "REVERSA",
            ),
            reversa_de=f"{f.serie_original}-{f.folio_original}" if f.folio_original else "",
            pagos=pagos.get(f.Recibo.id, ()),
            copias=copias.get(f.Recibo.id, 0),
        )
        for f in filas
    )


def _pagos(ctx: Context, turno_id: str) -> dict[str, tuple[PagoSellado, ...]]:
    filas = ctx.session.scalars(
        select(Pago).join(Recibo, Recibo.id == Pago.recibo_id).where(Recibo.turno_id == turno_id)
    )
    por_recibo: dict[str, list[PagoSellado]] = defaultdict(list)
    for p in sorted(filas, key=lambda p: p.n):
        nombre = FORMAS.get(p.forma, p.forma)
        por_recibo[p.recibo_id].append(
            PagoSellado(p.forma, nombre, p.importe, p.recibido, p.cambio, p.referencia)
        )
    return {recibo: tuple(suyos) for recibo, suyos in por_recibo.items()}


def _copias(ctx: Context, turno_id: str) -> dict[str, int]:
    filas = ctx.session.execute(
        select(Impresion.recibo_id, func.max(Impresion.n))
        .join(Recibo, Recibo.id == Impresion.recibo_id)
        .where(Recibo.turno_id == turno_id)
        .group_by(Impresion.recibo_id)
    )
    return {recibo: int(n) for recibo, n in filas}


def es_recibo(codigo: str) -> bool:
    """Tell whether a scan can only be of a receipt: its bars with their R, or its QR."""
    return codigo.strip().upper().startswith("R") and bool(etiqueta_de(codigo))


def etiqueta_de(codigo: str) -> str:
    """Give the label (``<serie>-<folio>``) that a scan or somebody's typing says; empty when it says none.

    Takes the bars of a receipt (``R<serie>-<folio>``), the label alone, and the text of its QR.
    """
    limpio = codigo.strip().upper()
    partes = limpio.split("|")
    if len(partes) == 6 and partes[0] == "R1" and partes[3].isdigit():
        return f"{partes[2]}-{int(partes[3])}"
    barras = _BARRAS.fullmatch(limpio)
    if barras is None:
        return ""
    return f"{barras['serie']}-{int(barras['folio'])}"
