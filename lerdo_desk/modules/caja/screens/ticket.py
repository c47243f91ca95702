"""What is about to be charged and what was charged, as plain data; and the amounts a person may hand over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal

from lerdo_desk.base.dinero import formato
from lerdo_desk.hacienda.adeudos import CERO, AdeudoCargo
from lerdo_desk.hacienda.cobros import CargoDicho, Cobrado, Cobro, PagoDado
from lerdo_desk.hacienda.formas import FORMAS, SALDO_A_FAVOR
from lerdo_desk.hacienda.saldos import SaldoVisto
from lerdo_desk.modules.caja.screens import rows
from lerdo_desk.modules.caja.service import EstadoDeCuenta

_ESCALONES = tuple(Decimal(paso) for paso in (10, 100, 500, 1000))
"""Pesos to which people round up what they hand over; each step is a multiple of one before it."""


@dataclass(frozen=True)
class PorCobrar:
    """One account of an errand and the debts that were marked in it, oldest first."""

    cuenta: EstadoDeCuenta
    cargos: tuple[AdeudoCargo, ...]

    @property
    def total(self) -> Decimal:
        """Pesos marked."""
        return sum((c.total for c in self.cargos), CERO)

    @property
    def saltados(self) -> tuple[AdeudoCargo, ...]:
        """Give the older overdue debts that are left behind."""
        return rows.saltados(self.cuenta.cargos, {c.cargo_id for c in self.cargos})


@dataclass(frozen=True)
class Modo:
    """How an errand is charged: whose name the receipts bear, whether in one, and why a debt is skipped."""

    pagador: str = ""
    combinado: bool = False
    motivo: str = ""


@dataclass(frozen=True)
class Ticket:
    """The debts that were marked in one or several accounts, with the pesos that the person was told."""

    turno_id: str
    partes: tuple[PorCobrar, ...]
    hoy: date

    @property
    def total(self) -> Decimal:
        """Pesos to charge."""
        return sum((p.total for p in self.partes), CERO)

    @property
    def titular(self) -> str:
        """Say whose debts these are: one name, or the first and how many more."""
        nombres = tuple(dict.fromkeys(p.cuenta.titular for p in self.partes))
        return nombres[0] if len(nombres) == 1 else f"{nombres[0]} y {len(nombres) - 1} más"

    @property
    def titular_unico(self) -> str:
        """Give the name of whose debts these all are; empty where they are several persons'."""
        personas = {p.cuenta.titular_id or p.cuenta.titular for p in self.partes}
        return self.partes[0].cuenta.titular if len(personas) == 1 else ""

    @property
    def titulares(self) -> tuple[int, ...]:
        """Give the persons whose debts these are."""
        return tuple(dict.fromkeys(p.cuenta.titular_id for p in self.partes))

    @property
    def que(self) -> str:
        """Say what is charged: ``Predial 01-… · 5 adeudos``, ``3 cuentas · 7 adeudos``."""
        adeudos = sum(len(p.cargos) for p in self.partes)
        cuantos = f"{adeudos} adeudo{'' if adeudos == 1 else 's'}"
        una = rows.etiqueta(self.partes[0].cuenta) if len(self.partes) == 1 else f"{len(self.partes)} cuentas"
        return f"{una} · {cuantos}"

    @property
    def combinable(self) -> bool:
        """Tell whether one receipt for several accounts can be asked for: never two entes in one."""
        return len({p.cuenta.ente_id for p in self.partes}) < len(self.partes)

    @property
    def entes(self) -> int:
        """Count the entes that charge."""
        return len({p.cuenta.ente_id for p in self.partes})

    def recibos(self, combinado: bool) -> int:
        """Count the receipts that will come out."""
        return self.entes if combinado else len(self.partes)

    @property
    def saltado(self) -> str:
        """Name what is left behind though it is older and overdue; empty where nothing is."""
        dichos = [f"{rows.periodo(c)} de {rows.etiqueta(p.cuenta)}" for p in self.partes for c in p.saltados]
        return ", ".join(dichos)

    def debe(self) -> dict[int, Decimal]:
        """Give the pesos marked of each person."""
        debido: dict[int, Decimal] = {}
        for p in self.partes:
            debido[p.cuenta.titular_id] = debido.get(p.cuenta.titular_id, CERO) + p.total
        return debido

    def orden(self, intento: str, pagos: Sequence[PagoDado], modo: Modo) -> Cobro:
        """Make the order to charge this with what was handed over."""
        dichos = tuple(
            CargoDicho(p.cuenta.cuenta_id, c.cargo_id, c.total) for p in self.partes for c in p.cargos
        )
        # No payer: each receipt then names its account's titular as the ledger holds it when it is sealed.
        pagador = "" if modo.pagador == self.titular_unico and not modo.combinado else modo.pagador
        return Cobro(
            *(intento, self.turno_id, pagador, dichos, tuple(pagos)),
            motivo=modo.motivo,
            combinado=modo.combinado,
        )


@dataclass(frozen=True)
class CobroHecho:
    """A charge that was sealed: what the ledger answered, whose it was and what was handed over."""

    cobrado: Cobrado
    titular: str
    pagos: tuple[PagoDado, ...] = field(default=())

    @property
    def con_que(self) -> str:
        """Say how it was paid: ``efectivo $500.00``, ``cheque nominativo $200.00 + efectivo $50.00``."""
        sumas: dict[str, Decimal] = {}
        for pago in self.pagos:
            sumas[pago.forma] = sumas.get(pago.forma, CERO) + pago.recibido
        return " + ".join(f"{FORMAS[forma].lower()} {formato(monto)}" for forma, monto in sumas.items())


def aplicable(saldos: Sequence[SaldoVisto], debe: Mapping[int, Decimal]) -> Decimal:
    """Give the most pesos that these saldos may pay: each person's own debts only."""
    return sum((p.recibido for p in aplicar(saldos, debe, None)), CERO)


def aplicar(
    saldos: Sequence[SaldoVisto], debe: Mapping[int, Decimal], importe: Decimal | None
) -> tuple[PagoDado, ...]:
    """Take pesos of the saldos, oldest first, as far as each person owes; None takes all that may be."""
    quedan, deben, pagos = importe, dict(debe), []
    for saldo in saldos:
        toma = min(saldo.disponible, deben.get(saldo.titular_id, CERO))
        toma = toma if quedan is None else min(toma, quedan)
        if toma > 0:
            dicho = f"recibo {saldo.recibo}" if saldo.recibo else f"cuenta {saldo.clave}"
            pagos.append(PagoDado(SALDO_A_FAVOR, toma, f"Saldo a favor, {dicho}", saldo.cargo_id))
            deben[saldo.titular_id] -= toma
            quedan = None if quedan is None else quedan - toma
    return tuple(pagos)


def sugeridos(total: Decimal) -> tuple[Decimal, ...]:
    """Give the pesos a person may hand over for a total: the next 10, 100, 500 and 1000, each once."""
    redondos = ((total / paso).to_integral_value(ROUND_CEILING) * paso for paso in _ESCALONES)
    return tuple(dict.fromkeys(monto for monto in redondos if monto > total))
