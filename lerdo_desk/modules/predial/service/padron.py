"""The padrón as a list, and an account's data and values: owners, how to reach them, worth by year."""

from collections import defaultdict
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select, type_coerce

from lerdo_desk.base.calendario import hora_local
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pagina, Pedido, Salida
from lerdo_desk.core.listados import Columna, Listado, entregar, pagina
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.db.modelo import Centavos
from lerdo_desk.hacienda.modelos import Contribuyente, Cuenta
from lerdo_desk.hacienda.modelos_ingresos import Contacto
from lerdo_desk.modules.predial import rules
from lerdo_desk.modules.predial.models import Predio, Propietario, Valor
from lerdo_desk.modules.predial.service.permisos import VER_PADRON

ACTIVA, EN_REVISION, BAJA = "ACTIVA", "BLOQUEADA_REVISION", "BAJA"
ESTADOS = ((ACTIVA, "Activa"), (EN_REVISION, "En revisión"), (BAJA, "De baja"))
ENTERA = 1_000_000
"""The whole of a property: shares are kept in millionths."""

_CM2 = 10_000
"""Square centimetres in a square metre."""

# For one row at a time: the order and the count of the list never touch the values.
_ULTIMO = (
    select(type_coerce(Valor.terreno + Valor.construccion, Centavos()))
    .where(Valor.cuenta_id == Predio.cuenta_id)
    .order_by(Valor.ejercicio.desc(), Valor.version.desc())
    .limit(1)
    .scalar_subquery()
)

