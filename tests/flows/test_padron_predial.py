"""The padrón as the clerk keeps it, on both databases: list, account, contact data, drafts and requests."""

import json
import uuid
from dataclasses import replace
from decimal import Decimal

import pytest
from apoyo import abrir_caja, clave_de, cobro_de, crear_predios, hoy_de
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError
from ventanilla import consulta

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pedido, Salida
from lerdo_desk.core import personales, solicitudes
from lerdo_desk.core.permisos import PERFILES
from lerdo_desk.db import motor
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.predial import service
from lerdo_desk.modules.predial.models import Propietario, Valor
from lerdo_desk.modules.predial.service import PeticionDeMovimiento, PropietarioPropuesto
from lerdo_desk.modules.predial.service.solicitudes import HORAS

CARLA, SARA, TEO, ALDO = "carla.capturista", "sara.supervisora", "teo.tesorero", "aldo.auditor"
MIRAN = (CARLA, SARA, TEO, ALDO)


def pide(runner, movimiento, cuenta_id=None, **mas):
    """Ask for a movement as its form does: what the account says now goes with it."""
    forma = runner.ejecutar(service.preparar_movimiento, service.FormaPedida(movimiento, cuenta_id)).valor
    valores = {"motivo": "Lo pide el contribuyente", "valores": (), "propietarios": forma.propietarios}
    orden = PeticionDeMovimiento(
        str(uuid.uuid4()), movimiento, cuenta_id, ahora=forma.ahora, version=forma.version, **valores | mas
    )
    return runner.ejecutar(service.pedir_movimiento, orden).valor


def escribe(base, tabla, **valores):
    dueno = base.motor_del_dueno()
    with motor.transaccion(dueno) as sesion:
        sesion.execute(insert(tabla).values(**valores))
    dueno.dispose()


def padron(base):
    """Everything that a movement could change, as it stands in the database."""
    return [
        consulta(base, f"SELECT * FROM {tabla} ORDER BY 1, 2")
        for tabla in ("hacienda_cuenta", "predial_predio", "predial_propietario", "predial_valor")
    ]


def test_the_padron_is_ordered_filtered_and_paged_by_the_database(base):
    predios = crear_predios(base, 7)
    runner = base.entrar(CARLA)

    def lee(**mas):
        return runner.ejecutar(service.padron, Pedido(**{"columnas": ("clave",)} | mas)).valor

    claves, despues, paginas = [], None, 0
    while True:
        pagina = lee(limite=3, despues=despues)
        claves += [f[0] for f in pagina.filas]
        despues, paginas = pagina.siguiente, paginas + 1
        if despues is None:
            break
    assert (claves, paginas) == (sorted(p.clave for p in predios), 3)
    assert lee(totales=True, limite=0).total == 7
    assert [f[0] for f in lee(orden=(("titular", "desc"),), limite=1).filas] == [predios[-1].clave]
    assert [f[-1] for f in lee(texto="pena munoz 3").filas] == [predios[2].cuenta_id]
    assert [f[-1] for f in lee(filtros=(("numero", "igual", "5"),)).filas] == [predios[4].cuenta_id]
    assert lee(filtros=(("estado", "igual", "BAJA"),)).filas == ()
    assert len(lee(filtros=(("superficie", "entre", ("160", "160")),)).filas) == 7
    assert lee(filtros=(("valor", "desde", "450000.01"),)).filas == ()
    assert len(lee(filtros=(("valor", "igual", "450000"), ("colonia", "contiene", "ficticia"))).filas) == 7
    with pytest.raises(ErrorDeUso, match="no se ordena por"):
        lee(orden=(("colonia", "asc"),))


class Hoja:
    """Takes a list as a file would."""

    def empezar(self, total, _sumas, _momento) -> None:
        self.total, self.filas_ = total, []

    def filas(self, lote) -> None:
        self.filas_ += lote


def test_the_padron_and_the_requests_are_handed_over_whole_for_a_file(base):
    predios = crear_predios(base, 3)
    carla = base.entrar(CARLA)
    pide(carla, "bloqueo", predios[0].cuenta_id)
    padron_, pedidas, todas = Hoja(), Hoja(), Hoja()
    carla.ejecutar(service.padron_entero, Salida(Pedido(columnas=("clave", "estado")), padron_))
    carla.ejecutar(service.mis_solicitudes_enteras, Salida(Pedido(columnas=("estado",)), pedidas))
    base.entrar(TEO).ejecutar(service.solicitudes_enteras, Salida(Pedido(columnas=("estado",)), todas))
    assert padron_.filas_ == [(p.clave, "ACTIVA", p.cuenta_id) for p in predios] and padron_.total == 3
    assert [f[0] for f in pedidas.filas_] == [f[0] for f in todas.filas_] == ["EN_ESPERA"]


