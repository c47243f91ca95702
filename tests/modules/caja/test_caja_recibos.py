"""«Recibos del turno» and cancelling one by keys: who signs, what goes back, what is said of another's."""

import pytest
from apoyo import cobro_de
from municipio_de_prueba import FRASE
from PySide6.QtCore import Qt
from ventanilla import ENTER, F12, consulta

from lerdo_desk.base.dinero import formato
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.cancel import CancelDialog
from lerdo_desk.ui.signature import SignDialog

F7, F9 = Qt.Key.Key_F7, Qt.Key.Key_F9


@pytest.fixture
def cobrada(ana, predio):
    """A cashier who has charged one account in cash; the order is ``ana.orden``."""
    turno = ana.runner.ejecutar(service.situacion, service.Nada()).valor.turno
    ana.orden = cobro_de(ana.runner, turno.id, predio.cuenta_id)
    ana.runner.ejecutar(service.cobrar, ana.orden)
    return ana


def ver_recibos(ana) -> None:
    ana.tecla(F7)
    ana.hasta(lambda: ana.caja.paso == "recibos" and ana.caja.recibos.actual() is not None)


def estados(ana) -> list[str]:
    return [fila[6] for fila in ana.caja.recibos.tabla.modelo.filas]


def papeles(ana) -> list[str]:
    return sorted(p.name for p in (ana.carpeta / "recibo").glob("*.pdf"))


def firma(ana, login: str = "sara.supervisora") -> int:
    """Sign as somebody else, and give the control keys it took."""
    ana.dialogo(SignDialog)
    ana.escribe(login)
    ana.tecla(ENTER)
    ana.escribe(FRASE.format(login))
    ana.tecla(ENTER)
    return 2


def test_a_receipt_is_cancelled_with_three_keys_and_the_supervisor_s_two(cobrada, municipio):
    ana, teclas = cobrada, 0
    ana.tecla(F7)
    ana.hasta(lambda: ana.caja.paso == "recibos" and ana.caja.recibos.actual() is not None)
    ana.tecla(F9)
    ana.dialogo(CancelDialog)
    assert f"Devuelva {formato(ana.orden.total)} en efectivo" in ana.textos()
    ana.escribe("Se cobro")
    ana.tecla(ENTER)
    teclas += 3
    assert firma(ana) == 2
    ana.sin_dialogo()
    ana.hasta(lambda: len(estados(ana)) == 2)

    original = ana.caja.recibos.tabla.modelo.filas[1][1]
    assert teclas == 3
    assert estados(ana) == [f"Cancela {original}", "Cancelado"]
    assert f"Recibo {original} cancelado. Devuelva {formato(ana.orden.total)} en efectivo" in ana.textos()
    ana.hasta(lambda: ana.caja.recibos.papel.estado == "impreso")
    assert len(papeles(ana)) == 1, "the reversal is on paper"
    devuelto = "SELECT total FROM hacienda_operacion WHERE tipo = 'CANCELACION'"
    assert consulta(municipio, devuelto) == [(-int(ana.orden.total * 100),)]
    [(motivo,)] = consulta(municipio, "SELECT motivo FROM core_solicitud")
    assert motivo.endswith("Original recuperado")


def test_without_a_reason_or_a_note_for_the_missing_original_nobody_is_asked(cobrada, municipio):
    ana = cobrada
    ver_recibos(ana)
    ana.tecla(F9)
    dialogo = ana.dialogo(CancelDialog)
    ana.tecla(ENTER)
    assert "Elija el motivo de la cancelación" in ana.textos()
    ana.escribe("La persona")
    dialogo.original.elegir("no")
    ana.tecla(ENTER)
    ana.hasta(lambda: "por qué no se recuperó" in ana.textos())
    assert consulta(municipio, "SELECT count(*) FROM core_solicitud") == [(0,)]
    dialogo.nota.setText("lo perdió en la calle")
    ana.tecla(ENTER)
    ana.dialogo(SignDialog)
    assert "Original no recuperado. lo perdió en la calle" in ana.textos()
    ana.tecla(Qt.Key.Key_Escape)
    ana.hasta(dialogo.form.isEnabled)
    ana.tecla(ENTER)
    firma(ana)
    ana.sin_dialogo()
    assert consulta(municipio, "SELECT count(*) FROM core_solicitud") == [(1,)], "asked once, signed later"
    assert consulta(municipio, "SELECT count(*) FROM hacienda_recibo WHERE tipo = 'REVERSA'") == [(1,)]


def test_a_cancellation_whose_answer_was_lost_is_not_made_twice(cobrada, municipio):
    ana = cobrada
    ver_recibos(ana)
    ana.tecla(F9)
    dialogo = ana.dialogo(CancelDialog)
    ana.escribe("Datos")
    ana.runner.despues.append(service.cancelar)
    ana.tecla(ENTER)
    firma(ana)
    ana.hasta(lambda: dialogo.form.isEnabled() and "No hay conexión" in ana.textos())
    ana.tecla(ENTER)
    ana.sin_dialogo()
    ana.hasta(lambda: len(estados(ana)) == 2)
    assert consulta(municipio, "SELECT count(*) FROM hacienda_recibo WHERE tipo = 'REVERSA'") == [(1,)]


def test_enter_prints_a_copy_and_what_is_cancelled_is_not_cancelled_again(cobrada):
    ana = cobrada
    ver_recibos(ana)
    for cuantos in (1, 2):
        ana.tecla(ENTER)
        ana.hasta(lambda n=cuantos: ana.caja.recibos.papel.estado == "impreso" and len(papeles(ana)) == n)
    assert "COPIA 1 impresa" in ana.textos()
    ana.tecla(F9)
    ana.dialogo(CancelDialog)
    ana.escribe("Forma")
    ana.tecla(ENTER)
    firma(ana)
    ana.sin_dialogo()
    ana.hasta(lambda: len(estados(ana)) == 2)
    for fila in (0, 1):
        ana.caja.recibos.tabla.elegir(fila)
        assert ana.caja.recibos.motivo_de_cancelar()
        assert not ana.caja.acciones["cancelar"].isEnabled()


def test_a_scan_chooses_the_receipt_and_one_of_another_till_is_told(cobrada):
    ana = cobrada
    ver_recibos(ana)
    etiqueta = ana.caja.recibos.actual().etiqueta
    ana.tecla(Qt.Key.Key_Escape)
    assert ana.caja.paso == "calle"
    assert ana.caja.al_escanear(f"R{etiqueta}")
    ana.hasta(lambda: ana.caja.paso == "recibos" and ana.caja.recibos.actual().etiqueta == etiqueta)
    assert ana.caja.al_escanear("RAJENA-999")
    ana.hasta(lambda: "El recibo AJENA-999 no es de este turno" in ana.textos())
    assert not ana.caja.al_escanear("esto no es un recibo")


def test_the_list_gives_no_sum_of_the_cash(cobrada):
    ana = cobrada
    ver_recibos(ana)
    assert "1 recibo, 0 cancelados" in ana.textos()
    assert formato(ana.orden.total) not in ana.textos()
    ana.tecla(Qt.Key.Key_Escape)
    ana.tecla(F12)
    assert ana.caja.paso == "calle"
