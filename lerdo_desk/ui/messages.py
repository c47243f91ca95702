"""What the program tells a person: toasts, banners, notes and the error dialog with its detail to copy."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from lerdo_desk.base.errores import Cancelado, ErrorDeEntorno, ErrorDeUso
from lerdo_desk.ui.buttons import Button, IconButton
from lerdo_desk.ui.cards import fila
from lerdo_desk.ui.dialogs import Dialog
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.notes import ICONO, Banner, Note, Tono
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import AVISO_MS, DESVANECER_MS, M

__all__ = ["Accion", "Banner", "ErrorDialog", "Explanation", "Note", "Toast", "Toasts", "Tono", "explicar"]

Accion = tuple[str, Callable[[], None]]
_MAXIMO_A_LA_VEZ = 3


@dataclass(frozen=True)
class Explanation:
    """An error in words: a title, one sentence of what happened and what to do, and detail for support."""

    titulo: str
    frase: str
    detalle: str
    tono: Tono


def explicar(error: BaseException) -> Explanation:
    """Put any error in Spanish; the detail names places in the program, never what was typed or read."""
    if isinstance(error, Cancelado):
        return Explanation("Se canceló", "Se canceló el trabajo; no se guardó nada.", "", "info")
    if isinstance(error, ErrorDeUso):
        return Explanation("Revise un dato", error.mensaje, "", "warn")
    if isinstance(error, ErrorDeEntorno):
        return Explanation("No se pudo completar", error.mensaje, error.detalle or _rastro(error), "bad")
    frase = "El programa encontró un error que no esperaba. Copie el detalle y entréguelo a Sistemas."
    return Explanation("Error inesperado", frase, _rastro(error), "bad")


def _rastro(error: BaseException) -> str:
    """Give the kinds of error and where they rose; not their messages, which may carry personal data."""
    lineas: list[str] = []
    actual: BaseException | None = error
    while actual is not None:
        lineas.append(type(actual).__name__)
        for marco in traceback.extract_tb(actual.__traceback__):
            lineas.append(f"  {'/'.join(Path(marco.filename).parts[-3:])}:{marco.lineno} {marco.name}")
        actual = actual.__cause__
    return "\n".join(lineas)


class Toast(QFrame):
    """A short notice at the bottom right: 5 s, or until closed when it tells an error; one action at most."""

    def __init__(self, sobre: QWidget, texto: str, tono: Tono, accion: Accion | None) -> None:
        super().__init__(sobre)
        self.setProperty("clase", "aviso")
        self.setAccessibleName(texto)
        mensaje = Label(texto, "body").en_parrafo()
        caja = fila(IconView(ICONO[tono], M.icono_lateral, tono), separacion=M.s, margen=M.m)
        caja.addWidget(mensaje, 1)
        if accion is not None:
            boton = Button(accion[0], "ghost")
            boton.clicked.connect(accion[1])
            boton.clicked.connect(self.cerrar)
            caja.addWidget(boton)
        cerrar = IconButton("x", "Cerrar el aviso")
        cerrar.clicked.connect(self.cerrar)
        caja.addWidget(cerrar)
        self.setLayout(caja)
        ancho = tema().px(M.aviso)
        self.ensurePolished()
        self.setFixedSize(ancho, caja.heightForWidth(ancho))
        self.texto, self.tono, self.cerrado = texto, tono, False
        self._desvanecer: QtCore.QPropertyAnimation | None = None
        if tono in ("ok", "info"):
            QTimer.singleShot(AVISO_MS, self, self.cerrar)

    def cerrar(self) -> None:
        """Fade away in 150 ms, or at once where the system asks for no motion."""
        if self.cerrado:
            return
        self.cerrado = True
        if self.style().styleHint(QtWidgets.QStyle.StyleHint.SH_Widget_Animation_Duration) <= 0:
            self._fuera()
            return
        efecto = QtWidgets.QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(efecto)
        self._desvanecer = QtCore.QPropertyAnimation(efecto, b"opacity", self)
        self._desvanecer.setDuration(DESVANECER_MS)
        self._desvanecer.setStartValue(1.0)
        self._desvanecer.setEndValue(0.0)
        self._desvanecer.finished.connect(self._fuera)
        self._desvanecer.start()

    def _fuera(self) -> None:
        self.hide()
        self.deleteLater()


class Toasts(QObject):
    """Shows toasts stacked in the bottom right corner of a widget."""

    def __init__(self, sobre: QWidget, reserva: Callable[[], int] = lambda: 0) -> None:
        """``reserva`` gives the height (pixels) of a strip at the foot that no toast may cover: the total."""
        super().__init__(sobre)
        self._sobre = sobre
        self._reserva = reserva
        self._vivos: list[Toast] = []
        sobre.installEventFilter(self)

    def avisar(self, texto: str, tono: Tono = "ok", accion: Accion | None = None) -> Toast:
        """Show a toast; ``warn`` and ``bad`` stay until they are closed."""
        for viejo in self.vivos()[: 1 - _MAXIMO_A_LA_VEZ]:
            viejo.cerrar()
        toast = Toast(self._sobre, texto, tono, accion)
        toast.destroyed.connect(self._acomodar)
        self._vivos.append(toast)
        toast.show()
        self._acomodar()
        toast.raise_()
        return toast

    def vivos(self) -> list[Toast]:
        """Give the toasts on screen, oldest first."""
        self._vivos = [toast for toast in self._vivos if not toast.cerrado]
        return list(self._vivos)

    def eventFilter(self, watched: QObject, event: QtCore.QEvent) -> bool:
        """Keep the corner when the window changes size."""
        if event.type() is QtCore.QEvent.Type.Resize:
            self._acomodar()
        return False

    def _acomodar(self) -> None:
        abajo = self._sobre.height() - self._reserva() - tema().px(M.l)
        for toast in reversed(self.vivos()):
            toast.move(self._sobre.width() - toast.width() - tema().px(M.l), abajo - toast.height())
            abajo -= toast.height() + tema().px(M.s)


class ErrorDialog(Dialog):
    """Says what failed and what to do; ``Copiar detalle`` puts on the clipboard what support needs."""

    def __init__(self, error: BaseException, parent: QWidget | None) -> None:
        dicho = explicar(error)
        super().__init__(dicho.titulo, parent)
        self._detalle = dicho.detalle
        caja = fila(IconView(ICONO[dicho.tono], M.icono_tarjeta, dicho.tono), separacion=M.l)
        frase = Label(dicho.frase, "subtitle").en_parrafo()
        caja.addWidget(frase, 1)
        self.caja.addWidget(Label(dicho.titulo, "heading"))
        self.caja.addLayout(caja)
        entendido = Button("Entendido", "primary")
        entendido.clicked.connect(self.accept)
        self.copiar = Button("&Copiar detalle", "normal")
        self.copiar.setVisible(bool(self._detalle))
        self.copiar.clicked.connect(self._copiar)
        self.caja.addLayout(fila(self.copiar, 1, entendido, separacion=M.m))
        entendido.setDefault(True)
        entendido.setFocus()

    def _copiar(self) -> None:
        QGuiApplication.clipboard().setText(self._detalle)
        self.copiar.poner("Detalle copiado")
