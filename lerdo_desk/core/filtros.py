"""Conditions of a list: an operator and what was typed, checked and bound, as one expression of SQL."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_

from lerdo_desk.base import entrada
from lerdo_desk.base.calendario import micros
from lerdo_desk.base.dinero import pesos
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.letras import normaliza
from lerdo_desk.base.listas import DESDE, ENTRE, HASTA, IGUAL, LLENO, SIN_VALOR, VACIO, ColumnaDeLista, Valor

_MAXIMO = 10**15


@dataclass(frozen=True)
class Filtrable:
    """A column as its filter needs it; ``busqueda`` is a normalised column that holds its text too."""

    columna: ColumnaDeLista
    expresion: ColumnElement[Any]
    busqueda: ColumnElement[Any] | None = None


def condicion(f: Filtrable, operador: str, valor: Valor, hoy: date, zona: str) -> ColumnElement[bool]:
    """Give a condition as SQL with bound values.

    Raises ErrorDeUso for an operator that the column does not take or a value that cannot be read; its
    ``campo`` is the column's key.
    """
    columna = f.columna
    if not columna.filtrable or operador not in columna.operadores:
        raise ErrorDeUso(f"«{columna.titulo}» no se puede filtrar así; elija otra condición.", columna.clave)
    if operador in SIN_VALOR:
        return _sin_valor(f, operador)
    if columna.opciones:
        return f.expresion == _opcion(columna, valor)
    if columna.tipo == "texto":
        return _de_texto(f, operador, valor)
    desde, hasta = _limites(columna, operador, valor, hoy)
    if columna.tipo == "instante":
        return _de_instante(f.expresion, desde, hasta, zona)
    partes = [f.expresion >= desde] if desde is not None else []
    partes += [f.expresion <= hasta] if hasta is not None else []
    return and_(*partes)


def _sin_valor(f: Filtrable, operador: str) -> ColumnElement[bool]:
    """Tell rows without a value; an empty text is none either."""
    if f.columna.tipo != "texto":
        return f.expresion.is_(None) if operador == VACIO else f.expresion.is_not(None)
    if operador == LLENO:
        return and_(f.expresion.is_not(None), f.expresion != "")
    return or_(f.expresion.is_(None), f.expresion == "")


def _opcion(columna: ColumnaDeLista, valor: Valor) -> str:
    codigos = [codigo for codigo, _ in columna.opciones]
    if valor not in codigos:
        raise ErrorDeUso(f"Elija «{columna.titulo}» de la lista.", columna.clave)
    return str(valor)


def _de_texto(f: Filtrable, operador: str, valor: Valor) -> ColumnElement[bool]:
    """Compare without accents nor capitals; the search column goes first: it is cheap."""
    palabras = entrada.busqueda(valor) if isinstance(valor, str) else ()
    if not palabras:
        raise ErrorDeUso(f"Escriba qué buscar en «{f.columna.titulo}».", f.columna.clave)
    plano = func.normaliza(f.expresion)
    if operador == IGUAL:
        buscado = plano == normaliza(str(valor))
    elif operador == "empieza":
        buscado = plano.startswith(normaliza(str(valor)), autoescape=True)
    else:
        buscado = and_(*(plano.contains(p, autoescape=True) for p in palabras))
    if f.busqueda is None:
        return buscado
    return and_(*(f.busqueda.contains(p, autoescape=True) for p in palabras), buscado)


def _limites(columna: ColumnaDeLista, operador: str, valor: Valor, hoy: date) -> tuple[Any, Any]:
    """Read the least and the greatest value; None: no bound at that end."""
    dos = isinstance(valor, tuple)
    if dos is not (operador == ENTRE) or (isinstance(valor, tuple) and len(valor) != 2):
        raise ErrorDeUso(f"Escriba los valores de «{columna.titulo}».", columna.clave)
    crudos = valor if isinstance(valor, tuple) else (valor, valor)
    desde, hasta = (_LECTORES[columna.tipo](v, columna.clave, hoy) for v in crudos)
    if desde > hasta:
        raise ErrorDeUso(
            f"En «{columna.titulo}», el primer valor es mayor que el segundo; inviértalos.", columna.clave
        )
    return (None if operador == HASTA else desde), (None if operador == DESDE else hasta)


def _dinero(v: Any, clave: str, _hoy: date) -> Decimal:  # noqa: ANN401 — whatever was typed
    """Read pesos; a minus is taken, as differences have one."""
    if isinstance(v, str):
        limpio = v.strip().replace("−", "-")
        importe = entrada.dinero(limpio.removeprefix("-"), clave)
        return -importe if limpio.startswith("-") else importe
    if isinstance(v, Decimal | int) and not isinstance(v, bool):
        return pesos(v)
    raise _ilegible(clave)


def _entero(v: Any, clave: str, _hoy: date) -> int:  # noqa: ANN401
    if not isinstance(v, str | int) or isinstance(v, bool):
        raise _ilegible(clave)
    limpio = v.replace(",", "").replace("−", "-") if isinstance(v, str) else v
    return entrada.entero(limpio, clave, -_MAXIMO, _MAXIMO)


def _fecha(v: Any, clave: str, hoy: date) -> date:  # noqa: ANN401
    if not isinstance(v, str | date) or isinstance(v, datetime):
        raise _ilegible(clave)
    return entrada.fecha(v, hoy, clave)


def _ilegible(clave: str) -> ErrorDeUso:
    return ErrorDeUso("El valor del filtro no se entiende; escríbalo de nuevo.", clave)


_LECTORES: Mapping[str, Callable[[Any, str, date], Any]] = MappingProxyType(
    {"dinero": _dinero, "entero": _entero, "fecha": _fecha, "instante": _fecha}
)


def _de_instante(
    expresion: ColumnElement[Any], desde: date | None, hasta: date | None, zona: str
) -> ColumnElement[bool]:
    """Compare whole local days: from the first instant of one to the first after the other."""
    partes = [expresion >= _inicio(desde, zona)] if desde is not None else []
    partes += [expresion < _inicio(hasta + timedelta(days=1), zona)] if hasta is not None else []
    return and_(*partes)


def _inicio(dia: date, zona: str) -> int:
    return micros(datetime.combine(dia, time(), ZoneInfo(zona)))
