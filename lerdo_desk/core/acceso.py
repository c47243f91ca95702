"""Entering the program: opens the database as one person, checks the schema and gives their Runner."""

import socket
from contextlib import ExitStack
from dataclasses import dataclass

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.core import registry, usuarios
from lerdo_desk.core.frases import MINIMO_FRASE
from lerdo_desk.core.use_cases import Actor, Runner
from lerdo_desk.db import migrador, motor
from lerdo_desk.hacienda.ley import GENERAL
from lerdo_desk.hacienda.modelos import Municipio, Parametro
from lerdo_desk.hacienda.parametros import FRASE_MINIMA

_SEGUNDOS = 5.0


@dataclass(frozen=True)
class Entrada:
    """Who entered, where, and how to work on their behalf."""

    runner: Runner
    identidad: usuarios.Identidad
    municipio: str
    modo: str
    servidor: str
    frase_minima: int


def entrar(
    url: str, login: str, frase: str, *, estacion: str, reloj: motor.Reloj = motor.reloj_del_equipo
) -> Entrada:
    """Open the database as ``login``.

    Raises ErrorDeUso for a wrong phrase (one sentence for both fields) or a schema of another version,
    ErrorDeEntorno when the database cannot be reached.
    """
    login = login.strip().lower()
    if not login or not frase:
        raise ErrorDeUso("Escriba su usuario y su contraseña.", "usuario" if not login else "frase")
    abierto = motor.abrir(url, login, frase, estacion=estacion, reloj=reloj)
    with ExitStack() as si_falla:
        si_falla.callback(abierto.dispose)
        identidad, municipio, minima = _reconocer(abierto, url, login, frase)
        si_falla.pop_all()
    actor = Actor(login, identidad.nombre, frozenset((identidad.perfil,)))
    servidor = "Base local" if motor.es_sqlite(url) else f"Servidor {abierto.url.host or 'local'}"
    return Entrada(
        Runner(abierto, actor, estacion), identidad, municipio.nombre, municipio.modo, servidor, minima
    )


def tocar(servidor: str, puerto: int) -> None:
    """Knock at a server's door; ErrorDeEntorno when nobody answers in five seconds."""
    try:
        with socket.create_connection((servidor, puerto), timeout=_SEGUNDOS):
            return
    except OSError as error:
        raise ErrorDeEntorno(
            f"El servidor «{servidor}» no responde en el puerto {puerto}; revise la dirección y la red.",
            str(error),
        ) from error


def _reconocer(
    abierto: Engine, url: str, login: str, frase: str
) -> tuple[usuarios.Identidad, Municipio, int]:
    with motor.sesion(abierto, escribe=False) as sesion:
        migrador.comprobar(sesion.connection(), registry.migraciones())
        if motor.es_sqlite(url):
            ahora = int(sesion.scalar(text("SELECT ahora()")) or 0)
            usuarios.comprobar_frase(sesion, ahora, login, frase)
        minima = sesion.scalar(
            select(Parametro.numero)
            .where(Parametro.modulo == GENERAL, Parametro.clave == FRASE_MINIMA)
            .order_by(Parametro.desde.desc(), Parametro.id.desc())
            .limit(1)
        )
        return usuarios.identificar(sesion, login), _municipio(sesion), int(minima or MINIMO_FRASE)


def _municipio(sesion: Session) -> Municipio:
    municipio = sesion.scalars(select(Municipio)).first()
    if municipio is None:
        raise ErrorDeUso("La base no tiene municipio; prepárela con «lerdo-desk servidor preparar».")
    return municipio
