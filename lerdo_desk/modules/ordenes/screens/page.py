"""The list of órdenes de pago: found by folio, name or state, opened with Enter, issued with F12."""

from PySide6.QtCore import Qt

from lerdo_desk.hacienda.ordenes_vista import CANCELADA, PAGADA, VENCIDA, VIGENTE, OrdenVista, formato_folio
from lerdo_desk.modules.ordenes import service
from lerdo_desk.modules.ordenes.screens.detail import OrderDialog
from lerdo_desk.modules.ordenes.screens.new import NewOrderDialog
from lerdo_desk.modules.ordenes.screens.paper import imprimir
from lerdo_desk.ui.actions import Action
from lerdo_desk.ui.columns import TonoCelda
from lerdo_desk.ui.listing import Aspecto, Casos, ListPage, Opciones
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.pages import Servicios

_ASPECTO: dict[str, tuple[TonoCelda, str]] = {
    VIGENTE: ("info", "clock"),
    PAGADA: ("ok", "circle-check"),
    VENCIDA: ("warn", "alert-triangle"),
    CANCELADA: ("muted", "ban"),
}
_FOLIO = 14


class OrdersPage(ListPage):
    """Lists the orders with how each stands; a scanned folio opens its order."""

    def __init__(self, servicios: Servicios) -> None:
        self.dialogo: NewOrderDialog | None = None
        self.detalle: OrderDialog | None = None
        super().__init__(
            servicios,
            service.ORDENES.descripcion(),
            Casos(service.lista, service.lista_entera),
            Opciones(
                acciones=(
                    Action("nueva", "Nueva orden", "plus", "F12", service.emitir, self.nueva),
                    Action("imprimir", "Imprimir", "printer", "Ctrl+P", service.papel, self.imprimir),
                ),
                aspectos={
                    "folio": Aspecto(peso="medium"),
                    "estado": Aspecto(
                        tono=lambda v: _ASPECTO[v][0] if v in _ASPECTO else "text",
                        icono=lambda v: _ASPECTO[v][1] if v in _ASPECTO else "",
                    ),
                    "vence": Aspecto(tono="muted"),
                    "emitida": Aspecto(tono="muted"),
                },
                vacio=(
                    "Todavía no hay órdenes de pago",
                    "Emita la primera con F12; se paga en cualquier caja.",
                ),
                explicacion="Se pagan en cualquier caja con su folio de 14 cifras.",
            ),
        )
        self.abierta.connect(lambda _fila: self.abrir(self._folio()))
        self.elegida.connect(lambda _fila: self._encender())
        self._encender()

    def _folio(self) -> str:
        """Give the folio of the current row, empty when there is none or its column is not shown."""
        fila = self.actual()
        return str(self.valor(fila, "folio") or "") if fila is not None else ""

    def _encender(self) -> None:
        motivo = "" if self._folio() else "Elija una orden de la lista, con su folio a la vista"
        self.acciones.habilitar("imprimir", not motivo, motivo)

    def al_escanear(self, codigo: str) -> bool:
        """Open the order whose folio was scanned."""
        if len(codigo) != _FOLIO or not codigo.isdecimal():
            return False
        self.abrir(codigo)
        return True

    def abrir(self, folio: str) -> None:
        """Show one order, or say that there is none."""
        if folio:
            orden = service.Folio(folio)
            self.servicios.jobs.leer(service.ver, orden, self._mostrar, self._fallo, clave="ordenes.ver")

    def _mostrar(self, orden: OrdenVista) -> None:
        self.detalle = OrderDialog(self.servicios, orden, self)
        self.detalle.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.detalle.finished.connect(self._cerrado)
        self.detalle.open()

    def _cerrado(self) -> None:
        self.detalle = None

    def imprimir(self) -> None:
        """Print the current order."""
        folio = self._folio()
        if folio:
            imprimir(self.servicios, folio, lambda lugar: self._salio(folio, lugar), self._fallo)

    def _salio(self, folio: str, lugar: str) -> None:
        self.servicios.avisar(f"La orden {formato_folio(folio)} se imprimió en {lugar}.", "ok")

    def _fallo(self, error: Exception) -> None:
        self.servicios.avisar(explicar(error).frase, "bad")

    def nueva(self) -> None:
        """Ask what to issue."""
        self.dialogo = NewOrderDialog(self.servicios, self)
        self.dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialogo.accepted.connect(self._emitida)
        self.dialogo.open()

    def _emitida(self) -> None:
        """Print what was issued and show it."""
        if self.dialogo is None:
            return
        folio, self.dialogo = self.dialogo.folio, None
        imprimir(self.servicios, folio, lambda lugar: self._salio(folio, lugar), self._fallo)
        self.abrir(folio)
