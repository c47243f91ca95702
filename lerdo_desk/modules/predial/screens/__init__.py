"""The pages of predial: padrón and its requests, emission, loads of files and opening debts that wait."""

from lerdo_desk.modules.predial import service
from lerdo_desk.modules.predial.screens.emission import ConfirmEmission, EmissionPage, cuentas
from lerdo_desk.modules.predial.screens.loads import LoadPage
from lerdo_desk.modules.predial.screens.openings import OpeningsPage
from lerdo_desk.modules.predial.screens.register import RegisterPage
from lerdo_desk.modules.predial.screens.requests import RequestsPage
from lerdo_desk.ui.pages import Pagina

__all__ = ["PAGINAS", "ConfirmEmission", "EmissionPage", "cuentas"]

PAGINAS = (
    Pagina("predial_padron", "Padrón predial", "map-2", "Predial y catastro", RegisterPage, service.padron),
    Pagina(
        "predial_mis_solicitudes",
        "Mis solicitudes",
        "edit",
        "Predial y catastro",
        RequestsPage,
        service.mis_solicitudes,
    ),
    Pagina(
        "predial_solicitudes",
        "Solicitudes del padrón",
        "edit",
        "Predial y catastro",
        RequestsPage,
        service.solicitudes_del_padron,
    ),
    Pagina(
        "predial_emision",
        "Emisión del ejercicio",
        "home-dollar",
        "Predial y catastro",
        EmissionPage,
        service.emitir,
    ),
    Pagina(
        "predial_carga",
        "Cargar archivos",
        "database",
        "Predial y catastro",
        LoadPage,
        service.cargar_padron,
    ),
    Pagina(
        "predial_adeudos",
        "Adeudos anteriores",
        "history",
        "Predial y catastro",
        OpeningsPage,
        service.cargas_de_adeudos,
    ),
)
