"""Writes receipts in a channel's turno by the hundred: lines and payments first, the receipts last."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db.motor import canon, sha256_hex
from lerdo_desk.hacienda.adeudos import CERO, ORDENES, AdeudoCargo, CuentaDeudora
from lerdo_desk.hacienda.externos import Canal
from lerdo_desk.hacienda.ley import Linea
from lerdo_desk.hacienda.modelos import Concepto, Membrete, Operacion, Pago, Recibo, Renglon, Serie
from lerdo_desk.hacienda.saldos import CargoAbierto


@dataclass(frozen=True)
class Parte:
    """A part of what pays a receipt: form of payment, pesos and its sealed reference."""

    forma: str
    importe: Decimal
    referencia: str


@dataclass(frozen=True)
class PorSellar:
    """One receipt, alone in its operación: its account, its debts and excess, and what pays it."""

    operacion: str
    cuenta: CuentaDeudora
    fecha_pago: date
    cargos: tuple[AdeudoCargo, ...]
    partes: tuple[Parte, ...]
    exceso: CargoAbierto | None = None
    en_exceso: Decimal = CERO
    etiqueta: str = ""
    nota: str = ""

    @property
    def recibo(self) -> str:
        """Give the receipt's id, made from the operación's."""
        return recibo_de(self.operacion)

    @property
    def total(self) -> Decimal:
        """Pesos of the receipt."""
        return sum((c.total for c in self.cargos), self.en_exceso)

    def huella(self, turno_id: str) -> str:
        """Give a digest of what is sealed."""
        cargos = (canon(c.cargo_id, c.total) for c in self.cargos)
        partes = (canon(p.forma, p.importe, p.referencia) for p in self.partes)
        como = canon(self.operacion, turno_id, self.cuenta.id, self.fecha_pago, self.en_exceso)
        return sha256_hex(canon(como, *cargos, "|", *partes))


class Sello:
    """Writes the rows; what does not change from one receipt to the next is read once."""

    def __init__(self, session: Session, turno_id: str, canal: Canal) -> None:
        self._session, self._turno_id, self._canal = session, turno_id, canal
        series = select(Serie.ente_id, Serie.id).where(Serie.caja_id == canal.id)
        self._series = {ente: serie for ente, serie in session.execute(series)}
        ultima = select(Membrete.ente_id, func.max(Membrete.version).label("v")).group_by(Membrete.ente_id)
        cual = ultima.subquery()
        suyo = (cual.c.ente_id == Membrete.ente_id) & (cual.c.v == Membrete.version)
        membretes = session.execute(select(Membrete.ente_id, Membrete.id).join(cual, suyo))
        self._membretes = {ente: membrete for ente, membrete in membretes}
        conceptos = select(Concepto.modulo, Concepto.ente_id, Concepto.papel, Concepto.id)
        self._conceptos = {(m, e, p): i for m, e, p, i in session.execute(conceptos)}

    def lineas(self, recibos: Sequence[PorSellar]) -> None:
        """Write the lines and payments of some receipts; ErrorDeUso if the catalogue lacks a concepto."""
        self._session.execute(insert(Renglon), [r for x in recibos for r in self._renglones(x)])
        self._session.execute(insert(Pago), [p for x in recibos for p in _pagos(x)])

    def cerrar(self, recibos: Sequence[PorSellar]) -> None:
        """Seal the receipts whose lines are written, and their operaciones after them.

        Raises ErrorDeUso when the channel has no serie for the ente of one of them.
        """
        self._session.execute(insert(Recibo), [self._recibo(x) for x in recibos])
        self._session.execute(insert(Operacion), [self._operacion(x) for x in recibos])

    def serie(self, ente_id: int) -> int:
        """Give the channel's serie for an ente; ErrorDeUso when it has none."""
        if ente_id not in self._series:
            raise ErrorDeUso(
                f"El canal «{self._canal.nombre}» no tiene serie para ese ente; pida que la configuren."
            )
        return self._series[ente_id]

    def _renglones(self, x: PorSellar) -> Iterable[dict[str, object]]:
        lineas = [(linea, self._concepto(linea, c, x.cuenta)) for c in x.cargos for linea in c.lineas]
        if x.exceso is not None:
            lineas.append((_linea_de_exceso(x.exceso, x.en_exceso), x.exceso.concepto_id))
        for n, (linea, concepto) in enumerate(lineas, start=1):
            yield {
                "recibo_id": x.recibo,
                "n": n,
                "cargo_id": linea.cargo_id,
                "concepto_id": concepto,
                "clase": linea.clase,
                "importe": linea.importe,
                "texto": linea.texto,
                "fundamento": linea.fundamento,
                "fecha_pago": x.fecha_pago,
                "base": linea.base,
                "parametro_id": linea.parametro_id,
                "parametro_base_id": linea.parametro_base_id,
                "meses": linea.meses,
                "factor": linea.factor,
                "reversa_de": None,
            }

    def _concepto(self, linea: Linea, cargo: AdeudoCargo, cuenta: CuentaDeudora) -> int:
        """Give the concepto of a line: the cargo's own, or that of its role in the account's módulo."""
        if not linea.papel:
            return cargo.concepto_id
        concepto = self._conceptos.get((cuenta.modulo, cuenta.ente_id, linea.papel))
        if concepto is None:
            raise ErrorDeUso(
                f"El catálogo no tiene un concepto para «{linea.papel}»; agréguelo al paquete del municipio."
            )
        return concepto

    def _recibo(self, x: PorSellar) -> dict[str, object]:
        return {
            "id": x.recibo,
            "operacion_id": x.operacion,
            "ente_id": x.cuenta.ente_id,
            "turno_id": self._turno_id,
            "serie_id": self.serie(x.cuenta.ente_id),
            "cuenta_id": x.cuenta.id,
            "membrete_id": self._membretes[x.cuenta.ente_id],
            "tipo": "COBRO",
            "pagador": x.cuenta.titular,
            "cuenta_etiqueta": x.etiqueta or etiqueta(x.cuenta),
            "domicilio": x.cuenta.domicilio,
            "fecha_pago": x.fecha_pago,
            "total": x.total,
            "cuentas": 1,
        }

    def _operacion(self, x: PorSellar) -> dict[str, object]:
        return {
            "id": x.operacion,
            "turno_id": self._turno_id,
            "tipo": "COBRO",
            "recibos": 1,
            "total": x.total,
            "huella": x.huella(self._turno_id),
            "nota": x.nota,
        }


def recibo_de(operacion: str) -> str:
    """Give the id of the one receipt of an operación."""
    return str(uuid.uuid5(uuid.UUID(operacion), "1"))


def etiqueta(cuenta: CuentaDeudora) -> str:
    """Name an account as a receipt does."""
    return f"{'Orden' if cuenta.modulo == ORDENES else cuenta.modulo.capitalize()} {cuenta.clave}"


def _linea_de_exceso(exceso: CargoAbierto, importe: Decimal) -> Linea:
    return Linea(
        cargo_id=exceso.cargo_id,
        clase="principal",
        papel="",
        importe=importe,
        texto=exceso.texto,
        base=None,
        parametro_id=None,
        parametro_base_id=None,
        meses=None,
        factor=None,
        fundamento=exceso.fundamento,
    )


def _pagos(x: PorSellar) -> Iterable[dict[str, object]]:
    for n, parte in enumerate(x.partes, start=1):
        yield {
            "recibo_id": x.recibo,
            "n": n,
            "forma": parte.forma,
            "importe": parte.importe,
            "recibido": parte.importe,
            "cambio": CERO,
            "referencia": parte.referencia,
        }
