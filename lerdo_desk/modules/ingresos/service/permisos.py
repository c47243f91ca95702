"""What may be done at Tesorería and by whom: every permission, with what the database grants for it."""

from lerdo_desk.core import usuarios
from lerdo_desk.core.permisos import Permiso, Propias
from lerdo_desk.hacienda import modelos, modelos_ingresos

_DE_TODOS = (
    modelos.Municipio,
    modelos.Ente,
    modelos.Membrete,
    modelos.Caja,
    modelos_ingresos.CorteEvento,
    usuarios.Usuario,
)
_DINERO = (modelos.Turno, modelos.Conteo, modelos.Corte, modelos.Recibo, modelos.Pago)
_BANCO = (modelos_ingresos.CuentaBancaria, modelos_ingresos.Ficha, modelos_ingresos.FichaCorte)
_VEN_TODO = ("tesorero", "auditor")

VER_ENTREGAS = Permiso(
    "ingresos.ver_entregas",
    "Ver las entregas de los cortes",
    ("cajero", "supervisor", *_VEN_TODO),
    lee=(*_DE_TODOS, *(Propias(t) for t in _DINERO)),
)
VER_TODAS = Permiso(
    "ingresos.ver_todas",
    "Ver las entregas de todas las cajas",
    ("supervisor", *_VEN_TODO),
    lee=(*_DE_TODOS, *_DINERO),
)
ENTREGAR = Permiso(
    "ingresos.entregar",
    "Entregar el dinero de un corte",
    ("cajero", "supervisor"),
    lee=VER_ENTREGAS.lee,
    inserta=(modelos_ingresos.CorteEvento,),
)
RECIBIR = Permiso(
    "ingresos.recibir",
    "Recibir el dinero de un corte",
    ("tesorero",),
    lee=VER_TODAS.lee,
    inserta=(modelos_ingresos.CorteEvento,),
)
VER_DEPOSITOS = Permiso(
    "ingresos.ver_depositos",
    "Ver fichas y dinero sin depositar",
    _VEN_TODO,
    lee=(*_DE_TODOS, *_DINERO, *_BANCO),
)
DEPOSITAR = Permiso(
    "ingresos.depositar",
    "Registrar fichas de depósito",
    ("tesorero",),
    lee=VER_DEPOSITOS.lee,
    inserta=(modelos_ingresos.FichaCorte, modelos_ingresos.Ficha),
)
VER_DIAS = Permiso(
    "ingresos.ver_dias",
    "Ver qué días están cerrados",
    _VEN_TODO,
    lee=(*_DE_TODOS, *_DINERO, modelos_ingresos.DiaEvento),
)
CERRAR_DIA = Permiso(
    "ingresos.cerrar_dia",
    "Cerrar y reabrir días",
    ("tesorero",),
    lee=VER_DIAS.lee,
    inserta=(modelos_ingresos.DiaEvento,),
)
VER_DIARIO = Permiso(
    "ingresos.ver_diario",
    "Ver el diario de ingresos",
    _VEN_TODO,
    lee=(
        *(*VER_DIAS.lee, modelos.Operacion, modelos.Renglon, modelos.Concepto),
        *(modelos.Cargo, modelos.Cuenta),
    ),
)
