"""How a value of the law is read: a table of what the packs bring, and what no rule knows yet."""

import pytest

from lerdo_desk.modules.sistema.rules import clave_en_palabras, valor_en_palabras

CASOS = [
    ("uma", 11731, 2, "", "{}", "$117.31"),
    ("inpc", 137_949_000, 6, "", "{}", "137.949"),
    ("tarifa", 20, 4, "", '{"esquema": "MILLAR", "minimo_uma": "4"}', "2 al millar, mínimo 4 UMA"),
    ("tarifa", 15, 4, "", '{"esquema": "MILLAR", "minimo_pesos": "350"}', "1.5 al millar, mínimo $350.00"),
    ("tarifa", 30, 4, "", '{"esquema": "MILLAR"}', "3 al millar"),
    ("tarifa", 12550, 2, "FIJO", '{"unidad": "hoja"}', "$125.50 por hoja"),
    ("tarifa", 25, 1, "UMA", "{}", "2.5 UMA"),
    ("tarifa", 5, 2, "PORCENTAJE", '{"unidad": "operación"}', "5 % por operación"),
    ("tarifa", 0, 0, "LIBRE", "{}", "Importe libre, con firma"),
    ("recargo_mensual", 147, 4, "", '{"tope_meses": 60}', "1.47 % al mes, hasta 60 meses"),
    ("recargo_mensual", 2, 2, "", "{}", "2 % al mes"),
    ("descuento", 15, 2, "EJERCICIO_ACTUAL", "{}", "15 %"),
    ("indemnizacion_cheque", 2, 1, "", "{}", "20 %"),
    ("vigencia_dias", 1, 0, "", "{}", "1 día"),
    ("vigencia_dias", 30, 0, "", "{}", "30 días"),
    ("frase_minima", 14, 0, "", "{}", "14 caracteres"),
    ("saltar_adeudo", 1, 0, "", "{}", "Sí"),
    ("saltar_adeudo", 0, 0, "", "{}", "No"),
    ("recordar_contrasena", 0, 0, "", '{"perfiles": ["cajero", "auditor"]}', "Cajero, auditor"),
    ("recordar_contrasena", 0, 0, "", '{"perfiles": []}', "Ningún perfil"),
    ("lo_que_venga", 123_400, 2, "", "[]", "1,234"),
    ("lo_que_venga", 1000, 0, "", "", "1,000"),
]


@pytest.mark.parametrize(("clave", "numero", "escala", "alcance", "datos", "espera"), CASOS)
def test_a_value_is_read_as_its_law_says_it(clave, numero, escala, alcance, datos, espera):
    assert valor_en_palabras(clave, numero, escala, alcance, datos) == espera


@pytest.mark.parametrize(
    ("clave", "espera"),
    [
        ("uma", "UMA"),
        ("inpc", "INPC"),
        ("recargo_mensual", "Recargo mensual"),
        ("frase_minima", "Largo de la contraseña"),
    ],
)
def test_a_clave_is_named_in_words(clave, espera):
    assert clave_en_palabras(clave) == espera
