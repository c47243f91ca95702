"""The page of records that may be the same person, the surest first, each with its reasons."""

from PySide6.QtCore import Qt

from lerdo_desk.modules.contribuyentes import service
from lerdo_desk.modules.contribuyentes.models import Fusion, FusionEvento
from lerdo_desk.modules.contribuyentes.screens.merge import MergeDialog
from lerdo_desk.modules.contribuyentes.screens.new import en_una_linea
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.cards import Card, EmptyState, columna, fila
from lerdo_desk.ui.columns import Column, Fila, TonoCelda
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Page, Servicios
from lerdo_desk.ui.table import Table, TableFooter
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_GRADO, _UNO, _OTRO = 3, 5, 6
"""Places in a row; both ids travel after the columns."""
_TONO: dict[str, TonoCelda] = {"Casi seguro": "bad", "Probable": "warn", "Posible": "muted"}
_ICONO = {"Casi seguro": "alert-triangle", "Probable": "help", "Posible": "info-circle"}
_COLUMNAS = (
    Column("uno", "Persona", ancho=280, peso="medium"),
    Column("otro", "Se parece a", estira=True),
    Column("motivos", "Por qué", ancho=270, tono="muted"),
    Column(
        "grado",
        "Parecido",
        ancho=150,
        tono=lambda f: _TONO[f[_GRADO]],
        icono=lambda f: _ICONO[f[_GRADO]],
    ),
    Column("cuentas", "Cuentas", ancho=80, tono="muted"),
)
_VACIO = ("No hay duplicados a la vista", "Nadie comparte RFC o CURP, ni un nombre igual o casi igual.")


def renglon(par: service.Duplicado) -> Fila:
    """Give the row of a pair."""
    return (
        en_una_linea(par.uno),
        en_una_linea(par.otro),
        ", ".join(par.parecido.motivos),
        par.parecido.grado,
        f"{par.cuentas_de_uno} y {par.cuentas_de_otro}",
        par.uno.id,
        par.otro.id,
    )


class DuplicatesPage(Page):
    """Lists the pairs; F12 or Enter puts the two records of one side by side."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios = servicios
        self.dialogo: MergeDialog | None = None
        self.acciones: ActionSet = ActionSet(
            self,
            servicios.runner,
            (
                Action("comparar", "Comparar", "list-details", "F12", service.comparar, self.comparar),
                Action("actualizar", "Actualizar", "refresh", "F5", service.duplicados, self.leer),
            ),
        )
        self.tabla = Table(_COLUMNAS, nombre="Posibles duplicados")
        self.tabla.abierta.connect(lambda _fila: self.acciones["comparar"].trigger())
        self.pie, self.nota, self.vacio = TableFooter(), Note("", "bad"), EmptyState("users", *_VACIO)
        self.vacio.hide()
        self._componer()
        self.acciones.habilitar("comparar", False, "Espere a que se busquen")
        servicios.jobs.tocadas.connect(self._tocadas)

    def _componer(self) -> None:
        explicacion = "Registros con el mismo RFC, la misma CURP, o un nombre igual o con una letra distinta."
        titulos = columna(
            Label("Posibles duplicados", "title"), Label(explicacion, "caption", "muted"), separacion=0
        )
        arriba = fila(separacion=M.m)
        arriba.addLayout(titulos, 1)
        arriba.addWidget(self.acciones.boton("comparar", "primary"))
        margen = tema().px(M.l)
        arriba.setContentsMargins(margen, tema().px(M.m), margen, tema().px(M.m))
        tarjeta = Card(pegada=True)
        tarjeta.caja.addLayout(arriba)
        for parte, peso in ((self.nota, 0), (self.tabla, 1), (self.vacio, 1), (self.pie, 0)):
            tarjeta.caja.addWidget(parte, peso)
        self.setLayout(columna(tarjeta, margen=M.l))

    def al_entrar(self) -> None:
        """Look for pairs, with the focus on them."""
        self.tabla.setFocus(Qt.FocusReason.OtherFocusReason)
        self.leer()

    def leer(self) -> None:
        """Look for pairs again."""
        self.pie.poner("Buscando…")
        self._servicios.jobs.leer(
            service.duplicados, service.Nada(), self._mostrar, self._fallo, clave="contribuyentes.duplicados"
        )

    def _mostrar(self, hallados: service.Duplicados) -> None:
        actual = self.tabla.actual()
        self.nota.poner("", "bad")
        todos = [renglon(p) for p in hallados.pares]
        self.tabla.poner(todos)
        self.tabla.setVisible(bool(todos))
        self.vacio.setVisible(not todos)
        self.pie.poner(_cuantos(len(todos), hallados.total))
        if todos:
            pares = [f[_UNO:] for f in todos]
            de_antes = actual[_UNO:] if actual is not None else ()
            self.tabla.elegir(pares.index(de_antes) if de_antes in pares else 0)
        self.acciones.habilitar("comparar", bool(todos), "No hay pares que comparar")

    def _fallo(self, error: Exception) -> None:
        self.pie.poner("")
        self.nota.poner(explicar(error).frase, "bad")

    def _tocadas(self, tablas: frozenset[str]) -> None:
        suyas = {Fusion.__tablename__, FusionEvento.__tablename__, "hacienda_contribuyente"}
        if tablas & suyas and self.isVisible():
            self.leer()

    def comparar(self) -> None:
        """Read the two records of the current pair."""
        fila_ = self.tabla.actual()
        if fila_ is not None:
            orden = service.Par(fila_[_UNO], fila_[_OTRO])
            self._servicios.jobs.leer(
                service.comparar, orden, self._abrir, self._servicios.error, clave="contribuyentes.comparar"
            )

    def _abrir(self, lados: tuple[service.Lado, service.Lado]) -> None:
        self.dialogo = MergeDialog(self._servicios, lados, self)
        self.dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialogo.accepted.connect(self._unidos)
        self.dialogo.finished.connect(self._cerrado)
        self.dialogo.open()

    def _unidos(self) -> None:
        if self.dialogo is not None:
            queda = self.dialogo.queda.persona.nombre
            self._servicios.avisar(f"Los dos registros ya son «{queda}»; se puede deshacer.", "ok")

    def _cerrado(self) -> None:
        self.dialogo = None


def _cuantos(mostrados: int, total: int) -> str:
    if total > mostrados:
        return f"Los {mostrados:,} más seguros de {total:,} pares; los demás aparecen al unir éstos"
    return f"{total:,} par{'' if total == 1 else 'es'}"
