"""What predial gives the caja: its facts in one SELECT, its law, and its pairs of the account card."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from lerdo_desk.base.dinero import formato
from lerdo_desk.hacienda.ley import CargoVivo, Linea, Pagado, Parametros
from lerdo_desk.modules.predial import rules
from lerdo_desk.modules.predial.models import Predio, Valor


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
