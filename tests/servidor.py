"""A private PostgreSQL for one test process: unix socket only, dropped at the end; works as root."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg


def binarios() -> Path | None:
    """Find the server's programs: the newest version that Debian installed, or those of PATH."""
    instalados = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if instalados:
        return instalados[-1].parent
    encontrado = shutil.which("initdb")
    return Path(encontrado).parent if encontrado else None


class Servidor:
    """A running cluster whose superuser is ``postgres``, by SCRAM for everyone else."""

    def __init__(self, programas: Path) -> None:
        self.programas = programas
        self.carpeta = Path(tempfile.mkdtemp(prefix="pg-"))
        self.usuario = self._sin_privilegios()
        self.puerto = 5432
        self._iniciar()

    def _sin_privilegios(self) -> str | None:
        if os.geteuid() != 0:
            return None
        cuenta = next(u for u in ("postgres", "nobody") if _existe(u))
        datos = pwd.getpwnam(cuenta)
        os.chown(self.carpeta, datos.pw_uid, datos.pw_gid)
        return cuenta

    def _orden(self, *palabras: str) -> None:
        entorno = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
        subprocess.run(
            [str(self.programas / palabras[0]), *palabras[1:]],
            check=True,
            user=self.usuario,
            cwd=self.carpeta,
            env=entorno | {"LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=120,
        )

    def _iniciar(self) -> None:
        self._orden(
            "initdb", "-D", str(self.datos), "-U", "postgres", "-E", "UTF8", "--auth-local=trust", "--no-sync"
        )
        (self.datos / "pg_hba.conf").write_text("local all postgres trust\nlocal all all scram-sha-256\n")
        (self.datos / "postgresql.auto.conf").write_text(
            f"listen_addresses = ''\nunix_socket_directories = '{self.carpeta}'\nfsync = off\n"
            "synchronous_commit = off\nfull_page_writes = off\nmax_connections = 100\nshared_buffers = 64MB\n"
        )
        self.prender()

    @property
    def datos(self) -> Path:
        return self.carpeta / "datos"

    def prender(self) -> None:
        self._orden("pg_ctl", "-D", str(self.datos), "-w", "-l", str(self.carpeta / "registro"), "start")

    def apagar(self, modo: str = "immediate") -> None:
        self._orden("pg_ctl", "-D", str(self.datos), "-w", "-m", modo, "stop")

    def url(self, base: str) -> str:
        return f"postgresql:///{base}?host={self.carpeta}"

    def copiar_base(self, nombre: str, modelo: str) -> None:
        """Copy a database; autovacuum, or a connection still closing, may hold the model for a moment."""
        with psycopg.connect(self.url("postgres"), user="postgres", autocommit=True) as conexion:
            for intento in range(40):
                try:
                    conexion.execute(f"CREATE DATABASE {nombre} TEMPLATE {modelo}")
                    break
                except psycopg.errors.ObjectInUse:
                    if intento == 39:
                        raise
                    time.sleep(0.25)

    def terminar(self) -> None:
        if (self.datos / "postmaster.pid").exists():
            self.apagar()
        shutil.rmtree(self.carpeta, ignore_errors=True)


def _existe(usuario: str) -> bool:
    try:
        pwd.getpwnam(usuario)
    except KeyError:
        return False
    return True
