"""Lists declared once: a dirección's service names the columns, and this turns a request into SQL.

Pages are found by key, never by OFFSET: after the last row of a page come the rows equal to it in the first
column of the order, then the rows beyond, then those without a value where the database keeps them at the
end; each of the three is one range of an index. Ties are broken by the row's id. Rows without a value stand
where the engine's index has them: first in SQLite's ascending order, last in PostgreSQL's.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, text, true
from sqlalchemy.orm import QueryableAttribute, Session

from lerdo_desk.base.calendario import hora_local
from lerdo_desk.base.entrada import busqueda
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import (
    ColumnaDeLista,
    Fila,
    ListaDescrita,
    Pagina,
    Pedido,
    Salida,
    Sentido,
    Tipo,
)
from lerdo_desk.core.filtros import Filtrable, condicion
from lerdo_desk.core.permisos import Permiso, Propias
from lerdo_desk.core.use_cases import Context, Progress

__all__ = ["Columna", "Listado", "entregar", "pagina", "recorrer"]

LOTE = 1000
"""Rows handed over at once when a whole list goes to a file."""
MAXIMO = 5000
"""Rows that one page may have."""
GRANDE = 100_000
"""Beyond so many rows, and without a filter, PostgreSQL's estimate is told instead of a count."""

Expresion = ColumnElement[Any] | QueryableAttribute[Any]
Consulta = Select[Any] | Callable[[Context], Select[Any]]


@dataclass(frozen=True)
class Columna:
    """A column of a list: what is shown is ``expresion``, sorted by ``orden`` where that is another one.

    Declare ``ordenable`` where an index begins with the expression or the list stays small. ``en_busqueda``:
    its text is part of the list's search column, which then narrows its filter first.
    """

    clave: str
    titulo: str
    expresion: Expresion
    tipo: Tipo = "texto"
    ancho: int = 120
    ordenable: bool = False
    filtrable: bool = True
    oculta: bool = False
    suma: bool = False
    opciones: tuple[tuple[str, str], ...] = ()
    en_busqueda: bool = False
    orden: Expresion | None = None

    def descripcion(self) -> ColumnaDeLista:
        """Give the column without its SQL."""
        return ColumnaDeLista(
            self.clave,
            self.titulo,
            self.tipo,
            self.ancho,
            self.ordenable,
            self.filtrable,
            self.oculta,
            self.suma,
            self.opciones,
        )


