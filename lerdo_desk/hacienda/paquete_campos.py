"""Reads the cells of a pack: each reader gives a clean value or says why not, and a Revision keeps it all."""

import csv
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lerdo_desk.base.dinero import pesos, redondear
from lerdo_desk.base.entrada import texto as texto_limpio
from lerdo_desk.base.errores import ErrorDeUso

Lector = Callable[[object], Any]
"""Takes what TOML or CSV gave and returns the clean value; raises ErrorDeUso with the reason."""

_NUMERO = re.compile(r"\d{1,12}(\.\d{1,6})?", re.ASCII)
_DIA = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ANIOS = (1990, 2199)


@dataclass(frozen=True, slots=True)
class Problema:
    """One thing wrong in a pack: the file, the row (``renglón 4``, ``[[tarifa]] 2`` or empty), the reason."""

    archivo: str
    fila: str
    motivo: str

    def __str__(self) -> str:
        return f"{self.archivo}{', ' if self.fila else ''}{self.fila}: {self.motivo}"


class PaqueteInvalido(ErrorDeUso):
    """A pack was refused whole; ``problemas`` holds every reason."""

    def __init__(self, problemas: tuple[Problema, ...]) -> None:
        otros = f" Hay {len(problemas) - 1} más." if len(problemas) > 1 else ""
        super().__init__(f"El paquete del municipio no se aceptó. {problemas[0]}{otros}")
        self.problemas = problemas


