"""The diario de ingresos and the relación de fichas on paper, and the diario as a spreadsheet."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import muestras_papel as m
import pytest
from openpyxl import load_workbook

from lerdo_desk.base.calendario import micros
from lerdo_desk.hacienda.depositos import FichaHecha, ParteDeFicha, RelacionDeFichas
from lerdo_desk.hacienda.diario import Diario, EstadoDelDia, FilaDelDiario, Rango, TablaDelDiario
from lerdo_desk.reports import diario, relacion_depositos

DIA = date(2026, 11, 22)
CUANDO = micros(datetime(2026, 11, 22, 13, 3, tzinfo=UTC))
FILAS = (
    FilaDelDiario("12", "Impuestos sobre el patrimonio", Decimal("1500.50"), Decimal("100.25")),
    FilaDelDiario("–", "Por clasificar", Decimal("20.00"), Decimal("0.00")),
)
TABLAS = (
    TablaDelDiario("Por rubro del CRI", "CRI", "Rubro", FILAS),
    TablaDelDiario(
        "Por dirección", "", "Dirección", (FilaDelDiario("", "=1+1 <b>Predial</b>", *FILAS[0][2:]),)
    ),
)


def estados(*cerrados: bool | None) -> tuple[EstadoDelDia, ...]:
    """Days up to the last one: closed, open again, or (None) never touched."""
    dias = enumerate(reversed(cerrados))
    hechos = [
        EstadoDelDia(DIA - timedelta(days=n), bool(c), c is False, "" if c is None else "Teo", c and CUANDO)
        for n, c in dias
    ]
    return tuple(reversed([e._replace(cuando=CUANDO if e.quien else None) for e in hechos]))


def uno(*cerrados: bool | None, **cambios) -> Diario:
    hechos = estados(*cerrados or (True,))
    rango = Rango(hechos[0].fecha, DIA)
    base = Diario(rango, TABLAS, 7, 1, TABLAS[0].suma, hechos, "UTC", m.MEMBRETE)
    return replace(base, **cambios)


@pytest.mark.parametrize(
    ("cerrados", "dice"),
    [
        ((True,), "Día cerrado por Teo el 22/11/2026 a las 13:03."),
        ((False,), "Día reabierto por Teo el 22/11/2026 a las 13:03: sus importes pueden cambiar."),
        ((None,), "El día no está cerrado: sus importes todavía pueden cambiar."),
        ((True, True), "Los 2 días están cerrados: sus importes ya no cambian."),
        ((True, False, None), "1 de 3 días cerrados; sin cerrar: 21/11/2026 (reabierto), 22/11/2026."),
        ((None,) * 11, "0 de 11 días cerrados; 11 siguen sin cerrar y sus importes pueden cambiar."),
    ],
)
def test_it_says_in_one_sentence_which_days_are_closed(cerrados, dice):
    assert diario.dias_en_palabras(uno(*cerrados)) == dice


def test_the_diario_prints_every_table_with_its_sum_and_lines_to_sign():
    pdf = diario.dibujar(uno(True, None))
    leido = m.texto(pdf)
    for dicho in (
        "DIARIO DE INGRESOS",
        "21/11/2026 – 22/11/2026",
        "Por rubro del CRI",
        "Por clasificar",
        "$1,520.50",
        "$100.25",
        "$1,420.25",
        "=1+1 <b>Predial</b>",
        "sin cerrar: 22/11/2026",
        "Elaboró",
        "Tesorería",
    ):
        assert dicho in leido, dicho
    assert pdf == diario.dibujar(uno(True, None)), "the same diario gives the same bytes"
    assert "SIN VALOR" not in leido
    assert "SIN VALOR" in m.texto(diario.dibujar(uno(capacitacion=True)))


def test_a_long_diario_goes_on_over_pages_that_say_how_many_they_are():
    muchas = tuple(
        FilaDelDiario(f"11-{n:04}", f"Concepto {n}", Decimal("1.00"), Decimal(0)) for n in range(120)
    )
    largo = uno(tablas=(TablaDelDiario("Por concepto", "Concepto", "Nombre", muchas),))
    hojas = m.paginas(diario.dibujar(largo))
    assert len(hojas) == 3
    assert "página 3 de 3" in m.texto(diario.dibujar(largo))


def test_the_spreadsheet_holds_numbers_and_text_that_is_never_a_formula():
    hoja = load_workbook(BytesIO(diario.hoja_de_calculo(uno(True, None)))).active
    filas = [r for r in hoja.iter_rows(values_only=True)]
    assert filas[5][:6] == (
        "Por rubro del CRI",
        "12",
        "Impuestos sobre el patrimonio",
        1500.5,
        100.25,
        1400.25,
    )
    assert [r[2] for r in filas].count("Suma") == 2
    [formula] = [c for r in hoja.iter_rows() for c in r if str(c.value).startswith("=1+1")]
    assert formula.data_type == "s"
    assert diario.nombre_de(uno()) == "diario-2026-11-22"
    assert diario.nombre_de(uno(True, None)) == "diario-2026-11-21-a-2026-11-22"


def test_each_slip_is_printed_with_what_it_took_and_a_debit_says_so():
    partes = (ParteDeFicha("Caja Uno · corte 3", DIA, "Efectivo", Decimal("900.00")),)
    menos = (ParteDeFicha("Portal · corte 1", DIA, "Cheque nominativo", Decimal("-250.00")),)
    fichas = (
        FichaHecha("1", "Ingresos · Banco 0011", "Ente Uno", "F-1", DIA, Decimal("900.00"), "Teo", partes),
        FichaHecha("2", "Ingresos · Banco 0011", "Ente Uno", "F-2", DIA, Decimal("-250.00"), "Teo", menos),
    )
    relacion = RelacionDeFichas(DIA - timedelta(days=1), DIA, fichas, m.MEMBRETE, True)
    leido = m.texto(relacion_depositos.dibujar(relacion))
    for dicho in ("Ficha F-1", "Caja Uno · corte 3", "Depósito", "Cargo del banco", "−$250.00", "$650.00"):
        assert dicho in leido, dicho
    assert "Total de 2 fichas" in leido
    assert relacion_depositos.nombre_de(relacion) == "fichas-2026-11-21-a-2026-11-22"
