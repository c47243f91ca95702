"""The tabs of an account that are tables: values, debts, receipts or payments, and history."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.hacienda.adeudos import Adeudo
from lerdo_desk.modules.predial import service
from lerdo_desk.ui.cards import EmptyState, columna
from lerdo_desk.ui.columns import Column, Fila, TonoCelda
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.table import Table, TableFooter
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_ESTADO = {"": "Vigente", "CANCELADO": "Cancelado", "DEVUELTO": "Devuelto"}
_VALORES = (
    Column("ejercicio", "Ejercicio", ancho=100, peso="medium"),
    Column("version", "Versión", ancho=84, tono="muted"),
    Column("terreno", "Terreno", "dinero", ancho=140),
    Column("construccion", "Construcción", "dinero", ancho=140),
    Column("total", "Valor catastral", "dinero", ancho=150, peso="name"),
    Column("vigente", "Cuenta", ancho=110, tono=lambda f: "ok" if f[5] == "Vigente" else "muted"),
    Column("origen", "Origen", estira=True),
    Column("usuario", "Escribió", ancho=150, tono="muted"),
    Column("cuando", "Cuándo", ancho=140, tono="muted"),
)
_RENGLON_VENCIDO = 5
"""Place in a row of whether the debt is overdue: it travels after the columns."""

_ADEUDOS = (
    Column("ejercicio", "Ejercicio", ancho=90, peso="medium"),
    Column("renglon", "Renglón", ancho=380),
    Column("vence", "Vence", ancho=164, tono=lambda f: "bad" if f[_RENGLON_VENCIDO] else "text"),
    Column("importe", "Importe", "dinero", ancho=116, tono=lambda f: "ok" if f[3] < 0 else "text"),
    Column("fundamento", "Fundamento", estira=True, tono="muted"),
)
_ROJOS = ("Cancelado", "Devuelto")
_RECIBOS = (
    Column("folio", "Recibo", ancho=150, peso="medium"),
    Column("cuando", "Fecha", ancho=150),
    Column("importe", "Importe de esta cuenta", "dinero", ancho=180, peso="name"),
    Column("caja", "Caja", ancho=170),
    Column(
        "estado",
        "Estado",
        ancho=150,
        tono=lambda f: "bad" if f[4] in _ROJOS else "ok",
        icono=lambda f: "ban" if f[4] in _ROJOS else "circle-check",
    ),
    Column("pagador", "A nombre de", estira=True),
    Column("cajero", "Cobró", ancho=140, tono="muted"),
)
_PAGOS = (
    Column("fecha", "Fecha de pago", "fecha", ancho=140, peso="medium"),
    Column("concepto", "Concepto", estira=True),
    Column("ejercicio", "Ejercicio", ancho=110),
    Column("importe", "Pagado", "dinero", ancho=140, peso="name"),
)
_HISTORIA = (
    Column("cuando", "Cuándo", ancho=150),
    Column("usuario", "Quién", ancho=170, tono="muted"),
    Column("que", "Qué", ancho=280, peso="medium"),
    Column("detalle", "Detalle", estira=True),
)


@dataclass(frozen=True)
class Asunto:
    """What a tab shows: the use case it reads, its columns, how an answer becomes rows and a footer."""

    clave: str
    titulo: str
    caso: Any
    columnas: tuple[Column, ...]
    filas: Callable[[Any], list[Fila]]
    pie: Callable[[list[Fila]], tuple[str, list[tuple[str, str]]]]
    vacio: tuple[str, str]
    nombra: int = 0
    """Place of what a screen reader calls a row."""
    entero: Callable[[Fila], str] | None = None
    """What is said whole, below, of the row that is chosen."""


def _instante(cuando: Any) -> str:  # noqa: ANN401 — a datetime of the municipality
    return f"{fecha_corta(cuando)} {cuando:%H:%M}"


def _valores(valores: Sequence[service.ValorVisto]) -> list[Fila]:
    return [
        (
            *(str(v.ejercicio), str(v.version), v.terreno, v.construccion, v.total),
            *("Vigente" if v.vigente else "Sustituido", v.origen.capitalize(), v.usuario),
            _instante(v.cuando),
        )
        for v in valores
    ]


def _adeudos(adeudo: Adeudo) -> list[Fila]:
    """Give a row for each line of each debt, its article beside it."""
    filas: list[Fila] = []
    for cargo in adeudo.cargos:
        vence = fecha_corta(cargo.vence) + (" · vencido" if cargo.vencido else "")
        for n, linea in enumerate(cargo.lineas):
            anio, dia = (" ", " ") if n else (str(cargo.ejercicio), vence)
            filas.append((anio, linea.texto, dia, linea.importe, linea.fundamento, cargo.vencido))
    return filas


def _recibos(recibos: Sequence[service.ReciboVisto]) -> list[Fila]:
    return [
        (
            r.etiqueta,
            _instante(r.cuando),
            r.importe,
            r.caja,
            "Reversa" if r.reversa and not r.estado else _ESTADO[r.estado],
            r.pagador,
            r.cajero,
        )
        for r in recibos
    ]


def _pagos(pagos: Sequence[service.PagoVisto]) -> list[Fila]:
    return [(p.fecha, p.concepto, str(p.ejercicio), p.importe) for p in pagos]


def _historia(hechos: Sequence[service.Hecho]) -> list[Fila]:
    return [(_instante(h.cuando), h.usuario, h.que, h.detalle, h.solicitud_id) for h in hechos]


def _cuantos(uno: str, varios: str) -> Callable[[list[Fila]], tuple[str, list[tuple[str, str]]]]:
    return lambda filas: (f"{len(filas):,} {uno if len(filas) == 1 else varios}", [])


def _con_suma(nombre: str, lugar: int) -> Callable[[list[Fila]], tuple[str, list[tuple[str, str]]]]:
    return lambda filas: (
        f"{len(filas):,} renglón" if len(filas) == 1 else f"{len(filas):,} renglones",
        [(nombre, formato(sum(f[lugar] for f in filas)))] if filas else [],
    )


VALORES = Asunto(
    "valores",
    "Valores por año",
    service.valores_de,
    _VALORES,
    _valores,
    _cuantos("valor", "valores"),
    ("Sin valor catastral", "Catastro todavía no ha escrito ningún valor de esta cuenta."),
)
ADEUDOS = Asunto(
    "adeudos",
    "Adeudos de hoy",
    service.adeudos_de,
    _ADEUDOS,
    _adeudos,
    _con_suma("Total de hoy", 3),
    ("Al corriente", "Esta cuenta no debe nada al día de hoy."),
    nombra=1,
    entero=lambda f: f"{f[1]}. {f[4]}",
)
RECIBOS = Asunto(
    "recibos",
    "Recibos",
    service.recibos_de,
    _RECIBOS,
    _recibos,
    _con_suma("Pagado", 2),
    ("Sin recibos", "Ningún recibo ha pagado algo de esta cuenta."),
)
PAGOS = Asunto(
    "recibos",
    "Pagos",
    service.pagos_de,
    _PAGOS,
    _pagos,
    _con_suma("Pagado", 3),
    ("Sin pagos", "No se ha pagado nada de esta cuenta en este sistema."),
)
HISTORIA = Asunto(
    "historia",
    "Historia",
    service.historia_de,
    _HISTORIA,
    _historia,
    _cuantos("movimiento", "movimientos"),
    ("Sin historia", "No se ha escrito nada de esta cuenta."),
)


class Tab(QWidget):
    """One tab: reads the account the first time it is shown, and again when it is told that it changed."""

    abierta = Signal(object)
    """The row that was opened with Enter."""

    def __init__(self, servicios: Servicios, asunto: Asunto) -> None:
        super().__init__()
        self._servicios, self.asunto = servicios, asunto
        self._cuenta: int | None = None
        self._leida: int | None = None
        self.tabla = Table(
            asunto.columnas, nombre=asunto.titulo, nombre_de_fila=lambda f: str(f[asunto.nombra])
        )
        self.tabla.abierta.connect(self.abierta)
        self.tabla.elegida.connect(self._decir)
        self.nota, self.pie = Note("", "bad"), TableFooter()
        self.dicho = Label("", "caption", "muted").en_parrafo()
        self.dicho.setContentsMargins(tema().px(M.l), tema().px(M.s), tema().px(M.l), tema().px(M.s))
        self.dicho.hide()
        self._vacio, self._pila = EmptyState("list-details", *asunto.vacio), QStackedWidget()
        for parte in (self.tabla, self._vacio):
            self._pila.addWidget(parte)
        caja = columna(self.nota, separacion=0)
        caja.addWidget(self._pila, 1)
        caja.addWidget(self.dicho)
        caja.addWidget(self.pie)
        self.setLayout(caja)

    def de(self, cuenta_id: int) -> None:
        """Belong to another account from now on; nothing is read until it is shown."""
        self._cuenta, self._leida = cuenta_id, None
        self.tabla.poner([])
        self.nota.poner("", "bad")
        self.pie.poner("Leyendo…")
        self._pila.setCurrentWidget(self.tabla)

    def mostrar(self) -> None:
        """Read what has not been read yet."""
        if self._cuenta is not None and self._leida != self._cuenta:
            self.leer()

    def leer(self) -> None:
        """Read again."""
        if self._cuenta is None:
            return
        cuenta = self._cuenta
        self._servicios.jobs.leer(
            self.asunto.caso,
            service.CuentaPedida(cuenta),
            lambda valor: self._mostrar(cuenta, valor),
            self._fallo,
            clave=f"predial.{self.asunto.clave}",
        )

    def caduca(self) -> None:
        """Forget that it was read."""
        self._leida = None

    def _mostrar(self, cuenta: int, valor: object) -> None:
        if cuenta != self._cuenta:
            return
        self._leida = cuenta
        filas = self.asunto.filas(valor)
        self.nota.poner("", "bad")
        self.tabla.poner(filas)
        self.pie.poner(*self.asunto.pie(filas))
        self._pila.setCurrentWidget(self.tabla if filas else self._vacio)
        if filas:
            self.tabla.elegir(0)

    def _decir(self, fila: Fila | None) -> None:
        """Say the chosen row whole where its columns may have cut it."""
        dicho = self.asunto.entero(fila) if self.asunto.entero is not None and fila is not None else ""
        self.dicho.setText(dicho)
        self.dicho.setVisible(bool(dicho))

    def _fallo(self, error: Exception) -> None:
        self.pie.poner("")
        self.nota.poner(explicar(error).frase, "bad")

    def enfocar(self) -> None:
        """Put the focus on the rows."""
        self.tabla.setFocus(Qt.FocusReason.OtherFocusReason)


def tono_de_estado(estado: str) -> TonoCelda:
    """Give the colour of an account's state; the word always stands beside it."""
    tonos: dict[str, TonoCelda] = {service.ACTIVA: "ok", service.EN_REVISION: "warn"}
    return tonos.get(estado, "muted")
