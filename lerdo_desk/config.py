"""The station's settings: one TOML file read into a named tuple; it never holds a password.

``platformdirs`` and ``tomllib`` are asked for by name, by who needs them: the first window waits for neither
where no file has to be looked for or read.
"""

import os
import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

from lerdo_desk.base import toml
from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso

APLICACION = "lerdo-desk"
DOCUMENTOS = ("recibo", "corte", "lista")
LETRAS = (100, 110, 125, 150)
"""Text sizes that a person may choose, in percent."""
MINUTOS_MAXIMOS = 240
Formato = Literal["media_carta", "80mm", "58mm"]
"""How a receipt comes out: half a letter, or a roll of that width."""

FORMATOS: tuple[Formato, ...] = get_args(Formato)
_CON_CLAVE = r"(?i)^[a-z0-9+]+://[^/@]*:[^/@]*@|[?&]password="


class Impresion(NamedTuple):
    """Where one kind of document goes, a printer of the system or a folder, and in which format."""

    destino: str = "carpeta"
    impresora: str | None = None
    carpeta: Path | None = None
    papel: str = "media carta"
    formato: Formato = "media_carta"


class Configuracion(NamedTuple):
    """What one station knows of itself: its database, its name, its caja and its printers."""

    url: str
    estacion: str = "estacion-1"
    caja: str | None = None
    tema: str = "claro"
    semilla_capacitacion: str | None = None
    impresion: Mapping[str, Impresion] = MappingProxyType({})
    archivo: Path | None = None
    bloqueo_minutos: int = 10
    """Minutes without keys or mouse after which the window locks itself."""
    letra: int = 100
    """Size of the text in percent."""

    def impresion_de(self, documento: str) -> Impresion:
        """Give where a document is printed; a kind that is not named goes to a folder of the user."""
        return self.impresion.get(documento) or Impresion(carpeta=carpeta_de_datos() / "impresos" / documento)


def carpeta_de_datos() -> Path:
    """Give the folder of this user's data (the training database, printed files)."""
    return _carpeta("user_data_dir")


def _carpeta(cual: str) -> Path:
    return Path(getattr(import_module("platformdirs"), cual)(APLICACION, appauthor=False))


def lugares() -> tuple[Path, ...]:
    """List where the station's file is looked for, first found wins."""
    elegido = os.environ.get("LERDO_DESK_CONFIG")
    if elegido:
        return (Path(elegido),)
    return (
        _carpeta("user_config_dir") / "estacion.toml",
        _carpeta("site_config_dir") / "estacion.toml",
    )


def revisar_url(url: str) -> str:
    """Refuse a database URL that carries a password or names another kind of database (ErrorDeUso)."""
    if re.search(_CON_CLAVE, url):
        raise ErrorDeUso(
            "La dirección de la base no debe llevar contraseña: quítela, se pide al entrar.", "url"
        )
    if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ErrorDeUso("La base debe empezar con sqlite:/// o postgresql://; corrija la dirección.", "url")
    return url


def leer(ruta: Path | None = None) -> Configuracion | None:
    """Read the station's file, or give None when there is none yet (first start).

    Raises ErrorDeUso when the file says something that cannot be, ErrorDeEntorno when it cannot be read.
    """
    encontrado = next((lugar for lugar in ((ruta,) if ruta else lugares()) if lugar.is_file()), None)
    if encontrado is None:
        return None
    try:
        datos = import_module("tomllib").loads(encontrado.read_text(encoding="utf-8"))
    except ValueError as error:  # not UTF-8, or not TOML
        raise ErrorDeUso(
            f"El archivo {encontrado.name} está mal escrito ({error}); corríjalo o bórrelo."
        ) from error
    except OSError as error:
        raise ErrorDeEntorno(f"No se pudo leer {encontrado}; revise sus permisos.", str(error)) from error
    return _interpretar(datos, encontrado)


def _interpretar(datos: Mapping[str, object], ruta: Path) -> Configuracion:
    base, estacion = _tabla(datos, "base"), _tabla(datos, "estacion")
    impresion = {
        clave: Impresion(
            destino=str(valor.get("destino", "carpeta")),
            impresora=_texto_o_nada(valor, "impresora"),
            carpeta=Path(str(valor["carpeta"])) if "carpeta" in valor else None,
            papel=str(valor.get("papel", "media carta")),
            formato=_formato(valor.get("formato", "media_carta"), clave),
        )
        for clave, valor in _tabla(datos, "impresion").items()
        if isinstance(valor, dict)
    }
    if "url" not in base:
        raise ErrorDeUso(f"El archivo {ruta.name} no dice cuál es la base: agregue url en la sección [base].")
    return Configuracion(
        url=revisar_url(str(base["url"])),
        estacion=str(estacion.get("id", "estacion-1")),
        caja=_texto_o_nada(estacion, "caja"),
        tema=str(estacion.get("tema", "claro")),
        semilla_capacitacion=_texto_o_nada(_tabla(datos, "capacitacion"), "semilla"),
        impresion=impresion,
        archivo=ruta,
        bloqueo_minutos=minutos_de_bloqueo(estacion.get("bloqueo_minutos", 10)),
        letra=_letra(estacion.get("letra", 100)),
    )


