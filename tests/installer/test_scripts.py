"""The installer's scripts, the pinned requirement files and what no tracked file may name."""

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

RAIZ = Path(__file__).resolve().parents[2]
GUIONES = [*sorted((RAIZ / "installer").rglob("*.sh")), RAIZ / "requirements" / "update.sh"]
REQUISITOS = sorted((RAIZ / "requirements").glob("*.txt"))

# Written in pieces, so that this file does not hold what it forbids.
ANFITRIONES = (
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "deb." + "debian.org",
)
OPCIONES_DE_INDICE = (
    "--index" + "-url",
    "--extra" + "-index-url",
    "--find" + "-links",
    "--trusted" + "-host",
)
INDICE_EN_ENTORNO = ("PIP_" + "INDEX", "PIP_" + "EXTRA", "UV_" + "INDEX", "UV_" + "DEFAULT_INDEX")
CARPETAS_DE_MAQUINA = re.compile(
    r"(?<![\w./<-])/(?:" + "|".join(("work", "root", "home", "Users", "opt/wheels")) + r")/\w"
)


def _archivos() -> list[Path]:
    """Every tracked or new, unignored file; without git, every file outside hidden and generated folders."""
    orden = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    salida = subprocess.run(orden, cwd=RAIZ, capture_output=True, check=False)
    if salida.returncode == 0:
        rutas = [RAIZ / nombre for nombre in salida.stdout.decode().split("\0") if nombre]
        return [ruta for ruta in rutas if ruta.is_file()]
    ocultas = {".venv", ".demo", ".git", "__pycache__", "build", "dist"}
    return [
        ruta for ruta in RAIZ.rglob("*") if ruta.is_file() and not ocultas & set(ruta.relative_to(RAIZ).parts)
    ]


def _textos() -> Iterator[tuple[Path, str]]:
    for ruta in _archivos():
        datos = ruta.read_bytes()
        if b"\0" not in datos:
            yield ruta.relative_to(RAIZ), datos.decode("utf-8")


def _fijados(archivo: Path) -> dict[str, tuple[Requirement, list[str]]]:
    """The pins of one requirement file: name → (requirement, its hashes)."""
    junto = archivo.read_text(encoding="utf-8").replace("\\\n", " ")
    renglones = [renglon.split(" --hash=") for renglon in junto.splitlines() if renglon.strip()]
    pares = [
        (Requirement(partes[0].strip()), [huella.strip() for huella in partes[1:]]) for partes in renglones
    ]
    return {canonicalize_name(requisito.name): (requisito, huellas) for requisito, huellas in pares}


def _version(requisito: Requirement) -> Version:
    (unica,) = requisito.specifier
    assert unica.operator == "==", str(requisito)
    assert not unica.version.endswith("*"), str(requisito)
    return Version(unica.version)


@pytest.mark.parametrize("guion", GUIONES, ids=lambda ruta: ruta.name)
def test_every_script_is_plain_posix_shell_that_stops_at_the_first_error(guion: Path) -> None:
    leido = subprocess.run(["sh", "-n", str(guion)], capture_output=True, text=True, check=False)
    assert leido.returncode == 0, leido.stderr
    texto = guion.read_text(encoding="utf-8")
    if guion.name == "comun.sh":  # read by the others, never run
        return
    assert texto.startswith("#!/bin/sh\n")
    assert re.search(r"^set -eu$", texto, re.MULTILINE)


def test_the_documented_scripts_exist() -> None:
    nombres = {guion.name for guion in GUIONES}
    assert {"bootstrap.sh", "demo.sh", "test.sh", "shots.sh"} <= nombres


def test_ci_calls_both_documented_forms_and_lets_no_postgresql_test_be_skipped() -> None:
    ci = RAIZ / ".ci" / "run"
    leido = subprocess.run(["bash", "-n", str(ci)], capture_output=True, text=True, check=False)
    assert leido.returncode == 0, leido.stderr
    renglones = ci.read_text(encoding="utf-8").splitlines()
    assert "sh installer/test.sh" in renglones
    assert "sh installer/test.sh --completo" in renglones
    assert "export LERDO_REQUIRE_PG=1" in renglones


