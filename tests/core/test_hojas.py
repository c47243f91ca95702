"""Files are read as they are, and what would harm or mislead is refused with a sentence before it is read."""

import hashlib
import io
import random
import struct
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.core import celdas, hojas, hojas_zip
from lerdo_desk.core.celdas import Opciones, letra, numero_de_columna
from lerdo_desk.core.hojas import VariasHojas, abrir, leer

ARCHIVOS = Path(__file__).parent.parent / "archivos"
ENCABEZADOS = ("Clave catastral", "Titular", "Superficie m2", "Valor", "Vencimiento", "Uso")
FILAS = [
    (
        "001-002-003",
        "Ñandú Peña, José",
        Decimal("120.5"),
        Decimal("1234.56"),
        date(2026, 3, 31),
        "Habitacional",
    ),
    ("001-002-004", "Muñoz e Hijos & Cía. <S.A.>", 80, Decimal("0.1"), date(2024, 2, 29), "Comercial"),
    (1002005, "Ángeles Güémez", Decimal("99.25"), Decimal("99999999.99"), date(1999, 12, 31), "Baldío"),
]


def _valores(hoja):
    return [fila.valores for fila in hoja.filas]


def _libro(*filas, preparar=None):
    libro = Workbook()
    for fila in filas:
        libro.active.append(fila)
    if preparar is not None:
        preparar(libro)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def _reescrito(contenido, nombre, cambio):
    """Give the zip with one of its parts changed."""
    salida = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(contenido)) as viejo,
        zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as nuevo,
    ):
        for parte in viejo.infolist():
            datos = viejo.read(parte)
            nuevo.writestr(parte.filename, cambio(datos) if parte.filename == nombre else datos)
    return salida.getvalue()


def _refuso(contenido, opciones=None, nombre="archivo"):
    with pytest.raises(ErrorDeUso) as refuso:
        leer(contenido, nombre, opciones)
    assert refuso.value.mensaje.endswith(".")
    return refuso.value.mensaje


HOJA = "xl/worksheets/sheet1.xml"


# --- workbooks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("nombre", ["libreoffice.xlsx", "libreoffice.ods", "de1904.xlsx"])
def test_what_libreoffice_saved_is_read_as_it_was_written(nombre):
    hoja = abrir(ARCHIVOS / nombre)
    assert (hoja.nombre, hoja.encabezados, hoja.total) == ("Padrón", ENCABEZADOS, 3)
    assert hoja.formato == nombre.rpartition(".")[2].upper()
    assert hoja.digest == hashlib.sha256((ARCHIVOS / nombre).read_bytes()).hexdigest()
    assert hoja.avisos == ()
    leidas = _valores(hoja)
    assert leidas == FILAS
    assert [[type(v) for v in f] for f in leidas] == [[type(v) for v in f] for f in FILAS]
    assert [f.n for f in hoja.filas] == [2, 3, 4]


def test_the_workbook_of_1904_truly_counts_from_1904():
    with zipfile.ZipFile(ARCHIVOS / "de1904.xlsx") as libro:
        assert b'date1904="true"' in libro.read("xl/workbook.xml")


@pytest.mark.parametrize("nombre", ["formulas.xlsx", "formulas.ods"])
def test_formulas_give_their_saved_result_and_errors_nothing_and_both_are_marked(nombre):
    primera, segunda, tercera = abrir(ARCHIVOS / nombre).filas
    assert primera.valores[1] == "José Peña"
    assert segunda.valores[3] == 8000
    assert not primera.marcas[1].grave
    assert not segunda.marcas[3].grave
    assert tercera.valores[3] is None
    assert tercera.marcas[3].grave
    assert "#N/A" in tercera.marcas[3].frase


def test_a_formula_without_saved_result_gives_nothing_and_says_so():
    (fila,) = leer(_libro(("a", "b"), ("x", "=1+1")), "f").filas
    assert fila.valores == ("x", None)
    assert fila.marcas == {1: hojas_zip.SIN_RESULTADO}


