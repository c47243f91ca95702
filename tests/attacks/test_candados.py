"""A cashier with SQL and their own connection: every lie about a charge is refused and leaves nothing."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from asientos import (
    Asiento,
    Fila,
    Ventanilla,
    asentar,
    copiar,
    filas,
    intentar,
    montar,
    rechazado,
)
from municipio_de_prueba import AMBAS
from sqlalchemy import text
from sqlalchemy.orm import Session

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db import fallos, motor

Ataque = Callable[[Session, Asiento, Ventanilla], None]
ATAQUES: dict[str, tuple[str, Ataque]] = {}


def ataque(codigo: str) -> Callable[[Ataque], Ataque]:
    """Register a way to spoil the rows of a charge, with the code the ledger must answer."""

    def registrar(funcion: Ataque) -> Ataque:
        ATAQUES[funcion.__name__] = (codigo, funcion)
        return funcion

    return registrar


@pytest.fixture(scope="module", params=AMBAS)
def ventanilla(request, plantillas, tmp_path_factory) -> Iterator[Ventanilla]:
    base = copiar(request.param, plantillas, request, tmp_path_factory.mktemp("candados"))
    montada = montar(base)
    with motor.transaccion(montada.dueno) as sesion:
        montada.parametros = {nombre: parametro(sesion, **datos) for nombre, datos in AJENOS.items()}
    yield montada
    montada.dueno.dispose()
    base.cerrar()


def uno(sesion: Session, consulta: str, **datos: object) -> object:
    return sesion.execute(text(consulta), datos).scalar_one()


def principal_con_descuento(a: Asiento) -> tuple[Fila, Fila]:
    rebaja = a.de_clase("descuento")
    principal = next(
        f for f in a.renglones if f["clase"] == "principal" and f["cargo_id"] == rebaja["cargo_id"]
    )
    return principal, rebaja


AJENOS = {
    "descuento de agua": {"modulo": "agua", "clave": "descuento"},
    "descuento puntual": {"clave": "descuento", "variante": "PUNTUAL", "datos": '{"vencidos": false}'},
    "recargo de agua": {"modulo": "agua", "clave": "recargo_mensual"},
    "recargo derogado": {"clave": "recargo_mensual", "hasta": "2001-12-31"},
    "recargo futuro": {"clave": "recargo_mensual", "desde": "2999-01-01"},
    "descuento derogado": {"clave": "descuento", "hasta": "2001-12-31", "variante": "DEROGADO"},
    "descuento futuro": {"clave": "descuento", "desde": "2999-01-01", "variante": "FUTURO"},
}
"""Parameters in the books that none of the charges here may rest on: each takes or adds ten per cent."""


def parametro(s: Session, **datos: object) -> object:
    fila = {
        "modulo": "predial",
        "variante": "DE LA PRUEBA",
        "desde": "2001-01-01",
        "hasta": None,
        "numero": 10,
        "escala": 2,
        "alcance": "SIEMPRE",
        "datos": '{"vencidos": true}',
        "fundamento": "Ley inventada",
        "ejemplo": 0,
    } | datos
    asentar(s, "hacienda_parametro", fila)
    return uno(s, "SELECT max(id) FROM hacienda_parametro")


# What does not add up.


@ataque("LD112")
def un_total_menor_que_sus_renglones(s, a, v):
    a.recibo["total"] -= 1
    a.escribir(s)


@ataque("LD112")
def un_pago_menor_que_el_total(s, a, v):
    a.pagos[0] |= {"importe": a.recibo["total"] - 1, "recibido": a.recibo["total"] - 1}
    a.escribir(s)


@ataque("LD112")
def un_recibo_sin_pago(s, a, v):
    a.pagos = []
    a.escribir(s)


@ataque("LD112")
def un_recibo_sin_renglones(s, a, v):
    a.renglones, a.pagos = [], []
    a.recibo["total"] = 0
    a.escribir(s)


@ataque("LD112")
def un_pago_negativo_que_otro_compensa(s, a, v):
    total = a.recibo["total"]
    a.pagos = [
        a.pagos[0] | {"importe": total + 500, "recibido": total + 500},
        a.pagos[0] | {"n": 2, "forma": "03", "importe": -500, "recibido": -500, "referencia": "BANCO · 1"},
    ]
    a.escribir(s)


# Paying more than is owed, or what was paid.


@ataque("LD113")
def mas_principal_que_la_deuda(s, a, v):
    renglon = a.de_clase("principal")
    a.solo(renglon | {"importe": renglon["importe"] + 1}).escribir(s)


@ataque("LD113")
def el_mismo_adeudo_dos_veces_en_un_recibo(s, a, v):
    renglon = a.de_clase("principal")
    a.solo(renglon, renglon).escribir(s)


@ataque("LD113")
def un_adeudo_que_ya_se_pago(s, a, v):
    cargo = filas(s, "SELECT cargo_id FROM hacienda_renglon WHERE recibo_id = :r", r=v.sellado)[0]["cargo_id"]
    cuenta = uno(s, "SELECT cuenta_id FROM hacienda_cargo WHERE id = :c", c=cargo)
    a.solo(a.de_clase("principal") | {"cargo_id": cargo})
    a.recibo["cuenta_id"] = cuenta
    a.escribir(s)


@ataque("LD113")
def la_misma_deuda_en_dos_recibos_de_una_operacion(s, a, v):
    otro = a.otro()
    otro.recibo["operacion_id"] = a.operacion["id"]
    a.escribir_recibo(s)
    otro.escribir_recibo(s)


@ataque("LD113")
def dos_recibos_de_una_operacion_con_los_renglones_por_delante(s, a, v):
    renglon = a.de_clase("principal")
    otro = a.solo(renglon).otro()
    otro.recibo["operacion_id"] = a.operacion["id"]
    for fila in otro.renglones:
        asentar(s, "hacienda_renglon", fila)
    a.escribir_recibo(s)


# What was sealed, whose turno it is, which serie and which day.


@ataque("LD110")
def un_renglon_en_un_recibo_sellado(s, a, v):
    asentar(s, "hacienda_renglon", a.de_clase("principal") | {"recibo_id": v.sellado, "n": 99})


@ataque("LD110")
def un_pago_en_un_recibo_sellado(s, a, v):
    asentar(s, "hacienda_pago", a.pagos[0] | {"recibo_id": v.sellado, "n": 99})


@ataque("LD110")
def un_renglon_en_el_recibo_sellado_de_otra_persona(s, a, v):
    asentar(s, "hacienda_renglon", a.de_clase("principal") | {"recibo_id": v.sellado_de_beto, "n": 99})


@ataque("LD110")
def un_recibo_en_una_operacion_sellada(s, a, v):
    a.recibo["operacion_id"] = uno(s, "SELECT operacion_id FROM hacienda_recibo WHERE id = :r", r=v.sellado)
    a.escribir_recibo(s)


@ataque("LD111")
def un_cobro_en_el_turno_de_otra_persona(s, a, v):
    a.recibo["turno_id"] = a.operacion["turno_id"] = v.turno_de_beto.id
    a.escribir(s)


@ataque("LD111")
def una_operacion_en_el_turno_de_otra_persona(s, a, v):
    a.operacion |= {"turno_id": v.turno_de_beto.id, "tipo": "ANULADA", "recibos": 0, "total": 0}
    asentar(s, "hacienda_operacion", a.operacion)


@ataque("LD111")
def un_conteo_del_turno_de_otra_persona(s, a, v):
    conteo = {"turno_id": v.turno_de_beto.id, "vez": 1, "denominacion": 10000, "piezas": 1}
    asentar(s, "hacienda_conteo", conteo)


@ataque("LD111")
def un_corte_del_turno_de_otra_persona(s, a, v):
    corte = {"turno_id": v.turno_de_beto.id, "caja_id": v.turno_de_beto.caja_id, "motivo": "porque sí"}
    asentar(s, "hacienda_corte", corte)


@ataque("LD114")
def la_serie_de_otra_caja(s, a, v):
    a.recibo["serie_id"] = uno(
        s,
        "SELECT id FROM hacienda_serie WHERE caja_id = :c AND ente_id = :e",
        c=v.turno_de_beto.caja_id,
        e=a.recibo["ente_id"],
    )
    a.escribir(s)


@ataque("LD114")
def la_serie_de_otro_ente(s, a, v):
    a.recibo["serie_id"] = uno(
        s,
        "SELECT id FROM hacienda_serie WHERE caja_id = :c AND ente_id <> :e",
        c=v.turno.caja_id,
        e=a.recibo["ente_id"],
    )
    a.escribir(s)


@ataque("LD115")
def un_concepto_de_otro_ente(s, a, v):
    ajeno = uno(s, "SELECT min(id) FROM hacienda_concepto WHERE ente_id <> :e", e=a.recibo["ente_id"])
    a.renglones[0]["concepto_id"] = ajeno
    a.escribir(s)


@ataque("LD128")
def el_adeudo_de_otra_cuenta(s, a, v):
    a.recibo["cuenta_id"] = v.predios[3].cuenta_id
    a.escribir(s)


@ataque("LD128")
def un_recibo_que_dice_pagar_dos_cuentas(s, a, v):
    a.recibo["cuentas"] = 2
    a.escribir(s)


@ataque("LD126")
def una_transferencia_sin_referencia(s, a, v):
    a.pagos[0] |= {"forma": "03", "referencia": "  "}
    a.escribir(s)


@ataque("LD127")
def un_adeudo_mas_nuevo_que_otro_sin_pagar(s, a, v):
    ultimo = a.renglones[-1]["cargo_id"]
    a.solo(*(r for r in a.renglones if r["cargo_id"] == ultimo)).escribir(s)


@ataque("LD127")
def un_adeudo_mas_nuevo_con_motivo_donde_no_se_permite(s, a, v):
    ultimo = a.renglones[-1]["cargo_id"]
    a.solo(*(r for r in a.renglones if r["cargo_id"] == ultimo))
    a.operacion["nota"] = "la persona sólo quiere pagar éste"
    a.escribir(s)


@ataque("LD129")
def un_saldo_a_favor_que_no_existe(s, a, v):
    a.pagos[0] |= {"forma": "17", "referencia": "Saldo a favor"}
    a.escribir(s)


@ataque("LD115")
def el_encabezado_de_otro_ente(s, a, v):
    a.recibo["membrete_id"] = uno(
        s, "SELECT min(id) FROM hacienda_membrete WHERE ente_id <> :e", e=a.recibo["ente_id"]
    )
    a.escribir(s)


def ayer(a: Asiento) -> object:
    hoy = a.recibo["fecha_pago"]
    if isinstance(hoy, str):
        return (date.fromisoformat(hoy) - timedelta(days=1)).isoformat()
    return hoy - timedelta(days=1)


@ataque("LD116")
def la_fecha_de_ayer(s, a, v):
    a.recibo["fecha_pago"] = ayer(a)
    for fila in a.solo(a.de_clase("principal")).renglones:
        fila["fecha_pago"] = ayer(a)
    a.escribir(s)


@ataque("LD116")
def un_renglon_con_la_fecha_de_ayer(s, a, v):
    a.solo(a.de_clase("principal") | {"fecha_pago": ayer(a)}).escribir(s)


# Discounts.


@ataque("LD117")
def un_descuento_sin_beneficio(s, a, v):
    principal, rebaja = principal_con_descuento(a)
    a.solo(principal, rebaja | {"parametro_id": None}).escribir(s)


@ataque("LD117")
def un_descuento_sin_base(s, a, v):
    principal, rebaja = principal_con_descuento(a)
    a.solo(principal, rebaja | {"base": None}).escribir(s)


@ataque("LD117")
def un_descuento_con_otro_porcentaje(s, a, v):
    principal, rebaja = principal_con_descuento(a)
    a.solo(principal, rebaja | {"importe": rebaja["importe"] * 2}).escribir(s)


@ataque("LD117")
def un_descuento_sobre_una_base_inflada(s, a, v):
    principal, rebaja = principal_con_descuento(a)
    doble = {"base": rebaja["base"] * 2, "importe": rebaja["importe"] * 2}
    a.solo(principal, rebaja | doble).escribir(s)


@ataque("LD117")
def el_mismo_descuento_dos_veces(s, a, v):
    principal, rebaja = principal_con_descuento(a)
    a.solo(principal, rebaja, rebaja).escribir(s)


@ataque("LD117")
def un_descuento_que_ya_no_esta_en_vigor(s, a, v):
    rezago = a.de_clase("principal")
    a.solo(rezago, diez_por_ciento(a, rezago, v.parametros["descuento derogado"])).escribir(s)


@ataque("LD117")
def un_descuento_que_todavia_no_esta_en_vigor(s, a, v):
    rezago = a.de_clase("principal")
    a.solo(rezago, diez_por_ciento(a, rezago, v.parametros["descuento futuro"])).escribir(s)


@ataque("LD117")
def un_recargo_usado_como_descuento(s, a, v):
    principal, rebaja = principal_con_descuento(a)
    tasa = uno(s, "SELECT min(id) FROM hacienda_parametro WHERE clave = 'recargo_mensual'")
    a.solo(principal, rebaja | {"parametro_id": tasa}).escribir(s)


@ataque("LD117")
def el_descuento_del_ejercicio_en_un_rezago(s, a, v):
    _, rebaja = principal_con_descuento(a)
    rezago = a.de_clase("principal")
    assert rezago["cargo_id"] != rebaja["cargo_id"]
    a.solo(rezago, rebaja | {"cargo_id": rezago["cargo_id"]}).escribir(s)


@ataque("LD117")
def el_descuento_de_otra_direccion(s, a, v):
    rezago = a.de_clase("principal")
    a.solo(rezago, diez_por_ciento(a, rezago, v.parametros["descuento de agua"])).escribir(s)


@ataque("LD117")
def el_premio_a_la_puntualidad_en_un_adeudo_vencido(s, a, v):
    rezago = a.de_clase("principal")
    a.solo(rezago, diez_por_ciento(a, rezago, v.parametros["descuento puntual"])).escribir(s)


def diez_por_ciento(a: Asiento, principal: Fila, parametro_id: object) -> Fila:
    rebaja = {
        "parametro_id": parametro_id,
        "base": principal["importe"],
        "importe": -principal["importe"] // 10,
    }
    return a.de_clase("descuento") | {"cargo_id": principal["cargo_id"]} | rebaja


# Recargos and actualización.


def con_recargo(a: Asiento) -> tuple[Fila, Fila, Fila]:
    recargo = a.de_clase("recargo")
    suyos = [f for f in a.renglones if f["cargo_id"] == recargo["cargo_id"]]
    return tuple(next(f for f in suyos if f["clase"] == c) for c in ("principal", "actualizacion", "recargo"))


@ataque("LD118")
def un_recargo_con_otra_tasa(s, a, v):
    principal, alza, recargo = con_recargo(a)
    a.solo(principal, alza, recargo | {"importe": recargo["importe"] * 2}).escribir(s)


@ataque("LD118")
def un_recargo_sobre_otra_base(s, a, v):
    principal, alza, recargo = con_recargo(a)
    doble = {"base": recargo["base"] * 2, "importe": recargo["importe"] * 2}
    a.solo(principal, alza, recargo | doble).escribir(s)


@ataque("LD118")
def un_recargo_por_mas_meses_de_los_que_pasaron(s, a, v):
    principal, alza, recargo = con_recargo(a)
    numero, escala = s.execute(
        text("SELECT numero, escala FROM hacienda_parametro WHERE id = :p"), {"p": recargo["parametro_id"]}
    ).one()
    meses = recargo["meses"] + 1
    importe = (2 * recargo["base"] * numero * meses + 10**escala) // (2 * 10**escala)
    a.solo(principal, alza, recargo | {"meses": meses, "importe": importe}).escribir(s)


@ataque("LD118")
def el_mismo_recargo_dos_veces(s, a, v):
    principal, alza, recargo = con_recargo(a)
    a.solo(principal, alza, recargo, recargo).escribir(s)


@ataque("LD118")
def un_recargo_sin_principal(s, a, v):
    _, _, recargo = con_recargo(a)
    a.solo(recargo).escribir(s)


@ataque("LD118")
def un_recargo_sin_parametro(s, a, v):
    principal, alza, recargo = con_recargo(a)
    a.solo(principal, alza, recargo | {"parametro_id": None}).escribir(s)


@ataque("LD118")
def un_recargo_sin_meses(s, a, v):
    principal, alza, recargo = con_recargo(a)
    a.solo(principal, alza, recargo | {"meses": None}).escribir(s)


@ataque("LD118")
def un_recargo_sin_base(s, a, v):
    principal, alza, recargo = con_recargo(a)
    a.solo(principal, alza, recargo | {"base": None}).escribir(s)


@ataque("LD118")
def una_actualizacion_que_no_sale_de_su_factor(s, a, v):
    principal, alza, _ = con_recargo(a)
    a.solo(principal, alza | {"importe": alza["importe"] + 1}).escribir(s)


@ataque("LD118")
def una_actualizacion_sobre_otra_base(s, a, v):
    principal, alza, _ = con_recargo(a)
    a.solo(principal, alza | {"base": alza["base"] * 2, "importe": alza["importe"] * 2}).escribir(s)


@ataque("LD118")
def una_actualizacion_sin_factor(s, a, v):
    principal, alza, _ = con_recargo(a)
    a.solo(principal, alza | {"factor": None}).escribir(s)


@ataque("LD118")
def una_actualizacion_sin_base(s, a, v):
    principal, alza, _ = con_recargo(a)
    a.solo(principal, alza | {"base": None}).escribir(s)


@ataque("LD118")
def el_recargo_de_otra_direccion(s, a, v):
    principal, alza, recargo = con_recargo(a)
    a.solo(principal, alza, diez_por_ciento_al_mes(recargo, v.parametros["recargo de agua"])).escribir(s)


@ataque("LD118")
def un_recargo_que_todavia_no_rige(s, a, v):
    principal, alza, recargo = con_recargo(a)
    a.solo(principal, alza, diez_por_ciento_al_mes(recargo, v.parametros["recargo futuro"])).escribir(s)


@ataque("LD118")
def un_recargo_derogado_antes_de_que_venciera(s, a, v):
    principal, alza, recargo = con_recargo(a)
    a.solo(principal, alza, diez_por_ciento_al_mes(recargo, v.parametros["recargo derogado"])).escribir(s)


def diez_por_ciento_al_mes(recargo: Fila, parametro_id: object) -> Fila:
    importe = (2 * recargo["base"] * 10 * recargo["meses"] + 100) // 200
    return recargo | {"parametro_id": parametro_id, "importe": importe}


@ataque("LD118")
def una_actualizacion_con_otro_factor(s, a, v):
    principal, alza, _ = con_recargo(a)
    a.solo(principal, alza | {"factor": 20000, "importe": alza["base"]}).escribir(s)


def con_indices(s: Session, alza: Fila, hasta: object, desde: object) -> Fila:
    """Give the line that two other indices would make, without a fault in its arithmetic."""
    numero = {p: uno(s, "SELECT numero FROM hacienda_parametro WHERE id = :p", p=p) for p in (hasta, desde)}
    factor = max(10_000, numero[hasta] * 10_000 // numero[desde])
    importe = (2 * alza["base"] * (factor - 10_000) + 10_000) // 20_000
    return alza | {"parametro_id": hasta, "parametro_base_id": desde, "factor": factor, "importe": importe}


@ataque("LD118")
def una_actualizacion_desde_un_mes_mas_barato(s, a, v):
    principal, alza, _ = con_recargo(a)
    barato = uno(s, "SELECT id FROM hacienda_parametro WHERE clave = 'inpc' ORDER BY numero LIMIT 1")
    a.solo(principal, con_indices(s, alza, alza["parametro_id"], barato)).escribir(s)


@ataque("LD118")
def una_actualizacion_hasta_un_mes_que_no_es_el_ultimo(s, a, v):
    principal, alza, _ = con_recargo(a)
    anterior = uno(
        s,
        "SELECT id FROM hacienda_parametro WHERE clave = 'inpc' AND variante <"
        " (SELECT variante FROM hacienda_parametro WHERE id = :ultimo) ORDER BY variante DESC LIMIT 1",
        ultimo=alza["parametro_id"],
    )
    a.solo(principal, con_indices(s, alza, anterior, alza["parametro_base_id"])).escribir(s)


@ataque("LD118")
def la_misma_actualizacion_dos_veces(s, a, v):
    principal, alza, _ = con_recargo(a)
    a.solo(principal, alza, alza).escribir(s)


@ataque("LD119")
def un_renglon_de_una_clase_sin_fundamento(s, a, v):
    a.solo(*a.renglones, a.de_clase("principal") | {"clase": "redondeo", "importe": -100}).escribir(s)


@ataque("LD119")
def un_principal_negativo(s, a, v):
    a.solo(*a.renglones, a.de_clase("principal") | {"importe": -100}).escribir(s)


# The operación and the change.


@ataque("LD120")
def una_operacion_con_otro_total(s, a, v):
    a.operacion["total"] += 1
    a.escribir(s)


@ataque("LD120")
def una_operacion_que_dice_mas_recibos(s, a, v):
    a.operacion["recibos"] = 2
    a.escribir(s)


@ataque("LD120")
def una_operacion_anulada_que_si_cobro(s, a, v):
    a.operacion["tipo"] = "ANULADA"
    a.escribir(s)


@ataque("LD120")
def un_cobro_que_se_dice_cancelacion(s, a, v):
    a.operacion["tipo"] = "CANCELACION"
    a.escribir(s)


@ataque("LD121")
def cambio_de_una_transferencia(s, a, v):
    total = a.recibo["total"]
    a.pagos[0] |= {"forma": "03", "recibido": total + 100, "cambio": 100}
    a.escribir(s)


# A charge that pretends to be a reversal.


@ataque("LD122")
def un_cobro_que_devuelve_renglones_de_otro_recibo(s, a, v):
    original = filas(s, "SELECT * FROM hacienda_renglon WHERE recibo_id = :r ORDER BY n", r=v.sellado)
    principal = original[0]
    devuelto = a.renglones[0] | {c: principal[c] for c in ("cargo_id", "concepto_id", "clase", "texto")}
    devuelto |= {"importe": -principal["importe"], "reversa_de": v.sellado, "n": principal["n"]}
    a.recibo["cuenta_id"] = v.predios[0].cuenta_id
    a.renglones = [devuelto]
    a.cuadrar()
    a.recibo["total"] = a.operacion["total"] = 0
    a.renglones.append(devuelto | {"n": 2, "importe": principal["importe"], "reversa_de": None})
    a.pagos = []
    a.escribir(s)


@ataque("LD122")
def un_cobro_que_ocupa_la_cancelacion_de_otro_recibo(s, a, v):
    a.recibo["reversa_de"] = v.sellado_de_beto
    a.escribir(s)


@pytest.mark.parametrize("nombre", ATAQUES)
def test_the_ledger_refuses(ventanilla, nombre):
    codigo, atacar = ATAQUES[nombre]
    antes = ventanilla.huella()

    with rechazado(codigo):
        intentar(ventanilla.ana, lambda s: atacar(s, ventanilla.asiento(), ventanilla))

    assert ventanilla.huella() == antes


def test_the_rows_that_are_spoiled_here_pass_when_nothing_is_spoiled(ventanilla):
    with motor.sesion(ventanilla.ana.motor, escribe=True) as sesion:
        ventanilla.asiento().escribir(sesion)
        sesion.execute(text("SELECT 1"))


INCOMPLETOS = {
    "renglones sin recibo": lambda s, a: [asentar(s, "hacienda_renglon", f) for f in a.renglones],
    "un pago sin recibo": lambda s, a: asentar(s, "hacienda_pago", a.pagos[0]),
    "un recibo sin operación": lambda s, a: a.escribir_recibo(s),
}


@pytest.mark.parametrize("nombre", INCOMPLETOS)
def test_nothing_incomplete_survives_its_commit(ventanilla, nombre):
    antes = ventanilla.huella()

    with pytest.raises(ErrorDeUso, match="no se guardó nada"):
        intentar(ventanilla.ana, lambda s: INCOMPLETOS[nombre](s, ventanilla.asiento()))

    assert ventanilla.huella() == antes


REPETIDOS = {
    "el mismo renglón": lambda s, a: [asentar(s, "hacienda_renglon", a.renglones[0]) for _ in range(2)],
    "el mismo pago": lambda s, a: [asentar(s, "hacienda_pago", a.pagos[0]) for _ in range(2)],
}


@pytest.mark.parametrize("nombre", REPETIDOS)
def test_the_same_line_twice_is_told_as_already_registered(ventanilla, nombre):
    with pytest.raises(ErrorDeUso, match="ya estaba registrado"):
        intentar(ventanilla.ana, lambda s: REPETIDOS[nombre](s, ventanilla.asiento()))


FUERA_DE_RANGO = {
    "un pago que no cuadra con su cambio": {"cambio": 1},
    "veinte cifras": {"importe": "1" + "0" * 20, "recibido": "1" + "0" * 20},
    "un importe que no es número": {"importe": "NaN", "recibido": "NaN"},
}


@pytest.mark.parametrize("nombre", FUERA_DE_RANGO)
def test_what_does_not_fit_in_a_column_is_told_as_a_sentence(ventanilla, nombre):
    pago = ventanilla.asiento().pagos[0] | FUERA_DE_RANGO[nombre]

    with pytest.raises(ErrorDeUso, match="fuera de lo que la base admite"):
        intentar(ventanilla.ana, lambda s: asentar(s, "hacienda_pago", pago))


def test_the_words_that_somebody_typed_are_not_taken_for_a_code_of_the_database(ventanilla):
    solicitud = {c: "LD100" for c in ("id", "acto", "modulo", "objeto", "motivo", "orden")} | {"vence": 0}

    def dos_veces(s: Session) -> None:
        for _ in range(2):
            asentar(s, "core_solicitud", solicitud | {"vence": uno(s, "SELECT ahora() + 1000000")})

    with pytest.raises(ErrorDeUso) as negativa:
        intentar(ventanilla.ana, dos_veces)
    assert str(negativa.value) not in fallos.MENSAJES.values()


def test_every_code_that_a_lock_raises_has_its_sentence_and_somebody_who_provokes_it():
    raiz = Path(fallos.__file__).parents[1]
    candados = [*raiz.glob("*/candados/*.sql"), raiz / "db" / "candados.py"]
    levantan = {c for f in candados for c in re.findall(r"LD\d{3}", f.read_text(encoding="utf-8"))}
    pruebas = [
        f for carpeta in ("attacks", "flows") for f in (Path(__file__).parents[1] / carpeta).glob("*.py")
    ]
    provocados = {c for f in pruebas for c in re.findall(r"\"(LD\d{3})\"", f.read_text(encoding="utf-8"))}
    assert set(fallos.MENSAJES) == levantan
    assert levantan <= provocados
