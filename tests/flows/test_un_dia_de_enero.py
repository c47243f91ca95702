"""A day with three tills and 200 payments of every form, from the first fund to the closed day."""

import uuid
from decimal import Decimal

import pytest
from apoyo import abrir_caja, crear_predios, hoy_de, piezas_de
from canales import cerrar as cerrar_canal
from canales import tesorero_con_canales
from municipio_de_prueba import FRASE
from tesoreria import cancelar
from ventanilla import consulta

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import instalacion
from lerdo_desk.db.fallos import MENSAJES
from lerdo_desk.hacienda import cobros, depositos, formas, turnos
from lerdo_desk.hacienda.ordenes import NuevaOrden
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.ingresos import service as ingresos
from lerdo_desk.modules.ingresos.service import cheques
from lerdo_desk.modules.ingresos.service.canales import EnCanal
from lerdo_desk.modules.ordenes import service as ordenes

CERO, PAGOS, ORDENES = Decimal("0.00"), 200, 8
MEZCLAS = (
    ((formas.EFECTIVO, None),),
    ((formas.EFECTIVO, "de sobra"),),
    ((formas.CREDITO, None),),
    ((formas.DEBITO, "101.10"), (formas.EFECTIVO, None)),
    ((formas.CHEQUE, None),),
    ((formas.TRANSFERENCIA, None),),
    ((formas.TRANSFERENCIA, "50.05"), (formas.CREDITO, "60.06"), (formas.EFECTIVO, "de sobra")),
    ((formas.EFECTIVO, None),),
)
"""How one person after another pays; None pays the rest exactly, «de sobra» hands over too much cash."""


