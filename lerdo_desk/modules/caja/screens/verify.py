"""«Turnos y cortes»: every till's turnos with their step, one looked at, and its verification."""

from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Fila
from lerdo_desk.hacienda import cortes
from lerdo_desk.hacienda.documentos import CorteSellado
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.closing import veredicto
from lerdo_desk.modules.caja.screens.done import PaperLine
from lerdo_desk.modules.caja.screens.paper import CortePaper
from lerdo_desk.modules.caja.screens.x_report import XReportDialog
from lerdo_desk.ui.actions import Action
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Amount, Card, columna, fila
from lerdo_desk.ui.columns import TonoCelda
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.listing import Aspecto, Casos, ListPage, Opciones
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_TONOS: dict[str, TonoCelda] = {
    cortes.ABIERTO: "info",
    cortes.CONTADO: "info",
    cortes.SIN_VERIFICAR: "warn",
    cortes.VERIFICADO: "ok",
    cortes.ENTREGADO: "ok",
    cortes.RECIBIDO: "ok",
}
_ICONOS = {
    cortes.ABIERTO: "lock-open",
    cortes.CONTADO: "clock",
    cortes.SIN_VERIFICAR: "alert-triangle",
    cortes.VERIFICADO: "check",
    cortes.ENTREGADO: "checks",
    cortes.RECIBIDO: "circle-check",
}


def _tono_de_diferencia(valor: object) -> TonoCelda:
    if not isinstance(valor, Decimal) or not valor:
        return "muted"
    return "warn" if valor > 0 else "bad"


