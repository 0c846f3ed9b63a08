"""Calendar files that come in: whatever the bytes are, events are taken or refused with their line."""

from __future__ import annotations

import warnings
from collections import Counter
from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar.timezone import tzp

from famdesk.domain.calendar.calendar_file import CalendarFile, Occurrence, lines_kept
from famdesk.domain.progress import Progress, Stopped
from famdesk.exchange import ics_lines, ics_read, ics_rules
from famdesk.exchange.ics_errors import IcsError, NotACalendar, TooLargeFile, TooManyDates, TooMuchWork
from tests.support.ics_texts import TEXTS, WEEKLY, Text, whole

ROME = "Europe/Rome"
WINDOW = ics_read.Window(datetime(2024, 1, 1), datetime(2027, 1, 1), datetime(2027, 1, 1))


def _read(text: str | bytes) -> CalendarFile:
    return ics_read.read(text.encode() if isinstance(text, str) else text, ROME, WINDOW)


def _shown(one: Occurrence) -> str:
    end = one.ends.isoformat(timespec="minutes")
    return f"{one.starts.isoformat(timespec='minutes')}/{end[11:] if one.ends.date() == one.starts.date() else end}"


@pytest.mark.parametrize("name", TEXTS)
def test_every_class_of_events(name: str) -> None:
    text = TEXTS[name]
    found = _read(whole(text))
    assert tuple(_shown(one) for event in found.events for one in event.dates) == text.dates
    assert tuple(type(one.error).__name__ for one in found.refused) == text.refused
    lines = whole(text).count("\r\n")
    assert all(0 < one.line <= lines and one.error.sentence() for one in found.refused)


def _wall(moment: date) -> datetime:
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day)
    return moment if moment.tzinfo is None else moment.astimezone(ZoneInfo(ROME)).replace(tzinfo=None)


@pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if text.dates and not text.refused])
def test_the_dates_are_those_of_the_library(name: str) -> None:
    tzp.use_default()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            calendar = icalendar.Calendar.from_ical(whole(TEXTS[name]))
            theirs = recurring_ical_events.of(calendar).between(datetime(2024, 1, 1), datetime(2027, 1, 1))
        except (icalendar.error.BrokenCalendarProperty, recurring_ical_events.BadRuleStringFormat):
            assert name in {"an empty EXDATE", "a count below nothing"}  # left out instead of the whole event
            return
    ours = sorted((one.starts, one.ends) for event in _read(whole(TEXTS[name])).events for one in event.dates)
    if name == "the night the clocks go back":
        assert ours == [(datetime(2025, 10, 26, 2, 30), datetime(2025, 10, 26, 3, 10))]  # never before its start
    else:
        assert ours == sorted((_wall(one["DTSTART"].dt), _wall(one["DTEND"].dt)) for one in theirs)


def test_the_texts_of_an_event() -> None:
    lines = ("DTSTART:20250212T100000", 'SUMMARY;LANGUAGE=it;X-A="b:c":Riunione\\, sala\\; due\\nrighe',
             "LOCATION:Via Roma", "DESCRIPTION:lun", " go", "STATUS:TENTATIVE", "TRANSP:TRANSPARENT")  # fmt: skip
    found = _read(whole(Text("\n".join(lines))))
    told = found.events[0].told
    assert told.summary == "Riunione, sala; due\nrighe"
    assert (told.location, told.description, told.status, told.transparent) == ("Via Roma", "lungo", "TENTATIVE", True)


def test_what_is_not_known_is_kept_as_it_stands() -> None:
    lines = ("DTSTART:20250212T100000", "X-MOOD;A=b:calm", "ATTENDEE;CN=Anna:mailto:a@example.it", "BEGIN:VALARM",
             "TRIGGER:-PT15M", "END:VALARM")  # fmt: skip
    source = _read(whole(Text("\n".join(lines)))).events[0].told.source
    assert lines_kept(source) == ("X-MOOD;A=b:calm", "ATTENDEE;CN=Anna:mailto:a@example.it", *lines[3:])


def test_a_picture_is_not_kept() -> None:
    source = _read(whole(Text("DTSTART:20250212T100000\nATTACH:" + "a" * 9000))).events[0].told.source
    assert lines_kept(source) == ()


