"""How long a page of the padrón takes on SQLite with 60,000 and 1,000,000 accounts, and how they compare.

Run it with ``python -m tests.bench.padron [accounts …]``. Each
question is asked five times and its median printed in milliseconds; the ratio is that of the
last size to the first: what an index answers stays near 1, what reads every row grows with the padrón.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from sqlalchemy import insert, select

from lerdo_desk.base.listas import Pedido
from lerdo_desk.core import acceso, instalacion
from lerdo_desk.core.use_cases import Runner
from lerdo_desk.db import motor
from lerdo_desk.hacienda.modelos import Contribuyente, Cuenta, Ente
from lerdo_desk.modules.predial import service
from lerdo_desk.modules.predial.models import Predio, Propietario, Valor
from lerdo_desk.recursos import ruta

SIZES = (60_000, 1_000_000)
ROUNDS = 5
BATCH = 20_000
PHRASE = "frase larga para medir el padron"
_SURNAMES = ("Acosta", "Barraza", "Contreras", "Delgado", "Escobedo", "Favela", "Galindo", "Herrera", "Muñoz")
_STREETS = ("Nogal", "Huizache", "Mezquite", "Acequia", "Molino", "Estación", "Noria", "Alameda")


def build(folder: Path, accounts: int) -> Runner:
    """Make a database of training with so many accounts and enter it as a capturista."""
    url = f"sqlite:///{folder / f'{accounts}.db'}"
    instalacion.preparar(
        instalacion.Preparacion(
            url, ruta("municipios", "lerdo"), "capacitacion", "adela.administra", "Adela", frase=PHRASE
        )
    )
    owner = motor.abrir(url, instalacion.INSTALADOR)
    clerk = instalacion.Persona("carla.capturista", "Carla", "capturista", PHRASE)
    instalacion.altas_de_capacitacion(owner, [clerk])
    with motor.transaccion(owner) as session:
        ente = session.scalars(select(Ente.id).order_by(Ente.id)).first()
        for first in range(1, accounts + 1, BATCH):
            numbers = range(first, min(first + BATCH, accounts + 1))
            for table, rows in rows_of(numbers, ente):
                session.execute(insert(table), list(rows))
    owner.dispose()
    return acceso.entrar(url, "carla.capturista", PHRASE, estacion="bench").runner


def clave(n: int) -> str:
    """Give the n-th clave, three groups of three digits."""
    return f"{n // 10**6:03d}-{n // 1000 % 1000:03d}-{n % 1000:03d}"


def rows_of(numbers: range, ente: int | None) -> Iterator[tuple[type, Iterator[dict[str, object]]]]:
    """Give the rows of some accounts by table; ids are numbered in their order."""
    year = 2026  # any: the law is not asked
    names = {n: f"{_SURNAMES[n * 7 % 9]} {_SURNAMES[n * 5 % 8]} Persona {n}" for n in numbers}
    places = {n: (_STREETS[n % 8], str(n % 997 + 1), f"Colonia {n % 211}") for n in numbers}
    yield Contribuyente, ({"nombre": names[n], "tipo": "F"} for n in numbers)
    yield (
        Cuenta,
        (
            {
                "ente_id": ente,
                "modulo": "predial",
                "clave": clave(n),
                "titular_id": n,
                "titular": names[n],
                "domicilio": " ".join(places[n]),
            }
            for n in numbers
        ),
    )
    yield (
        Predio,
        (
            {
                "cuenta_id": n,
                "tipo": "URBANO",
                "uso": "HABITACIONAL",
                "estado": "BAJA" if n % 500 == 0 else "ACTIVA",
                "calle": places[n][0],
                "numero": places[n][1],
                "colonia": places[n][2],
                "codigo_postal": "35000",
                "superficie_cm2": 1_600_000 + n,
                "emitir_desde": year,
            }
            for n in numbers
        ),
    )
    share = {"version": 1, "n": 1, "participacion": 1_000_000}
    yield Propietario, ({"cuenta_id": n, "contribuyente_id": n, **share} for n in numbers)
    worth = {"ejercicio": year, "version": 1, "origen": "MASIVO", "construccion": Decimal("0.00")}
    yield Valor, ({"cuenta_id": n, "terreno": Decimal(100_000 + n % 900_000), **worth} for n in numbers)


def questions(runner: Runner, accounts: int) -> dict[str, Callable[[], object]]:
    """Give what is measured, by name."""

    def ask(**order: object) -> object:
        return runner.ejecutar(service.padron, Pedido(**order)).valor  # type: ignore[arg-type]

    after = (clave(accounts // 2), accounts // 2)
    name = f"Persona {accounts // 3}"
    account = service.CuentaPedida(accounts // 2)
    return {
        "first page by clave": ask,
        "page in the middle by clave": lambda: ask(despues=after),
        "last page by clave": lambda: ask(orden=(("clave", "desc"),)),
        "first page by titular": lambda: ask(orden=(("titular", "asc"),)),
        "filter colonia": lambda: ask(filtros=(("colonia", "igual", "Colonia 7"),)),
        "filter estado (1 in 500)": lambda: ask(filtros=(("estado", "igual", "BAJA"),)),
        "search one person": lambda: ask(texto=name),
        "search a common word": lambda: ask(texto="nogal"),
        "count all": lambda: ask(limite=0, totales=True),
        "open an account": lambda: runner.ejecutar(service.datos_de, account),
        "its history": lambda: runner.ejecutar(service.historia_de, account),
    }


def measure(question: Callable[[], object]) -> float:
    """Give the median of some rounds, in milliseconds, the first one left out."""
    question()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        question()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main(sizes: tuple[int, ...]) -> None:
    """Measure each size and print the table."""
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for accounts in sizes:
            start = time.perf_counter()
            runner = build(Path(folder), accounts)
            print(f"{accounts:,} accounts built in {time.perf_counter() - start:.0f} s", flush=True)
            for name, question in questions(runner, accounts).items():
                found.setdefault(name, []).append(measure(question))
            runner.cerrar()
    print("ms".ljust(32) + "".join(f"{n:>14,}" for n in sizes) + "   ratio")
    for name, times in found.items():
        ratio = times[-1] / times[0]
        print(name.ljust(32) + "".join(f"{t:14.1f}" for t in times) + f"{ratio:8.1f}")


if __name__ == "__main__":
    main(tuple(int(a.replace(",", "")) for a in sys.argv[1:]) or SIZES)
