"""A sentence on a soft ground: inside a page (note) or across its top (banner)."""

from typing import Literal

from PySide6.QtWidgets import QFrame

from lerdo_desk.ui.cards import fila
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import Label, repintar
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

Tono = Literal["ok", "info", "warn", "bad"]
ICONO: dict[Tono, str] = {
    "ok": "circle-check",
    "info": "info-circle",
    "warn": "alert-triangle",
    "bad": "alert-triangle",
}


class Note(QFrame):
    """A sentence on a soft ground inside a page or form: icon, text, edge in the same tone."""

    def __init__(
        self, texto: str = "", tono: Tono = "info", *, clase: Literal["nota", "banner"] = "nota"
    ) -> None:
        super().__init__()
        self.setProperty("clase", clase)
        self.setProperty("tono", tono)
        self._icono = IconView(ICONO[tono], M.icono, tono)
        self._texto = Label(texto, "label", tono).en_parrafo()
        caja = fila(self._icono, separacion=M.s)
        caja.addWidget(self._texto, 1)
        alto, lado = (M.s, M.m) if clase == "nota" else (M.xs, M.l)
        caja.setContentsMargins(tema().px(lado), tema().px(alto), tema().px(lado), tema().px(alto))
        self.setLayout(caja)
        self.poner(texto, tono)

    def poner(self, texto: str, tono: Tono) -> None:
        """Say something else; an empty text hides it."""
        if tono != self.property("tono"):
            self.setProperty("tono", tono)
            repintar(self)
        self._icono.poner(ICONO[tono], tono)
        self._texto.setText(texto)
        self._texto.poner_tono(tono)
        self.setAccessibleName(texto)
        if self.parentWidget() is not None or not texto:
            self.setVisible(bool(texto))

    def texto(self) -> str:
        """Give the sentence."""
        return self._texto.text()


class Banner(Note):
    """A note across the top of the page: training mode, no connection."""

    def __init__(self, texto: str, tono: Tono = "warn") -> None:
        super().__init__(texto, tono, clase="banner")
