"""The clerk's page of loads: a file is chosen, its columns said, checked, and what is good is loaded."""

import threading
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QStackedWidget, QWidget

from lerdo_desk.core.personales import apuntar
from lerdo_desk.modules.predial import service
from lerdo_desk.modules.predial.screens import load_return
from lerdo_desk.modules.predial.screens.load_columns import ColumnsStep
from lerdo_desk.modules.predial.screens.load_summary import SummaryStep, renglones
from lerdo_desk.modules.predial.service.cargas_datos import (
    Abierto,
    Archivo,
    Importado,
    Revisado,
    Revision,
    apunte_de_columnas,
    importacion_de,
)
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.buttons import Clase
from lerdo_desk.ui.cards import Card, columna, fila
from lerdo_desk.ui.form import Field
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Page, Servicios
from lerdo_desk.ui.progress import ProgressPanel
from lerdo_desk.ui.segmented import Segmented
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

ARCHIVO, COLUMNAS, RESUMEN = "archivo", "columnas", "resumen"
_FILTRO = "Hojas de cálculo, CSV y DBF (*.xlsx *.ods *.csv *.txt *.dbf);;Todos los archivos (*)"
_EXPLICA = {
    "padron": "Cuentas, titulares, predios y valores. Las que ya están con los mismos datos no cambian.",
    "adeudos": "Lo que cada cuenta debía en el sistema anterior, por año. Tesorería lo confirma después.",
}
_PASOS = ((ARCHIVO, "1 Archivo"), (COLUMNAS, "2 Columnas"), (RESUMEN, "3 Resultado"))

_BOTONES: dict[str, Clase] = {
    "volver": "ghost",
    "otro": "ghost",
    "devueltos": "normal",
    "hoja": "primary",
    "revisar": "primary",
    "cargar": "primary",
}


