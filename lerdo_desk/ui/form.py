"""Fields: label above with mnemonic, the control, and the error below it with an icon, in words.

``Field("&Usuario", TextField())`` puts any control in that frame. Values are read with ``valor()``, which
raises ``ErrorDeUso`` when what is typed cannot be; ``Form`` shows an ``ErrorDeUso`` beside the field that
its ``campo`` names.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QRegularExpressionValidator,
)
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from lerdo_desk.base.dinero import formato_columna, pesos
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.ui.cards import columna, fila
from lerdo_desk.ui.icons import IconView, icon
from lerdo_desk.ui.labels import Label, repintar
from lerdo_desk.ui.tokens import M

_DINERO = r"[0-9]{1,3}(,[0-9]{0,3})*(\.[0-9]{0,2})?|[0-9]{1,12}(\.[0-9]{0,2})?|\.[0-9]{0,2}"
_DINERO_ENTERO = re.compile(r"([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,12})(\.[0-9]{0,2})?|\.[0-9]{1,2}")


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


class MoneyField(TextField):
    """An amount in pesos: right-aligned, selected whole on focus, letters refused as they are typed.

    Takes ``6500``, ``6,500``, ``6500.5`` and ``.50``; a pasted ``$`` and blanks are dropped.
    """

    def __init__(self, monto: Decimal | None = None, *, campo: str = "importe", grande: bool = False) -> None:
        """``campo`` is the name that errors carry; ``grande`` is the 44 px field of the payment."""
        super().__init__(largo=24)
        self._campo = campo
        self.setProperty("grande", "true" if grande else "false")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(_DINERO), self))
        if monto is not None:
            self.poner(monto)

    def poner(self, monto: Decimal | None) -> None:
        """Write an amount in pesos as ``6,500.00``, or leave the field empty."""
        self.setText("" if monto is None else formato_columna(monto))

    def valor(self) -> Decimal | None:  # type: ignore[override]
        """Give the amount in pesos, None when empty; ErrorDeUso when it is not one."""
        texto = self.text().strip()
        if not texto:
            return None
        if not _DINERO_ENTERO.fullmatch(texto):
            raise ErrorDeUso("Escriba la cantidad así: 6500, 6,500 o 6500.50.", self._campo)
        try:
            return pesos("0" + texto.replace(",", "").rstrip("."))
        except (ValueError, InvalidOperation) as error:
            raise ErrorDeUso("Escriba una cantidad en pesos con dos decimales.", self._campo) from error

    def completo(self) -> bool:
        """Tell whether what is typed is an amount already."""
        return _DINERO_ENTERO.fullmatch(self.text().strip()) is not None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, so that the next digit replaces the amount."""
        super().focusInEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Write a point for the keypad's decimal key, whatever the keyboard's language says."""
        if event.key() == Qt.Key.Key_Comma and event.modifiers() & Qt.KeyboardModifier.KeypadModifier:
            self.insert(".")
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            self.insert(re.sub(r"[$\s]", "", QGuiApplication.clipboard().text()))
            return
        super().keyPressEvent(event)


class IntField(TextField):
    """A whole number; anything but digits is refused as it is typed."""

    def __init__(self, numero: int | None = None, *, campo: str = "número", digitos: int = 9) -> None:
        """``digitos`` is the most it takes; ``campo`` is the name that errors carry."""
        super().__init__("" if numero is None else str(numero), largo=digitos)
        self._campo = campo
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(f"[0-9]{{0,{digitos}}}"), self))

    def valor(self) -> int | None:  # type: ignore[override]
        """Give the number, None when empty."""
        return int(self.text()) if self.text() else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all."""
        super().focusInEvent(event)
        self.selectAll()


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

    def valor(self) -> str:
        """Give the phrase exactly as typed: blanks count."""
        return self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Guess Caps Lock (Qt does not tell it): a capital without Shift, or a small letter with it."""
        super().keyPressEvent(event)
        letra = event.text()
        if letra.isalpha() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            con_mayus = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.mayusculas.emit(letra.isupper() is not con_mayus)


class ErrorLine(QWidget):
    """An icon and a sentence in the colour of error; hidden while there is nothing to say."""

    def __init__(self, tono: str = "bad") -> None:
        super().__init__()
        self._texto = Label("", "label", "bad" if tono == "bad" else "warn").en_parrafo()
        caja: QHBoxLayout = fila(IconView("alert-triangle", M.icono, tono), separacion=M.xs)
        caja.addWidget(self._texto, 1)
        caja.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setLayout(caja)
        self.hide()

    def poner(self, texto: str) -> None:
        """Say something, or hide with an empty text."""
        self._texto.setText(texto)
        self.setVisible(bool(texto))

    def texto(self) -> str:
        """Give what is said."""
        return self._texto.text()


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
        self._pie = Label(ayuda, "caption", "muted").en_parrafo()
        self._pie.setVisible(bool(ayuda))
        control.setAccessibleName(rotulo.replace("&", ""))
        control.setAccessibleDescription(ayuda)
        if isinstance(control, QComboBox):
            control.view().setAccessibleName(control.accessibleName())
        self.setLayout(columna(etiqueta, control, self._pie, self._error, separacion=M.xs))
        if isinstance(control, QLineEdit):
            control.textEdited.connect(self.quitar_error)

    def mostrar_error(self, texto: str) -> None:
        """Say what is wrong below the control, with its edge in red."""
        self._error.poner(texto)
        self._pie.setVisible(bool(self._ayuda) and not texto)
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


class Form(QWidget):
    """Fields by the name that errors carry; an error without a field of its own stands at the foot."""

    def __init__(self, campos: Mapping[str, Field]) -> None:
        super().__init__()
        self.campos = dict(campos)
        self._general = ErrorLine()
        self.caja = columna(*self.campos.values(), self._general, separacion=M.m)
        self.setLayout(self.caja)

    def mostrar_error(self, error: Exception) -> None:
        """Put an error beside its field (``ErrorDeUso.campo``) and the focus there; nothing typed is lost."""
        self.limpiar()
        campo = self.campos.get(str(getattr(error, "campo", "") or ""))
        if campo is None:
            self._general.poner(str(error))
            return
        campo.mostrar_error(str(error))
        campo.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def limpiar(self) -> None:
        """Take all errors away."""
        self._general.poner("")
        for campo in self.campos.values():
            campo.quitar_error()

    def exigir(self, *claves: str) -> bool:
        """Demand that fields are not empty; says so beside each and gives whether all are filled."""
        vacios = [c for c in claves if not getattr(self.campos[c].control, "text", str)().strip()]
        for clave in vacios:
            self.campos[clave].mostrar_error("Falta este dato.")
        if vacios:
            self.campos[vacios[0]].control.setFocus(Qt.FocusReason.OtherFocusReason)
        return not vacios
