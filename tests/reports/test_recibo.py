"""The receipt on paper: read by people, by search and by machine, and always the same bytes."""

import io
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal

import muestras_papel as m
import pypdf
import pytest

from lerdo_desk.base.dinero import formato, formato_columna
from lerdo_desk.base.letras import pesos_en_letra
from lerdo_desk.hacienda.documentos import PagoSellado, texto_barras, texto_qr
from lerdo_desk.reports.recibo import dibujar

CUARENTA = tuple(
    r
    for i in range(20)
    for r in (
        m.renglon(2 * i + 1, "principal", f"{100 + i}.17", str(i), 2020, f"Consumo medido {i + 1} de 20"),
        m.renglon(2 * i + 2, "recargo", f"{i + 1}.05", str(i), 2020, fundamento=m.CODIGO),
    )
)
NOMBRE_60 = "María Guadalupe de los Ángeles Fernández Ñúñez y Covarrubias"


def _sin_saltos(texto):
    return re.sub(r"\s+", " ", texto)


def _palabras(pdf, carpeta):
    """Give every word of the first page with its box (x0, y0, x1, y1), as poppler lays it out."""
    (carpeta / "r.pdf").write_bytes(pdf)
    orden = ["pdftotext", "-f", "1", "-l", "1", "-bbox", str(carpeta / "r.pdf"), "-"]
    salida = subprocess.run(orden, check=True, capture_output=True, text=True, timeout=60).stdout
    patron = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>'
    return [(palabra, *map(float, caja)) for *caja, palabra in re.findall(patron, salida)]


@pytest.mark.parametrize(
    "muestra",
    [
        m.recibo(),
        m.recibo(CUARENTA),
        m.reversa(),
        m.recibo(capacitacion=True, serie="CAP-1", folio=99999, ejemplo=True),
        m.recibo(serie="ABCD", folio=123456, total=Decimal("98765432.10")),
    ],
    ids=["normal", "forty lines", "reversal", "training", "longest bars"],
)
@pytest.mark.parametrize("opciones", [("-gray",), ("-mono",)], ids=["grey", "black and white"])
def test_a_reader_decodes_both_codes_at_203_dpi(muestra, opciones, tmp_path):
    ultima = m.rasterizar(dibujar(muestra), tmp_path, *opciones)[-1]
    assert m.leer_codigos(ultima) == {"QRCode": texto_qr(muestra), "Code128": texto_barras(muestra)}


@pytest.mark.parametrize(
    "muestra", [m.recibo(), m.recibo(CUARENTA), m.reversa()], ids=["normal", "forty", "reversal"]
)
def test_every_sealed_amount_can_be_searched_in_the_pdf(muestra):
    texto = m.texto(dibujar(muestra))
    for renglon in muestra.renglones:
        assert formato_columna(renglon.importe) in texto
        assert renglon.texto in texto
        assert renglon.fundamento in texto
    assert formato(muestra.total) in texto
    assert pesos_en_letra(abs(muestra.total)) in _sin_saltos(texto)


def test_everything_sealed_besides_the_amounts_is_on_the_paper():
    muestra = m.recibo()
    texto = m.texto(dibujar(muestra))
    for dato in (
        *(
            "Municipio de Ejemplo",
            "Tesorería Municipal",
            "MEJ850101AB1",
            "Av. de los Álamos 100",
            "871 555 0101",
        ),
        *("Peña Muñoz José Guadalupe", "Predial urbano 010-123-045", "Av. Hidalgo 214, Centro"),
        *("RECIBO OFICIAL", "A-204117", "22/11/2026 11:42", "Caja 03", "M. Ontiveros", "Original"),
        *("Efectivo $6,235.19", "Recibido $6,500.00", "Cambio $264.81", muestra.codigo, muestra.hash),
        *("Seis mil doscientos treinta y cinco pesos 19/100 M.N.", m.MEMBRETE.leyenda),
    ):
        assert dato in texto
    assert "EJEMPLO" not in texto
    assert "CAPACITACIÓN" not in texto
    assert "CANCELACIÓN" not in texto


