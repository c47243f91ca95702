"""The shell is tested without a screen, in the light theme, leaving nothing in the user's cache."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="lerdo-desk-cache-")

from PySide6.QtWidgets import QApplication

from lerdo_desk.ui import theme
from lerdo_desk.ui.jobs import Jobs


class RunnerDeMentira:
    """Runs an order that is itself a function; may forbid use cases by name."""

    def __init__(self, *prohibidos):
        self.actor = SimpleNamespace(
            usuario="prueba", nombre="Persona de Prueba", perfiles=frozenset({"cajero"})
        )
        self.prohibidos = prohibidos

    def ejecutar(self, caso, orden, *, avance=None, cancelado=None):
        valor = orden(avance, cancelado)
        return SimpleNamespace(valor=valor, tablas=frozenset(caso or ()))

    def puede(self, caso):
        return caso not in self.prohibidos


@pytest.fixture(autouse=True)
def tema_claro(qapp: QApplication) -> Iterator[theme.Tema]:
    """Start each test in the light theme."""
    tema = theme.instalar(qapp, "claro") if theme.Tema.actual is None else theme.tema()
    if tema.nombre != "claro":
        tema.elegir("claro")
    yield tema


@pytest.fixture
def runner() -> RunnerDeMentira:
    return RunnerDeMentira()


@pytest.fixture
def runner_que_prohibe():
    return RunnerDeMentira


@pytest.fixture
def jobs(runner, qapp) -> Iterator[Jobs]:
    hechos = Jobs(runner)
    yield hechos
    hechos.cerrar()


@pytest.fixture
def fallar():
    """A ``fallo`` for work that must not fail."""

    def no_debe_fallar(error: Exception) -> None:
        raise AssertionError(f"it failed: {error!r}")

    return no_debe_fallar


@pytest.fixture
def papelera(tmp_path: Path) -> Path:
    """An empty folder with a bin/ that may be put first in PATH."""
    (tmp_path / "bin").mkdir()
    return tmp_path