def minutos_de_bloqueo(valor: object) -> int:
    """Give the minutes of the idle lock; ErrorDeUso for none at all: a window is never left open for ever."""
    if isinstance(valor, bool) or not isinstance(valor, int) or not 1 <= valor <= MINUTOS_MAXIMOS:
        raise ErrorDeUso(
            f"Los minutos para bloquear la ventana van de 1 a {MINUTOS_MAXIMOS}; escriba otro número.",
            "bloqueo_minutos",
        )
    return valor


def _letra(valor: object) -> int:
    elegida = next((letra for letra in LETRAS if letra == valor and not isinstance(valor, bool)), None)
    if elegida is None:
        raise ErrorDeUso("El tamaño de la letra puede ser 100, 110, 125 o 150; corríjalo.", "letra")
    return elegida


def _formato(valor: object, documento: str) -> Formato:
    elegido = next((formato for formato in FORMATOS if formato == valor), None)
    if elegido is None:
        raise ErrorDeUso(
            f"El formato «{valor}» de [impresion.{documento}] no existe: escriba {_opciones()} en el archivo "
            "de la estación.",
            "formato",
        )
    return elegido


def _opciones() -> str:
    return f"{', '.join(FORMATOS[:-1])} o {FORMATOS[-1]}"


def _tabla(datos: Mapping[str, object], nombre: str) -> dict[str, object]:
    valor = datos.get(nombre, {})
    if not isinstance(valor, dict):
        raise ErrorDeUso(f"La sección [{nombre}] del archivo de la estación está mal escrita; corríjala.")
    return valor


def _texto_o_nada(datos: Mapping[str, object], clave: str) -> str | None:
    valor = datos.get(clave)
    return None if valor in (None, "") else str(valor)


def escribir(configuracion: Configuracion, ruta: Path | None = None) -> Path:
    """Write the station's file whole (temporary file, then rename) and give its path.

    What the file says besides, e.g. a key of a later version, is kept; its comments are lost.
    """
    destino = ruta or configuracion.archivo or lugares()[0]
    escrito = toml.escribir(_mezclar(_lo_que_habia(destino), _como_datos(configuracion)))
    try:
        destino.parent.mkdir(parents=True, exist_ok=True)
        temporal = destino.with_suffix(".nuevo")
        temporal.write_text(escrito, encoding="utf-8")
        temporal.replace(destino)
    except OSError as error:
        raise ErrorDeEntorno(
            f"No se pudo guardar {destino}; revise el espacio y los permisos.", str(error)
        ) from error
    return destino


def _lo_que_habia(destino: Path) -> dict[str, object]:
    """Give what the file says now; a file that cannot be read as TOML keeps nothing."""
    if not destino.is_file():
        return {}
    try:
        return dict(import_module("tomllib").loads(destino.read_text(encoding="utf-8")))
    except ValueError:
        return {}


def _como_datos(c: Configuracion) -> dict[str, dict[str, object]]:
    """Give the settings by section; None where a key must not be written."""
    return {
        "base": {"url": revisar_url(c.url)},
        "estacion": {
            "id": c.estacion,
            "tema": c.tema,
            "letra": c.letra,
            "bloqueo_minutos": c.bloqueo_minutos,
            "caja": c.caja or None,
        },
        "capacitacion": {"semilla": c.semilla_capacitacion or None},
        "impresion": {
            documento: {
                "destino": i.destino,
                "papel": i.papel,
                "formato": i.formato,
                "impresora": i.impresora or None,
                "carpeta": str(i.carpeta) if i.carpeta else None,
            }
            for documento, i in c.impresion.items()
        },
    }


def _mezclar(previo: Mapping[str, object], nuevo: Mapping[str, object]) -> dict[str, object]:
    """Lay new values over those of the file, table by table; None takes a key away."""
    junto = dict(previo)
    for clave, valor in nuevo.items():
        if isinstance(valor, Mapping):
            viejo = previo.get(clave)
            tabla = _mezclar(viejo if isinstance(viejo, Mapping) else {}, valor)
            junto[clave] = tabla or None
        else:
            junto[clave] = valor
    return {clave: valor for clave, valor in junto.items() if valor is not None}
