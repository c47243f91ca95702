"""Money that enters elsewhere, on both databases: a channel's file is imported once, whatever its order."""

import random
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from apoyo import crear_predios, hoy_de, piezas_de
from canales import CERO, canal_de, cerrar, consulta, en_csv, importar, revisar, tesorero_con_canales
from sqlalchemy import text

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db import motor
from lerdo_desk.db.fallos import MENSAJES
from lerdo_desk.hacienda import turnos
from lerdo_desk.hacienda.ordenes import NuevaOrden
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.ingresos.service import canales, externos
from lerdo_desk.modules.ingresos.service.personas import Nada
from lerdo_desk.modules.ordenes import service as ordenes


def debe(quien, cuenta_id: int) -> Decimal:
    estado = quien.ejecutar(caja.ver_cuenta, caja.Consulta(cuenta_id)).valor
    return sum((c.total for c in estado.cargos), CERO)


def por_estado(vista) -> dict[str, tuple[int, Decimal]]:
    return {s.estado: (s.cuantos, s.importe) for s in vista.sumas}


def sin_cambios(base):
    """Read what an import writes, to see that a second one writes nothing."""
    tablas = (
        "recibo",
        "renglon",
        "pago",
        "cargo",
        "saldo",
        "pago_externo",
        "cuenta",
        "contribuyente",
        "turno",
    )
    return {t: consulta(base, f"SELECT count(*) FROM hacienda_{t}")[0][0] for t in tablas}


def test_the_same_file_three_times_in_halves_overlapping_and_with_doubles_is_charged_once(base):
    predios = crear_predios(base, cuantos=8, anios=2)
    teo, hoy = tesorero_con_canales(base), hoy_de(base)
    web, dia = canal_de(teo, "WEB"), hoy.strftime("%d/%m/%Y")
    deudas = [debe(teo, p.cuenta_id) for p in predios]
    filas = [[f"W-{n:04d}", p.clave, deudas[n], dia, "04"] for n, p in enumerate(predios)]
    filas.append(["W-0100", predios[0].clave, deudas[0], dia, "28"])  # paid twice, by two references
    filas.append(["W-0101", predios[1].clave.replace("-", ""), "150.75", dia, "tarjeta de débito"])
    filas.append(["W-0102", "NO-EXISTE-1", "99.99", dia, "03"])
    dobles = [filas[2], filas[9], filas[10]]  # and the portal writes some rows once more
    todo = [*filas[:5], dobles[0], *filas[5:], *dobles[1:]]
    total = sum((Decimal(str(f[2])) for f in filas), CERO)

    vista = revisar(teo, web, en_csv(todo))
    assert por_estado(vista) == {
        externos.POR_COBRAR: (8, sum(deudas, CERO)),
        externos.CON_EXCESO: (2, deudas[0] + Decimal("150.75")),
        externos.POR_IDENTIFICAR: (1, Decimal("99.99")),
        externos.REPETIDO: (3, deudas[2] + Decimal("150.75") + Decimal("99.99")),
    }
    repetidos = [r.referencia for r in vista.renglones if r.estado == externos.REPETIDO]
    assert repetidos == ["W-0002", "W-0101", "W-0102"], "each double is listed once"
    assert sin_cambios(base)["pago_externo"] == 0, "looking writes nothing"

    primera = importar(teo, web, en_csv(todo[:6]))
    assert (primera.recibos, primera.ya) == (5, 1)
    segunda = importar(teo, web, en_csv([*todo[3:9], *todo[6:]]))  # overlaps the half that is in
    assert (segunda.recibos, segunda.malos) == (6, 0)
    antes = sin_cambios(base)
    revueltas = [todo, todo[::-1], random.Random(7).sample(todo, len(todo))]
    for vez in revueltas:
        otra = importar(teo, web, en_csv(vez))
        assert (otra.recibos, otra.importe, otra.malos, otra.ya) == (0, CERO, 0, len(todo))
    assert sin_cambios(base) == antes

    assert consulta(base, "SELECT sum(importe), count(*) FROM hacienda_pago_externo") == [(total * 100, 11)]
    assert consulta(base, "SELECT sum(total) FROM hacienda_recibo") == [(total * 100,)]
    saldos = consulta(base, "SELECT origen, importe FROM hacienda_saldo ORDER BY importe")
    assert saldos == [
        ("SIN_CUENTA", 9999),
        ("PAGO_DOBLE", 15075),
        ("PAGO_DOBLE", int(deudas[0] * 100)),
    ]
    assert [debe(teo, p.cuenta_id) for p in predios] == [CERO] * 8
    sellado = consulta(base, "SELECT referencia, forma FROM hacienda_pago ORDER BY referencia")
    assert sellado[0] == ("W-0000", "04")
    assert len(sellado) == 11
    [(largo,)] = consulta(
        base, "SELECT max(length(orden)) FROM bitacora_acto WHERE acto = 'ingresos.importar_pagos'"
    )
    assert largo < 600, "the bitácora keeps the file's digest, not the file"
    cerrar(teo)
    assert consulta(base, "SELECT total, recibos, contado, esperado FROM hacienda_corte") == [
        (total * 100, 11, 0, 0)
    ]


