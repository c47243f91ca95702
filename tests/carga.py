"""What the tests of loads share: files by hand or generated, their review, load and answer."""

import io
from dataclasses import dataclass, replace
from pathlib import Path

from archivos import padron_grande as grande
from openpyxl import load_workbook

from lerdo_desk.core.importacion import QUE_CORREGIR
from lerdo_desk.core.personales import apuntar
from lerdo_desk.modules.predial import service
from lerdo_desk.modules.predial.service.cargas_datos import (
    Archivo,
    Importado,
    Revisado,
    Revision,
    apunte_de_columnas,
    importacion_de,
)
from lerdo_desk.modules.predial.service.confirmacion import Cargas, CargaVista, Confirmacion, UnaCarga
from lerdo_desk.reports.devolucion import devolver

CASOS = {"padron": service.cargar_padron, "adeudos": service.cargar_adeudos}
CUENTAS = ",".join(grande.CUENTAS)
ADEUDOS = ",".join(grande.ADEUDOS)


@dataclass(frozen=True)
class Cargado:
    """A review and what loading it gave."""

    revisado: Revisado
    importado: Importado


def revisar(carla, tipo: str, ruta: Path, desde: int, hoja: str | None = None) -> Revisado:
    """Open a file as the clerk does, take the columns that are proposed, and check it."""
    archivo = Archivo(tipo, str(ruta), hoja)
    abierto = carla.ejecutar(service.abrir_archivo, archivo).valor
    mapeo = tuple(abierto.propuesto.items())
    carla.ejecutar(apuntar, apunte_de_columnas(tipo, mapeo))
    return carla.ejecutar(service.revisar_archivo, Revision(archivo, abierto.digesto, mapeo, desde)).valor


def cargar(carla, tipo: str, ruta: Path, desde: int, hoja: str | None = None) -> Cargado:
    """Check a file and load what is good of it."""
    revisado = revisar(carla, tipo, ruta, desde, hoja)
    return Cargado(revisado, carla.ejecutar(CASOS[tipo], importacion_de(revisado)).valor)


def escrito(carpeta: Path, nombre: str, encabezados: str, *renglones: str) -> Path:
    """Write a CSV."""
    ruta = carpeta / nombre
    ruta.write_text("\n".join((encabezados, *renglones)) + "\n", encoding="utf-8")
    return ruta


def cuenta(clave: str, titular: str = "Begoña Peña Lince", rfc: str = "", curp: str = "", **otros) -> str:
    """Give one account as a row of a CSV."""
    datos = {"tipo": "Urbano", "uso": "Habitacional", "calle": "Calle del Nogal", "numero": "5"}
    datos |= {"colonia": "El Cañón", "cp": "35150", "superficie": "120.5", "terreno": "250000.00"}
    datos |= {"construccion": "200000.00"} | otros
    return ",".join((clave, titular, rfc, curp, *datos.values()))


def devuelto_y_corregido(revisado: Revisado, bueno: grande.Lote) -> bytes:
    """Give the returned workbook as a person mends it: each row as it was before it was spoilt."""
    libro = load_workbook(io.BytesIO(devolver(revisado.devolucion, revisado.encabezados)))
    hoja = libro.active
    assert [c.value for c in hoja[1]] == [*revisado.encabezados, QUE_CORREGIR]
    primero = 2 if revisado.nombre.endswith(".xlsx") else 1
    malas = revisado.devolucion.malas
    assert hoja.max_row == len(malas) + 1
    for renglon, mala in zip(hoja.iter_rows(min_row=2), malas, strict=True):
        for celda, valor in zip(renglon, bueno.filas[mala.n - primero], strict=False):
            celda.value = valor
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def sin_estropear(hacer) -> grande.Lote:
    """Give a generated lote as it is before any row is spoilt; ``hacer`` makes it again."""
    de_siempre = grande._estropear
    grande._estropear = lambda *_: None
    try:
        return replace(hacer(), malas={})
    finally:
        grande._estropear = de_siempre


def la_que_espera(teo) -> CargaVista:
    """Give the first load of the tesorero's list with its totals."""
    vistas = teo.ejecutar(service.cargas_de_adeudos, Cargas()).valor
    return teo.ejecutar(service.ver_carga, UnaCarga(vistas[0].id)).valor


def confirmacion_de(vista: CargaVista) -> Confirmacion:
    """Give the order that confirms what was shown."""
    return Confirmacion(vista.carga.id, vista.adeudos, vista.carga.importe)
