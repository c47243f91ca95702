"""The padrón of people: its list, one more person, and how to reach one."""

from collections.abc import Generator
from dataclasses import dataclass

from sqlalchemy import case, func, select

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pagina, Pedido, Salida
from lerdo_desk.core.listados import Columna, Listado, entregar, pagina
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.hacienda import personas
from lerdo_desk.hacienda.modelos import Contribuyente, Cuenta
from lerdo_desk.hacienda.personas import Persona, PersonaNueva
from lerdo_desk.modules.contribuyentes.service.expediente import fichas_de
from lerdo_desk.modules.contribuyentes.service.permisos import ALTA, CONTACTO, VER
from lerdo_desk.modules.contribuyentes.service.uniones import equivalentes, unido

UNIDO, PROPIO = "UNIDO", "PROPIO"

PADRON = Listado(
    clave="contribuyentes.padron",
    nombre="Contribuyentes",
    permiso=VER,
    consulta=select(Contribuyente),
    id=Contribuyente.id,
    columnas=(
        Columna("nombre", "Nombre o razón social", Contribuyente.nombre, ancho=300, ordenable=True),
        Columna("rfc", "RFC", Contribuyente.rfc, ancho=130, ordenable=True),
        Columna("curp", "CURP", Contribuyente.curp, ancho=190, ordenable=True),
        Columna(
            "tipo",
            "Tipo",
            Contribuyente.tipo,
            ancho=120,
            opciones=((personas.FISICA, "Física"), (personas.MORAL, "Moral")),
        ),
        Columna(
            "cuentas",
            "Cuentas",
            select(func.count())
            .select_from(Cuenta)
            .where(Cuenta.titular_id == Contribuyente.id)
            .correlate(Contribuyente)
            .scalar_subquery(),
            "entero",
            ancho=80,
        ),
        Columna(
            "estado",
            "Registro",
            case((unido(), UNIDO), else_=PROPIO),
            ancho=120,
            opciones=((PROPIO, "Propio"), (UNIDO, "Unido a otro")),
        ),
        Columna("alta", "Alta", Contribuyente.creado, "instante", ancho=140, oculta=True),
        Columna("usuario", "Dio de alta", Contribuyente.usuario, ancho=140, oculta=True),
    ),
    orden=(("nombre", "asc"),),
    busqueda=func.normaliza(
        Contribuyente.nombre.concat(" ")
        .concat(func.coalesce(Contribuyente.rfc, ""))
        .concat(" ")
        .concat(func.coalesce(Contribuyente.curp, ""))
    ),
    tabla=Contribuyente,
)


@dataclass(frozen=True)
class Alta:
    """The order to write a new person and how to reach them; empty data are left out."""

    persona: PersonaNueva
    telefono: str = ""
    correo: str = ""
    domicilio: str = ""


@dataclass(frozen=True)
class DatosDeContacto:
    """The order to say how to reach a person from now on; an empty datum takes the old one away."""

    contribuyente_id: int
    telefono: str
    correo: str
    domicilio: str


@use_case(VER)
def padron(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of the padrón of people."""
    return pagina(ctx, PADRON, orden)


@use_case(VER)
def padron_entero(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand the whole padrón over, for a file."""
    return entregar(ctx, PADRON, orden)


@use_case(VER)
def semejantes(ctx: Context, orden: PersonaNueva) -> tuple[Persona, ...]:
    """Give who is written already and may be the person that somebody types."""
    return personas.semejantes(ctx.session, orden)


@use_case(ALTA)
def dar_de_alta(ctx: Context, orden: Alta) -> int:
    """Write a new person with how to reach them, and give their id; see ``hacienda.personas.alta``."""
    nueva = personas.alta(ctx.session, orden.persona)
    _poner_contactos(ctx, nueva, orden.telefono, orden.correo, orden.domicilio)
    return nueva


@use_case(CONTACTO)
def cambiar_contacto(ctx: Context, orden: DatosDeContacto) -> None:
    """Write how to reach a person.

    Raises ErrorDeUso for a datum that cannot be, or a record that was joined to another.
    """
    fichas = fichas_de(ctx, {orden.contribuyente_id})
    if not fichas:
        raise ErrorDeUso("Ese registro no existe; búsquelo de nuevo.")
    if equivalentes(ctx.session, orden.contribuyente_id)[0] != orden.contribuyente_id:
        raise ErrorDeUso("Ese registro está unido a otro; abra el expediente de la persona.")
    _poner_contactos(ctx, orden.contribuyente_id, orden.telefono, orden.correo, orden.domicilio)


def _poner_contactos(ctx: Context, quien: int, telefono: str, correo: str, domicilio: str) -> None:
    datos = ((personas.TELEFONO, telefono), (personas.CORREO, correo), (personas.DOMICILIO, domicilio))
    for tipo, valor in datos:
        personas.poner_contacto(ctx.session, quien, tipo, valor)
