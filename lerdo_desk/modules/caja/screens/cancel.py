"""«Cancelar recibo»: why, whether the original came back, a supervisor's signature, and what to give back."""

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import Cancelado, ErrorDeUso
from lerdo_desk.hacienda.cancelaciones import devolucion
from lerdo_desk.modules.caja import service
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Card
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.segmented import Segmented

_SI, _NO = "si", "no"
_ELIJA = "Elija un motivo"


class CancelDialog(FittedDialog):
    """Asks reason and original, then the signature, then seals the reversal; ``cancelado`` carries its id.

    The attempt keeps its ids: what failed half way goes on from there, and nothing is cancelled twice.
    """

    cancelado = Signal(str)

    def __init__(self, servicios: Servicios, recibo: service.ReciboDelTurno, parent: QWidget) -> None:
        super().__init__("Cancelar recibo", parent)
        self._servicios, self.recibo = servicios, recibo
        self._intento = str(uuid.uuid4())
        self._peticion: service.PeticionDeCancelacion | None = None
        self._firmada = False
        self.motivo = QComboBox()
        self.motivo.addItems([_ELIJA, *service.MOTIVOS])
        self.original = Segmented(
            "Recibo original", ((_SI, "Se &recuperó", "check"), (_NO, "&No se recuperó", "alert-triangle"))
        )
        self.nota = TextField(largo=120)
        self.form = Form(
            {
                "motivo": Field("&Motivo", self.motivo),
                "original": Field("Recibo original en papel", self.original),
                "nota": Field("No&ta", self.nota, ayuda="Obligatoria si el original no se recuperó."),
            }
        )
        self.boton = Button("Pedir firma", "primary", tecla="Enter")
        self._componer()
        self.boton.clicked.connect(self._pedir)
        self.motivo.setFocus()

    def _componer(self) -> None:
        resumen = Card(clase="inset")
        r = self.recibo
        resumen.caja.addWidget(Label(f"Recibo {r.etiqueta} · {formato(r.total)}", "name"))
        resumen.caja.addWidget(Label(f"{r.pagador} · {r.cuenta}", "body", "muted").en_parrafo())
        self.devuelve = Label(devolucion(r.pagos), "label", "warn").en_parrafo()
        self.caja.addWidget(Label("Cancelar recibo", "heading"))
        for parte in (resumen, self.devuelve, self.form):
            self.caja.addWidget(parte)
        self.botones(self.boton)
        self.boton.setDefault(True)

    def _pedir(self) -> None:
        """Ask for the signature, or go on with what was asked already."""
        if not self.boton.isEnabled():
            return
        self.form.limpiar()
        if self.motivo.currentIndex() <= 0:
            self.form.mostrar_error(ErrorDeUso("Elija el motivo de la cancelación.", "motivo"))
            return
        self._ocupar(True)
        dicha = self._dicha()
        if self._peticion is not None and _igual(dicha, self._peticion):
            self._cancelar() if self._firmada else self._firmar()
            return
        self._peticion, self._firmada = None, False
        self._servicios.jobs.escribir(
            service.pedir_cancelacion, dicha, lambda _id: self._pedida(dicha), self._fallo
        )

    def _dicha(self) -> service.PeticionDeCancelacion:
        return service.PeticionDeCancelacion(
            str(uuid.uuid4()),
            self.recibo.id,
            self.motivo.currentText(),
            self.original.clave() == _SI,
            self.nota.valor(),
        )

    def _pedida(self, peticion: service.PeticionDeCancelacion) -> None:
        self._peticion = peticion
        self._firmar()

    def _firmar(self) -> None:
        pedida = self._peticion
        if pedida is None:
            return
        original = service.RECUPERADO if pedida.recuperado else service.NO_RECUPERADO
        lineas = (
            f"Recibo {self.recibo.etiqueta} de {formato(self.recibo.total)}, {self.recibo.pagador}.",
            f"Motivo: {pedida.motivo}.",
            f"{original}. {pedida.nota}".strip(),
            devolucion(self.recibo.pagos),
        )
        self._servicios.firmar(
            "Cancelar un recibo",
            lineas,
            service.firmar_cancelacion,
            service.Firma(pedida.solicitud_id, aprueba=True, nota=f"{original}. {pedida.nota}".strip()),
            self._firmado,
            self._fallo,
        )

    def _firmado(self, _nada: None) -> None:
        self._firmada = True
        self._cancelar()

    def _cancelar(self) -> None:
        if self._peticion is None:
            return
        orden = service.Cancelacion(self._intento, self.recibo.id, self._peticion.solicitud_id)
        self._servicios.jobs.escribir(service.cancelar, orden, self._listo, self._fallo)

    def _listo(self, reversa_id: str) -> None:
        self._ocupar(False)
        self.accept()
        self.cancelado.emit(reversa_id)

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
        """Go back, unless the reversal is being written."""
        if self.form.isEnabled():
            super().reject()


def _igual(una: service.PeticionDeCancelacion, otra: service.PeticionDeCancelacion) -> bool:
    """Tell whether two requests say the same, whatever their ids."""
    return (una.recibo_id, una.motivo, una.recuperado, una.nota) == (
        otra.recibo_id,
        otra.motivo,
        otra.recuperado,
        otra.nota,
    )
