"""Writes DBF tables for the tests: character, number, date and logical fields, nothing more."""

import struct
from datetime import date
from decimal import Decimal

IDIOMAS = {"cp850": 0x02, "cp1252": 0x03}


def escribir_dbf(campos, filas, codificacion="cp850", *, idioma=None, borradas=(), version=0x03):
    """Give the bytes of a table; ``campos`` are (name, type, width, decimals), ``borradas`` indexes of rows.

    ``idioma`` 0 leaves out which encoding it is, as old programs do.
    """
    ancho = 1 + sum(c[2] for c in campos)
    inicio = 32 + 32 * len(campos) + 1
    marca = IDIOMAS[codificacion] if idioma is None else idioma
    cabeza = struct.pack("<B3BIHH", version, 126, 11, 22, len(filas), inicio, ancho)
    partes = [cabeza + b"\0" * 17 + bytes([marca]) + b"\0\0"]
    for nombre, tipo, largo, decimales in campos:
        partes.append(
            nombre.encode("ascii").ljust(11, b"\0")
            + tipo.encode()
            + b"\0" * 4
            + bytes([largo, decimales])
            + b"\0" * 14
        )
    partes.append(b"\r")
    for n, fila in enumerate(filas):
        partes.append(b"*" if n in borradas else b" ")
        partes += [_celda(v, campo, codificacion) for v, campo in zip(fila, campos, strict=True)]
    return b"".join(partes) + b"\x1a"


def _celda(valor, campo, codificacion):
    nombre, tipo, largo, decimales = campo
    if isinstance(valor, bytes):
        escrito = valor
    elif valor is None:
        escrito = b"" if tipo != "L" else b"?"
    elif isinstance(valor, bool):
        escrito = b"T" if valor else b"F"
    elif isinstance(valor, date):
        escrito = valor.strftime("%Y%m%d").encode()
    elif tipo == "N" and isinstance(valor, (int, Decimal)):
        escrito = (f"{valor:.{decimales}f}" if decimales else str(valor)).encode()
    else:
        escrito = str(valor).encode(codificacion)
    if len(escrito) > largo:
        raise ValueError(f"{nombre} does not fit: {valor!r}")
    return escrito.rjust(largo) if tipo == "N" else escrito.ljust(largo)
