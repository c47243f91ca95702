"""Installs the locks: generated ones for tables that only grow, and the SQL files that each layer brings."""

from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, inspect, text

SEPARADOR = "\n--;;\n"
_CRECE_PG = """
CREATE OR REPLACE FUNCTION candado_crece() RETURNS trigger
LANGUAGE plpgsql SET search_path = mun, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'LD100' USING ERRCODE = 'LD100';
END $$
"""
_SELLA_PG = """
CREATE OR REPLACE FUNCTION candado_sella() RETURNS trigger
LANGUAGE plpgsql SET search_path = mun, pg_temp AS $$
BEGIN
  NEW.usuario := session_user; NEW.creado := ahora();
  RETURN NEW;
END $$
"""


def ordenes(carpeta: Path, nombre: str) -> tuple[str, ...]:
    """Read a file of statements (``nombre.sql``), parted by lines that hold ``--;;`` alone."""
    return tuple((carpeta / f"{nombre}.sql").read_text(encoding="utf-8").split(SEPARADOR))


def del_dialecto(carpeta: Path, dialecto: str) -> tuple[str, ...]:
    """Read every file of a database's locks by name: ``sqlite.sql``, then ``sqlite_<theme>.sql``."""
    nombres = sorted(archivo.stem for archivo in carpeta.glob(f"{dialecto}*.sql"))
    return tuple(sentencia for nombre in nombres for sentencia in ordenes(carpeta, nombre))


def ejecutar(conexion: Connection, sentencias: Iterable[str]) -> None:
    """Run statements as they stand; colons and percent signs in them are text, not parameters."""
    for sentencia in sentencias:
        conexion.exec_driver_sql(sentencia.replace("%", "%%") if _es_pg(conexion) else sentencia)


def instalar(conexion: Connection, metadatos: MetaData, carpetas: Iterable[Path]) -> None:
    """Put every lock in place, whole and idempotently: again after each migration.

    ``carpetas`` hold ``postgresql*.sql`` and ``sqlite*.sql``; a trigger written there replaces the generated
    stamp.
    """
    quitar(conexion)
    dialecto = conexion.dialect.name
    propias = [sentencia for carpeta in carpetas for sentencia in del_dialecto(carpeta, dialecto)]
    if _es_pg(conexion):
        ejecutar(conexion, (_CRECE_PG, _SELLA_PG))
    for tabla in metadatos.sorted_tables:
        ejecutar(
            conexion,
            _generados(tabla, dialecto, firmada=f"BEFORE INSERT ON {tabla.name} " in "".join(propias)),
        )
    ejecutar(conexion, propias)


def quitar(conexion: Connection) -> None:
    """Drop every lock (a migration that rebuilds a table needs it; nobody but the owner can)."""
    for nombre, tabla in instalados(conexion):
        sobre = f" ON {tabla}" if _es_pg(conexion) else ""
        conexion.exec_driver_sql(f"DROP TRIGGER {nombre}{sobre}")


def instalados(conexion: Connection) -> tuple[tuple[str, str], ...]:
    """List the locks that the database holds now: (trigger, table), sorted."""
    if _es_pg(conexion):
        consulta = (
            "SELECT g.tgname, c.relname FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE n.nspname = 'mun' AND NOT g.tgisinternal AND starts_with(g.tgname, 'candado_') "
            "ORDER BY 1, 2"
        )
    else:
        consulta = (
            "SELECT name, tbl_name FROM sqlite_master "
            "WHERE type = 'trigger' AND name GLOB 'candado_*' ORDER BY 1, 2"
        )
    return tuple((str(nombre), str(tabla)) for nombre, tabla in conexion.execute(text(consulta)))


def _es_pg(conexion: Connection) -> bool:
    return conexion.dialect.name == "postgresql"


def _generados(tabla: Table, dialecto: str, *, firmada: bool) -> list[str]:
    firma = {"usuario", "creado"} <= set(tabla.columns.keys()) and not firmada
    crece = bool(tabla.info.get("solo_crece"))
    return (
        _generados_pg(tabla.name, firma, crece)
        if dialecto == "postgresql"
        else _generados_sqlite(tabla, firma, crece)
    )


def _generados_pg(nombre: str, firma: bool, crece: bool) -> list[str]:
    sentencias = []
    if crece:
        sentencias += [
            f"CREATE TRIGGER candado_crece BEFORE UPDATE OR DELETE ON {nombre} "
            "FOR EACH ROW EXECUTE FUNCTION candado_crece()",
            f"CREATE TRIGGER candado_vacia BEFORE TRUNCATE ON {nombre} EXECUTE FUNCTION candado_crece()",
        ]
    if firma:
        sentencias.append(
            f"CREATE TRIGGER candado_sella BEFORE INSERT ON {nombre} "
            "FOR EACH ROW EXECUTE FUNCTION candado_sella()"
        )
    return sentencias


def _generados_sqlite(tabla: Table, firma: bool, crece: bool) -> list[str]:
    nombre, sentencias = tabla.name, []
    if crece:
        sentencias.append(
            f"CREATE TRIGGER candado_borra_{nombre} BEFORE DELETE ON {nombre} "
            "BEGIN SELECT RAISE(ABORT, 'LD100'); END"
        )
        # A table with a hash is sealed right after its INSERT; its own file guards what comes later.
        if "hash" not in tabla.columns:
            sentencias.append(
                f"CREATE TRIGGER candado_cambia_{nombre} BEFORE UPDATE ON {nombre} "
                "BEGIN SELECT RAISE(ABORT, 'LD100'); END"
            )
    if firma:
        sentencias.append(
            f"CREATE TRIGGER candado_sella_{nombre} BEFORE INSERT ON {nombre} "
            "WHEN NEW.usuario <> usuario() OR NEW.creado <> ahora() BEGIN SELECT RAISE(ABORT, 'LD101'); END"
        )
    return sentencias


def tablas(conexion: Connection) -> frozenset[str]:
    """List the tables that the database holds."""
    return frozenset(inspect(conexion).get_table_names())
