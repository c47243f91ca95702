"""What may be done and by whom: declared once, printed, refused by the Runner, written in the bitácora."""

import json
import threading
import uuid
from collections.abc import Generator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios
from asientos import filas
from municipio_de_prueba import FRASE, PERSONAS
from sqlalchemy import Column, Integer, MetaData, Table, insert

from lerdo_desk.base.errores import Cancelado, ErrorDeUso
from lerdo_desk.core import bitacora, concesiones, instalacion, usuarios
from lerdo_desk.core.permisos import PERFILES, Permiso, Propias
from lerdo_desk.core.use_cases import CASOS, Actor, Context, Progress, Runner, UseCase
from lerdo_desk.db import motor
from lerdo_desk.db.modelo import Base
from lerdo_desk.hacienda import turnos
from lerdo_desk.hacienda.modelos import CajaAsignacion
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.sistema import service as sistema

PERMISOS = instalacion.permisos()
QUIEN_PUEDE = {
    "caja.abrir_turno": {"cajero"},
    "caja.buscar": {"cajero", "capturista", "supervisor", "tesorero", "auditor"},
    "caja.consultar": {"cajero", "capturista", "supervisor", "tesorero", "auditor"},
    "caja.cobrar": {"cajero"},
    "caja.contar": {"cajero"},
    "caja.cerrar_turno": {"cajero"},
    "caja.preparar_impresion": {"cajero", "supervisor"},
    "caja.pedir_cancelacion": {"cajero"},
    "caja.firmar_cancelacion": {"supervisor"},
    "caja.cancelar": {"cajero"},
    "caja.asignar_caja": {"supervisor"},
    "predial.emitir": {"tesorero"},
    "sistema.dar_de_alta": {"administrador"},
    "sistema.listar": {"administrador", "auditor"},
    "sistema.cambiar_mi_frase": set(PERFILES),
}


@pytest.mark.parametrize("nombre", QUIEN_PUEDE)
def test_each_use_case_belongs_to_the_profiles_that_the_office_decided(nombre):
    assert set(CASOS[nombre].permiso.perfiles) == QUIEN_PUEDE[nombre]


def test_whoever_signs_a_cancellation_is_not_who_asks_for_it_nor_who_makes_accounts():
    firman = set(CASOS["caja.firmar_cancelacion"].permiso.perfiles)
    assert not firman & set(CASOS["caja.pedir_cancelacion"].permiso.perfiles)
    assert not firman & set(CASOS["sistema.dar_de_alta"].permiso.perfiles)


def test_the_administrador_is_granted_no_table_of_money_nor_of_any_padron():
    suma = concesiones.matriz(PERMISOS)
    suyas = {tabla for (perfil, tabla), c in suma.tablas.items() if perfil == "administrador"}
    de_la_ley = {"hacienda_municipio", "hacienda_parametro"}
    de_la_casa = {"hacienda_caja", "hacienda_serie", "hacienda_ente", "hacienda_cuenta_bancaria"}
    assert (
        {"core_usuario", "core_usuario_evento"}
        <= suyas
        <= {"core_usuario", "core_usuario_evento", "core_personal"} | de_la_ley | de_la_casa
    )
    escribe = {tabla for (perfil, tabla), c in suma.tablas.items() if perfil == "administrador" and c.inserta}
    assert escribe == {"hacienda_caja", "hacienda_serie"}
    # What is one's own alone: nobody reads another's, whatever the profile.
    personal = [c for (_, tabla), c in suma.tablas.items() if tabla == "core_personal"]
    assert len(personal) == len(PERFILES)
    assert all(c.propias and not (c.lee_todo or c.inserta) for c in personal)


def test_the_auditor_reads_everything_that_counts_and_writes_nothing():
    suma = concesiones.matriz(PERMISOS)
    assert not any(c.inserta for (perfil, _), c in suma.tablas.items() if perfil == "auditor")
    for tabla in (
        "bitacora_acto",
        "hacienda_recibo",
        "hacienda_corte",
        "core_solicitud",
        "core_usuario_evento",
    ):
        assert suma.tablas["auditor", tabla].lee_todo, tabla


def test_every_table_has_an_entry_and_one_without_is_named():
    assert concesiones.sin_entrada(Base.metadata, PERMISOS) == ()
    otra = MetaData()
    Table("predial_olvidada", otra, Column("id", Integer))
    assert concesiones.sin_entrada(otra, PERMISOS) == ("predial_olvidada",)


