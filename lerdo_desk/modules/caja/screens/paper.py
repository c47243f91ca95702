"""Puts receipts and cortes on paper off the GUI thread, and remembers how each paper stands.

A printer that fails never undoes what was sealed: the paper says so and can be asked for again. Each paper of
a receipt is counted by the ledger before it is drawn, so a second one always says COPIA n.
"""

from functools import partial
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject, Signal

from lerdo_desk.config import Impresion as Lugar
from lerdo_desk.config import carpeta_de_datos
from lerdo_desk.hacienda.documentos import ActaDeRetiro, CorteSellado, CorteX, ReciboSellado
from lerdo_desk.modules.caja import service
from lerdo_desk.reports import corte as papel_corte
from lerdo_desk.reports import corte_x as papel_x
from lerdo_desk.reports import recibo as papel_recibo
from lerdo_desk.reports import retiro as papel_retiro
from lerdo_desk.reports import xlsx
from lerdo_desk.ui import printing
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.pages import Servicios

Estado = Literal["nada", "imprimiendo", "impreso", "fallo"]


def lugar_en_palabras(lugar: Lugar) -> str:
    """Say where documents go: the printer's name or the folder's."""
    if lugar.destino == "impresora":
        return f"«{lugar.impresora}»"
    return f"la carpeta «{lugar.carpeta.name}»" if lugar.carpeta else "la carpeta de la estación"


class Paper(QObject):
    """One document on its way to paper; ``cambio`` is emitted at each step."""

    cambio = Signal()
    documento = ""
    """The name of this kind of document in the station's settings."""

    def __init__(self, servicios: Servicios, parent: QObject) -> None:
        super().__init__(parent)
        self.servicios = servicios
        self.estado: Estado = "nada"
        self.frase = ""
        self._nombre = ""

    @property
    def lugar(self) -> str:
        """Say where this kind of document is printed."""
        return lugar_en_palabras(self.servicios.config.impresion_de(self.documento))

    def imprimir(self) -> None:
        """Put the document on paper (again)."""
        raise NotImplementedError

    def poner(self, estado: Estado, frase: str) -> None:
        """Move to another state and say it in a sentence."""
        self.estado, self.frase = estado, frase
        self.cambio.emit()

    def mandar(self, pdf: bytes) -> None:
        """Send what was drawn where the station's settings say."""
        self.servicios.imprimir(self.documento, pdf, self._nombre, self.salio, self.fallo)

    def salio(self, _destino: str) -> None:
        """Say that it is on paper."""
        self.poner("impreso", f"Impreso en {self.lugar}")

    def fallo(self, error: Exception) -> None:
        """Say why it is not on paper."""
        self.poner("fallo", explicar(error).frase)


class ReceiptPaper(Paper):
    """The receipts of the last charge; ``recibo`` is the last one read from the ledger."""

    documento = "recibo"

    def __init__(self, servicios: Servicios, parent: QObject) -> None:
        super().__init__(servicios, parent)
        self.recibo: ReciboSellado | None = None
        self._ids: tuple[str, ...] = ()
        self._faltan: list[str] = []
        self._copia = 0

    def nuevo(self, ids: tuple[str, ...]) -> None:
        """Print the receipts of a charge that was just sealed."""
        self._ids, self._faltan, self.recibo = ids, [], None
        self.imprimir()

    def imprimir(self) -> None:
        """Print all that is missing, or every receipt again as a copy when nothing is."""
        if self.estado == "imprimiendo" and self._faltan:
            return
        self._faltan = self._faltan or list(self._ids)
        self._siguiente()

    def _siguiente(self) -> None:
        self.poner("imprimiendo", "Imprimiendo el recibo…")
        orden = service.Impresion(self._faltan[0])
        self.servicios.jobs.escribir(service.preparar_impresion, orden, self._preparado, self.fallo)

    def _preparado(self, papel: service.PorImprimir) -> None:
        self.recibo, self._copia = papel.recibo, papel.copia
        sufijo = f"-copia{papel.copia}" if papel.copia else ""
        self._nombre = f"{papel.recibo.etiqueta}{sufijo}.pdf"
        self.cambio.emit()
        formato = self.servicios.config.impresion_de(self.documento).formato
        dibujar = partial(papel_recibo.dibujar, papel.recibo, copia=papel.copia, formato=formato)
        self.servicios.jobs.hacer(dibujar, self.mandar, self.fallo)

    def salio(self, _destino: str) -> None:
        """Go on with the next receipt, or say that all are on paper."""
        self._faltan.pop(0)
        if self._faltan:
            self._siguiente()
            return
        que = f"COPIA {self._copia} impresa" if self._copia else "Impreso"
        self.poner("impreso", f"{que} en {self.lugar}")


