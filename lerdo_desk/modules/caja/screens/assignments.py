"""The supervisor's page: who may open which till or channel, since when, and what is written for later."""

from PySide6.QtCore import Qt

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.hacienda.modelos import CajaAsignacion
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.assign import AssignDialog
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.cards import Card, columna, fila
from lerdo_desk.ui.columns import Column, Fila, TonoCelda
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Page, Servicios
from lerdo_desk.ui.table import Table, TableFooter
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_PUEDE, _NO_PUEDE, _DESPUES, _NADIE = "Puede abrirla", "No puede abrirla", "Todavía no", "Sin persona"
_ASPECTO: dict[str, tuple[TonoCelda, str]] = {
    _PUEDE: ("ok", "circle-check"),
    _NO_PUEDE: ("muted", "ban"),
    _DESPUES: ("info", "clock"),
    _NADIE: ("warn", "alert-triangle"),
}
_ESTADO, _CLAVE, _LOGIN = 3, 5, 6
"""Places in a row; clave and login travel after the columns."""

_COLUMNAS = (
    Column("caja", "Caja", ancho=220, peso="medium"),
    Column("cajero", "Persona", estira=True),
    Column("desde", "Desde", "fecha", ancho=110, tono="muted"),
    Column(
        "estado",
        "Hoy",
        ancho=180,
        tono=lambda fila: _ASPECTO[fila[_ESTADO]][0],
        icono=lambda fila: _ASPECTO[fila[_ESTADO]][1],
    ),
    Column("cambia", "Después", ancho=250, tono="muted"),
)


def filas(datos: service.Asignaciones) -> list[Fila]:
    """Give a row for each till and cashier ever joined, and one for each till that nobody may open."""
    todas = [_fila(a) for a in datos.asignadas]
    con_alguien = {f[_CLAVE] for f in todas if f[_ESTADO] == _PUEDE}
    todas += [
        (c.nombre, "", None, _NADIE, "", c.clave, "") for c in datos.cajas if c.clave not in con_alguien
    ]
    return sorted(todas, key=lambda f: (f[_CLAVE], f[_ESTADO] != _NADIE, f[1]))


def _fila(a: service.Asignada) -> Fila:
    quien = f"{a.cajero.nombre} · {a.cajero.login}"
    puede = a.vigente is not None and a.vigente.permitida
    cambia = ""
    if a.siguiente is not None:
        verbo = "Podrá abrirla" if a.siguiente.permitida else "Ya no podrá"
        cambia = f"{verbo} desde el {fecha_corta(a.siguiente.desde)}"
    estado = _PUEDE if puede else (_DESPUES if a.siguiente is not None else _NO_PUEDE)
    desde = a.vigente.desde if a.vigente is not None else None
    return a.caja.nombre, quien, desde, estado, cambia, a.caja.clave, a.cajero.login


def _nombre(fila: Fila) -> str:
    return f"{fila[0]}, {fila[1] or _NADIE.lower()}"


class AssignmentsPage(Page):
    """Lists tills and cashiers; F12 writes one more dated row."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios = servicios
        self._datos: service.Asignaciones | None = None
        self.dialogo: AssignDialog | None = None
        self.acciones: ActionSet = ActionSet(
            self,
            servicios.runner,
            (
                Action("asignar", "Asignar caja", "user-check", "F12", service.asignar_caja, self.asignar),
                Action("actualizar", "Actualizar", "refresh", "F5", service.asignaciones, self.leer),
            ),
        )
        self.tabla = Table(_COLUMNAS, nombre="Asignación de cajas", nombre_de_fila=_nombre)
        self.tabla.abierta.connect(lambda _fila: self.acciones["asignar"].trigger())
        self.pie, self.nota = TableFooter(), Note("", "bad")
        self._componer()
        self._encender()
        servicios.jobs.tocadas.connect(self._tocadas)

    def _componer(self) -> None:
        explicacion = "Una persona abre una caja sólo si está permitida; cada cambio vale desde su fecha."
        titulos = columna(
            Label("Quién puede abrir cada caja", "title"),
            Label(explicacion, "caption", "muted"),
            separacion=0,
        )
        arriba = fila(separacion=M.m)
        arriba.addLayout(titulos, 1)
        arriba.addWidget(self.acciones.boton("asignar", "primary"))
        margen = tema().px(M.l)
        arriba.setContentsMargins(margen, tema().px(M.m), margen, tema().px(M.m))
        tarjeta = Card(pegada=True)
        tarjeta.caja.addLayout(arriba)
        for parte, peso in ((self.nota, 0), (self.tabla, 1), (self.pie, 0)):
            tarjeta.caja.addWidget(parte, peso)
        self.setLayout(columna(tarjeta, margen=M.l))

    def al_entrar(self) -> None:
        """Read the list, with the focus on it."""
        self.tabla.setFocus(Qt.FocusReason.OtherFocusReason)
        self.leer()

    def leer(self) -> None:
        """Ask again how the tills are assigned."""
        self._servicios.jobs.leer(
            service.asignaciones, service.Nada(), self._mostrar, self._fallo, clave="caja.asignaciones"
        )

    def _mostrar(self, datos: service.Asignaciones) -> None:
        actual, self._datos = self._elegida(), datos
        self.nota.poner("", "bad")
        todas = filas(datos)
        self.tabla.poner(todas)
        sin_nadie = sum(f[_ESTADO] == _NADIE for f in todas)
        cuantas = f"{len(datos.cajas)} caja{'' if len(datos.cajas) == 1 else 's'}"
        self.pie.poner(
            f"{cuantas}, {sin_nadie} sin persona" if sin_nadie else f"{cuantas}, todas con persona"
        )
        if todas:
            claves = [(f[_CLAVE], f[_LOGIN]) for f in todas]
            self.tabla.elegir(claves.index(actual) if actual in claves else 0)
        self._encender()

    def _elegida(self) -> tuple[str, str]:
        actual = self.tabla.actual()
        return ("", "") if actual is None else (actual[_CLAVE], actual[_LOGIN])

    def _encender(self) -> None:
        """Enable «Asignar» once there is somebody and something to join."""
        motivo = ""
        if self._datos is None:
            motivo = "Espere a que se lean las cajas"
        elif not self._datos.cajeros and not self._datos.tesoreros:
            motivo = "No hay cuentas de cajero; pida que den de alta una"
        elif not self._datos.cajas:
            motivo = "El municipio no tiene cajas"
        self.acciones.habilitar("asignar", not motivo, motivo)

    def _fallo(self, error: Exception) -> None:
        self.nota.poner(explicar(error).frase, "bad")

    def _tocadas(self, tablas: frozenset[str]) -> None:
        if CajaAsignacion.__tablename__ in tablas:
            self.leer()

    def asignar(self) -> None:
        """Ask what to write, beginning with the row that is chosen."""
        if self._datos is None:
            return
        self.dialogo = AssignDialog(self._servicios, self._datos, self._elegida(), self)
        self.dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.dialogo.accepted.connect(self._asignada)
        self.dialogo.open()

    def _asignada(self) -> None:
        if self.dialogo is not None:
            self._servicios.avisar(self.dialogo.hecho, "ok")
            self.dialogo = None
