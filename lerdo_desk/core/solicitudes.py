"""Acts that wait for a second signature: the request, its resolution, and that each is used once."""

from dataclasses import dataclass

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db.modelo import Base, Firma, Instante, Uuid, opciones

CANCELAR_RECIBO = "caja.cancelar_recibo"


class Solicitud(Base):
    """What somebody asks another to sign: the act, the row it concerns and why."""

    __tablename__ = "core_solicitud"
    __table_args__ = opciones(
        CheckConstraint("length(motivo) >= 5", name="motivo"),
        Index("ix_core_solicitud_acto_objeto", "acto", "objeto"),
    )
    id: Mapped[Uuid] = mapped_column(primary_key=True)
    acto: Mapped[str] = mapped_column(String(80))
    modulo: Mapped[str]
    objeto: Mapped[str]
    motivo: Mapped[str]
    orden: Mapped[str]
    vence: Mapped[int]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Resolucion(Base):
    """The signature, approving or rejecting, of another person with the profile for it."""

    __tablename__ = "core_resolucion"
    __table_args__ = opciones(CheckConstraint("decision IN ('APROBADA', 'RECHAZADA')", name="decision"))
    solicitud_id: Mapped[Uuid] = mapped_column(ForeignKey("core_solicitud.id"), primary_key=True)
    decision: Mapped[str]
    nota: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


@dataclass(frozen=True)
class SolicitudVista:
    """A request with its answer, as a screen shows it; ``decision`` is None while it waits."""

    id: str
    acto: str
    objeto: str
    motivo: str
    solicitante: str
    decision: str | None
    firmante: str | None


def pedir(sesion: Session, solicitud: Solicitud) -> None:
    """Write a request; the database stamps who and when."""
    sesion.add(solicitud)
    sesion.flush()


def resolver(sesion: Session, solicitud_id: str, decision: str, nota: str) -> None:
    """Sign a request; the database refuses one's own, a second answer, an expired one and other profiles."""
    sesion.execute(insert(Resolucion).values(solicitud_id=solicitud_id, decision=decision, nota=nota))


def ver(sesion: Session, solicitud_id: str) -> SolicitudVista:
    """Give a request with its answer; ErrorDeUso when there is none with that id."""
    fila = sesion.execute(
        select(Solicitud, Resolucion)
        .outerjoin(Resolucion, Resolucion.solicitud_id == Solicitud.id)
        .where(Solicitud.id == solicitud_id)
    ).first()
    if fila is None:
        raise ErrorDeUso("Esa solicitud no existe; pídala de nuevo.")
    pedida, firmada = fila[0], fila[1]
    return SolicitudVista(
        pedida.id,
        pedida.acto,
        pedida.objeto,
        pedida.motivo,
        pedida.usuario,
        firmada.decision if firmada else None,
        firmada.usuario if firmada else None,
    )
