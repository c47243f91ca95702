"""The Clasificador por Rubros de Ingresos: what each of its types is called.

Source: CONAC, DOF 09-12-2009, with the reforms of 02-01-2013, 11-06-2018 and 09-08-2023. It is the same for
every municipality of the country; which concepto has which code is the pack's.
"""

from collections.abc import Mapping
from types import MappingProxyType

POR_CLASIFICAR = "Por clasificar"
SIN_CRI = "–"
"""The code shown where a concepto has none: money that is not revenue yet."""

TIPOS: Mapping[str, str] = MappingProxyType(
    {
        "11": "Impuestos sobre los ingresos",
        "12": "Impuestos sobre el patrimonio",
        "13": "Impuestos sobre la producción, el consumo y las transacciones",
        "16": "Impuestos ecológicos",
        "17": "Accesorios de impuestos",
        "18": "Otros impuestos",
        "19": "Impuestos no comprendidos en la ley de ingresos vigente",
        "31": "Contribuciones de mejoras por obras públicas",
        "39": "Contribuciones de mejoras no comprendidas en la ley de ingresos vigente",
        "41": "Derechos por el uso o aprovechamiento de bienes de dominio público",
        "43": "Derechos por prestación de servicios",
        "44": "Otros derechos",
        "45": "Accesorios de derechos",
        "49": "Derechos no comprendidos en la ley de ingresos vigente",
        "51": "Productos",
        "59": "Productos no comprendidos en la ley de ingresos vigente",
        "61": "Aprovechamientos",
        "62": "Aprovechamientos patrimoniales",
        "63": "Accesorios de aprovechamientos",
        "69": "Aprovechamientos no comprendidos en la ley de ingresos vigente",
        "73": "Ingresos por servicios de entidades paraestatales sin fines empresariales",
        "79": "Otros ingresos",
        "81": "Participaciones",
        "82": "Aportaciones",
        "83": "Convenios",
        "84": "Incentivos derivados de la colaboración fiscal",
        "85": "Fondos distintos de aportaciones",
    }
)


def rubro(cri: str) -> str:
    """Name the type that a code belongs to by its first two digits; «Por clasificar» when it has none."""
    if not cri:
        return POR_CLASIFICAR
    return TIPOS.get(cri.replace(".", "")[:2], f"Rubro {cri}")
