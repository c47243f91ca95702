"""What is done with órdenes de pago: issued, signed when their amount is free, listed, printed, cancelled."""

import json
from collections.abc import Generator
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from lerdo_desk.base.calendario import hora_local
from lerdo_desk.base.dinero import a_centavos
from lerdo_desk.base.entrada import busqueda, texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pagina, Pedido, Salida
from lerdo_desk.core import solicitudes
from lerdo_desk.core.listados import Columna, Listado, entregar, pagina
from lerdo_desk.core.permisos import Permiso, Propias
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.hacienda import busquedas, modelos, ordenes
from lerdo_desk.hacienda.documentos import Membrete
from lerdo_desk.hacienda.modelos_ordenes import Orden, OrdenEvento
from lerdo_desk.hacienda.ordenes_estado import estado_de
from lerdo_desk.hacienda.ordenes_vista import OrdenVista, PapelDeOrden

IMPORTE_LIBRE = "ordenes.importe_libre"
"""The act that a supervisor signs: a free amount, on one concepto, once."""

_DOS_HORAS = 7_200_000_000
_QUIEN_EMITE = ("cajero", "capturista", "supervisor")
_PERSONAS = 8
_LIBRO = (
    *(modelos.Caja, modelos.Serie),
    *(modelos.Municipio, modelos.Ente, modelos.Membrete, modelos.Concepto, modelos.Parametro),
    *(modelos.Contribuyente, modelos.Cuenta, modelos.Cargo, modelos.Renglon, Orden, OrdenEvento),
)

VER = Permiso(
    "ordenes.ver",
    "Ver órdenes de pago",
    ("cajero", "capturista", "supervisor", "tesorero", "auditor"),
    lee=_LIBRO,
)
COTIZAR = Permiso("ordenes.cotizar", "Ver cuánto costaría una orden de pago", _QUIEN_EMITE, lee=_LIBRO)
EMITIR = Permiso(
    "ordenes.emitir",
    "Emitir órdenes de pago",
    _QUIEN_EMITE,
    lee=_LIBRO,
    inserta=(modelos.Contribuyente, modelos.Cuenta, Orden, modelos.Cargo),
)
PEDIR_FIRMA = Permiso(
    "ordenes.pedir_firma",
    "Pedir la firma de un importe libre",
    _QUIEN_EMITE,
    lee=(Propias(solicitudes.Solicitud), solicitudes.Resolucion, modelos.Concepto),
    inserta=(solicitudes.Solicitud,),
)
VER_FIRMA = Permiso(
    "ordenes.ver_firma",
    "Ver si un importe libre ya está firmado",
    _QUIEN_EMITE,
    lee=(Propias(solicitudes.Solicitud), solicitudes.Resolucion),
)
FIRMAR = Permiso(
    "ordenes.firmar",
    "Firmar el importe libre de una orden",
    ("supervisor",),
    lee=(solicitudes.Solicitud, solicitudes.Resolucion),
    inserta=(solicitudes.Resolucion,),
)
CANCELAR = Permiso(
    "ordenes.cancelar",
    "Cancelar órdenes de pago",
    ("supervisor",),
    lee=_LIBRO,
    inserta=(OrdenEvento,),
)

ESTADOS = (
    (ordenes.VIGENTE, "Vigente"),
    (ordenes.PAGADA, "Pagada"),
    (ordenes.VENCIDA, "Vencida"),
    (ordenes.CANCELADA, "Cancelada"),
)
"""The states of an order and their words."""

