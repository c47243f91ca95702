"""Lists declared once: every row exactly once in any order, on both engines, and quick on big tables."""

from datetime import datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from apoyo import hoy_de
from sqlalchemy import event, insert, select, text, type_coerce

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pedido, Salida, condiciones_en_palabras, orden_en_palabras
from lerdo_desk.core import listados
from lerdo_desk.core.listados import Columna, Listado
from lerdo_desk.core.permisos import Permiso
from lerdo_desk.core.use_cases import UseCase
from lerdo_desk.db import motor
from lerdo_desk.db.modelo import Centavos
from lerdo_desk.hacienda.modelos import Contribuyente, Cuenta, Ente

VER = Permiso("prueba.ver", "Ver cuentas de prueba", ("cajero", "supervisor"), lee=(Cuenta, Contribuyente))
SALDO = type_coerce(Cuenta.id * 125 - 700, Centavos())
LISTA = Listado(
    clave="prueba.cuentas",
    nombre="Cuentas de prueba",
    permiso=VER,
    consulta=select(Cuenta)
    .join(Contribuyente, Contribuyente.id == Cuenta.titular_id)
    .where(Cuenta.modulo == "prueba"),
    id=Cuenta.id,
    columnas=(
        Columna("clave", "Clave", Cuenta.clave, ordenable=True, en_busqueda=True),
        Columna("titular", "Titular", Cuenta.titular, ordenable=True, en_busqueda=True),
        Columna("rfc", "RFC", Contribuyente.rfc, ordenable=True),
        Columna(
            "tipo", "Tipo", Contribuyente.tipo, ordenable=True, opciones=(("F", "Física"), ("M", "Moral"))
        ),
        Columna("saldo", "Saldo", SALDO, "dinero", ordenable=True, suma=True),
        Columna("alta", "Alta", Cuenta.creado, "instante", ordenable=True),
        Columna("numero", "Número", Cuenta.ente_id, "entero", oculta=True, filtrable=False),
    ),
    orden=(("clave", "asc"),),
    busqueda=Cuenta.busqueda,
)
FILAS = 130
NOMBRES = ("Peña Muñoz", "Ávila Núñez", "Zárate 50%", "O'Farrill =1+1", "Pérez_Ruiz")


def _caso(funcion, lista=LISTA):
    return UseCase("prueba.cuentas", VER, lambda ctx, orden: funcion(ctx, lista, orden), repetible=False)


PAGINA, ENTERA = _caso(listados.pagina), _caso(listados.entregar)


class _Cesto:
    """Takes a whole list into memory."""

    def __init__(self):
        self.todas, self.cabeza = [], None

    def empezar(self, total, sumas, momento):
        self.cabeza = (total, sumas, momento)

    def filas(self, lote):
        self.todas.extend(lote)


def _sembrar(base, cuantas=FILAS):
    """Write accounts whose names repeat and whose RFC is often missing."""
    dueno = base.motor_del_dueno()
    with motor.transaccion(dueno) as sesion:
        ente = sesion.scalars(select(Ente.id).order_by(Ente.id).limit(1)).one()
        personas = [
            sesion.execute(
                insert(Contribuyente)
                .values(nombre=nombre, tipo="FM"[n % 2], rfc=None if n % 2 else f"XAX{n}10101XX{n}")
                .returning(Contribuyente.id)
            ).scalar_one()
            for n, nombre in enumerate(NOMBRES)
        ]
        nuevas = [
            {
                "ente_id": ente,
                "modulo": "prueba",
                "clave": f"{(n * 7919) % 1_000_003:06d}",
                "titular_id": personas[n % 5],
                "titular": NOMBRES[n % 5],
                "domicilio": f"Calle {n}",
            }
            for n in range(cuantas)
        ]
        sesion.execute(insert(Cuenta), nuevas)
        otra = {**nuevas[0], "modulo": "otra", "clave": "ajena"}
        sesion.execute(insert(Cuenta).values(otra))
    dueno.dispose()


def _todas(runner, pedido, limite=17):
    """Page through a list to its end."""
    filas, despues = [], None
    while True:
        dada = runner.ejecutar(
            PAGINA,
            Pedido(pedido.columnas, pedido.orden, pedido.filtros, pedido.texto, despues, limite),
        ).valor
        assert len(dada.filas) <= limite
        filas.extend(dada.filas)
        despues = dada.siguiente
        if despues is None:
            return filas


def _preguntar(runner, **pedido):
    return runner.ejecutar(PAGINA, Pedido(**{"totales": True, "limite": 500, **pedido})).valor


@pytest.fixture
def ana(base):
    _sembrar(base)
    return base.entrar("ana.cajera")


