"""The pages of people, driven by keys: written, offered, opened, reached, compared, joined and set apart."""

import os
from pathlib import Path

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios
from PySide6.QtCore import Qt
from ventanilla import ENTER, F12, consulta

from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.contribuyentes import service
from lerdo_desk.modules.contribuyentes.screens.apart import ApartDialog
from lerdo_desk.modules.contribuyentes.screens.contact import ContactDialog
from lerdo_desk.modules.contribuyentes.screens.merge import MergeDialog
from lerdo_desk.modules.contribuyentes.screens.new import NewPersonDialog
from lerdo_desk.ui import theme
from lerdo_desk.ui.a11y import sin_nombre

CURP = "HEGG560427MVZRRL04"
TAB, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Escape
ALT = Qt.KeyboardModifier.AltModifier


def retrato(sentada, nombre: str) -> None:
    """Grab the window and its dialog in both themes, where somebody asks to look at them."""
    carpeta = os.environ.get("LERDO_RETRATOS")
    if not carpeta:
        return
    for tema in ("claro", "oscuro"):
        theme.tema().elegir(tema)
        sentada.ventana.resize(1366, 728)
        sentada.qtbot.wait(80)
        foto = sentada.ventana.grab()
        foto.save(str(Path(carpeta) / f"{nombre}-{tema}.png"))
        from_dialogo = sentada.delante()
        if from_dialogo is not sentada.ventana:
            from_dialogo.grab().save(str(Path(carpeta) / f"{nombre}-dialogo-{tema}.png"))
    theme.tema().elegir("claro")


@pytest.fixture
def gente(municipio):
    """Two properties of one person written twice, one of them paid, and a third person."""
    uno, otro = crear_predios(municipio, 2)
    ana = municipio.entrar("ana.cajera")
    ana.ejecutar(caja.cobrar, cobro_de(ana, abrir_caja(ana).id, otro.cuenta_id))
    carla = municipio.entrar("carla.capturista")
    nueva = service.PersonaNueva("Gloria Hernández García", curp=CURP)
    carla.ejecutar(service.dar_de_alta, service.Alta(nueva, telefono="5550100123"))
    return uno, otro


def ir(sentada, clave: str):
    sentada.ventana.ir(clave)
    return sentada.pagina(clave)


def padron(sentada, cuantas: int):
    pagina = ir(sentada, "contribuyentes")
    sentada.hasta(lambda: pagina.vista.tabla.modelo.rowCount() == cuantas)
    return pagina


def test_the_clerk_writes_a_person_and_is_offered_the_one_that_is_there(gente, municipio, sentar):
    carla = sentar(municipio, "carla.capturista")
    pagina = padron(carla, 3)
    carla.tecla(F12)
    alta = carla.dialogo(NewPersonDialog)
    assert sin_nombre(alta) == []
    carla.escribe("hernandez gl")
    carla.hasta(lambda: "Gloria Hernández García · HEGG560427MVZRRL04" in carla.textos())
    retrato(carla, "alta")
    alta._ofertas[0].click()
    carla.sin_dialogo()
    carla.hasta(lambda: pagina.en_expediente and "555 010 0123" in carla.textos())
    assert pagina.expediente.expediente.persona.curp == CURP

    carla.tecla(ESC)
    carla.hasta(lambda: not pagina.en_expediente)
    carla.tecla(F12)
    alta = carla.dialogo(NewPersonDialog)
    carla.escribe("Otra Persona")
    carla.tecla(TAB)
    carla.escribe("malo")
    carla.tecla(ENTER)
    carla.hasta(lambda: "El RFC no es válido" in alta.form.campos["rfc"].error())
    assert alta.campos["nombre"].text() == "Otra Persona"
    alta.campos["rfc"].clear()
    alta.campos["correo"].setText("otra@ejemplo.mx")
    carla.tecla(ENTER)
    carla.sin_dialogo()
    carla.hasta(lambda: "otra@ejemplo.mx" in carla.textos())
    retrato(carla, "recien")
    assert consulta(municipio, "SELECT count(*) FROM hacienda_contribuyente") == [(4,)]


def test_a_company_has_no_curp(gente, municipio, sentar):
    carla = sentar(municipio, "carla.capturista")
    padron(carla, 3)
    carla.tecla(F12)
    alta = carla.dialogo(NewPersonDialog)
    alta.campos["curp"].setText(CURP)
    alta.tipo.elegir("M")
    assert not alta.form.campos["curp"].isEnabled()
    assert alta.persona() == service.PersonaNueva("", "M", "", "")


