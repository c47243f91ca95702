"""What every dialog of people does when it sends: busy while it is written, errors beside their field."""

from PySide6.QtWidgets import QWidget

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Form
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.pages import Servicios


class SendingDialog(FittedDialog):
    """A dialog with a form and a button that writes; set ``form`` and ``boton``, then call ``mandar``."""

    form: Form
    boton: Button

    def __init__(self, titulo: str, servicios: Servicios, parent: QWidget) -> None:
        super().__init__(titulo, parent)
        self._servicios = servicios
        self.resultado: object = None
        """What the use case gave."""

    def mandar(self, caso: object, orden: object, mientras: str = "Guardando…") -> None:
        """Run a writing use case; the dialog is accepted when it is done and stays when it is not."""
        self.form.limpiar()
        self.form.setEnabled(False)
        self.boton.ocupar(mientras)
        self._servicios.jobs.escribir(caso, orden, self._listo, self._fallo)

    def _listo(self, resultado: object) -> None:
        self._soltar()
        self.resultado = resultado
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self._soltar()
        self.form.mostrar_error(error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase))

    def _soltar(self) -> None:
        self.form.setEnabled(True)
        self.boton.desocupar()

    def reject(self) -> None:
        """Go back, unless it is being written."""
        if self.form.isEnabled():
            super().reject()
