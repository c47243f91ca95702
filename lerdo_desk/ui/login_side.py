"""The dark panel of the login: product, municipality, and under CAPACITACIÓN the practice users."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6 import QtWidgets
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from lerdo_desk.ui.cards import columna
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import ElidedLabel, Label
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

PRODUCTO = "Lerdo Desk"
LEMA = "Ventanilla, padrones y caja del Ayuntamiento"


class Identidad(NamedTuple):
    """What the login shows of the municipality, the database and the program."""

    municipio: str = ""
    dependencia: str = ""
    base: str = ""
    conectada: bool = True
    version: str = ""
    capacitacion: bool = False


class UsuarioDePractica(NamedTuple):
    """A user of the training database, shown with its phrase (nobody real)."""

    usuario: str
    perfil: str
    frase: str


class SidePanel(QFrame):
    """The dark panel at the left: product, motto, the practice users when there are any, municipality."""

    elegido = Signal(object)

    def __init__(self, identidad: Identidad, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("fondo", "sidebar")
        self.setFixedWidth(tema().px(M.login_izquierda))
        self._dibujo = IconView("building-community", M.icono_vacio, "sidebar_accent")
        self._lema = Label(LEMA, "subtitle", "sidebar_muted").en_parrafo()
        self._municipio = Label("", "caption", "sidebar_muted").en_parrafo()
        nombre = Label(PRODUCTO, "heading", "sidebar")
        self._caja = columna(self._dibujo, nombre, self._lema, 0, self._municipio, separacion=M.s)
        margen = tema().px(M.xxl)
        self._caja.setContentsMargins(margen, margen, tema().px(M.l), tema().px(M.xl))
        self.setLayout(self._caja)
        self.identificar(identidad)

    def identificar(self, identidad: Identidad) -> None:
        """Write whose program this is."""
        self._municipio.setText("\n".join(t for t in (identidad.municipio, identidad.dependencia) if t))

    def poner_practica(self, usuarios: Sequence[UsuarioDePractica]) -> None:
        """List the practice users; pressing one emits ``elegido`` with it."""
        if not usuarios:
            return
        lista = QWidget()
        lista.setProperty("fondo", "sidebar")
        lista.setLayout(columna(*(self._boton(usuario) for usuario in usuarios), 1, separacion=M.linea))
        area = QtWidgets.QScrollArea()
        area.setWidget(lista)
        area.setWidgetResizable(True)
        area.setProperty("focusPolicy", "NoFocus")
        area.setProperty("horizontalScrollBarPolicy", "ScrollBarAlwaysOff")
        area.viewport().setProperty("fondo", "sidebar")
        self._caja.insertWidget(2, Label("Usuarios de práctica: oprima uno", "header", "sidebar_muted"))
        self._caja.insertWidget(3, area, 1)
        self._lema.hide()

    def _boton(self, usuario: UsuarioDePractica) -> QPushButton:
        boton = QPushButton()
        boton.setProperty("clase", "sidebar_dato")
        boton.setAutoDefault(False)
        boton.setAccessibleName(f"Usar {usuario.usuario}, {usuario.perfil}, frase {usuario.frase}")
        arriba = Label(f"{usuario.usuario} · {usuario.perfil}", "header", "sidebar")
        abajo = ElidedLabel(usuario.frase, "caption", "sidebar_muted")
        boton.setLayout(columna(arriba, abajo, separacion=0, margen=M.foco))
        boton.clicked.connect(lambda: self.elegido.emit(usuario))
        return boton
