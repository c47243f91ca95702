"""What tests of Tesorería begin with: tills that charged in every form, their cortes, and who signs them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from apoyo import abrir_caja, crear_predios, hoy_de, piezas_de
from municipio_de_prueba import BaseDePrueba

from lerdo_desk.core.use_cases import Runner
from lerdo_desk.db import motor
from lerdo_desk.hacienda import cobros, cortes, formas, turnos
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.ingresos import service

EFECTIVO, CHEQUE, TRANSFERENCIA, TARJETA = "01", "02", "03", "04"
FONDO = Decimal("500.00")


def cobrar_en(cajero: Runner, turno_id: str, cuenta_id: int, hoy, pagos: Sequence[tuple[str, str | None]]):
    """Charge all that an account owes in some forms; the last one without an amount pays the rest."""
    estado = cajero.ejecutar(caja.consultar, caja.Consulta(cuenta_id)).valor
    dichos = tuple(cobros.CargoDicho(cuenta_id, c.cargo_id, c.total) for c in estado.cargos)
    resto, dados = sum((c.total for c in dichos), Decimal("0.00")), []
    for forma, importe in pagos:
        suyo = resto if importe is None else Decimal(importe)
        referencia = ""
        if forma == TARJETA:
            referencia = formas.de_tarjeta("4321", "998877")
        elif forma in formas.BANCARIAS:
            referencia = formas.de_banco("Banco de Ejemplo", "123", hoy, hoy)
        dados.append(cobros.PagoDado(forma, suyo, referencia))
        resto -= suyo
    orden = cobros.Cobro(str(uuid.uuid4()), turno_id, estado.titular, dichos, tuple(dados))
    return cajero.ejecutar(caja.cobrar, orden).valor.recibos[0]


def cancelar(cajero: Runner, sara: Runner, recibo: str) -> None:
    """Cancel a receipt of the open turno with the supervisor's signature."""
    peticion = caja.PeticionDeCancelacion(str(uuid.uuid4()), recibo, "se cobró a otra persona")
    solicitud = cajero.ejecutar(caja.pedir_cancelacion, peticion).valor
    sara.ejecutar(caja.firmar_cancelacion, caja.Firma(solicitud, True))
    cajero.ejecutar(caja.cancelar, caja.Cancelacion(str(uuid.uuid4()), recibo, solicitud))


def hacer_corte(cajero: Runner, turno_id: str, diferencia: str = "0.00") -> None:
    """Count what there should be (and so much more or less), and make the corte."""
    uno = cajero.ejecutar(caja.contar, turnos.Arqueo(turno_id, ((Decimal("1000"), 1),))).valor
    piezas = piezas_de(uno.esperado + Decimal(diferencia))
    cajero.ejecutar(caja.contar, turnos.Arqueo(turno_id, piezas))
    cajero.ejecutar(caja.cerrar_turno, turnos.Cierre(turno_id, "morralla que no hay"))


def firmar_paso(quien: Runner, turno_id: str, estado: str, bolsa: str = "", sello: str = "") -> None:
    """Write one step of a corte on somebody's own connection."""
    with motor.sesion(quien.motor, escribe=True) as sesion:
        cortes.registrar(sesion, turno_id, estado, bolsa, sello)
        sesion.commit()


@dataclass
class Oficina:
    """Two tills that made their corte, and who may do what with them."""

    base: BaseDePrueba
    ana: Runner
    beto: Runner
    sara: Runner
    teo: Runner
    turno: str
    turno_de_beto: str
    predios: list = field(default_factory=list)

    def verificar(self, *turnos_: str) -> None:
        """Verify the cortes as the supervisor."""
        for turno in turnos_ or (self.turno, self.turno_de_beto):
            firmar_paso(self.sara, turno, cortes.VERIFICADO)

    def a_tesoreria(self, *turnos_: str) -> None:
        """Verify, hand over and receive the cortes."""
        for turno in turnos_ or (self.turno, self.turno_de_beto):
            self.verificar(turno)
            self.sara.ejecutar(service.entregar_corte, service.Entrega(turno, "B-1", "S-1"))
            self.teo.ejecutar(service.recibir_corte, service.Recepcion(turno))


def montar_oficina(base: BaseDePrueba, *, con_cortes: bool = True) -> Oficina:
    """Charge in every form at two tills, cancel one receipt, be short at one till, and make the cortes."""
    hoy, predios = hoy_de(base), crear_predios(base, cuantos=7, anios=1, valor="450123.45")
    ana, beto = base.entrar(), base.entrar("beto.cajero")
    sara, teo = base.entrar("sara.supervisora"), base.entrar("teo.tesorero")
    turno, suyo = abrir_caja(ana).id, abrir_caja(beto).id
    cobrar_en(ana, turno, predios[0].cuenta_id, hoy, [(EFECTIVO, None)])
    cobrar_en(ana, turno, predios[1].cuenta_id, hoy, [(TARJETA, "300.00"), (EFECTIVO, None)])
    cobrar_en(ana, turno, predios[2].cuenta_id, hoy, [(CHEQUE, None)])
    cancelar(ana, sara, cobrar_en(ana, turno, predios[3].cuenta_id, hoy, [(EFECTIVO, None)]))
    cobrar_en(beto, suyo, predios[4].cuenta_id, hoy, [(TRANSFERENCIA, None)])
    cobrar_en(beto, suyo, predios[5].cuenta_id, hoy, [(EFECTIVO, None)])
    if con_cortes:
        hacer_corte(ana, turno, "-20.00")
        hacer_corte(beto, suyo, "1.50")
    return Oficina(base, ana, beto, sara, teo, turno, suyo, predios)
