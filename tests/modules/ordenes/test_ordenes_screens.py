"""The page of the órdenes by keys: issued and printed with F12, signed, opened, cancelled, scanned."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from ventanilla import ENTER, F12, consulta

from lerdo_desk.base.errores import Cancelado, ErrorDeEntorno
from lerdo_desk.hacienda.ordenes import NuevaOrden
from lerdo_desk.modules.ordenes import service
from lerdo_desk.modules.ordenes.screens.detail import CancelDialog, OrderDialog
from lerdo_desk.modules.ordenes.screens.new import NewOrderDialog
from lerdo_desk.ui.a11y import sin_nombre

TAB = Qt.Key.Key_Tab


def nueva(sentado, concepto) -> NewOrderDialog:
    """Open the dialog and choose a concepto by its key."""
    sentado.hasta(sentado.pagina("ordenes").acciones["nueva"].isEnabled)
    sentado.tecla(F12)
    dialogo = sentado.dialogo(NewOrderDialog)
    sentado.escribe(concepto)
    sentado.tecla(ENTER)
    sentado.hasta(lambda: dialogo.concepto is not None)
    assert dialogo.concepto.clave == concepto
    return dialogo


def visibles(dialogo) -> set[str]:
    return {c for c in ("cantidad", "base", "importe") if dialogo.form.campos[c].isVisibleTo(dialogo.form)}


def emitir(municipio, concepto="11-0020", **mas) -> str:
    with_login = municipio.entrar("carla.capturista", estacion="otra")
    return with_login.ejecutar(service.emitir, NuevaOrden(concepto, "Orona Luján Delia", **mas)).valor


def test_a_fixed_concept_is_issued_printed_and_shown_with_one_key(sentar, municipio):
    ana = sentar()
    dialogo = nueva(ana, "11-0021")
    assert visibles(dialogo) == {"cantidad"}
    assert sin_nombre(dialogo) == []
    ana.escribe("2")
    ana.hasta(lambda: dialogo.total.texto() == "$586.55")
    assert "2.5 UMA de $117.31 por cédula × 2" in dialogo.memoria.text()
    assert "servicios catastrales" in dialogo.articulo.text()
    ana.tecla(TAB)
    ana.escribe("Orona Valenzuela")

    ana.tecla(F12)

    detalle = ana.dialogo(OrderDialog)
    assert (detalle.orden.folio, detalle.orden.importe) == ("11002100000001", Decimal("586.55"))
    assert detalle.orden.pagador == "Orona Valenzuela"
    papel = ana.config.impresion_de("orden").carpeta / "orden-11002100000001.pdf"
    ana.hasta(papel.is_file)
    assert papel.read_bytes().startswith(b"%PDF")
    detalle.close()
    ana.hasta(lambda: ana.pagina("ordenes").vista.tabla.modelo.filas)
    ana.hasta(lambda: "se imprimió en" in ana.textos())


def test_a_payer_is_asked_before_anything_is_written(sentar, municipio):
    ana = sentar()
    dialogo = nueva(ana, "11-0020")
    ana.hasta(dialogo.boton.isEnabled)
    ana.tecla(F12)
    assert "Falta este dato." in ana.textos()
    assert dialogo.pagador.hasFocus()
    assert consulta(municipio, "SELECT count(*) FROM hacienda_orden") == [(0,)]


def test_a_percentage_asks_its_base_and_tells_what_is_missing(sentar):
    ana = sentar()
    dialogo = nueva(ana, "38-0001")
    assert visibles(dialogo) == {"base"}
    ana.hasta(lambda: "Escriba ingreso por boletaje en pesos." in dialogo.memoria.text())
    assert not dialogo.boton.isEnabled()
    ana.escribe("45000")
    ana.hasta(lambda: dialogo.total.texto() == "$3,600.00")
    assert dialogo.boton.isEnabled()


def test_a_person_of_the_books_is_offered_while_the_name_is_typed(sentar, municipio):
    emitir(municipio, domicilio="Calle Sabino 7")
    ana = sentar()
    dialogo = nueva(ana, "11-0020")
    ana.tecla(TAB)
    ana.escribe("orona")
    ana.hasta(dialogo.pagador.lista.isVisible)
    QTest.keyClick(dialogo.pagador.lista, Qt.Key.Key_Down)
    QTest.keyClick(dialogo.pagador.lista, ENTER)
    ana.hasta(lambda: dialogo.pagador.persona is not None)
    assert dialogo.pagador.valor() == "Orona Luján Delia"
    assert dialogo.domicilio.valor() == "Calle Sabino 7"
    ana.hasta(dialogo.boton.isEnabled)
    ana.tecla(F12)
    ana.dialogo(OrderDialog)
    assert consulta(municipio, "SELECT count(*) FROM hacienda_contribuyente") == [(1,)]


def libre(ana, importe="1500"):
    dialogo = nueva(ana, "02-0002")
    assert visibles(dialogo) == {"importe"}
    ana.escribe(importe)
    dialogo.pagador.setText("Peña Muñoz María")
    dialogo.descripcion.setText("Exceso de velocidad")
    ana.hasta(dialogo.boton.isEnabled)
    return dialogo


def test_a_free_amount_is_signed_on_the_spot_and_issued(sentar, sara_firma, municipio):
    ana = sentar()
    firmados = []

    def firmar(titulo, lineas, *mas):
        firmados.append(lineas)
        sara_firma(titulo, lineas, *mas)

    ana.pagina("ordenes").servicios.firmar = firmar
    libre(ana)
    ana.tecla(F12)
    detalle = ana.dialogo(OrderDialog)
    assert detalle.orden.libre
    assert detalle.orden.importe == Decimal("1500.00")
    assert firmados == [
        ("02-0002 Multas de tránsito: $1,500.00", "A nombre de Peña Muñoz María", "Exceso de velocidad")
    ]


def test_a_free_amount_that_nobody_signed_waits_and_is_signed_later(sentar, sara_firma, municipio):
    ana = sentar()
    servicios = ana.pagina("ordenes").servicios
    servicios.firmar = lambda *mas: mas[-1](Cancelado())
    dialogo = libre(ana)
    ana.tecla(F12)
    ana.hasta(lambda: "espera la firma" in dialogo.nota.texto())
    assert dialogo.form.isEnabled()
    assert consulta(municipio, "SELECT count(*) FROM hacienda_orden") == [(0,)]

    # Signed at another station meanwhile: nothing more is asked here.
    [(pedida,)] = consulta(municipio, "SELECT id FROM core_solicitud")
    municipio.entrar("sara.supervisora", estacion="otra").ejecutar(service.firmar, service.Firma(pedida))
    ana.tecla(F12)
    ana.dialogo(OrderDialog)
    assert consulta(municipio, "SELECT count(*) FROM core_solicitud") == [(1,)]


def test_a_free_amount_that_was_rejected_says_so_and_another_is_asked(sentar, sara_firma, municipio):
    ana = sentar()
    servicios = ana.pagina("ordenes").servicios
    servicios.firmar = lambda *mas: mas[-1](Cancelado())
    dialogo = libre(ana)
    ana.tecla(F12)
    ana.hasta(lambda: "espera la firma" in dialogo.nota.texto())
    [(pedida,)] = consulta(municipio, "SELECT id FROM core_solicitud")
    sara = municipio.entrar("sara.supervisora", estacion="otra")
    sara.ejecutar(service.firmar, service.Firma(pedida, aprueba=False, nota="Es mucho"))
    ana.tecla(F12)
    ana.hasta(lambda: "rechazó" in dialogo.nota.texto())
    servicios.firmar = sara_firma
    dialogo.importe.setText("900")
    ana.hasta(lambda: dialogo.total.texto() == "$900.00")
    ana.tecla(F12)
    assert ana.dialogo(OrderDialog).orden.importe == Decimal("900.00")


def test_a_lost_answer_keeps_what_was_typed(sentar):
    ana = sentar()
    dialogo = nueva(ana, "11-0020")
    dialogo.pagador.setText("Peña Muñoz María")
    ana.hasta(dialogo.boton.isEnabled)
    ana.runner.antes.append(service.emitir)
    ana.tecla(F12)
    ana.hasta(lambda: "No hay conexión" in ana.textos())
    assert dialogo.pagador.valor() == "Peña Muñoz María"
    ana.tecla(F12)
    ana.dialogo(OrderDialog)


def test_a_supervisor_cancels_with_a_reason_and_enter_never_does(sentar, municipio):
    folio = emitir(municipio)
    sara = sentar("sara.supervisora")
    pagina = sara.pagina("ordenes")
    sara.hasta(lambda: pagina.vista.tabla.modelo.filas)
    sara.tecla(ENTER)
    detalle = sara.dialogo(OrderDialog)
    detalle.anular.click()
    cancelar = sara.dialogo(CancelDialog)
    assert sin_nombre(cancelar) == []
    sara.escribe("La pidio dos veces")
    sara.tecla(ENTER)
    assert consulta(municipio, "SELECT count(*) FROM hacienda_orden_evento") == [(0,)]
    cancelar.boton.click()
    sara.sin_dialogo()
    assert consulta(municipio, "SELECT motivo FROM hacienda_orden_evento") == [("La pidio dos veces",)]
    sara.hasta(lambda: "Cancelada" in [f for fila in textos(pagina) for f in fila])
    pagina.abrir(folio)
    detalle = sara.dialogo(OrderDialog)
    assert "está cancelada (La pidio dos veces)" in detalle.nota.texto()
    assert detalle.anular is None


def textos(pagina) -> list[list[str]]:
    modelo = pagina.vista.tabla.modelo
    return [
        [str(modelo.index(r, c).data() or "") for c in range(modelo.columnCount())]
        for r in range(modelo.rowCount())
    ]


def test_a_cashier_sees_no_way_to_cancel_and_a_tesorero_none_to_issue(sentar, municipio):
    folio = emitir(municipio)
    ana = sentar()
    ana.pagina("ordenes").abrir(folio)
    assert ana.dialogo(OrderDialog).anular is None
    teo = sentar("teo.tesorero")
    acciones = teo.pagina("ordenes").acciones
    assert not acciones.puede("nueva")
    assert acciones.puede("imprimir")


@pytest.mark.parametrize(
    ("codigo", "tomado"), [("11002000000001", True), ("R1-0000001", False), ("110020000000019", False)]
)
def test_a_scanned_folio_opens_its_order_and_other_codes_are_left_alone(sentar, municipio, codigo, tomado):
    emitir(municipio)
    ana = sentar()
    assert ana.pagina("ordenes").al_escanear(codigo) is tomado
    if tomado:
        assert ana.dialogo(OrderDialog).orden.folio == codigo


def test_a_folio_that_does_not_exist_says_so(sentar):
    ana = sentar()
    ana.pagina("ordenes").abrir("11002000009999")
    ana.hasta(lambda: "No hay una orden de pago con el folio 11 0020 00009999" in ana.textos())


def test_a_printer_that_fails_loses_no_order_and_prints_it_later(sentar, municipio):
    folio = emitir(municipio)
    ana = sentar()
    pagina = ana.pagina("ordenes")
    ana.hasta(lambda: pagina.vista.tabla.modelo.filas)
    de_verdad, pagina.servicios.imprimir = (
        pagina.servicios.imprimir,
        lambda *mas: mas[-1](ErrorDeEntorno("La impresora no tiene papel; póngale y vuelva a imprimir.")),
    )
    pagina.abrir(folio)
    detalle = ana.dialogo(OrderDialog)
    detalle.imprimir()
    ana.hasta(lambda: "no tiene papel" in detalle.papel.text())
    pagina.servicios.imprimir = de_verdad
    ana.tecla(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    ana.hasta(lambda: "Impresa en" in detalle.papel.text())
    assert isinstance(detalle, QDialog)
