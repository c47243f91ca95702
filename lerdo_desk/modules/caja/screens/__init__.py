"""The caja's pages: the till itself, the accounts for those who charge none, and who may open each till."""

from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.assignments import AssignmentsPage
from lerdo_desk.modules.caja.screens.lookup import LookupPage
from lerdo_desk.modules.caja.screens.page import CajaPage
from lerdo_desk.modules.caja.screens.verify import CortesPage
from lerdo_desk.ui.pages import Pagina

PAGINAS = (
    Pagina("caja", "Caja", "cash-register", "Caja", CajaPage, service.situacion),
    Pagina("caja_consulta", "Consulta de cuentas", "home-search", "Caja", LookupPage, service.ver_cuenta),
    Pagina(
        "caja_asignacion", "Asignación de cajas", "user-check", "Caja", AssignmentsPage, service.asignar_caja
    ),
    Pagina("caja_cortes", "Turnos y cortes", "checks", "Caja", CortesPage, service.ver_cortes),
)
