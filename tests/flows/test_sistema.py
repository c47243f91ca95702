"""Sistema seen through its use cases: who can do what, tills and series, the law to look at."""

import pytest
from apoyo import abrir_caja
from asientos import filas
from municipio_de_prueba import PERSONAS

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pedido, Salida
from lerdo_desk.core.use_cases import CASOS
from lerdo_desk.db import motor
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.sistema import service


class Archivo:
    """Takes a list as a file would."""

    def __init__(self):
        self.total, self.tomadas = None, []

    def empezar(self, total, _sumas, _momento):
        self.total = total

    def filas(self, lote):
        self.tomadas.extend(lote)


@pytest.fixture
def adela(base):
    return base.entrar("adela.administra")


def entes(base) -> list[str]:
    with motor.sesion(base.entrar("aldo.auditor").motor, escribe=False) as sesion:
        return [str(f["clave"]) for f in filas(sesion, "SELECT clave FROM hacienda_ente ORDER BY id")]


def test_who_can_do_what_is_told_as_the_house_declares_it_and_goes_whole_to_a_file(base, adela):
    pedido = Pedido(columnas=("clave", "cajero", "administrador"), limite=1000, totales=True)
    matriz = adela.ejecutar(service.perfiles_y_permisos, pedido).valor
    declarados = {c.permiso.clave: c.permiso for c in CASOS.values() if c.permiso.perfiles}
    dichos = {f[0]: f[1:3] for f in matriz.filas}
    assert matriz.total == len(dichos)
    for clave, permiso in declarados.items():
        assert dichos[clave] == tuple(
            service.SI if p in permiso.perfiles else service.NO for p in ("cajero", "administrador")
        )

    cobran = Pedido(("persona", "permiso"), texto="cobrar en ventanilla", totales=True)
    quienes = adela.ejecutar(service.quien_puede, cobran).valor
    assert {f[0] for f in quienes.filas} == {n for n, p in PERSONAS.values() if p == "cajero"}

    archivo = Archivo()
    todo = Salida(Pedido(filtros=(("perfil", "igual", "auditor"),)), archivo)
    assert adela.ejecutar(service.quien_puede_entero, todo).valor == archivo.total == len(archivo.tomadas)
    assert {f[1] for f in archivo.tomadas} == {"aldo.auditor"}
    with pytest.raises(ErrorDeUso, match="Su perfil no permite"):
        base.entrar("sara.supervisora").ejecutar(service.quien_puede, cobran)


def test_a_list_in_memory_is_paged_ordered_and_filtered_like_any_other(crear_base):
    adela = crear_base("sqlite").entrar("adela.administra")

    def leer(**mas):
        return adela.ejecutar(service.perfiles_y_permisos, Pedido(**mas)).valor

    todas = leer(columnas=("permiso",), orden=(("permiso", "desc"),), limite=1000).filas
    juntas, despues = [], None
    while True:
        pagina = leer(columnas=("permiso",), orden=(("permiso", "desc"),), limite=7, despues=despues)
        juntas += pagina.filas
        despues = pagina.siguiente
        if despues is None:
            break
    assert tuple(juntas) == todas
    assert len({f[-1] for f in juntas}) == len(juntas)
    for operador, valor, espera in (
        ("empieza", "cobrar en", True),
        ("contiene", "ventanilla COBRAR", True),
        ("igual", "cobrar en ventanilla", True),
        ("igual", "cobrar", False),
        ("lleno", None, True),
        ("vacio", None, False),
    ):
        hallados = [f[0] for f in leer(filtros=(("permiso", operador, valor),), columnas=("permiso",)).filas]
        assert ("Cobrar en ventanilla" in hallados) is espera, operador
    for filtro in (("permiso", "entre", "a"), ("nada", "igual", "a"), ("permiso", "contiene", " ")):
        with pytest.raises(ErrorDeUso):
            leer(filtros=(filtro,))
    with pytest.raises(ErrorDeUso, match="no se ordena"):
        leer(orden=(("cajero", "asc"),))


