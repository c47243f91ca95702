"""A municipality moves in: its padrón, then its old debts, each file once, each bad row back to be mended."""

import json
import threading
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
from apoyo import abrir_caja, clave_de, cobro_de, crear_predios, hoy_de
from archivos import padron_grande as grande
from carga import (
    ADEUDOS,
    CUENTAS,
    cargar,
    confirmacion_de,
    cuenta,
    devuelto_y_corregido,
    escrito,
    la_que_espera,
    revisar,
    sin_estropear,
)
from sqlalchemy import text
from stdnum.mx import curp
from ventanilla import consulta

from lerdo_desk.base.dinero import de_centavos
from lerdo_desk.base.errores import Cancelado, ErrorDeUso
from lerdo_desk.db import motor
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.predial import service
from lerdo_desk.modules.predial.service.cargas_datos import importacion_de
from lerdo_desk.modules.predial.service.confirmacion import Confirmacion, Rechazo


@dataclass(frozen=True)
class Mudanza:
    """A padrón and its opening debts, as they are spoilt and as they should be, and their files."""

    padron: grande.Lote
    deudas: grande.Lote
    padron_bueno: grande.Lote
    deudas_buenas: grande.Lote
    del_padron: Path
    de_deudas: Path


_TABLAS = (
    "hacienda_contribuyente",
    "hacienda_cuenta",
    "predial_predio",
    "predial_propietario",
    "predial_valor",
)
_CARGAS = ("core_carga", "core_carga_fila", "core_carga_evento", "hacienda_cargo")


@pytest.fixture(
    scope="module",
    params=[(grande.en_libreoffice, "xlsx"), (grande.en_dbf, "dbf")],
    ids=["libreoffice", "dbf"],
)
def mudanza(request, tmp_path_factory) -> Mudanza:
    """Give the files of a municipality that moves in, written once for both databases."""
    hacer, extension = request.param
    padron = grande.cuentas()
    deudas = grande.adeudos(padron)
    carpeta, rutas = tmp_path_factory.mktemp("cargas"), []
    for lote in (padron, deudas):
        rutas.append(carpeta / f"{lote.nombre}.{extension}")
        rutas[-1].write_bytes(hacer(lote))
    buenos = sin_estropear(grande.cuentas)
    buenas = sin_estropear(lambda: grande.adeudos(padron))
    return Mudanza(padron, deudas, buenos, buenas, *rutas)


def cuentan(base, tablas=(*_TABLAS, *_CARGAS)) -> dict[str, int]:
    return {t: consulta(base, f"SELECT count(*) FROM {t}")[0][0] for t in tablas}


def por_ejercicio(base) -> dict[int, tuple[int, Decimal]]:
    filas = consulta(
        base,
        "SELECT ejercicio, count(*), sum(importe) FROM hacienda_cargo "
        "WHERE origen = 'HEREDADO' AND parametro_id IS NULL GROUP BY ejercicio",
    )
    return {e: (n, de_centavos(int(suma))) for e, n, suma in filas}


