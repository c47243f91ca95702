"""The head that every paper shares: who issues it at the left, what it is and its number at the right."""

from dataclasses import dataclass

from lerdo_desk.hacienda.documentos import Membrete
from lerdo_desk.reports.pdf import ACENTO, APAGADO, AVISO, FUERTE, SEMI, TINTA, Estilo, Hoja, ajustar

SIN_VALOR = "CAPACITACIÓN – SIN VALOR"
EJEMPLO = "EJEMPLO – NO OFICIAL: importes calculados con parámetros de ejemplo"
ALTO = 16.0
"""Millimetres from the top of the head to its rule."""

_NOMBRE = Estilo(FUERTE, 14)
_DEPENDENCIA = Estilo(tam=9, color=APAGADO)
_SENAS = Estilo(tam=7.5, color=APAGADO)
_NOTA = Estilo(tam=8, color=APAGADO)
_AVISO = Estilo(FUERTE, 8, AVISO)
_FOLIO = Estilo(FUERTE, 17)
_ANCHO_DERECHA = 62.0
_HUECO = 6.0


@dataclass(frozen=True)
class Rotulo:
    """What stands at the right of the head, and the warnings above it: training, example parameters."""

    clase: str
    numero: str
    nota: str
    capacitacion: bool = False
    ejemplo: bool = False
    color: str = TINTA


def dibujar_membrete(hoja: Hoja, membrete: Membrete, rotulo: Rotulo, margen: float, y: float) -> None:
    """Draw the head between the margins; its top lies at ``y`` and its rule ``ALTO`` lower (millimetres)."""
    fin = hoja.papel.ancho - margen
    ancho = fin - margen - _ANCHO_DERECHA - _HUECO
    renglones = (
        (5.0, membrete.nombre, _NOMBRE),
        (9.6, _unir(membrete.dependencia, f"RFC {membrete.rfc}" if membrete.rfc else ""), _DEPENDENCIA),
        (13.2, _unir(membrete.domicilio, f"Tel. {membrete.telefono}" if membrete.telefono else ""), _SENAS),
    )
    for baja, texto, estilo in renglones:
        hoja.texto(margen, y + baja, *ajustar(texto, estilo, ancho, 6.5))
    clase = Estilo(SEMI, 9, rotulo.color)
    numero = Estilo(_FOLIO.fuente, _FOLIO.tam, rotulo.color)
    hoja.texto(fin, y + 3.6, *ajustar(rotulo.clase, clase, _ANCHO_DERECHA), "derecha")
    hoja.texto(fin, y + 9.8, *ajustar(rotulo.numero, numero, _ANCHO_DERECHA, 9), "derecha")
    hoja.texto(fin, y + 13.6, *ajustar(rotulo.nota, _NOTA, _ANCHO_DERECHA), "derecha")
    if rotulo.capacitacion:
        hoja.texto(fin, y - 0.6, SIN_VALOR, _AVISO, "derecha")
    if rotulo.ejemplo:
        hoja.texto(margen, y - 0.6, *ajustar(EJEMPLO, _AVISO, ancho))
    hoja.linea(margen, fin, y + ALTO, rotulo.color if rotulo.color != TINTA else ACENTO, 0.5)


def _unir(*partes: str) -> str:
    return " · ".join(parte for parte in partes if parte)


def nombre_caja(caja: str) -> str:
    """Give how a caja is named on paper: ``03`` becomes ``Caja 03``, what says caja already stays."""
    return caja if caja.casefold().startswith("caja") else f"Caja {caja}"
