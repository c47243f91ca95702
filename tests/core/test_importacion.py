"""The review of an imported file: every row ends among the good or the bad, and each bad cell is said."""

from datetime import date
from decimal import Decimal

import pytest
from archivos import padron_grande as grande
from archivos import planos

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import lectores
from lerdo_desk.core.hojas import leer
from lerdo_desk.core.importacion import Campo, Plano, mapear, revisar
from lerdo_desk.core.lectores import Contexto
from lerdo_desk.core.use_cases import Progress

HOY = date(2026, 11, 22)
CONTEXTO = Contexto(HOY)
CORTO = Plano(
    (
        Campo("clave", "Clave", True, lectores.clave_catastral((2, 2)), ("cvecat",)),
        Campo("valor", "Valor", True, lectores.pesos),
        Campo("nota", "Nota", False, lectores.texto(20)),
    ),
    ("clave",),
)


def _revisar(hoja, plano, mapeo=None, hoy=HOY):
    pasos, trabajo = (
        [],
        revisar(hoja, plano, mapear(plano, hoja.encabezados) if mapeo is None else mapeo, hoy),
    )
    while True:
        try:
            pasos.append(next(trabajo))
        except StopIteration as fin:
            return fin.value, pasos


def _de_csv(texto, plano=CORTO, mapeo=None):
    return _revisar(leer(texto.encode(), "prueba.csv"), plano, mapeo)[0]


# --- the big files: 5,000 rows, 5 % bad of 10 kinds -------------------------------------------------------

_CAMPO_CUENTAS = dict(
    zip(
        grande.CLASES_CUENTAS,
        (
            "clave",
            "clave",
            "titular",
            "rfc",
            "curp",
            "uso",
            "codigo_postal",
            "superficie",
            "terreno",
            "terreno",
        ),
        strict=True,
    )
)
_CAMPO_ADEUDOS = dict(
    zip(
        grande.CLASES_ADEUDOS,
        (*("clave", "clave", "ejercicio", "ejercicio", "concepto"), *["importe"] * 3, *["vencimiento"] * 2),
        strict=True,
    )
)


@pytest.fixture(scope="module")
def lotes():
    padron = grande.cuentas()
    return padron, grande.adeudos(padron)


@pytest.fixture(
    scope="module", params=[grande.copia_de_libreoffice, grande.en_dbf], ids=["libreoffice", "dbf"]
)
def hojas(request, lotes):
    return [leer(request.param(lote), lote.nombre) for lote in lotes]


def test_a_padron_and_its_debts_leave_each_bad_row_marked_in_its_cell(lotes, hojas):
    planes = (planos.de_cuentas(), _CAMPO_CUENTAS), (planos.de_adeudos(), _CAMPO_ADEUDOS)
    for lote, hoja, (plano, campos) in zip(lotes, hojas, planes, strict=True):
        revision, pasos = _revisar(hoja, plano)
        primero = 2 if hoja.formato == "XLSX" else 1
        assert revision.leidas == len(lote.filas) == len(revision.buenas) + len(revision.malas)
        assert {m.n - primero for m in revision.malas} == set(lote.malas)
        for mala in revision.malas:
            clase = lote.malas[mala.n - primero]
            assert campos[clase] in {e.campo for e in mala.errores}, (clase, mala)
        assert len(set(lote.malas.values())) == 10
        assert len(lote.malas) == len(lote.filas) // 20
        assert pasos[-1] == Progress(revision.leidas, revision.leidas, "Revisando renglones")
        assert len(pasos) > 5


def test_the_good_rows_are_the_generated_ones_to_the_centavo(lotes, hojas):
    padron, deudas = lotes
    leidas, _ = _revisar(hojas[0], planos.de_cuentas())
    for fila, datos in zip(padron.buenas, leidas.buenas, strict=True):
        esperados = (*fila[:4], "URBANO", fila[5].upper(), *fila[6:])
        assert tuple(datos.values()) == esperados
    revision, _ = _revisar(hojas[1], planos.de_adeudos())
    totales = {}
    for datos in revision.buenas:
        cuantos, suma = totales.get(datos["ejercicio"], (0, Decimal(0)))
        totales[datos["ejercicio"]] = (cuantos + 1, suma + datos["importe"])
    assert totales == grande.totales(deudas)