@pytest.mark.lento
def test_a_padron_and_its_opening_debts_move_in_whole(base, mudanza, tmp_path):
    m, todas = mudanza, len(mudanza.padron.filas)
    malas = todas // grande.PARTE_MALA
    buenas = todas - malas
    anio, carla, teo = hoy_de(base).year, base.entrar("carla.capturista"), base.entrar("teo.tesorero")

    # The padrón: accepted + returned = read; the ten kinds of error are told apart.
    primera = cargar(carla, "padron", m.del_padron, anio).revisado
    assert (primera.leidas, primera.nuevas, primera.devueltas) == (todas, buenas, malas)
    assert len(primera.devolucion.malas) == malas == sum(m.renglones for m in primera.motivos)
    assert len(primera.motivos) == 10
    assert cuentan(base, _TABLAS[1:]) == dict.fromkeys(_TABLAS[1:], buenas)
    valor = sum((f[11] + f[12] for f in m.padron.buenas), Decimal(0))
    assert primera.valor == valor
    [(guardado,)] = consulta(base, "SELECT sum(terreno + construccion) FROM predial_valor")
    assert de_centavos(int(guardado)) == valor

    # The same file again changes nothing and says when and by whom.
    antes = cuentan(base)
    segunda = cargar(carla, "padron", m.del_padron, anio)
    assert segunda.importado.escritas == 0
    assert "por Carla Capturista de Prueba; no se cargará otra vez." in segunda.importado.anterior.frase
    assert segunda.revisado.anterior == segunda.importado.anterior
    assert (segunda.revisado.nuevas, segunda.revisado.iguales) == (0, buenas)
    assert cuentan(base) == antes

    # The returned workbook, corrected, completes it.
    corregido = tmp_path / "padron por corregir.xlsx"
    corregido.write_bytes(devuelto_y_corregido(primera, m.padron_bueno))
    completa = cargar(carla, "padron", corregido, anio)
    assert (completa.revisado.leidas, completa.importado.escritas) == (malas, malas)
    assert cuentan(base, _TABLAS[1:]) == dict.fromkeys(_TABLAS[1:], todas)

    # The debts: control totals are shown before, stored with the digest, and nobody owes anything yet.
    heredadas = cargar(carla, "adeudos", m.de_deudas, anio).revisado
    assert (heredadas.leidas, heredadas.aceptadas, heredadas.devueltas) == (todas, buenas, malas)
    assert len(heredadas.motivos) == 10
    esperados = grande.totales(m.deudas)
    assert {t.ejercicio: (t.adeudos, t.importe) for t in heredadas.totales} == esperados
    [(digesto, totales)] = consulta(base, "SELECT digesto, totales FROM core_carga WHERE tipo = 'adeudos'")
    assert digesto == heredadas.pregunta.digesto
    assert {
        int(e): (t["adeudos"], de_centavos(t["importe"])) for e, t in json.loads(totales).items()
    } == esperados
    assert cuentan(base)["hacienda_cargo"] == 0
    antes = cuentan(base)
    de_nuevo = carla.ejecutar(service.cargar_adeudos, importacion_de(heredadas)).valor
    assert de_nuevo.escritas == 0 and de_nuevo.anterior is not None
    otra_vez = revisar(carla, "adeudos", m.de_deudas, anio)
    assert (otra_vez.nuevas, otra_vez.iguales, otra_vez.devueltas) == (0, buenas, malas)
    assert cuentan(base) == antes

    # The tesorero confirms what was shown, and the books hold the same to the centavo.
    vista = la_que_espera(teo)
    assert vista.cuadra and not vista.propia
    assert {t.ejercicio: (t.en_filas, t.importe_en_filas) for t in vista.totales} == esperados
    hecho = teo.ejecutar(service.confirmar_carga, confirmacion_de(vista)).valor
    assert (hecho.cargos, hecho.importe) == (buenas, sum(i for _, i in esperados.values()))
    assert por_ejercicio(base) == esperados
    [(memoria,)] = consulta(base, "SELECT memoria FROM hacienda_cargo ORDER BY id LIMIT 1")
    assert vista.carga.id in memoria and m.de_deudas.name in memoria

    # What came back, corrected, completes the debts too.
    corregido = tmp_path / "adeudos por corregir.xlsx"
    corregido.write_bytes(devuelto_y_corregido(heredadas, m.deudas_buenas))
    assert cargar(carla, "adeudos", corregido, anio).importado.escritas == malas
    teo.ejecutar(service.confirmar_carga, confirmacion_de(la_que_espera(teo)))
    assert por_ejercicio(base) == grande.totales(m.deudas_buenas)


def preparar(base, carpeta, *, desde: int = 0) -> tuple:
    """Load three accounts, two of them with a debt in a file; give clerk, tesorero, claves and that file."""
    anio, carla = hoy_de(base).year, base.entrar("carla.capturista")
    claves = [clave_de(base, n) for n in (1, 2, 3)]
    padron = escrito(carpeta, "padron.csv", CUENTAS, *(cuenta(c) for c in claves))
    assert cargar(carla, "padron", padron, anio + desde).importado.escritas == 3
    renglones = [f"{c},{anio - 1},Impuesto predial,1000.00,31/03/{anio - 1},6/{anio - 2}" for c in claves[:2]]
    return carla, base.entrar("teo.tesorero"), claves, escrito(carpeta, "adeudos.csv", ADEUDOS, *renglones)


