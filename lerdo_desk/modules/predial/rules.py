"""The law of predial as pure functions: the annual tax, when it is due and what an account owes on a day.

Every rate, minimum, date and discount comes from the municipality's dated parameters; none stands here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import a_centavos, de_centavos, formato, pesos, proporcion, repartir
from lerdo_desk.base.entrada import dinero
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.ley import (
    GENERAL,
    UMA,
    CargoVivo,
    Linea,
    Pagado,
    Parametro,
    Parametros,
    accesorios,
    descuento,
)
from lerdo_desk.hacienda.paquete import Paquete
from lerdo_desk.hacienda.paquete_casos import Caso

MODULO = "predial"
TARIFA = "tarifa"
DESCUENTO = "descuento"
IMPUESTO = "IMPUESTO"
REZAGO = "REZAGO"
EJERCICIO_ACTUAL = "EJERCICIO_ACTUAL"
BIMESTRES = 6

_NOMBRES = {IMPUESTO: "Impuesto predial", REZAGO: "Rezago predial", "DIFERENCIA": "Diferencia de predial"}
_CERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Predio:
    """What the law asks of a property: its account, tipo (URBANO, RUSTICO…) and uso (HABITACIONAL…)."""

    cuenta_id: int
    tipo: str
    uso: str


def tarifa_de(predio: Predio, ejercicio: int, parametros: Parametros) -> Parametro:
    """Give the tariff of a property for an ejercicio: that of its tipo and uso, or else that of its tipo.

    Raises ErrorDeUso when no law is in force for it.
    """
    enero = date(ejercicio, 1, 1)
    propia = parametros.buscar(MODULO, TARIFA, enero, f"{predio.tipo}/{predio.uso}")
    return propia or parametros.vigente(MODULO, TARIFA, enero, predio.tipo)


def uma_de(tarifa: Parametro, ejercicio: int, hoy: date, parametros: Parametros) -> Parametro | None:
    """Give the UMA that the minimum of a tariff is counted in; None if it has no minimum in UMA.

    Of which day is data of the tariff: 1 January or 1 February of the ejercicio, or ``hoy``, that of payment.
    Raises ErrorDeUso when no UMA is in force that day.
    """
    if "minimo_uma" not in tarifa.datos:
        return None
    dias = {"1_enero": date(ejercicio, 1, 1), "1_febrero": date(ejercicio, 2, 1), "fecha_de_pago": hoy}
    return parametros.vigente(GENERAL, UMA, dias[str(tarifa.datos["uma_criterio"])])


def impuesto_anual(valor_catastral: Decimal, tarifa: Parametro, uma: Parametro | None) -> tuple[Decimal, str]:
    """Give the year's tax in pesos and its memoria de cálculo: value x rate al millar, not below the minimum.

    ``uma`` is what ``uma_de`` gives. Raises ErrorDeUso for a negative value or a tariff of another scheme.
    """
    if valor_catastral < 0:
        raise ErrorDeUso("El valor catastral no puede ser negativo; revíselo en Catastro.", "valor_catastral")
    if tarifa.datos["esquema"] != "MILLAR":
        raise ErrorDeUso(f"El esquema de tarifa «{tarifa.datos['esquema']}» no se conoce; revise el paquete.")
    causado = de_centavos(proporcion(a_centavos(valor_catastral), tarifa.numero, 10**tarifa.escala))
    minimo, explicacion = _minimo(tarifa, uma)
    impuesto = max(causado, minimo)
    al_millar = f"{tarifa.valor.scaleb(3).normalize():f}"
    return impuesto, (
        f"Valor catastral {formato(valor_catastral)} por {al_millar} al millar = {formato(causado)}; "
        f"{explicacion}. Impuesto anual {formato(impuesto)}. {tarifa.fundamento}"
    )


def vencimiento(tarifa: Parametro, ejercicio: int) -> date:
    """Give the last day to pay the year's tax in time."""
    mes, dia = (int(str(tarifa.datos[k])) for k in ("vence_mes", "vence_dia"))
    return date(ejercicio, mes, dia)


def calcular(
    hechos: Predio | None,
    cargos: Sequence[CargoVivo],
    pagados: Mapping[int, Pagado],
    parametros: Parametros,
    hoy: date,
) -> tuple[Linea, ...]:
    """Say line by line what an account owes on ``hoy``, oldest charge first; empty if it owes nothing.

    A charge gives its principal for the gross, what time added if it is overdue, and at most one discount.
    Raises ErrorDeUso when a law is missing for any of it, or the account has no predio.
    """
    if hechos is None:
        raise ErrorDeUso("Esta cuenta no tiene un predio registrado; pida a Catastro que la revise.")
    descuentos = parametros.vigentes(MODULO, DESCUENTO, hoy)
    lineas: list[Linea] = []
    for cargo in sorted(cargos, key=lambda c: (c.ejercicio, c.periodo, c.vence, c.id)):
        pendiente = cargo.importe - (pagados[cargo.id].principal if cargo.id in pagados else _CERO)
        if pendiente <= 0:
            continue
        lineas.append(_principal(cargo, pendiente, hechos, parametros, hoy))
        lineas += accesorios(cargo, pendiente, hoy, parametros, MODULO)
        lineas += _mejor_descuento(cargo, pendiente, descuentos, hoy)
    return tuple(lineas)


