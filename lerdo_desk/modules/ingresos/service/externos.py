"""Payments made elsewhere: a channel's file is looked at first, then imported whole, each payment once."""

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.core import registry
from lerdo_desk.core.celdas import MAXIMO_DE_ARCHIVO, Hoja
from lerdo_desk.core.importacion import mapear
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.hacienda import cobros, externos, externos_sello
from lerdo_desk.hacienda.adeudos import CERO
from lerdo_desk.hacienda.externos import Canal, PagoLeido, Plan
from lerdo_desk.hacienda.formas import FORMAS
from lerdo_desk.modules.ingresos import imports
from lerdo_desk.modules.ingresos.service.canales import EnCanal, turno_en
from lerdo_desk.modules.ingresos.service.permisos_canales import IMPORTAR_PAGOS, REVISAR_PAGOS

_T = TypeVar("_T")
POR_COBRAR, CON_EXCESO, POR_IDENTIFICAR = "POR_COBRAR", "CON_EXCESO", "POR_IDENTIFICAR"
YA_ESTABA, REPETIDO, MALO = "YA_ESTABA", "REPETIDO", "MALO"
ESTADOS = (
    (MALO, "Con error"),
    (POR_IDENTIFICAR, "Sin cuenta"),
    (CON_EXCESO, "Con saldo a favor"),
    (POR_COBRAR, "Por cobrar"),
    (REPETIDO, "Repetido en el archivo"),
    (YA_ESTABA, "Ya importado"),
)
"""What will be done with a row, what asks for attention first."""

MAXIMO_DE_PAGOS = 5000
"""Rows of a file: so many are sealed in one transaction in less than a minute, and fit the server's locks."""

_DE_RESULTADO = {
    externos.COBRADO: POR_COBRAR,
    externos.CON_SALDO: CON_EXCESO,
    externos.SOLO_SALDO: CON_EXCESO,
    externos.SIN_CUENTA: POR_IDENTIFICAR,
}


@dataclass(frozen=True)
class Archivo:
    """A channel's file and its columns; ``mapeo`` pairs field and heading, empty: let them be proposed.

    ``recordado``: the columns that the person chose the last time.
    """

    caja_id: int
    nombre: str
    contenido: bytes = field(repr=False)
    mapeo: tuple[tuple[str, str], ...] = ()
    recordado: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Importacion:
    """The order to import what is good in a file that was looked at: ``digesto`` is that file's."""

    turno_id: str
    archivo: Archivo
    digesto: str


@dataclass(frozen=True)
class Renglon:
    """A row of the file as the person sees it before importing: what will be done, and why."""

    n: int
    estado: str
    referencia: str
    clave: str
    titular: str
    fecha: str
    forma: str
    importe: Decimal | None
    saldo: Decimal
    donde: str
    frase: str


@dataclass(frozen=True)
class Suma:
    """How many rows have one fate, and their pesos."""

    estado: str
    cuantos: int
    importe: Decimal


@dataclass(frozen=True)
class Vista:
    """A file looked at: its columns, its rows and the sums of each fate; ``falta`` says what stops it."""

    digesto: str
    encabezados: tuple[str, ...]
    mapeo: tuple[tuple[str, str], ...]
    falta: str
    renglones: tuple[Renglon, ...]
    sumas: tuple[Suma, ...]
    avisos: tuple[str, ...]

    @property
    def buenos(self) -> int:
        """Count the rows that will be imported."""
        return sum(s.cuantos for s in self.sumas if s.estado in (POR_COBRAR, CON_EXCESO, POR_IDENTIFICAR))


@dataclass(frozen=True)
class Importado:
    """What an import did: receipts and their pesos, of them saldo a favor, and the rows left out."""

    recibos: int
    importe: Decimal
    saldo: Decimal
    ya: int
    malos: int


CAMPOS = ("referencia", "clave", "importe", "fecha", "forma")
"""The fields of a payment, in the order in which a screen asks for their columns."""


def titulos() -> dict[str, str]:
    """Give the name of each field."""
    campos = imports.plano(Canal(0, "", "", "", (0,))).campos
    return {c.clave: c.titulo for c in campos}


@use_case(REVISAR_PAGOS)
def revisar_pagos(ctx: Context, orden: Archivo) -> Generator[Progress, None, Vista]:
    """Look at a file without writing anything: what would be done with each of its rows.

    Raises ErrorDeUso when the file cannot be read or that caja is no channel.
    """
    canal = externos.canal(ctx.session, orden.caja_id)
    hoja = _abrir(orden)
    mapeo = dict(orden.mapeo) or mapear(imports.plano(canal), hoja.encabezados, dict(orden.recordado))
    try:
        leido = yield from imports.leer(hoja, canal, mapeo, ctx.hoy)
    except ErrorDeUso as error:
        return Vista(hoja.digest, hoja.encabezados, tuple(mapeo.items()), error.mensaje, (), (), hoja.avisos)
    plan = yield from _planear(ctx, canal, leido.pagos)
    renglones = tuple(_renglones(hoja, mapeo, plan, leido.malas))
    return Vista(
        hoja.digest,
        hoja.encabezados,
        tuple(mapeo.items()),
        "",
        renglones,
        tuple(_sumas(renglones)),
        leido.avisos,
    )


