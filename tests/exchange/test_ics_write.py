"""Calendar files that go out: what is in them, and that others can read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain.calendar.calendar_file import CANCELLED, Entry
from famdesk.exchange import ics_write

STAMP = datetime(2025, 2, 1, 12, tzinfo=UTC)
ENTRY = Entry("one@famdesk", datetime(2025, 2, 12, 10), datetime(2025, 2, 12, 11), "Colloquio")


def _event(entry: Entry, **options: str) -> icalendar.Event:
    calendar = icalendar.Calendar.from_ical(ics_write.single(entry, stamp=STAMP, **options))
    assert not calendar.errors
    (event,) = calendar.events
    assert not event.errors
    return event


def test_a_single_appointment() -> None:
    event = _event(ENTRY)
    assert (event.uid, str(event["SUMMARY"])) == ("one@famdesk", "Colloquio")
    assert event.start.isoformat() == "2025-02-12T10:00:00+01:00"
    assert event.end.isoformat() == "2025-02-12T11:00:00+01:00"
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)


def test_the_method_is_the_one_asked_for_and_a_cancelled_one_is_taken_back() -> None:
    assert b"METHOD:REQUEST\r\n" in ics_write.single(ENTRY, "REQUEST")
    gone = ics_write.single(replace(ENTRY, status=CANCELLED))
    assert b"METHOD:CANCEL\r\n" in gone
    assert b"STATUS:CANCELLED\r\n" in gone
    assert b"METHOD" not in ics_write.calendar((ENTRY,), method="")


def test_a_whole_day_is_a_day_without_a_zone() -> None:
    event = _event(replace(ENTRY, starts=datetime(2025, 2, 12), ends=datetime(2025, 2, 14), all_day=True))
    assert (event.start.isoformat(), event.end.isoformat()) == ("2025-02-12", "2025-02-14")
    assert b"VTIMEZONE" not in ics_write.single(replace(ENTRY, all_day=True))


def test_a_series_with_what_is_left_out_and_what_comes_on_top() -> None:
    event = _event(
        replace(ENTRY, rule="FREQ=WEEKLY;COUNT=5", left_out=(datetime(2025, 2, 19, 10),),
                more=(datetime(2025, 3, 1, 9), datetime(2025, 3, 2, 9)))
    )  # fmt: skip
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;COUNT=5"
    assert event["EXDATE"].dts[0].dt.isoformat() == "2025-02-19T10:00:00+01:00"
    assert [one.dts[0].dt.day for one in event["RDATE"]] == [1, 2]


def test_a_date_of_a_series_that_was_moved_says_which() -> None:
    event = _event(replace(ENTRY, original=datetime(2025, 2, 11, 10)))
    assert event["RECURRENCE-ID"].dt.isoformat() == "2025-02-11T10:00:00+01:00"


@pytest.mark.parametrize(("zone", "first"), [
    ("Europe/Rome", 2025), ("Europe/Rome", 1980), ("Europe/Dublin", 2025), ("America/New_York", 2025), ("UTC", 2025),
    ("Africa/Tunis", 2025),
])  # fmt: skip
def test_the_zone_says_what_the_clocks_of_the_place_say(zone: str, first: int) -> None:
    from zoneinfo import ZoneInfo

    from famdesk.exchange.ics_zone import timezone_lines

    written = icalendar.Timezone.from_ical("\r\n".join([*timezone_lines(zone, first), ""]))
    there = written.to_tz(lookup_tzid=False)
    for year in range(first, first + 10):
        for month in range(1, 13):
            for day in (1, 15, 28):
                moment = datetime(year, month, day, 12)
                assert moment.replace(tzinfo=there).utcoffset() == moment.replace(tzinfo=ZoneInfo(zone)).utcoffset()


def test_lines_kept_from_another_program_go_back() -> None:
    event = _event(replace(ENTRY, kept=("X-APPLE-MOOD;X-A=b:calm", "CATEGORIES:Familie,Kinder")))
    assert str(event["X-APPLE-MOOD"]) == "calm"
    assert event.categories == ["Familie", "Kinder"]


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_comes_back_and_no_line_is_too_long(summary: str, description: str) -> None:
    data = ics_write.single(replace(ENTRY, summary=summary, description=description), stamp=STAMP)
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= ics_write.FOLD
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode()
    (event,) = icalendar.Calendar.from_ical(data).events
    flat = summary.replace("\r\n", "\n").replace("\r", "\n")
    assert str(event["SUMMARY"]) == ics_write._UNSEEN.sub("", flat)
