"""An open account of the padrón: its head, and tabs that are read when they are first shown."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from lerdo_desk.hacienda.modelos import Cargo, Renglon
from lerdo_desk.hacienda.modelos_ingresos import Contacto
from lerdo_desk.modules.predial import service
from lerdo_desk.modules.predial.models import Predio, Propietario, Valor
from lerdo_desk.modules.predial.screens.data import DataTab
from lerdo_desk.modules.predial.screens.tabs import ADEUDOS, HISTORIA, PAGOS, RECIBOS, VALORES, Tab
from lerdo_desk.ui.cards import Card, HeadCard, columna, fila
from lerdo_desk.ui.labels import Chip, TonoChip
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.segmented import Segmented
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

DATOS = "datos"
_CHIP: dict[str, TonoChip] = {service.ACTIVA: "ok", service.EN_REVISION: "warn", service.BAJA: "neutral"}
_TABLAS = frozenset(str(t.__tablename__) for t in (Predio, Propietario, Valor, Contacto, Cargo, Renglon)) | {
    "core_solicitud"
}


class AccountPanel(QWidget):
    """Shows one account; ``datos`` is what is known of it, None until it was read."""

    contacto = Signal(int)
    """The person whose contact data are wanted."""
    solicitud = Signal(str)
    """The request that is to be opened."""
    leida = Signal()

    def __init__(self, servicios: Servicios, *botones: QWidget) -> None:
        super().__init__()
        self._servicios = servicios
        self._cuenta: int | None = None
        self._enfocar = False
        self.datos: service.DatosDeCuenta | None = None
        self.cabeza = HeadCard("home-dollar", *botones)
        pagos = RECIBOS if servicios.runner.puede(service.recibos_de) else PAGOS
        self.ficha = DataTab()
        self.tabs = {a.clave: Tab(servicios, a) for a in (VALORES, ADEUDOS, pagos, HISTORIA)}
        self.selector = Segmented(
            "Apartados de la cuenta",
            ((DATOS, "Datos"), *((t.asunto.clave, t.asunto.titulo) for t in self.tabs.values())),
        )
        self.nota, self._pila = Note("", "bad"), QStackedWidget()
        for parte in (self.ficha, *self.tabs.values()):
            self._pila.addWidget(parte)
        self._componer()
        self.selector.elegido.connect(self._cambio)
        self.ficha.contacto.connect(self.contacto)
        self.tabs[HISTORIA.clave].abierta.connect(self._de_la_historia)
        servicios.jobs.tocadas.connect(self._tocadas)

    def _componer(self) -> None:
        tarjeta = Card(pegada=True)
        arriba = fila(self.selector)
        margen = tema().px(M.l)
        arriba.setContentsMargins(margen, tema().px(M.m), margen, tema().px(M.m))
        tarjeta.caja.addLayout(arriba)
        tarjeta.caja.addWidget(self.nota)
        tarjeta.caja.addWidget(self._pila, 1)
        caja = columna(self.cabeza, separacion=M.m)
        caja.addWidget(tarjeta, 1)
        self.setLayout(caja)

    def abrir(self, cuenta_id: int) -> None:
        """Show another account, from its first tab."""
        self._cuenta, self.datos, self._enfocar = cuenta_id, None, True
        self.cabeza.poner("…", "Leyendo la cuenta")
        self.nota.poner("", "bad")
        for tab in self.tabs.values():
            tab.de(cuenta_id)
        self.selector.elegir(DATOS)
        self._pila.setCurrentWidget(self.ficha)
        self.leer()

    def leer(self) -> None:
        """Read the account again, and the tab that is shown."""
        if self._cuenta is None:
            return
        cuenta = self._cuenta
        self._servicios.jobs.leer(
            service.datos_de,
            service.CuentaPedida(cuenta),
            lambda datos: self._mostrar(cuenta, datos),
            self._fallo,
            clave="predial.datos",
        )
        for clave, tab in self.tabs.items():
            if clave == self.selector.clave():
                tab.leer()
            else:
                tab.caduca()

    def _mostrar(self, cuenta: int, datos: service.DatosDeCuenta) -> None:
        if cuenta != self._cuenta:
            return
        self.datos = datos
        lugar = " ".join(p for p in (datos.calle, datos.numero) if p)
        linea = ", ".join(p for p in (lugar, datos.colonia) if p)
        chip = Chip(dict(service.ESTADOS)[datos.estado], _CHIP[datos.estado])
        self.cabeza.poner(datos.titular, f"Predial {datos.clave}", linea, (chip,))
        self.nota.poner("", "bad")
        self.ficha.poner(datos)
        if self._enfocar:
            self._enfocar = False
            self.ficha.enfocar()
        self.leida.emit()

    def _fallo(self, error: Exception) -> None:
        self.nota.poner(explicar(error).frase, "bad")

    def ver(self, clave: str) -> None:
        """Show a tab, by its key, with the focus on it."""
        self.selector.elegir(clave)
        tab = self.tabs.get(clave)
        if tab is not None:
            tab.enfocar()
        else:
            self.ficha.enfocar()

    def girar(self, paso: int) -> None:
        """Go to the next tab, or the one before with -1; the last one leads to the first."""
        claves = [DATOS, *self.tabs]
        self.ver(claves[(claves.index(self.selector.clave()) + paso) % len(claves)])

    def _cambio(self, clave: str) -> None:
        tab = self.tabs.get(clave)
        self._pila.setCurrentWidget(self.ficha if tab is None else tab)
        if tab is not None:
            tab.mostrar()

    def persona(self) -> int | None:
        """Give the owner that is chosen, None until the account was read."""
        return self.ficha.persona() if self.datos is not None else None

    def _de_la_historia(self, fila_: tuple[object, ...]) -> None:
        if fila_[-1]:
            self.solicitud.emit(str(fila_[-1]))

    def _tocadas(self, tablas: frozenset[str]) -> None:
        if tablas & _TABLAS and self.isVisible():
            self.leer()
