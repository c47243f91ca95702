"""Reads DBF tables of dBase and FoxPro: typed fields, deleted records left out, memo files not needed.

Layout after the dBase III/IV and Visual FoxPro table file structure: a header of 32 bytes, 32 bytes a field
up to 0x0D, and records of fixed width whose first byte is a space, or * when deleted.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.celdas import Fila, Marca, Opciones, Tabla, Valor
from lerdo_desk.core.codificaciones import NOMBRES, comprobar, mejor_de

_VERSIONES = frozenset({0x02, 0x03, 0x04, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xCB, 0xF5, 0xFB})
_CODIGOS = {0x01: "cp437", 0x02: "cp850", 0x03: "cp1252", 0x57: "cp1252", 0x58: "cp1252", 0x59: "cp1252"}
_DIA_CERO = 1_721_425  # Julian day of 31 December before the year 1, ordinal 0 of Python
_MUESTRA = 20_000  # records that are enough to tell the encoding
_DANADO = "El archivo DBF está dañado o incompleto; vuelva a exportarlo del sistema de donde viene."
_ILEGIBLE = Marca(True, "El valor no se entiende en el archivo DBF; escríbalo de nuevo.")
_SIN_MEMO = Marca(True, "El texto está en un archivo aparte (memo) que no viene con el DBF; escríbalo aquí.")


class _Campo(NamedTuple):
    nombre: str
    tipo: str
    desde: int
    largo: int
    decimales: int


@dataclass(frozen=True)
class _Cabeza:
    registros: int
    inicio: int
    ancho: int
    idioma: int
    campos: tuple[_Campo, ...]


def es_dbf(contenido: bytes) -> bool:
    """Tell by its content whether a file is a DBF: version, date of the header and its measures."""
    if len(contenido) < 65 or contenido[0] not in _VERSIONES:
        return False
    inicio, ancho = struct.unpack("<HH", contenido[8:12])
    return (
        contenido[2] <= 12
        and contenido[3] <= 31
        and inicio >= 65
        and ancho >= 2
        and contenido[12:14] == b"\0\0"
    )


def leer_dbf(contenido: bytes, nombre: str, opciones: Opciones) -> Tabla:
    """Give the table of a DBF. Raises ErrorDeUso when it is damaged, cut short or has no fields."""
    cabeza = _cabeza(contenido)
    codificacion, aviso = _codificacion(contenido, cabeza, opciones)
    faltan = cabeza.inicio + cabeza.registros * cabeza.ancho - len(contenido)
    if faltan > 0:
        hay = max(0, len(contenido) - cabeza.inicio) // cabeza.ancho
        raise ErrorDeUso(
            f"El archivo DBF está incompleto: dice {cabeza.registros:,} registros y trae {hay:,}; "
            "vuelva a exportarlo del sistema de donde viene."
        )
    avisos = [aviso] if aviso else []
    borrados = sum(contenido[cabeza.inicio + n * cabeza.ancho] == ord("*") for n in range(cabeza.registros))
    if borrados:
        avisos.append(f"El DBF trae {borrados:,} registros borrados, que no se leen.")

    def abrir() -> Iterator[Fila]:
        return _filas(contenido, cabeza, codificacion)

    titulos = tuple(c.nombre for c in cabeza.campos)
    return Tabla(nombre, cabeza.registros - borrados, abrir, tuple(avisos), titulos)


def _cabeza(contenido: bytes) -> _Cabeza:
    registros, inicio, ancho = struct.unpack("<IHH", contenido[4:12])
    campos: list[_Campo] = []
    lugar, desde = 32, 1
    while lugar + 32 <= min(inicio, len(contenido)) and contenido[lugar] != 0x0D:
        nombre = contenido[lugar : lugar + 11].split(b"\0")[0].decode("cp850").strip()
        tipo, largo, decimales = chr(contenido[lugar + 11]), contenido[lugar + 16], contenido[lugar + 17]
        if tipo == "C":  # FoxPro and Clipper keep the high byte of long texts where others keep decimals
            largo += decimales << 8
        if tipo != "0":
            campos.append(_Campo(nombre, tipo, desde, largo, decimales))
        desde += largo
        lugar += 32
    if not campos or desde > ancho or any(not c.largo or not c.nombre for c in campos):
        raise ErrorDeUso(_DANADO)
    return _Cabeza(registros, inicio, ancho, contenido[29], tuple(campos))


def _codificacion(contenido: bytes, cabeza: _Cabeza, opciones: Opciones) -> tuple[str, str]:
    if opciones.codificacion is not None:
        return comprobar(opciones.codificacion), ""
    if cabeza.idioma in _CODIGOS:
        return _CODIGOS[cabeza.idioma], ""
    elegida = mejor_de(_textos(contenido, cabeza))
    return elegida, (
        f"El DBF no dice su codificación; se leyó como {NOMBRES[elegida]}: "
        "si los acentos se ven mal, elija otra."
    )


def _textos(contenido: bytes, cabeza: _Cabeza) -> bytes:
    """Give the bytes of the text fields alone: the binary ones would mislead whoever counts accents."""
    lugares = [(c.desde, c.desde + c.largo) for c in cabeza.campos if c.tipo == "C"]
    inicios = range(
        cabeza.inicio, cabeza.inicio + min(cabeza.registros, _MUESTRA) * cabeza.ancho, cabeza.ancho
    )
    return b" ".join(contenido[n + desde : n + hasta] for n in inicios for desde, hasta in lugares)


def _filas(contenido: bytes, cabeza: _Cabeza, codificacion: str) -> Iterator[Fila]:
    for n in range(cabeza.registros):
        inicio = cabeza.inicio + n * cabeza.ancho
        if contenido[inicio] == ord("*"):
            continue
        valores: list[Valor] = []
        marcas: dict[int, Marca] = {}
        for i, campo in enumerate(cabeza.campos):
            crudo = contenido[inicio + campo.desde : inicio + campo.desde + campo.largo]
            try:
                valor = _LECTORES.get(campo.tipo, _nada)(crudo, codificacion)
            except (ValueError, InvalidOperation, struct.error, OverflowError):
                valor, marcas[i] = None, _ILEGIBLE
            if campo.tipo == "M" and crudo.strip(b" \0"):
                marcas[i] = _SIN_MEMO
            valores.append(valor)
        yield Fila(n + 1, tuple(valores), marcas)


def _texto(crudo: bytes, codificacion: str) -> Valor:
    return crudo.decode(codificacion).rstrip(" \0") or None


def _numero(crudo: bytes, _: str) -> Valor:
    escrito = crudo.decode("ascii").strip(" \0").replace(",", ".")
    if not escrito:
        return None
    numero = Decimal(escrito)
    if not numero.is_finite():
        raise ValueError("not a number")
    return int(numero) if "." not in escrito and numero == numero.to_integral_value() else numero


def _fecha(crudo: bytes, _: str) -> Valor:
    escrito = crudo.decode("ascii").strip(" \0")
    if not escrito or set(escrito) == {"0"}:
        return None
    if len(escrito) != 8:
        raise ValueError("not a date")
    return date(int(escrito[:4]), int(escrito[4:6]), int(escrito[6:]))


def _logico(crudo: bytes, _: str) -> Valor:
    return {b"T": True, b"Y": True, b"S": True, b"F": False, b"N": False}.get(crudo.upper())


def _entero(crudo: bytes, _: str) -> Valor:
    return int(struct.unpack("<i", crudo)[0])


def _doble(crudo: bytes, _: str) -> Valor:
    numero = Decimal(format(struct.unpack("<d", crudo)[0], ".15g"))
    if not numero.is_finite():
        raise ValueError("not a number")
    return numero


def _moneda(crudo: bytes, _: str) -> Valor:
    return Decimal(struct.unpack("<q", crudo)[0]).scaleb(-4)


def _instante(crudo: bytes, _: str) -> Valor:
    dia = int(struct.unpack("<i", crudo[:4])[0])
    return date.fromordinal(dia - _DIA_CERO) if dia else None


def _nada(_: bytes, __: str) -> Valor:
    return None


_LECTORES: dict[str, Callable[[bytes, str], Valor]] = {
    "C": _texto,
    "N": _numero,
    "F": _numero,
    "D": _fecha,
    "L": _logico,
    "I": _entero,
    "B": _doble,
    "Y": _moneda,
    "T": _instante,
}
