"""Charging: lock the debts, quote again, refuse what is not what was told, and seal the receipts."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from lerdo_desk.base.dinero import formato, pesos
from lerdo_desk.base.entrada import DINERO_MAXIMO
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db.motor import canon, sha256_hex
from lerdo_desk.hacienda import formas, saldos
from lerdo_desk.hacienda.adeudos import CERO, ORDENES, Adeudo, AdeudoCargo, Liquidador, consultar
from lerdo_desk.hacienda.formas import EFECTIVO, FORMAS, SALDO_A_FAVOR
from lerdo_desk.hacienda.ley import Linea
from lerdo_desk.hacienda.modelos import (
    Concepto,
    Cuenta,
    Membrete,
    Operacion,
    Pago,
    Recibo,
    Renglon,
    Serie,
    Turno,
)
from lerdo_desk.hacienda.modelos_ingresos import Saldo
from lerdo_desk.hacienda.reparto import PagoDado, Parte, PorPagar, repartir

__all__ = ["CargoDicho", "Cobrado", "Cobro", "PagoDado", "bloquear", "cobrar"]

_Grupo = tuple[Sequence[Adeudo], Sequence[AdeudoCargo]]
"""The accounts of one receipt and the debts that it pays."""


@dataclass(frozen=True)
class CargoDicho:
    """A debt that the cashier chose and the pesos that the person was told."""

    cuenta_id: int
    cargo_id: int
    total: Decimal


@dataclass(frozen=True)
class Cobro:
    """The order to charge one errand; ``intento`` is its id and makes a second run harmless.

    ``motivo``: why an older debt is skipped, where the pack allows it. ``combinado``: one receipt for all the
    accounts of each ente, on request of one payer. ``fecha_pago``: when a channel's payment was made; None is
    today, the only day at a till.
    """

    intento: str
    turno_id: str
    pagador: str
    cargos: tuple[CargoDicho, ...]
    pagos: tuple[PagoDado, ...]
    motivo: str = ""
    combinado: bool = False
    fecha_pago: date | None = None

    @property
    def total(self) -> Decimal:
        """Pesos that the person was told."""
        return sum((c.total for c in self.cargos), CERO)

    def huella(self) -> str:
        """Give a digest of the whole order: the same id with other content is refused."""
        cargos = (canon(c.cuenta_id, c.cargo_id, c.total) for c in self.cargos)
        pagos = (canon(p.forma, p.recibido, p.referencia, p.saldo) for p in self.pagos)
        como = canon(self.motivo, self.combinado, self.fecha_pago)
        return sha256_hex(canon(self.intento, self.turno_id, self.pagador, *cargos, "|", *pagos, "|", como))


@dataclass(frozen=True)
class Cobrado:
    """What was charged: the receipts' ids in order, pesos, and the change to give back."""

    operacion: str
    recibos: tuple[str, ...]
    total: Decimal
    cambio: Decimal
    repetida: bool


def cobrar(session: Session, hoy: date, orden: Cobro, liquidadores: Mapping[str, Liquidador]) -> Cobrado:
    """Charge one errand, all or nothing, one receipt per account (or one per ente, combined on request).

    Raises ErrorDeUso when the money does not suffice, when what is owed is no longer what was told, or when
    the same attempt comes with other content. An attempt that was already sealed gives its receipts again.
    """
    _revisar(orden)
    bloquear(session, sorted({c.cargo_id for c in orden.cargos}))
    hecha = session.get(Operacion, orden.intento)
    if hecha is not None:
        return _repetida(session, hecha, orden)
    cuentas = tuple(dict.fromkeys(c.cuenta_id for c in orden.cargos))
    dia = orden.fecha_pago or hoy
    adeudos = consultar(session, dia, cuentas, liquidadores)
    elegidos = _como_se_dijo(orden, adeudos)
    _sin_saltos(orden, dia, adeudos)
    grupos = [
        (grupo, [c for a in grupo for c in elegidos[a.cuenta.id]])
        for grupo in _grupos(orden, [adeudos[i] for i in cuentas])
    ]
    entregas = _entregas(session, orden, grupos)
    sello = _Sello(session, dia, orden)
    recibos = [sello.recibo(n + 1, *grupo, entregas[n]) for n, grupo in enumerate(grupos)]
    session.execute(
        insert(Operacion).values(
            id=orden.intento,
            turno_id=orden.turno_id,
            tipo="COBRO",
            recibos=len(recibos),
            total=orden.total,
            huella=orden.huella(),
            nota=orden.motivo,
        )
    )
    return Cobrado(orden.intento, tuple(recibos), orden.total, _cambio(orden), repetida=False)


