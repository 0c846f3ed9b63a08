"""Enter presses the button that has the focus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.buttons import ActionButton, ToolButton
from famdesk.ui.kit.dialog import Dialog


class Question(Dialog):
    """A dialog that notes what was done."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "Question", accept_text="Save")
        self.done_: list[str] = []
        self.rejected.connect(lambda: self.done_.append("cancelled"))

    def save(self) -> None:
        self.done_.append("saved")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
@pytest.mark.parametrize("made", [ActionButton, ToolButton])
def test_enter_presses_once(qtbot: QtBot, made: type[ActionButton] | type[ToolButton], key: Qt.Key) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    button: QAbstractButton = made("Close", "x")
    QVBoxLayout(window).addWidget(button)
    window.show()
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    qtbot.keyClick(button, key)
    assert pressed == [True]
    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [True]


def test_enter_on_cancel_does_not_save(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    dialog = Question(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    dialog.open()
    qtbot.keyClick(dialog._cancel, Qt.Key.Key_Return)
    assert dialog.done_ == ["cancelled"]
