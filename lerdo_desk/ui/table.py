"""The table of the house: read-only, constant row height, figures at the right, checks by Space, a footer.

``Table(columnas, nombre="Adeudos", marcable=True)``; ``poner(filas)`` shows tuples; ``abierta`` is emitted
with the row on Enter or double click, ``marcas`` when checks change. Sorting and filtering belong to SQL,
never here.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from lerdo_desk.ui.cards import columna as en_columna
from lerdo_desk.ui.cards import fila as en_fila
from lerdo_desk.ui.cards import linea
from lerdo_desk.ui.columns import ROL_ICONO, ROL_TONO, Column, Fila, Indice, TupleModel
from lerdo_desk.ui.icons import pixmap
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_ABRIR = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _Pintor(QStyledItemDelegate):
    """Paints one cell: ground, bar of the chosen row, check box, icon, text."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Indice) -> None:
        """Draw the cell without the style's own selection and focus frame."""
        modelo = index.model()
        if not isinstance(modelo, TupleModel):
            return
        painter.save()
        zona, elegida = option.rect, bool(option.state & QStyle.StateFlag.State_Selected)
        if elegida:
            painter.fillRect(zona, tema().color("primary_soft"))
        if elegida and index.column() == 0:
            painter.fillRect(QRect(zona.left(), zona.top(), M.barra, zona.height()), tema().color("primary"))
        painter.setPen(QPen(tema().color("border"), M.linea))
        painter.drawLine(zona.bottomLeft(), zona.bottomRight())
        columna = modelo.columna(index.column())
        if columna is None:
            pintar_casilla(painter, zona, index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked)
        else:
            self._texto(painter, zona, index, columna)
        painter.restore()

    def _texto(self, pintor: QPainter, zona: QRect, index: Indice, columna: Column) -> None:
        tono, icono = str(index.data(ROL_TONO)), str(index.data(ROL_ICONO) or "")
        margen = tema().px(M.celda)
        hueco = zona.adjusted(margen, 0, -margen, 0)
        if icono:
            lado = tema().px(M.icono)
            escala = pintor.deviceTransform().m11()
            imagen = pixmap(icono, tema().color(tono).name(), lado, escala)
            arriba = hueco.center().y() - lado // 2
            pintor.drawPixmap(QRect(hueco.left(), arriba, lado, lado), imagen)
            hueco.adjust(lado + M.xs, 0, 0, 0)
        pintor.setFont(tema().fuente(columna.peso))
        pintor.setPen(tema().color(tono))
        lado_texto = Qt.AlignmentFlag.AlignRight if columna.derecha else Qt.AlignmentFlag.AlignLeft
        texto = pintor.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, hueco.width()
        )
        pintor.drawText(hueco, lado_texto | Qt.AlignmentFlag.AlignVCenter, texto)

    def sizeHint(self, option: QStyleOptionViewItem, index: Indice) -> QSize:
        """Rows have one height; the width is the column's."""
        return QSize(M.columna_minima, tema().px(M.fila))

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Indice,
    ) -> bool:
        """Toggle the check where it is clicked (the whole cell, not only the box)."""
        if not index.flags() & Qt.ItemFlag.ItemIsUserCheckable or not isinstance(event, QMouseEvent):
            return False
        if event.type() is QEvent.Type.MouseButtonRelease and event.button() is Qt.MouseButton.LeftButton:
            _alternar(index)
            return True
        return event.type() is QEvent.Type.MouseButtonDblClick


def pintar_casilla(pintor: QPainter, zona: QRect, puesta: bool) -> None:
    """Draw a check box in the middle of a cell."""
    lado = tema().px(M.casilla)
    caja = QRect(0, 0, lado, lado)
    caja.moveCenter(zona.center())
    pintor.setRenderHint(QPainter.RenderHint.Antialiasing)
    pintor.setPen(QPen(tema().color("primary" if puesta else "border_strong"), M.linea))
    pintor.setBrush(tema().color("primary" if puesta else "surface"))
    pintor.drawRoundedRect(caja.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), M.xs, M.xs)
    if puesta:
        marca = pixmap("check", tema().paleta.on_primary, lado - M.xs, pintor.deviceTransform().m11())
        pintor.drawPixmap(caja.adjusted(M.foco, M.foco, -M.foco, -M.foco), marca)


def _alternar(index: Indice) -> None:
    modelo = index.model()
    if isinstance(modelo, TupleModel):
        casilla = modelo.index(index.row(), 0)
        puesta = casilla.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
        nuevo = Qt.CheckState.Unchecked if puesta else Qt.CheckState.Checked
        modelo.setData(casilla, nuevo, Qt.ItemDataRole.CheckStateRole)


