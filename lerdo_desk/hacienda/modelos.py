"""The tables of the ledger: who owes, what, what was paid, by whom it was received and what each till holds.

Money is in centavos, instants in UTC microseconds, dates in the municipality's time zone. Rows only grow: the
locks (``hacienda/candados``) refuse UPDATE and DELETE to everyone, the owner included.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from lerdo_desk.db.modelo import SERVIDOR, Base, Firma, Instante, Numerado, Uuid, opciones

AL_FINAL: dict[str, Any] = {"deferrable": True, "initially": "DEFERRED"}
"""Foreign keys to the seal: lines come first, the receipt last, the operación after it."""


class Municipio(Base):
    """The one municipality of this database, its time zone and whether it is for training."""

    __tablename__ = "hacienda_municipio"
    __table_args__ = opciones(
        CheckConstraint("id = 1", name="uno"),
        CheckConstraint("modo IN ('capacitacion', 'produccion')", name="modo"),
    )
    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    clave: Mapped[str]
    nombre: Mapped[str]
    estado: Mapped[str]
    zona_horaria: Mapped[str]
    modo: Mapped[str]
    grupos_clave: Mapped[str]
    paquete: Mapped[str]
    creado: Mapped[Instante]


class Ente(Base):
    """A legal person that charges (municipality, water OPD): its receipts are never mixed with another's."""

    __tablename__ = "hacienda_ente"
    __table_args__ = opciones()
    id: Mapped[Numerado]
    clave: Mapped[str] = mapped_column(unique=True)
    nombre: Mapped[str]
    rfc: Mapped[str]


class Membrete(Base):
    """A version of an ente's receipt header; receipts name the one they were printed with."""

    __tablename__ = "hacienda_membrete"
    __table_args__ = opciones(UniqueConstraint("ente_id", "version"))
    id: Mapped[Numerado]
    ente_id: Mapped[int] = mapped_column(ForeignKey("hacienda_ente.id"))
    version: Mapped[int]
    dependencia: Mapped[str]
    domicilio: Mapped[str]
    telefono: Mapped[str]
    leyenda: Mapped[str]
    ejemplo: Mapped[int] = mapped_column(SmallInteger)
    creado: Mapped[Instante]


class Contribuyente(Base):
    """A person, natural or legal, over all direcciones."""

    __tablename__ = "hacienda_contribuyente"
    __table_args__ = opciones(CheckConstraint("tipo IN ('F', 'M')", name="tipo"))
    id: Mapped[Numerado]
    nombre: Mapped[str]
    tipo: Mapped[str] = mapped_column(String(1))
    rfc: Mapped[str | None]
    curp: Mapped[str | None]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Cuenta(Base):
    """An account that can owe, of any dirección: the one table that the search and the account card read."""

    __tablename__ = "hacienda_cuenta"
    __table_args__ = opciones(
        UniqueConstraint("modulo", "clave"),
        Index("ix_hacienda_cuenta_titular_id", "titular_id"),
        Index("ix_hacienda_cuenta_modulo_titular", "modulo", "titular"),
    )
    id: Mapped[Numerado]
    ente_id: Mapped[int] = mapped_column(ForeignKey("hacienda_ente.id"))
    modulo: Mapped[str]
    clave: Mapped[str]
    titular_id: Mapped[int] = mapped_column(ForeignKey("hacienda_contribuyente.id"))
    titular: Mapped[str]
    domicilio: Mapped[str]
    busqueda: Mapped[str] = mapped_column(
        Computed(
            "normaliza(clave || ' ' || replace(clave, '-', '') || ' ' || titular || ' ' || domicilio)",
            persisted=True,
        ),
        info=SERVIDOR,
    )
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Concepto(Base):
    """What may be charged, with its CRI code and article; ``papel`` is its role inside its módulo."""

    __tablename__ = "hacienda_concepto"
    __table_args__ = opciones(UniqueConstraint("ente_id", "departamento", "clave"))
    id: Mapped[Numerado]
    ente_id: Mapped[int] = mapped_column(ForeignKey("hacienda_ente.id"))
    modulo: Mapped[str]
    papel: Mapped[str]
    departamento: Mapped[str] = mapped_column(String(2))
    clave: Mapped[str] = mapped_column(String(4))
    nombre: Mapped[str]
    cri: Mapped[str]
    cuenta_contable: Mapped[str]
    fundamento: Mapped[str]
    ejemplo: Mapped[int] = mapped_column(SmallInteger)


