"""From an appointment to its note: from Today, from the calendar and from the appointment's window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.runner import Runner
from famdesk.ui.notes.page import NotesPage
from famdesk.ui.today.page import TodayPage
from famdesk.usecases.calendar import calendar
from famdesk.usecases.notes import note_reading
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.calendar_window import Window
from tests.support.offices import Desk

NOW = datetime(2025, 2, 11, 12, 41)


@pytest.fixture
def office(file_desk: Desk) -> Office:
    return file_desk.sign_in("psychologist")


@pytest.fixture
def runner(office: Office) -> Iterator[Runner]:
    found = Runner(office)
    yield found
    found.close()


def booked(office: Office, minutes: int, staff_id: str | None) -> str:
    """An appointment that begins so many minutes from now."""
    starts = NOW + timedelta(minutes=minutes)
    who = office.run(people.add_person, surname="Rossi", given_name="Ada")
    return office.run(calendar.book, starts=starts, ends=starts + timedelta(minutes=30), kind="interview",
                      person_id=who, staff_id=staff_id)  # fmt: skip


def test_today_leads_to_the_note_of_ones_own_sessions_alone(
    qtbot: QtBot, office: Office, runner: Runner, file_desk: Desk
) -> None:
    mine = booked(office, -41, office.actor.staff_id)
    coming = booked(office, 60, office.actor.staff_id)
    others = booked(office, -101, file_desk.sign_in("educator").actor.staff_id)
    page = TodayPage(runner)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(runner.idle)
    offered = {}
    for appointment_id in (mine, coming, others):
        line = next(one.id for one in page._day.lines() if one.id.endswith(appointment_id))
        page._day.set_current_id(line)
        page._day.menu_requested.emit(line, QPoint(10, 10))
        menu = [one for one in page.findChildren(QMenu) if one.parent() is page][-1]
        offered[appointment_id] = any(one.text().startswith("Write the note") for one in menu.actions())
        menu.close()
    assert offered == {mine: True, coming: False, others: False}
    page._day.set_current_id(next(one.id for one in page._day.lines() if one.id.endswith(mine)))
    page.activateWindow()
    page._day.setFocus()
    qtbot.waitUntil(page._day.hasFocus)
    with qtbot.waitSignal(page.item_opened) as opened:
        qtbot.keyClick(page._day, Qt.Key.Key_F6)
    assert opened.args == ["note_for", mine]
    told = []
    page.message.connect(told.append)
    page._day.set_current_id(next(one.id for one in page._day.lines() if one.id.endswith(others)))
    qtbot.keyClick(page._day, Qt.Key.Key_F6)
    assert [one.text for one in told] == ["A note is written about an appointment of your own, once it has begun."]


def test_the_first_press_begins_the_note_and_the_second_opens_it(
    qtbot: QtBot, office: Office, runner: Runner
) -> None:  # fmt: skip
    appointment_id = booked(office, -41, office.actor.staff_id)
    page = NotesPage(runner, office)
    qtbot.addWidget(page)
    page.show()
    for _press in range(2):
        page.open_item("note_for", appointment_id)
        qtbot.waitUntil(lambda: page.pane.note_id() != "" and not page.pane.text.isReadOnly())
        qtbot.waitUntil(runner.idle)
        (row,) = office.fetch(note_reading.mine)
        assert (page.pane.note_id(), row.appointment_id) == (row.id, appointment_id)


def test_the_window_of_an_appointment_leads_to_its_note(qtbot: QtBot, office: Office) -> None:
    appointment_id = booked(office, -41, office.actor.staff_id)
    window = Window(qtbot, office)
    try:
        window.page.open_item("appointment", appointment_id)
        dialog = window.dialog()
        assert dialog.note.isVisible()
        with qtbot.waitSignal(window.page.item_opened) as opened:
            qtbot.keyClick(dialog, Qt.Key.Key_F6)
        assert opened.args == ["note_for", appointment_id]
        assert not dialog.isVisible()
        window.page.open_item("appointment", booked(office, 60, office.actor.staff_id))
        assert not window.dialog().note.isVisible()
    finally:
        window.runner.close()
