"""«Firma de otra persona»: somebody else signs one act with their own login, at this same window.

The act runs on a connection of the signer that is closed at once; what the database refuses is said beside
the fields, and whoever was working goes on as before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lerdo_desk.base.errores import Cancelado, ErrorDeUso
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Card
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, PhraseField, TextField
from lerdo_desk.ui.jobs import Jobs
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import explicar

TITULO = "Firma de otra persona"
MISMA = "Es la persona que ya tiene la sesión abierta; debe firmar otra."
CONSEJO = "Quien firma escribe aquí su propio usuario y su contraseña; no quedan guardados."


class Acto(NamedTuple):
    """What is signed: its title, its lines in words, and the use case with its order."""

    titulo: str
    lineas: Sequence[str]
    caso: Any
    orden: Any


class SignDialog(FittedDialog):
    """Asks login and password of another person and runs the act as them.

    ``listo`` gets the use case's value once it is done; ``fallo`` gets Cancelado when nobody signed.
    """

    def __init__(
        self,
        acto: Acto,
        jobs: Jobs,
        firmar: Callable[[str, str, Any, Any], Any],
        listo: Callable[[Any], None],
        fallo: Callable[[Exception], None],
        parent: QWidget,
    ) -> None:
        """``firmar(login, frase, caso, orden)`` is slow; it gives an object with ``valor`` and ``tablas``."""
        super().__init__(TITULO, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._acto, self._jobs, self._firmar = acto, jobs, firmar
        self._listo, self._fallo = listo, fallo
        self.usuario, self.frase = TextField(largo=63), PhraseField()
        self.form = Form(
            {
                "usuario": Field("&Usuario de quien firma", self.usuario),
                "frase": Field("&Contraseña de quien firma", self.frase),
            }
        )
        self.boton = Button("Firmar", "primary", tecla="Enter")
        self._componer()
        self.boton.clicked.connect(self._pedir)
        self.usuario.setFocus()

    def _componer(self) -> None:
        hoja = Card(clase="inset")
        for linea in self._acto.lineas:
            hoja.caja.addWidget(Label(linea, "body").en_parrafo())
        self.caja.addWidget(Label(TITULO, "label", "muted"))
        self.caja.addWidget(Label(self._acto.titulo, "heading").en_parrafo())
        self.caja.addWidget(hoja)
        self.caja.addWidget(self.form)
        self.caja.addWidget(Label(CONSEJO, "caption", "muted").en_parrafo())
        self.botones(self.boton)

    def _pedir(self) -> None:
        """Go to the password while it is missing, then sign; Enter in either field comes here."""
        if not self.boton.isEnabled():
            return
        self.form.limpiar()
        login, frase = self.usuario.valor().lower(), self.frase.valor()
        if not login:
            self._decir("Escriba el usuario de quien firma.", "usuario")
        elif self._es_quien_esta(login):
            self._decir(MISMA, "usuario")
        elif not frase:
            if self.focusWidget() is self.frase:
                self._decir("Escriba la contraseña de quien firma.", "frase")
            self.frase.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._enviar(login, frase)

    def _es_quien_esta(self, login: str) -> bool:
        runner = self._jobs.runner
        return runner is not None and login == runner.actor.usuario.lower()

    def _decir(self, frase: str, campo: str) -> None:
        self.form.mostrar_error(ErrorDeUso(frase, campo))

    def _enviar(self, login: str, frase: str) -> None:
        self._vaciar()
        self._ocupar(True)
        trabajo = partial(self._firmar, login, frase, self._acto.caso, self._acto.orden)
        self._jobs.hacer(trabajo, self._hecho, self._no_firmo)

    def _vaciar(self) -> None:
        # setText and not clear: it also empties what Undo would bring back.
        self.frase.setText("")
        self.frase.mostrar(False)

    def _hecho(self, hecho: Any) -> None:  # noqa: ANN401 — core's Done, which ui may not import
        self._ocupar(False)
        if hecho.tablas:
            self._jobs.tocadas.emit(frozenset(hecho.tablas))
        self.accept()
        self._listo(hecho.valor)

    def _no_firmo(self, error: Exception) -> None:
        self._ocupar(False)
        campo = getattr(error, "campo", None)
        conocido = campo if campo in self.form.campos else None
        self.form.mostrar_error(ErrorDeUso(explicar(error).frase, conocido))
        if conocido is None:
            self.frase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ocupar(self, si: bool) -> None:
        self.form.setEnabled(not si)
        if si:
            self.boton.ocupar("Firmando…")
        else:
            self.boton.desocupar()

    def reject(self) -> None:
        """Go back without a signature, unless it is being written."""
        if not self.form.isEnabled():
            return
        self._vaciar()
        super().reject()
        self._fallo(Cancelado())
