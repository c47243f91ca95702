"""The forms of the first start and the frozen orders that they give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QProgressBar, QWidget

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Card, columna, fila
from lerdo_desk.ui.form import ErrorLine, Field, IntField, PhraseField, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import explicar
from lerdo_desk.ui.progress import frase_de_avance
from lerdo_desk.ui.segmented import Segmented
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

PUERTO = 5432  # PostgreSQL's registered port
CUENTAS = 3000


@dataclass(frozen=True)
class DatosServidor:
    """Where the municipality's server is and what this station is called."""

    servidor: str
    puerto: int
    base: str
    estacion: str
    caja: str | None


@dataclass(frozen=True)
class DatosPractica:
    """A training database of so many accounts."""

    cuentas: int


@dataclass(frozen=True)
class DatosInstalacion:
    """A new database: which municipality, where, its first administrator; repr hides the password."""

    municipio: str
    local: bool
    url: str
    superusuario: str
    usuario: str
    nombre: str
    contrasena: str = field(default="", repr=False)


class StartForm(QWidget):
    """A form of the first start: title, explanation, fields, error, bar and buttons."""

    volver = Signal()
    enviado = Signal(object)

    def __init__(self, titulo: str, frase: str, verbo: str, campos: Mapping[str, Field]) -> None:
        """``verbo`` is the text of the primary button; ``campos`` by the name that errors carry."""
        super().__init__()
        self.campos = dict(campos)
        self._error = ErrorLine()
        self._barra, self._avance = QProgressBar(), Label("", "caption", "muted")
        self._barra.setTextVisible(False)
        self._barra.setAccessibleName("Avance")
        self._boton, self._atras = (
            Button(verbo, "primary", grande=True),
            Button("Volver", "ghost", tecla="Esc"),
        )
        self.cuadricula = QGridLayout()
        self.cuadricula.setHorizontalSpacing(tema().px(M.l))
        self.cuadricula.setVerticalSpacing(tema().px(M.m))
        tarjeta = Card()
        tarjeta.caja.setContentsMargins(*(tema().px(M.xl),) * 4)
        tarjeta.caja.addLayout(self.cuadricula)
        intro = columna(Label(titulo, "heading"), Label(frase, "body", "muted").en_parrafo(), separacion=M.xs)
        caja = columna(separacion=M.m)
        caja.addLayout(intro)
        caja.addWidget(tarjeta)
        for parte in (self._error, self._avance, self._barra):
            caja.addWidget(parte)
        caja.addStretch(1)
        caja.addLayout(fila(1, self._atras, self._boton, separacion=M.m))
        margen = tema().px(M.xxl)
        caja.setContentsMargins(margen, tema().px(M.xl), margen, tema().px(M.xl))
        self.setLayout(caja)
        self._reposar()
        self._boton.clicked.connect(self._enviar)
        self._atras.clicked.connect(self.volver)
        for campo in self.campos.values():
            if isinstance(campo.control, TextField):
                campo.control.enter.connect(self._enviar)

    def orden(self) -> object:
        """Give the order that the fields say; raises ErrorDeUso with the field's name."""
        raise NotImplementedError

    def enfocar(self) -> None:
        """Put the focus on the first field, or on the button where there is none."""
        primero = next((c.control for c in self.campos.values() if c.isVisibleTo(self)), self._boton)
        primero.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: Any) -> None:  # noqa: ANN401 — Qt's
        """Go back with Esc, unless work is under way."""
        if event.key() == Qt.Key.Key_Escape and self._atras.isEnabled():
            self.volver.emit()
        else:
            super().keyPressEvent(event)

    def ocupar(self, si: bool) -> None:
        """Show that work is under way: the button waits and a bar runs."""
        if not si:
            self._reposar()
            return
        self._limpiar()
        self._boton.ocupar("Trabajando…")
        self._atras.setEnabled(False)
        self._barra.setRange(0, 0)
        self._barra.show()

    def avanzar(self, progreso: Any) -> None:  # noqa: ANN401 — core's Progress, which ui may not import
        """Show how far the work is."""
        self._barra.setRange(0, int(progreso.total))
        self._barra.setValue(int(progreso.done))
        self._avance.setText(frase_de_avance(str(progreso.text), int(progreso.done), int(progreso.total), 0))
        self._avance.show()

    def fallar(self, error: Exception) -> None:
        """Say what went wrong beside its field, or below the form; nothing typed is touched."""
        self._reposar()
        self._limpiar()
        frase, campo = explicar(error).frase, self.campos.get(str(getattr(error, "campo", "") or ""))
        if campo is None:
            self._error.poner(frase)
            return
        campo.mostrar_error(frase)
        campo.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def error(self) -> str:
        """Give the error shown below the form, or an empty text."""
        return self._error.texto()

    def exigir(self, clave: str, falta: str) -> str:
        """Give the text of a field; ErrorDeUso with ``falta`` when it is empty."""
        control = self.campos[clave].control
        texto = control.valor() if isinstance(control, TextField) else ""
        if not texto:
            raise ErrorDeUso(falta, clave)
        return str(texto)

    def _enviar(self) -> None:
        if not self._boton.isEnabled():
            return
        self._limpiar()
        try:
            orden = self.orden()
        except ErrorDeUso as error:
            self.fallar(error)
            return
        self.enviado.emit(orden)

    def _limpiar(self) -> None:
        self._error.poner("")
        for campo in self.campos.values():
            campo.quitar_error()

    def _reposar(self) -> None:
        self._boton.desocupar()
        self._atras.setEnabled(True)
        self._barra.hide()
        self._avance.hide()


