"""The dialog of a hand-over: the money by form of payment, and the bag with its seal, given or received."""

from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QWidget

from lerdo_desk.base.dinero import formato, formato_columna
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.documentos import ActaDeEntrega
from lerdo_desk.hacienda.formas import EFECTIVO
from lerdo_desk.modules.ingresos import service
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Card, fila, linea
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_LARGO = 40


def total_de(acta: ActaDeEntrega) -> Decimal:
    """Give the pesos that an act hands over."""
    return sum((t.importe for t in acta.por_forma), Decimal("0.00"))


def bolsa_en_palabras(acta: ActaDeEntrega) -> str:
    """Say the bag and its seal, or that there is none because there is no cash."""
    return f"Bolsa {acta.bolsa}, sello {acta.sello}." if acta.bolsa else "Sin bolsa: no hay efectivo."


class ActDialog(FittedDialog):
    """Hands a corte over (``da``) or receives it; ``hecha`` is the act once it is written."""

    def __init__(
        self, servicios: Servicios, turno_id: str, acta: ActaDeEntrega, da: bool, parent: QWidget
    ) -> None:
        super().__init__("Entregar corte" if da else "Recibir corte", parent)
        self._servicios, self._turno, self._da = servicios, turno_id, da
        self._acta = acta
        self.hecha: ActaDeEntrega | None = None
        self.bolsa, self.sello, self.nota = (TextField(largo=n) for n in (_LARGO, _LARGO, 200))
        self.form = Form(self._campos())
        self.boton = Button("Entregar" if da else "Recibir", "primary", tecla="Enter")
        self._componer()
        self.boton.clicked.connect(self._enviar)
        (self.bolsa if self._con_efectivo and da else self.nota).setFocus()

    @property
    def _con_efectivo(self) -> bool:
        return any(t.forma == EFECTIVO for t in self._acta.por_forma)

    def _campos(self) -> dict[str, Field]:
        campos = {"nota": Field("No&ta (si hace falta)", self.nota)}
        if self._da and self._con_efectivo:
            campos = {
                "bolsa": Field("Número de la &bolsa", self.bolsa),
                "sello": Field("Número del &sello", self.sello),
                **campos,
            }
        return campos

    def _componer(self) -> None:
        acta = self._acta
        self.caja.addWidget(Label("Entregar corte" if self._da else "Recibir corte", "heading"))
        self.caja.addWidget(Label(f"Corte {acta.corte} · {acta.cajero}", "body", "muted"))
        self.caja.addWidget(self._dinero())
        if not self._da:
            dicho = f"Entregó {acta.entrega}. {bolsa_en_palabras(acta)}"
            self.caja.addWidget(Label(dicho, "body").en_parrafo())
        queda = f"El fondo de {formato(acta.fondo)} se queda en la caja y no se entrega."
        self.caja.addWidget(Label(queda, "caption", "muted").en_parrafo())
        self.caja.addWidget(self.form)
        self.botones(self.boton)

    def _dinero(self) -> Card:
        hoja, rejilla = Card(clase="inset"), QGridLayout()
        rejilla.setColumnStretch(0, 1)
        rejilla.setVerticalSpacing(tema().px(M.xs))
        for n, t in enumerate(self._acta.por_forma):
            rejilla.addWidget(Label(t.nombre), n, 0)
            rejilla.addLayout(fila(1, Label(formato_columna(t.importe), "medium")), n, 1)
        hoja.caja.addLayout(rejilla)
        hoja.caja.addWidget(linea())
        suma = formato(total_de(self._acta))
        hoja.caja.addLayout(fila(Label("Total", "name"), 1, Label(suma, "heading")))
        return hoja

    def _enviar(self) -> None:
        self.form.limpiar()
        self._ocupar(True)
        caso: object = service.recibir_corte
        orden: object = service.Recepcion(self._turno, self.nota.valor())
        if self._da:
            caso = service.entregar_corte
            orden = service.Entrega(self._turno, self.bolsa.valor(), self.sello.valor(), self.nota.valor())
        self._servicios.jobs.escribir(caso, orden, self._listo, self._fallo)

    def _listo(self, acta: ActaDeEntrega) -> None:
        self._ocupar(False)
        self.hecha = acta
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
