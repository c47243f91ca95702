"""The diario de ingresos in letter size, and as a spreadsheet: the same money looked at in every way."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial

from lerdo_desk.base.calendario import fecha_corta, fecha_larga, hora_local
from lerdo_desk.base.dinero import formato, formato_columna
from lerdo_desk.hacienda.diario import Diario, EstadoDelDia, FilaDelDiario, TablaDelDiario
from lerdo_desk.reports import xlsx
from lerdo_desk.reports.bandas import Banda, compaginar, hueco, pintar
from lerdo_desk.reports.firmas import Firma, firmas
from lerdo_desk.reports.membrete import ALTO, SIN_VALOR, Rotulo, dibujar_membrete
from lerdo_desk.reports.pdf import APAGADO, CARTA, FONDO, SEMI, Estilo, Hoja, ajustar, partir
from lerdo_desk.reports.tabla import Columna, tabla

TITULO = "DIARIO DE INGRESOS"

# Millimetres.
_MARGEN = 16.0
_FIN = CARTA.ancho - _MARGEN
_ANCHO = _FIN - _MARGEN
_ARRIBA = 11.0
_INICIO = _ARRIBA + ALTO + 2
_LIMITE = 267.0
_PIE = 272.0
_DINERO = 31.0
_CLAVE = 24.0
_ANCHO_FIRMA = 70.0

_ETIQUETA = Estilo(tam=7.5, color=APAGADO)
_CIFRA = Estilo(SEMI, 13)
_CHICO = Estilo(tam=7.5, color=APAGADO)
_TEXTO = Estilo(tam=9)


def nombre_de(diario: Diario) -> str:
    """Name its files: ``diario-2026-11-01`` or ``diario-2026-11-01-a-2026-11-22``."""
    desde, hasta = diario.rango.desde, diario.rango.hasta
    return f"diario-{desde}" if desde == hasta else f"diario-{desde}-a-{hasta}"


def periodo(diario: Diario) -> str:
    """Say its days: one whole, or from one to another."""
    desde, hasta = diario.rango.desde, diario.rango.hasta
    if desde == hasta:
        return fecha_larga(desde)
    return f"Del {fecha_corta(desde)} al {fecha_corta(hasta)}"


def dias_en_palabras(diario: Diario) -> str:
    """Say which of its days are closed, by whom and when; the open ones by name while they are few."""
    cerrados = [e for e in diario.estados if e.cerrado]
    abiertos = [e for e in diario.estados if not e.cerrado]
    if len(diario.estados) == 1:
        return _un_dia(diario.estados[0], diario.zona)
    if not abiertos:
        return f"Los {len(cerrados)} días están cerrados: sus importes ya no cambian."
    cuantos = f"{len(cerrados)} de {len(diario.estados)} días cerrados"
    if len(abiertos) > _NOMBRADOS:
        return f"{cuantos}; {len(abiertos)} siguen sin cerrar y sus importes pueden cambiar."
    dichos = ", ".join(fecha_corta(e.fecha) + (" (reabierto)" if e.reabierto else "") for e in abiertos)
    return f"{cuantos}; sin cerrar: {dichos}."


_NOMBRADOS = 10  # open days that one sentence names


def _un_dia(estado: EstadoDelDia, zona: str) -> str:
    if estado.cuando is None:
        return "El día no está cerrado: sus importes todavía pueden cambiar."
    cuando = hora_local(estado.cuando, zona)
    hecho = f"{estado.quien} el {fecha_corta(cuando.date())} a las {cuando:%H:%M}"
    if estado.cerrado:
        return f"Día cerrado por {hecho}."
    return f"Día reabierto por {hecho}: sus importes pueden cambiar."


def dibujar(diario: Diario) -> bytes:
    """Draw a diario as a PDF of as many pages as it needs; the same diario gives the same bytes.

    Raises ErrorDeEntorno when the papers' fonts are missing.
    """
    hoja = Hoja(CARTA, f"Diario de ingresos, {periodo(diario)}", diario.membrete.nombre)
    cierre = firmas(
        (
            Firma(_MARGEN + 10, _ANCHO_FIRMA, "", "Elaboró"),
            Firma(_FIN - 10 - _ANCHO_FIRMA, _ANCHO_FIRMA, "", "Tesorería"),
        )
    )
    bandas = [*_resumen(diario), *(b for t in diario.tablas for b in _tabla(t)), cierre]
    paginas = compaginar(bandas, _LIMITE - _INICIO)
    for n, pagina in enumerate(paginas, 1):
        if diario.capacitacion:
            hoja.marca_de_agua(SIN_VALOR)
        nota = f"página {n} de {len(paginas)}"
        rotulo = Rotulo(TITULO, _numero(diario), nota, diario.capacitacion)
        dibujar_membrete(hoja, diario.membrete, rotulo, _MARGEN, _ARRIBA)
        pintar(hoja, pagina, _INICIO)
        hoja.texto(_MARGEN, _PIE, *ajustar(f"{periodo(diario)} · por el día en que se selló", _CHICO, 110))
        hoja.texto(_FIN, _PIE, f"Ingreso neto {formato(diario.total.neto)}", _CHICO, "derecha")
        hoja.pagina()
    return hoja.bytes()


def _numero(diario: Diario) -> str:
    desde, hasta = diario.rango.desde, diario.rango.hasta
    return fecha_corta(desde) if desde == hasta else f"{fecha_corta(desde)} – {fecha_corta(hasta)}"


def _resumen(diario: Diario) -> list[Banda]:
    lineas = partir(dias_en_palabras(diario), _TEXTO, _ANCHO)
    return [
        Banda(17.0, partial(_pintar_resumen, diario)),
        *(Banda(4.2, partial(_pintar_linea, linea)) for linea in lineas),
        hueco(3.0),
    ]


def _pintar_resumen(diario: Diario, hoja: Hoja, y: float) -> None:
    hoja.bloque((_MARGEN, y, _ANCHO, 14), FONDO, 1.5)
    datos = (
        ("Cobrado", formato(diario.total.cobrado)),
        ("Cancelado o devuelto", formato(diario.total.cancelado)),
        ("Ingreso neto", formato(diario.total.neto)),
        ("Recibos y reversas", f"{diario.recibos:,} · {diario.reversas:,}"),
    )
    ancho = _ANCHO / len(datos)
    for n, (etiqueta, valor) in enumerate(datos):
        x = _MARGEN + 4 + n * ancho
        hoja.texto(x, y + 4.6, etiqueta, _ETIQUETA)
        hoja.texto(x, y + 10.6, *ajustar(valor, _CIFRA, ancho - 6))


def _pintar_linea(linea: str, hoja: Hoja, y: float) -> None:
    hoja.texto(_MARGEN, y + 3.2, linea, _TEXTO)


def _tabla(una: TablaDelDiario) -> list[Banda]:
    con_clave = bool(una.de_clave)
    x = _MARGEN + (_CLAVE if con_clave else 0)
    columnas = [
        Columna(una.de_nombre, x, _FIN - 3 * _DINERO - x - 3),
        Columna("Cobrado", _FIN - 2 * _DINERO, _DINERO - 2, "derecha"),
        Columna("Cancelado o devuelto", _FIN - _DINERO, _DINERO - 2, "derecha"),
        Columna("Neto", _FIN, _DINERO - 2, "derecha"),
    ]
    if con_clave:
        columnas.insert(0, Columna(una.de_clave, _MARGEN, _CLAVE - 2))
    filas = [_celdas(f, con_clave, formato_columna) for f in una.filas]
    return tabla(una.titulo, columnas, filas, _celdas(una.suma, con_clave, formato))


def _celdas(fila: FilaDelDiario, con_clave: bool, escribir: Callable[[Decimal], str]) -> list[str]:
    celdas = [fila.nombre, *(escribir(pesos) for pesos in (fila.cobrado, fila.cancelado, fila.neto))]
    return [fila.clave, *celdas] if con_clave else celdas


_COLUMNAS = (
    xlsx.Columna("Desglose", ancho=22),
    xlsx.Columna("Clave", ancho=14),
    xlsx.Columna("Nombre", ancho=52),
    xlsx.Columna("Cobrado", "pesos", 16),
    xlsx.Columna("Cancelado o devuelto", "pesos", 20),
    xlsx.Columna("Neto", "pesos", 16),
)


def hoja_de_calculo(diario: Diario) -> bytes:
    """Give a diario as a workbook: one row per line of each table, each table with its sum."""
    notas = (
        f"{diario.membrete.nombre} · {periodo(diario)}",
        dias_en_palabras(diario),
        f"Ingreso neto {formato(diario.total.neto)}: cobrado {formato(diario.total.cobrado)}, "
        f"cancelado o devuelto {formato(diario.total.cancelado)}",
    )
    return xlsx.exportar(_COLUMNAS, _renglones(diario), "Diario de ingresos", notas)


def _renglones(diario: Diario) -> Iterator[tuple[str, str, str, Decimal, Decimal, Decimal]]:
    for una in diario.tablas:
        for f in (*una.filas, una.suma):
            yield una.titulo, f.clave, f.nombre, f.cobrado, f.cancelado, f.neto
