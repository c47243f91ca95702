"""What may be done in predial and by whom: every permission, with what the database grants for it."""

from lerdo_desk.core.permisos import Permiso, Propias
from lerdo_desk.core.solicitudes import Resolucion, Solicitud
from lerdo_desk.hacienda.modelos import (
    Caja,
    Cargo,
    Concepto,
    Contribuyente,
    Cuenta,
    Municipio,
    Recibo,
    Renglon,
    Serie,
    Turno,
)
from lerdo_desk.hacienda.modelos import Parametro as FilaParametro
from lerdo_desk.hacienda.modelos_ingresos import Contacto
from lerdo_desk.hacienda.modelos_ordenes import Orden, OrdenEvento
from lerdo_desk.modules.predial.models import Predio, Propietario, Valor

LIQUIDAR = Permiso(
    "predial.liquidar",
    "Calcular el adeudo predial",
    ("cajero", "capturista", "supervisor", "tesorero", "auditor"),
    lee=(Predio, Valor, Propietario),
)
EMITIR = Permiso(
    "predial.emitir",
    "Emitir los cargos del ejercicio",
    ("tesorero",),
    lee=(Predio, Valor, Cuenta, Cargo, Concepto, FilaParametro),
    inserta=(Cargo,),
)
VER_EMISION = Permiso(
    "predial.ver_emision",
    "Ver cuánto falta por emitir",
    ("tesorero",),
    lee=(Predio, Valor, Cargo, Concepto, FilaParametro),
)

_VEN = ("capturista", "supervisor", "tesorero", "auditor")
_CUENTA = (Municipio, Cuenta, Predio, Propietario, Valor, Contribuyente, Contacto)
VER_PADRON = Permiso("predial.ver_padron", "Ver el padrón predial", _VEN, lee=_CUENTA)
VER_ADEUDOS = Permiso(
    "predial.ver_adeudos",
    "Ver lo que debe una cuenta predial",
    _VEN,
    lee=(*_CUENTA, Cargo, Renglon, Concepto, FilaParametro, Orden, OrdenEvento),
)
VER_RECIBOS = Permiso(
    "predial.ver_recibos",
    "Ver los recibos de una cuenta predial",
    ("supervisor", "tesorero", "auditor"),
    lee=(Cargo, Renglon, Recibo, Serie, Turno, Caja),
)
VER_PAGOS = Permiso(
    "predial.ver_pagos",
    "Ver qué se ha pagado de una cuenta predial",
    ("capturista",),
    lee=(Cargo, Renglon, Concepto),
)
VER_HISTORIA = Permiso(
    "predial.ver_historia",
    "Ver la historia de una cuenta predial",
    _VEN,
    lee=(*_CUENTA, Cargo, Propias(Solicitud), Resolucion),
)
EDITAR_CONTACTO = Permiso(
    "predial.editar_contacto",
    "Escribir cómo localizar a un contribuyente",
    ("capturista",),
    lee=(Contribuyente, Contacto),
    inserta=(Contacto,),
)
PREPARAR_MOVIMIENTO = Permiso(
    "predial.preparar_movimiento",
    "Preparar un movimiento del padrón predial",
    ("capturista",),
    lee=(*_CUENTA, FilaParametro),
)
PEDIR_MOVIMIENTO = Permiso(
    "predial.pedir_movimiento",
    "Pedir un movimiento del padrón predial",
    ("capturista",),
    lee=(*_CUENTA, FilaParametro, Propias(Solicitud), Resolucion),
    inserta=(Solicitud,),
)
MIS_SOLICITUDES = Permiso(
    "predial.mis_solicitudes",
    "Ver las solicitudes del padrón que ha hecho",
    ("capturista",),
    lee=(Propias(Solicitud), Resolucion, Cuenta),
)
VER_SOLICITUDES = Permiso(
    "predial.ver_solicitudes",
    "Ver todas las solicitudes del padrón",
    ("supervisor", "tesorero", "auditor"),
    lee=(Solicitud, Resolucion, Cuenta),
)
