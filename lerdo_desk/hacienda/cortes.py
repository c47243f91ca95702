"""The steps of a corte after it was made (verified, handed over, received), and how every turno stands."""

from sqlalchemy import case, exists, func, insert, select, type_coerce
from sqlalchemy.orm import Session

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db.modelo import Centavos
from lerdo_desk.hacienda.modelos import Caja, Conteo, Corte, Turno
from lerdo_desk.hacienda.modelos_ingresos import CorteEvento

ABIERTO, CONTADO, SIN_VERIFICAR = "ABIERTO", "CONTADO", "SIN_VERIFICAR"
VERIFICADO, ENTREGADO, RECIBIDO = "VERIFICADO", "ENTREGADO", "RECIBIDO"
PASOS = (VERIFICADO, ENTREGADO, RECIBIDO)
"""The signed steps of a corte in their order; the n of an event is its place here, from 1."""

EN_PALABRAS = (
    (ABIERTO, "Abierto"),
    (CONTADO, "Contado, falta el corte"),
    (SIN_VERIFICAR, "Sin verificar"),
    (VERIFICADO, "Verificado"),
    (ENTREGADO, "Entregado"),
    (RECIBIDO, "Recibido"),
)
"""How a turno stands, for a person: before its corte, and each step after it."""

_ULTIMO_PASO = (
    select(CorteEvento.estado)
    .where(CorteEvento.turno_id == Corte.turno_id)
    .order_by(CorteEvento.n.desc())
    .limit(1)
    .correlate(Corte)
    .scalar_subquery()
)
_CONTADO = exists(select(Conteo.turno_id).where(Conteo.turno_id == Turno.id, Conteo.vez > 0)).correlate(Turno)

TURNOS = (
    select(
        Turno.id,
        Turno.fecha,
        Turno.usuario,
        Turno.creado.label("abierto"),
        Caja.clave.label("caja"),
        Caja.nombre.label("caja_nombre"),
        Caja.tipo,
        Corte.numero,
        Corte.creado.label("cerrado"),
        Corte.recibos,
        Corte.total,
        Corte.esperado,
        Corte.contado,
        type_coerce(Corte.contado - Corte.esperado, Centavos).label("diferencia"),
        Corte.motivo,
        case(
            (Corte.turno_id.is_(None) & _CONTADO, CONTADO),
            (Corte.turno_id.is_(None), ABIERTO),
            else_=func.coalesce(_ULTIMO_PASO, SIN_VERIFICAR),
        ).label("paso"),
    )
    .select_from(Turno)
    .join(Caja, Caja.id == Turno.caja_id)
    .outerjoin(Corte, Corte.turno_id == Turno.id)
    .subquery("turnos")
)
"""Every turno with its corte and how it stands: what lists select from (``TURNOS.c.paso``…)."""


def registrar(
    session: Session, turno_id: str, estado: str, bolsa: str = "", sello: str = "", nota: str = ""
) -> None:
    """Sign one step of a corte; the database refuses one out of order or by who may not sign it."""
    session.execute(
        insert(CorteEvento).values(
            turno_id=turno_id,
            n=PASOS.index(estado) + 1,
            estado=estado,
            bolsa=bolsa,
            sello=sello,
            nota=nota,
        )
    )


def estado_de(session: Session, turno_id: str) -> str:
    """Say how a turno stands (one of ``EN_PALABRAS``); ErrorDeUso when there is none with that id."""
    paso = session.scalar(select(TURNOS.c.paso).where(TURNOS.c.id == turno_id))
    if paso is None:
        raise ErrorDeUso("Ese turno no existe o no es suyo; consulte de nuevo.")
    return str(paso)


def eventos(session: Session, turno_id: str) -> tuple[CorteEvento, ...]:
    """Give the signed steps of a corte, first to last."""
    return tuple(
        session.scalars(select(CorteEvento).where(CorteEvento.turno_id == turno_id).order_by(CorteEvento.n))
    )
