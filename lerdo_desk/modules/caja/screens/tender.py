"""The ways to pay, a small form each: what was handed over and what that form must say of itself."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato, formato_columna
from lerdo_desk.base.entrada import dinero
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import formas
from lerdo_desk.hacienda.cobros import PagoDado
from lerdo_desk.hacienda.saldos import SaldoVisto
from lerdo_desk.modules.caja.screens.ticket import aplicable, aplicar, sugeridos
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import columna, fila
from lerdo_desk.ui.form import Field, MoneyField, TextField
from lerdo_desk.ui.labels import Label, repintar
from lerdo_desk.ui.segmented import Segmented
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M


class ChangeBox(QFrame):
    """Cambio in green, or Falta in amber, beside the field of what was received."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("clase", "nota")
        self._rotulo, self._monto = Label("", "label"), Label("", "heading")
        caja = QVBoxLayout(self)
        caja.setSpacing(0)
        for texto in (self._rotulo, self._monto):
            texto.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            caja.addWidget(texto)
        self.setMinimumWidth(tema().px(M.lateral))

    def poner(self, rotulo: str, monto: Decimal | None, tono: Literal["ok", "warn"]) -> None:
        """Show an amount in pesos under its name; None shows a dash."""
        self.setProperty("tono", tono)
        repintar(self)
        for texto, dicho in ((self._rotulo, rotulo), (self._monto, "–" if monto is None else formato(monto))):
            texto.setText(dicho)
            texto.poner_tono(tono)
        self._monto.setAccessibleName(f"{rotulo}: {self._monto.text()}")

    def dice(self) -> tuple[str, str]:
        """Give name and amount as shown."""
        return self._rotulo.text(), self._monto.text()


class TenderPage(QWidget):
    """One form of payment; ``cambio`` is emitted whenever what is typed changes."""

    cambio = Signal()
    exacta = True
    """Whether this form never takes more than what is missing."""

    def __init__(self, rotulo: str) -> None:
        super().__init__()
        self.monto = MoneyField(campo="recibido", grande=True)
        self.campo = Field(rotulo, self.monto)
        self.campos: dict[str, Field] = {"recibido": self.campo}
        self._puesto = ""
        self.monto.textChanged.connect(self.cambio)

    def agregar_campo(self, clave: str, rotulo: str, largo: int, sugerencia: str = "") -> TextField:
        """Make one more field, by the name that errors carry."""
        control = TextField(largo=largo, sugerencia=sugerencia)
        self.campos[clave] = Field(rotulo, control)
        control.textChanged.connect(self.cambio)
        return control

    def proponer(self, falta: Decimal) -> None:
        """Write what is missing, unless the cashier has typed something else."""
        if self.monto.text() in ("", self._puesto):
            self._puesto = formato_columna(falta)
            self.monto.setText(self._puesto)

    def importe(self) -> Decimal | None:
        """Give the pesos typed; None while that is not an amount, said below when it never will be one."""
        self.campo.quitar_error()
        try:
            dado = self.monto.valor()
            return None if dado is None else dinero(dado, campo="recibido")
        except ErrorDeUso as error:
            if self.monto.completo():
                self.campo.mostrar_error(error.mensaje)
            return None

    def pagos(self, importe: Decimal) -> tuple[PagoDado, ...]:
        """Give what was handed over; ErrorDeUso names the field that is wrong."""
        raise NotImplementedError

    def mostrar_error(self, error: ErrorDeUso) -> bool:
        """Put an error beside its field and the focus there; False where it is of no field here."""
        campo = self.campos.get(str(error.campo or ""))
        if campo is None:
            return False
        campo.mostrar_error(error.mensaje)
        campo.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def quitar_errores(self) -> None:
        """Take all errors away."""
        for campo in self.campos.values():
            campo.quitar_error()

    def limpiar(self) -> None:
        """Empty the form for another payment of the same form."""
        for campo in self.campos.values():
            if isinstance(campo.control, QLineEdit):
                campo.control.clear()
        self._puesto = ""

    def bloquear(self, si: bool) -> None:
        """Let nobody type while the charge is under way; what is typed stays visible."""
        for campo in self.campos.values():
            if isinstance(campo.control, QLineEdit):
                campo.control.setReadOnly(si)

    def enfocar(self) -> None:
        """Put the focus on the first thing that is missing."""
        vacios = (c.control for c in self.campos.values() if not getattr(c.control, "text", str)().strip())
        next(vacios, self.monto).setFocus(Qt.FocusReason.OtherFocusReason)


class CashPage(TenderPage):
    """Cash: what is received, the change, and the round amounts a person would hand over."""

    exacta = False

    def __init__(self) -> None:
        super().__init__("&Recibido en efectivo")
        self.monto.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._rapidos = QWidget()
        self.hueco = fila(separacion=M.l)
        """The row of what is received: the change stands at its right."""
        self.hueco.addWidget(self.campo, 1, Qt.AlignmentFlag.AlignTop)
        self.caja = columna(separacion=M.s)
        self.caja.addLayout(self.hueco)
        self.caja.addWidget(self._rapidos)
        self.setLayout(self.caja)

    def proponer(self, falta: Decimal) -> None:
        """Offer the round amounts for what is missing too."""
        super().proponer(falta)
        renglon = fila(separacion=M.s)
        for texto, monto in (("E&xacto", falta), *((formato(m)[:-3], m) for m in sugeridos(falta))):
            boton = Button(texto)
            boton.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            boton.clicked.connect(lambda _si=False, monto=monto: self._dar(monto))
            renglon.addWidget(boton)
        viejos, self._rapidos = self._rapidos, QWidget()
        self._rapidos.setLayout(renglon)
        self.caja.replaceWidget(viejos, self._rapidos)
        viejos.hide()
        viejos.deleteLater()

    def _dar(self, monto: Decimal) -> None:
        self.monto.poner(monto)
        self.campo.quitar_error()
        self.enfocar()

    def pagos(self, importe: Decimal) -> tuple[PagoDado, ...]:
        """Give the cash received."""
        return (PagoDado(formas.EFECTIVO, importe),)

    def bloquear(self, si: bool) -> None:
        """Lock the round amounts too."""
        super().bloquear(si)
        self._rapidos.setEnabled(not si)


