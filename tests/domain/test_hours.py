from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain.calendar.calendar import EndsBeforeStart, Interval, merged
from famdesk.domain.calendar.hours import (
    LONGEST,
    BadWeekday,
    ClosedDays,
    ExtraOpening,
    LastDayBeforeFirst,
    Status,
    Timetable,
    WeeklySlot,
    changes,
    closed_reason,
    intervals,
    is_open,
    is_unknown,
    next_opening,
    open_until,
    overlaps,
    status,
    summary,
    upcoming_closures,
)

MONDAY = date(2025, 2, 3)
HALF_HOUR = timedelta(minutes=30)
DAY = timedelta(days=1)


def day(number: int) -> date:
    """A day of February 2025 by its number; 3 is a Monday."""
    return date(2025, 2, 1) + (number - 1) * DAY


def slot(weekday: int, opens: int, closes: int, first: date | None = None, last: date | None = None) -> WeeklySlot:
    return WeeklySlot(weekday, time(opens), time(closes % 24), first, last)


# Values on the half hour within four weeks, so that a search by brute force can compare.
HALF_HOURS = st.integers(0, 47).map(lambda n: time(n // 2, n % 2 * 30))
SPANS = st.tuples(HALF_HOURS, HALF_HOURS).filter(lambda pair: pair[0] < pair[1] or pair[1] == time())
DAYS = st.integers(0, 27).map(lambda n: MONDAY + n * DAY)
PERIODS = st.tuples(DAYS, DAYS).filter(lambda pair: pair[0] <= pair[1])
SLOTS = st.builds(
    lambda weekday, span, first, last: WeeklySlot(
        weekday, *span, first, None if first and last and last < first else last
    ),
    st.integers(1, 7),
    SPANS,
    st.none() | DAYS,
    st.none() | DAYS,
)
EXTRAS = st.builds(lambda when, span: ExtraOpening(when, *span), DAYS, SPANS)
CLOSURES = st.builds(
    lambda period, kind: ClosedDays(*period, "why", kind), PERIODS, st.sampled_from(["closure", "holiday", "patron"])
)
TIMETABLES = st.builds(
    lambda slots, extras, closures: Timetable(tuple(slots), tuple(extras), tuple(closures)),
    st.lists(SLOTS, max_size=5),
    st.lists(EXTRAS, max_size=2),
    st.lists(CLOSURES, max_size=2),
)
MOMENTS = st.tuples(DAYS, HALF_HOURS).map(lambda pair: datetime.combine(*pair))


def naive_open(timetable: Timetable, at: datetime) -> bool:
    """The rules once more, straight from their words."""

    def within(opens: time, closes: time) -> bool:
        return opens <= at.time() and (closes == time() or at.time() < closes)

    today = at.date()
    if any(extra.day == today and within(extra.opens, extra.closes) for extra in timetable.extras):
        return True
    if any(closed.first <= today <= closed.last for closed in timetable.closures):
        return False
    return any(
        one.weekday == today.isoweekday()
        and within(one.opens, one.closes)
        and (one.valid_from or date.min) <= today <= (one.valid_to or date.max)
        for one in timetable.slots
    )


@given(TIMETABLES, MOMENTS)
def test_open_means_inside_an_interval(timetable: Timetable, at: datetime) -> None:
    found = intervals(timetable, at.date())
    assert is_open(timetable, at) == naive_open(timetable, at) == any(one.holds(at) for one in found)
    assert merged(found) == found


@given(TIMETABLES, MOMENTS)
def test_the_next_opening_is_the_first_change_from_closed_to_open(timetable: Timetable, at: datetime) -> None:
    expected = None
    moment = at
    for _step in range(10 * 48):
        moment += HALF_HOUR
        if naive_open(timetable, moment) and not naive_open(timetable, moment - HALF_HOUR):
            expected = moment
            break
    found = next_opening(timetable, at, horizon_days=9)
    if found is None or found >= at + 10 * DAY:
        assert expected is None or expected.date() > at.date() + 9 * DAY
    else:
        assert found == expected


@given(TIMETABLES, MOMENTS)
def test_open_until_is_the_first_closed_moment(timetable: Timetable, at: datetime) -> None:
    until = open_until(timetable, at)
    assert (until is not None) == is_open(timetable, at)
    if until is not None and until - at < 30 * DAY:
        moments = [at + n * HALF_HOUR for n in range((until - at) // HALF_HOUR)]
        assert all(naive_open(timetable, moment) for moment in moments)
        assert not naive_open(timetable, until)


@given(TIMETABLES, DAYS)
def test_a_closed_day_opens_only_by_an_extra_opening(timetable: Timetable, when: date) -> None:
    closed = any(one.first <= when <= one.last for one in timetable.closures)
    extra = any(one.day == when for one in timetable.extras)
    assert (closed_reason(timetable, when) is not None) == (closed and not extra)
    if closed and not extra:
        assert intervals(timetable, when) == ()
    if extra:
        assert intervals(timetable, when)


@given(TIMETABLES, DAYS, st.integers(0, 20))
def test_upcoming_closures_take_an_opening_away(timetable: Timetable, first: date, count: int) -> None:
    without = Timetable(timetable.slots, timetable.extras)
    lost = [
        when
        for when in (first + n * DAY for n in range(count))
        if intervals(without, when) and not intervals(timetable, when)
    ]
    found = upcoming_closures(timetable, first, count)
    assert bool(found) == bool(lost)
    assert all(any(one.first <= when <= one.last for when in lost) for one in found)
    assert all(any(one.first <= when <= one.last for one in found) for when in lost)
    assert len(set(found)) == len(found)


@given(st.lists(SLOTS, max_size=4))
def test_slots_overlap_if_both_are_open_at_some_moment(slots: list[WeeklySlot]) -> None:
    pairs = overlaps(slots)
    for n, a in enumerate(slots):
        for b in slots[:n]:
            # Beyond the four weeks of the strategy nothing changes any more, one week before and after suffices.
            moments = (datetime.combine(MONDAY - 7 * DAY, time()) + n * HALF_HOUR for n in range(42 * 48))
            both = any(naive_open(Timetable((a,)), at) and naive_open(Timetable((b,)), at) for at in moments)
            assert both == ((a, b) in pairs or (b, a) in pairs)


@given(TIMETABLES, DAYS, st.integers(0, 30))
def test_changes_are_the_days_on_which_the_week_on_the_poster_changes(
    timetable: Timetable, first: date, count: int
) -> None:
    days = [first + n * DAY for n in range(1, count + 1)]
    expected = [one for one in days if summary(timetable.slots, one) != summary(timetable.slots, one - DAY)]
    assert list(changes(timetable, first, count)) == expected


@given(st.lists(SLOTS), DAYS)
def test_the_poster_tells_when_the_weekly_hours_are_open(slots: list[WeeklySlot], on: date) -> None:
    held = tuple(
        WeeklySlot(one.weekday, one.opens, one.closes)
        for one in slots
        if (one.valid_from or on) <= on <= (one.valid_to or on)
    )
    rows = dict(summary(slots, on))
    assert list(rows) == sorted({one.weekday for one in held})
    for when in (MONDAY + n * DAY for n in range(7)):
        found = intervals(Timetable(held), when)
        assert rows.get(when.isoweekday(), ()) == tuple((one.starts.time(), one.ends.time()) for one in found)


@pytest.mark.parametrize("weekday", [0, 8])
def test_a_week_has_seven_days(weekday: int) -> None:
    with pytest.raises(BadWeekday):
        slot(weekday, 8, 10)


def test_hours_and_periods_run_forward() -> None:
    with pytest.raises(EndsBeforeStart):
        slot(1, 10, 10)
    with pytest.raises(EndsBeforeStart):
        ExtraOpening(MONDAY, time(10), time(9))
    with pytest.raises(LastDayBeforeFirst):
        slot(1, 8, 10, day(4), day(3))
    with pytest.raises(LastDayBeforeFirst):
        ClosedDays(day(4), day(3))
    assert slot(1, 8, 10, day(3), day(3)).valid_to == day(3)


def test_closing_at_midnight_is_the_end_of_the_day() -> None:
    timetable = Timetable((slot(5, 20, 24),))
    evening = datetime(2025, 2, 7, 23, 59)
    assert intervals(timetable, evening.date()) == (Interval(datetime(2025, 2, 7, 20), datetime(2025, 2, 8)),)
    assert is_open(timetable, evening)
    assert not is_open(timetable, datetime(2025, 2, 8))
    assert summary(timetable.slots, evening.date()) == ((5, ((time(20), time(0)),)),)


def test_hours_over_midnight_are_two_slots_and_one_opening() -> None:
    timetable = Timetable((slot(5, 20, 24), slot(6, 0, 2), slot(6, 9, 12)))
    assert open_until(timetable, datetime(2025, 2, 7, 21)) == datetime(2025, 2, 8, 2)
    assert next_opening(timetable, datetime(2025, 2, 7, 21)) == datetime(2025, 2, 8, 9)
    assert next_opening(timetable, datetime(2025, 2, 8, 0)) == datetime(2025, 2, 8, 9)
    lone = Timetable((slot(6, 0, 2),))
    assert next_opening(lone, datetime(2025, 2, 7, 21)) == datetime(2025, 2, 8)


def test_a_point_that_never_closes_ends_the_search() -> None:
    always = Timetable(tuple(slot(weekday, 0, 24) for weekday in range(1, 8)))
    at = datetime(2025, 2, 7, 21)
    until = open_until(always, at)
    assert until is not None
    assert 0 <= (until - at).days - LONGEST <= 1
    assert next_opening(always, at) is None


def test_unknown_hours_are_neither_open_nor_closed() -> None:
    nothing = Timetable(closures=(ClosedDays(day(3), day(3)),))
    assert is_unknown(nothing)
    assert next_opening(nothing, datetime(2025, 2, 3)) is None
    assert status(nothing, datetime(2025, 2, 3)) == Status(unknown=True)
    assert not is_unknown(Timetable(extras=(ExtraOpening(day(1), time(8), time(9)),)))
    past = Timetable((slot(1, 8, 10, None, day(1)),))
    assert not is_unknown(past)
    assert next_opening(past, datetime(2025, 2, 3)) is None


def test_at_the_end_of_the_calendar_there_is_no_next_opening() -> None:
    assert next_opening(Timetable((slot(1, 8, 10, None, day(3)),)), datetime(9999, 12, 30)) is None


def test_an_extra_opening_beats_closure_and_holiday_and_adds_to_a_slot() -> None:
    monday = slot(1, 8, 10)
    extra = ExtraOpening(day(3), time(14), time(15), "Open day")
    both = Timetable((monday,), (extra,), (ClosedDays(day(3), day(3), "Holiday", "holiday"),))
    assert intervals(both, day(3)) == (Interval(datetime(2025, 2, 3, 14), datetime(2025, 2, 3, 15)),)
    assert closed_reason(both, day(3)) is None
    assert len(intervals(Timetable((monday,), (extra,)), day(3))) == 2


def test_the_centres_own_closure_is_the_reason_before_patron_and_holiday() -> None:
    own = ClosedDays(day(1), day(9), "Works")
    patron = ClosedDays(day(3), day(3), "S. Omobono", "patron")
    holiday = ClosedDays(day(3), day(3), "Holiday", "holiday")
    assert closed_reason(Timetable(closures=(holiday, patron, own)), day(3)) == own
    assert closed_reason(Timetable(closures=(holiday, patron)), day(3)) == patron
    assert closed_reason(Timetable(closures=(holiday,)), day(4)) is None


def test_upcoming_closures_list_a_holiday_inside_a_closure_once() -> None:
    own = ClosedDays(date(2025, 12, 22), date(2026, 1, 4), "Christmas break")
    christmas = ClosedDays(date(2025, 12, 25), date(2025, 12, 25), "Christmas", "holiday")
    sunday = ClosedDays(date(2026, 1, 11), date(2026, 1, 11), "Nobody notices")
    tuesday_and_thursday = Timetable((slot(2, 12, 14), slot(4, 17, 19)), (), (christmas, sunday, own))
    assert upcoming_closures(tuesday_and_thursday, date(2025, 12, 15), 60) == (own,)


def test_overlaps_need_the_same_weekday_hours_and_a_common_day() -> None:
    winter = slot(2, 12, 14, day(1), day(10))
    assert overlaps([winter, slot(2, 13, 15, day(4), None)])
    assert not overlaps([winter, slot(2, 13, 15, day(11), None)])
    # Both hold from Wednesday to Monday only, which has no Tuesday.
    assert not overlaps([winter, slot(2, 13, 15, day(5), None)])
    assert not overlaps([winter, slot(2, 14, 15)])
    assert not overlaps([winter, slot(3, 12, 14)])
    assert overlaps([slot(2, 20, 24), slot(2, 22, 23)])


def test_changes_ahead_ignore_a_slot_followed_by_the_same_hours() -> None:
    same = Timetable((slot(2, 12, 14, None, day(10)), slot(2, 12, 14, day(11), None)))
    assert changes(same, day(3), 60) == ()
    new = Timetable((slot(2, 12, 14, None, day(10)), slot(2, 9, 11, day(11), date.max)))
    assert changes(new, day(3), 60) == (day(11),)
    assert changes(new, day(11), 60) == ()


def test_the_poster_merges_and_sorts_hours() -> None:
    rows = summary([slot(4, 17, 19), slot(2, 13, 15), slot(2, 8, 9), slot(2, 12, 14)], MONDAY)
    assert rows == ((2, ((time(8), time(9)), (time(12), time(15)))), (4, ((time(17), time(19)),)))
