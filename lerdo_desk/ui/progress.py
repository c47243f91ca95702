"""Shows that work goes on: the busy line after 400 ms; the bar with its text and Cancelar."""

import time
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRect, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QStyle, QWidget

from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import columna, fila
from lerdo_desk.ui.jobs import Job
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_CUADRO_MS = 40
_PASOS = 50
_PERMIL = 1000


class BusyLine(QWidget):
    """A thin line that runs along the top edge of a widget while ``mostrar(True)``; still without motion."""

    def __init__(self, sobre: QWidget) -> None:
        super().__init__(sobre)
        self.setAccessibleName("Trabajando")
        self._sobre = sobre
        self._paso = 0
        self._reloj = QTimer(self)
        self._reloj.setInterval(_CUADRO_MS)
        self._reloj.timeout.connect(self._avanzar)
        sobre.installEventFilter(self)
        self.hide()

    def mostrar(self, si: bool) -> None:
        """Show or hide the line."""
        self.setVisible(si)
        if not si:
            self._reloj.stop()
            return
        self.setGeometry(0, 0, self._sobre.width(), M.barra)
        self.raise_()
        if self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0:
            self._reloj.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the width of the widget below."""
        if event.type() is QEvent.Type.Resize:
            self.setGeometry(0, 0, self._sobre.width(), M.barra)
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the segment where it is now, or the whole line where nothing may move."""
        pintor = QPainter(self)
        pintor.fillRect(self.rect(), tema().color("border"))
        largo = self.width() // 3 if self._reloj.isActive() else self.width()
        desde = (self.width() + largo) * self._paso // _PASOS - largo if self._reloj.isActive() else 0
        pintor.fillRect(QRect(desde, 0, largo, self.height()), tema().color("primary"))
        pintor.end()

    def _avanzar(self) -> None:
        self._paso = (self._paso + 1) % _PASOS
        self.update()


class ProgressPanel(QWidget):
    """Bar, text with the time left, and Cancelar: hidden until ``seguir(job, titulo)``, hides at the end.

    Give ``panel.avanzar`` as ``avance`` to ``Jobs.escribir``; it takes core's Progress (done, total, text).
    """

    def __init__(self) -> None:
        super().__init__()
        self._titulo, self._inicio = "", 0.0
        self._job: Job | None = None
        self._texto = Label("", "caption", "muted")
        self._barra = QProgressBar()
        self._barra.setTextVisible(False)
        self._barra.setAccessibleName("Avance")
        self._cancelar = Button("&Cancelar", "ghost")
        self._cancelar.clicked.connect(self._pedir_alto)
        caja = fila(separacion=M.m)
        caja.addLayout(columna(self._texto, self._barra, separacion=M.xs), 1)
        caja.addWidget(self._cancelar)
        self.setLayout(caja)
        self.hide()

    def seguir(self, job: Job, titulo: str, *, cancelable: bool = True) -> None:
        """Show the bar for a piece of work, named in words: ``Estados de cuenta``."""
        self._titulo, self._inicio, self._job = titulo, time.monotonic(), job
        self._barra.setRange(0, 0)
        self._texto.setText(f"{titulo}…")
        self._cancelar.desocupar()
        self._cancelar.setVisible(cancelable)
        job.al_terminar(self.hide)
        self.show()

    def avanzar(self, progreso: Any) -> None:  # noqa: ANN401 — core's Progress, which ui may not import
        """Show how far the work is."""
        hecho, total, texto = int(progreso.done), int(progreso.total), str(progreso.text or self._titulo)
        self._barra.setRange(0, _PERMIL if total else 0)
        self._barra.setValue(_PERMIL * hecho // total if total else 0)
        self._texto.setText(frase_de_avance(texto, hecho, total, time.monotonic() - self._inicio))

    def texto(self) -> str:
        """Give the sentence shown."""
        return self._texto.text()

    def _pedir_alto(self) -> None:
        if self._job is not None:
            self._cancelar.ocupar("Cancelando…")
            self._job.cancelar()


def frase_de_avance(titulo: str, hecho: int, total: int, segundos: float) -> str:
    """Write ``Estados de cuenta: 1,240 de 61,302 · faltan 5 min`` (``segundos``: how long it has run)."""
    if total <= 0:
        return f"{titulo}: {hecho:,}" if hecho else f"{titulo}…"
    frase = f"{titulo}: {hecho:,} de {total:,}"
    if hecho <= 0 or segundos < 2 or hecho >= total:
        return frase
    faltan = segundos / hecho * (total - hecho)
    return (
        f"{frase} · faltan {round(faltan / 60)} min"
        if faltan >= 90
        else f"{frase} · faltan {round(faltan)} s"
    )
