"""What a locked window shows: who may open it, why it was locked, the password, and the way out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Card, columna, fila
from lerdo_desk.ui.fields import ErrorLine, Field, PhraseField
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

SIGUE = "Lo que estaba haciendo sigue como lo dejó, y lo que está en marcha continúa."
MAYUSCULAS = "Parece que Bloq Mayús está activado."


class LockPage(QWidget):
    """Asks for the password of one person. Its owner answers ``abrir`` with ``fallar`` or by hiding it."""

    abrir = Signal(str)
    """The phrase as typed; the field is empty by then."""
    salir = Signal()

    def __init__(self, nombre: str, perfil: str) -> None:
        super().__init__()
        self.setProperty("fondo", "bg")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._motivo = Label("", "body", "muted").en_parrafo()
        self.frase = PhraseField()
        self.campo = Field(f"&Contraseña de {nombre}", self.frase)
        self._mayusculas = ErrorLine("warn")
        self.boton = Button("Abrir", "primary", tecla="Enter")
        self.fuera = Button("C&errar sesión", "ghost", icono="logout")
        titulos = columna(
            Label("Sesión bloqueada", "heading"), Label(f"{nombre} · {perfil}", "name"), separacion=M.xs
        )
        arriba = fila(IconView("lock", M.icono_tarjeta, "primary_text"), separacion=M.l)
        arriba.addLayout(titulos, 1)
        tarjeta = Card()
        margen = tema().px(M.xl)
        tarjeta.caja.setContentsMargins(margen, margen, margen, margen)
        tarjeta.caja.setSpacing(tema().px(M.m))
        tarjeta.caja.addLayout(arriba)
        for parte in (
            self._motivo,
            self.campo,
            self._mayusculas,
            Label(SIGUE, "caption", "muted").en_parrafo(),
        ):
            tarjeta.caja.addWidget(parte)
        tarjeta.caja.addLayout(fila(self.fuera, 1, self.boton, separacion=M.m))
        tarjeta.setFixedWidth(tema().px(M.dialogo))
        caja = columna(1)
        caja.addLayout(fila(1, tarjeta, 1))
        caja.addStretch(1)
        self.setLayout(caja)
        self.boton.clicked.connect(self._pedir)
        self.frase.enter.connect(self._pedir)
        self.fuera.clicked.connect(self.salir)
        self.frase.mayusculas.connect(lambda si: self._mayusculas.poner(MAYUSCULAS if si else ""))

    def empezar(self, motivo: str) -> None:
        """Begin with an empty field, saying why the window is locked."""
        self._motivo.setText(motivo)
        self.terminar()

    def motivo(self) -> str:
        """Give the reason shown."""
        return self._motivo.text()

    def terminar(self) -> None:
        """Leave nothing typed and no error."""
        self._vaciar()
        self.campo.quitar_error()
        self._mayusculas.poner("")
        self._ocupar(False)

    def enfocar(self) -> None:
        """Put the focus on the password."""
        self.frase.setFocus(Qt.FocusReason.OtherFocusReason)

    def fallar(self, texto: str) -> None:
        """Say why it does not open; the password is written again."""
        self._ocupar(False)
        self.campo.mostrar_error(texto)
        self.enfocar()

    def _vaciar(self) -> None:
        # setText and not clear: it also empties what Undo would bring back.
        self.frase.setText("")
        self.frase.mostrar(False)

    def _ocupar(self, si: bool) -> None:
        self.frase.setReadOnly(si)
        if si:
            self.boton.ocupar("Revisando…")
        else:
            self.boton.desocupar()

    def _pedir(self) -> None:
        if not self.boton.isEnabled():
            return
        dicha = self.frase.valor()
        if not dicha:
            self.campo.mostrar_error("Escriba su contraseña.")
            self.enfocar()
            return
        self._vaciar()
        self.campo.quitar_error()
        self._ocupar(True)
        self.abrir.emit(dicha)
