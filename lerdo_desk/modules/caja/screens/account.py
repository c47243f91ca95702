"""The open account: whose it is, what it owes line by line, and the total, always at the bottom right."""

from collections.abc import Collection, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStackedWidget, QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.core import registry
from lerdo_desk.hacienda.adeudos import AdeudoCargo
from lerdo_desk.modules.caja.screens import rows
from lerdo_desk.modules.caja.screens.basket import OtherDebts
from lerdo_desk.modules.caja.service import EstadoDeCuenta
from lerdo_desk.ui.actions import ActionSet
from lerdo_desk.ui.cards import Amount, Card, EmptyState, HeadCard, columna, fila
from lerdo_desk.ui.columns import Fila
from lerdo_desk.ui.labels import Chip, ElidedLabel
from lerdo_desk.ui.messages import Note
from lerdo_desk.ui.table import Table
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_CONCEPTO = M.columna + M.xxl
"""Least width of the concepto, in pixels at 100 %."""


class SumsBar(Card):
    """The sums of some debts, with their total as the biggest thing, at the bottom right.

    Where there is no room for all (large text, narrow window) the parts go and the total stays whole.
    """

    def __init__(self) -> None:
        super().__init__()
        self.importe, self.accesorios = Amount("Importe"), Amount(rows.ACCESORIOS)
        self.descuento = Amount("Descuentos")
        self.total = Amount("Total", "", "display", derecha=True)
        self._partes = QWidget()
        self._partes.setLayout(fila(self.importe, self.accesorios, self.descuento, 1, separacion=M.xl))
        politica = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        politica.setRetainSizeWhenHidden(True)
        self._partes.setSizePolicy(politica)
        self.renglon = fila(separacion=M.xl)
        self.renglon.addWidget(self._partes, 1)
        self.renglon.addWidget(self.total)
        self.caja.addLayout(self.renglon)
        margen = tema().px(M.m)
        self.caja.setContentsMargins(tema().px(M.l), margen, tema().px(M.l), margen)

    def poner(self, cargos: Collection[AdeudoCargo], cuentas: int = 1) -> None:
        """Add up some debts, of one account or of several."""
        importe, accesorios, descuento, total = rows.sumas(cargos)
        self.importe.poner(formato(importe))
        self.accesorios.poner(formato(accesorios))
        self.descuento.poner(formato(descuento), tono="ok" if descuento else "text")
        varios = f"Total de {len(cargos)} adeudo{'' if len(cargos) == 1 else 's'}"
        varios += f" en {cuentas} cuentas" if cuentas > 1 else ""
        self.total.poner(formato(total), varios if cargos else "Nada marcado")

    def event(self, event: QEvent) -> bool:
        """Show the parts only where they fit whole, whenever an amount or the width has changed."""
        hecho = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._caber()
        return hecho

    def _caber(self) -> None:
        margenes, junto = self.caja.contentsMargins(), self.renglon.spacing()
        libre = self.width() - margenes.left() - margenes.right() - 2 * M.linea
        for numero in range(1, self.renglon.count()):
            if (parte := self.renglon.itemAt(numero)) is not None:
                libre -= parte.sizeHint().width() + junto
        self._partes.setVisible(libre >= self._partes.sizeHint().width())


class TotalBar(SumsBar):
    """The sums of what is marked, and the button that charges it."""

    def __init__(self, acciones: ActionSet) -> None:
        super().__init__()
        self.boton = acciones.boton("cobrar", "primary", grande=True)
        self.renglon.addWidget(self.boton, 0, Qt.AlignmentFlag.AlignVCenter)


Barra = TypeVar("Barra", bound=SumsBar)


