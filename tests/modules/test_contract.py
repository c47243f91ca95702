"""What every dirección owes the house: a door plate, a page, known rooms, its own tables and permissions."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

from lerdo_desk.core import concesiones, instalacion, personales, registry
from lerdo_desk.core.permisos import Permiso
from lerdo_desk.core.use_cases import CASOS
from lerdo_desk.db.modelo import Base
from lerdo_desk.recursos import ruta

PAQUETE = Path(__file__).parents[2] / "lerdo_desk"
CALLE = PAQUETE / "modules"
HABITACIONES = {"models", "rules", "service", "screens", "reports", "imports", "gateway", "demo"}
DATOS = {"__init__.py", "README.md", "migrations", "__pycache__"}
DIRECCIONES = sorted(c.name for c in CALLE.iterdir() if c.is_dir() and c.name != "__pycache__")


def ajenos(direccion: Path) -> list[str]:
    """List what stands in a dirección and is neither a room nor one of the things that each has."""
    return sorted(
        cosa.name
        for cosa in direccion.iterdir()
        if cosa.name not in DATOS and (cosa.stem if cosa.suffix == ".py" else cosa.name) not in HABITACIONES
    )


def tablas(direccion: str) -> list[str]:
    """List the tables that a dirección's models declare."""
    registry.habitaciones("models")
    return sorted(
        str(clase.__tablename__)
        for clase in (m.class_ for m in Base.registry.mappers)
        if clase.__module__.startswith(f"lerdo_desk.modules.{direccion}.")
    )


def test_there_are_direcciones_and_nothing_else_lives_among_them() -> None:
    assert {"caja", "predial", "sistema"} <= set(DIRECCIONES)
    sueltos = [c.name for c in CALLE.iterdir() if c.is_file()]
    assert sueltos == ["__init__.py"]
    assert {m.clave for m in registry.modulos()} == set(DIRECCIONES)


@pytest.mark.parametrize("direccion", DIRECCIONES)
def test_a_direccion_has_its_door_plate(direccion: str) -> None:
    placa = next(m for m in registry.modulos() if m.clave == direccion)
    assert placa.nombre
    assert ruta("icons", f"{placa.icono}.svg").is_file()


def test_no_two_direcciones_share_a_place_in_the_sidebar() -> None:
    ordenes = [m.orden for m in registry.modulos()]
    assert len(set(ordenes)) == len(ordenes)


@pytest.mark.parametrize("direccion", DIRECCIONES)
def test_a_direccion_has_one_page_that_names_its_tables(direccion: str) -> None:
    pagina = (CALLE / direccion / "README.md").read_text(encoding="utf-8")
    assert pagina.startswith("# ")
    assert len(pagina.splitlines()) <= 60
    assert [t for t in tablas(direccion) if f"`{t}`" not in pagina] == []


@pytest.mark.parametrize("direccion", DIRECCIONES)
def test_a_direccion_has_only_known_rooms(direccion: str) -> None:
    assert ajenos(CALLE / direccion) == []


def test_a_stray_room_is_noticed(tmp_path: Path) -> None:
    for nombre in ("__init__.py", "rules.py", "utils.py", "notas.txt"):
        (tmp_path / nombre).touch()
    (tmp_path / "service").mkdir()
    (tmp_path / "ayudas").mkdir()
    assert ajenos(tmp_path) == ["ayudas", "notas.txt", "utils.py"]


@pytest.mark.parametrize("direccion", DIRECCIONES)
def test_migrations_are_data_and_not_a_room(direccion: str) -> None:
    migraciones = CALLE / direccion / "migrations"
    assert not (migraciones / "__init__.py").exists()
    assert bool(tablas(direccion)) == migraciones.is_dir()
    escritas = [archivo.read_text(encoding="utf-8") for archivo in migraciones.glob("*.py")]
    ramas = [texto for texto in escritas if f'branch_labels = ("{direccion}",)' in texto]
    assert len(ramas) == (1 if escritas else 0)


@pytest.mark.parametrize("direccion", DIRECCIONES)
def test_its_tables_bear_its_name(direccion: str) -> None:
    assert [t for t in tablas(direccion) if not t.startswith(f"{direccion}_")] == []


def test_every_other_table_belongs_to_a_room_of_the_house() -> None:
    suyas = {t for direccion in DIRECCIONES for t in tablas(direccion)}
    registry.habitaciones("models")
    ajenas = set(Base.metadata.tables) - suyas
    assert {t.split("_")[0] for t in ajenas} <= {"hacienda", "core", "bitacora"}


def test_every_table_has_a_permission() -> None:
    assert concesiones.sin_entrada(Base.metadata, instalacion.permisos()) == ()


def test_a_table_without_a_permission_is_noticed() -> None:
    metadatos = MetaData()
    Table("huerfana_tabla", metadatos, Column("id", Integer, primary_key=True))
    assert concesiones.sin_entrada(metadatos, instalacion.permisos()) == ("huerfana_tabla",)


def test_permissions_bear_the_name_of_their_direccion() -> None:
    for servicio in registry.habitaciones("service"):
        direccion = servicio.__name__.split(".")[2]
        suyos = [p for p in vars(servicio).values() if isinstance(p, Permiso)]
        assert [p.clave for p in suyos if not p.clave.startswith(f"{direccion}.")] == []
    assert {p.clave.split(".")[0] for p in instalacion.permisos()} <= set(DIRECCIONES)


