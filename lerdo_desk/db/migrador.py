"""Runs the migrations of the house and of each dirección, and refuses a database newer than the program."""

import os
from collections.abc import Iterable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso

CASA = "casa"
CARPETA = Path(__file__).parent / "migrations"


def _configuracion(carpetas: Iterable[Path], conexion: Connection | None = None) -> Config:
    configuracion = Config()
    configuracion.set_main_option("script_location", str(CARPETA))
    configuracion.set_main_option("path_separator", "os")
    lugares = [CARPETA / "versions", *carpetas]
    configuracion.set_main_option("version_locations", os.pathsep.join(str(c) for c in lugares))
    configuracion.attributes["conexion"] = conexion
    return configuracion


def subir(conexion: Connection, carpetas: Iterable[Path]) -> None:
    """Bring the schema up to date on the caller's transaction: the house first, then each dirección."""
    configuracion = _configuracion(carpetas, conexion)
    for rama in _ramas(configuracion):
        command.upgrade(configuracion, f"{rama}@head")


def bajar(conexion: Connection, carpetas: Iterable[Path]) -> None:
    """Take the whole schema down (for tests and a technician with a backup); the locks must be off."""
    configuracion = _configuracion(carpetas, conexion)
    for rama in reversed(_ramas(configuracion)):
        command.downgrade(configuracion, f"{rama}@base")


def _ramas(configuracion: Config) -> list[str]:
    cabezas = ScriptDirectory.from_config(configuracion).get_revisions("heads")
    ramas = {min(cabeza.branch_labels) for cabeza in cabezas if cabeza is not None}
    return sorted(ramas, key=lambda rama: (rama != CASA, rama))


def revisiones_del_programa(carpetas: Iterable[Path]) -> tuple[str, ...]:
    """List the newest revisions that this program brings."""
    return tuple(sorted(ScriptDirectory.from_config(_configuracion(carpetas)).get_heads()))


def revisiones_de_la_base(conexion: Connection) -> tuple[str, ...]:
    """List the revisions that the database holds."""
    return tuple(sorted(MigrationContext.configure(conexion).get_current_heads()))


def comprobar(conexion: Connection, carpetas: Iterable[Path]) -> None:
    """Refuse to work on a schema that is not this program's.

    Raises ErrorDeUso when the database is newer than the program or older, ErrorDeEntorno when it is empty.
    """
    carpetas = tuple(carpetas)
    de_la_base = set(revisiones_de_la_base(conexion))
    if not de_la_base:
        raise ErrorDeEntorno(
            "La base de datos está vacía; prepárela con «lerdo-desk migrar» o «servidor preparar»."
        )
    rechazar_mas_nueva(conexion, carpetas)
    if de_la_base != set(revisiones_del_programa(carpetas)):
        raise ErrorDeUso(
            "La base es más antigua que este programa; pida que la actualicen con «lerdo-desk migrar»."
        )


def rechazar_mas_nueva(conexion: Connection, carpetas: Iterable[Path]) -> None:
    """Refuse a database that holds a revision this program does not know (ErrorDeUso)."""
    conocidas = {r.revision for r in ScriptDirectory.from_config(_configuracion(carpetas)).walk_revisions()}
    if set(revisiones_de_la_base(conexion)) - conocidas:
        raise ErrorDeUso("La base es más nueva que este programa; instale la versión nueva antes de entrar.")
