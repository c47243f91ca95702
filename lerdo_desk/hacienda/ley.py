"""The law as arithmetic: dated parameters, what time adds to a debt and what a discount takes from it.

Pure: no database and no clock; the day always comes from the caller. Amounts are Decimal pesos; every product
is taken in integer centavos by ``dinero.proporcion``: the ledger's triggers recompute each line so.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from lerdo_desk.base.calendario import fecha_corta, meses_o_fraccion
from lerdo_desk.base.dinero import a_centavos, de_centavos, proporcion
from lerdo_desk.base.errores import ErrorDeUso

GENERAL = "general"  # módulo of what is the same for every dirección: UMA and INPC
UMA = "uma"
INPC = "inpc"
RECARGO = "recargo_mensual"

CLASES = ("principal", "actualizacion", "recargo", "gasto", "multa", "descuento", "redondeo")
PAPELES = ("IMPUESTO", "REZAGO", "DIFERENCIA", "ACTUALIZACION", "RECARGO", "GASTO", "MULTA")

_UN_DIA = timedelta(days=1)
_FACTOR_UNO = 10_000  # factors of actualización are integers of ten-thousandths


@dataclass(frozen=True, slots=True)
class Parametro:
    """One dated value of the law: numero / 10**escala, pesos for an amount, a plain fraction for a rate.

    ``hasta`` is the last day in force, None while no end is known; ``datos`` are the rule's other details as
    JSON; ``ejemplo`` marks a value that no law backs.
    """

    id: int | None
    modulo: str
    clave: str
    variante: str
    desde: date
    hasta: date | None
    numero: int
    escala: int
    alcance: str
    datos: Mapping[str, object] = field(hash=False)
    fundamento: str
    ejemplo: bool

    @property
    def valor(self) -> Decimal:
        """Give the value exactly: pesos, index points or a fraction (0.02 is two per cent)."""
        return Decimal(self.numero).scaleb(-self.escala)

    @property
    def porciento(self) -> str:
        """Write a rate as a percentage without idle zeros: ``15``, ``1.47``."""
        return f"{self.valor.scaleb(2).normalize():f}"

    def en_vigor(self, dia: date) -> bool:
        """Say whether this value is in force on ``dia``, both ends included."""
        return self.desde <= dia and (self.hasta is None or dia <= self.hasta)


class Parametros:
    """The dated rows behind every calculation, found by módulo, clave, variante and day.

    Among rows of one key that are in force on the same day the one that began last rules (then the highest
    id): a later load adds rows and never touches an earlier one.
    """

    def __init__(self, filas: Iterable[Parametro]) -> None:
        self._filas: dict[tuple[str, str], dict[str, list[Parametro]]] = {}
        for fila in sorted(filas, key=lambda f: (f.desde, f.id or 0)):
            de_la_clave = self._filas.setdefault((fila.modulo, fila.clave), {})
            de_la_clave.setdefault(fila.variante, []).append(fila)
        self._variantes = {clave: tuple(sorted(filas)) for clave, filas in self._filas.items()}

    def variantes(self, modulo: str, clave: str) -> tuple[str, ...]:
        """Give the variantes of a clave in order: for the INPC its months, ``2025-12``."""
        return self._variantes.get((modulo, clave), ())

    def todas(self, modulo: str, clave: str, variante: str = "") -> tuple[Parametro, ...]:
        """Give every row of one key, in force or not, by the day each began."""
        return tuple(self._filas.get((modulo, clave), {}).get(variante, ()))

    def buscar(self, modulo: str, clave: str, fecha: date, variante: str = "") -> Parametro | None:
        """Give the row of one key in force on ``fecha``, or None."""
        filas = self._filas.get((modulo, clave), {}).get(variante, ())
        return next((fila for fila in reversed(filas) if fila.en_vigor(fecha)), None)

    def vigente(self, modulo: str, clave: str, fecha: date, variante: str = "") -> Parametro:
        """Give the row in force on ``fecha``; ErrorDeUso when no law is in force that day, never a zero."""
        fila = self.buscar(modulo, clave, fecha, variante)
        if fila is None:
            nombre = f"{clave.replace('_', ' ')} {variante}".strip()
            raise ErrorDeUso(
                f"No hay una disposición en vigor al {fecha_corta(fecha)} para «{nombre}» ({modulo}); "
                "pida a Tesorería que la cargue."
            )
        return fila

    def vigentes(self, modulo: str, clave: str, fecha: date) -> tuple[Parametro, ...]:
        """Give the rows of a clave in force on ``fecha``, at most one for each variante."""
        filas = (self.buscar(modulo, clave, fecha, v) for v in self.variantes(modulo, clave))
        return tuple(fila for fila in filas if fila is not None)


@dataclass(frozen=True, slots=True)
class CargoVivo:
    """A charge as the ledger holds it: importe in pesos when it was emitted, ``vence`` the last day in time.

    ``periodo`` is 0 for a whole year, 1 to 6 for a bimester.
    """

    id: int
    ejercicio: int
    periodo: int
    importe: Decimal
    vence: date
    papel: str


@dataclass(frozen=True, slots=True)
class Pagado:
    """What was paid on a charge so far, in pesos of principal."""

    principal: Decimal


@dataclass(frozen=True, slots=True)
class Linea:
    """One line of a quote and of the receipt, with all that is needed to compute it again.

    ``papel`` is the role of a concepto inside its módulo, empty for the cargo's own concepto; ``base`` in
    pesos; ``factor`` in ten-thousandths.
    """

    cargo_id: int
    clase: str
    papel: str
    importe: Decimal
    texto: str
    base: Decimal | None
    parametro_id: int | None
    parametro_base_id: int | None
    meses: int | None
    factor: int | None
    fundamento: str


def actualizacion(cargo: CargoVivo, pendiente: Decimal, hoy: date, parametros: Parametros) -> Linea | None:
    """Bring an overdue principal up to date by the INPC; None in time, or when prices did not rise.

    Factor = INPC of the month before payment / INPC of the month before the due date, cut to four decimals,
    never below 1. For a month not published by ``hoy`` the last one published stands in; the text says so.
    Raises ErrorDeUso if the series does not reach back to the due date.
    Source: art. 17-A of the Código Fiscal de la Federación, which the state codes follow.
    """
    if hoy <= cargo.vence:
        return None
    reciente, base = _inpc(hoy, hoy, parametros), _inpc(cargo.vence, hoy, parametros)
    factor = max(_FACTOR_UNO, reciente.numero * _FACTOR_UNO // base.numero)
    importe = proporcion(a_centavos(pendiente), factor - _FACTOR_UNO, _FACTOR_UNO)
    if not importe:
        return None
    aviso = "" if reciente.variante == _mes_anterior(hoy) else " último publicado"
    en_texto = f"{Decimal(factor).scaleb(-4):.4f}, INPC {reciente.variante}{aviso} entre {base.variante}"
    return Linea(
        cargo_id=cargo.id,
        clase="actualizacion",
        papel="ACTUALIZACION",
        importe=de_centavos(importe),
        texto=f"Actualización {cargo.ejercicio} (factor {en_texto})",
        base=pendiente,
        parametro_id=reciente.id,
        parametro_base_id=base.id,
        meses=None,
        factor=factor,
        fundamento=reciente.fundamento,
    )


def recargos(
    cargo: CargoVivo, base: Decimal, hoy: date, parametros: Parametros, modulo: str
) -> tuple[Linea, ...]:
    """Charge simple interest on ``base`` (pesos) for each month or fraction late, one line per rate.

    A month bears the rate in force on the day it begins, and counts while it is within ``tope_meses`` of that
    rate. Raises ErrorDeUso if a month has no rate.
    Source: art. 21 of the Código Fiscal de la Federación, which the state codes follow.
    """
    lineas = []
    for tasa, meses in _meses_por_tasa(cargo.vence, hoy, parametros, modulo):
        importe = proporcion(a_centavos(base), tasa.numero * meses, 10**tasa.escala)
        if importe:
            plural = "mes" if meses == 1 else "meses"
            lineas.append(
                Linea(
                    cargo_id=cargo.id,
                    clase="recargo",
                    papel="RECARGO",
                    importe=de_centavos(importe),
                    texto=f"Recargos {cargo.ejercicio} ({meses} {plural} al {tasa.porciento} % mensual)",
                    base=base,
                    parametro_id=tasa.id,
                    parametro_base_id=None,
                    meses=meses,
                    factor=None,
                    fundamento=tasa.fundamento,
                )
            )
    return tuple(lineas)


def accesorios(
    cargo: CargoVivo, pendiente: Decimal, hoy: date, parametros: Parametros, modulo: str
) -> tuple[Linea, ...]:
    """Give what time added to ``pendiente`` (pesos): actualización, then recargos on both.

    Empty while the charge is in time. Raises ErrorDeUso as its two parts do.
    """
    al_dia = actualizacion(cargo, pendiente, hoy, parametros)
    base = pendiente + al_dia.importe if al_dia else pendiente
    return (*((al_dia,) if al_dia else ()), *recargos(cargo, base, hoy, parametros, modulo))


def descuento(cargo: CargoVivo, base: Decimal, parametro: Parametro) -> Linea | None:
    """Give the negative line that a dated discount takes from ``base`` (pesos); None below a centavo."""
    importe = -proporcion(a_centavos(base), parametro.numero, 10**parametro.escala)
    if not importe:
        return None
    return Linea(
        cargo_id=cargo.id,
        clase="descuento",
        papel=cargo.papel,
        importe=de_centavos(importe),
        texto=f"{parametro.datos['leyenda']} {cargo.ejercicio} ({parametro.porciento} %)",
        base=base,
        parametro_id=parametro.id,
        parametro_base_id=None,
        meses=None,
        factor=None,
        fundamento=parametro.fundamento,
    )


def _mes_anterior(dia: date) -> str:
    """Name the month before that of ``dia`` as the INPC rows do: ``2025-12``."""
    return f"{dia.replace(day=1) - _UN_DIA:%Y-%m}"


def _inpc(dia: date, hoy: date, parametros: Parametros) -> Parametro:
    """Give the index of the month before ``dia``, or the last one before it that was published by ``hoy``."""
    mes = _mes_anterior(dia)
    meses = parametros.variantes(GENERAL, INPC)
    for conocido in reversed(meses[: bisect_right(meses, mes)]):
        fila = parametros.buscar(GENERAL, INPC, hoy, conocido)
        if fila is not None:
            return fila
    raise ErrorDeUso(
        f"No hay INPC publicado de {mes} ni de meses anteriores; pida a Tesorería que cargue la serie."
    )


def _meses_por_tasa(
    vence: date, hoy: date, parametros: Parametros, modulo: str
) -> Iterable[tuple[Parametro, int]]:
    """Part the months late among the rates, in order; the same rate never comes twice in a row.

    Between two days on which the law changes one rate rules, so the months begun there are a difference of
    counts from the due date, and no month is counted twice or lost.
    """
    tramos: list[tuple[Parametro, int]] = []
    if hoy <= vence:
        return tramos
    for desde, siguiente in pairwise(_cambios(vence, hoy, parametros.todas(modulo, RECARGO))):
        antes, al_final = (meses_o_fraccion(vence, dia - _UN_DIA) for dia in (desde, siguiente))
        if al_final == antes:
            continue
        tasa = parametros.vigente(modulo, RECARGO, desde)
        tope = int(str(tasa.datos["tope_meses"]))
        meses = min(al_final, tope) - min(antes, tope)
        if tramos and tramos[-1][0] is tasa:
            tramos[-1] = (tasa, tramos[-1][1] + meses)
        else:
            tramos.append((tasa, meses))
    return tramos


def _cambios(vence: date, hoy: date, tasas: tuple[Parametro, ...]) -> list[date]:
    """Give the days on which another rate may begin to rule, from the first late day to that after hoy."""
    primero, fin = vence + _UN_DIA, hoy + _UN_DIA
    dias = {dia for t in tasas for dia in (t.desde, t.hasta and t.hasta + _UN_DIA) if dia}
    return [primero, *sorted(d for d in dias if primero < d < fin), fin]
