"""Saldo a favor: money received beyond what was owed, kept until it is applied or given back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, Select, case, exists, func, insert, select, type_coerce
from sqlalchemy.orm import Session, aliased

from lerdo_desk.base.dinero import de_centavos
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.modelos import Cargo, Concepto, Cuenta, Recibo, Serie
from lerdo_desk.hacienda.modelos_ingresos import Saldo, SaldoUso

PAPEL = "SALDO_A_FAVOR"
_MEMORIA = "Pago recibido en exceso"


@dataclass(frozen=True)
class SaldoVisto:
    """A saldo a favor that still has money: whose, from which receipt, and how much of it is left (pesos)."""

    cargo_id: int
    cuenta_id: int
    titular_id: int
    clave: str
    titular: str
    recibo: str
    origen: str
    importe: Decimal
    disponible: Decimal
    fecha: date


def abrir_cargo(
    session: Session, hoy: date, cuenta: tuple[int, int], importe: Decimal, referencia: str
) -> int:
    """Write the cargo that will receive an excess on an account ``(cuenta_id, ente_id)``, and give its id.

    Raises ErrorDeUso when the pack has no concepto for it.
    """
    [abierto] = abrir_cargos(session, hoy, (PorRecibir(cuenta[0], cuenta[1], importe, referencia),))
    return abierto.cargo_id


@dataclass(frozen=True)
class PorRecibir:
    """An excess (pesos) that an account of an ente is about to receive; ``referencia`` is unique to it."""

    cuenta_id: int
    ente_id: int
    importe: Decimal
    referencia: str


@dataclass(frozen=True)
class CargoAbierto:
    """The cargo that will take an excess, and how its line of the receipt is written."""

    cargo_id: int
    concepto_id: int
    texto: str
    fundamento: str


def abrir_cargos(session: Session, hoy: date, excesos: Sequence[PorRecibir]) -> list[CargoAbierto]:
    """Write the cargos that will receive some excesses, in their order, in one go.

    Raises ErrorDeUso when the pack has no concepto for one of their entes.
    """
    if not excesos:
        return []
    conceptos = _conceptos(session)
    if any(e.ente_id not in conceptos for e in excesos):
        raise ErrorDeUso(
            "El catálogo no tiene el concepto de saldo a favor; agréguelo al paquete del municipio."
        )
    filas = [
        {
            "cuenta_id": e.cuenta_id,
            "concepto_id": conceptos[e.ente_id].id,
            "ejercicio": hoy.year,
            "periodo": 0,
            "referencia": e.referencia,
            "importe": e.importe,
            "vence": hoy,
            "origen": "ORDEN",
            "parametro_id": None,
            "memoria": _MEMORIA,
        }
        for e in excesos
    ]
    ids = session.scalars(insert(Cargo).returning(Cargo.id, sort_by_parameter_order=True), filas)
    return [
        CargoAbierto(int(i), c.id, f"{c.nombre}: {_MEMORIA}", c.fundamento)
        for i, c in zip(ids, (conceptos[e.ente_id] for e in excesos), strict=True)
    ]


def _conceptos(session: Session) -> dict[int, Row[int, int, str, str]]:
    """Give the concepto of saldo a favor of each ente."""
    filas = session.execute(
        select(Concepto.ente_id, Concepto.id, Concepto.nombre, Concepto.fundamento).where(
            Concepto.papel == PAPEL
        )
    )
    return {f.ente_id: f for f in filas}


def registrar(
    session: Session, cargo_id: int, cuenta_id: int, recibo_id: str, importe: Decimal, origen: str
) -> None:
    """Keep a saldo a favor that a sealed receipt received on its cargo."""
    session.execute(
        insert(Saldo).values(
            cargo_id=cargo_id, cuenta_id=cuenta_id, recibo_id=recibo_id, importe=importe, origen=origen
        )
    )


def usar(session: Session, cargo_id: int, recibo_id: str | None, importe: Decimal, nota: str = "") -> None:
    """Take part of a saldo for a receipt under way, or give it back (no receipt, a ``nota`` that says how).

    The database refuses more than is left, or another person's debts.
    """
    hechos = (
        session.scalar(select(func.count()).select_from(SaldoUso).where(SaldoUso.cargo_id == cargo_id)) or 0
    )
    session.execute(
        insert(SaldoUso).values(
            cargo_id=cargo_id, n=hechos + 1, importe=importe, recibo_id=recibo_id, nota=nota
        )
    )


def disponibles(session: Session, titulares: Sequence[int] = ()) -> tuple[SaldoVisto, ...]:
    """List the saldos with money left, oldest first; only those of some holders when any is given."""
    consulta = _consulta(_queda(session))
    if titulares:
        consulta = consulta.where(Cuenta.titular_id.in_(titulares))
    filas = session.execute(consulta.order_by(Cargo.vence, Saldo.cargo_id))
    return tuple(
        SaldoVisto(
            f.cargo_id,
            f.cuenta_id,
            f.titular_id,
            f.clave,
            f.titular,
            f"{f.serie}-{f.folio}" if f.folio else "",
            f.origen,
            f.importe,
            de_centavos(int(f.queda)),
            f.vence,
        )
        for f in filas
        if f.queda > 0
    )


def _consulta(queda: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    # The receipt is another till's or a channel's: who may not read it sees the saldo without its label.
    return (
        select(
            *(Saldo.cargo_id, Saldo.cuenta_id, Saldo.origen, Saldo.importe),
            *(Cuenta.titular_id, Cuenta.clave, Cuenta.titular, Cargo.vence),
            Serie.clave.label("serie"),
            Recibo.folio,
            queda.label("queda"),
        )
        .join(Cuenta, Cuenta.id == Saldo.cuenta_id)
        .join(Cargo, Cargo.id == Saldo.cargo_id)
        .outerjoin(Recibo, Recibo.id == Saldo.recibo_id)
        .outerjoin(Serie, Serie.id == Recibo.serie_id)
    )


def _queda(session: Session) -> ColumnElement[int]:
    """Give the centavos left of a saldo: a reversed receipt gives nothing, a reversed use gives it back."""
    if session.get_bind().dialect.name == "postgresql":
        # A definer function: reversals may be receipts that this login does not see.
        return func.saldo_disponible(Saldo.cargo_id)
    return queda()


def queda() -> ColumnElement[int]:
    """Give the expression of the centavos left of a saldo, for who may read every receipt."""
    usado = (
        select(func.coalesce(func.sum(type_coerce(SaldoUso.importe, BigInteger)), 0))
        .where(SaldoUso.cargo_id == Saldo.cargo_id, ~_reversado(SaldoUso.recibo_id))
        .correlate(Saldo)
        .scalar_subquery()
    )
    return case((_reversado(Saldo.recibo_id), 0), else_=type_coerce(Saldo.importe, BigInteger)) - usado


def _reversado(recibo_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 — a mapped column, nullable or not
    reversa = aliased(Recibo)
    return exists(select(reversa.id).where(reversa.reversa_de == recibo_id))