class FormularioServidor(StartForm):
    """Connect this station to the municipality's server."""

    def __init__(self) -> None:
        campos = {
            "servidor": Field(
                "&Servidor", TextField(largo=253), ayuda="Nombre o dirección que le dio Sistemas."
            ),
            "puerto": Field("&Puerto", IntField(PUERTO, campo="puerto", digitos=5)),
            "base": Field("&Base de datos", TextField(largo=63)),
            "estacion": Field(
                "Nombre de este &equipo", TextField(largo=40), ayuda="Así aparece en la bitácora."
            ),
            "caja": Field("&Caja (si cobra)", TextField(largo=20), ayuda="Déjela vacía si aquí no se cobra."),
        }
        frase = "Los datos de la conexión los da Sistemas. La contraseña se pide al entrar y no se guarda."
        super().__init__("Conectarme al servidor del municipio", frase, "Conectar", campos)
        lugares = {
            "servidor": (0, 0, 4),
            "puerto": (0, 4, 2),
            "base": (1, 0, 6),
            "estacion": (2, 0, 3),
            "caja": (2, 3, 3),
        }
        for clave, (renglon, lugar, ancho) in lugares.items():
            self.cuadricula.addWidget(campos[clave], renglon, lugar, 1, ancho, Qt.AlignmentFlag.AlignTop)

    def orden(self) -> DatosServidor:
        """Give where to connect."""
        servidor = self.exigir("servidor", "Escriba el nombre o la dirección del servidor.")
        if any(signo in servidor for signo in " /@?#"):
            raise ErrorDeUso(
                "Escriba solo el nombre del servidor, sin espacios, diagonales ni usuario.", "servidor"
            )
        puerto = int(self.exigir("puerto", "Escriba el puerto; casi siempre es 5432."))
        if not 1 <= puerto <= 65535:
            raise ErrorDeUso("El puerto va de 1 a 65535; casi siempre es 5432.", "puerto")
        base = self.exigir("base", "Escriba el nombre de la base de datos.")
        estacion = self.exigir("estacion", "Escriba un nombre para este equipo, por ejemplo ventanilla-3.")
        caja = str(getattr(self.campos["caja"].control, "text", str)()).strip()
        return DatosServidor(servidor, puerto, base, estacion, caja or None)


