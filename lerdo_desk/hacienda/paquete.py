"""The municipality's pack: a folder of TOML and CSV read into frozen dataclasses, or refused whole.

The format is in docs/pack.md. Nothing is corrected and no float is made: numbers keep the decimals written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.claves import rfc
from lerdo_desk.hacienda import paquete_campos as campos
from lerdo_desk.hacienda.ley import INPC, PAPELES, Parametro
from lerdo_desk.hacienda.paquete_campos import Lector, PaqueteInvalido, Problema, Revision
from lerdo_desk.hacienda.paquete_casos import Caso, leer_casos
from lerdo_desk.hacienda.paquete_leyes import es_ejemplo, leer_parametros, modulos_de

__all__ = ["Paquete", "PaqueteInvalido", "Problema", "leer", "oficiales_y_ejemplos"]

PERFILES = ("cajero", "capturista", "supervisor", "tesorero", "administrador", "auditor")
PAPELES_DE_UN_IMPUESTO = ("IMPUESTO", "REZAGO", "ACTUALIZACION", "RECARGO")

_GENERAL = "municipio.toml"
_CONCEPTOS = "conceptos.csv"
# CONAC, Clasificador por Rubros de Ingresos: the rubros in use, two digits.
_CRI = (
    *("11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "22", "23", "24", "25", "31", "39"),
    *("41", "43", "44", "45", "49", "51", "59", "61", "62", "63", "69"),
    *("71", "72", "73", "74", "75", "76", "77", "78", "79", "81", "82", "83", "84", "85"),
    *("91", "93", "95", "97", "01", "02", "03"),
)
_Fila = tuple[tuple[str, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Municipio:
    """Who the pack belongs to: INEGI's five digits, and the digits of each group of a clave catastral."""

    clave: str
    nombre: str
    estado: str
    zona_horaria: str
    grupos_clave: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ente:
    """A legal person that charges, with its RFC and the header of its receipts."""

    clave: str
    nombre: str
    rfc: str
    dependencia: str
    domicilio: str
    telefono: str
    leyenda: str
    origen: str

    @property
    def ejemplo(self) -> bool:
        """Say whether any of it is invented."""
        return es_ejemplo(self.origen)


@dataclass(frozen=True, slots=True)
class Caja:
    """A till and where it stands."""

    clave: str
    nombre: str
    sede: str
    origen: str


@dataclass(frozen=True, slots=True)
class Serie:
    """The numbering of one ente's receipts at one caja; at most three characters."""

    caja: str
    ente: str
    clave: str
    origen: str


@dataclass(frozen=True, slots=True)
class Concepto:
    """What may be charged; ``papel`` is its role in its módulo's law, empty if it is charged by order."""

    ente: str
    modulo: str
    papel: str
    departamento: str
    clave: str
    nombre: str
    cri: str
    cuenta_contable: str
    fundamento: str
    origen: str

    @property
    def ejemplo(self) -> bool:
        """Say whether any of it is invented."""
        return es_ejemplo(self.origen)


@dataclass(frozen=True, slots=True)
class Politicas:
    """Rules of the house: least length of a phrase, profiles whose password the keyring may keep."""

    frase_minima: int
    recordar_contrasena: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paquete:
    """Everything a municipality brings; ``clave`` is the name of its folder."""

    clave: str
    municipio: Municipio
    entes: tuple[Ente, ...]
    cajas: tuple[Caja, ...]
    series: tuple[Serie, ...]
    conceptos: tuple[Concepto, ...]
    parametros: tuple[Parametro, ...]
    politicas: Politicas
    casos: tuple[Caso, ...]


@dataclass(frozen=True, slots=True)
class Procedencia:
    """What of a pack has a source and what is only an example, one sentence each."""

    oficiales: tuple[str, ...]
    ejemplos: tuple[str, ...]


def _rfc(v: object) -> str:
    return rfc(campos.texto(v))


