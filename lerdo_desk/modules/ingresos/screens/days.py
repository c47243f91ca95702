"""The page of the days: which are closed, what stops one and with whom, closing it and opening it again."""

from datetime import date

from PySide6.QtCore import Qt

from lerdo_desk.base.calendario import fecha_corta, hora_local
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda import cortes
from lerdo_desk.hacienda.dias import CERRADO, Dia, TurnoDelDia
from lerdo_desk.hacienda.modelos import Corte, Turno
from lerdo_desk.hacienda.modelos_ingresos import CorteEvento, DiaEvento
from lerdo_desk.modules.ingresos import service
from lerdo_desk.modules.ingresos.screens.reopen import ReopenDialog
from lerdo_desk.ui.actions import Action, ActionSet
from lerdo_desk.ui.cards import Card, columna, fila
from lerdo_desk.ui.columns import Column, Fila, TonoCelda
from lerdo_desk.ui.labels import ElidedLabel, Label
from lerdo_desk.ui.messages import Note, explicar
from lerdo_desk.ui.pages import Page, Servicios
from lerdo_desk.ui.table import Table, TableFooter
from lerdo_desk.ui.theme import tema
from lerdo_desk.ui.tokens import M

_MESES = (
    *("Enero", "Febrero", "Marzo", "Abril", "Mayo", "Junio", "Julio", "Agosto"),
    *("Septiembre", "Octubre", "Noviembre", "Diciembre"),
)
_SEMANA = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_CERRADO, _LISTO, _FALTA, _SIN_TURNOS = "Cerrado", "Listo para cerrar", "Falta", "Sin turnos"
_TOCAN = frozenset(t.__tablename__ for t in (DiaEvento, CorteEvento, Turno, Corte))

_PASO: dict[str, tuple[TonoCelda, str]] = {
    cortes.ABIERTO: ("bad", "alert-triangle"),
    cortes.CONTADO: ("bad", "alert-triangle"),
    cortes.SIN_VERIFICAR: ("warn", "clock"),
    cortes.VERIFICADO: ("ok", "circle-check"),
    cortes.ENTREGADO: ("ok", "circle-check"),
    cortes.RECIBIDO: ("ok", "circle-check"),
}


def estado_de(dia: Dia) -> str:
    """Say how a day stands in few words."""
    if dia.cerrado:
        return _CERRADO
    reabierto = " (reabierto)" if dia.estado else ""
    if dia.faltan:
        cuantos = len(dia.faltan)
        return (
            f"{_FALTA}{'' if cuantos == 1 else 'n'} {cuantos} turno{'' if cuantos == 1 else 's'}{reabierto}"
        )
    return f"{_LISTO if dia.turnos else _SIN_TURNOS}{reabierto}"


def _aspecto(fila_: Fila) -> tuple[TonoCelda, str]:
    dia: Dia = fila_[-1]
    if dia.cerrado:
        return "ok", "lock"
    if dia.faltan:
        return "warn", "alert-triangle"
    return ("info", "lock-open") if dia.turnos else ("muted", "lock-open")


_DIAS = (
    Column("dia", "Día", ancho=170, peso="medium"),
    Column("turnos", "Turnos", "entero", ancho=80),
    Column("estado", "Cómo está", estira=True, tono=lambda f: _aspecto(f)[0], icono=lambda f: _aspecto(f)[1]),
)
_TURNOS = (
    Column("caja", "Caja", ancho=240, peso="medium"),
    Column("cajero", "Cajero", estira=True),
    Column(
        "paso",
        "Cómo va",
        ancho=190,
        tono=lambda f: _PASO[f[-1].paso][0],
        icono=lambda f: _PASO[f[-1].paso][1],
    ),
)


