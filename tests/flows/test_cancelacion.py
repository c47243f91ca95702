"""A receipt is cancelled: the cashier asks, the supervisor signs on her own, another receipt undoes it."""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from apoyo import Predial, abrir_caja, cobro_de, crear_predios, piezas_de
from asientos import copiar
from conftest import AMBAS
from sqlalchemy import select, text

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import solicitudes
from lerdo_desk.core.use_cases import Runner
from lerdo_desk.db import motor
from lerdo_desk.db.fallos import MENSAJES
from lerdo_desk.hacienda import cancelaciones, cobros, formas, turnos
from lerdo_desk.hacienda.documentos import ReciboSellado
from lerdo_desk.hacienda.modelos import Recibo
from lerdo_desk.modules.caja import service as caja


@dataclass
class Ventana:
    """A cashier's open till and the supervisor who signs from her own seat."""

    base: object
    ana: Runner
    beto: Runner
    sara: Runner
    turno: turnos.TurnoAbierto
    predios: list[Predial]

    def cobrar(self, n: int = 0, cajero: Runner | None = None, turno_id: str | None = None) -> str:
        quien = cajero or self.ana
        orden = cobro_de(quien, turno_id or self.turno.id, self.predios[n].cuenta_id)
        return quien.ejecutar(caja.cobrar, orden).valor.recibos[0]

    def pedir(self, recibo: str, cajero: Runner | None = None) -> str:
        peticion = caja.PeticionDeCancelacion(str(uuid.uuid4()), recibo, "se cobró a otra persona")
        return (cajero or self.ana).ejecutar(caja.pedir_cancelacion, peticion).valor

    def firmar(self, solicitud: str, aprueba: bool = True) -> None:
        self.sara.ejecutar(caja.firmar_cancelacion, caja.Firma(solicitud, aprueba))

    def cancelar(self, recibo: str, solicitud: str, intento: str | None = None) -> str:
        orden = caja.Cancelacion(intento or str(uuid.uuid4()), recibo, solicitud)
        return self.ana.ejecutar(caja.cancelar, orden).valor

    def papel(self, recibo: str) -> ReciboSellado:
        return self.ana.ejecutar(caja.preparar_impresion, caja.Impresion(recibo)).valor.recibo

    def adeudo(self, n: int = 0) -> Decimal:
        estado = self.ana.ejecutar(caja.consultar, caja.Consulta(self.predios[n].cuenta_id)).valor
        return sum((c.total for c in estado.cargos), Decimal("0.00"))


POR_PRUEBA = 2


@pytest.fixture(scope="module", params=AMBAS)
def oficina(request, plantillas, tmp_path_factory) -> Iterator[Ventana]:
    """One office for the whole file: each test takes two accounts that owe and opens the till anew."""
    base = copiar(request.param, plantillas, request, tmp_path_factory.mktemp("cancelacion"))
    predios = crear_predios(base, cuantos=POR_PRUEBA * 16, anios=2)
    ana = base.entrar()
    beto, sara = base.entrar("beto.cajero"), base.entrar("sara.supervisora")
    yield Ventana(base, ana, beto, sara, abrir_caja(ana), predios)
    base.cerrar()


@pytest.fixture
def ventana(oficina) -> Iterator[Ventana]:
    suyos, oficina.predios = oficina.predios[:POR_PRUEBA], oficina.predios[POR_PRUEBA:]
    yield replace(oficina, predios=suyos)
    for cajero in (oficina.ana, oficina.beto):
        turno = cajero.ejecutar(caja.situacion, caja.Nada()).valor.turno
        if turno is not None:
            if not turno.contado:
                cajero.ejecutar(caja.contar, turnos.Arqueo(turno.id, ((Decimal("500"), 1),)))
            cajero.ejecutar(caja.cerrar_turno, turnos.Cierre(turno.id, "lo cobrado se depositó"))
    oficina.turno = abrir_caja(oficina.ana)


