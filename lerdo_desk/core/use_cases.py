"""Carries out use cases: permission, one transaction, one act in the bitácora, and the tables touched."""

import threading
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from lerdo_desk.base.calendario import fecha_local
from lerdo_desk.base.errores import Cancelado, ErrorDeUso
from lerdo_desk.core import bitacora
from lerdo_desk.core.permisos import Permiso
from lerdo_desk.db.motor import sesion

T = TypeVar("T")


@dataclass(frozen=True)
class Actor:
    """The person on whose behalf everything is done."""

    usuario: str
    nombre: str
    perfiles: frozenset[str]


@dataclass(frozen=True)
class Context:
    """What a use case is given: the session of its transaction, its instant, its day and who asks."""

    session: Session
    ahora: int
    hoy: date
    zona: str
    actor: Actor
    estacion: str


@dataclass(frozen=True)
class Progress:
    """How far a long use case has come."""

    done: int
    total: int
    text: str


@dataclass(frozen=True)
class Done(Generic[T]):
    """What a use case gave and which tables it wrote."""

    valor: T
    tablas: frozenset[str]


@dataclass(frozen=True)
class UseCase:
    """A declared use case; only a Runner can carry it out."""

    nombre: str
    permiso: Permiso
    funcion: Callable[[Context, Any], Any]
    repetible: bool

    @property
    def escribe(self) -> bool:
        """Tell whether it writes: its permission grants INSERT, a function that does, or one's own rows."""
        return self.anota or bool(self.permiso.actualiza)

    @property
    def anota(self) -> bool:
        """Tell whether it leaves an act: what belongs to one person (drafts, preferences) leaves none."""
        return bool(self.permiso.inserta or self.permiso.ejecuta)


CASOS: dict[str, UseCase] = {}
"""Every use case that was declared, by ``modulo.nombre``: what ``permisos --tabla`` and the tests read."""


def use_case(
    permiso: Permiso, *, repetible: bool = False
) -> Callable[[Callable[[Context, Any], Any]], UseCase]:
    """Declare a function as a use case under one permission.

    ``repetible`` says that its order carries an id that makes a second run harmless (it may be retried as
    it is).
    """

    def declarar(funcion: Callable[[Context, Any], Any]) -> UseCase:
        caso = UseCase(f"{_modulo(funcion)}.{funcion.__name__}", permiso, funcion, repetible)
        CASOS[caso.nombre] = caso
        return caso

    return declarar


def _modulo(funcion: Callable[..., Any]) -> str:
    """Give the dirección of a use case, whether its service is one file or a package of them."""
    partes = funcion.__module__.split(".")
    return partes[partes.index("service") - 1] if "service" in partes else partes[-2]


class Runner:
    """Carries out use cases for one actor at one station."""

    def __init__(self, motor: Engine, actor: Actor, estacion: str) -> None:
        """Keep who asks and from where; connections are taken from ``motor`` one per errand."""
        self.motor = motor
        self.actor = actor
        self.estacion = estacion

    def puede(self, caso: UseCase) -> bool:
        """Tell whether the actor's profile holds the permission of a use case."""
        return bool(self.actor.perfiles & set(caso.permiso.perfiles))

    def ejecutar(
        self,
        caso: UseCase,
        orden: object,
        *,
        avance: Callable[[Progress], None] | None = None,
        cancelado: threading.Event | None = None,
    ) -> Done[Any]:
        """Run one use case in one transaction and give its value with the tables it touched.

        Raises ErrorDeUso when the profile does not allow it or the database refuses, ErrorDeEntorno when the
        database cannot be reached, Cancelado when it was stopped: then nothing of it remains.
        """
        if not self.puede(caso):
            raise ErrorDeUso(f"Su perfil no permite «{caso.permiso.nombre}»; pídalo a quien corresponda.")
        with sesion(self.motor, escribe=caso.escribe) as abierta:
            contexto = self._contexto(abierta)
            valor = caso.funcion(contexto, orden)
            if isinstance(valor, Generator):
                valor = _agotar(valor, avance, cancelado)
            if caso.anota:
                bitacora.anotar(abierta, caso.nombre, caso.permiso.clave, orden, self.estacion)
            if caso.escribe:
                abierta.commit()
        return Done(valor, _tocadas(caso))

    def cerrar(self) -> None:
        """Close every connection."""
        self.motor.dispose()

    def _contexto(self, abierta: Session) -> Context:
        ahora, zona = abierta.execute(text("SELECT ahora(), zona_horaria FROM hacienda_municipio")).one()
        return Context(abierta, int(ahora), fecha_local(int(ahora), zona), zona, self.actor, self.estacion)


def _tocadas(caso: UseCase) -> frozenset[str]:
    return frozenset(clase.__tablename__ for clase in (*caso.permiso.inserta, *caso.permiso.actualiza))


def _agotar(
    pasos: Generator[Progress, None, T],
    avance: Callable[[Progress], None] | None,
    cancelado: threading.Event | None,
) -> T:
    while True:
        try:
            paso = next(pasos)
        except StopIteration as fin:
            valor: T = fin.value
            return valor
        if avance is not None:
            avance(paso)
        if cancelado is not None and cancelado.is_set():
            pasos.close()
            raise Cancelado("Se detuvo a petición suya; no quedó nada a medias.")
