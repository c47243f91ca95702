"""Why a debt is what it is: each line with its words, its base and the article it rests on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.hacienda.adeudos import AdeudoCargo
from lerdo_desk.hacienda.ley import Linea
from lerdo_desk.modules.caja.screens.rows import concepto, periodo
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Amount, columna, fila, linea
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M


def explicacion(renglon: Linea) -> str:
    """Write what a line was computed on and the article behind it."""
    base = "" if renglon.base is None else f"Sobre {formato(renglon.base)}. "
    return f"{base}{renglon.fundamento or 'Sin fundamento registrado; avise a Tesorería.'}"


class DetailDialog(FittedDialog):
    """The lines that paying one debt today would put on the receipt."""

    def __init__(self, cargo: AdeudoCargo, parent: QWidget) -> None:
        super().__init__("Detalle del adeudo", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        vence = (
            f"Venció el {fecha_corta(cargo.vence)}"
            if cargo.vencido
            else f"Vence el {fecha_corta(cargo.vence)}"
        )
        titulos = columna(
            Label(f"{concepto(cargo)} {periodo(cargo)}", "heading"),
            Label(vence, "body", "muted"),
            separacion=M.xs,
        )
        self.caja.addLayout(titulos)
        self.caja.addWidget(linea())
        self._area = self._renglones(cargo)
        self.caja.addWidget(self._area)
        self.caja.addWidget(linea())
        total = Amount("Total de este adeudo", formato(cargo.total), "heading", derecha=True)
        cerrar = Button("Cerrar", "primary", tecla="Esc")
        cerrar.clicked.connect(self.accept)
        cerrar.setDefault(True)
        self.caja.addWidget(total)
        self.caja.addLayout(fila(1, cerrar))
        cerrar.setFocus()

    def _renglones(self, cargo: AdeudoCargo) -> QScrollArea:
        dentro = QWidget()
        dentro.setProperty("fondo", "claro")
        caja = columna(separacion=M.m)
        for renglon in cargo.lineas:
            caja.addWidget(_Renglon(renglon))
        caja.addStretch(1)
        dentro.setLayout(caja)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("Renglones del adeudo")
        area.setWidget(dentro)
        self._dentro = dentro
        return area

    def showEvent(self, event: QShowEvent) -> None:
        """Give the lines the height they need, up to a scroll, now that their fonts are known."""
        super().showEvent(event)
        necesita = self._dentro.heightForWidth(self._area.viewport().width())
        self._area.setFixedHeight(min(necesita, tema().px(M.login_alto - M.login_margen)))
        self._ajustar()


class _Renglon(QWidget):
    """One line: its words and amount above, its base and article below."""

    def __init__(self, renglon: Linea) -> None:
        super().__init__()
        texto, monto = Label(renglon.texto, "medium").en_parrafo(), Label(formato(renglon.importe), "amount")
        monto.poner_tono("ok" if renglon.importe < 0 else "text")
        monto.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        monto.setAccessibleName(f"{renglon.texto}: {formato(renglon.importe)}")
        arriba = fila(separacion=M.l)
        arriba.addWidget(texto, 1)
        arriba.addWidget(monto)
        pie = Label(explicacion(renglon), "caption", "muted").en_parrafo()
        caja = columna(pie, separacion=M.xs)
        caja.insertLayout(0, arriba)
        self.setLayout(caja)
