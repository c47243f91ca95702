"""Buttons, labels, cards and progress."""

import threading
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from lerdo_desk.ui import tokens
from lerdo_desk.ui.buttons import Button, IconButton
from lerdo_desk.ui.cards import Amount, EmptyState, HeadCard
from lerdo_desk.ui.labels import Chip, ElidedLabel, Label
from lerdo_desk.ui.progress import BusyLine, ProgressPanel, frase_de_avance
from lerdo_desk.ui.segmented import Segmented


@pytest.fixture
def mostrar(qtbot):
    def en_pantalla(widget, ancho=0):
        qtbot.addWidget(widget)
        if ancho:
            widget.setFixedWidth(ancho)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return en_pantalla


@pytest.mark.parametrize(("grande", "alto"), [(False, 34), (True, 44)])
@pytest.mark.parametrize("clase", ["primary", "normal", "ghost", "danger"])
def test_buttons_keep_the_heights_of_the_guide_with_and_without_focus(mostrar, clase, grande, alto):
    boton = mostrar(Button("Cobrar", clase, icono="cash", grande=grande))
    boton.clearFocus()
    assert boton.sizeHint().height() == alto
    ancho = boton.sizeHint().width()
    boton.setFocus()
    assert (boton.sizeHint().height(), boton.sizeHint().width()) == (alto, ancho)


def test_a_working_button_says_so_and_refuses_a_second_press(mostrar):
    pulsados = []
    boton = mostrar(Button("&Cobrar", "primary", tecla="F12"))
    boton.clicked.connect(lambda: pulsados.append(1))
    boton.ocupar("Cobrando…")
    QTest.mouseClick(boton, Qt.MouseButton.LeftButton)
    assert boton.text().strip() == "Cobrando…" and pulsados == []
    boton.desocupar()
    assert boton.text() == "&Cobrar    F12"
    QTest.mouseClick(boton, Qt.MouseButton.LeftButton)
    assert pulsados == [1]


def test_the_ring_of_the_primary_button_has_a_gap_of_surface(mostrar):
    boton = mostrar(Button("Cobrar", "primary", grande=True))
    boton.setFocus()
    foto = boton.grab().toImage()
    medio = foto.width() // 2
    assert foto.pixelColor(medio, 0).name().upper() == tokens.CLARO.focus
    assert foto.pixelColor(medio, 2).name().upper() == tokens.CLARO.surface
    assert foto.pixelColor(medio, 6).name().upper() == tokens.CLARO.primary


def test_an_icon_button_speaks_its_name(mostrar):
    boton = mostrar(IconButton("history", "Historial"))
    assert boton.accessibleName() == boton.toolTip() == "Historial"
    boton.renombrar("Otra cosa", "edit")
    assert boton.accessibleName() == "Otra cosa"
    assert (boton.width(), boton.height()) == (34, 34)


def test_segments_are_one_tab_stop_and_the_arrows_move(mostrar):
    elegidos = []
    grupo = mostrar(
        Segmented("Forma de pago", [("e", "&Efectivo", "cash"), ("t", "&Tarjeta"), ("c", "C&heque")])
    )
    grupo.elegido.connect(elegidos.append)
    politicas = [grupo.boton(c).focusPolicy() for c in "etc"]
    assert politicas.count(Qt.FocusPolicy.StrongFocus) == 1
    grupo.boton("e").setFocus()
    QTest.keyClick(grupo.boton("e"), Qt.Key.Key_Right)
    assert grupo.clave() == "t" and grupo.boton("t").hasFocus()
    grupo.boton("c").setEnabled(False)
    QTest.keyClick(grupo.boton("t"), Qt.Key.Key_Right)
    assert grupo.clave() == "e"
    assert elegidos == ["t", "e"]
    assert grupo.boton("t").accessibleName() == "Forma de pago: Tarjeta"


def test_only_one_segment_is_chosen(mostrar):
    grupo = mostrar(Segmented("Dónde", [("a", "Uno"), ("b", "Dos")]))
    QTest.mouseClick(grupo.boton("b"), Qt.MouseButton.LeftButton)
    assert [grupo.boton(c).isChecked() for c in "ab"] == [False, True]
    with pytest.raises(ValueError):
        grupo.elegir("z")


def test_a_label_never_takes_text_for_markup(mostrar):
    etiqueta = mostrar(Label("<b>Peña</b> &nbsp;"))
    assert etiqueta.textFormat() is Qt.TextFormat.PlainText


def test_an_elided_label_keeps_the_whole_for_who_asks(mostrar):
    texto = "Inmobiliaria y Constructora del Norte de la Laguna, S.A. de C.V."
    etiqueta = mostrar(ElidedLabel(texto), ancho=120)
    assert etiqueta.text().endswith("…") and len(etiqueta.text()) < len(texto)
    assert etiqueta.toolTip() == etiqueta.accessibleName() == etiqueta.texto() == texto
    assert etiqueta.minimumSizeHint().width() == 0
    etiqueta.poner("Corta")
    assert etiqueta.text() == "Corta" and etiqueta.toolTip() == ""


