"""Payments made elsewhere: what each one pays by the law of its own day, before anything is written."""

import uuid
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lerdo_desk.base.claves import clave_agrupada
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.adeudos import CERO, Adeudo, AdeudoCargo, CuentaDeudora, Liquidador, consultar
from lerdo_desk.hacienda.formas import CREDITO, DEBITO, EFECTIVO, TRANSFERENCIA
from lerdo_desk.hacienda.modelos import Caja, Cargo, Cuenta, Ente, Municipio, Renglon, Serie
from lerdo_desk.hacienda.modelos_ingresos import PagoExterno

VENTANILLA, PAPEL = "VENTANILLA", "PAPEL"
COBRADO, CON_SALDO, SOLO_SALDO, SIN_CUENTA = "COBRADO", "CON_SALDO", "SOLO_SALDO", "SIN_CUENTA"
EXCEDENTE, PAGO_DOBLE = "EXCEDENTE", "PAGO_DOBLE"
FORMAS_DE_CANAL = (TRANSFERENCIA, CREDITO, DEBITO)
"""Forms of payment of any channel; a block of paper receipts takes cash too."""

SIN_DUENO = "XCANAL-"
"""How the key of a channel's account for money of nobody known begins: no folio nor padrón writes so."""

LOTE = 500
"""Accounts or references asked of the database at once: both engines limit the values of a statement."""

_T = TypeVar("_T")
_CANALES = uuid.uuid5(uuid.NAMESPACE_OID, "hacienda.canal")


@dataclass(frozen=True)
class Canal:
    """A caja whose payments are made elsewhere; ``entes``: those it has a serie for, the first one's own."""

    id: int
    clave: str
    nombre: str
    tipo: str
    entes: tuple[int, ...]

    @property
    def formas(self) -> tuple[str, ...]:
        """Give the forms of payment that it takes."""
        return (EFECTIVO, *FORMAS_DE_CANAL) if self.tipo == PAPEL else FORMAS_DE_CANAL

    def operacion(self, referencia: str) -> str:
        """Give the id of the operación of a reference: the same one whenever and however it is imported."""
        return str(uuid.uuid5(uuid.uuid5(_CANALES, self.clave), referencia))


@dataclass(frozen=True)
class PagoLeido:
    """A payment as the file says it: ``n`` is its row there, ``clave`` the key of an account or a folio."""

    n: int
    referencia: str
    clave: str
    importe: Decimal
    fecha_pago: date
    forma: str


@dataclass(frozen=True)
class Planeado:
    """What a payment will do: the debts it settles and what is left as saldo a favor (pesos), and why."""

    pago: PagoLeido
    resultado: str
    cuenta: CuentaDeudora | None
    cargos: tuple[AdeudoCargo, ...] = ()
    saldo: Decimal = CERO
    origen: str = ""
    frase: str = ""


@dataclass(frozen=True)
class Negado:
    """A payment that does not enter, the field that is wrong and what to do about it."""

    pago: PagoLeido
    campo: str | None
    frase: str


@dataclass(frozen=True)
class Repetido:
    """A payment that was already imported, or that stands once more in the file."""

    pago: PagoLeido
    frase: str


@dataclass(frozen=True)
class Plan:
    """What a file will do, in its own order."""

    planeados: tuple[Planeado, ...]
    ya: tuple[Repetido, ...]
    repetidos: tuple[Repetido, ...]
    negados: tuple[Negado, ...]


def canal(session: Session, caja_id: int) -> Canal:
    """Give a channel; ErrorDeUso when that caja is a till, or has no serie to number receipts with."""
    caja = session.get(Caja, caja_id)
    if caja is None or caja.tipo == VENTANILLA:
        raise ErrorDeUso("Esa caja no es un canal; elija uno de la lista.", "caja")
    entes = session.scalars(
        select(Serie.ente_id).where(Serie.caja_id == caja_id).order_by(Serie.ente_id)
    ).all()
    if not entes:
        raise ErrorDeUso(f"El canal «{caja.nombre}» no tiene serie; pida que la configuren.", "caja")
    return Canal(caja.id, caja.clave, caja.nombre, caja.tipo, tuple(entes))


