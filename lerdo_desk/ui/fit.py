"""A dialog that is always as high as what it says: wrapped text is not in Qt's own size hint."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QShowEvent

from lerdo_desk.ui.dialogs import Dialog


class FittedDialog(Dialog):
    """Grows and shrinks when a sentence appears or goes."""

    def event(self, event: QEvent) -> bool:
        """Take the new height once the layouts inside know theirs."""
        hecho = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self._ajustar()
        return hecho

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height of the first content, now that its fonts are known."""
        super().showEvent(event)
        self._ajustar()

    def _ajustar(self) -> None:
        self.caja.activate()
        necesita = self.caja.totalHeightForWidth(self.width())
        self.resize(self.width(), max(necesita, self.caja.totalMinimumSize().height()))
