"""The page of a slip: the bank's account, folio, day and amount, and the money of the cortes that it took."""

import uuid
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.entrada import dinero, fecha
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.depositos import LARGO_FOLIO, Cuenta, FichaHecha, FichaNueva, PorDepositar
from lerdo_desk.hacienda.modelos_ingresos import CorteEvento, FichaCorte
from lerdo_desk.modules.ingresos import service
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.cards import Amount, Card, columna, fila
from lerdo_desk.ui.columns import Column, Fila
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Label, Tono
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Page, Servicios
from lerdo_desk.ui.table import Table
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_CERO = Decimal("0.00")
_DIAS, _IMPORTE, _CUAL = 2, 4, 5
"""Places in a row; which money it is travels after the columns."""

_COLUMNAS = (
    Column("corte", "Corte", estira=True, peso="medium"),
    Column("dia", "Hecho", "fecha", ancho=120, tono="muted"),
    Column("dias", "Días", "entero", ancho=80),
    Column("forma", "Forma de pago", ancho=190),
    Column("importe", "Importe", "dinero", ancho=150),
)


def leer_importe(escrito: str) -> Decimal:
    """Read the slip's pesos; a minus makes it a debit of the bank. ErrorDeUso on ``importe``."""
    limpio = escrito.strip().replace("−", "-")
    pesos = dinero(limpio.removeprefix("-"), "importe")
    return -pesos if limpio.startswith("-") else pesos


