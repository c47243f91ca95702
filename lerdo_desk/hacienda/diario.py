"""The diario de ingresos: what was charged and given back in some days, by five ways of looking at it.

Days are those on which receipts were sealed, in the municipality's zone. Every table adds up to the same:
the receipts less the reversals. Three set-based statements read it, whatever the number of receipts.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from lerdo_desk.base.calendario import micros
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import dias
from lerdo_desk.hacienda import documentos as doc
from lerdo_desk.hacienda.cabeceras import cabecera
from lerdo_desk.hacienda.cri import POR_CLASIFICAR, SIN_CRI, rubro
from lerdo_desk.hacienda.formas import FORMAS
from lerdo_desk.hacienda.modelos import Caja, Cargo, Concepto, Cuenta, Ente, Pago, Recibo, Renglon, Turno

CERO = Decimal("0.00")
MAXIMO_DE_DIAS = 366
"""Days that one diario covers at most."""


@dataclass(frozen=True)
class Rango:
    """The days of a diario, both included."""

    desde: date
    hasta: date

    @property
    def dias(self) -> tuple[date, ...]:
        """List its days."""
        return tuple(self.desde + timedelta(days=n) for n in range((self.hasta - self.desde).days + 1))


class FilaDelDiario(NamedTuple):
    """One line: its key and name, pesos charged, pesos cancelled or given back (positive)."""

    clave: str
    nombre: str
    cobrado: Decimal
    cancelado: Decimal

    @property
    def neto(self) -> Decimal:
        """Pesos that remain."""
        return self.cobrado - self.cancelado


@dataclass(frozen=True)
class TablaDelDiario:
    """One way of looking at the same money: its title, what its key and its name are, and its lines."""

    titulo: str
    de_clave: str
    de_nombre: str
    filas: tuple[FilaDelDiario, ...]

    @property
    def suma(self) -> FilaDelDiario:
        """Give its last line."""
        return FilaDelDiario(
            "",
            "Suma",
            sum((f.cobrado for f in self.filas), CERO),
            sum((f.cancelado for f in self.filas), CERO),
        )


class EstadoDelDia(NamedTuple):
    """Whether a day is closed, and by whom and when (UTC microseconds) that was decided."""

    fecha: date
    cerrado: bool
    reabierto: bool
    quien: str
    cuando: int | None


@dataclass(frozen=True)
class Diario:
    """The revenue of some days in five tables, how many receipts it has, and which days are closed."""

    rango: Rango
    tablas: tuple[TablaDelDiario, ...]
    recibos: int
    reversas: int
    total: FilaDelDiario
    estados: tuple[EstadoDelDia, ...]
    zona: str
    membrete: doc.Membrete = field(repr=False)
    capacitacion: bool = False


def diario(
    session: Session, rango: Rango, direcciones: Mapping[str, str], nombres: Mapping[str, str]
) -> Diario:
    """Read the diario of some days; ``direcciones`` names each módulo, ``nombres`` each login.

    Raises ErrorDeUso (``desde``) for days in the wrong order or more than a year of them.
    """
    if rango.desde > rango.hasta:
        raise ErrorDeUso("El primer día es posterior al último; inviértalos.", "desde")
    if (rango.hasta - rango.desde).days >= MAXIMO_DE_DIAS:
        raise ErrorDeUso("El diario abarca un año cuando más; elija menos días.", "desde")
    arriba = cabecera(session)
    sellado = _sellado(rango, arriba.zona)
    lineas, recibos = _lineas(session, sellado), _recibos(session, sellado)
    tablas = (
        _tabla("Por rubro del CRI", ("CRI", "Rubro"), lineas, lambda f: (f.cri or SIN_CRI, rubro(f.cri))),
        _tabla("Por concepto", ("Concepto", "Nombre"), lineas, _concepto),
        _tabla(
            "Por dirección", ("", "Dirección"), lineas, lambda f: ("", direcciones.get(f.modulo, f.modulo))
        ),
        _tabla("Por caja", ("Caja", "Nombre"), recibos, lambda f: (f.caja, f.caja_nombre)),
        _tabla("Por forma de pago", ("Forma", "Nombre"), _formas(session, sellado), _forma),
        _tabla("Por ente", ("", "Ente"), recibos, lambda f: ("", f.ente)),
    )
    return Diario(
        rango,
        tablas,
        sum(f.recibos for f in recibos),
        sum(f.reversas for f in recibos),
        _tabla("", ("", ""), recibos, lambda _f: ("", "")).suma,
        _estados(session, rango, nombres),
        arriba.zona,
        arriba.membrete,
        arriba.capacitacion,
    )


def _sellado(rango: Rango, zona: str) -> ColumnElement[bool]:
    """Give the condition that a receipt was sealed in the days, by the instants where they begin and end."""
    desde, hasta = (
        micros(datetime.combine(d, time(), ZoneInfo(zona)))
        for d in (rango.desde, rango.hasta + timedelta(days=1))
    )
    return (Recibo.creado >= desde) & (Recibo.creado < hasta)


def _sumas(importe: InstrumentedAttribute[Decimal]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Add an amount up twice: where it was charged, and where it was reversed (it comes negative)."""
    cobrado = func.sum(case((Recibo.tipo == "COBRO", importe), else_=CERO))
    reversado = func.sum(case((Recibo.tipo == "REVERSA", importe), else_=CERO))
    return cobrado.label("cobrado"), reversado.label("reversado")