def test_the_whole_cargos_that_the_money_reaches_are_paid_oldest_first_and_the_rest_is_kept(base):
    [predio] = crear_predios(base, anios=3)
    teo, hoy = tesorero_con_canales(base), hoy_de(base)
    banco = canal_de(teo, "BANCO")
    cargos = teo.ejecutar(caja.ver_cuenta, caja.Consulta(predio.cuenta_id)).valor.cargos
    alcanza = cargos[0].total + cargos[1].total + Decimal("0.01")

    hecho = importar(teo, banco, en_csv([["B1", predio.clave, alcanza, hoy, "03"]]))

    assert (hecho.recibos, hecho.saldo) == (1, Decimal("0.01"))
    quedan = teo.ejecutar(caja.ver_cuenta, caja.Consulta(predio.cuenta_id)).valor.cargos
    assert [c.cargo_id for c in quedan] == [cargos[2].cargo_id]
    assert consulta(base, "SELECT origen, importe FROM hacienda_saldo") == [("EXCEDENTE", 1)]
    assert consulta(base, "SELECT resultado FROM hacienda_pago_externo") == [("CON_SALDO",)]
    poco = importar(teo, banco, en_csv([["B2", predio.clave, "5.00", hoy, "03"]]))
    assert poco.saldo == Decimal("5.00"), "a debt is never paid in part"


def test_the_discount_is_that_of_the_day_on_which_the_person_paid(base):
    predios = crear_predios(base, cuantos=2, anios=1)
    teo, hoy = tesorero_con_canales(base), hoy_de(base)
    web, enero = canal_de(teo, "WEB"), hoy.replace(month=1, day=2)
    con_descuento = Decimal(
        consulta(
            base,
            "SELECT max(numero) FROM hacienda_parametro WHERE clave = 'descuento' AND desde <= :d"
            " AND (hasta IS NULL OR hasta >= :d)",
            d=enero.isoformat() if not base.en_servidor else enero,
        )[0][0]
    )
    assert con_descuento > 0, "the pack has a discount in force that day"
    [(importe,)] = consulta(
        base, "SELECT DISTINCT importe FROM hacienda_cargo WHERE ejercicio = :e", e=hoy.year
    )
    hoy_debe = debe(teo, predios[0].cuenta_id)

    vista = revisar(teo, web, en_csv([["E1", predios[0].clave, hoy_debe, enero, "04"]]))
    [fila] = vista.renglones
    en_enero = hoy_debe - fila.saldo
    assert en_enero < Decimal(importe) / 100 <= hoy_debe, "that day it was less than the tax itself"

    importar(teo, web, en_csv([["E1", predios[0].clave, en_enero, enero, "04"]]))
    importar(teo, web, en_csv([["E2", predios[1].clave, en_enero, hoy, "04"]]))
    assert [debe(teo, p.cuenta_id) for p in predios] == [CERO, hoy_debe]
    leidas = consulta(base, "SELECT resultado FROM hacienda_pago_externo ORDER BY referencia")
    assert leidas == [("COBRADO",), ("SOLO_SALDO",)]
    clases = consulta(base, "SELECT DISTINCT clase FROM hacienda_renglon WHERE importe < 0")
    assert clases == [("descuento",)]


