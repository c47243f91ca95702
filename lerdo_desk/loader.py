"""The one room that imports the heavy rooms, by name, once the first window is painted."""

import gc
import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.config import Configuracion
from lerdo_desk.recursos import ruta

_PESADAS = (
    "lerdo_desk.ui.messages",
    "lerdo_desk.ui.window",
    "lerdo_desk.ui.remembered",
    "lerdo_desk.core.personales",
    "lerdo_desk.core.acceso",
    "lerdo_desk.core.instalacion",
    "lerdo_desk.core.llavero",
    "lerdo_desk.reports.recibo",
    "lerdo_desk.reports.corte",
    "lerdo_desk.reports.xlsx",
    "lerdo_desk.reports.exportacion",
)


def habitacion(nombre: str) -> Any:  # noqa: ANN401 — a module, whatever it holds
    """Import one room by name and give it."""
    return importlib.import_module(nombre)


def ventana() -> Any:  # noqa: ANN401 — the module app
    """Give the room of the window; ``ui`` comes first, because it spares what Qt does to every import.

    Nothing that is built for the first window is garbage, so none is sought until ``pintada``.
    """
    gc.disable()
    habitacion("lerdo_desk.ui")
    return habitacion("lerdo_desk.app")


def pintada() -> None:
    """Seek garbage again, the first window being painted; what was built for it is left out of the search."""
    gc.freeze()
    gc.enable()


def precargar() -> int:
    """Import everything heavy and every dirección, in a worker; give how many direcciones there are."""
    for nombre in _PESADAS:
        habitacion(nombre)
    registro = habitacion("lerdo_desk.core.registry")
    registro.habitaciones("service")
    return len(registro.modulos())


def entrar(config: Configuracion, usuario: str, frase: str) -> Any:  # noqa: ANN401 — core.acceso.Entrada
    """Open the station's database as a person."""
    return habitacion("lerdo_desk.core.acceso").entrar(config.url, usuario, frase, estacion=config.estacion)


def cambiar_frase(entrada: Any, frase: str) -> None:  # noqa: ANN401 — core.acceso.Entrada
    """Replace the phrase of who has just entered; ErrorDeUso when it is easy to guess."""
    frases = habitacion("lerdo_desk.core.frases")
    sistema = habitacion("lerdo_desk.modules.sistema.service")
    login = entrada.identidad.login
    frases.revisar_frase(frase, login, entrada.frase_minima)
    verificador = habitacion("lerdo_desk.core.instalacion").verificador_para(
        entrada.runner.motor, login, frase
    )
    entrada.runner.ejecutar(sistema.cambiar_mi_frase, sistema.NuevaFrase(verificador))


def exportador(entrada: Any) -> Any:  # noqa: ANN401 — reports.exportacion.Exportador
    """Give what writes any list of the window to a file, reading as the person who entered."""
    return habitacion("lerdo_desk.reports.exportacion").Exportador(
        entrada.runner, entrada.municipio, entrada.modo == "capacitacion"
    )


def paginas() -> tuple[Any, ...]:
    """Give the pages of every dirección in the order of the sidebar."""
    registro = habitacion("lerdo_desk.core.registry")
    orden = {m.clave: m.orden for m in registro.modulos()}
    salas = sorted(
        registro.habitaciones("screens"), key=lambda sala: orden.get(sala.__name__.split(".")[2], 99)
    )
    return tuple(pagina for sala in salas for pagina in sala.PAGINAS)


def recuerdos(entrada: Any) -> Mapping[str, str]:  # noqa: ANN401 — core.acceso.Entrada
    """Read what the person who entered has chosen of how things look, by key."""
    personales = habitacion("lerdo_desk.core.personales")
    mios = entrada.runner.ejecutar(personales.mis_apuntes, personales.Mios(personales.PREFERENCIA)).valor
    leidos: Mapping[str, str] = mios
    return leidos