@pytest.mark.parametrize("nombre", ["ocultas.xlsx", "ocultas.ods"])
def test_hidden_sheets_are_never_read_and_are_named(nombre):
    hoja = abrir(ARCHIVOS / nombre)
    assert _valores(hoja) == FILAS
    assert hoja.avisos == ("Las hojas ocultas no se leyeron: Borrador, Secreta.",)
    mensaje = _refuso((ARCHIVOS / nombre).read_bytes(), Opciones(hoja="Borrador"))
    assert mensaje == "La hoja «Borrador» no está a la vista en el libro; elija otra."


def test_of_several_visible_sheets_the_caller_chooses():
    def otra(libro):
        libro.active.title = "Uno"
        libro.create_sheet("Dos").append(("c",))
        libro["Dos"].append(("de dos",))

    contenido = _libro(("a",), ("de uno",), preparar=otra)
    with pytest.raises(VariasHojas) as refuso:
        leer(contenido, "x")
    assert (refuso.value.hojas, refuso.value.campo) == (("Uno", "Dos"), "hoja")
    assert _valores(leer(contenido, "x", Opciones(hoja="Dos"))) == [("de dos",)]


def test_a_workbook_with_everything_hidden_has_nothing_to_read():
    def esconder(libro):
        libro.create_sheet("Vacía")
        libro.active.title = "Datos"
        libro.active.sheet_state = "hidden"
        libro.active = 1

    mensaje = _refuso(_libro(("a",), (1,), preparar=esconder))
    assert mensaje == (
        "El libro no trae renglones en ninguna hoja visible; las hojas ocultas no se leen: Datos."
    )


def test_numbers_keep_their_fifteen_digits_and_a_longer_key_is_marked_as_lost():
    (fila,) = leer(
        _libro(
            ("a", "b", "c", "d", "e", "f"), (0.1 + 0.2, 1001.0, "0012", 12345678901234567890, True, 99.99)
        ),
        "n",
    ).filas
    assert fila.valores[:3] == (Decimal("0.3"), 1001, "0012")
    assert fila.valores[4:] == (True, Decimal("99.99"))
    assert list(fila.marcas) == [3]
    assert "perdió las últimas" in fila.marcas[3].frase


def test_rows_keep_their_number_whatever_is_blank_around_and_titles_may_stand_above():
    contenido = _libro((), (None, "MUNICIPIO"), (), (None, "Clave", "Valor"), (), (None, "x", 1), (None, " "))
    hoja = leer(contenido, "t")
    assert hoja.encabezados == ("", "Clave", "Valor")
    assert [(f.n, f.valores) for f in hoja.filas] == [(6, (None, "x", 1))]
    assert hoja.avisos == (
        "Los encabezados se leyeron del renglón 4.",
        "Las columnas sin encabezado no se leen: A.",
    )


def test_the_rows_can_be_read_again_from_the_first_one():
    hoja = abrir(ARCHIVOS / "libreoffice.xlsx")
    assert _valores(hoja) == _valores(hoja)


# --- headings ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texto", "frase"),
    [
        (
            "Clave,Valor,CLAVÉ,valor\n1,2,3,4\n",
            "Hay encabezados repetidos: «Clave» en las columnas A y C; «Valor»",
        ),
        ("001-002,Ana,1500.00\n001-003,Luz,2\n", "en la columna A dice «001-002»"),
        ("Clave,Valor\n", "ningún renglón debajo"),
        ("Clave,Valor\n,\n , \n", "ningún renglón debajo"),
        (",,\n,,\n", "no trae renglones"),
        (" \n\n", "está vacío"),
    ],
)
def test_headings_that_do_not_serve_are_refused(texto, frase):
    assert frase in _refuso(texto.encode())


# --- wrong, damaged and enormous files --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("contenido", "frase"),
    [
        (b"", "está vacío"),
        (b"%PDF-1.7\nhola", "no es XLSX, ODS, CSV ni DBF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no es XLSX, ODS, CSV ni DBF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "anterior a 2007 o tiene contraseña"),
        (b"\xef\xbb\xbf <html><table>", "página web con otro nombre"),
        (b"PK\x03\x04 y nada mas", "dañado o incompleto"),
        ((ARCHIVOS / "libreoffice.xlsx").read_bytes()[:-40], "dañado o incompleto"),
        ((ARCHIVOS / "libreoffice.ods").read_bytes()[:9000], "dañado o incompleto"),
    ],
)
def test_another_kind_of_file_is_told_by_its_content(contenido, frase):
    assert frase in _refuso(contenido, nombre="padron.xlsx")


