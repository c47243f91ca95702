"""Shares one tender among the receipts it pays: each saldo where it may, the change with the last cash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.formas import EFECTIVO

_CERO = Decimal("0.00")


@dataclass(frozen=True)
class PagoDado:
    """Money handed over: form of the SAT catalogue, pesos received, reference where there is one.

    ``saldo``: for form 17, the cargo that holds the saldo a favor which pays.
    """

    forma: str
    recibido: Decimal
    referencia: str = ""
    saldo: int | None = None


@dataclass
class Parte:
    """The part of a tender that settles one receipt, in pesos."""

    forma: str
    referencia: str
    importe: Decimal
    saldo: int | None
    cambio: Decimal = _CERO


@dataclass
class PorPagar:
    """One receipt to be paid: its total in pesos and the holders of its accounts."""

    total: Decimal
    titulares: frozenset[int]
    partes: list[Parte] = field(default_factory=list)

    @property
    def falta(self) -> Decimal:
        """Pesos still to be paid."""
        return self.total - sum((p.importe for p in self.partes), _CERO)


def repartir(
    pagos: Sequence[PagoDado], recibos: Sequence[PorPagar], duenos: Mapping[int, int], cambio: Decimal
) -> list[list[Parte]]:
    """Share the tender among the receipts in order; the change belongs to the last one with cash.

    ``duenos``: the holder of each saldo a favor, which pays only receipts of that holder alone. Raises
    ErrorDeUso (``saldo``) when one is applied beyond what its holder owes.
    """
    # What is bound to some receipts goes first, cash last.
    for pago in sorted(pagos, key=lambda p: (p.forma == EFECTIVO, p.saldo is None)):
        suyos = [r for r in recibos if _admite(pago, r, duenos)]
        queda = pago.recibido
        for recibo in suyos:
            importe = min(queda, recibo.falta)
            if importe > 0:
                recibo.partes.append(Parte(pago.forma, pago.referencia, importe, pago.saldo))
                queda -= importe
        if queda > 0 and pago.saldo is not None:
            raise ErrorDeUso(
                f"Sobran {formato(queda)} del saldo a favor: sólo paga lo que debe su titular; "
                "aplique menos o cobre sus cuentas en recibos aparte.",
                "saldo",
            )
    en_efectivo = [p for r in recibos for p in r.partes if p.forma == EFECTIVO]
    if en_efectivo:
        en_efectivo[-1].cambio = cambio
    return [r.partes for r in recibos]


def _admite(pago: PagoDado, recibo: PorPagar, duenos: Mapping[int, int]) -> bool:
    return pago.saldo is None or recibo.titulares == {duenos.get(pago.saldo)}
