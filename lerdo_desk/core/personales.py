"""What belongs to one person: preferences and drafts, kept in the database and seen by nobody else."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.permisos import PERFILES, Permiso, Propias
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.db.modelo import Base, Firma, opciones

PREFERENCIA, BORRADOR = "PREFERENCIA", "BORRADOR"
LARGO_MAXIMO = 100_000
"""Characters of one preference or draft."""


class Personal(Base):
    """One preference (``tipo`` PREFERENCIA) or draft (BORRADOR) of one login; ``valor`` is JSON."""

    __tablename__ = "core_personal"
    __table_args__ = opciones(crece=False)
    usuario: Mapped[Firma] = mapped_column(primary_key=True)
    tipo: Mapped[str] = mapped_column(String(12), primary_key=True)
    clave: Mapped[str] = mapped_column(String(120), primary_key=True)
    valor: Mapped[str]
    fecha: Mapped[date]


PERSONAL = Permiso(
    "sistema.personal", "Guardar sus preferencias y borradores", PERFILES, actualiza=(Personal,)
)

VER_PERSONAL = Permiso(
    "sistema.ver_personal", "Ver sus preferencias y borradores", PERFILES, lee=(Propias(Personal),)
)


@dataclass(frozen=True)
class Apunte:
    """The order to keep one preference or draft of one's own; an empty ``valor`` forgets it."""

    tipo: str
    clave: str
    valor: str


@dataclass(frozen=True)
class Mios:
    """The question of everything of one ``tipo`` that one has kept."""

    tipo: str


@use_case(PERSONAL)
def apuntar(ctx: Context, orden: Apunte) -> None:
    """Keep or forget one preference or draft of whoever asks."""
    usuario = ctx.actor.usuario
    if orden.valor:
        guardar(ctx.session, usuario, ctx.hoy, orden.tipo, orden.clave, orden.valor)
    else:
        quitar(ctx.session, usuario, orden.tipo, orden.clave)


@use_case(VER_PERSONAL)
def mis_apuntes(ctx: Context, orden: Mios) -> dict[str, str]:
    """Give what whoever asks has kept, by key."""
    return leer(ctx.session, ctx.actor.usuario, orden.tipo)


def guardar(sesion: Session, usuario: str, hoy: date, tipo: str, clave: str, valor: str) -> None:
    """Keep one value, instead of the one of that key; ErrorDeUso when it is too long to keep."""
    if len(valor) > LARGO_MAXIMO:
        raise ErrorDeUso("El borrador es demasiado grande para guardarse; quite parte del texto.")
    suya = (Personal.usuario == usuario, Personal.tipo == tipo, Personal.clave == clave)
    hecho = sesion.execute(update(Personal).where(*suya).values(valor=valor, fecha=hoy))
    if not hecho.rowcount:  # type: ignore[attr-defined]
        sesion.execute(insert(Personal).values(tipo=tipo, clave=clave, valor=valor, fecha=hoy))


def leer(sesion: Session, usuario: str, tipo: str) -> dict[str, str]:
    """Give every value of one kind of one person, by its key."""
    filas = sesion.execute(
        select(Personal.clave, Personal.valor)
        .where(Personal.usuario == usuario, Personal.tipo == tipo)
        .order_by(Personal.clave)
    )
    return {f.clave: f.valor for f in filas}


def quitar(sesion: Session, usuario: str, tipo: str, clave: str) -> None:
    """Forget one value (a draft that was sent or thrown away)."""
    sesion.execute(
        delete(Personal).where(Personal.usuario == usuario, Personal.tipo == tipo, Personal.clave == clave)
    )
