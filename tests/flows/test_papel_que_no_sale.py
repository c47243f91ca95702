"""A paper that cannot come out never touches the charge; the next one is a copy."""

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios
from ventanilla import consulta

from lerdo_desk.base.errores import ErrorDeEntorno
from lerdo_desk.config import Impresion
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.reports import recibo as papel_recibo
from lerdo_desk.ui import printing

_SELLADO = (
    "SELECT (SELECT count(*) FROM hacienda_recibo), (SELECT count(*) FROM hacienda_pago),"
    " (SELECT count(*) FROM hacienda_renglon), (SELECT sum(total) FROM hacienda_recibo),"
    " (SELECT min(hash) FROM hacienda_recibo)"
)


def test_a_charge_outlives_a_printer_and_a_folder_that_fail(base, tmp_path):
    [predio] = crear_predios(base, anios=2)
    ana = base.entrar()
    turno = abrir_caja(ana)
    cobrado = ana.ejecutar(caja.cobrar, cobro_de(ana, turno.id, predio.cuenta_id)).valor
    antes = consulta(base, _SELLADO)
    papeles = tmp_path / "papeles"
    papeles.mkdir()
    estorbo = papeles / "recibos"
    estorbo.write_text("un archivo donde va la carpeta", encoding="utf-8")
    lugares = (
        Impresion(carpeta=estorbo, formato="80mm"),
        Impresion(destino="impresora", impresora="No-Existe", formato="58mm"),
        Impresion(carpeta=papeles / "bien"),
    )
    copias = []
    for lugar in lugares:
        papel = ana.ejecutar(caja.preparar_impresion, caja.Impresion(cobrado.recibos[0])).valor
        copias.append(papel.copia)
        pdf = papel_recibo.dibujar(papel.recibo, copia=papel.copia, formato=lugar.formato)
        if lugar is lugares[-1]:
            printing.imprimir(lugar, pdf, "recibo.pdf")
            continue
        with pytest.raises(ErrorDeEntorno):
            printing.imprimir(lugar, pdf, "recibo.pdf")
    assert copias == [0, 1, 2]
    assert consulta(base, _SELLADO) == antes
    assert sorted(p.name for p in papeles.iterdir()) == ["bien", "recibos"]
    assert [p.name for p in (papeles / "bien").iterdir()] == ["recibo.pdf"]
    assert estorbo.read_text(encoding="utf-8") == "un archivo donde va la carpeta"
    assert ana.ejecutar(caja.consultar, caja.Consulta(predio.cuenta_id)).valor.cargos == ()
