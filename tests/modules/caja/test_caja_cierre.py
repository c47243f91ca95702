"""Closing a till on the screen: blind until confirmed, in words afterwards, never lost."""

import pytest
from apoyo import abrir_caja, cobro_de
from PySide6.QtCore import Qt
from ventanilla import ENTER, F12, consulta

from lerdo_desk.base.dinero import formato, pesos
from lerdo_desk.hacienda import turnos
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.closing import veredicto
from lerdo_desk.modules.caja.screens.count import ConfirmCount


def cortes(base) -> int:
    return consulta(base, "SELECT count(*) FROM hacienda_corte")[0][0]


def confirma(ana) -> None:
    ana.tecla(F12)
    ana.dialogo(ConfirmCount)
    ana.tecla(ENTER)


@pytest.mark.parametrize(
    ("diferencia", "palabra"),
    [("0.00", "SIN DIFERENCIA"), ("0.10", "SOBRANTE"), ("-0.10", "FALTANTE")],
)
def test_a_difference_is_said_in_words(diferencia, palabra):
    assert veredicto(pesos(diferencia))[0] == palabra


def test_nothing_on_screen_says_what_is_expected_before_the_count_is_confirmed(municipio, predio, sentar):
    cajera = municipio.entrar()
    turno = abrir_caja(cajera, "731.00")
    orden = cobro_de(cajera, turno.id, predio.cuenta_id)
    cajera.ejecutar(service.cobrar, orden)
    esperado, cobrado = formato(pesos("731") + orden.total), formato(orden.total)
    ana = sentar(municipio)
    ana.hasta(lambda: ana.caja.paso == "calle")
    assert esperado not in ana.textos()
    ana.cuenta("1")
    ana.tecla(F12)
    ana.dialogo(ConfirmCount)
    assert esperado not in ana.textos()
    assert cobrado not in ana.textos()
    assert not any(isinstance(o, turnos.Cierre) for o in ana.runner.ordenes)
    ana.tecla(ENTER)
    ana.hasta(lambda: ana.caja.paso == "resultado")
    assert esperado in ana.textos()
    assert "FALTANTE" in ana.textos()


def test_enter_goes_from_bill_to_bill_and_the_sum_is_the_cashiers_own(ana):
    ana.cuenta("2", "3", "", "1")
    assert ana.caja.cierre.conteo.campos[4].hasFocus()
    assert ana.caja.cierre.conteo.total.texto() == "$3,600.00"
    assert ana.caja.cierre.conteo.billetes.texto() == "$3,600.00"
    ana.tecla(Qt.Key.Key_Up)
    assert ana.caja.cierre.conteo.campos[3].hasFocus()


def test_going_back_to_charge_keeps_what_was_counted(ana):
    ana.cuenta("7")
    ana.tecla(Qt.Key.Key_Escape)
    assert ana.caja.paso == "calle"
    ana.cuenta("")
    assert ana.caja.cierre.conteo.campos[0].text() == "7"


def test_letters_and_signs_are_refused_and_too_many_pieces_are_explained(ana, municipio):
    ana.cuenta("-1a2")
    assert ana.caja.cierre.conteo.campos[0].text() == "12"
    ana.escribe("999999")
    confirma(ana)
    ana.hasta(lambda: "entre 0 y 100,000" in ana.textos())
    assert ana.caja.paso == "conteo"
    assert ana.caja.cierre.conteo.campos[1].text() == "999999"
    assert consulta(municipio, "SELECT count(*) FROM hacienda_conteo WHERE vez > 0") == [(0,)]


def test_a_difference_needs_its_reason(ana, municipio):
    ana.cuenta("1")
    confirma(ana)
    ana.hasta(lambda: ana.caja.paso == "resultado")
    assert "SOBRANTE" in ana.textos()
    ana.tecla(F12)
    assert "Escriba el motivo de la diferencia" in ana.textos()
    assert cortes(municipio) == 0
    ana.escribe("Un billete de mas")
    ana.tecla(ENTER)
    ana.hasta(lambda: ana.caja.paso == "corte")
    assert consulta(municipio, "SELECT motivo FROM hacienda_corte") == [("Un billete de mas",)]


def test_an_exact_count_asks_for_no_reason(ana, municipio):
    ana.cuenta("", "1")
    confirma(ana)
    ana.hasta(lambda: ana.caja.paso == "resultado")
    assert "SIN DIFERENCIA" in ana.textos()
    assert "Motivo" not in ana.textos()
    ana.tecla(F12)
    ana.hasta(lambda: ana.caja.paso == "corte")
    assert cortes(municipio) == 1


def test_a_turno_that_was_counted_but_not_closed_resumes_at_its_result(municipio, predio, sentar):
    cajera = municipio.entrar()
    turno = abrir_caja(cajera, "500.00")
    cajera.ejecutar(service.contar, turnos.Arqueo(turno.id, ((pesos("500"), 1),)))
    ana = sentar(municipio)
    ana.hasta(lambda: ana.caja.paso == "resultado")
    assert "SIN DIFERENCIA" in ana.textos()
    ana.tecla(F12)
    ana.hasta(lambda: ana.caja.paso == "corte")


def test_a_count_whose_answer_was_lost_goes_on_by_itself(ana, municipio):
    ana.runner.despues.append(service.contar)
    ana.cuenta("", "1")
    confirma(ana)
    ana.hasta(lambda: ana.caja.paso == "resultado")
    assert consulta(municipio, "SELECT count(DISTINCT vez) FROM hacienda_conteo WHERE vez > 0") == [(1,)]


def test_an_opening_whose_answer_was_lost_goes_on_by_itself(municipio, predio, sentar):
    ana = sentar(municipio)
    ana.runner.despues.append(service.abrir_turno)
    ana.abre()
    assert consulta(municipio, "SELECT count(*) FROM hacienda_turno") == [(1,)]


def test_a_corte_whose_answer_was_lost_is_not_made_twice(ana, municipio):
    ana.runner.despues.append(service.cerrar_turno)
    ana.cuenta("", "1")
    confirma(ana)
    ana.hasta(lambda: ana.caja.paso == "resultado")
    ana.tecla(F12)
    ana.hasta(lambda: ana.caja.paso == "corte")
    assert "El corte quedó hecho" in ana.textos()
    assert cortes(municipio) == 1
    ana.hasta(lambda: ana.caja.cierre.papel.estado == "impreso")
    assert len(list((ana.carpeta / "corte").glob("*.pdf"))) == 1


def test_a_corte_without_paper_stands_and_can_be_printed_again(ana, municipio, tmp_path):
    carpeta = tmp_path / "ana.cajera" / "corte"
    carpeta.parent.mkdir(parents=True, exist_ok=True)
    carpeta.write_text("a file where the folder should be")
    ana.cuenta("", "1")
    confirma(ana)
    ana.hasta(lambda: ana.caja.paso == "resultado")
    ana.tecla(F12)
    ana.hasta(lambda: ana.caja.cierre.papel.estado == "fallo")
    assert cortes(municipio) == 1
    assert "El corte está hecho" in ana.caja.cierre.linea.texto()
    carpeta.unlink()
    ana.caja.cierre.linea.boton.click()
    ana.hasta(lambda: ana.caja.cierre.papel.estado == "impreso")
    assert sorted(p.suffix for p in carpeta.iterdir()) == [".pdf", ".xlsx"]
