"""The light half of the fields: text, secret phrase, the error line and the frame with its label.

The login needs these and nothing else; ``form`` hands them on with the fields of money and numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from lerdo_desk.ui.cards import columna, fila
from lerdo_desk.ui.icons import IconView, icon
from lerdo_desk.ui.labels import Label, repintar
from lerdo_desk.ui.tokens import M

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class TextField(QLineEdit):
    """One line of text; ``enter`` is emitted on Enter of either keyboard."""

    enter = Signal()

    def __init__(self, texto: str = "", *, largo: int = 200, sugerencia: str = "") -> None:
        """Take at most ``largo`` characters; ``sugerencia`` is a placeholder, never the label."""
        super().__init__(texto)
        self.setMaxLength(largo)
        self.setPlaceholderText(sugerencia)
        self.returnPressed.connect(self.enter)

    def valor(self) -> str:
        """Give the text without blanks at its ends."""
        return self.text().strip()


class PhraseField(TextField):
    """A secret phrase with an eye that shows it; ``mayusculas`` tells when Caps Lock seems to be on."""

    mayusculas = Signal(bool)

    def __init__(self) -> None:
        super().__init__(largo=200)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._ojo = self.addAction(
            icon("eye", "muted", "primary_text"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._ojo.setCheckable(True)
        self._ojo.toggled.connect(self.mostrar)
        self.mostrar(False)

    def mostrar(self, si: bool) -> None:
        """Show or hide what is typed."""
        self.setEchoMode(QLineEdit.EchoMode.Normal if si else QLineEdit.EchoMode.Password)
        self._ojo.setChecked(si)
        self._ojo.setText("Ocultar la frase" if si else "Mostrar la frase")
        self._ojo.setToolTip(self._ojo.text())

    def poner_guardada(self, frase: str) -> None:
        """Write a phrase that the keyring keeps: nobody may look at it until the field has been emptied."""
        self.setText(frase)
        self._ojo.setVisible(not frase)
        self.textChanged.connect(lambda texto: self._ojo.setVisible(True) if not texto else None)

    def valor(self) -> str:
        """Give the phrase exactly as typed: blanks count."""
        return self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Guess Caps Lock (Qt does not tell it): a capital without Shift, or a small letter with it."""
        super().keyPressEvent(event)
        letra = event.text()
        if letra.isalpha() and not event.modifiers() & ~QtCore.Qt.KeyboardModifier.ShiftModifier:
            con_mayus = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
            self.mayusculas.emit(letra.isupper() is not con_mayus)


class ErrorLine(QWidget):
    """An icon and a sentence in the colour of error; hidden, and empty, while there is nothing to say."""

    def __init__(self, tono: Literal["bad", "warn"] = "bad") -> None:
        super().__init__()
        self._tono = tono
        self._frase: Label | None = None
        self.hide()

    def poner(self, texto: str) -> None:
        """Say something, or hide with an empty text."""
        if texto and self._frase is None:
            self._frase = self._armar()
        if self._frase is not None:
            self._frase.setText(texto)
        self.setVisible(bool(texto))

    def texto(self) -> str:
        """Give what is said."""
        return "" if self._frase is None else self._frase.text()

    def _armar(self) -> Label:
        frase = Label("", "label", self._tono).en_parrafo()
        caja = fila(IconView("alert-triangle", M.icono, self._tono), separacion=M.xs)
        caja.addWidget(frase, 1)
        self.setLayout(caja)
        return frase


class Field(QWidget):
    """A control under its label, with its error below; the label's mnemonic takes one to it."""

    def __init__(self, rotulo: str, control: QWidget, *, ayuda: str = "") -> None:
        """``rotulo`` carries the mnemonic (``&Usuario``); ``ayuda`` is a hint below the control."""
        super().__init__()
        self.control = control
        self._ayuda = ayuda
        etiqueta = Label(rotulo, "label")
        etiqueta.setBuddy(control)
        self._error = ErrorLine()
        self._pie = Label(ayuda, "caption", "muted").en_parrafo() if ayuda else None
        control.setAccessibleName(rotulo.replace("&", ""))
        control.setAccessibleDescription(ayuda)
        lista = getattr(control, "view", None)  # the pop-up list of a combo box
        if callable(lista):
            lista().setAccessibleName(control.accessibleName())
        partes = (etiqueta, control, self._pie, self._error)
        self.setLayout(columna(*(parte for parte in partes if parte is not None), separacion=M.xs))
        if isinstance(control, QLineEdit):
            control.textEdited.connect(self.quitar_error)

    def mostrar_error(self, texto: str) -> None:
        """Say what is wrong below the control, with its edge in red."""
        self._error.poner(texto)
        if self._pie is not None:
            self._pie.setVisible(not texto)
        self.control.setProperty("error", "true" if texto else "false")
        self.control.setAccessibleDescription(texto or self._ayuda)
        repintar(self.control)

    def quitar_error(self) -> None:
        """Take the error away."""
        if self._error.texto():
            self.mostrar_error("")

    def error(self) -> str:
        """Give the error shown, or an empty text."""
        return self._error.texto()
