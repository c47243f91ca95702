"""The page of saldos a favor: money received beyond what was owed, by its age, and what to do with each."""

from functools import partial

from PySide6.QtCore import Qt

from lerdo_desk.base.listas import Fila
from lerdo_desk.modules.ingresos.screens.balance_apply import ApplyDialog
from lerdo_desk.modules.ingresos.screens.balance_refund import RefundDialog
from lerdo_desk.modules.ingresos.service import saldos
from lerdo_desk.ui.actions import Action
from lerdo_desk.ui.columns import TonoCelda
from lerdo_desk.ui.listing import Aspecto, Casos, ListPage, Opciones
from lerdo_desk.ui.pages import Servicios

_SIN_RENGLON = "Elija un saldo de la lista"
_ICONOS = {"SIN_CUENTA": "help", "PAGO_DOBLE": "checks", "EXCEDENTE": "coins", "CHEQUE": "arrow-back-up"}


def _tono(origen: str) -> TonoCelda:
    return "warn" if origen == "SIN_CUENTA" else "text"


class BalancesPage(ListPage):
    """Lists the saldos with money left, the oldest first; F12 applies one, Ctrl+D gives it back."""

    def __init__(self, servicios: Servicios) -> None:
        aplicar = Action("aplicar", "Aplicar a adeudos", "receipt", "F12", saldos.aplicar_saldo, self.aplicar)
        devolver = Action(
            "devolver", "Devolver", "arrow-back-up", "Ctrl+D", saldos.devolver_saldo, self.devolver
        )
        super().__init__(
            servicios,
            saldos.SALDOS.descripcion(),
            Casos(saldos.ver_saldos, saldos.ver_saldos_enteros),
            Opciones(
                acciones=(aplicar, devolver),
                aspectos={
                    "titular": Aspecto(peso="medium"),
                    "desde": Aspecto(tono="muted"),
                    "origen": Aspecto(tono=_tono, icono=lambda v: _ICONOS.get(v, "")),
                },
                vacio=("No hay saldos a favor", "Lo que se reciba de más por un canal aparecerá aquí."),
                explicacion="Recibido de más o sin cuenta, lo más antiguo primero: aplíquelo o devuélvalo.",
            ),
        )
        self.dialogo: ApplyDialog | RefundDialog | None = None
        self.elegida.connect(self._encender)
        self.abierta.connect(lambda _fila: self.acciones["aplicar"].trigger() if self.acciones else None)
        self._encender(None)

    def _encender(self, fila: Fila | None) -> None:
        if self.acciones is not None:
            for clave in ("aplicar", "devolver"):
                self.acciones.habilitar(clave, fila is not None, _SIN_RENGLON)

    def aplicar(self) -> None:
        """Ask which account the saldo pays."""
        self._con_saldo(partial(self._abrir, ApplyDialog))

    def devolver(self) -> None:
        """Ask how much is given back, and by which oficio."""
        self._con_saldo(partial(self._abrir, RefundDialog))

    def _con_saldo(self, seguir: partial[None]) -> None:
        actual = self.actual()
        if actual is not None:
            orden = saldos.UnSaldo(int(actual[-1]))
            self.servicios.jobs.leer(
                saldos.ver_saldo, orden, seguir, self.servicios.error, clave="ingresos.saldo"
            )

    def _abrir(self, cual: type[ApplyDialog] | type[RefundDialog], saldo: saldos.SaldoEntero) -> None:
        self.dialogo = cual(self.servicios, saldo, self)
        self.dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialogo.accepted.connect(self._hecho)
        self.dialogo.open()

    def _hecho(self) -> None:
        if self.dialogo is not None:
            self.servicios.avisar(self.dialogo.hecho, "ok")
            self.dialogo = None
        self.leer()
