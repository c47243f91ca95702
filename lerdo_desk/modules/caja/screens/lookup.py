"""The page of those who look at accounts and charge none: search, account card, debts and their detail."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from lerdo_desk.hacienda.adeudos import AdeudoCargo
from lerdo_desk.hacienda.modelos import Cargo, Renglon
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.account import AccountView, SumsBar
from lerdo_desk.modules.caja.screens.detail import DetailDialog
from lerdo_desk.modules.caja.screens.finder import Finder
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.cards import Card, EmptyState, fila
from lerdo_desk.ui.pages import Page, Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_TABLAS = frozenset({Cargo.__tablename__, Renglon.__tablename__})


class LookupPage(Page):
    """Finds an account and shows what it owes today; nothing here writes."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios = servicios
        self._pedida: int | None = None
        self.acciones: ActionSet = ActionSet(
            self,
            servicios.runner,
            (
                Action("buscar", "Buscar", "search", "F2", service.buscar, self._buscar),
                Action("detalle", "Detalle", "list-details", "F3", service.ver_cuenta, self._detalle),
                Action("actualizar", "Actualizar", "refresh", "F5", service.ver_cuenta, self._actualizar),
            ),
        )
        self.busqueda = Finder(servicios)
        self.cuenta = AccountView(self.acciones, SumsBar())
        self._derecha = QStackedWidget()
        vacio = Card()
        frase = "Busque al contribuyente con F2 para ver lo que debe el día de hoy."
        vacio.caja.addWidget(EmptyState("home-search", "Sin cuenta abierta", frase))
        for parte in (vacio, self.cuenta):
            self._derecha.addWidget(parte)
        caja = fila(self.busqueda, separacion=M.l, margen=M.l)
        caja.addWidget(self._derecha, 1)
        self.setLayout(caja)
        self._conectar()
        self._encender()

    def _conectar(self) -> None:
        self.busqueda.elegida.connect(self.abrir)
        self.cuenta.abierto.connect(self._mostrar_detalle)
        self.cuenta.tecleado.connect(self.busqueda.teclear)
        self._servicios.jobs.tocadas.connect(self._tocadas)

    def al_entrar(self) -> None:
        """Put the focus on the search, and see whether the open account has changed."""
        self.busqueda.enfocar()
        self._actualizar()

    def abrir(self, cuenta_id: int) -> None:
        """Show an account as it stands today, with the focus on its debts."""
        self._pedida = cuenta_id
        self._leer(cuenta_id)

    def _leer(self, cuenta_id: int) -> None:
        orden = service.Consulta(cuenta_id)
        self._servicios.jobs.leer(
            service.ver_cuenta, orden, self._vista, self._servicios.error, clave="caja.cuenta_vista"
        )

    def _vista(self, cuenta: service.EstadoDeCuenta) -> None:
        """Show what was read; the focus goes to the debts of an account that was just chosen."""
        recien, self._pedida = self._pedida == cuenta.cuenta_id, None
        if not recien and not self.con_cuenta():
            return
        self.cuenta.mostrar(cuenta)
        self.cuenta.total.poner(cuenta.cargos)
        self._derecha.setCurrentWidget(self.cuenta)
        self._encender()
        if recien and cuenta.cargos:
            self.cuenta.enfocar()

    def con_cuenta(self) -> bool:
        """Tell whether an account is open."""
        return self._derecha.currentWidget() is self.cuenta

    def _actualizar(self) -> None:
        if self._pedida is not None:
            self._leer(self._pedida)
        elif self.con_cuenta() and self.cuenta.cuenta is not None:
            self._leer(self.cuenta.cuenta.cuenta_id)

    def _tocadas(self, tablas: frozenset[str]) -> None:
        if tablas & _TABLAS:
            self._actualizar()

    def _buscar(self) -> None:
        self.busqueda.enfocar()

    def _detalle(self) -> None:
        cargo = self.cuenta.actual()
        if self.con_cuenta() and cargo is not None:
            self._mostrar_detalle(cargo)

    def _mostrar_detalle(self, cargo: AdeudoCargo) -> None:
        DetailDialog(cargo, self).open()

    def _cerrar(self) -> None:
        self._pedida = None
        self.cuenta.cerrar()
        self._derecha.setCurrentIndex(0)
        self._encender()

    def _encender(self) -> None:
        """Enable the keys that make sense now."""
        con_detalle = self.con_cuenta() and self.cuenta.actual() is not None
        self.acciones.habilitar("detalle", con_detalle, "Abra una cuenta con adeudos")
        self.acciones.habilitar("actualizar", self.con_cuenta(), "Abra una cuenta")
        self.reserva_abajo = self.cuenta.total.height() + tema().px(M.l) if con_detalle else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc: from the debts to the search, from an empty search to no account."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.busqueda.buscador.campo.hasFocus():
            self.busqueda.enfocar()
        elif self.con_cuenta():
            self._cerrar()
