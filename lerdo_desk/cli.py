"""The ``lerdo-desk`` command: its words, its sentences and its exit codes; it loads no Qt by itself."""

import argparse
import getpass
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lerdo_desk import __version__, config, loader
from lerdo_desk.base.errores import Cancelado, ErrorDeEntorno, ErrorDeUso
from lerdo_desk.config import Configuracion, Impresion
from lerdo_desk.recursos import ruta

CUENTAS = 3000


def main(palabras: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it went well, 2 with one Spanish line on standard error when it did not."""
    opciones = _gramatica().parse_args(palabras)
    try:
        return int(opciones.hacer(opciones) or 0)
    except (ErrorDeUso, ErrorDeEntorno, Cancelado) as error:
        problemas = getattr(error, "problemas", None)
        for problema in problemas or (error,):
            print(problema, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Se detuvo a petición suya.", file=sys.stderr)
        return 130


def _gramatica() -> argparse.ArgumentParser:
    gramatica = argparse.ArgumentParser(prog="lerdo-desk", description="Oficina municipal de escritorio.")
    gramatica.add_argument("--version", action="version", version=__version__)
    gramatica.add_argument("--config", type=Path, help="archivo TOML de la estación")
    gramatica.set_defaults(hacer=_ventana)
    ordenes = gramatica.add_subparsers(title="órdenes", metavar="ORDEN")

    demo = ordenes.add_parser("demo", help="crea datos ficticios y abre el programa con ellos")
    demo.add_argument(
        "--sin-ventana", action="store_true", help="hace el trabajo principal sin ventana y termina"
    )
    demo.add_argument(
        "--carpeta", type=Path, help="dónde quedan la base, los recibos, los cortes y las capturas"
    )
    demo.add_argument(
        "--cuentas", type=_cuantas, default=CUENTAS, help="cuántas cuentas (3000 si no se dice)"
    )
    demo.add_argument("--capturas", type=Path, metavar="DIR", help="sólo toma las imágenes de cada pantalla")
    demo.set_defaults(hacer=_demo)

    migrar = ordenes.add_parser("migrar", help="crea o actualiza la base de esta estación")
    _opcion_base(migrar)
    migrar.add_argument("--produccion", action="store_true", help="una base nueva será de producción")
    migrar.add_argument(
        "--municipio", type=Path, help="carpeta del paquete del municipio para una base nueva"
    )
    migrar.set_defaults(hacer=_migrar)

    servidor = ordenes.add_parser("servidor", help="prepara el servidor PostgreSQL del municipio")
    preparar = servidor.add_subparsers(required=True, metavar="preparar").add_parser("preparar")
    _opcion_base(preparar, obligatoria=True)
    preparar.add_argument("--municipio", type=Path, help="carpeta del paquete del municipio")
    preparar.add_argument("--superusuario", default="postgres")
    preparar.add_argument("--administrador", default="administrador", help="usuario del primer administrador")
    preparar.add_argument("--nombre", default="Administrador de cuentas", help="su nombre completo")
    preparar.add_argument("--capacitacion", action="store_true", help="base de práctica, con series CAP-")
    preparar.set_defaults(hacer=_servidor)

    doctor = ordenes.add_parser("doctor", help="revisa esta estación y dice qué le falta")
    _opcion_base(doctor)
    doctor.set_defaults(hacer=_doctor)

    permisos = ordenes.add_parser("permisos", help="quién puede hacer qué")
    permisos.add_argument("--tabla", action="store_true", required=True, help="escribe la matriz completa")
    permisos.set_defaults(hacer=_permisos)

    municipio = ordenes.add_parser("municipio", help="revisa el paquete de un municipio")
    validar = municipio.add_subparsers(required=True, metavar="validar").add_parser("validar")
    validar.add_argument("carpeta", type=Path)
    validar.set_defaults(hacer=_municipio)
    return gramatica


def _opcion_base(gramatica: argparse.ArgumentParser, *, obligatoria: bool = False) -> None:
    ayuda = "dirección de la base, sin contraseña: sqlite:///… o postgresql://…"
    gramatica.add_argument("--base", metavar="URL", required=obligatoria, help=ayuda)


def _cuantas(texto: str) -> int:
    if not texto.isascii() or not texto.isdigit() or not 1 <= int(texto) <= 2_000_000:
        raise argparse.ArgumentTypeError("escriba un número de cuentas entre 1 y 2,000,000")
    return int(texto)


def _ventana(opciones: argparse.Namespace) -> int:
    return int(loader.ventana().abrir(config.leer(opciones.config)))


def _demo(opciones: argparse.Namespace) -> int:
    if opciones.capturas:
        return int(loader.habitacion("lerdo_desk.recorrido").tomar(opciones.capturas.absolute()))
    carpeta = (opciones.carpeta or config.carpeta_de_datos() / "demo").absolute()
    if opciones.sin_ventana:
        return _demo_sin_ventana(carpeta, opciones.cuentas)
    sembrado = _sembrar(carpeta, opciones.cuentas)
    return int(loader.ventana().abrir(_configuracion_de_demo(sembrado, carpeta)))


def _configuracion_de_demo(sembrado: Any, carpeta: Path) -> Configuracion:  # noqa: ANN401 — demo.Sembrado
    impresion = {
        "recibo": Impresion(carpeta=carpeta / "recibos"),
        "corte": Impresion(carpeta=carpeta / "cortes"),
    }
    return Configuracion(
        sembrado.url, estacion="practica-1", semilla_capacitacion=sembrado.semilla_frases, impresion=impresion
    )


def _sembrar(carpeta: Path, cuentas: int) -> Any:  # noqa: ANN401 — demo.Sembrado
    print(f"Creando {cuentas:,} cuentas ficticias en {carpeta}…", flush=True)
    antes = time.monotonic()
    sembrado = loader.sembrar(carpeta, cuentas, _barra)
    print(f"\r{cuentas:,} cuentas listas en {time.monotonic() - antes:.1f} s.".ljust(60), flush=True)
    print("Usuarios de práctica, uno por perfil, con su contraseña:")
    for usuario, frase in loader.frases_de_practica(sembrado.semilla_frases).items():
        print(f"  {usuario:<14} {frase}", flush=True)
    return sembrado


def _barra(paso: Any) -> None:  # noqa: ANN401 — core.use_cases.Progress
    if sys.stdout.isatty():
        print(f"\r{paso.text}: {paso.done:,} de {paso.total:,}".ljust(60), end="", flush=True)


def _demo_sin_ventana(carpeta: Path, cuentas: int) -> int:
    demo = loader.habitacion("lerdo_desk.demo")
    sembrado = _sembrar(carpeta, cuentas)
    print("Cobrando en la caja, cancelando un recibo y haciendo el corte…", flush=True)
    hecho = demo.jornada(sembrado, carpeta)
    print("Tomando las imágenes de cada pantalla…", flush=True)
    capturas = loader.habitacion("lerdo_desk.recorrido").en_otro_proceso(carpeta / "capturas")
    print(f"Recibos: {carpeta / 'recibos'}\nCorte: {hecho.corte}\nCapturas: {capturas}")
    print(
        json.dumps(
            {
                "cuentas": cuentas,
                "recibos": hecho.recibos,
                "cobrado": str(hecho.cobrado),
                "corte": str(hecho.corte),
                "diferencia": str(hecho.diferencia),
            },
            ensure_ascii=False,
        )
    )
    return 0


def _url(opciones: argparse.Namespace) -> str:
    if opciones.base:
        return config.revisar_url(opciones.base)
    leida = config.leer(opciones.config)
    if leida is None:
        raise ErrorDeUso("Esta estación no tiene base configurada; diga cuál con --base.")
    return leida.url


def _paquete(opciones: argparse.Namespace) -> Path:
    if opciones.municipio:
        return Path(opciones.municipio)
    disponibles = loader.municipios()
    if len(disponibles) != 1:
        raise ErrorDeUso("Diga de qué municipio es la base, con --municipio CARPETA.")
    return ruta("municipios", disponibles[0])


def _clave_de_superusuario(superusuario: str, url: str) -> str | None:
    """Take the superuser's password from PGPASSWORD, from a prompt, or none where the socket needs none."""
    if os.environ.get("PGPASSWORD"):
        return os.environ["PGPASSWORD"]
    por_socket = "host=/" in url or url.startswith(("postgresql:///", "postgresql+psycopg:///"))
    if por_socket or not sys.stdin.isatty():
        return None
    return getpass.getpass(f"Contraseña de {superusuario} (no se guarda): ") or None


def _migrar(opciones: argparse.Namespace) -> int:
    instalacion = loader.habitacion("lerdo_desk.core.instalacion")
    url = _url(opciones)
    archivo = url.removeprefix("sqlite:///") if url.startswith("sqlite") else ""
    if archivo and not Path(archivo).exists():
        modo = "produccion" if opciones.produccion else "capacitacion"
        orden = instalacion.Preparacion(
            url, _paquete(opciones), modo, "administrador", "Administrador de cuentas"
        )
        frase = instalacion.preparar(orden)
        print(
            f"Base nueva ({modo}) en {archivo}. "
            f"Entre como «administrador» con la contraseña temporal: {frase}"
        )
        return 0
    clave = None if archivo else _clave_de_superusuario("postgres", url)
    print(f"Base al día: {', '.join(instalacion.migrar(url, clave=clave))}")
    return 0


def _servidor(opciones: argparse.Namespace) -> int:
    instalacion = loader.habitacion("lerdo_desk.core.instalacion")
    url = config.revisar_url(opciones.base)
    if not url.startswith("postgresql"):
        raise ErrorDeUso("«servidor preparar» es para PostgreSQL; para SQLite use «lerdo-desk migrar».")
    orden = instalacion.Preparacion(
        url=url,
        paquete=_paquete(opciones),
        modo="capacitacion" if opciones.capacitacion else "produccion",
        administrador=opciones.administrador,
        nombre=opciones.nombre,
        superusuario=opciones.superusuario,
        clave=_clave_de_superusuario(opciones.superusuario, url),
    )
    frase = instalacion.preparar(orden)
    print(f"Servidor preparado. Entre como «{opciones.administrador}» con esta contraseña temporal: {frase}")
    return 0


def _doctor(opciones: argparse.Namespace) -> int:
    leida = config.leer(opciones.config)
    url = config.revisar_url(opciones.base) if opciones.base else (leida.url if leida else None)
    sano = True
    for revision in loader.habitacion("lerdo_desk.core.doctor").revisar(url):
        sano &= revision.bien
        print(f"{'bien ' if revision.bien else 'FALTA'}  {revision.que:<18} {revision.detalle}")
    return 0 if sano else 1


def _permisos(_opciones: argparse.Namespace) -> int:
    instalacion = loader.habitacion("lerdo_desk.core.instalacion")
    print(loader.habitacion("lerdo_desk.core.concesiones").tabla_de_permisos(instalacion.permisos()))
    return 0


def _municipio(opciones: argparse.Namespace) -> int:
    paquete = loader.habitacion("lerdo_desk.hacienda.paquete")
    leido = paquete.leer(opciones.carpeta)
    procedencia = paquete.oficiales_y_ejemplos(leido)
    for titulo, frases in (
        ("Oficial", procedencia.oficiales),
        ("EJEMPLO – NO OFICIAL", procedencia.ejemplos),
    ):
        print(f"{titulo}:")
        for frase in frases:
            print(f"  {frase}")
    diferencias = [
        diferencia
        for reglas in loader.habitacion("lerdo_desk.core.registry").habitaciones("rules")
        if hasattr(reglas, "comprobar_casos")
        for diferencia in reglas.comprobar_casos(leido)
    ]
    for diferencia in diferencias:
        print(f"Caso que no sale: {diferencia}", file=sys.stderr)
    print(f"{len(leido.casos)} casos de oro, {len(leido.casos) - len(diferencias)} correctos.")
    return 2 if diferencias else 0
