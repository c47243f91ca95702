"""Keys of people and things: RFC, CURP and grouped keys (clave catastral), normalised and validated."""

import re

from stdnum.exceptions import ValidationError
from stdnum.mx import curp as _curp
from stdnum.mx import rfc as _rfc

from lerdo_desk.base.entrada import identificador
from lerdo_desk.base.errores import ErrorDeUso

RFC_GENERICOS = frozenset({"XAXX010101000", "XEXX010101000"})  # SAT: general public, resident abroad


def rfc(texto: str) -> str:
    """Give an RFC in capitals without separators: 12 characters for a company, 13 for a person.

    Checks form and date; a wrong check digit is only worth a warning (``digito_dudoso``), for the generic
    RFCs of SAT fail it too. Raises ErrorDeUso.
    """
    clave = _compacta(texto, "rfc")
    if len(clave) not in (12, 13) or not _rfc.is_valid(clave):
        raise ErrorDeUso(
            "El RFC no es válido; escríbalo con sus 12 caracteres si es empresa o 13 si es persona.", "rfc"
        )
    return clave


def digito_dudoso(clave: str) -> bool:
    """Say whether an RFC already accepted by ``rfc`` fails its check digit: to warn, never to refuse.

    The two generic RFCs of SAT carry no true check digit and are never doubtful.
    """
    return clave not in RFC_GENERICOS and not _rfc.is_valid(clave, validate_check_digits=True)


def curp(texto: str) -> str:
    """Give a CURP in capitals, 18 characters, check digit included (RENAPO); raises ErrorDeUso."""
    clave = _compacta(texto, "curp")
    try:
        _curp.validate(clave)
    except ValidationError as error:
        raise ErrorDeUso(
            "La CURP no es válida; escriba sus 18 caracteres como vienen en la constancia.", "curp"
        ) from error
    return clave


def clave_agrupada(texto: str, grupos: tuple[int, ...]) -> str:
    """Give a key of digits in groups, e.g. groups (3, 3, 3): "001002003" and "001 002 003" -> "001-002-003".

    Hyphens and spaces may be missing but not misplaced: a wrong hyphen is a wrong account. ``grupos`` comes
    from the municipality's pack. Raises ErrorDeUso, or ValueError if ``grupos`` is empty or not positive.
    """
    if not grupos or any(cifras < 1 for cifras in grupos):
        raise ValueError("grupos must hold positive lengths")
    clave = identificador(texto, campo="clave")
    patron = " ?-? ?".join(rf"(\d{{{cifras}}})" for cifras in grupos)
    partes = re.fullmatch(patron, clave, re.ASCII)
    if partes is None:
        ejemplo = "-".join("0" * (cifras - 1) + "1" for cifras in grupos)
        raise ErrorDeUso(
            f"La clave no está completa o trae algo de más; escriba sus {sum(grupos)} números, "
            f"por ejemplo {ejemplo}.",
            "clave",
        )
    return "-".join(partes.groups())


def _compacta(texto: str, campo: str) -> str:
    return re.sub("[ -]", "", identificador(texto, campo=campo))
