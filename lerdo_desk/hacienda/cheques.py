"""Returned cheques: what one paid is reversed in a channel's turno, with its indemnity; the rest is kept."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from lerdo_desk.base.dinero import a_centavos, de_centavos, formato, proporcion
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db.motor import canon, sha256_hex
from lerdo_desk.hacienda import saldos
from lerdo_desk.hacienda.adeudos import CERO, ORDENES, CuentaDeudora
from lerdo_desk.hacienda.cancelaciones import devolver_lineas
from lerdo_desk.hacienda.cobros import bloquear
from lerdo_desk.hacienda.externos import Canal
from lerdo_desk.hacienda.formas import CHEQUE, SALDO_A_FAVOR, DeBanco, leer_de_banco
from lerdo_desk.hacienda.ley import Parametro
from lerdo_desk.hacienda.modelos import Cargo, Concepto, Cuenta, Operacion, Pago, Recibo, Renglon, Serie
from lerdo_desk.hacienda.parametros import vigentes
from lerdo_desk.hacienda.sello_de_canal import Parte, PorSellar, Sello

ACTO = "caja.cheque_devuelto"
"""The act that a supervisor signs, once for each receipt that the cheque paid."""

ORIGEN = "CHEQUE"
INDEMNIZACION, PAPEL = "indemnizacion_cheque", "INDEMNIZACION_CHEQUE"
_NO_HAY = "Ese cheque no está en ningún recibo vigente; revise la lista."


@dataclass(frozen=True)
class ReciboPagado:
    """A receipt that a cheque paid, whole or in part: pesos by each form, as they came."""

    id: str
    etiqueta: str
    ente_id: int
    cuenta: CuentaDeudora
    total: Decimal
    partes: tuple[Parte, ...]

    @property
    def resto(self) -> tuple[Parte, ...]:
        """Give what was paid in another way; a saldo a favor comes back by itself with the reversal."""
        return tuple(p for p in self.partes if p.forma != SALDO_A_FAVOR)

    def sin(self, referencia: str) -> tuple[Parte, ...]:
        """Give what the cheque did not pay, to be kept as a saldo a favor."""
        return tuple(p for p in self.resto if (p.forma, p.referencia) != (CHEQUE, referencia))


@dataclass(frozen=True)
class Indemnizacion:
    """What a returned cheque adds for one ente: pesos, of how much, by which rate and article.

    ``importe`` is None when another cheque paid the same receipts: the ledger cannot tell them apart, and
    the indemnity is charged by an order.
    """

    ente_id: int
    cuenta: CuentaDeudora
    base: Decimal
    importe: Decimal | None
    parametro: Parametro


@dataclass(frozen=True)
class Cheque:
    """A cheque that was received: what it says of itself, its receipts, and what its return will cause."""

    operacion: str
    referencia: str
    recibos: tuple[ReciboPagado, ...]
    indemnizaciones: tuple[Indemnizacion, ...]

    @property
    def banco(self) -> DeBanco:
        """Give bank, number and date."""
        return leer_de_banco(self.referencia)

    @property
    def importe(self) -> Decimal:
        """Pesos that the cheque paid."""
        suyas = (p for r in self.recibos for p in r.partes if self._es(p))
        return sum((p.importe for p in suyas), CERO)

    def resto(self, recibo: ReciboPagado) -> Decimal:
        """Pesos of a receipt that will be kept as a saldo a favor."""
        return sum((p.importe for p in recibo.sin(self.referencia)), CERO)

    def _es(self, parte: Parte) -> bool:
        return (parte.forma, parte.referencia) == (CHEQUE, self.referencia)


def ver(session: Session, hoy: date, operacion: str, referencia: str) -> Cheque:
    """Read a cheque and what its return would do today.

    Raises ErrorDeUso when no receipt in force was paid with it, or the pack has no indemnity in force.
    """
    recibos = _recibos(session, operacion, referencia)
    if not recibos:
        raise ErrorDeUso(_NO_HAY)
    parametro = vigentes(session).vigente(ORDENES, INDEMNIZACION, hoy)
    por_ente: dict[int, list[ReciboPagado]] = {}
    for r in recibos:
        por_ente.setdefault(r.ente_id, []).append(r)
    causadas = tuple(_indemnizacion(e, suyos, referencia, parametro) for e, suyos in por_ente.items())
    return Cheque(operacion, referencia, tuple(recibos), causadas)


def _recibos(session: Session, operacion: str, referencia: str) -> list[ReciboPagado]:
    """Give the receipts of an operación that a cheque paid and that nothing has reversed."""
    reversados = select(Recibo.reversa_de).where(Recibo.reversa_de.is_not(None))
    con_el = select(Pago.recibo_id).where(Pago.forma == CHEQUE, Pago.referencia == referencia)
    filas = session.execute(
        select(Recibo, Cuenta, Serie.clave.label("serie"))
        .join(Cuenta, Cuenta.id == Recibo.cuenta_id)
        .join(Serie, Serie.id == Recibo.serie_id)
        .where(
            *(Recibo.operacion_id == operacion, Recibo.tipo == "COBRO"),
            *(Recibo.id.in_(con_el), Recibo.id.not_in(reversados)),
        )
        .order_by(Recibo.serie_id, Recibo.folio)
    ).all()
    partes = _partes(session, [f.Recibo.id for f in filas])
    return [
        ReciboPagado(
            f.Recibo.id,
            f"{f.serie}-{f.Recibo.folio}",
            f.Recibo.ente_id,
            _deudora(f.Cuenta),
            f.Recibo.total,
            tuple(partes[f.Recibo.id]),
        )
        for f in filas
    ]


def _deudora(c: Cuenta) -> CuentaDeudora:
    return CuentaDeudora(c.id, c.ente_id, c.modulo, c.clave, c.titular, c.domicilio)


def _partes(session: Session, recibos: Sequence[str]) -> Mapping[str, list[Parte]]:
    por_recibo: dict[str, list[Parte]] = {}
    for p in session.scalars(select(Pago).where(Pago.recibo_id.in_(recibos)).order_by(Pago.n)):
        por_recibo.setdefault(p.recibo_id, []).append(Parte(p.forma, p.importe, p.referencia))
    return por_recibo


def _indemnizacion(
    ente_id: int, recibos: Sequence[ReciboPagado], referencia: str, parametro: Parametro
) -> Indemnizacion:
    """Work out what one ente is owed; the database computes it again on what the reversals gave back."""
    cheques = [p for r in recibos for p in r.partes if p.forma == CHEQUE]
    suyo = sum((p.importe for p in cheques if p.referencia == referencia), CERO)
    solo = all(p.referencia == referencia for p in cheques)
    centavos = proporcion(a_centavos(suyo), parametro.numero, 10**parametro.escala)
    return Indemnizacion(ente_id, recibos[0].cuenta, suyo, de_centavos(centavos) if solo else None, parametro)


@dataclass(frozen=True)
class Devuelto:
    """What the return of a cheque left: reversals, receipts of what is kept, and cargos of indemnity."""

    reversas: tuple[str, ...]
    guardados: tuple[str, ...]
    indemnizacion: Decimal


@dataclass(frozen=True)
class Devolucion:
    """The order to reverse what a cheque paid; ``intento`` is its id and makes a second run harmless.

    ``solicitudes``: the signed request of each receipt, by the receipt's id.
    """

    intento: str
    operacion: str
    referencia: str
    solicitudes: Mapping[str, str]


def devolver(session: Session, hoy: date, turno: tuple[str, Canal], orden: Devolucion) -> Devuelto:
    """Reverse every receipt that a cheque paid, charge its indemnity, and keep what came in another form.

    All or nothing, in the turno of a channel. Raises ErrorDeUso when no receipt in force was paid with it, a
    receipt has no signed request, or the attempt was used for something else.
    """
    hecho = _repetido(session, orden)
    if hecho is not None:
        return hecho
    cheque = ver(session, hoy, orden.operacion, orden.referencia)
    _bloquear(session, cheque)
    # Read again: whoever held those debts may have reversed one of the receipts meanwhile.
    cheque = ver(session, hoy, orden.operacion, orden.referencia)
    turno_id, canal = turno
    sello = Sello(session, turno_id, canal)
    reversas = [
        _reversar(session, hoy, (turno_id, sello), orden, (i, _de_ente(cheque, i)))
        for i in cheque.indemnizaciones
    ]
    for i in cheque.indemnizaciones:
        _cargar(session, hoy, i, _operacion(orden, i.ente_id), cheque.banco)
    guardados = _guardar(session, hoy, sello, orden, cheque)
    total = sum((i.importe for i in cheque.indemnizaciones if i.importe is not None), CERO)
    return Devuelto(tuple(r for grupo in reversas for r in grupo), guardados, total)


def _de_ente(cheque: Cheque, i: Indemnizacion) -> list[ReciboPagado]:
    return [r for r in cheque.recibos if r.ente_id == i.ente_id]


def _operacion(orden: Devolucion, ente_id: int) -> str:
    """Give the id of the reversals of one ente: indemnities are of one ente each."""
    return str(uuid.uuid5(uuid.UUID(orden.intento), f"reversa/{ente_id}"))


def _huella(orden: Devolucion, operacion: str) -> str:
    return sha256_hex(canon(operacion, orden.operacion, orden.referencia))


def _bloquear(session: Session, cheque: Cheque) -> None:
    ids = [r.id for r in cheque.recibos]
    bloquear(
        session,
        sorted(session.scalars(select(Renglon.cargo_id).where(Renglon.recibo_id.in_(ids)).distinct())),
    )


def _repetido(session: Session, orden: Devolucion) -> Devuelto | None:
    """Give what the same attempt did before; ErrorDeUso when it was something else."""
    entes = session.scalars(
        select(Recibo.ente_id).where(Recibo.operacion_id == orden.operacion).distinct()
    ).all()
    propias = [_operacion(orden, e) for e in entes]
    hechas = session.scalars(select(Operacion).where(Operacion.id.in_(propias))).all()
    if not hechas:
        return None
    if any(h.huella != _huella(orden, h.id) for h in hechas):
        raise ErrorDeUso("Ese intento ya se usó con otro cheque; empiece de nuevo.")
    reversas = session.execute(
        select(Recibo.id, Recibo.reversa_de).where(Recibo.operacion_id.in_(propias))
    ).all()
    posibles = [_guardado(orden, str(r.reversa_de)) for r in reversas]
    guardados = session.scalars(select(Recibo.id).where(Recibo.operacion_id.in_(posibles)))
    cargos = session.scalars(select(Cargo.importe).where(Cargo.referencia.in_(propias)))
    return Devuelto(tuple(r.id for r in reversas), tuple(guardados), sum(cargos, CERO))


def _reversar(
    session: Session,
    hoy: date,
    donde: tuple[str, Sello],
    orden: Devolucion,
    grupo: tuple[Indemnizacion, Sequence[ReciboPagado]],
) -> list[str]:
    """Seal the reversals of one ente's receipts in one operación, and give their ids."""
    turno_id, sello = donde
    causada, recibos = grupo
    operacion = _operacion(orden, causada.ente_id)
    hechas = [_reversa(session, hoy, (turno_id, sello), orden, (operacion, r)) for r in recibos]
    session.execute(
        insert(Operacion).values(
            id=operacion,
            turno_id=turno_id,
            tipo="CANCELACION",
            recibos=len(hechas),
            total=-sum((r.total for r in recibos), CERO),
            huella=_huella(orden, operacion),
        )
    )
    return hechas


