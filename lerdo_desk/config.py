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
from typing import NamedTuple

from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso

APLICACION = "lerdo-desk"
DOCUMENTOS = ("recibo", "corte")
_CON_CLAVE = r"(?i)^[a-z0-9+]+://[^/@]*:[^/@]*@|[?&]password="


class Impresion(NamedTuple):
    """Where one kind of document goes: a printer of the system or a folder."""

    destino: str = "carpeta"
    impresora: str | None = None
    carpeta: Path | None = None
    papel: str = "media carta"


class Configuracion(NamedTuple):
    """What one station knows of itself: its database, its name, its caja and its printers."""

    url: str
    estacion: str = "estacion-1"
    caja: str | None = None
    tema: str = "claro"
    semilla_capacitacion: str | None = None
    impresion: Mapping[str, Impresion] = MappingProxyType({})
    archivo: Path | None = None

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
    )


def _tabla(datos: Mapping[str, object], nombre: str) -> dict[str, object]:
    valor = datos.get(nombre, {})
    if not isinstance(valor, dict):
        raise ErrorDeUso(f"La sección [{nombre}] del archivo de la estación está mal escrita; corríjala.")
    return valor


def _texto_o_nada(datos: Mapping[str, object], clave: str) -> str | None:
    valor = datos.get(clave)
    return None if valor in (None, "") else str(valor)


def escribir(configuracion: Configuracion, ruta: Path | None = None) -> Path:
    """Write the station's file whole (temporary file, then rename) and give its path."""
    destino = ruta or configuracion.archivo or lugares()[0]
    lineas = ["[base]", f"url = {_comillas(revisar_url(configuracion.url))}", "", "[estacion]"]
    lineas += [f"id = {_comillas(configuracion.estacion)}", f"tema = {_comillas(configuracion.tema)}"]
    if configuracion.caja:
        lineas.append(f"caja = {_comillas(configuracion.caja)}")
    if configuracion.semilla_capacitacion:
        lineas += ["", "[capacitacion]", f"semilla = {_comillas(configuracion.semilla_capacitacion)}"]
    for documento, impresion in configuracion.impresion.items():
        lineas += ["", f"[impresion.{_comillas(documento)}]", f"destino = {_comillas(impresion.destino)}"]
        lineas.append(f"papel = {_comillas(impresion.papel)}")
        if impresion.impresora:
            lineas.append(f"impresora = {_comillas(impresion.impresora)}")
        if impresion.carpeta:
            lineas.append(f"carpeta = {_comillas(str(impresion.carpeta))}")
    try:
        destino.parent.mkdir(parents=True, exist_ok=True)
        temporal = destino.with_suffix(".nuevo")
        temporal.write_text("\n".join(lineas) + "\n", encoding="utf-8")
        temporal.replace(destino)
    except OSError as error:
        raise ErrorDeEntorno(
            f"No se pudo guardar {destino}; revise el espacio y los permisos.", str(error)
        ) from error
    return destino


def _comillas(texto: str) -> str:
    escapado = texto.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escapado}"'