def test_the_file_shows_accounts_and_receipts_and_contact_is_changed_in_place(gente, municipio, sentar):
    _uno, otro = gente
    carla = sentar(municipio, "carla.capturista")
    pagina = padron(carla, 3)
    retrato(carla, "padron")
    assert sin_nombre(pagina) == []
    pagina.buscar("persona 2")
    carla.hasta(lambda: pagina.vista.tabla.modelo.rowCount() == 1)
    pagina.vista.tabla.setFocus()
    carla.tecla(ENTER)
    carla.hasta(lambda: pagina.expediente.cuentas.modelo.rowCount() == 1)
    assert pagina.expediente.cuentas.modelo.filas[0][1] == otro.clave
    assert not pagina.acciones["alta"].isEnabled()
    pagina.expediente.ver.elegir("recibos")
    carla.hasta(lambda: pagina.expediente.recibos.modelo.rowCount() == 1)
    retrato(carla, "recibos")
    assert "1 recibo" in carla.textos()
    carla.tecla(Qt.Key.Key_E, ALT)
    dialogo = carla.dialogo(ContactDialog)
    carla.escribe("555 010")
    carla.tecla(ENTER)
    carla.hasta(lambda: "10 números" in dialogo.form.campos["telefono"].error())
    carla.escribe(" 0199")
    retrato(carla, "contacto")
    carla.tecla(ENTER)
    carla.sin_dialogo()
    carla.hasta(lambda: "555 010 0199" in carla.textos())
    carla.tecla(Qt.Key.Key_F2)
    carla.hasta(lambda: not pagina.en_expediente and pagina.vista.campo.hasFocus())


def test_the_supervisor_joins_two_records_and_sets_them_apart_again(gente, municipio, sentar):
    sara = sentar(municipio, "sara.supervisora")
    pagina = ir(sara, "contribuyentes_duplicados")
    sara.hasta(lambda: pagina.tabla.modelo.rowCount() == 1)
    assert sin_nombre(pagina) == []
    retrato(sara, "duplicados")
    antes = consulta(municipio, "SELECT * FROM hacienda_cuenta ORDER BY id")
    sara.tecla(F12)
    dialogo = sara.dialogo(MergeDialog)
    assert sin_nombre(dialogo) == []
    quedaba = dialogo.queda.persona.nombre
    dialogo.cambio.click()
    assert (dialogo.une.persona.nombre, dialogo.queda.persona.nombre != quedaba) == (quedaba, True)
    sara.tecla(ENTER)
    assert dialogo.form.campos["motivo"].error() == "Falta este dato."
    sara.escribe("Misma persona, dos predios")
    retrato(sara, "unir")
    sara.tecla(ENTER)
    sara.sin_dialogo()
    sara.hasta(pagina.vacio.isVisible)
    retrato(sara, "sin-duplicados")

    gentes = padron(sara, 3)
    [absorbido] = consulta(municipio, "SELECT absorbido_id FROM contribuyentes_fusion")
    gentes.abrir(absorbido[0])
    sara.hasta(lambda: gentes.expediente.cuentas.modelo.rowCount() == 2)
    assert "está unido a este registro" in sara.textos()
    retrato(sara, "expediente")
    gentes.expediente.ver.elegir("unidos")
    retrato(sara, "unidos")
    gentes.expediente.separar.click()
    apartar = sara.dialogo(ApartDialog)
    sara.escribe("Eran padre e hijo")
    retrato(sara, "separar")
    apartar.boton.click()
    sara.sin_dialogo()
    sara.hasta(lambda: gentes.expediente.cuentas.modelo.rowCount() == 1)
    assert consulta(municipio, "SELECT * FROM hacienda_cuenta ORDER BY id") == antes

    uniones = ir(sara, "contribuyentes_uniones")
    sara.hasta(lambda: uniones.vista.tabla.modelo.rowCount() == 1)
    retrato(sara, "uniones")
    assert not uniones.acciones["separar"].isEnabled()


def test_a_clerk_compares_but_does_not_join_and_a_cashier_sees_none_of_it(gente, municipio, sentar):
    carla = sentar(municipio, "carla.capturista")
    pagina = ir(carla, "contribuyentes_duplicados")
    carla.hasta(lambda: pagina.tabla.modelo.rowCount() == 1)
    pagina.tabla.setFocus()
    carla.tecla(ENTER)
    dialogo = carla.dialogo(MergeDialog)
    assert not dialogo.boton.isVisible()
    assert "pida a su supervisor" in carla.textos()
    retrato(carla, "comparar")
    carla.tecla(ESC)
    carla.sin_dialogo()
    ana = sentar(municipio, "ana.cajera")
    assert not {c for c in ana.ventana._paginas if c.startswith("contribuyentes")}
