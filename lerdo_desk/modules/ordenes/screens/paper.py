"""Puts the paper of an order where the station prints it, off the GUI thread."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from lerdo_desk.hacienda.ordenes_vista import PapelDeOrden
from lerdo_desk.modules.ordenes import service
from lerdo_desk.reports import orden as papel_orden
from lerdo_desk.ui.pages import Servicios

DOCUMENTO = "orden"
"""The name of this kind of document in the station's settings."""


def imprimir(
    servicios: Servicios, folio: str, listo: Callable[[str], None], fallo: Callable[[Exception], None]
) -> None:
    """Read, draw and print an order; ``listo`` gets in words where it went."""

    def dibujar(papel: PapelDeOrden) -> None:
        servicios.jobs.hacer(partial(papel_orden.dibujar, papel), mandar, fallo)

    def mandar(pdf: bytes) -> None:
        servicios.imprimir(DOCUMENTO, pdf, f"orden-{folio}.pdf", salio, fallo)

    def salio(destino: str) -> None:
        lugar = servicios.config.impresion_de(DOCUMENTO)
        carpeta = Path(destino).parent.name
        listo(f"«{destino}»" if lugar.destino == "impresora" else f"la carpeta «{carpeta}»")

    servicios.jobs.leer(service.papel, service.Folio(folio), dibujar, fallo)
