"""The search column at the left of a page: finds accounts while one types, and says which was chosen."""

from PySide6.QtCore import Qt, Signal

from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens import rows
from lerdo_desk.ui.cards import Card
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.search import SearchBox
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_VACIO = (
    "Escriba o escanee para buscar",
    "Clave, nombre o calle. El lector de código de barras también escribe aquí.",
)


class Finder(Card):
    """Asks at each letter, the latest wins; ``elegida`` carries the id of the account that was chosen."""

    elegida = Signal(int)

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios, self._buscado = servicios, ""
        self.buscador = SearchBox("Clave, nombre o calle", nombre="Buscar cuenta", vacio=_VACIO)
        self.nota = Note("", "warn")
        self.buscador.insertar(self.nota)
        self.setFixedWidth(tema().px(M.panel_izquierdo))
        margen = tema().px(M.m)
        self.caja.setContentsMargins(margen, margen, margen, margen)
        self.caja.addWidget(self.buscador)
        self.buscador.buscar.connect(self._buscar)
        self.buscador.elegido.connect(lambda hallado: self.elegida.emit(hallado.cuenta_id))

    def enfocar(self) -> None:
        """Put the focus on the search, with what is typed selected."""
        self.buscador.campo.setFocus(Qt.FocusReason.OtherFocusReason)
        self.buscador.campo.selectAll()

    def teclear(self, letra: str) -> None:
        """Begin a search with a letter that was typed elsewhere."""
        self.buscador.campo.setFocus(Qt.FocusReason.OtherFocusReason)
        self.buscador.campo.setText(letra)

    def _buscar(self, texto: str) -> None:
        self._buscado = texto
        self._servicios.jobs.leer(
            service.buscar, service.Buscar(texto), self._hallados, self._fallo, clave="caja.buscar"
        )

    def _hallados(self, hallados: tuple[service.Hallado, ...]) -> None:
        self.nota.poner("", "warn")
        self.buscador.mostrar([rows.resultado(h) for h in hallados], de=self._buscado)

    def _fallo(self, error: Exception) -> None:
        dicho = explicar(error)
        self.nota.poner(dicho.frase, dicho.tono)
        self.buscador.mostrar((), de=self._buscado)
