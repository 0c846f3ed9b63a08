"""The cycle of the source, "A.Pe – Aperitivi Pedagogici", entered through the window and then moved about.

Source: newspaper article on the start of Hug, §9: five meetings on Thursdays at 18 from 13 February.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import MeetingNotice
from famdesk.exchange.mail_message import calendar_entry
from famdesk.sheets.collecting import collect_programmes
from famdesk.ui.programmes.dates_dialog import RuleDialog
from famdesk.ui.programmes.initiative_dialog import InitiativeDialog
from famdesk.ui.programmes.move_dialog import CancelDialog, MoveDialog
from famdesk.ui.programmes.page import ProgrammesPage
from famdesk.usecases import today
from famdesk.usecases.calendar import calendar_board
from famdesk.usecases.directory import hours, places
from famdesk.usecases.enrolling import enrolment
from famdesk.usecases.intake import call_list
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people, person_file
from famdesk.usecases.post import mail
from famdesk.usecases.programmes import meeting_notices, meeting_post, programmes
from tests.support.reminders import ACCOUNT
from tests.support.scenarios import version
from tests.ui.programmes.conftest import detail, settle, show

D = TypeVar("D", bound=QDialog)
THURSDAYS = [date(2025, 2, 13), date(2025, 2, 20), date(2025, 2, 27), date(2025, 3, 6), date(2025, 3, 13)]
AFTER_THE_CLOCKS = date(2025, 4, 3)
SIX = time(18)
NOTICE = "At that time the doors are open here (17:00–19:00)."


class Hands:
    """What a person does in the window."""

    def __init__(self, qtbot: QtBot, page: ProgrammesPage, office: Office) -> None:
        self.qtbot, self.page, self.office = qtbot, page, office
        self.place = {
            name: office.run(places.add_place, places.PlaceData(name=name, kind="centre"))
            for name in ("piazza Giovanni XXIII", "Civico 81", "Polo Hack – Montalcini", "Soresina")
        }
        main = self.place["piazza Giovanni XXIII"]
        point = office.run(places.add_access_point, places.PointData(name="piazza Giovanni XXIII", place_id=main))
        office.run(hours.add_rules, point, weekdays=(4,), opens=time(17), closes=time(19))

    def dialog(self, kind: type[D]) -> D:
        found = next(one for one in self.page.findChildren(kind) if one.isVisible())
        settle(self.qtbot, self.page)
        return found

    def type(self, dialog: Any, name: str, text: str) -> None:
        field = dialog.fields.field(name)
        field.setFocus()
        field.clear()
        for character in text:
            if character.isascii():
                QTest.keyClicks(field, character)
            else:
                field.insert(character)  # a test has no key for it

    def choose(self, dialog: Any, name: str, value: str) -> None:
        field = dialog.fields.field(name)
        field.set_value(value)
        dialog.fields.edited.emit()

    def save(self, dialog: QDialog) -> None:
        closed: list[int] = []
        dialog.finished.connect(closed.append)
        QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        settle(self.qtbot, self.page)
        assert closed == [int(QDialog.DialogCode.Accepted)]

    def add_initiative(self) -> str:
        self.page.new_item()
        dialog = self.dialog(InitiativeDialog)
        self.type(dialog, "name", "A.Pe – Aperitivi Pedagogici")
        self.choose(dialog, "function", "B")
        self.type(dialog, "starts_on", "13/2/2025")
        self.choose(dialog, "usual_weekday", "4")
        self.type(dialog, "usual_time", "18")
        self.choose(dialog, "place_id", self.place["piazza Giovanni XXIII"])
        self.save(dialog)
        return self.page.list.current_id()

    def add_thursdays(self) -> list[str]:
        self.page.meetings.add_by_rule()
        dialog = self.dialog(RuleDialog)
        self.qtbot.waitUntil(dialog._notice.isVisible)
        told = dialog._notice.texts()
        assert dialog._told.text() == "every week on Thursdays at 18:00, 5 times"
        self.save(dialog)
        return told

    def move(self, number: int, *, day: str = "", place: str = "") -> None:
        self.page.meetings.put_off(self.page.meetings.model.rows[number - 1])
        dialog = self.dialog(MoveDialog)
        if day:
            self.type(dialog, "day", day)
        if place:
            self.choose(dialog, "place_id", self.place[place])
        self.save(dialog)

    def cancel(self, number: int) -> list[str]:
        self.page.meetings.cancel(self.page.meetings.model.rows[number - 1])
        dialog = self.dialog(CancelDialog)
        dialog.fields.field("reason").set_value("La pedagogista è malata")
        lines = dialog.tell.texts()
        self.save(dialog)
        return lines


@pytest.fixture
def hands(qtbot: QtBot, page: ProgrammesPage, office: Office) -> Hands:
    found = Hands(qtbot, page, office)
    show(qtbot, page)
    return found


def enrolled(office: Office, cycle: str) -> dict[str, str]:
    """Three people: one has mail, one a phone, one is never to be contacted. Name to person."""
    office.run(mail.save_account, None, "segreto", **ACCOUNT)
    found = {name: office.run(people.add_person, surname=name) for name in ("Posta", "Telefono", "Silenzio")}
    office.run(contacts.add_contact_point, found["Posta"], kind="mail", value="posta@example.it")
    office.run(contacts.add_contact_point, found["Telefono"], kind="mobile", value="333 1234567")
    office.run(contacts.add_contact_point, found["Silenzio"], kind="mobile", value="333 7654321")
    silent = found["Silenzio"]
    office.run(contacts.set_no_contact, silent, version(office, Person, silent), never=True)
    for person in found.values():
        office.run(enrolment.enrol, cycle, person)
    return found


def boxes(office: Office, first: date, last: date) -> list[tuple[date, int, str, str | None]]:
    board = office.fetch(calendar_board.board, first, last)
    return [(row.starts.date(), row.number, row.state, row.place) for row in board.meetings]


def notices(office: Office) -> list[tuple[str, str, str]]:
    columns = select(MeetingNotice.kind, MeetingNotice.channel, MeetingNotice.state)
    where = MeetingNotice.deleted_at.is_(None)
    return [tuple(row) for row in office.fetch(lambda tx: tx.rows(columns.where(where).order_by(MeetingNotice.id)))]


def test_five_thursdays_from_the_source(hands: Hands, office: Office) -> None:
    cycle = hands.add_initiative()
    assert hands.add_thursdays() == [NOTICE]
    found = detail(office, cycle).meetings
    assert [(row.day, row.starts, row.minutes, row.theme) for row in found] == [
        (day, SIX, None, None) for day in THURSDAYS
    ]  # fmt: skip
    shown = [hands.page.meetings.model.cell(0, column).text for column in range(6)]
    assert shown == ["1", "Thu 13 Feb", "18:00", "piazza Giovanni XXIII", "to be set", "to be set"]
    assert boxes(office, THURSDAYS[0], THURSDAYS[-1]) == [
        (day, number, "planned", "piazza Giovanni XXIII") for number, day in enumerate(THURSDAYS, start=1)
    ]  # fmt: skip
    hands.page.runner.undo()
    settle(hands.qtbot, hands.page)
    assert detail(office, cycle).meetings == ()


def test_moved_cancelled_and_put_off_over_the_change_of_the_clocks(hands: Hands, office: Office) -> None:
    cycle = hands.add_initiative()
    hands.add_thursdays()
    persons = enrolled(office, cycle)
    settle(hands.qtbot, hands.page)
    for number, place in ((2, "Civico 81"), (4, "Polo Hack – Montalcini"), (5, "Soresina")):
        hands.move(number, place=place)
    assert hands.cancel(3) == [
        "Posta, by e-mail (posta@example.it)", "Silenzio: This person is never to be contacted.",
        "Telefono, by phone call (333 1234567)",
    ]  # fmt: skip
    hands.move(5, day="3/4/2025")

    # the calendar
    assert boxes(office, THURSDAYS[0], AFTER_THE_CLOCKS) == [
        (THURSDAYS[0], 1, "planned", "piazza Giovanni XXIII"), (THURSDAYS[1], 2, "planned", "Civico 81"),
        (THURSDAYS[2], 3, "cancelled", "piazza Giovanni XXIII"),
        (THURSDAYS[3], 4, "planned", "Polo Hack – Montalcini"), (THURSDAYS[4], 5, "gone", None),
        (AFTER_THE_CLOCKS, 5, "planned", "Soresina"),
    ]  # fmt: skip
    # the list of the window
    row = hands.page.meetings.model.rows[4]
    cell = hands.page.meetings.model.cell(4, 1)
    assert (cell.struck, cell.text, cell.spoken) == ("13 Mar", "Thu 3 Apr", "Thu 3 Apr, moved from Thu 13 Mar")
    assert hands.page.meetings.model.cell(2, 1).struck == "Thu 27 Feb"
    # the sheet
    sheet = office.fetch(collect_programmes.sign_in, cycle, row.id)
    assert (sheet.day, sheet.starts, sheet.ends, sheet.place) == (AFTER_THE_CLOCKS, SIX, None, "Soresina")
    # the persons
    timeline = office.fetch(person_file.person, persons["Posta"]).timeline
    days = {one.day for one in timeline if one.kind == "meeting"}
    assert THURSDAYS[2] not in days
    assert {THURSDAYS[0], THURSDAYS[1], THURSDAYS[3], AFTER_THE_CLOCKS} <= days
    # calendar, sheets and the persons' files say the same of every meeting that takes place
    planned = {(day, place) for day, _number, state, place in boxes(office, THURSDAYS[0], AFTER_THE_CLOCKS)
               if state == "planned"}  # fmt: skip
    sheets = [office.fetch(collect_programmes.sign_in, cycle, one.id) for one in hands.page.meetings.model.rows
              if one.state == "planned"]  # fmt: skip
    assert {(one.day, one.place) for one in sheets} == planned
    for person in persons.values():
        lines = [one for one in office.fetch(person_file.person, person).timeline if one.kind == "meeting"]
        assert {one.day for one in lines} == {day for day, _place in planned}
    # what they hear: by mail and by phone, once for each meeting, the newest of each
    told = office.fetch(meeting_notices.of_initiative, cycle)
    assert sorted((one.number, one.who, one.kind, one.channel) for one in told) == sorted(
        (number, who, kind, channel)
        for number, kind in ((2, "moved"), (3, "cancelled"), (4, "moved"), (5, "moved"))
        for who, channel in (("Posta", "mail"), ("Telefono", "call"))
    )
    calls = [text for one in office.fetch(call_list.call_list) for text in one.what]
    assert "Tell: the meeting of Thu 27 Feb, 18:00 is cancelled" in calls
    assert "Tell: the meeting of Thu 13 Mar, 18:00 is now on Thu 3 Apr, 18:00" in calls


def test_mails_tell_the_hour_on_the_wall_after_the_change_of_the_clocks(hands: Hands, office: Office) -> None:
    cycle = hands.add_initiative()
    hands.add_thursdays()
    enrolled(office, cycle)
    settle(hands.qtbot, hands.page)
    hands.move(5, day="3/4/2025")
    assert office.tend(meeting_post.refresh) == 1
    out = office.tend(meeting_post.claim)
    assert out is not None
    assert (out.message.was, out.message.starts) == (datetime(2025, 3, 13, 18), datetime(2025, 4, 3, 18))
    entry = calendar_entry(out, datetime(2025, 2, 12, 12).astimezone())
    assert "DTSTART:20250403T160000Z" in entry
    office.tend(meeting_post.sent, out.reminder_id)
    assert office.tend(meeting_post.claim) is None


def test_everything_can_be_undone(hands: Hands, office: Office) -> None:
    cycle = hands.add_initiative()
    hands.add_thursdays()
    enrolled(office, cycle)
    settle(hands.qtbot, hands.page)
    before = detail(office, cycle).meetings
    hands.cancel(3)
    hands.move(5, day="3/4/2025")
    assert len(notices(office)) == 4
    for _step in range(2):
        hands.page.runner.undo()
        settle(hands.qtbot, hands.page)
    after = detail(office, cycle).meetings
    assert [(row.day, row.state, row.moved_from) for row in after] == [
        (row.day, row.state, row.moved_from) for row in before
    ]  # fmt: skip
    assert notices(office) == []
    assert office.fetch(call_list.call_list) == ()


def test_today_says_what_was_cancelled_and_moved_away(hands: Hands, office: Office) -> None:
    cycle = hands.add_initiative()
    hands.add_thursdays()
    hands.move(1, day="20/3/2025")
    assert [row.number for row in office.fetch(programmes.moved_away, THURSDAYS[0])] == [1]
    assert office.fetch(programmes.meetings, THURSDAYS[0], THURSDAYS[0]) == ()
    assert detail(office, cycle).row.next_day == THURSDAYS[1]
    assert office.fetch(today.board).coming[0].day == THURSDAYS[1]