def _lineas(session: Session, sellado: ColumnElement[bool]) -> list[Any]:
    """Read the lines by concepto and by the dirección of the account that owed."""
    return list(
        session.execute(
            select(
                Concepto.cri,
                Concepto.departamento,
                Concepto.clave,
                Concepto.nombre,
                Cuenta.modulo,
                *_sumas(Renglon.importe),
            )
            .join(Recibo, Recibo.id == Renglon.recibo_id)
            .join(Concepto, Concepto.id == Renglon.concepto_id)
            .join(Cargo, Cargo.id == Renglon.cargo_id)
            .join(Cuenta, Cuenta.id == Cargo.cuenta_id)
            .where(sellado)
            .group_by(
                Concepto.id,
                Concepto.cri,
                Concepto.departamento,
                Concepto.clave,
                Concepto.nombre,
                Cuenta.modulo,
            )
        )
    )


def _recibos(session: Session, sellado: ColumnElement[bool]) -> list[Any]:
    """Read the receipts by caja and ente."""
    return list(
        session.execute(
            select(
                Caja.clave.label("caja"),
                Caja.nombre.label("caja_nombre"),
                Ente.nombre.label("ente"),
                func.sum(case((Recibo.tipo == "COBRO", 1), else_=0)).label("recibos"),
                func.sum(case((Recibo.tipo == "REVERSA", 1), else_=0)).label("reversas"),
                *_sumas(Recibo.total),
            )
            .select_from(Recibo)
            .join(Turno, Turno.id == Recibo.turno_id)
            .join(Caja, Caja.id == Turno.caja_id)
            .join(Ente, Ente.id == Recibo.ente_id)
            .where(sellado)
            .group_by(Caja.id, Caja.clave, Caja.nombre, Ente.id, Ente.nombre)
        )
    )


def _formas(session: Session, sellado: ColumnElement[bool]) -> list[Any]:
    """Read the payments by form."""
    return list(
        session.execute(
            select(Pago.forma, *_sumas(Pago.importe))
            .join(Recibo, Recibo.id == Pago.recibo_id)
            .where(sellado)
            .group_by(Pago.forma)
        )
    )


def _concepto(fila: Any) -> tuple[str, str]:  # noqa: ANN401 — a row
    """Name a concepto; one that the CRI has no place for is said to be still without it."""
    nombre = fila.nombre if fila.cri else f"{fila.nombre} ({POR_CLASIFICAR.lower()})"
    return f"{fila.departamento}-{fila.clave}", nombre


def _forma(fila: Any) -> tuple[str, str]:  # noqa: ANN401 — a row
    return fila.forma, FORMAS.get(fila.forma, fila.forma)


def _tabla(
    titulo: str,
    rotulos: tuple[str, str],
    leidas: Iterable[Any],
    llave: Callable[[Any], tuple[str, str]],
) -> TablaDelDiario:
    """Fold what was read by a key and a name, in their order; what has no CRI comes last."""
    juntas: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for fila in leidas:
        cual = llave(fila)
        cobrado, reversado = juntas.get(cual, (CERO, CERO))
        juntas[cual] = (cobrado + fila.cobrado, reversado + fila.reversado)
    filas = (
        FilaDelDiario(clave, nombre, *(cobrado, -reversado))
        for (clave, nombre), (cobrado, reversado) in sorted(juntas.items(), key=lambda par: _lugar(par[0]))
    )
    return TablaDelDiario(titulo, *rotulos, tuple(filas))


def _lugar(cual: tuple[str, str]) -> tuple[bool, tuple[str, str]]:
    return cual[0] == SIN_CRI, cual


def _estados(session: Session, rango: Rango, nombres: Mapping[str, str]) -> tuple[EstadoDelDia, ...]:
    hechos = dias.eventos(session, rango.desde, rango.hasta)
    estados = []
    for fecha in rango.dias:
        e = hechos.get(fecha)
        if e is None:
            estados.append(EstadoDelDia(fecha, False, False, "", None))
        else:
            cerrado = e.estado == dias.CERRADO
            quien = nombres.get(e.usuario, e.usuario)
            estados.append(EstadoDelDia(fecha, cerrado, not cerrado, quien, e.creado))
    return tuple(estados)
