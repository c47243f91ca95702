"""The third step of a load: what would be written, what goes back and why, before anything is done."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from lerdo_desk.base.dinero import formato
from lerdo_desk.modules.predial.service.cargas_datos import ERRORES_A_LA_VISTA, Revisado
from lerdo_desk.ui.cards import Amount, Card, columna, fila
from lerdo_desk.ui.columns import Column
from lerdo_desk.ui.labels import ElidedLabel
from lerdo_desk.ui.messages import Note
from lerdo_desk.ui.segmented import Segmented
from lerdo_desk.ui.table import Table
from lerdo_desk.ui.tokens import M

MOTIVOS, ERRORES, MUESTRA, TOTALES = "motivos", "errores", "muestra", "totales"

_MOTIVOS = (
    Column("renglones", "Renglones", "entero", ancho=100, peso="medium"),
    Column("frase", "Por qué se devuelven", estira=True),
)
_ERRORES = (
    Column("celda", "Celda", ancho=110, peso="medium"),
    Column("dato", "Dice", ancho=200, tono="bad", icono=lambda _: "alert-triangle"),
    Column("frase", "Qué corregir", estira=True),
)
_DE_PADRON = (
    Column("clave", "Clave catastral", ancho=140, peso="medium"),
    Column("titular", "Titular", ancho=250),
    Column("domicilio", "Ubicación", estira=True),
    Column("uso", "Tipo y uso", ancho=180, tono="muted"),
    Column("valor", "Valor catastral", "dinero", ancho=140),
)
_DE_ADEUDOS = (
    Column("clave", "Clave catastral", estira=True, peso="medium"),
    Column("ejercicio", "Ejercicio", ancho=120),
    Column("vence", "Vencimiento", ancho=140),
    Column("ultimo", "Último pagado", ancho=140, tono="muted"),
    Column("importe", "Importe", "dinero", ancho=160),
)
_TOTALES = (
    Column("ejercicio", "Ejercicio", estira=True, peso="medium"),
    Column("adeudos", "Adeudos", "entero", ancho=160),
    Column("importe", "Importe", "dinero", ancho=200),
)


def renglones(cuantos: int) -> str:
    """Count rows in words: ``1 renglón``, ``4,750 renglones``."""
    return f"{cuantos:,} renglón" if cuantos == 1 else f"{cuantos:,} renglones"


class SummaryStep(QWidget):
    """Shows a review: the counts, and the reasons, errors, totals and first rows to be written."""

    def __init__(self) -> None:
        super().__init__()
        self.titulo = ElidedLabel("", "title")
        self.leidas, self.nuevas = Amount("Leídos"), Amount("Se cargan")
        self.iguales, self.devueltas = Amount("Ya estaban igual"), Amount("Se devuelven")
        self.valor = Amount("Suma", derecha=True)
        self.nota = Note("", "info")
        self.resultado = Note("", "ok")
        self.tablas = {
            MOTIVOS: Table(_MOTIVOS, nombre="Por qué se devuelven", nombre_de_fila=lambda f: str(f[1])),
            ERRORES: Table(_ERRORES, nombre="Errores por celda"),
            TOTALES: Table(_TOTALES, nombre="Totales por ejercicio"),
        }
        self._muestras = {
            "padron": Table(_DE_PADRON, nombre="Cuentas que se registrarán"),
            "adeudos": Table(_DE_ADEUDOS, nombre="Adeudos que se cargarán"),
        }
        self.que = Segmented(
            "Qué se muestra",
            (
                (TOTALES, "&Totales por ejercicio"),
                (MUESTRA, "&Vista previa"),
                (MOTIVOS, "&Motivos"),
                (ERRORES, "&Errores por celda"),
            ),
        )
        self._pila = QStackedWidget()
        for tabla in (*self.tablas.values(), *self._muestras.values()):
            self._pila.addWidget(tabla)
        self._tipo = "padron"
        self.que.elegido.connect(self._cambiar)
        self._componer()

    def _componer(self) -> None:
        cifras = fila(self.leidas, self.nuevas, self.iguales, self.devueltas, 1, self.valor, separacion=M.xxl)
        fondo = Card(clase="inset")
        fondo.caja.addLayout(cifras)
        caja = columna(self.titulo, fondo, self.resultado, self.nota, self.que, separacion=M.m)
        caja.addWidget(self._pila, 1)
        caja.setContentsMargins(0, 0, 0, 0)
        self.setLayout(caja)

    def poner(self, r: Revisado) -> None:
        """Show another review: beginning with its errors if it has some, else with what it would write."""
        self._tipo = r.pregunta.archivo.tipo
        self.titulo.poner(r.nombre)
        self.leidas.poner(f"{r.leidas:,}")
        self.nuevas.poner(f"{r.nuevas:,}", tono="ok" if r.nuevas else "text")
        self.iguales.poner(f"{r.iguales:,}")
        self.iguales.setVisible(self._tipo == "padron" or bool(r.iguales))
        self.devueltas.poner(f"{r.devueltas:,}", tono="bad" if r.devueltas else "text")
        self.valor.poner(formato(r.valor), "Valor catastral" if self._tipo == "padron" else "Importe")
        self.resultado.poner("", "ok")
        self.nota.poner(*((r.anterior.frase, "warn") if r.anterior else (" ".join(r.avisos), "info")))
        self.tablas[MOTIVOS].poner([(m.renglones, m.frase) for m in r.motivos])
        self.tablas[ERRORES].poner([(e.celda, e.dato, e.frase) for e in r.errores])
        self.tablas[TOTALES].poner([(t.ejercicio, t.adeudos, t.importe) for t in r.totales])
        self._muestras[self._tipo].poner(r.muestra)
        self.que.boton(TOTALES).setVisible(self._tipo == "adeudos")
        for clave, texto, cuantas in (
            (MOTIVOS, "&Motivos", len(r.motivos)),
            (ERRORES, "&Errores por celda", len(r.errores)),
        ):
            hasta = "primeros " if cuantas >= ERRORES_A_LA_VISTA else ""
            self.que.boton(clave).setText(f"{texto} ({hasta}{cuantas:,})" if cuantas else texto)
            self.que.boton(clave).setEnabled(bool(cuantas))
        self.que.elegir(self._primera(r))
        self._cambiar(self.que.clave())

    def _primera(self, r: Revisado) -> str:
        if r.devueltas:
            return MOTIVOS
        return TOTALES if self._tipo == "adeudos" else MUESTRA

    def _cambiar(self, clave: str) -> None:
        self._pila.setCurrentWidget(self.visible(clave))

    def visible(self, clave: str) -> Table:
        """Give the table that a choice shows."""
        return self._muestras[self._tipo] if clave == MUESTRA else self.tablas[clave]
