"""Loads of predial: opens a file, checks it against the padrón, and writes all that is good at once."""

import re
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lerdo_desk.base.calendario import fecha_corta, hora_local
from lerdo_desk.base.dinero import a_centavos, formato
from lerdo_desk.base.entrada import entero
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import cargas, hojas, importacion, personales
from lerdo_desk.core.celdas import Hoja, Opciones, Valor, letra
from lerdo_desk.core.importacion import ErrorDeCelda, FilaMala
from lerdo_desk.core.use_cases import Context, Progress, use_case
from lerdo_desk.core.usuarios import Usuario
from lerdo_desk.hacienda.modelos import Concepto
from lerdo_desk.hacienda.parametros import vigentes
from lerdo_desk.modules.predial import rules
from lerdo_desk.modules.predial.imports import adeudos, padron, planos
from lerdo_desk.modules.predial.imports.adeudos import FilaDeAdeudo, Total
from lerdo_desk.modules.predial.imports.padron import FilaDePadron
from lerdo_desk.modules.predial.imports.planos import PADRON
from lerdo_desk.modules.predial.service.cargas_datos import (
    ERRORES_A_LA_VISTA,
    PREFERENCIA,
    Abierto,
    Archivo,
    CampoVisto,
    CargaAnterior,
    ErrorVisto,
    Importacion,
    Importado,
    Motivo,
    Revisado,
    Revision,
)
from lerdo_desk.modules.predial.service.permisos_cargas import (
    CARGAR_ADEUDOS,
    CARGAR_PADRON,
    REVISAR_ARCHIVO,
)

ANIOS_ATRAS = 5
MUESTRA = 20
_FILAS_DE_EJEMPLO = 4
_LARGO_DE_DATO = 60
_CAMBIA = re.compile(r"«[^»]*»|\([^)]*\)|(?:el renglón|los renglones) [\d, ]+|\d[\d,./-]*")
_CERO = Decimal("0.00")


@use_case(REVISAR_ARCHIVO)
def abrir_archivo(ctx: Context, orden: Archivo) -> Abierto:
    """Read the headings of a file and propose which field each one is; ErrorDeUso when it cannot be read."""
    nombre = _nombre(orden)
    try:
        hoja = _abrir(orden)
    except hojas.VariasHojas as varias:
        return Abierto(orden, nombre, hojas=varias.hojas)
    plano = planos.plano(orden.tipo, _catalogo(ctx))
    guardadas = personales.leer(ctx.session, ctx.actor.usuario, personales.PREFERENCIA)
    recordado = dict(
        linea.split("\t", 1)
        for linea in guardadas.get(PREFERENCIA + orden.tipo, "").splitlines()
        if "\t" in linea
    )
    ejemplos = tuple(fila.valores for fila, _ in zip(hoja.filas, range(_FILAS_DE_EJEMPLO), strict=False))
    return Abierto(
        archivo=orden,
        nombre=nombre,
        digesto=hoja.digest,
        encabezados=hoja.encabezados,
        ejemplos=ejemplos,
        total=hoja.total,
        avisos=hoja.avisos,
        campos=tuple(CampoVisto(c.clave, c.titulo, c.obligatorio) for c in plano.campos),
        propuesto=importacion.mapear(plano, hoja.encabezados, recordado),
        ejercicios=tuple(range(ctx.hoy.year + 1, ctx.hoy.year - ANIOS_ATRAS - 1, -1)),
        hoy=ctx.hoy.year,
        anterior=_anterior(ctx, orden, hoja.digest),
    )


