"""One person's file: who they are, how to reach them, every account, every receipt, the records joined."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.hacienda.personas import TIPOS_DE_CONTACTO, TIPOS_DE_PERSONA
from lerdo_desk.modules.contribuyentes import service
from lerdo_desk.modules.contribuyentes.screens.apart import ApartDialog
from lerdo_desk.modules.contribuyentes.screens.contact import ContactDialog
from lerdo_desk.modules.contribuyentes.screens.new import en_una_linea
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Card, HeadCard, columna, fila
from lerdo_desk.ui.columns import Column, Fila
from lerdo_desk.ui.labels import Chip
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.segmented import Segmented
from lerdo_desk.ui.table import Table, TableFooter
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_AL_CORRIENTE = "Al corriente"
_CUENTAS, _RECIBOS, _UNIDOS = "cuentas", "recibos", "unidos"
_DE_CUENTAS = (
    Column("modulo", "Dirección", ancho=180),
    Column("clave", "Cuenta", ancho=180, peso="medium"),
    Column("domicilio", "Domicilio", estira=True, tono="muted"),
    Column(
        "vencidos",
        "Estado",
        ancho=130,
        tono=lambda f: "ok" if f[3] == _AL_CORRIENTE else "bad" if f[3] else "muted",
        icono=lambda f: "circle-check" if f[3] == _AL_CORRIENTE else "alert-triangle" if f[3] else "",
    ),
    Column("adeudo", "Debe hoy", "dinero", ancho=130, peso="medium"),
)
_DE_RECIBOS = (
    Column("fecha", "Fecha", "fecha", ancho=110),
    Column("folio", "Recibo", ancho=140, peso="medium"),
    Column("cuenta", "Cuenta", ancho=220),
    Column("pagador", "A nombre de", estira=True, tono="muted"),
    Column("estado", "Estado", ancho=130, tono=lambda f: "warn" if f[4] else "text"),
    Column("total", "Total", "dinero", ancho=130),
)
_DE_UNIDOS = (
    Column("persona", "Registro", estira=True, peso="medium"),
    Column("motivo", "Motivo", ancho=300, tono="muted"),
    Column("unio", "Unió", ancho=200),
    Column("fecha", "Desde", "fecha", ancho=110),
)
_ESTADOS = {"CANCELADO": "Cancelado", "DEVUELTO": "Devuelto"}


def vencidos(c: service.CuentaVista) -> str:
    """Say how many debts of an account are overdue; nothing where its law is missing."""
    if c.adeudo is None:
        return ""
    return f"{c.vencidos} vencido{'' if c.vencidos == 1 else 's'}" if c.vencidos else _AL_CORRIENTE


def de_cuenta(c: service.CuentaVista) -> Fila:
    """Give the row of an account."""
    return c.modulo_nombre, c.clave, c.domicilio, vencidos(c), c.adeudo


def de_recibo(r: service.ReciboVisto) -> Fila:
    """Give the row of a receipt."""
    return r.fecha, r.folio, r.cuenta, r.pagador, _ESTADOS.get(r.estado, ""), r.total


def de_unido(u: service.RegistroUnido) -> Fila:
    """Give the row of a record that was joined, with the merge's id after its columns."""
    return en_una_linea(u.persona), u.motivo, u.unio, u.fecha, u.fusion_id, u.persona.nombre


