"""Reads the dated values of a pack: UMA, INPC and each módulo's tariffs, recargos and discounts.

Percentages and rates al millar are stored as plain fractions, so every amount is base x numero / 10**escala.
"""

import calendar
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import paquete_campos as campos
from lerdo_desk.hacienda.ley import GENERAL, INPC, RECARGO, UMA, Parametro, Parametros
from lerdo_desk.hacienda.paquete_campos import Lector, Revision
from lerdo_desk.hacienda.paquete_filas import FUENTE, VIGENCIA, Ubicado, cifra, parametro, periodos
from lerdo_desk.hacienda.paquete_ordenes import MODULO as MODULO_ORDENES
from lerdo_desk.hacienda.paquete_ordenes import leer_ordenes, revisar_uma

_GENERAL = "municipio.toml"
_NO_SON_MODULOS = ("municipio", "casos", MODULO_ORDENES)
_UN_DIA = timedelta(days=1)
_ESCALA_INPC = 6
_VARIANTE: Mapping[str, Lector] = {
    "variante": campos.codigo("[A-Z0-9_]+(/[A-Z0-9_]+)*", "una palabra en mayúsculas como URBANO/BALDIO")
}


@dataclass(frozen=True, slots=True)
class _Tabla:
    """How a table of a módulo's file is read: column of the figure, decimals to shift, other columns."""

    clave: str
    cifra: str
    corrimiento: int
    datos: Mapping[str, Lector]
    opcionales: Mapping[str, Lector]


_TABLAS = {
    "tarifa": _Tabla(
        "tarifa",
        "al_millar",
        3,
        {
            "esquema": campos.opcion("MILLAR"),
            "vence_mes": campos.entero(1, 12),
            "vence_dia": campos.entero(1, 31),
        },
        {
            "minimo_uma": campos.numero,
            "minimo_pesos": campos.importe,
            "uma_criterio": campos.opcion("1_enero", "1_febrero", "fecha_de_pago"),
        },
    ),
    "recargo": _Tabla(RECARGO, "porcentaje_mensual", 2, {"tope_meses": campos.entero(1, 600)}, {}),
    "descuento": _Tabla(
        "descuento",
        "porcentaje",
        2,
        {
            "leyenda": campos.texto,
            "alcance": campos.opcion("EJERCICIO_ACTUAL"),
            "vencidos": campos.booleano,
        },
        {},
    ),
}


def leer_parametros(
    revision: Revision, general: Mapping[str, Any], conceptos: Collection[str]
) -> tuple[Parametro, ...]:
    """Give every dated value of a pack; what is wrong or contradictory is noted in ``revision``.

    ``general`` is municipio.toml already read: it names the source of the two national series;
    ``conceptos`` are the keys (``11-0020``) of what may be charged by order.
    """
    ubicados = [*_uma(revision, general), *_inpc(revision, general), *_modulos(revision)]
    ubicados += leer_ordenes(revision, conceptos)
    _revisar_traslapes(revision, ubicados)
    sucios = {problema.archivo for problema in revision.problemas}
    if "inpc.csv" not in sucios:
        _revisar_meses(revision, ubicados)
    if not sucios:
        _revisar_respaldo(revision, ubicados)
        revisar_uma(revision, ubicados)
    return tuple(p for _, p in ubicados)


def modulos_de(carpeta: Path) -> tuple[str, ...]:
    """Name the módulos that a pack brings a law for: each TOML file but the three that every pack has."""
    return tuple(sorted(r.stem for r in carpeta.glob("*.toml") if r.stem not in _NO_SON_MODULOS))


