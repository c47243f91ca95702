import tomllib

import pytest
from PySide6.QtWidgets import QFileDialog

from lerdo_desk import config
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.config import Configuracion, Impresion
from lerdo_desk.ui import printing, tokens
from lerdo_desk.ui.a11y import sin_nombre
from lerdo_desk.ui.links import Enlaces, Llavero
from lerdo_desk.ui.preferences import SIN_ARCHIVO, PreferencesDialog
from lerdo_desk.ui.window import Entorno, Ventana


@pytest.fixture
def archivo(tmp_path):
    ruta = tmp_path / "estacion.toml"
    ruta.write_text(
        '# de Sistemas\n[base]\nurl = "sqlite:///x.db"\n[estacion]\nid = "caja-1"\nnuevo = 3\n'
        f'[impresion.recibo]\ncarpeta = "{tmp_path / "papel"}"\n',
        encoding="utf-8",
    )
    return ruta


@pytest.fixture
def abrir(qtbot, jobs, archivo, monkeypatch):
    monkeypatch.setattr(printing, "impresoras", lambda: ("Laser_1", "Termica"))

    def hacer(llavero=None, actual=None):
        ventana = Ventana(
            jobs,
            jobs.runner,
            actual or config.leer(archivo),
            [],
            Entorno("M", "B", "Cajera"),
            Enlaces(guardar=config.escribir, llavero=llavero),
        )
        qtbot.addWidget(ventana)
        ventana.show()
        ventana.preferencias()
        dialogo = ventana.findChild(PreferencesDialog)
        qtbot.waitUntil(lambda: dialogo.impresion["recibo"].donde.findText("Impresora «Termica»") >= 0)
        return ventana, dialogo

    return hacer


def elegir(caja, texto):
    n = caja.findText(texto)
    assert n >= 0, [caja.itemText(i) for i in range(caja.count())]
    caja.setCurrentIndex(n)
    caja.activated.emit(n)


def test_what_is_chosen_is_saved_and_put_to_work(abrir, archivo, qtbot, tema_claro):
    ventana, dialogo = abrir()
    elegir(dialogo.tema, "Oscuro")
    dialogo.letra.elegir("125")
    dialogo.minutos.setText("3")
    dialogo.cual_caja.setText(" c3 ")
    elegir(dialogo.impresion["recibo"].donde, "Impresora «Termica»")
    elegir(dialogo.impresion["recibo"].papel, "Rollo 58 mm")
    with qtbot.waitSignal(ventana.configurada) as oido:
        dialogo.boton.click()
    guardada = config.leer(archivo)
    assert oido.args == [guardada] and ventana.servicios.config == guardada
    assert (guardada.tema, guardada.letra, guardada.bloqueo_minutos, guardada.caja) == (
        "oscuro",
        125,
        3,
        "C3",
    )
    recibo = guardada.impresion["recibo"]
    assert (recibo.destino, recibo.impresora, recibo.formato) == ("impresora", "Termica", "58mm")
    assert list(guardada.impresion) == ["recibo"]
    assert tomllib.loads(archivo.read_text(encoding="utf-8"))["estacion"]["nuevo"] == 3
    assert tema_claro.paleta is tokens.OSCURO
    assert ventana.resguardo.candado._minutos == 3


@pytest.mark.parametrize("minutos", ["0", "", "241"])
def test_a_window_that_would_never_lock_is_refused(abrir, archivo, minutos):
    antes = archivo.read_text(encoding="utf-8")
    _, dialogo = abrir()
    dialogo.minutos.setText(minutos)
    dialogo.boton.click()
    assert "van de 1 a 240" in dialogo.form.campos["bloqueo_minutos"].error()
    assert dialogo.isVisible() and archivo.read_text(encoding="utf-8") == antes
    dialogo.reject()


