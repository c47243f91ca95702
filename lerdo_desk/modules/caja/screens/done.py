"""After a charge: the change huge, each receipt's folio, and how its paper stands with its own retry."""

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.modules.caja.screens.paper import Estado, Paper, ReceiptPaper
from lerdo_desk.modules.caja.screens.papers import ReceiptPapers
from lerdo_desk.modules.caja.screens.ticket import CobroHecho
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Card, columna, fila
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import Label, Tono
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_DOBLE_MS = 500
"""A second press of Enter within this time belongs to the charge: it must not wipe the change away."""
_A_LA_VISTA = 4
"""Papers shown without scrolling."""
_ASPECTO: dict[Estado, tuple[str, Tono, str]] = {
    "nada": ("clock", "muted", ""),
    "imprimiendo": ("clock", "muted", ""),
    "impreso": ("circle-check", "ok", "Reimprimir"),
    "fallo": ("alert-triangle", "bad", "Reimprimir"),
}


class PaperLine(Card):
    """One line that says how a paper stands, with the button to print it again."""

    def __init__(self, papel: Paper, tranquilo: str = "") -> None:
        """``tranquilo`` is the sentence that comes after a failure, e.g. that the charge stands."""
        super().__init__(clase="inset")
        self._papel, self._tranquilo = papel, tranquilo
        self._icono = IconView("clock", M.icono_boton, "muted")
        self._texto = Label("", "body").en_parrafo()
        self.boton = Button("&Reimprimir", "ghost")
        self.boton.clicked.connect(papel.imprimir)
        politica = self.boton.sizePolicy()
        politica.setRetainSizeWhenHidden(True)
        self.boton.setSizePolicy(politica)
        renglon = fila(self._icono, separacion=M.m)
        renglon.addWidget(self._texto, 1)
        renglon.addWidget(self.boton)
        self.caja.addLayout(renglon)
        papel.cambio.connect(self._mostrar)
        self._mostrar()

    def texto(self) -> str:
        """Give the sentence shown."""
        return self._texto.text()

    def _mostrar(self) -> None:
        icono, tono, boton = _ASPECTO[self._papel.estado]
        fallo = self._papel.estado == "fallo"
        frase = f"{self._papel.frase} {self._tranquilo}".strip() if fallo else self._papel.frase
        self._icono.poner(icono, tono)
        self._texto.setText(self.antes() + frase)
        self._texto.poner_tono("bad" if fallo else "text")
        self.boton.setVisible(bool(boton))

    def antes(self) -> str:
        """Give what is said before the state of the paper."""
        return ""


class ReceiptLine(PaperLine):
    """The line of one receipt among several: folio and pesos before the state of its paper."""

    def __init__(self, papel: ReceiptPaper) -> None:
        self._recibo = papel
        super().__init__(papel, "El cobro está registrado.")
        margen = tema().px(M.xs)
        self.caja.setContentsMargins(tema().px(M.m), margen, margen, margen)

    def antes(self) -> str:
        """Name the receipt, once it is known."""
        recibo = self._recibo.recibo
        return "" if recibo is None else f"Recibo {recibo.etiqueta}, {formato(recibo.total)} · "


