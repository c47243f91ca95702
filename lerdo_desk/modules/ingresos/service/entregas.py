"""The hand-over of each corte: the list of what waits, giving it, receiving it, and its act."""

from collections.abc import Generator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, func, select, type_coerce
from sqlalchemy.orm import aliased

from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pagina, Pedido, Salida
from lerdo_desk.core.listados import Columna, Listado, entregar, pagina
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.core.usuarios import Usuario
from lerdo_desk.db.modelo import Centavos
from lerdo_desk.hacienda import cortes
from lerdo_desk.hacienda import entregas as ledger
from lerdo_desk.hacienda.documentos import ActaDeEntrega
from lerdo_desk.hacienda.formas import EFECTIVO, SALDO_A_FAVOR
from lerdo_desk.hacienda.modelos import Caja, Corte, Pago, Recibo, Turno
from lerdo_desk.hacienda.modelos_ingresos import CorteEvento
from lerdo_desk.modules.ingresos.service.permisos import ENTREGAR, RECIBIR, VER_ENTREGAS, VER_TODAS
from lerdo_desk.modules.ingresos.service.personas import nombres

_LARGO = 40


@dataclass(frozen=True)
class Entrega:
    """The order to hand the money of a corte over in a sealed bag."""

    turno_id: str
    bolsa: str = ""
    sello: str = ""
    nota: str = ""


@dataclass(frozen=True)
class Recepcion:
    """The order to receive the money of a corte that was handed over."""

    turno_id: str
    nota: str = ""


@dataclass(frozen=True)
class UnActa:
    """Which act is asked for."""

    turno_id: str


_VERIFICA, _ENTREGA, _RECIBE = aliased(CorteEvento), aliased(CorteEvento), aliased(CorteEvento)
_CAJERO, _QUIEN_ENTREGA, _QUIEN_RECIBE = aliased(Usuario), aliased(Usuario), aliased(Usuario)

_CON_SALDO = (
    select(func.coalesce(func.sum(Pago.importe), 0))
    .join(Recibo, Recibo.id == Pago.recibo_id)
    .where(Recibo.turno_id == Corte.turno_id, Pago.forma == SALDO_A_FAVOR)
    .correlate(Corte)
    .scalar_subquery()
)
_IMPORTE = type_coerce(Corte.total - _CON_SALDO + Corte.contado - Corte.esperado, Centavos())
_PASO = case(
    (_RECIBE.turno_id.is_not(None), cortes.RECIBIDO),
    (_ENTREGA.turno_id.is_not(None), cortes.ENTREGADO),
    (_VERIFICA.turno_id.is_not(None), cortes.VERIFICADO),
    else_=cortes.SIN_VERIFICAR,
)
_TURNO_DE_CADA_PASO = case(
    (_RECIBE.turno_id.is_not(None), 3),
    (_ENTREGA.turno_id.is_not(None), 0),
    (_VERIFICA.turno_id.is_not(None), 1),
    else_=2,
)
PASOS = (
    (cortes.ENTREGADO, "Entregado, falta recibirlo"),
    (cortes.VERIFICADO, "Verificado, falta entregarlo"),
    (cortes.SIN_VERIFICAR, "Sin verificar"),
    (cortes.RECIBIDO, "Recibido en Tesorería"),
)
"""How far a corte has come on its way to Tesorería: what waits first."""


def _paso(n: int, cual: type[CorteEvento]) -> ColumnElement[bool]:
    return and_(cual.turno_id == Corte.turno_id, cual.n == n)


ENTREGAS = Listado(
    clave="ingresos.entregas",
    nombre="Entregas a Tesorería",
    permiso=VER_ENTREGAS,
    consulta=select(Corte)
    .join(Turno, Turno.id == Corte.turno_id)
    .join(Caja, Caja.id == Corte.caja_id)
    .outerjoin(_VERIFICA, _paso(1, _VERIFICA))
    .outerjoin(_ENTREGA, _paso(2, _ENTREGA))
    .outerjoin(_RECIBE, _paso(3, _RECIBE))
    .outerjoin(_CAJERO, _CAJERO.login == Corte.usuario)
    .outerjoin(_QUIEN_ENTREGA, _QUIEN_ENTREGA.login == _ENTREGA.usuario)
    .outerjoin(_QUIEN_RECIBE, _QUIEN_RECIBE.login == _RECIBE.usuario),
    id=Corte.turno_id,
    columnas=(
        Columna("caja", "Caja", Caja.nombre, ancho=250, ordenable=True),
        Columna("numero", "Corte", Corte.numero, "entero", ancho=70),
        Columna("cierre", "Hecho", Corte.creado, "instante", ancho=150, ordenable=True),
        Columna("cajero", "Cajero", func.coalesce(_CAJERO.nombre, Corte.usuario), ancho=190),
        Columna("importe", "Entrega", _IMPORTE, "dinero", ancho=120, suma=True),
        Columna(
            "paso", "Cómo va", _PASO, ancho=230, ordenable=True, opciones=PASOS, orden=_TURNO_DE_CADA_PASO
        ),
        Columna("bolsa", "Bolsa", _ENTREGA.bolsa, ancho=100),
        Columna("sello", "Sello", _ENTREGA.sello, ancho=100, oculta=True),
        Columna("entrego", "Entregó", _QUIEN_ENTREGA.nombre, ancho=190, oculta=True),
        Columna("recibio", "Recibió", _QUIEN_RECIBE.nombre, ancho=190, oculta=True),
        Columna("recibido", "Recibido", _RECIBE.creado, "instante", ancho=150, oculta=True),
    ),
    orden=(("paso", "asc"), ("cierre", "desc")),
)


