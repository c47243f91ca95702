"""How many local days ago an instant was, as one expression of SQL on both engines."""

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

_ZONA = "(SELECT zona_horaria FROM hacienda_municipio)"


class dias_desde(GenericFunction[int]):  # noqa: N801 — it is written as a function of SQL
    """Whole local days from an instant (UTC microseconds) to the municipality's today; 0 is today."""

    type = BigInteger()
    inherit_cache = True


@compiles(dias_desde, "postgresql")
def _en_postgresql(funcion: dias_desde, compilador: SQLCompiler, **opciones: Any) -> str:  # noqa: ANN401
    instante = compilador.process(funcion.clauses, **opciones)
    # Added to the epoch as an interval: an instant divided into seconds would be rounded.
    local = f"((timestamptz 'epoch' + {instante} * interval '1 microsecond') AT TIME ZONE {_ZONA})::date"
    return f"(hoy() - {local})"


@compiles(dias_desde, "sqlite")
def _en_sqlite(funcion: dias_desde, compilador: SQLCompiler, **opciones: Any) -> str:  # noqa: ANN401
    instante = compilador.process(funcion.clauses, **opciones)
    hoy, dia = f"fecha_local(ahora(), {_ZONA})", f"fecha_local({instante}, {_ZONA})"
    return f"CAST(julianday({hoy}) - julianday({dia}) AS INTEGER)"