@use_case(REVISAR_ARCHIVO)
def revisar_archivo(ctx: Context, orden: Revision) -> Generator[Progress, None, Revisado]:
    """Check every row of a file, against its columns and against the padrón, and write nothing.

    Raises ErrorDeUso when the file is another than the one that was opened, or its columns do not serve.
    """
    hoja = _abrir(orden.archivo)
    if hoja.digest != orden.digesto:
        raise ErrorDeUso("El archivo cambió desde que lo eligió; elíjalo otra vez.")
    mapeo = dict(orden.mapeo)
    plano = planos.plano(orden.archivo.tipo, _catalogo(ctx))
    revision = yield from importacion.revisar(hoja, plano, mapeo, ctx.hoy)
    filas = _filas(orden.archivo.tipo, revision)
    antes = _carga_anterior(ctx, orden.archivo, hoja.digest)
    contraste = yield from _contrastar(ctx, orden, filas, antes)
    malas = _juntar(hoja, mapeo, revision.malas, contraste.malas)
    buenas = tuple(f for f in filas if f.n not in contraste.malas)
    avisos = (*revision.avisos, *contraste.avisos)
    return Revisado(
        pregunta=orden,
        nombre=_nombre(orden.archivo),
        leidas=revision.leidas,
        nuevas=contraste.nuevas,
        iguales=contraste.iguales,
        valor=contraste.valor,
        totales=contraste.totales,
        motivos=_motivos(malas, plano),
        errores=_errores(malas),
        muestra=contraste.muestra,
        avisos=avisos,
        encabezados=hoja.encabezados,
        anterior=None if antes is None else frase_de(ctx, antes),
        devolucion=replace(revision, buenas=[], renglones=[], malas=malas),
        filas=buenas,
    )


@use_case(CARGAR_PADRON, repetible=True)
def cargar_padron(ctx: Context, orden: Importacion) -> Generator[Progress, None, Importado]:
    """Register the new accounts of a reviewed file, all or none; the same file again changes nothing.

    Raises ErrorDeUso when the padrón is no longer the one that the review was made against.
    """
    antes = _anterior(ctx, orden.archivo, orden.digesto)
    if antes is not None:
        return Importado(0, antes)
    filas = [f for f in orden.filas if isinstance(f, FilaDePadron)]
    desde = _desde(ctx, orden.desde)
    contraste = yield from padron.contrastar(ctx.session, filas, vigentes(ctx.session), _dia(ctx, desde))
    if contraste.malas or len(contraste.nuevas) != orden.nuevas:
        raise ErrorDeUso("El padrón cambió mientras usted revisaba; revise el archivo otra vez.")
    valor = a_centavos(sum((f.valor for f in contraste.nuevas), _CERO))
    _registrar(ctx, orden, {"nuevas": orden.nuevas, "valor": valor, "desde": desde})
    yield from padron.escribir(ctx.session, contraste, _catalogo(ctx).ente_id, desde)
    return Importado(len(contraste.nuevas))


@use_case(CARGAR_ADEUDOS, repetible=True)
def cargar_adeudos(ctx: Context, orden: Importacion) -> Generator[Progress, None, Importado]:
    """Stage the debts of a reviewed file until Tesorería confirms them; the same file changes nothing.

    Raises ErrorDeUso when the padrón is no longer the one that the review was made against.
    """
    antes = _anterior(ctx, orden.archivo, orden.digesto)
    if antes is not None:
        return Importado(0, antes)
    filas = [f for f in orden.filas if isinstance(f, FilaDeAdeudo)]
    contraste = yield from adeudos.contrastar(
        ctx.session, filas, vigentes(ctx.session), ctx.hoy, _papeles(ctx.session)
    )
    totales = adeudos.totales((f.ejercicio, f.importe) for f, _ in contraste.buenas)
    if (
        contraste.malas
        or len(filas) != orden.nuevas
        or sum((t.importe for t in totales), _CERO) != orden.valor
    ):
        raise ErrorDeUso("El padrón cambió mientras usted revisaba; revise el archivo otra vez.")
    carga_id = _registrar(ctx, orden, adeudos.totales_a_json(totales))
    for inicio in range(0, len(filas), adeudos.LOTE):
        yield Progress(inicio, len(filas), "Guardando adeudos")
        lote = contraste.buenas[inicio : inicio + adeudos.LOTE]
        cargas.guardar_filas(ctx.session, carga_id, [(f.n, adeudos.a_json(f, c)) for f, c in lote])
    yield Progress(len(filas), len(filas), "Guardando adeudos")
    return Importado(len(filas))


