"""Reviews the rows of a file against the fields of a plan: each row ends among the good or among the bad.

Pure: no database and no clock. The import itself belongs to the service of each dirección.
"""

import re
from collections import defaultdict
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.letras import normaliza
from lerdo_desk.core.celdas import Fila, Hoja, Marca, Valor, letra, marca_de_error
from lerdo_desk.core.lectores import Contexto, Lector
from lerdo_desk.core.use_cases import Progress

QUE_CORREGIR = "Qué corregir"
"""The heading of the column that a returned workbook adds; it is no field of any plan."""
DATO_DE_MAS = "Dato de más"
"""How the heading begins that a returned workbook puts over cells beyond the headings: to be emptied."""

SIN_VALOR = "#N/A"
"""What a bad row bears where its cell could not be used, so that it cannot come back as an empty one."""

_ERROR_ESCRITO = re.compile(r"#[¡¿]?(N/[AD]|REF!|VALUE!|VALOR!|DIV/0!|NAME\?|NOMBRE\?|NUM!|NULL!|NULO!)")
_CADA = 500  # rows between two signs of progress: often enough to cancel, too seldom to cost


@dataclass(frozen=True)
class Campo:
    """A field that a file may bring: its key, its name on screen, how its cell is read, its other names."""

    clave: str
    titulo: str
    obligatorio: bool
    lector: Lector
    sinonimos: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plano:
    """What a file must bring: its fields, and the keys of those that together may not repeat in it."""

    campos: tuple[Campo, ...]
    llave: tuple[str, ...] = ()


@dataclass(frozen=True)
class ErrorDeCelda:
    """What is wrong in a cell: its field (None if it belongs to none), its column from 0, the sentence.

    ``columna`` is None when the plan needs a field that the file does not bring.
    """

    campo: str | None
    columna: int | None
    frase: str


@dataclass(frozen=True)
class FilaMala:
    """A row that cannot enter, as it came: its number in the file, its values and each thing to mend."""

    n: int
    valores: tuple[Valor, ...]
    errores: tuple[ErrorDeCelda, ...]


@dataclass(frozen=True)
class Revision:
    """What a review found: ``leidas`` = good + bad; ``renglones``, the number in the file of the good."""

    leidas: int
    buenas: list[dict[str, object]]
    renglones: list[int]
    malas: list[FilaMala]
    avisos: tuple[str, ...]


Mapeo = Mapping[str, str]
"""The heading that each field takes, by the key of the field; text alone, so that it can be remembered."""


def mapear(plano: Plano, encabezados: Sequence[str], recordado: Mapeo | None = None) -> dict[str, str]:
    """Propose a heading for each field: the remembered one, else one of its name, key or synonyms.

    A field without a match is absent; no heading serves two fields. ``recordado`` may name headings that this
    file does not have: they are passed over.
    """
    libres = {normaliza(e): e for e in encabezados if normaliza(e) not in ("", normaliza(QUE_CORREGIR))}
    propuesto: dict[str, str] = {}
    for campo in plano.campos:
        de_antes = libres.get(normaliza((recordado or {}).get(campo.clave, "")))
        if de_antes is not None:
            propuesto[campo.clave] = libres.pop(normaliza(de_antes))
    for campo in plano.campos:
        if campo.clave in propuesto:
            continue
        nombres = (campo.titulo, campo.clave.replace("_", " "), campo.clave, *campo.sinonimos)
        hallado = next((normaliza(n) for n in nombres if normaliza(n) in libres), None)
        if hallado is not None:
            propuesto[campo.clave] = libres.pop(hallado)
    return propuesto


def revisar(hoja: Hoja, plano: Plano, mapeo: Mapeo, hoy: date) -> Generator[Progress, None, Revision]:
    """Read every row of a sheet, yielding its progress, and return what is good and what is bad.

    Raises ErrorDeUso when the mapping lacks an obligatory field, names a heading that is not there, or gives
    one heading to two fields.
    """
    columnas = _columnas(hoja.encabezados, plano, mapeo)
    sobrantes = tuple(n for n, t in enumerate(hoja.encabezados) if t.startswith(DATO_DE_MAS))
    mesa = _Mesa(plano, columnas, len(hoja.encabezados), sobrantes, Contexto(hoy))
    for fila in hoja.filas:
        if mesa.leidas % _CADA == 0:
            yield Progress(mesa.leidas, max(hoja.total, mesa.leidas), "Revisando renglones")
        mesa.poner(fila)
    revision = mesa.cerrar(hoja.avisos)
    yield Progress(mesa.leidas, mesa.leidas, "Revisando renglones")
    return revision


