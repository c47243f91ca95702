"""Examines a station: one line for each thing it needs, with the remedy where it is missing."""

import ctypes.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import text

from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.core import instalacion, llavero, registry
from lerdo_desk.db import migrador, motor
from lerdo_desk.recursos import ruta

_BIBLIOTECAS = {
    "EGL": "libegl1",
    "GL": "libgl1",
    "xkbcommon": "libxkbcommon0",
    "dbus-1": "libdbus-1-3",
    "fontconfig": "libfontconfig1",
}
_TOLERANCIA = 120  # seconds between this station's clock and the database's
_PACIENCIA = 20


@dataclass(frozen=True)
class Revision:
    """One thing that was examined: what, whether it is well, and the detail or the remedy."""

    que: str
    bien: bool
    detalle: str


def revisar(url: str | None) -> Iterator[Revision]:
    """Examine display, Qt, printers, keyring, fonts, database, schema and clock, in this order."""
    yield _pantalla()
    yield _qt()
    yield _impresoras()
    yield _llavero()
    yield _letras()
    yield from _base(url)


def _pantalla() -> Revision:
    hay = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")) or not sys.platform.startswith(
        "linux"
    )
    remedio = "no hay escritorio gráfico aquí; use «lerdo-desk demo --sin-ventana» o entre con sesión gráfica"
    return Revision("pantalla", hay, os.environ.get("DISPLAY", "disponible") if hay else remedio)


def _qt() -> Revision:
    faltan = [paquete for nombre, paquete in _BIBLIOTECAS.items() if ctypes.util.find_library(nombre) is None]
    if faltan and sys.platform.startswith("linux"):
        return Revision("bibliotecas de Qt", False, f"instale: sudo apt-get install {' '.join(faltan)}")
    orden = [sys.executable, "-c", "import PySide6.QtWidgets, PySide6; print(PySide6.__version__)"]
    hecho = subprocess.run(orden, capture_output=True, text=True, timeout=_PACIENCIA, check=False)  # noqa: S603
    if hecho.returncode:
        return Revision("bibliotecas de Qt", False, "Qt no carga; corra «sh installer/bootstrap.sh»")
    return Revision("bibliotecas de Qt", True, f"Qt {hecho.stdout.strip()}")


def _impresoras() -> Revision:
    programa = shutil.which("lpstat")
    if programa is None:
        return Revision("impresoras", True, "sin CUPS: los documentos se guardan en carpeta")
    hecho = subprocess.run(  # noqa: S603
        [programa, "-e"], capture_output=True, text=True, timeout=_PACIENCIA, check=False
    )
    nombres = hecho.stdout.split()
    return Revision("impresoras", True, ", ".join(nombres) or "ninguna instalada: se guarda en carpeta")


def _llavero() -> Revision:
    nombre = llavero.nombre()
    if nombre in ("fail", "null"):
        return Revision("llavero", True, "no hay: este equipo no recordará el usuario; se escribe cada vez")
    return Revision("llavero", True, nombre)


def _letras() -> Revision:
    faltan = [f for f in ("inter", "source-sans-3") if not any(ruta("fonts", f).glob("*.ttf"))]
    if faltan:
        return Revision("letras", False, f"faltan {', '.join(faltan)}; instale de nuevo el programa")
    return Revision("letras", True, "Inter y Source Sans 3")


def _base(url: str | None) -> Iterator[Revision]:
    if url is None:
        yield Revision(
            "base de datos", True, "sin configurar: el programa ofrecerá conectarse, practicar o instalar"
        )
        return
    abierta = motor.abrir(
        url, instalacion.INSTALADOR if motor.es_sqlite(url) else "lerdo_desk", estacion="doctor"
    )
    try:
        with motor.sesion(abierta, escribe=False) as sesion:
            migrador.comprobar(sesion.connection(), registry.migraciones())
            revisiones = ", ".join(migrador.revisiones_de_la_base(sesion.connection()))
            ahora = int(sesion.scalar(text("SELECT ahora()")) or 0)
        yield Revision("base de datos", True, "responde")
        yield Revision("versión de la base", True, revisiones)
        yield _reloj(ahora)
    except ErrorDeUso as error:
        # A server that asks who it is has answered; what it holds is shown after login.
        contesta = "contraseña" in str(error)
        detalle = (
            "el servidor responde; entre al programa para revisar su versión" if contesta else str(error)
        )
        yield Revision("base de datos", contesta, detalle)
    except ErrorDeEntorno as error:
        yield Revision("base de datos", False, str(error))
    finally:
        abierta.dispose()


def _reloj(ahora: int) -> Revision:
    diferencia = abs(time.time_ns() // 1000 - ahora) // 1_000_000
    if diferencia > _TOLERANCIA:
        return Revision("reloj", False, f"difiere {diferencia} s del de la base; active la hora automática")
    return Revision("reloj", True, f"coincide con el de la base ({diferencia} s)")
