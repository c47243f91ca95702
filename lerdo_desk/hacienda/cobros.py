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
from lerdo_desk.hacienda.adeudos import CERO, Adeudo, AdeudoCargo, Liquidador, consultar
from lerdo_desk.hacienda.ley import Linea
from lerdo_desk.hacienda.modelos import Concepto, Membrete, Operacion, Pago, Recibo, Renglon, Serie, Turno
from lerdo_desk.hacienda.sellados import FORMAS

EFECTIVO = "01"


@dataclass(frozen=True)
class CargoDicho:
    """A debt that the cashier chose and the pesos that the person was told."""

    cuenta_id: int
    cargo_id: int
    total: Decimal


@dataclass(frozen=True)
class PagoDado:
    """Money handed over: form of the SAT catalogue, pesos received, reference where there is one."""

    forma: str
    recibido: Decimal
    referencia: str = ""


@dataclass(frozen=True)
class Cobro:
    """The order to charge one errand; ``intento`` is its id and makes a second run harmless."""

    intento: str
    turno_id: str
    pagador: str
    cargos: tuple[CargoDicho, ...]
    pagos: tuple[PagoDado, ...]

    @property
    def total(self) -> Decimal:
        """Pesos that the person was told."""
        return sum((c.total for c in self.cargos), CERO)

    def huella(self) -> str:
        """Give a digest of the whole order: the same id with other content is refused."""
        cargos = (canon(c.cuenta_id, c.cargo_id, c.total) for c in self.cargos)
        pagos = (canon(p.forma, p.recibido, p.referencia) for p in self.pagos)
        return sha256_hex(canon(self.intento, self.turno_id, self.pagador, *cargos, "|", *pagos))


@dataclass(frozen=True)
class Cobrado:
    """What was charged: the receipts' ids in order, pesos, and the change to give back."""

    operacion: str
    recibos: tuple[str, ...]
    total: Decimal
    cambio: Decimal
    repetida: bool


def cobrar(session: Session, hoy: date, orden: Cobro, liquidadores: Mapping[str, Liquidador]) -> Cobrado:
    """Charge one errand, all or nothing, one receipt per account.

    Raises ErrorDeUso when the money does not suffice, when what is owed is no longer what was told, or when
    the same attempt comes with other content. An attempt that was already sealed gives its receipts again.
    """
    _revisar(orden)
    bloquear(session, sorted({c.cargo_id for c in orden.cargos}))
    hecha = session.get(Operacion, orden.intento)
    if hecha is not None:
        return _repetida(session, hecha, orden)
    cuentas = tuple(dict.fromkeys(c.cuenta_id for c in orden.cargos))
    adeudos = consultar(session, hoy, cuentas, liquidadores)
    elegidos = _como_se_dijo(orden, adeudos)
    entregas = _repartir_pagos(orden, [sum((c.total for c in elegidos[i]), CERO) for i in cuentas])
    recibos = []
    sello = _Sello(session, hoy, orden)
    for n, cuenta_id in enumerate(cuentas):
        recibos.append(sello.recibo(n + 1, adeudos[cuenta_id], elegidos[cuenta_id], entregas[n]))
    session.execute(
        insert(Operacion).values(
            id=orden.intento,
            turno_id=orden.turno_id,
            tipo="COBRO",
            recibos=len(recibos),
            total=orden.total,
            huella=orden.huella(),
        )
    )
    return Cobrado(orden.intento, tuple(recibos), orden.total, _cambio(orden), repetida=False)


def _revisar(orden: Cobro) -> None:
    if not orden.cargos:
        raise ErrorDeUso("No eligió ningún adeudo; marque al menos uno.", "cargos")
    if len({c.cargo_id for c in orden.cargos}) != len(orden.cargos):
        raise ErrorDeUso("Un adeudo está dos veces en el mismo cobro; consulte la cuenta de nuevo.", "cargos")
    _revisar_importes(orden)
    recibido = sum((p.recibido for p in orden.pagos), CERO)
    if any(p.recibido <= 0 for p in orden.pagos) and orden.total > 0:
        raise ErrorDeUso("El importe recibido debe ser mayor que cero; corríjalo.", "recibido")
    if recibido < orden.total:
        raise ErrorDeUso(
            f"Falta dinero: {formato(orden.total - recibido)}. Reciba el resto antes de cobrar.", "recibido"
        )
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


