"""What may be done with channels, saldos a favor and returned cheques, and by whom."""

from lerdo_desk.core import solicitudes, usuarios
from lerdo_desk.core.permisos import Permiso, Propias
from lerdo_desk.hacienda import modelos, modelos_ingresos, modelos_ordenes

_CATALOGO = (
    *(modelos.Municipio, modelos.Ente, modelos.Membrete, modelos.Concepto, modelos.Parametro),
    *(modelos.Caja, modelos.CajaAsignacion, modelos.Serie, usuarios.Usuario),
)
_CUENTAS = (
    *(modelos.Contribuyente, modelos.Cuenta, modelos.Cargo, modelos.Renglon),
    *(modelos_ordenes.Orden, modelos_ordenes.OrdenEvento),
)
_DINERO = (
    *(modelos.Turno, modelos.Operacion, modelos.Recibo, modelos.Pago, modelos.Conteo, modelos.Corte),
    *(modelos_ingresos.Retiro, modelos_ingresos.PagoExterno),
    *(modelos_ingresos.Saldo, modelos_ingresos.SaldoUso),
)
_RECIBOS = (modelos.Renglon, modelos.Pago, modelos.Recibo, modelos.Operacion)
_BLOQUEAN = ("bloquear_cargos(bigint[])",)
_VEN = ("tesorero", "auditor")

REVISAR_PAGOS = Permiso(
    "ingresos.revisar_pagos",
    "Revisar un archivo de pagos hechos en otra parte",
    ("tesorero",),
    lee=(*_CATALOGO, *_CUENTAS, *_DINERO),
)
IMPORTAR_PAGOS = Permiso(
    "ingresos.importar_pagos",
    "Importar los pagos hechos en otra parte",
    ("tesorero",),
    lee=REVISAR_PAGOS.lee,
    inserta=(
        *(*_RECIBOS, modelos.Turno, modelos.Cargo, modelos.Cuenta, modelos.Contribuyente),
        *(modelos_ingresos.Saldo, modelos_ingresos.PagoExterno),
    ),
    ejecuta=_BLOQUEAN,
)
TURNO_DE_CANAL = Permiso(
    "ingresos.turno_de_canal",
    "Abrir y cerrar el turno de un canal",
    ("tesorero",),
    lee=REVISAR_PAGOS.lee,
    inserta=(modelos.Turno, modelos.Conteo, modelos.Corte),
)
VER_SALDOS = Permiso(
    "ingresos.ver_saldos", "Ver todos los saldos a favor", _VEN, lee=(*_CATALOGO, *_CUENTAS, *_DINERO)
)
DEVOLVER_SALDO = Permiso(
    "ingresos.devolver_saldo",
    "Devolver un saldo a favor",
    ("tesorero",),
    lee=VER_SALDOS.lee,
    inserta=(modelos_ingresos.SaldoUso,),
    ejecuta=_BLOQUEAN,
)
APLICAR_SALDO = Permiso(
    "ingresos.aplicar_saldo",
    "Aplicar un saldo a favor a los adeudos de una cuenta",
    ("tesorero",),
    lee=VER_SALDOS.lee,
    inserta=(*_RECIBOS, modelos.Turno, modelos_ingresos.SaldoUso),
    ejecuta=_BLOQUEAN,
)
_FIRMAS = (solicitudes.Solicitud, solicitudes.Resolucion)
VER_CHEQUES = Permiso(
    "ingresos.ver_cheques",
    "Ver los cheques recibidos",
    _VEN,
    lee=(*_CATALOGO, *_CUENTAS, *_DINERO, *_FIRMAS),
)
PEDIR_DEVOLUCION = Permiso(
    "ingresos.pedir_devolucion",
    "Pedir que se registre un cheque devuelto",
    ("tesorero",),
    lee=VER_CHEQUES.lee,
    inserta=(solicitudes.Solicitud,),
)
AUTORIZAR_DEVOLUCION = Permiso(
    "ingresos.autorizar_devolucion",
    "Autorizar que se registre un cheque devuelto",
    ("supervisor",),
    lee=_FIRMAS,
    inserta=(solicitudes.Resolucion,),
)
DEVOLVER_CHEQUE = Permiso(
    "ingresos.devolver_cheque",
    "Registrar un cheque devuelto",
    ("tesorero",),
    lee=VER_CHEQUES.lee,
    inserta=(*_RECIBOS, modelos.Turno, modelos.Cargo, modelos_ingresos.Saldo),
    ejecuta=_BLOQUEAN,
)
SITUACION = Permiso(
    "ingresos.mis_canales",
    "Ver el turno de sus canales",
    ("tesorero",),
    lee=(*_CATALOGO, *(Propias(t) for t in _DINERO)),
)
