"""Entering the program: opens the database as one person, checks the schema and gives their Runner."""

import json
import socket
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.core import registry, usuarios
from lerdo_desk.core.frases import MINIMO_FRASE
from lerdo_desk.core.use_cases import Actor, Done, Runner, UseCase
from lerdo_desk.db import migrador, motor
from lerdo_desk.hacienda.ley import GENERAL
from lerdo_desk.hacienda.modelos import Municipio, Parametro
from lerdo_desk.hacienda.parametros import FRASE_MINIMA, RECORDAR_CONTRASENA

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
    puede_recordar: bool = False
    """Whether the municipality's policy lets the keyring keep the password of this profile."""


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
        identidad, municipio, politica = _reconocer(abierto, url, login, frase)
        si_falla.pop_all()
    actor = Actor(login, identidad.nombre, frozenset((identidad.perfil,)))
    servidor = "Base local" if motor.es_sqlite(url) else f"Servidor {abierto.url.host or 'local'}"
    return Entrada(
        Runner(abierto, actor, estacion), identidad, municipio.nombre, municipio.modo, servidor, *politica
    )


def comprobar(url: str, usuario: str, clave: str) -> None:
    """Check a person's password with a connection of its own, closed at once; nothing else is touched.

    Raises ErrorDeUso when it is wrong or the account is blocked, ErrorDeEntorno when nobody answers.
    """
    if not clave:
        raise ErrorDeUso("Escriba su contraseña.", "frase")
    abierto = motor.abrir(url, usuario, clave)
    with ExitStack() as al_final:
        al_final.callback(abierto.dispose)
        with motor.sesion(abierto, escribe=False) as sesion:
            _exigir_frase(sesion, url, usuario, clave)
            usuarios.identificar(sesion, usuario)


def firmar(url: str, login: str, frase: str, caso: UseCase, orden: object, *, estacion: str) -> Done[Any]:
    """Carry out one use case as another person, on a connection of theirs that is closed at the end.

    Raises what ``entrar`` and the use case raise, and ErrorDeUso for a phrase that is still temporary.
    """
    entrada = entrar(url, login, frase, estacion=estacion)
    with ExitStack() as al_final:
        al_final.callback(entrada.runner.cerrar)
        if entrada.identidad.temporal:
            raise ErrorDeUso(
                "La contraseña de quien firma es temporal; primero debe entrar al programa y cambiarla.",
                "usuario",
            )
        return entrada.runner.ejecutar(caso, orden)


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
) -> tuple[usuarios.Identidad, Municipio, tuple[int, bool]]:
    with motor.sesion(abierto, escribe=False) as sesion:
        migrador.comprobar(sesion.connection(), registry.migraciones())
        _exigir_frase(sesion, url, login, frase)
        identidad = usuarios.identificar(sesion, login)
        return identidad, _municipio(sesion), _politica(sesion, identidad.perfil)


def _exigir_frase(sesion: Session, url: str, login: str, frase: str) -> None:
    """On the embedded database compare the phrase; a server did so when it let the connection in."""
    if motor.es_sqlite(url):
        ahora = int(sesion.scalar(text("SELECT ahora()")) or 0)
        usuarios.comprobar_frase(sesion, ahora, login, frase)


def _politica(sesion: Session, perfil: str) -> tuple[int, bool]:
    """Give the least length of a phrase, and whether the keyring may keep that of this profile."""
    minima, recordar = (
        sesion.execute(
            select(Parametro.numero, Parametro.datos)
            .where(Parametro.modulo == GENERAL, Parametro.clave == clave)
            .order_by(Parametro.desde.desc(), Parametro.id.desc())
            .limit(1)
        ).first()
        for clave in (FRASE_MINIMA, RECORDAR_CONTRASENA)
    )
    permitidos = json.loads(recordar.datos).get("perfiles", ()) if recordar is not None else ()
    return int(minima.numero if minima is not None else MINIMO_FRASE), perfil in permitidos


def _municipio(sesion: Session) -> Municipio:
    municipio = sesion.scalars(select(Municipio)).first()
    if municipio is None:
        raise ErrorDeUso("La base no tiene municipio; prepárela con «lerdo-desk servidor preparar».")
    return municipio
