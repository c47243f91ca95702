"""The generated padrón: invented people, streets and values, plausible for northern Mexico, nobody real."""

import random
from collections.abc import Generator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from lerdo_desk.core.registry import Siembra
from lerdo_desk.core.use_cases import Progress, UseCase
from lerdo_desk.hacienda.ley import Parametros
from lerdo_desk.hacienda.modelos import Concepto, Contribuyente, Cuenta
from lerdo_desk.hacienda.modelos import Municipio as FilaMunicipio
from lerdo_desk.hacienda.parametros import vigentes
from lerdo_desk.modules.predial import rules
from lerdo_desk.modules.predial.models import Predio, Propietario, Valor
from lerdo_desk.modules.predial.service import Emision, emitir

LOTE = 5_000
ANIOS_ATRAS = 5

_APELLIDOS = (
    *("Acosta", "Aguilera", "Alvarado", "Arreola", "Barraza", "Beltrán", "Cárdenas", "Carrillo"),
    *("Castañeda", "Cervantes", "Chávez", "Cisneros", "Contreras", "Corral", "Delgado", "Domínguez"),
    *("Escobedo", "Esparza", "Espino", "Favela", "Fraire", "Galindo", "Gallegos", "Gaytán", "Guerrero"),
    *("Herrera", "Ibarra", "Jáquez", "Juárez", "Lazalde", "Lozano", "Luján", "Macías", "Maldonado"),
    *("Márquez", "Medrano", "Mejorado", "Montañez", "Muñoz", "Nájera", "Navarrete", "Núñez", "Ochoa"),
    *("Ontiveros", "Orona", "Ortega", "Pacheco", "Peña", "Peñaloza", "Quiñones", "Quiroga", "Ramírez"),
    *("Rangel", "Reyna", "Rivas", "Rosales", "Saldaña", "Sandoval", "Sifuentes", "Soto", "Tovar"),
    *("Treviño", "Ugalde", "Valadez", "Valenzuela", "Villa", "Yáñez", "Zamarripa", "Zúñiga"),
)
_NOMBRES = (
    *("Adriana", "Alejandro", "Alicia", "Andrés", "Ángela", "Antonio", "Armando", "Arturo", "Beatriz"),
    *("Benito", "Blanca", "Carlos", "Carmen", "Cecilia", "César", "Claudia", "Daniel", "Delia"),
    *("Eduardo", "Elena", "Elías", "Emilio", "Enrique", "Ernesto", "Esperanza", "Estela", "Eva"),
    *("Felipe", "Fernando", "Francisca", "Gabriel", "Gerardo", "Gloria", "Graciela", "Guadalupe"),
    *("Héctor", "Hilda", "Hugo", "Ignacio", "Irma", "Isabel", "Ismael", "Javier", "Jesús", "Joaquín"),
    *("Jorge", "José", "Juana", "Julia", "Julián", "Laura", "Leticia", "Lorena", "Lucía", "Luis"),
    *("Manuel", "Marcos", "Margarita", "María", "Mario", "Martha", "Martín", "Mercedes", "Miguel"),
    *("Nicolás", "Norma", "Olga", "Óscar", "Patricia", "Pedro", "Rafael", "Ramón", "Raúl", "Rebeca"),
    *("Ricardo", "Rocío", "Rodolfo", "Rosa", "Rubén", "Salvador", "Silvia", "Sofía", "Susana", "Teresa"),
    *("Tomás", "Verónica", "Víctor", "Yolanda"),
)
_COLONIAS = (
    *(
        "El Algodonal",
        "Las Norias",
        "Jardines del Nazas",
        "Los Nogales Viejos",
        "Villa del Huizache",
        "La Compuerta",
    ),
    *("Real de las Parras", "San Jacinto Nuevo", "Ampliación Mezquital", "Los Sauces II", "El Vergel Chico"),
    *("Praderas del Canal", "Hacienda La Loma", "Quintas del Río", "Ferrocarrilera Sur", "Tierra Blanca"),
)
_CALLES = (
    *(
        "Nogal",
        "Huizache",
        "Mezquite",
        "Gobernadora",
        "Candelilla",
        "Pinabete",
        "Algodón",
        "Vendimia",
        "Acequia",
    ),
    *("Compuerta", "Molino", "Estación", "Noria", "Alameda", "Sabino", "Lechuguilla", "Ocotillo", "Palomas"),
)
_EMPRESAS = ("Inmobiliaria", "Agropecuaria", "Comercializadora", "Constructora", "Transportes")
# How many ejercicios an account owes, this one included: most are up to date, with a long tail.
_DEUDA = ((0, 55), (1, 15), (2, 10), (3, 8), (4, 5), (5, 4), (6, 3))
_CRECE = Decimal("1.04")