class PaperList(QWidget):
    """The papers of a charge, each with its own state; more than a few scroll."""

    def __init__(self, papeles: ReceiptPapers) -> None:
        super().__init__()
        self._papeles = papeles
        self.lineas: tuple[PaperLine, ...] = ()
        self.setLayout(columna())
        papeles.otros.connect(self._armar)
        self._armar()

    def _armar(self) -> None:
        papeles = self._papeles.papeles
        if len(papeles) == 1:
            frase = "El cobro está registrado: sólo falta el papel."
            self.lineas = (PaperLine(papeles[0], frase),)
        else:
            self.lineas = tuple(ReceiptLine(p) for p in papeles)
        dentro = QWidget()
        dentro.setProperty("fondo", "claro")
        dentro.setLayout(columna(*self.lineas, separacion=M.xs))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("Recibos de este cobro")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(dentro)
        # As high as what it holds, up to some receipts: one alone never scrolls.
        una, vistas = tema().px(M.fila_resultado), self.lineas[:_A_LA_VISTA]
        altos = [max(una, linea.sizeHint().height()) for linea in vistas] or [una]
        area.setFixedHeight(sum(altos) + tema().px(M.xs) * (len(altos) - 1) + tema().px(M.s))
        caja = self.layout()
        if caja is not None:
            while (viejo := caja.takeAt(0)) is not None:
                if (widget := viejo.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            caja.addWidget(area)


class ChangeView(QWidget):
    """The change to give back, as the biggest thing on screen, with receipts and papers below."""

    def __init__(self, papeles: ReceiptPapers) -> None:
        super().__init__()
        self._papeles = papeles
        self._hecho: CobroHecho | None = None
        self._rotulo, self._cambio = Label("", "subtitle", "muted"), Label("", "display")
        self._recibo = Label("", "body", "muted").en_parrafo()
        self._nota = Label("", "label", "info").en_parrafo()
        self.lista = PaperList(papeles)
        for texto in (self._rotulo, self._cambio, self._recibo, self._nota):
            texto.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        caja = columna(self._rotulo, self._cambio, self._recibo, self._nota, self.lista, separacion=M.s)
        caja.insertLayout(0, fila(1, IconView("circle-check", M.icono_vacio, "ok"), 1))
        self.setLayout(caja)
        papeles.cambio.connect(self._poner_recibo)

    @property
    def linea(self) -> PaperLine:
        """Give the line of the first paper."""
        return self.lista.lineas[0]

    def mostrar(self, hecho: CobroHecho) -> None:
        """Show another charge."""
        self._hecho = hecho
        cambio = hecho.cobrado.cambio
        self._rotulo.setText("Entregue de cambio" if cambio else "Pago exacto, sin cambio")
        self._cambio.setText(formato(cambio))
        self._cambio.setAccessibleName(f"{self._rotulo.text()}: {formato(cambio)}")
        self._nota.setText(
            "Este cobro ya había quedado registrado: no se cobró otra vez." if hecho.cobrado.repetida else ""
        )
        self._nota.setVisible(hecho.cobrado.repetida)
        self._poner_recibo()

    def cambio(self) -> str:
        """Give the change as shown."""
        return self._cambio.text()

    def recibo(self) -> str:
        """Give the receipt's line as shown."""
        return self._recibo.text()

    def _poner_recibo(self) -> None:
        if self._hecho is None:
            return
        hecho, lineas = self._hecho, [self._hecho.titular]
        papeles = self._papeles.papeles
        recibo = papeles[0].recibo if papeles else None
        if len(papeles) > 1:
            lineas.append(f"{len(papeles)} recibos")
        elif recibo is not None:
            cuando = f"{fecha_corta(recibo.fecha_pago)} {recibo.creado:%H:%M}"
            lineas.append(f"Recibo {recibo.etiqueta} · {cuando}")
        lineas.append(f"Cobrado {formato(hecho.cobrado.total)} · {hecho.con_que}")
        self._recibo.setText("\n".join(lineas))


class DoneDialog(FittedDialog):
    """«Cobro registrado»: stays until the cashier goes on to the next person."""

    def __init__(self, hecho: CobroHecho, papeles: ReceiptPapers, parent: QWidget) -> None:
        super().__init__("Cobro registrado", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.vista = ChangeView(papeles)
        self.vista.mostrar(hecho)
        self.siguiente = Button("Siguiente contribuyente", "primary", tecla="Enter", grande=True)
        self.siguiente.clicked.connect(self._seguir)
        self.siguiente.setDefault(True)
        self.caja.addWidget(self.vista)
        self.caja.addLayout(fila(1, self.siguiente))
        self.siguiente.setFocus()
        self._desde = QElapsedTimer()
        self._desde.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Swallow an Enter that is held down: it began before the charge ended."""
        if not (event.isAutoRepeat() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            super().keyPressEvent(event)

    def _seguir(self) -> None:
        if self._desde.elapsed() >= _DOBLE_MS:
            self.accept()
