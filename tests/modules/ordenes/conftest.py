"""A window without a screen at the page of the órdenes, over a fresh municipality."""

import os
import tempfile

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="lerdo-desk-cache-")

from municipio_de_prueba import FRASE
from ventanilla import Mostrador, RunnerQueSePierde

from lerdo_desk.core import acceso
from lerdo_desk.modules.ordenes.screens import PAGINAS
from lerdo_desk.ui import theme
from lerdo_desk.ui.pages import Servicios


@pytest.fixture(autouse=True)
def tema_claro(qapp):
    theme.instalar(qapp, "claro")


@pytest.fixture
def municipio(crear_base):
    return crear_base("sqlite")


@pytest.fixture
def sentar(qtbot, tmp_path, municipio):
    """Give a function that sits somebody at the list; ``firma`` signs as the supervisor, or not at all."""
    sentados = []

    def hacer(login="ana.cajera"):
        runner = RunnerQueSePierde(municipio.entrar(login))
        sentado = Mostrador(qtbot, runner, tmp_path / login, PAGINAS)
        sentado.ventana.ir("ordenes")
        sentados.append(sentado)
        return sentado

    yield hacer
    for sentado in sentados:
        sentado.cerrar()


@pytest.fixture
def sara_firma(municipio):
    """Give a ``Servicios.firmar`` that runs the act at once as the supervisor."""

    def firmar(titulo, lineas, caso, orden, listo, fallo):
        hecho = acceso.firmar(
            municipio.url,
            "sara.supervisora",
            FRASE.format("sara.supervisora"),
            caso,
            orden,
            estacion="prueba-1",
        )
        listo(hecho.valor)

    return firmar


def servicios_de(sentado) -> Servicios:
    return sentado.pagina("ordenes").servicios
