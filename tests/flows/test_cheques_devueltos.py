"""A cheque that the bank returns, on both databases: the debt lives again, with its indemnity, all signed."""

import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from apoyo import Predial, abrir_caja, crear_predios, hoy_de
from canales import CERO, canal_de, cerrar, consulta, en_csv, importar, tesorero_con_canales
from sqlalchemy import text

from lerdo_desk.base.dinero import a_centavos, de_centavos, proporcion
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pedido
from lerdo_desk.db import motor
from lerdo_desk.db.fallos import MENSAJES
from lerdo_desk.hacienda import cobros, formas
from lerdo_desk.hacienda.ordenes import NuevaOrden
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.ingresos.service import cheques, saldos
from lerdo_desk.modules.ingresos.service.canales import EnCanal
from lerdo_desk.modules.ordenes import service as ordenes

DEL_AGUA = "40-0001"


class Banco:
    """A till that took a cheque, the tesorero to whom the bank returns it, and the supervisor."""

    def __init__(self, base, cuantos: int = 1) -> None:
        self.base = base
        self.predios = crear_predios(base, cuantos=cuantos, anios=1)
        self.teo, self.hoy = tesorero_con_canales(base), hoy_de(base)
        self.ana, self.sara = base.entrar(), base.entrar("sara.supervisora")
        self.turno = abrir_caja(self.ana)
        self.referencia = formas.de_banco("Banco de Ejemplo", "000123", self.hoy, self.hoy)

    def debe(self, n: int = 0) -> Decimal:
        estado = self.teo.ejecutar(caja.ver_cuenta, caja.Consulta(self.predios[n].cuenta_id)).valor
        return sum((c.total for c in estado.cargos), CERO)

    def cobrar(self, *mezcla: cobros.PagoDado) -> str:
        """Charge every account in one errand, the rest by the cheque, and give the operación."""
        dichos = []
        for p in self.predios:
            estado = self.ana.ejecutar(caja.consultar, caja.Consulta(p.cuenta_id)).valor
            dichos += [cobros.CargoDicho(p.cuenta_id, c.cargo_id, c.total) for c in estado.cargos]
        falta = sum((d.total for d in dichos), CERO) - sum((m.recibido for m in mezcla), CERO)
        pagos = (cobros.PagoDado("02", falta, self.referencia), *mezcla)
        orden = cobros.Cobro(str(uuid.uuid4()), self.turno.id, "Quien firma", tuple(dichos), pagos)
        return self.ana.ejecutar(caja.cobrar, orden).valor.operacion

    def pedir(self, operacion: str) -> cheques.ChequeDevuelto:
        """Ask for the signature and give the order that follows it."""
        intento = str(uuid.uuid4())
        peticion = cheques.PeticionDeDevolucion(
            intento, operacion, self.referencia, cheques.MOTIVOS[0], self.hoy.isoformat()
        )
        self.solicitudes = self.teo.ejecutar(cheques.pedir_devolucion, peticion).valor
        assert self.teo.ejecutar(cheques.pedir_devolucion, peticion).valor == self.solicitudes
        donde = EnCanal(str(uuid.uuid4()))
        return cheques.ChequeDevuelto(intento, operacion, self.referencia, donde)

    def firmar(self, aprueba: bool = True) -> None:
        self.sara.ejecutar(cheques.firmar_devolucion, cheques.FirmaDeDevolucion(self.solicitudes, aprueba))

    def devolver(self, operacion: str):
        orden = self.pedir(operacion)
        self.firmar()
        return self.teo.ejecutar(cheques.devolver_cheque, orden).valor

    def porcentaje(self, importe: Decimal) -> Decimal:
        [(numero, escala)] = consulta(
            self.base, "SELECT numero, escala FROM hacienda_parametro WHERE clave = 'indemnizacion_cheque'"
        )
        return de_centavos(proporcion(a_centavos(importe), numero, 10**escala))