@pytest.mark.parametrize(("rule", "zone", "kept"), [
    ("FREQ=WEEKLY;COUNT=3", ROME, "FREQ=WEEKLY;COUNT=3"),
    ("FREQ=WEEKLY;UNTIL=20250403T160000Z;BYDAY=TH", ROME, "FREQ=WEEKLY;BYDAY=TH;UNTIL=20250403T180000"),
    ("FREQ=WEEKLY;UNTIL=20250403", "Europe/Berlin", "FREQ=WEEKLY;UNTIL=20250403"),
    ("FREQ=WEEKLY;COUNT=3", "America/New_York", None),
    ("FREQ=WEEKLY", ROME, "FREQ=WEEKLY"),
])  # fmt: skip
def test_the_rule_in_the_centres_time(rule: str, zone: str, kept: str | None) -> None:
    event = _read(whole(Text(f"DTSTART;TZID={zone}:20250320T180000\nRRULE:{rule}"))).events[0]
    assert (event.rule, event.repeats, event.endless) == (kept, True, rule == "FREQ=WEEKLY")


def test_endless_rules_end_at_the_window_and_others_at_the_furthest_day() -> None:
    window = ics_read.Window(datetime(2025, 1, 1), datetime(2025, 2, 1), datetime(2026, 1, 1))
    text = "DTSTART:20250101T100000\nRRULE:FREQ=WEEKLY"
    endless = ics_read.read(whole(Text(text)).encode(), ROME, window)
    ending = ics_read.read(whole(Text(text + ";UNTIL=20260601T000000Z")).encode(), ROME, window)
    assert (len(endless.events[0].dates), len(ending.events[0].dates)) == (5, 53)


def test_a_date_moved_knows_where_it_was() -> None:
    dates = _read(whole(TEXTS["this one and all after it moved"])).events[0].dates
    assert [(one.original.day, one.starts.hour, one.apart) for one in dates] == [(20, 18, False), (27, 19, True),
                                                                                (3, 19, True)]  # fmt: skip


def test_an_event_without_an_identity_gets_the_same_one_each_time() -> None:
    text = "BEGIN:VEVENT\nDTSTAMP:{}\nDTSTART:20250212T100000\nSUMMARY:a\nEND:VEVENT"
    first, second = (
        _read(whole(Text(text.format(at)))).events[0].uid for at in ("20250101T000000Z", "20250102T000000Z")
    )
    assert first == second
    assert first.endswith("@famdesk")


def test_the_zones_of_one_file_are_not_those_of_the_next() -> None:
    own = whole(TEXTS["a zone of the file's own"])
    other = own.replace("TZOFFSETTO:-0500", "TZOFFSETTO:-0600").replace("TZOFFSETFROM:-0500", "TZOFFSETFROM:-0600")
    assert [_shown(_read(text).events[0].dates[0])[11:16] for text in (own, other, own)] == ["16:00", "17:00", "16:00"]


@pytest.mark.parametrize("ends", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_other_line_ends_and_encodings(ends: str, encoding: str) -> None:
    text = whole(Text("DTSTART:20250212T100000\nSUMMARY:Caffè")).replace("\r\n", ends)
    assert _read(text.encode(encoding)).events[0].told.summary == "Caffè"


HARD = "DTSTART:19700101T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29"
ENDLESS = "DTSTART:20230101T100000\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYHOUR=8,9,10;BYMINUTE=0,15,30,45"


def _many(*lines: str) -> CalendarFile:
    return _read(whole(Text("\n".join(
        f"BEGIN:VEVENT\nUID:{number}\n{text}\nEND:VEVENT" for number, text in enumerate(lines)
    ))))  # fmt: skip


def test_so_many_hard_rules_are_refused_by_line_and_what_is_easy_is_still_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ics_rules, "MOST_WORK", 12_000)
    found = _many(HARD, HARD, HARD, HARD, HARD, "DTSTART:20250212T100000\nRRULE:FREQ=WEEKLY;COUNT=3")
    assert [event.uid for event in found.events] == ["0", "1", "2", "5"]
    assert [(one.line, type(one.error)) for one in found.refused] == [(22, TooMuchWork), (28, TooMuchWork)]
    assert found.refused[0].error.sentence().startswith("Line 22: with the repetitions before it")


def test_rules_that_are_refused_have_cost_their_work_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ics_rules, "MOST_WORK", 40_000)
    kinds = [type(one.error) for one in _many(ENDLESS, ENDLESS, ENDLESS, ENDLESS).refused]
    assert kinds[0] is TooManyDates
    assert kinds[-1] is TooMuchWork


def test_reading_tells_how_far_it_is_and_can_be_stopped() -> None:
    text = whole(Text("\n".join(f"BEGIN:VEVENT\nUID:{n}\nDTSTART:20250212T100000\nEND:VEVENT" for n in range(9))))

    class Watched(Progress):
        told: ClassVar[list[float]] = []

        def step(self, done: int = 0, of: int = 1) -> None:
            super().step(done, of)
            self.told.append(self.share)
            if len(self.told) == 12:
                self.stop()

    with pytest.raises(Stopped):
        ics_read.read(text.encode(), ROME, WINDOW, Watched())
    assert Watched.told == sorted(Watched.told)
    assert 0.5 <= Watched.told[-1] < 1


