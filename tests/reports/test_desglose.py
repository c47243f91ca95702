"""Rows of a receipt: what goes in which column and what the small print tells."""

from decimal import Decimal

import muestras_papel as m
from hypothesis import given, settings
from hypothesis import strategies as st

from lerdo_desk.reports.desglose import desglosar

CLASES = ("principal", "recargo", "actualizacion", "descuento", "gasto", "redondeo")


def test_the_lines_of_one_cargo_are_one_row():
    (fila,) = desglosar(m.RENGLONES[:3]).filas
    assert (fila.importe, fila.accesorios, fila.descuento) == (
        Decimal("1184.20"),
        Decimal("443.73"),
        Decimal("0.00"),
    )
    assert fila.total == Decimal("1627.93")


def test_gastos_and_rounding_have_rows_of_their_own_in_the_order_they_came():
    filas = desglosar(
        [
            m.renglon(1, "principal", "100.00"),
            m.renglon(2, "gasto", "50.00"),
            m.renglon(3, "redondeo", "-0.40"),
        ]
    ).filas
    assert [fila.titulo for fila in filas] == [
        "Impuesto predial urbano 2026",
        "Gastos de ejecución 2026",
        "Ajuste por redondeo 2026",
    ]
    assert filas[2].total == Decimal("-0.40")


def test_the_ejercicio_is_said_once():
    (fila,) = desglosar([m.renglon(1, "principal", "1.00", texto="Predial 2026, primer bimestre")]).filas
    assert fila.titulo == "Predial 2026, primer bimestre"
    (fila,) = desglosar([m.renglon(1, "principal", "1.00", ejercicio=None)]).filas
    assert fila.titulo == "Impuesto predial urbano"


def test_a_discount_of_gross_and_net_tells_both_amounts():
    (fila,) = desglosar(
        [
            m.renglon(1, "principal", "850.00"),
            m.renglon(2, "principal", "150.00", texto="Predial bonificado"),
            m.renglon(3, "descuento", "-150.00"),
        ]
    ).filas
    assert fila.importe == Decimal("1000.00")
    assert fila.detalle == (
        "Impuesto predial urbano: 850.00 · Predial bonificado: 150.00 · Descuento por pronto pago"
    )


def test_one_legal_ground_is_told_without_numbers_and_several_with_them():
    uno = desglosar([m.renglon(1, "principal", "1.00"), m.renglon(2, "recargo", "0.10")])
    assert uno.fundamentos == (m.LEY,)
    assert "(" not in uno.filas[0].titulo + uno.filas[0].detalle
    dos = desglosar([m.renglon(1, "principal", "1.00"), m.renglon(2, "recargo", "0.10", fundamento=m.CODIGO)])
    assert dos.filas[0].titulo.endswith("(1)")
    assert dos.filas[0].detalle == "Recargos 10 meses (2)"


def test_a_receipt_of_accesorios_alone_is_titled_by_its_first_line():
    (fila,) = desglosar([m.renglon(1, "recargo", "0.10")]).filas
    assert fila.titulo == "Recargos 10 meses 2026"
    assert fila.accesorios == Decimal("0.10")
    assert fila.detalle == ""


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(CLASES), st.integers(-10_000, 10_000), st.sampled_from([None, "1", "2", "3"])
        ),
        max_size=30,
    )
)
def test_the_rows_always_add_up_to_the_lines(lineas):
    renglones = [
        m.renglon(n, clase, Decimal(centavos) / 100, cargo)
        for n, (clase, centavos, cargo) in enumerate(lineas, 1)
    ]
    filas = desglosar(renglones).filas
    assert sum(fila.total for fila in filas) == sum(r.importe for r in renglones)
