"""The emission of the year's charges: what is missing and what it sums, and its writing."""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Row, Select, and_, cast, exists, func, insert, select
from sqlalchemy.orm import Session

from lerdo_desk.base.entrada import entero
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.hacienda.ley import Parametro, Parametros
from lerdo_desk.hacienda.modelos import Cargo, Concepto
from lerdo_desk.hacienda.parametros import vigentes
from lerdo_desk.modules.predial import rules
from lerdo_desk.modules.predial.models import Predio, Valor
from lerdo_desk.modules.predial.service.permisos import EMITIR, VER_EMISION

LOTE = 500  # small: Cancelar answers at once, and no big heap makes the window wait for the collector
ANIOS_ATRAS = 5  # how many past ejercicios the window offers; the order takes any
PRIMER_EJERCICIO = 1900
_CERO = Decimal("0.00")


@dataclass(frozen=True)
class Emision:
    """The order to emit one ejercicio; running it twice emits nothing more."""

    ejercicio: int


@dataclass(frozen=True)
class Emitido:
    """What an emission wrote: how many cargos and their sum in pesos."""

    cargos: int
    importe: Decimal


@dataclass(frozen=True)
class VistaPrevia:
    """The question of what an emission would write; None asks about the current ejercicio."""

    ejercicio: int | None = None


@dataclass(frozen=True)
class PorEmitir:
    """What emitting an ejercicio would write now, and what it already has; sums in pesos.

    ``sin_valor``: active accounts that are left out because no cadastral value is on record for them.
    ``ejercicios``: those that may be asked for, the current one first.
    """

    ejercicio: int
    cuentas: int
    importe: Decimal
    emitidos: int
    importe_emitido: Decimal
    sin_valor: int
    ejercicios: tuple[int, ...]


@use_case(VER_EMISION)
def vista_previa_de_emision(ctx: Context, orden: VistaPrevia) -> PorEmitir:
    """Say how many accounts lack the year's cargo and what it would sum, by the arithmetic of ``emitir``.

    Raises ErrorDeUso when an account's tipo and uso have no law in force for that ejercicio.
    """
    ejercicio = _ejercicio(ctx.hoy.year if orden.ejercicio is None else orden.ejercicio, ctx.hoy)
    concepto = _concepto(ctx.session)
    # Streamed: sixty thousand rows at once would make the window wait for the collector.
    filas = ctx.session.execute(_sin_cargo(ejercicio, concepto), execution_options={"yield_per": LOTE})
    cuentas, suma = 0, _CERO
    for calculado in _calculados(filas, ejercicio, vigentes(ctx.session), ctx.hoy):
        cuentas, suma = cuentas + 1, suma + calculado.impuesto
    emitidos, importe = ctx.session.execute(
        select(func.count(), func.coalesce(func.sum(Cargo.importe), 0)).where(
            Cargo.concepto_id == concepto, Cargo.ejercicio == ejercicio
        )
    ).one()
    return PorEmitir(
        ejercicio,
        cuentas,
        suma,
        emitidos,
        importe or _CERO,
        ctx.session.scalar(_sin_valor(ejercicio, concepto)) or 0,
        tuple(range(ctx.hoy.year, ctx.hoy.year - ANIOS_ATRAS - 1, -1)),
    )


@use_case(EMITIR, repetible=True)
def emitir(ctx: Context, orden: Emision) -> Generator[Progress, None, Emitido]:
    """Charge the year's tax to every active account that has none yet, from its value and its tariff.

    Raises ErrorDeUso for an ejercicio that has not begun, or when an account's tipo and uso have no law in
    force for it: nothing is emitted.
    """
    ejercicio = _ejercicio(orden.ejercicio, ctx.hoy)
    concepto, parametros = _concepto(ctx.session), vigentes(ctx.session)
    pendientes = ctx.session.execute(_sin_cargo(ejercicio, concepto)).all()
    importe, total = _CERO, len(pendientes)
    for inicio in range(0, total, LOTE):
        yield Progress(inicio, total, f"Emisión {ejercicio}")
        lote = list(_calculados(pendientes[inicio : inicio + LOTE], ejercicio, parametros, ctx.hoy))
        ctx.session.execute(insert(Cargo), [_cargo(c, concepto, ejercicio) for c in lote])
        importe += sum((c.impuesto for c in lote), _CERO)
    if total:
        yield Progress(total, total, f"Emisión {ejercicio}")
    return Emitido(total, importe)


