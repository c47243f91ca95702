"""Two lists of who can do what: by profile, as the house declares it, and person by person."""

from lerdo_desk.core.permisos import PERFILES
from lerdo_desk.modules.sistema import service
from lerdo_desk.ui.columns import TonoCelda
from lerdo_desk.ui.listing import Aspecto, Casos, ListPage, Opciones
from lerdo_desk.ui.pages import Servicios


def _tono(valor: str) -> TonoCelda:
    return "ok" if valor == service.SI else "muted"


def _marca(valor: str) -> str:
    return "check" if valor == service.SI else ""


_EFECTO = Aspecto(tono=lambda v: "warn" if v == "ESCRIBE" else "muted")


class MatrixPage(ListPage):
    """What may be done, and which profiles may."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__(
            servicios,
            service.PERFILES_Y_PERMISOS,
            Casos(service.perfiles_y_permisos, service.perfiles_y_permisos_enteros),
            Opciones(
                aspectos={
                    "permiso": Aspecto(peso="medium"),
                    "direccion": Aspecto(tono="muted"),
                    "efecto": _EFECTO,
                    **{p: Aspecto(tono=_tono, icono=_marca) for p in PERFILES},
                },
                explicacion="De esta tabla salen los menús y lo que la base de datos permite a cada quien.",
            ),
        )


class WhoCanPage(ListPage):
    """What each person with an active account may do."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__(
            servicios,
            service.QUIEN_PUEDE,
            Casos(service.quien_puede, service.quien_puede_entero),
            Opciones(
                aspectos={
                    "persona": Aspecto(peso="medium"),
                    "usuario": Aspecto(tono="muted"),
                    "direccion": Aspecto(tono="muted"),
                    "efecto": _EFECTO,
                },
                explicacion="Busque a una persona, o lo que se puede hacer para ver quiénes pueden.",
            ),
        )
