"""Surfaces: card, inset block, separator, heading of a page, empty state and labelled amounts."""

from collections.abc import Sequence
from typing import Literal

from PySide6 import QtCore
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import Chip, ElidedLabel, Label, Rol, Tono
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M


class Card(QFrame):
    """A white surface with a 1 px edge; ``caja`` is its vertical layout, padding 16 (0 when ``pegada``)."""

    def __init__(self, *, clase: Literal["card", "inset"] = "card", pegada: bool = False) -> None:
        super().__init__()
        self.setProperty("clase", clase)
        self.caja = QVBoxLayout(self)
        margen = M.linea if pegada else tema().px(M.l)
        self.caja.setContentsMargins(margen, margen, margen, margen)
        self.caja.setSpacing(0 if pegada else tema().px(M.s))


def linea() -> QFrame:
    """Give a horizontal separator."""
    marco = QFrame()
    marco.setProperty("clase", "linea")
    marco.setFixedHeight(M.linea)
    return marco


def fila(*partes: QWidget | int, separacion: int = M.s, margen: int = 0) -> QHBoxLayout:
    """Lay widgets in a row; an int is a stretch with that weight (sizes in pixels at 100 %)."""
    caja = QHBoxLayout()
    caja.setContentsMargins(margen, margen, margen, margen)
    caja.setSpacing(tema().px(separacion))
    for parte in partes:
        if isinstance(parte, int):
            caja.addStretch(parte)
        else:
            caja.addWidget(parte)
    return caja


def columna(*partes: QWidget | int, separacion: int = M.s, margen: int = 0) -> QVBoxLayout:
    """Lay widgets in a column; an int is a stretch with that weight (sizes in pixels at 100 %)."""
    caja = QVBoxLayout()
    caja.setContentsMargins(margen, margen, margen, margen)
    caja.setSpacing(tema().px(separacion))
    for parte in partes:
        if isinstance(parte, int):
            caja.addStretch(parte)
        else:
            caja.addWidget(parte)
    return caja


class HeadCard(Card):
    """The card of what is open: icon, name, chips of state, two muted lines and buttons at the right."""

    def __init__(self, icono: str, *botones: QWidget) -> None:
        super().__init__()
        self.icono = IconView(icono, M.icono_tarjeta, "primary_text")
        self.titulo = ElidedLabel("", "title")
        self.titulo.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(M.s)
        self.linea1, self.linea2 = ElidedLabel("", "body", "muted"), ElidedLabel("", "caption", "muted")
        arriba = QHBoxLayout()
        arriba.setSpacing(M.s)
        arriba.addWidget(self.titulo, 1)
        arriba.addLayout(self._chips)
        arriba.addStretch(0)
        textos = columna(self.linea1, self.linea2, separacion=M.linea)
        textos.insertLayout(0, arriba)
        entera = fila(self.icono, separacion=M.l)
        entera.setAlignment(self.icono, QtCore.Qt.AlignmentFlag.AlignTop)
        entera.addLayout(textos, 1)
        for boton in botones:
            entera.addWidget(boton, 0, QtCore.Qt.AlignmentFlag.AlignTop)
        self.caja.addLayout(entera)
        margen = tema().px(M.m)
        self.caja.setContentsMargins(tema().px(M.l), margen, margen, margen)

    def poner(self, titulo: str, linea1: str, linea2: str = "", chips: Sequence[Chip] = ()) -> None:
        """Show another thing; the old chips go."""
        self.titulo.poner(titulo)
        self.linea1.poner(linea1)
        self.linea2.poner(linea2)
        self.linea2.setVisible(bool(linea2))
        while (viejo := self._chips.takeAt(0)) is not None:
            if (widget := viejo.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for chip in chips:
            self._chips.addWidget(chip)


class EmptyState(QWidget):
    """What a place without content says: icon, one title, one sentence, at most two buttons."""

    def __init__(self, icono: str, titulo: str, frase: str, botones: Sequence[Button] = ()) -> None:
        super().__init__()
        self._titulo, self._frase = Label(titulo, "title"), Label(frase, "body", "muted").en_parrafo()
        for texto in (self._titulo, self._frase):
            texto.setAlignment(QtCore.Qt.AlignmentFlag.AlignHCenter)
        dibujo = fila(1, IconView(icono, M.icono_vacio, "disabled"), 1)
        caja = columna(self._titulo, self._frase, separacion=M.s, margen=tema().px(M.l))
        caja.insertLayout(0, dibujo)
        caja.insertStretch(0, 1)
        if botones:
            caja.addSpacing(M.s)
            caja.addLayout(fila(1, *botones, 1, separacion=M.m))
        caja.addStretch(1)
        self.setLayout(caja)

    def poner(self, titulo: str, frase: str) -> None:
        """Say something else."""
        self._titulo.setText(titulo)
        self._frase.setText(frase)


class Amount(QWidget):
    """A muted caption with an amount below it, e.g. Importe / $5,498.84; ``display`` for the total."""

    def __init__(self, rotulo: str, texto: str = "", rol: Rol = "amount", *, derecha: bool = False) -> None:
        super().__init__()
        self._rotulo, self._texto = Label(rotulo, "caption", "muted"), Label(texto, rol)
        lado = QtCore.Qt.AlignmentFlag.AlignRight if derecha else QtCore.Qt.AlignmentFlag.AlignLeft
        for parte in (self._rotulo, self._texto):
            parte.setAlignment(lado | QtCore.Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(columna(self._rotulo, self._texto, separacion=0 if rol == "display" else M.xs))
        self.poner(texto)

    def poner(self, texto: str, rotulo: str | None = None, tono: Tono = "text") -> None:
        """Show another amount (already formatted), and another caption when given."""
        if rotulo is not None:
            self._rotulo.setText(rotulo)
        self._texto.setText(texto)
        self._texto.poner_tono(tono)
        self._texto.setAccessibleName(f"{self._rotulo.text()}: {texto}")

    def texto(self) -> str:
        """Give the amount as shown."""
        return self._texto.text()

    def etiqueta(self) -> QLabel:
        """Give the label that shows the amount."""
        return self._texto
