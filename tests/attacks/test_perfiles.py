"""Each person is a login of the server: with psql they do what the matrix says and nothing else."""

import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from apoyo import cobro_de
from asientos import Asiento, Ventanilla, asentar, copiar, filas, intentar, montar, rechazado
from municipio_de_prueba import FRASE, PERSONAS
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import acceso, concesiones, instalacion
from lerdo_desk.core.permisos import PERFILES
from lerdo_desk.core.use_cases import Runner
from lerdo_desk.db import motor
from lerdo_desk.db.fallos import traducidos
from lerdo_desk.db.modelo import Base, insertables
from lerdo_desk.modules.caja import service as caja

pytestmark = pytest.mark.postgresql
DENEGADO = "perfil no permite"
EN_MUN = "relnamespace = CAST('mun' AS regnamespace)"
DE_MUN = "pronamespace = CAST('mun' AS regnamespace)"


@pytest.fixture(scope="module")
def v(request, plantillas, tmp_path_factory) -> Iterator[Ventanilla]:
    base = copiar("postgresql", plantillas, request, tmp_path_factory.mktemp("perfiles"))
    montada = montar(base)
    yield montada
    montada.dueno.dispose()
    base.cerrar()


@pytest.fixture(scope="module")
def gente(v) -> dict[str, Runner]:
    """One person of each profile, on their own connection."""
    por_perfil = {perfil: login for login, (_, perfil) in PERSONAS.items() if login != "beto.cajero"}
    return {perfil: v.base.entrar(login) for perfil, login in por_perfil.items()}


@pytest.fixture(scope="module")
def matriz() -> concesiones.Matriz:
    return concesiones.matriz(instalacion.permisos())


def preguntar(v: Ventanilla, consulta: str, **datos: object) -> list[dict[str, object]]:
    with motor.sesion(v.dueno, escribe=False) as sesion:
        return filas(sesion, consulta, **datos)


def puede_columna(v: Ventanilla, perfil: str, tabla: str, que: str) -> set[str]:
    leidas = preguntar(
        v,
        "SELECT attname FROM pg_attribute WHERE attrelid = CAST(:tabla AS regclass) AND attnum > 0"
        " AND has_column_privilege(:rol, attrelid, attname, :que)",
        tabla=f"mun.{tabla}",
        rol=f"mun_{perfil}",
        que=que,
    )
    return {str(fila["attname"]) for fila in leidas}


# The matrix and the catalogue are the same thing.


@pytest.mark.parametrize("perfil", PERFILES)
def test_the_server_grants_each_profile_the_columns_of_the_matrix_and_no_more(v, matriz, perfil):
    for nombre, tabla in Base.metadata.tables.items():
        concesion = matriz.tablas.get((perfil, nombre), concesiones.Concesion())
        lee = concesion.lee_todo or concesion.lee_propias or concesion.propias
        assert puede_columna(v, perfil, nombre, "SELECT") == (set(tabla.columns.keys()) if lee else set()), (
            nombre
        )
        inserta = set(insertables(tabla)) if concesion.inserta or concesion.propias else set()
        assert puede_columna(v, perfil, nombre, "INSERT") == inserta, nombre
        cambia = {"valor", "fecha"} if nombre == "core_personal" else set()
        assert puede_columna(v, perfil, nombre, "UPDATE") == cambia, nombre
        assert puede_columna(v, perfil, nombre, "REFERENCES") == set(), nombre


@pytest.mark.parametrize("perfil", PERFILES)
def test_no_profile_deletes_empties_or_puts_triggers_on_a_table(v, perfil):
    con = preguntar(
        v,
        f"SELECT relname FROM pg_class WHERE {EN_MUN} AND relkind IN ('r', 'v', 'S')"
        " AND CASE relkind WHEN 'S' THEN has_sequence_privilege(:rol, oid, 'USAGE, SELECT, UPDATE')"
        " ELSE has_table_privilege(:rol, oid, 'TRUNCATE, TRIGGER') END",
        rol=f"mun_{perfil}",
    )
    assert con == []
    borra = preguntar(
        v,
        f"SELECT relname FROM pg_class WHERE {EN_MUN} AND relkind IN ('r', 'v')"
        " AND has_table_privilege(:rol, oid, 'DELETE')",
        rol=f"mun_{perfil}",
    )
    # Drafts and preferences are one's own, and a row policy shows nobody else's.
    assert borra == [{"relname": "core_personal"}]


