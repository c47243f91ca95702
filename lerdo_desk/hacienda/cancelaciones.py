"""Reversal receipts: a mistake is undone by another row that returns exactly what the first one took."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, insert, literal, or_, select
from sqlalchemy.orm import Session

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db.motor import canon, sha256_hex
from lerdo_desk.hacienda import saldos
from lerdo_desk.hacienda.cobros import bloquear
from lerdo_desk.hacienda.documentos import PagoSellado
from lerdo_desk.hacienda.formas import CHEQUE, EFECTIVO, SALDO_A_FAVOR, TARJETAS, TRANSFERENCIA, leer_de_banco
from lerdo_desk.hacienda.modelos import Conteo, Corte, Cuenta, Operacion, Pago, Recibo, Renglon, Turno
from lerdo_desk.hacienda.modelos_ingresos import Saldo

_NO_EXISTE = "Ese recibo no existe o no se puede cancelar; revise el folio."
_YA_CANCELADO = "Ese recibo ya está cancelado; no hay nada más que devolver."


def revisar(session: Session, usuario: str, recibo_id: str) -> None:
    """Refuse what could not be cancelled before anybody is asked to sign it; the locks say the same later.

    Raises ErrorDeUso for a receipt that is not a charge of ``usuario``, of a turno counted or closed, already
    undone, or whose saldo a favor was used.
    """
    fila = session.execute(
        select(Turno.usuario, _ya_no_cobra().label("ya_no_cobra"))
        .select_from(Recibo)
        .join(Turno, Turno.id == Recibo.turno_id)
        .where(Recibo.id == recibo_id, Recibo.tipo == "COBRO")
    ).first()
    if fila is None or fila.usuario != usuario:
        raise ErrorDeUso(_NO_EXISTE)
    if session.scalar(select(Recibo.id).where(Recibo.reversa_de == recibo_id)) is not None:
        raise ErrorDeUso(_YA_CANCELADO)
    if fila.ya_no_cobra:
        raise ErrorDeUso("El turno de ese recibo ya se contó o se cerró; pida la devolución a Tesorería.")
    if _con_saldo_usado(session, recibo_id):
        raise ErrorDeUso(
            "El saldo a favor que dejó ese recibo ya se usó; cancele primero el recibo donde se aplicó."
        )


def _ya_no_cobra() -> ColumnElement[bool]:
    cerrado = exists(select(Corte.turno_id).where(Corte.turno_id == Turno.id))
    return or_(cerrado, exists(select(Conteo.turno_id).where(Conteo.turno_id == Turno.id, Conteo.vez > 0)))


def _con_saldo_usado(session: Session, recibo_id: str) -> bool:
    """Tell whether part of the saldo a favor that a receipt left is gone."""
    dejados = session.execute(
        select(Saldo.cargo_id, Saldo.importe, Cuenta.titular_id)
        .join(Cuenta, Cuenta.id == Saldo.cuenta_id)
        .where(Saldo.recibo_id == recibo_id)
    ).all()
    if not dejados:
        return False
    quedan = {s.cargo_id: s.disponible for s in saldos.disponibles(session, [d.titular_id for d in dejados])}
    return any(quedan.get(d.cargo_id) != d.importe for d in dejados)


def devolucion(pagos: Sequence[PagoSellado]) -> str:
    """Say what to give back of a receipt, each part in the form it came.

    E.g. «Devuelva $500.00 en efectivo y anule el cargo a la tarjeta •••• 4242 por $120.00.»
    """
    partes = [_parte(p) for p in pagos]
    if not partes:
        return "No hay dinero que devolver."
    frase = partes[0] if len(partes) == 1 else f"{', '.join(partes[:-1])} y {partes[-1]}"
    return f"{frase[0].upper()}{frase[1:]}."


def _parte(pago: PagoSellado) -> str:
    importe = formato(abs(pago.importe))
    if pago.forma == EFECTIVO:
        return f"devuelva {importe} en efectivo"
    if pago.forma in TARJETAS:
        return f"anule el cargo a la tarjeta {pago.referencia.split(' · ')[0]} por {importe}"
    if pago.forma == CHEQUE:
        banco = leer_de_banco(pago.referencia)
        return f"devuelva el cheque {banco.numero} de {banco.banco} por {importe}".replace("  ", " ")
    if pago.forma == TRANSFERENCIA:
        return f"pida a Tesorería que devuelva {importe} por transferencia ({pago.referencia})"
    if pago.forma == SALDO_A_FAVOR:
        return f"el saldo a favor de {importe} queda disponible otra vez, sin entregar dinero"
    return f"devuelva {importe} como se pagó ({pago.forma_nombre.lower()})"


def reversar(session: Session, hoy: date, intento: str, recibo_id: str, solicitud_id: str) -> str:
    """Seal the receipt that cancels another of the same open turno, and give its id.

    The approved ``solicitud_id`` is used once; the database refuses anything that is not the exact opposite.
    The same attempt again gives the same reversal. Raises ErrorDeUso when the receipt does not exist, is not
    the caller's or was already cancelled, or when the attempt was used for something else.
    """
    original = session.get(Recibo, recibo_id)
    if original is None or original.tipo != "COBRO":
        raise ErrorDeUso(_NO_EXISTE)
    cargos = session.scalars(select(Renglon.cargo_id).where(Renglon.recibo_id == recibo_id).distinct())
    bloquear(session, sorted(cargos))
    huella = sha256_hex(canon(intento, recibo_id, solicitud_id))
    hecha = session.get(Operacion, intento)
    if hecha is not None:
        return _repetida(session, hecha, huella)
    if session.scalar(select(Recibo.id).where(Recibo.reversa_de == recibo_id)) is not None:
        raise ErrorDeUso(_YA_CANCELADO)
    nuevo = str(uuid.uuid5(uuid.UUID(intento), "1"))
    devolver_lineas(session, hoy, recibo_id, nuevo)
    copiadas = (
        "ente_id",
        "serie_id",
        "turno_id",
        "cuenta_id",
        "membrete_id",
        "pagador",
        "cuenta_etiqueta",
        "domicilio",
        "cuentas",
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


def devolver_lineas(session: Session, hoy: date, original: str, nuevo: str) -> None:
    """Write the lines and payments of a reversal: those of the original with their sign turned."""
    _renglones(session, hoy, original, nuevo)
    _pagos(session, original, nuevo)


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
