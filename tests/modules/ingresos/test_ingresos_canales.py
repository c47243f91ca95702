"""The pages of channels, saldos a favor and cheques, by keys: a file imported, a cheque returned."""

import json
import uuid
from decimal import Decimal

import pytest
from apoyo import abrir_caja, crear_predios, hoy_de
from canales import CERO, canal_de, consulta, en_csv, importar, tesorero_con_canales
from PySide6.QtCore import Qt
from ventanilla import CTRL, ENTER, F12, Mostrador, RunnerQueSePierde

from lerdo_desk.base.errores import Cancelado, ErrorDeUso
from lerdo_desk.hacienda import cobros, formas
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.ingresos.screens import PAGINAS
from lerdo_desk.modules.ingresos.screens.balance_apply import ApplyDialog
from lerdo_desk.modules.ingresos.screens.balance_refund import RefundDialog
from lerdo_desk.modules.ingresos.screens.channel_close import CloseDialog
from lerdo_desk.modules.ingresos.screens.channels import resumen
from lerdo_desk.modules.ingresos.screens.cheques import ReturnDialog
from lerdo_desk.modules.ingresos.service import cheques, externos, saldos
from lerdo_desk.ui.a11y import sin_nombre


class Mesa:
    """A tesorero with channels at a window, over accounts that owe."""

    def __init__(self, base, qtbot, carpeta) -> None:
        self.base, self.hoy = base, hoy_de(base)
        self.predios = crear_predios(base, cuantos=2, anios=2)
        self.teo = tesorero_con_canales(base)
        self.runner = RunnerQueSePierde(self.teo)
        self.ventana = Mostrador(qtbot, self.runner, carpeta, PAGINAS)
        self.carpeta = carpeta

    def ir(self, clave: str):
        self.ventana.ventana.ir(clave)
        self.ventana.hasta(lambda: self.ventana.ventana.pagina_actual() == clave)
        return self.ventana.pagina(clave)

    def archivo(self, contenido: bytes, nombre: str = "pagos.csv"):
        ruta = self.carpeta / nombre
        ruta.write_bytes(contenido)
        return ruta

    def debe(self, n: int = 0) -> Decimal:
        estado = self.teo.ejecutar(caja.ver_cuenta, caja.Consulta(self.predios[n].cuenta_id)).valor
        return sum((c.total for c in estado.cargos), CERO)


@pytest.fixture
def mesa(crear_base, qtbot, tmp_path):
    hecha = Mesa(crear_base("sqlite"), qtbot, tmp_path)
    yield hecha
    hecha.ventana.cerrar()


def filas_de(pagina) -> list[tuple]:
    return list(pagina.panel.tabla.modelo.filas)


def test_a_file_is_looked_at_and_imported_with_f12_and_its_channel_closed(mesa):
    pagina, ventana = mesa.ir("ingresos_canales"), mesa.ventana
    ventana.hasta(lambda: pagina.canal.count() == 3)
    assert "Cerrado" in pagina.turno.text()
    deuda = mesa.debe()
    ruta = mesa.archivo(
        en_csv(
            [
                ["W1", mesa.predios[0].clave, deuda, mesa.hoy, "03"],
                ["W1", mesa.predios[0].clave, deuda, mesa.hoy, "03"],
                ["W2", "NO-HAY", "10.00", mesa.hoy, "04"],
                ["W3", "X", "-1", mesa.hoy, "04"],
            ]
        )
    )
    pagina.abrir(ruta)
    ventana.hasta(lambda: pagina.vista is not None and not pagina.ocupada)
    assert [f[1] for f in filas_de(pagina)] == [
        "Por cobrar",
        "Repetido en el archivo",
        "Sin cuenta",
        "Con error",
    ]
    assert filas_de(pagina)[3][8].startswith("C5: ")
    assert sin_nombre(ventana.ventana) == []
    pagina.panel.que.setCurrentIndex(pagina.panel.que.findData(externos.MALO))
    assert len(filas_de(pagina)) == 1
    assert pagina.panel.dicho.text().startswith("Renglón 5. C5: "), "the whole sentence stands below"
    pagina.panel.que.setCurrentIndex(0)
    ventana.tecla(F12)
    ventana.hasta(lambda: "Abierto" in pagina.turno.text() and not pagina.ocupada)
    ventana.hasta(lambda: filas_de(pagina)[0][1] == "Ya importado")
    assert not pagina.acciones["importar"].isEnabled()
    assert consulta(mesa.base, "SELECT count(*) FROM hacienda_pago_externo") == [(2,)]
    assert mesa.debe() == CERO

    ventana.tecla(F12, CTRL)
    dialogo = ventana.dialogo(CloseDialog)
    assert "no tiene efectivo" in dialogo.nota.texto()
    ventana.tecla(ENTER)
    ventana.sin_dialogo()
    ventana.hasta(lambda: "Cerrado" in pagina.turno.text())
    assert consulta(mesa.base, "SELECT recibos FROM hacienda_corte") == [(2,)]