def sembrar(session: Session, orden: Siembra) -> Generator[Progress, None, None]:
    """Write accounts with owners, properties and values by year; the charges are emitted afterwards."""
    azar = random.Random(orden.semilla)  # noqa: S311 — plausible data, not secrets
    grupos = _grupos(session)
    clases = _clases_de_predio(vigentes(session), orden.hoy)
    ente = session.scalars(
        select(Concepto.ente_id).where(Concepto.modulo == rules.MODULO, Concepto.papel == rules.IMPUESTO)
    ).one()
    claves = _claves(azar, orden.cuentas, grupos)
    for inicio in range(0, orden.cuentas, LOTE):
        lote = [_predio(azar, clave, clases, orden.hoy) for clave in claves[inicio : inicio + LOTE]]
        _escribir(session, ente, lote)
        yield Progress(min(inicio + LOTE, orden.cuentas), orden.cuentas, "Padrón predial")


@dataclass(frozen=True)
class _Predio:
    """One generated account."""

    clave: str
    titular: str
    persona: str
    calle: str
    numero: str
    colonia: str
    tipo: str
    uso: str
    superficie_cm2: int
    emitir_desde: int
    valores: tuple[tuple[int, Decimal, Decimal], ...]


def _grupos(session: Session) -> tuple[int, ...]:
    return tuple(int(g) for g in session.scalars(select(FilaMunicipio.grupos_clave)).one().split("-"))


def _clases_de_predio(parametros: Parametros, hoy: date) -> list[tuple[str, str]]:
    """Give the kinds of property that the pack's law can charge this year, those with a use first."""
    variantes = [p.variante for p in parametros.vigentes(rules.MODULO, rules.TARIFA, hoy)]
    partidas = [variante.split("/") for variante in variantes]
    usos = {"URBANO": "COMERCIAL", "RUSTICO": "AGRICOLA"}
    return sorted((p[0], p[1] if len(p) > 1 else usos.get(p[0], "OTRO")) for p in partidas)