@dataclass(frozen=True)
class Listado:
    """A list: its rows come from ``consulta`` (FROM, JOIN and WHERE count, its columns do not).

    ``id`` is unique and never NULL. ``busqueda`` is a column of normalised text. ``tabla`` is the mapped
    class whose size PostgreSQL may estimate when nothing is filtered: only where the list shows all of it.
    """

    clave: str
    nombre: str
    columnas: tuple[Columna, ...]
    consulta: Consulta
    id: Expresion
    permiso: Permiso
    orden: tuple[tuple[str, Sentido], ...] = ()
    busqueda: Expresion | None = None
    tabla: Any = None
    _por_clave: dict[str, Columna] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse two columns of one key, sums of what is no money, and an order that is not offered."""
        self._por_clave.update({c.clave: c for c in self.columnas})
        if len(self._por_clave) != len(self.columnas):
            raise ValueError(f"{self.clave}: two columns with one clave")
        malas = [c.clave for c in self.columnas if c.suma and c.tipo != "dinero"]
        malas += [clave for clave, _ in self.orden if not self._por_clave[clave].ordenable]
        if malas:
            raise ValueError(f"{self.clave}: sums need money and orders need ordenable: {malas}")

    def descripcion(self) -> ListaDescrita:
        """Give the list without its SQL: what a screen and a paper need."""
        leidas = (t.tabla if isinstance(t, Propias) else t for t in self.permiso.lee)
        return ListaDescrita(
            self.clave,
            self.nombre,
            tuple(c.descripcion() for c in self.columnas),
            self.orden,
            frozenset(str(t.__tablename__) for t in leidas),
        )

    def columna(self, clave: str) -> Columna:
        """Give a column; ErrorDeUso when the list has none with that key."""
        if clave not in self._por_clave:
            raise ErrorDeUso(
                f"La lista «{self.nombre}» no tiene la columna «{clave}»; actualice la pantalla."
            )
        return self._por_clave[clave]


class _Termino(NamedTuple):
    """One step of an order; every column may lack a value (an outer join makes it so), the id never does."""

    expresion: ColumnElement[Any]
    desciende: bool
    nula: bool


class _Lectura:
    """One request on one list, checked, ready to be asked of the database."""

    def __init__(
        self, ctx: Context, listado: Listado, pedido: Pedido, condiciones: Sequence[ColumnElement[bool]]
    ) -> None:
        self._ctx, self._listado, self._pedido = ctx, listado, pedido
        claves = pedido.columnas or tuple(c.clave for c in listado.columnas if not c.oculta)
        self.columnas = tuple(listado.columna(clave) for clave in claves)
        self._instantes = [n for n, c in enumerate(self.columnas) if c.tipo == "instante"]
        base = listado.consulta if isinstance(listado.consulta, Select) else listado.consulta(ctx)
        filtros = [*condiciones, *self._filtros()]
        self._sin_filtro = not filtros and base.whereclause is None
        self._base = base.where(*filtros).order_by(None)
        self.terminos = self._terminos()

    @property
    def session(self) -> Session:
        """Give the session of the transaction."""
        return self._ctx.session

    def _filtros(self) -> Iterator[ColumnElement[bool]]:
        listado = self._listado
        for clave, operador, valor in self._pedido.filtros:
            columna = listado.columna(clave)
            filtrable = Filtrable(
                columna.descripcion(),
                _sql(columna.expresion),
                _sql(listado.busqueda) if columna.en_busqueda and listado.busqueda is not None else None,
            )
            yield condicion(filtrable, operador, valor, self._ctx.hoy, self._ctx.zona)
        for palabra in busqueda(self._pedido.texto):
            yield self._con_palabra(palabra)

    def _con_palabra(self, palabra: str) -> ColumnElement[bool]:
        """Look for a word in the search column, or in every column of text where there is none."""
        if self._listado.busqueda is not None:
            return _sql(self._listado.busqueda).contains(palabra, autoescape=True)
        textos = [_sql(c.expresion) for c in self._listado.columnas if c.tipo == "texto" and c.filtrable]
        return or_(false(), *(func.normaliza(t).contains(palabra, autoescape=True) for t in textos))

    def _terminos(self) -> tuple[_Termino, ...]:
        """Give the steps of the order, the id last; it goes the way of the first: one index serves."""
        orden = self._pedido.orden or self._listado.orden
        terminos = []
        for clave, sentido in orden:
            columna = self._listado.columna(clave)
            if not columna.ordenable or sentido not in ("asc", "desc"):
                raise ErrorDeUso(
                    f"«{self._listado.nombre}» no se ordena por «{columna.titulo}»; elija otra columna."
                )
            por = columna.orden if columna.orden is not None else columna.expresion
            terminos.append(_Termino(_sql(por), sentido == "desc", True))
        desciende = bool(terminos) and terminos[0].desciende
        return (*terminos, _Termino(_sql(self._listado.id), desciende, False))

    def _valores(self) -> list[ColumnElement[Any]]:
        """Give what is read: the columns asked, the id, and the steps of the order, which make keys."""
        leidas = [_sql(c.expresion) for c in self.columnas] + [_sql(self._listado.id)]
        return [e.label(f"v{n}") for n, e in enumerate([*leidas, *(t.expresion for t in self.terminos)])]

    def sentencia(self, *donde: ColumnElement[bool]) -> Select[Any]:
        """Give the statement that reads the rows in order, under further conditions."""
        orden = [t.expresion.desc() if t.desciende else t.expresion.asc() for t in self.terminos]
        leida = self._base.with_only_columns(*self._valores(), maintain_column_froms=True)
        return leida.where(*donde).order_by(*orden)

    def tramos(self, despues: Fila | None) -> tuple[tuple[ColumnElement[bool], ...], ...]:
        """Give the ranges that follow a key, in order; each is one range of an index."""
        if despues is None:
            return ((),)
        if len(despues) != len(self.terminos):
            raise ErrorDeUso("El orden de la lista cambió mientras se leía; actualícela con F5.")
        nulos_primero = self.session.get_bind().dialect.name == "sqlite"
        primero, resto = self.terminos[0], self.terminos[1:]
        iguales = _igual(primero, despues[0])
        if not resto:
            return ((_mas_alla(primero, despues[0], nulos_primero),),)
        luego = _despues(resto, despues[1:], nulos_primero)
        tramos: list[tuple[ColumnElement[bool], ...]] = [(iguales, luego)]
        nulos_al_final = primero.desciende is nulos_primero
        if despues[0] is not None:
            tramos.append((_ordenado(primero, despues[0]),))
            if primero.nula and nulos_al_final:
                tramos.append((primero.expresion.is_(None),))
        elif not nulos_al_final:
            tramos.append((primero.expresion.is_not(None),))
        return tuple(tramos)

    def fila(self, leida: Sequence[Any]) -> Fila:
        """Give a row as a screen gets it: the columns and the id; instants become the local hour."""
        valores = [
            hora_local(v, self._ctx.zona).replace(tzinfo=None)
            if c.tipo == "instante" and v is not None
            else v
            for c, v in zip(self.columnas, leida, strict=False)
        ]
        return (*valores, leida[len(self.columnas)])

    def llave(self, leida: Sequence[Any]) -> Fila:
        """Give the place of a row in the order."""
        return tuple(leida[len(self.columnas) + 1 :])

    def totales(self) -> tuple[int, bool, tuple[tuple[str, Decimal], ...]]:
        """Count all rows and add up the amounts shown: total, whether it is exact, sums by column."""
        sumadas = [c for c in self.columnas if c.suma]
        estimado = None if sumadas else self._estimado()
        if estimado is not None:
            return estimado, False, ()
        # The sum of a subquery of plain columns: joined again by nobody, typed as centavos.
        columnas = [func.count().label("n"), *(func.sum(_sql(c.expresion)).label(c.clave) for c in sumadas)]
        leida = self.session.execute(
            self._base.with_only_columns(*columnas, maintain_column_froms=True)
        ).one()
        ceros = (v if v is not None else Decimal("0.00") for v in leida[1:])
        return int(leida[0]), True, tuple((c.clave, v) for c, v in zip(sumadas, ceros, strict=True))

    def _estimado(self) -> int | None:
        """Give PostgreSQL's own estimate of an unfiltered big table; None where it must be counted."""
        tabla = self._listado.tabla
        if tabla is None or not self._sin_filtro or self.session.get_bind().dialect.name != "postgresql":
            return None
        pregunta = text("SELECT reltuples::bigint FROM pg_class WHERE oid = to_regclass(:tabla)")
        filas = int(self.session.scalar(pregunta, {"tabla": tabla.__tablename__}) or 0)
        return filas if filas > GRANDE else None


