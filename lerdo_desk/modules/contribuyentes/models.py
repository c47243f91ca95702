"""The merges of people: which record stands for another, and which merges were undone."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from lerdo_desk.db.modelo import Base, Firma, Instante, Numerado, opciones
from lerdo_desk.hacienda.modelos import Contribuyente


class Fusion(Base):
    """From here on ``absorbido`` is the same person as ``conserva``; no row of theirs changes."""

    __tablename__ = "contribuyentes_fusion"
    __table_args__ = opciones(
        CheckConstraint("conserva_id <> absorbido_id", name="otro"),
        CheckConstraint("length(motivo) >= 5", name="motivo"),
        Index("ix_contribuyentes_fusion_conserva_id", "conserva_id"),
        Index("ix_contribuyentes_fusion_absorbido_id", "absorbido_id"),
    )
    id: Mapped[Numerado]
    conserva_id: Mapped[int] = mapped_column(ForeignKey("hacienda_contribuyente.id"))
    absorbido_id: Mapped[int] = mapped_column(ForeignKey("hacienda_contribuyente.id"))
    motivo: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


Index("ix_contribuyentes_nombre", Contribuyente.nombre)
Index("ix_contribuyentes_rfc", Contribuyente.rfc)
Index("ix_contribuyentes_curp", Contribuyente.curp)
"""Where the padrón of people is ordered and its repeated keys are found."""


class FusionEvento(Base):
    """The undoing of a merge, with its reason."""

    __tablename__ = "contribuyentes_fusion_evento"
    __table_args__ = opciones(
        CheckConstraint("n = 1", name="n"),
        CheckConstraint("estado = 'DESHECHA'", name="estado"),
        CheckConstraint("length(motivo) >= 5", name="motivo"),
    )
    fusion_id: Mapped[int] = mapped_column(
        ForeignKey("contribuyentes_fusion.id"), primary_key=True, autoincrement=False
    )
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    estado: Mapped[str]
    motivo: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]
