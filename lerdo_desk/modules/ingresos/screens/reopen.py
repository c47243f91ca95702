"""The dialog that opens a closed day again, with the reason that stays written."""

from datetime import date

from PySide6.QtWidgets import QWidget

from lerdo_desk.base.calendario import fecha_larga
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.modules.ingresos import service
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios


class ReopenDialog(FittedDialog):
    """Asks why a day is opened again; ``fecha`` is that day."""

    def __init__(self, servicios: Servicios, fecha: date, parent: QWidget) -> None:
        super().__init__("Reabrir el día", parent)
        self._servicios, self.fecha = servicios, fecha
        self.motivo = TextField(largo=200)
        self.form = Form(
            {"motivo": Field("&Motivo", self.motivo, ayuda="Queda escrito con su nombre y la hora.")}
        )
        self.boton = Button("Reabrir", "primary", tecla="Enter")
        self.caja.addWidget(Label("Reabrir el día", "heading"))
        self.caja.addWidget(Label(fecha_larga(fecha), "body", "muted"))
        self.caja.addWidget(
            Note("Las cajas podrán abrir ese día y el diario de ingresos podrá cambiar.", "warn")
        )
        self.caja.addWidget(self.form)
        self.botones(self.boton)
        self.boton.clicked.connect(self._enviar)
        self.motivo.setFocus()

    def _enviar(self) -> None:
        self.form.limpiar()
        self._ocupar(True)
        orden = service.Reapertura(self.fecha, self.motivo.valor())
        self._servicios.jobs.escribir(service.reabrir_dia, orden, self._listo, self._fallo)

    def _listo(self, _nada: None) -> None:
        self._ocupar(False)
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self._ocupar(False)
        self.form.mostrar_error(error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase))

    def _ocupar(self, si: bool) -> None:
        self.form.setEnabled(not si)
        if si:
            self.boton.ocupar("Guardando…")
        else:
            self.boton.desocupar()

    def reject(self) -> None:
        """Go back, unless it is being written."""
        if self.form.isEnabled():
            super().reject()
