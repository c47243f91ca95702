"""The law as it is loaded, every dated value in words, and the banks where the money goes: only to look at.

Values enter with the municipality's pack, whose arithmetic is proved; a screen that changed one would not be.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, String, case, cast, or_, select

from lerdo_desk.base.entrada import fecha
from lerdo_desk.base.listas import Fila, Pagina, Pedido, Recibe, Salida
from lerdo_desk.core import registry
from lerdo_desk.core.listados import Columna, Listado, entregar, pagina
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.hacienda.modelos import Ente, Parametro
from lerdo_desk.hacienda.modelos_ingresos import CuentaBancaria
from lerdo_desk.modules.sistema.rules import clave_en_palabras, valor_en_palabras
from lerdo_desk.modules.sistema.service.permisos import VER_BANCOS, VER_PARAMETROS

HOY = "hoy"
_ENTRE = "\x1f"
"""Between the parts of a value, which words are made of after it is read."""
OFICIAL, EJEMPLO = "OFICIAL", "EJEMPLO"
_RESPALDO = ((OFICIAL, "Oficial"), (EJEMPLO, "EJEMPLO – NO OFICIAL"))

PARAMETROS = Listado(
    clave="sistema.parametros",
    nombre="Parámetros de la ley",
    permiso=VER_PARAMETROS,
    consulta=select(Parametro),
    id=Parametro.id,
    columnas=(
        Columna("modulo", "Dirección", Parametro.modulo, ancho=140, ordenable=True),
        Columna("clave", "Parámetro", Parametro.clave, ancho=160, ordenable=True),
        Columna("variante", "Variante", Parametro.variante, ancho=170, ordenable=True),
        Columna(
            "valor",
            "Valor",
            Parametro.clave.concat(_ENTRE)
            .concat(cast(Parametro.numero, String))
            .concat(_ENTRE)
            .concat(cast(Parametro.escala, String))
            .concat(_ENTRE)
            .concat(Parametro.alcance)
            .concat(_ENTRE)
            .concat(Parametro.datos),
            ancho=220,
            filtrable=False,
        ),
        Columna("desde", "Desde", Parametro.desde, "fecha", ancho=105, ordenable=True),
        Columna("hasta", "Hasta", Parametro.hasta, "fecha", ancho=105),
        Columna(
            "respaldo",
            "Respaldo",
            case((Parametro.ejemplo == 1, EJEMPLO), else_=OFICIAL),
            ancho=190,
            opciones=_RESPALDO,
        ),
        Columna("fundamento", "Fundamento", Parametro.fundamento, ancho=300),
    ),
    orden=(("modulo", "asc"), ("clave", "asc"), ("variante", "asc"), ("desde", "desc")),
)
BANCOS = Listado(
    clave="sistema.bancos",
    nombre="Cuentas bancarias",
    permiso=VER_BANCOS,
    consulta=select(CuentaBancaria).join(Ente, Ente.id == CuentaBancaria.ente_id),
    id=CuentaBancaria.id,
    columnas=(
        Columna("banco", "Banco", CuentaBancaria.banco, ancho=200, ordenable=True),
        Columna("numero", "Cuenta o CLABE", CuentaBancaria.numero, ancho=190, ordenable=True),
        Columna("nombre", "Para qué", CuentaBancaria.nombre, ancho=260),
        Columna("ente", "De", Ente.nombre, ancho=260),
        Columna(
            "respaldo",
            "Respaldo",
            case((CuentaBancaria.ejemplo == 1, EJEMPLO), else_=OFICIAL),
            ancho=190,
            opciones=_RESPALDO,
        ),
    ),
    orden=(("banco", "asc"), ("numero", "asc")),
)


@dataclass(frozen=True)
class EnVigor:
    """The question of the parameters in force on a day, as it is typed; «hoy», or empty for all."""

    pedido: Pedido
    dia: str = ""


@dataclass(frozen=True)
class EnVigorEntero:
    """The order to hand over those in force on a day, for a file."""

    salida: Salida
    dia: str = ""


@use_case(VER_PARAMETROS)
def parametros(ctx: Context, orden: EnVigor) -> Pagina:
    """Give one page of the dated values; ErrorDeUso when the day cannot be read."""
    dada = pagina(ctx, PARAMETROS, orden.pedido, *_en_vigor(ctx, orden.dia))
    traducir = _traductor(orden.pedido)
    return Pagina(tuple(traducir(f) for f in dada.filas), dada.siguiente, dada.total, dada.exacto, dada.sumas)


@use_case(VER_PARAMETROS)
def parametros_enteros(ctx: Context, orden: EnVigorEntero) -> Generator[Progress, None, int]:
    """Hand the dated values over, for a file."""
    pedido = orden.salida.pedido
    traducida = Salida(pedido, _Traducida(orden.salida.recibe, _traductor(pedido)))
    return entregar(ctx, PARAMETROS, traducida, *_en_vigor(ctx, orden.dia))


@use_case(VER_BANCOS)
def bancos(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of the bank accounts."""
    return pagina(ctx, BANCOS, orden)


@use_case(VER_BANCOS)
def bancos_enteros(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand the bank accounts over, for a file."""
    return entregar(ctx, BANCOS, orden)


def _en_vigor(ctx: Context, escrito: str) -> tuple[ColumnElement[bool], ...]:
    dicho = escrito.strip().lower()
    if not dicho:
        return ()
    dia: date = ctx.hoy if dicho == HOY else fecha(dicho, ctx.hoy, "dia")
    return Parametro.desde <= dia, or_(Parametro.hasta.is_(None), Parametro.hasta >= dia)


@dataclass(frozen=True)
class _Traducida:
    """Takes a whole list and hands it on in words."""

    recibe: Recibe
    traducir: Callable[[Fila], Fila]

    def empezar(self, total: int, sumas: tuple[tuple[str, Decimal], ...], momento: datetime) -> None:
        """Hand on what is known before the rows."""
        self.recibe.empezar(total, sumas, momento)

    def filas(self, lote: Sequence[Fila]) -> None:
        """Hand on the next rows, in words."""
        self.recibe.filas([self.traducir(f) for f in lote])


def _traductor(pedido: Pedido) -> Callable[[Fila], Fila]:
    """Give what writes dirección, clave and value of a row as a person reads them."""
    claves = [c.clave for c in PARAMETROS.descripcion().elegidas(pedido.columnas)]
    nombres = {m.clave: m.nombre for m in registry.modulos()} | {"general": "General"}
    escriben: dict[str, Callable[[str], str]] = {
        "modulo": lambda v: nombres.get(v, v.capitalize()),
        "clave": clave_en_palabras,
        "valor": _valor,
    }

    def traducir(fila: Fila) -> Fila:
        escritos = (escriben[c](v) if c in escriben else v for c, v in zip(claves, fila, strict=False))
        return (*escritos, fila[-1])

    return traducir


def _valor(leido: str) -> str:
    clave, numero, escala, alcance, datos = leido.split(_ENTRE, 4)
    return valor_en_palabras(clave, int(numero), int(escala), alcance, datos)
