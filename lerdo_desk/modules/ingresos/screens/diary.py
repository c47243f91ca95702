"""The page of the diario de ingresos: a range of days, the same money in six ways, PDF and spreadsheet."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.entrada import fecha
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.diario import Diario, TablaDelDiario
from lerdo_desk.hacienda.modelos import Recibo
from lerdo_desk.hacienda.modelos_ingresos import DiaEvento
from lerdo_desk.modules.ingresos import service
from lerdo_desk.modules.ingresos.screens.papers import RELACION, Papers
from lerdo_desk.reports import diario as papel
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Amount, Card, EmptyState, columna, fila
from lerdo_desk.ui.columns import Column, Fila
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Page, Servicios
from lerdo_desk.ui.segmented import Segmented
from lerdo_desk.ui.table import Table, TableFooter
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_VISTAS = (
    ("cri", "&CRI"),
    ("concepto", "C&oncepto"),
    ("direccion", "&Dirección"),
    ("caja", "C&aja"),
    ("forma", "&Forma de pago"),
    ("ente", "&Ente"),
)
"""Ways of looking, in the order of the diario's tables."""

_COLUMNAS = (
    Column("clave", "Clave", ancho=120, tono="muted"),
    Column("nombre", "Nombre", estira=True, peso="medium"),
    Column("cobrado", "Cobrado", "dinero", ancho=160),
    Column("cancelado", "Cancelado o devuelto", "dinero", ancho=180),
    Column("neto", "Neto", "dinero", ancho=160, peso="name"),
)


