"""Windows without a screen over a municipality whose tills made their corte."""

import os
import tempfile

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="lerdo-desk-cache-")


from tesoreria import montar_oficina
from ventanilla import Mostrador

from lerdo_desk.config import Impresion
from lerdo_desk.modules.ingresos.screens import PAGINAS
from lerdo_desk.ui import theme


@pytest.fixture(autouse=True)
def tema_claro(qapp):
    theme.instalar(qapp, "claro")


@pytest.fixture
def oficina(crear_base):
    return montar_oficina(crear_base("sqlite"))


@pytest.fixture
def sentar(qtbot, tmp_path, oficina):
    """Give a function that sits somebody at a window, at one of the pages of Tesorería."""
    sentados = []

    def hacer(login: str, pagina: str) -> Mostrador:
        sentado = Mostrador(qtbot, oficina.base.entrar(login), tmp_path, PAGINAS)
        servicios = sentado.ventana.servicios
        impresion = {d: Impresion(carpeta=tmp_path / d) for d in ("recibo", "corte", "lista")}
        servicios.config = servicios.config._replace(impresion=impresion)
        sentados.append(sentado)
        sentado.ventana.ir(pagina)
        sentado.hasta(lambda: sentado.ventana.pagina_actual() == pagina)
        return sentado

    yield hacer
    for sentado in sentados:
        sentado.cerrar()