_CODIGO = campos.codigo("[A-Z0-9]{1,12}", "una clave de letras mayúsculas y números")
_MODULO = campos.codigo("[a-z_]{1,30}", "el nombre de un módulo en minúsculas")
_DATOS: Mapping[str, Lector] = {
    "clave": campos.codigo(r"\d{5}", "la clave de cinco cifras del INEGI"),
    "nombre": campos.texto,
    "estado": campos.texto,
    "zona_horaria": campos.zona_horaria,
    "grupos_clave": campos.lista(campos.entero(1, 9), minimo=1),
}
_SECCIONES = frozenset(("politicas", "uma", "inpc", "ente", "caja", "serie"))
_POLITICAS: Mapping[str, Lector] = {
    "frase_minima": campos.entero(12, 128),
    "recordar_contrasena": campos.lista(campos.opcion(*PERFILES)),
}
_ENTE: Mapping[str, Lector] = {
    "clave": _CODIGO,
    "rfc": _rfc,
    **dict.fromkeys(("nombre", "dependencia", "domicilio", "telefono", "leyenda", "origen"), campos.texto),
}
_CAJA: Mapping[str, Lector] = {
    "clave": _CODIGO,
    **dict.fromkeys(("nombre", "sede", "origen"), campos.texto),
}
_SERIE: Mapping[str, Lector] = {
    "caja": _CODIGO,
    "ente": _CODIGO,
    # CAP is what training puts before every serie.
    "clave": campos.codigo("(?!CAP)[A-Z0-9]{1,3}", "de una a tres letras mayúsculas o números, y no CAP"),
    "origen": campos.texto,
}
_CONCEPTO: Mapping[str, Lector] = {
    "ente": _CODIGO,
    "modulo": _MODULO,
    "papel": campos.opcion("", *PAPELES),
    "departamento": campos.codigo(r"\d{2}", "un departamento de dos cifras"),
    "clave": campos.codigo(r"\d{4}", "una clave de cuatro cifras"),
    "nombre": campos.texto,
    "cri": campos.opcion(*_CRI),
    "cuenta_contable": campos.codigo(r"\d+(\.\d+)*", "una cuenta como 4.1.1.2"),
    "fundamento": campos.texto,
    "origen": campos.texto,
}
_LISTAS = {"ente": _ENTE, "caja": _CAJA, "serie": _SERIE}
_UNICAS = (
    ("ente", ("clave",)),
    ("caja", ("clave",)),
    ("serie", ("clave",)),
    ("serie", ("caja", "ente")),
    ("concepto", ("ente", "departamento", "clave")),
    ("concepto", ("modulo", "papel")),
)


def leer(carpeta: Path) -> Paquete:
    """Read and check a pack folder; raises PaqueteInvalido with every problem, by file and row."""
    revision = Revision(carpeta)
    general = revision.toml(_GENERAL)
    datos = revision.leer((_GENERAL, ""), {k: v for k, v in general.items() if k not in _SECCIONES}, _DATOS)
    politicas = revision.leer((_GENERAL, "[politicas]"), general.get("politicas"), _POLITICAS)
    conceptos = [
        ((_CONCEPTOS, fila), v)
        for fila, crudo in revision.csv(_CONCEPTOS, tuple(_CONCEPTO))
        if (v := revision.leer((_CONCEPTOS, fila), crudo, _CONCEPTO))
    ]
    filas = {nombre: _filas(revision, general, nombre, lectores) for nombre, lectores in _LISTAS.items()}
    filas["concepto"] = conceptos
    parametros = leer_parametros(revision, general)
    modulos = modulos_de(carpeta)
    casos = leer_casos(revision, modulos)
    _revisar_claves(revision, filas)
    _revisar_referencias(revision, filas)
    _revisar_papeles(revision, [v for _, v in conceptos], modulos)
    if revision.problemas or datos is None or politicas is None:
        raise PaqueteInvalido(tuple(revision.problemas))
    return Paquete(
        clave=carpeta.name,
        municipio=Municipio(**datos),
        entes=tuple(Ente(**v) for _, v in filas["ente"]),
        cajas=tuple(Caja(**v) for _, v in filas["caja"]),
        series=tuple(Serie(**v) for _, v in filas["serie"]),
        conceptos=tuple(Concepto(**v) for _, v in conceptos),
        parametros=parametros,
        politicas=Politicas(**politicas),
        casos=casos,
    )


