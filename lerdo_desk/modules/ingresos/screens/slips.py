"""Two lists of Tesorería: the money that no slip took yet, by its age, and every slip with what it took."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.entrada import fecha
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Fila
from lerdo_desk.hacienda.cortes import RECIBIDO
from lerdo_desk.hacienda.depositos import FichaHecha, RelacionDeFichas
from lerdo_desk.modules.ingresos import service
from lerdo_desk.modules.ingresos.screens.papers import RELACION, Papers
from lerdo_desk.reports import relacion_depositos as papel
from lerdo_desk.ui.actions import Action
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.columns import Column, TonoCelda
from lerdo_desk.ui.dialogs import Dialog
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.listing import Aspecto, Casos, ListPage, Opciones
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.table import Table
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_TARDE, _MUY_TARDE = 2, 4
"""Days after which money without a deposit is marked: one business day, and a weekend more."""

_PARTES = (
    Column("corte", "Corte", estira=True, peso="medium"),
    Column("dia", "Hecho", "fecha", ancho=100, tono="muted"),
    Column("forma", "Forma de pago", ancho=140),
    Column("importe", "Importe", "dinero", ancho=110),
)


def _tono(dias: int) -> TonoCelda:
    if dias >= _MUY_TARDE:
        return "bad"
    return "warn" if dias >= _TARDE else "text"


class UndepositedPage(ListPage):
    """Lists what no slip took yet, the oldest corte first."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__(
            servicios,
            service.SIN_DEPOSITAR.descripcion(),
            Casos(service.sin_depositar, service.sin_depositar_entero),
            Opciones(
                aspectos={
                    "dias": Aspecto(
                        peso="medium", tono=_tono, icono=lambda v: "alert-triangle" if v >= _TARDE else ""
                    ),
                    "donde": Aspecto(tono=lambda v: "ok" if v == RECIBIDO else "warn"),
                },
                vacio=("Todo está depositado", "El dinero de cada corte ya tiene su ficha."),
                explicacion="Días desde que se hizo el corte; lo más antiguo primero.",
            ),
        )


class SlipsPage(ListPage):
    """Lists the slips; Enter shows what one took, Ctrl+P prints those of some days."""

    def __init__(self, servicios: Servicios) -> None:
        relacion = Action(
            "relacion", "Imprimir relación", "printer", "Ctrl+P", service.relacion_de_fichas, self.pedir_dias
        )
        super().__init__(
            servicios,
            service.FICHAS.descripcion(),
            Casos(service.fichas, service.fichas_enteras),
            Opciones(
                acciones=(relacion,),
                aspectos={"folio": Aspecto(peso="medium")},
                vacio=("Todavía no hay fichas", "Registre la primera en «Depositar»."),
                explicacion="Enter muestra qué dinero de qué corte depositó cada ficha.",
            ),
        )
        self.dialogo: Dialog | None = None
        self._papeles = Papers(servicios, self)
        self.abierta.connect(self._abrir)

    def _abrir(self, fila: Fila) -> None:
        orden = service.UnaFicha(str(fila[-1]))
        self.servicios.jobs.leer(
            service.ficha, orden, self._mostrar, self.servicios.error, clave="ingresos.ficha"
        )

    def _mostrar(self, ficha: FichaHecha) -> None:
        self.dialogo = SlipDialog(ficha, self)
        self.dialogo.open()

    def pedir_dias(self) -> None:
        """Ask for the days whose slips are printed."""
        self.servicios.jobs.leer(
            service.cuentas_bancarias,
            service.Nada(),
            self._con_hoy,
            self.servicios.error,
            clave="ingresos.hoy",
        )

    def _con_hoy(self, cuentas: service.Cuentas) -> None:
        dialogo = RangeDialog(self.servicios, cuentas.hoy, self)
        dialogo.accepted.connect(partial(self._imprimir, dialogo))
        self.dialogo = dialogo
        dialogo.open()

    def _imprimir(self, dialogo: "RangeDialog") -> None:
        relacion = dialogo.relacion
        if relacion is not None:
            self._papeles.imprimir(RELACION, papel.nombre_de(relacion), partial(papel.dibujar, relacion))


class SlipDialog(Dialog):
    """Shows a slip and the money that it took."""

    def __init__(self, ficha: FichaHecha, parent: QWidget) -> None:
        super().__init__("Ficha de depósito", parent)
        self.setMinimumWidth(tema().px(M.login_ancho))
        que = "Cargo del banco" if ficha.importe < 0 else "Depósito"
        self.caja.addWidget(Label(f"Ficha {ficha.folio}", "heading"))
        senas = f"{ficha.cuenta} · {ficha.ente}"
        self.caja.addWidget(Label(senas, "body", "muted").en_parrafo())
        dicho = (
            f"{que} del {fecha_corta(ficha.fecha)} por {formato(ficha.importe)}; registró {ficha.registro}."
        )
        self.caja.addWidget(Label(dicho, "body").en_parrafo())
        self.tabla = Table(_PARTES, nombre="Lo que depositó la ficha")
        self.tabla.poner(tuple(ficha.partes))
        self.tabla.setMinimumHeight(tema().px(M.login_izquierda))
        self.caja.addWidget(self.tabla)
        self.botones(None, cancelar="Cerrar")
        self.tabla.setFocus()


class RangeDialog(FittedDialog):
    """Asks for the bank's days whose slips are printed; ``relacion`` is what was read."""

    def __init__(self, servicios: Servicios, hoy: date, parent: QWidget) -> None:
        super().__init__("Imprimir relación", parent)
        self._servicios, self._hoy = servicios, hoy
        self.relacion: RelacionDeFichas | None = None
        self.desde, self.hasta = (TextField(fecha_corta(hoy), largo=10) for _ in range(2))
        self.form = Form({"desde": Field("&Desde", self.desde), "hasta": Field("&Hasta", self.hasta)})
        self.boton = Button("Imprimir", "primary", tecla="Enter")
        self.caja.addWidget(Label("Relación de fichas", "heading"))
        self.caja.addWidget(Label("Por la fecha que lleva la ficha del banco.", "body", "muted"))
        self.caja.addWidget(self.form)
        self.botones(self.boton)
        self.boton.clicked.connect(self._enviar)
        self.desde.setFocus()

    def _enviar(self) -> None:
        self.form.limpiar()
        try:
            orden = service.Dias(
                fecha(self.desde.valor(), self._hoy, campo="desde"),
                fecha(self.hasta.valor(), self._hoy, campo="hasta"),
            )
        except ErrorDeUso as error:
            self.form.mostrar_error(error)
            return
        self._servicios.jobs.leer(
            service.relacion_de_fichas, orden, self._listo, self._fallo, clave="ingresos.relacion"
        )

    def _listo(self, relacion: RelacionDeFichas) -> None:
        if not relacion.fichas:
            self.form.mostrar_error(ErrorDeUso("No hay fichas de esos días; elija otros.", "desde"))
            return
        self.relacion = relacion
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self.form.mostrar_error(error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase))
