"""Seals the payments of a channel: cargos of excess, receipts, saldos a favor, and what was imported."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from lerdo_desk.hacienda import saldos
from lerdo_desk.hacienda.adeudos import CERO, ORDENES, CuentaDeudora
from lerdo_desk.hacienda.externos import SIN_DUENO, Canal, Planeado
from lerdo_desk.hacienda.modelos import Contribuyente, Cuenta
from lerdo_desk.hacienda.modelos_ingresos import PagoExterno, Saldo
from lerdo_desk.hacienda.sello_de_canal import Parte, PorSellar, Sello

NADIE = "POR IDENTIFICAR"
"""The holder of the account that keeps the money of nobody known."""

LOTE = 200
"""Payments sealed between two signs of progress."""


@dataclass(frozen=True)
class Sellado:
    """What was sealed: how many receipts, their pesos, and of them how much is saldo a favor."""

    recibos: int
    importe: Decimal
    saldo: Decimal


def sellar(
    session: Session, hoy: date, turno: tuple[str, Canal], planeados: Sequence[Planeado], archivo: str
) -> Generator[int, None, Sellado]:
    """Seal the payments of a plan in a turno of their channel, yielding how many are done.

    ``archivo``: digest of the file they came in. The operación of each is made from its reference, so the
    database refuses a second one. Raises ErrorDeUso when the channel has no serie for an ente.
    """
    turno_id, canal = turno
    sello = Sello(session, turno_id, canal)
    for desde in range(0, len(planeados), LOTE):
        lote = planeados[desde : desde + LOTE]
        _lote(session, sello, _preparar(session, hoy, canal, lote), lote)
        session.execute(insert(PagoExterno), [_externo(p, canal, archivo) for p in lote])
        yield min(desde + LOTE, len(planeados))
    importe = sum((p.pago.importe for p in planeados), CERO)
    return Sellado(len(planeados), importe, sum((p.saldo for p in planeados), CERO))


def cuenta_sin_dueno(session: Session, canal: Canal) -> CuentaDeudora:
    """Give the account of a channel for money of nobody known, and make it the first time."""
    clave, ente = f"{SIN_DUENO}{canal.clave}", canal.entes[0]
    suya = (Cuenta.modulo == ORDENES, Cuenta.clave == clave)
    cuenta_id = session.scalar(select(Cuenta.id).where(*suya))
    if cuenta_id is None:
        persona = insert(Contribuyente).values(nombre=NADIE, tipo="F").returning(Contribuyente.id)
        datos = {
            "ente_id": ente,
            "modulo": ORDENES,
            "clave": clave,
            "titular_id": session.scalars(persona).one(),
            "titular": NADIE,
            "domicilio": canal.nombre,
        }
        cuenta_id = session.scalars(insert(Cuenta).values(datos).returning(Cuenta.id)).one()
    return CuentaDeudora(cuenta_id, ente, ORDENES, clave, NADIE, canal.nombre)


def _preparar(session: Session, hoy: date, canal: Canal, planeados: Sequence[Planeado]) -> list[PorSellar]:
    """Give the receipts of some payments, with the cargos that take their excess already written."""
    de_nadie = cuenta_sin_dueno(session, canal) if any(p.cuenta is None for p in planeados) else None
    cuentas = [c for p in planeados if (c := p.cuenta or de_nadie) is not None]
    operaciones = [canal.operacion(p.pago.referencia) for p in planeados]
    excesos = [
        saldos.PorRecibir(c.id, c.ente_id, p.saldo, o)
        for p, c, o in zip(planeados, cuentas, operaciones, strict=True)
        if p.saldo
    ]
    abiertos = iter(saldos.abrir_cargos(session, hoy, excesos))
    return [
        PorSellar(
            operacion=o,
            cuenta=c,
            fecha_pago=p.pago.fecha_pago,
            cargos=p.cargos,
            partes=(Parte(p.pago.forma, p.pago.importe, p.pago.referencia),),
            exceso=next(abiertos) if p.saldo else None,
            en_exceso=p.saldo,
            etiqueta=f"Por identificar: {p.pago.clave}" if p.cuenta is None else "",
        )
        for p, c, o in zip(planeados, cuentas, operaciones, strict=True)
    ]


def _lote(session: Session, sello: Sello, recibos: Sequence[PorSellar], lote: Sequence[Planeado]) -> None:
    """Seal some receipts, and keep the saldos that they leave."""
    sello.lineas(recibos)
    sello.cerrar(recibos)
    dejados = [
        {
            "cargo_id": x.exceso.cargo_id,
            "cuenta_id": x.cuenta.id,
            "recibo_id": x.recibo,
            "importe": x.en_exceso,
            "origen": p.origen,
        }
        for x, p in zip(recibos, lote, strict=True)
        if x.exceso is not None
    ]
    if dejados:
        session.execute(insert(Saldo), dejados)


def _externo(p: Planeado, canal: Canal, archivo: str) -> dict[str, object]:
    return {
        "caja_id": canal.id,
        "referencia": p.pago.referencia,
        "clave": p.pago.clave,
        "fecha_pago": p.pago.fecha_pago,
        "importe": p.pago.importe,
        "forma": p.pago.forma,
        "resultado": p.resultado,
        "operacion_id": canal.operacion(p.pago.referencia),
        "archivo": archivo,
    }
