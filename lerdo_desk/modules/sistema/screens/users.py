"""The page of the people who use the program: who they are, and new accounts with a temporary phrase."""

import re
from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QWidget

from lerdo_desk.base.entrada import texto
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.core import frases, usuarios
from lerdo_desk.core.instalacion import verificador_para
from lerdo_desk.core.permisos import PERFILES
from lerdo_desk.core.use_cases import Runner
from lerdo_desk.modules.sistema import service
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.buttons import Button
from lerdo_desk.ui.cards import Card, columna, fila
from lerdo_desk.ui.columns import Column, Fila
from lerdo_desk.ui.dialogs import Dialog
from lerdo_desk.ui.form import Field, Form, TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Page, Servicios
from lerdo_desk.ui.table import Table, TableFooter
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_LOGIN = re.compile(r"[a-z][a-z0-9._]{2,29}", re.ASCII)
_ACTIVO, _BLOQUEADO = "Activo", "Bloqueado"
_COLUMNAS = (
    Column("login", "Usuario", ancho=200, peso="medium"),
    Column("nombre", "Nombre", estira=True),
    Column("perfil", "Perfil", ancho=160),
    Column(
        "activo",
        "Estado",
        ancho=150,
        tono=lambda fila: "ok" if fila[3] == _ACTIVO else "muted",
        icono=lambda fila: "circle-check" if fila[3] == _ACTIVO else "ban",
    ),
)


def _fila(usuario: usuarios.Fila) -> Fila:
    estado = _ACTIVO if usuario.activo else _BLOQUEADO
    return usuario.login, usuario.nombre, usuario.perfil.capitalize(), estado


def login_valido(escrito: str) -> str:
    """Give a login in small letters, as PostgreSQL will take it; ErrorDeUso beside its field otherwise."""
    login = escrito.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise ErrorDeUso(
            "Use de 3 a 30 minúsculas, números, puntos o guiones bajos; empiece con una letra.", "login"
        )
    return login


