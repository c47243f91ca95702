"""How an orden de pago stands: VIGENTE, PAGADA, VENCIDA or CANCELADA, by the ledger and the calendar."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, exists, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.modelos import Cargo, Concepto, Cuenta, Ente, Parametro, Renglon
from lerdo_desk.hacienda.modelos_ordenes import Orden, OrdenEvento
from lerdo_desk.hacienda.ordenes_vista import (
    CANCELADA,
    PAGADA,
    VENCIDA,
    VIGENTE,
    OrdenVista,
    formato_folio,
)
from lerdo_desk.hacienda.paquete_ordenes import MODULO


class Hoy(FunctionElement[date]):
    """The municipality's day as the database reckons it, inside a query."""

    type = Date()
    inherit_cache = True


@compiles(Hoy)
def _hoy_del_servidor(_hoy: Hoy, _compilador: SQLCompiler, **_mas: Any) -> str:  # noqa: ANN401 — SQLAlchemy's
    return "hoy()"


@compiles(Hoy, "sqlite")
def _hoy_de_sqlite(_hoy: Hoy, _compilador: SQLCompiler, **_mas: Any) -> str:  # noqa: ANN401 — SQLAlchemy's
    return "fecha_local(ahora(), (SELECT zona_horaria FROM hacienda_municipio))"


def pagado() -> ColumnElement[Decimal]:
    """Give the expression of what was paid of an order (centavos): its lines, reversals taken away."""
    return (
        select(func.coalesce(func.sum(Renglon.importe), 0))
        .join(Cargo, Cargo.id == Renglon.cargo_id)
        .where(
            Cargo.cuenta_id == Orden.cuenta_id,
            Cargo.concepto_id == Orden.concepto_id,
            Renglon.clase == "principal",
        )
        .correlate(Orden)
        .scalar_subquery()
    )


def estado_de() -> ColumnElement[str]:
    """Give the expression of an order's state, for any query that reads ``Orden``."""
    cancelada = exists().where(OrdenEvento.cuenta_id == Orden.cuenta_id).correlate(Orden)
    return case(
        (cancelada, CANCELADA),
        (pagado() >= Orden.importe, PAGADA),
        (Orden.vence < Hoy(), VENCIDA),
        else_=VIGENTE,
    )


def vista(session: Session, folio: str) -> OrdenVista:
    """Read an order by its folio; ErrorDeUso when there is none."""
    parametro = Parametro.__table__.alias("tarifa")
    fila = session.execute(
        select(
            Orden,
            Cuenta,
            Ente.nombre.label("ente"),
            Concepto,
            parametro.c.fundamento.label("articulo"),
            parametro.c.ejemplo.label("de_ejemplo"),
            func.coalesce(OrdenEvento.motivo, "").label("motivo"),
            estado_de().label("estado"),
        )
        .join(Cuenta, Cuenta.id == Orden.cuenta_id)
        .join(Concepto, Concepto.id == Orden.concepto_id)
        .join(Ente, Ente.id == Cuenta.ente_id)
        .outerjoin(parametro, parametro.c.id == Orden.parametro_id)
        .outerjoin(OrdenEvento, and_(OrdenEvento.cuenta_id == Orden.cuenta_id, OrdenEvento.n == 1))
        .where(Cuenta.modulo == MODULO, Cuenta.clave == folio)
    ).first()
    if fila is None:
        raise ErrorDeUso(f"No hay una orden de pago con el folio {formato_folio(folio)}; revíselo.", "folio")
    orden, cuenta, concepto = fila.Orden, fila.Cuenta, fila.Concepto
    return OrdenVista(
        cuenta_id=cuenta.id,
        folio=cuenta.clave,
        ente_id=cuenta.ente_id,
        ente=fila.ente,
        concepto_clave=f"{concepto.departamento}-{concepto.clave}",
        concepto=concepto.nombre,
        descripcion=orden.descripcion,
        cantidad=orden.cantidad,
        base=orden.base,
        importe=orden.importe,
        memoria=orden.memoria,
        fundamento=fila.articulo or concepto.fundamento,
        pagador=cuenta.titular,
        domicilio=cuenta.domicilio,
        vence=orden.vence,
        estado=fila.estado,
        motivo=fila.motivo,
        emitio=orden.usuario,
        emitida=orden.creado,
        libre=orden.parametro_id is None,
        ejemplo=bool(fila.de_ejemplo or concepto.ejemplo),
    )
