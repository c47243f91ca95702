"""The form of a movement: what is proposed beside what is now, and why; nothing changes until signed."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.modules.predial import service
from lerdo_desk.modules.predial.screens.comparison import Comparison
from lerdo_desk.modules.predial.screens.drafts import MOVIMIENTO, Draft, borradores
from lerdo_desk.modules.predial.screens.owners import OwnersEditor
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import columna
from lerdo_desk.ui.fields import ErrorLine, Field, TextField
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_EFECTO = "Al enviarla no cambia nada en el padrón: otra persona la revisa en las próximas 48 horas."
_RECUPERADO = "Aquí está lo que dejó a medias. Si ya no sirve, elija «Empezar de nuevo»."


def clave_de(movimiento: str, cuenta_id: int | None) -> str:
    """Give the key of a movement's draft: one for each movement and account."""
    return f"{MOVIMIENTO}{movimiento}.{cuenta_id or service.ALTA}"


def abrir_movimiento(servicios: Servicios, parent: QWidget, movimiento: str, cuenta_id: int | None) -> None:
    """Open a movement's form on ``parent`` once the account as it stands and one's draft are read."""

    def con_forma(forma: service.Forma) -> None:
        # Behind whatever is still being kept: a draft just written is found.
        servicios.jobs.escribir(
            service.mis_apuntes, service.Mios(service.BORRADOR), partial(abrir, forma), servicios.error
        )

    def abrir(forma: service.Forma, apuntes: Mapping[str, str]) -> None:
        borrador = borradores(apuntes).get(clave_de(movimiento, cuenta_id))
        dialogo = MovementDialog(servicios, forma, borrador, parent)
        dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogo.open()

    pregunta = service.FormaPedida(movimiento, cuenta_id)
    servicios.jobs.leer(service.preparar_movimiento, pregunta, con_forma, servicios.error)


