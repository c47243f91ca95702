"""An orden de pago as a person reads it: its folio, its state in a sentence, and what its paper says.

Pure: no database and no clock; papers draw from here.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.documentos import Membrete

VIGENTE, PAGADA, VENCIDA, CANCELADA = "VIGENTE", "PAGADA", "VENCIDA", "CANCELADA"
LARGO_FOLIO = 14


@dataclass(frozen=True)
class OrdenVista:
    """An order with how it stands; amounts in pesos, ``emitida`` in UTC microseconds.

    ``base`` is what a percentage was taken of; ``memoria`` the arithmetic in words; ``motivo`` why it was
    cancelled; ``ejemplo``: it rests on a tariff or a concepto that no law backs.
    """

    cuenta_id: int
    folio: str
    ente_id: int
    ente: str
    concepto_clave: str
    concepto: str
    descripcion: str
    cantidad: int
    base: Decimal | None
    importe: Decimal
    memoria: str
    fundamento: str
    pagador: str
    domicilio: str
    vence: date
    estado: str
    motivo: str
    emitio: str
    emitida: int
    libre: bool
    ejemplo: bool


@dataclass(frozen=True)
class PapelDeOrden:
    """What the paper of an order says; ``emitida`` is the local hour, ``cajas`` where it may be paid."""

    orden: OrdenVista
    emitida: datetime
    membrete: Membrete
    cajas: tuple[str, ...]
    capacitacion: bool


def folio_de(escrito: str) -> str:
    """Give the 14 digits of a folio as somebody typed or scanned it; ErrorDeUso when they are not 14."""
    digitos = re.sub(r"[\s-]", "", escrito)
    if not re.fullmatch(rf"[0-9]{{{LARGO_FOLIO}}}", digitos):
        raise ErrorDeUso(f"Un folio de orden de pago tiene {LARGO_FOLIO} cifras; revíselo.", "folio")
    return digitos


def formato_folio(folio: str) -> str:
    """Write a folio in its three parts: ``11 0020 00000001``."""
    return f"{folio[:2]} {folio[2:6]} {folio[6:]}"


def frase(orden: OrdenVista) -> str:
    """Say in one sentence how an order stands and what to do."""
    folio = formato_folio(orden.folio)
    if orden.estado == PAGADA:
        return f"La orden {folio} ya está pagada."
    if orden.estado == CANCELADA:
        return f"La orden {folio} está cancelada ({orden.motivo}); pida una nueva."
    if orden.estado == VENCIDA:
        return f"La orden {folio} venció el {fecha_corta(orden.vence)}; pida una nueva."
    return f"La orden {folio} se puede pagar hasta el {fecha_corta(orden.vence)}."
