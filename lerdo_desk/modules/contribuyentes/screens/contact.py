"""The dialog that says how to reach a person from now on."""

from PySide6.QtWidgets import QWidget

from lerdo_desk.hacienda.personas import TIPOS_DE_CONTACTO
from lerdo_desk.modules.contribuyentes import service
from lerdo_desk.modules.contribuyentes.screens.sending import SendingDialog
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.pages import Servicios

_AYUDA = {
    "TELEFONO": "10 números con su lada, por ejemplo 555 010 0123.",
    "CORREO": "Por ejemplo nombre@ejemplo.com.",
    "DOMICILIO": "Donde se entregan los avisos, si no es el de sus cuentas.",
}
_MNEMONICO = {"TELEFONO": "&Teléfono", "CORREO": "&Correo electrónico", "DOMICILIO": "&Domicilio para avisos"}


class ContactDialog(SendingDialog):
    """Asks phone, e-mail and address for notices; an empty one takes the old one away."""

    def __init__(self, servicios: Servicios, expediente: service.Expediente, parent: QWidget) -> None:
        super().__init__("Editar contacto", servicios, parent)
        self._quien = expediente.persona.id
        self.campos = {t: TextField(expediente.contactos.get(t, "")) for t in TIPOS_DE_CONTACTO}
        self.form = Form(
            {t.lower(): Field(_MNEMONICO[t], campo, ayuda=_AYUDA[t]) for t, campo in self.campos.items()}
        )
        self.boton = Button("Guardar", "primary", tecla="Enter")
        self.boton.clicked.connect(self._enviar)
        self.caja.addWidget(Label("Cómo avisarle", "heading"))
        self.caja.addWidget(Label(expediente.persona.nombre, "body", "muted").en_parrafo())
        self.caja.addWidget(self.form)
        self.botones(self.boton)
        self.campos["TELEFONO"].setFocus()

    def _enviar(self) -> None:
        datos = (campo.valor() for campo in self.campos.values())
        self.mandar(service.cambiar_contacto, service.DatosDeContacto(self._quien, *datos))
