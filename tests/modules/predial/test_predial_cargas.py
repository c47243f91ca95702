"""The clerk's page of loads and the tesorero's of opening debts, by their keys, with good and bad files."""

import io
import os
import shutil
import tempfile
import threading
import zipfile
from datetime import date
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="lerdo-desk-cache-")

from apoyo import clave_de, hoy_de
from carga import ADEUDOS, CUENTAS, cargar, cuenta, escrito
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from ventanilla import CTRL, ENTER, F12, Mostrador, RunnerQueSePierde, consulta, paginas_de_la_casa

from lerdo_desk.modules.predial.screens import load_summary
from lerdo_desk.modules.predial.screens.load_columns import NO_VIENE
from lerdo_desk.modules.predial.screens.openings import ConfirmDialog, RejectDialog
from lerdo_desk.ui import theme
from lerdo_desk.ui.a11y import sin_nombre
from lerdo_desk.ui.messages import ErrorDialog

ARCHIVOS = Path(__file__).parents[2] / "archivos"
ESC, F9 = Qt.Key.Key_Escape, Qt.Key.Key_F9


class RunnerQueEspera(RunnerQueSePierde):
    """Waits at each report of progress until it is let go."""

    def __init__(self, de_verdad) -> None:
        super().__init__(de_verdad)
        self.puerta = threading.Event()
        self.puerta.set()

    def ejecutar(self, caso, orden, *, avance=None, **mas):
        def esperar(progreso):
            if avance is not None:
                avance(progreso)
            assert self.puerta.wait(10)

        return super().ejecutar(caso, orden, avance=esperar, **mas)


@pytest.fixture(autouse=True)
def tema_claro(qapp):
    theme.instalar(qapp, "claro")


@pytest.fixture
def municipio(crear_base):
    return crear_base("sqlite")


@pytest.fixture
def sentar(qtbot, tmp_path, municipio):
    """Give a function that opens somebody's window at a page."""
    sentados = []

    def hacer(login: str, pagina: str) -> Mostrador:
        runner = RunnerQueEspera(municipio.entrar(login))
        sentado = Mostrador(qtbot, runner, tmp_path / login, paginas_de_la_casa())
        sentados.append(sentado)
        sentado.ventana.ir(pagina)
        return sentado

    yield hacer
    for sentado in sentados:
        sentado.runner.puerta.set()
        sentado.cerrar()


@pytest.fixture
def carla(sentar):
    return sentar("carla.capturista", "predial_carga")


@pytest.fixture
def anio(municipio):
    return hoy_de(municipio).year


@pytest.fixture
def padron(municipio, tmp_path):
    """A padrón of three good rows and one whose clave is cut."""
    claves = [clave_de(municipio, n) for n in (1, 2, 3)]
    return escrito(tmp_path, "padron.csv", CUENTAS, *(cuenta(c) for c in claves), cuenta("001-0"))


def pagina(carla):
    return carla.pagina("predial_carga")


def abre(carla, ruta: Path, paso: str = "columnas") -> None:
    pagina(carla).abrir(ruta)
    carla.hasta(lambda: not pagina(carla).ocupada)
    assert pagina(carla).paso == paso, pagina(carla).nota.texto()


def revisa(carla, ruta: Path) -> None:
    abre(carla, ruta)
    carla.tecla(F12)
    carla.hasta(lambda: pagina(carla).paso == "resumen")


def cuentas(base) -> int:
    return consulta(base, "SELECT count(*) FROM hacienda_cuenta WHERE modulo = 'predial'")[0][0]


def elige(sentado, ruta: Path) -> None:
    """Choose a file in the open dialog, as its own button does."""
    dialogo = sentado.dialogo(QFileDialog)
    dialogo.fileSelected.emit(str(ruta))
    dialogo.close()
    sentado.sin_dialogo()