def test_rows_of_one_s_own_are_asked_only_of_tables_that_the_server_signs():
    for permiso in PERMISOS:
        for clase in permiso.lee:
            if isinstance(clase, Propias):
                assert clase.tabla.__table__.columns["usuario"].info.get("servidor"), clase.tabla


def test_a_permission_for_a_profile_that_nobody_knows_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="jefe"):
        Permiso("caja.algo", "Algo", ("cajero", "jefe"))


def test_the_matrix_is_printed_with_one_mark_under_each_profile_that_may():
    encabezado, *lineas = concesiones.tabla_de_permisos(PERMISOS).splitlines()
    assert encabezado.split() == list(PERFILES)
    assert len(lineas) == len(PERMISOS)
    for permiso, linea in zip(sorted(PERMISOS, key=lambda p: p.clave), lineas, strict=True):
        assert linea.startswith(f"{permiso.clave}  {permiso.nombre}")
        for perfil in PERFILES:
            centro = encabezado.index(perfil) + (len(perfil) - 1) // 2
            marcas = linea[centro : centro + 2]
            assert ("x" in marcas) == (perfil in permiso.perfiles), (permiso.clave, perfil)


# The Runner.


class Intocable:
    """An engine that nobody may touch."""

    def __getattr__(self, nombre: str) -> object:
        raise AssertionError(
            f"the Runner reached for the database ({nombre}) before it looked at the permission"
        )


@pytest.mark.parametrize("perfil", PERFILES)
def test_the_runner_refuses_before_it_opens_a_transaction(perfil):
    runner = Runner(Intocable(), Actor("alguien", "Alguien", frozenset((perfil,))), "prueba")
    for caso in CASOS.values():
        assert runner.puede(caso) == (perfil in caso.permiso.perfiles)
        if not runner.puede(caso):
            with pytest.raises(ErrorDeUso) as negativa:
                runner.ejecutar(caso, None)
            assert f"«{caso.permiso.nombre}»" in str(negativa.value)


@pytest.mark.parametrize("nombre", sorted(CASOS))
def test_a_use_case_cannot_be_called_around_the_runner(nombre):
    with pytest.raises(TypeError, match="not callable"):
        CASOS[nombre](None, None)


def test_each_person_is_let_through_by_the_database_as_by_the_runner(base):
    for login, (nombre, perfil) in PERSONAS.items():
        runner = base.entrar(login)
        assert runner.actor == Actor(login, nombre, frozenset((perfil,)))
        if runner.puede(caja.buscar):
            assert runner.ejecutar(caja.buscar, caja.Buscar("nadie")).valor == ()
        if runner.puede(sistema.listar):
            assert len(runner.ejecutar(sistema.listar, sistema.Nada()).valor) == len(PERSONAS)


# The bitácora.


def actos(base) -> list[dict[str, object]]:
    with motor.sesion(base.entrar("aldo.auditor").motor, escribe=False) as sesion:
        return filas(sesion, "SELECT * FROM bitacora_acto ORDER BY id")


def test_an_act_says_who_what_from_where_and_with_which_order(base):
    [predio] = crear_predios(base, anios=1)
    ana = base.entrar(estacion="VENTANILLA-7")
    orden = cobro_de(ana, abrir_caja(ana).id, predio.cuenta_id)
    hecho = ana.ejecutar(caja.cobrar, orden)

    ultimo = actos(base)[-1]

    assert hecho.tablas == {"hacienda_renglon", "hacienda_pago", "hacienda_recibo", "hacienda_operacion"} | {
        "hacienda_saldo_uso"
    }
    assert [ultimo[c] for c in ("acto", "permiso", "usuario", "estacion")] == [
        "caja.cobrar",
        "caja.cobrar",
        "ana.cajera",
        "VENTANILLA-7",
    ]
    escrita = json.loads(str(ultimo["orden"]))
    assert escrita["intento"] == orden.intento
    assert escrita["cargos"] == [
        {"cargo_id": c.cargo_id, "cuenta_id": c.cuenta_id, "total": str(c.total)} for c in orden.cargos
    ]
    assert escrita["pagos"] == [
        {"forma": "01", "recibido": str(orden.total), "referencia": "", "saldo": None}
    ]


