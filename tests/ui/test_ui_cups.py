"""The printing room against a real CUPS: what arrives, what is refused, what is taken back."""

import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cups_privado
import pytest

from lerdo_desk.base.errores import ErrorDeEntorno
from lerdo_desk.config import Impresion
from lerdo_desk.reports.recibo import dibujar
from lerdo_desk.ui import printing

sys.path.append(str(Path(__file__).parent.parent / "reports"))

import muestras_papel as m

TERMICA = Impresion(destino="impresora", impresora="Termica", formato="58mm")
NADIE = 65534


@pytest.fixture(scope="module")
def servidor() -> Iterator[cups_privado.Cups]:
    if cups_privado.cupsd() is None or shutil.which("lpadmin", path=cups_privado.camino()) is None:
        if os.environ.get("LERDO_REQUIRE_CUPS") == "1":
            pytest.fail("CUPS's server is not installed and LERDO_REQUIRE_CUPS=1 allows no skip")
        pytest.skip("no CUPS server on this machine")
    with (
        tempfile.TemporaryDirectory(prefix="lerdo-") as carpeta,
        cups_privado.servidor(Path(carpeta)) as cups,
    ):
        yield cups


@pytest.fixture
def cups(servidor, monkeypatch) -> cups_privado.Cups:
    monkeypatch.setenv("CUPS_SERVER", str(servidor.zocalo))
    return servidor


@pytest.fixture
def papeles(cups) -> Iterator[Path]:
    """The folder where the papers of the printer «Termica» come out; the printer goes with the test."""
    carpeta = cups.impresora("Termica")
    yield carpeta
    (carpeta / "sin-papel").unlink(missing_ok=True)
    cups.manda("lpadmin", "-x", "Termica")
    carpeta.rename(carpeta.with_name(f"antes-{carpeta.stat().st_ino}"))


def en_cola(cups) -> str:
    return cups.manda("lpstat", "-o")


@pytest.mark.parametrize("formato", ["media_carta", "80mm", "58mm"])
def test_what_the_printer_gets_is_the_receipt_whole_and_its_codes_can_be_read(
    cups, papeles, formato, tmp_path
):
    pdf = dibujar(m.recibo(), formato=formato)
    donde = printing.imprimir(TERMICA._replace(formato=formato), pdf, "A-204117.pdf")
    [salio] = cups.salidas(papeles, 1)
    assert donde == "Termica"
    assert salio.read_bytes() == pdf
    assert salio.with_suffix(".titulo").read_text(encoding="utf-8") == "A-204117.pdf"
    codigos = m.leer_codigos(m.rasterizar(salio.read_bytes(), tmp_path, "-mono")[0])
    assert codigos["Code128"] == "RA-204117"


def test_a_roll_is_asked_for_in_its_own_length_and_never_scaled(cups, papeles):
    printing.imprimir(TERMICA, dibujar(m.recibo(), formato="58mm"), "rollo.pdf")
    printing.imprimir(TERMICA, dibujar(m.recibo()), "hoja.pdf")
    rollo, hoja = (p.with_suffix(".opciones").read_text(encoding="utf-8") for p in cups.salidas(papeles, 2))
    assert "media=Custom.58x" in rollo and "print-scaling=none" in rollo and "fit-to-page" not in rollo
    assert "fit-to-page" in hoja and "media=" not in hoja


def test_the_printers_on_offer_are_those_of_the_system(cups, papeles):
    assert printing.impresoras() == ("Termica",)


def test_a_printer_that_is_stopped_is_told_and_gets_nothing(cups, papeles):
    cups.manda("cupsdisable", "-r", "mantenimiento", "Termica")
    with pytest.raises(ErrorDeEntorno, match="«Termica» está apagada o en pausa") as dicho:
        printing.imprimir(TERMICA, dibujar(m.recibo(), formato="58mm"), "A-1.pdf")
    assert "mantenimiento" in dicho.value.detalle
    assert en_cola(cups) == ""
    cups.manda("cupsenable", "Termica")
    printing.imprimir(TERMICA, dibujar(m.recibo(), formato="58mm"), "A-1.pdf")
    assert len(cups.salidas(papeles, 1)) == 1


