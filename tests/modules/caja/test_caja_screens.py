"""The cashier's street on the screen: open, search, look, mark, explain."""

from datetime import date

import pytest
from apoyo import crear_predios, piezas_de
from PySide6.QtCore import Qt
from ventanilla import CTRL, DIA, ENTER, F12, Reloj, consulta, paginas_de_la_casa, predio_a_nombre, recibos

from lerdo_desk.base.dinero import formato, pesos
from lerdo_desk.core import instalacion
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.count import ConfirmCount
from lerdo_desk.modules.caja.screens.detail import DetailDialog
from lerdo_desk.modules.caja.screens.done import DoneDialog
from lerdo_desk.modules.caja.screens.payment import PaymentDialog
from lerdo_desk.ui.a11y import sin_nombre
from lerdo_desk.ui.window import Ventana


def test_a_day_at_the_till_is_done_by_keys_alone(municipio, predio, sentar, tmp_path):
    ana = sentar(municipio)
    ana.abre("500")
    ana.abre_cuenta("pena")
    total = ana.total()
    ana.tecla(F12)
    assert ana.dialogo(PaymentDialog).cambio.dice() == ("Cambio", "$0.00")
    ana.tecla(ENTER)
    hecho = ana.dialogo(DoneDialog)
    ana.hasta(lambda: ana.calle.papel.estado == "impreso")
    assert "Recibo" in hecho.vista.recibo()
    ana.qtbot.wait(600)
    ana.tecla(ENTER)
    ana.sin_dialogo()
    assert ana.ventana.focusWidget() is ana.calle.buscador.campo
    assert recibos(municipio) == 1

    [(cobrado,)] = consulta(municipio, "SELECT total FROM hacienda_recibo")
    en_caja = pesos("500") + pesos(f"{cobrado // 100}.{cobrado % 100:02d}")
    assert formato(en_caja - 500) == total
    ana.cuenta(*(str(cuantas) for _, cuantas in piezas_de(en_caja)))
    ana.tecla(F12)
    ana.dialogo(ConfirmCount)
    ana.tecla(ENTER)
    ana.hasta(lambda: ana.caja.paso == "resultado")
    if ana.caja.cierre.resultado.campo.isVisible():
        ana.escribe("Centavos sin moneda")
    ana.tecla(F12)
    ana.hasta(lambda: ana.caja.cierre.papel.estado == "impreso")
    ana.tecla(ENTER)
    ana.hasta(lambda: ana.caja.paso == "apertura")

    carpeta = tmp_path / "ana.cajera"
    [recibo] = (carpeta / "recibo").iterdir()
    assert recibo.read_bytes().startswith(b"%PDF")
    assert sorted(p.suffix for p in (carpeta / "corte").iterdir()) == [".pdf", ".xlsx"]


def test_a_known_payment_takes_four_control_keys(ana):
    ana.busca("pena")
    ana.tecla(ENTER)
    ana.hasta(ana.calle.con_detalle)
    ana.tecla(F12)
    ana.dialogo(PaymentDialog)
    ana.tecla(ENTER)
    ana.dialogo(DoneDialog)
    ana.hasta(lambda: ana.calle.papel.estado == "impreso")
    ana.qtbot.wait(600)
    ana.tecla(ENTER)
    ana.sin_dialogo()
    assert ana.calle.ultimo.recibo().count("Recibo") == 1


def test_who_has_no_till_is_told_what_to_do(municipio, sentar):
    dueno = municipio.motor_del_dueno()
    frase = "frase larga de cira.nueva para pruebas"
    instalacion.altas_de_capacitacion(
        dueno, [instalacion.Persona("cira.nueva", "Cira Nueva de Prueba", "cajero", frase)]
    )
    dueno.dispose()
    cira = sentar(municipio, "cira.nueva")
    cira.hasta(lambda: "supervisor" in cira.textos())
    assert cira.caja.paso == "espera"
    assert "No tiene una caja asignada" in cira.textos()


@pytest.mark.parametrize("login", ["carla.capturista", "aldo.auditor", "adela.administra"])
def test_whoever_cannot_charge_has_no_caja_in_the_sidebar(municipio, sentar, login):
    ventana = sentar(municipio, login).ventana
    assert isinstance(ventana, Ventana)
    assert ventana.widget_de("caja") is None
    with pytest.raises(KeyError):
        ventana.ir("caja")


