"""Órdenes de pago from the desk to the till, on both databases: issued, signed, charged, cancelled."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from apoyo import abrir_caja, cobro_de, hoy_de
from municipio_de_prueba import AMBAS, VALLE
from sqlalchemy import text

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db import motor
from lerdo_desk.hacienda import cobros
from lerdo_desk.hacienda.ordenes import NuevaOrden
from lerdo_desk.hacienda.paquete import leer
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.ordenes import service as ordenes
from lerdo_desk.recursos import ruta

DIA = 86_400_000_000


def firmada(pide, firma, concepto, importe, motivo="Lo pide el reglamento"):
    """Ask for a free amount and have a supervisor sign it; give the request's id."""
    peticion = ordenes.PeticionDeFirma(str(uuid.uuid4()), concepto, Decimal(importe), motivo)
    pide.ejecutar(ordenes.pedir_firma, peticion)
    firma.ejecutar(ordenes.firmar, ordenes.Firma(peticion.solicitud_id))
    return peticion.solicitud_id


def emitir(quien, concepto="11-0020", **mas):
    return quien.ejecutar(ordenes.emitir, NuevaOrden(concepto, "Orona Luján Delia", **mas)).valor


def ver(quien, folio):
    return quien.ejecutar(ordenes.ver, ordenes.Folio(folio)).valor


def cobrar(cajero, turno, folio):
    """Find an order by its folio at the till, as a scan does, and charge it."""
    [hallado] = cajero.ejecutar(caja.buscar, caja.Buscar(folio)).valor
    return cajero.ejecutar(caja.cobrar, cobro_de(cajero, turno.id, hallado.cuenta_id)).valor


def envejecer(base, folio):
    """Let the last day of an order pass: the clock moves, or the owner writes it on the server."""
    if not base.en_servidor:
        ahora = motor.reloj_del_equipo()
        base.reloj = lambda: ahora + 400 * DIA
        return
    dueno, ayer = base.motor_del_dueno(), hoy_de(base) - timedelta(days=1)
    with motor.transaccion(dueno) as sesion:
        sesion.execute(text("SET LOCAL session_replication_role = replica"))
        for tabla in ("hacienda_orden", "hacienda_cargo"):
            sesion.execute(
                text(
                    f"UPDATE {tabla} SET vence = :ayer WHERE cuenta_id ="
                    " (SELECT id FROM hacienda_cuenta WHERE clave = :folio)"
                ),
                {"ayer": ayer, "folio": folio},
            )
    dueno.dispose()


def test_every_concepto_of_the_pack_is_charged_by_its_folio_at_a_till(base):
    paquete = leer(ruta("municipios", "lerdo"))
    ana, sara = base.entrar(), base.entrar("sara.supervisora")
    turno = abrir_caja(ana)
    cobrables = {c.clave: c for c in ana.ejecutar(ordenes.conceptos, ordenes.Nada()).valor}
    assert set(cobrables) == {f"{c.departamento}-{c.clave}" for c in paquete.conceptos}
    assert {c.tipo for c in cobrables.values()} == {"FIJO", "UMA", "PORCENTAJE", "LIBRE"}
    pagados = {}

    for n, (clave, concepto) in enumerate(cobrables.items(), start=1):
        mas = {}
        if concepto.tipo == "LIBRE":
            libre = Decimal(f"{n}.37")
            mas = {"importe_libre": libre, "solicitud_id": firmada(ana, sara, clave, libre)}
        elif concepto.tipo == "PORCENTAJE":
            mas = {"base": Decimal("123456.78")}
        else:
            mas = {"cantidad": n}
        folio = emitir(ana, clave, **mas)
        assert folio == f"{clave.replace('-', '')}00000001"
        orden = ver(ana, folio)
        assert (orden.estado, orden.concepto) == ("VIGENTE", concepto.nombre)
        cobrado = cobrar(ana, turno, folio)
        assert cobrado.total == orden.importe > 0
        papel = ana.ejecutar(caja.preparar_impresion, caja.Impresion(cobrado.recibos[0])).valor.recibo
        assert papel.membrete.nombre == orden.ente
        assert papel.renglones[0].fundamento == orden.fundamento
        assert ver(ana, folio).estado == "PAGADA"
        pagados[clave] = orden.importe

    dueno = base.motor_del_dueno()
    with motor.sesion(dueno, escribe=False) as sesion:
        asentado = sesion.execute(
            text(
                "SELECT k.departamento || '-' || k.clave, sum(r.importe) FROM hacienda_renglon r"
                " JOIN hacienda_concepto k ON k.id = r.concepto_id GROUP BY 1"
            )
        ).all()
    dueno.dispose()
    assert {clave: Decimal(int(centavos)) / 100 for clave, centavos in asentado} == pagados


