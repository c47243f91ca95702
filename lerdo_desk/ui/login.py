"""The login window: user and phrase, one error for both, the practice users, and the change of phrase.

It knows no database: it emits ``entrar(usuario, frase)`` and ``cambiar(frase)`` and is told what came of it
(``ocupado``, ``mostrar_error``, ``pedir_cambio``, ``rechazar_cambio``).
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import columna, fila
from lerdo_desk.ui.fields import ErrorLine, Field, PhraseField, TextField
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import Label, repintar
from lerdo_desk.ui.login_side import PRODUCTO, Identidad, SidePanel, UsuarioDePractica
from lerdo_desk.ui.notes import Note
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

__all__ = ["LARGO_MINIMO", "Identidad", "UsuarioDePractica", "VentanaLogin"]

LARGO_MINIMO = 15
CAPACITACION = "CAPACITACIÓN: datos ficticios, nada se cobra de verdad."
MAYUSCULAS = "Parece que Bloq Mayús está activado."


class _Entrada(QWidget):
    """The page that asks for user and phrase."""

    entrar = Signal(str, str)

    def __init__(self, usuario: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.nota = Note("", "warn")
        self.nota.hide()
        self.usuario, self.frase = TextField(usuario, largo=63), PhraseField()
        self._campos = (Field("&Usuario", self.usuario), Field("&Contraseña", self.frase))
        self.error, self._mayusculas = ErrorLine(), ErrorLine("warn")
        self.recordar = QCheckBox("&Recordar mi usuario en este equipo")
        self.recordar.setChecked(bool(usuario))
        self._boton = Button("Entrar", "primary", grande=True)
        caja = columna(Label("Iniciar sesión", "heading"), self.nota, *self._campos, separacion=M.m)
        for parte in (self.error, self._mayusculas, self.recordar, self._boton):
            caja.addWidget(parte)
        caja.addStretch(1)
        self.setLayout(caja)
        self._boton.clicked.connect(self._pedir)
        self.usuario.enter.connect(self._pedir)
        self.frase.enter.connect(self._pedir)
        self.frase.mayusculas.connect(lambda si: self._mayusculas.poner(MAYUSCULAS if si else ""))
        for campo in (self.usuario, self.frase):
            campo.textEdited.connect(self.limpiar)

    def enfocar(self) -> None:
        """Put the focus on the first field that is empty."""
        (self.frase if self.usuario.valor() else self.usuario).setFocus()

    def llenar(self, usuario: UsuarioDePractica) -> None:
        """Fill both fields with a practice user; Entrar has the focus."""
        self.limpiar()
        self.usuario.setText(usuario.usuario)
        self.frase.setText(usuario.frase)
        self._boton.setFocus()

    def limpiar(self) -> None:
        """Take the errors away."""
        self._marcar("")
        for campo in self._campos:
            campo.quitar_error()

    def fallar(self, texto: str) -> None:
        """Say one thing of both fields; what was typed stays, the phrase is selected."""
        self.ocupar(False)
        self._marcar(texto)
        self.frase.setFocus()
        self.frase.selectAll()

    def ocupar(self, si: bool) -> None:
        """Refuse a second Entrar while the first one is answered."""
        for campo in (self.usuario, self.frase):
            campo.setReadOnly(si)
        if si:
            self._boton.ocupar("Entrando…")
        else:
            self._boton.desocupar()

    def _marcar(self, texto: str) -> None:
        if texto == self.error.texto():
            return
        self.error.poner(texto)
        for campo in (self.usuario, self.frase):
            campo.setProperty("error", "true" if texto else "false")
            campo.setAccessibleDescription(texto)
            repintar(campo)

    def _pedir(self) -> None:
        if not self._boton.isEnabled():
            return
        self.limpiar()
        controles: tuple[TextField, ...] = (self.usuario, self.frase)
        faltas = ("Escriba su usuario.", "Escriba su contraseña.")
        vacios = [n for n, control in enumerate(controles) if not control.valor()]
        for n in vacios:
            self._campos[n].mostrar_error(faltas[n])
        if vacios:
            controles[vacios[0]].setFocus()
            return
        self.entrar.emit(self.usuario.valor(), self.frase.valor())


class _Cambio(QWidget):
    """The page of the first entry: a new phrase, twice."""

    cambiar = Signal(str)
    volver = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._motivo = Label("", "body", "muted").en_parrafo()
        self.nueva, self.repetida = PhraseField(), PhraseField()
        consejo = f"Al menos {LARGO_MINIMO} caracteres; cuatro palabras al azar se recuerdan bien."
        self.campo_nueva = Field("Contraseña &nueva", self.nueva, ayuda=consejo)
        self.campo_repetida = Field("Escríbala &otra vez", self.repetida)
        self._boton, self._atras = (
            Button("&Guardar y entrar", "primary", grande=True),
            Button("Volver", "ghost"),
        )
        caja = columna(Label("Elija su contraseña", "heading"), self._motivo, separacion=M.m)
        caja.addWidget(self.campo_nueva)
        caja.addWidget(self.campo_repetida)
        botones: QHBoxLayout = fila(self._atras, separacion=M.m)
        botones.addWidget(self._boton, 1)
        caja.addLayout(botones)
        caja.addStretch(1)
        self.setLayout(caja)
        self._boton.clicked.connect(self._pedir)
        self._atras.clicked.connect(self.volver)
        self.nueva.enter.connect(self.repetida.setFocus)
        self.repetida.enter.connect(self._pedir)

    def empezar(self, motivo: str) -> None:
        """Show the page empty, with the reason for the change."""
        self._motivo.setText(motivo)
        for campo, control in ((self.campo_nueva, self.nueva), (self.campo_repetida, self.repetida)):
            control.clear()
            campo.quitar_error()
        self.ocupar(False)
        self.nueva.setFocus()

    def rechazar(self, texto: str) -> None:
        """Say why the phrase was refused; what was typed stays."""
        self.ocupar(False)
        self.campo_nueva.mostrar_error(texto)
        self.nueva.setFocus()

    def ocupar(self, si: bool) -> None:
        """Refuse a second press while the first one is answered."""
        if si:
            self._boton.ocupar("Guardando…")
        else:
            self._boton.desocupar()

    def _pedir(self) -> None:
        if not self._boton.isEnabled():
            return
        frase = self.nueva.valor()
        if len(frase) < LARGO_MINIMO:
            faltan = LARGO_MINIMO - len(frase)
            self.rechazar(
                f"Es corta: le {'falta 1 carácter' if faltan == 1 else f'faltan {faltan} caracteres'}."
            )
        elif frase != self.repetida.valor():
            self.campo_repetida.mostrar_error("No es igual a la primera; escríbala otra vez.")
            self.repetida.setFocus()
        else:
            self.cambiar.emit(frase)


class VentanaLogin(QWidget):
    """The first window; 780 x 460. Its owner answers ``entrar`` and ``cambiar``."""

    entrar = Signal(str, str)
    """User and phrase, as typed."""
    cambiar = Signal(str)
    """The new phrase of the first entry."""

    def __init__(
        self,
        identidad: Identidad,
        usuarios: Sequence[UsuarioDePractica] = (),
        usuario: str = "",
    ) -> None:
        """``usuarios``: those of practice, with phrases; ``usuario``: the one remembered on this station."""
        super().__init__()
        self.setWindowTitle(f"Iniciar sesión · {PRODUCTO}")
        self.setFixedSize(tema().px(M.login_ancho), tema().px(M.login_alto))
        # A widget is put in its place before it is filled: with a style sheet Qt dresses it and all that it
        # holds again each time that it is put into another.
        self._lado = SidePanel(identidad, self)
        derecha = QFrame(self)
        derecha.setProperty("fondo", "surface")
        caja = fila(self._lado, separacion=0)
        caja.addWidget(derecha, 1)
        self.setLayout(caja)
        self._paginas = QStackedWidget(derecha)
        self._icono = IconView("database", M.icono, "ok")
        self._base = Label("", "caption", "muted").en_parrafo()
        self._version = Label("", "caption", "muted")
        derecha.setLayout(self._con_pie())
        self._entrada = _Entrada(usuario, self._paginas)
        self._paginas.addWidget(self._entrada)
        self._pagina_de_cambio: _Cambio | None = None
        self._lado.elegido.connect(self._entrada.llenar)
        self._entrada.entrar.connect(self.entrar)
        self.identificar(identidad)
        self.poner_practica(usuarios)
        self._entrada.enfocar()

    def _con_pie(self) -> QVBoxLayout:
        pie = fila(self._icono, separacion=M.s)
        pie.addWidget(self._base, 1)
        pie.addWidget(self._version)
        caja = columna(self._paginas, separacion=M.m)
        caja.addLayout(pie)
        margen = tema().px(M.login_margen)
        caja.setContentsMargins(margen, tema().px(M.xxl), margen, tema().px(M.xl))
        return caja

    @property
    def _cambio(self) -> _Cambio:
        """The page of the first entry, made when it is first asked for."""
        if self._pagina_de_cambio is None:
            self._pagina_de_cambio = _Cambio()
            self._pagina_de_cambio.cambiar.connect(self.cambiar)
            self._pagina_de_cambio.volver.connect(self.volver)
            self._paginas.addWidget(self._pagina_de_cambio)
        return self._pagina_de_cambio

    def identificar(self, identidad: Identidad) -> None:
        """Show another municipality, database line or mode, e.g. once the database has answered."""
        self._lado.identificar(identidad)
        self._base.setText(identidad.base)
        self._icono.poner(*(("database", "ok") if identidad.conectada else ("alert-triangle", "bad")))
        self._version.setText(f"v {identidad.version}" if identidad.version else "")
        self._entrada.nota.poner(CAPACITACION if identidad.capacitacion else "", "warn")

    def poner_practica(self, usuarios: Sequence[UsuarioDePractica]) -> None:
        """List the practice users with their phrases."""
        self._lado.poner_practica(usuarios)

    @property
    def recordar(self) -> bool:
        """Tell whether the user's name is to be remembered on this station."""
        return self._entrada.recordar.isChecked()

    def poner_usuario(self, usuario: str) -> None:
        """Write the remembered user, unless something was typed already."""
        if usuario and not self._entrada.usuario.text():
            self._entrada.usuario.setText(usuario)
            self._entrada.recordar.setChecked(True)
            self._entrada.enfocar()

    def poner_frase(self, usuario: str, frase: str) -> None:
        """Write the remembered password, unless another person or a phrase was typed already."""
        entrada = self._entrada
        if frase and entrada.usuario.valor() == usuario and not entrada.frase.text():
            entrada.frase.poner_guardada(frase)
            entrada.frase.selectAll()

    def mostrar_error(self, texto: str) -> None:
        """Say why one may not enter, one sentence for both fields."""
        self._paginas.setCurrentWidget(self._entrada)
        self._entrada.fallar(texto)

    def ocupado(self, si: bool) -> None:
        """Show that the answer is awaited; a second press is refused."""
        self._entrada.ocupar(si)
        if self._pagina_de_cambio is not None:
            self._pagina_de_cambio.ocupar(si)

    def pedir_cambio(self, motivo: str) -> None:
        """Ask for a new phrase, saying why (first entry, the old one expired)."""
        self.ocupado(False)
        self._paginas.setCurrentWidget(self._cambio)
        self._cambio.empezar(motivo)

    def rechazar_cambio(self, texto: str) -> None:
        """Say why the new phrase was refused."""
        self._cambio.rechazar(texto)

    def volver(self) -> None:
        """Go back from the change of phrase to the entry, with an empty phrase."""
        self._entrada.frase.clear()
        self._paginas.setCurrentWidget(self._entrada)
        self._entrada.enfocar()
