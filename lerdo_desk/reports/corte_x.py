"""The X report: how an open turno stands; it closes nothing and tells no cash before the blind count."""

from decimal import Decimal

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.hacienda.documentos import CorteX
from lerdo_desk.reports import acta
from lerdo_desk.reports.acta import FIN, MARGEN
from lerdo_desk.reports.bandas import Banda, hueco
from lerdo_desk.reports.corte_detalle import retiros
from lerdo_desk.reports.membrete import nombre_caja
from lerdo_desk.reports.tabla import Columna

_EFECTIVO = "01"  # SAT catalogue c_FormaPago
_RETIROS = (
    Columna("Retiro", MARGEN, 12),
    Columna("Hora", MARGEN + 16, 28),
    Columna("Bolsa", MARGEN + 47, 32),
    Columna("Recibió", MARGEN + 82, 70),
    Columna("Importe", FIN, 30, "derecha"),
)


def dibujar(corte: CorteX) -> bytes:
    """Draw an X report as a PDF; the same report gives the same bytes.

    Where ``efectivo`` is None the count is still blind: neither the cash nor a sum that holds it is printed,
    even if ``formas`` brought it. Raises ErrorDeEntorno when the papers' fonts are missing.
    """
    titulo = acta.Titulo("CORTE X", "", corte.capacitacion)
    return acta.dibujar(corte.membrete, titulo, [*_datos(corte), *_formas(corte), *_salidas(corte)])


def _datos(corte: CorteX) -> list[Banda]:
    return acta.datos(
        (
            ("Hora del reporte", f"{fecha_corta(corte.hora.date())} {corte.hora:%H:%M}"),
            ("Caja", nombre_caja(corte.caja)),
            ("Cajero", corte.cajero),
            ("Abierto desde", f"{fecha_corta(corte.abierto.date())} {corte.abierto:%H:%M}"),
            ("Recibos", f"{corte.recibos:,}"),
            ("Cancelados", f"{corte.cancelados:,}"),
            ("Retiros de efectivo", f"{corte.cuantos_retiros:,}"),
            ("Efectivo cobrado", "Al contar" if corte.efectivo is None else formato(corte.efectivo)),
        )
    )


def _formas(corte: CorteX) -> list[Banda]:
    pares: list[tuple[str, Decimal]] = [(t.nombre, t.importe) for t in corte.formas if t.forma != _EFECTIVO]
    if corte.efectivo is not None:
        pares.insert(0, ("Efectivo", corte.efectivo))
        return acta.importes("Por forma de pago", "Forma de pago", pares)
    return acta.importes("Por forma de pago, sin el efectivo", "Forma de pago", pares)


def _salidas(corte: CorteX) -> list[Banda]:
    aviso = "Este reporte no cierra el turno."
    if corte.efectivo is None:
        aviso += " El efectivo se da a conocer cuando el cajero confirma su conteo."
    return [*retiros(corte.retiros, _RETIROS), hueco(1.0), *acta.parrafo(aviso)]