class FormularioPractica(StartForm):
    """Make a training database on this machine."""

    def __init__(self) -> None:
        campos = {
            "cuentas": Field("&Cuentas prediales inventadas", IntField(CUENTAS, campo="cuentas", digitos=6))
        }
        frase = "Se crea un municipio con contribuyentes inventados; nadie es real. Tarda unos segundos."
        super().__init__("Practicar con datos ficticios", frase, "Crear y practicar", campos)
        aviso = Label(
            "Al terminar verá los usuarios de práctica con su contraseña en la pantalla de inicio de sesión. "
            "Todo lleva la marca CAPACITACIÓN.",
            "body",
        ).en_parrafo()
        self.cuadricula.addWidget(campos["cuentas"], 0, 0)
        self.cuadricula.addWidget(aviso, 1, 0, 1, 3)
        self.cuadricula.setColumnStretch(1, 2)

    def orden(self) -> DatosPractica:
        """Give how many accounts to invent."""
        cuentas = int(self.exigir("cuentas", "Escriba cuántas cuentas inventar, por ejemplo 3000."))
        if not 10 <= cuentas <= 200_000:
            raise ErrorDeUso("Escriba entre 10 y 200,000 cuentas.", "cuentas")
        return DatosPractica(cuentas)


class FormularioInstalacion(StartForm):
    """Make the database of a municipality, here or on its server."""

    def __init__(self, municipios: Sequence[tuple[str, str]]) -> None:
        self._elegir = QComboBox()
        for clave, nombre in municipios:
            self._elegir.addItem(nombre, clave)
        self._donde = Segmented("Dónde", [("local", "En este equipo"), ("servidor", "En un servidor")])
        campos = {
            "municipio": Field("&Municipio", self._elegir),
            "url": Field("&Dirección de la base", TextField("postgresql://", largo=300)),
            "superusuario": Field("&Superusuario de PostgreSQL", TextField("postgres", largo=63)),
            "contrasena": Field(
                "C&ontraseña del superusuario", PhraseField(), ayuda="Se usa una vez; no se guarda."
            ),
            "usuario": Field(
                "&Usuario del primer administrador", TextField(largo=63), ayuda="Por ejemplo: r.salas"
            ),
            "nombre": Field("Su &nombre completo", TextField(largo=120)),
        }
        frase = "Al terminar se muestra una sola vez la contraseña temporal del primer administrador."
        super().__init__("Instalar", frase, "Instalar", campos)
        donde = columna(Label("Dónde quedará la base", "label"), self._donde, 1, separacion=M.xs)
        self.cuadricula.addWidget(campos["municipio"], 0, 0, Qt.AlignmentFlag.AlignTop)
        self.cuadricula.addLayout(donde, 0, 1)
        self.cuadricula.addWidget(campos["url"], 1, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
        pares = (("superusuario", 2, 0), ("contrasena", 2, 1), ("usuario", 3, 0), ("nombre", 3, 1))
        for clave, renglon, lugar in pares:
            self.cuadricula.addWidget(campos[clave], renglon, lugar, Qt.AlignmentFlag.AlignTop)
        for lugar in (0, 1):
            self.cuadricula.setColumnStretch(lugar, 1)
        self._donde.elegido.connect(self._mudar)
        self._mudar(self._donde.clave())

    def elegir_lugar(self, clave: str) -> None:
        """Choose ``local`` or ``servidor``."""
        self._donde.elegir(clave)

    def _mudar(self, clave: str) -> None:
        for campo in ("url", "superusuario", "contrasena"):
            self.campos[campo].setVisible(clave == "servidor")

    def orden(self) -> DatosInstalacion:
        """Give what to install and where."""
        local = self._donde.clave() == "local"
        municipio = self._elegir.currentData()
        if municipio is None:
            raise ErrorDeUso(
                "No hay carpetas de municipio en este equipo; pida a Sistemas que las instale.", "municipio"
            )
        url = superusuario = contrasena = ""
        if not local:
            url = self.exigir("url", "Escriba la dirección de la base.")
            superusuario = self.exigir("superusuario", "Escriba el superusuario; casi siempre es postgres.")
            contrasena = str(getattr(self.campos["contrasena"].control, "text", str)())
            if not url.removeprefix("postgresql://").strip("/"):
                raise ErrorDeUso("Escriba la dirección así: postgresql://servidor:5432/base.", "url")
        usuario = self.exigir("usuario", "Escriba el usuario del primer administrador.")
        nombre = self.exigir("nombre", "Escriba el nombre completo del primer administrador.")
        return DatosInstalacion(str(municipio), local, url, superusuario, usuario, nombre, contrasena)