def test_what_is_confirmed_is_owed_at_the_till_with_surcharges_and_not_emitted_twice(base, tmp_path):
    anio = hoy_de(base).year
    carla, teo, claves, deudas = preparar(base, tmp_path)
    de_este = escrito(
        tmp_path, "este.csv", ADEUDOS, f"{claves[1]},{anio},Rezago predial,700.00,31/03/{anio},3/{anio}"
    )
    for archivo in (deudas, de_este):
        cargar(carla, "adeudos", archivo, anio)
        teo.ejecutar(service.confirmar_carga, confirmacion_de(la_que_espera(teo)))
    emitidos = [teo.ejecutar(service.emitir, service.Emision(e)).valor.cargos for e in (anio - 1, anio)]
    assert emitidos == [
        0,
        2,
    ]  # the year of the inherited debts is not charged here, and the second owed this one
    ids = dict(consulta(base, "SELECT clave, id FROM hacienda_cuenta"))
    ana = base.entrar("ana.cajera")
    turno = abrir_caja(ana)
    debe = ana.ejecutar(caja.consultar, caja.Consulta(ids[claves[0]])).valor
    viejo = next(c for c in debe.cargos if c.ejercicio == anio - 1)
    assert viejo.origen == "HEREDADO" and viejo.de_clase("principal") == Decimal("1000.00")
    assert viejo.vencido and viejo.de_clase("recargo") > 0
    assert [c.ejercicio for c in debe.cargos] == [anio - 1, anio]
    pagado = ana.ejecutar(caja.cobrar, cobro_de(ana, turno.id, ids[claves[0]])).valor
    assert pagado is not None
    assert not ana.ejecutar(caja.consultar, caja.Consulta(ids[claves[0]])).valor.cargos
    del_segundo = ana.ejecutar(caja.consultar, caja.Consulta(ids[claves[1]])).valor.cargos
    assert [(c.ejercicio, c.de_clase("principal")) for c in del_segundo] == [
        (anio - 1, Decimal("1000.00")),
        (anio, Decimal("700.00")),
    ]


def test_each_debt_that_cannot_be_is_returned_with_its_reason(base, tmp_path):
    [emitida] = crear_predios(base, anios=1)
    anio, ajena = hoy_de(base).year, clave_de(base, 77)
    otra = clave_de(base, 9)
    carla, teo = base.entrar("carla.capturista"), base.entrar("teo.tesorero")
    padron = escrito(tmp_path, "padron.csv", CUENTAS, cuenta(otra))
    cargar(carla, "padron", padron, anio + 1)
    espera = escrito(tmp_path, "espera.csv", ADEUDOS, f"{otra},{anio - 1},Impuesto,50,31/03/{anio - 1},")
    cargar(carla, "adeudos", espera, anio)
    casos = {
        f"{ajena},{anio - 1},Impuesto,50,31/03/{anio - 1},": "no está en el padrón predial",
        f"{emitida.clave},{anio},Rezago,50,31/03/{anio},": f"ya tiene ese cargo de {anio}",
        f"{otra},{anio - 1},Impuesto,60,31/03/{anio - 1},": "ya espera en otra carga",
        f"{otra},{anio - 2},Impuesto,50,31/03/{anio - 2},6/{anio - 2}": f"Pagó hasta 6/{anio - 2} y debe",
        f"{otra},{anio - 3},Impuesto,50,31/03/{anio - 9},": f"no es de {anio - 3}",
        f"{otra},{anio + 1},Impuesto,50,31/03/{anio + 1},": "todavía no empieza",
        f"{otra},1985,Impuesto,50,31/03/1985,": "No hay una disposición en vigor",
        f"{otra},{anio},Recargos predial,50,31/03/{anio},": "lo calcula la caja",
        f"{otra},{anio},Diezmo,50,31/03/{anio},": "El concepto no se conoce",
        f"{otra},{anio - 4},Impuesto,50,31/03/{anio - 4},7/{anio - 5}": "El bimestre va del 1 al 6",
        f"{otra},{anio - 5},Impuesto,50,31/03/{anio - 5},nunca": "El último periodo pagado no se entiende",
    }
    malos = escrito(
        tmp_path, "malos.csv", ADEUDOS, *casos, f"{otra},{anio},Impuesto,50,31/03/{anio},3/{anio}"
    )
    revisado = revisar(carla, "adeudos", malos, anio)
    dichas = {m.n - 2: m.errores[0].frase for m in revisado.devolucion.malas}
    assert sorted(dichas) == list(range(len(casos)))
    for n, frase in enumerate(casos.values()):
        assert frase in dichas[n]
    assert (revisado.leidas, revisado.aceptadas) == (len(casos) + 1, 1)
    assert revisado.errores[0].celda == "A2" and revisado.errores[0].dato == ajena

    # A rejected load waits no more: its debts may come again in another file.
    teo.ejecutar(service.rechazar_carga, Rechazo(la_que_espera(teo).carga.id, "El importe es otro."))
    de_nuevo = revisar(carla, "adeudos", espera, anio)
    assert "Tesorería lo rechazó: «El importe es otro.»" in de_nuevo.anterior.frase
    corregido = escrito(tmp_path, "otra.csv", ADEUDOS, f"{otra},{anio - 1},Impuesto,60,31/03/{anio - 1},")
    assert cargar(carla, "adeudos", corregido, anio).importado.escritas == 1


