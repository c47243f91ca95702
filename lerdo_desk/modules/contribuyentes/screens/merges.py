"""The page of the merges made: who joined whom, when and why, and their undoing."""

from PySide6.QtCore import Qt

from lerdo_desk.modules.contribuyentes import service
from lerdo_desk.modules.contribuyentes.screens.apart import ApartDialog
from lerdo_desk.ui.actions import Action
from lerdo_desk.ui.listing import Aspecto, Casos, ListPage, Opciones
from lerdo_desk.ui.pages import Servicios


class MergesPage(ListPage):
    """Lists the merges; F12 sets the two records of one apart again."""

    def __init__(self, servicios: Servicios) -> None:
        self.dialogo: ApartDialog | None = None
        super().__init__(
            servicios,
            service.UNIONES.descripcion(),
            Casos(service.uniones, service.uniones_enteras),
            Opciones(
                acciones=(Action("separar", "Separar", "x", "F12", service.separar, self.separar),),
                aspectos={
                    "conserva": Aspecto(peso="medium"),
                    "estado": Aspecto(
                        tono=lambda v: "ok" if v == service.VIGENTE else "muted",
                        icono=lambda v: "circle-check" if v == service.VIGENTE else "arrow-back-up",
                    ),
                },
                vacio=("No se ha unido ningún registro", "Se unen desde la página de posibles duplicados."),
                explicacion="Unir no cambia cuentas ni recibos, y siempre se puede deshacer.",
            ),
        )
        self.elegida.connect(lambda _fila: self._encender())
        self._encender()

    def _encender(self) -> None:
        fila, motivo = self.actual(), ""
        if fila is None:
            motivo = "Elija una unión de la lista"
        elif self.valor(fila, "estado") == service.DESHECHA:
            motivo = "Esa unión ya se deshizo"
        self.acciones.habilitar("separar", not motivo, motivo)

    def separar(self) -> None:
        """Ask why the current merge is undone."""
        fila = self.actual()
        if fila is None:
            return
        conserva, absorbido = (str(self.valor(fila, c) or "el otro") for c in ("conserva", "absorbido"))
        self.dialogo = ApartDialog(self.servicios, int(fila[-1]), conserva, absorbido, self)
        self.dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialogo.accepted.connect(self._separada)
        self.dialogo.finished.connect(self._cerrado)
        self.dialogo.open()

    def _separada(self) -> None:
        self.servicios.avisar("Los dos registros quedaron separados, como estaban.", "ok")
        self.leer()

    def _cerrado(self) -> None:
        self.dialogo = None
