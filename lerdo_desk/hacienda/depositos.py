"""From the cortes to the bank: what waits to be deposited, the slips, and which money each one took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, insert, select
from sqlalchemy.orm import Session

from lerdo_desk.base.calendario import fecha_corta, fecha_local
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.entrada import DINERO_MAXIMO, texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import documentos as doc
from lerdo_desk.hacienda.cabeceras import cabecera
from lerdo_desk.hacienda.cortes import RECIBIDO
from lerdo_desk.hacienda.entregas import CERO, Atomo, atomos, etiqueta
from lerdo_desk.hacienda.formas import FORMAS
from lerdo_desk.hacienda.modelos import Caja, Corte, Ente
from lerdo_desk.hacienda.modelos_ingresos import CorteEvento, CuentaBancaria, Ficha, FichaCorte

LARGO_FOLIO = 40
"""Characters that the folio of a slip may have."""


@dataclass(frozen=True)
class Cuenta:
    """A bank account and the ente whose money goes there; ``ejemplo``: it is not an official datum."""

    id: int
    ente_id: int
    ente: str
    banco: str
    numero: str
    nombre: str
    ejemplo: bool

    @property
    def etiqueta(self) -> str:
        """Name it with the bank and its last four digits, as on a statement."""
        return f"{self.nombre} · {self.banco} ••{self.numero[-4:]}"


class PorDepositar(NamedTuple):
    """Money that Tesorería holds: the corte's label and local day, its form of payment, and pesos."""

    atomo: Atomo
    corte: str
    dia: date
    forma: str


@dataclass(frozen=True)
class FichaNueva:
    """The order to keep a slip (a bank's debit is negative); ``id`` is made by the station: a retry is one.

    ``atomos``: the money it took, each one whole; the amounts are those that the person saw.
    """

    id: str
    cuenta_id: int
    folio: str
    fecha: date
    importe: Decimal
    atomos: tuple[Atomo, ...]


class ParteDeFicha(NamedTuple):
    """What a slip took of one corte: its label, local day, name of the form, and pesos."""

    corte: str
    dia: date
    forma: str
    importe: Decimal


@dataclass(frozen=True)
class FichaHecha:
    """A slip as it was kept: its account, folio, the bank's day, pesos, who kept it and what it took."""

    id: str
    cuenta: str
    ente: str
    folio: str
    fecha: date
    importe: Decimal
    registro: str
    partes: tuple[ParteDeFicha, ...]


@dataclass(frozen=True)
class RelacionDeFichas:
    """The slips of some days, by the bank's day, ready to draw."""

    desde: date
    hasta: date
    fichas: tuple[FichaHecha, ...]
    membrete: doc.Membrete
    capacitacion: bool

    @property
    def total(self) -> Decimal:
        """Pesos of all slips."""
        return sum((f.importe for f in self.fichas), CERO)


def cuentas(session: Session) -> tuple[Cuenta, ...]:
    """List the bank accounts, by ente."""
    filas = session.execute(
        select(CuentaBancaria, Ente.nombre.label("ente"))
        .join(Ente, Ente.id == CuentaBancaria.ente_id)
        .order_by(CuentaBancaria.ente_id, CuentaBancaria.id)
    )
    return tuple(
        Cuenta(c.id, c.ente_id, ente, c.banco, c.numero, c.nombre, bool(c.ejemplo)) for c, ente in filas
    )


def sin_depositar() -> tuple[Subquery, ColumnElement[bool]]:
    """Give the atoms as a set, and the condition that no slip took one of them."""
    atomo = atomos()
    depositado = exists(
        select(FichaCorte.turno_id).where(
            FichaCorte.turno_id == atomo.c.turno_id,
            FichaCorte.ente_id == atomo.c.ente_id,
            FichaCorte.forma == atomo.c.forma,
        )
    )
    return atomo, ~depositado


def por_depositar(session: Session, ente_id: int, zona: str) -> tuple[PorDepositar, ...]:
    """List what Tesorería received of an ente and no slip took yet, the oldest corte first."""
    atomo, falta = sin_depositar()
    filas = session.execute(
        select(atomo, Corte.numero, Corte.creado, Caja.nombre.label("caja"))
        .join(Corte, Corte.turno_id == atomo.c.turno_id)
        .join(Caja, Caja.id == Corte.caja_id)
        .join(CorteEvento, and_(CorteEvento.turno_id == Corte.turno_id, CorteEvento.estado == RECIBIDO))
        .where(falta, atomo.c.ente_id == ente_id)
        .order_by(Corte.creado, Corte.turno_id, atomo.c.forma)
    )
    return tuple(
        PorDepositar(
            Atomo(f.turno_id, f.ente_id, f.forma, f.importe),
            etiqueta(f.caja, f.numero),
            fecha_local(f.creado, zona),
            FORMAS[f.forma],
        )
        for f in filas
    )


