"""Names misspelt by one letter are found, and said to be other ones, only when nothing else is."""

import random
from itertools import product

import pytest
from municipio_de_prueba import AMBAS
from sqlalchemy import insert, select

from lerdo_desk.base.letras import normaliza
from lerdo_desk.db import motor
from lerdo_desk.hacienda import busquedas
from lerdo_desk.hacienda.modelos import Contribuyente, Cuenta, Ente
from lerdo_desk.modules.caja import service as caja

NOMBRES = (
    *("José", "María", "Guadalupe", "Francisco", "Verónica", "Ignacio", "Rosalía", "Esperanza", "Tomás"),
    *("Beatriz", "Ulises", "Inés"),
)
APELLIDOS = (
    *("Peña", "Muñoz", "González", "Ramírez", "Villarreal", "Ontiveros", "Cháirez", "Ibarra", "Luján"),
    *("Orozco", "Zúñiga", "Rentería", "Ayala", "Barrientos", "Quiñones", "Favela", "Sifuentes", "Valdés"),
    *("Ruiz", "Cruz"),
)
CALLES = ("Hidalgo", "Zaragoza", "Nogal", "Mezquite", "Victoria", "Abasolo", "Matamoros", "Coronado")
_LETRAS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def padron(azar, cuantas):
    """Invent names and streets."""
    for n in range(cuantas):
        nombre = " ".join((*azar.sample(APELLIDOS, 2), *azar.sample(NOMBRES, azar.choice((1, 2)))))
        yield n, nombre, f"{azar.choice(CALLES)} {azar.randrange(1, 900)}, Colonia {azar.choice(CALLES)}"


def mal_escrita(azar, palabra):
    """Spoil one letter: another one, one missing, one too many, or two neighbours swapped."""
    while True:
        n, letra = azar.randrange(len(palabra)), azar.choice(_LETRAS)
        otra = azar.choice(
            (
                palabra[:n] + letra + palabra[n + 1 :],
                palabra[:n] + palabra[n + 1 :],
                palabra[:n] + letra + palabra[n:],
                palabra[:n] + palabra[n + 1 : n + 2] + palabra[n : n + 1] + palabra[n + 2 :],
            )
        )
        if otra != palabra:
            return otra


def sembrar(base, azar, cuantas):
    """Write accounts directly, as their owner."""
    dueno = base.motor_del_dueno()
    with motor.transaccion(dueno) as sesion:
        ente = sesion.scalars(select(Ente.id).order_by(Ente.id).limit(1)).one()
        persona = sesion.execute(
            insert(Contribuyente).values(nombre="Varios", tipo="F").returning(Contribuyente.id)
        ).scalar_one()
        filas = [
            {
                "ente_id": ente,
                "modulo": "predial",
                "clave": f"{n // 1_000_000:03d}-{n // 1000 % 1000:03d}-{n % 1000:03d}",
                "titular_id": persona,
                "titular": nombre,
                "domicilio": domicilio,
            }
            for n, nombre, domicilio in padron(azar, cuantas)
        ]
        for desde in range(0, len(filas), 5000):
            sesion.execute(insert(Cuenta), filas[desde : desde + 5000])
    dueno.dispose()
    return [f["titular"] for f in filas]


def acierta(halladas, palabras):
    """Say whether among the results there is an account with all the words that were meant."""
    return any(set(palabras) <= set(normaliza(h.titular).split()) for h in halladas)


def buscar_mal_escrito(sesion, azar, titulares):
    """Misspell one word of a surname and name, and say whether the person meant is found; None if a hit."""
    palabras = normaliza(azar.choice(titulares)).split()[:3]
    n = azar.randrange(len(palabras))
    escritas = [mal_escrita(azar, p) if i == n else p for i, p in enumerate(palabras)]
    if busquedas.buscar(sesion, escritas):
        return None
    return acierta(busquedas.parecidas(sesion, escritas), palabras)


def _distancia(una, otra):
    """Damerau-Levenshtein (optimal string alignment), the long way."""
    d = {(i, j): i + j for i in range(len(una) + 1) for j in range(len(otra) + 1) if not i or not j}
    for i, j in product(range(1, len(una) + 1), range(1, len(otra) + 1)):
        d[i, j] = min(d[i - 1, j] + 1, d[i, j - 1] + 1, d[i - 1, j - 1] + (una[i - 1] != otra[j - 1]))
        if i > 1 and j > 1 and una[i - 2 : i] == otra[j - 2 : j][::-1]:
            d[i, j] = min(d[i, j], d[i - 2, j - 2] + 1)
    return d[len(una), len(otra)]


def test_a_letter_of_distance_is_what_the_textbook_says():
    palabras = ["".join(letras) for largo in range(5) for letras in product("AB", repeat=largo)]
    palabras += ["ABCD", "ABDC", "BACD", "ABCDE", "ACBD", "ABXD"]
    for una, otra in product(palabras, repeat=2):
        assert busquedas.a_una_letra(una, otra) is (_distancia(una, otra) <= 1), (una, otra)


@pytest.mark.parametrize("donde", AMBAS)
def test_nearly_every_name_with_one_wrong_letter_finds_who_was_meant(crear_base, donde):
    base, azar = crear_base(donde), random.Random(7)
    titulares = sembrar(base, azar, 1500)
    ana = base.entrar()
    with motor.sesion(ana.motor, escribe=False) as sesion:
        intentos = [buscar_mal_escrito(sesion, azar, titulares) for _ in range(150)]
    probados = [i for i in intentos if i is not None]
    assert len(probados) >= 100
    assert sum(probados) / len(probados) >= 0.95


@pytest.fixture
def con_pocas(crear_base):
    base = crear_base("sqlite")
    sembrar(base, random.Random(3), 60)
    return base


def test_what_is_written_well_never_brings_what_only_resembles_it(con_pocas):
    ana = con_pocas.entrar()
    bien = ana.ejecutar(caja.buscar, caja.Buscar("munoz")).valor
    assert bien
    assert bien.frase == ""
    assert all("Muñoz" in h.titular for h in bien)


@pytest.mark.parametrize("mal", ["Muñiz", "Muñz", "Mluñoz", "Muoñz", "Myñoz", "uMñoz"])
def test_a_misspelt_word_says_what_it_found_instead(con_pocas, mal):
    hallados = con_pocas.entrar().ejecutar(caja.buscar, caja.Buscar(mal)).valor
    assert hallados
    assert hallados.frase == f"No hay «{mal}»; parecidos:"
    assert all("Muñoz" in h.titular for h in hallados)


@pytest.mark.parametrize("nada", ["Mxxoz", "xy", "000-000-9X9", "99999999"])
def test_two_wrong_letters_short_words_and_wrong_figures_find_nothing(con_pocas, nada):
    hallados = con_pocas.entrar().ejecutar(caja.buscar, caja.Buscar(nada)).valor
    assert hallados == ()
    assert hallados.frase == ""


@pytest.mark.parametrize(
    ("codigo", "dicho"),
    [
        ("12345678901234", "No hay una orden de pago"),
        ("R1|00000|CAP-1|000000009|000000010000|abcdef123456", "otro municipio"),
        ("RCAP-1-9", "No hay un recibo suyo con el folio CAP-1-9"),
        ("cap-1-9", "No hay un recibo suyo con el folio CAP-1-9"),
    ],
)
def test_a_folio_that_leads_nowhere_gives_one_sentence(con_pocas, codigo, dicho):
    hallados = con_pocas.entrar().ejecutar(caja.buscar, caja.Buscar(codigo)).valor
    assert hallados == ()
    assert dicho in hallados.frase
