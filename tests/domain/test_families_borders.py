"""Who an initiative is for, which ties stand side by side, from which day to which an office is held: to the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from famdesk import i18n
from famdesk.domain.calendar import calendar
from famdesk.domain.calendar.calendar import Interval, StateNotAllowed
from famdesk.domain.errors import RuleError
from famdesk.domain.people import families, family_rules
from famdesk.domain.people.birth import part_age_text, weeks_of_pregnancy
from famdesk.domain.people.families import Facts, Link
from famdesk.domain.post import letters
from famdesk.domain.programmes import targets
from famdesk.domain.programmes.targets import Born, Known, Target, age_words, mismatches

ON = date(2025, 2, 11)
YEAR = 12


# ----------------------------------------------------------------------------------------- whom it is for


@pytest.mark.parametrize(("who", "person", "found"), [
    ("men", Known("M"), ()),
    ("men", Known("F"), (("sex", False),)),
    ("men", Known(), (("sex", True),)),
    ("women", Known("M"), (("sex", False),)),
    ("mothers", Known("F"), (("parent", True),)),
    ("mothers", Known("F", expects=True), ()),
    ("fathers", Known("F"), (("sex", False), ("parent", True))),  # what is certain comes first
    ("parents", Known(), (("parent", True),)),
    ("parents", Known(children=(Born(),)), ()),
    ("grandparents", Known(), (("grandparent", True),)),
    ("grandparents", Known(grandchild=True), ()),
    (None, Known(), ()),
])  # fmt: skip
def test_what_speaks_against_somebody(who: str | None, person: Known, found: tuple[tuple[str, bool], ...]) -> None:
    told = mismatches(Target(who), person, ON)
    assert tuple((one.code, one.unknown) for one in told) == found
    assert all(one.sentence for one in told)


def test_each_reason_has_a_sentence_of_its_own() -> None:
    young, small = Target(least=14 * YEAR, most=26 * YEAR - 1), Target(of_child=True, least=0, most=3 * YEAR - 1)
    here = Target(residents=True, municipalities=frozenset({"019036"}))
    old, born = Known(born=Born(date(1970, 1, 1))), Known(children=(Born(date(2010, 1, 1)),))
    told = [
        one.sentence
        for target, person in (
            (Target("men"), Known("F")), (Target("men"), Known()), (Target("women"), Known("M")),
            (Target("parents"), Known()), (Target("grandparents"), Known()), (Target("expecting"), Known()),
            (young, old), (young, Known()), (small, born), (small, Known()), (here, Known()),
            (here, Known(municipality="072006")),
        )
        for one in mismatches(target, person, ON)
    ]  # fmt: skip
    assert len(told) == len(set(told)) == 12
    assert [place for place, text in enumerate(told) if "14–25 years" in text] == [6, 7]
    assert [place for place, text in enumerate(told) if "0–2 years" in text] == [8, 9]


@pytest.mark.parametrize(("born", "fits"), [
    (Born(date(2011, 2, 11)), True),  # fourteen today
    (Born(date(2011, 2, 12)), False),
    (Born(date(1999, 2, 12)), True),  # still twenty-five
    (Born(date(1999, 2, 11)), False),
    (Born(part="2011"), True),  # may have had the birthday
    (Born(part="2011-02"), True),
    (Born(part="2011-03"), False),
    (Born(part="1999"), True),
    (Born(part="1998"), False),
    (Born(part="1999-01"), False),
])  # fmt: skip
def test_ages_to_the_day(born: Born, fits: bool) -> None:
    target = Target(least=14 * YEAR, most=26 * YEAR - 1)
    assert (mismatches(target, Known(born=born), ON) == ()) is fits


@pytest.mark.parametrize(("born", "months"), [
    (Born(), None), (Born(date(2025, 2, 12)), None), (Born(date(2025, 2, 11)), (0, 0)),
    (Born(date(2024, 2, 11)), (12, 12)), (Born(part="2026"), None), (Born(part="2025-03"), None),
    (Born(part="2025-02"), (0, 0)), (Born(part="2025"), (0, 1)),
    (Born(part="2024"), (1, 13)), (Born(part="nonsense"), None),
])  # fmt: skip
def test_how_old_somebody_can_be(born: Born, months: tuple[int, int] | None) -> None:
    assert born.months(ON) == months


@pytest.mark.parametrize(("born", "fits"), [(date(2007, 2, 12), True), (date(2007, 2, 11), False)])
def test_what_is_for_children_is_for_minors(born: date, fits: bool) -> None:
    assert (mismatches(Target("children"), Known(born=Born(born)), ON) == ()) is fits
    assert mismatches(Target("children", most=40 * YEAR), Known(born=Born(born)), ON) == ()


@pytest.mark.parametrize(("least", "most", "words"), [
    (0, 3 * YEAR - 1, "0–2 years"), (None, YEAR - 1, "0–11 months"), (None, YEAR, "0–12 months"), (0, 0, "0–0 months"),
    (None, 2 * YEAR - 1, "0–1 year"), (YEAR, None, "1 year or more"), (18 * YEAR, None, "18 years or more"),
    (1, None, "1 month or more"), (18, None, "18 months or more"), (6, 30, "6–30 months"),
    (None, None, "0 years or more"),
    (18, 3 * YEAR - 1, "18–35 months"),
])  # fmt: skip
def test_ages_as_people_say_them(least: int | None, most: int | None, words: str) -> None:
    assert age_words(least, most) == words


# ------------------------------------------------------------------------------------------------------ ties


@pytest.mark.parametrize(("first", "last", "holds"), [
    (None, None, True), (ON, None, True), (None, ON, True), (ON, ON, True), (ON + timedelta(days=1), None, False),
    (None, ON - timedelta(days=1), False), (ON + timedelta(days=1), ON, False),
])  # fmt: skip
def test_first_and_last_day_belong_to_it(first: date | None, last: date | None, holds: bool) -> None:
    assert families.holds(first, last, ON) is holds


def test_the_last_day_on_which_somebody_can_be_born() -> None:
    assert families.latest_birth(date(2011, 3, 4), "2012") == date(2011, 3, 4)
    assert families.latest_birth(None, "2012-02") == date(2012, 2, 29)
    assert families.latest_birth(None, None) is None


@pytest.mark.parametrize(("kind", "others", "before"), [
    ("spouse", (Link("a", "b", "partner", id="1"),), "1"),
    ("spouse", (Link("b", "a", "partner", id="1"),), "1"),
    ("spouse", (Link("a", "c", "partner", id="1"),), None),  # with somebody else
    ("spouse", (Link("a", "b", "partner", None, ON, "1"),), None),  # over already
    ("spouse", (Link("a", "b", "partner", id="new"),), None),  # the tie itself
    ("spouse", (Link("a", "b", "neighbour", id="1"),), None),
    ("neighbour", (Link("a", "b", "partner", id="1"),), None),
    ("spouse", (), None),
])  # fmt: skip
def test_a_new_tie_of_a_couple_takes_the_place_of_the_one_before(
    kind: str, others: tuple[Link, ...], before: str | None
) -> None:
    found = family_rules.couple_before(Link("a", "b", kind, id="new"), others)
    assert (found and found.id) == before


def test_how_people_get_on_is_a_word_of_the_list() -> None:
    family_rules.check_quality(None)
    family_rules.check_quality(families.QUALITIES[0].code)
    with pytest.raises(family_rules.UnknownQuality) as caught:
        family_rules.check_quality("so-so")
    assert caught.value.field == "quality"


CHILD, ADULT = Facts(None, date(2015, 5, 1), date(2015, 5, 1)), Facts(None, date(1980, 1, 1), date(1980, 1, 1))


@pytest.mark.parametrize(("office", "error", "field", "day"), [
    (("king", "full", CHILD, ADULT, None, None), family_rules.UnknownResponsibility, "kind", None),
    (("guardian", "half", CHILD, ADULT, None, None), family_rules.UnknownState, "state", None),
    (("guardian", "full", CHILD, ADULT, ON, ON - timedelta(days=1)), family_rules.EndsBeforeItBegins, "valid_to", ON),
    (("guardian", "full", CHILD, CHILD, None, None), family_rules.GuardianIsMinor, "other_id", date(2033, 5, 1)),
    (("guardian", "full", ADULT, ADULT, None, None), family_rules.OfAge, "valid_from", date(1998, 1, 1)),
])  # fmt: skip
def test_an_office_that_cannot_be_held(
    office: tuple[str, str, Facts, Facts, date | None, date | None],
    error: type[RuleError],
    field: str,
    day: date | None,
) -> None:
    with pytest.raises(error) as caught:
        family_rules.check_responsibility(*office, ON)
    assert caught.value.field == field
    assert caught.value.params.get("day") == day


def test_every_word_for_a_tie_is_another_one_in_italian_and_german() -> None:
    english = {pair: families.noun(*pair) for pair in families._gendered()}
    for language in ("it", "de"):
        with i18n.using(language):
            same = [pair for pair, word in english.items() if families.noun(*pair) == word]
        assert not same, language
    assert len(set(english.values())) == len(english) / 2  # a word each, for women and men alike
    for language, alike in (("it", {"colleague", "teacher"}), ("de", set())):
        with i18n.using(language):
            kinds = {kind for kind, _sex in families._gendered()}
            assert {kind for kind in kinds if families.noun(kind, "F") == families.noun(kind, "M")} == alike
    assert families.noun("mother-in-law of the moon") == "mother-in-law of the moon"


# ------------------------------------------------------------------------------------------- calendar, letters


@pytest.mark.parametrize(
    ("day", "later"), [(ON, False), (ON - timedelta(days=1), False), (ON + timedelta(days=1), True)]
)
def test_nobody_knows_what_came_of_a_day_to_come(day: date, later: bool) -> None:
    found = calendar.offered_states("planned", day, ON)
    assert set(calendar.next_states("planned")) - set(found) == (calendar.OVER if later else set())
    assert calendar.offered_states("no such state", day, ON) == ()


def test_of_two_that_begin_together_the_one_that_ends_first_is_told_first() -> None:
    def span(minutes: int) -> Interval:
        return Interval(datetime(2025, 2, 11, 9), datetime(2025, 2, 11, 9) + timedelta(minutes=minutes))

    assert calendar.conflicts(span(90), [span(60), span(30)]) == (span(30), span(60))


def test_errors_are_shown_at_their_field() -> None:
    with pytest.raises(StateNotAllowed) as state:
        calendar.check_transition("cancelled", "done")
    assert state.value.field == "state"
    with pytest.raises(letters.GapsLeft) as gaps:
        letters.check(letters.LetterWords("", letters.GAP), neutral=False, forbidden=())
    assert gaps.value.field == "text"
    with pytest.raises(letters.TellsCentre) as tells:
        letters.check(letters.LetterWords("", "dal Centro HUG"), neutral=True, forbidden=("hug",))
    assert tells.value.field == "text"
    assert "hug" in tells.value.sentence()


@pytest.mark.parametrize(
    ("days", "weeks"), [(280, 0), (281, None), (0, 40), (-21, 43), (-22, None), (274, 0), (273, 1)]
)
def test_weeks_of_a_pregnancy(days: int, weeks: int | None) -> None:
    assert weeks_of_pregnancy(ON + timedelta(days=days), ON) == weeks


@pytest.mark.parametrize(("part", "on", "age"), [
    ("2025", ON, "0–1 year"),
    ("2025", date(2025, 12, 31), "0–1 year"),
    ("2024", ON, "0–1 year"),
    ("2023", date(2025, 12, 31), "2 years"),  # of the months nobody knows anything
    ("2023", ON, "1–2 years"),
    ("2025-02", date(2025, 2, 1), "about 0 months"),
    ("2025-01", date(2025, 2, 28), "about 1 month"),
    ("2022-03", ON, "about 35 months"),
    ("2022-02", ON, "2–3 years"),
    ("2022-01", ON, "3 years"),
    ("1987-02", date(2025, 2, 28), "38 years"),
    ("2025-03", ON, ""),
    ("2026", ON, ""),
])  # fmt: skip
def test_an_age_is_told_as_far_as_it_is_known(part: str, on: date, age: str) -> None:
    assert part_age_text(part, on) == age


def test_a_target_of_no_known_ambito_asks_nothing() -> None:
    target = Target(residents=True)
    assert mismatches(target, Known(municipality="072006"), ON) == ()
    assert (
        targets.mismatches(replace(target, municipalities=frozenset({"072006"})), Known(municipality="072006"), ON)
        == ()
    )