class MovementDialog(FittedDialog):
    """Asks for one movement; what is typed is kept as a draft until it is sent or thrown away."""

    def __init__(
        self,
        servicios: Servicios,
        forma: service.Forma,
        borrador: Mapping[str, Any] | None,
        parent: QWidget,
    ) -> None:
        super().__init__(forma.movimiento.titulo, parent)
        self._servicios, self._forma = servicios, forma
        self._semilla, self._enviando, self._enviada = uuid.uuid4(), False, False
        if forma.movimiento.propietarios:
            self.setMinimumWidth(tema().px(M.inicio_ancho))
        self.datos = Comparison(forma)
        self.duenos = OwnersEditor(forma.propietarios) if forma.movimiento.propietarios else None
        self.motivo = TextField(largo=300)
        self._motivo = Field("&Motivo", self.motivo)
        self.recuperado, self._error = Note(_RECUPERADO if borrador else "", "info"), ErrorLine()
        self.boton = Button("Enviar solicitud", "primary", tecla="Enter")
        self.tirar = Button("Empe&zar de nuevo", "ghost", icono="refresh")
        self._componer()
        if self.duenos is not None:
            self.duenos.poner(forma.propietarios)
        self._limpio = self._tomar()
        self.borrador = Draft(servicios, clave_de(self._mov, forma.cuenta_id), self._a_medias, self)
        if borrador:
            self.borrador.recordar(borrador)
            self._poner(borrador)
        self.tirar.setVisible(bool(borrador))
        self._conectar()
        if not self.datos.enfocar():
            self.motivo.setFocus()

    @property
    def _mov(self) -> str:
        return self._forma.movimiento.clave

    def _componer(self) -> None:
        titulo = columna(Label(self._forma.movimiento.titulo, "heading"), separacion=M.xs)
        if self._forma.clave:
            quien = f"{self._forma.clave} · {self._forma.titular}"
            titulo.addWidget(Label(quien, "body", "muted").en_parrafo())
        dentro = QWidget()
        dentro.setProperty("fondo", "claro")
        partes: list[QWidget] = [self.datos] + ([self.duenos] if self.duenos is not None else [])
        caja = columna(*partes, separacion=M.l)
        caja.setContentsMargins(M.foco, M.foco, tema().px(M.m), M.foco)
        dentro.setLayout(caja)
        self._dentro, self._area = dentro, QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setAccessibleName("Datos del movimiento")
        self._area.setWidget(dentro)
        dentro.installEventFilter(self)
        titulo.addWidget(Label(_EFECTO, "caption", "muted").en_parrafo())
        self.caja.addLayout(titulo)
        for parte in (self.recuperado, self._area, self._motivo, self._error):
            self.caja.addWidget(parte)
        self.botones(self.boton, self.tirar)

    def _conectar(self) -> None:
        self.boton.clicked.connect(self._enviar)
        self.tirar.clicked.connect(self._de_nuevo)
        self.datos.cambio.connect(self._tocado)
        self.motivo.textChanged.connect(self._tocado)
        if self.duenos is not None:
            self.duenos.cambio.connect(self._tocado)

    # The draft ----------------------------------------------------------------------------------------------

    def _tomar(self) -> dict[str, Any]:
        """Give all that is typed."""
        duenos = self.duenos.valores() if self.duenos is not None else ()
        return {
            "titulo": " · ".join(p for p in (self._forma.movimiento.titulo, self._forma.clave) if p),
            "movimiento": self._mov,
            "cuenta_id": self._forma.cuenta_id,
            "valores": self.datos.valores(),
            "propietarios": [asdict(d) for d in duenos],
            "motivo": self.motivo.valor(),
        }

    def _a_medias(self) -> dict[str, Any] | None:
        tomado = self._tomar()
        return None if tomado == self._limpio else tomado

    def _poner(self, borrador: Mapping[str, Any]) -> None:
        self.datos.poner({str(c): str(v) for c, v in dict(borrador.get("valores", {})).items()})
        self.motivo.setText(str(borrador.get("motivo", "")))
        if self.duenos is not None and borrador.get("propietarios"):
            self.duenos.poner([service.PropietarioPropuesto(**d) for d in borrador["propietarios"]])

    def _de_nuevo(self) -> None:
        """Throw the draft away and begin with what the account says."""
        self._poner(self._limpio)
        self.recuperado.poner("", "info")
        self.tirar.hide()
        self.borrador.guardar()
        self.datos.enfocar()

    def _tocado(self) -> None:
        self._error.poner("")
        self.borrador.tocar()

    # Sending ------------------------------------------------------------------------------------------------

    def _enviar(self) -> None:
        if self._enviando:
            return
        self._limpiar()
        tomado = self._tomar()
        # The same words get the same id: a second attempt after a lost answer asks nothing twice.
        firma = uuid.uuid5(self._semilla, json.dumps(tomado, sort_keys=True))
        orden = service.PeticionDeMovimiento(
            str(firma),
            self._mov,
            self._forma.cuenta_id,
            tomado["motivo"],
            tuple(tomado["valores"].items()),
            self.duenos.valores() if self.duenos is not None else (),
            self._forma.ahora,
            self._forma.version,
        )
        self._ocupar(True)
        self._servicios.jobs.escribir(service.pedir_movimiento, orden, self._listo, self._fallo)

    def _listo(self, _solicitud: str) -> None:
        self._ocupar(False)
        self._enviada = True
        self.borrador.quitar()
        self._servicios.avisar(f"Se pidió: {self._forma.movimiento.titulo.lower()}. Queda en espera.", "ok")
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self._ocupar(False)
        campo = str(error.campo or "") if isinstance(error, ErrorDeUso) else ""
        frase = explicar(error).frase
        if campo == "motivo":
            self._motivo.mostrar_error(frase)
            self.motivo.setFocus()
        elif campo == "propietarios" and self.duenos is not None:
            self._error.poner(frase)
            self._area.ensureWidgetVisible(self.duenos)
        elif not self.datos.mostrar_error(campo, frase):
            self._error.poner(frase)

    def _limpiar(self) -> None:
        self.datos.limpiar()
        self._motivo.quitar_error()
        self._error.poner("")

    def _ocupar(self, si: bool) -> None:
        self._enviando = si
        self._area.setEnabled(not si)
        self.motivo.setEnabled(not si)
        if si:
            self.boton.ocupar("Enviando…")
        else:
            self.boton.desocupar()

    # The window ---------------------------------------------------------------------------------------------

    def error(self) -> str:
        """Give the sentence that stands below the form, or an empty text."""
        return self._error.texto()

    def reject(self) -> None:
        """Go back, unless it is being sent; what is typed stays as a draft."""
        if self._enviando:
            return
        self.borrador.guardar()
        if self.borrador.guardado:
            self._servicios.avisar("Lo que escribió quedó en «Mis borradores».", "info")
        super().reject()

    def _medir(self) -> None:
        """Give the form the height it needs, up to a scroll."""
        necesita = self._dentro.heightForWidth(self._area.viewport().width())
        alto = max(necesita, self._dentro.sizeHint().height()) + 2 * M.foco
        self._area.setFixedHeight(min(alto, tema().px(M.panel_izquierdo + M.encabezado)))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height of the first content."""
        self._medir()
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the form when a sentence or an owner appears or goes; what has the focus stays in sight."""
        if watched is self._dentro and event.type() is QEvent.Type.LayoutRequest:
            self._medir()
            con_foco = self.focusWidget()
            if con_foco is not None and self._dentro.isAncestorOf(con_foco):
                QTimer.singleShot(0, self, lambda: self._a_la_vista(con_foco))
        return super().eventFilter(watched, event)

    def _a_la_vista(self, control: QWidget) -> None:
        """Scroll to a control with what is said below it."""
        marco = control.parentWidget()
        if marco is not None and self._dentro.isAncestorOf(control):
            self._area.ensureWidgetVisible(marco, M.s, M.s)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep the draft when the window is locked or closed."""
        super().hideEvent(event)
        if not self._enviada:
            self.borrador.guardar()
