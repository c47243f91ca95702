"""Raw SQL against the way from corte to bank: on their own connection nobody gets past the database."""

import uuid
from datetime import timedelta

import pytest
from apoyo import hoy_de
from asientos import asentar, filas, intentar, rechazado
from sqlalchemy import text
from tesoreria import firmar_paso, montar_oficina

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db import motor
from lerdo_desk.hacienda import entregas


@pytest.fixture
def oficina(base):
    return montar_oficina(base)


def evento(turno: str, n: int, estado: str) -> dict[str, object]:
    return {"turno_id": turno, "n": n, "estado": estado, "bolsa": "B", "sello": "S", "nota": ""}


def dia(oficina, n: int, estado: str, cuando=None, motivo: str = "") -> dict[str, object]:
    fecha = (cuando or hoy_de(oficina.base)).isoformat()
    return {"fecha": fecha, "n": n, "estado": estado, "motivo": motivo}


def atomos(oficina, turno: str) -> list[entregas.Atomo]:
    with motor.sesion(oficina.teo.motor, escribe=False) as sesion:
        return list(entregas.dinero(sesion, turno))


def parte(ficha: str, atomo: entregas.Atomo, **otros: object) -> dict[str, object]:
    fila = {**atomo._asdict(), "importe": int(atomo.importe * 100), "ficha_id": ficha}
    return fila | otros


def ficha_de(oficina, numero: str, importe: int, cuando=None) -> dict[str, object]:
    return {
        "id": numero,
        "cuenta_bancaria_id": 1,
        "folio": f"F{numero[:4]}",
        "fecha": (cuando or hoy_de(oficina.base)).isoformat(),
        "importe": importe,
    }


def depositar(oficina, *partes: dict[str, object], importe: int | None = None, cuando=None) -> None:
    """Send lines and slip on the tesorero's own connection, as a client would."""
    numero = str(partes[0]["ficha_id"]) if partes else str(uuid.uuid4())
    suma = sum(int(str(p["importe"])) for p in partes) if importe is None else importe

    def escribir(sesion) -> None:
        for una in partes:
            asentar(sesion, "hacienda_ficha_corte", una)
        asentar(sesion, "hacienda_ficha", ficha_de(oficina, numero, suma, cuando))

    intentar(oficina.teo, escribir)


def test_a_step_is_refused_out_of_order_or_by_whom_it_may_not_be(oficina):
    turno, de_beto = oficina.turno, oficina.turno_de_beto

    def paso(quien, cual: dict[str, object]) -> None:
        intentar(quien, lambda s: asentar(s, "hacienda_corte_evento", cual))

    with rechazado("LD144"):
        paso(oficina.ana, evento(turno, 1, "VERIFICADO"))
    with rechazado("LD144"):
        paso(oficina.sara, evento(turno, 2, "ENTREGADO"))
    paso(oficina.sara, evento(turno, 1, "VERIFICADO"))
    with rechazado("LD144"):
        paso(oficina.beto, evento(turno, 2, "ENTREGADO"))
    with rechazado("LD144"):
        paso(oficina.teo, evento(turno, 2, "ENTREGADO"))
    with rechazado("LD144"):
        paso(oficina.teo, evento(turno, 3, "RECIBIDO"))
    paso(oficina.ana, evento(turno, 2, "ENTREGADO"))
    for quien in (oficina.ana, oficina.sara, oficina.beto):
        with rechazado("LD144"):
            paso(quien, evento(turno, 3, "RECIBIDO"))
    paso(oficina.teo, evento(turno, 3, "RECIBIDO"))
    with rechazado("LD144"):
        paso(oficina.sara, evento(turno, 2, "ENTREGADO") | {"n": 4})
    sin_sello = evento(de_beto, 2, "ENTREGADO") | {"sello": ""}
    firmar_paso(oficina.sara, de_beto, "VERIFICADO")
    with pytest.raises(ErrorDeUso, match="fuera de lo que la base admite"):
        paso(oficina.beto, sin_sello)
    for quien in ("aldo.auditor", "carla.capturista", "adela.administra"):
        with pytest.raises(ErrorDeUso):
            paso(oficina.base.entrar(quien), evento(de_beto, 2, "ENTREGADO"))


