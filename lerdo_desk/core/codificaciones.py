"""Guesses in which of the encodings of old Mexican systems a text was written, and checks a chosen one."""

from lerdo_desk.base.errores import ErrorDeUso

NOMBRES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows (1252)",
    "cp850": "MS-DOS (850)",
    "cp437": "MS-DOS (437)",
}
"""The encodings that a person may choose, with the name that is shown."""

_ESPERADAS = "áéíóúüñÁÉÍÓÚÜÑ¿¡ºª°"


def comprobar(codificacion: str) -> str:
    """Give back a chosen encoding; ErrorDeUso when it is not one of ``NOMBRES``."""
    if codificacion not in NOMBRES:
        raise ErrorDeUso("Esa codificación no se reconoce; elija una de la lista.", "codificacion")
    return codificacion


def mejor_de(crudo: bytes) -> str:
    """Give cp1252 or cp850: the one in which more of the bytes above 127 are letters of Spanish.

    A tie gives cp1252. The two overlap in few bytes (0xE9 is é in one and Ú in the other), so that some
    accented words tell them apart.
    """
    altos = bytes(b for b in crudo if b > 127)
    puntos = {
        nombre: sum(altos.count(letra.encode(nombre)) for letra in _ESPERADAS if _cabe(letra, nombre))
        for nombre in ("cp1252", "cp850")
    }
    return max(puntos, key=lambda nombre: puntos[nombre])


def _cabe(letra: str, codificacion: str) -> bool:
    return letra.encode(codificacion, "ignore") != b""