@dataclass
class _Entrega:
    """What is left of one tender while it is shared among receipts."""

    pago: PagoDado
    queda: Decimal


@dataclass
class _Parte:
    """The part of a tender that settles one receipt."""

    forma: str
    referencia: str
    importe: Decimal
    cambio: Decimal = CERO


def _repartir_pagos(orden: Cobro, totales: Sequence[Decimal]) -> list[list[_Parte]]:
    """Share the tender among the receipts in order; the change belongs to the last one with cash."""
    entregas = [_Entrega(p, p.recibido) for p in sorted(orden.pagos, key=lambda p: p.forma == EFECTIVO)]
    partes: list[list[_Parte]] = []
    for total in totales:
        falta, suyas = total, []
        for entrega in entregas:
            importe = min(entrega.queda, falta)
            if importe > 0:
                suyas.append(_Parte(entrega.pago.forma, entrega.pago.referencia, importe))
                entrega.queda -= importe
                falta -= importe
        partes.append(suyas)
    en_efectivo = [p for suyas in partes for p in suyas if p.forma == EFECTIVO]
    if en_efectivo:
        en_efectivo[-1].cambio = _cambio(orden)
    return partes


class _Sello:
    """Writes the rows of each receipt: lines and payments first, the receipt last."""

    def __init__(self, session: Session, hoy: date, orden: Cobro) -> None:
        self.session, self.hoy, self.orden = session, hoy, orden
        self.caja_id = session.scalar(select(Turno.caja_id).where(Turno.id == orden.turno_id))
        if self.caja_id is None:
            raise ErrorDeUso("El turno no es suyo, no está abierto o es de otra caja; abra su turno.")

    def recibo(self, n: int, adeudo: Adeudo, cargos: Sequence[AdeudoCargo], partes: Sequence[_Parte]) -> str:
        """Seal the receipt of one account and give its id, uuid5(attempt, n)."""
        recibo_id = str(uuid.uuid5(uuid.UUID(self.orden.intento), str(n)))
        cuenta = adeudo.cuenta
        conceptos = self._conceptos(cuenta.modulo, cuenta.ente_id)
        lineas = [linea for cargo in cargos for linea in cargo.lineas]
        self.session.execute(
            insert(Renglon),
            [self._renglon(recibo_id, i, linea, conceptos) for i, linea in enumerate(lineas, start=1)],
        )
        if partes:
            self.session.execute(
                insert(Pago), [_pago(recibo_id, i, p) for i, p in enumerate(partes, start=1)]
            )
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
                cuenta_etiqueta=f"{cuenta.modulo.capitalize()} {cuenta.clave}",
                domicilio=cuenta.domicilio,
                fecha_pago=self.hoy,
                total=sum((linea.importe for linea in lineas), CERO),
            )
        )
        return recibo_id

    def _renglon(
        self, recibo_id: str, n: int, linea: Linea, conceptos: Mapping[str, int]
    ) -> dict[str, object]:
        concepto = conceptos.get(linea.papel)
        if concepto is None:
            raise ErrorDeUso(
                f"El catálogo no tiene un concepto para «{linea.papel}»; agréguelo al paquete del municipio."
            )
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


def _pago(recibo_id: str, n: int, parte: _Parte) -> dict[str, object]:
    return {
        "recibo_id": recibo_id,
        "n": n,
        "forma": parte.forma,
        "importe": parte.importe,
        "recibido": parte.importe + parte.cambio,
        "cambio": parte.cambio,
        "referencia": parte.referencia,
    }
