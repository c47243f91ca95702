"""The caja's page: which step the cashier is at, and the keys of that step."""

from collections.abc import Callable
from functools import cached_property
from typing import Literal

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.hacienda.turnos import TurnoAbierto
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.closing import ClosingPanel
from lerdo_desk.modules.caja.screens.opening import OpeningPanel
from lerdo_desk.modules.caja.screens.receipts import ReceiptsPanel
from lerdo_desk.modules.caja.screens.street import StreetPanel
from lerdo_desk.modules.caja.screens.till import ExpiredPanel, TillActs
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Card, EmptyState, columna
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.pages import Page, Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import OCUPADO_MS, M

Paso = Literal["espera", "apertura", "calle", "recibos", "vencido", "conteo", "resultado", "corte"]
_TECLAS: dict[Paso, tuple[str, ...]] = {
    "espera": ("actualizar",),
    "apertura": ("actualizar", "abrir", "ultimo"),
    "calle": ("buscar", "agregar", "actualizar", "todo", "recibos", "retiro", "x", "cerrar"),
    "recibos": ("actualizar", "reimprimir"),
    "vencido": ("actualizar", "contar"),
    "conteo": ("confirmar",),
    "resultado": ("recontar", "corte"),
    "corte": (),
}
_POR_PASO = sorted({clave for claves in _TECLAS.values() for clave in claves})


