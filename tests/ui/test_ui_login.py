import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lerdo_desk.ui.a11y import sin_nombre
from lerdo_desk.ui.login import LARGO_MINIMO, Identidad, UsuarioDePractica, VentanaLogin

IDENTIDAD = Identidad("Municipio de Prueba", "Tesorería", "Servidor: prueba · conectado", True, "0.1.0")
PRACTICA = [
    UsuarioDePractica("cajero", "Cajero", "cuatro palabras al azar"),
    UsuarioDePractica("tesorero", "Tesorero", "otras cuatro palabras mas"),
]
LARGA = "nopal cumbre silla trece"


@pytest.fixture
def abrir(qtbot):
    def hacer(identidad=IDENTIDAD, usuarios=(), usuario=""):
        ventana = VentanaLogin(identidad, usuarios, usuario)
        qtbot.addWidget(ventana)
        with qtbot.waitActive(ventana):
            ventana.show()
            ventana.activateWindow()
        ventana.pedidos, ventana.cambios = [], []
        ventana.entrar.connect(lambda u, f: ventana.pedidos.append((u, f)))
        ventana.cambiar.connect(ventana.cambios.append)
        return ventana

    return hacer


def test_user_and_phrase_then_enter(abrir):
    ventana = abrir()
    entrada = ventana._entrada
    assert entrada.usuario.hasFocus()
    QTest.keyClicks(entrada.usuario, " m.ontiveros ")
    QTest.keyClick(entrada.usuario, Qt.Key.Key_Tab)
    assert entrada.frase.hasFocus()
    QTest.keyClicks(entrada.frase, " mi frase ")
    QTest.keyClick(entrada.frase, Qt.Key.Key_Return)
    assert ventana.pedidos == [("m.ontiveros", " mi frase ")]


def test_a_remembered_user_leaves_only_the_phrase_to_type(abrir):
    ventana = abrir(usuario="m.ontiveros")
    assert ventana._entrada.frase.hasFocus()
    assert ventana.recordar
    assert not abrir().recordar


def test_a_user_remembered_late_does_not_overwrite_what_was_typed(abrir):
    ventana = abrir()
    ventana.poner_usuario("m.ontiveros")
    assert ventana._entrada.usuario.text() == "m.ontiveros" and ventana.recordar
    ventana.poner_usuario("otro")
    assert ventana._entrada.usuario.text() == "m.ontiveros"


def test_empty_fields_say_so_beside_them_and_ask_nobody(abrir):
    ventana = abrir()
    QTest.keyClick(ventana._entrada.usuario, Qt.Key.Key_Return)
    assert [c.error() for c in ventana._entrada._campos] == ["Escriba su usuario.", "Escriba su contraseña."]
    assert ventana.pedidos == [] and ventana._entrada.usuario.hasFocus()


def test_one_error_stands_for_both_fields_and_what_was_typed_stays(abrir):
    ventana = abrir(usuario="m.ontiveros")
    ventana._entrada.frase.setText("equivocada")
    ventana.mostrar_error("Usuario o contraseña incorrectos.")
    entrada = ventana._entrada
    assert entrada.error.isVisible() and entrada.error.texto() == "Usuario o contraseña incorrectos."
    assert {c.property("error") for c in (entrada.usuario, entrada.frase)} == {"true"}
    assert entrada.frase.accessibleDescription() == "Usuario o contraseña incorrectos."
    assert entrada.usuario.text() == "m.ontiveros" and entrada.frase.selectedText() != ""
    QTest.keyClicks(entrada.frase, "x")
    assert not entrada.error.isVisible() and entrada.usuario.property("error") == "false"


def test_while_the_answer_is_awaited_a_second_enter_is_refused(abrir):
    ventana = abrir(usuario="m.ontiveros")
    ventana._entrada.frase.setText("frase")
    ventana.ocupado(True)
    QTest.keyClick(ventana._entrada.frase, Qt.Key.Key_Return)
    assert ventana.pedidos == [] and ventana._entrada._boton.text().strip() == "Entrando…"
    ventana.ocupado(False)
    QTest.keyClick(ventana._entrada.frase, Qt.Key.Key_Return)
    assert ventana.pedidos == [("m.ontiveros", "frase")]


def test_caps_lock_is_hinted(abrir):
    ventana = abrir(usuario="m.ontiveros")
    ventana._entrada.frase.mayusculas.emit(True)
    assert ventana._entrada._mayusculas.texto() == "Parece que Bloq Mayús está activado."
    ventana._entrada.frase.mayusculas.emit(False)
    assert not ventana._entrada._mayusculas.isVisible()


