"""One person's file over all direcciones: every account, what it owes, every receipt; merges followed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, func, literal, select
from sqlalchemy.orm import aliased

from lerdo_desk.base.calendario import fecha_local
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import registry
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.core.usuarios import Usuario
from lerdo_desk.hacienda import adeudos, personas, sellados
from lerdo_desk.hacienda.modelos import Cargo, Contribuyente, Cuenta, Recibo, Renglon, Serie
from lerdo_desk.hacienda.personas import Persona
from lerdo_desk.modules.contribuyentes.models import Fusion
from lerdo_desk.modules.contribuyentes.service.permisos import VER_EXPEDIENTE, VER_RECIBOS
from lerdo_desk.modules.contribuyentes.service.uniones import equivalentes, vigente

RECIBOS = 200
"""Receipts of a person that are shown, the newest first."""


@dataclass(frozen=True)
class Quien:
    """The question about one person, by the id of any of their records."""

    contribuyente_id: int


@dataclass(frozen=True)
class CuentaVista:
    """An account of a person, of any dirección, and the pesos it owes today (None: its law is missing)."""

    id: int
    modulo: str
    modulo_nombre: str
    clave: str
    domicilio: str
    adeudo: Decimal | None
    vencidos: int


@dataclass(frozen=True)
class RegistroUnido:
    """A record that was joined to the person: by which merge, by whom, when and why."""

    fusion_id: int
    persona: Persona
    motivo: str
    unio: str
    fecha: date


@dataclass(frozen=True)
class ContactoUnido:
    """How to reach the person as a record that was joined to theirs says it."""

    tipo: str
    valor: str
    de_quien: str


@dataclass(frozen=True)
class Expediente:
    """All of a person: the record that stands for them, those joined to it, contact data and accounts.

    ``pedido`` is the record that was asked for; ``frase`` says why debts are missing, where they are.
    """

    pedido: Persona
    persona: Persona
    unidos: tuple[RegistroUnido, ...]
    contactos: Mapping[str, str]
    contactos_unidos: tuple[ContactoUnido, ...]
    cuentas: tuple[CuentaVista, ...]
    frase: str = ""

    @property
    def adeudo(self) -> Decimal:
        """Sum what all accounts owe today, in pesos."""
        return sum((c.adeudo for c in self.cuentas if c.adeudo is not None), Decimal("0.00"))


@dataclass(frozen=True)
class ReciboVisto:
    """A receipt of one of a person's accounts: ``serie-folio``, its day, who paid, pesos and its state."""

    folio: str
    fecha: date
    cuenta: str
    pagador: str
    total: Decimal
    estado: str


@use_case(VER_EXPEDIENTE)
def expediente(ctx: Context, orden: Quien) -> Expediente:
    """Give one person's file, merges followed; ErrorDeUso when the record does not exist."""
    ids = equivalentes(ctx.session, orden.contribuyente_id)
    fichas = fichas_de(ctx, {*ids, orden.contribuyente_id})
    if orden.contribuyente_id not in fichas:
        raise ErrorDeUso("Ese registro no existe; búsquelo de nuevo.")
    como_llegar = personas.contactos(ctx.session, ids)
    cuentas, frase = _cuentas(ctx, ids)
    return Expediente(
        fichas[orden.contribuyente_id],
        fichas[ids[0]],
        _unidos(ctx, ids, fichas),
        como_llegar.get(ids[0], {}),
        tuple(
            ContactoUnido(tipo, valor, fichas[i].nombre)
            for i in ids[1:]
            for tipo, valor in como_llegar.get(i, {}).items()
        ),
        cuentas,
        frase,
    )


def _unidos(ctx: Context, ids: tuple[int, ...], fichas: Mapping[int, Persona]) -> tuple[RegistroUnido, ...]:
    filas = ctx.session.execute(
        select(Fusion, Usuario.nombre)
        .outerjoin(Usuario, Usuario.login == Fusion.usuario)
        .where(Fusion.absorbido_id.in_(ids), vigente())
        .order_by(Fusion.id)
    )
    return tuple(
        RegistroUnido(
            f.id,
            fichas[f.absorbido_id],
            f.motivo,
            nombre or f.usuario,
            fecha_local(f.creado, ctx.zona),
        )
        for f, nombre in filas
    )