def test_a_signed_cancellation_is_a_new_receipt_that_returns_everything(ventana):
    debia = ventana.adeudo()
    recibo = ventana.cobrar()
    solicitud = ventana.pedir(recibo)
    ventana.firmar(solicitud)

    reversa = ventana.cancelar(recibo, solicitud)

    original, papel = ventana.papel(recibo), ventana.papel(reversa)
    assert (papel.tipo, papel.folio) == ("REVERSA", original.folio + 1)
    assert papel.reversa_de == f"{original.serie}-{original.folio}"
    assert papel.total == -original.total == -debia
    assert [r.importe for r in papel.renglones] == [-r.importe for r in original.renglones]
    assert [r.texto for r in papel.renglones] == [r.texto for r in original.renglones]
    assert ventana.adeudo() == debia, "the debt is owed again"


def test_the_original_stays_as_it_was_and_folios_have_no_gap(ventana):
    recibo = ventana.cobrar(0)
    antes = ventana.papel(recibo)
    ventana.cobrar(1)
    solicitud = ventana.pedir(recibo)
    ventana.firmar(solicitud)
    reversa = ventana.cancelar(recibo, solicitud)
    ventana.cobrar(0)

    despues, papel = ventana.papel(recibo), ventana.papel(reversa)
    assert (despues.estado, despues.reversado_por) == ("CANCELADO", papel.etiqueta)
    assert replace(despues, estado="", reversado_por=None) == antes, "what was sealed did not change"
    assert (papel.estado, papel.reversa_de) == ("", antes.etiqueta)
    assert ventana.papel(reversa).folio == antes.folio + 2
    with motor.sesion(ventana.ana.motor, escribe=False) as sesion:
        folios = sesion.scalars(select(Recibo.folio).order_by(Recibo.folio)).all()
    assert folios == list(range(1, antes.folio + 4))


def test_the_money_goes_back_in_the_form_it_came_and_only_cash_lowers_the_till(ventana):
    orden = cobro_de(ventana.ana, ventana.turno.id, ventana.predios[0].cuenta_id)
    mixto = (cobros.PagoDado("03", Decimal("100.00"), "SPEI 7"), cobros.PagoDado("01", orden.total))
    recibo = ventana.ana.ejecutar(caja.cobrar, replace(orden, pagos=mixto)).valor.recibos[0]
    assert sum(p.cambio for p in ventana.papel(recibo).pagos) == Decimal("100.00")
    otro = ventana.cobrar(1)
    solicitud = ventana.pedir(recibo)
    ventana.firmar(solicitud)

    reversa = ventana.papel(ventana.cancelar(recibo, solicitud))

    devuelto = {p.forma: p.importe for p in reversa.pagos}
    assert devuelto == {"03": Decimal("-100.00"), "01": -(orden.total - 100)}
    assert all(p.cambio == 0 and p.recibido == p.importe for p in reversa.pagos)
    esperado = Decimal("500.00") + ventana.papel(otro).total
    contado = ventana.ana.ejecutar(caja.contar, turnos.Arqueo(ventana.turno.id, piezas_de(esperado))).valor
    assert contado.esperado == esperado
    corte = ventana.ana.ejecutar(
        caja.cerrar_turno, turnos.Cierre(ventana.turno.id, "centavos sin moneda")
    ).valor
    assert len(corte.cancelados) == 1
    assert sum(f.importe for f in corte.por_forma) == ventana.papel(otro).total


def negado(que, codigo: str) -> None:
    with pytest.raises(ErrorDeUso) as negativa:
        que()
    assert str(negativa.value) == MENSAJES[codigo]


def test_nothing_is_cancelled_before_the_supervisor_signs(ventana):
    recibo = ventana.cobrar()
    solicitud = ventana.pedir(recibo)
    negado(lambda: ventana.cancelar(recibo, solicitud), "LD140")

    ventana.firmar(solicitud)
    ventana.cancelar(recibo, solicitud)


def test_a_rejected_request_cancels_nothing(ventana):
    recibo = ventana.cobrar()
    solicitud = ventana.pedir(recibo)
    ventana.firmar(solicitud, aprueba=False)
    negado(lambda: ventana.cancelar(recibo, solicitud), "LD140")


def test_a_cashier_does_not_sign_and_the_supervisor_does_not_sign_twice(ventana):
    solicitud = ventana.pedir(ventana.cobrar())
    with pytest.raises(ErrorDeUso, match="Su perfil no permite «Autorizar la cancelación de un recibo»"):
        ventana.ana.ejecutar(caja.firmar_cancelacion, caja.Firma(solicitud, True))
    ventana.firmar(solicitud)
    negado(lambda: ventana.firmar(solicitud, aprueba=False), "LD143")


