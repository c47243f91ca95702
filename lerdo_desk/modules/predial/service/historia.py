"""Who wrote what of an account and when: its rows, its owners' contact data, its charges and its requests."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from lerdo_desk.base.calendario import hora_local
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.solicitudes import Resolucion, Solicitud
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda.modelos import Cargo, Contribuyente, Cuenta
from lerdo_desk.hacienda.modelos_ingresos import Contacto
from lerdo_desk.modules.predial.models import Predio, Propietario, Valor
from lerdo_desk.modules.predial.service import movimientos as mov
from lerdo_desk.modules.predial.service.contactos import TIPOS
from lerdo_desk.modules.predial.service.padron import CuentaPedida
from lerdo_desk.modules.predial.service.permisos import VER_HISTORIA
from lerdo_desk.modules.predial.service.solicitudes import visibles

_CONTACTOS = dict(TIPOS)
_ACTOS = dict(mov.ACTOS)
_DECISIONES = {"APROBADA": "Aprobada", "RECHAZADA": "Rechazada"}


@dataclass(frozen=True)
class Hecho:
    """One thing that somebody wrote; ``solicitud_id`` where it can be opened."""

    cuando: datetime
    usuario: str
    que: str
    detalle: str
    solicitud_id: str = ""


_Crudo = tuple[int, str, str, str, str]
"""Microseconds, login, what, detail and solicitud."""


@use_case(VER_HISTORIA)
def historia_de(ctx: Context, orden: CuentaPedida) -> tuple[Hecho, ...]:
    """List all that was written of an account, the last thing first; ErrorDeUso when there is no such one."""
    cuenta = ctx.session.get(Cuenta, orden.cuenta_id)
    if cuenta is None:
        raise ErrorDeUso("Esa cuenta no existe; búsquela de nuevo.")
    crudos = [
        *_de_la_cuenta(ctx, cuenta),
        *_de_los_propietarios(ctx, cuenta),
        *_de_los_cargos(ctx, cuenta.id),
        *_de_las_solicitudes(ctx, cuenta),
    ]
    crudos.sort(key=lambda c: c[0], reverse=True)
    return tuple(Hecho(hora_local(cuando, ctx.zona), *resto) for cuando, *resto in crudos)


def _de_la_cuenta(ctx: Context, cuenta: Cuenta) -> Iterator[_Crudo]:
    yield cuenta.creado, cuenta.usuario, "Alta de la cuenta", f"{cuenta.clave} · {cuenta.titular}", ""
    predio = ctx.session.get(Predio, cuenta.id)
    if predio is not None:
        lugar = " ".join(p for p in (predio.calle, predio.numero, predio.colonia) if p)
        yield predio.creado, predio.usuario, "Datos del predio", lugar, ""
    valores = ctx.session.scalars(select(Valor).where(Valor.cuenta_id == cuenta.id))
    for v in valores:
        detalle = f"{v.ejercicio} · {formato(v.terreno + v.construccion)} · {v.origen.lower()}"
        yield v.creado, v.usuario, "Valor catastral", detalle, ""


def _de_los_propietarios(ctx: Context, cuenta: Cuenta) -> Iterator[_Crudo]:
    filas = ctx.session.execute(
        select(Propietario, Contribuyente.nombre)
        .join(Contribuyente, Contribuyente.id == Propietario.contribuyente_id)
        .where(Propietario.cuenta_id == cuenta.id)
        .order_by(Propietario.version, Propietario.n)
    ).all()
    for p, nombre in filas:
        yield p.creado, p.usuario, "Propietario", f"{nombre} · {mov.porcentaje(p.participacion)} %", ""
    personas = {cuenta.titular_id, *(p.contribuyente_id for p, _ in filas)}
    contactos = ctx.session.scalars(select(Contacto).where(Contacto.contribuyente_id.in_(personas)))
    for c in contactos:
        yield c.creado, c.usuario, _CONTACTOS[c.tipo], c.valor or "Se quitó", ""


def _de_los_cargos(ctx: Context, cuenta_id: int) -> Iterator[_Crudo]:
    """Give the charges, those written together as one thing."""
    filas = ctx.session.execute(
        select(
            Cargo.creado,
            Cargo.usuario,
            Cargo.ejercicio,
            Cargo.origen,
            func.sum(Cargo.importe).label("importe"),
        )
        .where(Cargo.cuenta_id == cuenta_id)
        .group_by(Cargo.creado, Cargo.usuario, Cargo.ejercicio, Cargo.origen)
    )
    for f in filas:
        que = "Adeudo heredado" if f.origen == "HEREDADO" else "Cargo"
        yield f.creado, f.usuario, que, f"{f.ejercicio} · {formato(f.importe)}", ""


def _de_las_solicitudes(ctx: Context, cuenta: Cuenta) -> Iterator[_Crudo]:
    filas = ctx.session.execute(
        select(Solicitud, Resolucion)
        .outerjoin(Resolucion, Resolucion.solicitud_id == Solicitud.id)
        .where(
            or_(
                Solicitud.acto.in_(mov.ACTOS_DE_CUENTA) & (Solicitud.objeto == str(cuenta.id)),
                (Solicitud.acto == mov.MOVIMIENTOS[mov.ALTA].acto) & (Solicitud.objeto == cuenta.clave),
            ),
            *visibles(ctx),
        )
    ).all()
    for pedida, firmada in filas:
        que = f"Solicitud: {_ACTOS[pedida.acto].lower()}"
        yield pedida.creado, pedida.usuario, que, pedida.motivo, pedida.id
        if firmada is not None:
            dicho = f"{_DECISIONES[firmada.decision]} · {firmada.nota}".rstrip(" ·")
            yield firmada.creado, firmada.usuario, que, dicho, pedida.id
