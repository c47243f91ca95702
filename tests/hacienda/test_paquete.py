"""A pack is read whole and exact, or refused whole with file, row and reason."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from paquetes import LERDO, VALLE_QUIETO, cambiar, copia, problemas

from lerdo_desk.base.claves import digito_dudoso
from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.hacienda.ley import Parametros
from lerdo_desk.hacienda.paquete import Problema, leer, oficiales_y_ejemplos


@pytest.fixture
def carpeta(tmp_path):
    """A copy of the invented municipality that a test may spoil."""
    return copia(tmp_path)


def test_two_municipalities_are_read_and_share_nothing_but_the_nation():
    uno, otro = leer(LERDO), leer(VALLE_QUIETO)
    for de in (
        lambda p: {p.clave, p.municipio.nombre, p.municipio.estado, p.municipio.zona_horaria},
        lambda p: {p.municipio.grupos_clave},
        lambda p: (
            {e.rfc for e in p.entes} | {e.domicilio for e in p.entes} | {e.dependencia for e in p.entes}
        ),
        lambda p: {s.clave for s in p.series},
        lambda p: {(x.clave, x.variante, x.valor) for x in p.parametros if x.modulo == "predial"},
        lambda p: {
            str(x.datos.get("vence_mes"))
            for x in p.parametros
            if (x.modulo, x.clave) == ("predial", "tarifa")
        },
    ):
        assert de(uno)
        assert not de(uno) & de(otro)
    assert len(uno.entes) >= 2 <= len(otro.entes)


@pytest.mark.parametrize("origen", [LERDO, VALLE_QUIETO], ids=lambda c: c.name)
def test_what_a_pack_holds_fits_the_ledger(origen):
    paquete = leer(origen)
    assert paquete.clave == origen.name
    assert all(len(f"R{s.clave}-0000001") <= 12 for s in paquete.series)
    assert not any(digito_dudoso(e.rfc) for e in paquete.entes)
    assert all(isinstance(p.numero, int) and p.numero >= 0 and 0 <= p.escala <= 8 for p in paquete.parametros)
    llaves = [(p.modulo, p.clave, p.variante, p.desde) for p in paquete.parametros]
    assert len(set(llaves)) == len(llaves)
    assert all(p.fundamento and json.loads(json.dumps(p.datos)) == p.datos for p in paquete.parametros)
    assert all(p.ejemplo == p.fundamento.startswith("EJEMPLO – NO OFICIAL. ") for p in paquete.parametros)
    assert not any("EJEMPLO" in p.fundamento for p in paquete.parametros if not p.ejemplo)


def test_numbers_keep_the_decimals_that_were_written():
    parametros = Parametros(leer(VALLE_QUIETO).parametros)
    dia = date(2026, 3, 1)
    tarifa = parametros.vigente("predial", "tarifa", dia, "RUSTICO")
    assert (tarifa.numero, tarifa.escala, tarifa.datos["minimo_pesos"]) == (325, 5, "200.00")
    assert parametros.vigente("predial", "recargo_mensual", dia).valor == Decimal("0.0375")
    assert parametros.vigente("predial", "descuento", dia, "ANTICIPADO").valor == Decimal("0.075")
    assert parametros.vigente("general", "inpc", dia, "2025-12").numero == 143_042_000


def test_each_uma_rules_until_the_day_before_the_next():
    parametros = Parametros(leer(LERDO).parametros)
    valores = {
        d: parametros.vigente("general", "uma", d).valor for d in (date(2026, 1, 31), date(2026, 2, 1))
    }
    assert valores == {date(2026, 1, 31): Decimal("113.14"), date(2026, 2, 1): Decimal("117.31")}


def test_the_index_chained_from_the_variations_gives_the_published_ones():
    indices = {p.variante: p.valor for p in leer(LERDO).parametros if p.clave == "inpc"}
    for mes, publicado in {"2018-12": "103.020", "2020-12": "109.271", "2023-12": "132.373"}.items():
        assert indices[mes] == Decimal(publicado)
    # The yearly checks of the field notes: December against December.
    for anio, factor in {
        2019: "1.0283",
        2021: "1.0736",
        2022: "1.0782",
        2024: "1.0421",
        2025: "1.0369",
    }.items():
        cociente = indices[f"{anio}-12"] / indices[f"{anio - 1}-12"]
        assert cociente.quantize(Decimal("0.0001")) == Decimal(factor)


def test_on_every_day_of_its_ejercicios_the_shipped_pack_has_a_discount_and_a_recargo():
    parametros = Parametros(leer(LERDO).parametros)
    dia = date(2021, 1, 1)
    while dia <= date(2027, 12, 31):
        assert len(parametros.vigentes("predial", "descuento", dia)) == 1
        assert parametros.buscar("predial", "recargo_mensual", dia)
        dia += timedelta(days=1)


def test_the_report_tells_what_is_official_from_what_is_only_an_example():
    informe = oficiales_y_ejemplos(leer(LERDO))
    assert any("PAGO_OPORTUNO, desde el 01/01/2024 hasta el 31/03/2025" in f for f in informe.oficiales)
    assert any("inpc, desde el 10/02/2008: INEGI" in f for f in informe.oficiales)
    assert not any("EJEMPLO" in f for f in informe.oficiales)
    assert any("tarifa URBANO/HABITACIONAL" in f for f in informe.ejemplos)
    assert any(f.startswith("Ente SAP") for f in informe.ejemplos)
    assert any(f.startswith("Canal WEB") for f in informe.ejemplos)
    assert any(f.startswith("Cuenta bancaria") for f in informe.ejemplos)
    assert any(f.startswith("ordenes: tarifa 11-0020, desde el 01/01/2024") for f in informe.ejemplos)
    assert oficiales_y_ejemplos(leer(VALLE_QUIETO)).ejemplos == ()


FALLAS = [
    ("predial.toml", "al_millar = 5.5", "al_millar = -5.5", "[[tarifa]] 1", "no puede ser negativo"),
    ("predial.toml", "al_millar = 5.5", 'al_millar = "cinco"', "[[tarifa]] 1", "debe ser un número"),
    ("predial.toml", "al_millar = 5.5", "al_millar = nan", "[[tarifa]] 1", "debe ser un número"),
    ("predial.toml", "al_millar = 5.5", "al_millar = 1e9", "[[tarifa]] 1", "debe ser un número"),
    ("predial.toml", "al_millar = 5.5", "al_millar = true", "[[tarifa]] 1", "debe ser un número"),
    ("predial.toml", "al_millar = 5.5", "al_millar = 5.500001", "[[tarifa]] 1", "demasiados decimales"),
    ("predial.toml", "al_millar = 5.5\n", "", "[[tarifa]] 1", "falta «al_millar»"),
    ("predial.toml", 'variante = "URBANO"\n', "", "[[tarifa]] 1", "falta «variante»"),
    (
        "predial.toml",
        "al_millar = 5.5",
        "al_millar = 5.5\nal_mil = 5",
        "[[tarifa]] 1",
        "«al_mil» no es una columna",
    ),
    ("predial.toml", '"MILLAR"', '"RANGOS"', "[[tarifa]] 1", "debe ser MILLAR"),
    ("predial.toml", "vence_dia = 15", "vence_dia = 32", "[[tarifa]] 1", "entero de 1 a 31"),
    (
        "predial.toml",
        "vence_mes = 5\nvence_dia = 15",
        "vence_mes = 2\nvence_dia = 29",
        "[[tarifa]] 1",
        "no existe",
    ),
    ("predial.toml", "350.00", "350.00\nminimo_uma = 3", "[[tarifa]] 1", "en UMA o en pesos"),
    ("predial.toml", "minimo_pesos = 350.00", "minimo_uma = 3", "[[tarifa]] 1", "van juntos"),
    ("predial.toml", "350.00", "350.005", "[[tarifa]] 1", "pesos con dos decimales"),
    (
        "predial.toml",
        "[2024, 2025, 2026, 2027]",
        "[2024, 2025, 2025]",
        "[[tarifa]] 1",
        "se traslapa con la de",
    ),
    ("predial.toml", "[2024, 2025, 2026, 2027]", "[]", "[[tarifa]] 1", "no puede estar vacía"),
    ("predial.toml", "[2024, 2025, 2026, 2027]", "2026", "[[tarifa]] 1", "debe ser una lista"),
    ("predial.toml", "[2024, 2025, 2026, 2027]", '["2026"]', "[[tarifa]] 1", "entero de 1990"),
    ("predial.toml", '"RUSTICO"', '"URBANO"', "[[tarifa]] 2", "se traslapa con la de [[tarifa]] 1"),
    ("predial.toml", "[2024, 2025, 2026, 2027]", "[2023, 2024]", "[[tarifa]] 1", "no hay recargo en vigor"),
    ("predial.toml", "desde = 2024-01-01\n", "", "[[recargo]] 1", "«ejercicios» o con «desde»"),
    ("predial.toml", "hasta = 2025-12-31", "hasta = 2023-12-31", "[[recargo]] 1", "antes de «desde»"),
    (
        "predial.toml",
        "hasta = 2025-12-31",
        "hasta = 2026-01-01",
        "[[recargo]] 2",
        "se traslapa con la de [[recargo]] 1",
    ),
    (
        "predial.toml",
        "hasta = 2025-12-31",
        "hasta = 2025-12-30",
        "[[recargo]] 2",
        "no hay tasa entre el 30/12/2025",
    ),
    (
        "predial.toml",
        "desde = 2024-01-01",
        "desde = 2024-01-01T00:00:00",
        "[[recargo]] 1",
        "debe ser una fecha",
    ),
    ("predial.toml", "desde = 2024-01-01", "desde = 0001-01-01", "[[recargo]] 1", "el año debe estar"),
    ("predial.toml", "tope_meses = 24", "tope_meses = 24.0", "[[recargo]] 1", "número entero"),
    ("predial.toml", "meses = [1, 2]", "meses = [2, 1]", "[[descuento]] 1", "[primero, último]"),
    (
        "predial.toml",
        "meses = [1, 2]",
        "meses = [1, 3]",
        "[[descuento]] 2",
        "se traslapa con la de [[descuento]] 1",
    ),
    ("predial.toml", "porcentaje = 20", "porcentaje = 120", "[[descuento]] 1", "no puede pasar de 100"),
    ("predial.toml", "vencidos = false", 'vencidos = "no"', "[[descuento]] 1", "debe ser true o false"),
    ("predial.toml", '"EJERCICIO_ACTUAL"', '"TODO"', "[[descuento]] 1", "debe ser EJERCICIO_ACTUAL"),
    ("predial.toml", 'leyenda = "Pago anticipado"', 'leyenda = " "', "[[descuento]] 1", "debe ser un texto"),
    ("predial.toml", "[[descuento]]", "[[beneficio]]", "beneficio", "no es una tabla conocida"),
    ("predial.toml", "[[tarifa]]", "[[tarifa]", "", "no está bien escrito como TOML"),
    (
        "conceptos.csv",
        "AYTO,predial,REZAGO",
        "OTRO,predial,REZAGO",
        "renglón 3",
        "no existe OTRO en [[ente]]",
    ),
    ("conceptos.csv", ",REZAGO,", ",ATRASO,", "renglón 3", "«papel»: debe ser IMPUESTO o REZAGO"),
    (
        "conceptos.csv",
        ",REZAGO,",
        ",IMPUESTO,",
        "renglón 3",
        "ente + modulo + papel repetido: AYTO predial IMPUESTO",
    ),
    ("conceptos.csv", "07,1211", "07,1210", "renglón 3", "departamento + clave repetido: 07 1210"),
    (
        "conceptos.csv",
        "predial,REZAGO",
        "ordenes,",
        "",
        "falta el concepto de papel REZAGO del módulo predial",
    ),
    ("conceptos.csv", "ordenes,,", "agua,IMPUESTO,", "", "le da papeles al módulo agua"),
    ("conceptos.csv", ",12,4.1.1.2.2", ",42,4.1.1.2.2", "renglón 3", "«cri»"),
    ("conceptos.csv", "07,1211", "7,1211", "renglón 3", "departamento de dos cifras"),
    ("conceptos.csv", "07,1211,", "07,1211,,", "renglón 3", "tiene 11 celdas y deben ser 10"),
    ("conceptos.csv", "ente,modulo", "modulo,ente", "renglón 1", "las columnas deben ser: ente, modulo"),
    ("inpc.csv", "2024-06,134.594,2024-07-10\n", "", "renglón 8", "falta el mes 2024-06 antes de 2024-07"),
    ("inpc.csv", "2024-06,134.594", "2024-05,134.594", "renglón 8", "se traslapa"),
    ("inpc.csv", "134.594", "0", "renglón 8", "no puede ser cero"),
    ("inpc.csv", "134.594", "134,594", "renglón 8", "tiene 4 celdas"),
    ("inpc.csv", "2024-06,", "2024-13,", "renglón 8", "un mes como 2025-12"),
    ("inpc.csv", "134.594,2024-07-10", "134.594,2024-06-30", "renglón 8", "no pudo publicarse"),
    ("inpc.csv", "134.594,2024-07-10", "134.594,2024-02-30", "renglón 8", "debe ser una fecha"),
    ("uma.csv", "113.14", "ciento trece", "renglón 4", "debe ser un número"),
    ("uma.csv", "2024-02-01", "2023-02-01", "renglón 3", "se traslapa"),
    ("municipio.toml", '"America/Tijuana"', '"America/Nowhere"', "", "no es una zona horaria"),
    ("municipio.toml", '"02999"', '"2999"', "", "cinco cifras del INEGI"),
    ("municipio.toml", "[2, 4, 4]", "[2, 0, 4]", "", "entero de 1 a 9"),
    ("municipio.toml", "[2, 4, 4]", "[]", "", "no puede estar vacía"),
    ("municipio.toml", "MVQ850615QA9", "MVQ859915QA9", "[[ente]] 1", "RFC no es válido"),
    ("municipio.toml", 'clave = "AGUA"', 'clave = "AYTO"', "[[ente]] 2", "clave repetido: AYTO"),
    ("municipio.toml", 'ente = "AGUA"', 'ente = "AYTO"', "[[ente]] 2", "AGUA no tiene [[serie]]"),
    ("municipio.toml", 'caja = "C2"', 'caja = "C3"', "[[serie]] 3", "no existe C3 en [[caja]]"),
    ("municipio.toml", 'caja = "C2"', 'caja = "C1"', "[[serie]] 3", "caja + ente repetido: C1 AYTO"),
    ("municipio.toml", 'clave = "W1"', 'clave = "AGUA"', "[[serie]] 2", "de una a tres letras"),
    ("municipio.toml", 'clave = "W1"', 'clave = "CAP"', "[[serie]] 2", "y no CAP"),
    ("municipio.toml", 'clave = "W1"', 'clave = "A"', "[[serie]] 2", "clave repetido: A"),
    ("municipio.toml", "frase_minima = 20", "frase_minima = 4", "[politicas]", "entero de 12"),
    ("municipio.toml", '["auditor"]', '["alcalde"]', "[politicas]", "debe ser cajero o"),
    ("municipio.toml", "[inpc]", "[ipc]", "[inpc]", "debe ser una tabla"),
    ("municipio.toml", 'origen = "INEGI"', "origen = 7", "[uma]", "debe ser un texto"),
    ("municipio.toml", "[[ente]]", "[ente]", "", "no está bien escrito como TOML"),
    ("casos.toml", 'modulo = "predial"', 'modulo = "agua"', "[[caso]] 1", "debe ser predial"),
    ("casos.toml", "importe = 28.40", "importe = 28.405", "[[caso]] 1", "pesos con dos decimales"),
    ("casos.toml", 'papel = "REZAGO", ', "", "[[caso]] 1", "cada una lleva papel, clase"),
    ("casos.toml", "hechos = {", "hechos = 5 #", "[[caso]] 1", "debe ser una tabla"),
    ("casos.toml", "[[caso]]", "[[otro]]", "otro", "no es una tabla conocida"),
    ("casos.toml", "[[caso]]", "[caso]", "caso", "debe escribirse como lista de tablas, [[caso]]"),
    (
        "conceptos.csv",
        '"Ley de Ingresos de Valle Quieto, art. 4"',
        '"Ley" art. 4',
        "",
        "no está bien escrito como CSV",
    ),
]


@pytest.mark.parametrize(("archivo", "antes", "despues", "fila", "motivo"), FALLAS)
def test_what_is_wrong_is_named_by_file_row_and_reason(carpeta, archivo, antes, despues, fila, motivo):
    cambiar(carpeta, archivo, antes, despues)
    hallados = problemas(carpeta)
    assert any((p.fila, motivo in p.motivo) == (fila, True) for p in hallados), [str(p) for p in hallados]


@pytest.mark.parametrize(
    "archivo", ["municipio.toml", "conceptos.csv", "uma.csv", "inpc.csv", "casos.toml", "ordenes.toml"]
)
def test_a_missing_file_is_named(carpeta, archivo):
    (carpeta / archivo).unlink()
    assert Problema(archivo, "", "falta el archivo") in problemas(carpeta)


def test_a_pack_without_the_law_of_its_conceptos_is_refused(carpeta):
    (carpeta / "predial.toml").unlink()
    assert "predial.toml: falta; conceptos.csv le da papeles al módulo predial" in map(
        str, problemas(carpeta)
    )


def test_a_folder_that_does_not_exist_is_refused(tmp_path):
    assert Problema("municipio.toml", "", "falta el archivo") in problemas(tmp_path / "nada")


def test_a_file_that_is_not_utf8_is_refused(carpeta):
    (carpeta / "conceptos.csv").write_bytes("año".encode("latin-1"))
    assert any("UTF-8" in p.motivo for p in problemas(carpeta))


def test_a_series_without_months_is_refused(carpeta):
    (carpeta / "inpc.csv").write_text("mes,indice,publicado\n", encoding="utf-8")
    assert Problema("inpc.csv", "", "la serie no tiene meses") in problemas(carpeta)


def test_the_mark_that_excel_writes_does_no_harm(carpeta):
    contenido = (carpeta / "conceptos.csv").read_text(encoding="utf-8")
    (carpeta / "conceptos.csv").write_text(contenido, encoding="utf-8-sig")
    assert leer(carpeta) == leer(VALLE_QUIETO)


def test_all_problems_are_told_at_once_and_the_message_counts_them(carpeta):
    cambiar(carpeta, "predial.toml", "al_millar = 5.5", "al_millar = -5.5")
    cambiar(carpeta, "predial.toml", "meses = [1, 2]", "meses = [1, 3]")
    cambiar(carpeta, "conceptos.csv", "07,1211", "7,1211")
    cambiar(carpeta, "inpc.csv", "2024-06,134.594,2024-07-10\n", "")
    with pytest.raises(ErrorDeUso) as refusal:
        leer(carpeta)
    assert {p.archivo for p in refusal.value.problemas} >= {"predial.toml", "conceptos.csv", "inpc.csv"}
    assert "El paquete del municipio no se aceptó." in str(refusal.value)
    assert f"Hay {len(refusal.value.problemas) - 1} más." in str(refusal.value)


def test_a_tariff_in_uma_needs_a_uma_in_force_and_an_index_before_its_due_date(carpeta):
    cambiar(carpeta, "predial.toml", "minimo_pesos = 350.00", 'minimo_uma = 3\numa_criterio = "1_enero"')
    leer(carpeta)
    cambiar(carpeta, "uma.csv", "2023-02-01,103.74\n", "")
    assert "no hay UMA en vigor al 01/01/2024" in {p.motivo for p in problemas(carpeta)}
    cambiar(carpeta, "uma.csv", "2024-02-01", "2024-01-01")
    for mes in ("2023-12", "2024-01", "2024-02", "2024-03", "2024-04"):
        filas = (carpeta / "inpc.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        (carpeta / "inpc.csv").write_text(
            "".join(f for f in filas if not f.startswith(mes)), encoding="utf-8"
        )
    assert any("el INPC empieza en 2024-05" in p.motivo for p in problemas(carpeta))
