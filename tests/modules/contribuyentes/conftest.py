"""A clerk's or a supervisor's window without a screen, over a fresh municipality."""

import os
import tempfile

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="lerdo-desk-cache-")

from ventanilla import Mostrador, RunnerQueSePierde, paginas_de_la_casa

from lerdo_desk.ui import theme


@pytest.fixture(autouse=True)
def tema_claro(qapp):
    theme.instalar(qapp, "claro")


@pytest.fixture
def municipio(crear_base):
    return crear_base("sqlite")


@pytest.fixture
def sentar(qtbot, tmp_path):
    """Give a function that sits somebody at a window with the pages that they may see."""
    sentados = []

    def hacer(base, login):
        runner = RunnerQueSePierde(base.entrar(login))
        sentados.append(Mostrador(qtbot, runner, tmp_path, paginas_de_la_casa()))
        return sentados[-1]

    yield hacer
    for sentado in sentados:
        sentado.cerrar()
