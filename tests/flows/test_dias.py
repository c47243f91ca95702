"""A day closes only when every turno up to it is verified; then no till opens, until it is opened again."""

from datetime import timedelta

import pytest
from apoyo import abrir_caja, hoy_de
from tesoreria import hacer_corte, montar_oficina

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db.fallos import MENSAJES
from lerdo_desk.hacienda import cortes, dias
from lerdo_desk.modules.ingresos import service


def negado(dice: str, hacer) -> str:
    with pytest.raises(ErrorDeUso) as negativa:
        hacer()
    assert dice in str(negativa.value)
    return str(negativa.value)


def dia_de_hoy(quien, base) -> dias.Dia:
    visto = quien.ejecutar(service.dias_del_mes, service.DelMes()).valor
    assert visto.hoy == hoy_de(base)
    assert visto.mes.dias[-1].fecha == visto.hoy, "no day after today is shown"
    return visto.mes.dias[-1]


def test_a_day_closes_when_all_is_verified_and_says_with_whom_it_is_stuck(base):
    oficina, hoy = montar_oficina(base, con_cortes=False), hoy_de(base)
    teo = oficina.teo

    def cerrar(fecha=hoy):
        teo.ejecutar(service.cerrar_dia, service.CierreDeDia(fecha))

    def reabrir(motivo):
        teo.ejecutar(service.reabrir_dia, service.Reapertura(hoy, motivo))

    assert [t.paso for t in dia_de_hoy(teo, base).turnos] == [cortes.ABIERTO] * 2
    dicho = negado("no se puede cerrar", cerrar)
    assert "sigue abierto (lo cierra Ana Cajera de Prueba)" in dicho
    assert "sigue abierto (lo cierra Beto Cajero de Prueba)" in dicho
    cerrar(hoy - timedelta(days=1))

    hacer_corte(oficina.ana, oficina.turno)
    oficina.verificar(oficina.turno)
    hacer_corte(oficina.beto, oficina.turno_de_beto)
    dicho = negado("falta verificar su corte (lo hace un supervisor o Tesorería)", cerrar)
    assert "Ana" not in dicho
    assert [t.listo for t in dia_de_hoy(teo, base).turnos] == [True, False]
    negado("todavía no llega", lambda: cerrar(hoy + timedelta(days=1)))

    oficina.verificar(oficina.turno_de_beto)
    cerrar()
    cerrado = dia_de_hoy(teo, base)
    assert (cerrado.cerrado, cerrado.quien, cerrado.faltan) == (True, "Teo Tesorero de Prueba", ())
    negado("ya está cerrado", cerrar)
    assert negado("cerrado", lambda: abrir_caja(oficina.ana)) == MENSAJES["LD170"]

    negado("cinco letras", lambda: reabrir(" no "))
    reabrir("faltó capturar un turno")
    abierto = dia_de_hoy(base.entrar("aldo.auditor"), base)
    assert (abierto.estado, abierto.motivo) == (dias.REABIERTO, "faltó capturar un turno")
    negado("no está cerrado", lambda: reabrir("otra vez por si acaso"))
    abrir_caja(oficina.ana)
    negado("sigue abierto", cerrar)


def test_only_the_tesorero_closes_and_reopens_and_the_auditor_looks(base):
    hoy = hoy_de(base)
    for login in ("ana.cajera", "sara.supervisora", "aldo.auditor", "adela.administra"):
        quien = base.entrar(login)
        negado(
            "Su perfil no permite", lambda q=quien: q.ejecutar(service.cerrar_dia, service.CierreDeDia(hoy))
        )
        assert quien.puede(service.dias_del_mes) is (login == "aldo.auditor")


def test_a_turno_of_an_earlier_month_stops_a_day_of_this_one(base):
    teo = base.entrar("teo.tesorero")
    hoy = hoy_de(base)
    viejo = dias.TurnoDelDia("t", hoy - timedelta(days=40), "Caja", "Ana", cortes.SIN_VERIFICAR, 1)
    mes = teo.ejecutar(service.dias_del_mes, service.DelMes(hoy.year, hoy.month)).valor.mes
    assert mes.atrasados == ()
    assert mes.estorban(hoy) == ()
    con_viejo = dias.Mes(mes.anio, mes.mes, mes.dias, (viejo,))
    assert con_viejo.estorban(mes.dias[0].fecha) == (viejo,)
    muchos = [viejo] * 5
    assert dias.en_palabras(muchos).endswith("; y 2 turnos más")
    futuro = teo.ejecutar(service.dias_del_mes, service.DelMes(hoy.year + 1, 1)).valor.mes
    assert futuro.dias == ()
