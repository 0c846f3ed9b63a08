"""The waiting room in the window: two keys for a number, one for the next call, and the screen for the families."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel, QMenu
from pytestqt.qtbot import QtBot

from famdesk.pages import Pages
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.settings import machine_settings
from famdesk.ui.main_window import MainWindow
from famdesk.ui.today import words
from famdesk.ui.today.page import TodayPage
from famdesk.ui.waiting.public_board import PublicBoard
from famdesk.ui.waiting.visit_dialog import VisitDialog
from famdesk.usecases.calendar import calendar
from famdesk.usecases.intake import waiting
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from tests.support.offices import Desk
from tests.ui.conftest import nameless

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("reception")


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    found = Runner(office)
    yield found
    found.close()


@pytest.fixture
def page(qtbot: QtBot, runner: Runner) -> TodayPage:
    found = TodayPage(runner)
    qtbot.addWidget(found)
    found.resize(1080, 700)
    with qtbot.waitActive(found):
        found.show()
        found.activateWindow()
    found.setFocus()
    qtbot.waitUntil(runner.idle)
    return found


def press(qtbot: QtBot, page: TodayPage, key: Qt.Key) -> None:
    qtbot.keyClick(page.waiting.list, key)
    qtbot.waitUntil(page.runner.idle)


def seen(page: TodayPage) -> list[tuple[str, str, str]]:
    return [(line.lead, line.title, line.badge) for line in page.waiting.list.lines()]


def test_a_number_with_f7_and_the_next_call_with_f8(qtbot: QtBot, page: TodayPage, office: Office) -> None:
    for name in ("", "Fatima"):
        with qtbot.waitActive(page):
            page.activateWindow()
        page.waiting.list.setFocus()
        press(qtbot, page, Qt.Key.Key_F7)
        (dialog,) = page.findChildren(VisitDialog)
        assert dialog.form is not None
        qtbot.keyClicks(dialog.form.field("first_name"), name)
        qtbot.keyClick(dialog, Qt.Key.Key_Return, CONTROL)
        qtbot.waitUntil(page.runner.idle)
    assert seen(page) == [("A1", "without appointment", ""), ("A2", "Fatima", "")]
    assert page.waiting.next.text() == "Call A1"
    with qtbot.waitActive(page):
        page.activateWindow()
    press(qtbot, page, Qt.Key.Key_F8)
    assert seen(page)[0] == ("A1", "without appointment", "called in")
    assert page.waiting.next.text() == "Call A2"
    page.runner.undo()
    qtbot.waitUntil(page.runner.idle)
    assert seen(page)[0][2] == ""


def test_enter_takes_the_next_step(qtbot: QtBot, page: TodayPage, office: Office) -> None:
    office.run(waiting.arrive, first_name="Fatima")
    page.refresh()
    qtbot.waitUntil(page.runner.idle)
    page.waiting.list.setFocus()
    states = []
    for _step in range(3):
        press(qtbot, page, Qt.Key.Key_Return)
        states.append([line.badge for line in page.waiting.list.lines()])
    assert states == [["called in"], ["being received"], []]


def test_the_menu_offers_what_is_possible(qtbot: QtBot, page: TodayPage, office: Office) -> None:
    office.run(waiting.arrive)
    page.refresh()
    qtbot.waitUntil(page.runner.idle)
    page.waiting.list.setFocus()
    line = page.waiting.list.current_id()
    page.waiting.list.menu_requested.emit(line, page.pos())
    (menu,) = page.findChildren(QMenu)
    assert [action.text() for action in menu.actions() if action.text()] == [
        "Call in", "Take in", "Received", "Left", "Change",
    ]  # fmt: skip
    menu.actions()[3].trigger()
    menu.close()
    qtbot.waitUntil(page.runner.idle)
    assert page.waiting.list.lines() == ()


def test_space_on_an_appointment_gives_a_number(qtbot: QtBot, page: TodayPage, office: Office) -> None:
    starts = datetime(2025, 2, 11, 13)
    lia = office.run(people.add_person, surname="Conti", given_name="Lia")
    booked = office.run(calendar.book, starts=starts, ends=starts + timedelta(minutes=30), kind="interview",
                        person_id=lia)  # fmt: skip
    page.refresh()
    qtbot.waitUntil(page.runner.idle)
    page._day.set_current_id(words.line_id("appointment", booked))
    qtbot.keyClick(page._day, Qt.Key.Key_Space)
    qtbot.waitUntil(page.runner.idle)
    (line,) = page.waiting.list.lines()
    assert (line.lead, line.title, line.detail) == ("A1", "Conti Lia", "Interview 13:00")
    qtbot.keyClick(page._day, Qt.Key.Key_Space)
    qtbot.waitUntil(page.runner.idle)
    assert page.waiting.list.lines() == ()


def test_every_control_has_a_name(page: TodayPage, office: Office) -> None:
    assert nameless(page) == []


@pytest.fixture
def board(qtbot: QtBot, runner: Runner) -> PublicBoard:
    found = PublicBoard(runner)
    found.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(found)
    found.resize(1280, 800)
    found.show()
    qtbot.waitUntil(runner.idle)
    return found


def shown(board: PublicBoard) -> str:
    return "\n".join(label.text() for label in board.findChildren(QLabel) if label.isVisibleTo(board))


def test_the_screen_shows_numbers_hours_and_nothing_else(qtbot: QtBot, board: PublicBoard, office: Office) -> None:
    lia = office.run(people.add_person, surname="Conti", given_name="Lia")
    office.run(contacts.add_contact_point, lia, kind="mobile", value="333 1", may_call=False)
    starts = datetime(2025, 2, 11, 12)
    booked = office.run(calendar.book, starts=starts, ends=starts + timedelta(minutes=30), kind="interview",
                        person_id=lia)  # fmt: skip
    office.run(waiting.arrive, appointment_id=booked, first_name="Lia", what="separazione")
    office.run(waiting.arrive, first_name="Fatima", what="bonus")
    for _turn in range(2):
        office.run(waiting.call_next)
    board.look()
    qtbot.waitUntil(lambda: any(label.text() for label in board.calls))
    text = shown(board)
    assert [label.text() for label in board.calls if label.text()] in (
        ["A2 · Fatima", "A1"], ["A1", "A2 · Fatima"],
    )  # fmt: skip
    for secret in ("Conti", "Lia", "separazione", "bonus", "333"):
        assert secret not in text
    assert board.windowTitle() == "Opening hours"


def test_any_key_ends_the_screen_once(qtbot: QtBot, board: PublicBoard) -> None:
    ended: list[None] = []
    board.closed.connect(lambda: ended.append(None))
    qtbot.keyClick(board, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: bool(ended))
    assert len(ended) == 1


class Window(MainWindow):
    """The desk's window without a session; notes that it was locked before it was seen again."""

    def __init__(self, settings: QSettings) -> None:
        super().__init__(settings)
        self.locked_while_hidden: list[bool] = []

    def lock(self, hide: bool = False) -> None:
        self.locked_while_hidden.append(not self.isVisible())


def test_over_the_only_monitor_the_desk_is_hidden_and_locked(
    qtbot: QtBot, runner: Runner, office: Office, tmp_path: Path
) -> None:
    window = Window(machine_settings(tmp_path))
    qtbot.addWidget(window)
    window.show()
    pages = Pages(runner, office)
    pages.shell = cast(Any, SimpleNamespace(window=lambda: window))
    page = pages.make("TodayPage", "today")
    qtbot.addWidget(page)
    page.public_requested.emit()  # type: ignore[attr-defined]
    assert not window.isVisible()
    assert pages._board is not None
    qtbot.waitUntil(runner.idle)
    qtbot.keyClick(pages._board, Qt.Key.Key_Escape)
    assert window.locked_while_hidden == [True]
    assert window.isVisible()
    assert pages._board is None


def test_a_locked_desk_leaves_no_name_on_the_screen(qtbot: QtBot, board: PublicBoard, office: Office) -> None:
    office.run(waiting.arrive, first_name="Fatima")
    office.run(waiting.call_next)
    board.look()
    qtbot.waitUntil(lambda: "Fatima" in shown(board))
    office.lock()
    board.look()
    qtbot.waitUntil(lambda: "Fatima" not in shown(board))
