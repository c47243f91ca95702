"""The program from its first window to its last: what it loads and when, and what follows what."""

import gc
import json
import os
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from lerdo_desk import app, config, loader
from lerdo_desk.config import Configuracion
from lerdo_desk.core import instalacion
from lerdo_desk.recursos import ruta
from lerdo_desk.ui import theme
from lerdo_desk.ui.inicio import VentanaInicio
from lerdo_desk.ui.login import LARGO_MINIMO, VentanaLogin
from lerdo_desk.ui.window import Ventana

RAIZ = Path(app.__file__).parents[1]
VALLE = Path(__file__).parents[1] / "municipios" / "valle_quieto"
PESADO = ("alembic", "keyring", "openpyxl", "psycopg", "reportlab", "sqlalchemy")
ESPERA_MS = 60_000

_ARRANQUE = """
import gc, json, sys, time
from lerdo_desk import loader
app = loader.ventana()
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from lerdo_desk.config import Configuracion
from lerdo_desk.ui import theme

def cargado():
    return sorted({m.split(".")[0] for m in sys.modules} & set(sys.argv[1:]))

class Pintura(QObject):
    veces = 0
    def eventFilter(self, watched, event):
        self.veces += event.type() is QEvent.Type.Paint
        return False

theme.antes_de_la_aplicacion()
qt = QApplication([])
theme.instalar(qt, "claro")
programa = app.Aplicacion(Configuracion("sqlite:////no/hay/tal.db", semilla_capacitacion="0"))
precargar, pintura, dicho = programa._precargar, Pintura(), {}

def mirar_y_precargar():
    dicho.update(pintado=pintura.veces, antes=cargado(), basura_antes=gc.isenabled())
    precargar()

programa._precargar = mirar_y_precargar
programa.empezar()
programa.ventana.installEventFilter(pintura)
limite = time.monotonic() + 60
while len(cargado()) < len(sys.argv[1:]) and time.monotonic() < limite:
    qt.processEvents()
    time.sleep(0.01)
dicho.update(despues=cargado(), basura_despues=gc.isenabled())
programa.ventana.close()
programa.terminar()
print(json.dumps(dicho))
"""


def _aparte(codigo: str, *palabras: str, donde: Path = RAIZ, casa: Path) -> dict[str, Any]:
    """Run a script in a process of its own, with a home of its own, and give what it says."""
    ambiente = os.environ | {
        "PYTHONPATH": str(donde),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CACHE_HOME": str(casa / "cache"),
        "XDG_DATA_HOME": str(casa / "datos"),
    }
    hecho = subprocess.run(
        [sys.executable, "-c", codigo, *palabras],
        cwd=donde,
        env=ambiente,
        capture_output=True,
        text=True,
        check=False,
    )
    assert hecho.returncode == 0, hecho.stderr
    dicho: dict[str, Any] = json.loads(hecho.stdout.splitlines()[-1])
    return dicho


