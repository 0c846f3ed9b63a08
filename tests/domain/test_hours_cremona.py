"""The printed hours of Hug in Cremona in 2025, with the holidays and the patron saint of the town."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from famdesk.domain.calendar.holidays import closed_days
from famdesk.domain.calendar.hours import (
    Timetable,
    WeeklySlot,
    is_open,
    is_unknown,
    next_opening,
    open_until,
    status,
    summary,
    upcoming_closures,
)

START = date(2025, 2, 4)
CLOSED = closed_days(date(2025, 1, 1), date(2026, 12, 31), "019036")
MAIN = Timetable((WeeklySlot(2, time(12), time(14), START), WeeklySlot(4, time(17), time(19), START)), closures=CLOSED)
AZIENDA = Timetable((WeeklySlot(1, time(8), time(10), START),), closures=CLOSED)
POLO = Timetable(closures=CLOSED)


def test_the_first_day() -> None:
    noon = datetime(2025, 2, 4, 12)
    assert not is_open(MAIN, datetime(2025, 2, 4, 11, 59))
    assert open_until(MAIN, noon) == datetime(2025, 2, 4, 14)
    assert open_until(MAIN, datetime(2025, 2, 4, 13, 59, 59)) == datetime(2025, 2, 4, 14)
    assert open_until(MAIN, datetime(2025, 2, 4, 14)) is None
    assert next_opening(MAIN, noon) == next_opening(MAIN, datetime(2025, 2, 4, 14)) == datetime(2025, 2, 6, 17)
    assert next_opening(AZIENDA, noon) == datetime(2025, 2, 10, 8)


def test_before_the_start_nothing_is_open() -> None:
    assert not is_open(AZIENDA, datetime(2025, 2, 3, 9))
    assert next_opening(MAIN, datetime(2025, 1, 1)) == datetime(2025, 2, 4, 12)


@pytest.mark.parametrize(
    ("at", "main", "azienda"),
    [
        ("2025-04-21T08:30", "2025-04-22T12:00", "2025-04-28T08:00"),  # Easter Monday
        ("2025-05-01T17:30", "2025-05-06T12:00", "2025-05-05T08:00"),  # Thursday, 1 May
        ("2025-06-02T08:30", "2025-06-03T12:00", "2025-06-09T08:00"),  # Monday, Republic Day
        ("2025-11-13T17:30", "2025-11-18T12:00", "2025-11-17T08:00"),  # Thursday, S. Omobono
        ("2025-12-08T08:30", "2025-12-09T12:00", "2025-12-15T08:00"),  # Monday, Immaculate Conception
        ("2025-12-25T17:30", "2025-12-30T12:00", "2025-12-29T08:00"),  # Thursday, Christmas
    ],
)
def test_holidays_that_hit_a_slot(at: str, main: str, azienda: str) -> None:
    moment = datetime.fromisoformat(at)
    for point, opens in ((MAIN, main), (AZIENDA, azienda)):
        found = status(point, moment)
        assert found.open_until is None
        assert found.next_opening == datetime.fromisoformat(opens)
        assert found.closed is not None
        assert found.closed.kind == ("patron" if moment.month == 11 else "holiday")


def test_an_ordinary_closed_hour_has_no_reason() -> None:
    assert status(MAIN, datetime(2025, 2, 5, 12)).closed is None
    assert status(MAIN, datetime(2025, 2, 6, 18)).open_until == datetime(2025, 2, 6, 19)


def test_the_closures_of_2025_that_families_notice() -> None:
    days = {
        one.first
        for point in (MAIN, AZIENDA)
        for one in upcoming_closures(point, START, (date(2025, 12, 31) - START).days + 1)
    }
    expected = [(4, 21), (5, 1), (6, 2), (11, 13), (12, 8), (12, 25)]
    assert days == {date(2025, *month_and_day) for month_and_day in expected}


def test_where_the_source_gives_no_hours_they_are_unknown() -> None:
    assert is_unknown(POLO)
    assert status(POLO, datetime(2025, 2, 4, 12)).unknown


def test_the_poster() -> None:
    assert summary(MAIN.slots, START) == ((2, ((time(12), time(14)),)), (4, ((time(17), time(19)),)))
    assert summary(AZIENDA.slots, START) == ((1, ((time(8), time(10)),)),)


def test_the_hours_keep_when_the_clocks_change() -> None:
    assert next_opening(AZIENDA, datetime(2025, 3, 30, 2, 30)) == datetime(2025, 3, 31, 8)
    assert next_opening(AZIENDA, datetime(2025, 10, 26, 2, 30)) == datetime(2025, 10, 27, 8)
