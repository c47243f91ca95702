"""The official receipt from what was sealed alone: original, copies and reversals; here in half letter."""

from decimal import Decimal
from functools import partial

from lerdo_desk.base.dinero import formato as en_pesos
from lerdo_desk.base.dinero import formato_columna
from lerdo_desk.base.letras import pesos_en_letra
from lerdo_desk.config import Formato
from lerdo_desk.hacienda.documentos import ReciboSellado, texto_barras, texto_qr
from lerdo_desk.reports import dichos, recibo_termico
from lerdo_desk.reports.bandas import Banda, compaginar, hueco, pintar
from lerdo_desk.reports.barras import ancho_barras, dibujar_barras
from lerdo_desk.reports.desglose import Fila, desglosar
from lerdo_desk.reports.membrete import ALTO, SIN_VALOR, Rotulo, dibujar_membrete, nombre_caja
from lerdo_desk.reports.pdf import (
    ALERTA,
    ALERTA_FONDO,
    APAGADO,
    BLANCO,
    FONDO,
    FUERTE,
    MEDIA_CARTA,
    SEMI,
    TINTA,
    Estilo,
    Hoja,
    ajustar,
    ancho_de,
    partir,
)
from lerdo_desk.reports.qr import QUIETO, dibujar_qr

# Millimetres. The foot (codes, total, payments) is pinned to the last page; the table flows between.
_MARGEN = 14.0
_FIN = MEDIA_CARTA.ancho - _MARGEN
_ARRIBA = 9.0
_ALTO_DATOS = 17.0
_ALTO_AVISO = 7.0
_LIMITE = 131.0
_PIE = 104.0
_LEYENDA = 134.6
_COLUMNAS = (114.0, 154.0, 178.0, _FIN)
_ANCHO_CONCEPTO = 82.0
_SEGUNDA = 132.0
_TOTAL = 119.0
_MODULO_QR = 0.75
_MODULO_BARRAS = 0.375
_BARRAS = 46.0

_ETIQUETA = Estilo(tam=7.5, color=APAGADO)
_DATO = Estilo(SEMI, 10.5)
_CABEZA = Estilo(SEMI, 8.5, APAGADO)
_CELDA = Estilo(tam=9.5)
_CELDA_TOTAL = Estilo(SEMI, 9.5)
_CHICO = Estilo(tam=7.5, color=APAGADO)
_PAGO = Estilo(tam=8.5)
_PAGOS_EN_EL_PIE = 2


def dibujar(recibo: ReciboSellado, *, copia: int = 0, formato: Formato = "media_carta") -> bytes:
    """Draw a receipt as a PDF; ``copia`` 0 is the original, n is marked COPIA n. Same input, same bytes.

    Raises ValueError for a negative ``copia`` or a total beyond the QR; ErrorDeEntorno without fonts.
    """
    if copia < 0:
        raise ValueError("copia counts from 0, the original")
    if formato != "media_carta":
        return recibo_termico.dibujar(recibo, copia, formato)
    hoja = Hoja(MEDIA_CARTA, f"Recibo {recibo.etiqueta}", recibo.membrete.nombre)
    y = _ARRIBA + ALTO + _ALTO_AVISO * len(_avisos(recibo)) + _ALTO_DATOS
    paginas = compaginar(_bandas(recibo), _LIMITE - y, _PIE - y)
    for n, pagina in enumerate(paginas, 1):
        _cabeza(hoja, recibo, f"{dichos.ejemplar(copia)} · página {n} de {len(paginas)}")
        pintar(hoja, pagina, y)
        if n == len(paginas):
            _pie(hoja, recibo)
        else:
            hoja.texto(_FIN, _LEYENDA, f"Continúa en la página {n + 1}", _CHICO, "derecha")
        hoja.pagina()
    return hoja.bytes()


def _cabeza(hoja: Hoja, recibo: ReciboSellado, nota: str) -> None:
    """Draw what stands on every page: watermark, head, what is reversed, who paid, what for and when."""
    if recibo.capacitacion:
        hoja.marca_de_agua(SIN_VALOR)
    color = ALERTA if recibo.tipo == "REVERSA" else TINTA
    rotulo = Rotulo(dichos.clase(recibo), recibo.etiqueta, nota, recibo.capacitacion, recibo.ejemplo, color)
    dibujar_membrete(hoja, recibo.membrete, rotulo, _MARGEN, _ARRIBA)
    y = _ARRIBA + ALTO
    for palabra, aviso in _avisos(recibo):
        _aviso(hoja, palabra, aviso, y)
        y += _ALTO_AVISO
    izquierda, derecha = _SEGUNDA - _MARGEN - 6, _FIN - _SEGUNDA
    _dato(hoja, (_MARGEN, y), "Contribuyente", recibo.pagador, izquierda)
    _dato(hoja, (_SEGUNDA, y), "Cuenta", dichos.cuenta(recibo), derecha)
    _dato(hoja, (_MARGEN, y + 8.2), "Domicilio", recibo.domicilio, izquierda)
    _dato(hoja, (_SEGUNDA, y + 8.2), "Fecha de pago", dichos.cuando(recibo), derecha)


