"""Saldos a favor on both databases: listed by age, given back by an oficio, applied to what somebody owes."""

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from apoyo import abrir_caja, crear_predios, hoy_de
from canales import CERO, canal_de, cerrar, consulta, en_csv, importar, tesorero_con_canales
from sqlalchemy import text

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pedido
from lerdo_desk.db import motor
from lerdo_desk.hacienda.cobros import CargoDicho
from lerdo_desk.hacienda.saldos_aplicar import Aplicacion, Devolucion
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.ingresos.service import saldos
from lerdo_desk.modules.ingresos.service.canales import EnCanal


def lista(quien, **mas):
    return quien.ejecutar(saldos.ver_saldos, Pedido(totales=True, **mas)).valor


def orden_de(teo, saldo: int, cuenta_id: int, donde: int = 0) -> saldos.AplicarSaldo:
    """Make the order that the page makes: whole debts, oldest first, as far as the saldo reaches."""
    alcance = teo.ejecutar(saldos.que_alcanza, saldos.QueAlcanza(saldo, cuenta_id)).valor
    dichos = tuple(CargoDicho(cuenta_id, c.cargo_id, c.total) for c in alcance.paga)
    return saldos.AplicarSaldo(
        Aplicacion(str(uuid.uuid4()), saldo, cuenta_id, dichos), EnCanal(str(uuid.uuid4()), donde)
    )


def test_money_of_nobody_known_pays_the_debts_of_whom_it_turns_out_to_be(base):
    [predio] = crear_predios(base, anios=2)
    teo, hoy = tesorero_con_canales(base), hoy_de(base)
    cargos = teo.ejecutar(caja.ver_cuenta, caja.Consulta(predio.cuenta_id)).valor.cargos
    mas = Decimal("1.00")
    importar(teo, canal_de(teo, "WEB"), en_csv([["S1", "MAL-ESCRITA", cargos[0].total + mas, hoy, "04"]]))
    pagina = lista(teo)
    [fila] = pagina.filas
    assert fila[1:4] == ("POR IDENTIFICAR", "XCANAL-WEB", "SIN_CUENTA")
    assert (fila[5], pagina.sumas) == (cargos[0].total + mas, (("queda", cargos[0].total + mas),))
    visto = teo.ejecutar(saldos.ver_saldo, saldos.UnSaldo(fila[-1])).valor
    assert (visto.decia, visto.referencia, visto.usos) == ("MAL-ESCRITA", "S1", 0)
    [hallada] = teo.ejecutar(saldos.buscar_cuenta, saldos.BuscarCuenta(predio.clave)).valor
    assert hallada.cuenta_id == predio.cuenta_id
    assert teo.ejecutar(saldos.buscar_cuenta, saldos.BuscarCuenta("identificar")).valor == ()

    orden = orden_de(teo, fila[-1], hallada.cuenta_id)
    recibo = teo.ejecutar(saldos.aplicar_saldo, orden).valor
    assert teo.ejecutar(saldos.aplicar_saldo, orden).valor == recibo, (
        "the same attempt gives the same receipt"
    )

    quedan = teo.ejecutar(caja.ver_cuenta, caja.Consulta(predio.cuenta_id)).valor.cargos
    assert [c.cargo_id for c in quedan] == [cargos[1].cargo_id]
    pagos = consulta(
        base, "SELECT forma, importe, referencia FROM hacienda_pago WHERE recibo_id = :r", r=recibo
    )
    [(serie,)] = consulta(
        base, "SELECT clave FROM hacienda_serie s JOIN hacienda_recibo r ON r.serie_id = s.id LIMIT 1"
    )
    assert pagos == [("17", int(cargos[0].total * 100), f"Saldo a favor {serie}-1")]
    assert [f[5] for f in lista(teo).filas] == [mas]
    otra = replace(orden, aplicacion=replace(orden.aplicacion, intento=str(uuid.uuid4())))
    with pytest.raises(ErrorDeUso, match="cambió"):
        teo.ejecutar(saldos.aplicar_saldo, otra)
    with pytest.raises(ErrorDeUso, match="ningún adeudo"):
        teo.ejecutar(saldos.aplicar_saldo, orden_de(teo, fila[-1], hallada.cuenta_id))
    cerrar(teo)
    assert consulta(base, "SELECT esperado, contado FROM hacienda_corte") == [(0, 0)]