def test_the_committed_copies_hold_the_same_rows_for_machines_without_libreoffice(lotes, monkeypatch):
    monkeypatch.setattr(grande.shutil, "which", lambda _: None)
    _, deudas = lotes
    copia, propia = leer(grande.en_libreoffice(deudas), "copia"), leer(grande.en_xlsx(deudas), "propia")
    assert list(copia.filas) == list(propia.filas)
    with pytest.raises(RuntimeError, match="usual lote"):
        grande.en_libreoffice(grande.cuentas(400))


# --- mapping ----------------------------------------------------------------------------------------------


def test_headings_are_matched_by_name_key_and_synonym_without_accents_or_capitals():
    mapeo = mapear(
        planos.de_cuentas(), ("CVECAT", "Propietario", "codigo  POSTAL", "NÚMERO", "Otra", "Qué corregir")
    )
    assert mapeo == {
        "clave": "CVECAT",
        "titular": "Propietario",
        "codigo_postal": "codigo  POSTAL",
        "numero": "NÚMERO",
    }


def test_a_remembered_mapping_goes_first_and_its_missing_headings_are_passed_over():
    mapeo = mapear(CORTO, ("Clave", "Importe", "Valor"), {"valor": "importe", "nota": "Ya no está"})
    assert mapeo == {"clave": "Clave", "valor": "Importe"}


@pytest.mark.parametrize(
    ("mapeo", "frase"),
    [
        ({"clave": "Clave"}, "Faltan columnas por elegir: Valor; diga cuál es cada una."),
        ({"clave": "Clave", "valor": "Nada"}, "La columna «Nada» no está en el archivo; elija otra."),
        ({"clave": "Clave", "valor": "Clave"}, "La columna «Clave» se eligió para dos datos; deje uno."),
    ],
)
def test_a_mapping_that_does_not_serve_is_refused(mapeo, frase):
    with pytest.raises(ErrorDeUso) as refuso:
        _de_csv("Clave,Valor\n0101,1\n", mapeo=mapeo)
    assert refuso.value.mensaje == frase


# --- rows -------------------------------------------------------------------------------------------------


def test_a_key_that_repeats_is_marked_on_every_row_that_bears_it():
    revision = _de_csv("Clave,Valor\n0101,1\n01-01,2\n0102,3\n01 01,x\n")
    assert [b["clave"] for b in revision.buenas] == ["01-02"]
    assert revision.renglones == [4]
    frases = {m.n: [e.frase for e in m.errores] for m in revision.malas}
    assert frases[2] == ["Clave: se repite en los renglones 3, 5; deje un solo renglón."]
    assert frases[3] == ["Clave: se repite en los renglones 2, 5; deje un solo renglón."]
    assert len(frases[5]) == 2
    assert {(e.campo, e.columna) for e in revision.malas[0].errores} == {("clave", 0)}


def test_an_empty_obligatory_cell_is_bad_and_an_empty_free_one_is_nothing():
    revision = _de_csv("Clave,Valor,Nota\n0101,,\n0102,5,  \n")
    assert revision.buenas == [{"clave": "01-02", "valor": Decimal("5.00"), "nota": None}]
    (mala,) = revision.malas
    assert mala.valores == ("0101", None, None)
    assert mala.errores[0].frase == "Falta Valor; escriba el dato."


def test_a_row_with_more_cells_than_headings_is_bad_for_a_comma_may_have_split_it():
    revision = _de_csv("Clave,Valor,Nota\n0101,1,dos, tres\n0102,1,\n")
    (mala,) = revision.malas
    assert mala.valores == ("0101", "1", "dos", " tres")
    assert (mala.errores[0].campo, mala.errores[0].columna) == (None, 3)
    assert "columna D sobra" in mala.errores[0].frase


def test_a_cell_that_says_an_error_is_bad_even_where_any_text_would_do():
    revision = _de_csv("Clave,Valor,Nota\n0101,1,#N/A\n0102,1,#¡REF!\n0103,1,#¿NOMBRE?\n0104,1,# 5\n")
    assert [b["nota"] for b in revision.buenas] == ["# 5"]
    assert [m.errores[0].frase for m in revision.malas] == [
        f"La celda trae el error {e}; escriba el valor correcto." for e in ("#N/A", "#¡REF!", "#¿NOMBRE?")
    ]


