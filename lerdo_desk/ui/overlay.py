"""A warning laid across the top of the window in front, dialog or not; it takes no room and no focus."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QWidget

from lerdo_desk.ui.notes import Banner


def encima(ventana: QWidget, frase: str) -> Banner:
    """Show a sentence over the open dialog, or over ``ventana``; screen readers are told at once."""
    donde = QApplication.activeModalWidget() or ventana
    cartel = Banner(frase)
    cartel.setParent(donde)
    cartel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    cartel.ensurePolished()
    cartel.setGeometry(0, 0, donde.width(), cartel.heightForWidth(donde.width()))
    cartel.show()
    cartel.raise_()
    QAccessible.updateAccessibility(QAccessibleEvent(cartel, QAccessible.Event.Alert))
    return cartel
