"""Reads sealed receipts back as the papers print them: nothing is computed again, everything was stored."""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from lerdo_desk.base.calendario import hora_local
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import documentos as doc
from lerdo_desk.hacienda.adeudos import ORDENES
from lerdo_desk.hacienda.formas import FORMAS
from lerdo_desk.hacienda.modelos import (
    Caja,
    Cargo,
    Cuenta,
    Ente,
    Membrete,
    Municipio,
    Pago,
    Parametro,
    Recibo,
    Renglon,
    Serie,
)


def recibo(session: Session, recibo_id: str, cajero: str | None = None) -> doc.ReciboSellado:
    """Give a sealed receipt ready to draw, with how it stands; ErrorDeUso when this login may see none."""
    fila = _leer(session, recibo_id)
    if fila is None:
        raise ErrorDeUso("Ese recibo no existe o no es suyo; búsquelo por su folio exacto.")
    r, ente, municipio = fila.Recibo, fila.Ente, fila.Municipio
    return doc.ReciboSellado(
        id=r.id,
        tipo=r.tipo,
        serie=fila.serie,
        folio=r.folio,
        ente=ente.nombre,
        membrete=membrete(ente, fila.Membrete),
        pagador=r.pagador,
        cuenta_etiqueta=r.cuenta_etiqueta,
        clave=fila.clave,
        domicilio=r.domicilio,
        renglones=_renglones(session, recibo_id, r.cuentas > 1),
        pagos=_pagos(session, recibo_id),
        total=r.total,
        fecha_pago=r.fecha_pago,
        creado=hora_local(r.creado, municipio.zona_horaria),
        caja=fila.caja,
        cajero=cajero or r.usuario,
        hash=r.hash,
        codigo=doc.codigo(r.hash),
        municipio_clave=municipio.clave,
        capacitacion=municipio.modo == "capacitacion",
        ejemplo=_con_ejemplo(session, recibo_id),
        reversa_de=f"{fila.serie_original}-{fila.folio_original}" if r.reversa_de else None,
        estado=estado(r.turno_id, _del_otro(fila), es_reversa=r.tipo == "REVERSA"),
        reversado_por=f"{fila.serie_reversa}-{fila.folio_reversa}" if fila.folio_reversa else None,
        cuentas=r.cuentas,
    )


def _leer(session: Session, recibo_id: str) -> Any:  # noqa: ANN401 — a row of many tables
    """Read a receipt with everything its paper names, its counterpart included; None when there is none."""
    original, serie_original = aliased(Recibo), aliased(Serie)
    reversa, serie_reversa = aliased(Recibo), aliased(Serie)
    return session.execute(
        select(
            Recibo,
            Serie.clave.label("serie"),
            Ente,
            Membrete,
            Municipio,
            Caja.clave.label("caja"),
            Cuenta.clave.label("clave"),
            original.folio.label("folio_original"),
            original.turno_id.label("turno_original"),
            serie_original.clave.label("serie_original"),
            reversa.folio.label("folio_reversa"),
            reversa.turno_id.label("turno_reversa"),
            serie_reversa.clave.label("serie_reversa"),
            reversado(Recibo.id).label("reversado"),
        )
        .join(Serie, Serie.id == Recibo.serie_id)
        .join(Caja, Caja.id == Serie.caja_id)
        .join(Ente, Ente.id == Recibo.ente_id)
        .join(Membrete, Membrete.id == Recibo.membrete_id)
        .join(Cuenta, Cuenta.id == Recibo.cuenta_id)
        .join(Municipio, Municipio.id == 1)
        .outerjoin(original, original.id == Recibo.reversa_de)
        .outerjoin(serie_original, serie_original.id == original.serie_id)
        .outerjoin(reversa, reversa.reversa_de == Recibo.id)
        .outerjoin(serie_reversa, serie_reversa.id == reversa.serie_id)
        .where(Recibo.id == recibo_id)
    ).first()


def reversado(recibo_id: ColumnElement[str] | InstrumentedAttribute[str]) -> ScalarSelect[str | None]:
    """Give the id of the reversal of a receipt, as its lines tell it to everybody: a cashier does not see
    another's receipts, but sees that theirs was undone.
    """
    linea = aliased(Renglon)
    return select(func.min(linea.recibo_id)).where(linea.reversa_de == recibo_id).scalar_subquery()


def _del_otro(fila: Any) -> str | None:  # noqa: ANN401 — the row that _leer gives
    """Give what tells the counterpart's turno; of one that this login may not see, that it is another's."""
    visto: str | None = fila.turno_original or fila.turno_reversa or fila.reversado
    return visto


def estado(turno_id: str, el_otro: str | None, *, es_reversa: bool = False) -> doc.EstadoRecibo:
    """Say what became of a receipt, from its turno and that of its counterpart (None where there is none).

    Only a cheque that bounced is undone in another turno than its own (the lock on reversals): DEVUELTO, said
    of both; a cancelled receipt is CANCELADO, and its reversal stands.
    """
    if el_otro is None:
        return ""
    if el_otro != turno_id:
        return "DEVUELTO"
    return "" if es_reversa else "CANCELADO"


def membrete(ente: Ente, version: Membrete) -> doc.Membrete:
    """Give the printed header of an ente in one of its versions."""
    return doc.Membrete(
        ente.nombre, version.dependencia, ente.rfc, version.domicilio, version.telefono, version.leyenda
    )


def _renglones(session: Session, recibo_id: str, de_varias: bool) -> tuple[doc.RenglonSellado, ...]:
    filas = session.execute(
        select(Renglon, Cargo.ejercicio, Cuenta.modulo, Cuenta.clave)
        .join(Cargo, Cargo.id == Renglon.cargo_id)
        .join(Cuenta, Cuenta.id == Cargo.cuenta_id)
        .where(Renglon.recibo_id == recibo_id)
        .order_by(Renglon.n)
    )
    return tuple(
        doc.RenglonSellado(
            r.n,
            r.clase,
            r.texto,
            r.importe,
            str(r.cargo_id),
            ejercicio,
            r.fundamento,
            _etiqueta(modulo, clave) if de_varias else "",
        )
        for r, ejercicio, modulo, clave in filas
    )


def _etiqueta(modulo: str, clave: str) -> str:
    return f"{'Orden' if modulo == ORDENES else modulo.capitalize()} {clave}"


def _pagos(session: Session, recibo_id: str) -> tuple[doc.PagoSellado, ...]:
    return tuple(
        doc.PagoSellado(p.forma, FORMAS.get(p.forma, p.forma), p.importe, p.recibido, p.cambio, p.referencia)
        for p in session.scalars(select(Pago).where(Pago.recibo_id == recibo_id).order_by(Pago.n))
    )


def _con_ejemplo(session: Session, recibo_id: str) -> bool:
    reposa = or_(
        Parametro.id == Renglon.parametro_id,
        Parametro.id == Renglon.parametro_base_id,
        Parametro.id == Cargo.parametro_id,
    )
    consulta = (
        select(func.count())
        .select_from(Renglon)
        .join(Cargo, Cargo.id == Renglon.cargo_id)
        .join(Parametro, reposa)
        .where(Renglon.recibo_id == recibo_id, Parametro.ejemplo == 1)
    )
    return bool(session.scalar(consulta))
