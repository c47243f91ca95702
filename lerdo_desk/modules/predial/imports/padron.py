"""The load of the padrón: compares its rows with what is on record, and writes those that are new."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.use_cases import Progress
from lerdo_desk.hacienda.ley import Parametros
from lerdo_desk.hacienda.modelos import Contribuyente, Cuenta
from lerdo_desk.modules.predial import rules
from lerdo_desk.modules.predial.imports import personas
from lerdo_desk.modules.predial.models import Predio, Propietario, Valor

LOTE = 500
CM2 = 10_000
ORIGEN = "CARGA"
_COMPARANDO, _ESCRIBIENDO = "Comparando con el padrón", "Guardando cuentas"
_IGUALES = {
    "titular": "Titular",
    "rfc": "RFC",
    "curp": "CURP",
    "tipo": "Tipo",
    "uso": "Uso",
    "calle": "Calle",
    "numero": "Número",
    "colonia": "Colonia",
    "codigo_postal": "Código postal",
    "superficie_cm2": "Superficie m2",
    "terreno": "Valor terreno",
    "construccion": "Valor construcción",
}


@dataclass(frozen=True)
class FilaDePadron:
    """One account as the file brings it: ``n`` is its row there; values in pesos."""

    n: int
    clave: str
    titular: str
    rfc: str | None
    curp: str | None
    tipo: str
    uso: str
    calle: str
    numero: str
    colonia: str
    codigo_postal: str
    superficie_cm2: int
    terreno: Decimal
    construccion: Decimal

    @property
    def valor(self) -> Decimal:
        """Give the cadastral value in pesos."""
        return self.terreno + self.construccion

    @property
    def domicilio(self) -> str:
        """Give the address as the account shows it."""
        calle = f"{self.calle} {self.numero}".strip()
        return f"{calle}, {self.colonia}" if self.colonia else calle


@dataclass
class Contraste:
    """What the rows of a file are against the padrón of now.

    ``malas`` gives what is wrong by the row's number in the file, each with the field it belongs to.
    """

    nuevas: list[FilaDePadron] = field(default_factory=list)
    duenos: list[personas.Persona] = field(default_factory=list)
    iguales: int = 0
    malas: dict[int, tuple[str, str]] = field(default_factory=dict)
    con_otro_nombre: int = 0


def fila(n: int, datos: Mapping[str, Any]) -> FilaDePadron:
    """Give a row that the readers of the plan accepted."""
    return FilaDePadron(
        n=n,
        clave=datos["clave"],
        titular=datos["titular"],
        rfc=datos["rfc"],
        curp=datos["curp"],
        tipo=datos["tipo"],
        uso=datos["uso"],
        calle=datos["calle"],
        numero=datos["numero"] or "",
        colonia=datos["colonia"] or "",
        codigo_postal=datos["codigo_postal"] or "",
        superficie_cm2=int(datos["superficie"] * CM2),
        terreno=datos["terreno"],
        construccion=datos["construccion"],
    )


def contrastar(
    session: Session, filas: Sequence[FilaDePadron], parametros: Parametros, dia: date
) -> Generator[Progress, None, Contraste]:
    """Say which rows are new accounts, which are on record as they stand, and which cannot enter.

    ``dia``: the day whose tariffs must know each property, or nobody could ever charge it.
    """
    hecho, gente, leyes = Contraste(), personas.Personas(), _Leyes(parametros, dia)
    for inicio in range(0, len(filas), LOTE):
        yield Progress(inicio, len(filas), _COMPARANDO)
        lote = filas[inicio : inicio + LOTE]
        existentes = _existentes(session, [f.clave for f in lote])
        gente.leer(session, [f for f in lote if f.clave not in existentes])
        for una in lote:
            if una.clave in existentes:
                _comparar(una, existentes[una.clave], hecho)
            else:
                _agregar(una, gente, leyes, hecho)
    yield Progress(len(filas), len(filas), _COMPARANDO)
    hecho.con_otro_nombre = gente.con_otro_nombre
    return hecho


def escribir(
    session: Session, contraste: Contraste, ente_id: int, desde: int
) -> Generator[Progress, None, None]:
    """Register the new accounts of a contrast, with owner and value, in lots.

    ``desde``: the first ejercicio that is emitted here, and that of the values.
    """
    total = len(contraste.nuevas)
    for inicio in range(0, total, LOTE):
        yield Progress(inicio, total, _ESCRIBIENDO)
        lote, duenos = contraste.nuevas[inicio : inicio + LOTE], contraste.duenos[inicio : inicio + LOTE]
        personas.escribir(session, {id(p): p for p in duenos}.values())
        _escribir(session, lote, [int(p.id or 0) for p in duenos], ente_id, desde)
    yield Progress(total, total, _ESCRIBIENDO)


class _Leyes:
    """Tells whether a kind of property has a tariff, asking the law once for each."""

    def __init__(self, parametros: Parametros, dia: date) -> None:
        self._parametros, self._ejercicio = parametros, dia.year
        self._frases: dict[tuple[str, str], str] = {}

    def frase(self, tipo: str, uso: str) -> str:
        """Give why it cannot be charged; empty when it can."""
        if (tipo, uso) not in self._frases:
            self._frases[tipo, uso] = self._preguntar(tipo, uso)
        return self._frases[tipo, uso]

    def _preguntar(self, tipo: str, uso: str) -> str:
        try:
            rules.tarifa_de(rules.Predio(0, tipo, uso), self._ejercicio, self._parametros)
        except ErrorDeUso:
            return (
                f"La ley de {self._ejercicio} no tiene tarifa para {tipo.lower()} y {uso.lower()}; "
                "corrija el tipo o el uso."
            )
        return ""


def _agregar(una: FilaDePadron, gente: personas.Personas, leyes: _Leyes, hecho: Contraste) -> None:
    frase = leyes.frase(una.tipo, una.uso)
    if frase:
        hecho.malas[una.n] = ("uso", frase)
        return
    dueno = gente.de(una)
    if dueno is None:
        hecho.malas[una.n] = (
            "rfc",
            "El RFC y la CURP son de dos contribuyentes distintos; corrija el que esté mal.",
        )
        return
    hecho.nuevas.append(una)
    hecho.duenos.append(dueno)


def _comparar(una: FilaDePadron, existente: Mapping[str, object], hecho: Contraste) -> None:
    """Take an account that is on record: as it stands it is accepted, with anything else it goes back."""
    otros = [campo for campo in _IGUALES if _otro(getattr(una, campo), existente[campo], campo)]
    if not otros:
        hecho.iguales += 1
        return
    nombres = ", ".join(_IGUALES[campo] for campo in otros)
    hecho.malas[una.n] = (
        "superficie" if otros[0] == "superficie_cm2" else otros[0],
        f"La cuenta ya existe con otros datos ({nombres}); corríjala en el padrón o quite el renglón.",
    )


def _otro(traido: object, guardado: object, campo: str) -> bool:
    """Tell whether a value is another; an RFC or CURP that the file does not bring is not."""
    if campo in ("rfc", "curp") and traido is None:
        return False
    return traido != guardado


def _existentes(session: Session, claves: Sequence[str]) -> dict[str, dict[str, object]]:
    """Read the accounts of predial that bear some claves, each with its last value on record."""
    filas = session.execute(
        select(
            Cuenta.id,
            Cuenta.clave,
            Cuenta.titular,
            Contribuyente.rfc,
            Contribuyente.curp,
            Predio.tipo,
            Predio.uso,
            Predio.calle,
            Predio.numero,
            Predio.colonia,
            Predio.codigo_postal,
            Predio.superficie_cm2,
        )
        .join(Contribuyente, Contribuyente.id == Cuenta.titular_id)
        .outerjoin(Predio, Predio.cuenta_id == Cuenta.id)
        .where(Cuenta.modulo == rules.MODULO, Cuenta.clave.in_(claves))
    ).all()
    valores = {
        v.cuenta_id: {"terreno": v.terreno, "construccion": v.construccion}
        for v in session.execute(
            select(Valor.cuenta_id, Valor.terreno, Valor.construccion)
            .where(Valor.cuenta_id.in_([f.id for f in filas]))
            .order_by(Valor.cuenta_id, Valor.ejercicio, Valor.version)
        )
    }
    sin_valor: dict[str, object] = {"terreno": None, "construccion": None}
    return {f.clave: {**f._mapping, **(valores.get(f.id) or sin_valor)} for f in filas}


def _escribir(
    session: Session, lote: Sequence[FilaDePadron], duenos: Sequence[int], ente_id: int, desde: int
) -> None:
    cuentas = session.scalars(
        insert(Cuenta).returning(Cuenta.id, sort_by_parameter_order=True),
        [
            {
                "ente_id": ente_id,
                "modulo": rules.MODULO,
                "clave": f.clave,
                "titular_id": dueno,
                "titular": f.titular,
                "domicilio": f.domicilio,
            }
            for f, dueno in zip(lote, duenos, strict=True)
        ],
    ).all()
    session.execute(insert(Predio), [_predio(c, f, desde) for c, f in zip(cuentas, lote, strict=True)])
    session.execute(
        insert(Propietario),
        [
            {"cuenta_id": c, "version": 1, "n": 1, "contribuyente_id": d, "participacion": 1_000_000}
            for c, d in zip(cuentas, duenos, strict=True)
        ],
    )
    valor = {"ejercicio": desde, "version": 1, "origen": ORIGEN}
    session.execute(
        insert(Valor),
        [
            {"cuenta_id": c, "terreno": f.terreno, "construccion": f.construccion} | valor
            for c, f in zip(cuentas, lote, strict=True)
        ],
    )


def _predio(cuenta_id: int, f: FilaDePadron, desde: int) -> dict[str, object]:
    return {
        "cuenta_id": cuenta_id,
        "tipo": f.tipo,
        "uso": f.uso,
        "estado": "ACTIVA",
        "calle": f.calle,
        "numero": f.numero,
        "colonia": f.colonia,
        "codigo_postal": f.codigo_postal,
        "superficie_cm2": f.superficie_cm2,
        "emitir_desde": desde,
    }
