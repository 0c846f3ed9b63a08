"""What of the calendar gets onto paper: what is seen, names only by choice and through the gate, written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from famdesk.data.journal import AuditEntry
from famdesk.data.tables.people import ContactPoint
from famdesk.data.tx import Tx
from famdesk.domain.calendar import periods
from famdesk.sheets.calendar.calendar_wish import CalendarWish
from famdesk.sheets.collecting import collect_calendar
from famdesk.usecases.calendar import calendar
from famdesk.usecases.office import Office
from tests.support.calendars import DAY, Seeded, at, seed
from tests.support.offices import Desk

MONTH = CalendarWish(periods.MONTH, DAY)


@pytest.fixture
def office(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


@pytest.fixture
def ids(office: Office) -> Seeded:
    return seed(office)


def _book(office: Office, hour: int, **more: object) -> str:
    starts = at(hour)
    return office.run(calendar.book, starts=starts, ends=starts + timedelta(minutes=45), kind="interview", **more)  # type: ignore[arg-type]


def _prints(office: Office) -> int:
    def count(tx: Tx) -> int:
        return len(tx.session.execute(select(AuditEntry.seq).where(AuditEntry.kind == "print")).all())

    return office.fetch(count)


def test_without_names_nothing_is_told_but_that_somebody_is_busy(office: Office, ids: Seeded) -> None:
    _book(office, 9, person_id=ids.person, label="wants to talk", room_id=ids.room, function="A")
    before = _prints(office)
    sheet = office.fetch(collect_calendar.calendar, MONTH)
    (entry,) = (entry for entry in sheet.entries if entry.starts == at(9))
    assert (entry.title, entry.who, entry.note, entry.function) == ("busy", "", "", None)
    assert entry.room == "Stanza 1"
    assert not sheet.named
    assert _prints(office) == before
    meeting = next(entry for entry in sheet.entries if entry.title.startswith("A.Pe"))
    assert meeting.function == "B"  # a meeting is public


def test_with_names_the_gate_decides_and_the_print_is_noted(office: Office, ids: Seeded) -> None:
    _book(office, 9, person_id=ids.person, label="wants to talk", room_id=ids.room, function="A")
    _book(office, 10, person_id=ids.protected)
    before = _prints(office)
    wish = replace(MONTH, names=True)
    sheet = office.fetch(collect_calendar.calendar, wish)
    open_one, hidden = (next(one for one in sheet.entries if one.starts == at(hour)) for hour in (9, 10))
    assert (open_one.who, open_one.title, open_one.note, open_one.function) == (
        "INES",
        "Interview",
        "wants to talk",
        "A",
    )
    assert (hidden.who, hidden.title, hidden.note) == ("", "busy", "")
    assert sheet.named
    assert _prints(office) == before + 1


def test_beside_somebody_who_has_to_be_careful_stands_no_free_text(office: Office, ids: Seeded) -> None:
    def careful(tx: Tx) -> None:
        with tx.doing("calendar.book"):
            tx.add(ContactPoint(person_id=ids.person, kind="phone", value="333", may_call=False))

    office.run(careful)
    _book(office, 9, person_id=ids.person, label="wants to talk")
    sheet = office.fetch(collect_calendar.calendar, replace(MONTH, names=True))
    entry = next(one for one in sheet.entries if one.starts == at(9))
    assert entry.note == ""
    assert "Prova" not in entry.who


def test_only_what_is_seen_is_printed(office: Office, ids: Seeded) -> None:
    mine = office.actor.staff_id
    _book(office, 9, staff_id=mine, room_id=ids.room)
    _book(office, 11, room_id=ids.other_room, access_point_id=ids.point)
    gone = _book(office, 14, staff_id=mine)
    version = office.fetch(calendar.appointment, gone).version
    office.run(calendar.cancel, gone, version, "centre", None)

    def hours(**wish: object) -> list[int]:
        found = office.fetch(collect_calendar.calendar, replace(MONTH, **wish))  # type: ignore[arg-type]
        return sorted(entry.starts.hour for entry in found.entries)

    assert hours() == [9, 11, 17]
    assert hours(staff=frozenset({mine})) == [9]
    assert hours(staff=frozenset({mine}), cancelled=True) == [9, 14]
    assert hours(rooms=frozenset({ids.room})) == [9]
    assert hours(rooms=frozenset({ids.other_room})) == [11, 17]
    assert hours(points=frozenset({ids.point})) == [11]
    assert hours(kinds=frozenset({"team"})) == []
    assert hours(initiatives=False) == [9, 11]
    assert hours(states=frozenset({"cancelled"})) == [14]
    assert hours(day=date(2025, 3, 1)) == []


@pytest.mark.parametrize(("mode", "by", "shape"), [
    (periods.DAY, "days", "hours"), (periods.DAY, "rooms", "hours"), (periods.WORK, "staff", "rows"),
    (periods.WEEK, "points", "rows"), (periods.WEEK, "days", "hours"), (periods.MONTH, "staff", "month"),
    (periods.WEEKS, "days", "weeks"), (periods.LIST, "days", "list"),
])  # fmt: skip
def test_every_view_has_its_sheet(office: Office, ids: Seeded, mode: str, by: str, shape: str) -> None:
    from famdesk.sheets.calendar.calendar_sheet import render

    _book(office, 9, person_id=ids.person, room_id=ids.room, staff_id=office.actor.staff_id)
    wish = CalendarWish(mode, DAY, by, names=True)
    sheet = office.fetch(collect_calendar.calendar, wish)
    assert sheet.shape == shape
    assert bool(sheet.columns) == (by != "days" and mode != periods.MONTH)
    assert render(sheet, hidden=wish.hidden()).startswith(b"%PDF")


def test_the_heading_tells_the_days_that_are_shown(office: Office, ids: Seeded) -> None:
    wish = CalendarWish(periods.WORK, DAY)
    assert office.fetch(collect_calendar.calendar, wish).heading == "10–14 February 2025"
    saturday = datetime.combine(date(2025, 2, 15), time(9))
    office.run(calendar.book, starts=saturday, ends=saturday + timedelta(hours=1), kind="team")
    assert office.fetch(collect_calendar.calendar, wish).heading == "10–16 February 2025"
    assert office.fetch(collect_calendar.calendar, CalendarWish(periods.MONTH, DAY)).heading == "February 2025"
    assert "2025" in office.fetch(collect_calendar.calendar, CalendarWish(periods.DAY, DAY)).heading
    assert ids.person


def test_what_comes_from_the_month_before_and_goes_into_the_next(office: Office, ids: Seeded) -> None:
    last = datetime.combine(date(2025, 1, 31), time(22))
    office.run(calendar.book, starts=last, ends=last + timedelta(hours=8), kind="absence")
    before = datetime.combine(date(2025, 1, 30), time(9))
    office.run(calendar.book, starts=before, ends=before + timedelta(hours=1), kind="team")
    sheet = office.fetch(collect_calendar.calendar, MONTH)
    assert [entry.starts.day for entry in sheet.entries if entry.starts.month == 1] == [31]
    assert ids.person


def test_closures_are_told_with_their_reason(office: Office, ids: Seeded) -> None:
    sheet = office.fetch(collect_calendar.calendar, MONTH)
    (shut,) = sheet.shut_on(date(2025, 2, 20))
    assert "Assemblea" in shut.sentence()
    assert ids.point


def test_whose_calendar_is_found_by_parts_of_names(office: Office, ids: Seeded) -> None:
    wish = office.fetch(collect_calendar.chosen, MONTH, ("prova edu",), ("stanza 1",), ("giovanni",))
    assert len(wish.staff) == 1
    assert wish.rooms == {ids.room}
    assert ids.point in wish.points
    sheet = office.fetch(collect_calendar.calendar, wish)
    assert sheet.subject.startswith("Prova educator · Stanza 1")
    for wrong in ((("nobody",), (), ()), ((), ("nothing",), ()), ((), (), ("nowhere",))):
        with pytest.raises((collect_calendar.NoSuchColleague, collect_calendar.NoSuchRoom, Exception), match=r"NoSuch"):
            office.fetch(collect_calendar.chosen, MONTH, *wrong)