def test_reading_leaves_no_act_and_neither_does_what_was_refused(base):
    [predio] = crear_predios(base, anios=1)
    ana = base.entrar()
    turno = abrir_caja(ana)
    antes = len(actos(base))
    ana.ejecutar(caja.consultar, caja.Consulta(predio.cuenta_id))
    orden = cobro_de(ana, turno.id, predio.cuenta_id)
    with pytest.raises(ErrorDeUso):
        ana.ejecutar(caja.cobrar, replace(orden, pagos=()))
    with pytest.raises(ErrorDeUso):
        ana.ejecutar(caja.cerrar_turno, turnos.Cierre(turno.id))
    assert len(actos(base)) == antes


def test_no_phrase_nor_verifier_reaches_the_bitacora(base):
    adela = base.entrar("adela.administra")
    login = f"nueva.{uuid.uuid4().hex[:8]}"
    verificador = instalacion.verificador_para(adela.motor, login, FRASE.format(login))
    adela.ejecutar(sistema.dar_de_alta, usuarios.Alta(login, "Nueva Persona", "auditor", verificador))
    propio = instalacion.verificador_para(adela.motor, "adela.administra", FRASE.format("adela.administra"))
    adela.ejecutar(sistema.cambiar_mi_frase, sistema.NuevaFrase(propio))

    alta, cambio = actos(base)[-2:]

    assert (alta["acto"], cambio["acto"]) == ("sistema.dar_de_alta", "sistema.cambiar_mi_frase")
    assert json.loads(str(alta["orden"])) == {"login": login, "nombre": "Nueva Persona", "perfil": "auditor"}
    assert json.loads(str(cambio["orden"])) == {}
    for acto in (alta, cambio):
        assert not any(
            str(v).startswith(("SCRAM", "scrypt")) or "frase larga" in str(v) for v in acto.values()
        )


@dataclass(frozen=True)
class Interior:
    """An order inside another, with something to hide."""

    importe: Decimal
    dia: date
    clave: str = field(repr=False)


def test_an_order_is_written_as_plain_json_without_what_is_secret_at_any_depth():
    interior = Interior(Decimal("12.30"), date(2026, 11, 22), "secreta")

    @dataclass(frozen=True)
    class Exterior:
        partes: tuple[Interior, ...]
        nota: str = "ñandú «»"

    assert json.loads(bitacora.a_json(Exterior((interior, interior)))) == {
        "partes": [{"dia": "2026-11-22", "importe": "12.30"}] * 2,
        "nota": "ñandú «»",
    }


# Long work.


def larga(ctx: Context, _orden: object) -> Generator[Progress, None, str]:
    for n in range(1, 6):
        fila = {"caja_id": 1, "cajero": "larga", "n": n, "desde": ctx.hoy, "permitida": 0}
        ctx.session.execute(insert(CajaAsignacion).values(fila))
        yield Progress(n, 5, f"fila {n}")
    return "terminada"


LARGA = UseCase(
    "prueba.larga",
    Permiso("prueba.larga", "Trabajo largo", ("supervisor",), inserta=(CajaAsignacion,)),
    larga,
    repetible=False,
)


def escritas(base) -> int:
    with motor.sesion(base.entrar("sara.supervisora").motor, escribe=False) as sesion:
        return len(filas(sesion, "SELECT 1 FROM hacienda_caja_asignacion WHERE cajero = 'larga'"))


def test_long_work_that_is_stopped_leaves_nothing_and_its_act_neither(base):
    sara, alto, pasos = base.entrar("sara.supervisora"), threading.Event(), []

    def avance(paso: Progress) -> None:
        pasos.append(paso.done)
        if paso.done == 3:
            alto.set()

    with pytest.raises(Cancelado, match="no quedó nada a medias"):
        sara.ejecutar(LARGA, None, avance=avance, cancelado=alto)

    assert pasos == [1, 2, 3]
    assert escritas(base) == 0
    assert "prueba.larga" not in {acto["acto"] for acto in actos(base)}
    assert sara.ejecutar(LARGA, None, avance=avance).valor == "terminada"
    assert pasos == [1, 2, 3, 1, 2, 3, 4, 5]
    assert escritas(base) == 5
    assert actos(base)[-1]["acto"] == "prueba.larga"
