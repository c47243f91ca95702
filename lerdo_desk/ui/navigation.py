"""The sidebar: pages by dirección, 208 px wide or 60 with icons alone; a bar marks where one is."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from lerdo_desk.ui.cards import fila
from lerdo_desk.ui.icons import IconView, icon
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.pages import Pagina
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_PASO = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class NavButton(QAbstractButton):
    """One entry of the sidebar."""

    flecha = Signal(int)
    """An arrow was pressed: 1 down, -1 up (taken here, or the scroll area would eat it)."""

    def __init__(self, titulo: str, icono: str, *, marcable: bool = True) -> None:
        super().__init__()
        self.setCheckable(marcable)
        self.setAccessibleName(titulo)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(tema().px(M.lateral_boton))
        self._titulo, self._insignia, self._corta = titulo, "", False
        self._apagado, self._vivo = icon(icono, "sidebar_muted"), icon(icono, "sidebar_text")

    def vestir(self, titulo: str, icono: str) -> None:
        """Change what the entry says."""
        self._titulo = titulo
        self.setAccessibleName(titulo)
        self._apagado, self._vivo = icon(icono, "sidebar_muted"), icon(icono, "sidebar_text")
        self.acortar(self._corta)

    def acortar(self, corta: bool) -> None:
        """Show the icon alone (its name as a tooltip), or icon and name."""
        self._corta = corta
        self.setToolTip(self._titulo if corta else "")
        self.update()

    def insignia(self, texto: str) -> None:
        """Show a short number at the right (things that wait), or nothing."""
        self._insignia = texto
        self.setAccessibleDescription(f"{texto} pendientes" if texto else "")
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the sidebar's width."""
        return QSize(tema().px(M.lateral_corta), tema().px(M.lateral_boton))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the arrows to the sidebar; Enter presses like Space."""
        if event.key() in _PASO:
            self.flecha.emit(_PASO[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Light up under the mouse."""
        super().enterEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, bar, icon, name, badge and focus ring."""
        pintor = QPainter(self)
        pintor.setRenderHint(QPainter.RenderHint.Antialiasing)
        zona = self.rect().adjusted(0, M.linea, 0, -M.linea)
        puesta = self.isChecked()
        if puesta or self.underMouse():
            pintor.setPen(Qt.PenStyle.NoPen)
            pintor.setBrush(tema().color("sidebar_active"))
            pintor.setOpacity(1.0 if puesta else 0.5)
            pintor.drawRoundedRect(zona, M.radio, M.radio)
            pintor.setOpacity(1.0)
        if puesta:
            alto = zona.height() - M.l
            pintor.fillRect(zona.left(), zona.top() + M.s, M.barra, alto, tema().color("sidebar_accent"))
        if self.hasFocus():
            pintor.setPen(QPen(tema().color("sidebar_focus"), M.foco))
            pintor.setBrush(Qt.BrushStyle.NoBrush)
            pintor.drawRoundedRect(zona.adjusted(1, 1, -1, -1), M.radio, M.radio)
        self._contenido(pintor, zona, puesta)
        pintor.end()

    def _contenido(self, pintor: QPainter, zona: QRect, puesta: bool) -> None:
        lado = tema().px(M.icono_lateral)
        izquierda = (zona.width() - lado) // 2 if self._corta else zona.left() + tema().px(M.m)
        hueco = QRect(izquierda, zona.center().y() - lado // 2 + 1, lado, lado)
        (self._vivo if puesta else self._apagado).paint(pintor, hueco)
        if self._corta:
            return
        resto = QRect(zona)
        resto.setLeft(hueco.right() + tema().px(M.s))
        resto.setRight(zona.right() - M.s)
        if self._insignia:
            resto.setRight(self._pintar_insignia(pintor, resto) - M.s)
        pintor.setFont(tema().fuente("name" if puesta else "medium"))
        pintor.setPen(tema().color("sidebar_text"))
        texto = pintor.fontMetrics().elidedText(self._titulo, Qt.TextElideMode.ElideRight, resto.width())
        pintor.drawText(resto, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, texto)

    def _pintar_insignia(self, pintor: QPainter, zona: QRect) -> int:
        """Paint the badge and give where it begins."""
        pintor.setFont(tema().fuente("header"))
        metrica = pintor.fontMetrics()
        alto = metrica.height() + M.foco
        ancho = max(metrica.horizontalAdvance(self._insignia) + M.l, alto)
        pastilla = QRect(zona.right() - ancho, zona.center().y() - alto // 2, ancho, alto)
        pintor.setPen(Qt.PenStyle.NoPen)
        pintor.setBrush(tema().color("sidebar_accent"))
        pintor.drawRoundedRect(pastilla, alto / 2, alto / 2)
        pintor.setPen(tema().color("sidebar"))
        pintor.drawText(pastilla, Qt.AlignmentFlag.AlignCenter, self._insignia)
        return pastilla.left()


class Sidebar(QWidget):
    """The list of pages; ``elegida`` carries the clave of the one asked for."""

    elegida = Signal(str)
    doblada = Signal()
    """The person folded or unfolded the sidebar by hand."""

    def __init__(self, producto: str, icono: str, paginas: Sequence[Pagina]) -> None:
        """Group consecutive pages of one dirección; those with ``abajo`` stand at the foot."""
        super().__init__()
        self.setProperty("fondo", "sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._corta = False
        self._botones: dict[str, NavButton] = {}
        self._rotulos: list[Label] = []
        self._nombre = Label(producto, "title", "sidebar")
        self._doblar = NavButton("Contraer", "chevron-left", marcable=False)
        self._doblar.clicked.connect(self._doblar_a_mano)
        caja = QVBoxLayout(self)
        margen = tema().px(M.s)
        caja.setContentsMargins(margen, 0, margen, margen)
        caja.setSpacing(0)
        caja.addWidget(self._cabeza(icono))
        caja.addWidget(self._lista([p for p in paginas if not p.abajo]), 1)
        for pagina in paginas:
            if pagina.abajo:
                caja.addWidget(self._boton(pagina))
        caja.addWidget(self._doblar)
        self.acortar(False)

    def _cabeza(self, icono: str) -> QWidget:
        cabeza = QWidget()
        cabeza.setFixedHeight(tema().px(M.barra_superior))
        dibujo = IconView(icono, M.icono_lateral + M.xs, "sidebar_accent")
        caja = fila(dibujo, self._nombre, 1, separacion=M.s + M.xs)
        caja.setContentsMargins(tema().px(M.s + M.foco), 0, 0, 0)
        cabeza.setLayout(caja)
        return cabeza

    def _lista(self, paginas: Sequence[Pagina]) -> QScrollArea:
        dentro = QWidget()
        caja = QVBoxLayout(dentro)
        caja.setContentsMargins(0, tema().px(M.xs), 0, 0)
        caja.setSpacing(0)
        for direccion, grupo in groupby(paginas, key=lambda p: p.direccion):
            suyas = list(grupo)
            if [p.titulo for p in suyas] != [direccion]:
                caja.addWidget(self._rotulo(direccion))
            for pagina in suyas:
                caja.addWidget(self._boton(pagina))
        caja.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(dentro)
        dentro.setProperty("fondo", "sidebar")
        area.viewport().setProperty("fondo", "sidebar")
        return area

    def _rotulo(self, texto: str) -> Label:
        rotulo = Label(texto, "caption", "sidebar_muted")
        margen = tema().px(M.m)
        rotulo.setContentsMargins(margen, margen, 0, tema().px(M.xs))
        self._rotulos.append(rotulo)
        return rotulo

    def _boton(self, pagina: Pagina) -> NavButton:
        boton = NavButton(pagina.titulo, pagina.icono)
        boton.clicked.connect(lambda: self._pedir(pagina.clave))
        boton.flecha.connect(self._mover)
        self._botones[pagina.clave] = boton
        return boton

    def _doblar_a_mano(self) -> None:
        self.acortar(not self._corta)
        self.doblada.emit()

    def _pedir(self, clave: str) -> None:
        # The window marks the entry once the page is really shown.
        self._botones[clave].setChecked(not self._botones[clave].isChecked())
        self.elegida.emit(clave)

    def marcar(self, clave: str) -> None:
        """Mark the page that is shown."""
        for otra, boton in self._botones.items():
            boton.setChecked(otra == clave)
            boton.setFocusPolicy(Qt.FocusPolicy.StrongFocus if otra == clave else Qt.FocusPolicy.ClickFocus)

    def insignia(self, clave: str, texto: str) -> None:
        """Show how many things wait in a page."""
        self._botones[clave].insignia(texto)

    def boton(self, clave: str) -> NavButton:
        """Give the entry of a page; KeyError when the person has no such page."""
        return self._botones[clave]

    @property
    def corta(self) -> bool:
        """Tell whether only icons are shown."""
        return self._corta

    def acortar(self, corta: bool) -> None:
        """Show icons alone (60 px) or names too (208 px)."""
        self._corta = corta
        self.setFixedWidth(tema().px(M.lateral_corta if corta else M.lateral))
        self._nombre.setVisible(not corta)
        self._doblar.vestir("Ampliar" if corta else "Contraer", "chevron-right" if corta else "chevron-left")
        for boton in (*self._botones.values(), self._doblar):
            boton.acortar(corta)
        for rotulo in self._rotulos:
            rotulo.setVisible(not corta)

    def _mover(self, paso: int) -> None:
        botones = list(self._botones.values())
        con_foco = next((n for n, boton in enumerate(botones) if boton.hasFocus()), 0)
        botones[(con_foco + paso) % len(botones)].setFocus(Qt.FocusReason.TabFocusReason)