class DaysPage(Page):
    """Lists the days of a month; F12 closes the chosen one, F7 and F8 change the month."""

    def __init__(self, servicios: Servicios) -> None:
        super().__init__()
        self._servicios = servicios
        self._visto: service.MesVisto | None = None
        self.dialogo: ReopenDialog | None = None
        self.acciones: ActionSet = ActionSet(
            self,
            servicios.runner,
            (
                Action("cerrar", "Cerrar el día", "lock", "F12", service.cerrar_dia, self.cerrar),
                Action("reabrir", "Reabrir", "lock-open", "F9", service.reabrir_dia, self.reabrir),
                Action("antes", "Mes anterior", "chevron-left", "F7", service.dias_del_mes, self.antes),
                Action(
                    "despues",
                    "Mes siguiente",
                    "chevron-right",
                    "F8",
                    service.dias_del_mes,
                    self.despues,
                ),
                Action("actualizar", "Actualizar", "refresh", "F5", service.dias_del_mes, self.leer),
            ),
        )
        self.mes = Label("", "title")
        self.tabla = Table(_DIAS, nombre="Días del mes")
        self.turnos = Table(_TURNOS, nombre="Turnos del día", nombre_de_fila=lambda f: f"{f[0]}, {f[1]}")
        self.titulo, self.nota, self.pie = ElidedLabel("", "title"), Note("", "info"), TableFooter()
        self._componer()
        self._conectar()
        self._encender()

    def _componer(self) -> None:
        margen, alto = tema().px(M.l), tema().px(M.m)
        arriba = fila(separacion=M.s)
        arriba.addWidget(self.mes, 1)
        for clave in ("antes", "despues"):
            arriba.addWidget(self.acciones.boton(clave, "ghost"))
        arriba.setContentsMargins(margen, alto, alto, alto)
        dias = Card(pegada=True)
        dias.caja.addLayout(arriba)
        dias.caja.addWidget(self.tabla, 1)
        dias.caja.addWidget(self.pie)
        cabeza = fila(separacion=M.m)
        cabeza.addWidget(self.titulo, 1)
        cabeza.addWidget(self.acciones.boton("reabrir"))
        cabeza.addWidget(self.acciones.boton("cerrar", "primary"))
        datos = columna(separacion=M.m)
        datos.addLayout(cabeza)
        datos.addWidget(self.nota)
        datos.setContentsMargins(margen, alto, margen, alto)
        detalle = Card(pegada=True)
        detalle.caja.addLayout(datos)
        detalle.caja.addWidget(self.turnos, 1)
        todo = fila(separacion=M.l, margen=tema().px(M.l))
        todo.addWidget(dias, 5)
        todo.addWidget(detalle, 7)
        self.setLayout(todo)

    def _conectar(self) -> None:
        self.tabla.elegida.connect(lambda _fila: self._detalle())
        self._servicios.jobs.tocadas.connect(self._tocadas)

    def al_entrar(self) -> None:
        """Read the month, with the focus on its days."""
        self.tabla.setFocus(Qt.FocusReason.OtherFocusReason)
        self.leer()

    def leer(self) -> None:
        """Read the month that is shown again."""
        if self._visto is None:
            self._pedir(service.DelMes())
        else:
            self._pedir(service.DelMes(self._visto.mes.anio, self._visto.mes.mes))

    def antes(self) -> None:
        """Show the month before."""
        self._mover(-1)

    def despues(self) -> None:
        """Show the month after, never beyond today's."""
        self._mover(1)

    def _mover(self, meses: int) -> None:
        if self._visto is not None:
            anio, mes = divmod(self._visto.mes.anio * 12 + self._visto.mes.mes - 1 + meses, 12)
            self._pedir(service.DelMes(anio, mes + 1))

    def _pedir(self, orden: service.DelMes) -> None:
        self._servicios.jobs.leer(
            service.dias_del_mes, orden, self._mostrar, self._fallo, clave="ingresos.dias"
        )

    def _mostrar(self, visto: service.MesVisto) -> None:
        """Show the newest day first, and stay on the chosen one."""
        antes = self._dia()
        self._visto, mes = visto, visto.mes
        self.mes.setText(f"{_MESES[mes.mes - 1]} de {mes.anio}")
        filas = [_fila(d) for d in reversed(mes.dias)]
        self.tabla.poner(filas)
        fechas = [f[-1].fecha for f in filas]
        if filas:
            se_quedo = antes is not None and antes.fecha in fechas
            self.tabla.elegir(fechas.index(antes.fecha) if antes is not None and se_quedo else 0)
        cerrados = sum(d.cerrado for d in mes.dias)
        self.pie.poner(f"{cerrados} de {len(mes.dias)} días cerrados")
        ultimo = (mes.anio, mes.mes) >= (visto.hoy.year, visto.hoy.month)
        self.acciones.habilitar("despues", not ultimo, "El mes siguiente todavía no llega")
        self._detalle()

    def _dia(self) -> Dia | None:
        actual = self.tabla.actual()
        return None if actual is None else actual[-1]

    def _detalle(self) -> None:
        """Show the turnos of the chosen day, and say what stops it."""
        dia = self._dia()
        self.titulo.poner("" if dia is None else _titulo(dia.fecha))
        self.turnos.poner([] if dia is None else [_fila_de_turno(t) for t in self._de(dia)])
        self._encender()

    def _de(self, dia: Dia) -> tuple[TurnoDelDia, ...]:
        """Give the turnos of a day, and those of days before it that stop it."""
        if self._visto is None or dia.cerrado:
            return dia.turnos
        suyos = {t.id for t in dia.turnos}
        viejos = tuple(t for t in self._visto.mes.estorban(dia.fecha) if t.id not in suyos)
        return (*viejos, *dia.turnos)

    def _encender(self) -> None:
        dia = self._dia()
        if dia is None or self._visto is None:
            self.nota.poner("", "info")
            self.acciones.habilitar("cerrar", False, "Elija un día")
            self.acciones.habilitar("reabrir", False, "Elija un día")
            return
        faltan = self._visto.mes.estorban(dia.fecha)
        motivo = (
            "Ya está cerrado" if dia.cerrado else "Falta verificar el corte de algún turno" if faltan else ""
        )
        self.acciones.habilitar("cerrar", not motivo, motivo)
        self.acciones.habilitar("reabrir", dia.cerrado, "El día no está cerrado")
        self._decir(dia, faltan)

    def _decir(self, dia: Dia, faltan: tuple[TurnoDelDia, ...]) -> None:
        """Say in words how a day stands: who closed it, or what is missing and who does it."""
        if dia.cuando is not None and self._visto is not None:
            cuando = hora_local(dia.cuando, self._visto.zona)
            hecho = f"{dia.quien} el {fecha_corta(cuando.date())} a las {cuando:%H:%M}"
        if dia.estado == CERRADO:
            self.nota.poner(f"Lo cerró {hecho}; ninguna caja abre ese día.", "ok")
        elif faltan:
            dichos = "; ".join(f"{t.caja}{_si_otro(t, dia)}: {t.falta()}" for t in faltan[:3])
            mas = len(faltan) - 3
            self.nota.poner(f"{dichos}{f'; y {mas} más' if mas > 0 else ''}.", "warn")
        elif dia.estado:
            self.nota.poner(f"Lo reabrió {hecho}: {dia.motivo}.", "warn")
        else:
            self.nota.poner(
                "Todo está verificado: ya se puede cerrar. Después ninguna caja abre ese día.", "info"
            )

    def cerrar(self) -> None:
        """Close the chosen day."""
        dia = self._dia()
        if dia is not None:
            self.acciones.habilitar("cerrar", False, "Cerrando…")
            fecha = dia.fecha
            self._servicios.jobs.escribir(
                service.cerrar_dia,
                service.CierreDeDia(fecha),
                lambda _n: self._cerrado(fecha),
                self._no_cerro,
            )

    def _cerrado(self, fecha: date) -> None:
        self._servicios.avisar(f"El {fecha_corta(fecha)} quedó cerrado.", "ok")
        self.leer()

    def _no_cerro(self, error: Exception) -> None:
        self.leer()
        if isinstance(error, ErrorDeUso):
            self._servicios.avisar(str(error), "warn")
        else:
            self._servicios.error(error)

    def reabrir(self) -> None:
        """Ask why the chosen day is opened again."""
        dia = self._dia()
        if dia is None:
            return
        self.dialogo = ReopenDialog(self._servicios, dia.fecha, self)
        self.dialogo.accepted.connect(self._reabierto)
        self.dialogo.open()

    def _reabierto(self) -> None:
        if self.dialogo is not None:
            self._servicios.avisar(f"El {fecha_corta(self.dialogo.fecha)} quedó reabierto.", "warn")
            self.dialogo.deleteLater()
            self.dialogo = None
        self.leer()

    def _fallo(self, error: Exception) -> None:
        self.nota.poner(explicar(error).frase, "bad")

    def _tocadas(self, tablas: frozenset[str]) -> None:
        if tablas & _TOCAN:
            self.leer()


def _titulo(fecha: date) -> str:
    """Name a day of the month that is shown: the year stands beside it."""
    return f"{_SEMANA[fecha.weekday()].capitalize()} {fecha.day} de {_MESES[fecha.month - 1].lower()}"


def _fila(dia: Dia) -> Fila:
    nombre = f"{_SEMANA[dia.fecha.weekday()].capitalize()} {dia.fecha.day}"
    return nombre, len(dia.turnos), estado_de(dia), dia


def _si_otro(turno: TurnoDelDia, dia: Dia) -> str:
    return "" if turno.fecha == dia.fecha else f" del {fecha_corta(turno.fecha)}"


def _fila_de_turno(turno: TurnoDelDia) -> Fila:
    return turno.caja, turno.cajero, dict(cortes.EN_PALABRAS)[turno.paso], turno
