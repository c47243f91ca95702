"""Amounts in words, against num2words, and search text without accents."""

import re
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from num2words import num2words

from lerdo_desk.base.letras import CON_ACENTO, SIN_ACENTO, normaliza, pesos_en_letra


@pytest.mark.parametrize(
    ("importe", "letra"),
    [
        ("6235.19", "Seis mil doscientos treinta y cinco pesos 19/100 M.N."),
        ("0", "Cero pesos 00/100 M.N."),
        ("0.50", "Cero pesos 50/100 M.N."),
        ("1", "Un peso 00/100 M.N."),
        ("1.05", "Un peso 05/100 M.N."),
        ("16", "Dieciséis pesos 00/100 M.N."),
        ("21", "Veintiún pesos 00/100 M.N."),
        ("31", "Treinta y un pesos 00/100 M.N."),
        ("100", "Cien pesos 00/100 M.N."),
        ("101", "Ciento un pesos 00/100 M.N."),
        ("1000", "Mil pesos 00/100 M.N."),
        ("1001", "Mil un pesos 00/100 M.N."),
        ("21000", "Veintiún mil pesos 00/100 M.N."),
        ("100000", "Cien mil pesos 00/100 M.N."),
        ("1000000", "Un millón de pesos 00/100 M.N."),
        ("1000001", "Un millón un pesos 00/100 M.N."),
        ("21000000", "Veintiún millones de pesos 00/100 M.N."),
        ("1000000000", "Mil millones de pesos 00/100 M.N."),
        ("1001000000", "Mil un millones de pesos 00/100 M.N."),
        (
            "999999999999.99",
            "Novecientos noventa y nueve mil novecientos noventa y nueve millones "
            "novecientos noventa y nueve mil novecientos noventa y nueve pesos 99/100 M.N.",
        ),
        ("765", "Setecientos sesenta y cinco pesos 00/100 M.N."),
        ("452.56", "Cuatrocientos cincuenta y dos pesos 56/100 M.N."),
    ],
)
def test_the_amount_reads_as_on_a_mexican_receipt(importe, letra):
    assert pesos_en_letra(Decimal(importe)) == letra


def _oraculo(n: int) -> str:
    """Shorten num2words' uno and veintiuno before a noun: mil, millones, pesos."""
    palabras = num2words(n, lang="es")
    palabras = re.sub(r"\bveintiuno\b", "veintiún", palabras)
    return re.sub(r"\buno\b", "un", palabras)


@given(st.one_of(st.integers(0, 2_000), st.integers(0, 999_999_999_999)), st.integers(0, 99))
@example(1_000_000, 0)
@example(21_021_021_021, 1)
@example(101_101_101_101, 10)
@example(1, 0)
def test_the_integer_words_agree_with_num2words(enteros, centavos):
    letra = pesos_en_letra(Decimal(enteros * 100 + centavos).scaleb(-2))
    partes = re.fullmatch(r"(.+?) (de )?pesos? (\d\d)/100 M\.N\.", letra)
    assert partes is not None
    assert partes[1].lower() == _oraculo(enteros)
    assert partes[1][0].isupper()
    assert bool(partes[2]) == (enteros > 0 and enteros % 1_000_000 == 0)
    assert int(partes[3]) == centavos
    assert (" peso " in letra) == (enteros == 1)


@pytest.mark.parametrize("importe", ["-0.01", "-1", "1000000000000", "1.005", "NaN"])
def test_what_cannot_be_written_in_words_is_refused(importe):
    with pytest.raises(ValueError, match=r"words|decimal|finite"):
        pesos_en_letra(Decimal(importe))


def test_a_float_is_never_written_in_words():
    with pytest.raises(TypeError):
        pesos_en_letra(1.5)


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        ("  José   Ñúñez-Güereña, S.A. de C.V. ", "JOSE NUNEZ GUERENA S A DE C V"),
        ("Jose\u0301 n\u0303", "JOSE N"),
        ("clave 001-002-003", "CLAVE 001 002 003"),
        ("çàèìòù âêîôû äëïöü ãõ å ø ý", "CAEIOU AEIOU AEIOU AO A O Y"),
        ("straße", "STRA E"),
        ("% _ \\ \x00", ""),
        ("１２", ""),
        ("", ""),
    ],
)
def test_search_text_has_only_capitals_digits_and_single_spaces(texto, esperado):
    assert normaliza(texto) == esperado


@given(st.text())
def test_normalising_twice_changes_nothing(texto):
    una = normaliza(texto)
    assert normaliza(una) == una
    assert re.fullmatch(r"([A-Z0-9]+( [A-Z0-9]+)*)?", una)


@given(st.text(alphabet=CON_ACENTO + "abcXYZ 019-"))
def test_composed_and_decomposed_accents_and_both_cases_search_alike(texto):
    assert normaliza(unicodedata.normalize("NFD", texto)) == normaliza(texto)
    assert normaliza(texto.upper()) == normaliza(texto)


def test_the_two_strings_for_postgresql_match_letter_by_letter():
    assert len(CON_ACENTO) == len(SIN_ACENTO) == len(set(CON_ACENTO))
    assert SIN_ACENTO.isascii()
    for con, sin in zip(CON_ACENTO, SIN_ACENTO, strict=True):
        assert unicodedata.name(con).startswith(unicodedata.name(sin) + " WITH ")
