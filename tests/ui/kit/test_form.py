from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import QDate, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QCalendarWidget, QWidget
from pytestqt.qtbot import QtBot

from famdesk.domain.errors import Required, Unavailable
from famdesk.ui.kit.fields import CheckField, DateField, LineField, NumberField, TextField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.widgets import Card, Label
from tests.ui.conftest import nameless

TODAY = date(2025, 2, 11)
CHANNELS = (Choice("desk", "At the desk"), Choice("phone", "Telephone"))


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    form = Form()
    form.section("Who calls")
    form.add("name", "Name", LineField(), required=True)
    form.add("born", "Date of birth", DateField(past=True, today=lambda: TODAY))
    form.add("at", "Time", TimeField())
    form.add("people", "People", NumberField(1, 20))
    form.add("channel", "Channel", ChoiceField(CHANNELS))
    form.add("text", "Text", TextField(), hint="For the team only")
    form.add("told", "Informed", CheckField("Informed"))
    qtbot.addWidget(form)
    form.show()
    qtbot.waitExposed(form)
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


def sentences(form: Form) -> list[str]:
    """The texts of errors that are visible."""
    labels = form.findChildren(Label)
    return [label.text() for label in labels if label.property("kind") == "problem" and label.isVisible()]


def test_a_screen_reader_is_told_the_hint_and_what_is_wrong(form: Form) -> None:
    assert form.field("name").accessibleDescription() == "needed"
    assert form.field("text").accessibleDescription() == "For the team only"
    form.show_error("text", "Too long.")
    assert form.field("text").accessibleDescription() == "Too long."
    form.clear_errors()
    assert form.field("text").accessibleDescription() == "For the team only"


def test_values_go_in_and_out(form: Form) -> None:
    values = {
        "name": "Chiara",
        "born": date(1988, 5, 1),
        "at": time(9, 30),
        "people": 3,
        "channel": "phone",
        "text": "two\nlines",
        "told": True,
    }
    form.set_values(values)
    assert form.values() == values
    assert not form.dirty
    form.set_values(dict.fromkeys(values))
    empty = {"name": "", "born": None, "at": None, "people": None, "channel": None, "text": "", "told": False}
    assert form.values() == empty


def test_typing_makes_it_dirty(form: Form, qtbot: QtBot) -> None:
    with qtbot.waitSignal(form.edited):
        qtbot.keyClicks(form.field("name"), " Chiara ")
    assert form.dirty
    assert form.value("name") == "Chiara"
    form.set_values({})
    assert not form.dirty
    qtbot.mouseClick(form.field("told"), Qt.MouseButton.LeftButton, pos=form.field("told").rect().center() / 4)
    qtbot.keyClicks(form.field("text"), "x")
    assert form.dirty


def test_what_cannot_be_read_is_said_in_words(form: Form, qtbot: QtBot) -> None:
    qtbot.keyClicks(form.field("born"), "31/2")
    qtbot.keyClicks(form.field("at"), "25")
    qtbot.keyClicks(form.field("people"), "99")
    qtbot.keyClicks(form.field("channel"), "pigeon")
    assert not form.check()
    assert sentences(form) == [
        "This field is needed.",
        "This is not a date. Type for example 13/2 or 13.2.2025.",
        "This is not a time. Type for example 9, 930 or 17:00.",
        "Please give a number from 1 to 20.",
        "Choose from the list.",
    ]
    assert form.field("name").hasFocus(), "the first wrong field"
    assert form.field("born").accessibleDescription() == sentences(form)[1]


def test_an_error_goes_away_when_the_field_is_corrected(form: Form, qtbot: QtBot) -> None:
    form.check()
    qtbot.keyClicks(form.field("name"), "C")
    assert sentences(form) == []
    assert form.check()
    assert form.field("name").accessibleDescription() == "needed"


def test_a_rule_of_a_use_case_stands_at_its_field(form: Form, qtbot: QtBot) -> None:
    form.present(Required("born"))
    assert sentences(form) == ["This field is needed."]
    assert form.field("born").hasFocus()
    for error in (Required("elsewhere"), Required(), Unavailable()):
        with qtbot.waitSignal(form.unplaced) as blocker:
            form.present(error)
        assert blocker.args == [error]


def test_the_fields_are_named_and_in_order(form: Form, qtbot: QtBot) -> None:
    assert nameless(form) == []
    names = []
    form.field("name").setFocus()
    for _ in range(7):
        focus = form.focusWidget()
        assert isinstance(focus, QWidget)
        names.append(focus.accessibleName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert names == ["Name", "Date of birth", "Time", "People", "Channel", "Text", "Informed"]


def test_a_row_can_be_hidden(form: Form) -> None:
    form.set_row_visible("born", False)
    assert not form.field("born").isVisible()
    assert form.has("born")
    assert form.value("born") is None


def test_labels_can_stand_above(qtbot: QtBot) -> None:
    form = Form(labels="top")
    field = form.add("name", "Name", LineField())
    form.widget(Label("between"))
    qtbot.addWidget(form)
    form.show()
    label = next(label for label in form.findChildren(Label) if label.text() == "Name")
    assert label.mapTo(form, label.rect().bottomLeft()).y() <= field.mapTo(form, field.rect().topLeft()).y()


def test_dates_are_tidied_and_moved_by_keys(qtbot: QtBot) -> None:
    field = DateField(today=lambda: TODAY)
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClicks(field, "domani")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "12/02/2025"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_PageDown)
    assert field.value() == date(2025, 2, 6)


def test_a_date_is_picked_in_the_calendar(qtbot: QtBot) -> None:
    field = DateField(today=lambda: TODAY)
    qtbot.addWidget(field)
    field.show()
    qtbot.keyClick(field, Qt.Key.Key_F4)
    calendar = field.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2025, 2, 11)
    with qtbot.waitSignal(field.edited):
        calendar.activated.emit(QDate(2025, 2, 14))
    assert field.value() == date(2025, 2, 14)
    qtbot.waitUntil(lambda: field.findChild(QCalendarWidget) is None)


def test_times_move_by_a_quarter(qtbot: QtBot) -> None:
    field = TimeField()
    qtbot.addWidget(field)
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value() is None
    qtbot.keyClicks(field, "930")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "9:30"
    qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == time(9, 45)


def test_a_text_grows_with_its_lines(qtbot: QtBot) -> None:
    field = TextField(lines=2, most=5)
    qtbot.addWidget(field)
    field.show()
    before = field.height()
    field.set_value("\n".join("abcd"))
    grown = field.height()
    assert grown > before
    field.set_value("\n".join("abcdefghijklm"))
    assert grown < field.height() <= before * 3


class _Seen(QObject):
    """Notes every window that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


def test_nothing_flashes_up_as_a_window_while_a_form_or_a_card_is_made(qtbot: QtBot, qapp: QApplication) -> None:
    seen = _Seen()
    qapp.installEventFilter(seen)
    made = Form()
    made.add("name", "Name", LineField(), hint="as on the door")
    card = Card("Hours", "clock", note="next weeks")
    qapp.removeEventFilter(seen)
    for widget in (made, card):
        qtbot.addWidget(widget)
        widget.show()
    assert seen.windows == []
    assert any(label.text() == "as on the door" and label.isVisible() for label in made.findChildren(Label))
    assert any(label.text() == "next weeks" and label.isVisible() for label in card.findChildren(Label))
