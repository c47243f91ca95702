"""What may be done in sistema and by whom: accounts, what each profile may do, tills, the law to read.

The administrador reads who may do what and how the house is set up, and no money of anybody.
"""

from lerdo_desk.core import usuarios
from lerdo_desk.core.permisos import PERFILES, Permiso
from lerdo_desk.hacienda.modelos import Caja, Ente, Municipio, Parametro, Serie
from lerdo_desk.hacienda.modelos_ingresos import CuentaBancaria

_MIRAN = ("administrador", "auditor")
_CUENTAS = (usuarios.Usuario, usuarios.UsuarioEvento)

USUARIOS = Permiso("sistema.ver_usuarios", "Ver los usuarios", _MIRAN, lee=(usuarios.Usuario,))
ALTA = Permiso(
    "sistema.alta_usuario",
    "Dar de alta usuarios",
    ("administrador",),
    inserta=(),
    ejecuta=("seg_alta(text,text,text,text)",),
)
MI_FRASE = Permiso(
    "sistema.mi_frase", "Cambiar su propia contraseña", PERFILES, lee=(), ejecuta=("seg_mi_clave(text)",)
)
EMBEBIDA = Permiso("sistema.frases", "Contraseñas de la base embebida", (), lee=(usuarios.Frase,))
VER_PERMISOS = Permiso("sistema.ver_permisos", "Ver quién puede hacer qué", _MIRAN, lee=_CUENTAS)
VER_CAJAS = Permiso("sistema.ver_cajas", "Ver las cajas y sus series", _MIRAN, lee=(Caja, Serie, Ente))
ALTA_CAJA = Permiso(
    "sistema.alta_caja", "Dar de alta cajas", ("administrador",), lee=(Caja,), inserta=(Caja,)
)
ALTA_SERIE = Permiso(
    "sistema.alta_serie",
    "Dar de alta series de recibos",
    ("administrador",),
    lee=(Municipio, Caja, Serie, Ente),
    inserta=(Serie,),
)
VER_PARAMETROS = Permiso(
    "sistema.ver_parametros",
    "Ver los parámetros de la ley con su vigencia",
    ("administrador", "supervisor", "tesorero", "auditor"),
    lee=(Parametro,),
)
VER_BANCOS = Permiso(
    "sistema.ver_bancos",
    "Ver las cuentas bancarias",
    ("administrador", "tesorero", "auditor"),
    lee=(CuentaBancaria, Ente),
)
