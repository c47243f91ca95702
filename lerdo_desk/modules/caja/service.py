"""What the caja does: open the till, find an account, quote, charge, print, cancel, count and close."""

import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import func, insert, select

from lerdo_desk.base.entrada import busqueda, texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import registry, solicitudes
from lerdo_desk.core.permisos import Permiso, Propias
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda import adeudos, busquedas, cancelaciones, cobros, modelos, sellados, turnos
from lerdo_desk.hacienda.adeudos import AdeudoCargo
from lerdo_desk.hacienda.documentos import CorteSellado, ReciboSellado

_DOS_HORAS = 7_200_000_000
_CATALOGO = (
    modelos.Municipio,
    modelos.Ente,
    modelos.Membrete,
    modelos.Concepto,
    modelos.Parametro,
    modelos.Caja,
    modelos.CajaAsignacion,
    modelos.Serie,
)
_DINERO = (modelos.Turno, modelos.Operacion, modelos.Recibo, modelos.Pago, modelos.Conteo, modelos.Corte)

CONSULTAR = Permiso(
    "caja.consultar",
    "Consultar cuentas y adeudos",
    ("cajero", "capturista", "supervisor", "tesorero", "auditor"),
    lee=(*_CATALOGO, modelos.Contribuyente, modelos.Cuenta, modelos.Cargo, modelos.Renglon),
)
COBRAR = Permiso(
    "caja.cobrar",
    "Cobrar en ventanilla",
    ("cajero",),
    lee=tuple(Propias(t) for t in _DINERO),
    inserta=(modelos.Renglon, modelos.Pago, modelos.Recibo, modelos.Operacion),
    ejecuta=("bloquear_cargos(bigint[])",),
)
TURNO = Permiso(
    "caja.turno",
    "Abrir y cerrar su turno",
    ("cajero",),
    lee=tuple(Propias(t) for t in _DINERO),
    inserta=(modelos.Turno, modelos.Conteo, modelos.Corte),
)
MI_TURNO = Permiso("caja.mi_turno", "Ver su turno", ("cajero",), lee=tuple(Propias(t) for t in _DINERO))
IMPRIMIR = Permiso(
    "caja.imprimir",
    "Imprimir recibos y cortes",
    ("cajero", "supervisor"),
    lee=(modelos.Impresion, *(Propias(t) for t in _DINERO)),
    inserta=(modelos.Impresion,),
)
PEDIR_CANCELACION = Permiso(
    "caja.pedir_cancelacion",
    "Pedir que se cancele un recibo",
    ("cajero",),
    lee=(Propias(solicitudes.Solicitud), solicitudes.Resolucion),
    inserta=(solicitudes.Solicitud,),
)
AUTORIZAR_CANCELACION = Permiso(
    "caja.autorizar_cancelacion",
    "Autorizar la cancelación de un recibo",
    ("supervisor",),
    lee=(solicitudes.Solicitud, solicitudes.Resolucion, *_DINERO),
    inserta=(solicitudes.Resolucion,),
)
CANCELAR = Permiso(
    "caja.cancelar",
    "Cancelar un recibo autorizado",
    ("cajero",),
    lee=tuple(Propias(t) for t in _DINERO),
    inserta=(modelos.Renglon, modelos.Pago, modelos.Recibo, modelos.Operacion),
)
REVISAR = Permiso(
    "caja.revisar", "Revisar el dinero de todas las cajas", ("tesorero", "auditor"), lee=_DINERO
)
ASIGNAR = Permiso(
    "caja.asignar", "Asignar cajas a cajeros", ("supervisor",), inserta=(modelos.CajaAsignacion,)
)


@dataclass(frozen=True)
class Nada:
    """An order with nothing to say."""


@dataclass(frozen=True)
class Situacion:
    """What a cashier finds on entering: their open turno, or the tills they may open."""

    turno: turnos.TurnoAbierto | None
    cajas: tuple[turnos.CajaPermitida, ...]
    hoy: date


@dataclass(frozen=True)
class Buscar:
    """A search as it is typed."""

    texto: str


@dataclass(frozen=True)
class Hallado:
    """One result: the account and the pesos it owes today (None when its law cannot be applied)."""

    cuenta_id: int
    modulo: str
    clave: str
    titular: str
    domicilio: str
    adeudo: Decimal | None
    vencidos: int


