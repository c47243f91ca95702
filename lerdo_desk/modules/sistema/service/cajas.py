"""Tills and channels with their series: their list, one more till, one more serie."""

import re
from collections.abc import Generator
from dataclasses import dataclass

from sqlalchemy import String, case, cast, func, insert, select

from lerdo_desk.base.entrada import entero, identificador, texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pagina, Pedido, Salida
from lerdo_desk.core.listados import Columna, Listado, entregar, pagina
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.hacienda.modelos import Caja, Ente, Municipio, Serie
from lerdo_desk.hacienda.paquete_cruces import CANALES, VENTANILLA
from lerdo_desk.hacienda.parametros import CAPACITACION
from lerdo_desk.modules.sistema.service.cuentas import Nada
from lerdo_desk.modules.sistema.service.permisos import ALTA_CAJA, ALTA_SERIE, VER_CAJAS

TIPOS = ((VENTANILLA, "Ventanilla"), *((canal, f"Canal: {canal.lower()}") for canal in CANALES))
HORAS_MAXIMAS = 24
_CLAVE_DE_CAJA = re.compile("[A-Z0-9]{1,12}", re.ASCII)
_CLAVE_DE_SERIE = re.compile("[A-Z0-9]{1,3}", re.ASCII)
_PREFIJO = "CAP-"
"""What the ledger's lock asks of every serie of a training database, and of none in production."""
_MUCHAS = 1_000_000

CAJAS = Listado(
    clave="sistema.cajas",
    nombre="Cajas y series",
    permiso=VER_CAJAS,
    consulta=select(Caja)
    .outerjoin(Serie, Serie.caja_id == Caja.id)
    .outerjoin(Ente, Ente.id == Serie.ente_id),
    id=Caja.id * _MUCHAS + func.coalesce(Serie.id, 0),
    columnas=(
        Columna("clave", "Caja", Caja.clave, ancho=130, ordenable=True),
        Columna("nombre", "Nombre", Caja.nombre, ancho=210, ordenable=True),
        Columna("sede", "Lugar", Caja.sede, ancho=180),
        Columna("tipo", "Tipo", Caja.tipo, ancho=115, opciones=TIPOS),
        Columna(
            "horas",
            "Duración del turno",
            case((Caja.horas == 0, "Termina con su día"), else_=cast(Caja.horas, String).concat(" horas")),
            ancho=145,
        ),
        Columna("serie", "Serie", Serie.clave, ancho=90, ordenable=True),
        Columna("ente", "Cobra para", Ente.nombre, ancho=220),
        Columna("ultimo", "Último folio", Serie.ultimo_folio, "entero", ancho=110),
    ),
    orden=(("clave", "asc"), ("serie", "asc")),
)


@dataclass(frozen=True)
class CajaNueva:
    """The order to write one more till, or channel (``tipo``); ``horas`` 0: a turno ends with its day."""

    clave: str
    nombre: str
    sede: str
    tipo: str = VENTANILLA
    horas: int = 0


@dataclass(frozen=True)
class SerieNueva:
    """The order to number the receipts of an ente at a till; ``clave`` has one to three characters."""

    caja: str
    ente: str
    clave: str


@dataclass(frozen=True)
class Nombrado:
    """A till or an ente as a dialog offers it."""

    clave: str
    nombre: str


@dataclass(frozen=True)
class Opciones:
    """What a new serie may join: tills, entes, and the pairs that have theirs."""

    cajas: tuple[Nombrado, ...]
    entes: tuple[Nombrado, ...]
    ocupadas: frozenset[tuple[str, str]]


@use_case(VER_CAJAS)
def cajas(ctx: Context, orden: Pedido) -> Pagina:
    """Give one page of the tills, each with its series."""
    return pagina(ctx, CAJAS, orden)


@use_case(VER_CAJAS)
def cajas_enteras(ctx: Context, orden: Salida) -> Generator[Progress, None, int]:
    """Hand the whole list of tills over, for a file."""
    return entregar(ctx, CAJAS, orden)


