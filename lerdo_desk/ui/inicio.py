"""The window of the first start, when the station has no settings: connect, practise or install.

Three cards; each opens its form in the same window and emits a frozen order (``conectar``, ``practicar``,
``instalar``). Its owner answers with ``ocupado``, ``avanzar``, ``mostrar_error``; nothing typed is lost.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from lerdo_desk.ui.cards import columna, fila
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.inicio_cards import OptionCard
from lerdo_desk.ui.inicio_forms import (
    DatosInstalacion,
    DatosPractica,
    DatosServidor,
    FormularioInstalacion,
    FormularioPractica,
    FormularioServidor,
    StartForm,
)
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

__all__ = ["DatosInstalacion", "DatosPractica", "DatosServidor", "VentanaInicio"]

PRODUCTO = "Lerdo Desk"


class VentanaInicio(QWidget):
    """The first start: three cards, and the form of the one that is chosen."""

    conectar = Signal(object)
    """A DatosServidor."""
    practicar = Signal(object)
    """A DatosPractica."""
    instalar = Signal(object)
    """A DatosInstalacion."""

    def __init__(self, municipios: Sequence[tuple[str, str]], version: str = "") -> None:
        """``municipios``: the packs that may be installed, as (folder name, name to show)."""
        super().__init__()
        self.setWindowTitle(f"Primer inicio · {PRODUCTO}")
        self.setProperty("fondo", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedSize(tema().px(M.inicio_ancho), tema().px(M.inicio_alto))
        self._formularios: dict[str, StartForm] = {
            "conectar": FormularioServidor(),
            "practicar": FormularioPractica(),
            "instalar": FormularioInstalacion(municipios),
        }
        self._pila = QStackedWidget()
        self._portada = self._hacer_portada()
        self._pila.addWidget(self._portada)
        for formulario in self._formularios.values():
            self._pila.addWidget(formulario)
            formulario.volver.connect(self.volver)
        caja = QVBoxLayout(self)
        caja.setContentsMargins(0, 0, 0, 0)
        caja.setSpacing(0)
        caja.addWidget(self._franja(version))
        caja.addWidget(self._pila, 1)
        self._formularios["conectar"].enviado.connect(self.conectar)
        self._formularios["practicar"].enviado.connect(self.practicar)
        self._formularios["instalar"].enviado.connect(self.instalar)

    def _franja(self, version: str) -> QFrame:
        franja = QFrame()
        franja.setProperty("fondo", "sidebar")
        franja.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        franja.setFixedHeight(tema().px(M.barra_superior + M.m))
        dibujo = IconView("building-community", M.icono_tarjeta, "sidebar_accent")
        pie = f"v {version}" if version else ""
        caja = fila(dibujo, Label(PRODUCTO, "title", "sidebar"), 1, Label(pie, "caption", "sidebar_muted"))
        caja.setContentsMargins(tema().px(M.xxl), 0, tema().px(M.xxl), 0)
        caja.setSpacing(tema().px(M.m))
        franja.setLayout(caja)
        return franja

    def _hacer_portada(self) -> QWidget:
        portada = QWidget()
        self._tarjetas = {
            "conectar": OptionCard(
                "plug-connected",
                "Conectarme al servidor del municipio",
                "Para una ventanilla u oficina cuya base está en un servidor. Sistemas da la dirección.",
            ),
            "practicar": OptionCard(
                "school",
                "Practicar con datos ficticios",
                "Crea en este equipo un municipio inventado. Nada se cobra de verdad y se puede borrar.",
            ),
            "instalar": OptionCard(
                "download",
                "Instalar",
                "Prepara la base del municipio: en este equipo si es la única ventanilla, o en un servidor.",
            ),
        }
        for clave, tarjeta in self._tarjetas.items():
            tarjeta.clicked.connect(lambda _marcada=False, clave=clave: self.abrir(clave))
        renglon = fila(separacion=M.l)
        for tarjeta in self._tarjetas.values():
            renglon.addWidget(tarjeta, 1)
        titulo = Label("¿Cómo va a usar este equipo?", "heading")
        frase = Label(
            "Este equipo no está configurado todavía. Elija una opción; después puede cambiarla.",
            "body",
            "muted",
        )
        caja = columna(1, titulo, frase, separacion=M.s)
        caja.addSpacing(tema().px(M.l))
        caja.addLayout(renglon)
        caja.addStretch(2)
        margen = tema().px(M.xxl)
        caja.setContentsMargins(margen, margen, margen, margen)
        portada.setLayout(caja)
        return portada

    def abrir(self, clave: str) -> None:
        """Show the form of a card: ``conectar``, ``practicar`` or ``instalar``."""
        formulario = self._formularios[clave]
        self._pila.setCurrentWidget(formulario)
        formulario.enfocar()

    def volver(self) -> None:
        """Go back to the three cards; what was typed waits in its form."""
        actual = self._pila.currentWidget()
        self._pila.setCurrentWidget(self._portada)
        for clave, formulario in self._formularios.items():
            if formulario is actual:
                self._tarjetas[clave].setFocus(Qt.FocusReason.OtherFocusReason)

    def formulario(self, clave: str) -> StartForm:
        """Give one of the forms."""
        return self._formularios[clave]

    def ocupado(self, si: bool) -> None:
        """Show that the form shown is being worked on; a second press is refused."""
        actual = self._pila.currentWidget()
        if isinstance(actual, StartForm):
            actual.ocupar(si)

    def avanzar(self, progreso: Any) -> None:  # noqa: ANN401 — core's Progress, which ui may not import
        """Show how far the work of the form shown is."""
        actual = self._pila.currentWidget()
        if isinstance(actual, StartForm):
            actual.avanzar(progreso)

    def mostrar_error(self, error: Exception) -> None:
        """Put an error beside its field, or at the foot of the form shown."""
        actual = self._pila.currentWidget()
        if isinstance(actual, StartForm):
            actual.fallar(error)
