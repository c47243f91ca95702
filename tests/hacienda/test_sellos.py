"""The seals, recomputed here from what is stored, and the arithmetic that both databases share."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios
from asientos import Fila, copiar, filas, intentar, montar
from hypothesis import given, settings
from hypothesis import strategies as st
from municipio_de_prueba import AMBAS, BaseDePrueba
from sqlalchemy import text
from sqlalchemy.orm import Session

from lerdo_desk.base.calendario import meses_o_fraccion
from lerdo_desk.base.dinero import proporcion
from lerdo_desk.base.letras import CON_ACENTO, normaliza
from lerdo_desk.core.use_cases import Runner
from lerdo_desk.db import motor
from lerdo_desk.hacienda import turnos
from lerdo_desk.modules.caja import service as caja

RECIBOS = 20


def columnas(nombres: str) -> tuple[str, ...]:
    return tuple(nombres.split())


DEL_RECIBO = columnas(
    "id operacion_id ente_id serie folio turno_id cuenta_id membrete_id tipo reversa_de solicitud_id pagador"
    " cuenta_etiqueta domicilio fecha_pago total usuario creado hash_previo"
)
DEL_RENGLON = columnas(
    "n cargo_id concepto_id clase importe texto fundamento fecha_pago base parametro_id parametro_base_id"
    " meses factor reversa_de"
)
DEL_PAGO = columnas("n forma importe recibido cambio referencia usuario")


def netstrings(*valores: object) -> str:
    """Write values as bytes, colon, value, comma; ``~,`` for nothing. Not the product's own code."""
    return "".join("~," if v is None else f"{len(str(v).encode())}:{v}," for v in valores)


def sha(texto: str) -> str:
    return hashlib.sha256(texto.encode()).hexdigest()


@dataclass
class Cerrada:
    """A till that charged twenty accounts of three years and was closed."""

    base: BaseDePrueba
    ana: Runner
    turno: turnos.TurnoAbierto

    def leer(self, consulta: str, **datos: object) -> list[Fila]:
        with motor.sesion(self.ana.motor, escribe=False) as sesion:
            return filas(sesion, consulta, **datos)

    def recibos(self) -> list[Fila]:
        return self.leer(
            "SELECT r.*, s.clave AS serie FROM hacienda_recibo r JOIN hacienda_serie s ON s.id = r.serie_id"
            " ORDER BY r.serie_id, r.folio"
        )

    def contenido(self, recibo_id: object) -> str:
        """Write the lines and payments of a receipt as its seal takes them."""
        renglones = self.leer("SELECT * FROM hacienda_renglon WHERE recibo_id = :r ORDER BY n", r=recibo_id)
        pagos = self.leer("SELECT * FROM hacienda_pago WHERE recibo_id = :r ORDER BY n", r=recibo_id)
        partes = [netstrings(*(f[c] for c in DEL_RENGLON)) for f in renglones]
        return "".join(partes + [netstrings(*(f[c] for c in DEL_PAGO)) for f in pagos])


def cerrar_con_veinte_recibos(base: BaseDePrueba) -> Cerrada:
    predios = crear_predios(base, cuantos=RECIBOS, anios=3)
    ana = base.entrar()
    turno = abrir_caja(ana)
    for n, predio in enumerate(predios):
        orden = cobro_de(ana, turno.id, predio.cuenta_id, "9000.00" if n % 2 else None)
        ana.ejecutar(caja.cobrar, orden)
    ana.ejecutar(caja.contar, turnos.Arqueo(turno.id, ((Decimal("500"), 3), (Decimal("0.50"), 7))))
    ana.ejecutar(caja.cerrar_turno, turnos.Cierre(turno.id, "se depositó «lo demás» · ñandú"))
    return Cerrada(base, ana, turno)


@pytest.fixture(scope="module")
def cerradas(plantillas, tmp_path_factory, request) -> Iterator[dict[str, Cerrada]]:
    """The same day at the till on each engine, made when it is asked for."""
    hechas: dict[str, Cerrada] = {}

    class Hechas(dict):
        def __missing__(self, donde: str) -> Cerrada:
            carpeta = tmp_path_factory.mktemp("sellos")
            hechas[donde] = self[donde] = cerrar_con_veinte_recibos(
                copiar(donde, plantillas, request, carpeta)
            )
            return hechas[donde]

    yield Hechas()
    for cerrada in hechas.values():
        cerrada.base.cerrar()


