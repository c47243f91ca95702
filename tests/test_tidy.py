"""The budgets of the house, measured on every file; each measure is shown to bite on a bad sample."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest

_arbol = lru_cache(maxsize=4096)(ast.parse)  # each search reads the same files again

PAQUETE = Path(__file__).parent.parent / "lerdo_desk"

LINEAS_POR_ARCHIVO = 400
LINEAS_POR_FUNCION = 60
COMPLEJIDAD = 8
PARAMETROS = 6

CONFIRMA = "core/use_cases.py"
FRONTERA = "ui/jobs.py"
IMPRIME = "cli.py"


@dataclass(frozen=True)
class Fuente:
    """One file of the package: where it lies from the package's root, its text and its tree."""

    lugar: str
    texto: str
    arbol: ast.Module

    @property
    def es_migracion(self) -> bool:
        """Migrations are data that Alembic wrote: only their length is left free."""
        return "migrations/" in self.lugar

    @property
    def en_hacienda(self) -> bool:
        return self.lugar.startswith("hacienda/")

    def es_habitacion(self, nombre: str) -> bool:
        """Tell whether it is a room of a dirección: ``rules.py`` or a file of the package ``rules/``."""
        partes = self.lugar.split("/")
        return partes[0] == "modules" and len(partes) > 2 and partes[2] in (nombre, f"{nombre}.py")


def fuentes(raiz: Path) -> tuple[Fuente, ...]:
    """Read every Python file under a folder."""
    leidas = ((ruta, ruta.read_text(encoding="utf-8")) for ruta in sorted(raiz.rglob("*.py")))
    return tuple(Fuente(ruta.relative_to(raiz).as_posix(), t, _arbol(t)) for ruta, t in leidas)


def _funciones(arbol: ast.AST) -> Iterable[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (n for n in ast.walk(arbol) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef)))


def _nombre(nodo: ast.expr) -> str:
    """Give the dotted name of an expression, empty when it is none."""
    if isinstance(nodo, ast.Name):
        return nodo.id
    if isinstance(nodo, ast.Attribute):
        return f"{_nombre(nodo.value)}.{nodo.attr}".lstrip(".")
    return ""


def archivos_largos(raiz: Path) -> list[str]:
    """Files of more than 400 lines: Python, and the locks in SQL."""
    textos = [(f.lugar, f.texto) for f in fuentes(raiz) if not f.es_migracion]
    textos += [(r.relative_to(raiz).as_posix(), r.read_text("utf-8")) for r in sorted(raiz.rglob("*.sql"))]
    return [
        f"{lugar}: {lineas} lines"
        for lugar, texto in textos
        if (lineas := len(texto.splitlines())) > LINEAS_POR_ARCHIVO
    ]


def funciones_largas(raiz: Path) -> list[str]:
    """Functions of more than 60 lines, from their ``def`` to their last line."""
    return [
        f"{f.lugar}:{n.lineno} {n.name}: {largo} lines"
        for f in fuentes(raiz)
        if not f.es_migracion
        for n in _funciones(f.arbol)
        if (largo := (n.end_lineno or n.lineno) - n.lineno + 1) > LINEAS_POR_FUNCION
    ]


def funciones_enredadas(raiz: Path) -> list[str]:
    """Functions whose McCabe complexity passes 8, whatever a ``noqa`` says."""
    ajuste = f"lint.mccabe.max-complexity={COMPLEJIDAD}"
    orden = [sys.executable, "-m", "ruff", "check", "--isolated", "--ignore-noqa", "--no-cache"]
    orden += ["--select", "C901", "--config", ajuste, "--output-format", "json", str(raiz)]
    salida = subprocess.run(orden, capture_output=True, text=True, check=False)
    assert salida.returncode in (0, 1), salida.stderr
    return [f"{hallazgo['filename']}: {hallazgo['message']}" for hallazgo in json.loads(salida.stdout)]


def demasiados_parametros(raiz: Path) -> list[str]:
    """Functions of more than 6 parameters; ``self`` and ``cls`` are nobody's to pass."""
    encontradas = []
    for f in fuentes(raiz):
        for n in _funciones(f.arbol):
            nombres = [a.arg for a in (*n.args.posonlyargs, *n.args.args, *n.args.kwonlyargs)]
            cuantos = len([a for a in nombres if a not in ("self", "cls")])
            if cuantos > PARAMETROS:
                encontradas.append(f"{f.lugar}:{n.lineno} {n.name}: {cuantos} parameters")
    return encontradas


def imports_en_funciones(raiz: Path) -> list[str]:
    """Imports that hide inside a function."""
    return [
        f"{f.lugar}:{n.lineno} in {funcion.name}"
        for f in fuentes(raiz)
        for funcion in _funciones(f.arbol)
        for n in ast.walk(funcion)
        if isinstance(n, (ast.Import, ast.ImportFrom))
    ]


