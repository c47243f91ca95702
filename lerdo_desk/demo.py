"""The generated municipality, and its main job done once without a window: charge, print, close the till."""

import secrets
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine, text

from lerdo_desk.base.calendario import fecha_local
from lerdo_desk.base.entrada import archivo
from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.core import acceso, instalacion, registry
from lerdo_desk.core.frases import frase_de_capacitacion
from lerdo_desk.core.permisos import PERFILES
from lerdo_desk.core.use_cases import Progress, Runner
from lerdo_desk.db import motor
from lerdo_desk.hacienda import cobros, turnos
from lerdo_desk.hacienda.parametros import CAPACITACION
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.recursos import ruta
from lerdo_desk.reports import corte as papel_de_corte
from lerdo_desk.reports import recibo as papel_de_recibo
from lerdo_desk.reports import xlsx

BASE = "capacitacion.db"
SEMILLA = 1
FONDO = Decimal("1500.00")
MANDADOS = 14
ESTACION = "practica-1"
NOMBRES = {
    "cajero": "Marta Ontiveros",
    "capturista": "Rubén Castañeda",
    "supervisor": "Silvia Zamarripa",
    "tesorero": "Tomás Quiñones",
    "administrador": "Adela Barraza",
    "auditor": "Ángel Sifuentes",
}
"""Invented people, one per profile; the login of each is the name of the profile."""

Avance = Callable[[Progress], None]


@dataclass(frozen=True)
class Sembrado:
    """A training database: where it is, the seed of its phrases, and how many accounts it holds."""

    url: str
    semilla_frases: str
    cuentas: int


def frases(semilla: str) -> dict[str, str]:
    """Give the phrase of each training user, derived from the station's seed."""
    return {perfil: frase_de_capacitacion(semilla, perfil) for perfil in PERFILES}


def sembrar(carpeta: Path, cuentas: int, avance: Avance, semilla_frases: str | None = None) -> Sembrado:
    """Make a training database in a folder, from the first pack that ships.

    Written under another name and renamed at the end: a cut leaves nothing half made. ErrorDeEntorno when the
    folder cannot be written.
    """
    semilla = semilla_frases or secrets.token_hex(8)
    destino, provisional = carpeta / BASE, carpeta / f"{BASE}.nueva"
    try:
        carpeta.mkdir(parents=True, exist_ok=True)
        _quitar(provisional)
        _llenar(f"sqlite:///{provisional}", cuentas, semilla, avance)
        _quitar(destino)
        provisional.replace(destino)
    except OSError as error:
        raise ErrorDeEntorno(
            f"No se pudo escribir en {carpeta}; revise espacio y permisos.", str(error)
        ) from error
    return Sembrado(f"sqlite:///{destino}", semilla, cuentas)


def _quitar(base: Path) -> None:
    for sufijo in ("", "-wal", "-shm"):
        Path(f"{base}{sufijo}").unlink(missing_ok=True)


def _llenar(url: str, cuentas: int, semilla: str, avance: Avance) -> None:
    avance(Progress(0, 1, "Preparando la base"))
    claves = frases(semilla)
    paquete = next(p for p in sorted(ruta("municipios").iterdir()) if p.is_dir())
    instalacion.preparar(
        instalacion.Preparacion(
            url,
            paquete,
            CAPACITACION,
            "administrador",
            NOMBRES["administrador"],
            frase=claves["administrador"],
        )
    )
    instalador = motor.abrir(url, instalacion.INSTALADOR)
    try:
        _personas(instalador, claves)
        hoy = _hoy(instalador)
        with motor.transaccion(instalador) as sesion:
            for habitacion in registry.habitaciones("demo"):
                for paso in habitacion.sembrar(sesion, registry.Siembra(SEMILLA, cuentas, hoy)):
                    avance(paso)
        _actos(url, claves, hoy, avance)
        _compactar(instalador)
    finally:
        instalador.dispose()


def _personas(instalador: Engine, claves: dict[str, str]) -> None:
    otros = [perfil for perfil in PERFILES if perfil != "administrador"]
    instalacion.altas_de_capacitacion(
        instalador, [instalacion.Persona(p, NOMBRES[p], p, claves[p]) for p in otros]
    )
    instalacion.frase_duradera(instalador, "administrador", claves["administrador"])


