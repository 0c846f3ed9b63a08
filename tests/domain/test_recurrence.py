"""Rules of series: their text, and their starts held against dateutil, an expander of others."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, example, given
from hypothesis import strategies as st

from famdesk.domain.calendar import recurrence
from famdesk.domain.calendar.calendar import exists
from famdesk.domain.calendar.recurrence import BadRule, Rule, TooOften, Weekday, parse, starts

LEAP = datetime(2024, 2, 29, 18)
SPRING = datetime(2025, 3, 2, 2, 30)
AUTUMN = datetime(2025, 9, 28, 2, 30)


def listed(text: str, first: datetime, until: date | datetime) -> list[str]:
    return [f"{start:%Y-%m-%d %H:%M}" for start in starts(parse(text), first, until)]


def others(text: str, first: datetime, last: datetime) -> list[datetime]:
    """What dateutil gives."""
    return list(rrulestr(f"{text};UNTIL={last:%Y%m%dT%H%M%S}" if "UNTIL" not in text else text, dtstart=first))


@pytest.mark.parametrize(
    ("text", "first", "until", "days"),
    [
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;COUNT=5", datetime(2025, 2, 13, 18), date(2030, 1, 1),
         ["2025-02-13", "2025-02-27", "2025-03-13", "2025-03-27", "2025-04-10"]),
        ("FREQ=MONTHLY;BYDAY=5TH", datetime(2025, 1, 30, 18), date(2025, 12, 31),
         ["2025-01-30", "2025-05-29", "2025-07-31", "2025-10-30"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", datetime(2025, 1, 31, 9), date(2025, 6, 1),
         ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-30"]),
        ("FREQ=MONTHLY;BYDAY=-1WE", datetime(2025, 1, 29, 9), date(2025, 5, 1),
         ["2025-01-29", "2025-02-26", "2025-03-26", "2025-04-30"]),
        ("FREQ=MONTHLY", datetime(2025, 1, 30, 9), date(2025, 4, 30), ["2025-01-30", "2025-03-30", "2025-04-30"]),
        ("FREQ=YEARLY", LEAP, date(2033, 1, 1), ["2024-02-29", "2028-02-29", "2032-02-29"]),
        ("FREQ=DAILY;UNTIL=20250302", datetime(2025, 2, 27, 23, 30), date(2026, 1, 1),
         ["2025-02-27", "2025-02-28", "2025-03-01", "2025-03-02"]),
        ("FREQ=MONTHLY;BYDAY=MO,2TU", datetime(2025, 6, 1, 9), date(2025, 6, 30),
         ["2025-06-02", "2025-06-09", "2025-06-10", "2025-06-16", "2025-06-23", "2025-06-30"]),
        ("FREQ=WEEKLY;BYDAY=MO", datetime(2025, 2, 13, 18), date(2025, 2, 24), ["2025-02-17", "2025-02-24"]),
    ],
)  # fmt: skip
def test_days_of_a_rule(text: str, first: datetime, until: date, days: list[str]) -> None:
    assert [start.date().isoformat() for start in starts(parse(text), first, until)] == days
    assert {start.time() for start in starts(parse(text), first, until)} == {first.time()}


@pytest.mark.parametrize("text", ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYDAY=MO;BYSETPOS=60",
                                  "FREQ=MONTHLY;INTERVAL=100000"])  # fmt: skip
def test_a_rule_that_never_comes_again_ends(text: str) -> None:
    assert starts(parse(text), datetime(2025, 2, 28, 9), date(2075, 1, 1))[1:] == []


def test_end_of_time_is_no_trouble() -> None:
    assert starts(parse("FREQ=WEEKLY"), datetime(9999, 12, 20, 9), date.max) == [
        datetime(9999, 12, 20, 9), datetime(9999, 12, 27, 9),
    ]  # fmt: skip
    assert len(starts(parse("FREQ=YEARLY;BYWEEKNO=-1"), datetime(9999, 1, 1), date.max)) > 0


def test_the_hour_stays_when_the_clocks_change() -> None:
    assert listed("FREQ=WEEKLY;COUNT=3", datetime(2025, 3, 23, 18), date(2026, 1, 1)) == [
        "2025-03-23 18:00", "2025-03-30 18:00", "2025-04-06 18:00",
    ]  # fmt: skip
    assert listed("FREQ=WEEKLY;COUNT=2", datetime(2025, 10, 19, 2, 30), date(2026, 1, 1)) == [
        "2025-10-19 02:30", "2025-10-26 02:30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "kept"),
    [
        (datetime(2025, 3, 30, 2, 0), datetime(2025, 3, 30, 3, 0)),
        (datetime(2025, 3, 30, 2, 59), datetime(2025, 3, 30, 3, 0)),
        (datetime(2025, 3, 30, 1, 59), datetime(2025, 3, 30, 1, 59)),
        (datetime(2025, 10, 26, 2, 30), datetime(2025, 10, 26, 2, 30)),
    ],
)
def test_a_time_that_does_not_exist_is_kept_on_its_day(moment: datetime, kept: datetime) -> None:
    assert recurrence.existing(moment) == kept
    assert exists(kept)


@pytest.mark.parametrize(
    "text",
    [
        "", "FREQ=HOURLY", "FREQ=SECONDLY;COUNT=3", "INTERVAL=2", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20250101", "FREQ=WEEKLY;FREQ=DAILY", "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=DAILY;BYSECOND=30", "FREQ=DAILY;UNTIL=2025", "FREQ=DAILY;X=1",
        "FREQ=YEARLY;RSCALE=CHINESE", "FREQ=DAILY;COUNT=" + "9" * 5000, "FREQ=DAILY;BYDAY=-99MO",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(BadRule) as caught:
        parse(text)
    assert caught.value.field == "rule"
    assert len(caught.value.params["part"]) <= 60


def test_until_in_utc_is_read_and_written_as_wall_time() -> None:
    rule = parse("RRULE:freq=weekly;until=20250701T160000Z")
    assert rule.until == datetime(2025, 7, 1, 18)
    assert recurrence.text(rule) == "FREQ=WEEKLY;UNTIL=20250701T180000"
    assert recurrence.text(rule, "Europe/Rome") == "FREQ=WEEKLY;UNTIL=20250701T160000Z"


def test_more_than_can_be_kept_is_refused() -> None:
    with pytest.raises(TooOften):
        starts(parse("FREQ=DAILY;BYHOUR=8,9,10,11;BYMINUTE=0,15,30,45"), datetime(2025, 1, 1, 8), date(2035, 1, 1))


# --- against dateutil ------------------------------------------------------------------------------------------------

FIRSTS = st.one_of(
    st.sampled_from([LEAP, SPRING, AUTUMN, datetime(2025, 1, 30, 0, 0), datetime(2025, 5, 29, 18),
                     datetime(2025, 10, 19, 2, 30), datetime(2024, 12, 30, 23, 59)]),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 12, 31)).map(lambda at: at.replace(second=0, microsecond=0)),
)  # fmt: skip


def some(least: int, most: int, *, negative: bool = False) -> st.SearchStrategy[tuple[int, ...]]:
    numbers = st.integers(least, most)
    if negative:
        numbers = st.one_of(numbers, numbers.map(lambda number: -number))
    return st.lists(numbers, max_size=3, unique=True).map(sorted).map(tuple)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Rules as RFC 5545 allows them: numbered weekdays only by month or year and not mixed with plain ones, which
    dateutil reads in another way, week numbers and days of the year only by year."""
    frequency = draw(st.sampled_from(recurrence.FREQUENCIES))
    months = draw(some(1, 12))
    nths: st.SearchStrategy[int | None] = st.none()
    if frequency == "monthly" or (frequency == "yearly" and months):
        nths = st.one_of(st.none(), st.sampled_from([1, 2, 3, 4, 5, -1, -2, -5]))
    elif frequency == "yearly":
        nths = st.one_of(st.none(), st.sampled_from([1, 20, 53, -1, -53]))
    weekdays = draw(st.lists(st.builds(Weekday, st.integers(1, 7), nths), max_size=3, unique=True))
    assume(len({one.nth is None for one in weekdays}) < 2)
    yearly = frequency == "yearly"
    numbered = any(one.nth for one in weekdays)
    by_set = bool(weekdays or months)
    return Rule(
        frequency, draw(st.integers(1, 5)), tuple(weekdays),
        draw(some(1, 31, negative=True)) if frequency != "weekly" else (), months,
        draw(some(1, 366, negative=True)) if yearly else (),
        draw(some(1, 53, negative=True)) if yearly and not numbered else (),
        draw(some(1, 6, negative=True)) if by_set else (),
        draw(some(0, 23)), draw(some(0, 59)),
        week_start=draw(st.integers(1, 7)),
    )  # fmt: skip


