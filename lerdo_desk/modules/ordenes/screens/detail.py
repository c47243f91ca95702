"""One order on the screen: its folio, how it stands, what it is made of; printed again or cancelled."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.ordenes_vista import (
    CANCELADA,
    PAGADA,
    VENCIDA,
    VIGENTE,
    OrdenVista,
    formato_folio,
    frase,
)
from lerdo_desk.modules.ordenes import service
from lerdo_desk.modules.ordenes.screens.paper import imprimir
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Amount, Card, fila
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Chip, Label, TonoChip
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_PALABRA = dict(service.ESTADOS)
_TONO: dict[str, TonoChip] = {VIGENTE: "info", PAGADA: "ok", VENCIDA: "warn", CANCELADA: "neutral"}
_EJEMPLO = "EJEMPLO – NO OFICIAL: su tarifa o su concepto todavía no tiene una disposición que lo respalde."


def datos(orden: OrdenVista) -> tuple[tuple[str, str], ...]:
    """Give what an order says besides folio, amount and state, as name and text; empty ones left out."""
    pares = (
        ("A nombre de", orden.pagador),
        ("Domicilio", orden.domicilio),
        ("Concepto", f"{orden.concepto_clave} {orden.concepto}"),
        ("Descripción", orden.descripcion),
        ("Importe", orden.memoria),
        ("Fundamento", orden.fundamento),
        ("Ente", orden.ente),
        ("Se paga hasta", fecha_corta(orden.vence)),
        ("Emitió", orden.emitio),
    )
    return tuple((nombre, texto) for nombre, texto in pares if texto)


class OrderDialog(FittedDialog):
    """Shows an order; Ctrl+P prints it, whoever may can cancel it while it is not paid."""

    def __init__(self, servicios: Servicios, orden: OrdenVista, parent: QWidget) -> None:
        super().__init__("Orden de pago", parent)
        self._servicios, self.orden = servicios, orden
        self.dialogo: CancelDialog | None = None
        self.chip = Chip(_PALABRA[orden.estado], _TONO[orden.estado])
        self.nota = Note(frase(orden), "info" if orden.estado == VIGENTE else "warn")
        self.papel = Label("", "caption", "muted")
        self.boton = Button("Imprimir", "primary", icono="printer", tecla="Ctrl+P")
        self.anular: Button | None = None
        if servicios.runner.puede(service.cancelar) and orden.estado in (VIGENTE, VENCIDA):
            self.anular = Button("Cancelar la orden", "danger", icono="ban")
            self.anular.clicked.connect(self.pedir_motivo)
        self._componer()
        self.boton.clicked.connect(self.imprimir)
        QShortcut(QKeySequence("Ctrl+P"), self, self.imprimir)
        self.boton.setFocus()

    def _componer(self) -> None:
        orden = self.orden
        arriba = fila(Label(formato_folio(orden.folio), "heading"), self.chip, 1, separacion=M.m)
        arriba.addWidget(Amount("Total", formato(orden.importe), "heading", derecha=True))
        self.caja.addWidget(Label("Orden de pago", "label", "muted"))
        self.caja.addLayout(arriba)
        self.caja.addWidget(self.nota)
        hoja = Card(clase="inset")
        tabla = QGridLayout()
        tabla.setHorizontalSpacing(tema().px(M.l))
        tabla.setVerticalSpacing(tema().px(M.xs))
        tabla.setColumnStretch(1, 1)
        for n, (nombre, texto) in enumerate(datos(orden)):
            tabla.addWidget(Label(nombre, "caption", "muted"), n, 0, Qt.AlignmentFlag.AlignTop)
            tabla.addWidget(Label(texto, "body").en_parrafo(), n, 1)
        hoja.caja.addLayout(tabla)
        self.caja.addWidget(hoja)
        if orden.ejemplo:
            self.caja.addWidget(Label(_EJEMPLO, "caption", "warn").en_parrafo())
        self.caja.addWidget(self.papel)
        self.botones(self.boton, *((self.anular,) if self.anular is not None else ()))

    def imprimir(self) -> None:
        """Print the order (again)."""
        self.papel.setText("Imprimiendo…")
        imprimir(self._servicios, self.orden.folio, self._salio, self._fallo)

    def _salio(self, lugar: str) -> None:
        self.papel.setText(f"Impresa en {lugar}.")

    def _fallo(self, error: Exception) -> None:
        self.papel.setText(explicar(error).frase)

    def pedir_motivo(self) -> None:
        """Ask why it is cancelled."""
        self.dialogo = CancelDialog(self._servicios, self.orden, self)
        self.dialogo.accepted.connect(self._cancelada)
        self.dialogo.open()

    def _cancelada(self) -> None:
        self._servicios.avisar(f"La orden {formato_folio(self.orden.folio)} quedó cancelada.", "ok")
        self.accept()


class CancelDialog(FittedDialog):
    """Asks the reason of a cancellation and writes it."""

    def __init__(self, servicios: Servicios, orden: OrdenVista, parent: QWidget) -> None:
        super().__init__("Cancelar la orden", parent)
        self._servicios, self._orden = servicios, orden
        self.motivo = TextField(largo=200)
        self.form = Form({"motivo": Field("&Motivo", self.motivo)})
        self.boton = Button("Cancelar la orden", "danger", icono="ban")
        efecto = (
            f"La orden {formato_folio(orden.folio)} de {orden.pagador} por {formato(orden.importe)} "
            "ya no se podrá pagar."
        )
        self.caja.addWidget(Label("Cancelar la orden", "heading"))
        self.caja.addWidget(Label(efecto, "body").en_parrafo())
        self.caja.addWidget(self.form)
        # Danger is never the default button: Enter does not cancel, a click or Tab and Space do.
        self.botones(None, self.boton)
        self.boton.clicked.connect(self._enviar)
        self.motivo.setFocus()

    def _enviar(self) -> None:
        self.form.limpiar()
        self._ocupar(True)
        orden = service.Cancelacion(self._orden.folio, self.motivo.valor())
        self._servicios.jobs.escribir(service.cancelar, orden, self._listo, self._fallo)

    def _listo(self, _nada: None) -> None:
        self._ocupar(False)
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self._ocupar(False)
        self.form.mostrar_error(error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase))

    def _ocupar(self, si: bool) -> None:
        self.form.setEnabled(not si)
        if si:
            self.boton.ocupar("Cancelando…")
        else:
            self.boton.desocupar()

    def reject(self) -> None:
        """Go back, unless it is being written."""
        if self.form.isEnabled():
            super().reject()
