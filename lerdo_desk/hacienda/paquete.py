"""The municipality's pack: a folder of TOML and CSV read into frozen dataclasses, or refused whole.

The format is in docs/pack.md. Nothing is corrected and no float is made: numbers keep the decimals written.
"""

from collections.abc import Mapping, Sequence
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
from lerdo_desk.hacienda.paquete_cruces import CANALES, VENTANILLA, Fila, revisar
from lerdo_desk.hacienda.paquete_filas import es_ejemplo
from lerdo_desk.hacienda.paquete_leyes import leer_parametros, modulos_de
from lerdo_desk.hacienda.paquete_ordenes import PAPELES_DE_ORDENES

__all__ = ["Paquete", "PaqueteInvalido", "Problema", "leer", "oficiales_y_ejemplos"]

PERFILES = ("cajero", "capturista", "supervisor", "tesorero", "administrador", "auditor")

_GENERAL = "municipio.toml"
_CONCEPTOS = "conceptos.csv"
# CONAC, Clasificador por Rubros de Ingresos: the rubros in use, two digits.
_CRI = (
    *("11", "12", "13", "14", "15", "16", "17", "18", "19", "21", "22", "23", "24", "25", "31", "39"),
    *("41", "43", "44", "45", "49", "51", "59", "61", "62", "63", "69"),
    *("71", "72", "73", "74", "75", "76", "77", "78", "79", "81", "82", "83", "84", "85"),
    *("91", "93", "95", "97", "01", "02", "03"),
)


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
    """A till and where it stands, or a channel (``tipo`` WEB, BANCO or PAPEL) whose payments enter elsewhere.

    ``horas``: how long a turno may last, 1 to 24; 0 means that it ends with its day.
    """

    clave: str
    nombre: str
    sede: str
    origen: str
    tipo: str = VENTANILLA
    horas: int = 0


@dataclass(frozen=True, slots=True)
class Serie:
    """The numbering of one ente's receipts at one caja; at most three characters."""

    caja: str
    ente: str
    clave: str
    origen: str


@dataclass(frozen=True, slots=True)
class CuentaBancaria:
    """A bank account where an ente's money is deposited: ``numero`` is its CLABE or the account's digits."""

    ente: str
    banco: str
    numero: str
    nombre: str
    origen: str

    @property
    def ejemplo(self) -> bool:
        """Say whether any of it is invented."""
        return es_ejemplo(self.origen)


@dataclass(frozen=True, slots=True)
class Concepto:
    """What may be charged; ``papel`` is its role in its módulo's law, empty if it is charged by order.

    ``cri`` is empty only where money received is owed back and is not yet income.
    """

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
    """Rules of the house: least length of a phrase, profiles whose password the keyring may keep.

    ``saltar_adeudo``: whether a cashier may charge a newer debt before an older one that is overdue.
    """

    frase_minima: int
    recordar_contrasena: tuple[str, ...]
    saltar_adeudo: bool = False


@dataclass(frozen=True, slots=True)
class Paquete:
    """Everything a municipality brings; ``clave`` is the name of its folder."""

    clave: str
    municipio: Municipio
    entes: tuple[Ente, ...]
    cajas: tuple[Caja, ...]
    series: tuple[Serie, ...]
    cuentas_bancarias: tuple[CuentaBancaria, ...]
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
_SECCIONES = frozenset(("politicas", "uma", "inpc", "ente", "caja", "serie", "cuenta_bancaria"))
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
_DE_LA_CAJA: Mapping[str, Lector] = {
    "tipo": campos.opcion(VENTANILLA, *CANALES),
    "horas": campos.entero(0, 24),
}
_SERIE: Mapping[str, Lector] = {
    "caja": _CODIGO,
    "ente": _CODIGO,
    # CAP is what training puts before every serie.
    "clave": campos.codigo("(?!CAP)[A-Z0-9]{1,3}", "de una a tres letras mayúsculas o números, y no CAP"),
    "origen": campos.texto,
}
_BANCARIA: Mapping[str, Lector] = {
    "ente": _CODIGO,
    "numero": campos.cuenta_de_banco,
    **dict.fromkeys(("banco", "nombre", "origen"), campos.texto),
}
_CONCEPTO: Mapping[str, Lector] = {
    "ente": _CODIGO,
    "modulo": _MODULO,
    "papel": campos.opcion("", *PAPELES, *PAPELES_DE_ORDENES),
    "departamento": campos.codigo(r"\d{2}", "un departamento de dos cifras"),
    "clave": campos.codigo(r"\d{4}", "una clave de cuatro cifras"),
    "nombre": campos.texto,
    "cri": campos.opcion("", *_CRI),
    "cuenta_contable": campos.codigo(r"\d+(\.\d+)*", "una cuenta como 4.1.1.2"),
    "fundamento": campos.texto,
    "origen": campos.texto,
}
_LISTAS = {"ente": _ENTE, "caja": _CAJA, "serie": _SERIE, "cuenta_bancaria": _BANCARIA}
_OPCIONALES: Mapping[str, Mapping[str, Lector]] = {"caja": _DE_LA_CAJA}
_PUEDE_FALTAR = "cuenta_bancaria"