def test_the_columns_that_are_missing_are_chosen_once_and_remembered(mesa):
    pagina, ventana = mesa.ir("ingresos_canales"), mesa.ventana
    ventana.hasta(lambda: pagina.canal.count() == 3)
    contenido = en_csv([["Z1", "X", "10", mesa.hoy, "04"]], ("Núm", "Cuenta", "Monto", "Fecha", "Medio"))
    pagina.abrir(mesa.archivo(contenido))
    ventana.hasta(pagina.nota.texto)
    assert "Referencia" in pagina.nota.texto()
    assert not pagina.acciones["importar"].isEnabled()
    lista = pagina.panel.columnas["referencia"]
    lista.setCurrentIndex(lista.findData("Núm"))
    lista.activated.emit(lista.currentIndex())
    ventana.hasta(lambda: pagina.vista.buenos == 1 and not pagina.ocupada)
    assert pagina.nota.texto() == ""
    ventana.tecla(F12)
    ventana.hasta(lambda: consulta(mesa.base, "SELECT count(*) FROM hacienda_pago_externo") == [(1,)])
    [(valor,)] = consulta(mesa.base, "SELECT valor FROM core_personal WHERE clave LIKE 'ingresos.canal.%'")
    assert json.loads(valor)["referencia"] == "Núm"
    ventana.hasta(lambda: not pagina.ocupada)


def test_what_is_no_table_is_said_on_the_page_and_nothing_is_lost(mesa):
    pagina, ventana = mesa.ir("ingresos_canales"), mesa.ventana
    ventana.hasta(lambda: pagina.canal.count() == 3)
    pagina.abrir(mesa.archivo(b"%PDF-1.7", "pagos.csv"))
    ventana.hasta(lambda: "guárdelo" in pagina.nota.texto())
    pagina.abrir(mesa.carpeta / "no existe.csv")
    ventana.hasta(lambda: "no se pudo leer" in pagina.nota.texto())
    assert pagina.acciones["elegir"].isEnabled()


def test_the_cash_of_a_block_is_counted_blind_and_a_difference_needs_its_reason(mesa):
    papel = canal_de(mesa.teo, "PAPEL")
    importar(mesa.teo, papel, en_csv([["T1", "X", "120.00", mesa.hoy, "01"]]))
    pagina, ventana = mesa.ir("ingresos_canales"), mesa.ventana
    ventana.hasta(lambda: "Abierto" in pagina.turno.text())
    pagina.cerrar()
    dialogo = ventana.dialogo(CloseDialog)
    assert "$120.00" not in ventana.textos(), "until it is counted nobody sees what there should be"
    ventana.tecla(ENTER)
    assert dialogo.piezas[Decimal("500")].hasFocus(), "Enter goes to the next piece and confirms nothing"
    dialogo.piezas[Decimal("100")].setText("1")
    assert dialogo.total.text() == "$100.00"
    dialogo.boton.click()
    ventana.hasta(lambda: "faltan $20.00" in dialogo.nota.texto())
    dialogo.boton.click()
    ventana.hasta(lambda: "motivo" in ventana.textos())
    ventana.hasta(dialogo.boton.isEnabled)
    dialogo.reject()
    ventana.sin_dialogo()
    ventana.hasta(lambda: "Haga el corte" in pagina.nota.texto())

    pagina.cerrar()
    otro = ventana.dialogo(CloseDialog)
    assert "ya se contó" in otro.nota.texto()
    otro.motivo.setText("faltó un billete")
    otro.boton.click()
    ventana.sin_dialogo()
    assert consulta(mesa.base, "SELECT contado - esperado FROM hacienda_corte") == [(-2000,)]