@use_case(VER_CAJAS)
def opciones_de_serie(ctx: Context, _orden: Nada) -> Opciones:
    """Give the tills and entes that a new serie may join."""
    ocupadas = ctx.session.execute(
        select(Caja.clave, Ente.clave)
        .join(Serie, Serie.caja_id == Caja.id)
        .join(Ente, Ente.id == Serie.ente_id)
    )
    cajas_, entes = (
        tuple(Nombrado(f[0], f[1]) for f in ctx.session.execute(select(t.clave, t.nombre).order_by(t.clave)))
        for t in (Caja, Ente)
    )
    return Opciones(cajas_, entes, frozenset((f[0], f[1]) for f in ocupadas))


@use_case(ALTA_CAJA)
def dar_de_alta_caja(ctx: Context, orden: CajaNueva) -> str:
    """Write one more till and give its clave.

    Raises ErrorDeUso for a clave that is taken or cannot be, an unknown kind, or a channel with hours: only
    a till at a window has turnos that last.
    """
    clave = identificador(orden.clave, campo="clave")
    if not _CLAVE_DE_CAJA.fullmatch(clave):
        raise ErrorDeUso("La clave lleva de 1 a 12 letras o números, sin espacios ni Ñ.", "clave")
    datos = {c: texto(getattr(orden, c), 120, c) for c in ("nombre", "sede")}
    for campo, dato in datos.items():
        if not dato:
            raise ErrorDeUso("Falta este dato.", campo)
    if orden.tipo not in dict(TIPOS):
        raise ErrorDeUso("Elija si es ventanilla o canal.", "tipo")
    horas = entero(orden.horas, "horas", maximo=HORAS_MAXIMAS)
    if horas and orden.tipo != VENTANILLA:
        raise ErrorDeUso("Un canal no tiene turnos de ventanilla; deje las horas vacías.", "horas")
    if ctx.session.scalar(select(Caja.id).where(Caja.clave == clave)) is not None:
        raise ErrorDeUso(f"Ya hay una caja «{clave}»; elija otra clave.", "clave")
    ctx.session.execute(insert(Caja).values(clave=clave, tipo=orden.tipo, horas=horas, **datos))
    return clave


@use_case(ALTA_SERIE)
def dar_de_alta_serie(ctx: Context, orden: SerieNueva) -> str:
    """Number the receipts of an ente at a till, and give the serie as it is printed.

    In training it bears ``CAP-`` before what was asked, so that no practice receipt passes for a real one.
    Raises ErrorDeUso for a till or an ente that does not exist, a pair that has its serie, or a clave that
    is taken or cannot be.
    """
    pedida = identificador(orden.clave, campo="clave")
    if not _CLAVE_DE_SERIE.fullmatch(pedida) or pedida == _PREFIJO.rstrip("-"):
        raise ErrorDeUso("La serie lleva de 1 a 3 letras o números, y no puede ser CAP.", "clave")
    caja = ctx.session.scalar(select(Caja.id).where(Caja.clave == orden.caja))
    ente = ctx.session.scalar(select(Ente.id).where(Ente.clave == orden.ente))
    if caja is None or ente is None:
        campo = "caja" if caja is None else "ente"
        raise ErrorDeUso("Elija uno de la lista.", campo)
    suya = ctx.session.scalar(select(Serie.clave).where(Serie.caja_id == caja, Serie.ente_id == ente))
    if suya is not None:
        raise ErrorDeUso(f"Esa caja ya cobra para ese ente con la serie {suya}.", "ente")
    modo = ctx.session.scalar(select(Municipio.modo))
    clave = f"{_PREFIJO}{pedida}" if modo == CAPACITACION else pedida
    if ctx.session.scalar(select(Serie.id).where(Serie.clave == clave)) is not None:
        raise ErrorDeUso(f"La serie {clave} ya existe; elija otra.", "clave")
    ctx.session.execute(insert(Serie).values(caja_id=caja, ente_id=ente, clave=clave))
    return clave