def leer(carpeta: Path) -> Paquete:
    """Read and check a pack folder; raises PaqueteInvalido with every problem, by file and row."""
    revision = Revision(carpeta)
    general = revision.toml(_GENERAL)
    datos = revision.leer((_GENERAL, ""), {k: v for k, v in general.items() if k not in _SECCIONES}, _DATOS)
    politicas = revision.leer(
        (_GENERAL, "[politicas]"), general.get("politicas"), _POLITICAS, {"saltar_adeudo": campos.booleano}
    )
    conceptos = [
        ((_CONCEPTOS, fila), v)
        for fila, crudo in revision.csv(_CONCEPTOS, tuple(_CONCEPTO))
        if (v := revision.leer((_CONCEPTOS, fila), crudo, _CONCEPTO))
    ]
    filas = {nombre: _filas(revision, general, nombre, lectores) for nombre, lectores in _LISTAS.items()}
    filas["concepto"] = conceptos
    claves = {f"{v['departamento']}-{v['clave']}" for _, v in conceptos}
    parametros = leer_parametros(revision, general, claves)
    modulos = modulos_de(carpeta)
    casos = leer_casos(revision, modulos)
    revisar(revision, filas, modulos)
    if revision.problemas or datos is None or politicas is None:
        raise PaqueteInvalido(tuple(revision.problemas))
    return Paquete(
        clave=carpeta.name,
        municipio=Municipio(**datos),
        entes=tuple(Ente(**v) for _, v in filas["ente"]),
        cajas=tuple(Caja(**v) for _, v in filas["caja"]),
        series=tuple(Serie(**v) for _, v in filas["serie"]),
        cuentas_bancarias=tuple(CuentaBancaria(**v) for _, v in filas["cuenta_bancaria"]),
        conceptos=tuple(Concepto(**v) for _, v in conceptos),
        parametros=parametros,
        politicas=Politicas(**politicas),
        casos=casos,
    )


def oficiales_y_ejemplos(paquete: Paquete) -> Procedencia:
    """Say of every thing in a pack whether it has a source or is only an example."""
    frases = [(e.ejemplo, f"Ente {e.clave}, {e.nombre}: {e.origen}") for e in paquete.entes]
    frases += [
        (
            es_ejemplo(c.origen),
            f"{'Caja' if c.tipo == VENTANILLA else 'Canal'} {c.clave}, {c.nombre}: {c.origen}",
        )
        for c in paquete.cajas
    ]
    frases += [
        (es_ejemplo(s.origen), f"Serie {s.clave}, {s.ente} en {s.caja}: {s.origen}") for s in paquete.series
    ]
    frases += [
        (b.ejemplo, f"Cuenta bancaria {b.numero} de {b.ente}, {b.banco}: {b.origen}")
        for b in paquete.cuentas_bancarias
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
) -> list[Fila]:
    """Read the tables ``[[nombre]]`` of municipio.toml; none at all is a problem, but of bank accounts."""
    tablas = revision.tablas(_GENERAL, general, nombre)
    if not tablas and nombre != _PUEDE_FALTAR:
        revision.anotar(_GENERAL, f"[[{nombre}]]", "falta; el paquete necesita al menos una")
    return [
        ((_GENERAL, fila), v)
        for fila, crudo in tablas
        if (v := revision.leer((_GENERAL, fila), crudo, lectores, _OPCIONALES.get(nombre)))
    ]
