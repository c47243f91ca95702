"""The built wheel, installed with pinned dependencies in an empty environment outside the clone, works."""

import json
import os
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

RAIZ = Path(__file__).parent.parent
# Nothing of the clone, of the tests or of this machine's desktop may help what was installed.
_AJENAS = (
    "PYTHONPATH",
    "PYTHONHOME",
    "VIRTUAL_ENV",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "QT_QPA_PLATFORM",
    "LERDO_DESK_CONFIG",
)

pytestmark = [pytest.mark.lento, pytest.mark.timeout(1200)]


@dataclass(frozen=True)
class Instalado:
    """A program that was installed from the wheel, and the empty home of the person who runs it."""

    rueda: Path
    programas: Path
    casa: Path

    def correr(self, *palabras: str, **variables: str) -> subprocess.CompletedProcess[str]:
        entorno = {k: v for k, v in os.environ.items() if k not in _AJENAS and not k.startswith("XDG_")}
        return subprocess.run(
            [str(self.programas / palabras[0]), *palabras[1:]],
            cwd=self.casa,
            env=entorno | {"HOME": str(self.casa)} | variables,
            capture_output=True,
            text=True,
            check=False,
        )


def _hacer(*palabras: str | Path, donde: Path) -> None:
    hecho = subprocess.run([str(p) for p in palabras], cwd=donde, capture_output=True, text=True, check=False)
    assert hecho.returncode == 0, hecho.stdout + hecho.stderr


@pytest.fixture(scope="module")
def instalado(tmp_path_factory: pytest.TempPathFactory) -> Instalado:
    fuera = tmp_path_factory.mktemp("rueda")
    assert not fuera.is_relative_to(RAIZ)
    casa = fuera / "casa"
    casa.mkdir()
    _hacer(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", fuera, RAIZ, donde=fuera)
    (rueda,) = fuera.glob("*.whl")
    _hacer(sys.executable, "-m", "venv", fuera / "venv", donde=fuera)
    pip = (fuera / "venv" / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--no-input")
    solo = ("install", "--no-deps", "--only-binary", ":all:")
    _hacer(*pip, *solo, "--require-hashes", "-r", RAIZ / "requirements" / "runtime.txt", donde=casa)
    _hacer(*pip, *solo, rueda, donde=casa)
    _hacer(*pip, "check", donde=casa)
    return Instalado(rueda, fuera / "venv" / "bin", casa)


def test_the_wheel_carries_what_is_not_python(instalado: Instalado) -> None:
    with zipfile.ZipFile(instalado.rueda) as rueda:
        dentro = set(rueda.namelist())
    esperados = {
        f"lerdo_desk/_resources/{r.relative_to(RAIZ / 'resources').as_posix()}"
        for r in (RAIZ / "resources").rglob("*")
        if r.is_file() and "__pycache__" not in r.parts
    }
    esperados |= {
        r.relative_to(RAIZ).as_posix()
        for r in (RAIZ / "lerdo_desk").rglob("*")
        if r.is_file() and "__pycache__" not in r.parts
    }
    assert esperados - dentro == set()
    assert [n for n in dentro if n.startswith(("tests/", "docs/", "installer/"))] == []


def test_it_is_the_installed_program_that_runs_and_it_finds_its_resources(instalado: Instalado) -> None:
    pregunta = (
        "import json, lerdo_desk, lerdo_desk.recursos as r; "
        "print(json.dumps([lerdo_desk.__file__, str(r.ruta()), r.ruta('fonts').is_dir()]))"
    )
    hecho = instalado.correr("python", "-c", pregunta)
    assert hecho.returncode == 0, hecho.stderr
    archivo, recursos, hay_letras = json.loads(hecho.stdout)
    entorno = instalado.programas.parent
    assert Path(archivo).is_relative_to(entorno)
    assert Path(recursos).is_relative_to(entorno)
    assert hay_letras


def test_it_does_its_main_job_without_a_window_and_leaves_the_papers(instalado: Instalado) -> None:
    carpeta = instalado.casa / "demo"
    hecho = instalado.correr("lerdo-desk", "demo", "--sin-ventana", "--carpeta", str(carpeta))
    assert hecho.returncode == 0, hecho.stdout + hecho.stderr
    dicho = json.loads(hecho.stdout.strip().splitlines()[-1])
    assert set(dicho) == {"cuentas", "recibos", "cobrado", "corte", "diferencia"}
    assert dicho["cuentas"] == 3000
    assert Decimal(dicho["cobrado"]) > 0
    assert isinstance(dicho["diferencia"], str)
    recibos = sorted((carpeta / "recibos").glob("*.pdf"))
    assert len(recibos) == int(dicho["recibos"]) > 0
    cortes = list((carpeta / "cortes").glob("*.pdf"))
    capturas = list((carpeta / "capturas").rglob("*.png"))
    assert cortes
    assert capturas
    assert all(p.read_bytes().startswith(b"%PDF-") for p in (*recibos, *cortes))
    assert all(c.read_bytes().startswith(b"\x89PNG") for c in capturas)


def test_it_examines_its_station(instalado: Instalado) -> None:
    hecho = instalado.correr("lerdo-desk", "doctor", DISPLAY=":0")
    assert hecho.returncode == 0, hecho.stdout + hecho.stderr
    assert "FALTA" not in hecho.stdout
    sin_pantalla = instalado.correr("lerdo-desk", "doctor")
    assert sin_pantalla.returncode == 1
    faltas = [linea for linea in sin_pantalla.stdout.splitlines() if linea.startswith("FALTA")]
    assert len(faltas) == 1
    assert "pantalla" in faltas[0]
    assert "Traceback" not in sin_pantalla.stderr


def test_it_knows_its_direcciones_and_its_packs(instalado: Instalado) -> None:
    matriz = instalado.correr("lerdo-desk", "permisos", "--tabla")
    assert matriz.returncode == 0, matriz.stderr
    assert "caja.cobrar" in matriz.stdout
    assert "predial.emitir" in matriz.stdout
