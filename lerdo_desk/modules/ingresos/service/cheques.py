"""Cheques received: the list, what the return of one will do in words, its signature, and registering it."""

import json
import uuid
from collections.abc import Generator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Text, case, func, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import aliased

from lerdo_desk.base import entrada
from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pagina, Pedido, Salida
from lerdo_desk.core import solicitudes
from lerdo_desk.core.listados import Columna, Listado, entregar, pagina
from lerdo_desk.core.solicitudes import Solicitud
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.hacienda import cheques, externos
from lerdo_desk.hacienda.cheques import Cheque, Devuelto, Indemnizacion
from lerdo_desk.hacienda.formas import CHEQUE
from lerdo_desk.hacienda.modelos import Cuenta, Ente, Pago, Recibo, Serie, Turno
from lerdo_desk.hacienda.referencias import parte
from lerdo_desk.modules.ingresos.service.canales import EnCanal, turno_en
from lerdo_desk.modules.ingresos.service.permisos_canales import (
    AUTORIZAR_DEVOLUCION,
    DEVOLVER_CHEQUE,
    PEDIR_DEVOLUCION,
    VER_CHEQUES,
)

MOTIVOS = ("Sin fondos suficientes", "Cuenta cancelada", "Firma distinta", "Cheque mal escrito")
"""Why banks return cheques."""

RECIBIDO, DEVUELTO, CANCELADO = "RECIBIDO", "DEVUELTO", "CANCELADO"
ESTADOS = ((RECIBIDO, "Recibido"), (DEVUELTO, "Devuelto"), (CANCELADO, "Recibo cancelado"))

_DOS_HORAS = 7_200_000_000
_MINIMO = 5
_SEPARA = "/"

_REVERSA, _PEDIDA = aliased(Recibo), aliased(Solicitud)
_RECIBIDOS = (
    select(
        Recibo.operacion_id.label("operacion"),
        Pago.referencia.label("referencia"),
        func.sum(Pago.importe).label("importe"),
        func.count().label("recibos"),
        func.min(Recibo.creado).label("creado"),
        func.min(Serie.clave + "-" + sql_cast(Recibo.folio, Text)).label("recibo"),
        func.min(Cuenta.titular).label("titular"),
        func.max(case((_PEDIDA.acto == cheques.ACTO, 2), (_REVERSA.id.is_not(None), 1), else_=0)).label(
            "paso"
        ),
    )
    .select_from(Pago)
    .join(Recibo, Recibo.id == Pago.recibo_id)
    .join(Serie, Serie.id == Recibo.serie_id)
    .join(Cuenta, Cuenta.id == Recibo.cuenta_id)
    .outerjoin(_REVERSA, _REVERSA.reversa_de == Recibo.id)
    .outerjoin(_PEDIDA, _PEDIDA.id == _REVERSA.solicitud_id)
    .where(Pago.forma == CHEQUE, Recibo.tipo == "COBRO")
    .group_by(Recibo.operacion_id, Pago.referencia)
    .subquery()
)
_C = _RECIBIDOS.c

CHEQUES = Listado(
    clave="ingresos.cheques",
    nombre="Cheques recibidos",
    permiso=VER_CHEQUES,
    consulta=select(_RECIBIDOS),
    id=_C.operacion + _SEPARA + _C.referencia,
    columnas=(
        Columna("recibido", "Recibido", _C.creado, "instante", ancho=150, ordenable=True),
        Columna("banco", "Banco", parte(_C.referencia, 1), ancho=190, ordenable=True),
        Columna("numero", "Número", parte(_C.referencia, 2), ancho=110, ordenable=True),
        Columna("fecha", "Del día", parte(_C.referencia, 3), ancho=110),
        Columna("importe", "Importe", _C.importe, "dinero", ancho=130, suma=True, ordenable=True),
        Columna("titular", "De quién", _C.titular, ancho=230),
        Columna("recibo", "Recibo", _C.recibo, ancho=110),
        Columna("recibos", "Recibos", _C.recibos, "entero", ancho=80, oculta=True),
        Columna(
            "estado",
            "Cómo está",
            case((_C.paso == 2, DEVUELTO), (_C.paso == 1, CANCELADO), else_=RECIBIDO),
            ancho=150,
            opciones=ESTADOS,
        ),
    ),
    orden=(("recibido", "desc"),),
)


