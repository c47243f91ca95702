"""SQL by hand at the turno, with one's own login: drops, counts and steps that nobody signed are refused."""

import json
import uuid
from collections.abc import Iterator
from decimal import Decimal

import pytest
from apoyo import piezas_de
from asientos import Ventanilla, asentar, copiar, filas, intentar, montar, rechazado
from municipio_de_prueba import AMBAS
from sqlalchemy import text

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.db import motor
from lerdo_desk.hacienda import turnos
from lerdo_desk.modules.caja import service as caja

HORA = 3_600_000_000


@pytest.fixture(scope="module", params=AMBAS)
def v(request, plantillas, tmp_path_factory) -> Iterator[Ventanilla]:
    base = copiar(request.param, plantillas, request, tmp_path_factory.mktemp("turno"))
    montada = montar(base)
    yield montada
    montada.dueno.dispose()
    base.cerrar()


def ahora(v) -> int:
    with motor.sesion(v.ana.motor, escribe=False) as sesion:
        return int(sesion.scalar(text("SELECT ahora()")))


def solicitud(v, quien, importe: int = 10_000, turno: str | None = None) -> str:
    """Ask for a drop by hand, in centavos."""
    suya = str(uuid.uuid4())
    turno = turno or v.turno.id
    fila = {
        "id": suya,
        "acto": "caja.retiro",
        "modulo": "caja",
        "objeto": turno,
        "motivo": "a mano",
        "orden": json.dumps({"turno_id": turno, "importe": importe}),
        "vence": ahora(v) + HORA,
    }
    intentar(quien, lambda s: asentar(s, "core_solicitud", fila))
    return suya


def firmar(quien, suya: str, decision: str = "APROBADA") -> None:
    fila = {"solicitud_id": suya, "decision": decision, "nota": ""}
    intentar(quien, lambda s: asentar(s, "core_resolucion", fila))


def retiro(v, suya: str, importe: int = 10_000, n: int = 1, turno: str | None = None) -> dict[str, object]:
    return {
        "turno_id": turno or v.turno.id,
        "n": n,
        "importe": importe,
        "bolsa": "B-1",
        "solicitud_id": suya,
    }


def dejar(quien, fila: dict[str, object]) -> None:
    intentar(quien, lambda s: asentar(s, "hacienda_retiro", fila))


def test_a_drop_without_its_signature_is_refused(v):
    with rechazado("LD140"):
        dejar(v.ana, retiro(v, str(uuid.uuid4())))
    sin_firma = solicitud(v, v.ana)
    with rechazado("LD140"):
        dejar(v.ana, retiro(v, sin_firma))
    negada = solicitud(v, v.ana)
    firmar(v.sara, negada, "RECHAZADA")
    with rechazado("LD140"):
        dejar(v.ana, retiro(v, negada))


def test_nobody_signs_their_own_drop_nor_does_a_cashier_sign_one(v):
    with pytest.raises(ErrorDeUso):
        firmar(v.ana, solicitud(v, v.ana))
    with pytest.raises(ErrorDeUso):
        firmar(v.beto, solicitud(v, v.ana))


def test_a_signature_serves_for_its_amount_its_turno_and_its_number(v):
    suya = solicitud(v, v.ana)
    firmar(v.sara, suya)
    for mala in (
        retiro(v, suya, importe=10_001),
        retiro(v, suya, n=2),
        retiro(v, suya, n=0),
    ):
        with rechazado("LD140"):
            dejar(v.ana, mala)
    with rechazado("LD111"):
        dejar(v.ana, retiro(v, suya, turno=v.turno_de_beto.id))
    with rechazado("LD111"):
        dejar(v.beto, retiro(v, suya))
    ajena = solicitud(v, v.beto, turno=v.turno.id)
    firmar(v.sara, ajena)
    with rechazado("LD140"):
        dejar(v.ana, retiro(v, ajena))


def test_more_cash_than_the_till_holds_is_refused_even_when_it_was_signed(v):
    with motor.sesion(v.dueno, escribe=False) as sesion:
        [hay] = filas(
            sesion,
            "SELECT (SELECT fondo FROM hacienda_turno WHERE id = :t) + coalesce(sum(p.importe), 0) AS n"
            " FROM hacienda_recibo r JOIN hacienda_pago p ON p.recibo_id = r.id AND p.forma = '01'"
            " WHERE r.turno_id = :t",
            t=v.turno.id,
        )
    demas = int(str(hay["n"])) + 1
    suya = solicitud(v, v.ana, demas)
    firmar(v.sara, suya)
    with rechazado("LD139"):
        dejar(v.ana, retiro(v, suya, demas))


def test_a_drop_is_used_once(v):
    suya = solicitud(v, v.ana)
    firmar(v.sara, suya)
    dejar(v.ana, retiro(v, suya))
    with pytest.raises(ErrorDeUso):
        dejar(v.ana, retiro(v, suya, n=2))


def cerrado(v, cajero, turno_id: str) -> str:
    """Close a turno with all that is expected in another place, and give its id."""
    cajero.ejecutar(caja.contar, turnos.Arqueo(turno_id, piezas_de(Decimal("500.00"))))
    cajero.ejecutar(caja.cerrar_turno, turnos.Cierre(turno_id, "lo demás se depositó"))
    return turno_id


