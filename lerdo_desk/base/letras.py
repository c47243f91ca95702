"""Words: the amount in words for receipts, and search text without accents.

Both must give the same everywhere: ``normaliza`` is written a second time in SQL, from the two strings below.
"""

import re
import unicodedata
from decimal import Decimal

from lerdo_desk.base.dinero import a_centavos, pesos

MAXIMO_EN_LETRA = Decimal("999999999999.99")

# PostgreSQL: translate(x, CON_ACENTO, SIN_ACENTO). Equal lengths, each letter to the one below it.
CON_ACENTO = "áàâäãåéèêëíìîïóòôöõøúùûüñçýÿšžÁÀÂÄÃÅÉÈÊËÍÌÎÏÓÒÔÖÕØÚÙÛÜÑÇÝŸŠŽ"
SIN_ACENTO = "aaaaaaeeeeiiiioooooouuuuncyyszAAAAAAEEEEIIIIOOOOOOUUUUNCYYSZ"

_MINUSCULAS = "abcdefghijklmnopqrstuvwxyz"
_A_ASCII = str.maketrans(CON_ACENTO, SIN_ACENTO)
# Only ASCII: str.upper() would turn ß into SS, which upper() COLLATE "C" does not.
_A_MAYUSCULAS = str.maketrans(_MINUSCULAS, _MINUSCULAS.upper())
_SEPARADORES = re.compile(r"[^A-Z0-9]+")

_HASTA_29 = (
    *("cero", "un", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
    *(
        "diez",
        "once",
        "doce",
        "trece",
        "catorce",
        "quince",
        "dieciséis",
        "diecisiete",
        "dieciocho",
        "diecinueve",
    ),
    *("veinte", "veintiún", "veintidós", "veintitrés", "veinticuatro", "veinticinco", "veintiséis"),
    *("veintisiete", "veintiocho", "veintinueve"),
)
_DECENAS = ("", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_CENTENAS = (
    *("", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos"),
    *("seiscientos", "setecientos", "ochocientos", "novecientos"),
)


def pesos_en_letra(importe: Decimal) -> str:
    """Write pesos as a receipt does: ``Seis mil doscientos treinta y cinco pesos 19/100 M.N.``

    Words are in the short form that a masculine noun asks for (un, veintiún), with "de" after whole millions.
    Raises ValueError below zero and above 999,999,999,999.99; TypeError for a float.
    """
    exacto = pesos(importe)
    if not 0 <= exacto <= MAXIMO_EN_LETRA:
        raise ValueError("only amounts from 0 to 999,999,999,999.99 are written in words")
    enteros, centavos = divmod(a_centavos(exacto), 100)
    palabras = _hasta_billon(enteros)
    de = "de " if enteros and enteros % 1_000_000 == 0 else ""
    moneda = "peso" if enteros == 1 else "pesos"
    return f"{palabras[0].upper()}{palabras[1:]} {de}{moneda} {centavos:02d}/100 M.N."


def normaliza(texto: str) -> str:
    """Give search text: ASCII capitals and digits, words parted by one space.

    NFC, then the fixed table of accents (ñ becomes N), then ASCII capitals; each run of anything else is one
    space, none at the ends. Applying it twice changes nothing.
    """
    plano = unicodedata.normalize("NFC", texto).translate(_A_ASCII).translate(_A_MAYUSCULAS)
    return _SEPARADORES.sub(" ", plano).strip(" ")


def _hasta_billon(n: int) -> str:
    """Words for 0 <= n < 10^12, by groups of six figures as Spanish counts."""
    millones, resto = divmod(n, 1_000_000)
    partes = []
    if millones:
        partes.append("un millón" if millones == 1 else f"{_hasta_millon(millones)} millones")
    if resto or not millones:
        partes.append(_hasta_millon(resto))
    return " ".join(partes)


def _hasta_millon(n: int) -> str:
    """Words for 0 <= n < 10^6; one thousand is "mil", never "un mil"."""
    miles, resto = divmod(n, 1000)
    partes = []
    if miles:
        partes.append("mil" if miles == 1 else f"{_hasta_mil(miles)} mil")
    if resto or not miles:
        partes.append(_hasta_mil(resto))
    return " ".join(partes)


def _hasta_mil(n: int) -> str:
    """Words for 0 <= n < 1000."""
    if n == 100:
        return "cien"
    centenas, resto = divmod(n, 100)
    partes = [_CENTENAS[centenas]] if centenas else []
    if resto or not centenas:
        partes.append(_hasta_cien(resto))
    return " ".join(partes)


def _hasta_cien(n: int) -> str:
    """Words for 0 <= n < 100."""
    if n < 30:
        return _HASTA_29[n]
    decenas, unidades = divmod(n, 10)
    return f"{_DECENAS[decenas]} y {_HASTA_29[unidades]}" if unidades else _DECENAS[decenas]
