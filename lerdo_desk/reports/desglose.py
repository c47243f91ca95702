"""From the sealed lines of a receipt to the rows of its table: one row per cargo.

Nothing is computed but sums of what was sealed: the row of a cargo adds its principal in one column,
recargos and actualización in another, discounts in a third. Gastos, multas and the rounding have
rows of their own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from lerdo_desk.base.dinero import formato_columna
from lerdo_desk.hacienda.documentos import RenglonSellado

_CERO = Decimal("0.00")
_ACCESORIOS = frozenset({"actualizacion", "recargo"})
_APARTE = frozenset({"gasto", "multa", "redondeo"})


class Linea(NamedTuple):
    """One sealed line as a narrow paper prints it: its text with its citation, its pesos."""

    texto: str
    importe: Decimal


@dataclass(frozen=True)
class Fila:
    """One row of the receipt: pesos by column, and the small print that tells the lines behind them.

    ``lineas`` are the same lines one by one, the row's own first; ``cuenta`` is the account they belong to.
    """

    titulo: str
    importe: Decimal
    accesorios: Decimal
    descuento: Decimal
    detalle: str
    lineas: tuple[Linea, ...] = ()
    cuenta: str = ""

    @property
    def total(self) -> Decimal:
        """Give the pesos of the whole row."""
        return self.importe + self.accesorios + self.descuento


@dataclass(frozen=True)
class Desglose:
    """The rows of a receipt and the legal grounds they cite; with more than one they are cited by number."""

    filas: tuple[Fila, ...]
    fundamentos: tuple[str, ...]


def desglosar(renglones: Sequence[RenglonSellado]) -> Desglose:
    """Group the lines of a receipt into rows, in the order in which each cargo first appears.

    The rows of an account stay together, in the order in which each account first appears.
    """
    fundamentos = tuple(dict.fromkeys(r.fundamento for r in renglones if r.fundamento))
    grupos: dict[tuple[str | None, int | None], list[RenglonSellado]] = {}
    for renglon in renglones:
        solo = renglon.cargo_id is None or renglon.clase in _APARTE
        grupos.setdefault((renglon.cargo_id, renglon.n if solo else None), []).append(renglon)
    cuentas = list(dict.fromkeys(r.cuenta for r in renglones))
    juntos = sorted(grupos.values(), key=lambda grupo: cuentas.index(grupo[0].cuenta))
    return Desglose(tuple(_fila(grupo, fundamentos) for grupo in juntos), fundamentos)


def _fila(grupo: Sequence[RenglonSellado], fundamentos: Sequence[str]) -> Fila:
    principal = next((r for r in grupo if _columna(r) == "importe"), grupo[0])
    por_columna = {
        columna: [r for r in grupo if _columna(r) == columna]
        for columna in ("importe", "accesorios", "descuento")
    }
    detalle: list[str] = []
    for lineas in por_columna.values():
        # A lone line is told by its column; where two share it, each says its own amount.
        junta = len(lineas) > 1
        detalle.extend(
            _detalle(r, fundamentos, con_importe=junta) for r in lineas if junta or r is not principal
        )
    cita = "" if len(por_columna["importe"]) > 1 else _cita(principal, fundamentos)
    demas = [r for lineas in por_columna.values() for r in lineas if r is not principal]
    propia = Linea(_titulo(principal) + _cita(principal, fundamentos), principal.importe)
    return Fila(
        titulo=_titulo(principal) + cita,
        importe=_suma(por_columna["importe"]),
        accesorios=_suma(por_columna["accesorios"]),
        descuento=_suma(por_columna["descuento"]),
        detalle=" · ".join(detalle),
        lineas=(propia, *(Linea(r.texto + _cita(r, fundamentos), r.importe) for r in demas)),
        cuenta=principal.cuenta,
    )


def _columna(renglon: RenglonSellado) -> str:
    if renglon.clase in _ACCESORIOS:
        return "accesorios"
    return "descuento" if renglon.clase == "descuento" else "importe"


def _titulo(renglon: RenglonSellado) -> str:
    """Name the row; the ejercicio is added where the text does not say it."""
    ejercicio = "" if renglon.ejercicio is None else str(renglon.ejercicio)
    return renglon.texto if ejercicio in renglon.texto else f"{renglon.texto} {ejercicio}"


def _detalle(renglon: RenglonSellado, fundamentos: Sequence[str], *, con_importe: bool) -> str:
    importe = f": {formato_columna(renglon.importe)}" if con_importe else ""
    return f"{renglon.texto}{importe}{_cita(renglon, fundamentos)}"


def _cita(renglon: RenglonSellado, fundamentos: Sequence[str]) -> str:
    if not renglon.fundamento or len(fundamentos) < 2:
        return ""
    return f" ({fundamentos.index(renglon.fundamento) + 1})"


def _suma(renglones: Iterable[RenglonSellado]) -> Decimal:
    return sum((r.importe for r in renglones), _CERO)
