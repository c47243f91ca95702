"""Finds a concepto while one types: by its name, its key or its ente, any word, without accents."""

from collections.abc import Sequence

from lerdo_desk.base.letras import normaliza
from lerdo_desk.hacienda.ordenes import ConceptoCobrable
from lerdo_desk.ui.search import Result, SearchBox


class ConceptPicker(SearchBox):
    """The search of the catalogue; ``elegido`` carries a ConceptoCobrable. All of it is here: it is short."""

    def __init__(self) -> None:
        super().__init__(
            "Nombre o clave del concepto",
            nombre="Conceptos",
            vacio=(
                "¿Qué se va a cobrar?",
                "Escriba unas letras del concepto o su clave, por ejemplo 11-0020.",
            ),
        )
        self._todos: tuple[tuple[str, ConceptoCobrable], ...] = ()
        self.buscar.connect(self._buscar)

    def poner(self, conceptos: Sequence[ConceptoCobrable]) -> None:
        """Take the catalogue, and find in it what was typed already."""
        self._todos = tuple((f" {normaliza(f'{c.clave} {c.nombre} {c.ente}')}", c) for c in conceptos)
        if self.campo.text().strip():
            self._buscar(self.campo.text())

    def _buscar(self, texto: str) -> None:
        if not self._todos:
            return
        palabras = normaliza(texto).split()
        hallados = [c for dicho, c in self._todos if palabras and all(f" {p}" in dicho for p in palabras)]
        self.mostrar([_resultado(c) for c in hallados], de=texto)


def _resultado(concepto: ConceptoCobrable) -> Result:
    return Result(concepto, concepto.nombre, f"{concepto.clave} · {concepto.tarifa}")
