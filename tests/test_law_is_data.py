"""The law and the municipality are data: no literal of any pack stands in the program's source."""

import ast
import csv
import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

import pytest

_arbol = lru_cache(maxsize=4096)(ast.parse)  # each search reads the same files again

RAIZ = Path(__file__).parent.parent
PAQUETE = RAIZ / "lerdo_desk"
PACKS = sorted(
    carpeta
    for lugar in (RAIZ / "resources" / "municipios", RAIZ / "tests" / "municipios")
    for carpeta in lugar.iterdir()
    if carpeta.is_dir()
)
PRODUCTO = re.compile(r"lerdo[-_ ]?desk", re.IGNORECASE)
CODIGO = (".py", ".sql", ".mako")

# Where the law is reckoned: here no figure of a pack may stand in any form. The readers of packs and the
# texts of papers stay out of it: their bits and columns are numbers too.
_LEY = re.compile(r"^(hacienda/(?!paquete|documentos)|modules/[^/]+/(rules|service))")
# Figures that arithmetic itself needs, whatever a pack says.
_DE_LA_ARITMETICA = {Decimal(d) for d in ("0", "1", "0.1", "0.01", "0.001")}

_TEXTOS = {
    "municipio": ("clave", "nombre", "estado", "zona_horaria"),
    "ente": ("nombre", "rfc", "dependencia", "domicilio", "telefono", "leyenda"),
    "caja": ("nombre", "sede"),
    "tarifa": ("variante", "fundamento"),
    "recargo": ("fundamento",),
    "descuento": ("variante", "fundamento", "leyenda"),
}
_TASAS = {
    "tarifa": ("al_millar", "minimo_uma", "minimo_pesos", "cuota_fija"),
    "recargo": ("porcentaje_mensual", "tope_meses"),
    "descuento": ("porcentaje",),
}
# Words of the law itself that a pack only repeats; a municipality is not known by them.
_COMUNES = {"URBANO", "RUSTICO", "URBANO/HABITACIONAL", "URBANO/BALDIO", "Palacio"}


def _tablas(pack: Path, nombre: str) -> list[dict[str, object]]:
    hechas: list[dict[str, object]] = []
    for archivo in sorted(pack.glob("*.toml")):
        datos = tomllib.loads(archivo.read_text(encoding="utf-8"), parse_float=Decimal)
        leida = datos if nombre == "municipio" and archivo.stem == "municipio" else datos.get(nombre, [])
        hechas += leida if isinstance(leida, list) else [leida]
    return hechas


def textos(pack: Path) -> set[str]:
    """Everything that a pack writes in words and that could only be this municipality's."""
    suyos = {
        str(fila[campo])
        for tabla, campos in _TEXTOS.items()
        for fila in _tablas(pack, tabla)
        for campo in campos
        if campo in fila
    }
    with (pack / "conceptos.csv").open(encoding="utf-8", newline="") as archivo:
        for fila in csv.DictReader(archivo):
            suyos.add(fila["fundamento"])
    return {t for t in suyos if len(t) > 3} - _COMUNES


def claves(pack: Path) -> set[str]:
    """The keys of series, two characters or more: they are looked for as whole constants."""
    return {str(serie["clave"]) for serie in _tablas(pack, "serie") if len(str(serie["clave"])) > 1}


def tasas(pack: Path) -> set[Decimal]:
    """Every figure of the law of a pack: rates, minimums, caps, UMA and INPC, as they are written."""
    cifras = {
        Decimal(str(fila[campo]))
        for tabla, campos in _TASAS.items()
        for fila in _tablas(pack, tabla)
        for campo in campos
        if campo in fila
    }
    for serie, columna in (("uma", "pesos"), ("inpc", "indice")):
        with (pack / f"{serie}.csv").open(encoding="utf-8", newline="") as archivo:
            cifras |= {Decimal(fila[columna]) for fila in csv.DictReader(archivo)}
    return cifras


def _codigo(raiz: Path) -> Iterator[tuple[str, str]]:
    for ruta in sorted(raiz.rglob("*")):
        if ruta.suffix in CODIGO:
            yield ruta.relative_to(raiz).as_posix(), ruta.read_text(encoding="utf-8")


