"""The corte de caja in letter size: who closed which till, what was counted, and every receipt behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import zip_longest

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato, formato_columna
from lerdo_desk.hacienda.documentos import CorteSellado, ReciboListado, TramoSerie
from lerdo_desk.reports.bandas import Banda, compaginar, hueco, pintar
from lerdo_desk.reports.corte_detalle import FIN, MARGEN, detalle
from lerdo_desk.reports.firmas import Firma, firmas
from lerdo_desk.reports.membrete import ALTO, SIN_VALOR, Rotulo, dibujar_membrete, nombre_caja
from lerdo_desk.reports.pdf import (
    ALERTA,
    ALERTA_FONDO,
    APAGADO,
    AVISO,
    AVISO_FONDO,
    BIEN,
    BIEN_FONDO,
    CARTA,
    FONDO,
    FUERTE,
    SEMI,
    TINTA,
    Estilo,
    Hoja,
    ajustar,
    partir,
)
from lerdo_desk.reports.tabla import ALTO_TITULO, TITULO, Columna, tabla

# Millimetres.
_MARGEN, _FIN = MARGEN, FIN
_ANCHO = _FIN - _MARGEN
_ARRIBA = 11.0
_INICIO = _ARRIBA + ALTO + 2
_LIMITE = 267.0
_PIE = 272.0
_RENGLON = 5.0
_HUECO = 8.0

_ETIQUETA = Estilo(tam=7.5, color=APAGADO)
_DATO = Estilo(SEMI, 10)
_CABEZA = Estilo(SEMI, 8, APAGADO)
_CELDA = Estilo(tam=9)
_SUMA = Estilo(SEMI, 9)
_CHICO = Estilo(tam=7.5, color=APAGADO)
_SELLO = Estilo(tam=7)


_MEDIA = (_ANCHO - _HUECO) / 2
_DERECHA = _MARGEN + _MEDIA + _HUECO
_COLUMNAS_CONCEPTO = (
    Columna("CRI", _MARGEN, 26),
    Columna("Concepto", _MARGEN + 30, 118),
    Columna("Importe", _FIN, 30, "derecha"),
)
_COLUMNAS_RECIBO = (
    Columna("Hora", _MARGEN, 12),
    Columna("Recibo", _MARGEN + 14, 27),
    Columna("Contribuyente", _MARGEN + 43, 68),
    Columna("Cuenta", _MARGEN + 114, 44),
    Columna("Total", _FIN, 24, "derecha"),
)


def dibujar(corte: CorteSellado) -> bytes:
    """Draw a corte as a PDF of one page or many; the same corte gives the same bytes.

    Raises ErrorDeEntorno when the papers' fonts are missing.
    """
    hoja = Hoja(CARTA, f"Corte de caja {corte.numero}", corte.membrete.nombre)
    paginas = _paginas(corte)
    for n, pagina in enumerate(paginas, 1):
        if corte.capacitacion:
            hoja.marca_de_agua(SIN_VALOR)
        nota = f"página {n} de {len(paginas)}"
        rotulo = Rotulo("CORTE DE CAJA", f"N.º {corte.numero}", nota, corte.capacitacion)
        dibujar_membrete(hoja, corte.membrete, rotulo, _MARGEN, _ARRIBA)
        pintar(hoja, pagina, _INICIO)
        quien = f"{nombre_caja(corte.caja)} · {corte.cajero} · {_momento(corte, 'cerrado')}"
        hoja.texto(_MARGEN, _PIE, *ajustar(quien, _CHICO, 90))
        hoja.texto(_FIN, _PIE, *ajustar(f"Huella {corte.huella}", _CHICO, 88, 5), "derecha")
        hoja.pagina()
    return hoja.bytes()


def _paginas(corte: CorteSellado) -> list[list[Banda]]:
    """Lay the corte out: on one page if all fits; else signatures close the summary, the list follows."""
    resumen = [*_encabezado(corte), *_sumas(corte), *_conceptos(corte), *detalle(corte), *_series(corte)]
    lista, cierre = _lista(corte.recibos), _firmas(corte)
    una = compaginar([*resumen, *lista, cierre], _LIMITE - _INICIO)
    if len(una) == 1:
        return una
    return [*compaginar([*resumen, cierre], _LIMITE - _INICIO), *compaginar(lista, _LIMITE - _INICIO)]


def _momento(corte: CorteSellado, cual: str) -> str:
    instante = corte.abierto if cual == "abierto" else corte.cerrado
    return f"{fecha_corta(instante.date())} {instante:%H:%M}"


def _encabezado(corte: CorteSellado) -> list[Banda]:
    return [Banda(16.5, partial(_pintar_datos, corte)), *_resultado(corte)]


def _pintar_datos(corte: CorteSellado, hoja: Hoja, y: float) -> None:
    cobrado = sum((total.importe for total in corte.por_forma), Decimal("0.00"))
    datos = (
        ("Caja", nombre_caja(corte.caja)),
        ("Cajero", corte.cajero),
        ("Apertura", _momento(corte, "abierto")),
        ("Cierre", _momento(corte, "cerrado")),
        ("Fondo inicial", formato(corte.fondo)),
        ("Recibos", f"{len(corte.recibos):,}"),
        ("Cancelados", f"{len(corte.cancelados):,}"),
        ("Ingreso del turno", formato(cobrado)),
    )
    anchos = (34.0, 70.0, 40.0, 40.0)
    for n, (etiqueta, valor) in enumerate(datos):
        x, baja = _MARGEN + sum(anchos[: n % 4]), 8.0 * (n // 4)
        hoja.texto(x, y + baja + 2.4, etiqueta, _ETIQUETA)
        hoja.texto(x, y + baja + 6.2, *ajustar(valor, _DATO, anchos[n % 4] - 3))


def _resultado(corte: CorteSellado) -> list[Banda]:
    motivo = partir(f"Motivo de la diferencia: {corte.motivo}", _CELDA, _ANCHO) if corte.motivo else ()
    lineas = [Banda(4.2, partial(_pintar_texto, linea, _CELDA)) for linea in motivo]
    return [Banda(19.0, partial(_pintar_resultado, corte)), *lineas, hueco(2.0)]


def _pintar_resultado(corte: CorteSellado, hoja: Hoja, y: float) -> None:
    palabra, color, fondo = _veredicto(corte.diferencia)
    hoja.bloque((_MARGEN, y + 1, _ANCHO, 16), fondo, 1.5)
    partes = [("Efectivo esperado", corte.esperado), ("Efectivo contado", corte.contado)]
    if corte.retiros:
        partes.insert(0, ("Retiros en el turno", corte.retiros))
    partes.append(("Diferencia", corte.diferencia))
    for n, (etiqueta, importe) in enumerate(partes):
        x = _MARGEN + 4 + n * 35
        hoja.texto(x, y + 6, etiqueta, _ETIQUETA)
        estilo = Estilo(FUERTE, 13, color if etiqueta == "Diferencia" else TINTA)
        hoja.texto(x, y + 12.6, *ajustar(formato(importe), estilo, 33))
    hoja.texto(_FIN - 4, y + 10.8, palabra, Estilo(FUERTE, 14, color), "derecha")


def _veredicto(diferencia: Decimal) -> tuple[str, str, str]:
    """Give the word of the result with its colours; the word alone is enough on a black printer."""
    if diferencia < 0:
        return "FALTANTE", ALERTA, ALERTA_FONDO
    if diferencia > 0:
        return "SOBRANTE", AVISO, AVISO_FONDO
    return "SIN DIFERENCIA", BIEN, BIEN_FONDO


@dataclass(frozen=True)
class _Renglon:
    """One line of a narrow table: a title, a heading, an entry or a sum; ``cuenta`` is the middle column."""

    texto: str
    importe: str = ""
    cuenta: str = ""
    clase: str = "celda"


def _sumas(corte: CorteSellado) -> list[Banda]:
    """Set the sums beside the count at the right, line by line, so that both can go on overleaf."""
    izquierda = [
        *_angosta("Por forma de pago", [(t.nombre, t.importe) for t in corte.por_forma]),
        _Renglon("", clase="hueco"),
        *_angosta("Por ente", [(t.ente, t.importe) for t in corte.por_ente]),
    ]
    derecha = _conteo(corte)
    return [
        Banda(_RENGLON, partial(_pintar_par, uno, otro)) for uno, otro in zip_longest(izquierda, derecha)
    ] + [hueco(4)]


def _angosta(titulo: str, pares: Sequence[tuple[str, Decimal]]) -> list[_Renglon]:
    suma = sum((importe for _, importe in pares), Decimal("0.00"))
    return [
        _Renglon(titulo, "Importe", clase="cabeza"),
        *(_Renglon(texto, formato_columna(importe)) for texto, importe in pares),
        _Renglon("Suma", formato(suma), clase="suma"),
    ]


def _conteo(corte: CorteSellado) -> list[_Renglon]:
    suma = sum((linea.denominacion * linea.piezas for linea in corte.conteo), Decimal("0.00"))
    return [
        _Renglon("Conteo del efectivo", "Importe", "Piezas", clase="cabeza"),
        *(
            _Renglon(
                formato(linea.denominacion),
                formato_columna(linea.denominacion * linea.piezas),
                f"{linea.piezas:,}",
            )
            for linea in corte.conteo
        ),
        _Renglon("Suma", formato(suma), clase="suma"),
    ]


def _pintar_par(uno: _Renglon | None, otro: _Renglon | None, hoja: Hoja, y: float) -> None:
    for renglon, x in ((uno, _MARGEN), (otro, _DERECHA)):
        if renglon is not None and renglon.clase != "hueco":
            _pintar_angosto(renglon, x, hoja, y)


def _pintar_angosto(renglon: _Renglon, x: float, hoja: Hoja, y: float) -> None:
    estilo = {"cabeza": _CABEZA, "suma": _SUMA}.get(renglon.clase, _CELDA)
    if renglon.clase == "cabeza":
        hoja.bloque((x - 1.5, y, _MEDIA + 3, _RENGLON), FONDO)
    else:
        hoja.linea(x, x + _MEDIA, y + _RENGLON)
    hoja.texto(x, y + 3.6, *ajustar(renglon.texto, estilo, _MEDIA - (45 if renglon.cuenta else 27)))
    hoja.texto(x + _MEDIA - 32, y + 3.6, renglon.cuenta, estilo, "derecha")
    hoja.texto(x + _MEDIA, y + 3.6, *ajustar(renglon.importe, estilo, 28), "derecha")


def _conceptos(corte: CorteSellado) -> list[Banda]:
    filas = [(t.cri, t.concepto, formato_columna(t.importe)) for t in corte.por_concepto]
    suma = sum((t.importe for t in corte.por_concepto), Decimal("0.00"))
    return tabla("Por concepto", _COLUMNAS_CONCEPTO, filas, ("", "Suma", formato(suma)))


def _lista(recibos: Sequence[ReciboListado]) -> list[Banda]:
    filas = [
        (f"{r.hora:%H:%M}", f"{r.serie}-{r.folio}", r.pagador, r.cuenta, formato_columna(r.total))
        for r in recibos
    ]
    suma = sum((r.total for r in recibos), Decimal("0.00"))
    total = (
        "",
        "",
        "Suma de 1 recibo" if len(recibos) == 1 else f"Suma de {len(recibos):,} recibos",
        "",
        formato(suma),
    )
    return tabla("Relación de recibos", _COLUMNAS_RECIBO, filas, total)


def _series(corte: CorteSellado) -> list[Banda]:
    """Print the digests that tie this paper to the chain: whoever rewrites a receipt later is found out."""
    bandas = [Banda(ALTO_TITULO, partial(_pintar_texto, "Sellos por serie", TITULO), con_la_que_sigue=True)]
    bandas.extend(Banda(8.2, partial(_pintar_tramo, tramo)) for tramo in corte.series)
    bandas.append(Banda(4.4, partial(_pintar_sello, "Huella del corte", corte.huella)))
    return [*bandas, hueco(3)]


def _pintar_tramo(tramo: TramoSerie, hoja: Hoja, y: float) -> None:
    _pintar_sello(f"Primero {tramo.serie}-{tramo.primer_folio}", tramo.primer_hash, hoja, y)
    _pintar_sello(f"Último {tramo.serie}-{tramo.ultimo_folio}", tramo.ultimo_hash, hoja, y + 3.8)


def _pintar_sello(rotulo: str, sello: str, hoja: Hoja, y: float) -> None:
    hoja.texto(_MARGEN, y + 3.0, *ajustar(rotulo, _CELDA, 48))
    hoja.texto(_MARGEN + 50, y + 3.0, *ajustar(sello, _SELLO, _ANCHO - 50, 5))


def _firmas(corte: CorteSellado) -> Banda:
    ancho = _MEDIA - 16
    verifica = "Verificó" if corte.verificado else "Supervisor"
    return firmas(
        (
            Firma(_MARGEN + 8, ancho, corte.cajero, "Cajero"),
            Firma(_DERECHA + 8, ancho, corte.verificado, verifica),
        )
    )


def _pintar_texto(texto: str, estilo: Estilo, hoja: Hoja, y: float) -> None:
    hoja.texto(_MARGEN, y + 4.2, texto, estilo)
