"""A list on screen, over a list in memory that answers as the database does."""

import threading
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu

from lerdo_desk.base.errores import Cancelado, ErrorDeUso
from lerdo_desk.base.listas import ColumnaDeLista, ListaDescrita, Pagina
from lerdo_desk.ui.a11y import sin_nombre
from lerdo_desk.ui.actions import Action
from lerdo_desk.ui.jobs import Jobs
from lerdo_desk.ui.listing import Aspecto, Casos, ListPage, Opciones
from lerdo_desk.ui.pages import Servicios

LISTA = ListaDescrita(
    "prueba.predios",
    "Padrón predial",
    (
        ColumnaDeLista("clave", "Clave catastral", ancho=170, ordenable=True),
        ColumnaDeLista("titular", "Titular", ancho=280, ordenable=True),
        ColumnaDeLista("estado", "Estado", opciones=(("ACTIVA", "Activa"), ("BAJA", "De baja"))),
        ColumnaDeLista("adeudo", "Adeudo", "dinero", ordenable=True, suma=True),
        ColumnaDeLista("uso", "Uso", oculta=True),
    ),
    (("clave", "asc"),),
    frozenset({"predial_predio"}),
)
TODAS = [
    {
        "clave": f"01-02-{n:04d}",
        "titular": f"Peña Muñoz {n % 7}",
        "estado": "BAJA" if n % 9 == 0 else "ACTIVA",
        "adeudo": Decimal(n * 137) / 100,
        "uso": "Habitacional",
        "id": n,
    }
    for n in range(1, 1001)
]
PAGINA, ENTERA, ALTA = "pagina", "entera", "alta"


class Base:
    """Answers requests from memory; may be made slow or made to fail."""

    def __init__(self):
        self.pedidos, self.falla, self.abierta = [], None, threading.Event()
        self.abierta.set()
        self.filas = TODAS

    def ejecutar(self, caso, pedido, *, avance=None, cancelado=None):
        assert caso == PAGINA
        self.pedidos.append(pedido)
        assert self.abierta.wait(10)
        if self.falla is not None:
            raise self.falla
        return SimpleNamespace(valor=self._pagina(pedido), tablas=frozenset())

    def _pagina(self, pedido):
        filas = [f for f in self.filas if pedido.texto.strip().upper() in f["titular"].upper()]
        for clave, operador, valor in pedido.filtros:
            assert operador in ("igual", "contiene")
            filas = [f for f in filas if str(valor).upper() in f[clave].upper()]
        for clave, sentido in reversed(pedido.orden):
            filas = sorted(filas, key=lambda f: (f[clave], f["id"]), reverse=sentido == "desc")
        ids = [f["id"] for f in filas]
        desde = ids.index(pedido.despues[0]) + 1 if pedido.despues else 0
        dadas = filas[desde : desde + pedido.limite]
        hay_mas = bool(dadas) and desde + len(dadas) < len(filas)
        return Pagina(
            tuple((*(f[c] for c in pedido.columnas), f["id"]) for f in dadas),
            (dadas[-1]["id"],) if hay_mas else None,
            len(filas) if pedido.totales else None,
            True,
            (("adeudo", sum((f["adeudo"] for f in filas), Decimal(0))),) if pedido.totales else (),
        )

    def puede(self, caso):
        return caso != "prohibido"


@pytest.fixture
def base():
    return Base()


@pytest.fixture
def servicios(base, qapp):
    base.actor = SimpleNamespace(usuario="p", nombre="Persona", perfiles=frozenset())
    jobs, dichos, memoria = Jobs(base), [], {}
    hechos = Servicios(
        jobs=jobs,
        runner=base,
        config=None,
        avisar=lambda *a: dichos.append(a),
        error=dichos.append,
        imprimir=None,
        caja=None,
        ir=None,
        firmar=None,
        extras={
            "recordar": memoria.__setitem__,
            "recordado": lambda c: memoria.get(c, ""),
            "dichos": dichos,
            "memoria": memoria,
        },
    )
    yield hechos
    base.abierta.set()
    jobs.cerrar()


