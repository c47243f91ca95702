"""The people, packs and databases that the tests share: conftest makes them, tests import them from here."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import Engine

from lerdo_desk.core import acceso, instalacion
from lerdo_desk.core.use_cases import Runner
from lerdo_desk.db import motor

FRASE = "frase larga de {} para pruebas"
PERSONAS = {
    "ana.cajera": ("Ana Cajera de Prueba", "cajero"),
    "beto.cajero": ("Beto Cajero de Prueba", "cajero"),
    "carla.capturista": ("Carla Capturista de Prueba", "capturista"),
    "sara.supervisora": ("Sara Supervisora de Prueba", "supervisor"),
    "teo.tesorero": ("Teo Tesorero de Prueba", "tesorero"),
    "adela.administra": ("Adela Administradora", "administrador"),
    "aldo.auditor": ("Aldo Auditor de Prueba", "auditor"),
}
VALLE = Path(__file__).parent / "municipios" / "valle_quieto"


@dataclass
class BaseDePrueba:
    """One municipality's database and how to enter it as each person."""

    url: str
    reloj: motor.Reloj = motor.reloj_del_equipo
    abiertos: list[Runner] = field(default_factory=list)

    @property
    def en_servidor(self) -> bool:
        return not motor.es_sqlite(self.url)

    def entrar(self, login: str = "ana.cajera", estacion: str = "prueba-1") -> Runner:
        entrada = acceso.entrar(self.url, login, FRASE.format(login), estacion=estacion, reloj=self.reloj)
        self.abiertos.append(entrada.runner)
        return entrada.runner

    def motor_del_dueno(self) -> Engine:
        return motor.abrir(
            self.url, "postgres" if self.en_servidor else instalacion.INSTALADOR, reloj=self.reloj
        )

    def cerrar(self) -> None:
        for runner in self.abiertos:
            runner.cerrar()


AMBAS = [pytest.param("sqlite"), pytest.param("postgresql", marks=pytest.mark.postgresql)]
