"""Reads a workbook (XLSX, ODS), a CSV or a DBF into one shape, and refuses beforehand what would harm."""

import hashlib
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.base.letras import normaliza
from lerdo_desk.core.celdas import (
    MAXIMO_DE_ARCHIVO,
    MAXIMO_DE_RENGLONES,
    Fila,
    Formato,
    Hoja,
    Marca,
    Opciones,
    Tabla,
    Valor,
    letra,
)
from lerdo_desk.core.hojas_csv import es_texto, leer_csv
from lerdo_desk.core.hojas_dbf import es_dbf, leer_dbf
from lerdo_desk.core.hojas_ods import examinar_ods
from lerdo_desk.core.hojas_zip import (
    DANADO,
    Examen,
    Marcas,
    examinar_xlsx,
    parte,
    partes_de_xlsx,
    revisar_largos,
    revisar_zip,
)

_MEGA = 1024 * 1024
_TITULOS = 5  # rows of titles that may stand above the headings
_ENTEROS_EXACTOS = 10**15  # a workbook keeps 15 digits of a number
_NUMERO = re.compile(r"[\d.,$%/\s:+-]+")
_CIFRAS_PERDIDAS = Marca(
    True,
    "La celda guardó como número una clave de más de 15 cifras y perdió las últimas; escríbala como texto.",
)
_NO_SIRVE = "El archivo no es XLSX, ODS, CSV ni DBF; guárdelo como libro de Excel (.xlsx) y elíjalo otra vez."


class VariasHojas(ErrorDeUso):
    """The workbook has several visible sheets with data: ``hojas`` are their names, to choose one."""

    def __init__(self, hojas: tuple[str, ...]) -> None:
        """Say the names in the sentence, beside the field ``hoja``."""
        super().__init__(f"El libro trae varias hojas; elija una: {', '.join(hojas)}.", "hoja")
        self.hojas = hojas


def abrir(ruta: Path, opciones: Opciones | None = None) -> Hoja:
    """Read a file of the disk, as ``leer`` does; its size is checked before it is brought to memory.

    Raises ErrorDeUso, or ErrorDeEntorno when the disk does not let it be read.
    """
    try:
        if ruta.stat().st_size > MAXIMO_DE_ARCHIVO:
            raise _muy_grande(ruta.stat().st_size)
        contenido = ruta.read_bytes()
    except OSError as error:
        raise ErrorDeEntorno(
            "El archivo no se pudo leer; compruebe que existe y que no está abierto en otro programa.",
            str(error),
        ) from error
    return leer(contenido, ruta.name, opciones)


def leer(contenido: bytes, nombre: str, opciones: Opciones | None = None) -> Hoja:
    """Read a file by what it holds, whatever its name ends in.

    Integer-valued numbers come as int, others as Decimal of 15 digits, instants as their day, errors as None
    with a grave mark. Raises ErrorDeUso, one sentence; VariasHojas when a sheet must be chosen.
    """
    elegidas = opciones or Opciones()
    formato = _formato(contenido)
    if formato in ("XLSX", "ODS"):
        tabla = _leer_libro(contenido, formato, elegidas)
    else:
        tabla = (leer_dbf if formato == "DBF" else leer_csv)(contenido, nombre, elegidas)
    return _hoja(tabla, formato, hashlib.sha256(contenido).hexdigest())


