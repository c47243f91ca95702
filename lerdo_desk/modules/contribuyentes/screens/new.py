"""The dialog that writes a new person, and offers who is written already while one types."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from lerdo_desk.hacienda.personas import FISICA, MORAL
from lerdo_desk.modules.contribuyentes import service
from lerdo_desk.modules.contribuyentes.screens.sending import SendingDialog
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Card, fila
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.segmented import Segmented
from lerdo_desk.ui.tokens import M

OFRECIDAS = 3
"""People offered at once."""


def en_una_linea(persona: service.Persona) -> str:
    """Name a person with their keys: ``Gloria Hernández · HEGG560427MVZ``."""
    return " · ".join(dato for dato in (persona.nombre, persona.rfc, persona.curp) if dato)


class NewPersonDialog(SendingDialog):
    """Asks who a person is; ``abrir`` is the id of one written already whose file was asked for instead."""

    def __init__(self, servicios: Servicios, parent: QWidget) -> None:
        super().__init__("Dar de alta", servicios, parent)
        self.abrir: int | None = None
        self.tipo = Segmented("Tipo de persona", ((FISICA, "Persona &física"), (MORAL, "Persona &moral")))
        self.campos = {c: TextField(largo=n) for c, n in _LARGOS.items()}
        self.form = Form(
            {"tipo": Field("Tipo de persona", self.tipo)}
            | {c: Field(_ROTULOS[c], campo) for c, campo in self.campos.items()}
        )
        for par in (("rfc", "curp"), ("telefono", "correo")):
            juntar(self.form, *par)
        self.parecidas = Card(clase="inset")
        self._ofertas: list[Button] = []
        self.boton = Button("Dar de alta", "primary", tecla="Enter")
        self._componer()
        for clave in ("nombre", "rfc", "curp"):
            self.campos[clave].textChanged.connect(self._preguntar)
        self.tipo.elegido.connect(self._segun_tipo)
        self.boton.clicked.connect(self._enviar)
        self.campos["nombre"].setFocus()

    def _componer(self) -> None:
        self.caja.addWidget(Label("Dar de alta a una persona", "heading"))
        self.caja.addWidget(self.form)
        self.parecidas.hide()
        self.parecidas.caja.addWidget(Label("¿No será una de éstas? Ábrala en vez de repetirla.", "label"))
        for _ in range(OFRECIDAS):
            oferta = Button("Persona parecida", "ghost")
            oferta.clicked.connect(partial(self._abrir_la_suya, oferta))
            self._ofertas.append(oferta)
            self.parecidas.caja.addWidget(oferta)
        self.caja.addWidget(self.parecidas)
        self.botones(self.boton)

    def persona(self) -> service.PersonaNueva:
        """Give what is typed of the person."""
        nombre, rfc, curp = (self.campos[c].valor() for c in ("nombre", "rfc", "curp"))
        return service.PersonaNueva(nombre, self.tipo.clave(), rfc, curp)

    def _segun_tipo(self, tipo: str) -> None:
        moral = tipo == MORAL
        self.form.campos["curp"].setEnabled(not moral)
        if moral:
            self.campos["curp"].clear()

    def _preguntar(self) -> None:
        orden = self.persona()
        self._servicios.jobs.leer(
            service.semejantes,
            orden,
            partial(self._ofrecer, orden),
            lambda _error: None,
            clave="contribuyentes.semejantes",
        )

    def _ofrecer(self, pregunta: service.PersonaNueva, halladas: Sequence[service.Persona]) -> None:
        """Show who may be the person that is typed; an answer to older words is thrown away."""
        if pregunta != self.persona():
            return
        for boton, persona in zip(self._ofertas, halladas[:OFRECIDAS], strict=False):
            boton.poner(en_una_linea(persona).replace("&", "&&"))
            boton.setProperty("quien", persona.id)
        for n, boton in enumerate(self._ofertas):
            boton.setVisible(n < len(halladas))
        self.parecidas.setVisible(bool(halladas))

    def _abrir_la_suya(self, boton: Button) -> None:
        self.abrir = int(boton.property("quien"))
        self.reject()

    def _enviar(self) -> None:
        if not self.form.exigir("nombre"):
            return
        contacto = (self.campos[c].valor() for c in ("telefono", "correo", "domicilio"))
        self.mandar(service.dar_de_alta, service.Alta(self.persona(), *contacto))


def juntar(form: Form, una: str, otra: str) -> None:
    """Put two fields of a form side by side."""
    primero, segundo = form.campos[una], form.campos[otra]
    lugar = form.caja.indexOf(primero)
    for campo in (primero, segundo):
        form.caja.removeWidget(campo)
    juntos = fila(separacion=M.m)
    juntos.addWidget(primero, 1)
    juntos.addWidget(segundo, 1)
    form.caja.insertLayout(lugar, juntos)


_LARGOS = {"nombre": 200, "rfc": 15, "curp": 20, "telefono": 20, "correo": 120, "domicilio": 200}
_ROTULOS = {
    "nombre": "&Nombre completo o razón social",
    "rfc": "&RFC",
    "curp": "&CURP",
    "telefono": "&Teléfono",
    "correo": "C&orreo electrónico",
    "domicilio": "&Domicilio para avisos",
}
