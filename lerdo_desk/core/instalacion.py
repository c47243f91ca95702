"""Prepares a database or brings it up to date: schema, locks, grants, pack and first administrator."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.engine import make_url

from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.base.letras import CON_ACENTO, SIN_ACENTO
from lerdo_desk.core import cargas, concesiones, frases, personales, registry, usuarios
from lerdo_desk.core.bitacora import Acto
from lerdo_desk.core.permisos import PERFILES, Permiso
from lerdo_desk.core.solicitudes import Solicitud
from lerdo_desk.core.use_cases import CASOS
from lerdo_desk.db import candados, migrador, motor
from lerdo_desk.db.modelo import Base
from lerdo_desk.hacienda import modelos, modelos_ingresos, modelos_ordenes, parametros
from lerdo_desk.hacienda.paquete import leer

_CANDADOS = (Path(modelos.__file__).parent / "candados", Path(__file__).parent / "candados")
INSTALADOR = "instalador"
INDICE_DE_BUSQUEDA = "ix_hacienda_cuenta_busqueda_trgm"
_ENTRA_QUIEN_SEA = Permiso(
    "sistema.entrar",
    "Entrar al programa",
    PERFILES,
    lee=(modelos.Municipio, modelos.Parametro, usuarios.Usuario, usuarios.UsuarioEvento),
)
_AUDITA = Permiso(
    "sistema.auditar",
    "Leer la bitácora y las solicitudes",
    ("auditor",),
    lee=(
        *(Acto, Solicitud, cargas.Carga, cargas.CargaFila, cargas.CargaEvento),
        *(modelos_ordenes.Orden, modelos_ordenes.OrdenEvento, modelos_ingresos.Contacto),
        *(modelos_ingresos.Retiro, modelos_ingresos.CorteEvento, modelos_ingresos.DiaEvento),
        *(modelos_ingresos.CuentaBancaria, modelos_ingresos.Ficha, modelos_ingresos.FichaCorte),
        *(modelos_ingresos.PagoExterno, modelos_ingresos.Saldo, modelos_ingresos.SaldoUso),
    ),
)


@dataclass(frozen=True)
class Preparacion:
    """The order to prepare a database; ``clave`` is the superuser's password, never written anywhere."""

    url: str
    paquete: Path
    modo: str
    administrador: str
    nombre: str
    superusuario: str = "postgres"
    clave: str | None = field(default=None, repr=False)
    frase: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Persona:
    """A training user; the phrase is shown on the login, for nothing in training is real."""

    login: str
    nombre: str
    perfil: str
    frase: str = field(repr=False)


def permisos() -> tuple[Permiso, ...]:
    """Give every permission of the house, each once, after importing the services of all direcciones."""
    registry.habitaciones("models")
    registry.habitaciones("service")
    propios = (personales.PERSONAL, personales.VER_PERSONAL)
    declarados = {p.clave: p for p in (_ENTRA_QUIEN_SEA, _AUDITA, *propios)}
    for servicio in registry.habitaciones("service"):
        declarados |= {p.clave: p for p in vars(servicio).values() if isinstance(p, Permiso)}
    declarados |= {caso.permiso.clave: caso.permiso for caso in CASOS.values()}
    return tuple(declarados[clave] for clave in sorted(declarados))


def preparar(orden: Preparacion) -> str:
    """Create schema, roles, locks and grants, load the pack, make the first administrator; give their phrase.

    Raises ErrorDeUso when the database already holds a municipality, ErrorDeEntorno when it cannot be
    reached.
    """
    paquete = leer(orden.paquete)
    _crear_base(orden)
    dueno = _motor_de_instalacion(orden.url, orden.superusuario, orden.clave, crear=True)
    try:
        _actualizar(dueno)
        with motor.transaccion(dueno) as sesion:
            _como_dueno(sesion.connection())
            if sesion.scalar(select(modelos.Municipio.id)) is not None:
                raise ErrorDeUso(
                    "Esa base ya tiene un municipio; use otra o actualícela con «lerdo-desk migrar»."
                )
            parametros.cargar(sesion, paquete, orden.modo)
        return alta_de_administrador(dueno, orden)
    finally:
        dueno.dispose()


def alta_de_administrador(dueno: Engine, orden: Preparacion) -> str:
    """Create the first administrator with a temporary phrase, and give it."""
    frase = orden.frase or frases.frase_nueva()
    verificador = verificador_para(dueno, orden.administrador, frase)
    alta = usuarios.Alta(orden.administrador, orden.nombre, "administrador", verificador)
    with motor.transaccion(dueno) as sesion:
        usuarios.dar_de_alta(sesion, int(sesion.scalar(text("SELECT ahora()")) or 0), alta)
    return frase


def altas_de_capacitacion(dueno: Engine, personas: Iterable[Persona]) -> None:
    """Create training accounts with lasting phrases; refused on a production database (ErrorDeUso)."""
    with motor.transaccion(dueno) as sesion:
        if sesion.scalar(select(modelos.Municipio.modo)) != parametros.CAPACITACION:
            raise ErrorDeUso(
                "Una base en producción no admite usuarios de capacitación; délos de alta uno por uno."
            )
        for p in personas:
            verificador = verificador_para(dueno, p.login, p.frase, capacitacion=True)
            usuarios.dar_de_alta(sesion, 0, usuarios.Alta(p.login, p.nombre, p.perfil, verificador))
            usuarios.sin_vencimiento(sesion, p.login, verificador)


