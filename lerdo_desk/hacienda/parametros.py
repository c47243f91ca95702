"""Reads the dated rows behind ``ley``, and loads a municipality's pack into the database."""

import json
from collections.abc import Mapping
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from lerdo_desk.hacienda.ley import GENERAL, Parametro, Parametros
from lerdo_desk.hacienda.modelos import Caja, Concepto, Ente, Membrete, Municipio, Serie
from lerdo_desk.hacienda.modelos import Parametro as FilaParametro
from lerdo_desk.hacienda.modelos_ingresos import CuentaBancaria
from lerdo_desk.hacienda.paquete import CuentaBancaria as CuentaDelPaquete
from lerdo_desk.hacienda.paquete import Paquete

CAPACITACION = "capacitacion"
PRODUCCION = "produccion"
FRASE_MINIMA = "frase_minima"
RECORDAR_CONTRASENA = "recordar_contrasena"
CAJA = "caja"
SALTAR_ADEUDO = "saltar_adeudo"


def vigentes(session: Session) -> Parametros:
    """Read every dated parameter of the municipality (some hundreds of rows) for the pure law."""
    columnas = [c for c in FilaParametro.__table__.columns if c.name not in ("usuario", "creado")]
    return Parametros(
        Parametro(
            f.id,
            f.modulo,
            f.clave,
            f.variante,
            f.desde,
            f.hasta,
            f.numero,
            f.escala,
            f.alcance,
            _datos(f.datos),
            f.fundamento,
            bool(f.ejemplo),
        )
        for f in session.execute(select(*columnas))
    )


def _datos(texto: str) -> Mapping[str, object]:
    leido = json.loads(texto)
    return leido if isinstance(leido, dict) else {}


def cargar(session: Session, paquete: Paquete, modo: str) -> None:
    """Load a pack into an empty database: municipality, entes, tills, series, banks, conceptos, parameters.

    In training every serie is renamed ``CAP-n``, so that no practice receipt can pass for a real one.
    """
    m = paquete.municipio
    session.execute(
        insert(Municipio).values(
            id=1,
            clave=m.clave,
            nombre=m.nombre,
            estado=m.estado,
            zona_horaria=m.zona_horaria,
            modo=modo,
            grupos_clave="-".join(str(g) for g in m.grupos_clave),
            paquete=paquete.clave,
        )
    )
    entes = {}
    for ente in paquete.entes:
        entes[ente.clave] = _numero(
            session, insert(Ente).values(clave=ente.clave, nombre=ente.nombre, rfc=ente.rfc), Ente
        )
        session.execute(
            insert(Membrete).values(
                ente_id=entes[ente.clave],
                version=1,
                dependencia=ente.dependencia,
                domicilio=ente.domicilio,
                telefono=ente.telefono,
                leyenda=ente.leyenda,
                ejemplo=int(ente.ejemplo),
            )
        )
    cajas = {
        c.clave: _numero(
            session,
            insert(Caja).values(clave=c.clave, nombre=c.nombre, sede=c.sede, tipo=c.tipo, horas=c.horas),
            Caja,
        )
        for c in paquete.cajas
    }
    for n, serie in enumerate(paquete.series, start=1):
        clave = f"CAP-{n}" if modo == CAPACITACION else serie.clave
        session.execute(
            insert(Serie).values(ente_id=entes[serie.ente], caja_id=cajas[serie.caja], clave=clave)
        )
    for cuenta in paquete.cuentas_bancarias:
        session.execute(insert(CuentaBancaria).values(**_cuenta_bancaria(cuenta, entes)))
    session.execute(insert(Concepto), [_concepto(c, entes) for c in paquete.conceptos])
    session.execute(insert(FilaParametro), [_fila(p) for p in (*paquete.parametros, *_politicas(paquete))])


def _politicas(paquete: Paquete) -> tuple[Parametro, ...]:
    """Give the pack's policies as dated rows, so that later ones can follow them."""
    suyas, claves = paquete.politicas, "Política de contraseñas del municipio"
    saltar = int(suyas.saltar_adeudo)
    return (
        _politica((GENERAL, FRASE_MINIMA), suyas.frase_minima, {}, claves),
        _politica((GENERAL, RECORDAR_CONTRASENA), 0, {"perfiles": list(suyas.recordar_contrasena)}, claves),
        _politica((CAJA, SALTAR_ADEUDO), saltar, {}, "Política de cobro del municipio"),
    )


def _politica(llave: tuple[str, str], numero: int, datos: Mapping[str, object], fundamento: str) -> Parametro:
    modulo, clave = llave
    return Parametro(
        id=None,
        modulo=modulo,
        clave=clave,
        variante="",
        desde=date(2000, 1, 1),
        hasta=None,
        numero=numero,
        escala=0,
        alcance="",
        datos=datos,
        fundamento=fundamento,
        ejemplo=False,
    )


def _numero(session: Session, orden: object, clase: type[Ente] | type[Caja]) -> int:
    return int(session.execute(orden.returning(clase.id)).scalar_one())  # type: ignore[attr-defined]


def _cuenta_bancaria(cuenta: CuentaDelPaquete, entes: Mapping[str, int]) -> dict[str, object]:
    datos = {c: getattr(cuenta, c) for c in ("banco", "numero", "nombre")}
    return datos | {"ente_id": entes[cuenta.ente], "ejemplo": int(cuenta.ejemplo)}


def _concepto(concepto: object, entes: Mapping[str, int]) -> dict[str, object]:
    datos = {c: getattr(concepto, c) for c in ("modulo", "papel", "departamento", "clave", "nombre", "cri")}
    datos |= {c: getattr(concepto, c) for c in ("cuenta_contable", "fundamento")}
    return datos | {"ente_id": entes[concepto.ente], "ejemplo": int(concepto.ejemplo)}  # type: ignore[attr-defined]


def _fila(p: Parametro) -> dict[str, object]:
    return {
        "modulo": p.modulo,
        "clave": p.clave,
        "variante": p.variante,
        "desde": p.desde,
        "hasta": p.hasta,
        "numero": p.numero,
        "escala": p.escala,
        "alcance": p.alcance,
        "fundamento": p.fundamento,
        "datos": json.dumps(dict(p.datos), ensure_ascii=False, sort_keys=True, default=str),
        "ejemplo": int(p.ejemplo),
    }
