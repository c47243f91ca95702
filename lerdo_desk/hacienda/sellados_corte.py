"""Reads turnos back as the papers print them: the sealed corte, the X report and the drops of cash."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from lerdo_desk.base.calendario import fecha_corta, fecha_local, hora_local
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import documentos as doc
from lerdo_desk.hacienda.formas import EFECTIVO, FORMAS
from lerdo_desk.hacienda.modelos import (
    Caja,
    Concepto,
    Conteo,
    Corte,
    Ente,
    Membrete,
    Municipio,
    Pago,
    Recibo,
    Renglon,
    Serie,
    Turno,
)
from lerdo_desk.hacienda.modelos_ingresos import CorteEvento, Retiro
from lerdo_desk.hacienda.sellados import membrete

CERO = Decimal("0.00")
Receptores = dict[str, str]
"""Who signed for each drop, by the id of its solicitud; the signatures live above the ledger."""


def corte(
    session: Session,
    turno_id: str,
    nombres: Mapping[str, str] = MappingProxyType({}),
    receptores: Receptores | None = None,
) -> doc.CorteSellado:
    """Give a sealed corte ready to draw, with every receipt behind it; ErrorDeUso when the turno has none.

    ``nombres`` turns the logins that are known into names.
    """
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
    cancelados, devueltos = _deshechos(recibos)
    hechos = retiros(session, turno_id, zona, receptores)
    return doc.CorteSellado(
        numero=c.numero,
        caja=fila.caja,
        cajero=nombres.get(c.usuario, c.usuario),
        abierto=hora_local(t.creado, zona),
        cerrado=hora_local(c.creado, zona),
        fondo=t.fondo,
        esperado=c.esperado,
        contado=c.contado,
        diferencia=c.contado - c.esperado,
        motivo=c.motivo,
        conteo=_ultimo_conteo(session, turno_id),
        por_forma=por_forma(session, turno_id),
        por_ente=_por_ente(session, turno_id),
        por_concepto=_por_concepto(session, turno_id),
        recibos=tuple(
            doc.ReciboListado(
                r.serie, r.folio, hora_local(r.creado, zona), r.pagador, r.cuenta_etiqueta, r.total
            )
            for r in recibos
        ),
        series=_series(recibos),
        cancelados=cancelados,
        municipio_clave=fila.Municipio.clave,
        membrete=_membrete_principal(session),
        capacitacion=fila.Municipio.modo == "capacitacion",
        huella=c.hash,
        retiros=sum((r.importe for r in hechos), CERO),
        retiros_hechos=hechos,
        conteos=conteos(session, turno_id, zona),
        por_fecha=_por_fecha(recibos, zona),
        verificado=_verificado(session, turno_id, zona, nombres),
        devueltos=devueltos,
    )


def corte_x(
    session: Session,
    turno_id: str,
    ahora: int,
    *,
    cajero: str,
    entero: bool,
    receptores: Receptores | None = None,
) -> doc.CorteX:
    """Give how an open turno stands at ``ahora`` (UTC micros); the cash only when it may be told ``entero``.

    Who counts blind gets neither the cash nor the drops, whose sum is part of it, only how many they are.
    """
    t, caja, municipio = session.execute(
        select(Turno, Caja.clave, Municipio)
        .join(Caja, Caja.id == Turno.caja_id)
        .join(Municipio, Municipio.id == 1)
        .where(Turno.id == turno_id)
    ).one()
    zona = municipio.zona_horaria
    formas, hechos = por_forma(session, turno_id), retiros(session, turno_id, zona, receptores)
    efectivo = sum((f.importe for f in formas if f.forma == EFECTIVO), CERO)
    return doc.CorteX(
        caja=caja,
        cajero=cajero,
        hora=hora_local(ahora, zona),
        abierto=hora_local(t.creado, zona),
        recibos=_cuantos(session, turno_id, "COBRO"),
        cancelados=_cuantos(session, turno_id, "REVERSA"),
        formas=tuple(f for f in formas if entero or f.forma != EFECTIVO),
        efectivo=efectivo if entero else None,
        retiros=hechos if entero else (),
        membrete=_membrete_principal(session),
        capacitacion=municipio.modo == "capacitacion",
        cuantos_retiros=len(hechos),
    )


def _cuantos(session: Session, turno_id: str, tipo: str) -> int:
    cuenta = select(func.count()).select_from(Recibo).where(Recibo.turno_id == turno_id, Recibo.tipo == tipo)
    return session.scalar(cuenta) or 0


def acta_de_retiro(
    session: Session, turno_id: str, n: int, cajero: str, receptores: Receptores
) -> doc.ActaDeRetiro:
    """Give one drop of a turno as its paper prints it; ErrorDeUso when there is none with that number."""
    t, caja, municipio = session.execute(
        select(Turno, Caja.clave, Municipio)
        .join(Caja, Caja.id == Turno.caja_id)
        .join(Municipio, Municipio.id == 1)
        .where(Turno.id == turno_id)
    ).one()
    hechos = retiros(session, turno_id, municipio.zona_horaria, receptores)
    hecho = next((r for r in hechos if r.n == n), None)
    if hecho is None:
        raise ErrorDeUso("Ese retiro no existe en su turno; consulte de nuevo.")
    return doc.ActaDeRetiro(
        caja=caja,
        cajero=cajero or t.usuario,
        retiro=hecho,
        membrete=_membrete_principal(session),
        capacitacion=municipio.modo == "capacitacion",
    )


def retiros(
    session: Session, turno_id: str, zona: str, receptores: Receptores | None
) -> tuple[doc.RetiroSellado, ...]:
    """List the drops of a turno, first to last."""
    filas = session.scalars(select(Retiro).where(Retiro.turno_id == turno_id).order_by(Retiro.n))
    return tuple(
        doc.RetiroSellado(
            r.n, hora_local(r.creado, zona), r.importe, r.bolsa, (receptores or {}).get(r.solicitud_id, "")
        )
        for r in filas
    )


def conteos(session: Session, turno_id: str, zona: str) -> tuple[doc.ConteoHecho, ...]:
    """List the signed counts of a turno, the opening's fund left out."""
    filas = session.execute(
        select(Conteo.vez, Conteo.creado, Conteo.denominacion, Conteo.piezas)
        .where(Conteo.turno_id == turno_id, Conteo.vez > 0)
        .order_by(Conteo.vez)
    )
    horas: dict[int, int] = {}
    sumas: dict[int, Decimal] = defaultdict(lambda: CERO)
    for f in filas:
        horas[f.vez] = f.creado
        sumas[f.vez] += f.denominacion * f.piezas
    return tuple(doc.ConteoHecho(vez, hora_local(horas[vez], zona), sumas[vez]) for vez in horas)


