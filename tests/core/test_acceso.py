"""A second connection with what was typed: to open the lock, and to sign as another person."""

import keyring
import pytest
from keyring.backend import KeyringBackend
from municipio_de_prueba import FRASE, VALLE
from sqlalchemy import select, text

from lerdo_desk import loader
from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.config import Configuracion
from lerdo_desk.core import acceso, llavero, usuarios
from lerdo_desk.core.instalacion import verificador_para
from lerdo_desk.db import motor
from lerdo_desk.hacienda.modelos import CajaAsignacion
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.sistema import service as sistema

ANA, SARA = "ana.cajera", "sara.supervisora"


class LlaveroDePrueba(KeyringBackend):
    """Keeps secrets in memory."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.secretos = {}

    def get_password(self, service, username):
        return self.secretos.get((service, username))

    def set_password(self, service, username, password):
        self.secretos[service, username] = password

    def delete_password(self, service, username):
        del self.secretos[service, username]


@pytest.fixture
def en_memoria():
    antes, nuevo = keyring.get_keyring(), LlaveroDePrueba()
    keyring.set_keyring(nuevo)
    yield nuevo
    keyring.set_keyring(antes)


def test_only_the_own_password_is_right_and_no_connection_stays(base, caplog):
    acceso.comprobar(base.url, ANA, FRASE.format(ANA))
    for usuario, clave in (
        (ANA, FRASE.format(SARA)),
        (ANA, ""),
        (ANA, FRASE.format(ANA) + " "),
        ("nadie", FRASE.format("nadie")),
    ):
        with pytest.raises(ErrorDeUso, match="contraseña") as dicho:
            acceso.comprobar(base.url, usuario, clave)
        assert not clave or (clave not in str(dicho.value) and clave not in str(dicho.value.__cause__))
    assert FRASE.format(SARA) not in caplog.text
    if base.en_servidor:
        dueno = base.motor_del_dueno()
        with motor.sesion(dueno, escribe=False) as sesion:
            quedan = sesion.scalar(
                text("SELECT count(*) FROM pg_stat_activity WHERE usename = :u"), {"u": ANA}
            )
        dueno.dispose()
        assert quedan == 0


def test_a_base_that_does_not_answer_is_told_as_such(tmp_path):
    with pytest.raises(ErrorDeEntorno, match="No se pudo abrir"):
        acceso.comprobar(f"sqlite:///{tmp_path / 'no-hay.db'}", ANA, "x")


def test_an_act_is_signed_by_who_typed_their_password(base):
    asignar = caja.asignar_caja
    orden = _orden(base)
    hecho = acceso.firmar(base.url, SARA.upper(), FRASE.format(SARA), asignar, orden, estacion="ventanilla-1")
    assert hecho.tablas == {CajaAsignacion.__tablename__}
    dueno = base.motor_del_dueno()
    with motor.sesion(dueno, escribe=False) as sesion:
        firmas = set(
            sesion.scalars(
                select(CajaAsignacion.usuario).where(
                    CajaAsignacion.cajero == ANA, CajaAsignacion.desde == orden.desde
                )
            )
        )
    dueno.dispose()
    assert firmas == {SARA}
    with pytest.raises(ErrorDeUso, match="Su perfil no permite"):
        acceso.firmar(base.url, ANA, FRASE.format(ANA), asignar, orden, estacion="ventanilla-1")
    with pytest.raises(ErrorDeUso, match="incorrectos"):
        acceso.firmar(base.url, SARA, "otra", asignar, orden, estacion="ventanilla-1")


def _orden(base):
    datos = base.entrar(SARA).ejecutar(caja.asignaciones, caja.Nada()).valor
    libre = next(c for c in datos.cajas if c.clave != datos.asignadas[0].caja.clave)
    return caja.AsignacionDeCaja(libre.clave, ANA, datos.hoy, True)


def test_a_temporary_password_signs_nothing(base):
    adela, login = base.entrar("adela.administra"), "nuevo.supervisor"
    frase = FRASE.format(login)
    verificador = verificador_para(adela.motor, login, frase)
    adela.ejecutar(sistema.dar_de_alta, usuarios.Alta(login, "Nuevo Supervisor", "supervisor", verificador))
    with pytest.raises(ErrorDeUso, match="temporal") as dicho:
        acceso.firmar(base.url, login, frase, caja.asignar_caja, _orden(base), estacion="v")
    assert dicho.value.campo == "usuario"


def test_the_pack_says_whose_password_the_keyring_may_keep(crear_base):
    valle, lerdo = crear_base("sqlite", VALLE), crear_base("sqlite")
    permitidos = {}
    for base, login in ((valle, "aldo.auditor"), (valle, ANA), (lerdo, "aldo.auditor")):
        entrada = acceso.entrar(base.url, login, FRASE.format(login), estacion="p")
        entrada.runner.cerrar()
        permitidos[base is valle, login] = entrada.puede_recordar
    assert permitidos == {(True, "aldo.auditor"): True, (True, ANA): False, (False, "aldo.auditor"): False}


def test_the_keyring_keeps_a_password_once_it_is_checked_and_for_one_base_only(crear_base, en_memoria):
    base, login = crear_base("sqlite", VALLE), "aldo.auditor"
    with pytest.raises(ErrorDeUso, match="incorrectos"):
        loader.recordar_frase(base.url, login, "otra")
    assert en_memoria.secretos == {}
    loader.recordar_frase(base.url, login, FRASE.format(login))
    assert loader.frase_recordada(base.url, login) == FRASE.format(login)
    assert loader.frase_recordada("sqlite:///otra.db", login) == ""
    assert loader.frase_recordada(base.url, ANA) == ""
    assert loader.olvidar_frase(base.url, login) and en_memoria.secretos == {}


def test_a_station_without_a_keyring_says_so_and_keeps_nothing(crear_base):
    base = crear_base("sqlite", VALLE)
    with pytest.raises(ErrorDeEntorno, match="no tiene llavero"):
        loader.recordar_frase(base.url, "aldo.auditor", FRASE.format("aldo.auditor"))
    assert not llavero.recordar_frase(base.url, "aldo.auditor", "x")
    assert llavero.frase_recordada(base.url, "aldo.auditor") == ""


def test_the_loader_signs_at_the_address_of_the_station(crear_base):
    base = crear_base("sqlite")
    estacion = Configuracion(base.url, "ventanilla-7")
    hecho = loader.firmar(estacion, SARA, FRASE.format(SARA), caja.asignaciones, caja.Nada())
    assert hecho.valor.cajas
