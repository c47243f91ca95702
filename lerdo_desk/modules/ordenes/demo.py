"""Generated orders: invented people asked to pay what the pack has a tariff for; one order is cancelled."""

import random
from collections.abc import Generator
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from lerdo_desk.core.registry import Siembra
from lerdo_desk.core.use_cases import Progress, UseCase
from lerdo_desk.hacienda import ordenes
from lerdo_desk.hacienda.paquete_ordenes import LIBRE, PORCENTAJE

_CADA = 2  # orders of each concepto
_CANTIDADES = (1, 1, 1, 2, 3)
_PERSONAS = (
    *("Arreola Tovar Cecilia", "Barraza Lazalde Ignacio", "Cisneros Rangel Yolanda", "Esparza Jáquez Tomás"),
    *("Favela Ontiveros Rocío", "Galindo Mejorado Emilio", "Nájera Sifuentes Delia", "Treviño Valadez Óscar"),
)


def sembrar(session: Session, orden: Siembra) -> Generator[Progress, None, None]:
    """Issue a few orders of every concepto that has a tariff today, and cancel the last one."""
    azar = random.Random(orden.semilla)  # noqa: S311 — plausible data, not secrets
    con_tarifa = [c for c in ordenes.conceptos(session, orden.hoy) if c.tipo != LIBRE]
    folios: list[str] = []
    for concepto in con_tarifa * _CADA:
        por_ciento = concepto.tipo == PORCENTAJE
        folios.append(
            ordenes.emitir(
                session,
                orden.hoy,
                ordenes.NuevaOrden(
                    concepto.clave,
                    azar.choice(_PERSONAS),
                    cantidad=1 if por_ciento else azar.choice(_CANTIDADES),
                    base=Decimal(azar.randrange(5_000, 90_000, 50)) if por_ciento else None,
                ),
            )
        )
    if folios:
        ordenes.cancelar(session, folios[-1], "La persona ya no la necesita")
    yield Progress(len(folios), len(folios), "Órdenes de pago")


def actos(_hoy: date) -> tuple[tuple[str, UseCase, Any], ...]:
    """Say what is done after the books exist: nothing more."""
    return ()
