"""The texts of a receipt's codes: QR, bars and the twelve characters that a person types."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerdo_desk.hacienda import documentos as doc

HASH = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"


def recibo(**cambios):
    datos = {
        "id": "1",
        "tipo": "COBRO",
        "serie": "A",
        "folio": 204117,
        "ente": "Ente",
        "membrete": doc.Membrete("Ente", "", "", "", "", ""),
        "pagador": "Quien paga",
        "cuenta_etiqueta": "Cuenta",
        "clave": "1",
        "domicilio": "",
        "renglones": (),
        "pagos": (),
        "total": Decimal("6235.19"),
        "fecha_pago": date(2026, 11, 22),
        "creado": datetime(2026, 11, 22, 11, 42, tzinfo=UTC),
        "caja": "1",
        "cajero": "Quien cobra",
        "hash": HASH,
        "codigo": doc.codigo(HASH),
        "municipio_clave": "10012",
        "capacitacion": False,
        "ejemplo": False,
    }
    return doc.ReciboSellado(**(datos | cambios))


def test_the_code_is_the_first_sixty_bits_of_the_hash_in_crockford():
    # By hand: 00000 00000 01000 10010 00100 01100 11010 00100 01010 10101 10011 00111.
    assert doc.codigo(HASH) == "008J4CT4ANK7"
    assert doc.codigo("0" * 64) == "000000000000"
    assert doc.codigo("f" * 64) == "ZZZZZZZZZZZZ"


@given(st.binary(min_size=32, max_size=32))
def test_every_code_has_twelve_characters_that_nobody_confuses(crudo):
    codigo = doc.codigo(crudo.hex())
    assert len(codigo) == 12
    assert not set(codigo) & set("ILOU")
    assert codigo == doc.codigo(crudo.hex().upper())


@given(st.binary(min_size=8, max_size=8), st.binary(min_size=8, max_size=8))
def test_two_hashes_share_a_code_only_when_their_first_sixty_bits_agree(uno, otro):
    assert (doc.codigo(uno.hex()) == doc.codigo(otro.hex())) == (uno.hex()[:15] == otro.hex()[:15])


@pytest.mark.parametrize("malo", ["", "abc", "zz" * 32])
def test_a_hash_that_is_short_or_not_hexadecimal_gives_no_code(malo):
    with pytest.raises(ValueError, match="hexadecimal"):
        doc.codigo(malo)


def test_the_qr_says_municipality_serie_folio_centavos_and_code():
    assert doc.texto_qr(recibo()) == f"R1|10012|A|000204117|000000623519|{doc.codigo(HASH)}"


def test_the_qr_of_a_reversal_keeps_twelve_figures_without_sign():
    assert "|000000623519|" in doc.texto_qr(recibo(tipo="REVERSA", total=Decimal("-6235.19")))


@pytest.mark.parametrize(
    "cambios",
    [
        {"folio": 1_000_000_000},
        {"total": Decimal("10000000000.00")},
        {"serie": "A|B"},
        {"municipio_clave": "1|2"},
    ],
)
def test_what_does_not_fit_the_fields_of_the_qr_is_refused(cambios):
    with pytest.raises(ValueError, match="does not fit"):
        doc.texto_qr(recibo(**cambios))


def test_the_bars_say_serie_and_folio():
    assert doc.texto_barras(recibo()) == "RA-204117"
    assert doc.texto_barras(recibo(serie="CAP-1", folio=12345)) == "RCAP-1-12345"


@pytest.mark.parametrize("cambios", [{"serie": "CAP-1", "folio": 123456}, {"serie": "Ñ"}, {"serie": "A\n"}])
def test_bars_over_twelve_characters_or_outside_ascii_are_refused(cambios):
    with pytest.raises(ValueError, match="do not fit"):
        doc.texto_barras(recibo(**cambios))


def test_the_label_is_serie_and_folio():
    assert recibo().etiqueta == "A-204117"
