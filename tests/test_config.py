"""The station's file: read whole or refused with one sentence, and never with a password in it."""

from pathlib import Path

import pytest

from lerdo_desk import config
from lerdo_desk.base.errores import ErrorDeEntorno, ErrorDeUso
from lerdo_desk.config import Configuracion, Impresion


def test_what_is_written_is_read_again(tmp_path):
    impresion = {
        "recibo": Impresion("impresora", 'Láser "grande"', None, "media carta"),
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
