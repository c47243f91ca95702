"""Writes the one style sheet of the program from the tokens."""

from string import Template

from lerdo_desk.ui import tokens
from lerdo_desk.ui.drawings import archivo_marca

_BASE = """
* { outline: none; }
QToolTip { background: $text; color: $surface; border: none; padding: $xs $s; $f_caption }
QWidget[fondo="bg"], QMainWindow { background: $bg; }
QWidget[fondo="surface"], QDialog { background: $surface; }
QWidget[fondo="surface2"] { background: $surface2; }
QWidget[fondo="sidebar"] { background: $sidebar; }
QFrame[clase="card"] { background: $surface; border: $linea solid $border; border-radius: $radio_tarjeta; }
QFrame[clase="inset"] { background: $surface2; border: $linea solid $border;
  border-radius: $radio_tarjeta; }
QFrame[clase="linea"] { background: $border; border: none; }
QFrame[clase="superior"] { background: $surface; border: none; border-bottom: $linea solid $border; }
QFrame[clase="estado"] { background: $surface; border: none; border-top: $linea solid $border; }
QFrame[clase="aviso"] { border-radius: $radio; border: $linea solid $border_strong; background: $surface; }
QFrame[clase="banner"][tono="warn"] { background: $warn_soft; border: none;
  border-bottom: $linea solid $warn; }
QFrame[clase="banner"][tono="bad"] { background: $bad_soft; border: none;
  border-bottom: $linea solid $bad; }
QFrame[clase="banner"][tono="info"] { background: $info_soft; border: none;
  border-bottom: $linea solid $info; }
QFrame[clase="banner"][tono="ok"] { background: $ok_soft; border: none; border-bottom: $linea solid $ok; }
QFrame[clase="nota"] { border-radius: $radio; }
QFrame[clase="nota"][tono="warn"] { background: $warn_soft; border: $linea solid $warn; }
QFrame[clase="nota"][tono="bad"] { background: $bad_soft; border: $linea solid $bad; }
QFrame[clase="nota"][tono="info"] { background: $info_soft; border: $linea solid $info; }
QFrame[clase="nota"][tono="ok"] { background: $ok_soft; border: $linea solid $ok; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[fondo="claro"] { background: transparent; }
"""

_LETRAS = """
QLabel { color: $text; background: transparent; border: none; }
QLabel[rol="caption"] { $f_caption } QLabel[rol="label"] { $f_label } QLabel[rol="header"] { $f_header }
QLabel[rol="body"] { $f_body } QLabel[rol="medium"] { $f_medium } QLabel[rol="name"] { $f_name }
QLabel[rol="subtitle"] { $f_subtitle }
QLabel[rol="amount"] { $f_amount } QLabel[rol="subtitle_strong"] { $f_subtitle_strong }
QLabel[rol="title"] { $f_title } QLabel[rol="heading"] { $f_heading } QLabel[rol="display"] { $f_display }
QLabel[tono="muted"] { color: $muted; } QLabel[tono="disabled"] { color: $disabled; }
QLabel[tono="ok"] { color: $ok; } QLabel[tono="warn"] { color: $warn; } QLabel[tono="bad"] { color: $bad; }
QLabel[tono="info"] { color: $info; } QLabel[tono="primary"] { color: $primary_text; }
QLabel[tono="sidebar"] { color: $sidebar_text; } QLabel[tono="sidebar_muted"] { color: $sidebar_muted; }
"""

_CAMPOS = """
QLineEdit, QPlainTextEdit, QComboBox { background: $surface; color: $text;
  border: $linea solid $border_strong;
  border-radius: $radio; padding: 0 $campo_relleno; $f_subtitle
  selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit, QComboBox { min-height: $campo_alto; max-height: $campo_alto; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border: $foco solid $focus;
  padding: 0 $campo_relleno_foco; }
QLineEdit:focus, QComboBox:focus { min-height: $campo_alto_foco; max-height: $campo_alto_foco; }
QLineEdit[error="true"], QComboBox[error="true"] { border: $foco solid $bad; padding: 0 $campo_relleno_foco;
  min-height: $campo_alto_foco; max-height: $campo_alto_foco; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { background: $bg; color: $disabled;
  border-color: $border; }
QLineEdit:read-only { background: $surface2; }
QLineEdit[grande="true"] { min-height: $campo_grande; max-height: $campo_grande; $f_heading }
QLineEdit[grande="true"]:focus { min-height: $campo_grande_foco; max-height: $campo_grande_foco; }
QLineEdit[grande="true"][error="true"] { min-height: $campo_grande_foco; max-height: $campo_grande_foco; }
QComboBox::drop-down { border: none; width: $control_chico; }
QComboBox::down-arrow { $img_abajo width: $icono; height: $icono; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: $linea solid $border_strong;
  padding: $xs;
  selection-background-color: $primary_soft; selection-color: $text; }
QCheckBox, QRadioButton { color: $text; spacing: $s; padding: $linea; border: $linea solid transparent;
  border-radius: $xs; background: transparent; }
QCheckBox:focus, QRadioButton:focus { border: $foco solid $focus; padding: 0; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator { width: $icono; height: $icono; border: $linea solid $border_strong;
  border-radius: $xs;
  background: $surface; }
QCheckBox::indicator:hover { border-color: $primary; }
QCheckBox::indicator:checked, QCheckBox::indicator:indeterminate { background: $primary;
  border-color: $primary; }
QCheckBox::indicator:checked { $img_marca } QCheckBox::indicator:indeterminate { $img_media }
QCheckBox::indicator:disabled { background: $bg; border-color: $border; }
QRadioButton::indicator { width: $icono; height: $icono; border: $linea solid $border_strong;
  border-radius: $radio_boton; background: $surface; }
QRadioButton::indicator:checked { background: $primary; border-color: $primary; $img_punto }
"""

