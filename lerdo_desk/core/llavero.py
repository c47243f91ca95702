"""Remembers in the system's keyring the user's name, and a password where the municipality's policy lets it.

Whether a profile may is not asked here: ``core.acceso.Entrada.puede_recordar`` tells it after each entry.
"""

import contextlib
import hashlib

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


def frase_recordada(url: str, usuario: str) -> str:
    """Give the password kept for a person of one database, or nothing."""
    with contextlib.suppress(KeyringError, RuntimeError):
        return keyring.get_password(_SERVICIO, _de_quien(url, usuario)) or ""
    return ""


def recordar_frase(url: str, usuario: str, frase: str) -> bool:
    """Keep a person's password, or forget it when empty; False where this station cannot remember."""
    suyo = _de_quien(url, usuario)
    with contextlib.suppress(KeyringError, RuntimeError):
        if frase:
            keyring.set_password(_SERVICIO, suyo, frase)
            return keyring.get_password(_SERVICIO, suyo) == frase
        if keyring.get_password(_SERVICIO, suyo):
            keyring.delete_password(_SERVICIO, suyo)
        return True
    return False


def _de_quien(url: str, usuario: str) -> str:
    """Name a secret by database and person: the password of one base is never offered to another."""
    return f"frase:{hashlib.sha256(url.encode()).hexdigest()[:16]}:{usuario}"


def nombre() -> str:
    """Name the back end in use, for ``doctor``; ``fail`` when there is none."""
    return type(keyring.get_keyring()).__module__.rsplit(".", 1)[-1]
