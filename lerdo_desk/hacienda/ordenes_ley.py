"""The flat law of the órdenes: what is left of the order, while it may be paid, and nothing that time adds.

It settles every cargo of origen ORDEN on whatever account it lies: an order's own, a cheque's indemnity or a
saldo a favor on another dirección's account. Those two have no order and do not expire.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.hacienda.ley import CargoVivo, Linea, Pagado, Parametros
from lerdo_desk.hacienda.modelos import Cargo, Concepto, Cuenta, Parametro
from lerdo_desk.hacienda.modelos_ordenes import Orden, OrdenEvento
from lerdo_desk.hacienda.ordenes_estado import vista
from lerdo_desk.hacienda.ordenes_vista import CANCELADA, PAGADA, VENCIDA, VIGENTE

SALDO = "SALDO_A_FAVOR"
_NADA = Pagado(Decimal("0.00"))
_EN_PALABRAS = {VIGENTE: "Vigente", PAGADA: "Pagada", VENCIDA: "Vencida", CANCELADA: "Cancelada"}


@dataclass(frozen=True)
class Hecho:
    """What the law needs of one cargo: text and article of its line, whether it is still to be paid."""

    texto: str
    fundamento: str
    ultimo_dia: date | None
    cancelada: bool


class _Liquidador:
    """The orders' two functions for the caja."""

    def hechos(self, session: Session, cuentas: Sequence[int], /) -> Mapping[int, Mapping[int, Hecho]]:
        """Read, in one SELECT, the facts of every cargo of origen ORDEN of some accounts, by account."""
        filas = session.execute(
            select(
                Cargo.cuenta_id,
                Cargo.id,
                Cargo.memoria,
                Concepto.nombre,
                Concepto.fundamento,
                Parametro.fundamento.label("articulo"),
                Orden.descripcion,
                Orden.vence,
                OrdenEvento.estado,
            )
            .join(Concepto, Concepto.id == Cargo.concepto_id)
            .outerjoin(Parametro, Parametro.id == Cargo.parametro_id)
            .outerjoin(
                Orden, and_(Orden.cuenta_id == Cargo.cuenta_id, Orden.concepto_id == Cargo.concepto_id)
            )
            .outerjoin(OrdenEvento, OrdenEvento.cuenta_id == Orden.cuenta_id)
            .where(Cargo.cuenta_id.in_(cuentas), Cargo.origen == "ORDEN")
        )
        hechos: dict[int, dict[int, Hecho]] = {}
        for f in filas:
            texto = f"{f.nombre}: {f.descripcion or f.memoria}" if f.descripcion or f.memoria else f.nombre
            hecho = Hecho(texto, f.articulo or f.fundamento, f.vence, f.estado is not None)
            hechos.setdefault(f.cuenta_id, {})[f.id] = hecho
        return hechos

    def calcular(
        self,
        hechos: Mapping[int, Hecho] | None,
        cargos: Sequence[CargoVivo],
        pagados: Mapping[int, Pagado],
        parametros: Parametros,
        hoy: date,
    ) -> tuple[Linea, ...]:
        """Give the principal left of each cargo; nothing of an order that expired or was cancelled."""
        lineas = []
        for cargo in cargos:
            hecho = (hechos or {})[cargo.id]
            pendiente = cargo.importe - pagados.get(cargo.id, _NADA).principal
            expiro = hecho.ultimo_dia is not None and hecho.ultimo_dia < hoy
            # What was received in excess is nobody's debt, not even when its receipt was undone.
            en_exceso = cargo.papel == SALDO and hecho.ultimo_dia is None
            if pendiente > 0 and not hecho.cancelada and not expiro and not en_exceso:
                lineas.append(_linea(cargo, pendiente, hecho))
        return tuple(lineas)


LIQUIDADOR = _Liquidador()


def ficha(session: Session, cuenta_id: int) -> tuple[tuple[str, str], ...]:
    """Give what an order adds to the account card: how it stands, until when, of what, and its arithmetic.

    Nothing for an account of this módulo that bears no order.
    """
    folio = session.scalar(
        select(Cuenta.clave).join(Orden, Orden.cuenta_id == Cuenta.id).where(Cuenta.id == cuenta_id)
    )
    if folio is None:
        return ()
    orden = vista(session, folio)
    estado = _EN_PALABRAS[orden.estado]
    return (
        ("Estado", f"{estado}: {orden.motivo}" if orden.motivo else estado),
        ("Se paga hasta", fecha_corta(orden.vence)),
        ("Concepto", f"{orden.concepto_clave} {orden.concepto}"),
        ("Importe", orden.memoria),
    )


def _linea(cargo: CargoVivo, pendiente: Decimal, hecho: Hecho) -> Linea:
    return Linea(
        cargo_id=cargo.id,
        clase="principal",
        papel="",
        importe=pendiente,
        texto=hecho.texto,
        base=None,
        parametro_id=None,
        parametro_base_id=None,
        meses=None,
        factor=None,
        fundamento=hecho.fundamento,
    )