def _revisar(orden: Cobro) -> None:
    if not orden.cargos:
        raise ErrorDeUso("No eligió ningún adeudo; marque al menos uno.", "cargos")
    if len({c.cargo_id for c in orden.cargos}) != len(orden.cargos):
        raise ErrorDeUso("Un adeudo está dos veces en el mismo cobro; consulte la cuenta de nuevo.", "cargos")
    if orden.combinado and not orden.pagador.strip():
        raise ErrorDeUso("Para un solo recibo escriba a nombre de quién sale.", "pagador")
    _revisar_importes(orden)
    recibido = sum((p.recibido for p in orden.pagos), CERO)
    if any(p.recibido <= 0 for p in orden.pagos) and orden.total > 0:
        raise ErrorDeUso("El importe recibido debe ser mayor que cero; corríjalo.", "recibido")
    if recibido < orden.total:
        raise ErrorDeUso(
            f"Falta dinero: {formato(orden.total - recibido)}. Reciba el resto antes de cobrar.", "recibido"
        )
    for pago in orden.pagos:
        formas.revisar(pago.forma, pago.referencia, pago.saldo)
    if sum((p.recibido for p in orden.pagos if p.forma != EFECTIVO), CERO) > orden.total:
        raise ErrorDeUso(
            "Lo pagado sin efectivo es más que el total; el cambio sólo sale de efectivo.", "recibido"
        )


def _revisar_importes(orden: Cobro) -> None:
    for importe in (*(c.total for c in orden.cargos), *(p.recibido for p in orden.pagos)):
        try:
            exacto = pesos(importe)
        except ValueError as error:
            raise ErrorDeUso(
                "Ese importe no es una cantidad en pesos y centavos; corríjalo.", "recibido"
            ) from error
        if exacto > DINERO_MAXIMO:
            raise ErrorDeUso(f"El importe no puede pasar de {formato(DINERO_MAXIMO)}; corríjalo.", "recibido")
    ajena = next((p.forma for p in orden.pagos if p.forma not in FORMAS), None)
    if ajena is not None:
        raise ErrorDeUso(f"La forma de pago «{ajena}» no se conoce; elija una de la lista.", "forma")


def _cambio(orden: Cobro) -> Decimal:
    return sum((p.recibido for p in orden.pagos), CERO) - orden.total


def bloquear(session: Session, ids: Sequence[int]) -> None:
    """Make others who want these debts wait until this transaction ends; ``ids`` are locked in order."""
    # SQLite's writers already wait for one another at BEGIN IMMEDIATE.
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT bloquear_cargos(:ids)"), {"ids": list(ids)})


def _repetida(session: Session, hecha: Operacion, orden: Cobro) -> Cobrado:
    if hecha.huella != orden.huella():
        raise ErrorDeUso(
            "Ese intento de cobro ya se usó con otros datos; consulte la cuenta y cobre de nuevo."
        )
    ids = session.scalars(
        select(Recibo.id).where(Recibo.operacion_id == hecha.id).order_by(Recibo.serie_id, Recibo.folio)
    )
    return Cobrado(hecha.id, tuple(ids), hecha.total, _cambio(orden), repetida=True)


def _como_se_dijo(orden: Cobro, adeudos: Mapping[int, Adeudo]) -> dict[int, list[AdeudoCargo]]:
    """Give the chosen debts by account, oldest first, or say what changed since the person was told."""
    elegidos: dict[int, list[AdeudoCargo]] = {}
    for dicho in orden.cargos:
        cargo = next((c for c in adeudos[dicho.cuenta_id].cargos if c.cargo_id == dicho.cargo_id), None)
        if cargo is None:
            raise ErrorDeUso(
                "Ese adeudo ya se pagó, en todo o en parte; consulte la cuenta de nuevo.", "cargos"
            )
        if cargo.total != dicho.total:
            raise ErrorDeUso(
                f"El adeudo de {cargo.ejercicio} ya no es {formato(dicho.total)} sino "
                f"{formato(cargo.total)}; consulte la cuenta y dígaselo a la persona.",
                "cargos",
            )
        elegidos.setdefault(dicho.cuenta_id, []).append(cargo)
    return {
        cuenta: sorted(cargos, key=lambda c: (c.vence, c.cargo_id)) for cuenta, cargos in elegidos.items()
    }