def test_the_list_shows_the_last_value_and_the_surface_in_square_metres(base):
    [predio] = crear_predios(base)
    anio = hoy_de(base).year
    for version, terreno in ((1, "500000.00"), (2, "510000.50")):
        dinero = {"terreno": Decimal(terreno), "construccion": Decimal("1000.00"), "origen": "AVALUO"}
        escribe(base, Valor, cuenta_id=predio.cuenta_id, ejercicio=anio, version=version, **dinero)
    runner = base.entrar(CARLA)
    columnas = ("superficie", "valor")
    fila = runner.ejecutar(service.padron, Pedido(columnas=columnas)).valor.filas[0]
    assert fila == (Decimal("160.00"), Decimal("511000.50"), predio.cuenta_id)
    valores = runner.ejecutar(service.valores_de, service.CuentaPedida(predio.cuenta_id)).valor
    assert [(v.ejercicio, v.version, v.vigente) for v in valores] == [
        (anio, 2, True),
        (anio, 1, False),
        (anio - 1, 1, True),
    ]


def test_each_profile_reads_of_an_account_what_it_may(base):
    [predio] = crear_predios(base)
    ana = base.entrar()
    turno = abrir_caja(ana)
    cobrado = ana.ejecutar(caja.cobrar, cobro_de(ana, turno.id, predio.cuenta_id)).valor
    pregunta = service.CuentaPedida(predio.cuenta_id)
    total = sum(Decimal(int(f[0])) / 100 for f in consulta(base, "SELECT total FROM hacienda_recibo"))
    assert cobrado is not None and total > 0
    for login in MIRAN:
        runner = base.entrar(login)
        datos = runner.ejecutar(service.datos_de, pregunta).valor
        assert (datos.clave, datos.superficie, datos.estado) == (predio.clave, 160, "ACTIVA")
        assert [(p.nombre, p.participacion) for p in datos.propietarios] == [(datos.titular, 1_000_000)]
        assert runner.ejecutar(service.adeudos_de, pregunta).valor.cargos == ()
        hechos = [h.que for h in runner.ejecutar(service.historia_de, pregunta).valor]
        assert {"Alta de la cuenta", "Datos del predio", "Valor catastral", "Propietario"} <= set(hechos)
        assert hechos.count("Cargo") == 2
        if login == CARLA:
            pagos = runner.ejecutar(service.pagos_de, pregunta).valor
            assert sum(p.importe for p in pagos) == total and {p.fecha for p in pagos} == {hoy_de(base)}
            assert not runner.puede(service.recibos_de)
        else:
            [recibo] = runner.ejecutar(service.recibos_de, pregunta).valor
            assert (recibo.importe, recibo.estado, recibo.cajero) == (total, "", "ana.cajera")
            assert not runner.puede(service.pagos_de)
    assert not ana.puede(service.padron) and not ana.puede(service.historia_de)


def test_debts_are_told_by_year_with_their_article(base):
    [predio] = crear_predios(base)
    debido = base.entrar(CARLA).ejecutar(service.adeudos_de, service.CuentaPedida(predio.cuenta_id)).valor
    suyo = base.entrar(SARA).ejecutar(caja.ver_cuenta, caja.Consulta(predio.cuenta_id)).valor
    assert debido.cargos == suyo.cargos and len(debido.cargos) == 2
    assert all(linea.fundamento for cargo in debido.cargos for linea in cargo.lineas)


