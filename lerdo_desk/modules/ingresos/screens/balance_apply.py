"""The dialog that applies a saldo a favor: the account is found, and what it settles is said before."""

import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.hacienda.cobros import CargoDicho
from lerdo_desk.hacienda.saldos_aplicar import Aplicacion
from lerdo_desk.modules.ingresos.screens.balance_refund import procedencia
from lerdo_desk.modules.ingresos.service import saldos
from lerdo_desk.modules.ingresos.service.canales import EnCanal
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.columns import Column, Fila
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.table import Table
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_COLUMNAS = (
    Column("clave", "Clave", ancho=160, peso="medium"),
    Column("titular", "Titular", ancho=200),
    Column("domicilio", "Domicilio", estira=True, tono="muted"),
)
_ESCRIBA = "Busque la cuenta por clave, folio, nombre o domicilio."


class ApplyDialog(FittedDialog):
    """Finds an account and pays its oldest debts whole with the saldo; ``hecho`` is what was done."""

    def __init__(self, servicios: Servicios, saldo: saldos.SaldoEntero, parent: QWidget) -> None:
        super().__init__("Aplicar un saldo a favor", parent)
        self._servicios, self._saldo = servicios, saldo
        self._alcance: saldos.Alcance | None = None
        self._ids = str(uuid.uuid4()), str(uuid.uuid4())
        self.hecho, self._ocupado = "", False
        self.setMinimumWidth(tema().px(M.login_ancho))
        self.campo = TextField(saldo.decia, largo=120)
        self.tabla = Table(_COLUMNAS, nombre="Cuentas halladas")
        self.tabla.setMinimumHeight(tema().px(M.login_izquierda // 2))
        self.nota = Note("", "info")
        self.boton = Button("Aplicar", "primary", tecla="Enter")
        self.caja.addWidget(Label(f"Aplicar {formato(saldo.visto.disponible)}", "heading"))
        self.caja.addWidget(Label(procedencia(saldo), "body", "muted").en_parrafo())
        self.caja.addWidget(Field("&Cuenta u orden que se paga", self.campo))
        self.caja.addWidget(self.tabla)
        self.caja.addWidget(self.nota)
        self.botones(self.boton)
        self.boton.clicked.connect(self._enviar)
        self.campo.textChanged.connect(self._buscar)
        self.tabla.elegida.connect(self._elegida)
        self.campo.setFocus(Qt.FocusReason.OtherFocusReason)
        self.campo.selectAll()
        self._buscar()

    def _buscar(self) -> None:
        """Ask which accounts hold what is typed."""
        self._alcance = None
        self._encender(_ESCRIBA)
        orden = saldos.BuscarCuenta(self.campo.valor())
        self._servicios.jobs.leer(
            saldos.buscar_cuenta, orden, self._hallados, self._fallo, clave="ingresos.saldo.cuenta"
        )

    def _hallados(self, cuentas: tuple[saldos.CuentaHallada, ...]) -> None:
        self.tabla.poner([(c.clave, c.titular, c.domicilio, c.cuenta_id) for c in cuentas])
        if len(cuentas) == 1:
            self.tabla.elegir(0)
        elif self.campo.valor():
            self.nota.poner("Elija la cuenta." if cuentas else "Ninguna cuenta dice eso; revíselo.", "info")

    def _elegida(self, fila: Fila | None) -> None:
        """Ask what the saldo would settle of the account that was chosen."""
        if fila is None:
            return
        self._encender("Consultando lo que debe…")
        orden = saldos.QueAlcanza(self._saldo.visto.cargo_id, int(fila[-1]))
        self._servicios.jobs.leer(
            saldos.que_alcanza, orden, self._mostrar, self._fallo, clave="ingresos.saldo.alcance"
        )

    def _mostrar(self, alcance: saldos.Alcance) -> None:
        cuenta, debe = alcance.adeudo.cuenta, alcance.adeudo.cargos
        if not debe:
            self._encender(f"La cuenta {cuenta.clave} no debe nada hoy; elija otra o devuelva el saldo.")
            return
        if not alcance.paga:
            primero = min(debe, key=lambda c: (c.vence, c.cargo_id))
            self._encender(
                f"El saldo no alcanza para el adeudo más antiguo, {primero.ejercicio} por "
                f"{formato(primero.total)}; los adeudos se pagan enteros."
            )
            return
        cuantos = "1 adeudo" if len(alcance.paga) == 1 else f"{len(alcance.paga)} adeudos"
        queda = alcance.saldo.disponible - alcance.total
        self._alcance = alcance
        resto = f" Quedan {formato(queda)} de saldo." if queda else " El saldo queda en cero."
        frase = f"Paga {cuantos} de {cuenta.titular}, cuenta {cuenta.clave}: {formato(alcance.total)}.{resto}"
        self._encender("")
        self.nota.poner(frase, "ok")

    def _encender(self, motivo: str) -> None:
        self.boton.habilitar(not motivo, motivo)
        if motivo:
            self.nota.poner(motivo, "info")

    def _enviar(self) -> None:
        alcance = self._alcance
        if alcance is None or self._ocupado:
            return
        cuenta_id = alcance.adeudo.cuenta.id
        intento, turno_id = self._ids
        dichos = tuple(CargoDicho(cuenta_id, c.cargo_id, c.total) for c in alcance.paga)
        self.hecho = f"Se aplicaron {formato(alcance.total)} a la cuenta {alcance.adeudo.cuenta.clave}."
        orden = saldos.AplicarSaldo(
            Aplicacion(intento, alcance.saldo.cargo_id, cuenta_id, dichos), EnCanal(turno_id)
        )
        self._ocupar(True)
        self._servicios.jobs.escribir(saldos.aplicar_saldo, orden, self._listo, self._fallo)

    def _listo(self, _recibo: str) -> None:
        self._ocupar(False)
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self._ocupar(False)
        self._encender(_ESCRIBA)
        self._alcance = None
        self.nota.poner(explicar(error).frase, "bad")

    def _ocupar(self, si: bool) -> None:
        self._ocupado = si
        for parte in (self.campo, self.tabla):
            parte.setEnabled(not si)
        if si:
            self.boton.ocupar("Aplicando…")
        else:
            self.boton.desocupar()

    def reject(self) -> None:
        """Go back, unless it is being written."""
        if not self._ocupado:
            super().reject()
