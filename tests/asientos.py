"""Writes to the ledger by hand, as somebody with SQL and their own connection would, not as the program."""

import copy
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from apoyo import Predial, abrir_caja, cobro_de, crear_predios, hoy_de
from municipio_de_prueba import BaseDePrueba
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import registry
from lerdo_desk.core.permisos import PERFILES
from lerdo_desk.core.use_cases import Runner
from lerdo_desk.db import motor
from lerdo_desk.db.fallos import MENSAJES
from lerdo_desk.db.modelo import Base, insertables
from lerdo_desk.hacienda import cobros, turnos
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.recursos import ruta

Fila = dict[str, object]


@dataclass
class Asiento:
    """The rows of one operación as a client sends them: amounts in centavos, nothing of the server's."""

    renglones: list[Fila]
    pagos: list[Fila]
    recibo: Fila
    operacion: Fila

    def otro(self) -> "Asiento":
        """Give a copy with new ids, to be spoiled at will."""
        nuevo = copy.deepcopy(self)
        recibo, operacion = str(uuid.uuid4()), str(uuid.uuid4())
        for fila in (*nuevo.renglones, *nuevo.pagos):
            fila["recibo_id"] = recibo
        nuevo.recibo |= {"id": recibo, "operacion_id": operacion}
        nuevo.operacion["id"] = operacion
        return nuevo

    def de_clase(self, clase: str) -> Fila:
        """Give the first line of a class."""
        return next(fila for fila in self.renglones if fila["clase"] == clase)

    def solo(self, *renglones: Fila) -> "Asiento":
        """Leave these lines, numbered again, and make the sums agree with them."""
        self.renglones = [fila | {"n": n} for n, fila in enumerate(renglones, start=1)]
        return self.cuadrar()

    def cuadrar(self) -> "Asiento":
        """Make total, payment and operación agree with the lines, so that one thing alone is wrong."""
        total = sum(int(str(fila["importe"])) for fila in self.renglones)
        self.recibo["total"] = self.operacion["total"] = total
        self.pagos = [self.pagos[0] | {"importe": total, "recibido": total, "cambio": 0}] if total else []
        return self

    def escribir(self, sesion: Session) -> None:
        """Send the rows in the only order that the ledger takes."""
        self.escribir_recibo(sesion)
        asentar(sesion, "hacienda_operacion", self.operacion)

    def escribir_recibo(self, sesion: Session) -> None:
        """Send lines, payments and receipt, without the operación that must follow."""
        for fila in self.renglones:
            asentar(sesion, "hacienda_renglon", fila)
        for fila in self.pagos:
            asentar(sesion, "hacienda_pago", fila)
        asentar(sesion, "hacienda_recibo", self.recibo)


def asentar(sesion: Session, tabla: str, fila: Fila) -> None:
    """Send one INSERT exactly as it is told."""
    columnas, valores = ", ".join(fila), ", ".join(f":{columna}" for columna in fila)
    sesion.execute(text(f"INSERT INTO {tabla} ({columnas}) VALUES ({valores})"), fila)


def filas(sesion: Session, consulta: str, **datos: object) -> list[Fila]:
    """Read rows as the database holds them."""
    return [dict(fila) for fila in sesion.execute(text(consulta), datos).mappings()]


def leer(sesion: Session, recibo_id: str) -> Asiento:
    """Give the rows of a receipt that is written, without what the server stamped."""

    def suyas(tabla: str, columna: str, valor: object) -> list[Fila]:
        leidas = filas(sesion, f"SELECT * FROM {tabla} WHERE {columna} = :v", v=valor)
        enviadas = insertables(Base.metadata.tables[tabla])
        return sorted(({c: f[c] for c in enviadas} for f in leidas), key=lambda f: int(str(f.get("n", 0))))

    [recibo] = suyas("hacienda_recibo", "id", recibo_id)
    [operacion] = suyas("hacienda_operacion", "id", recibo["operacion_id"])
    return Asiento(
        suyas("hacienda_renglon", "recibo_id", recibo_id),
        suyas("hacienda_pago", "recibo_id", recibo_id),
        recibo,
        operacion,
    )