class AccountView(QWidget, Generic[Barra]):
    """Card, debts and sums of one account; ``tecleado`` carries letters typed where nothing takes them."""

    abierto = Signal(object)
    """The AdeudoCargo whose detail is asked for, on Enter or double click."""
    tecleado = Signal(str)
    mas = Signal()
    """«+» was pressed on the debts."""

    def __init__(self, acciones: ActionSet, total: Barra, *, marcable: bool = False) -> None:
        """``acciones`` holds «detalle»; ``total`` is the bar below the debts."""
        super().__init__()
        self._iconos = {m.clave: m.icono for m in registry.modulos()}
        self.cuenta: EstadoDeCuenta | None = None
        self.tarjeta = HeadCard("home")
        self._cuantos = ElidedLabel("", "caption", "muted")
        nombre = rows.nombre_de_fila
        self.tabla = Table(rows.COLUMNAS, nombre="Adeudos", marcable=marcable, nombre_de_fila=nombre)
        self.tabla.installEventFilter(self)
        self.tabla.abierta.connect(lambda fila: self.abierto.emit(rows.cargo_de(fila)))
        self.tabla.elegida.connect(self._explicar)
        self.total = total
        al_corriente = EmptyState("circle-check", "Al corriente", "Esta cuenta no debe nada el día de hoy.")
        self._pila = QStackedWidget()
        self._pila.addWidget(self._lista(acciones))
        self._pila.addWidget(al_corriente)
        marco = Card(pegada=True)
        marco.caja.addWidget(self._pila)
        self.caja = columna(self.tarjeta, separacion=M.m)
        self.caja.addWidget(marco, 1)
        self.caja.addWidget(self.total)
        self.setLayout(self.caja)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what «Detalle» tells too where the columns do not fit (large text, narrow window)."""
        super().resizeEvent(event)
        anchos = {c.clave: tema().px(c.ancho) for c in rows.COLUMNAS if not c.estira}
        marca = tema().px(M.columna_marca) if self.tabla.modelo.marcable else 0
        falta = sum(anchos.values()) + marca + tema().px(_CONCEPTO) - self.width()
        claves = [c.clave for c in rows.COLUMNAS]
        for clave in rows.PRESCINDIBLES:
            self.tabla.setColumnHidden(claves.index(clave) + int(self.tabla.modelo.marcable), falta > 0)
            falta -= anchos[clave] if falta > 0 else 0

    def _lista(self, acciones: ActionSet) -> QWidget:
        self.detalle = acciones.boton("detalle", "ghost")
        self.cabeza = fila(separacion=M.l)
        self.cabeza.addWidget(self._cuantos, 1)
        self.cabeza.addWidget(self.detalle)
        self.cabeza.setContentsMargins(tema().px(M.m), tema().px(M.s), tema().px(M.s), tema().px(M.s))
        lista = QWidget()
        caja = columna(separacion=0)
        caja.addLayout(self.cabeza)
        caja.addWidget(self.tabla, 1)
        lista.setLayout(caja)
        return lista

    def mostrar(self, cuenta: EstadoDeCuenta, marcadas: Sequence[int] = ()) -> None:
        """Show an account and its debts; ``marcadas`` are the positions that start checked."""
        self.cuenta = cuenta
        self._poner_tarjeta(cuenta)
        self.tabla.poner([rows.fila(c) for c in cuenta.cargos], marcadas=marcadas)
        self._pila.setCurrentIndex(0 if cuenta.cargos else 1)
        self.total.setVisible(bool(cuenta.cargos))
        if cuenta.cargos:
            self.tabla.elegir(0)

    def _poner_tarjeta(self, cuenta: EstadoDeCuenta) -> None:
        nombre = self._iconos.get(cuenta.modulo, "home")
        self.tarjeta.icono.poner(nombre, "primary_text")
        donde = rows.SEPARADOR.join(parte for parte in (rows.etiqueta(cuenta), cuenta.domicilio) if parte)
        chip = Chip(*rows.estado(cuenta.cargos))
        self.tarjeta.poner(cuenta.titular, donde, rows.ficha(cuenta), (chip,))

    def _explicar(self, elegida: Fila | None) -> None:
        """Say beside the list why the current debt is lowered, with its article; else how many there are."""
        cargos = self.cuenta.cargos if self.cuenta else ()
        por = rows.rebaja(rows.cargo_de(elegida)) if elegida is not None else ""
        vencidos = sum(c.vencido for c in cargos)
        cuantos = f"{len(cargos)} en total, {vencidos} con fecha vencida"
        self._cuantos.poner(f"Descuento: {por}" if por else cuantos)

    def cerrar(self) -> None:
        """Forget the account."""
        self.cuenta = None
        self.tabla.poner(())

    def actual(self) -> AdeudoCargo | None:
        """Give the debt of the current row."""
        elegida = self.tabla.actual()
        return None if elegida is None else rows.cargo_de(elegida)

    def enfocar(self) -> None:
        """Put the focus on the debts."""
        self.tabla.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hand letters and figures typed on the debts to the search: a scanner types wherever it is."""
        if watched is not self.tabla or not isinstance(event, QKeyEvent):
            return False
        letra, libre = event.text(), event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.type() is QEvent.Type.KeyPress and letra == "+":
            self.mas.emit()
            return True
        if event.type() is not QEvent.Type.KeyPress or not letra.isalnum() or libre not in _SIN_CONTROL:
            return False
        self.tecleado.emit(letra)
        return True


