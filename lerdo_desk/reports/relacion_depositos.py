"""The relación de fichas de depósito in letter size: each slip with the money of the cortes that it took."""

from functools import partial

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato, formato_columna
from lerdo_desk.hacienda.depositos import FichaHecha, RelacionDeFichas
from lerdo_desk.reports.bandas import Banda, compaginar, hueco, pintar
from lerdo_desk.reports.firmas import Firma, firmas
from lerdo_desk.reports.membrete import ALTO, SIN_VALOR, Rotulo, dibujar_membrete
from lerdo_desk.reports.pdf import APAGADO, CARTA, SEMI, Estilo, Hoja, ajustar
from lerdo_desk.reports.tabla import Columna, tabla

TITULO = "FICHAS DE DEPÓSITO"

# Millimetres.
_MARGEN = 16.0
_FIN = CARTA.ancho - _MARGEN
_ARRIBA = 11.0
_INICIO = _ARRIBA + ALTO + 2
_LIMITE = 267.0
_PIE = 272.0
_ANCHO_FIRMA = 70.0

_CHICO = Estilo(tam=7.5, color=APAGADO)
_SENAS = Estilo(tam=9, color=APAGADO)
_TOTAL = Estilo(SEMI, 12)
_COLUMNAS = (
    Columna("Corte", _MARGEN, 78),
    Columna("Hecho", _MARGEN + 82, 24),
    Columna("Forma de pago", _MARGEN + 110, 44),
    Columna("Importe", _FIN, 28, "derecha"),
)


def nombre_de(relacion: RelacionDeFichas) -> str:
    """Name its file by its days."""
    return f"fichas-{relacion.desde}-a-{relacion.hasta}"


def dibujar(relacion: RelacionDeFichas) -> bytes:
    """Draw the slips of some days as a PDF; the same slips give the same bytes.

    Raises ErrorDeEntorno when the papers' fonts are missing.
    """
    dias = _dias(relacion)
    hoja = Hoja(CARTA, f"Fichas de depósito, {dias}", relacion.membrete.nombre)
    cierre = firmas(
        (
            Firma(_MARGEN + 10, _ANCHO_FIRMA, "", "Elaboró"),
            Firma(_FIN - 10 - _ANCHO_FIRMA, _ANCHO_FIRMA, "", "Tesorería"),
        )
    )
    cuerpo = [b for f in relacion.fichas for b in _ficha(f)]
    bandas = [*cuerpo, Banda(8.0, partial(_pintar_total, relacion)), cierre]
    paginas = compaginar(bandas, _LIMITE - _INICIO)
    for n, pagina in enumerate(paginas, 1):
        if relacion.capacitacion:
            hoja.marca_de_agua(SIN_VALOR)
        rotulo = Rotulo(TITULO, dias, f"página {n} de {len(paginas)}", relacion.capacitacion)
        dibujar_membrete(hoja, relacion.membrete, rotulo, _MARGEN, _ARRIBA)
        pintar(hoja, pagina, _INICIO)
        hoja.texto(_MARGEN, _PIE, "Por la fecha de la ficha en el banco", _CHICO)
        hoja.pagina()
    return hoja.bytes()


def _dias(relacion: RelacionDeFichas) -> str:
    desde, hasta = fecha_corta(relacion.desde), fecha_corta(relacion.hasta)
    return desde if desde == hasta else f"{desde} – {hasta}"


def _ficha(ficha: FichaHecha) -> list[Banda]:
    filas = [(p.corte, fecha_corta(p.dia), p.forma, formato_columna(p.importe)) for p in ficha.partes]
    titulo = f"{fecha_corta(ficha.fecha)} · Ficha {ficha.folio}"
    que = "Cargo del banco" if ficha.importe < 0 else "Depósito"
    bandas = tabla(titulo, _COLUMNAS, filas, (que, "", "", formato(ficha.importe)))
    return [
        bandas[0],
        Banda(4.6, partial(_pintar_senas, ficha), con_la_que_sigue=True),
        *bandas[1:],
        hueco(1.5),
    ]


def _pintar_senas(ficha: FichaHecha, hoja: Hoja, y: float) -> None:
    senas = f"{ficha.cuenta} · {ficha.ente} · la registró {ficha.registro}"
    hoja.texto(_MARGEN, y + 3.2, *ajustar(senas, _SENAS, _FIN - _MARGEN))


def _pintar_total(relacion: RelacionDeFichas, hoja: Hoja, y: float) -> None:
    cuantas = len(relacion.fichas)
    hoja.texto(_MARGEN, y + 5, f"Total de {cuantas:,} ficha{'' if cuantas == 1 else 's'}", _TOTAL)
    hoja.texto(_FIN, y + 5, formato(relacion.total), _TOTAL, "derecha")
