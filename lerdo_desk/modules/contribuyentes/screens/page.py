"""The padrón of people: the list, and over it the file of the one that is opened."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from lerdo_desk.modules.contribuyentes import service
from lerdo_desk.modules.contribuyentes.screens.file import PersonFile
from lerdo_desk.modules.contribuyentes.screens.new import NewPersonDialog
from lerdo_desk.ui.actions import Action
from lerdo_desk.ui.listing import Aspecto, Casos, ListPage, Opciones
from lerdo_desk.ui.pages import Servicios

_DEL_PADRON = ("alta", "filtrar", "exportar")


class PeoplePage(ListPage):
    """Lists people; Enter opens one's file, F12 writes a new one."""

    def __init__(self, servicios: Servicios) -> None:
        self.dialogo: NewPersonDialog | None = None
        super().__init__(
            servicios,
            service.PADRON.descripcion(),
            Casos(service.padron, service.padron_entero),
            Opciones(
                acciones=(
                    Action("alta", "Dar de alta", "plus", "F12", service.dar_de_alta, self.dar_de_alta),
                ),
                aspectos={
                    "nombre": Aspecto(peso="medium"),
                    "estado": Aspecto(tono=lambda v: "muted" if v == service.PROPIO else "info"),
                },
                vacio=("Todavía no hay contribuyentes", "Dé de alta al primero o importe un padrón."),
                explicacion="Cada persona, con todas sus cuentas de cualquier dirección.",
            ),
        )
        self.expediente = PersonFile(servicios)
        self.pila = QStackedWidget()
        self._apilar()
        self.abierta.connect(lambda fila: self.abrir(int(fila[-1])))
        self.expediente.volver.connect(self.volver)

    def _apilar(self) -> None:
        """Put the list's card and the file one over the other."""
        caja = self.layout()
        hueco = caja.takeAt(0) if caja is not None else None
        tarjeta = hueco.widget() if hueco is not None else None
        if caja is None or tarjeta is None:
            return
        self.pila.addWidget(tarjeta)
        self.pila.addWidget(self.expediente)
        caja.addWidget(self.pila)

    @property
    def en_expediente(self) -> bool:
        """Tell whether a file is shown instead of the list."""
        return self.pila.currentWidget() is self.expediente

    def abrir(self, contribuyente_id: int) -> None:
        """Open a person's file."""
        self._mostrar(True)
        self.expediente.abrir(contribuyente_id)

    def volver(self) -> None:
        """Come back to the list, where it was left."""
        self._mostrar(False)
        self.vista.tabla.setFocus(Qt.FocusReason.OtherFocusReason)
        self.vista.leer()

    def _mostrar(self, expediente: bool) -> None:
        self.pila.setCurrentIndex(int(expediente))
        for clave in _DEL_PADRON:
            self.acciones.habilitar(clave, not expediente, "Vuelva primero a la lista")

    def al_entrar(self) -> None:
        """Read what is shown: the list, or the file that was left open."""
        if self.en_expediente:
            self.expediente.leer()
        else:
            super().al_entrar()

    def leer(self) -> None:
        """Read again what is shown."""
        if self.en_expediente:
            self.expediente.leer()
        else:
            super().leer()

    def _buscar(self) -> None:
        self._mostrar(False)
        super()._buscar()

    def dar_de_alta(self) -> None:
        """Ask who the new person is."""
        self.dialogo = NewPersonDialog(self.servicios, self)
        self.dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialogo.finished.connect(self._cerrado)
        self.dialogo.open()

    def _cerrado(self) -> None:
        """Open the file of whom was written, or of whom was written already."""
        dialogo, self.dialogo = self.dialogo, None
        if dialogo is None:
            return
        if isinstance(dialogo.resultado, int):
            self.servicios.avisar("La persona quedó dada de alta.", "ok")
            self.abrir(dialogo.resultado)
        elif dialogo.abrir is not None:
            self.abrir(dialogo.abrir)
