"""The parts of a sealed reference (bank, number, date) inside a query, on both databases."""

from typing import Any

from sqlalchemy import ColumnElement, Integer, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

_SEPARADOR = " · "
"""What ``formas.de_banco`` puts between the parts."""


class Lugar(FunctionElement[int]):
    """Where a text begins inside another, counted from 1; 0 when it is not there."""

    type = Integer()
    inherit_cache = True


@compiles(Lugar)
def _lugar(lugar: Lugar, compilador: SQLCompiler, **mas: Any) -> str:  # noqa: ANN401 — SQLAlchemy's
    return f"strpos({compilador.process(lugar.clauses, **mas)})"


@compiles(Lugar, "sqlite")
def _lugar_de_sqlite(lugar: Lugar, compilador: SQLCompiler, **mas: Any) -> str:  # noqa: ANN401 — SQLAlchemy's
    return f"instr({compilador.process(lugar.clauses, **mas)})"


def parte(referencia: ColumnElement[str], n: int) -> ColumnElement[str]:
    """Give the expression of the n-th part (from 1) of what a cheque or a transfer says of itself."""
    resto = referencia.concat(_SEPARADOR)
    for _ in range(n - 1):
        resto = func.substr(resto, Lugar(resto, _SEPARADOR) + len(_SEPARADOR))
    return func.substr(resto, 1, Lugar(resto, _SEPARADOR) - 1)