class PersonFile(QWidget):
    """Shows one person; ``volver`` is emitted on Esc or «Volver»."""

    volver = Signal()

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios = servicios
        self.expediente: service.Expediente | None = None
        self.dialogo: ContactDialog | ApartDialog | None = None
        atras = Button("&Volver", "ghost", icono="chevron-left", tecla="Esc")
        atras.clicked.connect(self.volver)
        self.contacto = Button("&Editar contacto", "normal", icono="edit")
        self.contacto.setVisible(servicios.runner.puede(service.cambiar_contacto))
        self.contacto.clicked.connect(self.editar_contacto)
        self.cabeza = HeadCard("user", self.contacto, atras)
        self.nota = Note("", "info")
        self.ver = Segmented("Ver", self._vistas())
        self.cuentas = Table(_DE_CUENTAS, nombre="Cuentas de la persona", nombre_de_fila=lambda f: str(f[1]))
        self.recibos = Table(_DE_RECIBOS, nombre="Recibos de la persona", nombre_de_fila=lambda f: str(f[1]))
        self.unidos = Table(_DE_UNIDOS, nombre="Registros unidos a la persona")
        self.separar = Button("&Separar…", "normal", icono="x")
        self.separar.clicked.connect(self.pedir_separar)
        self.pie, self.pila = TableFooter(), QStackedWidget()
        self._componer()
        self.ver.elegido.connect(self._cambiar)
        self.unidos.elegida.connect(lambda f: self.separar.setEnabled(f is not None))
        servicios.jobs.tocadas.connect(self._tocadas)

    def _vistas(self) -> list[tuple[str, str]]:
        vistas = [(_CUENTAS, "&Cuentas"), (_UNIDOS, "Registros &unidos")]
        if self._servicios.runner.puede(service.recibos):
            vistas.insert(1, (_RECIBOS, "&Recibos"))
        return vistas

    def _componer(self) -> None:
        for tabla in (self.cuentas, self.recibos, self.unidos):
            self.pila.addWidget(tabla)
        arriba = fila(self.ver, 1, self.separar, separacion=M.m)
        margen = tema().px(M.l)
        arriba.setContentsMargins(margen, tema().px(M.m), margen, tema().px(M.m))
        tarjeta = Card(pegada=True)
        tarjeta.caja.addLayout(arriba)
        tarjeta.caja.addWidget(self.pila, 1)
        tarjeta.caja.addWidget(self.pie)
        caja = columna(self.cabeza, self.nota, separacion=M.m)
        caja.addWidget(tarjeta, 1)
        self.setLayout(caja)

    def abrir(self, contribuyente_id: int) -> None:
        """Read a person's file and show it."""
        self._servicios.jobs.leer(
            service.expediente,
            service.Quien(contribuyente_id),
            self._mostrar,
            self._fallo,
            clave="contribuyentes.expediente",
        )

    def leer(self) -> None:
        """Read the same file again."""
        if self.expediente is not None:
            self.abrir(self.expediente.pedido.id)

    def _mostrar(self, e: service.Expediente) -> None:
        otra = self.expediente is None or self.expediente.persona.id != e.persona.id
        self.expediente = e
        chips = [Chip(TIPOS_DE_PERSONA[e.persona.tipo], "neutral")]
        if e.unidos:
            cuantos = len(e.unidos)
            palabras = "1 registro unido" if cuantos == 1 else f"{cuantos} registros unidos"
            chips.append(Chip(palabras, "info"))
        claves = (f"RFC {e.persona.rfc or 'sin dato'}", f"CURP {e.persona.curp or 'sin dato'}")
        self.cabeza.poner(e.persona.nombre, " · ".join(claves), _contactos(e), chips)
        self.nota.poner(_aviso(e), "info" if not e.frase else "warn")
        self.cuentas.poner([de_cuenta(c) for c in e.cuentas])
        self.unidos.poner([de_unido(u) for u in e.unidos])
        if otra:
            self.recibos.poner(())
            self.ver.elegir(_CUENTAS)
        for tabla in (self.cuentas, self.unidos):
            if tabla.modelo.rowCount():
                tabla.elegir(0)
        self._cambiar(self.ver.clave())
        if otra:
            self.cuentas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _cambiar(self, vista: str) -> None:
        """Show accounts, receipts or joined records."""
        if self.expediente is None:
            return
        tablas = {_CUENTAS: self.cuentas, _RECIBOS: self.recibos, _UNIDOS: self.unidos}
        self.pila.setCurrentWidget(tablas[vista])
        self.separar.setVisible(vista == _UNIDOS and self._servicios.runner.puede(service.separar))
        self.separar.setEnabled(self.unidos.actual() is not None)
        if vista == _CUENTAS:
            cuantas = len(self.expediente.cuentas)
            suma = () if self.expediente.frase else (("Debe hoy", formato(self.expediente.adeudo)),)
            self.pie.poner(f"{cuantas:,} cuenta{'' if cuantas == 1 else 's'}", suma)
        elif vista == _UNIDOS:
            cuantos = len(self.expediente.unidos)
            self.pie.poner("1 registro unido" if cuantos == 1 else f"{cuantos:,} registros unidos")
        else:
            self._leer_recibos()

    def _leer_recibos(self) -> None:
        if self.expediente is None:
            return
        quien = self.expediente.persona.id
        self.pie.poner("Leyendo…")
        self._servicios.jobs.leer(
            service.recibos,
            service.Quien(quien),
            partial(self._mostrar_recibos, quien),
            self._fallo,
            clave="contribuyentes.recibos",
        )

    def _mostrar_recibos(self, quien: int, recibos: tuple[service.ReciboVisto, ...]) -> None:
        if self.expediente is None or quien != self.expediente.persona.id:
            return
        self.recibos.poner([de_recibo(r) for r in recibos])
        if recibos:
            self.recibos.elegir(0)
        if self.ver.clave() == _RECIBOS:
            varios = f"{len(recibos):,} recibo{'' if len(recibos) == 1 else 's'}"
            ultimos = len(recibos) == service.RECIBOS
            self.pie.poner(f"Los {service.RECIBOS} recibos más recientes" if ultimos else varios)

    def _fallo(self, error: Exception) -> None:
        self.nota.poner(explicar(error).frase, "bad")

    def _tocadas(self, tablas: frozenset[str]) -> None:
        if self.isVisible() and tablas & _SUYAS:
            self.leer()

    def editar_contacto(self) -> None:
        """Ask how to reach the person."""
        if self.expediente is not None:
            dialogo = ContactDialog(self._servicios, self.expediente, self)
            self._preguntar(dialogo, "Se guardó cómo avisarle.")

    def pedir_separar(self) -> None:
        """Ask why the current record is not this person."""
        actual = self.unidos.actual()
        if actual is not None and self.expediente is not None:
            nombre = self.expediente.persona.nombre
            dialogo = ApartDialog(self._servicios, actual[4], nombre, actual[5], self)
            self._preguntar(dialogo, f"«{actual[5]}» es otra vez un registro propio.")

    def _preguntar(self, dialogo: ContactDialog | ApartDialog, hecho: str) -> None:
        self.dialogo = dialogo
        dialogo.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialogo.accepted.connect(lambda: self._servicios.avisar(hecho, "ok"))
        dialogo.finished.connect(self._cerrado)
        dialogo.open()

    def _cerrado(self) -> None:
        self.dialogo = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.volver.emit()
        else:
            super().keyPressEvent(event)


_SUYAS = frozenset(
    (
        *("hacienda_contribuyente", "hacienda_contacto", "hacienda_cuenta", "hacienda_recibo"),
        *("contribuyentes_fusion", "contribuyentes_fusion_evento"),
    )
)


def _contactos(e: service.Expediente) -> str:
    """Say how to reach the person, and what the joined records say of it."""
    suyos = [valor for t in TIPOS_DE_CONTACTO if (valor := e.contactos.get(t))]
    ajenos = [f"{c.valor} (de {c.de_quien})" for c in e.contactos_unidos if c.valor not in suyos]
    return " · ".join((*suyos, *ajenos)) or "Sin datos de contacto"


def _aviso(e: service.Expediente) -> str:
    """Say what the reader must know before anything else: another record was asked, or debts are missing."""
    if e.frase:
        return e.frase
    if e.pedido.id == e.persona.id:
        return ""
    desde = next((u.fecha for u in e.unidos if u.persona.id == e.pedido.id), None)
    cuando = f" desde el {fecha_corta(desde)}" if desde is not None else ""
    return f"«{e.pedido.nombre}» está unido a este registro{cuando}; aquí se ve todo lo de la persona."
