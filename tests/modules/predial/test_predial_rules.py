"""The law of predial: the annual tax, what an account owes on a day, and the golden cases of both packs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerdo_desk.base.dinero import de_centavos
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.ley import CargoVivo, Pagado, Parametros
from lerdo_desk.hacienda.paquete import leer
from lerdo_desk.modules.predial.rules import (
    Predio,
    calcular,
    comprobar_casos,
    impuesto_anual,
    tarifa_de,
    uma_de,
    vencimiento,
)
from lerdo_desk.recursos import ruta

MUNICIPIOS = Path(__file__).parents[2] / "municipios"
LERDO = leer(ruta("municipios", "lerdo"))
VALLE = leer(MUNICIPIOS / "valle_quieto")
LEY = Parametros(LERDO.parametros)
CASA = Predio(1, "URBANO", "HABITACIONAL")


def cargo(id_, ejercicio, importe="900.00", papel="IMPUESTO", periodo=0):
    return CargoVivo(id_, ejercicio, periodo, Decimal(importe), date(ejercicio, 3, 31), papel)


def resumen(lineas):
    return [(linea.cargo_id, linea.clase, linea.papel, str(linea.importe)) for linea in lineas]


@pytest.mark.parametrize("paquete", [LERDO, VALLE], ids=lambda p: p.clave)
def test_the_golden_cases_of_every_pack_come_out_to_the_centavo(paquete):
    assert paquete.casos
    assert comprobar_casos(paquete) == ()


def test_a_golden_case_that_differs_is_named_with_what_was_expected_and_what_came():
    caso = LERDO.casos[0]
    mal = {
        "impuesto": replace(caso, espera={"impuesto": (Decimal("901.00"),)}),
        "línea": replace(caso, lineas=caso.lineas[:1]),
        "artículo": replace(caso, lineas=(replace(caso.lineas[0], articulo="art. 99"), caso.lineas[1])),
        "ley": replace(caso, fecha=date(2035, 1, 20)),
    }
    motivos = {
        nombre: comprobar_casos(replace(LERDO, casos=(replace(c, nombre=nombre),)))
        for nombre, c in mal.items()
    }
    assert motivos["impuesto"] == ("impuesto: impuesto: se esperaba $901.00 y resultó $900.00",)
    assert "resultó IMPUESTO principal $900.00; IMPUESTO descuento −$135.00" in motivos["línea"][0]
    assert "«art. 99» no está en su fundamento" in motivos["artículo"][0]
    assert "No hay una disposición en vigor" in motivos["ley"][0]


@pytest.mark.parametrize(
    ("paquete", "predio", "valor", "impuesto", "palabras"),
    [
        (LERDO, CASA, "450000.00", "900.00", "por 2 al millar = $900.00; mínimo 4 UMA de $113.14"),
        (LERDO, CASA, "150000.00", "452.56", "Impuesto anual $452.56"),
        (LERDO, CASA, "0.00", "452.56", "mínimo 4 UMA"),
        (LERDO, Predio(1, "URBANO", "BALDIO"), "450000.00", "1350.00", "por 3 al millar"),
        (LERDO, Predio(1, "URBANO", "COMERCIAL"), "100000.00", "565.70", "mínimo 5 UMA"),
        (LERDO, Predio(1, "RUSTICO", "AGRICOLA"), "450000.01", "450.00", "por 1 al millar"),
        (VALLE, Predio(1, "URBANO", "COMERCIAL"), "100000.00", "550.00", "por 5.5 al millar"),
        (VALLE, Predio(1, "URBANO", "COMERCIAL"), "10000.00", "350.00", "mínimo $350.00"),
        (VALLE, Predio(1, "RUSTICO", "GANADERO"), "100000.00", "325.00", "art. 4, fracción II"),
    ],
)
def test_the_annual_tax_is_the_rate_on_the_value_but_not_below_the_minimum(
    paquete, predio, valor, impuesto, palabras
):
    parametros = Parametros(paquete.parametros)
    tarifa = tarifa_de(predio, 2026, parametros)
    obtenido, memoria = impuesto_anual(
        Decimal(valor), tarifa, uma_de(tarifa, 2026, date(2026, 1, 20), parametros)
    )
    assert str(obtenido) == impuesto
    assert palabras in memoria


@pytest.mark.parametrize(
    ("criterio", "hoy", "uma"),
    [
        ("1_enero", date(2026, 5, 1), "113.14"),
        ("1_febrero", date(2026, 1, 1), "117.31"),
        ("fecha_de_pago", date(2026, 1, 31), "113.14"),
        ("fecha_de_pago", date(2026, 2, 1), "117.31"),
    ],
)
def test_of_which_day_the_uma_is_taken_is_data_of_the_tariff(criterio, hoy, uma):
    tarifa = tarifa_de(CASA, 2026, LEY)
    tarifa = replace(tarifa, datos={**tarifa.datos, "uma_criterio": criterio})
    assert uma_de(tarifa, 2026, hoy, LEY).valor == Decimal(uma)


def test_a_fraction_of_a_uma_is_taken_exactly():
    tarifa = tarifa_de(CASA, 2026, LEY)
    tarifa = replace(tarifa, datos={**tarifa.datos, "minimo_uma": "2.5"})
    uma = uma_de(tarifa, 2026, date(2026, 1, 1), LEY)
    assert impuesto_anual(Decimal("0.00"), tarifa, uma)[0] == Decimal("282.85")


def test_a_tariff_may_have_no_minimum():
    tarifa = tarifa_de(CASA, 2026, Parametros(VALLE.parametros))
    tarifa = replace(tarifa, datos={"esquema": "MILLAR"})
    assert uma_de(tarifa, 2026, date(2026, 1, 1), LEY) is None
    impuesto, memoria = impuesto_anual(Decimal("1.00"), tarifa, None)
    assert (impuesto, "sin mínimo" in memoria) == (Decimal("0.01"), True)


def test_the_due_date_is_data_of_the_tariff():
    assert vencimiento(tarifa_de(CASA, 2026, LEY), 2026) == date(2026, 3, 31)
    valle = Parametros(VALLE.parametros)
    assert vencimiento(tarifa_de(CASA, 2026, valle), 2026) == date(2026, 5, 15)


def test_a_tax_that_cannot_be_explained_is_refused():
    tarifa = tarifa_de(CASA, 2026, LEY)
    with pytest.raises(ErrorDeUso, match="No hay una disposición en vigor al 01/01/2031"):
        tarifa_de(CASA, 2031, LEY)
    with pytest.raises(ErrorDeUso, match="valor catastral no puede ser negativo"):
        impuesto_anual(Decimal("-0.01"), tarifa, None)
    with pytest.raises(ErrorDeUso, match="no se dio su valor"):
        impuesto_anual(Decimal("1.00"), tarifa, None)
    with pytest.raises(ErrorDeUso, match="«RANGOS»"):
        impuesto_anual(Decimal("1.00"), replace(tarifa, datos={"esquema": "RANGOS"}), None)


def test_what_is_owed_is_told_oldest_first_with_the_gross_and_its_discount():
    lineas = calcular(CASA, [cargo(2, 2025), cargo(1, 2024, "880.00")], {}, LEY, date(2025, 1, 20))
    assert resumen(lineas) == [
        (1, "principal", "REZAGO", "880.00"),
        (1, "actualizacion", "ACTUALIZACION", "28.07"),
        (1, "recargo", "RECARGO", "181.61"),
        (2, "principal", "IMPUESTO", "900.00"),
        (2, "descuento", "IMPUESTO", "-135.00"),
    ]
    assert [linea.texto for linea in lineas if linea.clase == "principal"] == [
        "Rezago predial 2024",
        "Impuesto predial 2025",
    ]
    assert all(linea.fundamento for linea in lineas)
    assert lineas[0].fundamento.startswith("EJEMPLO – NO OFICIAL. ")
    assert not lineas[-1].fundamento.startswith("EJEMPLO")


def test_what_was_paid_no_longer_counts():
    cargos = [cargo(1, 2024, "880.00"), cargo(2, 2025)]
    pagados = {1: Pagado(Decimal("880.00")), 2: Pagado(Decimal("400.00"))}
    lineas = calcular(CASA, cargos, pagados, LEY, date(2025, 1, 20))
    assert resumen(lineas) == [
        (2, "principal", "IMPUESTO", "500.00"),
        (2, "descuento", "IMPUESTO", "-75.00"),
    ]
    assert calcular(CASA, cargos[:1], pagados, LEY, date(2025, 1, 20)) == ()


@pytest.mark.parametrize(
    ("hoy", "quitado"),
    [
        (date(2025, 1, 31), "-135.00"),
        (date(2025, 2, 1), "-90.00"),
        (date(2025, 3, 31), "-45.00"),
        (date(2025, 4, 1), "-45.00"),  # the incentive reaches what is overdue
        (date(2025, 12, 31), "-45.00"),
    ],
)
def test_the_discount_is_that_of_the_day_of_payment(hoy, quitado):
    lineas = calcular(CASA, [cargo(1, 2025)], {}, LEY, hoy)
    assert [str(linea.importe) for linea in lineas if linea.clase == "descuento"] == [quitado]


def test_discounts_are_never_added_up_the_best_one_stands():
    otro = next(p for p in LERDO.parametros if p.clave == "descuento" and p.desde == date(2025, 1, 1))
    mejor = replace(otro, variante="CAMPANA", numero=50)
    lineas = calcular(CASA, [cargo(1, 2025)], {}, Parametros([*LERDO.parametros, mejor]), date(2025, 1, 20))
    assert [str(linea.importe) for linea in lineas if linea.clase == "descuento"] == ["-450.00"]


@pytest.mark.parametrize(
    ("ley", "cargo_", "hoy"),
    [
        (VALLE, cargo(1, 2025), date(2025, 4, 1)),  # overdue, and its discount is for those in time
        (LERDO, cargo(1, 2024), date(2025, 1, 20)),  # arrears
        (LERDO, cargo(1, 2027), date(2026, 1, 20)),  # next year's, emitted early
        (LERDO, cargo(1, 2026, papel="DIFERENCIA"), date(2026, 1, 20)),
    ],
)
def test_no_discount_reaches_what_the_law_does_not_name(ley, cargo_, hoy):
    lineas = calcular(CASA, [cargo_], {}, Parametros(ley.parametros), hoy)
    assert lineas
    assert "descuento" not in {linea.clase for linea in lineas}


def test_a_bimester_says_which_one_it_is():
    (linea, *_) = calcular(CASA, [cargo(1, 2026, periodo=2)], {}, LEY, date(2026, 1, 20))
    assert linea.texto == "Impuesto predial 2026, bimestre 2"


@pytest.mark.parametrize(
    ("hechos", "cargo_", "motivo"),
    [
        (None, cargo(1, 2026), "no tiene un predio registrado"),
        (CASA, cargo(1, 2026, papel="AGUA"), "papel «AGUA»"),
        (CASA, cargo(1, 2019), "No hay una disposición en vigor al 01/01/2019"),
    ],
)
def test_an_account_that_the_law_cannot_explain_is_refused(hechos, cargo_, motivo):
    with pytest.raises(ErrorDeUso, match=motivo):
        calcular(hechos, [cargo_], {}, LEY, date(2026, 1, 20))


ADEUDOS = st.dictionaries(
    st.integers(2021, 2026),
    st.tuples(st.integers(1, 10**9), st.integers(0, 10**9)),
    min_size=1,
)


@given(ADEUDOS, st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.randoms())
def test_lines_add_up_are_never_below_zero_and_do_not_depend_on_the_order(adeudos, hoy, azar):
    cargos = [cargo(anio, anio, str(de_centavos(c))) for anio, (c, _) in adeudos.items()]
    pagados = {a: Pagado(de_centavos(min(p, c))) for a, (c, p) in adeudos.items() if p}
    lineas = calcular(CASA, cargos, pagados, LEY, hoy)
    azar.shuffle(cargos)
    assert calcular(CASA, cargos, pagados, LEY, hoy) == lineas
    for anio, (debido, pagado) in adeudos.items():
        suyas = [linea for linea in lineas if linea.cargo_id == anio]
        principal = sum(linea.importe for linea in suyas if linea.clase == "principal")
        assert principal == Decimal(debido - min(pagado, debido)) / 100
        assert all((linea.importe < 0) == (linea.clase == "descuento") for linea in suyas)
        assert sum(linea.importe for linea in suyas) >= principal * Decimal("0.85") - Decimal("0.01")
        assert all(linea.importe.as_tuple().exponent == -2 for linea in suyas)
