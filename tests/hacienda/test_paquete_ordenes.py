"""What a pack says of orders, channels, banks and money owed back: read exact, or refused with its row."""

from datetime import date
from decimal import Decimal

import pytest
from paquetes import LERDO, VALLE_QUIETO, cambiar, copia, problemas

from lerdo_desk.hacienda.ley import Parametros
from lerdo_desk.hacienda.paquete import leer


@pytest.fixture
def carpeta(tmp_path):
    """A copy of the invented municipality that a test may spoil."""
    return copia(tmp_path)


def test_what_is_charged_by_order_keeps_its_exact_figure_its_unit_and_its_days():
    parametros = Parametros(leer(VALLE_QUIETO).parametros)
    dia = date(2026, 5, 1)

    def tarifa(concepto, cuando=dia):
        p = parametros.vigente("ordenes", "tarifa", cuando, concepto)
        return p.alcance, p.numero, p.escala, p.datos["unidad"], p.datos.get("vigencia_dias")

    assert tarifa("05-6110") == ("UMA", 75, 1, "infracción", 10)
    assert tarifa("05-4310") == ("FIJO", 1937, 2, "m²", None)
    assert tarifa("05-4310", date(2025, 12, 31)) == ("FIJO", 1845, 2, "m²", None)
    assert tarifa("05-1110") == ("PORCENTAJE", 725, 4, "boletaje vendido", None)
    assert parametros.vigente("ordenes", "vigencia_dias", dia).numero == 45
    assert parametros.vigente("ordenes", "indemnizacion_cheque", dia).valor == Decimal("0.225")
    libre = Parametros(leer(LERDO).parametros).vigente("ordenes", "tarifa", dia, "02-0002")
    assert (libre.alcance, libre.numero, libre.escala) == ("LIBRE", 0, 0)


def test_tills_channels_banks_and_policies_are_read_and_differ_between_packs():
    uno, otro = leer(LERDO), leer(VALLE_QUIETO)
    assert sorted(c.tipo for c in uno.cajas) == ["BANCO", "PAPEL", *["VENTANILLA"] * 3, "WEB"]
    canales = {c.clave for c in uno.cajas if c.tipo != "VENTANILLA"}
    assert {(s.caja, s.ente) for s in uno.series} >= {(c, e.clave) for c in canales for e in uno.entes}
    assert [c.horas for c in otro.cajas] == [0, 24]
    assert (uno.politicas.saltar_adeudo, otro.politicas.saltar_adeudo) == (False, True)
    assert {b.ente for b in uno.cuentas_bancarias} == {e.clave for e in uno.entes}
    assert all(b.ejemplo for b in uno.cuentas_bancarias)
    assert not any(b.ejemplo for b in otro.cuentas_bancarias)


def test_a_pack_may_have_no_bank_account(carpeta):
    toml = carpeta / "municipio.toml"
    contenido = toml.read_text(encoding="utf-8")
    toml.write_text(contenido[: contenido.index("[[cuenta_bancaria]]")], encoding="utf-8")
    assert leer(carpeta).cuentas_bancarias == ()


def test_every_ente_can_owe_money_back_and_be_owed_for_a_returned_cheque():
    for paquete in (leer(LERDO), leer(VALLE_QUIETO)):
        for ente in paquete.entes:
            de_ordenes = {c.papel: c for c in paquete.conceptos if c.ente == ente.clave}
            assert de_ordenes["SALDO_A_FAVOR"].cri == ""
            assert de_ordenes["SALDO_A_FAVOR"].cuenta_contable.startswith("2.1.9.1")
            assert de_ordenes["INDEMNIZACION_CHEQUE"].cri
        claves = [c.departamento + c.clave for c in paquete.conceptos]
        assert len(set(claves)) == len(claves)


