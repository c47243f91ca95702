"""Cancelling a receipt: the cashier asks, a supervisor signs, the cashier seals the reversal."""

import json
from dataclasses import dataclass

from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import solicitudes
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda import cancelaciones
from lerdo_desk.modules.caja.service.permisos import (
    AUTORIZAR_CANCELACION,
    CANCELAR,
    PEDIR_CANCELACION,
)

MOTIVOS = (
    "Se cobró a otra cuenta",
    "Se cobró un periodo que no era",
    "Forma de pago equivocada",
    "La persona desistió del pago",
    "Datos del recibo equivocados",
    "Se cobró dos veces",
)
"""Why receipts are cancelled, as people say it; the last word is the note's."""

RECUPERADO, NO_RECUPERADO = "Original recuperado", "Original no recuperado"
_DOS_HORAS = 7_200_000_000
_MINIMO = 5


@dataclass(frozen=True)
class PeticionDeCancelacion:
    """The order to ask that a receipt be cancelled; ``solicitud_id`` is made by the station.

    ``recuperado``: the printed original was given back; where it was not, ``nota`` says why.
    """

    solicitud_id: str
    recibo_id: str
    motivo: str
    recuperado: bool = True
    nota: str = ""


@use_case(PEDIR_CANCELACION)
def pedir_cancelacion(ctx: Context, orden: PeticionDeCancelacion) -> str:
    """Ask a supervisor to sign the cancellation of one's own receipt; it expires in two hours.

    Raises ErrorDeUso (``motivo``, ``nota``) for what is not said, and for a receipt that cannot be cancelled.
    """
    motivo, nota = texto(orden.motivo, campo="motivo"), texto(orden.nota, campo="nota")
    if len(motivo) < _MINIMO:
        raise ErrorDeUso("Escriba el motivo de la cancelación con al menos 5 letras.", "motivo")
    if not orden.recuperado and len(nota) < _MINIMO:
        raise ErrorDeUso("Diga en la nota por qué no se recuperó el recibo original.", "nota")
    cancelaciones.revisar(ctx.session, ctx.actor.usuario, orden.recibo_id)
    original = RECUPERADO if orden.recuperado else NO_RECUPERADO
    datos = {
        "recibo_id": orden.recibo_id,
        "original": original,
        "recuperado": orden.recuperado,
        "nota": nota,
    }
    solicitudes.pedir(
        ctx.session,
        solicitudes.Solicitud(
            id=orden.solicitud_id,
            acto=solicitudes.CANCELAR_RECIBO,
            modulo="caja",
            objeto=orden.recibo_id,
            motivo=". ".join(parte for parte in (motivo, original, nota) if parte),
            orden=json.dumps(datos, ensure_ascii=False),
            vence=ctx.ahora + _DOS_HORAS,
        ),
    )
    return orden.solicitud_id


@dataclass(frozen=True)
class Firma:
    """The supervisor's answer to a request."""

    solicitud_id: str
    aprueba: bool
    nota: str = ""


@use_case(AUTORIZAR_CANCELACION)
def firmar_cancelacion(ctx: Context, orden: Firma) -> None:
    """Approve or reject a cancellation, on the supervisor's own connection."""
    if solicitudes.ver(ctx.session, orden.solicitud_id).acto != solicitudes.CANCELAR_RECIBO:
        raise ErrorDeUso("Esa solicitud no es de una cancelación; pídala de nuevo.")
    decision = "APROBADA" if orden.aprueba else "RECHAZADA"
    solicitudes.resolver(ctx.session, orden.solicitud_id, decision, texto(orden.nota, campo="nota"))


@dataclass(frozen=True)
class Cancelacion:
    """The order to seal the reversal that a supervisor has signed."""

    intento: str
    recibo_id: str
    solicitud_id: str


@use_case(CANCELAR, repetible=True)
def cancelar(ctx: Context, orden: Cancelacion) -> str:
    """Seal the reversal receipt and give its id; the money goes back in the form it came."""
    return cancelaciones.reversar(ctx.session, ctx.hoy, orden.intento, orden.recibo_id, orden.solicitud_id)
