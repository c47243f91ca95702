"""Opening debts: checks each row against the padrón and the law, stages it, and writes it when confirmed."""

from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import a_centavos, de_centavos
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import cargas
from lerdo_desk.core.use_cases import Progress
from lerdo_desk.hacienda.ley import CargoVivo, Parametros
from lerdo_desk.hacienda.modelos import Cargo, Cuenta
from lerdo_desk.modules.predial import rules
from lerdo_desk.modules.predial.imports.planos import ADEUDOS
from lerdo_desk.modules.predial.models import Predio

LOTE = 500
HEREDADO = "HEREDADO"
BAJA = "BAJA"
_COMPARANDO = "Comparando con el padrón"
_CERO = Decimal("0.00")

Llave = tuple[int, int, int]
"""Account, concepto and ejercicio: no two inherited debts share them."""

Guardada = tuple[int, Mapping[str, Any]]
"""A staged debt: its row in the file and its data."""


@dataclass(frozen=True)
class FilaDeAdeudo:
    """One inherited debt as the file brings it: ``n`` is its row there, ``importe`` in pesos."""

    n: int
    clave: str
    ejercicio: int
    concepto_id: int
    importe: Decimal
    vence: date
    ultimo: tuple[int, int] | None

    def llave(self, cuenta_id: int) -> Llave:
        """Give what it stands for, once its account is known."""
        return cuenta_id, self.concepto_id, self.ejercicio


@dataclass(frozen=True)
class Total:
    """Control totals of one ejercicio: how many debts and their sum in pesos."""

    ejercicio: int
    adeudos: int
    importe: Decimal