def test_from_the_file_to_the_padron_by_f12_alone(carla, municipio, padron):
    carla.tecla(F12)
    elige(carla, padron)
    carla.hasta(lambda: pagina(carla).paso == "columnas")
    columnas = pagina(carla).columnas
    assert columnas.listas["titular"].currentText() == "Titular"
    assert "Begoña Peña Lince" in carla.textos() and columnas.listas["rfc"].currentText() == "RFC"
    assert sin_nombre(carla.ventana) == []
    carla.tecla(F12)
    carla.hasta(lambda: pagina(carla).paso == "resumen")
    resumen = pagina(carla).resumen
    cifras = (resumen.leidas, resumen.nuevas, resumen.iguales, resumen.devueltas)
    assert [c.texto() for c in cifras] == ["4", "3", "0", "1"]
    assert resumen.valor.texto() == "$1,350,000.00"
    assert resumen.que.clave() == load_summary.MOTIVOS
    assert "La clave no está completa" in resumen.tablas["motivos"].modelo.filas[0][1]
    assert resumen.tablas["errores"].modelo.filas[0][:2] == ("A5", "001-0")
    resumen.que.elegir(load_summary.MUESTRA)
    assert [f[0] for f in resumen.visible("muestra").modelo.filas] == [
        clave_de(municipio, n) for n in (1, 2, 3)
    ]
    assert sin_nombre(carla.ventana) == []
    assert cuentas(municipio) == 0
    carla.tecla(F12)
    carla.hasta(resumen.resultado.texto)
    assert resumen.resultado.texto() == "Se registraron 3 cuentas."
    assert cuentas(municipio) == 3
    assert not pagina(carla).acciones["cargar"].isEnabled()
    carla.tecla(F12)
    assert cuentas(municipio) == 3


def test_the_same_file_again_says_when_and_by_whom_and_cannot_be_loaded(carla, municipio, padron, anio):
    cargar(municipio.entrar("carla.capturista"), "padron", padron, anio)
    abre(carla, padron)
    assert "por Carla Capturista de Prueba; no se cargará otra vez" in pagina(carla).columnas.nota.texto()
    carla.tecla(F12)
    carla.hasta(lambda: pagina(carla).paso == "resumen")
    assert "ya se cargó el" in pagina(carla).resumen.nota.texto()
    assert pagina(carla).resumen.iguales.texto() == "3"
    assert not pagina(carla).acciones["cargar"].isEnabled()


def test_the_marked_workbook_is_saved_corrected_and_loaded_again(carla, municipio, padron, tmp_path):
    revisa(carla, padron)
    carla.tecla(Qt.Key.Key_E, CTRL)
    devuelto = tmp_path / "por corregir.xlsx"
    elige(carla, devuelto)
    carla.hasta(devuelto.exists)
    libro = load_workbook(devuelto)
    assert libro.active["A2"].value == "001-0" and libro.active["A2"].comment is not None
    libro.active["A2"].value = clave_de(municipio, 4)
    libro.save(devuelto)
    carla.tecla(F12)
    carla.hasta(pagina(carla).resumen.resultado.texto)
    pagina(carla).empezar()
    revisa(carla, devuelto)
    carla.tecla(F12)
    carla.hasta(lambda: cuentas(municipio) == 4)


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_lost(carla, padron, tmp_path):
    revisa(carla, padron)
    (tmp_path / "ocupado").write_text("no es carpeta", encoding="utf-8")
    pagina(carla).guardar_en(tmp_path / "ocupado" / "x.xlsx")
    carla.dialogo(ErrorDialog)
    assert "carpeta" in carla.textos()
    carla.tecla(ENTER)
    carla.sin_dialogo()
    assert pagina(carla).acciones["cargar"].isEnabled()