def test_a_supervisor_who_became_tesorero_does_not_receive_what_they_gave(oficina):
    oficina.verificar()
    firmar_paso(oficina.sara, oficina.turno, "ENTREGADO", "B", "S")
    dueno = oficina.base.motor_del_dueno()
    intentar(
        dueno,
        lambda s: s.execute(
            text(
                "INSERT INTO core_usuario_evento (login, n, tipo, perfil, activo)"
                " SELECT login, max(n) + 1, 'PERFIL', 'tesorero', 1 FROM core_usuario_evento"
                " WHERE login = 'sara.supervisora' GROUP BY login"
            )
        ),
    )
    dueno.dispose()
    with rechazado("LD144"):
        firmar_paso(oficina.sara, oficina.turno, "RECIBIDO")


def test_a_slip_that_does_not_match_its_atoms_is_refused_and_leaves_nothing(oficina):
    numero, hoy = str(uuid.uuid4()), hoy_de(oficina.base)
    primero, *resto = atomos(oficina, oficina.turno)
    with rechazado("LD172"):
        depositar(oficina, parte(numero, primero))
    oficina.a_tesoreria()
    centavos = int(primero.importe * 100)
    ajeno = atomos(oficina, oficina.turno_de_beto)[0]
    malas = (
        {"importe": centavos - 1},
        {"importe": centavos + int(resto[0].importe * 100)},
        {"forma": "17"},
        {"forma": "99"},
        {"ente_id": 2},
        {"turno_id": ajeno.turno_id},
        {"importe": 0},
    )
    for mala in malas:
        with rechazado("LD172"):
            depositar(oficina, parte(numero, primero, **mala))
    with rechazado("LD172"):
        depositar(oficina, parte(numero, primero), importe=centavos + 1)
    with rechazado("LD172"):
        depositar(oficina, parte(numero, primero), cuando=hoy + timedelta(days=1))
    with rechazado("LD172"):
        depositar(oficina, importe=100)
    with rechazado("LD172"):
        intentar(
            oficina.teo,
            lambda s: (
                asentar(s, "hacienda_ficha_corte", parte(numero, primero)),
                asentar(s, "hacienda_ficha", ficha_de(oficina, numero, centavos) | {"cuenta_bancaria_id": 3}),
            ),
        )
    with pytest.raises(ErrorDeUso):  # the lines alone: the slip they name does not exist at the end
        intentar(oficina.teo, lambda s: asentar(s, "hacienda_ficha_corte", parte(numero, primero)))
    with motor.sesion(oficina.teo.motor, escribe=False) as sesion:
        assert (
            filas(sesion, "SELECT 1 FROM hacienda_ficha_corte UNION ALL SELECT 1 FROM hacienda_ficha") == []
        )

    depositar(oficina, parte(numero, primero))
    with pytest.raises(ErrorDeUso, match="ya estaba registrado"):
        depositar(oficina, parte(str(uuid.uuid4()), primero))
    with rechazado("LD172"):  # a slip that is kept takes no more
        intentar(oficina.teo, lambda s: asentar(s, "hacienda_ficha_corte", parte(numero, resto[0])))
    for quien in (oficina.ana, oficina.sara, oficina.base.entrar("aldo.auditor")):
        if oficina.base.en_servidor:
            with pytest.raises(ErrorDeUso, match="Su perfil no permite"):
                intentar(quien, lambda s: asentar(s, "hacienda_ficha_corte", parte(numero, resto[0])))
    for orden in ("UPDATE hacienda_ficha SET importe = 1", "DELETE FROM hacienda_ficha_corte"):
        with pytest.raises(ErrorDeUso):
            intentar(oficina.teo, lambda s, orden=orden: s.execute(text(orden)))