def test_every_table_hides_its_rows_unless_a_policy_of_the_matrix_shows_them(v, matriz):
    sin_politicas = f"SELECT relname FROM pg_class WHERE {EN_MUN} AND relkind = 'r' AND NOT relrowsecurity"
    abiertas = preguntar(v, sin_politicas)
    assert [fila["relname"] for fila in abiertas] == ["alembic_version"]
    puestas = preguntar(
        v, "SELECT tablename, roles, cmd, qual, with_check FROM pg_policies WHERE schemaname = 'mun'"
    )
    vistas = {
        (
            str(p["tablename"]),
            "".join(p["roles"]).removeprefix("mun_"),
            p["cmd"],
            p["qual"] or p["with_check"],
        )
        for p in puestas
    }
    esperadas = set()
    for (perfil, tabla), c in matriz.tablas.items():
        if c.lee_todo or c.lee_propias:
            visible = "true" if c.lee_todo else "((usuario)::text = SESSION_USER)"
            esperadas.add((tabla, perfil, "SELECT", visible))
        if c.inserta:
            esperadas.add((tabla, perfil, "INSERT", "true"))
        if c.propias:
            esperadas.add((tabla, perfil, "ALL", "((usuario)::text = SESSION_USER)"))
    for tabla in ("core_usuario", "core_usuario_evento"):
        esperadas |= {(tabla, "cuentas", que, "true") for que in ("SELECT", "INSERT")}
    assert vistas == esperadas


def test_the_functions_are_called_by_those_whom_the_matrix_names(v, matriz):
    todos = {f.partition("(")[0] for f in concesiones._EJECUTAN_TODOS}
    for perfil in PERFILES:
        ejecuta = preguntar(
            v,
            f"SELECT proname FROM pg_proc WHERE {DE_MUN} AND has_function_privilege(:rol, oid, 'EXECUTE')",
            rol=f"mun_{perfil}",
        )
        suyas = {f.partition("(")[0] for f in matriz.funciones[perfil]}
        assert {str(f["proname"]) for f in ejecuta} == todos | suyas, perfil


def test_public_holds_nothing_of_the_schema_and_makes_no_large_objects(v):
    de_tabla = "has_table_privilege('public', oid, 'SELECT, INSERT, UPDATE, DELETE')"
    tablas = f"SELECT relname FROM pg_class WHERE {EN_MUN} AND relkind IN ('r', 'v', 'p') AND {de_tabla}"
    assert preguntar(v, tablas) == []
    funciones = "SELECT proname FROM pg_proc WHERE has_function_privilege('public', oid, 'EXECUTE')"
    objetos = "proname IN ('lo_creat', 'lo_create', 'lo_from_bytea')"
    assert preguntar(v, f"{funciones} AND ({DE_MUN} OR {objetos})") == []
    for esquema in ("mun", "public"):
        for que in ("USAGE", "CREATE"):
            [dice] = preguntar(v, "SELECT has_schema_privilege('public', :e, :q) AS hay", e=esquema, q=que)
            assert dice["hay"] is False, (esquema, que)


def test_every_function_that_sees_all_rows_has_its_path_fixed_and_an_owner_that_nobody_is(v):
    definidoras = preguntar(
        v,
        "SELECT proname, proconfig, pg_get_userbyid(proowner) AS de FROM pg_proc"
        f" WHERE {DE_MUN} AND prosecdef",
    )
    assert definidoras
    for funcion in definidoras:
        assert funcion["proconfig"] == ["search_path=mun, pg_temp"], funcion
        assert funcion["de"] in (concesiones.DUENO, concesiones.CUENTAS), funcion
    miembros = preguntar(
        v,
        "SELECT m.rolname FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member"
        " JOIN pg_roles r ON r.oid = a.roleid WHERE r.rolname IN (:dueno, :cuentas) AND NOT m.rolsuper",
        dueno=concesiones.DUENO,
        cuentas=concesiones.CUENTAS,
    )
    assert miembros == []


def test_people_and_profiles_hold_no_special_attribute(v):
    especiales = preguntar(
        v,
        "SELECT rolname FROM pg_roles WHERE rolname !~ '^(postgres|pg_)' AND (rolsuper OR rolcreatedb"
        " OR rolreplication OR rolbypassrls OR (rolcreaterole AND rolname <> :cuentas))",
        cuentas=concesiones.CUENTAS,
    )
    assert especiales == []


# With their own connection.