ORDENES = Listado(
    clave="ordenes.ordenes",
    nombre="Órdenes de pago",
    permiso=VER,
    consulta=select(Orden)
    .join(modelos.Cuenta, modelos.Cuenta.id == Orden.cuenta_id)
    .join(modelos.Concepto, modelos.Concepto.id == Orden.concepto_id)
    .join(modelos.Ente, modelos.Ente.id == modelos.Cuenta.ente_id)
    .where(modelos.Cuenta.modulo == "ordenes"),
    id=Orden.cuenta_id,
    columnas=(
        Columna("folio", "Folio", modelos.Cuenta.clave, ancho=140, ordenable=True, en_busqueda=True),
        Columna("pagador", "A nombre de", modelos.Cuenta.titular, ancho=260, en_busqueda=True),
        Columna("concepto", "Concepto", modelos.Concepto.nombre, ancho=230),
        Columna("importe", "Importe", Orden.importe, "dinero", ancho=120, suma=True),
        Columna("vence", "Se paga hasta", Orden.vence, "fecha", ancho=120),
        Columna("estado", "Estado", estado_de(), ancho=120, opciones=ESTADOS),
        # Accounts are numbered in the order in which they are made.
        Columna(
            "emitida", "Emitida", Orden.creado, "instante", ancho=150, ordenable=True, orden=Orden.cuenta_id
        ),
        Columna("ente", "Ente", modelos.Ente.clave, ancho=80, oculta=True),
        Columna("descripcion", "Descripción", Orden.descripcion, ancho=240, oculta=True),
        Columna("emitio", "Emitió", Orden.usuario, ancho=150, oculta=True),
    ),
    orden=(("emitida", "desc"),),
    busqueda=modelos.Cuenta.busqueda,
)


@dataclass(frozen=True)
class Nada:
    """An order without data."""


@dataclass(frozen=True)
class Folio:
    """The folio of an order as it was typed or scanned, spaces allowed."""

    folio: str


@dataclass(frozen=True)
class Cancelacion:
    """The order to cancel one that was not paid."""

    folio: str
    motivo: str


@dataclass(frozen=True)
class PeticionDeFirma:
    """The request to sign a free amount (pesos) of a concepto; ``solicitud_id`` is made by the station."""

    solicitud_id: str
    concepto: str
    importe: Decimal
    motivo: str


@dataclass(frozen=True)
class Firma:
    """The supervisor's answer to a request."""

    solicitud_id: str
    aprueba: bool = True
    nota: str = ""


@dataclass(frozen=True)
class Quien:
    """Letters of a name, a clave or a street, to find who will pay."""

    texto: str


@dataclass(frozen=True)
class Persona:
    """A person who is in the books already, with the account they were found by."""

    contribuyente_id: int
    nombre: str
    domicilio: str
    cuenta: str