class Parametro(Base):
    """A dated value of the law: ``numero / 10**escala``, its article and whether it is only an example."""

    __tablename__ = "hacienda_parametro"
    __table_args__ = opciones(
        UniqueConstraint("modulo", "clave", "variante", "desde"),
        CheckConstraint("escala BETWEEN 0 AND 8", name="escala"),
        CheckConstraint("numero >= 0", name="numero"),
        CheckConstraint("hasta IS NULL OR hasta >= desde", name="vigencia"),
    )
    id: Mapped[Numerado]
    modulo: Mapped[str]
    clave: Mapped[str]
    variante: Mapped[str]
    desde: Mapped[dt.date]
    hasta: Mapped[dt.date | None]
    numero: Mapped[int]
    escala: Mapped[int] = mapped_column(SmallInteger)
    alcance: Mapped[str]
    datos: Mapped[str]
    fundamento: Mapped[str]
    ejemplo: Mapped[int] = mapped_column(SmallInteger)
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Cargo(Base):
    """A debt as it was born; it never changes, what is owed is this less the principal lines paid."""

    __tablename__ = "hacienda_cargo"
    __table_args__ = opciones(
        UniqueConstraint("cuenta_id", "concepto_id", "ejercicio", "periodo", "referencia"),
        CheckConstraint("importe > 0 AND importe <= 99999999999999", name="importe"),
        CheckConstraint("periodo BETWEEN 0 AND 6", name="periodo"),
        CheckConstraint("origen IN ('EMISION', 'HEREDADO', 'ORDEN')", name="origen"),
    )
    id: Mapped[Numerado]
    cuenta_id: Mapped[int] = mapped_column(ForeignKey("hacienda_cuenta.id"))
    concepto_id: Mapped[int] = mapped_column(ForeignKey("hacienda_concepto.id"))
    ejercicio: Mapped[int] = mapped_column(SmallInteger)
    periodo: Mapped[int] = mapped_column(SmallInteger)
    referencia: Mapped[str] = mapped_column(server_default=text("''"))
    importe: Mapped[Decimal]
    vence: Mapped[dt.date]
    origen: Mapped[str]
    parametro_id: Mapped[int | None] = mapped_column(ForeignKey("hacienda_parametro.id"))
    memoria: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Caja(Base):
    """A till, or a channel whose payments enter elsewhere (``tipo`` WEB, BANCO, PAPEL).

    ``horas``: how long a turno may last; 0 means that it ends with the municipality's day.
    """

    __tablename__ = "hacienda_caja"
    __table_args__ = opciones()
    id: Mapped[Numerado]
    clave: Mapped[str] = mapped_column(unique=True)
    nombre: Mapped[str]
    sede: Mapped[str]
    tipo: Mapped[str] = mapped_column(server_default=text("'VENTANILLA'"))
    horas: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"))


