"""The workbook that goes back to be mended: the bad rows alone, their bad cells coloured and explained."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from lerdo_desk.base.entrada import celda
from lerdo_desk.base.letras import normaliza
from lerdo_desk.core.celdas import Valor
from lerdo_desk.core.importacion import DATO_DE_MAS, QUE_CORREGIR, ErrorDeCelda, FilaMala, Revision

_FONDO_MALO = PatternFill("solid", fgColor="FFD9D4")
_FONDO_FRASE = PatternFill("solid", fgColor="FFF4CE")
_FONDO_TITULO = PatternFill("solid", fgColor="E7EAEE")
_NEGRITA = Font(bold=True)
_ARRIBA = Alignment(vertical="top", wrap_text=True)
_MAXIMO_DE_COMENTARIOS = 10_000  # beyond, a workbook opens slowly; the last column always says everything
_ENTEROS_EXACTOS = 10**15
_ANCHOS = (8, 40)
_ANCHO_DE_FRASE = 70


def devolver(revision: Revision, encabezados: Sequence[str]) -> bytes:
    """Give the workbook of the bad rows: the same columns in their order, and one more: what to mend.

    Mended and loaded again as it is, that last column is passed over. Text stays text, numbers and dates stay
    such; the row numbers in the sentences are those of the file that was reviewed.
    """
    titulos = _sin_la_nuestra(encabezados)
    libro = Workbook(write_only=True)
    hoja = libro.create_sheet("Por corregir")
    hoja.freeze_panes = "A2"
    ancho = max((len(m.valores) for m in revision.malas), default=0)
    # A row with more cells than headings keeps them all; ours comes after the last one.
    ancho = len(titulos) if ancho <= len(encabezados) else max(ancho, len(titulos))
    for n, largo in enumerate((*_anchos(titulos, revision.malas, ancho), _ANCHO_DE_FRASE), 1):
        hoja.column_dimensions[get_column_letter(n)].width = largo
    try:
        _llenar(hoja, titulos, revision.malas, ancho)
    finally:
        # An unfinished sheet would hold its temporary file open and complain when it is collected.
        hoja.close()
    salida = BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _sin_la_nuestra(encabezados: Sequence[str]) -> tuple[str, ...]:
    """Leave out the column that an earlier return added, which is always the last one."""
    if encabezados and normaliza(encabezados[-1]) == normaliza(QUE_CORREGIR):
        return tuple(encabezados[:-1])
    return tuple(encabezados)


def _anchos(titulos: Sequence[str], malas: Sequence[FilaMala], ancho: int) -> list[int]:
    largos = [len(t) for t in titulos] + [0] * (ancho - len(titulos))
    for mala in malas[:200]:
        for n, valor in enumerate(mala.valores[:ancho]):
            largos[n] = max(largos[n], len(str(valor)) if valor is not None else 0)
    menor, mayor = _ANCHOS
    return [min(max(largo + 2, menor), mayor) for largo in largos]


def _llenar(hoja: WriteOnlyWorksheet, titulos: Sequence[str], malas: Sequence[FilaMala], ancho: int) -> None:
    de_mas = [f"{DATO_DE_MAS} {n}" for n in range(1, ancho - len(titulos) + 1)]
    hoja.append([_encabezado(hoja, t) for t in (*titulos, *de_mas, QUE_CORREGIR)])
    comentarios = 0
    for mala in malas:
        por_columna = _por_columna(mala.errores)
        fila = [_celda(hoja, v) for v in mala.valores[:ancho]]
        fila += [_celda(hoja, None) for _ in range(ancho - len(fila))]
        for columna, frase in por_columna.items():
            fila[columna].fill = _FONDO_MALO
            if comentarios < _MAXIMO_DE_COMENTARIOS:
                fila[columna].comment = _comentario(frase)
                comentarios += 1
        dicho = _celda(hoja, " ".join(dict.fromkeys(e.frase for e in mala.errores)))
        dicho.fill, dicho.alignment = _FONDO_FRASE, _ARRIBA
        hoja.append([*fila, dicho])


def _por_columna(errores: Sequence[ErrorDeCelda]) -> dict[int, str]:
    frases: dict[int, str] = {}
    for error in errores:
        if error.columna is not None:
            frases[error.columna] = f"{frases.get(error.columna, '')} {error.frase}".strip()
    return frases


def _comentario(frase: str) -> Comment:
    comentario = Comment(frase, QUE_CORREGIR)
    comentario.width, comentario.height = 260, 90
    return comentario


def _encabezado(hoja: WriteOnlyWorksheet, titulo: str) -> Cell:
    escrita = _celda(hoja, titulo or None)
    escrita.font, escrita.fill = _NEGRITA, _FONDO_TITULO
    return escrita


def _celda(hoja: WriteOnlyWorksheet, valor: Valor) -> Cell:
    """Make a cell of the type that was read; text never becomes a formula, nor a long key a number."""
    if isinstance(valor, int) and abs(valor) >= _ENTEROS_EXACTOS:
        valor = str(valor)
    if isinstance(valor, str):
        escrita = WriteOnlyCell(hoja, value=celda(valor, prefijo=False))
        escrita.data_type, escrita.number_format, escrita.quotePrefix = "s", "@", True
        return escrita
    escrita = WriteOnlyCell(hoja, value=valor)
    if isinstance(valor, date):
        escrita.number_format = "dd/mm/yyyy"
    elif isinstance(valor, Decimal):
        escrita.number_format = "General"
    return escrita
