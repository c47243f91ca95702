"""Exact pesos: the only place where money is built, rounded, shared out and written in figures.

Amounts are ``Decimal`` pesos with two decimals, or ``int`` centavos on disk. A float never becomes money.
Functions here raise TypeError and ValueError, for programmers; what a person types enters by ``entrada``.
"""

import re
from decimal import ROUND_DOWN, ROUND_HALF_DOWN, ROUND_HALF_UP, Context, Decimal, InvalidOperation

CENTAVO = Decimal("0.01")
PESO = Decimal("1")

# A context of our own: the ambient one belongs to the thread and anybody may have changed it.
_EXACTO = Context(prec=40, traps=[InvalidOperation])
_NUMERO = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)
_MAXIMO_EN_DISCO = 2**63 - 1  # a bigint of centavos


def _decimal(v: Decimal | int | str) -> Decimal:
    """Read a finite number; Decimal(text) alone would take NaN, 1e400, 1_000 and full-width digits."""
    if isinstance(v, bool) or not isinstance(v, (Decimal, int, str)):
        raise TypeError(f"money is Decimal, int or str, never {type(v).__name__}")
    if isinstance(v, str) and not _NUMERO.fullmatch(v):
        raise ValueError("not a plain decimal number")
    numero = Decimal(v)
    if not numero.is_finite():
        raise ValueError("money must be finite")
    return numero


def _cuantizar(numero: Decimal, unidad: Decimal, modo: str) -> Decimal:
    """Round to ``unidad``; a zero loses its sign so that it is never printed as −0.00."""
    try:
        redondo = numero.quantize(unidad, rounding=modo, context=_EXACTO)
    except InvalidOperation as error:
        raise ValueError("amount out of range") from error
    return redondo if redondo else redondo.copy_abs()


def pesos(v: Decimal | int | str) -> Decimal:
    """Give ``v`` as pesos with two decimals, without rounding.

    Raises TypeError for float and bool; ValueError for NaN, infinities, text that is not a plain number
    and fractions of a centavo.
    """
    numero = _decimal(v)
    exacto = _cuantizar(numero, CENTAVO, ROUND_DOWN)
    if exacto != numero:
        raise ValueError("more than two decimals; use redondear")
    return exacto


def redondear(d: Decimal) -> Decimal:
    """Round pesos to the centavo, half up (away from zero, so that a reversal mirrors its original).

    Raises TypeError for float and bool, ValueError for NaN and infinities.
    """
    return _cuantizar(_decimal(d), CENTAVO, ROUND_HALF_UP)


def a_centavos(d: Decimal) -> int:
    """Give pesos as integer centavos, as they lie on disk; ValueError if inexact or beyond a bigint."""
    centavos = int(pesos(d).scaleb(2, context=_EXACTO))
    if abs(centavos) > _MAXIMO_EN_DISCO:
        raise ValueError("amount does not fit in a bigint of centavos")
    return centavos


def de_centavos(centavos: int) -> Decimal:
    """Give integer centavos as pesos with two decimals; TypeError for anything but int."""
    _exigir_enteros(centavos)
    return _cuantizar(Decimal(centavos).scaleb(-2, context=_EXACTO), CENTAVO, ROUND_DOWN)


def proporcion(centavos: int, numerador: int, denominador: int) -> int:
    """Give centavos x numerador / denominador, rounded half up away from zero, in integers only.

    The database recomputes each line with this same formula: sign x ((2 x |product| + d) div (2 x d)).
    Raises TypeError for anything but int, ValueError if ``denominador`` is not positive.
    """
    _exigir_enteros(centavos, numerador, denominador)
    if denominador <= 0:
        raise ValueError("denominador must be positive")
    producto = centavos * numerador
    magnitud = (2 * abs(producto) + denominador) // (2 * denominador)
    return -magnitud if producto < 0 else magnitud


def redondeo_peso(d: Decimal) -> tuple[Decimal, Decimal]:
    """Round a payable total to whole pesos: give (total, ajuste), both in pesos, total = d + ajuste.

    Source: Código Fiscal de la Federación, art. 20: from 1 to 50 centavos down, from 51 to 99 up.
    A negative ajuste is the line "crédito por redondeo", a positive one "cargo por redondeo".
    """
    exacto = pesos(d)
    total = _cuantizar(_cuantizar(exacto, PESO, ROUND_HALF_DOWN), CENTAVO, ROUND_DOWN)
    return total, pesos(_EXACTO.subtract(total, exacto))


def repartir(total: Decimal, partes: int) -> tuple[Decimal, ...]:
    """Share pesos into ``partes`` that sum exactly: all equal and rounded half up, the last takes the rest.

    Used for bimesters and instalments. Where rounding up would push the last part past zero (a few centavos
    among many) the equal parts are cut down instead: nobody owes a negative bimester.
    Raises ValueError if ``partes`` is below 1.
    """
    _exigir_enteros(partes)
    if partes < 1:
        raise ValueError("partes must be at least 1")
    centavos = a_centavos(total)
    parte = proporcion(centavos, 1, partes)
    if abs(parte) * (partes - 1) > abs(centavos):
        parte = abs(centavos) // partes * (1 if centavos > 0 else -1)
    resto = centavos - parte * (partes - 1)
    return (*(de_centavos(parte) for _ in range(partes - 1)), de_centavos(resto))


def formato(d: Decimal) -> str:
    """Write pesos for reading: ``$1,234.50``, negative ``−$1,234.50`` with the real minus sign (U+2212)."""
    exacto = pesos(d)
    return f"{'−' if exacto < 0 else ''}${exacto.copy_abs():,.2f}"


def formato_columna(d: Decimal) -> str:
    """Write pesos for a column of figures: ``1,234.50``, without the sign of pesos."""
    return formato(d).replace("$", "", 1)


def _exigir_enteros(*valores: int) -> None:
    for valor in valores:
        if isinstance(valor, bool) or not isinstance(valor, int):
            raise TypeError(f"an int is needed here, never {type(valor).__name__}")
