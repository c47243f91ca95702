"""The treasurer's page: what is missing, what is confirmed is what is emitted, and Cancelar really stops."""

import os
import tempfile
import threading

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="lerdo-desk-cache-")

from apoyo import hoy_de
from padron import registrar
from PySide6.QtCore import Qt
from ventanilla import ENTER, F12, Mostrador, RunnerQueSePierde, consulta, paginas_de_la_casa

from lerdo_desk.base.dinero import de_centavos, formato
from lerdo_desk.modules.predial import service
from lerdo_desk.modules.predial.screens import ConfirmEmission, cuentas
from lerdo_desk.ui import theme
from lerdo_desk.ui.a11y import sin_nombre
from lerdo_desk.ui.progress import ProgressPanel


class RunnerPausado(RunnerQueSePierde):
    """Waits at the first report of progress of a write until it is let go."""

    def __init__(self, de_verdad) -> None:
        super().__init__(de_verdad)
        self.puerta = threading.Event()
        self.puerta.set()

    def ejecutar(self, caso, orden, *, avance=None, **mas):
        def esperar(progreso):
            if avance is not None:
                avance(progreso)
            assert self.puerta.wait(10)

        return super().ejecutar(caso, orden, avance=esperar, **mas)


@pytest.fixture(autouse=True)
def tema_claro(qapp):
    theme.instalar(qapp, "claro")


@pytest.fixture
def municipio(crear_base):
    return crear_base("sqlite")


@pytest.fixture
def sentar(qtbot, tmp_path, municipio):
    """Give a function that opens the treasurer's window at the emission, once its figures are there."""
    sentados = []

    def hacer() -> Mostrador:
        runner = RunnerPausado(municipio.entrar("teo.tesorero"))
        teo = Mostrador(qtbot, runner, tmp_path, paginas_de_la_casa())
        sentados.append(teo)
        teo.ventana.ir("predial_emision")
        teo.hasta(pagina(teo).ejercicios.count)
        return teo

    yield hacer
    for teo in sentados:
        teo.runner.puerta.set()
        teo.cerrar()


def pagina(teo):
    return teo.pagina("predial_emision")


def cargos(base) -> int:
    return consulta(base, "SELECT count(*) FROM hacienda_cargo")[0][0]


def confirma(teo) -> None:
    teo.hasta(pagina(teo).acciones["emitir"].isEnabled)
    teo.tecla(F12)
    teo.dialogo(ConfirmEmission)
    teo.tecla(ENTER)


def test_what_is_missing_is_counted_and_summed_and_then_emitted_exactly(municipio, sentar):
    registrar(municipio, 3)
    anio = hoy_de(municipio).year
    teo = sentar()
    assert pagina(teo).pendientes.texto() == "3"
    assert pagina(teo).ejercicios.currentData() == anio
    prometido = pagina(teo).importe.texto()
    assert cargos(municipio) == 0
    teo.tecla(F12)
    dialogo = teo.dialogo(ConfirmEmission)
    assert prometido in teo.textos() and f"Emitir el ejercicio {anio}" in teo.textos()
    assert dialogo.focusWidget() is dialogo.boton
    teo.tecla(ENTER)
    teo.hasta(pagina(teo).resultado.texto)
    assert pagina(teo).resultado.texto() == f"Se emitieron 3 cargos por {prometido}."
    [(cuantos, suma)] = consulta(municipio, "SELECT count(*), sum(importe) FROM hacienda_cargo")
    assert (cuantos, formato(de_centavos(suma))) == (3, prometido)
    teo.hasta(lambda: pagina(teo).pendientes.texto() == "0")
    assert f"Ya emitido de {anio}: 3 cargos por {prometido}." in teo.textos()
    assert not pagina(teo).acciones["emitir"].isEnabled()
    assert pagina(teo).boton.toolTip() == "No falta ninguna cuenta"


def test_going_back_from_the_confirmation_emits_nothing(municipio, sentar):
    registrar(municipio, 1)
    teo = sentar()
    teo.tecla(F12)
    teo.dialogo(ConfirmEmission)
    teo.tecla(Qt.Key.Key_Escape)
    teo.sin_dialogo()
    assert cargos(municipio) == 0
    assert not any(isinstance(o, service.Emision) for o in teo.runner.ordenes)