@pytest.mark.parametrize("perfil", PERFILES)
def test_each_profile_reads_and_writes_only_its_tables(gente, matriz, perfil):
    for tabla in Base.metadata.tables:
        concesion = matriz.tablas.get((perfil, tabla), concesiones.Concesion())
        lee = concesion.lee_todo or concesion.lee_propias or concesion.propias
        with motor.sesion(gente[perfil].motor, escribe=True) as sesion:
            assert permite(sesion, f"SELECT * FROM {tabla} LIMIT 1") == lee, f"SELECT {tabla}"
            columna = insertables(Base.metadata.tables[tabla])[0]
            ninguna = f"INSERT INTO {tabla} ({columna}) SELECT NULL WHERE false"
            assert permite(sesion, ninguna) == (concesion.inserta or concesion.propias), f"INSERT {tabla}"


def permite(sesion: Session, orden: str) -> bool:
    with sesion.begin_nested() as punto:
        try:
            sesion.execute(text(orden))
        except DBAPIError as error:
            punto.rollback()
            assert getattr(error.orig, "sqlstate", "") == "42501", error
            return False
    return True


def test_a_cashier_sees_no_money_of_another(v):
    ajenos = {
        "hacienda_recibo": f"id = '{v.sellado_de_beto}'",
        "hacienda_pago": f"recibo_id = '{v.sellado_de_beto}'",
        "hacienda_turno": f"id = '{v.turno_de_beto.id}'",
        "hacienda_operacion": f"turno_id = '{v.turno_de_beto.id}'",
    }
    with motor.sesion(v.ana.motor, escribe=False) as sesion:
        for tabla, cual in ajenos.items():
            assert filas(sesion, f"SELECT * FROM {tabla} WHERE {cual}") == [], tabla
            assert {f["usuario"] for f in filas(sesion, f"SELECT usuario FROM {tabla}")} == {"ana.cajera"}, (
                tabla
            )
        suyos = filas(sesion, "SELECT 1 FROM hacienda_renglon WHERE recibo_id = :r", r=v.sellado_de_beto)
        assert suyos, "what was paid of a debt is everybody's business at the window"
    with motor.sesion(v.dueno, escribe=False) as sesion:
        assert filas(sesion, f"SELECT 1 FROM hacienda_recibo WHERE {ajenos['hacienda_recibo']}")


def test_the_program_gives_a_cashier_no_receipt_of_another(v):
    with pytest.raises(ErrorDeUso, match="no existe o no es suyo"):
        v.ana.ejecutar(caja.preparar_impresion, caja.Impresion(v.sellado_de_beto))


PODERES = [
    "SET ROLE mun_dueno",
    "SET ROLE mun_cuentas",
    "SET ROLE mun_supervisor",
    "SET ROLE postgres",
    "SET SESSION AUTHORIZATION 'beto.cajero'",
    "CREATE ROLE mia LOGIN",
    'ALTER ROLE "ana.cajera" SUPERUSER',
    "ALTER ROLE \"beto.cajero\" PASSWORD 'x'",
    'GRANT mun_supervisor TO "ana.cajera"',
    "ALTER TABLE hacienda_recibo DISABLE TRIGGER ALL",
    "ALTER TABLE hacienda_recibo DISABLE ROW LEVEL SECURITY",
    "DROP TABLE hacienda_recibo",
    "DROP TRIGGER candado_recibo ON hacienda_recibo",
    "CREATE TABLE mun.mia (id int)",
    "CREATE FUNCTION mun.usuario(x int) RETURNS text LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION mun.usuario() RETURNS text LANGUAGE sql AS 'SELECT chr(97)'",
    "SET session_replication_role = replica",
    "SET row_security = off; SELECT * FROM hacienda_recibo",
    "LOCK TABLE hacienda_serie IN ACCESS EXCLUSIVE MODE",
    "SELECT * FROM hacienda_serie FOR UPDATE",
    "SELECT rolpassword FROM pg_authid",
    "SELECT pg_read_file('/etc/passwd')",
    "COPY hacienda_cuenta TO PROGRAM 'cat'",
    "COPY (SELECT 1) TO '/tmp/robo'",
    "SELECT lo_create(0)",
    "SELECT lo_from_bytea(0, 'x')",
    "INSERT INTO bitacora_acto (acto, permiso, orden, estacion) VALUES ('x', 'x', 'x', 'x')",
    "INSERT INTO core_resolucion (solicitud_id, decision, nota) VALUES ('x', 'APROBADA', '')",
    "SELECT mun.avanza_serie()",
    "SELECT mun.contenido_de_recibo('x')",
    "SELECT mun.seg_alta('mia.cajera', 'Mía', 'cajero', 'x')",
]


