"""Generates a padrón and its opening debts as files: 5,000 rows, 5 % bad of 10 kinds, each said beforehand.

The same rows leave as XLSX (saved again by LibreOffice where it is installed, else the copy that LibreOffice
once saved, committed beside this file), and as DBF. Nobody here is real.
"""

import io
import lzma
import random
import shutil
import tempfile
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from archivos.dbf_de_prueba import escribir_dbf
from archivos.hacer import convertir
from openpyxl import Workbook
from stdnum.mx import curp as _curp

AQUI = Path(__file__).parent
CUANTAS = 5_000
PARTE_MALA = 20  # one row in twenty
GRUPOS = (3, 3, 3)
SEMILLA = 1917

CUENTAS = (
    *("Clave catastral", "Titular", "RFC", "CURP", "Tipo", "Uso", "Calle", "Número", "Colonia"),
    *("Código postal", "Superficie m2", "Valor terreno", "Valor construcción"),
)
ADEUDOS = ("Clave catastral", "Ejercicio", "Concepto", "Importe", "Vencimiento", "Último periodo pagado")

CAMPOS_CUENTAS = [
    *(("CVECAT", "C", 15, 0), ("TITULAR", "C", 40, 0), ("RFC", "C", 13, 0), ("CURP", "C", 18, 0)),
    *(("TIPO", "C", 12, 0), ("USO", "C", 14, 0), ("CALLE", "C", 30, 0), ("NUMERO", "C", 8, 0)),
    *(("COLONIA", "C", 30, 0), ("CP", "C", 5, 0), ("SUPERFICIE", "C", 12, 0), ("VALTERR", "C", 16, 0)),
    ("VALCONST", "N", 14, 2),
]
CAMPOS_ADEUDOS = [
    *(("CVECAT", "C", 15, 0), ("EJERCICIO", "C", 6, 0), ("CONCEPTO", "C", 30, 0), ("IMPORTE", "C", 16, 0)),
    *(("VENCE", "D", 8, 0), ("ULTPERIODO", "C", 8, 0)),
]

CLASES_CUENTAS = (
    *("clave incompleta", "clave repetida", "sin titular", "RFC mal", "CURP mal", "uso desconocido"),
    *("código postal incompleto", "superficie con letras", "valor negativo", "valor de tres decimales"),
)
CLASES_ADEUDOS = (
    *("clave incompleta", "adeudo repetido", "ejercicio fuera de rango", "ejercicio con letras"),
    *("concepto desconocido", "importe cero", "importe negativo", "importe con letras"),
    *("vencimiento que no existe", "sin vencimiento"),
)

_NOMBRES = (
    "Ana",
    "José",
    "Begoña",
    "Íñigo",
    "Úrsula",
    "Martín",
    "Zoé",
    "Óscar",
    "Ángela",
    "Noé",
    "Luz",
    "Raúl",
)
_APELLIDOS = (
    "Ñandú",
    "Güémez",
    "Peña",
    "Ibáñez",
    "Cordero",
    "Quiñones",
    "Sáenz",
    "Ávila",
    "Múzquiz",
    "Lince",
)
_CALLES = (
    "Calle del Nogal",
    "Avenida Algodón",
    "Callejón Ñú",
    "Calle Estación",
    "Privada Güipil",
    "Calle 5 A",
)
_COLONIAS = ("Las Acequias", "El Cañón", "San Isidro Labrador", "Jardín del Álamo", "Compuerta Nueva")
_CONSONANTES = "BCDFGHJKLMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Lote:
    """A file to be: its headings, its rows, and which of them are bad and why, by index from 0."""

    nombre: str
    encabezados: tuple[str, ...]
    campos: list[tuple[str, str, int, int]]
    filas: list[tuple[object, ...]]
    malas: dict[int, str]

    @property
    def buenas(self):
        """Give the rows that must enter."""
        return [f for n, f in enumerate(self.filas) if n not in self.malas]


def cuentas(cuantas=CUANTAS, grupos=GRUPOS, semilla=SEMILLA):
    """Give the accounts, the bad ones spread among the good."""
    azar = random.Random(semilla)
    filas = [_cuenta(azar, n, grupos) for n in range(cuantas)]
    malas = _repartir(azar, cuantas, CLASES_CUENTAS)
    _estropear(filas, malas, _CAMBIOS_CUENTAS, "clave repetida", (0,))
    return Lote("padron", CUENTAS, CAMPOS_CUENTAS, filas, malas)