_BOTONES = """
QPushButton { background: $surface; color: $text; border: $linea solid $border_strong;
  border-radius: $radio;
  padding: 0 $l; min-height: $boton_alto; $f_medium }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $primary_soft; }
QPushButton:focus { border: $foco solid $focus; padding: 0 $boton_relleno_foco;
  min-height: $boton_alto_foco; }
QPushButton:disabled { background: $bg; color: $disabled; border-color: $border; }
QPushButton[clase="primary"] { background: $primary; color: $on_primary; border: none;
  padding: 0 $boton_relleno_primario;
  min-height: $control; $f_name }
QPushButton[clase="primary"]:hover { background: $primary_hover; }
QPushButton[clase="primary"]:pressed { background: $primary_press; }
QPushButton[clase="primary"]:disabled { background: $bg; color: $disabled; border: $linea solid $border;
  padding: 0 $l;
  min-height: $boton_alto; }
QPushButton[clase="ghost"] { background: transparent; color: $primary_text;
  border: $linea solid transparent;
  padding: 0 $boton_relleno_ghost; }
QPushButton[clase="ghost"]:hover { background: $hover; }
QPushButton[clase="ghost"]:pressed { background: $primary_soft; }
QPushButton[clase="ghost"]:focus { border: $foco solid $focus; padding: 0 $boton_relleno_ghost_foco; }
QPushButton[clase="ghost"]:disabled { color: $disabled; }
QPushButton[clase="danger"] { color: $bad; border: $linea solid $bad; }
QPushButton[clase="danger"]:hover { background: $bad_soft; }
QPushButton[clase="danger"]:focus { border: $foco solid $focus; }
QPushButton[clase="danger"]:disabled { color: $disabled; border-color: $border; }
QPushButton[grande="true"] { min-height: $boton_grande; $f_subtitle_strong }
QPushButton[grande="true"]:focus { min-height: $boton_grande_foco; }
QPushButton[clase="primary"][grande="true"] { min-height: $control_grande; }
QPushButton[clase="primary"][grande="true"]:disabled { min-height: $boton_grande; }
QPushButton[clase="icono"] { background: transparent; border: $linea solid transparent; padding: 0;
  min-width: $boton_alto; max-width: $boton_alto; }
QPushButton[clase="icono"]:hover { background: $hover; }
QPushButton[clase="icono"]:focus { border: $foco solid $focus; min-width: $boton_alto_foco;
  max-width: $boton_alto_foco; }
QPushButton[clase="persona"] { border: none; padding: 0; min-height: 0; }
QPushButton[clase="persona"]::menu-indicator { image: none; }
QPushButton[clase="segmento"] { background: $surface; color: $muted; border-radius: 0;
  border: $linea solid $border_strong;
  border-right: none; padding: 0 $s; }
QPushButton[clase="segmento"][extremo="izquierdo"], QPushButton[clase="segmento"][extremo="unico"] {
  border-top-left-radius: $radio; border-bottom-left-radius: $radio; }
QPushButton[clase="segmento"][extremo="derecho"], QPushButton[clase="segmento"][extremo="unico"] {
  border-right: $linea solid $border_strong; border-top-right-radius: $radio;
  border-bottom-right-radius: $radio; }
QPushButton[clase="segmento"]:hover { background: $hover; }
QPushButton[clase="segmento"]:checked { background: $primary_soft; color: $primary_text; $f_name }
QPushButton[clase="segmento"]:disabled { color: $disabled; background: $bg; }
QPushButton[clase="opcion"] { background: $surface; border: $linea solid $border;
  border-radius: $radio_tarjeta;
  text-align: left; }
QPushButton[clase="opcion"]:hover { border-color: $primary; background: $surface2; }
QPushButton[clase="opcion"]:focus { border: $foco solid $focus; }
QPushButton[clase="sidebar_dato"] { background: transparent; border: $linea solid transparent;
  color: $sidebar_text;
  text-align: left; padding: 0 $s; min-height: $dato_practica; $f_caption }
QPushButton[clase="sidebar_dato"]:hover { background: $sidebar_active; }
QPushButton[clase="sidebar_dato"]:focus { border: $foco solid $sidebar_focus; }
QPushButton[clase="lateral"] { background: transparent; border: $linea solid transparent;
  color: $sidebar_text; }
QLabel[clase="tecla"] { color: $text; background: $surface2; border: $linea solid $border;
  border-radius: $xs;
  padding: 0 $s; $f_label }
"""

