"""Forms in progress are kept for their author: a moment after typing stops, and when the form is hidden."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from lerdo_desk.modules.predial import service
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.columns import Column
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.table import Table
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

PREFIJO = "predial."
MOVIMIENTO, CONTACTO = f"{PREFIJO}movimiento.", f"{PREFIJO}contacto."
PAUSA_MS = 800
"""How long the typing must stop before a draft is kept."""


def borradores(apuntes: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Give the drafts of predial by their key; one that cannot be read is left out."""
    leidos = {}
    for clave, escrito in apuntes.items():
        try:
            leido = json.loads(escrito)
        except ValueError:
            continue
        if clave.startswith(PREFIJO) and isinstance(leido, dict) and leido.get("titulo"):
            leidos[clave] = leido
    return leidos


class Draft(QObject):
    """The draft of one form; ``tomar`` gives what is typed, None while there is nothing worth keeping."""

    def __init__(
        self,
        servicios: Servicios,
        clave: str,
        tomar: Callable[[], dict[str, Any] | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._servicios, self.clave, self._tomar = servicios, clave, tomar
        self._guardado, self._cerrado = "", False
        self._reloj = QTimer(self)
        self._reloj.setSingleShot(True)
        self._reloj.setInterval(PAUSA_MS)
        self._reloj.timeout.connect(self.guardar)

    def recordar(self, borrador: Mapping[str, Any]) -> None:
        """Take a draft as the one that is kept already."""
        self._guardado = json.dumps(borrador, ensure_ascii=False, sort_keys=True)

    def tocar(self) -> None:
        """Note that something was typed."""
        if not self._cerrado:
            self._reloj.start()

    def guardar(self) -> None:
        """Keep what is typed now, if it is not what is kept already; nothing typed keeps nothing."""
        self._reloj.stop()
        if self._cerrado:
            return
        tomado = self._tomar()
        escrito = "" if tomado is None else json.dumps(tomado, ensure_ascii=False, sort_keys=True)
        if escrito != self._guardado:
            self._escribir(escrito)

    def quitar(self) -> None:
        """Forget it: it was sent, or thrown away; nothing more is kept."""
        self._reloj.stop()
        self._cerrado = True
        if self._guardado:
            self._escribir("")

    @property
    def guardado(self) -> bool:
        """Tell whether there is a draft kept."""
        return bool(self._guardado)

    def _escribir(self, escrito: str) -> None:
        self._guardado = escrito
        apunte = service.Apunte(service.BORRADOR, self.clave, escrito)
        self._servicios.jobs.escribir(service.apuntar, apunte, _nada, self._servicios.error)


def tirar(servicios: Servicios, clave: str) -> None:
    """Forget a draft whose form is not open."""
    apunte = service.Apunte(service.BORRADOR, clave, "")
    servicios.jobs.escribir(service.apuntar, apunte, _nada, servicios.error)


def _nada(_valor: object) -> None:
    """Take a value that says nothing."""


class DraftsDialog(FittedDialog):
    """«Mis borradores»: Enter goes on with one, or it is thrown away."""

    elegido = Signal(str)
    """The key of the draft to go on with."""

    def __init__(self, servicios: Servicios, apuntes: Mapping[str, str], parent: QWidget) -> None:
        super().__init__("Mis borradores", parent)
        self._servicios = servicios
        self._filas = [(leido["titulo"], clave) for clave, leido in borradores(apuntes).items()]
        self.tabla = Table((Column("titulo", "Borrador", estira=True, peso="medium"),), nombre="Borradores")
        self.tabla.setFixedHeight(tema().px(M.panel_izquierdo - M.lateral_corta))
        self.tabla.abierta.connect(self._abrir)
        self.frase = Label("", "body", "muted").en_parrafo()
        self.caja.addWidget(Label("Mis borradores", "heading"))
        self.caja.addWidget(self.frase)
        self.caja.addWidget(self.tabla)
        self.boton = Button("Continuar", "primary", tecla="Enter")
        self.boton.clicked.connect(self._continuar)
        self.borrar = Button("&Tirar borrador", "danger", icono="x")
        self.borrar.clicked.connect(self._tirar)
        self.botones(self.boton, self.borrar)
        self._mostrar()
        self.tabla.setFocus()

    def _mostrar(self) -> None:
        hay = bool(self._filas)
        self.frase.setText(
            "Sólo usted los ve. Cada uno se borra al enviarlo o al tirarlo."
            if hay
            else "No tiene borradores: lo que deje a medias en una solicitud aparecerá aquí."
        )
        self.tabla.setVisible(hay)
        self.tabla.poner(self._filas)
        if hay:
            self.tabla.elegir(0)
        for boton in (self.boton, self.borrar):
            boton.habilitar(hay, "No hay borradores")

    def _continuar(self) -> None:
        actual = self.tabla.actual()
        if actual is not None:
            self._abrir(actual)

    def _abrir(self, fila: tuple[Any, ...]) -> None:
        self.accept()
        self.elegido.emit(fila[-1])

    def _tirar(self) -> None:
        actual = self.tabla.actual()
        if actual is not None:
            tirar(self._servicios, actual[-1])
            self._filas = [f for f in self._filas if f != actual]
            self._mostrar()
