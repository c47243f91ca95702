"""The padrón of real estate: each account's property, its owners and its values by year."""

from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from lerdo_desk.db.modelo import Base, Firma, Instante, opciones


class Predio(Base):
    """The property of one predial account; ``emitir_desde`` is the first ejercicio that is charged here."""

    __tablename__ = "predial_predio"
    __table_args__ = opciones(
        CheckConstraint("superficie_cm2 >= 0", name="superficie"),
        CheckConstraint("estado IN ('ACTIVA', 'BLOQUEADA_REVISION', 'BAJA')", name="estado"),
    )
    cuenta_id: Mapped[int] = mapped_column(
        ForeignKey("hacienda_cuenta.id"), primary_key=True, autoincrement=False
    )
    tipo: Mapped[str]
    uso: Mapped[str]
    estado: Mapped[str]
    calle: Mapped[str]
    numero: Mapped[str]
    colonia: Mapped[str]
    codigo_postal: Mapped[str]
    superficie_cm2: Mapped[int]
    emitir_desde: Mapped[int] = mapped_column(SmallInteger)
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Propietario(Base):
    """Who owns how much of a property: ``participacion`` in millionths of the whole."""

    __tablename__ = "predial_propietario"
    __table_args__ = opciones(CheckConstraint("participacion BETWEEN 1 AND 1000000", name="participacion"))
    cuenta_id: Mapped[int] = mapped_column(
        ForeignKey("predial_predio.cuenta_id"), primary_key=True, autoincrement=False
    )
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    contribuyente_id: Mapped[int] = mapped_column(ForeignKey("hacienda_contribuyente.id"))
    participacion: Mapped[int]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Valor(Base):
    """The value of land and construction of a property in one ejercicio, in pesos; last version counts."""

    __tablename__ = "predial_valor"
    __table_args__ = opciones(CheckConstraint("terreno >= 0 AND construccion >= 0", name="positivo"))
    cuenta_id: Mapped[int] = mapped_column(
        ForeignKey("predial_predio.cuenta_id"), primary_key=True, autoincrement=False
    )
    ejercicio: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    terreno: Mapped[Decimal]
    construccion: Mapped[Decimal]
    origen: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]