def partir(clave: str) -> tuple[str, str]:
    """Give the operación and the reference of a cheque from its id in the list."""
    operacion, _, referencia = clave.partition(_SEPARA)
    return operacion, referencia


@use_case(VER_CHEQUES)
def ver_cheques(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of the cheques received, the last one first."""
    return pagina(ctx, CHEQUES, orden)


@use_case(VER_CHEQUES)
def ver_cheques_enteros(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand the whole list over, for a file."""
    return entregar(ctx, CHEQUES, orden)


@dataclass(frozen=True)
class UnCheque:
    """Which cheque is asked for: the operación that it paid and its sealed reference."""

    operacion: str
    referencia: str


@dataclass(frozen=True)
class ChequeVisto:
    """A cheque and, in sentences, everything that registering its return will do."""

    cheque: Cheque
    efectos: tuple[str, ...]
    hoy: date


@use_case(VER_CHEQUES)
def ver_cheque(ctx: Context, orden: UnCheque) -> ChequeVisto:
    """Say what the return of a cheque would do; ErrorDeUso when no receipt in force was paid with it."""
    cheque = cheques.ver(ctx.session, ctx.hoy, orden.operacion, orden.referencia)
    entes = {i: nombre for i, nombre in ctx.session.execute(select(Ente.id, Ente.nombre))}
    efectos = [frase for r in cheque.recibos for frase in _de_recibo(cheque, r)]
    nombres = entes if len(cheque.indemnizaciones) > 1 else {}
    efectos += [_de_indemnizacion(i, nombres) for i in cheque.indemnizaciones]
    return ChequeVisto(cheque, tuple(efectos), ctx.hoy)


def _de_recibo(cheque: Cheque, r: cheques.ReciboPagado) -> tuple[str, ...]:
    reversa = (
        f"Se reversa el recibo {r.etiqueta} por {formato(r.total)}: la cuenta {r.cuenta.clave} de "
        f"{r.cuenta.titular} vuelve a deber lo que pagó con él."
    )
    resto = cheque.resto(r)
    if not resto:
        return (reversa,)
    de_quien = r.cuenta.titular
    return reversa, f"Lo que se pagó de otra forma, {formato(resto)}, queda como saldo a favor de {de_quien}."


def _de_indemnizacion(i: Indemnizacion, entes: dict[int, str]) -> str:
    if i.importe is None:
        return (
            "Otro cheque pagó los mismos recibos: la indemnización no se carga sola; emita una orden de pago "
            f"por el {cheques.porcentaje(i.parametro)} de {formato(i.base)}."
        )
    de_quien = f" de {entes[i.ente_id]}" if entes else ""
    cuanto = f"{cheques.porcentaje(i.parametro)} de {formato(i.base)} = {formato(i.importe)}"
    articulo = i.parametro.fundamento
    return f"Se carga a la cuenta {i.cuenta.clave} la indemnización{de_quien}: {cuanto}. {articulo}."


@dataclass(frozen=True)
class PeticionDeDevolucion:
    """The order to ask that a returned cheque be registered; ``intento`` is its id, made by the station.

    ``motivo``: why the bank returned it. ``fecha``: when, as typed or as a day.
    """

    intento: str
    operacion: str
    referencia: str
    motivo: str
    fecha: str


@use_case(PEDIR_DEVOLUCION, repetible=True)
def pedir_devolucion(ctx: Context, orden: PeticionDeDevolucion) -> tuple[str, ...]:
    """Ask a supervisor to sign, once for each receipt that the cheque paid; it expires in two hours.

    Gives the requests' ids. Raises ErrorDeUso (``motivo``, ``fecha``) for what is not said, or a day still
    to come, and when no receipt in force was paid with that cheque.
    """
    motivo = entrada.texto(orden.motivo, campo="motivo")
    if len(motivo) < _MINIMO:
        raise ErrorDeUso("Escriba por qué lo devolvió el banco, con al menos 5 letras.", "motivo")
    dia = entrada.fecha(orden.fecha, ctx.hoy, campo="fecha")
    if dia > ctx.hoy:
        raise ErrorDeUso("El banco no pudo devolverlo en una fecha que todavía no llega; corríjala.", "fecha")
    cheque = cheques.ver(ctx.session, ctx.hoy, orden.operacion, orden.referencia)
    hechas = []
    for recibo in cheque.recibos:
        solicitud_id = _solicitud_de(orden.intento, recibo.id)
        hechas.append(solicitud_id)
        if ctx.session.get(Solicitud, solicitud_id) is None:
            dicho = f"Cheque devuelto el {fecha_corta(dia)}: {motivo}"
            _pedir(ctx, solicitud_id, (recibo.id, orden.referencia), dicho)
    return tuple(hechas)


def _solicitud_de(intento: str, recibo_id: str) -> str:
    return str(uuid.uuid5(uuid.UUID(intento), f"firma/{recibo_id}"))


def _pedir(ctx: Context, solicitud_id: str, cual: tuple[str, str], motivo: str) -> None:
    recibo_id, referencia = cual
    datos = {"recibo_id": recibo_id, "cheque": referencia}
    solicitudes.pedir(
        ctx.session,
        Solicitud(
            id=solicitud_id,
            acto=cheques.ACTO,
            modulo="ingresos",
            objeto=recibo_id,
            motivo=motivo,
            orden=json.dumps(datos, ensure_ascii=False),
            vence=ctx.ahora + _DOS_HORAS,
        ),
    )


@dataclass(frozen=True)
class FirmaDeDevolucion:
    """The supervisor's answer to the requests of one cheque."""

    solicitudes: tuple[str, ...]
    aprueba: bool = True
    nota: str = ""


@use_case(AUTORIZAR_DEVOLUCION)
def firmar_devolucion(ctx: Context, orden: FirmaDeDevolucion) -> None:
    """Approve or reject the return of a cheque, all its receipts at once, on the supervisor's connection."""
    nota, decision = entrada.texto(orden.nota, campo="nota"), "APROBADA" if orden.aprueba else "RECHAZADA"
    for solicitud_id in orden.solicitudes:
        if solicitudes.ver(ctx.session, solicitud_id).acto != cheques.ACTO:
            raise ErrorDeUso("Esa solicitud no es de un cheque devuelto; pídala de nuevo.")
        solicitudes.resolver(ctx.session, solicitud_id, decision, nota)


@dataclass(frozen=True)
class ChequeDevuelto:
    """The order to register the return that a supervisor signed; ``intento`` is that of the request."""

    intento: str
    operacion: str
    referencia: str
    donde: EnCanal


@use_case(DEVOLVER_CHEQUE, repetible=True)
def devolver_cheque(ctx: Context, orden: ChequeDevuelto) -> Devuelto:
    """Reverse what the cheque paid, charge its indemnity and keep the rest, in the turno of a channel.

    The same attempt again gives the same. Raises ErrorDeUso when there is no channel to do it in, it is not
    signed, or it was already registered.
    """
    suyos = select(Recibo.id, Recibo.ente_id).where(
        Recibo.operacion_id == orden.operacion, Recibo.tipo == "COBRO"
    )
    recibos = ctx.session.execute(suyos).all()
    turno_id = turno_en(ctx, orden.donde, recibos[0].ente_id if recibos else 0)
    caja_id = ctx.session.scalars(select(Turno.caja_id).where(Turno.id == turno_id)).one()
    firmadas = {r.id: _solicitud_de(orden.intento, r.id) for r in recibos}
    pedida = cheques.Devolucion(orden.intento, orden.operacion, orden.referencia, firmadas)
    canal = externos.canal(ctx.session, caja_id)
    return cheques.devolver(ctx.session, ctx.hoy, (turno_id, canal), pedida)


def resumen(hecho: Devuelto) -> str:
    """Say in one sentence what registering a returned cheque left."""
    cuantos = len(hecho.reversas)
    que = "Se reversó 1 recibo" if cuantos == 1 else f"Se reversaron {cuantos} recibos"
    cargo = f" y se cargó una indemnización de {formato(hecho.indemnizacion)}" if hecho.indemnizacion else ""
    return f"{que}{cargo}."
