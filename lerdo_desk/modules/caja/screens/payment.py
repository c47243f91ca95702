"""Payment: the total, what is received in each form, the change, and one attempt never charged twice.

The attempt's id is made when the dialog opens. After a failure that may have happened before or after the
commit, «Reintentar» runs the very same order again: the ledger answers with the receipts it already sealed.
"""

import uuid
from decimal import Decimal
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.cobros import Cobrado, Cobro, PagoDado
from lerdo_desk.hacienda.saldos import SaldoVisto
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.mode import ModeBox
from lerdo_desk.modules.caja.screens.paper import lugar_en_palabras
from lerdo_desk.modules.caja.screens.tender import ChangeBox
from lerdo_desk.modules.caja.screens.tenders import TenderBox
from lerdo_desk.modules.caja.screens.ticket import CobroHecho, Ticket
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Amount, columna, fila
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, MoneyField
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import ElidedLabel
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.tokens import OCUPADO_MS, M

Estado = Literal["captura", "cobrando", "por_verificar", "hecho"]
_COBRAR = "Cobrar e imprimir"
_NO_COBRE = "Verificando… no vuelva a cobrar."
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PaymentDialog(FittedDialog):
    """The dialog «Cobrar»; ``cobrado`` carries the CobroHecho, ``recotizar`` asks for today's debts again."""

    cobrado = Signal(object)
    recotizar = Signal()

    def __init__(self, servicios: Servicios, ticket: Ticket, parent: QWidget) -> None:
        super().__init__("Cobrar", parent)
        self._servicios, self._ticket = servicios, ticket
        self._intento = str(uuid.uuid4())
        self._orden: Cobro | None = None
        self._estado: Estado = "captura"
        self._debe_consultar = False
        self._total = Amount("Total a cobrar", "", "display")
        self._quien, self._que = ElidedLabel("", "name"), ElidedLabel("", "caption", "muted")
        self.nota = Note("", "bad")
        self.consultar = Button("Co&nsultar de nuevo", "normal", icono="refresh")
        self.consultar.setAutoDefault(True)
        self.consultar.clicked.connect(self.recotizar)
        self.modo, self.pagos = ModeBox(), TenderBox()
        self._impresion = ElidedLabel("", "body", "muted")
        self.volver = Button("Volver", "ghost", tecla="Esc")
        self.volver.clicked.connect(self.reject)
        self.boton = Button(_COBRAR, "primary", icono="check", tecla="Enter", grande=True)
        self.boton.clicked.connect(self._cobrar)
        self._componer()
        self.pagos.cambiado.connect(self._calcular)
        self.modo.cambiado.connect(self._calcular)
        self._lento = QTimer(self)
        self._lento.setSingleShot(True)
        self._lento.setInterval(OCUPADO_MS)
        self._lento.timeout.connect(self._avisar_lento)
        self.poner_ticket(ticket)
        orden = service.Titulares(ticket.titulares)
        servicios.jobs.leer(
            service.saldos_a_favor, orden, self._con_saldos, servicios.error, clave="caja.saldos"
        )

    def _componer(self) -> None:
        self.boton.setDefault(True)
        derecha = columna(self._quien, self._que, 1, separacion=0)
        for texto in (self._quien, self._que):
            texto.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        arriba = fila(self._total, separacion=M.l)
        arriba.addLayout(derecha, 1)
        self.caja.addLayout(arriba)
        self.caja.addWidget(self.nota)
        self.caja.addLayout(fila(1, self.consultar))
        self.caja.addWidget(self.modo)
        self.caja.addWidget(self.pagos)
        renglon = fila(IconView("printer", M.icono, "muted"), separacion=M.s)
        renglon.addWidget(self._impresion, 1)
        self.caja.addLayout(renglon)
        self.caja.addLayout(fila(self.volver, 1, self.boton))

    def poner_ticket(self, ticket: Ticket) -> None:
        """Charge this instead; what the cashier typed and took stays."""
        self._ticket, self._debe_consultar = ticket, False
        self._total.poner(formato(ticket.total))
        self._quien.poner(ticket.titular)
        self._que.poner(ticket.que)
        self._avisar("")
        self.modo.usar(ticket)
        self.pagos.usar(ticket, ticket.hoy)
        self._calcular()
        self._enfocar()

    def _con_saldos(self, saldos: tuple[SaldoVisto, ...]) -> None:
        if saldos and self._estado == "captura":
            self.pagos.ofrecer(saldos, self._ticket)

    @property
    def recibido(self) -> MoneyField:
        """Give the amount of the form of payment in hand."""
        return self.pagos.pagina.monto

    @property
    def campo(self) -> Field:
        """Give the frame of that amount, with its error."""
        return self.pagos.pagina.campo

    @property
    def cambio(self) -> ChangeBox:
        """Give what shows the change or what is missing."""
        return self.pagos.cambio

    @property
    def por_verificar(self) -> bool:
        """Tell whether nobody knows yet if the charge was kept."""
        return self._estado == "por_verificar"

    @property
    def hecho(self) -> bool:
        """Tell whether it was charged."""
        return self._estado == "hecho"

    @property
    def total(self) -> Decimal:
        """Pesos to charge."""
        return self._ticket.total

    @property
    def titular(self) -> str:
        """Give whose debt it is."""
        return self._ticket.titular

    def _calcular(self) -> None:
        """Show change or what is missing, and say on the button why it cannot be pressed."""
        if self._estado != "captura":
            return
        self._decir_recibos()
        falta = self.pagos.calcular() or self.modo.falta()
        if self._debe_consultar and not falta:
            falta = "Consulte de nuevo"
        if falta:
            self.boton.poner(falta, falta)
            self.boton.ocupar(falta)
        else:
            self.boton.poner(_COBRAR)
            self.boton.desocupar()

    def _decir_recibos(self) -> None:
        lugar = lugar_en_palabras(self._servicios.config.impresion_de("recibo"))
        cuantos = self._ticket.recibos(self.modo.modo().combinado)
        por = "uno por ente" if cuantos == self._ticket.entes > 1 else "uno por cuenta"
        varios = f"Salen {cuantos} recibos, {por}, y se imprimen en {lugar}"
        self._impresion.poner(f"El recibo se imprime en {lugar}" if cuantos == 1 else varios)

    def _cobrar(self) -> None:
        """Send the one attempt; a press while it is under way does nothing."""
        if self._estado not in ("captura", "por_verificar"):
            return
        repite = self._orden is not None
        if self._orden is None:
            try:
                self._orden = self._ticket.orden(self._intento, self.pagos.pagos(), self.modo.modo())
            except ErrorDeUso as error:
                self._junto_a_su_campo(error)
                return
        self._estado = "cobrando"
        self.boton.ocupar("Verificando…" if repite else "Cobrando…")
        self._poder_capturar(False)
        self._avisar(_NO_COBRE if repite else "", "info")
        self._lento.start()
        self._servicios.jobs.escribir(service.cobrar, self._orden, self._listo, self._fallo)

    def _junto_a_su_campo(self, error: ErrorDeUso) -> bool:
        return self.pagos.pagina.mostrar_error(error) or self.modo.mostrar_error(error)

    def _avisar_lento(self) -> None:
        if self._estado == "cobrando":
            self._avisar(_NO_COBRE, "info")

    def _avisar(self, frase: str, tono: Literal["info", "bad"] = "bad") -> None:
        self.nota.poner(frase, tono)
        self.consultar.setVisible(self._debe_consultar)

    def _poder_capturar(self, si: bool) -> None:
        self.pagos.bloquear(not si)
        self.modo.bloquear(not si)
        self.volver.setEnabled(self._estado != "cobrando")

    def _listo(self, cobrado: Cobrado) -> None:
        self._lento.stop()
        self._estado = "hecho"
        pagos: tuple[PagoDado, ...] = self._orden.pagos if self._orden else ()
        self.accept()
        self.cobrado.emit(CobroHecho(cobrado, self._ticket.titular, pagos))

    def _fallo(self, error: Exception) -> None:
        self._lento.stop()
        if isinstance(error, ErrorDeUso):
            self._rechazado(error)
        else:
            self._sin_respuesta(error)

    def _rechazado(self, error: ErrorDeUso) -> None:
        """Nothing was sealed: say it beside what is wrong, keep what was typed, allow another order."""
        self._estado, self._orden = "captura", None
        self._poder_capturar(True)
        self._debe_consultar = False
        self._avisar("")
        self._calcular()
        if self._junto_a_su_campo(error):
            return
        self._debe_consultar = True
        self._avisar(error.mensaje)
        self._calcular()
        self.consultar.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sin_respuesta(self, error: Exception) -> None:
        """Nobody knows whether it was sealed: only the same order may be run again."""
        self._estado = "por_verificar"
        self._poder_capturar(False)
        self._avisar(f"{explicar(error).frase} No vuelva a cobrar: «Reintentar» verifica este mismo cobro.")
        self.boton.poner("Reintentar")
        self.boton.desocupar()
        self.boton.setFocus(Qt.FocusReason.OtherFocusReason)

    def reject(self) -> None:
        """Go back, unless the charge is under way."""
        if self._estado != "cobrando":
            super().reject()

    def _enfocar(self) -> None:
        """Begin on «Reintentar», on the reason that is missing, or on the amount received."""
        normal = self.modo.motivo if self.modo.falta() else self.recibido
        primero = self.boton if self.por_verificar else normal
        primero.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where the work is."""
        super().showEvent(event)
        self._enfocar()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Swallow an Enter that is held down: one press, one charge."""
        if not (event.isAutoRepeat() and event.key() in _ENTER):
            super().keyPressEvent(event)
