"""What may be done with the people of the padrón and by whom, with what the database grants for it."""

from lerdo_desk.core.permisos import Permiso
from lerdo_desk.core.usuarios import Usuario
from lerdo_desk.hacienda import modelos, modelos_ordenes
from lerdo_desk.hacienda.modelos_ingresos import Contacto
from lerdo_desk.modules.contribuyentes.models import Fusion, FusionEvento

_LEEN = ("capturista", "supervisor", "tesorero", "auditor")
_ESCRIBEN = ("capturista", "supervisor")
_PERSONAS = (modelos.Contribuyente, Contacto, Fusion, FusionEvento, modelos.Cuenta, Usuario)

VER = Permiso("contribuyentes.ver", "Ver el padrón de contribuyentes", _LEEN, lee=_PERSONAS)
VER_EXPEDIENTE = Permiso(
    "contribuyentes.ver_expediente",
    "Ver el expediente de una persona",
    _LEEN,
    lee=(
        *_PERSONAS,
        *(modelos.Municipio, modelos.Ente, modelos.Concepto, modelos.Parametro),
        *(modelos.Cargo, modelos.Renglon, modelos_ordenes.Orden, modelos_ordenes.OrdenEvento),
    ),
)
VER_RECIBOS = Permiso(
    "contribuyentes.ver_recibos",
    "Ver los recibos de una persona",
    _LEEN,
    lee=(*_PERSONAS, modelos.Cargo, modelos.Renglon, modelos.Recibo, modelos.Serie),
)
ALTA = Permiso(
    "contribuyentes.alta",
    "Dar de alta personas",
    _ESCRIBEN,
    lee=_PERSONAS,
    inserta=(modelos.Contribuyente, Contacto),
)
CONTACTO = Permiso(
    "contribuyentes.contacto",
    "Cambiar los datos de contacto de una persona",
    _ESCRIBEN,
    lee=_PERSONAS,
    inserta=(Contacto,),
)
UNIR = Permiso(
    "contribuyentes.unir",
    "Unir dos registros de la misma persona",
    ("supervisor",),
    lee=_PERSONAS,
    inserta=(Fusion,),
)
SEPARAR = Permiso(
    "contribuyentes.separar",
    "Deshacer la unión de dos registros",
    ("supervisor",),
    lee=_PERSONAS,
    inserta=(FusionEvento,),
)
