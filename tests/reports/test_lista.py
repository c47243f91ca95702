"""A list on paper and as a sheet: every row, with its type, in a process of its own, whole or not at all."""

import subprocess
import sys
import threading
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from apoyo import crear_predios, hoy_de
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from lerdo_desk import loader
from lerdo_desk.base.errores import Cancelado, ErrorDeEntorno, ErrorDeUso
from lerdo_desk.base.listas import ColumnaDeLista, Encargo, ListaDescrita, Pedido
from lerdo_desk.core.listados import Columna, Listado, entregar
from lerdo_desk.core.permisos import Permiso
from lerdo_desk.core.use_cases import Done, Progress, UseCase
from lerdo_desk.hacienda.modelos import Cuenta
from lerdo_desk.reports import aparte
from lerdo_desk.reports.aparte import EscritorAparte, Plano
from lerdo_desk.reports.exportacion import Exportador
from lerdo_desk.reports.lista import SIN_RENGLONES, Encabezado, hoja_de_calculo, pdf

COLUMNAS = (
    ColumnaDeLista("clave", "Clave", ancho=120),
    ColumnaDeLista("titular", "Titular", ancho=260),
    ColumnaDeLista("uso", "Uso", opciones=(("H", "Habitacional"), ("C", "Comercial"))),
    ColumnaDeLista("lotes", "Lotes", "entero", 80),
    ColumnaDeLista("importe", "Importe", "dinero", suma=True),
    ColumnaDeLista("vence", "Vence", "fecha"),
    ColumnaDeLista("alta", "Alta", "instante", 150),
)
LISTA = ListaDescrita("prueba.lista", "Padrón de prueba", COLUMNAS, (("clave", "asc"),))
MOMENTO = datetime(2026, 11, 22, 11, 42)  # noqa: DTZ001
ENCABEZADO = Encabezado(
    "Municipio de Prueba", "Padrón de prueba", "Titular contiene «peña»", "Clave (de menor a mayor)",
    MOMENTO, "Ana Cajera", capacitacion=True,
)  # fmt: skip
HOSTIL = ("=1+1", "<b>x</b>", "-2", "𝔘 \u202e\x00", "Ñ" * 400)


def _filas(cuantas):
    for n in range(cuantas):
        nombre = HOSTIL[n] if n < len(HOSTIL) else f"Peña Muñoz {n}"
        yield (f"{n:05d}", nombre, "HC"[n % 2], n, Decimal(n * 5 - 7) / 100, date(2026, 1, 31), MOMENTO, n)


def _suma(cuantas):
    return (("importe", sum((f[4] for f in _filas(cuantas)), Decimal(0))),)


def _textos(contenido):
    return [p.extract_text() for p in PdfReader(BytesIO(contenido)).pages]


def test_the_paper_has_every_row_its_filter_in_words_its_pages_and_its_sums():
    paginas = _textos(pdf(ENCABEZADO, COLUMNAS, _filas(100), _suma(100)))
    for n, texto in enumerate(paginas, 1):
        assert f"Página {n} de" in texto
        for parte in ("Municipio de Prueba", "Filtro: Titular contiene «peña»", "Orden: Clave", "Titular"):
            assert parte in texto
        assert "Consulta del 22/11/2026 11:42 · Ana Cajera" in texto and "SIN VALOR" in texto
    junto = "\n".join(paginas)
    assert [f"{n:05d}" in junto for n in range(100)] == [True] * 100
    assert all(texto in junto for texto in ("=1+1", "<b>x</b>", "Habitacional", "31/01/2026", "4.88"))
    assert "100 renglones" in paginas[-1] and "$240.50" in paginas[-1]
    assert "renglones" not in paginas[0] and len(paginas) == 3


@pytest.mark.parametrize(("filas", "paginas"), [(0, 1), (1, 1), (35, 1), (36, 2)])
def test_a_page_is_begun_only_for_a_row(filas, paginas):
    textos = _textos(pdf(ENCABEZADO, COLUMNAS, _filas(filas)))
    assert len(textos) == paginas
    assert (SIN_RENGLONES in textos[0]) is (filas == 0)


