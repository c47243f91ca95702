"""Walks a window and lists what a screen reader could not name."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSpinBox, QWidget


def nombre_accesible(widget: QWidget) -> str:
    """Give what a screen reader says of a widget: its accessible name, its text or its label."""
    interfaz = QAccessible.queryAccessibleInterface(widget)
    return str(interfaz.text(QAccessible.Text.Name)).strip() if interfaz is not None else ""


def _es_parte(widget: QWidget) -> bool:
    """Tell whether a widget is an inner part (viewport, spin box's line) that its owner speaks for."""
    padre = widget.parentWidget()
    if isinstance(padre, QAbstractScrollArea):
        return widget is padre.viewport()
    return isinstance(padre, QAbstractSpinBox)


def sin_nombre(raiz: QWidget) -> list[str]:
    """List the focusable widgets below ``raiz`` (itself included) that have no accessible name."""
    todos = [raiz, *raiz.findChildren(QWidget)]
    return [
        f"{type(widget).__name__}({widget.objectName()})"
        for widget in todos
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
        and not _es_parte(widget)
        and not nombre_accesible(widget)
    ]