class CortePaper(Paper):
    """The paper of a sealed corte, and its list of receipts as a workbook beside it."""

    documento = "corte"

    def __init__(self, servicios: Servicios, parent: QObject) -> None:
        super().__init__(servicios, parent)
        self.corte: CorteSellado | None = None

    def nuevo(self, corte: CorteSellado) -> None:
        """Print a corte that was just sealed."""
        self.corte, self._nombre = corte, f"corte-{corte.caja}-{corte.numero}.pdf"
        self.imprimir()

    def imprimir(self) -> None:
        """Draw the corte with its workbook and send it."""
        if self.corte is None or self.estado == "imprimiendo":
            return
        self.poner("imprimiendo", "Imprimiendo el corte…")
        self.servicios.jobs.hacer(partial(papel_corte.dibujar, self.corte), self.mandar, self.fallo)

    def salio(self, _destino: str) -> None:
        """Keep the workbook of receipts too, now that the paper is out."""
        if self.corte is None:
            return
        lugar = self.servicios.config.impresion_de(self.documento)
        carpeta = lugar.carpeta or carpeta_de_datos() / "impresos" / self.documento
        trabajo = partial(_guardar_listado, self.corte, carpeta, Path(self._nombre).stem)
        self.servicios.jobs.hacer(trabajo, self._con_listado, self.fallo)

    def _con_listado(self, listado: str) -> None:
        self.poner("impreso", f"Impreso en {self.lugar}; listado de recibos en «{listado}»")


class DropPaper(Paper):
    """The paper of a drop, for two signatures; it goes where cortes go."""

    documento = "corte"

    def __init__(self, servicios: Servicios, parent: QObject) -> None:
        super().__init__(servicios, parent)
        self._acta: ActaDeRetiro | None = None

    def nuevo(self, acta: ActaDeRetiro) -> None:
        """Print a drop that was just written."""
        self._acta, self._nombre = acta, f"retiro-{acta.caja}-{acta.retiro.hora:%Y%m%d-%H%M%S}.pdf"
        self.imprimir()

    def imprimir(self) -> None:
        """Draw the drop and send it."""
        if self._acta is None or self.estado == "imprimiendo":
            return
        self.poner("imprimiendo", "Imprimiendo el retiro…")
        self.servicios.jobs.hacer(partial(papel_retiro.dibujar, self._acta), self.mandar, self.fallo)


class XPaper(Paper):
    """The X report on paper; it goes where cortes go."""

    documento = "corte"

    def __init__(self, servicios: Servicios, parent: QObject) -> None:
        super().__init__(servicios, parent)
        self._corte: CorteX | None = None

    def nuevo(self, corte: CorteX) -> None:
        """Print an X report that was just read."""
        self._corte, self._nombre = corte, f"corte-x-{corte.caja}-{corte.hora:%Y%m%d-%H%M%S}.pdf"
        self.imprimir()

    def imprimir(self) -> None:
        """Draw the report and send it."""
        if self._corte is None or self.estado == "imprimiendo":
            return
        self.poner("imprimiendo", "Imprimiendo el corte X…")
        self.servicios.jobs.hacer(partial(papel_x.dibujar, self._corte), self.mandar, self.fallo)


def _guardar_listado(corte: CorteSellado, carpeta: Path, nombre: str) -> str:
    return printing.guardar(carpeta, xlsx.recibos_del_corte(corte), f"{nombre}.xlsx").name
