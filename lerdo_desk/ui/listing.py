"""A page that is one list, as every dirección shows its own.

    ListPage(servicios, service.PADRON.descripcion(), Casos(service.padron, service.padron_entero))

``ListView`` is the same without title nor keys, to stand inside another page.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from lerdo_desk.base.listas import Fila, Filtro, ListaDescrita
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.cards import Card, columna, fila
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.listing_table import Aspecto
from lerdo_desk.ui.listing_view import Casos, ListView, Opciones
from lerdo_desk.ui.pages import Page, Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

__all__ = ["Aspecto", "Casos", "ListPage", "ListView", "Opciones"]


class ListPage(Page):
    """A page that is one list: title, the primary button of what may be done, and the keys of the house."""

    def __init__(
        self, servicios: Servicios, lista: ListaDescrita, casos: Casos, opciones: Opciones | None = None
    ) -> None:
        super().__init__()
        opciones = opciones or Opciones()
        self.servicios = servicios
        self.vista = ListView(servicios, lista, casos, opciones)
        self.abierta, self.elegida = self.vista.abierta, self.vista.elegida
        propias: tuple[Action, ...] = (
            Action("buscar", "Buscar", "search", "F2", casos.pagina, self._buscar),
            Action("actualizar", "Actualizar", "refresh", "F5", casos.pagina, self.leer),
            Action("filtrar", "Filtrar", "filter", "Ctrl+F", casos.pagina, self.vista.pedir_filtros, False),
        )
        if casos.entera is not None:
            exportar = Action(
                "exportar", "Exportar", "table-export", "Ctrl+E", casos.entera, self.vista.exportar
            )
            propias = (*propias, exportar)
        self.acciones: ActionSet = ActionSet(self, servicios.runner, (*opciones.acciones, *propias))
        if casos.entera is not None:
            self.vista.barra.addWidget(self.acciones.boton("exportar"))
        self._componer(lista, opciones)

    def _componer(self, lista: ListaDescrita, opciones: Opciones) -> None:
        margen, alto = tema().px(M.l), tema().px(M.m)
        titulos = columna(Label(lista.nombre, "title"), separacion=0)
        if opciones.explicacion:
            titulos.addWidget(Label(opciones.explicacion, "caption", "muted"))
        arriba = fila(separacion=M.m)
        arriba.addLayout(titulos, 1)
        for n, accion in reversed(list(enumerate(opciones.acciones))):
            arriba.addWidget(self.acciones.boton(accion.clave, "normal" if n else "primary"))
        arriba.setContentsMargins(margen, alto, margen, alto)
        tarjeta = Card(pegada=True)
        tarjeta.caja.addLayout(arriba)
        tarjeta.caja.addWidget(self.vista, 1)
        self.setLayout(columna(tarjeta, margen=M.l))

    def al_entrar(self) -> None:
        """Read the list, with the focus on it."""
        self.vista.tabla.setFocus(Qt.FocusReason.OtherFocusReason)
        self.leer()

    def leer(self) -> None:
        """Read the list again."""
        self.vista.leer()

    def actual(self) -> Fila | None:
        """Give the current row, None when there is none."""
        return self.vista.actual()

    def valor(self, fila_: Fila, clave: str) -> object:
        """Give a row's value in a column, None when that column is not shown."""
        return self.vista.valor(fila_, clave)

    def poner_filtros(self, filtros: Sequence[Filtro]) -> None:
        """Filter by conditions."""
        self.vista.poner_filtros(filtros)

    def buscar(self, texto: str) -> None:
        """Look for words."""
        self.vista.buscar(texto)

    def _buscar(self) -> None:
        self.vista.campo.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.vista.campo.selectAll()
