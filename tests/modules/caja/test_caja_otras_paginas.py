"""The caja's pages of those who charge nothing: who may open each till, and accounts to be looked at."""

from datetime import date, timedelta

import pytest
from apoyo import Predial, abrir_caja, cobro_de, crear_predios, hoy_de
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView
from ventanilla import CTRL, ENTER, F12, Mostrador, consulta, paginas_de_la_casa, predio_a_nombre

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.assign import AssignDialog, efecto
from lerdo_desk.modules.caja.screens.assignments import filas
from lerdo_desk.modules.caja.screens.detail import DetailDialog
from lerdo_desk.ui.a11y import sin_nombre


@pytest.fixture
def persona(qtbot, tmp_path, municipio):
    """Give a function that opens the window of anybody."""
    abiertas = []

    def abrir(login: str) -> Mostrador:
        abiertas.append(Mostrador(qtbot, municipio.entrar(login), tmp_path / login, paginas_de_la_casa()))
        return abiertas[-1]

    yield abrir
    for una in abiertas:
        una.cerrar()


@pytest.fixture
def sara(persona):
    """The supervisor, at the page of the tills."""
    sentada = persona("sara.supervisora")
    sentada.ventana.ir("caja_asignacion")
    sentada.hasta(lambda: pagina(sentada).tabla.modelo.filas)
    return sentada


@pytest.fixture
def carla(persona, predio):
    """The capturista, at the page of accounts."""
    sentada = persona("carla.capturista")
    assert sentada.ventana.pagina_actual() == "caja_consulta"
    return sentada


def pagina(sentada):
    return sentada.pagina(sentada.ventana.pagina_actual())


def renglones(sara) -> list[tuple]:
    return [f[:5] for f in pagina(sara).tabla.modelo.filas]


def abre_dialogo(sara) -> AssignDialog:
    sara.tecla(F12)
    return sara.dialogo(AssignDialog)


def busca(carla, texto: str = "pena") -> None:
    carla.tecla(Qt.Key.Key_F2)
    carla.escribe(texto)
    lista = pagina(carla).findChild(QListView)
    carla.hasta(lambda: lista.model().rowCount())


@pytest.mark.parametrize(
    ("login", "paginas"),
    [
        ("ana.cajera", {"caja"}),
        ("carla.capturista", {"caja_consulta"}),
        ("sara.supervisora", {"caja_consulta", "caja_asignacion", "caja_cortes"}),
        ("teo.tesorero", {"caja_consulta", "caja_cortes"}),
        ("aldo.auditor", {"caja_consulta", "caja_cortes"}),
        ("adela.administra", set()),
    ],
)
def test_everybody_finds_the_pages_of_their_work_and_no_other(login, paginas, municipio):
    runner = municipio.entrar(login)
    de_la_caja = {p.clave: p for p in paginas_de_la_casa() if p.clave.split("_")[0] == "caja"}
    assert {clave for clave, p in de_la_caja.items() if runner.puede(p.caso)} == paginas


def test_the_page_says_who_may_open_each_till_and_which_tills_have_nobody(sara, municipio):
    cajas = [nombre for (nombre,) in consulta(municipio, "SELECT nombre FROM hacienda_caja ORDER BY clave")]
    vistos = renglones(sara)
    assert {f[0] for f in vistos} == set(cajas)
    con = {f[1].split(" · ")[1]: f for f in vistos if f[1]}
    assert con["ana.cajera"][2:4] == (date(2020, 1, 1), "Puede abrirla")
    sin_nadie = [f for f in vistos if f[3] == "Sin persona"]
    assert len(sin_nadie) == len(cajas) - 2
    assert f"{len(cajas)} cajas, {len(sin_nadie)} sin persona" in sara.textos()


