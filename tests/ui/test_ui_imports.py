import ast
import os
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
    assert qt <= {"QtCore", "QtGui", "QtWidgets", "support", "_config", "_git_pyside_version"}


def test_the_login_is_painted_without_making_qts_costly_types():
    """Making the enums of Qt, QStyle and QEvent costs PySide more than building the whole login."""
    codigo = """
import PySide6.QtCore, PySide6.QtWidgets
from lerdo_desk.ui import jobs, messages, theme
from lerdo_desk.ui.login import Identidad, VentanaLogin
theme.antes_de_la_aplicacion()
app = PySide6.QtWidgets.QApplication([])
theme.instalar(app, "claro")
ventana = VentanaLogin(Identidad("Municipio", "Tesorería", "Base local", True, "0.1.0"), (), "usuario")
ventana.show()
app.processEvents()
print([n for n in ("Qt", "QEvent") if n in vars(PySide6.QtCore)],
      [n for n in ("QStyle", "QWizard") if n in vars(PySide6.QtWidgets)])
"""
    ambiente = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    dicho = subprocess.run(
        [sys.executable, "-c", codigo], capture_output=True, text=True, check=True, env=ambiente
    )
    assert dicho.stdout.strip() == "[] []"


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
