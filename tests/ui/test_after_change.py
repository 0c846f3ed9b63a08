"""What the calendar asks for after a move or a cancellation, as the safe-contact rule says; one key each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from pytestqt.qtbot import QtBot

from famdesk.sheets.calendar import appointment_slip
from famdesk.sheets.collecting import collect
from famdesk.ui.calendar.deeds import CancelDialog
from famdesk.usecases.calendar import calendar
from famdesk.usecases.intake import call_list
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts
from famdesk.usecases.post import mail, reminders
from tests.support.calendar_window import Window, book
from tests.support.calendars import Seeded, at, seed
from tests.support.offices import Desk
from tests.support.ways_out import pdf
from tests.ui.conftest import nameless

KEY = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def seeded(file_desk: Desk) -> Seeded:
    lead = file_desk.sign_in("coordinator")
    lead.run(mail.save_account, None, "segreto", host="smtp.example.it", port=465, security="tls",
             sender="posta@example.it", neutral_sender="avvisi@example.it")  # fmt: skip
    return seed(lead)


@pytest.fixture
def office(file_desk: Desk, seeded: Seeded) -> Office:
    return file_desk.sign_in("reception")


@pytest.fixture
def desk_window(qtbot: QtBot, office: Office) -> Iterator[Window]:
    window = Window(qtbot, office)
    yield window
    window.runner.close()


def _careful(office: Office, person: str, **rule: Any) -> None:
    """Somebody with a number and a mail address that have a rule."""
    values: dict[str, Any] = {"may_leave_message": False, "neutral_name": "Biblioteca", **rule}
    deed: Any = contacts.add_contact_point
    office.run(deed, person, kind="mobile", value="333 1234567", safe_from=time(9),
               safe_to=time(12), **values)  # fmt: skip
    office.run(deed, person, kind="mail", value="ines@example.it", **rule)


def _moved(window: Window, office: Office, person: str) -> str:
    """An appointment that is moved with a key by a quarter of an hour."""
    booked = book(office, at(17), person_id=person)
    window.qtbot.waitUntil(lambda: booked in window.boxes())
    window.grid.select(booked)
    window.grid.setFocus()
    window.press(KEY.Key_Down, ALT)
    window.wait()
    assert window.rows()[0].starts == at(17, 15)
    return booked


def test_moving_somebody_careful_asks_for_the_right_thing(desk_window: Window, office: Office, seeded: Seeded) -> None:
    """It is 12:41: not within the safe hours. The slip is neutral, the name to say is told."""
    _careful(office, seeded.person)
    slips: list[str] = []
    desk_window.page.slip_requested.connect(slips.append)
    booked = _moved(desk_window, office, seeded.person)
    after = desk_window.page.after
    assert after.isVisible()
    assert after.text() == (
        "Now on Thu 13 Feb, 17:15. Tell the family. Prova Ines: not at this hour · "
        "Call only 9:00–12:00 · Leave no message · Say only “Biblioteca”"
    )  # fmt: skip
    assert [(one.text(), one.isEnabled()) for one in (after.slip, after.call, after.mail)] == [
        ("New slip, neutral", True), ("Call 333 1234567", True), ("Send a mail", True),
    ]  # fmt: skip
    assert nameless(after) == []
    desk_window.press(KEY.Key_F7)
    assert slips == [booked]
    text = pdf(appointment_slip.render(*office.fetch(collect.slip, booked)))
    assert "17:15" in text
    assert "Centro di prova" not in text
    desk_window.press(KEY.Key_F8)
    desk_window.wait()
    [row] = office.fetch(call_list.call_list)
    assert (row.value, row.neutral_name, row.quiet, row.what) == (
        "333 1234567", "Biblioteca", True, ("Tell the new time of the appointment: Thu 13 Feb, 17:15",),
    )  # fmt: skip
    desk_window.press(KEY.Key_F9)
    desk_window.wait()
    out = office.tend(reminders.claim)
    assert out is not None
    assert (out.sender, out.message.centre, out.message.starts) == ("avvisi@example.it", "", at(17, 15))
    for _time in range(2):
        desk_window.runner.undo()
        desk_window.wait()


def test_who_must_not_be_reached_is_not_offered(desk_window: Window, office: Office, seeded: Seeded) -> None:
    _careful(office, seeded.person, may_call=False, may_write=False)
    _moved(desk_window, office, seeded.person)
    after = desk_window.page.after
    assert [one.isEnabled() for one in (after.slip, after.call, after.mail)] == [True, False, False]
    assert "Do not call" in after.text()
    desk_window.press(KEY.Key_F8)
    desk_window.wait()
    assert office.fetch(call_list.call_list) == ()


def test_who_is_free_gets_the_plain_slip(desk_window: Window, office: Office, seeded: Seeded) -> None:
    office.run(contacts.add_contact_point, seeded.person, kind="mobile", value="333 1234567")
    booked = _moved(desk_window, office, seeded.person)
    after = desk_window.page.after
    assert after.text() == "Now on Thu 13 Feb, 17:15. Tell the family."
    assert after.slip.text() == "New slip"
    assert "Centro di prova" in pdf(appointment_slip.render(*office.fetch(collect.slip, booked)))
    after._close.click()
    assert not after.isVisible()
    assert not after.slip.isEnabled()


@pytest.mark.parametrize(("by", "offered"), [("centre", True), ("family", False)])
def test_a_cancellation_by_the_centre_has_to_be_told(
    desk_window: Window, office: Office, seeded: Seeded, by: str, offered: bool
) -> None:
    office.run(contacts.add_contact_point, seeded.person, kind="mobile", value="333 1234567")
    booked = book(office, at(17), person_id=seeded.person)
    desk_window.qtbot.waitUntil(lambda: booked in desk_window.boxes())
    desk_window.grid.select(booked)
    desk_window.grid.setFocus()
    desk_window.press(KEY.Key_Delete)
    dialog = desk_window.dialog(CancelDialog)
    dialog.form.field("by").set_value(by)
    dialog.try_save()
    desk_window.wait()
    after = desk_window.page.after
    assert after.isVisible() is offered
    if offered:
        assert after.text() == "Cancelled: Thu 13 Feb, 17:00. Tell the family."
        assert [one.isEnabled() for one in (after.slip, after.call, after.mail)] == [False, True, False]


def test_of_a_team_meeting_nobody_is_told(desk_window: Window, office: Office) -> None:
    booked = book(office, at(17), kind="team", staff_id=office.actor.staff_id)
    desk_window.qtbot.waitUntil(lambda: booked in desk_window.boxes())
    desk_window.grid.select(booked)
    desk_window.grid.setFocus()
    desk_window.press(KEY.Key_Down, ALT)
    desk_window.wait()
    assert not desk_window.page.after.isVisible()


def test_in_the_editor_too(desk_window: Window, office: Office, seeded: Seeded) -> None:
    office.run(contacts.add_contact_point, seeded.person, kind="mobile", value="333 1234567")
    booked = book(office, at(17), person_id=seeded.person)
    desk_window.qtbot.waitUntil(lambda: booked in desk_window.boxes())
    desk_window.page.open_item("appointment", booked)
    dialog = desk_window.dialog()
    dialog.fields.field("starts").set_value((at(17, 30), at(18, 30)))
    dialog.try_save()
    desk_window.wait()
    desk_window.qtbot.waitUntil(desk_window.page.after.isVisible)
    assert desk_window.page.after.text().startswith("Now on Thu 13 Feb, 17:30")
    assert office.fetch(calendar.appointment, booked).starts == at(17, 30)


def test_the_editor_says_how_the_family_is_reminded(desk_window: Window, office: Office, seeded: Seeded) -> None:
    _careful(office, seeded.person)
    booked = book(office, at(17), person_id=seeded.person)
    silent = book(office, at(9), person_id=None)
    for one, said in (
        (booked, "Prova Ines · E-mail · from Wed 12 Feb, 17:00 · neutral"), (silent, ""),
    ):  # fmt: skip
        desk_window.page.open_item("appointment", one)
        dialog = desk_window.dialog()
        desk_window.wait()
        assert dialog.reminders.text() == said
        assert dialog.reminders.isVisible() is bool(said)
        dialog.reject()
        desk_window.wait()


def test_nothing_moves_when_the_card_comes_and_goes(desk_window: Window, office: Office, seeded: Seeded) -> None:
    _careful(office, seeded.person)
    view, after = desk_window.page.view, desk_window.page.after
    before = view.mapTo(desk_window.window, view.rect().topLeft()), view.size()
    _moved(desk_window, office, seeded.person)
    assert after.isVisible()
    assert (view.mapTo(desk_window.window, view.rect().topLeft()), view.size()) == before
    place = QRect(after.mapTo(desk_window.window, QPoint(0, 0)), after.size())
    assert desk_window.window.rect().contains(place)
    assert after.height() >= after.layout().totalHeightForWidth(after.width())
    desk_window.window.resize(1000, 640)
    desk_window.wait()
    assert desk_window.window.rect().contains(QRect(after.mapTo(desk_window.window, QPoint(0, 0)), after.size()))
