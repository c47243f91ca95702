"""The dialog that lets somebody open a till or channel from a day on, or stops it."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QComboBox, QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.entrada import fecha
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.modules.caja import service
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.segmented import Segmented

_QUIEN = "Las ventanillas las abre un cajero; los canales, Tesorería."
_PERMITIR, _QUITAR = "permitir", "quitar"


def efecto(cajero: str, caja: str, desde: date, permitir: bool) -> str:
    """Say in one sentence what a row will do."""
    puede = "podrá abrir" if permitir else "ya no podrá abrir"
    return f"Desde el {fecha_corta(desde)}, {cajero} {puede} «{caja}»."


class AssignDialog(FittedDialog):
    """Asks till, cashier, day, and whether to allow or to take away; ``hecho`` is what was written."""

    def __init__(
        self,
        servicios: Servicios,
        datos: service.Asignaciones,
        elegida: tuple[str, str],
        parent: QWidget,
    ) -> None:
        """``elegida``: the till and the login to begin with, empty where there is none."""
        super().__init__("Asignar caja", parent)
        self._servicios, self._hoy = servicios, datos.hoy
        self.hecho = ""
        self._caja = _lista([(c.nombre, c.clave) for c in datos.cajas], elegida[0])
        self._datos = datos
        self._cajero = QComboBox()
        self._nombres = {p.login: p.nombre for p in (*datos.cajeros, *datos.tesoreros)}
        self._desde = TextField(fecha_corta(datos.hoy), largo=10)
        self._que = Segmented(
            "Qué se hace", ((_PERMITIR, "&Permitir", "lock-open"), (_QUITAR, "&Quitar", "ban"))
        )
        ayuda = "Día, mes y año, por ejemplo 22/11/2026. Quitar no cierra un turno que ya está abierto."
        self.form = Form(
            {
                "caja": Field("&Caja", self._caja),
                "cajero": Field("&Persona", self._cajero, ayuda=_QUIEN),
                "que": Field("Qué se hace", self._que),
                "desde": Field("&Desde", self._desde, ayuda=ayuda),
            }
        )
        self.efecto = Note("", "info")
        self.boton = Button("Permitir", "primary", tecla="Enter")
        self.caja.addWidget(Label("Asignar caja", "heading"))
        self.caja.addWidget(self.form)
        self.caja.addWidget(self.efecto)
        self.botones(self.boton)
        self._ofrecer(elegida[1])
        self._conectar()
        self._decir()
        self._caja.setFocus()

    def _ofrecer(self, login: str = "") -> None:
        """Offer the people who may open what is chosen: cashiers a till, the tesorero a channel."""
        self._cajero.clear()
        for persona in self._datos.personas_de(str(self._caja.currentData())):
            self._cajero.addItem(f"{persona.nombre} · {persona.login}", persona.login)
        self._cajero.setCurrentIndex(max(0, self._cajero.findData(login)) if self._cajero.count() else -1)

    def _conectar(self) -> None:
        self._caja.currentIndexChanged.connect(lambda _n: self._ofrecer())
        self._caja.currentIndexChanged.connect(self._decir)
        self._cajero.currentIndexChanged.connect(self._decir)
        self._desde.textChanged.connect(self._decir)
        self._que.elegido.connect(self._decir)
        self.boton.clicked.connect(self._enviar)

    def _permitir(self) -> bool:
        return self._que.clave() == _PERMITIR

    def _decir(self) -> None:
        """Tell the effect of what is chosen, once its day can be read."""
        permitir, nombre = self._permitir(), self._nombres.get(str(self._cajero.currentData()), "")
        self.boton.habilitar(bool(nombre), "No hay una cuenta activa que pueda abrirla")
        self.boton.poner("Permitir" if permitir else "Quitar")
        try:
            desde = self._dia()
        except ErrorDeUso:
            nombre = ""
        if not nombre:
            self.efecto.poner("", "info")
            return
        frase = efecto(nombre, self._caja.currentText(), desde, permitir)
        self.efecto.poner(frase, "info" if permitir else "warn")

    def _dia(self) -> date:
        return fecha(self._desde.valor(), self._hoy, campo="desde")

    def _enviar(self) -> None:
        """Write the row, or say beside the field what is wrong."""
        self.form.limpiar()
        try:
            desde = self._dia()
        except ErrorDeUso as error:
            self.form.mostrar_error(error)
            return
        self.hecho = self.efecto.texto()
        self._ocupar(True)
        orden = service.AsignacionDeCaja(
            str(self._caja.currentData()), str(self._cajero.currentData()), desde, self._permitir()
        )
        self._servicios.jobs.escribir(service.asignar_caja, orden, self._listo, self._fallo)

    def _listo(self, _nada: None) -> None:
        self._ocupar(False)
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self._ocupar(False)
        self.form.mostrar_error(error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase))

    def _ocupar(self, si: bool) -> None:
        self.form.setEnabled(not si)
        if si:
            self.boton.ocupar("Guardando…")
        else:
            self.boton.desocupar()

    def reject(self) -> None:
        """Go back, unless the row is being written."""
        if self.form.isEnabled():
            super().reject()


def _lista(opciones: Sequence[tuple[str, str]], elegida: str) -> QComboBox:
    caja = QComboBox()
    for texto, clave in opciones:
        caja.addItem(texto, clave)
    caja.setCurrentIndex(max(0, caja.findData(elegida)))
    return caja
