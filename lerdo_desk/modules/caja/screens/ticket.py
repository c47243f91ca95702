"""What is about to be charged and what was charged, as plain data; and the amounts a person may hand over."""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from lerdo_desk.hacienda.adeudos import CERO, AdeudoCargo
from lerdo_desk.hacienda.cobros import EFECTIVO, CargoDicho, Cobrado, Cobro, PagoDado

_ESCALONES = tuple(Decimal(paso) for paso in (10, 100, 500, 1000))
"""Pesos to which people round up what they hand over; each step is a multiple of one before it."""


@dataclass(frozen=True)
class Ticket:
    """The debts that were marked in one account, with the pesos that the person was told for each."""

    turno_id: str
    cuenta_id: int
    titular: str
    etiqueta: str
    cargos: tuple[AdeudoCargo, ...]

    @property
    def total(self) -> Decimal:
        """Pesos to charge."""
        return sum((c.total for c in self.cargos), CERO)

    @property
    def cuantos(self) -> str:
        """Say how many debts: ``1 adeudo``, ``5 adeudos``."""
        return f"{len(self.cargos)} adeudo{'' if len(self.cargos) == 1 else 's'}"

    def orden(self, intento: str, recibido: Decimal) -> Cobro:
        """Make the order to charge this in cash; ``recibido`` is what was handed over, in pesos."""
        dichos = tuple(CargoDicho(self.cuenta_id, c.cargo_id, c.total) for c in self.cargos)
        # No payer: the receipt then names the account's titular as the ledger holds it when it is sealed.
        return Cobro(intento, self.turno_id, "", dichos, (PagoDado(EFECTIVO, recibido),))


@dataclass(frozen=True)
class CobroHecho:
    """A charge that was sealed: what the ledger answered, whose it was and the pesos handed over."""

    cobrado: Cobrado
    titular: str
    recibido: Decimal


def sugeridos(total: Decimal) -> tuple[Decimal, ...]:
    """Give the pesos a person may hand over for a total: the next 10, 100, 500 and 1000, each once."""
    redondos = ((total / paso).to_integral_value(ROUND_CEILING) * paso for paso in _ESCALONES)
    return tuple(dict.fromkeys(monto for monto in redondos if monto > total))