def test_cancelar_stops_the_emission_and_nothing_of_it_remains(municipio, sentar, monkeypatch):
    monkeypatch.setattr("lerdo_desk.modules.predial.service.emision.LOTE", 2)
    registrar(municipio, 6)
    teo = sentar()
    teo.runner.puerta.clear()
    confirma(teo)
    avance = teo.ventana.findChild(ProgressPanel)
    teo.hasta(lambda: avance.isVisible() and "de 6" in avance.texto())
    assert not pagina(teo).acciones["emitir"].isEnabled()
    assert not pagina(teo).ejercicios.isEnabled()
    avance._cancelar.click()
    teo.runner.puerta.set()
    teo.hasta(pagina(teo).resultado.texto)
    assert "no se guardó nada" in pagina(teo).resultado.texto()
    assert not avance.isVisible()
    assert cargos(municipio) == 0
    teo.hasta(pagina(teo).acciones["emitir"].isEnabled)
    assert pagina(teo).pendientes.texto() == "6"
    confirma(teo)
    teo.hasta(lambda: cargos(municipio) == 6)


def test_the_bar_says_how_far_it_is(municipio, sentar, monkeypatch):
    monkeypatch.setattr("lerdo_desk.modules.predial.service.emision.LOTE", 2)
    registrar(municipio, 4)
    teo = sentar()
    avances = []
    monkeypatch.setattr(pagina(teo).avance, "avanzar", avances.append)
    confirma(teo)
    teo.hasta(pagina(teo).resultado.texto)
    assert (avances[0].done, avances[0].total) == (0, 4)
    assert (avances[-1].done, avances[-1].total) == (4, 4)


def test_a_lost_answer_is_told_and_the_figures_say_how_it_really_stands(municipio, sentar):
    registrar(municipio, 2)
    teo = sentar()
    teo.runner.despues.append(service.emitir)
    confirma(teo)
    teo.hasta(lambda: "No se sabe" in pagina(teo).resultado.texto())
    teo.hasta(lambda: pagina(teo).pendientes.texto() == "0")
    assert cargos(municipio) == 2


def test_accounts_without_a_value_are_told_and_left_out(municipio, sentar):
    registrar(municipio, 1)
    registrar(municipio, 2, con_valor=False, desde=600)
    teo = sentar()
    assert pagina(teo).pendientes.texto() == "1"
    assert pagina(teo).aviso.texto().startswith("2 cuentas sin valor catastral quedan fuera")


def test_a_kind_of_property_without_a_law_is_told_and_can_be_asked_again(municipio, qtbot, tmp_path):
    registrar(municipio, 1, tipo="LUNAR")
    teo = Mostrador(qtbot, municipio.entrar("teo.tesorero"), tmp_path, paginas_de_la_casa())
    teo.ventana.ir("predial_emision")
    teo.hasta(lambda: "No hay una disposición en vigor" in pagina(teo).aviso.texto())
    assert not pagina(teo).acciones["emitir"].isEnabled()
    assert pagina(teo).acciones["actualizar"].isEnabled()
    teo.cerrar()


def test_another_ejercicio_is_chosen_with_the_arrows(municipio, sentar):
    registrar(municipio, 1)
    anio = hoy_de(municipio).year
    teo = sentar()
    assert [pagina(teo).ejercicios.itemData(n) for n in range(6)] == list(range(anio, anio - 6, -1))
    assert pagina(teo).ejercicios.hasFocus()
    teo.tecla(Qt.Key.Key_Down)
    teo.hasta(lambda: f"Todavía no hay cargos de {anio - 1}." in teo.textos())
    assert pagina(teo).pendientes.texto() == "0"


def test_figures_that_arrive_for_another_ejercicio_are_never_confirmed(municipio, sentar):
    registrar(municipio, 1)
    teo = sentar()
    teo.tecla(Qt.Key.Key_Down)
    pagina(teo).emitir()
    teo.sin_dialogo()


def test_accounts_are_counted_in_words():
    assert [cuentas(n) for n in (0, 1, 60_000)] == ["0 cuentas", "1 cuenta", "60,000 cuentas"]


def test_a_screen_reader_can_name_everything(municipio, sentar):
    registrar(municipio, 1)
    teo = sentar()
    teo.tecla(F12)
    assert sin_nombre(teo.dialogo(ConfirmEmission)) == []
    assert sin_nombre(teo.ventana) == []
