"""What screen tests need: a real window over a real municipality, driven by keys as a person does."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

from apoyo import clave_de, hoy_de, piezas_de
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListView, QWidget
from sqlalchemy import insert, select, text

from lerdo_desk.base.errores import ErrorDeEntorno
from lerdo_desk.config import Configuracion, Impresion
from lerdo_desk.core import registry
from lerdo_desk.db import motor
from lerdo_desk.hacienda.modelos import Contribuyente, Cuenta
from lerdo_desk.modules.predial import service as predial
from lerdo_desk.modules.predial.models import Predio, Valor
from lerdo_desk.ui.jobs import Jobs
from lerdo_desk.ui.links import Enlaces
from lerdo_desk.ui.pages import Pagina
from lerdo_desk.ui.window import Entorno, Ventana

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER, F12 = Qt.Key.Key_Return, Qt.Key.Key_F12
DIA = 86_400_000_000
PERDIDA = (
    "No hay conexión con la base de datos. No se sabe si la operación quedó: reintente la misma, no otra."
)


class RunnerQueSePierde:
    """Loses the answer of chosen use cases: before their work is begun, or after it is really committed."""

    def __init__(self, de_verdad) -> None:
        self._de_verdad = de_verdad
        self.antes: list[object] = []
        self.despues: list[object] = []
        self.ordenes: list[object] = []

    def __getattr__(self, nombre):
        return getattr(self._de_verdad, nombre)

    def ejecutar(self, caso, orden, **mas):
        self.ordenes.append(orden)
        if caso in self.antes:
            self.antes.remove(caso)
            raise ErrorDeEntorno(PERDIDA)
        hecho = self._de_verdad.ejecutar(caso, orden, **mas)
        if caso in self.despues:
            self.despues.remove(caso)
            raise ErrorDeEntorno(PERDIDA)
        return hecho


class Reloj:
    """A clock of the embedded database that a test moves."""

    def __init__(self, micros: int | None = None) -> None:
        self.micros = motor.reloj_del_equipo() if micros is None else micros

    def __call__(self) -> int:
        self.micros += 1
        return self.micros


class Mostrador:
    """A person's window; every gesture goes through the keyboard."""

    def __init__(
        self,
        qtbot,
        runner,
        carpeta: Path,
        paginas: Sequence[Pagina],
        caja: str | None = None,
        enlaces: Enlaces | None = None,
    ):
        self.qtbot, self.runner, self.carpeta = qtbot, runner, carpeta
        impresion = {d: Impresion(carpeta=carpeta / d) for d in ("recibo", "corte")}
        self.jobs = Jobs(runner)
        self.config = Configuracion("sqlite:///nada.db", caja=caja, impresion=impresion)
        self.ventana = Ventana(
            self.jobs,
            runner,
            self.config,
            paginas,
            Entorno("Municipio de Prueba", "Base local", "Cajero", True),
            enlaces or Enlaces(),
        )
        qtbot.addWidget(self.ventana)
        self.ventana.show()
        qtbot.waitExposed(self.ventana)

    def pagina(self, clave: str):
        return self.ventana.widget_de(clave)

    def delante(self) -> QWidget:
        """Give the window that gets the keys; offscreen nobody activates it when a dialog opens or closes."""
        delante = QApplication.activeModalWidget() or self.ventana
        delante.activateWindow()
        self.qtbot.waitUntil(delante.isActiveWindow, timeout=2000)
        return delante

    def tecla(self, tecla: Qt.Key, mod: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        ventana = self.delante()
        QTest.keyClick(ventana.focusWidget() or ventana, tecla, mod)

    def escribe(self, texto: str) -> None:
        ventana = self.delante()
        for letra in texto:
            QTest.keyClicks(ventana.focusWidget() or ventana, letra)

    def hasta(self, condicion: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condicion()), timeout=8000)

    def dialogo(self, clase: type[QDialog]):
        """Wait for a dialog of a kind and give it."""
        self.hasta(lambda: isinstance(QApplication.activeModalWidget(), clase))
        return QApplication.activeModalWidget()

    def sin_dialogo(self) -> None:
        self.hasta(lambda: QApplication.activeModalWidget() is None)

    def textos(self) -> str:
        """Give everything that can be read on the window and its open dialog, hidden parts left out."""
        dichos = []
        for raiz in (self.ventana, QApplication.activeModalWidget()):
            for hijo in raiz.findChildren(QWidget) if raiz else ():
                if hijo.isVisible():
                    dichos.append(hijo.text() if hasattr(hijo, "text") else "")
                    dichos.append(hijo.accessibleName())
                    dichos.append(hijo.toolTip())
        return "\n".join(str(d) for d in dichos)

    def rotulos(self) -> list[QLabel]:
        """Give the visible labels of the window and its open dialog."""
        raices = [r for r in (self.ventana, QApplication.activeModalWidget()) if r]
        return [r for raiz in raices for r in raiz.findChildren(QLabel) if r.isVisible()]

    def cerrar(self) -> None:
        modal = QApplication.activeModalWidget()
        if modal is not None:
            modal.hide()
        self.jobs.cerrar()


