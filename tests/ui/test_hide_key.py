"""Shift+Esc hides everything, wherever the keyboard is, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.dialog import Dialog, confirm
from famdesk.ui.kit.fields import DateField, LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.page import Page, PageSpec
from famdesk.ui.kit.popup import Choice, ChoiceField, Deliver
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.theme import Theme
from famdesk.ui.lock_page import LockPage
from famdesk.ui.main_window import MainWindow
from famdesk.ui.shell.neutral import NeutralPage
from famdesk.ui.shell.rail import RailButton
from famdesk.ui.shell.shell import SessionInfo
from tests.support.waiting_for import PATIENCE_MS

SECRET = "Quarantotti Zelinda"


class View(Page):
    """A page with fields that open lists over the window."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "People")
        self.who = ChoiceField([Choice("1", SECRET)])
        self.day = DateField()
        self.note = QPlainTextEdit()
        for field in (self.who, self.day, self.note):
            self.body.addWidget(field)


class Typed(Dialog):
    """A dialog in which something is typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, SECRET, "Save")
        self.form = Form()
        self.name: LineField = self.form.add("name", "Name", LineField())
        self.body.addWidget(self.form)


def _find(_text: str, deliver: Deliver) -> None:
    deliver([Line("person:1", SECRET)])


@pytest.fixture
def window(machine: QSettings, theme: Theme, runner: Runner, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(machine, theme)
    qtbot.addWidget(made)
    specs = [PageSpec("directory", "Directory", "users", lambda: View(runner))]
    made.open_session(runner, SessionInfo("Hug", "u1", "Marta", "M"), "marta", specs, _find)
    made.set_opening_hours([("Piazza", "Tue 12–14")])
    made.resize(1000, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    QToolTip.hideText()


def _page(window: MainWindow) -> View:
    assert window.shell is not None
    page = window.shell.page()
    assert isinstance(page, View)
    return page


def _nothing(_window: MainWindow) -> None:
    """Only the view."""


def _dialog(window: MainWindow) -> Typed:
    dialog = Typed(_page(window))
    dialog.open()
    dialog.name.setFocus()
    return dialog


def _question(window: MainWindow) -> None:
    """A question over a dialog."""
    dialog = _dialog(window)
    _settle(window)
    confirm(dialog, f"Discard {SECRET}?", "Discard", lambda: None, danger=True)


def _file(window: MainWindow) -> None:
    """A file dialog over a dialog."""
    dialog = _dialog(window)
    _settle(window)
    chooser = QFileDialog(dialog, SECRET)
    chooser.setOption(QFileDialog.Option.DontUseNativeDialog)
    chooser.open()


def _own_window(window: MainWindow) -> None:
    """A window of its own, such as a drawing."""
    own = QWidget(window, Qt.WindowType.Window)
    QVBoxLayout(own).addWidget(QLabel(SECRET))
    own.setWindowTitle(SECRET)
    own.show()
    own.activateWindow()


def _lone_window(window: MainWindow) -> None:
    """One that belongs to no other."""
    lone = QLineEdit(SECRET)
    window.lone = lone  # type: ignore[attr-defined]
    lone.show()
    lone.activateWindow()


def _menu(window: MainWindow) -> None:
    menu = QMenu(_page(window))
    menu.addAction(SECRET)
    menu.addMenu("More").addAction(SECRET)
    menu.popup(window.mapToGlobal(QPoint(20, 20)))


def _list(window: MainWindow) -> None:
    """The list under a field."""
    field = _page(window).who
    field.setFocus()
    field.search("")
    assert field.popup_open()


def _search(window: MainWindow) -> None:
    """What the search box found."""
    assert window.shell is not None
    window.shell.top.box.start()
    QTest.keyClicks(window.shell.top.box, "qua")


def _tooltip(window: MainWindow) -> None:
    QToolTip.showText(window.mapToGlobal(QPoint(20, 20)), SECRET, _page(window))


STATES: dict[str, Callable[[MainWindow], object]] = {
    "a view": _nothing, "a dialog": _dialog, "a question over a dialog": _question, "a file dialog": _file,
    "a window of its own": _own_window, "a window that belongs to none": _lone_window, "a menu": _menu,
    "a list under a field": _list, "the search box": _search, "a tooltip": _tooltip,
}  # fmt: skip


def _press(key: Qt.Key = Qt.Key.Key_Escape, held: Qt.KeyboardModifier = Qt.KeyboardModifier.ShiftModifier) -> None:
    """A key as it comes from the keyboard: to the window that has the focus."""
    focused = QGuiApplication.focusWindow()
    assert focused is not None
    QTest.keyClick(focused, key, held)


def _others(window: MainWindow) -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]


def _settle(window: MainWindow) -> None:
    """Until the keyboard is where a person would type: on a real screen that takes a moment."""
    QApplication.processEvents()
    front = QApplication.activeModalWidget()
    if front is not None:
        assert QTest.qWaitForWindowActive(front, PATIENCE_MS)
    assert window.isVisible()


@pytest.mark.parametrize("state", STATES)
def test_one_key_hides_everything_in_every_state(window: MainWindow, state: str) -> None:
    STATES[state](window)
    _settle(window)
    _press()
    _settle(window)
    assert isinstance(window.cover, NeutralPage)
    assert _others(window) == []
    assert SECRET not in window.windowTitle()
    assert not any(SECRET in label.text() for label in window.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("state", STATES)
def test_the_way_back_asks_for_the_password(window: MainWindow, state: str, qtbot: QtBot) -> None:
    STATES[state](window)
    _settle(window)
    _press()
    _settle(window)
    qtbot.waitUntil(window.isActiveWindow)
    _press(Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier)
    _settle(window)
    assert isinstance(window.cover, LockPage)
    assert _others(window) == []


def test_what_was_typed_is_there_again(window: MainWindow) -> None:
    page, dialog = _page(window), _dialog(window)
    page.note.setPlainText("half a sent")
    _settle(window)
    QTest.keyClicks(dialog.name, "Zel")
    _press()
    assert not dialog.isVisible()
    window.uncover()
    _settle(window)
    assert dialog.isVisible()
    assert dialog.isModal()
    assert dialog.name.text() == "Zel"
    assert dialog.form is not None
    assert dialog.form.dirty
    assert page.note.toPlainText() == "half a sent"


def test_a_question_stands_over_its_dialog_again(window: MainWindow) -> None:
    dialog = _dialog(window)
    question = confirm(dialog, "Discard?", "Discard", lambda: None)
    _settle(window)
    _press()
    window.uncover()
    _settle(window)
    assert dialog.isVisible()
    assert question.isVisible()
    assert question.parentWidget() is dialog


def test_what_an_answer_opens_meanwhile_waits(window: MainWindow) -> None:
    """Something was asked of the database before; the answer opens a dialog over the opening hours."""
    _press()
    late = Typed(_page(window))
    late.open()
    assert not late.testAttribute(Qt.WidgetAttribute.WA_WState_Created) or not late.windowHandle().isVisible()
    _settle(window)
    assert not late.isVisible()
    window.uncover()
    _settle(window)
    assert late.isVisible()
    assert not late.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)


def test_the_lock_gives_way_to_the_opening_hours(window: MainWindow) -> None:
    window.lock()
    assert isinstance(window.cover, LockPage)
    _press()
    assert isinstance(window.cover, NeutralPage)


def test_a_window_for_everybody_stays(window: MainWindow) -> None:
    board = QWidget(window, Qt.WindowType.Window)
    board.setProperty("public", True)
    board.show()
    _press()
    assert board.isVisible()


def test_views_that_stay_closed_look_and_sound_closed(window: MainWindow) -> None:
    shell = window.shell
    assert shell is not None
    button = shell.rail.findChildren(RailButton)[0]
    shell.rail.set_closed(lambda _key: True)
    assert button.accessibleDescription() == "Closed while others can see the screen"
    closed = button.grab().toImage()
    shell.rail.set_closed(lambda _key: False)
    assert button.accessibleDescription() == ""
    assert button.grab().toImage() != closed
    shell.public.action.trigger()
    assert button.accessibleDescription() == "", "the guide stays open"
    roles = QAccessible.queryAccessibleInterface(button).role()
    assert roles == QAccessible.Role.RadioButton, "one of several, no check box"


def test_nothing_comes_back_for_somebody_else(window: MainWindow, qtbot: QtBot) -> None:
    dialog = _dialog(window)
    _settle(window)
    with qtbot.waitSignal(dialog.destroyed):
        _press()
        window.show_cover(QWidget())
        window.close_session()
    _settle(window)
    assert _others(window) == []


def test_after_the_lock_one_goes_on_where_one_was(window: MainWindow) -> None:
    note = _page(window).note
    note.setFocus()
    window.lock()
    assert not note.hasFocus()
    window.uncover()
    assert note.hasFocus()
