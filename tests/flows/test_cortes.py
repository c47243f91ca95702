"""Who answers for the tills looks at every turno, and verifies each corte that somebody else made."""

import uuid
from decimal import Decimal

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios, piezas_de

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pedido, Salida
from lerdo_desk.db import motor
from lerdo_desk.db.fallos import MENSAJES
from lerdo_desk.hacienda import cortes, turnos
from lerdo_desk.hacienda.modelos_ingresos import CorteEvento
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.reports import corte as papel_corte

COLUMNAS = ("caja", "numero", "cajero", "diferencia", "paso")


def lista(runner, **mas):
    return runner.ejecutar(caja.ver_cortes, Pedido(columnas=COLUMNAS, **mas)).valor


def cerrar(runner, turno_id: str, contado: str = "500.00", motivo: str = ""):
    runner.ejecutar(caja.contar, turnos.Arqueo(turno_id, piezas_de(Decimal(contado))))
    return runner.ejecutar(caja.cerrar_turno, turnos.Cierre(turno_id, motivo)).valor


def test_the_list_says_how_each_turno_stands(base):
    ana, beto, sara = base.entrar(), base.entrar("beto.cajero"), base.entrar("sara.supervisora")
    turno, abierto = abrir_caja(ana), abrir_caja(beto)
    assert {fila[-1]: fila[-2] for fila in lista(sara).filas} == {turno.id: "ABIERTO", abierto.id: "ABIERTO"}
    ana.ejecutar(caja.contar, turnos.Arqueo(turno.id, piezas_de(Decimal("400.00"))))
    assert {fila[-1]: fila[-2] for fila in lista(sara).filas}[turno.id] == "CONTADO"
    corte = ana.ejecutar(caja.cerrar_turno, turnos.Cierre(turno.id, "faltó cambio")).valor

    [(suya, numero, cajero, diferencia, paso, turno_id)] = lista(
        sara, filtros=(("paso", "igual", "SIN_VERIFICAR"),)
    ).filas
    assert (suya, numero, cajero) == (corte.caja, 1, ana.actor.nombre)
    assert (diferencia, paso, turno_id) == (Decimal("-100.00"), "SIN_VERIFICAR", turno.id)
    assert lista(sara, totales=True, limite=0).total == 2
    recibe = Recibe()
    assert sara.ejecutar(caja.cortes_enteros, Salida(Pedido(columnas=COLUMNAS), recibe)).valor == 2
    assert len(recibe.leidas) == 2
    for quien in (ana, base.entrar("carla.capturista")):
        with pytest.raises(ErrorDeUso, match="Su perfil no permite"):
            lista(quien)


class Recibe:
    """Takes a whole list, as a file does."""

    def __init__(self) -> None:
        self.leidas = []

    def empezar(self, total, sumas, momento) -> None:
        assert total == 2

    def filas(self, lote) -> None:
        self.leidas += lote


def test_a_corte_is_verified_once_by_somebody_else_and_its_paper_says_who(base):
    [predio] = crear_predios(base, anios=1)
    ana, sara, teo = base.entrar(), base.entrar("sara.supervisora"), base.entrar("teo.tesorero")
    turno = abrir_caja(ana)
    with pytest.raises(ErrorDeUso, match="todavía no tiene corte"):
        sara.ejecutar(caja.verificar_corte, caja.Verificacion(turno.id))
    orden = cobro_de(ana, turno.id, predio.cuenta_id)
    ana.ejecutar(caja.cobrar, orden)
    corte = cerrar(ana, turno.id, motivo="lo cobrado se depositó")
    visto = sara.ejecutar(caja.ver_corte, caja.TurnoVisto(turno.id)).valor
    assert (visto.paso, visto.propio, visto.corte, visto.pasos) == ("SIN_VERIFICAR", False, corte, ())

    hecho = sara.ejecutar(caja.verificar_corte, caja.Verificacion(turno.id, "  revisé la bolsa ")).valor

    assert (hecho.paso, [(p.paso, p.quien, p.nota) for p in hecho.pasos]) == (
        "VERIFICADO",
        [("Verificado", sara.actor.nombre, "revisé la bolsa")],
    )
    assert hecho.corte.verificado.startswith(sara.actor.nombre)
    assert papel_corte.dibujar(hecho.corte) != papel_corte.dibujar(corte)
    assert ana.ejecutar(caja.mi_corte, caja.CorteDe(turno.id)).valor.verificado.startswith("sara.supervisora")
    with pytest.raises(ErrorDeUso, match="ya está verificado"):
        teo.ejecutar(caja.verificar_corte, caja.Verificacion(turno.id))
    for quien in ("ana.cajera", "aldo.auditor"):
        with pytest.raises(ErrorDeUso, match="Su perfil no permite"):
            base.entrar(quien).ejecutar(caja.verificar_corte, caja.Verificacion(turno.id))
    with pytest.raises(ErrorDeUso, match="Ese turno no existe"):
        sara.ejecutar(caja.ver_corte, caja.TurnoVisto(str(uuid.uuid4())))


