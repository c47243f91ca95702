"""Reads text tables (CSV): finds out encoding and separator, or takes those that the person chose."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.celdas import Fila, Opciones, Tabla
from lerdo_desk.core.codificaciones import NOMBRES, comprobar, mejor_de

SEPARADORES = {",": "coma", ";": "punto y coma", "\t": "tabulador", "|": "barra"}
"""The separators that a person may choose, with the name that is shown."""

_MUESTRA = 50  # lines that are enough to tell the separator
_PERMITIDOS = frozenset(b"\t\r\n\f\x1a")


def es_texto(contenido: bytes) -> bool:
    """Tell by its content whether a file is plain text: no control characters but tabs and line ends."""
    if contenido.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return not any(b < 32 and b not in _PERMITIDOS for b in set(contenido))


def leer_csv(contenido: bytes, nombre: str, opciones: Opciones) -> Tabla:
    """Give the table of a CSV. Raises ErrorDeUso when its encoding or its quotes do not allow it."""
    texto, avisos = _descifrar(contenido, opciones.codificacion)
    texto, separador = _separar(texto, opciones.separador)
    total = sum(1 for _ in _renglones(texto, separador))

    def abrir() -> Iterator[Fila]:
        for n, celdas in _renglones(texto, separador):
            yield Fila(n, tuple(c or None for c in celdas))

    avisos.append(f"Las columnas se separaron por {SEPARADORES[separador]}.")
    return Tabla(nombre, total, abrir, tuple(avisos))


def _descifrar(contenido: bytes, elegida: str | None) -> tuple[str, list[str]]:
    codificacion = comprobar(elegida) if elegida else _adivinar(contenido)
    avisos = []
    if not elegida and codificacion in ("cp1252", "cp850"):
        avisos.append(
            f"El archivo se leyó como {NOMBRES[codificacion]}: si los acentos se ven mal, elija otra."
        )
    try:
        texto = contenido.decode("utf-8-sig" if codificacion == "utf-8" else codificacion)
    except UnicodeError as error:
        raise ErrorDeUso(
            f"El archivo no está escrito en {NOMBRES[codificacion]}; elija otra codificación.", "codificacion"
        ) from error
    return texto.rstrip("\x1a"), avisos  # Ctrl+Z ends the text files of MS-DOS


def _adivinar(contenido: bytes) -> str:
    if contenido.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        contenido.decode("utf-8")
    except UnicodeDecodeError:
        return mejor_de(contenido)
    return "utf-8"


def _separar(texto: str, elegido: str | None) -> tuple[str, str]:
    """Give the text without the ``sep=`` line that Excel writes, and its separator."""
    primera, _, resto = texto.partition("\n")
    declarado = primera.strip("\r").lower().removeprefix("sep=")
    if primera.lower().startswith("sep=") and declarado in SEPARADORES:
        return resto, elegido or declarado
    if elegido is not None:
        if elegido not in SEPARADORES:
            raise ErrorDeUso("Ese separador no se reconoce; elija uno de la lista.", "separador")
        return texto, elegido
    return texto, max(SEPARADORES, key=lambda s: _acuerdo(texto, s))


def _acuerdo(texto: str, separador: str) -> tuple[int, int]:
    """Measure how well a separator fits: lines that agree in more than one column, and how many columns."""
    anchos: Counter[int] = Counter()
    lector = csv.reader(io.StringIO(texto, newline=""), delimiter=separador)
    try:
        for _, celdas in zip(range(_MUESTRA), lector, strict=False):
            anchos[len(celdas)] += 1
    except csv.Error:
        return 0, 0
    columnas, veces = max(((c, v) for c, v in anchos.items() if c > 1), key=lambda x: x[1], default=(0, 0))
    return veces, columnas


def _renglones(texto: str, separador: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row with the line where it begins, from 1."""
    lector = csv.reader(io.StringIO(texto, newline=""), delimiter=separador, strict=True)
    linea = 1
    try:
        for celdas in lector:
            yield linea, celdas
            linea = lector.line_num + 1
    except csv.Error as error:
        # A quote left open would swallow the rows below it into one cell: refused, never guessed.
        raise ErrorDeUso(
            f"Las comillas del renglón {linea:,} no cierran bien; corríjalas y elija el archivo otra vez."
        ) from error