@pytest.mark.slow
@given(rules(), FIRSTS, st.one_of(st.none(), st.integers(1, 40)))
@example(parse("FREQ=MONTHLY;BYDAY=5TH"), datetime(2025, 1, 30, 18), None)
@example(parse("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"), datetime(2025, 1, 31, 9), 30)
@example(parse("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"), LEAP, None)
@example(parse("FREQ=DAILY;INTERVAL=7"), SPRING, None)
@example(parse("FREQ=WEEKLY;BYDAY=SU"), AUTUMN, 5)
def test_starts_are_those_of_dateutil(rule: Rule, first: datetime, count: int | None) -> None:
    last = first + timedelta(days=1100)
    found = starts(rule, first, last)
    # A day that never comes: dateutil counts every day to the year 9999, 120 seconds of them in a bad run.
    assume(found or rule.frequency in ("yearly", "monthly"))
    assert found == others(recurrence.text(rule), first, last)
    if count is not None:
        counted = Rule(**{**{name: getattr(rule, name) for name in Rule.__slots__}, "count": count})
        assert starts(counted, first, last) == found[:count]


@given(rules(), FIRSTS, st.dates(date(2020, 1, 1), date(2033, 1, 1)))
def test_until_takes_the_whole_day_in(rule: Rule, first: datetime, day: date) -> None:
    until = datetime.combine(day, time(23, 59))
    ended = Rule(**{**{name: getattr(rule, name) for name in Rule.__slots__}, "until": until})
    found = starts(ended, first, first + timedelta(days=1100))
    assert found == starts(rule, first, min(until, first + timedelta(days=1100)))
    assert all(a < b for a, b in pairwise(found))


@given(rules(), st.one_of(st.none(), st.integers(1, 500)), st.booleans())
def test_text_of_a_rule_reads_as_the_same_rule(rule: Rule, count: int | None, ends: bool) -> None:
    until = datetime(2030, 10, 27, 1, 30) if ends and count is None else None
    whole = Rule(**{**{name: getattr(rule, name) for name in Rule.__slots__}, "count": count, "until": until})
    assert parse(recurrence.text(whole)) == whole
    assert parse(recurrence.text(whole, "Europe/Rome")) == whole