def test_columns_are_changed_by_hand_checked_and_remembered_for_each_person(
    carla, municipio, sentar, tmp_path
):
    otra = CUENTAS.replace("Titular", "A nombre de").replace("Calle", "Titular anterior")
    ruta = escrito(tmp_path, "raro.csv", otra, cuenta(clave_de(municipio, 1)))
    abre(carla, ruta)
    columnas = pagina(carla).columnas
    assert columnas.listas["titular"].currentText() == NO_VIENE
    assert "Falta decir cuál es la columna de Titular, Calle" in columnas.motivo()
    assert not pagina(carla).acciones["revisar"].isEnabled()
    assert columnas.listas["titular"].hasFocus()
    columnas.listas["titular"].setCurrentText("A nombre de")
    columnas.listas["calle"].setCurrentText("A nombre de")
    assert "se eligió para dos datos" in columnas.motivo()
    columnas.listas["calle"].setCurrentText("Titular anterior")
    assert pagina(carla).acciones["revisar"].isEnabled()
    carla.tecla(F12)
    carla.hasta(lambda: pagina(carla).paso == "resumen")
    assert pagina(carla).resumen.nuevas.texto() == "1"
    de_nuevo = sentar("carla.capturista", "predial_carga")
    abre(de_nuevo, ruta)
    assert pagina(de_nuevo).columnas.listas["titular"].currentText() == "A nombre de"
    de_nuevo.tecla(ESC)
    assert pagina(de_nuevo).paso == "archivo"


def test_of_several_sheets_one_is_chosen_and_each_is_loaded_once(carla, municipio, tmp_path):
    libro = Workbook()
    for n, nombre in enumerate(("Urbanos", "Rústicos"), start=1):
        hoja = libro.active if n == 1 else libro.create_sheet()
        hoja.title = nombre
        for renglon in (CUENTAS, cuenta(clave_de(municipio, n))):
            hoja.append([celda or None for celda in renglon.split(",")])
    ruta = tmp_path / "dos hojas.xlsx"
    libro.save(ruta)
    for n, nombre in enumerate(("Urbanos", "Rústicos"), start=1):
        abre(carla, ruta, "archivo")
        assert pagina(carla).hojas.isVisible() and not pagina(carla).acciones["elegir"].isEnabled()
        pagina(carla).hojas.setCurrentText(nombre)
        carla.tecla(F12)
        carla.hasta(lambda: pagina(carla).paso == "columnas")
        assert nombre in pagina(carla).columnas.titulo.texto()
        carla.tecla(F12)
        carla.hasta(lambda: pagina(carla).paso == "resumen")
        carla.tecla(F12)
        carla.hasta(lambda n=n: cuentas(municipio) == n)
        carla.hasta(lambda: not pagina(carla).ocupada)
        pagina(carla).empezar()


def _bomba() -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as empaque:
        empaque.writestr("xl/workbook.xml", "<workbook/>")
        empaque.writestr("xl/worksheets/sheet1.xml", b"0" * (310 * 1024 * 1024))
    return salida.getvalue()


def _escondido() -> bytes:
    libro, salida = Workbook(), io.BytesIO()
    libro.create_sheet("A la vista")
    libro.worksheets[0].append(["Clave", "Titular"])
    libro.worksheets[0].append(["1", "2"])
    libro.worksheets[0].sheet_state = "hidden"
    libro.save(salida)
    return salida.getvalue()


_MALOS = {
    "bomba.xlsx": (_bomba, "demasiado grande al abrirlo"),
    "danado.xlsx": (lambda: b"PK\x03\x04 nada", "dañado"),
    "foto.xlsx": (lambda: b"\x89PNG\r\n\x1a\n\0\0", "no es XLSX, ODS, CSV ni DBF"),
    "vacio.csv": (lambda: b"", "está vacío"),
    "repetidos.csv": (lambda: b"Clave,Titular,CLAVE\n1,2,3\n", "encabezados repetidos"),
    "escondido.xlsx": (_escondido, "hojas ocultas no se leen"),
    "viejo.xls": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "anterior a 2007"),
}


@pytest.mark.parametrize("nombre", list(_MALOS))
def test_a_bad_file_gets_a_sentence_and_the_page_stays_ready(carla, tmp_path, nombre):
    hacer, frase = _MALOS[nombre]
    ruta = tmp_path / nombre
    ruta.write_bytes(hacer())
    abre(carla, ruta, "archivo")
    assert frase in pagina(carla).nota.texto()
    assert pagina(carla).acciones["elegir"].isEnabled()


