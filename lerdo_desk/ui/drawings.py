"""Reads the shipped SVG drawings and writes the few that the style sheet needs as files."""

from functools import cache
from pathlib import Path
from zlib import crc32

from PySide6.QtCore import QStandardPaths

from lerdo_desk.recursos import ruta
from lerdo_desk.ui import tokens

#: marks that only the style sheet draws (inside check boxes and combo boxes), in the icons' own 24 x 24 box
_MARCAS = {"marca": "M5 12l5 5l10 -10", "media": "M6 12h12", "abajo": "M6 9l6 6l6 -6", "punto": "M12 12h.01"}
_MARCO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24" fill="none" '
    'stroke="currentColor" stroke-width="{trazo}" stroke-linecap="round" stroke-linejoin="round">'
    '<path d="{camino}"/></svg>'
)


@cache
def svg(nombre: str, trazo: float = tokens.TRAZO) -> str:
    """Read one drawing with a stroke (units of its 24 x 24 box); FileNotFoundError when it does not ship.

    Its lines keep ``currentColor``, to be replaced by whoever draws it.
    """
    texto = ruta("icons", f"{nombre}.svg").read_text(encoding="utf-8")
    return texto.replace('stroke-width="2"', f'stroke-width="{trazo}"')


def archivo_marca(nombre: str, color: str, trazo: float) -> Path | None:
    """Write a mark in one colour to the user's cache and give its path (QSS only takes files).

    None when the cache cannot be written: the style sheet then goes without that picture.
    """
    contenido = _MARCO.format(trazo=trazo, camino=_MARCAS[nombre]).replace("currentColor", color)
    huella = f"{crc32(contenido.encode()):08x}"
    raiz = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericCacheLocation))
    destino = raiz / "lerdo-desk" / "qss" / f"{nombre}-{huella}.svg"
    try:
        if not destino.is_file():
            destino.parent.mkdir(parents=True, exist_ok=True)
            provisional = destino.with_suffix(".tmp")
            provisional.write_text(contenido, encoding="utf-8")
            provisional.replace(destino)
    except OSError:
        return None
    return destino
