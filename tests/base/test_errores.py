"""The three ways an errand can end badly."""

import pickle

from lerdo_desk.base.errores import Cancelado, ErrorDeEntorno, ErrorDeUso


def test_errors_carry_their_sentence_and_survive_a_child_process():
    uso = pickle.loads(pickle.dumps(ErrorDeUso("Falta el nombre; escríbalo.", "nombre")))
    assert (str(uso), uso.mensaje, uso.campo) == ("Falta el nombre; escríbalo.", str(uso), "nombre")
    entorno = pickle.loads(pickle.dumps(ErrorDeEntorno("No hay conexión; avise a sistemas.", "timeout")))
    assert (str(entorno), entorno.detalle) == ("No hay conexión; avise a sistemas.", "timeout")
    assert ErrorDeUso("x").campo is None
    assert ErrorDeEntorno("x").detalle == ""


def test_cancelling_is_neither_kind_of_failure():
    assert not issubclass(Cancelado, (ErrorDeUso, ErrorDeEntorno))
