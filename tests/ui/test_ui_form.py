from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from lerdo_desk.base.errores import ErrorDeUso
from lerdo_desk.ui.form import Field, Form, IntField, MoneyField, PhraseField, TextField


@pytest.fixture
def mostrar(qtbot):
    def en_pantalla(widget):
        qtbot.addWidget(widget)
        with qtbot.waitActive(widget):
            widget.show()
            widget.activateWindow()
        return widget

    return en_pantalla


@pytest.mark.parametrize(
    ("tecleado", "vale"),
    [
        ("6500", "6500.00"),
        ("6,500", "6500.00"),
        ("6500.5", "6500.50"),
        ("1,234.50", "1234.50"),
        ("1,234,567.89", "1234567.89"),
        ("6500.", "6500.00"),
        (".50", "0.50"),
        ("0", "0.00"),
    ],
)
def test_an_amount_may_be_typed_in_any_usual_way(mostrar, tecleado, vale):
    campo = mostrar(MoneyField())
    QTest.keyClicks(campo, tecleado)
    assert campo.text() == tecleado
    assert campo.completo()
    assert campo.valor() == Decimal(vale)


@pytest.mark.parametrize(
    ("tecleado", "queda"),
    [
        ("12a3", "123"),
        ("-5", "5"),
        ("1e9", "19"),
        ("NaN", ""),
        ("12.345", "12.34"),
        ("1.2.3", "1.23"),
    ],
)
def test_letters_signs_and_third_decimals_are_refused_as_they_are_typed(mostrar, tecleado, queda):
    campo = mostrar(MoneyField())
    QTest.keyClicks(campo, tecleado)
    assert campo.text() == queda


def test_the_digits_of_other_scripts_are_refused_too(mostrar, qapp):
    campo = mostrar(MoneyField())
    qapp.sendEvent(campo, QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "٣"))
    assert campo.text() == ""


def test_an_amount_has_no_more_than_twelve_digits(mostrar):
    campo = mostrar(MoneyField())
    QTest.keyClicks(campo, "9" * 40)
    assert campo.text() == "9" * 12


@pytest.mark.parametrize("a_medias", ["1,2", "12,34", "1,23.5", "."])
def test_a_badly_grouped_amount_is_an_error_of_its_field(mostrar, a_medias):
    campo = mostrar(MoneyField(campo="recibido"))
    campo.setText(a_medias)
    with pytest.raises(ErrorDeUso) as error:
        campo.valor()
    assert error.value.campo == "recibido"
    assert not campo.completo()


def test_no_amount_is_none_and_an_amount_given_is_written_with_commas(mostrar):
    campo = mostrar(MoneyField())
    assert campo.valor() is None
    campo.poner(Decimal("6235.19"))
    assert campo.text() == "6,235.19"
    assert campo.alignment() & Qt.AlignmentFlag.AlignRight


def test_the_focus_selects_all_so_the_next_digit_replaces_it(mostrar):
    campo = mostrar(MoneyField(Decimal(500)))
    campo.clearFocus()
    campo.setFocus(Qt.FocusReason.TabFocusReason)
    assert campo.selectedText() == "500.00"
    QTest.keyClicks(campo, "7")
    assert campo.text() == "7"


def test_a_pasted_amount_loses_its_peso_sign_and_blanks(mostrar):
    campo = mostrar(MoneyField())
    QGuiApplication.clipboard().setText(" $ 1,250.00 ")
    QTest.keyClick(campo, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert campo.valor() == Decimal("1250.00")


def test_the_decimal_key_of_the_keypad_always_writes_a_point(mostrar, qapp):
    campo = mostrar(MoneyField())
    QTest.keyClicks(campo, "12")
    tecla = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Comma, Qt.KeyboardModifier.KeypadModifier, ",")
    qapp.sendEvent(campo, tecla)
    QTest.keyClicks(campo, "5")
    assert campo.valor() == Decimal("12.50")


def test_a_whole_number_takes_only_digits(mostrar):
    campo = mostrar(IntField(digitos=5))
    QTest.keyClicks(campo, "-5a4.32109")
    assert campo.text() == "54321"
    assert campo.valor() == 54321
    campo.clear()
    assert campo.valor() is None