def adeudos(de, cuantos=CUANTAS, concepto="Impuesto predial", anio=2025, semilla=SEMILLA):
    """Give opening debts of the good accounts of ``de``, the last of the ejercicio ``anio``."""
    azar = random.Random(semilla + 1)
    claves = [f[0] for f in de.buenas]
    filas = []
    for n in range(cuantos):
        vuelta, lugar = divmod(n, len(claves))
        ejercicio = anio - vuelta
        importe = Decimal(azar.randrange(20_000, 900_000)) / 100
        ultimo = f"6/{ejercicio - 1}" if n % 3 else None
        filas.append((claves[lugar], ejercicio, concepto, importe, date(ejercicio, 3, 31), ultimo))
    malas = _repartir(azar, cuantos, CLASES_ADEUDOS)
    _estropear(filas, malas, _CAMBIOS_ADEUDOS, "adeudo repetido", (0, 1, 2))
    return Lote("adeudos", ADEUDOS, CAMPOS_ADEUDOS, filas, malas)


def totales(de):
    """Give the control totals of the good debts: how many and how much, by ejercicio."""
    sumas = defaultdict(lambda: [0, Decimal(0)])
    for _, ejercicio, _, importe, _, _ in de.buenas:
        sumas[ejercicio][0] += 1
        sumas[ejercicio][1] += importe
    return {anio: tuple(suma) for anio, suma in sumas.items()}


def en_xlsx(lote):
    """Give the workbook as openpyxl writes it: some claves as numbers, some amounts and dates as text."""
    libro = Workbook(write_only=True)
    hoja = libro.create_sheet(lote.nombre)
    hoja.append(lote.encabezados)
    for n, fila in enumerate(lote.filas):
        hoja.append(_en_otra_forma(fila) if n % 20 == 7 and n not in lote.malas else fila)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def en_libreoffice(lote):
    """Give the workbook as LibreOffice saves it; without it, the committed copy of the usual lote."""
    if shutil.which("soffice") is None:
        return copia_de_libreoffice(lote)
    with tempfile.TemporaryDirectory() as carpeta:
        origen = Path(carpeta) / f"{lote.nombre}.xlsx"
        origen.write_bytes(en_xlsx(lote))
        convertir(origen, origen, "xlsx")
        return origen.read_bytes()


def copia_de_libreoffice(lote):
    """Give the committed copy that LibreOffice saved of the usual lote; RuntimeError for any other."""
    if lote != (cuentas() if lote.nombre == "padron" else adeudos(cuentas())):
        raise RuntimeError("without LibreOffice only the usual lote is at hand")
    return lzma.decompress((AQUI / f"{lote.nombre}.xlsx.xz").read_bytes())


def en_dbf(lote, codificacion="cp850"):
    """Give the same rows as a DBF; what is no date goes in its field as it stands."""
    filas = [tuple(_de_dbf(v, c) for v, c in zip(f, lote.campos, strict=True)) for f in lote.filas]
    return escribir_dbf(lote.campos, filas, codificacion)


