"""The two packs of the tests, and how to spoil a copy of one and read what is said of it."""

import shutil
from pathlib import Path

import pytest

from lerdo_desk.hacienda.paquete import PaqueteInvalido, leer
from lerdo_desk.recursos import ruta

VALLE_QUIETO = Path(__file__).parent / "municipios" / "valle_quieto"
LERDO = ruta("municipios", "lerdo")


def copia(carpeta: Path) -> Path:
    """Copy the invented municipality into a folder."""
    return Path(shutil.copytree(VALLE_QUIETO, carpeta / "valle_quieto"))


def cambiar(carpeta: Path, archivo: str, antes: str, despues: str) -> None:
    """Change a text of one file, once; it must be there."""
    destino = carpeta / archivo
    contenido = destino.read_text(encoding="utf-8")
    assert antes in contenido
    destino.write_text(contenido.replace(antes, despues, 1), encoding="utf-8")


def problemas(carpeta: Path) -> tuple:
    """Give everything that is wrong with a pack; it must be refused."""
    with pytest.raises(PaqueteInvalido) as refusal:
        leer(carpeta)
    return refusal.value.problemas
