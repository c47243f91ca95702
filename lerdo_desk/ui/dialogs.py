"""The modal dialog of the house: 560 wide, its buttons at the right, a scrim over the window behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import fila
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent


class Scrim(QWidget):
    """A 43 % veil over a window, as its child: translucent top-levels need a compositor."""

    def __init__(self, sobre: QWidget) -> None:
        super().__init__(sobre)
        self.setGeometry(sobre.rect())
        sobre.installEventFilter(self)
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() is QtCore.QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Darken what is behind."""
        pintor = QtGui.QPainter(self)
        pintor.fillRect(self.rect(), tema().color("scrim"))
        pintor.end()


class Dialog(QDialog):
    """A modal dialog; its title is the verb. Fill ``caja``, then call ``botones`` once, and ``open()``.

    Esc goes back; the focus returns to where it was. Danger is never the default button.
    """

    def __init__(self, titulo: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(titulo)
        self.setModal(True)
        self.setWindowFlag(QtCore.Qt.WindowType.WindowMinMaxButtonsHint, False)
        self.setMinimumWidth(tema().px(M.dialogo))
        margen = tema().px(M.xl)
        self.caja = QVBoxLayout(self)
        self.caja.setContentsMargins(margen, margen, margen, margen)
        self.caja.setSpacing(tema().px(M.m))
        self._velo: Scrim | None = None
        self._foco_antes: QWidget | None = None

    def botones(self, primario: Button | None, *otros: Button, cancelar: str = "Volver") -> None:
        """Add the row of buttons: others left, then cancel (ghost, Esc), then the primary."""
        volver = Button(cancelar, "ghost", tecla="Esc")
        volver.clicked.connect(self.reject)
        derecha = [volver] if primario is None else [volver, primario]
        self.caja.addSpacing(M.s)
        self.caja.addLayout(fila(*otros, 1, *derecha, separacion=M.m))
        if primario is not None:
            primario.setDefault(True)

    def showEvent(self, event: QShowEvent) -> None:
        """Veil the window and remember where the focus was."""
        super().showEvent(event)
        padre = self.parentWidget()
        if padre is not None and self._velo is None:
            self._foco_antes = padre.window().focusWidget() or QApplication.focusWidget()
            self._velo = Scrim(padre.window())

    def hideEvent(self, event: QHideEvent) -> None:
        """Take the veil away and give the focus back."""
        super().hideEvent(event)
        if self._velo is not None:
            self._velo.hide()
            self._velo.deleteLater()
            self._velo = None
        if self._foco_antes is not None and self._foco_antes.isVisible():
            self._foco_antes.setFocus(QtCore.Qt.FocusReason.OtherFocusReason)
        self._foco_antes = None
