"""«Turnos y cortes» by keys: what the supervisor sees of each turno, and how a corte is verified."""

import pytest
from apoyo import abrir_caja, piezas_de
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from ventanilla import F12, consulta

from lerdo_desk.base.dinero import pesos
from lerdo_desk.hacienda import turnos
from lerdo_desk.modules.caja import service
from lerdo_desk.modules.caja.screens.verify import CorteDialog
from lerdo_desk.modules.caja.screens.x_report import XReportDialog


@pytest.fixture
def cerrado(municipio):
    """Leave a turno of Ana closed 100 pesos short; give its id."""
    ana = municipio.entrar()
    turno = abrir_caja(ana)
    ana.ejecutar(service.contar, turnos.Arqueo(turno.id, piezas_de(pesos("400"))))
    ana.ejecutar(service.cerrar_turno, turnos.Cierre(turno.id, "faltó cambio"))
    return turno.id


def en_cortes(sentar, municipio, login: str):
    persona = sentar(municipio, login)
    persona.ventana.ir("caja_cortes")
    persona.hasta(lambda: persona.pagina("caja_cortes").actual() is not None)
    return persona


def dicho(dialogo) -> str:
    return "\n".join(rotulo.text() for rotulo in dialogo.findChildren(QLabel))


def test_a_corte_is_looked_at_and_verified_with_two_keys(municipio, cerrado, sentar):
    sara = en_cortes(sentar, municipio, "sara.supervisora")
    sara.tecla(F12)
    dialogo = sara.dialogo(CorteDialog)
    assert "Faltante" in dicho(dialogo)
    assert "Motivo de la diferencia: faltó cambio" in dicho(dialogo)
    sara.escribe("revisado")
    sara.tecla(F12)
    sara.sin_dialogo()
    evento = "SELECT n, estado, nota, usuario FROM hacienda_corte_evento"
    assert consulta(municipio, evento) == [(1, "VERIFICADO", "revisado", "sara.supervisora")]
    pagina = sara.pagina("caja_cortes")
    sara.hasta(lambda: pagina.valor(pagina.actual(), "paso") == "VERIFICADO")
    sara.tecla(F12)
    assert "Verificado: Sara Supervisora de Prueba" in dicho(sara.dialogo(CorteDialog))
    assert sara.dialogo(CorteDialog).boton.isHidden()


def test_an_open_turno_is_shown_whole_to_the_supervisor(municipio, sentar):
    abrir_caja(municipio.entrar())
    sara = en_cortes(sentar, municipio, "sara.supervisora")
    sara.tecla(Qt.Key.Key_Return)
    assert "Efectivo" in dicho(sara.dialogo(XReportDialog))


def test_an_auditor_looks_and_does_not_verify(municipio, cerrado, sentar):
    aldo = en_cortes(sentar, municipio, "aldo.auditor")
    aldo.tecla(F12)
    dialogo = aldo.dialogo(CorteDialog)
    assert dialogo.boton.isHidden()
    aldo.tecla(F12)
    assert consulta(municipio, "SELECT count(*) FROM hacienda_corte_evento") == [(0,)]
