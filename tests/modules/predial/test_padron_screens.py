"""The clerk's padrón by keys: list, account, contact data, movements, drafts and what was asked."""

import os
import tempfile

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="lerdo-desk-cache-")

from apoyo import abrir_caja, cobro_de, crear_predios
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from ventanilla import CTRL, ENTER, F12, Mostrador, RunnerQueSePierde, consulta, paginas_de_la_casa

from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.predial import service
from lerdo_desk.modules.predial.screens.contact import ContactDialog
from lerdo_desk.modules.predial.screens.drafts import DraftsDialog
from lerdo_desk.modules.predial.screens.movement import MovementDialog
from lerdo_desk.modules.predial.screens.requests import RequestDialog
from lerdo_desk.ui import theme
from lerdo_desk.ui.a11y import sin_nombre

ESC = Qt.Key.Key_Escape
CUENTAS = 5


@pytest.fixture(autouse=True)
def tema_claro(qapp):
    theme.instalar(qapp, "claro")


@pytest.fixture
def municipio(crear_base):
    return crear_base("sqlite")


@pytest.fixture
def predios(municipio):
    return crear_predios(municipio, CUENTAS)


@pytest.fixture
def sentar(qtbot, tmp_path, municipio):
    """Give a function that opens somebody's window at a page of predial."""
    sentados = []

    def hacer(login="carla.capturista", pagina="predial_padron"):
        runner = RunnerQueSePierde(municipio.entrar(login))
        quien = Mostrador(qtbot, runner, tmp_path / login, paginas_de_la_casa())
        sentados.append(quien)
        quien.ventana.ir(pagina)
        return quien, quien.pagina(pagina), runner

    yield hacer
    for quien in sentados:
        quien.cerrar()


@pytest.fixture
def carla(predios, sentar):
    """A clerk before the list of the padrón, with its rows read."""
    quien, pagina, _ = sentar()
    quien.hasta(lambda: pagina.lista.tabla.modelo.rowCount() == CUENTAS)
    return quien, pagina


def abre(quien, pagina, numero=0):
    """Open the n-th account of the list with Enter."""
    pagina.lista.tabla.elegir(numero)
    quien.tecla(ENTER)
    quien.hasta(lambda: pagina.cuenta.datos is not None)


def pide(quien, pagina, titulo):
    """Choose a movement in the menu that F12 opens; give its form."""
    quien.tecla(F12)
    menu = pagina.findChildren(QMenu)[-1]
    next(a for a in menu.actions() if a.text() == titulo).trigger()
    menu.close()
    return quien.dialogo(MovementDialog)


def apuntes(municipio):
    return consulta(municipio, "SELECT clave, valor FROM core_personal WHERE tipo = 'BORRADOR'")


def solicitudes(municipio):
    return [f[0] for f in consulta(municipio, "SELECT acto FROM core_solicitud ORDER BY acto")]


def test_enter_opens_the_account_and_esc_goes_back_to_its_row(carla, predios):
    quien, pagina = carla
    abre(quien, pagina, 3)
    assert pagina.cuenta.datos.clave == predios[3].clave
    assert "F7" in dict(pagina.acciones.teclas()) and "F2" not in dict(pagina.acciones.teclas())
    assert pagina.cuenta.ficha.tabla.hasFocus()
    assert sin_nombre(pagina) == []
    quien.tecla(ESC)
    assert not pagina.con_cuenta() and pagina.lista.tabla.hasFocus()
    assert pagina.lista.actual()[-1] == predios[3].cuenta_id
    assert "F2" in dict(pagina.acciones.teclas()) and sin_nombre(pagina) == []


def test_a_tab_is_read_when_it_is_first_shown_and_again_with_f5(predios, sentar):
    quien, pagina, runner = sentar()
    quien.hasta(lambda: pagina.lista.tabla.modelo.rowCount() == CUENTAS)
    leidos = []
    runner._de_verdad.ejecutar = _espia(runner._de_verdad.ejecutar, leidos)
    abre(quien, pagina)
    assert leidos == [service.datos_de]
    for tecla, clave, filas in ((Qt.Key.Key_F7, "historia", 6), (Qt.Key.Key_F6, "datos", 0)):
        quien.tecla(tecla)
        assert pagina.cuenta.selector.clave() == clave
        if filas:
            quien.hasta(lambda t=pagina.cuenta.tabs[clave], n=filas: t.tabla.modelo.rowCount() == n)
    assert leidos == [service.datos_de, service.historia_de]
    quien.tecla(Qt.Key.Key_F7)
    quien.ventana.repaint()
    assert leidos.count(service.historia_de) == 1
    quien.tecla(Qt.Key.Key_F5)
    quien.hasta(lambda: leidos.count(service.historia_de) == 2)


