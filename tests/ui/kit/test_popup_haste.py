"""Who types faster than the search answers never gets somebody else."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import Deliver, PopupField, SearchField
from famdesk.ui.shell.command_box import CommandBox

ROSSI, SINGH = Line("1", "Rossi, Marta"), Line("2", "Singh, Harpreet")


class Slow:
    """Keeps the questions until they are answered."""

    def __init__(self) -> None:
        self.deliver: list[Deliver] = []

    def search(self, text: str, deliver: Deliver) -> None:
        self.deliver.append(deliver)


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def shown(window: QWidget, field: PopupField, qtbot: QtBot) -> None:
    layout = QVBoxLayout(window)
    layout.addWidget(field)
    layout.addWidget(QLineEdit())
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_the_list_of_fewer_letters_is_not_taken_from(window: QWidget, qtbot: QtBot, key: Qt.Key) -> None:
    slow = Slow()
    field = SearchField(slow.search)
    shown(window, field, qtbot)
    qtbot.keyClicks(field, "s")
    qtbot.waitUntil(lambda: len(slow.deliver) == 1)
    slow.deliver[0]([ROSSI, SINGH])
    qtbot.keyClicks(field, "ingh")
    qtbot.keyClick(field, key)
    assert field.value() is None
    assert field.text() == "singh"


def test_enter_waits_for_the_answer(window: QWidget, qtbot: QtBot) -> None:
    slow = Slow()
    field = SearchField(slow.search)
    shown(window, field, qtbot)
    pressed: list[bool] = []
    field.returnPressed.connect(lambda: pressed.append(True))
    qtbot.keyClicks(field, "singh")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not pressed, "a dialog would have saved"
    qtbot.waitUntil(lambda: len(slow.deliver) == 1)
    slow.deliver[0]([SINGH])
    assert field.value() == "2"


def test_enter_in_haste_never_begins_somebody_new(window: QWidget, qtbot: QtBot) -> None:
    slow = Slow()
    field = SearchField(slow.search, offer_new=lambda typed: f"New: {typed}")
    shown(window, field, qtbot)
    wanted: list[str] = []
    field.new_requested.connect(wanted.append)
    qtbot.keyClicks(field, "singh")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(slow.deliver) == 1)
    slow.deliver[0]([])
    assert not wanted
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert wanted == ["singh"]


def test_the_search_box_does_not_do_the_first_command_instead(window: QWidget, qtbot: QtBot) -> None:
    slow, done = Slow(), []
    command = QAction("Lock", window)
    command.triggered.connect(lambda: done.append("lock"))
    box = CommandBox(slow.search, lambda: [command])
    shown(window, box, qtbot)
    chosen: list[tuple[str, str]] = []
    box.item_chosen.connect(lambda kind, key: chosen.append((kind, key)))
    box.start()
    qtbot.keyClicks(box, "singh")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(slow.deliver) == 1)
    slow.deliver[0]([Line("person:2", "Singh, Harpreet")])
    assert (done, chosen) == ([], [("person", "2")])


def test_that_nothing_fits_is_said_and_the_key_of_a_view_is_no_text(window: QWidget, qtbot: QtBot) -> None:
    slow = Slow()
    box = CommandBox(slow.search, list)
    shown(window, box, qtbot)
    box.start()
    qtbot.keyClicks(box, "xyz")
    qtbot.keyClick(box, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert box.text() == "xyz"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(slow.deliver) == 1)
    slow.deliver[0]([])
    [line] = box.popup_list().lines()
    assert (box.popup_open(), line.choosable) == (True, False)
    assert line.title == "Nothing found for “xyz”."
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "xyz", "nothing was chosen"
    box.clearFocus()
    assert not box.text(), "nobody reads there later whom somebody looked for"
