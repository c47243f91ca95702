"""What sistema does: accounts are created by the administrator, and everyone changes their own phrase."""

from dataclasses import dataclass, field

from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import usuarios
from lerdo_desk.core.permisos import PERFILES, Permiso
from lerdo_desk.core.use_cases import Context, use_case

USUARIOS = Permiso(
    "sistema.ver_usuarios", "Ver los usuarios", ("administrador", "auditor"), lee=(usuarios.Usuario,)
)
ALTA = Permiso(
    "sistema.alta_usuario",
    "Dar de alta usuarios",
    ("administrador",),
    inserta=(),
    ejecuta=("seg_alta(text,text,text,text)",),
)
MI_FRASE = Permiso(
    "sistema.mi_frase", "Cambiar su propia contraseña", PERFILES, lee=(), ejecuta=("seg_mi_clave(text)",)
)
EMBEBIDA = Permiso("sistema.frases", "Contraseñas de la base embebida", (), lee=(usuarios.Frase,))


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
