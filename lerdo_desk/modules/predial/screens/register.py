"""The padrón: its list, the account that is opened from it, and what may be asked of either."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QStackedWidget

from lerdo_desk.modules.predial import service
from lerdo_desk.modules.predial.screens.account import AccountPanel
from lerdo_desk.modules.predial.screens.contact import abrir_contacto
from lerdo_desk.modules.predial.screens.drafts import CONTACTO, MOVIMIENTO, DraftsDialog, borradores
from lerdo_desk.modules.predial.screens.movement import abrir_movimiento
from lerdo_desk.modules.predial.screens.requests import abrir_solicitud
from lerdo_desk.modules.predial.screens.tabs import HISTORIA, tono_de_estado
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.cards import Card, columna, fila
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.listing import Aspecto, Casos, ListView, Opciones
from lerdo_desk.ui.pages import Page, Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_ICONOS = {service.ACTIVA: "circle-check", service.EN_REVISION: "alert-triangle", service.BAJA: "ban"}
_DE_LISTA = ("buscar", "filtrar", "exportar", "alta")
_DE_CUENTA = ("movimiento", "contacto", "historia", "siguiente", "anterior")


class RegisterPage(Page):
    """List and account in one page; Esc goes from the account back to its row."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self.servicios = servicios
        self.lista = ListView(
            servicios,
            service.PADRON.descripcion(),
            Casos(service.padron, service.padron_entero),
            Opciones(
                aspectos={
                    "clave": Aspecto(peso="medium"),
                    "titular": Aspecto(peso="medium"),
                    "estado": Aspecto(tono=tono_de_estado, icono=lambda v: _ICONOS.get(v, "")),
                },
                vacio=("Todavía no hay cuentas", "Importe el padrón, o pida el alta de la primera con F12."),
            ),
        )
        self.acciones: ActionSet = ActionSet(self, servicios.runner, self._acciones())
        self.lista.barra.addWidget(self.acciones.boton("exportar"))
        self.cuenta = AccountPanel(
            servicios,
            self.acciones.boton("contacto"),
            self.acciones.boton("movimiento", "primary"),
        )
        self._pila = QStackedWidget()
        for parte in (self._con_titulo(), self.cuenta):
            self._pila.addWidget(parte)
        self.setLayout(columna(self._pila, margen=M.l))
        self.lista.abierta.connect(lambda fila_: self.abrir(fila_[-1]))
        self.cuenta.contacto.connect(self.contacto)
        self.cuenta.solicitud.connect(lambda id_: abrir_solicitud(servicios, self, id_))
        self.cuenta.leida.connect(self._encender)
        servicios.jobs.tocadas.connect(self._tocadas)
        self._encender()

    def _acciones(self) -> tuple[Action, ...]:
        pedir, ver = service.pedir_movimiento, service.padron
        return (
            Action("alta", "Alta de cuenta", "plus", "F12", pedir, self.alta),
            Action("movimiento", "Pedir movimiento", "edit", "F12", pedir, self.movimiento),
            Action("buscar", "Buscar", "search", "F2", ver, self._buscar),
            Action("contacto", "Contacto", "user", "F3", service.ver_contacto, self._contacto),
            Action("actualizar", "Actualizar", "refresh", "F5", ver, self.leer),
            Action("historia", "Historia", "history", "F7", service.historia_de, self._historia),
            Action(
                *("siguiente", "Siguiente apartado", "chevron-right", "F6", service.datos_de),
                lambda: self.cuenta.girar(1),
            ),
            Action(
                *("anterior", "Apartado anterior", "chevron-left", "Shift+F6", service.datos_de),
                lambda: self.cuenta.girar(-1),
                en_barra=False,
            ),
            Action("borradores", "Mis borradores", "folder", "Ctrl+B", pedir, self.borradores),
            Action("filtrar", "Filtrar", "filter", "Ctrl+F", ver, self.lista.pedir_filtros, False),
            Action(
                "exportar", "Exportar", "table-export", "Ctrl+E", service.padron_entero, self.lista.exportar
            ),
        )

    def _con_titulo(self) -> Card:
        margen, alto = tema().px(M.l), tema().px(M.m)
        ayuda = "Enter abre la cuenta. Lo que se pida cambiar espera la firma de otra persona."
        titulos = columna(Label("Padrón predial", "title"), Label(ayuda, "caption", "muted"), separacion=0)
        arriba = fila(separacion=M.m)
        arriba.addLayout(titulos, 1)
        arriba.addWidget(self.acciones.boton("borradores", "ghost"))
        arriba.addWidget(self.acciones.boton("alta", "primary"))
        arriba.setContentsMargins(margen, alto, margen, alto)
        tarjeta = Card(pegada=True)
        tarjeta.caja.addLayout(arriba)
        tarjeta.caja.addWidget(self.lista, 1)
        return tarjeta

    # Where one is -------------------------------------------------------------------------------------------

    def con_cuenta(self) -> bool:
        """Tell whether an account is open."""
        return self._pila.currentWidget() is self.cuenta

    def al_entrar(self) -> None:
        """Read what is shown, with the focus on it."""
        if self.con_cuenta():
            self.cuenta.ver(self.cuenta.selector.clave())
        else:
            self.lista.tabla.setFocus(Qt.FocusReason.OtherFocusReason)
        self.leer()

    def leer(self) -> None:
        """Read the list or the open account again."""
        (self.cuenta if self.con_cuenta() else self.lista).leer()

    def abrir(self, cuenta_id: int) -> None:
        """Show an account."""
        self._pila.setCurrentWidget(self.cuenta)
        self.cuenta.abrir(cuenta_id)
        self._encender()

    def volver(self) -> None:
        """Go back to the list, at the row it was left at."""
        self._pila.setCurrentIndex(0)
        self.lista.tabla.setFocus(Qt.FocusReason.OtherFocusReason)
        self._encender()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape and self.con_cuenta():
            self.volver()
        else:
            super().keyPressEvent(event)

    def _encender(self) -> None:
        """Give its keys to what is shown; F12 is one thing on the list and another on an account."""
        abierta = self.con_cuenta()
        for clave in _DE_LISTA:
            self.acciones.habilitar(clave, not abierta, "Vuelva a la lista con Esc")
        for clave in _DE_CUENTA:
            listo = abierta and self.cuenta.datos is not None
            self.acciones.habilitar(clave, listo, "Espere a que se lea la cuenta")

    def _buscar(self) -> None:
        self.lista.campo.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.lista.campo.selectAll()

    def _historia(self) -> None:
        self.cuenta.ver(HISTORIA.clave)

    # What may be asked --------------------------------------------------------------------------------------

    def alta(self) -> None:
        """Ask for a new account."""
        abrir_movimiento(self.servicios, self, service.ALTA, None)

    def movimiento(self) -> None:
        """Show the movements that the account's state allows, to choose one."""
        datos = self.cuenta.datos
        if datos is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName("Movimientos")
        for posible in service.MOVIMIENTOS.values():
            if datos.estado in posible.desde:
                opcion = menu.addAction(posible.titulo)
                opcion.triggered.connect(
                    lambda _marcada=False, clave=posible.clave, cuenta=datos.cuenta_id: abrir_movimiento(
                        self.servicios, self, clave, cuenta
                    )
                )
        if menu.isEmpty():
            self.servicios.avisar("La cuenta está de baja; ya no admite movimientos.", "info")
            return
        menu.setActiveAction(menu.actions()[0])
        cabeza = self.cuenta.cabeza
        esquina = cabeza.mapToGlobal(QPoint(cabeza.width(), cabeza.height()))
        menu.popup(esquina - QPoint(menu.sizeHint().width() + tema().px(M.l), tema().px(M.m)))

    def contacto(self, contribuyente_id: int) -> None:
        """Open how a person is reached."""
        abrir_contacto(self.servicios, self, contribuyente_id)

    def _contacto(self) -> None:
        persona = self.cuenta.persona()
        if persona is not None:
            self.contacto(persona)

    def borradores(self) -> None:
        """Show the forms that were left in progress."""
        self.servicios.jobs.escribir(
            service.mis_apuntes, service.Mios(service.BORRADOR), self._con_borradores, self.servicios.error
        )

    def _con_borradores(self, apuntes: Mapping[str, str]) -> None:
        dialogo = DraftsDialog(self.servicios, apuntes, self)
        dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        leidos = borradores(apuntes)
        dialogo.elegido.connect(lambda clave: self._continuar(clave, leidos[clave]))
        dialogo.open()

    def _continuar(self, clave: str, borrador: Mapping[str, object]) -> None:
        """Open the form that a draft belongs to; it finds the draft by itself."""
        if clave.startswith(CONTACTO):
            self.contacto(int(str(borrador["contribuyente_id"])))
        elif clave.startswith(MOVIMIENTO):
            cuenta = borrador["cuenta_id"]
            abrir_movimiento(
                self.servicios, self, str(borrador["movimiento"]), int(str(cuenta)) if cuenta else None
            )

    def _tocadas(self, tablas: frozenset[str]) -> None:
        """Keep the list true while an account stands before it; what is visible reads itself again."""
        if tablas & self.lista.lista.tablas and self.con_cuenta():
            self.lista.leer()
