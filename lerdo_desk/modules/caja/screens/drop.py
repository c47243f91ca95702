"""«Retiro de efectivo»: how much and in which bag, signed on the spot by whoever receives it."""

import uuid
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.entrada import dinero
from lerdo_desk.base.errores import Cancelado, ErrorDeUso
from lerdo_desk.hacienda.documentos import ActaDeRetiro
from lerdo_desk.hacienda.turnos import PeticionDeRetiro, TurnoAbierto
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.paper import DropPaper
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, MoneyField, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.pages import Servicios


class DropDialog(FittedDialog):
    """Asks amount and bag, then the other person's signature; ``hecho`` says what was written.

    A second try with the same amount and bag goes on with what was asked already: nothing is written twice.
    """

    def __init__(self, servicios: Servicios, turno: TurnoAbierto, papel: DropPaper, parent: QWidget) -> None:
        super().__init__("Retiro de efectivo", parent)
        self._servicios, self._turno, self._papel = servicios, turno, papel
        self._orden: PeticionDeRetiro | None = None
        self._firmada = False
        self.hecho = ""
        self.importe = MoneyField(campo="importe", grande=True)
        self.bolsa = TextField(largo=40)
        ayuda = "El número impreso en la bolsa o en su sello."
        self.form = Form(
            {
                "importe": Field("&Importe que se retira", self.importe),
                "bolsa": Field("&Bolsa", self.bolsa, ayuda=ayuda),
            }
        )
        self.boton = Button("Pedir firma", "primary", tecla="Enter")
        explicacion = "Cuente el efectivo con quien lo recibe; esa persona firma aquí con su propio usuario."
        self.caja.addWidget(Label("Retiro de efectivo", "heading"))
        self.caja.addWidget(Label(explicacion, "body", "muted").en_parrafo())
        self.caja.addWidget(self.form)
        self.botones(self.boton)
        self.boton.clicked.connect(self._pedir)
        self.importe.setFocus()

    def _pedir(self) -> None:
        """Ask for the signature, or say beside the field what is missing."""
        if not self.boton.isEnabled():
            return
        self.form.limpiar()
        try:
            nueva = self._leida()
        except ErrorDeUso as error:
            self.form.mostrar_error(error)
            return
        self._ocupar(True)
        if self._orden is not None and replace(nueva, solicitud_id=self._orden.solicitud_id) == self._orden:
            self._retirar() if self._firmada else self._firmar(self._orden.solicitud_id)
            return
        self._orden, self._firmada = None, False
        self._servicios.jobs.escribir(
            service.pedir_retiro, nueva, lambda _id: self._pedida(nueva), self._fallo
        )

    def _leida(self) -> PeticionDeRetiro:
        dado = self.importe.valor()
        if dado is None:
            raise ErrorDeUso("Escriba cuánto efectivo retira.", "importe")
        if not self.bolsa.valor():
            self.bolsa.setFocus()
            raise ErrorDeUso("Escriba el número de la bolsa.", "bolsa")
        importe = dinero(dado, campo="importe")
        return PeticionDeRetiro(str(uuid.uuid4()), self._turno.id, importe, self.bolsa.valor())

    def _pedida(self, orden: PeticionDeRetiro) -> None:
        self._orden = orden
        self._firmar(orden.solicitud_id)

    def _firmar(self, solicitud_id: str) -> None:
        if self._orden is None:
            return
        lineas = (
            f"Recibe {formato(self._orden.importe)} en efectivo de «{self._turno.caja_nombre}».",
            f"Bolsa {self._orden.bolsa}.",
        )
        self._servicios.firmar(
            "Recibir un retiro de efectivo",
            lineas,
            service.recibir_retiro,
            service.FirmaDeRetiro(solicitud_id),
            self._firmado,
            self._fallo,
        )

    def _firmado(self, _nada: None) -> None:
        self._firmada = True
        self._retirar()

    def _retirar(self) -> None:
        self._servicios.jobs.escribir(service.retirar, self._orden, self._retirado, self._fallo)

    def _retirado(self, acta: ActaDeRetiro) -> None:
        self._ocupar(False)
        self._papel.nuevo(acta)
        hecho = acta.retiro
        self.hecho = f"Retiro {hecho.n} de {formato(hecho.importe)} en la bolsa {hecho.bolsa}."
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self._ocupar(False)
        if not isinstance(error, Cancelado):
            usable = error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase)
            self.form.mostrar_error(usable)

    def _ocupar(self, si: bool) -> None:
        self.form.setEnabled(not si)
        if si:
            self.boton.ocupar("Esperando la firma…")
        else:
            self.boton.desocupar()

    def reject(self) -> None:
        """Go back, unless the drop is being written."""
        if self.form.isEnabled():
            super().reject()
