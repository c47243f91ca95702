"""The flat law of the órdenes: what is left while it may be paid, and nothing that time adds or takes."""

from datetime import date
from decimal import Decimal

import pytest

from lerdo_desk.hacienda.ley import CargoVivo, Pagado, Parametros
from lerdo_desk.hacienda.ordenes import LIQUIDADOR
from lerdo_desk.hacienda.ordenes_ley import Hecho

HOY = date(2026, 11, 22)
CARGO = CargoVivo(7, 2026, 0, Decimal("293.28"), HOY, "")
NADA = Parametros(())


def lineas(hecho, pagado="0.00", hoy=HOY):
    pagados = {7: Pagado(Decimal(pagado))}
    return LIQUIDADOR.calcular({7: hecho}, [CARGO], pagados, NADA, hoy)


def hecho(ultimo=HOY, cancelada=False):
    return Hecho("Cédula catastral: del predio", "art. 7", ultimo, cancelada)


def test_one_line_of_principal_to_the_concepto_of_the_cargo_itself():
    [linea] = lineas(hecho())
    assert (linea.clase, linea.papel, linea.importe) == ("principal", "", Decimal("293.28"))
    assert (linea.texto, linea.fundamento) == ("Cédula catastral: del predio", "art. 7")
    assert linea.parametro_id is linea.base is linea.meses is None


@pytest.mark.parametrize(("pagado", "queda"), [("0.00", "293.28"), ("100.00", "193.28"), ("293.28", None)])
def test_what_was_paid_is_taken_away(pagado, queda):
    assert [linea.importe for linea in lineas(hecho(), pagado)] == ([Decimal(queda)] if queda else [])


def test_it_is_paid_until_its_last_day_and_not_after():
    assert lineas(hecho(ultimo=HOY))
    assert lineas(hecho(ultimo=HOY), hoy=date(2026, 11, 23)) == ()


def test_a_cancelled_one_asks_nothing():
    assert lineas(hecho(cancelada=True)) == ()


def test_what_has_no_order_does_not_expire():
    assert lineas(hecho(ultimo=None), hoy=date(2036, 1, 1))