def copiar(
    donde: str,
    plantillas: Callable[..., str],
    peticion: pytest.FixtureRequest,
    carpeta: Path,
    paquete: Path | None = None,
) -> BaseDePrueba:
    """Give a fresh municipality that a whole module of tests may share."""
    paquete = paquete or ruta("municipios", "lerdo")
    nombre = f"m_{uuid.uuid4().hex[:12]}"
    if donde == "sqlite":
        shutil.copy(plantillas(donde, paquete, None), carpeta / f"{nombre}.db")
        return BaseDePrueba(f"sqlite:///{carpeta / nombre}.db")
    servidor = peticion.getfixturevalue("servidores")(paquete.name)
    servidor.copiar_base(nombre, plantillas(donde, paquete, servidor))
    with psycopg.connect(servidor.url("postgres"), user="postgres", autocommit=True) as conexion:
        perfiles = ", ".join(f"mun_{perfil}" for perfil in PERFILES)
        conexion.execute(f"GRANT CONNECT ON DATABASE {nombre} TO {perfiles}")
    return BaseDePrueba(servidor.url(nombre))


@dataclass
class Ventanilla:
    """Two open tills with accounts that owe, and a receipt that each has already charged."""

    base: BaseDePrueba
    ana: Runner
    beto: Runner
    sara: Runner
    dueno: Engine
    turno: turnos.TurnoAbierto
    turno_de_beto: turnos.TurnoAbierto
    predios: list[Predial]
    sellado: str
    sellado_de_beto: str
    modelo: Asiento
    parametros: dict[str, object] = field(default_factory=dict)

    def asiento(self) -> Asiento:
        """Give rows that Ana could write: everything that an account owes, nothing spoiled yet."""
        return self.modelo.otro()

    def huella(self) -> dict[str, object]:
        """Say how many rows each table holds, how far each serie is and what was paid."""
        with motor.sesion(self.dueno, escribe=False) as sesion:
            tablas = Base.metadata.tables
            visto = {t: sesion.scalar(text(f"SELECT count(*) FROM {t}")) for t in tablas}
            series = filas(
                sesion, "SELECT clave, ultimo_folio, ultimo_hash FROM hacienda_serie ORDER BY clave"
            )
            sumas = filas(sesion, "SELECT sum(importe) AS s FROM hacienda_renglon")
        return visto | {"series": series, "sumas": sumas}


def montar(base: BaseDePrueba) -> Ventanilla:
    """Open two tills, charge one account at each and keep a third account's charge as rows to play with."""
    predios = crear_predios(base, cuantos=7, anios=3)
    ana, beto, sara = base.entrar(), base.entrar("beto.cajero"), base.entrar("sara.supervisora")
    turno, turno_de_beto = abrir_caja(ana), abrir_caja(beto)
    sellado = ana.ejecutar(caja.cobrar, cobro_de(ana, turno.id, predios[0].cuenta_id)).valor.recibos[0]
    ajeno = beto.ejecutar(caja.cobrar, cobro_de(beto, turno_de_beto.id, predios[1].cuenta_id)).valor.recibos[
        0
    ]
    modelo = borrador(base, ana, cobro_de(ana, turno.id, predios[2].cuenta_id))
    return Ventanilla(
        base, ana, beto, sara, base.motor_del_dueno(), turno, turno_de_beto, predios, sellado, ajeno, modelo
    )


def borrador(base: BaseDePrueba, cajero: Runner, orden: cobros.Cobro) -> Asiento:
    """Give the rows that the program would write for a charge, without leaving them written."""
    hoy = hoy_de(base)
    with motor.sesion(cajero.motor, escribe=True) as sesion:
        [recibo_id] = cobros.cobrar(sesion, hoy, orden, registry.liquidadores()).recibos
        return leer(sesion, recibo_id)


@contextmanager
def rechazado(codigo: str) -> Iterator[None]:
    """Expect the database to refuse with a code, that is, with the sentence the person reads for it."""
    with pytest.raises(ErrorDeUso) as refusal:
        yield
    assert str(refusal.value) == MENSAJES[codigo], f"expected {codigo}, got: {refusal.value}"


def intentar(quien: Engine | Runner, escribir: Callable[[Session], object]) -> None:
    """Write on somebody's own connection and commit."""
    with motor.sesion(quien if isinstance(quien, Engine) else quien.motor, escribe=True) as sesion:
        escribir(sesion)
        sesion.commit()


def uno(quien: Engine | Runner, consulta: str, **datos: object) -> Any:
    """Read one value as somebody sees it."""
    with motor.sesion(quien if isinstance(quien, Engine) else quien.motor, escribe=False) as sesion:
        return sesion.execute(text(consulta), datos).scalar_one()


def meter(quien: Engine | Runner, tabla: str, **fila: object) -> None:
    """Write one row on somebody's own connection and commit."""
    intentar(quien, lambda sesion: asentar(sesion, tabla, fila))
