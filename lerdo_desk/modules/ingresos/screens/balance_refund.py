"""The dialog that gives a saldo a favor back: how much, and the oficio that says so."""

from PySide6.QtWidgets import QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.saldos_aplicar import Devolucion
from lerdo_desk.modules.ingresos.service import saldos
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, MoneyField, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios


def procedencia(saldo: saldos.SaldoEntero) -> str:
    """Say whose a saldo is and where it came from, in one line."""
    visto = saldo.visto
    decia = f" · el archivo decía «{saldo.decia}», referencia {saldo.referencia}" if saldo.decia else ""
    return f"{visto.titular} · recibo {visto.recibo} del {fecha_corta(visto.fecha)}{decia}"


class RefundDialog(FittedDialog):
    """Asks the amount and the oficio; ``hecho`` is what was done."""

    def __init__(self, servicios: Servicios, saldo: saldos.SaldoEntero, parent: QWidget) -> None:
        super().__init__("Devolver un saldo a favor", parent)
        self._servicios, self._saldo = servicios, saldo
        self.hecho = ""
        self.importe = MoneyField(saldo.visto.disponible)
        self.nota_de = TextField(largo=200)
        ayuda = "Por ejemplo: Oficio TES/045/2026, transferencia a la cuenta de quien pagó."
        self.form = Form(
            {
                "importe": Field("&Importe que se devuelve", self.importe),
                "nota": Field("&Oficio y cómo se devuelve", self.nota_de, ayuda=ayuda),
            }
        )
        self.boton = Button("Devolver", "primary", tecla="Enter")
        self.caja.addWidget(Label(f"Devolver {formato(saldo.visto.disponible)}", "heading"))
        self.caja.addWidget(Label(procedencia(saldo), "body", "muted").en_parrafo())
        self.caja.addWidget(
            Note(
                "Queda escrito con su nombre y la hora, y no se deshace. El dinero lo entrega usted.", "warn"
            )
        )
        self.caja.addWidget(self.form)
        self.botones(self.boton)
        self.boton.clicked.connect(self._enviar)
        self.nota_de.setFocus()

    def _enviar(self) -> None:
        self.form.limpiar()
        try:
            importe = self.importe.valor()
        except ErrorDeUso as error:
            self.form.mostrar_error(error)
            return
        if importe is None:
            self.form.mostrar_error(ErrorDeUso("Escriba cuánto se devuelve.", "importe"))
            return
        self.hecho = f"Se devolvieron {formato(importe)} a {self._saldo.visto.titular}."
        self._ocupar(True)
        orden = Devolucion(self._saldo.visto.cargo_id, importe, self.nota_de.valor(), self._saldo.usos)
        self._servicios.jobs.escribir(saldos.devolver_saldo, orden, self._listo, self._fallo)

    def _listo(self, _nada: None) -> None:
        self._ocupar(False)
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self._ocupar(False)
        self.form.mostrar_error(error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase))

    def _ocupar(self, si: bool) -> None:
        self.form.setEnabled(not si)
        if si:
            self.boton.ocupar("Guardando…")
        else:
            self.boton.desocupar()

    def reject(self) -> None:
        """Go back, unless it is being written."""
        if self.form.isEnabled():
            super().reject()
