"""The window from login to close: first start, entry, change of phrase, work, end of session."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from lerdo_desk import __version__, config, loader
from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.config import Configuracion
from lerdo_desk.ui import theme
from lerdo_desk.ui.login import Identidad, UsuarioDePractica, VentanaLogin

if TYPE_CHECKING:
    from lerdo_desk.ui.inicio import DatosInstalacion, DatosPractica, DatosServidor, VentanaInicio
    from lerdo_desk.ui.jobs import Jobs
    from lerdo_desk.ui.links import Enlaces
    from lerdo_desk.ui.window import Ventana

SIN_PANTALLA = (
    "No hay pantalla: el programa necesita un escritorio gráfico. "
    "Sin él puede usar «lerdo-desk demo --sin-ventana»."
)
_PRIMERA_VEZ = "Su contraseña es temporal. Elija una que sólo usted conozca."
_MENSAJES = "lerdo_desk.ui.messages"
CARPETA_LOCAL = "municipio.db"


def hay_pantalla() -> bool:
    """Tell whether a window can be opened here; Qt would abort the process instead of saying so."""
    if not sys.platform.startswith("linux"):
        return True
    plataforma = os.environ.get("QT_QPA_PLATFORM", "")
    return bool(
        os.environ.get("DISPLAY")
        or os.environ.get("WAYLAND_DISPLAY")
        or plataforma.startswith(("offscreen", "minimal", "vnc"))
    )


class _TrasPintar(QObject):
    """Does something once, as soon as a window has been painted for the first time."""

    def __init__(self, ventana: QWidget, hacer: Callable[[], None]) -> None:
        super().__init__(ventana)
        self._hacer = hacer
        ventana.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Wait for the first paint; what follows it runs when the event loop is free again."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._hacer)
        return False


class Aplicacion(QObject):
    """Holds the one window that is open, and what leads from one to the next."""

    def __init__(self, configuracion: Configuracion | None) -> None:
        """``configuracion`` is None on a station that was never set up."""
        super().__init__()
        self.config = configuracion
        self.ventana: QWidget | None = None
        self._entrada: Any = None
        self._memoria: Any = None
        self._frase_nueva = ""

    @cached_property
    def jobs(self) -> "Jobs":
        """Give the door to the threads; nothing needs it before the first paint."""
        hechos: Jobs = loader.habitacion("lerdo_desk.ui.jobs").Jobs()
        return hechos

    def empezar(self) -> None:
        """Open the first window, and load what is heavy once it is painted."""
        if self.config is None:
            self._abrir_inicio()
        else:
            self._abrir_login(self.config)
        assert self.ventana is not None
        _TrasPintar(self.ventana, self._precargar)

    def _precargar(self) -> None:
        loader.pintada()
        self.jobs.hacer(loader.precargar, lambda _n: self._recordar_quien(), self._sin_modulos)

    def _sin_modulos(self, error: Exception) -> None:
        loader.habitacion(_MENSAJES).ErrorDialog(error, self.ventana).exec()
        QApplication.exit(2)

    def _recordar_quien(self) -> None:
        self.jobs.hacer(loader.recordado, self._poner_quien, lambda _e: None)

    def _poner_quien(self, usuario: str) -> None:
        if isinstance(self.ventana, VentanaLogin) and self.config is not None:
            self.ventana.poner_usuario(usuario)
            if usuario:
                buscar = partial(loader.frase_recordada, self.config.url, usuario)
                self.jobs.hacer(buscar, partial(self._poner_frase, usuario), lambda _e: None)

    def _poner_frase(self, usuario: str, frase: str) -> None:
        if isinstance(self.ventana, VentanaLogin):
            self.ventana.poner_frase(usuario, frase)

    def _mostrar(self, ventana: QWidget) -> None:
        anterior, self.ventana = self.ventana, ventana
        ventana.show()
        if anterior is not None:
            anterior.close()
            anterior.deleteLater()

    # First start -------------------------------------------------------------------------------------------

    def _abrir_inicio(self) -> None:
        inicio: VentanaInicio = loader.habitacion("lerdo_desk.ui.inicio").VentanaInicio(
            [(clave, clave.replace("_", " ").title()) for clave in loader.municipios()], __version__
        )
        inicio.conectar.connect(self._conectar)
        inicio.practicar.connect(self._practicar)
        inicio.instalar.connect(self._instalar)
        self._mostrar(inicio)

    def _conectar(self, datos: "DatosServidor") -> None:
        url = f"postgresql://{datos.servidor}:{datos.puerto}/{datos.base}"
        nueva = Configuracion(url=url, estacion=datos.estacion, caja=datos.caja)
        self._inicio().ocupado(True)
        self.jobs.hacer(
            partial(loader.probar_servidor, datos.servidor, datos.puerto),
            lambda _n: self._guardar(nueva),
            self._fallo_inicio,
        )

    def _practicar(self, datos: "DatosPractica") -> None:
        inicio = self._inicio()
        inicio.ocupado(True)
        carpeta = config.carpeta_de_datos() / "practica"
        avance = self.jobs.avisador(inicio.avanzar)
        self.jobs.hacer(
            partial(loader.sembrar, carpeta, datos.cuentas, avance),
            lambda s: self._guardar(
                Configuracion(s.url, estacion="practica-1", semilla_capacitacion=s.semilla_frases)
            ),
            self._fallo_inicio,
        )

    def _instalar(self, datos: "DatosInstalacion") -> None:
        inicio = self._inicio()
        inicio.ocupado(True)
        url = f"sqlite:///{config.carpeta_de_datos() / CARPETA_LOCAL}" if datos.local else datos.url
        todo = vars(datos) | {"url": url}
        self.jobs.hacer(
            partial(loader.instalar, todo), partial(self._instalado, url, datos.usuario), self._fallo_inicio
        )

    def _instalado(self, url: str, usuario: str, frase: str) -> None:
        inicio = self._inicio()
        inicio.ocupado(False)
        decir = loader.habitacion("lerdo_desk.ui.inicio_final").mostrar_frase
        decir(inicio, usuario, frase, lambda: self._guardar(Configuracion(url=url)))

    def _guardar(self, nueva: Configuracion) -> None:
        inicio = self._inicio()
        try:
            config.escribir(nueva)
        except (ErrorDeUso, ErrorDeEntorno) as error:
            self._fallo_inicio(error)
            return
        inicio.ocupado(False)
        self.config = nueva
        self._abrir_login(nueva)

    def _fallo_inicio(self, error: Exception) -> None:
        inicio = self._inicio()
        inicio.ocupado(False)
        inicio.mostrar_error(error)

    def _inicio(self) -> "VentanaInicio":
        return cast("VentanaInicio", self.ventana)

    # Entry -------------------------------------------------------------------------------------------------

    def _abrir_login(self, configuracion: Configuracion) -> None:
        semilla = configuracion.semilla_capacitacion
        local = configuracion.url.startswith("sqlite")
        base = "Base local" if local else f"Servidor {_servidor(configuracion.url)}"
        identidad = Identidad(base=base, version=__version__, capacitacion=bool(semilla))
        theme.tema().escalar(configuracion.letra)
        login = VentanaLogin(identidad)
        login.entrar.connect(self._entrar)
        login.cambiar.connect(self._cambiar)
        self._mostrar(login)
        if semilla:
            _TrasPintar(login, partial(self._poner_practica, login, semilla))

    def _poner_practica(self, login: VentanaLogin, semilla: str) -> None:
        frases = loader.frases_de_practica(semilla)
        login.poner_practica([UsuarioDePractica(u, u.capitalize(), f) for u, f in frases.items()])

    def _login(self) -> VentanaLogin:
        assert isinstance(self.ventana, VentanaLogin)
        return self.ventana

    def _entrar(self, usuario: str, frase: str) -> None:
        assert self.config is not None
        self._login().ocupado(True)
        self.jobs.hacer(
            partial(loader.entrar, self.config, usuario, frase),
            self._entro,
            partial(self._rechazado, usuario.strip().lower()),
        )

    def _rechazado(self, usuario: str, error: Exception) -> None:
        if isinstance(error, ErrorDeUso):  # what the keyring keeps may be an old phrase
            self._olvidar_frase(usuario)
        self._no_entro(error)

    def _entro(self, entrada: Any) -> None:  # noqa: ANN401 — core.acceso.Entrada
        self._entrada = entrada
        login = self._login()
        recordar = entrada.identidad.login if login.recordar else ""
        self._aparte(partial(loader.recordar, recordar))
        if not (recordar and entrada.puede_recordar):
            self._olvidar_frase(entrada.identidad.login)
        if entrada.identidad.temporal:
            login.pedir_cambio(_PRIMERA_VEZ)
            return
        self.jobs.hacer(partial(_lo_de_quien_entra, entrada), self._abrir_ventana, self._no_entro)

    def _aparte(self, trabajo: Callable[[], object]) -> None:
        """Do something of the keyring whose failure harms nobody."""
        self.jobs.hacer(trabajo, lambda _r: None, lambda _e: None)

    def _olvidar_frase(self, usuario: str) -> None:
        assert self.config is not None
        self._aparte(partial(loader.olvidar_frase, self.config.url, usuario))

    def _no_entro(self, error: Exception) -> None:
        self._login().mostrar_error(_frase(error))

    def _cambiar(self, frase: str) -> None:
        login = self._login()
        login.ocupado(True)
        self._frase_nueva = frase
        self.jobs.hacer(
            partial(loader.cambiar_frase, self._entrada, frase),
            lambda _n: self._reentrar(),
            lambda e: login.rechazar_cambio(_frase(e)),
        )

    def _reentrar(self) -> None:
        # The connections of the old phrase are of no use any more.
        usuario, frase = self._entrada.identidad.login, self._frase_nueva
        self._olvidar_frase(usuario)
        self._entrada.runner.cerrar()
        self._frase_nueva = ""
        self._entrar(usuario, frase)

    # Work --------------------------------------------------------------------------------------------------

    def _abrir_ventana(self, leido: tuple[Sequence[Any], Mapping[str, str]]) -> None:
        assert self.config is not None
        entrada, (paginas, recuerdos) = self._entrada, leido
        self.jobs.usar(entrada.runner)
        self._memoria = loader.memoria(self.jobs, entrada, recuerdos)
        sala = loader.habitacion("lerdo_desk.ui.window")
        entorno = sala.Entorno(
            municipio=entrada.municipio,
            servidor=entrada.servidor,
            perfil=entrada.identidad.perfil.capitalize(),
            capacitacion=entrada.modo == "capacitacion",
            version=__version__,
        )
        ventana: Ventana = sala.Ventana(
            self.jobs, entrada.runner, self.config, paginas, entorno, self._enlaces(entrada)
        )
        ventana.salir.connect(self._salir)
        ventana.resguardo.candado.bloqueada.connect(self._memoria.escribir)
        ventana.configurada.connect(self._configurada)
        ventana.cerrada.connect(self._cerrada)
        self._mostrar(ventana)

    def _enlaces(self, entrada: Any) -> "Enlaces":  # noqa: ANN401 — core.acceso.Entrada
        """Give the window what needs the database's address or the keyring."""
        assert self.config is not None
        enlaces = loader.habitacion("lerdo_desk.ui.links")
        url, login = self.config.url, entrada.identidad.login
        llavero = None
        if entrada.puede_recordar:
            llavero = enlaces.Llavero(
                lambda: bool(loader.frase_recordada(url, login)), partial(loader.recordar_frase, url, login)
            )
        hechos: Enlaces = enlaces.Enlaces(
            comprobar=partial(loader.comprobar, url, login),
            firmar=partial(loader.firmar, self.config),
            guardar=config.escribir,
            llavero=llavero,
            extras={
                "exportar": loader.exportador(entrada),
                "recordar": self._memoria.recordar,
                "recordado": self._memoria.recordado,
            },
        )
        return hechos

    def _configurada(self, nueva: Configuracion) -> None:
        self.config = nueva

    def _salir(self) -> None:
        assert self.config is not None
        cast("Ventana", self.ventana).cerrada.disconnect(self._cerrada)
        entrada, memoria = self._entrada, self._memoria
        self._entrada = self._memoria = None
        memoria.cerrar()
        self._abrir_login(self.config)  # the old window hides, and its lists say how they look
        self._aparte(partial(_despedir, entrada, memoria))

    def _cerrada(self) -> None:
        self._guardar_tema()
        self._memoria.cerrar()

    def _guardar_tema(self) -> None:
        elegido = theme.tema().nombre
        if self.config is not None and self.config.archivo is not None and elegido != self.config.tema:
            self.jobs.hacer(
                partial(config.escribir, self.config._replace(tema=elegido)), lambda _r: None, lambda _e: None
            )

    def terminar(self) -> None:
        """Wait for what is being written, write how things looked and close every connection."""
        self.jobs.cerrar()
        if self._entrada is not None:
            _despedir(self._entrada, self._memoria)
            self._entrada = self._memoria = None


