"""A cashier's window without a screen, over a fresh municipality with two years owed."""

import os
import tempfile
from functools import partial

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="lerdo-desk-cache-")

from apoyo import abrir_caja, crear_predios
from ventanilla import Cajera, RunnerQueSePierde, paginas_de_la_casa

from lerdo_desk.core import acceso
from lerdo_desk.ui import theme
from lerdo_desk.ui.links import Enlaces


@pytest.fixture(autouse=True)
def tema_claro(qapp):
    theme.instalar(qapp, "claro")


@pytest.fixture
def municipio(crear_base):
    return crear_base("sqlite")


@pytest.fixture
def sentar(qtbot, tmp_path):
    """Give a function that sits a cashier at a window; their Runner can lose answers."""
    sentadas = []

    def hacer(base, login="ana.cajera", caja=None):
        estacion = f"ventanilla-{len(sentadas) + 1}"
        runner = RunnerQueSePierde(base.entrar(login, estacion=estacion))
        enlaces = Enlaces(firmar=partial(acceso.firmar, base.url, estacion=estacion))
        sentadas.append(Cajera(qtbot, runner, tmp_path / login, paginas_de_la_casa(), caja, enlaces))
        return sentadas[-1]

    yield hacer
    for cajera in sentadas:
        cajera.cerrar()


@pytest.fixture
def predio(municipio):
    [hecho] = crear_predios(municipio, anios=3)
    return hecho


@pytest.fixture
def ana(municipio, predio, sentar):
    """A cashier whose till is open."""
    abrir_caja(municipio.entrar())
    sentada = sentar(municipio)
    sentada.hasta(lambda: sentada.caja.paso == "calle")
    return sentada