def test_a_review_can_be_stopped_between_two_signs_of_progress():
    trabajo = revisar(
        leer(b"Clave,Valor\n0101,1\n", "x.csv"), CORTO, {"clave": "Clave", "valor": "Valor"}, HOY
    )
    assert next(trabajo) == Progress(0, 1, "Revisando renglones")
    trabajo.close()
    with pytest.raises(StopIteration):
        next(trabajo)


# --- readers of cells -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lector", "crudo", "valor"),
    [
        (lectores.texto(), 12, "12"),
        (lectores.texto(), Decimal("12.5"), "12.5"),
        (lectores.texto(), " Ñandú   Peña ", "Ñandú Peña"),
        (lectores.clave_catastral((3, 3, 3)), 1001, "000-001-001"),
        (lectores.clave_catastral((3, 3, 3)), "001002003", "001-002-003"),
        (lectores.cifras(5), 1234, "01234"),
        (lectores.pesos, "$1,234.50", Decimal("1234.50")),
        (lectores.pesos, Decimal("1234.5"), Decimal("1234.50")),
        (lectores.pesos, 7, Decimal("7.00")),
        (lectores.fecha, "22/11/2026", HOY),
        (lectores.fecha, "2026-11-22 00:00:00", HOY),
        (lectores.fecha, HOY, HOY),
        (lectores.entero(1, 9), "9", 9),
        (lectores.entero(1, 9), Decimal("2.0"), 2),
        (lectores.ejercicio(), "2027", 2027),
        (lectores.rfc, "xaxx010101000", "XAXX010101000"),
        (lectores.porcentaje, "12.5 %", Decimal("12.5")),
        (lectores.porcentaje, "0.5%", Decimal("0.5")),
        (lectores.porcentaje, 50, Decimal(50)),
        (lectores.superficie, "1,234.5 m2", Decimal("1234.5")),
        (lectores.superficie, Decimal("80.1234"), Decimal("80.1234")),
        (lectores.opcion({"Baldío": "B"}), "BALDIO", "B"),
    ],
)
def test_a_cell_is_read(lector, crudo, valor):
    leido = lector(crudo, CONTEXTO)
    assert (leido, type(leido)) == (valor, type(valor))


@pytest.mark.parametrize(
    ("lector", "crudo", "frase"),
    [
        (lectores.texto(), HOY, "cambió el texto por una fecha"),
        (lectores.texto(3), "cuatro", "muy largo"),
        (lectores.clave_catastral((3, 3, 3)), 1_001_002_003, "no está completa"),
        (lectores.clave_catastral((3, 3, 3)), Decimal("1.5"), "no está completa"),
        (lectores.clave_catastral((3, 3, 3)), -1, "no está completa"),
        (lectores.cifras(5), "3515", "5 cifras"),
        (lectores.cifras(5), "3515A", "5 cifras"),
        (lectores.pesos, True, "no es una cantidad"),
        (lectores.pesos, Decimal("1.005"), "hasta dos decimales"),
        (lectores.pesos, "mil", "no se entiende"),
        (lectores.pesos, -1, "no puede ser negativa"),
        (lectores.pesos_positivos, "0.00", "mayor que cero"),
        (lectores.fecha, 45_000, "no es una fecha"),
        (lectores.fecha, "31/02/2026", "no existe"),
        (lectores.fecha, date(2030, 1, 1), "fuera de rango"),
        (lectores.entero(), Decimal("2.5"), "no se entiende"),
        (lectores.entero(), True, "no se entiende"),
        (lectores.entero(1, 9), 10, "fuera de rango"),
        (lectores.ejercicio(), 2028, "entre 1980 y 2027"),
        (lectores.ejercicio(), "24", "entre 1980 y 2027"),
        (lectores.rfc, "ABC", "RFC no es válido"),
        (lectores.curp, "ABC", "CURP no es válida"),
        (lectores.porcentaje, Decimal("0.5"), "No se sabe"),
        (lectores.porcentaje, "101", "de 0 a 100"),
        (lectores.superficie, "aprox 80", "metros cuadrados"),
        (lectores.superficie, "-80", "metros cuadrados"),
        (lectores.opcion({"Baldío": "B"}), "Castillo", "uno de estos: Baldío"),
    ],
)
def test_a_cell_is_refused_with_its_sentence(lector, crudo, frase):
    with pytest.raises(ErrorDeUso, match=frase):
        lector(crudo, CONTEXTO)
