"""Finds the direcciones: every folder of ``lerdo_desk.modules`` with a door plate, and nothing to edit."""

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType

from sqlalchemy.orm import Session

from lerdo_desk.base.errores import ErrorDeEntorno
from lerdo_desk.hacienda.adeudos import Liquidador

# By name: calls go downhill, and the direcciones live above this room.
_CALLE = "lerdo_desk.modules"


@dataclass(frozen=True)
class Modulo:
    """The door plate of a dirección."""

    clave: str
    nombre: str
    icono: str
    orden: int
    liquidador: Liquidador | None = None
    ficha: Callable[[Session, int], tuple[tuple[str, str], ...]] | None = None


@dataclass(frozen=True)
class Siembra:
    """What the ``demo`` room of a dirección is told: its seed, how many accounts and which day it is."""

    semilla: int
    cuentas: int
    hoy: date


def modulos() -> tuple[Modulo, ...]:
    """Give every dirección in the sidebar's order; ErrorDeEntorno when there is none (a broken build)."""
    encontrados = tuple(
        puerta.MODULO
        for puerta in map(_importar, _nombres())
        if isinstance(getattr(puerta, "MODULO", None), Modulo)
    )
    if not encontrados:
        raise ErrorDeEntorno("El programa está incompleto: no trae ningún módulo. Instálelo de nuevo.")
    return tuple(sorted(encontrados, key=lambda m: (m.orden, m.clave)))


def habitaciones(nombre: str) -> tuple[ModuleType, ...]:
    """Import one room (``models``, ``service``, ``screens``, ``demo``…) of every dirección that has it."""
    return tuple(
        importlib.import_module(f"{modulo}.{nombre}")
        for modulo in _nombres()
        if importlib.util.find_spec(f"{modulo}.{nombre}") is not None
    )


def migraciones() -> tuple[Path, ...]:
    """List the folders of migrations that the direcciones bring."""
    carpetas = (
        Path(raiz) / modulo.rsplit(".", 1)[1] / "migrations"
        for modulo in _nombres()
        for raiz in _importar(_CALLE).__path__
    )
    return tuple(carpeta for carpeta in carpetas if carpeta.is_dir())


def liquidadores() -> dict[str, Liquidador]:
    """Give the liquidador of each dirección that charges, by its key."""
    return {m.clave: m.liquidador for m in modulos() if m.liquidador is not None}


def _nombres() -> tuple[str, ...]:
    return tuple(f"{_CALLE}.{m.name}" for m in pkgutil.iter_modules(_importar(_CALLE).__path__) if m.ispkg)


def _importar(nombre: str) -> ModuleType:
    return importlib.import_module(nombre)
