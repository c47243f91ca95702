"""Instants, local days, bimesters, months late and business days."""

import calendar
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerdo_desk.base import calendario
from lerdo_desk.base.errores import ErrorDeEntorno

DIAS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-6))])))
def test_an_instant_survives_the_trip_through_microseconds(instante):
    assert calendario.de_micros(calendario.micros(instante)) == instante


def test_microseconds_are_exact_and_in_utc():
    assert calendario.micros(datetime(1970, 1, 1, 0, 0, 1, 1, tzinfo=UTC)) == 1_000_001
    assert calendario.de_micros(-1) == datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert calendario.de_micros(0).tzinfo is UTC


def test_an_instant_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        calendario.micros(datetime(2026, 1, 1))  # noqa: DTZ001 -- the naive one is what is tested


def test_an_instant_beyond_the_calendar_is_refused():
    with pytest.raises(ValueError, match="range"):
        calendario.de_micros(2**63 - 1)


@pytest.mark.parametrize(
    ("utc", "zona", "dia"),
    [
        (datetime(2026, 1, 21, 5, 59, tzinfo=UTC), "America/Monterrey", date(2026, 1, 20)),
        (datetime(2026, 1, 21, 6, 0, tzinfo=UTC), "America/Monterrey", date(2026, 1, 21)),
        (datetime(2022, 7, 1, 5, 0, tzinfo=UTC), "America/Monterrey", date(2022, 7, 1)),
        (datetime(2023, 7, 1, 5, 0, tzinfo=UTC), "America/Monterrey", date(2023, 6, 30)),
        (datetime(2026, 1, 21, 6, 0, tzinfo=UTC), "America/Tijuana", date(2026, 1, 20)),
    ],
)
def test_the_business_day_is_that_of_the_zone_with_its_law_of_summer_time(utc, zona, dia):
    assert calendario.fecha_local(calendario.micros(utc), zona) == dia


def test_the_local_hour_keeps_the_instant():
    utc = datetime(2022, 7, 1, 18, 30, tzinfo=UTC)
    local = calendario.hora_local(calendario.micros(utc), "America/Monterrey")
    assert local == utc
    assert (local.hour, local.utcoffset()) == (13, timedelta(hours=-5))


@pytest.mark.parametrize("zona", ["America/Nowhere", "../etc/passwd", "America"])
def test_an_unknown_zone_says_what_to_do(zona):
    with pytest.raises(ErrorDeEntorno, match="no conoce la zona horaria") as falla:
        calendario.hora_local(0, zona)
    assert falla.value.detalle


@pytest.mark.parametrize(
    ("vence", "pago", "meses"),
    [
        (date(2026, 3, 31), date(2026, 3, 30), 0),
        (date(2026, 3, 31), date(2026, 3, 31), 0),
        (date(2026, 3, 31), date(2026, 4, 1), 1),
        (date(2026, 3, 31), date(2026, 4, 30), 1),
        (date(2026, 3, 31), date(2026, 5, 1), 2),
        (date(2026, 3, 31), date(2026, 5, 31), 2),
        (date(2026, 3, 31), date(2026, 6, 1), 3),
        (date(2024, 3, 31), date(2025, 1, 20), 10),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2026, 1, 31), date(2026, 3, 1), 2),
        (date(2024, 1, 30), date(2024, 2, 29), 1),
        (date(2026, 3, 5), date(2026, 3, 6), 1),
        (date(2026, 3, 5), date(2026, 4, 5), 1),
        (date(2026, 3, 5), date(2026, 4, 6), 2),
        (date(2025, 12, 31), date(2026, 1, 1), 1),
    ],
)
def test_a_begun_month_counts_whole(vence, pago, meses):
    assert calendario.meses_o_fraccion(vence, pago) == meses


def _mas_meses(dia: date, n: int) -> date:
    anio, mes = divmod(dia.year * 12 + dia.month - 1 + n, 12)
    return date(anio, mes + 1, min(dia.day, calendar.monthrange(anio, mes + 1)[1]))


@given(DIAS, st.integers(1, 3_000))
def test_months_late_are_the_least_that_reach_the_payment(vence, dias):
    pago = vence + timedelta(days=dias)
    n = calendario.meses_o_fraccion(vence, pago)
    assert _mas_meses(vence, n - 1) < pago <= _mas_meses(vence, n)


def test_the_six_bimesters():
    assert [calendario.bimestre(date(2026, m, 1)) for m in range(1, 13)] == [
        *(1, 1, 2, 2, 3, 3),
        *(4, 4, 5, 5, 6, 6),
    ]


def test_days_are_written_for_tables_and_for_documents():
    assert calendario.fecha_corta(date(2026, 11, 22)) == "22/11/2026"
    assert calendario.fecha_corta(date(987, 1, 2)) == "02/01/0987"
    assert calendario.fecha_larga(date(2026, 11, 22)) == "22 de noviembre de 2026"
    assert calendario.fecha_larga(date(2026, 1, 1)) == "1 de enero de 2026"
    assert len({calendario.fecha_larga(date(2026, m, 1)) for m in range(1, 13)}) == 12


def test_saturdays_sundays_and_holidays_are_not_business_days():
    festivos = {date(2026, 11, 16)}
    habiles = [d for d in range(13, 20) if calendario.es_habil(date(2026, 11, d), festivos)]
    assert habiles == [13, 17, 18, 19]


@pytest.mark.parametrize(
    ("n", "esperado"),
    [(0, date(2026, 11, 13)), (1, date(2026, 11, 17)), (4, date(2026, 11, 20)), (5, date(2026, 11, 23))],
)
def test_business_days_are_counted_from_the_next_one(n, esperado):
    assert calendario.sumar_habiles(date(2026, 11, 13), n, frozenset({date(2026, 11, 16)})) == esperado


def test_business_days_are_not_counted_backwards():
    with pytest.raises(ValueError, match="forward"):
        calendario.sumar_habiles(date(2026, 11, 13), -1, ())


@given(DIAS, st.integers(1, 40), st.frozensets(DIAS, max_size=30))
def test_between_start_and_end_lie_exactly_n_business_days(dia, n, festivos):
    fin = calendario.sumar_habiles(dia, n, festivos)
    recorrido = (dia + timedelta(days=k) for k in range(1, (fin - dia).days + 1))
    assert sum(calendario.es_habil(d, festivos) for d in recorrido) == n
    assert calendario.es_habil(fin, festivos)
