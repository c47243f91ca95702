"""Exact pesos: refusals, rounding, sharing and figures."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerdo_desk.base import dinero

CENTAVOS = st.integers(-(10**15), 10**15)
IMPORTES = CENTAVOS.map(lambda c: Decimal(c).scaleb(-2))


@pytest.mark.parametrize(
    ("dado", "esperado"),
    [("1234.5", "1234.50"), (7, "7.00"), (Decimal("1.500"), "1.50"), ("-0.01", "-0.01"), ("-0", "0.00")],
)
def test_pesos_are_always_given_with_two_decimals(dado, esperado):
    assert str(dinero.pesos(dado)) == esperado


@pytest.mark.parametrize("dado", [1.0, 0.1, True, None, b"1", [1]])
def test_a_float_a_bool_or_another_thing_never_becomes_money(dado):
    with pytest.raises(TypeError):
        dinero.pesos(dado)


@pytest.mark.parametrize(
    "dado",
    ["NaN", "Infinity", "1e400", "1_000", "１２", "1,000", "", " 1", "1.005", "9" * 31]
    + [Decimal(x) for x in ("NaN", "sNaN", "Infinity", "-Infinity", "0.001", "1e400")],
)
def test_pesos_refuse_what_is_not_an_exact_plain_number(dado):
    with pytest.raises(ValueError, match=r"decimal|finite|range"):
        dinero.pesos(dado)


@pytest.mark.parametrize(
    ("dado", "esperado"),
    [("0.005", "0.01"), ("0.00499", "0.00"), ("-0.005", "-0.01"), ("-0.001", "0.00"), ("2.675", "2.68")],
)
def test_rounding_is_half_up_away_from_zero(dado, esperado):
    assert str(dinero.redondear(Decimal(dado))) == esperado


def test_rounding_refuses_a_float():
    with pytest.raises(TypeError):
        dinero.redondear(2.675)


@given(CENTAVOS)
def test_centavos_go_to_pesos_and_back_unchanged(centavos):
    assert dinero.a_centavos(dinero.de_centavos(centavos)) == centavos


def test_centavos_beyond_a_bigint_are_refused():
    assert dinero.a_centavos(Decimal("92233720368547758.07")) == 2**63 - 1
    with pytest.raises(ValueError, match="bigint"):
        dinero.a_centavos(Decimal("92233720368547758.08"))


@pytest.mark.parametrize("dado", [1.0, True, "1", Decimal(1)])
def test_centavos_must_be_whole_numbers(dado):
    with pytest.raises(TypeError):
        dinero.de_centavos(dado)
    with pytest.raises(TypeError):
        dinero.proporcion(dado, 1, 1)


@given(CENTAVOS, st.integers(-(10**6), 10**6), st.integers(1, 10**6))
def test_proporcion_equals_decimal_half_up(centavos, numerador, denominador):
    with localcontext() as contexto:
        contexto.prec = 60
        exacto = Decimal(centavos * numerador) / Decimal(denominador)
        esperado = exacto.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    assert dinero.proporcion(centavos, numerador, denominador) == esperado


@pytest.mark.parametrize("denominador", [0, -1])
def test_proporcion_refuses_a_denominator_that_is_not_positive(denominador):
    with pytest.raises(ValueError, match="denominador"):
        dinero.proporcion(100, 1, denominador)


def test_vector_1_tax_at_two_per_mil_and_fifteen_percent_off():
    impuesto = dinero.proporcion(dinero.a_centavos(Decimal("450000")), 20, 10_000)
    descuento = dinero.proporcion(impuesto, 15, 100)
    assert dinero.de_centavos(impuesto) == Decimal("900.00")
    assert dinero.de_centavos(descuento) == Decimal("135.00")
    assert dinero.de_centavos(impuesto - descuento) == Decimal("765.00")


def test_vector_2_a_tax_below_the_minimum_and_the_minimum_itself():
    assert dinero.proporcion(dinero.a_centavos(Decimal("150000")), 20, 10_000) == 30_000
    assert dinero.redondear(4 * Decimal("113.14")) == Decimal("452.56")


@pytest.mark.parametrize(
    ("anual", "parte", "ultima"), [("900.00", "150.00", "150.00"), ("452.56", "75.43", "75.41")]
)
def test_vector_3_a_year_in_six_bimesters(anual, parte, ultima):
    assert dinero.repartir(Decimal(anual), 6) == (Decimal(parte),) * 5 + (Decimal(ultima),)


def test_vector_4_actualizacion_and_recargos_of_an_arrear():
    actualizacion = dinero.proporcion(88_000, 319, 10_000)
    recargos = dinero.proporcion(88_000 + actualizacion, 2 * 10, 100)
    assert dinero.de_centavos(actualizacion) == Decimal("28.07")
    assert dinero.de_centavos(recargos) == Decimal("181.61")


@pytest.mark.parametrize(
    ("exacto", "total", "ajuste"),
    [
        ("308.40", "308.00", "-0.40"),
        ("308.50", "308.00", "-0.50"),
        ("308.51", "309.00", "0.49"),
        ("308.00", "308.00", "0.00"),
        ("-308.50", "-308.00", "0.50"),
        ("-308.51", "-309.00", "-0.49"),
    ],
)
def test_vector_5_the_total_in_whole_pesos_and_its_own_line(exacto, total, ajuste):
    assert [str(d) for d in dinero.redondeo_peso(Decimal(exacto))] == [total, ajuste]


@pytest.mark.parametrize(("uma", "multa"), [("113.14", "1697.10"), ("117.31", "1759.65")])
def test_vector_7_fifteen_uma_before_and_after_february(uma, multa):
    assert dinero.pesos(15 * Decimal(uma)) == Decimal(multa)


@given(IMPORTES)
def test_whole_pesos_and_adjustment_always_tie(importe):
    total, ajuste = dinero.redondeo_peso(importe)
    assert total == importe + ajuste
    assert total == total.to_integral_value()
    assert Decimal("-0.50") <= ajuste <= Decimal("0.50")


@given(IMPORTES, st.integers(1, 60))
def test_the_parts_sum_exactly_and_the_first_are_equal(total, partes):
    resultado = dinero.repartir(total, partes)
    assert len(resultado) == partes
    assert sum(resultado) == total
    assert len(set(resultado[:-1])) <= 1


@given(st.integers(0, 5_000), st.integers(1, 60))
def test_no_part_of_a_small_amount_is_negative(centavos, partes):
    assert min(dinero.repartir(dinero.de_centavos(centavos), partes)) >= 0
    assert max(dinero.repartir(dinero.de_centavos(-centavos), partes)) <= 0


@pytest.mark.parametrize("partes", [0, -1])
def test_sharing_into_no_parts_is_refused(partes):
    with pytest.raises(ValueError, match="partes"):
        dinero.repartir(Decimal(1), partes)


@pytest.mark.parametrize(
    ("dado", "formato", "columna"),
    [
        ("1234.5", "$1,234.50", "1,234.50"),
        ("-1234.50", "−$1,234.50", "−1,234.50"),
        ("0", "$0.00", "0.00"),
        ("99999999999.99", "$99,999,999,999.99", "99,999,999,999.99"),
    ],
)
def test_figures_are_written_with_thousands_and_a_real_minus(dado, formato, columna):
    assert dinero.formato(Decimal(dado)) == formato
    assert dinero.formato_columna(Decimal(dado)) == columna


def test_a_careless_decimal_context_of_the_thread_changes_nothing():
    with localcontext() as contexto:
        contexto.prec = 1
        assert dinero.redondeo_peso(Decimal("12345.51")) == (Decimal("12346.00"), Decimal("0.49"))
        assert dinero.formato(Decimal("-12345.67")) == "−$12,345.67"
        assert dinero.a_centavos(Decimal("12345.67")) == 1_234_567
        assert dinero.repartir(Decimal("12345.67"), 2) == (Decimal("6172.84"), Decimal("6172.83"))