class PhraseDialog(Dialog):
    """Shows a temporary phrase, once, with a button that copies it."""

    def __init__(self, login: str, frase: str, aviso: str, parent: QWidget) -> None:
        super().__init__("Frase temporal", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.frase = Label(frase, "heading")
        self.frase.setWordWrap(True)
        self.frase.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.frase.setAccessibleName(f"Frase temporal de {login}: {frase}")
        fondo = Card(clase="inset")
        fondo.caja.addWidget(Label(f"Frase temporal de {login}", "caption", "muted"))
        fondo.caja.addWidget(self.frase)
        explicacion = (
            "Entréguela sólo a esa persona: no se vuelve a mostrar. Sirve durante "
            f"{usuarios.HORAS_TEMPORAL} horas y se cambia al entrar por primera vez."
        )
        self.copiar = Button("&Copiar", icono="key")
        self.copiar.clicked.connect(self._copiar)
        listo = Button("Ya la entregué", "primary")
        listo.setAutoDefault(False)
        listo.clicked.connect(self.accept)
        self.caja.addWidget(Label("Cuenta dada de alta", "heading"))
        if aviso:
            self.caja.addWidget(Note(aviso, "warn"))
        self.caja.addWidget(fondo)
        self.caja.addWidget(Label(explicacion, "body").en_parrafo())
        self.caja.addLayout(fila(self.copiar, 1, listo, separacion=M.m))
        self.copiar.setFocus()

    def reject(self) -> None:
        """Stay: a stray Esc or Enter must not take away what is shown only once."""

    def _copiar(self) -> None:
        QGuiApplication.clipboard().setText(self.frase.text())
        self.copiar.poner("Copiada")


class NewUserDialog(Dialog):
    """Asks login, full name and perfil of a new person; ``frase`` is the one that was given to them.

    After a failure that may have come before or after the commit, the same account is sent again with the
    same phrase: otherwise an account could remain whose phrase nobody knows.
    """

    def __init__(self, servicios: Servicios, parent: QWidget) -> None:
        super().__init__("Dar de alta", parent)
        self._servicios = servicios
        self._enviada: usuarios.Alta | None = None
        self._dudosa = False
        self.frase, self.aviso, self.login = "", "", ""
        self._usuario, self._nombre, self._perfil = TextField(largo=30), TextField(largo=200), QComboBox()
        for perfil in PERFILES:
            self._perfil.addItem(perfil.capitalize(), perfil)
        ayuda = "Con él entra al programa; no se puede cambiar. Por ejemplo: maria.ontiveros"
        self.form = Form(
            {
                "login": Field("&Usuario", self._usuario, ayuda=ayuda),
                "nombre": Field("&Nombre completo", self._nombre),
                "perfil": Field("&Perfil", self._perfil),
            }
        )
        self.boton = Button("Dar de alta", "primary", tecla="Enter")
        self.boton.clicked.connect(self._enviar)
        self.caja.addWidget(Label("Dar de alta a una persona", "heading"))
        self.caja.addWidget(self.form)
        self.botones(self.boton)
        self._usuario.setFocus()

    def event(self, event: QEvent) -> bool:
        """Keep the height of the content when an error appears or goes."""
        hecho = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            alto = max(self.caja.totalHeightForWidth(self.width()), self.caja.totalMinimumSize().height())
            self.resize(self.width(), alto)
        return hecho

    def _enviar(self) -> None:
        """Make phrase and verifier off the GUI thread, then create the account."""
        self.form.limpiar()
        if not self.form.exigir("login", "nombre"):
            return
        try:
            login = login_valido(self._usuario.valor())
            nombre = texto(self._nombre.valor(), campo="nombre")
        except ErrorDeUso as error:
            self.form.mostrar_error(error)
            return
        perfil, self.login = str(self._perfil.currentData()), login
        self._ocupar(True)
        antes = self._enviada
        if antes is not None and (antes.login, antes.nombre, antes.perfil) == (login, nombre, perfil):
            self._dar_de_alta(antes.verificador)
            return
        self.frase, self._dudosa = frases.frase_nueva(), False
        motor = cast(Runner, self._servicios.runner).motor
        self._enviada = usuarios.Alta(login, nombre, perfil, "")
        trabajo = partial(verificador_para, motor, login, self.frase)
        self._servicios.jobs.hacer(trabajo, self._dar_de_alta, self._fallo)

    def _dar_de_alta(self, verificador: str) -> None:
        if self._enviada is None:
            return
        enviada = self._enviada
        self._enviada = usuarios.Alta(enviada.login, enviada.nombre, enviada.perfil, verificador)
        self._servicios.jobs.escribir(service.dar_de_alta, self._enviada, self._listo, self._fallo)

    def _listo(self, _login: str) -> None:
        self._ocupar(False)
        self.accept()

    def _fallo(self, error: Exception) -> None:
        self._ocupar(False)
        if not isinstance(error, ErrorDeUso):
            self._dudosa = self._enviada is not None and bool(self._enviada.verificador)
            if not self._dudosa:
                self._enviada = None
            self.form.mostrar_error(ErrorDeUso(explicar(error).frase))
            return
        if self._dudosa and "ya existe" in error.mensaje:
            self.aviso = (
                "La cuenta ya existía al reintentar. Si nadie más la dio de alta, ésta es su frase; "
                "si no sirve, use otro nombre de usuario."
            )
            self.accept()
            return
        self._enviada, self._dudosa = None, False
        junto_a = error.campo or ("login" if "usuario" in error.mensaje else None)
        self.form.mostrar_error(ErrorDeUso(error.mensaje, junto_a))

    def _ocupar(self, si: bool) -> None:
        self.form.setEnabled(not si)
        if si:
            self.boton.ocupar("Guardando…")
        else:
            self.boton.desocupar()

    def reject(self) -> None:
        """Go back, unless the account is being written."""
        if self.form.isEnabled():
            super().reject()


class UsersPage(Page):
    """Lists the accounts; whoever may, creates new ones."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios = servicios
        self.acciones: ActionSet = ActionSet(
            self,
            servicios.runner,
            (
                Action("alta", "Dar de alta", "plus", "F12", service.dar_de_alta, self.dar_de_alta),
                Action("actualizar", "Actualizar", "refresh", "F5", service.listar, self.leer),
            ),
        )
        self.tabla = Table(_COLUMNAS, nombre="Usuarios")
        self.pie, self.nota = TableFooter(), Note("", "bad")
        self.alta: NewUserDialog | None = None
        self.entrega: PhraseDialog | None = None
        titulos = columna(
            Label("Usuarios", "title"),
            Label("Cada persona entra con su propio usuario y su propia contraseña.", "caption", "muted"),
            separacion=0,
        )
        arriba = fila(separacion=M.m)
        arriba.addLayout(titulos, 1)
        arriba.addWidget(self.acciones.boton("alta", "primary"))
        margen = tema().px(M.l)
        arriba.setContentsMargins(margen, tema().px(M.m), margen, tema().px(M.m))
        tarjeta = Card(pegada=True)
        tarjeta.caja.addLayout(arriba)
        for parte, peso in ((self.nota, 0), (self.tabla, 1), (self.pie, 0)):
            tarjeta.caja.addWidget(parte, peso)
        self.setLayout(columna(tarjeta, margen=M.l))
        servicios.jobs.tocadas.connect(self._tocadas)

    def al_entrar(self) -> None:
        """Read the list, with the focus on it."""
        self.tabla.setFocus(Qt.FocusReason.OtherFocusReason)
        self.leer()

    def leer(self) -> None:
        """Ask for the accounts again."""
        self._servicios.jobs.leer(
            service.listar, service.Nada(), self._mostrar, self._fallo, clave="sistema.usuarios"
        )

    def _mostrar(self, filas: tuple[usuarios.Fila, ...]) -> None:
        actual = self.tabla.actual()
        self.nota.poner("", "bad")
        self.tabla.poner([_fila(f) for f in filas])
        activos = sum(f.activo for f in filas)
        self.pie.poner(f"{len(filas)} usuario{'' if len(filas) == 1 else 's'}, {activos} con acceso")
        logins = [f.login for f in filas]
        if filas:
            self.tabla.elegir(logins.index(actual[0]) if actual and actual[0] in logins else 0)

    def _fallo(self, error: Exception) -> None:
        self.nota.poner(explicar(error).frase, "bad")

    def _tocadas(self, tablas: frozenset[str]) -> None:
        if usuarios.Usuario.__tablename__ in tablas:
            self.leer()

    def dar_de_alta(self) -> None:
        """Ask who the new person is."""
        self.alta = NewUserDialog(self._servicios, self)
        self.alta.accepted.connect(self._entregar)
        self.alta.open()

    def _entregar(self) -> None:
        """Show the phrase, and forget it."""
        if self.alta is None:
            return
        self.entrega = PhraseDialog(self.alta.login, self.alta.frase, self.alta.aviso, self)
        self.alta.deleteLater()
        self.alta = None
        self.leer()
        self.entrega.open()