@pytest.mark.parametrize("orden", PODERES)
def test_a_cashier_takes_no_power(v, orden):
    with pytest.raises(ErrorDeUso, match=DENEGADO):
        intentar(v.ana, lambda s: s.execute(text(orden)))


def test_what_a_cashier_reads_is_not_handed_on_to_everybody(v):
    # Without the right to grant, PostgreSQL only warns.
    intentar(v.ana, lambda s: s.execute(text("GRANT SELECT ON hacienda_recibo TO PUBLIC")))
    assert preguntar(v, "SELECT has_table_privilege('public', 'mun.hacienda_recibo', 'SELECT') AS hay") == [
        {"hay": False}
    ]


# Accounts.

VERIFICADOR = f"SCRAM-SHA-256$4096:{'A' * 22}==${'B' * 43}=:{'C' * 43}="


def alta(s: Session, login: object, perfil: object = "cajero", verificador: object = VERIFICADOR) -> None:
    datos = {"l": login, "p": perfil, "v": verificador}
    s.execute(text("SELECT seg_alta(:l, 'Persona de Prueba', :p, :v)"), datos)


@pytest.mark.parametrize("perfil", [p for p in PERFILES if p != "administrador"])
def test_only_the_administrador_creates_accounts(gente, perfil):
    with pytest.raises(ErrorDeUso, match=DENEGADO):
        intentar(gente[perfil], lambda s: alta(s, "nueva.persona"))


@pytest.mark.parametrize(
    "login",
    [
        "",
        None,
        "ab",
        "Mayuscula",
        "postgres",
        "pg_monitor",
        "mun_cajero",
        "mun_dueno",
        "con espacio",
        'comilla"; DROP ROLE postgres; --',
        "comilla'; ALTER ROLE ana SUPERUSER; --",
        "salto.de\nlinea",
        "final.con.salto\n",
        "ñandu",
        "x" * 31,
        "1numero",
    ],
)
def test_a_login_that_is_not_a_plain_name_is_refused(gente, login):
    with rechazado("LD150"):
        intentar(gente["administrador"], lambda s: alta(s, login))


@pytest.mark.parametrize(
    "perfil",
    ["administrador", "superusuario", "dueno", "cuentas", "", None, "cajero; --", "pg_read_all_data"],
)
def test_the_administrador_grants_neither_its_own_profile_nor_one_that_is_not_of_the_house(gente, perfil):
    with rechazado("LD151"):
        intentar(gente["administrador"], lambda s: alta(s, "nueva.persona", perfil))


MALOS = [
    "",
    None,
    "una frase en claro",
    "md5" + "a" * 32,
    VERIFICADOR + '\'; ALTER ROLE "ana.cajera" SUPERUSER; --',
    VERIFICADOR + "\n",
    VERIFICADOR.replace("4096", "1"),
]


@pytest.mark.parametrize("verificador", MALOS)
def test_no_phrase_in_the_clear_reaches_the_server(gente, verificador):
    with rechazado("LD152"):
        intentar(gente["administrador"], lambda s: alta(s, "nueva.persona", verificador=verificador))
    for quien in gente.values():
        with rechazado("LD152"):
            intentar(quien, lambda s: s.execute(text("SELECT seg_mi_clave(:v)"), {"v": verificador}))


def test_a_login_of_the_server_that_is_nobody_s_account_changes_no_phrase_here(v):
    with rechazado("LD150"):
        intentar(v.dueno, lambda s: s.execute(text("SELECT seg_mi_clave(:v)"), {"v": VERIFICADOR}))


def test_a_login_is_never_given_twice(gente):
    with rechazado("LD153"):
        intentar(gente["administrador"], lambda s: alta(s, "ana.cajera", "auditor"))


def test_a_new_account_is_a_login_that_expires_in_three_days_until_its_owner_changes_the_phrase(v, gente):
    login = f"nueva.{uuid.uuid4().hex[:8]}"
    admin = gente["administrador"]
    verificador = instalacion.verificador_para(admin.motor, login, FRASE.format(login))
    intentar(admin, lambda s: alta(s, login, "auditor", verificador))
    vence = (
        "SELECT rolvaliduntil - now() BETWEEN interval '71 hours' AND interval '72 hours' AS si FROM pg_roles"
    )
    assert preguntar(v, f"{vence} WHERE rolname = :l", l=login) == [{"si": True}]

    entrada = acceso.entrar(v.base.url, login, FRASE.format(login), estacion="prueba")
    assert entrada.identidad.temporal
    intentar(entrada.runner, lambda s: s.execute(text("SELECT seg_mi_clave(:v)"), {"v": verificador}))
    entrada.runner.cerrar()

    assert preguntar(v, "SELECT rolvaliduntil::text AS v FROM pg_roles WHERE rolname = :l", l=login) == [
        {"v": "infinity"}
    ]


