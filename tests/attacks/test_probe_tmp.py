import pytest
from asientos import *
@pytest.fixture(scope="module", params=["sqlite","postgresql"])
def v(request, plantillas, tmp_path_factory):
    base = copiar(request.param, plantillas, request, tmp_path_factory.mktemp("x"))
    v = montar(base)
    yield v
    base.cerrar(); v.dueno.dispose()

def test_a(v):
    for r in v.modelo.renglones: print({k: r[k] for k in ("n","cargo_id","clase","importe","base","meses","factor")})
    print(v.modelo.recibo, v.modelo.pagos, v.modelo.operacion)
    a = v.asiento()
    with motor.sesion(v.ana.motor, escribe=True) as s:
        a.escribir(s)
        s.execute(text("SELECT 1"))
    print(v.huella())
