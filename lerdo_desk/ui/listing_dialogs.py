"""The two dialogs of a list: which columns are shown and in what order, and under what conditions."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QAbstractItemModel, QEvent, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from lerdo_desk.base.listas import (
    EN_PALABRAS,
    ENTRE,
    SIN_VALOR,
    ColumnaDeLista,
    Filtro,
    ListaDescrita,
    Valor,
)
from lerdo_desk.ui.buttons import Button, IconButton
from lerdo_desk.ui.cards import Card, fila
from lerdo_desk.ui.columns import Indice
from lerdo_desk.ui.fields import ErrorLine, TextField
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.table import pintar_casilla
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

MAXIMO = 6
_MARCADA, _SUELTA = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_VISIBLES = 12
_AYUDA: dict[str, str] = {
    "texto": "Sin importar acentos ni mayúsculas",
    "dinero": "1234.50",
    "entero": "25",
    "fecha": "día/mes/año",
    "instante": "día/mes/año",
}


class _Casillas(QStyledItemDelegate):
    """Paints the check boxes of the house, which the style's own are not; the whole row is the button."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Indice) -> None:
        """Draw ground, box and title."""
        zona, puesta = option.rect, index.data(Qt.ItemDataRole.CheckStateRole)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(zona, tema().color("primary_soft"))
        lado = tema().px(M.control_chico)
        pintar_casilla(
            painter, zona.adjusted(0, 0, lado - zona.width(), 0), Qt.CheckState(puesta) is _MARCADA
        )
        painter.setPen(tema().color("text"))
        painter.setFont(tema().fuente("body"))
        painter.drawText(
            zona.adjusted(lado + M.xs, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data() or "")
        )
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Indice
    ) -> bool:
        """Toggle where it is clicked; Space is the base's."""
        if event.type() is QEvent.Type.MouseButtonRelease:
            puesta = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is _MARCADA
            nueva = _SUELTA if puesta else _MARCADA
            return bool(model.setData(model.index(index.row(), 0), nueva, Qt.ItemDataRole.CheckStateRole))
        return super().editorEvent(event, model, option, index)


class ColumnsDialog(FittedDialog):
    """Checks the columns to show and moves them up and down; ``claves`` is what was chosen."""

    def __init__(self, lista: ListaDescrita, actuales: Sequence[str], parent: QWidget) -> None:
        """``actuales``: the keys of the columns shown now, in their order."""
        super().__init__("Elegir columnas", parent)
        self._lista = lista
        self.lista = QListWidget()
        self.lista.setAccessibleName("Columnas de la lista")
        self.lista.setItemDelegate(_Casillas(self.lista))
        alto = tema().px(M.control_chico)
        self.lista.setFixedHeight(alto * min(len(lista.columnas), _VISIBLES) + M.s)
        marco = Card(clase="inset", pegada=True)
        marco.caja.addWidget(self.lista)
        self._subir = Button("&Subir", "normal")
        self._bajar = Button("&Bajar", "normal")
        self._como_al_principio = Button("Como al &principio", "ghost")
        self._error = ErrorLine()
        self.boton = Button("Mostrar", "primary", tecla="Enter")
        self.caja.addWidget(Label("Elegir columnas", "heading"))
        self.caja.addWidget(
            Label("Espacio pone o quita la columna; se muestran de izquierda a derecha.", "body", "muted")
        )
        self.caja.addWidget(marco)
        self.caja.addLayout(fila(self._subir, self._bajar, 1, self._como_al_principio, separacion=M.s))
        self.caja.addWidget(self._error)
        self.botones(self.boton)
        self._subir.clicked.connect(partial(self.mover, -1))
        self._bajar.clicked.connect(partial(self.mover, 1))
        self._como_al_principio.clicked.connect(lambda: self._poner([c.clave for c in lista.elegidas(())]))
        self.boton.clicked.connect(self._aceptar)
        self._poner(actuales)
        self.lista.setFocus()

    def _poner(self, claves: Sequence[str]) -> None:
        self.lista.clear()
        elegidas = self._lista.elegidas(claves)
        for columna in (*elegidas, *(c for c in self._lista.columnas if c not in elegidas)):
            renglon = QListWidgetItem(columna.titulo, self.lista)
            renglon.setSizeHint(QSize(M.columna, tema().px(M.control_chico)))
            renglon.setData(Qt.ItemDataRole.UserRole, columna.clave)
            renglon.setCheckState(_MARCADA if columna in elegidas else _SUELTA)
        self.lista.setCurrentRow(0)

    def mover(self, cuanto: int) -> None:
        """Move the current column up (-1) or down (1)."""
        desde = self.lista.currentRow()
        hasta = desde + cuanto
        if desde >= 0 and 0 <= hasta < self.lista.count():
            self.lista.insertItem(hasta, self.lista.takeItem(desde))
            self.lista.setCurrentRow(hasta)

    def claves(self) -> tuple[str, ...]:
        """Give the keys of the checked columns in their order."""
        renglones = [self.lista.item(n) for n in range(self.lista.count())]
        return tuple(str(r.data(Qt.ItemDataRole.UserRole)) for r in renglones if r.checkState() is _MARCADA)

    def _aceptar(self) -> None:
        if self.claves():
            self.accept()
        else:
            self._error.poner("Deje por lo menos una columna.")