def _columnas(encabezados: Sequence[str], plano: Plano, mapeo: Mapeo) -> dict[str, int]:
    """Give the column of each mapped field; raises ErrorDeUso when the mapping does not serve."""
    faltan = [c.titulo for c in plano.campos if c.obligatorio and not mapeo.get(c.clave)]
    if faltan:
        raise ErrorDeUso(f"Faltan columnas por elegir: {', '.join(faltan)}; diga cuál es cada una.")
    lugares = {titulo: n for n, titulo in enumerate(encabezados) if titulo}
    columnas: dict[str, int] = {}
    for campo in plano.campos:
        titulo = mapeo.get(campo.clave)
        if not titulo:
            continue
        if titulo not in lugares:
            raise ErrorDeUso(f"La columna «{titulo}» no está en el archivo; elija otra.", campo.clave)
        if lugares[titulo] in columnas.values():
            raise ErrorDeUso(f"La columna «{titulo}» se eligió para dos datos; deje uno.", campo.clave)
        columnas[campo.clave] = lugares[titulo]
    return columnas


@dataclass
class _Leida:
    """A row on the table of the review, until it is known whether its key repeats."""

    fila: Fila
    datos: dict[str, object]
    errores: list[ErrorDeCelda]


@dataclass
class _Mesa:
    """Where rows are laid one by one; at the end each goes to the good or to the bad."""

    plano: Plano
    columnas: Mapping[str, int]
    ancho: int
    sobrantes: tuple[int, ...]
    contexto: Contexto
    leidas: int = 0
    _filas: list[_Leida] = field(default_factory=list)
    _llaves: defaultdict[tuple[object, ...], list[int]] = field(default_factory=lambda: defaultdict(list))
    _formulas: list[str] = field(default_factory=list)

    def poner(self, fila: Fila) -> None:
        """Read one row: its values by field and what is wrong with it."""
        leida = _Leida(fila, {}, [])
        leida.errores += [
            ErrorDeCelda(
                None, n, f"El dato de la columna {letra(n)} sobra; vea si otro quedó partido en dos."
            )
            for n in (*self.sobrantes, *range(self.ancho, len(fila.valores)))
            if fila.valores[n] is not None
        ]
        for campo in self.plano.campos:
            self._leer(campo, leida)
        llave = tuple(leida.datos.get(c) for c in self.plano.llave)
        if llave and None not in llave:
            self._llaves[llave].append(self.leidas)
        self._filas.append(leida)
        self.leidas += 1

    def _leer(self, campo: Campo, leida: _Leida) -> None:
        columna = self.columnas.get(campo.clave)
        leida.datos[campo.clave] = None
        if columna is None:
            return
        marca = leida.fila.marcas.get(columna)
        if marca is not None and not marca.grave:
            self._formulas.append(f"{letra(columna)}{leida.fila.n}")
        try:
            leida.datos[campo.clave] = self._valor(campo, leida.fila.valores[columna], marca)
        except ErrorDeUso as error:
            leida.errores.append(ErrorDeCelda(campo.clave, columna, error.mensaje))

    def _valor(self, campo: Campo, crudo: Valor, marca: Marca | None) -> object:
        if marca is not None and marca.grave:
            raise ErrorDeUso(marca.frase)
        if crudo is None or (isinstance(crudo, str) and not crudo.strip()):
            if campo.obligatorio:
                raise ErrorDeUso(f"Falta {campo.titulo}; escriba el dato.")
            return None
        if isinstance(crudo, str) and _ERROR_ESCRITO.fullmatch(crudo.strip()):
            raise ErrorDeUso(marca_de_error(crudo.strip()).frase)
        return campo.lector(crudo, self.contexto)

    def cerrar(self, avisos: tuple[str, ...]) -> Revision:
        """Mark the keys that repeat, on every row that bears them, and part the good from the bad."""
        for lugares in self._llaves.values():
            if len(lugares) > 1:
                self._marcar_repetidos(lugares)
        buenas = [x for x in self._filas if not x.errores]
        malas = [FilaMala(x.fila.n, _como_vino(x.fila), tuple(x.errores)) for x in self._filas if x.errores]
        if self._formulas:
            avisos = (
                *avisos,
                f"{len(self._formulas):,} celdas traen fórmula y se leyó su último resultado guardado; "
                f"la primera es {self._formulas[0]}.",
            )
        return Revision(self.leidas, [x.datos for x in buenas], [x.fila.n for x in buenas], malas, avisos)

    def _marcar_repetidos(self, lugares: Sequence[int]) -> None:
        titulos = {c.clave: c.titulo for c in self.plano.campos}
        nombre = " y ".join(titulos[c] for c in self.plano.llave)
        numeros = [self._filas[lugar].fila.n for lugar in lugares]
        for lugar in lugares:
            otros = [str(n) for n in numeros if n != self._filas[lugar].fila.n]
            donde = f"el renglón {otros[0]}" if len(otros) == 1 else f"los renglones {', '.join(otros[:5])}"
            frase = f"{nombre}: se repite en {donde}; deje un solo renglón."
            for clave in self.plano.llave:
                self._filas[lugar].errores.append(ErrorDeCelda(clave, self.columnas.get(clave), frase))


def _como_vino(fila: Fila) -> tuple[Valor, ...]:
    return tuple(
        SIN_VALOR if n in fila.marcas and fila.marcas[n].grave else valor
        for n, valor in enumerate(fila.valores)
    )