@pytest.mark.parametrize("tono", ["ok", "warn", "bad", "info", "neutral"])
def test_a_chip_says_its_state_in_words_on_its_soft_ground(mostrar, tono):
    chip = mostrar(Chip("Al corriente", tono, punto=True))
    assert chip.accessibleName() == chip.texto() == "Al corriente"
    fondo = tokens.CLARO.surface2 if tono == "neutral" else getattr(tokens.CLARO, f"{tono}_soft")
    foto = chip.grab().toImage()
    assert foto.pixelColor(foto.width() // 2, 2).name().upper() == fondo
    assert foto.pixelColor(0, 0).name().upper() != fondo


def test_the_head_card_shows_one_thing_and_forgets_the_chips_of_the_last(mostrar, qtbot):
    cabeza = mostrar(HeadCard("home-dollar", IconButton("edit", "Editar")))
    cabeza.poner(
        "Peña Muñoz José", "U-014582", "Último pago 2022", [Chip("4 años", "bad"), Chip("INAPAM", "warn")]
    )
    cabeza.poner("Otra Persona", "U-1", "", [Chip("Al corriente", "ok")])

    def visibles():
        return [chip.texto() for chip in cabeza.findChildren(Chip) if chip.isVisible()]

    qtbot.waitUntil(lambda: visibles() == ["Al corriente"])
    assert cabeza.titulo.texto() == "Otra Persona" and not cabeza.linea2.isVisible()


def test_an_amount_is_read_with_its_caption(mostrar):
    total = mostrar(Amount("Total", "$6,235.19", "display", derecha=True))
    assert total.etiqueta().accessibleName() == "Total: $6,235.19"
    total.poner("$0.00", "Total de 0 conceptos", "muted")
    assert total.texto() == "$0.00" and total.etiqueta().accessibleName() == "Total de 0 conceptos: $0.00"


def test_an_empty_state_says_what_to_do(mostrar):
    vacio = mostrar(
        EmptyState("receipt", "Sin cuenta abierta", "Busque con F2.", [Button("Último recibo", "ghost")])
    )
    vacio.poner("Nada", "Pruebe otra vez.")
    assert [e.text() for e in vacio.findChildren(Label)] == ["Nada", "Pruebe otra vez."]


@pytest.mark.parametrize(
    ("hecho", "total", "segundos", "frase"),
    [
        (0, 0, 0, "Emisión…"),
        (1240, 0, 9, "Emisión: 1,240"),
        (1240, 61302, 1, "Emisión: 1,240 de 61,302"),
        (1240, 61302, 6.2, "Emisión: 1,240 de 61,302 · faltan 5 min"),
        (30000, 60000, 30, "Emisión: 30,000 de 60,000 · faltan 30 s"),
        (60000, 60000, 60, "Emisión: 60,000 de 60,000"),
    ],
)
def test_progress_is_told_in_words_with_the_time_left(hecho, total, segundos, frase):
    assert frase_de_avance("Emisión", hecho, total, segundos) == frase


def test_the_bar_follows_a_job_cancels_it_and_goes(mostrar, qtbot, jobs):
    panel = mostrar(ProgressPanel())
    panel.hide()
    errores, parar = [], threading.Event()

    def largo(avance, cancelado):
        avance(SimpleNamespace(done=5, total=10, text="Recibos"))
        assert cancelado.wait(5)
        parar.set()
        raise InterruptedError

    job = jobs.escribir(None, largo, errores.append, errores.append, avance=panel.avanzar)
    panel.seguir(job, "Recibos")
    qtbot.waitUntil(lambda: panel.texto() == "Recibos: 5 de 10")
    assert panel.isVisible() and panel._barra.value() == 500
    QTest.mouseClick(panel._cancelar, Qt.MouseButton.LeftButton)
    assert panel._cancelar.text().strip() == "Cancelando…"
    qtbot.waitUntil(lambda: not panel.isVisible())
    assert parar.is_set() and isinstance(errores[0], InterruptedError)


def test_the_busy_line_runs_along_the_top_and_stops(mostrar, qtbot):
    fondo = QWidget()
    fondo.resize(600, 200)
    mostrar(fondo)
    linea = BusyLine(fondo)
    linea.mostrar(True)
    assert linea.isVisible() and (linea.width(), linea.height()) == (600, tokens.M.barra)
    antes = linea._paso
    qtbot.waitUntil(lambda: linea._paso != antes)
    fondo.resize(700, 200)
    assert linea.width() == 700
    linea.mostrar(False)
    assert not linea.isVisible() and not linea._reloj.isActive()