def test_a_till_that_somebody_else_has_open_is_refused_beside_the_fund(municipio, sentar):
    ana = sentar(municipio)
    ana.abre()
    sara = municipio.entrar("sara.supervisora")
    suya = consulta(
        municipio, "SELECT clave FROM hacienda_caja WHERE id = (SELECT caja_id FROM hacienda_turno)"
    )
    orden = service.AsignacionDeCaja(suya[0][0], "beto.cajero", date(2020, 1, 1), True)
    sara.ejecutar(service.asignar_caja, orden)
    beto = sentar(municipio, "beto.cajero", caja=suya[0][0])
    beto.hasta(lambda: beto.caja.paso == "apertura")
    beto.escribe("2")
    beto.tecla(F12)
    beto.hasta(lambda: "Esa caja ya tiene un turno abierto" in beto.textos())
    assert beto.caja.apertura.total.texto() == "$2,000.00"
    assert beto.caja.paso == "apertura"


def test_a_fund_must_be_counted_and_must_fit_in_a_drawer(municipio, sentar):
    ana = sentar(municipio)
    ana.hasta(lambda: ana.caja.paso == "apertura")
    ana.tecla(F12)
    assert "Escriba cuántas piezas hay" in ana.textos()
    ana.escribe("-5nan")
    assert ana.caja.apertura.rejilla.campos[0].text() == "5"
    ana.tecla(Qt.Key.Key_A, CTRL)
    ana.escribe("99999")
    ana.tecla(F12)
    ana.hasta(lambda: "El fondo va de $0.00" in ana.textos())
    assert consulta(municipio, "SELECT count(*) FROM hacienda_turno") == [(0,)]


def test_the_search_answers_while_one_types_with_what_is_owed(ana):
    ana.escribe("pena")
    ana.hasta(ana.resultados)
    [hallado] = ana.resultados()
    assert hallado.titulo.startswith("Peña Muñoz")
    assert hallado.derecha.startswith("$")
    assert hallado.tono == "bad"
    assert "·" in hallado.detalle
    ana.escribe("zz")
    ana.hasta(lambda: not ana.resultados())
    assert "Nada con esas letras" in ana.textos()


def test_a_search_that_cannot_be_is_explained_below_the_field(ana):
    ana.escribe(" ".join("abcdefghijk"))
    ana.hasta(lambda: "muchas palabras" in ana.textos())
    ana.tecla(Qt.Key.Key_Escape)
    ana.escribe("pena")
    ana.hasta(ana.resultados)
    assert "muchas palabras" not in ana.textos()


def test_everything_overdue_and_the_current_year_start_marked(ana):
    ana.abre_cuenta()
    assert len(ana.calle.cuenta.marcados()) == 3
    vencidos = [fila[2] for fila in ana.calle.cuenta.tabla.modelo.filas if fila[7].vencido]
    assert vencidos
    assert all(vence.endswith("vencido") for vence in vencidos)


def test_each_row_adds_up_and_so_does_the_bar(ana):
    ana.abre_cuenta()
    filas = ana.calle.cuenta.tabla.modelo.filas
    assert all(fila[3] + fila[4] + fila[5] == fila[6] for fila in filas)
    assert ana.total() == formato(sum(fila[6] for fila in filas))


def test_space_unmarks_and_the_total_follows(ana):
    ana.abre_cuenta()
    antes = ana.total()
    ana.tecla(Qt.Key.Key_End, CTRL)
    ana.tecla(Qt.Key.Key_Space)
    assert len(ana.calle.cuenta.marcados()) == 2
    assert ana.total() != antes
    ana.tecla(Qt.Key.Key_A, CTRL)
    assert ana.total() == antes


def test_with_nothing_marked_cobrar_says_why_it_is_off(ana):
    ana.abre_cuenta()
    ana.tecla(Qt.Key.Key_End, CTRL)
    for _ in range(3):
        ana.tecla(Qt.Key.Key_Space)
        ana.tecla(Qt.Key.Key_Up)
    boton = ana.calle.cuenta.total.boton
    assert not boton.isEnabled()
    assert "Marque" in boton.toolTip()
    ana.tecla(F12)
    assert ana.delante() is ana.ventana


def test_looking_again_keeps_what_was_marked(ana):
    ana.abre_cuenta()
    ana.tecla(Qt.Key.Key_End, CTRL)
    ana.tecla(Qt.Key.Key_Space)
    vistos = ana.calle.cuenta.cuenta
    ana.tecla(Qt.Key.Key_F5)
    ana.hasta(lambda: ana.calle.cuenta.cuenta is not vistos)
    assert len(ana.calle.cuenta.marcados()) == 2


def test_why_an_amount_shows_words_base_and_article_of_each_line(ana):
    ana.abre_cuenta()
    cargo = ana.calle.cuenta.actual()
    ana.tecla(Qt.Key.Key_F3)
    ana.dialogo(DetailDialog)
    dicho = ana.textos()
    for linea in cargo.lineas:
        assert linea.texto in dicho
        assert linea.fundamento in dicho
        assert formato(linea.importe) in dicho
    assert any(linea.base and f"Sobre {formato(linea.base)}" in dicho for linea in cargo.lineas)
    ana.tecla(Qt.Key.Key_Escape)
    ana.sin_dialogo()
    ana.tecla(ENTER)
    ana.dialogo(DetailDialog)


