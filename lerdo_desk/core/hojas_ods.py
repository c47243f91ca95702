"""Looks into the XML of an ODS before it is read: repeated cells, long cells, formulas and errors."""

from xml.parsers import expat

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core.celdas import MAXIMO_DE_CELDA, Marca, marca_de_error
from lerdo_desk.core.hojas_zip import (
    DANADO,
    FORMULA,
    SIN_RESULTADO,
    Examen,
    celda_enorme,
    revisar_area,
)


def examinar_ods(xml: bytes) -> dict[str, Examen]:
    """Give what was found in each sheet of ``content.xml``, by name.

    Raises ErrorDeUso when it is damaged, or a cell or an area would not fit in memory.
    """
    vista = _Vista()
    lector = expat.ParserCreate("utf-8")
    lector.buffer_text = True
    lector.StartElementHandler = vista.abre
    lector.EndElementHandler = vista.cierra
    lector.CharacterDataHandler = vista.escribe
    try:
        lector.Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:
        raise ErrorDeUso(DANADO) from error
    return vista.hojas


class _Vista:
    """Follows the sheets, rows and cells of an ODS; columns and rows from 0."""

    def __init__(self) -> None:
        self.hojas: dict[str, Examen] = {}
        self._nombre = ""
        self._marcas: dict[tuple[int, int], Marca] = {}
        self._renglon = self._columna = self._repite_renglon = self._repite = 0
        self._ultimo = self._ancho = 0
        self._celda: dict[str, str] | None = None
        self._texto: list[str] = []
        self._largo = 0

    def abre(self, nombre: str, a: dict[str, str]) -> None:
        """Take note of a sheet, a row or a cell that begins."""
        if nombre == "table:table":
            self._nombre, self._marcas = a.get("table:name", ""), {}
            self._renglon = self._ultimo = self._ancho = 0
        elif nombre == "table:table-row":
            self._columna, self._repite_renglon = 0, int(a.get("table:number-rows-repeated", "1"))
        elif nombre in ("table:table-cell", "table:covered-table-cell"):
            self._repite = int(a.get("table:number-columns-repeated", "1"))
            self._celda, self._texto, self._largo = a, [], 0

    def escribe(self, texto: str) -> None:
        """Keep the text of the cell that is open."""
        if self._celda is None:
            return
        self._largo += len(texto)
        if self._largo > MAXIMO_DE_CELDA:
            raise celda_enorme()
        if len(self._texto) < 10:
            self._texto.append(texto)

    def cierra(self, nombre: str) -> None:
        """Add up a cell, a row or a sheet that ends."""
        if nombre in ("table:table-cell", "table:covered-table-cell"):
            self._cerrar_celda()
        elif nombre == "table:table-row":
            self._renglon += self._repite_renglon
        elif nombre == "table:table":
            self.hojas[self._nombre] = Examen(self._ultimo == 0, self._marcas)

    def _cerrar_celda(self) -> None:
        a = self._celda or {}
        self._celda = None
        if "office:value-type" in a or "table:formula" in a or self._largo:
            self._ultimo = max(self._ultimo, self._renglon + self._repite_renglon)
            self._ancho = max(self._ancho, self._columna + self._repite)
            revisar_area(self._ultimo, self._ancho)
            marca = self._marca(a)
            if marca is not None:
                self._poner(marca)
        self._columna += self._repite

    def _poner(self, marca: Marca) -> None:
        for r in range(self._renglon, self._renglon + self._repite_renglon):
            for c in range(self._columna, self._columna + self._repite):
                self._marcas[r, c] = marca

    def _marca(self, a: dict[str, str]) -> Marca | None:
        if a.get("calcext:value-type") == "error":
            return marca_de_error("".join(self._texto).strip())
        if "table:formula" not in a:
            return None
        return FORMULA if "office:value-type" in a else SIN_RESULTADO