def frase_duradera(dueno: Engine, login: str, frase: str) -> None:
    """Make a training user's phrase lasting, so that practising does not begin by changing it."""
    verificador = verificador_para(dueno, frase=frase, login=login, capacitacion=True)
    with motor.transaccion(dueno) as sesion:
        if sesion.scalar(select(modelos.Municipio.modo)) != parametros.CAPACITACION:
            raise ErrorDeUso("En producción cada persona cambia su propia contraseña temporal.")
        usuarios.sin_vencimiento(sesion, login, verificador)


def verificador_para(base: Engine, login: str, frase: str, *, capacitacion: bool = False) -> str:
    """Make the verifier of a phrase on this side, so that the phrase never reaches a server or a log."""
    if base.dialect.name != "postgresql":
        return usuarios.verificador_scrypt(frase, capacitacion=capacitacion)
    with base.connect() as conexion:
        directa = conexion.connection.driver_connection
        assert directa is not None
        cifrada = directa.pgconn.encrypt_password(frase.encode(), login.encode(), b"scram-sha-256")
        return str(bytes(cifrada).decode())


def migrar(url: str, superusuario: str = "postgres", clave: str | None = None) -> tuple[str, ...]:
    """Bring a prepared database up to date, locks and grants included, and give its revisions."""
    dueno = _motor_de_instalacion(url, superusuario, clave)
    try:
        return _actualizar(dueno)
    finally:
        dueno.dispose()


def _motor_de_instalacion(url: str, superusuario: str, clave: str | None, *, crear: bool = False) -> Engine:
    usuario = INSTALADOR if motor.es_sqlite(url) else superusuario
    return motor.abrir(url, usuario, clave, estacion="instalacion", crear=crear)


def _actualizar(dueno: Engine) -> tuple[str, ...]:
    declarados = permisos()
    carpetas = registry.migraciones()
    en_servidor = dueno.dialect.name == "postgresql"
    with motor.transaccion(dueno) as sesion:
        conexion = sesion.connection()
        if en_servidor:
            _esquema_y_roles(conexion)
        migrador.rechazar_mas_nueva(conexion, carpetas)
        migrador.subir(conexion, carpetas)
        if en_servidor:
            _indice_de_trigramas(conexion)
        candados.instalar(conexion, Base.metadata, _CANDADOS)
        if en_servidor:
            conexion.exec_driver_sql("RESET ROLE")
            _cuentas(conexion)
            concesiones.aplicar(conexion, Base.metadata, declarados)
        return migrador.revisiones_de_la_base(conexion)


def _esquema_y_roles(conexion: Connection) -> None:
    _exigir_superusuario(conexion)
    concesiones.crear_roles(conexion)
    conexion.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS mun AUTHORIZATION {concesiones.DUENO}")
    _trigramas(conexion)
    _como_dueno(conexion)
    candados.ejecutar(conexion, _funciones())


def _funciones() -> tuple[str, ...]:
    escritas = candados.ordenes(_CANDADOS[0], "funciones_postgresql")
    return tuple(s.replace("{con_acento}", CON_ACENTO).replace("{sin_acento}", SIN_ACENTO) for s in escritas)


def _cuentas(conexion: Connection) -> None:
    lista = ", ".join(f"'{perfil}'" for perfil in PERFILES)
    escritas = candados.ordenes(_CANDADOS[1], "cuentas_postgresql")
    candados.ejecutar(conexion, (s.replace("{perfiles}", lista) for s in escritas))
    for funcion in ("seg_alta(text, text, text, text)", "seg_mi_clave(text)"):
        conexion.exec_driver_sql(f"ALTER FUNCTION mun.{funcion} OWNER TO {concesiones.CUENTAS}")


def _como_dueno(conexion: Connection) -> None:
    if conexion.dialect.name == "postgresql":
        conexion.exec_driver_sql(f"SET LOCAL ROLE {concesiones.DUENO}")


def _exigir_superusuario(conexion: Connection) -> None:
    if not conexion.execute(text("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")).scalar_one():
        raise ErrorDeUso("Para preparar el servidor hace falta el superusuario de PostgreSQL; entre con él.")


def _trigramas(conexion: Connection) -> None:
    hay = conexion.execute(text("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")).scalar()
    if hay:
        conexion.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA mun")


def _indice_de_trigramas(conexion: Connection) -> None:
    # Only where the extension exists: without it the search still works, by reading the table.
    if conexion.execute(text("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")).scalar():
        conexion.exec_driver_sql(
            f"CREATE INDEX IF NOT EXISTS {INDICE_DE_BUSQUEDA} "
            "ON hacienda_cuenta USING gin (busqueda gin_trgm_ops)"
        )


def _crear_base(orden: Preparacion) -> None:
    if motor.es_sqlite(orden.url):
        return
    direccion = make_url(orden.url)
    if not direccion.database:
        raise ErrorDeUso(
            "La dirección debe decir el nombre de la base, por ejemplo postgresql://servidor/municipio.",
            "url",
        )
    datos = {
        "host": direccion.host or direccion.query.get("host"),
        "port": direccion.port or direccion.query.get("port"),
    }
    try:
        with psycopg.connect(
            user=orden.superusuario,
            password=orden.clave,
            dbname="postgres",
            autocommit=True,
            connect_timeout=5,
            **{k: v for k, v in datos.items() if v},  # type: ignore[arg-type]
        ) as conexion:
            hay = conexion.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", (direccion.database,)
            ).fetchone()
            if not hay:
                conexion.execute(
                    sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0").format(
                        sql.Identifier(direccion.database)
                    )
                )
    except psycopg.OperationalError as error:
        raise ErrorDeEntorno(
            "No se pudo entrar al servidor de base de datos; "
            "revise la dirección, el superusuario y su contraseña.",
            str(error),
        ) from error
