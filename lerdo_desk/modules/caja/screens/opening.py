"""The first step of a cashier's day: choose the till (usually there is one), say its fund, open."""

import uuid
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget

from lerdo_desk.base.entrada import dinero
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.turnos import Apertura, CajaPermitida, TurnoAbierto
from lerdo_desk.modules.caja import service
from lerdo_desk.ui.actions import ActionSet
from lerdo_desk.ui.cards import Card, columna, fila
from lerdo_desk.ui.form import Field, Form, MoneyField
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M


class OpeningPanel(QWidget):
    """The card «Abrir caja»; ``abierto`` carries the open turno, ``dudoso`` that it should be asked for."""

    abierto = Signal(object)
    dudoso = Signal()

    def __init__(self, servicios: Servicios, acciones: ActionSet) -> None:
        """``acciones`` holds «abrir», which calls ``abrir``."""
        super().__init__()
        self._servicios, self._acciones = servicios, acciones
        self._turno_id = ""
        self._cajas = QComboBox()
        self._fondo = MoneyField(campo="fondo", grande=True)
        self._campo_caja = Field("&Caja", self._cajas)
        self._unica = Label("", "name")
        ayuda = "Cuente los billetes y monedas con que empieza; si no hay, escriba 0."
        self._form = Form(
            {"caja": self._campo_caja, "fondo": Field("&Fondo en efectivo", self._fondo, ayuda=ayuda)}
        )
        self._boton = acciones.boton("abrir", "primary", grande=True)
        self._componer()

    def _componer(self) -> None:
        tarjeta = Card()
        tarjeta.setFixedWidth(tema().px(M.dialogo))
        margen = tema().px(M.xl)
        tarjeta.caja.setContentsMargins(margen, margen, margen, margen)
        tarjeta.caja.setSpacing(tema().px(M.m))
        titulos = columna(Label("Abrir caja", "heading"), self._unica, separacion=M.xs)
        cabeza = fila(IconView("lock-open", M.icono_tarjeta, "primary_text"), separacion=M.l)
        cabeza.addLayout(titulos, 1)
        tarjeta.caja.addLayout(cabeza)
        tarjeta.caja.addWidget(self._form)
        tarjeta.caja.addLayout(fila(1, self._boton))
        centro = columna(1)
        centro.addLayout(fila(1, tarjeta, 1))
        centro.addStretch(2)
        self.setLayout(centro)

    def usar(self, cajas: Sequence[CajaPermitida], preferida: str | None) -> None:
        """Offer the tills that may be opened; the station's own one (its clave) stands first."""
        self._turno_id = str(uuid.uuid4())
        self._cajas.clear()
        for caja in sorted(cajas, key=lambda c: c.clave != preferida):
            self._cajas.addItem(caja.nombre, caja.id)
        self._campo_caja.setVisible(len(cajas) > 1)
        self._unica.setText(cajas[0].nombre if len(cajas) == 1 else "")
        self._unica.setVisible(len(cajas) == 1)
        self._form.limpiar()
        self._fondo.clear()

    def enfocar(self) -> None:
        """Put the focus on the fund."""
        self._fondo.setFocus(Qt.FocusReason.OtherFocusReason)

    def abrir(self) -> None:
        """Open the till, or say beside the field what is missing."""
        if not self._boton.isEnabled():
            return
        self._form.limpiar()
        try:
            orden = Apertura(self._turno_id, int(self._cajas.currentData()), self._fondo_dado())
        except ErrorDeUso as error:
            self._form.mostrar_error(error)
            return
        self._acciones.habilitar("abrir", False)
        self._boton.ocupar("Abriendo…")
        self._servicios.jobs.escribir(service.abrir_turno, orden, self._listo, self._fallo)

    def _fondo_dado(self) -> Decimal:
        dado = self._fondo.valor()
        if dado is None:
            raise ErrorDeUso("Escriba el fondo con que abre; si no hay, escriba 0.", "fondo")
        return dinero(dado, campo="fondo")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter; the fund hands it up, also while it is empty."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._acciones["abrir"].trigger()
        else:
            super().keyPressEvent(event)

    def _listo(self, turno: TurnoAbierto) -> None:
        self._boton.desocupar()
        self.abierto.emit(turno)

    def _fallo(self, error: Exception) -> None:
        self._boton.desocupar()
        self._acciones.habilitar("abrir", True)
        self._form.mostrar_error(
            error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase)
        )
        self.dudoso.emit()
