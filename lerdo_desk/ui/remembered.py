"""What a person has chosen of how things look, known at once and written to the database behind their back.

It is read whole at login. A value is kept here the moment it changes and written a little later, the last
one of each key alone, because widths change many times while they are dragged.
"""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer

from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.ui.jobs import Jobs, RunnerLike
from lerdo_desk.ui.tokens import AVISO_MS


class Remembered(QObject):
    """Keeps text (JSON) by key for who is logged in; ``orden`` makes the order of the writing use case."""

    def __init__(
        self,
        jobs: Jobs,
        runner: RunnerLike,
        caso: object,
        orden: Callable[[str, str], object],
        leidos: Mapping[str, str],
    ) -> None:
        """``leidos``: everything the person had kept, as it was read at login."""
        super().__init__()
        self._jobs, self._runner, self._caso, self._orden = jobs, runner, caso, orden
        self._valores = dict(leidos)
        self._pendientes: dict[str, str] = {}
        self._en_camino: dict[str, str] = {}
        self._abierta = True
        self._reloj = QTimer(self)
        self._reloj.setSingleShot(True)
        self._reloj.setInterval(AVISO_MS)
        self._reloj.timeout.connect(self.escribir)

    def recordado(self, clave: str) -> str | None:
        """Give what is kept under a key, None when there is nothing."""
        return self._valores.get(clave)

    def recordar(self, clave: str, valor: str) -> None:
        """Keep a value under a key; an empty one forgets it."""
        if valor == self._valores.get(clave, ""):
            return
        self._valores[clave] = valor
        if not valor:
            del self._valores[clave]
        self._pendientes[clave] = valor
        if self._abierta and not self._reloj.isActive():
            self._reloj.start()

    def escribir(self) -> None:
        """Send what has changed to the database now (a pause has passed, or the window is locked)."""
        self._reloj.stop()
        if not self._abierta:
            return
        pendientes, self._pendientes = self._pendientes, {}
        for clave, valor in pendientes.items():
            self._en_camino[clave] = valor
            quedo = partial(self._quedo, clave, valor)
            orden = self._orden(clave, valor)
            self._jobs.escribir(self._caso, orden, quedo, partial(self._no_quedo, clave, valor))

    def cerrar(self) -> None:
        """Send nothing more through the window's threads: what comes now waits for ``asentar``."""
        self._abierta = False
        self._reloj.stop()

    def asentar(self) -> None:
        """Write what is not known to be written, in the thread that calls; for the end of a session.

        What the database does not take is lost: it is only how things looked.
        """
        faltan = self._en_camino | self._pendientes
        self._en_camino, self._pendientes = {}, {}
        for clave, valor in faltan.items():
            try:
                self._runner.ejecutar(self._caso, self._orden(clave, valor))
            except ErrorDeUso:
                continue
            except ErrorDeEntorno:
                return

    def _quedo(self, clave: str, valor: str, _nada: object) -> None:
        if self._en_camino.get(clave) == valor:
            del self._en_camino[clave]

    def _no_quedo(self, clave: str, valor: str, _error: Exception) -> None:
        """Try once more at the end of the session; nobody is told, for nothing of theirs was lost."""
        self._quedo(clave, valor, None)
        self._pendientes.setdefault(clave, valor)
