"""Sends a PDF where the station's settings say: a folder, or a printer of the system through ``lp``.

Slow and blocking: always called through ``Jobs.hacer``. It prints or raises; it never undoes anything.
"""

import errno
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from lerdo_desk.base.entrada import archivo
from lerdo_desk.base.errores import ErrorDeEntorno
from lerdo_desk.config import Impresion

SEGUNDOS = 15
VIGILA = 1.5
"""Seconds that a paper is watched after the printer took it, and how often it is asked."""

_CADA = 0.25
_ANCHO_DE_ROLLO = 81.0  # millimetres
_MM = 72 / 25.4
_APAGADA = ("disabled", "deshabilitada")
_ESTORBOS: Mapping[str, str] = MappingProxyType(
    {
        "media-empty": "no tiene papel; póngale papel y vuelva a imprimir.",
        "media-needed": "no tiene papel; póngale papel y vuelva a imprimir.",
        "media-jam": "tiene papel atorado; sáquelo y vuelva a imprimir.",
        "cover-open": "tiene la tapa abierta; ciérrela y vuelva a imprimir.",
        "door-open": "tiene la tapa abierta; ciérrela y vuelva a imprimir.",
        "offline": "está apagada o desconectada; enciéndala y vuelva a imprimir.",
    }
)
"""What keeps a printer from going on (printer-state-reasons, RFC 8011, 5.4.12) and what to say of it."""


def imprimir(impresion: Impresion, pdf: bytes, nombre: str) -> str:
    """Print a PDF and give in words where it went: a path, or the printer's name.

    Raises ErrorDeEntorno with a sentence for the cashier when the printer is missing, off, silent or out of
    paper, when the folder is full or forbidden, or when the settings name no place.
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
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return f"No hay espacio en la carpeta «{carpeta.name}»; libere espacio y vuelva a imprimir."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"No hay permiso para escribir en la carpeta «{carpeta.name}»; avise a Sistemas."
    return f"No se pudo guardar en la carpeta «{carpeta.name}»; revise que exista y vuelva a imprimir."


def impresoras() -> tuple[str, ...]:
    """List by name the printers that the system has; none where it has no printing or does not answer."""
    try:
        respuesta = _correr(["lpstat", "-e"], "")
    except ErrorDeEntorno:
        return ()
    return tuple(sorted(respuesta.stdout.split())) if respuesta.returncode == 0 else ()


def revisar(impresora: str) -> None:
    """Ask the system for a printer; ErrorDeEntorno when it does not exist, is off or waits for somebody."""
    estado, avisos, dicho = _estado(impresora)
    if any(palabra in estado for palabra in _APAGADA):
        raise ErrorDeEntorno(
            f"La impresora «{impresora}» está apagada o en pausa; enciéndala y vuelva a imprimir.", dicho
        )
    # CUPS keeps the alerts of the last job: on a printer that is not stuck with one they may be old.
    if "printing" in estado:
        _quejarse(impresora, avisos, dicho)


def _estado(impresora: str) -> tuple[str, tuple[str, ...], str]:
    """Give how a printer stands, in English, its alerts, and all that the system said of it."""
    respuesta = _correr(["lpstat", "-l", "-p", impresora], impresora)
    dicho = f"{respuesta.stdout}{respuesta.stderr}"
    if respuesta.returncode != 0:
        # A system of printing that is off calls every printer unknown.
        if "not running" in _correr(["lpstat", "-r"], impresora).stdout:
            raise ErrorDeEntorno("El sistema de impresión (CUPS) no responde; avise a Sistemas.", dicho)
        raise ErrorDeEntorno(
            f"No existe la impresora «{impresora}» en este equipo; pida a Sistemas que la instale.", dicho
        )
    primera, _, resto = dicho.partition("\n")
    alertas = re.search(r"^\s*Alerts: (.+)$", resto, re.MULTILINE)
    avisos = tuple(alertas[1].split()) if alertas else ()
    return primera.removeprefix(f"printer {impresora} ").lower(), avisos, dicho


def _quejarse(impresora: str, avisos: tuple[str, ...], dicho: str) -> None:
    for aviso in avisos:
        for motivo, frase in _ESTORBOS.items():
            if aviso.startswith(motivo) and not aviso.endswith("-warning"):
                raise ErrorDeEntorno(f"La impresora «{impresora}» {frase}", dicho)


def _a_impresora(impresion: Impresion, pdf: bytes, nombre: str) -> str:
    impresora = impresion.impresora or ""
    if not impresora or impresora.startswith("-"):
        raise ErrorDeEntorno("La estación no dice en qué impresora sale este documento; avise a Sistemas.")
    revisar(impresora)
    orden = ["lp", "-d", impresora, "-t", archivo(nombre), *_opciones(pdf), "--", "-"]
    respuesta = _correr(orden, impresora, pdf)
    if respuesta.returncode != 0:
        raise ErrorDeEntorno(
            f"La impresora «{impresora}» no aceptó el documento; revísela y vuelva a imprimir.",
            f"{respuesta.stdout}{respuesta.stderr}",
        )
    _vigilar(impresora, respuesta.stdout)
    return impresora


def _opciones(pdf: bytes) -> list[str]:
    """Ask for a sheet that fits; a roll is never scaled, or its codes would leave the dots of the head."""
    caja = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]", pdf)
    ancho, alto = (round(float(lado) / _MM) for lado in caja.groups()) if caja else (0, 0)
    if not 0 < ancho < _ANCHO_DE_ROLLO:
        return ["-o", "fit-to-page"]
    return ["-o", f"media=Custom.{ancho}x{alto}mm", "-o", "print-scaling=none"]


def _vigilar(impresora: str, aceptado: str) -> None:
    """Watch a paper that was taken for a moment; one that cannot come out is taken back and told."""
    trabajo = re.search(r"request id is (\S+)", aceptado)
    limite = time.monotonic() + VIGILA
    while trabajo is not None and time.monotonic() < limite:
        pendientes = _correr(["lpstat", "-o", impresora], impresora).stdout.splitlines()
        if not any(renglon.split()[:1] == [trabajo[1]] for renglon in pendientes):
            return
        try:
            revisar(impresora)
        except ErrorDeEntorno:
            _correr(["cancel", trabajo[1]], impresora)
            raise
        time.sleep(_CADA)


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
