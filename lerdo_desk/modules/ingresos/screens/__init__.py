"""The pages of Tesorería: hand-overs, slips, what waits for the bank, days that close, and the diario."""

from lerdo_desk.modules.ingresos import service
from lerdo_desk.modules.ingresos.screens.balances import BalancesPage
from lerdo_desk.modules.ingresos.screens.channels import ChannelsPage
from lerdo_desk.modules.ingresos.screens.cheques import ChequesPage
from lerdo_desk.modules.ingresos.screens.days import DaysPage
from lerdo_desk.modules.ingresos.screens.deposit import DepositPage
from lerdo_desk.modules.ingresos.screens.diary import DiaryPage
from lerdo_desk.modules.ingresos.screens.handover import HandoverPage
from lerdo_desk.modules.ingresos.screens.slips import SlipsPage, UndepositedPage
from lerdo_desk.ui.pages import Pagina

_EN = "Tesorería"
PAGINAS = (
    Pagina("ingresos_entregas", "Entregas", "wallet", _EN, HandoverPage, service.ver_entregas),
    Pagina("ingresos_deposito", "Depositar", "building-bank", _EN, DepositPage, service.depositar),
    Pagina("ingresos_sin_depositar", "Sin depositar", "clock", _EN, UndepositedPage, service.sin_depositar),
    Pagina("ingresos_fichas", "Fichas de depósito", "receipt", _EN, SlipsPage, service.fichas),
    Pagina(
        "ingresos_canales", "Otros canales", "download", _EN, ChannelsPage, service.externos.revisar_pagos
    ),
    Pagina("ingresos_saldos", "Saldos a favor", "coins", _EN, BalancesPage, service.saldos.ver_saldos),
    Pagina(
        "ingresos_cheques",
        "Cheques recibidos",
        "edit",
        _EN,
        ChequesPage,
        service.cheques.ver_cheques,
    ),
    Pagina("ingresos_dias", "Cierre del día", "lock", _EN, DaysPage, service.dias_del_mes),
    Pagina("ingresos_diario", "Diario de ingresos", "chart-bar", _EN, DiaryPage, service.ver_diario),
)
