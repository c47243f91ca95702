"""What tests of channels begin with: a tesorero who keeps some, and files of payments made elsewhere."""

import csv
import io
import uuid
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sqlalchemy import text

from lerdo_desk.core.use_cases import Runner
from lerdo_desk.db import motor
from lerdo_desk.hacienda.paquete import leer
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.ingresos.service import canales, externos
from lerdo_desk.modules.ingresos.service.personas import Nada
from lerdo_desk.recursos import ruta

COLUMNAS = ("Referencia", "Clave o folio", "Importe", "Fecha de pago", "Forma de pago")
CERO = Decimal("0.00")


def tesorero_con_canales(base) -> Runner:
    """Let the tesorero open every channel of the pack from long ago, and give them."""
    sara = base.entrar("sara.supervisora")
    for una in leer(ruta("municipios", "lerdo")).cajas:
        if una.tipo != "VENTANILLA":
            orden = caja.AsignacionDeCaja(una.clave, "teo.tesorero", date(2020, 1, 1), True)
            sara.ejecutar(caja.asignar_caja, orden)
    return base.entrar("teo.tesorero")


def canal_de(teo: Runner, tipo: str) -> int:
    """Give the id of the channel of a kind (WEB, BANCO, PAPEL)."""
    suyos = teo.ejecutar(canales.mis_canales, Nada()).valor.canales
    return next(c.id for c in suyos if c.tipo == tipo)


def en_csv(filas: Iterable[Iterable[object]], columnas: Iterable[str] = COLUMNAS) -> bytes:
    """Write rows of a channel's file as its portal gives them."""
    escrito = io.StringIO()
    hoja = csv.writer(escrito)
    hoja.writerow(columnas)
    hoja.writerows(filas)
    return escrito.getvalue().encode("utf-8")


def revisar(teo: Runner, caja_id: int, contenido: bytes, nombre: str = "pagos.csv") -> externos.Vista:
    """Look at a file with the columns that are proposed."""
    return teo.ejecutar(externos.revisar_pagos, externos.Archivo(caja_id, nombre, contenido)).valor


def importar(teo: Runner, caja_id: int, contenido: bytes) -> externos.Importado:
    """Look at a file and import what is good in it."""
    vista = revisar(teo, caja_id, contenido)
    archivo = externos.Archivo(caja_id, "pagos.csv", contenido, vista.mapeo)
    orden = externos.Importacion(str(uuid.uuid4()), archivo, vista.digesto)
    return teo.ejecutar(externos.importar_pagos, orden).valor


def consulta(base, sql: str, **valores: object) -> list[tuple]:
    """Read the database directly, as its owner."""
    dueno = base.motor_del_dueno()
    with motor.sesion(dueno, escribe=False) as sesion:
        filas = [tuple(f) for f in sesion.execute(text(sql), valores)]
    dueno.dispose()
    return filas


def cerrar(teo: Runner) -> None:
    """Make the corte of the open channel, without cash."""
    turno = teo.ejecutar(canales.mis_canales, Nada()).valor.turno
    teo.ejecutar(canales.cerrar_canal, canales.turnos.Cierre(turno.id))
