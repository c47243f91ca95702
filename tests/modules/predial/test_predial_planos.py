"""What the columns of a load take: the last period paid, and the concepto of an inherited debt."""

from datetime import date
from decimal import Decimal

import pytest

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.lectores import Contexto
from lerdo_desk.modules.predial.imports import adeudos, planos
from lerdo_desk.modules.predial.imports.adeudos import Total
from lerdo_desk.modules.predial.imports.padron import FilaDePadron

HOY = Contexto(date(2026, 11, 22))
CATALOGO = planos.Catalogo(
    grupos=(3, 3, 3),
    tipos={"Urbano": "URBANO"},
    usos={"Otro": "OTRO"},
    ente_id=1,
    conceptos=planos._conceptos(
        [(7, "IMPUESTO", "Predial del año"), (8, "REZAGO", "Años de atrás"), (9, "RECARGO", "Recargos")], 7
    ),
    nombres=("Predial del año", "Años de atrás"),
    de_la_caja=frozenset({"RECARGOS"}),
)


@pytest.mark.parametrize(
    ("escrito", "leido"),
    [
        ("6/2024", (2024, 6)),
        ("2024-3", (2024, 3)),
        (" 1 - 2023 ", (2023, 1)),
        (2024, (2024, 6)),
        ("2022", (2022, 6)),
    ],
)
def test_the_last_period_is_a_bimester_of_a_year_or_the_whole_year(escrito, leido):
    assert planos.periodo(escrito, HOY) == leido


@pytest.mark.parametrize(
    "escrito", ["7/2024", "0/2024", "2024/13", "junio", True, date(2024, 6, 1), Decimal("6.2")]
)
def test_a_period_that_is_none_is_refused_with_an_example(escrito):
    with pytest.raises(ErrorDeUso, match="6/2024"):
        planos.periodo(escrito, HOY)


@pytest.mark.parametrize(
    "escrito", ["predial del AÑO", "Impuesto predial", "Rezago predial", "años de atras", "rezago"]
)
def test_the_tax_and_its_rezago_are_the_same_debt_whatever_they_are_called(escrito):
    assert planos.concepto(CATALOGO)(escrito, HOY) == 7


@pytest.mark.parametrize(
    ("escrito", "frase"), [("Recargos", "lo calcula la caja"), ("Diezmo", "Predial del año")]
)
def test_what_is_no_principal_is_refused(escrito, frase):
    with pytest.raises(ErrorDeUso, match=frase):
        planos.concepto(CATALOGO)(escrito, HOY)


def test_control_totals_come_back_from_the_database_as_they_went():
    sumados = adeudos.totales([(2025, Decimal("1.10")), (2024, Decimal("0.01")), (2025, Decimal("2.20"))])
    assert sumados == (Total(2024, 1, Decimal("0.01")), Total(2025, 2, Decimal("3.30")))
    assert adeudos.totales_de_json(adeudos.totales_a_json(sumados)) == sumados


def test_an_address_is_written_without_what_is_missing():
    fila = FilaDePadron(
        1, "001", "T", None, None, "URBANO", "OTRO", "Calle", "", "", "", 0, Decimal(0), Decimal(0)
    )
    assert fila.domicilio == "Calle"
