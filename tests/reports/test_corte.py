"""The corte on paper: the count, the verdict, the sums, the digests and every receipt."""

import io
import re
from dataclasses import replace
from decimal import Decimal

import muestras_papel as m
import pypdf
import pytest

from lerdo_desk.base.dinero import formato_columna
from lerdo_desk.hacienda.documentos import TotalConcepto
from lerdo_desk.reports.corte import dibujar


def test_a_short_corte_is_one_page_with_everything_and_the_signatures():
    corte = m.corte(m.listados(6))
    paginas = m.paginas(dibujar(corte))
    assert len(paginas) == 1
    for dato in (
        *(
            "CORTE DE CAJA",
            "N.º 123",
            "Caja 03",
            "María Ontiveros Ibarra",
            "22/11/2026 08:00",
            "22/11/2026 15:04",
        ),
        *("$1,500.00", "$5,850.50", "$5,849.50", "−$1.00", "Se entregó un peso de más."),
        *("Efectivo", "12,350.50", "Tarjeta de débito", "870.40", "$13,220.90"),
        *("Organismo del Agua de Ejemplo", "1,220.00", "1.2.1", "Impuesto predial urbano", "11,050.65"),
        *("$1,000.00", "5,000.00", "$0.50", "49.50", "A-204003", "A-204009", "1,003.25"),
        *("Primero A-204000", "Último A-204010", m.HASH, m.OTRO_HASH, m.HUELLA),
        *("Cajero", "Supervisor", "Nombre y firma", "Suma de 6 recibos", "página 1 de 1"),
    ):
        assert dato in paginas[0], dato
    for recibo in corte.recibos:
        assert f"{recibo.serie}-{recibo.folio}" in paginas[0]
        assert formato_columna(recibo.total) in paginas[0]


@pytest.mark.parametrize(
    ("diferencia", "palabra"),
    [("-1.00", "FALTANTE"), ("0.50", "SOBRANTE"), ("0.00", "SIN DIFERENCIA")],
)
def test_the_verdict_is_said_in_words(diferencia, palabra):
    texto = m.texto(dibujar(m.corte(diferencia=Decimal(diferencia))))
    assert {p for p in ("FALTANTE", "SOBRANTE", "SIN DIFERENCIA") if p in texto} == {palabra}


def test_a_corte_of_two_thousand_receipts_lists_each_once_in_order():
    corte = m.corte(m.listados(2000))
    paginas = m.paginas(dibujar(corte))
    texto = "\n".join(paginas)
    hallados = [int(folio) for folio in re.findall(r"^A-(\d+)$", "\n".join(paginas[1:]), re.MULTILINE)]
    assert hallados == [r.folio for r in corte.recibos]
    for recibo in corte.recibos:
        assert formato_columna(recibo.total) in texto
    assert all(f"página {n} de {len(paginas)}" in pagina for n, pagina in enumerate(paginas, 1))
    assert all("Contribuyente" in pagina and m.HUELLA in pagina for pagina in paginas[1:])
    assert "Suma de 2,000 recibos" in paginas[-1]
    assert "Supervisor" in paginas[0]


def test_many_conceptos_go_on_overleaf_under_their_own_head():
    conceptos = tuple(TotalConcepto(f"4.3.{n}", f"Concepto {n}", Decimal(n) + 1) for n in range(120))
    paginas = m.paginas(dibujar(m.corte(m.listados(3), por_concepto=conceptos)))
    texto = "\n".join(paginas)
    assert all(f"Concepto {n}\n" in texto for n in range(120))
    assert sum("CRI\nConcepto\nImporte" in pagina for pagina in paginas) == 3
    assert "$7,260.00" in texto


def test_an_empty_turno_still_has_its_corte():
    nada = m.corte(conteo=(), por_forma=(), por_ente=(), por_concepto=(), series=(), cancelados=(), motivo="")
    paginas = m.paginas(dibujar(nada))
    assert len(paginas) == 1
    assert "Suma de 0 recibos" in paginas[0]
    assert "Recibos cancelados" not in paginas[0]
    assert "Motivo" not in paginas[0]


@pytest.mark.parametrize("cuantos", range(1, 60, 3))
def test_no_list_length_leaves_a_page_without_content(cuantos):
    paginas = m.paginas(dibujar(m.corte(m.listados(cuantos))))
    assert len(paginas) == (1 if cuantos < 7 else 2 if cuantos < 49 else 3)
    assert all(len(pagina.splitlines()) > 12 for pagina in paginas)


def test_cash_drops_are_told_only_when_there_were_any():
    assert "Retiros" not in m.texto(dibujar(m.corte()))
    texto = m.texto(dibujar(m.corte(retiros=Decimal("8000.00"))))
    assert "Retiros en el turno\n" in texto
    assert "$8,000.00" in texto


def test_training_is_marked_across_every_page():
    paginas = m.paginas(dibujar(m.corte(m.listados(60), capacitacion=True)))
    assert len(paginas) > 1
    assert all(pagina.count("CAPACITACIÓN – SIN VALOR") == 2 for pagina in paginas)


def test_markup_and_formulas_in_names_are_printed_as_they_were_written():
    malos = tuple(
        r._replace(pagador=nombre)
        for r, nombre in zip(m.listados(3), ("Juan <b>Pérez", "=1+1", "&amp; %s"), strict=True)
    )
    texto = m.texto(dibujar(m.corte(malos, cajero="<i>Cajera</i>", motivo="<para>=2+2</para>")))
    for dato in ("Juan <b>Pérez", "=1+1", "&amp; %s", "<i>Cajera</i>", "<para>=2+2</para>"):
        assert dato in texto


def test_the_same_corte_gives_the_same_bytes_on_letter_paper():
    corte = m.corte(m.listados(30))
    pdf = dibujar(corte)
    assert pdf == dibujar(corte)
    assert pdf != dibujar(replace(corte, numero=124))
    caja = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert [round(float(lado) / 72 * 25.4) for lado in (caja.width, caja.height)] == [216, 279]
