"""The tables of the órdenes de pago: what a dirección asks somebody to pay, by a 14-digit folio."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lerdo_desk.db.modelo import Base, Firma, Instante, Uuid, opciones


class Orden(Base):
    """An order to pay one concepto: its account (módulo ``ordenes``) bears the folio, its cargo the debt.

    ``base``: pesos that a percentage is taken of; ``parametro_id``: the tariff; a free amount has none and
    names the ``solicitud_id`` that a supervisor signed.
    """

    __tablename__ = "hacienda_orden"
    __table_args__ = opciones(
        UniqueConstraint("concepto_id", "consecutivo"),
        CheckConstraint("importe > 0 AND importe <= 99999999999999", name="importe"),
        CheckConstraint("cantidad BETWEEN 1 AND 1000000", name="cantidad"),
        CheckConstraint("(parametro_id IS NULL) = (solicitud_id IS NOT NULL)", name="sustento"),
    )
    cuenta_id: Mapped[int] = mapped_column(
        ForeignKey("hacienda_cuenta.id"), primary_key=True, autoincrement=False
    )
    concepto_id: Mapped[int] = mapped_column(ForeignKey("hacienda_concepto.id"))
    consecutivo: Mapped[int]
    cantidad: Mapped[int]
    base: Mapped[Decimal | None]
    importe: Mapped[Decimal]
    vence: Mapped[dt.date]
    parametro_id: Mapped[int | None] = mapped_column(ForeignKey("hacienda_parametro.id"))
    uma_id: Mapped[int | None] = mapped_column(ForeignKey("hacienda_parametro.id"))
    solicitud_id: Mapped[Uuid | None] = mapped_column(unique=True)
    descripcion: Mapped[str]
    memoria: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class OrdenEvento(Base):
    """What happened to an order besides being paid, which the ledger says: CANCELADA, with its reason."""

    __tablename__ = "hacienda_orden_evento"
    __table_args__ = opciones(
        CheckConstraint("estado = 'CANCELADA'", name="estado"),
        CheckConstraint("length(motivo) >= 5", name="motivo"),
    )
    cuenta_id: Mapped[int] = mapped_column(
        ForeignKey("hacienda_orden.cuenta_id"), primary_key=True, autoincrement=False
    )
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    estado: Mapped[str]
    motivo: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]