class LoadPage(Page):
    """Goes from file to columns to result; F12 is the step that follows, Esc the one before."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios = servicios
        self.paso, self.ocupada = ARCHIVO, False
        self._abierto: Abierto | None = None
        self._revisado: Revisado | None = None
        self._hecha = False
        self._lugar = Path.home()
        self.dialogo: QFileDialog | None = None
        self.acciones: ActionSet = ActionSet(self, servicios.runner, self._acciones())
        self.tipo = Segmented(
            "Qué trae el archivo", (("padron", "&Padrón"), ("adeudos", "&Adeudos anteriores"))
        )
        self.explica = Label("", "body", "muted").en_parrafo()
        self.hojas = QComboBox()
        self.hojas.setAccessibleName("Hoja del libro")
        self.hojas.view().setAccessibleName("Hojas del libro")
        self.marco_hojas = Field("&Hoja del libro", self.hojas)
        self.columnas, self.resumen = ColumnsStep(), SummaryStep()
        self.nota, self.avance = Note("", "bad"), ProgressPanel()
        self._pila = QStackedWidget()
        self._botones = {clave: self.acciones.boton(clave, clase) for clave, clase in _BOTONES.items()}
        self._botones["elegir"] = self.acciones.boton("elegir", "primary", grande=True)
        self._rotulos = {clave: Label(texto, "label", "muted") for clave, texto in _PASOS}
        self.tipo.elegido.connect(self._decir)
        self.columnas.cambio.connect(self._encender)
        self._componer()
        self._ir(ARCHIVO)

    def _acciones(self) -> tuple[Action, ...]:
        revisar, cargar = service.revisar_archivo, service.cargar_padron
        return (
            Action("elegir", "Elegir archivo", "folder", "F12", service.abrir_archivo, self.elegir),
            Action("hoja", "Abrir la hoja", "folder", "F12", service.abrir_archivo, self.abrir_hoja),
            Action("revisar", "Revisar", "checks", "F12", revisar, self.revisar),
            Action("cargar", "Cargar", "database", "F12", cargar, self.cargar),
            Action("devueltos", "Guardar los devueltos", "download", "Ctrl+E", revisar, self.guardar),
            Action("volver", "Volver", "chevron-left", "Esc", None, self.volver),
            Action("otro", "Otro archivo", "folder", "", service.abrir_archivo, self.empezar),
        )

    def _componer(self) -> None:
        textos = columna(
            Label("Cargar archivos", "title"),
            Label("Todo lo bueno entra de una vez; lo demás se devuelve marcado.", "caption", "muted"),
            separacion=0,
        )
        arriba = fila(separacion=M.l)
        arriba.addLayout(textos, 1)
        for rotulo in self._rotulos.values():
            arriba.addWidget(rotulo)
        for paso in (self._primero(), self.columnas, self.resumen):
            self._pila.addWidget(paso)
        b = self._botones
        abajo = fila(b["volver"], b["otro"], 1, b["devueltos"], separacion=M.m)
        for clave in ("hoja", "revisar", "cargar"):
            abajo.addWidget(b[clave])
        tarjeta = Card()
        tarjeta.caja.setSpacing(tema().px(M.m))
        tarjeta.caja.addLayout(arriba)
        tarjeta.caja.addWidget(self.nota)
        tarjeta.caja.addWidget(self._pila, 1)
        tarjeta.caja.addWidget(self.avance)
        tarjeta.caja.addLayout(abajo)
        self.setLayout(columna(tarjeta, margen=M.l))

    def _primero(self) -> QWidget:
        """Build the first step: what the file brings, and the button that chooses it."""
        boton = self._botones["elegir"]
        dentro = columna(
            Label("¿Qué va a cargar?", "heading"), self.tipo, self.explica, self.marco_hojas, separacion=M.l
        )
        dentro.addLayout(fila(1, boton, 1))
        dentro.addWidget(
            Label(
                "Sirven libros de Excel y LibreOffice, CSV y DBF, de hasta 30 MB.", "caption", "muted"
            ).en_parrafo()
        )
        caja = columna(separacion=M.l)
        caja.addStretch(1)
        caja.addLayout(fila(1, IconView("folder", M.icono_vacio, "disabled"), 1))
        centrado = QWidget()
        centrado.setFixedWidth(tema().px(M.dialogo))
        centrado.setLayout(dentro)
        caja.addLayout(fila(1, centrado, 1))
        caja.addStretch(2)
        primero = QWidget()
        primero.setLayout(caja)
        return primero

    def al_entrar(self) -> None:
        """Put the focus where the step begins."""
        if self.paso == ARCHIVO:
            self.tipo.boton(self.tipo.clave()).setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.paso == COLUMNAS:
            self.columnas.enfocar()

    # --- file ---------------------------------------------------------------------------------------------

    def elegir(self) -> None:
        """Ask for the file."""
        dialogo = QFileDialog(self.window(), "Elegir archivo", str(self._lugar), _FILTRO)
        dialogo.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialogo.fileSelected.connect(lambda ruta: self.abrir(Path(ruta)))
        dialogo.finished.connect(dialogo.deleteLater)
        self.dialogo = dialogo
        dialogo.open()

    def abrir(self, ruta: Path, hoja: str | None = None) -> None:
        """Read the headings of a file."""
        self._lugar = ruta.parent
        self._ocupar(True)
        self.nota.poner(f"Leyendo «{ruta.name}»…", "info")
        orden = Archivo(self.tipo.clave(), str(ruta), hoja)
        self._servicios.jobs.leer(service.abrir_archivo, orden, self._abrio, self._fallo)

    def abrir_hoja(self) -> None:
        """Read the sheet that was chosen."""
        if self._abierto is not None:
            self.abrir(Path(self._abierto.archivo.ruta), self.hojas.currentText())

    def _abrio(self, abierto: Abierto) -> None:
        self._abierto = abierto
        self._ocupar(False)
        self.nota.poner("", "info")
        if abierto.hojas:
            self.hojas.clear()
            self.hojas.addItems(abierto.hojas)
            self._ir(ARCHIVO, con_hojas=True)
            self.hojas.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.columnas.poner(abierto)
        self._ir(COLUMNAS)
        self.columnas.enfocar()

    # --- check --------------------------------------------------------------------------------------------

    def revisar(self) -> None:
        """Check every row, off the GUI thread, and remember the columns for the next file."""
        if self._abierto is None or self.ocupada:
            return
        mapeo, jobs = self.columnas.mapeo(), self._servicios.jobs
        jobs.escribir(
            apuntar, apunte_de_columnas(self._abierto.archivo.tipo, mapeo), _nada, self._servicios.error
        )
        orden = Revision(self._abierto.archivo, self._abierto.digesto, mapeo, self.columnas.anio())
        cancelado = threading.Event()
        trabajo = partial(
            self._servicios.runner.ejecutar,
            service.revisar_archivo,
            orden,
            avance=jobs.avisador(self.avance.avanzar),
            cancelado=cancelado,
        )
        self._ocupar(True)
        job = jobs.hacer(trabajo, lambda hecho: self._revisada(hecho.valor), self._fallo)
        # The same event that the work looks at, so that Cancelar and the closing of the window reach it.
        job.cancelado = cancelado
        self.avance.seguir(job, "Revisando renglones")

    def _revisada(self, revisado: Revisado) -> None:
        self._revisado, self._hecha = revisado, False
        self._ocupar(False)
        self.resumen.poner(revisado)
        self._ir(RESUMEN)
        self.resumen.visible(self.resumen.que.clave()).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- load ---------------------------------------------------------------------------------------------

    def cargar(self) -> None:
        """Load all that is good, in one transaction."""
        if self._revisado is None or self.ocupada:
            return
        es_padron = self._revisado.pregunta.archivo.tipo == "padron"
        self._ocupar(True)
        job = self._servicios.jobs.escribir(
            service.cargar_padron if es_padron else service.cargar_adeudos,
            importacion_de(self._revisado),
            self._cargada,
            self._fallo,
            avance=self.avance.avanzar,
        )
        self.avance.seguir(job, "Cargando")

    def _cargada(self, hecho: Importado) -> None:
        self._hecha = True
        self._ocupar(False)
        if hecho.anterior is not None:
            self.resumen.resultado.poner(hecho.anterior.frase, "warn")
        elif self._revisado is not None and self._revisado.pregunta.archivo.tipo == "padron":
            dicho = (
                "Se registró 1 cuenta"
                if hecho.escritas == 1
                else f"Se registraron {hecho.escritas:,} cuentas"
            )
            self.resumen.resultado.poner(f"{dicho}.", "ok")
        else:
            verbo = "espera" if hecho.escritas == 1 else "esperan"
            frase = f"{renglones(hecho.escritas)} {verbo} a que Tesorería confirme sus totales."
            self.resumen.resultado.poner(frase, "ok")

    def guardar(self) -> None:
        """Ask where the marked workbook of what goes back is left."""
        if self._revisado is None:
            return
        nombre = f"{Path(self._revisado.pregunta.archivo.ruta).stem} por corregir.xlsx"
        self.dialogo = load_return.preguntar(self.window(), self._lugar / nombre, self.guardar_en)

    def guardar_en(self, destino: Path) -> None:
        """Write the marked workbook, whole or not at all."""
        if self._revisado is not None:
            load_return.guardar(self._servicios, self._revisado, destino)

    # --- steps --------------------------------------------------------------------------------------------

    def volver(self) -> None:
        """Go one step back; what was chosen stays."""
        self.nota.poner("", "info")
        self._ir(COLUMNAS if self.paso == RESUMEN and not self._hecha else ARCHIVO)
        self.al_entrar()

    def empezar(self) -> None:
        """Begin with another file."""
        self._abierto = self._revisado = None
        self.nota.poner("", "info")
        self._ir(ARCHIVO)
        self.al_entrar()

    def _ir(self, paso: str, *, con_hojas: bool = False) -> None:
        self.paso = paso
        self.marco_hojas.setVisible(con_hojas)
        self._pila.setCurrentIndex([clave for clave, _ in _PASOS].index(paso))
        for clave, rotulo in self._rotulos.items():
            rotulo.poner_tono("primary" if clave == paso else "disabled")
        self._decir()
        self._encender()

    def _decir(self) -> None:
        self.explica.setText(_EXPLICA[self.tipo.clave()])

    def _encender(self) -> None:
        """Leave alive only what the step allows; F12 belongs to one action at a time."""
        ocupada = "Espere a que termine" if self.ocupada else ""
        con_hojas = self.paso == ARCHIVO and self.marco_hojas.isVisibleTo(self)
        motivos = {
            "elegir": ocupada or ("" if self.paso == ARCHIVO and not con_hojas else "Ya hay un archivo"),
            "hoja": ocupada or ("" if con_hojas else "Elija un archivo"),
            "revisar": ocupada or (self.columnas.motivo() if self.paso == COLUMNAS else "Elija un archivo"),
            "cargar": ocupada or self._sin_cargar(),
            "devueltos": ocupada or self._sin_devueltos(),
            "volver": ocupada or ("" if self.paso != ARCHIVO else "Es el primer paso"),
            "otro": ocupada,
        }
        for clave, motivo in motivos.items():
            self.acciones.habilitar(clave, not motivo, motivo)
        self._mostrar_botones(con_hojas)

    def _mostrar_botones(self, con_hojas: bool) -> None:
        visibles = {
            "elegir": not con_hojas,
            "hoja": con_hojas,
            "revisar": self.paso == COLUMNAS,
            "cargar": self.paso == RESUMEN,
            "devueltos": self.paso == RESUMEN,
            "volver": self.paso != ARCHIVO,
            "otro": self.paso != ARCHIVO or con_hojas,
        }
        for clave, visible in visibles.items():
            self._botones[clave].setVisible(visible and self.acciones.puede(clave))

    def _sin_cargar(self) -> str:
        """Say why nothing can be loaded; empty when it can."""
        r = self._revisado
        if self.paso != RESUMEN or r is None:
            return "Revise un archivo"
        if self._hecha:
            return "Este archivo ya se cargó"
        if r.anterior is not None:
            return r.anterior.frase
        return "" if r.nuevas else "No hay renglones nuevos que cargar"

    def _sin_devueltos(self) -> str:
        r = self._revisado
        return "" if self.paso == RESUMEN and r is not None and r.devueltas else "No hay renglones devueltos"

    def _ocupar(self, si: bool) -> None:
        self.ocupada = si
        self.tipo.setEnabled(not si)
        self.columnas.setEnabled(not si)
        self._encender()

    def _fallo(self, error: Exception) -> None:
        self._ocupar(False)
        dicho = explicar(error)
        self.nota.poner(dicho.frase, dicho.tono)


def _nada(_valor: object) -> None:
    """Take an answer that needs nothing more."""