def test_the_row_of_a_cargo_adds_its_lines_by_column():
    texto = m.texto(dibujar(m.recibo()))
    assert "Impuesto predial urbano 2025 (1)\n1,184.20\n443.73\n–\n1,627.93\n" in texto
    assert "Impuesto predial urbano 2026 (1)\n5,367.03\n–\n−759.77\n4,607.26\n" in texto
    assert "Actualización factor 1.0347: 41.10 (2) · Recargos 10 meses: 402.63 (2)" in texto


def test_a_line_of_forty_goes_on_overleaf_under_the_same_head():
    paginas = m.paginas(dibujar(m.recibo(CUARENTA)))
    assert len(paginas) == 3
    for n, pagina in enumerate(paginas, 1):
        for dato in (f"página {n} de 3", "A-204117", "Peña Muñoz José Guadalupe", "Recargos y actualización"):
            assert dato in pagina
        assert ("Total pagado" in pagina) == (n == 3)
        assert (f"Continúa en la página {n + 1}" in pagina) == (n < 3)
    for i in range(20):
        assert sum(f"Consumo medido {i + 1} de 20" in pagina for pagina in paginas) == 1


def test_no_two_texts_overlap_with_a_sixty_character_name(tmp_path):
    largos = m.recibo(
        pagador=NOMBRE_60,
        cajero=NOMBRE_60,
        cuenta_etiqueta=NOMBRE_60,
        domicilio=NOMBRE_60 * 2,
        membrete=replace(m.MEMBRETE, nombre=NOMBRE_60 * 2, dependencia=NOMBRE_60 * 2, leyenda=NOMBRE_60 * 5),
        serie="SERIELARGA",
        folio=123456789,
        ejemplo=True,
        total=Decimal("9999999999.99"),
    )
    assert len(NOMBRE_60) == 60
    palabras = _palabras(dibujar(largos, copia=12), tmp_path)
    assert len(palabras) > 80
    ancho, alto = 216 / 25.4 * 72, 140 / 25.4 * 72
    for n, (una, ax, ay, bx, by) in enumerate(palabras):
        assert 0 < ax < bx < ancho, una
        assert 0 < ay < by < alto, una
        for otra, cx, cy, dx, dy in palabras[n + 1 :]:
            # Poppler's boxes are as tall as the font: lines set tightly touch by up to a third of a line.
            encima = min(by, dy) - max(ay, cy) > 0.45 * min(by - ay, dy - cy)
            assert not (encima and min(bx, dx) - max(ax, cx) > 0.5), (una, otra)


def test_a_sixty_character_name_is_printed_whole_and_a_longer_one_ends_in_an_ellipsis():
    assert NOMBRE_60 in m.texto(dibujar(m.recibo(pagador=NOMBRE_60)))
    texto = m.texto(dibujar(m.recibo(pagador=NOMBRE_60 * 3)))
    assert NOMBRE_60 + "María" in texto
    assert NOMBRE_60 * 3 not in texto
    assert "…" in texto


@pytest.mark.parametrize(
    "nombre",
    ["Juan <b>Pérez", "=1+1", "<img src='/etc/hostname'/>", "O'Neill & Hijos \\(a) %s {0}", "&lt;script&gt;"],
)
def test_markup_and_formulas_in_a_name_are_printed_as_they_were_written(nombre):
    texto = m.texto(dibujar(m.recibo(pagador=nombre, domicilio=nombre, cajero=nombre)))
    assert texto.count(nombre) == 3


@pytest.mark.parametrize(
    "nombre", ["Ana\nLuz", "Ana\x00Luz", "Ana\u202eLuz", "Ana\ud800Luz", "Ana 日本 😀 Luz", ""]
)
def test_no_character_in_a_name_stops_a_receipt(nombre):
    texto = m.texto(dibujar(m.recibo(pagador=nombre)))
    assert "Total pagado" in texto
    assert ("Ana" in texto) == bool(nombre)


def test_a_decomposed_accent_is_printed_composed():
    assert "Peña" in m.texto(dibujar(m.recibo(pagador="Pen\u0303a")))


