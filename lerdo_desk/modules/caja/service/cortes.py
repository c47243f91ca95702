"""Turnos and cortes of every till for who answers for them: the list, one looked at, its verification."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from lerdo_desk.base.calendario import hora_local
from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pagina, Pedido, Salida
from lerdo_desk.core import usuarios
from lerdo_desk.core.listados import Columna, Listado, entregar, pagina
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.hacienda import cortes, sellados_corte
from lerdo_desk.hacienda.cortes import TURNOS
from lerdo_desk.hacienda.documentos import CorteSellado, CorteX
from lerdo_desk.hacienda.modelos import Turno
from lerdo_desk.modules.caja.service.permisos import VER_CORTES, VERIFICAR_CORTE
from lerdo_desk.modules.caja.service.retiro import receptores
from lerdo_desk.modules.caja.service.turno import papel_del_corte

_T = TURNOS.c
LISTA = Listado(
    clave="caja.cortes",
    nombre="Turnos y cortes",
    permiso=VER_CORTES,
    consulta=select(TURNOS).outerjoin(usuarios.Usuario, usuarios.Usuario.login == _T.usuario),
    id=_T.id,
    columnas=(
        Columna("abierto", "Abierto", _T.abierto, "instante", ancho=150, ordenable=True),
        Columna("fecha", "Fecha", _T.fecha, "fecha", ancho=100, oculta=True),
        Columna("caja", "Caja", _T.caja, ancho=120),
        Columna("numero", "Corte", _T.numero, "entero", ancho=80),
        Columna("cajero", "Cajero", func.coalesce(usuarios.Usuario.nombre, _T.usuario), ancho=220),
        Columna("cerrado", "Cerrado", _T.cerrado, "instante", ancho=140),
        Columna("recibos", "Recibos", _T.recibos, "entero", ancho=80),
        Columna("total", "Cobrado", _T.total, "dinero", ancho=130, suma=True),
        Columna("esperado", "Esperado", _T.esperado, "dinero", ancho=120, oculta=True),
        Columna("contado", "Contado", _T.contado, "dinero", ancho=120, oculta=True),
        Columna("diferencia", "Diferencia", _T.diferencia, "dinero", ancho=110, suma=True),
        Columna("motivo", "Motivo", _T.motivo, ancho=220, oculta=True),
        Columna("paso", "Paso", _T.paso, ancho=190, opciones=cortes.EN_PALABRAS),
    ),
    orden=(("abierto", "desc"),),
)


@dataclass(frozen=True)
class TurnoVisto:
    """The turno to look at."""

    turno_id: str


@dataclass(frozen=True)
class PasoDeCorte:
    """One signed step of a corte: its name in words, who signed it, when (local) and their note."""

    paso: str
    quien: str
    hora: datetime
    nota: str


@dataclass(frozen=True)
class CorteVisto:
    """A turno as its verifier looks at it: the corte, or while it is open how it stands.

    ``propio``: made by whoever looks, who may not verify it.
    """

    turno_id: str
    paso: str
    propio: bool
    corte: CorteSellado | None
    abierto: CorteX | None
    pasos: tuple[PasoDeCorte, ...]


@dataclass(frozen=True)
class Verificacion:
    """The order to verify a corte, with a note that may be empty."""

    turno_id: str
    nota: str = ""


@use_case(VER_CORTES)
def ver_cortes(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of the turnos and cortes."""
    return pagina(ctx, LISTA, orden)


@use_case(VER_CORTES)
def cortes_enteros(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand the whole list of turnos and cortes over, for a file."""
    return entregar(ctx, LISTA, orden)


@use_case(VER_CORTES)
def ver_corte(ctx: Context, orden: TurnoVisto) -> CorteVisto:
    """Give a corte as its paper prints it, with its signed steps; an open turno as its X report."""
    paso = cortes.estado_de(ctx.session, orden.turno_id)
    cajero = ctx.session.scalars(select(Turno.usuario).where(Turno.id == orden.turno_id)).one()
    nombres = _nombres(ctx)
    abierto = paso in (cortes.ABIERTO, cortes.CONTADO)
    return CorteVisto(
        orden.turno_id,
        paso,
        cajero == ctx.actor.usuario,
        None if abierto else papel_del_corte(ctx.session, orden.turno_id, nombres),
        _x(ctx, orden.turno_id, nombres.get(cajero, cajero)) if abierto else None,
        _pasos(ctx, orden.turno_id, nombres),
    )


def _nombres(ctx: Context) -> dict[str, str]:
    filas = ctx.session.execute(select(usuarios.Usuario.login, usuarios.Usuario.nombre))
    return {f.login: f.nombre for f in filas}


def _x(ctx: Context, turno_id: str, cajero: str) -> CorteX:
    return sellados_corte.corte_x(
        ctx.session,
        turno_id,
        ctx.ahora,
        cajero=cajero,
        entero=True,
        receptores=receptores(ctx.session, turno_id),
    )


def _pasos(ctx: Context, turno_id: str, nombres: dict[str, str]) -> tuple[PasoDeCorte, ...]:
    palabras = dict(cortes.EN_PALABRAS)
    return tuple(
        PasoDeCorte(
            palabras[e.estado], nombres.get(e.usuario, e.usuario), hora_local(e.creado, ctx.zona), e.nota
        )
        for e in cortes.eventos(ctx.session, turno_id)
    )


@use_case(VERIFICAR_CORTE)
def verificar_corte(ctx: Context, orden: Verificacion) -> CorteVisto:
    """Sign that somebody else's corte was checked, and give it with that signature.

    Raises ErrorDeUso for one's own, for a turno still open and for a corte that was verified already.
    """
    visto = ver_corte.funcion(ctx, TurnoVisto(orden.turno_id))
    if visto.corte is None:
        raise ErrorDeUso("Ese turno todavía no tiene corte; verifíquelo cuando su cajero lo cierre.")
    if visto.propio:
        raise ErrorDeUso("Ese corte es suyo; debe verificarlo otra persona.")
    if visto.paso != cortes.SIN_VERIFICAR:
        raise ErrorDeUso("Ese corte ya está verificado; no hace falta otra firma.")
    cortes.registrar(ctx.session, orden.turno_id, cortes.VERIFICADO, nota=texto(orden.nota, campo="nota"))
    ctx.session.flush()
    revisto: CorteVisto = ver_corte.funcion(ctx, TurnoVisto(orden.turno_id))
    return revisto
