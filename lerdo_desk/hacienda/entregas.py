"""What a corte hands over: its money by ente and form of payment, and the act that says so.

The cash of a corte is what was counted plus its drops less the fund, that is: the cash of its receipts plus
what was over or short. The database says the same in ``dinero_de_corte``.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple, TypeVar

from sqlalchemy import Subquery, func, literal, select, type_coerce, union_all
from sqlalchemy.orm import Session

from lerdo_desk.base.calendario import fecha_local
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db.modelo import Centavos
from lerdo_desk.hacienda import documentos as doc
from lerdo_desk.hacienda.cabeceras import cabecera
from lerdo_desk.hacienda.cortes import ENTREGADO, RECIBIDO, eventos
from lerdo_desk.hacienda.formas import CHEQUE, CREDITO, DEBITO, EFECTIVO, FORMAS, TRANSFERENCIA
from lerdo_desk.hacienda.modelos import Caja, Corte, Ente, Pago, Recibo, Turno

DINERO = (EFECTIVO, CHEQUE, TRANSFERENCIA, CREDITO, DEBITO)
"""Forms of payment that reach a bank; a saldo a favor was money before, and is none now."""

SIN_BOLSA = "No aplica"
"""What the ledger keeps as bag and seal when a corte has no cash to put in one; the act leaves them out."""

CERO = Decimal("0.00")

T = TypeVar("T")


class Atomo(NamedTuple):
    """The money (pesos) of one corte, ente and form of payment; negative for a cheque that came back."""

    turno_id: str
    ente_id: int
    forma: str
    importe: Decimal


def atomos(*turnos: str) -> Subquery:
    """Give the atoms of some cortes, or of all of them, as a set: turno_id, ente_id, forma, importe.

    What is over or short in the drawer goes with the first ente's cash; an atom of nothing is left out.
    """
    cobrado = (
        select(
            Recibo.turno_id.label("turno_id"),
            Recibo.ente_id.label("ente_id"),
            Pago.forma.label("forma"),
            Pago.importe.label("importe"),
        )
        .join(Pago, Pago.recibo_id == Recibo.id)
        .join(Corte, Corte.turno_id == Recibo.turno_id)
        .where(Pago.forma.in_(DINERO))
    )
    diferencia = select(
        Corte.turno_id,
        select(func.min(Ente.id)).scalar_subquery(),
        literal(EFECTIVO),
        type_coerce(Corte.contado - Corte.esperado, Centavos()),
    )
    if turnos:
        cobrado = cobrado.where(Recibo.turno_id.in_(turnos))
        diferencia = diferencia.where(Corte.turno_id.in_(turnos))
    partes = union_all(cobrado, diferencia).subquery("parte")
    importe = func.sum(partes.c.importe)
    return (
        select(partes.c.turno_id, partes.c.ente_id, partes.c.forma, importe.label("importe"))
        .group_by(partes.c.turno_id, partes.c.ente_id, partes.c.forma)
        .having(importe != CERO)
        .subquery("atomo")
    )


def dinero(session: Session, turno_id: str) -> tuple[Atomo, ...]:
    """List the atoms of one corte, by ente and form."""
    atomo = atomos(turno_id)
    filas = session.execute(select(atomo).order_by(atomo.c.ente_id, atomo.c.forma))
    return tuple(Atomo(f.turno_id, f.ente_id, f.forma, f.importe) for f in filas)


def etiqueta(caja: str, numero: int) -> str:
    """Name a corte as people do: the caja and its number."""
    return f"{caja} · corte {numero}"


def acta(session: Session, turno_id: str, nombres: Mapping[str, str]) -> doc.ActaDeEntrega:
    """Give the act of a corte: what it hands over, and who has signed what so far.

    ``nombres`` gives the person behind each login. Raises ErrorDeUso when the turno has no corte that the
    caller may see.
    """
    fila = session.execute(
        select(Corte, Turno, Caja)
        .join(Turno, Turno.id == Corte.turno_id)
        .join(Caja, Caja.id == Corte.caja_id)
        .where(Corte.turno_id == turno_id)
    ).first()
    if fila is None:
        raise ErrorDeUso("Ese turno todavía no tiene corte o no es suyo; consulte la lista de nuevo.")
    corte, turno, caja = fila.Corte, fila.Turno, fila.Caja
    arriba = cabecera(session)
    pasos = {e.estado: e for e in eventos(session, turno_id)}
    entregado, recibido = pasos.get(ENTREGADO), pasos.get(RECIBIDO)
    entes = {e.id: e.nombre for e in session.scalars(select(Ente).order_by(Ente.id))}
    suyos = dinero(session, turno_id)
    return doc.ActaDeEntrega(
        corte=f"{caja.clave}-{corte.numero}",
        caja=caja.clave,
        fecha=fecha_local((recibido or entregado or corte).creado, arriba.zona),
        cajero=_nombre(corte.usuario, nombres),
        por_forma=tuple(doc.TotalForma(f, FORMAS[f], s) for f, s in _sumas(suyos, DINERO, "forma")),
        por_ente=tuple(doc.TotalEnte(entes[e], s) for e, s in _sumas(suyos, tuple(entes), "ente_id")),
        fondo=turno.fondo,
        bolsa=_dicho(entregado.bolsa) if entregado else "",
        sello=_dicho(entregado.sello) if entregado else "",
        entrega=_nombre(entregado.usuario, nombres) if entregado else "",
        recibe=_nombre(recibido.usuario, nombres) if recibido else "",
        membrete=arriba.membrete,
        capacitacion=arriba.capacitacion,
    )


def _dicho(guardado: str) -> str:
    return "" if guardado == SIN_BOLSA else guardado


def _nombre(login: str, nombres: Mapping[str, str]) -> str:
    return nombres.get(login, login)


def _sumas(suyos: tuple[Atomo, ...], claves: tuple[T, ...], de: str) -> list[tuple[T, Decimal]]:
    """Add the atoms up by one of their parts, in the order of ``claves``; what has none is left out."""
    juntas: dict[T, Decimal] = {}
    for a in suyos:
        clave = getattr(a, de)
        juntas[clave] = juntas.get(clave, CERO) + a.importe
    return [(c, juntas[c]) for c in claves if c in juntas]