def _lo_de_quien_entra(entrada: Any) -> tuple[Sequence[Any], Mapping[str, str]]:  # noqa: ANN401 — core's
    """Give the pages, and what the person remembers of them (in a worker)."""
    return loader.paginas(), loader.recuerdos(entrada)


def _despedir(entrada: Any, memoria: Any) -> None:  # noqa: ANN401 — core.acceso.Entrada, ui.remembered
    """Write what is left of a session and close its connections."""
    if memoria is not None:
        memoria.asentar()
    entrada.runner.cerrar()


def _frase(error: Exception) -> str:
    return str(loader.habitacion(_MENSAJES).explicar(error).frase)


def _servidor(url: str) -> str:
    return url.split("://", 1)[1].split("/", 1)[0].split("?", 1)[0] or "local"


def abrir(configuracion: Configuracion | None) -> int:
    """Open the program and give its exit code; ErrorDeUso where there is no display."""
    if not hay_pantalla():
        raise ErrorDeUso(SIN_PANTALLA)
    theme.antes_de_la_aplicacion()
    qt = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(qt, QApplication)
    qt.setApplicationName("Lerdo Desk")
    qt.setDesktopFileName("lerdo-desk")
    theme.instalar(
        qt, configuracion.tema if configuracion else "claro", configuracion.letra if configuracion else 100
    )
    aplicacion = Aplicacion(configuracion)
    aplicacion.empezar()
    codigo = qt.exec()
    aplicacion.terminar()
    return codigo


def carpeta_de_practica() -> Path:
    """Give the folder of the demo that opens with a window."""
    return config.carpeta_de_datos() / "demo"
