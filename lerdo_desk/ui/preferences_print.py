"""One line of the preferences: a kind of document, the printer or folder it goes to, and its paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from lerdo_desk.config import FORMATOS, Formato, Impresion
from lerdo_desk.ui.cards import fila
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_NOMBRES = {"recibo": "Recibos", "corte": "Cortes", "lista": "Listas"}
_PAPELES: dict[Formato, str] = {
    "media_carta": "Media carta",
    "80mm": "Rollo 80 mm",
    "58mm": "Rollo 58 mm",
}
_CON_FORMATO = ("recibo",)
"""Documents that may come out on a roll; the others are drawn for a letter page."""
_OTRA = "otra"


class PrintRow(QWidget):
    """Shows and gives the ``Impresion`` of one document."""

    def __init__(self, documento: str, actual: Impresion) -> None:
        super().__init__()
        self._actual = actual
        nombre = _NOMBRES.get(documento, documento.replace("_", " ").capitalize())
        rotulo = Label(nombre, "label")
        rotulo.setFixedWidth(tema().px(M.columna))
        self.donde, self.papel = QComboBox(), QComboBox()
        for caja, dice in ((self.donde, f"Dónde salen: {nombre}"), (self.papel, f"Papel: {nombre}")):
            caja.setAccessibleName(dice)
            caja.view().setAccessibleName(dice)
            caja.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        rotulo.setBuddy(self.donde)
        self._llenar(())
        self._llenar_papeles(documento in _CON_FORMATO)
        self.donde.activated.connect(self._elegida)
        renglon = fila(rotulo, separacion=M.s)
        renglon.addWidget(self.donde, 3)
        renglon.addWidget(self.papel, 2)
        self.setLayout(renglon)

    def _llenar(self, impresoras: tuple[str, ...]) -> None:
        """List the folder, the printers, and the way to another folder; what was chosen stays chosen."""
        elegida = self.donde.currentData() or self._de(self._actual)
        carpeta = elegida[1] if elegida[0] == "carpeta" else self._carpeta()
        nombres = dict.fromkeys((*impresoras, *((elegida[1],) if elegida[0] == "impresora" else ())))
        self.donde.clear()
        if carpeta:
            self.donde.addItem(f"Carpeta «{Path(carpeta).name}»", ("carpeta", carpeta))
        for nombre in nombres:
            self.donde.addItem(f"Impresora «{nombre}»", ("impresora", nombre))
        self.donde.addItem("Otra carpeta…", (_OTRA, ""))
        self._marcar(elegida)

    def _llenar_papeles(self, con_rollo: bool) -> None:
        for formato in FORMATOS if con_rollo else ():
            self.papel.addItem(_PAPELES[formato], formato)
        if not con_rollo:
            self.papel.addItem("Carta", self._actual.formato)
        self.papel.setEnabled(con_rollo)
        self.papel.setCurrentIndex(max(0, self.papel.findData(self._actual.formato)))

    def _carpeta(self) -> str:
        return str(self._actual.carpeta or "")

    @staticmethod
    def _de(impresion: Impresion) -> tuple[str, str]:
        if impresion.destino == "impresora" and impresion.impresora:
            return "impresora", impresion.impresora
        return "carpeta", str(impresion.carpeta or "")

    def _marcar(self, elegida: tuple[str, str]) -> None:
        for n in range(self.donde.count()):
            if tuple(self.donde.itemData(n)) == tuple(elegida):
                self.donde.setCurrentIndex(n)
        self._ultima = self.donde.currentIndex()
        self.donde.setToolTip(str(self.donde.currentData()[1]))

    def poner_impresoras(self, nombres: tuple[str, ...]) -> None:
        """Offer the printers of the system."""
        self._llenar(nombres)

    def usar_carpeta(self, carpeta: str) -> None:
        """Choose a folder."""
        self.donde.insertItem(0, f"Carpeta «{Path(carpeta).name}»", ("carpeta", carpeta))
        self._marcar(("carpeta", carpeta))

    def _elegida(self, n: int) -> None:
        if self.donde.itemData(n)[0] != _OTRA:
            self._marcar(tuple(self.donde.itemData(n)))
            return
        self.donde.setCurrentIndex(self._ultima)
        busca = QFileDialog(self, "Elegir carpeta", self._carpeta())
        busca.setFileMode(QFileDialog.FileMode.Directory)
        busca.setOption(QFileDialog.Option.ShowDirsOnly)
        busca.fileSelected.connect(self.usar_carpeta)
        busca.finished.connect(busca.deleteLater)
        busca.open()

    def valor(self) -> Impresion:
        """Give where the document goes now."""
        clase, dato = self.donde.currentData()
        formato: Formato = self.papel.currentData()
        if clase == "impresora":
            return self._actual._replace(destino=clase, impresora=dato, formato=formato)
        carpeta = Path(dato) if dato else None
        return self._actual._replace(destino="carpeta", carpeta=carpeta, formato=formato)

    def cambio(self) -> bool:
        """Tell whether it is not what it was."""
        return self.valor() != self._actual
