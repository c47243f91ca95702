"""Tills and channels with their series: their list, and the dialogs that write one more of each."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.modules.sistema import service
from lerdo_desk.ui.actions import Action
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, IntField, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.listing import Aspecto, Casos, ListPage, Opciones
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.pages import Servicios

_VENTANILLA = service.TIPOS[0][0]


class _Alta(FittedDialog):
    """A dialog with a form that one use case writes; ``hecho`` is the clave that was written."""

    def __init__(self, titulo: str, form: Form, servicios: Servicios, parent: QWidget) -> None:
        super().__init__(titulo, parent)
        self._servicios, self.form, self.hecho = servicios, form, ""
        self.boton = Button("Dar de alta", "primary", tecla="Enter")
        self.caja.addWidget(Label(titulo, "heading"))
        self.caja.addWidget(form)
        self.botones(self.boton)

    def mandar(self, caso: object, orden: object) -> None:
        """Run the writing use case; the dialog is accepted when it is done and stays when it is not."""
        self.form.limpiar()
        self.form.setEnabled(False)
        self.boton.ocupar("Guardando…")
        self._servicios.jobs.escribir(caso, orden, self._listo, self._fallo)

    def _listo(self, clave: str) -> None:
        self.form.setEnabled(True)
        self.boton.desocupar()
        self.hecho = clave
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self.form.setEnabled(True)
        self.boton.desocupar()
        self.form.mostrar_error(error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase))

    def reject(self) -> None:
        """Go back, unless it is being written."""
        if self.form.isEnabled():
            super().reject()


class NewTillDialog(_Alta):
    """Asks clave, name, place, kind and, at a window, how long a turno may last."""

    def __init__(self, servicios: Servicios, parent: QWidget) -> None:
        self.clave, self.nombre, self.sede = TextField(largo=12), TextField(largo=120), TextField(largo=120)
        self.tipo, self.horas = QComboBox(), IntField(campo="horas", digitos=2)
        for tipo, nombre in service.TIPOS:
            self.tipo.addItem(nombre, tipo)
        ayuda = f"De 1 a {service.HORAS_MAXIMAS}; vacío: el turno termina con su día."
        form = Form(
            {
                "clave": Field("&Clave", self.clave, ayuda="Letras y números, por ejemplo CENTRO2."),
                "nombre": Field("&Nombre", self.nombre),
                "sede": Field("&Lugar", self.sede),
                "tipo": Field("&Tipo", self.tipo),
                "horas": Field("&Horas que dura un turno", self.horas, ayuda=ayuda),
            }
        )
        super().__init__("Dar de alta una caja", form, servicios, parent)
        self.tipo.currentIndexChanged.connect(self._segun_tipo)
        self.boton.clicked.connect(lambda: self.mandar(service.dar_de_alta_caja, self.orden()))
        self.clave.setFocus()

    def _segun_tipo(self) -> None:
        """Ask for hours only where there are turnos of a window."""
        ventanilla = self.tipo.currentData() == _VENTANILLA
        self.form.campos["horas"].setEnabled(ventanilla)
        if not ventanilla:
            self.horas.clear()

    def orden(self) -> service.CajaNueva:
        """Give the order of what is typed."""
        datos = (self.clave.valor(), self.nombre.valor(), self.sede.valor())
        return service.CajaNueva(*datos, str(self.tipo.currentData()), self.horas.valor() or 0)


class NewSeriesDialog(_Alta):
    """Asks which till will charge for which ente, and the serie that its receipts will bear."""

    def __init__(self, servicios: Servicios, opciones: service.Opciones, caja: str, parent: QWidget) -> None:
        """``caja``: the clave of the till to begin with."""
        self._ocupadas = opciones.ocupadas
        self._entes = opciones.entes
        self.cual, self.ente, self.clave = QComboBox(), QComboBox(), TextField(largo=3)
        for c in opciones.cajas:
            self.cual.addItem(f"{c.clave} · {c.nombre}", c.clave)
        self.cual.setCurrentIndex(max(0, self.cual.findData(caja)))
        ayuda = "De 1 a 3 letras o números. En capacitación se le antepone CAP-."
        form = Form(
            {
                "caja": Field("&Caja", self.cual),
                "ente": Field("Cobra &para", self.ente),
                "clave": Field("&Serie", self.clave, ayuda=ayuda),
            }
        )
        super().__init__("Dar de alta una serie", form, servicios, parent)
        self.cual.currentIndexChanged.connect(self._libres)
        self.boton.clicked.connect(lambda: self.mandar(service.dar_de_alta_serie, self.orden()))
        self._libres()
        self.clave.setFocus()

    def _libres(self) -> None:
        """Offer the entes that the till does not charge for yet."""
        caja = str(self.cual.currentData())
        self.ente.clear()
        for e in self._entes:
            if (caja, e.clave) not in self._ocupadas:
                self.ente.addItem(e.nombre, e.clave)
        libre = self.ente.count() > 0
        self.boton.habilitar(libre, "Esa caja ya cobra para todos los entes")
        self.form.campos["ente"].mostrar_error("" if libre else "Esa caja ya cobra para todos los entes.")

    def orden(self) -> service.SerieNueva:
        """Give the order of what is chosen."""
        return service.SerieNueva(
            str(self.cual.currentData()), str(self.ente.currentData()), self.clave.valor()
        )


class TillsPage(ListPage):
    """Lists tills with their series; F12 writes a till, the other button a serie."""

    def __init__(self, servicios: Servicios) -> None:
        self.dialogo: NewTillDialog | NewSeriesDialog | None = None
        super().__init__(
            servicios,
            service.CAJAS.descripcion(),
            Casos(service.cajas, service.cajas_enteras),
            Opciones(
                acciones=(
                    Action("caja", "Nueva caja", "plus", "F12", service.dar_de_alta_caja, self.nueva_caja),
                    Action(
                        "serie", "Nueva &serie", "receipt", "", service.dar_de_alta_serie, self.nueva_serie
                    ),
                ),
                aspectos={
                    "clave": Aspecto(peso="medium"),
                    "serie": Aspecto(peso="medium"),
                    "sede": Aspecto(tono="muted"),
                    "tipo": Aspecto(tono=lambda v: "text" if v == _VENTANILLA else "info"),
                    "ultimo": Aspecto(tono="muted"),
                },
                explicacion="Una caja cobra para un ente sólo si tiene una serie para él.",
            ),
        )

    def nueva_caja(self) -> None:
        """Ask about a new till."""
        self._abrir(NewTillDialog(self.servicios, self), "La caja {} quedó dada de alta; falta su serie.")

    def nueva_serie(self) -> None:
        """Read what a serie may join, and ask."""
        self.servicios.jobs.leer(
            service.opciones_de_serie,
            service.Nada(),
            self._preguntar_serie,
            self.servicios.error,
            clave="sistema.opciones_de_serie",
        )

    def _preguntar_serie(self, opciones: service.Opciones) -> None:
        fila = self.actual()
        caja = str(self.valor(fila, "clave") or "") if fila is not None else ""
        dialogo = NewSeriesDialog(self.servicios, opciones, caja, self)
        self._abrir(dialogo, "La serie {} quedó dada de alta; su primer recibo llevará el folio 1.")

    def _abrir(self, dialogo: NewTillDialog | NewSeriesDialog, hecho: str) -> None:
        self.dialogo = dialogo
        dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogo.accepted.connect(lambda: self.servicios.avisar(hecho.format(dialogo.hecho), "ok"))
        dialogo.finished.connect(self._cerrado)
        dialogo.open()

    def _cerrado(self) -> None:
        self.dialogo = None
