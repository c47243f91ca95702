"""The columns of predial's two loads, the padrón and the opening debts, and how each cell is read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.letras import normaliza
from lerdo_desk.core import lectores
from lerdo_desk.core.celdas import Valor
from lerdo_desk.core.importacion import Campo, Plano
from lerdo_desk.hacienda.ley import Parametros
from lerdo_desk.hacienda.modelos import Concepto, Municipio
from lerdo_desk.modules.predial import rules

PADRON, ADEUDOS = "padron", "adeudos"
NOMBRES = {PADRON: "padrón predial", ADEUDOS: "adeudos anteriores"}

DIFERENCIA = "DIFERENCIA"
_HEREDABLES = {rules.IMPUESTO: "Impuesto predial", rules.REZAGO: "Rezago predial", DIFERENCIA: "Diferencias"}

USOS = (
    *("Habitacional", "Comercial", "Industrial", "Servicios", "Mixto", "Baldío", "Equipamiento"),
    *("Agrícola", "Ganadero", "Forestal", "Otro"),
)
"""Uses that any cadastre writes; those that the pack's tariffs name are added to them."""

_PERIODO = re.compile(r"(?:(\d)\s*[/-]\s*(\d{4})|(\d{4})\s*[/-]\s*(\d)|(\d{4}))", re.ASCII)
_NOMBRE_COMPLETO = 200


@dataclass(frozen=True)
class Catalogo:
    """What the municipality says of predial: groups of its clave, kinds, uses and conceptos of its tax.

    ``tipos`` and ``usos`` give the value by the name a person writes; ``conceptos``, the id of the concepto
    under which an inherited debt is written; ``nombres``, what the pack calls them; ``de_la_caja``, names of
    what the till works out by itself.
    """

    grupos: tuple[int, ...]
    tipos: Mapping[str, str]
    usos: Mapping[str, str]
    ente_id: int
    conceptos: Mapping[str, str]
    nombres: tuple[str, ...]
    de_la_caja: frozenset[str]


def catalogo(session: Session, parametros: Parametros, hoy: date) -> Catalogo:
    """Read what a load is checked against; ErrorDeUso when the pack has no predial tax or no tariff of it."""
    grupos = session.scalars(select(Municipio.grupos_clave)).one()
    filas = session.execute(
        select(Concepto.id, Concepto.papel, Concepto.nombre, Concepto.ente_id).where(
            Concepto.modulo == rules.MODULO
        )
    ).all()
    impuesto = next((f for f in filas if f.papel == rules.IMPUESTO), None)
    variantes = {v.variante for v in parametros.vigentes(rules.MODULO, rules.TARIFA, hoy)}
    if impuesto is None or not variantes:
        raise ErrorDeUso(
            "El municipio no tiene concepto o tarifas de predial de este año; pida a Sistemas que cargue el "
            "paquete."
        )
    partes = [v.split("/", 1) for v in sorted(variantes)]
    usos = {p[1]: p[1].capitalize() for p in partes if len(p) > 1} | {normaliza(u): u for u in USOS}
    return Catalogo(
        grupos=tuple(int(g) for g in grupos.split("-")),
        tipos={p[0].capitalize(): p[0] for p in partes},
        usos={nombre: valor for valor, nombre in usos.items()},
        ente_id=impuesto.ente_id,
        conceptos=_conceptos([(f.id, f.papel, f.nombre) for f in filas], impuesto.id),
        nombres=tuple(f.nombre for f in filas if f.papel in _HEREDABLES),
        de_la_caja=frozenset(normaliza(f.nombre) for f in filas if f.papel not in _HEREDABLES),
    )


def _conceptos(filas: Sequence[tuple[int, str, str]], impuesto: int) -> dict[str, str]:
    """Give the concepto of an inherited debt by each name it may bear.

    A rezago is the tax of a past year, and the emission looks for that: both are written as the tax.
    """
    por_nombre: dict[str, str] = {}
    for concepto_id, papel, nombre in filas:
        if papel in _HEREDABLES:
            suyo = str(impuesto if papel == rules.REZAGO else concepto_id)
            por_nombre |= {nombre: suyo, _HEREDABLES[papel]: suyo, papel.capitalize(): suyo}
    return por_nombre