def paso(turno_id: str, n: int, estado: str) -> dict[str, object]:
    return {
        "turno_id": turno_id,
        "n": n,
        "estado": estado,
        "bolsa": "B-1",
        "sello": "S-1",
        "nota": "",
    }


def dar(quien, fila: dict[str, object]) -> None:
    intentar(quien, lambda s: asentar(s, "hacienda_corte_evento", fila))


def test_a_corte_is_verified_by_another_and_its_steps_keep_their_order(v):
    turno_id = v.turno_de_beto.id
    with pytest.raises(ErrorDeUso):
        dar(v.sara, paso(turno_id, 1, "VERIFICADO"))  # not closed yet
    cerrado(v, v.beto, turno_id)
    with pytest.raises(ErrorDeUso):
        dar(v.beto, paso(turno_id, 1, "VERIFICADO"))  # one's own
    for fuera in (paso(turno_id, 2, "ENTREGADO"), paso(turno_id, 3, "RECIBIDO")):
        with rechazado("LD144"):
            dar(v.sara, fuera)
    with pytest.raises(ErrorDeUso):
        dar(v.sara, paso(turno_id, 1, "RECIBIDO"))  # the step does not say what its number is
    dar(v.sara, paso(turno_id, 1, "VERIFICADO"))
    with pytest.raises(ErrorDeUso):
        dar(v.sara, paso(turno_id, 1, "VERIFICADO"))
    with pytest.raises(ErrorDeUso):
        dar(v.sara, paso(turno_id, 2, "ENTREGADO") | {"bolsa": ""})


def test_the_tesorero_does_not_verify_the_corte_of_a_channel_they_kept(v):
    datos = v.sara.ejecutar(caja.asignaciones, caja.Nada()).valor
    canal = next(c for c in datos.cajas if c.tipo != caja.VENTANILLA)
    v.sara.ejecutar(caja.asignar_caja, caja.AsignacionDeCaja(canal.clave, "teo.tesorero", datos.hoy, True))
    teo, turno_id = v.base.entrar("teo.tesorero"), str(uuid.uuid4())
    with motor.sesion(v.dueno, escribe=False) as sesion:
        [fila] = filas(sesion, "SELECT id FROM hacienda_caja WHERE clave = :c", c=canal.clave)
    # Whatever the grants say of who opens a channel: here it is the owner's word against the lock's.
    turno = {"id": turno_id, "caja_id": fila["id"], "fondo": 0, "estacion": "x", "fecha": datos.hoy}
    intentar(teo, lambda s: asentar(s, "hacienda_turno", turno))
    conteo = {"turno_id": turno_id, "vez": 1, "denominacion": 10_000, "piezas": 0}
    intentar(teo, lambda s: asentar(s, "hacienda_conteo", conteo))
    corte = {"turno_id": turno_id, "caja_id": fila["id"], "motivo": ""}
    intentar(teo, lambda s: asentar(s, "hacienda_corte", corte))
    with rechazado("LD144"):
        dar(teo, paso(turno_id, 1, "VERIFICADO"))
    dar(v.sara, paso(turno_id, 1, "VERIFICADO"))


def test_a_fund_that_is_not_what_was_counted_never_closes(v):
    """The fund and its count are two writes: a corte over a fund that does not match is refused."""
    turno_id = str(uuid.uuid4())
    with motor.sesion(v.dueno, escribe=False) as sesion:
        [caja_id] = filas(
            sesion, "SELECT caja_id AS id FROM hacienda_turno WHERE id = :t", t=v.turno_de_beto.id
        )

    def abrir(sesion) -> None:
        [hoy] = filas(sesion, "SELECT fecha FROM hacienda_turno WHERE id = :t", t=v.turno_de_beto.id)
        turno = {
            "id": turno_id,
            "caja_id": caja_id["id"],
            "fondo": 50_000,
            "estacion": "x",
            "fecha": hoy["fecha"],
        }
        asentar(sesion, "hacienda_turno", turno)
        conteo = {"turno_id": turno_id, "vez": 0, "denominacion": 20_000, "piezas": 2}
        asentar(sesion, "hacienda_conteo", conteo)

    intentar(v.beto, abrir)
    tarde = {"turno_id": turno_id, "vez": 0, "denominacion": 10_000, "piezas": 1}
    with rechazado("LD136"):
        intentar(v.beto, lambda s: asentar(s, "hacienda_conteo", tarde))
    v.beto.ejecutar(caja.contar, turnos.Arqueo(turno_id, piezas_de(Decimal("500.00"))))
    with rechazado("LD137"):
        v.beto.ejecutar(caja.cerrar_turno, turnos.Cierre(turno_id, ""))


def test_a_cashier_reads_nobody_else_s_drops(v):
    with motor.sesion(v.beto.motor, escribe=False) as sesion:
        ajenos = filas(sesion, "SELECT * FROM hacienda_retiro")
    # The embedded database has one file and no row policies: there the program alone is the fence.
    assert len(ajenos) == (0 if v.base.en_servidor else 1)
    with motor.sesion(v.ana.motor, escribe=False) as sesion:
        assert len(filas(sesion, "SELECT * FROM hacienda_retiro")) == 1
