"""The search of the left panel: a box that asks at each change and a list of two-line results.

``buscar(str)`` is emitted at each change, without waiting: ask through ``Jobs.leer(..., clave=…)``, where
the latest wins, and give the answer to ``mostrar(resultados, de=texto)``. ``elegido(object)`` carries the
``dato`` of the chosen result. An Enter that comes before the answer (a scanner, a quick cashier) waits for
it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from lerdo_desk.ui.cards import EmptyState, columna, fila
from lerdo_desk.ui.columns import Indice
from lerdo_desk.ui.form import TextField
from lerdo_desk.ui.icons import icon
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_FLECHAS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True)
class Result:
    """One result: name and amount (or state) above, clave · address below; ``dato`` is what is chosen."""

    dato: object
    titulo: str
    detalle: str
    derecha: str = ""
    tono: Literal["text", "muted", "ok", "warn", "bad"] = "text"


class _Resultados(QAbstractListModel):
    """The results, as a model of one column."""

    def __init__(self) -> None:
        super().__init__()
        self.filas: tuple[Result, ...] = ()

    def poner(self, filas: Sequence[Result]) -> None:
        """Show other results."""
        self.beginResetModel()
        self.filas = tuple(filas)
        self.endResetModel()

    def rowCount(self, parent: Indice = QModelIndex()) -> int:  # noqa: B008 — Qt's own default
        """Count the results."""
        return 0 if parent.isValid() else len(self.filas)

    def data(self, index: Indice, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 — Qt's
        """Give the result itself, and its words for whoever cannot see it."""
        if not index.isValid():
            return None
        resultado = self.filas[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return resultado
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(
                parte for parte in (resultado.titulo, resultado.derecha, resultado.detalle) if parte
            )
        return None


class _Pintor(QStyledItemDelegate):
    """Paints one result in two lines, the chosen one on a soft ground with a bar at its left."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Indice) -> None:
        """Draw name and amount above, the muted line below."""
        resultado: Result = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        zona = option.rect.adjusted(M.foco, M.foco, -M.foco, -M.foco)
        self._fondo(painter, zona, option)
        margen = tema().px(M.m)
        hueco = zona.adjusted(margen, tema().px(M.s), -margen, -tema().px(M.s))
        medio = hueco.top() + hueco.height() // 2
        arriba = QRect(hueco.left(), hueco.top(), hueco.width(), medio - hueco.top())
        abajo = QRect(hueco.left(), medio, hueco.width(), hueco.bottom() - medio)
        painter.setFont(tema().fuente("name"))
        ancho = painter.fontMetrics().horizontalAdvance(resultado.derecha)
        _escribir(painter, arriba, resultado.derecha, resultado.tono, Qt.AlignmentFlag.AlignRight)
        izquierda = arriba.adjusted(0, 0, -(ancho + M.s) if ancho else 0, 0)
        _escribir(painter, izquierda, resultado.titulo, "text", Qt.AlignmentFlag.AlignLeft)
        painter.setFont(tema().fuente("caption"))
        _escribir(painter, abajo, resultado.detalle, "muted", Qt.AlignmentFlag.AlignLeft)
        painter.restore()

    def _fondo(self, pintor: QPainter, zona: QRect, option: QStyleOptionViewItem) -> None:
        elegida = bool(option.state & QStyle.StateFlag.State_Selected)
        encima = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if not elegida and not encima:
            return
        pintor.setRenderHint(QPainter.RenderHint.Antialiasing)
        pintor.setPen(Qt.PenStyle.NoPen)
        pintor.setBrush(tema().color("primary_soft" if elegida else "hover"))
        pintor.drawRoundedRect(zona, M.radio, M.radio)
        if elegida:
            pintor.fillRect(
                zona.left(), zona.top() + M.s, M.barra, zona.height() - M.l, tema().color("primary")
            )

    def sizeHint(self, option: QStyleOptionViewItem, index: Indice) -> QSize:
        """All results are equally high."""
        return QSize(M.columna, tema().px(M.fila_resultado))


def _escribir(pintor: QPainter, zona: QRect, texto: str, tono: str, lado: Qt.AlignmentFlag) -> None:
    pintor.setPen(tema().color(tono))
    corto = pintor.fontMetrics().elidedText(texto, Qt.TextElideMode.ElideRight, zona.width())
    pintor.drawText(zona, lado | Qt.AlignmentFlag.AlignVCenter, corto)


class _Lista(QListView):
    """The list of results; Enter and letters are the box's business."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the panel."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Caja(TextField):
    """The search field: the arrows move through the list below it."""

    def __init__(self, sugerencia: str, lista: QListView) -> None:
        super().__init__(sugerencia=sugerencia, largo=120)
        self._lista = lista

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the arrows to the list when it has rows."""
        if event.key() in _FLECHAS and self._lista.model().rowCount():
            self._lista.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


