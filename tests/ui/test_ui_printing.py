import errno
import os
import time
from pathlib import Path

import pytest

from lerdo_desk.base.errores import ErrorDeEntorno
from lerdo_desk.config import Impresion
from lerdo_desk.ui import printing

PDF = b"%PDF-1.7 contenido \xff\x00"


@pytest.fixture
def cups(papelera, monkeypatch):
    """Stand-ins for lpstat and lp that write down what they got."""
    apuntes = papelera / "apuntes"
    monkeypatch.setenv("PATH", f"{papelera / 'bin'}{os.pathsep}{os.environ['PATH']}")

    def poner(lpstat="echo printer Termica is idle. enabled since today", lp='cat > "$APUNTES".pdf; echo ok'):
        monkeypatch.setenv("APUNTES", str(apuntes))
        for nombre, cuerpo in (("lpstat", lpstat), ("lp", lp)):
            programa = papelera / "bin" / nombre
            programa.write_text(f'#!/bin/sh\necho "{nombre} $@" >> "$APUNTES"\n{cuerpo}\n', encoding="utf-8")
            programa.chmod(0o755)
        return apuntes

    return poner


def a_impresora(nombre="Termica"):
    return Impresion(destino="impresora", impresora=nombre)


def test_a_folder_gets_the_whole_file_and_nothing_else(tmp_path):
    carpeta = tmp_path / "recibos" / "hoy"
    donde = printing.imprimir(Impresion(carpeta=carpeta), PDF, "CAP-1.pdf")
    assert Path(donde).read_bytes() == PDF
    assert [p.name for p in carpeta.iterdir()] == ["CAP-1.pdf"]


def test_printing_again_replaces_the_file(tmp_path):
    for contenido in (PDF, b"%PDF otro"):
        donde = printing.imprimir(Impresion(carpeta=tmp_path), contenido, "CAP-1.pdf")
    assert Path(donde).read_bytes() == b"%PDF otro"


def test_a_name_cannot_leave_its_folder(tmp_path):
    donde = Path(printing.imprimir(Impresion(carpeta=tmp_path / "a"), PDF, "../../fuera.pdf"))
    assert donde.parent == tmp_path / "a"


@pytest.mark.parametrize(
    ("numero", "dicho"),
    [(errno.ENOSPC, "No hay espacio"), (errno.EACCES, "No hay permiso"), (errno.EIO, "No se pudo guardar")],
)
def test_a_full_or_forbidden_folder_is_told_and_leaves_no_half_file(tmp_path, monkeypatch, numero, dicho):
    def lleno(_):
        raise OSError(numero, "x")

    monkeypatch.setattr(printing.os, "fsync", lleno)
    with pytest.raises(ErrorDeEntorno, match=dicho):
        printing.imprimir(Impresion(carpeta=tmp_path), PDF, "CAP-1.pdf")
    assert list(tmp_path.iterdir()) == []


def test_a_really_full_disk_is_told():
    with pytest.raises(ErrorDeEntorno):
        printing.guardar(Path("/dev/full/carpeta"), PDF, "x.pdf")


def test_a_station_without_a_place_says_who_can_help():
    with pytest.raises(ErrorDeEntorno, match="Sistemas"):
        printing.imprimir(Impresion(carpeta=None), PDF, "x.pdf")


def test_a_printer_gets_the_pdf_by_its_name(cups):
    apuntes = cups()
    assert printing.imprimir(a_impresora(), PDF, "CAP-1.pdf") == "Termica"
    renglones = apuntes.read_text(encoding="utf-8").splitlines()
    assert renglones[0] == "lpstat -l -p Termica"
    assert renglones[1].startswith("lp -d Termica -t CAP-1.pdf ")
    assert apuntes.with_suffix(".pdf").read_bytes() == PDF


def test_a_printer_that_is_off_is_told_and_gets_nothing(cups):
    apuntes = cups(lpstat="echo printer Termica disabled since today - reason unknown")
    with pytest.raises(ErrorDeEntorno, match="apagada") as error:
        printing.imprimir(a_impresora(), PDF, "CAP-1.pdf")
    assert "Termica" in str(error.value) and "disabled" in error.value.detalle
    assert not apuntes.with_suffix(".pdf").exists()