@pytest.mark.parametrize("donde", AMBAS)
def test_another_municipality_charges_its_own_tariffs_and_days(crear_base, donde):
    base = crear_base(donde, VALLE)
    ana, sara, hoy = base.entrar(), base.entrar("sara.supervisora"), hoy_de(base)
    por_m2 = ver(ana, emitir(ana, "05-4310", cantidad=100))
    boletos = ver(ana, emitir(ana, "05-1110", base=Decimal("1000.01")))
    multa = ver(ana, emitir(ana, "05-6110"))
    agua = ver(
        ana,
        emitir(
            ana,
            "08-7301",
            importe_libre=Decimal("50"),
            solicitud_id=firmada(ana, sara, "08-7301", "50"),
        ),
    )
    assert (por_m2.importe, boletos.importe) == (Decimal("1937.00"), Decimal("72.50"))
    assert (por_m2.vence - hoy, multa.vence - hoy) == (timedelta(days=45), timedelta(days=10))
    assert agua.ente == "Comisión de Aguas de Valle Quieto"
    assert not agua.ejemplo


def test_a_folio_that_cannot_be_paid_says_so_in_one_sentence(base):
    ana, sara = base.entrar(), base.entrar("sara.supervisora")
    turno = abrir_caja(ana)
    vigente, pagada, cancelada = (emitir(ana) for _ in range(3))
    cobrar(ana, turno, pagada)
    sara.ejecutar(ordenes.cancelar, ordenes.Cancelacion(cancelada, "La pidió dos veces"))

    def dice(folio, quien=ana):
        with pytest.raises(ErrorDeUso) as dicho:
            quien.ejecutar(ordenes.cobrable, ordenes.Folio(folio))
        return dicho.value.mensaje

    assert dice("11002000009999") == "No hay una orden de pago con el folio 11 0020 00009999; revíselo."
    assert dice("R1-1") == "Un folio de orden de pago tiene 14 cifras; revíselo."
    assert dice(pagada) == "La orden 11 0020 00000002 ya está pagada."
    assert dice(cancelada).startswith("La orden 11 0020 00000003 está cancelada (La pidió dos veces)")
    assert ana.ejecutar(ordenes.cobrable, ordenes.Folio(" 11 0020-00000001 ")).valor.folio == vigente

    estados = {}
    for folio in (vigente, pagada, cancelada):
        estados[folio] = ana.ejecutar(caja.consultar, caja.Consulta(ver(ana, folio).cuenta_id)).valor
    assert [len(e.cargos) for e in estados.values()] == [1, 0, 0]
    assert [dict(e.ficha)["Estado"] for e in estados.values()] == [
        "Vigente",
        "Pagada",
        "Cancelada: La pidió dos veces",
    ]
    orden = cobro_de(ana, turno.id, estados[vigente].cuenta_id)
    envejecer(base, vigente)
    despues = base.entrar(estacion="prueba-2")
    assert "venció el" in dice(vigente, despues)
    assert ver(despues, pagada).estado == "PAGADA"
    with pytest.raises(ErrorDeUso):
        despues.ejecutar(caja.cobrar, orden)


def test_folios_of_one_concepto_are_consecutive_whoever_issues_at_once(base):
    quienes = [base.entrar(q) for q in ("ana.cajera", "beto.cajero", "carla.capturista", "sara.supervisora")]
    with pytest.raises(ErrorDeUso):
        emitir(quienes[0], cantidad=0)

    with ThreadPoolExecutor(4) as grupo:
        hechos = list(grupo.map(lambda q: [emitir(q) for _ in range(4)], quienes))

    folios = sorted(folio for suyos in hechos for folio in suyos)
    assert folios == [f"110020{n:08d}" for n in range(1, 17)]


def test_a_free_amount_needs_the_signature_of_that_very_amount_once(base):
    carla, sara = base.entrar("carla.capturista"), base.entrar("sara.supervisora")
    multa = {"concepto": "02-0002", "importe_libre": Decimal("1500.00")}
    with pytest.raises(ErrorDeUso, match="pida su firma"):
        emitir(carla, **multa)
    with pytest.raises(ErrorDeUso, match="coincide"):
        emitir(carla, **multa, solicitud_id=str(uuid.uuid4()))
    otra = firmada(carla, sara, "02-0002", "1500.01")
    with pytest.raises(ErrorDeUso, match="coincide"):
        emitir(carla, **multa, solicitud_id=otra)
    ajeno = firmada(carla, sara, "40-0001", "1500.00")
    with pytest.raises(ErrorDeUso, match="coincide"):
        emitir(carla, **multa, solicitud_id=ajeno)
    with pytest.raises(ErrorDeUso, match="no permite"):
        firmada(carla, carla, "02-0002", "1500.00")
    with pytest.raises(ErrorDeUso, match="otra persona"):
        firmada(sara, sara, "02-0002", "1500.00")
    propia = firmada(carla, sara, "02-0002", "1500.00")
    assert ver(carla, emitir(carla, **multa, solicitud_id=propia)).libre
    with pytest.raises(ErrorDeUso):
        emitir(carla, **multa, solicitud_id=propia)
    with pytest.raises(ErrorDeUso, match="lo fija su tarifa"):
        emitir(carla, "11-0020", importe_libre=Decimal("1.00"))


