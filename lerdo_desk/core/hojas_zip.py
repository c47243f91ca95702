"""Looks into zipped workbooks before anything reads them: size, ratio, area, long cells, formulas, errors.

The reader of workbooks (calamine) reserves the whole rectangle between the first and the last cell, and gives
formulas and error cells as plain or empty values: both are found here, in the XML, before it is called.
"""

import io
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.celdas import MAXIMO_DE_CELDA, Marca, marca_de_error, numero_de_columna

MAXIMO_DESEMPACADO = 300 * 1024 * 1024
MAXIMO_DE_RAZON = 100
MAXIMO_DE_PARTES = 2_000
MAXIMO_DE_AREA = 10_000_000
"""Cells of the rectangle that holds everything written in a sheet."""

_RAZON_DESDE = 1024 * 1024  # below this a high ratio is only a small, repetitive part
_TROZO = 1024 * 1024

DANADO = (
    "El archivo está dañado o incompleto; ábralo en su hoja de cálculo, guárdelo de nuevo y elíjalo otra vez."
)

FORMULA = Marca(False, "La celda trae una fórmula; se leyó su último resultado guardado.")
SIN_RESULTADO = Marca(
    True, "La celda trae una fórmula sin resultado guardado; escriba el valor en lugar de la fórmula."
)

Marcas = Mapping[tuple[int, int], Marca]
"""Marks by row and column, both from 0."""


@dataclass(frozen=True)
class Examen:
    """What was found in one sheet of a workbook; ``vacia`` says that no cell is written."""

    vacia: bool
    marcas: Marcas


def revisar_zip(contenido: bytes) -> zipfile.ZipFile:
    """Open a zip after checking its directory and that each part is as long as the directory says.

    Raises ErrorDeUso when it is damaged, protected, or would unpack to more than is allowed.
    """
    try:
        empaque = zipfile.ZipFile(io.BytesIO(contenido))
        partes = empaque.infolist()
        _revisar_directorio(partes, len(contenido))
        for parte in partes:
            _medir(contenido, parte)
    except (zipfile.BadZipFile, struct.error, zlib.error, NotImplementedError, ValueError) as error:
        raise ErrorDeUso(DANADO) from error
    return empaque


def _revisar_directorio(partes: list[zipfile.ZipInfo], largo: int) -> None:
    if len(partes) > MAXIMO_DE_PARTES or len({p.filename for p in partes}) != len(partes):
        raise ErrorDeUso(DANADO)
    if any(p.flag_bits & 1 for p in partes):
        raise ErrorDeUso(
            "El archivo está protegido con contraseña; guárdelo sin contraseña y elíjalo otra vez."
        )
    if any(p.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for p in partes):
        raise ErrorDeUso(DANADO)
    total = sum(p.file_size for p in partes)
    if total > MAXIMO_DESEMPACADO or (total > _RAZON_DESDE and total > MAXIMO_DE_RAZON * largo):
        raise ErrorDeUso(
            f"El archivo se haría demasiado grande al abrirlo ({total // (1024 * 1024):,} MB); "
            "no se abrió: guárdelo de nuevo sólo con los renglones que va a importar."
        )


def _medir(contenido: bytes, parte: zipfile.ZipInfo) -> None:
    """Refuse a part that unpacks to another size than its directory says, without keeping what it unpacks."""
    inicio = parte.header_offset
    if contenido[inicio : inicio + 4] != b"PK\x03\x04":
        raise zipfile.BadZipFile("no local header")
    nombre, extra = struct.unpack("<HH", contenido[inicio + 26 : inicio + 30])
    desde = inicio + 30 + nombre + extra
    datos = memoryview(contenido)[desde : desde + parte.compress_size]
    guardada = parte.compress_type == zipfile.ZIP_STORED
    largo = len(datos) if guardada else sum(_largos(datos, parte.file_size))
    if largo != parte.file_size:
        raise zipfile.BadZipFile("another size than declared")


def _largos(datos: memoryview, tope: int) -> Iterator[int]:
    motor = zlib.decompressobj(-15)
    pendiente: bytes | memoryview = datos
    visto = 0
    while not motor.eof and visto <= tope:
        trozo = motor.decompress(pendiente, _TROZO)
        pendiente = motor.unconsumed_tail
        if not trozo and not pendiente:
            break
        visto += len(trozo)
        yield len(trozo)


def parte(empaque: zipfile.ZipFile, nombre: str) -> bytes:
    """Give one part of the zip as XML in UTF-8; empty if it is not there. Raises ErrorDeUso when damaged."""
    try:
        xml = empaque.read(nombre)
    except KeyError:
        return b""
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        raise ErrorDeUso(DANADO) from error
    # UTF-16 and entities would hide from the patterns below what the reader of workbooks does see.
    if b"\x00" in xml[:200] or b"<!DOCTYPE" in xml[:2000] or b"<!ENTITY" in xml[:2000]:
        raise ErrorDeUso(DANADO)
    return xml


def elementos(xml: bytes, *nombres: str) -> list[tuple[str, dict[str, str]]]:
    """Give the elements of these local names, in order, with their attributes by local name."""
    hallados: list[tuple[str, dict[str, str]]] = []

    def abre(nombre: str, atributos: dict[str, str]) -> None:
        local = nombre.rsplit(" ", 1)[-1]
        if local in nombres:
            hallados.append((local, {k.rsplit(" ", 1)[-1]: v for k, v in atributos.items()}))

    lector = expat.ParserCreate("utf-8", namespace_separator=" ")
    lector.StartElementHandler = abre
    try:
        lector.Parse(xml, True)
    except expat.ExpatError as error:
        raise ErrorDeUso(DANADO) from error
    return hallados


