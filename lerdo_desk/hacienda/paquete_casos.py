"""Reads the golden cases of a pack: worked examples for a lawyer's eye, checked by each módulo's rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import paquete_campos as campos
from lerdo_desk.hacienda.ley import CLASES, PAPELES, CargoVivo
from lerdo_desk.hacienda.paquete_campos import Lector, Revision

ARCHIVO = "casos.toml"


@dataclass(frozen=True, slots=True)
class Esperada:
    """A line that a golden case expects, in pesos, and words that its fundamento must hold."""

    papel: str
    clase: str
    importe: Decimal
    articulo: str


@dataclass(frozen=True, slots=True)
class Caso:
    """A golden case: facts and debts on a day, and the figures (pesos) and lines that must come of them."""

    nombre: str
    modulo: str
    fecha: date
    hechos: Mapping[str, str]
    adeudos: tuple[CargoVivo, ...]
    espera: Mapping[str, tuple[Decimal, ...]]
    lineas: tuple[Esperada, ...]


def leer_casos(revision: Revision, modulos: Sequence[str]) -> tuple[Caso, ...]:
    """Give the golden cases of the folder; what is wrong is noted in ``revision``.

    A case of a módulo outside ``modulos`` is a problem: nobody would ever run it.
    """
    datos = revision.toml(ARCHIVO)
    for desconocida in datos.keys() - {"caso"}:
        revision.anotar(ARCHIVO, desconocida, "no es una tabla conocida")
    lectores = {**_CASO, "modulo": campos.opcion(*modulos)}
    leidos = (
        revision.leer((ARCHIVO, fila), crudo, lectores, _OPCIONALES)
        for fila, crudo in revision.tablas(ARCHIVO, datos, "caso")
    )
    return tuple(Caso(**{"adeudos": (), **v}) for v in leidos if v is not None)


def _importe(v: object) -> Decimal:
    """Read pesos, below zero for a discount."""
    if isinstance(v, (int, Decimal)) and v < 0:
        return -campos.importe(-v)
    return campos.importe(v)


def _importes(v: object) -> tuple[Decimal, ...]:
    return tuple(_importe(x) for x in v) if isinstance(v, list) else (_importe(v),)


def _hecho(v: object) -> str:
    return campos.texto(v) if isinstance(v, str) else str(campos.numero(v))


def _tabla_de(lector: Lector) -> Lector:
    """Make the reader of an inline table whose values ``lector`` reads."""

    def leer(v: object) -> dict[str, Any]:
        if not isinstance(v, dict):
            raise ErrorDeUso("debe ser una tabla { … }")
        return {k: lector(x) for k, x in v.items()}

    return leer


def _fila_de(lectores: Mapping[str, Lector]) -> Lector:
    """Make the reader of an inline table with exactly these columns."""

    def leer(v: object) -> dict[str, Any]:
        if not isinstance(v, dict) or v.keys() != lectores.keys():
            raise ErrorDeUso(f"cada una lleva {', '.join(lectores)}")
        return {k: lectores[k](x) for k, x in v.items()}

    return leer


_ADEUDOS = campos.lista(
    _fila_de({"ejercicio": campos.ejercicio, "importe": _importe, "vence": campos.dia}),
)
_LINEAS = campos.lista(
    _fila_de(
        {
            "papel": campos.opcion(*PAPELES),
            "clase": campos.opcion(*CLASES),
            "importe": _importe,
            "articulo": campos.texto,
        }
    )
)


def _adeudos(v: object) -> tuple[CargoVivo, ...]:
    return tuple(
        CargoVivo(id=n, periodo=0, papel="IMPUESTO", **a) for n, a in enumerate(_ADEUDOS(v), start=1)
    )


def _lineas(v: object) -> tuple[Esperada, ...]:
    return tuple(Esperada(**linea) for linea in _LINEAS(v))


_CASO: Mapping[str, Lector] = {
    "nombre": campos.texto,
    "fecha": campos.dia,
    "hechos": _tabla_de(_hecho),
    "espera": _tabla_de(_importes),
    "lineas": _lineas,
}
_OPCIONALES: Mapping[str, Lector] = {"adeudos": _adeudos}