def test_a_returned_cheque_reverses_its_receipt_and_the_debt_lives_again_with_its_indemnity(base):
    banco = Banco(base)
    debia = banco.debe()
    operacion = banco.cobrar()
    fila = banco.teo.ejecutar(cheques.ver_cheques, Pedido()).valor.filas[0]
    assert fila[1:3] == ("Banco de Ejemplo", "000123")
    assert (fila[4], fila[7]) == (debia, cheques.RECIBIDO)
    assert cheques.partir(fila[-1]) == (operacion, banco.referencia)
    visto = banco.teo.ejecutar(cheques.ver_cheque, cheques.UnCheque(operacion, banco.referencia)).valor
    assert visto.cheque.importe == debia
    assert "vuelve a deber" in visto.efectos[0]
    assert "indemnización" in visto.efectos[1]

    orden = banco.pedir(operacion)
    with pytest.raises(ErrorDeUso, match="no está autorizada"):
        banco.teo.ejecutar(cheques.devolver_cheque, orden)
    banco.firmar()
    hecho = banco.teo.ejecutar(cheques.devolver_cheque, orden).valor
    assert banco.teo.ejecutar(cheques.devolver_cheque, orden).valor == hecho, (
        "the same attempt, the same acts"
    )

    assert hecho.indemnizacion == banco.porcentaje(debia) > 0
    assert (len(hecho.reversas), hecho.guardados) == (1, ())
    assert banco.debe() == debia + hecho.indemnizacion
    assert banco.teo.ejecutar(cheques.ver_cheques, Pedido()).valor.filas[0][7] == cheques.DEVUELTO
    assert "Se reversó 1 recibo" in cheques.resumen(hecho)
    with pytest.raises(ErrorDeUso, match="ningún recibo vigente"):
        banco.pedir(operacion)
    cerrar(banco.teo)
    assert consulta(base, "SELECT total, recibos FROM hacienda_corte") == [(-int(debia * 100), 1)]
    pagos = consulta(base, "SELECT sum(importe) FROM hacienda_pago WHERE forma = '02'")
    assert pagos == [(0,)]


def test_what_was_paid_in_cash_beside_the_cheque_is_kept_as_a_saldo(base):
    banco = Banco(base)
    debia, efectivo, tarjeta = banco.debe(), Decimal("100.50"), Decimal("20.00")
    aparte = (
        cobros.PagoDado("01", efectivo),
        cobros.PagoDado("04", tarjeta, formas.de_tarjeta("4321", "998877")),
    )
    operacion = banco.cobrar(*aparte)
    visto = banco.teo.ejecutar(cheques.ver_cheque, cheques.UnCheque(operacion, banco.referencia)).valor
    assert "$120.50" in visto.efectos[1]
    hecho = banco.devolver(operacion)

    assert hecho.indemnizacion == banco.porcentaje(debia - efectivo - tarjeta), "only on what the cheque paid"
    assert banco.debe() == debia + hecho.indemnizacion
    [guardado] = hecho.guardados
    partes = consulta(
        base, "SELECT forma, importe FROM hacienda_pago WHERE recibo_id = :r ORDER BY forma", r=guardado
    )
    assert partes == [("01", 10050), ("04", 2000)]
    assert consulta(base, "SELECT origen, importe FROM hacienda_saldo") == [("CHEQUE", 12050)]
    [saldo] = banco.teo.ejecutar(saldos.ver_saldos, Pedido()).valor.filas
    assert (saldo[3], saldo[5]) == ("CHEQUE", Decimal("120.50"))
    [(esperado,)] = consulta(
        base,
        "SELECT coalesce(sum(p.importe), 0) FROM hacienda_pago p JOIN hacienda_recibo r ON r.id = p.recibo_id"
        " JOIN hacienda_turno t ON t.id = r.turno_id WHERE t.usuario = 'teo.tesorero' AND p.forma = '01'",
    )
    assert esperado == 0, "the cash went out and came in again: the channel holds none"


def test_a_cheque_that_paid_two_accounts_reverses_both_and_charges_one_indemnity(base):
    banco = Banco(base, cuantos=2)
    debian = [banco.debe(0), banco.debe(1)]
    hecho = banco.devolver(banco.cobrar())
    assert len(hecho.reversas) == len(banco.solicitudes) == 2
    assert hecho.indemnizacion == banco.porcentaje(sum(debian, CERO))
    assert sorted((banco.debe(0) - debian[0], banco.debe(1) - debian[1])) == [CERO, hecho.indemnizacion]
    operaciones = consulta(base, "SELECT recibos, total FROM hacienda_operacion WHERE tipo = 'CANCELACION'")
    assert operaciones == [(2, -int(sum(debian, CERO) * 100))]


def test_a_cheque_that_paid_two_entes_causes_the_indemnity_of_each(base):
    banco = Banco(base)
    sara, carla = banco.sara, base.entrar("carla.capturista")
    peticion = ordenes.PeticionDeFirma(
        str(uuid.uuid4()), DEL_AGUA, Decimal("300.00"), "Lo pide el reglamento"
    )
    carla.ejecutar(ordenes.pedir_firma, peticion)
    sara.ejecutar(ordenes.firmar, ordenes.Firma(peticion.solicitud_id))
    nueva = NuevaOrden(
        DEL_AGUA, "Orona Luján Delia", importe_libre=Decimal("300.00"), solicitud_id=peticion.solicitud_id
    )
    folio = carla.ejecutar(ordenes.emitir, nueva).valor
    [(cuenta,)] = consulta(base, "SELECT id FROM hacienda_cuenta WHERE clave = :f", f=folio)
    debia = banco.debe()
    banco.predios.append(Predial(cuenta, folio))
    hecho = banco.devolver(banco.cobrar())
    assert hecho.indemnizacion == banco.porcentaje(debia) + banco.porcentaje(Decimal("300.00"))
    assert (banco.debe(0) - debia, banco.debe(1) - 300) == (banco.porcentaje(debia), Decimal("60.00"))
    assert consulta(base, "SELECT count(*) FROM hacienda_operacion WHERE tipo = 'CANCELACION'") == [(2,)]


