"""The dialog that issues an orden de pago: concepto, quantity, base or free amount, payer; F12 issues it."""

import uuid
from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import Cancelado, ErrorDeUso
from lerdo_desk.hacienda.ordenes import ConceptoCobrable, Cotizacion, NuevaOrden
from lerdo_desk.hacienda.paquete_ordenes import LIBRE, PORCENTAJE
from lerdo_desk.modules.ordenes import service
from lerdo_desk.modules.ordenes.screens.people import PersonField
from lerdo_desk.modules.ordenes.screens.picker import ConceptPicker
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Amount, Card, columna, fila
from lerdo_desk.ui.fit import FittedDialog
from lerdo_desk.ui.form import Field, Form, IntField, MoneyField, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_SIN_CONCEPTO = "Elija el concepto en la lista de la izquierda."
_ESPERA = "La solicitud espera la firma de un supervisor; presione F12 para que firme aquí."
_RECHAZADA = "Un supervisor rechazó ese importe; cámbielo o pida otra firma con F12."


class NewOrderDialog(FittedDialog):
    """Asks what to issue; ``folio`` is the order that was issued when it is accepted."""

    def __init__(self, servicios: Servicios, parent: QWidget) -> None:
        super().__init__("Nueva orden de pago", parent)
        self.setMinimumWidth(tema().px(M.inicio_ancho))
        self._servicios = servicios
        self.folio = ""
        self.concepto: ConceptoCobrable | None = None
        self._solicitud: service.PeticionDeFirma | None = None
        self.conceptos = ConceptPicker()
        self._piezas()
        self._componer()
        self._conectar()
        self._elegir(None)
        self.conceptos.setFocus()
        servicios.jobs.leer(service.conceptos, service.Nada(), self.conceptos.poner, self._fallo)

    def _piezas(self) -> None:
        self.cantidad = IntField(1, campo="cantidad", digitos=7)
        self.base, self.importe = MoneyField(campo="base"), MoneyField(campo="importe")
        self.pagador = PersonField(self._servicios.jobs)
        self.domicilio, self.descripcion = TextField(largo=200), TextField(largo=200)
        self.form = Form(
            {
                "cantidad": Field("Can&tidad", self.cantidad),
                "base": Field("&Base del porcentaje", self.base),
                "importe": Field("&Importe", self.importe, ayuda="Lo firma un supervisor."),
                "pagador": Field("A &nombre de", self.pagador),
                "domicilio": Field("&Domicilio", self.domicilio),
                "descripcion": Field("De&scripción", self.descripcion),
            }
        )
        self.titulo, self.tarifa = Label("", "title"), Label("", "body", "muted").en_parrafo()
        self.articulo = Label("", "caption", "muted").en_parrafo()
        self.total = Amount("Total", "", "display", derecha=True)
        self.memoria = Label("", "caption", "muted").en_parrafo()
        self.nota = Note("", "info")
        self.boton = Button("Emitir e imprimir", "primary", icono="receipt", tecla="F12", grande=True)

    def _componer(self) -> None:
        hoja = Card(clase="inset")
        for parte in (self.titulo, self.tarifa, self.articulo):
            hoja.caja.addWidget(parte)
        abajo = fila(separacion=M.l)
        abajo.addWidget(self.memoria, 1, Qt.AlignmentFlag.AlignBottom)
        abajo.addWidget(self.total)
        derecha = columna(hoja, self.form, 1, self.nota, separacion=M.m)
        derecha.addLayout(abajo)
        self.conceptos.setFixedWidth(tema().px(M.panel_izquierdo))
        self.conceptos.setMinimumHeight(tema().px(M.login_alto))
        cuerpo = fila(self.conceptos, separacion=M.xl)
        cuerpo.addLayout(derecha, 1)
        self.caja.addWidget(Label("Nueva orden de pago", "heading"))
        self.caja.addLayout(cuerpo)
        self.botones(self.boton)

    def _conectar(self) -> None:
        self.conceptos.elegido.connect(self._elegir)
        for campo in (self.cantidad, self.base, self.importe):
            campo.textChanged.connect(self._cotizar)
        self.pagador.elegida.connect(self._persona)
        self.boton.clicked.connect(self._enviar)
        QShortcut(QKeySequence("F12"), self, self._enviar)

    # The concepto and what it costs ------------------------------------------------------------------------

    def _elegir(self, concepto: ConceptoCobrable | None) -> None:
        """Show a concepto and only the field that its tariff asks for."""
        self.concepto = concepto
        tipo = concepto.tipo if concepto else ""
        pide = {LIBRE: "importe", PORCENTAJE: "base"}.get(tipo, "cantidad")
        for clave in ("cantidad", "base", "importe"):
            self.form.campos[clave].setVisible(bool(concepto) and clave == pide)
        self.form.setEnabled(concepto is not None)
        self.titulo.setText(f"{concepto.clave} {concepto.nombre}" if concepto else "Sin concepto")
        self.tarifa.setText(f"{concepto.tarifa}. {concepto.ente}." if concepto else _SIN_CONCEPTO)
        self.articulo.setText(concepto.fundamento if concepto else "")
        self.cantidad.setText("1")
        self.base.clear()
        self.importe.clear()
        self.form.limpiar()
        self.nota.poner("", "info")
        if concepto is not None:
            self.form.campos[pide].control.setFocus(Qt.FocusReason.OtherFocusReason)
        self._cotizar()

    def _orden(self) -> NuevaOrden:
        """Give what is asked so far; ErrorDeUso for an amount that cannot be read."""
        concepto = self.concepto
        if concepto is None:
            raise ErrorDeUso(_SIN_CONCEPTO)
        persona = self.pagador.persona
        return NuevaOrden(
            concepto.clave,
            self.pagador.valor(),
            cantidad=(self.cantidad.valor() or 0) if concepto.tipo not in (LIBRE, PORCENTAJE) else 1,
            base=self.base.valor() if concepto.tipo == PORCENTAJE else None,
            importe_libre=self.importe.valor() if concepto.tipo == LIBRE else None,
            contribuyente_id=persona.contribuyente_id if persona else None,
            domicilio=self.domicilio.valor(),
            descripcion=self.descripcion.valor(),
        )

    def _cotizar(self) -> None:
        """Ask what it would amount to, as it is typed."""
        try:
            orden = self._orden()
        except ErrorDeUso:
            self._sin_total("")
            return
        self._servicios.jobs.leer(
            service.cotizar, orden, self._cotizada, self._no_cotizada, clave="ordenes.cotizar"
        )

    def _cotizada(self, cotizada: Cotizacion) -> None:
        self.total.poner(formato(cotizada.importe))
        self.memoria.setText(f"{cotizada.memoria}. Se paga hasta el {fecha_corta(cotizada.vence)}.")
        self.boton.habilitar(True)

    def _no_cotizada(self, error: Exception) -> None:
        self._sin_total(explicar(error).frase)

    def _sin_total(self, frase: str) -> None:
        self.total.poner("–")
        self.memoria.setText(frase)
        self.boton.habilitar(False, frase or _SIN_CONCEPTO)

    def _persona(self, persona: service.Persona | None) -> None:
        if persona is not None:
            self.domicilio.setText(persona.domicilio)

    # Issuing it --------------------------------------------------------------------------------------------

    def _enviar(self) -> None:
        """Issue the order, after the signature where its amount is free."""
        if not self.boton.isEnabled():
            return
        self.form.limpiar()
        try:
            orden = self._orden()
        except ErrorDeUso as error:
            self.form.mostrar_error(error)
            return
        if not self.form.exigir("pagador"):
            return
        if orden.importe_libre is None:
            self._emitir(orden)
        else:
            self._pedir_firma(orden, orden.importe_libre)

    def _pedir_firma(self, orden: NuevaOrden, importe: Decimal) -> None:
        """Ask for the signature of this amount once, and see how an earlier request of it stands."""
        hecha = self._solicitud
        self._ocupar("Pidiendo firma…")
        if hecha is not None and (hecha.concepto, hecha.importe) == (orden.concepto, importe):
            vista = service.Firma(hecha.solicitud_id)
            self._servicios.jobs.leer(
                service.firma, vista, lambda decision: self._segun(decision, orden, hecha), self._fallo
            )
            return
        pedida = service.PeticionDeFirma(str(uuid.uuid4()), orden.concepto, importe, orden.descripcion)
        self._servicios.jobs.escribir(
            service.pedir_firma, pedida, lambda _id: self._pedida(orden, pedida), self._fallo
        )

    def _segun(self, decision: str | None, orden: NuevaOrden, pedida: service.PeticionDeFirma) -> None:
        if decision == "APROBADA":
            self._firmada(orden, pedida)
        elif decision is None:
            self._pedida(orden, pedida)
        else:
            self._solicitud = None
            self._desocupar()
            self.nota.poner(_RECHAZADA, "warn")

    def _pedida(self, orden: NuevaOrden, pedida: service.PeticionDeFirma) -> None:
        """Let a supervisor sign at this window."""
        self._solicitud = pedida
        concepto = self.concepto.nombre if self.concepto else orden.concepto
        lineas = (
            f"{orden.concepto} {concepto}: {formato(pedida.importe)}",
            f"A nombre de {orden.pagador}",
            orden.descripcion,
        )
        self._servicios.firmar(
            "Firmar el importe libre de una orden de pago",
            lineas,
            service.firmar,
            service.Firma(pedida.solicitud_id),
            lambda _nada: self._firmada(orden, pedida),
            self._no_firmada,
        )

    def _no_firmada(self, error: Exception) -> None:
        self._desocupar()
        espera = isinstance(error, Cancelado)
        self.nota.poner(_ESPERA if espera else explicar(error).frase, "info" if espera else "bad")

    def _firmada(self, orden: NuevaOrden, pedida: service.PeticionDeFirma) -> None:
        self._emitir(replace(orden, solicitud_id=pedida.solicitud_id))

    def _emitir(self, orden: NuevaOrden) -> None:
        self._ocupar("Emitiendo…")
        self._servicios.jobs.escribir(service.emitir, orden, self._emitida, self._fallo)

    def _emitida(self, folio: str) -> None:
        self.folio = folio
        self._desocupar()
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self._desocupar()
        self.form.mostrar_error(error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase))

    def _ocupar(self, frase: str) -> None:
        self.form.setEnabled(False)
        self.conceptos.setEnabled(False)
        self.boton.ocupar(frase)

    def _desocupar(self) -> None:
        self.form.setEnabled(self.concepto is not None)
        self.conceptos.setEnabled(True)
        self.boton.desocupar()

    def reject(self) -> None:
        """Go back, unless the order is being written."""
        if self.conceptos.isEnabled():
            super().reject()
