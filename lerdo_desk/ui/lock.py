"""Locks the window: after minutes without keys or mouse, or with Ctrl+L; only the same person opens it.

What was on screen is hidden, not covered, so that neither an eye nor a screen reader finds it; dialogs are
hidden with their drafts and come back as they were. Work that runs goes on.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QToolTip, QWidget
from shiboken6 import isValid

from lerdo_desk.ui.lock_page import LockPage
from lerdo_desk.ui.notes import Banner
from lerdo_desk.ui.overlay import encima

AVISO_S = 30
"""Seconds of warning before the idle lock."""
_CADA_MS = 1000
_TIPO = QEvent.Type
_ACTIVIDAD = (
    _TIPO.KeyPress,
    _TIPO.MouseMove,
    _TIPO.MouseButtonPress,
    _TIPO.Wheel,
    _TIPO.TouchBegin,
    _TIPO.TabletPress,
)


def reloj_con_suspension() -> float:
    """Give seconds that also run while the computer sleeps."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


class Lock(QObject):
    """Measures idleness, hides what is open and shows it again; ``pagina`` asks for the password."""

    bloqueada = Signal()
    abierta = Signal()

    def __init__(
        self,
        ventana: QMainWindow,
        pagina: LockPage,
        minutos: int,
        reloj: Callable[[], float] = reloj_con_suspension,
    ) -> None:
        """``minutos`` of idleness; ``reloj`` gives seconds."""
        super().__init__(ventana)
        self.pagina = pagina
        self.activo = False
        self._ventana, self._reloj, self._minutos = ventana, reloj, minutos
        self._ultimo = reloj()
        self._dialogos: list[QWidget] = []
        self._foco: QWidget | None = None
        self._aviso: Banner | None = None
        self._tictac = QTimer(self)
        self._tictac.setInterval(_CADA_MS)
        self._tictac.timeout.connect(self.mirar)
        self._tictac.start()

    def poner_minutos(self, minutos: int) -> None:
        """Change how long the window may stay idle."""
        self._minutos = minutos
        self._ultimo = self._reloj()

    def vigilar(self, ventana: QWindow) -> None:
        """Take keys and mouse of one window of the system as signs of life."""
        ventana.installEventFilter(self)

    def mirar(self) -> None:
        """Warn half a minute before, lock when the time has come."""
        if self.activo or not self._ventana.isVisible():
            return
        faltan = self._minutos * 60 - (self._reloj() - self._ultimo)
        if faltan <= 0:
            plural = "minuto" if self._minutos == 1 else "minutos"
            self.bloquear(f"Se bloqueó porque pasaron {self._minutos} {plural} sin actividad.")
        elif faltan <= AVISO_S:
            self._avisar(int(faltan + 0.999))
        else:
            self._callar()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note signs of life; Ctrl+L from any window; while locked, hide what opens by itself."""
        tipo = event.type()
        if self.activo:
            if tipo is _TIPO.Show and isinstance(watched, QWidget) and self._estorba(watched):
                self._esconder_luego(watched)
            return False
        if tipo not in _ACTIVIDAD or not isinstance(watched, QWindow):
            return False
        self._ultimo = self._reloj()
        self._callar()
        if isinstance(event, QKeyEvent) and _es_ctrl_l(event):
            self.bloquear("Usted la bloqueó con Ctrl+L.")
            return True
        return False

    # The warning --------------------------------------------------------------------------------------------

    def aviso(self) -> str:
        """Give the warning on screen, or an empty text."""
        return self._aviso.texto() if self._aviso is not None and isValid(self._aviso) else ""

    def _avisar(self, segundos: int) -> None:
        frase = f"Por inactividad se bloqueará en {segundos} s: mueva el ratón o pulse una tecla."
        if self._aviso is not None and isValid(self._aviso):
            self._aviso.poner(frase, "warn")
            return
        self._aviso = encima(self._ventana, frase)

    def _callar(self) -> None:
        if self._aviso is not None and isValid(self._aviso):
            self._aviso.hide()
            self._aviso.deleteLater()
        self._aviso = None

    # Locking and opening ------------------------------------------------------------------------------------

    def bloquear(self, motivo: str) -> None:
        """Hide all that is open and ask for the password, saying why."""
        if self.activo:
            return
        self._callar()
        self._cerrar_menus()
        self.activo = True
        self._dialogos = sorted((w for w in QApplication.topLevelWidgets() if self._tapar(w)), key=_hondura)
        for dialogo in reversed(self._dialogos):
            self._esconder(dialogo)
        self._foco = self._ventana.focusWidget()
        self.pagina.empezar(motivo)
        self.bloqueada.emit()
        self.pagina.enfocar()
        self._ventana.activateWindow()
        _aplicacion().installEventFilter(self)

    def abrir(self) -> None:
        """Show again what was open, with the focus where it was."""
        if not self.activo:
            return
        self.activo = False
        _aplicacion().removeEventFilter(self)
        self._ultimo = self._reloj()
        self.pagina.terminar()
        self.abierta.emit()
        if self._foco is not None and isValid(self._foco):
            self._foco.setFocus(Qt.FocusReason.OtherFocusReason)
        vivos, self._dialogos, self._foco = self._dialogos, [], None
        for dialogo in vivos:
            if isValid(dialogo):
                dialogo.setWindowOpacity(1.0)
                dialogo.show()

    def soltar(self) -> None:
        """Watch no more: the session ends, and what opens from now on is nobody's to hide."""
        self._tictac.stop()
        self._callar()
        _aplicacion().removeEventFilter(self)

    @staticmethod
    def _cerrar_menus() -> None:
        QToolTip.hideText()
        while (menu := QApplication.activePopupWidget()) is not None:
            if not menu.close():
                break

    def _tapar(self, widget: QWidget) -> bool:
        return widget.isVisible() and self._estorba(widget)

    def _estorba(self, widget: QWidget) -> bool:
        """Tell whether something is a window besides the locked one."""
        return widget.isWindow() and widget is not self._ventana

    def _esconder(self, dialogo: QWidget) -> None:
        dialogo.hide()
        if isinstance(dialogo, QDialog):
            # One that ends while it is hidden, because its work was done, does not come back.
            dialogo.finished.connect(self._ya_no)

    def _esconder_luego(self, dialogo: QWidget) -> None:
        """Hide what a job opened by itself: unseen at once, hidden as soon as Qt has shown it."""
        dialogo.setWindowOpacity(0.0)
        if dialogo not in self._dialogos:
            self._dialogos.append(dialogo)
        QTimer.singleShot(0, dialogo, lambda: self._esconder(dialogo) if self.activo else None)

    def _ya_no(self) -> None:
        quien = self.sender()
        self._dialogos = [d for d in self._dialogos if d is not quien]


def _es_ctrl_l(tecla: QKeyEvent) -> bool:
    return tecla.key() == Qt.Key.Key_L and tecla.modifiers() == Qt.KeyboardModifier.ControlModifier


def _hondura(widget: QWidget) -> int:
    """Count the windows that a window stands on: the lowest is shown first."""
    padre = widget.parentWidget()
    return 0 if padre is None else 1 + _hondura(padre)


def _aplicacion() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