def test_a_supervisor_cancels_what_is_unpaid_and_nobody_what_is_paid(base):
    ana, sara = base.entrar(), base.entrar("sara.supervisora")
    turno = abrir_caja(ana)
    pagada, otra = emitir(ana), emitir(ana)
    cobrado = cobrar(ana, turno, pagada)
    with pytest.raises(ErrorDeUso, match="no permite"):
        ana.ejecutar(ordenes.cancelar, ordenes.Cancelacion(otra, "No la quiere"))
    with pytest.raises(ErrorDeUso, match="ya está pagada; primero cancele su recibo"):
        sara.ejecutar(ordenes.cancelar, ordenes.Cancelacion(pagada, "No la quiere"))
    with pytest.raises(ErrorDeUso, match="al menos 5 letras"):
        sara.ejecutar(ordenes.cancelar, ordenes.Cancelacion(otra, " no "))
    sara.ejecutar(ordenes.cancelar, ordenes.Cancelacion(otra, "No la quiere"))
    with pytest.raises(ErrorDeUso, match="está cancelada"):
        sara.ejecutar(ordenes.cancelar, ordenes.Cancelacion(otra, "No la quiere"))

    solicitud = str(uuid.uuid4())
    peticion = caja.PeticionDeCancelacion(solicitud, cobrado.recibos[0], "Pagó la que no era")
    ana.ejecutar(caja.pedir_cancelacion, peticion)
    sara.ejecutar(caja.firmar_cancelacion, caja.Firma(solicitud, True, "Original recuperado"))
    ana.ejecutar(caja.cancelar, caja.Cancelacion(str(uuid.uuid4()), cobrado.recibos[0], solicitud))
    assert ver(ana, pagada).estado == "VIGENTE"
    sara.ejecutar(ordenes.cancelar, ordenes.Cancelacion(pagada, "No la quiere"))
    assert ver(ana, pagada).estado == "CANCELADA"


def test_the_list_shows_each_order_with_its_state_and_filters_by_it(base):
    ana, aldo = base.entrar(), base.entrar("aldo.auditor")
    turno = abrir_caja(ana)
    uno, dos = emitir(ana, descripcion="La primera"), emitir(ana, "37-0001", cantidad=2)
    cobrar(ana, turno, dos)
    pedido = ordenes.Pedido(columnas=("folio", "estado", "importe", "emitida"), totales=True)

    pagina = aldo.ejecutar(ordenes.lista, pedido).valor

    assert [f[:2] for f in pagina.filas] == [(dos, "PAGADA"), (uno, "VIGENTE")]
    assert dict(pagina.sumas)["importe"] == sum(f[2] for f in pagina.filas)
    solo = ordenes.Pedido(columnas=("folio",), filtros=(("estado", "igual", "VIGENTE"),))
    assert [f[0] for f in aldo.ejecutar(ordenes.lista, solo).valor.filas] == [uno]
    buscado = ordenes.Pedido(columnas=("folio",), texto="orona 37000100000001")
    assert [f[0] for f in aldo.ejecutar(ordenes.lista, buscado).valor.filas] == [dos]


def test_a_person_of_the_books_keeps_one_entry_and_a_new_one_gets_theirs(base):
    ana = base.entrar()
    emitir(ana, domicilio="Calle Sabino 7")
    [persona] = ana.ejecutar(ordenes.personas, ordenes.Quien("orona delia")).valor
    assert persona.domicilio == "Calle Sabino 7"
    emitir(ana, contribuyente_id=persona.contribuyente_id)
    emitir(ana, contribuyente_id=persona.contribuyente_id)
    assert len(ana.ejecutar(ordenes.personas, ordenes.Quien("orona")).valor) == 1
    with pytest.raises(ErrorDeUso, match="no existe"):
        emitir(ana, contribuyente_id=999_999)
    with pytest.raises(ErrorDeUso, match="a nombre de quién"):
        ana.ejecutar(ordenes.emitir, NuevaOrden("11-0020", "  "))
    with pytest.raises(ErrorDeUso, match="No hay un concepto"):
        emitir(ana, "99-9999")


def test_a_combined_errand_pays_an_order_beside_another_account(base):
    ana = base.entrar()
    turno = abrir_caja(ana)
    folios = [emitir(ana), emitir(ana, "37-0001")]
    cargos = []
    for folio in folios:
        [hallado] = ana.ejecutar(caja.buscar, caja.Buscar(folio)).valor
        [cargo] = ana.ejecutar(caja.consultar, caja.Consulta(hallado.cuenta_id)).valor.cargos
        cargos.append(cobros.CargoDicho(hallado.cuenta_id, cargo.cargo_id, cargo.total))
    total = sum(c.total for c in cargos)
    orden = cobros.Cobro(
        str(uuid.uuid4()), turno.id, "Orona Luján Delia", tuple(cargos), (cobros.PagoDado("01", total),)
    )
    assert len(ana.ejecutar(caja.cobrar, orden).valor.recibos) == 2
    assert {ver(ana, f).estado for f in folios} == {"PAGADA"}
