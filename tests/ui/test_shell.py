"""The frame around the views, driven by the keyboard as at the desk."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import time

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAction, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from famdesk.domain.errors import Unavailable
from famdesk.ui.kit import settings as store
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.colours import DARK, Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.errors import BugReport
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.page import Page, PageSpec
from famdesk.ui.kit.popup import Deliver
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.theme import Look, Theme
from famdesk.ui.lock_page import LockPage
from famdesk.ui.main_window import MainWindow
from famdesk.ui.shell.help import HelpDialog
from famdesk.ui.shell.neutral import NeutralPage
from famdesk.ui.shell.rail import RailButton
from famdesk.ui.shell.shell import SessionInfo, Shell
from tests.ui.conftest import PlainOffice, nameless

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
INFO = SessionInfo("Hug", "u1", "Marta Bianchi", "MB")


class View(Page):
    """A page that writes down what it is asked."""

    def __init__(self, runner: Runner, title: str, log: list[str]) -> None:
        super().__init__(runner, title)
        self.log = log
        self.line = QLineEdit()
        self.line.setAccessibleName("Filter")
        self.body.addWidget(self.line)
        self.add_action("Count the chairs", self.count, icon="armchair", shortcut="Ctrl+B")
        make_action(self, "Sweep the floor", self.sweep)

    def count(self) -> None:
        self.log.append(f"count {self.title}")

    def sweep(self) -> None:
        self.log.append(f"sweep {self.title}")

    def new_item(self) -> None:
        self.log.append(f"new {self.title}")

    def print_now(self) -> None:
        self.log.append(f"print {self.title}")

    def open_item(self, kind: str, item_id: str) -> None:
        self.log.append(f"open {kind} {item_id}")

    def help_text(self) -> str:
        return "Here one counts chairs."

    def save_view(self) -> str:
        return self.line.text()

    def restore_view(self, state: str) -> None:
        self.line.setText(state)


def search(text: str, deliver: Deliver) -> None:
    hits = [Line("person:7", "Singh Kaur, Harpreet"), Line("place:3", "Civico 81"), Line("person:8", "Singh, Amar")]
    deliver([hit for hit in hits if text.casefold() in hit.title.casefold()])


@pytest.fixture
def log() -> list[str]:
    return []


@pytest.fixture
def specs(runner: Runner, log: list[str]) -> list[PageSpec]:
    def made(
        key: str, title: str, icon: str, *, opens: Sequence[str] = (), new: str = "", bottom: bool = False
    ) -> PageSpec:
        def factory() -> Page:
            log.append(f"made {title}")
            return View(runner, title, log)

        commands = (("Sweep the floor", "armchair"),) if key == "people" else ()
        return PageSpec(key, title, icon, factory, bottom, new, frozenset(opens), commands)

    return [
        made("today", "Today", "sun"),
        made("people", "People", "users", opens=("person", "household"), new="Person"),
        made("settings", "Settings", "settings", bottom=True),
    ]


@pytest.fixture
def window(machine: QSettings, theme: Theme, runner: Runner, specs: list[PageSpec], qtbot: QtBot) -> MainWindow:
    window = MainWindow(machine, theme)
    qtbot.addWidget(window)
    window.open_session(runner, INFO, "marta", specs, search)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def shell(window: MainWindow) -> Shell:
    assert window.shell is not None
    return window.shell


def press(shell: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier, qtbot: QtBot) -> None:
    qtbot.keyClick(shell.window().focusWidget() or shell, key, modifiers)


def test_pages_are_made_when_first_shown(shell: Shell, log: list[str], qtbot: QtBot) -> None:
    assert log == ["made Today"]
    press(shell, Qt.Key.Key_2, ALT, qtbot)
    press(shell, Qt.Key.Key_1, ALT, qtbot)
    press(shell, Qt.Key.Key_2, ALT, qtbot)
    assert log == ["made Today", "made People"]
    assert shell.window().windowTitle() == "People – Hug – Marta Bianchi"


def test_the_view_answers_the_common_keys(shell: Shell, log: list[str], qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_N, Qt.Key.Key_P, Qt.Key.Key_B):
        press(shell, key, CTRL, qtbot)
    assert log[1:] == ["new Today", "print Today", "count Today"]


def test_undo_and_redo_by_name(shell: Shell, office: PlainOffice, runner: Runner, qtbot: QtBot) -> None:
    def move_appointment() -> None: ...

    undo = next(b for b in shell.status.findChildren(ActionButton))
    assert not undo.isVisible()
    assert not shell.actions_.undo.isEnabled()
    runner.run(move_appointment)
    qtbot.waitUntil(runner.idle)
    assert undo.isVisible()
    assert undo.text() == "Undo: move_appointment"
    press(shell, Qt.Key.Key_Z, CTRL, qtbot)
    qtbot.waitUntil(runner.idle)
    assert office.calls == ["run", "undo"]
    assert shell.bar.message() is not None
    assert not undo.isVisible()
    runner.run(move_appointment)
    qtbot.waitUntil(runner.idle)
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(runner.idle)
    assert office.calls[-1] == "undo"
    shell.actions_.set_history(None, "move")
    press(shell, Qt.Key.Key_Z, CTRL | SHIFT, qtbot)
    qtbot.waitUntil(runner.idle)
    assert office.calls[-1] == "redo"


def test_the_status_line_tells_doors_and_data(shell: Shell) -> None:
    shell.status.set_open_state("Open until 14:00", is_open=True)
    shell.status.set_saved(time(12, 41))
    words = [label.text() for label in shell.status.findChildren(QLabel) if label.isVisible()]
    assert "Open until 14:00" in words
    assert any(word.startswith("Saved 12:41") for word in words)
    with_dot = shell.status.grab().toImage()
    shell.status.set_open_state("Open until 14:00", is_open=False)
    assert shell.status.grab().toImage() != with_dot


def test_every_focusable_widget_of_the_frame_has_a_name(shell: Shell) -> None:
    shell.top.set_access_points([("1", "piazza Giovanni XXIII")], "1")
    shell.status.set_undo("moved")
    assert nameless(shell) == []


def test_the_access_point_is_chosen_from_a_menu(shell: Shell, qtbot: QtBot) -> None:
    shell.top.set_access_points([("1", "Piazza"), ("2", "Azienda")], "1")
    point = next(button for button in shell.top.findChildren(ActionButton) if button.text() == "Piazza")
    action = point.menu().actions()[1]
    with qtbot.waitSignal(shell.access_point_chosen) as blocker:
        action.trigger()
    assert blocker.args == ["2"]
    assert point.accessibleName() == "Access point: Azienda"


def titles(shell: Shell) -> list[str]:
    return [line.title for line in shell.top.box.popup_list().lines()]


def test_the_command_box_finds_records(shell: Shell, log: list[str], qtbot: QtBot) -> None:
    press(shell, Qt.Key.Key_K, CTRL, qtbot)
    box = shell.top.box
    assert box.hasFocus()
    qtbot.keyClicks(box, "singh")
    qtbot.waitUntil(lambda: titles(shell) == ["People", "Singh Kaur, Harpreet", "Singh, Amar"])
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert log[-2:] == ["made People", "open person 8"]
    assert box.text() == ""
    assert not box.hasFocus()


def test_the_command_box_finds_what_another_view_can_do(shell: Shell, log: list[str], qtbot: QtBot) -> None:
    found = [action for action in shell.commands() if action.text() == "Sweep the floor"]
    assert len(found) == 2  # that of the view that is shown, and that of the people
    found[1].trigger()
    qtbot.waitUntil(lambda: "sweep People" in log)
    assert log[-2:] == ["made People", "sweep People"]
    assert [action.text() for action in shell.commands()].count("Sweep the floor") == 1


def test_the_command_box_knows_every_command(shell: Shell, log: list[str], qtbot: QtBot) -> None:
    press(shell, Qt.Key.Key_K, CTRL, qtbot)
    box = shell.top.box
    lines = {line.title: line.shortcut for line in box.popup_list().lines()}
    assert lines["Count the chairs"] == "Ctrl+B"
    assert lines["People"] == "Alt+2"
    assert lines["New: Person"] == ""
    assert "Undo" not in lines, "there is nothing to undo"
    qtbot.keyClicks(box, "cou cha")
    qtbot.waitUntil(lambda: titles(shell) == ["Commands", "Count the chairs"])
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert log[-1] == "count Today"
    box.start()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.popup_open()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert box.popup_open()


def test_new_things_from_the_menu(shell: Shell, log: list[str]) -> None:
    shell.top.new_menu.actions()[0].trigger()
    assert log[-2:] == ["made People", "new People"]


def test_pages_reach_each_other_through_the_frame(shell: Shell, log: list[str]) -> None:
    page = shell.page()
    assert page is not None
    page.person_opened.emit("9")
    page.item_opened.emit("household", "4")
    page.item_opened.emit("unknown", "1")
    assert log[-2:] == ["open person 9", "open household 4"]
    page.page_requested.emit("settings")
    assert shell.window().windowTitle().startswith("Settings")


def test_pages_speak_through_the_bar(shell: Shell) -> None:
    page = shell.page()
    assert page is not None
    page.say("Saved.", Meaning.OPEN)
    message = shell.bar.message()
    assert message is not None
    assert message.text == "Saved."
    page.failed.emit(Unavailable())
    message = shell.bar.message()
    assert message is not None
    assert message.meaning == Meaning.CONFLICT
    shell.present_fault(BugReport("E1", "text"))
    message = shell.bar.message()
    assert message is not None
    assert "E1" in message.text


def test_the_bar_comes_over_the_page_and_moves_nothing(shell: Shell) -> None:
    page = shell.page()
    assert page is not None
    before = page.mapTo(shell, QPoint(0, 0)), page.size()
    for text in ("Saved.", "Something that takes many words. " * 20):
        page.say(text, Meaning.WARNING)
        assert shell.bar.isVisible()
        assert (page.mapTo(shell, QPoint(0, 0)), page.size()) == before
        assert shell.rect().contains(shell.bar.geometry())
        assert shell.childAt(shell.bar.geometry().center()) is not None
        assert shell.bar.isAncestorOf(shell.childAt(shell.bar.geometry().center()))
    close = next(one for one in shell.bar.findChildren(QWidget) if one.accessibleName() == "Close the message")
    page.line.setFocus()  # type: ignore[attr-defined]
    for _step in range(3):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
        if close.hasFocus():
            break
    assert close.hasFocus(), "what to do about a message is near by for the keyboard too"


def test_a_failure_can_be_tried_again(shell: Shell, runner: Runner, qtbot: QtBot) -> None:
    tries: list[int] = []

    def second_time_lucky() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise Unavailable

    runner.run(second_time_lucky)
    qtbot.waitUntil(runner.idle)
    message = shell.bar.message()
    assert message is not None
    assert message.offer is not None
    message.offer.act()
    qtbot.waitUntil(runner.idle)
    assert len(tries) == 2


def test_the_rail_folds_and_counts(shell: Shell, qtbot: QtBot) -> None:
    wide = shell.rail.width()
    page = shell.page()
    assert page is not None
    page.badge_changed.emit(2)
    first = shell.rail.findChildren(RailButton)[0]
    assert first.accessibleName() == "Today, 2 waiting"
    picture = first.grab().toImage()
    shell.window().resize(1024, 700)
    qtbot.waitUntil(lambda: shell.rail.width() < wide)
    assert first.grab().toImage() != picture
    assert nameless(shell.rail) == []
    shell.window().resize(1280, 800)
    qtbot.waitUntil(lambda: shell.rail.width() == wide)
    page.badge_changed.emit(0)
    assert first.accessibleName() == "Today"


def test_nothing_in_the_frame_is_cut_when_the_text_is_large(shell: Shell, theme: Theme, qtbot: QtBot) -> None:
    undo = shell.status.findChildren(ActionButton)[0]
    shell.status.set_open_state("Open until 14:00 · piazza Giovanni XXIII", is_open=True)
    shell.status.set_undo("the appointment of Thursday 13 February moved")
    assert "Thursday" in undo.text()
    theme.set_zoom(200)
    qtbot.waitUntil(lambda: undo.text() == "Undo")
    assert "Thursday" in undo.toolTip()
    shell.top.set_access_points([("1", "piazza Giovanni XXIII, 1, Palazzo della Carità")], "1")
    shell.window().resize(1024, 700)
    centre = next(label for label in shell.top.findChildren(QLabel) if label.text() == INFO.centre)
    qtbot.waitUntil(lambda: not centre.isVisible())
    assert INFO.centre in shell.window().windowTitle()
    theme.set_zoom(100)
    shell.window().resize(1400, 700)
    qtbot.waitUntil(centre.isVisible)


def test_the_rail_by_keyboard_and_mouse(shell: Shell, qtbot: QtBot) -> None:
    buttons = shell.rail.findChildren(RailButton)
    buttons[0].setFocus()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Down)
    assert buttons[1].hasFocus()
    qtbot.keyClick(buttons[1], Qt.Key.Key_Space)
    assert shell.window().windowTitle().startswith("People")
    qtbot.mouseClick(buttons[2], Qt.MouseButton.LeftButton)
    assert [button.isChecked() for button in buttons] == [False, False, True]
    assert buttons[2].mapTo(shell, QPoint(0, 0)).y() > shell.height() / 2, "settings stand at the bottom"


def test_help_shows_text_and_shortcuts(shell: Shell, qtbot: QtBot) -> None:
    press(shell, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier, qtbot)
    help_dialog = shell.findChild(HelpDialog)
    assert help_dialog is not None
    assert help_dialog.isVisible()
    words = [label.text() for label in help_dialog.findChildren(QLabel)]
    assert "Here one counts chairs." in words
    assert nameless(help_dialog) == []


def test_slow_work_shows_a_thin_bar(shell: Shell, runner: Runner) -> None:
    from PySide6.QtWidgets import QProgressBar

    bar = shell.findChild(QProgressBar)
    assert bar is not None
    runner.busy.emit(True)
    assert bar.isVisible()
    runner.busy.emit(False)
    assert not bar.isVisible()


def test_locking_hides_everything_and_asks_the_password(window: MainWindow, shell: Shell, qtbot: QtBot) -> None:
    dialog = Dialog(shell, "Person", "Save")
    dialog.open()
    with qtbot.waitSignal(window.locked):
        window.lock()
    assert not shell.isVisible()
    assert not dialog.isVisible()
    assert window.windowTitle() == "FamDesk, locked"
    cover = window.cover
    assert isinstance(cover, LockPage)
    assert nameless(cover) == []
    password = cover.findChild(QLineEdit)
    assert password is not None
    qtbot.keyClicks(password, "wrong")
    with qtbot.waitSignal(window.unlock_requested) as blocker:
        qtbot.keyClick(password, Qt.Key.Key_Return)
    assert blocker.args == ["marta", "wrong"]
    window.refuse("The password is not right.", 5)
    assert password.text() == ""
    qtbot.keyClicks(password, "famdesk-demo")
    with qtbot.assertNotEmitted(window.unlock_requested):
        qtbot.keyClick(password, Qt.Key.Key_Return)
    window.uncover()
    assert shell.isVisible()
    assert dialog.isVisible()
    assert window.windowTitle() == "Today – Hug – Marta Bianchi"


def test_the_lock_keys(window: MainWindow, shell: Shell, qtbot: QtBot) -> None:
    press(shell, Qt.Key.Key_L, CTRL, qtbot)
    assert isinstance(window.cover, LockPage)
    window.uncover()
    window.set_opening_hours([("Piazza", "Tue 12–14")])
    press(shell, Qt.Key.Key_Escape, SHIFT, qtbot)
    neutral = window.cover
    assert isinstance(neutral, NeutralPage)
    words = [label.text() for label in neutral.findChildren(QLabel)]
    assert "Tue 12–14" in words
    assert not any("Marta" in word for word in [*words, window.windowTitle()])
    qtbot.keyClick(neutral, Qt.Key.Key_Space)
    assert isinstance(window.cover, LockPage), "coming back asks for the password"
    window.lock()
    assert isinstance(window.cover, LockPage)


def test_somebody_else_signs_in(window: MainWindow, qtbot: QtBot) -> None:
    window.lock()
    assert window.cover is not None
    other = window.cover.findChildren(ActionButton)[-1]
    with qtbot.waitSignal(window.sign_out_requested):
        qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    window.show_cover(QWidget())
    window.close_session()
    assert window.shell is None
    window.uncover()
    window.lock()
    window.refuse("nobody is locked")
    assert window.windowTitle() == "FamDesk"


def test_the_state_of_views_survives_per_user(
    window: MainWindow, machine: QSettings, theme: Theme, runner: Runner, specs: list[PageSpec], qtbot: QtBot
) -> None:
    assert window.shell is not None
    page = window.shell.show_page("people")
    assert isinstance(page, View)
    page.line.setText("only mine")
    window.close()
    for user, expected in (("u1", "only mine"), ("u2", None)):
        again = MainWindow(machine, theme)
        qtbot.addWidget(again)
        shell = again.open_session(runner, SessionInfo("Hug", user, "Name", "N"), "n", specs, search)
        shown = shell.page()
        assert isinstance(shown, View)
        assert (shown.line.text() if shown.title == "People" else None) == expected


def test_colours_and_text_size_are_kept(window: MainWindow, shell: Shell, machine: QSettings, theme: Theme) -> None:
    def choice(text: str) -> QAction:
        return next(action for action in shell.top.own_menu.findChildren(QAction) if action.text() == text)

    choice("Dark").trigger()
    choice("150 %").trigger()
    assert theme.look == Look.DARK
    assert theme.zoom == 150
    assert store.read(machine, store.LOOK) == "dark"
    assert store.read(machine, store.ZOOM) == 150
    assert window.palette().window().color() == QColor(DARK.window)


def test_a_session_leaves_nothing_behind(window: MainWindow, runner: Runner, specs: list[PageSpec]) -> None:
    import gc
    import weakref

    from PySide6.QtCore import QCoreApplication, QEvent

    gone = weakref.ref(window.shell)  # type: ignore[arg-type]
    window.show_cover(QWidget())
    window.close_session()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert gone() is None


def test_the_first_paint_loads_nothing_heavy() -> None:
    code = (
        "import sys; import famdesk.ui.main_window, famdesk.ui.signin, famdesk.ui.kit.theme; "
        "heavy = {'sqlalchemy', 'reportlab', 'alembic', 'holidays', 'icalendar', 'babel', 'famdesk.ui.shell.shell'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
