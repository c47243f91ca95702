"""The table of a list: columns that change, heads that order, cells that are copied."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu

from lerdo_desk.base.listas import ColumnaDeLista, Sentido
from lerdo_desk.ui.columns import Column, TonoCelda
from lerdo_desk.ui.table import Table

_FLECHAS: Mapping[Sentido, Qt.SortOrder] = {
    "asc": Qt.SortOrder.AscendingOrder,
    "desc": Qt.SortOrder.DescendingOrder,
}


@dataclass(frozen=True)
class Aspecto:
    """How a column looks: role of its font, and a colour token and an icon by its value."""

    peso: Literal["body", "medium", "name"] = "body"
    tono: Callable[[Any], TonoCelda] | TonoCelda = "text"
    icono: Callable[[Any], str] | None = None


@dataclass(frozen=True)
class _Columna(Column):
    """A column of the screen that writes its values as the list says."""

    descrita: ColumnaDeLista | None = None

    def texto(self, valor: object) -> str:
        """Write a value as on paper."""
        return self.descrita.escribir(valor) if self.descrita is not None else super().texto(valor)


def columnas_de_tabla(
    columnas: Sequence[ColumnaDeLista], aspectos: Mapping[str, Aspecto], anchos: Mapping[str, int]
) -> tuple[Column, ...]:
    """Give the columns of a table; ``anchos`` are those that somebody dragged (pixels at 100 %)."""
    return tuple(_columna(n, c, aspectos.get(c.clave, Aspecto()), anchos) for n, c in enumerate(columnas))


def _columna(n: int, columna: ColumnaDeLista, aspecto: Aspecto, anchos: Mapping[str, int]) -> Column:
    tono, icono = aspecto.tono, aspecto.icono
    return _Columna(
        columna.clave,
        columna.titulo,
        tipo="dinero" if columna.derecha else "texto",
        ancho=anchos.get(columna.clave, columna.ancho),
        peso=aspecto.peso,
        tono=(lambda fila: tono(fila[n])) if callable(tono) else tono,
        icono=(lambda fila: icono(fila[n])) if icono is not None else None,
        descrita=columna,
    )


class ListTable(Table):
    """A table over the pages of a list; ``ordenar`` asks for another order."""

    ordenar = Signal(str)
    """The key of the column whose head was clicked."""

    def __init__(self, nombre: str) -> None:
        super().__init__((), nombre=nombre)
        self._descritas: tuple[ColumnaDeLista, ...] = ()
        self._relleno = (-1, 0)
        cabeza = self.horizontalHeader()
        cabeza.setSectionsClickable(True)
        cabeza.sectionClicked.connect(self._cabeza)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def poner_columnas(
        self,
        columnas: Sequence[ColumnaDeLista],
        aspectos: Mapping[str, Aspecto],
        anchos: Mapping[str, int],
    ) -> None:
        """Show other columns; the rows go, because they were read for the old ones."""
        self._descritas = tuple(columnas)
        self._relleno = (-1, 0)
        self.modelo.columnas = columnas_de_tabla(columnas, aspectos, anchos)
        self.modelo.poner(())
        self._columnas()
        cabeza = self.horizontalHeader()
        cabeza.setSectionsClickable(True)
        self._llenar_ancho()

    def marcar_orden(self, orden: Sequence[tuple[str, Sentido]]) -> None:
        """Draw the arrow of the order at its column, if that is shown."""
        claves = [c.clave for c in self._descritas]
        cabeza = self.horizontalHeader()
        visible = bool(orden) and orden[0][0] in claves
        cabeza.setSortIndicatorShown(visible)
        if visible:
            cabeza.setSortIndicator(claves.index(orden[0][0]), _FLECHAS[orden[0][1]])

    def anchos(self) -> dict[str, int]:
        """Give the widths of the columns as they stand, without what fills the room at the right."""
        dados = {c.clave: self.columnWidth(n) for n, c in enumerate(self._descritas)}
        quien, cuanto = self._relleno
        if quien >= 0:
            dados[self._descritas[quien].clave] -= cuanto
        return dados

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room that is left to the widest column of text."""
        super().resizeEvent(event)
        self._llenar_ancho()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the row with the system's key; the rest is the table's."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copiar_renglon()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy the cell or the row, and to order: with the menu key, what the heads do by mouse."""
        con_tecla = event.reason() is QContextMenuEvent.Reason.Keyboard
        indice = self.currentIndex() if con_tecla else self.indexAt(event.pos())
        if not indice.isValid():
            return
        menu = QMenu(self)
        menu.addAction("Copiar dato").triggered.connect(partial(_al_portapapeles, str(indice.data() or "")))
        menu.addAction("Copiar renglón").triggered.connect(self.copiar_renglon)
        menu.addSeparator()
        for columna in self._descritas:
            if columna.ordenable:
                por = menu.addAction(f"Ordenar por {columna.titulo.lower()}")
                por.triggered.connect(partial(self._pedir_orden, columna.clave))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lugar = self.visualRect(indice).bottomLeft()
        menu.popup(self.viewport().mapToGlobal(lugar) if con_tecla else event.globalPos())

    def copiar_renglon(self) -> None:
        """Put the current row on the clipboard, its cells parted by tabs."""
        fila = self.actual()
        if fila is not None:
            _al_portapapeles("\t".join(c.escribir(v) for c, v in zip(self._descritas, fila, strict=False)))

    def _cabeza(self, numero: int) -> None:
        if self._descritas[numero].ordenable:
            self.ordenar.emit(self._descritas[numero].clave)

    def _pedir_orden(self, clave: str, _puesta: bool = False) -> None:
        self.ordenar.emit(clave)

    def _llenar_ancho(self) -> None:
        if not self._descritas or not self.isVisible():
            return
        quien, cuanto = self._relleno
        if quien >= 0:
            self.setColumnWidth(quien, max(self.columnWidth(quien) - cuanto, self.columnWidth(quien) // 4))
        textos = [n for n, c in enumerate(self._descritas) if not c.derecha] or [0]
        quien = max(textos, key=lambda n: self._descritas[n].ancho)
        libre = self.viewport().width() - sum(self.columnWidth(n) for n in range(len(self._descritas)))
        self._relleno = (quien, max(libre, 0))
        if libre > 0:
            self.setColumnWidth(quien, self.columnWidth(quien) + libre)


def _al_portapapeles(texto: str, _puesta: bool = False) -> None:
    QGuiApplication.clipboard().setText(texto)
