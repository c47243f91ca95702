"""The field of who will pay: a name as it is typed, or a person of the books chosen from what it offers."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QListView

from lerdo_desk.modules.ordenes import service
from lerdo_desk.ui.form import TextField
from lerdo_desk.ui.jobs import Jobs

_LETRAS = 3


class PersonField(TextField):
    """A name; ``elegida`` carries the Persona that was chosen, None once the name is changed by hand."""

    elegida = Signal(object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(largo=200, sugerencia="Apellidos y nombre, o razón social")
        self._jobs = jobs
        self._personas: tuple[service.Persona, ...] = ()
        self.persona: service.Persona | None = None
        self._modelo = QStringListModel(self)
        self.opciones = QCompleter(self._modelo, self)
        self.opciones.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.opciones.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.lista = QListView()
        self.lista.setAccessibleName("Personas con ese nombre")
        self.opciones.setPopup(self.lista)
        # Not setCompleter: it would write the whole line of the list, with address and account, as the name.
        self.opciones.setWidget(self)
        self.opciones.activated.connect(self._elegir)
        self.textEdited.connect(self._escrito)

    def _escrito(self, texto: str) -> None:
        if self.persona is not None:
            self.persona = None
            self.elegida.emit(None)
        if len(texto.strip()) < _LETRAS:
            self.lista.hide()
            return
        orden = service.Quien(texto)
        self._jobs.leer(service.personas, orden, self._ofrecer, lambda _error: None, clave="ordenes.personas")

    def _ofrecer(self, personas: Sequence[service.Persona]) -> None:
        self._personas = tuple(personas)
        self._modelo.setStringList([_renglon(p) for p in self._personas])
        if self._personas and self.hasFocus() and self.persona is None:
            self.opciones.complete()
        else:
            self.lista.hide()

    def _elegir(self, renglon: str) -> None:
        persona = next((p for p in self._personas if _renglon(p) == renglon), None)
        if persona is not None:
            self.poner(persona)

    def poner(self, persona: service.Persona) -> None:
        """Take a person of the books."""
        self.persona = persona
        self.setText(persona.nombre)
        self.lista.hide()
        self.elegida.emit(persona)


def _renglon(persona: service.Persona) -> str:
    return " · ".join(p for p in (persona.nombre, persona.domicilio, persona.cuenta) if p)