FALLAS = [
    ("municipio.toml", "saltar_adeudo = true", "saltar_adeudo = 1", "[politicas]", "debe ser true o false"),
    ("municipio.toml", "horas = 24", "horas = 25", "[[caja]] 2", "entero de 0 a 24"),
    ("municipio.toml", "horas = 24", 'tipo = "KIOSCO"', "[[caja]] 2", "VENTANILLA o WEB o BANCO o PAPEL"),
    (
        "municipio.toml",
        "horas = 24",
        'horas = 24\ntipo = "WEB"',
        "[[caja]] 2",
        "no tiene turnos de ventanilla",
    ),
    (
        "municipio.toml",
        'sede = "Palacio"',
        'sede = "P"\ntipo = "WEB"',
        "[[ente]] 2",
        "ninguna caja de ventanilla",
    ),
    ("municipio.toml", "998020000000007072", "998020000000007073", "[[cuenta_bancaria]] 1", "no es válida"),
    ("municipio.toml", "4400112233", "44-00112233", "[[cuenta_bancaria]] 2", "cuenta de 10 a 17 cifras"),
    (
        "municipio.toml",
        "4400112233",
        "998020000000007072",
        "[[cuenta_bancaria]] 2",
        "banco + numero repetido",
    ),
    (
        "municipio.toml",
        'ente = "AGUA"\nbanco',
        'ente = "GAS"\nbanco',
        "[[cuenta_bancaria]] 2",
        "no existe GAS en [[ente]]",
    ),
    ("conceptos.csv", ",,2.1.9.1.1", ",61,2.1.9.1.1", "renglón 11", "todavía no es ingreso"),
    ("conceptos.csv", "2.1.9.1.1", "4.1.6.9.1", "renglón 11", "es pasivo, una cuenta como 2.1.9.1"),
    ("conceptos.csv", "de agua,73", "de agua,", "renglón 6", "un rubro de dos cifras, no vacío"),
    ("conceptos.csv", "AYTO,ordenes,SALDO_A_FAVOR", "AYTO,ordenes,", "", "papel SALDO_A_FAVOR del ente AYTO"),
    (
        "conceptos.csv",
        "AGUA,ordenes,INDEMNIZACION_CHEQUE",
        "AGUA,ordenes,",
        "",
        "papel INDEMNIZACION_CHEQUE del ente AGUA",
    ),
    (
        "conceptos.csv",
        "AYTO,ordenes,SOBRANTE",
        "AYTO,predial,SOBRANTE",
        "renglón 12",
        "no es del módulo predial",
    ),
    (
        "conceptos.csv",
        "AYTO,ordenes,SOBRANTE",
        "AYTO,ordenes,MULTA",
        "renglón 12",
        "no es del módulo ordenes",
    ),
    (
        "conceptos.csv",
        "AYTO,ordenes,SOBRANTE",
        "AYTO,ordenes,SALDO_A_FAVOR",
        "renglón 12",
        "repetido: AYTO ordenes SALDO_A_FAVOR",
    ),
    ("conceptos.csv", "08,7301", "07,1210", "renglón 6", "departamento + clave repetido: 07 1210"),
    ("ordenes.toml", '"05-6110"', '"05-6111"', "[[tarifa]] 1", "no existe 05-6111 en conceptos.csv"),
    ("ordenes.toml", '"05-6110"', '"6110"', "[[tarifa]] 1", "un concepto como 11-0020"),
    ("ordenes.toml", '"UMA"', '"DOLAR"', "[[tarifa]] 1", "debe ser FIJO o UMA o PORCENTAJE o LIBRE"),
    ("ordenes.toml", "uma = 7.5\n", "", "[[tarifa]] 1", "el tipo UMA lleva «uma», mayor que cero"),
    ("ordenes.toml", "uma = 7.5", "uma = 0", "[[tarifa]] 1", "mayor que cero"),
    ("ordenes.toml", "uma = 7.5", "pesos = 7.5", "[[tarifa]] 1", "«pesos» no va con el tipo UMA"),
    ("ordenes.toml", "pesos = 18.45", "pesos = 18.455", "[[tarifa]] 2", "pesos con dos decimales"),
    ("ordenes.toml", "porcentaje = 7.25", "porcentaje = 107.25", "[[tarifa]] 4", "no pasar de 100"),
    (
        "ordenes.toml",
        "porcentaje = 7.25",
        "porcentaje = 7.25\numa = 1",
        "[[tarifa]] 4",
        "«uma» no va con el tipo",
    ),
    ("ordenes.toml", "desde = 2026-01-01", "desde = 2025-06-01", "[[tarifa]] 3", "se traslapa con la de"),
    ("ordenes.toml", "ejercicios = [2025]\n", "", "[[tarifa]] 2", "«ejercicios» o con «desde»"),
    (
        "ordenes.toml",
        "[2024, 2025, 2026, 2027]",
        "[2022]",
        "[[tarifa]] 1",
        "no hay UMA en vigor al 01/01/2022",
    ),
    ("ordenes.toml", "vigencia_dias = 45", "vigencia_dias = 0", "[general]", "entero de 1 a 366"),
    ("ordenes.toml", "[general]", "[generales]", "[general]", "debe ser una tabla"),
    ("ordenes.toml", "porcentaje = 22.5", "porcentaje = 0", "[[indemnizacion_cheque]] 1", "mayor que 0"),
    ("ordenes.toml", "[[indemnizacion_cheque]]", "[[indemnizacion]]", "[[indemnizacion_cheque]]", "falta"),
]


@pytest.mark.parametrize(("archivo", "antes", "despues", "fila", "motivo"), FALLAS)
def test_what_is_wrong_with_orders_is_named_by_file_row_and_reason(
    carpeta, archivo, antes, despues, fila, motivo
):
    cambiar(carpeta, archivo, antes, despues)
    hallados = problemas(carpeta)
    assert any((p.fila, motivo in p.motivo) == (fila, True) for p in hallados), [str(p) for p in hallados]
