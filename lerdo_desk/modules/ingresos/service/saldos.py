"""Saldos a favor: those with money left, giving one back, and applying one to the debts of an account."""

from collections.abc import Generator
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import Text, case, select, type_coerce
from sqlalchemy import cast as sql_cast

from lerdo_desk.base.entrada import busqueda, texto
from lerdo_desk.base.listas import Pagina, Pedido, Salida
from lerdo_desk.core import registry
from lerdo_desk.core.listados import Columna, Listado, entregar, pagina
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.db.modelo import Centavos
from lerdo_desk.hacienda import busquedas, externos, saldos, saldos_aplicar
from lerdo_desk.hacienda.adeudos import Adeudo, AdeudoCargo, consultar
from lerdo_desk.hacienda.modelos import Cargo, Cuenta, Recibo, Serie, Turno
from lerdo_desk.hacienda.modelos_ingresos import PagoExterno, Saldo
from lerdo_desk.hacienda.saldos import SaldoVisto
from lerdo_desk.modules.ingresos.service.canales import EnCanal, turno_en
from lerdo_desk.modules.ingresos.service.permisos_canales import APLICAR_SALDO, DEVOLVER_SALDO, VER_SALDOS

ORIGENES = (
    ("SIN_CUENTA", "Sin cuenta: falta saber de quién es"),
    ("PAGO_DOBLE", "Pago doble"),
    ("EXCEDENTE", "Pagó de más"),
    ("CHEQUE", "Cheque devuelto: lo pagado de otra forma"),
)
"""Why money was received beyond what was owed."""

_RESULTADOS = 20
_RECIBO = case((Serie.clave.is_(None), ""), else_=Serie.clave + "-" + sql_cast(Recibo.folio, Text))
_QUEDA = type_coerce(saldos.queda(), Centavos())

SALDOS = Listado(
    clave="ingresos.saldos",
    nombre="Saldos a favor",
    permiso=VER_SALDOS,
    consulta=select(Saldo)
    .join(Cuenta, Cuenta.id == Saldo.cuenta_id)
    .join(Cargo, Cargo.id == Saldo.cargo_id)
    .join(Recibo, Recibo.id == Saldo.recibo_id)
    .join(Serie, Serie.id == Recibo.serie_id)
    .outerjoin(PagoExterno, PagoExterno.operacion_id == Recibo.operacion_id)
    .where(saldos.queda() > 0),
    id=Saldo.cargo_id,
    columnas=(
        Columna("desde", "Desde", Cargo.vence, "fecha", ancho=110, ordenable=True),
        Columna("titular", "De quién", Cuenta.titular, ancho=240, ordenable=True),
        Columna("cuenta", "Cuenta", Cuenta.clave, ancho=170),
        Columna("origen", "Por qué", Saldo.origen, ancho=260, ordenable=True, opciones=ORIGENES),
        Columna("recibo", "Recibo", _RECIBO, ancho=120),
        Columna("queda", "Queda", _QUEDA, "dinero", ancho=120, suma=True, ordenable=True),
        Columna("importe", "Recibido", Saldo.importe, "dinero", ancho=120, oculta=True),
        Columna("decia", "Decía el archivo", PagoExterno.clave, ancho=160, oculta=True),
        Columna("referencia", "Referencia", PagoExterno.referencia, ancho=160, oculta=True),
        Columna("pagado", "Fecha de pago", Recibo.fecha_pago, "fecha", ancho=120, oculta=True),
    ),
    orden=(("desde", "asc"),),
)


