"""The turno on the screen by keys: opening, drops, the X report, recounts, and one past its length."""

import uuid

from apoyo import abrir_caja, cobro_de, hoy_de
from municipio_de_prueba import FRASE, VALLE
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from ventanilla import CTRL, ENTER, F12, Reloj, consulta

from lerdo_desk.base.dinero import formato, pesos
from lerdo_desk.hacienda import turnos
from lerdo_desk.hacienda.paquete import leer
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.count import ConfirmCount
from lerdo_desk.modules.caja.screens.drop import DropDialog
from lerdo_desk.modules.caja.screens.x_report import XReportDialog
from lerdo_desk.ui.signature import SignDialog

F8, F9 = Qt.Key.Key_F8, Qt.Key.Key_F9
HORA = 3_600_000_000


class Teclas:
    """Counts the control keys of a person: Tab and Enter between denominations are data, not control."""

    def __init__(self, ana) -> None:
        self.ana, self.cuantas = ana, 0

    def __call__(self, tecla, mod=Qt.KeyboardModifier.NoModifier) -> None:
        self.cuantas += 1
        self.ana.tecla(tecla, mod)


def cuenta(ana, *piezas: str) -> None:
    for cuantas in piezas:
        ana.escribe(cuantas)
        ana.tecla(ENTER)


def firma(ana, login: str = "sara.supervisora") -> None:
    ana.dialogo(SignDialog)
    ana.escribe(login)
    ana.tecla(ENTER)
    ana.escribe(FRASE.format(login))
    ana.tecla(ENTER)


def test_a_till_is_opened_with_one_control_key_and_its_denominations(municipio, predio, sentar):
    ana = sentar(municipio)
    ana.hasta(lambda: ana.caja.paso == "apertura")
    teclas = Teclas(ana)
    cuenta(ana, "1", "1")
    assert ana.caja.apertura.total.texto() == "$1,500.00"
    teclas(F12)
    ana.hasta(lambda: ana.caja.paso == "calle")
    assert teclas.cuantas <= 2
    fondo = consulta(
        municipio, "SELECT denominacion, piezas FROM hacienda_conteo WHERE vez = 0 AND piezas > 0"
    )
    assert sorted(fondo) == [(50000, 1), (100000, 1)]


def test_the_last_fund_is_proposed_and_opens_with_f12_alone(municipio, predio, sentar):
    cajera = municipio.entrar()
    turno = abrir_caja(cajera, "1250.00")
    cajera.ejecutar(service.contar, turnos.Arqueo(turno.id, ((pesos("500"), 1),)))
    cajera.ejecutar(service.cerrar_turno, turnos.Cierre(turno.id, "el resto se quedó en la bóveda"))
    ana = sentar(municipio)
    ana.hasta(lambda: ana.caja.paso == "apertura")
    assert ana.caja.apertura.total.texto() == "$1,250.00"
    assert "Se propone el fondo" in ana.textos()
    ana.tecla(F12)
    ana.hasta(lambda: ana.caja.paso == "calle")
    assert consulta(municipio, "SELECT fondo FROM hacienda_turno ORDER BY creado") == [(125000,), (125000,)]


def test_a_till_is_closed_with_four_control_keys_and_its_denominations(ana, municipio):
    teclas = Teclas(ana)
    teclas(F12, CTRL)
    ana.hasta(lambda: ana.caja.paso == "conteo")
    cuenta(ana, "", "1")
    teclas(F12)
    ana.dialogo(ConfirmCount)
    teclas(ENTER)
    ana.hasta(lambda: ana.caja.paso == "resultado")
    teclas(F12)
    ana.hasta(lambda: ana.caja.cierre.papel.estado == "impreso")
    assert teclas.cuantas == 4


def test_the_last_corte_is_printed_again_from_the_opening(ana):
    ana.cuenta("", "1")
    ana.tecla(F12)
    ana.dialogo(ConfirmCount)
    ana.tecla(ENTER)
    ana.hasta(lambda: ana.caja.paso == "resultado")
    ana.tecla(F12)
    ana.hasta(lambda: ana.caja.cierre.papel.estado == "impreso")
    ana.tecla(ENTER)
    ana.hasta(lambda: ana.caja.paso == "apertura")
    ana.tecla(Qt.Key.Key_P, CTRL)
    ana.hasta(lambda: ana.caja.paso == "corte" and ana.caja.cierre.papel.estado == "impreso")
    assert "Corte 1 hecho" in ana.textos()


def test_a_recount_keeps_the_first_count_and_esc_goes_back_to_its_result(ana, municipio):
    ana.cuenta("1")
    ana.tecla(F12)
    ana.dialogo(ConfirmCount)
    ana.tecla(ENTER)
    ana.hasta(lambda: ana.caja.paso == "resultado")
    ana.tecla(F9)
    ana.hasta(lambda: ana.caja.paso == "conteo")
    assert "Cuente otra vez: conteo 2" in ana.textos()
    ana.tecla(Qt.Key.Key_Escape)
    assert ana.caja.paso == "resultado"
    ana.tecla(F9)
    cuenta(ana, "", "1")
    ana.tecla(F12)
    assert ana.dialogo(ConfirmCount)
    assert "conteo 2 del turno" in ana.textos()
    ana.tecla(ENTER)
    ana.hasta(lambda: ana.caja.paso == "resultado" and "SIN DIFERENCIA" in ana.textos())
    assert "Vale el conteo 2" in ana.textos()
    assert consulta(municipio, "SELECT count(DISTINCT vez) FROM hacienda_conteo WHERE vez > 0") == [(2,)]


