"""What was handed over: the form of payment in hand, and the list of those already taken («Falta $0.00»)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import formas
from lerdo_desk.hacienda.adeudos import CERO
from lerdo_desk.hacienda.cobros import PagoDado
from lerdo_desk.hacienda.saldos import SaldoVisto
from lerdo_desk.hacienda.turnos import DENOMINACIONES
from lerdo_desk.modules.caja.screens.tender import (
    BankPage,
    CardPage,
    CashPage,
    ChangeBox,
    CreditPage,
    TenderPage,
)
from lerdo_desk.modules.caja.screens.ticket import Ticket
from lerdo_desk.ui.buttons import Button, IconButton
from lerdo_desk.ui.cards import Card, columna, fila
from lerdo_desk.ui.labels import ElidedLabel, Label, repintar
from lerdo_desk.ui.segmented import Segmented
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_A_LA_VISTA = 3
"""Payments taken that are shown without scrolling."""
_TARJETA = "tarjeta"
_METODOS = (
    (formas.EFECTIVO, "&Efectivo"),
    (_TARJETA, "&Tarjeta"),
    (formas.TRANSFERENCIA, "Trans&ferencia"),
    (formas.CHEQUE, "&Cheque"),
    (formas.SALDO_A_FAVOR, "&Saldo a favor"),
)


class _Renglon(QWidget):
    """One payment already taken: what it is, its pesos, and the cross that takes it out (or Supr)."""

    def __init__(self, pago: PagoDado) -> None:
        super().__init__()
        nombre = formas.FORMAS[pago.forma]
        que = ElidedLabel(f"{nombre} · {pago.referencia}" if pago.referencia else nombre, "body")
        self.quitar = IconButton("x", f"Quitar {nombre.lower()} de {formato(pago.recibido)}")
        self.quitar.setAutoDefault(False)
        renglon = fila(que, Label(formato(pago.recibido), "name"), self.quitar, separacion=M.m)
        renglon.setStretch(0, 1)
        self.setLayout(renglon)


class TenderBox(Card):
    """The form in hand below its row of methods, and the payments already taken above it."""

    cambiado = Signal()

    def __init__(self) -> None:
        super().__init__(clase="inset")
        self.efectivo, self.tarjeta, self.saldo = CashPage(), CardPage(), CreditPage()
        self.cheque = BankPage(formas.CHEQUE, "&Importe del cheque", "Nú&mero de cheque")
        self.transferencia = BankPage(formas.TRANSFERENCIA, "&Importe transferido", "Nú&mero de referencia")
        self._paginas: dict[str, TenderPage] = {
            formas.EFECTIVO: self.efectivo,
            _TARJETA: self.tarjeta,
            formas.TRANSFERENCIA: self.transferencia,
            formas.CHEQUE: self.cheque,
            formas.SALDO_A_FAVOR: self.saldo,
        }
        self.metodo = Segmented("Forma de pago", _METODOS)
        self.cambio = ChangeBox()
        self.agregar = Button("&Agregar otra forma de pago", "ghost", icono="plus")
        self.agregar.clicked.connect(self.tomar)
        self._pila = QStackedWidget()
        self._lista: QWidget = QWidget()
        self._total, self._pagos, self._saldos = CERO, list[PagoDado](), tuple[SaldoVisto, ...]()
        self._componer()
        self._ofrecer_saldo(False)
        self.metodo.elegido.connect(self._elegido)
        for pagina in self._paginas.values():
            pagina.cambio.connect(self.cambiado)

    def _componer(self) -> None:
        for pagina in self._paginas.values():
            self._pila.addWidget(pagina)
            pagina.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._lista.setLayout(columna())
        self._lista.hide()
        self._abajo = fila(self.agregar, 1, separacion=M.m)
        self.caja.setSpacing(M.m)
        for parte in (self._lista, self.metodo, self._pila):
            self.caja.addWidget(parte)
        self.caja.addLayout(self._abajo)
        self._ajustar()

    @property
    def pagina(self) -> TenderPage:
        """Give the form in hand."""
        return self._paginas[self.metodo.clave()]

    @property
    def tomados(self) -> tuple[PagoDado, ...]:
        """Give the payments already taken."""
        return tuple(self._pagos)

    @property
    def falta(self) -> Decimal:
        """Pesos missing after the payments already taken."""
        return self._total - sum((p.recibido for p in self._pagos), CERO)

    def usar(self, ticket: Ticket, hoy: date) -> None:
        """Take payment of this; what was typed and taken stays."""
        self._total = ticket.total
        for banco in (self.cheque, self.transferencia):
            banco.usar(hoy)
        self.saldo.usar(self._saldos, ticket.debe())
        self._proponer()

    def ofrecer(self, saldos: Sequence[SaldoVisto], ticket: Ticket) -> None:
        """Offer the saldos a favor that were found."""
        self._saldos = tuple(saldos)
        self.saldo.usar(self._saldos, ticket.debe())
        self._ofrecer_saldo(self.saldo.tope > 0)

    def _ofrecer_saldo(self, si: bool) -> None:
        boton, ultimo = self.metodo.boton(formas.SALDO_A_FAVOR), self.metodo.boton(formas.CHEQUE)
        boton.setVisible(si)
        boton.setEnabled(si)
        ultimo.setProperty("extremo", "medio" if si else "derecho")
        repintar(ultimo)

    def _elegido(self, _metodo: str) -> None:
        self._ajustar()
        self._proponer()
        self.pagina.enfocar()

    def _ajustar(self) -> None:
        """Be as high as the form in hand."""
        for pagina in self._paginas.values():
            alto = QSizePolicy.Policy.Preferred if pagina is self.pagina else QSizePolicy.Policy.Ignored
            pagina.setSizePolicy(QSizePolicy.Policy.Expanding, alto)
        self._pila.setCurrentWidget(self.pagina)
        lugar = self.efectivo.hueco if self.pagina is self.efectivo else self._abajo
        lugar.addWidget(self.cambio, 0, Qt.AlignmentFlag.AlignTop)
        self._pila.updateGeometry()

    def _proponer(self) -> None:
        self.pagina.proponer(max(self.falta, CERO))
        self.cambiado.emit()

    def calcular(self) -> str:
        """Show change or what is missing; give why it cannot be charged yet, empty when it can."""
        importe = self.pagina.importe()
        if not self.falta and self._pagos:
            importe = CERO
        falta = self.falta - (importe or CERO)
        parcial = importe is not None and 0 < importe < self.falta
        self.agregar.setVisible(parcial)
        if importe is None:
            self.cambio.poner("Cambio", None, "warn")
            return "Escriba lo recibido"
        if falta > 0:
            self.cambio.poner("Falta", falta, "warn")
            return f"Falta dinero: {formato(falta)}"
        if falta < 0 and self.pagina.exacta:
            self.cambio.poner("Sobra", -falta, "warn")
            self.pagina.campo.mostrar_error(
                f"Sólo falta {formato(self.falta)}; el cambio sólo sale de efectivo."
            )
            return f"Sobran {formato(-falta)}"
        # Nobody hands over a bill that is not needed: most likely a digit too many.
        mucho = -falta >= DENOMINACIONES[0]
        self.cambio.poner(
            "Cambio: revise lo recibido" if mucho else "Cambio", -falta, "warn" if mucho else "ok"
        )
        return ""

    def tomar(self) -> None:
        """Put the form in hand among the payments taken, and ask for what is missing."""
        importe = self.pagina.importe()
        if importe is None or not 0 < importe < self.falta:
            return
        try:
            nuevos = self.pagina.pagos(importe)
        except ErrorDeUso as error:
            self.pagina.mostrar_error(error)
            return
        self._pagos.extend(nuevos)
        self.pagina.limpiar()
        self._listar()
        self._proponer()
        self.metodo.boton(self.metodo.clave()).setFocus(Qt.FocusReason.OtherFocusReason)

    def _quitar(self, pago: PagoDado) -> None:
        self._pagos.remove(pago)
        self._listar()
        self._proponer()
        self.pagina.enfocar()

    def _listar(self) -> None:
        """Show the payments taken; more than a few scroll, so that the dialog always fits the screen."""
        renglones, dentro, area = columna(separacion=0), QWidget(), QScrollArea()
        for pago in self._pagos:
            renglon = _Renglon(pago)
            renglon.quitar.clicked.connect(lambda _si=False, pago=pago: self._quitar(pago))
            renglones.addWidget(renglon)
        dentro.setProperty("fondo", "claro")
        dentro.setLayout(renglones)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName("Pagos ya recibidos")
        area.setWidget(dentro)
        area.setFixedHeight(min(len(self._pagos), _A_LA_VISTA) * tema().px(M.control))
        viejos, self._lista = self._lista, area
        self.caja.replaceWidget(viejos, self._lista)
        self._lista.setVisible(bool(self._pagos))
        viejos.hide()
        viejos.deleteLater()

    def pagos(self) -> tuple[PagoDado, ...]:
        """Give everything handed over; ErrorDeUso names the field that is wrong."""
        if self._pagos and not self.falta:
            return self.tomados
        importe = self.pagina.importe()
        if importe is None:
            raise ErrorDeUso("Escriba cuánto recibió.", "recibido")
        return (*self._pagos, *self.pagina.pagos(importe))

    def bloquear(self, si: bool) -> None:
        """Let nothing be changed while the charge is under way."""
        for pagina in self._paginas.values():
            pagina.bloquear(si)
        for parte in (self.metodo, self.agregar, self._lista):
            parte.setEnabled(not si)
