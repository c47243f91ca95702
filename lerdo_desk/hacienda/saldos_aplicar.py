"""Applies a saldo a favor to the debts of an account, in a channel's turno, or gives it back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import saldos
from lerdo_desk.hacienda.adeudos import CERO, AdeudoCargo, Liquidador, consultar
from lerdo_desk.hacienda.cobros import CargoDicho, bloquear
from lerdo_desk.hacienda.externos import Canal
from lerdo_desk.hacienda.formas import SALDO_A_FAVOR
from lerdo_desk.hacienda.modelos import Operacion
from lerdo_desk.hacienda.modelos_ingresos import SaldoUso
from lerdo_desk.hacienda.saldos import SaldoVisto
from lerdo_desk.hacienda.sello_de_canal import Parte, PorSellar, Sello, recibo_de

NOTA_MINIMA = 5
"""Letters that the note of a saldo given back must have."""

_OTRO_ENTE = "Ese saldo es de otro ente; sólo paga adeudos del ente que recibió el dinero."


@dataclass(frozen=True)
class Aplicacion:
    """The order to pay debts with a saldo; ``intento`` is its id and makes a second run harmless.

    ``saldo``: the cargo that holds it. ``cargos``: the debts and the pesos that were seen.
    """

    intento: str
    saldo: int
    cuenta_id: int
    cargos: tuple[CargoDicho, ...]


@dataclass(frozen=True)
class Devolucion:
    """The order to give a saldo back (pesos); ``nota`` names the oficio and how the money goes.

    ``usos``: how many times it had been used when it was seen, so that one sent twice is given once.
    """

    saldo: int
    importe: Decimal
    nota: str
    usos: int


def ver(session: Session, cargo_id: int) -> SaldoVisto:
    """Give a saldo that has money left; ErrorDeUso when there is none."""
    visto = next((s for s in saldos.disponibles(session) if s.cargo_id == cargo_id), None)
    if visto is None:
        raise ErrorDeUso("Ese saldo a favor ya no tiene dinero o no existe; actualice la lista.", "saldo")
    return visto


def usos(session: Session, cargo_id: int) -> int:
    """Count how many times a saldo was used."""
    suyos = select(func.count()).select_from(SaldoUso).where(SaldoUso.cargo_id == cargo_id)
    return session.scalar(suyos) or 0


def alcanza(cargos: Sequence[AdeudoCargo], disponible: Decimal) -> tuple[AdeudoCargo, ...]:
    """Give the debts that an amount settles whole, the oldest first."""
    tomados, resto = [], disponible
    for cargo in sorted(cargos, key=lambda c: (c.vence, c.cargo_id)):
        if cargo.total > resto:
            break
        tomados.append(cargo)
        resto -= cargo.total
    return tuple(tomados)


def aplicar(
    session: Session,
    hoy: date,
    turno: tuple[str, Canal],
    orden: Aplicacion,
    liquidadores: Mapping[str, Liquidador],
) -> str:
    """Seal the receipt of the debts that a saldo pays, and give its id.

    Raises ErrorDeUso when the saldo does not suffice or is another ente's, when what is owed is no longer
    what was seen, or when the same attempt comes with other content.
    """
    turno_id, canal = turno
    bloquear(session, sorted({orden.saldo, *(c.cargo_id for c in orden.cargos)}))
    hecha = session.get(Operacion, orden.intento)
    if hecha is None:
        recibo = _preparar(session, hoy, orden, liquidadores)
        sello = Sello(session, turno_id, canal)
        sello.lineas((recibo,))
        saldos.usar(session, orden.saldo, recibo.recibo, recibo.total)
        sello.cerrar((recibo,))
        return recibo.recibo
    total = sum((c.total for c in orden.cargos), CERO)
    if hecha.tipo != "COBRO" or hecha.total != total:
        raise ErrorDeUso("Ese intento ya se usó con otros datos; empiece de nuevo.")
    return recibo_de(orden.intento)


def _preparar(
    session: Session, hoy: date, orden: Aplicacion, liquidadores: Mapping[str, Liquidador]
) -> PorSellar:
    saldo = ver(session, orden.saldo)
    adeudos = consultar(session, hoy, (orden.cuenta_id, saldo.cuenta_id), liquidadores)
    adeudo = adeudos[orden.cuenta_id]
    if adeudo.cuenta.ente_id != adeudos[saldo.cuenta_id].cuenta.ente_id:
        raise ErrorDeUso(_OTRO_ENTE, "cuenta")
    cargos = _como_se_vio(orden, {c.cargo_id: c for c in adeudo.cargos})
    total = sum((c.total for c in cargos), CERO)
    if total > saldo.disponible:
        raise ErrorDeUso(
            f"El saldo es de {formato(saldo.disponible)} y los adeudos suman {formato(total)}; quite alguno.",
            "cargos",
        )
    referencia = f"Saldo a favor {saldo.recibo}".strip()
    partes = (Parte(SALDO_A_FAVOR, total, referencia),)
    return PorSellar(orden.intento, adeudo.cuenta, hoy, cargos, partes)


def _como_se_vio(orden: Aplicacion, vivos: Mapping[int, AdeudoCargo]) -> tuple[AdeudoCargo, ...]:
    if not orden.cargos:
        raise ErrorDeUso("No eligió ningún adeudo; marque al menos uno.", "cargos")
    for dicho in orden.cargos:
        vivo = vivos.get(dicho.cargo_id)
        if vivo is None or vivo.total != dicho.total:
            raise ErrorDeUso("Lo que debe la cuenta cambió; consúltela de nuevo.", "cargos")
    return tuple(sorted((vivos[c.cargo_id] for c in orden.cargos), key=lambda c: (c.vence, c.cargo_id)))


def devolver(session: Session, orden: Devolucion, nota: str) -> None:
    """Give part of a saldo back, or all of it; ``nota`` is clean text.

    Raises ErrorDeUso (``nota``, ``importe``) for a note too short, more than is left, or a saldo that was
    used meanwhile.
    """
    if len(nota) < NOTA_MINIMA:
        raise ErrorDeUso("Escriba el oficio y cómo se devuelve, con al menos 5 letras.", "nota")
    if orden.importe <= 0:
        raise ErrorDeUso("Escriba cuánto se devuelve, más que cero.", "importe")
    bloquear(session, (orden.saldo,))
    if (hechos := usos(session, orden.saldo)) != orden.usos:
        ultimo = session.get(SaldoUso, (orden.saldo, hechos))
        repetida = ultimo is not None and (ultimo.importe, ultimo.nota) == (orden.importe, nota)
        if hechos == orden.usos + 1 and repetida:
            return
        raise ErrorDeUso("Ese saldo cambió desde que lo vio; actualice la lista.", "saldo")
    disponible = ver(session, orden.saldo).disponible
    if orden.importe > disponible:
        raise ErrorDeUso(f"Sólo quedan {formato(disponible)}; corrija el importe.", "importe")
    saldos.usar(session, orden.saldo, None, orden.importe, nota)