@use_case(IMPORTAR_PAGOS, repetible=True)
def importar_pagos(ctx: Context, orden: Importacion) -> Generator[Progress, None, Importado]:
    """Import every good row of a file, all or nothing, in the channel's turno, which it opens if need be.

    Each payment is charged once, whatever the times that its file comes. Raises ErrorDeUso when the file is
    not the one that was looked at, another channel is open, or there is nothing new in it.
    """
    canal = externos.canal(ctx.session, orden.archivo.caja_id)
    hoja = _abrir(orden.archivo)
    if hoja.digest != orden.digesto:
        raise ErrorDeUso("El archivo cambió desde que lo revisó; revíselo otra vez.", "archivo")
    leido = yield from imports.leer(hoja, canal, dict(orden.archivo.mapeo), ctx.hoy)
    plan = yield from _planear(ctx, canal, leido.pagos)
    # What was read before the debts were locked may have been paid meanwhile at a till.
    cobros.bloquear(ctx.session, externos.cargos_de(plan))
    plan = yield from _planear(ctx, canal, leido.pagos)
    fuera = len(leido.malas) + len(plan.negados)
    if not plan.planeados:
        return Importado(0, CERO, CERO, len(plan.ya) + len(plan.repetidos), fuera)
    turno = turno_en(ctx, EnCanal(orden.turno_id, canal.id)), canal
    hechos = yield from _con_avance(
        externos_sello.sellar(ctx.session, ctx.hoy, turno, plan.planeados, hoja.digest),
        len(plan.planeados),
        "Importando pagos",
    )
    return Importado(hechos.recibos, hechos.importe, hechos.saldo, len(plan.ya) + len(plan.repetidos), fuera)


def _abrir(archivo: Archivo) -> Hoja:
    hoja = imports.abrir(archivo.nombre, archivo.contenido)
    if hoja.total > MAXIMO_DE_PAGOS:
        raise ErrorDeUso(
            f"El archivo trae {hoja.total:,} pagos y el máximo es {MAXIMO_DE_PAGOS:,}; divídalo en varios.",
            "archivo",
        )
    return hoja


def _planear(ctx: Context, canal: Canal, pagos: tuple[PagoLeido, ...]) -> Generator[Progress, None, Plan]:
    plan = externos.planear(ctx.session, ctx.hoy, canal, pagos, registry.liquidadores())
    return (yield from _con_avance(plan, len(pagos), "Consultando adeudos"))


def _con_avance(pasos: Generator[int, None, _T], total: int, dice: str) -> Generator[Progress, None, _T]:
    """Turn the counts of a long piece of work into progress."""
    while True:
        try:
            hechos = next(pasos)
        except StopIteration as fin:
            valor: _T = fin.value
            return valor
        yield Progress(hechos, max(total, hechos), dice)


def _renglones(
    hoja: Hoja, mapeo: Mapping[str, str], plan: Plan, malas: Iterable[imports.Mala]
) -> list[Renglon]:
    """Give every row of the file in its order, with its fate."""
    todos = [_malo(m) for m in malas]
    for p in plan.planeados:
        titular = "" if p.cuenta is None else p.cuenta.titular
        todos.append(_renglon(p.pago, _DE_RESULTADO[p.resultado], p.frase, titular, p.saldo))
    for estado, suyos in ((YA_ESTABA, plan.ya), (REPETIDO, plan.repetidos)):
        todos += [_renglon(r.pago, estado, r.frase) for r in suyos]
    for negado in plan.negados:
        donde = imports.celda(hoja, mapeo, negado.campo, negado.pago.n)
        todos.append(_renglon(negado.pago, MALO, negado.frase, donde=donde))
    return sorted(todos, key=lambda r: r.n)


def _renglon(
    pago: PagoLeido, estado: str, frase: str, titular: str = "", saldo: Decimal = CERO, donde: str = ""
) -> Renglon:
    return Renglon(
        n=pago.n,
        estado=estado,
        referencia=pago.referencia,
        clave=pago.clave,
        titular=titular,
        fecha=fecha_corta(pago.fecha_pago),
        forma=FORMAS[pago.forma],
        importe=pago.importe,
        saldo=saldo,
        donde=donde,
        frase=frase,
    )


def _malo(mala: imports.Mala) -> Renglon:
    referencia, clave, _, dia = mala.dichos
    return Renglon(mala.n, MALO, referencia, clave, "", dia, "", None, CERO, mala.celda, mala.frase)


def _sumas(renglones: Iterable[Renglon]) -> list[Suma]:
    """Count the rows of each fate and add up their pesos; a row without an amount adds none."""
    sumas: dict[str, tuple[int, Decimal]] = {}
    for r in renglones:
        cuantos, importe = sumas.get(r.estado, (0, CERO))
        sumas[r.estado] = (cuantos + 1, importe + (r.importe or CERO))
    return [Suma(estado, *sumas[estado]) for estado, _ in ESTADOS if estado in sumas]


def traer(ruta: Path) -> tuple[str, bytes]:
    """Bring a file to memory, off the GUI thread: its name and its bytes.

    Raises ErrorDeUso when it is too big, ErrorDeEntorno when the disk does not let it be read.
    """
    try:
        if ruta.stat().st_size > MAXIMO_DE_ARCHIVO:
            raise ErrorDeUso("El archivo es muy grande para ser de pagos; divídalo en varios.", "archivo")
        return ruta.name, ruta.read_bytes()
    except OSError as error:
        raise ErrorDeEntorno(
            "El archivo no se pudo leer; compruebe que existe y que no está abierto en otro programa.",
            str(error),
        ) from error