def test_an_account_on_record_is_accepted_only_as_it_stands_and_people_are_not_doubled(base, tmp_path):
    anio, carla = hoy_de(base).year, base.entrar("carla.capturista")
    c = [clave_de(base, n) for n in range(1, 9)]
    uno = escrito(
        tmp_path,
        "uno.csv",
        CUENTAS,
        cuenta(c[0], rfc="PELB800101AB1", curp=_curp("H")),
        cuenta(c[1], "Otro nombre de ella", rfc="PELB800101AB1"),
        cuenta(c[2], "Sin claves"),
        cuenta(c[3], "Público en general", rfc="XAXX010101000"),
        cuenta(c[4], "Público en general", rfc="XAXX010101000"),
    )
    assert cargar(carla, "padron", uno, anio).importado.escritas == 5
    personas = consulta(base, "SELECT nombre FROM hacienda_contribuyente ORDER BY id")
    assert [p[0] for p in personas] == ["Begoña Peña Lince", "Sin claves", *["Público en general"] * 2]
    dos = escrito(
        tmp_path,
        "dos.csv",
        CUENTAS,
        cuenta(c[0], rfc="PELB800101AB1", curp=_curp("H")),
        cuenta(c[2], "Sin claves", terreno="99.00"),
        cuenta(c[5], "Ella otra vez", rfc="PELB800101AB1"),
        cuenta(c[6], "Otra CURP", rfc="PELB800101AB1", curp=_curp("M")),
    )
    revisado = revisar(carla, "padron", dos, anio)
    assert (revisado.nuevas, revisado.iguales, revisado.devueltas) == (1, 1, 2)
    frases = [m.errores[0].frase for m in revisado.devolucion.malas]
    assert "La cuenta ya existe con otros datos (Valor terreno)" in frases[0]
    assert "son de dos contribuyentes distintos" in frases[1]
    assert any("registrado con otro nombre" in a for a in revisado.avisos)
    antes = consulta(base, "SELECT count(*) FROM hacienda_contribuyente")
    carla.ejecutar(service.cargar_padron, importacion_de(revisado))
    assert consulta(base, "SELECT count(*) FROM hacienda_contribuyente") == antes


def _curp(sexo: str) -> str:
    raiz = f"PXLB800101{sexo}NEBBB0"
    return raiz + curp.calc_check_digit(raiz)


def test_cancelling_half_way_leaves_nothing(base, tmp_path, monkeypatch):
    monkeypatch.setattr("lerdo_desk.modules.predial.imports.padron.LOTE", 10)
    anio, carla = hoy_de(base).year, base.entrar("carla.capturista")
    ruta = escrito(tmp_path, "p.csv", CUENTAS, *(cuenta(clave_de(base, n)) for n in range(1, 61)))
    revisado = revisar(carla, "padron", ruta, anio)
    alto, antes = threading.Event(), cuentan(base)

    def a_la_mitad(paso):
        if paso.text == "Guardando cuentas" and paso.done == 30:
            alto.set()

    with pytest.raises(Cancelado):
        carla.ejecutar(service.cargar_padron, importacion_de(revisado), avance=a_la_mitad, cancelado=alto)
    assert cuentan(base) == antes
    assert carla.ejecutar(service.cargar_padron, importacion_de(revisado)).valor.escritas == 60