class CajaAsignacion(Base):
    """Which login may open which caja; of several rows the last one by ``n`` that is in force decides."""

    __tablename__ = "hacienda_caja_asignacion"
    __table_args__ = opciones(CheckConstraint("permitida IN (0, 1)", name="permitida"))
    caja_id: Mapped[int] = mapped_column(ForeignKey("hacienda_caja.id"), primary_key=True)
    cajero: Mapped[str] = mapped_column(String(63), primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    desde: Mapped[dt.date]
    permitida: Mapped[int] = mapped_column(SmallInteger)
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Serie(Base):
    """The numbering of one ente's receipts at one caja; only the seal of a receipt moves it, one by one."""

    __tablename__ = "hacienda_serie"
    __table_args__ = opciones(UniqueConstraint("caja_id", "ente_id"), crece=False)
    id: Mapped[Numerado]
    ente_id: Mapped[int] = mapped_column(ForeignKey("hacienda_ente.id"))
    caja_id: Mapped[int] = mapped_column(ForeignKey("hacienda_caja.id"))
    clave: Mapped[str] = mapped_column(unique=True)
    ultimo_folio: Mapped[int] = mapped_column(server_default=text("0"), info=SERVIDOR)
    ultimo_hash: Mapped[str] = mapped_column(server_default=text("''"), info=SERVIDOR)


class Turno(Base):
    """A cashier's shift at a caja: open from here until its corte."""

    __tablename__ = "hacienda_turno"
    __table_args__ = opciones(
        CheckConstraint("fondo BETWEEN 0 AND 99999999", name="fondo"),
        Index("ix_hacienda_turno_caja_id", "caja_id"),
        Index("ix_hacienda_turno_usuario", "usuario"),
    )
    id: Mapped[Uuid] = mapped_column(primary_key=True)
    caja_id: Mapped[int] = mapped_column(ForeignKey("hacienda_caja.id"))
    fondo: Mapped[Decimal]
    estacion: Mapped[str]
    fecha: Mapped[dt.date]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Conteo(Base):
    """A count of cash by denomination: ``vez`` 0 is the opening's fund, 1 the blind count, 2… recounts."""

    __tablename__ = "hacienda_conteo"
    __table_args__ = opciones(
        CheckConstraint("denominacion > 0", name="denominacion"),
        CheckConstraint("piezas BETWEEN 0 AND 1000000", name="piezas"),
    )
    turno_id: Mapped[Uuid] = mapped_column(ForeignKey("hacienda_turno.id"), primary_key=True)
    vez: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    denominacion: Mapped[Decimal] = mapped_column(primary_key=True)
    piezas: Mapped[int]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Corte(Base):
    """The close of a turno: the database computes what was expected and how far the count is from it."""

    __tablename__ = "hacienda_corte"
    __table_args__ = opciones(UniqueConstraint("caja_id", "numero"))
    turno_id: Mapped[Uuid] = mapped_column(ForeignKey("hacienda_turno.id"), primary_key=True)
    caja_id: Mapped[int] = mapped_column(ForeignKey("hacienda_caja.id"))
    motivo: Mapped[str]
    numero: Mapped[int] = mapped_column(server_default=text("0"), info=SERVIDOR)
    esperado: Mapped[Decimal] = mapped_column(server_default=text("0"), info=SERVIDOR)
    contado: Mapped[Decimal] = mapped_column(server_default=text("0"), info=SERVIDOR)
    recibos: Mapped[int] = mapped_column(server_default=text("0"), info=SERVIDOR)
    total: Mapped[Decimal] = mapped_column(server_default=text("0"), info=SERVIDOR)
    hash_previo: Mapped[str] = mapped_column(server_default=text("''"), info=SERVIDOR)
    hash: Mapped[str] = mapped_column(server_default=text("''"), info=SERVIDOR)
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Operacion(Base):
    """One errand at the window: one tender, one or more receipts; its id is the attempt's, sealed last.

    ``nota``: why an older debt was skipped, where the pack allows it.
    """

    __tablename__ = "hacienda_operacion"
    __table_args__ = opciones(CheckConstraint("tipo IN ('COBRO', 'CANCELACION', 'ANULADA')", name="tipo"))
    id: Mapped[Uuid] = mapped_column(primary_key=True)
    turno_id: Mapped[Uuid] = mapped_column(ForeignKey("hacienda_turno.id"))
    tipo: Mapped[str]
    recibos: Mapped[int] = mapped_column(SmallInteger)
    total: Mapped[Decimal]
    huella: Mapped[str]
    nota: Mapped[str] = mapped_column(server_default=text("''"))
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Recibo(Base):
    """A sealed receipt, written after its lines and payments; folio, hash and stamp are the server's.

    ``cuentas``: how many accounts it pays; more than one only when one payer asked for a combined receipt.
    """

    __tablename__ = "hacienda_recibo"
    __table_args__ = opciones(
        UniqueConstraint("serie_id", "folio"),
        CheckConstraint("tipo IN ('COBRO', 'REVERSA')", name="tipo"),
        CheckConstraint(
            "(tipo = 'REVERSA') = (reversa_de IS NOT NULL AND solicitud_id IS NOT NULL)", name="reversa"
        ),
        Index("ix_hacienda_recibo_turno_id", "turno_id"),
        Index("ix_hacienda_recibo_cuenta_id", "cuenta_id"),
        Index("ix_hacienda_recibo_operacion_id", "operacion_id"),
        Index("ix_hacienda_recibo_creado", "creado"),
    )
    id: Mapped[Uuid] = mapped_column(primary_key=True)
    operacion_id: Mapped[Uuid] = mapped_column(ForeignKey("hacienda_operacion.id", **AL_FINAL))
    ente_id: Mapped[int] = mapped_column(ForeignKey("hacienda_ente.id"))
    serie_id: Mapped[int] = mapped_column(ForeignKey("hacienda_serie.id"))
    turno_id: Mapped[Uuid] = mapped_column(ForeignKey("hacienda_turno.id"))
    cuenta_id: Mapped[int] = mapped_column(ForeignKey("hacienda_cuenta.id"))
    membrete_id: Mapped[int] = mapped_column(ForeignKey("hacienda_membrete.id"))
    tipo: Mapped[str]
    reversa_de: Mapped[Uuid | None] = mapped_column(ForeignKey("hacienda_recibo.id"), unique=True)
    solicitud_id: Mapped[Uuid | None] = mapped_column(unique=True)
    pagador: Mapped[str]
    cuenta_etiqueta: Mapped[str]
    domicilio: Mapped[str]
    fecha_pago: Mapped[dt.date]
    total: Mapped[Decimal]
    cuentas: Mapped[int] = mapped_column(SmallInteger, server_default=text("1"))
    folio: Mapped[int] = mapped_column(server_default=text("0"), info=SERVIDOR)
    hash_previo: Mapped[str] = mapped_column(server_default=text("''"), info=SERVIDOR)
    hash: Mapped[str] = mapped_column(server_default=text("''"), info=SERVIDOR)
    usuario: Mapped[Firma]
    creado: Mapped[Instante]


class Renglon(Base):
    """A line of a receipt: what was paid of which cargo, of which class, and the arithmetic that gives it."""

    __tablename__ = "hacienda_renglon"
    __table_args__ = opciones(
        CheckConstraint(
            "clase IN ('principal', 'actualizacion', 'recargo', 'gasto', 'multa', 'descuento', 'redondeo')",
            name="clase",
        ),
        CheckConstraint("importe <> 0", name="importe"),
        Index("ix_hacienda_renglon_cargo_id", "cargo_id"),
        Index("ix_hacienda_renglon_reversa_de", "reversa_de"),
    )
    recibo_id: Mapped[Uuid] = mapped_column(ForeignKey("hacienda_recibo.id", **AL_FINAL), primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    cargo_id: Mapped[int] = mapped_column(ForeignKey("hacienda_cargo.id"))
    concepto_id: Mapped[int] = mapped_column(ForeignKey("hacienda_concepto.id"))
    clase: Mapped[str]
    importe: Mapped[Decimal]
    texto: Mapped[str]
    fundamento: Mapped[str]
    fecha_pago: Mapped[dt.date]
    base: Mapped[Decimal | None]
    parametro_id: Mapped[int | None] = mapped_column(ForeignKey("hacienda_parametro.id"))
    parametro_base_id: Mapped[int | None] = mapped_column(ForeignKey("hacienda_parametro.id"))
    meses: Mapped[int | None] = mapped_column(SmallInteger)
    factor: Mapped[int | None]
    reversa_de: Mapped[Uuid | None]


class Pago(Base):
    """How a receipt was paid: form of the SAT catalogue, what was received and the change (cash only)."""

    __tablename__ = "hacienda_pago"
    __table_args__ = opciones(CheckConstraint("recibido = importe + cambio AND cambio >= 0", name="cambio"))
    recibo_id: Mapped[Uuid] = mapped_column(ForeignKey("hacienda_recibo.id", **AL_FINAL), primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    forma: Mapped[str] = mapped_column(String(2))
    importe: Mapped[Decimal]
    recibido: Mapped[Decimal]
    cambio: Mapped[Decimal]
    referencia: Mapped[str]
    usuario: Mapped[Firma]


class Impresion(Base):
    """Each time a sealed receipt was put on paper: the first is the original, the rest are copies."""

    __tablename__ = "hacienda_impresion"
    __table_args__ = opciones(CheckConstraint("n >= 1", name="n"))
    recibo_id: Mapped[Uuid] = mapped_column(ForeignKey("hacienda_recibo.id"), primary_key=True)
    n: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    estacion: Mapped[str]
    usuario: Mapped[Firma]
    creado: Mapped[Instante]