def _reversa(
    session: Session,
    hoy: date,
    donde: tuple[str, Sello],
    orden: Devolucion,
    cual: tuple[str, ReciboPagado],
) -> str:
    """Seal the exact opposite of a receipt, in the channel's serie."""
    turno_id, sello = donde
    operacion, recibo = cual
    solicitud = orden.solicitudes.get(recibo.id)
    if solicitud is None:
        raise ErrorDeUso(f"Falta la firma para el recibo {recibo.etiqueta}; pídala de nuevo.")
    nuevo = str(uuid.uuid5(uuid.UUID(operacion), recibo.id))
    devolver_lineas(session, hoy, recibo.id, nuevo)
    original = session.get_one(Recibo, recibo.id)
    copiadas = ("ente_id", "cuenta_id", "membrete_id", "pagador", "cuenta_etiqueta", "domicilio", "cuentas")
    session.execute(
        insert(Recibo).values(
            {c: getattr(original, c) for c in copiadas}
            | {
                "id": nuevo,
                "operacion_id": operacion,
                "serie_id": sello.serie(recibo.ente_id),
                "turno_id": turno_id,
                "tipo": "REVERSA",
                "reversa_de": recibo.id,
                "solicitud_id": solicitud,
                "fecha_pago": hoy,
                "total": -recibo.total,
            }
        )
    )
    return nuevo


