"""The papers of one charge: each receipt with its own state, printed one after another."""

from PySide6.QtCore import QObject, Signal

from lerdo_desk.modules.caja.screens.paper import Estado, ReceiptPaper
from lerdo_desk.ui.pages import Servicios


class ReceiptPapers(QObject):
    """The receipts of the last charge; a paper that fails holds nobody up.

    ``cambio`` is emitted at each step of any of them, ``otros`` when there are other papers.
    """

    cambio = Signal()
    otros = Signal()

    def __init__(self, servicios: Servicios, parent: QObject) -> None:
        super().__init__(parent)
        self._servicios = servicios
        self._cola: list[ReceiptPaper] = []
        self._ids: dict[ReceiptPaper, str] = {}
        """The receipts whose paper was never begun."""
        self.papeles: tuple[ReceiptPaper, ...] = ()

    def nuevo(self, ids: tuple[str, ...]) -> None:
        """Print the receipts of a charge that was just sealed."""
        for viejo in self.papeles:
            viejo.cambio.disconnect(self._avanzo)
            viejo.deleteLater()
        self.papeles = tuple(ReceiptPaper(self._servicios, self) for _ in ids)
        for papel in self.papeles:
            papel.cambio.connect(self._avanzo)
        self._cola = []
        self.otros.emit()
        self._ids = dict(zip(self.papeles, ids, strict=True))
        self._cola = list(self.papeles)
        self._siguiente()

    def imprimir(self) -> None:
        """Print what failed, or every receipt again as a copy when nothing did."""
        if self.estado == "imprimiendo":
            return
        fallidos = [p for p in self.papeles if p.estado == "fallo"]
        self._cola = fallidos or list(self.papeles)
        self._siguiente()

    def _siguiente(self) -> None:
        if not self._cola:
            return
        papel = self._cola.pop(0)
        recibo_id = self._ids.pop(papel, None)
        if recibo_id is None:
            papel.imprimir()
        else:
            papel.nuevo((recibo_id,))

    def _avanzo(self) -> None:
        """Go on with the next paper when one is out or has failed."""
        if self._cola and not any(p.estado == "imprimiendo" for p in self.papeles):
            self._siguiente()
        self.cambio.emit()

    @property
    def estado(self) -> Estado:
        """Say how the papers stand as a whole: the worst of them, once all have been tried."""
        estados = {p.estado for p in self.papeles}
        if not estados:
            return "nada"
        if self._cola or estados & {"imprimiendo", "nada"}:
            return "imprimiendo"
        return "fallo" if "fallo" in estados else "impreso"

    @property
    def frase(self) -> str:
        """Give the sentence of the first paper that failed, else of the last one."""
        fallidas = [p.frase for p in self.papeles if p.estado == "fallo"]
        return fallidas[0] if fallidas else (self.papeles[-1].frase if self.papeles else "")