def test_the_administrador_sees_accounts_and_no_money(gente):
    with motor.sesion(gente["administrador"].motor, escribe=False) as sesion:
        assert filas(sesion, "SELECT 1 FROM core_usuario")
    for tabla in ("hacienda_recibo", "hacienda_pago", "hacienda_cuenta", "hacienda_cargo", "predial_valor"):
        with pytest.raises(ErrorDeUso, match=DENEGADO):
            intentar(gente["administrador"], lambda s, tabla=tabla: s.execute(text(f"SELECT 1 FROM {tabla}")))


def test_a_wrong_password_and_an_unknown_login_are_told_in_the_same_words(v):
    dichos = set()
    for login, frase in (
        ("ana.cajera", "otra frase larga"),
        ("nadie.conocido", FRASE.format("nadie.conocido")),
    ):
        with pytest.raises(ErrorDeUso) as negativa:
            acceso.entrar(v.base.url, login, frase, estacion="prueba")
        dichos.add(str(negativa.value))
    assert len(dichos) == 1


# Two sessions of one person, or of two, at once.


def intruso(v: Ventanilla, a: Asiento, que: str) -> Callable[[Session], None]:
    """Give what slips a line for another debt, or a payment, into the receipt of ``a``."""
    ajeno = preguntar(
        v, "SELECT min(id) AS id FROM hacienda_cargo WHERE cuenta_id = :c", c=v.predios[3].cuenta_id
    )
    renglon = a.de_clase("principal") | {"n": 90, "cargo_id": ajeno[0]["id"]}
    pago = a.pagos[0] | {"n": 90, "importe": -100, "recibido": -100}
    tabla, fila = ("hacienda_renglon", renglon) if que == "un renglón" else ("hacienda_pago", pago)
    return lambda sesion: asentar(sesion, tabla, fila)


@pytest.mark.parametrize("que", ["un renglón", "un pago"])
def test_what_another_session_left_in_a_receipt_before_its_seal_does_not_get_in(v, que):
    a = v.asiento()
    with ThreadPoolExecutor(1) as hilo, motor.sesion(v.beto.motor, escribe=True) as antes:
        intruso(v, a, que)(antes)
        sellado = hilo.submit(intentar, v.ana, a.escribir)
        time.sleep(0.4)
        with pytest.raises(ErrorDeUso, match="no se guardó nada"), traducidos():
            antes.commit()
        sellado.result()
    cancelar_lo_cobrado(v, a)


@pytest.mark.parametrize("que", ["un renglón", "un pago"])
def test_what_another_session_adds_while_a_receipt_is_sealed_does_not_get_in(v, que):
    a = v.asiento()
    with ThreadPoolExecutor(1) as hilo, motor.sesion(v.ana.motor, escribe=True) as sellando:
        a.escribir(sellando)
        agregado = hilo.submit(intentar, v.beto, intruso(v, a, que))
        time.sleep(0.4)
        sellando.commit()
        with rechazado("LD110"):
            agregado.result()
    cancelar_lo_cobrado(v, a)


def cancelar_lo_cobrado(v: Ventanilla, a: Asiento) -> None:
    """See that the receipt holds its own rows alone, and return the money so that the debt serves again."""
    recibo = str(a.recibo["id"])
    for tabla, suyas in (("hacienda_renglon", a.renglones), ("hacienda_pago", a.pagos)):
        assert len(preguntar(v, f"SELECT 1 FROM {tabla} WHERE recibo_id = :r", r=recibo)) == len(suyas)
    peticion = caja.PeticionDeCancelacion(str(uuid.uuid4()), recibo, "era una prueba")
    v.ana.ejecutar(caja.pedir_cancelacion, peticion)
    v.sara.ejecutar(caja.firmar_cancelacion, caja.Firma(peticion.solicitud_id, True))
    v.ana.ejecutar(caja.cancelar, caja.Cancelacion(str(uuid.uuid4()), recibo, peticion.solicitud_id))