def test_contact_data_are_rows_and_the_last_of_each_kind_counts(base):
    [predio] = crear_predios(base)
    carla, cuenta = base.entrar(CARLA), service.CuentaPedida(predio.cuenta_id)
    persona = carla.ejecutar(service.datos_de, cuenta).valor.propietarios[0].contribuyente_id
    primera = service.DatosDeContacto(persona, "(871) 555-01 23", "Ana@Correo.MX", "")
    assert carla.ejecutar(service.guardar_contacto, primera).valor == 2
    segunda = replace(primera, telefono="", domicilio="Calle Inventada 8")
    assert carla.ejecutar(service.guardar_contacto, segunda).valor == 2
    ficha = base.entrar(ALDO).ejecutar(service.ver_contacto, service.PersonaPedida(persona)).valor
    assert (ficha.telefono, ficha.correo, ficha.domicilio) == ("", "ana@correo.mx", "Calle Inventada 8")
    assert sorted((h.tipo, h.valor) for h in ficha.historia) == [
        ("CORREO", "ana@correo.mx"),
        ("DOMICILIO", "Calle Inventada 8"),
        ("TELEFONO", ""),
        ("TELEFONO", "8715550123"),
    ]
    datos = carla.ejecutar(service.datos_de, cuenta).valor
    contactos = (("CORREO", "ana@correo.mx"), ("DOMICILIO", "Calle Inventada 8"))
    assert datos.propietarios[0].contactos == contactos
    with pytest.raises(ErrorDeUso, match="No cambió"):
        carla.ejecutar(service.guardar_contacto, segunda)
    for malo, campo in (
        ("telefono", "871"),
        ("telefono", "87155501234"),
        ("correo", "ana@"),
        ("correo", "a b@c.mx"),
    ):
        with pytest.raises(ErrorDeUso) as rechazo:
            carla.ejecutar(service.guardar_contacto, replace(segunda, **{malo: campo}))
        assert rechazo.value.campo == malo
    assert not any(base.entrar(quien).puede(service.guardar_contacto) for quien in (SARA, TEO, ALDO))


def test_a_draft_belongs_to_one_person(base):
    carla, sara = base.entrar(CARLA), base.entrar(SARA)
    clave = "predial.movimiento.baja.1"
    carla.ejecutar(service.apuntar, service.Apunte(service.BORRADOR, clave, '{"motivo": "de Carla"}'))
    suyos = carla.ejecutar(service.mis_apuntes, service.Mios(service.BORRADOR)).valor
    assert suyos == {clave: '{"motivo": "de Carla"}'}
    assert sara.ejecutar(service.mis_apuntes, service.Mios(service.BORRADOR)).valor == {}
    sara.ejecutar(service.apuntar, service.Apunte(service.BORRADOR, clave, '{"motivo": "de Sara"}'))
    sara.ejecutar(service.apuntar, service.Apunte(service.BORRADOR, clave, ""))
    assert carla.ejecutar(service.mis_apuntes, service.Mios(service.BORRADOR)).valor == suyos


@pytest.mark.postgresql
def test_another_persons_draft_is_invisible_and_unwritable_with_sql(crear_base):
    base = crear_base("postgresql")
    carla, sara = base.entrar(CARLA), base.entrar(SARA)
    carla.ejecutar(service.apuntar, service.Apunte(service.BORRADOR, "x", "secreto"))
    with motor.sesion(sara.motor, escribe=True) as sesion:
        assert sesion.execute(text("SELECT * FROM core_personal")).all() == []
        assert sesion.execute(text("UPDATE core_personal SET valor = 'mío'")).rowcount == 0
        assert sesion.execute(text("DELETE FROM core_personal")).rowcount == 0
    ajeno = "INSERT INTO core_personal VALUES (:u, 'BORRADOR', 'y', 'z', now())"
    for sql in (ajeno, "UPDATE core_personal SET usuario = :u", "TRUNCATE core_personal"):
        with motor.sesion(sara.motor, escribe=True) as sesion, pytest.raises(DBAPIError):
            sesion.execute(text(sql), {"u": CARLA} if ":u" in sql else {})
    assert consulta(base, "SELECT usuario, clave, valor FROM core_personal WHERE tipo = 'BORRADOR'") == [
        (CARLA, "x", "secreto")
    ]
    assert set(PERFILES) == set(personales.PERSONAL.perfiles)


def test_a_movement_is_asked_with_its_before_and_after_and_the_padron_does_not_change(base):
    [predio] = crear_predios(base)
    carla, antes = base.entrar(CARLA), padron(base)
    valores = (("calle", "Nogal"), ("numero", "12 B"), ("colonia", "Centro"), ("codigo_postal", "35150"))
    solicitud = pide(carla, "cambio_de_domicilio", predio.cuenta_id, valores=valores)
    assert padron(base) == antes
    columnas = "acto, modulo, objeto, orden, vence - creado, usuario"
    [(acto, modulo, objeto, orden, plazo, usuario)] = consulta(base, f"SELECT {columnas} FROM core_solicitud")
    assert (acto, modulo, objeto) == ("predial.cambio_de_domicilio", "predial", str(predio.cuenta_id))
    assert usuario == CARLA and 0 <= HORAS * 3_600_000_000 - plazo < 5_000_000
    guardado = json.loads(orden)
    assert guardado["base"]["calle"] == "Calle Inventada" and guardado["propuesto"]["calle"] == "Nogal"
    assert (guardado["cuenta_id"], guardado["clave"]) == (predio.cuenta_id, predio.clave)
    vista = carla.ejecutar(service.ver_solicitud, service.SolicitudPedida(solicitud)).valor
    assert (vista.estado, vista.clave, vista.motivo) == (
        "EN_ESPERA",
        predio.clave,
        "Lo pide el contribuyente",
    )
    assert service.Cambio("Calle", "Calle Inventada", "Nogal") in vista.cambios
    with pytest.raises(ErrorDeUso, match="ya pidió ese movimiento"):
        pide(carla, "cambio_de_domicilio", predio.cuenta_id, valores=valores)
    historia = carla.ejecutar(service.historia_de, service.CuentaPedida(predio.cuenta_id)).valor
    assert [(h.usuario, h.solicitud_id) for h in historia if h.solicitud_id] == [(CARLA, solicitud)]


