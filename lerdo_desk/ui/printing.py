"""Sends a PDF where the station's settings say: a folder, or a printer of the system through ``lp``.

Slow and blocking: always called through ``Jobs.hacer``. It prints or raises; it never undoes anything.
"""

import errno
import os
import subprocess
import tempfile
from pathlib import Path

from lerdo_desk.base.entrada import archivo
from lerdo_desk.base.errores import ErrorDeEntorno
from lerdo_desk.config import Impresion

SEGUNDOS = 15
_APAGADA = ("disabled", "not accepting", "deshabilitada", "no acepta")


def imprimir(impresion: Impresion, pdf: bytes, nombre: str) -> str:
    """Print a PDF and give in words where it went: a path, or the printer's name.

    Raises ErrorDeEntorno with a sentence for the cashier when the printer is missing, off or silent, when the
    folder is full or forbidden, or when the settings name no place.
    """
    if impresion.destino == "impresora":
        return _a_impresora(impresion, pdf, nombre)
    if impresion.carpeta is None:
        raise ErrorDeEntorno(
            "La estación no dice dónde guardar este documento; pida a Sistemas que lo configure."
        )
    return str(guardar(impresion.carpeta, pdf, nombre))


def guardar(carpeta: Path, pdf: bytes, nombre: str) -> Path:
    """Write a PDF whole or not at all (temporary file, rename) and give its path; the folder is made."""
    destino = carpeta / archivo(nombre)
    provisional: Path | None = None
    try:
        carpeta.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=carpeta, prefix=".", suffix=".tmp", delete=False) as salida:
            provisional = Path(salida.name)
            salida.write(pdf)
            salida.flush()
            os.fsync(salida.fileno())
        provisional.replace(destino)
    except OSError as error:
        if provisional is not None:
            provisional.unlink(missing_ok=True)
        raise ErrorDeEntorno(_frase_de_disco(carpeta, error), str(error)) from error
    return destino


def _frase_de_disco(carpeta: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"No hay espacio en la carpeta «{carpeta.name}»; libere espacio y vuelva a imprimir."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"No hay permiso para escribir en la carpeta «{carpeta.name}»; avise a Sistemas."
    return f"No se pudo guardar en la carpeta «{carpeta.name}»; revise que exista y vuelva a imprimir."


def revisar(impresora: str) -> None:
    """Ask the system for a printer; ErrorDeEntorno when it does not exist or is off."""
    respuesta = _correr(["lpstat", "-p", impresora], impresora)
    dicho = f"{respuesta.stdout}{respuesta.stderr}"
    if respuesta.returncode != 0:
        raise ErrorDeEntorno(
            f"No existe la impresora «{impresora}» en este equipo; pida a Sistemas que la instale.", dicho
        )
    if any(palabra in dicho.lower() for palabra in _APAGADA):
        raise ErrorDeEntorno(
            f"La impresora «{impresora}» está apagada o en pausa; enciéndala y vuelva a imprimir.", dicho
        )


def _a_impresora(impresion: Impresion, pdf: bytes, nombre: str) -> str:
    impresora = impresion.impresora or ""
    if not impresora or impresora.startswith("-"):
        raise ErrorDeEntorno("La estación no dice en qué impresora sale este documento; avise a Sistemas.")
    revisar(impresora)
    orden = ["lp", "-d", impresora, "-t", archivo(nombre), "-o", "fit-to-page", "--", "-"]
    respuesta = _correr(orden, impresora, pdf)
    if respuesta.returncode != 0:
        raise ErrorDeEntorno(
            f"La impresora «{impresora}» no aceptó el documento; revísela y vuelva a imprimir.",
            f"{respuesta.stdout}{respuesta.stderr}",
        )
    return impresora


def _correr(orden: list[str], impresora: str, entrada: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Run a printing command with a time limit, in English so that its answer can be read."""
    entorno = {**os.environ, "LC_ALL": "C"}
    try:
        crudo = subprocess.run(  # noqa: S603 — no shell; the name comes from the station's settings
            orden, input=entrada, capture_output=True, timeout=SEGUNDOS, env=entorno, check=False
        )
    except FileNotFoundError as error:
        raise ErrorDeEntorno(
            "Este equipo no tiene el sistema de impresión (CUPS); avise a Sistemas."
        ) from error
    except subprocess.TimeoutExpired as error:
        raise ErrorDeEntorno(
            f"La impresora «{impresora}» no respondió en {SEGUNDOS} segundos; revise que esté encendida.",
            str(error),
        ) from error
    return subprocess.CompletedProcess(
        crudo.args,
        crudo.returncode,
        crudo.stdout.decode(errors="replace"),
        crudo.stderr.decode(errors="replace"),
    )