class _Condicion(QWidget):
    """One condition: column, operator, what is typed."""

    def __init__(self, columnas: Sequence[ColumnaDeLista], numero: int) -> None:
        super().__init__()
        self._columnas = tuple(columnas)
        self.columna, self.operador, self.opcion = QComboBox(), QComboBox(), QComboBox()
        self.uno, self.dos = TextField(largo=120), TextField(largo=120)
        self.quitar = IconButton("x", f"Quitar la condición {numero}")
        nombres = ("Columna", "Condición", "Valor", "Valor", "Segundo valor")
        for control, nombre in zip(
            (self.columna, self.operador, self.opcion, self.uno, self.dos), nombres, strict=True
        ):
            control.setAccessibleName(f"{nombre} {numero}")
            if isinstance(control, QComboBox):
                control.view().setAccessibleName(control.accessibleName())
        for columna in self._columnas:
            self.columna.addItem(columna.titulo, columna.clave)
        caja = fila(self.columna, self.operador, separacion=M.s)
        for control in (self.opcion, self.uno, self.dos):
            caja.addWidget(control, 1)
        caja.addWidget(self.quitar)
        self.setLayout(caja)
        self.columna.currentIndexChanged.connect(self._otra_columna)
        self.operador.currentIndexChanged.connect(self._otro_operador)
        self._otra_columna()

    def elegida(self) -> ColumnaDeLista:
        """Give the column chosen."""
        return self._columnas[self.columna.currentIndex()]

    def poner(self, filtro: Filtro) -> None:
        """Show a condition that is in force."""
        clave, operador, valor = filtro
        self.columna.setCurrentIndex(max(0, self.columna.findData(clave)))
        self.operador.setCurrentIndex(max(0, self.operador.findData(operador)))
        self.opcion.setCurrentIndex(max(0, self.opcion.findData(valor)))
        valores = valor if isinstance(valor, tuple) else (valor, "")
        for campo, dado in zip((self.uno, self.dos), valores, strict=True):
            campo.setText("" if dado is None or dado == "" else self.elegida().escribir(dado))

    def filtro(self) -> Filtro:
        """Give the condition as it is typed."""
        operador = str(self.operador.currentData())
        valor: Valor = self.uno.valor()
        if operador in SIN_VALOR:
            valor = ""
        elif self.elegida().opciones:
            valor = str(self.opcion.currentData())
        elif operador == ENTRE:
            valor = (self.uno.valor(), self.dos.valor())
        return self.elegida().clave, operador, valor

    def vacia(self) -> bool:
        """Tell whether nothing was typed where something is needed."""
        valor = self.filtro()[2]
        return self.operador.currentData() not in SIN_VALOR and not all(
            valor if isinstance(valor, tuple) else (valor,)
        )

    def _otra_columna(self) -> None:
        columna = self.elegida()
        self.operador.clear()
        for operador in columna.operadores:
            self.operador.addItem(EN_PALABRAS[operador], operador)
        self.opcion.clear()
        for codigo, palabra in columna.opciones:
            self.opcion.addItem(palabra, codigo)
        self._otro_operador()

    def _otro_operador(self) -> None:
        columna, operador = self.elegida(), self.operador.currentData()
        con_valor = operador not in SIN_VALOR
        self.opcion.setVisible(con_valor and bool(columna.opciones))
        self.uno.setVisible(con_valor and not columna.opciones)
        self.dos.setVisible(operador == ENTRE)
        for campo in (self.uno, self.dos):
            campo.setPlaceholderText(_AYUDA[columna.tipo])


