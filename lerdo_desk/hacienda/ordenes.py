"""Órdenes de pago for every dirección: what is charged at any caja by a folio of 14 digits.

A folio is ``DD CCCC NNNNNNNN``: departamento, concepto, consecutive of that concepto without a gap. An order
is an account, its order and one cargo; paid and expired are read from the ledger, only CANCELADA is written.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, insert, select, text
from sqlalchemy.orm import Session

from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.ley import GENERAL, UMA, Parametro, Parametros
from lerdo_desk.hacienda.modelos import Cargo, Concepto, Contribuyente, Cuenta, Ente
from lerdo_desk.hacienda.modelos_ordenes import Orden, OrdenEvento
from lerdo_desk.hacienda.ordenes_estado import vista
from lerdo_desk.hacienda.ordenes_importe import acotado, importe, tarifa_en_palabras
from lerdo_desk.hacienda.ordenes_ley import LIQUIDADOR, ficha
from lerdo_desk.hacienda.ordenes_vista import (
    CANCELADA,
    PAGADA,
    VENCIDA,
    VIGENTE,
    OrdenVista,
    folio_de,
    formato_folio,
    frase,
)
from lerdo_desk.hacienda.paquete_ordenes import LIBRE, MODULO, POR_UMA, TARIFA, VIGENCIA_DIAS
from lerdo_desk.hacienda.parametros import vigentes

__all__ = [
    "CANCELADA",
    "LIQUIDADOR",
    "PAGADA",
    "VENCIDA",
    "VIGENTE",
    "ConceptoCobrable",
    "Cotizacion",
    "NuevaOrden",
    "OrdenVista",
    "cancelar",
    "cobrable",
    "conceptos",
    "cotizar",
    "emitir",
    "estado",
    "ficha",
    "formato_folio",
    "frase",
    "importe",
]

MINIMO_MOTIVO = 5


@dataclass(frozen=True)
class ConceptoCobrable:
    """What may be asked by order today: ``clave`` is ``11-0020``, ``tipo`` that of its tariff in force."""

    clave: str
    nombre: str
    ente: str
    tipo: str
    tarifa: str
    unidad: str
    fundamento: str
    ejemplo: bool


@dataclass(frozen=True)
class NuevaOrden:
    """What to issue; ``base`` and ``importe_libre`` in pesos.

    A free amount names the ``solicitud_id`` that a supervisor signed. Without ``contribuyente_id`` a person
    of that name is registered; ``persona`` is F or M.
    """

    concepto: str
    pagador: str
    cantidad: int = 1
    base: Decimal | None = None
    importe_libre: Decimal | None = None
    solicitud_id: str | None = None
    contribuyente_id: int | None = None
    persona: str = "F"
    domicilio: str = ""
    descripcion: str = ""


@dataclass(frozen=True)
class Cotizacion:
    """What an order would amount to today: pesos, memoria, article and last day; ``libre`` needs a signature.

    ``parametro_id`` and ``uma_id`` are the rows it rests on.
    """

    importe: Decimal
    memoria: str
    fundamento: str
    vence: date
    libre: bool
    ejemplo: bool
    parametro_id: int | None
    uma_id: int | None


def conceptos(session: Session, hoy: date) -> tuple[ConceptoCobrable, ...]:
    """List every concepto with its tariff of today, by departamento and key."""
    parametros = vigentes(session)
    filas = session.execute(
        select(Concepto, Ente.nombre.label("ente"))
        .join(Ente, Ente.id == Concepto.ente_id)
        .order_by(Concepto.departamento, Concepto.clave)
    )
    return tuple(_cobrable(f.Concepto, f.ente, parametros, hoy) for f in filas)


def _cobrable(concepto: Concepto, ente: str, parametros: Parametros, hoy: date) -> ConceptoCobrable:
    clave = f"{concepto.departamento}-{concepto.clave}"
    tarifa = parametros.buscar(MODULO, TARIFA, hoy, clave)
    tipo = tarifa.alcance if tarifa else LIBRE
    return ConceptoCobrable(
        clave,
        concepto.nombre,
        ente,
        tipo,
        tarifa_en_palabras(tipo, tarifa),
        str(tarifa.datos["unidad"]) if tarifa else "",
        tarifa.fundamento if tarifa else concepto.fundamento,
        bool(concepto.ejemplo or (tarifa and tarifa.ejemplo)),
    )


def cotizar(session: Session, hoy: date, orden: NuevaOrden) -> Cotizacion:
    """Say what an order would amount to today, by the tariff in force or the free amount that is asked.

    Raises ErrorDeUso for a concepto that does not exist, an amount where the tariff fixes it, or none where
    it does not.
    """
    return _cotizar(_concepto(session, orden.concepto), vigentes(session), hoy, orden)


def _cotizar(concepto: Concepto, parametros: Parametros, hoy: date, orden: NuevaOrden) -> Cotizacion:
    tarifa = parametros.buscar(MODULO, TARIFA, hoy, orden.concepto)
    vence = hoy + timedelta(days=_dias(tarifa, parametros, hoy))
    if tarifa is None or tarifa.alcance == LIBRE:
        pesos = _libre(orden)
        fundamento = tarifa.fundamento if tarifa else concepto.fundamento
        memoria = "Importe libre con firma de un supervisor"
        return Cotizacion(pesos, memoria, fundamento, vence, True, bool(concepto.ejemplo), None, None)
    if orden.importe_libre is not None:
        raise ErrorDeUso("El importe de este concepto lo fija su tarifa; deje vacío el importe.", "importe")
    uma = parametros.buscar(GENERAL, UMA, hoy) if tarifa.alcance == POR_UMA else None
    pesos, memoria = importe(tarifa.alcance, tarifa, uma, orden.cantidad, orden.base)
    ejemplo = bool(concepto.ejemplo or tarifa.ejemplo)
    return Cotizacion(
        pesos, memoria, tarifa.fundamento, vence, False, ejemplo, tarifa.id, uma.id if uma else None
    )


def _libre(orden: NuevaOrden) -> Decimal:
    if orden.importe_libre is None:
        raise ErrorDeUso("Escriba el importe; lo firmará un supervisor.", "importe")
    if orden.cantidad != 1:
        raise ErrorDeUso("Un importe libre se cobra una vez por orden; deje la cantidad en 1.", "cantidad")
    return acotado(orden.importe_libre)


def _dias(tarifa: Parametro | None, parametros: Parametros, hoy: date) -> int:
    """Give how many days an order may be paid in: its tariff's, or the general ones."""
    propios = tarifa.datos.get("vigencia_dias") if tarifa else None
    return int(str(propios)) if propios else parametros.vigente(MODULO, VIGENCIA_DIAS, hoy).numero