@pytest.fixture
def abrir(qtbot, servicios):
    def hacer(**mas):
        altas = []
        alta = Action("alta", "Dar de alta", "plus", "F12", ALTA, lambda: altas.append(1))
        opciones = Opciones(
            acciones=(alta,),
            aspectos={"estado": Aspecto(tono=lambda v: "ok" if v == "ACTIVA" else "warn")},
            **mas,
        )
        pagina = ListPage(servicios, LISTA, Casos(PAGINA, ENTERA), opciones)
        qtbot.addWidget(pagina)
        pagina.resize(1200, 700)
        pagina.show()
        qtbot.waitExposed(pagina)
        pagina.acciones.activar(True)
        with qtbot.waitSignal(pagina.vista.leida):
            pagina.al_entrar()
        return pagina

    return hacer


@pytest.fixture
def pagina(abrir):
    return abrir()


def _primera(pagina):
    return [pagina.vista.tabla.modelo.index(0, c).data() for c in range(4)]


def _pie(pagina):
    return pagina.vista.pie._cuenta.text(), pagina.vista.pie._sumas.text()


def _leer(qtbot, pagina, hacer):
    with qtbot.waitSignal(pagina.vista.leida):
        hacer()


def test_a_list_shows_its_first_page_and_then_the_sums_of_all_rows(qtbot, pagina):
    assert _primera(pagina) == ["01-02-0001", "Peña Muñoz 1", "Activa", "1.37"]
    assert pagina.vista.tabla.modelo.rowCount() == 200
    qtbot.waitUntil(lambda: _pie(pagina) == ("1,000 renglones", "Adeudo $685,685.00"))
    assert sin_nombre(pagina) == []


def test_scrolling_fetches_the_next_pages_until_the_last(qtbot, pagina, base):
    barra = pagina.vista.tabla.verticalScrollBar()

    def al_final():
        barra.setValue(barra.maximum())
        return pagina.vista.tabla.modelo.rowCount() == 1000

    qtbot.waitUntil(al_final)
    assert not pagina.vista.tabla.modelo.canFetchMore(pagina.vista.tabla.rootIndex())
    assert len({f[-1] for f in pagina.vista.tabla.modelo.filas}) == 1000
    assert sum(p.despues is not None for p in base.pedidos) == 4


def test_a_click_on_a_head_orders_by_the_database_and_another_turns_it_round(qtbot, pagina, base):
    cabeza = pagina.vista.tabla.horizontalHeader()

    def pulsar(columna):
        x = cabeza.sectionViewportPosition(columna) + 20
        QTest.mouseClick(cabeza.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 10))

    _leer(qtbot, pagina, lambda: pulsar(3))
    _leer(qtbot, pagina, lambda: pulsar(3))
    assert _primera(pagina)[3] == "1,370.00"
    assert cabeza.sortIndicatorSection() == 3
    antes = len(base.pedidos)
    pulsar(2)
    assert len(base.pedidos) == antes


def test_typing_asks_at_once_and_only_the_latest_answer_is_shown(qtbot, pagina, base):
    base.abierta.clear()
    antes = len(base.pedidos)
    for letras in ("p", "peña", "peña muñoz 3"):
        pagina.buscar(letras)
    base.abierta.set()
    qtbot.waitUntil(lambda: _pie(pagina)[0] == "143 renglones")
    assert {f[1] for f in pagina.vista.tabla.modelo.filas} == {"Peña Muñoz 3"}
    assert [p.texto for p in base.pedidos[antes:] if not p.totales] == ["p", "peña muñoz 3"]


def test_conditions_are_written_in_the_dialog_shown_in_words_and_taken_away(qtbot, pagina):
    vista = pagina.vista
    vista.filtrar.click()
    condicion = vista.dialogo.condiciones[0]
    condicion.columna.setCurrentIndex(2)
    condicion.opcion.setCurrentIndex(1)
    assert sin_nombre(vista.dialogo) == []
    _leer(qtbot, pagina, vista.dialogo.boton.click)
    assert vista._tira.isVisible() and vista._condiciones.texto() == "Estado es «De baja»"
    qtbot.waitUntil(lambda: _pie(pagina)[0] == "111 renglones")
    vista.filtrar.click()
    vista.dialogo.agregar(("titular", "contiene", "nadie"))
    _leer(qtbot, pagina, vista.dialogo.boton.click)
    assert vista._pila.currentWidget() is vista._vacio
    assert vista._vacio._titulo.text() == "Nada con este filtro"
    _leer(qtbot, pagina, lambda: pagina.poner_filtros(()))
    assert not vista._tira.isVisible() and vista._pila.currentWidget() is vista.tabla