def test_paging_gives_each_row_once_in_every_order_and_the_file_equals_the_list(ana, base):
    ordenes = [((c.clave, s),) for c in LISTA.columnas if c.ordenable for s in ("asc", "desc")]
    ordenes += [
        (("tipo", "asc"), ("rfc", "desc"), ("titular", "asc")),
        (("rfc", "desc"), ("clave", "asc")),
        (("rfc", "asc"), ("tipo", "desc")),
    ]
    for orden in ordenes:
        paginadas = _todas(ana, Pedido(orden=orden))
        ids = [f[-1] for f in paginadas]
        assert len(set(ids)) == len(ids) == FILAS, orden
        cesto = _Cesto()
        assert ana.ejecutar(ENTERA, Salida(Pedido(orden=orden), cesto)).valor == FILAS
        assert cesto.todas == paginadas, orden
    total, sumas, momento = cesto.cabeza
    assert (total, sumas[0][0]) == (FILAS, "saldo")
    assert sumas[0][1] == sum((f[4] for f in cesto.todas), Decimal(0))
    assert momento.date() == hoy_de(base) and momento.tzinfo is None


def test_an_order_is_the_one_asked_with_ties_by_id_and_blanks_together(ana):
    for clave, lugar in (("clave", 0), ("saldo", 4)):
        valores = [f[lugar] for f in _todas(ana, Pedido(orden=((clave, "desc"),)))]
        assert all(a >= b for a, b in pairwise(valores))
    nombres = [(f[1], f[-1]) for f in _todas(ana, Pedido(orden=(("titular", "asc"),)))]
    vistos = list(dict.fromkeys(n for n, _ in nombres))
    assert len(vistos) == 5
    assert all(a[1] < b[1] for a, b in pairwise(nombres) if a[0] == b[0])
    sin_rfc = [f[2] is None for f in _todas(ana, Pedido(orden=(("rfc", "asc"),)))]
    assert sum(a is not b for a, b in pairwise(sin_rfc)) == 1


def test_columns_come_as_asked_with_their_types_and_the_id_last(ana):
    [fila, *_] = _preguntar(ana, columnas=("saldo", "alta", "numero", "titular"), limite=1).filas
    assert [type(v) for v in fila] == [Decimal, datetime, int, str, int]
    primera = _preguntar(ana, limite=0)
    assert (primera.filas, primera.siguiente, primera.total, primera.exacto) == ((), None, FILAS, True)
    assert _preguntar(ana, totales=False, limite=1).total is None


def test_filters_find_what_they_say_on_both_engines(ana, base):
    todas = _preguntar(ana).filas
    corte = sorted(f[4] for f in todas)[40]
    hoy = hoy_de(base)

    def cuantas(*filtros, texto=""):
        dada = _preguntar(ana, filtros=filtros, texto=texto)
        assert dada.total == len(dada.filas)
        return dada.total

    assert cuantas(("titular", "contiene", "nunez avila")) == 26
    assert cuantas(("titular", "empieza", "peñá")) == 26
    assert cuantas(("titular", "empieza", "nunez")) == 0
    assert cuantas(("titular", "igual", "peña muñoz")) == 26
    assert cuantas(("rfc", "vacio", "")) == cuantas(("tipo", "igual", "M")) == 52
    assert cuantas(("rfc", "lleno", ""), ("tipo", "igual", "F")) == 78
    assert cuantas(("saldo", "desde", corte)) == 90
    assert cuantas(("saldo", "hasta", str(corte))) == 41
    assert cuantas(("saldo", "entre", ("−100.00", f"{corte:,}"))) == 41
    assert cuantas(("saldo", "igual", corte)) == 1
    assert (
        cuantas(("alta", "igual", hoy))
        == cuantas(("alta", "entre", ("01/01/2020", hoy.isoformat())))
        == FILAS
    )
    assert cuantas(("alta", "hasta", "2020-01-01")) == cuantas(("alta", "vacio", None)) == 0
    assert cuantas(texto="PEÑA calle") == 26
    assert cuantas(texto="peña avila") == 0
    assert cuantas(("titular", "igual", todas[7][1]), texto=todas[7][0]) == 1


@pytest.mark.parametrize(
    "pedido",
    [
        {"columnas": ("nada",)},
        {"orden": (("nada", "asc"),)},
        {"orden": (("numero", "asc"),)},
        {"orden": (("clave", "asc; DROP TABLE hacienda_cuenta"),)},
        {"despues": (1, 2, 3)},
        {"texto": "x" * 121},
        *(
            {"filtros": (f,)}
            for f in (
                ("nada", "igual", "1"),
                ("numero", "igual", 1),
                ("clave", "LIKE", "x"),
                ("clave", "entre", ("a", "b")),
                ("clave", "contiene", "%"),
                ("clave", "contiene", 5),
                ("tipo", "igual", "X"),
                ("saldo", "igual", "1e400"),
                ("saldo", "igual", True),
                ("saldo", "entre", "5"),
                ("saldo", "desde", ("1", "2")),
                ("saldo", "entre", ("2", "1")),
                ("alta", "desde", "31/02/2026"),
                ("alta", "desde", datetime(2026, 1, 1)),  # noqa: DTZ001
            )
        ),
    ],
)
def test_what_a_list_does_not_offer_is_refused_in_a_sentence(crear_base, pedido):
    runner = crear_base("sqlite").entrar("ana.cajera")
    with pytest.raises(ErrorDeUso) as error:
        runner.ejecutar(PAGINA, Pedido(**pedido))
    assert error.value.mensaje.endswith(".")


