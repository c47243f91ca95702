"""A table's columns as data, and the model that shows tuples through them.

``Column("importe", "Importe", tipo="dinero")`` reads its value by its place: the n-th column shows the n-th
item of each row's tuple. A row may be longer than the columns: what follows travels with the row unseen
(ids, say).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato_columna
from lerdo_desk.ui.tokens import M

Fila = tuple[Any, ...]
Indice = QModelIndex | QPersistentModelIndex
Tipo = Literal["texto", "dinero", "entero", "fecha"]
TonoCelda = Literal["text", "muted", "ok", "warn", "bad", "info"]

NADA = "–"
ROL_TONO = Qt.ItemDataRole.UserRole + 1
ROL_FILA = Qt.ItemDataRole.UserRole + 2
ROL_ICONO = Qt.ItemDataRole.UserRole + 3


@dataclass(frozen=True)
class Column:
    """One column: its title, how its value is written, how wide it is (pixels at 100 %) and how it looks.

    ``estira``: it takes the room that is left (give it to one). ``peso``: role of its font. ``tono`` and
    ``icono`` get the row and give a colour token and the name of an icon, so that colour never speaks
    alone; ``decir`` gives what a screen reader says instead of the text, e.g. "31/01/2023, vencido".
    """

    clave: str
    titulo: str
    tipo: Tipo = "texto"
    ancho: int = M.columna
    estira: bool = False
    peso: Literal["body", "medium", "name"] = "body"
    tono: Callable[[Fila], TonoCelda] | TonoCelda = "text"
    icono: Callable[[Fila], str] | None = None
    decir: Callable[[Fila], str] | None = None

    def texto(self, valor: object) -> str:
        """Write a value: money ``1,234.50``, dates ``22/11/2026``, nothing (and no money) ``–``."""
        if valor is None or valor == "":
            return NADA
        if isinstance(valor, Decimal):
            return formato_columna(valor) if valor else NADA
        if isinstance(valor, date):
            return fecha_corta(valor)
        if self.tipo == "entero" and isinstance(valor, int):
            return f"{valor:,}".replace("-", "−")
        return str(valor)

    @property
    def derecha(self) -> bool:
        """Tell whether it is a column of figures, which stand at the right."""
        return self.tipo in ("dinero", "entero")


class TupleModel(QAbstractTableModel):
    """Rows are tuples, held as they came; with ``marcable`` a column of check boxes stands first."""

    marcas = Signal()
    """The checked rows changed."""
    pide_mas = Signal()
    """The view reached the end and more rows exist: fetch them and call ``agregar``."""

    def __init__(
        self,
        columnas: Sequence[Column],
        *,
        marcable: bool = False,
        nombre: Callable[[Fila], str] | None = None,
        parent: QObject | None = None,
    ) -> None:
        """``nombre`` gives what a screen reader calls a row; by default its first text."""
        super().__init__(parent)
        self.columnas = tuple(columnas)
        self.marcable = marcable
        self._nombre = nombre or (lambda fila: self.columnas[0].texto(fila[0]))
        self._filas: list[Fila] = []
        self._marcadas: set[int] = set()
        self._hay_mas = False

    def poner(self, filas: Sequence[Fila], *, hay_mas: bool = False, marcadas: Sequence[int] = ()) -> None:
        """Show other rows; ``marcadas`` are the positions that start checked."""
        self.beginResetModel()
        self._filas, self._marcadas, self._hay_mas = list(filas), set(marcadas), hay_mas
        self.endResetModel()
        self.marcas.emit()

    def agregar(self, filas: Sequence[Fila], *, hay_mas: bool = False) -> None:
        """Add the next page of rows at the end."""
        self._hay_mas = hay_mas
        if filas:
            primera = len(self._filas)
            self.beginInsertRows(QModelIndex(), primera, primera + len(filas) - 1)
            self._filas.extend(filas)
            self.endInsertRows()

    @property
    def filas(self) -> tuple[Fila, ...]:
        """Give the rows shown."""
        return tuple(self._filas)

    def fila(self, numero: int) -> Fila:
        """Give one row by its position; IndexError when there is none."""
        return self._filas[numero]

    def marcadas(self) -> tuple[Fila, ...]:
        """Give the checked rows in their order."""
        return tuple(self._filas[n] for n in sorted(self._marcadas))

    def numeros_marcados(self) -> frozenset[int]:
        """Give the positions of the checked rows."""
        return frozenset(self._marcadas)

    def marcar(self, numeros: Sequence[int], puesta: bool = True) -> None:
        """Check or uncheck rows by position."""
        antes = set(self._marcadas)
        self._marcadas = antes | set(numeros) if puesta else antes - set(numeros)
        if antes != self._marcadas and self._filas:
            ultima = self.index(len(self._filas) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), ultima)
            self.marcas.emit()

    def rowCount(self, parent: Indice = QModelIndex()) -> int:  # noqa: B008 — Qt's own default
        """Count the rows loaded."""
        return 0 if parent.isValid() else len(self._filas)

    def columnCount(self, parent: Indice = QModelIndex()) -> int:  # noqa: B008
        """Count the columns, the check boxes included."""
        return 0 if parent.isValid() else len(self.columnas) + int(self.marcable)

    def columna(self, numero: int) -> Column | None:
        """Give the column at a position of the view; None for the check boxes."""
        numero -= int(self.marcable)
        return self.columnas[numero] if numero >= 0 else None

    def data(self, index: Indice, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 — Qt's
        """Answer quickly, and None for every role that is not used."""
        lector = _LECTORES.get(role)
        if lector is None or not index.isValid():
            return None
        return lector(self, index)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 — Qt's
        """Give a column's title and the side its text stands at."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        columna = self.columna(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return columna.titulo if columna else ""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _lado(columna)
        if role == Qt.ItemDataRole.AccessibleTextRole and columna is None:
            return "Marcar"
        return None

    def flags(self, index: Indice) -> Qt.ItemFlag:
        """Rows are chosen whole; check boxes may be checked; nothing is edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.marcable and index.column() == 0:
            return base | Qt.ItemFlag.ItemIsUserCheckable
        return base

    def setData(self, index: Indice, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401
        """Check or uncheck a row; nothing else is taken."""
        if role != Qt.ItemDataRole.CheckStateRole or not self.marcable or index.column() != 0:
            return False
        self.marcar([index.row()], Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def canFetchMore(self, parent: Indice) -> bool:
        """Tell whether more rows wait in the database."""
        return self._hay_mas and not parent.isValid()

    def fetchMore(self, parent: Indice) -> None:
        """Ask for the next page, once."""
        if self._hay_mas:
            self._hay_mas = False
            self.pide_mas.emit()

    def _texto(self, index: Indice) -> str | None:
        columna = self.columna(index.column())
        if columna is None:
            return None
        return columna.texto(self._filas[index.row()][index.column() - int(self.marcable)])

    def _marca(self, index: Indice) -> Qt.CheckState | None:
        if not self.marcable or index.column() != 0:
            return None
        return Qt.CheckState.Checked if index.row() in self._marcadas else Qt.CheckState.Unchecked

    def _tono(self, index: Indice) -> str:
        columna = self.columna(index.column())
        if columna is None:
            return "text"
        return columna.tono(self._filas[index.row()]) if callable(columna.tono) else columna.tono

    def _icono(self, index: Indice) -> str:
        columna = self.columna(index.column())
        return columna.icono(self._filas[index.row()]) if columna and columna.icono else ""

    def _dicho(self, index: Indice) -> str:
        fila, columna = self._filas[index.row()], self.columna(index.column())
        if columna is None:
            return f"{self._nombre(fila)}, {'marcado' if index.row() in self._marcadas else 'sin marcar'}"
        dicho = columna.decir(fila) if columna.decir else self._texto(index)
        return f"{self._nombre(fila)}, {columna.titulo}: {dicho}"


def _lado(columna: Column | None) -> Qt.AlignmentFlag:
    lado = Qt.AlignmentFlag.AlignRight if columna and columna.derecha else Qt.AlignmentFlag.AlignLeft
    return lado | Qt.AlignmentFlag.AlignVCenter


_LECTORES: dict[int, Callable[[TupleModel, Indice], object]] = {
    Qt.ItemDataRole.DisplayRole: TupleModel._texto,
    Qt.ItemDataRole.CheckStateRole: TupleModel._marca,
    Qt.ItemDataRole.TextAlignmentRole: lambda modelo, index: _lado(modelo.columna(index.column())),
    Qt.ItemDataRole.AccessibleTextRole: TupleModel._dicho,
    ROL_TONO: TupleModel._tono,
    ROL_FILA: lambda modelo, index: modelo.fila(index.row()),
    ROL_ICONO: TupleModel._icono,
}
