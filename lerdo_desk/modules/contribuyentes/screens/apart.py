"""The dialog that undoes a merge, with its reason."""

from PySide6.QtWidgets import QWidget

from lerdo_desk.modules.contribuyentes import service
from lerdo_desk.modules.contribuyentes.screens.sending import SendingDialog
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.pages import Servicios


class ApartDialog(SendingDialog):
    """Asks why two records are not the same person after all."""

    def __init__(
        self, servicios: Servicios, fusion_id: int, conserva: str, absorbido: str, parent: QWidget
    ) -> None:
        super().__init__("Separar registros", servicios, parent)
        self._fusion = fusion_id
        self.motivo = TextField(largo=200)
        self.form = Form({"motivo": Field("&Motivo", self.motivo)})
        self.boton = Button("Separar", "danger", icono="x")
        efecto = (
            f"«{absorbido}» vuelve a ser otra persona que «{conserva}», con sus propias cuentas y recibos. "
            "Ninguna cuenta ni recibo cambia."
        )
        self.caja.addWidget(Label("Separar registros", "heading"))
        self.caja.addWidget(Label(efecto, "body").en_parrafo())
        self.caja.addWidget(self.form)
        self.botones(None, self.boton)
        self.boton.clicked.connect(self._enviar)
        self.motivo.setFocus()

    def _enviar(self) -> None:
        if self.form.exigir("motivo"):
            self.mandar(service.separar, service.Separacion(self._fusion, self.motivo.valor()), "Separando…")
