from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, PrimaryButton, ToolButton, make_action
from famdesk.ui.kit.colours import LIGHT, Meaning
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.password import PasswordField, Wait
from famdesk.ui.kit.widgets import (
    Badge,
    Card,
    ElidedLabel,
    EmptyState,
    Hairline,
    IconLabel,
    Label,
    ScrollColumn,
    Segmented,
)
from tests.ui.conftest import nameless


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    QVBoxLayout(window)
    qtbot.addWidget(window)
    return window


def test_a_button_has_room_for_all_its_parts(qtbot: QtBot) -> None:
    plain, full = ActionButton("Call"), ActionButton("Call", "phone", hint="F8", chevron=True)
    for button in (plain, full):
        qtbot.addWidget(button)
    parts = full.sizeHint().width() - plain.sizeHint().width()
    assert parts >= theme.unit(4.5) + theme.unit(4) + full.fontMetrics().averageCharWidth()
    before = full.grab().toImage()
    full.set_hint("F9")
    assert full.grab().toImage() != before
    full.set_icon_name("lock")
    assert full.sizeHint() == full.minimumSizeHint()


def test_a_primary_button_is_filled(qtbot: QtBot) -> None:
    button = PrimaryButton("Save", hint="Enter")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    assert button.grab().toImage().pixelColor(button.width() // 2, 4).name() == LIGHT.primary


def test_a_button_follows_its_action(window: QWidget, qtbot: QtBot) -> None:
    done: list[str] = []
    action = make_action(window, "Print", lambda: done.append("print"), icon="printer", shortcut="Ctrl+P")
    button = ActionButton.of(action, hint=True)
    window.layout().addWidget(button)  # type: ignore[union-attr]
    window.show()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["print"]
    action.setText("Print again")
    action.setEnabled(False)
    assert (button.text(), button.isEnabled()) == ("Print again", False)
    assert action in window.actions()


def test_icon_buttons_have_words(qtbot: QtBot) -> None:
    button = ToolButton("Filter", "funnel", shortcut="Ctrl+F")
    qtbot.addWidget(button)
    assert nameless(button) == []
    assert button.toolTip() == "Filter (Ctrl+F)"


def test_a_segmented_choice(qtbot: QtBot) -> None:
    choice = Segmented([("day", "Day"), ("week", "Week"), ("list", "List")], "View")
    qtbot.addWidget(choice)
    choice.show()
    choice.activateWindow()
    qtbot.waitUntil(choice.isActiveWindow)
    told: list[str] = []
    choice.chosen.connect(told.append)
    assert choice.current() == "day"
    choice.set_current("week")
    assert (choice.current(), told) == ("week", [])
    last = choice.findChildren(QPushButton)[-1]
    qtbot.mouseClick(last, Qt.MouseButton.LeftButton)
    assert (choice.current(), told) == ("list", ["list"])
    last.setFocus()
    qtbot.keyClick(last, Qt.Key.Key_Left)
    assert told == ["list", "week"]
    assert nameless(choice) == []
    roles = {QAccessible.queryAccessibleInterface(one).role() for one in choice.findChildren(QPushButton)}
    assert roles == {QAccessible.Role.RadioButton}, "one of several, no check box"


def test_a_cut_label_is_whole_in_its_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("Hug – Centro per le Famiglie")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert label.toolTip() == label.text()
    cut = label.grab().toImage()
    label.resize(600, 20)
    assert label.toolTip() == ""
    assert label.grab().toImage() != cut
    label.setText("Hug")
    assert label.text() == "Hug"


def test_a_badge_shows_word_and_meaning(qtbot: QtBot) -> None:
    badge = Badge("open", Meaning.OPEN)
    qtbot.addWidget(badge)
    badge.resize(badge.sizeHint())
    assert badge.grab().toImage().pixelColor(3, badge.height() // 2).name() == LIGHT.open.tint
    badge.set("closed", Meaning.CLOSED)
    badge.resize(badge.minimumSizeHint())
    assert badge.grab().toImage().pixelColor(3, badge.height() // 2).name() == LIGHT.closed.tint
    assert (badge.text(), badge.meaning) == ("closed", Meaning.CLOSED)


def test_a_card_tells_its_count(window: QWidget) -> None:
    card = Card("Waiting room", "armchair")
    card.add_list(LineList("Waiting"))
    card.body.addWidget(Hairline())
    card.tools.addWidget(IconLabel("lock"))
    window.layout().addWidget(card)  # type: ignore[union-attr]
    window.show()
    card.set_count(2)
    words = [label.property("text") for label in card.findChildren(QWidget) if label.property("text")]
    assert words == ["Waiting room", "· 2"]
    card.set_count(0)
    card.set_title("Nobody")
    assert card.accessibleName() == "Nobody"


@pytest.mark.parametrize("below", [False, True])
def test_the_lines_of_a_list_begin_under_the_title_of_their_card(qtbot: QtBot, below: bool) -> None:
    card, lines, words = Card("Waiting room"), LineList("Waiting", grow=True), Label("Who waits")
    qtbot.addWidget(card)
    card.body.addWidget(words)
    (card.add_wide if below else card.add_list)(lines)
    card.resize(400, 300)
    card.show()
    qtbot.waitExposed(card)
    assert lines.mapTo(card, lines.rect().topLeft()).x() + theme.unit(2) == words.mapTo(card, QPoint(0, 0)).x()


def test_an_empty_state_offers_the_first_step(window: QWidget, qtbot: QtBot) -> None:
    action = QAction("New appointment", window)
    state = EmptyState("No appointment today.", action, "calendar-days")
    window.layout().addWidget(state)  # type: ignore[union-attr]
    window.show()
    with qtbot.waitSignal(action.triggered):
        qtbot.mouseClick(state.findChild(ActionButton), Qt.MouseButton.LeftButton)
    state.set_text("No appointment this week.")


def test_icons_and_lines_are_drawn(qtbot: QtBot) -> None:
    icon = IconLabel("lock")
    qtbot.addWidget(icon)
    icon.resize(icon.minimumSizeHint())
    before = icon.grab().toImage()
    icon.set_icon("lock", Meaning.CONFLICT)
    assert icon.grab().toImage() != before
    assert Hairline(vertical=True).maximumWidth() == 1


def test_a_column_scrolls_and_tells_its_width(qtbot: QtBot) -> None:
    column = ScrollColumn()
    qtbot.addWidget(column)
    wide = QWidget()
    wide.setMinimumSize(500, 2000)
    column.body.addWidget(wide)
    column.resize(600, 200)
    column.show()
    assert column.sizeHint().width() >= 500
    assert column.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize(
    ("text", "shift", "hint"), [("A", False, True), ("a", False, False), ("a", True, True), ("A", True, False)]
)
def test_caps_lock_is_noticed(text: str, shift: bool, hint: bool, qtbot: QtBot) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    field = PasswordField("Password")
    qtbot.addWidget(field)
    qtbot.addWidget(field.hint)
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    field.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifier, text))
    assert bool(field.hint.text()) is hint
    assert field.value() == text
    field.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.NoModifier, "1"))
    assert bool(field.hint.text()) is hint
    field.set_value(None)
    assert (field.value(), field.problem()) == ("", "")


def test_a_wait_is_counted_down(qapp: QWidget) -> None:
    wait = Wait(qapp)
    ticks: list[int] = []
    wait.ticked.connect(ticks.append)
    wait.start(2)
    assert wait.running()
    wait.tick()
    wait.tick()
    assert ticks == [2, 1, 0]
    assert not wait.running()
    wait.deleteLater()


def test_the_choice_that_is_made_bold_is_not_cut(qtbot: QtBot) -> None:
    choice = Segmented([("system", "Come il sistema"), ("dark", "Scuro")], "Colori")
    qtbot.addWidget(choice)
    for button in choice.findChildren(QPushButton):
        bold, light = QFont(button.font()), QFont(button.font())
        bold.setBold(True)
        light.setBold(False)
        wide, narrow = (QFontMetrics(font).horizontalAdvance(button.text()) for font in (bold, light))
        more = max(wide - narrow, 0)
        assert button.minimumSizeHint().width() >= QPushButton.sizeHint(button).width() + more
