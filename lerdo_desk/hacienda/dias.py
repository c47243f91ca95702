"""The days of revenue: which are closed, what still stops one, closing it, and opening it again."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, insert, select
from sqlalchemy.orm import Session

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.cortes import CONTADO, PASOS, SIN_VERIFICAR, TURNOS
from lerdo_desk.hacienda.modelos_ingresos import DiaEvento

CERRADO, REABIERTO = "CERRADO", "REABIERTO"
MINIMO_DE_MOTIVO = 5
"""Characters that the reason of a reopening has at least; the table's CHECK says the same."""

_CUANTOS = 3  # turnos named in one sentence


@dataclass(frozen=True)
class TurnoDelDia:
    """A turno of a day: its caja, whose it is, its corte's number, how it stands (`cortes.EN_PALABRAS`)."""

    id: str
    fecha: date
    caja: str
    cajero: str
    paso: str
    numero: int | None

    @property
    def listo(self) -> bool:
        """Tell whether it lets its day close: its corte is verified."""
        return self.paso in PASOS

    def falta(self) -> str:
        """Say what is missing and who does it; empty when nothing stops its day."""
        if self.listo:
            return ""
        if self.paso == SIN_VERIFICAR:
            return "falta verificar su corte (lo hace un supervisor o Tesorería)"
        if self.paso == CONTADO:
            return f"falta su corte (lo hace {self.cajero})"
        return f"sigue abierto (lo cierra {self.cajero})"


@dataclass(frozen=True)
class Dia:
    """A day: the last thing that was done with it (empty: nothing), by whom and when, and its turnos."""

    fecha: date
    estado: str
    motivo: str
    quien: str
    cuando: int | None
    turnos: tuple[TurnoDelDia, ...]

    @property
    def cerrado(self) -> bool:
        """Tell whether no till opens that day."""
        return self.estado == CERRADO

    @property
    def faltan(self) -> tuple[TurnoDelDia, ...]:
        """Give the turnos of this day that stop it."""
        return tuple(t for t in self.turnos if not t.listo)


@dataclass(frozen=True)
class Mes:
    """The days of a month up to today, and the turnos of days before it that are not verified."""

    anio: int
    mes: int
    dias: tuple[Dia, ...]
    atrasados: tuple[TurnoDelDia, ...]

    def estorban(self, fecha: date) -> tuple[TurnoDelDia, ...]:
        """Give what stops a day of this month from closing: every turno up to it must be verified."""
        return (*self.atrasados, *(t for d in self.dias if d.fecha <= fecha for t in d.faltan))


def mes(session: Session, anio: int, mes: int, hoy: date, nombres: Mapping[str, str]) -> Mes:
    """Give the days of a month, none after ``hoy``; ``nombres`` gives the person behind each login."""
    primero = date(anio, mes, 1)
    ultimo = min(date(anio, mes, calendar.monthrange(anio, mes)[1]), hoy)
    turnos = _turnos(session, nombres, TURNOS.c.fecha >= primero, TURNOS.c.fecha <= ultimo)
    hechos = eventos(session, primero, ultimo)
    dias = []
    for n in range(1, ultimo.day + 1) if primero <= hoy else ():
        fecha = date(anio, mes, n)
        e = hechos.get(fecha)
        suyos = tuple(t for t in turnos if t.fecha == fecha)
        if e is None:
            dias.append(Dia(fecha, "", "", "", None, suyos))
        else:
            quien = nombres.get(e.usuario, e.usuario)
            dias.append(Dia(fecha, e.estado, e.motivo, quien, e.creado, suyos))
    return Mes(anio, mes, tuple(dias), _sin_verificar(session, nombres, TURNOS.c.fecha < primero))


