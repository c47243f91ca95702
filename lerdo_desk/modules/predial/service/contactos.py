"""How to reach a person: phone, e-mail and address for notices; each change is one more row."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from lerdo_desk.base.calendario import hora_local
from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.use_cases import Context, use_case
from lerdo_desk.hacienda.modelos import Contribuyente
from lerdo_desk.hacienda.modelos_ingresos import Contacto
from lerdo_desk.modules.predial.service.permisos import EDITAR_CONTACTO, VER_PADRON

TELEFONO, CORREO, DOMICILIO = "TELEFONO", "CORREO", "DOMICILIO"
TIPOS = ((TELEFONO, "Teléfono"), (CORREO, "Correo"), (DOMICILIO, "Domicilio para avisos"))
_CAMPOS = {TELEFONO: "telefono", CORREO: "correo", DOMICILIO: "domicilio"}
_CORREO = re.compile(r"[^@\s,;<>\"]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class PersonaPedida:
    """The person that is asked about."""

    contribuyente_id: int


@dataclass(frozen=True)
class ContactoEscrito:
    """One row of the history: what was written, who wrote it and when (local hour)."""

    tipo: str
    valor: str
    usuario: str
    cuando: datetime


@dataclass(frozen=True)
class FichaDeContacto:
    """How a person is reached today, and every row ever written, the last one first."""

    contribuyente_id: int
    nombre: str
    telefono: str
    correo: str
    domicilio: str
    historia: tuple[ContactoEscrito, ...]


@dataclass(frozen=True)
class DatosDeContacto:
    """The order to write how a person is reached; an empty text says that there is no such thing any more."""

    contribuyente_id: int
    telefono: str
    correo: str
    domicilio: str


@use_case(VER_PADRON)
def ver_contacto(ctx: Context, orden: PersonaPedida) -> FichaDeContacto:
    """Give how a person is reached and its history; ErrorDeUso when there is no such person."""
    return _ficha(ctx, orden.contribuyente_id)


@use_case(EDITAR_CONTACTO)
def guardar_contacto(ctx: Context, orden: DatosDeContacto) -> int:
    """Write one more row for each datum that changed; give how many.

    Raises ErrorDeUso for a phone that has not 10 digits, an e-mail that cannot be one, or when nothing is
    different from what is on record.
    """
    ficha = _ficha(ctx, orden.contribuyente_id)
    nuevos = {
        TELEFONO: telefono(orden.telefono),
        CORREO: correo(orden.correo),
        DOMICILIO: texto(orden.domicilio, 200, "domicilio"),
    }
    cambian = {tipo: v for tipo, v in nuevos.items() if v != getattr(ficha, _CAMPOS[tipo])}
    if not cambian:
        raise ErrorDeUso("No cambió ningún dato; escriba el nuevo o cierre sin guardar.")
    for tipo, valor in cambian.items():
        suyos = (Contacto.contribuyente_id == orden.contribuyente_id, Contacto.tipo == tipo)
        n = ctx.session.scalar(select(func.coalesce(func.max(Contacto.n), 0)).where(*suyos)) or 0
        fila = {"contribuyente_id": orden.contribuyente_id, "tipo": tipo, "n": n + 1, "valor": valor}
        ctx.session.execute(insert(Contacto).values(fila))
    return len(cambian)


def telefono(escrito: str) -> str:
    """Give the 10 digits of a phone, or an empty text; ErrorDeUso for anything else."""
    limpio = re.sub(r"[\s().-]", "", texto(escrito, 40, "telefono"))
    if limpio and not re.fullmatch(r"\d{10}", limpio, re.ASCII):
        raise ErrorDeUso("El teléfono lleva 10 números con su lada; escríbalo sin prefijo.", "telefono")
    return limpio


def correo(escrito: str) -> str:
    """Give an e-mail in small letters, or an empty text; ErrorDeUso when it cannot be one."""
    limpio = texto(escrito, 120, "correo")
    if limpio and not _CORREO.fullmatch(limpio):
        raise ErrorDeUso("El correo no está completo; escríbalo así: nombre@ejemplo.mx.", "correo")
    return limpio.lower()


def _ficha(ctx: Context, contribuyente_id: int) -> FichaDeContacto:
    persona = ctx.session.get(Contribuyente, contribuyente_id)
    if persona is None:
        raise ErrorDeUso("Esa persona no está en el padrón de contribuyentes; abra la cuenta de nuevo.")
    filas = ctx.session.scalars(
        select(Contacto)
        .where(Contacto.contribuyente_id == contribuyente_id)
        .order_by(Contacto.creado, Contacto.tipo, Contacto.n)
    ).all()
    ultimos = dict.fromkeys(_CAMPOS, "") | {f.tipo: f.valor for f in sorted(filas, key=lambda f: f.n)}
    return FichaDeContacto(
        contribuyente_id,
        persona.nombre,
        ultimos[TELEFONO],
        ultimos[CORREO],
        ultimos[DOMICILIO],
        tuple(
            ContactoEscrito(f.tipo, f.valor, f.usuario, hora_local(f.creado, ctx.zona))
            for f in reversed(filas)
        ),
    )
