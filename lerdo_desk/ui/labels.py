"""Text on screen: labels by role and tone, labels that elide, chips of state and key caps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6 import QtCore
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

Rol = Literal[
    "caption",
    "label",
    "header",
    "body",
    "medium",
    "name",
    "subtitle",
    "amount",
    "subtitle_strong",
    "title",
    "heading",
    "display",
]
Tono = Literal[
    "text", "muted", "disabled", "ok", "warn", "bad", "info", "primary", "sidebar", "sidebar_muted"
]
TonoChip = Literal["ok", "warn", "bad", "info", "neutral"]


def repintar(widget: QWidget) -> None:
    """Make the style sheet look again at a widget's dynamic properties."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class Label(QLabel):
    """Plain text (never markup) in one of the roles and tones of the guide."""

    def __init__(
        self, texto: str = "", rol: Rol = "body", tono: Tono = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(texto, parent)
        self.setProperty("textFormat", "PlainText")
        self.setProperty("rol", rol)
        self.setProperty("tono", tono)

    def poner_tono(self, tono: Tono) -> None:
        """Change the colour of the text by its meaning."""
        if tono != self.property("tono"):
            self.setProperty("tono", tono)
            repintar(self)

    def en_parrafo(self) -> Label:
        """Let the text wrap in the width it is given; gives itself."""
        self.setWordWrap(True)
        self.setMinimumWidth(1)
        return self


class ElidedLabel(Label):
    """One line that ends in … where there is no room; tooltip and accessible name keep the whole."""

    def __init__(
        self, texto: str = "", rol: Rol = "body", tono: Tono = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__("", rol, tono, parent)
        self._entero = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.poner(texto)

    def poner(self, texto: str) -> None:
        """Show another text, whole if it fits."""
        self._entero = texto
        self.setAccessibleName(texto)
        self.updateGeometry()
        self._recortar()

    def texto(self) -> str:
        """Give the whole text, also where only a part is visible."""
        return self._entero

    def sizeHint(self) -> QSize:
        """Ask for the width of the whole text."""
        ancho = self.fontMetrics().horizontalAdvance(self._entero) + M.xs
        return QSize(ancho, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Accept any width."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text again for the new width."""
        super().resizeEvent(event)
        self._recortar()

    def _recortar(self) -> None:
        visible, letra = self._entero, self.fontMetrics()
        if letra.horizontalAdvance(visible) > self.width():
            visible = letra.elidedText(visible, QtCore.Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(self._entero if visible != self._entero else "")
        if visible != self.text():
            self.setText(visible)


class Chip(QWidget):
    """A state in words on a soft ground, its corners half its height; optionally a dot before the word."""

    def __init__(
        self,
        texto: str = "",
        tono: TonoChip = "neutral",
        *,
        punto: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._texto, self._tono, self._punto = texto, tono, punto
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.poner(texto, tono)

    def poner(self, texto: str, tono: TonoChip) -> None:
        """Show another state; an empty text hides the chip."""
        self._texto, self._tono = texto, tono
        self.setAccessibleName(texto)
        self.setVisible(bool(texto)) if self.parentWidget() else None
        self.updateGeometry()
        self.update()

    def texto(self) -> str:
        """Give the word shown."""
        return self._texto

    def sizeHint(self) -> QSize:
        """Ask for the word, 10 px at each side, and the dot."""
        self.ensurePolished()
        letra = self.fontMetrics()
        extra = M.l if self._punto else 0
        return QSize(letra.horizontalAdvance(self._texto) + 2 * M.celda + extra, letra.height() + M.xs)

    def changeEvent(self, event: object) -> None:
        """Measure again when the font changes."""
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, dot and word."""
        fondo, frente = (
            ("surface2", "muted") if self._tono == "neutral" else (f"{self._tono}_soft", self._tono)
        )
        pintor = QPainter(self)
        pintor.setRenderHint(QPainter.RenderHint.Antialiasing)
        zona = QRectF(self.rect())
        pintor.setPen(tema().color("border") if self._tono == "neutral" else QtCore.Qt.PenStyle.NoPen)
        pintor.setBrush(tema().color(fondo))
        radio = zona.height() / 2
        pintor.drawRoundedRect(zona.adjusted(0.5, 0.5, -0.5, -0.5), radio, radio)
        color = tema().color(frente)
        izquierda = zona.left() + M.celda
        if self._punto:
            pintor.setPen(QtCore.Qt.PenStyle.NoPen)
            pintor.setBrush(color)
            pintor.drawEllipse(QRectF(izquierda + 1, zona.center().y() - M.xs, M.s, M.s))
            izquierda += M.l
        pintor.setPen(color)
        pintor.setFont(self.font())
        hueco = QRectF(izquierda, zona.top(), zona.right() - izquierda, zona.height())
        pintor.drawText(
            hueco, int(QtCore.Qt.AlignmentFlag.AlignVCenter | QtCore.Qt.AlignmentFlag.AlignLeft), self._texto
        )
        pintor.end()


class KeyCap(QLabel):
    """A key drawn as a cap, e.g. F12."""

    def __init__(self, tecla: str, parent: QWidget | None = None) -> None:
        super().__init__(tecla, parent)
        self.setProperty("clase", "tecla")
        self.setAlignment(QtCore.Qt.AlignmentFlag.AlignCenter)
        self.setFixedHeight(tema().px(M.control_chico) - M.s)
