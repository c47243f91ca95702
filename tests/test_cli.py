"""The command line as a technician uses it: real processes, one clear line when something is missing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from municipio_de_prueba import VALLE

from lerdo_desk.recursos import ruta


def lerdo_desk(*palabras: str, **entorno: str) -> subprocess.CompletedProcess[str]:
    limpio = {
        k: v
        for k, v in os.environ.items()
        if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PGPASSWORD")
    }
    return subprocess.run(
        [sys.executable, "-m", "lerdo_desk", *palabras],
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
        env=limpio | entorno,
        stdin=subprocess.DEVNULL,
    )


def test_no_word_of_the_command_line_loads_qt_or_sqlalchemy():
    codigo = (
        "import sys, lerdo_desk.cli as c; c._gramatica();"
        "pesadas = 'PySide6 sqlalchemy psycopg reportlab openpyxl keyring alembic'.split();"
        "print([m for m in pesadas if m in sys.modules])"
    )
    hecho = subprocess.run([sys.executable, "-c", codigo], capture_output=True, text=True, check=True)
    assert hecho.stdout.strip() == "[]"


def test_without_a_display_it_says_so_in_one_line_and_what_to_do(tmp_path):
    hecho = lerdo_desk(LERDO_DESK_CONFIG=str(tmp_path / "no-hay.toml"))
    assert hecho.returncode == 2
    assert hecho.stderr.count("\n") == 1
    assert "No hay pantalla" in hecho.stderr
    assert "--sin-ventana" in hecho.stderr


def test_a_password_in_the_url_is_refused():
    hecho = lerdo_desk("doctor", "--base", "postgresql://ana:secreto@servidor/base")
    assert hecho.returncode == 2
    assert "no debe llevar contraseña" in hecho.stderr
    assert "secreto" not in hecho.stderr + hecho.stdout


def test_a_server_that_does_not_answer_is_one_sentence():
    hecho = lerdo_desk("servidor", "preparar", "--base", "postgresql://127.0.0.1:1/municipio")
    assert hecho.returncode == 2
    assert hecho.stderr.count("\n") == 1
    assert "No se pudo entrar al servidor" in hecho.stderr


@pytest.mark.postgresql
def test_servidor_preparar_makes_a_server_whose_administrator_can_enter(servidores):
    url = servidores("para-la-cli").url("municipio_cli")
    hecho = lerdo_desk(
        "servidor", "preparar", "--base", url, "--municipio", str(VALLE), "--administrador", "r.salas"
    )
    assert hecho.returncode == 0, hecho.stderr
    frase = hecho.stdout.strip().rsplit(" ", 1)[1]

    from lerdo_desk.core import acceso

    entrada = acceso.entrar(url, "r.salas", frase, estacion="prueba")
    assert entrada.modo == "produccion"
    assert entrada.identidad.temporal
    entrada.runner.cerrar()
    repetido = lerdo_desk("servidor", "preparar", "--base", url, "--municipio", str(VALLE))
    assert repetido.returncode == 2
    assert "ya tiene un municipio" in repetido.stderr
    otra_vez = lerdo_desk("migrar", "--base", url)
    assert otra_vez.returncode == 0, otra_vez.stderr


def test_migrar_makes_a_new_embedded_database_and_leaves_an_old_one_up_to_date(tmp_path):
    url = f"sqlite:///{tmp_path / 'oficina' / 'municipio.db'}"
    nueva = lerdo_desk("migrar", "--base", url, "--produccion", "--municipio", str(VALLE))
    assert nueva.returncode == 0, nueva.stderr
    assert "contraseña temporal" in nueva.stdout
    otra = lerdo_desk("migrar", "--base", url)
    assert (otra.returncode, otra.stderr) == (0, "")
    assert "casa_" in otra.stdout


def test_permisos_prints_every_profile_and_permission():
    hecho = lerdo_desk("permisos", "--tabla")
    assert hecho.returncode == 0
    assert "caja.cobrar" in hecho.stdout
    assert "auditor" in hecho.stdout.splitlines()[0]


@pytest.mark.parametrize("carpeta", [ruta("municipios", "lerdo"), VALLE], ids=lambda c: c.name)
def test_municipio_validar_accepts_the_packs_and_runs_their_golden_cases(carpeta):
    hecho = lerdo_desk("municipio", "validar", str(carpeta))
    assert hecho.returncode == 0, hecho.stderr
    assert "casos de oro" in hecho.stdout.splitlines()[-1]


def test_municipio_validar_names_file_row_and_reason(tmp_path):
    copia = tmp_path / "roto"
    copia.mkdir()
    for archivo in VALLE.iterdir():
        (copia / archivo.name).write_text(archivo.read_text(encoding="utf-8"), encoding="utf-8")
    conceptos = copia / "conceptos.csv"
    conceptos.write_text(conceptos.read_text(encoding="utf-8") + "X,y,z\n", encoding="utf-8")
    hecho = lerdo_desk("municipio", "validar", str(copia))
    assert hecho.returncode == 2
    assert "conceptos.csv, renglón" in hecho.stderr


@pytest.mark.lento
def test_the_demo_without_a_window_leaves_papers_pictures_and_one_json_object(tmp_path):
    hecho = lerdo_desk("demo", "--sin-ventana", "--carpeta", str(tmp_path), "--cuentas", "300")
    assert hecho.returncode == 0, hecho.stderr
    resumen = json.loads(hecho.stdout.splitlines()[-1])
    assert set(resumen) == {"cuentas", "recibos", "cobrado", "corte", "diferencia"}
    assert resumen["cuentas"] == 300
    assert len(list((tmp_path / "recibos").glob("*.pdf"))) == resumen["recibos"] > 0
    assert Path(resumen["corte"]).is_file()
    assert len(list((tmp_path / "capturas").glob("*.png"))) >= 10


def test_doctor_tells_what_is_missing_line_by_line(tmp_path):
    hecho = lerdo_desk("doctor", LERDO_DESK_CONFIG=str(tmp_path / "no-hay.toml"))
    renglones = [r.split()[0] for r in hecho.stdout.splitlines()]
    assert set(renglones) <= {"bien", "FALTA"}
    assert len(renglones) >= 6
    assert hecho.returncode == 1  # there is no display here