def pagina(ctx: Context, listado: Listado, pedido: Pedido, *condiciones: ColumnElement[bool]) -> Pagina:
    """Give one page of a list; ``condiciones`` narrow it beyond what the person filters.

    Raises ErrorDeUso for a column, an order or an operator that the list does not have, or a value that
    cannot be read.
    """
    lectura = _Lectura(ctx, listado, pedido, condiciones)
    limite = min(max(pedido.limite, 0), MAXIMO)
    leidas: list[Sequence[Any]] = []
    for tramo in lectura.tramos(pedido.despues) if limite else ():
        faltan = limite + 1 - len(leidas)
        if faltan > 0:
            leidas.extend(ctx.session.execute(lectura.sentencia(*tramo).limit(faltan)))
    hay_mas, leidas = len(leidas) > limite, leidas[:limite]
    siguiente = lectura.llave(leidas[-1]) if hay_mas else None
    total, exacto, sumas = lectura.totales() if pedido.totales else (None, True, ())
    return Pagina(tuple(lectura.fila(f) for f in leidas), siguiente, total, exacto, sumas)


def recorrer(
    ctx: Context,
    listado: Listado,
    pedido: Pedido,
    *condiciones: ColumnElement[bool],
    lote: int = LOTE,
) -> Iterator[tuple[Fila, ...]]:
    """Give all rows of a list in its order, in batches, streamed from one statement: no page, no limit."""
    lectura = _Lectura(ctx, listado, pedido, condiciones)
    corriente = ctx.session.execute(lectura.sentencia(), execution_options={"yield_per": lote})
    for leidas in corriente.partitions():
        yield tuple(lectura.fila(f) for f in leidas)


def entregar(
    ctx: Context, listado: Listado, salida: Salida, *condiciones: ColumnElement[bool]
) -> Generator[Progress, None, int]:
    """Hand a whole list over, telling how far it is after each batch; give how many rows it had."""
    total, _, sumas = _Lectura(ctx, listado, salida.pedido, condiciones).totales()
    salida.recibe.empezar(total, sumas, hora_local(ctx.ahora, ctx.zona).replace(tzinfo=None))
    yield Progress(0, total, listado.nombre)
    hechas = 0
    for lote in recorrer(ctx, listado, salida.pedido, *condiciones):
        salida.recibe.filas(lote)
        hechas += len(lote)
        yield Progress(hechas, max(total, hechas), listado.nombre)
    return hechas


def _sql(expresion: Expresion) -> ColumnElement[Any]:
    """Give the plain SQL expression of a mapped attribute, so that no ORM object is ever made."""
    return expresion.expression if isinstance(expresion, QueryableAttribute) else expresion


def _igual(termino: _Termino, valor: object) -> ColumnElement[bool]:
    return termino.expresion.is_(None) if valor is None else termino.expresion == valor


def _ordenado(termino: _Termino, valor: object) -> ColumnElement[bool]:
    """Give what lies beyond a value, rows without one left out."""
    return termino.expresion < valor if termino.desciende else termino.expresion > valor


def _mas_alla(termino: _Termino, valor: object, nulos_primero: bool) -> ColumnElement[bool]:
    """Give what lies beyond a value that may be missing, rows without one included."""
    nulos_al_final = termino.desciende is nulos_primero
    if valor is None:
        return false() if nulos_al_final else termino.expresion.is_not(None)
    mas = _ordenado(termino, valor)
    return or_(mas, termino.expresion.is_(None)) if termino.nula and nulos_al_final else mas


def _despues(terminos: Sequence[_Termino], llave: Fila, nulos_primero: bool) -> ColumnElement[bool]:
    """Give what follows a key in all the steps of an order, whatever the way each of them goes."""
    condicion_: ColumnElement[bool] = false()
    for termino, valor in reversed(list(zip(terminos, llave, strict=True))):
        iguales = and_(_igual(termino, valor), condicion_) if termino is not terminos[-1] else false()
        condicion_ = or_(_mas_alla(termino, valor, nulos_primero), iguales)
    return and_(true(), condicion_)
