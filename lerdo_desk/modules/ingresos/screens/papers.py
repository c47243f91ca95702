"""Sends Tesorería's papers where the station's settings say, drawn off the GUI thread."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from lerdo_desk.config import carpeta_de_datos
from lerdo_desk.ui import printing
from lerdo_desk.ui.pages import Servicios

ACTA, RELACION = "corte", "lista"
"""Kinds of document of the station's settings: acts go where cortes do, the rest where lists do."""


class Papers(QObject):
    """Draws and prints one paper after another and says how each ended."""

    def __init__(self, servicios: Servicios, parent: QObject) -> None:
        super().__init__(parent)
        self._servicios = servicios
        self._documento = self._nombre = ""

    def imprimir(self, documento: str, nombre: str, dibujar: Callable[[], bytes]) -> None:
        """Draw a PDF and print it; ``nombre`` is its file's, without the extension."""
        self._documento, self._nombre = documento, f"{nombre}.pdf"
        self._servicios.jobs.hacer(dibujar, self._mandar, self._servicios.error)

    def _mandar(self, pdf: bytes) -> None:
        self._servicios.imprimir(self._documento, pdf, self._nombre, self._salio, self._servicios.error)

    def _salio(self, _destino: str) -> None:
        lugar = self._servicios.config.impresion_de(self._documento)
        donde = f"en «{lugar.impresora}»" if lugar.destino == "impresora" else f"en «{self._nombre}»"
        self._servicios.avisar(f"El documento quedó {donde}.", "ok")

    def guardar_hoja(self, nombre: str, escribir: Callable[[], bytes]) -> None:
        """Write a workbook in the folder of the station's lists and say its name."""
        lugar = self._servicios.config.impresion_de(RELACION)
        carpeta = lugar.carpeta or carpeta_de_datos() / "impresos" / RELACION

        def trabajo() -> Path:
            return printing.guardar(carpeta, escribir(), f"{nombre}.xlsx")

        self._servicios.jobs.hacer(trabajo, self._guardada, self._servicios.error)

    def _guardada(self, ruta: Path) -> None:
        self._servicios.avisar(f"La hoja de cálculo quedó en «{ruta.parent.name}/{ruta.name}».", "ok")