class FilterDialog(FittedDialog):
    """The conditions of a list, all of which a row must meet; ``filtros()`` is what was written."""

    def __init__(self, lista: ListaDescrita, actuales: Sequence[Filtro], parent: QWidget) -> None:
        super().__init__("Filtrar", parent)
        self.setMinimumWidth(tema().px(M.login_ancho))
        self._columnas = tuple(c for c in lista.columnas if c.filtrable)
        self.condiciones: list[_Condicion] = []
        self._sitio = QVBoxLayout()
        self._sitio.setSpacing(tema().px(M.s))
        self._error = ErrorLine()
        self.mas = Button("&Agregar condición", "ghost", icono="plus")
        self.limpiar = Button("&Quitar todas", "ghost")
        self.boton = Button("Filtrar", "primary", tecla="Enter")
        self.caja.addWidget(Label(f"Filtrar {lista.nombre.lower()}", "heading"))
        self.caja.addLayout(self._sitio)
        self.caja.addLayout(fila(self.mas, 1, separacion=M.s))
        self.caja.addWidget(self._error)
        self.botones(self.boton, self.limpiar)
        self.mas.clicked.connect(self._otra)
        self.limpiar.clicked.connect(self._vaciar)
        self.boton.clicked.connect(self._aceptar)
        for filtro in actuales or (None,):
            self.agregar(filtro)

    def agregar(self, filtro: Filtro | None = None) -> _Condicion:
        """Add a condition, empty or as given, and put the focus there."""
        nueva = _Condicion(self._columnas, len(self.condiciones) + 1)
        if filtro is not None:
            nueva.poner(filtro)
        nueva.quitar.clicked.connect(partial(self._quitar, nueva))
        self.condiciones.append(nueva)
        self._sitio.addWidget(nueva)
        self.mas.setEnabled(len(self.condiciones) < MAXIMO)
        nueva.columna.setFocus()
        return nueva

    def filtros(self) -> tuple[Filtro, ...]:
        """Give the conditions written; those without a value are left out."""
        return tuple(c.filtro() for c in self.condiciones if not c.vacia())

    def _otra(self) -> None:
        self.agregar()

    def _quitar(self, condicion: _Condicion) -> None:
        self.condiciones.remove(condicion)
        self._sitio.removeWidget(condicion)
        condicion.hide()
        condicion.deleteLater()
        self.mas.setEnabled(True)
        self.boton.setFocus()

    def _vaciar(self) -> None:
        for condicion in tuple(self.condiciones):
            self._quitar(condicion)

    def _aceptar(self) -> None:
        faltan = [c for c in self.condiciones if c.vacia()]
        if faltan and len(self.condiciones) > 1:
            self._error.poner("A una condición le falta su valor; escríbalo o quítela.")
            faltan[0].uno.setFocus()
            return
        self.accept()
