"""Reads what was sealed back as the papers print it: nothing is computed again, everything was stored."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from lerdo_desk.base.calendario import hora_local
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import documentos as doc
from lerdo_desk.hacienda.modelos import (
    Caja,
    Cargo,
    Concepto,
    Conteo,
    Corte,
    Cuenta,
    Ente,
    Membrete,
    Municipio,
    Pago,
    Parametro,
    Recibo,
    Renglon,
    Serie,
    Turno,
)

FORMAS = {
    "01": "Efectivo",
    "02": "Cheque nominativo",
    "03": "Transferencia",
    "04": "Tarjeta de crédito",
    "28": "Tarjeta de débito",
}
"""Names of the forms of payment that a till takes (SAT catalogue c_FormaPago)."""


def recibo(session: Session, recibo_id: str, cajero: str | None = None) -> doc.ReciboSellado:
    """Give a sealed receipt ready to draw; ErrorDeUso when there is none that this login may see."""
    original, serie_original = aliased(Recibo), aliased(Serie)
    fila = session.execute(
        select(
            Recibo,
            Serie.clave.label("serie"),
            Ente,
            Membrete,
            Municipio,
            Caja.clave.label("caja"),
            Cuenta.clave.label("clave"),
            original.folio.label("folio_original"),
            serie_original.clave.label("serie_original"),
        )
        .join(Serie, Serie.id == Recibo.serie_id)
        .join(Caja, Caja.id == Serie.caja_id)
        .join(Ente, Ente.id == Recibo.ente_id)
        .join(Membrete, Membrete.id == Recibo.membrete_id)
        .join(Cuenta, Cuenta.id == Recibo.cuenta_id)
        .join(Municipio, Municipio.id == 1)
        .outerjoin(original, original.id == Recibo.reversa_de)
        .outerjoin(serie_original, serie_original.id == original.serie_id)
        .where(Recibo.id == recibo_id)
    ).first()
    if fila is None:
        raise ErrorDeUso("Ese recibo no existe o no es suyo; búsquelo por su folio exacto.")
    r, ente, municipio = fila.Recibo, fila.Ente, fila.Municipio
    return doc.ReciboSellado(
        id=r.id,
        tipo=r.tipo,
        serie=fila.serie,
        folio=r.folio,
        ente=ente.nombre,
        membrete=_membrete(ente, fila.Membrete),
        pagador=r.pagador,
        cuenta_etiqueta=r.cuenta_etiqueta,
        clave=fila.clave,
        domicilio=r.domicilio,
        renglones=_renglones(session, recibo_id),
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
    )


def _membrete(ente: Ente, membrete: Membrete) -> doc.Membrete:
    return doc.Membrete(
        ente.nombre, membrete.dependencia, ente.rfc, membrete.domicilio, membrete.telefono, membrete.leyenda
    )


def _renglones(session: Session, recibo_id: str) -> tuple[doc.RenglonSellado, ...]:
    filas = session.execute(
        select(Renglon, Cargo.ejercicio)
        .join(Cargo, Cargo.id == Renglon.cargo_id)
        .where(Renglon.recibo_id == recibo_id)
        .order_by(Renglon.n)
    )
    return tuple(
        doc.RenglonSellado(r.n, r.clase, r.texto, r.importe, str(r.cargo_id), ejercicio, r.fundamento)
        for r, ejercicio in filas
    )


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


def corte(session: Session, turno_id: str, cajero: str | None = None) -> doc.CorteSellado:
    """Give a sealed corte ready to draw, with every receipt behind it; ErrorDeUso when the turno has none."""
    fila = session.execute(
        select(Corte, Turno, Caja.clave.label("caja"), Municipio)
        .join(Turno, Turno.id == Corte.turno_id)
        .join(Caja, Caja.id == Corte.caja_id)
        .join(Municipio, Municipio.id == 1)
        .where(Corte.turno_id == turno_id)
    ).first()
    if fila is None:
        raise ErrorDeUso("Ese turno todavía no tiene corte; ciérrelo primero.")
    c, t, zona = fila.Corte, fila.Turno, fila.Municipio.zona_horaria
    recibos = _recibos(session, turno_id)
    return doc.CorteSellado(
        numero=c.numero,
        caja=fila.caja,
        cajero=cajero or c.usuario,
        abierto=hora_local(t.creado, zona),
        cerrado=hora_local(c.creado, zona),
        fondo=t.fondo,
        esperado=c.esperado,
        contado=c.contado,
        diferencia=c.contado - c.esperado,
        motivo=c.motivo,
        conteo=_conteo(session, turno_id),
        por_forma=_por_forma(session, turno_id),
        por_ente=_por_ente(session, turno_id),
        por_concepto=_por_concepto(session, turno_id),
        recibos=tuple(
            doc.ReciboListado(
                r.serie, r.folio, hora_local(r.creado, zona), r.pagador, r.cuenta_etiqueta, r.total
            )
            for r in recibos
        ),
        series=_series(recibos),
        cancelados=_cancelados(recibos),
        municipio_clave=fila.Municipio.clave,
        membrete=_membrete_principal(session),
        capacitacion=fila.Municipio.modo == "capacitacion",
        huella=c.hash,
    )


def _membrete_principal(session: Session) -> doc.Membrete:
    fila = session.execute(
        select(Ente, Membrete)
        .join(Membrete, Membrete.ente_id == Ente.id)
        .order_by(Ente.id, Membrete.version.desc())
        .limit(1)
    ).one()
    return _membrete(fila.Ente, fila.Membrete)


def _recibos(session: Session, turno_id: str) -> Sequence[Any]:
    return session.execute(
        select(
            Recibo.id,
            Recibo.folio,
            Recibo.creado,
            Recibo.pagador,
            Recibo.cuenta_etiqueta,
            Recibo.total,
            Recibo.hash,
            Recibo.reversa_de,
            Serie.clave.label("serie"),
        )
        .join(Serie, Serie.id == Recibo.serie_id)
        .where(Recibo.turno_id == turno_id)
        .order_by(Serie.clave, Recibo.folio)
    ).all()


def _conteo(session: Session, turno_id: str) -> tuple[doc.ConteoLinea, ...]:
    filas = session.execute(
        select(Conteo.denominacion, Conteo.piezas)
        .where(Conteo.turno_id == turno_id, Conteo.piezas > 0)
        .order_by(Conteo.denominacion.desc())
    )
    return tuple(doc.ConteoLinea(f.denominacion, f.piezas) for f in filas)


def _por_forma(session: Session, turno_id: str) -> tuple[doc.TotalForma, ...]:
    filas = session.execute(
        select(Pago.forma, func.sum(Pago.importe).label("importe"))
        .join(Recibo, Recibo.id == Pago.recibo_id)
        .where(Recibo.turno_id == turno_id)
        .group_by(Pago.forma)
        .order_by(Pago.forma)
    )
    return tuple(doc.TotalForma(f.forma, FORMAS.get(f.forma, f.forma), f.importe) for f in filas)


def _por_ente(session: Session, turno_id: str) -> tuple[doc.TotalEnte, ...]:
    filas = session.execute(
        select(Ente.nombre, func.sum(Recibo.total).label("importe"))
        .join(Recibo, Recibo.ente_id == Ente.id)
        .where(Recibo.turno_id == turno_id)
        .group_by(Ente.id, Ente.nombre)
        .order_by(Ente.id)
    )
    return tuple(doc.TotalEnte(f.nombre, f.importe) for f in filas)


def _por_concepto(session: Session, turno_id: str) -> tuple[doc.TotalConcepto, ...]:
    filas = session.execute(
        select(Concepto.cri, Concepto.nombre, func.sum(Renglon.importe).label("importe"))
        .join(Renglon, Renglon.concepto_id == Concepto.id)
        .join(Recibo, Recibo.id == Renglon.recibo_id)
        .where(Recibo.turno_id == turno_id)
        .group_by(Concepto.cri, Concepto.nombre)
        .order_by(Concepto.cri, Concepto.nombre)
    )
    return tuple(doc.TotalConcepto(f.cri, f.nombre, f.importe) for f in filas)


def _series(recibos: Sequence[Any]) -> tuple[doc.TramoSerie, ...]:
    tramos: dict[str, list[Any]] = {}
    for r in recibos:
        tramos.setdefault(r.serie, []).append(r)
    return tuple(
        doc.TramoSerie(serie, suyos[0].folio, suyos[0].hash, suyos[-1].folio, suyos[-1].hash)
        for serie, suyos in tramos.items()
    )


def _cancelados(recibos: Sequence[Any]) -> tuple[doc.ReciboCancelado, ...]:
    por_id = {r.id: r for r in recibos}
    reversas = [(por_id[r.reversa_de], r) for r in recibos if r.reversa_de in por_id]
    return tuple(
        doc.ReciboCancelado(f"{o.serie}-{o.folio}", f"{r.serie}-{r.folio}", abs(Decimal(r.total)))
        for o, r in reversas
    )