@pytest.fixture(params=AMBAS)
def cerrada(request, cerradas) -> Cerrada:
    return cerradas[request.param]


def test_the_seal_of_every_receipt_is_the_digest_of_all_that_is_printed(cerrada):
    recibos = cerrada.recibos()
    assert [r["folio"] for r in recibos] == list(range(1, RECIBOS + 1))
    for r in recibos:
        previo = netstrings("recibo/1", *(r[c] for c in DEL_RECIBO), cerrada.contenido(r["id"]))
        assert r["hash"] == sha(previo), f"folio {r['folio']}"


def test_each_receipt_is_chained_to_the_one_before_and_the_serie_holds_the_tip(cerrada):
    hashes = [""] + [r["hash"] for r in cerrada.recibos()]
    assert [r["hash_previo"] for r in cerrada.recibos()] == hashes[:-1]
    [serie] = cerrada.leer("SELECT ultimo_folio, ultimo_hash FROM hacienda_serie WHERE ultimo_folio > 0")
    assert serie == {"ultimo_folio": RECIBOS, "ultimo_hash": hashes[-1]}


def test_the_seal_of_a_corte_holds_its_figures_the_count_and_the_tips_of_its_series(cerrada):
    [c] = cerrada.leer("SELECT c.*, t.fondo FROM hacienda_corte c JOIN hacienda_turno t ON t.id = c.turno_id")
    piezas = cerrada.leer(
        "SELECT denominacion, piezas FROM hacienda_conteo WHERE vez = 1 ORDER BY denominacion"
    )
    series = cerrada.leer(
        "SELECT clave, ultimo_folio, ultimo_hash FROM hacienda_serie WHERE caja_id = :c ORDER BY clave",
        c=c["caja_id"],
    )
    cifras = "turno_id caja_id numero fondo esperado contado recibos total motivo usuario creado hash_previo"
    previo = netstrings(
        "corte/1",
        *(c[columna] for columna in cifras.split()),
        "".join(netstrings(*p.values()) for p in piezas),
        "".join(netstrings(*s.values()) for s in series),
    )
    assert c["hash"] == sha(previo)
    assert c["contado"] == 150_350
    assert c["recibos"] == RECIBOS
    assert c["total"] == c["esperado"] - c["fondo"] == sum(int(str(r["total"])) for r in cerrada.recibos())


@pytest.mark.postgresql
def test_the_same_charges_are_sealed_from_the_same_text_in_both_databases(cerradas):
    textos = {
        d: [cerradas[d].contenido(r["id"]) for r in cerradas[d].recibos()] for d in ("sqlite", "postgresql")
    }
    assert len(set(textos["sqlite"])) == RECIBOS
    assert textos["sqlite"] == textos["postgresql"]
    dueno = cerradas["postgresql"].base.motor_del_dueno()
    with motor.sesion(dueno, escribe=False) as sesion:
        consulta = text("SELECT contenido_de_recibo(id) FROM hacienda_recibo ORDER BY serie_id, folio")
        assert sesion.scalars(consulta).all() == textos["postgresql"]
    dueno.dispose()


AJENOS = {
    "datestyle": "German, DMY",
    "timezone": "Pacific/Kiritimati",
    "intervalstyle": "sql_standard",
    "bytea_output": "escape",
    "standard_conforming_strings": "off",
    "transform_null_equals": "on",
    "array_nulls": "off",
    "extra_float_digits": "-15",
}


@pytest.mark.postgresql
def test_the_seal_does_not_depend_on_how_a_session_writes_dates_and_texts(crear_base):
    v = montar(crear_base("postgresql"))

    def sellar(sesion: Session) -> None:
        for ajuste, valor in AJENOS.items():
            sesion.execute(text(f"SET LOCAL {ajuste} = '{valor}'"))
        v.asiento().escribir(sesion)

    intentar(v.ana, sellar)

    cerrada = Cerrada(v.base, v.ana, v.turno)
    for r in cerrada.recibos():
        previo = netstrings("recibo/1", *(r[c] for c in DEL_RECIBO), cerrada.contenido(r["id"]))
        assert r["hash"] == sha(previo), f"folio {r['folio']}"
    v.dueno.dispose()


# What Python, SQLite and PostgreSQL must compute alike.

