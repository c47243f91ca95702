"""Turns the cell of a file into the value of a field, or refuses it with the sentence that goes beside it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lerdo_desk.base import claves, entrada
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.letras import normaliza
from lerdo_desk.core.celdas import Valor

_HORA_CERO = re.compile(r"[ T]00:00(:00(\.0+)?)?$")
_SUPERFICIE = re.compile(
    r"(\d{1,3}(,\d{3})*|\d{1,9})(\.\d{1,4})?\s*(m2|m²|mts2|mts²)?", re.ASCII | re.IGNORECASE
)
_PORCENTAJE = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s*(%?)", re.ASCII)


@dataclass(frozen=True)
class Contexto:
    """What a reader may know besides the cell: the day of the review."""

    hoy: date


Lector = Callable[[Valor, Contexto], object]
"""Gives the value of a cell that holds something; raises ErrorDeUso. An empty cell never reaches it."""


def texto(largo: int = 200) -> Lector:
    """Read a line of text; a number stays as it was written, a date is what Excel made of a text."""

    def leer(valor: Valor, _: Contexto) -> str:
        return entrada.texto(_escrito(valor), largo)

    return leer


def cifras(cuantas: int) -> Lector:
    """Read a key of this many digits, such as a postal code; a number gets back the zeros it lost."""

    def leer(valor: Valor, _: Contexto) -> str:
        escrito = entrada.identificador(_con_ceros(valor, cuantas))
        if len(escrito) != cuantas or not escrito.isdigit():
            raise ErrorDeUso(f"El dato debe tener {cuantas} cifras, sin letras; escríbalo completo.")
        return escrito

    return leer


def clave_catastral(grupos: tuple[int, ...]) -> Lector:
    """Read a key in groups of digits, as ``base.claves.clave_agrupada``; a number gets back its zeros."""

    def leer(valor: Valor, _: Contexto) -> str:
        return claves.clave_agrupada(_con_ceros(valor, sum(grupos)), grupos)

    return leer


def pesos(valor: Valor, _: Contexto) -> Decimal:
    """Read pesos of two decimals, from 0: a number, or text such as $1,234.50."""
    if valor is None or isinstance(valor, (bool, date)):
        raise ErrorDeUso("La celda no es una cantidad; escríbala con números, por ejemplo 1,234.50.")
    return entrada.dinero(valor)


def pesos_positivos(valor: Valor, contexto: Contexto) -> Decimal:
    """Read pesos of two decimals, more than 0."""
    importe = pesos(valor, contexto)
    if not importe:
        raise ErrorDeUso("La cantidad debe ser mayor que cero; escríbala o quite el renglón.")
    return importe


def fecha(valor: Valor, contexto: Contexto) -> date:
    """Read a day: a date of the workbook, dd/mm/aaaa or aaaa-mm-dd, midnight after it or not."""
    if isinstance(valor, str):
        return entrada.fecha(_HORA_CERO.sub("", valor.strip()), contexto.hoy)
    if isinstance(valor, date):
        return entrada.fecha(valor, contexto.hoy)
    raise ErrorDeUso("La celda no es una fecha; escríbala como día/mes/año, por ejemplo 22/11/2026.")


def entero(minimo: int = 0, maximo: int = 2_147_483_647) -> Lector:
    """Read a whole number from ``minimo`` to ``maximo``, both included."""

    def leer(valor: Valor, _: Contexto) -> int:
        if isinstance(valor, Decimal) and valor == valor.to_integral_value():
            valor = int(valor)
        if isinstance(valor, bool) or not isinstance(valor, (str, int)):
            raise ErrorDeUso("El número no se entiende; escríbalo sólo con cifras, por ejemplo 25.")
        return entrada.entero(valor, None, minimo, maximo)

    return leer


def ejercicio(primero: int = 1980) -> Lector:
    """Read a fiscal year of four figures, from ``primero`` to the year after today's."""

    def leer(valor: Valor, contexto: Contexto) -> int:
        ultimo = contexto.hoy.year + 1
        anio = entero(0, 999_999)(valor, contexto)
        if not isinstance(anio, int) or not primero <= anio <= ultimo:
            raise ErrorDeUso(
                f"El ejercicio debe estar entre {primero} y {ultimo}; escríbalo con cuatro cifras."
            )
        return anio

    return leer


def rfc(valor: Valor, _: Contexto) -> str:
    """Read an RFC, as ``base.claves.rfc``."""
    return claves.rfc(_escrito(valor))


def curp(valor: Valor, _: Contexto) -> str:
    """Read a CURP, as ``base.claves.curp``."""
    return claves.curp(_escrito(valor))


def porcentaje(valor: Valor, _: Contexto) -> Decimal:
    """Read hundredths, from 0 to 100: 12.5 and 12.5 % are twelve and a half.

    A plain number between 0 and 1 is refused: a workbook keeps 50 % as 0.5, and half of one per cent as 0.5
    too, and nobody can tell which was meant.
    """
    hallado = _PORCENTAJE.fullmatch(_escrito(valor).strip())
    if hallado is None or Decimal(hallado[1]) > 100:
        raise ErrorDeUso("El porcentaje no se entiende; escriba un número de 0 a 100, por ejemplo 12.5 %.")
    numero = Decimal(hallado[1])
    if 0 < numero < 1 and not hallado[2]:
        raise ErrorDeUso(
            f"No se sabe si {numero} es una fracción o menos de uno por ciento; escríbalo como texto, con %."
        )
    return numero


def superficie(valor: Valor, _: Contexto) -> Decimal:
    """Read square metres with up to four decimals (a cm² is the least), from 0: 1,234.50 or 120 m2."""
    escrito = _escrito(valor).strip()
    hallada = _SUPERFICIE.fullmatch(escrito)
    if hallada is None:
        raise ErrorDeUso("La superficie no se entiende; escriba los metros cuadrados, por ejemplo 1,234.50.")
    return Decimal(hallada[1].replace(",", "") + (hallada[3] or ""))


def opcion(opciones: Mapping[str, str]) -> Lector:
    """Read one of a list: ``opciones`` gives the value by the name a person writes, accents or not."""
    por_nombre = {normaliza(nombre): valor for nombre, valor in opciones.items()}

    def leer(valor: Valor, _: Contexto) -> str:
        hallada = por_nombre.get(normaliza(_escrito(valor)))
        if hallada is None:
            raise ErrorDeUso(f"El dato no está en la lista; escriba uno de estos: {', '.join(opciones)}.")
        return hallada

    return leer


def _escrito(valor: Valor) -> str:
    """Give what was written as text; a date or a truth value is refused, for it was something else."""
    if isinstance(valor, str):
        return valor
    if isinstance(valor, (int, Decimal)) and not isinstance(valor, bool):
        return format(valor, "f") if isinstance(valor, Decimal) else str(valor)
    raise ErrorDeUso("La hoja de cálculo cambió el texto por una fecha; escríbalo de nuevo como texto.")


def _con_ceros(valor: Valor, largo: int) -> str:
    entera = isinstance(valor, int) and not isinstance(valor, bool) and valor >= 0
    return str(valor).zfill(largo) if entera else _escrito(valor)