def test_a_printer_that_does_not_exist_is_told(cups):
    cups(lpstat="echo 'lpstat: Invalid destination name' >&2; exit 1")
    with pytest.raises(ErrorDeEntorno, match="No existe la impresora «Termica»"):
        printing.imprimir(a_impresora(), PDF, "CAP-1.pdf")


def test_a_printer_that_refuses_is_told(cups):
    cups(lp="cat > /dev/null; echo 'lp: The printer is not accepting jobs' >&2; exit 1")
    with pytest.raises(ErrorDeEntorno, match="no aceptó") as error:
        printing.imprimir(a_impresora(), PDF, "CAP-1.pdf")
    assert "not accepting" in error.value.detalle


def test_a_silent_printer_is_given_up_after_its_time(cups, monkeypatch):
    cups(lp="exec sleep 30")
    monkeypatch.setattr(printing, "SEGUNDOS", 0.3)
    desde = time.monotonic()
    with pytest.raises(ErrorDeEntorno, match="no respondió"):
        printing.imprimir(a_impresora(), PDF, "CAP-1.pdf")
    assert time.monotonic() - desde < 5


def test_fifteen_seconds_is_the_limit():
    assert printing.SEGUNDOS == 15


def test_a_machine_without_cups_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ErrorDeEntorno, match="CUPS"):
        printing.imprimir(a_impresora(), PDF, "CAP-1.pdf")


@pytest.mark.parametrize("nombre", [None, "", "-o raw"])
def test_a_printer_without_a_decent_name_is_refused(nombre, cups):
    apuntes = cups()
    with pytest.raises(ErrorDeEntorno, match="en qué impresora"):
        printing.imprimir(a_impresora(nombre), PDF, "CAP-1.pdf")
    assert not apuntes.exists()


def atorada(aviso, estado="now printing Termica-9."):
    largo = f"\\n\\tDescription: offline\\n\\tAlerts: {aviso}\\n"
    return f"printf 'printer Termica {estado}  enabled since today{largo}'"


@pytest.mark.parametrize(
    ("aviso", "dicho"),
    [
        ("media-empty-error", "no tiene papel"),
        ("toner-low-warning media-needed", "no tiene papel"),
        ("media-jam-error", "papel atorado"),
        ("cover-open", "tapa abierta"),
        ("door-open-report", "tapa abierta"),
        ("offline-report", "desconectada"),
    ],
)
def test_a_printer_that_waits_for_somebody_says_for_what_and_gets_nothing(cups, aviso, dicho):
    apuntes = cups(lpstat=atorada(aviso))
    with pytest.raises(ErrorDeEntorno, match=f"«Termica» .*{dicho}.*vuelva a imprimir"):
        printing.imprimir(a_impresora(), PDF, "CAP-1.pdf")
    assert not apuntes.with_suffix(".pdf").exists()


@pytest.mark.parametrize(
    "lpstat",
    [
        atorada("media-low-warning media-empty-warning"),
        atorada("none"),
        atorada("media-empty-error", "is idle."),  # left by a job that is gone
    ],
)
def test_a_warning_or_an_old_alert_stops_no_paper(cups, lpstat):
    apuntes = cups(lpstat=lpstat)
    assert printing.imprimir(a_impresora(), PDF, "CAP-1.pdf") == "Termica"
    assert apuntes.with_suffix(".pdf").read_bytes() == PDF


def test_a_busy_printer_is_watched_for_a_moment_only(cups, monkeypatch):
    en_cola = 'if [ "$1" = -o ]; then echo "Termica-1 ana 1024 today"; exit; fi; '
    imprime = 'cat >/dev/null; echo "request id is Termica-1 (0 file(s))"'
    cups(lpstat=en_cola + atorada("none", "now printing Termica-1."), lp=imprime)
    monkeypatch.setattr(printing, "VIGILA", 0.3)
    desde = time.monotonic()
    assert printing.imprimir(a_impresora(), PDF, "CAP-1.pdf") == "Termica"
    assert 0.3 <= time.monotonic() - desde < 5
