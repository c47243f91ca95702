"""Builds the dated rows of a pack: the days they are in force, their figure as numero and escala, the source.

Percentages and rates al millar are stored as plain fractions, so every amount is base x numero / 10**escala.
"""

import calendar
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import paquete_campos as campos
from lerdo_desk.hacienda.ley import Parametro
from lerdo_desk.hacienda.paquete_campos import Lector

LEYENDA_EJEMPLO = "EJEMPLO – NO OFICIAL"

_ESCALA_MAXIMA = 8  # what the ledger's table holds
FUENTE: Mapping[str, Lector] = {"fundamento": campos.texto, "origen": campos.texto}
VIGENCIA: Mapping[str, Lector] = {
    "ejercicios": campos.lista(campos.ejercicio, minimo=1),
    "meses": campos.lista(campos.entero(1, 12)),
    "desde": campos.dia,
    "hasta": campos.dia,
}

Ubicado = tuple[tuple[str, str], Parametro]
"""A parameter with the file and the row it was read from."""


def es_ejemplo(origen: str) -> bool:
    """Say whether a source says of itself that it is only an example."""
    return origen.startswith("EJEMPLO")


def periodos(v: Mapping[str, Any]) -> list[tuple[date, date | None]]:
    """Give the dates of a row: whole ejercicios, the same months of several ejercicios, or desde/hasta."""
    if ("ejercicios" in v) == ("desde" in v):
        raise ErrorDeUso("la vigencia se escribe con «ejercicios» o con «desde», una de las dos")
    if "desde" in v:
        hasta = v.get("hasta")
        if "meses" in v or (hasta is not None and hasta < v["desde"]):
            raise ErrorDeUso("«hasta» no puede ser antes de «desde», y «meses» sólo va con «ejercicios»")
        return [(v["desde"], hasta)]
    meses = v.get("meses", (1, 12))
    if "hasta" in v or len(meses) != 2 or meses[0] > meses[1]:
        raise ErrorDeUso("con «ejercicios» no va «hasta», y «meses» es [primero, último]")
    primero, ultimo = meses
    return [
        (date(a, primero, 1), date(a, ultimo, calendar.monthrange(a, ultimo)[1])) for a in v["ejercicios"]
    ]


def cifra(valor: Decimal, corrimiento: int) -> tuple[int, int]:
    """Give numero and escala of a written number, shifted by 2 for per cent and 3 for al millar."""
    escala = -int(valor.as_tuple().exponent) + corrimiento
    if escala > _ESCALA_MAXIMA:
        raise ErrorDeUso(f"tiene demasiados decimales; caben {_ESCALA_MAXIMA - corrimiento}")
    return int(valor.scaleb(escala - corrimiento)), escala


def parametro(
    llave: tuple[str, str, str],
    periodo: tuple[date, date | None],
    cifra: tuple[int, int],
    fuente: Mapping[str, Any],
    datos: Mapping[str, Any] | None = None,
) -> Parametro:
    """Build one Parametro; an example carries the warning in its fundamento, so that every line shows it."""
    origen = fuente.get("origen", "")
    fundamento = fuente.get("fundamento", "")
    ejemplo = es_ejemplo(origen)
    en_json = {k: str(x) if isinstance(x, Decimal) else x for k, x in (datos or {}).items()}
    return Parametro(
        None,
        *llave,
        *periodo,
        *cifra,
        alcance=fuente.get("alcance", ""),
        datos={**en_json, "origen": origen},
        fundamento=f"{LEYENDA_EJEMPLO}. {fundamento}" if ejemplo else fundamento,
        ejemplo=ejemplo,
    )
