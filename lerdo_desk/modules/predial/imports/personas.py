"""Who each row of a padrón belongs to: a person already on record by RFC or CURP, or a new one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session

from lerdo_desk.base.claves import RFC_GENERICOS
from lerdo_desk.base.letras import normaliza
from lerdo_desk.hacienda.modelos import Contribuyente

LOTE = 500
_RFC_DE_EMPRESA = 12


class ConPersona(Protocol):
    """What a row says of its owner."""

    @property
    def titular(self) -> str:
        """Give the name."""

    @property
    def rfc(self) -> str | None:
        """Give the RFC, if it brings one."""

    @property
    def curp(self) -> str | None:
        """Give the CURP, if it brings one."""


@dataclass
class Persona:
    """A person of the padrón: ``id`` is None until it is written."""

    id: int | None
    nombre: str
    rfc: str | None
    curp: str | None


@dataclass
class Personas:
    """Finds people by RFC and CURP, those of the database and those that the file brings."""

    _por_clave: dict[str, Persona] = field(default_factory=dict)
    nuevas: list[Persona] = field(default_factory=list)
    con_otro_nombre: int = 0
    """Rows whose RFC or CURP was on record under another name."""

    def leer(self, session: Session, filas: Sequence[ConPersona]) -> None:
        """Bring those on record that some rows name; of several with one key the first one counts."""
        rfcs = sorted({f.rfc for f in filas if _util(f.rfc)} - self._por_clave.keys(), key=str)
        curps = sorted({f.curp for f in filas if f.curp} - self._por_clave.keys())
        hallados = session.execute(
            select(Contribuyente.id, Contribuyente.nombre, Contribuyente.rfc, Contribuyente.curp)
            .where(or_(Contribuyente.rfc.in_(rfcs), Contribuyente.curp.in_(curps)))
            .order_by(Contribuyente.id)
        )
        for h in hallados:
            self._anotar(Persona(h.id, h.nombre, h.rfc, h.curp))

    def de(self, fila: ConPersona) -> Persona | None:
        """Give the person of a row, a new one if nobody has its keys; None when the keys belong to two."""
        rfc = fila.rfc if _util(fila.rfc) else None
        por_rfc, por_curp = self._por_clave.get(rfc or ""), self._por_clave.get(fila.curp or "")
        hallada = por_rfc or por_curp
        if hallada is None:
            return self._nueva(fila)
        chocan = por_rfc is not None and por_curp is not None and por_rfc is not por_curp
        if chocan or _distinta(hallada.rfc, rfc) or _distinta(hallada.curp, fila.curp):
            return None
        self.con_otro_nombre += normaliza(hallada.nombre) != normaliza(fila.titular)
        return hallada

    def _nueva(self, fila: ConPersona) -> Persona:
        persona = Persona(None, fila.titular, fila.rfc, fila.curp)
        self.nuevas.append(persona)
        self._anotar(persona)
        return persona

    def _anotar(self, persona: Persona) -> None:
        for clave in (persona.rfc if _util(persona.rfc) else None, persona.curp):
            if clave:
                self._por_clave.setdefault(clave, persona)


def escribir(session: Session, personas: Iterable[Persona]) -> None:
    """Register the people that have no id yet, and give each the one that the database numbers."""
    nuevas = [p for p in personas if p.id is None]
    for inicio in range(0, len(nuevas), LOTE):
        lote = nuevas[inicio : inicio + LOTE]
        ids = session.scalars(
            insert(Contribuyente).returning(Contribuyente.id, sort_by_parameter_order=True),
            [{"nombre": p.nombre, "tipo": _tipo(p), "rfc": p.rfc, "curp": p.curp} for p in lote],
        ).all()
        for persona, suyo in zip(lote, ids, strict=True):
            persona.id = suyo


def _util(rfc: str | None) -> bool:
    """Tell whether an RFC names one person: the generic ones of SAT name nobody."""
    return rfc is not None and rfc not in RFC_GENERICOS


def _distinta(una: str | None, otra: str | None) -> bool:
    return bool(una and otra and una != otra)


def _tipo(persona: Persona) -> str:
    return "M" if persona.rfc is not None and len(persona.rfc) == _RFC_DE_EMPRESA else "F"
