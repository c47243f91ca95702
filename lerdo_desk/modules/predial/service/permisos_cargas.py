"""Who may load the padrón and the opening debts, and who confirms them: never the same person."""

from lerdo_desk.core.cargas import Carga, CargaEvento, CargaFila
from lerdo_desk.core.permisos import Permiso
from lerdo_desk.core.usuarios import Usuario
from lerdo_desk.hacienda.modelos import Cargo, Concepto, Contribuyente, Cuenta, Municipio
from lerdo_desk.hacienda.modelos import Parametro as FilaParametro
from lerdo_desk.modules.predial.models import Predio, Propietario, Valor

_CARGAS = (Carga, CargaFila, CargaEvento, Usuario)
_PADRON = (Municipio, Concepto, FilaParametro, Contribuyente, Cuenta, Predio, Propietario, Valor, Cargo)

REVISAR_ARCHIVO = Permiso(
    "predial.revisar_archivo",
    "Revisar un archivo por cargar",
    ("capturista",),
    lee=(*_CARGAS, *_PADRON),
)
CARGAR_PADRON = Permiso(
    "predial.cargar_padron",
    "Cargar el padrón desde un archivo",
    ("capturista",),
    lee=REVISAR_ARCHIVO.lee,
    inserta=(Contribuyente, Cuenta, Predio, Propietario, Valor, Carga),
)
CARGAR_ADEUDOS = Permiso(
    "predial.cargar_adeudos",
    "Cargar los adeudos anteriores desde un archivo",
    ("capturista",),
    lee=REVISAR_ARCHIVO.lee,
    inserta=(Carga, CargaFila),
)
VER_CARGAS = Permiso(
    "predial.ver_cargas",
    "Ver las cargas de adeudos y sus totales",
    ("tesorero", "auditor"),
    lee=(*_CARGAS, Cargo, Cuenta),
)
CONFIRMAR_CARGA = Permiso(
    "predial.confirmar_carga",
    "Confirmar una carga de adeudos",
    ("tesorero",),
    lee=VER_CARGAS.lee,
    inserta=(Cargo, CargaEvento),
)
RECHAZAR_CARGA = Permiso(
    "predial.rechazar_carga",
    "Rechazar una carga de adeudos",
    ("tesorero",),
    lee=VER_CARGAS.lee,
    inserta=(CargaEvento,),
)