def test_a_condition_without_its_value_is_not_sent(qtbot, pagina, base):
    pagina.vista.filtrar.click()
    dialogo, antes = pagina.vista.dialogo, len(base.pedidos)
    dialogo.agregar(("adeudo", "entre", ("5", "")))
    dialogo.boton.click()
    assert dialogo.isVisible() and dialogo._error.texto().startswith("A una condición le falta")
    assert len(base.pedidos) == antes
    dialogo.condiciones[1].dos.setText("9")
    assert dialogo.filtros() == (("adeudo", "entre", ("5", "9")),)
    dialogo.reject()


def test_columns_are_chosen_moved_and_remembered_with_the_order(qtbot, pagina, abrir, servicios):
    vista = pagina.vista
    vista.columnas.click()
    lista = vista.dialogo.lista
    assert [lista.item(n).text() for n in range(5)][4] == "Uso"
    QTest.mouseClick(
        lista.viewport(), Qt.MouseButton.LeftButton, pos=lista.visualItemRect(lista.item(1)).center()
    )
    lista.setCurrentRow(4)
    QTest.keyClick(lista, Qt.Key.Key_Space)
    for _ in range(4):
        vista.dialogo.mover(-1)
    _leer(qtbot, pagina, vista.dialogo.boton.click)
    assert _primera(pagina) == ["Habitacional", "01-02-0001", "Activa", "1.37"]
    _leer(qtbot, pagina, lambda: vista.ordenar("adeudo"))
    _leer(qtbot, pagina, lambda: vista.ordenar("adeudo"))
    otra = abrir()
    assert _primera(otra) == ["Habitacional", "01-02-1000", "Activa", "1,370.00"]
    assert otra.valor(otra.actual(), "clave") == "01-02-1000" and otra.valor(otra.actual(), "titular") is None
    for roto in ("{", "[]", '{"columnas": 5}', '{"columnas": ["ajena"], "orden": [["uso", "asc"]]}'):
        servicios.extras["memoria"][LISTA.clave] = roto
        assert _primera(abrir())[0] == "01-02-0001"


def test_columns_cannot_all_be_taken_away(pagina):
    pagina.vista.pedir_columnas()
    dialogo = pagina.vista.dialogo
    for n in range(dialogo.lista.count()):
        dialogo.lista.item(n).setCheckState(Qt.CheckState.Unchecked)
    dialogo.boton.click()
    assert dialogo.isVisible() and dialogo._error.texto() == "Deje por lo menos una columna."
    dialogo.reject()


def test_a_refresh_leaves_the_person_on_their_row_and_happens_when_its_tables_are_touched(
    qtbot, pagina, base, servicios
):
    tabla = pagina.vista.tabla
    tabla.elegir(150)
    antes = len(base.pedidos)
    servicios.jobs.tocadas.emit(frozenset({"otra_tabla"}))
    assert len(base.pedidos) == antes
    _leer(qtbot, pagina, lambda: servicios.jobs.tocadas.emit(frozenset({"predial_predio"})))
    assert pagina.actual()[-1] == 151
    _leer(qtbot, pagina, pagina.acciones["actualizar"].trigger)
    assert pagina.actual()[-1] == 151


