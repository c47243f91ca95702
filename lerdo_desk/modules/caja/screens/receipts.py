"""«Recibos del turno»: one's own receipts, newest first, to print one again or have it cancelled."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from lerdo_desk.hacienda.cancelaciones import devolucion
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.cancel import CancelDialog
from lerdo_desk.modules.caja.screens.done import PaperLine
from lerdo_desk.modules.caja.screens.paper import ReceiptPaper
from lerdo_desk.ui.actions import ActionSet
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Card, EmptyState, columna, fila
from lerdo_desk.ui.columns import Column, Fila, TonoCelda
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.table import Table, TableFooter
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_VIGENTE, _CANCELADO, _DEVUELTO = "Vigente", "Cancelado", "Devuelto"
_ESTADO, _RECIBO = 6, 7
"""Places in a row; the receipt travels after the columns."""

_ASPECTO: dict[str, tuple[TonoCelda, str]] = {
    _VIGENTE: ("ok", "circle-check"),
    _CANCELADO: ("bad", "ban"),
    _DEVUELTO: ("bad", "alert-triangle"),
}
_DE_REVERSA: tuple[TonoCelda, str] = ("muted", "arrow-back-up")


def en_palabras(recibo: service.ReciboDelTurno) -> str:
    """Say how a receipt stands: ``Vigente``, ``Cancelado``, ``Devuelto``, ``Cancela P-12``."""
    if recibo.reversa_de:
        return f"Cancela {recibo.reversa_de}"
    return {"": _VIGENTE, "CANCELADO": _CANCELADO, "DEVUELTO": _DEVUELTO}[recibo.estado]


_COLUMNAS = (
    Column("hora", "Hora", ancho=70, tono="muted"),
    Column("recibo", "Recibo", ancho=130, peso="medium"),
    Column("pagador", "Pagó", estira=True),
    Column("cuenta", "Cuenta", ancho=230, tono="muted"),
    Column("forma", "Forma de pago", ancho=170, tono="muted"),
    Column("total", "Total", "dinero", ancho=120),
    Column(
        "estado",
        "Estado",
        ancho=170,
        tono=lambda fila: _ASPECTO.get(fila[_ESTADO], _DE_REVERSA)[0],
        icono=lambda fila: _ASPECTO.get(fila[_ESTADO], _DE_REVERSA)[1],
    ),
)


def renglon(recibo: service.ReciboDelTurno) -> Fila:
    """Turn a receipt into a row of the table."""
    formas = ", ".join(dict.fromkeys(p.forma_nombre for p in recibo.pagos)) or "Sin pago"
    hora = f"{recibo.hora:%H:%M}"
    estado = en_palabras(recibo)
    return (hora, recibo.etiqueta, recibo.pagador, recibo.cuenta, formas, recibo.total, estado, recibo)


class ReceiptsPanel(QWidget):
    """The list with its two acts; ``vuelve`` asks to go back to charging, ``cambio``: what may be done."""

    vuelve = Signal()
    cambio = Signal()

    def __init__(self, servicios: Servicios, acciones: ActionSet) -> None:
        """``acciones`` holds «reimprimir» and «cancelar», which call the methods of those names."""
        super().__init__()
        self._servicios, self._acciones = servicios, acciones
        self._buscado = ""
        self.dialogo: CancelDialog | None = None
        self.papel = ReceiptPaper(servicios, self)
        self.linea = PaperLine(self.papel, "El recibo está sellado: sólo falta el papel.")
        self.nota, self.pie = Note("", "warn"), TableFooter()
        nombre = "Recibos del turno"
        self.tabla = Table(_COLUMNAS, nombre=nombre, nombre_de_fila=lambda f: f"{f[1]}, {f[2]}, {f[_ESTADO]}")
        self.tabla.abierta.connect(lambda _fila: acciones["reimprimir"].trigger())
        self.tabla.elegida.connect(lambda _fila: self.cambio.emit())
        self._pila = QStackedWidget()
        self._componer()

    def _componer(self) -> None:
        explicacion = "El más reciente primero. También puede escanear el recibo que le traen."
        titulos = columna(
            Label("Recibos del turno", "title"), Label(explicacion, "caption", "muted"), separacion=0
        )
        volver = Button("Volver", "ghost", tecla="Esc")
        volver.clicked.connect(self.vuelve)
        arriba = fila(separacion=M.m)
        arriba.addLayout(titulos, 1)
        for boton in (
            volver,
            self._acciones.boton("cancelar"),
            self._acciones.boton("reimprimir", "primary"),
        ):
            arriba.addWidget(boton)
        margen = tema().px(M.l)
        arriba.setContentsMargins(margen, tema().px(M.m), margen, tema().px(M.m))
        vacio = EmptyState("receipt", "Sin recibos", "En este turno todavía no se ha cobrado nada.")
        self._pila.addWidget(self.tabla)
        self._pila.addWidget(vacio)
        tarjeta = Card(pegada=True)
        tarjeta.caja.addLayout(arriba)
        for parte, peso in ((self._pila, 1), (self.pie, 0)):
            tarjeta.caja.addWidget(parte, peso)
        caja = columna(self.nota, tarjeta, self.linea, separacion=M.m)
        caja.setStretch(1, 1)
        self.setLayout(caja)
        self.linea.hide()

    def abrir(self) -> None:
        """Read the receipts of the turno anew, with nothing said of another moment."""
        self._buscado = ""
        self.nota.poner("", "warn")
        self.linea.hide()
        self.leer()

    def leer(self) -> None:
        """Ask again for the receipts."""
        self._servicios.jobs.leer(
            service.recibos_del_turno, service.Nada(), self._mostrar, self._fallo, clave="caja.recibos"
        )

    def _mostrar(self, recibos: tuple[service.ReciboDelTurno, ...]) -> None:
        actual = self.actual()
        self.tabla.poner([renglon(r) for r in recibos])
        cancelados = sum(r.estado == "CANCELADO" for r in recibos)
        cuantos = sum(not r.reversa_de for r in recibos)
        # No sums: they would give the cash away before it is counted.
        cobros = f"{cuantos} recibo{'' if cuantos == 1 else 's'}"
        self.pie.poner(f"{cobros}, {cancelados} cancelado{'' if cancelados == 1 else 's'}")
        self._pila.setCurrentIndex(0 if recibos else 1)
        etiquetas = [r.etiqueta for r in recibos]
        buscada = self._buscado or (actual.etiqueta if actual else "")
        if recibos:
            self.tabla.elegir(etiquetas.index(buscada) if buscada in etiquetas else 0)
        if self._buscado:
            self._decir_si_falta(etiquetas)
        self.cambio.emit()

    def _decir_si_falta(self, etiquetas: list[str]) -> None:
        if self._buscado not in etiquetas:
            self.nota.poner(
                f"El recibo {self._buscado} no es de este turno; atiéndalo en la caja que lo cobró.", "warn"
            )
        self._buscado = ""

    def escanear(self, codigo: str) -> bool:
        """Choose the receipt that a scan says; False when it says no receipt."""
        etiqueta = service.etiqueta_de(codigo)
        if not etiqueta:
            return False
        self._buscado = etiqueta
        self.nota.poner("", "warn")
        self.leer()
        return True

    def actual(self) -> service.ReciboDelTurno | None:
        """Give the receipt of the current row."""
        elegida = self.tabla.actual()
        return None if elegida is None else elegida[_RECIBO]

    def motivo_de_cancelar(self) -> str:
        """Say why the current receipt cannot be cancelled; empty when it can."""
        recibo = self.actual()
        if recibo is None:
            return "Elija un recibo"
        return "" if recibo.cancelable else "Ese recibo ya no se puede cancelar"

    def reimprimir(self) -> None:
        """Print the current receipt again, counted as a copy."""
        recibo = self.actual()
        if recibo is not None:
            self.linea.show()
            self.papel.nuevo((recibo.id,))

    def cancelar(self) -> None:
        """Ask why, and for the signature."""
        recibo = self.actual()
        if recibo is None or self.motivo_de_cancelar():
            return
        self.dialogo = CancelDialog(self._servicios, recibo, self)
        self.dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialogo.cancelado.connect(lambda reversa: self._cancelado(recibo, reversa))
        self.dialogo.open()

    def _cancelado(self, recibo: service.ReciboDelTurno, reversa_id: str) -> None:
        """Say what to give back, print the reversal, and look again."""
        self.nota.poner(f"Recibo {recibo.etiqueta} cancelado. {devolucion(recibo.pagos)}", "ok")
        self.linea.show()
        self.papel.nuevo((reversa_id,))
        self.leer()

    def _fallo(self, error: Exception) -> None:
        self.nota.poner(explicar(error).frase, "bad")

    def enfocar(self) -> None:
        """Put the focus on the list."""
        self.tabla.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.vuelve.emit()
        else:
            super().keyPressEvent(event)
