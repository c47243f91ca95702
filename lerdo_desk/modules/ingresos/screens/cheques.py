"""The page of cheques received, and the dialog that says what the return of one will do and registers it."""

import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import Cancelado, ErrorDeUso
from lerdo_desk.base.listas import Fila
from lerdo_desk.hacienda.cheques import Devuelto
from lerdo_desk.modules.ingresos.service import cheques
from lerdo_desk.modules.ingresos.service.canales import EnCanal
from lerdo_desk.ui.actions import Action
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Card
from lerdo_desk.ui.columns import TonoCelda
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.listing import Aspecto, Casos, ListPage, Opciones
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_SIN_RENGLON = "Elija un cheque de la lista"
_TONOS: dict[str, tuple[TonoCelda, str]] = {
    cheques.RECIBIDO: ("ok", "circle-check"),
    cheques.DEVUELTO: ("bad", "arrow-back-up"),
    cheques.CANCELADO: ("muted", "ban"),
}


class ChequesPage(ListPage):
    """Lists the cheques received, the last one first; Enter or F12 opens one."""

    def __init__(self, servicios: Servicios) -> None:
        devolver = Action(
            "devolver", "Registrar devolución", "arrow-back-up", "F12", cheques.devolver_cheque, self.devolver
        )
        super().__init__(
            servicios,
            cheques.CHEQUES.descripcion(),
            Casos(cheques.ver_cheques, cheques.ver_cheques_enteros),
            Opciones(
                acciones=(devolver,),
                aspectos={
                    "banco": Aspecto(peso="medium"),
                    "recibido": Aspecto(tono="muted"),
                    "estado": Aspecto(tono=lambda v: _TONOS[v][0], icono=lambda v: _TONOS[v][1]),
                },
                vacio=("No hay cheques", "Los que reciban las cajas aparecerán aquí."),
                explicacion="Si el banco devuelve uno, ábralo: se dice qué pasará antes de registrarlo.",
            ),
        )
        self.dialogo: ReturnDialog | None = None
        self.elegida.connect(self._encender)
        self.abierta.connect(lambda _fila: self.acciones["devolver"].trigger() if self.acciones else None)
        self._encender(None)

    def _encender(self, fila: Fila | None) -> None:
        motivo = _SIN_RENGLON
        if fila is not None:
            estado = self.valor(fila, "estado")
            motivo = (
                "" if estado in (None, cheques.RECIBIDO) else "Ese cheque ya no está en un recibo vigente"
            )
        if self.acciones is not None:
            self.acciones.habilitar("devolver", not motivo, motivo)

    def devolver(self) -> None:
        """Ask what the return of the chosen cheque would do, and say it."""
        actual = self.actual()
        if actual is not None:
            orden = cheques.UnCheque(*cheques.partir(str(actual[-1])))
            self.servicios.jobs.leer(
                cheques.ver_cheque, orden, self._abrir, self.servicios.error, clave="ingresos.cheque"
            )

    def _abrir(self, visto: cheques.ChequeVisto) -> None:
        self.dialogo = ReturnDialog(self.servicios, visto, self)
        self.dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialogo.accepted.connect(self._hecho)
        self.dialogo.open()

    def _hecho(self) -> None:
        if self.dialogo is not None:
            self.servicios.avisar(self.dialogo.hecho, "ok")
            self.dialogo = None
        self.leer()


class ReturnDialog(FittedDialog):
    """Says what will happen, asks reason and day, has a supervisor sign, and registers it."""

    def __init__(self, servicios: Servicios, visto: cheques.ChequeVisto, parent: QWidget) -> None:
        super().__init__("Cheque devuelto", parent)
        self._servicios, self._visto = servicios, visto
        self._intento, self._turno_id = str(uuid.uuid4()), str(uuid.uuid4())
        self.hecho, self._ocupado, self._firmada = "", False, False
        self.setMinimumWidth(tema().px(M.login_ancho))
        self.motivo = QComboBox()
        self.motivo.addItems(cheques.MOTIVOS)
        self.motivo.setEditable(True)
        self.fecha = TextField(fecha_corta(visto.hoy), largo=10)
        ayuda = "Día, mes y año, como lo dice el aviso del banco."
        self.form = Form(
            {
                "motivo": Field("&Por qué lo devolvió el banco", self.motivo),
                "fecha": Field("&Día en que lo devolvió", self.fecha, ayuda=ayuda),
            }
        )
        self.boton = Button("Pedir la firma", "primary", tecla="Enter")
        self._componer()
        self.botones(self.boton)
        self.boton.clicked.connect(self._pedir)
        self.motivo.setFocus()

    def _componer(self) -> None:
        cheque = self._visto.cheque
        banco = cheque.banco
        titulo = f"Cheque {banco.numero} de {banco.banco} por {formato(cheque.importe)}"
        hoja = Card(clase="inset")
        for efecto in self._visto.efectos:
            hoja.caja.addWidget(Label(f"• {efecto}", "body").en_parrafo())
        self.caja.addWidget(Label(titulo, "heading").en_parrafo())
        self.caja.addWidget(Label("Esto es lo que pasará:", "label", "muted"))
        self.caja.addWidget(hoja)
        self.caja.addWidget(Note("Lo firma un supervisor aquí mismo. Lo registrado no se deshace.", "warn"))
        self.caja.addWidget(self.form)

    def _pedir(self) -> None:
        if self._ocupado:
            return
        self.form.limpiar()
        if self._firmada:
            # Signed before, and what followed did not reach its end: the same attempt goes on.
            self._firmado(None)
            return
        cheque = self._visto.cheque
        orden = cheques.PeticionDeDevolucion(
            self._intento,
            cheque.operacion,
            cheque.referencia,
            self.motivo.currentText(),
            self.fecha.valor(),
        )
        self._ocupar("Pidiendo…")
        self._servicios.jobs.escribir(cheques.pedir_devolucion, orden, self._firmar, self._fallo)

    def _firmar(self, solicitudes: tuple[str, ...]) -> None:
        """Have a supervisor sign all the receipts at once, on their own connection."""
        self._servicios.firmar(
            "Registrar un cheque devuelto",
            self._visto.efectos,
            cheques.firmar_devolucion,
            cheques.FirmaDeDevolucion(solicitudes),
            self._firmado,
            self._fallo,
        )

    def _firmado(self, _nada: object) -> None:
        self._firmada = True
        cheque = self._visto.cheque
        orden = cheques.ChequeDevuelto(
            self._intento, cheque.operacion, cheque.referencia, EnCanal(self._turno_id)
        )
        self._ocupar("Registrando…")
        self._servicios.jobs.escribir(cheques.devolver_cheque, orden, self._listo, self._fallo)

    def _listo(self, hecho: Devuelto) -> None:
        self._ocupar("")
        self.hecho = cheques.resumen(hecho)
        self.accept()

    def _fallo(self, error: Exception) -> None:
        """Say what went wrong; where nobody signed, the same request waits for the next time."""
        self._ocupar("")
        if isinstance(error, Cancelado):
            return
        self.form.mostrar_error(error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase))

    def _ocupar(self, texto: str) -> None:
        self._ocupado = bool(texto)
        self.form.setEnabled(not texto)
        if texto:
            self.boton.ocupar(texto)
        else:
            self.boton.desocupar()

    def reject(self) -> None:
        """Go back, unless it is being written."""
        if not self._ocupado:
            super().reject()
