"""What may be done at the caja and by whom: every permission, with what the database grants for it."""

from lerdo_desk.core import solicitudes, usuarios
from lerdo_desk.core.permisos import Permiso, Propias
from lerdo_desk.hacienda import modelos, modelos_ingresos, modelos_ordenes

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
_DINERO = (
    modelos.Turno,
    modelos.Operacion,
    modelos.Recibo,
    modelos.Pago,
    modelos.Conteo,
    modelos.Corte,
    modelos_ingresos.Retiro,
)
_PAPELES = (*_CATALOGO, modelos.Cuenta, modelos.Cargo, modelos.Renglon)
"""What the papers of a turno name, besides its money."""

_FIRMAS = (solicitudes.Resolucion, modelos_ingresos.CorteEvento)
"""Who signed what: read by everybody who works with the papers that say it."""

CONSULTAR = Permiso(
    "caja.consultar",
    "Consultar cuentas y adeudos",
    ("cajero", "capturista", "supervisor", "tesorero", "auditor"),
    lee=(
        *(*_CATALOGO, modelos.Contribuyente, modelos.Cuenta, modelos.Cargo, modelos.Renglon),
        *(modelos_ordenes.Orden, modelos_ordenes.OrdenEvento, Propias(modelos.Recibo)),
    ),
)
SALDOS = Permiso(
    "caja.saldos",
    "Ver los saldos a favor de quien paga",
    ("cajero",),
    lee=(modelos_ingresos.Saldo, modelos_ingresos.SaldoUso, Propias(modelos.Recibo)),
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
    lee=(*(Propias(t) for t in _DINERO), modelos_ingresos.Saldo, modelos_ingresos.SaldoUso),
    inserta=(modelos.Renglon, modelos.Pago, modelos.Recibo, modelos.Operacion, modelos_ingresos.SaldoUso),
    ejecuta=("bloquear_cargos(bigint[])",),
)
TURNO = Permiso(
    "caja.turno",
    "Abrir y cerrar su turno",
    ("cajero",),
    lee=(*_PAPELES, *_FIRMAS, *(Propias(t) for t in _DINERO)),
    inserta=(modelos.Turno, modelos.Conteo, modelos.Corte),
)
MI_TURNO = Permiso(
    "caja.mi_turno",
    "Ver su turno",
    ("cajero",),
    lee=(*_PAPELES, *_FIRMAS, modelos.Impresion, *(Propias(t) for t in _DINERO)),
)
PEDIR_RETIRO = Permiso(
    "caja.pedir_retiro",
    "Pedir que se reciba un retiro de efectivo",
    ("cajero",),
    lee=(Propias(solicitudes.Solicitud), solicitudes.Resolucion, Propias(modelos.Turno)),
    inserta=(solicitudes.Solicitud,),
)
RECIBIR_RETIRO = Permiso(
    "caja.recibir_retiro",
    "Recibir un retiro de efectivo",
    ("supervisor",),
    lee=(solicitudes.Solicitud, solicitudes.Resolucion),
    inserta=(solicitudes.Resolucion,),
)
RETIRAR = Permiso(
    "caja.retirar",
    "Retirar efectivo de su caja",
    ("cajero",),
    lee=(*_CATALOGO, *_FIRMAS, Propias(solicitudes.Solicitud), *(Propias(t) for t in _DINERO)),
    inserta=(modelos_ingresos.Retiro,),
)
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
    lee=(
        Propias(solicitudes.Solicitud),
        solicitudes.Resolucion,
        modelos.Cuenta,
        modelos_ingresos.Saldo,
        *(Propias(t) for t in _DINERO),
    ),
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
VER_CORTES = Permiso(
    "caja.ver_cortes",
    "Ver los turnos y cortes de todas las cajas",
    ("supervisor", "tesorero", "auditor"),
    lee=(*_PAPELES, *_FIRMAS, *_DINERO, usuarios.Usuario),
)
VERIFICAR_CORTE = Permiso(
    "caja.verificar_corte",
    "Verificar el corte de otra persona",
    ("supervisor", "tesorero"),
    lee=VER_CORTES.lee,
    inserta=(modelos_ingresos.CorteEvento,),
)
