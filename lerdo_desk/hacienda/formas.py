"""Forms of payment: their names, what each must say of itself, and that text as the receipt seals it."""

import re
from dataclasses import dataclass
from datetime import date

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.entrada import fecha as leer_fecha
from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso

EFECTIVO, CHEQUE, TRANSFERENCIA, CREDITO, DEBITO = "01", "02", "03", "04", "28"
SALDO_A_FAVOR = "17"
FORMAS = {
    EFECTIVO: "Efectivo",
    CHEQUE: "Cheque nominativo",
    TRANSFERENCIA: "Transferencia",
    CREDITO: "Tarjeta de crédito",
    DEBITO: "Tarjeta de débito",
    SALDO_A_FAVOR: "Saldo a favor",
}
"""Names of the forms of payment that a till takes (SAT catalogue c_FormaPago; 17 is compensación)."""

TARJETAS = (CREDITO, DEBITO)
BANCARIAS = (CHEQUE, TRANSFERENCIA)
_SEPARADOR = " · "
_CUATRO = re.compile(r"\d{4}", re.ASCII)


@dataclass(frozen=True)
class DeBanco:
    """What a cheque or a transfer says of itself: the bank, its number or reference, and its date."""

    banco: str
    numero: str
    fecha: str


def de_tarjeta(ultimos: str, autorizacion: str) -> str:
    """Write what a card payment says: last four digits and the terminal's authorisation.

    Raises ErrorDeUso with the field that is wrong (``ultimos``, ``autorizacion``). Never the whole number.
    """
    cuatro = texto(ultimos, campo="ultimos")
    if not _CUATRO.fullmatch(cuatro):
        raise ErrorDeUso("Escriba los últimos cuatro dígitos de la tarjeta, sólo esos.", "ultimos")
    return f"•••• {cuatro}{_SEPARADOR}aut. {_parte(autorizacion, 'autorizacion', 'la autorización')}"


def de_banco(banco: str, numero: str, dia: str | date, hoy: date) -> str:
    """Write what a cheque or transfer says: bank, number or reference, and its date (not after ``hoy``).

    Raises ErrorDeUso with the field that is wrong (``banco``, ``numero``, ``fecha``).
    """
    cuando = leer_fecha(dia, hoy, campo="fecha")
    if cuando > hoy:
        raise ErrorDeUso("La fecha del documento no puede ser posterior a hoy; corríjala.", "fecha")
    partes = (_parte(banco, "banco", "el banco"), _parte(numero, "numero", "el número o la referencia"))
    return _SEPARADOR.join((*partes, fecha_corta(cuando)))


def leer_de_banco(referencia: str) -> DeBanco:
    """Give back the parts of a sealed reference of a cheque or transfer; what is missing comes empty."""
    partes = [*referencia.split(_SEPARADOR), "", "", ""]
    return DeBanco(partes[0], partes[1], partes[2])


def revisar(forma: str, referencia: str, saldo: int | None) -> None:
    """Refuse a payment that does not say what its form must; raises ErrorDeUso on ``referencia``."""
    if forma == SALDO_A_FAVOR and saldo is None:
        raise ErrorDeUso("No se sabe de qué saldo a favor se paga; elíjalo de la lista.", "forma")
    if forma != EFECTIVO and not referencia.strip():
        nombre = FORMAS.get(forma, forma).lower()
        raise ErrorDeUso(f"Faltan los datos del pago con {nombre}; captúrelos.", "referencia")


def _parte(dado: str, campo: str, nombre: str) -> str:
    limpio = texto(dado, largo=40, campo=campo).replace("·", "-")
    if not limpio:
        raise ErrorDeUso(f"Escriba {nombre} del pago.", campo)
    return limpio