def test_requests_are_seen_by_who_asked_and_by_who_reviews(base):
    [predio] = crear_predios(base)
    carla, sara = base.entrar(CARLA), base.entrar(SARA)
    solicitud = pide(carla, "bloqueo", predio.cuenta_id)
    columnas = Pedido(columnas=("acto", "clave", "estado", "usuario", "firmante"))
    fila = ("predial.bloqueo", predio.clave, "EN_ESPERA", CARLA, None, solicitud)
    assert carla.ejecutar(service.mis_solicitudes, columnas).valor.filas == (fila,)
    with motor.sesion(sara.motor, escribe=True) as sesion:
        solicitudes.resolver(sesion, solicitud, "RECHAZADA", "Falta el croquis")
        sesion.commit()
    fila = (*fila[:2], "RECHAZADA", CARLA, SARA, solicitud)
    for login in (SARA, TEO, ALDO):
        assert base.entrar(login).ejecutar(service.solicitudes_del_padron, columnas).valor.filas == (fila,)
    assert carla.ejecutar(service.mis_solicitudes, columnas).valor.filas == (fila,)
    vista = carla.ejecutar(service.ver_solicitud, service.SolicitudPedida(solicitud)).valor
    assert (vista.estado, vista.firmante, vista.nota) == ("RECHAZADA", SARA, "Falta el croquis")
    assert vista.cambios == (service.Cambio("Estado", "Activa", "En revisión"),)
    for login in (SARA, TEO, ALDO):
        assert not base.entrar(login).puede(service.pedir_movimiento)


def test_owners_must_add_up_to_a_hundred_and_their_keys_must_be_right(base):
    [predio] = crear_predios(base)
    carla = base.entrar(CARLA)
    forma = carla.ejecutar(
        service.preparar_movimiento, service.FormaPedida("cambio_de_propietario", predio.cuenta_id)
    ).valor
    [actual] = forma.propietarios
    acto = (("fecha", "01/02/2024"), ("documento", "Escritura 123"))
    otra = PropietarioPropuesto("Persona Nueva", "PENM800101AB1", "", "66.6667")

    def con(*duenos, valores=acto):
        return pide(carla, "cambio_de_propietario", predio.cuenta_id, valores=valores, propietarios=duenos)

    mitad = replace(actual, participacion="33.3333")
    for duenos, frase in (
        ((), "al menos un propietario"),
        ((replace(actual, participacion="50"), replace(otra, participacion="49.9999")), "suman 99.9999"),
        ((mitad, replace(otra, rfc="PENM801301AB1")), "Propietario 2: El RFC no es válido"),
        ((mitad, replace(otra, curp="XXXX000000XXXXXX00")), "Propietario 2: La CURP no es válida"),
        ((mitad, replace(otra, participacion="0")), "Propietario 2: El porcentaje"),
        ((mitad, mitad, replace(otra, participacion="33.3334")), "dos veces"),
        ((replace(actual, contribuyente_id=999_999, participacion="100"),), "ya no es propietario"),
        ((actual,), "igual a lo que ya dice"),
    ):
        with pytest.raises(ErrorDeUso, match=frase):
            con(*duenos)
    with pytest.raises(ErrorDeUso, match="no ha llegado") as rechazo:
        con(mitad, otra, valores=(("fecha", f"01/02/{hoy_de(base).year + 1}"), acto[1]))
    assert rechazo.value.campo == "fecha"
    vista = carla.ejecutar(service.ver_solicitud, service.SolicitudPedida(con(mitad, otra))).valor
    assert vista.cambios[0] == service.Cambio("Fecha del acto", "", "01/02/2024")
    assert [c.propuesto for c in vista.cambios[2:]] == [
        f"{actual.nombre} · 33.3333 %",
        "Persona Nueva · PENM800101AB1 · 66.6667 %",
    ]


