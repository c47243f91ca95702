"""The input gate, on the way in: what enters clean and what is refused with a sentence."""

import re
import time
import unicodedata
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerdo_desk.base import entrada
from lerdo_desk.base.errores import ErrorDeUso

HOY = date(2026, 11, 22)
INVISIBLES = [
    "\x00",
    "\u202e",
    "\u200b",
    "\ufeff",
    "\ud800",
    "\udfff",
    "\ue000",
    "\u0378",
    "\u2028",
    "\u2029",
]
CUALQUIERA = st.text(st.characters(), max_size=60)


# --- text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("escrito", "limpio"),
    [
        ("  José \u00a0  Núñez\u3000Güereña\r\n", "José Núñez Güereña"),
        ("Jose\u0301 N\u0303", "José Ñ"),
        ("Mª del Carmen, Nº 5, 3er. piso «B» – 20 m²", "Mª del Carmen, Nº 5, 3er. piso «B» – 20 m²"),
        ("O\u02bcodham", "O\u02bcodham"),
        ("Juan <b>Perez", "Juan <b>Perez"),
        ("\t", ""),
    ],
)
def test_text_is_composed_stripped_and_its_spaces_collapsed(escrito, limpio):
    assert entrada.texto(escrito) == limpio


@pytest.mark.parametrize("malo", [*INVISIBLES, "\x07", "\x1b", "\t", "\n", "\u00ad", "\u2066", "\U000e0041"])
def test_text_refuses_invisible_characters(malo):
    with pytest.raises(ErrorDeUso, match="no se ven") as falla:
        entrada.texto(f"Juan{malo}Pérez", campo="nombre")
    assert falla.value.campo == "nombre"


@pytest.mark.parametrize("malo", INVISIBLES)
def test_text_refuses_them_at_the_edges_too(malo):
    for escrito in (f"{malo}Juan", f"Juan{malo}", malo):
        with pytest.raises(ErrorDeUso):
            entrada.texto(escrito)


@pytest.mark.parametrize("malo", ["Ju\u0430n", "L\u03bfpez", "\u0420erez"])
def test_text_refuses_a_word_of_two_alphabets(malo):
    with pytest.raises(ErrorDeUso, match="alfabetos"):
        entrada.texto(f"Ana {malo}")


def test_text_has_a_length_limit_counted_after_cleaning():
    assert entrada.texto("  " + "n\u0303" * 5, largo=5) == "ñ" * 5
    for largo in (6, 10_000_000):
        with pytest.raises(ErrorDeUso, match="acórtelo a 5 caracteres"):
            entrada.texto("a" * largo, largo=5)


def test_a_flood_of_combining_marks_is_refused_at_once():
    inicio = time.perf_counter()
    with pytest.raises(ErrorDeUso, match="acórtelo"):
        entrada.texto("a" + "\u0301\u0316" * 200_000)
    assert time.perf_counter() - inicio < 1


@pytest.mark.parametrize("malo", [None, 5, b"x"])
def test_what_is_not_text_is_a_fault_of_the_program(malo):
    with pytest.raises(TypeError):
        entrada.texto(malo)


@given(CUALQUIERA)
def test_text_that_passes_is_clean_and_passes_again_unchanged(v):
    try:
        limpio = entrada.texto(v)
    except ErrorDeUso as falla:
        assert str(falla).endswith(".")
        return
    assert entrada.texto(limpio) == limpio == unicodedata.normalize("NFC", limpio)
    assert not any(unicodedata.category(c)[0] == "C" for c in limpio)
    assert limpio.encode("utf-8").decode("utf-8") == limpio


@pytest.mark.parametrize("malo", ["１２３", "A²", "A\u0661", "Ⅷ", "ıx", "ſx", "ÁB", "АВ", "A\u200bB"])
def test_an_identifier_refuses_look_alike_letters_and_digits(malo):
    with pytest.raises(ErrorDeUso):
        entrada.identificador(malo)


def test_an_identifier_keeps_enie_and_comes_in_capitals():
    assert entrada.identificador(" peña-01 ".replace("eñ", "en\u0303")) == "PEÑA-01"


# --- money ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("escrito", "pesos"),
    [
        ("1234.5", "1234.50"),
        ("$1,234.50", "1234.50"),
        ("$ 1,234", "1234.00"),
        (" 0 ", "0.00"),
        ("99999999999.99", "99999999999.99"),
        ("99,999,999,999.99", "99999999999.99"),
        (Decimal("5"), "5.00"),
        (7, "7.00"),
    ],
)
def test_money_is_read_as_it_is_typed(escrito, pesos):
    assert str(entrada.dinero(escrito)) == pesos


@pytest.mark.parametrize(
    "malo",
    [
        *(
            "",
            "NaN",
            "sNaN",
            "Infinity",
            "1e400",
            "1E5",
            "1_000",
            "１２３",
            "\u0661\u0662",
            "1,23",
            "12,34.00",
        ),
        *("1.005", "1.", ".5", "$", "$$1", "1 000", "0x10", "1234567890123", "1,2345", "cien", "1.2.3"),
        *("9" * 5000, "$-1", "--1"),
        *(Decimal("NaN"), Decimal("Infinity"), Decimal("0.001"), Decimal("1e400")),
    ],
)
def test_money_refuses_what_decimal_alone_would_swallow(malo):
    with pytest.raises(ErrorDeUso, match="no se entiende") as falla:
        entrada.dinero(malo, campo="recibido")
    assert falla.value.campo == "recibido"


