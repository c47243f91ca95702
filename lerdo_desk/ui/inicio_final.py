"""The end of an installation: the first administrator's temporary phrase, shown once."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.dialogs import Dialog
from lerdo_desk.ui.labels import Label


def mostrar_frase(sobre: QWidget, usuario: str, frase: str, al_cerrar: Callable[[], None]) -> Dialog:
    """Show the phrase with a button to copy it; ``al_cerrar`` follows however the dialog is closed."""
    dialogo = Dialog("Base preparada", sobre)
    dialogo.caja.addWidget(Label("La base quedó lista", "heading"))
    texto = f"Entre como «{usuario}» con esta contraseña temporal; se muestra sólo esta vez."
    dialogo.caja.addWidget(Label(texto, "body", "muted").en_parrafo())
    dialogo.caja.addWidget(Label(frase, "title"))
    copiar, listo = Button("&Copiar", "normal"), Button("Ya la anoté", "primary")
    copiar.clicked.connect(lambda: QGuiApplication.clipboard().setText(frase))
    listo.clicked.connect(dialogo.accept)
    dialogo.botones(listo, copiar)
    dialogo.finished.connect(lambda _resultado: al_cerrar())
    dialogo.open()
    return dialogo
