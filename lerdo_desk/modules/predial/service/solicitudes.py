"""Asks for movements of the padrón: how a form begins, the request, and the requests that were made."""

import json
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, case, cast, func, select

from lerdo_desk.base.calendario import hora_local
from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pagina, Pedido, Salida
from lerdo_desk.core import solicitudes
from lerdo_desk.core.listados import Columna, Listado, entregar, pagina
from lerdo_desk.core.solicitudes import Resolucion, Solicitud
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.hacienda.modelos import Cuenta, Municipio
from lerdo_desk.hacienda.parametros import vigentes
from lerdo_desk.modules.predial import rules
from lerdo_desk.modules.predial.service import movimientos as mov
from lerdo_desk.modules.predial.service.movimientos import (
    MOVIMIENTOS,
    Cambio,
    Forma,
    FormaPedida,
    Guardado,
    MovimientoDescrito,
    PeticionDeMovimiento,
    PropietarioPropuesto,
)
from lerdo_desk.modules.predial.service.padron import ESTADOS, DatosDeCuenta, datos
from lerdo_desk.modules.predial.service.permisos import (
    MIS_SOLICITUDES,
    PEDIR_MOVIMIENTO,
    PREPARAR_MOVIMIENTO,
    VER_HISTORIA,
    VER_SOLICITUDES,
)
from lerdo_desk.modules.predial.service.revision import Criterio, revisar

HORAS = 48
_MICROS_POR_HORA = 3_600_000_000
EN_ESPERA, VENCIDA = "EN_ESPERA", "VENCIDA"
DECISIONES = (
    (EN_ESPERA, "En espera"),
    ("APROBADA", "Aprobada"),
    ("RECHAZADA", "Rechazada"),
    (VENCIDA, "Vencida"),
)
_VEN_TODAS = frozenset({"supervisor", "tesorero", "auditor"})

_DECISION = case(
    (Resolucion.decision.is_not(None), Resolucion.decision),
    (Solicitud.vence < func.ahora(), VENCIDA),
    else_=EN_ESPERA,
)
# Only of the acts whose objeto is an account's id: an alta's is a clave, other módulos' are anything.
_CUENTA = case((Solicitud.acto.in_(mov.ACTOS_DE_CUENTA), cast(Solicitud.objeto, BigInteger)), else_=None)

SOLICITUDES = Listado(
    clave="predial.solicitudes",
    nombre="Solicitudes del padrón",
    permiso=VER_SOLICITUDES,
    consulta=select(Solicitud)
    .outerjoin(Resolucion, Resolucion.solicitud_id == Solicitud.id)
    .outerjoin(Cuenta, Cuenta.id == _CUENTA)
    .where(Solicitud.modulo == rules.MODULO, Solicitud.acto.in_([acto for acto, _ in mov.ACTOS])),
    id=Solicitud.id,
    columnas=(
        Columna("creado", "Pedida", Solicitud.creado, "instante", ancho=140, ordenable=True),
        Columna("acto", "Movimiento", Solicitud.acto, ancho=196, opciones=mov.ACTOS),
        Columna("clave", "Clave catastral", func.coalesce(Cuenta.clave, Solicitud.objeto), ancho=122),
        Columna("titular", "Titular", Cuenta.titular, ancho=200),
        Columna("estado", "Estado", _DECISION, ancho=110, opciones=DECISIONES),
        Columna("usuario", "Pidió", Solicitud.usuario, ancho=132),
        Columna("firmante", "Resolvió", Resolucion.usuario, ancho=132),
        Columna("motivo", "Motivo", Solicitud.motivo, ancho=200),
        Columna("vence", "Vence", Solicitud.vence, "instante", ancho=140, oculta=True),
    ),
    orden=(("creado", "desc"),),
)


