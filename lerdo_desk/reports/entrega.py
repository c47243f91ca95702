"""The act by which the money of a corte changes hands: amounts, bag and seal, who gives, who receives."""

from decimal import Decimal

from lerdo_desk.base.calendario import fecha_corta, fecha_larga
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.letras import pesos_en_letra
from lerdo_desk.hacienda.documentos import ActaDeEntrega
from lerdo_desk.reports import acta
from lerdo_desk.reports.acta import FIN, MARGEN
from lerdo_desk.reports.bandas import Banda, hueco
from lerdo_desk.reports.firmas import Firma, firmas
from lerdo_desk.reports.membrete import nombre_caja

_ANCHO_FIRMA = 76.0


def dibujar(entrega: ActaDeEntrega) -> bytes:
    """Draw a hand-over act as a PDF; the same act gives the same bytes.

    Raises ErrorDeEntorno when the papers' fonts are missing.
    """
    titulo = acta.Titulo("ACTA DE ENTREGA", entrega.corte, entrega.capacitacion)
    cierre = firmas(
        (
            Firma(MARGEN + 8, _ANCHO_FIRMA, entrega.entrega, "Entrega"),
            Firma(FIN - 8 - _ANCHO_FIRMA, _ANCHO_FIRMA, entrega.recibe, "Recibe"),
        ),
        aire=13.0,
    )
    return acta.dibujar(
        entrega.membrete, titulo, [*_datos(entrega), *_sumas(entrega), *_dicho(entrega), cierre]
    )


def _datos(entrega: ActaDeEntrega) -> list[Banda]:
    return acta.datos(
        (
            ("Corte", entrega.corte),
            ("Caja", nombre_caja(entrega.caja)),
            ("Cajero", entrega.cajero),
            ("Fecha", fecha_corta(entrega.fecha)),
            ("Bolsa", entrega.bolsa),
            ("Sello", entrega.sello),
            ("Fondo que se queda en caja", formato(entrega.fondo)),
        )
    )


def _sumas(entrega: ActaDeEntrega) -> list[Banda]:
    formas = [(t.nombre, t.importe) for t in entrega.por_forma]
    entes = [(t.ente, t.importe) for t in entrega.por_ente]
    return [
        *acta.importes("Por forma de pago", "Forma de pago", formas),
        *acta.importes("Por ente", "Ente", entes),
    ]


def _dicho(entrega: ActaDeEntrega) -> list[Banda]:
    """Say the hand-over in one sentence, amounts in words; the fund is not part of it."""
    total = sum((t.importe for t in entrega.por_forma), Decimal("0.00"))
    donde = f", en la bolsa {entrega.bolsa}" if entrega.bolsa else ""
    donde += f" con el sello {entrega.sello}" if entrega.sello else ""
    texto = (
        f"El {fecha_larga(entrega.fecha)} se entregan {formato(total)} "
        f"({pesos_en_letra(abs(total))}){donde}. "
        f"El fondo de {formato(entrega.fondo)} se queda en la caja y no forma parte de la entrega."
    )
    return [hueco(0.5), *acta.parrafo(texto)]