def planear(
    session: Session,
    hoy: date,
    el_canal: Canal,
    pagos: Sequence[PagoLeido],
    liquidadores: Mapping[str, Liquidador],
) -> Generator[int, None, Plan]:
    """Say what each payment of a file will do, yielding how many are known; nothing is written.

    Set-based: some SELECTs for each day of payment and each ``LOTE`` of accounts, whatever the rows.
    """
    unicos, repetidos, negados = _sin_dobles(pagos)
    nuevos, ya, cambiados = _separar_hechos(session, el_canal, unicos)
    cuentas = _Cuentas(session, el_canal, {p.clave for p in nuevos}, tuple(liquidadores))
    mesa = _Mesa(cuentas, _Cotizaciones(session, liquidadores))
    yield from mesa.cotizar(nuevos)
    planeados, sin_ley = mesa.repartir(nuevos)
    negados = sorted((*negados, *cambiados, *sin_ley), key=lambda x: x.pago.n)
    return Plan(tuple(planeados), tuple(ya), tuple(repetidos), tuple(negados))


def cargos_de(plan: Plan) -> list[int]:
    """Give the debts that a plan pays, in the order in which everybody locks them."""
    return sorted({c.cargo_id for p in plan.planeados for c in p.cargos})


# --- once -----------------------------------------------------------------------------------------------


def _sin_dobles(
    pagos: Iterable[PagoLeido],
) -> tuple[list[PagoLeido], list[Repetido], list[Negado]]:
    """Keep each reference of a file once; those that contradict one another are all refused."""
    por_referencia: dict[str, list[PagoLeido]] = {}
    for pago in pagos:
        por_referencia.setdefault(pago.referencia, []).append(pago)
    unicos: list[PagoLeido] = []
    repetidos: list[Repetido] = []
    negados: list[Negado] = []
    for suyos in por_referencia.values():
        primero, *otros = suyos
        if any(_difiere(primero, o) for o in otros):
            donde = ", ".join(f"{p.n:,}" for p in suyos[:5])
            frase = f"La referencia viene con datos distintos en los renglones {donde}; deje el correcto."
            negados += [Negado(p, "referencia", frase) for p in suyos]
            continue
        unicos.append(primero)
        frase = f"Es el mismo pago del renglón {primero.n:,}; se cuenta una sola vez."
        repetidos += [Repetido(o, frase) for o in otros]
    return unicos, repetidos, negados


def _difiere(uno: PagoLeido, otro: PagoLeido) -> str:
    """Name the first datum in which two payments of one reference differ; empty when they are the same."""
    iguales = (
        ("importe", uno.importe == otro.importe),
        ("fecha", uno.fecha_pago == otro.fecha_pago),
        ("clave", _sola(uno.clave) == _sola(otro.clave)),
        ("forma", uno.forma == otro.forma),
    )
    return next((campo for campo, igual in iguales if not igual), "")


def _sola(clave: str) -> str:
    """Give a key without what separates its figures."""
    return "".join(c for c in clave.upper() if c.isalnum())


def _separar_hechos(
    session: Session, el_canal: Canal, pagos: Sequence[PagoLeido]
) -> tuple[list[PagoLeido], list[Repetido], list[Negado]]:
    """Part what is new from what was imported before, and from what contradicts it."""
    hechos: dict[str, PagoLeido] = {}
    for lote in _lotes([p.referencia for p in pagos]):
        filas = session.execute(
            select(PagoExterno).where(PagoExterno.caja_id == el_canal.id, PagoExterno.referencia.in_(lote))
        ).scalars()
        for f in filas:
            hechos[f.referencia] = PagoLeido(0, f.referencia, f.clave, f.importe, f.fecha_pago, f.forma)
    nuevos: list[PagoLeido] = []
    ya: list[Repetido] = []
    negados: list[Negado] = []
    for pago in pagos:
        hecho = hechos.get(pago.referencia)
        if hecho is None:
            nuevos.append(pago)
        elif campo := _difiere(hecho, pago):
            negados.append(Negado(pago, campo, _cambio(hecho, campo)))
        else:
            ya.append(Repetido(pago, "Ya se había importado; no se cobra otra vez."))
    return nuevos, ya, negados


def _cambio(hecho: PagoLeido, campo: str) -> str:
    antes = {
        "importe": f"por {formato(hecho.importe)}",
        "fecha": f"con fecha {hecho.fecha_pago:%d/%m/%Y}",
        "clave": f"para «{hecho.clave}»",
        "forma": f"con la forma de pago {hecho.forma}",
    }[campo]
    return f"Esa referencia ya se importó {antes}; aclárelo con el canal."