@dataclass(frozen=True)
class Consulta:
    """The account whose debts are asked."""

    cuenta_id: int


@dataclass(frozen=True)
class EstadoDeCuenta:
    """An account with its card and everything it owes today, oldest first."""

    cuenta_id: int
    modulo: str
    modulo_nombre: str
    clave: str
    titular: str
    domicilio: str
    ficha: tuple[tuple[str, str], ...]
    cargos: tuple[AdeudoCargo, ...]


@use_case(MI_TURNO)
def situacion(ctx: Context, _orden: Nada) -> Situacion:
    """Give the cashier's open turno, or the tills they may open today."""
    turno = turnos.abierto(ctx.session, ctx.actor.usuario)
    return Situacion(turno, turnos.permitidas(ctx.session, ctx.actor.usuario, ctx.hoy), ctx.hoy)


@use_case(TURNO)
def abrir_turno(ctx: Context, orden: turnos.Apertura) -> turnos.TurnoAbierto:
    """Open a till with its fund."""
    turnos.abrir(ctx.session, ctx.hoy, ctx.estacion, orden)
    abierto = turnos.abierto(ctx.session, ctx.actor.usuario)
    if abierto is None:
        raise ErrorDeUso("El turno no quedó abierto; intente de nuevo.")
    return abierto


@use_case(CONSULTAR)
def buscar(ctx: Context, orden: Buscar) -> tuple[Hallado, ...]:
    """Find accounts by clave, name or street, with what each owes today."""
    hallazgos = busquedas.buscar(ctx.session, busqueda(orden.texto))
    if not hallazgos:
        return ()
    debidos = adeudos.consultar(
        ctx.session, ctx.hoy, [h.cuenta_id for h in hallazgos], registry.liquidadores()
    )
    return tuple(
        Hallado(
            h.cuenta_id,
            h.modulo,
            h.clave,
            h.titular,
            h.domicilio,
            debidos[h.cuenta_id].total,
            sum(c.vencido for c in debidos[h.cuenta_id].cargos),
        )
        for h in hallazgos
    )


@use_case(CONSULTAR)
def consultar(ctx: Context, orden: Consulta) -> EstadoDeCuenta:
    """Give an account's card and its debts as of today, line by line with their articles."""
    adeudo = adeudos.consultar(ctx.session, ctx.hoy, [orden.cuenta_id], registry.liquidadores())[
        orden.cuenta_id
    ]
    modulo = next(m for m in registry.modulos() if m.clave == adeudo.cuenta.modulo)
    pares = modulo.ficha(ctx.session, orden.cuenta_id) if modulo.ficha else ()
    c = adeudo.cuenta
    return EstadoDeCuenta(
        c.id, c.modulo, modulo.nombre, c.clave, c.titular, c.domicilio, pares, adeudo.cargos
    )


@use_case(COBRAR, repetible=True)
def cobrar(ctx: Context, orden: cobros.Cobro) -> cobros.Cobrado:
    """Charge what the person was told, all or nothing; the same attempt twice gives the same receipts."""
    limpia = replace(orden, pagador=texto(orden.pagador, campo="pagador"))
    return cobros.cobrar(ctx.session, ctx.hoy, limpia, registry.liquidadores())


@dataclass(frozen=True)
class Impresion:
    """The receipt to put on paper."""

    recibo_id: str


@dataclass(frozen=True)
class PorImprimir:
    """A sealed receipt and which copy this paper is: 0 the original, 1 the first copy."""

    recibo: ReciboSellado
    copia: int


@use_case(IMPRIMIR)
def preparar_impresion(ctx: Context, orden: Impresion) -> PorImprimir:
    """Count one more paper of a sealed receipt and give its content."""
    recibo = sellados.recibo(ctx.session, orden.recibo_id, ctx.actor.nombre)
    hechas = (
        ctx.session.scalar(
            select(func.coalesce(func.max(modelos.Impresion.n), 0)).where(
                modelos.Impresion.recibo_id == orden.recibo_id
            )
        )
        or 0
    )
    ctx.session.execute(
        insert(modelos.Impresion).values(recibo_id=orden.recibo_id, n=hechas + 1, estacion=ctx.estacion)
    )
    return PorImprimir(recibo, hechas)