def _sin_saltos(orden: Cobro, dia: date, adeudos: Mapping[int, Adeudo]) -> None:
    """Refuse to leave an older overdue debt behind without a reason; the database asks the pack's policy."""
    elegidos = {c.cargo_id for c in orden.cargos}
    for adeudo in adeudos.values():
        propios = [c for c in adeudo.cargos if c.origen != "ORDEN"]
        hasta = max((c.vence for c in propios if c.cargo_id in elegidos), default=date.min)
        viejo = next((c for c in propios if c.cargo_id not in elegidos and c.vence < min(hasta, dia)), None)
        if viejo is not None and not orden.motivo.strip():
            raise ErrorDeUso(
                f"La cuenta {adeudo.cuenta.clave} debe {viejo.ejercicio}, que es anterior a lo que eligió; "
                "cóbrelo primero o, si el municipio lo permite, escriba el motivo.",
                "motivo",
            )


def _grupos(orden: Cobro, adeudos: Sequence[Adeudo]) -> list[list[Adeudo]]:
    """Say which accounts go on each receipt: one each, or those of one ente together."""
    if not orden.combinado:
        return [[a] for a in adeudos]
    por_ente: dict[int, list[Adeudo]] = {}
    for a in adeudos:
        por_ente.setdefault(a.cuenta.ente_id, []).append(a)
    return list(por_ente.values())


def _entregas(session: Session, orden: Cobro, grupos: Sequence[_Grupo]) -> list[list[Parte]]:
    """Share the tender among the receipts that these groups of accounts will have."""
    ids = [a.cuenta.id for adeudos, _ in grupos for a in adeudos]
    personas = {
        f.id: f.titular_id
        for f in session.execute(select(Cuenta.id, Cuenta.titular_id).where(Cuenta.id.in_(ids)))
    }
    recibos = [
        PorPagar(sum((c.total for c in cargos), CERO), frozenset(personas[a.cuenta.id] for a in adeudos))
        for adeudos, cargos in grupos
    ]
    return repartir(orden.pagos, recibos, _duenos(session, orden), _cambio(orden))


def _duenos(session: Session, orden: Cobro) -> dict[int, int]:
    """Give the holder of each saldo a favor that pays."""
    usados = [p.saldo for p in orden.pagos if p.saldo is not None]
    if not usados:
        return {}
    filas = session.execute(
        select(Saldo.cargo_id, Cuenta.titular_id)
        .join(Cuenta, Cuenta.id == Saldo.cuenta_id)
        .where(Saldo.cargo_id.in_(usados))
    )
    return {f.cargo_id: f.titular_id for f in filas}


