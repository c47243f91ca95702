"""Who is who: the names of the people behind the logins that sign."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from lerdo_desk.core.use_cases import Context
from lerdo_desk.core.usuarios import Usuario


@dataclass(frozen=True)
class Nada:
    """The order that asks for nothing in particular."""


def nombres(ctx: Context) -> Mapping[str, str]:
    """Give the name of each login."""
    return {f.login: f.nombre for f in ctx.session.execute(select(Usuario.login, Usuario.nombre))}
