"""Both databases for every flow: a fresh municipality per test, with real logins on a real PostgreSQL."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"

import psycopg
import pytest
from municipio_de_prueba import AMBAS, FRASE, PERSONAS, BaseDePrueba
from servidor import Servidor, binarios

from lerdo_desk.core import acceso, instalacion
from lerdo_desk.core.permisos import PERFILES
from lerdo_desk.db import motor
from lerdo_desk.hacienda.paquete import leer
from lerdo_desk.modules.caja import service as caja_servicio
from lerdo_desk.recursos import ruta


@pytest.fixture(scope="session")
def servidores() -> Iterator[Callable[[str], Servidor]]:
    """Give one cluster per municipality: roles are global to a cluster, so two never share one."""
    levantados: dict[str, Servidor] = {}

    def dar(municipio: str) -> Servidor:
        programas = binarios()
        if programas is None:
            if os.environ.get("LERDO_REQUIRE_PG") == "1":
                pytest.fail("PostgreSQL's server is not installed and LERDO_REQUIRE_PG=1 allows no skip")
            pytest.skip("no PostgreSQL server on this machine")
        if municipio not in levantados:
            levantados[municipio] = Servidor(programas)
        return levantados[municipio]

    yield dar
    for levantado in levantados.values():
        levantado.terminar()


def _preparar(url: str, paquete: Path) -> None:
    orden = instalacion.Preparacion(
        url=url,
        paquete=paquete,
        modo="capacitacion",
        administrador="adela.administra",
        nombre="Adela Administradora",
        frase=FRASE.format("adela.administra"),
    )
    instalacion.preparar(orden)
    dueno = motor.abrir(url, instalacion.INSTALADOR if motor.es_sqlite(url) else "postgres")
    personas = [
        instalacion.Persona(u, *quien, FRASE.format(u))
        for u, quien in PERSONAS.items()
        if quien[1] != "administrador"
    ]
    instalacion.altas_de_capacitacion(dueno, personas)
    instalacion.frase_duradera(dueno, "adela.administra", FRASE.format("adela.administra"))
    dueno.dispose()
    sara = acceso.entrar(url, "sara.supervisora", FRASE.format("sara.supervisora"), estacion="prueba").runner
    for cajero, caja in (("ana.cajera", 0), ("beto.cajero", 1)):
        claves = sorted(c.clave for c in leer(paquete).cajas)
        sara.ejecutar(
            caja_servicio.asignar_caja,
            caja_servicio.AsignacionDeCaja(claves[caja], cajero, date(2020, 1, 1), True),
        )
    sara.cerrar()


@pytest.fixture(scope="session")
def plantillas(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Prepare each (engine, pack) once; tests get copies."""
    hechas: dict[tuple[str, str], str] = {}

    def dar(donde: str, paquete: Path, servidor: Servidor | None) -> str:
        clave = (donde, paquete.name)
        if clave not in hechas:
            if servidor is None:
                hechas[clave] = str(tmp_path_factory.mktemp("plantilla") / f"{paquete.name}.db")
                _preparar(f"sqlite:///{hechas[clave]}", paquete)
            else:
                hechas[clave] = f"plantilla_{paquete.name}"
                _preparar(servidor.url(hechas[clave]), paquete)
        return hechas[clave]

    return dar


@pytest.fixture
def crear_base(
    plantillas: Callable[..., str], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., BaseDePrueba]]:
    """Give a function that makes a fresh municipality on the engine that is asked."""
    hechas: list[BaseDePrueba] = []

    def crear(
        donde: str, paquete: Path | None = None, reloj: motor.Reloj = motor.reloj_del_equipo
    ) -> BaseDePrueba:
        carpeta = paquete or ruta("municipios", "lerdo")
        if donde == "sqlite":
            copia = tmp_path / f"{uuid.uuid4().hex}.db"
            shutil.copy(plantillas(donde, carpeta, None), copia)
            hechas.append(BaseDePrueba(f"sqlite:///{copia}", reloj))
        else:
            servidor: Servidor = request.getfixturevalue("servidores")(carpeta.name)
            modelo, nombre = plantillas(donde, carpeta, servidor), f"m_{uuid.uuid4().hex[:12]}"
            servidor.copiar_base(nombre, modelo)
            with psycopg.connect(servidor.url("postgres"), user="postgres", autocommit=True) as conexion:
                conexion.execute(
                    f"GRANT CONNECT ON DATABASE {nombre} TO {', '.join(f'mun_{p}' for p in PERFILES)}"
                )
            hechas.append(BaseDePrueba(servidor.url(nombre)))
        return hechas[-1]

    yield crear
    for base in hechas:
        base.cerrar()


@pytest.fixture(params=AMBAS)
def base(request: pytest.FixtureRequest, crear_base: Callable[..., BaseDePrueba]) -> BaseDePrueba:
    """A fresh municipality, once on SQLite and once on PostgreSQL."""
    return crear_base(request.param)