def _claves(azar: random.Random, cuantas: int, grupos: tuple[int, ...]) -> list[str]:
    """Make different claves, parcels filling one block after another as on the ground."""
    sectores, por_manzana = 36, 24
    claves = []
    for n in range(cuantas):
        manzana, predio = divmod(n, por_manzana)
        partes = [manzana % sectores + 1, manzana // sectores + 1, predio + 1]
        claves.append("-".join(str(p).zfill(largo)[-largo:] for p, largo in zip(partes, grupos, strict=True)))
    azar.shuffle(claves)
    return claves


def _predio(azar: random.Random, clave: str, clases: list[tuple[str, str]], hoy: date) -> _Predio:
    tipo, uso = azar.choices(clases, weights=[8 if u == "HABITACIONAL" else 1 for _, u in clases])[0]
    empresa = uso == "COMERCIAL" and azar.random() < 0.4
    debe = azar.choices([d for d, _ in _DEUDA], weights=[w for _, w in _DEUDA])[0]
    desde = hoy.year - debe + 1
    terreno = Decimal(azar.randrange(60_000, 900_000, 50))
    construccion = Decimal(0) if uso == "BALDIO" else Decimal(azar.randrange(0, 1_400_000, 50))
    return _Predio(
        clave=clave,
        titular=_razon_social(azar) if empresa else _persona(azar),
        persona="M" if empresa else "F",
        calle=f"C. {azar.choice(_CALLES)}",
        numero=str(azar.randrange(1, 1999)),
        colonia=azar.choice(_COLONIAS),
        tipo=tipo,
        uso=uso,
        superficie_cm2=azar.randrange(900_000, 8_000_000, 5_000),
        emitir_desde=desde,
        valores=_valores(terreno, construccion, min(desde, hoy.year), hoy.year),
    )


def _persona(azar: random.Random) -> str:
    nombres = " ".join(azar.sample(_NOMBRES, azar.choice((1, 2))))
    return f"{azar.choice(_APELLIDOS)} {azar.choice(_APELLIDOS)} {nombres}"


def _razon_social(azar: random.Random) -> str:
    return f"{azar.choice(_EMPRESAS)} {azar.choice(_APELLIDOS)} y {azar.choice(_APELLIDOS)}, S.A. de C.V."


def _valores(
    terreno: Decimal, construccion: Decimal, desde: int, hasta: int
) -> tuple[tuple[int, Decimal, Decimal], ...]:
    valores = []
    for ejercicio in range(desde, hasta + 1):
        valores.append((ejercicio, terreno.quantize(Decimal("0.01")), construccion.quantize(Decimal("0.01"))))
        terreno, construccion = terreno * _CRECE, construccion * _CRECE
    return tuple(valores)


def _escribir(session: Session, ente_id: int, lote: list[_Predio]) -> None:
    personas = session.scalars(
        insert(Contribuyente).returning(Contribuyente.id, sort_by_parameter_order=True),
        [{"nombre": p.titular, "tipo": p.persona, "rfc": None, "curp": None} for p in lote],
    ).all()
    cuentas = session.scalars(
        insert(Cuenta).returning(Cuenta.id, sort_by_parameter_order=True),
        [_cuenta(p, ente_id, persona) for p, persona in zip(lote, personas, strict=True)],
    ).all()
    session.execute(insert(Predio), [_fila(p, cuenta) for p, cuenta in zip(lote, cuentas, strict=True)])
    session.execute(
        insert(Propietario),
        [
            {"cuenta_id": c, "version": 1, "n": 1, "contribuyente_id": q, "participacion": 1_000_000}
            for c, q in zip(cuentas, personas, strict=True)
        ],
    )
    session.execute(
        insert(Valor),
        [
            {
                "cuenta_id": c,
                "ejercicio": e,
                "version": 1,
                "terreno": t,
                "construccion": k,
                "origen": "ALTA",
            }
            for p, c in zip(lote, cuentas, strict=True)
            for e, t, k in p.valores
        ],
    )


def _cuenta(p: _Predio, ente_id: int, persona: int) -> dict[str, Any]:
    return {
        "ente_id": ente_id,
        "modulo": rules.MODULO,
        "clave": p.clave,
        "titular_id": persona,
        "titular": p.titular,
        "domicilio": f"{p.calle} {p.numero}, {p.colonia}",
    }


def _fila(p: _Predio, cuenta_id: int) -> dict[str, Any]:
    return {
        "cuenta_id": cuenta_id,
        "tipo": p.tipo,
        "uso": p.uso,
        "estado": "ACTIVA",
        "calle": p.calle,
        "numero": p.numero,
        "colonia": p.colonia,
        "codigo_postal": "00000",
        "superficie_cm2": p.superficie_cm2,
        "emitir_desde": p.emitir_desde,
    }


def actos(hoy: date) -> tuple[tuple[str, UseCase, Any], ...]:
    """Say what the municipality does after the padrón exists: emit the current ejercicio and five back."""
    return tuple(("tesorero", emitir, Emision(e)) for e in range(hoy.year - ANIOS_ATRAS, hoy.year + 1))
