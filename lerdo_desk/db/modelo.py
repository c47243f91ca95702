"""Column types and the declarative base that every table of the house is written with."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from sqlalchemy import BigInteger, Date, Identity, MetaData, SmallInteger, String, Table, Text, text
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.schema import SchemaItem
from sqlalchemy.sql.type_api import TypeDecorator

from lerdo_desk.base.dinero import a_centavos, de_centavos

SERVIDOR = {"servidor": True}
"""Column info: the database writes it; no profile holds INSERT on it."""

SOLO_CRECE = {"solo_crece": True}
"""Table info: rows are never updated nor deleted."""


class Centavos(TypeDecorator[Decimal]):
    """Pesos as an exact Decimal in Python, integer centavos on disk; a float raises TypeError."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Turn pesos into centavos."""
        return None if value is None else a_centavos(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Turn centavos into pesos; sums of bigint arrive as Decimal from PostgreSQL."""
        return None if value is None else de_centavos(int(value))


class Base(DeclarativeBase):
    """Every table of the house; names of constraints are fixed so that both databases agree."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {Decimal: Centavos, dt.date: Date, str: Text, int: BigInteger}


@compiles(BigInteger, "sqlite")
@compiles(SmallInteger, "sqlite")
def _entero_estricto(_tipo: object, _compilador: object, **_opciones: object) -> str:
    # STRICT tables know INTEGER only, and INTEGER PRIMARY KEY is what numbers the rows.
    return "INTEGER"


@compiles(Date, "sqlite")
@compiles(String, "sqlite")
def _texto_estricto(_tipo: object, _compilador: object, **_opciones: object) -> str:
    return "TEXT"


Numerado = Annotated[int, mapped_column(BigInteger, Identity(always=True), primary_key=True)]
"""An id that the database numbers."""

Uuid = Annotated[str, mapped_column(String(36))]
"""A lower-case UUID of 36 characters."""

Firma = Annotated[str, mapped_column(String(63), server_default=text("(usuario())"), info=SERVIDOR)]
"""The login that wrote the row, stamped by the database."""

Instante = Annotated[int, mapped_column(BigInteger, server_default=text("(ahora())"), info=SERVIDOR)]
"""UTC microseconds of the transaction, stamped by the database."""


def opciones(*restricciones: SchemaItem, crece: bool = True) -> tuple[Any, ...]:
    """Give a table's ``__table_args__``: its constraints, STRICT on SQLite, and whether it only grows."""
    return (*restricciones, {"sqlite_strict": True, "info": SOLO_CRECE if crece else {}})


def insertables(tabla: Table) -> tuple[str, ...]:
    """List the columns a person may write: all but those that the database stamps, numbers or computes."""
    return tuple(
        c.name
        for c in tabla.columns
        if not c.info.get("servidor") and c.computed is None and c.identity is None
    )
