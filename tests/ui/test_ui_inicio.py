from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.ui.a11y import sin_nombre
from lerdo_desk.ui.inicio import DatosInstalacion, DatosPractica, DatosServidor, VentanaInicio


@pytest.fixture
def ventana(qtbot):
    hecha = VentanaInicio([("alfa", "Municipio Alfa"), ("beta", "Municipio Beta")], "0.1.0")
    qtbot.addWidget(hecha)
    with qtbot.waitActive(hecha):
        hecha.show()
        hecha.activateWindow()
    hecha.ordenes = []
    for senal in (hecha.conectar, hecha.practicar, hecha.instalar):
        senal.connect(hecha.ordenes.append)
    return hecha


def llenar(formulario, **valores):
    for clave, valor in valores.items():
        formulario.campos[clave].control.setText(valor)


def enviar(formulario):
    QTest.mouseClick(formulario._boton, Qt.MouseButton.LeftButton)


SERVIDOR = {"servidor": "tesoreria.local", "base": "municipio", "estacion": "ventanilla-3", "caja": "03"}


def test_three_cards_open_three_forms_in_the_same_window(ventana):
    assert list(ventana._tarjetas) == ["conectar", "practicar", "instalar"]
    for clave, tarjeta in ventana._tarjetas.items():
        QTest.mouseClick(tarjeta, Qt.MouseButton.LeftButton)
        assert ventana.formulario(clave).isVisible()
        QTest.keyClick(ventana.formulario(clave), Qt.Key.Key_Escape)
        assert ventana._portada.isVisible() and tarjeta.hasFocus()


def test_connecting_gives_where_and_what_this_station_is_called(ventana):
    ventana.abrir("conectar")
    llenar(ventana.formulario("conectar"), **SERVIDOR)
    enviar(ventana.formulario("conectar"))
    assert ventana.ordenes == [DatosServidor("tesoreria.local", 5432, "municipio", "ventanilla-3", "03")]


def test_a_station_without_caja_gives_none(ventana):
    ventana.abrir("conectar")
    llenar(ventana.formulario("conectar"), **{**SERVIDOR, "caja": "  "})
    QTest.keyClick(ventana.formulario("conectar").campos["base"].control, Qt.Key.Key_Return)
    assert ventana.ordenes[0].caja is None


@pytest.mark.parametrize(
    ("campo", "valor"),
    [
        ("servidor", ""),
        ("servidor", "postgresql://u:clave@x"),
        ("servidor", "dos palabras"),
        ("puerto", ""),
        ("puerto", "0"),
        ("puerto", "65536"),
        ("base", " "),
        ("estacion", ""),
    ],
)
def test_each_bad_value_is_told_beside_its_field_and_nothing_typed_is_lost(ventana, campo, valor):
    ventana.abrir("conectar")
    formulario = ventana.formulario("conectar")
    llenar(formulario, **{**SERVIDOR, campo: valor})
    enviar(formulario)
    assert ventana.ordenes == []
    assert [c for c in formulario.campos if formulario.campos[c].error()] == [campo]
    assert formulario.campos[campo].control.hasFocus()
    assert formulario.campos["caja"].control.text() == "03"
    ventana.volver()
    ventana.abrir("conectar")
    assert formulario.campos["caja"].control.text() == "03"


def test_practice_is_one_press_with_the_default_number_of_accounts(ventana):
    ventana.abrir("practicar")
    enviar(ventana.formulario("practicar"))
    assert ventana.ordenes == [DatosPractica(3000)]


@pytest.mark.parametrize("cuentas", ["", "9", "200001"])
def test_an_absurd_number_of_accounts_is_refused(ventana, cuentas):
    ventana.abrir("practicar")
    llenar(ventana.formulario("practicar"), cuentas=cuentas)
    enviar(ventana.formulario("practicar"))
    assert ventana.ordenes == [] and ventana.formulario("practicar").campos["cuentas"].error()