@dataclass
class Contraste:
    """What the debts of a file are against the padrón of now; ``malas`` by their row in the file."""

    buenas: list[tuple[FilaDeAdeudo, int]] = field(default_factory=list)
    """Each with the id of its account."""
    iguales: int = 0
    """Those that this same file brought before."""
    malas: dict[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Choque:
    """A staged debt that cannot be written any more: its clave and its ejercicio."""

    clave: str
    ejercicio: int


@dataclass(frozen=True)
class _CuentaHallada:
    """An account as the check of its debts needs it."""

    id: int
    tipo: str
    uso: str
    estado: str


def fila(n: int, datos: Mapping[str, Any]) -> FilaDeAdeudo:
    """Give a row that the readers of the plan accepted."""
    return FilaDeAdeudo(
        n=n,
        clave=datos["clave"],
        ejercicio=datos["ejercicio"],
        concepto_id=datos["concepto"],
        importe=datos["importe"],
        vence=datos["vencimiento"],
        ultimo=datos["ultimo_periodo"],
    )


def contrastar(
    session: Session,
    filas: Sequence[FilaDeAdeudo],
    parametros: Parametros,
    hoy: date,
    papeles: Mapping[int, str],
    propia: cargas.CargaVista | None = None,
) -> Generator[Progress, None, Contraste]:
    """Say which debts may enter and what is wrong with the others.

    ``papeles`` gives a concepto's role; ``propia`` is the load in which this same file came in before.
    """
    hecho, cobrables = Contraste(), _Cobrables(parametros, hoy, papeles)
    esperan = _que_esperan(session)
    suyas = _llaves(session, propia.id) if propia and propia.estado != cargas.RECHAZADA else set()
    for inicio in range(0, len(filas), LOTE):
        yield Progress(inicio, len(filas), _COMPARANDO)
        lote = filas[inicio : inicio + LOTE]
        cuentas = _cuentas(session, {f.clave for f in lote})
        cobradas = ya_cobradas(session, {c.id for c in cuentas.values()})
        for una in lote:
            if una.clave in cuentas and una.llave(cuentas[una.clave].id) in suyas:
                hecho.iguales += 1
                continue
            error = _de_la_fila(una, hoy) or _de_la_cuenta(una, cuentas, cobradas, esperan)
            error = error or cobrables.error(una, cuentas[una.clave])
            if error is None:
                hecho.buenas.append((una, cuentas[una.clave].id))
            else:
                hecho.malas[una.n] = error
    yield Progress(len(filas), len(filas), _COMPARANDO)
    return hecho


def totales(filas: Iterable[tuple[int, Decimal]]) -> tuple[Total, ...]:
    """Add up debts, given as (ejercicio, pesos), by ejercicio from the oldest."""
    sumas: defaultdict[int, list[Decimal]] = defaultdict(list)
    for ejercicio, importe in filas:
        sumas[ejercicio].append(importe)
    return tuple(Total(e, len(s), sum(s, _CERO)) for e, s in sorted(sumas.items()))


def totales_a_json(de: Iterable[Total]) -> dict[str, dict[str, int]]:
    """Give control totals as they are stored, in centavos."""
    return {str(t.ejercicio): {"adeudos": t.adeudos, "importe": a_centavos(t.importe)} for t in de}


def totales_de_json(guardados: Mapping[str, Mapping[str, int]]) -> tuple[Total, ...]:
    """Give stored control totals in pesos."""
    return tuple(Total(int(e), t["adeudos"], de_centavos(t["importe"])) for e, t in sorted(guardados.items()))


def a_json(una: FilaDeAdeudo, cuenta_id: int) -> dict[str, Any]:
    """Give a debt as it is staged."""
    return {
        "cuenta": cuenta_id,
        "clave": una.clave,
        "concepto": una.concepto_id,
        "ejercicio": una.ejercicio,
        "importe": a_centavos(una.importe),
        "vence": una.vence.isoformat(),
        "ultimo": una.ultimo,
    }


def escribir(session: Session, carga: cargas.CargaVista, lote: Sequence[Guardada]) -> None:
    """Turn staged debts into cargos, each naming in its memoria the load it came from."""
    session.execute(insert(Cargo), [_cargo(carga, n, datos) for n, datos in lote])


def chocan(session: Session, lote: Sequence[Guardada]) -> list[Choque]:
    """Give the staged debts whose account has meanwhile got a cargo of that ejercicio."""
    cobradas = ya_cobradas(session, {d["cuenta"] for _, d in lote})
    return [
        Choque(d["clave"], d["ejercicio"])
        for _, d in lote
        if (d["cuenta"], d["concepto"], d["ejercicio"]) in cobradas
    ]


def ya_cobradas(session: Session, cuentas: Iterable[int]) -> set[Llave]:
    """Give what some accounts (some hundreds) have been charged already, whole years and bimesters alike."""
    filas = session.execute(
        select(Cargo.cuenta_id, Cargo.concepto_id, Cargo.ejercicio).where(
            Cargo.cuenta_id.in_(sorted(cuentas))
        )
    )
    return {(f.cuenta_id, f.concepto_id, f.ejercicio) for f in filas}


def _cargo(carga: cargas.CargaVista, n: int, datos: Mapping[str, Any]) -> dict[str, object]:
    ultimo = datos["ultimo"]
    pagado = f" Último periodo pagado: {ultimo[1]}/{ultimo[0]}." if ultimo else ""
    return {
        "cuenta_id": datos["cuenta"],
        "concepto_id": datos["concepto"],
        "ejercicio": datos["ejercicio"],
        "periodo": 0,
        "importe": de_centavos(datos["importe"]),
        "vence": date.fromisoformat(datos["vence"]),
        "origen": HEREDADO,
        "parametro_id": None,
        "memoria": (
            f"Adeudo anterior, renglón {n} de «{carga.archivo}», carga {carga.id} de {carga.usuario}, "
            f"archivo {carga.digesto[:12]}.{pagado}"
        ),
    }


def _que_esperan(session: Session) -> set[Llave]:
    """Give what waits in loads that nobody has confirmed yet: twice staged would be twice charged."""
    return set().union(
        *(_llaves(session, carga.id) for carga in cargas.en_espera(session, rules.MODULO, ADEUDOS))
    )


def _llaves(session: Session, carga_id: str) -> set[Llave]:
    """Give what the rows of one load stand for."""
    return {
        (d["cuenta"], d["concepto"], d["ejercicio"])
        for lote in cargas.filas_de(session, carga_id)
        for _, d in lote
    }


def _cuentas(session: Session, claves: Iterable[str]) -> dict[str, _CuentaHallada]:
    filas = session.execute(
        select(Cuenta.clave, Cuenta.id, Predio.tipo, Predio.uso, Predio.estado)
        .join(Predio, Predio.cuenta_id == Cuenta.id)
        .where(Cuenta.modulo == rules.MODULO, Cuenta.clave.in_(sorted(claves)))
    )
    return {f.clave: _CuentaHallada(f.id, f.tipo, f.uso, f.estado) for f in filas}


def _de_la_fila(una: FilaDeAdeudo, hoy: date) -> tuple[str, str] | None:
    """Say what contradicts itself in a row: a year to come, a due date of another, a year already paid."""
    if una.ejercicio > hoy.year:
        return "ejercicio", f"El ejercicio {una.ejercicio} todavía no empieza; quite el renglón."
    if una.vence.year not in (una.ejercicio, una.ejercicio + 1):
        return (
            "vencimiento",
            f"El vencimiento {fecha_corta(una.vence)} no es de {una.ejercicio}; corrija uno de los dos.",
        )
    if una.ultimo is not None and una.ultimo >= (una.ejercicio, rules.BIMESTRES):
        return (
            "ultimo_periodo",
            f"Pagó hasta {una.ultimo[1]}/{una.ultimo[0]} y debe {una.ejercicio}; corrija uno de los dos.",
        )
    return None


def _de_la_cuenta(
    una: FilaDeAdeudo, cuentas: Mapping[str, _CuentaHallada], cobradas: set[Llave], esperan: set[Llave]
) -> tuple[str, str] | None:
    """Say why the account of a row cannot take its debt."""
    cuenta = cuentas.get(una.clave)
    if cuenta is None:
        return "clave", "La cuenta no está en el padrón predial; dé de alta la cuenta o corrija la clave."
    if cuenta.estado == BAJA:
        return "clave", "La cuenta está dada de baja; quite el renglón o pida a Catastro que la revise."
    llave = una.llave(cuenta.id)
    if llave in cobradas:
        return (
            "ejercicio",
            f"La cuenta ya tiene ese cargo de {una.ejercicio}; quite el renglón.",
        )
    if llave in esperan:
        return (
            "ejercicio",
            f"El adeudo de {una.ejercicio} ya espera en otra carga; quite el renglón.",
        )
    return None


class _Cobrables:
    """Tells whether the till could charge a debt by the law that is loaded, asking once for each kind."""

    def __init__(self, parametros: Parametros, hoy: date, papeles: Mapping[int, str]) -> None:
        self._parametros, self._hoy, self._papeles = parametros, hoy, papeles
        self._frases: dict[tuple[object, ...], str] = {}

    def error(self, una: FilaDeAdeudo, cuenta: _CuentaHallada) -> tuple[str, str] | None:
        """Give the field and the sentence of a debt that no law in force can charge."""
        de = (cuenta.tipo, cuenta.uso, una.ejercicio, una.vence, self._papeles[una.concepto_id])
        if de not in self._frases:
            self._frases[de] = self._preguntar(*de)
        return ("ejercicio", self._frases[de]) if self._frases[de] else None

    def _preguntar(self, tipo: str, uso: str, ejercicio: int, vence: date, papel: str) -> str:
        vivo = CargoVivo(0, ejercicio, 0, Decimal(1), vence, papel)
        try:
            rules.calcular(rules.Predio(0, tipo, uso), [vivo], {}, self._parametros, self._hoy)
        except ErrorDeUso as error:
            return error.mensaje
        return ""