def test_an_order_is_paid_by_its_folio_and_a_stranger_keeps_its_money_by_itself(base):
    teo, hoy = tesorero_con_canales(base), hoy_de(base)
    papel = canal_de(teo, "PAPEL")
    carla = base.entrar("carla.capturista")
    folio = carla.ejecutar(ordenes.emitir, NuevaOrden("11-0020", "Orona Luján Delia")).valor
    orden = carla.ejecutar(ordenes.ver, ordenes.Folio(folio)).valor

    filas = [
        ["T1", orden.folio, orden.importe, hoy, "01"],
        ["T2", orden.folio, orden.importe, hoy, "efectivo"],
    ]
    hecho = importar(teo, papel, en_csv([*filas, ["T3", "XCANAL-TALONARIO", "10.00", hoy, "1"]]))

    assert (hecho.recibos, hecho.saldo) == (3, orden.importe + 10)
    assert consulta(base, "SELECT origen FROM hacienda_saldo ORDER BY origen") == [
        ("PAGO_DOBLE",),
        ("SIN_CUENTA",),
    ]
    etiquetas = consulta(base, "SELECT cuenta_etiqueta FROM hacienda_recibo ORDER BY folio")
    assert etiquetas[0] == (f"Orden {orden.folio}",)
    assert etiquetas[2] == ("Por identificar: XCANAL-TALONARIO",)


def test_a_block_of_paper_receipts_with_cash_is_counted_before_its_corte(base):
    teo, hoy = tesorero_con_canales(base), hoy_de(base)
    papel = canal_de(teo, "PAPEL")
    importar(teo, papel, en_csv([["T1", "NADIE", "120.50", hoy, "01"], ["T2", "NADIE", "80.00", hoy, "03"]]))
    situacion = teo.ejecutar(canales.mis_canales, Nada()).valor
    assert (situacion.tipo, situacion.efectivo) == ("PAPEL", True)

    with pytest.raises(ErrorDeUso, match="cuéntelo"):
        teo.ejecutar(canales.cerrar_canal, turnos.Cierre(situacion.turno.id))
    contado = teo.ejecutar(
        canales.contar_canal, turnos.Arqueo(situacion.turno.id, piezas_de(Decimal("120.00")))
    ).valor
    assert contado.diferencia == Decimal("-0.50")
    with pytest.raises(ErrorDeUso, match="motivo"):
        teo.ejecutar(canales.cerrar_canal, turnos.Cierre(situacion.turno.id))
    with pytest.raises(ErrorDeUso, match="ya se contó"):
        importar(teo, papel, en_csv([["T3", "NADIE", "1.00", hoy, "01"]]))
    teo.ejecutar(canales.cerrar_canal, turnos.Cierre(situacion.turno.id, "faltó una moneda"))
    assert consulta(base, "SELECT esperado, contado, total FROM hacienda_corte") == [(12050, 12000, 20050)]