def test_the_eye_shows_the_phrase_and_says_what_it_does(mostrar):
    campo = mostrar(PhraseField())
    QTest.keyClicks(campo, " con blancos ")
    ojo = campo.actions()[0]
    assert campo.echoMode() is QLineEdit.EchoMode.Password
    assert ojo.text() == "Mostrar la frase"
    ojo.trigger()
    assert campo.echoMode() is QLineEdit.EchoMode.Normal
    assert ojo.text() == "Ocultar la frase"
    assert campo.valor() == " con blancos "


@pytest.mark.parametrize(
    ("letra", "mayus", "encendido"),
    [("A", False, True), ("a", False, False), ("A", True, False), ("a", True, True)],
)
def test_caps_lock_is_guessed_from_the_letter_and_shift(mostrar, qtbot, letra, mayus, encendido):
    campo = mostrar(PhraseField())
    modificador = Qt.KeyboardModifier.ShiftModifier if mayus else Qt.KeyboardModifier.NoModifier
    tecla = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, modificador, letra)
    with qtbot.waitSignal(campo.mayusculas) as aviso:
        campo.keyPressEvent(tecla)
    assert aviso.args == [encendido]


def test_a_field_says_its_error_below_and_to_the_screen_reader(mostrar):
    control = TextField("texto escrito")
    campo = mostrar(Field("&Usuario", control, ayuda="Como en su gafete"))
    assert control.accessibleName() == "Usuario"
    assert control.accessibleDescription() == "Como en su gafete"
    campo.mostrar_error("Ese usuario no existe.")
    assert campo.error() == "Ese usuario no existe."
    assert control.property("error") == "true"
    assert control.accessibleDescription() == "Ese usuario no existe."
    assert control.text() == "texto escrito"


def test_the_error_goes_as_soon_as_the_person_types(mostrar):
    control = TextField()
    campo = mostrar(Field("&Usuario", control))
    campo.mostrar_error("Falta este dato.")
    QTest.keyClicks(control, "x")
    assert campo.error() == ""
    assert control.property("error") == "false"


def test_an_error_moves_nothing_sideways_and_keeps_the_height_of_the_control(mostrar):
    control = TextField("x")
    campo = mostrar(Field("&Usuario", control))
    antes = control.geometry()
    campo.mostrar_error("Mal.")
    campo.adjustSize()
    control.clearFocus()
    assert control.geometry() == antes


def test_the_mnemonic_of_the_label_takes_to_the_control(mostrar, qtbot):
    uno, otro = TextField(), TextField()
    forma = mostrar(Form({"a": Field("&Alfa", uno), "b": Field("&Beta", otro)}))
    with qtbot.waitActive(forma):
        forma.activateWindow()
    QTest.keyClick(uno, Qt.Key.Key_B, Qt.KeyboardModifier.AltModifier)
    assert otro.hasFocus()


def test_a_form_puts_an_error_beside_the_field_it_names(mostrar):
    campos = {"a": Field("Alfa", TextField("uno")), "b": Field("Beta", MoneyField(Decimal(5)))}
    forma = mostrar(Form(campos))
    forma.mostrar_error(ErrorDeUso("La cantidad es mayor que el adeudo.", "b"))
    assert campos["b"].error() == "La cantidad es mayor que el adeudo."
    assert campos["a"].error() == ""
    assert campos["a"].control.text() == "uno"
    forma.mostrar_error(ErrorDeUso("Otra cosa.", "desconocido"))
    assert campos["b"].error() == ""
    assert forma._general.texto() == "Otra cosa."


def test_a_form_demands_what_must_not_be_empty(mostrar):
    campos = {"a": Field("Alfa", TextField("  ")), "b": Field("Beta", TextField("x"))}
    forma = mostrar(Form(campos))
    assert not forma.exigir("a", "b")
    assert campos["a"].error() == "Falta este dato."
    campos["a"].control.setText("y")
    forma.limpiar()
    assert forma.exigir("a", "b")