@pytest.mark.parametrize("nombre", ["ocultas.xlsx", "ocultas.ods", "formulas.xlsx", "formulas.ods"])
def test_hidden_sheets_and_formulas_are_told_and_never_taken_in_silence(carla, tmp_path, nombre):
    ruta = tmp_path / nombre
    shutil.copy(ARCHIVOS / nombre, ruta)
    abre(carla, ruta)
    assert "No debe leerse" not in carla.textos()
    if nombre.startswith("ocultas"):
        assert "Borrador, Secreta" in pagina(carla).columnas.nota.texto()


def test_a_date_counted_from_1904_is_the_day_that_the_person_wrote(carla, municipio, padron, anio, tmp_path):
    cargar(municipio.entrar("carla.capturista"), "padron", padron, anio)
    libro = Workbook()
    libro.epoch = CALENDAR_MAC_1904
    libro.active.append(ADEUDOS.split(","))
    clave, dia = clave_de(municipio, 1), date(anio - 1, 3, 31)
    libro.active.append([clave, anio - 1, "Impuesto", 150, dia, None])
    libro.save(tmp_path / "mac.xlsx")
    pagina(carla).tipo.elegir("adeudos")
    revisa(carla, tmp_path / "mac.xlsx")
    [fila] = pagina(carla).resumen.visible("muestra").modelo.filas
    assert fila == (clave, str(anio - 1), f"31/03/{anio - 1}", "", "$150.00")


def test_cancelar_stops_the_check_and_then_the_load_and_leaves_nothing(carla, municipio, padron, monkeypatch):
    monkeypatch.setattr("lerdo_desk.modules.predial.imports.padron.LOTE", 1)
    abre(carla, padron)
    for paso, queda in (("columnas", "revisar"), ("resumen", "cargar")):
        carla.hasta(pagina(carla).acciones[queda].isEnabled)
        carla.runner.puerta.clear()
        carla.tecla(F12)
        carla.hasta(lambda: pagina(carla).avance.isVisible() and "de" in pagina(carla).avance.texto())
        assert not pagina(carla).acciones[queda].isEnabled()
        pagina(carla).avance._cancelar.click()
        carla.runner.puerta.set()
        carla.hasta(pagina(carla).nota.texto)
        assert "no se guardó nada" in pagina(carla).nota.texto()
        assert pagina(carla).paso == paso and cuentas(municipio) == 0
        carla.hasta(pagina(carla).acciones[queda].isEnabled)
        carla.tecla(F12)
        carla.hasta(lambda: pagina(carla).paso == "resumen" and not pagina(carla).ocupada)
    carla.hasta(lambda: cuentas(municipio) == 3)


# --- the tesorero ------------------------------------------------------------------------------------------


@pytest.fixture
def con_adeudos(municipio, padron, anio, tmp_path):
    """Load the padrón and a file of two debts; give the file."""
    clerk = municipio.entrar("carla.capturista")
    cargar(clerk, "padron", padron, anio)
    renglones = [f"{clave_de(municipio, n)},{anio - n},Impuesto,{n}50.00,31/03/{anio - n}," for n in (1, 2)]
    ruta = escrito(tmp_path, "adeudos.csv", ADEUDOS, *renglones)
    cargar(clerk, "adeudos", ruta, anio)
    return ruta


def adeudos(teo):
    return teo.pagina("predial_adeudos")


def test_the_clerk_sees_the_control_totals_before_and_after_that_they_wait(
    carla, municipio, padron, anio, tmp_path
):
    cargar(municipio.entrar("carla.capturista"), "padron", padron, anio)
    renglon = f"{clave_de(municipio, 1)},{anio - 1},Impuesto,150.00,31/03/{anio - 1},"
    pagina(carla).tipo.elegir("adeudos")
    revisa(carla, escrito(tmp_path, "a.csv", ADEUDOS, renglon))
    resumen = pagina(carla).resumen
    assert resumen.que.clave() == load_summary.TOTALES
    [(ejercicio, cuantos, importe)] = resumen.tablas["totales"].modelo.filas
    assert (ejercicio, cuantos, str(importe)) == (anio - 1, 1, "150.00")
    carla.tecla(F12)
    carla.hasta(resumen.resultado.texto)
    assert resumen.resultado.texto() == "1 renglón espera a que Tesorería confirme sus totales."
    assert consulta(municipio, "SELECT count(*) FROM hacienda_cargo") == [(0,)]