def _ultimo_conteo(session: Session, turno_id: str) -> tuple[doc.ConteoLinea, ...]:
    ultima = select(func.max(Conteo.vez)).where(Conteo.turno_id == turno_id).scalar_subquery()
    filas = session.execute(
        select(Conteo.denominacion, Conteo.piezas)
        .where(Conteo.turno_id == turno_id, Conteo.vez == ultima, Conteo.vez > 0, Conteo.piezas > 0)
        .order_by(Conteo.denominacion.desc())
    )
    return tuple(doc.ConteoLinea(f.denominacion, f.piezas) for f in filas)


def _verificado(session: Session, turno_id: str, zona: str, nombres: Mapping[str, str]) -> str:
    evento = session.get(CorteEvento, (turno_id, 1))
    if evento is None:
        return ""
    hora = hora_local(evento.creado, zona)
    quien = nombres.get(evento.usuario, evento.usuario)
    return f"{quien} · {fecha_corta(hora)} {hora:%H:%M}"


def _membrete_principal(session: Session) -> doc.Membrete:
    fila = session.execute(
        select(Ente, Membrete)
        .join(Membrete, Membrete.ente_id == Ente.id)
        .order_by(Ente.id, Membrete.version.desc())
        .limit(1)
    ).one()
    return membrete(fila.Ente, fila.Membrete)


def _recibos(session: Session, turno_id: str) -> Sequence[Any]:
    original, serie_original = aliased(Recibo), aliased(Serie)
    return session.execute(
        select(
            *(Recibo.id, Recibo.folio, Recibo.creado, Recibo.pagador, Recibo.cuenta_etiqueta),
            *(Recibo.total, Recibo.hash, Recibo.reversa_de, Recibo.turno_id),
            Serie.clave.label("serie"),
            original.folio.label("folio_original"),
            original.turno_id.label("turno_original"),
            serie_original.clave.label("serie_original"),
        )
        .join(Serie, Serie.id == Recibo.serie_id)
        .outerjoin(original, original.id == Recibo.reversa_de)
        .outerjoin(serie_original, serie_original.id == original.serie_id)
        .where(Recibo.turno_id == turno_id)
        .order_by(Serie.clave, Recibo.folio)
    ).all()


def por_forma(session: Session, turno_id: str) -> tuple[doc.TotalForma, ...]:
    """Add up what a turno received, by form of payment."""
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


def _por_fecha(recibos: Sequence[Any], zona: str) -> tuple[doc.TotalFecha, ...]:
    """Split a turno by the local day each receipt was sealed on: a 24 h caja crosses midnight."""
    dias: dict[Any, list[Any]] = defaultdict(list)
    for r in recibos:
        dias[fecha_local(r.creado, zona)].append(r)
    return tuple(
        doc.TotalFecha(dia, len(suyos), sum((r.total for r in suyos), CERO))
        for dia, suyos in sorted(dias.items())
    )


def _series(recibos: Sequence[Any]) -> tuple[doc.TramoSerie, ...]:
    tramos: dict[str, list[Any]] = {}
    for r in recibos:
        tramos.setdefault(r.serie, []).append(r)
    return tuple(
        doc.TramoSerie(serie, suyos[0].folio, suyos[0].hash, suyos[-1].folio, suyos[-1].hash)
        for serie, suyos in tramos.items()
    )


def _deshechos(
    recibos: Sequence[Any],
) -> tuple[tuple[doc.ReciboCancelado, ...], tuple[doc.ReciboCancelado, ...]]:
    """Give the receipts that reversals of this turno undo: its own cancelled, others' bounced cheques."""
    de_aqui: list[doc.ReciboCancelado] = []
    de_otro: list[doc.ReciboCancelado] = []
    for r in recibos:
        if r.reversa_de is None:
            continue
        original = f"{r.serie_original}-{r.folio_original}" if r.folio_original else ""
        lista = de_aqui if r.turno_original == r.turno_id else de_otro
        lista.append(doc.ReciboCancelado(original, f"{r.serie}-{r.folio}", abs(Decimal(r.total))))
    return tuple(de_aqui), tuple(de_otro)
