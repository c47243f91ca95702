"""Tesorería's pages by keys: a corte handed over and received, a slip kept, a day closed, the diario read."""

from dataclasses import replace
from decimal import Decimal

import pytest
from apoyo import hoy_de
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from ventanilla import CTRL, ENTER, F12, consulta

from lerdo_desk.base.calendario import fecha_corta
from lerdo_desk.base.dinero import formato
from lerdo_desk.base.errores import Cancelado
from lerdo_desk.hacienda import cortes
from lerdo_desk.hacienda.depositos import FichaNueva
from lerdo_desk.modules.ingresos import service
from lerdo_desk.modules.ingresos.screens import PAGINAS as DE_TESORERIA
from lerdo_desk.modules.ingresos.screens.act import ActDialog, bolsa_en_palabras, total_de
from lerdo_desk.modules.ingresos.screens.deposit import leer_importe
from lerdo_desk.modules.ingresos.screens.reopen import ReopenDialog
from lerdo_desk.modules.ingresos.screens.slips import RangeDialog, SlipDialog
from lerdo_desk.ui.a11y import sin_nombre

PAGINAS = {
    "entregas",
    "deposito",
    "sin_depositar",
    "fichas",
    "dias",
    "diario",
    "canales",
    "saldos",
    "cheques",
}


def pagina(sentado):
    return sentado.pagina(sentado.ventana.pagina_actual())


def filas(sentado) -> list[tuple]:
    return list(pagina(sentado).vista.tabla.modelo.filas)


def pdfs(tmp_path, documento: str) -> list[str]:
    return sorted(p.name for p in (tmp_path / documento).glob("*.pdf"))


@pytest.mark.parametrize(
    ("login", "ve"),
    [
        ("ana.cajera", {"entregas"}),
        ("sara.supervisora", {"entregas"}),
        ("teo.tesorero", PAGINAS),
        ("aldo.auditor", PAGINAS - {"deposito", "canales"}),
        ("carla.capturista", set()),
    ],
)
def test_everybody_finds_the_pages_of_their_work(oficina, login, ve):
    suyas = {
        p.clave.removeprefix("ingresos_") for p in DE_TESORERIA if oficina.base.entrar(login).puede(p.caso)
    }
    assert suyas & PAGINAS == ve


def test_a_cashier_hands_over_and_tesoreria_signs_at_the_same_window(oficina, sentar, tmp_path):
    oficina.verificar()
    ana = sentar("ana.cajera", "ingresos_entregas")
    ana.hasta(lambda: len(filas(ana)) == 1)
    firmas = []
    pagina(ana).servicios.firmar = lambda *partes: firmas.append(partes)
    ana.tecla(F12)
    dialogo = ana.dialogo(ActDialog)
    assert formato(total_de(dialogo._acta)) in ana.textos()
    assert sin_nombre(dialogo) == []
    ana.tecla(ENTER)
    ana.hasta(lambda: "número de la bolsa" in dialogo.form.campos["bolsa"].error())
    ana.escribe("B-17")
    ana.tecla(Qt.Key.Key_Tab)
    ana.escribe("S-99")
    ana.tecla(ENTER)
    ana.sin_dialogo()
    ana.hasta(lambda: firmas)
    titulo, lineas, caso, orden, listo, fallo = firmas[0]
    assert "Bolsa B-17, sello S-99." in " ".join(lineas)
    assert (caso, orden, titulo) == (
        service.recibir_corte,
        service.Recepcion(oficina.turno),
        "Recibir el dinero del corte",
    )
    fallo(Cancelado())
    assert "falta que Tesorería lo reciba" in ana.textos()
    listo(oficina.teo.ejecutar(caso, orden).valor)
    ana.hasta(lambda: pdfs(tmp_path, "corte"))
    assert pdfs(tmp_path, "corte")[0].startswith("acta-")
    ana.tecla(Qt.Key.Key_F5)
    ana.hasta(lambda: pagina(ana).valor(filas(ana)[0], "paso") == cortes.RECIBIDO)
    assert not pagina(ana).acciones["entregar"].isEnabled()
    assert pagina(ana).acciones["acta"].isEnabled()