def _cuenta(azar, n, grupos):
    manzana, predio = divmod(n, 99)
    sector, manzana = divmod(manzana, 99)
    partes = (sector + 1, manzana + 1, predio + 1)
    clave = "-".join(str(p).zfill(g) for p, g in zip(partes, grupos, strict=True))
    empresa = n % 10 == 9
    titular = f"{azar.choice(_NOMBRES)} {azar.choice(_APELLIDOS)} {azar.choice(_APELLIDOS)}"
    nacio = date(1940 + n % 60, 1 + n // 60 % 12, 1 + n // 720 % 28)
    letras = "".join(azar.choice(_CONSONANTES) for _ in range(3))
    rfc = (
        f"{letras}{nacio:%y%m%d}{n:03X}"[:12]
        if empresa
        else f"{letras[0]}X{letras[1:]}{nacio:%y%m%d}{n % 1000:03}"
    )
    valor = Decimal(azar.randrange(5_000_000, 200_000_000)) / 100
    return (
        clave,
        f"Comercial {titular.split()[1]} y Cía." if empresa else titular,
        rfc,
        None if empresa else _una_curp(azar, nacio, letras),
        "Urbano",
        "Comercial" if empresa else "Habitacional",
        azar.choice(_CALLES),
        str(azar.randrange(1, 2000)),
        azar.choice(_COLONIAS),
        f"{azar.randrange(1000, 99999):05}",
        Decimal(azar.randrange(6_000, 90_000)) / 100,
        valor,
        Decimal(azar.randrange(0, 90_000_000)) / 100,
    )


def _una_curp(azar, nacio, letras):
    sexo = azar.choice("HM")
    resto = "".join(azar.choice("BCDFGHJKLMNPQRSTVWXYZ") for _ in range(3))
    raiz = f"{letras[0]}X{letras[1:]}{nacio:%y%m%d}{sexo}NE{resto}{'0' if nacio.year < 2000 else 'A'}"
    return raiz + _curp.calc_check_digit(raiz)


def _repartir(azar, cuantas, clases):
    """Choose which rows are bad, as many of each kind."""
    de_cada = cuantas // PARTE_MALA // len(clases)
    if de_cada < 2:
        raise ValueError("a row cannot repeat alone: at least 400 rows")
    elegidas = azar.sample(range(cuantas), de_cada * len(clases))
    return {n: clases[i % len(clases)] for i, n in enumerate(elegidas)}


def _estropear(filas, malas, cambios, repetida, llave):
    """Put in each bad row what its kind says; those that repeat go two by two, an odd one with the last."""
    iguales = sorted(n for n, clase in malas.items() if clase == repetida)
    for lugar, n in enumerate(iguales):
        modelo = iguales[min(lugar - lugar % 2, 2 * (len(iguales) // 2 - 1))]
        filas[n] = tuple(filas[modelo][i] if i in llave else v for i, v in enumerate(filas[n]))
    for n, clase in malas.items():
        if clase != repetida:
            columna, cambio = cambios[clase]
            filas[n] = tuple(cambio(v) if i == columna else v for i, v in enumerate(filas[n]))


_CAMBIOS_CUENTAS = {
    "clave incompleta": (0, lambda v: v[:-1]),
    "sin titular": (1, lambda _: None),
    "RFC mal": (2, lambda v: f"{v[:-6]}99XX"),
    "CURP mal": (3, lambda v: "XXXX991399HNEBBB00"),
    "uso desconocido": (5, lambda _: "Castillo"),
    "código postal incompleto": (9, lambda v: v[:3]),
    "superficie con letras": (10, lambda v: f"aprox {int(v)}"),
    "valor negativo": (11, lambda v: -v),
    "valor de tres decimales": (11, lambda v: v + Decimal("0.001")),
}
_CAMBIOS_ADEUDOS = {
    "clave incompleta": (0, lambda v: v[:-1]),
    "ejercicio fuera de rango": (1, lambda v: v - 200),
    "ejercicio con letras": (1, lambda v: f"'{v % 100}o"),
    "concepto desconocido": (2, lambda _: "Diezmo"),
    "importe cero": (3, lambda _: Decimal(0)),
    "importe negativo": (3, lambda v: -v),
    "importe con letras": (3, lambda v: f"{v} aprox"),
    "vencimiento que no existe": (4, lambda v: f"31/02/{v.year}"),
    "sin vencimiento": (4, lambda _: None),
}


def _en_otra_forma(fila):
    """Write a good row as people also do: the clave as a number, amounts and dates as text."""
    clave = int(str(fila[0]).replace("-", ""))
    resto = tuple(_otra(v) for v in fila[1:])
    return (clave, *resto)


def _otra(valor):
    if isinstance(valor, Decimal):
        return f"{valor:,.2f}"
    return valor.strftime("%d/%m/%Y") if isinstance(valor, date) else valor


def _de_dbf(valor, campo):
    if campo[1] == "D" and isinstance(valor, str):
        dia, mes, anio = valor.split("/")
        return f"{anio}{mes}{dia}".encode()
    return f"{valor:f}" if isinstance(valor, Decimal) and campo[1] == "C" else valor


def _sin_comprimir(libro):
    """Give the same zip with its parts stored: the copy is compressed as a whole, to a third of the size."""
    salida = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(libro)) as viejo, zipfile.ZipFile(salida, "w") as nuevo:
        for parte in viejo.infolist():
            nuevo.writestr(zipfile.ZipInfo(parte.filename), viejo.read(parte))
    return salida.getvalue()


def guardar_copias():
    """Save the copies that are committed, for machines without LibreOffice."""
    padron = cuentas()
    for lote in (padron, adeudos(padron)):
        copia = lzma.compress(_sin_comprimir(en_libreoffice(lote)), preset=9)
        (AQUI / f"{lote.nombre}.xlsx.xz").write_bytes(copia)


if __name__ == "__main__":
    guardar_copias()