def _uma(revision: Revision, general: Mapping[str, Any]) -> list[Ubicado]:
    """Read uma.csv: each daily value in pesos rules until the day before the next."""
    fuente = revision.leer((_GENERAL, "[uma]"), general.get("uma"), FUENTE)
    columnas: Mapping[str, Lector] = {"desde": campos.dia, "pesos": campos.importe}
    filas = [
        (("uma.csv", fila), valores)
        for fila, crudo in revision.csv("uma.csv", tuple(columnas))
        if (valores := revision.leer(("uma.csv", fila), crudo, columnas))
    ]
    filas.sort(key=lambda f: f[1]["desde"])
    finales = [siguiente["desde"] - _UN_DIA for _, siguiente in filas[1:]] + [None]
    return [
        (lugar, parametro((GENERAL, UMA, ""), (v["desde"], hasta), cifra(v["pesos"], 0), fuente or {}))
        for (lugar, v), hasta in zip(filas, finales, strict=bool(filas))
    ]


def _inpc(revision: Revision, general: Mapping[str, Any]) -> list[Ubicado]:
    """Read inpc.csv: each month is a variante, known from the day it was published."""
    fuente = revision.leer((_GENERAL, "[inpc]"), general.get("inpc"), FUENTE)
    columnas: Mapping[str, Lector] = {
        "mes": campos.codigo(r"\d{4}-(0[1-9]|1[0-2])", "un mes como 2025-12"),
        "indice": campos.numero,
        "publicado": campos.dia,
    }
    ubicados = []
    for fila, crudo in revision.csv("inpc.csv", tuple(columnas)):
        v = revision.leer(("inpc.csv", fila), crudo, columnas)
        if v is None:
            continue
        if not v["indice"]:
            revision.anotar("inpc.csv", fila, "el índice no puede ser cero")
        numero = int(v["indice"].scaleb(_ESCALA_INPC))
        llave = (GENERAL, INPC, v["mes"])
        mes = parametro(llave, (v["publicado"], None), (numero, _ESCALA_INPC), fuente or {})
        ubicados.append((("inpc.csv", fila), mes))
    return ubicados


def _modulos(revision: Revision) -> list[Ubicado]:
    """Read the file of each módulo: every other TOML file of the folder, named as the módulo is."""
    ubicados: list[Ubicado] = []
    for archivo in (f"{modulo}.toml" for modulo in modulos_de(revision.carpeta)):
        datos = revision.toml(archivo)
        for desconocida in datos.keys() - _TABLAS.keys():
            revision.anotar(archivo, desconocida, "no es una tabla conocida")
        for nombre, tabla in _TABLAS.items():
            for fila, crudo in revision.tablas(archivo, datos, nombre):
                ubicados += _de_tabla(revision, (archivo, fila), crudo, tabla)
    return ubicados


def _de_tabla(revision: Revision, lugar: tuple[str, str], crudo: object, tabla: _Tabla) -> list[Ubicado]:
    """Give the parameters of one table: one for each ejercicio it names, or one for its dates."""
    # A rate of recargos is one for its whole módulo; tariffs and discounts are told apart by their variante.
    variante = {} if tabla.clave == RECARGO else _VARIANTE
    lectores = {tabla.cifra: campos.numero, **variante, **tabla.datos, **FUENTE}
    v = revision.leer(lugar, crudo, lectores, {**VIGENCIA, **tabla.opcionales})
    if v is None:
        return []
    try:
        _coherente(v)
        llave = (lugar[0].removesuffix(".toml"), tabla.clave, v.get("variante", ""))
        figura = cifra(v[tabla.cifra], tabla.corrimiento)
        datos = {k: v[k] for k in (*tabla.datos, *tabla.opcionales) if k in v and k != "alcance"}
        return [(lugar, parametro(llave, periodo, figura, v, datos)) for periodo in periodos(v)]
    except ErrorDeUso as error:
        revision.anotar(*lugar, str(error))
        return []


def _coherente(v: Mapping[str, Any]) -> None:
    """Refuse columns of one row that contradict each other."""
    if v.get("porcentaje", 0) > 100:
        raise ErrorDeUso("«porcentaje»: un descuento no puede pasar de 100")
    if "minimo_uma" in v and "minimo_pesos" in v:
        raise ErrorDeUso("el mínimo va en UMA o en pesos, no en los dos")
    if ("minimo_uma" in v) != ("uma_criterio" in v):
        raise ErrorDeUso("«minimo_uma» y «uma_criterio» van juntos")
    # Any year but a leap one: the due date must exist every year.
    if "vence_mes" in v and v["vence_dia"] > calendar.monthrange(2023, v["vence_mes"])[1]:
        raise ErrorDeUso(f"el día {v['vence_dia']} no existe en el mes {v['vence_mes']}")


