"""A list on paper and as a spreadsheet: any columns, any number of rows, taken one by one as they come.

The paper is letter size laid down. Each page is drawn when its rows are complete; how many pages there are is
known at the end, so the figure is one drawing that every page names. Cells are set column by column in one
text each and measured with the font's own table, which is what makes 60,000 rows a matter of seconds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from types import MappingProxyType
from typing import Any, Literal
from unicodedata import is_normalized

from reportlab.pdfbase import pdfmetrics

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.listas import ColumnaDeLista, Fila
from lerdo_desk.reports import xlsx
from lerdo_desk.reports.membrete import SIN_VALOR
from lerdo_desk.reports.pdf import (
    APAGADO,
    AVISO,
    FONDO,
    FUERTE,
    MM,
    NORMAL,
    SEMI,
    TINTA,
    Estilo,
    Hoja,
    Papel,
    ajustar,
    ancho_de,
    limpio,
    recortar,
    registrar_fuentes,
)
from lerdo_desk.reports.tabla import Columna

CARTA_ACOSTADA = Papel(279, 216)
Formato = Literal["pdf", "xlsx"]
Sumas = Sequence[tuple[str, Decimal]]

_MARGEN, _ARRIBA, _ABAJO = 12.0, 30.0, 12.0
_ALTO_CABEZA, _ALTO_FILA, _HUECO = 6.0, 4.5, 2.0
_FILAS = int((CARTA_ACOSTADA.alto - _ARRIBA - _ALTO_CABEZA - _ABAJO - 2 * _ALTO_FILA) / _ALTO_FILA)
_MUNICIPIO, _TITULO = Estilo(SEMI, 10, APAGADO), Estilo(FUERTE, 14)
_NOTA, _AVISO, _CABEZA = Estilo(tam=8, color=APAGADO), Estilo(FUERTE, 8, AVISO), Estilo(SEMI, 8, APAGADO)
_SUMA, _CELDA = Estilo(SEMI, 8.5), Estilo(NORMAL, 8, TINTA)
_TOTAL_DE_PAGINAS = "cuantas-paginas"
_ANCHO_FOLIO = 9.0
_TIPOS: Mapping[str, xlsx.Tipo] = MappingProxyType(
    {"texto": "texto", "dinero": "pesos", "fecha": "fecha", "entero": "entero", "instante": "hora"}
)
_PIXELES_POR_LETRA = 7
SIN_RENGLONES = "No hay renglones con este filtro."


@dataclass(frozen=True)
class Encabezado:
    """What stands above the rows: whose list, which one, its filter and order in words, when, by whom.

    ``momento`` is the local instant at which the rows were read, None while they have not been.
    """

    municipio: str
    titulo: str
    filtro: str
    orden: str
    momento: datetime | None
    usuario: str
    capacitacion: bool = False

    def notas(self) -> tuple[str, ...]:
        """Give the lines under the title, in words."""
        orden = f"Orden: {self.orden}" if self.orden else ""
        cuando = f"Consulta del {fecha_corta(self.momento)} {self.momento:%H:%M}" if self.momento else ""
        return tuple(n for n in (f"Filtro: {self.filtro}", orden, cuando, self.usuario) if n)


class _Anchos(dict[str, float]):
    """Width of each letter of a font in millimetres for one point of size, asked of the font once."""

    def __init__(self, fuente: str) -> None:
        registrar_fuentes()
        self._fuente = fuente

    def __missing__(self, letra: str) -> float:
        self[letra] = float(pdfmetrics.stringWidth(letra, self._fuente, 1)) / MM
        return self[letra]

    def de(self, texto: str) -> float:
        """Measure a text."""
        return sum(map(self.__getitem__, texto))


class _HojaDeLista(Hoja):
    """A sheet that sets a whole column of cells at once, and knows its pages only at the end."""

    def __init__(self, encabezado: Encabezado) -> None:
        super().__init__(CARTA_ACOSTADA, encabezado.titulo, encabezado.municipio)
        self._anchos = _Anchos(_CELDA.fuente)

    def celdas(self, columna: Columna, y: float, textos: Iterable[str]) -> None:
        """Draw texts one below the other, the first with its baseline at ``y``; what is too wide is cut."""
        tinta = self._lienzo.beginText(columna.x * MM, self._arriba(y))
        tinta.setFont(_CELDA.fuente, _CELDA.tam)
        tinta.setFillColor(_CELDA.color)
        tinta.setLeading(_ALTO_FILA * MM)
        for n, texto in enumerate(textos):
            corto, ancho = self._que_quepa(_una_linea(texto), columna.ancho)
            if columna.lado == "derecha":
                tinta.setTextOrigin((columna.x - ancho) * MM, self._arriba(y + n * _ALTO_FILA))
            tinta.textLine(corto)
        self._lienzo.drawText(tinta)

    def _que_quepa(self, texto: str, ancho: float) -> tuple[str, float]:
        medida = self._anchos.de(texto) * _CELDA.tam
        if medida <= ancho:
            return texto, medida
        corto = recortar(texto, _CELDA, ancho)
        return corto, self._anchos.de(corto) * _CELDA.tam

    def folio(self, pagina: int, fin: float, y: float) -> None:
        """Write ``Página 1 de`` and leave the rest to the drawing that is made at the end."""
        self.texto(fin - _ANCHO_FOLIO, y, f"Página {pagina:,} de", _NOTA, "derecha")
        self._lienzo.saveState()
        self._lienzo.translate((fin - _ANCHO_FOLIO) * MM, self._arriba(y))
        self._lienzo.doForm(_TOTAL_DE_PAGINAS)
        self._lienzo.restoreState()

    def cerrar(self, paginas: int) -> bytes:
        """Say how many pages there are and give the PDF."""
        self._lienzo.beginForm(_TOTAL_DE_PAGINAS, 0, -10, 40 * MM, 40)
        self._lienzo.setFont(_NOTA.fuente, _NOTA.tam)
        self._lienzo.setFillColor(_NOTA.color)
        self._lienzo.drawString(ancho_de(" ", _NOTA) * MM, 0, f"{paginas:,}")
        self._lienzo.endForm()
        return self.bytes()


def pdf(
    encabezado: Encabezado,
    columnas: Sequence[ColumnaDeLista],
    filas: Iterable[Fila],
    sumas: Sumas = (),
) -> bytes:
    """Draw a list as a PDF; ``filas`` have a value for each column (what follows is left out)."""
    hoja, lugares = _HojaDeLista(encabezado), _repartir(columnas)
    corriente, paginas, total = iter(filas), 0, 0
    pendientes = tuple(islice(corriente, _FILAS))
    while pendientes or not paginas:
        siguientes = tuple(islice(corriente, _FILAS))
        paginas, total = paginas + 1, total + len(pendientes)
        _pagina(hoja, encabezado, lugares, paginas)
        y = _ARRIBA + _ALTO_CABEZA
        _renglones(hoja, columnas, lugares, pendientes)
        if not siguientes:
            _cierre(hoja, columnas, lugares, (total, dict(sumas)), y + len(pendientes) * _ALTO_FILA)
        hoja.pagina()
        pendientes = siguientes
    return hoja.cerrar(paginas)


def _una_linea(texto: str) -> str:
    """Clean a text as every paper does, by a short way for the many that are clean already."""
    return texto if texto.isprintable() and is_normalized("NFC", texto) else limpio(texto)


def _repartir(columnas: Sequence[ColumnaDeLista]) -> tuple[Columna, ...]:
    """Share the width of the paper among the columns as the screen does."""
    util = CARTA_ACOSTADA.ancho - 2 * _MARGEN
    total = sum(c.ancho for c in columnas)
    lugares, x = [], _MARGEN
    for columna in columnas:
        ancho = util * columna.ancho / total
        borde = x + ancho - _HUECO if columna.derecha else x + _HUECO / 2
        lado: Literal["izquierda", "derecha"] = "derecha" if columna.derecha else "izquierda"
        lugares.append(Columna(columna.titulo, borde, ancho - 1.5 * _HUECO, lado))
        x += ancho
    return tuple(lugares)


def _pagina(hoja: _HojaDeLista, encabezado: Encabezado, lugares: Sequence[Columna], numero: int) -> None:
    """Draw what every page repeats: whose list, its title, filter and order, and the heads of the columns."""
    fin = CARTA_ACOSTADA.ancho - _MARGEN
    util = fin - _MARGEN
    hoja.texto(_MARGEN, 11, *ajustar(encabezado.municipio, _MUNICIPIO, util * 0.6))
    hoja.texto(_MARGEN, 17, *ajustar(encabezado.titulo, _TITULO, util * 0.7, 9))
    filtro, *resto = encabezado.notas()
    hoja.texto(_MARGEN, 22, *ajustar(filtro, _NOTA, util, 6.5))
    hoja.texto(_MARGEN, 26, *ajustar(" · ".join(resto), _NOTA, util, 6.5))
    if encabezado.capacitacion:
        hoja.texto(fin, 17, SIN_VALOR, _AVISO, "derecha")
    hoja.folio(numero, fin, 11)
    hoja.bloque((_MARGEN, _ARRIBA, util, _ALTO_CABEZA - 0.6), FONDO)
    for lugar in lugares:
        hoja.texto(lugar.x, _ARRIBA + 3.8, *ajustar(lugar.titulo, _CABEZA, lugar.ancho, 6), lugar.lado)


def _renglones(
    hoja: _HojaDeLista,
    columnas: Sequence[ColumnaDeLista],
    lugares: Sequence[Columna],
    filas: Sequence[Fila],
) -> None:
    y = _ARRIBA + _ALTO_CABEZA
    for n, (columna, lugar) in enumerate(zip(columnas, lugares, strict=True)):
        hoja.celdas(lugar, y + 3.1, (columna.escribir(fila[n]) for fila in filas))
    for n in range(1, len(filas) + 1):
        hoja.linea(_MARGEN, CARTA_ACOSTADA.ancho - _MARGEN, y + n * _ALTO_FILA)


def _cierre(
    hoja: _HojaDeLista,
    columnas: Sequence[ColumnaDeLista],
    lugares: Sequence[Columna],
    final: tuple[int, Mapping[str, Decimal]],
    y: float,
) -> None:
    """Draw under the last row how many there were and the sum of each column that has one."""
    total, sumas = final
    if not total:
        hoja.texto(_MARGEN + _HUECO / 2, y + 5, SIN_RENGLONES, _NOTA)
        return
    sumadas = [(c, lugar) for c, lugar in zip(columnas, lugares, strict=True) if c.clave in sumas]
    hoja.linea(_MARGEN, CARTA_ACOSTADA.ancho - _MARGEN, y, APAGADO, 0.35)
    libre = min((lugar.x - lugar.ancho for _, lugar in sumadas), default=CARTA_ACOSTADA.ancho) - _MARGEN
    cuantos = f"{total:,} renglón" if total == 1 else f"{total:,} renglones"
    # Where the first column is one of sums the count goes to a line of its own.
    baja = 4.2 if libre > ancho_de(cuantos, _SUMA) else 2 * _ALTO_FILA
    hoja.texto(_MARGEN + _HUECO / 2, y + baja, cuantos, _SUMA)
    for columna, lugar in sumadas:
        hoja.texto(
            lugar.x, y + 4.2, *ajustar(formato(sumas[columna.clave]), _SUMA, lugar.ancho, 6), "derecha"
        )


def hoja_de_calculo(
    encabezado: Encabezado,
    columnas: Sequence[ColumnaDeLista],
    filas: Iterable[Fila],
    sumas: Sumas = (),
) -> bytes:
    """Give a list as a workbook: dates, whole numbers and pesos keep their type, text stays text.

    The sums stand above the headings, so that whoever adds a column up does not count them too.
    """
    tipos = [xlsx.Columna(c.titulo, _TIPOS[c.tipo], c.ancho / _PIXELES_POR_LETRA) for c in columnas]
    titulos = {c.clave: c.titulo for c in columnas}
    notas = [encabezado.municipio, *encabezado.notas()]
    notas += [f"Suma de {titulos[clave]}: {formato(suma)}" for clave, suma in sumas if clave in titulos]
    notas += [SIN_VALOR] if encabezado.capacitacion else []
    return xlsx.exportar(tipos, _celdas(columnas, filas), encabezado.titulo, notas)


def _celdas(columnas: Sequence[ColumnaDeLista], filas: Iterable[Fila]) -> Iterator[list[Any]]:
    """Give the rows without their id, codes put in words."""
    palabras = [(n, dict(c.opciones)) for n, c in enumerate(columnas) if c.opciones]
    for fila in filas:
        celdas = list(fila[: len(columnas)])
        for n, dichas in palabras:
            celdas[n] = dichas.get(celdas[n], celdas[n])
        yield celdas


FORMATOS: Mapping[Formato, Callable[..., bytes]] = MappingProxyType({"pdf": pdf, "xlsx": hoja_de_calculo})
