"""The tesorero's page of opening debts: the loads that wait, their control totals, and the answer to each."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.cargas import CONFIRMADA, EN_ESPERA, RECHAZADA, Carga, CargaEvento
from lerdo_desk.hacienda.modelos import Cargo
from lerdo_desk.modules.predial import service
from lerdo_desk.modules.predial.service.confirmacion import (
    CargaEnLista,
    Cargas,
    CargaVista,
    Confirmacion,
    Confirmada,
    Rechazo,
    TotalVisto,
    UnaCarga,
)
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Amount, Card, columna, fila
from lerdo_desk.ui.columns import Column, Fila, TonoCelda
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import ElidedLabel, Label
from lerdo_desk.ui.messages import Note, Tono, explicar
from lerdo_desk.ui.pages import Page, Servicios
from lerdo_desk.ui.progress import ProgressPanel
from lerdo_desk.ui.table import Table, TableFooter
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

ESTADOS = {EN_ESPERA: "Espera", CONFIRMADA: "Confirmada", RECHAZADA: "Rechazada"}
_ASPECTO: dict[str, tuple[TonoCelda, str]] = {
    "Espera": ("warn", "clock"),
    "Confirmada": ("ok", "circle-check"),
    "Rechazada": ("muted", "ban"),
}
_ESTADO, _ID = 0, 6
"""Places in a row of the list; the id travels after the columns."""

_CARGAS = (
    Column(
        "estado",
        "Estado",
        ancho=140,
        tono=lambda f: _ASPECTO[f[_ESTADO]][0],
        icono=lambda f: _ASPECTO[f[_ESTADO]][1],
    ),
    Column("archivo", "Archivo", estira=True, peso="medium"),
    Column("cargada", "Cargada", ancho=150),
    Column("quien", "Por", ancho=230),
    Column("adeudos", "Adeudos", "entero", ancho=110),
    Column("importe", "Importe", "dinero", ancho=160),
)
_DIFERENCIA = 4
_TOTALES = (
    Column("ejercicio", "Ejercicio", ancho=120, peso="medium"),
    Column("adeudos", "Adeudos", "entero", ancho=130),
    Column("importe", "Importe", "dinero", ancho=180),
    Column("en_filas", "Suma de los renglones", "dinero", ancho=200),
    Column(
        "diferencia",
        "Diferencias",
        estira=True,
        tono=lambda f: "bad" if f[_DIFERENCIA] != "Ninguna" else "muted",
        icono=lambda f: "alert-triangle" if f[_DIFERENCIA] != "Ninguna" else "",
    ),
)


def hora(cuando: datetime) -> str:
    """Write an instant of the municipality: ``22/11/2026 14:05``."""
    return f"{fecha_corta(cuando.date())} {cuando:%H:%M}"


def diferencia(t: TotalVisto) -> str:
    """Say in words what differs in one ejercicio."""
    dichas = []
    if (t.adeudos, t.importe) != (t.en_filas, t.importe_en_filas):
        dichas.append(f"los renglones suman {t.en_filas:,} adeudos")
    if t.ya:
        dichas.append(f"{t.ya:,} ya tiene{'' if t.ya == 1 else 'n'} cargo de ese año")
    return "; ".join(dichas) or "Ninguna"


class ConfirmDialog(FittedDialog):
    """Says once more how many debts of which file will be charged, and their sum."""

    def __init__(self, carga: CargaVista, parent: QWidget) -> None:
        super().__init__("Confirmar", parent)
        vista = carga.carga
        self.caja.addWidget(Label("Confirmar los adeudos", "heading"))
        self.caja.addWidget(Label(vista.archivo, "body", "muted").en_parrafo())
        self.caja.addLayout(
            fila(
                Amount("Adeudos", f"{carga.adeudos:,}"),
                Amount("Importe", formato(vista.importe)),
                1,
                separacion=M.xxl,
            )
        )
        aviso = "Cada cuenta los deberá desde este momento, con los recargos de la ley; no se deshace."
        self.caja.addWidget(Note(aviso, "warn"))
        self.boton = Button("Confirmar", "primary", tecla="Enter")
        self.botones(self.boton)
        self.boton.clicked.connect(self.accept)
        self.boton.setFocus()


class RejectDialog(FittedDialog):
    """Asks what must be mended in a load that is sent back."""

    def __init__(self, servicios: Servicios, carga: CargaEnLista, parent: QWidget) -> None:
        super().__init__("Rechazar", parent)
        self._servicios, self._carga = servicios, carga
        self.nota = TextField(largo=300)
        ayuda = f"Lo leerá {carga.quien} cuando vuelva a elegir el archivo."
        self.form = Form({"nota": Field("&Qué debe corregirse", self.nota, ayuda=ayuda)})
        self.boton = Button("Rechazar", "primary", tecla="Enter")
        self.caja.addWidget(Label("Rechazar la carga", "heading"))
        self.caja.addWidget(Label(carga.archivo, "body", "muted").en_parrafo())
        self.caja.addWidget(self.form)
        self.botones(self.boton)
        self.boton.clicked.connect(self._enviar)
        self.nota.setFocus()

    def _enviar(self) -> None:
        self.form.limpiar()
        self._ocupar(True)
        orden = Rechazo(self._carga.id, self.nota.valor())
        self._servicios.jobs.escribir(service.rechazar_carga, orden, self._listo, self._fallo)

    def _listo(self, _nada: None) -> None:
        self._ocupar(False)
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self._ocupar(False)
        self.form.mostrar_error(error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase))

    def _ocupar(self, si: bool) -> None:
        self.form.setEnabled(not si)
        if si:
            self.boton.ocupar("Rechazando…")
        else:
            self.boton.desocupar()

    def reject(self) -> None:
        """Go back, unless it is being written."""
        if self.form.isEnabled():
            super().reject()


class OpeningsPage(Page):
    """Lists loads of opening debts above and the totals of the chosen one below; F12 confirms it."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios = servicios
        self._cargas: tuple[CargaEnLista, ...] = ()
        self._vista: CargaVista | None = None
        self.ocupada = False
        self.dialogo: FittedDialog | None = None
        self.acciones: ActionSet = ActionSet(
            self,
            servicios.runner,
            (
                Action("confirmar", "Confirmar", "checks", "F12", service.confirmar_carga, self.confirmar),
                Action("rechazar", "Rechazar", "ban", "F9", service.rechazar_carga, self.rechazar),
                Action("actualizar", "Actualizar", "refresh", "F5", service.cargas_de_adeudos, self.leer),
            ),
        )
        self.lista = Table(_CARGAS, nombre="Cargas de adeudos anteriores", nombre_de_fila=lambda f: str(f[1]))
        self.totales = Table(_TOTALES, nombre="Totales por ejercicio")
        self.pie, self.pie_totales = TableFooter(), TableFooter()
        self.titulo, self.detalle = ElidedLabel("", "title"), ElidedLabel("", "caption", "muted")
        self.nota, self.resultado, self.avance = Note("", "warn"), Note("", "ok"), ProgressPanel()
        self._componer()
        self.lista.elegida.connect(self._elegida)
        servicios.jobs.tocadas.connect(self._tocadas)
        self._encender()

    def _componer(self) -> None:
        arriba = Card(pegada=True)
        explica = "Los carga el capturista; Tesorería compara los totales con los del sistema anterior."
        cabeza = columna(
            Label("Adeudos anteriores", "title"), Label(explica, "caption", "muted"), separacion=0
        )
        cabeza.setContentsMargins(*(tema().px(m) for m in (M.l, M.m, M.l, M.m)))
        arriba.caja.addLayout(cabeza)
        arriba.caja.addWidget(self.lista, 1)
        arriba.caja.addWidget(self.pie)
        abajo = Card(pegada=True)
        titulos = fila(separacion=M.m)
        titulos.addLayout(columna(self.titulo, self.detalle, separacion=M.linea), 1)
        titulos.addWidget(self.acciones.boton("rechazar"))
        titulos.addWidget(self.acciones.boton("confirmar", "primary"))
        avisos = columna(self.resultado, self.nota, self.avance)
        for caja in (titulos, avisos):
            caja.setContentsMargins(*(tema().px(m) for m in (M.l, M.s, M.l, M.xs)))
            abajo.caja.addLayout(caja)
        abajo.caja.addWidget(self.totales, 1)
        abajo.caja.addWidget(self.pie_totales)
        entera = columna(separacion=M.m, margen=M.l)
        entera.addWidget(arriba, 2)
        entera.addWidget(abajo, 3)
        self.setLayout(entera)

    def al_entrar(self) -> None:
        """Read the list, with the focus on it."""
        self.lista.setFocus(Qt.FocusReason.OtherFocusReason)
        self.leer()

    def leer(self) -> None:
        """Ask again what waits."""
        self._servicios.jobs.leer(
            service.cargas_de_adeudos, Cargas(), self._mostrar, self._fallo, clave="predial.cargas"
        )

    def _mostrar(self, cargas: tuple[CargaEnLista, ...]) -> None:
        actual = self.lista.actual()
        self._cargas = cargas
        self.lista.poner([self._fila(c) for c in cargas])
        esperan = sum(c.estado == EN_ESPERA for c in cargas)
        una = "carga espera" if esperan == 1 else "cargas esperan"
        self.pie.poner(f"{esperan} {una} su confirmación" if cargas else "Todavía no hay cargas de adeudos")
        if not cargas:
            self._vista = None
            self._pintar()
            return
        ids = [c.id for c in cargas]
        self.lista.elegir(ids.index(actual[_ID]) if actual is not None and actual[_ID] in ids else 0)

    @staticmethod
    def _fila(c: CargaEnLista) -> Fila:
        return ESTADOS[c.estado], c.archivo, hora(c.creado), c.quien, c.aceptadas, c.importe, c.id

    def _elegida(self, elegida: Fila | None) -> None:
        """Ask for the totals of another load."""
        if elegida is None:
            return
        self._vista = None
        self._encender()
        self._servicios.jobs.leer(
            service.ver_carga, UnaCarga(elegida[_ID]), self._ver, self._fallo, clave="predial.carga"
        )

    def _ver(self, vista: CargaVista) -> None:
        self._vista = vista
        self._pintar()

    def _pintar(self) -> None:
        vista = self._vista
        self._encender()
        if vista is None:
            self.titulo.poner("Sin cargas")
            self.detalle.poner("")
            self.totales.poner([])
            self.pie_totales.poner("")
            return
        c = vista.carga
        self.titulo.poner(c.archivo)
        self.detalle.poner(
            f"{c.leidas:,} renglones leídos · {c.aceptadas:,} aceptados · {c.devueltas:,} devueltos · "
            f"huella {c.digesto[:12]}"
        )
        self.totales.poner(
            [(t.ejercicio, t.adeudos, t.importe, t.importe_en_filas, diferencia(t)) for t in vista.totales]
        )
        self.pie_totales.poner(
            f"{len(vista.totales)} ejercicios",
            (("Adeudos", f"{vista.adeudos:,}"), ("Importe", formato(c.importe))),
        )
        self.nota.poner(*self._aviso(vista))

    @staticmethod
    def _aviso(vista: CargaVista) -> tuple[str, Tono]:
        """Say how a load stands: who answered it, or why it cannot be confirmed."""
        c = vista.carga
        if c.estado != EN_ESPERA:
            cuando = f" el {hora(c.resuelta)}" if c.resuelta else ""
            nota = f": «{c.nota}»" if c.nota else ""
            return f"{ESTADOS[c.estado]} por {c.resolvio}{cuando}{nota}.", "info"
        if not vista.cuadra:
            return (
                "Los totales no cuadran con lo que hay ahora; rechace la carga para que se corrija.",
                "warn",
            )
        return "", "info"

    def _encender(self) -> None:
        """Enable both answers only for a load that waits and that somebody else made."""
        vista = self._vista
        motivo = ""
        if self.ocupada:
            motivo = "Se está confirmando"
        elif vista is None:
            motivo = "Elija una carga"
        elif vista.carga.estado != EN_ESPERA:
            motivo = "Esta carga ya se resolvió"
        elif vista.propia:
            motivo = "La confirma otra persona, no quien la cargó"
        self.acciones.habilitar("rechazar", not motivo, motivo)
        if not motivo and vista is not None and not vista.cuadra:
            motivo = "Los totales no cuadran"
        self.acciones.habilitar("confirmar", not motivo, motivo)

    def confirmar(self) -> None:
        """Ask once more, with the count and the sum."""
        if self._vista is not None and not self.ocupada:
            self._abrir(ConfirmDialog(self._vista, self), self._confirmada)

    def rechazar(self) -> None:
        """Ask what must be mended."""
        if self._vista is not None and not self.ocupada:
            self._abrir(RejectDialog(self._servicios, self._vista.carga, self), self._rechazada)

    def _abrir(self, dialogo: FittedDialog, al_aceptar: object) -> None:
        dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogo.accepted.connect(al_aceptar)
        self.dialogo = dialogo
        dialogo.open()

    def _confirmada(self) -> None:
        vista = self._vista
        if vista is None or self.ocupada:
            return
        self.ocupada = True
        self.resultado.poner("", "ok")
        self._encender()
        orden = Confirmacion(vista.carga.id, vista.adeudos, vista.carga.importe)
        job = self._servicios.jobs.escribir(
            service.confirmar_carga, orden, self._escrita, self._sin_escribir, avance=self.avance.avanzar
        )
        self.avance.seguir(job, "Escribiendo cargos")

    def _escrita(self, hecho: Confirmada) -> None:
        self.ocupada = False
        self.resultado.poner(f"Se escribieron {hecho.cargos:,} adeudos por {formato(hecho.importe)}.", "ok")
        self._encender()

    def _sin_escribir(self, error: Exception) -> None:
        self.ocupada = False
        dicho = explicar(error)
        self.resultado.poner(dicho.frase, dicho.tono)
        self.leer()

    def _rechazada(self) -> None:
        self._servicios.avisar("La carga se rechazó; nadie debe nada de ella.", "ok")

    def _fallo(self, error: Exception) -> None:
        self.nota.poner(explicar(error).frase, "bad")

    def _tocadas(self, tablas: frozenset[str]) -> None:
        if tablas & {Carga.__tablename__, CargaEvento.__tablename__, Cargo.__tablename__}:
            self.leer()
