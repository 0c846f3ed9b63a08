from __future__ import annotations

import itertools
import time as clock
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain import codes
from famdesk.domain.calendar.calendar import (
    OCCUPYING,
    TRANSITIONS,
    EndsBeforeStart,
    Interval,
    StateNotAllowed,
    check_transition,
    conflicts,
    exists,
    free_gap,
    lanes,
    merged,
    next_states,
    overlapping,
    week_start,
)

DAY = datetime(2025, 2, 6)


def at(minutes: int) -> datetime:
    return DAY + timedelta(minutes=minutes)


def span(starts: int, ends: int) -> Interval:
    """An interval in minutes after midnight."""
    return Interval(at(starts), at(ends))


SPANS = st.tuples(st.integers(0, 60), st.integers(1, 30)).map(lambda pair: span(pair[0], pair[0] + pair[1]))


def covered(intervals: tuple[Interval, ...] | list[Interval]) -> set[int]:
    return {minute for minute in range(120) if any(interval.holds(at(minute)) for interval in intervals)}


def test_an_interval_lasts_some_time() -> None:
    assert span(60, 150).minutes == 90
    with pytest.raises(EndsBeforeStart) as caught:
        span(60, 60)
    assert caught.value.field == "ends"


def test_touching_intervals_do_not_overlap() -> None:
    assert not overlapping(span(60, 120), span(120, 180))
    assert overlapping(span(60, 121), span(120, 180))
    assert span(60, 120).holds(at(60))
    assert not span(60, 120).holds(at(120))


def test_conflicts_come_in_the_order_of_time() -> None:
    late, early, free = span(110, 130), span(30, 70), span(120, 200)
    assert conflicts(span(60, 120), [late, free, early]) == (early, late)
    assert conflicts(span(0, 10), [late, free, early]) == ()


@given(SPANS, SPANS)
def test_overlapping_means_a_common_minute(a: Interval, b: Interval) -> None:
    assert overlapping(a, b) == overlapping(b, a) == bool(covered([a]) & covered([b]))


@given(st.lists(SPANS))
def test_merging_keeps_every_minute_and_leaves_gaps_between(intervals: list[Interval]) -> None:
    found = merged(intervals)
    assert covered(found) == covered(intervals)
    assert all(a.ends < b.starts for a, b in itertools.pairwise(found))
    assert merged(found) == found


@given(st.lists(SPANS))
def test_lanes_part_what_overlaps_with_the_fewest_columns(items: list[Interval]) -> None:
    placed = lanes(items)
    assert len(placed) == len(items)
    for n, (item, lane) in enumerate(zip(items, placed)):
        assert 0 <= lane.lane < lane.lanes
        for other, other_lane in zip(items[:n], placed[:n]):
            if overlapping(item, other):
                assert lane.lane != other_lane.lane
                assert lane.lanes == other_lane.lanes
    clique = max((sum(item.holds(at(minute)) for item in items) for minute in range(120)), default=0)
    assert max((lane.lanes for lane in placed), default=0) == clique


def test_lanes_of_items_that_hang_together_only_by_a_third() -> None:
    placed = lanes([span(0, 30), span(20, 60), span(40, 90), span(90, 100)])
    assert [(lane.lane, lane.lanes) for lane in placed] == [(0, 2), (1, 2), (0, 2), (0, 1)]


def test_of_items_that_start_together_the_longer_stands_left() -> None:
    assert [lane.lane for lane in lanes([span(0, 10), span(0, 50)])] == [1, 0]


def test_a_thousand_items_are_placed_at_once() -> None:
    items = [span(n % 700, n % 700 + 20 + n % 40) for n in range(1000)]
    before = clock.thread_time()
    placed = lanes(items)
    assert clock.thread_time() - before < 0.5
    assert max(lane.lanes for lane in placed) < 100


def test_free_gap_takes_the_first_place_that_is_long_enough() -> None:
    openings = [span(17 * 60, 19 * 60), span(8 * 60, 9 * 60)]
    taken = [span(8 * 60, 8 * 60 + 40), span(17 * 60 + 20, 17 * 60 + 43)]
    assert free_gap(20, openings, taken, at(0)) == at(8 * 60 + 40)
    assert free_gap(30, openings, taken, at(0)) == at(17 * 60 + 45)
    assert free_gap(20, openings, taken, at(8 * 60 + 45)) == at(17 * 60)
    assert free_gap(75, openings, taken, at(0), step=15) == at(17 * 60 + 45)
    assert free_gap(80, openings, taken, at(0)) is None
    assert free_gap(10, openings, taken, at(19 * 60)) is None
    assert free_gap(10, [], taken, at(0)) is None


def test_free_gap_starts_on_the_step_even_between_seconds() -> None:
    assert free_gap(10, [span(0, 60)], [], at(7) + timedelta(seconds=1), step=5) == at(10)
    assert free_gap(10, [span(0, 60)], [], at(10), step=5) == at(10)


@given(st.integers(1, 40), st.lists(SPANS), st.lists(SPANS), st.integers(0, 60))
def test_free_gap_finds_what_a_search_minute_by_minute_finds(
    minutes: int, openings: list[Interval], taken: list[Interval], after: int
) -> None:
    free = covered(merged(openings)) - covered(taken)
    starts = (start for start in range(after, 120) if set(range(start, start + minutes)) <= free)
    first = next(starts, None)
    assert free_gap(minutes, openings, taken, at(after), step=1) == (None if first is None else at(first))


def test_states_have_words_and_ways_on() -> None:
    assert set(TRANSITIONS) == set(codes.codes(codes.APPOINTMENT_STATES))
    assert {wanted for ways in TRANSITIONS.values() for wanted in ways} == set(TRANSITIONS)
    assert set(OCCUPYING) < set(TRANSITIONS)
    assert next_states("planned")[0] == "confirmed"
    assert next_states("from a newer version") == ()


@pytest.mark.parametrize(("state", "wanted"), [("planned", "arrived"), ("no_show", "arrived"), ("done", "done")])
def test_allowed_changes_of_state_pass(state: str, wanted: str) -> None:
    check_transition(state, wanted)


@pytest.mark.parametrize(("state", "wanted"), [("cancelled", "done"), ("done", "cancelled"), ("?", "planned")])
def test_other_changes_of_state_do_not(state: str, wanted: str) -> None:
    with pytest.raises(StateNotAllowed):
        check_transition(state, wanted)


def test_weeks_start_on_monday() -> None:
    monday = date(2025, 2, 3)
    assert week_start(date(2025, 2, 9)) == week_start(monday) == monday


def test_wall_times_when_the_clocks_change() -> None:
    skipped, twice = datetime(2025, 3, 30, 2, 30), datetime(2025, 10, 26, 2, 30)
    assert not exists(skipped)
    assert exists(twice)
    assert exists(twice.replace(fold=1))
    assert exists(skipped, "UTC")
    assert exists(datetime(2025, 3, 30, 3, 0))