def test_a_saldo_is_given_back_by_an_oficio_once_and_never_more_than_is_left(base):
    teo, hoy = tesorero_con_canales(base), hoy_de(base)
    importar(teo, canal_de(teo, "WEB"), en_csv([["D1", "X", "100.00", hoy, "04"]]))
    saldo = lista(teo).filas[0][-1]
    orden = Devolucion(saldo, Decimal("60.00"), "Oficio TES/12, transferencia", 0)
    for _ in range(2):
        teo.ejecutar(saldos.devolver_saldo, orden)
    assert lista(teo).filas[0][5] == Decimal("40.00"), "sent twice, given once"
    malas = (
        (replace(orden, usos=1, nota="ok"), "5 letras"),
        (replace(orden, usos=1, importe=Decimal("40.01")), "Sólo quedan"),
        (replace(orden, usos=1, importe=CERO), "más que cero"),
        (replace(orden, usos=0, importe=Decimal("1.00")), "cambió"),
    )
    for mala, frase in malas:
        with pytest.raises(ErrorDeUso, match=frase):
            teo.ejecutar(saldos.devolver_saldo, mala)
    teo.ejecutar(saldos.devolver_saldo, replace(orden, usos=1, importe=Decimal("40.00")))
    assert lista(teo).filas == ()
    usos = consulta(base, "SELECT n, importe, recibo_id FROM hacienda_saldo_uso ORDER BY n")
    assert usos == [(1, 6000, None), (2, 4000, None)]
    with pytest.raises(ErrorDeUso, match="ya no tiene dinero"):
        teo.ejecutar(saldos.ver_saldo, saldos.UnSaldo(saldo))


def test_only_the_tesorero_touches_saldos_and_an_auditor_reads_them(base):
    [predio] = crear_predios(base)
    teo, hoy, ana = tesorero_con_canales(base), hoy_de(base), base.entrar()
    importar(teo, canal_de(teo, "WEB"), en_csv([["D1", "X", "90000.00", hoy, "04"]]))
    saldo = lista(base.entrar("aldo.auditor")).filas[0][-1]
    devolucion = Devolucion(saldo, Decimal("1.00"), "Oficio TES/12", 0)
    for quien in (ana, base.entrar("sara.supervisora"), base.entrar("aldo.auditor")):
        with pytest.raises(ErrorDeUso, match="Su perfil"):
            quien.ejecutar(saldos.devolver_saldo, devolucion)
    devolver = (
        "INSERT INTO hacienda_saldo_uso (cargo_id, n, importe, nota) VALUES (:c, 1, :i, 'Oficio TES/12')"
    )
    with pytest.raises(ErrorDeUso):
        _a_mano(ana, devolver, c=saldo, i=100)
    with pytest.raises(ErrorDeUso):
        _a_mano(teo, devolver, c=saldo, i=9000001)
    # Another person's saldo does not pay at a till.
    turno = abrir_caja(ana)
    estado = ana.ejecutar(caja.consultar, caja.Consulta(predio.cuenta_id)).valor
    cargo = estado.cargos[0]
    renglon = (
        "INSERT INTO hacienda_renglon (recibo_id, n, cargo_id, concepto_id, clase, importe, texto,"
        " fundamento, fecha_pago) SELECT :r, 1, id, concepto_id, 'principal', 100, '', '', :d"
        " FROM hacienda_cargo WHERE id = :c"
    )
    uso = "INSERT INTO hacienda_saldo_uso (cargo_id, n, importe, recibo_id, nota) VALUES (:c, 1, 100, :r, '')"
    assert turno.recibos == 0
    recibo, dia = str(uuid.uuid4()), hoy if base.en_servidor else hoy.isoformat()
    with (
        pytest.raises(ErrorDeUso, match="de otra persona"),
        motor.sesion(ana.motor, escribe=True) as sesion,
    ):
        sesion.execute(text(renglon), {"r": recibo, "d": dia, "c": cargo.cargo_id})
        sesion.execute(text(uso), {"c": saldo, "r": recibo})
    assert consulta(base, "SELECT count(*) FROM hacienda_saldo_uso") == [(0,)]


def test_a_saldo_of_one_ente_never_pays_a_debt_of_another(crear_base):
    base = crear_base("sqlite")
    [predio] = crear_predios(base)
    teo, hoy = tesorero_con_canales(base), hoy_de(base)
    importar(teo, canal_de(teo, "WEB"), en_csv([["D1", "X", "90000.00", hoy, "04"]]))
    saldo = lista(teo).filas[0][-1]
    orden = orden_de(teo, saldo, predio.cuenta_id)
    dueno = base.motor_del_dueno()
    with motor.transaccion(dueno) as sesion:
        sesion.execute(text("DROP TRIGGER IF EXISTS hacienda_cuenta_crece_update"))
        nombres = sesion.scalars(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'hacienda_cuenta'")
        )
        for nombre in list(nombres):
            sesion.execute(text(f"DROP TRIGGER {nombre}"))
        sesion.execute(
            text("UPDATE hacienda_cuenta SET ente_id = (SELECT max(id) FROM hacienda_ente) WHERE id = :c"),
            {"c": predio.cuenta_id},
        )
    dueno.dispose()
    with pytest.raises(ErrorDeUso, match="otro ente"):
        teo.ejecutar(saldos.aplicar_saldo, orden)


def _a_mano(runner, sql: str, **valores) -> None:
    with motor.sesion(runner.motor, escribe=True) as sesion:
        sesion.execute(text(sql), valores)
        sesion.commit()
