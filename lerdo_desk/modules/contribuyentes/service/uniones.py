"""Merges of people: which records are the same person, one more merge, and its undoing.

A merge says «from here on this record is that person» and changes nothing else, so that undoing it leaves
exactly what was. Records form trees: only one that stands for itself is joined, and only to one that does.
"""

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, func, insert, select
from sqlalchemy.orm import Session, aliased

from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pagina, Pedido, Salida
from lerdo_desk.core.listados import Columna, Listado, entregar, pagina
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.hacienda.modelos import Contribuyente
from lerdo_desk.modules.contribuyentes.models import Fusion, FusionEvento
from lerdo_desk.modules.contribuyentes.service.permisos import SEPARAR, UNIR, VER

DESHECHA, VIGENTE = "DESHECHA", "VIGENTE"
_MOTIVO_MINIMO = 5
_TURNO_DE_UNIONES = 16_180_339
"""Key of the advisory lock that lets one merge at a time be decided on PostgreSQL."""


@dataclass(frozen=True)
class Union:
    """The order to join a record to another, which stays."""

    conserva_id: int
    absorbido_id: int
    motivo: str


@dataclass(frozen=True)
class Separacion:
    """The order to undo a merge."""

    fusion_id: int
    motivo: str


def vigente() -> ColumnElement[bool]:
    """Tell of a row of ``Fusion`` that nobody undid it."""
    return ~exists().where(FusionEvento.fusion_id == Fusion.id)


def unido() -> ColumnElement[bool]:
    """Tell of a row of ``Contribuyente`` that it was joined to another."""
    return exists(select(Fusion.id).where(Fusion.absorbido_id == Contribuyente.id, vigente()))