def frase_de(ctx: Context, vista: cargas.CargaVista) -> CargaAnterior:
    """Say when and by whom a file was loaded, and what Tesorería answered."""
    nombre = ctx.session.scalar(select(Usuario.nombre).where(Usuario.login == vista.usuario)) or vista.usuario
    cuando = hora_local(vista.creado, ctx.zona)
    frase = f"Este archivo ya se cargó el {fecha_corta(cuando.date())} a las {cuando:%H:%M} por {nombre}"
    if vista.estado == cargas.RECHAZADA:
        frase += f" y Tesorería lo rechazó: «{vista.nota}»; corríjalo y cárguelo de nuevo."
    else:
        frase += "; no se cargará otra vez."
    return CargaAnterior(frase, nombre, cuando)


@dataclass(frozen=True)
class _Contraste:
    """What both kinds of load say in the same words after their rows were compared."""

    malas: Mapping[int, tuple[str, str]]
    nuevas: int
    iguales: int
    valor: Decimal
    totales: tuple[Total, ...]
    muestra: tuple[tuple[str, ...], ...]
    avisos: tuple[str, ...]


def _contrastar(
    ctx: Context,
    orden: Revision,
    filas: Sequence[FilaDePadron | FilaDeAdeudo],
    antes: cargas.CargaVista | None,
) -> Generator[Progress, None, _Contraste]:
    """Compare the rows that their columns accepted with what is on record."""
    parametros = vigentes(ctx.session)
    if orden.archivo.tipo == PADRON:
        suyas = [f for f in filas if isinstance(f, FilaDePadron)]
        dia = _dia(ctx, _desde(ctx, orden.desde))
        hecho = yield from padron.contrastar(ctx.session, suyas, parametros, dia)
        otros = hecho.con_otro_nombre
        aviso = f"{otros:,} renglones traen el RFC o la CURP de quien está registrado con otro nombre."
        valor = sum((f.valor for f in hecho.nuevas), _CERO)
        muestra = tuple(_dicha(f) for f in hecho.nuevas[:MUESTRA])
        avisos = (aviso,) if otros else ()
        return _Contraste(hecho.malas, len(hecho.nuevas), hecho.iguales, valor, (), muestra, avisos)
    deudas = [f for f in filas if isinstance(f, FilaDeAdeudo)]
    papeles = _papeles(ctx.session)
    visto = yield from adeudos.contrastar(ctx.session, deudas, parametros, ctx.hoy, papeles, antes)
    buenas = [f for f, _ in visto.buenas]
    totales = adeudos.totales((f.ejercicio, f.importe) for f in buenas)
    suma = sum((t.importe for t in totales), _CERO)
    muestra = tuple(_dicha(f) for f in buenas[:MUESTRA])
    return _Contraste(visto.malas, len(buenas), visto.iguales, suma, totales, muestra, ())


def _abrir(orden: Archivo) -> Hoja:
    if orden.tipo not in planos.NOMBRES:
        raise ErrorDeUso("No se sabe qué trae el archivo; elija padrón o adeudos anteriores.", "tipo")
    return hojas.abrir(Path(orden.ruta), Opciones(hoja=orden.hoja))


def _nombre(orden: Archivo) -> str:
    """Give the name under which a load is known: the file's and, of several, the sheet's."""
    nombre = Path(orden.ruta).name
    return f"{nombre} · {orden.hoja}" if orden.hoja else nombre


def _catalogo(ctx: Context) -> planos.Catalogo:
    return planos.catalogo(ctx.session, vigentes(ctx.session), ctx.hoy)


def _papeles(session: Session) -> dict[int, str]:
    filas = session.execute(select(Concepto.id, Concepto.papel).where(Concepto.modulo == rules.MODULO))
    return {f.id: f.papel for f in filas}


def _desde(ctx: Context, desde: int) -> int:
    """Take the first ejercicio that is emitted here: next year's at the latest."""
    return entero(desde, "desde", minimo=ctx.hoy.year - ANIOS_ATRAS, maximo=ctx.hoy.year + 1)


def _dia(ctx: Context, desde: int) -> date:
    """Give the day whose tariffs must know each property; next year's law may not be loaded yet."""
    return date(min(desde, ctx.hoy.year), 1, 1)


