"""An account's debts as rows of the table, its sums and its state in words; no widgets here."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.hacienda.adeudos import CERO, AdeudoCargo
from lerdo_desk.modules.caja.service import EstadoDeCuenta, Hallado
from lerdo_desk.ui.columns import Column, Fila, TonoCelda
from lerdo_desk.ui.labels import TonoChip
from lerdo_desk.ui.search import Result

SEPARADOR = "   ·   "
ACCESORIOS = "Actualización y recargos"
_CARGO = 7
"""Place of the AdeudoCargo in a row: it travels after the columns."""


def concepto(cargo: AdeudoCargo) -> str:
    """Give the name of a debt without its year, which has a column of its own."""
    texto = cargo.lineas[0].texto
    return texto.split(f" {cargo.ejercicio}")[0] or texto


def periodo(cargo: AdeudoCargo) -> str:
    """Give the ejercicio, and the bimester where the debt is of one."""
    return f"{cargo.ejercicio}, bim. {cargo.periodo}" if cargo.periodo else str(cargo.ejercicio)


def importe(cargo: AdeudoCargo) -> Decimal:
    """Pesos of principal."""
    return cargo.de_clase("principal")


def descuento(cargo: AdeudoCargo) -> Decimal:
    """Pesos taken off, negative."""
    return cargo.de_clase("descuento")


def accesorios(cargo: AdeudoCargo) -> Decimal:
    """Pesos that time added: all that is neither principal nor discount, so that the row always adds up."""
    return cargo.total - importe(cargo) - descuento(cargo)


def fila(cargo: AdeudoCargo) -> Fila:
    """Give the row of one debt, the debt itself last."""
    vence = fecha_corta(cargo.vence)
    # The year has its own column: what room there is goes to the reason.
    por = "; ".join(
        linea.texto.replace(f" {cargo.ejercicio}", "") for linea in cargo.lineas if linea.clase == "descuento"
    )
    return (
        f"{concepto(cargo)} · {por}" if por else concepto(cargo),
        periodo(cargo),
        f"{vence} · vencido" if cargo.vencido else vence,
        importe(cargo),
        accesorios(cargo),
        descuento(cargo),
        cargo.total,
        cargo,
    )


def cargo_de(fila: Fila) -> AdeudoCargo:
    """Give the debt that a row shows."""
    cargo: AdeudoCargo = fila[_CARGO]
    return cargo


def _tono_vence(fila: Fila) -> TonoCelda:
    return "bad" if cargo_de(fila).vencido else "text"


COLUMNAS = (
    Column("concepto", "Concepto", estira=True, peso="medium"),
    Column("periodo", "Periodo", ancho=84, tono="muted"),
    Column("vence", "Vence", ancho=158, tono=_tono_vence),
    Column("importe", "Importe", "dinero", ancho=88),
    Column("accesorios", "Recargos", "dinero", ancho=88, tono="muted"),
    Column("descuento", "Descuento", "dinero", ancho=88, tono="ok"),
    Column("total", "Total", "dinero", ancho=100, peso="name"),
)
PRESCINDIBLES = ("accesorios", "descuento", "importe")
"""Columns left out where there is no room, in this order."""


def nombre_de_fila(fila: Fila) -> str:
    """Give what a screen reader calls a row: concepto and periodo."""
    return f"{fila[0]} {fila[1]}"


def premarcado(cargo: AdeudoCargo, hoy: date) -> bool:
    """Say whether a debt starts marked: everything overdue and the current year."""
    return cargo.vencido or cargo.ejercicio <= hoy.year


def saltados(cargos: Iterable[AdeudoCargo], marcados: Collection[int]) -> tuple[AdeudoCargo, ...]:
    """Give the overdue debts left unmarked though they are older than a marked one; órdenes never count.

    The ledger asks the same of each account before it seals a charge.
    """
    propios = [c for c in cargos if c.origen != "ORDEN"]
    hasta = max((c.vence for c in propios if c.cargo_id in marcados), default=date.min)
    return tuple(c for c in propios if c.cargo_id not in marcados and c.vencido and c.vence < hasta)


def rebaja(cargo: AdeudoCargo) -> str:
    """Say why a debt is lowered: the words and the article of each discount; empty where there is none."""
    dichos = [
        f"{linea.texto} ({linea.fundamento})" if linea.fundamento else linea.texto
        for linea in cargo.lineas
        if linea.clase == "descuento"
    ]
    return "; ".join(dichos)


def sumas(cargos: Iterable[AdeudoCargo]) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Add up importe, accesorios, descuento and total of some debts, in pesos."""
    lista = tuple(cargos)
    partes = (importe, accesorios, descuento, lambda c: c.total)
    uno, dos, tres, cuatro = (sum((parte(c) for c in lista), CERO) for parte in partes)
    return uno, dos, tres, cuatro


def estado(cargos: Iterable[AdeudoCargo]) -> tuple[str, TonoChip]:
    """Say in words how an account stands: ``3 años vencidos``, ``Por vencer``, ``Al corriente``."""
    lista = tuple(cargos)
    anios = len({c.ejercicio for c in lista if c.vencido})
    if anios:
        return (f"{anios} año{'' if anios == 1 else 's'} vencido{'' if anios == 1 else 's'}", "bad")
    return ("Por vencer", "info") if lista else ("Al corriente", "ok")


def etiqueta(cuenta: EstadoDeCuenta) -> str:
    """Name an account by its dirección and clave."""
    return f"{cuenta.modulo_nombre} {cuenta.clave}"


def ficha(cuenta: EstadoDeCuenta) -> str:
    """Write the pairs of the account card in one line."""
    return SEPARADOR.join(f"{nombre}: {valor}" for nombre, valor in cuenta.ficha)


def resultado(hallado: Hallado) -> Result:
    """Show one account found: name and what it owes above, clave and address below."""
    detalle = " · ".join(parte for parte in (hallado.clave, hallado.domicilio) if parte)
    if hallado.adeudo is None:
        return Result(hallado, hallado.titular, detalle, "Sin calcular", "muted")
    if not hallado.adeudo:
        return Result(hallado, hallado.titular, detalle, "Al corriente", "ok")
    monto = formato(hallado.adeudo)
    return Result(hallado, hallado.titular, detalle, monto, "bad" if hallado.vencidos else "text")
