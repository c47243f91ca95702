import re

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFontMetrics, QPalette, QRawFont
from PySide6.QtWidgets import QDialogButtonBox

from lerdo_desk.ui import theme, tokens
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.stylesheet import hoja


def test_inter_is_loaded_from_the_shipped_files_in_its_weights(qapp):
    assert "Inter" in theme.letras_instaladas()
    assert qapp.font().family() == "Inter"
    pesos = {
        rol: QRawFont.fromFont(theme.tema().fuente(rol)).styleName() for rol in ("body", "medium", "name")
    }
    assert pesos == {"body": "Regular", "medium": "Medium", "name": "SemiBold"}


def test_all_digits_are_equally_wide_so_money_lines_up(tema_claro):
    for rol in tokens.LETRA:
        metrica = QFontMetrics(tema_claro.fuente(rol))
        assert len({metrica.horizontalAdvance(digito * 8) for digito in "0123456789"}) == 1, rol


def test_labels_dressed_by_the_sheet_keep_their_even_digits(qtbot):
    etiqueta = Label("1", "display")
    qtbot.addWidget(etiqueta)
    etiqueta.ensurePolished()
    metrica = etiqueta.fontMetrics()
    assert etiqueta.font().pointSizeF() == 26
    assert metrica.horizontalAdvance("1111") == metrica.horizontalAdvance("8888")


def test_numbers_and_standard_buttons_speak_the_spanish_of_mexico(qtbot):
    assert QLocale().toString(1234.5, "f", 2) == "1,234.50"
    caja = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(caja)
    assert caja.buttons()[0].text().replace("&", "") == "Cancelar"


def test_the_theme_changes_live_and_says_so(qapp, qtbot, tema_claro):
    with qtbot.waitSignal(tema_claro.cambiado):
        tema_claro.elegir("oscuro")
    assert tema_claro.paleta is tokens.OSCURO
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == tokens.OSCURO.bg
    assert tokens.OSCURO.surface in qapp.styleSheet()
    assert qapp.style().name() == "fusion" or qapp.style().metaObject().className() == "QStyleSheetStyle"


def test_the_theme_button_walks_through_the_three_palettes(tema_claro):
    vistos = []
    for _ in range(3):
        tema_claro.elegir(tema_claro.siguiente())
        vistos.append(tema_claro.paleta.nombre)
    assert vistos == ["oscuro", "alto", "claro"]


def test_an_unknown_theme_means_the_light_one(tema_claro):
    tema_claro.elegir("morado")
    assert tema_claro.nombre == "claro"


def test_as_the_system_takes_one_of_the_palettes(tema_claro):
    tema_claro.elegir("sistema")
    assert tema_claro.nombre == "sistema"
    assert tema_claro.paleta in (tokens.CLARO, tokens.OSCURO)


def test_the_sheet_leaves_no_token_unresolved_and_grows_with_the_text():
    for paleta in tokens.PALETAS.values():
        assert "$" not in hoja(paleta)
    assert "font-size: 26pt" in hoja(tokens.CLARO) and "font-size: 32.5pt" in hoja(tokens.CLARO, 125)
    assert re.search(r"image: url\(\".+marca-[0-9a-f]{8}\.svg\"\)", hoja(tokens.CLARO))


def test_without_a_cache_the_sheet_goes_without_its_pictures(tmp_path, monkeypatch):
    ocupado = tmp_path / "archivo"
    ocupado.write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(ocupado))
    assert "url(" not in hoja(tokens.CLARO)


def test_installing_twice_only_changes_the_theme(qapp, tema_claro):
    assert theme.instalar(qapp, "oscuro") is tema_claro
    assert tema_claro.paleta is tokens.OSCURO
