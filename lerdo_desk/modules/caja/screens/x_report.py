"""The X report on screen: how an open turno stands, without the cash that its cashier will count blind."""

from PySide6.QtWidgets import QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.hacienda.documentos import CorteX
from lerdo_desk.modules.caja.screens.paper import XPaper
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Amount, Card, fila
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.tokens import M

_CIEGO = "El efectivo no se muestra: se sabe al confirmar el conteo del cierre."
_ENTERO = "El turno sigue abierto; estas cifras cambian con cada cobro."
_EFECTIVO = "01"  # SAT catalogue c_FormaPago


class XReportDialog(FittedDialog):
    """Tells receipts, cancelled, drops and the forms of payment; the cash only where it may be told."""

    def __init__(self, servicios: Servicios, corte: CorteX, parent: QWidget) -> None:
        super().__init__("Corte X", parent)
        self._corte = corte
        self.papel = XPaper(servicios, self)
        abierto = f"{fecha_corta(corte.abierto)} {corte.abierto:%H:%M}"
        quien = f"{corte.caja} · {corte.cajero} · abierto el {abierto}"
        self.caja.addWidget(Label("Corte X", "heading"))
        self.caja.addWidget(Label(quien, "body", "muted").en_parrafo())
        cuentas = Card(clase="inset")
        cuentas.caja.addLayout(
            fila(
                Amount("Recibos", f"{corte.recibos:,}", "heading"),
                Amount("Cancelados", f"{corte.cancelados:,}", "heading"),
                Amount("Retiros de efectivo", f"{corte.cuantos_retiros:,}", "heading"),
                1,
                separacion=M.xxl,
            )
        )
        self.caja.addWidget(cuentas)
        for nombre, importe in self._formas():
            self.caja.addLayout(fila(Label(nombre, "body"), 1, Label(importe, "amount")))
        for retiro in corte.retiros:
            que = f"Retiro {retiro.n} · bolsa {retiro.bolsa} · recibió {retiro.recibe}"
            self.caja.addLayout(fila(Label(que, "body"), 1, Label(formato(retiro.importe), "amount")))
        aviso = _CIEGO if corte.efectivo is None else _ENTERO
        self.caja.addWidget(Label(aviso, "caption", "muted").en_parrafo())
        self.dicho = Label("", "caption", "muted").en_parrafo()
        self.caja.addWidget(self.dicho)
        self.dicho.hide()
        self.boton = Button("Imprimir", "primary", icono="printer", tecla="Enter")
        self.boton.clicked.connect(lambda: self.papel.nuevo(self._corte))
        self.papel.cambio.connect(self._decir)
        self.botones(self.boton)
        self.boton.setFocus()

    def _decir(self) -> None:
        self.dicho.setText(self.papel.frase)
        self.dicho.setVisible(bool(self.papel.frase))

    def _formas(self) -> list[tuple[str, str]]:
        """Give name and amount of each form of payment that may be told."""
        sin_efectivo = [(f.nombre, formato(f.importe)) for f in self._corte.formas if f.forma != _EFECTIVO]
        if self._corte.efectivo is not None:
            return [("Efectivo", formato(self._corte.efectivo)), *sin_efectivo]
        return sin_efectivo or [("Sin pagos con otra forma que efectivo", "")]
