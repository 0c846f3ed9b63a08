"""Small rules about days: what a view shows, until when something is urgent or open, when a question is answered."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain.calendar import periods
from famdesk.domain.consent.retention import answer_due
from famdesk.domain.errors import RuleError
from famdesk.domain.intake import access_card, referrals
from famdesk.domain.notes import emergency
from famdesk.domain.people import age_bands
from famdesk.domain.programmes import enrolment, meetings

TUESDAY = date(2025, 2, 11)
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(("mode", "day", "first", "last"), [
    ("day", TUESDAY, TUESDAY, TUESDAY),
    ("work", TUESDAY, date(2025, 2, 10), date(2025, 2, 16)),
    ("week", date(2025, 2, 16), date(2025, 2, 10), date(2025, 2, 16)),
    ("weeks", TUESDAY, date(2025, 2, 10), date(2025, 3, 16)),
    ("month", TUESDAY, date(2025, 1, 27), date(2025, 3, 2)),
    ("month", date(2021, 2, 1), date(2021, 2, 1), date(2021, 2, 28)),  # a month of four whole weeks
    ("list", TUESDAY, TUESDAY, date(2025, 3, 10)),
])  # fmt: skip
def test_what_a_view_shows(mode: str, day: date, first: date, last: date) -> None:
    assert periods.period(mode, day) == (first, last)


@pytest.mark.parametrize(("mode", "day", "count", "there"), [
    ("day", TUESDAY, -1, date(2025, 2, 10)),
    ("work", TUESDAY, 1, date(2025, 2, 18)),
    ("week", TUESDAY, -2, date(2025, 1, 28)),
    ("weeks", TUESDAY, 1, date(2025, 2, 18)),
    ("list", TUESDAY, 1, date(2025, 3, 11)),
    ("month", date(2025, 1, 31), 1, date(2025, 2, 28)),
    ("month", date(2024, 1, 31), 1, date(2024, 2, 29)),
    ("month", date(2025, 12, 5), 1, date(2026, 1, 5)),
    ("month", date(2025, 1, 5), -1, date(2024, 12, 5)),
    ("month", TUESDAY, -14, date(2023, 12, 11)),
])  # fmt: skip
def test_one_view_on_or_back(mode: str, day: date, count: int, there: date) -> None:
    assert periods.stepped(mode, day, count) == there


@given(st.sampled_from(periods.MODES), DAYS)
def test_a_view_shows_its_day_and_the_next_view_goes_on(mode: str, day: date) -> None:
    first, last = periods.period(mode, day)
    assert first <= day <= last
    following, _ = periods.period(mode, periods.stepped(mode, day, 1))
    assert first < following <= last + timedelta(days=1)


@pytest.mark.parametrize(("received", "answer"), [
    (date(2025, 1, 31), date(2025, 2, 28)),
    (date(2024, 1, 31), date(2024, 2, 29)),
    (date(2024, 1, 29), date(2024, 2, 29)),
    (date(2025, 3, 31), date(2025, 4, 30)),
    (date(2025, 3, 30), date(2025, 4, 30)),
    (date(2025, 12, 31), date(2026, 1, 31)),
    (date(2025, 11, 15), date(2025, 12, 15)),
])  # fmt: skip
def test_a_request_is_answered_within_a_month(received: date, answer: date) -> None:
    assert answer_due(received) == answer


@pytest.mark.parametrize(("asked", "ends", "words"), [
    (datetime(2025, 2, 11, 9), datetime(2025, 2, 12), "until midnight"),
    (datetime(2025, 2, 11, 23), datetime(2025, 2, 12), "until midnight"),
    (datetime(2025, 2, 11, 23, 1), datetime(2025, 2, 12, 0, 1), "until Wed 12 Feb, 0:01"),
])  # fmt: skip
def test_emergency_access_ends_with_the_day_but_lasts_an_hour(asked: datetime, ends: datetime, words: str) -> None:
    assert emergency.ends(asked) == ends
    assert emergency.until(ends) == words


@pytest.mark.parametrize(("name", "key"), [
    (("Rossi", "Ada", ""), "rossi ada"),
    (("Rossi", "Ada", " rssdaa80a41 d150x "), "rssdaa80a41d150x"),  # the code alone counts
    (("", "", "  "), ""),
])  # fmt: skip
def test_only_a_whole_name_or_a_tax_code_opens_a_protected_file(name: tuple[str, str, str], key: str) -> None:
    assert emergency.key_of(*name) == key


@pytest.mark.parametrize(("urgency", "until", "end", "state"), [
    ("today", TUESDAY, TUESDAY, "urgent"),
    ("today", date(2025, 2, 10), TUESDAY, "expired"),
    ("soon", None, date(2025, 2, 18), "urgent"),
    ("soon", date(2025, 2, 12), date(2025, 2, 18), "urgent"),
    ("none", date(2025, 2, 10), None, ""),
    (None, date(2025, 2, 10), None, ""),
])  # fmt: skip
def test_what_is_urgent_today(urgency: str | None, until: date | None, end: date | None, state: str) -> None:
    assert access_card.usual_end(urgency, TUESDAY) == end
    assert access_card.urgency_state(urgency, until, TUESDAY) == state


def test_the_card_is_numbered_as_the_form_is_walked() -> None:
    names = [field.name for field in access_card.fields()]
    assert access_card.numbers() == {name: place + 1 for place, name in enumerate(names)}
    assert len(set(names)) == len(names)
    assert set(access_card.REFERENCES) <= set(names)
    assert len(access_card.REFERENCES) == access_card.MOST_REFERENCES


def test_bands_of_age() -> None:
    assert age_bands.years_before(date(2024, 2, 29), 3) == date(2021, 2, 28)
    assert age_bands.years_before(date(2024, 2, 29), 4) == date(2020, 2, 29)
    assert age_bands.years_before(TUESDAY, 18) == date(2007, 2, 11)
    assert age_bands.band("6-11").first == 6
    assert age_bands.band("unknown").code == age_bands.SMALL
    assert age_bands.band("18-").label == "Adults"


def test_a_waiting_list_is_in_the_order_of_asking() -> None:
    kept = [("", date(2025, 1, 7), "b"), ("", date(2025, 1, 8), "a"), ("2025-01-05 10:00", date(2025, 1, 9), "c")]
    rows = [("2025-01-05 10:00", date(2025, 1, 9), "c"), (None, date(2025, 1, 8), "a"), (None, date(2025, 1, 7), "b")]
    assert sorted(enrolment.came_first(*row) for row in rows) == kept


def test_an_offer_stands_an_hour_at_least() -> None:
    now = datetime(2025, 2, 11, 17)
    assert enrolment.stands_until(now, 48) == datetime(2025, 2, 13, 17)
    assert enrolment.stands_until(now, 0) == datetime(2025, 2, 11, 18)


def test_answers_asked_before_enrolment_are_kept_and_told() -> None:
    asked = enrolment.questions("  Is there violence at home?\n\n Both agree? \n")
    assert asked == ("Is there violence at home?", "Both agree?")
    given_ = (enrolment.Answer(asked[0], yes=False), enrolment.Answer(asked[1], yes=True, note=" since May "))
    stored = enrolment.kept(given_)
    assert enrolment.answers(stored) == (given_[0], enrolment.Answer(asked[1], yes=True, note="since May"))
    assert enrolment.answers_text(stored) == "Is there violence at home? no; Both agree? yes (since May)"
    assert enrolment.unanswered(asked, given_[:1]) == (asked[1],)
    assert enrolment.unanswered(asked, given_) == ()
    assert enrolment.questions(None) == ()
    assert enrolment.kept(()) is None
    assert enrolment.answers(None) == ()


@pytest.mark.parametrize("text", ["written by hand", "12", "[1, 2]", '[["a"]]', "null"])
def test_answers_that_were_written_otherwise_are_not_lost(text: str) -> None:
    assert enrolment.answers(text) == ()
    assert enrolment.answers_text(text) == text


@pytest.mark.parametrize(("state", "direction", "ways"), [
    ("sent", "out", {"accepted", "declined", "withdrawn"}),
    ("sent", "in", {"accepted", "declined"}),
])  # fmt: skip
def test_only_the_sender_takes_a_referral_back(state: str, direction: str, ways: set[str]) -> None:
    found = referrals.next_states(state, direction)
    assert ways <= set(found)
    assert ("withdrawn" in found) is (direction == referrals.OUT)
    assert all(referrals.may_become(state, one) for one in found)
    assert not referrals.may_become("withdrawn", "sent")
    assert referrals.next_states("unknown", direction) == ()


def test_items_of_a_referral_are_stored_in_the_order_of_the_list() -> None:
    known = [code.code for code in referrals.ITEMS]
    assert referrals.joined(reversed(known)) == " ".join(known)
    assert referrals.joined(()) == ""
    with pytest.raises(referrals.UnknownItem) as caught:
        referrals.joined([known[0], "diary"])
    assert isinstance(caught.value, RuleError)
    assert caught.value.field == "items"


@pytest.mark.parametrize(("state", "due", "late"), [
    ("sent", date(2025, 2, 10), True), ("sent", TUESDAY, False), ("sent", None, False),
    ("answered", date(2025, 2, 10), False),
])  # fmt: skip
def test_an_answer_that_should_be_here(state: str, due: date | None, late: bool) -> None:
    assert referrals.is_overdue(state, due, TUESDAY) is late


@pytest.mark.parametrize(("season", "year", "first"), [
    ("winter", 2025, date(2025, 1, 1)), ("spring", 2025, date(2025, 3, 21)), ("autumn", 2025, date(2025, 9, 23)),
    ("summer", None, None), (None, 2025, None), ("carnival", 2025, None),
])  # fmt: skip
def test_the_first_day_of_a_season(season: str | None, year: int | None, first: date | None) -> None:
    assert meetings.season_begins(season, year) == first
