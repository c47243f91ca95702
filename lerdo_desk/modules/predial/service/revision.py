"""Checks what a movement proposes, all of it and before anybody is asked to sign: pure, but for its day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lerdo_desk.base import claves
from lerdo_desk.base.dinero import a_centavos
from lerdo_desk.base.entrada import dinero, entero, fecha, identificador, texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.ley import Parametros
from lerdo_desk.modules.predial import rules
from lerdo_desk.modules.predial.service.movimientos import MovimientoDescrito, PropietarioPropuesto
from lerdo_desk.modules.predial.service.padron import ENTERA

DUENOS_MAXIMO = 50
_SUPERFICIE_MAXIMA = Decimal("10000000000.00")  # a municipality has less: 10,000 km²
_PORCENTAJE = re.compile(r"\d{1,3}(\.\d{1,4})?", re.ASCII)
_PRIMER_ANIO = 1900


@dataclass(frozen=True)
class Criterio:
    """What a proposal is measured with: the day, the groups of a clave and the law in force."""

    hoy: date
    grupos: tuple[int, ...]
    parametros: Parametros


def revisar(
    movimiento: MovimientoDescrito,
    valores: Mapping[str, str],
    propietarios: Sequence[PropietarioPropuesto],
    criterio: Criterio,
) -> dict[str, Any]:
    """Give what is proposed, clean and ready for JSON; ErrorDeUso beside the first datum that is wrong."""
    propuesto: dict[str, Any] = {}
    for campo in movimiento.campos:
        if campo.clave == "estado":
            propuesto["estado"] = movimiento.deja
            continue
        escrito = valores.get(campo.clave, "")
        if not escrito.strip():
            raise ErrorDeUso(f"Falta este dato: {campo.rotulo.lower()}.", campo.clave)
        nombre = "superficie_cm2" if campo.clave == "superficie" else campo.clave
        propuesto[nombre] = _valor(campo.clave, escrito, campo.largo, criterio)
    if "tipo" in propuesto:
        _con_ley(propuesto, criterio)
    if movimiento.propietarios:
        propuesto["propietarios"] = duenos(propietarios)
    return propuesto


def _valor(clave: str, escrito: str, largo: int, criterio: Criterio) -> str | int:
    """Clean one datum by its kind."""
    if clave == "clave":
        return claves.clave_agrupada(escrito, criterio.grupos)
    if clave == "superficie":
        return _superficie(escrito)
    if clave == "fecha":
        return _dia(escrito, criterio.hoy)
    if clave == "emitir_desde":
        return entero(escrito, clave, _PRIMER_ANIO, criterio.hoy.year + 1)
    if clave in ("tipo", "uso"):
        return identificador(escrito, largo, clave)
    limpio = texto(escrito, largo, clave)
    if clave == "codigo_postal" and not re.fullmatch(r"\d{5}", limpio, re.ASCII):
        raise ErrorDeUso("El código postal lleva 5 números; revíselo.", clave)
    return limpio


def _superficie(escrito: str) -> int:
    """Give square centimetres from square metres with up to two decimals."""
    metros = dinero(escrito, "superficie", _SUPERFICIE_MAXIMA)
    if not metros:
        raise ErrorDeUso(
            "La superficie debe ser mayor que cero; escríbala en metros cuadrados.", "superficie"
        )
    return a_centavos(metros) * 100


def _dia(escrito: str, hoy: date) -> str:
    dia = fecha(escrito, hoy, "fecha")
    if dia > hoy:
        raise ErrorDeUso("La fecha del acto no ha llegado; revise el día y el año.", "fecha")
    return dia.isoformat()


def _con_ley(propuesto: Mapping[str, Any], criterio: Criterio) -> None:
    """Refuse a kind of property that no tariff in force can charge."""
    predio = rules.Predio(0, str(propuesto["tipo"]), str(propuesto["uso"]))
    try:
        rules.tarifa_de(predio, criterio.hoy.year, criterio.parametros)
    except ErrorDeUso as error:
        raise ErrorDeUso(
            f"La ley de ingresos no tiene tarifa para «{predio.tipo}»; elija otro tipo de predio.", "tipo"
        ) from error


def duenos(propietarios: Sequence[PropietarioPropuesto]) -> list[dict[str, Any]]:
    """Give the owners clean, their shares adding up to exactly 100 %; ErrorDeUso says which one is wrong."""
    if not propietarios:
        raise ErrorDeUso("Falta al menos un propietario; agréguelo.", "propietarios")
    if len(propietarios) > DUENOS_MAXIMO:
        raise ErrorDeUso(f"Son demasiados propietarios; el máximo es {DUENOS_MAXIMO}.", "propietarios")
    limpios = [_dueno(n, p) for n, p in enumerate(propietarios, 1)]
    for llave in ("rfc", "curp", "contribuyente_id"):
        repetidas = [d[llave] for d in limpios if d[llave]]
        if len(set(repetidas)) != len(repetidas):
            raise ErrorDeUso(
                "Una misma persona aparece dos veces; sume su porcentaje en un solo renglón.",
                "propietarios",
            )
    suma = sum(d["participacion"] for d in limpios)
    if suma != ENTERA:
        escrita = f"{Decimal(suma) * 100 / ENTERA:.4f}".rstrip("0").rstrip(".")
        raise ErrorDeUso(
            f"Los porcentajes suman {escrita} y deben sumar 100 exactos; corríjalos.", "propietarios"
        )
    return limpios


def _dueno(numero: int, dueno: PropietarioPropuesto) -> dict[str, Any]:
    """Check one owner; whatever is wrong names the row."""
    try:
        nombre = texto(dueno.nombre, 200)
        if len(nombre) < 3:
            raise ErrorDeUso("Escriba el nombre completo.")
        rfc, curp = _llaves(dueno)
        participacion = millonesimas(dueno.participacion)
    except ErrorDeUso as error:
        raise ErrorDeUso(f"Propietario {numero}: {error.mensaje}", "propietarios") from error
    return {
        "contribuyente_id": dueno.contribuyente_id,
        "nombre": nombre,
        "rfc": rfc,
        "curp": curp,
        "participacion": participacion,
    }


def _llaves(dueno: PropietarioPropuesto) -> tuple[str, str]:
    """Give RFC and CURP; those of a person on record are not this movement's to judge."""
    if dueno.contribuyente_id is not None:
        return dueno.rfc, dueno.curp
    rfc = claves.rfc(dueno.rfc) if dueno.rfc.strip() else ""
    curp = claves.curp(dueno.curp) if dueno.curp.strip() else ""
    if len(rfc) == 12 and curp:
        raise ErrorDeUso("Una empresa no tiene CURP; quítela o corrija el RFC.")
    return rfc, curp


def millonesimas(escrito: str) -> int:
    """Give a share in millionths from a typed percentage of up to four decimals, over 0 and up to 100."""
    limpio = escrito.replace("%", "").strip()
    cifra = Decimal(limpio) if _PORCENTAJE.fullmatch(limpio) else Decimal(0)
    if not 0 < cifra <= 100:
        raise ErrorDeUso("El porcentaje va de 0.0001 a 100, con hasta cuatro decimales.")
    return int(cifra * 10_000)
