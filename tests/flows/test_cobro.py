"""The cashier's street from end to end, on both databases with real logins."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from apoyo import abrir_caja, cobro_de, crear_predios, piezas_de
from sqlalchemy import text

from lerdo_desk.db import motor
from lerdo_desk.hacienda import turnos
from lerdo_desk.modules.caja import service as caja


def test_one_account_is_found_charged_printed_and_the_till_is_closed(base):
    [predio] = crear_predios(base, anios=3)
    ana = base.entrar()
    turno = abrir_caja(ana)
    [hallado] = ana.ejecutar(caja.buscar, caja.Buscar("pena munoz")).valor
    assert hallado.clave == predio.clave
    orden = cobro_de(ana, turno.id, hallado.cuenta_id, "9999.00")
    assert orden.total == hallado.adeudo > 0

    cobrado = ana.ejecutar(caja.cobrar, orden).valor

    assert cobrado.cambio == Decimal("9999.00") - orden.total
    papel = ana.ejecutar(caja.preparar_impresion, caja.Impresion(cobrado.recibos[0])).valor
    assert papel.copia == 0
    assert papel.recibo.folio == 1
    assert sum(r.importe for r in papel.recibo.renglones) == papel.recibo.total == orden.total
    assert all(r.fundamento for r in papel.recibo.renglones)
    assert ana.ejecutar(caja.consultar, caja.Consulta(predio.cuenta_id)).valor.cargos == ()

    contado = ana.ejecutar(
        caja.contar, turnos.Arqueo(turno.id, piezas_de(Decimal("500.00") + orden.total))
    ).valor
    corte = ana.ejecutar(caja.cerrar_turno, turnos.Cierre(turno.id, "Centavos sin moneda")).valor
    assert corte.esperado == contado.esperado == Decimal("500.00") + orden.total
    assert abs(corte.diferencia) < Decimal("0.10")
    assert [r.total for r in corte.recibos] == [orden.total]


def test_120_charges_by_8_threads_take_folios_1_to_120_without_a_gap(base):
    predios = crear_predios(base, cuantos=120, anios=1)
    ana = base.entrar()
    turno = abrir_caja(ana)
    ordenes = [cobro_de(ana, turno.id, p.cuenta_id) for p in predios]
    hilos = [base.entrar() for _ in range(8)]

    def cobrar(n: int) -> None:
        for orden in ordenes[n::8]:
            hilos[n].ejecutar(caja.cobrar, orden)

    with ThreadPoolExecutor(8) as grupo:
        list(grupo.map(cobrar, range(8)))

    with motor.sesion(ana.motor, escribe=False) as sesion:
        folios = sesion.execute(text("SELECT folio FROM hacienda_recibo ORDER BY folio")).scalars().all()
    assert folios == list(range(1, 121))
