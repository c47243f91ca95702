"""Accounts as they stand today: found while one types, and opened with everything they owe."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from lerdo_desk.base.entrada import busqueda
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import registry
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda import adeudos, busquedas, folios, parametros, saldos
from lerdo_desk.hacienda.adeudos import Adeudo, AdeudoCargo
from lerdo_desk.hacienda.modelos import Cuenta, Ente, Parametro
from lerdo_desk.hacienda.saldos import SaldoVisto
from lerdo_desk.modules.caja.service.permisos import CONSULTAR, SALDOS, VER_CUENTAS

_OTRAS = 20
"""Other accounts of one person that are looked at, at most: more belong to a developer, not to a window."""


@dataclass(frozen=True)
class Buscar:
    """A search as it is typed or scanned."""

    texto: str


@dataclass(frozen=True)
class Hallado:
    """One result: the account and the pesos it owes today (None when its law cannot be applied)."""

    cuenta_id: int
    modulo: str
    clave: str
    titular: str
    domicilio: str
    adeudo: Decimal | None
    vencidos: int


class Hallados(tuple[Hallado, ...]):
    """The results of a search, and a sentence about them where one is needed.

    With results, ``frase`` says why these (they resemble what was typed, a receipt is of this account);
    without, why there is none (that order is paid).
    """

    frase: str

    def __new__(cls, hallados: Iterable[Hallado] = (), frase: str = "") -> "Hallados":
        """Join results and sentence."""
        nuevos = super().__new__(cls, hallados)
        nuevos.frase = frase
        return nuevos


@dataclass(frozen=True)
class Consulta:
    """The account whose debts are asked."""

    cuenta_id: int


@dataclass(frozen=True)
class Consultas:
    """The accounts whose debts are asked at once."""

    cuentas: tuple[int, ...]


@dataclass(frozen=True)
class OtraCuenta:
    """Another account of the same person that owes: its name and the pesos of today."""

    cuenta_id: int
    etiqueta: str
    adeudo: Decimal


@dataclass(frozen=True)
class EstadoDeCuenta:
    """An account with its card and everything it owes today, oldest first.

    ``otras``: other accounts of the same person that owe. ``puede_saltar``: whether the municipality lets an
    older overdue debt be left behind, with a reason.
    """

    cuenta_id: int
    modulo: str
    modulo_nombre: str
    clave: str
    titular: str
    domicilio: str
    ficha: tuple[tuple[str, str], ...]
    cargos: tuple[AdeudoCargo, ...]
    ente_id: int = 0
    ente: str = ""
    titular_id: int = 0
    otras: tuple[OtraCuenta, ...] = ()
    puede_saltar: bool = False


@use_case(CONSULTAR)
def buscar(ctx: Context, orden: Buscar) -> Hallados:
    """Find accounts by clave, name, street or folio, with what each owes today.

    A folio that leads nowhere gives a sentence; words that nothing holds give the accounts that resemble
    them by one letter, and say so.
    """
    encontrado = folios.por_folio(ctx.session, orden.texto)
    if encontrado is not None:
        if encontrado.cuenta_id is None:
            return Hallados((), encontrado.frase)
        return Hallados(_hallados(ctx, _una(ctx, encontrado.cuenta_id)), encontrado.frase)
    palabras = busqueda(orden.texto)
    exactas = busquedas.buscar(ctx.session, palabras)
    if exactas:
        return Hallados(_hallados(ctx, exactas))
    parecidas = busquedas.parecidas(ctx.session, palabras)
    dicho = f"No hay «{orden.texto.strip()}»; parecidos:" if parecidas else ""
    return Hallados(_hallados(ctx, parecidas), dicho)


def _una(ctx: Context, cuenta_id: int) -> tuple[busquedas.Hallazgo, ...]:
    filas = ctx.session.execute(
        select(Cuenta.id, Cuenta.modulo, Cuenta.clave, Cuenta.titular, Cuenta.domicilio).where(
            Cuenta.id == cuenta_id
        )
    )
    return tuple(busquedas.Hallazgo(*fila) for fila in filas)


def _hallados(ctx: Context, hallazgos: Sequence[busquedas.Hallazgo]) -> tuple[Hallado, ...]:
    if not hallazgos:
        return ()
    debidos = _adeudos(ctx, [h.cuenta_id for h in hallazgos])
    return tuple(
        Hallado(
            h.cuenta_id,
            h.modulo,
            h.clave,
            h.titular,
            h.domicilio,
            debidos[h.cuenta_id].total,
            sum(c.vencido for c in debidos[h.cuenta_id].cargos),
        )
        for h in hallazgos
    )


def _adeudos(ctx: Context, cuentas: Sequence[int]) -> dict[int, Adeudo]:
    return adeudos.consultar(ctx.session, ctx.hoy, cuentas, registry.liquidadores())


@use_case(CONSULTAR)
def consultar(ctx: Context, orden: Consulta) -> EstadoDeCuenta:
    """Give an account's card and its debts as of today, line by line with their articles."""
    return _estados(ctx, [orden.cuenta_id])[0]


