"""From the till to the bank under attack: SQL by hand with one's own login, and two connections at once."""

import json
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from apoyo import cobro_de, hoy_de
from asientos import (
    Asiento,
    Ventanilla,
    asentar,
    borrador,
    copiar,
    filas,
    intentar,
    meter,
    montar,
    rechazado,
    uno,
)
from canales import canal_de, en_csv, importar, tesorero_con_canales
from municipio_de_prueba import AMBAS

from lerdo_desk.core.use_cases import Runner
from lerdo_desk.db import motor
from lerdo_desk.hacienda.ordenes import NuevaOrden
from lerdo_desk.modules.contribuyentes.service.uniones import equivalentes
from lerdo_desk.modules.ordenes import service as ordenes

HORA = 3_600_000_000
CONCEPTO = "11-0021"


@pytest.fixture(scope="module", params=AMBAS)
def v(request, plantillas, tmp_path_factory) -> Iterator[Ventanilla]:
    base = copiar(request.param, plantillas, request, tmp_path_factory.mktemp("mitad"))
    montada = montar(base)
    yield montada
    montada.dueno.dispose()
    base.cerrar()


@pytest.fixture(scope="module")
def teo(v) -> Runner:
    """The tesorero, with an open channel and a saldo a favor of 500 pesos on Ana's draft's account."""
    quien = tesorero_con_canales(v.base)
    hoy = hoy_de(v.base)
    importar(quien, canal_de(quien, "WEB"), en_csv([["S-1", v.predios[2].clave, "500.00", hoy, "04"]]))
    importar(quien, canal_de(quien, "WEB"), en_csv([["S-2", "DE-NADIE", "500.00", hoy, "04"]]))
    return quien


# At the till.


def test_money_in_a_form_that_no_bank_takes_is_not_received(v):
    a = v.asiento()
    a.pagos[0] |= {"forma": "99", "referencia": "por definir"}
    with rechazado("LD103"):
        intentar(v.ana, a.escribir)


@pytest.mark.parametrize("clase", ["principal", "recargo"])
def test_a_debt_is_not_charged_as_the_revenue_of_something_else(v, clase):
    a = v.asiento()
    fila = a.de_clase(clase)
    otro = "SELECT min(id) FROM hacienda_concepto WHERE modulo = 'ordenes' AND ente_id = :e"
    fila["concepto_id"] = uno(v.dueno, otro, e=a.recibo["ente_id"])
    with rechazado("LD119"):
        intentar(v.ana, a.escribir)
    ajeno = {"principal": "RECARGO", "recargo": "IMPUESTO"}[clase]
    fila["concepto_id"] = uno(
        v.dueno, "SELECT id FROM hacienda_concepto WHERE modulo = 'predial' AND papel = :p", p=ajeno
    )
    with rechazado("LD119"):
        intentar(v.ana, a.otro().escribir)


def test_a_signature_is_not_asked_for_two_amounts_at_once(v):
    ahora = uno(v.ana, "SELECT ahora()")
    turno = json.dumps(v.turno.id)
    for orden in (
        f'{{"turno_id": {turno}, "importe": 900000, "importe": 100}}',
        f'{{"turno_id": {turno}, "importe": 900000, "\\u0069mporte": 100}}',
    ):
        with rechazado("LD145"):
            meter(
                v.ana,
                "core_solicitud",
                id=str(uuid.uuid4()),
                acto="caja.retiro",
                modulo="caja",
                objeto=v.turno.id,
                motivo="a mano",
                orden=orden,
                vence=ahora + HORA,
            )


def test_a_channel_is_no_place_for_a_cashier_nor_a_till_for_tesoreria(base):
    hoy, sara, aldo = hoy_de(base).isoformat(), base.entrar("sara.supervisora"), base.entrar("aldo.auditor")
    for tipo, login in (("BANCO", "ana.cajera"), ("VENTANILLA", "teo.tesorero")):
        cual = uno(aldo, "SELECT min(id) FROM hacienda_caja WHERE tipo = :t", t=tipo)
        fila = {"caja_id": cual, "cajero": login, "n": 1, "desde": hoy, "permitida": 1}
        meter(sara, "hacienda_caja_asignacion", **fila)
        turno = {"id": str(uuid.uuid4()), "caja_id": cual, "fondo": 0, "estacion": "casa", "fecha": hoy}
        with rechazado("LD132"):
            meter(base.entrar(login), "hacienda_turno", **turno)


