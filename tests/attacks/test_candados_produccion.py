"""A production base: real people made one by one, official parameters only, and no practice series."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios
from asientos import asentar, filas, intentar, rechazado
from municipio_de_prueba import AMBAS, FRASE, VALLE, BaseDePrueba
from sqlalchemy import text

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import instalacion, usuarios
from lerdo_desk.db import motor
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.sistema import service as sistema
from lerdo_desk.recursos import ruta

GENTE = {"cajera": "cajero", "supervisora": "supervisor", "tesorera": "tesorero"}


@dataclass
class EnProduccion(BaseDePrueba):
    """A production base whose people have logins of their own: roles are global to a cluster."""

    marca: str = ""

    def entrar(self, login: str = "cajera", estacion: str = "prueba-1"):
        de_prueba = {"ana.cajera": "cajera", "teo.tesorero": "tesorera"}
        return super().entrar(f"{de_prueba.get(login, login)}.{self.marca}", estacion)


def preparar(url: str, paquete: Path, marca: str) -> EnProduccion:
    """Install a production base and let its administrador create everybody else."""
    base = EnProduccion(url, marca=marca)
    login = f"admin.{base.marca}"
    orden = instalacion.Preparacion(
        url, paquete, "produccion", login, "Administradora de Prueba", frase=FRASE.format(login)
    )
    instalacion.preparar(orden)
    admin = base.entrar("admin")
    for nombre, perfil in GENTE.items():
        suyo = f"{nombre}.{base.marca}"
        # On SQLite a verifier that costs little: what is tried here is not how slow it is to guess.
        verificador = instalacion.verificador_para(admin.motor, suyo, FRASE.format(suyo), capacitacion=True)
        admin.ejecutar(sistema.dar_de_alta, usuarios.Alta(suyo, f"{nombre} de prueba", perfil, verificador))
    supervisora = base.entrar("supervisora")
    with motor.sesion(supervisora.motor, escribe=False) as sesion:
        [primera] = filas(sesion, "SELECT min(clave) AS clave FROM hacienda_caja")
    asignacion = caja.AsignacionDeCaja(str(primera["clave"]), f"cajera.{base.marca}", date(2020, 1, 1), True)
    supervisora.ejecutar(caja.asignar_caja, asignacion)
    return base


@pytest.fixture
def en_produccion(request, tmp_path) -> Iterator[Callable[..., EnProduccion]]:
    hechas: list[EnProduccion] = []

    def dar(donde: str, paquete: Path) -> EnProduccion:
        nombre = f"p{uuid.uuid4().hex[:9]}"
        if donde == "sqlite":
            url = f"sqlite:///{tmp_path / nombre}.db"
        else:
            url = request.getfixturevalue("servidores")(paquete.name).url(nombre)
        hechas.append(preparar(url, paquete, nombre))
        return hechas[-1]

    yield dar
    for base in hechas:
        base.cerrar()


@pytest.mark.parametrize("donde", AMBAS)
def test_a_receipt_that_rests_on_an_example_is_not_sealed_in_production(en_produccion, donde):
    base = en_produccion(donde, ruta("municipios", "lerdo"))
    [predio] = crear_predios(base, anios=1)
    cajera = base.entrar()
    turno = abrir_caja(cajera)
    orden = cobro_de(cajera, turno.id, predio.cuenta_id)

    with rechazado("LD123"):
        cajera.ejecutar(caja.cobrar, orden)

    assert cajera.ejecutar(caja.consultar, caja.Consulta(predio.cuenta_id)).valor.cargos != ()
    dueno = base.motor_del_dueno()
    for clave in ("CAP-9", "CAP-"):
        with rechazado("LD114"):
            serie = {"ente_id": 1, "caja_id": 1, "clave": clave}
            intentar(dueno, lambda s, serie=serie: asentar(s, "hacienda_serie", serie))
    with pytest.raises(ErrorDeUso, match="no admite usuarios de capacitación"):
        instalacion.altas_de_capacitacion(
            dueno, [instalacion.Persona("otra.persona", "Otra", "cajero", FRASE)]
        )
    dueno.dispose()


@pytest.mark.parametrize("donde", AMBAS)
def test_with_official_parameters_production_charges_under_the_real_serie(en_produccion, donde):
    base = en_produccion(donde, VALLE)
    [predio] = crear_predios(base, anios=2)
    cajera = base.entrar()
    turno = abrir_caja(cajera)

    cobrado = cajera.ejecutar(caja.cobrar, cobro_de(cajera, turno.id, predio.cuenta_id)).valor

    papel = cajera.ejecutar(caja.preparar_impresion, caja.Impresion(cobrado.recibos[0])).valor.recibo
    assert (papel.serie, papel.folio, papel.capacitacion, papel.ejemplo) == ("A", 1, False, False)


@pytest.mark.postgresql
def test_nobody_but_the_program_s_people_connects_to_the_base_and_nobody_makes_temporary_tables(
    en_produccion,
):
    base = en_produccion("postgresql", VALLE)
    dueno = base.motor_del_dueno()
    with motor.sesion(dueno, escribe=False) as sesion:
        for que in ("CONNECT", "TEMPORARY", "CREATE"):
            assert not sesion.scalar(
                text("SELECT has_database_privilege('public', current_database(), :que)"), {"que": que}
            )
    dueno.dispose()
    with pytest.raises(ErrorDeUso, match="perfil no permite"):
        intentar(base.entrar(), lambda s: s.execute(text("CREATE TEMPORARY TABLE hacienda_cargo (id int)")))
