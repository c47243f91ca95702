"""The focus ring of the primary button: 2 px of focus, and inside it a gap of 2 px of surface.

It is a child laid over the button, made at the first focus: a button that overrode ``paintEvent`` itself
would make the login pay for Qt's event types before its first paint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui
from PySide6.QtWidgets import QWidget

from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtGui import QPaintEvent


class FocusRing(QWidget):
    """Follows a control and shows while it has the focus and is enabled."""

    def __init__(self, control: QWidget) -> None:
        super().__init__(control)
        self._control = control
        self.setAttribute(QtCore.Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        control.installEventFilter(self)

    def poner(self) -> None:
        """Lie over the whole control, or hide."""
        self.setGeometry(self._control.rect())
        self.setVisible(self._control.hasFocus() and self._control.isEnabled())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow size, focus and state of the control."""
        tipo = QtCore.QEvent.Type
        if event.type() in (tipo.Resize, tipo.FocusIn, tipo.FocusOut, tipo.EnabledChange):
            self.poner()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring and its gap."""
        pintor = QtGui.QPainter(self)
        pintor.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
        for paso, token in enumerate(("focus", "surface")):
            margen = M.foco * paso + M.foco / 2
            pintor.setPen(QtGui.QPen(tema().color(token), M.foco))
            zona = QtCore.QRectF(self.rect()).adjusted(margen, margen, -margen, -margen)
            pintor.drawRoundedRect(zona, M.radio - paso, M.radio - paso)
        pintor.end()