def test_a_new_till_with_its_serie_is_one_that_a_cashier_can_open(base, adela):
    nueva = service.CajaNueva(" norte ", "Caja Norte", "Delegación del norte", horas=8)
    assert adela.ejecutar(service.dar_de_alta_caja, nueva).valor == "NORTE"
    [fila] = adela.ejecutar(service.cajas, Pedido(texto="norte")).valor.filas
    assert fila[:8] == (
        "NORTE",
        "Caja Norte",
        "Delegación del norte",
        "VENTANILLA",
        "8 horas",
        None,
        None,
        None,
    )

    for n, ente in enumerate(entes(base), 1):
        clave = f"zz{n}"
        serie = adela.ejecutar(service.dar_de_alta_serie, service.SerieNueva("NORTE", ente, clave)).valor
        assert serie == f"CAP-{clave.upper()}"
    opciones = adela.ejecutar(service.opciones_de_serie, service.Nada()).valor
    assert {e for c, e in opciones.ocupadas if c == "NORTE"} == {e.clave for e in opciones.entes}
    filas_ = adela.ejecutar(service.cajas, Pedido(texto="norte", columnas=("serie", "ultimo"))).valor.filas
    assert [f[:2] for f in filas_] == [(f"CAP-ZZ{n}", 0) for n in range(1, len(opciones.entes) + 1)]

    teo = base.entrar("sara.supervisora")
    hoy = teo.ejecutar(caja.asignaciones, caja.Nada()).valor.hoy
    teo.ejecutar(caja.asignar_caja, caja.AsignacionDeCaja("NORTE", "ana.cajera", hoy, True))
    ana = base.entrar("ana.cajera")
    assert "NORTE" in {c.clave for c in ana.ejecutar(caja.situacion, caja.Nada()).valor.cajas}
    assert abrir_caja(ana)


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"clave": "CAJA NORTE"}, "clave"),
        ({"clave": "ÑANDU"}, "clave"),
        ({"clave": ""}, "clave"),
        ({"nombre": " "}, "nombre"),
        ({"sede": ""}, "sede"),
        ({"tipo": "MOSTRADOR"}, "tipo"),
        ({"horas": 25}, "horas"),
        ({"tipo": "WEB", "horas": 8}, "horas"),
    ],
)
def test_a_till_that_cannot_be_is_refused_beside_its_field(crear_base, datos, campo):
    adela = crear_base("sqlite").entrar("adela.administra")
    with pytest.raises(ErrorDeUso) as error:
        adela.ejecutar(
            service.dar_de_alta_caja,
            service.CajaNueva(**({"clave": "NORTE", "nombre": "Caja Norte", "sede": "Norte"} | datos)),
        )
    assert error.value.campo == campo


def test_a_serie_that_cannot_be_is_refused_beside_its_field(base, adela):
    adela.ejecutar(service.dar_de_alta_caja, service.CajaNueva("NORTE", "Caja Norte", "Norte"))
    with pytest.raises(ErrorDeUso, match="Ya hay una caja") as repetida:
        adela.ejecutar(service.dar_de_alta_caja, service.CajaNueva("norte", "Otra", "Otra"))
    assert repetida.value.campo == "clave"
    [ente, *_] = entes(base)

    def negada(**datos) -> tuple[str, str | None]:
        orden = service.SerieNueva(**({"caja": "NORTE", "ente": ente, "clave": "ZZ1"} | datos))
        with pytest.raises(ErrorDeUso) as error:
            adela.ejecutar(service.dar_de_alta_serie, orden)
        return str(error.value), error.value.campo

    for clave in ("", "ABCD", "A-1", "CAP", "Ñ1"):
        assert negada(clave=clave)[1] == "clave", clave
    assert negada(caja="NADIE")[1] == "caja"
    assert negada(ente="NADIE")[1] == "ente"
    assert negada(clave="1") == ("La serie CAP-1 ya existe; elija otra.", "clave")
    adela.ejecutar(service.dar_de_alta_serie, service.SerieNueva("NORTE", ente, "ZZ1"))
    assert negada(clave="ZZ2") == ("Esa caja ya cobra para ese ente con la serie CAP-ZZ1.", "ente")
    for login in ("sara.supervisora", "teo.tesorero", "aldo.auditor"):
        with pytest.raises(ErrorDeUso, match="Su perfil no permite"):
            base.entrar(login).ejecutar(service.dar_de_alta_caja, service.CajaNueva("SUR", "Sur", "Sur"))


def test_the_law_is_read_in_words_with_what_was_in_force_on_a_day(base, adela):
    def leer(dia: str, texto: str = "") -> list[tuple]:
        pedido = Pedido(("modulo", "clave", "valor", "desde", "hasta", "respaldo"), texto=texto, limite=1000)
        return list(adela.ejecutar(service.parametros, service.EnVigor(pedido, dia)).valor.filas)

    [uma] = leer("15/06/2020", "uma")
    assert uma[:3] == ("General", "UMA", "$86.88")
    assert (uma[3].year, uma[4].year, uma[5]) == (2020, 2021, service.OFICIAL)
    assert len(leer("", "uma")) > len(leer(service.HOY, "uma")) == 1
    assert leer("2020-06-15", "uma") == [uma]
    with pytest.raises(ErrorDeUso, match="fecha no se entiende") as error:
        leer("ayer")
    assert error.value.campo == "dia"

    archivo = Archivo()
    salida = Salida(Pedido(("clave", "valor"), texto="recargo"), archivo)
    adela.ejecutar(service.parametros_enteros, service.EnVigorEntero(salida, "hoy"))
    assert archivo.total == len(archivo.tomadas) >= 1
    assert all(f[0] == "Recargo mensual" and f[1].endswith(("meses", "al mes")) for f in archivo.tomadas)
    with pytest.raises(ErrorDeUso, match="Su perfil no permite"):
        base.entrar("ana.cajera").ejecutar(service.parametros, service.EnVigor(Pedido()))


def test_the_banks_are_seen_by_whom_they_concern(base, adela):
    for login in ("adela.administra", "teo.tesorero", "aldo.auditor"):
        vistos = base.entrar(login).ejecutar(service.bancos, Pedido(totales=True)).valor
        assert vistos.total == len(vistos.filas) > 0
    archivo = Archivo()
    adela.ejecutar(service.bancos_enteros, Salida(Pedido(), archivo))
    assert len(archivo.tomadas) == vistos.total
    with pytest.raises(ErrorDeUso, match="Su perfil no permite"):
        base.entrar("carla.capturista").ejecutar(service.bancos, Pedido())