class DiaryPage(Page):
    """Shows the diario of some days; Ctrl+P prints it, Ctrl+E writes the spreadsheet."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios = servicios
        self._hoy: date | None = None
        self.diario: Diario | None = None
        self._papeles = Papers(servicios, self)
        ver = service.ver_diario
        self.acciones: ActionSet = ActionSet(
            self,
            servicios.runner,
            (
                Action("ver", "Ver diario", "chart-bar", "F12", ver, self.leer),
                Action("imprimir", "Imprimir", "printer", "Ctrl+P", ver, self.imprimir),
                Action("exportar", "Hoja de cálculo", "table-export", "Ctrl+E", ver, self.exportar),
                Action("actualizar", "Actualizar", "refresh", "F5", ver, self.leer),
            ),
        )
        self.desde, self.hasta = TextField(largo=10), TextField(largo=10)
        self.form = Form({})
        self.vista = Segmented("Ver por", _VISTAS)
        self.tabla = Table(_COLUMNAS, nombre="Diario de ingresos", nombre_de_fila=lambda f: f"{f[0]} {f[1]}")
        self.vacio = EmptyState("chart-bar", "Sin ingresos", "En esos días no se selló ningún recibo.")
        self.pie, self.nota = TableFooter(), Note("", "info")
        self.cobrado, self.cancelado = Amount("Cobrado"), Amount("Cancelado o devuelto")
        self.neto = Amount("Ingreso neto", rol="heading")
        self._pila = QStackedWidget()
        self._componer()
        self._conectar()
        self._encender()

    def _componer(self) -> None:
        margen, alto = tema().px(M.l), tema().px(M.m)
        campos = {"desde": Field("Des&de", self.desde), "hasta": Field("&Hasta", self.hasta)}
        self.form.campos.update(campos)
        arriba = fila(separacion=M.m)
        for campo in campos.values():
            campo.setMaximumWidth(tema().px(M.columna + M.xxl + M.xl))
            arriba.addWidget(campo, 1)
        arriba.addWidget(self.acciones.boton("ver", "primary"), 0, Qt.AlignmentFlag.AlignBottom)
        for nombre, dias in (("Hoy", 0), ("Últimos 7 días", 6), ("Este &mes", None)):
            boton = Button(nombre, "ghost")
            boton.clicked.connect(partial(self._atajo, dias))
            arriba.addWidget(boton, 0, Qt.AlignmentFlag.AlignBottom)
        arriba.addStretch(1)
        for clave in ("imprimir", "exportar"):
            arriba.addWidget(self.acciones.boton(clave), 0, Qt.AlignmentFlag.AlignBottom)
        sumas = fila(self.cobrado, self.cancelado, self.neto, 1, separacion=M.xxl)
        datos = columna(separacion=M.m)
        datos.addLayout(arriba)
        for parte in (self.form, self.nota):
            datos.addWidget(parte)
        datos.addLayout(sumas)
        datos.addWidget(self.vista)
        datos.setContentsMargins(margen, alto, margen, alto)
        for capa in (self.tabla, self.vacio):
            self._pila.addWidget(capa)
        tarjeta = Card(pegada=True)
        tarjeta.caja.addLayout(datos)
        tarjeta.caja.addWidget(self._pila, 1)
        tarjeta.caja.addWidget(self.pie)
        self.setLayout(columna(tarjeta, margen=M.l))

    def _conectar(self) -> None:
        self.vista.elegido.connect(lambda _clave: self._tabla())
        self._servicios.jobs.tocadas.connect(self._tocadas)

    def al_entrar(self) -> None:
        """Begin with today, with the focus on the first day."""
        self.desde.setFocus(Qt.FocusReason.OtherFocusReason)
        self.leer()

    def _atajo(self, dias: int | None) -> None:
        if self._hoy is not None:
            desde = self._hoy.replace(day=1) if dias is None else self._hoy - timedelta(days=dias)
            self.desde.setText(fecha_corta(desde))
            self.hasta.setText(fecha_corta(self._hoy))
            self.leer()

    def leer(self) -> None:
        """Read the days that are written; at first, today's."""
        self.form.limpiar()
        try:
            orden = self._orden()
        except ErrorDeUso as error:
            self.form.mostrar_error(error)
            return
        self._servicios.jobs.leer(
            service.ver_diario, orden, self._mostrar, self._fallo, clave="ingresos.diario"
        )

    def _orden(self) -> service.DelDiario:
        if self._hoy is None:
            return service.DelDiario()
        desde = fecha(self.desde.valor(), self._hoy, campo="desde")
        return service.DelDiario(desde, fecha(self.hasta.valor(), self._hoy, campo="hasta"))

    def _mostrar(self, diario: Diario) -> None:
        self.diario = diario
        if self._hoy is None:
            self._hoy = diario.rango.hasta
            self.desde.setText(fecha_corta(self._hoy))
            self.hasta.setText(fecha_corta(self._hoy))
        total = diario.total
        self.cobrado.poner(formato(total.cobrado))
        self.cancelado.poner(formato(total.cancelado))
        self.neto.poner(formato(total.neto))
        todos = all(e.cerrado for e in diario.estados)
        self.nota.poner(papel.dias_en_palabras(diario), "ok" if todos else "info")
        self._tabla()
        self._encender()

    def _actual(self) -> TablaDelDiario | None:
        if self.diario is None:
            return None
        return self.diario.tablas[[clave for clave, _ in _VISTAS].index(self.vista.clave())]

    def _tabla(self) -> None:
        """Show one of the ways of looking; all of them add up to the same."""
        una = self._actual()
        if una is None or self.diario is None:
            return
        filas: list[Fila] = [(f.clave, f.nombre, f.cobrado, f.cancelado, f.neto) for f in una.filas]
        self.tabla.poner(filas)
        self._pila.setCurrentWidget(self.tabla if filas else self.vacio)
        if filas:
            self.tabla.elegir(0)
        cuantos = f"{self.diario.recibos:,} recibo{'' if self.diario.recibos == 1 else 's'}"
        if self.diario.reversas:
            cuantos += f", {self.diario.reversas:,} cancelado{'' if self.diario.reversas == 1 else 's'}"
        suma = una.suma
        self.pie.poner(
            cuantos,
            (
                ("Cobrado", formato(suma.cobrado)),
                ("Cancelado o devuelto", formato(suma.cancelado)),
                ("Neto", formato(suma.neto)),
            ),
        )

    def _encender(self) -> None:
        for clave in ("imprimir", "exportar"):
            self.acciones.habilitar(clave, self.diario is not None, "Espere a que se lea el diario")

    def imprimir(self) -> None:
        """Print the diario that is shown."""
        if self.diario is not None:
            self._papeles.imprimir(
                RELACION, papel.nombre_de(self.diario), partial(papel.dibujar, self.diario)
            )

    def exportar(self) -> None:
        """Write the diario that is shown as a spreadsheet."""
        if self.diario is not None:
            trabajo = partial(papel.hoja_de_calculo, self.diario)
            self._papeles.guardar_hoja(papel.nombre_de(self.diario), trabajo)

    def _fallo(self, error: Exception) -> None:
        self.form.mostrar_error(error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase))

    def _tocadas(self, tablas: frozenset[str]) -> None:
        if tablas & {Recibo.__tablename__, DiaEvento.__tablename__} and self.diario is not None:
            self.leer()