def _avisos(recibo: ReciboSellado) -> list[tuple[str, str]]:
    """Give the bands under the head: what became of the receipt, and what it reverses."""
    avisos = [(recibo.estado, dichos.aviso_de_estado(recibo)), ("", dichos.aviso_de_reversa(recibo))]
    return [(palabra, aviso) for palabra, aviso in avisos if aviso]


def _aviso(hoja: Hoja, palabra: str, aviso: str, y: float) -> None:
    """Draw a band; one that opens with a word is dark, so that no photocopy loses it."""
    fondo, letra = (ALERTA, BLANCO) if palabra else (ALERTA_FONDO, ALERTA)
    hoja.bloque((_MARGEN, y + 1.2, _FIN - _MARGEN, _ALTO_AVISO - 1.2), fondo, 1)
    x = _MARGEN + 2
    if palabra:
        grande = Estilo(FUERTE, 13, letra)
        hoja.texto(x, y + 5.8, palabra, grande)
        x += ancho_de(palabra, grande) + 4
    hoja.texto(x, y + 5.3, *ajustar(aviso, Estilo(SEMI, 9.5, letra), _FIN - x - 2))


def _dato(hoja: Hoja, lugar: tuple[float, float], etiqueta: str, valor: str, ancho: float) -> None:
    x, y = lugar
    hoja.texto(x, y + 3.6, etiqueta, _ETIQUETA)
    hoja.texto(x, y + 7.4, *ajustar(valor or "–", _DATO, ancho))


def _bandas(recibo: ReciboSellado) -> list[Banda]:
    """Lay out what flows: the rows under their head, the legal grounds, payments too many for the foot."""
    desglose = desglosar(recibo.renglones)
    cabeza = Banda(6.2, _pintar_encabezado)
    por_cuenta = {
        fila.cuenta: Banda(5.4, partial(_pintar_cuenta, fila.cuenta or "Todas las cuentas"), cabeza)
        for fila in desglose.filas
    }
    bandas = [
        _banda_de_fila(fila, por_cuenta[fila.cuenta] if recibo.cuentas > 1 else cabeza)
        for fila in desglose.filas
    ]
    bandas.append(hueco(1.0))
    ancho = _FIN - _MARGEN
    if recibo.pagos and not _pagos_en_el_pie(recibo):
        pagos = f"{dichos.rotulo_de_pagos(recibo)}: {'; '.join(dichos.pago(pago) for pago in recibo.pagos)}"
        bandas.extend(_banda_de_texto(linea, _PAGO, 3.8) for linea in partir(pagos, _PAGO, ancho))
    citas = dichos.fundamentos(desglose.fundamentos)
    bandas.extend(_banda_de_texto(linea, _CHICO, 3.0) for linea in partir(citas, _CHICO, ancho))
    return bandas


def _banda_de_texto(texto: str, estilo: Estilo, alto: float) -> Banda:
    return Banda(alto, lambda hoja, y: hoja.texto(_MARGEN, y + alto - 0.8, texto, estilo))


def _pintar_encabezado(hoja: Hoja, y: float) -> None:
    hoja.bloque((_MARGEN - 2, y + 0.6, _FIN - _MARGEN + 4, 5.6), FONDO)
    hoja.texto(_MARGEN, y + 4.5, "Concepto", _CABEZA)
    titulos = ("Importe", "Recargos y actualización", "Descuento", "Total")
    for x, titulo in zip(_COLUMNAS, titulos, strict=True):
        hoja.texto(x, y + 4.5, titulo, _CABEZA, "derecha")


def _pintar_cuenta(cuenta: str, hoja: Hoja, y: float) -> None:
    hoja.texto(_MARGEN, y + 4.2, *ajustar(cuenta, _CELDA_TOTAL, _FIN - _MARGEN))
    hoja.linea(_MARGEN, _FIN, y + 5.4)


def _banda_de_fila(fila: Fila, cabeza: Banda) -> Banda:
    titulo = partir(fila.titulo, _CELDA, _ANCHO_CONCEPTO, 2)
    detalle = partir(fila.detalle, _CHICO, _FIN - _MARGEN - 2)
    alto = 1.3 + 3.7 * len(titulo) + 2.7 * len(detalle)
    return Banda(alto, partial(_pintar_fila, fila, (titulo, detalle), alto), cabeza)


