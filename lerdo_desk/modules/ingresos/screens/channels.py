"""The tesorero's page of channels: a file of payments made elsewhere is looked at, and then imported."""

import json
import threading
import uuid
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QStackedWidget, QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.core.personales import PREFERENCIA, Apunte, Mios, apuntar, mis_apuntes
from lerdo_desk.hacienda.modelos import Turno
from lerdo_desk.modules.ingresos.screens.channel_close import CloseDialog
from lerdo_desk.modules.ingresos.screens.channel_rows import RowsPanel
from lerdo_desk.modules.ingresos.service import canales, externos
from lerdo_desk.modules.ingresos.service.personas import Nada
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.cards import Card, EmptyState, columna, fila
from lerdo_desk.ui.form import Field
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Page, Servicios
from lerdo_desk.ui.progress import ProgressPanel
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_FILTRO = "Pagos del canal (*.csv *.txt *.xlsx *.ods);;Todos los archivos (*)"
_APUNTE = "ingresos.canal."
_SIN_ARCHIVO = "Elija primero el archivo de pagos"


class ChannelsPage(Page):
    """Channel, file, columns, rows; F12 is the step that follows."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios = servicios
        self._situacion: canales.Canales | None = None
        self._archivo: externos.Archivo | None = None
        self.vista: externos.Vista | None = None
        self._recordados: Mapping[str, str] = {}
        self.ocupada, self._lugar = False, Path.home()
        self.dialogo: QFileDialog | CloseDialog | None = None
        self.acciones: ActionSet = ActionSet(self, servicios.runner, self._acciones())
        self.canal = QComboBox()
        self.canal.setAccessibleName("Canal")
        self.canal.setMinimumWidth(tema().px(M.login_izquierda))
        self.turno = Label("", "body", "muted")
        self.panel = RowsPanel()
        self.nota, self.avance = Note("", "bad"), ProgressPanel()
        self._pila = QStackedWidget()
        self._componer()
        self.panel.cambio.connect(self._revisar_otra_vez)
        self.canal.currentIndexChanged.connect(self._otro_canal)
        servicios.jobs.tocadas.connect(self._tocadas)
        self._encender()

    def _acciones(self) -> tuple[Action, ...]:
        revisar, importar = externos.revisar_pagos, externos.importar_pagos
        return (
            Action("elegir", "Elegir archivo", "folder", "F12", revisar, self.elegir),
            Action("importar", "Importar", "download", "F12", importar, self.importar),
            Action("otro", "Otro archivo", "folder", "Ctrl+O", revisar, self.elegir),
            Action("cerrar", "Corte del canal", "lock", "Ctrl+F12", canales.cerrar_canal, self.cerrar),
            Action("actualizar", "Actualizar", "refresh", "F5", canales.mis_canales, self.leer),
        )

    def _componer(self) -> None:
        textos = columna(
            Label("Pagos por otros canales", "title"),
            Label("Cada pago entra una sola vez, con la ley del día en que se hizo.", "caption", "muted"),
            separacion=0,
        )
        arriba = fila(separacion=M.m)
        arriba.addLayout(textos, 1)
        for clave, clase in (("cerrar", "normal"), ("otro", "normal"), ("importar", "primary")):
            arriba.addWidget(self.acciones.boton(clave, "primary" if clase == "primary" else "normal"))
        donde = fila(Field("&Canal", self.canal), self.turno, 1, separacion=M.l)
        donde.setAlignment(self.turno, Qt.AlignmentFlag.AlignBottom)
        for parte in (self._vacio(), self.panel):
            self._pila.addWidget(parte)
        tarjeta = Card()
        tarjeta.caja.setSpacing(tema().px(M.m))
        tarjeta.caja.addLayout(arriba)
        tarjeta.caja.addLayout(donde)
        tarjeta.caja.addWidget(self.nota)
        tarjeta.caja.addWidget(self._pila, 1)
        tarjeta.caja.addWidget(self.avance)
        self.setLayout(columna(tarjeta, margen=M.l))

    def _vacio(self) -> QWidget:
        return EmptyState(
            "download",
            "Elija el archivo de pagos",
            "El que da el portal, el banco o la captura del talonario: referencia, clave o folio, importe, "
            "fecha y forma de pago. Primero se revisa; nada se guarda hasta que usted lo importe.",
            (self.acciones.boton("elegir", "primary"),),
        )

    # --- channel ------------------------------------------------------------------------------------------

    def al_entrar(self) -> None:
        """Read which channels there are, with the focus on them."""
        self.canal.setFocus(Qt.FocusReason.OtherFocusReason)
        self.leer()
        self._servicios.jobs.leer(
            mis_apuntes, Mios(PREFERENCIA), self._recordar, self._fallo, clave="ingresos.canales.columnas"
        )

    def leer(self) -> None:
        """Ask which channels may be opened and which one is open."""
        self._servicios.jobs.leer(
            canales.mis_canales, Nada(), self._mostrar, self._fallo, clave="ingresos.canales"
        )

    def _recordar(self, apuntes: Mapping[str, str]) -> None:
        self._recordados = apuntes

    def _mostrar(self, situacion: canales.Canales) -> None:
        antes, self._situacion = self.canal.currentData(), situacion
        turno = situacion.turno
        elegido = turno.caja_id if turno is not None else antes
        self.canal.blockSignals(True)
        self.canal.clear()
        for c in situacion.canales:
            self.canal.addItem(c.nombre, c.id)
        self.canal.setCurrentIndex(max(0, self.canal.findData(elegido)))
        self.canal.blockSignals(False)
        self.turno.setText(_dicho(situacion))
        if not situacion.canales and turno is None:
            self.nota.poner("No tiene canales asignados; pida a un supervisor que le asigne uno.", "warn")
        elif turno is not None and (turno.vencido or turno.contado):
            self.nota.poner(f"Haga el corte de «{turno.caja_nombre}» antes de importar más pagos.", "warn")
        self._encender()

    def _otro_canal(self) -> None:
        """Look at the file again as the newly chosen channel would take it."""
        if self._archivo is not None:
            self._revisar(self._archivo.nombre, self._archivo.contenido, ())

    # --- file ---------------------------------------------------------------------------------------------

    def elegir(self) -> None:
        """Ask for the file."""
        dialogo = QFileDialog(self.window(), "Elegir el archivo de pagos", str(self._lugar), _FILTRO)
        dialogo.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialogo.fileSelected.connect(lambda ruta: self.abrir(Path(ruta)))
        dialogo.finished.connect(dialogo.deleteLater)
        self.dialogo = dialogo
        dialogo.open()

    def abrir(self, ruta: Path) -> None:
        """Read a file of the disk and look at it."""
        self._lugar = ruta.parent
        self._ocupar(True)
        self._servicios.jobs.hacer(
            partial(externos.traer, ruta), lambda leido: self._revisar(leido[0], leido[1], ()), self._fallo
        )

    def _revisar_otra_vez(self) -> None:
        if self._archivo is not None:
            self._revisar(self._archivo.nombre, self._archivo.contenido, self.panel.mapeo())

    def _revisar(self, nombre: str, contenido: bytes, mapeo: tuple[tuple[str, str], ...]) -> None:
        """Look at a file off the GUI thread; nothing is written."""
        caja_id = int(self.canal.currentData() or 0)
        recordado = tuple(json.loads(self._recordados.get(f"{_APUNTE}{caja_id}", "{}")).items())
        self._archivo = externos.Archivo(caja_id, nombre, contenido, mapeo, recordado)
        cancelado, jobs = threading.Event(), self._servicios.jobs
        trabajo = partial(
            self._servicios.runner.ejecutar,
            externos.revisar_pagos,
            self._archivo,
            avance=jobs.avisador(self.avance.avanzar),
            cancelado=cancelado,
        )
        self._ocupar(True)
        job = jobs.hacer(trabajo, lambda hecho: self._revisado(hecho.valor), self._fallo)
        # The same event that the work looks at, so that Cancelar and the closing of the window reach it.
        job.cancelado = cancelado
        self.avance.seguir(job, "Revisando el archivo")

    def _revisado(self, vista: externos.Vista) -> None:
        self.vista = vista
        self._pila.setCurrentWidget(self.panel)
        self.panel.poner(self._archivo.nombre if self._archivo else "", vista)
        self.nota.poner(vista.falta, "warn")
        self._ocupar(False)
        self.panel.enfocar()

    # --- import -------------------------------------------------------------------------------------------

    def importar(self) -> None:
        """Import every good row in one transaction, and remember the columns for the next file."""
        if self.vista is None or self._archivo is None or self.ocupada:
            return
        jobs, elegido = self._servicios.jobs, dict(self.vista.mapeo)
        apunte = Apunte(PREFERENCIA, f"{_APUNTE}{self._archivo.caja_id}", json.dumps(elegido))
        jobs.escribir(apuntar, apunte, _nada, self._servicios.error)
        archivo = externos.Archivo(
            self._archivo.caja_id, self._archivo.nombre, self._archivo.contenido, self.vista.mapeo
        )
        orden = externos.Importacion(str(uuid.uuid4()), archivo, self.vista.digesto)
        self._ocupar(True)
        job = jobs.escribir(
            externos.importar_pagos, orden, self._importado, self._fallo, avance=self.avance.avanzar
        )
        self.avance.seguir(job, "Importando pagos")

    def _importado(self, hecho: externos.Importado) -> None:
        self._ocupar(False)
        self._servicios.avisar(resumen(hecho), "ok")
        self.leer()
        self._revisar_otra_vez()

    # --- corte --------------------------------------------------------------------------------------------

    def cerrar(self) -> None:
        """Ask for the count, where there is cash, and make the corte."""
        if self._situacion is None or self._situacion.turno is None:
            return
        self.dialogo = CloseDialog(self._servicios, self._situacion, self)
        self.dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialogo.accepted.connect(self._cerrado)
        self.dialogo.open()

    def _cerrado(self) -> None:
        self.dialogo = None
        self.nota.poner("", "ok")
        self._servicios.avisar("El canal quedó cerrado; otra persona debe verificar su corte.", "ok")
        self.leer()

    # --- state --------------------------------------------------------------------------------------------

    def _ocupar(self, si: bool) -> None:
        self.ocupada = si
        self.canal.setEnabled(not si)
        self.panel.setEnabled(not si)
        self._encender()

    def _encender(self) -> None:
        """Leave alive only what can be done now; F12 belongs to one action at a time."""
        espera = "Espere a que termine" if self.ocupada else ""
        situacion = self._situacion
        sin_canal = "" if situacion is not None and situacion.canales else "No tiene canales asignados"
        buenos = self.vista.buenos if self.vista is not None else 0
        turno = situacion.turno if situacion is not None else None
        hay = self.vista is not None
        motivos = {
            "elegir": espera or sin_canal or ("Ya eligió un archivo" if hay else ""),
            "otro": espera or sin_canal or ("" if hay else _SIN_ARCHIVO),
            "importar": espera
            or ("" if buenos else "No hay pagos nuevos que importar" if hay else _SIN_ARCHIVO),
            "cerrar": espera or ("" if turno is not None else "Ningún canal está abierto"),
        }
        for clave, motivo in motivos.items():
            self.acciones.habilitar(clave, not motivo, motivo)

    def _fallo(self, error: Exception) -> None:
        self._ocupar(False)
        self.nota.poner(explicar(error).frase, "bad")

    def _tocadas(self, tablas: frozenset[str]) -> None:
        if Turno.__tablename__ in tablas and self.isVisible():
            self.leer()


def resumen(hecho: externos.Importado) -> str:
    """Say in one sentence what an import did."""
    if not hecho.recibos:
        return "No había pagos nuevos; no se guardó nada."
    cuantos = "Se importó 1 pago" if hecho.recibos == 1 else f"Se importaron {hecho.recibos:,} pagos"
    saldo = f"; {formato(hecho.saldo)} quedaron como saldo a favor" if hecho.saldo else ""
    return f"{cuantos} por {formato(hecho.importe)}{saldo}."


def _dicho(situacion: canales.Canales) -> str:
    turno = situacion.turno
    if turno is None:
        return "Cerrado: se abre solo al importar"
    recibos = "1 recibo" if turno.recibos == 1 else f"{turno.recibos:,} recibos"
    return f"Abierto «{turno.caja_nombre}» · {recibos}"


def _nada(_valor: object) -> None:
    """Take the answer of what needs none."""