@pytest.mark.parametrize("malo", ["-5", "−5.00", Decimal("-0.01"), -1])
def test_money_is_never_negative(malo):
    with pytest.raises(ErrorDeUso, match="negativa"):
        entrada.dinero(malo)


@pytest.mark.parametrize("malo", ["1000.01", "999,999,999,999,999", 10**30])
def test_money_has_a_maximum_and_says_it(malo):
    with pytest.raises(ErrorDeUso, match=re.escape("$1,000.00")):
        entrada.dinero(malo, maximo=Decimal("1000"))
    assert entrada.dinero("1000", maximo=Decimal("1000")) == 1000


@pytest.mark.parametrize("malo", [1.5, True, None])
def test_money_is_never_a_float(malo):
    with pytest.raises(TypeError):
        entrada.dinero(malo)


# --- whole numbers and days -----------------------------------------------------------------------


def test_a_whole_number_lies_between_its_limits():
    assert entrada.entero(" 25 ", minimo=1, maximo=25) == 25
    assert entrada.entero("-3", minimo=-3, maximo=0) == -3
    for fuera in ("0", "26", 26, "-1"):
        with pytest.raises(ErrorDeUso, match="entre 1 y 25") as falla:
            entrada.entero(fuera, campo="meses", minimo=1, maximo=25)
        assert falla.value.campo == "meses"


@pytest.mark.parametrize("malo", ["", "1.0", "1e3", "1_000", "２", "+1", "a", "9" * 5000])
def test_a_whole_number_is_only_figures(malo):
    with pytest.raises(ErrorDeUso, match="sólo con cifras"):
        entrada.entero(malo)


@pytest.mark.parametrize("malo", [1.0, True, None])
def test_a_whole_number_is_never_a_float(malo):
    with pytest.raises(TypeError):
        entrada.entero(malo)


@pytest.mark.parametrize("escrita", ["22/11/2026", "22-11-2026", "2026-11-22", " 22/11/2026 ", HOY])
def test_a_day_is_read_in_the_usual_ways(escrita):
    assert entrada.fecha(escrita, HOY) == HOY


@pytest.mark.parametrize("borde", [date(1900, 1, 1), date(2028, 11, 22)])
def test_the_first_and_last_day_are_allowed_and_the_next_ones_not(borde):
    assert entrada.fecha(borde, HOY) == borde
    afuera = borde + timedelta(days=1 if borde > HOY else -1)
    with pytest.raises(ErrorDeUso, match="entre el 01/01/1900 y el 22/11/2028"):
        entrada.fecha(afuera, HOY)


@pytest.mark.parametrize("fuera", ["01/01/0001", "31/12/9999", "0001-01-01", date.min, date.max])
def test_the_years_1_and_9999_are_out_of_range(fuera):
    with pytest.raises(ErrorDeUso, match="fuera de rango") as falla:
        entrada.fecha(fuera, HOY, campo="desde")
    assert falla.value.campo == "desde"


def test_two_years_after_a_leap_day_is_the_28th():
    assert entrada.fecha("28/02/2030", date(2028, 2, 29)) == date(2030, 2, 28)
    with pytest.raises(ErrorDeUso):
        entrada.fecha("01/03/2030", date(2028, 2, 29))


@pytest.mark.parametrize("mala", ["29/02/2025", "31/04/2026", "00/01/2026", "01/13/2026", "01/01/0000"])
def test_a_day_that_does_not_exist_is_refused(mala):
    with pytest.raises(ErrorDeUso, match="no existe"):
        entrada.fecha(mala, HOY)


@pytest.mark.parametrize(
    "mala", ["", "22/11/26", "22/11-2026", "hoy", "２２/11/2026", "22.11.2026", "20261122"]
)
def test_a_day_that_cannot_be_read_is_refused_with_an_example(mala):
    with pytest.raises(ErrorDeUso, match="22/11/2026"):
        entrada.fecha(mala, HOY)


@pytest.mark.parametrize("malo", [datetime(2026, 1, 1, tzinfo=UTC), None, 20260101])
def test_an_instant_is_not_a_day(malo):
    with pytest.raises(TypeError):
        entrada.fecha(malo, HOY)


# --- search ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("escrito", "palabras"),
    [
        ("  Núñez   josé núñez ", ("NUNEZ", "JOSE")),
        ("001-002-003", ("001", "002", "003")),
        ("100%", ("100",)),
        ("a_b\\c", ("A", "B", "C")),
        ("%", ()),
        ("_", ()),
        ("\\", ()),
        ("'; DROP TABLE x; --", ("DROP", "TABLE", "X")),
        ("", ()),
        ("\x00\ud800\u202e", ()),
    ],
)
def test_a_search_becomes_plain_words_without_wildcards(escrito, palabras):
    assert entrada.busqueda(escrito) == palabras


@pytest.mark.parametrize("malo", ["a" * 121, " ".join("abcdefghijk")])
def test_a_search_too_long_is_refused(malo):
    with pytest.raises(ErrorDeUso, match="escriba hasta"):
        entrada.busqueda(malo)