def test_a_cashier_is_taken_off_a_till_by_keys_alone_and_the_list_shows_it(sara, municipio):
    dialogo = abre_dialogo(sara)
    assert dialogo._cajero.currentData() == "ana.cajera"
    assert dialogo._desde.text() == fecha_corta(hoy_de(municipio))
    for _ in range(2):
        sara.tecla(Qt.Key.Key_Tab)
    sara.tecla(Qt.Key.Key_Right)
    assert "Ana Cajera de Prueba ya no podrá abrir" in dialogo.efecto.texto()
    sara.tecla(Qt.Key.Key_Tab)
    assert dialogo._desde.hasFocus()
    assert dialogo.boton.accessibleName() == "Quitar"
    sara.tecla(ENTER)
    sara.sin_dialogo()
    sara.hasta(lambda: any(f[3] == "No puede abrirla" for f in renglones(sara)))
    ana = municipio.entrar()
    assert ana.ejecutar(service.situacion, service.Nada()).valor.cajas == ()
    assert "ya no podrá abrir" in sara.textos()


def test_a_day_to_come_is_shown_as_what_will_change(sara, municipio):
    manana = hoy_de(municipio) + timedelta(days=1)
    dialogo = abre_dialogo(sara)
    dialogo._que.elegir("quitar")
    dialogo._desde.setText(fecha_corta(manana))
    sara.tecla(ENTER)
    sara.sin_dialogo()
    esperado = f"Ya no podrá desde el {fecha_corta(manana)}"
    sara.hasta(lambda: any(f[3:] == ("Puede abrirla", esperado) for f in renglones(sara)))


@pytest.mark.parametrize(
    ("escrito", "dice"),
    [
        ("", "no se entiende"),
        ("31/02/2026", "no existe"),
        ("01/01/0001", "fuera de rango"),
        ("1/1/9999", "fuera"),
    ],
)
def test_a_day_that_cannot_be_is_said_beside_its_field_and_nothing_typed_is_lost(
    sara, municipio, escrito, dice
):
    antes = consulta(municipio, "SELECT count(*) FROM hacienda_caja_asignacion")
    dialogo = abre_dialogo(sara)
    dialogo._que.elegir("quitar")
    dialogo._desde.setText(escrito)
    sara.tecla(ENTER)
    assert dice in dialogo.form.campos["desde"].error()
    assert (dialogo._desde.text(), dialogo._que.clave()) == (escrito, "quitar")
    assert dialogo.efecto.texto() == ""
    assert consulta(municipio, "SELECT count(*) FROM hacienda_caja_asignacion") == antes


def test_the_sentence_of_the_dialog_says_what_will_happen():
    dia = date(2026, 11, 22)
    assert efecto("Ana", "Caja 1", dia, True) == "Desde el 22/11/2026, Ana podrá abrir «Caja 1»."
    assert efecto("Ana", "Caja 1", dia, False) == "Desde el 22/11/2026, Ana ya no podrá abrir «Caja 1»."


def test_without_cashiers_nothing_can_be_assigned_and_the_button_says_why(sara):
    datos = service.Asignaciones((service.CajaListada("1", "Caja 1"),), (), (), date(2026, 11, 22))
    pagina(sara)._mostrar(datos)
    assert not pagina(sara).acciones["asignar"].isEnabled()
    assert "No hay cuentas de cajero" in sara.textos()
    assert [f[3] for f in filas(datos)] == ["Sin persona"]


def test_an_account_is_found_opened_and_explained_without_a_way_to_charge_it(carla):
    busca(carla)
    carla.tecla(ENTER)
    carla.hasta(lambda: pagina(carla).con_cuenta())
    cuenta = pagina(carla).cuenta
    assert len(cuenta.tabla.modelo.filas) == 3
    assert not cuenta.tabla.modelo.marcable
    assert cuenta.total.total.texto() == formato(sum(c.total for c in cuenta.cuenta.cargos))
    assert cuenta.tabla.hasFocus()
    assert "Cobrar" not in carla.textos()
    carla.tecla(Qt.Key.Key_F3)
    carla.dialogo(DetailDialog)
    carla.tecla(Qt.Key.Key_Escape)
    carla.sin_dialogo()