def test_a_day_does_not_close_over_an_unverified_corte_nor_by_another_profile(oficina):
    def anotar(quien, fila: dict[str, object]) -> None:
        intentar(quien, lambda s: asentar(s, "hacienda_dia_evento", fila))

    ayer = hoy_de(oficina.base) - timedelta(days=1)
    anotar(oficina.teo, dia(oficina, 1, "CERRADO", ayer))
    with rechazado("LD171"):
        anotar(oficina.teo, dia(oficina, 1, "CERRADO"))
    oficina.verificar(oficina.turno)
    with rechazado("LD171"):
        anotar(oficina.teo, dia(oficina, 1, "CERRADO"))
    oficina.verificar(oficina.turno_de_beto)
    for cuando in (hoy_de(oficina.base) + timedelta(days=1),):
        with rechazado("LD170"):
            anotar(oficina.teo, dia(oficina, 1, "CERRADO", cuando))
    with rechazado("LD170"):
        anotar(oficina.teo, dia(oficina, 1, "REABIERTO", motivo="sin haber cerrado"))
    with rechazado("LD170"):
        anotar(oficina.teo, dia(oficina, 2, "CERRADO"))
    for login in ("ana.cajera", "sara.supervisora", "aldo.auditor", "adela.administra"):
        with pytest.raises(ErrorDeUso) as negativa:
            anotar(oficina.base.entrar(login), dia(oficina, 1, "CERRADO"))
        assert "Tesorería" in str(negativa.value) or "Su perfil no permite" in str(negativa.value)
    anotar(oficina.teo, dia(oficina, 1, "CERRADO"))
    with rechazado("LD170"):
        anotar(oficina.teo, dia(oficina, 2, "CERRADO"))
    for login in ("sara.supervisora", "adela.administra"):
        with pytest.raises(ErrorDeUso):
            anotar(oficina.base.entrar(login), dia(oficina, 2, "REABIERTO", motivo="porque yo lo digo"))
    with pytest.raises(ErrorDeUso, match="fuera de lo que la base admite"):
        anotar(oficina.teo, dia(oficina, 2, "REABIERTO", motivo="no"))
    anotar(oficina.teo, dia(oficina, 2, "REABIERTO", motivo="faltó un turno"))
    for orden in ("DELETE FROM hacienda_dia_evento", "UPDATE hacienda_dia_evento SET estado = 'REABIERTO'"):
        with pytest.raises(ErrorDeUso):
            intentar(oficina.teo, lambda s, orden=orden: s.execute(text(orden)))


@pytest.mark.postgresql
def test_a_cashier_sees_of_others_neither_their_corte_nor_the_bank(crear_base):
    # Row policies are PostgreSQL's; the embedded base is fenced by the program.
    oficina = montar_oficina(crear_base("postgresql"))
    with motor.sesion(oficina.ana.motor, escribe=False) as sesion:
        suyos = filas(sesion, "SELECT turno_id FROM hacienda_corte")
    assert [f["turno_id"] for f in suyos] == [oficina.turno]
    for tabla in ("hacienda_ficha", "hacienda_ficha_corte", "hacienda_dia_evento"):
        with pytest.raises(ErrorDeUso, match="Su perfil no permite"):
            intentar(oficina.ana, lambda s, tabla=tabla: s.execute(text(f"SELECT 1 FROM {tabla}")))


def test_a_load_is_confirmed_by_no_profile_but_the_tesorero_s_and_never_by_who_loaded_it(base):
    teo, sara = base.entrar("teo.tesorero"), base.entrar("sara.supervisora")
    carga = {"id": str(uuid.uuid4()), "modulo": "predial", "tipo": "adeudos", "archivo": "x.csv"}
    carga |= {"digesto": "0" * 64, "leidas": 1, "aceptadas": 1, "devueltas": 0, "totales": "{}"}
    evento = {"carga_id": carga["id"], "n": 1, "estado": "CONFIRMADA", "nota": ""}
    dueno = base.motor_del_dueno()
    with motor.transaccion(dueno) as sesion:
        asentar(sesion, "core_carga", carga)
    with rechazado("LD174"):
        intentar(dueno, lambda s: asentar(s, "core_carga_evento", evento))
    if base.en_servidor:
        with pytest.raises(ErrorDeUso, match="perfil no permite"):
            intentar(sara, lambda s: asentar(s, "core_carga_evento", evento))
    else:
        with rechazado("LD174"):
            intentar(sara, lambda s: asentar(s, "core_carga_evento", evento))
    intentar(teo, lambda s: asentar(s, "core_carga_evento", evento))
    dueno.dispose()
