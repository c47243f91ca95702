"""The blind count: pieces of each bill and coin, and the cashier's own sum; nothing expected is here."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.hacienda.adeudos import CERO
from lerdo_desk.hacienda.turnos import DENOMINACIONES
from lerdo_desk.ui.actions import ActionSet
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Amount, Card, columna, fila
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import ErrorLine, IntField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

BILLETES = tuple(d for d in DENOMINACIONES if d >= 20)
MONEDAS = tuple(d for d in DENOMINACIONES if d < 20)
_CIFRAS = 6


def nombre_de(denominacion: Decimal) -> str:
    """Write a denomination (pesos) as people say it: ``$500``, ``50 ¢``."""
    return f"${denominacion:,.0f}" if denominacion >= 1 else f"{denominacion * 100:.0f} ¢"


class _Pieza(IntField):
    """How many pieces of one denomination; the arrows go up and down the column."""

    llegada = Signal(QWidget)
    """The focus came here: with large text the grid scrolls to it."""

    def __init__(self, denominacion: Decimal) -> None:
        super().__init__(campo="piezas", digitos=_CIFRAS)
        self.denominacion = denominacion
        self.setFixedWidth(tema().px(M.columna))
        self.setAccessibleName(f"Piezas de {nombre_de(denominacion)}")
        self.subtotal = Label("–", "body", "muted")
        self.subtotal.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.subtotal.setMinimumWidth(tema().px(M.columna + M.xl))
        self.textChanged.connect(self._sumar)

    def piezas(self) -> int:
        """Give the pieces typed; an empty field is none."""
        return self.valor() or 0

    def monto(self) -> Decimal:
        """Give what they are worth, in pesos."""
        return self.denominacion * self.piezas()

    def _sumar(self) -> None:
        self.subtotal.setText(formato(self.monto()) if self.piezas() else "–")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus came."""
        super().focusInEvent(event)
        self.llegada.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows as Tab does."""
        if event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)


class PiecesGrid(QScrollArea):
    """The pieces of each bill and coin in two columns; ``cambio``: a digit, ``fin``: the last Enter."""

    cambio = Signal()
    fin = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.campos = tuple(_Pieza(d) for d in DENOMINACIONES)
        rejillas = fila(separacion=M.xxl * 2)
        for titulo, denominaciones in (("Billetes", BILLETES), ("Monedas", MONEDAS)):
            rejillas.addLayout(self._rejilla(titulo, denominaciones))
        rejillas.addStretch(1)
        dentro = QWidget()
        dentro.setProperty("fondo", "claro")
        dentro.setLayout(rejillas)
        self.setWidget(dentro)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for campo in self.campos:
            campo.textChanged.connect(self.cambio)
            campo.llegada.connect(self.ensureWidgetVisible)
        for campo, otro in pairwise(self.campos):
            campo.enter.connect(lambda otro=otro: otro.setFocus(Qt.FocusReason.TabFocusReason))
        self.campos[-1].enter.connect(self.fin)

    def _rejilla(self, titulo: str, denominaciones: Sequence[Decimal]) -> QGridLayout:
        rejilla = QGridLayout()
        rejilla.setHorizontalSpacing(tema().px(M.m))
        rejilla.setVerticalSpacing(tema().px(M.s))
        rejilla.addWidget(Label(titulo, "subtitle_strong"), 0, 0, 1, 3)
        suyos = (campo for campo in self.campos if campo.denominacion in denominaciones)
        for n, campo in enumerate(suyos, start=1):
            etiqueta = Label(nombre_de(campo.denominacion), "amount")
            etiqueta.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            etiqueta.setBuddy(campo)
            rejilla.addWidget(etiqueta, n, 0)
            rejilla.addWidget(campo, n, 1)
            rejilla.addWidget(campo.subtotal, n, 2)
        rejilla.setRowStretch(len(denominaciones) + 1, 1)
        return rejilla

    def poner(self, piezas: Sequence[tuple[Decimal, int]] = ()) -> None:
        """Write these pieces and leave every other field empty."""
        dadas = dict(piezas)
        for campo in self.campos:
            cuantas = dadas.get(campo.denominacion, 0)
            campo.setText(str(cuantas) if cuantas else "")

    def enfocar(self) -> None:
        """Put the focus on the biggest bill."""
        self.campos[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def vacia(self) -> bool:
        """Tell whether nothing was typed, not even a zero."""
        return not any(campo.text() for campo in self.campos)

    def contado(self, denominaciones: Sequence[Decimal] = DENOMINACIONES) -> Decimal:
        """Give the pesos counted so far, of all or of some denominations."""
        return sum((c.monto() for c in self.campos if c.denominacion in denominaciones), CERO)

    def piezas(self) -> tuple[tuple[Decimal, int], ...]:
        """Give every denomination with its pieces, zeros too: an empty drawer is a count as well."""
        return tuple((campo.denominacion, campo.piezas()) for campo in self.campos)


class CountPanel(QWidget):
    """The blind count; ``vuelve`` asks to go back to where it began."""

    vuelve = Signal()

    def __init__(self, acciones: ActionSet) -> None:
        """``acciones`` holds «confirmar»."""
        super().__init__()
        self.rejilla = PiecesGrid()
        self.campos = self.rejilla.campos
        self.total = Amount("Total contado", formato(CERO), "display", derecha=True)
        self.billetes, self.monedas = Amount("Billetes", formato(CERO)), Amount("Monedas", formato(CERO))
        self.error, self.pie = ErrorLine(), Card()
        self.boton = acciones.boton("confirmar", "primary", grande=True)
        self._titulo = Label("", "heading")
        self._volver = Button("Volver", "ghost", tecla="Esc")
        self._volver.clicked.connect(self.vuelve)
        self._componer()
        self.rejilla.cambio.connect(self._sumar)
        self.rejilla.fin.connect(lambda: self.boton.setFocus(Qt.FocusReason.TabFocusReason))

    def _componer(self) -> None:
        tarjeta = Card()
        tarjeta.caja.setSpacing(tema().px(M.m))
        explicacion = Label(
            "Escriba cuántas piezas hay de cada una, también el fondo. Lo esperado se muestra después de "
            "confirmar; si entonces cuenta otra vez, los dos conteos quedan firmados.",
            "body",
            "muted",
        ).en_parrafo()
        tarjeta.caja.addLayout(columna(self._titulo, explicacion, separacion=M.xs))
        tarjeta.caja.addWidget(self.rejilla, 1)
        tarjeta.caja.addWidget(self.error)
        self.pie.caja.addLayout(
            fila(self._volver, self.billetes, self.monedas, 1, self.total, self.boton, separacion=M.xl)
        )
        caja = columna(tarjeta, separacion=M.l)
        caja.setStretch(0, 1)
        caja.addWidget(self.pie)
        self.setLayout(caja)

    def limpiar(self, vez: int = 1) -> None:
        """Begin the first count, or the recount that ``vez`` says."""
        self._titulo.setText("Cuente el efectivo" if vez == 1 else f"Cuente otra vez: conteo {vez}")
        self.rejilla.poner()
        self.error.poner("")

    def enfocar(self) -> None:
        """Put the focus on the biggest bill."""
        self.rejilla.enfocar()

    def contado(self) -> Decimal:
        """Give the pesos counted so far."""
        return self.rejilla.contado()

    def piezas(self) -> tuple[tuple[Decimal, int], ...]:
        """Give every denomination with its pieces."""
        return self.rejilla.piezas()

    def mostrar_error(self, frase: str) -> None:
        """Say below the grid what is wrong."""
        self.error.poner(frase)

    def _sumar(self) -> None:
        self.error.poner("")
        self.total.poner(formato(self.contado()))
        self.billetes.poner(formato(self.rejilla.contado(BILLETES)))
        self.monedas.poner(formato(self.rejilla.contado(MONEDAS)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc; what was typed stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.vuelve.emit()
        else:
            super().keyPressEvent(event)


class ConfirmCount(FittedDialog):
    """Asks once more before a count is signed: from the first one on nothing more is charged."""

    def __init__(self, contado: Decimal, vez: int, parent: QWidget) -> None:
        super().__init__("Confirmar conteo", parent)
        frase = "Al confirmar ya no se puede cobrar en este turno; el conteo queda firmado."
        if vez > 1:
            frase = f"Éste será el conteo {vez} del turno; el anterior queda firmado y sale en el corte."
        self.caja.addWidget(Amount("Total contado", formato(contado), "display"))
        self.caja.addWidget(Label(frase, "body").en_parrafo())
        self.confirmar = Button("Confirmar conteo", "primary", tecla="Enter")
        self.confirmar.clicked.connect(self.accept)
        self.botones(self.confirmar)
        self.confirmar.setFocus()