def test_what_the_last_row_decides_is_not_numbered_out_of_reach(v):
    hoy = hoy_de(v.base).isoformat()
    with rechazado("LD105"):
        meter(
            v.sara,
            "hacienda_caja_asignacion",
            caja_id=1,
            cajero="ana.cajera",
            n=32_767,
            desde=hoy,
            permitida=1,
        )
    persona = uno(v.dueno, "SELECT min(id) FROM hacienda_contribuyente")
    carla = v.base.entrar("carla.capturista")
    with rechazado("LD105"):
        meter(
            carla,
            "hacienda_contacto",
            contribuyente_id=persona,
            tipo="TELEFONO",
            n=32_767,
            valor="8710000000",
        )


def test_the_administrador_makes_no_till_whose_turno_never_ends(v):
    adela = v.base.entrar("adela.administra")
    for malo in ({"horas": 9_999}, {"horas": -1}, {"tipo": "ventanilla"}, {"tipo": "WEB", "horas": 8}):
        fila = {"clave": "MALA", "nombre": "Mala", "sede": "Casa", "tipo": "VENTANILLA", "horas": 0} | malo
        with rechazado("LD104"):
            meter(adela, "hacienda_caja", **fila)


# Saldos a favor.


def con_saldo(v, saldo: int, *asientos: Asiento) -> Callable[[Any], None]:
    """Write a receipt whose first account's lines come before a saldo is taken, and the rest after it."""
    primero, *otros = asientos
    recibo = primero.recibo["id"]
    ajenos = [f | {"recibo_id": recibo} for a in otros for f in a.renglones]
    propios = primero.renglones
    total = sum(int(str(f["importe"])) for f in (*propios, *ajenos))
    tomado = min(50_000, total)
    pago = primero.pagos[0] | {"referencia": "Saldo a favor", "cambio": 0}

    def escribir(sesion: Any) -> None:
        for fila in propios:
            asentar(sesion, "hacienda_renglon", fila)
        n = filas(sesion, "SELECT count(*) + 1 AS n FROM hacienda_saldo_uso WHERE cargo_id = :c", c=saldo)[0][
            "n"
        ]
        uso = {"cargo_id": saldo, "n": n, "importe": tomado, "recibo_id": recibo, "nota": ""}
        asentar(sesion, "hacienda_saldo_uso", uso)
        for i, fila in enumerate(ajenos, start=len(propios) + 1):
            asentar(sesion, "hacienda_renglon", fila | {"n": i})
        for i, (forma, importe) in enumerate((("17", tomado), ("01", total - tomado)), start=1):
            if importe:
                asentar(
                    sesion,
                    "hacienda_pago",
                    pago | {"n": i, "forma": forma, "importe": importe, "recibido": importe},
                )
        asentar(sesion, "hacienda_recibo", primero.recibo | {"total": total, "cuentas": len(asientos)})
        asentar(sesion, "hacienda_operacion", primero.operacion | {"total": total})

    return escribir


def saldo_de(v, clave: str) -> int:
    de_quien = "SELECT id FROM hacienda_cuenta WHERE clave LIKE :k"
    consulta = f"SELECT cargo_id FROM hacienda_saldo WHERE cuenta_id IN ({de_quien})"
    return int(uno(v.dueno, consulta, k=clave))


def test_one_persons_saldo_does_not_pay_anothers_debt_behind_their_own(v, teo):
    saldo = saldo_de(v, v.predios[2].clave)
    ajeno = borrador(v.base, v.ana, cobro_de(v.ana, v.turno.id, v.predios[3].cuenta_id))
    with rechazado("LD129"):
        intentar(v.ana, con_saldo(v, saldo, v.asiento(), ajeno))


def de_una_orden(v, orden: NuevaOrden) -> Asiento:
    """Give the rows of the charge of an order of more than the saldo."""
    folio = v.ana.ejecutar(ordenes.emitir, orden).valor
    cuenta = uno(v.dueno, "SELECT id FROM hacienda_cuenta WHERE clave = :f", f=folio)
    return borrador(v.base, v.ana, cobro_de(v.ana, v.turno.id, cuenta)).otro()


def test_money_of_nobody_known_pays_nothing_at_a_till(v, teo):
    saldo = saldo_de(v, "XCANAL-%")
    de_cual = "SELECT cuenta_id FROM hacienda_saldo WHERE cargo_id = :s"
    consulta = f"SELECT titular_id FROM hacienda_cuenta WHERE id IN ({de_cual})"
    nadie = uno(v.dueno, consulta, s=saldo)
    de_orden = de_una_orden(v, NuevaOrden(CONCEPTO, "POR IDENTIFICAR", contribuyente_id=nadie))
    with rechazado("LD129"):
        intentar(v.ana, con_saldo(v, saldo, de_orden))


