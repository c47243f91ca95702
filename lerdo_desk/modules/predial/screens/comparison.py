"""Dato, Ahora and Propuesto: the data that a movement changes, beside what the account says."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QGridLayout, QWidget

from lerdo_desk.modules.predial import service
from lerdo_desk.ui.cards import columna
from lerdo_desk.ui.fields import ErrorLine, TextField
from lerdo_desk.ui.labels import Label, repintar
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_ROTULO, _AHORA, _PROPUESTO = 0, 1, 2


class Comparison(QWidget):
    """The rows of one movement; ``valores()`` is what is proposed, as typed."""

    cambio = Signal()

    def __init__(self, forma: service.Forma) -> None:
        super().__init__()
        self._ahora, self._opciones = dict(forma.ahora), dict(forma.opciones)
        self.controles: dict[str, TextField | QComboBox] = {}
        self._errores: dict[str, ErrorLine] = {}
        self._rejilla = QGridLayout()
        self._rejilla.setContentsMargins(0, 0, 0, 0)
        self._rejilla.setHorizontalSpacing(tema().px(M.l))
        self._rejilla.setVerticalSpacing(tema().px(M.s))
        self._rejilla.setColumnStretch(_PROPUESTO, 2)
        self._con_ahora = bool(forma.ahora) and any(valor for _, valor in forma.ahora)
        if self._con_ahora:
            self._rejilla.setColumnStretch(_AHORA, 1)
        for lugar, titulo in ((_ROTULO, "Dato"), (_AHORA, "Ahora"), (_PROPUESTO, "Propuesto")):
            if lugar != _AHORA or self._con_ahora:
                self._rejilla.addWidget(Label(titulo, "header", "muted"), 0, lugar)
        for numero, campo in enumerate(forma.movimiento.campos, 1):
            self._fila(numero, campo, forma.movimiento.deja)
        self.setLayout(self._rejilla)

    def _fila(self, numero: int, campo: service.Campo, deja: str) -> None:
        ahora = self._ahora.get(campo.clave, "")
        rotulo = Label(campo.rotulo, "label")
        rotulo.setMinimumHeight(alto := tema().px(M.control))
        self._rejilla.addWidget(rotulo, numero, _ROTULO, Qt.AlignmentFlag.AlignTop)
        if self._con_ahora:
            viejo = Label(ahora or "–", "body", "muted").en_parrafo()
            viejo.setAccessibleName(f"{campo.rotulo} ahora: {ahora or 'sin dato'}")
            viejo.setMinimumHeight(alto)
            self._rejilla.addWidget(viejo, numero, _AHORA, Qt.AlignmentFlag.AlignTop)
        if campo.tipo == "estado":
            queda = Label(dict(service.ESTADOS)[deja], "name")
            queda.setMinimumHeight(alto)
            self._rejilla.addWidget(queda, numero, _PROPUESTO, Qt.AlignmentFlag.AlignTop)
            return
        control = self._control(campo, ahora)
        control.setAccessibleName(campo.rotulo)
        control.setAccessibleDescription(campo.ayuda)
        rotulo.setBuddy(control)
        self.controles[campo.clave], self._errores[campo.clave] = control, ErrorLine()
        partes: list[QWidget] = [control, self._errores[campo.clave]]
        if campo.ayuda:
            partes.insert(1, Label(campo.ayuda, "caption", "muted").en_parrafo())
        caja = QWidget()
        caja.setLayout(columna(*partes, separacion=M.xs))
        self._rejilla.addWidget(caja, numero, _PROPUESTO)

    def _control(self, campo: service.Campo, ahora: str) -> TextField | QComboBox:
        """Give what is typed in: a choice of what the law names, or text that begins with what is now."""
        opciones = self._opciones.get(campo.clave, ())
        if campo.clave == "tipo":
            lista = QComboBox()
            lista.addItems(list(dict.fromkeys((*filter(None, (ahora,)), *opciones))))
            lista.setCurrentIndex(0)
            lista.view().setAccessibleName(campo.rotulo)
            lista.currentIndexChanged.connect(lambda _n: self._cambio(campo.clave))
            return lista
        texto = TextField(ahora, largo=campo.largo)
        texto.textChanged.connect(lambda _t: self._cambio(campo.clave))
        if opciones:
            completa = QCompleter(list(opciones), texto)
            completa.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            asomo = completa.popup()
            if asomo is not None:
                asomo.setAccessibleName(f"Opciones de {campo.rotulo.lower()}")
            texto.setCompleter(completa)
        return texto

    def _cambio(self, clave: str) -> None:
        self._decir(clave, "")
        self.cambio.emit()

    def valores(self) -> dict[str, str]:
        """Give what is proposed, by key, as typed."""
        return {
            clave: c.currentText() if isinstance(c, QComboBox) else c.valor()
            for clave, c in self.controles.items()
        }

    def poner(self, valores: Mapping[str, str]) -> None:
        """Write what a draft kept, as far as the form still asks for it."""
        for clave, valor in valores.items():
            control = self.controles.get(clave)
            if isinstance(control, QComboBox):
                control.setCurrentIndex(max(0, control.findText(valor)))
            elif control is not None:
                control.setText(valor)

    def enfocar(self) -> bool:
        """Put the focus on the first datum; False where none can be written."""
        for control in self.controles.values():
            control.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def mostrar_error(self, clave: str, texto: str) -> bool:
        """Say what is wrong beside a datum, with the focus there; False when it has no such one."""
        if clave not in self.controles:
            return False
        self._decir(clave, texto)
        self.controles[clave].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def limpiar(self) -> None:
        """Take all errors away."""
        for clave in self.controles:
            self._decir(clave, "")

    def _decir(self, clave: str, texto: str) -> None:
        control, linea = self.controles[clave], self._errores.get(clave)
        if linea is None or linea.texto() == texto:
            return
        linea.poner(texto)
        control.setProperty("error", "true" if texto else "false")
        control.setAccessibleDescription(texto)
        repintar(control)
