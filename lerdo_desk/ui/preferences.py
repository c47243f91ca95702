"""Preferences of this station: look, size of the text, idle lock, till, and where documents are printed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.config import DOCUMENTOS, LETRAS, Configuracion, minutos_de_bloqueo
from lerdo_desk.ui import printing, theme
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import columna, fila
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, IntField, PhraseField, TextField
from lerdo_desk.ui.jobs import Jobs
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.links import Enlaces
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.notes import Note
from lerdo_desk.ui.preferences_print import PrintRow
from lerdo_desk.ui.segmented import Segmented
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

SIN_ARCHIVO = "Este programa se abrió sin archivo de estación: lo que elija vale hasta que lo cierre."
GUARDADO = "Preferencias guardadas."
_LLAVERO = "Sólo en el llavero de este equipo y de su sesión del sistema; quien la use podría entrar."


class _Contrasena(QWidget):
    """«Recordar mi contraseña»: ticking it asks for the password, which is checked before it is kept."""

    def __init__(self, recordada: bool) -> None:
        super().__init__()
        self.antes = recordada
        self.marca = QCheckBox("&Recordar mi contraseña en este equipo")
        self.marca.setChecked(recordada)
        self.frase = PhraseField()
        self.campo = Field("Su con&traseña", self.frase, ayuda=_LLAVERO)
        self.campo.hide()
        self.setLayout(columna(self.marca, self.campo, separacion=M.s))
        self.marca.toggled.connect(lambda si: self.campo.setVisible(si and not self.antes))

    def sacar(self) -> str | None:
        """Give the phrase to keep, empty to forget it, None where nothing changes; the field is emptied."""
        frase = self.frase.valor()
        self.frase.setText("")
        self.frase.mostrar(False)
        if self.marca.isChecked() == self.antes:
            return None
        if not self.marca.isChecked():
            return ""
        if not frase:
            raise ErrorDeUso("Escriba su contraseña para recordarla.", "frase")
        return frase


class PreferencesDialog(FittedDialog):
    """Shows the station's settings, saves them, and gives the new ones to ``listo``."""

    def __init__(
        self,
        actual: Configuracion,
        jobs: Jobs,
        enlaces: Enlaces,
        listo: Callable[[Configuracion], None],
        parent: QWidget,
    ) -> None:
        """``listo`` gets the settings once they are saved; it puts them to work."""
        super().__init__("Preferencias", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actual, self._jobs, self._enlaces, self._listo = actual, jobs, enlaces, listo
        self.tema = _lista([(texto, clave) for clave, texto in theme.NOMBRES.items()], theme.tema().nombre)
        self.letra = Segmented("Tamaño del texto", tuple((str(letra), f"{letra} %") for letra in LETRAS))
        self.letra.elegir(str(actual.letra))
        self.minutos = IntField(actual.bloqueo_minutos, campo="bloqueo_minutos", digitos=3)
        self.cual_caja = TextField(actual.caja or "", largo=12)
        self.form = Form(
            {
                "tema": Field("&Tema", self.tema),
                "letra": Field("Tamaño del te&xto", self.letra, ayuda="Vale desde la próxima entrada."),
                "bloqueo_minutos": Field(
                    "&Minutos sin actividad para bloquear", self.minutos, ayuda="Avisa 30 segundos antes."
                ),
                "caja": Field("&Caja de este equipo", self.cual_caja, ayuda="Vacía si aquí no se cobra."),
            }
        )
        documentos = dict.fromkeys((*DOCUMENTOS, *actual.impresion))
        self.impresion = {d: PrintRow(d, actual.impresion_de(d)) for d in documentos}
        self.nota, self.boton = Note("", "info"), Button("Guardar", "primary", tecla="Enter")
        self.contrasena: _Contrasena | None = None
        self._componer()
        self.boton.clicked.connect(self._guardar)
        self.tema.setFocus()
        self._jobs.hacer(printing.impresoras, self._con_impresoras, lambda _e: None)
        if enlaces.llavero is not None:
            self._jobs.hacer(enlaces.llavero.recordada, self._con_llavero, lambda _e: None)

    def _componer(self) -> None:
        """Set the look and the lock at the left, the documents and the password at the right."""
        self.setMinimumWidth(tema().px(M.inicio_ancho))
        self._derecha = columna(Label("Dónde se imprime cada documento", "title"), separacion=M.m)
        for renglon in self.impresion.values():
            self._derecha.addWidget(renglon)
        self._derecha.addWidget(self.nota)
        self._derecha.addStretch(1)
        mitades = fila(separacion=M.xxl)
        mitades.addWidget(self.form, 1, Qt.AlignmentFlag.AlignTop)
        mitades.addLayout(self._derecha, 2)
        self.caja.addWidget(Label("Preferencias de este equipo", "heading"))
        self.caja.addLayout(mitades)
        archivo = self._actual.archivo
        pie = SIN_ARCHIVO
        if archivo is not None:
            pie = f"Se guarda en «{archivo.name}»; los comentarios que alguien haya escrito en él se pierden."
        self.caja.addWidget(Label(pie, "caption", "muted").en_parrafo())
        self.botones(self.boton)

    def _con_impresoras(self, nombres: tuple[str, ...]) -> None:
        for renglon in self.impresion.values():
            renglon.poner_impresoras(nombres)
        if not nombres:
            self.nota.poner(
                "Este equipo no tiene impresoras instaladas; los documentos van a carpetas.", "info"
            )

    def _con_llavero(self, recordada: bool) -> None:
        self.contrasena = _Contrasena(recordada)
        self._derecha.insertWidget(self._derecha.count() - 1, self.contrasena)
        self.form.campos["frase"] = self.contrasena.campo

    def _guardar(self) -> None:
        """Save, or say beside the field what cannot be."""
        if not self.boton.isEnabled():
            return
        self.form.limpiar()
        try:
            nueva = self._leida()
            frase = self.contrasena.sacar() if self.contrasena is not None else None
        except ErrorDeUso as error:
            self.form.mostrar_error(error)
            return
        self._ocupar(True)
        trabajo = partial(_trabajo, self._enlaces, nueva, frase)
        self._jobs.hacer(trabajo, lambda _n: self._hecho(nueva), self._no_se_pudo)

    def _leida(self) -> Configuracion:
        return self._actual._replace(
            tema=str(self.tema.currentData()),
            letra=int(self.letra.clave()),
            bloqueo_minutos=minutos_de_bloqueo(self.minutos.valor()),
            caja=self.cual_caja.valor().upper() or None,
            impresion={
                documento: renglon.valor()
                for documento, renglon in self.impresion.items()
                if renglon.cambio() or documento in self._actual.impresion
            },
        )

    def _hecho(self, nueva: Configuracion) -> None:
        self._ocupar(False)
        self.accept()
        self._listo(nueva)

    def _no_se_pudo(self, error: Exception) -> None:
        self._ocupar(False)
        dicho = explicar(error)
        self.form.mostrar_error(ErrorDeUso(dicho.frase, getattr(error, "campo", None)))

    def _ocupar(self, si: bool) -> None:
        self.form.setEnabled(not si)
        if si:
            self.boton.ocupar("Guardando…")
        else:
            self.boton.desocupar()

    def reject(self) -> None:
        """Go back, unless the settings are being saved."""
        if self.boton.isEnabled():
            if self.contrasena is not None:
                self.contrasena.frase.setText("")
            super().reject()


def _trabajo(enlaces: Enlaces, nueva: Configuracion, frase: str | None) -> None:
    """Keep or forget the password first, because it can be wrong; then write the file."""
    if frase is not None and enlaces.llavero is not None:
        enlaces.llavero.recordar(frase)
    if nueva.archivo is not None:
        enlaces.guardar(nueva)


def _lista(opciones: list[tuple[str, str]], elegida: str) -> QComboBox:
    caja = QComboBox()
    for texto, clave in opciones:
        caja.addItem(texto, clave)
    caja.setCurrentIndex(max(0, caja.findData(elegida)))
    return caja
