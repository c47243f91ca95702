"""Turns the declared permissions into PostgreSQL's roles, GRANTs and row policies, whole and idempotently."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, MetaData, Table, text

from lerdo_desk.core.permisos import PERFILES, Permiso, Propias
from lerdo_desk.db.modelo import insertables

DUENO = "mun_dueno"
CUENTAS = "mun_cuentas"
_EJECUTAN_TODOS = (
    "usuario()",
    "ahora()",
    "hoy()",
    "normaliza(text)",
    "sha256_hex(text)",
    "canon(text[])",
    "proporcion(bigint,bigint,bigint)",
    "seg_mi_clave(text)",
    "anotar_acto(text,text,text,text)",
    "saldo_disponible(bigint)",
)


_OBJETOS_GRANDES = ("lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid, bytea)")
"""What writes outside every table, and so outside this matrix."""


@dataclass
class Concesion:
    """What one profile may do on one table."""

    lee_todo: bool = False
    lee_propias: bool = False
    inserta: bool = False
    propias: bool = False


@dataclass
class Matriz:
    """The whole matrix: by (profile, table) and the functions each profile may call."""

    tablas: dict[tuple[str, str], Concesion] = field(default_factory=lambda: defaultdict(Concesion))
    funciones: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def matriz(permisos: Iterable[Permiso]) -> Matriz:
    """Add up what the permissions declare."""
    suma = Matriz()
    for permiso in permisos:
        for perfil in permiso.perfiles:
            for clase in permiso.lee:
                propias = isinstance(clase, Propias)
                concesion = suma.tablas[perfil, _nombre(clase.tabla if propias else clase)]
                concesion.lee_propias |= propias
                concesion.lee_todo |= not propias
            for clase in permiso.inserta:
                suma.tablas[perfil, _nombre(clase)].inserta = True
            for clase in permiso.actualiza:
                suma.tablas[perfil, _nombre(clase)].propias = True
            suma.funciones[perfil].update(permiso.ejecuta)
    return suma


def sin_entrada(metadatos: MetaData, permisos: Iterable[Permiso]) -> tuple[str, ...]:
    """List the tables that no permission names: the build fails on any."""
    clases = (clase for p in permisos for clase in (*p.lee, *p.inserta, *p.actualiza))
    nombradas = {_nombre(c.tabla if isinstance(c, Propias) else c) for c in clases}
    return tuple(sorted(set(metadatos.tables) - nombradas))


def crear_roles(conexion: Connection) -> None:
    """Create the owner, the keeper of accounts and one role per profile; only a superuser can."""
    existentes = set(conexion.execute(text("SELECT rolname FROM pg_roles")).scalars())
    for rol in (DUENO, CUENTAS, *(f"mun_{perfil}" for perfil in PERFILES)):
        if rol not in existentes:
            conexion.exec_driver_sql(f"CREATE ROLE {rol} NOLOGIN")
    conexion.exec_driver_sql(f"ALTER ROLE {CUENTAS} NOLOGIN CREATEROLE")
    for perfil in PERFILES:
        conexion.exec_driver_sql(f"GRANT mun_{perfil} TO {CUENTAS} WITH ADMIN OPTION")


def aplicar(conexion: Connection, metadatos: MetaData, permisos: Iterable[Permiso]) -> None:
    """Take every grant and policy away and put back what the matrix says; only a superuser can do it."""
    suma = matriz(permisos)
    base = conexion.execute(text("SELECT current_database()")).scalar_one()
    roles = ", ".join(f"mun_{perfil}" for perfil in PERFILES)
    _ejecutar(
        conexion,
        f'REVOKE ALL ON DATABASE "{base}" FROM PUBLIC',
        f'GRANT CONNECT ON DATABASE "{base}" TO {roles}',
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "REVOKE ALL ON SCHEMA mun FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA mun TO {roles}, {CUENTAS}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA mun FROM PUBLIC, {roles}, {CUENTAS}",
        f"REVOKE ALL ON ALL FUNCTIONS IN SCHEMA mun FROM PUBLIC, {roles}, {CUENTAS}",
        f"GRANT SELECT ON mun.alembic_version TO {roles}",
        *(f"GRANT EXECUTE ON FUNCTION mun.{f} TO {roles}, {CUENTAS}" for f in _EJECUTAN_TODOS),
    )
    _ejecutar(conexion, *(f"REVOKE EXECUTE ON FUNCTION pg_catalog.{f} FROM PUBLIC" for f in _OBJETOS_GRANDES))
    for tabla in metadatos.sorted_tables:
        _columnas_fuera(conexion, tabla)
        _ejecutar(conexion, f"ALTER TABLE mun.{tabla.name} ENABLE ROW LEVEL SECURITY")
        for perfil in PERFILES:
            _politicas(conexion, tabla, perfil, suma.tablas.get((perfil, tabla.name)))
    for perfil, funciones in suma.funciones.items():
        for funcion in sorted(funciones):
            _ejecutar(conexion, f"GRANT EXECUTE ON FUNCTION mun.{funcion} TO mun_{perfil}")
    _cuentas(conexion)


def _ejecutar(conexion: Connection, *sentencias: str) -> None:
    for sentencia in sentencias:
        conexion.exec_driver_sql(sentencia)


def _columnas_fuera(conexion: Connection, tabla: Table) -> None:
    # REVOKE of the table leaves column grants standing, and a policy cannot be replaced: both go first.
    columnas = ", ".join(tabla.columns.keys())
    for perfil in PERFILES:
        _ejecutar(conexion, f"REVOKE ALL ({columnas}) ON mun.{tabla.name} FROM mun_{perfil}")
    politicas = conexion.execute(
        text("SELECT policyname FROM pg_policies WHERE schemaname = 'mun' AND tablename = :t"),
        {"t": tabla.name},
    ).scalars()
    for politica in politicas.all():
        _ejecutar(conexion, f'DROP POLICY "{politica}" ON mun.{tabla.name}')


def _politicas(conexion: Connection, tabla: Table, perfil: str, concesion: Concesion | None) -> None:
    if concesion is None:
        return
    nombre, rol = f"mun.{tabla.name}", f"mun_{perfil}"
    if concesion.lee_todo or concesion.lee_propias:
        visible = "true" if concesion.lee_todo else "usuario = session_user"
        _ejecutar(
            conexion,
            f"GRANT SELECT ON {nombre} TO {rol}",
            f'CREATE POLICY "lee_{perfil}" ON {nombre} FOR SELECT TO {rol} USING ({visible})',
        )
    if concesion.propias:
        _propias(conexion, tabla, perfil)
    if concesion.inserta:
        columnas = ", ".join(insertables(tabla))
        _ejecutar(
            conexion,
            f"GRANT INSERT ({columnas}) ON {nombre} TO {rol}",
            f'CREATE POLICY "inserta_{perfil}" ON {nombre} FOR INSERT TO {rol} WITH CHECK (true)',
        )


def _propias(conexion: Connection, tabla: Table, perfil: str) -> None:
    """Let a profile do as it likes with the rows of its own login, and see no other."""
    nombre, rol, suyas = f"mun.{tabla.name}", f"mun_{perfil}", "usuario = session_user"
    columnas = ", ".join(insertables(tabla))
    cambian = ", ".join(c for c in insertables(tabla) if not tabla.columns[c].primary_key)
    _ejecutar(
        conexion,
        f"GRANT SELECT, DELETE, INSERT ({columnas}), UPDATE ({cambian}) ON {nombre} TO {rol}",
        f'CREATE POLICY "propias_{perfil}" ON {nombre} FOR ALL TO {rol} USING ({suyas}) WITH CHECK ({suyas})',
    )


def _cuentas(conexion: Connection) -> None:
    for tabla in ("core_usuario", "core_usuario_evento"):
        _ejecutar(
            conexion,
            f"GRANT SELECT, INSERT ON mun.{tabla} TO {CUENTAS}",
            f'CREATE POLICY "cuentas_lee" ON mun.{tabla} FOR SELECT TO {CUENTAS} USING (true)',
            f'CREATE POLICY "cuentas_inserta" ON mun.{tabla} FOR INSERT TO {CUENTAS} WITH CHECK (true)',
        )


def _nombre(clase: Any) -> str:  # noqa: ANN401 — mapped classes of any layer
    return str(clase.__tablename__)


def tabla_de_permisos(permisos: Iterable[Permiso]) -> str:
    """Write the matrix for a person: one line per permission, a mark under each profile that holds it."""
    filas = sorted(permisos, key=lambda p: p.clave)
    ancho = max((len(f"{p.clave}  {p.nombre}") for p in filas), default=0)
    lineas = [" " * ancho + "  " + "  ".join(PERFILES)]
    for p in filas:
        marcas = "  ".join(("x" if perfil in p.perfiles else "·").center(len(perfil)) for perfil in PERFILES)
        lineas.append(f"{p.clave}  {p.nombre}".ljust(ancho) + "  " + marcas)
    return "\n".join(lineas)
