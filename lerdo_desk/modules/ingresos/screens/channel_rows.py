"""A channel's file as the person looks at it: which column is which, each row with its fate, and the sums."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.modules.ingresos.service import externos
from lerdo_desk.ui.cards import columna, fila
from lerdo_desk.ui.columns import Column, Fila, TonoCelda
from lerdo_desk.ui.form import Field
from lerdo_desk.ui.labels import ElidedLabel, Label
from lerdo_desk.ui.table import Table, TableFooter
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_TODOS, _SIN_ELEGIR = "Todos los renglones", "Sin elegir"
_NOMBRES = dict(externos.ESTADOS)
_ASPECTO: dict[str, tuple[TonoCelda, str]] = {
    _NOMBRES[externos.MALO]: ("bad", "alert-triangle"),
    _NOMBRES[externos.POR_IDENTIFICAR]: ("warn", "help"),
    _NOMBRES[externos.CON_EXCESO]: ("warn", "coins"),
    _NOMBRES[externos.POR_COBRAR]: ("ok", "circle-check"),
    _NOMBRES[externos.REPETIDO]: ("muted", "checks"),
    _NOMBRES[externos.YA_ESTABA]: ("muted", "check"),
}
_ESTADO = 1

_COLUMNAS = (
    Column("n", "Renglón", "entero", ancho=72, tono="muted"),
    Column(
        "estado",
        "Qué pasa",
        ancho=160,
        tono=lambda f: _ASPECTO[f[_ESTADO]][0],
        icono=lambda f: _ASPECTO[f[_ESTADO]][1],
    ),
    Column("referencia", "Referencia", ancho=110, peso="medium"),
    Column("clave", "Clave o folio", ancho=150),
    Column("titular", "De quién", ancho=160),
    Column("fecha", "Pagado", ancho=108),
    Column("importe", "Importe", "dinero", ancho=104),
    Column("saldo", "A favor", "dinero", ancho=96),
    Column("frase", "Por qué", estira=True, tono="muted"),
)


class RowsPanel(QWidget):
    """The columns of the file, its rows and their sums; ``cambio``: another column was chosen."""

    cambio = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._vista: externos.Vista | None = None
        titulos = externos.titulos()
        self.columnas = {campo: QComboBox() for campo in externos.CAMPOS}
        elegir = fila(separacion=M.m)
        for campo, lista in self.columnas.items():
            lista.setAccessibleName(f"Columna de {titulos[campo]}")
            lista.activated.connect(lambda _n: self.cambio.emit())
            elegir.addWidget(Field(titulos[campo], lista), 1)
        self.que = QComboBox()
        self.que.setAccessibleName("Qué renglones se muestran")
        self.que.view().setAccessibleName("Qué renglones se muestran")
        self.que.currentIndexChanged.connect(self._llenar)
        self.archivo, self.avisos = Label("", "medium"), ElidedLabel("", "caption", "muted")
        self.tabla = Table(_COLUMNAS, nombre="Renglones del archivo", nombre_de_fila=_nombre)
        self.pie, self.dicho = TableFooter(), Label("", "body", "muted").en_parrafo()
        self.tabla.elegida.connect(self._decir)
        segunda = fila(self.archivo, separacion=M.m)
        segunda.addWidget(self.avisos, 1)
        segunda.addWidget(self.que)
        caja = columna(separacion=M.m)
        caja.addLayout(elegir)
        caja.addLayout(segunda)
        caja.addWidget(self.tabla, 1)
        caja.addWidget(self.dicho)
        caja.addWidget(self.pie)
        self.setLayout(caja)
        self.que.setMinimumWidth(tema().px(M.tarjeta_inicio))

    def poner(self, nombre: str, vista: externos.Vista) -> None:
        """Show a file that was looked at."""
        self._vista = vista
        self.archivo.setText(nombre)
        self.avisos.poner(" ".join(vista.avisos))
        elegidas = dict(vista.mapeo)
        for campo, lista in self.columnas.items():
            lista.clear()
            lista.addItem(_SIN_ELEGIR, "")
            for titulo in vista.encabezados:
                lista.addItem(titulo, titulo)
            lista.setCurrentIndex(max(0, lista.findData(elegidas.get(campo, ""))))
        antes = self.que.currentData()
        self.que.blockSignals(True)
        self.que.clear()
        self.que.addItem(f"{_TODOS} ({len(vista.renglones):,})", "")
        for suma in vista.sumas:
            self.que.addItem(f"{_NOMBRES[suma.estado]} ({suma.cuantos:,})", suma.estado)
        self.que.setCurrentIndex(max(0, self.que.findData(antes)))
        self.que.blockSignals(False)
        self._llenar()

    def mapeo(self) -> tuple[tuple[str, str], ...]:
        """Give the heading chosen for each field."""
        return tuple((c, str(x.currentData())) for c, x in self.columnas.items() if x.currentData())

    def enfocar(self) -> None:
        """Put the focus on the first column that is missing, or on the rows."""
        faltan = [x for x in self.columnas.values() if not x.currentData()]
        (faltan[0] if faltan else self.tabla).setFocus(Qt.FocusReason.OtherFocusReason)

    def _llenar(self) -> None:
        vista = self._vista
        if vista is None:
            return
        cual = self.que.currentData()
        self.tabla.poner([_fila(r) for r in vista.renglones if not cual or r.estado == cual])
        if self.tabla.modelo.filas:
            self.tabla.elegir(0)
        sumas = [(f"{_NOMBRES[s.estado]} {s.cuantos:,}:", formato(s.importe)) for s in vista.sumas]
        self.pie.poner(f"{len(vista.renglones):,} renglones leídos", sumas)

    def _decir(self, elegida: Fila | None) -> None:
        """Write the whole sentence of the current row: the table may have no room for it."""
        self.dicho.setText(
            "" if elegida is None or not elegida[8] else f"Renglón {elegida[0]:,}. {elegida[8]}"
        )


def _fila(r: externos.Renglon) -> Fila:
    frase = f"{r.donde}: {r.frase}" if r.donde else r.frase
    saldo = r.saldo or None
    return (
        *(r.n, _NOMBRES[r.estado], r.referencia, r.clave, r.titular, r.fecha),
        *(r.importe, saldo, frase),
    )


def _nombre(f: Fila) -> str:
    return f"Renglón {f[0]}, {f[_ESTADO]}, {f[2]}, {f[8]}"
