"""What is owed today: cargos less what was paid, and what the law of each dirección adds or takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.ley import CargoVivo, Linea, Pagado, Parametros
from lerdo_desk.hacienda.modelos import Cargo, Concepto, Cuenta, Renglon
from lerdo_desk.hacienda.parametros import vigentes

CERO = Decimal("0.00")
ORDENES = "ordenes"
"""The módulo whose flat law settles every cargo of origen ORDEN, whatever account bears it."""


class Liquidador(Protocol):
    """What the caja needs of a dirección: its facts in one SELECT, and the law as arithmetic."""

    def hechos(self, session: Session, cuentas: Sequence[int], /) -> Mapping[int, Any]:
        """Read what the law needs to know of some accounts, set-based."""

    def calcular(
        self,
        hechos: Any,  # noqa: ANN401 - whatever hechos() of the same dirección gave
        cargos: Sequence[CargoVivo],
        pagados: Mapping[int, Pagado],
        parametros: Parametros,
        hoy: date,
    ) -> tuple[Linea, ...]:
        """Say what is owed today for one account, line by line."""


@dataclass(frozen=True)
class CuentaDeudora:
    """The account as the ledger knows it."""

    id: int
    ente_id: int
    modulo: str
    clave: str
    titular: str
    domicilio: str


@dataclass(frozen=True)
class AdeudoCargo:
    """One debt with the lines that paying it today would put on the receipt."""

    cargo_id: int
    ejercicio: int
    periodo: int
    vence: date
    vencido: bool
    lineas: tuple[Linea, ...]
    concepto_id: int = 0
    concepto: str = ""
    origen: str = "EMISION"

    @property
    def total(self) -> Decimal:
        """Pesos to pay for this cargo, discounts taken."""
        return sum((linea.importe for linea in self.lineas), CERO)

    def de_clase(self, *clases: str) -> Decimal:
        """Pesos of the lines of some classes."""
        return sum((linea.importe for linea in self.lineas if linea.clase in clases), CERO)


@dataclass(frozen=True)
class Adeudo:
    """Everything that one account owes today, oldest first."""

    cuenta: CuentaDeudora
    cargos: tuple[AdeudoCargo, ...]

    @property
    def total(self) -> Decimal:
        """Pesos that settle the account today."""
        return sum((cargo.total for cargo in self.cargos), CERO)


def consultar(
    session: Session, hoy: date, cuentas: Sequence[int], liquidadores: Mapping[str, Liquidador]
) -> dict[int, Adeudo]:
    """Quote some accounts of any dirección, set-based: a handful of SELECTs whatever their number.

    Raises ErrorDeUso when an account's dirección has no law in force or is not installed.
    """
    fichas = _cuentas(session, cuentas)
    cargos, pagados = _cargos(session, cuentas), _pagados(session, cuentas)
    parametros = vigentes(session)
    # One law for each módulo; what an order charges is settled by the orders' own, on any account.
    leyes: dict[str, dict[int, list[_Cargo]]] = {}
    for suyos in cargos.values():
        for c in suyos:
            ley = ORDENES if c.origen == "ORDEN" else fichas[c.cuenta_id].modulo
            leyes.setdefault(ley, {}).setdefault(c.cuenta_id, []).append(c)
    lineas: dict[int, list[Linea]] = {}
    for modulo, por_cuenta in leyes.items():
        liquidador = liquidadores.get(modulo)
        if liquidador is None:
            raise ErrorDeUso(
                f"El módulo «{modulo}» no está instalado en esta estación; no se puede calcular su adeudo."
            )
        hechos = liquidador.hechos(session, list(por_cuenta))
        for cuenta_id, suyos in por_cuenta.items():
            vivos = [c.vivo for c in suyos]
            for linea in liquidador.calcular(hechos.get(cuenta_id), vivos, pagados, parametros, hoy):
                lineas.setdefault(linea.cargo_id, []).append(linea)
    return {i: Adeudo(ficha, _por_cargo(cargos.get(i, ()), lineas, hoy)) for i, ficha in fichas.items()}


class _Cargo(NamedTuple):
    """A charge, the account that bears it and the concepto it is charged to."""

    cuenta_id: int
    vivo: CargoVivo
    origen: str
    concepto_id: int
    concepto: str


def _por_cargo(
    cargos: Sequence[_Cargo], lineas: Mapping[int, Sequence[Linea]], hoy: date
) -> tuple[AdeudoCargo, ...]:
    return tuple(
        AdeudoCargo(
            v.id,
            v.ejercicio,
            v.periodo,
            v.vence,
            v.vence < hoy,
            tuple(lineas[v.id]),
            c.concepto_id,
            c.concepto,
            c.origen,
        )
        for c in cargos
        if (v := c.vivo).id in lineas
    )


def _cuentas(session: Session, ids: Sequence[int]) -> dict[int, CuentaDeudora]:
    filas = session.execute(
        select(
            Cuenta.id, Cuenta.ente_id, Cuenta.modulo, Cuenta.clave, Cuenta.titular, Cuenta.domicilio
        ).where(Cuenta.id.in_(ids))
    )
    encontradas = {
        f.id: CuentaDeudora(f.id, f.ente_id, f.modulo, f.clave, f.titular, f.domicilio) for f in filas
    }
    if len(encontradas) != len(set(ids)):
        raise ErrorDeUso("Esa cuenta no existe; búsquela de nuevo.")
    return {i: encontradas[i] for i in ids}


def _cargos(session: Session, cuentas: Sequence[int]) -> dict[int, list[_Cargo]]:
    filas = session.execute(
        select(
            Cargo.cuenta_id,
            Cargo.id,
            Cargo.ejercicio,
            Cargo.periodo,
            Cargo.importe,
            Cargo.vence,
            Cargo.origen,
            Cargo.concepto_id,
            Concepto.papel,
            Concepto.nombre,
        )
        .join(Concepto, Concepto.id == Cargo.concepto_id)
        .where(Cargo.cuenta_id.in_(cuentas))
        .order_by(Cargo.vence, Cargo.id)
    )
    por_cuenta: dict[int, list[_Cargo]] = {}
    for f in filas:
        vivo = CargoVivo(f.id, f.ejercicio, f.periodo, f.importe, f.vence, f.papel)
        por_cuenta.setdefault(f.cuenta_id, []).append(
            _Cargo(f.cuenta_id, vivo, f.origen, f.concepto_id, f.nombre)
        )
    return por_cuenta


def _pagados(session: Session, cuentas: Sequence[int]) -> dict[int, Pagado]:
    filas = session.execute(
        select(Renglon.cargo_id, func.sum(Renglon.importe).label("pagado"))
        .join(Cargo, Cargo.id == Renglon.cargo_id)
        .where(Cargo.cuenta_id.in_(cuentas), Renglon.clase == "principal")
        .group_by(Renglon.cargo_id)
    )
    return {f.cargo_id: Pagado(f.pagado) for f in filas}
