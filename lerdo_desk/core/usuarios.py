"""People and their logins: accounts, profiles, phrases; on PostgreSQL each is a login of the server."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from sqlalchemy import ForeignKey, SmallInteger, String, func, insert, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.permisos import PERFILES
from lerdo_desk.db.modelo import Base, Firma, Instante, opciones

HORAS_TEMPORAL = 72
_COSTO = 2**16
_COSTO_CAPACITACION = 2**12
_MICROS_POR_HORA = 3_600_000_000


class Usuario(Base):
    """A person who can log in; never deleted, never reused."""

    __tablename__ = "core_usuario"
    __table_args__ = opciones()
    login: Mapped[str] = mapped_column(String(63), primary_key=True)
    nombre: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class UsuarioEvento(Base):
    """What happened to an account; the last row gives its profile and whether it is active."""

    __tablename__ = "core_usuario_evento"
    __table_args__ = opciones()
    login: Mapped[str] = mapped_column(ForeignKey("core_usuario.login"), primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    tipo: Mapped[str] = mapped_column(String(20))
    perfil: Mapped[str] = mapped_column(String(30))
    activo: Mapped[int] = mapped_column(SmallInteger)
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Frase(Base):
    """Verifiers of the embedded database (scrypt); empty on PostgreSQL, whose server keeps SCRAM's."""

    __tablename__ = "core_frase"
    __table_args__ = opciones()
    login: Mapped[str] = mapped_column(ForeignKey("core_usuario.login"), primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    verificador: Mapped[str]
    vence: Mapped[int | None]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


@dataclass(frozen=True)
class Alta:
    """The order to create an account; the verifier is made by the client, so no phrase reaches the server."""

    login: str
    nombre: str
    perfil: str
    verificador: str = field(repr=False)


@dataclass(frozen=True)
class Identidad:
    """Who entered: name, profile and whether the phrase must be changed before anything else."""

    login: str
    nombre: str
    perfil: str
    temporal: bool


def verificador_scrypt(frase: str, *, capacitacion: bool = False) -> str:
    """Derive the embedded database's verifier of a phrase (hashlib.scrypt, random salt, cost stated)."""
    sal, costo = secrets.token_bytes(16), _COSTO_CAPACITACION if capacitacion else _COSTO
    return f"scrypt${costo}${base64.b64encode(sal).decode()}${_derivar(frase, sal, costo)}"


def _derivar(frase: str, sal: bytes, costo: int) -> str:
    derivada = hashlib.scrypt(frase.encode(), salt=sal, n=costo, r=8, p=1, maxmem=costo * 8 * 200, dklen=32)
    return base64.b64encode(derivada).decode()


def frase_correcta(verificador: str, frase: str) -> bool:
    """Compare a phrase with a verifier in constant time."""
    _, costo, sal, esperada = verificador.split("$")
    return hmac.compare_digest(_derivar(frase, base64.b64decode(sal), int(costo)), esperada)


def dar_de_alta(sesion: Session, ahora: int, orden: Alta) -> None:
    """Create an account with a temporary phrase; on PostgreSQL through the function that validates it all."""
    if orden.perfil not in PERFILES:
        raise ErrorDeUso("Ese perfil no existe; elija uno de la lista.", "perfil")
    if sesion.get_bind().dialect.name == "postgresql":
        sesion.execute(
            text("SELECT seg_alta(:login, :nombre, :perfil, :verificador)"),
            {
                "login": orden.login,
                "nombre": orden.nombre,
                "perfil": orden.perfil,
                "verificador": orden.verificador,
            },
        )
        return
    if sesion.get(Usuario, orden.login) is not None:
        raise ErrorDeUso("Ese usuario ya existe; elija otro nombre.", "login")
    sesion.execute(insert(Usuario).values(login=orden.login, nombre=orden.nombre))
    sesion.execute(
        insert(UsuarioEvento).values(login=orden.login, n=1, tipo="ALTA", perfil=orden.perfil, activo=1)
    )
    _asentar_frase(sesion, orden.login, orden.verificador, ahora + HORAS_TEMPORAL * _MICROS_POR_HORA)


def cambiar_mi_frase(sesion: Session, login: str, verificador: str) -> None:
    """Replace one's own phrase by a lasting one."""
    if sesion.get_bind().dialect.name == "postgresql":
        sesion.execute(text("SELECT seg_mi_clave(:verificador)"), {"verificador": verificador})
    else:
        _asentar_frase(sesion, login, verificador, None)


def sin_vencimiento(sesion: Session, login: str, verificador: str) -> None:
    """Make a phrase lasting without its owner; only the installer of a training database can."""
    if sesion.get_bind().dialect.name == "postgresql":
        # The login was validated by seg_alta; quote_ident writes it as a name.
        nombre = sesion.scalar(text("SELECT quote_ident(:login)"), {"login": login})
        sesion.connection().exec_driver_sql(f"ALTER ROLE {nombre} VALID UNTIL 'infinity'")
    else:
        _asentar_frase(sesion, login, verificador, None)


def _asentar_frase(sesion: Session, login: str, verificador: str, vence: int | None) -> None:
    n = sesion.scalar(select(func.coalesce(func.max(Frase.n), 0)).where(Frase.login == login))
    sesion.execute(insert(Frase).values(login=login, n=(n or 0) + 1, verificador=verificador, vence=vence))


def comprobar_frase(sesion: Session, ahora: int, login: str, frase: str) -> None:
    """On the embedded database, refuse an unknown login, a wrong or an expired phrase (ErrorDeUso)."""
    fila = sesion.execute(
        select(Frase.verificador, Frase.vence).where(Frase.login == login).order_by(Frase.n.desc()).limit(1)
    ).first()
    if fila is None or not frase_correcta(fila.verificador, frase):
        raise ErrorDeUso("Usuario o contraseña incorrectos; revíselos y vuelva a intentar.", "frase")
    if fila.vence is not None and fila.vence < ahora:
        raise ErrorDeUso("Su contraseña temporal venció; pida otra a quien administra las cuentas.", "frase")


def identificar(sesion: Session, login: str) -> Identidad:
    """Tell who a login is; refuses accounts that are unknown or blocked (ErrorDeUso)."""
    fila = sesion.execute(
        select(Usuario.nombre, UsuarioEvento.perfil, UsuarioEvento.activo)
        .join(UsuarioEvento, UsuarioEvento.login == Usuario.login)
        .where(Usuario.login == login)
        .order_by(UsuarioEvento.n.desc())
        .limit(1)
    ).first()
    if fila is None or not fila.activo:
        raise ErrorDeUso("Usuario o contraseña incorrectos; revíselos y vuelva a intentar.", "frase")
    return Identidad(login, fila.nombre, fila.perfil, _es_temporal(sesion, login))


def _es_temporal(sesion: Session, login: str) -> bool:
    if sesion.get_bind().dialect.name == "postgresql":
        consulta = text(
            "SELECT coalesce(rolvaliduntil, 'infinity') <> 'infinity' "
            "FROM pg_roles WHERE rolname = session_user"
        )
        return bool(sesion.scalar(consulta))
    vence = sesion.scalar(select(Frase.vence).where(Frase.login == login).order_by(Frase.n.desc()).limit(1))
    return vence is not None


@dataclass(frozen=True)
class Fila:
    """One account as the list shows it."""

    login: str
    nombre: str
    perfil: str
    activo: bool


def listar(sesion: Session) -> tuple[Fila, ...]:
    """List every account with its last profile."""
    ultimo = (
        select(UsuarioEvento.login, func.max(UsuarioEvento.n).label("n"))
        .group_by(UsuarioEvento.login)
        .subquery()
    )
    filas = sesion.execute(
        select(Usuario.login, Usuario.nombre, UsuarioEvento.perfil, UsuarioEvento.activo)
        .join(ultimo, ultimo.c.login == Usuario.login)
        .join(UsuarioEvento, (UsuarioEvento.login == ultimo.c.login) & (UsuarioEvento.n == ultimo.c.n))
        .order_by(Usuario.login)
    )
    return tuple(Fila(f.login, f.nombre, f.perfil, bool(f.activo)) for f in filas)
