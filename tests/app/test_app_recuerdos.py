"""What a person has chosen of a list is there when they come back: after logging out, and after closing."""

import gc
import time
from collections.abc import Callable, Iterator

import pytest
from municipio_de_prueba import FRASE
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lerdo_desk import app, loader
from lerdo_desk.config import Configuracion
from lerdo_desk.ui import theme
from lerdo_desk.ui.login import VentanaLogin
from lerdo_desk.ui.window import Ventana

ESPERA_MS = 30_000
LISTA = "contribuyentes"


@pytest.fixture
def abrir(qapp: QApplication, crear_base, tmp_path, monkeypatch) -> Iterator[Callable[[], app.Aplicacion]]:
    """Give a function that opens the program on one same base, as the station does each morning."""
    monkeypatch.setenv("LERDO_DESK_CONFIG", str(tmp_path / "estacion.toml"))
    monkeypatch.setattr(loader, "recordado", lambda: "")
    base, abiertos = crear_base("sqlite"), []

    def hacer() -> app.Aplicacion:
        theme.instalar(qapp, "claro")
        abiertos.append(app.Aplicacion(Configuracion(base.url)))
        abiertos[-1].empezar()
        return abiertos[-1]

    yield hacer
    for programa in abiertos:
        programa.ventana.close()
        programa.terminar()
    gc.unfreeze()


def _entrar(qtbot: QtBot, programa: app.Aplicacion, quien: str) -> Ventana:
    qtbot.waitUntil(lambda: isinstance(programa.ventana, VentanaLogin), timeout=ESPERA_MS)
    entrada = programa.ventana._entrada
    entrada.usuario.setText(quien)
    entrada.frase.setText(FRASE.format(quien))
    entrada._boton.click()
    qtbot.waitUntil(lambda: isinstance(programa.ventana, Ventana), timeout=ESPERA_MS)
    programa.ventana.ir(LISTA)
    return programa.ventana


def _columnas(ventana: Ventana) -> tuple[str, ...]:
    return ventana.widget_de(LISTA).vista._columnas


def test_chosen_columns_outlive_the_session_and_the_program_and_belong_to_one_person(abrir, qtbot: QtBot):
    programa = abrir()
    ventana = _entrar(qtbot, programa, "carla.capturista")
    ventana.widget_de(LISTA).vista.mostrar_columnas(("nombre", "curp"))
    ventana.salir.emit()

    ventana = _entrar(qtbot, programa, "sara.supervisora")
    assert "rfc" in _columnas(ventana)
    ventana.salir.emit()

    ventana = _entrar(qtbot, programa, "carla.capturista")
    assert _columnas(ventana) == ("nombre", "curp")
    ventana.widget_de(LISTA).vista.mostrar_columnas(("rfc",))
    ventana.close()
    inicio = time.monotonic()
    programa.terminar()
    assert time.monotonic() - inicio < 5

    assert _columnas(_entrar(qtbot, abrir(), "carla.capturista")) == ("rfc",)
