from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import Choice, ChoiceField, Deliver, PopupField, SearchField

ROSSI = Line("1", "Rossi, Marta", detail="1988")
RUSSO = Line("2", "Russo, Luca", badge="maybe the same", meaning=Meaning.WARNING)
NEEDS = (
    Choice("nido", "Nursery school", "38", "A", Meaning.A, keywords="asilo"),
    Choice("bonus", "Nursery bonus", "12", "A", Meaning.A),
    Choice("sep", "Separazione città", "4", "B", Meaning.B),
)


class Registry:
    """Answers searches when told to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.deliver: list[Deliver] = []

    def search(self, text: str, deliver: Deliver) -> None:
        self.asked.append(text)
        self.deliver.append(deliver)


@pytest.fixture
def registry() -> Registry:
    return Registry()


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[PopupField], QWidget]:
    """Shows a field in an active window with another field after it."""
    windows: list[QWidget] = []

    def shown(field: PopupField) -> QWidget:
        window = QWidget()
        windows.append(window)
        layout = QVBoxLayout(window)
        layout.addWidget(field)
        layout.addWidget(QLineEdit())
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        field.setFocus()
        return window

    return shown


def titles(field: PopupField) -> list[str]:
    return [line.title for line in field.popup_list().lines()]


def typed(field: PopupField, registry: Registry, text: str, answer: Sequence[Line], qtbot: QtBot) -> None:
    """Type, wait for the question, answer it."""
    count = len(registry.asked)
    qtbot.keyClicks(field, text)
    qtbot.waitUntil(lambda: len(registry.asked) > count)
    registry.deliver[-1](answer)


def test_typing_searches_once_after_a_pause_and_enter_takes(
    registry: Registry, show: Callable[[PopupField], QWidget], qtbot: QtBot
) -> None:
    field = SearchField(registry.search)
    show(field)
    typed(field, registry, "ros", [ROSSI, RUSSO], qtbot)
    assert registry.asked == ["ros"]
    assert field.popup_open()
    assert field.value() is None
    qtbot.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignals([field.chosen, field.edited]):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == "2"
    assert field.text() == "Russo, Luca"
    assert not field.popup_open()


def test_arrows_stop_at_the_ends(registry: Registry, show: Callable[[PopupField], QWidget], qtbot: QtBot) -> None:
    field = SearchField(registry.search)
    show(field)
    typed(field, registry, "r", [Line("h", "People", header=True), ROSSI, RUSSO], qtbot)
    assert field.popup_list().current_id() == "1"
    for key, current in ((Qt.Key.Key_Up, "1"), (Qt.Key.Key_Down, "2"), (Qt.Key.Key_Down, "2")):
        qtbot.keyClick(field, key)
        assert field.popup_list().current_id() == current


def test_escape_closes_the_list_and_not_the_dialog(registry: Registry, qtbot: QtBot) -> None:
    dialog = QDialog()
    field = SearchField(registry.search)
    QVBoxLayout(dialog).addWidget(field)
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    field.setFocus()
    typed(field, registry, "r", [ROSSI], qtbot)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.popup_open()
    assert dialog.isVisible()
    assert field.text() == "r"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_tab_takes_and_goes_on(registry: Registry, show: Callable[[PopupField], QWidget], qtbot: QtBot) -> None:
    field = SearchField(registry.search)
    show(field)
    typed(field, registry, "r", [ROSSI], qtbot)
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert field.value() == "1"
    assert not field.hasFocus()


def test_a_late_answer_is_not_shown(registry: Registry, show: Callable[[PopupField], QWidget], qtbot: QtBot) -> None:
    field = SearchField(registry.search)
    show(field)
    typed(field, registry, "r", [], qtbot)
    typed(field, registry, "o", [RUSSO], qtbot)
    registry.deliver[0]([ROSSI])
    assert titles(field) == ["Russo, Luca"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    registry.deliver[1]([ROSSI])
    assert not field.popup_open()


def test_an_answer_for_a_field_that_is_gone_is_dropped(registry: Registry, qtbot: QtBot) -> None:
    field = SearchField(registry.search)
    field.search("r")
    Shiboken.delete(field)
    registry.deliver[0]([ROSSI])


def test_typing_on_forgets_the_choice(registry: Registry, show: Callable[[PopupField], QWidget], qtbot: QtBot) -> None:
    field = SearchField(registry.search)
    show(field)
    field.set_value(("1", "Rossi, Marta"))
    assert (field.value(), field.problem()) == ("1", "")
    field.end(False)
    qtbot.keyClicks(field, "x")
    assert field.value() is None
    assert field.problem() == "Choose from the list, or leave this empty."
    field.set_value(None)
    assert field.problem() == ""


def test_a_new_record_is_offered_last(registry: Registry, show: Callable[[PopupField], QWidget], qtbot: QtBot) -> None:
    field = SearchField(registry.search, offer_new="New person: {}".format)
    show(field)
    typed(field, registry, "Nonna Lia", [], qtbot)
    assert titles(field) == ["New person: Nonna Lia"]
    with qtbot.waitSignal(field.new_requested) as blocker:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert blocker.args == ["Nonna Lia"]
    assert field.value() is None


def test_what_is_only_similar_is_chosen_and_never_preselected(
    registry: Registry, show: Callable[[PopupField], QWidget], qtbot: QtBot
) -> None:
    field = SearchField(registry.search)
    show(field)
    typed(field, registry, "Rosi", [replace(ROSSI, similar=True), replace(RUSSO, similar=True)], qtbot)
    assert field.popup_list().current_id() == ""
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (field.value(), field.popup_list().current_id()) == (None, "1")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == "1"


@pytest.mark.parametrize("enter_first", [True, False])
def test_a_new_record_stands_before_the_similar_ones(
    enter_first: bool, registry: Registry, show: Callable[[PopupField], QWidget], qtbot: QtBot
) -> None:
    field = SearchField(registry.search, offer_new="New person: {}".format)
    show(field)
    made: list[str] = []
    field.new_requested.connect(made.append)
    if enter_first:
        qtbot.keyClicks(field, "Rosi Marta")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(registry.asked))
        registry.deliver[-1]([replace(ROSSI, similar=True)])
    else:
        typed(field, registry, "Rosi Marta", [replace(ROSSI, similar=True)], qtbot)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
        field.setFocus()
    assert (field.value(), made) == (None, [])
    typed(field, registry, "n", [RUSSO, replace(ROSSI, similar=True)], qtbot)
    assert titles(field) == ["Russo, Luca", "New person: Rosi Martan", "Rossi, Marta"]
    assert field.popup_list().current_id() == "2"


def test_a_click_takes(registry: Registry, show: Callable[[PopupField], QWidget], qtbot: QtBot) -> None:
    field = SearchField(registry.search)
    show(field)
    typed(field, registry, "r", [ROSSI, RUSSO], qtbot)
    view = field.popup_list()
    second = view.visualRect(view.model().index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=second)
    assert field.value() == "2"


def test_the_list_stays_on_the_screen(registry: Registry, show: Callable[[PopupField], QWidget], qtbot: QtBot) -> None:
    field = SearchField(registry.search)
    window = show(field)
    screen = window.screen().availableGeometry()
    window.move(screen.right() - window.width(), screen.bottom() - window.height())
    typed(field, registry, "r", [Line(str(n), f"Person {n}") for n in range(40)], qtbot)
    popup = field.popup_list().window().geometry()
    assert screen.contains(popup)
    assert popup.bottom() <= field.mapToGlobal(QPoint(0, 0)).y()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nur", ["Nursery school", "Nursery bonus"]),
        ("nur bo", ["Nursery bonus"]),
        ("ASI", ["Nursery school"]),
        ("citta", ["Separazione città"]),
        ("ursery", []),
    ],
)
def test_choices_are_narrowed_by_the_beginnings_of_words(
    text: str, found: list[str], show: Callable[[PopupField], QWidget], qtbot: QtBot
) -> None:
    field = ChoiceField(NEEDS)
    show(field)
    qtbot.keyClicks(field, text)
    assert (titles(field) if field.popup_open() else []) == found


def test_down_shows_all_choices_with_the_current_one(show: Callable[[PopupField], QWidget], qtbot: QtBot) -> None:
    field = ChoiceField(NEEDS)
    show(field)
    field.set_value("bonus")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert len(titles(field)) == 3
    assert field.popup_list().current_id() == "bonus"
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == "sep"


def test_a_text_with_one_meaning_is_taken_on_leaving(show: Callable[[PopupField], QWidget], qtbot: QtBot) -> None:
    field = ChoiceField(NEEDS, allow_none=False)
    window = show(field)
    assert field.problem() == "Choose one."
    qtbot.keyClicks(field, "separ")
    field.close_popup()
    window.focusNextPrevChild(True)
    assert field.value() == "sep"
    assert field.text() == "Separazione città"


def test_an_unknown_code_shows_nothing(qtbot: QtBot) -> None:
    field = ChoiceField(NEEDS)
    qtbot.addWidget(field)
    field.set_value("gone")
    assert (field.value(), field.text(), field.problem()) == (None, "", "")


def test_what_is_typed_takes_the_place_of_the_choice(show: Callable[[PopupField], QWidget], qtbot: QtBot) -> None:
    field = ChoiceField([Choice("week", "every week"), Choice("two", "every 2 weeks")])
    show(field)
    field.set_value("week")
    field.clearFocus()
    field.setFocus()  # as a shortcut does that unfolds a part
    assert field.selectedText() == "every week"
    field.clearFocus()
    qtbot.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert field.selectedText() == "every week"


def test_what_is_needed_cannot_be_left_empty(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    for name, required in (("who", True), ("whom", False)):
        field = form.add(name, name, SearchField(lambda _text, _deliver: None), required=required)
        qtbot.keyClicks(field, "zz")
    assert form.field("who").problem() == "Choose from the list."
    assert form.field("whom").problem() == "Choose from the list, or leave this empty."
