"""Deposit slips: what waits for the bank, keeping a slip to the centavo, and the list of all of them."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, String, cast, func, select

from lerdo_desk.base.listas import Pagina, Pedido, Salida
from lerdo_desk.core.listados import Columna, Listado, entregar, pagina
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.core.usuarios import Usuario
from lerdo_desk.hacienda import cortes
from lerdo_desk.hacienda import depositos as ledger
from lerdo_desk.hacienda.antiguedad import dias_desde
from lerdo_desk.hacienda.depositos import Cuenta, FichaHecha, FichaNueva, PorDepositar, RelacionDeFichas
from lerdo_desk.hacienda.entregas import DINERO
from lerdo_desk.hacienda.formas import FORMAS
from lerdo_desk.hacienda.modelos import Caja, Corte, Ente
from lerdo_desk.hacienda.modelos_ingresos import CorteEvento, CuentaBancaria, Ficha
from lerdo_desk.modules.ingresos.service.permisos import DEPOSITAR, VER_DEPOSITOS
from lerdo_desk.modules.ingresos.service.personas import Nada, nombres


@dataclass(frozen=True)
class Cuentas:
    """The bank accounts, and the day it is."""

    cuentas: tuple[Cuenta, ...]
    hoy: date


@dataclass(frozen=True)
class DeEnte:
    """Of which ente the money is asked for."""

    ente_id: int


@dataclass(frozen=True)
class UnaFicha:
    """Which slip is asked for."""

    ficha_id: str


@dataclass(frozen=True)
class Dias:
    """The bank's days of which the slips are asked for, both included."""

    desde: date
    hasta: date


_ATOMO, _FALTA = ledger.sin_depositar()
_ULTIMO = (
    select(CorteEvento.estado)
    .where(CorteEvento.turno_id == Corte.turno_id)
    .order_by(CorteEvento.n.desc())
    .limit(1)
    .correlate(Corte)
    .scalar_subquery()
)
_DONDE: ColumnElement[str] = func.coalesce(_ULTIMO, cortes.SIN_VERIFICAR)
DONDE_ESTA = (
    (cortes.SIN_VERIFICAR, "En la caja, sin verificar"),
    (cortes.VERIFICADO, "En la caja, verificado"),
    (cortes.ENTREGADO, "Entregado, sin recibir"),
    (cortes.RECIBIDO, "En Tesorería"),
)
"""Where money that no slip took is, by how far its corte has come."""

SIN_DEPOSITAR = Listado(
    clave="ingresos.sin_depositar",
    nombre="Dinero sin depositar",
    permiso=VER_DEPOSITOS,
    consulta=select(_ATOMO)
    .join(Corte, Corte.turno_id == _ATOMO.c.turno_id)
    .join(Caja, Caja.id == Corte.caja_id)
    .join(Ente, Ente.id == _ATOMO.c.ente_id)
    .where(_FALTA),
    id=_ATOMO.c.turno_id + "|" + cast(_ATOMO.c.ente_id, String) + "|" + _ATOMO.c.forma,
    columnas=(
        Columna("dias", "Días", dias_desde(Corte.creado), "entero", ancho=70, ordenable=True),
        Columna("cierre", "Corte hecho", Corte.creado, "instante", ancho=150, ordenable=True),
        Columna("caja", "Caja", Caja.nombre, ancho=250, ordenable=True),
        Columna("numero", "Corte", Corte.numero, "entero", ancho=70),
        Columna("ente", "Ente", Ente.nombre, ancho=240, ordenable=True),
        Columna(
            "forma",
            "Forma de pago",
            _ATOMO.c.forma,
            ancho=150,
            ordenable=True,
            opciones=tuple((f, FORMAS[f]) for f in DINERO),
        ),
        Columna("importe", "Importe", _ATOMO.c.importe, "dinero", ancho=120, ordenable=True, suma=True),
        Columna("donde", "Dónde está", _DONDE, ancho=190, opciones=DONDE_ESTA),
    ),
    orden=(("cierre", "asc"),),
)
FICHAS = Listado(
    clave="ingresos.fichas",
    nombre="Fichas de depósito",
    permiso=VER_DEPOSITOS,
    consulta=select(Ficha)
    .join(CuentaBancaria, CuentaBancaria.id == Ficha.cuenta_bancaria_id)
    .join(Ente, Ente.id == CuentaBancaria.ente_id)
    .outerjoin(Usuario, Usuario.login == Ficha.usuario),
    id=Ficha.id,
    columnas=(
        Columna("fecha", "Fecha", Ficha.fecha, "fecha", ancho=110, ordenable=True),
        Columna("folio", "Folio", Ficha.folio, ancho=140, ordenable=True),
        Columna("cuenta", "Cuenta", CuentaBancaria.nombre, ancho=250, ordenable=True),
        Columna("banco", "Banco", CuentaBancaria.banco, ancho=150),
        Columna("numero", "Número de cuenta", CuentaBancaria.numero, ancho=180, oculta=True),
        Columna("ente", "Ente", Ente.nombre, ancho=270),
        Columna("importe", "Importe", Ficha.importe, "dinero", ancho=130, ordenable=True, suma=True),
        Columna("registro", "Registró", func.coalesce(Usuario.nombre, Ficha.usuario), ancho=180),
        Columna("creado", "Registrada", Ficha.creado, "instante", ancho=150, ordenable=True, oculta=True),
    ),
    orden=(("fecha", "desc"),),
)


@use_case(VER_DEPOSITOS)
def cuentas_bancarias(ctx: Context, _orden: Nada) -> Cuentas:
    """List the bank accounts of every ente."""
    return Cuentas(ledger.cuentas(ctx.session), ctx.hoy)


@use_case(VER_DEPOSITOS)
def por_depositar(ctx: Context, orden: DeEnte) -> tuple[PorDepositar, ...]:
    """List what Tesorería holds of an ente and no slip took yet, the oldest first."""
    return ledger.por_depositar(ctx.session, orden.ente_id, ctx.zona)


@use_case(DEPOSITAR, repetible=True)
def depositar(ctx: Context, orden: FichaNueva) -> FichaHecha:
    """Keep a slip that is equal to the centavo to the money it takes, and give it as kept."""
    ledger.depositar(ctx.session, ctx.hoy, orden)
    return ledger.ficha(ctx.session, orden.id, nombres(ctx))


@use_case(VER_DEPOSITOS)
def sin_depositar(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of the money that no slip took yet, the oldest first."""
    return pagina(ctx, SIN_DEPOSITAR, orden)


@use_case(VER_DEPOSITOS)
def sin_depositar_entero(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand the whole list over, for a file."""
    return entregar(ctx, SIN_DEPOSITAR, orden)


@use_case(VER_DEPOSITOS)
def fichas(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of the slips, the newest first."""
    return pagina(ctx, FICHAS, orden)


@use_case(VER_DEPOSITOS)
def fichas_enteras(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand the whole list over, for a file."""
    return entregar(ctx, FICHAS, orden)


@use_case(VER_DEPOSITOS)
def ficha(ctx: Context, orden: UnaFicha) -> FichaHecha:
    """Give a slip with the money it took."""
    return ledger.ficha(ctx.session, orden.ficha_id, nombres(ctx))


@use_case(VER_DEPOSITOS)
def relacion_de_fichas(ctx: Context, orden: Dias) -> RelacionDeFichas:
    """Give the slips of some of the bank's days with what each one took, ready to draw."""
    return ledger.relacion(ctx.session, orden.desde, orden.hasta, nombres(ctx))
