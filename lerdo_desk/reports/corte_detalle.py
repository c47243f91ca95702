"""Tables of a corte printed only when they have something to tell: what left, bounced or was recounted."""

from collections.abc import Sequence
from decimal import Decimal

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato, formato_columna
from lerdo_desk.hacienda.documentos import CorteSellado, ReciboCancelado, RetiroSellado
from lerdo_desk.reports.bandas import Banda
from lerdo_desk.reports.pdf import CARTA
from lerdo_desk.reports.tabla import Columna, tabla

MARGEN = 16.0
"""White at each side of the sheet, in millimetres."""

FIN = CARTA.ancho - MARGEN

_CERO = Decimal("0.00")
_COLUMNAS_FECHA = (
    Columna("Fecha", MARGEN, 40),
    Columna("Recibos", MARGEN + 70, 30, "derecha"),
    Columna("Importe", FIN, 40, "derecha"),
)
_COLUMNAS_CONTEO = (
    Columna("Conteo", MARGEN, 40),
    Columna("Hora", MARGEN + 60, 40),
    Columna("Efectivo contado", FIN, 40, "derecha"),
)
_COLUMNAS_RETIRO = (
    Columna("Retiro", MARGEN, 12),
    Columna("Hora", MARGEN + 16, 28),
    Columna("Bolsa", MARGEN + 47, 32),
    Columna("Recibió", MARGEN + 82, 70),
    Columna("Importe", FIN, 30, "derecha"),
)


def _columnas(que: str, importe: str) -> tuple[Columna, ...]:
    return (
        Columna(que, MARGEN, 50),
        Columna("Recibo de cancelación", MARGEN + 60, 50),
        Columna(importe, FIN, 36, "derecha"),
    )


def detalle(corte: CorteSellado) -> list[Banda]:
    """Lay out the tables of a corte that have something to say, in the order a verifier asks for them."""
    return [
        *_por_fecha(corte),
        *_conteos(corte),
        *retiros(corte.retiros_hechos, _COLUMNAS_RETIRO),
        *_deshechos(
            "Recibos cancelados", _columnas("Recibo cancelado", "Importe devuelto"), corte.cancelados
        ),
        *_deshechos("Cheques devueltos", _columnas("Recibo devuelto", "Importe no cobrado"), corte.devueltos),
    ]


def _por_fecha(corte: CorteSellado) -> list[Banda]:
    """Split by day what a turno that crosses midnight received."""
    if len(corte.por_fecha) < 2:
        return []
    filas = [(fecha_corta(t.fecha), f"{t.recibos:,}", formato_columna(t.importe)) for t in corte.por_fecha]
    suma = sum((t.importe for t in corte.por_fecha), _CERO)
    cuantos = sum(t.recibos for t in corte.por_fecha)
    return tabla("Por fecha", _COLUMNAS_FECHA, filas, ("Suma", f"{cuantos:,}", formato(suma)))


def _conteos(corte: CorteSellado) -> list[Banda]:
    """Show every signed count, so that nobody wonders what the first one said."""
    if len(corte.conteos) < 2:
        return []
    filas = [
        (f"{t.vez}.º", f"{fecha_corta(t.hora.date())} {t.hora:%H:%M}", formato_columna(t.total))
        for t in corte.conteos
    ]
    return tabla("Conteos firmados", _COLUMNAS_CONTEO, filas)


def retiros(hechos: Sequence[RetiroSellado], columnas: Sequence[Columna]) -> list[Banda]:
    """Lay out the cash taken out of a till, in columns of number, hour, bag, receiver and pesos."""
    if not hechos:
        return []
    filas = [
        (
            str(r.n),
            f"{fecha_corta(r.hora.date())} {r.hora:%H:%M}",
            r.bolsa,
            r.recibe,
            formato_columna(r.importe),
        )
        for r in hechos
    ]
    suma = sum((r.importe for r in hechos), _CERO)
    return tabla("Retiros de efectivo", columnas, filas, ("", "Suma", "", "", formato(suma)))


def _deshechos(
    titulo: str, columnas: tuple[Columna, ...], deshechos: Sequence[ReciboCancelado]
) -> list[Banda]:
    filas = [(t.recibo, t.reversa, formato_columna(t.importe)) for t in deshechos]
    return tabla(titulo, columnas, filas) if filas else []