def test_what_contradicts_itself_or_what_was_imported_is_said_and_nothing_of_it_enters(base):
    predios = crear_predios(base, cuantos=2, anios=1)
    teo, hoy = tesorero_con_canales(base), hoy_de(base)
    web, ayer = canal_de(teo, "WEB"), hoy - timedelta(days=1)
    clave, otra = predios[0].clave, predios[1].clave
    importar(teo, web, en_csv([["A1", clave, "10.00", ayer, "04"]]))
    antes = sin_cambios(base)
    filas = [
        ["A1", clave, "10.01", ayer, "04"],
        ["A2", clave, "10.00", hoy, "04"],
        ["A2", otra, "10.00", hoy, "04"],
    ]
    vista = revisar(teo, web, en_csv(filas))
    assert [(r.estado, r.donde) for r in vista.renglones] == [
        (externos.MALO, "C2"),
        (externos.MALO, "A3"),
        (externos.MALO, "A4"),
    ]
    assert "por $10.00" in vista.renglones[0].frase
    assert "3, 4" in vista.renglones[1].frase
    for cambiada in (["A1", otra, "10.00", ayer, "04"], ["A1", clave, "10.00", hoy, "04"]):
        [fila] = revisar(teo, web, en_csv([cambiada])).renglones
        assert fila.estado == externos.MALO
    assert importar(teo, web, en_csv(filas)).malos == 3
    assert sin_cambios(base) == antes


def test_every_bad_cell_is_named_with_what_to_do(crear_base):
    base = crear_base("sqlite")
    teo, hoy = tesorero_con_canales(base), hoy_de(base)
    web, manana = canal_de(teo, "WEB"), hoy + timedelta(days=1)
    casos = [
        (["R1", "X", "-5.00", hoy, "04"], "C2", "negativa"),
        (["R2", "X", "0", hoy, "04"], "C3", "mayor que cero"),
        (["R3", "X", "10.005", hoy, "04"], "C4", "dos decimales"),
        (["R4", "X", "10", manana, "04"], "D5", "todavía no llega"),
        (["R5", "X", "10", "45321.5", "04"], "D6", "fecha"),
        (["R6", "X", "10", hoy, "01"], "E7", "no recibe esa forma"),
        (["R7", "X", "10", hoy, "99"], "E8", "no recibe esa forma"),
        (["=HYPERLINK(1)", "X", "10", hoy, "04"], "A9", "fórmulas"),
        (["R9", "X", "=1+1", hoy, "04"], "C10", "cantidad"),
        (["", "X", "10", hoy, "04"], "A11", "Falta Referencia"),
        (["R11", "", "10", hoy, "04"], "B12", "Falta Clave"),
        (["R12", "X", "10", "31/02/2026", "04"], "D13", "fecha"),
        (["R13", "X", "#N/A", hoy, "04"], "C14", "error"),
    ]
    vista = revisar(teo, web, en_csv([c[0] for c in casos]))
    for fila, (_, donde, frase) in zip(vista.renglones, casos, strict=True):
        assert (fila.estado, fila.donde) == (externos.MALO, donde), fila
        assert frase in fila.frase
    assert importar(teo, web, en_csv([c[0] for c in casos])).recibos == 0
    assert consulta(base, "SELECT count(*) FROM hacienda_turno") == [(0,)], "no turno for nothing"