def test_a_request_of_one_s_own_is_not_signed(ventana):
    """The database refuses it whatever the profile: the owner of the base writes both rows here."""
    dueno, solicitud = ventana.base.motor_del_dueno(), str(uuid.uuid4())
    recibo = ventana.cobrar()

    def pedir_y_firmar() -> None:
        with motor.transaccion(dueno) as sesion:
            ahora = int(sesion.scalar(text("SELECT ahora()")))
            acto = solicitudes.CANCELAR_RECIBO
            solicitudes.pedir(
                sesion,
                solicitudes.Solicitud(
                    id=solicitud,
                    acto=acto,
                    modulo="caja",
                    objeto=recibo,
                    motivo="propia",
                    orden="{}",
                    vence=ahora + 10**9,
                ),
            )
            solicitudes.resolver(sesion, solicitud, "APROBADA", "")

    negado(pedir_y_firmar, "LD141")
    dueno.dispose()


def test_a_signature_serves_for_its_own_receipt_only(ventana):
    uno, otro = ventana.cobrar(0), ventana.cobrar(1)
    solicitud = ventana.pedir(uno)
    ventana.firmar(solicitud)
    negado(lambda: ventana.cancelar(otro, solicitud), "LD140")


def test_a_signature_that_another_cashier_asked_for_does_not_serve(ventana):
    recibo = ventana.cobrar()
    ajeno = ventana.cobrar(1, ventana.beto, abrir_caja(ventana.beto).id)
    solicitud = ventana.pedir(ajeno, ventana.beto)
    ventana.firmar(solicitud)
    negado(lambda: ventana.cancelar(recibo, solicitud), "LD140")


def test_nobody_asks_to_cancel_what_is_not_their_own_charge_of_their_open_turno(ventana):
    ajeno = ventana.cobrar(0, ventana.beto, abrir_caja(ventana.beto).id)
    for raro in (ajeno, str(uuid.uuid4())):
        with pytest.raises(ErrorDeUso, match="no existe o no se puede cancelar"):
            ventana.pedir(raro)
    suyo = ventana.cobrar(1)
    ventana.ana.ejecutar(caja.contar, turnos.Arqueo(ventana.turno.id, ((Decimal("500"), 1),)))
    with pytest.raises(ErrorDeUso, match="ya se contó o se cerró"):
        ventana.pedir(suyo)


def test_a_receipt_is_cancelled_once_and_the_same_attempt_gives_the_same_reversal(ventana):
    recibo, intento = ventana.cobrar(), str(uuid.uuid4())
    solicitud = ventana.pedir(recibo)
    ventana.firmar(solicitud)
    reversa = ventana.cancelar(recibo, solicitud, intento)

    assert ventana.cancelar(recibo, solicitud, intento) == reversa
    with pytest.raises(ErrorDeUso, match="ya está cancelado"):
        ventana.cancelar(recibo, solicitud)
    with pytest.raises(ErrorDeUso, match="ya se usó con otros datos"):
        ventana.cancelar(recibo, str(uuid.uuid4()), intento)
    for otra in (recibo, reversa):
        with pytest.raises(ErrorDeUso, match=r"ya está cancelado|no existe o no se puede cancelar"):
            ventana.pedir(otra)
    with pytest.raises(ErrorDeUso, match="no existe o no se puede cancelar"):
        ventana.cancelar(reversa, solicitud)
    assert ventana.papel(reversa).folio == ventana.papel(recibo).folio + 1
    assert ventana.cobrar() != recibo, "what was returned may be charged again"


def test_after_the_count_and_in_another_turno_nothing_is_cancelled(ventana):
    recibo = ventana.cobrar()
    solicitud = ventana.pedir(recibo)
    ventana.firmar(solicitud)
    ventana.ana.ejecutar(caja.contar, turnos.Arqueo(ventana.turno.id, ((Decimal("500"), 1),)))
    negado(lambda: ventana.cancelar(recibo, solicitud), "LD111")
    ventana.ana.ejecutar(caja.cerrar_turno, turnos.Cierre(ventana.turno.id, "falta todo lo cobrado"))
    abrir_caja(ventana.ana)
    negado(lambda: ventana.cancelar(recibo, solicitud), "LD111")


