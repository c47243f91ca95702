"""The law and the banks as they are loaded: lists to look at and to hand over, where nothing is changed."""

from lerdo_desk.base.listas import Pedido, Salida
from lerdo_desk.modules.sistema import service
from lerdo_desk.ui.fields import TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.listing import Aspecto, Casos, ListPage, Opciones
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_RESPALDO = Aspecto(
    tono=lambda v: "warn" if v == service.EJEMPLO else "ok",
    icono=lambda v: "alert-triangle" if v == service.EJEMPLO else "circle-check",
)
_ROTULO = "&En vigor el"
_LARGO_DE_FECHA = 10


class ParametersPage(ListPage):
    """Every dated value of the law; the field says on which day they must be in force."""

    def __init__(self, servicios: Servicios) -> None:
        self.dia = TextField(service.HOY, largo=_LARGO_DE_FECHA, sugerencia="todos")
        super().__init__(
            servicios,
            service.PARAMETROS.descripcion(),
            Casos(service.parametros, service.parametros_enteros, self._pedido, self._salida),
            Opciones(
                aspectos={
                    "clave": Aspecto(peso="medium"),
                    "modulo": Aspecto(tono="muted"),
                    "respaldo": _RESPALDO,
                    "fundamento": Aspecto(tono="muted"),
                },
                vacio=("Nada en vigor ese día", "Escriba otra fecha, o bórrela para ver todos."),
                explicacion="Entran con el paquete del municipio; aquí sólo se consultan.",
            ),
        )
        rotulo = Label(_ROTULO, "label")
        rotulo.setBuddy(self.dia)
        self.dia.setAccessibleName(_ROTULO.replace("&", ""))
        self.dia.setAccessibleDescription("Escriba hoy o una fecha como 31/01/2026; vacío muestra todos.")
        self.dia.setToolTip(self.dia.accessibleDescription())
        self.dia.setMaximumWidth(tema().px(M.columna + M.xl))
        for n, pieza in enumerate((rotulo, self.dia), 1):
            self.vista.barra.insertWidget(n, pieza)
        self.dia.editingFinished.connect(self._cambio)
        self._leido = self.dia.text()

    def _pedido(self, pedido: Pedido) -> service.EnVigor:
        return service.EnVigor(pedido, self.dia.text())

    def _salida(self, salida: Salida) -> service.EnVigorEntero:
        return service.EnVigorEntero(salida, self.dia.text())

    def _cambio(self) -> None:
        if self.dia.text() != self._leido:
            self._leido = self.dia.text()
            self.leer()


class BanksPage(ListPage):
    """The bank accounts where the money is deposited."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__(
            servicios,
            service.BANCOS.descripcion(),
            Casos(service.bancos, service.bancos_enteros),
            Opciones(
                aspectos={"numero": Aspecto(peso="medium"), "respaldo": _RESPALDO},
                vacio=("No hay cuentas bancarias", "Entran con el paquete del municipio."),
                explicacion="Entran con el paquete del municipio; aquí sólo se consultan.",
            ),
        )
