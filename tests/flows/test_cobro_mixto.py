"""One errand with several accounts, entes and forms of payment, on both databases with real logins."""

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios, hoy_de
from canales import canal_de, en_csv, importar, tesorero_con_canales
from municipio_de_prueba import AMBAS, VALLE
from sqlalchemy import insert, select
from ventanilla import consulta

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db import motor
from lerdo_desk.hacienda import cobros, formas
from lerdo_desk.hacienda.modelos import Cuenta
from lerdo_desk.hacienda.ordenes import NuevaOrden
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.ordenes import service as ordenes

PESO = Decimal("1.00")


@pytest.fixture(params=AMBAS)
def valle(request, crear_base):
    """A municipality with two entes whose law lets an older debt wait."""
    return crear_base(request.param, VALLE)


def _con(orden, *pagos, **mas):
    return replace(orden, pagos=tuple(cobros.PagoDado(*p) for p in pagos), **mas)


def _juntos(cajero, turno, *cuentas):
    """Make one order of everything that some accounts owe, without payments."""
    cargos = tuple(c for cuenta in cuentas for c in cobro_de(cajero, turno.id, cuenta).cargos)
    return cobros.Cobro(str(uuid.uuid4()), turno.id, "", cargos, ())


def _agua(base):
    """Issue an order of the water utility, its amount signed by a supervisor; give its account and folio."""
    carla, concepto = base.entrar("carla.capturista"), "08-7301"
    peticion = ordenes.PeticionDeFirma(str(uuid.uuid4()), concepto, PESO * 250, "Consumo sin medidor")
    carla.ejecutar(ordenes.pedir_firma, peticion)
    base.entrar("sara.supervisora").ejecutar(ordenes.firmar, ordenes.Firma(peticion.solicitud_id))
    orden = NuevaOrden(
        concepto, "Orona Luján Delia", importe_libre=PESO * 250, solicitud_id=peticion.solicitud_id
    )
    folio = carla.ejecutar(ordenes.emitir, orden).valor
    return consulta(base, f"SELECT id FROM hacienda_cuenta WHERE clave = '{folio}'")[0][0], folio


def test_every_form_of_payment_settles_one_receipt_and_change_comes_only_from_cash(base):
    [predio] = crear_predios(base, anios=3)
    ana, hoy = base.entrar(), hoy_de(base)
    turno = abrir_caja(ana)
    orden = cobro_de(ana, turno.id, predio.cuenta_id)
    partes = (
        (formas.CREDITO, PESO * 100, formas.de_tarjeta("1234", "998877")),
        (formas.DEBITO, PESO * 200, formas.de_tarjeta("4321", "A-15")),
        (formas.CHEQUE, PESO * 300, formas.de_banco("Banco Ficticio", "0012", hoy, hoy)),
        (formas.TRANSFERENCIA, PESO * 400, formas.de_banco("Banco Ficticio", "RASTREO-9", hoy, hoy)),
        (formas.EFECTIVO, orden.total - 1000 + 50),
    )
    hecho = ana.ejecutar(caja.cobrar, _con(orden, *partes)).valor
    assert hecho.cambio == PESO * 50
    papel = ana.ejecutar(caja.preparar_impresion, caja.Impresion(hecho.recibos[0])).valor.recibo
    assert {p.forma: p.importe for p in papel.pagos} == {
        **{forma: monto for forma, monto, *_ in partes},
        formas.EFECTIVO: orden.total - 1000,
    }
    assert consulta(base, "SELECT sum(cambio), count(*) FROM hacienda_pago WHERE cambio > 0") == [(5000, 1)]


@pytest.mark.parametrize(
    ("pagos", "campo"),
    [
        ([("03", "100000.00", "")], "referencia"),
        ([("04", "100000.00", "  ")], "referencia"),
        ([("17", "100000.00", "Saldo a favor")], "forma"),
        ([("99", "100000.00", "algo")], "forma"),
        ([("03", "100000.00", "Banco · 1 · 01/01/2026")], "recibido"),
        ([("01", "1.00", "")], "recibido"),
    ],
)
def test_a_payment_that_does_not_say_what_its_form_must_is_refused_by_its_field(crear_base, pagos, campo):
    base = crear_base("sqlite")
    [predio] = crear_predios(base, anios=1)
    ana = base.entrar()
    orden = cobro_de(ana, abrir_caja(ana).id, predio.cuenta_id)
    mala = _con(orden, *((f, Decimal(m), r) for f, m, r in pagos))
    with pytest.raises(ErrorDeUso) as error:
        ana.ejecutar(caja.cobrar, mala)
    assert error.value.campo == campo
    assert consulta(base, "SELECT count(*) FROM hacienda_pago") == [(0,)]


