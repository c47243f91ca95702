"""Accounts: a first administrator, a temporary phrase that must be changed, logins of the server."""

import uuid

import pytest
from municipio_de_prueba import AMBAS, FRASE, VALLE

from lerdo_desk import loader
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import acceso, instalacion, usuarios
from lerdo_desk.hacienda.paquete import leer
from lerdo_desk.modules.sistema import service as sistema


def _alta(runner, login: str, perfil: str, frase: str) -> None:
    verificador = instalacion.verificador_para(runner.motor, login, frase)
    runner.ejecutar(sistema.dar_de_alta, usuarios.Alta(login, "Persona Nueva de Prueba", perfil, verificador))


def test_the_administrator_creates_an_account_whose_phrase_must_be_changed_first(base):
    login, temporal, propia = (
        f"p{uuid.uuid4().hex[:8]}",
        "temporal-de-cuatro-palabras",
        "otra frase larga y mía",
    )
    _alta(base.entrar("adela.administra"), login, "cajero", temporal)

    primera = acceso.entrar(base.url, login, temporal, estacion="prueba")
    assert primera.identidad.temporal
    verificador = instalacion.verificador_para(primera.runner.motor, login, propia)
    primera.runner.ejecutar(sistema.cambiar_mi_frase, sistema.NuevaFrase(verificador))
    primera.runner.cerrar()

    segunda = acceso.entrar(base.url, login, propia, estacion="prueba")
    assert not segunda.identidad.temporal
    assert segunda.identidad.perfil == "cajero"
    segunda.runner.cerrar()
    with pytest.raises(ErrorDeUso, match="Usuario o contraseña incorrectos"):
        acceso.entrar(base.url, login, temporal, estacion="prueba")


def test_a_wrong_phrase_and_an_unknown_user_get_the_same_sentence(base):
    for login in ("ana.cajera", "nadie.existe"):
        with pytest.raises(ErrorDeUso, match=r"^Usuario o contraseña incorrectos; revíselos"):
            acceso.entrar(base.url, login, "una frase que no es la suya", estacion="prueba")


def test_a_cashier_cannot_create_accounts(base):
    with pytest.raises(ErrorDeUso, match="Su perfil no permite"):
        _alta(base.entrar("ana.cajera"), "intruso.nuevo", "cajero", "frase de quien no debe")


def test_a_login_is_never_used_twice(base):
    with pytest.raises(ErrorDeUso, match="ya existe"):
        _alta(base.entrar("adela.administra"), "beto.cajero", "cajero", "otra frase para el mismo")


def test_no_phrase_reaches_the_bitacora(base):
    login, frase = f"q{uuid.uuid4().hex[:8]}", "frase-secreta-que-no-se-escribe"
    _alta(base.entrar("adela.administra"), login, "auditor", frase)
    dueno = base.motor_del_dueno()
    with dueno.connect() as conexion:
        actos = " ".join(conexion.exec_driver_sql("SELECT orden FROM bitacora_acto").scalars())
    dueno.dispose()
    assert login in actos
    assert frase not in actos
    assert "verificador" not in actos


def test_everyone_enters_with_their_own_profile(base):
    for login in ("ana.cajera", "carla.capturista", "sara.supervisora", "teo.tesorero", "aldo.auditor"):
        entrada = acceso.entrar(base.url, login, FRASE.format(login), estacion="prueba")
        assert login.split(".")[1][:5] in entrada.identidad.perfil or entrada.identidad.perfil in login
        entrada.runner.cerrar()


@pytest.mark.parametrize("donde", AMBAS)
def test_how_long_a_phrase_must_be_is_the_municipality_s_policy(crear_base, donde):
    base = crear_base(donde, VALLE)
    entrada = acceso.entrar(base.url, "ana.cajera", FRASE.format("ana.cajera"), estacion="prueba")
    base.abiertos.append(entrada.runner)
    assert entrada.frase_minima == leer(VALLE).politicas.frase_minima == 20
    with pytest.raises(ErrorDeUso, match="al menos 20 caracteres"):
        loader.cambiar_frase(entrada, "quince y algo más")
