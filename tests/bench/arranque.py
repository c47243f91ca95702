"""How long the login takes to be painted, against an empty PySide6 window started the same way.

Run it with ``python -m tests.bench.arranque``: it prints both medians and their ratio (aim: at most 1.3).
Each start is a new process; the two kinds take turns so that a busy machine slows both alike.
"""

import os
import statistics
import subprocess
import sys
import time

AIM = 1.3
ROUNDS = 9

_COMMON = """
import sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow
class Paint(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.UpdateRequest and watched.isVisible():
            print("READY", flush=True)
            import os
            os._exit(0)
        return False
"""
EMPTY = (
    _COMMON
    + """
qt = QApplication(sys.argv)
window = QMainWindow()
window.resize(780, 460)
paint = Paint()
window.installEventFilter(paint)
window.show()
qt.exec()
"""
)
LOGIN = (
    """
from lerdo_desk import config, loader
app = loader.ventana()
"""
    + _COMMON
    + """
from lerdo_desk.config import Configuracion
from lerdo_desk.ui import theme
theme.antes_de_la_aplicacion()
qt = QApplication(sys.argv)
theme.instalar(qt, "claro")
program = app.Aplicacion(Configuracion("sqlite:////nowhere/municipio.db", semilla_capacitacion="0"))
program.empezar()
paint = Paint()
program.ventana.installEventFilter(paint)
qt.exec()
"""
)


def one_start(script: str) -> float:
    """Give the seconds from spawning a process to its first paint."""
    environment = os.environ | {"QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}
    # Both kinds start from compiled code, as on every start but a machine's very first.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    before = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        seconds = time.perf_counter() - before
    if said.strip() != "READY":
        raise SystemExit("the window was never painted")
    return seconds


def measure(rounds: int = ROUNDS) -> tuple[float, float]:
    """Give the medians (empty window, login) in seconds after one warm-up of each."""
    for script in (EMPTY, LOGIN):
        one_start(script)
    pairs = [(one_start(EMPTY), one_start(LOGIN)) for _ in range(rounds)]
    return statistics.median(e for e, _ in pairs), statistics.median(i for _, i in pairs)


def main() -> None:
    """Print both figures and the ratio."""
    empty, login = measure()
    verdict = "within" if login <= AIM * empty else "OVER"
    ratio = f"ratio {login / empty:.2f} ({verdict} {AIM})"
    print(f"empty window {empty * 1000:.0f} ms, login {login * 1000:.0f} ms, {ratio}")


if __name__ == "__main__":
    main()
