"""Phrases: generated for a first login, derived for training, and refused when they are easy to guess."""

import hashlib
import hmac
import secrets

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.palabras import PALABRAS

MINIMO_FRASE = 15


def frase_nueva(palabras: int = 4) -> str:
    """Generate a phrase of common words that is easy to dictate, e.g. for a first login."""
    return "-".join(secrets.choice(PALABRAS) for _ in range(palabras))


def frase_de_capacitacion(semilla: str, login: str) -> str:
    """Give the phrase of a training user: derived from the station's seed, so that no file holds it."""
    digesto = hmac.new(semilla.encode(), login.encode(), hashlib.sha256).digest()
    indices = [int.from_bytes(digesto[i : i + 4], "big") % len(PALABRAS) for i in (0, 4, 8)]
    return "-".join(PALABRAS[i] for i in indices)


def revisar_frase(frase: str, login: str, minimo: int = MINIMO_FRASE) -> str:
    """Refuse a phrase that is short, repeats one character or is the user's own name (ErrorDeUso)."""
    if len(frase) < minimo:
        raise ErrorDeUso(f"La frase debe tener al menos {minimo} caracteres; use varias palabras.", "frase")
    if len(set(frase.lower())) < 5 or login.lower() in frase.lower():
        raise ErrorDeUso(
            "La frase es muy fácil de adivinar; use varias palabras sin su nombre de usuario.", "frase"
        )
    return frase
