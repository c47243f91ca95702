"""The input gate: whatever was typed, pasted, scanned or imported is cleaned or refused here, once.

On the way in (texto, identificador, dinero, entero, fecha, busqueda) a bad value raises ErrorDeUso with a
sentence and the field it belongs beside; nothing is guessed. On the way out (celda, pdf_texto, archivo) no
content raises: the text is made harmless for a spreadsheet, a PDF or a disk.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from html import escape

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato, pesos
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.letras import CON_ACENTO, SIN_ACENTO, normaliza

DINERO_MAXIMO = Decimal("99999999999.99")
LARGO_CELDA = 32_767  # openpyxl cuts here without a word
LARGO_ARCHIVO = 80

_INVISIBLES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_ORILLAS = " \t\r\n"
_DINERO = re.compile(r"\$?\s?(\d{1,3}(,\d{3})*|\d{1,11})(\.\d{1,2})?", re.ASCII)
_ENTERO = re.compile(r"-?\d{1,18}", re.ASCII)
_DIA_MES_ANIO = re.compile(r"(?P<d>\d{1,2})([/-])(?P<m>\d{1,2})\2(?P<a>\d{4})", re.ASCII)
_ANIO_MES_DIA = re.compile(r"(?P<a>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", re.ASCII)
_PRIMER_DIA = date(1900, 1, 1)
_LARGO_BUSQUEDA = 120
_PALABRAS_BUSQUEDA = 10
_A_ASCII = str.maketrans(CON_ACENTO, SIN_ACENTO)
_LETRAS = frozenset({"Lu", "Ll", "Lt", "Lo"})  # not Lm: the saltillo (ʼ) of indigenous surnames
_CORTE = "… (texto cortado)"
# The full-width twins too: some editions of Excel read them as formulas.
_INICIO_DE_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_FUERA_DE_NOMBRE = re.compile(r"[^A-Za-z0-9._-]+")
_RESERVADO = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def texto(v: str, largo: int = 200, campo: str | None = None) -> str:
    """Give one line of clean text, at most ``largo`` characters: NFC, stripped, one space between words.

    Accents and ñ stay. Raises ErrorDeUso for invisible characters (NUL, bidi, zero width, BOM, lone
    surrogates, private, unassigned, line separators), a word of two alphabets, or too much text.
    """
    crudo = _recortado(v, largo, campo)
    limpio = "".join(
        " " if unicodedata.category(c) == "Zs" else c for c in unicodedata.normalize("NFC", crudo)
    )
    limpio = re.sub(" +", " ", limpio).strip(" ")
    if any(unicodedata.category(c) in _INVISIBLES for c in limpio):
        raise ErrorDeUso(
            "El texto trae caracteres que no se ven o no se pueden guardar; bórrelo y escríbalo de nuevo.",
            campo,
        )
    if any(_mezcla_alfabetos(palabra) for palabra in limpio.split(" ")):
        raise ErrorDeUso(
            "El texto mezcla letras de dos alfabetos en una palabra; escríbalo de nuevo con su teclado.",
            campo,
        )
    if len(limpio) > largo:
        raise _muy_largo(largo, campo)
    return limpio


def identificador(v: str, largo: int = 40, campo: str | None = None) -> str:
    """Give a key in capitals: only ASCII and Ñ, so that no look-alike letter or digit passes for another.

    Raises ErrorDeUso for anything else (full-width digits, superscripts, other alphabets, invisible ones).
    """
    limpio = texto(v, largo, campo)
    # Checked before upper(): the dotless ı and the long ſ would become I and S.
    if not all(c.isascii() or c in "ñÑ" for c in limpio):
        raise ErrorDeUso(
            "La clave trae letras o números especiales; escríbala de nuevo sin acentos ni adornos.",
            campo,
        )
    return limpio.upper()


def dinero(v: str | Decimal | int, campo: str | None = None, maximo: Decimal = DINERO_MAXIMO) -> Decimal:
    """Give pesos (two decimals, from 0 to ``maximo``) from what was typed, e.g. ``$1,234.50``.

    Raises ErrorDeUso for any other text (NaN, 1e400, 1_000, full-width digits, a minus sign), too many
    decimals or too much money; TypeError for float and bool.
    """
    try:
        importe = _importe_escrito(v) if isinstance(v, str) else pesos(v)
    except ValueError as error:
        raise ErrorDeUso(
            "La cantidad no se entiende; escríbala con números y hasta dos decimales, por ejemplo 1,234.50.",
            campo,
        ) from error
    if importe < 0:
        raise ErrorDeUso("La cantidad no puede ser negativa; escríbala sin el signo menos.", campo)
    if importe > maximo:
        raise ErrorDeUso(
            f"La cantidad pasa del máximo de {formato(maximo)}; revise cuántas cifras escribió.",
            campo,
        )
    return importe


def entero(v: str | int, campo: str | None = None, minimo: int = 0, maximo: int = 2_147_483_647) -> int:
    """Give a whole number from ``minimo`` to ``maximo``, both included.

    Raises ErrorDeUso for other text or out of range; TypeError for float and bool.
    """
    if isinstance(v, bool) or not isinstance(v, (str, int)):
        raise TypeError(f"a whole number is str or int, never {type(v).__name__}")
    escrito = v.strip(_ORILLAS) if isinstance(v, str) else v
    if isinstance(escrito, str) and not _ENTERO.fullmatch(escrito):
        raise ErrorDeUso("El número no se entiende; escríbalo sólo con cifras, por ejemplo 25.", campo)
    numero = int(escrito)
    if not minimo <= numero <= maximo:
        raise ErrorDeUso(f"El número está fuera de rango; escriba uno entre {minimo:,} y {maximo:,}.", campo)
    return numero


def fecha(v: str | date, hoy: date, campo: str | None = None) -> date:
    """Give a day from 1 January 1900 to two years after ``hoy``, both included.

    Typed as 22/11/2026, 22-11-2026 or 2026-11-22, the year always with four figures.
    Raises ErrorDeUso for other text, a day that does not exist or one out of range; TypeError for an instant.
    """
    if isinstance(v, datetime) or not isinstance(v, (str, date)):
        raise TypeError(f"a day is str or date, never {type(v).__name__}")
    dia = _dia_escrito(v, campo) if isinstance(v, str) else v
    ultimo = _dos_anios_despues(hoy)
    if not _PRIMER_DIA <= dia <= ultimo:
        raise ErrorDeUso(
            f"La fecha está fuera de rango; escriba una entre el {fecha_corta(_PRIMER_DIA)} "
            f"y el {fecha_corta(ultimo)}.",
            campo,
        )
    return dia


def busqueda(v: str) -> tuple[str, ...]:
    """Give the words to look for, normalised and each once; empty if nothing searchable was typed.

    ``normaliza`` leaves only A-Z and 0-9, so no word carries %, _ or \\ and LIKE needs no escape. Raises
    ErrorDeUso beyond 120 characters or 10 words.
    """
    if len(v) > _LARGO_BUSQUEDA:
        raise ErrorDeUso(f"La búsqueda es muy larga; escriba hasta {_LARGO_BUSQUEDA} caracteres.")
    palabras = tuple(dict.fromkeys(normaliza(v).split()))
    if len(palabras) > _PALABRAS_BUSQUEDA:
        raise ErrorDeUso(f"La búsqueda tiene muchas palabras; escriba hasta {_PALABRAS_BUSQUEDA}.")
    return palabras


def celda(v: str, prefijo: bool = True) -> str:
    """Make text safe in a spreadsheet cell: no formula, no unwritable character, at most 32,767 characters.

    Only for text columns; numbers and dates go as such, keys (long digits) as text through here. For CSV
    ``prefijo`` puts ' before =, +, -, @, tab and CR; an XLSX writer that sets data_type "s" and quotePrefix
    passes False. What does not fit is cut with a visible mark, never silently.
    """
    visible = _visible(v)
    sospechoso = v.startswith(("\t", "\r", "\n")) or visible.lstrip().startswith(_INICIO_DE_FORMULA)
    seguro = f"'{visible}" if prefijo and sospechoso else visible
    return seguro if len(seguro) <= LARGO_CELDA else seguro[: LARGO_CELDA - len(_CORTE)] + _CORTE


def pdf_texto(v: str) -> str:
    """Escape text for ReportLab's Paragraph, where ``<img src=…>`` would open a file and ``<b>`` end the run.

    Only for Paragraph markup; what is drawn on the canvas with drawString takes no escape.
    """
    return escape(_visible(v), quote=False)


def archivo(nombre: str) -> str:
    """Give a safe base name for a file: letters, digits, ``._-``, at most 80, no folder, no Windows device.

    The folder part is dropped, accents fall, anything else becomes ``_``; an empty result is "archivo".
    The caller still writes to a temporary file and renames it.
    """
    base = re.split(r"[/\\]", nombre)[-1]
    plano = unicodedata.normalize("NFC", base).translate(_A_ASCII)
    limpio = _FUERA_DE_NOMBRE.sub("_", plano).lstrip(".-").rstrip(".") or "archivo"
    if _RESERVADO.match(limpio):
        limpio = f"_{limpio}"
    if len(limpio) > LARGO_ARCHIVO:
        tronco, punto, extension = limpio.rpartition(".")
        cola = punto + extension if tronco and len(extension) <= 10 else ""
        limpio = limpio[: LARGO_ARCHIVO - len(cola)].rstrip(".") + cola
    return limpio


def _recortado(v: str, largo: int, campo: str | None) -> str:
    """Strip the edges and refuse a flood before NFC, which is slow on long runs of combining marks."""
    if not isinstance(v, str):
        raise TypeError(f"text is str, never {type(v).__name__}")
    crudo = v.strip(_ORILLAS)
    if len(crudo) > 4 * largo + 64:
        raise _muy_largo(largo, campo)
    return crudo


def _muy_largo(largo: int, campo: str | None) -> ErrorDeUso:
    return ErrorDeUso(f"El texto es muy largo; acórtelo a {largo} caracteres o menos.", campo)


def _mezcla_alfabetos(palabra: str) -> bool:
    """Say whether a word has letters of two alphabets; ª and º count as Latin (Mª, Nº)."""
    if palabra.isascii():
        return False
    compatibles = unicodedata.normalize("NFKC", palabra)
    return (
        len(
            {
                unicodedata.name(c, "?").split(" ")[0]
                for c in compatibles
                if unicodedata.category(c) in _LETRAS
            }
        )
        > 1
    )


def _importe_escrito(v: str) -> Decimal:
    """Read typed pesos, with $ and thousands; a leading minus passes, to get a sentence of its own."""
    escrito = v.strip(_ORILLAS)
    signo, cifras = ("-", escrito[1:]) if escrito[:1] in {"-", "−"} else ("", escrito)
    if not _DINERO.fullmatch(cifras):
        raise ValueError("not an amount")
    return pesos(signo + re.sub(r"[$,\s]", "", cifras))


def _dia_escrito(v: str, campo: str | None) -> date:
    escrito = v.strip(_ORILLAS)
    partes = _DIA_MES_ANIO.fullmatch(escrito) or _ANIO_MES_DIA.fullmatch(escrito)
    if partes is None:
        raise ErrorDeUso(
            "La fecha no se entiende; escríbala como día/mes/año, por ejemplo 22/11/2026.", campo
        )
    try:
        return date(int(partes["a"]), int(partes["m"]), int(partes["d"]))
    except ValueError as error:
        raise ErrorDeUso("Esa fecha no existe en el calendario; revise el día y el mes.", campo) from error


def _dos_anios_despues(hoy: date) -> date:
    try:
        return hoy.replace(year=hoy.year + 2)
    except ValueError:  # 29 February
        return hoy.replace(year=hoy.year + 2, day=28)


def _visible(v: str) -> str:
    """Put a space for tabs and line ends and � for what no XML, font or reader would show as it is."""
    if not isinstance(v, str):
        raise TypeError(f"text is str, never {type(v).__name__}")
    en_linea = v.replace("\r\n", " ").translate({ord(c): " " for c in "\t\r\n\u2028\u2029"})
    return "".join("�" if unicodedata.category(c) in _INVISIBLES else c for c in en_linea)