@pytest.mark.parametrize(
    ("dado", "campo"),
    [
        (("12", "1"), "ultimos"),
        (("4111111111111111", "1"), "ultimos"),
        (("1234", " "), "autorizacion"),
    ],
)
def test_a_card_says_its_last_four_digits_and_the_authorisation(dado, campo):
    with pytest.raises(ErrorDeUso) as error:
        formas.de_tarjeta(*dado)
    assert error.value.campo == campo


def test_two_entes_in_one_payment_give_a_receipt_each_and_never_one(valle):
    [predio] = crear_predios(valle, anios=2)
    agua, folio = _agua(valle)
    ana = valle.entrar()
    turno = abrir_caja(ana)
    [hallado] = ana.ejecutar(caja.buscar, caja.Buscar(folio)).valor
    assert hallado.cuenta_id == agua
    orden = _juntos(ana, turno, predio.cuenta_id, agua)
    transferencia = (formas.TRANSFERENCIA, PESO, "Banco Ficticio · 1 · hoy")
    junta = _con(orden, transferencia, ("01", orden.total - 1), pagador="Orona Luján Delia", combinado=True)
    hecho = ana.ejecutar(caja.cobrar, junta).valor
    filas = consulta(valle, "SELECT ente_id, cuentas, pagador, total FROM hacienda_recibo ORDER BY ente_id")
    assert len(hecho.recibos) == len(filas) == 2
    assert len({ente for ente, *_ in filas}) == 2
    assert {pagador for _, _, pagador, _ in filas} == {"Orona Luján Delia"}
    assert sum(total for *_, total in filas) == int(orden.total * 100)
    assert consulta(valle, "SELECT sum(importe) FROM hacienda_pago WHERE forma = '03'") == [(100,)]
    pagada = ana.ejecutar(caja.buscar, caja.Buscar(folio)).valor
    assert pagada == ()
    assert "pagó" in pagada.frase or "pagada" in pagada.frase


def test_one_receipt_for_several_accounts_comes_only_on_request_of_a_named_payer(base):
    uno, dos = crear_predios(base, cuantos=2, anios=2)
    ana = base.entrar()
    turno = abrir_caja(ana)
    orden = _juntos(ana, turno, uno.cuenta_id, dos.cuenta_id)
    pagada = _con(orden, ("01", orden.total))
    with pytest.raises(ErrorDeUso, match="a nombre de quién"):
        ana.ejecutar(caja.cobrar, replace(pagada, combinado=True))
    hecho = ana.ejecutar(caja.cobrar, replace(pagada, combinado=True, pagador="Quien paga")).valor
    papel = ana.ejecutar(caja.preparar_impresion, caja.Impresion(hecho.recibos[0])).valor.recibo
    assert len(hecho.recibos) == 1
    assert papel.total == orden.total
    assert papel.pagador == "Quien paga"
    assert consulta(base, "SELECT cuentas FROM hacienda_recibo") == [(2,)]


@pytest.mark.parametrize("donde", AMBAS)
def test_an_older_overdue_debt_waits_only_where_the_law_allows_it_and_with_a_reason(crear_base, donde):
    lerdo, valle = crear_base(donde), crear_base(donde, VALLE)
    for base, permite in ((lerdo, False), (valle, True)):
        [predio] = crear_predios(base, anios=3)
        ana = base.entrar()
        turno = abrir_caja(ana)
        estado = ana.ejecutar(caja.consultar, caja.Consulta(predio.cuenta_id)).valor
        assert estado.puede_saltar is permite
        orden = cobro_de(ana, turno.id, predio.cuenta_id)
        nuevo = max(estado.cargos, key=lambda c: c.vence)
        salta = replace(
            orden,
            cargos=tuple(c for c in orden.cargos if c.cargo_id == nuevo.cargo_id),
            pagos=(cobros.PagoDado("01", nuevo.total),),
        )
        with pytest.raises(ErrorDeUso, match="anterior") as sin_motivo:
            ana.ejecutar(caja.cobrar, salta)
        assert sin_motivo.value.campo == "motivo"
        with pytest.raises(ErrorDeUso, match="al menos 5 letras"):
            ana.ejecutar(caja.cobrar, replace(salta, motivo="sí"))
        con_motivo = replace(salta, motivo="Litigio en curso")
        if permite:
            ana.ejecutar(caja.cobrar, con_motivo)
            assert consulta(base, "SELECT nota FROM hacienda_operacion") == [("Litigio en curso",)]
        else:
            with pytest.raises(ErrorDeUso, match="adeudo más antiguo"):
                ana.ejecutar(caja.cobrar, con_motivo)
            assert consulta(base, "SELECT count(*) FROM hacienda_recibo") == [(0,)]