class CajaPage(Page):
    """Opens, charges and closes; each step enables its own keys, so F12 is always its main action."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios = servicios
        self._situacion: service.Situacion | None = None
        self.paso: Paso = "espera"
        self.acciones: ActionSet = ActionSet(self, servicios.runner, self._declarar())
        self._reintentar = Button("Consultar de nuevo", tecla="F5", icono="refresh")
        self._reintentar.clicked.connect(self._leer)
        self.espera = EmptyState("cash-register", "", "", (self._reintentar,))
        self._actos = TillActs(servicios, self)
        self._vacia = Card()
        self._vacia.caja.addWidget(self.espera)
        self._pila = QStackedWidget()
        self._pila.addWidget(self._vacia)
        self.setLayout(columna(self._pila, margen=M.l))
        self._esperar("Consultando su turno…", "Un momento.")

    # Each panel is built when its step comes: all at once would hold the window for longer than 50 ms.

    @cached_property
    def apertura(self) -> OpeningPanel:
        """The card that opens the till."""
        panel = OpeningPanel(self._servicios, self.acciones)
        panel.abierto.connect(self._abierto)
        panel.dudoso.connect(self._leer)
        self._pila.addWidget(panel)
        return panel

    @cached_property
    def calle(self) -> StreetPanel:
        """Search, account and payment."""
        panel = StreetPanel(self._servicios, self.acciones)
        panel.cambio.connect(self._encender)
        self._pila.addWidget(panel)
        return panel

    @cached_property
    def recibos(self) -> ReceiptsPanel:
        """The receipts of the turno."""
        panel = ReceiptsPanel(self._servicios, self.acciones)
        panel.vuelve.connect(self._a_la_calle)
        panel.cambio.connect(self._encender)
        self._pila.addWidget(panel)
        return panel

    @cached_property
    def vencido(self) -> ExpiredPanel:
        """What is said of a turno past its length."""
        panel = ExpiredPanel(self.acciones)
        self._pila.addWidget(panel)
        return panel

    @cached_property
    def cierre(self) -> ClosingPanel:
        """Count, result and corte."""
        panel = ClosingPanel(self._servicios, self.acciones)
        panel.avance.connect(self._avanzo)
        panel.vuelve.connect(self._a_la_calle)
        panel.dudoso.connect(self._leer)
        panel.terminado.connect(self._terminado)
        self._pila.addWidget(panel)
        return panel

    def _declarar(self) -> tuple[Action, ...]:
        abrir, contar, corte = service.abrir_turno, service.contar, service.cerrar_turno
        return (
            Action("buscar", "Buscar", "search", "F2", service.buscar, self._buscar),
            Action(
                "agregar", "Agregar cuenta", "plus", "Ctrl+Return", service.consultar_varias, self._agregar
            ),
            Action("detalle", "Detalle", "list-details", "F3", service.consultar, self._detalle),
            Action("actualizar", "Actualizar", "refresh", "F5", service.situacion, self._actualizar),
            Action("todo", "Marcar todo", "checks", "Ctrl+A", None, self._marcar_todo, en_barra=False),
            Action("recibos", "Recibos", "receipt", "F7", service.recibos_del_turno, self._ver_recibos),
            Action("retiro", "Retiro", "wallet", "F8", service.pedir_retiro, self._retirar),
            Action("x", "Corte X", "chart-bar", "Ctrl+F8", service.corte_x, self._actos_x),
            Action("cerrar", "Cerrar caja", "lock", "Ctrl+F12", contar, self._cerrar),
            Action("ultimo", "Último corte", "printer", "Ctrl+P", service.mi_corte, self._ultimo_corte),
            Action("cancelar", "Cancelar recibo", "ban", "F9", service.pedir_cancelacion, self._cancelar),
            Action("reimprimir", "Reimprimir", "printer", "F12", service.preparar_impresion, self._principal),
            Action("contar", "Contar y cerrar", "lock", "F12", contar, self._principal),
            Action("recontar", "Contar otra vez", "refresh", "F9", contar, self._recontar),
            Action("abrir", "Abrir caja", "lock-open", "F12", abrir, self._principal),
            Action("cobrar", "Cobrar", "cash", "F12", service.cobrar, self._principal),
            Action("confirmar", "Confirmar conteo", "check", "F12", contar, self._principal),
            Action("corte", "Hacer el corte", "lock", "F12", corte, self._principal),
        )

    def al_entrar(self) -> None:
        """Ask how the turno stands, and put the focus where work begins."""
        self._leer()
        self._enfocar()

    def _buscar(self) -> None:
        self.calle.enfocar()

    def _agregar(self) -> None:
        self.calle.agregar_hallada()

    def al_escanear(self, codigo: str) -> bool:
        """Look for what the scanner read, while the till charges or its receipts are shown."""
        if self.paso == "recibos":
            return self.recibos.escanear(codigo)
        if self.paso != "calle":
            return False
        if service.es_recibo(codigo):
            self._ver_recibos()
            return self.recibos.escanear(codigo)
        self.calle.escanear(codigo)
        return True

    def _detalle(self) -> None:
        self.calle.detalle()

    def _marcar_todo(self) -> None:
        self.calle.marcar_todo()

    def _principal(self) -> None:
        """Do the main action of this step: only its own is enabled, so F12 is never ambiguous."""
        if self.paso == "apertura":
            self.apertura.abrir()
        elif self.paso == "calle":
            self.calle.cobrar()
        elif self.paso == "recibos":
            self.recibos.reimprimir()
        elif self.paso == "vencido":
            self._cerrar()
        elif self.paso == "conteo":
            self.cierre.confirmar()
        elif self.paso == "resultado":
            self.cierre.cerrar()

    def _ver_recibos(self) -> None:
        self.recibos.abrir()
        self._ir("recibos", self.recibos)

    def _cancelar(self) -> None:
        self.recibos.cancelar()

    def _retirar(self) -> None:
        if self._situacion is not None and self._situacion.turno is not None:
            self._actos.retirar(self._situacion.turno)

    def _actos_x(self) -> None:
        self._actos.corte_x()

    def _recontar(self) -> None:
        self.cierre.recontar()

    def _ultimo_corte(self) -> None:
        self.cierre.recuperar()

    def _leer(self) -> None:
        self._servicios.jobs.leer(
            service.situacion, service.Nada(), self._situada, self._sin_situacion, clave="caja.situacion"
        )

    def _actualizar(self) -> None:
        self._leer()
        if self.paso == "calle":
            self.calle.actualizar()
        elif self.paso == "recibos":
            self.recibos.leer()

    def _situada(self, situacion: service.Situacion) -> None:
        """Go to the step that the database says; stay where one is when nothing has changed."""
        antes, self._situacion = self._situacion, situacion
        if antes is not None and self.paso != "espera" and _lugar(antes) == _lugar(situacion):
            self._mostrar_chip()
            if situacion.turno is not None and self.paso == "calle":
                self.calle.usar(situacion.turno, situacion.hoy)
            return
        if self.paso == "resultado" and situacion.turno is None and antes is not None and antes.turno:
            # The answer of the corte was lost: it is made, and is read again for its paper.
            self._servicios.avisar("El corte quedó hecho; se imprime ahora.", "warn")
            self.cierre.recuperar(antes.turno.id)
            return
        self._colocar(situacion)

    def _colocar(self, situacion: service.Situacion) -> None:
        self._mostrar_chip()
        turno = situacion.turno
        if turno is None and not situacion.cajas:
            self._esperar(
                "No tiene una caja asignada",
                "Pida a su supervisor que le asigne una caja y consulte de nuevo.",
            )
        elif turno is None:
            self.apertura.usar(situacion.cajas, self._servicios.config.caja)
            self._ir("apertura", self.apertura)
        elif turno.contado:
            self.cierre.reanudar(turno.id)
        elif turno.vencido:
            self.vencido.usar(turno)
            self._ir("vencido", self.vencido)
        else:
            self.calle.usar(turno, situacion.hoy)
            self.calle.limpiar()
            self._ir("calle", self.calle)
            QTimer.singleShot(OCUPADO_MS, self, self._adelantar)

    def _adelantar(self) -> None:
        """Build the closing panel while the cashier reads the street, so that «Cerrar caja» need not wait."""
        self.cierre.ensurePolished()

    def _sin_situacion(self, error: Exception) -> None:
        """Say what failed where nothing is shown yet; a step under way already says it beside its field."""
        if self._situacion is None:
            self._esperar("No se pudo consultar su turno", explicar(error).frase)
        elif self.paso == "calle":
            self._servicios.error(error)

    def _esperar(self, titulo: str, frase: str) -> None:
        self.espera.poner(titulo, frase)
        self._ir("espera", self._vacia)

    def _abierto(self, turno: TurnoAbierto) -> None:
        if self._situacion is not None:
            cajas, hoy = self._situacion.cajas, self._situacion.hoy
            self._situacion = service.Situacion(turno, cajas, hoy)
            self._colocar(self._situacion)

    def _cerrar(self) -> None:
        if self._situacion is None or self._situacion.turno is None:
            return
        if self.paso == "calle" and self.calle.por_verificar():
            self._servicios.avisar(
                "Hay un cobro por verificar; presione F12 antes de cerrar la caja.", "warn"
            )
            return
        self.cierre.contar(self._situacion.turno.id)

    def _avanzo(self, paso: Paso) -> None:
        """Follow the steps of the closing."""
        self._ir(paso, self.cierre)
        if paso == "resultado":
            self._mostrar_chip(contado=True)
        elif paso == "corte":
            self._situacion = None
            self._servicios.caja("Turno cerrado", "neutral")

    def _a_la_calle(self) -> None:
        """Go back to charging, or to what is said of a turno that may not."""
        if self._situacion is not None and self._situacion.turno is not None:
            vencido = self._situacion.turno.vencido
            self._ir("vencido", self.vencido) if vencido else self._ir("calle", self.calle)

    def _terminado(self) -> None:
        self._esperar("Consultando su turno…", "Un momento.")
        self._leer()

    def _ir(self, paso: Paso, panel: QWidget) -> None:
        self.paso = paso
        self._pila.setCurrentWidget(panel)
        self._encender()
        self._enfocar()

    def _enfocar(self) -> None:
        if self.paso == "espera":
            self._reintentar.setFocus()
        elif self.paso == "apertura":
            self.apertura.enfocar()
        elif self.paso == "calle":
            self.calle.enfocar()
        elif self.paso == "recibos":
            self.recibos.enfocar()
        elif self.paso == "vencido":
            self.vencido.enfocar()
        else:
            self.cierre.enfocar()

    def _encender(self) -> None:
        """Enable the keys of this step, and say why «Cobrar» is off."""
        en_calle = self.paso == "calle"
        for clave in _POR_PASO:
            self.acciones.habilitar(clave, clave in _TECLAS[self.paso])
        motivo = self.calle.motivo()
        self.acciones.habilitar("cobrar", en_calle and not motivo, motivo)
        self.acciones.habilitar(
            "detalle", en_calle and self.calle.con_detalle(), "Abra una cuenta con adeudos"
        )
        motivo = self.recibos.motivo_de_cancelar() if self.paso == "recibos" else "Elija un recibo"
        self.acciones.habilitar("cancelar", self.paso == "recibos" and not motivo, motivo)
        self.reserva_abajo = self._reserva()

    def _reserva(self) -> int:
        """Give the height (pixels) of what a toast must not cover at this step."""
        if self.paso == "calle":
            return self.calle.reserva()
        pies: dict[Paso, Callable[[], QWidget]] = {
            "apertura": lambda: self.apertura.pie,
            "conteo": lambda: self.cierre.conteo.pie,
            "recibos": lambda: self.recibos.linea,
        }
        return pies[self.paso]().sizeHint().height() + tema().px(M.l) if self.paso in pies else 0

    def _mostrar_chip(self, *, contado: bool = False) -> None:
        turno = self._situacion.turno if self._situacion else None
        if turno is None:
            self._servicios.caja("Turno cerrado", "neutral")
        elif contado or turno.contado:
            self._servicios.caja(f"Turno contado, falta el corte · {turno.caja_nombre}", "warn")
        else:
            fondo = formato(turno.fondo)
            self._servicios.caja(f"Turno abierto · {turno.caja_nombre} · fondo {fondo}", "ok")


def _lugar(situacion: service.Situacion) -> tuple[object, ...]:
    """Give what decides the step: the turno and how it stands, and the tills while there is none."""
    turno = situacion.turno
    if turno is None:
        return ("", *(caja.id for caja in situacion.cajas))
    return turno.id, turno.contado, turno.vencido
