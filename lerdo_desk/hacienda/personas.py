"""People over all direcciones: how to reach them, who is written already, and one more of them.

Contact data only grow: a new value is one more row and the last one of each kind counts; an empty value says
that the old one no longer serves.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, insert, literal, or_, select
from sqlalchemy.orm import Session

from lerdo_desk.base import claves
from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.letras import normaliza
from lerdo_desk.hacienda.modelos import Contribuyente
from lerdo_desk.hacienda.modelos_ingresos import Contacto

TELEFONO, CORREO, DOMICILIO = "TELEFONO", "CORREO", "DOMICILIO"
TIPOS_DE_CONTACTO: Mapping[str, str] = {
    TELEFONO: "Teléfono",
    CORREO: "Correo electrónico",
    DOMICILIO: "Domicilio para avisos",
}
FISICA, MORAL = "F", "M"
TIPOS_DE_PERSONA: Mapping[str, str] = {FISICA: "Persona física", MORAL: "Persona moral"}
LIMITE = 20
"""People offered at most while somebody types."""
_LETRAS_MINIMAS = 3
_CORREO = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}", re.ASCII)
_CIFRAS = 10
"""Digits of a telephone number in Mexico (Plan Técnico Fundamental de Numeración, IFT 2018)."""


@dataclass(frozen=True)
class Persona:
    """One record of a person, natural (``tipo`` F) or legal (M)."""

    id: int
    nombre: str
    tipo: str
    rfc: str | None
    curp: str | None


@dataclass(frozen=True)
class PersonaNueva:
    """What is known of a person who is to be written; ``rfc`` and ``curp`` may be empty."""

    nombre: str
    tipo: str = FISICA
    rfc: str = ""
    curp: str = ""


def contactos(session: Session, ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Give how to reach some people: by person, the value in force of each kind that they have."""
    pedidos = tuple(set(ids))
    if not pedidos:
        return {}
    ultimo = (
        select(Contacto.contribuyente_id, Contacto.tipo, func.max(Contacto.n).label("n"))
        .where(Contacto.contribuyente_id.in_(pedidos))
        .group_by(Contacto.contribuyente_id, Contacto.tipo)
        .subquery()
    )
    filas = session.execute(
        select(Contacto.contribuyente_id, Contacto.tipo, Contacto.valor)
        .join(
            ultimo,
            and_(
                Contacto.contribuyente_id == ultimo.c.contribuyente_id,
                Contacto.tipo == ultimo.c.tipo,
                Contacto.n == ultimo.c.n,
            ),
        )
        .where(Contacto.valor != "")
        .order_by(Contacto.contribuyente_id, Contacto.tipo.desc())
    )
    dados: dict[int, dict[str, str]] = {}
    for f in filas:
        dados.setdefault(f.contribuyente_id, {})[f.tipo] = f.valor
    return dados


def poner_contacto(session: Session, contribuyente_id: int, tipo: str, valor: str) -> bool:
    """Write how to reach a person from now on; an empty value takes the old one away.

    Gives whether there was anything to write. Raises ErrorDeUso for a value that cannot be of its kind.
    """
    limpio = contacto_valido(tipo, valor)
    suyas = (Contacto.contribuyente_id == contribuyente_id, Contacto.tipo == tipo)
    ultima = session.execute(
        select(Contacto.n, Contacto.valor).where(*suyas).order_by(Contacto.n.desc()).limit(1)
    ).first()
    if limpio == (ultima.valor if ultima is not None else ""):
        return False
    n = ultima.n + 1 if ultima is not None else 1
    session.execute(insert(Contacto).values(contribuyente_id=contribuyente_id, tipo=tipo, n=n, valor=limpio))
    return True


def contacto_valido(tipo: str, valor: str) -> str:
    """Give a contact datum as it is kept, empty for none; ErrorDeUso with ``tipo`` in small letters."""
    campo = tipo.lower()
    if tipo not in TIPOS_DE_CONTACTO:
        raise ErrorDeUso("Ese dato de contacto no existe; elija teléfono, correo o domicilio.", "tipo")
    limpio = texto(valor, 200, campo)
    if not limpio:
        return ""
    if tipo == TELEFONO:
        return _telefono(limpio, campo)
    if tipo == CORREO and not _CORREO.fullmatch(limpio):
        raise ErrorDeUso("El correo no se entiende; escríbalo así: nombre@ejemplo.com.", campo)
    return limpio


def _telefono(escrito: str, campo: str) -> str:
    """Give ten digits in groups (``555 010 0123``); the country's +52 may be written or left out."""
    cifras = re.sub(r"[ ().-]", "", escrito)
    cifras = re.sub(r"^\+?52(?=[0-9]{10}$)", "", cifras)
    if not re.fullmatch(rf"[0-9]{{{_CIFRAS}}}", cifras, re.ASCII):
        raise ErrorDeUso("El teléfono lleva 10 números con su lada, por ejemplo 555 010 0123.", campo)
    return f"{cifras[:3]} {cifras[3:6]} {cifras[6:]}"


