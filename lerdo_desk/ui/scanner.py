"""Tells a scanner that types from a person who types, in any field of the window.

Six or more characters with a mean gap under 35 ms that end in Enter or Tab are a scan: they are taken back
out of the field that had the focus, the Enter goes no further, and ``leido`` carries the code. A pause of
over 100 ms begins anew. Keys are seen where the system delivers them, at the window itself, each one once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

LARGO_MINIMO = 6
PAUSA_S = 0.100
"""Seconds between two keys after which what was collected is forgotten."""
RITMO_S = 0.035
"""Mean seconds between two keys under which it is a machine that types."""

_FINALES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_ORDENES = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)
_MUDAS = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock)


def instante(tecla: QKeyEvent) -> float:
    """Give when a key was pressed, in seconds: as the system says, not when the program got round to it."""
    return tecla.timestamp() / 1000


@dataclass(frozen=True)
class _Antes:
    """What a field held before the first character of what may be a scan."""

    campo: QLineEdit | QPlainTextEdit
    texto: str
    desde: int
    hasta: int

    @staticmethod
    def de(campo: QWidget | None) -> _Antes | None:
        """Look at a field; None where the focus is not in one."""
        if isinstance(campo, QLineEdit):
            inicio = campo.selectionStart()
            if inicio < 0:
                return _Antes(campo, campo.text(), campo.cursorPosition(), campo.cursorPosition())
            return _Antes(campo, campo.text(), inicio, campo.selectionEnd())
        if isinstance(campo, QPlainTextEdit):
            cursor = campo.textCursor()
            return _Antes(campo, campo.toPlainText(), cursor.anchor(), cursor.position())
        return None

    def volver(self) -> None:
        """Put back what the field held; those who listen to its edits hear of it."""
        if not isValid(self.campo):
            return
        if isinstance(self.campo, QLineEdit):
            self.campo.selectAll()
            if self.texto:
                self.campo.insert(self.texto)
            else:
                self.campo.del_()
            self.campo.setCursorPosition(self.desde)
            if self.hasta > self.desde:
                self.campo.setSelection(self.desde, self.hasta - self.desde)
            return
        self.campo.selectAll()
        self.campo.insertPlainText(self.texto)
        cursor = self.campo.textCursor()
        cursor.setPosition(self.desde)
        cursor.setPosition(self.hasta, QTextCursor.MoveMode.KeepAnchor)
        self.campo.setTextCursor(cursor)


class Scanner(QObject):
    """Watches the keys of every window of the program; ``leido`` carries each code."""

    leido = Signal(str)

    def __init__(self, parent: QObject, cuando: Callable[[QKeyEvent], float] = instante) -> None:
        """``cuando`` gives the second of a key; another one is given by tests."""
        super().__init__(parent)
        self.activo = True
        self._cuando = cuando
        self._letras: list[str] = []
        self._tiempos: list[float] = []
        self._antes: _Antes | None = None

    def vigilar(self, ventana: QWindow) -> None:
        """Look at the keys of one window of the system (a dialog is another one)."""
        ventana.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Collect characters; swallow the Enter that ends a scan."""
        if not self.activo or event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        ahora = self._cuando(event)
        if event.key() in _FINALES:
            return self._terminar(ahora)
        if event.key() not in _MUDAS:
            self._juntar(event, ahora)
        return False

    def _juntar(self, tecla: QKeyEvent, ahora: float) -> None:
        """Add one character, or begin anew: a key held down or an order is no scanner's."""
        if tecla.isAutoRepeat() or tecla.modifiers() & _ORDENES or not tecla.text().isprintable():
            self.olvidar()
            return
        if not tecla.text():
            self.olvidar()
            return
        if self._tiempos and ahora - self._tiempos[-1] > PAUSA_S:
            self.olvidar()
        if not self._letras:
            self._antes = _Antes.de(QApplication.focusWidget())
        self._letras.append(tecla.text())
        self._tiempos.append(ahora)

    def _terminar(self, ahora: float) -> bool:
        codigo, antes, es_lector = "".join(self._letras), self._antes, self._es_lector(ahora)
        self.olvidar()
        if not es_lector:
            return False
        if antes is not None:
            antes.volver()
        self.leido.emit(codigo)
        return True

    def _es_lector(self, ahora: float) -> bool:
        cuantas = len(self._tiempos)
        if cuantas < LARGO_MINIMO or ahora - self._tiempos[-1] > PAUSA_S:
            return False
        return (self._tiempos[-1] - self._tiempos[0]) / (cuantas - 1) < RITMO_S

    def olvidar(self) -> None:
        """Begin anew."""
        self._letras.clear()
        self._tiempos.clear()
        self._antes = None
