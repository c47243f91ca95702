"""What is done at an open till besides charging: drops and the X report; what is said of an old turno."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.hacienda.documentos import CorteX
from lerdo_desk.hacienda.turnos import TurnoAbierto
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.drop import DropDialog
from lerdo_desk.modules.caja.screens.paper import DropPaper
from lerdo_desk.modules.caja.screens.x_report import XReportDialog
from lerdo_desk.ui.actions import ActionSet
from lerdo_desk.ui.cards import Card, EmptyState, columna
from lerdo_desk.ui.pages import Servicios


class TillActs(QObject):
    """Opens the dialogs of an open till and tells how their papers went."""

    def __init__(self, servicios: Servicios, pagina: QWidget) -> None:
        super().__init__(pagina)
        self._servicios, self._pagina = servicios, pagina
        self.retiro: DropDialog | None = None
        self.papel = DropPaper(servicios, self)
        self.papel.cambio.connect(self._papel_cambio)

    def retirar(self, turno: TurnoAbierto) -> None:
        """Take cash to the vault."""
        self.retiro = DropDialog(self._servicios, turno, self.papel, self._pagina)
        self.retiro.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.retiro.accepted.connect(self._retirado)
        self.retiro.open()

    def _retirado(self) -> None:
        if self.retiro is not None:
            self._servicios.avisar(self.retiro.hecho, "ok")
            self.retiro = None

    def _papel_cambio(self) -> None:
        if self.papel.estado == "fallo":
            frase = f"{self.papel.frase} El retiro está registrado: sólo falta el papel."
            self._servicios.avisar(frase, "bad", ("Reimprimir", self.papel.imprimir))

    def corte_x(self) -> None:
        """Tell how the turno stands."""
        self._servicios.jobs.leer(
            service.corte_x, service.Nada(), self._mostrar_x, self._servicios.error, clave="caja.x"
        )

    def _mostrar_x(self, corte: CorteX) -> None:
        dialogo = XReportDialog(self._servicios, corte, self._pagina)
        dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogo.open()


class ExpiredPanel(Card):
    """Says that a turno is past its length and offers its closing, and nothing else."""

    def __init__(self, acciones: ActionSet) -> None:
        """``acciones`` holds «contar», the main action here."""
        super().__init__()
        self._boton = acciones.boton("contar", "primary", grande=True)
        self.mensaje = EmptyState("clock", "", "", (self._boton,))
        self.caja.addLayout(columna(self.mensaje))

    def usar(self, turno: TurnoAbierto) -> None:
        """Name the turno that must be closed."""
        self.mensaje.poner(
            "Cierre el turno anterior",
            f"El turno de «{turno.caja_nombre}» es del {fecha_corta(turno.fecha)} y ya pasó de su duración: "
            "ya no se puede cobrar en él. Cuente el efectivo y haga el corte para abrir otro.",
        )

    def enfocar(self) -> None:
        """Put the focus on the closing."""
        self._boton.setFocus(Qt.FocusReason.OtherFocusReason)
