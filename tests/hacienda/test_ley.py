"""The law as arithmetic: what is in force, what time adds, what a discount takes, in integer centavos."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerdo_desk.base.calendario import meses_o_fraccion
from lerdo_desk.base.dinero import a_centavos, de_centavos, proporcion
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.ley import (
    CargoVivo,
    Parametro,
    Parametros,
    accesorios,
    actualizacion,
    descuento,
    recargos,
)

HOY = date(2025, 1, 20)


def fila(clave, numero, escala, desde, hasta=None, **mas):
    modulo = "general" if clave in ("inpc", "uma") else "predial"
    datos = mas.pop("datos", {})
    valores = {
        "id": None,
        "modulo": modulo,
        "variante": "",
        "alcance": "",
        "fundamento": "art. 1",
        "ejemplo": False,
    }
    return Parametro(
        **{**valores, **mas}, clave=clave, desde=desde, hasta=hasta, numero=numero, escala=escala, datos=datos
    )


def tasa(porcentaje, desde, hasta=None, tope=60, **mas):
    return fila("recargo_mensual", porcentaje, 2, desde, hasta, datos={"tope_meses": tope}, **mas)


def inpc(mes, indice, publicado):
    return fila("inpc", int(Decimal(indice) * 10**6), 6, publicado, variante=mes)


def cargo(importe="880.00", vence=date(2024, 3, 31), papel="IMPUESTO"):
    return CargoVivo(7, vence.year, 0, Decimal(importe), vence, papel)


INPC_2024 = (
    inpc("2024-02", "133.681", date(2024, 3, 10)),
    inpc("2024-11", "137.424", date(2024, 12, 10)),
    inpc("2024-12", "137.949", date(2025, 1, 10)),
)


def test_a_parametro_is_an_exact_number_of_pesos_or_a_fraction():
    assert fila("uma", 11314, 2, HOY).valor == Decimal("113.14")
    assert fila("recargo_mensual", 147, 4, HOY).porciento == "1.47"
    assert fila("descuento", 1500, 4, HOY).porciento == "15"
    assert fila("descuento", 100, 2, HOY).porciento == "100"


@pytest.mark.parametrize(
    ("dia", "esperado"),
    [
        (date(2023, 12, 31), None),
        (date(2024, 1, 1), 1),
        (date(2024, 6, 14), 1),
        (date(2024, 6, 15), 2),  # the one that began last rules
        (date(2024, 6, 30), 2),
        (date(2024, 7, 1), 1),
        (date(2025, 1, 1), None),
    ],
)
def test_among_rows_in_force_the_one_that_began_last_rules(dia, esperado):
    parametros = Parametros(
        [
            fila("descuento", 5, 2, date(2024, 6, 15), date(2024, 6, 30), id=2),
            fila("descuento", 10, 2, date(2024, 1, 1), date(2024, 12, 31), id=1),
        ]
    )
    hallado = parametros.buscar("predial", "descuento", dia)
    assert (hallado and hallado.id) == esperado


def test_where_no_law_is_in_force_it_refuses_and_never_gives_zero():
    parametros = Parametros([fila("tarifa", 2, 3, date(2024, 1, 1), date(2024, 12, 31), variante="URBANO")])
    with pytest.raises(
        ErrorDeUso, match="No hay una disposición en vigor al 01/01/2025 para «tarifa URBANO»"
    ):
        parametros.vigente("predial", "tarifa", date(2025, 1, 1), "URBANO")
    with pytest.raises(ErrorDeUso, match="No hay una disposición en vigor"):
        parametros.vigente("agua", "tarifa", date(2024, 1, 1), "URBANO")


def test_at_most_one_row_of_each_variante_is_in_force():
    parametros = Parametros(
        [
            fila("descuento", 5, 2, date(2024, 1, 1), variante="A", id=1),
            fila("descuento", 6, 2, date(2024, 2, 1), variante="A", id=2),
            fila("descuento", 7, 2, date(2024, 2, 1), variante="B", id=3),
            fila("descuento", 8, 2, date(2025, 2, 1), variante="C", id=4),
        ]
    )
    assert [p.id for p in parametros.vigentes("predial", "descuento", date(2024, 3, 1))] == [2, 3]
    assert [p.id for p in parametros.todas("predial", "descuento", "A")] == [1, 2]


def test_the_worked_vector_of_a_year_late_comes_out_to_the_centavo():
    parametros = Parametros([*INPC_2024, tasa(2, date(2021, 1, 1), id=9)])
    primera, segunda = accesorios(cargo(), Decimal("880.00"), HOY, parametros, "predial")
    assert (primera.factor, primera.importe, primera.base) == (10319, Decimal("28.07"), Decimal("880.00"))
    assert (segunda.meses, segunda.importe, segunda.base) == (10, Decimal("181.61"), Decimal("908.07"))
    assert segunda.parametro_id == 9
    assert primera.texto == "Actualización 2024 (factor 1.0319, INPC 2024-12 entre 2024-02)"
    assert segunda.texto == "Recargos 2024 (10 meses al 2 % mensual)"


def test_while_an_index_is_unpublished_the_last_published_one_applies_and_the_text_says_so():
    linea = actualizacion(cargo(), Decimal("880.00"), date(2025, 1, 9), Parametros(INPC_2024))
    assert (linea.factor, linea.importe) == (10279, Decimal("24.55"))
    assert "INPC 2024-11 último publicado entre 2024-02" in linea.texto


@pytest.mark.parametrize("hoy", [date(2024, 3, 30), date(2024, 3, 31)])
def test_time_adds_nothing_up_to_the_due_date(hoy):
    assert accesorios(cargo(), Decimal("880.00"), hoy, Parametros([]), "predial") == ()


def test_when_prices_fell_the_principal_is_not_lowered():
    bajo = Parametros([INPC_2024[0], inpc("2024-12", "130.000", date(2025, 1, 10))])
    assert actualizacion(cargo(), Decimal("880.00"), HOY, bajo) is None


def test_a_debt_older_than_the_inpc_series_is_refused():
    with pytest.raises(ErrorDeUso, match="No hay INPC publicado de 2019-02"):
        actualizacion(cargo(vence=date(2019, 3, 31)), Decimal("880.00"), HOY, Parametros(INPC_2024))


DOS_TASAS = (
    tasa(3, date(2024, 1, 1), date(2025, 12, 31), 24, id=1),
    tasa(4, date(2026, 1, 1), tope=24, id=2),
)


@pytest.mark.parametrize(
    ("vence", "hoy", "esperado"),
    [
        (date(2025, 5, 15), date(2025, 5, 15), []),
        (date(2025, 5, 15), date(2025, 5, 16), [(1, 1)]),
        (date(2025, 5, 15), date(2025, 6, 15), [(1, 1)]),
        (date(2025, 5, 15), date(2025, 6, 16), [(1, 2)]),
        # the month that began on 16 December keeps its rate into January
        (date(2025, 5, 15), date(2026, 1, 15), [(1, 8)]),
        (date(2025, 5, 15), date(2026, 1, 16), [(1, 8), (2, 1)]),
        (date(2025, 12, 31), date(2026, 1, 1), [(2, 1)]),
        (date(2025, 12, 30), date(2026, 1, 1), [(1, 1)]),
        # the ceiling counts from the due date, through both rates
        (date(2024, 5, 15), date(2026, 4, 16), [(1, 20), (2, 4)]),
        (date(2024, 5, 15), date(2029, 4, 16), [(1, 20), (2, 4)]),
    ],
)
def test_each_month_or_fraction_bears_the_rate_of_the_day_it_begins(vence, hoy, esperado):
    lineas = recargos(cargo(vence=vence), Decimal("100.00"), hoy, Parametros(DOS_TASAS), "predial")
    assert [(linea.parametro_id, linea.meses) for linea in lineas] == esperado
    assert [linea.importe for linea in lineas] == [Decimal({1: 3, 2: 4}[p] * n) for p, n in esperado]


def test_a_later_load_rules_its_own_months_and_the_older_rate_comes_back_after_it():
    filas = [tasa(3, date(2024, 1, 1), id=1), tasa(1, date(2024, 3, 1), date(2024, 4, 30), id=2)]
    lineas = recargos(
        cargo(vence=date(2024, 1, 31)), Decimal("100.00"), date(2024, 6, 30), Parametros(filas), "predial"
    )
    assert [(linea.parametro_id, linea.meses) for linea in lineas] == [(1, 1), (2, 2), (1, 2)]


def test_two_loads_of_which_only_one_rules_give_one_line():
    filas = [
        tasa(9, date(2023, 1, 1), date(2024, 2, 29), id=2),  # ends among these months, but began before
        tasa(3, date(2024, 1, 1), id=1),
    ]
    lineas = recargos(
        cargo(vence=date(2024, 1, 31)),
        Decimal("100.00"),
        date(2024, 3, 31),
        Parametros(filas),
        "predial",
    )
    assert [(linea.parametro_id, linea.meses) for linea in lineas] == [(1, 2)]


def test_a_month_without_any_rate_is_refused():
    filas = [tasa(3, date(2024, 1, 1), date(2024, 2, 29)), tasa(3, date(2024, 4, 1))]
    with pytest.raises(ErrorDeUso, match="recargo mensual"):
        recargos(
            cargo(vence=date(2024, 1, 31)), Decimal("1.00"), date(2024, 5, 1), Parametros(filas), "predial"
        )


def test_a_rate_of_zero_gives_no_line():
    assert recargos(cargo(), Decimal("100.00"), HOY, Parametros([tasa(0, date(2024, 1, 1))]), "predial") == ()


def test_a_discount_is_a_negative_line_that_names_its_row():
    quince = fila("descuento", 15, 2, HOY, id=3, datos={"leyenda": "Pago oportuno 1er mes"})
    linea = descuento(cargo("900.00"), Decimal("900.00"), quince)
    assert (linea.importe, linea.clase, linea.parametro_id) == (Decimal("-135.00"), "descuento", 3)
    assert linea.texto == "Pago oportuno 1er mes 2024 (15 %)"
    assert descuento(cargo(), Decimal("0.03"), quince) is None


CENTAVOS = st.integers(1, 10**10)
DIAS = st.dates(date(2021, 1, 1), date(2030, 12, 31))


@st.composite
def series_de_tasas(dibujar):
    """Draw rates that follow each other without a gap, all with one ceiling."""
    tope = dibujar(st.integers(1, 80))
    cortes = sorted(dibujar(st.sets(DIAS, max_size=5)) | {date(2020, 1, 1)})
    finales = [siguiente - timedelta(days=1) for siguiente in cortes[1:]] + [None]
    numeros = dibujar(st.lists(st.integers(1, 900), min_size=len(cortes), max_size=len(cortes)))
    return tope, [
        fila("recargo_mensual", n, 4, desde, hasta, id=i, datos={"tope_meses": tope})
        for i, (desde, hasta, n) in enumerate(zip(cortes, finales, numeros, strict=True), start=1)
    ]


@given(series_de_tasas(), DIAS, DIAS, CENTAVOS)
def test_no_month_is_lost_or_counted_twice_whatever_the_rates(serie, vence, hoy, centavos):
    tope, filas = serie
    por_id = {p.id: p for p in filas}
    lineas = recargos(cargo(vence=vence), de_centavos(centavos), hoy, Parametros(filas), "predial")
    # A line under half a centavo is left out, so months are compared where every line shows.
    if centavos >= 10_000:
        assert sum(linea.meses for linea in lineas) == min(tope, meses_o_fraccion(vence, hoy))
    for linea in lineas:
        p = por_id[linea.parametro_id]
        assert a_centavos(linea.importe) == (2 * centavos * p.numero * linea.meses + 10**4) // (2 * 10**4) > 0


@given(CENTAVOS, st.integers(50 * 10**6, 300 * 10**6), st.integers(50 * 10**6, 300 * 10**6))
def test_actualizacion_is_the_integer_arithmetic_that_the_database_repeats(centavos, antes, ahora):
    filas = [
        fila("inpc", antes, 6, date(2024, 3, 10), variante="2024-02", id=1),
        fila("inpc", ahora, 6, date(2025, 1, 10), variante="2024-12", id=2),
    ]
    linea = actualizacion(cargo(), de_centavos(centavos), HOY, Parametros(filas))
    factor = max(10_000, ahora * 10_000 // antes)
    esperado = proporcion(centavos, factor - 10_000, 10_000)
    assert (0 if linea is None else a_centavos(linea.importe)) == esperado >= 0
    if linea is not None:
        assert (linea.factor, linea.parametro_id, linea.parametro_base_id) == (factor, 2, 1)


@given(CENTAVOS, st.integers(0, 10_000))
def test_a_discount_never_takes_more_than_its_base(centavos, numero):
    p = fila("descuento", numero, 4, HOY, datos={"leyenda": "Descuento"})
    linea = descuento(cargo(), de_centavos(centavos), p)
    quitado = 0 if linea is None else -a_centavos(linea.importe)
    assert quitado == proporcion(centavos, numero, 10_000)
    assert 0 <= quitado <= centavos
