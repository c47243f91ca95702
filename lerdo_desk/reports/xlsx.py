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

from lerdo_desk.base.entrada import celda
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


def exportar(columnas: Sequence[Columna], filas: Iterable[Sequence[Valor]], titulo: str) -> bytes:
    """Give a workbook of one sheet: the title, the headings, one row per item, streamed as they come.

    Amounts are Decimal pesos and stay numbers; instants are local and carry no zone. Raises TypeError when a
    value is not of its column's type (a float never is) and ValueError when a row has more or fewer cells.
    """
    libro = Workbook(write_only=True)
    hoja = libro.create_sheet(titulo.translate(_PROHIBIDAS).strip()[:_LARGO_NOMBRE] or "Hoja")
    hoja.freeze_panes = "A3"
    for n, columna in enumerate(columnas, 1):
        hoja.column_dimensions[get_column_letter(n)].width = columna.ancho
    try:
        _llenar(hoja, columnas, filas, titulo)
    finally:
        # An unfinished sheet would hold its temporary file open and complain when it is collected.
        hoja.close()
    salida = BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _llenar(
    hoja: WriteOnlyWorksheet, columnas: Sequence[Columna], filas: Iterable[Sequence[Valor]], titulo: str
) -> None:
    negrita = Font(bold=True)
    hoja.append([_de_texto(hoja, titulo, Font(bold=True, size=14))])
    hoja.append([_de_texto(hoja, columna.titulo, negrita) for columna in columnas])
    for fila in filas:
        hoja.append([_celda(hoja, columna, v) for columna, v in zip(columnas, fila, strict=True)])


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


def _celda(hoja: WriteOnlyWorksheet, columna: Columna, valor: Valor) -> Cell | None:
    if valor is None:
        return None
    if columna.tipo == "texto":
        return _de_texto(hoja, valor)
    clases: dict[Tipo, type[object]] = {"entero": int, "pesos": Decimal, "fecha": date, "hora": datetime}
    clase = clases[columna.tipo]
    if not isinstance(valor, clase) or isinstance(valor, bool):
        raise TypeError(f"column {columna.titulo!r} takes {clase.__name__}, never {type(valor).__name__}")
    escrita = WriteOnlyCell(hoja, value=valor.replace(tzinfo=None) if isinstance(valor, datetime) else valor)
    escrita.number_format = _FORMATOS[columna.tipo]
    return escrita


def _de_texto(hoja: WriteOnlyWorksheet, valor: object, letra: Font | None = None) -> Cell:
    """Make a cell that stays text, also after somebody edits it: type "s" and Excel's leading-quote mark."""
    if not isinstance(valor, str):
        raise TypeError(f"a text cell takes str, never {type(valor).__name__}")
    escrita = WriteOnlyCell(hoja, value=celda(valor, prefijo=False))
    escrita.data_type = "s"
    escrita.number_format = _FORMATOS["texto"]
    escrita.quotePrefix = True
    if letra is not None:
        escrita.font = letra
    return escrita
