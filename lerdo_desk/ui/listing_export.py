"""The export of a list: asks where to, follows the work, says how it ended."""

import threading
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from lerdo_desk.base.entrada import archivo
from lerdo_desk.base.errores import ErrorDeEntorno
from lerdo_desk.base.listas import Encargo
from lerdo_desk.ui.cards import fila
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.progress import ProgressPanel
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_HOJA, _PDF = "Hoja de cálculo (*.xlsx)", "Documento PDF (*.pdf)"
_SIN_EXPORTAR = "Esta ventana no puede exportar; entre al programa de nuevo."


class Exportacion(QWidget):
    """The strip of progress of a list's export; hidden while nothing is exported."""

    def __init__(self, servicios: Servicios, sobre: QWidget) -> None:
        super().__init__(sobre)
        self._servicios = servicios
        self._dejado = Path.home()
        self.panel = ProgressPanel()
        self.activa = False
        self.dialogo: QFileDialog | None = None
        margen = tema().px(M.l)
        caja = fila(self.panel)
        caja.setContentsMargins(margen, tema().px(M.xs), margen, tema().px(M.xs))
        self.setLayout(caja)
        self.hide()

    def preguntar(self, encargo: Mapping[str, Any]) -> None:
        """Ask for the place and the format; the list is exported as it stands when it was asked."""
        if self.activa:
            return
        nombre = archivo(str(encargo["lista"].nombre))
        dialogo = QFileDialog(self.window(), "Exportar", str(self._dejado / f"{nombre}.xlsx"))
        dialogo.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialogo.setNameFilters([_HOJA, _PDF])
        dialogo.setDefaultSuffix("xlsx")
        dialogo.selectFile(f"{nombre}.xlsx")
        dialogo.filterSelected.connect(
            lambda elegido: dialogo.setDefaultSuffix("pdf" if elegido == _PDF else "xlsx")
        )
        dialogo.fileSelected.connect(partial(self._elegido, encargo, dialogo))
        self.dialogo = dialogo
        dialogo.open()

    def _elegido(self, encargo: Mapping[str, Any], dialogo: QFileDialog, escrito: str) -> None:
        """Take the place; where the filter says PDF and the name says otherwise, the filter wins."""
        destino = Path(escrito)
        if dialogo.selectedNameFilter() == _PDF:
            destino = destino.with_suffix(".pdf")
        elif destino.suffix.lower() not in (".xlsx", ".pdf"):
            destino = destino.with_name(f"{destino.name}.xlsx")
        dialogo.deleteLater()
        self.dialogo = None
        self.hacer(encargo, destino)

    def hacer(self, encargo: Mapping[str, Any], destino: Path) -> None:
        """Export to a file, in a thread that feeds a process of its own; Cancelar leaves no file."""
        exportar = self._servicios.exportar
        if exportar is None:
            self._servicios.error(ErrorDeEntorno(_SIN_EXPORTAR))
            return
        self._dejado = destino.parent
        hecho = Encargo(
            formato="pdf" if destino.suffix.lower() == ".pdf" else "xlsx", destino=str(destino), **encargo
        )
        cancelado = threading.Event()
        avance = self._servicios.jobs.avisador(self.panel.avanzar)
        job = self._servicios.jobs.hacer(
            partial(exportar, hecho, avance, cancelado), self._listo, self._servicios.error
        )
        # The same event that the work looks at, so that Cancelar and the closing of the window reach it.
        job.cancelado = cancelado
        self.activa = True
        job.al_terminar(self._fin)
        self.panel.seguir(job, "Exportando")
        self.show()

    def _fin(self) -> None:
        self.activa = False
        self.hide()

    def _listo(self, destino: Path) -> None:
        self._servicios.avisar(f"Se guardó «{destino.name}».", "ok", ("Abrir", partial(_abrir, destino)))


def _abrir(archivo_: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(archivo_)))