def _de_dos_en_dos(*partes: QWidget) -> QGridLayout:
    """Lay four widgets in two equal columns, their tops level whatever each has to say."""
    rejilla = QGridLayout()
    rejilla.setContentsMargins(0, 0, 0, 0)
    rejilla.setHorizontalSpacing(tema().px(M.l))
    rejilla.setVerticalSpacing(tema().px(M.s))
    for numero, parte in enumerate(partes):
        rejilla.addWidget(parte, numero // 2, numero % 2, Qt.AlignmentFlag.AlignTop)
        rejilla.setColumnStretch(numero % 2, 1)
    return rejilla


class CardPage(TenderPage):
    """A card: credit or debit, its last four digits and the terminal's authorisation."""

    def __init__(self) -> None:
        super().__init__("&Importe con tarjeta")
        self.tipo = Segmented("Tipo de tarjeta", ((formas.CREDITO, "Cré&dito"), (formas.DEBITO, "Dé&bito")))
        self.ultimos = self.agregar_campo("ultimos", "Últimos c&uatro dígitos", 4, "0000")
        self.ultimos.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.autorizacion = self.agregar_campo("autorizacion", "Aut&orización", 20)
        lado = QWidget()
        lado.setLayout(columna(Label("Tipo de tarjeta", "label"), self.tipo, 1, separacion=M.xs))
        self.setLayout(_de_dos_en_dos(self.campo, lado, self.campos["ultimos"], self.campos["autorizacion"]))

    def pagos(self, importe: Decimal) -> tuple[PagoDado, ...]:
        """Give the card payment with the reference that the receipt seals."""
        dicho = formas.de_tarjeta(self.ultimos.valor(), self.autorizacion.valor())
        return (PagoDado(self.tipo.clave(), importe, dicho),)

    def bloquear(self, si: bool) -> None:
        """Lock the kind of card too."""
        super().bloquear(si)
        self.tipo.setEnabled(not si)


class BankPage(TenderPage):
    """A cheque or a transfer: the bank, its number or reference and its date."""

    def __init__(self, forma: str, rotulo: str, numero: str) -> None:
        super().__init__(rotulo)
        self._forma, self._hoy = forma, date.min
        self.banco = self.agregar_campo("banco", "&Banco", 40)
        self.numero = self.agregar_campo("numero", numero, 40)
        self.fecha = self.agregar_campo("fecha", "Fec&ha", 10, "dd/mm/aaaa")
        self.setLayout(_de_dos_en_dos(self.campo, *(self.campos[c] for c in ("banco", "numero", "fecha"))))

    def usar(self, hoy: date) -> None:
        """Begin on the municipality's day."""
        self._hoy = hoy
        if not self.fecha.text():
            self.fecha.setText(fecha_corta(hoy))

    def limpiar(self) -> None:
        """Empty the form; the date is today's again."""
        super().limpiar()
        self.usar(self._hoy)

    def pagos(self, importe: Decimal) -> tuple[PagoDado, ...]:
        """Give the payment with the reference that the receipt seals."""
        dicho = formas.de_banco(self.banco.valor(), self.numero.valor(), self.fecha.valor(), self._hoy)
        return (PagoDado(self._forma, importe, dicho),)


class CreditPage(TenderPage):
    """A saldo a favor of whose debts these are: never more than each person owes here."""

    def __init__(self) -> None:
        super().__init__("&Importe del saldo a favor")
        self.campos["saldo"] = self.campo
        self._saldos: tuple[SaldoVisto, ...] = ()
        self._debe: Mapping[int, Decimal] = {}
        self._dicho = Label("", "body", "muted").en_parrafo()
        self.setLayout(columna(self.campo, self._dicho, separacion=M.s))

    def usar(self, saldos: Sequence[SaldoVisto], debe: Mapping[int, Decimal]) -> None:
        """Say what there is and how much of it may be applied to these debts."""
        self._saldos, self._debe = tuple(saldos), debe
        hay = sum((s.disponible for s in saldos), Decimal("0.00"))
        de = ", ".join(dict.fromkeys(s.titular for s in saldos))
        self._dicho.setText(f"Hay {formato(hay)} a favor de {de}; aquí se aplican {formato(self.tope)}.")

    @property
    def tope(self) -> Decimal:
        """Pesos that may be applied at most."""
        return aplicable(self._saldos, self._debe)

    def proponer(self, falta: Decimal) -> None:
        """Write what is missing, as far as there is saldo."""
        super().proponer(min(falta, self.tope))

    def pagos(self, importe: Decimal) -> tuple[PagoDado, ...]:
        """Take the amount of the saldos, oldest first."""
        if importe > self.tope:
            dicho = f"El saldo a favor que se puede aplicar es de {formato(self.tope)}; corrija el importe."
            raise ErrorDeUso(dicho, "saldo")
        return aplicar(self._saldos, self._debe, importe)
