"""What is written stays as it was: nobody stamps for the server, edits or deletes, the owner included."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from apoyo import piezas_de
from asientos import Fila, Ventanilla, asentar, copiar, filas, intentar, montar, rechazado
from municipio_de_prueba import AMBAS, FRASE
from relleno import rellenar
from sqlalchemy import text
from sqlalchemy.orm import Session

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import instalacion, usuarios
from lerdo_desk.db import motor
from lerdo_desk.db.modelo import Base, insertables
from lerdo_desk.hacienda import turnos
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.sistema import service as sistema


@pytest.fixture(scope="module", params=AMBAS)
def v(request, plantillas, tmp_path_factory) -> Iterator[Ventanilla]:
    base = copiar(request.param, plantillas, request, tmp_path_factory.mktemp("asentados"))
    montada = montar(base)
    montada.ana.ejecutar(caja.preparar_impresion, caja.Impresion(montada.sellado))
    peticion = caja.PeticionDeCancelacion(str(uuid.uuid4()), montada.sellado, "se cobró a otra persona")
    montada.ana.ejecutar(caja.pedir_cancelacion, peticion)
    montada.sara.ejecutar(caja.firmar_cancelacion, caja.Firma(peticion.solicitud_id, False, "no procede"))
    cerrar(montada, montada.beto, montada.turno_de_beto)
    rellenar(montada.dueno)
    yield montada
    montada.dueno.dispose()
    base.cerrar()


def cerrar(v, cajero, turno) -> None:
    arqueo = turnos.Arqueo(turno.id, piezas_de(Decimal("500.00")))
    cajero.ejecutar(caja.contar, arqueo)
    cajero.ejecutar(caja.cerrar_turno, turnos.Cierre(turno.id, "lo demás se depositó"))


instalacion.permisos()  # the models of every dirección
TABLAS = tuple(Base.metadata.tables)
DE_CADA_QUIEN = "core_personal"
"""Drafts and preferences: one's own rows are changed freely; test_personales tries the others'."""


def hay(s: Session, tabla: str) -> bool:
    return bool(s.execute(text(f"SELECT count(*) FROM {tabla}")).scalar_one())


@pytest.mark.parametrize("tabla", TABLAS)
def test_not_even_the_owner_edits_or_deletes_a_row(v, tabla):
    columna = insertables(Base.metadata.tables[tabla])[-1]
    ordenes = [f"UPDATE {tabla} SET {columna} = {columna}", f"DELETE FROM {tabla}"]
    with motor.sesion(v.dueno, escribe=False) as sesion:
        con_filas = hay(sesion, tabla)
    # On PostgreSQL the server keeps the verifiers, so this one table is empty there.
    assert con_filas or (tabla == "core_frase" and v.base.en_servidor)
    if not con_filas or tabla == DE_CADA_QUIEN:
        ordenes = []
    if v.base.en_servidor and tabla != DE_CADA_QUIEN:
        ordenes.append(f"TRUNCATE {tabla} CASCADE")
    for orden in ordenes:
        with rechazado("LD100"):
            intentar(v.dueno, lambda s, orden=orden: s.execute(text(orden)))


@pytest.mark.parametrize("tabla", [t for t in TABLAS if t != DE_CADA_QUIEN])
def test_a_cashier_neither_edits_nor_deletes_a_row(v, tabla):
    columna = insertables(Base.metadata.tables[tabla])[-1]
    with motor.sesion(v.dueno, escribe=False) as sesion:
        con_filas = hay(sesion, tabla)
    for orden in (f"UPDATE {tabla} SET {columna} = {columna}", f"DELETE FROM {tabla}"):
        if v.base.en_servidor:
            with pytest.raises(ErrorDeUso, match="perfil no permite"):
                intentar(v.ana, lambda s, orden=orden: s.execute(text(orden)))
        else:
            assert con_filas
            with rechazado("LD100"):
                intentar(v.ana, lambda s, orden=orden: s.execute(text(orden)))


@pytest.mark.parametrize(
    ("tabla", "columna", "valor"),
    [
        ("hacienda_parametro", "numero", 1),
        ("hacienda_cargo", "importe", 1),
        ("hacienda_cuenta", "titular", "Otra Persona"),
        ("hacienda_concepto", "nombre", "Otro concepto"),
        ("hacienda_municipio", "modo", "produccion"),
        ("hacienda_operacion", "huella", "otra"),
        ("core_usuario_evento", "perfil", "supervisor"),
        ("predial_valor", "terreno", 1),
    ],
)
def test_a_row_is_not_replaced_by_another_with_its_key(v, tabla, columna, valor):
    modelo, antes = Base.metadata.tables[tabla], v.huella()
    llave = [c.name for c in modelo.primary_key]
    with motor.sesion(v.dueno, escribe=False) as sesion:
        original = filas(sesion, f"SELECT * FROM {tabla} LIMIT 1")[0]
    fila = {c: original[c] for c in {*llave, *insertables(modelo)}} | {columna: valor}
    columnas, valores = f"({', '.join(fila)})", f"VALUES ({', '.join(f':{c}' for c in fila)})"
    orden = f"INSERT OR REPLACE INTO {tabla} {columnas} {valores}"
    if v.base.en_servidor:
        pone = f"ON CONFLICT ({', '.join(llave)}) DO UPDATE SET {columna} = excluded.{columna}"
        orden = f"INSERT INTO {tabla} {columnas} OVERRIDING SYSTEM VALUE {valores} {pone}"

    with pytest.raises(
        ErrorDeUso,
        match="perfil no permite" if v.base.en_servidor else "no se (modifica|guardó)|no da de alta",
    ):
        intentar(v.ana, lambda s: s.execute(text(orden), fila))
    assert v.huella() == antes
    with motor.sesion(v.dueno, escribe=False) as sesion:
        assert filas(sesion, f"SELECT * FROM {tabla} LIMIT 1")[0] == original


def test_the_owner_does_not_move_a_serie_to_a_receipt_that_does_not_exist(v):
    orden = "UPDATE hacienda_serie SET ultimo_folio = ultimo_folio + 1, ultimo_hash = 'inventado'"
    with rechazado("LD100"):
        intentar(v.dueno, lambda s: s.execute(text(orden)))


# What only the server writes.

SELLADOS = {
    "hacienda_recibo": {
        "folio": 77,
        "hash": "f" * 64,
        "hash_previo": "f",
        "usuario": "beto.cajero",
        "creado": 1,
    },
    "hacienda_pago": {"usuario": "beto.cajero"},
    "hacienda_operacion": {"usuario": "beto.cajero", "creado": 1},
    "hacienda_turno": {"usuario": "beto.cajero", "creado": 1},
    "hacienda_conteo": {"usuario": "beto.cajero", "creado": 1},
    "hacienda_corte": {"numero": 77, "hash": "f" * 64, "usuario": "beto.cajero", "creado": 1},
    "hacienda_impresion": {"usuario": "beto.cajero", "creado": 1},
    "core_solicitud": {"usuario": "beto.cajero", "creado": 1},
    "core_resolucion": {"usuario": "sara.supervisora", "creado": 1},
    "core_usuario": {"usuario": "instalador", "creado": 1},
    "core_usuario_evento": {"usuario": "instalador", "creado": 1},
    "core_frase": {"usuario": "instalador", "creado": 1},
    "bitacora_acto": {"usuario": "beto.cajero", "creado": 1},
    "hacienda_cargo": {"usuario": "teo.tesorero", "creado": 1},
}


def fila_de(v: Ventanilla, tabla: str) -> Fila:
    """Give a row of Ana's for a table, as it would pass if nothing were added to it."""
    a = v.asiento()
    propias = {
        "hacienda_recibo": a.recibo,
        "hacienda_pago": a.pagos[0],
        "hacienda_operacion": a.operacion | {"tipo": "ANULADA", "recibos": 0, "total": 0},
        "hacienda_turno": turno_nuevo(v),
        "hacienda_conteo": conteo(v),
        "hacienda_corte": {"turno_id": v.turno.id, "caja_id": v.turno.caja_id, "motivo": ""},
        "hacienda_impresion": {"recibo_id": v.sellado, "n": 2, "estacion": "a mano"},
        "core_solicitud": {c: "a mano" for c in ("acto", "modulo", "objeto", "motivo", "orden")}
        | {"id": str(uuid.uuid4()), "vence": 1},
        "core_resolucion": {"solicitud_id": str(uuid.uuid4()), "decision": "APROBADA", "nota": ""},
        "core_usuario": {"login": "otra.persona", "nombre": "Otra Persona"},
        "core_usuario_evento": {"login": "ana.cajera", "n": 9, "tipo": "ALTA", "perfil": "x", "activo": 1},
        "core_frase": {"login": "ana.cajera", "n": 9, "verificador": "scrypt$1$a$b"},
        "bitacora_acto": {"acto": "x", "permiso": "x", "orden": "{}", "estacion": "x"},
        "hacienda_cargo": {"cuenta_id": 1, "concepto_id": 1, "ejercicio": 2000, "periodo": 0, "importe": 1}
        | {"vence": a.recibo["fecha_pago"], "origen": "EMISION", "memoria": ""},
    }
    return dict(propias[tabla])


