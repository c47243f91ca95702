"""What a person chooses of how things look follows them to any station, and nobody else sees it."""

from types import SimpleNamespace

import pytest

from lerdo_desk import loader
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import personales
from lerdo_desk.ui.jobs import Jobs


def entrada(base, login: str, estacion: str) -> SimpleNamespace:
    return SimpleNamespace(runner=base.entrar(login, estacion))


def test_columns_chosen_at_one_station_are_found_at_another_by_the_same_person_alone(base, qtbot):
    aqui = entrada(base, "carla.capturista", "ventanilla-1")
    jobs = Jobs(aqui.runner)
    memoria = loader.memoria(jobs, aqui, loader.recuerdos(aqui))
    assert memoria.recordado("predial.padron") is None
    memoria.recordar("predial.padron", '{"columnas": ["clave"]}')
    memoria.escribir()
    qtbot.waitUntil(lambda: not jobs.escribiendo, timeout=8000)
    memoria.recordar("ordenes.lista", "{}")
    memoria.cerrar()
    jobs.cerrar()
    memoria.asentar()

    alla = entrada(base, "carla.capturista", "ventanilla-2")
    assert loader.recuerdos(alla) == {"ordenes.lista": "{}", "predial.padron": '{"columnas": ["clave"]}'}
    assert loader.recuerdos(entrada(base, "sara.supervisora", "ventanilla-1")) == {}
    with pytest.raises(ErrorDeUso, match="demasiado grande"):
        largo = personales.Apunte(personales.PREFERENCIA, "x", "y" * (personales.LARGO_MAXIMO + 1))
        alla.runner.ejecutar(personales.apuntar, largo)