def test_a_printer_that_rejects_is_told_and_gets_nothing(cups, papeles):
    cups.manda("cupsreject", "Termica")
    with pytest.raises(ErrorDeEntorno, match="«Termica» no aceptó el documento"):
        printing.imprimir(TERMICA, b"%PDF-1.4", "A-1.pdf")
    assert en_cola(cups) == ""


def test_a_printer_without_paper_is_told_its_job_is_taken_back_and_later_it_prints_one(
    cups, papeles, monkeypatch
):
    monkeypatch.setattr(printing, "VIGILA", cups_privado.SEGUNDOS)
    pdf = dibujar(m.recibo(), formato="58mm")
    (papeles / "sin-papel").touch()
    with pytest.raises(ErrorDeEntorno, match="«Termica» no tiene papel; póngale papel y vuelva a imprimir"):
        printing.imprimir(TERMICA, pdf, "A-1.pdf")
    cups.espera("idle", "lpstat", "-p", "Termica")
    assert en_cola(cups) == ""
    (papeles / "sin-papel").unlink()
    printing.imprimir(TERMICA, pdf, "A-1-copia1.pdf")
    [salio] = cups.salidas(papeles, 1)
    assert salio.read_bytes() == pdf
    assert salio.with_suffix(".titulo").read_text(encoding="utf-8") == "A-1-copia1.pdf"


def test_a_printer_stuck_with_the_paper_of_another_is_told_before_it_gets_one_more(
    cups, papeles, monkeypatch
):
    (papeles / "sin-papel").touch()
    monkeypatch.setattr(printing, "VIGILA", 0.0)
    printing.imprimir(TERMICA, b"%PDF-1.4 de otra persona", "otro.pdf")
    cups.espera("media-empty", "lpstat", "-l", "-p", "Termica")
    with pytest.raises(ErrorDeEntorno, match="no tiene papel"):
        printing.imprimir(TERMICA, b"%PDF-1.4 nuevo", "A-1.pdf")
    assert len(en_cola(cups).splitlines()) == 1, "the other's job is still there, ours never entered"


def test_a_printer_that_does_not_exist_is_told(cups, papeles):
    with pytest.raises(ErrorDeEntorno, match="No existe la impresora «Otra»"):
        printing.imprimir(TERMICA._replace(impresora="Otra"), b"%PDF-1.4", "A-1.pdf")


def test_a_printing_system_that_is_off_is_not_taken_for_a_missing_printer(monkeypatch, tmp_path, servidor):
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nadie"))
    with pytest.raises(ErrorDeEntorno, match="no responde; avise a Sistemas"):
        printing.imprimir(TERMICA, b"%PDF-1.4", "A-1.pdf")


@contextmanager
def disco_de(octetos: int) -> Iterator[None]:
    """Let no file grow beyond a size, as a disk that fills up halfway."""
    antes = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (octetos, antes[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, antes)


@contextmanager
def sin_ser_root() -> Iterator[None]:
    """Work as nobody in particular where the tests run as root, who may write anywhere."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NADIE)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_disk_that_fills_halfway_is_told_and_keeps_what_was_there(tmp_path):
    carpeta = tmp_path / "recibos"
    pdf = dibujar(m.recibo())
    printing.imprimir(Impresion(carpeta=carpeta), b"%PDF anterior", "A-1.pdf")
    with (
        disco_de(len(pdf) // 2),
        pytest.raises(ErrorDeEntorno, match="No hay espacio en la carpeta «recibos»"),
    ):
        printing.imprimir(Impresion(carpeta=carpeta), pdf, "A-1.pdf")
    assert [(p.name, p.read_bytes()) for p in carpeta.iterdir()] == [("A-1.pdf", b"%PDF anterior")]
    printing.imprimir(Impresion(carpeta=carpeta), pdf, "A-1.pdf")
    assert (carpeta / "A-1.pdf").read_bytes() == pdf


def test_a_folder_for_reading_only_is_told_and_gets_nothing():
    with tempfile.TemporaryDirectory(prefix="lerdo-") as raiz:
        Path(raiz).chmod(0o755)
        carpeta = Path(raiz) / "recibos"
        carpeta.mkdir(mode=0o555)
        with sin_ser_root(), pytest.raises(ErrorDeEntorno, match="No hay permiso para escribir"):
            printing.imprimir(Impresion(carpeta=carpeta), b"%PDF-1.4", "A-1.pdf")
        assert list(carpeta.iterdir()) == []