def test_the_count_of_pages_is_drawn_on_each(tmp_path):
    archivo = tmp_path / "lista.pdf"
    archivo.write_bytes(pdf(ENCABEZADO, COLUMNAS, _filas(100)))
    leido = subprocess.run(["pdftotext", "-layout", archivo, "-"], capture_output=True, text=True, check=True)
    assert [f"Página {n} de 3" in " ".join(leido.stdout.split()) for n in (1, 2, 3)] == [True] * 3


def test_a_sheet_keeps_types_and_makes_no_formula():
    libro = load_workbook(BytesIO(hoja_de_calculo(ENCABEZADO, COLUMNAS, _filas(50), _suma(50))))
    filas = list(libro.active.iter_rows())
    titulos = next(n for n, f in enumerate(filas) if f[0].value == "Clave")
    assert libro.active.freeze_panes == f"A{titulos + 2}"
    cabeza = [f[0].value for f in filas[:titulos]]
    assert (
        cabeza[0] == "Padrón de prueba"
        and "Suma de Importe: $57.75" in cabeza
        and "Municipio de Prueba" in cabeza
    )
    datos = filas[titulos + 1 :]
    assert len(datos) == 50
    esperadas = list(_filas(50))
    for fila, esperada in zip(datos, esperadas, strict=True):
        clave, titular, uso, lotes, importe, vence, alta = fila
        assert (clave.value, clave.data_type, uso.value) == (
            esperada[0],
            "s",
            ("Habitacional", "Comercial")[esperada[3] % 2],
        )
        assert titular.data_type == "s" and titular.quotePrefix
        assert (lotes.value, Decimal(str(importe.value))) == (esperada[3], esperada[4])
        assert importe.number_format.startswith("#,##0.00")
        assert (vence.value.date(), vence.number_format) == (esperada[5], "dd/mm/yyyy")
        assert (alta.value, alta.number_format) == (MOMENTO, "dd/mm/yyyy hh:mm")
    assert datos[0][1].value == "=1+1" and "\x00" not in datos[3][1].value


class _Runner:
    """Runs an export over rows in memory as core's Runner does."""

    def __init__(self, filas, total=None):
        self.filas, self.total = filas, total or len(filas)
        self.actor = SimpleNamespace(nombre="Ana Cajera")

    def ejecutar(self, _caso, salida, *, avance, cancelado):
        salida.recibe.empezar(self.total, (("importe", Decimal("9.00")),), MOMENTO)
        for n in range(0, len(self.filas), 100):
            salida.recibe.filas(self.filas[n : n + 100])
            avance(Progress(n, self.total, "x"))
            if cancelado.is_set():
                raise Cancelado("alto")
        return Done(len(self.filas), frozenset())


def _encargo(destino, formato="xlsx", **mas):
    return Encargo(LISTA, Pedido(), formato, str(destino), "caso", lambda s: s, **mas)


@pytest.mark.parametrize("formato", ["xlsx", "pdf"])
def test_a_process_of_its_own_writes_the_file_whole(tmp_path, formato):
    avances, destino = [], tmp_path / f"lista.{formato}"
    destino.write_bytes(b"anterior")
    dado = Exportador(_Runner(list(_filas(250))), "Municipio de Prueba", False)(
        _encargo(destino, formato), avances.append, threading.Event()
    )
    assert dado == destino and [r.name for r in tmp_path.iterdir()] == [destino.name]
    assert avances[-1] == Progress(250, 250, "Escribiendo el archivo")
    if formato == "pdf":
        paginas = _textos(destino.read_bytes())
        assert "250 renglones" in paginas[-1] and "$9.00" in paginas[-1] and "SIN VALOR" not in paginas[0]
    else:
        assert load_workbook(destino).active.max_row > 250


CUENTAS = Listado(
    "prueba.cuentas",
    "Cuentas",
    (
        Columna("clave", "Clave", Cuenta.clave, ordenable=True),
        Columna("alta", "Alta", Cuenta.creado, "instante"),
    ),
    select(Cuenta),
    Cuenta.id,
    Permiso("prueba.ver", "Ver cuentas", ("cajero",), lee=(Cuenta,)),
    (("clave", "desc"),),
)


