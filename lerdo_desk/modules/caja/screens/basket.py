"""The accounts that are gathered in one payment: a short list with the subtotal of each."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.modules.caja.screens import rows
from lerdo_desk.modules.caja.screens.ticket import PorCobrar
from lerdo_desk.modules.caja.service import OtraCuenta
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Card, fila
from lerdo_desk.ui.columns import Column, Fila
from lerdo_desk.ui.labels import ElidedLabel
from lerdo_desk.ui.table import Table
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_A_LA_VISTA = 3
"""Accounts shown without scrolling."""
_CUENTA = 4
"""Place of the account's id in a row: it travels after the columns."""
COLUMNAS = (
    Column("cuenta", "Cuenta en este cobro", ancho=M.panel_izquierdo - M.l, peso="medium"),
    Column("titular", "Titular", estira=True, tono="muted"),
    Column("adeudos", "Adeudos", ancho=M.columna, tono="muted"),
    Column("subtotal", "Subtotal", "dinero", ancho=M.columna + M.l, peso="name"),
)


def _fila(parte: PorCobrar) -> Fila:
    cuantos = f"{len(parte.cargos)} de {len(parte.cuenta.cargos)}"
    cuenta = parte.cuenta
    return rows.etiqueta(cuenta), cuenta.titular, cuantos, parte.total, cuenta.cuenta_id


class Basket(Card):
    """Shown from the second account on; the current row is the account whose debts are seen below."""

    elegida = Signal(int)
    quitada = Signal(int)
    """The account to take out, on Supr."""
    siguiente = Signal()
    """Enter: go on to the debts."""

    def __init__(self) -> None:
        super().__init__(pegada=True)
        self.tabla = Table(
            COLUMNAS,
            nombre="Cuentas en este cobro",
            nombre_de_fila=lambda fila: str(fila[0]),
            alto=M.fila_compacta,
        )
        self.tabla.setToolTip("Supr quita la cuenta del cobro")
        self.tabla.installEventFilter(self)
        self.tabla.elegida.connect(self._elegida)
        self.tabla.abierta.connect(lambda _fila: self.siguiente.emit())
        self.caja.addWidget(self.tabla)
        self._poniendo = False
        self.hide()

    def poner(self, partes: Sequence[PorCobrar], abierta: int | None) -> None:
        """Show the accounts; ``abierta`` is the one whose debts are seen."""
        self._poniendo = True
        self.tabla.poner([_fila(p) for p in partes])
        numero = next((n for n, p in enumerate(partes) if p.cuenta.cuenta_id == abierta), 0)
        if partes:
            self.tabla.elegir(numero)
        self._poniendo = False
        renglones = min(len(partes), _A_LA_VISTA)
        self.tabla.setFixedHeight(
            tema().px(M.encabezado) + renglones * tema().px(M.fila_compacta) + 2 * M.linea
        )
        self.setVisible(len(partes) > 1)

    def _elegida(self, fila: Fila | None) -> None:
        if fila is not None and not self._poniendo:
            self.elegida.emit(fila[_CUENTA])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the current account out on Supr."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        if event.key() != Qt.Key.Key_Delete or (actual := self.tabla.actual()) is None:
            return False
        self.quitada.emit(actual[_CUENTA])
        return True


class OtherDebts(Card):
    """«También debe: …»: other debts of the same person, added to the payment with one key."""

    def __init__(self) -> None:
        super().__init__(clase="inset")
        self._texto = ElidedLabel("", "body")
        self.boton = Button("Agregar al cobro", "ghost", icono="plus", tecla="+")
        renglon = fila(self._texto, self.boton, separacion=M.m)
        renglon.setStretch(0, 1)
        self.caja.addLayout(renglon)
        margen = tema().px(M.xs)
        self.caja.setContentsMargins(tema().px(M.l), margen, margen, margen)
        self.hide()

    def poner(self, otras: Sequence[OtraCuenta]) -> None:
        """Name what is owed elsewhere; hidden when nothing is."""
        dichos = [f"{o.etiqueta}, {formato(o.adeudo)}" for o in otras]
        self._texto.poner(f"También debe: {rows.SEPARADOR.join(dichos)}")
        self.setVisible(bool(otras))

    def texto(self) -> str:
        """Give the sentence shown."""
        return self._texto.texto()


def orden_de_foco(*widgets: QWidget) -> None:
    """Make Tab go through some widgets in their order."""
    for antes, despues in pairwise(widgets):
        QWidget.setTabOrder(antes, despues)
