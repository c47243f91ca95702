"""What a dirección hands to the window: pages as data, and what the window hands back to them."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, cast

from PySide6.QtWidgets import QWidget

from lerdo_desk.base.listas import Encargo
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


class Firmar(Protocol):
    """Lets another person sign with their own login, without leaving the window."""

    def __call__(
        self,
        titulo: str,
        lineas: Sequence[str],
        caso: object,
        orden: object,
        listo: Callable[[Any], None],
        fallo: Callable[[Exception], None],
    ) -> object:
        """Open «Firma de otra persona»: ``caso`` runs with ``orden`` on the signer's own connection.

        ``lineas`` say in words what is signed. ``listo`` gets the value of the use case; ``fallo`` gets
        Cancelado when nobody signed. What the database refuses is said in the dialog, which stays.
        """


class Exportar(Protocol):
    """Writes a whole list to a file, in the thread that calls it."""

    def __call__(self, encargo: Encargo, avance: Callable[[Any], None], cancelado: threading.Event) -> Path:
        """Give the path written; ErrorDeUso, ErrorDeEntorno or Cancelado, and then there is no file."""


@dataclass
class Servicios:
    """What every page may use; there is no other way to reach the window."""

    jobs: Jobs
    runner: RunnerLike
    config: Configuracion
    """The station's settings; the window puts the new ones here when the preferences change."""
    avisar: Avisar
    error: Callable[[Exception], None]
    """Shows any error: what the person can put right as a toast, the rest as a dialog with its detail."""
    imprimir: Imprimir
    caja: Callable[[str, TonoChip], None]
    """Writes the state chip of the till in the top bar: ``Caja 03 abierta · fondo $1,500.00``."""
    ir: Callable[[str], None]
    """Goes to another page by its clave."""
    firmar: Firmar
    """Asks another person to sign, e.g. a supervisor at the cashier's window."""
    extras: dict[str, object] = field(default_factory=dict)
    """What the loader adds by name: ``exportar``, and ``recordar`` and ``recordado`` of lists."""

    @property
    def exportar(self) -> Exportar | None:
        """Give what writes a list to a file, None where the window was opened without it."""
        return cast("Exportar | None", self.extras.get("exportar"))


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

    def al_escanear(self, codigo: str) -> bool:
        """Take what the scanner read; False where the page does not know such a code."""
        return False

    def al_salir(self) -> None:
        """Leave things in order (called each time another page is shown)."""