def _muy_grande(largo: int) -> ErrorDeUso:
    mide, maximo = -(-largo // _MEGA), MAXIMO_DE_ARCHIVO // _MEGA
    return ErrorDeUso(f"El archivo mide {mide:,} MB y el máximo es {maximo} MB; divídalo en varios.")


def _formato(contenido: bytes) -> Formato:
    """Tell the format by the content; raises ErrorDeUso for any other, with what to do about it."""
    if len(contenido) > MAXIMO_DE_ARCHIVO:
        raise _muy_grande(len(contenido))
    if not contenido.strip():
        raise ErrorDeUso("El archivo está vacío; elija otro.")
    if contenido.startswith(b"\xd0\xcf\x11\xe0"):
        raise ErrorDeUso(
            "El archivo es de Excel anterior a 2007 o tiene contraseña; ábralo, guárdelo como .xlsx "
            "sin contraseña y elíjalo otra vez."
        )
    if contenido.startswith(b"PK"):
        return _formato_de_zip(contenido)
    if es_dbf(contenido):
        return "DBF"
    if contenido.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise ErrorDeUso(
            "El archivo es una página web con otro nombre; ábralo en su hoja de cálculo, guárdelo como .xlsx "
            "y elíjalo otra vez."
        )
    if contenido.startswith((b"%PDF", b"{\\rtf")) or not es_texto(contenido):
        raise ErrorDeUso(_NO_SIRVE)
    return "CSV"


def _formato_de_zip(contenido: bytes) -> Formato:
    nombres = set(revisar_zip(contenido).namelist())
    if "xl/workbook.xml" in nombres:
        return "XLSX"
    if {"content.xml", "mimetype"} <= nombres:
        return "ODS"
    raise ErrorDeUso(_NO_SIRVE)


# --- workbooks -------------------------------------------------------------------------------------------


def _leer_libro(contenido: bytes, formato: Formato, opciones: Opciones) -> Tabla:
    with zipfile.ZipFile(io.BytesIO(contenido)) as empaque:
        examenes = _examinar(empaque, formato)
    try:
        libro = CalamineWorkbook.from_filelike(io.BytesIO(contenido))
        with libro:
            nombre, avisos = _elegir(libro.sheets_metadata, examenes, opciones.hoja)
            hoja = libro.get_sheet_by_name(nombre)
    except (CalamineError, OSError, ValueError) as error:
        raise ErrorDeUso(DANADO) from error
    marcas = examenes[nombre].marcas

    def abrir() -> Iterator[Fila]:
        return _filas_de_libro(hoja, marcas)

    ultimo, _ = hoja.end or (-1, 0)
    return Tabla(nombre, ultimo + 1, abrir, avisos)


def _examinar(empaque: zipfile.ZipFile, formato: Formato) -> Mapping[str, Examen]:
    if formato == "ODS":
        xml = parte(empaque, "content.xml")
        if b"table:table" not in xml:
            raise ErrorDeUso(_NO_SIRVE)
        return examinar_ods(xml)
    revisar_largos(parte(empaque, "xl/sharedStrings.xml"))
    return {
        nombre: examinar_xlsx(parte(empaque, lugar))
        for nombre, lugar in partes_de_xlsx(empaque).items()
        if lugar.startswith("xl/worksheets/")
    }


def _elegir(
    hojas: Sequence[SheetMetadata], examenes: Mapping[str, Examen], pedida: str | None
) -> tuple[str, tuple[str, ...]]:
    """Give the name of the sheet to read and what must be said of those that are not read."""
    de_datos = [h for h in hojas if h.typ is SheetTypeEnum.WorkSheet and h.name in examenes]
    visibles = [
        h.name for h in de_datos if h.visible is SheetVisibleEnum.Visible and not examenes[h.name].vacia
    ]
    ocultas = [h.name for h in de_datos if h.visible is not SheetVisibleEnum.Visible]
    if not visibles:
        cola = f"; las hojas ocultas no se leen: {', '.join(ocultas)}" if ocultas else "; elija otro"
        raise ErrorDeUso(f"El libro no trae renglones en ninguna hoja visible{cola}.")
    if pedida is not None and pedida not in visibles:
        raise ErrorDeUso(f"La hoja «{pedida}» no está a la vista en el libro; elija otra.", "hoja")
    if pedida is None and len(visibles) > 1:
        raise VariasHojas(tuple(visibles))
    avisos = (f"Las hojas ocultas no se leyeron: {', '.join(ocultas)}.",) if ocultas else ()
    return pedida or visibles[0], avisos


def _filas_de_libro(hoja: CalamineSheet, marcas: Marcas) -> Iterator[Fila]:
    # calamine gives the rows from the very first one, and their cells from the first column that is written.
    _, izquierda = hoja.start or (0, 0)
    por_renglon: defaultdict[int, dict[int, Marca]] = defaultdict(dict)
    for (renglon, columna), marca in marcas.items():
        por_renglon[renglon][columna] = marca
    for n, celdas in enumerate(hoja.iter_rows()):
        propias = por_renglon.get(n, {})
        valores: list[Valor] = [None] * izquierda
        for columna, cruda in enumerate(celdas, izquierda):
            valor = _valor(cruda)
            if isinstance(valor, int) and abs(valor) >= _ENTEROS_EXACTOS:
                propias = {**propias, columna: _CIFRAS_PERDIDAS}
            if columna in propias and propias[columna].grave:
                valor = None
            valores.append(valor)
        yield Fila(n + 1, tuple(valores), propias)


def _valor(cruda: object) -> Valor:
    """Give a cell of the reader as a value of the house; a number keeps its 15 digits."""
    if isinstance(cruda, datetime):
        return cruda.date()
    if isinstance(cruda, (bool, int, date)):
        return cruda
    if isinstance(cruda, float):
        return int(cruda) if cruda.is_integer() else Decimal(format(cruda, ".15g"))
    if isinstance(cruda, (time, timedelta)):
        return str(cruda)
    return str(cruda) or None


# --- headings --------------------------------------------------------------------------------------------


def _hoja(tabla: Tabla, formato: Formato, digest: str) -> Hoja:
    titulos, renglon, avisos = tabla.encabezados, 0, tabla.avisos
    if titulos is None:
        fila = _renglon_de_encabezados(tabla)
        titulos, renglon = _titulos(fila), fila.n
        if renglon > 1:
            avisos = (*avisos, f"Los encabezados se leyeron del renglón {renglon}.")
    _revisar_encabezados(titulos)
    sin_nombre = [letra(n) for n, titulo in enumerate(titulos) if not titulo]
    if sin_nombre:
        avisos = (*avisos, f"Las columnas sin encabezado no se leen: {', '.join(sin_nombre)}.")
    # The rows of a workbook are counted from its top; those of a CSV, from its headings.
    total = tabla.total - (min(renglon, 1) if formato == "CSV" else renglon)
    if total > MAXIMO_DE_RENGLONES:
        raise ErrorDeUso(
            f"El archivo trae {total:,} renglones y el máximo es {MAXIMO_DE_RENGLONES:,}; divídalo en varios."
        )

    def abrir_datos() -> Iterator[Fila]:
        return _datos(tabla, renglon, len(titulos))

    hoja = Hoja(tabla.nombre, titulos, formato, digest, total, avisos, abrir_datos)
    if next(hoja.filas, None) is None:
        raise ErrorDeUso("El archivo trae encabezados pero ningún renglón debajo; elija otro.")
    return hoja


def _renglon_de_encabezados(tabla: Tabla) -> Fila:
    """Give the first row with more than one cell filled among the first ones, else the first with any."""
    primera: Fila | None = None
    vistas = 0
    for fila in tabla.abrir():
        llenas = sum(v is not None for v in fila.valores)
        if llenas > 1:
            return fila
        if llenas:
            primera, vistas = primera or fila, vistas + 1
        if vistas > _TITULOS:
            break
    if primera is None:
        raise ErrorDeUso("El archivo no trae renglones; elija otro.")
    return primera


def _titulos(fila: Fila) -> tuple[str, ...]:
    titulos = ["" if v is None else " ".join(str(v).split()) for v in fila.valores]
    while titulos and not titulos[-1]:
        titulos.pop()
    for columna, titulo in enumerate(titulos):
        marca = fila.marcas.get(columna)
        no_es = isinstance(fila.valores[columna], (int, Decimal, date)) or _NUMERO.fullmatch(titulo)
        if (titulo and no_es) or (marca is not None and marca.grave):
            raise ErrorDeUso(
                f"El renglón {fila.n} debe traer los nombres de las columnas y en la columna "
                f"{letra(columna)} dice «{titulo}»; escriba ahí un encabezado y elija el archivo otra vez."
            )
    return tuple(titulos)


def _revisar_encabezados(titulos: Sequence[str]) -> None:
    lugares: defaultdict[str, list[int]] = defaultdict(list)
    for columna, titulo in enumerate(titulos):
        lugares[normaliza(titulo) or titulo].append(columna)
    repetidos = [
        f"«{titulos[columnas[0]]}» en las columnas {' y '.join(map(letra, columnas))}"
        for titulo, columnas in lugares.items()
        if titulo and len(columnas) > 1
    ]
    if repetidos:
        raise ErrorDeUso(f"Hay encabezados repetidos: {'; '.join(repetidos)}. Deje cada nombre una sola vez.")


def _datos(tabla: Tabla, despues_de: int, ancho: int) -> Iterator[Fila]:
    """Give the rows below the headings that hold something, each at least as wide as the headings."""
    for fila in tabla.abrir():
        hay = fila.marcas or any(
            v is not None and (not isinstance(v, str) or v.strip()) for v in fila.valores
        )
        if fila.n <= despues_de or not hay:
            continue
        valores = fila.valores
        while len(valores) > ancho and valores[-1] is None:
            valores = valores[:-1]
        yield fila._replace(valores=valores + (None,) * (ancho - len(valores)))
