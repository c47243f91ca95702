"""What the window asks of those above it, because only they know the database's address and the keyring.

Every function here is slow and blocking: it is called through ``Jobs.hacer`` and raises what went wrong.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lerdo_desk.base.errores import ErrorDeEntorno
from lerdo_desk.config import Configuracion


def _suelta(*_datos: object) -> Any:  # noqa: ANN401 — it never gives anything
    raise ErrorDeEntorno("Esta ventana no está unida a ninguna base; cierre la sesión y vuelva a entrar.")


@dataclass(frozen=True)
class Llavero:
    """The keyring, for a profile whose password it may keep."""

    recordada: Callable[[], bool]
    """Tells whether the password of this person is kept."""
    recordar: Callable[[str], None]
    """Keeps a password once it is checked, or forgets it when empty."""


@dataclass(frozen=True)
class Enlaces:
    """The functions that the application gives to its window."""

    comprobar: Callable[[str], None] = _suelta
    """Checks the password of who is logged in; ErrorDeUso when it is another."""
    firmar: Callable[[str, str, Any, Any], Any] = _suelta
    """Runs ``(login, frase, caso, orden)`` as that person; gives an object with ``valor`` and ``tablas``."""
    guardar: Callable[[Configuracion], object] = _suelta
    """Writes the station's settings."""
    llavero: Llavero | None = None
    """None where the municipality's policy forbids to keep this profile's password."""
    extras: Mapping[str, object] = field(default_factory=dict)
    """What the pages find by name in ``Servicios.extras``; the first page is made with it."""