def test_the_tesorero_opens_a_channel_and_verifies_every_corte_but_its_own(base):
    ana, sara, teo = base.entrar(), base.entrar("sara.supervisora"), base.entrar("teo.tesorero")
    datos = sara.ejecutar(caja.asignaciones, caja.Nada()).valor
    canal = next(c for c in datos.cajas if c.tipo != caja.VENTANILLA)
    ventanilla = next(c for c in datos.cajas if c.tipo == caja.VENTANILLA)
    assert [p.login for p in datos.personas_de(canal.clave)] == ["teo.tesorero"]
    assert [p.login for p in datos.personas_de(ventanilla.clave)] == ["ana.cajera", "beto.cajero"]
    for clave, login in ((canal.clave, "ana.cajera"), (ventanilla.clave, "teo.tesorero")):
        with pytest.raises(ErrorDeUso) as negativa:
            sara.ejecutar(caja.asignar_caja, caja.AsignacionDeCaja(clave, login, datos.hoy, True))
        assert negativa.value.campo == "cajero"
    sara.ejecutar(caja.asignar_caja, caja.AsignacionDeCaja(canal.clave, "teo.tesorero", datos.hoy, True))
    assert canal.clave not in [c.clave for c in ana.ejecutar(caja.situacion, caja.Nada()).valor.cajas]

    cerrar(ana, abrir_caja(ana).id)
    [(*_, turno_id)] = lista(teo, filtros=(("paso", "igual", "SIN_VERIFICAR"),)).filas
    assert teo.ejecutar(caja.verificar_corte, caja.Verificacion(turno_id)).valor.paso == "VERIFICADO"


def test_the_steps_go_in_their_order_and_each_by_who_may(base):
    ana, sara, teo = base.entrar(), base.entrar("sara.supervisora"), base.entrar("teo.tesorero")
    turno = abrir_caja(ana)
    cerrar(ana, turno.id)

    def firma(quien, estado: str) -> None:
        # On PostgreSQL who may write at all is another wall; here it is the order of the steps.
        with motor.transaccion(quien.motor) as sesion:
            cortes.registrar(sesion, turno.id, estado, "B-1", "S-1")

    for antes_de_tiempo in (cortes.ENTREGADO, cortes.RECIBIDO):
        with pytest.raises(ErrorDeUso) as negativa:
            firma(sara, antes_de_tiempo)
        assert str(negativa.value) == MENSAJES["LD144"]
    firma(sara, cortes.VERIFICADO)
    firma(sara, cortes.ENTREGADO)
    firma(teo, cortes.RECIBIDO)
    with motor.sesion(sara.motor, escribe=False) as sesion:
        assert cortes.estado_de(sesion, turno.id) == cortes.RECIBIDO
        assert [e.n for e in cortes.eventos(sesion, turno.id)] == [1, 2, 3]
        assert sesion.get(CorteEvento, (turno.id, 2)).sello == "S-1"
