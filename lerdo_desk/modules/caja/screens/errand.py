"""The errand at the window: the accounts that are open in one payment, and what is marked in each."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from lerdo_desk.hacienda.adeudos import CERO, AdeudoCargo
from lerdo_desk.modules.caja.screens import rows
from lerdo_desk.modules.caja.screens.ticket import PorCobrar, Ticket
from lerdo_desk.modules.caja.service import EstadoDeCuenta, OtraCuenta


class Errand:
    """Accounts by the order in which they were opened; no widgets here."""

    def __init__(self) -> None:
        self._cuentas: dict[int, EstadoDeCuenta] = {}
        self._marcados: dict[int, frozenset[int]] = {}

    def __len__(self) -> int:
        """Count the accounts."""
        return len(self._cuentas)

    def __contains__(self, cuenta_id: int) -> bool:
        """Tell whether an account is open."""
        return cuenta_id in self._cuentas

    @property
    def cuentas(self) -> tuple[EstadoDeCuenta, ...]:
        """Give the open accounts."""
        return tuple(self._cuentas.values())

    def poner(self, cuenta: EstadoDeCuenta, hoy: date) -> None:
        """Open an account; asked again, it keeps what was marked and marks what is new by the rule."""
        antes = self._cuentas.get(cuenta.cuenta_id)
        conocidos = {c.cargo_id for c in antes.cargos} if antes else set()
        marcados = self._marcados.get(cuenta.cuenta_id, frozenset())
        self._cuentas[cuenta.cuenta_id] = cuenta
        self._marcados[cuenta.cuenta_id] = frozenset(
            c.cargo_id
            for c in cuenta.cargos
            if (c.cargo_id in marcados if c.cargo_id in conocidos else rows.premarcado(c, hoy))
        )

    def solo(self, cuenta: EstadoDeCuenta, hoy: date) -> None:
        """Open an account and leave every other one."""
        for cuenta_id in set(self._cuentas) - {cuenta.cuenta_id}:
            self.quitar(cuenta_id)
        self.poner(cuenta, hoy)

    def quitar(self, cuenta_id: int) -> None:
        """Take an account out."""
        self._cuentas.pop(cuenta_id, None)
        self._marcados.pop(cuenta_id, None)

    def vaciar(self) -> None:
        """Forget everything."""
        self._cuentas.clear()
        self._marcados.clear()

    def marcar(self, cuenta_id: int, cargos: Iterable[AdeudoCargo]) -> None:
        """Remember what is marked in an account."""
        if cuenta_id in self._cuentas:
            self._marcados[cuenta_id] = frozenset(c.cargo_id for c in cargos)

    def marcados(self, cuenta_id: int) -> frozenset[int]:
        """Give the ids of the debts marked in an account."""
        return self._marcados.get(cuenta_id, frozenset())

    def partes(self) -> tuple[PorCobrar, ...]:
        """Give each account with what is marked in it, also those where nothing is."""
        return tuple(
            PorCobrar(c, tuple(cargo for cargo in c.cargos if cargo.cargo_id in self._marcados[c.cuenta_id]))
            for c in self._cuentas.values()
        )

    def total(self) -> Decimal:
        """Pesos marked in all accounts."""
        return sum((p.total for p in self.partes()), CERO)

    def otras(self) -> tuple[OtraCuenta, ...]:
        """Give what the persons of these accounts owe elsewhere, each account once."""
        vistas = {o.cuenta_id: o for c in self._cuentas.values() for o in c.otras}
        return tuple(o for o in vistas.values() if o.cuenta_id not in self._cuentas)

    def ticket(self, turno_id: str, hoy: date) -> Ticket | None:
        """Give what is to be charged; None while nothing is marked."""
        partes = tuple(p for p in self.partes() if p.cargos)
        return Ticket(turno_id, partes, hoy) if partes else None
