"""The body of a list: search, filter, pages from the database while scrolling, sums, export.

Order and filter belong to the database; one question is in flight per list and the latest wins.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.listas import (
    LIMITE,
    Fila,
    Filtro,
    ListaDescrita,
    Pagina,
    Pedido,
    Salida,
    Sentido,
    condiciones_en_palabras,
)
from lerdo_desk.ui.actions import Action
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import EmptyState, columna, fila
from lerdo_desk.ui.fields import TextField
from lerdo_desk.ui.icons import IconView, icon
from lerdo_desk.ui.labels import ElidedLabel
from lerdo_desk.ui.listing_dialogs import ColumnsDialog, FilterDialog
from lerdo_desk.ui.listing_export import Exportacion
from lerdo_desk.ui.listing_table import Aspecto, ListTable
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.table import TableFooter
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

RELEIDAS = 1000
"""Rows that a refresh reads again at most, to leave the person where they were."""

_VACIO = ("No hay renglones", "Todavía no se ha escrito nada que esta lista muestre.")
_NADA = ("Nada con este filtro", "Quite una condición o busque con menos letras.")
_numeros = count(1)


@dataclass(frozen=True)
class Casos:
    """The use cases of a list and how their orders are made; without ``entera`` there is no export."""

    pagina: Any
    entera: Any = None
    orden: Callable[[Pedido], object] = lambda pedido: pedido
    orden_entera: Callable[[Salida], object] = lambda salida: salida


@dataclass(frozen=True)
class Opciones:
    """What a page may add: its actions (the first is the primary button), looks, words, sums or none."""

    acciones: tuple[Action, ...] = ()
    aspectos: Mapping[str, Aspecto] = field(default_factory=dict)
    vacio: tuple[str, str] = _VACIO
    explicacion: str = ""
    sumas: bool = True


class ListView(QWidget):
    """Search field, filter, table and footer of one list; call ``leer()`` when it is first shown."""

    abierta = Signal(object)
    """The row, on Enter or double click: a value for each column shown, the id last."""
    elegida = Signal(object)
    """The row that became the current one, None when there is none."""
    leida = Signal()
    """A first page has arrived."""

    def __init__(
        self, servicios: Servicios, lista: ListaDescrita, casos: Casos, opciones: Opciones | None = None
    ) -> None:
        super().__init__()
        self._servicios, self.lista, self._casos = servicios, lista, casos
        self._opciones = opciones or Opciones()
        self._clave = f"lista.{lista.clave}.{next(_numeros)}"
        self._columnas: tuple[str, ...] = tuple(c.clave for c in lista.elegidas(()))
        self._orden: tuple[tuple[str, Sentido], ...] = lista.orden
        self._filtros: tuple[Filtro, ...] = ()
        self._anchos: dict[str, int] = {}
        self._siguiente: Fila | None = None
        self._leyendo, self._sin_contar, self._guardado = False, False, ""
        self._total: Pagina | None = None
        self.dialogo: FilterDialog | ColumnsDialog | None = None
        self._recordar_columnas()
        self._piezas()
        self._componer()
        self._poner_columnas()
        servicios.jobs.tocadas.connect(self._tocadas)

    # What it is made of ------------------------------------------------------------------------------------

    def _piezas(self) -> None:
        nombre = self.lista.nombre
        self.campo = TextField(sugerencia=f"Buscar en {nombre.lower()}", largo=120)
        self.campo.setAccessibleName(f"Buscar en {nombre}")
        self.campo.setClearButtonEnabled(True)
        self.campo.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.campo.setMaximumWidth(tema().px(M.login_alto))
        self.campo.textChanged.connect(lambda _texto: self.leer())
        self.campo.enter.connect(self._a_la_tabla)
        self.filtrar = Button("&Filtrar", "normal", icono="filter")
        self.filtrar.clicked.connect(self.pedir_filtros)
        self.columnas = Button("Colum&nas", "normal", icono="columns-3")
        self.columnas.clicked.connect(self.pedir_columnas)
        self.tabla = ListTable(nombre)
        self.tabla.abierta.connect(self.abierta)
        self.tabla.elegida.connect(self.elegida)
        self.tabla.pide_mas.connect(self._mas)
        self.tabla.ordenar.connect(self.ordenar)
        self.nota, self.pie = Note("", "bad"), TableFooter()
        self.exportacion = Exportacion(self._servicios, self)
        self._vacio = EmptyState("list-details", *self._opciones.vacio)
        self._pila = QStackedWidget()
        for parte in (self.tabla, self._vacio):
            self._pila.addWidget(parte)

    def _componer(self) -> None:
        margen = tema().px(M.l)
        self.barra = fila(separacion=M.s)
        self.barra.addWidget(self.campo, 2)
        self.barra.addStretch(1)
        self.barra.addWidget(self.filtrar)
        self.barra.addWidget(self.columnas)
        self.barra.setContentsMargins(margen, 0, margen, tema().px(M.m))
        self._tira, self._condiciones = QWidget(), ElidedLabel("", "label")
        quitar = Button("&Quitar filtros", "ghost")
        quitar.clicked.connect(lambda: self.poner_filtros(()))
        tira = fila(IconView("filter", M.icono, "primary_text"), separacion=M.s)
        tira.addWidget(self._condiciones, 1)
        tira.addWidget(quitar)
        tira.setContentsMargins(margen, 0, margen, tema().px(M.xs))
        self._tira.setLayout(tira)
        self._tira.hide()
        caja: QVBoxLayout = columna(separacion=0)
        caja.addLayout(self.barra)
        for parte, peso in ((self._tira, 0), (self.nota, 0), (self._pila, 1), (self.exportacion, 0)):
            caja.addWidget(parte, peso)
        caja.addWidget(self.pie)
        self.setLayout(caja)

    def _poner_columnas(self) -> None:
        elegidas = self.lista.elegidas(self._columnas)
        self.tabla.poner_columnas(elegidas, self._opciones.aspectos, self._anchos)
        self.tabla.marcar_orden(self._orden)

    # What is asked -----------------------------------------------------------------------------------------

    def pedido(self) -> Pedido:
        """Give what the list shows now: columns, order, filter and words."""
        return Pedido(self._columnas, self._orden, self._filtros, self.campo.text())

    def leer(self) -> None:
        """Ask for the first page again, and then for the totals; the current row stays where it is found."""
        self._sin_contar = True
        self._leer_filas()

    def _leer_filas(self) -> None:
        self._leyendo = True
        cuantas = min(max(self.tabla.modelo.rowCount(), LIMITE), RELEIDAS)
        pedido = self.pedido()
        self._preguntar(pedido, cuantas, partial(self._mostrar, pedido), self._clave)

    def _preguntar(
        self,
        pedido: Pedido,
        limite: int,
        listo: Callable[[Pagina], None],
        clave: str,
        *,
        totales: bool = False,
    ) -> None:
        pedido = Pedido(
            pedido.columnas, pedido.orden, pedido.filtros, pedido.texto, pedido.despues, limite, totales
        )
        orden = self._casos.orden(pedido)
        self._servicios.jobs.leer(self._casos.pagina, orden, listo, self._fallo, clave=clave)

    def _mostrar(self, pedido: Pedido, pagina: Pagina) -> None:
        if pedido != self.pedido():
            return
        self._leyendo = False
        actual, con_foco = self.actual(), self.tabla.hasFocus()
        arriba = self.tabla.verticalScrollBar().value()
        self.nota.poner("", "bad")
        self._siguiente = pagina.siguiente
        self.tabla.poner(pagina.filas, hay_mas=pagina.siguiente is not None)
        self._condiciones.poner(condiciones_en_palabras(self.lista, Pedido(filtros=self._filtros)))
        self._tira.setVisible(bool(self._filtros))
        con_filtro = bool(self._filtros or self.campo.text().strip())
        self._vacio.poner(*(_NADA if con_filtro else self._opciones.vacio))
        self._pila.setCurrentWidget(self.tabla if pagina.filas else self._vacio)
        if pagina.filas:
            ids = [f[-1] for f in pagina.filas]
            se_quedo = actual is not None and actual[-1] in ids
            self.tabla.elegir(ids.index(actual[-1]) if actual is not None and se_quedo else 0)
            if se_quedo:
                self.tabla.verticalScrollBar().setValue(arriba)
        if con_foco:
            (self.tabla if pagina.filas else self.campo).setFocus(Qt.FocusReason.OtherFocusReason)
        self.leida.emit()
        if self._sin_contar:
            # Only now: counting a big table must not keep the rows waiting for one of the two readers.
            self._sin_contar = False
            self._preguntar(pedido, 0, partial(self._totales, pedido), f"{self._clave}.totales", totales=True)

    def _totales(self, pedido: Pedido, pagina: Pagina) -> None:
        """Write the totals, which the order does not change."""
        actual = self.pedido()
        mismas = (pedido.columnas, pedido.filtros, pedido.texto) == (
            actual.columnas,
            actual.filtros,
            actual.texto,
        )
        if mismas and pagina.total is not None:
            self._total = pagina
            self.pie.poner(_cuantos(pagina.total, pagina.exacto), self._sumas(pagina))

    def _sumas(self, pagina: Pagina) -> list[tuple[str, str]]:
        titulos = {c.clave: c.titulo for c in self.lista.columnas}
        return [(titulos[c], formato(s)) for c, s in pagina.sumas] if self._opciones.sumas else []

    def _mas(self) -> None:
        """Ask for the page that follows, unless the list is being read anew: that answer would be lost."""
        if self._leyendo or self._siguiente is None:
            return
        pedido = self.pedido()
        siguiente = Pedido(pedido.columnas, pedido.orden, pedido.filtros, pedido.texto, self._siguiente)
        self._preguntar(siguiente, LIMITE, partial(self._agregar, pedido, self._siguiente), self._clave)

    def _agregar(self, pedido: Pedido, despues: Fila, pagina: Pagina) -> None:
        if pedido == self.pedido() and despues == self._siguiente:
            self._siguiente = pagina.siguiente
            self.tabla.agregar(pagina.filas, hay_mas=pagina.siguiente is not None)

    def _fallo(self, error: Exception) -> None:
        self._leyendo = False
        self.nota.poner(explicar(error).frase, "bad")

    def _tocadas(self, tablas: frozenset[str]) -> None:
        if tablas & self.lista.tablas and self.isVisible():
            self.leer()

    # What a person does ------------------------------------------------------------------------------------

    def ordenar(self, clave: str) -> None:
        """Order by a column; once more turns it round."""
        sentido: Sentido = "desc" if self._orden[:1] == ((clave, "asc"),) else "asc"
        self._orden = ((clave, sentido),)
        self.tabla.marcar_orden(self._orden)
        self.tabla.scrollToTop()
        self.tabla.modelo.poner(())
        self.guardar()
        self._leer_filas()

    def buscar(self, texto: str) -> None:
        """Look for words, as if they were typed."""
        self.campo.setText(texto)

    def poner_filtros(self, filtros: Sequence[Filtro]) -> None:
        """Filter by conditions, all of which a row must meet."""
        self._filtros = tuple(filtros)
        self._condiciones.poner(condiciones_en_palabras(self.lista, Pedido(filtros=self._filtros)))
        self._tira.setVisible(bool(self._filtros))
        self.leer()

    def pedir_filtros(self) -> None:
        """Open the dialog of conditions."""
        self.dialogo = FilterDialog(self.lista, self._filtros, self)
        self.dialogo.accepted.connect(lambda d=self.dialogo: self.poner_filtros(d.filtros()))
        self._abrir(self.dialogo)

    def pedir_columnas(self) -> None:
        """Open the dialog of columns."""
        self.dialogo = ColumnsDialog(self.lista, self._columnas, self)
        self.dialogo.accepted.connect(lambda d=self.dialogo: self.mostrar_columnas(d.claves()))
        self._abrir(self.dialogo)

    @staticmethod
    def _abrir(dialogo: FilterDialog | ColumnsDialog) -> None:
        dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogo.open()

    def mostrar_columnas(self, claves: Sequence[str]) -> None:
        """Show other columns, read them, and remember them for this person."""
        self._anchos |= self.tabla.anchos()
        self._columnas = tuple(claves)
        self._poner_columnas()
        self.guardar()
        self.leer()

    def exportar(self) -> None:
        """Ask where to, and write the whole list there as it is filtered, ordered and shown."""
        if self._casos.entera is not None:
            self.exportacion.preguntar(self._encargo)

    def exportar_a(self, destino: Path) -> None:
        """Write the list to a file; its extension says whether as a sheet or as a PDF."""
        self.exportacion.hacer(self._encargo, destino)

    @property
    def _encargo(self) -> dict[str, Any]:
        return {
            "lista": self.lista,
            "pedido": self.pedido(),
            "caso": self._casos.entera,
            "orden": self._casos.orden_entera,
            "sumas": self._opciones.sumas,
        }

    def actual(self) -> Fila | None:
        """Give the current row, None when there is none."""
        return self.tabla.actual()

    def valor(self, fila_: Fila, clave: str) -> object:
        """Give a row's value in a column, None when that column is not shown."""
        return fila_[self._columnas.index(clave)] if clave in self._columnas else None

    def total(self) -> int | None:
        """Give how many rows there are in all, None while they are being counted."""
        return self._total.total if self._total is not None else None

    def _a_la_tabla(self) -> None:
        if self.tabla.modelo.rowCount():
            self.tabla.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down from the search field to the rows; Esc empties the field."""
        if event.key() == Qt.Key.Key_Down and self.campo.hasFocus():
            self._a_la_tabla()
        elif event.key() == Qt.Key.Key_Escape and self.campo.text():
            self.campo.clear()
        else:
            super().keyPressEvent(event)

    # What is remembered ------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember the widths that were dragged."""
        super().hideEvent(event)
        self.guardar()

    def guardar(self) -> None:
        """Remember columns, widths and order for this person, where somebody keeps them."""
        recordar = self._servicios.extras.get("recordar")
        if not callable(recordar):
            return
        anchos = self._anchos | self.tabla.anchos()
        escrito = json.dumps({"columnas": self._columnas, "orden": self._orden, "anchos": anchos})
        if escrito != self._guardado:
            self._guardado = escrito
            recordar(self.lista.clave, escrito)

    def _recordar_columnas(self) -> None:
        """Take what was remembered, as far as the list still has it."""
        recordado = self._servicios.extras.get("recordado")
        escrito = recordado(self.lista.clave) if callable(recordado) else ""
        try:
            leido = json.loads(escrito or "{}")
            columnas = [str(c) for c in leido.get("columnas", ())]
            orden: list[tuple[str, Sentido]] = [
                (str(c), "desc" if s == "desc" else "asc") for c, s in leido.get("orden", ())
            ]
            anchos = {
                str(c): int(a) for c, a in leido.get("anchos", {}).items() if 0 < int(a) < M.ventana_ancho
            }
        except (ValueError, TypeError, AttributeError):
            return
        todas = {c.clave: c for c in self.lista.columnas}
        self._columnas = tuple(c for c in columnas if c in todas) or self._columnas
        self._orden = tuple((c, s) for c, s in orden if c in todas and todas[c].ordenable) or self._orden
        self._anchos = anchos


def _cuantos(total: int, exacto: bool) -> str:
    if not exacto:
        return f"Cerca de {total:,} renglones"
    return f"{total:,} renglón" if total == 1 else f"{total:,} renglones"