def test_with_another_cheque_on_the_same_receipt_the_indemnity_is_left_to_an_order(base):
    banco = Banco(base)
    otro = formas.de_banco("Otro Banco", "77", banco.hoy, banco.hoy)
    operacion = banco.cobrar(cobros.PagoDado("02", Decimal("50.00"), otro))
    visto = banco.teo.ejecutar(cheques.ver_cheque, cheques.UnCheque(operacion, banco.referencia)).valor
    assert "orden de pago" in visto.efectos[-1]
    hecho = banco.devolver(operacion)
    assert hecho.indemnizacion == CERO
    assert consulta(base, "SELECT importe FROM hacienda_saldo") == [(5000,)]


def test_what_is_wrong_is_refused_before_anybody_signs(base):
    banco = Banco(base)
    operacion = banco.cobrar()
    bien = cheques.PeticionDeDevolucion(
        str(uuid.uuid4()), operacion, banco.referencia, "Sin fondos", banco.hoy.isoformat()
    )
    malas = (
        (replace(bien, motivo="no"), "5 letras"),
        (replace(bien, fecha="31/12/2199"), "fecha"),
        (
            replace(bien, fecha=banco.hoy.replace(year=banco.hoy.year + 1, day=1).isoformat()),
            "todavía no llega",
        ),
        (replace(bien, referencia="otro"), "ningún recibo vigente"),
    )
    for mala, frase in malas:
        with pytest.raises(ErrorDeUso, match=frase):
            banco.teo.ejecutar(cheques.pedir_devolucion, mala)
    for quien in (banco.ana, banco.sara):
        with pytest.raises(ErrorDeUso, match="Su perfil"):
            quien.ejecutar(cheques.pedir_devolucion, bien)
    orden = banco.pedir(operacion)
    with pytest.raises(ErrorDeUso, match="Su perfil"):
        banco.teo.ejecutar(cheques.firmar_devolucion, cheques.FirmaDeDevolucion(banco.solicitudes))
    banco.firmar(aprueba=False)
    with pytest.raises(ErrorDeUso, match="no está autorizada"):
        banco.teo.ejecutar(cheques.devolver_cheque, orden)
    assert consulta(base, "SELECT count(*) FROM hacienda_turno WHERE usuario = 'teo.tesorero'") == [(0,)]