@pytest.mark.parametrize(
    ("contenido", "frase"),
    [
        (b"%PDF-1.7 nada", "guárdelo"),
        (b"", "vacío"),
        (b"Referencia,Clave o folio,Importe,Fecha de pago,Forma de pago\n", "ningún renglón"),
        (b"a,b\n\x00\x01", "guárdelo"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(crear_base, contenido, frase):
    teo = tesorero_con_canales(crear_base("sqlite"))
    with pytest.raises(ErrorDeUso, match=frase):
        revisar(teo, canal_de(teo, "WEB"), contenido)


def test_a_file_with_other_headings_says_which_columns_are_missing(crear_base):
    base = crear_base("sqlite")
    teo = tesorero_con_canales(base)
    web = canal_de(teo, "WEB")
    contenido = en_csv([["Z1", "X", "10", hoy_de(base), "04"]], ("Núm", "Cuenta", "Monto", "Fecha", "Medio"))
    vista = revisar(teo, web, contenido)
    assert "Referencia" in vista.falta
    assert dict(vista.mapeo) == {"clave": "Cuenta", "importe": "Monto", "fecha": "Fecha", "forma": "Medio"}
    mapeo = (*vista.mapeo, ("referencia", "Núm"))
    archivo = externos.Archivo(web, "pagos.csv", contenido, mapeo)
    assert teo.ejecutar(externos.revisar_pagos, archivo).valor.buenos == 1
    recordada = externos.Archivo(web, "pagos.csv", contenido, (), mapeo)
    assert teo.ejecutar(externos.revisar_pagos, recordada).valor.falta == ""


def test_a_file_that_changed_since_it_was_seen_and_a_till_are_refused(crear_base):
    base = crear_base("sqlite")
    teo, hoy = tesorero_con_canales(base), hoy_de(base)
    web, uno, otro = (
        canal_de(teo, "WEB"),
        en_csv([["A", "X", "1", hoy, "04"]]),
        en_csv([["A", "X", "2", hoy, "04"]]),
    )
    vista = revisar(teo, web, uno)
    cambiado = externos.Importacion(
        str(uuid.uuid4()), externos.Archivo(web, "p.csv", otro, vista.mapeo), vista.digesto
    )
    with pytest.raises(ErrorDeUso, match="cambió"):
        teo.ejecutar(externos.importar_pagos, cambiado)
    with pytest.raises(ErrorDeUso, match="no es un canal"):
        revisar(teo, 1, uno)
    importar(teo, web, uno)
    with pytest.raises(ErrorDeUso, match="Tiene abierto"):
        importar(teo, canal_de(teo, "BANCO"), en_csv([["B", "X", "1", hoy, "03"]]))


def _a_mano(runner, sql: str, **valores) -> None:
    with motor.sesion(runner.motor, escribe=True) as sesion:
        sesion.execute(text(sql), valores)
        sesion.commit()


def test_nobody_writes_a_channels_payment_or_a_saldo_by_hand(base):
    teo, hoy, ana = tesorero_con_canales(base), hoy_de(base), base.entrar()
    web = canal_de(teo, "WEB")
    importar(teo, web, en_csv([["A", "X", "100.00", hoy, "04"]]))
    [(operacion,)] = consulta(base, "SELECT operacion_id FROM hacienda_pago_externo")
    dia = hoy if base.en_servidor else hoy.isoformat()
    otro_importe = (
        "INSERT INTO hacienda_pago_externo (caja_id, referencia, clave, fecha_pago, importe, forma,"
        " resultado, operacion_id, archivo) VALUES (:c, 'B', 'X', :d, 5, '04', 'COBRADO', :o, '')"
    )
    with pytest.raises(ErrorDeUso, match="perfil no permite" if base.en_servidor else "no coincide"):
        _a_mano(ana, otro_importe, c=web, d=dia, o=operacion)
    with pytest.raises(ErrorDeUso) as negado:
        _a_mano(teo, otro_importe, c=web, d=dia, o=operacion)
    assert str(negado.value) == MENSAJES["LD173"]
    [(cargo, cuenta, recibo)] = consulta(base, "SELECT cargo_id, cuenta_id, recibo_id FROM hacienda_saldo")
    saldo = (
        "INSERT INTO hacienda_saldo (cargo_id, cuenta_id, recibo_id, importe, origen)"
        " VALUES (:c, :k, :r, :i, 'EXCEDENTE')"
    )
    inventado = (
        "INSERT INTO hacienda_cargo (cuenta_id, concepto_id, ejercicio, periodo, referencia, importe, vence,"
        " origen, memoria) SELECT cuenta_id, concepto_id, ejercicio, 0, :r, 5000, vence, 'ORDEN', '' "
        "FROM hacienda_cargo WHERE id = :c"
    )
    with pytest.raises(ErrorDeUso):
        _a_mano(ana, inventado, c=cargo, r="inventado")
    _a_mano(teo, inventado, c=cargo, r="inventado")
    [(vacio,)] = consulta(base, "SELECT id FROM hacienda_cargo WHERE referencia = 'inventado'")
    with pytest.raises(ErrorDeUso):
        _a_mano(teo, saldo, c=vacio, k=cuenta, r=recibo, i=5000)  # no receipt took that money in
    with pytest.raises(ErrorDeUso):
        _a_mano(ana, saldo, c=cargo, k=cuenta, r=recibo, i=10000)