# --- accounts -------------------------------------------------------------------------------------------


class _Cuentas:
    """Finds whose debt each key of a file is; a key that leads to none, or to several, leads to nobody."""

    def __init__(
        self, session: Session, el_canal: Canal, claves: Iterable[str], modulos: Sequence[str]
    ) -> None:
        self._entes = {i: nombre for i, nombre in session.execute(select(Ente.id, Ente.nombre))}
        self._canal = el_canal
        grupos = session.scalars(select(Municipio.grupos_clave)).one()
        self._grupos = tuple(int(g) for g in grupos.split("-"))
        self._formas = {clave: self._escrituras(clave) for clave in claves}
        self._por_clave: dict[str, list[CuentaDeudora]] = {}
        for lote in _lotes(sorted({e for escritas in self._formas.values() for e in escritas})):
            filas = session.execute(
                select(
                    *(Cuenta.id, Cuenta.ente_id, Cuenta.modulo),
                    *(Cuenta.clave, Cuenta.titular, Cuenta.domicilio),
                ).where(
                    *(Cuenta.modulo.in_(modulos), Cuenta.clave.in_(lote)),
                    ~Cuenta.clave.startswith(SIN_DUENO),
                )
            )
            for f in filas:
                self._por_clave.setdefault(f.clave, []).append(CuentaDeudora(*f))

    def _escrituras(self, clave: str) -> tuple[str, ...]:
        """Give how the padrones may write a key: as it came, joined, and in the municipality's groups."""
        escritas = [clave, _sola(clave)]
        try:
            escritas.append(clave_agrupada(clave, self._grupos))
        except ErrorDeUso:
            return tuple(dict.fromkeys(escritas))
        return tuple(dict.fromkeys(escritas))

    def de(self, clave: str) -> tuple[CuentaDeudora | None, str]:
        """Give the one account of a key, or None and the sentence that says why there is none."""
        halladas = {c.id: c for e in self._formas[clave] for c in self._por_clave.get(e, ())}
        if not halladas:
            return None, f"Ninguna cuenta ni orden tiene la clave «{clave}»; quedará por identificar."
        if len(halladas) > 1:
            return None, f"Varias cuentas tienen la clave «{clave}»; quedará por identificar."
        [cuenta] = halladas.values()
        if cuenta.ente_id not in self._canal.entes:
            de_quien = self._entes.get(cuenta.ente_id, "otro ente")
            return None, f"La cuenta es de {de_quien}, que no cobra por este canal; quedará por identificar."
        return cuenta, ""


# --- the law --------------------------------------------------------------------------------------------


class _Cotizaciones:
    """What some accounts owed on some days, asked in batches; an account without a law keeps its sentence."""

    def __init__(self, session: Session, liquidadores: Mapping[str, Liquidador]) -> None:
        self._session, self._liquidadores = session, liquidadores
        self.adeudos: dict[tuple[date, int], Adeudo] = {}
        self.sin_ley: dict[tuple[date, int], str] = {}
        self._pagadas: set[int] = set()

    def pedir(self, dia: date, cuentas: Sequence[int]) -> None:
        """Quote some accounts for one day of payment."""
        for lote in _lotes(cuentas):
            try:
                hallados = consultar(self._session, dia, lote, self._liquidadores)
            except ErrorDeUso as error:
                self._una_por_una(dia, lote, error)
                continue
            self.adeudos.update({(dia, i): a for i, a in hallados.items()})

    def _una_por_una(self, dia: date, cuentas: Sequence[int], error: ErrorDeUso) -> None:
        """Find in a batch which account has no law for that day: the others do not pay for it."""
        if len(cuentas) == 1:
            self.sin_ley[dia, cuentas[0]] = error.mensaje
            return
        medio = len(cuentas) // 2
        for mitad in (cuentas[:medio], cuentas[medio:]):
            self.pedir(dia, mitad)

    def mirar_pagadas(self, cuentas: Sequence[int]) -> None:
        """Ask which accounts have a receipt that paid some of their debts."""
        for lote in _lotes(cuentas):
            pagadas = self._session.scalars(
                select(Cargo.cuenta_id)
                .join(Renglon, Renglon.cargo_id == Cargo.id)
                .where(Cargo.cuenta_id.in_(lote), Renglon.clase == "principal")
                .group_by(Cargo.cuenta_id)
                .having(func.sum(Renglon.importe) > 0)
            )
            self._pagadas.update(pagadas)

    def pagada(self, cuenta_id: int) -> bool:
        """Tell whether a receipt had paid something of an account before this file."""
        return cuenta_id in self._pagadas


