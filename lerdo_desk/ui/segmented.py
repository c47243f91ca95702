"""A row of two to five exclusive options: one tab stop, the arrows move the choice."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from lerdo_desk.ui.icons import icon
from lerdo_desk.ui.labels import repintar
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M


class Segmented(QWidget):
    """Two to five exclusive options in one row: one tab stop, the arrows move."""

    elegido = Signal(str)

    def __init__(self, nombre: str, opciones: Sequence[tuple[str, str] | tuple[str, str, str]]) -> None:
        """Build it from (clave, texto) or (clave, texto, icono); the first one is chosen."""
        super().__init__()
        self.setAccessibleName(nombre)
        self._grupo = QButtonGroup(self)
        self._claves: list[str] = []
        fila = QHBoxLayout(self)
        fila.setContentsMargins(0, 0, 0, 0)
        fila.setSpacing(0)
        for numero, opcion in enumerate(opciones):
            boton = self._boton(opcion, nombre)
            boton.setProperty("extremo", _extremo(numero, len(opciones)))
            self._grupo.addButton(boton, numero)
            self._claves.append(opcion[0])
            boton.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            fila.addWidget(boton)
        self._grupo.idToggled.connect(self._cambio)
        self.elegir(self._claves[0])

    def _boton(self, opcion: tuple[str, ...], nombre: str) -> QPushButton:
        boton = _Segmento(opcion[1] if len(opcion) < 3 else f" {opcion[1]}")
        boton.setProperty("clase", "segmento")
        boton.setCheckable(True)
        boton.setAutoDefault(False)
        boton.setAccessibleName(f"{nombre}: {opcion[1].replace('&', '')}")
        if len(opcion) > 2:
            boton.setIcon(icon(opcion[2], "muted", "primary_text"))
        return boton

    def elegir(self, clave: str) -> None:
        """Choose an option; ValueError when there is none with that clave."""
        self._grupo.button(self._claves.index(clave)).setChecked(True)

    def clave(self) -> str:
        """Give the clave of the chosen option."""
        return self._claves[self._grupo.checkedId()]

    def boton(self, clave: str) -> QPushButton:
        """Give the button of an option, e.g. to disable it."""
        boton: QPushButton = self._grupo.button(self._claves.index(clave))  # type: ignore[assignment]
        return boton

    def _cambio(self, numero: int, puesto: bool) -> None:
        boton = self._grupo.button(numero)
        boton.setFocusPolicy(Qt.FocusPolicy.StrongFocus if puesto else Qt.FocusPolicy.ClickFocus)
        repintar(boton)
        if puesto:
            self.elegido.emit(self._claves[numero])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice with the arrows, skipping what is disabled."""
        paso = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
        }
        if event.key() not in paso:
            super().keyPressEvent(event)
            return
        total, numero = len(self._claves), self._grupo.checkedId()
        for _ in range(total):
            numero = (numero + paso[Qt.Key(event.key())]) % total
            if self._grupo.button(numero).isEnabled():
                self._grupo.button(numero).setChecked(True)
                self._grupo.button(numero).setFocus()
                return


class _Segmento(QPushButton):
    """One option: leaves the arrows to its row and rings its edge on focus."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the arrows up; Space and letters stay here."""
        if event.key() in (
            Qt.Key.Key_Left,
            Qt.Key.Key_Right,
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the option and its ring."""
        super().paintEvent(event)
        if self.hasFocus():
            pintor = QPainter(self)
            pintor.setPen(QPen(tema().color("focus"), M.foco))
            pintor.drawRect(self.rect().adjusted(M.linea, M.linea, -M.linea, -M.linea))
            pintor.end()


def _extremo(numero: int, total: int) -> str:
    if total == 1:
        return "unico"
    return {0: "izquierdo", total - 1: "derecho"}.get(numero, "medio")