def emitir(session: Session, hoy: date, orden: NuevaOrden) -> str:
    """Issue an order and give its folio: account, order and cargo, all or nothing.

    Raises ErrorDeUso as ``cotizar`` does, for a payer without a name, and for a free amount that no
    supervisor signed; the database recomputes the amount and asks for that signature too.
    """
    concepto = _concepto(session, orden.concepto)
    cotizada = _cotizar(concepto, vigentes(session), hoy, orden)
    if cotizada.libre and orden.solicitud_id is None:
        raise ErrorDeUso("Este importe lo firma un supervisor; pida su firma antes de emitir.", "importe")
    pagador = texto(orden.pagador, campo="pagador")
    if not pagador:
        raise ErrorDeUso("Escriba a nombre de quién es la orden.", "pagador")
    descripcion = texto(orden.descripcion, campo="descripcion")
    consecutivo = _consecutivo(session, concepto.id)
    folio = f"{concepto.departamento}{concepto.clave}{consecutivo:08d}"
    cuenta_id = _cuenta(session, concepto.ente_id, folio, pagador, orden)
    session.execute(
        insert(Orden).values(
            cuenta_id=cuenta_id,
            concepto_id=concepto.id,
            consecutivo=consecutivo,
            cantidad=orden.cantidad,
            base=orden.base if not cotizada.libre else None,
            importe=cotizada.importe,
            vence=cotizada.vence,
            parametro_id=cotizada.parametro_id,
            uma_id=cotizada.uma_id,
            solicitud_id=orden.solicitud_id if cotizada.libre else None,
            descripcion=descripcion,
            memoria=cotizada.memoria,
        )
    )
    session.execute(
        insert(Cargo).values(
            cuenta_id=cuenta_id,
            concepto_id=concepto.id,
            ejercicio=hoy.year,
            periodo=0,
            referencia="",
            importe=cotizada.importe,
            vence=cotizada.vence,
            origen="ORDEN",
            parametro_id=cotizada.parametro_id,
            memoria=cotizada.memoria,
        )
    )
    return folio


