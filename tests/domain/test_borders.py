"""Where one rule ends and the next begins: the minute, the cell, the signature that makes the difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from famdesk.domain.consent import consents, suppression
from famdesk.domain.consent.consents import (
    Count,
    Holder,
    Required,
    Signature,
    count,
    minor_in_words,
    required,
    to_be_heard,
)
from famdesk.domain.people import birth, contact
from famdesk.domain.people.contact import Rule
from famdesk.domain.programmes import calls
from famdesk.domain.programmes.calls import Entry, Left, Ranked, left_text, ranking

ON = date(2025, 2, 11)
OWN = Holder("self", "Pinuccia", "child")
MOTHER, FATHER = Holder("parent", "Ersilia Neri", "mother"), Holder("parent", "Gaspare Bini", "father")


# -------------------------------------------------------------------------------------------------- safe contact


@pytest.mark.parametrize(("way", "kind", "rule", "why"), [
    ("message", "mobile", Rule(), None),
    ("message", "mobile", Rule(may_leave_message=False), "message"),
    ("message", "mobile", Rule(may_call=False), "message"),
    ("message", "mobile", Rule(safe_from=time(14), safe_to=time(15)), None),  # it waits until it is heard
    ("export", "mobile", Rule(may_write=False), None),
    ("export", "mail", Rule(may_write=False), "write"),
    ("export", "mail", Rule(may_call=False), None),
    ("list", "address", Rule(may_write=False), "write"),
    ("paper", "phone", Rule(), "nowhere"),
    ("screen", "mail", Rule(), "nowhere"),
])  # fmt: skip
def test_each_way_out_has_its_own_rule(way: str, kind: str, rule: Rule, why: str | None) -> None:
    assert contact.refusal(way, kind, rule, time(10)) == why
    hidden = contact.refusal(way, kind, rule, time(10), hidden=True)
    assert hidden == (why if way == "message" else "hidden")


@pytest.mark.parametrize("way", contact.WAYS)
def test_a_hidden_contact_is_only_called(way: str) -> None:
    hidden = contact.refusal(way, "mobile", Rule(), time(10), hidden=True)
    assert (hidden == "hidden") is (way not in {"call", "message"})


@pytest.mark.parametrize(("first", "last", "moment", "safe"), [
    (time(9), None, time(3), True),  # half of the hours says nothing
    (None, time(9), time(10), True),
    (time(9), time(9), time(9), False),  # from nine to nine is never
    (time(9), time(9), time(10), False),
    (time(22), time(6), time(22), True),
    (time(22), time(6), time(21, 59), False),
    (time(22), time(6), time(0), True),
])  # fmt: skip
def test_safe_hours_to_the_minute(first: time | None, last: time | None, moment: time, safe: bool) -> None:
    rule = Rule(safe_from=first, safe_to=last)
    assert rule.safe_at(moment) is safe
    assert bool(contact.warnings("phone", rule)) is (first is not None and last is not None)


@pytest.mark.parametrize(("text", "digits"), [
    ("112", "112"), ("11", ""), ("+ 1 2.3/4-(5)", "12345"), ("XX123", ""), ("+39 333 12", "33312"),
    ("+39 2 12", "39212"),
])  # fmt: skip
def test_what_can_be_a_number(text: str, digits: str) -> None:
    assert contact.typed_number(text) == digits


# ------------------------------------------------------------------------------------------------- small numbers


@pytest.mark.parametrize(("cells", "wanted"), [
    ((5, 0), (5, 0)),  # as many as k may be told
    ((5,), (5,)),
    ((4, 1), (None, None)),  # nothing can be worked out: both are hidden and together they are k
    ((4, 1, 7), (None, None, 7)),
    ((3, 1, 5, 9), (None, None, None, 9)),  # together still under k: the smallest that is not goes with them
    ((2, 5, 5), (None, None, 5)),
    ((0, 0, 4, 6), (0, 0, None, None)),
])  # fmt: skip
def test_the_cell_that_makes_k(cells: tuple[int, ...], wanted: tuple[int | None, ...]) -> None:
    assert suppression.suppressed(cells, 5) == wanted


# ------------------------------------------------------------------------------------------------------ consents


def _signed(*who: tuple[str, str, str | None]) -> list[Signature]:
    return [Signature(signs_as, name, key, ON) for signs_as, name, key in who]


@pytest.mark.parametrize(("signatures", "complete"), [
    ([("parent", "Ersilia Neri", None), ("parent", "Gaspare Bini", None)], True),
    ([("parent", "NERI Ersilia", None), ("parent", "Ersilia Neri", None)], False),  # one person, typed twice
    ([("parent", "Ersilia Neri", "mother"), ("parent", "neri ersilia", None)], False),
    ([("parent", "Ersilia Neri", "mother"), ("parent", "E. Neri", "mother")], False),
    ([("parent", "Ersilia Neri", "mother"), ("parent", "Ersilia Neri", "father")], True),  # ids tell, not names
    ([("parent", "Ersilia Neri", "stranger"), ("parent", "Gaspare Bini", "father")], False),
])  # fmt: skip
def test_two_signatures_are_of_two_people(signatures: list[tuple[str, str, str | None]], complete: bool) -> None:
    wanted = required("minor_interview", True, [MOTHER, FATHER], OWN)
    assert count(wanted, _signed(*signatures), True).complete is complete


def test_of_two_signatures_of_one_person_the_first_counts() -> None:
    both = _signed(("parent", "Ersilia Neri", "x"), ("parent", "Gaspare Bini", "y"), ("parent", "Ada Rossi", "x"))
    wanted = Required(2, (Holder("parent", "Ersilia Neri"), Holder("parent", "Gaspare Bini")))
    assert count(wanted, both, True) == Count(2, 2, ())
    assert count(wanted, both[::-1], True) == Count(1, 2, (wanted.holders[0],))


@pytest.mark.parametrize(("signs_as", "minor", "signed"), [
    ("parent", True, 1), ("curator", True, 1), ("guardian", True, 1), ("foster_carer", True, 0), ("self", True, 0),
    ("parent", False, 0), ("curator", False, 0),
])  # fmt: skip
def test_who_is_not_known_counts_only_as_who_may_decide_for_a_minor(signs_as: str, minor: bool, signed: int) -> None:
    stranger = _signed((signs_as, "Somebody Else", None))
    assert count(Required(2, (MOTHER,)), stranger, minor).signed == signed
    assert count(Required(2, (MOTHER, FATHER)), stranger, minor).signed == 0  # no place is free


def test_who_is_missing_is_told_only_while_somebody_is() -> None:
    wanted = Required(1, (MOTHER, FATHER))
    assert count(wanted, [], True).missing == (MOTHER, FATHER)
    assert count(wanted, _signed(("parent", "", "mother")), True) == Count(1, 1, ())


def test_an_adult_is_signed_for_by_one_supporter() -> None:
    first, second = Holder("supporter", "avv. Verdi"), Holder("supporter", "avv. Bruni")
    assert required("health", False, [first, second], OWN) == Required(1, (first,))
    assert required("health", False, [replace(first, acts=False)], OWN) == Required(1, (OWN,))


@pytest.mark.parametrize(("purpose", "may"), [("news", True), ("activities", True), ("photo", False)])
def test_foster_carers_decide_what_is_ordinary(purpose: str, may: bool) -> None:
    carer = Holder("foster_carer", "Famiglia Neri", "carer")
    assert (carer in required(purpose, True, [MOTHER, carer], OWN).holders) is may


@pytest.mark.parametrize(("words", "minor"), [
    ("circa 6 anni", True), ("40 anni", False), ("17-19 anni", True), ("18 anni", False), ("17 Jahre", True),
    ("8 mesi", True), ("3 weeks", True), ("neonata", True), ("Säugling", True), ("una bambina", True),
    ("estate 2015", True), ("1980", False), ("1980, forse 2010", True), ("2007", True), ("2006", False),
    ("120071", None), ("via Roma 12", None), ("", None), (None, None), ("boh", None), ("112 anni", None),
])  # fmt: skip
def test_words_about_a_birth(words: str | None, minor: bool | None) -> None:
    assert minor_in_words(words, ON) is minor


@pytest.mark.parametrize(("day", "part", "heard"), [
    (date(2011, 2, 11), None, True), (date(2011, 2, 12), None, False), (date(2007, 2, 12), None, True),
    (date(2007, 2, 11), None, False), (None, "2011-01", True), (None, "2011-02", False), (None, "2010", True),
    (None, "2011", False), (None, None, False), (date(2030, 1, 1), None, False),
])  # fmt: skip
def test_from_which_day_a_minor_is_heard(day: date | None, part: str | None, heard: bool) -> None:
    assert to_be_heard(day, part, ON) is heard


def test_a_day_counts_before_a_part_and_a_part_to_its_last_day() -> None:
    assert birth.latest(date(2011, 3, 4), "2012") == date(2011, 3, 4)
    assert birth.latest(None, "2012-02") == date(2012, 2, 29)
    assert birth.latest(None, "2012-13") is None


@pytest.mark.parametrize(("one", "other", "same"), [
    ("Ada Rossi", "ROSSI Ada", True), ("Adà Rossi", "ada rossi", True), ("Ada", "Ada Rossi", False),
    ("", "", False), (None, None, False), ("Ada", None, False),
])  # fmt: skip
def test_names_of_the_same_words(one: str | None, other: str | None, same: bool) -> None:
    assert consents.same_name(one, other) is same


# --------------------------------------------------------------------------------------------------------- calls


def test_the_clock_of_a_call_is_that_of_its_place() -> None:
    stamp = calls.deadline_stamp(datetime(2025, 7, 1, 0, 30), "Asia/Tokyo")
    assert calls.moment_of(stamp, "Asia/Tokyo") == datetime(2025, 7, 1, 0, 30)
    assert calls.left(stamp - 86_400_000, datetime(2025, 7, 1, 0, 30), "Asia/Tokyo") == Left(1, 0, 0)
    assert calls.left(stamp - 86_399_000, datetime(2025, 7, 1, 0, 30), "Asia/Tokyo") == Left(0, 23, 59)
    assert calls.left(stamp, datetime(2025, 7, 1, 0, 30), "Asia/Tokyo") == Left(0, 0, 0)
    assert calls.left(stamp + 1, datetime(2025, 7, 1, 0, 30), "Asia/Tokyo").over


@pytest.mark.parametrize(("left", "words"), [
    (Left(2, 3, 5), "2 days, 3 hours and 5 minutes left"),
    (Left(1, 1, 1), "1 day, 1 hour and 1 minute left"),
    (Left(2, 3, 5, over=True), "Ended 2 days and 3 hours ago"),
    (Left(0, 0, 1, over=True), "Ended 1 minute ago"),
    (Left(1, 0, 7, over=True), "Ended 1 day and 7 minutes ago"),
    (Left(0, 0, 0), "Less than a minute left"),
    (Left(0, 0, 0, over=True), "Ended less than a minute ago"),
])  # fmt: skip
def test_how_long_in_words(left: Left, words: str) -> None:
    assert left_text(left) == words


def test_points_are_told_in_hundredths() -> None:
    assert [calls.points_text(points) for points in (7850, 100, 5, 0)] == ["78.5", "1", "0.05", "0"]


def test_a_ranking_tells_everything_of_everybody() -> None:
    entries = [Entry("a", 1, 50, 0), Entry("b", 2, 40, 100), Entry("c", 3, 30, 0), Entry("d", 4, 20, None),
               Entry("e", 5, 10, 300, below=True)]  # fmt: skip
    assert ranking(entries, seats=1) == (
        Ranked("b", 2, 100, 1, "funded"),
        Ranked("c", 3, 0, 2, "eligible", (1,)),
        Ranked("a", 1, 0, 2, "eligible", (3,)),
        Ranked("e", 5, 300, None, "unfit"),
        Ranked("d", 4, None, None, "open"),
    )
    assert [one.rank for one in ranking(entries, by_arrival=True)] == [1, 2, 3, None, None]
    assert [one.outcome for one in ranking(entries, least=1)] == ["funded", "unfit", "unfit", "unfit", "open"]


def test_without_criteria_everybody_is_ranked_by_arrival() -> None:
    entries = calls.in_order_of_arrival([Entry("a", 1, 50, None), Entry("b", 2, 40, None), Entry("c", 3, 40, None)])
    assert [one.points for one in entries] == [0, 0, 0]
    found = ranking(entries, seats=1, by_arrival=True)
    assert [(one.id, one.rank, one.outcome) for one in found] == [
        ("b", 1, "tie"),
        ("c", 1, "tie"),
        ("a", 3, "eligible"),
    ]