def test_a_zip_that_is_no_workbook_is_refused():
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as z:
        z.writestr("carta.txt", "hola")
    assert "no es XLSX" in _refuso(salida.getvalue())


def test_a_damaged_part_inside_is_refused():
    contenido = _libro(("a",), ("x",))
    for cambio in (
        lambda _: b"<worksheet",
        lambda d: b"<!DOCTYPE x>" + d,
        lambda d: d.decode().encode("utf-16"),
    ):
        for nombre in (HOJA, "xl/workbook.xml"):
            assert "dañado" in _refuso(_reescrito(contenido, nombre, cambio)), nombre


@pytest.mark.parametrize("nombre", ["formulas.xlsx", "formulas.ods", "cp850.dbf"])
def test_a_file_with_bytes_changed_at_random_is_read_or_refused_and_nothing_else(nombre):
    azar, sano = random.Random(7), (ARCHIVOS / nombre).read_bytes()
    vistos = set()
    for _ in range(300):
        tocado = bytearray(sano)
        for _ in range(azar.randint(1, 8)):
            tocado[azar.randrange(len(tocado))] = azar.randrange(256)
        try:
            vistos.add(type(list(leer(bytes(tocado), nombre).filas)))
        except ErrorDeUso:
            vistos.add(ErrorDeUso)
    assert ErrorDeUso in vistos


def test_a_part_with_an_unknown_encoding_is_read_as_the_utf_8_it_must_be():
    contenido = (ARCHIVOS / "libreoffice.xlsx").read_bytes()
    cambiado = _reescrito(contenido, "xl/_rels/workbook.xml.rels", lambda d: d.replace(b"UTF-8", b"UTF-B"))
    assert cambiado != contenido
    assert len(_valores(leer(cambiado, "x"))) == 3


def test_a_bomb_of_zeros_is_refused_by_its_directory():
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as z, z.open("xl/workbook.xml", "w") as parte:
        for _ in range(301):
            parte.write(bytes(1024 * 1024))
    assert len(salida.getvalue()) < 400_000
    assert "demasiado grande al abrirlo (301 MB)" in _refuso(salida.getvalue())


def test_a_directory_that_lies_about_a_size_is_refused():
    contenido = bytearray(_reescrito(_libro(("a",), ("x",)), HOJA, lambda d: d + b" " * 500_000))
    lugar = contenido.index(HOJA.encode(), contenido.index(b"PK\x01\x02"))
    contenido[lugar - 46 + 24 : lugar - 46 + 28] = struct.pack("<I", 1000)
    assert "dañado" in _refuso(bytes(contenido))


def test_a_file_of_more_than_thirty_megabytes_is_not_even_brought_to_memory(tmp_path):
    ruta = tmp_path / "grande.csv"
    with ruta.open("wb") as archivo:
        archivo.truncate(celdas.MAXIMO_DE_ARCHIVO + 1)
    with pytest.raises(ErrorDeUso, match="mide 31 MB y el máximo es 30 MB"):
        abrir(ruta)
    with pytest.raises(ErrorDeEntorno, match="no se pudo leer"):
        abrir(tmp_path / "no-existe.csv")


@pytest.mark.parametrize("parte", [HOJA, "xl/sharedStrings.xml"])
def test_a_cell_of_more_than_a_megabyte_is_refused(parte):
    largo = b"".join(b"%d " % n for n in range(200_000))
    contenido = _libro(("a",), ("x",))
    if parte == HOJA:
        celda = b'<c r="A9" t="inlineStr"><is><t>' + largo + b"</t></is></c></row></sheetData>"
        contenido = _reescrito(contenido, HOJA, lambda d: d.replace(b"</row></sheetData>", celda))
    else:
        contenido = (ARCHIVOS / "libreoffice.xlsx").read_bytes()
        contenido = _reescrito(contenido, parte, lambda d: d.replace(b"Comercial", largo))
    assert "más de 1 MB" in _refuso(contenido)