PADRON = Listado(
    clave="predial.padron",
    nombre="Padrón predial",
    permiso=VER_PADRON,
    consulta=select(Cuenta).join(Predio, Predio.cuenta_id == Cuenta.id).where(Cuenta.modulo == rules.MODULO),
    id=Cuenta.id,
    columnas=(
        Columna("clave", "Clave catastral", Cuenta.clave, ancho=122, ordenable=True),
        Columna("titular", "Titular", Cuenta.titular, ancho=220, ordenable=True, en_busqueda=True),
        Columna("calle", "Calle", Predio.calle, ancho=136),
        Columna("numero", "Número", Predio.numero, ancho=72),
        Columna("colonia", "Colonia", Predio.colonia, ancho=146),
        Columna("tipo", "Tipo", Predio.tipo, ancho=84),
        Columna("uso", "Uso", Predio.uso, ancho=118),
        Columna("estado", "Estado", Predio.estado, ancho=104, opciones=ESTADOS),
        # Centi-square-metres travel as the house's exact figure of two decimals.
        Columna(
            "superficie",
            "Superficie m²",
            type_coerce(Predio.superficie_cm2 // 100, Centavos()),
            "dinero",
            ancho=110,
        ),
        Columna("valor", "Valor catastral", _ULTIMO, "dinero", ancho=122),
        Columna("codigo_postal", "C.P.", Predio.codigo_postal, ancho=80, oculta=True),
        Columna("desde", "Se cobra desde", Predio.emitir_desde, "entero", ancho=120, oculta=True),
        Columna("alta", "Alta en el padrón", Cuenta.creado, "instante", ancho=140, oculta=True),
    ),
    orden=(("clave", "asc"),),
    busqueda=Cuenta.busqueda,
)


@use_case(VER_PADRON)
def padron(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of the padrón."""
    return pagina(ctx, PADRON, orden)


@use_case(VER_PADRON)
def padron_entero(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand the whole padrón over, for a file."""
    return entregar(ctx, PADRON, orden)


@dataclass(frozen=True)
class CuentaPedida:
    """The account that is asked about."""

    cuenta_id: int


@dataclass(frozen=True)
class PropietarioVisto:
    """One owner: their share in millionths (0 where nobody wrote it) and how to reach them."""

    contribuyente_id: int
    nombre: str
    tipo: str
    rfc: str
    curp: str
    participacion: int
    contactos: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DatosDeCuenta:
    """A property as it stands; ``superficie`` in square metres, ``valor`` in pesos with its ejercicio.

    ``version``: that of the owners, 0 while none was written and the titular stands alone.
    """

    cuenta_id: int
    clave: str
    titular: str
    tipo: str
    uso: str
    estado: str
    calle: str
    numero: str
    colonia: str
    codigo_postal: str
    superficie: Decimal
    emitir_desde: int
    valor: Decimal | None
    valor_ejercicio: int | None
    version: int
    propietarios: tuple[PropietarioVisto, ...]


@dataclass(frozen=True)
class ValorVisto:
    """A value on record, in pesos; ``vigente`` tells the version that counts in its ejercicio."""

    ejercicio: int
    version: int
    terreno: Decimal
    construccion: Decimal
    origen: str
    usuario: str
    cuando: datetime
    vigente: bool

    @property
    def total(self) -> Decimal:
        """Pesos of land and construction."""
        return self.terreno + self.construccion


@use_case(VER_PADRON)
def datos_de(ctx: Context, orden: CuentaPedida) -> DatosDeCuenta:
    """Give a property's data with its owners; ErrorDeUso when the padrón has no such account."""
    return datos(ctx, orden.cuenta_id)


@use_case(VER_PADRON)
def valores_de(ctx: Context, orden: CuentaPedida) -> tuple[ValorVisto, ...]:
    """List every value ever written, the last ejercicio and version first."""
    filas = ctx.session.scalars(
        select(Valor)
        .where(Valor.cuenta_id == orden.cuenta_id)
        .order_by(Valor.ejercicio.desc(), Valor.version.desc())
    ).all()
    vistos: set[int] = set()
    valores = []
    for v in filas:
        cuando = hora_local(v.creado, ctx.zona)
        importes = (v.terreno, v.construccion, v.origen, v.usuario, cuando)
        valores.append(ValorVisto(v.ejercicio, v.version, *importes, v.ejercicio not in vistos))
        vistos.add(v.ejercicio)
    return tuple(valores)


def datos(ctx: Context, cuenta_id: int) -> DatosDeCuenta:
    """Read a property's data; ErrorDeUso when the padrón has no such account."""
    fila = ctx.session.execute(
        select(Cuenta, Predio).join(Predio, Predio.cuenta_id == Cuenta.id).where(Cuenta.id == cuenta_id)
    ).first()
    if fila is None:
        raise ErrorDeUso("Esa cuenta no está en el padrón predial; búsquela de nuevo.")
    cuenta, predio = fila[0], fila[1]
    valor = ctx.session.execute(
        select(Valor.ejercicio, Valor.terreno, Valor.construccion)
        .where(Valor.cuenta_id == cuenta_id)
        .order_by(Valor.ejercicio.desc(), Valor.version.desc())
        .limit(1)
    ).first()
    version, propietarios = _propietarios(ctx, cuenta_id, cuenta.titular_id)
    return DatosDeCuenta(
        *(cuenta_id, cuenta.clave, cuenta.titular, predio.tipo, predio.uso, predio.estado),
        *(predio.calle, predio.numero, predio.colonia, predio.codigo_postal),
        superficie=Decimal(predio.superficie_cm2) / _CM2,
        emitir_desde=predio.emitir_desde,
        valor=None if valor is None else valor.terreno + valor.construccion,
        valor_ejercicio=None if valor is None else valor.ejercicio,
        version=version,
        propietarios=propietarios,
    )


def _propietarios(ctx: Context, cuenta_id: int, titular_id: int) -> tuple[int, tuple[PropietarioVisto, ...]]:
    """Give the last version of the owners; the titular alone, without share, where none was written."""
    ultima = select(func.max(Propietario.version)).where(Propietario.cuenta_id == cuenta_id)
    filas = ctx.session.execute(
        select(Propietario.version, Propietario.participacion, Contribuyente)
        .join(Contribuyente, Contribuyente.id == Propietario.contribuyente_id)
        .where(Propietario.cuenta_id == cuenta_id, Propietario.version == ultima.scalar_subquery())
        .order_by(Propietario.n)
    ).all()
    duenos: list[tuple[int, Contribuyente]] = [(f.participacion, f.Contribuyente) for f in filas]
    if not duenos:
        duenos = [(0, ctx.session.get_one(Contribuyente, titular_id))]
    contactos = contactos_de(ctx, [persona.id for _, persona in duenos])
    return filas[0].version if filas else 0, tuple(
        PropietarioVisto(
            persona.id,
            persona.nombre,
            persona.tipo,
            persona.rfc or "",
            persona.curp or "",
            participacion,
            contactos.get(persona.id, ()),
        )
        for participacion, persona in duenos
    )


def contactos_de(ctx: Context, personas: Sequence[int]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Give how to reach some people: tipo and value of the last row of each, those left empty out."""
    filas = ctx.session.execute(
        select(Contacto.contribuyente_id, Contacto.tipo, Contacto.valor)
        .where(Contacto.contribuyente_id.in_(personas))
        .order_by(Contacto.contribuyente_id, Contacto.tipo, Contacto.n)
    )
    ultimos: dict[int, dict[str, str]] = defaultdict(dict)
    for f in filas:
        ultimos[f.contribuyente_id][f.tipo] = f.valor
    return {quien: tuple((t, v) for t, v in suyos.items() if v) for quien, suyos in ultimos.items()}