@pytest.mark.parametrize("guion", ["bootstrap.sh", "test.sh"])
def test_an_unknown_option_gets_one_spanish_line_and_changes_nothing(guion: str) -> None:
    orden = ["sh", f"installer/{guion}", "--nada"]
    corrido = subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True, check=False)
    assert corrido.returncode == 1
    assert corrido.stdout == ""
    assert corrido.stderr.startswith("ERROR: No conozco la opción «--nada».")
    assert corrido.stderr.count("\n") == 1


def test_the_screenshots_need_a_folder_and_say_so() -> None:
    corrido = subprocess.run(
        ["sh", "installer/shots.sh"], cwd=RAIZ, capture_output=True, text=True, check=False
    )
    assert corrido.returncode == 1
    assert corrido.stderr == "ERROR: Diga dónde dejar las capturas: sh installer/shots.sh CARPETA\n"


def test_no_file_names_a_package_registry_or_an_index() -> None:
    prohibido = (*ANFITRIONES, *OPCIONES_DE_INDICE, *INDICE_EN_ENTORNO)
    hallados = [
        f"{ruta}: {palabra}" for ruta, texto in _textos() for palabra in prohibido if palabra in texto
    ]
    assert hallados == []


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    hallados = [
        f"{ruta}: {hallado.group()}"
        for ruta, texto in _textos()
        for hallado in CARPETAS_DE_MAQUINA.finditer(texto)
    ]
    assert hallados == []


def test_the_search_for_machine_folders_finds_one_when_it_is_there() -> None:
    for malo in ("/wo" + "rk/main", 'abre("/ho' + 'me/ana/x")', "PATH=/ro" + "ot/bin"):
        assert CARPETAS_DE_MAQUINA.search(malo), malo
    for bueno in ("/usr/lib/postgresql", "docs/home/x", "./root/x", "https://ejemplo.mx/home/x"):
        assert not CARPETAS_DE_MAQUINA.search(bueno), bueno


def test_no_lock_file_of_a_package_tool_is_kept() -> None:
    candados = {"uv." + "lock", "poetry." + "lock", "Pipfile." + "lock", "pdm." + "lock", "pylock." + "toml"}
    assert [ruta for ruta in _archivos() if ruta.name in candados] == []


@pytest.mark.parametrize("archivo", REQUISITOS, ids=lambda ruta: ruta.name)
def test_every_pin_is_exact_and_has_its_hashes_and_no_url(archivo: Path) -> None:
    texto = archivo.read_text(encoding="utf-8")
    assert "://" not in texto
    assert "file:" not in texto
    assert not re.search(r"^\s*-", texto.replace("    --hash=sha256:", ""), re.MULTILINE)
    fijados = _fijados(archivo)
    assert fijados
    for requisito, huellas in fijados.values():
        _version(requisito)
        assert requisito.url is None
        assert huellas, f"{requisito} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", huella) for huella in huellas), str(requisito)


def test_the_three_requirement_files_agree_and_dev_holds_the_others() -> None:
    desarrollo = _fijados(RAIZ / "requirements" / "dev.txt")
    for nombre in ("runtime.txt", "build.txt"):
        for clave, (requisito, huellas) in _fijados(RAIZ / "requirements" / nombre).items():
            assert clave in desarrollo, f"{clave} of {nombre} is not in dev.txt"
            assert _version(requisito) == _version(desarrollo[clave][0]), clave
            assert set(huellas) == set(desarrollo[clave][1]), clave


def test_the_pins_are_what_the_project_declares() -> None:
    proyecto = tomllib.loads((RAIZ / "pyproject.toml").read_text(encoding="utf-8"))
    pedidos = {
        "runtime.txt": proyecto["project"]["dependencies"],
        "dev.txt": proyecto["project"]["optional-dependencies"]["dev"],
        "build.txt": proyecto["build-system"]["requires"],
    }
    for nombre, declarados in pedidos.items():
        fijados = _fijados(RAIZ / "requirements" / nombre)
        for declarado in map(Requirement, declarados):
            clave = canonicalize_name(declarado.name)
            assert clave in fijados, f"{declarado} is not in {nombre}: run requirements/update.sh"
            assert declarado.specifier.contains(_version(fijados[clave][0])), (
                f"{declarado}: run requirements/update.sh"
            )


def test_qt_stays_below_the_version_that_crashes_on_python_3_11() -> None:
    for nombre in ("runtime.txt", "dev.txt"):
        requisito, _ = _fijados(RAIZ / "requirements" / nombre)["pyside6-essentials"]
        assert _version(requisito) < Version("6.12")
