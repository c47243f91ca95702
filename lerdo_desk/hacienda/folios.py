"""Reads a folio, typed or scanned from a paper of the house, and finds the account behind it."""

import re
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import ordenes
from lerdo_desk.hacienda.adeudos import ORDENES
from lerdo_desk.hacienda.modelos import Cuenta, Municipio, Recibo, Serie

_ORDEN = re.compile(r"\d{14}", re.ASCII)
_SEPARADORES = re.compile(r"[\s-]")
_QR = re.compile(r"R1\|(?P<municipio>[^|]{1,12})\|(?P<serie>[^|]{1,12})\|(?P<folio>\d{9})\|.*", re.ASCII)
_FOLIO = re.compile(r"(?P<serie>[A-Z0-9]+(?:-[A-Z0-9]+)?)\s*-\s*(?P<folio>\d{1,9})", re.ASCII)


@dataclass(frozen=True)
class Encontrado:
    """What a folio leads to: an account, or one sentence that says why there is nothing to charge."""

    cuenta_id: int | None = None
    frase: str = ""


@dataclass(frozen=True)
class _DeRecibo:
    """A receipt's serie and folio as a code gives them, and the municipality that its QR names."""

    series: tuple[str, ...]
    folio: int
    municipio: str = ""


def por_folio(session: Session, escrito: str) -> Encontrado | None:
    """Give what a folio or a scanned code leads to; None when the text is not one.

    An order's folio has 14 figures; a receipt's is ``serie-folio``, the code ``R<serie>-<folio>`` or a QR
    that begins with ``R1|``. A serie that no till has makes it an ordinary search (a clave has dashes too).
    """
    texto = escrito.strip().upper()
    cifras = _SEPARADORES.sub("", texto)
    if _ORDEN.fullmatch(cifras):
        return _orden(session, cifras)
    leido = _leer_recibo(texto)
    return None if leido is None else _recibo(session, leido)


def _orden(session: Session, folio: str) -> Encontrado | None:
    cuenta = session.scalar(select(Cuenta.id).where(Cuenta.modulo == ORDENES, Cuenta.clave == folio))
    # A clave catastral without its dashes may have 14 figures as well.
    otra = select(Cuenta.id).where(Cuenta.busqueda.contains(folio, autoescape=True)).limit(1)
    if cuenta is None and session.scalar(otra) is not None:
        return None
    try:
        return Encontrado(ordenes.cobrable(session, folio).cuenta_id)
    except ErrorDeUso as error:
        return Encontrado(frase=error.mensaje)


def _leer_recibo(texto: str) -> _DeRecibo | None:
    qr = _QR.fullmatch(texto)
    if qr is not None:
        return _DeRecibo((qr["serie"],), int(qr["folio"]), qr["municipio"])
    dado = _FOLIO.fullmatch(texto)
    if dado is None:
        return None
    serie = dado["serie"]
    # The bar code puts an R before the serie; a serie may begin with R as well.
    series = (serie, serie[1:]) if serie.startswith("R") and serie[1:] else (serie,)
    return _DeRecibo(series, int(dado["folio"]))


def _recibo(session: Session, leido: _DeRecibo) -> Encontrado | None:
    if leido.municipio and leido.municipio != session.scalar(select(Municipio.clave)):
        return Encontrado(frase="Ese código es de un recibo de otro municipio; aquí no se puede consultar.")
    conocidas = set(session.scalars(select(Serie.clave).where(Serie.clave.in_(leido.series))))
    serie = next((s for s in leido.series if s in conocidas), None)
    if serie is None and not leido.municipio:
        return None
    reversa = aliased(Recibo)
    fila = session.execute(
        select(
            *(Recibo.cuenta_id, Recibo.fecha_pago, Recibo.tipo),
            exists(select(reversa.id).where(reversa.reversa_de == Recibo.id)).label("cancelado"),
        )
        .join(Serie, Serie.id == Recibo.serie_id)
        .where(Serie.clave == serie, Recibo.folio == leido.folio)
    ).first()
    etiqueta = f"{serie or leido.series[0]}-{leido.folio}"
    if fila is None:
        return Encontrado(
            frase=f"No hay un recibo suyo con el folio {etiqueta}; revíselo o pídalo a la caja que lo cobró."
        )
    estado = "está cancelado" if fila.cancelado or fila.tipo == "REVERSA" else "ya está pagado"
    dia = fecha_corta(fila.fecha_pago)
    return Encontrado(fila.cuenta_id, f"El recibo {etiqueta} del {dia} {estado}; ésta es su cuenta.")
