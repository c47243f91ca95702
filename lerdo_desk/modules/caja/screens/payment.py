"""Payment in cash: the total, what is received, the change, and one attempt that is never charged twice.

The attempt's id is made when the dialog opens. After a failure that may have happened before or after the
commit, «Reintentar» runs the very same order again: the ledger answers with the receipts it already sealed.
"""

import uuid
from decimal import Decimal
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from lerdo_desk.base.dinero import formato, formato_columna
from lerdo_desk.base.entrada import dinero
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.adeudos import CERO
from lerdo_desk.hacienda.cobros import Cobrado, Cobro
from lerdo_desk.hacienda.turnos import DENOMINACIONES
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.fit import FittedDialog
from lerdo_desk.modules.caja.screens.paper import lugar_en_palabras
from lerdo_desk.modules.caja.screens.ticket import CobroHecho, Ticket, sugeridos
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Amount, Card, columna, fila
from lerdo_desk.ui.form import Field, MoneyField
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import ElidedLabel, Label, repintar
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import OCUPADO_MS, M

Estado = Literal["captura", "cobrando", "por_verificar", "hecho"]
_COBRAR = "Cobrar e imprimir"
_NO_COBRE = "Verificando… no vuelva a cobrar."
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


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
        self.consultar = Button("Con&sultar de nuevo", "normal", icono="refresh")
        self.consultar.setAutoDefault(True)
        self.consultar.clicked.connect(self.recotizar)
        self.recibido = MoneyField(campo="recibido", grande=True)
        self.campo = Field("&Recibido en efectivo", self.recibido)
        self.cambio = ChangeBox()
        self._efectivo, self._rapidos = Card(clase="inset"), QWidget()
        self.volver = Button("Volver", "ghost", tecla="Esc")
        self.volver.clicked.connect(self.reject)
        self.boton = Button(_COBRAR, "primary", icono="check", tecla="Enter", grande=True)
        self.boton.clicked.connect(self._cobrar)
        self._componer()
        self.recibido.textChanged.connect(self._calcular)
        self._lento = QTimer(self)
        self._lento.setSingleShot(True)
        self._lento.setInterval(OCUPADO_MS)
        self._lento.timeout.connect(self._avisar_lento)
        self.poner_ticket(ticket)

    def _componer(self) -> None:
        self.boton.setDefault(True)
        self.recibido.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        derecha = columna(self._quien, self._que, 1, separacion=0)
        for texto in (self._quien, self._que):
            texto.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        arriba = fila(self._total, separacion=M.l)
        arriba.addLayout(derecha, 1)
        self.caja.addLayout(arriba)
        self.caja.addWidget(self.nota)
        self.caja.addLayout(fila(1, self.consultar))
        efectivo = self._efectivo
        lado = fila(separacion=M.l)
        lado.addWidget(self.campo, 1)
        lado.addWidget(self.cambio, 0, Qt.AlignmentFlag.AlignTop)
        efectivo.caja.addLayout(lado)
        efectivo.caja.addWidget(self._rapidos)
        self.caja.addWidget(efectivo)
        lugar = lugar_en_palabras(self._servicios.config.impresion_de("recibo"))
        impresion = ElidedLabel(f"El recibo se imprime en {lugar}", "body", "muted")
        renglon = fila(IconView("printer", M.icono, "muted"), separacion=M.s)
        renglon.addWidget(impresion, 1)
        self.caja.addLayout(renglon)
        self.caja.addSpacing(M.s)
        self.caja.addLayout(fila(self.volver, 1, self.boton))

    def poner_ticket(self, ticket: Ticket) -> None:
        """Charge this instead; an amount that the cashier typed stays."""
        sin_tocar = self.recibido.text() in ("", formato_columna(self._ticket.total))
        self._ticket, self._debe_consultar = ticket, False
        self._total.poner(formato(ticket.total))
        self._quien.poner(ticket.titular)
        self._que.poner(f"{ticket.etiqueta} · {ticket.cuantos}")
        self._avisar("")
        self._poner_rapidos(ticket.total)
        if sin_tocar:
            self.recibido.poner(ticket.total)
        self._calcular()
        self.recibido.setFocus(Qt.FocusReason.OtherFocusReason)

    def _poner_rapidos(self, total: Decimal) -> None:
        renglon = fila(separacion=M.s)
        for texto, monto in (("&Exacto", total), *((formato(m)[:-3], m) for m in sugeridos(total))):
            boton = Button(texto)
            boton.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            boton.clicked.connect(lambda _si=False, monto=monto: self._dar(monto))
            renglon.addWidget(boton)
        viejos, self._rapidos = self._rapidos, QWidget()
        self._rapidos.setLayout(renglon)
        self._efectivo.caja.replaceWidget(viejos, self._rapidos)
        viejos.hide()
        viejos.deleteLater()

    def _dar(self, monto: Decimal) -> None:
        self.recibido.poner(monto)
        self.campo.quitar_error()
        self.recibido.setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _monto(self) -> Decimal | None:
        """Give the pesos received; None while that is not an amount, said below when it never will be one."""
        try:
            dado = self.recibido.valor()
            return None if dado is None else dinero(dado, campo="recibido")
        except ErrorDeUso as error:
            if self.recibido.completo():
                self.campo.mostrar_error(error.mensaje)
            return None

    def _calcular(self) -> None:
        """Show change or what is missing, and say on the button why it cannot be pressed."""
        if self._estado != "captura":
            return
        self.campo.quitar_error()
        recibido = self._monto()
        falta = self.total - (recibido or CERO)
        if recibido is None:
            self.cambio.poner("Cambio", None, "warn")
            self._apagar("Escriba lo recibido")
        elif falta > 0:
            self.cambio.poner("Falta", falta, "warn")
            self._apagar(f"Falta dinero: {formato(falta)}")
        else:
            # Nobody hands over a bill that is not needed: most likely a digit too many.
            mucho = -falta >= DENOMINACIONES[0]
            self.cambio.poner(
                "Cambio: revise lo recibido" if mucho else "Cambio", -falta, "warn" if mucho else "ok"
            )
            if self._debe_consultar:
                self._apagar("Consulte de nuevo")
            else:
                self.boton.poner(_COBRAR)
                self.boton.desocupar()

    def _apagar(self, texto: str) -> None:
        self.boton.poner(texto, texto)
        self.boton.ocupar(texto)

    def _cobrar(self) -> None:
        """Send the one attempt; a press while it is under way does nothing."""
        if self._estado not in ("captura", "por_verificar"):
            return
        repite = self._orden is not None
        if self._orden is None:
            try:
                self._orden = self._nueva_orden()
            except ErrorDeUso as error:
                self.campo.mostrar_error(error.mensaje)
                return
        self._estado = "cobrando"
        self.boton.ocupar("Verificando…" if repite else "Cobrando…")
        self._poder_capturar(False)
        self._avisar(_NO_COBRE if repite else "", "info")
        self._lento.start()
        self._servicios.jobs.escribir(service.cobrar, self._orden, self._listo, self._fallo)

    def _nueva_orden(self) -> Cobro:
        dado = self.recibido.valor()
        if dado is None:
            raise ErrorDeUso("Escriba cuánto recibió.", "recibido")
        return self._ticket.orden(self._intento, dinero(dado, campo="recibido"))

    def _avisar_lento(self) -> None:
        if self._estado == "cobrando":
            self._avisar(_NO_COBRE, "info")

    def _avisar(self, frase: str, tono: Literal["info", "bad"] = "bad") -> None:
        self.nota.poner(frase, tono)
        self.consultar.setVisible(self._debe_consultar)

    def _poder_capturar(self, si: bool) -> None:
        self.recibido.setReadOnly(not si)
        self._rapidos.setEnabled(si)
        self.volver.setEnabled(self._estado != "cobrando")

    def _listo(self, cobrado: Cobrado) -> None:
        self._lento.stop()
        self._estado = "hecho"
        recibido = self._orden.pagos[0].recibido if self._orden else CERO
        self.accept()
        self.cobrado.emit(CobroHecho(cobrado, self._ticket.titular, recibido))

    def _fallo(self, error: Exception) -> None:
        self._lento.stop()
        if isinstance(error, ErrorDeUso):
            self._rechazado(error)
        else:
            self._sin_respuesta(error)

    def _rechazado(self, error: ErrorDeUso) -> None:
        """Nothing was sealed: say it beside what is wrong, keep what was typed, allow another order."""
        self._estado, self._orden = "captura", None
        self._debe_consultar = error.campo != "recibido"
        self._poder_capturar(True)
        self._avisar(error.mensaje if self._debe_consultar else "")
        self._calcular()
        if self._debe_consultar:
            self.consultar.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.campo.mostrar_error(error.mensaje)
            self.recibido.setFocus(Qt.FocusReason.OtherFocusReason)

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

    def showEvent(self, event: QShowEvent) -> None:
        """Begin on the amount received, or on «Reintentar»."""
        super().showEvent(event)
        primero = self.boton if self.por_verificar else self.recibido
        primero.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Swallow an Enter that is held down: one press, one charge."""
        if not (event.isAutoRepeat() and event.key() in _ENTER):
            super().keyPressEvent(event)