TEXTOS = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=60)
DE_NOMBRES = st.text(CON_ACENTO + "abcxyzABCXYZ0189 -.,'´`~#ß ſİıŀǆﬁ①²", max_size=60)
FECHAS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
RAPIDO = settings(max_examples=40, deadline=None)


@pytest.fixture(scope="module", params=AMBAS)
def calculo(request, cerradas) -> Iterator[tuple[str, object]]:
    """A session of the owner's, for whom every function can be called, in batches."""
    dueno = cerradas[request.param].base.motor_del_dueno()
    with motor.sesion(dueno, escribe=False) as sesion:
        yield request.param, sesion
    dueno.dispose()


def en_lote(calculo, funcion: str, tipos: tuple[str, ...], argumentos: list[tuple]) -> list:
    """Call a function of the database once for each row of arguments, in one query."""
    donde, sesion = calculo
    if donde == "sqlite":
        de = ", ".join(f"json_extract(value, '$[{i}]')" for i in range(len(tipos)))
        consulta = f"SELECT {funcion}({de}) FROM json_each(:filas) ORDER BY key"
        datos = {"filas": json.dumps(argumentos, default=str)}
    else:
        columnas = [list(columna) for columna in zip(*argumentos, strict=True)]
        arreglos = ", ".join(f"CAST(:c{i} AS {tipo}[])" for i, tipo in enumerate(tipos))
        nombres = ", ".join(f"x{i}" for i in range(len(tipos)))
        de = f"unnest({arreglos}) WITH ORDINALITY AS t({nombres}, orden)"
        consulta = f"SELECT {funcion}({nombres}) FROM {de} ORDER BY orden"
        datos = {f"c{i}": columna for i, columna in enumerate(columnas)}
    return list(sesion.execute(text(consulta), datos).scalars())


@RAPIDO
@given(valores=st.lists(st.one_of(TEXTOS, DE_NOMBRES), min_size=1, max_size=40))
def test_search_text_is_the_same_everywhere(calculo, valores):
    assert en_lote(calculo, "normaliza", ("text",), [(v,) for v in valores]) == [
        normaliza(v) for v in valores
    ]


@RAPIDO
@given(
    filas_=st.lists(
        st.tuples(
            st.integers(-(10**11), 10**11),
            st.integers(-(10**3), 10**7),
            st.sampled_from([10**n for n in range(9)]),
        )
        | st.tuples(st.integers(-(10**6), 10**6), st.integers(0, 10**6), st.integers(1, 10**8)),
        min_size=1,
        max_size=40,
    )
)
def test_a_proportion_is_rounded_the_same_everywhere(calculo, filas_):
    esperado = [proporcion(*fila) for fila in filas_]
    assert en_lote(calculo, "proporcion", ("bigint",) * 3, filas_) == esperado


@RAPIDO
@given(filas_=st.lists(st.tuples(FECHAS, FECHAS), min_size=1, max_size=40))
def test_months_late_are_counted_the_same_everywhere(calculo, filas_):
    esperado = [meses_o_fraccion(*fila) for fila in filas_]
    assert en_lote(calculo, "meses_o_fraccion", ("date",) * 2, filas_) == esperado


@RAPIDO
@given(valores=st.lists(st.none() | TEXTOS, max_size=20))
def test_a_list_of_values_is_written_the_same_everywhere(calculo, valores):
    donde, sesion = calculo
    datos = {f"v{i}": v for i, v in enumerate(valores)}
    lista = ", ".join(f":{nombre}" for nombre in datos)
    if donde == "postgresql":
        lista = "VARIADIC CAST(ARRAY[" + ", ".join(f"CAST(:{n} AS text)" for n in datos) + "] AS text[])"
    escrito = sesion.execute(text(f"SELECT canon({lista})"), datos).scalar_one()
    assert escrito == netstrings(*valores) == motor.canon(*valores)
    digesto = sesion.execute(text("SELECT sha256_hex(:t)"), {"t": escrito}).scalar_one()
    assert digesto == sha(escrito)


@given(unos=st.lists(st.none() | TEXTOS, max_size=6), otros=st.lists(st.none() | TEXTOS, max_size=6))
@settings(deadline=None)
def test_two_lists_that_differ_are_never_written_alike(unos, otros):
    assert (netstrings(*unos) == netstrings(*otros)) == (unos == otros)
