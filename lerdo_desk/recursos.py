"""Finds the files that ship with the program: the one function that knows where resources lie."""

from pathlib import Path

_EN_RUEDA = Path(__file__).parent / "_resources"
_EN_CLON = Path(__file__).parent.parent / "resources"


def ruta(*partes: str) -> Path:
    """Give the path of a shipped resource, e.g. ``ruta("icons", "home.svg")``.

    A built wheel carries the folder inside the package; a clone has it beside the package.
    """
    raiz = _EN_RUEDA if _EN_RUEDA.is_dir() else _EN_CLON
    return raiz.joinpath(*partes)
