"""Code 128 bars, drawn as one path; the symbol table is that of ISO/IEC 15417, sets B and C.

ReportLab's own widget is not used: importing its bar code package costs a quarter of a second.
"""

from lerdo_desk.reports.pdf import Hoja, Rect

# Widths of bar, space, bar, space… of the symbols 0 to 105, then the stop symbol.
_ANCHOS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 "
    "122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 "
    "322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 "
    "112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 "
    "331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 "
    "112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 "
    "124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 "
    "411311 113141 114131 311141 411131 211412 211214 211232 2331112"
).split()
_A_CONJUNTO_C, _A_CONJUNTO_B, _INICIO_B, _INICIO_C, _ALTO = 99, 100, 104, 105, 106
_BASE_SUMA = 103
_CIFRAS_POR_PAR = 2
_CIFRAS_QUE_CONVIENEN = 4


def simbolos(texto: str) -> tuple[int, ...]:
    """Give the symbol numbers of a text, with start, check and stop; runs of four figures go in pairs.

    Raises ValueError for empty text and for characters outside printable ASCII.
    """
    if not texto or not (texto.isascii() and texto.isprintable()):
        raise ValueError("Code 128 set B takes printable ASCII only")
    datos: list[int] = []
    en_pares, i = False, 0
    while i < len(texto):
        cifras = _cifras_desde(texto, i)
        if cifras >= (_CIFRAS_POR_PAR if en_pares else _CIFRAS_QUE_CONVIENEN) and (en_pares or cifras % 2 == 0):
            datos.extend([] if en_pares else [_INICIO_C if i == 0 else _A_CONJUNTO_C])
            datos.append(int(texto[i : i + 2]))
            en_pares, i = True, i + 2
        else:
            datos.extend([_INICIO_B] if i == 0 else [_A_CONJUNTO_B] if en_pares else [])
            datos.append(ord(texto[i]) - 32)
            en_pares, i = False, i + 1
    suma = datos[0] + sum(n * dato for n, dato in enumerate(datos))
    return (*datos, suma % _BASE_SUMA, _ALTO)


def _cifras_desde(texto: str, i: int) -> int:
    resto = texto[i:]
    return len(resto) - len(resto.lstrip("0123456789"))


def ancho_barras(texto: str, modulo: float) -> float:
    """Give the width of the bars in millimetres, without the quiet zone of 10 modules at each side."""
    return modulo * sum(int(ancho) for simbolo in simbolos(texto) for ancho in _ANCHOS[simbolo])


def dibujar_barras(hoja: Hoja, texto: str, rect: Rect) -> None:
    """Draw a text as Code 128; ``rect`` is x, y, the width of one module (not of the whole) and the height, in mm.

    A module that is a multiple of 0.125 mm falls on whole dots of a 203 dpi head.
    """
    x, y, modulo, alto = rect
    barras: list[Rect] = []
    for simbolo in simbolos(texto):
        for n, ancho in enumerate(_ANCHOS[simbolo]):
            if n % 2 == 0:
                barras.append((x, y, int(ancho) * modulo, alto))
            x += int(ancho) * modulo
    hoja.mancha(barras)
