"""Saves the marked workbook of the rows that go back, where the person says, off the GUI thread."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import uuid4

from PySide6.QtWidgets import QFileDialog, QWidget

from lerdo_desk.modules.predial.service.cargas_datos import Revisado
from lerdo_desk.reports.aparte import escribir_entero
from lerdo_desk.reports.devolucion import devolver
from lerdo_desk.ui.pages import Servicios


def preguntar(sobre: QWidget, propuesto: Path, elegido: Callable[[Path], None]) -> QFileDialog:
    """Ask where the workbook is left, beginning with a name that says what it is."""
    dialogo = QFileDialog(sobre, "Guardar los devueltos", str(propuesto))
    dialogo.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialogo.setNameFilter("Hoja de cálculo (*.xlsx)")
    dialogo.setDefaultSuffix("xlsx")
    dialogo.fileSelected.connect(lambda ruta: elegido(Path(ruta)))
    dialogo.finished.connect(dialogo.deleteLater)
    dialogo.open()
    return dialogo


def guardar(servicios: Servicios, revisado: Revisado, destino: Path) -> None:
    """Write the workbook whole or not at all, and say how it ended."""

    def trabajo() -> Path:
        libro = devolver(revisado.devolucion, revisado.encabezados)
        escribir_entero(destino, libro, destino.with_name(f".{uuid4().hex}.tmp"))
        return destino

    servicios.jobs.hacer(trabajo, partial(_dicho, servicios), servicios.error)


def _dicho(servicios: Servicios, ruta: Path) -> None:
    servicios.avisar(
        f"Se guardó «{ruta.name}»; corrija las celdas marcadas y cárguelo como otro archivo.", "ok"
    )
