"""The caja's page: open the till, find an account, charge it in cash, close with a blind count."""

from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.page import CajaPage
from lerdo_desk.ui.pages import Pagina

PAGINAS = (Pagina("caja", "Caja", "cash-register", "Caja", CajaPage, service.situacion),)
