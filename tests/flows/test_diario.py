"""The diario de ingresos: every table adds up to receipts less reversals, whatever was charged and undone."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from apoyo import abrir_caja, crear_predios, hoy_de
from tesoreria import EFECTIVO, TARJETA, TRANSFERENCIA, cancelar, cobrar_en, montar_oficina
from ventanilla import consulta

from lerdo_desk.base.calendario import fecha_local
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import cri, diario
from lerdo_desk.modules.ingresos import service

TITULOS = ("rubro del CRI", "concepto", "dirección", "caja", "forma de pago", "ente")


def leer(quien, desde=None, hasta=None) -> diario.Diario:
    return quien.ejecutar(service.ver_diario, service.DelDiario(desde, hasta)).valor


def en_crudo(base, tipo: str, tabla: str = "hacienda_recibo", columna: str = "total") -> Decimal:
    de = (
        "hacienda_recibo"
        if tabla == "hacienda_recibo"
        else f"{tabla} JOIN hacienda_recibo r ON r.id = recibo_id"
    )
    [[suma]] = consulta(base, f"SELECT coalesce(sum({columna}), 0) FROM {de} WHERE tipo = '{tipo}'")
    return Decimal(suma) / 100


@pytest.mark.parametrize("semilla", [1, 2])
def test_every_table_adds_up_to_receipts_less_reversals(base, semilla):
    azar, hoy = random.Random(semilla), hoy_de(base)
    predios = crear_predios(base, cuantos=9, anios=3, valor=f"{azar.randint(200_000, 900_000)}.37")
    sara, cajeros = base.entrar("sara.supervisora"), (base.entrar(), base.entrar("beto.cajero"))
    abiertos = [(c, abrir_caja(c).id) for c in cajeros]
    for predio in predios:
        cajero, turno = azar.choice(abiertos)
        formas = azar.choice(
            [[(EFECTIVO, None)], [(TARJETA, "10.01"), (EFECTIVO, None)], [(TRANSFERENCIA, None)]]
        )
        recibo = cobrar_en(cajero, turno, predio.cuenta_id, hoy, formas)
        if azar.random() < 0.4:
            cancelar(cajero, sara, recibo)

    visto = leer(base.entrar("aldo.auditor"))
    cobrado, reversado = en_crudo(base, "COBRO"), en_crudo(base, "REVERSA")
    assert (visto.total.cobrado, visto.total.cancelado) == (cobrado, -reversado)
    assert visto.total.neto == cobrado + reversado
    assert visto.total.neto == en_crudo(base, "COBRO", "hacienda_pago", "importe") + en_crudo(
        base, "REVERSA", "hacienda_pago", "importe"
    )
    assert [t.titulo for t in visto.tablas] == [f"Por {t}" for t in TITULOS]
    for tabla in visto.tablas:
        assert tabla.suma[2:] == visto.total[2:], tabla.titulo
        assert tabla.suma.neto == visto.total.neto
    cuantos = consulta(base, "SELECT tipo, count(*) FROM hacienda_recibo GROUP BY tipo")
    assert {"COBRO": visto.recibos, "REVERSA": visto.reversas} == {"REVERSA": 0} | dict(cuantos)
    manana = hoy + timedelta(days=1)
    assert leer(base.entrar("teo.tesorero"), manana, manana).total.neto == 0


def test_the_tables_name_things_as_people_do_and_say_which_day_is_closed(base):
    oficina, hoy = montar_oficina(base), hoy_de(base)
    teo, ayer = oficina.teo, hoy - timedelta(days=1)
    oficina.verificar()
    teo.ejecutar(service.cerrar_dia, service.CierreDeDia(hoy))
    visto = leer(teo, ayer, hoy)
    por = {t.titulo: t for t in visto.tablas}
    assert por["Por rubro del CRI"].filas[0][:2] == ("12", "Impuestos sobre el patrimonio")
    assert [f.nombre for f in por["Por dirección"].filas] == ["Predial y catastro"]
    assert [f.nombre for f in por["Por forma de pago"].filas] == [
        "Efectivo",
        "Cheque nominativo",
        "Transferencia",
        "Tarjeta de crédito",
    ]
    assert len(por["Por caja"].filas) == 2
    efectivo = por["Por forma de pago"].filas[0]
    assert efectivo.cancelado > 0
    assert efectivo.neto == efectivo.cobrado - efectivo.cancelado
    estados = [(e.fecha, e.cerrado, e.quien) for e in visto.estados]
    assert estados == [(ayer, False, ""), (hoy, True, "Teo Tesorero de Prueba")]
    assert fecha_local(visto.estados[1].cuando, visto.zona) == hoy
    teo.ejecutar(service.reabrir_dia, service.Reapertura(hoy, "se cerró antes de tiempo"))
    assert [e.reabierto for e in leer(teo).estados] == [True]


def test_days_that_make_no_range_are_refused(base):
    teo, hoy = base.entrar("teo.tesorero"), hoy_de(base)
    for desde, hasta, dice in (
        (hoy, hoy - timedelta(days=1), "inviértalos"),
        (hoy - timedelta(days=366), hoy, "un año"),
        (date(1800, 1, 1), hoy, "fuera de rango"),
    ):
        with pytest.raises(ErrorDeUso, match=dice):
            leer(teo, desde, hasta)
    assert len(leer(teo, hoy - timedelta(days=365), hoy).estados) == 366
    for login in ("ana.cajera", "sara.supervisora", "carla.capturista", "adela.administra"):
        assert not base.entrar(login).puede(service.ver_diario)


def test_what_the_cri_has_no_place_for_is_still_to_be_classified():
    assert cri.rubro("") == "Por clasificar"
    assert cri.rubro("1.2.1") == "Impuestos sobre el patrimonio"
    assert cri.rubro("99") == "Rubro 99"
    fila = type("Fila", (), {"cri": "", "departamento": "90", "clave": "0003", "nombre": "Saldo a favor"})
    assert diario._concepto(fila) == ("90-0003", "Saldo a favor (por clasificar)")
    filas = [
        type("F", (), {"cri": c, "cobrado": Decimal(n), "reversado": Decimal(-1)})
        for c, n in (("", 5), ("12", 3))
    ]
    tabla = diario._tabla("Por", ("", ""), filas, lambda f: (f.cri or cri.SIN_CRI, cri.rubro(f.cri)))
    assert [(f.clave, f.nombre, f.neto) for f in tabla.filas] == [
        ("12", "Impuestos sobre el patrimonio", 2),
        ("–", "Por clasificar", 4),
    ]
