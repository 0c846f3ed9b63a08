"""The calendar's question for some days: what goes over midnight, whole days, and which way the database takes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tx import Tx
from famdesk.domain.calendar import periods
from famdesk.usecases.calendar import appointment_checks, calendar, calendar_board
from famdesk.usecases.office import Office
from tests.support.calendars import Seeded, at, seed
from tests.support.offices import Desk

MONDAY, SUNDAY = date(2025, 2, 10), date(2025, 2, 16)
DAY = timedelta(days=1)


@pytest.fixture
def lead(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


@pytest.fixture(autouse=True)
def seeded(lead: Office) -> Seeded:
    return seed(lead)


def put(office: Office, starts: datetime, ends: datetime, **more: Any) -> str:
    """An appointment written as an import writes it."""
    new = Appointment(starts=starts, ends=ends, **{"kind": "absence", "state": "planned", **more})

    def write(tx: Tx) -> str:
        with tx.doing("calendar.book"):
            return tx.add(new).id

    return str(office.run(write))


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def shown(office: Office, first: date, last: date) -> list[str]:
    return [row.id for row in office.fetch(calendar_board.board, first, last).appointments]


def test_two_weeks_of_absence_are_one_row_in_each_of_their_days(lead: Office) -> None:
    away = put(lead, midnight(date(2025, 2, 3)), midnight(date(2025, 2, 17)), all_day=True)
    for day in (date(2025, 2, 3), date(2025, 2, 10), date(2025, 2, 16)):
        assert shown(lead, day, day) == [away]
    assert shown(lead, date(2025, 2, 2), date(2025, 2, 2)) == []
    assert shown(lead, date(2025, 2, 17), date(2025, 2, 17)) == []
    [row] = lead.fetch(calendar_board.board, MONDAY, SUNDAY).appointments
    assert (row.all_day, row.ends - row.starts) == (True, 14 * DAY)


def test_what_ends_at_midnight_is_not_there_the_next_day(lead: Office) -> None:
    put(lead, at(22), midnight(date(2025, 2, 14)))
    assert shown(lead, date(2025, 2, 14), date(2025, 2, 14)) == []


def test_over_night_and_short_ones_stand_in_the_order_of_time(lead: Office) -> None:
    night = put(lead, at(22, day=date(2025, 2, 12)), at(7))
    morning = put(lead, at(9), at(10))
    before = put(lead, at(8, day=date(2025, 2, 12)), at(9, day=date(2025, 2, 12)))
    assert shown(lead, date(2025, 2, 13), date(2025, 2, 13)) == [night, morning]
    assert shown(lead, date(2025, 2, 12), date(2025, 2, 13)) == [before, night, morning]


def test_filters_hold_for_long_ones_too(lead: Office) -> None:
    mine = put(lead, at(8), at(8) + 3 * DAY, staff_id=lead.actor.staff_id)
    put(lead, at(8), at(8) + 3 * DAY)
    rows = lead.fetch(calendar.appointments, date(2025, 2, 15), date(2025, 2, 15), staff_id=lead.actor.staff_id)
    assert [row.id for row in rows] == [mine]


@pytest.mark.parametrize(
    ("more", "lets"),
    [
        ({"kind": "absence"}, True),
        ({"kind": "interview"}, False),
        ({"kind": "interview", "all_day": True}, False),
        ({"kind": "interview", "all_day": True, "starts": at(0), "ends": at(0) + 2 * DAY}, True),
        ({"kind": "other", "uid": "x@y"}, True),
    ],
)
def test_who_may_go_over_midnight(more: dict[str, Any], lets: bool) -> None:
    wanted = Appointment(**{"starts": at(9), "ends": at(9) + 2 * DAY, **more})
    if lets:
        appointment_checks.check_times(wanted)
    else:
        with pytest.raises(appointment_checks.NotOneDay):
            appointment_checks.check_times(wanted)


def test_absence_of_days_is_booked_moved_and_stretched(lead: Office) -> None:
    booking: Any = calendar.book
    booked = lead.run(booking, starts=at(8), ends=at(8) + 5 * DAY, kind="absence", staff_id=lead.actor.staff_id)
    lead.run(calendar.move, booked, 1, at(8) + DAY)
    lead.run(calendar.stretch, booked, 2, at(8) + 3 * DAY)
    [row] = lead.fetch(calendar_board.board, date(2025, 2, 15), date(2025, 2, 15)).appointments
    assert (row.starts, row.ends) == (at(8) + DAY, at(8) + 3 * DAY)


def test_days_with_something(lead: Office) -> None:
    put(lead, at(8, day=date(2025, 2, 11)), at(9, day=date(2025, 2, 11)), kind="interview")
    put(lead, at(8, day=date(2025, 2, 19)), at(9, day=date(2025, 2, 19)), kind="interview", state="cancelled")
    put(lead, midnight(date(2025, 1, 30)), midnight(date(2025, 2, 3)), all_day=True)
    put(lead, at(22, day=date(2025, 2, 27)), at(3, day=date(2025, 3, 2)))
    found = lead.fetch(calendar_board.busy_days, date(2025, 2, 1), date(2025, 2, 28))
    assert sorted(day.day for day in found) == [1, 2, 11, 13, 27, 28]  # the 13th has a meeting


@pytest.mark.parametrize(
    ("mode", "first", "last"),
    [
        (periods.DAY, date(2025, 2, 13), date(2025, 2, 13)),
        (periods.WORK, MONDAY, SUNDAY),
        (periods.WEEK, MONDAY, SUNDAY),
        (periods.MONTH, date(2025, 1, 27), date(2025, 3, 2)),
        (periods.WEEKS, MONDAY, date(2025, 3, 16)),
        (periods.LIST, date(2025, 2, 13), date(2025, 3, 12)),
    ],
)
def test_board_of_each_view(lead: Office, mode: str, first: date, last: date) -> None:
    board = lead.fetch(calendar_board.board_around, mode, date(2025, 2, 13))
    assert (board.first, board.last, board.day) == (first, last, date(2025, 2, 13))


@pytest.mark.parametrize(
    ("mode", "count", "day"),
    [
        (periods.DAY, -1, date(2024, 2, 29)),
        (periods.WEEK, 1, date(2024, 3, 8)),
        (periods.WEEKS, -1, date(2024, 2, 23)),
        (periods.MONTH, 1, date(2024, 4, 1)),
        (periods.MONTH, -13, date(2023, 2, 1)),
        (periods.LIST, 1, date(2024, 3, 29)),
    ],
)
def test_steps(mode: str, count: int, day: date) -> None:
    assert periods.stepped(mode, date(2024, 3, 1), count) == day


def test_last_of_a_long_month_steps_to_the_last_of_a_short_one() -> None:
    assert periods.stepped(periods.MONTH, date(2025, 1, 31), 1) == date(2025, 2, 28)