def _concepto(session: Session, clave: str) -> Concepto:
    departamento, _, numero = clave.partition("-")
    concepto = session.scalar(
        select(Concepto).where(Concepto.departamento == departamento, Concepto.clave == numero)
    )
    if concepto is None:
        raise ErrorDeUso(f"No hay un concepto «{clave}»; elija uno de la lista.", "concepto")
    return concepto


def _consecutivo(session: Session, concepto_id: int) -> int:
    """Give the next number of a concepto; whoever issues another of it waits until this transaction ends."""
    if session.get_bind().dialect.name == "postgresql":
        # SQLite's writers already wait for one another at BEGIN IMMEDIATE.
        session.execute(text("SELECT pg_advisory_xact_lock(1, :concepto)"), {"concepto": concepto_id})
    ultimo = select(func.coalesce(func.max(Orden.consecutivo), 0)).where(Orden.concepto_id == concepto_id)
    return int(session.execute(ultimo).scalar_one()) + 1


def _cuenta(session: Session, ente_id: int, folio: str, pagador: str, orden: NuevaOrden) -> int:
    persona = orden.contribuyente_id
    if persona is None:
        persona = session.execute(
            insert(Contribuyente).values(nombre=pagador, tipo=orden.persona).returning(Contribuyente.id)
        ).scalar_one()
    elif session.get(Contribuyente, persona) is None:
        raise ErrorDeUso("Ese contribuyente no existe; búsquelo de nuevo.", "pagador")
    cuenta = insert(Cuenta).values(
        ente_id=ente_id,
        modulo=MODULO,
        clave=folio,
        titular_id=persona,
        titular=pagador,
        domicilio=texto(orden.domicilio, campo="domicilio"),
    )
    return int(session.execute(cuenta.returning(Cuenta.id)).scalar_one())


def estado(session: Session, folio: str) -> OrdenVista:
    """Read an order and how it stands today, by its folio as it was typed or scanned.

    Raises ErrorDeUso when it has not 14 digits or no order bears it.
    """
    return vista(session, folio_de(folio))


def cobrable(session: Session, folio: str) -> OrdenVista:
    """Give an order that may be charged today; ErrorDeUso with a sentence that says why it may not."""
    orden = estado(session, folio)
    if orden.estado != VIGENTE:
        raise ErrorDeUso(frase(orden), "folio")
    return orden


def cancelar(session: Session, folio: str, motivo: str) -> None:
    """Cancel an order that was not paid, with a reason; ErrorDeUso when it is paid or cancelled already."""
    orden = estado(session, folio)
    limpio = texto(motivo, campo="motivo")
    if len(limpio) < MINIMO_MOTIVO:
        raise ErrorDeUso(f"Escriba el motivo con al menos {MINIMO_MOTIVO} letras.", "motivo")
    if orden.estado == CANCELADA:
        raise ErrorDeUso(frase(orden))
    if orden.estado == PAGADA:
        raise ErrorDeUso(f"{frase(orden)[:-1]}; primero cancele su recibo en la caja.")
    session.execute(
        insert(OrdenEvento).values(cuenta_id=orden.cuenta_id, n=1, estado=CANCELADA, motivo=limpio)
    )
