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
from lerdo_desk.hacienda.modelos_ingresos import Retiro

DENOMINACIONES = tuple(
    Decimal(d) for d in ("1000", "500", "200", "100", "50", "20", "10", "5", "2", "1", "0.50", "0.20", "0.10")
)
"""Bills and coins of the Banco de México that a count may hold, in pesos."""

_HORA = 3_600_000_000  # microseconds

FONDO_MAXIMO = Decimal("999999.99")
"""The largest fund that a till opens with, in pesos; the table's CHECK says the same."""


@dataclass(frozen=True)
class Apertura:
    """The order to open a till; ``turno_id`` is made by the station so that a retry opens it once.

    ``piezas``: the fund counted by denomination; its sum is the fund.
    """

    turno_id: str
    caja_id: int
    fondo: Decimal
    piezas: tuple[tuple[Decimal, int], ...] = ()


@dataclass(frozen=True)
class Arqueo:
    """A blind count: how many pieces of each denomination (pesos).

    ``vez``: which count it is, 1 the first, so that one sent twice is not taken for a recount; 0: the next.
    """

    turno_id: str
    piezas: tuple[tuple[Decimal, int], ...]
    vez: int = 0


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
    vencido: bool = False
    """Past its length: the corte comes before anything else."""


@dataclass(frozen=True)
class CajaPermitida:
    """A till or channel that a login may open today; ``fondo``: the last it was opened with, in pieces."""

    id: int
    clave: str
    nombre: str
    tipo: str = "VENTANILLA"
    fondo: tuple[tuple[Decimal, int], ...] = ()


@dataclass(frozen=True)
class Resultado:
    """What a confirmed count gives: expected, counted and the difference, in pesos; ``vez`` 2: a recount."""

    esperado: Decimal
    contado: Decimal
    vez: int = 1

    @property
    def diferencia(self) -> Decimal:
        """Pesos over (positive) or short (negative)."""
        return self.contado - self.esperado


@dataclass(frozen=True)
class PeticionDeRetiro:
    """The order to take cash from an open till to the vault (pesos); somebody else signs for it.

    ``bolsa``: the number of its bag or seal.
    """

    solicitud_id: str
    turno_id: str
    importe: Decimal
    bolsa: str


def de(session: Session, usuario: str) -> str | None:
    """Give the id of a login's open turno, None where there is none."""
    return session.scalar(
        select(Turno.id).where(
            Turno.usuario == usuario, ~exists(select(Corte.turno_id).where(Corte.turno_id == Turno.id))
        )
    )


def abierto(session: Session, usuario: str, ahora: int, hoy: date) -> TurnoAbierto | None:
    """Give the open turno of a login, or None."""
    contado = exists(select(Conteo.turno_id).where(Conteo.turno_id == Turno.id, Conteo.vez > 0))
    fila = session.execute(
        select(Turno, Caja, contado.label("contado"))
        .join(Caja, Caja.id == Turno.caja_id)
        .where(Turno.usuario == usuario, ~exists(select(Corte.turno_id).where(Corte.turno_id == Turno.id)))
    ).first()
    if fila is None:
        return None
    turno, caja = fila[0], fila[1]
    recibos = session.scalar(select(func.count()).select_from(Recibo).where(Recibo.turno_id == turno.id)) or 0
    return TurnoAbierto(
        turno.id,
        caja.id,
        caja.clave,
        caja.nombre,
        turno.fondo,
        turno.fecha,
        recibos,
        bool(fila.contado),
        _vencido(turno, caja, ahora, hoy),
    )


def _vencido(turno: Turno, caja: Caja, ahora: int, hoy: date) -> bool:
    """Say whether a turno has lasted longer than its caja allows; the lock on receipts says the same."""
    if caja.horas == 0:
        return turno.fecha != hoy
    return ahora > turno.creado + caja.horas * _HORA