def oficiales_y_ejemplos(paquete: Paquete) -> Procedencia:
    """Say of every thing in a pack whether it has a source or is only an example."""
    frases = [(e.ejemplo, f"Ente {e.clave}, {e.nombre}: {e.origen}") for e in paquete.entes]
    frases += [(es_ejemplo(c.origen), f"Caja {c.clave}, {c.nombre}: {c.origen}") for c in paquete.cajas]
    frases += [
        (es_ejemplo(s.origen), f"Serie {s.clave}, {s.ente} en {s.caja}: {s.origen}") for s in paquete.series
    ]
    frases += [
        (c.ejemplo, f"Concepto {c.departamento}-{c.clave}, {c.nombre}: {c.origen}") for c in paquete.conceptos
    ]
    for (ejemplo, de, origen), grupo in groupby(sorted(paquete.parametros, key=_serie_de), key=_serie_de):
        frases.append((ejemplo, f"{de}, {_vigencia(list(grupo))}: {origen}"))
    return Procedencia(
        oficiales=tuple(frase for ejemplo, frase in frases if not ejemplo),
        ejemplos=tuple(frase for ejemplo, frase in frases if ejemplo),
    )


def _serie_de(p: Parametro) -> tuple[bool, str, str]:
    """Name the rows that are reported together: one rule with one source, the INPC whole."""
    variante = "" if p.clave == INPC else p.variante
    return p.ejemplo, f"{p.modulo}: {p.clave.replace('_', ' ')} {variante}".strip(), str(p.datos["origen"])


def _vigencia(filas: Sequence[Parametro]) -> str:
    """Write from which day on and until which day some rows are in force."""
    finales = [p.hasta for p in filas if p.hasta is not None]
    fin = f" hasta el {fecha_corta(max(finales))}" if len(finales) == len(filas) else ""
    return f"desde el {fecha_corta(min(p.desde for p in filas))}{fin}"


def _filas(
    revision: Revision, general: Mapping[str, Any], nombre: str, lectores: Mapping[str, Lector]
) -> list[_Fila]:
    """Read the tables ``[[nombre]]`` of municipio.toml; none at all is a problem."""
    tablas = revision.tablas(_GENERAL, general, nombre)
    if not tablas:
        revision.anotar(_GENERAL, f"[[{nombre}]]", "falta; el paquete necesita al menos una")
    return [
        ((_GENERAL, fila), v)
        for fila, crudo in tablas
        if (v := revision.leer((_GENERAL, fila), crudo, lectores))
    ]


def _revisar_claves(revision: Revision, filas: Mapping[str, list[_Fila]]) -> None:
    """Note keys that appear twice."""
    for nombre, columnas in _UNICAS:
        vistas: set[tuple[str, ...]] = set()
        for lugar, v in filas[nombre]:
            clave = tuple(v[c] for c in columnas)
            if clave in vistas and clave[-1]:
                revision.anotar(*lugar, f"{' + '.join(columnas)} repetido: {' '.join(clave)}")
            vistas.add(clave)


def _revisar_referencias(revision: Revision, filas: Mapping[str, list[_Fila]]) -> None:
    """Note rows that name an ente or a caja nobody declared, and entes and cajas without a serie."""
    for nombre, columna in (("serie", "ente"), ("serie", "caja"), ("concepto", "ente")):
        conocidas = {v["clave"] for _, v in filas[columna]}
        for lugar, v in filas[nombre]:
            if v[columna] not in conocidas:
                revision.anotar(*lugar, f"«{columna}»: no existe {v[columna]} en [[{columna}]]")
    for columna in ("ente", "caja"):
        con_serie = {v[columna] for _, v in filas["serie"]}
        for lugar, v in filas[columna]:
            if v["clave"] not in con_serie:
                revision.anotar(*lugar, f"{v['clave']} no tiene [[serie]]")


def _revisar_papeles(
    revision: Revision, conceptos: Iterable[Mapping[str, Any]], modulos: Sequence[str]
) -> None:
    """Note a módulo with a law and no concepto to charge it by, or conceptos of a law that is missing."""
    por_modulo: dict[str, set[str]] = {}
    for v in conceptos:
        por_modulo.setdefault(v["modulo"], set()).add(v["papel"])
    for modulo in modulos:
        for papel in PAPELES_DE_UN_IMPUESTO:
            if papel not in por_modulo.get(modulo, set()):
                revision.anotar(_CONCEPTOS, "", f"falta el concepto de papel {papel} del módulo {modulo}")
    for modulo, papeles in por_modulo.items():
        if papeles - {""} and modulo not in modulos:
            revision.anotar(f"{modulo}.toml", "", f"falta; {_CONCEPTOS} le da papeles al módulo {modulo}")