def test_keys_open_search_and_copy(qtbot, pagina):
    tabla = pagina.vista.tabla
    tabla.setFocus()
    with qtbot.waitSignal(pagina.abierta) as abierta:
        QTest.keyClick(tabla, Qt.Key.Key_Return)
    assert abierta.args[0][-1] == 1
    QTest.keyClick(tabla, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "01-02-0001\tPeña Muñoz 1\tActiva\t1.37"
    pagina.acciones["buscar"].trigger()
    assert pagina.vista.campo.hasFocus()
    QTest.keyClick(pagina.vista.campo, Qt.Key.Key_Down)
    assert tabla.hasFocus()


def test_the_context_menu_copies_a_cell_and_orders_without_a_mouse(qtbot, pagina):
    tabla = pagina.vista.tabla
    lugar = tabla.visualRect(tabla.modelo.index(1, 1)).center()
    arriba = tabla.viewport().mapToGlobal(lugar)
    tabla.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Mouse, lugar, arriba))
    menu = tabla.findChild(QMenu)
    textos = [a.text() for a in menu.actions() if a.text()]
    assert textos[:3] == ["Copiar dato", "Copiar renglón", "Ordenar por clave catastral"] and len(textos) == 5
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == "Peña Muñoz 2"
    tabla.elegir(3)
    tabla.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(-5, -5), arriba))
    otro = tabla.findChildren(QMenu)[-1]
    _leer(qtbot, pagina, otro.actions()[-1].trigger)
    assert tabla.horizontalHeader().sortIndicatorSection() == 3
    for abierto in (menu, otro):
        abierto.close()


def test_what_fails_is_said_above_the_rows_that_stay(qtbot, pagina, base):
    base.falla = ErrorDeUso("La cantidad no se entiende; escríbala de nuevo.")
    pagina.leer()
    qtbot.waitUntil(lambda: pagina.vista.nota.texto() == "La cantidad no se entiende; escríbala de nuevo.")
    assert pagina.vista.tabla.modelo.rowCount() == 200
    base.falla = None
    _leer(qtbot, pagina, pagina.leer)
    assert pagina.vista.nota.texto() == ""


def test_an_empty_list_says_what_to_do_and_a_cashiers_list_can_hide_its_sums(qtbot, abrir, base):
    base.filas = []
    pagina = abrir(vacio=("Todavía no hay predios", "Dé de alta el primero."), sumas=False)
    assert pagina.vista._vacio._titulo.text() == "Todavía no hay predios"
    base.filas = TODAS
    _leer(qtbot, pagina, pagina.leer)
    qtbot.waitUntil(lambda: _pie(pagina) == ("1,000 renglones", ""))


def test_an_export_goes_where_it_is_asked_with_what_the_list_shows(qtbot, pagina, servicios, tmp_path):
    hechos = []

    def exportar(encargo, avance, cancelado):
        avance(SimpleNamespace(done=5, total=10, text="Padrón predial"))
        hechos.append(encargo)
        return Path(encargo.destino)

    servicios.extras["exportar"] = exportar
    _leer(qtbot, pagina, lambda: pagina.poner_filtros((("estado", "igual", "BAJA"),)))
    pagina.acciones["exportar"].trigger()
    dialogo = pagina.vista.exportacion.dialogo
    assert isinstance(dialogo, QFileDialog)
    dialogo.selectNameFilter("Documento PDF (*.pdf)")
    dialogo.fileSelected.emit(str(tmp_path / "lista.xlsx"))
    dialogo.close()
    qtbot.waitUntil(lambda: bool(servicios.extras["dichos"]))
    [encargo] = hechos
    assert (encargo.formato, encargo.destino) == ("pdf", str(tmp_path / "lista.pdf"))
    assert encargo.pedido == pagina.vista.pedido() and encargo.caso == ENTERA and encargo.sumas
    assert servicios.extras["dichos"][0][:2] == ("Se guardó «lista.pdf».", "ok")
    assert not pagina.vista.exportacion.isVisible()


def test_an_export_under_way_shows_its_progress_and_can_be_cancelled(qtbot, pagina, servicios, tmp_path):
    def exportar(encargo, avance, cancelado):
        avance(SimpleNamespace(done=5, total=10, text="Padrón predial"))
        assert cancelado.wait(10)
        raise Cancelado("alto")

    servicios.extras["exportar"] = exportar
    vista = pagina.vista
    vista.exportar_a(tmp_path / "lista.xlsx")
    qtbot.waitUntil(lambda: vista.exportacion.panel.texto() == "Padrón predial: 5 de 10")
    vista.exportar()
    assert vista.exportacion.dialogo is None
    vista.exportacion.panel._cancelar.click()
    qtbot.waitUntil(
        lambda: isinstance(servicios.extras["dichos"][-1:] and servicios.extras["dichos"][-1], Cancelado)
    )
    assert not vista.exportacion.isVisible()
