"""The tesorero's answer to opening debts: sees their totals, and writes the cargos or sends them back."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from lerdo_desk.base.calendario import hora_local
from lerdo_desk.base.dinero import de_centavos
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import cargas
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.core.usuarios import Usuario
from lerdo_desk.modules.predial import rules
from lerdo_desk.modules.predial.imports import adeudos
from lerdo_desk.modules.predial.imports.adeudos import Total
from lerdo_desk.modules.predial.imports.planos import ADEUDOS
from lerdo_desk.modules.predial.service.permisos_cargas import CONFIRMAR_CARGA, RECHAZAR_CARGA, VER_CARGAS

_ESCRIBIENDO = "Escribiendo cargos"
_CERO = Decimal("0.00")


@dataclass(frozen=True)
class Cargas:
    """The question of the loads of opening debts."""


@dataclass(frozen=True)
class UnaCarga:
    """The question of what confirming one load would write now."""

    carga_id: str


@dataclass(frozen=True)
class CargaEnLista:
    """A load of opening debts as a list shows it; ``creado`` and ``resuelta`` in the municipality's hour."""

    id: str
    archivo: str
    digesto: str
    leidas: int
    aceptadas: int
    devueltas: int
    importe: Decimal
    quien: str
    creado: datetime
    estado: str
    resolvio: str
    resuelta: datetime | None
    nota: str


@dataclass(frozen=True)
class TotalVisto:
    """Control totals of one ejercicio: as they were declared, as the rows add up, and what is in the way.

    ``ya``: debts whose account has got a cargo of that ejercicio since the file was loaded.
    """

    ejercicio: int
    adeudos: int
    importe: Decimal
    en_filas: int
    importe_en_filas: Decimal
    ya: int

    @property
    def cuadra(self) -> bool:
        """Tell whether nothing differs."""
        return (self.adeudos, self.importe) == (self.en_filas, self.importe_en_filas) and not self.ya


@dataclass(frozen=True)
class CargaVista:
    """One load with its totals by ejercicio; ``propia``: who looks at it is who loaded it."""

    carga: CargaEnLista
    totales: tuple[TotalVisto, ...]
    propia: bool

    @property
    def adeudos(self) -> int:
        """Count its debts, as declared."""
        return sum(t.adeudos for t in self.totales)

    @property
    def cuadra(self) -> bool:
        """Tell whether it can be confirmed as it is."""
        return bool(self.totales) and all(t.cuadra for t in self.totales)


@dataclass(frozen=True)
class Confirmacion:
    """The order to write a load's cargos, with the totals (pesos) that its signer saw."""

    carga_id: str
    adeudos: int
    importe: Decimal


@dataclass(frozen=True)
class Confirmada:
    """What a confirmation wrote: how many cargos and their sum in pesos."""

    cargos: int
    importe: Decimal


@dataclass(frozen=True)
class Rechazo:
    """The order to send a load back, with what must be mended."""

    carga_id: str
    nota: str


@use_case(VER_CARGAS)
def cargas_de_adeudos(ctx: Context, _orden: Cargas) -> tuple[CargaEnLista, ...]:
    """List the loads of opening debts, those that wait first."""
    nombres = _nombres(ctx)
    return tuple(_en_lista(ctx, c, nombres) for c in cargas.recientes(ctx.session, rules.MODULO, ADEUDOS))


@use_case(VER_CARGAS)
def ver_carga(ctx: Context, orden: UnaCarga) -> CargaVista:
    """Give the control totals of a load beside those of its rows, and what has changed since."""
    carga = _de_adeudos(ctx, orden.carga_id)
    declarados = {t.ejercicio: t for t in adeudos.totales_de_json(carga.totales)}
    filas: list[tuple[int, Decimal]] = []
    ya: dict[int, int] = {}
    esperan = carga.estado == cargas.EN_ESPERA
    for lote in cargas.filas_de(ctx.session, carga.id):
        filas += [(d["ejercicio"], de_centavos(d["importe"])) for _, d in lote]
        for choque in adeudos.chocan(ctx.session, lote) if esperan else ():
            ya[choque.ejercicio] = ya.get(choque.ejercicio, 0) + 1
    sumados = {t.ejercicio: t for t in adeudos.totales(filas)}
    totales = tuple(_visto(e, declarados.get(e), sumados.get(e), ya) for e in sorted({*declarados, *sumados}))
    return CargaVista(_en_lista(ctx, carga, _nombres(ctx)), totales, carga.usuario == ctx.actor.usuario)


