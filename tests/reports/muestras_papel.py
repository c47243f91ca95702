"""Sealed receipts and cortes for the tests of the papers: everything here is invented."""

import hashlib
import io
import subprocess
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pypdf
import zxingcpp
from PIL import Image

from lerdo_desk.hacienda.documentos import (
    ConteoLinea,
    CorteSellado,
    Membrete,
    PagoSellado,
    ReciboCancelado,
    ReciboListado,
    ReciboSellado,
    RenglonSellado,
    TotalConcepto,
    TotalEnte,
    TotalForma,
    TramoSerie,
    codigo,
)

PUNTOS_POR_PULGADA = 203
ZONA = timezone(timedelta(hours=-6))
HASH = hashlib.sha256(b"un recibo").hexdigest()
OTRO_HASH = hashlib.sha256(b"otro recibo").hexdigest()
HUELLA = hashlib.sha256(b"un corte").hexdigest()
LEY, CODIGO, BENEFICIO = "Art. 15 de la Ley de Ingresos", "Art. 21 del Código Fiscal", "Art. 18 de la Ley"
MEMBRETE = Membrete(
    nombre="Municipio de Ejemplo",
    dependencia="Tesorería Municipal",
    rfc="MEJ850101AB1",
    domicilio="Av. de los Álamos 100, Centro",
    telefono="871 555 0101",
    leyenda="Conserve este recibo: es su comprobante de pago.",
)


def renglon(n, clase, importe, cargo="1", ejercicio=2026, texto=None, fundamento=LEY):
    textos = {
        "principal": "Impuesto predial urbano",
        "recargo": "Recargos 10 meses",
        "actualizacion": "Actualización factor 1.0347",
        "descuento": "Descuento por pronto pago",
        "gasto": "Gastos de ejecución",
        "redondeo": "Ajuste por redondeo",
    }
    return RenglonSellado(n, clase, texto or textos[clase], Decimal(importe), cargo, ejercicio, fundamento)


RENGLONES = (
    renglon(1, "principal", "1184.20", "10", 2025),
    renglon(2, "actualizacion", "41.10", "10", 2025, fundamento=CODIGO),
    renglon(3, "recargo", "402.63", "10", 2025, fundamento=CODIGO),
    renglon(4, "principal", "5367.03", "11", 2026),
    renglon(5, "descuento", "-759.77", "11", 2026, fundamento=BENEFICIO),
)
"""They sum 6,235.19."""


def recibo(renglones=RENGLONES, **cambios):
    total = sum((r.importe for r in renglones), Decimal("0.00"))
    base = ReciboSellado(
        id="00000000-0000-4000-8000-000000000001",
        tipo="COBRO",
        serie="A",
        folio=204117,
        ente=MEMBRETE.nombre,
        membrete=MEMBRETE,
        pagador="Peña Muñoz José Guadalupe",
        cuenta_etiqueta="Predial urbano",
        clave="010-123-045",
        domicilio="Av. Hidalgo 214, Centro",
        renglones=tuple(renglones),
        pagos=(PagoSellado("01", "Efectivo", total, total + Decimal("264.81"), Decimal("264.81"), ""),),
        total=total,
        fecha_pago=date(2026, 11, 22),
        creado=datetime(2026, 11, 22, 11, 42, tzinfo=ZONA),
        caja="03",
        cajero="M. Ontiveros",
        hash=HASH,
        codigo=codigo(HASH),
        municipio_clave="10012",
        capacitacion=False,
        ejemplo=False,
    )
    return replace(base, **cambios)


def reversa():
    negativos = tuple(replace(r, importe=-r.importe) for r in RENGLONES)
    total = sum(r.importe for r in negativos)
    pago = PagoSellado("01", "Efectivo", total, total, Decimal("0.00"), "")
    return recibo(negativos, tipo="REVERSA", folio=204118, reversa_de="A-204100", pagos=(pago,))


def listados(n):
    inicio = datetime(2026, 11, 22, 8, 0, tzinfo=ZONA)
    return tuple(
        ReciboListado(
            "A",
            204000 + i,
            inicio + timedelta(seconds=10 * i),
            "Peña Muñoz José Guadalupe",
            f"Predial 010-123-{i:04d}",
            Decimal("1000.25") + i,
        )
        for i in range(n)
    )


def corte(recibos=(), **cambios):
    base = CorteSellado(
        numero=123,
        caja="03",
        cajero="María Ontiveros Ibarra",
        abierto=datetime(2026, 11, 22, 8, 0, tzinfo=ZONA),
        cerrado=datetime(2026, 11, 22, 15, 4, tzinfo=ZONA),
        fondo=Decimal("1500.00"),
        esperado=Decimal("5850.50"),
        contado=Decimal("5849.50"),
        diferencia=Decimal("-1.00"),
        motivo="Se entregó un peso de más.",
        conteo=(
            ConteoLinea(Decimal("1000"), 5),
            ConteoLinea(Decimal("200"), 4),
            ConteoLinea(Decimal("0.50"), 99),
        ),
        por_forma=(
            TotalForma("01", "Efectivo", Decimal("12350.50")),
            TotalForma("28", "Tarjeta de débito", Decimal("870.40")),
        ),
        por_ente=(
            TotalEnte("Municipio de Ejemplo", Decimal("12000.90")),
            TotalEnte("Organismo del Agua de Ejemplo", Decimal("1220.00")),
        ),
        por_concepto=(
            TotalConcepto("1.2.1", "Impuesto predial urbano", Decimal("11050.65")),
            TotalConcepto("1.7.1", "Recargos de impuestos", Decimal("950.25")),
            TotalConcepto("4.3.5", "Servicio de agua potable", Decimal("1220.00")),
        ),
        recibos=tuple(recibos),
        series=(TramoSerie("A", 204000, HASH, 204010, OTRO_HASH),),
        cancelados=(ReciboCancelado("A-204003", "A-204009", Decimal("1003.25")),),
        municipio_clave="10012",
        membrete=MEMBRETE,
        capacitacion=False,
        huella=HUELLA,
    )
    return replace(base, **cambios)


def paginas(pdf):
    """Give the text of each page, as a search in any PDF reader finds it."""
    return [pagina.extract_text() for pagina in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def texto(pdf):
    return "\n".join(paginas(pdf))


def rasterizar(pdf, carpeta: Path, *opciones):
    """Give each page as a picture at the resolution of a thermal head."""
    entrada = carpeta / "papel.pdf"
    entrada.write_bytes(pdf)
    orden = ["pdftoppm", "-r", str(PUNTOS_POR_PULGADA), "-png", *opciones, str(entrada), str(carpeta / "p")]
    subprocess.run(orden, check=True, timeout=60)
    return [_imagen(archivo) for archivo in sorted(carpeta.glob("p-*.png"))]


def _imagen(archivo):
    with Image.open(archivo) as imagen:
        return imagen.convert("L")


def leer_codigos(imagen):
    """Give {format: text} of every code a reader finds on a page."""
    return {hallado.format.name: hallado.text for hallado in zxingcpp.read_barcodes(imagen)}