def test_what_changed_since_the_review_or_the_load_is_refused(base, tmp_path):
    anio = hoy_de(base).year
    carla, teo, claves, deudas = preparar(base, tmp_path, desde=-1)
    revisado = revisar(carla, "adeudos", deudas, anio)
    cargar(carla, "adeudos", deudas, anio)
    otra = escrito(tmp_path, "copia.csv", ADEUDOS, *deudas.read_text(encoding="utf-8").splitlines()[1:], "")
    otra.write_text(deudas.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    assert revisar(carla, "adeudos", otra, anio).nuevas == 0  # the same debts, in a file of another digest
    with pytest.raises(ErrorDeUso, match="cambió desde que lo eligió"):
        carla.ejecutar(service.revisar_archivo, _con_otro_digesto(revisado.pregunta))
    vista = la_que_espera(teo)
    with pytest.raises(ErrorDeUso, match="no son los que se mostraron"):
        teo.ejecutar(service.confirmar_carga, Confirmacion(vista.carga.id, 3, vista.carga.importe))
    assert cuentan(base)["hacienda_cargo"] == 0
    # Somebody emits the year meanwhile: what was to be inherited would be owed twice.
    teo.ejecutar(service.emitir, service.Emision(anio - 1))
    vista = la_que_espera(teo)
    assert [(t.ejercicio, t.ya) for t in vista.totales] == [(anio - 1, 2)] and not vista.cuadra
    antes = cuentan(base)
    with pytest.raises(ErrorDeUso, match=f"{claves[0]} ya tiene un cargo de {anio - 1}"):
        teo.ejecutar(service.confirmar_carga, confirmacion_de(vista))
    assert cuentan(base) == antes
    with pytest.raises(ErrorDeUso, match="Escriba por qué se rechaza"):
        teo.ejecutar(service.rechazar_carga, Rechazo(vista.carga.id, "no"))


def _con_otro_digesto(pregunta):
    return type(pregunta)(pregunta.archivo, "0" * 64, pregunta.mapeo, pregunta.desde)


def _sql(runner, sentencia: str, **datos) -> None:
    with motor.transaccion(runner.motor) as sesion:
        sesion.execute(text(sentencia), datos)


def test_nobody_confirms_what_they_loaded_and_nobody_else_writes_an_inherited_debt(base, tmp_path):
    anio = hoy_de(base).year
    carla, teo, claves, deudas = preparar(base, tmp_path)
    cargar(carla, "adeudos", deudas, anio)
    vista = la_que_espera(teo)
    orden = confirmacion_de(vista)
    for ajeno in ("carla.capturista", "ana.cajera", "sara.supervisora", "aldo.auditor"):
        with pytest.raises(ErrorDeUso, match="perfil no permite"):
            base.entrar(ajeno).ejecutar(service.confirmar_carga, orden)
    with pytest.raises(ErrorDeUso, match="perfil no permite"):
        teo.ejecutar(service.cargar_adeudos, importacion_de(revisar(carla, "adeudos", deudas, anio)))

    evento = "INSERT INTO core_carga_evento (carga_id, n, estado, nota) VALUES (:id, 1, 'CONFIRMADA', '')"
    with pytest.raises(ErrorDeUso):
        _sql(carla, evento, id=vista.carga.id)
    [(cuenta_id,)] = consulta(base, f"SELECT id FROM hacienda_cuenta WHERE clave = '{claves[0]}'")
    [(concepto,)] = consulta(
        base, "SELECT id FROM hacienda_concepto WHERE modulo = 'predial' AND papel = 'IMPUESTO'"
    )
    cargo = (
        "INSERT INTO hacienda_cargo (cuenta_id, concepto_id, ejercicio, periodo, referencia, importe, vence, "
        f"origen, memoria) VALUES ({cuenta_id}, {concepto}, {anio - 1}, 0, '', 100, '{anio - 1}-03-31', "
        "'HEREDADO', 'inventado')"
    )
    for ajeno in ("ana.cajera", "carla.capturista", "sara.supervisora", "teo.tesorero"):
        with pytest.raises(ErrorDeUso):
            _sql(base.entrar(ajeno), cargo)
    assert cuentan(base)["hacienda_cargo"] == 0

    # A row slipped into a load that waits is refused, and totals that nobody was shown are not confirmed.
    intrusa = {"cuenta": cuenta_id, "clave": claves[0], "concepto": concepto, "ejercicio": anio - 2}
    intrusa |= {"importe": 5, "vence": f"{anio - 2}-03-31", "ultimo": None}
    with pytest.raises(ErrorDeUso, match="ya está asentado"):
        _sql(
            carla,
            "INSERT INTO core_carga_fila (carga_id, n, datos) VALUES (:id, 99, :datos)",
            id=vista.carga.id,
            datos=json.dumps(intrusa),
        )
    assert la_que_espera(teo).cuadra
    with pytest.raises(ErrorDeUso, match="no son los que se mostraron"):
        teo.ejecutar(service.confirmar_carga, replace(orden, adeudos=orden.adeudos + 1))
    assert cuentan(base)["hacienda_cargo"] == 0
