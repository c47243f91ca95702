"""What may be done at the caja and by whom: every permission, with what the database grants for it."""

from lerdo_desk.core import solicitudes, usuarios
from lerdo_desk.core.permisos import Permiso, Propias
from lerdo_desk.hacienda import modelos

_CATALOGO = (
    modelos.Municipio,
    modelos.Ente,
    modelos.Membrete,
    modelos.Concepto,
    modelos.Parametro,
    modelos.Caja,
    modelos.CajaAsignacion,
    modelos.Serie,
)
_DINERO = (modelos.Turno, modelos.Operacion, modelos.Recibo, modelos.Pago, modelos.Conteo, modelos.Corte)

CONSULTAR = Permiso(
    "caja.consultar",
    "Consultar cuentas y adeudos",
    ("cajero", "capturista", "supervisor", "tesorero", "auditor"),
    lee=(*_CATALOGO, modelos.Contribuyente, modelos.Cuenta, modelos.Cargo, modelos.Renglon),
)
VER_CUENTAS = Permiso(
    "caja.ver_cuentas",
    "Ver el estado de una cuenta sin cobrar",
    ("capturista", "supervisor", "tesorero", "auditor"),
    lee=CONSULTAR.lee,
)
COBRAR = Permiso(
    "caja.cobrar",
    "Cobrar en ventanilla",
    ("cajero",),
    lee=tuple(Propias(t) for t in _DINERO),
    inserta=(modelos.Renglon, modelos.Pago, modelos.Recibo, modelos.Operacion),
    ejecuta=("bloquear_cargos(bigint[])",),
)
TURNO = Permiso(
    "caja.turno",
    "Abrir y cerrar su turno",
    ("cajero",),
    lee=tuple(Propias(t) for t in _DINERO),
    inserta=(modelos.Turno, modelos.Conteo, modelos.Corte),
)
MI_TURNO = Permiso("caja.mi_turno", "Ver su turno", ("cajero",), lee=tuple(Propias(t) for t in _DINERO))
IMPRIMIR = Permiso(
    "caja.imprimir",
    "Imprimir recibos y cortes",
    ("cajero", "supervisor"),
    lee=(modelos.Impresion, *(Propias(t) for t in _DINERO)),
    inserta=(modelos.Impresion,),
)
PEDIR_CANCELACION = Permiso(
    "caja.pedir_cancelacion",
    "Pedir que se cancele un recibo",
    ("cajero",),
    lee=(Propias(solicitudes.Solicitud), solicitudes.Resolucion),
    inserta=(solicitudes.Solicitud,),
)
AUTORIZAR_CANCELACION = Permiso(
    "caja.autorizar_cancelacion",
    "Autorizar la cancelación de un recibo",
    ("supervisor",),
    lee=(solicitudes.Solicitud, solicitudes.Resolucion, *_DINERO),
    inserta=(solicitudes.Resolucion,),
)
CANCELAR = Permiso(
    "caja.cancelar",
    "Cancelar un recibo autorizado",
    ("cajero",),
    lee=tuple(Propias(t) for t in _DINERO),
    inserta=(modelos.Renglon, modelos.Pago, modelos.Recibo, modelos.Operacion),
    ejecuta=("bloquear_cargos(bigint[])",),
)
REVISAR = Permiso(
    "caja.revisar", "Revisar el dinero de todas las cajas", ("tesorero", "auditor"), lee=_DINERO
)
_ASIGNACIONES = (modelos.Caja, modelos.CajaAsignacion, usuarios.Usuario, usuarios.UsuarioEvento)
VER_ASIGNACIONES = Permiso(
    "caja.ver_asignaciones", "Ver qué cajero puede abrir cada caja", ("supervisor",), lee=_ASIGNACIONES
)
ASIGNAR = Permiso(
    "caja.asignar",
    "Asignar cajas a cajeros",
    ("supervisor",),
    lee=_ASIGNACIONES,
    inserta=(modelos.CajaAsignacion,),
)
