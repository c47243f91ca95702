"""Files loaded into the municipality: what came in, its control totals, and who confirmed it."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    SmallInteger,
    String,
    UniqueConstraint,
    and_,
    insert,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db.modelo import Base, Firma, Instante, Uuid, opciones

EN_ESPERA, CONFIRMADA, RECHAZADA = "EN_ESPERA", "CONFIRMADA", "RECHAZADA"
NOTA_MINIMA = 5
"""Characters of the note that a rejection needs: whoever loaded the file has to know what to mend."""
_LOTE = 500
_TODAS = 100_000
_DE_HOJA = ":"


class Carga(Base):
    """One file of one kind, known by its digest: the same file twice changes nothing.

    ``totales``: control totals by year as JSON, in centavos; read = accepted + returned.
    """

    __tablename__ = "core_carga"
    __table_args__ = opciones(
        UniqueConstraint("modulo", "tipo", "digesto"),
        CheckConstraint("leidas = aceptadas + devueltas", name="leidas"),
    )
    id: Mapped[Uuid] = mapped_column(primary_key=True)
    modulo: Mapped[str]
    tipo: Mapped[str]
    archivo: Mapped[str]
    digesto: Mapped[str] = mapped_column(String(64))
    leidas: Mapped[int]
    aceptadas: Mapped[int]
    devueltas: Mapped[int]
    totales: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class CargaFila(Base):
    """An accepted row that waits for the confirmation of its load, as JSON."""

    __tablename__ = "core_carga_fila"
    __table_args__ = opciones()
    carga_id: Mapped[Uuid] = mapped_column(ForeignKey("core_carga.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    datos: Mapped[str]


class CargaEvento(Base):
    """The tesorero's answer to a load: CONFIRMADA or RECHAZADA, once, by another than who loaded it."""

    __tablename__ = "core_carga_evento"
    __table_args__ = opciones(
        CheckConstraint("n = 1", name="n"),
        CheckConstraint("estado IN ('CONFIRMADA', 'RECHAZADA')", name="estado"),
    )
    carga_id: Mapped[Uuid] = mapped_column(ForeignKey("core_carga.id"), primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    estado: Mapped[str]
    nota: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


@dataclass(frozen=True)
class NuevaCarga:
    """A load to be written; ``totales`` is plain data, ``digesto`` the file's SHA-256 in hex."""

    modulo: str
    tipo: str
    archivo: str
    digesto: str
    leidas: int
    aceptadas: int
    totales: Mapping[str, Any]


@dataclass(frozen=True)
class CargaVista:
    """A load as a screen shows it; ``creado`` and ``resuelta`` in microseconds UTC.

    ``estado`` is EN_ESPERA until somebody answers; loads that need no answer keep it.
    """

    id: str
    modulo: str
    tipo: str
    archivo: str
    digesto: str
    leidas: int
    aceptadas: int
    devueltas: int
    totales: Mapping[str, Any]
    usuario: str
    creado: int
    estado: str
    nota: str
    resolvio: str
    resuelta: int


def anterior(session: Session, modulo: str, tipo: str, digesto: str) -> CargaVista | None:
    """Give the load in which this same file already came in, or None."""
    vistas = _vistas(session, Carga.modulo == modulo, Carga.tipo == tipo, Carga.digesto == digesto)
    return next(iter(vistas), None)


def tipo_de(tipo: str, hoja: str | None) -> str:
    """Give the kind under which one sheet of a workbook of several is known: each is loaded once."""
    return tipo if hoja is None else f"{tipo}{_DE_HOJA}{hoja}"


def recientes(session: Session, modulo: str, tipo: str, limite: int = 200) -> tuple[CargaVista, ...]:
    """Give the loads of one kind, whatever their sheet: those that wait first and then the newest."""
    suyas = or_(Carga.tipo == tipo, Carga.tipo.startswith(f"{tipo}{_DE_HOJA}", autoescape=True))
    vistas = _vistas(session, Carga.modulo == modulo, suyas, limite=limite)
    return tuple(sorted(vistas, key=lambda v: (v.estado != EN_ESPERA, -v.creado)))


def una(session: Session, carga_id: str) -> CargaVista:
    """Give one load; ErrorDeUso when there is none with that id."""
    vista = next(iter(_vistas(session, Carga.id == carga_id)), None)
    if vista is None:
        raise ErrorDeUso("Esa carga no existe; actualice la lista y elija otra.")
    return vista


def registrar(session: Session, nueva: NuevaCarga) -> str:
    """Write a load before anything of it, so that two of the same file cannot both go on; give its id."""
    carga_id = str(uuid.uuid4())
    session.execute(
        insert(Carga).values(
            id=carga_id,
            modulo=nueva.modulo,
            tipo=nueva.tipo,
            archivo=nueva.archivo,
            digesto=nueva.digesto,
            leidas=nueva.leidas,
            aceptadas=nueva.aceptadas,
            devueltas=nueva.leidas - nueva.aceptadas,
            totales=_json(nueva.totales),
        )
    )
    return carga_id


def guardar_filas(session: Session, carga_id: str, filas: Iterable[tuple[int, Mapping[str, Any]]]) -> None:
    """Stage rows of a load, each with its number in the file, until somebody confirms it."""
    lote = [{"carga_id": carga_id, "n": n, "datos": _json(datos)} for n, datos in filas]
    if lote:
        session.execute(insert(CargaFila), lote)


def filas_de(session: Session, carga_id: str) -> Iterator[list[tuple[int, dict[str, Any]]]]:
    """Give the staged rows of a load in lots, in the order of the file."""
    ultima = -1
    while True:
        leidas = session.execute(
            select(CargaFila.n, CargaFila.datos)
            .where(CargaFila.carga_id == carga_id, CargaFila.n > ultima)
            .order_by(CargaFila.n)
            .limit(_LOTE)
        ).all()
        if not leidas:
            return
        ultima = leidas[-1].n
        yield [(f.n, json.loads(f.datos)) for f in leidas]


def en_espera(session: Session, modulo: str, tipo: str) -> tuple[CargaVista, ...]:
    """Give the loads of one kind that nobody has answered."""
    return tuple(v for v in recientes(session, modulo, tipo, _TODAS) if v.estado == EN_ESPERA)


def resolver(session: Session, carga: CargaVista, estado: str, nota: str = "") -> None:
    """Answer a load, once; the database refuses whoever loaded it and whoever is no tesorero (LD174).

    Raises ErrorDeUso when it was answered already, or when a rejection says nothing of what to mend.
    """
    if carga.estado != EN_ESPERA:
        raise ErrorDeUso(f"Esa carga ya la resolvió {carga.resolvio}; actualice la lista.")
    if estado == RECHAZADA and len(nota.strip()) < NOTA_MINIMA:
        raise ErrorDeUso("Escriba por qué se rechaza, para que quien la cargó sepa qué corregir.", "nota")
    session.execute(insert(CargaEvento).values(carga_id=carga.id, n=1, estado=estado, nota=nota.strip()))


def _json(datos: Mapping[str, Any]) -> str:
    return json.dumps(datos, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _vistas(session: Session, *cuales: Any, limite: int = 1) -> tuple[CargaVista, ...]:  # noqa: ANN401 — SQL
    filas = session.execute(
        select(Carga, CargaEvento.estado, CargaEvento.nota, CargaEvento.usuario, CargaEvento.creado)
        .outerjoin(CargaEvento, and_(CargaEvento.carga_id == Carga.id, CargaEvento.n == 1))
        .where(*cuales)
        .order_by(Carga.creado.desc(), Carga.id)
        .limit(limite)
    )
    return tuple(_vista(f[0], f[1], f[2], f[3], f[4]) for f in filas)


def _vista(
    c: Carga, estado: str | None, nota: str | None, quien: str | None, cuando: int | None
) -> CargaVista:
    return CargaVista(
        id=c.id,
        modulo=c.modulo,
        tipo=c.tipo,
        archivo=c.archivo,
        digesto=c.digesto,
        leidas=c.leidas,
        aceptadas=c.aceptadas,
        devueltas=c.devueltas,
        totales=json.loads(c.totales),
        usuario=c.usuario,
        creado=c.creado,
        estado=estado or EN_ESPERA,
        nota=nota or "",
        resolvio=quien or "",
        resuelta=cuando or 0,
    )