def _espia(ejecutar, leidos):
    def hacer(caso, orden, **mas):
        leidos.append(caso)
        return ejecutar(caso, orden, **mas)

    return hacer


def test_debts_tell_their_article_and_add_up(carla):
    quien, pagina = carla
    abre(quien, pagina)
    pagina.cuenta.ver("adeudos")
    tab = pagina.cuenta.tabs["adeudos"]
    quien.hasta(lambda: tab.tabla.modelo.rowCount() > 1)
    fila = tab.tabla.actual()
    assert fila[4] and fila[4] in tab.dicho.text()
    assert "Total de hoy $" in quien.textos()


@pytest.mark.parametrize(("login", "titulo"), [("carla.capturista", "Pagos"), ("aldo.auditor", "Recibos")])
def test_receipts_are_shown_as_far_as_the_profile_may_read_them(municipio, predios, sentar, login, titulo):
    ana = municipio.entrar()
    turno = abrir_caja(ana)
    ana.ejecutar(caja.cobrar, cobro_de(ana, turno.id, predios[0].cuenta_id))
    quien, pagina, _ = sentar(login)
    pagina.abrir(predios[0].cuenta_id)
    quien.hasta(lambda: pagina.cuenta.datos is not None)
    pagina.cuenta.ver("recibos")
    tab = pagina.cuenta.tabs["recibos"]
    quien.hasta(lambda: tab.tabla.modelo.rowCount() > 0)
    assert tab.asunto.titulo == titulo
    assert ("CAP-" in str(tab.tabla.modelo.filas)) is (titulo == "Recibos")
    assert pagina.acciones.puede("movimiento") is (login == "carla.capturista")


def test_contact_data_are_written_by_the_clerk_and_shown_at_once(carla, municipio):
    quien, pagina = carla
    abre(quien, pagina)
    quien.tecla(Qt.Key.Key_F3)
    dialogo = quien.dialogo(ContactDialog)
    assert sin_nombre(dialogo) == []
    quien.escribe("871")
    quien.tecla(ENTER)
    quien.hasta(lambda: "10 números" in dialogo.form.campos["telefono"].error())
    quien.escribe("5550123")
    quien.tecla(ENTER)
    quien.sin_dialogo()
    quien.hasta(lambda: pagina.cuenta.ficha.tabla.actual()[4] == "8715550123")
    assert apuntes(municipio) == []


def test_the_auditor_only_looks_at_contact_data(predios, sentar):
    quien, pagina, _ = sentar("aldo.auditor")
    quien.hasta(lambda: pagina.lista.tabla.modelo.rowCount() == CUENTAS)
    abre(quien, pagina)
    quien.tecla(Qt.Key.Key_F3)
    dialogo = quien.dialogo(ContactDialog)
    assert all(campo.isReadOnly() for campo in dialogo.campos.values())
    assert not dialogo.boton.isVisible()
    quien.tecla(ESC)
    quien.sin_dialogo()


def test_a_movement_is_corrected_sent_and_found_in_history_and_list(carla, municipio):
    quien, pagina = carla
    abre(quien, pagina)
    dialogo = pide(quien, pagina, "Cambio de ubicación")
    assert sin_nombre(dialogo) == []
    dialogo.datos.controles["calle"].setText("Nogal")
    dialogo.datos.controles["codigo_postal"].setText("3")
    dialogo.motivo.setText("Nomenclatura nueva")
    quien.tecla(ENTER)
    quien.hasta(lambda: "5 números" in quien.textos())
    assert dialogo.datos.controles["codigo_postal"].hasFocus() and solicitudes(municipio) == []
    dialogo.datos.controles["codigo_postal"].setText("35150")
    quien.tecla(ENTER)
    quien.sin_dialogo()
    quien.hasta(lambda: solicitudes(municipio) == ["predial.cambio_de_domicilio"])
    quien.hasta(lambda: apuntes(municipio) == [])
    quien.tecla(Qt.Key.Key_F7)
    tab = pagina.cuenta.tabs["historia"]
    quien.hasta(lambda: tab.tabla.actual() is not None and tab.tabla.actual()[-1])
    quien.tecla(ENTER)
    visto = quien.dialogo(RequestDialog)
    assert ("Calle", "Calle Inventada", "Nogal") in visto.tabla.modelo.filas and sin_nombre(visto) == []
    quien.tecla(ENTER)
    quien.sin_dialogo()
    quien.ventana.ir("predial_mis_solicitudes")
    lista = quien.pagina("predial_mis_solicitudes")
    quien.hasta(lambda: lista.vista.tabla.modelo.rowCount() == 1)
    quien.tecla(ENTER)
    quien.dialogo(RequestDialog)