def test_a_file_of_a_real_list_equals_the_database(base, tmp_path):
    claves = sorted((p.clave for p in crear_predios(base, 3, anios=1)), reverse=True)
    caso = UseCase(
        "prueba.cuentas", CUENTAS.permiso, lambda ctx, salida: entregar(ctx, CUENTAS, salida), repetible=False
    )
    encargo = Encargo(CUENTAS.descripcion(), Pedido(), "xlsx", str(tmp_path / "c.xlsx"), caso, lambda s: s)
    dado = Exportador(base.entrar("ana.cajera"), "M", False)(encargo, lambda _p: None, threading.Event())
    filas = list(load_workbook(dado).active.iter_rows(values_only=True))
    assert [f[0] for f in filas[-3:]] == claves
    assert all(isinstance(f[1], datetime) and f[1].date() == hoy_de(base) for f in filas[-3:])
    assert any(str(f[0]).startswith("Orden: Clave (de mayor a menor)") for f in filas)


def test_the_window_gets_its_exporter_from_the_loader():
    runner = _Runner([])
    entrada = SimpleNamespace(runner=runner, municipio="Municipio de Prueba", modo="capacitacion")
    assert loader.exportador(entrada) == Exportador(runner, "Municipio de Prueba", True)


def test_the_sums_can_be_kept_back(tmp_path):
    destino = tmp_path / "turno.pdf"
    Exportador(_Runner(list(_filas(5))), "M", False)(
        _encargo(destino, "pdf", sumas=False), lambda _p: None, threading.Event()
    )
    assert "$9.00" not in _textos(destino.read_bytes())[-1]


@pytest.mark.parametrize("cuando", ["antes", "despues"])
def test_a_cancelled_export_leaves_what_was_there(tmp_path, cuando):
    destino, cancelado = tmp_path / "lista.xlsx", threading.Event()
    destino.write_bytes(b"anterior")

    def avance(progreso):
        if cuando == "antes" or progreso.text != "x":
            cancelado.set()

    with pytest.raises(Cancelado):
        Exportador(_Runner(list(_filas(3000))), "M", False)(_encargo(destino), avance, cancelado)
    assert destino.read_bytes() == b"anterior" and len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(("formato", "total"), [("pdf", 100_001), ("xlsx", 1_000_001)])
def test_more_rows_than_a_format_holds_are_refused_before_they_are_read(tmp_path, formato, total):
    with pytest.raises(ErrorDeUso, match="filtre la lista"):
        Exportador(_Runner([], total), "M", False)(
            _encargo(tmp_path / "x", formato), lambda _p: None, threading.Event()
        )
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_a_sentence(tmp_path):
    with pytest.raises(ErrorDeEntorno) as error:
        Exportador(_Runner(list(_filas(5))), "M", False)(
            _encargo(tmp_path / "no" / "lista.xlsx"), lambda _p: None, threading.Event()
        )
    assert error.value.mensaje == "No se pudo guardar en la carpeta «no»; revise que exista o elija otra."


def test_a_value_of_another_type_ends_in_a_sentence_while_rows_are_still_sent(tmp_path):
    malas = [("1", "a", "H", 1, 1.5, None, None, n) for n in range(60_000)]
    with pytest.raises(ErrorDeEntorno) as error:
        Exportador(_Runner(malas), "M", False)(
            _encargo(tmp_path / "lista.xlsx"), lambda _p: None, threading.Event()
        )
    assert error.value.mensaje == "No se pudo escribir el archivo; inténtelo de nuevo."
    assert "Decimal" in error.value.detalle and list(tmp_path.iterdir()) == []


def test_a_child_that_dies_is_a_sentence_and_no_file(tmp_path):
    plano = Plano("pdf", tmp_path / "l.pdf", ENCABEZADO, COLUMNAS)
    with EscritorAparte(plano, threading.Event()) as escritor:
        escritor.empezar(1, (), MOMENTO)
        escritor._proceso.kill()
        escritor._proceso.join()
        with pytest.raises(ErrorDeEntorno, match="No se pudo escribir"):
            escritor.terminar()
    assert list(tmp_path.iterdir()) == []


def test_the_child_carries_no_database_and_no_window():
    codigo = "import sys, lerdo_desk.reports.aparte; print(*{'PySide6', 'sqlalchemy'} & {*sys.modules})"
    dicho = subprocess.run([sys.executable, "-c", codigo], capture_output=True, text=True, check=True)
    assert dicho.stdout.strip() == ""
    assert Path(aparte.__file__).name == "aparte.py" and aparte._hijo.__qualname__ == "_hijo"
