"""The treasurer's page: how many accounts lack the year's charge, what it sums, and its emission."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.hacienda.modelos import Cargo
from lerdo_desk.modules.predial import service
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Amount, Card, columna, fila
from lerdo_desk.ui.dialogs import Dialog
from lerdo_desk.ui.form import Field
from lerdo_desk.ui.icons import IconView
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Page, Servicios
from lerdo_desk.ui.progress import ProgressPanel
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M


def cuentas(cuantas: int) -> str:
    """Count accounts in words: ``1 cuenta``, ``3,000 cuentas``."""
    return f"{cuantas:,} cuenta{'' if cuantas == 1 else 's'}"


def _ya_emitido(previa: service.PorEmitir) -> str:
    if not previa.emitidos:
        return f"Todavía no hay cargos de {previa.ejercicio}."
    cargos = f"{previa.emitidos:,} cargo{'' if previa.emitidos == 1 else 's'}"
    return f"Ya emitido de {previa.ejercicio}: {cargos} por {formato(previa.importe_emitido)}."


def _sin_valor(cuantas: int) -> str:
    """Warn of the accounts that are left out; empty when there is none."""
    if not cuantas:
        return ""
    una = cuantas == 1
    quedan, pida = ("queda", "la valúe") if una else ("quedan", "las valúe")
    return f"{cuentas(cuantas)} sin valor catastral {quedan} fuera; pida a Catastro que {pida}."


class ConfirmEmission(Dialog):
    """Says once more how many charges of which year, and their sum."""

    def __init__(self, previa: service.PorEmitir, parent: QWidget) -> None:
        super().__init__("Emitir", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.caja.addWidget(Label(f"Emitir el ejercicio {previa.ejercicio}", "heading"))
        fondo = Card(clase="inset")
        fondo.caja.addLayout(
            fila(
                Amount("Cargos", f"{previa.cuentas:,}", "heading"),
                1,
                Amount("Suman", formato(previa.importe), "heading", derecha=True),
            )
        )
        self.caja.addWidget(fondo)
        explicacion = (
            f"Se carga el impuesto de {previa.ejercicio} a {cuentas(previa.cuentas)}. "
            "Un cargo emitido no se borra; mientras se emite puede cancelar y no queda ninguno."
        )
        self.caja.addWidget(Label(explicacion, "body").en_parrafo())
        self.boton = Button("Emitir", "primary", tecla="Enter")
        self.boton.clicked.connect(self.accept)
        self.botones(self.boton)
        self.boton.setFocus()


class EmissionPage(Page):
    """Asks what is missing of an ejercicio and emits it, with a bar that can be stopped."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios = servicios
        self._previa: service.PorEmitir | None = None
        self.emitiendo = False
        self.acciones: ActionSet = ActionSet(
            self,
            servicios.runner,
            (
                Action("emitir", "Emitir", "player-play", "F12", service.emitir, self.emitir),
                Action(
                    "actualizar", "Actualizar", "refresh", "F5", service.vista_previa_de_emision, self.leer
                ),
            ),
        )
        self.ejercicios = QComboBox()
        self.pendientes = Amount("Cuentas sin cargo", "", "heading")
        self.importe = Amount("Suman", "", "display", derecha=True)
        self.emitidos = Label("", "caption", "muted").en_parrafo()
        self.aviso, self.resultado = Note("", "warn"), Note("", "ok")
        self.avance = ProgressPanel()
        self.boton = self.acciones.boton("emitir", "primary", grande=True)
        self._componer()
        self._mostrar(None)
        self.ejercicios.activated.connect(lambda _n: self._otro())
        servicios.jobs.tocadas.connect(self._tocadas)

    def _componer(self) -> None:
        tarjeta = Card()
        tarjeta.setFixedWidth(tema().px(M.dialogo))
        margen = tema().px(M.xl)
        tarjeta.caja.setContentsMargins(margen, margen, margen, margen)
        tarjeta.caja.setSpacing(tema().px(M.l))
        ayuda = "Carga el impuesto del año a cada cuenta activa que todavía no lo tiene."
        titulos = columna(
            Label("Emisión del ejercicio", "heading"),
            Label(ayuda, "body", "muted").en_parrafo(),
            separacion=M.xs,
        )
        cabeza = fila(IconView("home-dollar", M.icono_tarjeta, "primary_text"), separacion=M.l)
        cabeza.setAlignment(Qt.AlignmentFlag.AlignTop)
        cabeza.addLayout(titulos, 1)
        cifras = fila(self.pendientes, 1, separacion=M.l)
        cifras.addWidget(self.importe, 0, Qt.AlignmentFlag.AlignBottom)
        fondo = Card(clase="inset")
        fondo.caja.addLayout(cifras)
        fondo.caja.addWidget(self.emitidos)
        tarjeta.caja.addLayout(cabeza)
        for parte in (Field("&Ejercicio", self.ejercicios), fondo, self.aviso, self.avance, self.resultado):
            tarjeta.caja.addWidget(parte)
        tarjeta.caja.addLayout(fila(1, self.boton))
        centro = columna(1, margen=M.l)
        centro.addLayout(fila(1, tarjeta, 1))
        centro.addStretch(2)
        self.setLayout(centro)

    def al_entrar(self) -> None:
        """Ask what is missing, with the focus on the ejercicio."""
        self.ejercicios.setFocus(Qt.FocusReason.OtherFocusReason)
        self.leer()

    def leer(self) -> None:
        """Ask what emitting the chosen ejercicio would write."""
        if self.emitiendo:
            return
        elegido = self.ejercicios.currentData()
        orden = service.VistaPrevia(None if elegido is None else int(elegido))
        self._previa = None
        self._encender()
        self._servicios.jobs.leer(
            service.vista_previa_de_emision, orden, self._mostrar, self._sin_previa, clave="predial.previa"
        )

    def _otro(self) -> None:
        self.resultado.poner("", "ok")
        self._mostrar(None)
        self.leer()

    def _tocadas(self, tablas: frozenset[str]) -> None:
        if Cargo.__tablename__ in tablas:
            self.leer()

    def _mostrar(self, previa: service.PorEmitir | None) -> None:
        """Show what is missing; None while it is being worked out."""
        self._previa = previa
        self.aviso.poner("", "warn")
        if previa is None:
            self.pendientes.poner("…")
            self.importe.poner("…")
            self.emitidos.setText("Calculando…")
        else:
            self._poner_ejercicios(previa)
            self.pendientes.poner(f"{previa.cuentas:,}")
            self.importe.poner(formato(previa.importe))
            self.emitidos.setText(_ya_emitido(previa))
            self.aviso.poner(_sin_valor(previa.sin_valor), "warn")
        self._encender()

    def _poner_ejercicios(self, previa: service.PorEmitir) -> None:
        if self.ejercicios.count() == 0:
            for ejercicio in previa.ejercicios:
                self.ejercicios.addItem(str(ejercicio), ejercicio)
        self.ejercicios.setCurrentIndex(max(0, self.ejercicios.findData(previa.ejercicio)))

    def _sin_previa(self, error: Exception) -> None:
        self.pendientes.poner("–")
        self.importe.poner("–")
        self.emitidos.setText("No se pudo calcular; presione F5 para intentar de nuevo.")
        self.aviso.poner(explicar(error).frase, "bad")
        self._encender()

    def _encender(self) -> None:
        """Enable «Emitir» when something is missing, and say why when it is off."""
        motivo = ""
        if self.emitiendo:
            motivo = "Se está emitiendo"
        elif self._previa is None:
            motivo = "Falta saber qué se va a emitir"
        elif not self._previa.cuentas:
            motivo = "No falta ninguna cuenta"
        self.acciones.habilitar("emitir", not motivo, motivo)
        self.acciones.habilitar("actualizar", not self.emitiendo, motivo)
        self.ejercicios.setEnabled(not self.emitiendo)

    def emitir(self) -> None:
        """Ask once more, with the count and the sum."""
        if self._previa is None or self.emitiendo:
            return
        dialogo = ConfirmEmission(self._previa, self)
        dialogo.accepted.connect(self._confirmada)
        dialogo.open()

    def _confirmada(self) -> None:
        if self._previa is None or self.emitiendo:
            return
        self.emitiendo, ejercicio = True, self._previa.ejercicio
        self.resultado.poner("", "ok")
        self._encender()
        self.boton.ocupar("Emitiendo…")
        job = self._servicios.jobs.escribir(
            service.emitir,
            service.Emision(ejercicio),
            self._emitida,
            self._sin_emitir,
            avance=self.avance.avanzar,
        )
        self.avance.seguir(job, f"Emisión {ejercicio}")

    def _emitida(self, emitido: service.Emitido) -> None:
        self._terminar()
        cargos = f"{emitido.cargos:,} cargo{'' if emitido.cargos == 1 else 's'}"
        self.resultado.poner(f"Se emitieron {cargos} por {formato(emitido.importe)}.", "ok")

    def _sin_emitir(self, error: Exception) -> None:
        self._terminar()
        dicho = explicar(error)
        self.resultado.poner(dicho.frase, dicho.tono)

    def _terminar(self) -> None:
        self.emitiendo = False
        self.boton.desocupar()
        self.leer()
