"""Writes a list's file in a process of its own, fed by a pipe: the window never waits for Python's lock.

The child has no connection to any database and imports neither SQLAlchemy nor Qt; ``_hijo`` is a plain
function of this module, so that a frozen program finds it too. The file appears whole, under its name, or not
at all.
"""

import errno
import os
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType, TracebackType

from lerdo_desk.base.errores import Cancelado, ErrorDeEntorno, ErrorDeUso
from lerdo_desk.base.listas import ColumnaDeLista, Fila
from lerdo_desk.reports.lista import FORMATOS, Encabezado, Formato

MAXIMO: Mapping[Formato, int] = MappingProxyType({"pdf": 100_000, "xlsx": 1_000_000})
"""Rows: beyond, a PDF has thousands of pages that nobody reads, and a sheet has no room (2^20 rows)."""

_MUCHOS: Mapping[Formato, str] = MappingProxyType(
    {
        "pdf": "Un PDF lleva hasta 100,000 renglones; filtre la lista o expórtela a hoja de cálculo.",
        "xlsx": "Una hoja de cálculo lleva hasta 1,000,000 de renglones; filtre la lista y exporte de nuevo.",
    }
)
_CADA_S = 0.05
_ALTO = "Se detuvo a petición suya; no se escribió ningún archivo."
_ROTO = "No se pudo escribir el archivo; inténtelo de nuevo."


@dataclass(frozen=True)
class Plano:
    """What a file will be: format, place, head (its instant is set when the rows are read) and columns."""

    formato: Formato
    destino: Path
    encabezado: Encabezado
    columnas: tuple[ColumnaDeLista, ...]
    con_sumas: bool = True


def escribir_entero(destino: Path, contenido: bytes, provisional: Path) -> None:
    """Write a file whole or not at all: to ``provisional``, in the same folder, then renamed.

    Raises ErrorDeEntorno with a sentence when the folder is full, forbidden or gone.
    """
    try:
        with provisional.open("xb") as salida:
            salida.write(contenido)
            salida.flush()
            os.fsync(salida.fileno())
        provisional.replace(destino)
    except OSError as error:
        with suppress(OSError):
            provisional.unlink(missing_ok=True)
        raise ErrorDeEntorno(_frase_de_disco(destino.parent.name, error), str(error)) from error


def _frase_de_disco(carpeta: str, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"No hay espacio en la carpeta «{carpeta}»; libere espacio y exporte de nuevo."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"No hay permiso para escribir en la carpeta «{carpeta}»; elija otra."
    return f"No se pudo guardar en la carpeta «{carpeta}»; revise que exista o elija otra."


class EscritorAparte:
    """Takes a list batch by batch and has a child process write its file; used in a ``with``.

    Leaving the block by an error, or without ``terminar``, ends the child and leaves no file.
    """

    def __init__(self, plano: Plano, cancelado: threading.Event) -> None:
        self._plano, self._cancelado = plano, cancelado
        self._provisional = plano.destino.with_name(f".{uuid.uuid4().hex}.tmp")
        contexto = get_context("spawn")
        lee, self._filas = contexto.Pipe(duplex=False)
        self._respuesta, responde = contexto.Pipe(duplex=False)
        self._proceso = contexto.Process(target=_hijo, args=(lee, responde), daemon=True)
        self._proceso.start()
        # Kept open here, the child's ends would hide from each side that the other is gone.
        lee.close()
        responde.close()

    def __enter__(self) -> "EscritorAparte":
        """Give itself."""
        return self

    def __exit__(
        self,
        _tipo: type[BaseException] | None,
        _error: BaseException | None,
        _rastro: TracebackType | None,
    ) -> None:
        """End the child, whatever it was doing."""
        for extremo in (self._filas, self._respuesta):
            extremo.close()
        if self._proceso.is_alive():
            self._proceso.terminate()
        self._proceso.join()
        self._proceso.close()
        with suppress(OSError):
            self._provisional.unlink(missing_ok=True)

    def empezar(self, total: int, sumas: tuple[tuple[str, Decimal], ...], momento: datetime) -> None:
        """Tell the child what it will write; ErrorDeUso when the format does not hold so many rows."""
        if total > MAXIMO[self._plano.formato]:
            raise ErrorDeUso(_MUCHOS[self._plano.formato])
        plano = replace(self._plano, encabezado=replace(self._plano.encabezado, momento=momento))
        self._mandar((plano, sumas if plano.con_sumas else (), self._provisional))

    def filas(self, lote: Sequence[Fila]) -> None:
        """Give the child the next rows; waits while it has enough of them."""
        self._mandar(tuple(lote))

    def terminar(self) -> Path:
        """Wait for the file and give its path.

        Raises Cancelado when it was stopped meanwhile, ErrorDeEntorno when it could not be written.
        """
        self._mandar(None)
        while not self._respuesta.poll(_CADA_S):
            if self._cancelado.is_set():
                raise Cancelado(_ALTO)
        self._atender_respuesta()
        return self._plano.destino

    def _mandar(self, cosa: object) -> None:
        try:
            self._filas.send(cosa)
        except OSError:
            self._atender_respuesta()
            raise ErrorDeEntorno(_ROTO, "the writing process closed its pipe") from None

    def _atender_respuesta(self) -> None:
        try:
            frase, detalle = self._respuesta.recv()
        except (EOFError, OSError) as error:
            raise ErrorDeEntorno(_ROTO, "the writing process ended without an answer") from error
        if frase:
            raise ErrorDeEntorno(frase, detalle)


def _hijo(filas: Connection, respuesta: Connection) -> None:
    """Write the file that the pipe describes and answer with a sentence, empty when all went well."""
    try:
        plano, sumas, provisional = filas.recv()
        contenido = FORMATOS[plano.formato](plano.encabezado, plano.columnas, _recibidas(filas), sumas)
        escribir_entero(plano.destino, contenido, provisional)
    except EOFError:
        return
    except (ErrorDeEntorno, OSError, ValueError, TypeError) as error:
        frase = error.mensaje if isinstance(error, ErrorDeEntorno) else _ROTO
        respuesta.send((frase, f"{type(error).__name__}: {error}"))
        return
    respuesta.send(("", ""))


def _recibidas(filas: Connection) -> Iterator[Fila]:
    """Give the rows as they arrive; EOFError when whoever sends them gave up, so that nothing is written."""
    while (lote := filas.recv()) is not None:
        yield from lote
