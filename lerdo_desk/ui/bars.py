"""The two bars of the window: above, where one is and who; below, the server and the keys in use."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from lerdo_desk.ui.buttons import IconButton
from lerdo_desk.ui.cards import columna, fila
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import Chip, ElidedLabel, KeyCap, Label
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M


class PersonButton(QPushButton):
    """Initials in a circle, name and profile; opens the menu of the session."""

    def __init__(self, nombre: str, perfil: str) -> None:
        super().__init__()
        self.setProperty("clase", "persona")
        self.setAccessibleName(f"Sesión de {nombre}, {perfil}")
        self.setAutoDefault(False)
        self._nombre, self._perfil = nombre, perfil
        metrica_nombre = max(len(nombre), len(perfil))
        self.setFixedSize(self._ancho(metrica_nombre), tema().px(M.control_grande))

    def _ancho(self, letras: int) -> int:
        self.ensurePolished()
        ancho = max(
            self.fontMetrics().horizontalAdvance(self._nombre),
            self.fontMetrics().horizontalAdvance(self._perfil),
        )
        return min(ancho, tema().px(M.lateral)) + tema().px(M.avatar + M.xl)

    def sizeHint(self) -> QSize:
        """Ask for its fixed size."""
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint circle, initials, name, profile and focus ring."""
        pintor = QPainter(self)
        pintor.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            pintor.setPen(QPen(tema().color("focus"), M.foco) if self.hasFocus() else Qt.PenStyle.NoPen)
            pintor.setBrush(tema().color("hover"))
            pintor.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), M.radio, M.radio)
        lado = tema().px(M.avatar)
        circulo = QRect(M.s, (self.height() - lado) // 2, lado, lado)
        pintor.setPen(Qt.PenStyle.NoPen)
        pintor.setBrush(tema().color("primary_soft"))
        pintor.drawEllipse(circulo)
        pintor.setPen(tema().color("primary_text"))
        pintor.setFont(tema().fuente("header"))
        pintor.drawText(circulo, Qt.AlignmentFlag.AlignCenter, iniciales(self._nombre))
        izquierda = circulo.right() + M.s
        textos = QRect(izquierda, M.s, self.width() - izquierda - M.s, self.height() - M.l)
        self._renglon(pintor, textos, self._nombre, "header", "text", Qt.AlignmentFlag.AlignTop)
        self._renglon(pintor, textos, self._perfil, "caption", "muted", Qt.AlignmentFlag.AlignBottom)
        pintor.end()

    @staticmethod
    def _renglon(
        pintor: QPainter, zona: QRect, texto: str, rol: str, tono: str, donde: Qt.AlignmentFlag
    ) -> None:
        pintor.setFont(tema().fuente(rol))
        pintor.setPen(tema().color(tono))
        corto = pintor.fontMetrics().elidedText(texto, Qt.TextElideMode.ElideRight, zona.width())
        pintor.drawText(zona, donde | Qt.AlignmentFlag.AlignLeft, corto)


def iniciales(nombre: str) -> str:
    """Give the first letters of the first two words of a name, in capitals."""
    return "".join(palabra[0] for palabra in nombre.split()[:2]).upper()


class TopBar(QFrame):
    """Title of the page and municipality, state of the till, theme button, person."""

    def __init__(self, municipio: str, nombre: str, perfil: str) -> None:
        super().__init__()
        self.setProperty("clase", "superior")
        self.setFixedHeight(tema().px(M.barra_superior))
        self._titulo = ElidedLabel("", "title")
        self.caja = Chip("", "neutral", punto=True, parent=self)
        self.caja.hide()
        self.tema = IconButton("moon", "Cambiar de tema")
        self.persona = PersonButton(nombre, perfil)
        caja = QHBoxLayout(self)
        caja.setContentsMargins(tema().px(M.l), 0, tema().px(M.s), 0)
        caja.setSpacing(tema().px(M.m))
        caja.addLayout(columna(self._titulo, ElidedLabel(municipio, "caption", "muted"), separacion=0), 1)
        for parte in (self.caja, self.tema, self.persona):
            caja.addWidget(parte)
        tema().cambiado.connect(self._sol_o_luna)
        self._sol_o_luna()

    def poner_titulo(self, texto: str) -> None:
        """Name the page shown."""
        self._titulo.poner(texto)

    def titulo(self) -> str:
        """Give the name of the page shown."""
        return self._titulo.texto()

    def _sol_o_luna(self) -> None:
        self.tema.renombrar("Cambiar de tema", "sun" if tema().paleta.oscura else "moon")


class StatusBar(QFrame):
    """The server at the left, the keys of the page at the right."""

    def __init__(self, servidor: str) -> None:
        super().__init__()
        self.setProperty("clase", "estado")
        self.setFixedHeight(tema().px(M.barra_estado))
        self._icono = IconView("database", M.icono, "ok")
        self._servidor = ElidedLabel(servidor, "caption", "muted")
        self._teclas = QWidget()
        self._fila = fila(separacion=M.s)
        self._teclas.setLayout(self._fila)
        caja = fila(self._icono, separacion=M.s)
        caja.addWidget(self._servidor, 1)
        caja.addWidget(self._teclas)
        caja.setContentsMargins(tema().px(M.l), 0, tema().px(M.l), 0)
        self.setLayout(caja)

    def poner_servidor(self, texto: str, conectado: bool) -> None:
        """Say what the window is connected to."""
        self._servidor.poner(texto)
        self._icono.poner("database" if conectado else "alert-triangle", "ok" if conectado else "bad")

    def poner_teclas(self, teclas: Sequence[tuple[str, str]]) -> None:
        """Show the keys that may be pressed now."""
        if teclas == self.teclas():
            return
        self._puestas = tuple(teclas)
        while (vieja := self._fila.takeAt(0)) is not None:
            if (widget := vieja.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for tecla, texto in teclas:
            self._fila.addWidget(KeyCap(tecla))
            self._fila.addWidget(Label(texto, "caption", "muted"))
            self._fila.addSpacing(M.s)

    def teclas(self) -> tuple[tuple[str, str], ...]:
        """Give the keys shown."""
        return self._puestas

    _puestas: tuple[tuple[str, str], ...] = ()