def test_the_tesorero_receives_from_the_list_what_was_handed_over(oficina, sentar, tmp_path):
    oficina.verificar()
    oficina.sara.ejecutar(service.entregar_corte, service.Entrega(oficina.turno_de_beto, "B-2", "S-2"))
    teo = sentar("teo.tesorero", "ingresos_entregas")
    teo.hasta(lambda: len(filas(teo)) == 2)
    assert pagina(teo).valor(filas(teo)[0], "paso") == cortes.ENTREGADO, "what waits for him comes first"
    assert not pagina(teo).acciones.puede("entregar")
    teo.tecla(ENTER)
    teo.dialogo(ActDialog)
    assert "Entregó Sara Supervisora de Prueba. Bolsa B-2, sello S-2." in teo.textos()
    teo.tecla(ENTER)
    teo.sin_dialogo()
    teo.hasta(lambda: "Teo Tesorero de Prueba recibió" in teo.textos())
    teo.hasta(lambda: pdfs(tmp_path, "corte"))
    teo.hasta(lambda: pagina(teo).valor(filas(teo)[0], "paso") == cortes.VERIFICADO)
    assert not pagina(teo).acciones["recibir"].isEnabled()
    assert sin_nombre(teo.ventana) == []


def test_a_slip_is_kept_only_when_it_is_equal_to_what_is_marked(oficina, sentar):
    oficina.a_tesoreria()
    teo = sentar("teo.tesorero", "ingresos_deposito")
    vista = pagina(teo)
    teo.hasta(lambda: len(vista.tabla.modelo.filas) == 5)
    assert vista.fecha.text() == fecha_corta(hoy_de(oficina.base))
    assert not vista.acciones["depositar"].isEnabled()
    vista.tabla.setFocus()
    teo.tecla(Qt.Key.Key_Space)
    primera = vista.tabla.marcadas()[0]
    vista.importe.setText(str(primera[4] + Decimal("0.01")))
    assert vista.diferencia.texto() == "$0.01"
    assert not vista.acciones["depositar"].isEnabled()
    assert "iguales al centavo" in teo.textos()
    vista.importe.setText(str(primera[4]))
    assert vista.acciones["depositar"].isEnabled()
    teo.tecla(F12)
    teo.hasta(lambda: "folio" in vista.form.campos["folio"].error())
    assert vista.folio.hasFocus()
    teo.escribe("D-1")
    teo.tecla(F12)
    teo.hasta(lambda: len(vista.tabla.modelo.filas) == 4)
    assert vista.tabla.marcadas() == ()
    assert (vista.folio.text(), vista.importe.text()) == ("", "")

    teo.tecla(Qt.Key.Key_T, CTRL)
    assert len(vista.tabla.marcadas()) == 4
    suma = sum(f[4] for f in vista.tabla.marcadas())
    vista.folio.setText("D-2")
    vista.importe.setText(f"{suma}")
    teo.tecla(F12)
    teo.hasta(lambda: vista.tabla.modelo.filas == ())
    assert consulta(oficina.base, "SELECT count(*) FROM hacienda_ficha") == [(2,)]
    assert "No hay dinero por depositar" in teo.textos()
    vista.cuenta.setCurrentIndex(vista.cuenta.count() - 1)
    teo.hasta(lambda: vista.tabla.modelo.filas == ())
    assert sin_nombre(teo.ventana) == []


def test_without_cash_nobody_is_asked_for_a_bag(oficina):
    acta = oficina.teo.ejecutar(service.acta_de_entrega, service.UnActa(oficina.turno)).valor
    assert bolsa_en_palabras(acta) == "Sin bolsa: no hay efectivo."
    con_bolsa = replace(acta, bolsa="B-1", sello="S-1")
    assert bolsa_en_palabras(con_bolsa) == "Bolsa B-1, sello S-1."


def test_the_amount_of_a_slip_may_be_a_debit_of_the_bank():
    assert leer_importe("1,234.50") == Decimal("1234.50")
    assert leer_importe("−300") == leer_importe("-300.00") == Decimal("-300.00")


def test_what_is_not_deposited_is_listed_by_age_and_slips_are_printed(oficina, sentar, tmp_path):
    teo = sentar("teo.tesorero", "ingresos_sin_depositar")
    teo.hasta(lambda: len(filas(teo)) == 5)
    assert [f[0] for f in filas(teo)] == [0] * 5
    assert "En la caja, sin verificar" in str([pagina(teo).vista.tabla.modelo.index(0, 7).data()])
    oficina.a_tesoreria()
    ente = oficina.teo.ejecutar(service.cuentas_bancarias, service.Nada()).valor.cuentas[0]
    atomos = oficina.teo.ejecutar(service.por_depositar, service.DeEnte(ente.ente_id)).valor
    suma = sum(p.atomo.importe for p in atomos)
    hoy = hoy_de(oficina.base)
    ficha = FichaNueva(
        "00000000-0000-4000-8000-000000000001", ente.id, "D-9", hoy, suma, tuple(p.atomo for p in atomos)
    )
    oficina.teo.ejecutar(service.depositar, ficha)
    teo.ventana.ir("ingresos_fichas")
    teo.hasta(lambda: len(filas(teo)) == 1)
    teo.tecla(ENTER)
    detalle = teo.dialogo(SlipDialog)
    assert len(detalle.tabla.modelo.filas) == 5
    assert sin_nombre(detalle) == []
    teo.tecla(Qt.Key.Key_Escape)
    teo.sin_dialogo()
    teo.tecla(Qt.Key.Key_P, CTRL)
    rango = teo.dialogo(RangeDialog)
    rango.desde.setText("01/01/2001")
    rango.hasta.setText("02/01/2001")
    teo.tecla(ENTER)
    teo.hasta(lambda: "No hay fichas" in rango.form.campos["desde"].error())
    rango.hasta.setText(fecha_corta(hoy))
    teo.tecla(ENTER)
    teo.sin_dialogo()
    teo.hasta(lambda: pdfs(tmp_path, "lista"))


