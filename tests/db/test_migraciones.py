"""The schema goes up, down and up again on both databases, and a program never works on another's schema."""

import uuid
from collections.abc import Callable

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from asientos import filas
from municipio_de_prueba import AMBAS, FRASE
from sqlalchemy import Connection, text

from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.core import acceso, instalacion, registry
from lerdo_desk.db import candados, migrador, motor
from lerdo_desk.db.modelo import Base
from lerdo_desk.recursos import ruta

instalacion.permisos()  # the models of every dirección
TABLAS = Base.metadata.tables
CRECEN = set(TABLAS) - {"hacienda_serie", "core_personal"}
CON_SELLO_PROPIO = {
    "hacienda_turno",
    "hacienda_conteo",
    "hacienda_corte",
    "hacienda_recibo",
    "hacienda_operacion",
    "hacienda_impresion",
    "core_solicitud",
    "core_resolucion",
    "core_carga_evento",
    "hacienda_caja_asignacion",
    "hacienda_contacto",
    *(
        f"hacienda_{t}"
        for t in ("cuenta", "cargo", "retiro", "corte_evento", "dia_evento", "saldo", "saldo_uso")
    ),
    *(f"hacienda_{t}" for t in ("ficha", "ficha_corte", "pago_externo", "orden", "orden_evento")),
}
FIRMADAS = {n for n, t in TABLAS.items() if {"usuario", "creado"} <= set(t.columns.keys())} - CON_SELLO_PROPIO
CUENTAS = {"core_usuario", "core_usuario_evento", "core_frase"}
A_MANO = {
    ("candado_renglon", "hacienda_renglon"),
    ("candado_pago", "hacienda_pago"),
    ("candado_turno", "hacienda_turno"),
    ("candado_conteo", "hacienda_conteo"),
    ("candado_corte", "hacienda_corte"),
    ("candado_recibo", "hacienda_recibo"),
    ("candado_recibo_reversa", "hacienda_recibo"),
    ("candado_serie", "hacienda_serie"),
    ("candado_serie_alta", "hacienda_serie"),
    ("candado_serie_borra", "hacienda_serie"),
    ("candado_operacion", "hacienda_operacion"),
    ("candado_impresion", "hacienda_impresion"),
    ("candado_solicitud", "core_solicitud"),
    ("candado_resolucion", "core_resolucion"),
    ("candado_carga_evento", "core_carga_evento"),
    ("candado_orden_firma", "hacienda_orden"),
    ("candado_carga_fila", "core_carga_fila"),
    ("candado_recibo_saldo", "hacienda_recibo"),
    ("candado_turno_canal", "hacienda_turno"),
    *((f"candado_{t}", f"hacienda_{t}") for t in ("caja", "caja_asignacion", "contacto")),
    ("candado_orden_cancela", "hacienda_orden_evento"),
    *((f"candado_{t}", f"hacienda_{t}") for t in ("cuenta", "cargo", "retiro", "corte_evento", "dia_evento")),
    *((f"candado_{t}", f"hacienda_{t}") for t in ("saldo", "saldo_uso", "ficha", "ficha_corte")),
    *((f"candado_{t}", f"hacienda_{t}") for t in ("pago_externo", "orden", "orden_evento")),
}
EN_SERVIDOR = A_MANO | {
    ("candado_recibo_avanza", "hacienda_recibo"),
    ("candado_serie_vacia", "hacienda_serie"),
    ("candado_cuenta_sola", "hacienda_cuenta"),
    *((f"candado_{que}", tabla) for tabla in CRECEN for que in ("crece", "vacia")),
    *(("candado_sella", tabla) for tabla in FIRMADAS),
}
EMBEBIDOS = A_MANO | {
    ("candado_recibo_sella", "hacienda_recibo"),
    ("candado_recibo_cambia", "hacienda_recibo"),
    ("candado_corte_sella", "hacienda_corte"),
    ("candado_corte_cambia", "hacienda_corte"),
    *((f"candado_personal{que}", "core_personal") for que in ("", "_cambia", "_borra")),
    *((f"candado_borra_{tabla}", tabla) for tabla in CRECEN),
    *((f"candado_cambia_{t}", t) for t in CRECEN - {"hacienda_recibo", "hacienda_corte"}),
    *((f"candado_sella_{tabla}", tabla) for tabla in FIRMADAS - CUENTAS),
    *((f"candado_{tabla.removeprefix('core_')}", tabla) for tabla in CUENTAS),
}


def retrato(conexion: Connection) -> list[str]:
    """Write down tables, locks, functions, grants and policies, so that two schemas can be compared."""
    if conexion.dialect.name == "sqlite":
        leido = conexion.execute(
            text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name")
        )
        return [str(fila) for fila in leido.scalars()]
    mun = "CAST('mun' AS regnamespace)"
    consultas = (
        "SELECT table_name, column_name, data_type, is_nullable, column_default, generation_expression,"
        " is_identity FROM information_schema.columns WHERE table_schema = 'mun' ORDER BY 1, 2",
        f"SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        f" WHERE connamespace = {mun} ORDER BY 1, 2",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'mun' ORDER BY 1",
        "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled FROM pg_trigger"
        " WHERE NOT tgisinternal ORDER BY 1, 2",
        f"SELECT proname, prosrc, prosecdef, proconfig::text, proowner::regrole::text, proacl::text"
        f" FROM pg_proc WHERE pronamespace = {mun} ORDER BY 1, 2",
        f"SELECT relname, relowner::regrole::text, relrowsecurity, relacl::text FROM pg_class"
        f" WHERE relnamespace = {mun} ORDER BY 1",
        "SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies ORDER BY 1, 2",
        "SELECT c.relname, a.attname, a.attacl::text FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid"
        f" WHERE c.relnamespace = {mun} AND a.attacl IS NOT NULL ORDER BY 1, 2",
    )
    return [str(tuple(fila)) for consulta in consultas for fila in conexion.execute(text(consulta))]


