"""Dresses the application: Fusion, one palette, Inter with even digits, one style sheet, Spanish of Mexico.

``instalar(app)`` is called once, before the first widget. Afterwards ``tema()`` gives the theme in force:
``tema().color("primary")``, ``tema().fuente("title")``, ``tema().px(tokens.M.control)``; ``cambiado`` is
emitted after a live change (icons, chips and delegates read the palette when they paint and need nothing).

Here and in the other rooms that the login needs ``QtCore.Qt`` is named only inside functions: making its
enums takes PySide 20 ms, a sixth of what an empty window takes, and the login shows without them.
"""

import os
from typing import ClassVar

from PySide6 import QtCore
from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from lerdo_desk.recursos import ruta
from lerdo_desk.ui import tokens
from lerdo_desk.ui.stylesheet import hoja

SISTEMA = "sistema"
NOMBRES = {"claro": "Claro", "oscuro": "Oscuro", "alto": "Alto contraste", SISTEMA: "Como el sistema"}
_FAMILIA = "Inter"
_FUSION = "fusion"
_ESTILO = "QT_STYLE_OVERRIDE"


class Tema(QObject):
    """The theme in force: palette, fonts and scale, changed live."""

    cambiado = Signal()
    actual: ClassVar["Tema | None"] = None

    def __init__(self, app: QApplication, nombre: str, escala: int) -> None:
        super().__init__(app)
        self._app = app
        self._escala = escala
        self.nombre = nombre
        self.paleta = tokens.CLARO
        self._fuentes: dict[str, QFont] = {}
        app.styleHints().colorSchemeChanged.connect(self._sistema_cambio)
        self.elegir(nombre)

    def elegir(self, nombre: str) -> None:
        """Put a theme on: ``claro``, ``oscuro``, ``alto`` or ``sistema``; an unknown name means claro."""
        self.nombre = nombre if nombre in NOMBRES else tokens.CLARO.nombre
        self.paleta = tokens.PALETAS[self._del_sistema() if self.nombre == SISTEMA else self.nombre]
        self._vestir()
        self.cambiado.emit()

    def escalar(self, escala: int) -> None:
        """Put another text size on (percent); windows that are open keep the sizes they were built with."""
        if escala != self._escala:
            self._escala = escala
            self._vestir()
            self.cambiado.emit()

    def _del_sistema(self) -> str:
        oscuro = self._app.styleHints().colorScheme() is QtCore.Qt.ColorScheme.Dark
        return tokens.OSCURO.nombre if oscuro else tokens.CLARO.nombre

    def siguiente(self) -> str:
        """Give the name of the theme that the theme button puts on next."""
        orden = ("claro", "oscuro", "alto")
        return orden[(orden.index(self.paleta.nombre) + 1) % len(orden)]

    def color(self, token: str) -> QColor:
        """Give a colour of the palette in force by its token."""
        return QColor(str(getattr(self.paleta, token)))

    def fuente(self, rol: str) -> QFont:
        """Give the font of a role of ``tokens.LETRA``, with digits of one width."""
        if rol not in self._fuentes:
            puntos, peso = tokens.LETRA[rol]
            fuente = QFont(self._app.font())
            fuente.setPointSizeF(self.pt(puntos))
            fuente.setWeight(QFont.Weight(peso))
            self._fuentes[rol] = fuente
        return QFont(self._fuentes[rol])

    def px(self, medida: int) -> int:
        """Scale a size of ``tokens.M`` by the user's text size."""
        return round(medida * self._escala / 100)

    def pt(self, puntos: int) -> float:
        """Scale a type size in points by the user's text size."""
        return puntos * self._escala / 100

    def _sistema_cambio(self) -> None:
        if self.nombre == SISTEMA:
            self.elegir(SISTEMA)

    def _vestir(self) -> None:
        """Style, palette, font and sheet, in the only order that Qt keeps."""
        if os.environ.get(_ESTILO) != _FUSION and self._app.style().name() != _FUSION:
            self._app.setStyle(_FUSION)
        self._app.setPalette(_paleta_de_qt(self.paleta))
        fuente = QFont(_FAMILIA)
        fuente.setPointSizeF(self.pt(tokens.LETRA["body"][0]))
        fuente.setFeature(QFont.Tag("tnum"), 1)
        self._app.setFont(fuente)
        self._fuentes.clear()
        self._app.setStyleSheet(hoja(self.paleta, self._escala))


def _paleta_de_qt(paleta: tokens.Paleta) -> QPalette:
    """Translate the tokens to Qt's own roles, for what the style sheet does not reach."""
    papel = QPalette.ColorRole
    pares = {
        papel.Window: paleta.bg,
        papel.WindowText: paleta.text,
        papel.Base: paleta.surface,
        papel.AlternateBase: paleta.alt_row,
        papel.Text: paleta.text,
        papel.PlaceholderText: paleta.muted,
        papel.Button: paleta.surface,
        papel.ButtonText: paleta.text,
        papel.BrightText: paleta.bad,
        papel.ToolTipBase: paleta.text,
        papel.ToolTipText: paleta.surface,
        papel.Highlight: paleta.primary,
        papel.HighlightedText: paleta.on_primary,
        papel.Link: paleta.primary_text,
        papel.LinkVisited: paleta.primary_text,
        papel.Light: paleta.surface,
        papel.Mid: paleta.border,
        papel.Dark: paleta.border_strong,
        papel.Accent: paleta.primary,
    }
    resultado = QPalette()
    for rol, color in pares.items():
        resultado.setColor(rol, QColor(color))
    apagado = QPalette.ColorGroup.Disabled
    for rol in (papel.Text, papel.WindowText, papel.ButtonText, papel.PlaceholderText):
        resultado.setColor(apagado, rol, QColor(paleta.disabled))
    return resultado


def letras_instaladas() -> tuple[str, ...]:
    """Register the Inter files of the weights in use and give the families that Qt found in them."""
    familias: list[str] = []
    pesos = tuple({f"{_FAMILIA}_{peso}" for _, peso in tokens.LETRA.values()})
    for archivo in sorted(a for a in ruta("fonts", "inter").iterdir() if a.name.startswith(pesos)):
        numero = QFontDatabase.addApplicationFont(str(archivo))
        familias += QFontDatabase.applicationFontFamilies(numero) if numero >= 0 else []
    return tuple(dict.fromkeys(familias))


def antes_de_la_aplicacion() -> None:
    """Ask Qt for Fusion before there is a QApplication: asking it afterwards costs the start 7 ms."""
    os.environ[_ESTILO] = _FUSION


def instalar(app: QApplication, nombre: str = SISTEMA, escala: int = 100) -> Tema:
    """Dress the application once and give its theme; a second call only changes the theme's name."""
    if Tema.actual is not None:
        Tema.actual.elegir(nombre)
        return Tema.actual
    QLocale.setDefault(QLocale("es_MX"))
    traductor = QTranslator(app)
    if traductor.load("qtbase_es", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(traductor)
    letras_instaladas()
    Tema.actual = Tema(app, nombre, escala)
    return Tema.actual


def tema() -> Tema:
    """Give the theme in force; RuntimeError when ``instalar`` was never called."""
    if Tema.actual is None:
        raise RuntimeError("theme.instalar(app) comes before the first widget")
    return Tema.actual
