"""The cashier's street: search at the left; the account, its debts and its total at the right."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.adeudos import AdeudoCargo
from lerdo_desk.hacienda.turnos import TurnoAbierto
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.account import AccountPanel
from lerdo_desk.modules.caja.screens.basket import Basket, orden_de_foco
from lerdo_desk.modules.caja.screens.detail import DetailDialog
from lerdo_desk.modules.caja.screens.done import ChangeView, DoneDialog
from lerdo_desk.modules.caja.screens.errand import Errand
from lerdo_desk.modules.caja.screens.finder import Finder
from lerdo_desk.modules.caja.screens.papers import ReceiptPapers
from lerdo_desk.modules.caja.screens.payment import PaymentDialog
from lerdo_desk.modules.caja.screens.ticket import CobroHecho
from lerdo_desk.ui.actions import ActionSet
from lerdo_desk.ui.cards import Card, EmptyState, columna, fila
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_NADA_MARCADO = "Marque al menos un adeudo con la barra espaciadora"


class StreetPanel(QWidget):
    """Search, account and payment while the till is open; ``cambio``: what may be done now has changed."""

    cambio = Signal()

    def __init__(self, servicios: Servicios, acciones: ActionSet) -> None:
        """``acciones`` holds «cobrar» and «detalle», which call the methods of those names."""
        super().__init__()
        self._servicios = servicios
        self._turno: TurnoAbierto | None = None
        self._hoy = date.min
        self._pedida: int | None = None
        self.encargo = Errand()
        self._pago: PaymentDialog | None = None
        self.papel = ReceiptPapers(servicios, self)
        self.busqueda, self.nota = Finder(servicios), Note("", "warn")
        self.buscador = self.busqueda.buscador
        self.cuenta, self.canasta = AccountPanel(acciones), Basket()
        self._abiertas = QWidget()
        self.ultimo = ChangeView(self.papel)
        self.hecho: DoneDialog | None = None
        self._derecha = QStackedWidget()
        self._componer()
        self._conectar()

    def _componer(self) -> None:
        vacio, cobrado = Card(), Card()
        frase = "Busque al contribuyente con F2 o escanee su estado de cuenta."
        vacio.caja.addWidget(EmptyState("receipt", "Sin cuenta abierta", frase))
        siguiente = Label("Busque al siguiente contribuyente con F2.", "body", "muted")
        siguiente.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.ultimo.setFixedWidth(tema().px(M.dialogo))
        cobrado.caja.addStretch(1)
        cobrado.caja.addLayout(fila(1, self.ultimo, 1))
        cobrado.caja.addWidget(siguiente)
        cobrado.caja.addStretch(1)
        abiertas = columna(self.canasta, separacion=M.m)
        abiertas.addWidget(self.cuenta, 1)
        self._abiertas.setLayout(abiertas)
        for parte in (vacio, self._abiertas, cobrado):
            self._derecha.addWidget(parte)
        abajo = fila(self.busqueda, separacion=M.l)
        abajo.addWidget(self._derecha, 1)
        caja = columna(self.nota, separacion=M.m)
        caja.addLayout(abajo, 1)
        self.setLayout(caja)
        orden_de_foco(self.buscador.lista, self.canasta.tabla, self.cuenta.todo)

    def _conectar(self) -> None:
        self.busqueda.elegida.connect(self.abrir)
        self.busqueda.agregada.connect(lambda cuenta_id: self.agregar((cuenta_id,)))
        self.cuenta.marcas.connect(self._marcado)
        self.cuenta.abierto.connect(self._mostrar_detalle)
        self.cuenta.tecleado.connect(self.busqueda.teclear)
        self.cuenta.agregar_otras.connect(self._agregar_otras)
        self.canasta.elegida.connect(self._mirar)
        self.canasta.quitada.connect(self._quitar)
        self.canasta.siguiente.connect(self.cuenta.enfocar)
        self.papel.cambio.connect(self._papel_cambio)

    def usar(self, turno: TurnoAbierto, hoy: date) -> None:
        """Work in a turno, on the municipality's day."""
        self._turno, self._hoy = turno, hoy
        self._avisar()
        self.cambio.emit()

    def limpiar(self) -> None:
        """Leave nothing open (another turno begins)."""
        self._cerrar_cuenta()
        self.buscador.limpiar()

    def enfocar(self) -> None:
        """Put the focus on the search."""
        self.busqueda.enfocar()

    def motivo(self) -> str:
        """Say why nothing can be charged now; empty when it can."""
        if self.por_verificar():
            return ""
        if self._turno is not None and self._turno.vencido:
            return "Cierre primero el turno anterior"
        if not self._con_cuenta():
            return "Busque una cuenta"
        if not any(c.cargos for c in self.encargo.cuentas):
            return "No debe nada"
        return "" if any(p.cargos for p in self.encargo.partes()) else _NADA_MARCADO

    def por_verificar(self) -> bool:
        """Tell whether a charge waits to be verified."""
        return self._pago is not None and self._pago.por_verificar

    def con_detalle(self) -> bool:
        """Tell whether there is a debt to explain."""
        return self._con_cuenta() and self.cuenta.actual() is not None

    def reserva(self) -> int:
        """Give the height (pixels) of the strip of the total, which toasts must not cover."""
        return self.cuenta.total.height() + tema().px(M.l) if self._con_cuenta() else 0

    def _con_cuenta(self) -> bool:
        return self._derecha.currentWidget() is self._abiertas

    def abrir(self, cuenta_id: int) -> None:
        """Show an account as it stands today; beside the others where several are being gathered."""
        if len(self.encargo) > 1 and self._con_cuenta():
            self.agregar((cuenta_id,))
            return
        self._pedida = cuenta_id
        self._servicios.jobs.leer(
            service.consultar, service.Consulta(cuenta_id), self._consultada, self._error, clave="caja.cuenta"
        )

    def escanear(self, codigo: str) -> None:
        """Look for what the scanner read."""
        self.busqueda.escanear(codigo)

    def agregar(self, cuentas: tuple[int, ...]) -> None:
        """Charge other accounts too, beside those already open."""
        if not self._con_cuenta():
            self.encargo.vaciar()
        self._pedida = cuentas[0]
        self._leer(tuple(c.cuenta_id for c in self.encargo.cuentas if c.cuenta_id not in cuentas) + cuentas)

    def agregar_hallada(self) -> None:
        """Charge the current result of the search too."""
        self.busqueda.agregar()

    def _agregar_otras(self) -> None:
        otras = tuple(o.cuenta_id for o in self.encargo.otras())
        if otras and self._con_cuenta():
            self.agregar(otras)

    def actualizar(self) -> None:
        """Ask again what the open accounts owe, keeping what is marked."""
        if self._con_cuenta() and self.encargo.cuentas:
            self._pedida = self.cuenta.cuenta.cuenta_id if self.cuenta.cuenta else None
            self._leer(tuple(c.cuenta_id for c in self.encargo.cuentas))

    def _leer(self, cuentas: tuple[int, ...]) -> None:
        orden = service.Consultas(cuentas)
        self._servicios.jobs.leer(
            service.consultar_varias, orden, self._consultadas, self._error, clave="caja.cuenta"
        )

    def _consultada(self, cuenta: service.EstadoDeCuenta) -> None:
        if cuenta.cuenta_id != self._pedida:
            return
        self.encargo.solo(cuenta, self._hoy)
        self._mostrar_encargo(cuenta.cuenta_id)
        self.cuenta.enfocar() if cuenta.cargos else self.enfocar()

    def _consultadas(self, cuentas: tuple[service.EstadoDeCuenta, ...]) -> None:
        """Show several accounts, the one that was asked for in front; the focus stays where it was."""
        if self._pedida not in {c.cuenta_id for c in cuentas}:
            return
        for cuenta in cuentas:
            self.encargo.poner(cuenta, self._hoy)
        self._mostrar_encargo(self._pedida)

    def _mostrar_encargo(self, abierta: int | None) -> None:
        """Show the accounts of the errand, the debts of one of them and the total of all."""
        cuenta = next((c for c in self.encargo.cuentas if c.cuenta_id == abierta), self.encargo.cuentas[0])
        self.cuenta.poner(cuenta, self.encargo.marcados(cuenta.cuenta_id))
        self.cuenta.otras.poner(self.encargo.otras())
        self.canasta.poner(self.encargo.partes(), cuenta.cuenta_id)
        self._derecha.setCurrentWidget(self._abiertas)
        self._sumar()

    def _mirar(self, cuenta_id: int) -> None:
        """See the debts of another account of the errand."""
        cuenta = next(c for c in self.encargo.cuentas if c.cuenta_id == cuenta_id)
        self.cuenta.poner(cuenta, self.encargo.marcados(cuenta_id))
        self._sumar()

    def _quitar(self, cuenta_id: int) -> None:
        self.encargo.quitar(cuenta_id)
        self._mostrar_encargo(self.cuenta.cuenta.cuenta_id if self.cuenta.cuenta else None)
        if len(self.encargo) == 1:
            self.cuenta.enfocar()

    def _marcado(self) -> None:
        """Remember what is marked in the account that is seen."""
        if self.cuenta.cuenta is not None:
            self.encargo.marcar(self.cuenta.cuenta.cuenta_id, self.cuenta.marcados())
            self.canasta.poner(self.encargo.partes(), self.cuenta.cuenta.cuenta_id)
            self._sumar()

    def _sumar(self) -> None:
        partes = self.encargo.partes()
        con_algo = sum(bool(p.cargos) for p in partes)
        self.cuenta.total.poner([c for p in partes for c in p.cargos], con_algo)
        self.cuenta.total.setVisible(any(p.cuenta.cargos for p in partes))
        self.cambio.emit()

    def _cerrar_cuenta(self) -> None:
        self._pedida = None
        self.encargo.vaciar()
        self.cuenta.cerrar()
        self._derecha.setCurrentIndex(0)
        self.cambio.emit()

    def _error(self, error: Exception) -> None:
        self._servicios.error(error)

    def marcar_todo(self) -> None:
        """Mark every debt of the open account."""
        if self._con_cuenta():
            self.cuenta.marcar_todo()

    def detalle(self) -> None:
        """Explain the debt of the current row."""
        cargo = self.cuenta.actual()
        if self._con_cuenta() and cargo is not None:
            self._mostrar_detalle(cargo)

    def _mostrar_detalle(self, cargo: AdeudoCargo) -> None:
        DetailDialog(cargo, self).open()

    def cobrar(self) -> None:
        """Open the payment of what is marked, or the one that waits to be verified."""
        if self.por_verificar() and self._pago is not None:
            self._pago.open()
            return
        ticket = self.encargo.ticket(self._turno.id, self._hoy) if self._turno is not None else None
        if ticket is not None:
            self._pago = PaymentDialog(self._servicios, ticket, self)
            self._pago.cobrado.connect(self._cobrado)
            self._pago.recotizar.connect(self._recotizar)
            self._pago.finished.connect(self._cerro_pago)
            self._pago.open()

    def _recotizar(self) -> None:
        orden = service.Consultas(tuple(c.cuenta_id for c in self.encargo.cuentas))
        self._servicios.jobs.leer(
            service.consultar_varias, orden, self._recotizadas, self._error, clave="caja.cuenta"
        )

    def _recotizadas(self, cuentas: tuple[service.EstadoDeCuenta, ...]) -> None:
        """Put today's debts in the payment; when none of those marked is left, go back to the accounts."""
        for cuenta in cuentas:
            self.encargo.poner(cuenta, self._hoy)
        self._mostrar_encargo(self.cuenta.cuenta.cuenta_id if self.cuenta.cuenta else None)
        if self._pago is None or self._turno is None:
            return
        ticket = self.encargo.ticket(self._turno.id, self._hoy)
        if ticket is None:
            self._pago.reject()
            self._error(ErrorDeUso("Lo que iba a cobrar ya está pagado; no se cobró nada."))
        else:
            self._pago.poner_ticket(ticket)

    def _cobrado(self, hecho: CobroHecho) -> None:
        self._cerrar_cuenta()
        self.papel.nuevo(hecho.cobrado.recibos)
        self.ultimo.mostrar(hecho)
        self._derecha.setCurrentIndex(2)
        self._avisar()
        self.buscador.limpiar()
        self.hecho = DoneDialog(hecho, self.papel, self)
        self.hecho.finished.connect(self.enfocar)
        self.hecho.open()
        self.cambio.emit()

    def _cerro_pago(self) -> None:
        """Keep a payment that nobody knows about; forget any other, and look at the debts again."""
        if self._pago is not None and not self._pago.por_verificar:
            cobrado = self._pago.hecho
            self._pago.deleteLater()
            self._pago = None
            self.actualizar() if not cobrado else None
        self._avisar()
        self.cambio.emit()

    def _avisar(self) -> None:
        """Say at the top what must not be overlooked."""
        frase = ""
        if self.por_verificar() and self._pago is not None:
            frase = (
                f"Cobro por verificar ({formato(self._pago.total)}, {self._pago.titular}): "
                "no vuelva a cobrar; presione F12 para verificarlo."
            )
        elif self._turno is not None and self._turno.vencido:
            dia = fecha_corta(self._turno.fecha)
            frase = f"Este turno es del {dia}: ciérrelo con Ctrl+F12 antes de cobrar lo de hoy."
        self.nota.poner(frase, "warn")
        self.cuenta.total.boton.poner("Verificar cobro" if self.por_verificar() else "Cobrar")

    def _papel_cambio(self) -> None:
        """Call for the paper that failed when nobody is looking at it."""
        fallo = self.papel.estado == "fallo"
        if fallo and self._derecha.currentIndex() != 2:
            self._servicios.avisar(self.papel.frase, "bad", ("Reimprimir", self.papel.imprimir))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With large text the search gives room to the debts and their total."""
        super().resizeEvent(event)
        tercio = max(M.panel_izquierdo, self.width() * 3 // 10)
        self.busqueda.setFixedWidth(min(tema().px(M.panel_izquierdo), tercio))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc: from the debts to the search, from an empty search to no account."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.buscador.campo.hasFocus():
            self.enfocar()
        elif self._con_cuenta():
            self._cerrar_cuenta()