class Dia:
    """Three cashiers, who signs for them, and what they know that they took."""

    def __init__(self, base) -> None:
        self.base, self.hoy = base, hoy_de(base)
        self.sara, self.teo = base.entrar("sara.supervisora"), tesorero_con_canales(base)
        self._contratar("dora.cajera", "Dora Cajera de Prueba")
        self.cajeros = [base.entrar(c) for c in ("ana.cajera", "beto.cajero", "dora.cajera")]
        self.turnos = [abrir_caja(c, "1500.00").id for c in self.cajeros]
        self.efectivo = dict.fromkeys(self.turnos, Decimal("1500.00"))
        self.recibos: list[tuple[str, str]] = []

    def _contratar(self, login: str, nombre: str) -> None:
        dueno = self.base.motor_del_dueno()
        persona = instalacion.Persona(login, nombre, "cajero", FRASE.format(login))
        instalacion.altas_de_capacitacion(dueno, [persona])
        dueno.dispose()
        libre = sorted(
            f[0] for f in consulta(self.base, "SELECT clave FROM hacienda_caja WHERE tipo = 'VENTANILLA'")
        )[2]
        orden = caja.AsignacionDeCaja(libre, login, self.hoy, True)
        self.sara.ejecutar(caja.asignar_caja, orden)

    def _pagos(self, mezcla, total: Decimal) -> tuple[cobros.PagoDado, ...]:
        resto, dados = total, []
        for forma, importe in mezcla:
            justo = Decimal(importe) if importe not in (None, "de sobra") else resto
            dado = justo + Decimal("80.00") if importe == "de sobra" else min(justo, resto)
            dados.append(cobros.PagoDado(forma, dado, self._referencia(forma)))
            resto -= min(justo, resto)
        return tuple(p for p in dados if p.recibido > 0)

    def _referencia(self, forma: str) -> str:
        if forma in formas.TARJETAS:
            return formas.de_tarjeta("4321", "998877")
        if forma in formas.BANCARIAS:
            return formas.de_banco("Banco de Ejemplo", uuid.uuid4().hex[:8], self.hoy, self.hoy)
        return ""

    def cobrar(self, n: int, *cuentas: int, combinado: bool = False) -> cobros.Cobrado:
        """Charge the n-th errand of the day at the till whose turn it is."""
        cual = n % len(self.cajeros)
        cajero, turno = self.cajeros[cual], self.turnos[cual]
        dichos = []
        for cuenta in cuentas:
            estado = cajero.ejecutar(caja.consultar, caja.Consulta(cuenta)).valor
            dichos += [cobros.CargoDicho(cuenta, c.cargo_id, c.total) for c in estado.cargos]
        total = sum((d.total for d in dichos), CERO)
        pagos = self._pagos(MEZCLAS[n % len(MEZCLAS)], total)
        orden = cobros.Cobro(
            str(uuid.uuid4()), turno, f"Persona {n}", tuple(dichos), pagos, combinado=combinado
        )
        hecho = cajero.ejecutar(caja.cobrar, orden).valor
        otros = sum((p.recibido for p in pagos if p.forma != formas.EFECTIVO), CERO)
        self.efectivo[turno] += total - otros
        self.recibos += [(turno, r) for r in hecho.recibos]
        assert hecho.cambio == sum((p.recibido for p in pagos), CERO) - total
        return hecho

    def retirar(self, cual: int, importe: str) -> None:
        """Drop cash to the vault with the supervisor's signature."""
        pedido = turnos.PeticionDeRetiro(str(uuid.uuid4()), self.turnos[cual], Decimal(importe), f"R-{cual}")
        self.cajeros[cual].ejecutar(caja.pedir_retiro, pedido)
        self.sara.ejecutar(caja.recibir_retiro, caja.FirmaDeRetiro(pedido.solicitud_id))
        self.cajeros[cual].ejecutar(caja.retirar, pedido)
        self.efectivo[self.turnos[cual]] -= Decimal(importe)

    def devolver_cheque(self) -> cheques.ChequeDevuelto:
        """The bank returns one of the day's cheques."""
        operacion, referencia = consulta(
            self.base,
            "SELECT r.operacion_id, p.referencia"
            " FROM hacienda_pago p JOIN hacienda_recibo r ON r.id = p.recibo_id"
            " WHERE p.forma = '02' AND r.tipo = 'COBRO' ORDER BY r.creado LIMIT 1",
        )[0]
        intento = str(uuid.uuid4())
        pedido = cheques.PeticionDeDevolucion(
            intento, operacion, referencia, cheques.MOTIVOS[0], self.hoy.isoformat()
        )
        solicitudes = self.teo.ejecutar(cheques.pedir_devolucion, pedido).valor
        self.sara.ejecutar(cheques.firmar_devolucion, cheques.FirmaDeDevolucion(solicitudes, True))
        orden = cheques.ChequeDevuelto(intento, operacion, referencia, EnCanal(str(uuid.uuid4())))
        return self.teo.ejecutar(cheques.devolver_cheque, orden).valor

    def cerrar(self, cual: int, sobra: str) -> None:
        """Count what the cashier has by their own papers, so much over or short, and make the corte."""
        cajero, turno = self.cajeros[cual], self.turnos[cual]
        piezas = piezas_de(self.efectivo[turno] + Decimal(sobra))
        contado = cajero.ejecutar(caja.contar, turnos.Arqueo(turno, piezas)).valor
        assert contado.esperado == self.efectivo[turno]
        cajero.ejecutar(caja.cerrar_turno, turnos.Cierre(turno, "Diferencia del día"))

    def a_tesoreria(self, turno: str) -> None:
        """Verify, hand over and receive one corte, each step by another person."""
        self.sara.ejecutar(caja.verificar_corte, caja.Verificacion(turno))
        self.sara.ejecutar(ingresos.entregar_corte, ingresos.Entrega(turno, "B-1", "S-1"))
        self.teo.ejecutar(ingresos.recibir_corte, ingresos.Recepcion(turno))

    def depositar(self) -> Decimal:
        """Deposit everything: one slip for each account and form of payment; give the pesos."""
        depositado = CERO
        for cuenta in self.teo.ejecutar(ingresos.cuentas_bancarias, ingresos.Nada()).valor.cuentas:
            esperan = self.teo.ejecutar(ingresos.por_depositar, ingresos.DeEnte(cuenta.ente_id)).valor
            for forma in sorted({p.atomo.forma for p in esperan}):
                suyos = tuple(p.atomo for p in esperan if p.atomo.forma == forma)
                suma = sum((a.importe for a in suyos), CERO)
                ficha = depositos.FichaNueva(
                    str(uuid.uuid4()), cuenta.id, f"F-{cuenta.id}-{forma}", self.hoy, suma, suyos
                )
                depositado += self.teo.ejecutar(ingresos.depositar, ficha).valor.importe
        return depositado

    def centavos(self, sql: str) -> Decimal:
        """Add something up straight from the tables, in pesos."""
        return Decimal(int(consulta(self.base, sql)[0][0] or 0)) / 100