def _es_amplia(nodo: ast.expr | None) -> bool:
    if nodo is None:
        return True
    if isinstance(nodo, ast.Tuple):
        return any(_es_amplia(parte) for parte in nodo.elts)
    return _nombre(nodo).rsplit(".", 1)[-1] in ("Exception", "BaseException")


def capturas_amplias(raiz: Path) -> list[str]:
    """Handlers of any error whatsoever, ``suppress`` included, but for the one at the thread border."""
    hallados = []
    for f in fuentes(raiz):
        for n in ast.walk(f.arbol):
            calla = isinstance(n, ast.Call) and _nombre(n.func).rsplit(".", 1)[-1] == "suppress"
            if (isinstance(n, ast.ExceptHandler) and _es_amplia(n.type)) or (
                calla and any(map(_es_amplia, n.args))
            ):
                hallados.append(f"{f.lugar}:{n.lineno}")
    de_la_frontera = [h for h in hallados if h.startswith(f"{FRONTERA}:")]
    return [h for h in hallados if h not in de_la_frontera[:1]]


def sin_docstring(raiz: Path) -> list[str]:
    """Modules that do not say their job on their first line."""
    return [f.lugar for f in fuentes(raiz) if not (ast.get_docstring(f.arbol) or "").split("\n")[0].strip()]


def confirman_aparte(raiz: Path) -> list[str]:
    """Calls of ``commit`` outside the Runner."""
    return [
        f"{f.lugar}:{n.lineno}"
        for f in fuentes(raiz)
        if f.lugar != CONFIRMA
        for n in ast.walk(f.arbol)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr == "commit"
    ]


def flotantes(raiz: Path) -> list[str]:
    """Floats where money is reckoned: literals or calls of ``float`` in hacienda and in any rules."""
    return [
        f"{f.lugar}:{n.lineno}"
        for f in fuentes(raiz)
        if f.en_hacienda or f.es_habitacion("rules")
        for n in ast.walk(f.arbol)
        if (isinstance(n, ast.Constant) and isinstance(n.value, float))
        or (isinstance(n, ast.Call) and _nombre(n.func) == "float")
    ]


_DEL_RELOJ = {"now", "utcnow", "today", "current_timestamp", "current_date", "localtimestamp", "sysdate"}


def relojes(raiz: Path) -> list[str]:
    """Clocks where the day is given, not read: hacienda, and rules and service of any dirección."""
    encontrados = []
    for f in fuentes(raiz):
        if not (f.en_hacienda or f.es_habitacion("rules") or f.es_habitacion("service")):
            continue
        for n in ast.walk(f.arbol):
            importados = [a.name for a in n.names] if isinstance(n, ast.Import) else []
            importados += [n.module or ""] if isinstance(n, ast.ImportFrom) else []
            llamado = isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute) and n.func.attr
            if "time" in importados or llamado in _DEL_RELOJ:
                encontrados.append(f"{f.lugar}:{n.lineno}")
    return encontrados


def imprimen(raiz: Path) -> list[str]:
    """Calls of ``print`` outside the command line."""
    return [
        f"{f.lugar}:{n.lineno}"
        for f in fuentes(raiz)
        if f.lugar != IMPRIME
        for n in ast.walk(f.arbol)
        if isinstance(n, ast.Call) and _nombre(n.func) == "print"
    ]


_PENDIENTE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def pendientes(raiz: Path) -> list[str]:
    """Work that was left for later, in any file."""
    return [
        f"{ruta.relative_to(raiz).as_posix()}:{n}"
        for ruta in sorted(raiz.rglob("*"))
        if ruta.suffix in (".py", ".sql", ".mako", ".md", ".toml")
        for n, linea in enumerate(ruta.read_text(encoding="utf-8").splitlines(), start=1)
        if _PENDIENTE.search(linea)
    ]


Medida = Callable[[Path], list[str]]
MEDIDAS: tuple[Medida, ...] = (
    archivos_largos,
    funciones_largas,
    funciones_enredadas,
    demasiados_parametros,
    imports_en_funciones,
    capturas_amplias,
    sin_docstring,
    confirman_aparte,
    flotantes,
    relojes,
    imprimen,
    pendientes,
)

