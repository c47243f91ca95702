"""What the papers print: frozen copies of sealed receipts and cortes, and the texts of their codes.

Everything here was sealed before it is drawn: amounts are pesos with two decimals, instants are already in
the pack's time zone, names and labels are the ones stored with the receipt. No database, no clock.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from lerdo_desk.base.dinero import a_centavos

LARGO_BARRAS = 12
"""Characters that fit in the Code 128 of a receipt."""

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LARGO_CODIGO = 12
_BITS_CODIGO = 60

TipoRecibo = Literal["COBRO", "REVERSA"]
EstadoRecibo = Literal["", "CANCELADO", "DEVUELTO"]
"""What became of a receipt after it was sealed: nothing, given back, or paid with a cheque that bounced."""


@dataclass(frozen=True)
class Membrete:
    """The printed header of an ente, in the version the paper was sealed with."""

    nombre: str
    dependencia: str
    rfc: str
    domicilio: str
    telefono: str
    leyenda: str


@dataclass(frozen=True)
class RenglonSellado:
    """One sealed line of a receipt; ``importe`` in pesos, negative for a discount.

    ``cuenta`` is the label of the account it belongs to, told on a receipt of several accounts.
    """

    n: int
    clase: str
    texto: str
    importe: Decimal
    cargo_id: str | None
    ejercicio: int | None
    fundamento: str
    cuenta: str = ""


@dataclass(frozen=True)
class PagoSellado:
    """How one part of a receipt was paid, in pesos; recibido = importe + cambio."""

    forma: str
    forma_nombre: str
    importe: Decimal
    recibido: Decimal
    cambio: Decimal
    referencia: str


@dataclass(frozen=True)
class ReciboSellado:
    """A sealed receipt: enough to draw the original and every copy without asking anybody.

    ``reversa_de`` is the label of the receipt that a REVERSA cancels; ``hash`` is hexadecimal. ``estado`` and
    ``reversado_por`` (the label of its reversal) are not sealed: they say how it stands when a copy is drawn;
    DEVUELTO on a REVERSA says that it undoes a cheque that bounced. ``cuentas`` is how many accounts it
    paid.
    """

    id: str
    tipo: TipoRecibo
    serie: str
    folio: int
    ente: str
    membrete: Membrete
    pagador: str
    cuenta_etiqueta: str
    clave: str
    domicilio: str
    renglones: tuple[RenglonSellado, ...]
    pagos: tuple[PagoSellado, ...]
    total: Decimal
    fecha_pago: date
    creado: datetime
    caja: str
    cajero: str
    hash: str
    codigo: str
    municipio_clave: str
    capacitacion: bool
    ejemplo: bool
    reversa_de: str | None = None
    estado: EstadoRecibo = ""
    reversado_por: str | None = None
    cuentas: int = 1

    @property
    def etiqueta(self) -> str:
        """Give the label a person reads: serie and folio."""
        return f"{self.serie}-{self.folio}"


class ConteoLinea(NamedTuple):
    """How many pieces of a denomination (pesos) were counted."""

    denominacion: Decimal
    piezas: int


class TotalForma(NamedTuple):
    """What a corte received in one form of payment, in pesos."""

    forma: str
    nombre: str
    importe: Decimal


class TotalEnte(NamedTuple):
    """What a corte holds for one ente (its name), in pesos."""

    ente: str
    importe: Decimal


class TotalConcepto(NamedTuple):
    """What a corte received for one concepto and its CRI code, in pesos."""

    cri: str
    concepto: str
    importe: Decimal


class ReciboListado(NamedTuple):
    """One receipt in the list of a corte; ``hora`` is local, ``total`` in pesos."""

    serie: str
    folio: int
    hora: datetime
    pagador: str
    cuenta: str
    total: Decimal


class TramoSerie(NamedTuple):
    """The first and last receipt of a serie inside a corte, with their hexadecimal hashes."""

    serie: str
    primer_folio: int
    primer_hash: str
    ultimo_folio: int
    ultimo_hash: str


class ReciboCancelado(NamedTuple):
    """A receipt undone inside a corte: its label, the label of its reversal, and the pesos taken back."""

    recibo: str
    reversa: str
    importe: Decimal


class RetiroSellado(NamedTuple):
    """Cash (pesos) taken out of the till during a turno: its number, local hour, bag and who received it."""

    n: int
    hora: datetime
    importe: Decimal
    bolsa: str
    recibe: str


class ConteoHecho(NamedTuple):
    """One signed count of the cash (pesos): which one it was, 1 the first, and its local hour."""

    vez: int
    hora: datetime
    total: Decimal


class TotalFecha(NamedTuple):
    """What a turno that crosses midnight received in one local day: receipts, and pesos of every form."""

    fecha: date
    recibos: int
    importe: Decimal


@dataclass(frozen=True)
class CorteSellado:
    """A closed turno: what was expected, what was counted blind, and every receipt behind it.

    ``esperado``, ``contado``, ``fondo`` and ``retiros`` are pesos in cash; ``diferencia`` is
    contado − esperado. ``huella`` is the hexadecimal digest of the corte. ``verificado`` says who verified it
    and when, as printed; empty leaves a line to sign. ``devueltos`` were paid with cheques that bounced.
    """

    numero: int
    caja: str
    cajero: str
    abierto: datetime
    cerrado: datetime
    fondo: Decimal
    esperado: Decimal
    contado: Decimal
    diferencia: Decimal
    motivo: str
    conteo: tuple[ConteoLinea, ...]
    por_forma: tuple[TotalForma, ...]
    por_ente: tuple[TotalEnte, ...]
    por_concepto: tuple[TotalConcepto, ...]
    recibos: tuple[ReciboListado, ...]
    series: tuple[TramoSerie, ...]
    cancelados: tuple[ReciboCancelado, ...]
    municipio_clave: str
    membrete: Membrete
    capacitacion: bool
    huella: str
    retiros: Decimal = Decimal("0.00")
    retiros_hechos: tuple[RetiroSellado, ...] = ()
    conteos: tuple[ConteoHecho, ...] = ()
    por_fecha: tuple[TotalFecha, ...] = ()
    verificado: str = ""
    devueltos: tuple[ReciboCancelado, ...] = ()


@dataclass(frozen=True)
class CorteX:
    """How an open turno stands at ``hora`` (local); it closes nothing.

    ``formas`` and ``efectivo`` are pesos received; ``efectivo`` is None until the blind count is confirmed,
    and then ``formas`` may not hold the cash either. ``recibos`` counts charges, ``cancelados`` those undone,
    ``cuantos_retiros`` the drops, whose amounts are told only with the cash.
    """

    caja: str
    cajero: str
    hora: datetime
    abierto: datetime
    recibos: int
    cancelados: int
    formas: tuple[TotalForma, ...]
    efectivo: Decimal | None
    retiros: tuple[RetiroSellado, ...]
    membrete: Membrete
    capacitacion: bool
    cuantos_retiros: int = 0


@dataclass(frozen=True)
class ActaDeRetiro:
    """One drop of cash from an open till, as its paper is signed by who gives it and who receives it."""

    caja: str
    cajero: str
    retiro: RetiroSellado
    membrete: Membrete
    capacitacion: bool


@dataclass(frozen=True)
class ActaDeEntrega:
    """The money of a verified corte as it changes hands: pesos by form and by ente, the bag and its seal.

    ``corte`` is its label; ``fondo`` are the pesos that stay in the till and are not handed over;
    ``recibe`` empty leaves a line to sign.
    """

    corte: str
    caja: str
    fecha: date
    cajero: str
    por_forma: tuple[TotalForma, ...]
    por_ente: tuple[TotalEnte, ...]
    fondo: Decimal
    bolsa: str
    sello: str
    entrega: str
    recibe: str
    membrete: Membrete
    capacitacion: bool


def codigo(hash_hex: str) -> str:
    """Give the 12 characters a person can type: the first 60 bits of a hash in Crockford's base 32.

    Raises ValueError when the hash is not hexadecimal or is shorter than 15 digits.
    """
    digitos = _BITS_CODIGO // 4
    if len(hash_hex) < digitos:
        raise ValueError("a hash of at least 15 hexadecimal digits is needed")
    bits = int.from_bytes(bytes.fromhex("0" + hash_hex[:digitos]), "big")
    letras = [_CROCKFORD[(bits >> (5 * i)) & 31] for i in range(_LARGO_CODIGO)]
    return "".join(reversed(letras))


def texto_qr(recibo: ReciboSellado) -> str:
    """Give what the QR of a receipt says: ``R1|INEGI key|serie|folio|centavos|code`` (design.md 5).

    The centavos carry no sign, so the field always has 12 digits; the serie and folio tell a reversal.
    Raises ValueError when folio or total do not fit their digits or a part holds the separator.
    """
    folio = f"{recibo.folio:09d}"
    centavos = f"{abs(a_centavos(recibo.total)):012d}"
    partes = ("R1", recibo.municipio_clave, recibo.serie, folio, centavos, recibo.codigo)
    if len(folio) > 9 or len(centavos) > 12 or any("|" in parte for parte in partes):
        raise ValueError("the receipt does not fit the fields of its QR")
    return "|".join(partes)


def texto_barras(recibo: ReciboSellado) -> str:
    """Give what the Code 128 of a receipt says: ``R<serie>-<folio>``.

    Raises ValueError when it has more than 12 characters or any outside printable ASCII.
    """
    texto = f"R{recibo.serie}-{recibo.folio}"
    if len(texto) > LARGO_BARRAS or not (texto.isascii() and texto.isprintable()):
        raise ValueError("serie and folio do not fit the bar code of the receipt")
    return texto
