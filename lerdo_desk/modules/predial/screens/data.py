"""The first tab of an account: where it is, what it is, who owns it and how each owner is reached."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel

from lerdo_desk.base.dinero import formato, formato_columna
from lerdo_desk.modules.predial import service
from lerdo_desk.ui.cards import Card, columna
from lerdo_desk.ui.columns import Column
from lerdo_desk.ui.labels import ElidedLabel, Label
from lerdo_desk.ui.pages import Page
from lerdo_desk.ui.table import Table
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_COLUMNAS = (
    Column("nombre", "Propietario", estira=True, peso="medium"),
    Column("parte", "Porcentaje", "entero", ancho=104),
    Column("rfc", "RFC", ancho=136),
    Column("curp", "CURP", ancho=188),
    Column("telefono", "Teléfono", ancho=116),
    Column("correo", "Correo", ancho=200),
    Column("domicilio", "Domicilio para avisos", ancho=230),
)
_PARES = (
    ("Calle y número", "calle"),
    ("Colonia", "colonia"),
    ("Código postal", "cp"),
    ("Tipo", "tipo"),
    ("Uso", "uso"),
    ("Superficie", "superficie"),
    ("Valor catastral", "valor"),
    ("Se cobra desde", "desde"),
)
_POR_RENGLON = 4


def textos(datos: service.DatosDeCuenta) -> dict[str, str]:
    """Write each datum of a property for a person."""
    valor = "Sin valor"
    if datos.valor is not None:
        valor = f"{formato(datos.valor)} ({datos.valor_ejercicio})"
    return {
        "calle": " ".join(p for p in (datos.calle, datos.numero) if p) or "–",
        "colonia": datos.colonia or "–",
        "cp": datos.codigo_postal or "–",
        "tipo": datos.tipo.capitalize(),
        "uso": datos.uso.capitalize(),
        "superficie": f"{formato_columna(datos.superficie)} m²",
        "valor": valor,
        "desde": str(datos.emitir_desde),
    }


def duenos(datos: service.DatosDeCuenta) -> list[tuple[object, ...]]:
    """Give a row for each owner, their id last."""
    filas: list[tuple[object, ...]] = []
    for p in datos.propietarios:
        contactos = dict(p.contactos)
        parte = service.porcentaje(p.participacion)
        filas.append(
            (
                *(p.nombre, f"{parte} %" if parte else "", p.rfc, p.curp),
                *(contactos.get(tipo, "") for tipo, _ in service.TIPOS),
                p.contribuyente_id,
            )
        )
    return filas


class DataTab(Page):
    """Pairs above, owners below; Enter on an owner opens how they are reached."""

    contacto = Signal(int)
    """The person whose contact data are wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._valores: dict[str, QLabel] = {}
        rejilla = QGridLayout()
        rejilla.setContentsMargins(0, 0, 0, 0)
        rejilla.setHorizontalSpacing(tema().px(M.l))
        rejilla.setVerticalSpacing(tema().px(M.m))
        for n, (rotulo, clave) in enumerate(_PARES):
            self._valores[clave] = ElidedLabel("", "medium")
            par = columna(Label(rotulo, "caption", "muted"), self._valores[clave], separacion=M.xs)
            rejilla.addLayout(par, n // _POR_RENGLON, n % _POR_RENGLON)
        for columna_ in range(_POR_RENGLON):
            rejilla.setColumnStretch(columna_, 1)
        fondo = Card(clase="inset")
        fondo.caja.addLayout(rejilla)
        self.tabla = Table(_COLUMNAS, nombre="Propietarios")
        self.tabla.abierta.connect(lambda fila: self.contacto.emit(fila[-1]))
        arriba = columna(fondo, Label("Propietarios", "title"), separacion=M.m)
        arriba.setContentsMargins(tema().px(M.l), 0, tema().px(M.l), tema().px(M.s))
        caja = columna(separacion=0)
        caja.addLayout(arriba)
        caja.addWidget(self.tabla, 1)
        self.setLayout(caja)

    def poner(self, datos: service.DatosDeCuenta) -> None:
        """Show a property."""
        for clave, texto in textos(datos).items():
            etiqueta = self._valores[clave]
            if isinstance(etiqueta, ElidedLabel):
                etiqueta.poner(texto)
        self.tabla.poner(duenos(datos))
        self.tabla.elegir(0)

    def enfocar(self) -> None:
        """Put the focus on the owners."""
        self.tabla.setFocus(Qt.FocusReason.OtherFocusReason)

    def persona(self) -> int | None:
        """Give the person of the current row."""
        actual = self.tabla.actual()
        return None if actual is None else int(actual[-1])
