"""Spreadsheets: typed columns, row by row; text is always text, so ``=1+1`` never becomes a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from lerdo_desk.base.entrada import LARGO_CELDA, celda
from lerdo_desk.hacienda.documentos import CorteSellado

Valor = str | int | Decimal | date | datetime | None
Tipo = Literal["texto", "entero", "pesos", "fecha", "hora"]

_FORMATOS: dict[Tipo, str] = {
    "texto": "@",
    "entero": "#,##0",
    "pesos": "#,##0.00;[Red]-#,##0.00",
    "fecha": "dd/mm/yyyy",
    "hora": "dd/mm/yyyy hh:mm",
}
_LARGO_NOMBRE = 31
_PROHIBIDAS = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


@dataclass(frozen=True)
class Columna:
    """A column: heading, type of its cells, width in characters."""

    titulo: str
    tipo: Tipo = "texto"
    ancho: float = 18


def exportar(
    columnas: Sequence[Columna],
    filas: Iterable[Sequence[Valor]],
    titulo: str,
    notas: Sequence[str] = (),
) -> bytes:
    """Give a workbook of one sheet: title, notes, headings, one row per item, streamed as they come.

    Amounts are Decimal pesos and stay numbers; instants are local and carry no zone. Raises TypeError when a
    value is not of its column's type (a float never is) and ValueError when a row has more or fewer cells.
    """
    libro = Workbook(write_only=True)
    hoja = libro.create_sheet(titulo.translate(_PROHIBIDAS).strip()[:_LARGO_NOMBRE] or "Hoja")
    hoja.freeze_panes = f"A{len(notas) + 3}"
    for n, columna in enumerate(columnas, 1):
        hoja.column_dimensions[get_column_letter(n)].width = columna.ancho
    try:
        for renglon in (
            _de_texto(hoja, titulo, Font(bold=True, size=14)),
            *(_de_texto(hoja, n) for n in notas),
        ):
            hoja.append([renglon])
        _llenar(hoja, columnas, filas)
    finally:
        # An unfinished sheet would hold its temporary file open and complain when it is collected.
        hoja.close()
    salida = BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _llenar(hoja: WriteOnlyWorksheet, columnas: Sequence[Columna], filas: Iterable[Sequence[Valor]]) -> None:
    negrita = Font(bold=True)
    hoja.append([_de_texto(hoja, columna.titulo, negrita) for columna in columnas])
    # A row is written as soon as it is appended, so one cell per column, styled once, serves all rows.
    moldes = [_molde(hoja, columna) for columna in columnas]
    for fila in filas:
        hoja.append([_celda(m, columna, v) for m, columna, v in zip(moldes, columnas, fila, strict=True)])


def recibos_del_corte(corte: CorteSellado) -> bytes:
    """Give the receipts of a corte as a workbook, one row each."""
    columnas = (
        Columna("Hora", "hora", 17),
        Columna("Serie", ancho=9),
        Columna("Folio", "entero", 11),
        Columna("Contribuyente", ancho=42),
        Columna("Cuenta", ancho=24),
        Columna("Total", "pesos", 14),
    )
    filas = ((r.hora, r.serie, r.folio, r.pagador, r.cuenta, r.total) for r in corte.recibos)
    return exportar(columnas, filas, f"Recibos del corte {corte.numero}, caja {corte.caja}")


_CLASES: dict[Tipo, type[object]] = {
    "texto": str,
    "entero": int,
    "pesos": Decimal,
    "fecha": date,
    "hora": datetime,
}


def _molde(hoja: WriteOnlyWorksheet, columna: Columna) -> Cell:
    """Make the cell that a column writes all its values with."""
    hecha = WriteOnlyCell(hoja)
    hecha.number_format = _FORMATOS[columna.tipo]
    if columna.tipo == "texto":
        hecha.quotePrefix = True
    return hecha


def _celda(molde: Cell, columna: Columna, valor: Valor) -> Cell | None:
    if valor is None:
        return None
    if not isinstance(valor, _CLASES[columna.tipo]) or isinstance(valor, bool):
        clase = _CLASES[columna.tipo].__name__
        raise TypeError(f"column {columna.titulo!r} takes {clase}, never {type(valor).__name__}")
    if isinstance(valor, str):
        # Printable and short: the gate would give it back as it is, letter by letter.
        corto = valor.isprintable() and len(valor) <= LARGO_CELDA
        molde.value = valor if corto else celda(valor, prefijo=False)
        molde.data_type = "s"
        return molde
    molde.value = valor.replace(tzinfo=None) if isinstance(valor, datetime) else valor
    # A day that is given its value anew would also be given openpyxl's own format.
    molde.number_format = _FORMATOS[columna.tipo]
    return molde


def _de_texto(hoja: WriteOnlyWorksheet, valor: str, letra: Font | None = None) -> Cell:
    """Make a cell that stays text, also after somebody edits it: type "s" and Excel's leading-quote mark."""
    escrita = WriteOnlyCell(hoja, value=celda(valor, prefijo=False))
    escrita.data_type = "s"
    escrita.number_format = _FORMATOS["texto"]
    escrita.quotePrefix = True
    if letra is not None:
        escrita.font = letra
    return escrita