class _Sello:
    """Writes the rows of each receipt: lines and payments first, the receipt last."""

    def __init__(self, session: Session, hoy: date, orden: Cobro) -> None:
        self.session, self.hoy, self.orden = session, hoy, orden
        self.caja_id = session.scalar(select(Turno.caja_id).where(Turno.id == orden.turno_id))
        if self.caja_id is None:
            raise ErrorDeUso("El turno no es suyo, no está abierto o es de otra caja; abra su turno.")

    def recibo(
        self, n: int, adeudos: Sequence[Adeudo], cargos: Sequence[AdeudoCargo], partes: Sequence[Parte]
    ) -> str:
        """Seal one receipt, of one account or of several of one ente, and give its id, uuid5(attempt, n)."""
        recibo_id = str(uuid.uuid5(uuid.UUID(self.orden.intento), str(n)))
        cuenta = adeudos[0].cuenta
        conceptos = {a.cuenta.modulo: self._conceptos(a.cuenta.modulo, cuenta.ente_id) for a in adeudos}
        modulo_de = {c.cargo_id: a.cuenta.modulo for a in adeudos for c in a.cargos}
        lineas = [(linea, cargo) for cargo in cargos for linea in cargo.lineas]
        self.session.execute(
            insert(Renglon),
            [
                self._renglon(
                    recibo_id, i, linea, _concepto(linea, cargo, conceptos[modulo_de[cargo.cargo_id]])
                )
                for i, (linea, cargo) in enumerate(lineas, start=1)
            ],
        )
        self._pagos(recibo_id, partes)
        self.session.execute(
            insert(Recibo).values(
                id=recibo_id,
                operacion_id=self.orden.intento,
                ente_id=cuenta.ente_id,
                turno_id=self.orden.turno_id,
                serie_id=self._serie(cuenta.ente_id),
                cuenta_id=cuenta.id,
                membrete_id=self._membrete(cuenta.ente_id),
                tipo="COBRO",
                pagador=self.orden.pagador or cuenta.titular,
                cuenta_etiqueta=_etiqueta(adeudos),
                domicilio=cuenta.domicilio,
                fecha_pago=self.hoy,
                total=sum((linea.importe for linea, _ in lineas), CERO),
                cuentas=len(adeudos),
            )
        )
        return recibo_id

    def _pagos(self, recibo_id: str, partes: Sequence[Parte]) -> None:
        if partes:
            self.session.execute(
                insert(Pago), [_pago(recibo_id, i, p) for i, p in enumerate(partes, start=1)]
            )
        for parte in partes:
            if parte.forma == SALDO_A_FAVOR and parte.saldo is not None:
                saldos.usar(self.session, parte.saldo, recibo_id, parte.importe)

    def _renglon(self, recibo_id: str, n: int, linea: Linea, concepto: int) -> dict[str, object]:
        return {
            "recibo_id": recibo_id,
            "n": n,
            "cargo_id": linea.cargo_id,
            "concepto_id": concepto,
            "clase": linea.clase,
            "importe": linea.importe,
            "texto": linea.texto,
            "fundamento": linea.fundamento,
            "fecha_pago": self.hoy,
            "base": linea.base,
            "parametro_id": linea.parametro_id,
            "parametro_base_id": linea.parametro_base_id,
            "meses": linea.meses,
            "factor": linea.factor,
            "reversa_de": None,
        }

    def _conceptos(self, modulo: str, ente_id: int) -> dict[str, int]:
        filas = self.session.execute(
            select(Concepto.papel, Concepto.id).where(Concepto.modulo == modulo, Concepto.ente_id == ente_id)
        )
        return {f.papel: f.id for f in filas}

    def _serie(self, ente_id: int) -> int:
        serie = self.session.scalar(
            select(Serie.id).where(Serie.caja_id == self.caja_id, Serie.ente_id == ente_id)
        )
        if serie is None:
            raise ErrorDeUso(
                "Esta caja no tiene serie para ese ente; pida que la configuren o cobre en otra caja."
            )
        return serie

    def _membrete(self, ente_id: int) -> int:
        return self.session.scalars(
            select(Membrete.id).where(Membrete.ente_id == ente_id).order_by(Membrete.version.desc()).limit(1)
        ).one()


def _concepto(linea: Linea, cargo: AdeudoCargo, conceptos: Mapping[str, int]) -> int:
    if not linea.papel:
        return cargo.concepto_id
    concepto = conceptos.get(linea.papel)
    if concepto is None:
        raise ErrorDeUso(
            f"El catálogo no tiene un concepto para «{linea.papel}»; agréguelo al paquete del municipio."
        )
    return concepto


def _etiqueta(adeudos: Sequence[Adeudo]) -> str:
    """Name what a receipt pays: its account, and how many more when it is combined."""
    cuenta = adeudos[0].cuenta
    nombre = "Orden" if cuenta.modulo == ORDENES else cuenta.modulo.capitalize()
    otras = len(adeudos) - 1
    return f"{nombre} {cuenta.clave}" + (f" y {otras} cuenta{'s' if otras > 1 else ''} más" if otras else "")


def _pago(recibo_id: str, n: int, parte: Parte) -> dict[str, object]:
    return {
        "recibo_id": recibo_id,
        "n": n,
        "forma": parte.forma,
        "importe": parte.importe,
        "recibido": parte.importe + parte.cambio,
        "cambio": parte.cambio,
        "referencia": parte.referencia,
    }
