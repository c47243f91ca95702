import threading
import time
from functools import partial

import pytest
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QLabel
from shiboken6 import delete

from lerdo_desk.base.errores import Cancelado, ErrorDeUso
from lerdo_desk.ui.jobs import Jobs

ESCRITURA = frozenset({"hacienda_recibo", "hacienda_renglon"})


class Apunte:
    def __init__(self):
        self.valores, self.errores, self.hilos = [], [], []

    def listo(self, valor):
        self.valores.append(valor)
        self.hilos.append(QThread.currentThread())

    def fallo(self, error):
        self.errores.append(error)
        self.hilos.append(QThread.currentThread())


def test_a_read_runs_outside_and_its_value_arrives_in_the_gui_thread(qtbot, qapp, jobs):
    apunte = Apunte()
    jobs.leer(None, lambda a, c: threading.current_thread().name, apunte.listo, apunte.fallo)
    qtbot.waitUntil(lambda: bool(apunte.valores))
    assert apunte.valores[0].startswith("lectura")
    assert apunte.hilos == [qapp.thread()]


def test_two_reads_run_at_the_same_time_and_writes_one_after_another(qtbot, jobs):
    juntos = threading.Barrier(2, timeout=5)
    apunte, orden = Apunte(), []
    for _ in range(2):
        jobs.leer(None, lambda a, c: juntos.wait(5), apunte.listo, apunte.fallo)
    for numero in range(5):
        jobs.escribir(None, lambda a, c, n=numero: orden.append(n), apunte.listo, apunte.fallo)
    qtbot.waitUntil(lambda: len(apunte.valores) == 7)
    assert orden == [0, 1, 2, 3, 4]
    assert apunte.errores == []


def test_of_the_reads_of_one_key_the_latest_wins_with_one_in_flight(qtbot, jobs):
    puerta, apunte, corridas = threading.Event(), Apunte(), []

    def buscar(texto):
        def leer(avance, cancelado):
            corridas.append(texto)
            puerta.wait(5)
            return texto

        return leer

    for texto in ("p", "pe", "peñ", "peña"):
        jobs.leer(None, buscar(texto), apunte.listo, apunte.fallo, clave="buscar")
    qtbot.wait(50)
    assert corridas == ["p"]
    puerta.set()
    qtbot.waitUntil(lambda: bool(apunte.valores))
    qtbot.wait(50)
    assert corridas == ["p", "peña"]
    assert apunte.valores == ["peña"]


def test_the_error_of_an_outdated_read_is_not_told_and_the_key_works_again(qtbot, jobs):
    puerta, apunte = threading.Event(), Apunte()

    def romper(avance, cancelado):
        puerta.wait(5)
        raise ErrorDeUso("ya no importa")

    jobs.leer(None, romper, apunte.listo, apunte.fallo, clave="k")
    jobs.leer(None, lambda a, c: 1, apunte.listo, apunte.fallo, clave="k")
    puerta.set()
    qtbot.waitUntil(lambda: apunte.valores == [1])
    assert apunte.errores == []
    jobs.leer(None, lambda a, c: 2, apunte.listo, apunte.fallo, clave="k")
    qtbot.waitUntil(lambda: apunte.valores == [1, 2])


def test_a_write_says_which_tables_it_touched_before_its_value(qtbot, jobs):
    visto = []
    jobs.tocadas.connect(visto.append)
    jobs.escribir(ESCRITURA, lambda a, c: "recibo", visto.append, visto.append)
    qtbot.waitUntil(lambda: len(visto) == 2)
    assert visto == [ESCRITURA, "recibo"]


def test_a_write_that_touched_nothing_and_a_read_refresh_nobody(qtbot, jobs):
    visto, apunte = [], Apunte()
    jobs.tocadas.connect(visto.append)
    jobs.escribir(None, lambda a, c: 1, apunte.listo, apunte.fallo)
    jobs.leer(ESCRITURA, lambda a, c: 2, apunte.listo, apunte.fallo)
    qtbot.waitUntil(lambda: len(apunte.valores) == 2)
    assert visto == []


@pytest.mark.parametrize("error", [ErrorDeUso("mal", "campo"), ZeroDivisionError("x"), OSError("red")])
def test_every_error_reaches_fallo_as_it_was(qtbot, qapp, jobs, error):
    def romper(avance, cancelado):
        raise error

    for lanzar in (jobs.leer, jobs.escribir):
        apunte = Apunte()
        lanzar(None, romper, apunte.listo, apunte.fallo)
        qtbot.waitUntil(lambda apunte=apunte: bool(apunte.errores))
        assert apunte.errores == [error]
        assert apunte.hilos == [qapp.thread()]


