"""The official receipt on a roll of 80 or 58 mm: the same sealed content as the sheet, in one column."""

from collections.abc import Mapping
from contextlib import suppress
from types import MappingProxyType

from lerdo_desk.base.dinero import formato, formato_columna
from lerdo_desk.base.letras import pesos_en_letra
from lerdo_desk.config import Formato
from lerdo_desk.hacienda.documentos import PagoSellado, ReciboSellado, texto_barras, texto_qr
from lerdo_desk.reports import dichos
from lerdo_desk.reports.bandas import Banda, hueco
from lerdo_desk.reports.desglose import Desglose, desglosar
from lerdo_desk.reports.membrete import EJEMPLO, SIN_VALOR, nombre_caja
from lerdo_desk.reports.rollo import DE_58, DE_80, Rollo, barras, cartel, cortar, par, parrafo, qr, raya

_ROLLOS: Mapping[str, Rollo] = MappingProxyType({"80mm": DE_80, "58mm": DE_58})


def dibujar(recibo: ReciboSellado, copia: int, formato: Formato) -> bytes:
    """Draw a receipt for a roll; ``copia`` 0 is the original. Called by ``recibo.dibujar``, which checks it.

    Raises KeyError for a format that is no roll, ValueError for a total beyond the QR, ErrorDeEntorno
    without fonts.
    """
    rollo = _ROLLOS[formato]
    desglose = desglosar(recibo.renglones)
    bandas = [
        *_cabeza(rollo, recibo, copia),
        *_datos(rollo, recibo),
        *_lineas(rollo, recibo, desglose),
        *_total(rollo, recibo),
        *_pagos(rollo, recibo),
        *_codigos(rollo, recibo),
        *_pie(rollo, recibo, desglose),
    ]
    return cortar(rollo, bandas, f"Recibo {recibo.etiqueta}", recibo.membrete.nombre)


def _cabeza(rollo: Rollo, recibo: ReciboSellado, copia: int) -> list[Banda]:
    """Say who issues it, what it is, and whatever takes its value away."""
    membrete = recibo.membrete
    bandas = [cartel(rollo, SIN_VALOR, rollo.medio)] if recibo.capacitacion else []
    bandas += parrafo(rollo, membrete.nombre, rollo.medio, "centro")
    bandas += parrafo(rollo, membrete.dependencia, rollo.normal, "centro")
    senas = (f"RFC {membrete.rfc}" if membrete.rfc else "", membrete.domicilio)
    for texto in (*senas, f"Tel. {membrete.telefono}" if membrete.telefono else ""):
        bandas += parrafo(rollo, texto, rollo.chico, "centro")
    bandas += [hueco(1.5), *parrafo(rollo, dichos.clase(recibo), rollo.negrita, "centro")]
    bandas += parrafo(rollo, recibo.etiqueta, rollo.grande, "centro")
    bandas += parrafo(rollo, dichos.ejemplar(copia), rollo.negrita if copia else rollo.normal, "centro")
    bandas.append(hueco(1.0))
    estado = dichos.aviso_de_estado(recibo)
    if estado:
        bandas.append(cartel(rollo, recibo.estado, rollo.grande))
    for aviso in (estado, dichos.aviso_de_reversa(recibo), EJEMPLO if recibo.ejemplo else ""):
        if aviso:
            bandas.append(cartel(rollo, aviso, rollo.negrita, lleno=False))
    return [*bandas, raya(rollo)]


def _datos(rollo: Rollo, recibo: ReciboSellado) -> list[Banda]:
    bandas = par(rollo, dichos.cuando(recibo), nombre_caja(recibo.caja), rollo.normal)
    bandas += parrafo(rollo, f"Atendió {recibo.cajero}", rollo.normal)
    bandas += parrafo(rollo, recibo.pagador or "–", rollo.negrita)
    bandas += parrafo(rollo, dichos.cuenta(recibo), rollo.normal)
    return [*bandas, *parrafo(rollo, recibo.domicilio, rollo.normal), raya(rollo)]


def _lineas(rollo: Rollo, recibo: ReciboSellado, desglose: Desglose) -> list[Banda]:
    """Give every sealed line with its pesos, what hangs from a cargo set in below it."""
    bandas: list[Banda] = []
    cuenta: str | None = None
    for fila in desglose.filas:
        if recibo.cuentas > 1 and fila.cuenta != cuenta:
            cuenta = fila.cuenta
            bandas += [hueco(1.0), *parrafo(rollo, cuenta or "Todas las cuentas", rollo.negrita)]
        for n, linea in enumerate(fila.lineas):
            bandas += par(rollo, linea.texto, formato_columna(linea.importe), rollo.normal, dentro=n > 0)
    return [*bandas, raya(rollo)]


def _total(rollo: Rollo, recibo: ReciboSellado) -> list[Banda]:
    rotulo = "TOTAL CANCELADO" if recibo.tipo == "REVERSA" else "TOTAL"
    # A reversal carries the sign in its figures; words have none.
    letra = f"({pesos_en_letra(abs(recibo.total))})"
    grande = par(rollo, rotulo, formato(recibo.total), rollo.grande)
    return [*grande, hueco(0.5), *parrafo(rollo, letra, rollo.normal, "centro"), hueco(1.5)]


def _pagos(rollo: Rollo, recibo: ReciboSellado) -> list[Banda]:
    reversa = recibo.tipo == "REVERSA"
    bandas = parrafo(rollo, dichos.rotulo_de_pagos(recibo), rollo.negrita) if reversa else []
    for parte in recibo.pagos:
        bandas += _pago(rollo, parte)
    return bandas


def _pago(rollo: Rollo, parte: PagoSellado) -> list[Banda]:
    bandas = par(rollo, parte.forma_nombre, formato(parte.importe), rollo.normal)
    if parte.referencia:
        bandas += parrafo(rollo, f"Ref. {parte.referencia}", rollo.normal, sangria=2.5)
    if parte.recibido != parte.importe:
        bandas += par(rollo, "Recibido", formato(parte.recibido), rollo.normal, dentro=True)
        bandas += par(rollo, "Cambio", formato(parte.cambio), rollo.normal, dentro=True)
    return bandas


def _codigos(rollo: Rollo, recibo: ReciboSellado) -> list[Banda]:
    """Give both codes; a sealed charge is printed without bars when serie and folio outgrow them."""
    bandas = [hueco(1.0), *qr(rollo, texto_qr(recibo))]
    with suppress(ValueError):
        bandas += barras(rollo, texto_barras(recibo))
    bandas += [hueco(1.5), *parrafo(rollo, "Código de verificación", rollo.chico, "centro")]
    return [*bandas, *parrafo(rollo, recibo.codigo, rollo.medio, "centro")]


def _pie(rollo: Rollo, recibo: ReciboSellado, desglose: Desglose) -> list[Banda]:
    bandas = [raya(rollo), *parrafo(rollo, dichos.fundamentos(desglose.fundamentos), rollo.chico)]
    bandas += [hueco(1.0), *parrafo(rollo, f"Sello {recibo.hash}", rollo.chico)]
    bandas += [hueco(1.5), *parrafo(rollo, recibo.membrete.leyenda, rollo.normal, "centro")]
    if recibo.capacitacion:
        bandas += [hueco(1.5), cartel(rollo, SIN_VALOR, rollo.medio)]
    return bandas
