"""Closing a till: count blind, confirm, only then see the difference, say why, and print the corte."""

from decimal import Decimal
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.documentos import CorteSellado
from lerdo_desk.hacienda.turnos import Arqueo, Cierre, Resultado
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.count import ConfirmCount, CountPanel
from lerdo_desk.modules.caja.screens.done import PaperLine
from lerdo_desk.modules.caja.screens.paper import CortePaper
from lerdo_desk.ui.actions import ActionSet
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Amount, Card, columna, fila
from lerdo_desk.ui.form import ErrorLine, Field, TextField
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M


def veredicto(diferencia: Decimal) -> tuple[str, Literal["ok", "warn", "bad"]]:
    """Say a difference (pesos) in words: SOBRANTE, FALTANTE or SIN DIFERENCIA."""
    if not diferencia:
        return "SIN DIFERENCIA", "ok"
    return ("SOBRANTE", "warn") if diferencia > 0 else ("FALTANTE", "bad")


def _centrada(*partes: QWidget) -> QWidget:
    """Give a page whose parts stand in one card in the middle."""
    tarjeta = Card()
    tarjeta.setFixedWidth(tema().px(M.dialogo))
    margen = tema().px(M.xl)
    tarjeta.caja.setContentsMargins(margen, margen, margen, margen)
    tarjeta.caja.setSpacing(tema().px(M.l))
    for parte in partes:
        tarjeta.caja.addWidget(parte)
    pagina = QWidget()
    centro = columna(1)
    centro.addLayout(fila(1, tarjeta, 1))
    centro.addStretch(2)
    pagina.setLayout(centro)
    return pagina


class ResultPanel(QWidget):
    """Expected, counted and the difference in words; the reason where there is one."""

    def __init__(self, acciones: ActionSet) -> None:
        """``acciones`` holds «corte» and «recontar»."""
        super().__init__()
        self.esperado, self.contado = Amount("Esperado", "", "heading"), Amount("Contado", "", "heading")
        self.diferencia = Amount("Diferencia", "", "display")
        self.palabra = Label("", "heading")
        self.motivo = TextField(largo=200)
        self.motivo.enter.connect(acciones["corte"].trigger)
        ayuda = "Queda escrito en el corte. Con una diferencia es obligatorio."
        self.campo = Field("&Motivo de la diferencia", self.motivo, ayuda=ayuda)
        self.error = ErrorLine()
        self.boton = acciones.boton("corte", "primary", grande=True)
        self.conteos = Label("", "caption", "muted")
        cifras, fondo = fila(self.esperado, self.contado, 1, separacion=M.xxl), Card(clase="inset")
        fondo.caja.addLayout(cifras)
        diferencia = fila(self.diferencia, 1, separacion=M.l)
        diferencia.addWidget(self.palabra, 0, Qt.AlignmentFlag.AlignBottom)
        dentro = QWidget()
        caja = columna(Label("Resultado del conteo", "heading"), fondo, self.conteos, separacion=M.l)
        caja.addLayout(diferencia)
        for parte in (self.campo, self.error):
            caja.addWidget(parte)
        caja.addLayout(fila(acciones.boton("recontar", "ghost"), 1, self.boton))
        dentro.setLayout(caja)
        self.setLayout(columna(_centrada(dentro)))

    def mostrar(self, resultado: Resultado) -> None:
        """Tell the result of a confirmed count."""
        palabra, tono = veredicto(resultado.diferencia)
        self.esperado.poner(formato(resultado.esperado))
        self.contado.poner(formato(resultado.contado))
        self.diferencia.poner(formato(resultado.diferencia), tono=tono)
        self.palabra.setText(palabra)
        self.palabra.poner_tono(tono)
        self.conteos.setText(f"Vale el conteo {resultado.vez}; los anteriores también salen en el corte.")
        self.conteos.setVisible(resultado.vez > 1)
        self.campo.setVisible(bool(resultado.diferencia))
        self.motivo.clear()
        self.campo.quitar_error()
        self.error.poner("")

    def enfocar(self) -> None:
        """Put the focus on the reason, or on the button when none is needed."""
        primero = self.motivo if self.campo.isVisibleTo(self) else self.boton
        primero.setFocus(Qt.FocusReason.OtherFocusReason)


