"""Tables of dBase and FoxPro are read with their types and encodings; a damaged one is refused."""

import struct
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from archivos.dbf_de_prueba import escribir_dbf

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.celdas import Opciones
from lerdo_desk.core.hojas import abrir, leer

ARCHIVOS = Path(__file__).parent.parent / "archivos"


def _valores(hoja):
    return [fila.valores for fila in hoja.filas]


@pytest.mark.parametrize("nombre", ["cp850.dbf", "cp1252.dbf", "sin_idioma.dbf"])
def test_a_dbf_is_read_with_its_types_without_deleted_records_nor_memo(nombre):
    hoja = abrir(ARCHIVOS / nombre)
    assert (hoja.formato, hoja.total) == ("DBF", 3)
    assert hoja.encabezados == ("CVECAT", "NOMBRE", "SUPERF", "VALOR", "VENCE", "ACTIVO", "NOTAS")
    vacios = (None,) * 5
    assert _valores(hoja) == [
        (
            "001002003",
            "Ñandú Peña, José",
            Decimal("120.50"),
            Decimal("1234.56"),
            date(2026, 3, 31),
            True,
            None,
        ),
        ("001002004", "Ángeles Güémez Íñiguez", Decimal(80), Decimal("0.10"), date(2024, 2, 29), False, None),
        ("001002005", "Óscar Úrsulo", *vacios),
    ]
    assert [f.n for f in hoja.filas] == [1, 3, 4]
    assert [list(f.marcas) for f in hoja.filas] == [[], [6], []]
    assert "El DBF trae 1 registros borrados, que no se leen." in hoja.avisos
    assert any("no dice su codificación" in a for a in hoja.avisos) == (nombre == "sin_idioma.dbf")


def test_the_binary_fields_of_foxpro_are_read():
    dia = date(2026, 11, 22).toordinal() + 1_721_425
    campos = [
        ("I", "I", 4, 0),
        ("B", "B", 8, 0),
        ("Y", "Y", 8, 0),
        ("T", "T", 8, 0),
        ("N", "N", 6, 0),
        ("G", "G", 4, 0),
    ]
    fila = (
        struct.pack("<i", -7),
        struct.pack("<d", 0.1),
        struct.pack("<q", 12_345_600),
        struct.pack("<ii", dia, 1000),
        b"  1.5x",
        b"\1\0\0\0",
    )
    (leida,) = leer(escribir_dbf(campos, [fila], version=0x30), "x").filas
    assert leida.valores == (-7, Decimal("0.1"), Decimal("1234.5600"), date(2026, 11, 22), None, None)
    assert list(leida.marcas) == [4]


def test_a_dbf_cut_short_or_damaged_is_refused():
    contenido = (ARCHIVOS / "cp850.dbf").read_bytes()
    with pytest.raises(ErrorDeUso, match="dice 4 registros y trae 3"):
        leer(contenido[:-60], "x")
    with pytest.raises(ErrorDeUso, match="DBF está dañado"):
        leer(contenido[:48] + b"\xff" + contenido[49:], "x")


def test_a_chosen_encoding_of_a_dbf_is_obeyed():
    contenido = escribir_dbf([("A", "C", 4, 0), ("B", "C", 4, 0)], [("Ñu", "x")], "cp850", idioma=3)
    assert _valores(leer(contenido, "x", Opciones(codificacion="cp850"))) == [("Ñu", "x")]
    assert _valores(leer(contenido, "x")) != [("Ñu", "x")]
