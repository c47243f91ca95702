"""Runs work off the GUI thread and brings its result back to it: two readers, one writer, and others.

Every result and every error arrives in the GUI thread, through the callbacks given with the work. The one
broad ``except`` of the program stands here, at the border of the threads: whatever goes wrong reaches
``fallo(exc)``.
"""

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from lerdo_desk.ui.tokens import OCUPADO_MS

TURNO_S = 0.001
"""Seconds that a thread may hold Python while another one waits."""

Listo = Callable[[Any], None]
Fallo = Callable[[Exception], None]
_AVANCE_CADA = 0.05  # seconds between two reports of progress: a bar needs no more


class ActorLike(Protocol):
    """Who is logged in, as the shell needs it."""

    @property
    def usuario(self) -> str:
        """Give the login."""

    @property
    def nombre(self) -> str:
        """Give the person's name."""

    @property
    def perfiles(self) -> frozenset[str]:
        """Give the profiles of the person."""


class RunnerLike(Protocol):
    """What the shell asks of core's Runner."""

    @property
    def actor(self) -> ActorLike:
        """Give who is logged in."""

    @property
    def ejecutar(self) -> Callable[..., Any]:
        """Run ``(caso, orden, *, avance, cancelado)``; gives an object with ``valor`` and ``tablas``."""

    @property
    def puede(self) -> Callable[..., bool]:
        """Tell whether the person may run a use case: ``puede(caso)``."""


class Job:
    """One piece of work under way; ``cancelar`` asks it to stop, ``al_terminar`` says when it has."""

    def __init__(self) -> None:
        self.cancelado = threading.Event()
        self.activo = True
        self.inicio = time.monotonic()
        self._despues: list[Callable[[], None]] = []

    def cancelar(self) -> None:
        """Ask the work to stop; it then ends in ``fallo(Cancelado)`` and nothing is written."""
        self.cancelado.set()

    def al_terminar(self, funcion: Callable[[], None]) -> None:
        """Call a function in the GUI thread when the work has ended, however it ended."""
        self._despues.append(funcion)

    def terminar(self) -> None:
        """Mark the work as ended (called by Jobs, in the GUI thread)."""
        self.activo = False
        for funcion in self._despues:
            funcion()