def test_each_permission_is_declared_once_and_has_a_name() -> None:
    declarados: dict[str, Permiso] = {}
    for servicio in registry.habitaciones("service"):
        for permiso in (p for p in vars(servicio).values() if isinstance(p, Permiso)):
            assert declarados.setdefault(permiso.clave, permiso) is permiso
            assert permiso.nombre
    assert declarados


def test_use_cases_bear_the_name_of_their_direccion_and_its_permission() -> None:
    registry.habitaciones("service")
    for caso in CASOS.values():
        direccion = caso.nombre.split(".")[0]
        if direccion == "core":
            # What belongs to one person is nobody's dirección.
            assert caso.permiso in (personales.PERSONAL, personales.VER_PERSONAL)
            continue
        assert direccion in DIRECCIONES
        assert caso.permiso.clave.startswith(f"{direccion}.")


_PARQUES = {
    "__init__.py": '''"""Parques: what the test drops in."""

from lerdo_desk.core.registry import Modulo

MODULO = Modulo("parques", "Parques y jardines", "map-2", 1000)
''',
    "README.md": "# Parques\n",
    "models.py": '''"""Trees."""

from sqlalchemy.orm import Mapped

from lerdo_desk.db.modelo import Base, Firma, Instante, Numerado, opciones


class Arbol(Base):
    """A tree."""

    __tablename__ = "parques_arbol"
    __table_args__ = opciones()
    id: Mapped[Numerado]
    especie: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]
''',
    "service.py": '''"""Plants trees."""

from dataclasses import dataclass

from lerdo_desk.core.permisos import Permiso
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.modules.parques.models import Arbol

PLANTAR = Permiso("parques.plantar", "Plantar un árbol", ("capturista",), lee=(Arbol,), inserta=(Arbol,))


@dataclass(frozen=True)
class Plantacion:
    """The order to plant."""

    especie: str


@use_case(PLANTAR)
def plantar(ctx: Context, orden: Plantacion) -> None:
    """Plant one."""
    ctx.session.add(Arbol(especie=orden.especie))
''',
    "migrations/parques_0001.py": '''"""Trees."""

import sqlalchemy as sa
from alembic import op

revision = "parques_0001"
down_revision = None
branch_labels = ("parques",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "parques_arbol",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("especie", sa.Text(), nullable=False),
        sa.Column("usuario", sa.String(63), server_default=sa.text("(usuario())"), nullable=False),
        sa.Column("creado", sa.BigInteger(), server_default=sa.text("(ahora())"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_parques_arbol"),
        sqlite_strict=True,
    )


def downgrade() -> None:
    op.drop_table("parques_arbol")
''',
}

_PREGUNTA = """
import json, sys
from pathlib import Path
import lerdo_desk
from lerdo_desk.core import acceso, instalacion, registry
from lerdo_desk.core.use_cases import CASOS
from lerdo_desk.db import motor
from sqlalchemy import text

url, paquete = sys.argv[1:]
frase = "frase larga para pruebas"
instalacion.preparar(instalacion.Preparacion(
    url, Path(paquete), "capacitacion", "adela.administra", "Adela", frase=frase))
dueno = motor.abrir(url, instalacion.INSTALADOR)
instalacion.altas_de_capacitacion(
    dueno, [instalacion.Persona("carla.capturista", "Carla", "capturista", frase)])
runner = acceso.entrar(url, "carla.capturista", frase, estacion="prueba").runner
servicio = sys.modules["lerdo_desk.modules.parques.service"]
hecho = runner.ejecutar(CASOS["parques.plantar"], servicio.Plantacion("encino"))
with motor.sesion(dueno, escribe=False) as sesion:
    plantados = [tuple(f) for f in sesion.execute(text("SELECT especie, usuario FROM parques_arbol"))]
    candados = [f[0] for f in sesion.execute(text(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'parques_arbol'"))]
print(json.dumps({
    "paquete": lerdo_desk.__file__,
    "modulos": [m.clave for m in registry.modulos()],
    "permisos": [p.clave for p in instalacion.permisos()],
    "tablas": sorted(hecho.tablas),
    "plantados": plantados,
    "candados": sorted(candados),
}))
"""


def test_a_folder_that_is_dropped_in_is_found_with_no_other_edit(tmp_path: Path) -> None:
    shutil.copytree(PAQUETE, tmp_path / "lerdo_desk", ignore=shutil.ignore_patterns("__pycache__"))
    for nombre, contenido in _PARQUES.items():
        archivo = tmp_path / "lerdo_desk" / "modules" / "parques" / nombre
        archivo.parent.mkdir(exist_ok=True)
        archivo.write_text(contenido, encoding="utf-8")
    hecho = subprocess.run(
        [sys.executable, "-c", _PREGUNTA, f"sqlite:///{tmp_path / 'm.db'}", str(ruta("municipios", "lerdo"))],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert hecho.returncode == 0, hecho.stderr
    dicho = json.loads(hecho.stdout)
    assert Path(dicho["paquete"]).is_relative_to(tmp_path)
    assert set(dicho["modulos"]) == {*DIRECCIONES, "parques"}
    assert dicho["modulos"][-1] == "parques"
    assert "parques.plantar" in dicho["permisos"]
    assert dicho["tablas"] == ["parques_arbol"]
    assert dicho["plantados"] == [["encino", "carla.capturista"]]
    assert dicho["candados"] == [f"candado_{c}_parques_arbol" for c in ("borra", "cambia", "sella")]
