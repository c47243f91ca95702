"""Cash leaves an open till for the vault: two people sign, and the till never says how much it holds."""

import json
import uuid
from decimal import Decimal

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios, piezas_de
from sqlalchemy import text

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db import motor
from lerdo_desk.db.fallos import MENSAJES
from lerdo_desk.hacienda import formas, turnos
from lerdo_desk.hacienda.cobros import PagoDado
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.reports import corte_x as papel_x
from lerdo_desk.reports import retiro as papel_retiro

FONDO = Decimal("500.00")


def negado(codigo: str, que) -> None:
    with pytest.raises(ErrorDeUso) as negativa:
        que()
    assert str(negativa.value) == MENSAJES[codigo]


def peticion(turno_id: str, importe: str = "300.00", bolsa: str = "B-77") -> turnos.PeticionDeRetiro:
    return turnos.PeticionDeRetiro(str(uuid.uuid4()), turno_id, Decimal(importe), bolsa)


def retirar(ana, sara, orden: turnos.PeticionDeRetiro):
    ana.ejecutar(caja.pedir_retiro, orden)
    sara.ejecutar(caja.recibir_retiro, caja.FirmaDeRetiro(orden.solicitud_id))
    return ana.ejecutar(caja.retirar, orden).valor


def test_a_drop_signed_by_another_person_lowers_what_is_expected(base):
    ana, sara = base.entrar(), base.entrar("sara.supervisora")
    turno = abrir_caja(ana)
    orden = peticion(turno.id)

    acta = retirar(ana, sara, orden)

    assert (acta.retiro.n, acta.retiro.importe, acta.retiro.bolsa) == (1, Decimal("300.00"), "B-77")
    assert (acta.cajero, acta.retiro.recibe) == (ana.actor.nombre, sara.actor.nombre)
    assert papel_retiro.dibujar(acta).startswith(b"%PDF")
    assert ana.ejecutar(caja.retirar, orden).valor == acta, "sent twice, it is one drop"
    assert retirar(ana, sara, peticion(turno.id, "50.00", "B-78")).retiro.n == 2
    contado = ana.ejecutar(caja.contar, turnos.Arqueo(turno.id, piezas_de(Decimal("150.00")))).valor
    assert (contado.esperado, contado.diferencia) == (Decimal("150.00"), Decimal("0.00"))
    corte = ana.ejecutar(caja.cerrar_turno, turnos.Cierre(turno.id)).valor
    assert (corte.retiros, corte.esperado) == (Decimal("350.00"), Decimal("150.00"))
    assert [(r.n, r.importe, r.recibe) for r in corte.retiros_hechos] == [
        (1, Decimal("300.00"), sara.actor.nombre),
        (2, Decimal("50.00"), sara.actor.nombre),
    ]


def test_without_a_signature_or_with_another_s_nothing_leaves(base):
    ana, beto, sara = base.entrar(), base.entrar("beto.cajero"), base.entrar("sara.supervisora")
    turno, de_beto = abrir_caja(ana), abrir_caja(beto)
    orden = peticion(turno.id)
    negado("LD140", lambda: ana.ejecutar(caja.retirar, orden))
    ana.ejecutar(caja.pedir_retiro, orden)
    negado("LD140", lambda: ana.ejecutar(caja.retirar, orden))
    with pytest.raises(ErrorDeUso, match="Su perfil no permite «Recibir un retiro de efectivo»"):
        beto.ejecutar(caja.recibir_retiro, caja.FirmaDeRetiro(orden.solicitud_id))
    sara.ejecutar(caja.recibir_retiro, caja.FirmaDeRetiro(orden.solicitud_id))
    negado("LD143", lambda: sara.ejecutar(caja.recibir_retiro, caja.FirmaDeRetiro(orden.solicitud_id)))

    mas = turnos.PeticionDeRetiro(orden.solicitud_id, turno.id, Decimal("400.00"), orden.bolsa)
    negado("LD140", lambda: ana.ejecutar(caja.retirar, mas))
    with pytest.raises(ErrorDeUso, match="La bolsa no es la que se firmó"):
        ana.ejecutar(
            caja.retirar, turnos.PeticionDeRetiro(orden.solicitud_id, turno.id, orden.importe, "OTRA")
        )
    ajena = turnos.PeticionDeRetiro(orden.solicitud_id, de_beto.id, orden.importe, orden.bolsa)
    negado("LD140", lambda: beto.ejecutar(caja.retirar, ajena))
    with pytest.raises(ErrorDeUso, match="El turno no es suyo"):
        beto.ejecutar(caja.pedir_retiro, peticion(turno.id))
    ana.ejecutar(caja.retirar, orden)


