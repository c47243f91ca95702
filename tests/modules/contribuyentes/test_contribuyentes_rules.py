"""Who may be the same person: a table of pairs, and that no pair one letter apart is missed."""

import random
import string

import pytest

from lerdo_desk.hacienda.busquedas import a_una_letra
from lerdo_desk.modules.contribuyentes.rules import Registro, parecido, pares_por_nombre

CURP, OTRA_CURP = "PEXJ800101HDGRXN03", "PEXJ800202HDGRXN08"
RFC, OTRO_RFC = "PEXJ800101AB1", "GOML750505XY2"

CASOS = [
    # nombre, tipo, rfc, curp of each; points and grade, or None
    (("PEREZ JUAN", "F", None, None), ("PEREZ JUAN", "F", None, None), (4, "Probable")),
    (("PEREZ JUAN", "F", RFC, None), ("PEREZ JUAN", "F", RFC, None), (8, "Casi seguro")),
    (("PEREZ JUAN", "F", None, CURP), ("PEREZ JUAN", "F", None, CURP), (10, "Casi seguro")),
    (("PEREZ JUAN", "F", RFC, CURP), ("JIMENEZ LUZ", "F", RFC, CURP), (10, "Casi seguro")),
    (("PEREZ JUAN", "F", None, CURP), ("JIMENEZ LUZ", "F", None, CURP), (6, "Probable")),
    (("PEREZ JUAN", "F", RFC, None), ("JIMENEZ LUZ", "F", RFC, None), (4, "Probable")),
    (("PEREZ JUAN", "F", None, None), ("JUAN PEREZ", "F", None, None), (3, "Posible")),
    (("PEREZ JUAN", "F", None, None), ("PERES JUAN", "F", None, None), (3, "Posible")),
    (("PEREZ JUAN", "F", None, None), ("PEREZJUAN", "F", None, None), (3, "Posible")),
    (("PEREZ JUAN", "F", RFC, None), ("PERES JUAN", "F", f"{RFC[:10]}ZZ9", None), (4, "Probable")),
    # Namesakes: what differs outweighs the name.
    (("PEREZ JUAN", "F", None, CURP), ("PEREZ JUAN", "F", None, OTRA_CURP), None),
    (("PEREZ JUAN", "F", RFC, None), ("PEREZ JUAN", "F", OTRO_RFC, None), None),
    (("PEREZ JUAN", "F", None, None), ("PEREZ JUAN", "M", None, None), None),
    (("PEREZ JUAN", "F", None, None), ("PEREZ JULIO", "F", None, None), None),
    (("LUNA", "F", None, None), ("LUNO", "F", None, None), None),
    # SAT's generic RFCs belong to everybody.
    (("PEREZ JUAN", "F", "XAXX010101000", None), ("JIMENEZ LUZ", "F", "XAXX010101000", None), None),
]


@pytest.mark.parametrize(("uno", "otro", "espera"), CASOS)
def test_two_records_are_alike_as_far_as_what_is_equal_outweighs_what_differs(uno, otro, espera):
    for a, b in ((uno, otro), (otro, uno)):
        hallado = parecido(Registro(1, *a), Registro(2, *b), a_una_letra)
        assert (hallado and (hallado.puntos, hallado.grado)) == espera


def test_the_reasons_are_said_in_words():
    uno = Registro(1, "PEREZ JUAN", "F", RFC, CURP)
    assert parecido(uno, Registro(2, "PERES JUAN", "F", RFC, CURP), a_una_letra).motivos == (
        "Misma CURP",
        "Mismo RFC",
        "Nombre con una letra distinta",
    )


def test_of_many_with_one_name_each_is_paired_with_the_oldest():
    nombres = [(9, "PEREZ JUAN"), (3, "PEREZ JUAN"), (7, "PEREZ JUAN"), (5, "LOPEZ ANA"), (6, "")]
    assert pares_por_nombre(nombres, a_una_letra) == {(3, 9), (3, 7)}


def _con_una_letra(nombre: str, azar: random.Random) -> str:
    """Change, drop, add, or swap one letter anywhere."""
    i = azar.randrange(len(nombre) - 1)
    letra = azar.choice(string.ascii_uppercase)
    return azar.choice(
        [
            nombre[:i] + letra + nombre[i + 1 :],
            nombre[:i] + nombre[i + 1 :],
            nombre[:i] + letra + nombre[i:],
            nombre[:i] + nombre[i + 1] + nombre[i] + nombre[i + 2 :],
        ]
    )


@pytest.mark.parametrize("semilla", range(40))
def test_no_name_one_letter_apart_escapes_the_blocks(semilla):
    azar = random.Random(semilla)
    for _ in range(50):
        nombre = "".join(azar.choice("ABCDE") for _ in range(azar.randrange(7, 24)))
        otro = _con_una_letra(nombre, azar)
        espera = set() if otro == nombre else {(1, 2)}
        hallados = pares_por_nombre([(1, nombre), (2, otro)], a_una_letra)
        assert hallados == (espera or hallados & {(1, 2)}), (nombre, otro)


def test_sixty_thousand_names_take_seconds_not_minutes():
    azar = random.Random(7)
    apellidos = ["".join(azar.choice(string.ascii_uppercase) for _ in range(7)) for _ in range(300)]
    nombres = ["".join(azar.choice(string.ascii_uppercase) for _ in range(6)) for _ in range(200)]
    todos = [
        (n, f"{azar.choice(apellidos)} {azar.choice(apellidos)} {azar.choice(nombres)}")
        for n in range(60_000)
    ]
    comparadas = []

    def contada(uno: str, otro: str) -> bool:
        comparadas.append(1)
        return a_una_letra(uno, otro)

    pares_por_nombre(todos, contada)
    assert len(comparadas) < 1_000_000
