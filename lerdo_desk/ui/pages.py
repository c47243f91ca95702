"""What a dirección hands to the window: pages as data, and what the window hands back to them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtWidgets import QWidget

from lerdo_desk.config import Configuracion
from lerdo_desk.ui.actions import ActionSet
from lerdo_desk.ui.jobs import Jobs, RunnerLike
from lerdo_desk.ui.labels import TonoChip
from lerdo_desk.ui.messages import Accion, Tono


class Avisar(Protocol):
    """Shows a toast."""

    def __call__(self, texto: str, tono: Tono = "ok", accion: Accion | None = None) -> object:
        """Say a sentence at the bottom right; ``warn`` and ``bad`` stay until closed."""


class Imprimir(Protocol):
    """Prints a document where the station's settings say."""

    def __call__(
        self,
        documento: str,
        pdf: bytes,
        nombre: str,
        listo: Callable[[str], None],
        fallo: Callable[[Exception], None],
    ) -> object:
        """Print off the GUI thread; ``listo`` gets where it went, ``fallo`` what went wrong."""


@dataclass(frozen=True)
class Servicios:
    """What every page may use; there is no other way to reach the window."""

    jobs: Jobs
    runner: RunnerLike
    config: Configuracion
    avisar: Avisar
    error: Callable[[Exception], None]
    """Shows any error: what the person can put right as a toast, the rest as a dialog with its detail."""
    imprimir: Imprimir
    caja: Callable[[str, TonoChip], None]
    """Writes the state chip of the till in the top bar: ``Caja 03 abierta · fondo $1,500.00``."""
    ir: Callable[[str], None]
    """Goes to another page by its clave."""
    extras: dict[str, object] = field(default_factory=dict)
    """What the loader adds by name, e.g. ``exportar``."""


@dataclass(frozen=True)
class Pagina:
    """One entry of the sidebar; ``fabrica`` is called the first time the page is shown.

    ``caso``: shown only to whom may run it. ``abajo``: stands at the foot of the sidebar.
    """

    clave: str
    titulo: str
    icono: str
    direccion: str
    fabrica: Callable[[Servicios], QWidget]
    caso: object | None = None
    abajo: bool = False


class Page(QWidget):
    """Base of a page: set ``acciones`` and override ``al_entrar`` to focus the main field.

    Any QWidget serves as a page; this one only spares writing the attributes that the window looks for.
    """

    acciones: ActionSet | None = None
    reserva_abajo: int = 0
    """Height in pixels of a strip at the foot that toasts must not cover: the total and its button."""

    def al_entrar(self) -> None:
        """Put the focus where work begins (called each time the page is shown)."""

    def al_salir(self) -> None:
        """Leave things in order (called each time another page is shown)."""