@use_case(TURNO)
def contar(ctx: Context, orden: turnos.Arqueo) -> turnos.Resultado:
    """Confirm the blind count; only now the expected cash is told."""
    return turnos.contar(ctx.session, orden)


@use_case(MI_TURNO)
def resultado(ctx: Context, orden: turnos.Cierre) -> turnos.Resultado:
    """Give again the result of a count that was confirmed but not yet closed."""
    return turnos.resultado(ctx.session, orden.turno_id)


@use_case(TURNO)
def cerrar_turno(ctx: Context, orden: turnos.Cierre) -> CorteSellado:
    """Make the corte and give it as the paper prints it."""
    limpia = replace(orden, motivo=texto(orden.motivo, campo="motivo"))
    turnos.cerrar(ctx.session, limpia)
    return sellados.corte(ctx.session, orden.turno_id, ctx.actor.nombre)


@dataclass(frozen=True)
class PeticionDeCancelacion:
    """The order to ask that a receipt be cancelled; ``solicitud_id`` is made by the station."""

    solicitud_id: str
    recibo_id: str
    motivo: str


@use_case(PEDIR_CANCELACION)
def pedir_cancelacion(ctx: Context, orden: PeticionDeCancelacion) -> str:
    """Ask a supervisor to sign the cancellation of one receipt; it expires in two hours."""
    motivo = texto(orden.motivo, campo="motivo")
    if len(motivo) < 5:
        raise ErrorDeUso("Escriba el motivo de la cancelación con al menos 5 letras.", "motivo")
    solicitudes.pedir(
        ctx.session,
        solicitudes.Solicitud(
            id=orden.solicitud_id,
            acto=solicitudes.CANCELAR_RECIBO,
            modulo="caja",
            objeto=orden.recibo_id,
            motivo=motivo,
            orden=json.dumps({"recibo_id": orden.recibo_id}),
            vence=ctx.ahora + _DOS_HORAS,
        ),
    )
    return orden.solicitud_id


@dataclass(frozen=True)
class Firma:
    """The supervisor's answer to a request."""

    solicitud_id: str
    aprueba: bool
    nota: str = ""


@use_case(AUTORIZAR_CANCELACION)
def firmar_cancelacion(ctx: Context, orden: Firma) -> None:
    """Approve or reject a cancellation, on the supervisor's own connection."""
    decision = "APROBADA" if orden.aprueba else "RECHAZADA"
    solicitudes.resolver(ctx.session, orden.solicitud_id, decision, texto(orden.nota, campo="nota"))


@dataclass(frozen=True)
class Cancelacion:
    """The order to seal the reversal that a supervisor has signed."""

    intento: str
    recibo_id: str
    solicitud_id: str


@use_case(CANCELAR)
def cancelar(ctx: Context, orden: Cancelacion) -> str:
    """Seal the reversal receipt and give its id; the money goes back in the form it came."""
    return cancelaciones.reversar(ctx.session, ctx.hoy, orden.intento, orden.recibo_id, orden.solicitud_id)


@dataclass(frozen=True)
class AsignacionDeCaja:
    """The order to let a login open a till from a day on, or to stop it."""

    caja: str
    cajero: str
    desde: date
    permitida: bool


@use_case(CONSULTAR)
def cajas(ctx: Context, _orden: Nada) -> tuple[str, ...]:
    """List the keys of every till."""
    return tuple(ctx.session.scalars(select(modelos.Caja.clave).order_by(modelos.Caja.clave)))


@use_case(ASIGNAR)
def asignar_caja(ctx: Context, orden: AsignacionDeCaja) -> None:
    """Write one more dated row of who may open a till; the last one decides."""
    caja_id = ctx.session.scalar(select(modelos.Caja.id).where(modelos.Caja.clave == orden.caja))
    if caja_id is None:
        raise ErrorDeUso(f"No hay una caja «{orden.caja}»; elija una de la lista.", "caja")
    n = (
        ctx.session.scalar(
            select(func.coalesce(func.max(modelos.CajaAsignacion.n), 0)).where(
                modelos.CajaAsignacion.caja_id == caja_id, modelos.CajaAsignacion.cajero == orden.cajero
            )
        )
        or 0
    )
    ctx.session.execute(
        insert(modelos.CajaAsignacion).values(
            caja_id=caja_id, cajero=orden.cajero, n=n + 1, desde=orden.desde, permitida=int(orden.permitida)
        )
    )
