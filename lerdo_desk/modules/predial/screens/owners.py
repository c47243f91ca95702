"""The owners that a movement proposes: a row each, the shares added up while they are typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.modules.predial import service
from lerdo_desk.ui.buttons import Button, IconButton
from lerdo_desk.ui.cards import columna, fila
from lerdo_desk.ui.fields import TextField
from lerdo_desk.ui.labels import Label
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_ANCHOS = (0, 168, 208, 96)
_TITULOS = ("Nombre completo", "RFC", "CURP", "Porcentaje")
_LARGOS = (200, 13, 18, 9)


class _Dueno(QWidget):
    """One owner: of who is on record already only the share can be written."""

    cambio = Signal()
    fuera = Signal(object)

    def __init__(self, dueno: service.PropietarioPropuesto) -> None:
        super().__init__()
        self._id = dueno.contribuyente_id
        textos = (dueno.nombre, dueno.rfc, dueno.curp, dueno.participacion)
        self.campos = [TextField(t, largo=largo) for t, largo in zip(textos, _LARGOS, strict=True)]
        self.campos[-1].setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.quitar = IconButton("x", "Quitar propietario")
        self.quitar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.quitar.clicked.connect(lambda: self.fuera.emit(self))
        caja = fila(separacion=M.s)
        for campo, ancho in zip(self.campos, _ANCHOS, strict=True):
            campo.textChanged.connect(self.cambio)
            if ancho:
                campo.setFixedWidth(tema().px(ancho))
            caja.addWidget(campo, 0 if ancho else 1)
        caja.addWidget(self.quitar)
        self.setLayout(caja)
        for campo in self.campos[:-1]:
            campo.setEnabled(self._id is None)

    def numerar(self, numero: int) -> None:
        """Name its fields by its place."""
        for campo, titulo in zip(self.campos, _TITULOS, strict=True):
            campo.setAccessibleName(f"{titulo} del propietario {numero}")
        self.quitar.renombrar(f"Quitar al propietario {numero}")

    def valor(self) -> service.PropietarioPropuesto:
        """Give the owner as typed."""
        nombre, rfc, curp, parte = (campo.valor() for campo in self.campos)
        return service.PropietarioPropuesto(nombre, rfc, curp, parte, self._id)


class OwnersEditor(QWidget):
    """Rows of owners, and what their shares add up to."""

    cambio = Signal()

    def __init__(self, ahora: Sequence[service.PropietarioPropuesto] = ()) -> None:
        """``ahora``: who owns the property as the padrón says it."""
        super().__init__()
        self._duenos: list[_Dueno] = []
        quienes = "; ".join(f"{d.nombre} · {d.participacion or '–'} %" for d in ahora)
        titulos = fila(separacion=M.s)
        for titulo, ancho in zip(_TITULOS, _ANCHOS, strict=True):
            rotulo = Label(titulo, "label")
            if ancho:
                rotulo.setFixedWidth(tema().px(ancho))
            titulos.addWidget(rotulo, 0 if ancho else 1)
        titulos.addSpacing(tema().px(M.control + M.s))
        self._filas: QVBoxLayout = columna(separacion=M.s)
        self.suma = Label("", "label", "muted")
        self.agregar = Button("A&gregar propietario", "ghost", icono="plus")
        self.agregar.clicked.connect(self._otro)
        caja = columna(separacion=M.s)
        caja.addWidget(Label("Propietarios propuestos", "title"))
        if quienes:
            caja.addWidget(Label(f"Ahora: {quienes}", "body", "muted").en_parrafo())
        caja.addLayout(titulos)
        caja.addLayout(self._filas)
        caja.addLayout(fila(self.agregar, 1, self.suma))
        self.setLayout(caja)

    def poner(self, duenos: Sequence[service.PropietarioPropuesto]) -> None:
        """Show other owners; an empty row where there is none."""
        for viejo in list(self._duenos):
            self._sacar(viejo)
        for dueno in duenos or (service.PropietarioPropuesto("", participacion="100"),):
            self._poner(dueno)
        self._sumar()

    def valores(self) -> tuple[service.PropietarioPropuesto, ...]:
        """Give the owners as typed."""
        return tuple(d.valor() for d in self._duenos)

    def filas(self) -> int:
        """Count the rows."""
        return len(self._duenos)

    def campo(self, numero: int, cual: int) -> TextField:
        """Give a field of a row, both from 0: name, RFC, CURP, share."""
        return self._duenos[numero].campos[cual]

    def _otro(self) -> None:
        """Add an empty row, with the focus on its name."""
        self._poner(service.PropietarioPropuesto("")).campos[0].setFocus()

    def _poner(self, dueno: service.PropietarioPropuesto) -> _Dueno:
        nuevo = _Dueno(dueno)
        nuevo.cambio.connect(self._sumar)
        nuevo.fuera.connect(self._quitar)
        self._duenos.append(nuevo)
        self._filas.addWidget(nuevo)
        self._sumar()
        return nuevo

    def _quitar(self, dueno: _Dueno) -> None:
        self._sacar(dueno)
        self._sumar()
        (self._duenos[-1].campos[-1] if self._duenos else self.agregar).setFocus()

    def _sacar(self, dueno: _Dueno) -> None:
        self._duenos.remove(dueno)
        self._filas.removeWidget(dueno)
        dueno.hide()
        dueno.deleteLater()

    def _sumar(self) -> None:
        """Tell what the shares add up to, in words where it is not a hundred."""
        suma = 0
        for numero, dueno in enumerate(self._duenos, 1):
            dueno.numerar(numero)
            try:
                suma += service.millonesimas(dueno.campos[-1].valor())
            except ErrorDeUso:
                continue
        exacta = suma == service.ENTERA
        dicho = service.porcentaje(suma) or "0.00"
        self.suma.setText(f"Suman {dicho} %" + ("" if exacta else "; deben sumar 100"))
        self.suma.poner_tono("ok" if exacta else "warn")
        self.cambio.emit()
