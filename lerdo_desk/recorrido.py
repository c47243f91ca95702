"""The tour: drives the real windows by keys through the main job and takes a picture of each screen."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QEvent, QEventLoop, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListView, QWidget

from lerdo_desk import app, loader
from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.config import Configuracion, Impresion
from lerdo_desk.ui import theme

CUENTAS = 400
TEMAS = ("claro", "oscuro")
_PACIENCIA = 30.0
_PAUSA = 0.15
_TAMANO = (1366, 768)


def en_otro_proceso(carpeta: Path) -> Path:
    """Take the pictures in a process of their own, without a screen if there is none, and give their folder.

    Raises ErrorDeEntorno with what that process said when it failed.
    """
    entorno = dict(os.environ)
    if not app.hay_pantalla():
        entorno["QT_QPA_PLATFORM"] = "offscreen"
    orden = [sys.executable, "-m", "lerdo_desk", "demo", "--capturas", str(carpeta)]
    hecho = subprocess.run(orden, env=entorno, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603
    if hecho.returncode:
        ultima = (hecho.stderr.strip().splitlines() or ["sin explicación"])[-1]
        raise ErrorDeEntorno(f"No se pudieron tomar las imágenes: {ultima}", hecho.stderr)
    return carpeta


def tomar(carpeta: Path) -> int:
    """Walk the main job once in each theme and leave ``NN-nombre-tema.png`` in ``carpeta``."""
    if not app.hay_pantalla():
        raise ErrorDeUso(app.SIN_PANTALLA)
    carpeta.mkdir(parents=True, exist_ok=True)
    theme.antes_de_la_aplicacion()
    qt = cast("QApplication", QApplication.instance() or QApplication(sys.argv[:1]))
    with tempfile.TemporaryDirectory(prefix="recorrido-") as temporal:
        for nombre in TEMAS:
            theme.instalar(qt, nombre)
            _Recorrido(qt, carpeta, nombre, Path(temporal) / nombre).hacer()
    return 0


class _Recorrido:
    """One walk in one theme, over a municipality of its own."""

    def __init__(self, qt: QApplication, carpeta: Path, tema: str, base: Path) -> None:
        self._qt, self._carpeta, self._tema, self._base = qt, carpeta, tema, base
        self._n = 0
        self._vistas: set[str] = {"caja"}
        self._delante: QWidget | None = None
        sembrado = loader.sembrar(base, CUENTAS, lambda _paso: None)
        self._frases = dict(loader.frases_de_practica(sembrado.semilla_frases))
        impresion = {d: Impresion(carpeta=base / d) for d in ("recibo", "corte")}
        self._config = Configuracion(
            sembrado.url,
            "practica-1",
            semilla_capacitacion=sembrado.semilla_frases,
            impresion=impresion,
            tema=tema,
        )

    def hacer(self) -> None:
        """Walk every screen in the order in which people meet them."""
        self._primer_inicio()
        programa = app.Aplicacion(self._config)
        programa.empezar()
        try:
            self._entrar(programa)
            self._caja(programa)
            self._cerrar_caja(programa)
            self._otra_persona(programa, "administrador", self._sistema)
            self._otra_persona(programa, "supervisor", self._supervisor)
            self._otra_persona(programa, "tesorero", self._paginas)
            self._otra_persona(programa, "capturista", self._paginas)
            self._cambio_de_frase(programa)
        finally:
            if programa.ventana is not None:
                programa.ventana.close()
            programa.terminar()

    def _primer_inicio(self) -> None:
        programa = app.Aplicacion(None)
        programa.empezar()
        inicio: Any = programa.ventana
        self._foto(inicio, "primer-inicio")
        for clave in ("conectar", "practicar", "instalar"):
            inicio.abrir(clave)
            self._foto(inicio, f"primer-inicio-{clave}")
            inicio.volver()
        inicio.close()
        programa.terminar()

    def _entrar(self, programa: app.Aplicacion) -> None:
        login: Any = programa.ventana
        self._hasta(lambda: bool(login.isVisible()), "el inicio de sesión")
        self._foto(login, "login")
        login.entrar.emit("cajero", "una contraseña equivocada")
        self._hasta(lambda: "incorrect" in _textos(login), "el rechazo de la contraseña")
        self._foto(login, "login-error")
        self._sesion(programa, "cajero")

    def _sesion(self, programa: app.Aplicacion, usuario: str) -> Any:  # noqa: ANN401 — ui.window.Ventana
        login: Any = programa.ventana
        login.entrar.emit(usuario, self._frases[usuario])
        self._hasta(lambda: programa.ventana is not login, f"la ventana de «{usuario}»")
        ventana: Any = programa.ventana
        ventana.resize(*_TAMANO)
        self._delante = ventana
        return ventana

    def _caja(self, programa: app.Aplicacion) -> None:
        ventana: Any = programa.ventana
        caja = ventana.widget_de("caja")
        self._hasta(lambda: caja.paso == "apertura", "la apertura de la caja")
        self._foto(ventana, "caja-apertura")
        # A thousand and a five hundred, then open.
        self._teclas("1", Qt.Key.Key_Return)
        self._teclas("1", Qt.Key.Key_F12)
        self._hasta(lambda: caja.paso == "calle", "la caja abierta")
        self._foto(ventana, "caja-vacia")
        self._buscar_con_adeudo(caja)
        self._foto(ventana, "caja-busqueda")
        self._teclas("", Qt.Key.Key_Return)
        self._hasta(lambda: bool(caja.calle.con_detalle()), "la cuenta con adeudo")
        self._foto(ventana, "caja-cuenta")
        self._con_dialogo(ventana, Qt.Key.Key_F3, "caja-detalle")
        self._cobrar(ventana)
        self._turno_abierto(ventana, caja)

    def _turno_abierto(self, ventana: QWidget, caja: Any) -> None:  # noqa: ANN401 — caja's page
        """Look at what else is done at an open till: its receipts, a drop, the X report."""
        self._teclas("", Qt.Key.Key_F7)
        self._hasta(lambda: caja.recibos.actual() is not None, "los recibos del turno")
        self._foto(ventana, "caja-recibos")
        self._con_dialogo(ventana, Qt.Key.Key_F9, "caja-cancelar")
        self._teclas("", Qt.Key.Key_Escape)
        self._hasta(lambda: caja.paso == "calle", "la caja abierta")
        self._con_dialogo(ventana, Qt.Key.Key_F8, "caja-retiro")
        QTest.keyClick(self._foco(), Qt.Key.Key_F8, Qt.KeyboardModifier.ControlModifier)
        self._dialogo("el corte X")
        self._foto(ventana, "caja-corte-x")
        self._cerrar_dialogos()

    def _buscar_con_adeudo(self, caja: Any) -> None:  # noqa: ANN401 — caja's page
        """Type surnames, as a person would, until one brings an account that owes; go down to it."""
        for apellido in ("peña", "muñoz", "ortega", "rivas", "soto", "villa", "c"):
            caja.calle.enfocar()
            QTest.keyClick(self._foco(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            self._teclas(apellido)
            self._esperar(0.6)
            for lista in caja.calle.findChildren(QListView):
                filas = [
                    lista.model().index(n, 0).data(Qt.ItemDataRole.UserRole)
                    for n in range(lista.model().rowCount())
                ]
                for n, fila in enumerate(filas):
                    if "$" in fila.derecha:
                        self._teclas("", *[Qt.Key.Key_Down] * n)
                        return
        raise ErrorDeEntorno("El recorrido no encontró una cuenta con adeudo en los datos de práctica.")

    def _cobrar(self, ventana: QWidget) -> None:
        self._teclas("", Qt.Key.Key_F12)
        dialogo: Any = self._dialogo("el cobro")
        self._foto(ventana, "caja-cobro")
        total = dialogo.total
        QTest.keyClick(self._foco(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._teclas("1")
        self._foto(ventana, "caja-falta-dinero")
        QTest.keyClick(self._foco(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self._teclas(str((total // 500 + 1) * 500))
        self._foto(ventana, "caja-cambio")
        self._teclas("", Qt.Key.Key_Return)
        self._hasta(lambda: bool(dialogo.hecho), "el recibo sellado")
        self._esperar(1.0)
        self._foto(ventana, "caja-cobrado")
        self._cerrar_dialogos()

    def _cerrar_caja(self, programa: app.Aplicacion) -> None:
        ventana: Any = programa.ventana
        caja = ventana.widget_de("caja")
        QTest.keyClick(self._foco(), Qt.Key.Key_F12, Qt.KeyboardModifier.ControlModifier)
        self._hasta(lambda: caja.paso == "conteo", "el conteo a ciegas")
        self._teclas("2")
        self._foto(ventana, "caja-conteo")
        self._teclas("", Qt.Key.Key_F12)
        self._dialogo("la confirmación del conteo")
        self._foto(ventana, "caja-conteo-confirmar")
        self._teclas("", Qt.Key.Key_Return)
        self._hasta(lambda: caja.paso == "resultado", "el resultado del conteo")
        self._teclas("Faltó cambio de la mañana")
        self._foto(ventana, "caja-resultado")
        self._teclas("", Qt.Key.Key_F12)
        self._hasta(lambda: caja.paso == "corte", "el corte sellado")
        self._esperar(1.0)
        self._foto(ventana, "caja-corte")

    def _otra_persona(self, programa: app.Aplicacion, usuario: str, mirar: Callable[[Any], None]) -> None:
        anterior: Any = programa.ventana
        anterior.salir.emit()
        self._hasta(lambda: programa.ventana is not anterior, "el fin de la sesión")
        mirar(self._sesion(programa, usuario))

    def _sistema(self, ventana: Any) -> None:  # noqa: ANN401 — ui.window.Ventana
        self._en_calma(ventana)
        self._con_dialogo(ventana, Qt.Key.Key_F12, "sistema-alta")
        self._paginas(ventana)

    def _supervisor(self, ventana: Any) -> None:  # noqa: ANN401 — ui.window.Ventana
        self._paginas(ventana)
        ventana.ir("caja_asignacion")
        self._en_calma(ventana)
        self._con_dialogo(ventana, Qt.Key.Key_F12, "asignacion-asignar")
        ventana.ir("caja_cortes")
        self._en_calma(ventana)
        self._con_dialogo(ventana, Qt.Key.Key_F12, "corte-verificar")

    def _paginas(self, ventana: Any) -> None:  # noqa: ANN401 — ui.window.Ventana
        """Open every page that a person has, and take the picture of those that nobody has shown yet."""
        for clave in ventana.paginas():
            if clave not in self._vistas:
                self._vistas.add(clave)
                ventana.ir(clave)
                self._en_calma(ventana)
                self._foto(ventana, clave.replace("_", "-"))

    def _cambio_de_frase(self, programa: app.Aplicacion) -> None:
        anterior: Any = programa.ventana
        anterior.salir.emit()
        self._hasta(lambda: programa.ventana is not anterior, "el fin de la sesión")
        login: Any = programa.ventana
        login.pedir_cambio("Su contraseña es temporal. Elija una que sólo usted conozca.")
        self._foto(login, "login-cambio")

    # Hands and eyes ----------------------------------------------------------------------------------------

    def _con_dialogo(self, ventana: QWidget, tecla: Qt.Key, nombre: str) -> None:
        self._teclas("", tecla)
        self._dialogo(nombre)
        self._foto(ventana, nombre)
        self._cerrar_dialogos()

    def _dialogo(self, que: str) -> QDialog:
        self._hasta(lambda: bool(_dialogos()), que)
        return _dialogos()[0]

    def _cerrar_dialogos(self) -> None:
        for _ in range(3):
            for dialogo in _dialogos():
                QTest.keyClick(dialogo, Qt.Key.Key_Escape)
            self._esperar(_PAUSA)

    def _foco(self) -> QWidget:
        enfocado = QApplication.focusWidget()
        if enfocado is not None:
            return enfocado
        # Without a window manager nothing is active once a dialog has closed.
        delante = QApplication.activeModalWidget() or self._delante
        if delante is None:
            raise ErrorDeEntorno("Ninguna ventana tiene el foco; el recorrido no puede teclear.")
        delante.activateWindow()
        self._esperar(_PAUSA)
        return QApplication.focusWidget() or delante.focusWidget() or delante

    def _teclas(self, texto: str, *teclas: Qt.Key) -> None:
        for letra in texto:
            # QTest types ASCII only; a person types ñ.
            for clase in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(
                    self._foco(), QKeyEvent(clase, 0, Qt.KeyboardModifier.NoModifier, letra)
                )
        for tecla in teclas:
            QTest.keyClick(self._foco(), tecla)
        self._esperar(_PAUSA)

    def _en_calma(self, ventana: Any) -> None:  # noqa: ANN401 — ui.window.Ventana
        """Wait until a page has read what it shows."""
        self._esperar(_PAUSA)
        self._hasta(lambda: not ventana.servicios.jobs.activo, "que la página terminara de leer")

    def _hasta(self, condicion: Callable[[], bool], que: str) -> None:
        fin = time.monotonic() + _PACIENCIA
        while not condicion():
            if time.monotonic() > fin:
                raise ErrorDeEntorno(f"El recorrido esperó {que} y no llegó.")
            self._qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        self._esperar(_PAUSA)

    def _esperar(self, segundos: float) -> None:
        fin = time.monotonic() + segundos
        while time.monotonic() < fin:
            self._qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def _foto(self, ventana: QWidget, nombre: str) -> None:
        self._esperar(_PAUSA)
        self._n += 1
        destino = self._carpeta / f"{self._n:02d}-{nombre}-{self._tema}.png"
        if not _componer(ventana, _dialogos()).save(str(destino)):
            raise ErrorDeEntorno(f"No se pudo guardar {destino.name}; revise espacio y permisos.")


def _componer(ventana: QWidget, dialogos: Sequence[QDialog]) -> QPixmap:
    """Paint a window with its dialogs where a person sees them; each is a window of its own to the system."""
    imagen = ventana.grab()
    if dialogos:
        pintor = QPainter(imagen)
        for dialogo in reversed(dialogos):
            # Where a window manager puts it; without one Qt keeps it inside a smaller, imaginary screen.
            lugar = ventana.rect().center() - QPoint(dialogo.width() // 2, dialogo.height() // 2)
            pintor.drawPixmap(lugar, dialogo.grab())
        pintor.end()
    return imagen


def _dialogos() -> list[QDialog]:
    """List the open dialogs, the one in front first."""
    abiertos = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    delante = QApplication.activeModalWidget()
    return sorted(abiertos, key=lambda d: d is not delante)


def _textos(widget: QWidget) -> str:
    """Gather what a widget says, painted rows included through their accessible text."""
    partes = []
    for hijo in widget.findChildren(QWidget):
        if hijo.isVisible() and hasattr(hijo, "text"):
            dicho = hijo.text()
            partes.append(dicho if isinstance(dicho, str) else "")
    return " ".join(partes).lower()
