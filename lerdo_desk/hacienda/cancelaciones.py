"""Reversal receipts: a mistake is undone by another row that returns exactly what the first one took."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, insert, literal, select
from sqlalchemy.orm import Session

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db.motor import canon, sha256_hex
from lerdo_desk.hacienda.cobros import bloquear
from lerdo_desk.hacienda.modelos import Operacion, Pago, Recibo, Renglon


def reversar(session: Session, hoy: date, intento: str, recibo_id: str, solicitud_id: str) -> str:
    """Seal the receipt that cancels another of the same open turno, and give its id.

    The approved ``solicitud_id`` is used once; the database refuses anything that is not the exact opposite.
    The same attempt again gives the same reversal. Raises ErrorDeUso when the receipt does not exist, is not
    the caller's or was already cancelled, or when the attempt was used for something else.
    """
    original = session.get(Recibo, recibo_id)
    if original is None or original.tipo != "COBRO":
        raise ErrorDeUso("Ese recibo no existe o no se puede cancelar; revise el folio.")
    cargos = session.scalars(select(Renglon.cargo_id).where(Renglon.recibo_id == recibo_id).distinct())
    bloquear(session, sorted(cargos))
    huella = sha256_hex(canon(intento, recibo_id, solicitud_id))
    hecha = session.get(Operacion, intento)
    if hecha is not None:
        return _repetida(session, hecha, huella)
    if session.scalar(select(Recibo.id).where(Recibo.reversa_de == recibo_id)) is not None:
        raise ErrorDeUso("Ese recibo ya está cancelado; no hay nada más que devolver.")
    nuevo = str(uuid.uuid5(uuid.UUID(intento), "1"))
    _renglones(session, hoy, recibo_id, nuevo)
    _pagos(session, recibo_id, nuevo)
    copiadas = (
        "ente_id",
        "serie_id",
        "turno_id",
        "cuenta_id",
        "membrete_id",
        "pagador",
        "cuenta_etiqueta",
        "domicilio",
    )
    session.execute(
        insert(Recibo).values(
            {c: getattr(original, c) for c in copiadas}
            | {
                "id": nuevo,
                "operacion_id": intento,
                "tipo": "REVERSA",
                "reversa_de": recibo_id,
                "solicitud_id": solicitud_id,
                "fecha_pago": hoy,
                "total": -original.total,
            }
        )
    )
    session.execute(
        insert(Operacion).values(
            id=intento,
            turno_id=original.turno_id,
            tipo="CANCELACION",
            recibos=1,
            total=-original.total,
            huella=huella,
        )
    )
    return nuevo


def _repetida(session: Session, hecha: Operacion, huella: str) -> str:
    if hecha.huella != huella:
        raise ErrorDeUso("Ese intento ya se usó con otros datos; empiece la cancelación de nuevo.")
    return session.scalars(select(Recibo.id).where(Recibo.operacion_id == hecha.id)).one()


def _renglones(session: Session, hoy: date, original: str, nuevo: str) -> None:
    columnas = [c.name for c in Renglon.__table__.columns]
    propias: dict[str, ColumnElement[Any]] = {
        "recibo_id": literal(nuevo),
        "reversa_de": literal(original),
        "fecha_pago": literal(hoy),
        "importe": -Renglon.__table__.c.importe,
    }
    seleccion = [propias.get(c, Renglon.__table__.c[c]).label(c) for c in columnas]
    session.execute(
        insert(Renglon).from_select(columnas, select(*seleccion).where(Renglon.recibo_id == original))
    )


def _pagos(session: Session, original: str, nuevo: str) -> None:
    columnas = ["recibo_id", "n", "forma", "importe", "recibido", "cambio", "referencia"]
    seleccion = (
        literal(nuevo),
        Pago.n,
        Pago.forma,
        -Pago.importe,
        -Pago.importe,
        literal(0),
        Pago.referencia,
    )
    session.execute(insert(Pago).from_select(columnas, select(*seleccion).where(Pago.recibo_id == original)))
