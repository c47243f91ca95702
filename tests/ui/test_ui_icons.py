import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon

import lerdo_desk
from lerdo_desk.recursos import ruta
from lerdo_desk.ui import tokens
from lerdo_desk.ui.icons import IconView, icon, pixmap
from lerdo_desk.ui.notes import ICONO

USO = re.compile(
    r'(?:icon|IconView|IconButton|EmptyState|NavButton|HeadCard|OptionCard)\(\s*"([a-z0-9-]+)"|icono="([a-z0-9-]+)"'
)


def colores(imagen):
    foto = imagen.toImage()
    puntos = (foto.pixelColor(x, y) for x in range(foto.width()) for y in range(foto.height()))
    return {c.name().upper() for c in puntos if c.alpha() == 255}


def test_every_icon_named_in_the_shell_ships():
    nombres = set(ICONO.values())
    for archivo in (Path(lerdo_desk.__file__).parent / "ui").glob("*.py"):
        nombres |= {a or b for a, b in USO.findall(archivo.read_text(encoding="utf-8"))}
    assert len(nombres) > 10
    assert {n for n in nombres if not ruta("icons", f"{n}.svg").is_file()} == set()


def test_an_icon_takes_the_colour_of_the_theme_in_force(tema_claro):
    icono = icon("check", "primary")
    assert colores(icono.pixmap(QSize(48, 48))) == {tokens.CLARO.primary}
    tema_claro.elegir("oscuro")
    assert colores(icono.pixmap(QSize(48, 48))) == {tokens.OSCURO.primary}


def test_a_disabled_icon_is_grey_and_an_active_one_may_differ():
    icono = icon("eye", "muted", "primary_text")
    lado = QSize(48, 48)
    assert colores(icono.pixmap(lado, QIcon.Mode.Disabled)) == {tokens.CLARO.disabled}
    assert colores(icono.pixmap(lado, QIcon.Mode.Normal, QIcon.State.On)) == {tokens.CLARO.primary_text}


@pytest.mark.parametrize("escala", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_an_icon_is_drawn_at_the_density_of_the_screen(escala):
    imagen = pixmap("home", tokens.CLARO.text, 16, escala)
    assert imagen.width() == round(16 * escala)
    assert imagen.deviceIndependentSize().width() == pytest.approx(16)
    assert icon("home").pixmap(QSize(16, 16), escala).width() == round(16 * escala)


def test_the_same_drawing_comes_from_the_cache():
    uno, otro = (pixmap("home", tokens.CLARO.text, 20) for _ in range(2))
    assert uno.cacheKey() == otro.cacheKey()


def test_an_icon_that_does_not_ship_is_an_error():
    with pytest.raises(FileNotFoundError):
        icon("no-existe")


def test_a_copied_icon_paints_the_same(qtbot):
    copia = QIcon(icon("check", "ok"))
    copia.addPixmap(pixmap("x", tokens.CLARO.bad, 16))
    vista = IconView("check", 32, "ok")
    qtbot.addWidget(vista)
    assert tokens.CLARO.ok in colores(vista.grab())
    vista.poner("x", "bad")
    assert tokens.CLARO.bad in colores(vista.grab())