# --- XLSX ------------------------------------------------------------------------------------------------

_REF = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_REF_OCULTA = re.compile(rb"<(?:\w+:)?c\s[^<>]*\br\s*=\s*[\"'][^\"'<>]*&")
_FIN_DE_HOJA = re.compile(rb"</(?:\w+:)?worksheet\s*>\s*\Z")
_FIN_DE_CELDA = re.compile(rb"<(?:\w+:)?c\s[^<>]*/>|</(?:\w+:)?(?:si|c)>")
_CON_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s(?P<a>[^<>]*)>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v[^<>]*>(?P<v>[^<]*)<)?"
)
_CON_ERROR = re.compile(
    rb"<(?:\w+:)?c\s(?P<a>[^<>]*\bt\s*=\s*[\"']e[\"'][^<>]*)>.*?<(?:\w+:)?v>(?P<v>[^<]*)<", re.S
)
_ATRIBUTO_R = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]+)(\d+)[\"']")
_TEXTO_CALCULADO = re.compile(rb"\bt\s*=\s*[\"']str[\"']")


def partes_de_xlsx(empaque: zipfile.ZipFile) -> dict[str, str]:
    """Give the part of each sheet of an XLSX by the name of the sheet. Raises ErrorDeUso when damaged."""
    destinos = {
        a.get("Id", ""): a.get("Target", "")
        for _, a in elementos(parte(empaque, "xl/_rels/workbook.xml.rels"), "Relationship")
    }
    hojas: dict[str, str] = {}
    for _, a in elementos(parte(empaque, "xl/workbook.xml"), "sheet"):
        destino = destinos.get(a.get("id", ""), "")
        hojas[a.get("name", "")] = posixpath.normpath(posixpath.join("/xl", destino)).lstrip("/")
    return hojas


def examinar_xlsx(xml: bytes) -> Examen:
    """Look for what a sheet of an XLSX may not hold, and for its formulas and errors.

    Raises ErrorDeUso for an area or a cell that would not fit in memory.
    """
    # Each pattern below costs as much as reading the sheet, so a plain look for its bytes goes first.
    if (b"&#" in xml and _REF_OCULTA.search(xml)) or not _FIN_DE_HOJA.search(xml[-200:]):
        raise ErrorDeUso(DANADO)
    revisar_largos(xml)
    letras: set[bytes] = set()
    renglones: set[bytes] = set()
    for hallada in _REF.finditer(xml):
        letras.add(hallada[1])
        renglones.add(hallada[2])
    ultimo = max(map(int, renglones), default=0)
    ancho = max((numero_de_columna(x.decode()) + 1 for x in letras), default=0)
    revisar_area(ultimo, ancho)
    return Examen(_FIN_DE_CELDA.search(xml) is None, _marcas_de_xlsx(xml))


def revisar_largos(xml: bytes) -> None:
    """Refuse a part where a cell, or a shared text, takes more than a megabyte."""
    fin = 0
    while len(xml) - fin > MAXIMO_DE_CELDA:
        # The last end of a cell within a megabyte of the one before; only where there is none is it too long.
        siguiente = max(xml.rfind(cierre, fin, fin + MAXIMO_DE_CELDA) for cierre in (b"</c>", b"</si>"))
        if siguiente <= fin:
            hallada = _FIN_DE_CELDA.search(xml, fin + 1)
            if hallada is None:
                return
            if hallada.start() - fin > MAXIMO_DE_CELDA:
                raise celda_enorme()
            siguiente = hallada.end()
        fin = siguiente


def celda_enorme() -> ErrorDeUso:
    """Give the refusal of a cell of more than a megabyte."""
    return ErrorDeUso(
        "Una celda del archivo trae más de 1 MB de texto; bórrela o acórtela y elíjalo otra vez."
    )


def revisar_area(renglones: int, columnas: int) -> None:
    """Refuse a sheet whose cells lie so far apart that the rectangle between them would fill the memory."""
    if renglones * columnas > MAXIMO_DE_AREA:
        raise ErrorDeUso(
            f"La hoja llega hasta el renglón {renglones:,} y la columna {columnas:,}; borre las "
            "celdas sueltas lejos de sus datos, o divida el archivo, y elíjalo otra vez."
        )


def _marcas_de_xlsx(xml: bytes) -> Marcas:
    marcas: dict[tuple[int, int], Marca] = {}
    for hallada in _CON_FORMULA.finditer(xml) if b"<f" in xml or b":f" in xml else ():
        guardado = bool(hallada["v"]) or (hallada["v"] is not None and _TEXTO_CALCULADO.search(hallada["a"]))
        _anotar(marcas, hallada["a"], FORMULA if guardado else SIN_RESULTADO)
    for hallada in _CON_ERROR.finditer(xml) if b'"e"' in xml or b"'e'" in xml else ():
        _anotar(marcas, hallada["a"], marca_de_error(hallada["v"].decode("utf-8", "replace")))
    return marcas


def _anotar(marcas: dict[tuple[int, int], Marca], atributos: bytes, marca: Marca) -> None:
    lugar = _ATRIBUTO_R.search(atributos)
    if lugar is None:
        # Without its place a formula cannot be marked, and an unmarked one would pass for a typed value.
        raise ErrorDeUso(DANADO)
    marcas[int(lugar[2]) - 1, numero_de_columna(lugar[1].decode())] = marca