class Revision:
    """Opens the files of one pack folder and keeps every problem found in them."""

    def __init__(self, carpeta: Path) -> None:
        self.carpeta = carpeta
        self.problemas: list[Problema] = []

    def anotar(self, archivo: str, fila: str, motivo: str) -> None:
        """Keep one problem."""
        self.problemas.append(Problema(archivo, fila, motivo))

    def toml(self, archivo: str) -> dict[str, Any]:
        """Give a TOML file with exact decimals; empty, with a problem noted, if it cannot be read."""
        contenido = self._contenido(archivo)
        try:
            return tomllib.loads(contenido, parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            self.anotar(archivo, "", f"no está bien escrito como TOML ({error})")
            return {}

    def csv(self, archivo: str, columnas: Sequence[str]) -> list[tuple[str, dict[str, Any]]]:
        """Give the rows of a CSV file, each with its place; none, with a problem noted, if unreadable."""
        try:
            lineas = list(csv.reader(self._contenido(archivo).splitlines(), strict=True))
        except csv.Error as error:
            self.anotar(archivo, "", f"no está bien escrito como CSV ({error})")
            return []
        titulos = list(columnas)
        if not lineas or lineas[0] != titulos:
            if lineas:
                self.anotar(archivo, "renglón 1", f"las columnas deben ser: {', '.join(titulos)}")
            return []
        filas = []
        for n, celdas in enumerate(lineas[1:], start=2):
            if len(celdas) == len(titulos):
                filas.append((f"renglón {n}", dict(zip(titulos, celdas, strict=True))))
            else:
                self.anotar(archivo, f"renglón {n}", f"tiene {len(celdas)} celdas y deben ser {len(titulos)}")
        return filas

    def tablas(self, archivo: str, datos: Mapping[str, Any], nombre: str) -> list[tuple[str, Any]]:
        """Give the tables ``[[nombre]]`` of a TOML file already read, each with its place."""
        tablas = datos.get(nombre, [])
        if not isinstance(tablas, list):
            self.anotar(archivo, nombre, f"debe escribirse como lista de tablas, [[{nombre}]]")
            return []
        return [(f"[[{nombre}]] {n}", tabla) for n, tabla in enumerate(tablas, start=1)]

    def leer(
        self,
        lugar: tuple[str, str],
        fila: object,
        lectores: Mapping[str, Lector],
        opcionales: Mapping[str, Lector] | None = None,
    ) -> dict[str, Any] | None:
        """Give the clean values of one row, or None with its problems noted; optional ones may be absent."""
        if not isinstance(fila, Mapping):
            self.anotar(*lugar, "debe ser una tabla de columnas y valores")
            return None
        todos = {**lectores, **(opcionales or {})}
        antes = len(self.problemas)
        for columna in lectores.keys() - fila.keys():
            self.anotar(*lugar, f"falta «{columna}»")
        valores = {}
        for columna, crudo in fila.items():
            if columna not in todos:
                self.anotar(*lugar, f"«{columna}» no es una columna conocida")
                continue
            try:
                valores[columna] = todos[columna](crudo)
            except ErrorDeUso as error:
                self.anotar(*lugar, f"«{columna}»: {error}")
        return valores if len(self.problemas) == antes else None

    def _contenido(self, archivo: str) -> str:
        """Give the text of a file; empty, with a problem noted, if it is missing or not UTF-8."""
        try:
            return (self.carpeta / archivo).read_text(encoding="utf-8-sig")  # Excel writes the mark
        except FileNotFoundError:
            self.anotar(archivo, "", "falta el archivo")
        except (OSError, UnicodeDecodeError):
            self.anotar(archivo, "", "no se pudo leer; debe ser un archivo de texto en UTF-8")
        return ""


def texto(v: object) -> str:
    """Read one line of clean text, not empty."""
    if not isinstance(v, str) or not v.strip():
        raise ErrorDeUso("debe ser un texto")
    return texto_limpio(v, largo=400)


def codigo(patron: str, forma: str) -> Lector:
    """Make the reader of a code that matches ``patron`` whole; ``forma`` describes it in Spanish."""
    regla = re.compile(patron, re.ASCII)

    def leer(v: object) -> str:
        if not isinstance(v, str) or not regla.fullmatch(v):
            raise ErrorDeUso(f"debe ser {forma}, no {_citar(v)}")
        return v

    return leer


def opcion(*valores: str) -> Lector:
    """Make the reader of a word out of a closed list."""

    def leer(v: object) -> str:
        if not isinstance(v, str) or v not in valores:
            raise ErrorDeUso(f"debe ser {' o '.join(filter(None, valores))}, no {_citar(v)}")
        return v

    return leer


def lista(lector: Lector, minimo: int = 0) -> Lector:
    """Make the reader of a list of at least ``minimo`` items, read by ``lector``; gives a tuple."""

    def leer(v: object) -> tuple[Any, ...]:
        if not isinstance(v, list):
            raise ErrorDeUso(f"debe ser una lista, no {_citar(v)}")
        if len(v) < minimo:
            raise ErrorDeUso("la lista no puede estar vacía")
        return tuple(lector(x) for x in v)

    return leer


def entero(minimo: int, maximo: int) -> Lector:
    """Make the reader of a whole number from ``minimo`` to ``maximo``."""

    def leer(v: object) -> int:
        if isinstance(v, bool) or not isinstance(v, int) or not minimo <= v <= maximo:
            raise ErrorDeUso(f"debe ser un número entero de {minimo} a {maximo}, no {_citar(v)}")
        return v

    return leer


def booleano(v: object) -> bool:
    """Read true or false."""
    if not isinstance(v, bool):
        raise ErrorDeUso(f"debe ser true o false, no {_citar(v)}")
    return v


def numero(v: object) -> Decimal:
    """Read a number from zero up with at most six decimals, keeping the decimals that were written."""
    escrito = v if isinstance(v, str) else str(v)
    if isinstance(v, bool) or not isinstance(v, (int, Decimal, str)):
        raise ErrorDeUso(f"debe ser un número, no {_citar(v)}")
    if escrito.startswith("-"):
        raise ErrorDeUso(f"no puede ser negativo: {_citar(v)}")
    if not _NUMERO.fullmatch(escrito):
        raise ErrorDeUso(f"debe ser un número con cifras y hasta seis decimales, no {_citar(v)}")
    return Decimal(escrito)


def importe(v: object) -> Decimal:
    """Read pesos from zero up with at most two decimals."""
    leido = numero(v)
    if leido != redondear(leido):
        raise ErrorDeUso(f"son pesos con dos decimales, no {_citar(v)}")
    return pesos(leido)


def dia(v: object) -> date:
    """Read a day, written 2026-03-31."""
    try:
        leido = date.fromisoformat(v) if isinstance(v, str) and _DIA.fullmatch(v) else v
    except ValueError:
        leido = None
    if not isinstance(leido, date) or isinstance(leido, datetime):
        raise ErrorDeUso(f"debe ser una fecha como 2026-03-31, no {_citar(v)}")
    if not _ANIOS[0] <= leido.year <= _ANIOS[1]:
        raise ErrorDeUso(f"el año debe estar entre {_ANIOS[0]} y {_ANIOS[1]}: {_citar(v)}")
    return leido


_CUENTA = codigo(r"\d{10,18}", "una cuenta de 10 a 17 cifras o una CLABE de 18")
_LARGO_CLABE = 18


def cuenta_de_banco(v: object) -> str:
    """Read the digits of a bank account, 10 to 17, or an 18-digit CLABE with its check digit.

    Banco de México: weights 3, 7 and 1 in turn, each product modulo 10; the sum completes to a ten.
    """
    numero: str = _CUENTA(v)
    pesados = (int(cifra) * peso % 10 for cifra, peso in zip(numero, cycle((3, 7, 1)), strict=False))
    if len(numero) == _LARGO_CLABE and sum(pesados) % 10:
        raise ErrorDeUso(f"la CLABE {_citar(v)} no es válida; revise sus cifras")
    return numero


def zona_horaria(v: object) -> str:
    """Read an IANA time zone that this machine knows."""
    nombre = texto(v)
    try:
        ZoneInfo(nombre)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ErrorDeUso(f"no es una zona horaria conocida: {_citar(v)}") from error
    return nombre


ejercicio = entero(*_ANIOS)


def _citar(v: object) -> str:
    """Quote a value in a message, cut short."""
    return f"«{str(v)[:40]}»"
