from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.runner import Runner
from tests.ui.conftest import PlainOffice, nameless


class Desk(Page):
    """A page that counts how often it reads."""

    watches = frozenset({"appointment"})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "Desk")
        self.read = 0
        self.begun = 0
        self.new = self.add_action("New contact", self.new_item, icon="plus", shortcut="Ctrl+B", primary=True)

    def refresh(self) -> None:
        self.read += 1

    def new_item(self) -> None:
        self.begun += 1


@pytest.fixture
def page(runner: Runner, qtbot: QtBot) -> Desk:
    page = Desk(runner)
    qtbot.addWidget(page)
    return page


def tell(office: PlainOffice, table: str, qtbot: QtBot, runner: Runner) -> None:
    with qtbot.waitSignal(runner.changed):
        office.listeners[0](frozenset({(table, "1")}))


def test_it_reads_when_it_is_looked_at(page: Desk, office: PlainOffice, runner: Runner, qtbot: QtBot) -> None:
    assert page.read == 0
    page.show()
    assert page.read == 1
    tell(office, "person", qtbot, runner)
    assert page.read == 1
    tell(office, "appointment", qtbot, runner)
    assert page.read == 2
    page.hide()
    tell(office, "appointment", qtbot, runner)
    tell(office, "appointment", qtbot, runner)
    assert page.read == 2, "nobody looks"
    page.show()
    assert page.read == 3
    page.hide()
    page.show()
    assert page.read == 3, "nothing has changed"


def test_its_actions_are_buttons_with_shortcuts(page: Desk, qtbot: QtBot) -> None:
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.setFocus()
    from PySide6.QtCore import Qt

    qtbot.keyClick(page, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    page.new.trigger()
    button = next(child for child in page.findChildren(QWidget) if child.property("kind") == "primary")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.begun == 3
    page.new.setEnabled(False)
    assert not button.isEnabled()
    assert nameless(page) == []


def test_it_speaks_through_the_message_bar(page: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.message) as blocker:
        page.say("Saved.", Meaning.OPEN)
    assert blocker.args == [Message("Saved.", Meaning.OPEN)]


def test_its_header_can_change(page: Desk) -> None:
    page.header.set_title("Tuesday")
    page.header.set_subtitle("week 7")
    assert page.header.title() == "Tuesday"
    assert page.title == "Desk"
    assert (page.save_view(), page.help_text()) == ("", "")


def test_actions_go_under_the_title_when_there_is_no_room(page: Desk, qtbot: QtBot) -> None:
    button = next(child for child in page.findChildren(QWidget) if child.property("kind") == "primary")
    page.header.set_subtitle("week 7")
    heights = []
    for width in (900, 260):
        page.resize(width, 400)
        page.show()
        qtbot.waitUntil(lambda: button.isVisible())
        page.header.layout().activate()  # type: ignore[union-attr]
        heights.append(button.mapTo(page, button.rect().topLeft()).y())
        assert button.width() >= button.sizeHint().width()
    assert heights[1] > heights[0]


def test_it_scrolls_when_the_room_is_too_small(page: Desk) -> None:
    tall = QWidget()
    tall.setMinimumHeight(2000)
    page.body.addWidget(tall)
    page.resize(400, 300)
    page.show()
    assert page.height() == 300
    assert tall.height() >= 2000
