"""The end of a call to the millisecond, its countdown over changes of the clocks, and rankings that tell equals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain.programmes import calls
from famdesk.domain.programmes.calls import Entry, Left, ranking
from famdesk.i18n import using

ROME = "Europe/Rome"
BARI = datetime(2021, 7, 8, 9)
"""The end of the call of Bari."""


def stamp(text: str) -> int:
    """The stamp of a moment as the clocks in Rome show it."""
    return calls.milliseconds(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ROME)))


def test_nine_o_clock_sharp_is_in_time_and_a_millisecond_later_is_late() -> None:
    assert not calls.is_late(stamp("2021-07-08T09:00:00.000"), BARI, ROME)
    assert calls.is_late(stamp("2021-07-08T09:00:00.001"), BARI, ROME)
    assert stamp("2021-07-08T09:00:00.000") == calls.milliseconds(datetime(2021, 7, 8, 7, tzinfo=UTC))


def test_a_stamp_is_cut_to_milliseconds_and_told_whole() -> None:
    assert calls.milliseconds(datetime(2021, 7, 8, 7, 0, 0, 999, tzinfo=UTC)) == calls.deadline_stamp(BARI, ROME)
    with using("it"):
        assert calls.stamp_text(stamp("2021-07-08T09:00:00.001"), ROME) == "08/07/2021, 9:00:00.001"


def test_an_hour_that_comes_twice_ends_the_second_time() -> None:
    end = datetime(2025, 10, 26, 2, 30)
    first, second = datetime(2025, 10, 26, 0, 30, tzinfo=UTC), datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
    assert not calls.is_late(calls.milliseconds(first), end, ROME)
    assert not calls.is_late(calls.milliseconds(second), end, ROME)
    assert calls.is_late(calls.milliseconds(second) + 1, end, ROME)


def test_without_an_end_nothing_is_late() -> None:
    assert not calls.is_late(stamp("2099-01-01T00:00"), None, ROME)


@pytest.mark.parametrize(("now", "end", "wanted"), [
    ("2021-07-06T06:00", BARI, Left(2, 3, 0)),
    ("2021-07-08T09:00:00.000", BARI, Left(0, 0, 0)),
    ("2021-07-08T09:00:00.001", BARI, Left(0, 0, 0, over=True)),
    ("2021-07-08T08:59:30", BARI, Left(0, 0, 0)),
    ("2021-07-09T10:30", BARI, Left(1, 1, 30, over=True)),
    # The clocks go forward on 30 March: ten hours pass from 22 to 9, and two days from 9 to 9.
    ("2025-03-29T22:00", datetime(2025, 3, 30, 9), Left(0, 10, 0)),
    ("2025-03-29T09:00", datetime(2025, 3, 31, 9), Left(2, 0, 0)),
    # They go back on 26 October: twelve hours.
    ("2025-10-25T22:00", datetime(2025, 10, 26, 9), Left(0, 12, 0)),
    ("2025-10-25T08:00", datetime(2025, 10, 27, 9), Left(2, 1, 0)),
])  # fmt: skip
def test_countdown(now: str, end: datetime, wanted: Left) -> None:
    assert calls.left(stamp(now), end, ROME) == wanted


def test_countdown_in_words() -> None:
    with using("en"):
        assert calls.left_text(Left(2, 3, 5)) == "2 days, 3 hours and 5 minutes left"
        assert calls.left_text(Left(0, 1, 0)) == "1 hour left"
        assert calls.left_text(Left(0, 0, 0)) == "Less than a minute left"
        assert calls.left_text(Left(1, 0, 5, over=True)) == "Ended 1 day and 5 minutes ago"
        assert calls.left_text(Left(0, 0, 0, over=True)) == "Ended less than a minute ago"


@given(st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31)), st.integers(0, 60 * 24 * 400))
def test_countdown_reaches_the_end(starts: datetime, minutes: int) -> None:
    """What is told, added to the clock that it began at, is the end."""
    begins = starts.replace(tzinfo=UTC)
    end = (begins + timedelta(minutes=minutes)).astimezone(ZoneInfo(ROME)).replace(tzinfo=None, second=0, microsecond=0)
    now = calls.milliseconds(begins)
    found = calls.left(now, end, ROME)
    assert 0 <= found.hours <= 25
    assert 0 <= found.minutes < 60
    there = begins.astimezone(ZoneInfo(ROME))
    told = (there + timedelta(days=found.days)).astimezone(UTC) + timedelta(hours=found.hours, minutes=found.minutes)
    if not found.over:
        assert abs(calls.milliseconds(told) - calls.deadline_stamp(end, ROME)) < 60_000


def entry(number: int, points: int | None, at: int = 0, *, below: bool = False) -> Entry:
    return Entry(str(number), number, at or number, points, below)


def told(*found: calls.Ranked) -> list[tuple[int, int | None, str]]:
    return [(one.number, one.rank, one.outcome) for one in found]


def test_equal_points_share_a_rank_and_are_told() -> None:
    found = ranking([entry(1, 7000), entry(2, 8000), entry(3, 7000), entry(4, 6000)])
    assert told(*found) == [(2, 1, "funded"), (1, 2, "funded"), (3, 2, "funded"), (4, 4, "funded")]
    assert [one.tied for one in found] == [(), (3,), (1,), ()]


def test_a_tie_at_the_last_place_is_never_settled_in_silence() -> None:
    entries = [entry(1, 7000), entry(2, 8000), entry(3, 7000), entry(4, 6000)]
    assert told(*ranking(entries, seats=2)) == [(2, 1, "funded"), (1, 2, "tie"), (3, 2, "tie"), (4, 4, "eligible")]
    settled = ranking(entries, seats=2, by_arrival=True)
    assert told(*settled) == [(2, 1, "funded"), (1, 2, "funded"), (3, 3, "eligible"), (4, 4, "eligible")]
    assert settled[1].tied == (3,)


def test_equal_stamps_stay_equal() -> None:
    found = ranking([entry(1, 7000, 5), entry(2, 7000, 5)], seats=1, by_arrival=True)
    assert told(*found) == [(1, 1, "tie"), (2, 1, "tie")]


def test_too_few_points_and_points_that_lack() -> None:
    entries = [entry(1, 5999), entry(2, 9000, below=True), entry(3, None), entry(4, 6000)]
    assert told(*ranking(entries, seats=5, least=6000)) == [
        (4, 1, "funded"), (1, None, "unfit"), (2, None, "unfit"), (3, None, "open"),
    ]  # fmt: skip


def test_without_criteria_the_order_of_arrival_counts() -> None:
    entries = calls.in_order_of_arrival([entry(1, None, 30), entry(2, None, 10)])
    assert told(*ranking(entries, seats=1, by_arrival=True)) == [(2, 1, "funded"), (1, 2, "eligible")]


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), max_size=12), st.integers(0, 12), st.booleans())
def test_no_more_are_taken_than_there_are_places(given_: list[tuple[int, int]], seats: int, by_arrival: bool) -> None:
    entries = [Entry(str(n), n, at, points) for n, (points, at) in enumerate(given_)]
    found = ranking(entries, seats=seats, by_arrival=by_arrival)
    assert len(found) == len(entries)
    funded = [one for one in found if one.outcome == "funded"]
    assert len(funded) <= seats
    ties = [one for one in found if one.outcome == "tie"]
    assert not ties or len(funded) + len(ties) > seats
    lowest = min((one.points or 0 for one in funded), default=0)
    assert all((one.points or 0) <= lowest for one in found if one.outcome != "funded") or not funded
