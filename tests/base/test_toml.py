import datetime as dt
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lerdo_desk.base import toml

_TEXTO = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
_SUELTO = st.one_of(_TEXTO, st.integers(), st.booleans(), st.dates(), st.floats(allow_nan=False))
_VALOR = st.recursive(
    _SUELTO,
    lambda hijos: st.lists(hijos, max_size=3) | st.dictionaries(_TEXTO, hijos, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(_TEXTO, _VALOR, max_size=4))
def test_what_is_written_reads_the_same(datos):
    assert tomllib.loads(toml.escribir(datos)) == datos


def test_tables_come_after_values_and_instants_stay():
    datos = {"a": {"b": {"c": 1}, "d": dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)}, "e": [{"f": "ñ\n"}]}
    assert tomllib.loads(toml.escribir(datos)) == datos


def test_what_toml_does_not_know_is_refused():
    with pytest.raises(TypeError, match="NoneType"):
        toml.escribir({"a": None})