class Cajera(Mostrador):
    """A cashier at the caja's page."""

    @property
    def caja(self):
        return self.pagina("caja")

    @property
    def calle(self):
        return self.caja.calle

    def abre(self, fondo: str = "500") -> None:
        """Count a fund (pesos) with the fewest pieces and open the till with it."""
        self.hasta(lambda: self.caja.paso == "apertura")
        for _, cuantas in piezas_de(Decimal(fondo)):
            self.escribe(str(cuantas) if cuantas else "")
            self.tecla(ENTER)
        self.tecla(F12)
        self.hasta(lambda: self.caja.paso == "calle")

    def resultados(self) -> list:
        modelo = self.calle.findChild(QListView).model()
        return [modelo.index(n, 0).data(Qt.ItemDataRole.UserRole) for n in range(modelo.rowCount())]

    def busca(self, texto: str = "pena") -> None:
        self.tecla(Qt.Key.Key_F2)
        self.escribe(texto)
        self.hasta(self.resultados)

    def abre_cuenta(self, texto: str = "pena") -> None:
        self.busca(texto)
        self.tecla(ENTER)
        self.hasta(self.calle.con_detalle)

    def total(self) -> str:
        return self.calle.cuenta.total.total.texto()

    def cuenta(self, texto: str, *piezas: str) -> None:
        """Go to the count and type pieces, Enter after each."""
        self.tecla(F12, CTRL)
        self.hasta(lambda: self.caja.paso == "conteo")
        for cuantas in (texto, *piezas):
            self.escribe(cuantas)
            self.tecla(ENTER)


def predio_a_nombre(base, modelo, nombre: str, n: int = 77) -> int:
    """Register one more property like ``modelo`` in another name, with the same debts; give its account."""
    dueno, hoy = base.motor_del_dueno(), hoy_de(base)
    with motor.transaccion(dueno) as sesion:
        igual = sesion.execute(select(Cuenta).where(Cuenta.id == modelo.cuenta_id)).scalar_one()
        persona = sesion.execute(
            insert(Contribuyente).values(nombre=nombre, tipo="F").returning(Contribuyente.id)
        ).scalar_one()
        cuenta = sesion.execute(
            insert(Cuenta)
            .values(
                ente_id=igual.ente_id,
                modulo=igual.modulo,
                clave=clave_de(base, n),
                titular_id=persona,
                titular=nombre,
                domicilio=f"Calle {nombre}",
            )
            .returning(Cuenta.id)
        ).scalar_one()
        anios = set()
        for tabla in (Predio, Valor):
            for fila in sesion.execute(
                select(tabla.__table__).where(tabla.cuenta_id == modelo.cuenta_id)
            ).mappings():
                copia = {k: v for k, v in fila.items() if k not in ("usuario", "creado")}
                sesion.execute(insert(tabla).values(copia | {"cuenta_id": cuenta}))
                anios.add(copia.get("ejercicio", hoy.year))
    dueno.dispose()
    tesorero = base.entrar("teo.tesorero")
    for ejercicio in range(min(anios), hoy.year + 1):
        tesorero.ejecutar(predial.emitir, predial.Emision(ejercicio))
    return cuenta


def consulta(base, sql: str) -> list[tuple]:
    """Read the database directly, as its owner."""
    dueno = base.motor_del_dueno()
    with motor.sesion(dueno, escribe=False) as sesion:
        filas = [tuple(f) for f in sesion.execute(text(sql))]
    dueno.dispose()
    return filas


def recibos(base) -> int:
    """Count the receipts that are sealed."""
    return consulta(base, "SELECT count(*) FROM hacienda_recibo")[0][0]


def paginas_de_la_casa() -> tuple[Pagina, ...]:
    """Give the pages of every dirección that has some."""
    return tuple(p for sala in registry.habitaciones("screens") for p in sala.PAGINAS)