def test_cancelling_reaches_the_use_case(qtbot, jobs):
    apunte = Apunte()

    def largo(avance, cancelado):
        if cancelado.wait(5):
            raise Cancelado
        return "entero"

    job = jobs.escribir(None, largo, apunte.listo, apunte.fallo)
    qtbot.wait(20)
    job.cancelar()
    qtbot.waitUntil(lambda: bool(apunte.errores))
    assert isinstance(apunte.errores[0], Cancelado)
    assert not job.activo


def test_progress_arrives_in_the_gui_thread_and_is_not_a_flood(qtbot, qapp, jobs):
    apunte, avances = Apunte(), []

    def mucho(avance, cancelado):
        for hecho in range(20_001):
            avance(type("P", (), {"done": hecho, "total": 20_000, "text": ""}))

    def al_avanzar(progreso):
        avances.append((progreso.done, QThread.currentThread()))

    jobs.escribir(None, mucho, apunte.listo, apunte.fallo, avance=al_avanzar)
    qtbot.waitUntil(lambda: bool(apunte.valores))
    assert avances[0][0] == 0 and avances[-1] == (20_000, qapp.thread())
    assert len(avances) < 200


def test_a_plain_function_runs_on_its_own_thread(qtbot, jobs):
    apunte = Apunte()
    jobs.hacer(lambda: threading.current_thread().name, apunte.listo, apunte.fallo)
    qtbot.waitUntil(lambda: bool(apunte.valores))
    assert apunte.valores[0].startswith("aparte")


def test_work_over_400_ms_is_announced_and_its_end_too(qtbot, jobs):
    puerta, apunte, avisos = threading.Event(), Apunte(), []
    jobs.ocupado.connect(avisos.append)
    desde = time.monotonic()
    jobs.hacer(puerta.wait, apunte.listo, apunte.fallo)
    qtbot.waitUntil(lambda: avisos == [True])
    assert time.monotonic() - desde >= 0.4
    puerta.set()
    qtbot.waitUntil(lambda: avisos == [True, False])


def test_short_work_is_not_announced(qtbot, jobs):
    apunte, avisos = Apunte(), []
    jobs.ocupado.connect(avisos.append)
    jobs.hacer(lambda: 1, apunte.listo, apunte.fallo)
    qtbot.waitUntil(lambda: bool(apunte.valores))
    qtbot.wait(500)
    assert avisos == []


@pytest.mark.parametrize("envuelta", [False, True], ids=["method", "partial of one"])
def test_a_widget_that_is_gone_is_not_called_back(qtbot, jobs, envuelta):
    puerta, apunte = threading.Event(), Apunte()
    etiqueta = QLabel()
    poner = partial(etiqueta.setText) if envuelta else etiqueta.setText
    job = jobs.hacer(lambda: puerta.wait(5) and "texto", poner, apunte.fallo)
    delete(etiqueta)
    puerta.set()
    qtbot.waitUntil(lambda: not job.activo)
    assert apunte.errores == []


def test_closing_waits_for_what_has_begun_and_delivers_nothing_more(qtbot, runner):
    jobs, apunte, hechos = Jobs(runner), Apunte(), []
    entro = threading.Event()

    def lento(avance, cancelado):
        entro.set()
        time.sleep(0.2)
        hechos.append("guardado")

    jobs.escribir(None, lento, apunte.listo, apunte.fallo)
    assert entro.wait(5)
    jobs.cerrar()
    assert hechos == ["guardado"]
    qtbot.wait(30)
    assert apunte.valores == [] and apunte.errores == []
    with pytest.raises(RuntimeError):
        jobs.hacer(lambda: 1, apunte.listo, apunte.fallo)


def test_without_a_runner_only_plain_functions_run(qtbot, fallar):
    jobs, apunte = Jobs(), Apunte()
    jobs.hacer(lambda: 7, apunte.listo, fallar)
    qtbot.waitUntil(lambda: apunte.valores == [7])
    with pytest.raises(RuntimeError):
        jobs.leer(None, None, apunte.listo, fallar)
    jobs.cerrar()


def test_the_window_never_stops_for_more_than_50_ms_while_work_runs(qtbot, jobs):
    apunte, golpes = Apunte(), []
    fin = time.monotonic() + 0.6
    jobs.hacer(lambda: time.sleep(0.6), apunte.listo, apunte.fallo)
    while time.monotonic() < fin:
        antes = time.monotonic()
        qtbot.wait(5)
        golpes.append(time.monotonic() - antes)
    assert sorted(golpes)[len(golpes) * 95 // 100] < 0.05
