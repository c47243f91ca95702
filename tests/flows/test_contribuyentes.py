"""One person over all direcciones: written once, found twice, joined, set apart, and nothing else changes."""

import threading
from decimal import Decimal

import pytest
from apoyo import abrir_caja, cobro_de, crear_predios
from asientos import filas
from sqlalchemy import insert, text

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.base.listas import Pedido
from lerdo_desk.db import motor
from lerdo_desk.hacienda import personas
from lerdo_desk.hacienda.modelos import Contribuyente, Cuenta
from lerdo_desk.modules.caja import service as caja
from lerdo_desk.modules.contribuyentes import service

CURP, RFC, RFC_MORAL = "HEGG560427MVZRRL04", "GODE561231GR8", "COP010203AB0"
DEL_LIBRO = (
    "hacienda_contribuyente",
    "hacienda_cuenta",
    "hacienda_cargo",
    "hacienda_recibo",
    "hacienda_contacto",
)


@pytest.fixture
def carla(base):
    return base.entrar("carla.capturista")


@pytest.fixture
def sara(base):
    return base.entrar("sara.supervisora")


def alta(runner, nombre: str, **datos) -> int:
    contacto = {c: datos.pop(c) for c in ("telefono", "correo", "domicilio") if c in datos}
    orden = service.Alta(service.PersonaNueva(nombre, **datos), **contacto)
    return runner.ejecutar(service.dar_de_alta, orden).valor


def expediente(runner, quien: int) -> service.Expediente:
    return runner.ejecutar(service.expediente, service.Quien(quien)).valor


def dueno_de(base, cuenta_id: int) -> int:
    with motor.sesion(base.entrar("aldo.auditor").motor, escribe=False) as sesion:
        return sesion.get(Cuenta, cuenta_id).titular_id


def libro(base) -> dict[str, list[dict[str, object]]]:
    with motor.sesion(base.entrar("aldo.auditor").motor, escribe=False) as sesion:
        return {t: filas(sesion, f"SELECT * FROM {t} ORDER BY 1, 2") for t in DEL_LIBRO}


def unir(sara, conserva: int, absorbido: int, motivo: str = "Es la misma persona") -> int:
    return sara.ejecutar(service.unir, service.Union(conserva, absorbido, motivo)).valor