def permitidas(session: Session, usuario: str, hoy: date) -> tuple[CajaPermitida, ...]:
    """List the tills that a login may open today, by the last dated row of each."""
    ultima = (
        select(CajaAsignacion.caja_id, func.max(CajaAsignacion.n).label("n"))
        .where(CajaAsignacion.cajero == usuario, CajaAsignacion.desde <= hoy)
        .group_by(CajaAsignacion.caja_id)
        .subquery()
    )
    filas = session.execute(
        select(Caja.id, Caja.clave, Caja.nombre, Caja.tipo)
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
    return tuple(
        CajaPermitida(f.id, f.clave, f.nombre, f.tipo, _ultimo_fondo(session, usuario, f.id))
        for f in filas.all()
    )


def _ultimo_fondo(session: Session, usuario: str, caja_id: int) -> tuple[tuple[Decimal, int], ...]:
    """Give how the login's last fund at a caja was made up: what the opening proposes."""
    ultimo = (
        select(Turno.id)
        .where(Turno.caja_id == caja_id, Turno.usuario == usuario)
        .order_by(Turno.creado.desc())
        .limit(1)
        .scalar_subquery()
    )
    filas = session.execute(
        select(Conteo.denominacion, Conteo.piezas)
        .where(Conteo.turno_id == ultimo, Conteo.vez == 0, Conteo.piezas > 0)
        .order_by(Conteo.denominacion.desc())
    )
    return tuple((f.denominacion, f.piezas) for f in filas)


def abrir(session: Session, hoy: date, estacion: str, orden: Apertura) -> None:
    """Open a turno; the database refuses a till that is not assigned or is taken, or a second turno.

    Raises ErrorDeUso for a fund out of range, not counted, or that is not the sum of its pieces.
    """
    if not orden.fondo.is_finite() or not 0 <= orden.fondo <= FONDO_MAXIMO:
        raise ErrorDeUso(f"El fondo va de $0.00 a {formato(FONDO_MAXIMO)}; corríjalo.", "fondo")
    if orden.fondo and not orden.piezas:
        raise ErrorDeUso("Cuente el fondo por denominación antes de abrir la caja.", "fondo")
    if orden.piezas:
        _revisar(orden.piezas)
        if sum((d * p for d, p in orden.piezas), Decimal("0.00")) != orden.fondo:
            raise ErrorDeUso(
                "El fondo no coincide con su conteo por denominación; cuéntelo de nuevo.", "fondo"
            )
    session.execute(
        insert(Turno).values(
            id=orden.turno_id, caja_id=orden.caja_id, fondo=orden.fondo, estacion=estacion, fecha=hoy
        )
    )
    if orden.piezas:
        _escribir_conteo(session, orden.turno_id, 0, orden.piezas)


def _escribir_conteo(
    session: Session, turno_id: str, vez: int, piezas: Sequence[tuple[Decimal, int]]
) -> None:
    session.execute(
        insert(Conteo),
        [{"turno_id": turno_id, "vez": vez, "denominacion": d, "piezas": p} for d, p in piezas],
    )


def contar(session: Session, orden: Arqueo) -> Resultado:
    """Confirm a blind count and only then say what was expected; the turno takes no more receipts.

    Once more is a recount: a second signed row beside the first, and the last one decides.
    """
    _revisar(orden.piezas)
    hechos = session.scalar(select(func.max(Conteo.vez)).where(Conteo.turno_id == orden.turno_id)) or 0
    _escribir_conteo(session, orden.turno_id, orden.vez or hechos + 1, orden.piezas)
    return resultado(session, orden.turno_id)


def resultado(session: Session, turno_id: str) -> Resultado:
    """Give expected and counted cash of a turno once its count is confirmed; before that ErrorDeUso."""
    ultima = select(func.max(Conteo.vez)).where(Conteo.turno_id == turno_id).scalar_subquery()
    leidas = select(Conteo.vez, Conteo.denominacion, Conteo.piezas).where(
        Conteo.turno_id == turno_id, Conteo.vez == ultima, Conteo.vez > 0
    )
    piezas = session.execute(leidas).all()
    if not piezas:
        raise ErrorDeUso("Falta contar el efectivo antes del corte; capture el arqueo.")
    contado = sum((f.denominacion * f.piezas for f in piezas), Decimal("0.00"))
    return Resultado(_esperado(session, turno_id), contado, piezas[0].vez)


def _esperado(session: Session, turno_id: str) -> Decimal:
    cobrado = (
        select(func.coalesce(func.sum(Pago.importe), 0))
        .join(Recibo, Recibo.id == Pago.recibo_id)
        .where(Recibo.turno_id == turno_id, Pago.forma == "01")
    )
    fondo = session.scalars(select(Turno.fondo).where(Turno.id == turno_id)).one()
    retirado = select(func.coalesce(func.sum(Retiro.importe), 0)).where(Retiro.turno_id == turno_id)
    cero = Decimal("0.00")
    return fondo + (session.scalar(cobrado) or cero) - (session.scalar(retirado) or cero)


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


def retirar(session: Session, orden: PeticionDeRetiro) -> int:
    """Write a drop that another person signed for, and give its number in the turno.

    Sent again after its answer was lost, it gives the same number. The database refuses one without that
    signature, or of more cash than the till holds.
    """
    hecho = session.scalar(
        select(Retiro.n).where(Retiro.turno_id == orden.turno_id, Retiro.solicitud_id == orden.solicitud_id)
    )
    if hecho is not None:
        return hecho
    hechos = session.scalar(select(func.count()).select_from(Retiro).where(Retiro.turno_id == orden.turno_id))
    n = (hechos or 0) + 1
    session.execute(
        insert(Retiro).values(
            turno_id=orden.turno_id,
            n=n,
            importe=orden.importe,
            bolsa=orden.bolsa,
            solicitud_id=orden.solicitud_id,
        )
    )
    return n