def test_another_folder_is_chosen_without_stopping_the_window(abrir, archivo, qtbot, tmp_path):
    ventana, dialogo = abrir()
    renglon = dialogo.impresion["corte"]
    antes = renglon.donde.currentText()
    elegir(renglon.donde, "Otra carpeta…")
    busca = renglon.findChild(QFileDialog)
    assert busca.isVisible() and renglon.donde.currentText() == antes
    busca.fileSelected.emit(str(tmp_path / "cortes"))
    busca.reject()
    assert renglon.donde.currentText() == "Carpeta «cortes»"
    with qtbot.waitSignal(ventana.configurada):
        dialogo.boton.click()
    assert config.leer(archivo).impresion["corte"].carpeta == tmp_path / "cortes"


def test_a_printer_that_the_system_does_not_name_stays_chosen(abrir, archivo):
    actual = config.leer(archivo)._replace(impresion={"recibo": Impresion("impresora", "Ausente")})
    _, dialogo = abrir(actual=actual)
    assert dialogo.impresion["recibo"].donde.currentText() == "Impresora «Ausente»"
    assert not dialogo.impresion["recibo"].cambio()
    dialogo.reject()


def test_without_a_file_the_choice_lasts_until_the_program_closes(abrir, qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("LERDO_DESK_CONFIG", str(tmp_path / "no.toml"))
    ventana, dialogo = abrir(actual=Configuracion("sqlite:///x.db"))
    assert SIN_ARCHIVO in [r.text() for r in dialogo.findChildren(type(dialogo.nota._texto))]
    dialogo.minutos.setText("5")
    with qtbot.waitSignal(ventana.configurada):
        dialogo.boton.click()
    assert not (tmp_path / "no.toml").exists() and ventana.servicios.config.bloqueo_minutos == 5


def test_a_profile_that_may_not_is_not_offered_to_keep_its_password(abrir):
    _, dialogo = abrir()
    assert dialogo.contrasena is None and sin_nombre(dialogo) == []
    dialogo.reject()


def test_the_password_is_checked_before_it_is_kept(abrir, qtbot):
    pedidas = []

    def recordar(frase):
        pedidas.append(frase)
        if frase == "mala":
            raise ErrorDeUso("Usuario o contraseña incorrectos; revíselos.", "frase")

    ventana, dialogo = abrir(Llavero(lambda: False, recordar))
    qtbot.waitUntil(lambda: dialogo.contrasena is not None)
    assert not dialogo.contrasena.campo.isVisible()
    dialogo.contrasena.marca.setChecked(True)
    dialogo.boton.click()
    assert dialogo.contrasena.campo.error() == "Escriba su contraseña para recordarla."
    dialogo.contrasena.frase.setText("mala")
    dialogo.boton.click()
    assert dialogo.contrasena.frase.text() == ""
    qtbot.waitUntil(lambda: dialogo.contrasena.campo.error().startswith("Usuario o contraseña"))
    assert sin_nombre(dialogo) == []
    dialogo.contrasena.frase.setText("buena")
    with qtbot.waitSignal(ventana.configurada):
        dialogo.boton.click()
    assert pedidas == ["mala", "buena"]


def test_a_kept_password_is_forgotten_when_its_mark_is_taken_away(abrir, qtbot):
    pedidas = []
    ventana, dialogo = abrir(Llavero(lambda: True, pedidas.append))
    qtbot.waitUntil(lambda: dialogo.contrasena is not None)
    dialogo.contrasena.marca.setChecked(False)
    with qtbot.waitSignal(ventana.configurada):
        dialogo.boton.click()
    assert pedidas == [""]


def test_the_sizes_on_offer_are_those_of_the_tokens():
    assert config.LETRAS == tokens.ESCALAS


def test_printers_are_read_from_the_system_or_there_are_none(papelera, monkeypatch):
    programa = papelera / "bin" / "lpstat"
    monkeypatch.setenv("PATH", str(papelera / "bin"))
    assert printing.impresoras() == ()
    programa.write_text("#!/bin/sh\necho Zeta\necho Alfa\n", encoding="utf-8")
    programa.chmod(0o755)
    assert printing.impresoras() == ("Alfa", "Zeta")
    programa.write_text("#!/bin/sh\necho 'lpstat: no hay' >&2\nexit 1\n", encoding="utf-8")
    assert printing.impresoras() == ()
