"""Puts one row, that nobody could write so, in each empty table: locks are tried on a row, not on none."""

from pathlib import Path

from sqlalchemy import Column, Connection, Engine, text

from lerdo_desk.core import instalacion
from lerdo_desk.db import candados, motor
from lerdo_desk.db.modelo import Base, insertables

CARPETAS = tuple(Path(c) for c in instalacion._CANDADOS)
CON_REGLA = {
    "estado": {
        "hacienda_corte_evento": "VERIFICADO",
        "hacienda_dia_evento": "CERRADO",
        "hacienda_orden_evento": "CANCELADA",
        "contribuyentes_fusion_evento": "DESHECHA",
        "core_carga_evento": "CONFIRMADA",
    },
    "tipo": {"hacienda_contacto": "CORREO"},
    "resultado": {"hacienda_pago_externo": "COBRADO"},
    "origen": {"hacienda_saldo": "EXCEDENTE"},
    "devueltas": {"core_carga": 0},
    "parametro_id": {"hacienda_orden": None},
    "solicitud_id": {"hacienda_orden": "un-id"},
    "absorbido_id": {"contribuyentes_fusion": 2},
    "forma": {"hacienda_ficha_corte": "01", "hacienda_pago_externo": "03"},
}
"""What a CHECK demands."""


def rellenar(dueno: Engine) -> None:
    """Fill the empty tables with the locks off, and put the locks back."""
    with motor.transaccion(dueno) as sesion:
        conexion = sesion.connection()
        if conexion.dialect.name == "postgresql":
            # No trigger acts on this session.
            conexion.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            candados.quitar(conexion)
        for tabla in Base.metadata.sorted_tables:
            if tabla.name == "core_frase" or conexion.execute(text(f"SELECT 1 FROM {tabla.name}")).first():
                continue
            fila = {c: _valor(conexion, tabla.name, tabla.columns[c]) for c in insertables(tabla)}
            columnas, valores = ", ".join(fila), ", ".join(f":{c}" for c in fila)
            conexion.execute(text(f"INSERT INTO {tabla.name} ({columnas}) VALUES ({valores})"), fila)
        if conexion.dialect.name != "postgresql":
            candados.instalar(conexion, Base.metadata, CARPETAS)


def _valor(conexion: Connection, tabla: str, columna: Column) -> object:
    if tabla in CON_REGLA.get(columna.name, {}):
        return CON_REGLA[columna.name][tabla]
    for ajena in columna.foreign_keys:
        de = ajena.column
        return conexion.execute(text(f"SELECT {de.name} FROM {de.table.name} LIMIT 1")).scalar()
    if columna.nullable:
        return None
    tipo = str(columna.type.compile(conexion.dialect))
    if tipo == "DATE" or columna.name in ("fecha", "vence", "fecha_pago"):
        return "2026-01-02"
    return 1 if "INT" in tipo else "texto"