def test_the_foot_tells_database_and_version(abrir):
    ventana = abrir()
    assert ventana._base.text() == "Servidor: prueba · conectado"
    assert ventana._version.text() == "v 0.1.0"
    assert not ventana._entrada.nota.isVisible()
    ventana.identificar(Identidad(base="Sin conexión", conectada=False, capacitacion=True))
    assert ventana._base.text() == "Sin conexión"
    assert ventana._entrada.nota.isVisible() and ventana._entrada.nota.texto().startswith("CAPACITACIÓN")


def test_a_practice_user_fills_both_fields_at_one_press(abrir):
    ventana = abrir(usuarios=PRACTICA)
    boton = next(
        b
        for b in ventana._lado.findChildren(type(ventana._entrada._boton).__mro__[1])
        if "tesorero" in b.accessibleName()
    )
    assert "otras cuatro palabras mas" in boton.accessibleName()
    QTest.mouseClick(boton, Qt.MouseButton.LeftButton)
    assert ventana._entrada._boton.hasFocus()
    QTest.keyClick(ventana._entrada._boton, Qt.Key.Key_Space)
    assert ventana.pedidos == [("tesorero", "otras cuatro palabras mas")]


def test_many_practice_users_scroll_instead_of_growing_the_window(abrir):
    ventana = abrir(usuarios=PRACTICA * 12)
    assert (ventana.width(), ventana.height()) == (780, 460)


def test_the_first_entry_asks_for_a_new_phrase_twice(abrir):
    ventana = abrir(usuario="m.ontiveros")
    ventana.pedir_cambio("Es su primera entrada.")
    cambio = ventana._cambio
    assert cambio.isVisible() and cambio.nueva.hasFocus()
    QTest.keyClicks(cambio.nueva, LARGA)
    QTest.keyClick(cambio.nueva, Qt.Key.Key_Return)
    assert cambio.repetida.hasFocus() and ventana.cambios == []
    QTest.keyClicks(cambio.repetida, LARGA)
    QTest.keyClick(cambio.repetida, Qt.Key.Key_Return)
    assert ventana.cambios == [LARGA]


@pytest.mark.parametrize(
    ("letras", "dicho"), [(14, "Es corta: le falta 1 carácter."), (5, "Es corta: le faltan 10 caracteres.")]
)
def test_a_short_phrase_is_refused_with_what_is_missing(abrir, letras, dicho):
    ventana = abrir()
    ventana.pedir_cambio("Es su primera entrada.")
    ventana._cambio.nueva.setText("x" * letras)
    ventana._cambio._pedir()
    assert LARGO_MINIMO == 15
    assert ventana._cambio.campo_nueva.error() == dicho and ventana.cambios == []
    assert ventana._cambio.nueva.text() == "x" * letras


def test_two_different_phrases_are_refused(abrir):
    ventana = abrir()
    ventana.pedir_cambio("Es su primera entrada.")
    ventana._cambio.nueva.setText(LARGA)
    ventana._cambio.repetida.setText(LARGA + ".")
    ventana._cambio._pedir()
    assert "No es igual" in ventana._cambio.campo_repetida.error() and ventana.cambios == []


def test_a_refused_phrase_says_why_and_stays(abrir):
    ventana = abrir()
    ventana.pedir_cambio("Es su primera entrada.")
    ventana._cambio.nueva.setText(LARGA)
    ventana._cambio.repetida.setText(LARGA)
    ventana.ocupado(True)
    ventana._cambio._pedir()
    assert ventana.cambios == []
    ventana.rechazar_cambio("Esa contraseña es muy conocida; elija otra.")
    assert ventana._cambio.campo_nueva.error() == "Esa contraseña es muy conocida; elija otra."
    assert ventana._cambio.nueva.text() == LARGA


def test_going_back_from_the_change_empties_the_phrase(abrir):
    ventana = abrir(usuario="m.ontiveros")
    ventana._entrada.frase.setText("temporal")
    ventana.pedir_cambio("Es su primera entrada.")
    QTest.mouseClick(ventana._cambio._atras, Qt.MouseButton.LeftButton)
    assert ventana._entrada.isVisible() and ventana._entrada.frase.text() == ""


@pytest.mark.parametrize("usuarios", [(), PRACTICA])
def test_a_screen_reader_can_name_all_of_the_login(abrir, usuarios):
    assert sin_nombre(abrir(usuarios=usuarios)) == []


def test_the_login_is_780_by_460_and_nothing_is_cut_with_every_message(abrir):
    ventana = abrir(Identidad(base="Base", version="1", capacitacion=True), usuario="m.ontiveros")
    ventana.mostrar_error("Usuario o contraseña incorrectos. Revise que Bloq Mayús esté apagado.")
    ventana._entrada.frase.mayusculas.emit(True)
    ventana._entrada.layout().activate()
    assert (ventana.width(), ventana.height()) == (780, 460)
    entrada = ventana._entrada
    assert entrada.layout().totalHeightForWidth(entrada.width()) <= entrada.height()