def _cuentas(ctx: Context, ids: tuple[int, ...]) -> tuple[tuple[CuentaVista, ...], str]:
    """Give the accounts with what each owes; where the law is missing, without it and with the reason."""
    filas = ctx.session.execute(
        select(Cuenta.id, Cuenta.modulo, Cuenta.clave, Cuenta.domicilio)
        .where(Cuenta.titular_id.in_(ids))
        .order_by(Cuenta.modulo, Cuenta.clave)
    ).all()
    nombres = {m.clave: m.nombre for m in registry.modulos()}
    debido, frase = _debido(ctx, [f.id for f in filas])
    return (
        tuple(
            CuentaVista(
                f.id,
                f.modulo,
                nombres.get(f.modulo, f.modulo),
                f.clave,
                f.domicilio,
                *debido.get(f.id, (None, 0)),
            )
            for f in filas
        ),
        frase,
    )


def _debido(ctx: Context, cuentas: list[int]) -> tuple[dict[int, tuple[Decimal, int]], str]:
    if not cuentas:
        return {}, ""
    try:
        leidos = adeudos.consultar(ctx.session, ctx.hoy, cuentas, registry.liquidadores())
    except ErrorDeUso as error:
        return {}, f"No se puede decir el adeudo: {error.mensaje}"
    return {i: (a.total, sum(c.vencido for c in a.cargos)) for i, a in leidos.items()}, ""


@use_case(VER_RECIBOS)
def recibos(ctx: Context, orden: Quien) -> tuple[ReciboVisto, ...]:
    """Give the newest receipts of a person's accounts, reversals too, merges followed."""
    ids = equivalentes(ctx.session, orden.contribuyente_id)
    return tuple(
        ReciboVisto(
            f"{f.serie}-{f.folio}",
            f.fecha_pago,
            f.cuenta_etiqueta,
            f.pagador,
            f.total,
            sellados.estado(f.turno_id, f.el_otro, es_reversa=f.tipo == "REVERSA"),
        )
        for f in ctx.session.execute(_recibos(ids))
    )


def _recibos(ids: tuple[int, ...]) -> Select[int, date, str, str, Decimal, str, str, str, str]:
    """Select receipts by their lines: a combined one belongs to every account that it pays."""
    el_otro, reversa = aliased(Recibo), aliased(Recibo)
    suyos = (
        select(Renglon.recibo_id)
        .join(Cargo, Cargo.id == Renglon.cargo_id)
        .join(Cuenta, Cuenta.id == Cargo.cuenta_id)
        .where(Cuenta.titular_id.in_(ids))
    )
    return (
        select(
            *(Recibo.folio, Recibo.fecha_pago, Recibo.cuenta_etiqueta, Recibo.pagador, Recibo.total),
            *(Recibo.turno_id, Recibo.tipo, Serie.clave.label("serie")),
            func.coalesce(el_otro.turno_id, reversa.turno_id).label("el_otro"),
        )
        .join(Serie, Serie.id == Recibo.serie_id)
        .outerjoin(el_otro, el_otro.id == Recibo.reversa_de)
        .outerjoin(reversa, reversa.reversa_de == Recibo.id)
        .where(Recibo.id.in_(suyos))
        .order_by(Recibo.creado.desc(), Recibo.id)
        .limit(literal(RECIBOS))
    )


def fichas_de(ctx: Context, ids: set[int]) -> dict[int, Persona]:
    """Read some records; those that do not exist are left out."""
    p = Contribuyente
    filas = ctx.session.execute(select(p.id, p.nombre, p.tipo, p.rfc, p.curp).where(p.id.in_(ids)))
    return {f.id: Persona(f.id, f.nombre, f.tipo, f.rfc, f.curp) for f in filas}
