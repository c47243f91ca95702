"""What heads the papers of Tesorería: the municipality's header, its zone, whether it is for training."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from lerdo_desk.hacienda import documentos as doc
from lerdo_desk.hacienda import sellados
from lerdo_desk.hacienda.modelos import Ente, Membrete, Municipio


@dataclass(frozen=True)
class Cabecera:
    """The first ente's header in its last version, the time zone (IANA) and whether this is training."""

    membrete: doc.Membrete
    zona: str
    capacitacion: bool


def cabecera(session: Session) -> Cabecera:
    """Read what heads a paper that belongs to no single receipt."""
    fila = session.execute(
        select(Ente, Membrete, Municipio)
        .join(Membrete, Membrete.ente_id == Ente.id)
        .join(Municipio, Municipio.id == 1)
        .order_by(Ente.id, Membrete.version.desc())
        .limit(1)
    ).one()
    return Cabecera(
        sellados.membrete(fila.Ente, fila.Membrete),
        fila.Municipio.zona_horaria,
        fila.Municipio.modo == "capacitacion",
    )