@use_case(VER)
def lista(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of the orders, the latest first."""
    return pagina(ctx, ORDENES, orden)


@use_case(VER)
def lista_entera(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand the whole list over, for a file."""
    return entregar(ctx, ORDENES, orden)


@use_case(VER)
def ver(ctx: Context, orden: Folio) -> OrdenVista:
    """Give an order and how it stands today; ErrorDeUso when no order has that folio."""
    return ordenes.estado(ctx.session, orden.folio)


@use_case(VER)
def cobrable(ctx: Context, orden: Folio) -> OrdenVista:
    """Give an order that can be charged today; ErrorDeUso says in one sentence why another cannot."""
    return ordenes.cobrable(ctx.session, orden.folio)


@use_case(VER)
def papel(ctx: Context, orden: Folio) -> PapelDeOrden:
    """Give what the paper of an order says."""
    vista = ordenes.estado(ctx.session, orden.folio)
    fila = ctx.session.execute(
        select(modelos.Ente, modelos.Membrete, modelos.Municipio)
        .join(modelos.Membrete, modelos.Membrete.ente_id == modelos.Ente.id)
        .join(modelos.Municipio, modelos.Municipio.id == 1)
        .where(modelos.Ente.id == vista.ente_id)
        .order_by(modelos.Membrete.version.desc())
        .limit(1)
    ).one()
    ente, membrete, municipio = fila.Ente, fila.Membrete, fila.Municipio
    donde = ctx.session.execute(
        select(modelos.Caja.nombre, modelos.Caja.sede)
        .join(modelos.Serie, modelos.Serie.caja_id == modelos.Caja.id)
        .where(modelos.Serie.ente_id == vista.ente_id, modelos.Caja.tipo == "VENTANILLA")
        .order_by(modelos.Caja.nombre)
    )
    return PapelDeOrden(
        orden=vista,
        emitida=hora_local(vista.emitida, ctx.zona),
        membrete=Membrete(
            ente.nombre,
            membrete.dependencia,
            ente.rfc,
            membrete.domicilio,
            membrete.telefono,
            membrete.leyenda,
        ),
        cajas=tuple(f"{f.nombre} ({f.sede})" for f in donde),
        capacitacion=municipio.modo == "capacitacion",
    )


@use_case(COTIZAR)
def conceptos(ctx: Context, _orden: Nada) -> tuple[ordenes.ConceptoCobrable, ...]:
    """List what may be charged by order today, with each tariff in words."""
    return ordenes.conceptos(ctx.session, ctx.hoy)


@use_case(COTIZAR)
def cotizar(ctx: Context, orden: ordenes.NuevaOrden) -> ordenes.Cotizacion:
    """Say what an order would amount to today."""
    return ordenes.cotizar(ctx.session, ctx.hoy, orden)


@use_case(COTIZAR)
def personas(ctx: Context, orden: Quien) -> tuple[Persona, ...]:
    """Find people of the books by their accounts, each once."""
    hallazgos = busquedas.buscar(ctx.session, busqueda(orden.texto), limite=_PERSONAS * 2)
    de_quien = select(modelos.Cuenta.id, modelos.Cuenta.titular_id).where(
        modelos.Cuenta.id.in_([h.cuenta_id for h in hallazgos])
    )
    titulares = {f.id: f.titular_id for f in ctx.session.execute(de_quien)}
    unicas: dict[int, Persona] = {}
    for h in hallazgos:
        quien = titulares[h.cuenta_id]
        unicas.setdefault(quien, Persona(quien, h.titular, h.domicilio, h.clave))
    return tuple(unicas.values())[:_PERSONAS]


@use_case(EMITIR)
def emitir(ctx: Context, orden: ordenes.NuevaOrden) -> str:
    """Issue an order and give its folio."""
    return ordenes.emitir(ctx.session, ctx.hoy, orden)


@use_case(PEDIR_FIRMA)
def pedir_firma(ctx: Context, orden: PeticionDeFirma) -> str:
    """Ask a supervisor to sign a free amount of a concepto; the request waits two hours and serves once.

    Raises ErrorDeUso for a reason of fewer than 5 letters.
    """
    motivo = texto(orden.motivo, campo="descripcion")
    if len(motivo) < ordenes.MINIMO_MOTIVO:
        raise ErrorDeUso(
            f"Escriba en la descripción por qué se cobra, con al menos {ordenes.MINIMO_MOTIVO} letras.",
            "descripcion",
        )
    pedido = {"concepto": orden.concepto, "importe": a_centavos(orden.importe)}
    solicitudes.pedir(
        ctx.session,
        solicitudes.Solicitud(
            id=orden.solicitud_id,
            acto=IMPORTE_LIBRE,
            modulo="ordenes",
            objeto=orden.solicitud_id,
            motivo=motivo,
            orden=json.dumps(pedido),
            vence=ctx.ahora + _DOS_HORAS,
        ),
    )
    return orden.solicitud_id


@use_case(VER_FIRMA)
def firma(ctx: Context, orden: Firma) -> str | None:
    """Give the answer to a request, APROBADA or RECHAZADA; None while it waits."""
    return solicitudes.ver(ctx.session, orden.solicitud_id).decision


@use_case(FIRMAR)
def firmar(ctx: Context, orden: Firma) -> None:
    """Approve or reject a free amount, on the supervisor's own connection."""
    decision = "APROBADA" if orden.aprueba else "RECHAZADA"
    solicitudes.resolver(ctx.session, orden.solicitud_id, decision, texto(orden.nota, campo="nota"))


@use_case(CANCELAR)
def cancelar(ctx: Context, orden: Cancelacion) -> None:
    """Cancel an order that was not paid."""
    ordenes.cancelar(ctx.session, orden.folio, orden.motivo)
