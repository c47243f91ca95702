"""Remembers the user's name of this station in the system's keyring; never a password."""

import contextlib

import keyring
from keyring.errors import KeyringError

_SERVICIO = "lerdo-desk"
_QUIEN = "ultimo-usuario"


def recordado() -> str:
    """Give the remembered user name, or nothing where the system has no keyring or it is locked."""
    with contextlib.suppress(KeyringError, RuntimeError):
        return keyring.get_password(_SERVICIO, _QUIEN) or ""
    return ""


def recordar(usuario: str) -> bool:
    """Keep a user name, or forget it when empty; False where this station cannot remember."""
    with contextlib.suppress(KeyringError, RuntimeError):
        if usuario:
            keyring.set_password(_SERVICIO, _QUIEN, usuario)
        elif keyring.get_password(_SERVICIO, _QUIEN):
            keyring.delete_password(_SERVICIO, _QUIEN)
        return True
    return False


def nombre() -> str:
    """Name the back end in use, for ``doctor``; ``fail`` when there is none."""
    return type(keyring.get_keyring()).__module__.rsplit(".", 1)[-1]