def textos_en_el_codigo(raiz: Path, pack: Path) -> list[str]:
    """Lines that hold words of a pack, comments included; the product's own name is taken away first."""
    buscados = [re.compile(rf"(?<!\w){re.escape(t)}(?!\w)", re.IGNORECASE) for t in sorted(textos(pack))]
    return [
        f"{lugar}:{n} {patron.pattern}"
        for lugar, texto in _codigo(raiz)
        for n, linea in enumerate(PRODUCTO.sub("", texto).splitlines(), start=1)
        for patron in buscados
        if patron.search(linea)
    ]


def claves_en_el_codigo(raiz: Path, pack: Path) -> list[str]:
    """Constants that are the key of a serie."""
    suyas = claves(pack)
    return [
        f"{lugar}:{n.lineno} {n.value}"
        for lugar, texto in _codigo(raiz)
        if lugar.endswith(".py")
        for n in ast.walk(_arbol(texto))
        if isinstance(n, ast.Constant) and n.value in suyas
    ]


def _decimal(valor: object) -> Decimal | None:
    if isinstance(valor, bool) or not isinstance(valor, (int, float, str)):
        return None
    try:
        return Decimal(str(valor))
    except InvalidOperation:
        return None


_TAMANO = re.compile(r"_?(LOTE|LIMITE|LARGO|MUESTRA|OTRAS|RESULTADOS|RECIBOS|HORAS)(_|$)")


def _tamanos(arbol: ast.Module) -> set[ast.AST]:
    """Numbers that say of themselves that they are sizes: a column's width, a text's length, a batch."""
    suyos: set[ast.AST] = set()
    for n in ast.walk(arbol):
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "texto":
            suyos |= set(n.args)
        elif (isinstance(n, ast.keyword) and n.arg in ("ancho", "largo")) or (
            isinstance(n, ast.Assign) and all(_TAMANO.match(getattr(t, "id", "")) for t in n.targets)
        ):
            suyos.add(n.value)
    return suyos


def _cifras_escritas(arbol: ast.Module) -> Iterator[tuple[int, Decimal]]:
    """Numbers of the source that may be rates: plain floats, what ``Decimal`` is given, integers above 12."""
    tamanos = _tamanos(arbol)
    for n in ast.walk(arbol):
        if n in tamanos:
            continue
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "Decimal":
            valor = _decimal(n.args[0].value) if n.args and isinstance(n.args[0], ast.Constant) else None
            if valor is not None:
                yield n.lineno, valor
        elif isinstance(n, ast.Constant) and isinstance(n.value, (int, float)):
            valor = _decimal(n.value)
            # Up to 12 there are months, bimesters and places of a list.
            if valor is not None and (isinstance(n.value, float) or valor > 12):
                yield n.lineno, valor


def _formas(tasas_del_pack: set[Decimal]) -> set[Decimal]:
    """A rate may hide as 2, as 0.02 (per cent), as 0.002 (per thousand) or as one and a part: 1.02."""
    formas = {f for t in tasas_del_pack for f in (t, t / 100, t / 1000, 1 + t / 100, 1 - t / 100)}
    diez = {Decimal(10) ** n for n in range(9)}
    return formas - _DE_LA_ARITMETICA - diez


def tasas_en_la_ley(raiz: Path, pack: Path) -> list[str]:
    """Figures of a pack where the law is reckoned, in any of the forms in which a rate is written."""
    prohibidas = _formas(tasas(pack))
    return [
        f"{lugar}:{linea} {cifra}"
        for lugar, texto in _codigo(raiz)
        if lugar.endswith(".py") and _LEY.match(lugar)
        for linea, cifra in _cifras_escritas(_arbol(texto))
        if cifra in prohibidas
    ]


def cifras_en_el_codigo(raiz: Path, pack: Path) -> list[str]:
    """Figures of a pack of three digits or more with decimals, anywhere, in any kind of file."""
    propias = [str(t) for t in tasas(pack) if "." in str(t) and len(str(t).strip("0.").replace(".", "")) >= 3]
    patron = re.compile(rf"(?<![\d.])({'|'.join(map(re.escape, sorted(propias)))})(?![\d.])")
    return [
        f"{lugar}:{n} {hallada.group()}"
        for lugar, texto in _codigo(raiz)
        for n, linea in enumerate(texto.splitlines(), start=1)
        for hallada in patron.finditer(linea)
    ]


BUSQUEDAS = (textos_en_el_codigo, claves_en_el_codigo, tasas_en_la_ley, cifras_en_el_codigo)


def test_there_are_two_packs_to_look_for() -> None:
    assert len(PACKS) >= 2
    for pack in PACKS:
        assert len(textos(pack)) > 15
        assert len(tasas(pack)) > 20


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.name)
@pytest.mark.parametrize("buscar", BUSQUEDAS, ids=lambda b: b.__name__)
def test_nothing_of_a_pack_stands_in_the_source(buscar, pack) -> None:
    assert buscar(PAQUETE, pack) == []