def test_a_drop_is_signed_by_another_person_at_the_window(ana, municipio):
    ana.tecla(F8)
    dialogo = ana.dialogo(DropDialog)
    ana.tecla(ENTER)
    assert "Escriba cuánto efectivo retira" in ana.textos()
    ana.escribe("300")
    ana.tecla(ENTER)
    assert dialogo.bolsa.hasFocus()
    ana.escribe("B-77")
    ana.tecla(ENTER)
    ana.dialogo(SignDialog)
    ana.escribe("ana.cajera")
    ana.tecla(ENTER)
    assert "debe firmar otra" in ana.textos()
    ana.tecla(Qt.Key.Key_Escape)
    ana.hasta(dialogo.form.isEnabled)
    assert consulta(municipio, "SELECT count(*) FROM hacienda_retiro") == [(0,)]
    ana.tecla(ENTER)
    firma(ana)
    ana.sin_dialogo()
    ana.hasta(lambda: list((ana.carpeta / "corte").glob("retiro-*.pdf")))
    assert consulta(municipio, "SELECT importe, bolsa FROM hacienda_retiro") == [(30000, "B-77")]
    assert consulta(municipio, "SELECT count(*) FROM core_solicitud") == [(1,)]
    assert "Retiro 1 de $300.00" in ana.textos()


def test_a_drop_whose_answer_was_lost_goes_on_without_another_signature(ana, municipio):
    ana.tecla(F8)
    dialogo = ana.dialogo(DropDialog)
    ana.escribe("100")
    ana.tecla(ENTER)
    ana.escribe("B-1")
    ana.runner.despues.append(service.retirar)
    ana.tecla(ENTER)
    firma(ana)
    ana.hasta(lambda: dialogo.form.isEnabled() and "No hay conexión" in ana.textos())
    ana.tecla(ENTER)
    ana.sin_dialogo()
    assert consulta(municipio, "SELECT count(*) FROM hacienda_retiro") == [(1,)]


def test_more_cash_than_there_is_stays_in_the_dialog_with_its_reason(ana, municipio):
    ana.tecla(F8)
    dialogo = ana.dialogo(DropDialog)
    ana.escribe("501")
    ana.tecla(ENTER)
    ana.escribe("B-1")
    ana.tecla(ENTER)
    firma(ana)
    ana.hasta(lambda: dialogo.form.isEnabled() and "No hay tanto efectivo" in ana.textos())
    assert consulta(municipio, "SELECT count(*) FROM hacienda_retiro") == [(0,)]


def test_the_x_report_of_a_cashier_says_no_cash(ana, municipio, predio):
    turno = ana.runner.ejecutar(service.situacion, service.Nada()).valor.turno
    orden = cobro_de(ana.runner, turno.id, predio.cuenta_id)
    ana.runner.ejecutar(service.cobrar, orden)
    ana.tecla(F8, CTRL)
    dialogo = ana.dialogo(XReportDialog)
    dicho = "\n".join(rotulo.text() for rotulo in dialogo.findChildren(QLabel))
    assert "El efectivo no se muestra" in dicho
    assert formato(orden.total) not in dicho
    assert "$" not in dicho
    ana.tecla(ENTER)
    ana.hasta(lambda: dialogo.papel.estado == "impreso")


def test_a_turno_past_its_length_offers_only_its_closing(crear_base, sentar):
    reloj = Reloj()
    base = crear_base("sqlite", VALLE, reloj)
    [clave] = [c.clave for c in leer(VALLE).cajas if c.horas == 24]
    asignacion = service.AsignacionDeCaja(clave, "ana.cajera", hoy_de(base), True)
    base.entrar("sara.supervisora").ejecutar(service.asignar_caja, asignacion)
    cajera = base.entrar()
    suyas = cajera.ejecutar(service.situacion, service.Nada()).valor.cajas
    [caja_24] = [c.id for c in suyas if c.clave == clave]
    cajera.ejecutar(service.abrir_turno, turnos.Apertura(str(uuid.uuid4()), caja_24, pesos("0")))
    ana = sentar(base)
    ana.hasta(lambda: ana.caja.paso == "calle")
    reloj.micros += 25 * HORA
    ana.tecla(Qt.Key.Key_F5)
    ana.hasta(lambda: ana.caja.paso == "vencido")
    assert "ya pasó de su duración" in ana.textos()
    assert {texto for _, texto in ana.caja.acciones.teclas()} == {"Actualizar", "Contar y cerrar"}
    ana.tecla(F12)
    ana.hasta(lambda: ana.caja.paso == "conteo")
    ana.tecla(Qt.Key.Key_Escape)
    assert ana.caja.paso == "vencido"
