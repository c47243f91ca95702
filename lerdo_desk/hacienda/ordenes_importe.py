"""What an orden de pago amounts to: one dated tariff, a quantity or a base, and one rounding to the centavo.

Pure: no database and no clock. The database recomputes each order with this same arithmetic.
"""

from decimal import Decimal

from lerdo_desk.base.dinero import a_centavos, de_centavos, formato, proporcion
from lerdo_desk.base.entrada import DINERO_MAXIMO
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.ley import Parametro
from lerdo_desk.hacienda.paquete_ordenes import FIJO, LIBRE, POR_UMA, PORCENTAJE

CANTIDAD_MAXIMA = 1_000_000


def importe(
    tipo: str, parametro: Parametro, uma: Parametro | None, cantidad: int, base: Decimal | None
) -> tuple[Decimal, str]:
    """Give the pesos of an order and its memoria, the arithmetic in words.

    FIJO: pesos x quantity. UMA: times of the UMA of the day of issue x quantity. PORCENTAJE: a fraction of
    ``base`` (pesos), one at a time. Raises ErrorDeUso for a quantity or a base that cannot be, a missing UMA,
    or an amount below a centavo or beyond what the ledger takes; ValueError for a free amount.
    """
    if not 1 <= cantidad <= CANTIDAD_MAXIMA:
        raise ErrorDeUso(f"Escriba una cantidad de 1 a {CANTIDAD_MAXIMA:,}.", "cantidad")
    if tipo == FIJO:
        centavos = proporcion(parametro.numero * cantidad, 100, 10**parametro.escala)
        cuenta = f"${parametro.valor:,} por {_unidad(parametro)} × {cantidad:,}"
    elif tipo == POR_UMA:
        centavos, cuenta = _por_uma(parametro, uma, cantidad)
    elif tipo == PORCENTAJE:
        centavos, cuenta = _por_ciento(parametro, cantidad, base)
    else:
        raise ValueError(f"a {tipo} order has no tariff to reckon with")
    pesos = acotado(de_centavos(centavos))
    return pesos, f"{cuenta} = {formato(pesos)}"


def acotado(pesos: Decimal) -> Decimal:
    """Give pesos that an order may charge; ErrorDeUso below a centavo and beyond the ledger's most."""
    if not 0 < pesos <= DINERO_MAXIMO:
        raise ErrorDeUso(
            f"El importe {formato(pesos)} no se puede cobrar; debe ser de un centavo a "
            f"{formato(DINERO_MAXIMO)}.",
            "importe",
        )
    return pesos


def tarifa_en_palabras(tipo: str, parametro: Parametro | None) -> str:
    """Say a tariff in words: ``2.5 UMA por cédula``, ``8 % de ingreso por boletaje``."""
    if parametro is None or tipo == LIBRE:
        return "Importe libre, con firma de un supervisor"
    unidad = _unidad(parametro)
    if tipo == PORCENTAJE:
        return f"{parametro.porciento} % de {unidad}"
    return (
        f"{parametro.valor:f} UMA por {unidad}" if tipo == POR_UMA else f"${parametro.valor:,} por {unidad}"
    )


def _unidad(parametro: Parametro) -> str:
    return str(parametro.datos.get("unidad", "documento"))


def _por_uma(parametro: Parametro, uma: Parametro | None, cantidad: int) -> tuple[int, str]:
    if uma is None:
        raise ErrorDeUso("No hay UMA en vigor hoy; pida a Tesorería que cargue su valor.")
    escala = 10 ** (parametro.escala + uma.escala)
    centavos = proporcion(parametro.numero * cantidad, uma.numero * 100, escala)
    return centavos, f"{parametro.valor:f} UMA de ${uma.valor:,} por {_unidad(parametro)} × {cantidad:,}"


def _por_ciento(parametro: Parametro, cantidad: int, base: Decimal | None) -> tuple[int, str]:
    if cantidad != 1:
        raise ErrorDeUso("Un porcentaje se cobra una vez por orden; deje la cantidad en 1.", "cantidad")
    if base is None or not 0 < base <= DINERO_MAXIMO:
        raise ErrorDeUso(f"Escriba {_unidad(parametro)} en pesos.", "base")
    centavos = proporcion(a_centavos(base), parametro.numero, 10**parametro.escala)
    return centavos, f"{parametro.porciento} % de {formato(base)} ({_unidad(parametro)})"