def _visibles(ctx: Context) -> tuple[ColumnElement[bool], ...]:
    """Narrow the list to one's own cortes, unless one sees them all; the row policies say the same."""
    return () if ctx.actor.perfiles & set(VER_TODAS.perfiles) else (Corte.usuario == ctx.actor.usuario,)


@use_case(VER_ENTREGAS)
def ver_entregas(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of the cortes: those that wait first."""
    return pagina(ctx, ENTREGAS, orden, *_visibles(ctx))


@use_case(VER_ENTREGAS)
def ver_entregas_enteras(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand the whole list over, for a file."""
    return entregar(ctx, ENTREGAS, orden, *_visibles(ctx))


@use_case(VER_ENTREGAS)
def acta_de_entrega(ctx: Context, orden: UnActa) -> ActaDeEntrega:
    """Give the act of a corte as it stands, ready to draw; ErrorDeUso when it is not the caller's to see."""
    _es_suyo(ctx, orden.turno_id)
    return ledger.acta(ctx.session, orden.turno_id, nombres(ctx))


def _es_suyo(ctx: Context, turno_id: str) -> None:
    visibles = _visibles(ctx)
    visto = ctx.session.scalar(select(Corte.turno_id).where(Corte.turno_id == turno_id, *visibles))
    if visto is None:
        raise ErrorDeUso("Ese turno todavía no tiene corte o no es suyo; consulte la lista de nuevo.")


@use_case(ENTREGAR)
def entregar_corte(ctx: Context, orden: Entrega) -> ActaDeEntrega:
    """Hand a verified corte over in a bag with its seal, and give the act as it stands.

    Raises ErrorDeUso (``bolsa``, ``sello``) when there is cash and no bag or seal is told, or when the corte
    is not verified, was already handed over, or is neither the caller's nor a supervisor's to give.
    """
    _es_suyo(ctx, orden.turno_id)
    suyos = ledger.dinero(ctx.session, orden.turno_id)
    con_efectivo = any(a.forma == EFECTIVO for a in suyos)
    bolsa, sello = _seguro(orden.bolsa, "bolsa", con_efectivo), _seguro(orden.sello, "sello", con_efectivo)
    nota = texto(orden.nota, campo="nota")
    _exigir(ctx, orden.turno_id, cortes.VERIFICADO, "entrega")
    cortes.registrar(ctx.session, orden.turno_id, cortes.ENTREGADO, bolsa, sello, nota)
    return ledger.acta(ctx.session, orden.turno_id, nombres(ctx))


@use_case(RECIBIR)
def recibir_corte(ctx: Context, orden: Recepcion) -> ActaDeEntrega:
    """Receive a corte that another person handed over, and give the act with both names.

    Raises ErrorDeUso when it was not handed over yet, was already received, or the caller gave it.
    """
    _exigir(ctx, orden.turno_id, cortes.ENTREGADO, "recibe")
    cortes.registrar(ctx.session, orden.turno_id, cortes.RECIBIDO, nota=texto(orden.nota, campo="nota"))
    return ledger.acta(ctx.session, orden.turno_id, nombres(ctx))


def _exigir(ctx: Context, turno_id: str, debe: str, verbo: str) -> None:
    paso = cortes.estado_de(ctx.session, turno_id)
    if paso != debe:
        dicho = dict(cortes.EN_PALABRAS)[paso].lower()
        esperado = dict(cortes.EN_PALABRAS)[debe].lower()
        raise ErrorDeUso(f"El corte está {dicho}; sólo se {verbo} un corte {esperado}. Actualice la lista.")


def _seguro(escrito: str, campo: str, con_efectivo: bool) -> str:
    limpio = texto(escrito, largo=_LARGO, campo=campo)
    if limpio or not con_efectivo:
        return limpio or ledger.SIN_BOLSA
    que = {"bolsa": "el número de la bolsa", "sello": "el número del sello de la bolsa"}[campo]
    raise ErrorDeUso(f"Escriba {que}; el corte tiene efectivo.", campo)
