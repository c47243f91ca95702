"""The tables between the till and the bank: drops, the steps of a corte, deposits, closed days, channels."""

import datetime as dt
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lerdo_desk.db.modelo import Base, Firma, Instante, Numerado, Uuid, opciones
from lerdo_desk.hacienda.modelos import AL_FINAL


class Retiro(Base):
    """Cash taken from an open till to the vault, with the signature of who received it (its solicitud)."""

    __tablename__ = "hacienda_retiro"
    __table_args__ = opciones(CheckConstraint("importe > 0", name="importe"))
    turno_id: Mapped[Uuid] = mapped_column(ForeignKey("hacienda_turno.id"), primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    importe: Mapped[Decimal]
    bolsa: Mapped[str]
    solicitud_id: Mapped[Uuid] = mapped_column(unique=True)
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class CorteEvento(Base):
    """The steps of a corte after it was made, each signed by another person than the one before.

    1 VERIFICADO (not by who made it), 2 ENTREGADO (bag and seal), 3 RECIBIDO (the tesorero).
    """

    __tablename__ = "hacienda_corte_evento"
    __table_args__ = opciones(
        CheckConstraint(
            "(n = 1 AND estado = 'VERIFICADO') OR (n = 2 AND estado = 'ENTREGADO')"
            " OR (n = 3 AND estado = 'RECIBIDO')",
            name="estado",
        ),
        CheckConstraint("n <> 2 OR (length(bolsa) > 0 AND length(sello) > 0)", name="bolsa"),
    )
    turno_id: Mapped[Uuid] = mapped_column(ForeignKey("hacienda_corte.turno_id"), primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    estado: Mapped[str]
    bolsa: Mapped[str]
    sello: Mapped[str]
    nota: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class CuentaBancaria(Base):
    """A bank account of an ente."""

    __tablename__ = "hacienda_cuenta_bancaria"
    __table_args__ = opciones(UniqueConstraint("banco", "numero"))
    id: Mapped[Numerado]
    ente_id: Mapped[int] = mapped_column(ForeignKey("hacienda_ente.id"))
    banco: Mapped[str]
    numero: Mapped[str]
    nombre: Mapped[str]
    ejemplo: Mapped[int] = mapped_column(SmallInteger)


class Ficha(Base):
    """A deposit slip (or a bank's credit; its debit for a returned cheque is negative), sealed last."""

    __tablename__ = "hacienda_ficha"
    __table_args__ = opciones(
        UniqueConstraint("cuenta_bancaria_id", "folio"), CheckConstraint("length(folio) > 0", name="folio")
    )
    id: Mapped[Uuid] = mapped_column(primary_key=True)
    cuenta_bancaria_id: Mapped[int] = mapped_column(ForeignKey("hacienda_cuenta_bancaria.id"))
    folio: Mapped[str]
    fecha: Mapped[dt.date]
    importe: Mapped[Decimal]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class FichaCorte(Base):
    """The money of one corte, ente and form of payment that a slip deposits: whole, and once."""

    __tablename__ = "hacienda_ficha_corte"
    __table_args__ = opciones(Index("ix_hacienda_ficha_corte_ficha_id", "ficha_id"))
    turno_id: Mapped[Uuid] = mapped_column(ForeignKey("hacienda_corte.turno_id"), primary_key=True)
    ente_id: Mapped[int] = mapped_column(
        ForeignKey("hacienda_ente.id"), primary_key=True, autoincrement=False
    )
    forma: Mapped[str] = mapped_column(String(2), primary_key=True)
    ficha_id: Mapped[Uuid] = mapped_column(ForeignKey("hacienda_ficha.id", **AL_FINAL))
    importe: Mapped[Decimal]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class DiaEvento(Base):
    """A day of the municipality's revenue closed, or opened again by the tesorero; the last row decides."""

    __tablename__ = "hacienda_dia_evento"
    __table_args__ = opciones(
        CheckConstraint("estado IN ('CERRADO', 'REABIERTO')", name="estado"),
        CheckConstraint("estado = 'CERRADO' OR length(motivo) >= 5", name="motivo"),
    )
    fecha: Mapped[dt.date] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    estado: Mapped[str]
    motivo: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class PagoExterno(Base):
    """A payment made elsewhere, imported once by channel and reference; its operación is what it charged.

    ``clave``: the account or folio as the file says it; ``archivo``: digest of the file it came in.
    """

    __tablename__ = "hacienda_pago_externo"
    __table_args__ = opciones(
        CheckConstraint("importe > 0", name="importe"),
        CheckConstraint(
            "resultado IN ('COBRADO', 'CON_SALDO', 'SOLO_SALDO', 'SIN_CUENTA')", name="resultado"
        ),
        UniqueConstraint("operacion_id"),
    )
    caja_id: Mapped[int] = mapped_column(
        ForeignKey("hacienda_caja.id"), primary_key=True, autoincrement=False
    )
    referencia: Mapped[str] = mapped_column(primary_key=True)
    clave: Mapped[str]
    fecha_pago: Mapped[dt.date]
    importe: Mapped[Decimal]
    forma: Mapped[str] = mapped_column(String(2))
    resultado: Mapped[str]
    operacion_id: Mapped[Uuid] = mapped_column(ForeignKey("hacienda_operacion.id"))
    archivo: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Saldo(Base):
    """Money received beyond what was owed (saldo a favor): the cargo that took it, and why it is there."""

    __tablename__ = "hacienda_saldo"
    __table_args__ = opciones(
        CheckConstraint("importe > 0", name="importe"),
        CheckConstraint("origen IN ('EXCEDENTE', 'PAGO_DOBLE', 'SIN_CUENTA', 'CHEQUE')", name="origen"),
        Index("ix_hacienda_saldo_cuenta_id", "cuenta_id"),
    )
    cargo_id: Mapped[int] = mapped_column(
        ForeignKey("hacienda_cargo.id"), primary_key=True, autoincrement=False
    )
    cuenta_id: Mapped[int] = mapped_column(ForeignKey("hacienda_cuenta.id"))
    recibo_id: Mapped[Uuid] = mapped_column(ForeignKey("hacienda_recibo.id"))
    importe: Mapped[Decimal]
    origen: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class SaldoUso(Base):
    """A part of a saldo a favor used: applied to a receipt (forma 17), or given back by the tesorero."""

    __tablename__ = "hacienda_saldo_uso"
    __table_args__ = opciones(
        CheckConstraint("importe > 0", name="importe"),
        CheckConstraint("recibo_id IS NOT NULL OR length(nota) >= 5", name="nota"),
        Index("ix_hacienda_saldo_uso_recibo_id", "recibo_id"),
    )
    cargo_id: Mapped[int] = mapped_column(
        ForeignKey("hacienda_saldo.cargo_id"), primary_key=True, autoincrement=False
    )
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    importe: Mapped[Decimal]
    recibo_id: Mapped[Uuid | None] = mapped_column(ForeignKey("hacienda_recibo.id", **AL_FINAL))
    nota: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Contacto(Base):
    """How to reach a person: phone, e-mail or address for notices; the last row of each tipo counts."""

    __tablename__ = "hacienda_contacto"
    __table_args__ = opciones(
        CheckConstraint("tipo IN ('TELEFONO', 'CORREO', 'DOMICILIO')", name="tipo"),
    )
    contribuyente_id: Mapped[int] = mapped_column(
        ForeignKey("hacienda_contribuyente.id"), primary_key=True, autoincrement=False
    )
    tipo: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    valor: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]