def revisada(nueva: PersonaNueva) -> PersonaNueva:
    """Give a new person with everything clean, or raise ErrorDeUso beside the field that is wrong.

    A natural person's RFC has 13 characters and a legal person's 12 (CFF art. 27, SAT); only natural
    persons have a CURP.
    """
    nombre = texto(nueva.nombre, 200, "nombre")
    if len(normaliza(nombre)) < _LETRAS_MINIMAS:
        raise ErrorDeUso("Escriba el nombre completo o la razón social.", "nombre")
    if nueva.tipo not in TIPOS_DE_PERSONA:
        raise ErrorDeUso("Elija si es persona física o moral.", "tipo")
    rfc = claves.rfc(nueva.rfc) if nueva.rfc.strip() else ""
    curp = claves.curp(nueva.curp) if nueva.curp.strip() else ""
    if rfc and len(rfc) != (13 if nueva.tipo == FISICA else 12):
        raise ErrorDeUso("El RFC lleva 13 caracteres si es persona física y 12 si es moral.", "rfc")
    if curp and nueva.tipo == MORAL:
        raise ErrorDeUso("Una persona moral no tiene CURP; bórrela o elija persona física.", "curp")
    return PersonaNueva(nombre, nueva.tipo, rfc, curp)


def alta(session: Session, nueva: PersonaNueva) -> int:
    """Write one more person and give their id.

    Raises ErrorDeUso for what ``revisada`` refuses, or when the CURP or the RFC is of somebody already
    written (the generic RFCs of SAT belong to nobody).
    """
    limpia = revisada(nueva)
    for campo, nombre in (("curp", "Esa CURP"), ("rfc", "Ese RFC")):
        valor = getattr(limpia, campo)
        ya = _con_clave(session, campo, valor) if valor and valor not in claves.RFC_GENERICOS else None
        if ya is not None:
            raise ErrorDeUso(f"{nombre} ya es de «{ya}»; abra su expediente en vez de repetirlo.", campo)
    fila = {"nombre": limpia.nombre, "tipo": limpia.tipo, "rfc": limpia.rfc or None}
    orden = insert(Contribuyente).values(**fila, curp=limpia.curp or None).returning(Contribuyente.id)
    return int(session.execute(orden).scalar_one())


def _con_clave(session: Session, campo: str, valor: str) -> str | None:
    columna = Contribuyente.rfc if campo == "rfc" else Contribuyente.curp
    consulta = select(Contribuyente.nombre).where(columna == valor).order_by(Contribuyente.id).limit(1)
    return session.scalars(consulta).first()


def semejantes(session: Session, nueva: PersonaNueva, limite: int = LIMITE) -> tuple[Persona, ...]:
    """Give who is written already and may be the person that somebody types: same keys first, then name.

    What is typed may be incomplete: a name counts from three letters on, an RFC or CURP from ten characters
    (those of name and birth), and each word of the name must begin a word of theirs.
    """
    palabras = tuple(p for p in normaliza(nueva.nombre).split() if p)
    por_nombre = _con_palabras(palabras) if sum(map(len, palabras)) >= _LETRAS_MINIMAS else None
    por_clave = [
        columna.startswith(escrita, autoescape=True)
        for columna, escrita in (
            (Contribuyente.rfc, _apretada(nueva.rfc)),
            (Contribuyente.curp, _apretada(nueva.curp)),
        )
        if len(escrita) >= _CIFRAS and escrita not in claves.RFC_GENERICOS
    ]
    condiciones = [*por_clave, *([por_nombre] if por_nombre is not None else [])]
    if not condiciones:
        return ()
    primero = or_(*por_clave) if por_clave else literal(0) == literal(1)
    p = Contribuyente
    filas = session.execute(
        select(p.id, p.nombre, p.tipo, p.rfc, p.curp)
        .where(or_(*condiciones))
        .order_by(func.coalesce(primero, literal(1) == literal(0)).desc(), p.nombre, p.id)
        .limit(limite)
    )
    return tuple(Persona(f.id, f.nombre, f.tipo, f.rfc, f.curp) for f in filas)


def _con_palabras(palabras: tuple[str, ...]) -> ColumnElement[bool]:
    nombre = literal(" ").concat(func.normaliza(Contribuyente.nombre))
    return and_(*(nombre.contains(f" {p}", autoescape=True) for p in palabras))


def _apretada(escrita: str) -> str:
    return re.sub("[ -]", "", escrita).upper()
