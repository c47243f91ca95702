"""The small acts of the till on paper, and what a corte says only when there is something to say."""

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import muestras_papel as m
import pytest

from lerdo_desk.hacienda.documentos import (
    ActaDeEntrega,
    ConteoHecho,
    CorteX,
    ReciboCancelado,
    RetiroSellado,
    TotalEnte,
    TotalFecha,
    TotalForma,
)
from lerdo_desk.reports import corte, corte_x, entrega


def hora(h, minuto=0, dia=22):
    return datetime(2026, 11, dia, h, minuto, tzinfo=m.ZONA)


RETIROS = (
    RetiroSellado(1, hora(10, 5), Decimal("5000.00"), "B-000812", "Ramón Salas Peña"),
    RetiroSellado(2, hora(13, 5), Decimal("4500.00"), "B-000813", "Lucía Ñáñez Órnelas"),
)
X = CorteX(
    caja="03",
    cajero="María Ontiveros Ibarra",
    hora=hora(12, 30),
    abierto=hora(8),
    recibos=42,
    cancelados=1,
    formas=(
        TotalForma("01", "Efectivo", Decimal("12350.50")),
        TotalForma("28", "Tarjeta de débito", Decimal("870.40")),
        TotalForma("02", "Cheque nominativo", Decimal("1200.00")),
    ),
    efectivo=None,
    retiros=RETIROS,
    membrete=m.MEMBRETE,
    capacitacion=False,
)
ENTREGA = ActaDeEntrega(
    corte="03-123",
    caja="03",
    fecha=date(2026, 11, 22),
    cajero="María Ontiveros Ibarra",
    por_forma=m.corte().por_forma,
    por_ente=m.corte().por_ente,
    fondo=Decimal("1500.00"),
    bolsa="B-000814",
    sello="0099812",
    entrega="María Ontiveros Ibarra",
    recibe="Ramón Salas Peña",
    membrete=m.MEMBRETE,
    capacitacion=False,
)


def seguido(pdf):
    return re.sub(r"\s+", " ", m.texto(pdf))


def test_a_blind_x_report_tells_everything_but_the_cash():
    texto = seguido(corte_x.dibujar(X))
    for dato in (
        *("CORTE X", "Caja 03", "María Ontiveros Ibarra", "22/11/2026 12:30", "22/11/2026 08:00", "42"),
        *("Tarjeta de débito", "870.40", "Cheque nominativo", "1,200.00", "$2,070.40"),
        *("B-000812", "Lucía Ñáñez Órnelas", "4,500.00", "$9,500.00", "confirma su conteo"),
    ):
        assert dato in texto, dato
    for callado in ("12,350.50", "14,420.90"):
        assert callado not in texto, "the cash, alone or inside a sum"


def test_an_x_report_after_the_count_tells_the_cash_once_and_in_the_sum():
    texto = seguido(corte_x.dibujar(replace(X, efectivo=Decimal("12350.50"), retiros=())))
    assert texto.count("12,350.50") == 2, "among the data and among the forms"
    assert "$14,420.90" in texto
    assert "Bolsa" not in texto and "confirma su conteo" not in texto


def test_the_act_of_hand_over_tells_what_changes_hands_and_what_stays():
    texto = seguido(entrega.dibujar(ENTREGA))
    for dato in (
        *("ACTA DE ENTREGA", "03-123", "Caja 03", "22/11/2026", "B-000814", "0099812", "$1,500.00"),
        *("12,350.50", "870.40", "Organismo del Agua de Ejemplo", "1,220.00", "Entrega", "Recibe"),
        "se entregan $13,220.90 (Trece mil doscientos veinte pesos 90/100 M.N.), en la bolsa B-000814",
        "El fondo de $1,500.00 se queda en la caja",
    ):
        assert dato in texto, dato
    assert texto.count("Ramón Salas Peña") == 1
    assert "Nombre y firma" not in texto


