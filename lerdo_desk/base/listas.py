"""What a list is, as plain data: its columns, what is asked of it, what it answers, and both in words.

``core.listados`` turns it into SQL, ``ui.listing`` into a table, ``reports.lista`` into a paper and a sheet.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Literal, Protocol

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato_columna

Tipo = Literal["texto", "dinero", "fecha", "entero", "instante"]
Sentido = Literal["asc", "desc"]
Escalar = str | int | Decimal | date | None
Valor = Escalar | tuple[Escalar, Escalar]
Filtro = tuple[str, str, Valor]
"""Column, operator, value: ``("importe", "entre", ("100", "200"))``; no value for ``vacio`` and ``lleno``."""

Fila = tuple[Any, ...]
"""One value for each column asked, in the order asked, and the row's id last."""

LIMITE = 200
NADA = "–"
CONTIENE, EMPIEZA, IGUAL, ENTRE = "contiene", "empieza", "igual", "entre"
DESDE, HASTA, VACIO, LLENO = "desde", "hasta", "vacio", "lleno"
SIN_VALOR = (VACIO, LLENO)

_DE_TEXTO = (CONTIENE, EMPIEZA, IGUAL, VACIO, LLENO)
_DE_CIFRAS = (IGUAL, ENTRE, DESDE, HASTA, VACIO, LLENO)
_DE_OPCIONES = (IGUAL, VACIO, LLENO)
EN_PALABRAS: Mapping[str, str] = MappingProxyType(
    {
        CONTIENE: "contiene",
        EMPIEZA: "empieza con",
        IGUAL: "es",
        ENTRE: "entre",
        DESDE: "desde",
        HASTA: "hasta",
        VACIO: "está vacío",
        LLENO: "no está vacío",
    }
)


@dataclass(frozen=True)
class ColumnaDeLista:
    """A column as everybody but SQL knows it; ``ancho`` in pixels at 100 %, ``opciones`` code and word.

    ``oculta``: not shown until somebody asks for it. ``suma``: the amounts of all rows are added up.
    """

    clave: str
    titulo: str
    tipo: Tipo = "texto"
    ancho: int = 120
    ordenable: bool = False
    filtrable: bool = True
    oculta: bool = False
    suma: bool = False
    opciones: tuple[tuple[str, str], ...] = ()

    @property
    def derecha(self) -> bool:
        """Tell whether its figures stand at the right."""
        return self.tipo in ("dinero", "entero")

    @property
    def operadores(self) -> tuple[str, ...]:
        """Give the operators that its filter takes."""
        if self.opciones:
            return _DE_OPCIONES
        return _DE_TEXTO if self.tipo == "texto" else _DE_CIFRAS

    def escribir(self, valor: object) -> str:
        """Write a value as a person reads it: ``1,234.50``, ``22/11/2026``, ``22/11/2026 11:42``, ``–``."""
        if valor is None or valor == "":
            return NADA
        if self.opciones:
            return dict(self.opciones).get(str(valor), str(valor))
        if isinstance(valor, Decimal):
            return formato_columna(valor)
        if isinstance(valor, datetime):
            return f"{fecha_corta(valor)} {valor:%H:%M}"
        if isinstance(valor, date):
            return fecha_corta(valor)
        if self.tipo == "entero" and isinstance(valor, int):
            return f"{valor:,}".replace("-", "−")
        return str(valor)


@dataclass(frozen=True)
class ListaDescrita:
    """A list without its SQL; ``orden`` is the one it begins with, ``tablas`` those whose changes show."""

    clave: str
    nombre: str
    columnas: tuple[ColumnaDeLista, ...]
    orden: tuple[tuple[str, Sentido], ...] = ()
    tablas: frozenset[str] = frozenset()

    def elegidas(self, claves: Sequence[str]) -> tuple[ColumnaDeLista, ...]:
        """Give the columns named, those shown at first when none is; KeyError for one that does not exist."""
        if not claves:
            return tuple(c for c in self.columnas if not c.oculta)
        todas = {c.clave: c for c in self.columnas}
        return tuple(todas[clave] for clave in claves)


@dataclass(frozen=True)
class Pedido:
    """What is asked of a list: columns, order, filter, words to look for, and the place after which to go on.

    ``despues`` is the ``siguiente`` of the page before. ``totales``: count and sum all rows too.
    """

    columnas: tuple[str, ...] = ()
    orden: tuple[tuple[str, Sentido], ...] = ()
    filtros: tuple[Filtro, ...] = ()
    texto: str = ""
    despues: Fila | None = None
    limite: int = LIMITE
    totales: bool = False


@dataclass(frozen=True)
class Pagina:
    """A page of rows; ``siguiente`` is None after the last one.

    ``total`` counts all rows (None when not asked); not ``exacto``: the server's estimate. ``sumas``: column
    and pesos of all rows.
    """

    filas: tuple[Fila, ...]
    siguiente: Fila | None = None
    total: int | None = None
    exacto: bool = True
    sumas: tuple[tuple[str, Decimal], ...] = ()


class Recibe(Protocol):
    """Takes a whole list, batch by batch."""

    def empezar(self, total: int, sumas: tuple[tuple[str, Decimal], ...], momento: datetime) -> None:
        """Take what is known before the rows: how many, the sums, the local instant of the reading."""

    def filas(self, lote: Sequence[Fila]) -> None:
        """Take the next rows."""


@dataclass(frozen=True)
class Salida:
    """The order to hand a whole list over; the page and its place in ``pedido`` are of no account."""

    pedido: Pedido
    recibe: Recibe = field(repr=False)


@dataclass(frozen=True)
class Encargo:
    """What the window asks for when a person wants a file: which list, whose use case, how, where."""

    lista: ListaDescrita
    pedido: Pedido
    formato: Literal["xlsx", "pdf"]
    destino: str
    caso: Any
    orden: Callable[[Salida], object]
    sumas: bool = True


def filtro_en_palabras(columna: ColumnaDeLista, operador: str, valor: Valor) -> str:
    """Say one condition: ``Titular contiene «perez»``, ``Importe entre 100 y 200``."""
    frase = f"{columna.titulo} {EN_PALABRAS[operador]}"
    if operador in SIN_VALOR:
        return frase
    if isinstance(valor, tuple):
        return f"{frase} {columna.escribir(valor[0])} y {columna.escribir(valor[1])}"
    escrito = columna.escribir(valor)
    return f"{frase} «{escrito}»" if columna.tipo == "texto" else f"{frase} {escrito}"


def orden_en_palabras(lista: ListaDescrita, orden: Sequence[tuple[str, Sentido]]) -> str:
    """Say the order: ``Clave catastral (de menor a mayor)``; empty when none was asked."""
    titulos = {c.clave: c.titulo for c in lista.columnas}
    ida = {"asc": "de menor a mayor", "desc": "de mayor a menor"}
    return ", ".join(f"{titulos[clave]} ({ida[sentido]})" for clave, sentido in orden)


def condiciones_en_palabras(lista: ListaDescrita, pedido: Pedido) -> str:
    """Say the whole filter of a request; ``Todos los renglones`` when there is none."""
    columnas = {c.clave: c for c in lista.columnas}
    partes = [f"Con «{pedido.texto.strip()}»"] if pedido.texto.strip() else []
    partes += [filtro_en_palabras(columnas[c], operador, valor) for c, operador, valor in pedido.filtros]
    return " · ".join(partes) or "Todos los renglones"