def test_a_signature_for_one_act_does_not_serve_for_the_other(base):
    [predio] = crear_predios(base, anios=1)
    ana, sara = base.entrar(), base.entrar("sara.supervisora")
    turno = abrir_caja(ana)
    recibo = ana.ejecutar(caja.cobrar, cobro_de(ana, turno.id, predio.cuenta_id)).valor.recibos[0]
    cancelacion = caja.PeticionDeCancelacion(str(uuid.uuid4()), recibo, "se cobró dos veces")
    ana.ejecutar(caja.pedir_cancelacion, cancelacion)
    orden = peticion(turno.id)
    ana.ejecutar(caja.pedir_retiro, orden)
    with pytest.raises(ErrorDeUso, match="no es de un retiro"):
        sara.ejecutar(caja.recibir_retiro, caja.FirmaDeRetiro(cancelacion.solicitud_id))
    with pytest.raises(ErrorDeUso, match="no es de una cancelación"):
        sara.ejecutar(caja.firmar_cancelacion, caja.Firma(orden.solicitud_id, True))


def test_more_than_the_till_holds_is_refused_only_once_it_is_signed(base):
    ana, sara = base.entrar(), base.entrar("sara.supervisora")
    turno = abrir_caja(ana)
    # Asking says nothing of the cash: else the till would answer, amount by amount, how much it expects.
    negado("LD139", lambda: retirar(ana, sara, peticion(turno.id, "500.01")))
    retirar(ana, sara, peticion(turno.id, "500.00"))
    negado("LD139", lambda: retirar(ana, sara, peticion(turno.id, "0.01")))


def test_a_drop_says_how_much_and_in_which_bag(base):
    ana = base.entrar()
    turno = abrir_caja(ana)
    for importe, bolsa, campo in (("0.00", "B-1", "importe"), ("10.00", "  ", "bolsa")):
        with pytest.raises(ErrorDeUso) as negativa:
            ana.ejecutar(caja.pedir_retiro, peticion(turno.id, importe, bolsa))
        assert negativa.value.campo == campo


def test_after_the_count_no_cash_leaves(base):
    ana, sara = base.entrar(), base.entrar("sara.supervisora")
    turno = abrir_caja(ana)
    orden = peticion(turno.id)
    ana.ejecutar(caja.pedir_retiro, orden)
    sara.ejecutar(caja.recibir_retiro, caja.FirmaDeRetiro(orden.solicitud_id))
    ana.ejecutar(caja.contar, turnos.Arqueo(turno.id, piezas_de(FONDO)))
    negado("LD111", lambda: ana.ejecutar(caja.retirar, orden))


def test_the_x_report_gives_its_cashier_no_cash_and_the_supervisor_all(base):
    predios = crear_predios(base, cuantos=2, anios=1)
    ana, sara = base.entrar(), base.entrar("sara.supervisora")
    turno = abrir_caja(ana)
    en_efectivo = cobro_de(ana, turno.id, predios[0].cuenta_id)
    ana.ejecutar(caja.cobrar, en_efectivo)
    con_tarjeta = cobro_de(ana, turno.id, predios[1].cuenta_id)
    pago = PagoDado("04", con_tarjeta.total, formas.de_tarjeta("4242", "881"))
    ana.ejecutar(
        caja.cobrar,
        type(con_tarjeta)(con_tarjeta.intento, turno.id, con_tarjeta.pagador, con_tarjeta.cargos, (pago,)),
    )
    retirar(ana, sara, peticion(turno.id, "123.00"))

    suyo = ana.ejecutar(caja.corte_x, caja.Nada()).valor
    assert (suyo.recibos, suyo.cancelados, suyo.cuantos_retiros) == (2, 0, 1)
    assert [(f.forma, f.importe) for f in suyo.formas] == [("04", con_tarjeta.total)]
    assert (suyo.efectivo, suyo.retiros) == (None, ())
    visto = sara.ejecutar(caja.ver_corte, caja.TurnoVisto(turno.id)).valor
    assert (visto.paso, visto.corte) == ("ABIERTO", None)
    assert visto.abierto.efectivo == en_efectivo.total
    assert [r.importe for r in visto.abierto.retiros] == [Decimal("123.00")]
    assert papel_x.dibujar(suyo) != papel_x.dibujar(visto.abierto)

    ana.ejecutar(caja.contar, turnos.Arqueo(turno.id, piezas_de(FONDO)))
    assert ana.ejecutar(caja.corte_x, caja.Nada()).valor.efectivo == en_efectivo.total


def test_what_was_asked_stays_written(base):
    ana = base.entrar()
    turno = abrir_caja(ana)
    orden = peticion(turno.id)
    ana.ejecutar(caja.pedir_retiro, orden)
    with motor.sesion(ana.motor, escribe=False) as sesion:
        [(dicho, motivo)] = sesion.execute(text("SELECT orden, motivo FROM core_solicitud")).all()
    assert json.loads(dicho) == {"turno_id": turno.id, "importe": 30000, "bolsa": "B-77"}
    assert "B-77" in motivo