_TABLAS = """
QTableView, QListView { background: $surface; color: $text; border: none; gridline-color: transparent;
  selection-background-color: $primary_soft; selection-color: $text; }
QTableView[marco="true"] { border: $linea solid $border; border-radius: $radio; }
QHeaderView { background: $surface2; border: none; }
QHeaderView::section { background: $surface2; color: $muted; border: none; border-top: $linea solid $border;
  border-bottom: $linea solid $border; padding: 0 $celda; $f_header }
QTableCornerButton::section { background: $surface2; border: none; }
QScrollBar:vertical { background: transparent; width: $m; margin: 0; }
QScrollBar:horizontal { background: transparent; height: $m; margin: 0; }
QScrollBar::handle { background: $border_strong; border-radius: $radio_barra; margin: $barra; }
QScrollBar::handle:vertical { min-height: $xxl; } QScrollBar::handle:horizontal { min-width: $xxl; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QMenu { background: $surface; color: $text; border: $linea solid $border_strong; padding: $xs; }
QMenu::item { padding: $s $l; border-radius: $xs; }
QMenu::item:selected { background: $primary_soft; color: $text; }
QMenu::item:disabled { color: $disabled; }
QProgressBar { background: $border; border: none; border-radius: $foco; max-height: $progreso;
  min-height: $progreso; }
QProgressBar::chunk { background: $primary; border-radius: $foco; }
"""


def _letra(rol: str, escala: int) -> str:
    puntos, peso = tokens.LETRA[rol]
    return f"font-size: {puntos * escala / 100:g}pt; font-weight: {peso};"


def _imagen(nombre: str, color: str, trazo: float = tokens.TRAZO_MARCA) -> str:
    archivo = archivo_marca(nombre, color, trazo)
    return f'image: url("{archivo.as_posix()}");' if archivo else ""


def _medidas(escala: int) -> dict[str, str]:
    """Give each size with its unit, and the inner sizes that Qt counts without border."""
    m = tokens.M
    pares = m._asdict()
    pares |= {
        "campo_alto": m.control - 2 * m.linea,
        "campo_alto_foco": m.control - 2 * m.foco,
        "campo_grande": m.control_grande - 2 * m.linea,
        "campo_grande_foco": m.control_grande - 2 * m.foco,
        "campo_relleno": m.celda,
        "campo_relleno_foco": m.celda - m.linea,
        "boton_alto": m.control - 2 * m.linea,
        "boton_alto_foco": m.control - 2 * m.foco,
        "boton_grande": m.control_grande - 2 * m.linea,
        "boton_grande_foco": m.control_grande - 2 * m.foco,
        "boton_relleno_foco": m.l - m.linea,
        "boton_relleno_primario": m.l + m.linea,
        "boton_relleno_ghost": m.m,
        "boton_relleno_ghost_foco": m.m - m.linea,
        "radio_boton": m.casilla // 2,
        "radio_barra": m.barra,
    }
    fijas = ("linea", "foco")
    return {k: f"{v if k in fijas else round(v * escala / 100)}px" for k, v in pares.items()}


def hoja(paleta: tokens.Paleta, escala: int = 100) -> str:
    """Generate the style sheet of one palette at one text size (percent)."""
    valores = {k: str(v) for k, v in paleta._asdict().items()} | _medidas(escala)
    valores |= {f"f_{rol}": _letra(rol, escala) for rol in tokens.LETRA}
    valores |= {
        "img_marca": _imagen("marca", paleta.on_primary),
        "img_media": _imagen("media", paleta.on_primary),
        "img_punto": _imagen("punto", paleta.on_primary, tokens.TRAZO_PUNTO),
        "img_abajo": _imagen("abajo", paleta.muted, tokens.TRAZO),
    }
    return Template(_BASE + _LETRAS + _CAMPOS + _BOTONES + _TABLAS).substitute(valores)