def depositar(session: Session, hoy: date, orden: FichaNueva) -> None:
    """Keep a slip that takes whole atoms to the centavo: its lines first, the slip last.

    The same slip again changes nothing. Raises ErrorDeUso (``folio``, ``fecha``, ``importe``, ``atomos``)
    when a datum is missing, the folio was already kept, or the sum is not the slip's amount.
    """
    if session.get(Ficha, orden.id) is not None:
        return
    folio = texto(orden.folio, largo=LARGO_FOLIO, campo="folio")
    _revisar(session, hoy, orden, folio)
    session.execute(
        insert(FichaCorte),
        [
            {
                "turno_id": a.turno_id,
                "ente_id": a.ente_id,
                "forma": a.forma,
                "ficha_id": orden.id,
                "importe": a.importe,
            }
            for a in orden.atomos
        ],
    )
    session.execute(
        insert(Ficha).values(
            id=orden.id,
            cuenta_bancaria_id=orden.cuenta_id,
            folio=folio,
            fecha=orden.fecha,
            importe=orden.importe,
        )
    )


def _revisar(session: Session, hoy: date, orden: FichaNueva, folio: str) -> None:
    if not folio:
        raise ErrorDeUso("Escriba el folio de la ficha, como lo imprime el banco.", "folio")
    if orden.fecha > hoy:
        raise ErrorDeUso("La fecha de la ficha no puede ser posterior a hoy; corríjala.", "fecha")
    if not orden.importe.is_finite() or orden.importe == CERO or abs(orden.importe) > DINERO_MAXIMO:
        raise ErrorDeUso("Escriba el importe de la ficha en pesos.", "importe")
    if not orden.atomos:
        raise ErrorDeUso("Marque al menos un dinero de la lista que esta ficha depositó.", "atomos")
    suma = sum((a.importe for a in orden.atomos), CERO)
    if suma != orden.importe:
        raise ErrorDeUso(
            f"Lo marcado suma {formato(suma)} y la ficha dice {formato(orden.importe)}; "
            "deben ser iguales al centavo.",
            "importe",
        )
    repetida = session.scalar(
        select(Ficha.fecha).where(Ficha.cuenta_bancaria_id == orden.cuenta_id, Ficha.folio == folio)
    )
    if repetida is not None:
        raise ErrorDeUso(
            f"Esa cuenta ya tiene una ficha {folio}, del {fecha_corta(repetida)}; revise el folio.", "folio"
        )


def ficha(session: Session, ficha_id: str, nombres: Mapping[str, str]) -> FichaHecha:
    """Give a slip with what it took; ErrorDeUso when there is none with that id."""
    halladas = _fichas(session, _las_fichas().where(Ficha.id == ficha_id), nombres)
    if not halladas:
        raise ErrorDeUso("Esa ficha no existe; actualice la lista.")
    return halladas[0]


def relacion(session: Session, desde: date, hasta: date, nombres: Mapping[str, str]) -> RelacionDeFichas:
    """Give the slips of some of the bank's days, both ends included; ``nombres`` by login."""
    if desde > hasta:
        raise ErrorDeUso("El primer día es posterior al último; inviértalos.", "desde")
    hechas = _fichas(session, _las_fichas().where(Ficha.fecha >= desde, Ficha.fecha <= hasta), nombres)
    arriba = cabecera(session)
    return RelacionDeFichas(desde, hasta, hechas, arriba.membrete, arriba.capacitacion)


def _las_fichas() -> Select[Ficha, CuentaBancaria, str]:
    return (
        select(Ficha, CuentaBancaria, Ente.nombre)
        .join(CuentaBancaria, CuentaBancaria.id == Ficha.cuenta_bancaria_id)
        .join(Ente, Ente.id == CuentaBancaria.ente_id)
        .order_by(Ficha.fecha, CuentaBancaria.id, Ficha.folio)
    )


def _fichas(
    session: Session, consulta: Select[Ficha, CuentaBancaria, str], nombres: Mapping[str, str]
) -> tuple[FichaHecha, ...]:
    leidas = session.execute(consulta).all()
    partes = _partes(session, [f.id for f, _, _ in leidas])
    return tuple(
        FichaHecha(
            f.id,
            f"{c.nombre} · {c.banco} {c.numero}",
            ente,
            f.folio,
            f.fecha,
            f.importe,
            nombres.get(f.usuario, f.usuario),
            tuple(partes.get(f.id, ())),
        )
        for f, c, ente in leidas
    )


def _partes(session: Session, ids: Sequence[str]) -> dict[str, list[ParteDeFicha]]:
    zona = cabecera(session).zona
    filas = session.execute(
        select(FichaCorte, Corte.numero, Corte.creado, Caja.nombre)
        .join(Corte, Corte.turno_id == FichaCorte.turno_id)
        .join(Caja, Caja.id == Corte.caja_id)
        .where(FichaCorte.ficha_id.in_(ids))
        .order_by(Corte.creado, FichaCorte.turno_id, FichaCorte.forma)
    )
    por_ficha: dict[str, list[ParteDeFicha]] = {}
    for parte, numero, creado, caja in filas:
        suya = ParteDeFicha(
            etiqueta(caja, numero), fecha_local(creado, zona), FORMAS[parte.forma], parte.importe
        )
        por_ficha.setdefault(parte.ficha_id, []).append(suya)
    return por_ficha
