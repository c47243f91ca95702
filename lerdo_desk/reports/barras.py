"""Code 128 bars, drawn as one path; the symbol table is that of ISO/IEC 15417, sets B and C.

ReportLab's own widget is not used: importing its bar code package costs a quarter of a second.
"""

from lerdo_desk.reports.pdf import Hoja, Rect

# Widths of bar, space, bar, space… in modules: six figures for each symbol 0 to 105, seven for the stop.
_ANCHOS = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122"
    "123221223211221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323"
    "131123131321112313132113132311211313231113231311112133112331132131113123113321133121313121211331231131"
    "213113213311213131311123311321331121312113312311332111314111221411431111111224111422121124121421141122"
    "141221112214112412122114122411142112142211241211221114413111241112134111111242121142121241114212124112"
    "124211411212421112421211212141214121412121111143111341131141114113114311411113411311113141114131311141"
    "4111312114122112142112322331112"
)
_INICIO = {"B": 104, "C": 105}
_CAMBIO = {"B": 100, "C": 99}
_ALTO = 106
_BASE_SUMA = 103
_CIFRAS_QUE_CONVIENEN = 4


def simbolos(texto: str) -> tuple[int, ...]:
    """Give the symbol numbers of a text, with start, check and stop; runs of four figures go in pairs.

    Raises ValueError for empty text and for characters outside printable ASCII.
    """
    if not texto or not (texto.isascii() and texto.isprintable()):
        raise ValueError("Code 128 set B takes printable ASCII only")
    datos: list[int] = []
    conjunto, i = "", 0
    while i < len(texto):
        nuevo = "C" if _conviene_c(_cifras_desde(texto, i), conjunto) else "B"
        if nuevo != conjunto:
            datos.append(_CAMBIO[nuevo] if conjunto else _INICIO[nuevo])
        datos.append(int(texto[i : i + 2]) if nuevo == "C" else ord(texto[i]) - 32)
        conjunto, i = nuevo, i + (2 if nuevo == "C" else 1)
    suma = datos[0] + sum(n * dato for n, dato in enumerate(datos))
    return (*datos, suma % _BASE_SUMA, _ALTO)


def _conviene_c(cifras: int, conjunto: str) -> bool:
    """Say whether the next figures go in pairs: an even run of four or more begins them, two go on."""
    if conjunto == "C":
        return cifras >= 2
    return cifras >= _CIFRAS_QUE_CONVIENEN and cifras % 2 == 0


def _cifras_desde(texto: str, i: int) -> int:
    resto = texto[i:]
    return len(resto) - len(resto.lstrip("0123456789"))


def _anchos(simbolo: int) -> tuple[int, ...]:
    fin = None if simbolo == _ALTO else 6 * simbolo + 6
    return tuple(int(ancho) for ancho in _ANCHOS[6 * simbolo : fin])


def ancho_barras(texto: str, modulo: float) -> float:
    """Give the width of the bars in millimetres, without the quiet zone of 10 modules at each side."""
    return modulo * sum(sum(_anchos(simbolo)) for simbolo in simbolos(texto))


def dibujar_barras(hoja: Hoja, texto: str, rect: Rect) -> None:
    """Draw a text as Code 128; ``rect`` is x, y, the width of one module (not of all) and the height, in mm.

    A module that is a multiple of 0.125 mm falls on whole dots of a 203 dpi head.
    """
    x, y, modulo, alto = rect
    barras: list[Rect] = []
    for simbolo in simbolos(texto):
        for n, ancho in enumerate(_anchos(simbolo)):
            if n % 2 == 0:
                barras.append((x, y, ancho * modulo, alto))
            x += ancho * modulo
    hoja.mancha(barras)