def comprobar_casos(paquete: Paquete) -> tuple[str, ...]:
    """Run the golden cases of a pack for this módulo; one sentence in Spanish for each difference."""
    parametros = Parametros(paquete.parametros)
    suyos = (caso for caso in paquete.casos if caso.modulo == MODULO)
    return tuple(f"{caso.nombre}: {motivo}" for caso in suyos for motivo in _diferencias(caso, parametros))


def _minimo(tarifa: Parametro, uma: Parametro | None) -> tuple[Decimal, str]:
    """Give the year's minimum in pesos and the words that explain it."""
    if "minimo_pesos" in tarifa.datos:
        minimo = pesos(str(tarifa.datos["minimo_pesos"]))
        return minimo, f"mínimo {formato(minimo)}"
    if "minimo_uma" not in tarifa.datos:
        return _CERO, "sin mínimo"
    if uma is None:
        raise ErrorDeUso(
            "El mínimo de esta tarifa va en UMA y no se dio su valor; pida a Tesorería que lo cargue."
        )
    veces = Decimal(str(tarifa.datos["minimo_uma"]))
    decimales = -int(veces.as_tuple().exponent)
    centavos = uma.numero * int(veces.scaleb(decimales)) * 100
    minimo = de_centavos(proporcion(centavos, 1, 10 ** (uma.escala + decimales)))
    return minimo, f"mínimo {veces} UMA de ${uma.valor} desde el {fecha_corta(uma.desde)} = {formato(minimo)}"


def _principal(
    cargo: CargoVivo, pendiente: Decimal, predio: Predio, parametros: Parametros, hoy: date
) -> Linea:
    papel = REZAGO if cargo.papel == IMPUESTO and cargo.ejercicio < hoy.year else cargo.papel
    if papel not in _NOMBRES:
        raise ErrorDeUso(f"El cargo {cargo.id} es de papel «{papel}», que el predial no sabe cobrar.")
    return Linea(
        cargo_id=cargo.id,
        clase="principal",
        papel=papel,
        importe=pendiente,
        texto=f"{_NOMBRES[papel]} {cargo.ejercicio}"
        + (f", bimestre {cargo.periodo}" if cargo.periodo else ""),
        base=None,
        parametro_id=None,
        parametro_base_id=None,
        meses=None,
        factor=None,
        fundamento=tarifa_de(predio, cargo.ejercicio, parametros).fundamento,
    )


def _mejor_descuento(
    cargo: CargoVivo, pendiente: Decimal, descuentos: Iterable[Parametro], hoy: date
) -> Iterator[Linea]:
    """Give the line of the highest discount that reaches the charge; discounts are never added up."""
    if cargo.ejercicio != hoy.year or cargo.papel != IMPUESTO:
        return
    alcanzan = [
        d
        for d in descuentos
        if d.alcance == EJERCICIO_ACTUAL and (hoy <= cargo.vence or d.datos["vencidos"] is True)
    ]
    if alcanzan:
        linea = descuento(cargo, pendiente, max(alcanzan, key=lambda d: d.valor))
        if linea is not None:
            yield linea


def _diferencias(caso: Caso, parametros: Parametros) -> Iterator[str]:
    """Say in what a golden case differs: a figure, a line or a refusal that nobody expected."""
    try:
        cifras, lineas = _resolver(caso, parametros)
    except ErrorDeUso as error:
        yield str(error)
        return
    for nombre, esperadas in caso.espera.items():
        obtenidas = cifras.get(nombre)
        if obtenidas != esperadas:
            yield f"{nombre}: se esperaba {_en_pesos(esperadas)} y resultó {_en_pesos(obtenidas or ())}"
    esperado = [(e.papel, e.clase, e.importe) for e in caso.lineas]
    obtenido = [(linea.papel, linea.clase, linea.importe) for linea in lineas]
    if esperado != obtenido:
        yield f"líneas: se esperaba {_en_renglones(esperado)} y resultó {_en_renglones(obtenido)}"
        return
    for espera, linea in zip(caso.lineas, lineas, strict=True):
        if espera.articulo not in linea.fundamento:
            yield f"{linea.texto}: «{espera.articulo}» no está en su fundamento, «{linea.fundamento}»"


def _resolver(caso: Caso, parametros: Parametros) -> tuple[dict[str, tuple[Decimal, ...]], tuple[Linea, ...]]:
    """Work out a golden case: its debts plus, if it names a value, the year's charge emitted from it."""
    predio = Predio(0, caso.hechos.get("tipo", ""), caso.hechos.get("uso", ""))
    cargos, cifras = list(caso.adeudos), {}
    if "valor_catastral" in caso.hechos:
        anio = caso.fecha.year
        tarifa = tarifa_de(predio, anio, parametros)
        uma = uma_de(tarifa, anio, caso.fecha, parametros)
        impuesto, _ = impuesto_anual(dinero(caso.hechos["valor_catastral"]), tarifa, uma)
        cargos.append(CargoVivo(len(cargos) + 1, anio, 0, impuesto, vencimiento(tarifa, anio), IMPUESTO))
        cifras = {"impuesto": (impuesto,), "bimestres": repartir(impuesto, BIMESTRES)}
    lineas = calcular(predio, cargos, {}, parametros, caso.fecha)
    return {**cifras, "total": (sum((linea.importe for linea in lineas), _CERO),)}, lineas


def _en_pesos(importes: Iterable[Decimal]) -> str:
    return ", ".join(formato(importe) for importe in importes) or "nada"


def _en_renglones(lineas: Iterable[tuple[str, str, Decimal]]) -> str:
    return "; ".join(f"{papel} {clase} {formato(importe)}" for papel, clase, importe in lineas) or "nada"