@use_case(VER_SALDOS)
def ver_saldos(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of the saldos with money left, the oldest first."""
    return pagina(ctx, SALDOS, orden)


@use_case(VER_SALDOS)
def ver_saldos_enteros(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand the whole list over, for a file."""
    return entregar(ctx, SALDOS, orden)


@dataclass(frozen=True)
class UnSaldo:
    """Which saldo is asked for: the cargo that holds it."""

    saldo: int


@dataclass(frozen=True)
class SaldoEntero:
    """A saldo as its dialogs show it: what is left, how often it was used, and what its file said."""

    visto: SaldoVisto
    usos: int
    decia: str
    referencia: str


@use_case(VER_SALDOS)
def ver_saldo(ctx: Context, orden: UnSaldo) -> SaldoEntero:
    """Give a saldo that still has money; ErrorDeUso when it has none."""
    visto = saldos_aplicar.ver(ctx.session, orden.saldo)
    fila = ctx.session.execute(
        select(PagoExterno.clave, PagoExterno.referencia)
        .join(Recibo, Recibo.operacion_id == PagoExterno.operacion_id)
        .join(Saldo, Saldo.recibo_id == Recibo.id)
        .where(Saldo.cargo_id == orden.saldo)
    ).first()
    usos = saldos_aplicar.usos(ctx.session, orden.saldo)
    return SaldoEntero(visto, usos, fila.clave if fila else "", fila.referencia if fila else "")


@dataclass(frozen=True)
class BuscarCuenta:
    """What was typed to find the account that a saldo will pay."""

    texto: str


@dataclass(frozen=True)
class CuentaHallada:
    """An account that was found."""

    cuenta_id: int
    clave: str
    titular: str
    domicilio: str


@use_case(VER_SALDOS)
def buscar_cuenta(ctx: Context, orden: BuscarCuenta) -> tuple[CuentaHallada, ...]:
    """Find accounts by key, holder or address; those of nobody known are left out."""
    halladas = busquedas.buscar(ctx.session, busqueda(orden.texto), _RESULTADOS)
    return tuple(
        CuentaHallada(c.cuenta_id, c.clave, c.titular, c.domicilio)
        for c in halladas
        if not c.clave.startswith(externos.SIN_DUENO)
    )


@dataclass(frozen=True)
class QueAlcanza:
    """Which account a saldo would pay."""

    saldo: int
    cuenta_id: int


@dataclass(frozen=True)
class Alcance:
    """What a saldo would pay of an account: its debts today and those that it settles whole."""

    saldo: SaldoVisto
    adeudo: Adeudo
    paga: tuple[AdeudoCargo, ...]

    @property
    def total(self) -> Decimal:
        """Pesos that would be applied."""
        return sum((c.total for c in self.paga), Decimal("0.00"))


@use_case(VER_SALDOS)
def que_alcanza(ctx: Context, orden: QueAlcanza) -> Alcance:
    """Say which debts of an account a saldo would settle, whole and the oldest first."""
    saldo = saldos_aplicar.ver(ctx.session, orden.saldo)
    adeudo = consultar(ctx.session, ctx.hoy, (orden.cuenta_id,), registry.liquidadores())[orden.cuenta_id]
    return Alcance(saldo, adeudo, saldos_aplicar.alcanza(adeudo.cargos, saldo.disponible))


@dataclass(frozen=True)
class AplicarSaldo:
    """The order to pay debts with a saldo, and in which channel."""

    aplicacion: saldos_aplicar.Aplicacion
    donde: EnCanal


@use_case(APLICAR_SALDO, repetible=True)
def aplicar_saldo(ctx: Context, orden: AplicarSaldo) -> str:
    """Seal the receipt of what a saldo pays, and give its id; the same attempt again gives the same one."""
    ente = ctx.session.scalar(select(Cuenta.ente_id).where(Cuenta.id == orden.aplicacion.cuenta_id)) or 0
    turno_id = turno_en(ctx, orden.donde, ente)
    caja_id = ctx.session.scalars(select(Turno.caja_id).where(Turno.id == turno_id)).one()
    turno = turno_id, externos.canal(ctx.session, caja_id)
    return saldos_aplicar.aplicar(ctx.session, ctx.hoy, turno, orden.aplicacion, registry.liquidadores())


@use_case(DEVOLVER_SALDO, repetible=True)
def devolver_saldo(ctx: Context, orden: saldos_aplicar.Devolucion) -> None:
    """Give a saldo back by an oficio of Tesorería; sent twice, it is given once."""
    limpia = replace(orden, nota=texto(orden.nota, campo="nota"))
    saldos_aplicar.devolver(ctx.session, limpia, limpia.nota)
