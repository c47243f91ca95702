"""The dialog that makes the corte of a channel: the cash of a block of paper receipts is counted first."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import turnos
from lerdo_desk.hacienda.turnos import DENOMINACIONES
from lerdo_desk.modules.ingresos.service import canales
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import fila
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, IntField, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_POR_COLUMNA = 7
_CERO = Decimal("0.00")
_SIN_EFECTIVO = "Este canal no tiene efectivo. El corte suma sus recibos y ya no recibe más pagos."
_YA_CONTADO = "El efectivo ya se contó. Si no coincidió con lo esperado, escriba el motivo."


class CloseDialog(FittedDialog):
    """Counts blind where there is cash, then says the difference and makes the corte."""

    def __init__(self, servicios: Servicios, situacion: canales.Canales, parent: QWidget) -> None:
        super().__init__("Corte del canal", parent)
        if situacion.turno is None:
            raise ValueError("only an open channel is closed")
        self._servicios, self._turno = servicios, situacion.turno
        self._contado = situacion.turno.contado or not situacion.efectivo
        self.piezas = {d: IntField(campo="piezas", digitos=6) for d in DENOMINACIONES}
        self.total = Label("", "amount")
        self._rejilla = self._contar()
        self.motivo = TextField(largo=200)
        ayuda = "Sólo si lo contado no coincide con lo esperado."
        self.form = Form({"motivo": Field("&Motivo de la diferencia", self.motivo, ayuda=ayuda)})
        self.nota = Note("", "info")
        self.boton = Button("Hacer el corte", "primary")
        recibos = "1 recibo" if self._turno.recibos == 1 else f"{self._turno.recibos:,} recibos"
        self.caja.addWidget(Label(f"Corte de «{self._turno.caja_nombre}»", "heading").en_parrafo())
        self.caja.addWidget(Label(f"{recibos} desde que se abrió.", "body", "muted"))
        for parte in (self._rejilla, self.nota, self.form):
            self.caja.addWidget(parte)
        self.botones(self.boton)
        campos = tuple(self.piezas.values())
        for campo, siguiente in zip(campos, (*campos[1:], self.boton), strict=True):
            campo.enter.connect(lambda otro=siguiente: otro.setFocus(Qt.FocusReason.TabFocusReason))
        self.boton.clicked.connect(self._enviar)
        self._decir()

    def _contar(self) -> QWidget:
        """Build the grid of bills and coins, in two columns."""
        rejilla = QGridLayout()
        rejilla.setSpacing(tema().px(M.s))
        for n, (denominacion, campo) in enumerate(self.piezas.items()):
            nombre = f"${denominacion:,.0f}" if denominacion >= 1 else f"{denominacion * 100:.0f} ¢"
            campo.setAccessibleName(f"Piezas de {nombre}")
            campo.setFixedWidth(tema().px(M.columna))
            campo.textChanged.connect(self._sumar)
            rotulo = Label(nombre, "body")
            rotulo.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            lugar = n // _POR_COLUMNA * 2
            rejilla.addWidget(rotulo, n % _POR_COLUMNA, lugar)
            rejilla.addWidget(campo, n % _POR_COLUMNA, lugar + 1)
        rejilla.addLayout(fila(Label("Total contado", "body", "muted"), self.total, 1), _POR_COLUMNA, 0, 1, 4)
        dentro = QWidget()
        dentro.setLayout(rejilla)
        return dentro

    def _sumar(self) -> None:
        self.total.setText(formato(sum((d * (c.valor() or 0) for d, c in self.piezas.items()), _CERO)))

    def _decir(self) -> None:
        """Show the count while it is missing, and after it what is left to do."""
        self._rejilla.setVisible(not self._contado)
        self.form.setVisible(self._contado and self._turno.contado)
        self.boton.poner("Hacer el corte" if self._contado else "Confirmar el conteo")
        # While pieces are typed, Enter goes to the next field and confirms nothing.
        self.boton.setAutoDefault(self._contado)
        self.boton.setDefault(self._contado)
        self._sumar()
        if not self._contado:
            self.nota.poner("Cuente el efectivo del talonario; lo esperado se dice después.", "info")
            next(iter(self.piezas.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.nota.texto():
            self.nota.poner(_YA_CONTADO if self._turno.contado else _SIN_EFECTIVO, "info")
            self.boton.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enviar(self) -> None:
        self.form.limpiar()
        self._ocupar(True)
        jobs = self._servicios.jobs
        if self._contado:
            orden = turnos.Cierre(self._turno.id, self.motivo.valor())
            jobs.escribir(canales.cerrar_canal, orden, self._hecho, self._fallo)
            return
        piezas = tuple((d, c.valor() or 0) for d, c in self.piezas.items())
        jobs.escribir(
            canales.contar_canal, turnos.Arqueo(self._turno.id, piezas, 1), self._conto, self._fallo
        )

    def _conto(self, resultado: turnos.Resultado) -> None:
        self._ocupar(False)
        self._contado = True
        diferencia = resultado.diferencia
        dicho = f"Esperado {formato(resultado.esperado)}, contado {formato(resultado.contado)}"
        if not diferencia:
            self.nota.poner(f"{dicho}: coincide.", "ok")
        else:
            que = "sobran" if diferencia > 0 else "faltan"
            self.nota.poner(f"{dicho}: {que} {formato(abs(diferencia))}. Escriba el motivo.", "warn")
        self._decir()
        self.form.setVisible(bool(diferencia))
        (self.motivo if diferencia else self.boton).setFocus(Qt.FocusReason.OtherFocusReason)

    def _hecho(self, _resultado: turnos.Resultado) -> None:
        self._ocupar(False)
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self._ocupar(False)
        if getattr(error, "campo", None) == "motivo":
            self.form.setVisible(True)
            self.form.mostrar_error(error)
        else:
            self.nota.poner(error.mensaje if isinstance(error, ErrorDeUso) else explicar(error).frase, "bad")

    def _ocupar(self, si: bool) -> None:
        for parte in (self.form, self._rejilla):
            parte.setEnabled(not si)
        if si:
            self.boton.ocupar("Guardando…")
        else:
            self.boton.desocupar()

    def reject(self) -> None:
        """Go back, unless it is being written."""
        if self.form.isEnabled():
            super().reject()