@pytest.fixture
def dueno(base):
    abierto = base.motor_del_dueno()
    yield abierto
    abierto.dispose()


def test_the_schema_goes_down_to_nothing_and_up_to_what_it_was(base, dueno):
    carpetas = registry.migraciones()
    with motor.transaccion(dueno) as sesion:
        antes = retrato(sesion.connection())
        revisiones = migrador.revisiones_de_la_base(sesion.connection())
        candados.quitar(sesion.connection())
        migrador.bajar(sesion.connection(), carpetas)
        assert candados.tablas(sesion.connection()) == {"alembic_version"}
        assert candados.instalados(sesion.connection()) == ()

    assert instalacion.migrar(base.url) == revisiones == migrador.revisiones_del_programa(carpetas)

    with motor.sesion(dueno, escribe=False) as sesion:
        assert retrato(sesion.connection()) == antes
        assert sesion.execute(text("SELECT count(*) FROM hacienda_municipio")).scalar_one() == 0


def test_the_models_are_the_migrated_schema(dueno):
    def entra(objeto, nombre, tipo, _reflejado, _comparado) -> bool:
        return nombre not in ("alembic_version", instalacion.INDICE_DE_BUSQUEDA)

    opciones = {"include_object": entra, "compare_type": True, "target_metadata": Base.metadata}
    with motor.sesion(dueno, escribe=False) as sesion:
        contexto = MigrationContext.configure(sesion.connection(), opts=opciones)
        assert compare_metadata(contexto, Base.metadata) == []


def test_every_lock_is_in_its_place_and_putting_them_again_changes_nothing(base, dueno):
    with motor.sesion(dueno, escribe=False) as sesion:
        assert set(candados.instalados(sesion.connection())) == (
            EN_SERVIDOR if base.en_servidor else EMBEBIDOS
        )
        antes = retrato(sesion.connection())

    instalacion.migrar(base.url)
    instalacion.migrar(base.url)

    with motor.sesion(dueno, escribe=False) as sesion:
        assert retrato(sesion.connection()) == antes


@pytest.mark.postgresql
def test_no_lock_is_switched_off(crear_base):
    dueno = crear_base("postgresql").motor_del_dueno()
    with motor.sesion(dueno, escribe=False) as sesion:
        assert filas(sesion, "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O'") == []
    dueno.dispose()


def cambiar_revision(dueno, orden: str) -> None:
    with motor.transaccion(dueno) as sesion:
        sesion.execute(text(orden))


def entrar(base) -> None:
    base.entrar("ana.cajera")


def test_a_base_newer_than_the_program_is_refused_and_not_migrated(base, dueno):
    cambiar_revision(
        dueno, "UPDATE alembic_version SET version_num = 'casa_9999' WHERE version_num LIKE 'casa%'"
    )
    for intento in (lambda: entrar(base), lambda: instalacion.migrar(base.url)):
        with pytest.raises(ErrorDeUso, match="más nueva que este programa; instale la versión nueva"):
            intento()


def test_a_base_older_than_the_program_is_refused_with_the_command_that_mends_it(base, dueno):
    cambiar_revision(dueno, "DELETE FROM alembic_version WHERE version_num LIKE 'predial%'")
    with pytest.raises(ErrorDeUso, match=r"más antigua que este programa.*«lerdo-desk migrar»"):
        entrar(base)


@pytest.fixture
def vacia(request, tmp_path) -> Callable[[str], str]:
    """Give the URL of a database that exists and holds nothing."""

    def dar(donde: str) -> str:
        if donde == "sqlite":
            archivo = tmp_path / "vacia.db"
            archivo.touch()
            return f"sqlite:///{archivo}"
        plantillas = request.getfixturevalue("plantillas")
        servidor = request.getfixturevalue("servidores")("lerdo")
        # The template's people exist in the whole cluster: Ana is known, only her base is not.
        plantillas(donde, ruta("municipios", "lerdo"), servidor)
        nombre = f"vacia_{uuid.uuid4().hex[:8]}"
        with psycopg.connect(servidor.url("postgres"), user="postgres", autocommit=True) as conexion:
            conexion.execute(f"CREATE DATABASE {nombre}")
        return servidor.url(nombre)

    return dar


@pytest.mark.parametrize("donde", AMBAS)
def test_an_empty_base_is_told_apart_and_says_how_to_prepare_it(vacia, donde):
    with pytest.raises(ErrorDeEntorno, match="está vacía; prepárela"):
        acceso.entrar(vacia(donde), "ana.cajera", FRASE.format("ana.cajera"), estacion="prueba")


def test_a_base_that_holds_a_municipality_is_not_prepared_again(base, dueno):
    orden = instalacion.Preparacion(
        base.url, ruta("municipios", "lerdo"), "capacitacion", "otra.administra", "Otra"
    )
    with pytest.raises(ErrorDeUso, match="ya tiene un municipio"):
        instalacion.preparar(orden)
    with motor.sesion(dueno, escribe=False) as sesion:
        assert filas(sesion, "SELECT login FROM core_usuario WHERE login = 'otra.administra'") == []
