"""The pages keep their word: what they name exists, every table is explained, every decision is complete."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from lerdo_desk.core import instalacion, registry
from lerdo_desk.db.modelo import Base

RAIZ = Path(__file__).parent.parent
DOCS = RAIZ / "docs"
PAGINAS = sorted([*RAIZ.glob("*.md"), *DOCS.rglob("*.md"), *(RAIZ / "lerdo_desk").rglob("*.md")])
DECISIONES = sorted((DOCS / "decisions").glob("*.md"))
_ENLACE = re.compile(r"\[[^\]]*\]\(([^)#]+)(?:#[^)]*)?\)")
_CODIGO = re.compile(r"`([^`\n]+)`")
_RUTA = re.compile(r"^(lerdo_desk|resources|installer|requirements|tests|docs|\.ci)/[\w./-]*$")


def _leer(ruta: Path) -> str:
    return ruta.read_text(encoding="utf-8")


def tablas_sin_explicar(glosario: str, tablas: set[str]) -> list[str]:
    """List the tables that no row of the glossary names in its last column."""
    columnas = {celda for fila in glosario.splitlines() for celda in fila.split("|")[4:5]}
    explicadas = {nombre for celda in columnas for nombre in _CODIGO.findall(celda)}
    return sorted(tablas - explicadas)


def rutas_que_no_existen(texto: str, raiz: Path) -> list[str]:
    """List the places between backticks that begin at the root and do not exist."""
    nombradas = {c for c in _CODIGO.findall(texto) if _RUTA.match(c)}
    return sorted(ruta for ruta in nombradas if not (raiz / ruta).exists())


def enlaces_rotos(pagina: Path) -> list[str]:
    """List the relative links of a page that lead nowhere."""
    enlaces = (e for e in _ENLACE.findall(_leer(pagina)) if "://" not in e)
    return sorted(e for e in enlaces if not (pagina.parent / e).exists())


def _todas_las_tablas() -> set[str]:
    instalacion.permisos()
    return set(Base.metadata.tables)


def test_the_glossary_explains_every_table() -> None:
    tablas = _todas_las_tablas()
    assert len(tablas) > 20
    assert tablas_sin_explicar(_leer(DOCS / "glossary.md"), tablas) == []


def test_the_glossary_names_no_table_that_is_gone() -> None:
    nombradas = set(re.findall(r"`((?:hacienda|core|bitacora|predial)_\w+)`", _leer(DOCS / "glossary.md")))
    assert nombradas - _todas_las_tablas() == set()


def test_a_table_that_the_glossary_forgets_is_noticed() -> None:
    fila = "| Árbol | a tree | | `parques_arbol` |\n| Banca | `parques_banca` in its meaning only | | |\n"
    assert tablas_sin_explicar(fila, {"parques_arbol", "parques_banca"}) == ["parques_banca"]


@pytest.mark.parametrize("pagina", PAGINAS, ids=lambda p: p.relative_to(RAIZ).as_posix())
def test_a_page_names_only_places_that_exist(pagina: Path) -> None:
    assert rutas_que_no_existen(_leer(pagina), RAIZ) == []
    assert enlaces_rotos(pagina) == []


def test_a_place_that_does_not_exist_is_noticed(tmp_path: Path) -> None:
    pagina = tmp_path / "pagina.md"
    pagina.write_text("`lerdo_desk/nada.py` and `docs/` and [this](nada.md)", encoding="utf-8")
    assert rutas_que_no_existen(_leer(pagina), tmp_path) == ["docs/", "lerdo_desk/nada.py"]
    assert enlaces_rotos(pagina) == ["nada.md"]


def test_the_map_shows_every_floor_of_the_street_and_every_direccion() -> None:
    mapa = _leer(DOCS / "map.md")
    pisos = {
        f"lerdo_desk/{cosa.name}{'/' if cosa.is_dir() else ''}"
        for cosa in (RAIZ / "lerdo_desk").iterdir()
        if cosa.name not in ("__pycache__", "__init__.py", "_resources")
    }
    pisos |= {f"lerdo_desk/modules/{m.clave}/" for m in registry.modulos()}
    assert sorted(piso for piso in pisos if f"`{piso}`" not in mapa) == []


@pytest.mark.parametrize("sala", ["base", "db", "hacienda", "core", "reports", "ui"])
def test_the_map_names_every_file_of_a_room(sala: str) -> None:
    mapa = _leer(DOCS / "map.md")
    parrafo = next(p for p in mapa.split("\n\n") if p.startswith(f"**`lerdo_desk/{sala}/`**"))
    nombrados = set(_CODIGO.findall(parrafo))
    archivos = {a.name for a in (RAIZ / "lerdo_desk" / sala).glob("*.py")} - {"__init__.py"}
    assert sorted(archivos - nombrados) == []
    assert sorted(n for n in nombrados if n.endswith(".py") and n not in archivos) == []


def test_the_map_says_which_rooms_each_direccion_has() -> None:
    filas = [f.split("|")[1:-1] for f in _leer(DOCS / "map.md").splitlines() if f.startswith("|")]
    cabeza = next([c.strip(" `/") for c in f] for f in filas if f[1].strip() == "`__init__.py`")
    for modulo in registry.modulos():
        carpeta = RAIZ / "lerdo_desk" / "modules" / modulo.clave
        fila = next(f for f in filas if f[0].strip() == f"`lerdo_desk/modules/{modulo.clave}/`")
        dichas = {sala for sala, celda in zip(cabeza[2:], fila[2:], strict=True) if celda.strip()}
        estan = {
            sala for sala in cabeza[2:] if (carpeta / sala).is_dir() or (carpeta / f"{sala}.py").is_file()
        }
        assert dichas == estan, modulo.clave


def test_decisions_are_numbered_without_a_gap() -> None:
    numeros = [int(d.name[:4]) for d in DECISIONES]
    assert numeros == list(range(1, len(numeros) + 1))


@pytest.mark.parametrize("decision", DECISIONES, ids=lambda d: d.stem)
def test_a_decision_says_context_decision_consequences_and_alternatives(decision: Path) -> None:
    texto = _leer(decision)
    assert texto.startswith(f"# {decision.name[:4]} · ")
    assert re.findall(r"^## (.+)$", texto, re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
        "Alternatives",
    ]
    assert len(texto.splitlines()) <= 80


def test_the_changelog_tells_of_the_version_that_is_built() -> None:
    version = tomllib.loads(_leer(RAIZ / "pyproject.toml"))["project"]["version"]
    assert re.search(rf"^## {re.escape(version)}\b", _leer(RAIZ / "CHANGELOG.md"), re.MULTILINE)


def test_contributing_is_one_page() -> None:
    assert len(_leer(RAIZ / "CONTRIBUTING.md").splitlines()) <= 60


def _ordenes_del_readme() -> list[tuple[str, ...]]:
    filas = re.findall(r"^\| `lerdo-desk ([^`]+)` \|", _leer(RAIZ / "README.md"), re.MULTILINE)
    return [tuple(re.sub(r"\[[^]]*\]", "", fila).split()) for fila in filas]


@pytest.mark.parametrize("orden", _ordenes_del_readme(), ids=" ".join)
def test_a_command_that_the_readme_names_is_known_with_its_options(orden: tuple[str, ...]) -> None:
    palabras = [p for p in orden if p.islower() and not p.startswith("--")]
    hecho = subprocess.run(
        [sys.executable, "-m", "lerdo_desk", *palabras, "--help"],
        cwd=RAIZ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert hecho.returncode == 0, hecho.stderr
    fila = next(
        f
        for f in _leer(RAIZ / "README.md").splitlines()
        if f.startswith(f"| `lerdo-desk {' '.join(palabras)}")
    )
    assert [o for o in re.findall(r"--[\w-]+", fila) if o not in hecho.stdout] == []


def test_the_readme_names_every_command_there_is() -> None:
    hecho = subprocess.run(
        [sys.executable, "-m", "lerdo_desk", "--help"], cwd=RAIZ, capture_output=True, text=True, check=True
    )
    ordenes = set(re.findall(r"^    (\w+)  ", hecho.stdout, re.MULTILINE))
    assert ordenes == {orden[0] for orden in _ordenes_del_readme()}