@pytest.mark.parametrize("data", [b"", b"\x00" * 100, b"PK\x03\x04", b"BEGIN:VCARD\r\nEND:VCARD\r\n"])
def test_what_is_no_calendar(data: bytes) -> None:
    with pytest.raises(NotACalendar):
        _read(data)


def test_what_is_too_large() -> None:
    with pytest.raises(TooLargeFile):
        _read(b" " * (ics_lines.LARGEST + 1))


PIECES = st.sampled_from([
    "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "BEGIN:VTIMEZONE",
    "END:VTIMEZONE", "BEGIN:DAYLIGHT", "END:DAYLIGHT", "TZID:a", "TZOFFSETFROM:+0100", "TZOFFSETTO:+9900", "UID:a",
    "DTSTART;TZID=a:20250101T000000", "DTSTART:20250101T000000Z", "DTSTART;VALUE=DATE:20250101", "DTSTART:99991231",
    "DTEND:20250101T010000", "DTEND;VALUE=DATE:20240101", "DURATION:-P1D", "DURATION:PT1H", "RRULE:FREQ=DAILY",
    "RRULE:FREQ=SECONDLY;INTERVAL=0", "RRULE:FREQ=YEARLY;BYMONTH=13", "RRULE:FREQ=WEEKLY;COUNT=99999999999",
    "RRULE:FREQ=MONTHLY;BYDAY=9XX", "RRULE:FREQ=HOURLY;INTERVAL=24;BYHOUR=5", "RRULE:FREQ=DAILY;UNTIL=x",
    "RRULE:FREQ=YEARLY;BYDAY=53MO;BYSETPOS=400;UNTIL=99991231T235959Z", "RDATE:20250103,20250104T000000Z",
    "RDATE;VALUE=PERIOD:20250103T000000Z/20250102T000000Z", "EXDATE:20250102T000000", "EXDATE;VALUE=DATE:20250102",
    "RECURRENCE-ID:20250102T000000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20250102", "SEQUENCE:x",
    "X-WR-TIMEZONE:Nowhere", "SUMMARY:a", " folded", "", ":", ";", "A;B", 'A;B="c:d',
])  # fmt: skip


def _whatever(data: bytes) -> None:
    try:
        found = _read(data)
    except IcsError:
        return
    assert all(one.error.sentence() for one in found.refused)
    for event in found.events:
        assert event.starts <= event.ends
        assert all(one.starts <= one.ends for one in event.dates)
        assert len(event.dates) <= ics_read.MOST_DATES


@given(st.lists(PIECES, max_size=40))
@settings(deadline=None, max_examples=300)
def test_no_mixture_of_lines_is_a_crash(pieces: list[str]) -> None:
    _whatever("\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART:20250101T000000", *pieces]).encode())
    _whatever("\r\n".join(["BEGIN:VEVENT", *pieces, "END:VEVENT"]).encode())


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_no_bytes_are_a_crash(data: bytes) -> None:
    _whatever(data)
    _whatever(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20250101\r\n" + data + b"\r\nEND:VEVENT\r\n")


@given(st.sampled_from(sorted(TEXTS)), st.integers(0, 2000), st.binary(max_size=3))
@settings(deadline=None, max_examples=300)
def test_no_damage_is_a_crash(name: str, place: int, patch: bytes) -> None:
    data = whole(TEXTS[name]).encode()
    place %= len(data)
    _whatever(data[:place] + patch + data[place + len(patch) + 1 :])


def test_many_events_are_all_there() -> None:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}\r\nDTSTART:20250212T{n % 24:02}0000\r\nEND:VEVENT\r\n" for n in range(2000)
    )
    found = _read(f"BEGIN:VCALENDAR\r\n{events}END:VCALENDAR\r\n")
    assert Counter(len(event.dates) for event in found.events) == {1: 2000}


def test_a_count_that_is_never_reached_and_one_that_is() -> None:
    rules = {"FREQ=MONTHLY;BYMONTHDAY=31;COUNT=7": 7, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=7": 1}
    for rule, count in rules.items():
        found = _read(whole(Text(WEEKLY.replace("FREQ=WEEKLY;COUNT=3", rule).replace("0320T", "0331T"))))
        assert sum(len(event.dates) for event in found.events) == count
