"""Opens the database, SQLite or PostgreSQL, as one person from one station."""

import hashlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from lerdo_desk.base.calendario import fecha_local, meses_o_fraccion
from lerdo_desk.base.dinero import proporcion
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.letras import normaliza
from lerdo_desk.db.fallos import traducidos

ESQUEMA = "mun"
_LOCALES = (None, "", "localhost", "127.0.0.1", "::1")
Reloj = Callable[[], int]
_Valor = str | int | None


def reloj_del_equipo() -> int:
    """Give the instant in UTC microseconds; the embedded database has no server clock but this."""
    return time.time_ns() // 1000


@dataclass
class _Estado:
    """What the functions of one SQLite connection answer."""

    usuario: str
    reloj: Reloj
    ahora: int = 0


def canon(*valores: object) -> str:
    """Write values so that no two lists read alike: byte length, colon, value, comma; ``~,`` for nothing."""
    partes = []
    for valor in valores:
        if valor is None:
            partes.append("~,")
        else:
            texto = str(valor)
            partes.append(f"{len(texto.encode())}:{texto},")
    return "".join(partes)


def sha256_hex(texto: str) -> str:
    """Give the SHA-256 of a text as 64 hexadecimal characters."""
    return hashlib.sha256(texto.encode()).hexdigest()


def _meses(vence: str, pago: str) -> int:
    return meses_o_fraccion(date.fromisoformat(vence), date.fromisoformat(pago))


def _estricta(funcion: Callable[..., _Valor]) -> Callable[..., _Valor]:
    """Answer nothing to nothing, as PostgreSQL's STRICT functions do."""

    def dar(*valores: object) -> _Valor:
        return None if None in valores else funcion(*valores)

    return dar


_FUNCIONES: tuple[tuple[str, int, Callable[..., _Valor]], ...] = (
    ("normaliza", 1, normaliza),
    ("sha256_hex", 1, sha256_hex),
    ("fecha_local", 2, lambda instante, zona: fecha_local(instante, zona).isoformat()),
    ("proporcion", 3, proporcion),
    ("meses_o_fraccion", 2, _meses),
)
# recursive_triggers: without it INSERT OR REPLACE deletes a row and no lock is asked.
_AJUSTES = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=ON",
    "recursive_triggers=ON",
)


def es_sqlite(url: str) -> bool:
    """Tell whether a URL names the embedded database."""
    return make_url(url).get_backend_name() == "sqlite"


def abrir(
    url: str,
    usuario: str,
    clave: str | None = None,
    *,
    estacion: str = "-",
    reloj: Reloj = reloj_del_equipo,
    crear: bool = False,
) -> Engine:
    """Give an engine that acts as one person; nothing is connected yet.

    ``url`` carries no password; ``clave`` is used to connect and is kept by the driver alone. An embedded
    database that does not exist is an error unless ``crear``.
    """
    direccion = make_url(url)
    if direccion.get_backend_name() == "sqlite":
        return _abrir_sqlite(direccion, usuario, reloj, crear)
    return _abrir_postgresql(direccion, usuario, clave, estacion)


def _abrir_sqlite(direccion: URL, usuario: str, reloj: Reloj, crear: bool) -> Engine:
    if not direccion.database or direccion.database == ":memory:":
        raise ErrorDeUso("La base SQLite debe ser un archivo; escriba su ruta completa.", "url")
    archivo = Path(direccion.database).absolute()
    if crear:
        archivo.parent.mkdir(parents=True, exist_ok=True)
    destino = f"file:{quote(str(archivo))}?mode={'rwc' if crear else 'rw'}"
    motor = create_engine(
        direccion,
        creator=lambda: sqlite3.connect(
            destino, uri=True, isolation_level=None, timeout=10.0, check_same_thread=False
        ),
        poolclass=QueuePool,
        pool_size=4,
    )

    _atender(motor, usuario, reloj)
    return motor


def _atender(motor: Engine, usuario: str, reloj: Reloj) -> None:
    """Give each connection its functions and settings, and each transaction its instant and its kind."""

    @event.listens_for(motor, "connect")
    def _preparar(conexion: sqlite3.Connection, registro: ConnectionPoolEntry) -> None:
        estado = _Estado(usuario, reloj)
        registro.info["estado"] = estado
        conexion.create_function("usuario", 0, lambda: estado.usuario)
        conexion.create_function("ahora", 0, lambda: estado.ahora or estado.reloj())
        conexion.create_function("canon", -1, canon, deterministic=True)
        for nombre, argumentos, funcion in _FUNCIONES:
            conexion.create_function(nombre, argumentos, _estricta(funcion), deterministic=True)
        for ajuste in _AJUSTES:
            conexion.execute(f"PRAGMA {ajuste}")

    @event.listens_for(motor, "checkin")
    def _soltar(conexion: sqlite3.Connection | None, _registro: ConnectionPoolEntry) -> None:
        # A COMMIT that a deferred key refuses leaves the transaction open, and the next one could not begin.
        if conexion is not None and conexion.in_transaction:
            conexion.rollback()

    @event.listens_for(motor, "begin")
    def _empezar(conexion: Connection) -> None:
        estado: _Estado = conexion.connection.info["estado"]
        estado.ahora = reloj()
        # A writer takes its place at BEGIN, so that what it read cannot change before it writes.
        inmediata = conexion.get_execution_options().get("escribe", False)
        conexion.exec_driver_sql("BEGIN IMMEDIATE" if inmediata else "BEGIN")


def _abrir_postgresql(direccion: URL, usuario: str, clave: str | None, estacion: str) -> Engine:
    consulta = dict(direccion.query)
    remoto = direccion.host not in _LOCALES and "host" not in consulta
    if remoto and "sslmode" not in consulta:
        consulta["sslmode"] = "verify-full"
    opciones = " ".join(
        f"-c {ajuste}"
        for ajuste in (
            f"search_path={ESQUEMA},pg_temp",
            "timezone=UTC",
            "lock_timeout=5000",
            "statement_timeout=60000",
            "idle_in_transaction_session_timeout=30000",
            "default_transaction_isolation=read\\ committed",
        )
    )
    return create_engine(
        direccion.set(drivername="postgresql+psycopg", username=usuario, password=clave, query=consulta),
        pool_size=4,
        max_overflow=1,
        connect_args={
            "options": opciones,
            "application_name": f"lerdo-desk/{estacion}/{usuario}"[:63],
            "connect_timeout": 5,
            "keepalives_idle": 15,
        },
    )


@contextmanager
def sesion(motor: Engine, *, escribe: bool) -> Iterator[Session]:
    """Give a session on one transaction, rolled back unless the caller commits; errors leave in Spanish."""
    with traducidos(), motor.connect() as abierto:
        conexion = abierto.execution_options(escribe=escribe, postgresql_readonly=not escribe)
        with Session(bind=conexion, expire_on_commit=False) as abierta:
            yield abierta


@contextmanager
def transaccion(motor: Engine) -> Iterator[Session]:
    """Give a session whose transaction is kept at the end: for installing, as use cases have a Runner."""
    with traducidos(), motor.connect() as abierto:
        conexion = abierto.execution_options(escribe=True)
        with conexion.begin(), Session(bind=conexion, expire_on_commit=False) as abierta:
            yield abierta
            abierta.flush()
