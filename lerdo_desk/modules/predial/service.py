"""What predial does: gives the caja its facts and its law, and emits the year's charges."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, Select, and_, cast, exists, func, insert, select
from sqlalchemy.orm import Session

from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.permisos import Permiso
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.hacienda.ley import CargoVivo, Linea, Pagado, Parametro, Parametros
from lerdo_desk.hacienda.modelos import Cargo, Concepto, Cuenta
from lerdo_desk.hacienda.modelos import Parametro as FilaParametro
from lerdo_desk.hacienda.parametros import vigentes
from lerdo_desk.modules.predial import rules
from lerdo_desk.modules.predial.models import Predio, Propietario, Valor

LOTE = 5_000

LIQUIDAR = Permiso(
    "predial.liquidar",
    "Calcular el adeudo predial",
    ("cajero", "capturista", "supervisor", "tesorero", "auditor"),
    lee=(Predio, Valor, Propietario),
)
EMITIR = Permiso(
    "predial.emitir",
    "Emitir los cargos del ejercicio",
    ("tesorero",),
    lee=(Predio, Valor, Cuenta, Cargo, Concepto, FilaParametro),
    inserta=(Cargo,),
)


class _Liquidador:
    """Predial's two functions for the caja."""

    def hechos(self, session: Session, cuentas: Sequence[int], /) -> Mapping[int, rules.Predio]:
        """Read tipo and uso of some accounts in one SELECT."""
        filas = session.execute(
            select(Predio.cuenta_id, Predio.tipo, Predio.uso).where(Predio.cuenta_id.in_(cuentas))
        ).all()
        return {f.cuenta_id: rules.Predio(f.cuenta_id, f.tipo, f.uso) for f in filas}

    def calcular(
        self,
        hechos: rules.Predio | None,
        cargos: Sequence[CargoVivo],
        pagados: Mapping[int, Pagado],
        parametros: Parametros,
        hoy: date,
    ) -> tuple[Linea, ...]:
        """Apply the law of predial to one account."""
        return rules.calcular(hechos, cargos, pagados, parametros, hoy)


LIQUIDADOR = _Liquidador()


def ficha(session: Session, cuenta_id: int) -> tuple[tuple[str, str], ...]:
    """Give what predial adds to the account card: kind, use and the last value on record."""
    predio = session.get(Predio, cuenta_id)
    if predio is None:
        return ()
    valor = session.execute(
        select(Valor.ejercicio, Valor.terreno, Valor.construccion)
        .where(Valor.cuenta_id == cuenta_id)
        .order_by(Valor.ejercicio.desc(), Valor.version.desc())
        .limit(1)
    ).first()
    pares = [("Tipo y uso", f"{predio.tipo.capitalize()} · {predio.uso.lower()}")]
    if valor is not None:
        pares.append((f"Valor catastral {valor.ejercicio}", formato(valor.terreno + valor.construccion)))
    if predio.estado == "BLOQUEADA_REVISION":
        pares.append(("Estado", "En revisión de Catastro"))
    return tuple(pares)


@dataclass(frozen=True)
class Emision:
    """The order to emit one ejercicio; running it twice emits nothing more."""

    ejercicio: int


@dataclass(frozen=True)
class Emitido:
    """What an emission wrote: how many cargos and their sum in pesos."""

    cargos: int
    importe: Decimal


@use_case(EMITIR, repetible=True)
def emitir(ctx: Context, orden: Emision) -> Generator[Progress, None, Emitido]:
    """Charge the year's tax to every active account that has none yet, from its value and its tariff.

    Raises ErrorDeUso when an account's tipo and uso have no law in force for that ejercicio: nothing is
    emitted.
    """
    concepto = ctx.session.scalar(
        select(Concepto.id).where(Concepto.modulo == rules.MODULO, Concepto.papel == rules.IMPUESTO)
    )
    if concepto is None:
        raise ErrorDeUso(
            "El catálogo no tiene el concepto del impuesto predial; cargue el paquete del municipio."
        )
    parametros = vigentes(ctx.session)
    pendientes = ctx.session.execute(_sin_cargo(orden.ejercicio, concepto)).all()
    importe, hechos = Decimal("0.00"), 0
    for inicio in range(0, len(pendientes), LOTE):
        filas = []
        for f in pendientes[inicio : inicio + LOTE]:
            predio = rules.Predio(f.cuenta_id, f.tipo, f.uso)
            tarifa = rules.tarifa_de(predio, orden.ejercicio, parametros)
            uma = rules.uma_de(tarifa, orden.ejercicio, ctx.hoy, parametros)
            impuesto, memoria = rules.impuesto_anual(f.terreno + f.construccion, tarifa, uma)
            filas.append(_cargo(f.cuenta_id, concepto, orden.ejercicio, tarifa, (impuesto, memoria)))
            importe += impuesto
        ctx.session.execute(insert(Cargo), filas)
        hechos += len(filas)
        yield Progress(hechos, len(pendientes), f"Emisión {orden.ejercicio}")
    return Emitido(hechos, importe)


def _cargo(
    cuenta_id: int, concepto_id: int, ejercicio: int, tarifa: Parametro, calculo: tuple[Decimal, str]
) -> dict[str, object]:
    return {
        "cuenta_id": cuenta_id,
        "concepto_id": concepto_id,
        "ejercicio": ejercicio,
        "periodo": 0,
        "importe": calculo[0],
        "vence": rules.vencimiento(tarifa, ejercicio),
        "origen": "EMISION",
        "parametro_id": tarifa.id,
        "memoria": calculo[1],
    }


def _sin_cargo(ejercicio: int, concepto_id: int) -> Select[int, str, str, Decimal, Decimal]:
    """Select the active accounts without the year's cargo, with the last value known up to that year."""
    orden = cast(Valor.ejercicio, BigInteger) * 100 + Valor.version
    ultimo = (
        select(Valor.cuenta_id, func.max(orden).label("orden"))
        .where(Valor.ejercicio <= ejercicio)
        .group_by(Valor.cuenta_id)
        .subquery()
    )
    emitido = exists(
        select(Cargo.id).where(
            Cargo.cuenta_id == Predio.cuenta_id,
            Cargo.concepto_id == concepto_id,
            Cargo.ejercicio == ejercicio,
        )
    )
    return (
        select(Predio.cuenta_id, Predio.tipo, Predio.uso, Valor.terreno, Valor.construccion)
        .join(ultimo, ultimo.c.cuenta_id == Predio.cuenta_id)
        .join(
            Valor,
            and_(Valor.cuenta_id == Predio.cuenta_id, orden == ultimo.c.orden),
        )
        .where(Predio.estado != "BAJA", Predio.emitir_desde <= ejercicio, ~emitido)
        .order_by(Predio.cuenta_id)
    )
