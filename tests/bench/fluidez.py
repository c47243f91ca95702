"""How long the window is deaf while a cashier works, and how soon a search answers, at 60,000 accounts.

Run it with ``python -m tests.bench.fluidez [CUENTAS]``: it drives the real window by keys, as the tour does,
while a timer beats every 5 ms. It prints the longest silence (aim 50 ms) and the search's time (aim 150 ms).
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from lerdo_desk import app, loader, recorrido
from lerdo_desk.modules.caja import service
from lerdo_desk.ui import theme

SILENCE_AIM_MS = 50
SEARCH_AIM_MS = 150
WORDS = (
    "pe",
    "peñ",
    "peña",
    "ort",
    "ortega",
    "ma",
    "guerrero mar",
    "noria",
    "nogal 1",
    "001",
    "00102",
    "zzz",
)


class _Walk(recorrido._Recorrido):
    """The tour without its pictures, with a heart that beats."""

    def start(self) -> None:
        self.silences: list[tuple[float, str]] = []
        self.last = time.perf_counter()
        self.heart = QTimer()
        self.heart.timeout.connect(self._beat)
        self.heart.start(5)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.silences.append(((now - self.last) * 1000, self.step))
        self.last = now

    def _foto(self, ventana: QWidget, nombre: str) -> None:
        self.step = f"after {nombre}"
        self._esperar(0.05)


def main() -> None:
    """Walk the street of a charge and time searches on the same database."""
    accounts = int(sys.argv[1]) if len(sys.argv) > 1 else 60_000
    recorrido.CUENTAS = accounts
    theme.antes_de_la_aplicacion()
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    theme.instalar(qt, "claro")
    with tempfile.TemporaryDirectory() as folder:
        walk = _Walk(qt, Path(folder), "claro", Path(folder) / "base")
        program = app.Aplicacion(walk._config)
        program.empezar()
        walk.step = "login"
        walk._entrar(program)
        walk.start()
        walk._caja(program)
        walk._cerrar_caja(program)
        walk.heart.stop()
        times = _searches(walk)
        program.ventana.close()
        program.terminar()
    longest = sorted(walk.silences, reverse=True)[:5]
    verdict = "within" if longest[0][0] <= SILENCE_AIM_MS else "OVER"
    print(f"{accounts:,} accounts: longest silence {longest[0][0]:.0f} ms ({verdict} {SILENCE_AIM_MS})")
    for milliseconds, step in longest:
        print(f"  {milliseconds:.0f} ms {step}")
    worst = max(times)
    verdict = "within" if worst <= SEARCH_AIM_MS else "OVER"
    median = statistics.median(times)
    print(f"search with debts: median {median:.0f} ms, worst {worst:.0f} ms ({verdict} {SEARCH_AIM_MS})")


def _searches(walk: _Walk) -> list[float]:
    """Give the milliseconds of each search through the use case, after one warm-up."""
    runner = loader.entrar(walk._config, "cajero", walk._frases["cajero"]).runner
    runner.ejecutar(service.buscar, service.Buscar("x"))
    times = []
    for words in WORDS:
        before = time.perf_counter()
        runner.ejecutar(service.buscar, service.Buscar(words))
        times.append((time.perf_counter() - before) * 1000)
    runner.cerrar()
    return times


if __name__ == "__main__":
    main()
