"""The screens of the órdenes de pago: one list, the dialog that issues one and the one that shows it."""

from lerdo_desk.modules.ordenes import service
from lerdo_desk.modules.ordenes.screens.page import OrdersPage
from lerdo_desk.ui.pages import Pagina

PAGINAS = (Pagina("ordenes", "Órdenes de pago", "receipt", "Órdenes de pago", OrdersPage, service.lista),)
