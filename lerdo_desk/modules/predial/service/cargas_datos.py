"""What is asked of a load of predial and what it answers: plain data, for screens and for the bitácora."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from lerdo_desk.core import importacion, personales
from lerdo_desk.core.celdas import Valor
from lerdo_desk.modules.predial.imports.adeudos import FilaDeAdeudo, Total
from lerdo_desk.modules.predial.imports.padron import FilaDePadron

ERRORES_A_LA_VISTA = 300
"""Cells with an error that a screen is given; the returned workbook has all of them."""

PREFERENCIA = "predial.carga."
"""How the key begins under which a person's columns are remembered, one for each kind of load."""


@dataclass(frozen=True)
class Archivo:
    """The question of what a file brings: a path of this machine and, when it has several, a sheet."""

    tipo: str
    ruta: str
    hoja: str | None = None


@dataclass(frozen=True)
class CampoVisto:
    """A field that the file must or may bring."""

    clave: str
    titulo: str
    obligatorio: bool


@dataclass(frozen=True)
class CargaAnterior:
    """When and by whom a file was already loaded, in one sentence."""

    frase: str
    quien: str
    cuando: datetime


@dataclass(frozen=True)
class Abierto:
    """What a file brings before it is checked; with ``hojas`` nothing else does until one is chosen.

    ``propuesto`` gives the heading of each field; ``ejercicios``, from which the emission may begin here.
    """

    archivo: Archivo
    nombre: str
    hojas: tuple[str, ...] = ()
    digesto: str = ""
    encabezados: tuple[str, ...] = ()
    ejemplos: tuple[tuple[Valor, ...], ...] = ()
    total: int = 0
    avisos: tuple[str, ...] = ()
    campos: tuple[CampoVisto, ...] = ()
    propuesto: Mapping[str, str] = field(default_factory=dict)
    ejercicios: tuple[int, ...] = ()
    hoy: int = 0
    anterior: CargaAnterior | None = None


@dataclass(frozen=True)
class Revision:
    """The question of what loading a file would do; ``mapeo`` gives the heading of each field."""

    archivo: Archivo
    digesto: str
    mapeo: tuple[tuple[str, str], ...]
    desde: int


@dataclass(frozen=True)
class Motivo:
    """Why rows are returned, and how many."""

    frase: str
    renglones: int


@dataclass(frozen=True)
class ErrorVisto:
    """One thing to mend: its cell as a spreadsheet names it, what it holds, and what to do."""

    celda: str
    dato: str
    frase: str


@dataclass(frozen=True)
class Revisado:
    """What loading a file would do; read = accepted + returned.

    ``nuevas``: accepted rows that would be written, the others stand on record as they are. ``valor``:
    sum in pesos of the values or debts that would be written.
    """

    pregunta: Revision
    nombre: str
    leidas: int
    nuevas: int
    iguales: int
    valor: Decimal
    totales: tuple[Total, ...]
    motivos: tuple[Motivo, ...]
    errores: tuple[ErrorVisto, ...]
    muestra: tuple[tuple[str, ...], ...]
    avisos: tuple[str, ...]
    encabezados: tuple[str, ...]
    anterior: CargaAnterior | None
    devolucion: importacion.Revision = field(repr=False)
    filas: tuple[FilaDePadron | FilaDeAdeudo, ...] = field(repr=False)

    @property
    def aceptadas(self) -> int:
        """Count the rows that are accepted."""
        return self.nuevas + self.iguales

    @property
    def devueltas(self) -> int:
        """Count the rows that go back."""
        return self.leidas - self.aceptadas


@dataclass(frozen=True)
class Importacion:
    """The order to load what a review accepted, told as it was shown; the rows stay out of the bitácora."""

    archivo: Archivo
    nombre: str
    digesto: str
    leidas: int
    nuevas: int
    valor: Decimal
    desde: int
    filas: tuple[FilaDePadron | FilaDeAdeudo, ...] = field(repr=False)


@dataclass(frozen=True)
class Importado:
    """What a load wrote; with ``anterior`` the file had come in before and nothing was written."""

    escritas: int
    anterior: CargaAnterior | None = None


def importacion_de(revisado: Revisado) -> Importacion:
    """Give the order that loads what a review showed."""
    pregunta = revisado.pregunta
    return Importacion(
        pregunta.archivo,
        revisado.nombre,
        pregunta.digesto,
        revisado.leidas,
        revisado.nuevas,
        revisado.valor,
        pregunta.desde,
        revisado.filas,
    )


def apunte_de_columnas(tipo: str, mapeo: Sequence[tuple[str, str]]) -> personales.Apunte:
    """Give the order that remembers which heading serves each field, for whoever loads the next file."""
    texto = "\n".join(f"{clave}\t{titulo}" for clave, titulo in mapeo)
    return personales.Apunte(personales.PREFERENCIA, PREFERENCIA + tipo, texto)