def test_owners_are_added_up_while_they_are_typed(carla, municipio):
    quien, pagina = carla
    abre(quien, pagina)
    dialogo = pide(quien, pagina, "Cambio de propietario")
    duenos = dialogo.duenos
    assert not duenos.campo(0, 0).isEnabled() and duenos.suma.text() == "Suman 100.00 %"
    duenos.campo(0, 3).setText("33.3333")
    assert duenos.suma.text() == "Suman 33.3333 %; deben sumar 100"
    duenos.agregar.click()
    assert duenos.campo(1, 0).hasFocus()
    duenos.campo(1, 0).setText("Persona Nueva")
    duenos.campo(1, 3).setText("66.6666")
    dialogo.datos.controles["fecha"].setText("01/02/2024")
    dialogo.datos.controles["documento"].setText("Escritura 1")
    dialogo.motivo.setText("Compraventa")
    dialogo.boton.click()
    quien.hasta(lambda: "suman 99.9999" in dialogo.error())
    duenos.campo(1, 3).setText("66.6667")
    assert sin_nombre(dialogo) == []
    dialogo.boton.click()
    quien.sin_dialogo()
    quien.hasta(lambda: solicitudes(municipio) == ["predial.cambio_de_propietario"])


def test_what_is_left_in_progress_is_kept_offered_again_and_forgotten_when_sent(carla, municipio):
    quien, pagina = carla
    abre(quien, pagina, 1)
    dialogo = pide(quien, pagina, "Baja de la cuenta")
    dialogo.motivo.setText("Se dup")
    quien.hasta(lambda: apuntes(municipio))
    dialogo.motivo.setText("Se duplicó")
    quien.ventana.resguardo.bloquear()
    assert not dialogo.isVisible()
    quien.hasta(lambda: "Se duplicó" in apuntes(municipio)[0][1])
    quien.ventana.resguardo.candado.abrir()
    assert dialogo.isVisible() and dialogo.motivo.text() == "Se duplicó"
    dialogo.reject()
    quien.sin_dialogo()
    quien.tecla(ESC)
    quien.tecla(Qt.Key.Key_B, CTRL)
    mios = quien.dialogo(DraftsDialog)
    assert [f[0] for f in mios.tabla.modelo.filas] == [f"Baja de la cuenta · {pagina.cuenta.datos.clave}"]
    assert sin_nombre(mios) == []
    quien.tecla(ENTER)
    otra = quien.dialogo(MovementDialog)
    assert otra.motivo.text() == "Se duplicó" and "dejó a medias" in otra.recuperado.texto()
    otra.boton.click()
    quien.sin_dialogo()
    quien.hasta(lambda: apuntes(municipio) == [])
    assert solicitudes(municipio) == ["predial.baja"]


def test_a_draft_is_thrown_away_from_its_form_or_from_the_list(carla, municipio):
    quien, _ = carla
    for tirar in ("formulario", "lista"):
        quien.tecla(F12)
        alta = quien.dialogo(MovementDialog)
        alta.datos.controles["clave"].setText("1")
        quien.tecla(ESC)
        quien.sin_dialogo()
        quien.hasta(lambda: len(apuntes(municipio)) == 1)
        if tirar == "formulario":
            quien.tecla(F12)
            alta = quien.dialogo(MovementDialog)
            assert alta.datos.valores()["clave"] == "1"
            alta.tirar.click()
            assert alta.datos.valores()["clave"] == ""
        else:
            quien.tecla(Qt.Key.Key_B, CTRL)
            quien.dialogo(DraftsDialog).borrar.click()
        quien.hasta(lambda: apuntes(municipio) == [])
        quien.tecla(ESC)
        quien.sin_dialogo()
    assert apuntes(municipio) == [] and solicitudes(municipio) == []


def test_an_answer_that_is_lost_asks_nothing_twice(predios, sentar, municipio):
    quien, pagina, runner = sentar()
    quien.hasta(lambda: pagina.lista.tabla.modelo.rowCount() == CUENTAS)
    abre(quien, pagina)
    dialogo = pide(quien, pagina, "Bloqueo para revisión")
    runner.despues.append(service.pedir_movimiento)
    dialogo.motivo.setText("Lindero en duda")
    quien.tecla(ENTER)
    quien.hasta(lambda: "No hay conexión" in dialogo.error())
    quien.tecla(ENTER)
    quien.sin_dialogo()
    assert solicitudes(municipio) == ["predial.bloqueo"]