def turno_nuevo(v: Ventanilla) -> Fila:
    fecha = v.modelo.recibo["fecha_pago"]
    return {
        "id": str(uuid.uuid4()),
        "caja_id": v.turno.caja_id,
        "fondo": 0,
        "estacion": "a mano",
        "fecha": fecha,
    }


def conteo(v: Ventanilla, vez: int = 1, denominacion: int = 10_000) -> Fila:
    return {"turno_id": v.turno.id, "vez": vez, "denominacion": denominacion, "piezas": 1}


@pytest.mark.parametrize(("tabla", "columna"), [(t, c) for t, suyas in SELLADOS.items() for c in suyas])
def test_the_client_does_not_write_what_the_server_stamps(v, tabla, columna):
    fila = fila_de(v, tabla) | {columna: SELLADOS[tabla][columna]}
    antes = v.huella()
    if v.base.en_servidor:
        with pytest.raises(ErrorDeUso, match="perfil no permite"):
            intentar(v.ana, lambda s: asentar(s, tabla, fila))
    else:
        with rechazado("LD101"):
            intentar(v.ana, lambda s: asentar(s, tabla, fila))
    assert v.huella() == antes


# The till, by hand.


def cambiar_dia(fecha: object, dias: int) -> object:
    if isinstance(fecha, str):
        return (date.fromisoformat(fecha) + timedelta(days=dias)).isoformat()
    return fecha + timedelta(days=dias)