class CortesPage(ListPage):
    """Lists turnos; Enter and F12 open the one chosen, where F12 again verifies it."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__(
            servicios,
            service.LISTA.descripcion(),
            Casos(service.ver_cortes, service.cortes_enteros),
            Opciones(
                acciones=(Action("revisar", "Revisar", "eye", "F12", service.ver_corte, self.revisar),),
                explicacion="Cada corte lo verifica una persona distinta de quien lo hizo.",
                aspectos={
                    "paso": Aspecto(
                        tono=lambda v: _TONOS.get(str(v), "text"), icono=lambda v: _ICONOS.get(str(v), "")
                    ),
                    "diferencia": Aspecto(tono=_tono_de_diferencia),
                    "caja": Aspecto(peso="medium"),
                },
                vacio=("Todavía no hay turnos", "Aparecen aquí en cuanto alguien abre una caja."),
            ),
        )
        self.dialogo: CorteDialog | XReportDialog | None = None
        self.abierta.connect(self._abrir)

    def revisar(self) -> None:
        """Open the turno of the current row."""
        actual = self.actual()
        if actual is not None:
            self._abrir(actual)

    def _abrir(self, renglon: Fila) -> None:
        orden = service.TurnoVisto(str(renglon[-1]))
        self.servicios.jobs.leer(
            service.ver_corte, orden, self._mostrar, self.servicios.error, clave="caja.ver_corte"
        )

    def _mostrar(self, visto: service.CorteVisto) -> None:
        if visto.abierto is not None:
            self.dialogo = XReportDialog(self.servicios, visto.abierto, self)
        elif visto.corte is not None:
            self.dialogo = CorteDialog(self.servicios, visto, visto.corte, self)
            self.dialogo.verificado.connect(self._verificado)
        if self.dialogo is not None:
            self.dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.dialogo.open()

    def _verificado(self, frase: str) -> None:
        self.servicios.avisar(frase, "ok")
        self.leer()


class CorteDialog(FittedDialog):
    """One corte: figures, difference, what was cancelled, who signed; F12 verifies it."""

    verificado = Signal(str)

    def __init__(
        self, servicios: Servicios, visto: service.CorteVisto, corte: CorteSellado, parent: QWidget
    ) -> None:
        super().__init__("Verificar corte", parent)
        self._servicios, self._visto, self._corte = servicios, visto, corte
        self.papel = CortePaper(servicios, self)
        self.nota = TextField(largo=120)
        self.campo = Field("&Nota", self.nota, ayuda="Opcional: lo que encontró al revisarlo.")
        self.form = Form({"nota": self.campo})
        self.boton = Button("Verificar corte", "primary", tecla="F12")
        self.boton.setShortcut("F12")
        self.boton.clicked.connect(self.verificar)
        self._imprimir = Button("&Imprimir", "normal", icono="printer")
        self._imprimir.clicked.connect(self._mandar)
        self.linea = PaperLine(self.papel)
        self._componer()
        (self.nota if self._pendiente() else self._imprimir).setFocus()

    def _pendiente(self) -> bool:
        puede = self._servicios.runner.puede(service.verificar_corte)
        return puede and self._visto.paso == cortes.SIN_VERIFICAR and not self._visto.propio

    def _componer(self) -> None:
        c = self._corte
        self.setMinimumWidth(tema().px(M.dialogo + M.columna * 2))
        cobros = sum(r.total >= 0 for r in c.recibos)
        quien = f"{c.cajero} · {_momento(c)} · {cobros} recibo{'' if cobros == 1 else 's'}"
        self.caja.addWidget(Label(f"Corte {c.numero} de {c.caja}", "heading"))
        self.caja.addWidget(Label(quien, "body", "muted").en_parrafo())
        self.caja.addWidget(self._cifras())
        for frase in _detalles(c):
            self.caja.addWidget(Label(frase, "body").en_parrafo())
        for paso in self._visto.pasos:
            cuando = f"{fecha_corta(paso.hora)} {paso.hora:%H:%M}"
            nota = f" {paso.nota}" if paso.nota else ""
            self.caja.addWidget(
                Label(f"{paso.paso}: {paso.quien}, {cuando}.{nota}", "body", "muted").en_parrafo()
            )
        aviso = Note("", "info")
        self.caja.addWidget(aviso)
        self.caja.addWidget(self.form)
        self.caja.addWidget(self.linea)
        self.linea.hide()
        pendiente = self._pendiente()
        self.form.setVisible(pendiente)
        self.botones(self.boton if pendiente else None, self._imprimir)
        self.boton.setVisible(pendiente)
        if self._visto.propio and self._visto.paso == cortes.SIN_VERIFICAR:
            aviso.poner("Este corte es suyo: debe verificarlo otra persona.", "info")

    def _cifras(self) -> Card:
        c = self._corte
        palabra, tono = veredicto(c.diferencia)
        diferencia = Amount(palabra.capitalize(), "", "heading")
        diferencia.poner(formato(c.diferencia), tono=tono)
        retirado = Amount("Retirado", formato(c.retiros), "heading")
        tarjeta = Card(clase="inset")
        partes = (
            Amount("Fondo", formato(c.fondo), "heading"),
            Amount("Esperado", formato(c.esperado), "heading"),
            Amount("Contado", formato(c.contado), "heading"),
            *((retirado,) if c.retiros else ()),
            diferencia,
        )
        tarjeta.caja.addLayout(fila(*partes, 1, separacion=M.xl))
        formas = columna(separacion=M.xs)
        for forma in c.por_forma:
            formas.addLayout(fila(Label(forma.nombre, "body"), 1, Label(formato(forma.importe), "amount")))
        tarjeta.caja.addLayout(formas)
        return tarjeta

    def _mandar(self) -> None:
        self.linea.show()
        self.papel.nuevo(self._corte)

    def verificar(self) -> None:
        """Sign that the corte was checked."""
        if not self.boton.isEnabled():
            return
        self.form.limpiar()
        self._ocupar(True)
        orden = service.Verificacion(self._visto.turno_id, self.nota.valor())
        self._servicios.jobs.escribir(service.verificar_corte, orden, self._listo, self._fallo)

    def _listo(self, visto: service.CorteVisto) -> None:
        self._ocupar(False)
        self.accept()
        self.verificado.emit(f"Corte {self._corte.numero} de {self._corte.caja} verificado.")

    def _fallo(self, error: Exception) -> None:
        self._ocupar(False)
        self.form.mostrar_error(error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase))

    def _ocupar(self, si: bool) -> None:
        self.form.setEnabled(not si)
        if si:
            self.boton.ocupar("Firmando…")
        else:
            self.boton.desocupar()


def _momento(corte: CorteSellado) -> str:
    return f"cerrado el {fecha_corta(corte.cerrado)} {corte.cerrado:%H:%M}"


def _detalles(c: CorteSellado) -> list[str]:
    """Say in words what a verifier looks for: the reason, recounts, drops, what was cancelled or bounced."""
    frases = [f"Motivo de la diferencia: {c.motivo}"] if c.motivo else []
    if len(c.conteos) > 1:
        conteos = ", ".join(f"{t.vez}.º {formato(t.total)}" for t in c.conteos)
        frases.append(f"Se contó {len(c.conteos)} veces: {conteos}.")
    frases += [
        f"Retiro {r.n} de {formato(r.importe)}, bolsa {r.bolsa}, lo recibió {r.recibe}."
        for r in c.retiros_hechos
    ]
    frases += [f"Cancelado: {d.recibo} ({formato(d.importe)}), con {d.reversa}." for d in c.cancelados]
    frases += [f"Cheque devuelto: {d.recibo} ({formato(d.importe)}), con {d.reversa}." for d in c.devueltos]
    if len(c.por_fecha) > 1:
        dias = ", ".join(f"{fecha_corta(t.fecha)} {formato(t.importe)}" for t in c.por_fecha)
        frases.append(f"Por fecha: {dias}.")
    return frases
