"""The big option of the first start: icon, title, explanation; the whole card is the button."""

from PySide6.QtWidgets import QPushButton, QSizePolicy

from lerdo_desk.ui.cards import columna
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M


class OptionCard(QPushButton):
    """One of the ways to begin."""

    def __init__(self, icono: str, titulo: str, frase: str) -> None:
        super().__init__()
        self.setProperty("clase", "opcion")
        self.setAutoDefault(False)
        self.setAccessibleName(titulo)
        self.setAccessibleDescription(frase)
        dibujo = IconView(icono, M.icono_vacio, "primary_text")
        nombre = Label(titulo, "title").en_parrafo()
        explicacion = Label(frase, "body", "muted").en_parrafo()
        caja = columna(dibujo, nombre, explicacion, 1, separacion=M.m, margen=tema().px(M.xl))
        self.setLayout(caja)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(tema().px(M.tarjeta_inicio))
