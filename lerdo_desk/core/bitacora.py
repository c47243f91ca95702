"""The bitácora of acts: who did what, from where, under which permission and with which order."""

import dataclasses
import datetime as dt
import json
from decimal import Decimal

from sqlalchemy import String, insert, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from lerdo_desk.db.modelo import Base, Firma, Instante, Numerado, opciones


class Acto(Base):
    """One use case that was carried out; written in its own transaction."""

    __tablename__ = "bitacora_acto"
    __table_args__ = opciones()
    id: Mapped[Numerado]
    acto: Mapped[str] = mapped_column(String(80))
    permiso: Mapped[str] = mapped_column(String(80))
    orden: Mapped[str]
    estacion: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


def a_json(orden: object) -> str:
    """Write an order as JSON without the fields marked secret (``repr=False``): no password reaches a log."""
    return json.dumps(_plano(orden), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plano(valor: object) -> object:
    if dataclasses.is_dataclass(valor) and not isinstance(valor, type):
        return {c.name: _plano(getattr(valor, c.name)) for c in dataclasses.fields(valor) if c.repr}
    if isinstance(valor, (tuple, list, frozenset)):
        return [_plano(v) for v in valor]
    if isinstance(valor, (Decimal, dt.date)):
        return str(valor)
    return valor


def anotar(sesion: Session, acto: str, permiso: str, orden: object, estacion: str) -> None:
    """Write one act: on PostgreSQL only a definer function can; on SQLite the row is stamped by a trigger."""
    datos = {"acto": acto, "permiso": permiso, "orden": a_json(orden), "estacion": estacion}
    if sesion.get_bind().dialect.name == "postgresql":
        funcion = text("SELECT anotar_acto(:acto, :permiso, :orden, :estacion)")
        sesion.execute(funcion, datos)
    else:
        sesion.execute(insert(Acto).values(datos))