def test_a_person_is_written_once_and_offered_while_somebody_types_them_again(base, carla):
    nueva = alta(
        carla, "  Gloria   Hernández García ", rfc="hegg-560427-mvz", curp=CURP, telefono="+52 (555) 010-0123"
    )
    ficha = expediente(carla, nueva)
    assert ficha.persona == service.Persona(nueva, "Gloria Hernández García", "F", "HEGG560427MVZ", CURP)
    assert ficha.contactos == {"TELEFONO": "555 010 0123"}

    def semejantes(**dato):
        pregunta = service.PersonaNueva(**({"nombre": ""} | dato))
        return [p.id for p in carla.ejecutar(service.semejantes, pregunta).valor]

    assert semejantes(nombre="garcia glo") == [nueva]
    assert semejantes(nombre="ga") == semejantes(nombre="arcia") == []
    assert semejantes(curp="hegg560427") == semejantes(rfc="HEGG 560427") == [nueva]
    for repetida in ({"curp": CURP}, {"rfc": "HEGG560427MVZ"}):
        with pytest.raises(ErrorDeUso, match="ya es de «Gloria Hernández García»") as error:
            alta(carla, "Otra Persona", **repetida)
        assert error.value.campo == next(iter(repetida))
    generico = {"rfc": "XAXX010101000"}
    assert alta(carla, "Público en General", **generico) != alta(carla, "Otro Público", **generico)


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"nombre": "  "}, "nombre"),
        ({"nombre": "Ana Ruiz", "tipo": "X"}, "tipo"),
        ({"nombre": "Ana Ruiz", "rfc": "GODE561231"}, "rfc"),
        ({"nombre": "Ana Ruiz", "rfc": RFC_MORAL}, "rfc"),
        ({"nombre": "Compañía", "tipo": "M", "rfc": RFC}, "rfc"),
        ({"nombre": "Ana Ruiz", "curp": CURP[:-1] + "5"}, "curp"),
        ({"nombre": "Compañía", "tipo": "M", "curp": CURP}, "curp"),
        ({"nombre": "Ana Ruiz", "telefono": "555 010"}, "telefono"),
        ({"nombre": "Ana Ruiz", "correo": "ana@nada"}, "correo"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_half_written(crear_base, datos, campo):
    base = crear_base("sqlite")
    carla = base.entrar("carla.capturista")
    with pytest.raises(ErrorDeUso) as error:
        alta(carla, **datos)
    assert error.value.campo == campo
    assert carla.ejecutar(service.padron, Pedido(totales=True)).valor.total == 0


def test_the_last_contact_counts_an_empty_one_takes_it_away_and_the_same_is_not_written_again(base, carla):
    quien = alta(carla, "Gloria Hernández", telefono="5550100123", correo="gloria@ejemplo.mx")

    def cambiar(telefono: str, correo: str) -> dict[str, str]:
        carla.ejecutar(service.cambiar_contacto, service.DatosDeContacto(quien, telefono, correo, ""))
        return dict(expediente(carla, quien).contactos)

    assert cambiar("555 010 0123", "") == {"TELEFONO": "555 010 0123"}
    assert cambiar("5550100999", "g@ejemplo.mx") == {"CORREO": "g@ejemplo.mx", "TELEFONO": "555 010 0999"}
    with motor.sesion(base.entrar("aldo.auditor").motor, escribe=False) as sesion:
        escritas = filas(sesion, "SELECT tipo, n FROM hacienda_contacto ORDER BY tipo, n")
    assert [(f["tipo"], f["n"]) for f in escritas] == [
        *(("CORREO", n) for n in (1, 2, 3)),
        *(("TELEFONO", n) for n in (1, 2)),
    ]
    with motor.sesion(carla.motor, escribe=False) as sesion:
        assert personas.contactos(sesion, []) == personas.contactos(sesion, [quien + 99]) == {}
    with pytest.raises(ErrorDeUso, match="no existe"):
        carla.ejecutar(service.cambiar_contacto, service.DatosDeContacto(quien + 99, "", "", ""))


def test_a_merge_gathers_accounts_debts_and_receipts_and_undoing_it_leaves_exactly_what_was(
    base, carla, sara
):
    uno, otro = crear_predios(base, 2)
    ana = base.entrar("ana.cajera")
    ana.ejecutar(caja.cobrar, cobro_de(ana, abrir_caja(ana).id, otro.cuenta_id))
    a, b = dueno_de(base, uno.cuenta_id), dueno_de(base, otro.cuenta_id)
    carla.ejecutar(service.cambiar_contacto, service.DatosDeContacto(b, "5550100123", "", ""))
    antes = libro(base)
    de_a, de_b = expediente(carla, a), expediente(carla, b)
    assert [c.clave for c in de_a.cuentas] == [uno.clave]
    assert de_a.adeudo > 0
    assert (de_b.adeudo, de_b.cuentas[0].vencidos) == (Decimal("0.00"), 0)

    fusion = unir(sara, a, b)

    juntas = expediente(carla, b)
    assert (juntas.pedido.id, juntas.persona.id) == (b, a)
    assert [c.clave for c in juntas.cuentas] == [uno.clave, otro.clave]
    assert juntas.adeudo == de_a.adeudo
    assert juntas.contactos == {}
    assert [(c.valor, c.de_quien) for c in juntas.contactos_unidos] == [("555 010 0123", de_b.persona.nombre)]
    [unido] = juntas.unidos
    assert (unido.fusion_id, unido.persona.id, unido.unio) == (fusion, b, "Sara Supervisora de Prueba")
    [recibo] = carla.ejecutar(service.recibos, service.Quien(a)).valor
    assert (recibo.estado, recibo.total) == ("", Decimal(str(antes["hacienda_recibo"][0]["total"])) / 100)
    assert libro(base) == antes
    with pytest.raises(ErrorDeUso, match="unido a otro"):
        carla.ejecutar(service.cambiar_contacto, service.DatosDeContacto(b, "", "", ""))

    sara.ejecutar(service.separar, service.Separacion(fusion, "Eran padre e hijo"))

    assert (expediente(carla, a), expediente(carla, b)) == (de_a, de_b)
    assert libro(base) == antes
    with pytest.raises(ErrorDeUso, match="ya se deshizo"):
        sara.ejecutar(service.separar, service.Separacion(fusion, "Otra vez por error"))
    with pytest.raises(ErrorDeUso, match="no existe"):
        sara.ejecutar(service.separar, service.Separacion(fusion + 50, "No hay tal unión"))
    [vista] = carla.ejecutar(service.uniones, Pedido()).valor.filas
    assert vista[:4] == (de_a.persona.nombre, de_b.persona.nombre, "Es la misma persona", "sara.supervisora")
    assert vista[5] == service.DESHECHA


def test_merges_make_trees_never_circles_and_a_joined_record_is_not_joined_again(base, carla, sara):
    a, b, c, d = (alta(carla, f"Persona Número {n}") for n in ("uno", "dos", "tres", "cuatro"))
    de_b = unir(sara, a, b)
    unir(sara, c, a)
    for conserva, absorbido, frase in (
        (b, a, "ya está unido"),
        (a, c, "ya está unido"),
        (d, b, "ya está unido"),
        (b, d, "ya está unido"),
        (d, d, "mismo registro"),
        (d, d + 90, "no existe"),
    ):
        with pytest.raises(ErrorDeUso, match=frase):
            unir(sara, conserva, absorbido)
    with pytest.raises(ErrorDeUso, match="motivo") as corto:
        unir(sara, d, c, " no ")
    assert corto.value.campo == "motivo"
    with motor.sesion(sara.motor, escribe=False) as sesion:
        for quien in (a, b, c):
            assert service.equivalentes(sesion, quien) == (c, a, b)
        assert service.representantes(sesion, [a, b, c, d]) == {a: c, b: c, c: c, d: d}
    estados = {f[0]: f[5] for f in carla.ejecutar(service.padron, Pedido()).valor.filas}
    assert [estados[f"Persona Número {n}"] for n in ("uno", "dos", "tres", "cuatro")] == [
        service.UNIDO,
        service.UNIDO,
        service.PROPIO,
        service.PROPIO,
    ]

    sara.ejecutar(service.separar, service.Separacion(de_b, "No era la misma"))

    with motor.sesion(sara.motor, escribe=False) as sesion:
        assert service.equivalentes(sesion, b) == (b,)
        assert service.equivalentes(sesion, a) == (c, a)
    unir(sara, d, b)


def test_two_merges_at_once_end_in_one_and_no_circle(base, carla):
    """Two supervisors at two stations join the same two records, each keeping another one."""
    pares = [(alta(carla, f"Persona {n} uno"), alta(carla, f"Persona {n} dos")) for n in range(6)]
    runners = [base.entrar("sara.supervisora", f"mesa-{n}") for n in range(2)]
    for a, b in pares:
        salida, resultados = threading.Barrier(2), []

        def una(runner, conserva, absorbido, salida=salida, resultados=resultados):
            salida.wait(10)
            try:
                resultados.append(unir(runner, conserva, absorbido))
            except ErrorDeUso as error:
                resultados.append(str(error))

        hilos = [
            threading.Thread(target=una, args=(runner, *par))
            for runner, par in zip(runners, ((a, b), (b, a)), strict=True)
        ]
        for hilo in hilos:
            hilo.start()
        for hilo in hilos:
            hilo.join(20)
        assert sorted(isinstance(r, int) for r in resultados) == [False, True]
        [negada] = [r for r in resultados if isinstance(r, str)]
        assert "ya está unido" in negada
        with motor.sesion(runners[0].motor, escribe=False) as sesion:
            assert len(service.equivalentes(sesion, a)) == 2


def test_probable_duplicates_are_told_with_their_reasons_the_surest_first_and_go_when_joined(
    base, carla, sara
):
    dueno = base.motor_del_dueno()
    gente = [
        ("Gloria Hernández García", "F", None, CURP),
        ("GLORIA HERNANDEZ GARCIA", "F", None, CURP),
        ("Pedro Sánchez Ávila", "F", RFC, None),
        ("Pedro Sanches Avila", "F", RFC, None),
        ("Rosa Luna Vega", "F", None, None),
        ("Luna Vega Rosa", "F", None, None),
        ("Empresa Única", "M", None, None),
        ("Empresa Única", "F", None, None),
        ("Público Uno", "F", "XAXX010101000", None),
        ("Público Nada Parecido", "F", "XAXX010101000", None),
    ]
    with motor.transaccion(dueno) as sesion:
        for nombre, tipo, rfc, curp in gente:
            sesion.execute(insert(Contribuyente).values(nombre=nombre, tipo=tipo, rfc=rfc, curp=curp))
    dueno.dispose()

    def hallados():
        dados = carla.ejecutar(service.duplicados, service.Nada()).valor
        assert dados.total == len(dados.pares)
        return dados.pares

    pares = hallados()
    assert [(p.uno.nombre, p.otro.nombre, p.parecido.puntos) for p in pares] == [
        ("Gloria Hernández García", "GLORIA HERNANDEZ GARCIA", 10),
        ("Pedro Sánchez Ávila", "Pedro Sanches Avila", 7),
        ("Rosa Luna Vega", "Luna Vega Rosa", 3),
    ]
    assert pares[1].parecido.motivos == ("Mismo RFC", "Nombre con una letra distinta")
    uno, otro = carla.ejecutar(service.comparar, service.Par(pares[0].uno.id, pares[0].otro.id)).valor
    assert (uno.persona.curp, otro.persona.curp, uno.cuentas, uno.unidos) == (CURP, CURP, 0, 0)
    fusion = unir(sara, pares[0].otro.id, pares[0].uno.id)
    assert len(hallados()) == 2
    sara.ejecutar(service.separar, service.Separacion(fusion, "Se unió por error"))
    assert hallados() == pares


def test_who_may_and_who_may_not(base, carla, sara):
    a, b = alta(carla, "Persona Número uno"), alta(sara, "Persona Número dos")
    orden = service.Union(a, b, "Es la misma persona")
    for login in ("ana.cajera", "carla.capturista", "teo.tesorero", "aldo.auditor", "adela.administra"):
        with pytest.raises(ErrorDeUso, match="Su perfil no permite"):
            base.entrar(login).ejecutar(service.unir, orden)
    for login in ("teo.tesorero", "aldo.auditor"):
        assert base.entrar(login).ejecutar(service.padron, Pedido(totales=True)).valor.total == 2
        assert expediente(base.entrar(login), a).persona.id == a
        assert base.entrar(login).ejecutar(service.recibos, service.Quien(a)).valor == ()
    for login in ("ana.cajera", "adela.administra"):
        with pytest.raises(ErrorDeUso, match="Su perfil no permite"):
            base.entrar(login).ejecutar(service.padron, Pedido())
    if base.en_servidor:  # by hand, with the person's own login
        tabla = "contribuyentes_fusion (conserva_id, absorbido_id, motivo)"
        escribir = f"INSERT INTO {tabla} VALUES (:a, :b, 'porque sí')"
        with (
            pytest.raises(ErrorDeUso, match="Su perfil no permite"),
            motor.transaccion(carla.motor) as sesion,
        ):
            sesion.execute(text(escribir), {"a": a, "b": b})


def test_the_padron_is_found_by_words_of_name_rfc_or_curp(base, carla):
    alta(carla, "Gloria Hernández García", curp=CURP)
    alta(carla, "Compañía de Prueba", tipo="M", rfc=RFC_MORAL)
    for texto_, espera in (("hernandez glo", "Gloria Hernández García"), ("cop01", "Compañía de Prueba")):
        pagina = carla.ejecutar(service.padron, Pedido(texto=texto_, totales=True)).valor
        assert [f[0] for f in pagina.filas] == [espera]
        assert pagina.total == 1
    filtro = Pedido(columnas=("nombre", "tipo"), filtros=(("tipo", "igual", "M"),))
    assert [f[:2] for f in carla.ejecutar(service.padron, filtro).valor.filas] == [
        ("Compañía de Prueba", "M")
    ]
