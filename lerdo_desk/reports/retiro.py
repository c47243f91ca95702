"""The paper of a drop: cash that leaves an open till for the vault, signed by who gives and who receives."""

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.letras import pesos_en_letra
from lerdo_desk.hacienda.documentos import ActaDeRetiro
from lerdo_desk.reports import acta
from lerdo_desk.reports.acta import FIN, MARGEN
from lerdo_desk.reports.bandas import Banda, hueco
from lerdo_desk.reports.firmas import Firma, firmas
from lerdo_desk.reports.membrete import nombre_caja

_ANCHO_FIRMA = 76.0


def dibujar(retiro: ActaDeRetiro) -> bytes:
    """Draw the paper of a drop as a PDF; the same drop gives the same bytes.

    Raises ErrorDeEntorno when the papers' fonts are missing.
    """
    titulo = acta.Titulo("RETIRO DE EFECTIVO", str(retiro.retiro.n), retiro.capacitacion)
    cierre = firmas(
        (
            Firma(MARGEN + 8, _ANCHO_FIRMA, retiro.cajero, "Entrega"),
            Firma(FIN - 8 - _ANCHO_FIRMA, _ANCHO_FIRMA, retiro.retiro.recibe, "Recibe"),
        ),
        aire=13.0,
    )
    return acta.dibujar(retiro.membrete, titulo, [*_datos(retiro), *_dicho(retiro), cierre])


def _datos(retiro: ActaDeRetiro) -> list[Banda]:
    hecho = retiro.retiro
    return acta.datos(
        (
            ("Fecha y hora", f"{fecha_corta(hecho.hora.date())} {hecho.hora:%H:%M}"),
            ("Caja", nombre_caja(retiro.caja)),
            ("Cajero", retiro.cajero),
            ("Bolsa", hecho.bolsa),
            ("Importe", formato(hecho.importe)),
        )
    )


def _dicho(retiro: ActaDeRetiro) -> list[Banda]:
    """Say the drop in one sentence, its amount in words."""
    hecho = retiro.retiro
    texto = (
        f"Se retiran de la caja {formato(hecho.importe)} ({pesos_en_letra(hecho.importe)}) en efectivo, "
        f"en la bolsa {hecho.bolsa}, para su resguardo. El turno sigue abierto y el retiro se descuenta "
        "en su corte."
    )
    return [hueco(0.5), *acta.parrafo(texto)]