class Jobs(QObject):
    """The only door from the screens to threads."""

    tocadas = Signal(object)
    """The frozenset of table names of each finished write: open lists that show one of them refresh."""
    ocupado = Signal(bool)
    """True when some work has lasted over 400 ms, False when none is left."""
    tranquilo = Signal()
    """No write is under way any more."""
    _entrega = Signal(object)

    def __init__(self, runner: RunnerLike | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # A worker that draws a paper holds Python for 5 ms at a time by default, and each of the many
        # small calls of the GUI thread waits for its turn: measured, 100 ms of deafness become 50.
        sys.setswitchinterval(TURNO_S)
        self.runner = runner
        self._lectores = ThreadPoolExecutor(2, thread_name_prefix="lectura")
        self._escritor = ThreadPoolExecutor(1, thread_name_prefix="escritura")
        self._otros = ThreadPoolExecutor(2, thread_name_prefix="aparte")
        self._en_vuelo: dict[str, Callable[[], None] | None] = {}
        self._activos: set[Job] = set()
        self._escribiendo = 0
        self._cerrado = False
        self._ocupado = False
        self._entrega.connect(self._entregar)  # emitted by workers only, so Qt queues it to the GUI thread
        self._reloj = QTimer(self)
        self._reloj.setInterval(OCUPADO_MS // 4)
        self._reloj.timeout.connect(self._mirar)

    def usar(self, runner: RunnerLike) -> None:
        """Give the Runner of who has just logged in."""
        self.runner = runner

    def leer(
        self, caso: object, orden: object, listo: Listo, fallo: Fallo, *, clave: str | None = None
    ) -> None:
        """Run a reading use case on a read thread; ``listo(valor)`` or ``fallo(exc)`` follow.

        With ``clave`` only one read of that key is in flight: of those asked meanwhile the last is run when
        it ends, and what the older ones gave is thrown away.
        """
        if self._cerrado:
            return
        if clave is None:
            self._mandar_lectura(caso, orden, listo, fallo)
            return
        empezar = partial(self._leer_con_clave, caso, orden, listo, fallo, clave=clave)
        if clave in self._en_vuelo:
            self._en_vuelo[clave] = empezar
        else:
            empezar()

    def _leer_con_clave(self, caso: object, orden: object, listo: Listo, fallo: Fallo, *, clave: str) -> None:
        self._en_vuelo[clave] = None

        def si_vigente(entregar: Callable[[Any], None], valor: object) -> None:
            siguiente = self._en_vuelo.pop(clave, None)
            if siguiente is not None:
                siguiente()
            else:
                _llamar(entregar, valor)

        self._mandar_lectura(caso, orden, partial(si_vigente, listo), partial(si_vigente, fallo))

    def _mandar_lectura(self, caso: object, orden: object, listo: Listo, fallo: Fallo) -> None:
        job = self._nuevo()
        trabajo = partial(self._runner().ejecutar, caso, orden, cancelado=job.cancelado)
        self._lectores.submit(self._correr, job, trabajo, lambda hecho: _llamar(listo, hecho.valor), fallo)

    def escribir(
        self,
        caso: object,
        orden: object,
        listo: Listo,
        fallo: Fallo,
        *,
        avance: Callable[[Any], None] | None = None,
    ) -> Job:
        """Run a writing use case on the one write thread, in the order asked.

        ``listo(valor)`` or ``fallo(exc)`` follow in the GUI thread, after ``tocadas``; ``avance(progress)``
        arrives there too, at most 20 times a second.
        """
        job = self._nuevo()
        self._escribiendo += 1
        job.al_terminar(self._fin_de_escritura)
        reporte = _Avance(self._entrega.emit, avance) if avance is not None else None

        def al_hecho(hecho: Any) -> None:  # noqa: ANN401 — core's Done, which ui may not import
            if hecho.tablas:
                self.tocadas.emit(frozenset(hecho.tablas))
            _llamar(listo, hecho.valor)

        trabajo = partial(self._runner().ejecutar, caso, orden, avance=reporte, cancelado=job.cancelado)
        self._escritor.submit(self._correr, job, trabajo, al_hecho, fallo)
        return job

    def hacer(self, funcion: Callable[[], Any], listo: Listo, fallo: Fallo) -> Job:
        """Run a plain function (printing, keyring, opening the database) on a thread of its own."""
        job = self._nuevo()
        self._otros.submit(self._correr, job, funcion, partial(_llamar, listo), fallo)
        return job

    def avisador(self, avance: Callable[[Any], None]) -> Callable[[Any], None]:
        """Wrap a progress callback so that a function given to ``hacer`` may call it from its thread."""
        return _Avance(self._entrega.emit, avance)

    @property
    def activo(self) -> bool:
        """Tell whether any work has not ended yet."""
        return bool(self._activos)

    @property
    def escribiendo(self) -> bool:
        """Tell whether some write has not ended yet."""
        return self._escribiendo > 0

    def cerrar(self) -> None:
        """Refuse new work, drop what has not begun, wait for what has; nothing is delivered afterwards."""
        self._cerrado = True
        self._reloj.stop()
        for job in self._activos:
            job.cancelar()
        for ejecutor in (self._lectores, self._escritor, self._otros):
            ejecutor.shutdown(wait=True, cancel_futures=True)

    def _runner(self) -> RunnerLike:
        if self.runner is None:
            raise RuntimeError("Jobs.usar(runner) comes before the first use case")
        return self.runner

    def _nuevo(self) -> Job:
        if self._cerrado:
            raise RuntimeError("the window is closing: no new work")
        job = Job()
        self._activos.add(job)
        self._reloj.start() if not self._reloj.isActive() else None
        return job

    def _correr(self, job: Job, trabajo: Callable[[], Any], bien: Listo, mal: Fallo) -> None:
        """Run in a worker thread; the only place where any error is caught."""
        try:
            valor = trabajo()
        except Exception as error:  # noqa: BLE001 — the border: every error reaches a person
            entrega = partial(_llamar, mal, error)
        else:
            entrega = partial(bien, valor)
        if not self._cerrado:
            self._entrega.emit((job, entrega))

    def _entregar(self, paquete: tuple[Job | None, Callable[[], None]]) -> None:
        job, entrega = paquete
        if self._cerrado:
            return
        try:
            entrega()
        finally:
            if job is not None:
                self._activos.discard(job)
                job.terminar()
                self._mirar()

    def _fin_de_escritura(self) -> None:
        self._escribiendo -= 1
        if self._escribiendo == 0:
            self.tranquilo.emit()

    def _mirar(self) -> None:
        """Say when work begins to last, and when none is left."""
        ahora = time.monotonic()
        lento = any((ahora - job.inicio) * 1000 >= OCUPADO_MS for job in self._activos)
        if not self._activos:
            self._reloj.stop()
        if lento != self._ocupado:
            self._ocupado = lento
            self.ocupado.emit(lento)


class _Avance:
    """Carries progress to the GUI thread, the first and then one each 50 ms (the last one always)."""

    def __init__(self, emitir: Callable[[object], None], avance: Callable[[Any], None]) -> None:
        self._emitir, self._avance, self._ultimo = emitir, avance, 0.0

    def __call__(self, progreso: object) -> None:
        ahora = time.monotonic()
        completo = getattr(progreso, "done", 0) == getattr(progreso, "total", None)
        if completo or ahora - self._ultimo >= _AVANCE_CADA:
            self._ultimo = ahora
            self._emitir((None, partial(_llamar, self._avance, progreso)))


def _llamar(funcion: Callable[[Any], None], valor: object) -> None:
    """Call back, unless the widget that asked is gone."""
    ultima: Any = funcion
    while isinstance(ultima, partial):
        ultima = ultima.func
    dueno = getattr(ultima, "__self__", None)
    if isinstance(dueno, QObject) and not isValid(dueno):
        return
    funcion(valor)
