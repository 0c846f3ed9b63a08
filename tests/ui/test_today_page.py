"""Today in the window: one time line, check-in with Space, ways to everything else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from famdesk.domain.staff import rights
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.ui.today import words
from famdesk.ui.today.page import TodayPage
from famdesk.usecases.calendar import appointment_states, calendar
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.programmes import initiatives, meetings
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from famdesk.usecases.today import Task
from tests.support.offices import Desk

NOW = datetime(2025, 2, 11, 12, 41)


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("coordinator")


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    found = Runner(office)
    yield found
    found.close()


@pytest.fixture
def page(qtbot: QtBot, runner: Runner) -> TodayPage:
    """Not yet shown: the test arranges first."""
    found = TodayPage(runner)
    qtbot.addWidget(found)
    found.resize(1080, 700)
    return found


def show(qtbot: QtBot, page: TodayPage) -> None:
    page.show()
    qtbot.waitUntil(page.runner.idle)


def book(office: Office, hour: int, surname: str = "", staff_id: str | None = None) -> str:
    who = office.run(people.add_person, surname=surname) if surname else None
    starts = datetime(2025, 2, 11, hour)
    return office.run(
        calendar.book,
        starts=starts,
        ends=starts + timedelta(minutes=30),
        kind="interview",
        person_id=who,
        staff_id=staff_id,
    )


def state(office: Office, appointment: str) -> str:
    return office.fetch(calendar.appointment, appointment).state


def test_the_time_line_with_the_now_line(qtbot: QtBot, office: Office, page: TodayPage) -> None:
    book(office, 15, "Rossi")
    book(office, 9)
    initiative = office.run(initiatives.add_initiative, InitiativeValues("A.Pe", function="B"))
    for number in range(5):
        day = NOW.date() + timedelta(days=2) if number == 0 else None
        office.run(meetings.add_meeting, initiative, MeetingValues(day, time(18)))
    show(qtbot, page)
    lines = page._day.lines()
    assert [(line.lead, line.title) for line in lines] == [
        ("9:00–9:30", "Interview"), ("", "12:41 now"), ("15:00–15:30", "Interview"), ("", "Next days"),
        ("Thu 13, 18:00", "A.Pe, 1 of 5"),
    ]  # fmt: skip
    assert lines[1].marker
    assert lines[2].detail == "Rossi"
    assert (lines[4].badge, lines[4].detail) == ("B parenthood", "To be set: end and theme")
    assert page.header.title() == "Tuesday 11 February"


def test_space_checks_in_and_undo_takes_it_back(qtbot: QtBot, office: Office, page: TodayPage) -> None:
    appointment = book(office, 13, "Rossi")
    show(qtbot, page)
    assert page._day.current_id() == words.line_id("appointment", appointment), "the one who is waited for is current"
    qtbot.keyClick(page._day, Qt.Key.Key_Space)
    qtbot.waitUntil(page.runner.idle)
    assert state(office, appointment) == "arrived"
    assert [line.badge for line in page._day.lines()] == ["", "arrived"]
    page.runner.undo()
    qtbot.waitUntil(page.runner.idle)
    assert state(office, appointment) == "planned"
    assert page._day.lines()[1].trail == "Space = arrived"


def test_space_again_takes_the_arrival_back(qtbot: QtBot, office: Office, page: TodayPage) -> None:
    appointment = book(office, 13, "Rossi")
    show(qtbot, page)
    for expected in ("arrived", "planned"):
        qtbot.keyClick(page._day, Qt.Key.Key_Space)
        qtbot.waitUntil(page.runner.idle)
        assert state(office, appointment) == expected


def test_who_comes_late_is_received_with_a_reason(qtbot: QtBot, office: Office, page: TodayPage) -> None:
    mine = office.actor.staff_id
    late = book(office, 12, "Rossi", staff_id=mine)
    office.run(appointment_states.miss, late, 1, "transport")
    book(office, 12, staff_id=mine)
    show(qtbot, page)
    page.check_in(words.line_id("appointment", late))
    qtbot.waitUntil(lambda: any(one.isVisible() for one in page.findChildren(Dialog)))
    question: Any = next(one for one in page.findChildren(Dialog) if one.isVisible())
    question.form.field("reason").set_value("il treno")
    question.try_save()
    qtbot.waitUntil(page.runner.idle)
    assert state(office, late) == "arrived"
    assert office.fetch(calendar.appointment, late).overlap_reason == "il treno"


def test_enter_opens_appointments_and_initiatives(qtbot: QtBot, office: Office, page: TodayPage) -> None:
    appointment = book(office, 13, "Rossi")
    show(qtbot, page)
    with qtbot.waitSignal(page.appointment_opened) as opened:
        qtbot.keyClick(page._day, Qt.Key.Key_Return)
    assert opened.args == [appointment]


def test_the_menu_offers_the_states(qtbot: QtBot, office: Office, page: TodayPage) -> None:
    appointment = book(office, 13, "Rossi")
    show(qtbot, page)
    page._day.menu_requested.emit(page._day.current_id(), QPoint(10, 10))
    menu = next(one for one in page.findChildren(QMenu) if one.parent() is page)
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == ["Mark as: Confirmed", "Mark as: Arrived", "Mark as: Held", "Mark as: Did not come",
                     "Open the appointment", "Open the person's file"]  # fmt: skip
    reasons = menu.actions()[3].menu()
    assert [action.text() for action in reasons.actions()][:2] == [
        "&1  Illness: does not count", "&2  Transport: does not count",
    ]  # fmt: skip
    menu.setActiveAction(menu.actions()[3])
    qtbot.waitUntil(reasons.isVisible)
    qtbot.keyClick(reasons, Qt.Key.Key_2)
    qtbot.waitUntil(page.runner.idle)
    assert state(office, appointment) == "no_show"


def test_an_empty_day_says_the_first_step(qtbot: QtBot, page: TodayPage) -> None:
    show(qtbot, page)
    assert page._nothing.isVisible()
    assert page._no_points.isVisible()
    assert not page._day.isVisible()
    with qtbot.waitSignal(page.page_requested) as asked:
        page.book()
    assert asked.args == ["calendar"]


def test_header_leads_to_contact_and_day_sheet(qtbot: QtBot, page: TodayPage) -> None:
    show(qtbot, page)
    with qtbot.waitSignal(page.page_requested) as asked:
        page.new_item()
    assert asked.args == ["intake"]
    with qtbot.waitSignal(page.item_opened) as opened:
        page.print_now()
    assert opened.args == ["day-sheet", "2025-02-11"]


def test_a_narrow_window_has_two_columns(qtbot: QtBot, page: TodayPage) -> None:
    show(qtbot, page)
    page.resize(2000, 700)
    assert page._grid.getItemPosition(page._grid.indexOf(page._tasks_card))[:2] == (0, 2)
    page.resize(500, 700)
    assert page._grid.getItemPosition(page._grid.indexOf(page._tasks_card))[:2] == (2, 0)


def test_every_minute_it_looks_again(qtbot: QtBot, file_desk: Desk, office: Office, page: TodayPage) -> None:
    book(office, 13, "Rossi")
    show(qtbot, page)
    file_desk.clock.forward(minutes=1)
    page._minute.timeout.emit()
    qtbot.waitUntil(page.runner.idle)
    assert page._day.lines()[0].title == "12:42 now"


def test_everything_has_a_name(qtbot: QtBot, page: TodayPage) -> None:
    show(qtbot, page)
    assert page._points.accessibleName() == "Open now"
    assert page._day.accessibleName() == "Appointments and meetings of today"
    assert page._tasks.accessibleName() == "To do"
    assert page.help_text()


@pytest.mark.parametrize(
    ("task", "title", "detail"),
    [
        (Task("call_back", "1", who="T.", until=time(13), no_message=True), "Call back before 13:00 (safe hours)",
         "T. · leave no message"),
        (Task("call_back", "1", who="T.", later=time(15)), "Call back from 15:00 (safe hours)", "T."),
        (Task("call_back", "1", who="T.", unsafe=True), "Call back: no safe number", "T."),
        (Task("card", "1", who="Nonna Lia", missing=("privacy",)), "Card to be completed",
         "Nonna Lia · missing: Privacy notice"),
        (Task("card", "1", NOW, missing=("privacy", "needs", "answers", "outcome")), "Card to be completed",
         "Tue 11 Feb, 12:41 · missing: Privacy notice, Needs as the operator reads them and 2 more points"),
        (Task("outcome", "1", NOW, name="interview"), "Appointment without outcome", "Tue 11 Feb, 12:41 · Interview"),
        (Task("attendance", "1", NOW, name="A.Pe", number=1, total=5), "Attendance to be noted",
         "A.Pe, 1 of 5 · Tue 11 Feb, 12:41"),
        (Task("deadline", "1", datetime(2025, 7, 8, 9), name="Bando"), "Call: ends Tue 8 Jul, 9:00",
         "147 days left · Bando"),
        (Task("deadline", "1", datetime(2025, 2, 10, 9), name="Bando"), "Call: ended Mon 10 Feb, 9:00", "Bando"),
        (Task("undated", "1", name="A.Pe", number=4, total=5), "Meetings without a date", "A.Pe · 4 of 5"),
        (Task("place_free", "1", name="A.Pe", number=1, total=2), "Free place for the waiting list",
         "A.Pe · 1 place free · 2 waiting"),
    ],
)  # fmt: skip
def test_things_to_do_in_words(task: Task, title: str, detail: str) -> None:
    line = words.task_line(task, NOW)
    assert (line.title, line.detail) == (title, detail)
    assert line.icon


def test_tasks_lead_to_their_records(qtbot: QtBot, page: TodayPage) -> None:
    show(qtbot, page)
    with qtbot.waitSignal(page.item_opened) as opened:
        page._tasks.activated_id.emit(words.line_id("card", "7"))
    assert opened.args == ["access_card", "7"]
    with qtbot.waitSignal(page.appointment_opened):
        page._tasks.activated_id.emit(words.line_id("outcome", "7"))
    with qtbot.waitSignal(page.initiative_opened):
        page._tasks.activated_id.emit(words.line_id("undated", "7"))


def test_the_rights_table_lets_every_role_in(file_desk: Desk) -> None:
    assert all(rights.cell("today.board", role) for role in rights.ROLES)
