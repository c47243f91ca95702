"""An invented second municipality goes through the same street: nothing assumes the first one."""

from decimal import Decimal

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios, piezas_de
from municipio_de_prueba import AMBAS, VALLE

from lerdo_desk.hacienda import turnos
from lerdo_desk.hacienda.paquete import leer
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.recursos import ruta
from lerdo_desk.reports import recibo as papel


@pytest.mark.parametrize("donde", AMBAS)
def test_its_receipt_bears_its_own_name_header_and_figures(crear_base, donde):
    base, paquete = crear_base(donde, VALLE), leer(VALLE)
    [predio] = crear_predios(base, anios=2, valor="100000.00")
    ana = base.entrar()
    turno = abrir_caja(ana)
    cobrado = ana.ejecutar(caja.cobrar, cobro_de(ana, turno.id, predio.cuenta_id)).valor

    recibo = ana.ejecutar(caja.preparar_impresion, caja.Impresion(cobrado.recibos[0])).valor.recibo

    assert recibo.membrete.rfc == paquete.entes[0].rfc
    assert recibo.municipio_clave == paquete.municipio.clave
    assert len(predio.clave.split("-")[1]) == paquete.municipio.grupos_clave[1] != 3
    assert str(recibo.creado.tzinfo) == paquete.municipio.zona_horaria
    otro = leer(ruta("municipios", "lerdo"))
    assert otro.entes[0].nombre not in str(recibo)
    assert papel.dibujar(recibo).startswith(b"%PDF")
    ana.ejecutar(caja.contar, turnos.Arqueo(turno.id, piezas_de(Decimal("500.00") + recibo.total)))
    corte = ana.ejecutar(caja.cerrar_turno, turnos.Cierre(turno.id, "Centavos")).valor
    assert corte.membrete.rfc == paquete.entes[0].rfc
