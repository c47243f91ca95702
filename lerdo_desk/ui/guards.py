"""What watches over the window: its lock, its scanner, and what must wait while it is locked."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from lerdo_desk.ui.jobs import Jobs
from lerdo_desk.ui.links import Enlaces
from lerdo_desk.ui.lock import Lock
from lerdo_desk.ui.lock_page import LockPage
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.overlay import encima
from lerdo_desk.ui.scanner import Scanner
from lerdo_desk.ui.tokens import AVISO_MS

CON_DIALOGO = "No se leyó el código: termine o cierre primero «{}»."


class Guards(QObject):
    """Puts the lock's page in the window's stack and takes it away; ``leido`` carries what was scanned."""

    leido = Signal(str)

    def __init__(
        self, ventana: QMainWindow, pila: QStackedWidget, candado: Lock, jobs: Jobs, enlaces: Enlaces
    ) -> None:
        """``pila``: the window's content, and beside it the lock's page; the first one is the content."""
        super().__init__(ventana)
        self._ventana, self._pila, self._jobs, self._enlaces = ventana, pila, jobs, enlaces
        self._atajos: list[QShortcut] = []
        self._pendientes: list[Callable[[], object]] = []
        self._suelto = False
        self.candado, self.lector = candado, Scanner(self)
        pila.addWidget(candado.pagina)
        candado.bloqueada.connect(self._bloqueada)
        candado.abierta.connect(self._abierta)
        candado.pagina.abrir.connect(self._comprobar)
        self.lector.leido.connect(self._leido)
        self.atajo("Ctrl+L", self.bloquear)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self.vigilar)

    @property
    def pagina(self) -> LockPage:
        """Give what a locked window shows."""
        return self.candado.pagina

    def atajo(self, tecla: str, hacer: Callable[[], None]) -> None:
        """Bind a key of the whole window, dead while it is locked."""
        nuevo = QShortcut(QKeySequence(tecla), self._ventana)
        nuevo.activated.connect(hacer)
        self._atajos.append(nuevo)

    def vigilar(self, ventana: QWindow | None) -> None:
        """Watch keys and mouse of one window of the system: this one, or a dialog that takes the focus."""
        if ventana is not None and not self._suelto:
            self.lector.vigilar(ventana)
            self.candado.vigilar(ventana)

    def soltar(self) -> None:
        """Watch no more: the session ends, and the windows that come now are another's."""
        self._suelto, self.lector.activo = True, False
        self.candado.soltar()

    def bloquear(self) -> None:
        """Lock because the person asks for it."""
        self.candado.bloquear("Usted la bloqueó.")

    def espera(self, decir: Callable[[], object]) -> bool:
        """While the window is locked keep something to be said when it opens, and give True."""
        if self.candado.activo:
            self._pendientes.append(decir)
        return self.candado.activo

    def _bloqueada(self) -> None:
        self.lector.olvidar()
        self._encender(False)
        self._pila.setCurrentWidget(self.pagina)

    def _abierta(self) -> None:
        self._pila.setCurrentIndex(0)
        self._encender(True)
        pendientes, self._pendientes = self._pendientes, []
        for decir in pendientes:
            decir()

    def _encender(self, si: bool) -> None:
        self.lector.activo = si
        for atajo in self._atajos:
            atajo.setEnabled(si)

    def _comprobar(self, frase: str) -> None:
        self._jobs.hacer(
            partial(self._enlaces.comprobar, frase),
            lambda _n: self.candado.abrir(),
            lambda error: self.pagina.fallar(explicar(error).frase),
        )

    def _leido(self, codigo: str) -> None:
        """Hand a code on, unless a dialog is in the way: then say so over it."""
        modal = QApplication.activeModalWidget()
        if modal is None:
            self.leido.emit(codigo)
            return
        cartel = encima(self._ventana, CON_DIALOGO.format(modal.windowTitle()))
        QTimer.singleShot(AVISO_MS, cartel, cartel.deleteLater)
