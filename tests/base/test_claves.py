"""RFC, CURP and grouped keys; every key here is generated, none belongs to anybody."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.mx import curp as oraculo_curp
from stdnum.mx import rfc as oraculo_rfc

from lerdo_desk.base import claves
from lerdo_desk.base.errores import ErrorDeUso


def _con_digito(base: str) -> str:
    return base + oraculo_rfc.calc_check_digit(base)


PERSONA = _con_digito("XEXE800101AB")
EMPRESA = _con_digito("XYZ000101AB")
BASE_CURP = "XEXE800101HDGXXX0"
CURP = BASE_CURP + oraculo_curp.calc_check_digit(BASE_CURP + "0")


@pytest.mark.parametrize("clave", [PERSONA, EMPRESA])
def test_an_rfc_is_given_in_capitals_without_separators(clave):
    corte = len(clave) - 9
    escrito = f" {clave[:corte].lower()}-{clave[corte : corte + 6]} {clave[corte + 6 :].lower()} "
    assert claves.rfc(escrito) == clave
    assert not claves.digito_dudoso(clave)


@pytest.mark.parametrize("generico", ["XAXX010101000", "XEXX010101000"])
def test_the_two_generic_rfcs_pass_without_a_warning(generico):
    assert claves.rfc(generico) == generico
    assert not claves.digito_dudoso(generico)


def test_a_wrong_check_digit_of_an_rfc_is_worth_a_warning_only():
    errado = PERSONA[:-1] + ("1" if PERSONA[-1] != "1" else "2")
    assert claves.rfc(errado) == errado
    assert claves.digito_dudoso(errado)


def test_an_rfc_keeps_ampersand_and_enie_however_they_were_typed():
    assert claves.rfc("ñ&a000101ab1") == "Ñ&A000101AB1"
    assert claves.rfc("N\u0303&A000101AB1") == "Ñ&A000101AB1"


@pytest.mark.parametrize(
    "malo",
    [
        "",
        "XEXE800101",
        "XEXE801301AB1",
        "XEXE800132AB1",
        "XEXE800101AB12",
        "XEXE８00101AB1",
        "ХEXE800101AB1",
        "XEXE800101AB\u200b1",
        "XÉXE800101AB1",
        "XEXE80010\u0661AB1",
    ],
)
def test_a_bad_rfc_is_refused_beside_its_field(malo):
    with pytest.raises(ErrorDeUso) as falla:
        claves.rfc(malo)
    assert falla.value.campo == "rfc"


def test_a_curp_is_given_in_capitals_and_its_check_digit_counts():
    assert claves.curp(f" {CURP[:10].lower()}-{CURP[10:]} ") == CURP
    otro = str((int(CURP[-1]) + 1) % 10)
    with pytest.raises(ErrorDeUso, match="CURP no es válida") as falla:
        claves.curp(CURP[:-1] + otro)
    assert falla.value.campo == "curp"


@pytest.mark.parametrize("malo", ["", CURP[:-1], CURP + "0", CURP.replace("DG", "ZZ"), "Х" + CURP[1:]])
def test_a_bad_curp_is_refused(malo):
    with pytest.raises(ErrorDeUso):
        claves.curp(malo)


@pytest.mark.parametrize(
    "escrita", ["001002003", "001-002-003", "001 002 003", " 001 - 002 - 003 ", "001-002003"]
)
def test_a_clave_catastral_may_come_with_or_without_hyphens(escrita):
    assert claves.clave_agrupada(escrita, (3, 3, 3)) == "001-002-003"


@pytest.mark.parametrize(
    "mala",
    [
        *("", "1-2-3", "00100200", "0010020030", "0010-02-003", "001--002-003", "001-002-00A", "００1002003"),
        *("001-002-003-", "001.002.003", "001-002-00\u0663", "001-002-003%"),
    ],
)
def test_a_clave_that_is_short_long_or_broken_is_refused_with_an_example(mala):
    with pytest.raises(ErrorDeUso, match=r"001-001-001|especiales") as falla:
        claves.clave_agrupada(mala, (3, 3, 3))
    assert falla.value.campo == "clave"


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6).map(tuple), st.data())
def test_any_pack_may_have_its_own_groups(grupos, datos):
    cifras = datos.draw(st.text("0123456789", min_size=sum(grupos), max_size=sum(grupos)))
    agrupada = claves.clave_agrupada(cifras, grupos)
    assert agrupada.replace("-", "") == cifras
    assert tuple(len(g) for g in agrupada.split("-")) == grupos
    assert claves.clave_agrupada(agrupada, grupos) == agrupada


@pytest.mark.parametrize("grupos", [(), (3, 0), (-1,)])
def test_groups_without_digits_are_a_fault_of_the_pack(grupos):
    with pytest.raises(ValueError, match="grupos"):
        claves.clave_agrupada("001", grupos)


@given(st.text(max_size=30))
def test_whatever_is_typed_gives_a_clean_key_or_a_sentence(texto):
    for leer, forma in ((claves.rfc, r"[A-ZÑ&]{3,4}\d{6}[A-Z0-9]{3}"), (claves.curp, r"[A-Z0-9]{18}")):
        try:
            assert re.fullmatch(forma, leer(texto), re.ASCII)
        except ErrorDeUso as falla:
            assert str(falla).endswith(".")