def _con_saldo(base, clave, importe):
    """Let the web bring less than the oldest debt: it pays none and is kept. Give the cargo that keeps it."""
    teo = tesorero_con_canales(base)
    importar(teo, canal_de(teo, "WEB"), en_csv([["W-1", clave, str(importe), hoy_de(base), "04"]]))
    [(cargo,)] = consulta(base, "SELECT cargo_id FROM hacienda_saldo")
    return cargo


def test_a_saldo_a_favor_pays_its_own_person_s_debts_and_nobody_else_s(base):
    suya, ajena = crear_predios(base, cuantos=2, anios=2)
    cargo = _con_saldo(base, suya.clave, PESO * 300)
    ana = base.entrar()
    turno = abrir_caja(ana)
    titulares = ana.ejecutar(caja.consultar_varias, caja.Consultas((suya.cuenta_id, ajena.cuenta_id))).valor
    personas = tuple(c.titular_id for c in titulares)
    [saldo] = ana.ejecutar(caja.saldos_a_favor, caja.Titulares(personas)).valor
    assert (saldo.cargo_id, saldo.disponible) == (cargo, PESO * 300)

    ajeno = cobro_de(ana, turno.id, ajena.cuenta_id)
    robo = _con(ajeno, ("17", PESO * 300, "Saldo", cargo), ("01", ajeno.total - 300))
    with pytest.raises(ErrorDeUso, match="sólo paga lo que debe su titular"):
        ana.ejecutar(caja.cobrar, robo)

    orden = _juntos(ana, turno, ajena.cuenta_id, suya.cuenta_id)
    dichos = [c for c in orden.cargos if c.cargo_id != cargo]
    orden = replace(orden, cargos=tuple(dichos))
    mixta = _con(orden, ("17", PESO * 300, "Saldo a favor", cargo), ("01", orden.total - 300 + 10))
    hecho = ana.ejecutar(caja.cobrar, mixta).valor
    assert hecho.cambio == PESO * 10
    [(cuenta,)] = consulta(
        base,
        "SELECT r.cuenta_id FROM hacienda_recibo r JOIN hacienda_saldo_uso u ON u.recibo_id = r.id",
    )
    assert cuenta == suya.cuenta_id
    assert ana.ejecutar(caja.saldos_a_favor, caja.Titulares(personas)).valor == ()


def test_what_the_same_person_owes_elsewhere_is_offered_with_the_account(base):
    uno, dos, tres = crear_predios(base, cuantos=3, anios=1)
    dueno = base.motor_del_dueno()
    with motor.transaccion(dueno) as sesion:
        persona = sesion.scalar(select(Cuenta.titular_id).where(Cuenta.id == uno.cuenta_id))
        ente = sesion.scalar(select(Cuenta.ente_id).where(Cuenta.id == uno.cuenta_id))
        suya = sesion.execute(
            insert(Cuenta)
            .values(
                ente_id=ente,
                modulo="predial",
                clave="900-900-900",
                titular_id=persona,
                titular="Otra",
                domicilio="",
            )
            .returning(Cuenta.id)
        ).scalar_one()
    dueno.dispose()
    ana = base.entrar()
    vista = ana.ejecutar(caja.consultar, caja.Consulta(suya)).valor
    assert [o.cuenta_id for o in vista.otras] == [uno.cuenta_id]
    assert vista.otras[0].adeudo > 0
    assert ana.ejecutar(caja.consultar, caja.Consulta(dos.cuenta_id)).valor.otras == ()
    assert tres.cuenta_id not in {o.cuenta_id for o in vista.otras}