def memoria(jobs: Any, entrada: Any, leidos: Mapping[str, str]) -> Any:  # noqa: ANN401 — ui.remembered
    """Give what keeps how things look for the person who entered, and writes it behind."""
    personales = habitacion("lerdo_desk.core.personales")
    return habitacion("lerdo_desk.ui.remembered").Remembered(
        jobs,
        entrada.runner,
        personales.apuntar,
        lambda clave, valor: personales.Apunte(personales.PREFERENCIA, clave, valor),
        leidos,
    )


def recordado() -> str:
    """Give the user's name that the keyring remembers."""
    return str(habitacion("lerdo_desk.core.llavero").recordado())


def recordar(usuario: str) -> bool:
    """Keep or forget the user's name in the keyring."""
    return bool(habitacion("lerdo_desk.core.llavero").recordar(usuario))


def frase_recordada(url: str, usuario: str) -> str:
    """Give the password that the keyring keeps for a person of one database, or nothing."""
    return str(habitacion("lerdo_desk.core.llavero").frase_recordada(url, usuario))


def recordar_frase(url: str, usuario: str, frase: str) -> None:
    """Check a password and keep it in the keyring, or forget it when empty.

    Raises ErrorDeUso when it is wrong, ErrorDeEntorno where this station cannot remember.
    """
    if frase:
        comprobar(url, usuario, frase)
    if not habitacion("lerdo_desk.core.llavero").recordar_frase(url, usuario, frase):
        raise ErrorDeEntorno("Este equipo no tiene llavero, o está cerrado: no puede recordar su contraseña.")


def olvidar_frase(url: str, usuario: str) -> bool:
    """Take a password out of the keyring, if it was there."""
    return bool(habitacion("lerdo_desk.core.llavero").recordar_frase(url, usuario, ""))


def comprobar(url: str, usuario: str, frase: str) -> None:
    """Check a person's password on a connection of its own; ErrorDeUso when it is wrong."""
    habitacion("lerdo_desk.core.acceso").comprobar(url, usuario, frase)


def firmar(config: Configuracion, usuario: str, frase: str, caso: Any, orden: Any) -> Any:  # noqa: ANN401
    """Carry out a use case as another person, who signs with their own login; gives core's Done."""
    acceso = habitacion("lerdo_desk.core.acceso")
    return acceso.firmar(config.url, usuario, frase, caso, orden, estacion=config.estacion)


def sembrar(carpeta: Path, cuentas: int, avance: Callable[[Any], None]) -> Any:  # noqa: ANN401 — demo.Sembrado
    """Make the training database."""
    return habitacion("lerdo_desk.demo").sembrar(carpeta, cuentas, avance)


def frases_de_practica(semilla: str) -> Mapping[str, str]:
    """Give the training users with their phrases (light: no database is opened)."""
    permisos = habitacion("lerdo_desk.core.permisos")
    frases = habitacion("lerdo_desk.core.frases")
    return {perfil: frases.frase_de_capacitacion(semilla, perfil) for perfil in permisos.PERFILES}


def municipios() -> tuple[str, ...]:
    """List the packs that ship, by folder name."""
    return tuple(sorted(p.name for p in ruta("municipios").iterdir() if p.is_dir()))


def probar_servidor(servidor: str, puerto: int) -> None:
    """Knock at a server's door before its address is kept; ErrorDeEntorno when nobody answers."""
    habitacion("lerdo_desk.core.acceso").tocar(servidor, puerto)


def instalar(datos: Mapping[str, Any]) -> str:
    """Prepare a production database and give the first administrator's temporary phrase."""
    instalacion = habitacion("lerdo_desk.core.instalacion")
    if not datos["usuario"]:
        raise ErrorDeUso("Escriba el nombre de usuario de quien administra las cuentas.", "usuario")
    orden = instalacion.Preparacion(
        url=datos["url"],
        paquete=ruta("municipios", datos["municipio"]),
        modo="produccion",
        administrador=datos["usuario"],
        nombre=datos["nombre"],
        superusuario=datos.get("superusuario") or "postgres",
        clave=datos.get("contrasena") or None,
    )
    return str(instalacion.preparar(orden))