def test_work_shows_a_bar_and_refuses_a_second_press_and_escape(ventana):
    ventana.abrir("practicar")
    formulario = ventana.formulario("practicar")
    ventana.ocupado(True)
    ventana.avanzar(SimpleNamespace(done=1240, total=3000, text="Cuentas inventadas"))
    assert formulario._barra.isVisible() and formulario._barra.value() == 1240
    assert formulario._avance.text() == "Cuentas inventadas: 1,240 de 3,000"
    enviar(formulario)
    QTest.keyClick(formulario, Qt.Key.Key_Escape)
    assert ventana.ordenes == [] and formulario.isVisible()
    ventana.ocupado(False)
    assert not formulario._barra.isVisible()


def test_installing_here_asks_only_for_municipality_and_administrator(ventana):
    ventana.abrir("instalar")
    formulario = ventana.formulario("instalar")
    assert [c for c, campo in formulario.campos.items() if campo.isVisible()] == [
        "municipio",
        "usuario",
        "nombre",
    ]
    formulario.campos["municipio"].control.setCurrentIndex(1)
    llenar(formulario, usuario="r.salas", nombre="Rosa Salas")
    enviar(formulario)
    assert ventana.ordenes == [DatosInstalacion("beta", True, "", "", "r.salas", "Rosa Salas")]


def test_installing_on_a_server_asks_for_its_superuser_too(ventana):
    ventana.abrir("instalar")
    formulario = ventana.formulario("instalar")
    formulario.elegir_lugar("servidor")
    llenar(
        formulario,
        url="postgresql://db:5432/m",
        contrasena=" secreto ",
        usuario="r.salas",
        nombre="Rosa Salas",
    )
    enviar(formulario)
    orden = ventana.ordenes[0]
    assert orden == DatosInstalacion(
        "alfa", False, "postgresql://db:5432/m", "postgres", "r.salas", "Rosa Salas", " secreto "
    )
    assert "secreto" not in repr(orden)


@pytest.mark.parametrize("campo", ["url", "superusuario", "usuario", "nombre"])
def test_what_a_server_needs_is_demanded(ventana, campo):
    ventana.abrir("instalar")
    formulario = ventana.formulario("instalar")
    formulario.elegir_lugar("servidor")
    datos = {"url": "postgresql://db/m", "superusuario": "postgres", "usuario": "r.salas", "nombre": "Rosa"}
    llenar(formulario, **{**datos, campo: ""})
    enviar(formulario)
    assert ventana.ordenes == [] and formulario.campos[campo].error()


def test_without_any_municipality_installing_says_what_to_do(qtbot):
    ventana = VentanaInicio([])
    qtbot.addWidget(ventana)
    ventana.show()
    ventana.abrir("instalar")
    enviar(ventana.formulario("instalar"))
    assert "Sistemas" in ventana.formulario("instalar").campos["municipio"].error()


def test_the_answer_of_the_server_stands_at_its_field_or_at_the_foot(ventana):
    ventana.abrir("conectar")
    formulario = ventana.formulario("conectar")
    llenar(formulario, **SERVIDOR)
    ventana.ocupado(True)
    ventana.mostrar_error(ErrorDeUso("Esa base no existe en el servidor.", "base"))
    assert formulario.campos["base"].error() == "Esa base no existe en el servidor."
    assert formulario._boton.isEnabled()
    ventana.mostrar_error(ErrorDeEntorno("El servidor no contesta; revise el cable de red."))
    assert formulario.error() == "El servidor no contesta; revise el cable de red."
    assert formulario.campos["base"].error() == ""
    assert formulario.campos["servidor"].control.text() == "tesoreria.local"


def test_a_screen_reader_can_name_all_of_the_first_start(ventana):
    assert sin_nombre(ventana) == []


def test_every_form_fits_its_window_with_its_error(ventana):
    for clave in ("conectar", "practicar", "instalar"):
        ventana.abrir(clave)
        formulario = ventana.formulario(clave)
        if clave == "instalar":
            formulario.elegir_lugar("servidor")
        formulario.fallar(
            ErrorDeEntorno("Una frase larga que dice lo que pasó y lo que conviene hacer. " * 2)
        )
        formulario.layout().activate()
        assert formulario.layout().totalHeightForWidth(formulario.width()) <= formulario.height(), clave