@use_case(CONSULTAR)
def consultar_varias(ctx: Context, orden: Consultas) -> tuple[EstadoDeCuenta, ...]:
    """Give the same of several accounts at once, in the order asked."""
    if not orden.cuentas:
        raise ErrorDeUso("No eligió ninguna cuenta; búsquela y ábrala.")
    return _estados(ctx, orden.cuentas)


@use_case(VER_CUENTAS)
def ver_cuenta(ctx: Context, orden: Consulta) -> EstadoDeCuenta:
    """Give the same to whoever looks at accounts and charges none: the page of those without a till."""
    return _estados(ctx, [orden.cuenta_id])[0]


def _estados(ctx: Context, cuentas: Sequence[int]) -> tuple[EstadoDeCuenta, ...]:
    debidos = _adeudos(ctx, cuentas)
    titulares = _titulares(ctx, cuentas)
    entes = {e.id: e.nombre for e in ctx.session.execute(select(Ente.id, Ente.nombre))}
    modulos = {m.clave: m for m in registry.modulos()}
    otras, saltar = _otras(ctx, titulares), _puede_saltar(ctx)
    estados = []
    for cuenta_id in cuentas:
        c, modulo = debidos[cuenta_id].cuenta, modulos[debidos[cuenta_id].cuenta.modulo]
        titular = titulares[cuenta_id]
        estados.append(
            EstadoDeCuenta(
                *(c.id, c.modulo, modulo.nombre, c.clave, c.titular, c.domicilio),
                ficha=modulo.ficha(ctx.session, cuenta_id) if modulo.ficha else (),
                cargos=debidos[cuenta_id].cargos,
                ente_id=c.ente_id,
                ente=entes[c.ente_id],
                titular_id=titular,
                otras=tuple(o for o in otras.get(titular, ()) if o.cuenta_id != cuenta_id),
                puede_saltar=saltar,
            )
        )
    return tuple(estados)


def _titulares(ctx: Context, cuentas: Sequence[int]) -> dict[int, int]:
    filas = ctx.session.execute(select(Cuenta.id, Cuenta.titular_id).where(Cuenta.id.in_(cuentas)))
    return {f.id: f.titular_id for f in filas}


def _otras(ctx: Context, titulares: dict[int, int]) -> dict[int, list[OtraCuenta]]:
    """Give, by person, the accounts of theirs that owe something today."""
    filas = ctx.session.execute(
        select(Cuenta.id, Cuenta.titular_id)
        .where(Cuenta.titular_id.in_(set(titulares.values())))
        .order_by(Cuenta.id)
        .limit(_OTRAS + len(titulares))
    ).all()
    personas = {f.id: f.titular_id for f in filas}
    if len(personas) <= 1:
        return {}
    nombres = {m.clave: m.nombre for m in registry.modulos()}
    suyas: dict[int, list[OtraCuenta]] = {}
    for cuenta_id, adeudo in _adeudos(ctx, list(personas)).items():
        if adeudo.total > 0:
            nombre = nombres.get(adeudo.cuenta.modulo, adeudo.cuenta.modulo)
            etiqueta = f"{nombre} {adeudo.cuenta.clave}"
            suyas.setdefault(personas[cuenta_id], []).append(OtraCuenta(cuenta_id, etiqueta, adeudo.total))
    return suyas


def _puede_saltar(ctx: Context) -> bool:
    """Tell whether the municipality's policy lets an older overdue debt be left behind today.

    The ledger asks the same: any row in force that says 1.
    """
    p = Parametro
    filas = ctx.session.scalars(
        select(p.numero).where(
            p.modulo == parametros.CAJA,
            p.clave == parametros.SALTAR_ADEUDO,
            p.desde <= ctx.hoy,
            (p.hasta.is_(None)) | (p.hasta >= ctx.hoy),
        )
    )
    return 1 in set(filas)


@dataclass(frozen=True)
class Titulares:
    """The persons whose saldos a favor are asked."""

    titulares: tuple[int, ...]


@use_case(SALDOS)
def saldos_a_favor(ctx: Context, orden: Titulares) -> tuple[SaldoVisto, ...]:
    """Give the saldos a favor with money left of some persons, oldest first."""
    return saldos.disponibles(ctx.session, orden.titulares) if orden.titulares else ()
