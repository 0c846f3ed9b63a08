"""Calendar files that mean harm, or were harmed: no crash, no standing still, no memory without bounds."""

from __future__ import annotations

from datetime import datetime

import pytest

from famdesk.domain.progress import Progress, Stopped
from famdesk.exchange import ics_lines, ics_read
from famdesk.exchange.ics_errors import LineLeftOut, OutOfRange, TooManyDates, TooManyLines
from tests.robustness.calendar_files import broken

WINDOW = ics_read.Window(datetime(2015, 1, 1), datetime(2027, 1, 1), datetime(2035, 1, 1))
START = "DTSTART:20250212T100000"


def _event(*lines: str) -> list[str]:
    return ["BEGIN:VEVENT", "UID:a", START, *lines, "END:VEVENT"]


def _read(*lines: str, progress: Progress | None = None) -> ics_read.CalendarFile:
    text = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""])
    return ics_read.read(text.encode(), "Europe/Rome", WINDOW, progress)


def test_files_broken_at_random_are_read_or_refused_in_words() -> None:
    assert [(one.seed, one.problem) for one in broken(1, 120) if one.problem] == []


def test_components_in_each_other_without_end_cost_no_more_than_their_lines() -> None:
    begins, ends = [f"BEGIN:X{n}" for n in range(200_000)], [f"END:X{n}" for n in range(200_000)]
    (event,) = _read(*_event(*begins, *ends)).events
    assert "BEGIN:X" not in event.told.source, "half of them would be no component any more"


def test_a_file_of_too_many_lines_is_taken_as_far_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_lines, "MOST_LINES", 10)
    found = _read(*_event(), *_event(), *_event())
    assert len(found.events) == 1
    assert [(type(one.error), one.line) for one in found.refused if not one.hint][-1:] == [(TooManyLines, 11)]


def test_of_components_without_end_no_more_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_lines, "MOST_BLOCKS", 2)
    found = _read(*["BEGIN:VTODO", "END:VTODO"] * 5)
    assert [type(one.error) for one in found.refused].count(TooManyLines) == 1
    assert len(found.refused) == 3


def test_dates_left_out_line_by_line_are_counted_before_the_library_sees_them() -> None:
    found = _read(*_event("RRULE:FREQ=DAILY", *["EXDATE:20250301T100000"] * 6000))
    assert [type(one.error) for one in found.refused] == [TooManyDates]


def test_of_an_event_full_of_rubbish_the_first_lines_are_told() -> None:
    found = _read(*_event(*["rubbish"] * 5000))
    assert [type(one.error) for one in found.refused] == [LineLeftOut] * ics_read.HINTS_EACH


@pytest.mark.parametrize("more", ["RDATE:20250101T000000", "X-NOTE:" + "x" * 60])
def test_a_zone_that_is_far_too_long_is_not_worked_out(more: str) -> None:
    lines = ["DTSTART:19700101T000000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", *[more] * 3000]
    zone = ["BEGIN:VTIMEZONE", "TZID:A", "BEGIN:STANDARD", *lines, "END:STANDARD", "END:VTIMEZONE"]
    found = _read(*zone, *_event())
    assert [one.error.sentence() for one in found.refused] == [
        "Line 2: this description of a time zone cannot be understood."
    ]
    assert len(found.events) == 1


def test_a_year_9999_as_an_end_is_none() -> None:
    for until in ("99991231T235959Z", "99991231T000000"):
        (event,) = _read(*_event(f"RRULE:FREQ=WEEKLY;UNTIL={until}")).events
        assert (event.endless, event.rule, event.dates[-1].starts.year) == (True, "FREQ=WEEKLY", 2026)


@pytest.mark.parametrize(
    "which", ["RECURRENCE-ID:00010101T000000", "RECURRENCE-ID;RANGE=THISANDFUTURE:99991231T000000"]
)
def test_a_date_that_was_thousands_of_years_away_is_refused(which: str) -> None:
    found = _read(*_event("RRULE:FREQ=DAILY;COUNT=3"), *_event(which))
    assert [type(one.error) for one in found.refused] == [OutOfRange]
    assert [len(one.dates) for one in found.events] == [3]


def test_the_lines_are_read_no_further_once_it_is_stopped() -> None:
    progress = Progress()
    progress.stop()
    with pytest.raises(Stopped):
        _read(*_event(), progress=progress)
