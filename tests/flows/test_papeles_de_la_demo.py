"""The papers that a day at the till leaves say exactly what the database holds, and their codes decode."""

import sqlite3
import subprocess
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import zxingcpp
from PIL import Image

from lerdo_desk import demo
from lerdo_desk.base.dinero import formato, formato_columna
from lerdo_desk.base.letras import pesos_en_letra


@pytest.fixture(scope="module")
def jornada(tmp_path_factory: pytest.TempPathFactory):
    carpeta = tmp_path_factory.mktemp("demo")
    sembrado = demo.sembrar(carpeta, 500, lambda _paso: None)
    return carpeta, demo.jornada(sembrado, carpeta)


@pytest.fixture(scope="module")
def filas(jornada):
    conexion = sqlite3.connect(jornada[0] / demo.BASE)
    conexion.row_factory = sqlite3.Row
    consulta = """SELECT r.*, s.clave AS serie, m.clave AS municipio FROM hacienda_recibo r
                  JOIN hacienda_serie s ON s.id = r.serie_id JOIN hacienda_municipio m ORDER BY r.folio"""
    recibos = [dict(f) for f in conexion.execute(consulta)]
    for recibo in recibos:
        renglones = "SELECT * FROM hacienda_renglon WHERE recibo_id = ? ORDER BY n"
        recibo["renglones"] = [dict(f) for f in conexion.execute(renglones, (recibo["id"],))]
    yield recibos
    conexion.close()


def texto_de(pdf: Path) -> str:
    dicho = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout
    return " ".join(dicho.split())


def codigos_de(pdf: Path, carpeta: Path) -> set[str]:
    subprocess.run(["pdftoppm", "-r", "203", "-png", pdf, carpeta / pdf.stem], check=True)
    paginas = sorted(carpeta.glob(f"{pdf.stem}-*.png"))
    return {c.text for pagina in paginas for c in zxingcpp.read_barcodes(Image.open(pagina))}


def pesos(centavos: int) -> Decimal:
    return Decimal(centavos) / 100


def test_every_receipt_of_the_database_is_a_file_and_none_is_left_over(jornada, filas):
    assert {f"{r['serie']}-{r['folio']}.pdf" for r in filas} == {
        p.name for p in (jornada[0] / "recibos").iterdir()
    }
    assert [r["folio"] for r in filas] == list(range(1, len(filas) + 1))


def test_the_text_of_each_receipt_is_what_the_database_holds(jornada, filas):
    for r in filas:
        dicho = texto_de(jornada[0] / "recibos" / f"{r['serie']}-{r['folio']}.pdf")
        assert r["pagador"] in dicho
        assert r["cuenta_etiqueta"] in dicho
        assert formato(pesos(r["total"])) in dicho
        assert pesos_en_letra(abs(pesos(r["total"]))) in dicho
        assert r["hash"] in dicho
        for renglon in r["renglones"]:
            if renglon["clase"] == "principal":
                assert formato_columna(pesos(renglon["importe"])) in dicho
                assert renglon["texto"] in dicho


def test_qr_and_bars_of_each_receipt_decode_to_its_folio_and_amount(jornada, filas, tmp_path):
    for r in filas[:5] + filas[-1:]:
        leidos = codigos_de(jornada[0] / "recibos" / f"{r['serie']}-{r['folio']}.pdf", tmp_path)
        assert f"R{r['serie']}-{r['folio']}" in leidos
        qr = next(c for c in leidos if c.startswith("R1|"))
        assert qr.split("|")[1:5] == [
            r["municipio"],
            r["serie"],
            f"{r['folio']:09d}",
            f"{abs(r['total']):012d}",
        ]


def test_the_corte_and_its_list_add_up_to_the_receipts(jornada, filas):
    _carpeta, hecho = jornada
    total = sum(pesos(r["total"]) for r in filas)
    assert hecho.cobrado == total
    assert formato(total) in texto_de(hecho.corte)
    libro = openpyxl.load_workbook(hecho.corte.with_suffix(".xlsx"), read_only=True)
    importes = [
        celda
        for fila in libro.active.iter_rows(values_only=True)
        for celda in fila[-1:]
        if isinstance(celda, float | int)
    ]
    assert round(sum(Decimal(str(i)) for i in importes), 2) in (total, 2 * total)
    libro.close()
    assert hecho.recibos == len(filas)