class _Mesa:
    """Shares each payment among the debts of its account, in the order of the file."""

    def __init__(self, cuentas: _Cuentas, cotizaciones: _Cotizaciones) -> None:
        self._cuentas, self._cotizaciones = cuentas, cotizaciones
        # A debt is settled whole, so what one row pays is simply no longer there for the next one.
        self._pagados: set[int] = set()
        self._con_pago: set[int] = set()

    def cotizar(self, pagos: Sequence[PagoLeido]) -> Generator[int, None, None]:
        """Quote every account of the file on each of its days, yielding how many payments are covered."""
        por_dia: dict[date, dict[int, None]] = {}
        for pago in pagos:
            cuenta, _ = self._cuentas.de(pago.clave)
            if cuenta is not None:
                por_dia.setdefault(pago.fecha_pago, {})[cuenta.id] = None
        hechos = 0
        for dia, cuentas in por_dia.items():
            self._cotizaciones.pedir(dia, list(cuentas))
            hechos += len(cuentas)
            yield hechos
        self._cotizaciones.mirar_pagadas(list(dict.fromkeys(i for c in por_dia.values() for i in c)))
        yield len(pagos)

    def repartir(self, pagos: Sequence[PagoLeido]) -> tuple[list[Planeado], list[Negado]]:
        """Say what each payment does; without a law for its day it is refused, with the reason."""
        planeados: list[Planeado] = []
        negados: list[Negado] = []
        for pago in pagos:
            cuenta, frase = self._cuentas.de(pago.clave)
            if cuenta is None:
                planeados.append(Planeado(pago, SIN_CUENTA, None, (), pago.importe, SIN_CUENTA, frase))
                continue
            llave = (pago.fecha_pago, cuenta.id)
            if llave in self._cotizaciones.sin_ley:
                negados.append(Negado(pago, "clave", self._cotizaciones.sin_ley[llave]))
            else:
                planeados.append(self._de_cuenta(pago, self._cotizaciones.adeudos[llave]))
        return planeados, negados

    def _de_cuenta(self, pago: PagoLeido, adeudo: Adeudo) -> Planeado:
        """Settle whole debts, the oldest first, as far as the amount reaches; the rest is a saldo a favor."""
        cuenta, resto = adeudo.cuenta, pago.importe
        debe = [c for c in adeudo.cargos if c.cargo_id not in self._pagados]
        tomados: list[AdeudoCargo] = []
        for cargo in sorted(debe, key=lambda c: (c.vence, c.cargo_id)):
            if cargo.total > resto:
                break
            tomados.append(cargo)
            resto -= cargo.total
        ya_pagada = cuenta.id in self._con_pago or self._cotizaciones.pagada(cuenta.id)
        origen = PAGO_DOBLE if not debe and ya_pagada else EXCEDENTE
        self._pagados.update(c.cargo_id for c in tomados)
        if tomados:
            self._con_pago.add(cuenta.id)
        if not resto:
            return Planeado(pago, COBRADO, cuenta, tuple(tomados))
        resultado = CON_SALDO if tomados else SOLO_SALDO
        return Planeado(
            pago, resultado, cuenta, tuple(tomados), resto, origen, _por_que(debe, tomados, origen)
        )


def _por_que(debe: Sequence[AdeudoCargo], tomados: Sequence[AdeudoCargo], origen: str) -> str:
    """Say why part of a payment becomes a saldo a favor."""
    if origen == PAGO_DOBLE:
        return "La cuenta ya estaba pagada; todo queda como saldo a favor."
    if len(debe) == len(tomados):
        return "Pagó de más; el resto queda como saldo a favor." if debe else "No debía nada ese día."
    siguiente = sorted(debe, key=lambda c: (c.vence, c.cargo_id))[len(tomados)]
    return f"No alcanza para {siguiente.ejercicio} ({formato(siguiente.total)}); queda como saldo a favor."


def _lotes(cosas: Sequence[_T]) -> Iterable[list[_T]]:
    for desde in range(0, len(cosas), LOTE):
        yield list(cosas[desde : desde + LOTE])
