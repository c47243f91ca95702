"""The search column at the left of a page: finds accounts while one types, and says which was chosen."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

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
    "Clave, nombre, calle, folio de la orden de pago o del recibo. El lector de códigos sirve en cualquier "
    "parte de la pantalla.",
)


class Finder(Card):
    """Asks at each letter, the latest wins.

    ``elegida`` carries the id of the account that was chosen; ``agregada`` that of one to be charged beside
    those already open («+» in the field or the list).
    """

    elegida = Signal(int)
    agregada = Signal(int)

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios, self._buscado = servicios, ""
        self.buscador = SearchBox("Clave, nombre, calle o folio", nombre="Buscar cuenta", vacio=_VACIO)
        self.nota = Note("", "warn")
        self.buscador.insertar(self.nota)
        self.setFixedWidth(tema().px(M.panel_izquierdo))
        margen = tema().px(M.m)
        self.caja.setContentsMargins(margen, margen, margen, margen)
        self.caja.addWidget(self.buscador)
        self.buscador.buscar.connect(self._buscar)
        self.buscador.elegido.connect(lambda hallado: self.elegida.emit(hallado.cuenta_id))
        for parte in (self.buscador.campo, self.buscador.lista):
            parte.installEventFilter(self)
        self.buscador.campo.textChanged.connect(self._vaciado)

    def enfocar(self) -> None:
        """Put the focus on the search, with what is typed selected."""
        self.buscador.campo.setFocus(Qt.FocusReason.OtherFocusReason)
        self.buscador.campo.selectAll()

    def teclear(self, letra: str) -> None:
        """Begin a search with a letter that was typed elsewhere."""
        self.buscador.campo.setFocus(Qt.FocusReason.OtherFocusReason)
        self.buscador.campo.setText(letra)

    def escanear(self, codigo: str) -> None:
        """Search for what the scanner read, and open it when there is only one."""
        self.buscador.campo.setFocus(Qt.FocusReason.OtherFocusReason)
        self.buscador.abrir_al_llegar(codigo)

    def agregar(self) -> bool:
        """Ask that the current result be charged too; tell whether there is one."""
        actual = self.buscador.actual()
        if not isinstance(actual, service.Hallado):
            return False
        self.agregada.emit(actual.cuenta_id)
        self.enfocar()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take «+» for «this one too» while there are results."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        return event.text() == "+" and self.agregar()

    def _vaciado(self, texto: str) -> None:
        if not texto.strip():
            self.nota.poner("", "warn")

    def _buscar(self, texto: str) -> None:
        self._buscado = texto
        self._servicios.jobs.leer(
            service.buscar, service.Buscar(texto), self._hallados, self._fallo, clave="caja.buscar"
        )

    def _hallados(self, hallados: service.Hallados) -> None:
        if self._buscado != self.buscador.campo.text():
            return
        self.nota.poner(hallados.frase if hallados else "", "info")
        nada = ("No hay nada que cobrar", hallados.frase) if hallados.frase else None
        self.buscador.mostrar([rows.resultado(h) for h in hallados], de=self._buscado, nada=nada)

    def _fallo(self, error: Exception) -> None:
        dicho = explicar(error)
        self.nota.poner(dicho.frase, dicho.tono)
        self.buscador.mostrar((), de=self._buscado)
