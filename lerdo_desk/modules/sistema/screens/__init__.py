"""The pages of sistema: people and what each may do, tills and series, the law and the banks to look at."""

from lerdo_desk.modules.sistema import service
from lerdo_desk.modules.sistema.screens.law import BanksPage, ParametersPage
from lerdo_desk.modules.sistema.screens.permissions import MatrixPage, WhoCanPage
from lerdo_desk.modules.sistema.screens.tills import TillsPage
from lerdo_desk.modules.sistema.screens.users import NewUserDialog, PhraseDialog, UsersPage, login_valido
from lerdo_desk.ui.pages import Pagina

__all__ = ["PAGINAS", "NewUserDialog", "PhraseDialog", "login_valido"]

_DIRECCION = "Sistema"

PAGINAS = (
    Pagina("usuarios", "Usuarios", "users", _DIRECCION, UsersPage, service.listar, abajo=True),
    Pagina(
        "sistema_permisos",
        "Perfiles y permisos",
        "key",
        _DIRECCION,
        MatrixPage,
        service.perfiles_y_permisos,
        abajo=True,
    ),
    Pagina(
        "sistema_quien",
        "Quién puede hacer qué",
        "user-check",
        _DIRECCION,
        WhoCanPage,
        service.quien_puede,
        abajo=True,
    ),
    Pagina(
        "sistema_cajas", "Cajas y series", "cash-register", _DIRECCION, TillsPage, service.cajas, abajo=True
    ),
    Pagina(
        "sistema_parametros",
        "Parámetros de la ley",
        "gavel",
        _DIRECCION,
        ParametersPage,
        service.parametros,
        abajo=True,
    ),
    Pagina(
        "sistema_bancos",
        "Cuentas bancarias",
        "building-bank",
        _DIRECCION,
        BanksPage,
        service.bancos,
        abajo=True,
    ),
)
