"""The second step of a load: which column of the file is each field, with what its first rows hold."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.modules.predial.service.cargas_datos import Abierto
from lerdo_desk.ui.cards import columna, fila
from lerdo_desk.ui.form import Field
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import ElidedLabel, Label
from lerdo_desk.ui.messages import Note
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

NO_VIENE = "No viene en el archivo"
_ANCHO = M.panel_izquierdo - M.xxl
_EJEMPLOS = 3


def ejemplo(valores: Sequence[object]) -> str:
    """Write what the first rows hold in a column, so that a person recognises it."""
    dichos = [fecha_corta(v) if isinstance(v, date) else str(v) for v in valores if v not in (None, "")]
    return " · ".join(dichos[:_EJEMPLOS])


class ColumnsStep(QWidget):
    """Shows the proposed columns and lets them be changed; ``cambio``: what is chosen is other."""

    cambio = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._abierto: Abierto | None = None
        self.listas: dict[str, QComboBox] = {}
        self._dichos: dict[str, ElidedLabel] = {}
        self.titulo = ElidedLabel("", "title")
        self.detalle = ElidedLabel("", "caption", "muted")
        self.desde = QComboBox()
        self.desde.setAccessibleName("Primer año que se emite aquí")
        self.desde.view().setAccessibleName("Años")
        self.marco_desde = Field("Se emite aquí &desde", self.desde)
        self.explica = Label("", "caption", "muted").en_parrafo()
        self.nota = Note("", "info")
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.desde.currentIndexChanged.connect(self._explicar)
        cabeza = fila(IconView("table-export", M.icono_tarjeta, "primary_text"), separacion=M.l)
        cabeza.addLayout(columna(self.titulo, self.detalle, separacion=M.linea), 1)
        abajo = fila(separacion=M.l)
        abajo.addWidget(self.marco_desde)
        abajo.addWidget(self.explica, 1, Qt.AlignmentFlag.AlignBottom)
        caja = columna(self.nota, separacion=M.m)
        caja.insertLayout(0, cabeza)
        caja.addWidget(self._area, 1)
        caja.addLayout(abajo)
        caja.setContentsMargins(0, 0, 0, 0)
        self.setLayout(caja)

    def poner(self, abierto: Abierto) -> None:
        """Show the columns of another file, those that were proposed chosen."""
        self._abierto = abierto
        self.titulo.poner(abierto.nombre)
        self.detalle.poner(f"{abierto.total:,} renglones · {len(abierto.encabezados)} columnas")
        frase = abierto.anterior.frase if abierto.anterior else " ".join(abierto.avisos)
        self.nota.poner(frase, "warn" if abierto.anterior else "info")
        self._construir(abierto)
        es_padron = abierto.archivo.tipo == "padron"
        self.marco_desde.setVisible(es_padron)
        self.explica.setVisible(es_padron)
        self.desde.blockSignals(True)
        self.desde.clear()
        for ejercicio in abierto.ejercicios:
            self.desde.addItem(str(ejercicio), ejercicio)
        self.desde.setCurrentIndex(max(0, self.desde.findData(abierto.hoy)))
        self.desde.blockSignals(False)
        self._explicar()

    def mapeo(self) -> tuple[tuple[str, str], ...]:
        """Give the heading chosen for each field, those that do not come left out."""
        return tuple(
            (clave, str(lista.currentData())) for clave, lista in self.listas.items() if lista.currentData()
        )

    def anio(self) -> int:
        """Give the first ejercicio that is emitted here."""
        return int(self.desde.currentData() or 0)

    def motivo(self) -> str:
        """Say what is missing or chosen twice; empty when the file can be checked."""
        if self._abierto is None:
            return "Elija un archivo"
        faltan = [
            c.titulo for c in self._abierto.campos if c.obligatorio and not self.listas[c.clave].currentData()
        ]
        if faltan:
            return f"Falta decir cuál es la columna de {', '.join(faltan)}"
        elegidas = [titulo for _, titulo in self.mapeo()]
        repetida = next((t for t in elegidas if elegidas.count(t) > 1), "")
        return f"La columna «{repetida}» se eligió para dos datos; deje uno" if repetida else ""

    def enfocar(self) -> None:
        """Put the focus on the first field without a column, or on the first one."""
        vacias = [lista for lista in self.listas.values() if not lista.currentData()]
        for lista in (*vacias, *self.listas.values()):
            lista.setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def _construir(self, abierto: Abierto) -> None:
        rejilla = QGridLayout()
        rejilla.setHorizontalSpacing(tema().px(M.m))
        rejilla.setVerticalSpacing(tema().px(M.xs))
        self.listas, self._dichos = {}, {}
        for n, titulo in enumerate(("Dato", "Columna del archivo", "Primeros renglones")):
            rejilla.addWidget(Label(titulo, "header", "muted"), 0, n)
        for n, campo in enumerate(abierto.campos, start=1):
            lista = QComboBox()
            lista.addItem(NO_VIENE, "")
            for titulo in (t for t in abierto.encabezados if t):
                lista.addItem(titulo, titulo)
            lista.setCurrentIndex(max(0, lista.findData(abierto.propuesto.get(campo.clave, ""))))
            lista.setAccessibleName(f"Columna de {campo.titulo}")
            lista.view().setAccessibleName(f"Columnas para {campo.titulo}")
            lista.setFixedWidth(tema().px(_ANCHO))
            lista.currentIndexChanged.connect(self._otra)
            nombre = Label(campo.titulo if not campo.obligatorio else f"{campo.titulo} (obligatorio)", "body")
            nombre.setBuddy(lista)
            dicho = ElidedLabel("", "caption", "muted")
            for lugar, parte in enumerate((nombre, lista, dicho)):
                rejilla.addWidget(parte, n, lugar)
            self.listas[campo.clave], self._dichos[campo.clave] = lista, dicho
        rejilla.setColumnStretch(2, 1)
        rejilla.setRowStretch(len(abierto.campos) + 1, 1)
        dentro = QWidget()
        dentro.setProperty("fondo", "claro")
        dentro.setLayout(rejilla)
        self._area.setWidget(dentro)
        self._decir()

    def _otra(self) -> None:
        self._decir()
        self.cambio.emit()

    def _decir(self) -> None:
        """Write beside each field what its column holds."""
        if self._abierto is None:
            return
        lugares = {titulo: n for n, titulo in enumerate(self._abierto.encabezados)}
        for clave, lista in self.listas.items():
            n = lugares.get(str(lista.currentData()))
            valores = [f[n] for f in self._abierto.ejemplos] if n is not None else []
            self._dichos[clave].poner(ejemplo(valores) or ("" if n is None else "Vacía en los primeros"))

    def _explicar(self) -> None:
        anio = self.anio()
        self.explica.setText(
            f"Los valores se registran para {anio}, el primer año que se emite aquí; lo que se debe de "
            "antes entra después, como adeudos anteriores."
        )
