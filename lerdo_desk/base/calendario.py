"""Dates: instants in microseconds, the municipality's local day, bimesters, months late and business days.

No function here reads the clock: the day and the instant always come from the caller (the server's time).
"""

from collections.abc import Container
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lerdo_desk.base.errores import ErrorDeEntorno

_EPOCA = datetime(1970, 1, 1, tzinfo=UTC)
_MICRO = timedelta(microseconds=1)
_SABADO = 5
_MESES = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)


def micros(instante: datetime) -> int:
    """Give an instant as microseconds since 1970 in UTC, exactly; ValueError if it carries no time zone."""
    if instante.utcoffset() is None:
        raise ValueError("an instant needs its time zone")
    return (instante - _EPOCA) // _MICRO


def de_micros(valor: int) -> datetime:
    """Give microseconds since 1970 as an instant in UTC; ValueError outside the years 1 to 9999."""
    try:
        return _EPOCA + timedelta(microseconds=valor)
    except OverflowError as error:
        raise ValueError("instant out of range") from error


def hora_local(valor: int, zona: str) -> datetime:
    """Give microseconds UTC as the local hour of ``zona`` (IANA name, from the municipality's pack).

    Raises ErrorDeEntorno if this machine does not know the zone.
    """
    return de_micros(valor).astimezone(_zona(zona))


def fecha_local(valor: int, zona: str) -> date:
    """Give the local day of an instant in microseconds UTC: the business day of ``zona``.

    Raises ErrorDeEntorno if this machine does not know the zone.
    """
    return hora_local(valor, zona).date()


def meses_o_fraccion(vence: date, pago: date) -> int:
    """Count months late, a begun month being whole: the smallest n such that vence + n months >= pago.

    0 if paid in time. Due on the 31st, the first month ends on 30 April and the second begins on 1 May.
    Source: recargos "por cada mes o fracción", Código Fiscal de la Federación, art. 21.
    """
    if pago <= vence:
        return 0
    meses = (pago.year - vence.year) * 12 + pago.month - vence.month
    # In a shorter month no day exceeds vence.day, so its last day still closes the month.
    return meses + (pago.day > vence.day)


def bimestre(dia: date) -> int:
    """Give the bimester of a day, 1 (January, February) to 6 (November, December)."""
    return (dia.month + 1) // 2


def fecha_corta(dia: date) -> str:
    """Write a day for tables: ``22/11/2026``."""
    return f"{dia.day:02d}/{dia.month:02d}/{dia.year:04d}"


def fecha_larga(dia: date) -> str:
    """Write a day for documents: ``22 de noviembre de 2026``."""
    return f"{dia.day} de {_MESES[dia.month - 1]} de {dia.year}"


def es_habil(dia: date, festivos: Container[date]) -> bool:
    """Say whether a day is a business day: Monday to Friday and not among ``festivos``."""
    return dia.weekday() < _SABADO and dia not in festivos


def sumar_habiles(dia: date, n: int, festivos: Container[date]) -> date:
    """Give the n-th business day after ``dia``; the count starts on the next day, 0 gives ``dia`` itself.

    Raises ValueError if ``n`` is negative.
    """
    if n < 0:
        raise ValueError("business days are only counted forward")
    actual = dia
    for _ in range(n):
        actual += timedelta(days=1)
        while not es_habil(actual, festivos):
            actual += timedelta(days=1)
    return actual


def _zona(nombre: str) -> ZoneInfo:
    try:
        return ZoneInfo(nombre)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ErrorDeEntorno(
            f"Este equipo no conoce la zona horaria «{nombre}»; revise el nombre en los datos del municipio "
            "o pida a sistemas que instale el paquete tzdata.",
            repr(error),
        ) from error
