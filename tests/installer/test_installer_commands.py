"""What test.sh, demo.sh and shots.sh do, in a small tree whose tools are stand-ins that only keep a diary."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parents[2]
ESPIA = """#!/bin/sh
echo "{nombre} $*" >>diario.log
{cuerpo}
"""


@dataclass(frozen=True)
class Arbol:
    """A copy of the installer in a folder of its own."""

    carpeta: Path

    def herramienta(self, nombre: str, cuerpo: str = "exit 0") -> None:
        ruta = self.carpeta / ".venv" / "bin" / nombre
        ruta.write_text(ESPIA.format(nombre=nombre, cuerpo=cuerpo), encoding="utf-8")
        ruta.chmod(0o755)

    def correr(self, guion: str, *opciones: str, **entorno: str) -> subprocess.CompletedProcess[str]:
        limpio = {
            k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY", "LERDO_REQUIRE_PG"}
        }
        orden = ["sh", str(self.carpeta / "installer" / guion), *opciones]
        return subprocess.run(
            orden, cwd=self.carpeta, env={**limpio, **entorno}, capture_output=True, text=True, check=False
        )

    def diario(self) -> list[str]:
        """What was called since the last question."""
        ruta = self.carpeta / "diario.log"
        if not ruta.exists():
            return []
        renglones = ruta.read_text(encoding="utf-8").splitlines()
        ruta.unlink()
        return renglones


@pytest.fixture
def arbol(tmp_path: Path) -> Arbol:
    shutil.copytree(RAIZ / "installer", tmp_path / "installer")
    (tmp_path / "installer" / "bootstrap.sh").write_text(
        'echo "bootstrap $*" >>diario.log\n', encoding="utf-8"
    )
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".gitignore").write_text(".venv/\n.demo/\ndiario.log\n", encoding="utf-8")
    (tmp_path / "programa.py").write_text("a = 1\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    nuevo = Arbol(tmp_path)
    for nombre in ("ruff", "mypy", "lint-imports"):
        nuevo.herramienta(nombre)
    nuevo.herramienta("python", 'echo "require=$LERDO_REQUIRE_PG" >>diario.log')
    return nuevo


RAPIDA = "python -m pytest -q -n 2 -m not lento --cov --cov-report=term:skip-covered"
LENTA = "python -m pytest -q -m lento"


def test_the_test_command_checks_everything_in_order_and_demands_postgresql(arbol: Arbol) -> None:
    corrido = arbol.correr("test.sh")
    assert corrido.returncode == 0, corrido.stderr
    assert arbol.diario() == [
        "bootstrap --pruebas",
        "ruff check .",
        "ruff format --check .",
        "mypy ",
        "lint-imports ",
        RAPIDA,
        "require=1",
    ]
    assert corrido.stdout.endswith("==> Todo pasó\n")


def test_completo_after_a_green_run_of_the_same_files_adds_only_what_is_slow(arbol: Arbol) -> None:
    arbol.correr("test.sh")
    arbol.diario()
    corrido = arbol.correr("test.sh", "--completo")
    assert corrido.returncode == 0, corrido.stderr
    llamadas = arbol.diario()
    assert RAPIDA not in llamadas
    assert LENTA in llamadas
    assert "ya pasó con estos mismos archivos" in corrido.stdout


@pytest.mark.parametrize("cambio", ["programa.py", "nuevo.py"])
def test_completo_repeats_the_fast_part_once_any_file_has_changed(arbol: Arbol, cambio: str) -> None:
    arbol.correr("test.sh")
    arbol.diario()
    (arbol.carpeta / cambio).write_text("a = 2\n", encoding="utf-8")
    arbol.correr("test.sh", "--completo")
    llamadas = arbol.diario()
    assert RAPIDA in llamadas
    assert LENTA in llamadas


def test_a_run_that_failed_is_never_taken_for_green(arbol: Arbol) -> None:
    arbol.correr("test.sh")
    arbol.herramienta("mypy", "exit 1")
    fallido = arbol.correr("test.sh")
    assert fallido.returncode == 1
    assert fallido.stderr == "ERROR: No pasó: .venv/bin/mypy\n"
    assert RAPIDA not in arbol.diario()[6:]
    arbol.herramienta("mypy")
    arbol.correr("test.sh", "--completo")
    assert RAPIDA in arbol.diario()


def test_files_that_change_while_the_tests_run_leave_no_green_stamp(arbol: Arbol) -> None:
    arbol.herramienta("python", "echo 'a = 3' >programa.py")
    assert arbol.correr("test.sh").returncode == 0
    assert not (arbol.carpeta / ".venv" / "lerdo-verde").exists()


def test_completo_says_so_when_nothing_is_marked_slow(arbol: Arbol) -> None:
    arbol.herramienta("python", 'case "$*" in *collect-only*) exit 5 ;; esac')
    corrido = arbol.correr("test.sh", "--completo")
    assert corrido.returncode == 0, corrido.stderr
    assert LENTA not in arbol.diario()
    assert "Ninguna prueba está marcada «lento»" in corrido.stdout


def test_a_slow_test_that_fails_fails_the_command(arbol: Arbol) -> None:
    arbol.herramienta("python", 'case "$*" in *"-q -m lento") exit 1 ;; esac')
    corrido = arbol.correr("test.sh", "--completo")
    assert corrido.returncode == 1
    assert corrido.stderr.startswith("ERROR: No pasó: ")


DEMO = """
carpeta=
while [ "$#" -gt 0 ]; do if [ "$1" = --carpeta ]; then carpeta=$2; fi; shift; done
[ -n "$carpeta" ] || exit 0
mkdir -p "$carpeta/recibos" "$carpeta/cortes" "$carpeta/capturas"
touch "$carpeta/recibos/CAP-1.pdf" "$carpeta/cortes/corte.pdf"
[ -n "$SIN_CAPTURAS" ] || touch "$carpeta/capturas/cobro.png"
"""


def test_the_demo_without_a_display_says_where_its_papers_lie(arbol: Arbol) -> None:
    arbol.herramienta("lerdo-desk", DEMO)
    corrido = arbol.correr("demo.sh", "--cuentas", "50")
    assert corrido.returncode == 0, corrido.stderr
    assert arbol.diario() == ["bootstrap ", "lerdo-desk demo --sin-ventana --carpeta .demo --cuentas 50"]
    for papel in (".demo/recibos/CAP-1.pdf", ".demo/cortes/corte.pdf", ".demo/capturas/cobro.png"):
        assert papel in corrido.stdout


def test_the_demo_fails_when_it_left_no_screenshot(arbol: Arbol) -> None:
    arbol.herramienta("lerdo-desk", DEMO)
    corrido = arbol.correr("demo.sh", SIN_CAPTURAS="1")
    assert corrido.returncode == 1
    assert corrido.stderr == (
        "ERROR: La demostración terminó sin dejar Capturas de pantalla (PNG) en .demo/capturas\n"
    )


def test_the_demo_opens_the_window_where_there_is_a_display(arbol: Arbol) -> None:
    arbol.herramienta("lerdo-desk")
    assert arbol.correr("demo.sh", DISPLAY=":7").returncode == 0
    assert arbol.diario() == ["bootstrap ", "lerdo-desk demo"]


def test_the_demo_goes_without_a_window_on_demand(arbol: Arbol) -> None:
    arbol.herramienta("lerdo-desk", DEMO)
    assert arbol.correr("demo.sh", "--sin-ventana", DISPLAY=":7").returncode == 0
    assert arbol.diario()[1].startswith("lerdo-desk demo --sin-ventana --carpeta .demo")


def test_the_demo_keeps_to_its_own_folder(arbol: Arbol) -> None:
    corrido = arbol.correr("demo.sh", "--carpeta", "otra")
    assert corrido.returncode == 1
    assert corrido.stderr.startswith("ERROR: Aquí la carpeta es siempre .demo;")
    assert arbol.diario() == []


def test_the_screenshots_land_in_the_folder_seen_from_where_one_stands(arbol: Arbol) -> None:
    arbol.herramienta("lerdo-desk", 'touch "$3/cobro-claro.png"')
    corrido = arbol.correr("shots.sh", "fotos nuevas", DISPLAY=":7")
    assert corrido.returncode == 0, corrido.stderr
    carpeta = arbol.carpeta / "fotos nuevas"
    assert arbol.diario() == ["bootstrap ", f"lerdo-desk demo --capturas {carpeta}"]
    assert (carpeta / "cobro-claro.png").exists()
    assert corrido.stdout.endswith(f"==> Capturas en {carpeta}: 1\n")


def test_screenshots_that_were_not_taken_fail_the_command(arbol: Arbol) -> None:
    arbol.herramienta("lerdo-desk")
    corrido = arbol.correr("shots.sh", "fotos", DISPLAY=":7")
    assert corrido.returncode == 1
    assert "No quedó ninguna captura en " in corrido.stderr
