"""The clock of session notes: never before its term, whatever the days, openings and birthdays are."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain.consent.retention import INTERVIEW_YEARS, OPEN, Rule, is_due, kept_until, years_after
from famdesk.domain.people.birth import latest

DAYS = st.dates(date(1960, 1, 1), date(2080, 12, 31))
LEAP = st.integers(1960, 2080).filter(lambda year: year % 4 == 0).map(lambda year: date(year, 2, 29))
ANY = st.one_of(DAYS, LEAP)
RULES = st.builds(Rule, st.integers(0, 30), st.booleans())


def _anniversaries(first: date, last: date) -> int:
    """How many whole years lie between two days, counted on the calendar: an oracle that adds nothing up."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


@given(st.lists(ANY, max_size=4), st.lists(ANY, max_size=3), st.lists(ANY, max_size=3), RULES)
def test_nothing_is_due_before_five_whole_years(
    sessions: list[date], closings: list[date], births: list[date], rule: Rule
) -> None:
    until = kept_until(sessions, rule, closings=closings, births=births)
    if until is None:
        assert not sessions
        assert not closings
        return
    last = max([*sessions, *closings])
    first_free = until + timedelta(days=1)
    assert not is_due(until, until)
    assert is_due(until, first_free)
    assert _anniversaries(last, first_free) >= max(INTERVIEW_YEARS, rule.years)
    if not births or not rule.from_age:  # and not a day longer than that
        assert (until.month, until.day) in {(last.month, last.day), (2, 28)}
        assert until.year == last.year + max(INTERVIEW_YEARS, rule.years)
    if rule.from_age:
        assert all(_anniversaries(born, first_free) >= 18 + max(INTERVIEW_YEARS, rule.years) for born in births)


@given(st.lists(ANY, max_size=4), st.lists(st.one_of(st.none(), ANY), max_size=4), RULES)
def test_no_term_runs_while_a_path_is_open(sessions: list[date], closings: list[date | None], rule: Rule) -> None:
    until = kept_until(sessions, rule, closings=closings)
    assert (until == OPEN) == (None in closings)
    assert until != OPEN or not is_due(until, date(9999, 1, 1))


@given(st.lists(ANY, min_size=1, max_size=4), ANY, RULES)
def test_what_comes_later_never_makes_the_term_end_earlier(sessions: list[date], more: date, rule: Rule) -> None:
    before, after = kept_until(sessions, rule), kept_until([*sessions, more], rule)
    assert before is not None
    assert after is not None
    assert after >= before
    assert kept_until(sessions, rule, closings=[more]) == after
    longer = kept_until(sessions, Rule(rule.years + 1, rule.from_age))
    assert longer is not None
    assert longer >= before


def test_a_reopened_path_stops_the_term_and_its_second_closing_begins_it_anew() -> None:
    first, second = date(2015, 6, 1), date(2019, 6, 1)
    assert kept_until([], closings=[first]) == date(2020, 6, 1)
    assert kept_until([], closings=[None]) == OPEN
    assert kept_until([], closings=[second]) == date(2024, 6, 1)


def test_leap_days_and_birthdays() -> None:
    assert kept_until([date(2020, 2, 29)]) == date(2025, 2, 28)
    assert kept_until([date(2019, 2, 28)]) == date(2024, 2, 28)
    child = date(2010, 2, 28)
    assert kept_until([date(2018, 5, 5)], births=[child]) == date(2033, 2, 28)
    assert kept_until([date(2018, 5, 5)], Rule(from_age=False), births=[child]) == date(2023, 5, 5)
    assert kept_until([date(2018, 5, 5)], Rule(7), births=[date(1980, 1, 1)]) == date(2025, 5, 5)
    assert years_after(date(2004, 2, 29), 18) == date(2022, 2, 28)


def test_of_an_age_known_in_part_the_latest_day_counts() -> None:
    assert latest(date(2011, 3, 4), "2011") == date(2011, 3, 4)
    assert latest(None, "2011") == date(2011, 12, 31)
    assert latest(None, "2012-02") == date(2012, 2, 29)
    assert latest(None, "2012-12") == date(2012, 12, 31)
    assert latest(None, "forse") is None
    assert latest(None, "2012-x") is None
    assert latest(None, None) is None
