"""What an order amounts to, by a table: every type of tariff, one rounding, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from lerdo_desk.base.entrada import DINERO_MAXIMO
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.ley import Parametro
from lerdo_desk.hacienda.ordenes import importe
from lerdo_desk.hacienda.ordenes_importe import acotado, tarifa_en_palabras


def tarifa(numero, escala, tipo, unidad="documento", modulo="ordenes"):
    dias = (date(2026, 1, 1), None)
    datos = {"unidad": unidad}
    return Parametro(1, modulo, "tarifa", "11-0020", *dias, numero, escala, tipo, datos, "art. 1", False)


UMA = tarifa(11731, 2, "", modulo="general")

CASOS = [
    ("FIJO", (125, 0), 1, None, "125.00"),
    ("FIJO", (1937, 2), 120, None, "2324.40"),
    ("FIJO", (1, 2), 1_000_000, None, "10000.00"),
    ("FIJO", (12_345_678, 6), 1, None, "12.35"),
    ("FIJO", (5, 3), 1, None, "0.01"),
    ("FIJO", (5, 3), 3, None, "0.02"),  # 0.015 once, not 0.01 three times
    ("UMA", (1, 0), 1, None, "117.31"),
    ("UMA", (25, 1), 1, None, "293.28"),  # 293.275 half up
    ("UMA", (25, 1), 2, None, "586.55"),  # 586.55 exact: rounded once, not 293.28 twice
    ("UMA", (125, 3), 1, None, "14.66"),
    ("UMA", (125, 3), 120, None, "1759.65"),
    ("UMA", (10_000, 4), 3, None, "351.93"),
    ("PORCENTAJE", (2, 2), 1, "450000.00", "9000.00"),
    ("PORCENTAJE", (725, 4), 1, "1000.01", "72.50"),
    ("PORCENTAJE", (725, 4), 1, "1000.07", "72.51"),
    ("PORCENTAJE", (1, 0), 1, "0.01", "0.01"),
    ("PORCENTAJE", (5, 1), 1, "0.01", "0.01"),
]


@pytest.mark.parametrize(("tipo", "cifra", "cantidad", "base", "pesos"), CASOS)
def test_an_amount_is_rounded_once_to_the_centavo_half_up(tipo, cifra, cantidad, base, pesos):
    hecho, memoria = importe(tipo, tarifa(*cifra, tipo), UMA, cantidad, Decimal(base) if base else None)
    assert hecho == Decimal(pesos)
    assert memoria.endswith(f"= ${Decimal(pesos):,.2f}")


MALOS = [
    ("FIJO", (125, 0), 0, None, "de 1 a 1,000,000", "cantidad"),
    ("FIJO", (125, 0), 1_000_001, None, "de 1 a 1,000,000", "cantidad"),
    ("FIJO", (4, 3), 1, None, "no se puede cobrar", "importe"),
    ("FIJO", (999_999_999_999, 0), 1000, None, "no se puede cobrar", "importe"),
    ("PORCENTAJE", (2, 2), 1, None, "en pesos", "base"),
    ("PORCENTAJE", (2, 2), 1, "0.00", "en pesos", "base"),
    ("PORCENTAJE", (2, 2), 1, "-5.00", "en pesos", "base"),
    ("PORCENTAJE", (2, 2), 2, "100.00", "deje la cantidad en 1", "cantidad"),
    ("PORCENTAJE", (2, 2), 1, "0.01", "no se puede cobrar", "importe"),
]


@pytest.mark.parametrize(("tipo", "cifra", "cantidad", "base", "motivo", "campo"), MALOS)
def test_what_cannot_be_charged_is_refused_beside_its_field(tipo, cifra, cantidad, base, motivo, campo):
    with pytest.raises(ErrorDeUso, match=motivo) as rechazo:
        importe(tipo, tarifa(*cifra, tipo), UMA, cantidad, Decimal(base) if base else None)
    assert rechazo.value.campo == campo


def test_a_tariff_in_uma_needs_the_uma_of_the_day():
    with pytest.raises(ErrorDeUso, match="No hay UMA en vigor"):
        importe("UMA", tarifa(1, 0, "UMA"), None, 1, None)


def test_a_free_amount_has_no_tariff_to_reckon_with():
    with pytest.raises(ValueError, match="no tariff"):
        importe("LIBRE", tarifa(0, 0, "LIBRE"), UMA, 1, None)


def test_a_free_amount_stays_between_a_centavo_and_the_most_of_the_ledger():
    assert acotado(Decimal("0.01")) == Decimal("0.01")
    assert acotado(DINERO_MAXIMO) == DINERO_MAXIMO
    for malo in ("0.00", "-1.00", str(DINERO_MAXIMO + Decimal("0.01"))):
        with pytest.raises(ErrorDeUso, match="no se puede cobrar"):
            acotado(Decimal(malo))


def test_a_tariff_and_its_arithmetic_are_told_in_words():
    cedula = tarifa(25, 1, "UMA", "cédula")
    assert tarifa_en_palabras("UMA", cedula) == "2.5 UMA por cédula"
    assert importe("UMA", cedula, UMA, 2, None)[1] == "2.5 UMA de $117.31 por cédula × 2 = $586.55"
    barda = tarifa(1937, 2, "FIJO", "m²")
    assert tarifa_en_palabras("FIJO", barda) == "$19.37 por m²"
    assert importe("FIJO", barda, None, 1200, None)[1] == "$19.37 por m² × 1,200 = $23,244.00"
    boletos = tarifa(725, 4, "PORCENTAJE", "boletaje vendido")
    assert tarifa_en_palabras("PORCENTAJE", boletos) == "7.25 % de boletaje vendido"
    assert importe("PORCENTAJE", boletos, None, 1, Decimal("1000.00"))[1] == (
        "7.25 % de $1,000.00 (boletaje vendido) = $72.50"
    )
    assert tarifa_en_palabras("LIBRE", None).startswith("Importe libre")