@pytest.mark.parametrize("dias", [-1, 1])
def test_a_turno_is_not_opened_on_another_day(v, dias):
    fila = turno_nuevo(v)
    with rechazado("LD116"):
        intentar(
            v.ana, lambda s: asentar(s, "hacienda_turno", fila | {"fecha": cambiar_dia(fila["fecha"], dias)})
        )


def test_a_till_that_is_not_assigned_is_not_opened(v):
    with rechazado("LD132"):
        intentar(
            v.ana,
            lambda s: asentar(s, "hacienda_turno", turno_nuevo(v) | {"caja_id": v.turno_de_beto.caja_id}),
        )


def test_a_second_turno_is_not_opened(v):
    with rechazado("LD131"):
        intentar(v.ana, lambda s: asentar(s, "hacienda_turno", turno_nuevo(v)))


def test_a_corte_without_a_count_is_not_made(v):
    with rechazado("LD134"):
        intentar(v.ana, lambda s: asentar(s, "hacienda_corte", fila_de(v, "hacienda_corte")))


def test_a_turno_with_its_corte_takes_no_more_counts(v):
    with rechazado("LD133"):
        intentar(
            v.beto,
            lambda s: asentar(s, "hacienda_conteo", conteo(v, vez=2) | {"turno_id": v.turno_de_beto.id}),
        )


def test_a_confirmed_count_admits_no_more_pieces_and_a_recount_is_a_second_one(base):
    v = montar(base)
    intentar(v.ana, lambda s: asentar(s, "hacienda_conteo", conteo(v)))
    for fila in (conteo(v, denominacion=20_000), conteo(v, vez=0), conteo(v, vez=3), conteo(v, vez=-1)):
        with rechazado("LD136"):
            intentar(v.ana, lambda s, fila=fila: asentar(s, "hacienda_conteo", fila))
    intentar(v.ana, lambda s: asentar(s, "hacienda_conteo", conteo(v, vez=2)))
    for fila in (conteo(v, vez=2, denominacion=20_000), conteo(v, denominacion=20_000)):
        with rechazado("LD136"):
            intentar(v.ana, lambda s, fila=fila: asentar(s, "hacienda_conteo", fila))
    with rechazado("LD135"):
        intentar(v.ana, lambda s: asentar(s, "hacienda_corte", fila_de(v, "hacienda_corte")))
    with rechazado("LD111"):
        intentar(v.ana, v.asiento().escribir)
    v.dueno.dispose()


# Series and training.


@pytest.mark.parametrize(
    "datos", [{"clave": "P99"}, {"ultimo_folio": 50}, {"ultimo_hash": "f" * 64}], ids=lambda d: next(iter(d))
)
def test_a_training_base_takes_only_training_series_that_begin_at_zero(v, datos):
    serie = {"ente_id": 1, "caja_id": v.turno.caja_id, "clave": "CAP-99"} | datos
    with rechazado("LD114"):
        intentar(v.dueno, lambda s: asentar(s, "hacienda_serie", serie))


# Accounts of the embedded base; those of the server are tried in test_perfiles.


@pytest.fixture
def embebida(crear_base):
    base = crear_base("sqlite")
    return base.entrar("adela.administra")


def dar_de_alta(adela, login: str, perfil: str = "cajero", verificador: str | None = None) -> None:
    suyo = (
        verificador
        if verificador is not None
        else instalacion.verificador_para(adela.motor, login, FRASE, capacitacion=True)
    )
    adela.ejecutar(sistema.dar_de_alta, usuarios.Alta(login, "Persona de Prueba", perfil, suyo))


def test_the_embedded_base_refuses_the_same_accounts_as_the_server(embebida):
    for login in (
        "ab",
        "Mayuscula",
        "con espacio",
        "postgres",
        "pg_uno",
        "mun_cajero",
        "instalador",
        "x" * 31,
    ):
        with rechazado("LD150"):
            dar_de_alta(embebida, login)
    with rechazado("LD151"):
        dar_de_alta(embebida, "otra.administra", "administrador")
    for frase in ("una frase en claro", "", "scrypt$"):
        with rechazado("LD152"):
            dar_de_alta(embebida, "nueva.persona", verificador=frase)
        with rechazado("LD152"):
            embebida.ejecutar(sistema.cambiar_mi_frase, sistema.NuevaFrase(frase))
    dar_de_alta(embebida, "nueva.persona")
