"""What supervisor, treasurer, capturista and auditor do at their pages, on both databases."""

from datetime import timedelta
from decimal import Decimal

import pytest
from apoyo import crear_predios, hoy_de
from padron import registrar
from sqlalchemy import text

from lerdo_desk.base.errores import Cancelado, ErrorDeUso
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.caja.service import Regla
from lerdo_desk.modules.predial import service as predial


def asignadas(sara):
    datos = sara.ejecutar(caja.asignaciones, caja.Nada()).valor
    return datos, {(a.caja.clave, a.cajero.login): a for a in datos.asignadas}


def cargos(base):
    dueno = base.motor_del_dueno()
    with dueno.connect() as conexion:
        cuantos, suma = conexion.execute(
            text("SELECT count(*), coalesce(sum(importe), 0) FROM hacienda_cargo")
        ).one()
    dueno.dispose()
    return cuantos, Decimal(int(suma)) / 100


def test_the_supervisor_sees_every_till_every_cashier_and_who_may_open_what(base):
    datos, pares = asignadas(base.entrar("sara.supervisora"))
    assert datos.hoy == hoy_de(base)
    assert [c.login for c in datos.cajeros] == ["ana.cajera", "beto.cajero"]
    assert {login for _, login in pares} == {"ana.cajera", "beto.cajero"}
    assert {clave for clave, _ in pares} <= {c.clave for c in datos.cajas}
    suya = next(a for a in pares.values() if a.cajero.login == "ana.cajera")
    assert suya.cajero.nombre == "Ana Cajera de Prueba"
    assert suya.vigente.permitida and suya.siguiente is None


def test_what_the_list_says_is_what_the_till_obeys(base):
    sara, hoy = base.entrar("sara.supervisora"), hoy_de(base)
    (clave, _), _ = next(iter(asignadas(sara)[1].items()))
    manana, pasado = hoy + timedelta(days=1), hoy + timedelta(days=2)

    def ordena(desde, permitida):
        sara.ejecutar(caja.asignar_caja, caja.AsignacionDeCaja(clave, "ana.cajera", desde, permitida))
        return asignadas(sara)[1][clave, "ana.cajera"]

    def puede():
        situacion = base.entrar("ana.cajera").ejecutar(caja.situacion, caja.Nada()).valor
        return clave in [c.clave for c in situacion.cajas]

    fila = ordena(pasado, False)
    assert (fila.vigente.permitida, fila.siguiente, puede()) == (True, Regla(pasado, False), True)
    fila = ordena(manana, True)
    assert (fila.siguiente, puede()) == (None, True), "the later row overrides the one of the day after"
    fila = ordena(hoy, False)
    assert (fila.vigente, fila.siguiente, puede()) == (Regla(hoy, False), None, False)
    fila = ordena(hoy, True)
    assert (fila.vigente, puede()) == (Regla(hoy, True), True)


@pytest.mark.parametrize("cajero", ["nadie.existe", "carla.capturista", "sara.supervisora"])
def test_only_a_cashier_can_be_given_a_till(base, cajero):
    sara = base.entrar("sara.supervisora")
    clave = asignadas(sara)[0].cajas[0].clave
    with pytest.raises(ErrorDeUso, match="no tiene una cuenta activa de cajero") as rechazo:
        sara.ejecutar(caja.asignar_caja, caja.AsignacionDeCaja(clave, cajero, hoy_de(base), True))
    assert rechazo.value.campo == "cajero"


@pytest.mark.parametrize("login", ["ana.cajera", "teo.tesorero", "aldo.auditor", "adela.administra"])
def test_nobody_but_the_supervisor_reads_or_writes_the_assignments(base, login):
    runner = base.entrar(login)
    orden = caja.AsignacionDeCaja("01", "ana.cajera", hoy_de(base), True)
    for caso, pedido in ((caja.asignaciones, caja.Nada()), (caja.asignar_caja, orden)):
        assert not runner.puede(caso)
        with pytest.raises(ErrorDeUso, match="Su perfil no permite"):
            runner.ejecutar(caso, pedido)


@pytest.mark.parametrize("login", ["carla.capturista", "sara.supervisora", "teo.tesorero", "aldo.auditor"])
def test_whoever_looks_at_an_account_is_told_what_the_cashier_is_told(base, login):
    [predio] = crear_predios(base)
    pregunta = caja.Consulta(predio.cuenta_id)
    visto = base.entrar(login).ejecutar(caja.ver_cuenta, pregunta).valor
    assert visto == base.entrar("ana.cajera").ejecutar(caja.consultar, pregunta).valor
    assert len(visto.cargos) == 2


def test_the_cashier_has_the_till_and_not_the_page_of_those_who_only_look(base):
    assert not base.entrar("ana.cajera").puede(caja.ver_cuenta)


def test_the_preview_says_what_the_emission_then_writes(base):
    registrar(base, 3)
    registrar(base, 2, con_valor=False, desde=600)
    teo, anio = base.entrar("teo.tesorero"), hoy_de(base).year
    previa = teo.ejecutar(predial.vista_previa_de_emision, predial.VistaPrevia()).valor
    assert (previa.ejercicio, previa.cuentas, previa.emitidos, previa.sin_valor) == (anio, 3, 0, 2)
    assert previa.ejercicios[0] == anio
    assert cargos(base) == (0, Decimal(0))
    emitido = teo.ejecutar(predial.emitir, predial.Emision(anio)).valor
    assert (emitido.cargos, emitido.importe) == (previa.cuentas, previa.importe)
    assert cargos(base) == (3, previa.importe)
    despues = teo.ejecutar(predial.vista_previa_de_emision, predial.VistaPrevia(anio)).valor
    assert (despues.cuentas, despues.importe) == (0, Decimal("0.00"))
    assert (despues.emitidos, despues.importe_emitido) == (3, previa.importe)


def test_an_emission_that_is_stopped_leaves_nothing(base, monkeypatch):
    monkeypatch.setattr("lerdo_desk.modules.predial.service.emision.LOTE", 2)
    registrar(base, 5)
    teo, vistos = base.entrar("teo.tesorero"), []

    class Alto:
        def is_set(self) -> bool:
            return len(vistos) == 3

    with pytest.raises(Cancelado):
        teo.ejecutar(
            predial.emitir, predial.Emision(hoy_de(base).year), avance=vistos.append, cancelado=Alto()
        )
    assert [v.done for v in vistos] == [0, 2, 4]
    assert cargos(base) == (0, Decimal(0))


@pytest.mark.parametrize("fuera", [1, 9999, "siguiente"])
def test_a_year_that_has_not_begun_or_never_was_is_refused(base, fuera):
    registrar(base, 1)
    ejercicio = hoy_de(base).year + 1 if fuera == "siguiente" else fuera
    teo = base.entrar("teo.tesorero")
    for caso, orden in (
        (predial.vista_previa_de_emision, predial.VistaPrevia(ejercicio)),
        (predial.emitir, predial.Emision(ejercicio)),
    ):
        with pytest.raises(ErrorDeUso, match="fuera de rango"):
            teo.ejecutar(caso, orden)
    assert cargos(base) == (0, Decimal(0))


@pytest.mark.parametrize("login", ["ana.cajera", "carla.capturista", "sara.supervisora", "aldo.auditor"])
def test_only_the_treasurer_sees_and_does_the_emission(base, login):
    runner = base.entrar(login)
    assert not runner.puede(predial.emitir)
    with pytest.raises(ErrorDeUso, match="Su perfil no permite"):
        runner.ejecutar(predial.vista_previa_de_emision, predial.VistaPrevia())