def _folios(dia: Dia) -> list[int]:
    """Issue orders of fixed conceptos and give their accounts."""
    carla = dia.base.entrar("carla.capturista")
    con_tarifa = [
        c for c in carla.ejecutar(ordenes.conceptos, ordenes.Nada()).valor if c.tipo in ("FIJO", "UMA")
    ]
    cuentas = []
    for n in range(ORDENES):
        concepto = con_tarifa[n % len(con_tarifa)]
        folio = carla.ejecutar(ordenes.emitir, NuevaOrden(concepto.clave, f"Quien pide {n}")).valor
        [[cuenta]] = consulta(dia.base, f"SELECT id FROM hacienda_cuenta WHERE clave = '{folio}'")
        cuentas.append(cuenta)
    return cuentas


@pytest.mark.timeout(240)
def test_a_whole_day_adds_up_to_the_centavo_from_the_till_to_the_bank(base):
    predios = [p.cuenta_id for p in crear_predios(base, cuantos=PAGOS, anios=1, valor="450123.45")]
    dia = Dia(base)
    de_orden = _folios(dia)
    for n in range(PAGOS - ORDENES):
        # Now and then somebody pays two accounts: two receipts, or one that combines them.
        cuentas = (predios.pop(),) if n % 25 else (predios.pop(), predios.pop())
        dia.cobrar(n, *cuentas, combinado=n == 50)
    for n, cuenta in enumerate(de_orden):
        dia.cobrar(n, cuenta)
    cobros_hechos = consulta(base, "SELECT count(*) FROM hacienda_operacion WHERE tipo = 'COBRO'")
    assert cobros_hechos == [(PAGOS,)]

    dia.retirar(0, "3000.00")
    dia.retirar(1, "1200.00")
    turno, recibo = next((t, r) for t, r in reversed(dia.recibos) if t == dia.turnos[2])
    devuelto = consulta(
        base, f"SELECT sum(importe) FROM hacienda_pago WHERE recibo_id = '{recibo}' AND forma = '01'"
    )
    cancelar(dia.cajeros[2], dia.sara, recibo)
    dia.efectivo[turno] -= Decimal(int(devuelto[0][0] or 0)) / 100
    dia.devolver_cheque()
    cerrar_canal(dia.teo)
    for cual, sobra in enumerate(("0.00", "20.00", "-50.00")):
        dia.cerrar(cual, sobra)

    todos = [t for (t,) in consulta(base, "SELECT turno_id FROM hacienda_corte")]
    assert len(todos) == 4
    with pytest.raises(ErrorDeUso):
        dia.teo.ejecutar(ingresos.cerrar_dia, ingresos.CierreDeDia(dia.hoy))
    for turno in todos:
        dia.a_tesoreria(turno)
    depositado = dia.depositar()
    dia.teo.ejecutar(ingresos.cerrar_dia, ingresos.CierreDeDia(dia.hoy))
    with pytest.raises(ErrorDeUso) as cerrado:
        abrir_caja(dia.cajeros[0])
    assert str(cerrado.value) == MENSAJES["LD170"]

    diario = dia.teo.ejecutar(ingresos.ver_diario, ingresos.DelDiario(dia.hoy, dia.hoy)).valor
    recibido = dia.centavos("SELECT sum(total) FROM hacienda_recibo")
    diferencias = dia.centavos("SELECT sum(contado - esperado) FROM hacienda_corte")
    assert diario.total.neto == recibido == dia.centavos("SELECT sum(total) FROM hacienda_corte")
    assert all(tabla.suma.neto == recibido for tabla in diario.tablas)
    assert diario.total.cancelado == -dia.centavos(
        "SELECT sum(total) FROM hacienda_recibo WHERE tipo = 'REVERSA'"
    )
    assert depositado == recibido + diferencias
    assert dia.centavos("SELECT sum(importe) FROM hacienda_ficha") == depositado
    entregado = dia.centavos(
        "SELECT sum(c.contado) - sum(t.fondo) + (SELECT sum(importe) FROM hacienda_retiro)"
        " + (SELECT sum(importe) FROM hacienda_pago WHERE forma <> '01')"
        " FROM hacienda_corte c JOIN hacienda_turno t ON t.id = c.turno_id"
    )
    assert entregado == depositado
    assert Decimal("-30.20") <= diferencias <= Decimal("-30.00"), (
        "over 20, short 50, and centavos without coin"
    )