@use_case(CONFIRMAR_CARGA, repetible=True)
def confirmar_carga(ctx: Context, orden: Confirmacion) -> Generator[Progress, None, Confirmada]:
    """Write the cargos of a load, all or none, and that it is confirmed.

    Raises ErrorDeUso when its totals are not those that were shown, when an account has meanwhile got a
    cargo of that ejercicio, or when whoever loaded it confirms it (LD174).
    """
    carga = _de_adeudos(ctx, orden.carga_id)
    cargas.resolver(ctx.session, carga, cargas.CONFIRMADA)
    escritos, suma = 0, _CERO
    for lote in cargas.filas_de(ctx.session, carga.id):
        yield Progress(escritos, carga.aceptadas, _ESCRIBIENDO)
        choques = adeudos.chocan(ctx.session, lote)
        if choques:
            raise ErrorDeUso(
                f"La cuenta {choques[0].clave} ya tiene un cargo de {choques[0].ejercicio}, hecho después de "
                "la carga; rechácela para que se corrija y se cargue de nuevo."
            )
        adeudos.escribir(ctx.session, carga, lote)
        escritos += len(lote)
        suma += sum((de_centavos(d["importe"]) for _, d in lote), _CERO)
    yield Progress(escritos, carga.aceptadas, _ESCRIBIENDO)
    declarado = sum((t.importe for t in adeudos.totales_de_json(carga.totales)), _CERO)
    if not (escritos == carga.aceptadas == orden.adeudos and suma == declarado == orden.importe):
        raise ErrorDeUso(
            "Los totales de la carga no son los que se mostraron; actualice y compárelos de nuevo."
        )
    return Confirmada(escritos, suma)


@use_case(RECHAZAR_CARGA)
def rechazar_carga(ctx: Context, orden: Rechazo) -> None:
    """Send a load back with a note: nothing of it is charged, and its rows stop waiting."""
    cargas.resolver(ctx.session, _de_adeudos(ctx, orden.carga_id), cargas.RECHAZADA, orden.nota)


def _de_adeudos(ctx: Context, carga_id: str) -> cargas.CargaVista:
    carga = cargas.una(ctx.session, carga_id)
    if carga.modulo != rules.MODULO or carga.tipo.split(":", 1)[0] != ADEUDOS:
        raise ErrorDeUso("Esa carga no es de adeudos anteriores; elija otra de la lista.")
    return carga


def _nombres(ctx: Context) -> dict[str, str]:
    return {f.login: f.nombre for f in ctx.session.execute(select(Usuario.login, Usuario.nombre))}


def _en_lista(ctx: Context, c: cargas.CargaVista, nombres: dict[str, str]) -> CargaEnLista:
    return CargaEnLista(
        id=c.id,
        archivo=c.archivo,
        digesto=c.digesto,
        leidas=c.leidas,
        aceptadas=c.aceptadas,
        devueltas=c.devueltas,
        importe=sum((t.importe for t in adeudos.totales_de_json(c.totales)), _CERO),
        quien=nombres.get(c.usuario, c.usuario),
        creado=hora_local(c.creado, ctx.zona),
        estado=c.estado,
        resolvio=nombres.get(c.resolvio, c.resolvio),
        resuelta=hora_local(c.resuelta, ctx.zona) if c.resuelta else None,
        nota=c.nota,
    )


def _visto(ejercicio: int, declarado: Total | None, sumado: Total | None, ya: dict[int, int]) -> TotalVisto:
    nada = Total(ejercicio, 0, _CERO)
    d, s = declarado or nada, sumado or nada
    return TotalVisto(ejercicio, d.adeudos, d.importe, s.adeudos, s.importe, ya.get(ejercicio, 0))
