"""Exports a list: the person's Runner reads it, batch by batch, and a process of its own writes the file."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from lerdo_desk.base.listas import Encargo, Salida, condiciones_en_palabras, orden_en_palabras
from lerdo_desk.core.use_cases import Progress, Runner
from lerdo_desk.reports.aparte import EscritorAparte, Plano
from lerdo_desk.reports.lista import Encabezado


@dataclass(frozen=True)
class Exportador:
    """Carries a window's orders for files out: whose Runner reads, and what municipality stands on top."""

    runner: Runner
    municipio: str
    capacitacion: bool

    def __call__(
        self, encargo: Encargo, avance: Callable[[Progress], None], cancelado: threading.Event
    ) -> Path:
        """Write one file and give its path; slow, so called in a thread.

        Raises Cancelado, ErrorDeUso (too many rows, no permission) and ErrorDeEntorno (disk, server); then
        there is no file.
        """
        lista, pedido = encargo.lista, encargo.pedido
        columnas = lista.elegidas(pedido.columnas)
        encabezado = Encabezado(
            self.municipio,
            lista.nombre,
            condiciones_en_palabras(lista, pedido),
            orden_en_palabras(lista, pedido.orden or lista.orden),
            None,
            self.runner.actor.nombre,
            self.capacitacion,
        )
        plano = Plano(encargo.formato, Path(encargo.destino), encabezado, columnas, encargo.sumas)
        with EscritorAparte(plano, cancelado) as escritor:
            orden = encargo.orden(
                Salida(replace(pedido, columnas=tuple(c.clave for c in columnas)), escritor)
            )
            hechas = self.runner.ejecutar(encargo.caso, orden, avance=avance, cancelado=cancelado).valor
            avance(Progress(hechas, hechas, "Escribiendo el archivo"))
            return escritor.terminar()
