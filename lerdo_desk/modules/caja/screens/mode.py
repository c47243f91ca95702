"""How an errand is charged: whose name the receipts bear, whether in one, why an older debt is skipped."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.modules.caja.screens.ticket import Modo, Ticket
from lerdo_desk.modules.caja.service import MOTIVO_MINIMO
from lerdo_desk.ui.cards import columna, fila
from lerdo_desk.ui.form import Field, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.tokens import M


class ModeBox(QWidget):
    """Whose name the receipts bear, whether in one, and why an older debt is left behind."""

    cambiado = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._ticket: Ticket | None = None
        self.motivo, self.pagador = TextField(largo=200), TextField(largo=120)
        self.campo_motivo = Field("Moti&vo para dejarlo atrás", self.motivo)
        self.campo_pagador = Field("A &nombre de quién", self.pagador)
        self.uno = QCheckBox("&Un solo recibo")
        self._que = Label("", "caption", "warn").en_parrafo()
        junto = fila(separacion=M.l)
        for campo in (self.campo_motivo, self.campo_pagador):
            junto.addWidget(campo, 1, Qt.AlignmentFlag.AlignTop)
        junto.addWidget(self.uno, 0, Qt.AlignmentFlag.AlignBottom)
        caja = columna(self._que, separacion=M.s)
        caja.addLayout(junto)
        self.setLayout(caja)
        self.pagador.setPlaceholderText("El titular de cada cuenta")
        for control in (self.motivo, self.pagador):
            control.textChanged.connect(self._cambio)
        self.uno.toggled.connect(self.cambiado)

    def usar(self, ticket: Ticket) -> None:
        """Ask only what this errand needs; what was typed stays."""
        antes, self._ticket = self._ticket, ticket
        salta, varias = bool(ticket.saltado), len(ticket.partes) > 1
        self._que.setText(f"Queda sin pagar {ticket.saltado}, que ya venció.")
        self._que.setVisible(salta)
        self.campo_motivo.setVisible(salta)
        self.campo_pagador.setVisible(varias)
        if antes is None or self.pagador.text() == antes.titular_unico:
            self.pagador.setText(ticket.titular_unico if varias else "")
        self.setVisible(salta or varias)
        self._cambio()

    def _cambio(self) -> None:
        """Offer one receipt only for several accounts of one ente and a payer who was named."""
        ofrece = self._ticket is not None and self._ticket.combinable and len(self._ticket.partes) > 1
        self.uno.setVisible(ofrece)
        self.uno.setEnabled(bool(self.pagador.valor()))
        self.uno.setToolTip("" if self.uno.isEnabled() else "Escriba primero a nombre de quién sale")
        if not self.uno.isEnabled() or not ofrece:
            self.uno.setChecked(False)
        self.cambiado.emit()

    def modo(self) -> Modo:
        """Give how it is to be charged."""
        motivo = self.motivo.valor() if self._ticket and self._ticket.saltado else ""
        return Modo(self.pagador.valor(), self.uno.isChecked(), motivo)

    def falta(self) -> str:
        """Say what must be written first; empty when nothing is missing."""
        salta = self._ticket is not None and bool(self._ticket.saltado)
        return "Escriba el motivo" if salta and len(self.motivo.valor()) < MOTIVO_MINIMO else ""

    def mostrar_error(self, error: ErrorDeUso) -> bool:
        """Put an error beside its field; False where it is of no field here."""
        campo = {"motivo": self.campo_motivo, "pagador": self.campo_pagador}.get(str(error.campo or ""))
        if campo is None:
            return False
        campo.mostrar_error(error.mensaje)
        campo.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def bloquear(self, si: bool) -> None:
        """Let nothing be changed while the charge is under way."""
        self.motivo.setReadOnly(si)
        self.pagador.setReadOnly(si)
        self.uno.setDisabled(si or not self.pagador.valor())