def test_a_saldo_is_applied_to_the_account_that_is_found_and_the_rest_given_back(mesa):
    deuda = mesa.debe()
    web = canal_de(mesa.teo, "WEB")
    importar(mesa.teo, web, en_csv([["S1", "MALESCRITA", deuda + 5, mesa.hoy, "04"]]))
    pagina, ventana = mesa.ir("ingresos_saldos"), mesa.ventana
    ventana.hasta(lambda: pagina.actual() is not None)
    ventana.tecla(F12)
    dialogo = ventana.dialogo(ApplyDialog)
    assert dialogo.campo.text() == "MALESCRITA", "what the file said is where the search begins"
    ventana.escribe(mesa.predios[0].clave)
    ventana.hasta(lambda: "Paga 2 adeudos" in dialogo.nota.texto())
    assert "Quedan $5.00" in dialogo.nota.texto()
    ventana.tecla(ENTER)
    ventana.sin_dialogo()
    assert mesa.debe() == CERO
    ventana.hasta(lambda: pagina.actual() is not None and pagina.valor(pagina.actual(), "queda") == 5)

    ventana.tecla(Qt.Key.Key_D, CTRL)
    otro = ventana.dialogo(RefundDialog)
    ventana.tecla(ENTER)
    ventana.hasta(lambda: "5 letras" in ventana.textos())
    ventana.hasta(otro.boton.isEnabled)
    otro.nota_de.setText("Oficio TES/12, transferencia")
    otro.boton.click()
    ventana.sin_dialogo()
    ventana.hasta(lambda: pagina.actual() is None)
    with pytest.raises(ErrorDeUso, match="ya no tiene dinero"):
        mesa.teo.ejecutar(saldos.ver_saldo, saldos.UnSaldo(1))


def test_a_returned_cheque_is_told_signed_and_registered(mesa):
    ana = mesa.base.entrar()
    estado = ana.ejecutar(caja.consultar, caja.Consulta(mesa.predios[0].cuenta_id)).valor
    dichos = tuple(cobros.CargoDicho(estado.cuenta_id, c.cargo_id, c.total) for c in estado.cargos)
    deuda = mesa.debe()
    cheque = cobros.PagoDado("02", deuda, formas.de_banco("Banco de Ejemplo", "123", mesa.hoy, mesa.hoy))
    orden = cobros.Cobro(str(uuid.uuid4()), abrir_caja(ana).id, "Quien firma", dichos, (cheque,))
    ana.ejecutar(caja.cobrar, orden)
    pagina, ventana = mesa.ir("ingresos_cheques"), mesa.ventana
    sara, servicios = mesa.base.entrar("sara.supervisora"), ventana.ventana.servicios
    firmas = []

    def nadie(_titulo, _lineas, _caso, _orden, _listo, fallo):
        fallo(Cancelado())

    def firma(_titulo, lineas, caso, orden, listo, _fallo):
        firmas.append(lineas)
        listo(sara.ejecutar(caso, orden).valor)

    ventana.hasta(lambda: pagina.actual() is not None)
    servicios.firmar = nadie
    ventana.tecla(F12)
    dialogo = ventana.dialogo(ReturnDialog)
    assert "vuelve a deber" in ventana.textos()
    dialogo.boton.click()
    ventana.hasta(lambda: consulta(mesa.base, "SELECT count(*) FROM core_solicitud") == [(1,)])
    ventana.hasta(dialogo.boton.isEnabled)
    servicios.firmar = firma
    mesa.runner.antes = [cheques.devolver_cheque]  # the answer is lost once, after the signature
    dialogo.boton.click()
    ventana.hasta(lambda: "No hay conexión" in ventana.textos())
    ventana.hasta(dialogo.boton.isEnabled)
    dialogo.boton.click()
    ventana.sin_dialogo()
    assert len(firmas) == 1, "signed once, though it was tried twice"
    assert mesa.debe() > deuda
    ventana.hasta(lambda: pagina.valor(pagina.actual(), "estado") == cheques.DEVUELTO)
    assert not pagina.acciones["devolver"].isEnabled()


def test_an_import_is_told_in_one_sentence():
    nada = externos.Importado(0, CERO, CERO, 3, 0)
    assert "nada" in resumen(nada)
    uno = externos.Importado(1, Decimal("10.00"), CERO, 0, 0)
    assert resumen(uno) == "Se importó 1 pago por $10.00."
    varios = externos.Importado(1200, Decimal("10.00"), Decimal("5.00"), 0, 0)
    assert resumen(varios) == "Se importaron 1,200 pagos por $10.00; $5.00 quedaron como saldo a favor."