def _cargar(session: Session, hoy: date, i: Indemnizacion, operacion: str, banco: DeBanco) -> None:
    """Write the indemnity as a debt of the account of the first receipt, due at once."""
    if not i.importe:
        return
    concepto = session.scalar(
        select(Concepto.id).where(Concepto.papel == PAPEL, Concepto.ente_id == i.ente_id)
    )
    if concepto is None:
        raise ErrorDeUso("Falta el concepto de indemnización por cheque; agréguelo al paquete del municipio.")
    session.execute(
        insert(Cargo).values(
            cuenta_id=i.cuenta.id,
            concepto_id=concepto,
            ejercicio=hoy.year,
            periodo=0,
            referencia=operacion,
            importe=i.importe,
            vence=hoy,
            origen="ORDEN",
            parametro_id=i.parametro.id,
            memoria=f"cheque {banco.numero} de {banco.banco}, {porcentaje(i.parametro)} de {formato(i.base)}",
        )
    )


def porcentaje(parametro: Parametro) -> str:
    """Write a fraction as a percentage: ``20 %``."""
    return f"{(parametro.valor * 100).normalize():f} %"


def _guardado(orden: Devolucion, recibo_id: str) -> str:
    """Give the id of the operación that keeps what was paid of a receipt in another form."""
    return str(uuid.uuid5(uuid.UUID(orden.intento), f"saldo/{recibo_id}"))


def _guardar(session: Session, hoy: date, sello: Sello, orden: Devolucion, cheque: Cheque) -> tuple[str, ...]:
    """Take in again, as saldos a favor, what the cheque did not pay, in the form it came."""
    con_resto = [r for r in cheque.recibos if cheque.resto(r)]
    operaciones = [_guardado(orden, r.id) for r in con_resto]
    abiertos = saldos.abrir_cargos(
        session,
        hoy,
        [
            saldos.PorRecibir(r.cuenta.id, r.ente_id, cheque.resto(r), o)
            for r, o in zip(con_resto, operaciones, strict=True)
        ],
    )
    recibos = [
        PorSellar(o, r.cuenta, hoy, (), r.sin(orden.referencia), exceso, cheque.resto(r))
        for r, o, exceso in zip(con_resto, operaciones, abiertos, strict=True)
    ]
    if recibos:
        sello.lineas(recibos)
        sello.cerrar(recibos)
    for x, abierto in zip(recibos, abiertos, strict=True):
        saldos.registrar(session, abierto.cargo_id, x.cuenta.id, x.recibo, x.en_exceso, ORIGEN)
    return tuple(x.recibo for x in recibos)