class DepositPage(Page):
    """Asks for a slip and marks what it took; F12 keeps it only when both are equal to the centavo."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios = servicios
        self._hoy: date | None = None
        self._cuentas: tuple[Cuenta, ...] = ()
        self._id = str(uuid.uuid4())
        self.acciones: ActionSet = ActionSet(
            self,
            servicios.runner,
            (
                Action(
                    "depositar", "Registrar ficha", "building-bank", "F12", service.depositar, self.depositar
                ),
                Action("todo", "Marcar todo", "checks", "Ctrl+T", service.depositar, self.marcar_todo),
                Action("actualizar", "Actualizar", "refresh", "F5", service.por_depositar, self.leer),
            ),
        )
        self.cuenta = QComboBox()
        self.folio, self.fecha = TextField(largo=LARGO_FOLIO), TextField(largo=10)
        self.importe = TextField(largo=24)
        self.importe.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.form = Form({})
        self.tabla = Table(
            _COLUMNAS,
            nombre="Dinero por depositar",
            marcable=True,
            nombre_de_fila=lambda f: f"{f[0]}, {f[3]}",
        )
        self.nota = Note("", "bad")
        self.marcado, self.ficha = Amount("Marcado", derecha=True), Amount("Ficha", derecha=True)
        self.diferencia = Amount("Diferencia", rol="heading", derecha=True)
        self._componer()
        self._conectar()
        self._decir()

    def _campos(self) -> QHBoxLayout:
        campos = {
            "cuenta": Field("&Cuenta del banco", self.cuenta),
            "folio": Field("&Folio de la ficha", self.folio),
            "fecha": Field("Fec&ha", self.fecha),
            "importe": Field("I&mporte", self.importe),
        }
        self.form.campos.update(campos)
        renglon = fila(separacion=M.m)
        for campo, peso in zip(campos.values(), (5, 3, 2, 2), strict=True):
            renglon.addWidget(campo, peso, Qt.AlignmentFlag.AlignTop)
        return renglon

    def _componer(self) -> None:
        margen = tema().px(M.l)
        titulos = columna(
            Label("Registrar una ficha de depósito", "title"),
            Label(
                "Marque el dinero que la ficha depositó; cada uno va completo y una sola vez.",
                "caption",
                "muted",
            ),
            separacion=0,
        )
        arriba = fila(separacion=M.m)
        arriba.addLayout(titulos, 1)
        arriba.addWidget(self.acciones.boton("todo"))
        datos = columna(separacion=M.m)
        datos.addLayout(arriba)
        datos.addLayout(self._campos())
        datos.addWidget(self.form)
        datos.setContentsMargins(margen, tema().px(M.m), margen, tema().px(M.m))
        pie = fila(separacion=M.xl)
        # The amounts stay where they are when there is nothing to say.
        pie.addWidget(self.nota, 100)
        pie.addStretch(1)
        for parte in (self.marcado, self.ficha, self.diferencia):
            pie.addWidget(parte)
        pie.addWidget(self.acciones.boton("depositar", "primary", grande=True))
        pie.setContentsMargins(margen, tema().px(M.m), margen, tema().px(M.m))
        tarjeta = Card(pegada=True)
        tarjeta.caja.addLayout(datos)
        tarjeta.caja.addWidget(self.tabla, 1)
        tarjeta.caja.addLayout(pie)
        self.setLayout(columna(tarjeta, margen=M.l))

    def _conectar(self) -> None:
        self.cuenta.currentIndexChanged.connect(lambda _n: self._leer_dinero())
        self.importe.textChanged.connect(lambda _texto: self._decir())
        self.tabla.marcas.connect(self._decir)
        self._servicios.jobs.tocadas.connect(self._tocadas)

    def al_entrar(self) -> None:
        """Begin with the folio: the account is the last one used."""
        self.folio.setFocus(Qt.FocusReason.OtherFocusReason)
        self.leer()

    def leer(self) -> None:
        """Read the accounts, and what waits for the one chosen."""
        self._servicios.jobs.leer(
            service.cuentas_bancarias,
            service.Nada(),
            self._con_cuentas,
            self._fallo,
            clave="ingresos.cuentas",
        )

    def _con_cuentas(self, leidas: service.Cuentas) -> None:
        self._hoy = leidas.hoy
        if not self.fecha.text():
            self.fecha.setText(fecha_corta(leidas.hoy))
        if leidas.cuentas != self._cuentas:
            elegida = self.cuenta.currentData()
            self._cuentas = leidas.cuentas
            self.cuenta.blockSignals(True)
            self.cuenta.clear()
            for c in leidas.cuentas:
                self.cuenta.addItem(c.etiqueta, c.id)
            self.cuenta.setCurrentIndex(max(0, self.cuenta.findData(elegida)))
            self.cuenta.blockSignals(False)
        self._leer_dinero()

    def _elegida(self) -> Cuenta | None:
        return next((c for c in self._cuentas if c.id == self.cuenta.currentData()), None)

    def _leer_dinero(self) -> None:
        cuenta = self._elegida()
        if cuenta is None:
            self.nota.poner("El municipio no tiene cuentas de banco; pida que las den de alta.", "warn")
            return
        orden = service.DeEnte(cuenta.ente_id)
        self._servicios.jobs.leer(
            service.por_depositar, orden, self._con_dinero, self._fallo, clave="ingresos.por_depositar"
        )

    def _con_dinero(self, esperan: tuple[PorDepositar, ...]) -> None:
        """Show what waits; what was marked stays marked."""
        marcados = {f[_CUAL] for f in self.tabla.marcadas()}
        filas = [_fila(p, self._hoy) for p in esperan]
        self.tabla.poner(filas, marcadas=[n for n, f in enumerate(filas) if f[_CUAL] in marcados])
        if filas:
            self.tabla.elegir(0)
        self._decir()

    def marcar_todo(self) -> None:
        """Mark all that waits, or nothing when all is marked."""
        todas = range(len(self.tabla.modelo.filas))
        self.tabla.marcar(list(todas), len(self.tabla.marcadas()) < len(todas))

    def _suma(self) -> Decimal:
        return sum((f[_IMPORTE] for f in self.tabla.marcadas()), _CERO)

    def _decir(self) -> None:
        """Show the sum beside the slip's amount, and let F12 work only when they are equal."""
        suma, marcadas = self._suma(), len(self.tabla.marcadas())
        try:
            importe: Decimal | None = leer_importe(self.importe.valor()) if self.importe.valor() else None
        except ErrorDeUso:
            importe = None
        self.marcado.poner(formato(suma), f"Marcado ({marcadas})")
        self.ficha.poner("–" if importe is None else formato(importe))
        falta = None if importe is None else importe - suma
        tono: Tono = "ok" if falta == _CERO else "warn"
        self.diferencia.poner("–" if falta is None else formato(falta), None, tono if importe else "text")
        motivo = ""
        if not self.tabla.modelo.filas:
            motivo = "No hay dinero por depositar de ese ente"
        elif importe is None:
            motivo = "Escriba el importe de la ficha"
        elif not marcadas:
            motivo = "Marque con la barra espaciadora lo que depositó"
        elif falta != _CERO:
            motivo = "La ficha y lo marcado deben ser iguales al centavo"
        self.nota.poner(motivo, "info")
        self.acciones.habilitar("depositar", not motivo, motivo)

    def depositar(self) -> None:
        """Keep the slip, or say beside the field what is wrong."""
        cuenta = self._elegida()
        if cuenta is None or self._hoy is None:
            return
        self.form.limpiar()
        try:
            dia = fecha(self.fecha.valor(), self._hoy, campo="fecha")
            importe = leer_importe(self.importe.valor())
        except ErrorDeUso as error:
            self._fallo(error)
            return
        atomos = tuple(f[_CUAL] for f in self.tabla.marcadas())
        orden = FichaNueva(self._id, cuenta.id, self.folio.valor(), dia, importe, atomos)
        self.acciones.habilitar("depositar", False, "Guardando…")
        self._servicios.jobs.escribir(service.depositar, orden, self._hecha, self._fallo)

    def _hecha(self, ficha: FichaHecha) -> None:
        que = "El cargo" if ficha.importe < 0 else "El depósito"
        self._servicios.avisar(f"{que} {ficha.folio} por {formato(ficha.importe)} quedó registrado.", "ok")
        self._id = str(uuid.uuid4())
        self.folio.setText("")
        self.importe.setText("")
        self.tabla.marcar(range(len(self.tabla.modelo.filas)), False)
        self.folio.setFocus(Qt.FocusReason.OtherFocusReason)
        self.leer()

    def _fallo(self, error: Exception) -> None:
        self._decir()
        self.form.mostrar_error(error if isinstance(error, ErrorDeUso) else ErrorDeUso(explicar(error).frase))

    def _tocadas(self, tablas: frozenset[str]) -> None:
        if tablas & {CorteEvento.__tablename__, FichaCorte.__tablename__}:
            self._leer_dinero()


def _fila(espera: PorDepositar, hoy: date | None) -> Fila:
    dias = (hoy - espera.dia).days if hoy is not None else 0
    return espera.corte, espera.dia, dias, espera.forma, espera.atomo.importe, espera.atomo
