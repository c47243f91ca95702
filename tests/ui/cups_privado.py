"""A CUPS of the tests' own: its files, its socket and its process live and die with one fixture."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEL_SISTEMA = Path("/usr/lib/cups")
SEGUNDOS = 20

# The printer: a folder. While it holds «sin-papel» the printer waits, saying so as a real one does.
IMPRESORA = """#!/bin/sh
carpeta=${DEVICE_URI#papelera:}
if [ $# -eq 0 ]; then echo 'file papelera "Unknown" "Papelera"'; exit 0; fi
avisado=
while [ -e "$carpeta/sin-papel" ]; do
    [ -n "$avisado" ] || echo 'STATE: +media-empty-error' >&2
    avisado=si
    sleep 0.1
done
[ -z "$avisado" ] || echo 'STATE: -media-empty-error' >&2
printf '%s' "$5" >"$carpeta/$1.opciones"
printf '%s' "$3" >"$carpeta/$1.titulo"
if [ $# -lt 6 ]; then cat >"$carpeta/$1.tmp"; else cat "$6" >"$carpeta/$1.tmp"; fi
mv "$carpeta/$1.tmp" "$carpeta/$1.pdf"
"""

ARCHIVOS = """ServerRoot {raiz}
ServerBin {raiz}/bin
CacheDir {raiz}/cache
StateDir {raiz}/estado
RequestRoot {raiz}/cola
TempDir {raiz}/cola/tmp
DocumentRoot {raiz}
Printcap
ErrorLog {raiz}/error.log
AccessLog {raiz}/acceso.log
PageLog {raiz}/paginas.log
SyncOnClose No
{quien}
"""

SERVICIO = """Listen {zocalo}
LogLevel warn
WebInterface No
Browsing No
DefaultAuthType None
<Location />
  Order allow,deny
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""


def camino() -> str:
    """Give the PATH in which an administrator finds CUPS's programs."""
    return f"{os.environ.get('PATH', '')}:/usr/sbin"


def cupsd() -> str | None:
    """Give the path of CUPS's server, or None where it is not installed."""
    return shutil.which("cupsd", path=camino())


class Cups:
    """A running server; its printers are folders, its clients find it through ``CUPS_SERVER``."""

    def __init__(self, raiz: Path) -> None:
        self.raiz = raiz
        self.zocalo = raiz / "z"

    def manda(self, *orden: str) -> str:
        """Run one of CUPS's administrative commands against this server."""
        entorno = {**os.environ, "CUPS_SERVER": str(self.zocalo), "LC_ALL": "C"}
        entorno["PATH"] = camino()
        hecho = subprocess.run(
            orden, env=entorno, capture_output=True, text=True, timeout=SEGUNDOS, check=False
        )
        assert hecho.returncode == 0, (orden, hecho.stderr, self._bitacora())
        return hecho.stdout

    def impresora(self, nombre: str) -> Path:
        """Install a printer and give the folder where its papers come out."""
        carpeta = self.raiz / nombre
        carpeta.mkdir()
        self.manda("lpadmin", "-p", nombre, "-E", "-v", f"papelera:{carpeta}")
        return carpeta

    def salidas(self, carpeta: Path, cuantas: int) -> list[Path]:
        """Wait until that many papers have come out and give them in order."""
        limite = time.monotonic() + SEGUNDOS
        while len(list(carpeta.glob("*.pdf"))) < cuantas:
            assert time.monotonic() < limite, self._bitacora()
            time.sleep(0.05)
        return sorted(carpeta.glob("*.pdf"), key=lambda papel: int(papel.stem))

    def espera(self, dicho: str, *orden: str) -> None:
        """Wait until a command says something."""
        limite = time.monotonic() + SEGUNDOS
        while dicho not in self.manda(*orden):
            assert time.monotonic() < limite, (dicho, self._bitacora())
            time.sleep(0.05)

    def _bitacora(self) -> str:
        errores = self.raiz / "error.log"
        return errores.read_text(encoding="utf-8", errors="replace") if errores.exists() else "(no log)"


@contextmanager
def servidor(raiz: Path) -> Iterator[Cups]:
    """Start a server whose files lie under ``raiz`` (short: a socket's path has 107 letters) and stop it."""
    cups = Cups(raiz)
    _preparar(raiz, cups.zocalo)
    orden = [cupsd() or "cupsd", "-f", "-c", str(raiz / "cupsd.conf"), "-s", str(raiz / "cups-files.conf")]
    proceso = subprocess.Popen(orden, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        limite = time.monotonic() + SEGUNDOS
        while not cups.zocalo.exists():
            assert proceso.poll() is None and time.monotonic() < limite, cups._bitacora()
            time.sleep(0.02)
        yield cups
    finally:
        proceso.terminate()
        proceso.wait(SEGUNDOS)


def _preparar(raiz: Path, zocalo: Path) -> None:
    for carpeta in ("bin/backend", "cache", "estado", "cola/tmp"):
        (raiz / carpeta).mkdir(parents=True)
    for carpeta in ("daemon", "filter"):
        (raiz / "bin" / carpeta).symlink_to(DEL_SISTEMA / carpeta)
    impresora = raiz / "bin" / "backend" / "papelera"
    impresora.write_text(IMPRESORA, encoding="utf-8")
    # Closed to all but its owner: CUPS runs it as itself, not as «lp», and it may write in our folder.
    impresora.chmod(0o700)
    # CUPS refuses to name root as its user; as anybody else it can only be that person.
    quien = "User lp\nGroup lp" if os.geteuid() == 0 else f"User {os.geteuid()}\nGroup {os.getegid()}"
    (raiz / "cups-files.conf").write_text(ARCHIVOS.format(raiz=raiz, quien=quien), encoding="utf-8")
    (raiz / "cupsd.conf").write_text(SERVICIO.format(zocalo=zocalo), encoding="utf-8")
