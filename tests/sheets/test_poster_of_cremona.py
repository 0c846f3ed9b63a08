"""The poster of Hug in Cremona as its own announcement has it, with the holidays and the changes of the weeks ahead."""

from __future__ import annotations

from datetime import date, time

import pytest

from famdesk.i18n import using
from famdesk.sheets.collecting import collect
from famdesk.sheets.hours.opening_hours import Change, ClosedDays, DayHours, ExtraOpening, OpeningHours, Span, render
from famdesk.usecases.directory import guide, hours
from tests.sheets.conftest import Reader
from tests.support.cremona import COMPANY, SQUARE, START, Cremona, enter_cremona
from tests.support.offices import Desk


@pytest.fixture
def cremona(desk: Desk) -> Cremona:
    return enter_cremona(desk.office)


def _poster(desk: Desk, on: str, *places: str) -> OpeningHours:
    with using("it"):
        return desk.office.fetch(collect.poster, places, date.fromisoformat(on))


def _week(weekday: int, first: int, last: int) -> DayHours:
    return DayHours(weekday, (Span(time(first), time(last)),))


def _hours(found: OpeningHours) -> dict[str, tuple[DayHours, ...]]:
    return {place.name: place.hours for place in found.places}


def test_the_hours_are_those_of_the_announcement(desk: Desk, cremona: Cremona) -> None:
    """Tuesday from 12 to 14, Thursday from 17 to 19, Monday from 8 to 10; of the other places no hours are known."""
    found = _poster(desk, "2025-02-04")
    known = {name: rows for name, rows in _hours(found).items() if rows}
    assert known == {SQUARE: (_week(2, 12, 14), _week(4, 17, 19)), COMPANY: (_week(1, 8, 10),)}
    assert len(found.places) == 5
    assert (found.valid_from, found.closed, found.changes, found.extra) == (START, (), (), ())


@pytest.mark.parametrize(
    ("on", "closed"),
    [
        # Only days on which a door would be open: not Friday 25 April, nor a Sunday.
        ("2025-04-10", [("2025-04-21", "Lunedì dell’Angelo"), ("2025-05-01", "Festa del Lavoro")]),
        ("2025-10-20", [("2025-11-13", "Sant’Omobono")]),
        ("2025-12-01", [("2025-12-08", "Immacolata Concezione"), ("2025-12-25", "Natale"), ("2026-01-01", "Capodanno"),
                        ("2026-01-06", "Epifania")]),
        ("2026-03-20", [("2026-04-06", "Lunedì dell’Angelo")]),
        ("2025-07-01", []),
    ],
)  # fmt: skip
def test_holidays_of_the_next_weeks(desk: Desk, cremona: Cremona, on: str, closed: list[tuple[str, str]]) -> None:
    found = _poster(desk, on).closed
    assert [(one.first.isoformat(), one.reason) for one in found] == closed
    assert all(one.first == one.last and not one.place for one in found)


def test_a_holiday_on_which_a_place_is_closed_anyway_is_not_on_its_own_poster(desk: Desk, cremona: Cremona) -> None:
    assert [one.reason for one in _poster(desk, "2025-04-10", COMPANY).closed] == ["Lunedì dell’Angelo"]
    assert [one.reason for one in _poster(desk, "2025-04-10", SQUARE).closed] == ["Festa del Lavoro"]


def test_before_the_first_day_the_hours_say_since_when(desk: Desk, cremona: Cremona) -> None:
    found = _poster(desk, "2025-01-20")
    assert _hours(found)[SQUARE] == (_week(2, 12, 14), _week(4, 17, 19))
    assert found.valid_from == START
    assert {place.note for place in found.places} == {""}


def test_a_place_that_opens_later_says_so_beside_those_that_are_open(
    desk: Desk, cremona: Cremona, words: Reader
) -> None:
    desk.office.run(hours.add_rules, cremona.unknown[1], weekdays=(5,), opens=time(9), closes=time(11),
                    valid_from=date(2025, 5, 2))  # fmt: skip
    found = _poster(desk, "2025-04-10")
    assert found.valid_from == START
    assert [(place.name, place.note) for place in found.places if place.note] == [("Soresina", "dal 2 maggio 2025")]
    assert _hours(found)["Soresina"] == (_week(5, 9, 11),)
    with using("it"):
        assert "dal 2 maggio 2025" in words(render(found))
    later = _poster(desk, "2025-05-02")
    assert {place.note for place in later.places} == {""}
    assert later.valid_from == date(2025, 5, 2)


def test_closures_extra_openings_and_new_hours_of_the_next_weeks(desk: Desk, cremona: Cremona) -> None:
    run = desk.office.run
    run(hours.add_closure, first_day=date(2025, 8, 11), last_day=date(2025, 8, 16), reason="Ferie")
    run(hours.add_extra, cremona.square, day=date(2025, 8, 30), opens=time(10), closes=time(18), reason="festa")
    rule = desk.office.fetch(guide.point, cremona.square).rules[0]
    run(hours.change_rule_from, rule.id, rule.version, starts_on=date(2025, 9, 2), weekday=2, opens=time(10),
        closes=time(13))  # fmt: skip
    found = _poster(desk, "2025-08-01")
    # 15 August lies within the closure and is not told beside it.
    assert found.closed == (ClosedDays(date(2025, 8, 11), date(2025, 8, 16), "Ferie"),)
    assert found.extra == (ExtraOpening(date(2025, 8, 30), (Span(time(10), time(18)),), SQUARE, "festa"),)
    assert found.changes == (Change(date(2025, 9, 2), SQUARE, (_week(2, 10, 13), _week(4, 17, 19))),)
    assert (found.valid_from, _hours(found)[SQUARE][0]) == (START, _week(2, 12, 14))
    after = _poster(desk, "2025-09-02")
    assert (after.valid_from, after.changes, _hours(after)[SQUARE][0]) == (date(2025, 9, 2), (), _week(2, 10, 13))


def test_what_is_further_ahead_than_the_weeks_of_the_poster_is_not_told_yet(desk: Desk, cremona: Cremona) -> None:
    desk.office.run(hours.add_closure, first_day=date(2025, 8, 11), last_day=date(2025, 8, 16), reason="Ferie")
    assert _poster(desk, "2025-06-25").closed == ()
    assert [one.reason for one in _poster(desk, "2025-07-01").closed] == ["Ferie"]
