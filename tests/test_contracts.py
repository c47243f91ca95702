"""The import contracts are kept by the tree, and each one fails the build when it is broken on purpose."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RAIZ = Path(__file__).parent.parent
_CONTRATO = "importlinter:contract:"

# A dirección that the tree does not know: rooms are added to it without touching those of others.
PRUEBA = "modules/prueba"

# (contract, files to add or to lengthen with one import)
ROTURAS: tuple[tuple[str, dict[str, str]], ...] = (
    # uphill, directly and through a room that may
    ("street", {"base/nueva.py": "import lerdo_desk.hacienda.ley"}),
    ("street", {"core/nueva.py": "import lerdo_desk.ui.tokens"}),
    ("street", {"ui/nueva.py": "import lerdo_desk.modules.caja.service"}),
    ("street", {"modules/caja/service/cobro.py": "import lerdo_desk.loader"}),
    ("street", {"app.py": "import lerdo_desk.cli"}),
    ("street", {"ui/nueva.py": "import lerdo_desk.reports.pdf"}),
    # a package, and a file, without a place in the street
    ("street", {"avisos/__init__.py": ""}),
    ("street", {"utils.py": ""}),
    # a stray room, a call uphill inside the dirección, and two rooms of the same floor
    ("rooms", {"modules/predial/utils.py": ""}),
    ("rooms", {"modules/predial/ayudas/__init__.py": ""}),
    ("rooms", {"modules/predial/rules.py": "import lerdo_desk.modules.predial.service"}),
    ("rooms", {f"{PRUEBA}/models.py": f"import lerdo_desk.{PRUEBA}.rules", f"{PRUEBA}/rules.py": ""}),
    ("neighbours", {"modules/caja/service/cobro.py": "import lerdo_desk.modules.predial.rules"}),
    ("neighbours", {f"{PRUEBA}/service.py": "import lerdo_desk.modules.caja"}),
    ("qt", {"base/nueva.py": "import PySide6.QtCore"}),
    ("qt", {"hacienda/ley.py": "import PySide6"}),
    ("qt", {"core/nueva.py": "import PySide6.QtCore"}),
    ("qt", {"reports/nueva.py": "import PySide6.QtGui"}),
    ("qt", {"loader.py": "import PySide6.QtCore"}),
    ("qt", {"cli.py": "import PySide6.QtWidgets"}),
    ("qt", {f"{PRUEBA}/service.py": "import PySide6.QtCore"}),
    ("qt", {f"{PRUEBA}/rules.py": "import PySide6.QtCore"}),
    ("qt", {f"{PRUEBA}/gateway.py": "import PySide6.QtNetwork"}),
    ("qt-door-plates", {f"{PRUEBA}/__init__.py": "import PySide6.QtGui"}),
    ("pure-law", {"hacienda/ley.py": "import sqlalchemy"}),
    ("pure-law", {"base/nueva.py": "import sqlalchemy.orm"}),
    ("pure-law", {f"{PRUEBA}/rules.py": "import sqlalchemy"}),
    ("pure-law", {f"{PRUEBA}/rules.py": "import lerdo_desk.hacienda.modelos"}),
    ("no-sessions-in-widgets", {f"{PRUEBA}/screens.py": "import sqlalchemy.orm"}),
    (
        "no-sessions-in-widgets",
        {f"{PRUEBA}/screens/__init__.py": "", f"{PRUEBA}/screens/lista.py": "import sqlalchemy"},
    ),
    ("neutral-shell", {"ui/nueva.py": "import lerdo_desk.hacienda.ley"}),
    ("neutral-shell", {"ui/nueva.py": "import lerdo_desk.reports.pdf"}),
    (
        "no-circles",
        {"base/uno.py": "import lerdo_desk.base.dos", "base/dos.py": "import lerdo_desk.base.uno"},
    ),
    (
        "no-circles",
        {
            f"{PRUEBA}/screens/__init__.py": "",
            f"{PRUEBA}/screens/una.py": "import lerdo_desk.modules.prueba.screens.otra",
            f"{PRUEBA}/screens/otra.py": "import lerdo_desk.modules.prueba.screens.una",
        },
    ),
)


def contratos() -> dict[str, str]:
    """Read the contracts: their key and the name that lint-imports prints."""
    archivo = configparser.ConfigParser()
    archivo.read(RAIZ / ".importlinter", encoding="utf-8")
    return {
        s.removeprefix(_CONTRATO): archivo[s]["name"] for s in archivo.sections() if s.startswith(_CONTRATO)
    }


def revisar(carpeta: Path) -> tuple[int, frozenset[str], str]:
    """Run lint-imports in a folder: its exit code, the contracts it calls broken, and all it said."""
    orden = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    entorno = os.environ | {"PYTHONPATH": str(carpeta), "NO_COLOR": "1", "COLUMNS": "200"}
    hecho = subprocess.run(
        [sys.executable, "-c", orden, "--no-cache", "--no-logo"],
        cwd=carpeta,
        env=entorno,
        capture_output=True,
        text=True,
        check=False,
    )
    dicho = hecho.stdout + hecho.stderr
    return hecho.returncode, frozenset(re.findall(r"^(.+) BROKEN$", dicho, re.MULTILINE)), dicho


@pytest.fixture
def copia(tmp_path: Path) -> Path:
    """A copy of the package and of its contracts, to be broken."""
    solo_codigo = shutil.ignore_patterns("__pycache__", "*.sql", "*.mako", "_resources")
    shutil.copytree(RAIZ / "lerdo_desk", tmp_path / "lerdo_desk", ignore=solo_codigo)
    shutil.copy(RAIZ / ".importlinter", tmp_path)
    return tmp_path


def _escribir(copia: Path, archivos: dict[str, str]) -> None:
    if any(nombre.startswith(f"{PRUEBA}/") for nombre in archivos):
        archivos = {f"{PRUEBA}/__init__.py": ""} | archivos
    for nombre, linea in archivos.items():
        ruta = copia / "lerdo_desk" / nombre
        ruta.parent.mkdir(exist_ok=True)
        anterior = ruta.read_text(encoding="utf-8") if ruta.exists() else '"""A sample."""\n'
        ruta.write_text(f"{anterior}\n{linea.replace('/', '.')}\n", encoding="utf-8")


def test_every_contract_is_kept_by_the_tree() -> None:
    codigo, rotos, dicho = revisar(RAIZ)
    assert (codigo, rotos) == (0, frozenset()), dicho


def test_an_unbroken_copy_keeps_them_all_so_that_what_breaks_it_is_the_break(copia: Path) -> None:
    _escribir(copia, {f"{PRUEBA}/rules.py": "import lerdo_desk.base.dinero"})
    codigo, rotos, dicho = revisar(copia)
    assert (codigo, rotos) == (0, frozenset()), dicho


@pytest.mark.parametrize(("contrato", "archivos"), ROTURAS)
def test_breaking_a_contract_fails_the_build_and_names_it(
    contrato: str, archivos: dict[str, str], copia: Path
) -> None:
    _escribir(copia, archivos)
    codigo, rotos, dicho = revisar(copia)
    assert codigo == 1, dicho
    assert contratos()[contrato] in rotos, dicho


def test_every_contract_is_broken_at_least_once() -> None:
    assert {contrato for contrato, _ in ROTURAS} == set(contratos())


def test_the_contracts_are_those_of_the_design() -> None:
    assert set(contratos()) >= {
        "street",
        "rooms",
        "neighbours",
        "qt",
        "pure-law",
        "no-sessions-in-widgets",
        "neutral-shell",
        "no-circles",
    }


def test_street_and_rooms_are_exhaustive() -> None:
    archivo = configparser.ConfigParser()
    archivo.read(RAIZ / ".importlinter", encoding="utf-8")
    for contrato in ("street", "rooms"):
        assert archivo[_CONTRATO + contrato].getboolean("exhaustive")
        assert "exhaustive_ignores" not in archivo[_CONTRATO + contrato]
    assert not any("ignore_imports" in archivo[s] for s in archivo.sections())