def test_a_receipt_paid_in_cash_is_not_reversed_as_if_it_were_a_cheque(base):
    """Whoever writes SQL by hand, signature and all, is refused by the database."""
    banco = Banco(base)
    estado = banco.ana.ejecutar(caja.consultar, caja.Consulta(banco.predios[0].cuenta_id)).valor
    dichos = tuple(cobros.CargoDicho(estado.cuenta_id, c.cargo_id, c.total) for c in estado.cargos)
    total = sum((d.total for d in dichos), CERO)
    en_efectivo = cobros.Cobro(
        str(uuid.uuid4()), banco.turno.id, "Quien paga", dichos, (cobros.PagoDado("01", total),)
    )
    recibo = banco.ana.ejecutar(caja.cobrar, en_efectivo).valor.recibos[0]
    importar(banco.teo, canal_de(banco.teo, "WEB"), en_csv([["A", "X", "1", banco.hoy, "04"]]))
    solicitud, reversa = str(uuid.uuid4()), str(uuid.uuid4())
    [(turno, serie)] = consulta(
        base, "SELECT turno_id, serie_id FROM hacienda_recibo WHERE usuario = 'teo.tesorero'"
    )
    [(ahora,)] = consulta(base, "SELECT ahora()")
    pedir = (
        "INSERT INTO core_solicitud (id, acto, modulo, objeto, motivo, orden, vence)"
        " VALUES (:s, 'caja.cheque_devuelto', 'ingresos', :r, 'Cheque devuelto', '{}', :v)"
    )
    _a_mano(banco.teo, [(pedir, {"s": solicitud, "r": recibo, "v": ahora + 3_600_000_000})])
    banco.sara.ejecutar(cheques.firmar_devolucion, cheques.FirmaDeDevolucion((solicitud,)))
    lineas = (
        "INSERT INTO hacienda_renglon (recibo_id, n, cargo_id, concepto_id, clase, importe, texto,"
        " fundamento, fecha_pago, base, parametro_id, parametro_base_id, meses, factor, reversa_de)"
        " SELECT CAST(:n AS VARCHAR(36)), n, cargo_id,"
        " concepto_id, clase, -importe, texto, fundamento, fecha_pago, base, parametro_id, parametro_base_id,"
        " meses, factor, CAST(:r AS VARCHAR(36)) FROM hacienda_renglon WHERE recibo_id = :r"
    )
    pagos = (
        "INSERT INTO hacienda_pago (recibo_id, n, forma, importe, recibido, cambio, referencia)"
        " SELECT CAST(:n AS VARCHAR(36)), n, forma, -importe, -importe, 0, referencia"
        " FROM hacienda_pago WHERE recibo_id = :r"
    )
    sella = (
        "INSERT INTO hacienda_recibo (id, operacion_id, ente_id, serie_id, turno_id, cuenta_id, membrete_id,"
        " tipo, reversa_de, solicitud_id, pagador, cuenta_etiqueta, domicilio, fecha_pago, total, cuentas)"
        " SELECT CAST(:n AS VARCHAR(36)), CAST(:n AS VARCHAR(36)), ente_id, :serie, :turno,"
        " cuenta_id, membrete_id, 'REVERSA', CAST(:r AS VARCHAR(36)), :s, pagador,"
        " cuenta_etiqueta, domicilio, fecha_pago, -total, cuentas FROM hacienda_recibo WHERE id = :r"
    )
    datos = {"n": reversa, "r": recibo, "s": solicitud, "serie": serie, "turno": turno}
    with pytest.raises(ErrorDeUso, match="exactamente lo que dice"):
        _a_mano(banco.teo, [(lineas, datos), (pagos, datos), (sella, datos)])
    assert banco.debe() == CERO


def test_an_indemnity_of_another_amount_or_of_nothing_is_refused(base):
    banco = Banco(base)
    hecho = banco.devolver(banco.cobrar())
    [(cargo, operacion)] = consulta(
        base, "SELECT id, referencia FROM hacienda_cargo WHERE importe = :i", i=int(hecho.indemnizacion * 100)
    )
    otra = (
        "INSERT INTO hacienda_cargo (cuenta_id, concepto_id, ejercicio, periodo, referencia, importe, vence,"
        " origen, parametro_id, memoria)"
        " SELECT cuenta_id, concepto_id, ejercicio, 1, :ref, importe + :mas, vence,"
        " 'ORDEN', parametro_id, '' FROM hacienda_cargo WHERE id = :c"
    )
    casos = (
        (banco.teo, operacion, 1),
        (banco.teo, operacion, -1),
        (banco.teo, "nada", 0),
        (banco.ana, operacion, 0),
    )
    for quien, referencia, mas in casos:
        with pytest.raises(ErrorDeUso):
            _a_mano(quien, [(otra, {"c": cargo, "ref": referencia, "mas": mas})])


def _a_mano(runner, sentencias) -> None:
    with motor.sesion(runner.motor, escribe=True) as sesion:
        for sql, valores in sentencias:
            sesion.execute(text(sql), valores)
        sesion.commit()


def test_the_cashier_who_took_the_cheque_reads_devuelto_on_their_own_receipt_and_copy(base):
    banco = Banco(base)
    banco.devolver(banco.cobrar())

    [visto] = banco.ana.ejecutar(caja.recibos_del_turno, caja.Nada()).valor
    assert visto.estado == "DEVUELTO"
    copia = banco.ana.ejecutar(caja.preparar_impresion, caja.Impresion(visto.id)).valor
    assert copia.recibo.estado == "DEVUELTO"


def test_the_tesorero_with_sql_charges_no_second_indemnity_for_the_same_cheque(base):
    banco = Banco(base, cuantos=2)
    banco.devolver(banco.cobrar())
    columnas = "cuenta_id, concepto_id, ejercicio, referencia, importe, vence, origen, parametro_id, memoria"
    otra = (
        f"INSERT INTO hacienda_cargo ({columnas}, periodo)"
        " SELECT {cuenta}, concepto_id, ejercicio, referencia, importe, vence, origen, parametro_id,"
        " memoria, 3 FROM hacienda_cargo"
        " WHERE referencia <> '' AND parametro_id IS NOT NULL"
    )
    for cuenta in ("cuenta_id", str(banco.predios[1].cuenta_id)):
        with pytest.raises(ErrorDeUso) as negado, motor.sesion(banco.teo.motor, escribe=True) as sesion:
            sesion.execute(text(otra.format(cuenta=cuenta)))
        assert str(negado.value) == MENSAJES["LD162"]