class ClosingPanel(QWidget):
    """The steps of a closing; ``avance`` is emitted with the name of the step that is shown."""

    avance = Signal(str)
    """``conteo``, ``resultado`` or ``corte``."""
    vuelve = Signal()
    terminado = Signal()
    dudoso = Signal()
    """Something failed: the database should be asked how the turno stands."""

    def __init__(self, servicios: Servicios, acciones: ActionSet) -> None:
        """``acciones`` holds «confirmar», «recontar» and «corte»; each calls the method of its name."""
        super().__init__()
        self._servicios, self._acciones = servicios, acciones
        self._turno_id = ""
        self._vez = 1
        self._resultado: Resultado | None = None
        self.papel = CortePaper(servicios, self)
        self.conteo, self.resultado = CountPanel(acciones), ResultPanel(acciones)
        self.conteo.vuelve.connect(self._volver)
        self.titulo = Label("", "heading")
        self.linea = PaperLine(self.papel, "El corte está hecho: sólo falta el papel.")
        self.terminar = Button("Terminar", "primary", grande=True)
        self.terminar.clicked.connect(self.terminado)
        self._pila = QStackedWidget()
        for parte in (self.conteo, self.resultado, self._hecho()):
            self._pila.addWidget(parte)
        self.setLayout(columna(self._pila, separacion=0))

    def _hecho(self) -> QWidget:
        dentro = QWidget()
        caja = columna(self.linea, separacion=M.l)
        caja.insertLayout(
            0, fila(IconView("circle-check", M.icono_tarjeta, "ok"), self.titulo, 1, separacion=M.m)
        )
        caja.addLayout(fila(1, self.terminar))
        dentro.setLayout(caja)
        return _centrada(dentro)

    def contar(self, turno_id: str) -> None:
        """Show the count; coming back to the same turno finds what was typed."""
        if turno_id != self._turno_id or self._vez != 1:
            self._turno_id, self._vez, self._resultado = turno_id, 1, None
            self.conteo.limpiar()
        self._ir(0, "conteo")

    def recontar(self) -> None:
        """Count once more; the count before stays signed."""
        if self._resultado is None or not self.resultado.boton.isEnabled():
            return
        self._vez = self._resultado.vez + 1
        self.conteo.limpiar(self._vez)
        self._ir(0, "conteo")

    def _volver(self) -> None:
        """Go back from the first count to the till, from a recount to the result."""
        if self._resultado is None:
            self.vuelve.emit()
        else:
            self._ir(1, "resultado")

    def reanudar(self, turno_id: str) -> None:
        """Show the result of a count that was confirmed before."""
        self._turno_id, self._resultado = turno_id, None
        orden = Cierre(turno_id)
        self._servicios.jobs.leer(
            service.resultado, orden, self._contado, self._servicios.error, clave="caja.resultado"
        )

    def enfocar(self) -> None:
        """Put the focus where the step begins."""
        actual = self._pila.currentWidget()
        if actual is self.conteo:
            self.conteo.enfocar()
        elif actual is self.resultado:
            self.resultado.enfocar()
        else:
            self.terminar.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirmar(self) -> None:
        """Ask once more, then confirm the count."""
        dialogo = ConfirmCount(self.conteo.contado(), self._vez, self)
        dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogo.accepted.connect(self._confirmado)
        dialogo.open()

    def _confirmado(self) -> None:
        self._acciones.habilitar("confirmar", False)
        self.conteo.boton.ocupar("Confirmando…")
        orden = Arqueo(self._turno_id, self.conteo.piezas(), self._vez)
        self._servicios.jobs.escribir(service.contar, orden, self._contado, self._sin_contar)

    def _contado(self, resultado: Resultado) -> None:
        self._resultado = resultado
        self.conteo.boton.desocupar()
        self.resultado.mostrar(resultado)
        self._ir(1, "resultado")

    def _sin_contar(self, error: Exception) -> None:
        self.conteo.boton.desocupar()
        self._acciones.habilitar("confirmar", True)
        self.conteo.mostrar_error(explicar(error).frase)
        self.dudoso.emit()

    def cerrar(self) -> None:
        """Make the corte, once a difference has its reason."""
        panel = self.resultado
        if self._resultado is None or not panel.boton.isEnabled():
            return
        motivo = panel.motivo.valor() if self._resultado.diferencia else ""
        if self._resultado.diferencia and not motivo:
            panel.campo.mostrar_error("Escriba el motivo de la diferencia.")
            panel.motivo.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._acciones.habilitar("corte", False)
        panel.boton.ocupar("Cerrando…")
        orden = Cierre(self._turno_id, motivo)
        self._servicios.jobs.escribir(service.cerrar_turno, orden, self._cerrado, self._sin_cerrar)

    def recuperar(self, turno_id: str = "") -> None:
        """Read a corte again (empty: one's own last one) and print it: its answer or its paper was lost."""
        orden = service.CorteDe(turno_id)
        self._servicios.jobs.leer(
            service.mi_corte, orden, self._cerrado, self._servicios.error, clave="caja.mi_corte"
        )

    def _cerrado(self, corte: CorteSellado) -> None:
        self.resultado.boton.desocupar()
        self.titulo.setText(f"Corte {corte.numero} hecho")
        self.papel.nuevo(corte)
        self._turno_id, self._resultado = "", None
        self._ir(2, "corte")

    def _sin_cerrar(self, error: Exception) -> None:
        panel = self.resultado
        panel.boton.desocupar()
        self._acciones.habilitar("corte", True)
        if isinstance(error, ErrorDeUso) and error.campo == "motivo":
            panel.campo.mostrar_error(error.mensaje)
            panel.motivo.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            panel.error.poner(explicar(error).frase)
        self.dudoso.emit()

    def _ir(self, numero: int, paso: str) -> None:
        self._pila.setCurrentIndex(numero)
        self.avance.emit(paso)
        self.enfocar()
