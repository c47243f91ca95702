"""Checks the rows of a pack against each other: keys once, names that exist, a concepto for every need."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lerdo_desk.hacienda.paquete_campos import Revision
from lerdo_desk.hacienda.paquete_ordenes import (
    MODULO as ORDENES,
)
from lerdo_desk.hacienda.paquete_ordenes import (
    PAPEL_SALDO,
    PAPELES_DE_CADA_ENTE,
    PAPELES_DE_ORDENES,
)

VENTANILLA = "VENTANILLA"
CANALES = ("WEB", "BANCO", "PAPEL")
PAPELES_DE_UN_IMPUESTO = ("IMPUESTO", "REZAGO", "ACTUALIZACION", "RECARGO")

_CONCEPTOS = "conceptos.csv"
_CUENTAS_DE_PASIVO = "2"  # CONAC, Plan de Cuentas: what is owed begins with 2
_UNICAS = (
    ("ente", ("clave",)),
    ("caja", ("clave",)),
    ("serie", ("clave",)),
    ("serie", ("caja", "ente")),
    ("cuenta_bancaria", ("banco", "numero")),
    # Over all entes: a 14-digit folio begins with them.
    ("concepto", ("departamento", "clave")),
    ("concepto", ("ente", "modulo", "papel")),
)
_REFERENCIAS = (("serie", "ente"), ("serie", "caja"), ("concepto", "ente"), ("cuenta_bancaria", "ente"))

Fila = tuple[tuple[str, str], dict[str, Any]]
"""The clean values of one row, with the file and the row they were read from."""


def revisar(revision: Revision, filas: Mapping[str, list[Fila]], modulos: Sequence[str]) -> None:
    """Note in ``revision`` everything that contradicts another row; ``modulos`` have a law in the pack."""
    _revisar_claves(revision, filas)
    _revisar_referencias(revision, filas)
    _revisar_cajas(revision, filas)
    _revisar_saldos(revision, filas["concepto"])
    _revisar_ordenes(revision, filas)
    _revisar_papeles(revision, [v for _, v in filas["concepto"]], modulos)


def _revisar_claves(revision: Revision, filas: Mapping[str, list[Fila]]) -> None:
    """Note keys that appear twice."""
    for nombre, columnas in _UNICAS:
        vistas: set[tuple[str, ...]] = set()
        for lugar, v in filas[nombre]:
            clave = tuple(v[c] for c in columnas)
            if clave in vistas and clave[-1]:
                revision.anotar(*lugar, f"{' + '.join(columnas)} repetido: {' '.join(clave)}")
            vistas.add(clave)


def _revisar_referencias(revision: Revision, filas: Mapping[str, list[Fila]]) -> None:
    """Note rows that name an ente or a caja nobody declared, and entes and cajas without a serie."""
    for nombre, columna in _REFERENCIAS:
        conocidas = {v["clave"] for _, v in filas[columna]}
        for lugar, v in filas[nombre]:
            if v[columna] not in conocidas:
                revision.anotar(*lugar, f"«{columna}»: no existe {v[columna]} en [[{columna}]]")


def _revisar_cajas(revision: Revision, filas: Mapping[str, list[Fila]]) -> None:
    """Note a caja without a serie, an ente that no till charges for, and a channel with hours."""
    ventanillas = {v["clave"] for _, v in filas["caja"] if v.get("tipo", VENTANILLA) == VENTANILLA}
    con_serie = {v["caja"] for _, v in filas["serie"]}
    cobrados = {v["ente"] for _, v in filas["serie"] if v["caja"] in ventanillas}
    for lugar, v in filas["caja"]:
        if v["clave"] not in con_serie:
            revision.anotar(*lugar, f"{v['clave']} no tiene [[serie]]")
        if v["clave"] not in ventanillas and v.get("horas"):
            revision.anotar(*lugar, "«horas»: un canal no tiene turnos de ventanilla; quítelas")
    for lugar, v in filas["ente"]:
        if v["clave"] not in cobrados:
            revision.anotar(*lugar, f"{v['clave']} no tiene [[serie]] en ninguna caja de ventanilla")


def _revisar_saldos(revision: Revision, conceptos: Iterable[Fila]) -> None:
    """Note a concepto without its rubro, and a saldo a favor that is booked as income.

    CONAC: money received in excess waits in 2.1.9.1, «Ingresos por clasificar», a liability.
    """
    for lugar, v in conceptos:
        es_saldo = v["papel"] == PAPEL_SALDO
        if es_saldo and v["cri"]:
            revision.anotar(*lugar, "«cri»: un saldo a favor todavía no es ingreso; déjelo vacío")
        if es_saldo and not v["cuenta_contable"].startswith(f"{_CUENTAS_DE_PASIVO}."):
            revision.anotar(*lugar, "«cuenta_contable»: un saldo a favor es pasivo, una cuenta como 2.1.9.1")
        if not es_saldo and not v["cri"]:
            revision.anotar(*lugar, "«cri»: debe ser un rubro de dos cifras, no vacío")


def _revisar_ordenes(revision: Revision, filas: Mapping[str, list[Fila]]) -> None:
    """Note a papel of the órdenes outside them or one of a law inside, and an ente without one it needs."""
    tiene = set()
    for lugar, v in filas["concepto"]:
        tiene.add((v["ente"], v["papel"]))
        if v["papel"] and (v["papel"] in PAPELES_DE_ORDENES) != (v["modulo"] == ORDENES):
            revision.anotar(*lugar, f"«papel»: {v['papel']} no es del módulo {v['modulo']}")
    for _, ente in filas["ente"]:
        for papel in PAPELES_DE_CADA_ENTE:
            if (ente["clave"], papel) not in tiene:
                revision.anotar(
                    _CONCEPTOS, "", f"falta el concepto de papel {papel} del ente {ente['clave']}"
                )


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
        if papeles - {""} and modulo not in (*modulos, ORDENES):
            revision.anotar(f"{modulo}.toml", "", f"falta; {_CONCEPTOS} le da papeles al módulo {modulo}")
