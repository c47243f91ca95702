"""The window: sidebar, top bar, training banner, pages made when first shown, status bar."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QCloseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from lerdo_desk.base.errores import Cancelado, ErrorDeUso
from lerdo_desk.config import Configuracion
from lerdo_desk.ui import printing, theme
from lerdo_desk.ui.actions import ActionSet
from lerdo_desk.ui.bars import StatusBar, TopBar
from lerdo_desk.ui.cards import Card, EmptyState, columna
from lerdo_desk.ui.guards import Guards
from lerdo_desk.ui.jobs import Job, Jobs, RunnerLike
from lerdo_desk.ui.labels import TonoChip
from lerdo_desk.ui.links import Enlaces
from lerdo_desk.ui.lock import Lock
from lerdo_desk.ui.lock_page import LockPage
from lerdo_desk.ui.messages import Accion, Banner, ErrorDialog, Toasts, Tono, explicar
from lerdo_desk.ui.navigation import Sidebar
from lerdo_desk.ui.pages import Pagina, Servicios
from lerdo_desk.ui.preferences import GUARDADO, PreferencesDialog
from lerdo_desk.ui.progress import BusyLine
from lerdo_desk.ui.signature import Acto, SignDialog
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

__all__ = ["Entorno", "Pagina", "Servicios", "Ventana"]

PRODUCTO = "Lerdo Desk"
SIN_PAGINAS = (
    "No hay pantallas para su perfil",
    "Pida a quien administra las cuentas de usuario que revise el perfil de la suya.",
)
CODIGO_AJENO = "Ese código no es de un recibo ni de una orden: {}"
_LARGO_DICHO = 40
CAPACITACION = "CAPACITACIÓN · Datos ficticios: nada de lo que haga aquí se cobra de verdad."


@dataclass(frozen=True)
class Entorno:
    """Where the window is: the municipality, what it is connected to and who sits there."""

    municipio: str
    servidor: str
    perfil: str
    capacitacion: bool = False
    version: str = ""


class Ventana(QMainWindow):
    """The program's window after login. ``salir``: the person asked to end the session."""

    salir = Signal()
    cerrada = Signal()
    configurada = Signal(object)
    """The station's settings that the person has just saved."""

    def __init__(
        self,
        jobs: Jobs,
        runner: RunnerLike,
        config: Configuracion,
        paginas: Sequence[Pagina],
        entorno: Entorno,
        enlaces: Enlaces = Enlaces(),  # noqa: B008 — it is frozen
    ) -> None:
        """Show the pages that the person may see; the first one opens at once."""
        super().__init__()
        self._jobs, self._enlaces = jobs, enlaces
        self._paginas = {p.clave: p for p in paginas if p.caso is None or runner.puede(p.caso)}
        self._vivas: dict[str, QWidget] = {}
        self._actual = ""
        self._cerrar_al_terminar = False
        self._doblada_a_mano = False
        self._lateral = Sidebar(PRODUCTO, "building-community", tuple(self._paginas.values()))
        self._superior = TopBar(entorno.municipio, runner.actor.nombre, entorno.perfil)
        self._estado = StatusBar(entorno.servidor)
        self._pila = QStackedWidget()
        self._centro = QWidget()
        self._todo = QStackedWidget()
        self._componer(entorno)
        pagina = LockPage(runner.actor.nombre, entorno.perfil)
        candado = Lock(self, pagina, config.bloqueo_minutos)
        self.resguardo = Guards(self, self._todo, candado, jobs, enlaces)
        self._toasts = Toasts(self._centro, self._reserva)
        self._linea = BusyLine(self._centro)
        self.servicios = self._servicios(runner, config)
        self._conectar()
        self.resize(M.ventana_ancho, M.ventana_alto)
        self.setMinimumSize(M.ventana_minima_ancho, M.ventana_minima_alto)
        if self._paginas:
            self.ir(next(iter(self._paginas)))
        else:
            self._sin_paginas()

    def _componer(self, entorno: Entorno) -> None:
        self.setWindowTitle(PRODUCTO)
        self._centro.setProperty("fondo", "bg")
        self._centro.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        dentro = QVBoxLayout(self._centro)
        dentro.setContentsMargins(0, 0, 0, 0)
        dentro.setSpacing(0)
        if entorno.capacitacion:
            dentro.addWidget(Banner(CAPACITACION, "warn"))
        dentro.addWidget(self._pila, 1)
        derecha = QVBoxLayout()
        derecha.setSpacing(0)
        for parte, peso in ((self._superior, 0), (self._centro, 1), (self._estado, 0)):
            derecha.addWidget(parte, peso)
        raiz = QWidget()
        caja = QHBoxLayout(raiz)
        caja.setContentsMargins(0, 0, 0, 0)
        caja.setSpacing(0)
        caja.addWidget(self._lateral)
        caja.addLayout(derecha, 1)
        self._todo.addWidget(raiz)
        self.setCentralWidget(self._todo)

    def _sin_paginas(self) -> None:
        """Say that there is nothing here for this person, and who can help."""
        tarjeta, pagina = Card(), QWidget()
        tarjeta.caja.addWidget(EmptyState("user-search", *SIN_PAGINAS))
        pagina.setLayout(columna(tarjeta, margen=M.l))
        self._pila.addWidget(pagina)
        self._superior.poner_titulo(PRODUCTO)
        self._superior.persona.setFocus()

    def _servicios(self, runner: RunnerLike, config: Configuracion) -> Servicios:
        return Servicios(
            jobs=self._jobs,
            runner=runner,
            config=config,
            avisar=self.avisar,
            error=self.mostrar_error,
            imprimir=self._imprimir,
            caja=self._estado_de_caja,
            ir=self.ir,
            firmar=self._firmar,
            extras=dict(self._enlaces.extras),
        )

    def _conectar(self) -> None:
        self._lateral.elegida.connect(self.ir)
        self._lateral.doblada.connect(self._doblar_a_mano)
        self._jobs.ocupado.connect(self._linea.mostrar)
        self._superior.tema.clicked.connect(lambda: tema().elegir(tema().siguiente()))
        self._superior.persona.setMenu(self._menu())
        for numero, clave in enumerate(list(self._paginas)[:9], 1):
            self.resguardo.atajo(f"Ctrl+{numero}", partial(self.ir, clave))
        self.resguardo.leido.connect(self._escaneado)
        self.salir.connect(self.resguardo.soltar)
        self.resguardo.pagina.salir.connect(self.salir)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        grupo = QActionGroup(menu)
        for nombre, texto in theme.NOMBRES.items():
            opcion = menu.addAction(f"Tema: {texto.lower()}")
            opcion.setCheckable(True)
            opcion.setChecked(tema().nombre == nombre)
            opcion.triggered.connect(partial(self._elegir_tema, nombre))
            grupo.addAction(opcion)
        menu.addSeparator()
        menu.addAction("Preferencias…").triggered.connect(self.preferencias)
        menu.addAction("Bloquear    Ctrl+L").triggered.connect(self.resguardo.bloquear)
        menu.addSeparator()
        menu.addAction("Cerrar sesión").triggered.connect(self.salir)
        return menu

    @staticmethod
    def _elegir_tema(nombre: str) -> None:
        tema().elegir(nombre)

    def ir(self, clave: str) -> None:
        """Show a page, made the first time; its keys replace those of the last. KeyError if there is none."""
        pagina = self._paginas[clave]
        if clave == self._actual:
            self._lateral.marcar(clave)
            return
        self._dejar()
        if clave not in self._vivas:
            self._vivas[clave] = pagina.fabrica(self.servicios)
            self._pila.addWidget(self._vivas[clave])
        self._actual = clave
        widget = self._vivas[clave]
        self._pila.setCurrentWidget(widget)
        self._lateral.marcar(clave)
        self._superior.poner_titulo(pagina.titulo)
        self.setWindowTitle(f"{PRODUCTO} · {pagina.titulo}")
        acciones = getattr(widget, "acciones", None)
        if isinstance(acciones, ActionSet):
            acciones.cambiaron.connect(self._mostrar_teclas)
            acciones.activar(True)
        self._mostrar_teclas()
        _llamar(widget, "al_entrar")

    def _dejar(self) -> None:
        widget = self._vivas.get(self._actual)
        if widget is None:
            return
        acciones = getattr(widget, "acciones", None)
        if isinstance(acciones, ActionSet):
            acciones.cambiaron.disconnect(self._mostrar_teclas)
            acciones.activar(False)
        _llamar(widget, "al_salir")

    def paginas(self) -> tuple[str, ...]:
        """List the claves of the pages that the person may see, in the sidebar's order."""
        return tuple(self._paginas)

    def pagina_actual(self) -> str:
        """Give the clave of the page shown."""
        return self._actual

    def widget_de(self, clave: str) -> QWidget | None:
        """Give the widget of a page, None when it was never shown."""
        return self._vivas.get(clave)

    def insignia(self, clave: str, texto: str) -> None:
        """Show in the sidebar how many things wait in a page."""
        self._lateral.insignia(clave, texto)

    def avisar(self, texto: str, tono: Tono = "ok", accion: Accion | None = None) -> object:
        """Show a toast at the bottom right; while the window is locked it waits."""
        if self.resguardo.espera(partial(self.avisar, texto, tono, accion)):
            return None
        return self._toasts.avisar(texto, tono, accion)

    def mostrar_error(self, error: Exception) -> None:
        """Show any error: a toast for what the person can put right, a dialog for the rest."""
        if self.resguardo.espera(partial(self.mostrar_error, error)):
            return
        if isinstance(error, ErrorDeUso | Cancelado):
            dicho = explicar(error)
            self.avisar(dicho.frase, dicho.tono)
        else:
            ErrorDialog(error, self).open()

    def estado_de_servidor(self, texto: str, conectado: bool) -> None:
        """Write the server's line at the foot."""
        self._estado.poner_servidor(texto, conectado)

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the keys of this window from its first appearance."""
        super().showEvent(event)
        self.resguardo.vigilar(self.windowHandle())

    def _escaneado(self, codigo: str) -> None:
        """Give a code to the page shown, and name one that it does not know."""
        tomar = getattr(self._vivas.get(self._actual), "al_escanear", None)
        if not (callable(tomar) and tomar(codigo)):
            self.avisar(CODIGO_AJENO.format(codigo[:_LARGO_DICHO]), "warn")

    def _firmar(
        self,
        titulo: str,
        lineas: Sequence[str],
        caso: object,
        orden: object,
        listo: Callable[[Any], None],
        fallo: Callable[[Exception], None],
    ) -> SignDialog:
        encima = QApplication.activeModalWidget() or self
        acto = Acto(titulo, lineas, caso, orden)
        dialogo = SignDialog(acto, self._jobs, self._enlaces.firmar, listo, fallo, encima)
        dialogo.open()
        return dialogo

    def preferencias(self) -> None:
        """Open the preferences of this station."""
        PreferencesDialog(self.servicios.config, self._jobs, self._enlaces, self._configurar, self).open()

    def _configurar(self, nueva: Configuracion) -> None:
        self.servicios.config = nueva
        self.resguardo.candado.poner_minutos(nueva.bloqueo_minutos)
        if theme.tema().nombre != nueva.tema:
            theme.tema().elegir(nueva.tema)
        self.configurada.emit(nueva)
        self.avisar(GUARDADO, "ok")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show icons alone below 1,500 px, unless the person has chosen."""
        super().resizeEvent(event)
        if not self._doblada_a_mano:
            self._lateral.acortar(self.width() < tema().px(M.contraer_bajo))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close at once, or as soon as what is being saved is saved."""
        if self._jobs.escribiendo:
            event.ignore()
            if not self._cerrar_al_terminar:
                self._cerrar_al_terminar = True
                self._jobs.tranquilo.connect(self.close)
                self.avisar("Se está guardando; el programa se cierra en cuanto termine.", "info")
            return
        event.accept()
        self.resguardo.soltar()
        self.cerrada.emit()

    def _doblar_a_mano(self) -> None:
        self._doblada_a_mano = True

    def _estado_de_caja(self, texto: str, tono: TonoChip) -> None:
        self._superior.caja.poner(texto, tono)

    def _reserva(self) -> int:
        return int(getattr(self._vivas.get(self._actual), "reserva_abajo", 0))

    def _mostrar_teclas(self) -> None:
        acciones = getattr(self._vivas.get(self._actual), "acciones", None)
        self._estado.poner_teclas(acciones.teclas() if isinstance(acciones, ActionSet) else ())

    def _imprimir(
        self,
        documento: str,
        pdf: bytes,
        nombre: str,
        listo: Callable[[str], None],
        fallo: Callable[[Exception], None],
    ) -> Job:
        return self._jobs.hacer(
            partial(printing.imprimir, self.servicios.config.impresion_de(documento), pdf, nombre),
            listo,
            fallo,
        )


def _llamar(widget: QWidget, nombre: str) -> None:
    """Call a page's hook when it has one: any QWidget serves as a page."""
    funcion = getattr(widget, nombre, None)
    if callable(funcion):
        funcion()
