"""Actions as data, and the set of them that a page owns: buttons, keys and permissions from one declaration.

    Action("cobrar", "Cobrar", "cash", "F12", servicio.cobrar, self.cobrar)

An action whose use case the person may not run is hidden and dead. Keys live only while their page is
shown, because the same key in two pages would be ambiguous and fire neither.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from lerdo_desk.ui.buttons import Button, Clase
from lerdo_desk.ui.icons import icon
from lerdo_desk.ui.jobs import RunnerLike


@dataclass(frozen=True)
class Action:
    """One thing a person can do: ``caso`` is its use case (None: needs no permission), ``llamar`` does it.

    ``tecla`` is a key sequence (``F12``, ``Ctrl+E``) or empty; ``en_barra``: named in the status bar.
    """

    clave: str
    texto: str
    icono: str
    tecla: str
    caso: object | None
    llamar: Callable[[], None]
    en_barra: bool = True


class ActionSet(QObject):
    """The actions of one page; the window activates it with its page."""

    cambiaron = Signal()

    def __init__(self, pagina: QWidget, runner: RunnerLike, acciones: Sequence[Action]) -> None:
        """Build the QActions on ``pagina``; they stay dead until ``activar(True)``."""
        super().__init__(pagina)
        self._acciones = {accion.clave: accion for accion in acciones}
        self._q: dict[str, QAction] = {}
        self._puede = {a.clave: a.caso is None or runner.puede(a.caso) for a in acciones}
        self._habil = dict.fromkeys(self._acciones, True)
        self._motivo = dict.fromkeys(self._acciones, "")
        self._botones: dict[str, list[Button]] = {clave: [] for clave in self._acciones}
        self._activa = False
        for accion in acciones:
            self._q[accion.clave] = self._construir(pagina, accion)
        self._poner()

    def _construir(self, pagina: QWidget, accion: Action) -> QAction:
        q = (
            QAction(icon(accion.icono, "muted"), accion.texto, pagina)
            if accion.icono
            else QAction(accion.texto, pagina)
        )
        if accion.tecla:
            q.setShortcut(QKeySequence(accion.tecla))
            q.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            q.setAutoRepeat(False)
        q.triggered.connect(lambda _marcada=False, llamar=accion.llamar: llamar())
        pagina.addAction(q)
        return q

    def __getitem__(self, clave: str) -> QAction:
        """Give a QAction, e.g. for a menu."""
        return self._q[clave]

    def boton(self, clave: str, clase: Clase = "normal", *, grande: bool = False) -> Button:
        """Give a new button that does the action, follows its state and shows its key."""
        accion = self._acciones[clave]
        boton = Button(accion.texto, clase, icono=accion.icono, tecla=accion.tecla, grande=grande)
        boton.clicked.connect(self._q[clave].trigger)
        self._botones[clave].append(boton)
        self._poner()
        return boton

    def habilitar(self, clave: str, si: bool, motivo: str = "") -> None:
        """Enable or disable by the state of the page; ``motivo`` says why not (``Falta dinero``)."""
        self._habil[clave], self._motivo[clave] = si, motivo
        self._poner()

    def activar(self, si: bool) -> None:
        """Give or take the keys; called by the window when the page is shown or left."""
        self._activa = si
        self._poner()

    def puede(self, clave: str) -> bool:
        """Tell whether the person may do it at all."""
        return self._puede[clave]

    def teclas(self) -> tuple[tuple[str, str], ...]:
        """Give (key, text) of what may be pressed now, for the status bar."""
        return tuple(
            (a.tecla, a.texto.replace("&", ""))
            for a in self._acciones.values()
            if a.tecla and a.en_barra and self._puede[a.clave] and self._habil[a.clave]
        )

    def _poner(self) -> None:
        for clave, q in self._q.items():
            habil = self._puede[clave] and self._habil[clave]
            q.setVisible(self._puede[clave])
            q.setEnabled(habil and self._activa)
            for boton in self._botones[clave]:
                boton.setVisible(self._puede[clave]) if not self._puede[clave] else None
                boton.habilitar(habil, self._motivo[clave])
        self.cambiaron.emit()
