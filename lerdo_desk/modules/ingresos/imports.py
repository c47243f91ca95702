"""Reads a file of payments made elsewhere: its columns, its cells, and each row as a payment or as errors."""

import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lerdo_desk.base import entrada
from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.letras import normaliza
from lerdo_desk.core import hojas, importacion, lectores
from lerdo_desk.core.celdas import Hoja, Valor, letra
from lerdo_desk.core.importacion import Campo, Plano, Revision
from lerdo_desk.core.use_cases import Progress
from lerdo_desk.hacienda.externos import Canal, PagoLeido
from lerdo_desk.hacienda.formas import FORMAS

_REFERENCIA = re.compile(r"[0-9A-Za-z][0-9A-Za-z ._/#:-]*", re.ASCII)
_LARGO = 60
_COMO_SE_DICE = {
    "01": ("efectivo",),
    "03": ("transferencia", "transferencia electronica de fondos", "spei", "deposito"),
    "04": ("tarjeta de credito", "credito"),
    "28": ("tarjeta de debito", "debito"),
}


@dataclass(frozen=True)
class Mala:
    """A row that cannot be a payment: its number, the cell that is wrong and the sentence beside it.

    ``dichos``: reference, key, amount and day as they came, for the person to recognise it.
    """

    n: int
    celda: str
    frase: str
    dichos: tuple[str, str, str, str]


@dataclass(frozen=True)
class Leido:
    """What a file says: its payments, its bad rows, and what must be known of how it was read."""

    pagos: tuple[PagoLeido, ...]
    malas: tuple[Mala, ...]
    avisos: tuple[str, ...]


def plano(canal: Canal) -> Plano:
    """Give the columns that a file of this channel must bring, and how each cell is read."""
    return Plano(
        (
            Campo("referencia", "Referencia", True, _referencia, ("folio de pago", "autorizacion", "ref")),
            Campo(
                "clave",
                "Clave o folio",
                True,
                _clave,
                ("clave", "cuenta", "folio", "orden", "clave catastral"),
            ),
            Campo("importe", "Importe", True, lectores.pesos_positivos, ("monto", "total", "pagado")),
            Campo("fecha", "Fecha de pago", True, _fecha, ("fecha", "dia", "fecha de operacion")),
            Campo("forma", "Forma de pago", True, _forma(canal.formas), ("forma", "medio", "tipo de pago")),
        )
    )


def abrir(nombre: str, contenido: bytes) -> Hoja:
    """Open a file by what it holds; ErrorDeUso, one sentence, when it cannot be read or is not a table."""
    try:
        return hojas.leer(contenido, nombre)
    except hojas.VariasHojas as error:
        raise ErrorDeUso(
            "El libro trae varias hojas con datos; guarde aparte la de los pagos y elíjala otra vez.",
            "archivo",
        ) from error


def leer(hoja: Hoja, canal: Canal, mapeo: Mapping[str, str], hoy: date) -> Generator[Progress, None, Leido]:
    """Read every row of a sheet as a payment of a channel; ErrorDeUso when the columns do not serve."""
    revision = yield from importacion.revisar(hoja, plano(canal), mapeo, hoy)
    columnas = {titulo: n for n, titulo in enumerate(hoja.encabezados)}
    lugares = [columnas[mapeo[c]] for c in ("referencia", "clave", "importe", "fecha")]
    malas = tuple(_mala(m, lugares) for m in revision.malas)
    return Leido(tuple(_pagos(revision)), malas, revision.avisos)


def celda(hoja: Hoja, mapeo: Mapping[str, str], campo: str | None, n: int) -> str:
    """Name a cell as a spreadsheet does, ``C12``; only the row when the field has no column."""
    titulo = mapeo.get(campo or "")
    if titulo is None or titulo not in hoja.encabezados:
        return f"renglón {n:,}"
    return f"{letra(hoja.encabezados.index(titulo))}{n}"


def _pagos(revision: Revision) -> list[PagoLeido]:
    pagos = []
    for n, datos in zip(revision.renglones, revision.buenas, strict=True):
        importe, dia = datos["importe"], datos["fecha"]
        if not isinstance(importe, Decimal) or not isinstance(dia, date):
            raise TypeError("the readers of this plan give pesos and days")
        referencia, clave, forma = (str(datos[c]) for c in ("referencia", "clave", "forma"))
        pagos.append(PagoLeido(n, referencia, clave, importe, dia, forma))
    return pagos


def _mala(fila: importacion.FilaMala, lugares: Sequence[int]) -> Mala:
    primero = fila.errores[0]
    donde = "" if primero.columna is None else f"{letra(primero.columna)}{fila.n}"
    otras = len(fila.errores) - 1
    frase = primero.frase + (f" (y {otras} dato{'s' if otras > 1 else ''} más)" if otras else "")
    dichos = [_dicho(fila.valores[n]) if n < len(fila.valores) else "" for n in lugares]
    return Mala(fila.n, donde or f"renglón {fila.n:,}", frase, (dichos[0], dichos[1], dichos[2], dichos[3]))


def _dicho(valor: Valor) -> str:
    if isinstance(valor, date):
        return fecha_corta(valor)
    return "" if valor is None else str(valor)[:_LARGO]


def _referencia(valor: Valor, contexto: lectores.Contexto) -> str:
    """Read the channel's reference: letters, figures and a few signs, beginning with one of the former."""
    leida = str(lectores.texto(_LARGO)(valor, contexto))
    if not _REFERENCIA.fullmatch(leida):
        raise ErrorDeUso("La referencia lleva letras y números, sin acentos ni fórmulas; escríbala de nuevo.")
    return leida


def _clave(valor: Valor, contexto: lectores.Contexto) -> str:
    """Read the key of an account or the folio of an order, in capitals."""
    return entrada.identificador(str(lectores.texto(40)(valor, contexto)))


def _fecha(valor: Valor, contexto: lectores.Contexto) -> date:
    """Read the day of payment, which cannot be still to come."""
    dia = lectores.fecha(valor, contexto)
    if dia > contexto.hoy:
        raise ErrorDeUso(f"La fecha {fecha_corta(dia)} todavía no llega; escriba el día en que se pagó.")
    return dia


def _forma(formas: Sequence[str]) -> lectores.Lector:
    """Read a form of payment of the SAT catalogue by its number or its name, among those of the channel."""
    por_nombre = {nombre: forma for forma in formas for nombre in (forma, str(int(forma)))}
    por_nombre |= {nombre: forma for forma in formas for nombre in _COMO_SE_DICE[forma]}
    valen = ", ".join(f"{f} ({FORMAS[f].lower()})" for f in formas)

    def leer_forma(valor: Valor, contexto: lectores.Contexto) -> str:
        dicha = normaliza(str(lectores.texto(_LARGO)(valor, contexto))).lower()
        if dicha not in por_nombre:
            raise ErrorDeUso(f"Este canal no recibe esa forma de pago; escriba una de estas: {valen}.")
        return por_nombre[dicha]

    return leer_forma
