"""What every format of file is read into: rows of cells with what must be known about some of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Valor = str | Decimal | int | date | bool | None
Formato = Literal["XLSX", "ODS", "CSV", "DBF"]

MAXIMO_DE_ARCHIVO = 30 * 1024 * 1024
"""Bytes of a file as it lies on disk."""
MAXIMO_DE_CELDA = 1024 * 1024
"""Bytes of one cell."""
MAXIMO_DE_RENGLONES = 200_000


class Marca(NamedTuple):
    """What must be known of one cell; ``grave`` means that its value cannot be used."""

    grave: bool
    frase: str


class Fila(NamedTuple):
    """One row: its number as the person sees it in the file, its values, and the marks by column from 0."""

    n: int
    valores: tuple[Valor, ...]
    marcas: Mapping[int, Marca] = {}


@dataclass(frozen=True)
class Tabla:
    """What a reader of one format gives; ``encabezados`` is None when they are still among the rows."""

    nombre: str
    total: int
    abrir: Callable[[], Iterator[Fila]]
    avisos: tuple[str, ...] = ()
    encabezados: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Opciones:
    """What the person chose when the file does not say it alone: sheet, encoding, separator."""

    hoja: str | None = None
    codificacion: str | None = None
    separador: str | None = None


@dataclass(frozen=True)
class Hoja:
    """A sheet ready to be reviewed; ``filas`` starts again each time it is asked for.

    ``total`` counts the rows of data, blank ones included; ``digest`` is the SHA-256 of the file, in hex.
    """

    nombre: str
    encabezados: tuple[str, ...]
    formato: Formato
    digest: str
    total: int
    avisos: tuple[str, ...]
    _abrir: Callable[[], Iterator[Fila]] = field(repr=False, compare=False)

    @property
    def filas(self) -> Iterator[Fila]:
        """Give the rows of data from the first one; rows without any value are left out."""
        return self._abrir()


def marca_de_error(escrito: str) -> Marca:
    """Give the mark of a cell that shows an error such as #N/A."""
    return Marca(True, f"La celda trae el error {escrito or '#N/A'}; escriba el valor correcto.")


def letra(columna: int) -> str:
    """Give the letters of a column counted from 0, as a spreadsheet shows them: 0 is A, 26 is AA."""
    letras = ""
    resto = columna + 1
    while resto:
        resto, cifra = divmod(resto - 1, 26)
        letras = chr(65 + cifra) + letras
    return letras


def numero_de_columna(letras: str) -> int:
    """Give the column, counted from 0, that a spreadsheet shows with these letters."""
    numero = 0
    for caracter in letras.upper():
        numero = numero * 26 + ord(caracter) - 64
    return numero - 1