def _sembrar(raiz: Path, lugar: str, texto: str) -> Path:
    archivo = raiz / lugar
    archivo.parent.mkdir(parents=True, exist_ok=True)
    archivo.write_text(texto, encoding="utf-8")
    return raiz


def _municipio(pack: Path) -> dict[str, object]:
    return _tablas(pack, "municipio")[0]


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.name)
@pytest.mark.parametrize("campo", ["nombre", "rfc", "domicilio", "telefono"])
@pytest.mark.parametrize("lugar", ["ui/x.py", "hacienda/candados/sqlite.sql"])
def test_the_name_rfc_address_or_telephone_of_an_ente_is_found(lugar, campo, pack, tmp_path) -> None:
    for ente in _tablas(pack, "ente"):
        raiz = _sembrar(tmp_path, lugar, f"x = 1\n# see {ente[campo]}\n")
        assert textos_en_el_codigo(raiz, pack)


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.name)
def test_the_name_of_the_municipality_is_found_in_any_case_and_in_a_path(pack, tmp_path) -> None:
    nombre = str(_municipio(pack)["nombre"])
    for escrito in (nombre.lower(), nombre.upper(), f"ruta('municipios', '{nombre.lower()}')"):
        assert textos_en_el_codigo(_sembrar(tmp_path, "cli.py", f"x = 1  # {escrito}\n"), pack)


@pytest.mark.parametrize("escrito", ["lerdo_desk", "lerdo-desk", "Lerdo Desk", "LERDO_DESK_CONFIG"])
def test_the_name_of_the_product_is_no_literal_of_a_pack(escrito, tmp_path) -> None:
    raiz = _sembrar(tmp_path, "cli.py", f"x = '{escrito}'\n")
    assert [hallado for pack in PACKS for hallado in textos_en_el_codigo(raiz, pack)] == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.name)
def test_a_serie_and_a_time_zone_are_found(pack, tmp_path) -> None:
    for clave in claves(pack):
        assert claves_en_el_codigo(_sembrar(tmp_path, "core/x.py", f"SERIE = '{clave}'\n"), pack)
    zona = _municipio(pack)["zona_horaria"]
    assert textos_en_el_codigo(_sembrar(tmp_path, "config.py", f"ZONA = '{zona}'\n"), pack)


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.name)
@pytest.mark.parametrize(
    "lugar", ["modules/predial/rules.py", "hacienda/ley.py", "modules/predial/service/a.py"]
)
def test_a_recargo_or_a_discount_is_found_however_it_is_written(lugar, pack, tmp_path) -> None:
    por_ciento = Decimal(str(_tablas(pack, "recargo")[0]["porcentaje_mensual"]))
    descuento = Decimal(str(_tablas(pack, "descuento")[0]["porcentaje"]))
    for escrito in (por_ciento / 100, 1 + por_ciento / 100, descuento / 100, 1 - descuento / 100):
        for forma in (f"Decimal('{escrito}')", str(escrito)):
            assert tasas_en_la_ley(_sembrar(tmp_path, lugar, f"TASA = {forma}\n"), pack)
    assert tasas_en_la_ley(_sembrar(tmp_path, lugar, f"DESCUENTO = {descuento}\n"), pack)


@pytest.mark.parametrize("pack", PACKS, ids=lambda p: p.name)
@pytest.mark.parametrize("lugar", ["ui/x.py", "db/x.sql"])
def test_a_published_value_is_found_in_any_file(lugar, pack, tmp_path) -> None:
    for serie, columna in (("uma", "pesos"), ("inpc", "indice")):
        with (pack / f"{serie}.csv").open(encoding="utf-8", newline="") as archivo:
            ultimo = list(csv.DictReader(archivo))[-1][columna]
        assert cifras_en_el_codigo(_sembrar(tmp_path, lugar, f"x = {ultimo}\n"), pack)


def test_an_innocent_source_is_left_alone(tmp_path) -> None:
    inocente = "FACTOR = 10_000\nLOTE = 200\nCENTAVO = Decimal('0.01')\nMESES = 12\n"
    raiz = _sembrar(tmp_path, "hacienda/ley.py", inocente)
    assert [h for buscar in BUSQUEDAS for pack in PACKS for h in buscar(raiz, pack)] == []