def test_esc_goes_back_to_the_search_and_then_closes_the_account(carla):
    busca(carla)
    carla.tecla(ENTER)
    carla.hasta(lambda: pagina(carla).con_cuenta())
    carla.tecla(Qt.Key.Key_Escape)
    assert pagina(carla).busqueda.buscador.campo.hasFocus()
    pagina(carla).busqueda.buscador.campo.clear()
    carla.tecla(Qt.Key.Key_Escape)
    assert not pagina(carla).con_cuenta()
    assert not pagina(carla).acciones["detalle"].isEnabled()


def test_letters_typed_on_the_debts_begin_another_search(carla):
    busca(carla)
    carla.tecla(ENTER)
    carla.hasta(pagina(carla).cuenta.tabla.hasFocus)
    QTest.keyClick(pagina(carla).cuenta.tabla, Qt.Key.Key_Z)
    assert pagina(carla).busqueda.buscador.campo.text() == "z"
    assert pagina(carla).con_cuenta()


def test_what_was_charged_meanwhile_is_gone_after_f5(carla, municipio, predio):
    busca(carla)
    carla.tecla(ENTER)
    carla.hasta(lambda: pagina(carla).con_cuenta())
    ana = municipio.entrar()
    ana.ejecutar(service.cobrar, cobro_de(ana, abrir_caja(ana).id, predio.cuenta_id))
    carla.tecla(Qt.Key.Key_F5)
    carla.hasta(lambda: "Al corriente" in carla.textos() and not pagina(carla).cuenta.cuenta.cargos)


def test_an_answer_that_comes_after_the_account_was_closed_does_not_open_it_again(carla, predio):
    vista = pagina(carla)
    vista.abrir(predio.cuenta_id)
    vista._cerrar()
    carla.qtbot.wait(300)
    assert not vista.con_cuenta()


def test_two_accounts_asked_in_a_row_show_the_last_one(carla, municipio):
    [(primera, clave)] = consulta(municipio, "SELECT id, clave FROM hacienda_cuenta")
    otro = predio_a_nombre(municipio, Predial(primera, clave), "Otra Persona")
    vista = pagina(carla)
    vista.abrir(primera)
    vista.abrir(otro)
    vista._tocadas(frozenset({"hacienda_renglon"}))
    carla.hasta(lambda: vista.con_cuenta() and vista.cuenta.cuenta.cuenta_id == otro)
    carla.qtbot.wait(200)
    assert vista.cuenta.cuenta.cuenta_id == otro


@pytest.mark.parametrize("clave", ["caja_consulta", "caja_asignacion"])
def test_a_screen_reader_can_name_everything_on_the_page(persona, municipio, clave):
    crear_predios(municipio)
    sara = persona("sara.supervisora")
    sara.ventana.ir(clave)
    if clave == "caja_asignacion":
        sara.hasta(lambda: pagina(sara).tabla.modelo.filas)
        assert sin_nombre(abre_dialogo(sara)) == []
    assert sin_nombre(sara.ventana) == []


def test_the_keys_of_both_pages_do_not_mix(sara):
    sara.tecla(Qt.Key.Key_1, CTRL)
    assert sara.ventana.pagina_actual() == "caja_consulta"
    sara.tecla(F12)
    sara.qtbot.wait(50)
    sara.sin_dialogo()


def test_a_channel_is_offered_to_the_tesorero_and_a_till_to_the_cashiers(sara, municipio):
    dialogo = abre_dialogo(sara)
    canales = consulta(municipio, "SELECT clave FROM hacienda_caja WHERE tipo <> 'VENTANILLA'")
    for n in range(dialogo._caja.count()):
        dialogo._caja.setCurrentIndex(n)
        ofrecidos = {dialogo._cajero.itemData(i) for i in range(dialogo._cajero.count())}
        es_canal = (dialogo._caja.currentData(),) in canales
        assert ofrecidos == ({"teo.tesorero"} if es_canal else {"ana.cajera", "beto.cajero"})
    dialogo.reject()