def plano(tipo: str, de: Catalogo) -> Plano:
    """Give the columns that a file of ``tipo`` must bring."""
    return _de_padron(de) if tipo == PADRON else _de_adeudos(de)


def _de_padron(de: Catalogo) -> Plano:
    return Plano(
        (
            Campo(
                "clave",
                "Clave catastral",
                True,
                lectores.clave_catastral(de.grupos),
                ("cvecat", "clave", "cuenta", "cuenta predial"),
            ),
            Campo(
                "titular",
                "Titular",
                True,
                lectores.texto(_NOMBRE_COMPLETO),
                ("propietario", "nombre", "contribuyente"),
            ),
            Campo("rfc", "RFC", False, lectores.rfc),
            Campo("curp", "CURP", False, lectores.curp),
            Campo("tipo", "Tipo", True, lectores.opcion(de.tipos), ("tipo de predio",)),
            Campo("uso", "Uso", True, lectores.opcion(de.usos), ("uso de suelo", "destino")),
            Campo("calle", "Calle", True, lectores.texto(120), ("domicilio", "ubicacion", "vialidad")),
            Campo("numero", "Número", False, lectores.texto(30), ("num", "no", "numero exterior")),
            Campo("colonia", "Colonia", False, lectores.texto(120), ("localidad", "fraccionamiento")),
            Campo("codigo_postal", "Código postal", False, lectores.cifras(5), ("cp", "c p")),
            Campo("superficie", "Superficie m2", True, lectores.superficie, ("superficie", "sup", "m2")),
            Campo("terreno", "Valor terreno", True, lectores.pesos, ("valterr", "valor de terreno")),
            Campo(
                "construccion",
                "Valor construcción",
                True,
                lectores.pesos,
                ("valconst", "valor de construccion"),
            ),
        ),
        ("clave",),
    )


def _de_adeudos(de: Catalogo) -> Plano:
    return Plano(
        (
            Campo(
                "clave",
                "Clave catastral",
                True,
                lectores.clave_catastral(de.grupos),
                ("cvecat", "clave", "cuenta", "cuenta predial"),
            ),
            Campo("ejercicio", "Ejercicio", True, lectores.ejercicio(), ("anio", "año", "ano")),
            Campo("concepto", "Concepto", True, concepto(de), ("descripcion",)),
            Campo("importe", "Importe", True, lectores.pesos_positivos, ("adeudo", "monto", "saldo")),
            Campo(
                "vencimiento", "Vencimiento", True, lectores.fecha, ("vence", "fecha limite", "fecha de pago")
            ),
            Campo(
                "ultimo_periodo",
                "Último periodo pagado",
                False,
                periodo,
                ("ultperiodo", "ultimo bimestre", "ultimo pago"),
            ),
        ),
        ("clave", "ejercicio", "concepto"),
    )


def concepto(de: Catalogo) -> lectores.Lector:
    """Read the concepto of an inherited debt by its name in the pack or by its role."""
    hallar = lectores.opcion(de.conceptos)

    def leer(valor: Valor, contexto: lectores.Contexto) -> int:
        if isinstance(valor, str) and normaliza(valor) in de.de_la_caja:
            raise ErrorDeUso("Ese concepto lo calcula la caja el día del pago; quite el renglón.")
        try:
            return int(str(hallar(valor, contexto)))
        except ErrorDeUso as error:
            nombres = ", ".join(de.nombres)
            raise ErrorDeUso(f"El concepto no se conoce; escriba uno de estos: {nombres}.") from error

    return leer


def periodo(valor: Valor, _: lectores.Contexto) -> tuple[int, int]:
    """Read the last period paid, as (ejercicio, bimestre): ``6/2024``, ``2024-6`` or the whole year 2024."""
    escrito = str(valor).strip() if isinstance(valor, (str, int)) and not isinstance(valor, bool) else ""
    hallado = _PERIODO.fullmatch(escrito)
    if hallado is None:
        raise ErrorDeUso(
            "El último periodo pagado no se entiende; escriba bimestre y año como texto: 6/2024."
        )
    bimestre = int(hallado[1] or hallado[4] or rules.BIMESTRES)
    if not 1 <= bimestre <= rules.BIMESTRES:
        raise ErrorDeUso(f"El bimestre va del 1 al {rules.BIMESTRES}; escríbalo así: 6/2024.")
    return int(hallado[2] or hallado[3] or hallado[5]), bimestre
