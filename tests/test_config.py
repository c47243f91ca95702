"""The station's file: read whole or refused with one sentence, and never with a password in it."""

import tomllib
from pathlib import Path

import pytest

from lerdo_desk import config
from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.config import Configuracion, Impresion


def test_what_is_written_is_read_again(tmp_path):
    impresion = {
        "recibo": Impresion("impresora", 'Láser "grande"', None, "media carta", "58mm"),
        "corte": Impresion("carpeta", None, tmp_path / "cortes", "carta"),
    }
    escrita = Configuracion(
        "postgresql://servidor:5432/municipio", "caja-03", "C3", "oscuro", "abc123", impresion
    )
    ruta = config.escribir(escrita, tmp_path / "nueva" / "estacion.toml")
    assert config.leer(ruta) == escrita._replace(archivo=ruta)


def test_without_a_file_there_is_no_configuration(tmp_path, monkeypatch):
    monkeypatch.setenv("LERDO_DESK_CONFIG", str(tmp_path / "no-hay.toml"))
    assert config.leer() is None


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana:secreto@servidor/base",
        "postgresql://servidor/base?password=secreto",
        "postgresql://ana:@servidor/base",
        "mysql://servidor/base",
        "",
    ],
)
def test_a_url_with_a_password_or_of_another_database_is_refused(tmp_path, url):
    archivo = tmp_path / "estacion.toml"
    archivo.write_text(f'[base]\nurl = "{url}"\n', encoding="utf-8")
    with pytest.raises(ErrorDeUso) as dicho:
        config.leer(archivo)
    assert "secreto" not in str(dicho.value)


@pytest.mark.parametrize("contenido", ["[base\n", "[estacion]\nid = 'x'\n", "base = 3\n", "\x00"])
def test_a_file_that_is_badly_written_is_one_sentence(tmp_path, contenido):
    archivo = tmp_path / "estacion.toml"
    archivo.write_text(contenido, encoding="utf-8")
    with pytest.raises(ErrorDeUso, match="archivo"):
        config.leer(archivo)


@pytest.mark.parametrize("formato", ["media_carta", "80mm", "58mm"])
def test_the_format_of_a_receipt_is_read(tmp_path, formato):
    archivo = tmp_path / "estacion.toml"
    archivo.write_text(
        f'[base]\nurl = "sqlite:///x.db"\n[impresion.recibo]\nformato = "{formato}"\n', encoding="utf-8"
    )
    leida = config.leer(archivo)
    assert leida is not None
    assert leida.impresion_de("recibo").formato == formato
    assert leida.impresion_de("corte").formato == "media_carta"


@pytest.mark.parametrize("escrito", ['"80 mm"', '"carta"', '""', "80", "true", '["80mm"]'])
def test_a_format_that_does_not_exist_is_refused_with_those_that_do(tmp_path, escrito):
    archivo = tmp_path / "estacion.toml"
    archivo.write_text(
        f'[base]\nurl = "sqlite:///x.db"\n[impresion.recibo]\nformato = {escrito}\n', encoding="utf-8"
    )
    with pytest.raises(ErrorDeUso, match="media_carta, 80mm o 58mm") as dicho:
        config.leer(archivo)
    assert "[impresion.recibo]" in str(dicho.value)


def test_a_folder_that_cannot_be_written_says_so_and_leaves_nothing(tmp_path):
    estorbo = tmp_path / "estorbo"
    estorbo.write_text("un archivo donde debe ir la carpeta", encoding="utf-8")
    with pytest.raises(ErrorDeEntorno, match="No se pudo guardar"):
        config.escribir(Configuracion("sqlite:///x.db"), estorbo / "estacion.toml")
    assert list(tmp_path.iterdir()) == [estorbo]


def test_a_kind_of_document_without_a_printer_goes_to_a_folder_of_its_own():
    donde = Configuracion("sqlite:///x.db").impresion_de("recibo")
    assert (donde.destino, donde.carpeta.name if isinstance(donde.carpeta, Path) else None) == (
        "carpeta",
        "recibo",
    )


def test_what_the_file_says_besides_is_kept_and_what_is_emptied_goes(tmp_path):
    archivo = tmp_path / "estacion.toml"
    archivo.write_text(
        '# nota\notra = [1, {a = "b"}]\n[base]\nurl = "sqlite:///x.db"\n'
        '[estacion]\ncaja = "C1"\nfutura = 1.5\n'
        '[capacitacion]\nsemilla = "s"\n[impresion.recibo]\ncharola = "2"\nimpresora = "L"\n'
        '[red]\nproxy = "p"\n',
        encoding="utf-8",
    )
    leida = config.leer(archivo)
    assert leida is not None
    nueva = leida._replace(
        caja=None, semilla_capacitacion=None, bloqueo_minutos=3, letra=150, impresion={"recibo": Impresion()}
    )
    config.escribir(nueva)
    datos = tomllib.loads(archivo.read_text(encoding="utf-8"))
    assert datos["otra"] == [1, {"a": "b"}] and datos["red"] == {"proxy": "p"}
    assert datos["estacion"]["futura"] == 1.5 and "caja" not in datos["estacion"]
    assert datos["impresion"]["recibo"]["charola"] == "2" and "impresora" not in datos["impresion"]["recibo"]
    assert "semilla" not in datos.get("capacitacion", {})
    assert config.leer(archivo) == nueva
    assert [p.name for p in tmp_path.iterdir()] == ["estacion.toml"]


@pytest.mark.parametrize("escrito", ["0", "-1", "241", "true", '"10"', "1.5"])
def test_minutes_that_would_never_lock_or_are_none_are_refused(tmp_path, escrito):
    archivo = tmp_path / "estacion.toml"
    archivo.write_text(
        f'[base]\nurl = "sqlite:///x.db"\n[estacion]\nbloqueo_minutos = {escrito}\n', encoding="utf-8"
    )
    with pytest.raises(ErrorDeUso, match="van de 1 a 240"):
        config.leer(archivo)


def test_a_size_of_text_that_does_not_exist_is_refused(tmp_path):
    archivo = tmp_path / "estacion.toml"
    archivo.write_text('[base]\nurl = "sqlite:///x.db"\n[estacion]\nletra = 120\n', encoding="utf-8")
    with pytest.raises(ErrorDeUso, match="100, 110, 125 o 150"):
        config.leer(archivo)