def test_a_copy_says_which_one_and_the_original_says_so():
    assert "Original" in m.texto(dibujar(m.recibo()))
    copia = m.texto(dibujar(m.recibo(), copia=2))
    assert "COPIA 2" in copia
    assert "Original" not in copia
    with pytest.raises(ValueError, match="copia"):
        dibujar(m.recibo(), copia=-1)


def test_a_reversal_says_what_it_cancels_and_carries_the_sign():
    texto = m.texto(dibujar(m.reversa()))
    for dato in ("CANCELACIÓN del recibo A-204100", "RECIBO DE CANCELACIÓN", "−$6,235.19", "Total cancelado"):
        assert dato in texto
    assert "Devolución: Efectivo −$6,235.19" in texto
    assert "Seis mil doscientos treinta y cinco pesos 19/100 M.N." in texto


def test_training_is_marked_across_every_page():
    paginas = m.paginas(dibujar(m.recibo(CUARENTA, capacitacion=True)))
    assert all(pagina.count("CAPACITACIÓN – SIN VALOR") == 2 for pagina in paginas)


def test_a_receipt_on_example_parameters_says_that_it_is_not_official():
    assert "EJEMPLO – NO OFICIAL" in m.texto(dibujar(m.recibo(ejemplo=True)))


def test_a_payment_of_another_day_tells_both_days():
    texto = m.texto(dibujar(m.recibo(fecha_pago=date(2026, 11, 20))))
    assert "20/11/2026 (emitido 22/11/2026 11:42)" in texto


def test_an_account_label_that_already_names_its_clave_does_not_repeat_it():
    texto = m.texto(dibujar(m.recibo(cuenta_etiqueta="Predial 010-123-045")))
    assert texto.count("010-123-045") == 1


@pytest.mark.parametrize("cuantos", [1, 2, 3, 12])
def test_every_payment_is_told_however_many_there_are(cuantos):
    pagos = tuple(
        PagoSellado(
            "03", "Transferencia", Decimal(f"{n}01.50"), Decimal(f"{n}01.50"), Decimal("0.00"), f"SPEI{n:04d}"
        )
        for n in range(1, cuantos + 1)
    )
    texto = _sin_saltos(m.texto(dibujar(m.recibo(pagos=pagos))))
    for pago in pagos:
        assert f"Transferencia {formato(pago.importe)} · Ref. {pago.referencia}" in texto


def test_a_sealed_receipt_is_printed_even_when_its_bars_do_not_fit(tmp_path):
    muestra = m.recibo(serie="CAP-1", folio=1234567)
    imagen = m.rasterizar(dibujar(muestra), tmp_path, "-gray")[-1]
    assert m.leer_codigos(imagen) == {"QRCode": texto_qr(muestra)}


def test_the_same_receipt_gives_the_same_bytes_also_from_several_threads():
    primero = dibujar(m.recibo())
    with ThreadPoolExecutor(4) as hilos:
        assert set(hilos.map(lambda _: dibujar(m.recibo()), range(60))) == {primero}
    assert dibujar(m.recibo(), copia=1) != primero


def test_the_page_is_half_a_letter_and_every_font_is_embedded():
    lector = pypdf.PdfReader(io.BytesIO(dibujar(m.recibo())))
    caja = lector.pages[0].mediabox
    assert [round(float(lado) / 72 * 25.4) for lado in (caja.width, caja.height)] == [216, 140]
    fuentes = [f.get_object() for f in lector.pages[0]["/Resources"]["/Font"].values()]
    assert fuentes
    for fuente in fuentes:
        assert "SourceSans3" in fuente["/BaseFont"]
        assert "/FontFile2" in fuente["/FontDescriptor"]
    assert lector.metadata.title == "Recibo A-204117"


@pytest.mark.parametrize(("fundamento", "dicho"), [("", None), (m.LEY, f"Fundamento: {m.LEY}\n")])
def test_a_lone_legal_ground_has_no_number_and_none_has_no_line(fundamento, dicho):
    texto = m.texto(dibujar(m.recibo((m.renglon(1, "principal", "180.50", fundamento=fundamento),))))
    assert dicho in texto if dicho else "Fundamento" not in texto