class AccountPanel(AccountView[TotalBar]):
    """The account at the till: its debts are marked, and what is marked is charged."""

    marcas = Signal()
    agregar_otras = Signal()
    """What the same person owes elsewhere is to be charged too."""

    def __init__(self, acciones: ActionSet) -> None:
        super().__init__(acciones, TotalBar(acciones), marcable=True)
        self.todo = QCheckBox("Seleccionar &todo")
        self.todo.setTristate(True)
        self.todo.setToolTip("Ctrl+A marca todo; la barra espaciadora, un adeudo")
        self.todo.clicked.connect(self._alternar_todo)
        self.cabeza.insertWidget(0, self.todo)
        for antes, despues in ((self.todo, self.detalle), (self.detalle, self.tabla)):
            QWidget.setTabOrder(antes, despues)
        self.tabla.marcas.connect(self._marcado)
        self._completando = False
        self._salto = Note("", "info")
        self.otras = OtherDebts()
        self.otras.boton.clicked.connect(self.agregar_otras)
        self.mas.connect(self.agregar_otras)
        self.caja.insertWidget(1, self.otras)
        self.caja.insertWidget(2, self._salto)

    def poner(self, cuenta: EstadoDeCuenta, marcados: Collection[int]) -> None:
        """Show an account with some of its debts marked, by their ids."""
        self._salto.poner("", "info")
        self.mostrar(cuenta, [n for n, c in enumerate(cuenta.cargos) if c.cargo_id in marcados])

    def marcados(self) -> tuple[AdeudoCargo, ...]:
        """Give the debts that are marked, oldest first."""
        return tuple(rows.cargo_de(fila) for fila in self.tabla.marcadas())

    def marcar_todo(self) -> None:
        """Mark every debt."""
        self.tabla.marcar(range(len(self.tabla.modelo.filas)))

    def _alternar_todo(self) -> None:
        todas = range(len(self.tabla.modelo.filas))
        self.tabla.marcar(todas, len(self.marcados()) < len(todas))
        self._marcado()

    def _marcado(self) -> None:
        """Follow the checks; an overdue debt older than a marked one is marked too, or says that it waits."""
        if self._completando or self.cuenta is None:
            return
        marcados = {c.cargo_id for c in self.marcados()}
        atras = rows.saltados(self.cuenta.cargos, marcados)
        if atras and not self.cuenta.puede_saltar:
            lugares = {c.cargo_id: n for n, c in enumerate(self.cuenta.cargos)}
            self._completando = True
            self.tabla.marcar([lugares[c.cargo_id] for c in atras])
            self._completando = False
        self._salto.poner(self._del_salto(atras), "info" if not self.cuenta.puede_saltar else "warn")
        marcados_ya, todos = self.marcados(), len(self.tabla.modelo.filas)
        estado = Qt.CheckState.PartiallyChecked if marcados_ya else Qt.CheckState.Unchecked
        self.todo.setCheckState(Qt.CheckState.Checked if todos and len(marcados_ya) == todos else estado)
        self.marcas.emit()

    def _del_salto(self, atras: Sequence[AdeudoCargo]) -> str:
        """Say why a debt cannot be left behind, or that a reason will be asked for."""
        if not atras or self.cuenta is None:
            return ""
        cuales = ", ".join(rows.periodo(c) for c in atras)
        if self.cuenta.puede_saltar:
            return f"Deja atrás {cuales}, ya vencido: al cobrar se le pedirá el motivo."
        return f"{cuales} se cobra primero: está vencido y el municipio no permite dejarlo atrás."

    def aviso(self) -> str:
        """Give what is said about older debts."""
        return self._salto.texto()


_SIN_CONTROL = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