def eventos(session: Session, desde: date, hasta: date) -> dict[date, DiaEvento]:
    """Give the last row of each day of a range that has one."""
    ultimo = (
        select(DiaEvento.fecha, func.max(DiaEvento.n).label("n"))
        .where(DiaEvento.fecha >= desde, DiaEvento.fecha <= hasta)
        .group_by(DiaEvento.fecha)
        .subquery()
    )
    unidos = (ultimo.c.fecha == DiaEvento.fecha) & (ultimo.c.n == DiaEvento.n)
    return {e.fecha: e for e in session.scalars(select(DiaEvento).join(ultimo, unidos))}


def _turnos(
    session: Session, nombres: Mapping[str, str], *donde: ColumnElement[bool]
) -> tuple[TurnoDelDia, ...]:
    t = TURNOS.c
    filas = session.execute(
        select(t.id, t.fecha, t.usuario, t.caja_nombre, t.paso, t.numero)
        .where(*donde)
        .order_by(t.fecha, t.abierto)
    )
    return tuple(
        TurnoDelDia(f.id, f.fecha, f.caja_nombre, nombres.get(f.usuario, f.usuario), f.paso, f.numero)
        for f in filas
    )


def _sin_verificar(
    session: Session, nombres: Mapping[str, str], *donde: ColumnElement[bool]
) -> tuple[TurnoDelDia, ...]:
    """List the turnos whose corte nobody verified; this is what the lock asks before a day closes."""
    return _turnos(session, nombres, TURNOS.c.paso.not_in(PASOS), *donde)


def cerrar(session: Session, hoy: date, fecha: date, nombres: Mapping[str, str]) -> None:
    """Close a day once every turno up to it is verified; from then on no till opens that day.

    Raises ErrorDeUso that names what stops it and who has to do it. The database asks the same.
    """
    if fecha > hoy:
        raise ErrorDeUso("Ese día todavía no llega; sólo se cierra hoy o un día anterior.", "fecha")
    if _ultimo(session, fecha) == CERRADO:
        raise ErrorDeUso(f"El {fecha_corta(fecha)} ya está cerrado; actualice la lista.")
    faltan = _sin_verificar(session, nombres, TURNOS.c.fecha <= fecha)
    if faltan:
        raise ErrorDeUso(f"El {fecha_corta(fecha)} no se puede cerrar: {en_palabras(faltan)}.")
    _anotar(session, fecha, CERRADO, "")


def reabrir(session: Session, fecha: date, motivo: str) -> None:
    """Open a closed day again, with its reason; ErrorDeUso when it is not closed or nothing is said."""
    limpio = texto(motivo, campo="motivo")
    if len(limpio) < MINIMO_DE_MOTIVO:
        raise ErrorDeUso("Escriba por qué se reabre el día, con al menos cinco letras.", "motivo")
    if _ultimo(session, fecha) != CERRADO:
        raise ErrorDeUso(f"El {fecha_corta(fecha)} no está cerrado; no hace falta reabrirlo.")
    _anotar(session, fecha, REABIERTO, limpio)


def _ultimo(session: Session, fecha: date) -> str | None:
    return session.scalar(
        select(DiaEvento.estado).where(DiaEvento.fecha == fecha).order_by(DiaEvento.n.desc()).limit(1)
    )


def _anotar(session: Session, fecha: date, estado: str, motivo: str) -> None:
    hechos = session.scalar(select(func.count()).select_from(DiaEvento).where(DiaEvento.fecha == fecha))
    session.execute(insert(DiaEvento).values(fecha=fecha, n=(hechos or 0) + 1, estado=estado, motivo=motivo))


def en_palabras(faltan: Sequence[TurnoDelDia]) -> str:
    """Say what stops a day: each caja, whose turno it is, its day, and who does what is missing."""
    dichos = [f"{t.caja} de {t.cajero} ({fecha_corta(t.fecha)}) {t.falta()}" for t in faltan[:_CUANTOS]]
    otros = len(faltan) - _CUANTOS
    if otros > 0:
        dichos.append(f"y {otros} turno{'' if otros == 1 else 's'} más")
    return "; ".join(dichos)