def _anterior(ctx: Context, orden: Archivo, digesto: str) -> CargaAnterior | None:
    vista = _carga_anterior(ctx, orden, digesto)
    return None if vista is None else frase_de(ctx, vista)


def _carga_anterior(ctx: Context, orden: Archivo, digesto: str) -> cargas.CargaVista | None:
    return cargas.anterior(ctx.session, rules.MODULO, cargas.tipo_de(orden.tipo, orden.hoja), digesto)


def _registrar(ctx: Context, orden: Importacion, totales: Mapping[str, Any]) -> str:
    """Write the load itself, before its rows: of two of the same file at once only one goes on."""
    tipo = cargas.tipo_de(orden.archivo.tipo, orden.archivo.hoja)
    nueva = cargas.NuevaCarga(
        rules.MODULO, tipo, orden.nombre, orden.digesto, orden.leidas, len(orden.filas), totales
    )
    return cargas.registrar(ctx.session, nueva)


def _filas(tipo: str, revision: importacion.Revision) -> list[FilaDePadron | FilaDeAdeudo]:
    hacer = padron.fila if tipo == PADRON else adeudos.fila
    return [hacer(n, datos) for n, datos in zip(revision.renglones, revision.buenas, strict=True)]


def _juntar(
    hoja: Hoja,
    mapeo: Mapping[str, str],
    de_celda: Sequence[FilaMala],
    de_padron: Mapping[int, tuple[str, str]],
) -> list[FilaMala]:
    """Put together, in the order of the file, the rows that their cells refuse and those the padrón does."""
    lugares = {titulo: n for n, titulo in enumerate(hoja.encabezados)}
    otras = [
        FilaMala(f.n, f.valores, (ErrorDeCelda(campo, lugares.get(mapeo.get(campo, "")), frase),))
        for f in (hoja.filas if de_padron else ())
        if f.n in de_padron
        for campo, frase in [de_padron[f.n]]
    ]
    return sorted([*de_celda, *otras], key=lambda m: m.n)


def _motivos(malas: Sequence[FilaMala], plano: importacion.Plano) -> tuple[Motivo, ...]:
    """Count the returned rows by the first thing wrong with each, figures and quotes left aside."""
    titulos = {c.clave: c.titulo for c in plano.campos}
    cuantas: Counter[tuple[str, str]] = Counter()
    dichas: dict[tuple[str, str], str] = {}
    for mala in malas:
        primero = mala.errores[0]
        campo = titulos.get(primero.campo or "", "Renglón")
        llave = (campo, _CAMBIA.sub("#", primero.frase))
        cuantas[llave] += 1
        prefijo = "" if primero.frase.startswith(campo) else f"{campo}: "
        dichas.setdefault(llave, prefijo + primero.frase)
    return tuple(Motivo(dichas[llave], n) for llave, n in cuantas.most_common())


def _errores(malas: Sequence[FilaMala]) -> tuple[ErrorVisto, ...]:
    vistos = [
        ErrorVisto(
            f"renglón {m.n:,}" if e.columna is None else f"{letra(e.columna)}{m.n}",
            "" if e.columna is None or e.columna >= len(m.valores) else _dato(m.valores[e.columna]),
            e.frase,
        )
        for m in malas[:ERRORES_A_LA_VISTA]
        for e in m.errores
    ]
    return tuple(vistos[:ERRORES_A_LA_VISTA])


def _dato(valor: Valor) -> str:
    if isinstance(valor, date):
        return fecha_corta(valor)
    return "" if valor is None else str(valor)[:_LARGO_DE_DATO]


def _dicha(f: FilaDePadron | FilaDeAdeudo) -> tuple[str, ...]:
    """Give a row as the preview shows it."""
    if isinstance(f, FilaDePadron):
        return f.clave, f.titular, f.domicilio, f"{f.tipo} · {f.uso}".lower().capitalize(), formato(f.valor)
    ultimo = f"{f.ultimo[1]}/{f.ultimo[0]}" if f.ultimo else ""
    return f.clave, str(f.ejercicio), fecha_corta(f.vence), ultimo, formato(f.importe)
