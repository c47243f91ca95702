"""Makes the small committed files of this folder: ``cd tests && python -m archivos.hacer``.

LibreOffice is run on them so that what the tests read was saved by it, and not by the library that writes.
"""

import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from archivos.dbf_de_prueba import escribir_dbf
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

AQUI = Path(__file__).parent

ENCABEZADOS = ("Clave catastral", "Titular", "Superficie m2", "Valor", "Vencimiento", "Uso")
FILAS = (
    ("001-002-003", "Ñandú Peña, José", 120.5, 1234.56, date(2026, 3, 31), "Habitacional"),
    ("001-002-004", "Muñoz e Hijos & Cía. <S.A.>", 80, 0.1, date(2024, 2, 29), "Comercial"),
    (1002005, "Ángeles Güémez", 99.25, 99999999.99, date(1999, 12, 31), "Baldío"),
)

CAMPOS_DBF = [
    ("CVECAT", "C", 11, 0),
    ("NOMBRE", "C", 30, 0),
    ("SUPERF", "N", 10, 2),
    ("VALOR", "N", 14, 2),
    ("VENCE", "D", 8, 0),
    ("ACTIVO", "L", 1, 0),
    ("NOTAS", "M", 10, 0),
]


def _libro(*, epoca=None):
    libro = Workbook()
    if epoca is not None:
        libro.epoch = epoca
    hoja = libro.active
    hoja.title = "Padrón"
    hoja.append(ENCABEZADOS)
    for fila in FILAS:
        hoja.append(fila)
    return libro


def _con_formulas():
    libro = _libro()
    hoja = libro["Padrón"]
    hoja["D3"] = "=C3*100"
    hoja["D4"] = "=NA()"
    hoja["B2"] = '="José "&"Peña"'
    return libro


def _con_ocultas():
    libro = _libro()
    for nombre, estado in (("Borrador", "hidden"), ("Secreta", "veryHidden")):
        hoja = libro.create_sheet(nombre)
        hoja.append(ENCABEZADOS)
        hoja.append(("999-999-999", "No debe leerse", 1, 1, date(2026, 1, 1), "Baldío"))
        hoja.sheet_state = estado
    libro.create_sheet("Hoja vacía")
    return libro


def convertir(origen, destino, formato):
    """Save a workbook again with LibreOffice, in its own words."""
    with tempfile.TemporaryDirectory() as carpeta:
        perfil = f"-env:UserInstallation={(Path(carpeta) / 'perfil').as_uri()}"
        orden = ["soffice", perfil, "--headless", "--convert-to", formato, "--outdir", carpeta, str(origen)]
        subprocess.run(orden, check=True, capture_output=True, timeout=240)
        shutil.move(Path(carpeta) / f"{origen.stem}.{formato.split(':')[0]}", destino)


def hacer_dbf(codificacion, idioma=None):
    filas = [
        ("001002003", "Ñandú Peña, José", 120.5, 1234.56, date(2026, 3, 31), True, None),
        ("001002009", "Borrada del padrón", 1, 1, date(2026, 1, 1), False, None),
        ("001002004", "Ángeles Güémez Íñiguez", 80, 0.1, date(2024, 2, 29), False, "         7"),
        ("001002005", "Óscar Úrsulo", None, None, None, None, None),
    ]
    decimales = [
        tuple(
            f"{v:.2f}".rjust(10) if isinstance(v, (int, float)) and not isinstance(v, bool) else v for v in f
        )
        for f in filas
    ]
    return escribir_dbf(CAMPOS_DBF, decimales, codificacion, idioma=idioma, borradas={1}, version=0x83)


def main():
    """Make every file of the folder again."""
    if shutil.which("soffice") is None:
        sys.exit("LibreOffice is needed to make these files again")
    with tempfile.TemporaryDirectory() as carpeta:
        base = Path(carpeta)
        for nombre, libro in (
            ("libreoffice", _libro()),
            ("formulas", _con_formulas()),
            ("ocultas", _con_ocultas()),
            ("de1904", _libro(epoca=CALENDAR_MAC_1904)),
        ):
            libro.save(base / f"{nombre}.xlsx")
            convertir(base / f"{nombre}.xlsx", AQUI / f"{nombre}.xlsx", "xlsx")
            convertir(base / f"{nombre}.xlsx", AQUI / f"{nombre}.ods", "ods")
    (AQUI / "de1904.ods").unlink()  # ODS writes its dates in full: it has no epoch to get wrong
    (AQUI / "cp850.dbf").write_bytes(hacer_dbf("cp850"))
    (AQUI / "cp1252.dbf").write_bytes(hacer_dbf("cp1252"))
    (AQUI / "sin_idioma.dbf").write_bytes(hacer_dbf("cp850", idioma=0))


if __name__ == "__main__":
    main()
