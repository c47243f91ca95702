"""Fields: label above with mnemonic, the control, and the error below it with an icon, in words.

``Field("&Usuario", TextField())`` puts any control in that frame. Values are read with ``valor()``, which
raises ``ErrorDeUso`` when what is typed cannot be; ``Form`` shows an ``ErrorDeUso`` beside the field that
its ``campo`` names.
"""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QRegularExpressionValidator,
)
from PySide6.QtWidgets import QWidget

from lerdo_desk.base.dinero import formato_columna, pesos
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.ui.cards import columna
from lerdo_desk.ui.fields import ErrorLine, Field, PhraseField, TextField
from lerdo_desk.ui.tokens import M

__all__ = ["ErrorLine", "Field", "Form", "IntField", "MoneyField", "PhraseField", "TextField"]

_DINERO = r"[0-9]{1,3}(,[0-9]{0,3})*(\.[0-9]{0,2})?|[0-9]{1,12}(\.[0-9]{0,2})?|\.[0-9]{0,2}"
_DINERO_ENTERO = re.compile(r"([0-9]{1,3}(,[0-9]{3})+|[0-9]{1,12})(\.[0-9]{0,2})?|\.[0-9]{1,2}")


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