def test_the_tesorero_sees_totals_by_year_and_confirms_with_f12_and_enter(
    sentar, municipio, con_adeudos, anio
):
    teo = sentar("teo.tesorero", "predial_adeudos")
    teo.hasta(adeudos(teo).acciones["confirmar"].isEnabled)
    assert [f[:3] for f in adeudos(teo).totales.modelo.filas] == [
        (anio - 2, 1, adeudos(teo).totales.modelo.filas[0][2]),
        (anio - 1, 1, adeudos(teo).totales.modelo.filas[1][2]),
    ]
    assert [str(f[2]) for f in adeudos(teo).totales.modelo.filas] == ["250.00", "150.00"]
    assert {f[4] for f in adeudos(teo).totales.modelo.filas} == {"Ninguna"}
    assert "2 renglones leídos · 2 aceptados · 0 devueltos" in teo.textos()
    assert "Espera" in str(adeudos(teo).lista.actual()) and sin_nombre(teo.ventana) == []
    teo.tecla(F12)
    dialogo = teo.dialogo(ConfirmDialog)
    assert "$400.00" in teo.textos() and dialogo.focusWidget() is dialogo.boton
    teo.tecla(ENTER)
    teo.hasta(adeudos(teo).resultado.texto)
    assert adeudos(teo).resultado.texto() == "Se escribieron 2 adeudos por $400.00."
    assert consulta(municipio, "SELECT count(*), sum(importe) FROM hacienda_cargo") == [(2, 40_000)]
    teo.hasta(lambda: adeudos(teo).lista.actual() and adeudos(teo).lista.actual()[0] == "Confirmada")
    teo.hasta(lambda: "Confirmada por Teo Tesorero" in adeudos(teo).nota.texto())
    assert not adeudos(teo).acciones["confirmar"].isEnabled()


def test_the_tesorero_rejects_with_a_note_that_the_clerk_reads(sentar, carla, municipio, con_adeudos):
    teo = sentar("teo.tesorero", "predial_adeudos")
    teo.hasta(adeudos(teo).acciones["rechazar"].isEnabled)
    teo.tecla(F9)
    dialogo = teo.dialogo(RejectDialog)
    teo.tecla(ENTER)
    teo.hasta(lambda: "Escriba por qué se rechaza" in teo.textos())
    dialogo.nota.setText("Falta el año pasado")
    teo.tecla(ENTER)
    teo.sin_dialogo()
    teo.hasta(lambda: adeudos(teo).lista.actual() and adeudos(teo).lista.actual()[0] == "Rechazada")
    assert consulta(municipio, "SELECT count(*) FROM hacienda_cargo") == [(0,)]
    pagina(carla).tipo.elegir("adeudos")
    abre(carla, con_adeudos)
    assert "Tesorería lo rechazó: «Falta el año pasado»" in pagina(carla).columnas.nota.texto()


def test_an_auditor_looks_and_answers_nothing(sentar, con_adeudos):
    aldo = sentar("aldo.auditor", "predial_adeudos")
    aldo.hasta(lambda: adeudos(aldo).totales.modelo.rowCount() == 2)
    assert not adeudos(aldo).acciones["confirmar"].isVisible()
    assert not adeudos(aldo).acciones["rechazar"].isVisible()


def test_without_loads_the_page_says_so(sentar):
    teo = sentar("teo.tesorero", "predial_adeudos")
    teo.hasta(lambda: "Todavía no hay cargas de adeudos" in teo.textos())
    assert not adeudos(teo).acciones["confirmar"].isEnabled()
