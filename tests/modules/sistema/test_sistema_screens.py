"""The users' page: who they are, and a new account whose temporary phrase is shown once and really serves."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from ventanilla import CTRL, ENTER, F12

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import acceso, instalacion
from lerdo_desk.modules.sistema import service
from lerdo_desk.modules.sistema.screens import NewUserDialog, PhraseDialog, login_valido, users
from lerdo_desk.ui.a11y import sin_nombre


@pytest.fixture
def adela(municipio, sentar):
    sentada = sentar(municipio, "adela.administra")
    sentada.hasta(lambda: sentada.pagina("usuarios").tabla.modelo.rowCount() == 7)
    return sentada


@pytest.fixture
def alta(adela):
    adela.tecla(F12)
    return adela.dialogo(NewUserDialog)


def llena(adela, login: str, nombre: str) -> None:
    adela.escribe(login)
    adela.tecla(Qt.Key.Key_Tab)
    adela.escribe(nombre)


def test_the_list_says_who_has_which_profile_and_whether_they_may_enter(adela):
    filas = {fila[0]: fila for fila in adela.pagina("usuarios").tabla.modelo.filas}
    assert filas["ana.cajera"] == ("ana.cajera", "Ana Cajera de Prueba", "Cajero", "Activo")
    assert "7 usuarios, 7 con acceso" in adela.textos()


def test_a_new_person_enters_with_the_phrase_that_was_shown(adela, alta, municipio):
    llena(adela, "Nora.nueva", "Nora Nueva de Prueba")
    adela.tecla(ENTER)
    entrega = adela.dialogo(PhraseDialog)
    frase = entrega.frase.text()
    adela.tecla(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    adela.hasta(lambda: QGuiApplication.clipboard().text() == frase)
    entrada = acceso.entrar(municipio.url, "nora.nueva", frase, estacion="otra")
    assert entrada.identidad.temporal
    assert entrada.identidad.perfil == "cajero"
    entrada.runner.cerrar()
    adela.hasta(lambda: adela.pagina("usuarios").tabla.modelo.rowCount() == 8)


def test_the_phrase_does_not_go_away_by_a_stray_key(adela, alta):
    llena(adela, "nora.nueva", "Nora Nueva de Prueba")
    adela.tecla(ENTER)
    entrega = adela.dialogo(PhraseDialog)
    adela.tecla(ENTER)
    adela.tecla(Qt.Key.Key_Escape)
    assert entrega.isVisible()
    frase = entrega.frase.text()
    adela.tecla(Qt.Key.Key_Tab)
    adela.tecla(Qt.Key.Key_Space)
    adela.sin_dialogo()
    assert frase not in adela.textos()


def test_the_verifier_is_never_made_on_the_thread_of_the_window(adela, alta, monkeypatch):
    hilos = []

    def mirar(*datos):
        hilos.append(threading.current_thread())
        return instalacion.verificador_para(*datos)

    monkeypatch.setattr(users, "verificador_para", mirar)
    llena(adela, "nora.nueva", "Nora Nueva de Prueba")
    adela.tecla(ENTER)
    adela.dialogo(PhraseDialog)
    assert hilos
    assert threading.main_thread() not in hilos


def test_what_is_missing_is_said_beside_each_field(adela, alta):
    adela.tecla(ENTER)
    assert [c.error() for c in alta.form.campos.values()] == ["Falta este dato.", "Falta este dato.", ""]


@pytest.mark.parametrize("login", ["ab", "9ana", "ana perez", "ana'--", "a" * 31, "", "ÑANDU"])
def test_a_login_that_the_server_would_not_take_is_refused_here(login):
    with pytest.raises(ErrorDeUso) as fallo:
        login_valido(login)
    assert fallo.value.campo == "login"


def test_a_login_that_exists_is_said_beside_its_field_and_nothing_is_lost(adela, alta):
    llena(adela, "ana.cajera", "Ana Segunda de Prueba")
    adela.tecla(ENTER)
    adela.hasta(lambda: "ya existe" in alta.form.campos["login"].error())
    assert alta.form.campos["nombre"].control.text() == "Ana Segunda de Prueba"
    assert alta.isVisible()
    adela.tecla(Qt.Key.Key_A, CTRL)
    adela.escribe("ana.segunda")
    adela.tecla(ENTER)
    adela.dialogo(PhraseDialog)


def test_an_answer_lost_after_the_commit_keeps_the_phrase_that_serves(adela, alta, municipio):
    adela.runner.despues.append(service.dar_de_alta)
    llena(adela, "nora.nueva", "Nora Nueva de Prueba")
    adela.tecla(ENTER)
    adela.hasta(lambda: "No hay conexión" in adela.textos())
    adela.tecla(ENTER)
    entrega = adela.dialogo(PhraseDialog)
    assert "ya existía al reintentar" in adela.textos()
    acceso.entrar(municipio.url, "nora.nueva", entrega.frase.text(), estacion="otra").runner.cerrar()


def test_an_answer_lost_before_the_commit_is_sent_again(adela, alta, municipio):
    adela.runner.antes.append(service.dar_de_alta)
    llena(adela, "nora.nueva", "Nora Nueva de Prueba")
    adela.tecla(ENTER)
    adela.hasta(lambda: "No hay conexión" in adela.textos())
    adela.tecla(ENTER)
    entrega = adela.dialogo(PhraseDialog)
    assert "ya existía" not in adela.textos()
    acceso.entrar(municipio.url, "nora.nueva", entrega.frase.text(), estacion="otra").runner.cerrar()


def test_the_auditor_sees_the_list_but_cannot_add_anybody(municipio, sentar):
    aldo = sentar(municipio, "aldo.auditor")
    aldo.ventana.ir("usuarios")
    aldo.hasta(lambda: aldo.pagina("usuarios").tabla.modelo.rowCount() == 7)
    assert "Dar de alta" not in aldo.textos()
    aldo.tecla(F12)
    assert QApplication.activeModalWidget() is None


def test_a_cashier_has_no_such_page(municipio, sentar):
    ana = sentar(municipio, "ana.cajera")
    assert ana.pagina("usuarios") is None
    with pytest.raises(KeyError):
        ana.ventana.ir("usuarios")


def test_every_widget_has_a_name_for_who_cannot_see_it(adela, alta):
    assert sin_nombre(adela.pagina("usuarios")) == []
    assert sin_nombre(alta) == []
