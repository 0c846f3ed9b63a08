"""Who is called when: numbers with hours of their own, tries in vain, tickets of the waiting room."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from famdesk.domain.codes import codes
from famdesk.domain.intake import waiting
from famdesk.domain.intake.waiting import Window, best, letter, next_try, ticket, window
from famdesk.domain.people.contact import Rule

MORNING = Rule(safe_from=time(9), safe_to=time(12))
NIGHT = Rule(safe_from=time(22), safe_to=time(6))
NEVER = Rule(may_call=False)
DISCREET = Rule(may_leave_message=False)
TEN, NOON, EIGHT = datetime(2025, 2, 11, 10), datetime(2025, 2, 11, 12), datetime(2025, 2, 11, 8)


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (1, "B"), (25, "Z"), (26, "AA"), (27, "AB"), (52, "BA"),
                                                (701, "ZZ"), (702, "AAA")])  # fmt: skip
def test_letters_of_access_points_go_on_after_z(place: int, letters: str) -> None:
    assert letter(place) == letters
    assert ticket(letter(place), 12) == f"{letters}12"


@pytest.mark.parametrize(("today", "tries", "day"), [
    (date(2025, 2, 11), 0, date(2025, 2, 12)),
    (date(2025, 2, 11), 1, date(2025, 2, 12)),
    (date(2025, 2, 11), 2, date(2025, 2, 13)),
    (date(2025, 2, 11), 3, date(2025, 2, 18)),
    (date(2025, 2, 11), 9, date(2025, 2, 18)),
    (date(2025, 2, 15), 1, date(2025, 2, 17)),  # Saturday: Monday, not Sunday
    (date(2025, 2, 14), 2, date(2025, 2, 17)),
    (date(2025, 2, 14), 1, date(2025, 2, 15)),
])  # fmt: skip
def test_the_next_try_is_never_on_a_sunday(today: date, tries: int, day: date) -> None:
    assert next_try(today, tries) == day


@pytest.mark.parametrize(("rule", "at", "seen"), [
    (Rule(), TEN, Window(True)),
    (Rule(safe_from=time(9)), EIGHT, Window(True)),
    (Rule(safe_to=time(9)), TEN, Window(True)),
    (MORNING, TEN, Window(True, until=time(12))),
    (MORNING, EIGHT, Window(False, opens=datetime(2025, 2, 11, 9))),
    (MORNING, NOON, Window(False, opens=datetime(2025, 2, 12, 9))),
    (NIGHT, TEN, Window(False, opens=datetime(2025, 2, 11, 22))),
    (NIGHT, datetime(2025, 2, 11, 23), Window(True, until=time(6))),
    (NIGHT, datetime(2025, 2, 11, 5, 59), Window(True, until=time(6))),
    (NIGHT, datetime(2025, 2, 11, 6), Window(False, opens=datetime(2025, 2, 11, 22))),
])  # fmt: skip
def test_when_a_number_may_be_called(rule: Rule, at: datetime, seen: Window) -> None:
    assert window(rule, at) == seen


def test_a_call_list_begins_with_those_whose_hours_end() -> None:
    order = [
        Window(True, until=time(10)),
        Window(True, until=time(12)),
        Window(True),
        Window(False, opens=datetime(2025, 2, 11, 14)),
        Window(False, opens=datetime(2025, 2, 12, 9)),
    ]
    ranks = [one.rank() for one in order]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(("rules", "place"), [
    ((), None),
    ((NEVER,), None),
    ((NEVER, MORNING), 1),
    ((NIGHT, MORNING), 1),  # open now before later
    ((NIGHT, Rule(safe_from=time(14), safe_to=time(15))), 1),  # the sooner of two that are closed
    ((DISCREET, Rule()), 1),  # a message may be left
    ((MORNING, Rule()), 1),  # no hours to mind
    ((Rule(), Rule()), 0),
    ((DISCREET, MORNING), 1),
])  # fmt: skip
def test_the_number_to_call(rules: tuple[Rule, ...], place: int | None) -> None:
    assert best(rules, TEN) == place


def test_every_state_of_a_visit_leads_to_known_ones() -> None:
    states = codes(waiting.VISIT_STATES)
    assert set(waiting.NEXT_VISIT_STATES) == set(states)
    assert all(set(ways) <= set(states) for ways in waiting.NEXT_VISIT_STATES.values())
    assert set(waiting.CALLS) <= set(codes(waiting.FOLLOW_UP_KINDS))
