"""Buttons: primary, normal, ghost and danger; icon buttons; a row of exclusive options.

``Button("&Cobrar", "primary", icono="cash", tecla="F12", grande=True)``: the key is shown after the text,
it is not bound (``actions.ActionSet`` binds keys). One primary button per screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from PySide6 import QtCore
from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from lerdo_desk.ui.icons import icon
from lerdo_desk.ui.labels import repintar
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent

Clase = Literal["primary", "normal", "ghost", "danger", "icono"]
_TONO_DEL_ICONO = {"primary": "on_primary", "ghost": "primary_text", "danger": "bad", "icono": "muted"}


class Button(QPushButton):
    """A button of the house; ``ocupar`` changes its text and disables it while work is done."""

    def __init__(
        self, texto: str, clase: Clase = "normal", *, icono: str = "", tecla: str = "", grande: bool = False
    ) -> None:
        super().__init__()
        self._texto, self._tecla, self._clase, self._motivo = texto, tecla, clase, ""
        self.setProperty("clase", clase)
        self.setProperty("grande", "true" if grande else "false")
        self.setAutoDefault(clase == "primary")
        if icono:
            lado = tema().px(M.icono_boton)
            self.setIcon(icon(icono, _TONO_DEL_ICONO.get(clase, "text")))
            self.setIconSize(QSize(lado, lado))
        self.poner(texto)

    def poner(self, texto: str, motivo: str = "") -> None:
        """Write the button's text; ``motivo`` says why it is disabled (tooltip, accessible description)."""
        self._texto, self._motivo = texto, motivo
        antes = " " if not self.icon().isNull() else ""
        despues = f"    {self._tecla}" if self._tecla else ""
        self.setText(f"{antes}{texto}{despues}")
        self.setAccessibleName(texto.replace("&", ""))
        self.setAccessibleDescription(motivo)
        self.setToolTip(motivo)

    def habilitar(self, si: bool, motivo: str = "") -> None:
        """Enable or disable the button; a disabled one tells why in its tooltip."""
        self.setEnabled(si)
        self.setToolTip("" if si else motivo)
        self.setAccessibleDescription("" if si else motivo)

    def ocupar(self, texto: str) -> None:
        """Show that the work runs (``Cobrando…``) and refuse a second press."""
        self.setEnabled(False)
        self.setText(f" {texto}")

    def desocupar(self) -> None:
        """Come back to the button's own text and take presses again."""
        self.poner(self._texto, self._motivo)
        self.setEnabled(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button; on the primary one the focus ring has a gap of surface inside it."""
        super().paintEvent(event)
        if self._clase != "primary" or not self.hasFocus() or not self.isEnabled():
            return
        pintor = QPainter(self)
        pintor.setRenderHint(QPainter.RenderHint.Antialiasing)
        for paso, token in enumerate(("focus", "surface")):
            margen = M.foco * paso + M.foco / 2
            pintor.setPen(QPen(tema().color(token), M.foco))
            zona = QRectF(self.rect()).adjusted(margen, margen, -margen, -margen)
            pintor.drawRoundedRect(zona, M.radio - paso, M.radio - paso)
        pintor.end()


class IconButton(Button):
    """A square button that shows only an icon; its name is spoken and shown as a tooltip."""

    def __init__(self, icono: str, nombre: str) -> None:
        super().__init__("", "icono", icono=icono)
        self.setText("")
        self.renombrar(nombre)
        self.setFixedSize(tema().px(M.control), tema().px(M.control))

    def renombrar(self, nombre: str, icono: str = "") -> None:
        """Change what the button says it does, and its icon when one is given."""
        self.setAccessibleName(nombre)
        self.setToolTip(nombre)
        if icono:
            self.setIcon(icon(icono, "muted"))


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
        boton.setFocusPolicy(
            QtCore.Qt.FocusPolicy.StrongFocus if puesto else QtCore.Qt.FocusPolicy.ClickFocus
        )
        repintar(boton)
        if puesto:
            self.elegido.emit(self._claves[numero])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the choice with the arrows, skipping what is disabled."""
        paso = {
            QtCore.Qt.Key.Key_Right: 1,
            QtCore.Qt.Key.Key_Down: 1,
            QtCore.Qt.Key.Key_Left: -1,
            QtCore.Qt.Key.Key_Up: -1,
        }
        if event.key() not in paso:
            super().keyPressEvent(event)
            return
        total, numero = len(self._claves), self._grupo.checkedId()
        for _ in range(total):
            numero = (numero + paso[QtCore.Qt.Key(event.key())]) % total
            if self._grupo.button(numero).isEnabled():
                self._grupo.button(numero).setChecked(True)
                self._grupo.button(numero).setFocus()
                return


class _Segmento(QPushButton):
    """One option: leaves the arrows to its row and rings its edge on focus."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the arrows up; Space and letters stay here."""
        if event.key() in (
            QtCore.Qt.Key.Key_Left,
            QtCore.Qt.Key.Key_Right,
            QtCore.Qt.Key.Key_Up,
            QtCore.Qt.Key.Key_Down,
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
