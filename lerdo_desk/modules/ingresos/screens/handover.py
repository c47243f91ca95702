"""The page of hand-overs: what each corte gives to Tesorería, who gives it, who receives it, and the act."""

from collections.abc import Callable
from functools import partial

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import Cancelado
from lerdo_desk.base.listas import Fila
from lerdo_desk.hacienda.cortes import ENTREGADO, RECIBIDO, SIN_VERIFICAR, VERIFICADO
from lerdo_desk.hacienda.documentos import ActaDeEntrega
from lerdo_desk.modules.ingresos import service
from lerdo_desk.modules.ingresos.screens.act import ActDialog, bolsa_en_palabras, total_de
from lerdo_desk.modules.ingresos.screens.papers import ACTA, Papers
from lerdo_desk.reports import entrega as papel
from lerdo_desk.ui.actions import Action
from lerdo_desk.ui.columns import TonoCelda
from lerdo_desk.ui.listing import Aspecto, Casos, ListPage, Opciones
from lerdo_desk.ui.pages import Servicios

_ASPECTO: dict[str, tuple[TonoCelda, str]] = {
    SIN_VERIFICAR: ("warn", "alert-triangle"),
    VERIFICADO: ("info", "clock"),
    ENTREGADO: ("info", "wallet"),
    RECIBIDO: ("ok", "circle-check"),
}
_EXPLICACION = (
    "El dinero de cada corte verificado se entrega con bolsa y sello, y Tesorería firma que lo recibe."
)
_VACIO = (
    "Todavía no hay cortes",
    "Cuando una caja haga su corte y se verifique, aparece aquí para entregarlo.",
)


class HandoverPage(ListPage):
    """Lists the cortes on their way; F12 hands the chosen one over, or receives it, by profile."""

    def __init__(self, servicios: Servicios) -> None:
        self._papeles: Papers | None = None
        self.dialogo: ActDialog | None = None
        entregar = Action("entregar", "Entregar", "wallet", "F12", service.entregar_corte, self.entregar)
        recibir = Action("recibir", "Recibir", "user-check", "F12", service.recibir_corte, self.recibir)
        acta = Action(
            "acta", "Imprimir acta", "printer", "Ctrl+P", service.acta_de_entrega, self.imprimir_acta
        )
        # The button of the one who may is the primary one; both stand on F12, and nobody has both.
        suyas = (recibir, entregar) if servicios.runner.puede(service.recibir_corte) else (entregar, recibir)
        super().__init__(
            servicios,
            service.ENTREGAS.descripcion(),
            Casos(service.ver_entregas, service.ver_entregas_enteras),
            Opciones(
                acciones=(*suyas, acta),
                aspectos={
                    "paso": Aspecto(tono=lambda v: _ASPECTO[v][0], icono=lambda v: _ASPECTO[v][1]),
                    "caja": Aspecto(peso="medium"),
                },
                vacio=_VACIO,
                explicacion=_EXPLICACION,
            ),
        )
        self._papeles = Papers(servicios, self)
        self.elegida.connect(self._encender)
        self.abierta.connect(lambda _fila: self._principal())
        self._encender(None)

    def _encender(self, fila: Fila | None) -> None:
        """Enable what the chosen corte waits for, and say why the rest is not possible."""
        paso = None if fila is None else self.valor(fila, "paso")
        nada = "Elija un corte de la lista" if fila is None else ""
        motivos = {
            "entregar": "" if paso in (None, VERIFICADO) else "Sólo se entrega un corte verificado",
            "recibir": "" if paso in (None, ENTREGADO) else "Sólo se recibe un corte entregado",
            "acta": "",
        }
        for clave, motivo in motivos.items():
            self.acciones.habilitar(clave, not (nada or motivo), nada or motivo)

    def _principal(self) -> None:
        """Do what the chosen corte waits for, or print its act when it waits for nothing of this person."""
        for clave in ("recibir", "entregar", "acta"):
            if self.acciones[clave].isEnabled():
                self.acciones[clave].trigger()
                return

    def entregar(self) -> None:
        """Show what the chosen corte hands over, and ask for its bag and seal."""
        self._con_acta(partial(self._abrir, True))

    def recibir(self) -> None:
        """Show what was handed over, and ask whether it is received."""
        self._con_acta(partial(self._abrir, False))

    def imprimir_acta(self) -> None:
        """Print the act of the chosen corte as it stands."""
        self._con_acta(lambda _turno, acta: self._imprimir(acta))

    def _con_acta(self, hacer: Callable[[str, ActaDeEntrega], None]) -> None:
        fila = self.actual()
        if fila is None:
            return
        turno = str(fila[-1])
        self.servicios.jobs.leer(
            service.acta_de_entrega,
            service.UnActa(turno),
            lambda acta: hacer(turno, acta),
            self.servicios.error,
            clave="ingresos.acta",
        )

    def _abrir(self, da: bool, turno: str, acta: ActaDeEntrega) -> None:
        self.dialogo = ActDialog(self.servicios, turno, acta, da, self)
        self.dialogo.accepted.connect(partial(self._dado if da else self._recibido, turno))
        self.dialogo.open()

    def _dado(self, turno: str) -> None:
        """Ask Tesorería to sign on the spot; without it the corte waits on their list."""
        acta = self._hecha()
        if acta is None:
            return
        lineas = (
            f"Corte {acta.corte}, de {acta.cajero}.",
            f"Entrega {acta.entrega}: {formato(total_de(acta))}. {bolsa_en_palabras(acta)}",
            *(f"{t.nombre}: {formato(t.importe)}" for t in acta.por_forma),
        )
        self.servicios.firmar(
            "Recibir el dinero del corte",
            lineas,
            service.recibir_corte,
            service.Recepcion(turno),
            self._firmado,
            self._sin_firma,
        )

    def _hecha(self) -> ActaDeEntrega | None:
        dialogo, self.dialogo = self.dialogo, None
        if dialogo is None:
            return None
        dialogo.deleteLater()
        return dialogo.hecha

    def _firmado(self, acta: ActaDeEntrega) -> None:
        self.servicios.avisar(f"{acta.recibe} recibió {formato(total_de(acta))}.", "ok")
        self._imprimir(acta)

    def _sin_firma(self, error: Exception) -> None:
        if isinstance(error, Cancelado):
            self.servicios.avisar("El corte quedó entregado; falta que Tesorería lo reciba.", "warn")
        else:
            self.servicios.error(error)

    def _recibido(self, _turno: str) -> None:
        acta = self._hecha()
        if acta is not None:
            self._firmado(acta)

    def _imprimir(self, acta: ActaDeEntrega) -> None:
        if self._papeles is not None:
            self._papeles.imprimir(ACTA, f"acta-{acta.corte}", partial(papel.dibujar, acta))