def _por_llave(ubicados: Iterable[Ubicado]) -> Iterable[list[Ubicado]]:
    """Group the parameters of one key in the order of their dates."""
    orden = sorted(ubicados, key=lambda u: (u[1].modulo, u[1].clave, u[1].variante, u[1].desde))
    return (list(g) for _, g in groupby(orden, key=lambda u: (u[1].modulo, u[1].clave, u[1].variante)))


def _revisar_traslapes(revision: Revision, ubicados: Iterable[Ubicado]) -> None:
    """Note two rows of one key in force on the same day, and days without any recargo rate between two."""
    for grupo in _por_llave(ubicados):
        for (lugar_antes, antes), (lugar, p) in pairwise(grupo):
            if antes.desde == p.desde or antes.hasta is None or antes.hasta >= p.desde:
                motivo = f"su vigencia desde el {fecha_corta(p.desde)} se traslapa con la de {lugar_antes[1]}"
                revision.anotar(*lugar, motivo)
            elif p.clave == RECARGO and antes.hasta + _UN_DIA < p.desde:
                motivo = f"no hay tasa entre el {fecha_corta(antes.hasta)} y el {fecha_corta(p.desde)}"
                revision.anotar(*lugar, motivo)


def _revisar_meses(revision: Revision, ubicados: Iterable[Ubicado]) -> None:
    """Note a month missing from the INPC series and an index published before its month ended."""
    serie = sorted((p.variante, lugar, p.desde) for lugar, p in ubicados if p.clave == INPC)
    if not serie:
        revision.anotar("inpc.csv", "", "la serie no tiene meses")
    for mes, lugar, publicado in serie:
        if f"{publicado:%Y-%m}" <= mes:
            revision.anotar(*lugar, f"el INPC de {mes} no pudo publicarse el {fecha_corta(publicado)}")
    for (antes, _, _), (mes, lugar, _) in pairwise(serie):
        esperado = f"{date.fromisoformat(f'{antes}-01') + timedelta(days=31):%Y-%m}"
        if mes > esperado:
            revision.anotar(*lugar, f"falta el mes {esperado} antes de {mes}")


def _revisar_respaldo(revision: Revision, ubicados: Iterable[Ubicado]) -> None:
    """Note a tariff that could not be quoted: no UMA for its minimum, no recargo or INPC for its due date."""
    tarifas = [(lugar, p) for lugar, p in ubicados if p.clave == "tarifa" and p.modulo != MODULO_ORDENES]
    parametros = Parametros(p for _, p in ubicados)
    primer_mes = next(iter(parametros.variantes(GENERAL, INPC)), "")
    for lugar, p in tarifas:
        mes, dia = (int(str(p.datos[k])) for k in ("vence_mes", "vence_dia"))
        vence = date(p.desde.year, mes, dia)
        uma_al = date(p.desde.year, 1 if p.datos.get("uma_criterio") == "1_enero" else 2, 1)
        if "minimo_uma" in p.datos and parametros.buscar(GENERAL, UMA, uma_al) is None:
            revision.anotar(*lugar, f"no hay UMA en vigor al {fecha_corta(uma_al)}")
        if parametros.buscar(p.modulo, RECARGO, vence + _UN_DIA) is None:
            revision.anotar(*lugar, f"no hay recargo en vigor después de su vencimiento {fecha_corta(vence)}")
        if primer_mes > f"{vence.replace(day=1) - _UN_DIA:%Y-%m}":
            revision.anotar(
                *lugar, f"el INPC empieza en {primer_mes}, después de su vencimiento {fecha_corta(vence)}"
            )
