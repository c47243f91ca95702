"""The paper of an orden de pago in half letter: folio in figures and bars, amount, last day, where to pay."""

from lerdo_desk.base.calendario import fecha_corta, fecha_larga
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.letras import pesos_en_letra
from lerdo_desk.hacienda.ordenes_vista import CANCELADA, PAGADA, VENCIDA, PapelDeOrden, formato_folio
from lerdo_desk.reports.barras import ancho_barras, dibujar_barras
from lerdo_desk.reports.membrete import ALTO, SIN_VALOR, Rotulo, dibujar_membrete
from lerdo_desk.reports.pdf import (
    ALERTA,
    APAGADO,
    BLANCO,
    FONDO,
    FUERTE,
    MEDIA_CARTA,
    SEMI,
    Estilo,
    Hoja,
    ajustar,
    partir,
)

# Millimetres. What is asked stands above, what is paid and the bars are pinned below.
_MARGEN = 14.0
_FIN = MEDIA_CARTA.ancho - _MARGEN
_ARRIBA = 9.0
_SEGUNDA = 132.0
_PIE = 86.0
_TOTAL = 96.0
_MODULO = 0.5  # four dots of a 203 dpi head
_ALTO_BARRAS = 17.0
_QUIETO = 10 * _MODULO

_ETIQUETA = Estilo(tam=8, color=APAGADO)
_DATO = Estilo(SEMI, 11)
_TEXTO = Estilo(tam=9.5)
_CHICO = Estilo(tam=8, color=APAGADO)
_NO_ES_RECIBO = "Esta orden no es un recibo: se paga en caja, y sólo el recibo oficial acredita el pago."
_PALABRAS = {
    CANCELADA: "CANCELADA: no se puede pagar.",
    VENCIDA: "VENCIDA: pida una nueva.",
    PAGADA: "PAGADA: no se paga otra vez.",
}


def dibujar(papel: PapelDeOrden) -> bytes:
    """Draw the order as a PDF of one page; the same input gives the same bytes.

    Raises ErrorDeEntorno without fonts.
    """
    orden = papel.orden
    hoja = Hoja(MEDIA_CARTA, f"Orden de pago {orden.folio}", papel.membrete.nombre)
    if papel.capacitacion:
        hoja.marca_de_agua(SIN_VALOR)
    rotulo = Rotulo(
        "Orden de pago",
        formato_folio(orden.folio),
        f"Emitida el {fecha_corta(papel.emitida)} a las {papel.emitida:%H:%M}",
        papel.capacitacion,
        orden.ejemplo,
    )
    dibujar_membrete(hoja, papel.membrete, rotulo, _MARGEN, _ARRIBA)
    _aviso(hoja, _PALABRAS.get(orden.estado, ""))
    _que_se_paga(hoja, papel)
    _pie(hoja, papel)
    hoja.pagina()
    return hoja.bytes()


def _aviso(hoja: Hoja, frase: str) -> None:
    """Draw a dark band when the order cannot be paid, so that no photocopy loses it."""
    if frase:
        hoja.bloque((_MARGEN, _ARRIBA + ALTO + 1, _FIN - _MARGEN, 7), ALERTA, 1)
        hoja.texto(_MARGEN + 2.5, _ARRIBA + ALTO + 6, frase, Estilo(FUERTE, 12, BLANCO))


def _que_se_paga(hoja: Hoja, papel: PapelDeOrden) -> None:
    orden = papel.orden
    y = _ARRIBA + ALTO + 9
    _dato(hoja, (_MARGEN, y), "A nombre de", orden.pagador, _SEGUNDA - _MARGEN - 6)
    _dato(hoja, (_SEGUNDA, y), "Domicilio", orden.domicilio, _FIN - _SEGUNDA)
    _dato(hoja, (_MARGEN, y + 11), "Concepto", f"{orden.concepto_clave} {orden.concepto}", _FIN - _MARGEN)
    y += 26
    if orden.descripcion:
        for linea in partir(orden.descripcion, _TEXTO, _FIN - _MARGEN, 2):
            hoja.texto(_MARGEN, y, linea, _TEXTO)
            y += 4.4
    hoja.texto(_MARGEN, y, *ajustar(orden.memoria, _TEXTO, _FIN - _MARGEN, 7))
    for n, linea in enumerate(partir(f"Fundamento: {orden.fundamento}", _CHICO, _FIN - _MARGEN, 2), 1):
        hoja.texto(_MARGEN, y + 1 + 3.6 * n, linea, _CHICO)


def _dato(hoja: Hoja, lugar: tuple[float, float], etiqueta: str, valor: str, ancho: float) -> None:
    x, y = lugar
    hoja.texto(x, y + 3.6, etiqueta, _ETIQUETA)
    hoja.texto(x, y + 8.2, *ajustar(valor or "–", _DATO, ancho))


def _pie(hoja: Hoja, papel: PapelDeOrden) -> None:
    """Draw the bars at the left; the amount, its words and the last day at the right; where, at the foot."""
    orden = papel.orden
    hoja.bloque((_MARGEN - 2, _PIE, _FIN - _MARGEN + 4, 34), FONDO)
    ancho = ancho_barras(orden.folio, _MODULO)
    # Readers want a clean quiet zone: neither the ground nor the watermark may touch the bars.
    hoja.bloque((_MARGEN, _PIE + 2, ancho + 2 * _QUIETO, 30), BLANCO)
    dibujar_barras(hoja, orden.folio, (_MARGEN + _QUIETO, _PIE + 4, _MODULO, _ALTO_BARRAS))
    centro = _MARGEN + _QUIETO + ancho / 2
    hoja.texto(centro, _PIE + 29, formato_folio(orden.folio), Estilo(FUERTE, 17), "centro")
    hoja.texto(_TOTAL, _PIE + 9, "Total a pagar", Estilo(tam=10.5))
    total = ajustar(formato(orden.importe), Estilo(FUERTE, 22), _FIN - _TOTAL - 28)
    hoja.texto(_FIN, _PIE + 9.4, *total, "derecha")
    for n, linea in enumerate(partir(f"({pesos_en_letra(orden.importe)})", _TEXTO, _FIN - _TOTAL, 3)):
        hoja.texto(_TOTAL, _PIE + 14.6 + 4.0 * n, linea, _TEXTO)
    hoja.texto(_TOTAL, _PIE + 28.6, f"Se paga hasta el {fecha_larga(orden.vence)}", Estilo(SEMI, 11.5))
    y = _PIE + 39
    for linea in partir(f"Dónde pagar: {', '.join(papel.cajas)}.", _CHICO, _FIN - _MARGEN, 2):
        hoja.texto(_MARGEN, y, linea, _CHICO)
        y += 3.6
    hoja.texto(_MARGEN, y + 0.6, *ajustar(_NO_ES_RECIBO, Estilo(SEMI, 8.5), _FIN - _MARGEN))