_RAMAS = "".join(f"    if x == {n}:\n        return {n}\n" for n in range(8))
_CAPTURA = "try:\n    pass\nexcept {}:\n    pass\n"
MALAS: tuple[tuple[Medida, str, str], ...] = (
    (archivos_largos, "ui/largo.py", "x = 1\n" * 401),
    (archivos_largos, "hacienda/candados/sqlite.sql", "SELECT 1;\n" * 401),
    (funciones_largas, "ui/larga.py", "def larga():\n" + "    x = 1\n" * 60),
    (funciones_enredadas, "ui/enredo.py", f"def f(x):  # noqa: C901\n{_RAMAS}    return x\n"),
    (demasiados_parametros, "core/p.py", "def f(a, b, c, d, *, e, f, g): ...\n"),
    (imports_en_funciones, "core/i.py", "def f():\n    import json\n"),
    (imports_en_funciones, "core/i.py", "def f():\n    if f:\n        from json import dumps\n"),
    (capturas_amplias, "core/e.py", _CAPTURA.format("Exception as e")),
    (capturas_amplias, "core/e.py", _CAPTURA.format("(ValueError, BaseException)")),
    (capturas_amplias, "core/e.py", "try:\n    pass\nexcept:\n    pass\n"),
    (capturas_amplias, "core/e.py", "with contextlib.suppress(Exception):\n    pass\n"),
    (capturas_amplias, FRONTERA, 2 * _CAPTURA.format("Exception")),
    (sin_docstring, "core/d.py", "x = 1\n"),
    (sin_docstring, "core/d.py", '"""   """\n'),
    (confirman_aparte, "modules/caja/service.py", "sesion.commit()\n"),
    (flotantes, "hacienda/f.py", "TASA = 0.02\n"),
    (flotantes, "modules/predial/rules/tasa.py", "TASA = float('2')\n"),
    (relojes, "modules/predial/rules.py", "from datetime import date\nhoy = date.today()\n"),
    (relojes, "modules/caja/service.py", "import datetime as dt\nahora = dt.datetime.now(dt.UTC)\n"),
    (relojes, "hacienda/r.py", "import time\n"),
    (relojes, "hacienda/r.py", "from time import time\n"),
    (relojes, "hacienda/r.py", "from sqlalchemy import func\nahora = func.now()\n"),
    (imprimen, "core/x.py", "print('hola')\n"),
    (pendientes, "core/x.py", "x = 1  # TODO: later\n"),
    (pendientes, "hacienda/candados/sqlite.sql", "-- FIXME\n"),
)

BUENAS: tuple[tuple[Medida, str, str], ...] = (
    (archivos_largos, "ui/justo.py", "x = 1\n" * 400),
    (funciones_largas, "ui/justa.py", "def justa():\n" + "    x = 1\n" * 59),
    (funciones_enredadas, "ui/clara.py", "def f(x):\n    return x\n"),
    (demasiados_parametros, "core/p.py", "class A:\n    def f(self, a, b, c, d, e, f): ...\n"),
    (imports_en_funciones, "core/i.py", "import json\n"),
    (capturas_amplias, FRONTERA, _CAPTURA.format("Exception")),
    (sin_docstring, "core/d.py", '"""One job."""\n'),
    (confirman_aparte, CONFIRMA, "sesion.commit()\n"),
    (flotantes, "ui/f.py", "OPACIDAD = 0.5\n"),
    (relojes, "db/motor.py", "import time\n"),
    (imprimen, IMPRIME, "print('hola')\n"),
    (pendientes, "core/x.py", "TODOS = ('a',)\n"),
)


def _muestra(raiz: Path, lugar: str, texto: str) -> Path:
    archivo = raiz / lugar
    archivo.parent.mkdir(parents=True, exist_ok=True)
    archivo.write_text(texto, encoding="utf-8")
    return raiz


def _dice(medida: Medida) -> str:
    return medida.__name__


@pytest.mark.parametrize("medida", MEDIDAS, ids=_dice)
def test_the_house_keeps_its_budget(medida: Medida) -> None:
    assert medida(PAQUETE) == []


@pytest.mark.parametrize(("medida", "lugar", "texto"), MALAS)
def test_a_bad_sample_is_found(medida: Medida, lugar: str, texto: str, tmp_path: Path) -> None:
    assert len(medida(_muestra(tmp_path, lugar, texto))) == 1


@pytest.mark.parametrize(("medida", "lugar", "texto"), BUENAS)
def test_what_just_fits_is_left_alone(medida: Medida, lugar: str, texto: str, tmp_path: Path) -> None:
    assert medida(_muestra(tmp_path, lugar, texto)) == []


def test_every_measure_has_a_bad_and_a_good_sample() -> None:
    assert {m for m, _, _ in MALAS} == {m for m, _, _ in BUENAS} == set(MEDIDAS)


def test_the_one_broad_handler_stands_at_the_thread_border() -> None:
    amplias = [
        f.lugar
        for f in fuentes(PAQUETE)
        for n in ast.walk(f.arbol)
        if isinstance(n, ast.ExceptHandler) and _es_amplia(n.type)
    ]
    assert amplias == [FRONTERA]