def _hoy(instalador: Engine) -> date:
    with motor.sesion(instalador, escribe=False) as sesion:
        ahora, zona = sesion.execute(text("SELECT ahora(), zona_horaria FROM hacienda_municipio")).one()
    return fecha_local(int(ahora), zona)


def _actos(url: str, claves: dict[str, str], hoy: date, avance: Avance) -> None:
    """Do as each profile what the municipality does: open tills to the cashier, emit the year's charges."""
    supervisor = entrar(url, "supervisor", claves)
    datos: caja.Asignaciones = supervisor.ejecutar(caja.asignaciones, caja.Nada()).valor
    for una in datos.cajas:
        # The login of each practice person is their profile.
        supervisor.ejecutar(
            caja.asignar_caja,
            caja.AsignacionDeCaja(una.clave, una.perfil, hoy.replace(month=1, day=1), True),
        )
    supervisor.cerrar()
    for habitacion in registry.habitaciones("demo"):
        for perfil, caso, orden in habitacion.actos(hoy):
            runner = entrar(url, perfil, claves)
            runner.ejecutar(caso, orden, avance=avance)
            runner.cerrar()


def _compactar(instalador: Engine) -> None:
    # The file is renamed afterwards: nothing may be left in the write-ahead log.
    with instalador.connect() as conexion:
        directa = conexion.connection.driver_connection
        if directa is not None:
            directa.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def entrar(url: str, perfil: str, claves: dict[str, str]) -> Runner:
    """Enter the training database as the user of a profile."""
    return acceso.entrar(url, perfil, claves[perfil], estacion=ESTACION).runner


@dataclass(frozen=True)
class Jornada:
    """What one day at the till left: how many receipts, pesos charged, and the corte's difference."""

    recibos: int
    cobrado: Decimal
    corte: Path
    diferencia: Decimal


def jornada(sembrado: Sembrado, carpeta: Path, mandados: int = MANDADOS) -> Jornada:
    """Do the main job without a window: open, charge, cancel one that a supervisor signs, count and close.

    Receipts go to ``carpeta/recibos``, the corte (PDF and XLSX) to ``carpeta/cortes``.
    """
    claves = frases(sembrado.semilla_frases)
    cajera = entrar(sembrado.url, "cajero", claves)
    situacion: caja.Situacion = cajera.ejecutar(caja.situacion, caja.Nada()).valor
    abierto = situacion.turno or _abrir(cajera, situacion)
    recibos: list[str] = []
    for cuenta_id in _con_adeudo(cajera, mandados):
        recibos += _cobrar(cajera, abierto.id, cuenta_id)
    if recibos:
        recibos.append(_cancelar(cajera, entrar(sembrado.url, "supervisor", claves), recibos[-1]))
    # What the drawer holds, as the cashier can add it up from her own papers.
    efectivo = abierto.fondo + sum((_imprimir(cajera, r, carpeta) for r in recibos), Decimal("0.00"))
    hecho = _cerrar(cajera, abierto, efectivo, carpeta)
    cajera.cerrar()
    return hecho


def _imprimir(cajera: Runner, recibo_id: str, carpeta: Path) -> Decimal:
    por_imprimir: caja.PorImprimir = cajera.ejecutar(caja.preparar_impresion, caja.Impresion(recibo_id)).valor
    papel = papel_de_recibo.dibujar(por_imprimir.recibo, copia=por_imprimir.copia)
    guardar(carpeta / "recibos" / f"{archivo(por_imprimir.recibo.etiqueta)}.pdf", papel)
    return por_imprimir.recibo.total


def _abrir(cajera: Runner, situacion: caja.Situacion) -> turnos.TurnoAbierto:
    if not situacion.cajas:
        raise ErrorDeUso(
            "El usuario de práctica no tiene caja asignada; vuelva a crear los datos de práctica."
        )
    orden = turnos.Apertura(str(uuid.uuid4()), situacion.cajas[0].id, FONDO, _piezas(FONDO))
    abierto: turnos.TurnoAbierto = cajera.ejecutar(caja.abrir_turno, orden).valor
    return abierto


