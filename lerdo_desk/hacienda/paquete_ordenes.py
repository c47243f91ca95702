"""Reads ordenes.toml of a pack: what each concepto costs when charged by order, and a cheque's indemnity.

A tariff is a dated row of the key «departamento-concepto» (``11-0020``): pesos, UMA or a plain fraction.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import paquete_campos as campos
from lerdo_desk.hacienda.ley import GENERAL, UMA, Parametros
from lerdo_desk.hacienda.paquete_campos import Lector, Revision
from lerdo_desk.hacienda.paquete_filas import FUENTE, VIGENCIA, Ubicado, cifra, parametro, periodos

ARCHIVO = "ordenes.toml"
MODULO = "ordenes"
TARIFA = "tarifa"
VIGENCIA_DIAS = "vigencia_dias"
INDEMNIZACION = "indemnizacion_cheque"

PAPEL_INDEMNIZACION = "INDEMNIZACION_CHEQUE"
PAPEL_SALDO = "SALDO_A_FAVOR"
PAPEL_SOBRANTE = "SOBRANTE"
PAPELES_DE_CADA_ENTE = (PAPEL_INDEMNIZACION, PAPEL_SALDO)
PAPELES_DE_ORDENES = (*PAPELES_DE_CADA_ENTE, PAPEL_SOBRANTE)

FIJO, POR_UMA, PORCENTAJE, LIBRE = "FIJO", "UMA", "PORCENTAJE", "LIBRE"

# Column of the figure and decimals to shift, by type of tariff; a free amount has no figure.
_CIFRAS = {FIJO: ("pesos", 0), POR_UMA: ("uma", 0), PORCENTAJE: ("porcentaje", 2)}
_DIAS = campos.entero(1, 366)
_TARIFA: Mapping[str, Lector] = {
    "concepto": campos.codigo(r"\d{2}-\d{4}", "un concepto como 11-0020"),
    "tipo": campos.opcion(FIJO, POR_UMA, PORCENTAJE, LIBRE),
    "unidad": campos.texto,
    **FUENTE,
}
_DE_LA_TARIFA: Mapping[str, Lector] = {
    "pesos": campos.importe,
    "uma": campos.numero,
    "porcentaje": campos.numero,
    "vigencia_dias": _DIAS,
    **VIGENCIA,
}
_INDEMNIZACION: Mapping[str, Lector] = {"porcentaje": campos.numero, "desde": campos.dia, **FUENTE}
_SIEMPRE = (date(2000, 1, 1), None)


def leer_ordenes(revision: Revision, conceptos: Collection[str]) -> list[Ubicado]:
    """Give the dated values of ordenes.toml; ``conceptos`` are the keys that a tariff may name."""
    datos = revision.toml(ARCHIVO)
    for desconocida in datos.keys() - {"general", TARIFA, INDEMNIZACION}:
        revision.anotar(ARCHIVO, desconocida, "no es una tabla conocida")
    general = revision.leer((ARCHIVO, "[general]"), datos.get("general"), {"vigencia_dias": _DIAS, **FUENTE})
    ubicados = []
    if general:
        dias = (general["vigencia_dias"], 0)
        ubicados.append(
            ((ARCHIVO, "[general]"), parametro((MODULO, VIGENCIA_DIAS, ""), _SIEMPRE, dias, general))
        )
    for fila, crudo in revision.tablas(ARCHIVO, datos, TARIFA):
        ubicados += _tarifa(revision, (ARCHIVO, fila), crudo, conceptos)
    indemnizaciones = revision.tablas(ARCHIVO, datos, INDEMNIZACION)
    if not indemnizaciones:
        revision.anotar(ARCHIVO, f"[[{INDEMNIZACION}]]", "falta; un cheque devuelto la causa")
    for fila, crudo in indemnizaciones:
        ubicados += _indemnizacion(revision, (ARCHIVO, fila), crudo)
    return ubicados


def revisar_uma(revision: Revision, ubicados: list[Ubicado]) -> None:
    """Note a tariff in UMA that begins on a day without a UMA in force."""
    parametros = Parametros(p for _, p in ubicados)
    for lugar, p in ubicados:
        if (p.modulo, p.clave, p.alcance) != (MODULO, TARIFA, POR_UMA):
            continue
        if parametros.buscar(GENERAL, UMA, p.desde) is None:
            revision.anotar(*lugar, f"no hay UMA en vigor al {fecha_corta(p.desde)}")


def _tarifa(
    revision: Revision, lugar: tuple[str, str], crudo: object, conceptos: Collection[str]
) -> list[Ubicado]:
    """Give the rows of one tariff: one for each ejercicio it names, or one for its dates."""
    v = revision.leer(lugar, crudo, _TARIFA, _DE_LA_TARIFA)
    if v is None:
        return []
    if v["concepto"] not in conceptos:
        revision.anotar(*lugar, f"«concepto»: no existe {v['concepto']} en conceptos.csv")
        return []
    try:
        figura = _figura(v)
        datos: dict[str, Any] = {c: v[c] for c in ("unidad", "vigencia_dias") if c in v}
        llave = (MODULO, TARIFA, v["concepto"])
        fuente = {**v, "alcance": v["tipo"]}
        return [(lugar, parametro(llave, periodo, figura, fuente, datos)) for periodo in periodos(v)]
    except ErrorDeUso as error:
        revision.anotar(*lugar, str(error))
        return []


def _figura(v: Mapping[str, Any]) -> tuple[int, int]:
    """Give numero and escala of a tariff: it must have the column of its type, above zero, and no other."""
    columna, corrimiento = _CIFRAS.get(v["tipo"], ("", 0))
    for otra in {c for c, _ in _CIFRAS.values()} & v.keys():
        if otra != columna:
            raise ErrorDeUso(f"«{otra}» no va con el tipo {v['tipo']}")
    if not columna:
        return 0, 0
    if not v.get(columna):
        raise ErrorDeUso(f"el tipo {v['tipo']} lleva «{columna}», mayor que cero")
    return _fraccion(v) if columna == "porcentaje" else cifra(v[columna], corrimiento)


def _fraccion(v: Mapping[str, Any]) -> tuple[int, int]:
    """Give a percentage as a plain fraction; ErrorDeUso unless it is above 0 and at most 100."""
    if not 0 < v["porcentaje"] <= 100:
        raise ErrorDeUso("«porcentaje»: debe ser mayor que 0 y no pasar de 100")
    return cifra(v["porcentaje"], 2)


def _indemnizacion(revision: Revision, lugar: tuple[str, str], crudo: object) -> list[Ubicado]:
    """Give the row of what a returned cheque adds, as a fraction of what it paid."""
    v = revision.leer(lugar, crudo, _INDEMNIZACION, {"hasta": campos.dia})
    if v is None:
        return []
    try:
        [periodo] = periodos(v)
        return [(lugar, parametro((MODULO, INDEMNIZACION, ""), periodo, _fraccion(v), v))]
    except ErrorDeUso as error:
        revision.anotar(*lugar, str(error))
        return []