def test_an_account_that_changed_while_the_form_was_filled_is_not_asked_about(base):
    [predio] = crear_predios(base)
    carla = base.entrar(CARLA)
    pregunta = service.FormaPedida("cambio_de_propietario", predio.cuenta_id)
    forma = carla.ejecutar(service.preparar_movimiento, pregunta).valor
    [actual] = forma.propietarios
    quien = {"contribuyente_id": actual.contribuyente_id, "participacion": 1_000_000}
    escribe(base, Propietario, cuenta_id=predio.cuenta_id, version=2, n=1, **quien)
    orden = PeticionDeMovimiento(
        str(uuid.uuid4()),
        "cambio_de_propietario",
        predio.cuenta_id,
        "Compraventa",
        (("fecha", "01/02/2024"), ("documento", "Escritura 1")),
        (PropietarioPropuesto("Otra Persona", participacion="100"),),
        forma.ahora,
        forma.version,
    )
    with pytest.raises(ErrorDeUso, match="cambió mientras llenaba"):
        carla.ejecutar(service.pedir_movimiento, orden)
    assert consulta(base, "SELECT count(*) FROM core_solicitud") == [(0,)]


def test_every_other_movement_is_checked_before_anybody_is_asked(base):
    uno, _ = crear_predios(base, 2)
    carla = base.entrar(CARLA)
    tipo = consulta(base, f"SELECT tipo FROM predial_predio WHERE cuenta_id = {uno.cuenta_id}")[0][0]
    alta = {
        "clave": clave_de(base, 9),
        "calle": "Nogal",
        "numero": "1",
        "colonia": "Centro",
        "codigo_postal": "35150",
        "tipo": tipo,
        "uso": "HABITACIONAL",
        "superficie": "160.55",
        "emitir_desde": str(hoy_de(base).year),
        "fecha": "01/02/2024",
        "documento": "Manifestación 7",
    }
    duena = (PropietarioPropuesto("Persona Nueva", "", "", "100"),)

    def falla(movimiento, campo, cuenta_id=uno.cuenta_id, propietarios=(), **valores):
        with pytest.raises(ErrorDeUso) as rechazo:
            pide(carla, movimiento, cuenta_id, valores=tuple(valores.items()), propietarios=propietarios)
        assert rechazo.value.campo == campo, rechazo.value

    falla("cambio_de_uso", "tipo", tipo="MARCIANO", uso="HABITACIONAL")
    falla("cambio_de_uso", "uso", tipo=tipo, uso="")
    falla("rectificacion_de_superficie", "superficie", superficie="0")
    falla("rectificacion_de_superficie", "superficie", superficie="-5")
    falla("rectificacion_de_superficie", None, superficie="160")
    falla("cambio_de_domicilio", "codigo_postal", calle="A", numero="1", colonia="C", codigo_postal="35")
    falla("desbloqueo", None)
    falla("volar", None)
    falla("baja", None, cuenta_id=None)
    falla("alta", "clave", None, duena, **alta | {"clave": "12"})
    falla("alta", "clave", None, duena, **alta | {"clave": uno.clave})
    falla("alta", "propietarios", None, (), **alta)
    with pytest.raises(ErrorDeUso) as corto:
        pide(carla, "baja", uno.cuenta_id, motivo="ya")
    assert corto.value.campo == "motivo"
    assert consulta(base, "SELECT count(*) FROM core_solicitud") == [(0,)]
    antes = padron(base)
    for movimiento, cuenta_id, valores, duenos in (
        ("alta", None, alta, duena),
        ("baja", uno.cuenta_id, {}, ()),
        ("cambio_de_uso", uno.cuenta_id, {"tipo": tipo, "uso": "COMERCIAL"}, ()),
        ("rectificacion_de_superficie", uno.cuenta_id, {"superficie": "170.25"}, ()),
    ):
        pide(carla, movimiento, cuenta_id, valores=tuple(valores.items()), propietarios=duenos)
    assert padron(base) == antes
    lista = carla.ejecutar(service.mis_solicitudes, Pedido(columnas=("acto", "clave"))).valor
    assert {f[:2] for f in lista.filas} == {
        ("predial.alta", alta["clave"]),
        ("predial.baja", uno.clave),
        ("predial.cambio_de_uso", uno.clave),
        ("predial.rectificacion_de_superficie", uno.clave),
    }
