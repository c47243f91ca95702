"""Writes plain data as TOML, so that what another program keeps in a file is kept with what we write."""

import datetime as dt
import re
from collections.abc import Mapping

_SIMPLE = re.compile(r"[A-Za-z0-9_-]+")
_CONTROL = re.compile(r'[\x00-\x1f\x7f"\\]')
_SUELTAS = '"\\'


def escribir(datos: Mapping[str, object]) -> str:
    """Give the text of a TOML file; its comments, if it had any, are not in the data and so are lost.

    Raises TypeError for a value that TOML does not know.
    """
    return "\n".join(_tabla(datos, ())).strip("\n") + "\n"


def _tabla(datos: Mapping[str, object], camino: tuple[str, ...]) -> list[str]:
    """Write the values of a table, then the tables in it."""
    lineas = [
        f"{_clave(clave)} = {_valor(valor)}"
        for clave, valor in datos.items()
        if not isinstance(valor, Mapping)
    ]
    if camino and (lineas or not datos):
        lineas = ["", f"[{'.'.join(map(_clave, camino))}]", *lineas]
    for clave, valor in datos.items():
        if isinstance(valor, Mapping):
            lineas += _tabla(valor, (*camino, clave))
    return lineas


def _clave(clave: str) -> str:
    return clave if _SIMPLE.fullmatch(clave) else _comillas(clave)


def _valor(valor: object) -> str:
    if isinstance(valor, bool):
        return "true" if valor else "false"
    if isinstance(valor, str):
        return _comillas(valor)
    if isinstance(valor, (int, float)):
        return repr(valor)
    if isinstance(valor, (dt.date, dt.time)):
        return valor.isoformat()
    if isinstance(valor, (list, tuple)):
        return f"[{', '.join(map(_valor, valor))}]"
    if isinstance(valor, Mapping):
        return f"{{{', '.join(f'{_clave(k)} = {_valor(v)}' for k, v in valor.items())}}}"
    raise TypeError(f"TOML has no {type(valor).__name__}")


def _comillas(texto: str) -> str:
    return f'"{_CONTROL.sub(_escape, texto)}"'


def _escape(letra: re.Match[str]) -> str:
    suelta = letra.group()
    return f"\\{suelta}" if suelta in _SUELTAS else f"\\u{ord(suelta):04x}"