def _pintar_fila(
    fila: Fila, textos: tuple[tuple[str, ...], tuple[str, ...]], alto: float, hoja: Hoja, y: float
) -> None:
    titulo, detalle = textos
    for i, linea in enumerate(titulo):
        hoja.texto(_MARGEN, y + 3.7 + 3.7 * i, linea, _CELDA)
    importes = (fila.importe, fila.accesorios, fila.descuento, fila.total)
    for x, importe in zip(_COLUMNAS, importes, strict=True):
        estilo = _CELDA_TOTAL if x == _FIN else _CELDA
        hoja.texto(x, y + 3.7, _cifra(importe), estilo, "derecha")
    base = y + 3.7 + 3.7 * (len(titulo) - 1)
    for i, linea in enumerate(detalle, 1):
        hoja.texto(_MARGEN + 2, base + 2.7 * i + 0.1, linea, _CHICO)
    hoja.linea(_MARGEN, _FIN, y + alto)


def _cifra(importe: Decimal) -> str:
    return formato_columna(importe) if importe else "–"


def _pagos_en_el_pie(recibo: ReciboSellado) -> tuple[str, ...]:
    """Give the lines of the payments when the foot has room for all of them, else none: they flow."""
    rotulo = dichos.rotulo_de_pagos(recibo).removeprefix("Forma de ").capitalize()
    inicio = f"{rotulo}: " if recibo.tipo == "REVERSA" else ""
    textos = [inicio + dichos.pago(pago) for pago in recibo.pagos]
    lineas = tuple(linea for texto in textos for linea in partir(texto, _PAGO, _FIN - _TOTAL))
    return lineas if len(lineas) <= _PAGOS_EN_EL_PIE else ()


def _pie(hoja: Hoja, recibo: ReciboSellado) -> None:
    """Draw what closes the receipt: codes and seal at the left, total, words and payments at the right."""
    hoja.linea(_MARGEN, _FIN, _PIE, grueso=0.3)
    _codigos(hoja, recibo)
    for i, linea in enumerate(partir(recibo.membrete.leyenda, _CHICO, _FIN - _BARRAS, 2)):
        hoja.texto(_BARRAS, _LEYENDA + 2.8 * i, linea, _CHICO)
    hoja.texto(_TOTAL, _PIE + 7.6, dichos.rotulo_del_total(recibo), Estilo(tam=10.5))
    total = ajustar(en_pesos(recibo.total), Estilo(FUERTE, 20), _FIN - _TOTAL - 26)
    hoja.texto(_FIN, _PIE + 7.8, *total, "derecha")
    y = _PIE + 12.6
    # A reversal carries the sign in its figures; words have none.
    for linea in partir(f"({pesos_en_letra(abs(recibo.total))})", _PAGO, _FIN - _TOTAL, 2):
        hoja.texto(_TOTAL, y, linea, _PAGO)
        y += 3.6
    for linea in _pagos_en_el_pie(recibo):
        hoja.texto(_TOTAL, y + 0.8, linea, _PAGO)
        y += 3.6
    atendio = f"{nombre_caja(recibo.caja)} · Atendió {recibo.cajero}"
    hoja.texto(_TOTAL, _PIE + 26.4, *ajustar(atendio, _CHICO, _FIN - _TOTAL, 6))


def _codigos(hoja: Hoja, recibo: ReciboSellado) -> None:
    y = _PIE + 2.2
    if recibo.capacitacion:
        # Readers want a clean quiet zone: the watermark must not run through it.
        quieto = QUIETO * _MODULO_QR
        hoja.bloque((_MARGEN - quieto, y - 1, _TOTAL - 3 - _MARGEN + quieto, 28), BLANCO)
    dibujar_qr(hoja, texto_qr(recibo), _MARGEN, y, _MODULO_QR)
    _barras(hoja, recibo, y)
    hoja.texto(_BARRAS, y + 20.2, "Código de verificación", _ETIQUETA)
    hoja.texto(_BARRAS + 28, y + 20.2, recibo.codigo, Estilo(SEMI, 10))
    hoja.texto(_BARRAS, y + 24.2, *ajustar(f"Sello {recibo.hash}", Estilo(tam=6, color=APAGADO), 70, 4.5))


def _barras(hoja: Hoja, recibo: ReciboSellado, y: float) -> None:
    """Draw the bars; a sealed charge is printed without them when serie and folio outgrow the code."""
    try:
        barras = texto_barras(recibo)
    except ValueError:
        return
    dibujar_barras(hoja, barras, (_BARRAS, y, _MODULO_BARRAS, 11.5))
    hoja.texto(_BARRAS + ancho_barras(barras, _MODULO_BARRAS) / 2, y + 14.8, barras, _CHICO, "centro")
