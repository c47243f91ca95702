"""The first step of a cashier's day: choose the till (usually there is one), count its fund, open."""

import uuid
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.adeudos import CERO
from lerdo_desk.hacienda.turnos import Apertura, CajaPermitida, TurnoAbierto
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.count import PiecesGrid
from lerdo_desk.ui.actions import ActionSet
from lerdo_desk.ui.cards import Amount, Card, columna, fila
from lerdo_desk.ui.form import ErrorLine, Field
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

Piezas = Sequence[tuple[Decimal, int]]
_CUENTE = "Cuente los billetes y monedas con que empieza; si no hay, escriba un 0."
_SIN_CONTAR = "Escriba cuántas piezas hay de cada una; si empieza sin fondo, escriba un 0."
_PROPUESTO = "Se propone el fondo con que abrió la última vez: cuente y corrija lo que no sea igual."


class OpeningPanel(QWidget):
    """The page «Abrir caja»; ``abierto`` carries the open turno, ``dudoso`` that it should be asked for."""

    abierto = Signal(object)
    dudoso = Signal()

    def __init__(self, servicios: Servicios, acciones: ActionSet) -> None:
        """``acciones`` holds «abrir», which calls ``abrir``, and «ultimo»."""
        super().__init__()
        self._servicios, self._acciones = servicios, acciones
        self._turno_id = ""
        self._fondos: dict[int, Piezas] = {}
        self._cajas = QComboBox()
        self._campo_caja = Field("&Caja", self._cajas)
        self._unica, self._explicacion = Label("", "name"), Label("", "body", "muted").en_parrafo()
        self.rejilla = PiecesGrid()
        self.total = Amount("Fondo en efectivo", formato(CERO), "display", derecha=True)
        self.error, self.pie = ErrorLine(), Card()
        self._boton = acciones.boton("abrir", "primary", grande=True)
        self._componer()
        self._cajas.currentIndexChanged.connect(self._proponer)
        self.rejilla.cambio.connect(self._sumar)
        self.rejilla.fin.connect(self._boton.setFocus)

    def _componer(self) -> None:
        tarjeta = Card()
        tarjeta.caja.setSpacing(tema().px(M.m))
        titulos = columna(Label("Abrir caja", "heading"), self._unica, separacion=M.xs)
        cabeza = fila(IconView("lock-open", M.icono_tarjeta, "primary_text"), separacion=M.l)
        cabeza.addLayout(titulos, 1)
        self._campo_caja.setMaximumWidth(tema().px(M.dialogo))
        tarjeta.caja.addLayout(cabeza)
        tarjeta.caja.addWidget(self._campo_caja)
        tarjeta.caja.addWidget(self._explicacion)
        tarjeta.caja.addWidget(self.rejilla, 1)
        tarjeta.caja.addWidget(self.error)
        ultimo = self._acciones.boton("ultimo", "ghost")
        self.pie.caja.addLayout(fila(ultimo, 1, self.total, self._boton, separacion=M.xl))
        caja = columna(tarjeta, separacion=M.l)
        caja.setStretch(0, 1)
        caja.addWidget(self.pie)
        self.setLayout(caja)

    def usar(self, cajas: Sequence[CajaPermitida], preferida: str | None) -> None:
        """Offer the tills that may be opened; the station's own one (its clave) stands first."""
        self._turno_id = str(uuid.uuid4())
        self._fondos = {caja.id: caja.fondo for caja in cajas}
        self._cajas.clear()
        for caja in sorted(cajas, key=lambda c: c.clave != preferida):
            self._cajas.addItem(caja.nombre, caja.id)
        self._campo_caja.setVisible(len(cajas) > 1)
        self._unica.setText(cajas[0].nombre if len(cajas) == 1 else "")
        self._unica.setVisible(len(cajas) == 1)
        self._proponer()

    def _proponer(self) -> None:
        """Write the last fund of the chosen till, to be counted again."""
        elegida = self._cajas.currentData()
        propuesto = self._fondos.get(elegida, ()) if elegida is not None else ()
        self.rejilla.poner(propuesto)
        self._explicacion.setText(_PROPUESTO if propuesto else _CUENTE)
        self.error.poner("")

    def _sumar(self) -> None:
        self.error.poner("")
        self.total.poner(formato(self.rejilla.contado()))

    def enfocar(self) -> None:
        """Put the focus on the biggest bill."""
        self.rejilla.enfocar()

    def abrir(self) -> None:
        """Open the till with what was counted."""
        if not self._boton.isEnabled():
            return
        if self.rejilla.vacia():
            self.error.poner(_SIN_CONTAR)
            self.rejilla.enfocar()
            return
        self.error.poner("")
        orden = Apertura(
            self._turno_id,
            int(self._cajas.currentData()),
            self.rejilla.contado(),
            self.rejilla.piezas(),
        )
        self._acciones.habilitar("abrir", False)
        self._boton.ocupar("Abriendo…")
        self._servicios.jobs.escribir(service.abrir_turno, orden, self._listo, self._fallo)

    def _listo(self, turno: TurnoAbierto) -> None:
        self._boton.desocupar()
        self.abierto.emit(turno)

    def _fallo(self, error: Exception) -> None:
        self._boton.desocupar()
        self._acciones.habilitar("abrir", True)
        dicho = error.mensaje if isinstance(error, ErrorDeUso) else explicar(error).frase
        self.error.poner(dicho)
        self.dudoso.emit()
