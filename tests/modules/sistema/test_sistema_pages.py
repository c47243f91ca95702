"""The other pages of sistema: who can do what, tills and series, the law, the banks."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from ventanilla import ENTER, F12

from lerdo_desk.modules.sistema.screens.tills import NewSeriesDialog, NewTillDialog
from lerdo_desk.ui import theme
from lerdo_desk.ui.a11y import sin_nombre

TAB = Qt.Key.Key_Tab


@pytest.fixture
def adela(municipio, sentar):
    return sentar(municipio, "adela.administra")


def retrato(sentada, nombre: str) -> None:
    """Grab the window and its dialog in both themes, where somebody asks to look at them."""
    carpeta = os.environ.get("LERDO_RETRATOS")
    if not carpeta:
        return
    for tema in ("claro", "oscuro"):
        theme.tema().elegir(tema)
        sentada.ventana.resize(1366, 728)
        sentada.qtbot.wait(80)
        sentada.ventana.grab().save(str(Path(carpeta) / f"{nombre}-{tema}.png"))
        delante = sentada.delante()
        if delante is not sentada.ventana:
            delante.grab().save(str(Path(carpeta) / f"{nombre}-dialogo-{tema}.png"))
    theme.tema().elegir("claro")


def ir(sentada, clave: str):
    """Open a page that is a list and wait for its rows."""
    sentada.ventana.ir(clave)
    pagina = sentada.pagina(clave)
    sentada.hasta(pagina.vista.tabla.modelo.rowCount)
    assert sin_nombre(pagina) == []
    return pagina


def test_the_matrix_is_searched_and_says_who_can(adela):
    matriz = ir(adela, "sistema_permisos")
    retrato(adela, "permisos")
    matriz.buscar("cancelacion")
    adela.hasta(lambda: all("cancel" in f"{f[1]} {f[-1]}".lower() for f in _filas(matriz)))
    assert "Autorizar la cancelación de un recibo" in {f[1] for f in _filas(matriz)}
    quien = ir(adela, "sistema_quien")
    quien.buscar("autorizar cancelacion")
    adela.hasta(lambda: {f[0] for f in _filas(quien)} == {"Sara Supervisora de Prueba"})
    retrato(adela, "quien")


def test_a_till_and_then_its_serie_are_written_with_the_keyboard(adela):
    pagina = ir(adela, "sistema_cajas")
    retrato(adela, "cajas")
    adela.tecla(F12)
    dialogo = adela.dialogo(NewTillDialog)
    assert sin_nombre(dialogo) == []
    for texto in ("norte", "Caja Norte"):
        adela.escribe(texto)
        adela.tecla(TAB)
    adela.tecla(ENTER)
    adela.hasta(lambda: dialogo.form.campos["sede"].error() == "Falta este dato.")
    adela.escribe("Zona norte")
    dialogo.tipo.setCurrentIndex(1)
    assert not dialogo.form.campos["horas"].isEnabled()
    dialogo.tipo.setCurrentIndex(0)
    retrato(adela, "caja-nueva")
    adela.tecla(ENTER)
    adela.sin_dialogo()
    pagina.buscar("norte")
    adela.hasta(lambda: [f[0] for f in _filas(pagina)] == ["NORTE"])
    pagina.acciones["serie"].trigger()
    serie = adela.dialogo(NewSeriesDialog)
    assert sin_nombre(serie) == []
    assert serie.cual.currentData() == "NORTE"
    adela.escribe("cap")
    adela.tecla(ENTER)
    adela.hasta(lambda: "no puede ser CAP" in serie.form.campos["clave"].error())
    serie.clave.clear()
    adela.escribe("n1")
    retrato(adela, "serie-nueva")
    adela.tecla(ENTER)
    adela.sin_dialogo()
    adela.hasta(lambda: [f[5] for f in _filas(pagina)] == ["CAP-N1"])
    pagina.acciones["serie"].trigger()
    serie = adela.dialogo(NewSeriesDialog)
    libres = {serie.ente.itemData(n) for n in range(serie.ente.count())}
    assert libres == {e.clave for e in serie._entes if ("NORTE", e.clave) not in serie._ocupadas}
    assert len(libres) < len(serie._entes)


def test_the_law_shows_what_is_in_force_on_the_day_that_is_typed(adela):
    pagina = ir(adela, "sistema_parametros")
    retrato(adela, "parametros")
    pagina.buscar("uma")
    adela.hasta(lambda: len(_filas(pagina)) == 1)
    pagina.dia.setFocus()
    pagina.dia.selectAll()
    adela.escribe("15/06/2020")
    adela.tecla(ENTER)
    adela.hasta(lambda: [f[3] for f in _filas(pagina)] == ["$86.88"])
    pagina.dia.selectAll()
    adela.escribe("ayer")
    adela.tecla(ENTER)
    adela.hasta(lambda: "La fecha no se entiende" in adela.textos())
    retrato(adela, "parametros-error")


def test_the_banks_are_there_to_look_at(adela, municipio, sentar):
    pagina = ir(adela, "sistema_bancos")
    retrato(adela, "bancos")
    assert [a for a in ("alta", "nueva") if a in pagina.acciones._acciones] == []
    carla = sentar(municipio, "carla.capturista")
    assert not {c for c in carla.ventana._paginas if c.startswith("sistema")}


def _filas(pagina) -> tuple:
    return pagina.vista.tabla.modelo.filas