def test_the_reason_must_say_something(ventana):
    with pytest.raises(ErrorDeUso) as negativa:
        orden = caja.PeticionDeCancelacion(str(uuid.uuid4()), ventana.cobrar(), "  no ")
        ventana.ana.ejecutar(caja.pedir_cancelacion, orden)
    assert negativa.value.campo == "motivo"


def test_the_original_is_recovered_or_its_absence_is_stated(ventana):
    recibo = ventana.cobrar()
    sin_nota = caja.PeticionDeCancelacion(str(uuid.uuid4()), recibo, "Se cobró dos veces", False)
    with pytest.raises(ErrorDeUso) as negativa:
        ventana.ana.ejecutar(caja.pedir_cancelacion, sin_nota)
    assert negativa.value.campo == "nota"
    ventana.ana.ejecutar(caja.pedir_cancelacion, replace(sin_nota, nota="lo extravió en el trayecto"))

    with motor.sesion(ventana.sara.motor, escribe=False) as sesion:
        pedida = sesion.get(solicitudes.Solicitud, sin_nota.solicitud_id)
        assert pedida.motivo == "Se cobró dos veces. Original no recuperado. lo extravió en el trayecto"
        orden = json.loads(pedida.orden)
    assert (orden["recuperado"], orden["nota"]) == (False, "lo extravió en el trayecto")


def test_what_to_give_back_is_said_in_the_form_it_came(ventana):
    orden = cobro_de(ventana.ana, ventana.turno.id, ventana.predios[0].cuenta_id)
    tarjeta = cobros.PagoDado("04", Decimal("120.00"), formas.de_tarjeta("4242", "881"))
    efectivo = cobros.PagoDado("01", orden.total)
    recibo = ventana.ana.ejecutar(caja.cobrar, replace(orden, pagos=(tarjeta, efectivo))).valor.recibos[0]
    frase = cancelaciones.devolucion(ventana.papel(recibo).pagos)
    en_efectivo = formato(orden.total - 120)
    assert frase == (
        f"Anule el cargo a la tarjeta •••• 4242 por $120.00 y devuelva {en_efectivo} en efectivo."
    )
    assert cancelaciones.devolucion(()) == "No hay dinero que devolver."


def test_the_receipts_of_the_turno_come_newest_first_and_say_how_they_stand(ventana):
    uno, dos = ventana.cobrar(0), ventana.cobrar(1)
    ventana.papel(uno)
    solicitud = ventana.pedir(uno)
    ventana.firmar(solicitud)
    reversa = ventana.cancelar(uno, solicitud)

    lista = ventana.ana.ejecutar(caja.recibos_del_turno, caja.Nada()).valor

    assert [r.id for r in lista] == [reversa, dos, uno]
    assert [r.estado for r in lista] == ["", "", "CANCELADO"]
    assert [r.cancelable for r in lista] == [False, True, False]
    assert (lista[0].reversa_de, lista[2].copias) == (lista[2].etiqueta, 1)
    assert ventana.beto.ejecutar(caja.recibos_del_turno, caja.Nada()).valor == ()


@pytest.mark.parametrize(
    ("leido", "etiqueta"),
    [
        ("RP1-12", "P1-12"),
        (" rcap-p1-0012 ", "CAP-P1-12"),
        ("R1|05021|P1|000000012|000000050000|ABCDEFGHJKMN", "P1-12"),
        ("P1-12", "P1-12"),
        ("otra cosa", ""),
        ("R1|05021|P1", ""),
    ],
)
def test_a_scan_says_which_receipt_it_is(leido, etiqueta):
    assert caja.etiqueta_de(leido) == etiqueta


def test_a_request_expires_in_two_hours(crear_base):
    reloj = [1_780_000_000_000_000]
    base = crear_base("sqlite", reloj=lambda: reloj[0])
    predios = crear_predios(base, anios=1)
    ana = base.entrar()
    ventana = Ventana(base, ana, ana, base.entrar("sara.supervisora"), abrir_caja(ana), predios)
    recibo = ventana.cobrar()
    a_tiempo, tarde = ventana.pedir(recibo), ventana.pedir(recibo)
    ventana.firmar(a_tiempo)

    reloj[0] += 2 * 3_600_000_000 + 1

    negado(lambda: ventana.firmar(tarde), "LD143")
    negado(lambda: ventana.cancelar(recibo, a_tiempo), "LD140")