def test_a_day_is_closed_and_opened_again_by_keys_and_says_what_stops_it(oficina, sentar):
    teo = sentar("teo.tesorero", "ingresos_dias")
    vista = pagina(teo)
    teo.hasta(lambda: vista.tabla.modelo.filas)
    assert vista.tabla.modelo.filas[0][2] == "Faltan 2 turnos"
    assert not vista.acciones["cerrar"].isEnabled()
    assert "falta verificar su corte (lo hace un supervisor o Tesorería)" in vista.nota.texto()
    assert len(vista.turnos.modelo.filas) == 2
    oficina.verificar()
    teo.tecla(Qt.Key.Key_F5)
    teo.hasta(lambda: vista.tabla.modelo.filas[0][2] == "Listo para cerrar")
    teo.tecla(F12)
    teo.hasta(lambda: vista.tabla.modelo.filas[0][2] == "Cerrado")
    teo.hasta(lambda: "Lo cerró Teo Tesorero de Prueba" in vista.nota.texto())
    assert not vista.acciones["cerrar"].isEnabled()
    teo.tecla(Qt.Key.Key_F9)
    dialogo = teo.dialogo(ReopenDialog)
    teo.tecla(ENTER)
    teo.hasta(lambda: "cinco letras" in dialogo.form.campos["motivo"].error())
    teo.escribe("falta un corte")
    teo.tecla(ENTER)
    teo.sin_dialogo()
    teo.hasta(lambda: "Lo reabrió Teo Tesorero de Prueba" in vista.nota.texto())
    assert "falta un corte" in vista.nota.texto()
    titulo = vista.mes.text()
    teo.tecla(Qt.Key.Key_F7)
    teo.hasta(lambda: vista.mes.text() != titulo)
    teo.tecla(Qt.Key.Key_F8)
    teo.hasta(lambda: vista.mes.text() == titulo)
    assert not vista.acciones["despues"].isEnabled()
    assert sin_nombre(teo.ventana) == []


def test_the_diario_adds_up_in_every_view_and_goes_to_paper_and_spreadsheet(oficina, sentar, tmp_path):
    aldo = sentar("aldo.auditor", "ingresos_diario")
    vista = pagina(aldo)
    aldo.hasta(lambda: vista.tabla.modelo.filas)
    hoy = fecha_corta(hoy_de(oficina.base))
    assert (vista.desde.text(), vista.hasta.text()) == (hoy, hoy)
    [[cobrado]] = consulta(oficina.base, "SELECT sum(total) FROM hacienda_recibo")
    assert vista.neto.texto() == formato(Decimal(cobrado) / 100)
    for clave in ("cri", "concepto", "direccion", "caja", "forma", "ente"):
        vista.vista.elegir(clave)
        assert sum(f[4] for f in vista.tabla.modelo.filas) == Decimal(cobrado) / 100
    assert "El día no está cerrado" in vista.nota.texto()
    aldo.tecla(Qt.Key.Key_P, CTRL)
    aldo.tecla(Qt.Key.Key_E, CTRL)
    aldo.hasta(lambda: pdfs(tmp_path, "lista") and list((tmp_path / "lista").glob("*.xlsx")))
    [libro] = (tmp_path / "lista").glob("*.xlsx")
    hoja = load_workbook(libro).active
    sumas = [r for r in hoja.iter_rows(min_row=6, values_only=True) if r[2] == "Suma"]
    assert len(sumas) == 6
    assert {round(Decimal(str(r[5])), 2) for r in sumas} == {Decimal(cobrado) / 100}
    vista.desde.setText("31/02/2026")
    aldo.tecla(F12)
    aldo.hasta(lambda: "no existe" in vista.form.campos["desde"].error())
    vista.desde.setText("01/01/2020")
    vista.hasta.setText("02/01/2020")
    aldo.tecla(F12)
    aldo.hasta(lambda: vista.tabla.modelo.filas == ())
    assert "Sin ingresos" in aldo.textos()
    assert sin_nombre(aldo.ventana) == []
