"""Requests of movements: the list of those that one may see, and one of them with its before and after."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.modules.predial import service
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import fila
from lerdo_desk.ui.columns import Column, TonoCelda
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.labels import Chip, Label, TonoChip
from lerdo_desk.ui.listing import Aspecto, Casos, ListPage, Opciones
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.table import Table
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_TONOS: dict[str, TonoCelda] = {"EN_ESPERA": "warn", "APROBADA": "ok", "RECHAZADA": "bad"}
_ICONOS = {"EN_ESPERA": "clock", "APROBADA": "circle-check", "RECHAZADA": "ban", "VENCIDA": "alert-triangle"}
_CHIPS: dict[str, TonoChip] = {"EN_ESPERA": "warn", "APROBADA": "ok", "RECHAZADA": "bad"}
_COLUMNAS = (
    Column("dato", "Dato", ancho=150, tono="muted"),
    Column("ahora", "Antes", ancho=270, tono="muted"),
    Column("propuesto", "Propuesto", estira=True, peso="name"),
)
_A_LA_VISTA = 9


def abrir_solicitud(servicios: Servicios, parent: QWidget, solicitud_id: str) -> None:
    """Read a request and open it on ``parent``."""

    def abrir(solicitud: service.SolicitudDelPadron) -> None:
        dialogo = RequestDialog(solicitud, parent)
        dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogo.open()

    pregunta = service.SolicitudPedida(solicitud_id)
    servicios.jobs.leer(service.ver_solicitud, pregunta, abrir, servicios.error)


class RequestDialog(FittedDialog):
    """What somebody asked, of which account, why, and how it stands."""

    def __init__(self, solicitud: service.SolicitudDelPadron, parent: QWidget) -> None:
        super().__init__("Solicitud del padrón", parent)
        self.setMinimumWidth(tema().px(M.login_ancho))
        estado = dict(service.DECISIONES)[solicitud.estado]
        self.caja.addLayout(
            fila(
                Label(solicitud.titulo, "heading"),
                1,
                Chip(estado, _CHIPS.get(solicitud.estado, "neutral")),
            )
        )
        dichos = [
            f"Cuenta {solicitud.clave}. La pidió {solicitud.usuario} el {fecha_corta(solicitud.creado)} "
            f"a las {solicitud.creado:%H:%M}.",
            f"Motivo: {solicitud.motivo}",
        ]
        if solicitud.firmante:
            nota = f": {solicitud.nota}" if solicitud.nota else "."
            dichos.append(f"{estado} por {solicitud.firmante}{nota}")
        elif solicitud.estado == service.EN_ESPERA:
            dichos.append(f"Vence el {fecha_corta(solicitud.vence)} a las {solicitud.vence:%H:%M}.")
        for dicho in dichos:
            self.caja.addWidget(Label(dicho, "body", "muted").en_parrafo())
        self.tabla = Table(_COLUMNAS, nombre="Datos de la solicitud")
        self.tabla.poner([(c.dato, c.ahora, c.propuesto) for c in solicitud.cambios])
        renglones = min(max(len(solicitud.cambios), 1), _A_LA_VISTA)
        self.tabla.setFixedHeight(tema().px(M.encabezado + renglones * M.fila + M.xs))
        self.caja.addWidget(self.tabla)
        cerrar = Button("Cerrar", "primary", tecla="Esc")
        cerrar.setDefault(True)
        cerrar.clicked.connect(self.accept)
        self.caja.addLayout(fila(1, cerrar))
        cerrar.setFocus()


class RequestsPage(ListPage):
    """«Solicitudes del padrón»: one's own, or everybody's for who reviews them."""

    def __init__(self, servicios: Servicios) -> None:
        todas = servicios.runner.puede(service.solicitudes_del_padron)
        casos = (
            Casos(service.solicitudes_del_padron, service.solicitudes_enteras)
            if todas
            else Casos(service.mis_solicitudes, service.mis_solicitudes_enteras)
        )
        super().__init__(
            servicios,
            service.SOLICITUDES.descripcion(),
            casos,
            Opciones(
                aspectos={
                    "acto": Aspecto(peso="medium"),
                    "estado": Aspecto(
                        tono=lambda v: _TONOS.get(v, "muted"), icono=lambda v: _ICONOS.get(v, "")
                    ),
                },
                vacio=(
                    "No hay solicitudes",
                    "Los movimientos que se pidan desde una cuenta del padrón aparecerán aquí.",
                ),
                explicacion="Cada una espera 48 horas a que otra persona la resuelva; Enter la abre.",
            ),
        )
        self.abierta.connect(lambda fila_: partial(abrir_solicitud, servicios, self)(fila_[-1]))
