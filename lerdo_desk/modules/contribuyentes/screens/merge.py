"""The dialog that shows two records side by side and, for whoever may, joins them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from lerdo_desk.hacienda.personas import TIPOS_DE_CONTACTO, TIPOS_DE_PERSONA
from lerdo_desk.modules.contribuyentes import service
from lerdo_desk.modules.contribuyentes.screens.sending import SendingDialog
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Card
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note
from lerdo_desk.ui.pages import Servicios
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_NADA = "–"


def filas(queda: service.Lado, une: service.Lado) -> tuple[tuple[str, str, str], ...]:
    """Give what both records say: name of the datum, that of the one that stays, that of the one joined."""
    return tuple(
        (nombre, uno or _NADA, otro or _NADA)
        for (nombre, uno), (_, otro) in zip(_datos(queda), _datos(une), strict=True)
    )


def _datos(lado: service.Lado) -> list[tuple[str, str]]:
    p = lado.persona
    return [
        ("Nombre", p.nombre),
        ("Tipo", TIPOS_DE_PERSONA[p.tipo]),
        ("RFC", p.rfc or ""),
        ("CURP", p.curp or ""),
        *((nombre, lado.contactos.get(t, "")) for t, nombre in TIPOS_DE_CONTACTO.items()),
        ("Cuentas", f"{lado.cuentas:,}"),
        ("Registros ya unidos", f"{lado.unidos:,}" if lado.unidos else ""),
    ]


class MergeDialog(SendingDialog):
    """Two records side by side; «Intercambiar» decides which of them stays."""

    def __init__(
        self, servicios: Servicios, lados: tuple[service.Lado, service.Lado], parent: QWidget
    ) -> None:
        super().__init__("Comparar registros", servicios, parent)
        self.queda, self.une = lados
        self.puede = servicios.runner.puede(service.unir)
        self.setMinimumWidth(tema().px(M.login_ancho))
        self.motivo = TextField(largo=200)
        self.form = Form({"motivo": Field("&Motivo", self.motivo)})
        self.efecto = Note("", "info")
        self.boton = Button("Unir", "primary", icono="check", tecla="Enter")
        self.cambio = Button("&Intercambiar", "normal", icono="refresh")
        self._celdas: list[tuple[Label, Label, Label]] = []
        self._componer()
        self.boton.clicked.connect(self._enviar)
        self.cambio.clicked.connect(self.intercambiar)
        self._escribir()
        (self.motivo if self.puede else self.cambio).setFocus()

    def _componer(self) -> None:
        self.caja.addWidget(Label("¿Son la misma persona?", "heading"))
        hoja, tabla = Card(clase="inset"), QGridLayout()
        tabla.setHorizontalSpacing(tema().px(M.l))
        tabla.setVerticalSpacing(tema().px(M.s))
        titulos = ("Dato", "Se conserva", "Se une") if self.puede else ("Dato", "Un registro", "El otro")
        for n, titulo in enumerate(titulos):
            tabla.addWidget(Label(titulo, "header", "muted"), 0, n)
            tabla.setColumnStretch(n, int(n > 0))
        for n, _ in enumerate(filas(self.queda, self.une), 1):
            celdas = (Label("", "caption", "muted"), Label().en_parrafo(), Label().en_parrafo())
            self._celdas.append(celdas)
            for m, celda in enumerate(celdas):
                tabla.addWidget(celda, n, m, Qt.AlignmentFlag.AlignTop)
        hoja.caja.addLayout(tabla)
        self.caja.addWidget(hoja)
        if not self.puede:
            self.form.hide()
            self.caja.addWidget(Note("Si son la misma persona, pida a su supervisor que las una.", "info"))
            self.botones(None, cancelar="Volver")
            return
        self.caja.addWidget(self.efecto)
        self.caja.addWidget(self.form)
        self.botones(self.boton, self.cambio)

    def _escribir(self) -> None:
        for celdas, (nombre, uno, otro) in zip(self._celdas, filas(self.queda, self.une), strict=True):
            for celda, texto in zip(celdas, (nombre, uno, otro), strict=True):
                celda.setText(texto)
            for celda in celdas[1:]:
                celda.poner_tono("text" if uno != otro else "muted")
        self.efecto.poner(
            f"Desde ahora lo de «{self.une.persona.nombre}» se ve en el expediente de "
            f"«{self.queda.persona.nombre}». Ninguna cuenta ni recibo cambia, y se puede deshacer.",
            "info",
        )

    def intercambiar(self) -> None:
        """Let the other record be the one that stays."""
        self.queda, self.une = self.une, self.queda
        self._escribir()

    def _enviar(self) -> None:
        if self.form.exigir("motivo"):
            orden = service.Union(self.queda.persona.id, self.une.persona.id, self.motivo.valor())
            self.mandar(service.unir, orden, "Uniendo…")
