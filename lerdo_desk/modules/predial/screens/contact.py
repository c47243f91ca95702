"""The dialog that says how a person is reached; what was said before stays below."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.modules.predial import service
from lerdo_desk.modules.predial.screens.drafts import CONTACTO, Draft, borradores
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.columns import Column
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.table import Table
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_COLUMNAS = (
    Column("cuando", "Cuándo", ancho=150, tono="muted"),
    Column("dato", "Dato", ancho=160),
    Column("valor", "Se escribió", estira=True, peso="medium"),
    Column("usuario", "Quién", ancho=130, tono="muted"),
)
_RECUPERADO = "Aquí está lo que dejó a medias; guárdelo o corríjalo."


def clave_de(contribuyente_id: int) -> str:
    """Give the key of the draft of a person's contact data."""
    return f"{CONTACTO}{contribuyente_id}"


def abrir_contacto(servicios: Servicios, parent: QWidget, contribuyente_id: int) -> None:
    """Open a person's contact data on ``parent``; whoever may not write them only looks."""

    def con_ficha(ficha: service.FichaDeContacto) -> None:
        if servicios.runner.puede(service.guardar_contacto):
            servicios.jobs.escribir(
                service.mis_apuntes, service.Mios(service.BORRADOR), partial(abrir, ficha), servicios.error
            )
        else:
            abrir(ficha, {})

    def abrir(ficha: service.FichaDeContacto, apuntes: Mapping[str, str]) -> None:
        borrador = borradores(apuntes).get(clave_de(contribuyente_id))
        dialogo = ContactDialog(servicios, ficha, borrador, parent)
        dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogo.open()

    pregunta = service.PersonaPedida(contribuyente_id)
    servicios.jobs.leer(service.ver_contacto, pregunta, con_ficha, servicios.error)


class ContactDialog(FittedDialog):
    """Phone, e-mail and address for notices of one person, and every row written before."""

    def __init__(
        self,
        servicios: Servicios,
        ficha: service.FichaDeContacto,
        borrador: Mapping[str, Any] | None,
        parent: QWidget,
    ) -> None:
        super().__init__("Datos de contacto", parent)
        self._servicios, self._ficha = servicios, ficha
        self._puede = servicios.runner.puede(service.guardar_contacto)
        self._guardando, self._hecho = False, False
        self.campos = {
            "telefono": TextField(ficha.telefono, largo=20),
            "correo": TextField(ficha.correo, largo=120),
            "domicilio": TextField(ficha.domicilio, largo=200),
        }
        self.form = Form(
            {
                "telefono": Field("&Teléfono", self.campos["telefono"], ayuda="Diez números, con lada."),
                "correo": Field("&Correo", self.campos["correo"]),
                "domicilio": Field("&Domicilio para avisos", self.campos["domicilio"]),
            }
        )
        self.boton = Button("Guardar", "primary", tecla="Enter")
        self._componer(bool(borrador))
        self.borrador = Draft(servicios, clave_de(ficha.contribuyente_id), self._a_medias, self)
        if borrador:
            self.borrador.recordar(borrador)
            for clave, campo in self.campos.items():
                campo.setText(str(borrador.get(clave, campo.text())))
        for campo in self.campos.values():
            campo.setReadOnly(not self._puede)
            campo.textChanged.connect(self.borrador.tocar)
        self.boton.clicked.connect(self._guardar)
        self.campos["telefono"].setFocus()

    def _componer(self, recuperado: bool) -> None:
        self.setMinimumWidth(tema().px(M.dialogo + M.columna))
        self.caja.addWidget(Label("Datos de contacto", "heading"))
        self.caja.addWidget(Label(self._ficha.nombre, "body", "muted").en_parrafo())
        if recuperado:
            self.caja.addWidget(Note(_RECUPERADO, "info"))
        self.caja.addWidget(self.form)
        if self._ficha.historia:
            palabras = dict(service.TIPOS)
            self.historia = Table(_COLUMNAS, nombre="Historia de los datos de contacto", alto=M.fila_compacta)
            self.historia.poner(
                [
                    (f"{fecha_corta(h.cuando)} {h.cuando:%H:%M}", palabras[h.tipo], h.valor, h.usuario)
                    for h in self._ficha.historia
                ]
            )
            renglones = min(len(self._ficha.historia), 4)
            self.historia.setFixedHeight(tema().px(M.encabezado + renglones * M.fila_compacta + M.foco))
            self.caja.addWidget(Label("Lo que se ha escrito", "label"))
            self.caja.addWidget(self.historia)
        self.botones(self.boton if self._puede else None)

    def _tomar(self) -> dict[str, Any]:
        return {clave: campo.valor() for clave, campo in self.campos.items()}

    def _a_medias(self) -> dict[str, Any] | None:
        tomado = self._tomar()
        if not self._puede or all(v == getattr(self._ficha, c) for c, v in tomado.items()):
            return None
        return tomado | {
            "titulo": f"Datos de contacto · {self._ficha.nombre}",
            "contribuyente_id": self._ficha.contribuyente_id,
        }

    def _guardar(self) -> None:
        if self._guardando:
            return
        self.form.limpiar()
        self._ocupar(True)
        orden = service.DatosDeContacto(self._ficha.contribuyente_id, **self._tomar())
        self._servicios.jobs.escribir(service.guardar_contacto, orden, self._listo, self._fallo)

    def _listo(self, _cuantos: int) -> None:
        self._ocupar(False)
        self._hecho = True
        self.borrador.quitar()
        self._servicios.avisar("Se guardaron los datos de contacto.", "ok")
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self._ocupar(False)
        self.form.mostrar_error(error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase))

    def _ocupar(self, si: bool) -> None:
        self._guardando = si
        self.form.setEnabled(not si)
        if si:
            self.boton.ocupar("Guardando…")
        else:
            self.boton.desocupar()

    def reject(self) -> None:
        """Go back, unless it is being written; what is typed stays as a draft."""
        if self._guardando:
            return
        self.borrador.guardar()
        if self.borrador.guardado:
            self._servicios.avisar("Lo que escribió quedó en «Mis borradores».", "info")
        super().reject()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the draft when the window is locked or closed."""
        super().hideEvent(event)
        if not self._hecho:
            self.borrador.guardar()
