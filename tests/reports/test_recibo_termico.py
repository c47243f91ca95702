"""The receipt on a roll: the same content as the sheet, as long as it needs, read by machine at 203 dpi."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import muestras_papel as m
import pypdf
import pytest

from lerdo_desk.base.dinero import formato, formato_columna
from lerdo_desk.base.letras import pesos_en_letra
from lerdo_desk.config import FORMATOS
from lerdo_desk.hacienda.documentos import PagoSellado, texto_barras, texto_qr
from lerdo_desk.reports import rollo
from lerdo_desk.reports.recibo import dibujar

ROLLOS = {"80mm": rollo.DE_80, "58mm": rollo.DE_58}
NOMBRE_60 = "María Guadalupe de los Ángeles Fernández Ñúñez y Covarrubias"
CUARENTA = tuple(
    m.renglon(n, "principal", f"{100 + n}.17", str(n), 2020, f"Consumo medido {n} de 40")
    for n in range(1, 41)
)
DOS_FORMAS = (
    PagoSellado(
        "28", "Tarjeta de débito", Decimal("5000.00"), Decimal("5000.00"), Decimal(0), "4321, aut. 9871"
    ),
    PagoSellado("01", "Efectivo", Decimal("1235.19"), Decimal("1500.00"), Decimal("264.81"), ""),
)
DOS_CUENTAS = (
    *(replace(r, cuenta="Predial urbano 010-123-045") for r in m.RENGLONES[:3]),
    replace(m.RENGLONES[3], cuenta="Agua potable 55-0098"),
    m.renglon(9, "gasto", "10.00", "10"),
    replace(m.RENGLONES[4], cuenta="Agua potable 55-0098"),
)


def seguido(pdf):
    """Give the text of a paper on one line, as lines break elsewhere in each width."""
    return re.sub(r"\s+", " ", m.texto(pdf))


def medidas(pdf):
    caja = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    return [round(float(lado) / 72 * 25.4, 2) for lado in (caja.width, caja.height)]


@pytest.mark.parametrize(
    "muestra",
    [
        m.recibo(pagos=DOS_FORMAS),
        m.recibo(CUARENTA),
        m.recibo(estado="CANCELADO", reversado_por="A-204118"),
        m.recibo(capacitacion=True, serie="CAP-1", folio=99999, ejemplo=True),
        m.recibo(serie="ABCD", folio=123456, total=Decimal("98765432.10")),
        m.recibo(serie="Wm/xQzKb", folio=1),
    ],
    ids=["normal", "forty lines", "cancelled", "training", "longest bars", "bars of letters alone"],
)
@pytest.mark.parametrize("formato", ROLLOS)
def test_a_reader_decodes_both_codes_of_a_roll_at_203_dpi(muestra, formato, tmp_path):
    imagen = m.rasterizar(dibujar(muestra, formato=formato), tmp_path, "-mono")[-1]
    assert m.leer_codigos(imagen) == {"QRCode": texto_qr(muestra), "Code128": texto_barras(muestra)}


@pytest.mark.parametrize("formato", ROLLOS)
def test_nothing_is_drawn_where_the_head_does_not_reach(formato, tmp_path):
    largos = m.recibo(
        CUARENTA,
        pagador=NOMBRE_60,
        cajero=NOMBRE_60 * 2,
        cuenta_etiqueta=NOMBRE_60.replace(" ", ""),
        membrete=replace(m.MEMBRETE, nombre=NOMBRE_60 * 2, leyenda=NOMBRE_60 * 5),
        serie="SERIELARGA",
        folio=123456789,
        ejemplo=True,
        capacitacion=True,
        estado="DEVUELTO",
        total=Decimal("9999999999.99"),
    )
    imagen = m.rasterizar(dibujar(largos, copia=12, formato=formato), tmp_path, "-gray")[0]
    margen = ROLLOS[formato].margen * m.PUNTOS_POR_PULGADA / 25.4
    izquierda, arriba, derecha, abajo = imagen.point(lambda gris: 255 * (gris < 128)).getbbox()
    assert izquierda >= margen - 1.5
    assert derecha <= imagen.width - margen + 1.5
    assert arriba > 8 and abajo < imagen.height - 8


@pytest.mark.parametrize("formato", FORMATOS)
def test_every_format_tells_the_same(formato):
    muestra = m.recibo(pagos=DOS_FORMAS, fecha_pago=date(2026, 11, 20))
    texto = seguido(dibujar(muestra, formato=formato))
    for renglon in muestra.renglones:
        assert formato_columna(renglon.importe) in texto
        assert renglon.texto in texto
        assert renglon.fundamento in texto
    for dato in (
        *("Municipio de Ejemplo", "Tesorería Municipal", "MEJ850101AB1", "Av. de los Álamos 100, Centro"),
        *("871 555 0101", "RECIBO OFICIAL", "A-204117", "Original", "Peña Muñoz José Guadalupe"),
        *("Predial urbano 010-123-045", "Av. Hidalgo 214, Centro", "Caja 03", "Atendió M. Ontiveros"),
        *("20/11/2026 (emitido 22/11/2026 11:42)", formato_de(muestra), "Ref. 4321, aut. 9871"),
        *("Tarjeta de débito", "$5,000.00", "Efectivo", "$1,235.19", "Recibido", "$1,500.00", "Cambio"),
        *("$264.81", muestra.codigo, pesos_en_letra(muestra.total), m.MEMBRETE.leyenda),
    ):
        assert dato in texto, dato
    assert muestra.hash in texto.replace(" ", "")
    assert not any(marca in texto for marca in ("EJEMPLO", "CAPACITACIÓN", "CANCELA", "DEVUELTO", "COPIA"))


def formato_de(muestra):
    return formato(muestra.total)


@pytest.mark.parametrize("formato", FORMATOS)
def test_training_example_and_copy_are_told_in_every_format(formato):
    texto = seguido(dibujar(m.recibo(capacitacion=True, ejemplo=True), copia=3, formato=formato))
    assert texto.count("CAPACITACIÓN – SIN VALOR") == 2
    assert "EJEMPLO – NO OFICIAL" in texto
    assert "COPIA 3" in texto and "Original" not in texto


@pytest.mark.parametrize("formato", FORMATOS)
@pytest.mark.parametrize(
    ("estado", "dicho"),
    [("CANCELADO", "Este recibo quedó sin efecto"), ("DEVUELTO", "El banco no pagó el cheque")],
)
def test_a_copy_of_a_receipt_that_was_undone_says_so_and_by_which_receipt(formato, estado, dicho):
    deshecho = m.recibo(estado=estado, reversado_por="A-204118")
    texto = seguido(dibujar(deshecho, copia=1, formato=formato))
    assert f"{estado} {dicho}" in texto
    assert "recibo de cancelación A-204118" in texto
    assert "A-204118" not in m.texto(dibujar(m.recibo(estado=estado), copia=1, formato=formato))


@pytest.mark.parametrize("formato", FORMATOS)
def test_a_reversal_says_what_it_undoes_and_whether_money_goes_back(formato):
    texto = seguido(dibujar(m.reversa(), formato=formato))
    for dato in ("RECIBO DE CANCELACIÓN", "CANCELACIÓN del recibo A-204100", "−$6,235.19", "se devuelve"):
        assert dato in texto
    rebotado = seguido(dibujar(replace(m.reversa(), estado="DEVUELTO"), formato=formato))
    assert "CANCELACIÓN del recibo A-204100: el banco no pagó el cheque" in rebotado
    assert "se devuelve" not in rebotado and "Pago no cobrado" in rebotado


@pytest.mark.parametrize("formato", FORMATOS)
def test_a_combined_receipt_heads_the_lines_of_each_account_with_its_name(formato):
    texto = seguido(dibujar(m.recibo(DOS_CUENTAS, cuentas=2), formato=formato))
    assert "2 cuentas" in texto
    partes = re.split(r"Predial urbano 010-123-045|Agua potable 55-0098|Todas las cuentas", texto)
    assert len(partes) == 4, "each account is headed once, its lines together"
    assert "1,184.20" in partes[1] and "5,367.03" not in partes[1]
    assert "5,367.03" in partes[2] and "−759.77" in partes[2] and "10.00" not in partes[2]
    assert "Gastos de ejecución" in partes[3]


def test_an_account_that_goes_on_overleaf_is_headed_again():
    largas = tuple(replace(r, cuenta=f"Toma {1 + (r.n > 25)}") for r in CUARENTA)
    paginas = m.paginas(dibujar(m.recibo(largas, cuentas=2)))
    assert len(paginas) > 2
    for pagina in paginas:
        for toma, suyos in (("Toma 1", range(1, 26)), ("Toma 2", range(26, 41))):
            tiene = any(f"Consumo medido {n} de 40" in pagina for n in suyos)
            assert pagina.count(toma) == tiene
        assert "Recargos y actualización" in pagina


def test_a_roll_is_exactly_as_long_as_its_content():
    corto, largo = (medidas(dibujar(m.recibo(r), formato="58mm")) for r in (m.RENGLONES[:1], CUARENTA))
    assert corto[0] == largo[0] == 58
    assert 120 < corto[1] < 190
    assert largo[1] > corto[1] + 39 * 3
    assert medidas(dibujar(m.recibo(), formato="80mm"))[0] == 80
    assert len(m.paginas(dibujar(m.recibo(CUARENTA * 3), formato="58mm"))) == 1


def test_a_roll_longer_than_a_pdf_page_may_be_goes_on_in_another():
    renglones = tuple(replace(r, n=n, cargo_id=str(n)) for n, r in enumerate(CUARENTA * 25))
    paginas = m.paginas(dibujar(m.recibo(renglones), formato="80mm"))
    assert len(paginas) == 2
    assert "\n".join(paginas).count("Consumo medido") == 1000


def rectangulos(pdf):
    """Give x, y, width and height in millimetres of all that is filled on the first page."""
    pagina = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    trazos = re.findall(rb"([\d. -]+) re\b", pagina.get_contents().get_data())
    return [[float(n) / 72 * 25.4 for n in trazo.split()] for trazo in trazos]


@pytest.mark.parametrize("formato", ROLLOS)
def test_bars_and_modules_lie_on_whole_dots_of_the_head(formato):
    estorbos = m.recibo(estado="CANCELADO", pagador=NOMBRE_60, ejemplo=True)
    hallados = rectangulos(dibujar(estorbos, formato=formato))
    assert len(hallados) > 200
    for rectangulo in hallados:
        for medida in rectangulo:
            # ReportLab writes points with six decimals at most.
            assert abs(medida / rollo.PUNTO - round(medida / rollo.PUNTO)) < 0.01, rectangulo


def test_a_serie_too_long_for_the_bars_leaves_the_qr(tmp_path):
    muestra = m.recibo(serie="SERIELARGA", folio=1234567)
    imagen = m.rasterizar(dibujar(muestra, formato="58mm"), tmp_path, "-mono")[-1]
    assert m.leer_codigos(imagen) == {"QRCode": texto_qr(muestra)}


@pytest.mark.parametrize("formato", FORMATOS)
def test_a_negative_copy_is_refused_in_every_format(formato):
    with pytest.raises(ValueError, match="copia"):
        dibujar(m.recibo(), copia=-1, formato=formato)


def test_a_figure_without_room_beside_its_name_goes_below_it_whole():
    texto = m.texto(dibujar(m.recibo(total=Decimal("9999999999.99")), formato="58mm"))
    assert "TOTAL\n" in texto
    assert "$9,999,999,999.99" in texto


@pytest.mark.parametrize(
    "nombre", ["Ana\nLuz", "Ana\x00Luz", "Ana\ud800Luz", "Ana 日本 😀", "<b>Ana</b>", ""]
)
def test_no_character_stops_a_roll(nombre):
    raro = m.recibo(
        (m.renglon(1, "principal", "180.50", texto=nombre or "–"),),
        pagador=nombre,
        cajero=nombre,
        caja=nombre,
        domicilio=nombre,
        pagos=(PagoSellado("03", nombre, Decimal("180.50"), Decimal("180.50"), Decimal(0), nombre),),
    )
    texto = m.texto(dibujar(raro, formato="58mm"))
    assert "TOTAL" in texto
    assert ("Ana" in texto) == bool(nombre)


def test_the_same_receipt_gives_the_same_roll():
    assert dibujar(m.recibo(), formato="58mm") == dibujar(m.recibo(), formato="58mm")
    assert dibujar(m.recibo(), formato="58mm") != dibujar(m.recibo(), formato="80mm")