def test_an_operation_is_not_closed_by_another_person_while_its_receipts_are_written(v):
    a = v.asiento()
    ajena = a.operacion | {"turno_id": v.turno_de_beto.id, "tipo": "ANULADA", "recibos": 0, "total": 0}
    with motor.sesion(v.ana.motor, escribe=True) as sesion:
        a.escribir_recibo(sesion)
        with motor.sesion(v.beto.motor, escribe=True) as otra:
            otra.execute(text("SET LOCAL lock_timeout = '300ms'"))
            with pytest.raises(DBAPIError) as ocupada:
                asentar(otra, "hacienda_operacion", ajena)
            assert getattr(ocupada.value.orig, "sqlstate", "") == "55P03"


@pytest.mark.parametrize("nivel", ["REPEATABLE READ", "SERIALIZABLE", "READ UNCOMMITTED"])
@pytest.mark.parametrize("que", ["un renglón", "un pago", "un recibo", "un turno", "un conteo", "un corte"])
def test_no_money_is_written_under_another_isolation(v, nivel, que):
    a = v.asiento()
    turno = {"id": a.operacion["id"], "caja_id": v.turno.caja_id, "fondo": 0, "estacion": "-"}
    escribe = {
        "un renglón": lambda s: asentar(s, "hacienda_renglon", a.renglones[0]),
        "un pago": lambda s: asentar(s, "hacienda_pago", a.pagos[0]),
        "un recibo": lambda s: asentar(s, "hacienda_recibo", a.recibo),
        "un turno": lambda s: asentar(s, "hacienda_turno", turno | {"fecha": a.recibo["fecha_pago"]}),
        "un conteo": lambda s: asentar(
            s, "hacienda_conteo", {"turno_id": v.turno.id, "vez": 1, "denominacion": 100, "piezas": 1}
        ),
        "un corte": lambda s: asentar(
            s, "hacienda_corte", {"turno_id": v.turno.id, "caja_id": v.turno.caja_id, "motivo": ""}
        ),
    }[que]

    def con_otro_aislamiento(s: Session) -> None:
        s.execute(text(f"SET TRANSACTION ISOLATION LEVEL {nivel}"))
        escribe(s)

    with rechazado("LD000"):
        intentar(v.ana, con_otro_aislamiento)


def test_a_receipt_waits_for_the_disk_whatever_the_session_asked(v):
    with motor.sesion(v.ana.motor, escribe=True) as sesion:
        sesion.execute(text("SET LOCAL synchronous_commit = off"))
        v.asiento().escribir(sesion)
        assert filas(sesion, "SHOW synchronous_commit") == [{"synchronous_commit": "on"}]


def poner_medianoche(v: Ventanilla, segundo: int) -> None:
    """Move the municipality to a zone of the test's own, whose midnight is that second of the epoch."""
    horas, minutos, segundos = segundo % 86_400 // 3600, segundo % 3600 // 60, segundo % 60
    with v.dueno.begin() as conexion:
        for orden in (
            "ALTER TABLE hacienda_municipio DISABLE TRIGGER USER",
            f"UPDATE hacienda_municipio SET zona_horaria = 'XXX+{horas:02}:{minutos:02}:{segundos:02}'",
            "ALTER TABLE hacienda_municipio ENABLE TRIGGER USER",
        ):
            conexion.exec_driver_sql(orden)


def test_a_transaction_left_open_since_yesterday_seals_nothing(crear_base):
    v = montar(crear_base("postgresql"))

    def sellar(sesion: Session) -> None:
        [dia] = filas(sesion, "SELECT hoy() AS hoy")
        a = v.asiento()
        a.solo(a.de_clase("principal") | {"fecha_pago": dia["hoy"]}).recibo["fecha_pago"] = dia["hoy"]
        a.escribir(sesion)

    def abrir_y_esperar_a_manana(sesion: Session) -> None:
        [abierta] = filas(sesion, "SELECT floor(extract(epoch FROM now()))::bigint AS segundo")
        poner_medianoche(v, int(str(abierta["segundo"])) + 1)
        time.sleep(1.1)
        sellar(sesion)

    with rechazado("LD116"):
        intentar(v.ana, abrir_y_esperar_a_manana)
    intentar(v.ana, sellar)
    v.dueno.dispose()


def test_what_was_quoted_here_is_still_charged_by_the_program(v):
    cobrado = v.ana.ejecutar(caja.cobrar, cobro_de(v.ana, v.turno.id, v.predios[2].cuenta_id)).valor
    assert len(cobrado.recibos) == 1