def test_an_order_in_anothers_name_does_not_spend_somebodys_saldo(v, teo):
    saldo = saldo_de(v, v.predios[2].clave)
    persona = uno(v.dueno, "SELECT titular_id FROM hacienda_cuenta WHERE id = :c", c=v.predios[2].cuenta_id)
    with rechazado("LD129"):
        intentar(
            v.ana,
            con_saldo(
                v, saldo, de_una_orden(v, NuevaOrden(CONCEPTO, "El Primo de Ana", contribuyente_id=persona))
            ),
        )


def test_what_a_channel_says_of_a_payment_is_what_was_sealed(v, teo):
    hoy = hoy_de(v.base)
    canal = canal_de(teo, "WEB")
    turno = uno(teo, "SELECT id FROM hacienda_turno WHERE caja_id = :c", c=canal)
    a = borrador(v.base, teo, cobro_de(teo, turno, v.predios[4].cuenta_id)).otro()
    a.pagos[0] |= {"forma": "04", "referencia": "aut. 1"}
    pago = {
        "caja_id": canal,
        "referencia": "S-9",
        "clave": v.predios[4].clave,
        "fecha_pago": hoy.isoformat(),
        "importe": a.recibo["total"],
        "forma": "04",
        "resultado": "COBRADO",
        "operacion_id": a.operacion["id"],
        "archivo": "x",
    }
    for mentira in ({"fecha_pago": (hoy - timedelta(days=90)).isoformat()}, {"forma": "03"}):

        def escribir(sesion: Any, mentira: dict[str, object] = mentira) -> None:
            a.escribir(sesion)
            asentar(sesion, "hacienda_pago_externo", pago | mentira)

        with rechazado("LD173"):
            intentar(teo, escribir)


# Loads, inherited debts, people.


def test_nothing_is_added_to_a_load_nor_inherited_without_one(v, teo):
    carla = v.base.entrar("carla.capturista")
    carga = str(uuid.uuid4())
    cuenta, concepto = (
        uno(v.dueno, consulta)
        for consulta in (
            "SELECT min(id) FROM hacienda_cuenta WHERE modulo = 'predial'",
            "SELECT id FROM hacienda_concepto WHERE modulo = 'predial' AND papel = 'IMPUESTO'",
        )
    )
    dato = {
        "cuenta": cuenta,
        "concepto": concepto,
        "ejercicio": 2011,
        "importe": 10_000,
        "vence": "2011-01-31",
    }
    fila = {"carga_id": carga, "n": 1, "datos": json.dumps(dato)}

    def cargar(sesion: Any) -> None:
        nueva = {"id": carga, "modulo": "predial", "tipo": "ADEUDOS", "archivo": "a.csv", "digesto": "d" * 64}
        asentar(sesion, "core_carga", nueva | {"leidas": 1, "aceptadas": 1, "devueltas": 0, "totales": "{}"})
        asentar(sesion, "core_carga_fila", fila)

    intentar(carla, cargar)
    with rechazado("LD100"):
        meter(carla, "core_carga_fila", **(fila | {"n": 2}))

    cargo = {
        "cuenta_id": cuenta,
        "concepto_id": concepto,
        "ejercicio": 2011,
        "periodo": 0,
        "importe": 10_000,
        "vence": "2011-01-31",
        "origen": "HEREDADO",
        "memoria": "Adeudo anterior, renglón 1 de «a.csv»",
    }
    with rechazado("LD162"):
        meter(teo, "hacienda_cargo", **cargo)
    confirmada = {"carga_id": carga, "n": 1, "estado": "CONFIRMADA", "nota": ""}
    for mentira in ({"importe": 10_001}, {"ejercicio": 2012}, {"periodo": 1}, {"memoria": "renglón 2 "}):

        def escribir(sesion: Any, mentira: dict[str, object] = mentira) -> None:
            asentar(sesion, "core_carga_evento", confirmada)
            asentar(sesion, "hacienda_cargo", cargo | mentira)

        with rechazado("LD162"):
            intentar(teo, escribir)


def test_two_records_joined_to_each_other_do_not_hang_who_asks(v):
    uno_, otro = (uno(v.dueno, f"SELECT {cual}(id) FROM hacienda_contribuyente") for cual in ("min", "max"))
    for conserva, absorbe in ((uno_, otro), (otro, uno_)):
        meter(v.sara, "contribuyentes_fusion", conserva_id=conserva, absorbido_id=absorbe, motivo="a mano")
    with motor.sesion(v.sara.motor, escribe=False) as sesion:
        assert set(equivalentes(sesion, uno_)) == {uno_, otro}
