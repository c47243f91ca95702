"""Buttons: primary, normal, ghost and danger, and those that show only an icon.

``Button("&Cobrar", "primary", icono="cash", tecla="F12", grande=True)``: the key is shown after the text,
it is not bound (``actions.ActionSet`` binds keys). One primary button per screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton

from lerdo_desk.ui.icons import icon
from lerdo_desk.ui.rings import FocusRing
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

Clase = Literal["primary", "normal", "ghost", "danger", "icono"]
_TONO_DEL_ICONO = {"primary": "on_primary", "ghost": "primary_text", "danger": "bad", "icono": "muted"}


class Button(QPushButton):
    """A button of the house; ``ocupar`` changes its text and disables it while work is done."""

    def __init__(
        self, texto: str, clase: Clase = "normal", *, icono: str = "", tecla: str = "", grande: bool = False
    ) -> None:
        super().__init__()
        self._texto, self._tecla, self._clase, self._motivo = texto, tecla, clase, ""
        self._anillo: FocusRing | None = None
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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Put the ring on the primary button (the style sheet draws that of the others)."""
        super().focusInEvent(event)
        if self._clase == "primary":
            self._anillo = self._anillo or FocusRing(self)
            self._anillo.poner()


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