@pytest.fixture(scope="module")
def arranque(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What one start says of itself before and after its first paint."""
    return _aparte(_ARRANQUE, *PESADO, casa=tmp_path_factory.mktemp("arranque"))


def test_what_is_heavy_loads_only_after_the_login_is_painted(arranque: dict[str, Any]) -> None:
    assert arranque["pintado"] > 0
    assert arranque["antes"] == []
    assert arranque["despues"] == list(PESADO)


def test_garbage_is_sought_again_once_the_login_is_painted(arranque: dict[str, Any]) -> None:
    assert (arranque["basura_antes"], arranque["basura_despues"]) == (False, True)


@pytest.fixture
def estacion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A station of its own: where its file will be, all else in the test's folder."""
    archivo = tmp_path / "estacion.toml"
    monkeypatch.setenv("LERDO_DESK_CONFIG", str(archivo))
    for clave in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(clave, str(tmp_path / clave.lower()))
    monkeypatch.setattr(config, "carpeta_de_datos", lambda: tmp_path / "datos")
    return archivo


@pytest.fixture
def empezar(
    qtbot: QtBot, qapp: QApplication, estacion: Path
) -> Iterator[Callable[[Configuracion | None], app.Aplicacion]]:
    """Give a function that opens the program in this process, as ``abrir`` does."""
    abiertos: list[app.Aplicacion] = []

    def hacer(configuracion: Configuracion | None) -> app.Aplicacion:
        theme.instalar(qapp, "claro")
        programa = app.Aplicacion(configuracion)
        abiertos.append(programa)
        programa.empezar()
        return programa

    yield hacer
    for programa in abiertos:
        if programa.ventana is not None:
            programa.ventana.close()
        programa.terminar()
    gc.unfreeze()


def _llegar(qtbot: QtBot, programa: app.Aplicacion, clase: type) -> Any:
    qtbot.waitUntil(lambda: isinstance(programa.ventana, clase), timeout=ESPERA_MS)
    return programa.ventana


def _teclear(login: VentanaLogin, usuario: str, frase: str) -> None:
    login._entrada.usuario.setText(usuario)
    login._entrada.frase.setText(frase)
    login._entrada._boton.click()


def _practicar(programa: app.Aplicacion, qtbot: QtBot, cuentas: str) -> VentanaLogin:
    inicio = _llegar(qtbot, programa, VentanaInicio)
    inicio.abrir("practicar")
    formulario = inicio.formulario("practicar")
    formulario.campos["cuentas"].control.setText(cuentas)
    formulario._boton.click()
    login: VentanaLogin = _llegar(qtbot, programa, VentanaLogin)
    return login


def test_from_the_first_start_to_practice_and_back_to_the_login(
    empezar: Callable[..., app.Aplicacion], qtbot: QtBot, estacion: Path
) -> None:
    programa = empezar(config.leer())
    login = _practicar(programa, qtbot, "10")
    guardado = config.leer()
    assert guardado is not None
    assert guardado == Configuracion(
        guardado.url, "practica-1", semilla_capacitacion=guardado.semilla_capacitacion, archivo=estacion
    )
    assert tomllib.loads(estacion.read_text(encoding="utf-8"))["base"] == {"url": guardado.url}
    frases = loader.frases_de_practica(guardado.semilla_capacitacion or "")
    assert login._entrada.nota.texto().startswith("CAPACITACIÓN")

    _teclear(login, "cajero", frases["cajero"])
    ventana: Ventana = _llegar(qtbot, programa, Ventana)
    assert ventana.isVisible() and ventana.pagina_actual()

    ventana.salir.emit()
    otra_vez = _llegar(qtbot, programa, VentanaLogin)
    assert otra_vez is not login and otra_vez.isVisible()
    assert otra_vez._entrada.frase.text() == ""
    _teclear(otra_vez, "auditor", frases["auditor"])
    assert _llegar(qtbot, programa, Ventana).pagina_actual()


@pytest.fixture
def produccion(tmp_path: Path) -> tuple[str, str]:
    """A production database of the second municipality: its URL and the temporary phrase it gave."""
    url = f"sqlite:///{tmp_path / 'municipio.db'}"
    orden = instalacion.Preparacion(
        url, VALLE, modo="produccion", administrador="r.prueba", nombre="Rita Prueba"
    )
    return url, instalacion.preparar(orden)


def test_a_wrong_phrase_is_one_sentence_and_what_was_typed_stays(
    empezar: Callable[..., app.Aplicacion], qtbot: QtBot, produccion: tuple[str, str]
) -> None:
    programa = empezar(Configuracion(produccion[0]))
    login: VentanaLogin = _llegar(qtbot, programa, VentanaLogin)
    dichos = []
    for usuario in ("r.prueba", "nadie.conocido"):
        _teclear(login, usuario, "una frase equivocada")
        qtbot.waitUntil(lambda: bool(login._entrada.error.texto()), timeout=ESPERA_MS)
        dichos.append(login._entrada.error.texto())
        assert login._entrada.usuario.text() == usuario
        assert login._entrada.frase.text() == "una frase equivocada"
        assert login._entrada._boton.isEnabled()
    assert dichos[0] == dichos[1]
    assert dichos[0].rstrip(".").count(".") == 0 and "incorrect" in dichos[0]
    assert programa.ventana is login


def test_a_server_that_does_not_answer_is_said_in_the_form(
    empezar: Callable[..., app.Aplicacion], qtbot: QtBot, estacion: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as oyente:
        puerto = oyente.getsockname()[1]
    programa = empezar(None)
    inicio: VentanaInicio = _llegar(qtbot, programa, VentanaInicio)
    inicio.abrir("conectar")
    formulario: Any = inicio.formulario("conectar")
    escrito = {
        "servidor": "127.0.0.1",
        "puerto": str(puerto),
        "base": "municipio",
        "estacion": "ventanilla-3",
    }
    for clave, texto in escrito.items():
        formulario.campos[clave].control.setText(texto)
    formulario._boton.click()
    assert not formulario._boton.isEnabled()
    qtbot.waitUntil(lambda: bool(formulario.error()), timeout=ESPERA_MS)
    assert formulario.error() == (
        f"El servidor «127.0.0.1» no responde en el puerto {puerto}; revise la dirección y la red."
    )
    assert {c: formulario.campos[c].control.text() for c in escrito} == escrito
    assert formulario._boton.isEnabled() and programa.ventana is inicio
    assert not estacion.exists()


def test_a_temporary_phrase_is_changed_before_the_window_opens(
    empezar: Callable[..., app.Aplicacion], qtbot: QtBot, produccion: tuple[str, str]
) -> None:
    url, temporal = produccion
    programa = empezar(Configuracion(url))
    login: VentanaLogin = _llegar(qtbot, programa, VentanaLogin)
    _teclear(login, "r.prueba", temporal)
    qtbot.waitUntil(lambda: login._pagina_de_cambio is not None, timeout=ESPERA_MS)
    cambio = login._cambio
    assert cambio.isVisible() and cambio._motivo.text() == app._PRIMERA_VEZ

    def proponer(frase: str) -> None:
        cambio.nueva.setText(frase)
        cambio.repetida.setText(frase)
        cambio._boton.click()

    proponer("x" * (LARGO_MINIMO - 3))
    assert cambio.campo_nueva.error() == "Es corta: le faltan 3 caracteres."
    proponer("mi usuario es r.prueba y ya")
    qtbot.waitUntil(lambda: "fácil de adivinar" in cambio.campo_nueva.error(), timeout=ESPERA_MS)
    assert cambio.nueva.text() == "mi usuario es r.prueba y ya" and programa.ventana is login

    proponer("nopal cumbre silla trece")
    ventana: Ventana = _llegar(qtbot, programa, Ventana)
    assert ventana.isVisible()
    ventana.salir.emit()
    de_nuevo: VentanaLogin = _llegar(qtbot, programa, VentanaLogin)
    _teclear(de_nuevo, "r.prueba", temporal)
    qtbot.waitUntil(lambda: "incorrect" in de_nuevo._entrada.error.texto(), timeout=ESPERA_MS)
    _teclear(de_nuevo, "r.prueba", "nopal cumbre silla trece")
    assert _llegar(qtbot, programa, Ventana).isVisible()


_PARQUES = {
    "__init__.py": '''"""Parques: what the test drops in."""

from lerdo_desk.core.registry import Modulo

MODULO = Modulo("parques", "Parques y jardines", "map-2", 1000)
''',
    "screens.py": '''"""The page of the trees."""

from PySide6.QtWidgets import QLabel

from lerdo_desk.ui.pages import Pagina

PAGINAS = (Pagina("parques", "Parques y jardines", "map-2", "Obras", lambda _s: QLabel("Hay un encino.")),)
''',
}

_BARRA = """
import json, sys, time
from pathlib import Path
from lerdo_desk import loader
app = loader.ventana()
from PySide6.QtWidgets import QApplication
from lerdo_desk.config import Configuracion
from lerdo_desk.core import instalacion
from lerdo_desk.db import motor
from lerdo_desk.ui import theme
from lerdo_desk.ui.navigation import NavButton

url, paquete = sys.argv[1:]
frase = "frase larga para pruebas"
instalacion.preparar(instalacion.Preparacion(
    url, Path(paquete), "capacitacion", "adela.administra", "Adela", frase=frase))
dueno = motor.abrir(url, instalacion.INSTALADOR)
instalacion.frase_duradera(dueno, "adela.administra", frase)
dueno.dispose()
theme.antes_de_la_aplicacion()
qt = QApplication([])
theme.instalar(qt, "claro")
programa = app.Aplicacion(Configuracion(url))
programa.empezar()
login = programa.ventana
login.entrar.emit("adela.administra", frase)
limite = time.monotonic() + 60
while programa.ventana is login and time.monotonic() < limite:
    qt.processEvents()
    time.sleep(0.01)
ventana = programa.ventana
botones = {b.accessibleName(): b for b in ventana.findChildren(NavButton) if b.isVisible()}
botones["Parques y jardines"].click()
dicho = {
    "paquete": app.__file__,
    "botones": list(botones),
    "pagina": ventana.pagina_actual(),
    "texto": ventana.widget_de("parques").text(),
}
ventana.close()
programa.terminar()
print(json.dumps(dicho))
"""


def test_a_folder_that_is_dropped_in_appears_in_the_sidebar_with_no_other_edit(tmp_path: Path) -> None:
    casa = tmp_path / "casa"
    shutil.copytree(RAIZ / "lerdo_desk", casa / "lerdo_desk", ignore=shutil.ignore_patterns("__pycache__"))
    (casa / "resources").symlink_to(ruta(), target_is_directory=True)
    parques = casa / "lerdo_desk" / "modules" / "parques"
    parques.mkdir()
    for nombre, contenido in _PARQUES.items():
        (parques / nombre).write_text(contenido, encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'm.db'}"
    dicho = _aparte(_BARRA, url, str(VALLE), donde=casa, casa=tmp_path)
    assert Path(dicho["paquete"]).is_relative_to(casa)
    assert "Parques y jardines" in dicho["botones"] and len(dicho["botones"]) > 1
    assert (dicho["pagina"], dicho["texto"]) == ("parques", "Hay un encino.")


def test_the_lock_opens_with_the_password_of_who_is_in_and_the_login_follows_its_way_out(
    empezar: Callable[..., app.Aplicacion], qtbot: QtBot, estacion: Path
) -> None:
    programa = empezar(config.leer())
    login = _practicar(programa, qtbot, "10")
    assert programa.config is not None
    frases = loader.frases_de_practica(programa.config.semilla_capacitacion or "")
    _teclear(login, "cajero", frases["cajero"])
    ventana: Ventana = _llegar(qtbot, programa, Ventana)
    pagina, candado = ventana.resguardo.pagina, ventana.resguardo.candado
    ventana.resguardo.bloquear()
    for frase, abierto in ((frases["auditor"], False), (frases["cajero"], True)):
        pagina.frase.setText(frase)
        pagina.boton.click()
        qtbot.waitUntil(pagina.boton.isEnabled, timeout=ESPERA_MS)
        assert candado.activo is not abierto and bool(pagina.campo.error()) is not abierto
    ventana.resguardo.bloquear()
    pagina.fuera.click()
    otra_vez = _llegar(qtbot, programa, VentanaLogin)
    QApplication.processEvents()
    assert otra_vez.isVisible()


def test_a_kept_password_is_offered_hidden_and_forgotten_when_it_no_longer_serves(
    empezar: Callable[..., app.Aplicacion],
    qtbot: QtBot,
    produccion: tuple[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    olvidadas: list[tuple[str, str]] = []
    monkeypatch.setattr(loader, "recordado", lambda: "r.prueba")
    monkeypatch.setattr(loader, "frase_recordada", lambda _url, _quien: "una frase ya vieja")
    monkeypatch.setattr(loader, "olvidar_frase", lambda *quien: olvidadas.append(quien))
    login: VentanaLogin = _llegar(qtbot, empezar(Configuracion(produccion[0])), VentanaLogin)
    frase = login._entrada.frase
    qtbot.waitUntil(lambda: frase.text() == "una frase ya vieja", timeout=ESPERA_MS)
    assert not frase._ojo.isVisible()
    login._entrada._boton.click()
    qtbot.waitUntil(lambda: olvidadas == [(produccion[0], "r.prueba")], timeout=ESPERA_MS)
    frase.setText("")
    assert frase._ojo.isVisible()