def test_a_list_that_contradicts_itself_is_not_declared():
    una = Columna("a", "A", Cuenta.clave)
    for columnas, orden in (
        ((una, una), ()),
        ((Columna("b", "B", Cuenta.id, suma=True),), ()),
        ((una,), (("a", "asc"),)),
    ):
        with pytest.raises(ValueError, match="mala"):
            Listado("mala", "Mala", columnas, select(Cuenta), Cuenta.id, VER, orden)


def test_conditions_of_the_service_narrow_the_list_before_the_person_does(crear_base):
    base = crear_base("sqlite")
    _sembrar(base, 20)
    caso = UseCase(
        "prueba.suyas",
        VER,
        lambda ctx, orden: listados.pagina(ctx, LISTA, orden, Cuenta.titular == NOMBRES[0]),
        repetible=False,
    )
    dada = (
        base.entrar("ana.cajera")
        .ejecutar(caso, Pedido(totales=True, filtros=(("tipo", "igual", "F"),)))
        .valor
    )
    assert dada.total == 4 == len(dada.filas)


def test_a_list_says_its_filter_and_order_in_words():
    lista = LISTA.descripcion()
    assert lista.tablas == {"hacienda_cuenta", "hacienda_contribuyente"}
    pedido = Pedido(
        orden=(("saldo", "desc"),),
        texto=" ana ",
        filtros=(
            ("tipo", "igual", "M"),
            ("saldo", "entre", (Decimal(100), Decimal(200))),
            ("rfc", "vacio", ""),
        ),
    )
    assert condiciones_en_palabras(lista, pedido) == (
        "Con «ana» · Tipo es «Moral» · Saldo entre 100.00 y 200.00 · RFC está vacío"
    )
    assert orden_en_palabras(lista, pedido.orden) == "Saldo (de mayor a menor)"
    assert condiciones_en_palabras(lista, Pedido()) == "Todos los renglones"


def test_a_page_by_an_indexed_order_reads_no_whole_table(crear_base):
    base = crear_base("sqlite")
    _sembrar(base, 400)
    sola = Listado(
        "prueba.sola",
        "Sola",
        (
            Columna("titular_id", "Titular", Cuenta.titular_id, "entero", ordenable=True),
            Columna("clave", "Clave", Cuenta.clave),
        ),
        select(Cuenta),
        Cuenta.id,
        VER,
        (("titular_id", "asc"),),
    )
    runner, planes = base.entrar("ana.cajera"), []

    @event.listens_for(runner.motor, "before_cursor_execute")
    def _explicar(_conexion, cursor, sentencia, datos, _contexto, _muchas):
        if "ORDER BY" in sentencia:
            crudo = cursor.connection.cursor()
            planes.extend(fila[3] for fila in crudo.execute(f"EXPLAIN QUERY PLAN {sentencia}", datos))

    for sentido in ("asc", "desc"):
        filas, despues = [], None
        while True:
            pedido = Pedido(orden=(("titular_id", sentido),), despues=despues, limite=30)
            dada = runner.ejecutar(_caso(listados.pagina, sola), pedido).valor
            filas.extend(dada.filas)
            despues = dada.siguiente
            if despues is None:
                break
        assert len({f[-1] for f in filas}) == 401
    assert planes and all("USING" in p and "INDEX ix_hacienda_cuenta_titular_id" in p for p in planes), set(
        planes
    )


@pytest.mark.postgresql
def test_postgresql_tells_its_estimate_of_a_big_table_and_counts_a_small_or_filtered_one(
    crear_base, monkeypatch
):
    base = crear_base("postgresql")
    _sembrar(base, 50)
    dueno = base.motor_del_dueno()
    with dueno.connect().execution_options(isolation_level="AUTOCOMMIT") as conexion:
        conexion.execute(text("ANALYZE mun.hacienda_cuenta"))
    dueno.dispose()
    grande = Listado(
        "prueba.grande",
        "Grande",
        (Columna("clave", "Clave", Cuenta.clave, ordenable=True),),
        select(Cuenta),
        Cuenta.id,
        VER,
        (("clave", "asc"),),
        tabla=Cuenta,
    )
    runner, caso = base.entrar("ana.cajera"), _caso(listados.pagina, grande)
    assert runner.ejecutar(caso, Pedido(totales=True)).valor.exacto
    monkeypatch.setattr(listados, "GRANDE", 40)
    dada = runner.ejecutar(caso, Pedido(totales=True)).valor
    assert (dada.total, dada.exacto) == (51, False)
    filtrada = runner.ejecutar(caso, Pedido(totales=True, texto="ajena")).valor
    assert (filtrada.total, filtrada.exacto) == (1, True)