@use_case(VER_SOLICITUDES)
def solicitudes_del_padron(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of everybody's requests."""
    return pagina(ctx, SOLICITUDES, orden)


@use_case(VER_SOLICITUDES)
def solicitudes_enteras(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand everybody's requests over, for a file."""
    return entregar(ctx, SOLICITUDES, orden)


@use_case(MIS_SOLICITUDES)
def mis_solicitudes(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of the requests that whoever asks has made."""
    return pagina(ctx, SOLICITUDES, orden, Solicitud.usuario == ctx.actor.usuario)


@use_case(MIS_SOLICITUDES)
def mis_solicitudes_enteras(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand one's own requests over, for a file."""
    return entregar(ctx, SOLICITUDES, orden, Solicitud.usuario == ctx.actor.usuario)


def visibles(ctx: Context) -> tuple[ColumnElement[bool], ...]:
    """Give the condition of what one may read of requests: one's own, unless the profile reviews them."""
    if ctx.actor.perfiles & _VEN_TODAS:
        return ()
    return (Solicitud.usuario == ctx.actor.usuario,)


@dataclass(frozen=True)
class SolicitudPedida:
    """The request that is asked about."""

    id: str


@dataclass(frozen=True)
class SolicitudDelPadron:
    """A request with its before and after; ``estado`` is the code of its decision, hours are local."""

    id: str
    titulo: str
    clave: str
    motivo: str
    estado: str
    usuario: str
    creado: datetime
    vence: datetime
    firmante: str
    nota: str
    cambios: tuple[Cambio, ...]


@use_case(VER_HISTORIA)
def ver_solicitud(ctx: Context, orden: SolicitudPedida) -> SolicitudDelPadron:
    """Give one request with what it would change; ErrorDeUso when there is none that one may read."""
    fila = ctx.session.execute(
        select(Solicitud, Resolucion, _DECISION.label("estado"))
        .outerjoin(Resolucion, Resolucion.solicitud_id == Solicitud.id)
        .where(Solicitud.id == orden.id, Solicitud.modulo == rules.MODULO, *visibles(ctx))
    ).first()
    movimiento = None if fila is None else MOVIMIENTOS.get(fila[0].acto.removeprefix(mov.PREFIJO))
    if fila is None or movimiento is None:
        raise ErrorDeUso("Esa solicitud no está entre las que usted puede ver; actualice la lista con F5.")
    pedida, firmada = fila[0], fila[1]
    guardado = Guardado(**json.loads(pedida.orden))
    return SolicitudDelPadron(
        pedida.id,
        movimiento.titulo,
        guardado.clave,
        pedida.motivo,
        fila.estado,
        pedida.usuario,
        hora_local(pedida.creado, ctx.zona),
        hora_local(pedida.vence, ctx.zona),
        firmada.usuario if firmada else "",
        firmada.nota if firmada else "",
        mov.cambios(movimiento, guardado),
    )


@use_case(PREPARAR_MOVIMIENTO)
def preparar_movimiento(ctx: Context, orden: FormaPedida) -> Forma:
    """Give what a movement's form shows as of now; ErrorDeUso when the account's state does not allow it."""
    movimiento = _movimiento(orden.movimiento)
    cuenta = _cuenta(ctx, movimiento, orden.cuenta_id)
    return Forma(
        movimiento,
        orden.cuenta_id,
        cuenta.clave if cuenta else "",
        cuenta.titular if cuenta else "",
        _ahora(movimiento, cuenta),
        _opciones(ctx) if any(c.tipo == "opciones" for c in movimiento.campos) else (),
        _duenos(cuenta) if cuenta is not None and movimiento.propietarios else (),
        cuenta.version if cuenta else 0,
        ctx.hoy,
    )


@use_case(PEDIR_MOVIMIENTO, repetible=True)
def pedir_movimiento(ctx: Context, orden: PeticionDeMovimiento) -> str:
    """Ask for a movement, wholly checked; nothing in the padrón changes. Give the solicitud's id.

    Raises ErrorDeUso for whatever is wrong in it, when it changes nothing, when the account changed since
    the form was opened, or when the same is already waiting.
    """
    if ctx.session.get(Solicitud, orden.id) is not None:
        return orden.id
    movimiento = _movimiento(orden.movimiento)
    cuenta = _cuenta(ctx, movimiento, orden.cuenta_id)
    if cuenta is not None and (_ahora(movimiento, cuenta), cuenta.version) != (orden.ahora, orden.version):
        raise ErrorDeUso(
            "La cuenta cambió mientras llenaba la solicitud; cierre, revise los datos y pídala de nuevo."
        )
    duenos = _con_los_del_padron(cuenta, orden.propietarios)
    propuesto = revisar(movimiento, dict(orden.valores), duenos, _criterio(ctx))
    motivo = texto(orden.motivo, 300, "motivo")
    if len(motivo) < 5:
        raise ErrorDeUso("Escriba el motivo con al menos cinco letras.", "motivo")
    base = {} if cuenta is None else _base(movimiento, cuenta)
    _exigir_cambio(movimiento, base, propuesto)
    clave = propuesto["clave"] if cuenta is None else cuenta.clave
    objeto = clave if cuenta is None else str(cuenta.cuenta_id)
    _exigir_nueva(ctx, movimiento, clave, objeto)
    guardado = {"cuenta_id": orden.cuenta_id, "clave": clave, "base": base, "propuesto": propuesto}
    solicitudes.pedir(
        ctx.session,
        Solicitud(
            id=orden.id,
            acto=movimiento.acto,
            modulo=rules.MODULO,
            objeto=objeto,
            motivo=motivo,
            orden=json.dumps(guardado, ensure_ascii=False, sort_keys=True),
            vence=ctx.ahora + HORAS * _MICROS_POR_HORA,
        ),
    )
    return orden.id


def _movimiento(clave: str) -> MovimientoDescrito:
    if clave not in MOVIMIENTOS:
        raise ErrorDeUso("Ese movimiento no existe; elija uno de la lista.")
    return MOVIMIENTOS[clave]


def _cuenta(ctx: Context, movimiento: MovimientoDescrito, cuenta_id: int | None) -> DatosDeCuenta | None:
    """Read the account of a movement, None for an alta; ErrorDeUso when its state does not allow it."""
    if movimiento.clave == mov.ALTA:
        return None
    if cuenta_id is None:
        raise ErrorDeUso("Elija primero la cuenta del movimiento.")
    cuenta = datos(ctx, cuenta_id)
    if cuenta.estado not in movimiento.desde:
        dicho = dict(ESTADOS)[cuenta.estado].lower()
        raise ErrorDeUso(f"La cuenta está {dicho}; en ese estado no cabe «{movimiento.titulo.lower()}».")
    return cuenta


def _base(movimiento: MovimientoDescrito, cuenta: DatosDeCuenta) -> dict[str, Any]:
    """Give what the account says now of all that a movement proposes, as its order stores it."""
    base: dict[str, Any] = {}
    for campo in movimiento.campos:
        if campo.clave == "superficie":
            base["superficie_cm2"] = int(cuenta.superficie * 10_000)
        elif hasattr(cuenta, campo.clave):
            base[campo.clave] = getattr(cuenta, campo.clave)
    if movimiento.propietarios:
        base["version"] = cuenta.version
        base["propietarios"] = [
            {
                "contribuyente_id": p.contribuyente_id,
                "nombre": p.nombre,
                "rfc": p.rfc,
                "curp": p.curp,
                "participacion": p.participacion,
            }
            for p in cuenta.propietarios
        ]
    return base


def _ahora(movimiento: MovimientoDescrito, cuenta: DatosDeCuenta | None) -> tuple[tuple[str, str], ...]:
    """Give what the form shows as the account's data: key and words."""
    if cuenta is None:
        return ()
    guardado = Guardado(cuenta.cuenta_id, cuenta.clave, _base(movimiento, cuenta))
    dichos = mov.cambios(movimiento, guardado)
    return tuple((c.clave, d.ahora) for c, d in zip(movimiento.campos, dichos, strict=False))


def _duenos(cuenta: DatosDeCuenta) -> tuple[PropietarioPropuesto, ...]:
    return tuple(
        PropietarioPropuesto(p.nombre, p.rfc, p.curp, mov.porcentaje(p.participacion), p.contribuyente_id)
        for p in cuenta.propietarios
    )


def _con_los_del_padron(
    cuenta: DatosDeCuenta | None, propietarios: Sequence[PropietarioPropuesto]
) -> tuple[PropietarioPropuesto, ...]:
    """Take the name and keys of who owns already from the padrón; only their share is proposed here."""
    suyos = {p.contribuyente_id: p for p in cuenta.propietarios} if cuenta is not None else {}
    duenos = []
    for p in propietarios:
        if p.contribuyente_id is not None:
            if p.contribuyente_id not in suyos:
                raise ErrorDeUso(f"«{p.nombre}» ya no es propietario; agréguelo de nuevo.", "propietarios")
            suyo = suyos[p.contribuyente_id]
            p = replace(p, nombre=suyo.nombre, rfc=suyo.rfc, curp=suyo.curp)  # noqa: PLW2901
        duenos.append(p)
    return tuple(duenos)


def _opciones(ctx: Context) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give the kinds and uses of property that the law in force names."""
    variantes = [
        p.variante.split("/") for p in vigentes(ctx.session).vigentes(rules.MODULO, rules.TARIFA, ctx.hoy)
    ]
    tipos = sorted({v[0] for v in variantes if v[0]})
    usos = sorted({v[1] for v in variantes if len(v) > 1})
    return ("tipo", tuple(tipos)), ("uso", tuple(usos))


def _criterio(ctx: Context) -> Criterio:
    grupos = ctx.session.scalars(select(Municipio.grupos_clave)).one()
    return Criterio(ctx.hoy, tuple(int(g) for g in grupos.split("-")), vigentes(ctx.session))


def _exigir_cambio(movimiento: MovimientoDescrito, base: dict[str, Any], propuesto: dict[str, Any]) -> None:
    """Refuse a request that would leave the account as it is."""
    comunes = [c for c in propuesto if c in base]
    if movimiento.clave != mov.ALTA and all(propuesto[c] == base[c] for c in comunes):
        raise ErrorDeUso("Lo propuesto es igual a lo que ya dice la cuenta; cambie algún dato.")


def _exigir_nueva(ctx: Context, movimiento: MovimientoDescrito, clave: str, objeto: str) -> None:
    """Refuse an alta of a clave that exists, and a second request of the same while one waits."""
    if movimiento.clave == mov.ALTA:
        ya = select(Cuenta.id).where(Cuenta.modulo == rules.MODULO, Cuenta.clave == clave)
        if ctx.session.scalar(ya) is not None:
            raise ErrorDeUso(
                f"La clave {clave} ya tiene cuenta en el padrón; ábrala desde la lista.", "clave"
            )
    espera = ctx.session.scalar(
        select(Solicitud.id)
        .outerjoin(Resolucion, Resolucion.solicitud_id == Solicitud.id)
        .where(
            Solicitud.acto == movimiento.acto,
            Solicitud.objeto == objeto,
            Solicitud.usuario == ctx.actor.usuario,
            Solicitud.vence >= ctx.ahora,
            Resolucion.solicitud_id.is_(None),
        )
        .limit(1)
    )
    if espera is not None:
        raise ErrorDeUso("Usted ya pidió ese movimiento y está en espera; aguarde a que lo resuelvan.")
