"""Ctrl+Z with the cursor in a field."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.shell.undo_keys import UndoKeys

CTRL = Qt.KeyboardModifier.ControlModifier
BOTH = CTRL | Qt.KeyboardModifier.ShiftModifier


class Frame(QWidget):
    """Two fields, and actions that say what they did."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.line, self.text = LineField(), TextField()
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.text)
        for name, keys in (("undo", "Ctrl+Z"), ("redo", "Ctrl+Shift+Z")):
            action = QAction(name, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            action.triggered.connect(self._on_action)
            self.addAction(action)
        self.keys = UndoKeys(self)

    def _on_action(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.done.append(action.text())


@pytest.fixture
def frame(qtbot: QtBot) -> Frame:
    made = Frame()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize("name", ["line", "text"])
def test_what_was_typed_comes_first_then_the_program(frame: Frame, qtbot: QtBot, name: str) -> None:
    field = getattr(frame, name)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert frame.done == ["undo"], "nothing was typed: the key is the program's"
    qtbot.keyClicks(field, "abc")
    qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
    assert frame.done == ["undo"]
    assert field.value() == ""
    qtbot.keyClick(field, Qt.Key.Key_Z, BOTH)
    assert field.value() == "abc"
    qtbot.keyClick(field, Qt.Key.Key_Z, BOTH)
    assert frame.done == ["undo", "redo"]


def test_text_that_was_put_there_by_the_program_is_no_typing(frame: Frame, qtbot: QtBot) -> None:
    frame.line.setFocus()
    qtbot.keyClicks(frame.line, "abc")
    frame.line.set_value("")
    qtbot.keyClick(frame.line, Qt.Key.Key_Z, CTRL)
    assert frame.done == ["undo"]


def test_a_field_elsewhere_keeps_its_keys(frame: Frame, qtbot: QtBot) -> None:
    window = QWidget()
    other = LineField(parent=window)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_Z, CTRL)
    assert frame.done == []


@pytest.mark.parametrize("kind", [LineField, TextField])
def test_alt_and_a_digit_types_nothing_over_a_view(frame: Frame, qtbot: QtBot, kind: type[LineField]) -> None:
    """It shows another view; in a dialog it cannot, and the 7 would go unseen into a telephone number."""
    dialog = QDialog(frame)
    field = kind(parent=dialog)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    assert field.value() == ""
    qtbot.keyClick(field, Qt.Key.Key_7)
    qtbot.keyClick(field, Qt.Key.Key_8, Qt.KeyboardModifier.AltModifier | CTRL)
    qtbot.keyClick(field, Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier)
    assert field.value() == "789", "AltGr on some systems, and the numbers of letters on others"
    dialog.done(0)
