"""How a dated value of the law is read by a person: pesos, a percentage, UMA, days, yes or no.

Pure: the figure and what goes with it come in, words go out.
"""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal

from lerdo_desk.base.dinero import formato

_MIL = 1000


def valor_en_palabras(clave: str, numero: int, escala: int, alcance: str, datos: str) -> str:
    """Write the value ``numero / 10**escala`` of a clave as its law says it; plain where the clave is new.

    ``datos`` is the row's JSON. Rates are fractions (0.02 is two per cent) and tariffs «al millar».
    """
    valor = Decimal(numero).scaleb(-escala)
    leidos = json.loads(datos or "{}")
    detalles: Mapping[str, object] = leidos if isinstance(leidos, dict) else {}
    escribir = _ESCRIBEN.get(clave, _simple)
    return escribir(valor, alcance, detalles)


def clave_en_palabras(clave: str) -> str:
    """Name a clave in the words that the house has for it, else from its letters: ``Recargo mensual``."""
    return _NOMBRES.get(clave, clave.replace("_", " ").capitalize())


def _cifra(valor: Decimal) -> str:
    """Write a number without idle zeros: ``15``, ``1.47``."""
    return f"{valor.normalize():,f}"


def _simple(valor: Decimal, _alcance: str, _datos: Mapping[str, object]) -> str:
    return _cifra(valor)


def _pesos(valor: Decimal, _alcance: str, _datos: Mapping[str, object]) -> str:
    return formato(valor)


def _porciento(valor: Decimal) -> str:
    return f"{_cifra(valor.scaleb(2))} %"


def _tasa(valor: Decimal, _alcance: str, _datos: Mapping[str, object]) -> str:
    return _porciento(valor)


def _mensual(valor: Decimal, _alcance: str, datos: Mapping[str, object]) -> str:
    tope = f", hasta {datos['tope_meses']} meses" if "tope_meses" in datos else ""
    return f"{_porciento(valor)} al mes{tope}"


def _tarifa(valor: Decimal, alcance: str, datos: Mapping[str, object]) -> str:
    """Write a tariff: of predial by its scheme, of an order by its type (``alcance``)."""
    if datos.get("esquema") == "MILLAR":
        minimo = _minimo(datos)
        return f"{_cifra(valor * _MIL)} al millar{minimo}"
    if alcance == "LIBRE":
        return "Importe libre, con firma"
    figura = {"FIJO": formato, "UMA": lambda v: f"{_cifra(v)} UMA", "PORCENTAJE": _porciento}
    escrito = figura.get(alcance, _cifra)(valor)
    unidad = str(datos.get("unidad", "")).strip()
    return f"{escrito} por {unidad}" if unidad else escrito


def _minimo(datos: Mapping[str, object]) -> str:
    if "minimo_uma" in datos:
        return f", mínimo {datos['minimo_uma']} UMA"
    if "minimo_pesos" in datos:
        return f", mínimo {formato(Decimal(str(datos['minimo_pesos'])))}"
    return ""


def _caracteres(valor: Decimal, _alcance: str, _datos: Mapping[str, object]) -> str:
    return f"{_cifra(valor)} caracteres"


def _dias(valor: Decimal, _alcance: str, _datos: Mapping[str, object]) -> str:
    return f"{_cifra(valor)} día{'' if valor == 1 else 's'}"


def _si_o_no(valor: Decimal, _alcance: str, _datos: Mapping[str, object]) -> str:
    return "Sí" if valor else "No"


def _perfiles(_valor: Decimal, _alcance: str, datos: Mapping[str, object]) -> str:
    perfiles = datos.get("perfiles")
    dichos = ", ".join(str(p) for p in perfiles) if isinstance(perfiles, list) else ""
    return dichos.capitalize() or "Ningún perfil"


_NOMBRES: Mapping[str, str] = {
    "uma": "UMA",
    "inpc": "INPC",
    "frase_minima": "Largo de la contraseña",
    "recordar_contrasena": "Recordar la contraseña",
    "saltar_adeudo": "Saltar un adeudo",
    "indemnizacion_cheque": "Cheque devuelto",
    "vigencia_dias": "Vigencia de una orden",
}
_ESCRIBEN: Mapping[str, Callable[[Decimal, str, Mapping[str, object]], str]] = {
    "uma": _pesos,
    "tarifa": _tarifa,
    "recargo_mensual": _mensual,
    "descuento": _tasa,
    "indemnizacion_cheque": _tasa,
    "vigencia_dias": _dias,
    "frase_minima": _caracteres,
    "saltar_adeudo": _si_o_no,
    "recordar_contrasena": _perfiles,
}
