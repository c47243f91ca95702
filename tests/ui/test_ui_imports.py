import ast
import subprocess
import sys
from pathlib import Path

import pytest

import lerdo_desk

SALA = sorted((Path(lerdo_desk.__file__).parent / "ui").glob("*.py"))
PERMITIDO = ("lerdo_desk.base", "lerdo_desk.config", "lerdo_desk.recursos", "lerdo_desk.ui")
PESADO = ("sqlalchemy", "psycopg", "reportlab", "openpyxl", "keyring", "alembic", "segno", "PIL", "numpy")


@pytest.mark.parametrize("sala", ["login", "window", "theme", "inicio"])
def test_the_first_windows_import_only_qt_and_what_is_light(sala):
    codigo = f"import sys, lerdo_desk.ui.{sala}; print(' '.join(sorted(sys.modules)))"
    dicho = subprocess.run(
        [sys.executable, "-c", codigo], capture_output=True, text=True, check=True
    ).stdout.split()
    assert [m for m in dicho if m.split(".")[0] in PESADO] == []
    propios = [m for m in dicho if m.startswith("lerdo_desk.")]
    assert [m for m in propios if not m.startswith(PERMITIDO)] == []
    qt = {m.split(".")[1] for m in dicho if m.startswith("PySide6.")}
    assert qt <= {"QtCore", "QtGui", "QtWidgets", "QtSvg", "support", "_config", "_git_pyside_version"}


@pytest.mark.parametrize("archivo", SALA, ids=lambda a: a.name)
def test_no_room_of_the_shell_imports_what_lies_above_or_beside_it(archivo):
    arbol = ast.parse(archivo.read_text(encoding="utf-8"))
    nombres = [n.module or "" for n in ast.walk(arbol) if isinstance(n, ast.ImportFrom)]
    nombres += [a.name for n in ast.walk(arbol) if isinstance(n, ast.Import) for a in n.names]
    casa = [n for n in nombres if n.startswith("lerdo_desk")]
    assert [n for n in casa if not n.startswith(PERMITIDO)] == []
    assert [n for n in nombres if n.split(".")[0] in PESADO] == []


def test_only_the_border_of_the_threads_catches_every_error():
    anchos = []
    for archivo in SALA:
        for nodo in ast.walk(ast.parse(archivo.read_text(encoding="utf-8"))):
            if isinstance(nodo, ast.ExceptHandler):
                nombre = nodo.type.id if isinstance(nodo.type, ast.Name) else ""
                if nodo.type is None or nombre in ("Exception", "BaseException"):
                    anchos.append(archivo.name)
    assert anchos == ["jobs.py"]
