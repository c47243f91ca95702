"""Draws the shipped SVG icons in the colour of the theme in force; nothing is rendered before it is painted.

``icon("search", "muted")`` gives a QIcon whose colour is the token ``muted`` of whatever theme is in force
when it is painted, so a change of theme needs no rebuilding. The names are those of
``resources/icons/*.svg`` (Tabler).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QIcon, QIconEngine, QPixmap, QPixmapCache
from PySide6.QtWidgets import QLabel, QWidget

from lerdo_desk.ui import tokens
from lerdo_desk.ui.drawings import svg
from lerdo_desk.ui.theme import tema

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter


_CUADRO = 24  # the side that every shipped drawing says it has


def pixmap(nombre: str, color: str, lado: int, escala: float = 1.0) -> QPixmap:
    """Draw an icon ``lado`` logical pixels wide in ``color`` (``#RRGGBB``), cached by what it looks like."""
    clave = f"icono:{nombre}:{color}:{lado}:{escala}"
    imagen = QPixmap()
    if QPixmapCache.find(clave, imagen):
        return imagen
    fisico = max(1, round(lado * escala))
    dibujo = svg(nombre).replace("currentColor", color)
    for medida in ("width", "height"):
        dibujo = dibujo.replace(f'{medida}="{_CUADRO}"', f'{medida}="{fisico}"', 1)
    imagen = QPixmap()
    imagen.loadFromData(dibujo.encode(), "svg")
    imagen.setDevicePixelRatio(escala)
    QPixmapCache.insert(clave, imagen)
    return imagen


class _Motor(QIconEngine):
    """Paints one drawing with a token of the theme in force; another token while it is on."""

    def __init__(self, nombre: str, tono: str, tono_activo: str) -> None:
        super().__init__()
        self._nombre, self._tono, self._tono_activo = nombre, tono, tono_activo

    def _imagen(self, lado: int, modo: QIcon.Mode, estado: QIcon.State, escala: float) -> QPixmap:
        tono = self._tono_activo if estado is QIcon.State.On else self._tono
        if modo is QIcon.Mode.Disabled:
            tono = "disabled"
        return pixmap(self._nombre, getattr(tema().paleta, tono), lado, escala)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon into a rectangle at the resolution of the painter's device."""
        escala = painter.deviceTransform().m11()  # device() would make Python types of all of Qt's widgets
        lado = min(rect.width(), rect.height())
        zona = QRect(0, 0, lado, lado)
        zona.moveCenter(rect.center())
        painter.drawPixmap(zona, self._imagen(lado, mode, state, escala))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Give the icon at 1x."""
        return self._imagen(min(size.width(), size.height()), mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """Give the icon for a screen whose pixels are ``scale`` times denser."""
        return self._imagen(min(size.width(), size.height()), mode, state, scale)

    def clone(self) -> QIconEngine:
        """Give an engine of the same drawing."""
        return _Motor(self._nombre, self._tono, self._tono_activo)


def icon(nombre: str, tono: str = "text", tono_activo: str | None = None) -> QIcon:
    """Give an icon by name and colour token; FileNotFoundError when the drawing does not ship."""
    svg(nombre)
    return QIcon(_Motor(nombre, tono, tono_activo or tono))


class IconView(QLabel):
    """A still icon of a given side (pixels at 100 %); decorative, so screen readers skip it."""

    def __init__(
        self, nombre: str, lado: int = tokens.M.icono, tono: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lado = tema().px(lado)
        self.setFixedSize(self._lado, self._lado)
        self.poner(nombre, tono)
        tema().cambiado.connect(self._pintar)

    def poner(self, nombre: str, tono: str) -> None:
        """Show another icon or another tone; FileNotFoundError when the drawing does not ship."""
        self._nombre, self._tono = nombre, tono
        self._pintar()

    def _pintar(self) -> None:
        color = getattr(tema().paleta, self._tono)
        self.setPixmap(pixmap(self._nombre, color, self._lado, self.devicePixelRatioF()))
