"""What a permission is: declared once beside its use case, enforced in window, Runner and database."""

from dataclasses import dataclass
from typing import Any

PERFILES = ("cajero", "capturista", "supervisor", "tesorero", "administrador", "auditor")
"""The profiles of the house; on PostgreSQL each is a NOLOGIN role ``mun_<perfil>``."""

TODOS = PERFILES


@dataclass(frozen=True)
class Propias:
    """Rows of a table that this same login wrote: what a profile sees when it may not see everybody's."""

    tabla: Any


@dataclass(frozen=True)
class Permiso:
    """One thing that may be done, by whom, and what the database must grant for it.

    ``lee`` and ``inserta`` name mapped classes (or ``Propias`` of one in ``lee``); ``ejecuta`` names
    functions of the schema with their argument types, e.g. ``"bloquear_cargos(bigint[])"``. ``actualiza``
    names tables of what belongs to one person: one's own rows there are written, changed and deleted freely,
    and leave no act in the bitácora.
    """

    clave: str
    nombre: str
    perfiles: tuple[str, ...]
    lee: tuple[Any, ...] = ()
    inserta: tuple[Any, ...] = ()
    ejecuta: tuple[str, ...] = ()
    actualiza: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a profile that the house does not know."""
        ajenos = set(self.perfiles) - set(PERFILES)
        if ajenos:
            raise ValueError(f"{self.clave}: unknown profiles {sorted(ajenos)}")
