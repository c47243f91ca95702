"""Shifts at a till: open with a fund, count blind, close with the corte."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import exists, func, insert, select
from sqlalchemy.orm import Session

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.modelos import Caja, CajaAsignacion, Conteo, Corte, Pago, Recibo, Turno

DENOMINACIONES = tuple(
    Decimal(d) for d in ("1000", "500", "200", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10")
)
"""Bills and coins of the Banco de México that a count may hold, in pesos."""

FONDO_MAXIMO = Decimal("999999.99")
"""The largest fund that a till opens with, in pesos; the table's CHECK says the same."""


@dataclass(frozen=True)
class Apertura:
    """The order to open a till; ``turno_id`` is made by the station so that a retry opens it once."""

    turno_id: str
    caja_id: int
    fondo: Decimal


@dataclass(frozen=True)
class Arqueo:
    """A blind count: how many pieces of each denomination (pesos)."""

    turno_id: str
    piezas: tuple[tuple[Decimal, int], ...]


@dataclass(frozen=True)
class Cierre:
    """The order to make the corte of a counted turno."""

    turno_id: str
    motivo: str = ""


@dataclass(frozen=True)
class TurnoAbierto:
    """A cashier's open turno; it says how many receipts, never how much cash there should be."""

    id: str
    caja_id: int
    caja: str
    caja_nombre: str
    fondo: Decimal
    fecha: date
    recibos: int
    contado: bool


@dataclass(frozen=True)
class CajaPermitida:
    """A till that a login may open today."""

    id: int
    clave: str
    nombre: str


@dataclass(frozen=True)
class Resultado:
    """What a confirmed count gives: expected, counted and the difference, in pesos."""

    esperado: Decimal
    contado: Decimal

    @property
    def diferencia(self) -> Decimal:
        """Pesos over (positive) or short (negative)."""
        return self.contado - self.esperado


def abierto(session: Session, usuario: str) -> TurnoAbierto | None:
    """Give the open turno of a login, or None."""
    fila = session.execute(
        select(
            Turno, Caja, exists(select(Conteo.turno_id).where(Conteo.turno_id == Turno.id)).label("contado")
        )
        .join(Caja, Caja.id == Turno.caja_id)
        .where(Turno.usuario == usuario, ~exists(select(Corte.turno_id).where(Corte.turno_id == Turno.id)))
    ).first()
    if fila is None:
        return None
    turno, caja = fila[0], fila[1]
    recibos = session.scalar(select(func.count()).select_from(Recibo).where(Recibo.turno_id == turno.id)) or 0
    return TurnoAbierto(
        turno.id, caja.id, caja.clave, caja.nombre, turno.fondo, turno.fecha, recibos, bool(fila.contado)
    )


def permitidas(session: Session, usuario: str, hoy: date) -> tuple[CajaPermitida, ...]:
    """List the tills that a login may open today, by the last dated row of each."""
    ultima = (
        select(CajaAsignacion.caja_id, func.max(CajaAsignacion.n).label("n"))
        .where(CajaAsignacion.cajero == usuario, CajaAsignacion.desde <= hoy)
        .group_by(CajaAsignacion.caja_id)
        .subquery()
    )
    filas = session.execute(
        select(Caja.id, Caja.clave, Caja.nombre)
        .join(ultima, ultima.c.caja_id == Caja.id)
        .join(
            CajaAsignacion,
            (CajaAsignacion.caja_id == Caja.id)
            & (CajaAsignacion.n == ultima.c.n)
            & (CajaAsignacion.cajero == usuario),
        )
        .where(CajaAsignacion.permitida == 1)
        .order_by(Caja.clave)
    )
    return tuple(CajaPermitida(f.id, f.clave, f.nombre) for f in filas)


def abrir(session: Session, hoy: date, estacion: str, orden: Apertura) -> None:
    """Open a turno; the database refuses a till that is not assigned or is taken, or a second turno."""
    if not orden.fondo.is_finite() or not 0 <= orden.fondo <= FONDO_MAXIMO:
        raise ErrorDeUso(f"El fondo va de $0.00 a {formato(FONDO_MAXIMO)}; corríjalo.", "fondo")
    session.execute(
        insert(Turno).values(
            id=orden.turno_id, caja_id=orden.caja_id, fondo=orden.fondo, estacion=estacion, fecha=hoy
        )
    )


def contar(session: Session, orden: Arqueo) -> Resultado:
    """Confirm a blind count and only then say what was expected; the turno takes no more receipts."""
    _revisar(orden.piezas)
    vez = (session.scalar(select(func.max(Conteo.vez)).where(Conteo.turno_id == orden.turno_id)) or 0) + 1
    if vez > 1:
        raise ErrorDeUso("El efectivo de este turno ya se contó; haga el corte.")
    session.execute(
        insert(Conteo),
        [{"turno_id": orden.turno_id, "vez": vez, "denominacion": d, "piezas": p} for d, p in orden.piezas],
    )
    return resultado(session, orden.turno_id)


def resultado(session: Session, turno_id: str) -> Resultado:
    """Give expected and counted cash of a turno once its count is confirmed; before that ErrorDeUso."""
    leidas = select(Conteo.denominacion, Conteo.piezas).where(Conteo.turno_id == turno_id)
    piezas = session.execute(leidas).all()
    if not piezas:
        raise ErrorDeUso("Falta contar el efectivo antes del corte; capture el arqueo.")
    contado = sum((f.denominacion * f.piezas for f in piezas), Decimal("0.00"))
    return Resultado(_esperado(session, turno_id), contado)


def _esperado(session: Session, turno_id: str) -> Decimal:
    cobrado = (
        select(func.coalesce(func.sum(Pago.importe), 0))
        .join(Recibo, Recibo.id == Pago.recibo_id)
        .where(Recibo.turno_id == turno_id, Pago.forma == "01")
    )
    fondo = session.scalars(select(Turno.fondo).where(Turno.id == turno_id)).one()
    return fondo + (session.scalar(cobrado) or Decimal("0.00"))


def _revisar(piezas: Sequence[tuple[Decimal, int]]) -> None:
    ajenas = [d for d, _ in piezas if d not in DENOMINACIONES]
    if ajenas:
        raise ErrorDeUso(f"No hay billetes ni monedas de {ajenas[0]} pesos; corrija el arqueo.", "piezas")
    if len({d for d, _ in piezas}) != len(piezas):
        raise ErrorDeUso("Una denominación está dos veces en el arqueo; cuéntela una sola vez.", "piezas")
    if any(p < 0 or p > 100_000 for _, p in piezas) or not piezas:
        raise ErrorDeUso("Las piezas deben ser números entre 0 y 100,000; corrija el arqueo.", "piezas")


def cerrar(session: Session, orden: Cierre) -> None:
    """Make the corte of a counted turno; the database computes every figure and seals it."""
    caja_id = session.scalar(select(Turno.caja_id).where(Turno.id == orden.turno_id))
    if caja_id is None:
        raise ErrorDeUso("El turno no es suyo, no está abierto o es de otra caja; abra su turno.")
    session.execute(
        insert(Corte).values(turno_id=orden.turno_id, caja_id=caja_id, motivo=orden.motivo.strip())
    )