def _ejercicio(ejercicio: int, hoy: date) -> int:
    """Refuse a year that has not begun: its law and its UMA may not be the last word yet."""
    return entero(ejercicio, "ejercicio", minimo=PRIMER_EJERCICIO, maximo=hoy.year)


def _concepto(session: Session) -> int:
    concepto = session.scalar(
        select(Concepto.id).where(Concepto.modulo == rules.MODULO, Concepto.papel == rules.IMPUESTO)
    )
    if concepto is None:
        raise ErrorDeUso(
            "El catálogo no tiene el concepto del impuesto predial; cargue el paquete del municipio."
        )
    return concepto


class _Calculado(NamedTuple):
    """The year's tax of one account, in pesos, with its tariff and its memoria de cálculo."""

    cuenta_id: int
    tarifa: Parametro
    impuesto: Decimal
    memoria: str


def _calculados(
    filas: Iterable[Row[int, str, str, Decimal, Decimal]],
    ejercicio: int,
    parametros: Parametros,
    hoy: date,
) -> Iterator[_Calculado]:
    """Work out the year's tax of each account."""
    for f in filas:
        tarifa = rules.tarifa_de(rules.Predio(f.cuenta_id, f.tipo, f.uso), ejercicio, parametros)
        uma = rules.uma_de(tarifa, ejercicio, hoy, parametros)
        yield _Calculado(f.cuenta_id, tarifa, *rules.impuesto_anual(f.terreno + f.construccion, tarifa, uma))


def _cargo(calculado: _Calculado, concepto_id: int, ejercicio: int) -> dict[str, object]:
    return {
        "cuenta_id": calculado.cuenta_id,
        "concepto_id": concepto_id,
        "ejercicio": ejercicio,
        "periodo": 0,
        "importe": calculado.impuesto,
        "vence": rules.vencimiento(calculado.tarifa, ejercicio),
        "origen": "EMISION",
        "parametro_id": calculado.tarifa.id,
        "memoria": calculado.memoria,
    }


def _le_falta(ejercicio: int, concepto_id: int) -> tuple[ColumnElement[bool], ...]:
    """Say which accounts should have the year's cargo and have none."""
    emitido = exists(
        select(Cargo.id).where(
            Cargo.cuenta_id == Predio.cuenta_id,
            Cargo.concepto_id == concepto_id,
            Cargo.ejercicio == ejercicio,
        )
    )
    return Predio.estado != "BAJA", Predio.emitir_desde <= ejercicio, ~emitido


def _sin_valor(ejercicio: int, concepto_id: int) -> Select[int]:
    """Count the accounts that cannot be emitted: no value on record up to that year."""
    valuado = exists(
        select(Valor.cuenta_id).where(Valor.cuenta_id == Predio.cuenta_id, Valor.ejercicio <= ejercicio)
    )
    return select(func.count()).select_from(Predio).where(*_le_falta(ejercicio, concepto_id), ~valuado)


def _sin_cargo(ejercicio: int, concepto_id: int) -> Select[int, str, str, Decimal, Decimal]:
    """Select the active accounts without the year's cargo, with the last value known up to that year."""
    orden = cast(Valor.ejercicio, BigInteger) * 100 + Valor.version
    ultimo = (
        select(Valor.cuenta_id, func.max(orden).label("orden"))
        .where(Valor.ejercicio <= ejercicio)
        .group_by(Valor.cuenta_id)
        .subquery()
    )
    return (
        select(Predio.cuenta_id, Predio.tipo, Predio.uso, Valor.terreno, Valor.construccion)
        .join(ultimo, ultimo.c.cuenta_id == Predio.cuenta_id)
        .join(
            Valor,
            and_(Valor.cuenta_id == Predio.cuenta_id, orden == ultimo.c.orden),
        )
        .where(*_le_falta(ejercicio, concepto_id))
        .order_by(Predio.cuenta_id)
    )