def test_what_a_scanner_types_on_the_debts_reaches_the_search(ana, predio):
    ana.abre_cuenta()
    assert ana.ventana.focusWidget() is ana.calle.cuenta.tabla
    ana.escribe(predio.clave)
    assert ana.calle.buscador.campo.text() == predio.clave


def test_esc_goes_back_one_step_at_a_time(ana):
    ana.abre_cuenta()
    ana.tecla(Qt.Key.Key_Escape)
    assert ana.ventana.focusWidget() is ana.calle.buscador.campo
    ana.tecla(Qt.Key.Key_Escape)
    assert ana.calle.buscador.campo.text() == ""
    assert ana.calle.con_detalle()
    ana.tecla(Qt.Key.Key_Escape)
    assert not ana.calle.con_detalle()


def test_an_account_that_was_closed_does_not_come_back_when_its_answer_arrives(ana):
    ana.abre_cuenta()
    ana.tecla(Qt.Key.Key_F2)
    ana.tecla(ENTER)
    ana.tecla(Qt.Key.Key_Escape)
    ana.tecla(Qt.Key.Key_Escape)
    assert not ana.calle.con_detalle()
    ana.qtbot.wait(400)
    assert not ana.calle.con_detalle()


def test_markup_in_a_name_is_shown_as_it_was_written(municipio, predio, sentar):
    nombre = "<b>Rojo</b> &amp; <img src=x onerror=1>"
    predio_a_nombre(municipio, predio, nombre)
    ana = sentar(municipio)
    ana.abre()
    ana.abre_cuenta("rojo")
    assert ana.calle.cuenta.tarjeta.titulo.texto() == nombre
    ana.tecla(F12)
    ana.dialogo(PaymentDialog)
    ana.tecla(ENTER)
    hecho = ana.dialogo(DoneDialog)
    ana.hasta(lambda: ana.calle.papel.estado == "impreso")
    assert nombre in hecho.vista.recibo()
    con_marcas = [r for r in ana.rotulos() if "<b>" in r.text()]
    assert con_marcas
    assert all(r.textFormat() is Qt.TextFormat.PlainText for r in con_marcas)
    assert consulta(municipio, "SELECT pagador FROM hacienda_recibo") == [(nombre,)]


def test_a_till_of_yesterday_must_be_closed_before_charging(crear_base, sentar):
    reloj = Reloj()
    base = crear_base("sqlite", reloj=reloj)
    crear_predios(base)
    ana = sentar(base)
    ana.abre()
    reloj.micros += DIA
    ana.tecla(Qt.Key.Key_F5)
    ana.hasta(lambda: ana.caja.paso == "vencido")
    assert "ya pasó de su duración" in ana.textos()
    assert not ana.caja.acciones["cobrar"].isEnabled()
    assert not ana.caja.acciones["buscar"].isEnabled()
    ana.tecla(F12)
    ana.hasta(lambda: ana.caja.paso == "conteo")


def test_the_total_is_whole_in_the_narrowest_window(ana):
    ana.abre_cuenta()
    panel = ana.calle.cuenta
    assert panel.total.importe.isVisible()
    assert not any(panel.tabla.isColumnHidden(n) for n in range(8))
    ana.ventana.resize(ana.ventana.minimumSize())
    ana.hasta(lambda: not panel.total.importe.isVisible())
    cifra, boton = panel.total.total.etiqueta(), panel.total.boton
    assert cifra.width() >= cifra.sizeHint().width()
    assert boton.geometry().right() <= panel.total.rect().right()
    assert panel.tabla.isColumnHidden(5)
    assert not panel.tabla.isColumnHidden(7)
    ana.hasta(lambda: panel.tabla.horizontalScrollBar().maximum() == 0)


def test_every_widget_of_the_page_has_a_name_for_who_cannot_see_it(ana):
    ana.abre_cuenta()
    assert sin_nombre(ana.caja) == []
    ana.tecla(F12)
    assert sin_nombre(ana.dialogo(PaymentDialog)) == []
    ana.tecla(Qt.Key.Key_Escape)
    ana.sin_dialogo()
    ana.tecla(F12, CTRL)
    ana.hasta(lambda: ana.caja.paso == "conteo")
    assert sin_nombre(ana.caja) == []


def test_no_two_pages_have_the_same_clave(qapp):
    claves = [p.clave for p in paginas_de_la_casa()]
    assert len(claves) == len(set(claves))