def test_two_cells_far_apart_are_refused_before_their_rectangle_is_reserved():
    def lejos(libro):
        libro.active["XFD1048576"] = "lejos"

    assert "hasta el renglón 1,048,576 y la columna 16,384" in _refuso(_libro(("a",), (1,), preparar=lejos))
    ods = _reescrito(
        (ARCHIVOS / "libreoffice.ods").read_bytes(),
        "content.xml",
        lambda d: d.replace(
            b'<table:table-cell office:value-type="string"',
            b'<table:table-cell table:number-columns-repeated="16000" office:value-type="string"',
            1,
        ).replace(b"<table:table-row ", b'<table:table-row table:number-rows-repeated="90000" ', 1),
    )
    assert "divida el archivo" in _refuso(ods)


def test_more_rows_than_allowed_are_refused_with_their_number():
    texto = b"Clave\n" + b"x\n" * (celdas.MAXIMO_DE_RENGLONES + 1)
    assert "trae 200,001 renglones y el máximo es 200,000" in _refuso(texto)
    assert leer(texto[:-2], "x").total == celdas.MAXIMO_DE_RENGLONES


# --- CSV --------------------------------------------------------------------------------------------------

TEXTO = "Clave;Titular\n0012;Ñandú Peña, José\n0013;Ángeles Güémez\n"


@pytest.mark.parametrize("codificacion", ["utf-8", "utf-8-sig", "cp1252", "cp850", "utf-16"])
@pytest.mark.parametrize("separador", [",", ";", "\t", "|"])
def test_encoding_and_separator_of_a_csv_are_found_out(codificacion, separador):
    texto = TEXTO.replace(", ", " ").replace(";", separador)
    hoja = leer(texto.encode(codificacion), "x.csv")
    assert hoja.formato == "CSV"
    assert hoja.encabezados == ("Clave", "Titular")
    assert _valores(hoja) == [("0012", "Ñandú Peña José"), ("0013", "Ángeles Güémez")]
    assert any("codific" in a or "elija otra" in a for a in hoja.avisos) == codificacion.startswith("cp")


def test_a_chosen_encoding_and_separator_are_obeyed():
    hoja = leer("a,b;c\nÑ,1;2\n".encode("cp850"), "x", Opciones(codificacion="cp850", separador=";"))
    assert hoja.encabezados == ("a,b", "c")
    assert _valores(hoja) == [("Ñ,1", "2")]
    assert "no está escrito en UTF-8" in _refuso(b"a,b\n\xa5,1\n", Opciones(codificacion="utf-8"))
    assert "no se reconoce" in _refuso(b"a,b\n1,1\n", Opciones(codificacion="rot13"))
    assert "no se reconoce" in _refuso(b"a,b\n1,1\n", Opciones(separador="x"))


def test_quotes_hold_separators_and_line_ends_and_rows_keep_the_line_where_they_begin():
    hoja = leer(b'sep=,\r\nClave,Nota\r\n1,"dos\r\nlineas, y ""comillas"""\r\n2,x\r\n\x1a', "x")
    assert [(f.n, f.valores) for f in hoja.filas] == [
        (2, ("1", 'dos\r\nlineas, y "comillas"')),
        (4, ("2", "x")),
    ]


def test_a_quote_left_open_is_refused_for_it_would_swallow_rows():
    assert "Las comillas del renglón 2 no cierran bien" in _refuso(b'Clave,Nota\n1,"abierta\n2,x\n3,y\n')


# --- the rest --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "letras"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_have_the_letters_of_a_spreadsheet(n, letras):
    assert letra(n) == letras
    assert numero_de_columna(letras) == n


def test_the_limits_are_those_of_the_design():
    assert (celdas.MAXIMO_DE_ARCHIVO, hojas_zip.MAXIMO_DESEMPACADO) == (30 * 1024**2, 300 * 1024**2)
    assert (hojas_zip.MAXIMO_DE_RAZON, celdas.MAXIMO_DE_CELDA) == (100, 1024**2)
    assert hojas.MAXIMO_DE_RENGLONES == 200_000