def representantes(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """Give, for each record, the one that stands for it today: itself when it was not joined."""
    pedidos = tuple(ids)
    arriba: dict[int, int] = {}
    nivel, vistos = set(pedidos), set[int]()
    while nivel:
        vistos |= nivel
        filas = session.execute(
            select(Fusion.absorbido_id, Fusion.conserva_id).where(Fusion.absorbido_id.in_(nivel), vigente())
        )
        suyos = {f.absorbido_id: f.conserva_id for f in filas}
        arriba |= suyos
        # Two records joined by hand to each other would be climbed for ever.
        nivel = set(suyos.values()) - vistos
    return {i: _cima(i, arriba) for i in pedidos}


def _cima(registro: int, arriba: Mapping[int, int]) -> int:
    """Climb from a record to the one that stands for it; a circle ends where it would begin again."""
    vistos = {registro}
    while (siguiente := arriba.get(registro)) is not None and siguiente not in vistos:
        vistos.add(siguiente)
        registro = siguiente
    return registro


def equivalentes(session: Session, contribuyente_id: int) -> tuple[int, ...]:
    """Give every record that is the same person today, the one that stands for them all first."""
    raiz = representantes(session, [contribuyente_id])[contribuyente_id]
    todos, nivel = [raiz], [raiz]
    while nivel:
        nivel = list(
            session.scalars(
                select(Fusion.absorbido_id)
                .where(Fusion.conserva_id.in_(nivel), Fusion.absorbido_id.not_in(todos), vigente())
                .order_by(Fusion.absorbido_id)
            )
        )
        todos += nivel
    return tuple(todos)


@use_case(UNIR)
def unir(ctx: Context, orden: Union) -> int:
    """Join a record to the one that stays and give the merge's id.

    Raises ErrorDeUso without a reason, for one record twice, for one that does not exist, or when either of
    the two was already joined to another.
    """
    motivo = _motivo(orden.motivo)
    if orden.conserva_id == orden.absorbido_id:
        raise ErrorDeUso("Es el mismo registro; elija dos distintos.")
    _uno_a_la_vez(ctx.session)
    pedidos = (orden.conserva_id, orden.absorbido_id)
    nombres = {
        f.id: f.nombre
        for f in ctx.session.execute(
            select(Contribuyente.id, Contribuyente.nombre).where(Contribuyente.id.in_(pedidos))
        )
    }
    if len(nombres) != len(pedidos):
        raise ErrorDeUso("Uno de los dos registros no existe; búsquelos de nuevo.")
    for quien, otro in representantes(ctx.session, pedidos).items():
        if quien != otro:
            raise ErrorDeUso(
                f"«{nombres[quien]}» ya está unido a otro registro; abra su expediente y trabaje con ése."
            )
    nueva = insert(Fusion).values(conserva_id=orden.conserva_id, absorbido_id=orden.absorbido_id)
    return int(ctx.session.execute(nueva.values(motivo=motivo).returning(Fusion.id)).scalar_one())


@use_case(SEPARAR)
def separar(ctx: Context, orden: Separacion) -> None:
    """Undo a merge: both records are again what they were.

    Raises ErrorDeUso without a reason, for a merge that does not exist or was undone already.
    """
    motivo = _motivo(orden.motivo)
    _uno_a_la_vez(ctx.session)
    if ctx.session.get(Fusion, orden.fusion_id) is None:
        raise ErrorDeUso("Esa unión no existe; actualice la pantalla.")
    if ctx.session.get(FusionEvento, (orden.fusion_id, 1)) is not None:
        raise ErrorDeUso("Esa unión ya se deshizo; actualice la pantalla.")
    ctx.session.execute(
        insert(FusionEvento).values(fusion_id=orden.fusion_id, n=1, estado=DESHECHA, motivo=motivo)
    )


def _motivo(escrito: str) -> str:
    motivo = texto(escrito, 200, "motivo")
    if len(motivo) < _MOTIVO_MINIMO:
        raise ErrorDeUso(f"Escriba el motivo, de {_MOTIVO_MINIMO} letras o más.", "motivo")
    return motivo


def _uno_a_la_vez(session: Session) -> None:
    """Wait for whoever decides another merge: what is read after this is what they left.

    On SQLite a writer waits at BEGIN. Without it two merges at once could make a circle, each seeing the
    other's records free.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_TURNO_DE_UNIONES)))


_QUEDA, _UNIDA = aliased(Contribuyente), aliased(Contribuyente)

UNIONES = Listado(
    clave="contribuyentes.uniones",
    nombre="Uniones de registros",
    permiso=VER,
    consulta=select(Fusion)
    .join(_QUEDA, _QUEDA.id == Fusion.conserva_id)
    .join(_UNIDA, _UNIDA.id == Fusion.absorbido_id)
    .outerjoin(FusionEvento, and_(FusionEvento.fusion_id == Fusion.id, FusionEvento.n == 1)),
    id=Fusion.id,
    columnas=(
        Columna("conserva", "Se conserva", _QUEDA.nombre, ancho=240),
        Columna("absorbido", "Se unió", _UNIDA.nombre, ancho=240),
        Columna("motivo", "Motivo", Fusion.motivo, ancho=220),
        Columna("usuario", "Unió", Fusion.usuario, ancho=140),
        Columna("creado", "Cuándo", Fusion.creado, "instante", ancho=140, ordenable=True, orden=Fusion.id),
        Columna(
            "estado",
            "Estado",
            case((FusionEvento.estado.is_(None), VIGENTE), else_=FusionEvento.estado),
            ancho=110,
            opciones=((VIGENTE, "Vigente"), (DESHECHA, "Deshecha")),
        ),
        Columna("deshizo", "Deshizo", FusionEvento.usuario, ancho=140, oculta=True),
        Columna("deshecha", "Deshecha el", FusionEvento.creado, "instante", ancho=140, oculta=True),
        Columna("porque", "Motivo de deshacer", FusionEvento.motivo, ancho=220, oculta=True),
    ),
    orden=(("creado", "desc"),),
)


@use_case(VER)
def uniones(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of the merges ever made, undone ones too."""
    return pagina(ctx, UNIONES, orden)


@use_case(VER)
def uniones_enteras(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand the whole list of merges over, for a file."""
    return entregar(ctx, UNIONES, orden)