class SearchBox(QWidget):
    """The search field, the line of count and the results; see the module's first lines."""

    buscar = Signal(str)
    elegido = Signal(object)

    def __init__(self, sugerencia: str, *, nombre: str, vacio: tuple[str, str]) -> None:
        """``sugerencia``: placeholder; ``nombre``: accessible; ``vacio``: title and sentence of no search."""
        super().__init__()
        self._vacio = vacio
        self._respondido = ""
        self._enter_pendiente = False
        self._modelo = _Resultados()
        self.lista = self._hacer_lista(nombre)
        self.campo = _Caja(sugerencia, self.lista)
        self.campo.setAccessibleName(nombre)
        self.campo.setClearButtonEnabled(True)
        self.campo.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._cuenta, self._ayuda = Label("", "caption", "muted"), Label("", "caption", "muted")
        self._estado = EmptyState("user-search", *vacio)
        self._pila = QStackedWidget()
        self._pila.addWidget(self._estado)
        self._pila.addWidget(self.lista)
        self.caja = columna(self.campo, separacion=M.s)
        self.caja.addLayout(fila(self._cuenta, 1, self._ayuda))
        self.caja.addWidget(self._pila, 1)
        self.setLayout(self.caja)
        self.setFocusProxy(self.campo)
        self.campo.textChanged.connect(self._cambio)
        self._contar("")

    def _hacer_lista(self, nombre: str) -> QListView:
        lista = _Lista()
        lista.setModel(self._modelo)
        lista.setItemDelegate(_Pintor(lista))
        lista.setUniformItemSizes(True)
        lista.setMouseTracking(True)
        lista.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        lista.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        lista.setAccessibleName(f"Resultados de {nombre.lower()}")
        lista.setSpacing(0)
        lista.clicked.connect(self._elegir)
        return lista

    def insertar(self, widget: QWidget) -> None:
        """Put a widget (a row of filters, say) between the field and the count."""
        self.caja.insertWidget(1, widget)

    def mostrar(
        self,
        resultados: Sequence[Result],
        *,
        de: str,
        total: int | None = None,
        nada: tuple[str, str] | None = None,
    ) -> None:
        """Show the answer to the text ``de``; an answer to an older text is thrown away.

        ``total`` is how many there are where only the first ones are given; ``nada``: title and sentence of
        an answer without results that has a reason of its own.
        """
        if de != self.campo.text():
            return
        self._respondido = de
        self._modelo.poner(resultados)
        self._pila.setCurrentWidget(self.lista if resultados else self._estado)
        if resultados:
            self.lista.setCurrentIndex(self._modelo.index(0, 0))
            cuantos = len(resultados) if total is None else total
            varios = "resultado" if cuantos == 1 else "resultados"
            self._contar(
                f"Primeros {len(resultados)} de {cuantos:,}"
                if cuantos > len(resultados)
                else f"{cuantos:,} {varios}"
            )
        else:
            self._contar("Sin resultados" if de.strip() else "")
            self._estado.poner(*(nada or self._nada(de) if de.strip() else self._vacio))
        if self._enter_pendiente:
            self._enter_pendiente = False
            if len(resultados) == 1:
                self.elegido.emit(resultados[0].dato)

    def actual(self) -> object | None:
        """Give the ``dato`` of the current result, None when there is none."""
        indice = self.lista.currentIndex()
        return self._modelo.filas[indice.row()].dato if indice.isValid() else None

    def abrir_al_llegar(self, texto: str) -> None:
        """Search for a whole text (a scanned one) and choose its result when it is the only one."""
        self.campo.setText(texto)
        self._enter()

    def limpiar(self) -> None:
        """Empty the field and the list and take the focus, ready for the next person."""
        self.campo.clear()
        self.mostrar((), de="")
        self.campo.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current result on Enter (the field hands it up too); Esc empties the field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Escape and self.campo.text():
            self.limpiar()
        else:
            super().keyPressEvent(event)

    def _cambio(self, texto: str) -> None:
        self._enter_pendiente = False
        if texto.strip():
            self.buscar.emit(texto)
        else:
            self.mostrar((), de=texto)

    def _enter(self) -> None:
        if self.campo.text().strip() and self._respondido != self.campo.text():
            self._enter_pendiente = True
            return
        self._elegir(self.lista.currentIndex())

    def _elegir(self, indice: QModelIndex) -> None:
        if indice.isValid():
            self.elegido.emit(self._modelo.filas[indice.row()].dato)

    def _contar(self, texto: str) -> None:
        self._cuenta.setText(texto)
        self._ayuda.setText("Enter abre · ↑↓ recorre" if self._modelo.filas else "")

    @staticmethod
    def _nada(texto: str) -> tuple[str, str]:
        return (
            "Nada con esas letras",
            f"No hay cuentas con «{texto.strip()}». Pruebe con menos letras o con la clave.",
        )