def test_without_bag_seal_or_receiver_the_act_leaves_a_line_to_sign():
    texto = seguido(entrega.dibujar(replace(ENTREGA, bolsa="", sello="", recibe="")))
    assert "Nombre y firma Recibe" in texto
    assert "en la bolsa" not in texto and "con el sello" not in texto


def test_a_long_act_goes_on_overleaf_and_no_sum_stands_alone():
    muchos = tuple(TotalEnte(f"Ente número {n}", Decimal(n)) for n in range(1, 60))
    for cuantos in range(20, 59):
        paginas = m.paginas(entrega.dibujar(replace(ENTREGA, por_ente=muchos[:cuantos])))
        assert len(paginas) > 1
        for pagina in paginas:
            assert "Ente número" in pagina or "Ente\nImporte\nSuma" not in pagina
        assert "Recibe" in paginas[-1]


@pytest.mark.parametrize("dibuja", [lambda: corte_x.dibujar(X), lambda: entrega.dibujar(ENTREGA)])
def test_an_act_is_half_a_letter_and_always_the_same_bytes(dibuja, tmp_path):
    assert dibuja() == dibuja()
    imagen = m.rasterizar(dibuja(), tmp_path)[0]
    assert [round(lado / m.PUNTOS_POR_PULGADA * 25.4) for lado in imagen.size] == [216, 140]


def test_training_is_marked_on_every_act():
    for pdf in (
        corte_x.dibujar(replace(X, capacitacion=True)),
        entrega.dibujar(replace(ENTREGA, capacitacion=True)),
    ):
        assert m.texto(pdf).count("CAPACITACIÓN – SIN VALOR") == 2


def test_a_corte_tells_drops_recounts_days_and_bounced_cheques():
    completo = m.corte(
        m.listados(3),
        retiros=Decimal("9500.00"),
        retiros_hechos=RETIROS,
        conteos=(
            ConteoHecho(1, hora(15), Decimal("5839.50")),
            ConteoHecho(2, hora(15, 4), Decimal("5849.50")),
        ),
        por_fecha=(
            TotalFecha(date(2026, 11, 21), 3, Decimal("9220.90")),
            TotalFecha(date(2026, 11, 22), 5, Decimal("4000.00")),
        ),
        verificado="Ramón Salas Peña, 22/11/2026 16:10",
        devueltos=(ReciboCancelado("A-203001", "A-204010", Decimal("871.44")),),
    )
    texto = seguido(corte.dibujar(completo))
    for dato in (
        *("Retiros de efectivo", "1 22/11/2026 10:05 B-000812 Ramón Salas Peña 5,000.00", "$9,500.00"),
        *("Conteos firmados", "1.º 22/11/2026 15:00 5,839.50", "2.º 22/11/2026 15:04 5,849.50"),
        *("Por fecha", "21/11/2026 3 9,220.90", "22/11/2026 5 4,000.00", "Suma 8 $13,220.90"),
        *(
            "Cheques devueltos",
            "A-203001 A-204010 871.44",
            "Recibos cancelados",
            "A-204003 A-204009 1,003.25",
        ),
        "Ramón Salas Peña, 22/11/2026 16:10 Verificó",
    ):
        assert dato in texto, dato
    assert "Supervisor" not in texto and "Nombre y firma" not in texto


def test_a_corte_without_them_says_nothing_of_them_and_leaves_a_line_to_sign():
    simple = m.corte(
        m.listados(3),
        conteos=(ConteoHecho(1, hora(15), Decimal("5849.50")),),
        por_fecha=(TotalFecha(date(2026, 11, 22), 3, Decimal("13220.90")),),
    )
    texto = seguido(corte.dibujar(simple))
    for callado in ("Retiros", "Conteos firmados", "Por fecha", "Cheques devueltos", "Verificó"):
        assert callado not in texto
    assert "Nombre y firma Supervisor" in texto
