"""Accounts: created by the administrator, and everyone changes their own phrase."""

from dataclasses import dataclass, field

from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import usuarios
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.modules.sistema.service.permisos import ALTA, MI_FRASE, USUARIOS


@dataclass(frozen=True)
class Nada:
    """An order with nothing to say."""


@dataclass(frozen=True)
class NuevaFrase:
    """One's own new phrase, already turned into a verifier by this station."""

    verificador: str = field(repr=False)


@use_case(USUARIOS)
def listar(ctx: Context, _orden: Nada) -> tuple[usuarios.Fila, ...]:
    """List the accounts with their profile."""
    return usuarios.listar(ctx.session)


@use_case(ALTA)
def dar_de_alta(ctx: Context, orden: usuarios.Alta) -> str:
    """Create an account with a temporary phrase that must be changed on first entry."""
    if not texto(orden.nombre, campo="nombre"):
        raise ErrorDeUso("Escriba el nombre completo de la persona.", "nombre")
    usuarios.dar_de_alta(ctx.session, ctx.ahora, orden)
    return orden.login


@use_case(MI_FRASE)
def cambiar_mi_frase(ctx: Context, orden: NuevaFrase) -> None:
    """Replace one's own phrase; the temporary one stops serving."""
    usuarios.cambiar_mi_frase(ctx.session, ctx.actor.usuario, orden.verificador)