class Table(QTableView):
    """A table over tuples; see the module's first lines."""

    abierta = Signal(object)
    """The row's tuple, on Enter or double click."""
    elegida = Signal(object)
    """The row's tuple, when the current row changes (None when there is none)."""
    marcas = Signal()
    """The checked rows changed: read ``marcadas()``."""
    pide_mas = Signal()
    """More rows are wanted: call ``agregar``."""

    def __init__(
        self,
        columnas: Sequence[Column],
        *,
        nombre: str,
        marcable: bool = False,
        nombre_de_fila: Callable[[Fila], str] | None = None,
        alto: int = M.fila,
    ) -> None:
        """``nombre`` is what a screen reader calls the table; ``alto`` the row height at 100 %."""
        super().__init__()
        self._alto = alto
        self.modelo = TupleModel(columnas, marcable=marcable, nombre=nombre_de_fila, parent=self)
        self.setModel(self.modelo)
        self.setItemDelegate(_Pintor(self))
        self.setAccessibleName(nombre)
        self._vestir()
        self._columnas()
        self.modelo.marcas.connect(self.marcas)
        self.modelo.pide_mas.connect(self.pide_mas)
        self.doubleClicked.connect(self._abrir)
        self.selectionModel().currentRowChanged.connect(self._cambio_de_fila)

    def _vestir(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        vertical = self.verticalHeader()
        vertical.setVisible(False)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        vertical.setMinimumSectionSize(M.columna_minima // 2)
        vertical.setDefaultSectionSize(tema().px(self._alto))

    def _columnas(self) -> None:
        cabeza = self.horizontalHeader()
        cabeza.setHighlightSections(False)
        cabeza.setSectionsClickable(False)
        cabeza.setFixedHeight(tema().px(M.encabezado))
        cabeza.setMinimumSectionSize(M.columna_minima // 2)
        cabeza.setAccessibleName(f"Columnas de {self.accessibleName()}")
        if self.modelo.marcable:
            cabeza.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
            cabeza.resizeSection(0, tema().px(M.columna_marca))
        for numero, columna in enumerate(self.modelo.columnas, int(self.modelo.marcable)):
            modo = QHeaderView.ResizeMode.Stretch if columna.estira else QHeaderView.ResizeMode.Interactive
            cabeza.setSectionResizeMode(numero, modo)
            cabeza.resizeSection(numero, tema().px(columna.ancho))

    def poner(self, filas: Sequence[Fila], *, hay_mas: bool = False, marcadas: Sequence[int] = ()) -> None:
        """Show other rows; ``marcadas`` are the positions that start checked."""
        self.modelo.poner(filas, hay_mas=hay_mas, marcadas=marcadas)

    def agregar(self, filas: Sequence[Fila], *, hay_mas: bool = False) -> None:
        """Add the next page of rows."""
        self.modelo.agregar(filas, hay_mas=hay_mas)

    def marcadas(self) -> tuple[Fila, ...]:
        """Give the checked rows, in their order."""
        return self.modelo.marcadas()

    def marcar(self, numeros: Sequence[int], puesta: bool = True) -> None:
        """Check or uncheck rows by position."""
        self.modelo.marcar(numeros, puesta)

    def actual(self) -> Fila | None:
        """Give the current row, None when there is none."""
        indice = self.currentIndex()
        return self.modelo.fila(indice.row()) if indice.isValid() else None

    def elegir(self, numero: int) -> None:
        """Make a row the current one."""
        banderas = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        indice = self.modelo.index(numero, 0)
        self.selectionModel().setCurrentIndex(indice, banderas)
        self.scrollTo(indice)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space toggles the check of the row, Enter opens it; the rest is Qt's."""
        indice = self.currentIndex()
        if indice.isValid() and event.key() == Qt.Key.Key_Space and self.modelo.marcable:
            _alternar(indice)
        elif indice.isValid() and event.key() in _ABRIR:
            self._abrir(indice)
        else:
            super().keyPressEvent(event)

    def _abrir(self, indice: QModelIndex) -> None:
        self.abierta.emit(self.modelo.fila(indice.row()))

    def _cambio_de_fila(self, ahora: QModelIndex) -> None:
        self.elegida.emit(self.modelo.fila(ahora.row()) if ahora.isValid() else None)


class TableFooter(QWidget):
    """The line below a table: how many rows at the left, sums of all rows (not of the page) at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._cuenta, self._sumas = Label("", "caption", "muted"), Label("", "label")
        caja = en_columna(linea(), separacion=0)
        renglon = en_fila(self._cuenta, 1, self._sumas)
        margen = tema().px(M.celda)
        renglon.setContentsMargins(margen + M.xs, margen - M.foco, margen, margen - M.foco)
        caja.addLayout(renglon)
        self.setLayout(caja)

    def poner(self, cuenta: str, sumas: Sequence[tuple[str, str]] = ()) -> None:
        """Write the count and the sums as (name, formatted amount)."""
        self._cuenta.setText(cuenta)
        self._sumas.setText("    ".join(f"{nombre} {monto}" for nombre, monto in sumas))
