"""The pages of people: their padrón with each one's file, who may be written twice, and the merges made."""

from lerdo_desk.modules.contribuyentes import service
from lerdo_desk.modules.contribuyentes.screens.duplicates import DuplicatesPage
from lerdo_desk.modules.contribuyentes.screens.merges import MergesPage
from lerdo_desk.modules.contribuyentes.screens.page import PeoplePage
from lerdo_desk.ui.pages import Pagina

_DIRECCION = "Contribuyentes"

PAGINAS = (
    Pagina("contribuyentes", "Contribuyentes", "user-search", _DIRECCION, PeoplePage, service.padron),
    Pagina(
        "contribuyentes_duplicados",
        "Posibles duplicados",
        "users",
        _DIRECCION,
        DuplicatesPage,
        service.duplicados,
    ),
    Pagina(
        "contribuyentes_uniones",
        "Uniones de registros",
        "paperclip",
        _DIRECCION,
        MergesPage,
        service.uniones,
    ),
)