def _con_adeudo(cajera: Runner, cuantas: int) -> Iterator[int]:
    """Find accounts that owe, as a cashier does: by the first digits of the clave."""
    vistas: set[int] = set()
    for n in range(100):
        for hallado in cajera.ejecutar(caja.buscar, caja.Buscar(f"{n:03d}")).valor:
            if hallado.adeudo and hallado.cuenta_id not in vistas:
                vistas.add(hallado.cuenta_id)
                yield hallado.cuenta_id
                if len(vistas) == cuantas:
                    return


def _cobrar(cajera: Runner, turno_id: str, cuenta_id: int) -> tuple[str, ...]:
    estado: caja.EstadoDeCuenta = cajera.ejecutar(caja.consultar, caja.Consulta(cuenta_id)).valor
    dichos = tuple(cobros.CargoDicho(cuenta_id, c.cargo_id, c.total) for c in estado.cargos)
    total = sum((c.total for c in dichos), Decimal("0.00"))
    # What a person hands over: the next multiple of a 200 peso note.
    recibido = (total // 200 + 1) * 200
    orden = cobros.Cobro(
        str(uuid.uuid4()), turno_id, estado.titular, dichos, (cobros.PagoDado("01", recibido),)
    )
    cobrado: cobros.Cobrado = cajera.ejecutar(caja.cobrar, orden).valor
    return cobrado.recibos


def _cancelar(cajera: Runner, supervisora: Runner, recibo_id: str) -> str:
    solicitud = str(uuid.uuid4())
    motivo = "La persona pidió pagar sólo un ejercicio"
    cajera.ejecutar(caja.pedir_cancelacion, caja.PeticionDeCancelacion(solicitud, recibo_id, motivo))
    supervisora.ejecutar(
        caja.firmar_cancelacion, caja.Firma(solicitud, aprueba=True, nota="Original recuperado")
    )
    supervisora.cerrar()
    orden = caja.Cancelacion(str(uuid.uuid4()), recibo_id, solicitud)
    return str(cajera.ejecutar(caja.cancelar, orden).valor)


def _cerrar(cajera: Runner, abierto: turnos.TurnoAbierto, efectivo: Decimal, carpeta: Path) -> Jornada:
    """Count what is in the drawer, short of the centavos that have no coin, and make the corte."""
    piezas = _piezas(efectivo)
    contado: turnos.Resultado = cajera.ejecutar(caja.contar, turnos.Arqueo(abierto.id, piezas)).valor
    motivo = "Centavos sin moneda" if contado.diferencia else ""
    corte = cajera.ejecutar(caja.cerrar_turno, turnos.Cierre(abierto.id, motivo)).valor
    nombre = f"corte-{archivo(corte.caja)}-{corte.numero}"
    pdf = carpeta / "cortes" / f"{nombre}.pdf"
    guardar(pdf, papel_de_corte.dibujar(corte))
    guardar(carpeta / "cortes" / f"{nombre}.xlsx", xlsx.recibos_del_corte(corte))
    cobrado = sum((r.total for r in corte.recibos), Decimal("0.00"))
    return Jornada(len(corte.recibos), cobrado, pdf, corte.diferencia)


def _piezas(pesos: Decimal) -> tuple[tuple[Decimal, int], ...]:
    """Make an amount up of the fewest bills and coins; what has no coin is left out."""
    piezas, resto = [], pesos
    for denominacion in turnos.DENOMINACIONES:
        piezas.append((denominacion, int(resto // denominacion)))
        resto -= denominacion * piezas[-1][1]
    return tuple(piezas)


def guardar(destino: Path, contenido: bytes) -> None:
    """Write a file whole or not at all; ErrorDeEntorno when the folder does not let."""
    try:
        destino.parent.mkdir(parents=True, exist_ok=True)
        temporal = destino.with_name(f".{destino.name}.nuevo")
        temporal.write_bytes(contenido)
        temporal.replace(destino)
    except OSError as error:
        raise ErrorDeEntorno(
            f"No se pudo guardar {destino.name}; revise espacio y permisos.", str(error)
        ) from error
