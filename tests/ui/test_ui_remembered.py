"""How things look for a person: known at once, written behind and once, never lost at the end."""

import threading
from types import SimpleNamespace

import pytest

from lerdo_desk.base.errores import ErrorDeEntorno
from lerdo_desk.ui import remembered
from lerdo_desk.ui.jobs import Jobs
from lerdo_desk.ui.remembered import Remembered


class Base:
    """A runner that keeps what is written, and can be deaf."""

    def __init__(self):
        self.escrito, self.veces, self.hilos, self.sorda = {}, 0, set(), False

    def ejecutar(self, _caso, orden, **_mas):
        if self.sorda:
            raise ErrorDeEntorno("No hay conexión con la base de datos.")
        self.veces += 1
        self.hilos.add(threading.current_thread())
        self.escrito[orden[0]] = orden[1]
        return SimpleNamespace(valor=None, tablas=frozenset({"core_personal"}))


@pytest.fixture
def base():
    return Base()


@pytest.fixture
def memoria(base, qtbot, monkeypatch):
    monkeypatch.setattr(remembered, "AVISO_MS", 30)
    jobs = Jobs(base)
    yield Remembered(jobs, base, "apuntar", lambda clave, valor: (clave, valor), {"padron": "{1}"})
    jobs.cerrar()


def test_what_was_kept_is_known_at_once_and_what_was_not_is_nothing(memoria):
    assert memoria.recordado("padron") == "{1}"
    assert memoria.recordado("otra") is None


def test_many_changes_are_one_write_and_not_in_the_thread_of_the_window(memoria, base, qtbot):
    for n in range(50):
        memoria.recordar("padron", f"{{{n}}}")
    assert memoria.recordado("padron") == "{49}"
    assert base.veces == 0
    qtbot.waitUntil(lambda: base.escrito == {"padron": "{49}"}, timeout=3000)
    assert base.veces == 1
    assert threading.main_thread() not in base.hilos


def test_the_same_value_again_is_not_written_and_an_empty_one_forgets(memoria, base, qtbot):
    memoria.recordar("padron", "{1}")
    memoria.recordar("nunca", "")
    memoria.escribir()
    qtbot.wait(60)
    assert base.veces == 0
    memoria.recordar("padron", "")
    assert memoria.recordado("padron") is None
    qtbot.waitUntil(lambda: base.escrito == {"padron": ""}, timeout=3000)


def test_the_lock_does_not_wait_for_the_pause(base, qtbot):
    jobs = Jobs(base)
    memoria = Remembered(jobs, base, "apuntar", lambda clave, valor: (clave, valor), {})
    memoria.recordar("padron", "{}")
    memoria.escribir()
    qtbot.waitUntil(lambda: base.escrito == {"padron": "{}"}, timeout=1000)
    jobs.cerrar()


def test_what_comes_when_the_window_goes_is_written_at_the_end_of_the_session(memoria, base, qtbot):
    memoria.recordar("antes", "{1}")
    memoria.cerrar()
    memoria.recordar("durante", "{2}")
    qtbot.wait(60)
    assert base.veces == 0
    memoria.asentar()
    assert base.escrito == {"antes": "{1}", "durante": "{2}"}
    memoria.asentar()
    assert base.veces == 2


def test_what_the_database_did_not_take_is_sent_again_at_the_end_and_nobody_is_told(memoria, base, qtbot):
    base.sorda = True
    memoria.recordar("padron", "{2}")
    memoria.escribir()
    qtbot.waitUntil(lambda: not memoria._en_camino, timeout=3000)
    memoria.asentar()
    assert memoria.recordado("padron") == "{2}"
    assert base.escrito == {}
    memoria.recordar("padron", "{3}")
    base.sorda = False
    memoria.asentar()
    assert base.escrito == {"padron": "{3}"}
